/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_FORMATS_ROWS_INNER_H
#define LG_FORMATS_ROWS_INNER_H
#include <csv.h>
#include <stdbool.h>

#include "base/buf.h"
#include "formats/rows.h"

/** Shared by rows.c (form, lines, CSV), rows_json.c (NDJSON) and rows_form.c (what a file is that is not ours). */
enum { CSV_FIELDS_MAX = 256 };
enum form { FORM_UNKNOWN, FORM_CSV, FORM_NDJSON, FORM_FAILED };

struct lg_rows {
	struct lg_ctx *cx;
	const char *name;
	const struct lg_sink *sink;
	enum form form;
	uint64_t line, begin; /* the physical line now; where the record began */
	bool line_ended, after_cr, open, skip, headed;
	size_t record_bytes;
	struct lg_buf head;            /* up to the first line that is not blank */
	struct lg_buf text;            /* cells of the record, each with a NUL; a JSON line not yet whole */
	size_t at[CSV_FIELDS_MAX + 1]; /* where each cell begins in `text`, and where the last ends */
	size_t n_cells, n_header;
	int column[CSV_FIELDS_MAX]; /* CSV: field -> column of the sink, or -1 */
	struct csv_parser csv;
	struct lg_buf json; /* text of the values of an object */
	char reason[300];   /* of a fault */
	struct lg_cell cells[LG_COLUMNS_MAX];
	enum lg_err err; /* of the sink's header, raised inside a callback */
};

/** Make the file of no use: one note. */
LG_MUST enum lg_err rows_fail(struct lg_rows *r, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void rows_fault(struct lg_rows *r, const char *column, const char *value, size_t n, const char *fault);
/** Column of the sink by name, in any case of letters; -1: none. */
int rows_column(const struct lg_rows *r, const char *name, size_t n);
LG_MUST enum lg_err rows_header(struct lg_rows *r, uint64_t known);
/** Is it a line of blanks? */
bool rows_blank(const char *s, size_t n);
/** NULL, or what these first bytes are instead of text with columns, and what to do. */
const char *rows_not_ours(const char *s, size_t n);
/** One whole line of NDJSON. */
LG_MUST enum lg_err rows_json_line(struct lg_rows *r, const char *s, size_t n);
#endif
