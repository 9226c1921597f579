/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_FORMATS_SHEET_H
#define LG_FORMATS_SHEET_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/ctx.h"

/**
 * @file
 * A file that somebody brings in, whatever its form, as one table: names of columns, and rows of cells with the line
 * each began in. A parser without rights writes it (lg_sheet_read), as text that is easily taken apart; whoever asked
 * for it takes it apart (lg_sheet_take) and believes nothing of it but that.
 *
 *   csv      CSV of any columns, as formats/rows.h reads it; UTF-16 with a mark too
 *   ndjson   objects, one a line; what is nested is flattened to the names that forms use: {"post": {"title": "x"},
 *            "languages": [{"level": "b1"}]} has columns post.title and languages-0.level; lists of words are joined
 *            by "; "
 *   jobtech  advertisements (formats/jobtech.h): columns id, title, employer, words, ...
 *   xlsx     a workbook (formats/xlsx.h): the first sheet that is not hidden; lines are its rows
 *   jobposting  postings of schema.org (formats/jobposting.h): columns as of jobtech
 *   europass    a CV (formats/europass.h): one row, with columns called as fields of a candidate
 */
enum { LG_SHEET_COLUMNS = 256, LG_SHEET_NAME = 200 };

/** Errors: LG_INVALID with words for whoever uploaded it. Pure; O(n). */
LG_MUST enum lg_err lg_sheet_read(struct lg_ctx *cx, struct lg_buf *out, const char *bytes, size_t n);

/* --- for readers of other formats */
void lg_sheet_begin(struct lg_buf *out, const char *format);
void lg_sheet_line(struct lg_buf *out, uint64_t line);
/** Of the first line a name, of others a cell: what cannot stand in one is made a sign that no field takes. */
void lg_sheet_cell(struct lg_buf *out, const char *text, size_t n);
/** A row that cannot be read: what is wrong with it, and what stood there. */
void lg_sheet_bad(struct lg_buf *out, uint64_t line, const char *fault, const char *value, size_t n);
void lg_sheet_end(struct lg_buf *out); /* of a line */

struct lg_sheet_row {
	uint64_t line;
	const char *fault;        /* NULL, or what is wrong with it */
	const char *const *cells; /* [n_cells], of a fault: what stood there */
	size_t n_cells;           /* at most as many as there are columns; those behind are empty */
};
struct lg_sheet {
	const char *format;
	const char *const *columns;
	size_t n_columns;
	struct lg_sheet_row *rows;
	size_t n_rows;
};
/**
 * Take it apart; `text` is changed and borrowed. LG_INVALID: it is not what lg_sheet_read() writes. O(n), cx->mem.
 */
LG_MUST enum lg_err lg_sheet_take(struct lg_ctx *cx, struct lg_sheet *out, char *text, size_t n);
#endif
