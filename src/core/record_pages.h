/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_RECORD_PAGES_H
#define LG_CORE_RECORD_PAGES_H
#include "app/app.h"
#include "app/seal.h"
#include "core/form.h"
#include "view/html.h"
#include "view/record.html.h"

/**
 * @file
 * What pages and forms of any record share: the short form that registers, a section as a form, both versions when two
 * save at once, pages beside the overview. An entity's handlers say what is read and written; these say how it looks.
 */

/** The record that a page is about. */
struct record_at {
	const struct entity *entity;
	const char *id;
	const char *name;      /* what it is called */
	const char *path;      /* its page: "/candidates/UUID"; its forms are path/edit/SECTION */
	const char *list;      /* where it is listed: "Candidates" */
	const char *list_path; /* "/candidates" */
	const char *here;      /* the item of the menu: "candidates" */
	int64_t version;
	bool invented;
	const struct form_with *with; /* may be NULL */
};

/** The section that the address names. LG_UNKNOWN */
LG_MUST enum lg_err record_arg_section(const struct call *c, const struct entity *e, const struct section **s);
const char *record_version(struct lg_ctx *cx, int64_t version); /* as forms send it */

/** A section as a form, with what is noted as wrong. `anyway`: saving it says that it is meant. */
void record_show_form(struct lg_ctx *cx, struct call *c, const struct record_at *at, const struct section *s,
                      const json_t *part, bool anyway);
/**
 * One more row, or one less, asked for by a button: without script it is the server who adds it. *part is then what to
 * show. `typed`: as input_section() gives it.
 */
bool record_rows_asked(struct lg_ctx *cx, struct call *c, const struct section *s, json_t *typed, json_t **part);
/** After LG_CONFLICT: a new transaction, in which what is there now can be read. */
LG_MUST enum lg_err record_reopen(struct lg_ctx *cx, struct call *c);
/** What the other saved (`theirs`, the whole record) beside what was sent now. */
void record_show_conflict(struct lg_ctx *cx, struct call *c, const struct record_at *at, const struct section *s,
                          const json_t *mine, const json_t *typed, const json_t *theirs);
/** A page beside the overview: its history, who saw it. */
void record_show_beside(struct lg_ctx *cx, struct call *c, const struct record_at *at, const char *title,
                        const char *lead, const char *heading, struct html_any body);

/** A record as its page has read it, and what its handlers share. */
struct record_page {
	struct record_at at;
	struct form_with with; /* at.with is this one */
	const json_t *record;
	const struct seal_key *key;
	void *one; /* the entity's own struct */
};
struct record_doings {
	const struct entity *entity;
	/** Fills all of *out. Does not end the transaction. LG_UNKNOWN */
	enum lg_err (*read)(struct lg_ctx *cx, struct call *c, const char *id, struct record_page *out);
	/** Changes a section of out->one; LG_INVALID with notes, LG_CONFLICT. at.version is then the new one. */
	enum lg_err (*change)(struct lg_ctx *cx, struct call *c, struct record_page *page, const struct section *s,
	                      json_t *part, int64_t version);
};
/** Handlers: a section as a form; saved; what was changed, by whom and why. */
LG_MUST enum lg_err record_on_edit(struct lg_ctx *cx, struct call *c, const struct record_doings *of);
LG_MUST enum lg_err record_on_save(struct lg_ctx *cx, struct call *c, const struct record_doings *of);
LG_MUST enum lg_err record_on_history(struct lg_ctx *cx, struct call *c, const struct record_doings *of);
/** Put the sections of a page, those of `open` (names, NULL at the end) unfolded; but `but`. `right`: to change them.
 */
void record_page_sections(struct lg_ctx *cx, struct call *c, const struct record_page *page, struct html_record *v,
                          const char *const *open, const char *but, enum right right);
/** Put "Overview", a tab of its own between (`own`: the end of its address; NULL: none), and "History". */
void record_page_tabs(struct lg_ctx *cx, const struct record_page *page, const char *own, const char *name,
                      struct html_record *v);
/** The page, under its list. */
void record_page_show(struct lg_ctx *cx, struct call *c, const struct record_page *page, const struct html_record *v);
/** What the API gives: id, version and sections. */
json_t *record_page_json(struct lg_ctx *cx, const struct record_page *page);

/** The short form: the quick fields of all sections as one; of lists the first row. */
struct html_form *record_quick_form(struct lg_ctx *cx, struct call *c, const struct entity *e, const char *action,
                                    const char *submit, const json_t *record, const struct form_with *with);
/** A form asks: is this really meant? With a box to say so ("anyway"). */
void record_put_anyway(struct lg_ctx *cx, struct html_form *form, const char *label);
bool record_is_anyway(const struct call *c); /* was it said? of the API: ?anyway=1 */
/**
 * What is to be registered: of the short form, or of the API's {"SECTION": {...} or [...], ...}. Fields of single
 * sections stand at the top of *record, lists under their names. *typed (pages): to be shown again. LG_INVALID with
 * notes.
 */
LG_MUST enum lg_err record_read_new(struct lg_ctx *cx, struct call *c, const struct entity *e, json_t **record,
                                    json_t **typed);
/** Of the API: 409, and which may be the same (a list of objects with ids). */
void record_answer_alike(struct lg_ctx *cx, struct call *c, const char *title, json_t *alike);
/** It is registered: to its page, with the word `said`; of the API 201 and where it is. `path`: "/candidates". */
void record_answer_made(struct lg_ctx *cx, struct call *c, const char *path, const char *id, const char *said);
/** What a new record says, as changes from nothing: for its first line in the history. */
json_t *record_all_changes(struct lg_ctx *cx, const struct entity *e, const json_t *record);
/** Put sections under their names into `out`: as the API gives a record. */
void record_put_sections(struct lg_ctx *cx, json_t *out, const struct entity *e, const json_t *record);
#endif
