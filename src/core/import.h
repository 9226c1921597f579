/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_IMPORT_H
#define LG_CORE_IMPORT_H
#include <jansson.h>

#include "app/app.h"
#include "app/field.h"
#include "app/record.h"
#include "app/seal.h"
#include "core/import.sql.h"

/**
 * @file
 * Imports: a file of candidates, employers or openings becomes records, by the same checks and the same writing as
 * forms and the API. What a column means is its target: the name that forms give a field ("title",
 * "languages-0.level"), "id" (by which the other system knows the record) or "employer" (of an opening: its number,
 * its name, its id there or here).
 *
 * Each function works within c->db, the actor's transaction, and does not end it, unless it says so.
 */

/* --- what is imported */

struct import_kind {
	const char *name; /* "opening" */
	const char *text; /* English, for the catalogues: "Openings" */
	const char *path; /* "/openings" */
	const struct entity *entity;
	enum right right;
	const char *const *defaults; /* fields that a value for all rows may be chosen for; NULL at the end */

	/** Is there such a record? Asks for *there without failing, so that the transaction lives on. */
	enum lg_err (*there)(struct lg_ctx *cx, struct call *c, const char *id, bool *there);
	enum lg_err (*read)(struct lg_ctx *cx, struct call *c, const char *id, void **one, json_t **record,
	                    int64_t *version);
	/** Rules across fields: LG_INVALID with notes. */
	enum lg_err (*check)(struct lg_ctx *cx, struct call *c, json_t *record);
	/** *like: the id of one that may be the same, or NULL. NULL: openings are asked for many at once. */
	enum lg_err (*alike)(struct lg_ctx *cx, struct call *c, json_t *record, const char **like);
	enum lg_err (*add)(struct lg_ctx *cx, struct call *c, json_t *record, const char *employer, const char *state,
	                   const char **id);
	enum lg_err (*change)(struct lg_ctx *cx, struct call *c, void *one, const struct section *s, json_t *part,
	                      int64_t *version);
	/** Take one away that is at `version` and that nothing hangs on; *gone: it is. */
	enum lg_err (*remove)(struct lg_ctx *cx, struct call *c, const char *id, int64_t version, bool *gone);
};
const struct import_kind *import_kinds(size_t *n);
const struct import_kind *import_kind_named(const char *name); /* or NULL */

/* --- one import */

struct import_label;
struct import_labels; /* occupations and skills by any of their names: core/import_cell.c */

struct import {
	const char *id, *source, *file_name, *language;
	const struct import_kind *kind;
	const char *const *columns;
	const char **targets; /* of each column; "" is left out */
	size_t n_columns;
	const json_t *mapping, *options;
	bool lenient; /* concepts that nobody here knows are left out: of advertisements */
	bool anyway;  /* likely duplicates are taken */
	bool make_employers;
	const struct seal_key *key;
	const struct import_labels *labels;
	struct form_with *with; /* colleagues, for fields that name one */
};
/** Put columns, mapping and options, as the database gives them. LG_FAULT: they are none. */
LG_MUST enum lg_err import_of(struct lg_ctx *cx, struct import *out, const char *kind, const char *columns,
                              const char *mapping, const char *options, const char *format);

/* --- columns */

struct import_target {
	const char *name, *label; /* label in the language spoken */
};
/** All that a column may mean, of lists the first row. In cx. */
const struct import_target *import_targets(struct lg_ctx *cx, const struct import_kind *kind, size_t *n);
/** Is it a target, of any row of a list? */
bool import_is_target(const struct import_kind *kind, const char *name);
/** The field of a target; *section: its section, *row: of a list, which row. NULL: "id", "employer", or none. */
const struct field *import_field(const struct import_kind *kind, const char *target, const struct section **section,
                                 size_t *row);
/** What columns are likely to mean, by their names in any language: {column: target}. */
json_t *import_suggest(struct lg_ctx *cx, const struct import_kind *kind, const char *const *columns, size_t n);

/* --- cells */

/** Names of occupations and skills in all languages, for import_value(). Lives in cx->mem; O(labels). */
const struct import_labels *import_labels_new(struct lg_ctx *cx, const struct lg_taxonomy *t);
/** What a cell says for a field, as the API would be told it: words of lists and dates as people write them become
 * codes. What is not understood stays a text, for the field's own check to find. NULL: nothing is said. */
json_t *import_value(struct lg_ctx *cx, const struct import *imp, const struct field *f, const char *text);
/** Without the apostrophe that our own exports put before what a spreadsheet would take for a formula. */
const char *import_plain(const char *text);

/* --- rows */

struct import_row {
	int64_t n, line;
	const char *const *cells;
	size_t n_cells;
};
struct import_verdict {
	const char *outcome; /* create, change, same, bad; or created, changed, left */
	const char *key;     /* blinded id, hexadecimal; "" */
	const char *subject, *helper;
	int64_t version;
	json_t *faults; /* [{column, says}] */
	json_t *before; /* {section: part} that was changed, or NULL */
};
/**
 * What becomes of rows of one file, n in their order; with `write` it is done (in part queued, and gathered where that
 * was begun), and an error (LG_INVALID, LG_CONFLICT) means that the transaction is lost. What is wrong with a row
 * itself is no error but its verdict "bad". Notes of cx are used up. Three questions to the database, and some for each
 * row that is of candidates, employers, or of a record that is there.
 */
LG_MUST enum lg_err import_judge(struct lg_ctx *cx, struct call *c, const struct import *imp,
                                 const struct import_row *rows, size_t n, bool write, struct import_verdict *out);
/** Take the notes of cx as faults of columns. */
json_t *import_faults(struct lg_ctx *cx, const struct import *imp);
/** One fault of a whole row. */
json_t *import_fault(struct lg_ctx *cx, const char *column, const char *says);
/** Cells sealed and open again; `import_id` is what the key belongs to. */
LG_MUST enum lg_err import_seal(struct lg_ctx *cx, int32_t tenant, const char *import_id, const struct seal_key *key,
                                const char *const *cells, size_t n, struct db_bytes *box);
LG_MUST enum lg_err import_open(struct lg_ctx *cx, int32_t tenant, const struct import *imp, struct db_bytes box,
                                struct import_row *out);

/* --- the job */
struct core_job_with;
LG_MUST enum lg_err import_job(struct lg_ctx *cx, struct db_pool *pool, const struct core_job_with *with);
/** How many rows one transaction does. */
enum { IMPORT_BATCH = 100 };
#endif
