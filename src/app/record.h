/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_APP_RECORD_H
#define LG_APP_RECORD_H
#include <jansson.h>

#include "app/field.h"
#include "base/ctx.h"
#include "http/http.h"

/**
 * @file
 * Records as JSON, checked against their fields (app/field.h). What comes from a form and what comes from a client of
 * the API goes through the same check, so that a rule cannot be true of one and not of the other.
 *
 * All values are owned by cx: record_keep() gives one to it. Functions that return `json_t *` return borrowed ones.
 * Cost: linear in what is read. Threads: any.
 */

/** Let the value die with cx. @return it */
json_t *record_keep(struct lg_ctx *cx, json_t *value);

/** Read JSON: strict UTF-8, no duplicate keys, nothing behind it, at most 32 deep. LG_INVALID says where. */
LG_MUST enum lg_err record_parse(struct lg_ctx *cx, json_t **out, const char *text, size_t n);
/** As text without blanks, keys sorted, in cx. */
const char *record_text(struct lg_ctx *cx, const json_t *value);

/** What a field cannot tell by itself: whether a code is one of a list or of the taxonomy, a week is well-formed. */
struct record_checks {
	void *with;
	bool (*choice)(unsigned list, const char *code);
	/** NULL when good, else what to say. May write a cleaned form to *clean (in cx). */
	const char *(*week)(struct lg_ctx *cx, const char *text, const char **clean);
	const char *(*point)(struct lg_ctx *cx, const char *text, const char **clean);
	bool (*occupation)(void *with, const char *code);
	bool (*skill)(void *with, const char *uri);
	bool (*municipality)(const char *code);
	/** Is the concept called that, in any language? */
	bool (*called)(void *with, const struct field *f, const char *code, const char *words);
};

/**
 * A section out of a form: an object for a single one, an array for a list. Names of list fields are
 * "languages-0.level"; rows of which all fields are empty, or "languages-0.gone" is not, are left out, and gaps in the
 * numbers are no matter. A week may come as "available.mon.from", "available.mon.to" ...; a concept as its code and, in
 * "typed_NAME", the words it was chosen by: a code with other words is none. Texts are trimmed and inner line ends made
 * \n. Each fault is noted under its form name; all are told at once. *typed is what was sent, to be shown again. Names
 * that are no field, and not among `also` (csrf, version ...; NULL at the end), are refused. LG_INVALID.
 */
LG_MUST enum lg_err record_from_form(struct lg_ctx *cx, json_t **out, json_t **typed, const struct entity *e,
                                     const struct section *s, const struct http_pairs *form, const char *const *also,
                                     const struct record_checks *checks);

/** The same out of JSON: `in` is the section's object or array. Unknown names are refused. */
LG_MUST enum lg_err record_from_json(struct lg_ctx *cx, json_t **out, const struct entity *e, const struct section *s,
                                     const json_t *in, const struct record_checks *checks);

/** The part of a record that is one section: its fields, or its list. Missing ones are null or []. */
json_t *record_section(struct lg_ctx *cx, const struct entity *e, const struct section *s, const json_t *record);

/**
 * What differs between two values of a section: [{"field": "given_name", "before": .., "after": ..}], lists as
 * {"field": "languages", ...} with whole rows that went and came. Empty when they are equal.
 */
json_t *record_changes(struct lg_ctx *cx, const struct entity *e, const struct section *s, const json_t *before,
                       const json_t *after);

/** A text of a record, "" when there is none. Borrowed. */
const char *record_word(const json_t *record, const char *name);
int64_t record_number(const json_t *record, const char *name, int64_t otherwise);
bool record_flag(const json_t *record, const char *name);
#endif
