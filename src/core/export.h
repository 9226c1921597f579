/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_EXPORT_H
#define LG_CORE_EXPORT_H
#include "app/app.h"
#include "app/field.h"
#include "view/found.html.h"

/**
 * @file
 * A list taken out as a file: CSV, a spreadsheet, or a line of JSON for each record (NDJSON). Columns are called as the
 * fields of the entity's .def, those of a list as forms call them ("languages-0.level"), and hold codes, so that what
 * was taken out can be taken in again; a column whose name ends in _name says a code in words. NDJSON holds whole
 * records, as the API gives and takes them. How many were taken out, and by which filters, is in the audit.
 */
enum export_kind { EXPORT_CSV, EXPORT_XLSX, EXPORT_NDJSON };

/** A record that is taken out. */
struct export_row {
	const char *id, *state;               /* state NULL: it has none */
	const char *employer, *employer_name; /* of an opening, else NULL */
	const char *record;                   /* JSON: fields of the .def by name */
	int64_t version;
};
/** A piece of a list, and behind which row the next one begins. */
struct export_piece {
	struct export_row *rows;
	size_t n;
	bool more;
	const char *after_key, *after_id; /* NULL at the beginning */
};
struct export_of {
	const struct entity *entity;
	const char *file;           /* its name: "openings" */
	const char *const *columns; /* NULL at the end. NULL: all fields */
	/** How many rows each list of a record has at most: a JSON object. NULL with `columns`. */
	enum lg_err (*widths)(struct lg_ctx *cx, struct call *c, const char **json);
	/** Read the piece behind piece->after_id. What it makes lives until the next call. */
	enum lg_err (*next)(struct lg_ctx *cx, struct call *c, const void *ask, struct export_piece *piece);
	/** By which filters it was chosen, "?..." or "": for the audit, which keeps no name that was looked for. */
	const char *(*asked)(struct lg_ctx *cx, const void *ask);
};

/** How many rows a piece has. */
enum { EXPORT_PIECE = 200 };

/** Answer with the file. Ends the transaction. O(rows), a piece in memory at a time besides the file itself. */
LG_MUST enum lg_err export_answer(struct lg_ctx *cx, struct call *c, enum export_kind kind, const struct export_of *of,
                                  const void *ask);
/** Put links to the files of a list. `address`: that of the list, with its filters: "/openings?state=open". */
void export_put_links(struct lg_ctx *cx, const char *address, struct html_found *v);
#endif
