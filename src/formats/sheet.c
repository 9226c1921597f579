/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "formats/sheet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "formats/plain.h"
#include "formats/rows.h"
#include "formats/sheet_inner.h"

/* Between cells, and behind lines: signs that no cell may hold. What they are replaced by no field takes either. */
enum { UNIT = 0x1F, RECORD = 0x1E, REFUSED = 0x01 };

/* --- writing */

void lg_sheet_cell(struct lg_buf *out, const char *text, size_t n)
{
	lg_putc(out, UNIT);
	size_t from = out->len;
	lg_put(out, text, n);
	for (char *s = out->data + from; n--; s++)
		if (*s == UNIT || *s == RECORD || !*s) *s = REFUSED;
}

void lg_sheet_begin(struct lg_buf *out, const char *format) { lg_puts(out, format); }

void lg_sheet_line(struct lg_buf *out, uint64_t line)
{
	lg_putc(out, 'r');
	lg_put_int(out, (int64_t)line);
}

void lg_sheet_bad(struct lg_buf *out, uint64_t line, const char *fault, const char *value, size_t n)
{
	lg_putc(out, 'b');
	lg_put_int(out, (int64_t)line);
	lg_sheet_cell(out, fault, strlen(fault));
	lg_sheet_cell(out, value, n);
	lg_sheet_end(out);
}

void lg_sheet_end(struct lg_buf *out) { lg_putc(out, RECORD); }

/* --- CSV: once for the names, once for the rows of each 64 of them */

struct csv {
	struct lg_ctx *cx;
	struct lg_buf *out;
	const char *names[LG_SHEET_COLUMNS];
	size_t n_names, n_columns;
	bool headed;
	enum lg_err err;
};

static enum lg_err csv_header(void *self, uint64_t known)
{
	struct csv *c = self;
	(void)known;
	c->headed = true;
	return LG_OK;
}

static void csv_name(void *self, const char *name, uint64_t line)
{
	struct csv *c = self;
	(void)line;
	if (!*name) return;
	if (c->n_names == LG_SHEET_COLUMNS || strlen(name) > LG_SHEET_NAME)
		c->err = lg_failf(c->cx, LG_INVALID, "upload",
		                  "At most %d columns are read, with names of at most %d bytes.", LG_SHEET_COLUMNS,
		                  LG_SHEET_NAME);
	else
		c->names[c->n_names++] = lg_strdup(c->cx->mem, name);
}

static void no_name(void *self, const char *name, uint64_t line)
{
	(void)self;
	(void)name;
	(void)line;
}

static void no_record(void *self, const struct lg_record *record)
{
	(void)self;
	(void)record;
}

static void csv_record(void *self, const struct lg_record *r)
{
	struct csv *c = self;
	if (r->fault) {
		lg_sheet_bad(c->out, r->line, r->fault, "", 0);
		return;
	}
	lg_sheet_line(c->out, r->line);
	for (size_t i = 0; i < c->n_columns; i++) lg_sheet_cell(c->out, r->cells[i].text, r->cells[i].n);
	lg_sheet_end(c->out);
}

static enum lg_err csv_names(struct csv *c, const char *bytes, size_t n)
{
	enum { PIECE = 1 << 16 };
	const struct lg_sink sink = { c, NULL, 0, csv_header, csv_name, no_record };
	struct lg_rows *r = lg_rows_new(c->cx, "upload", &sink);
	for (size_t at = 0; at < n && !c->headed; at += PIECE)
		LG_TRY(lg_rows_feed(r, bytes + at, n - at < PIECE ? n - at : PIECE));
	if (!c->headed) LG_TRY(lg_rows_end(r));
	return c->err;
}

static enum lg_err csv_rows(struct csv *c, struct lg_buf *out, const char *const *names, size_t n_names,
                            const char *bytes, size_t n)
{
	const struct lg_sink sink = { c, names, n_names, csv_header, no_name, csv_record };
	c->out = out;
	c->n_columns = n_names;
	struct lg_rows *r = lg_rows_new(c->cx, "upload", &sink);
	LG_TRY(lg_rows_feed(r, bytes, n));
	return lg_rows_end(r);
}

/* The same rows came for each part of the columns: the first part's line, and the cells of the others behind it. */
static void put_together(struct lg_buf *out, const struct lg_buf *parts, size_t n)
{
	const char *at[LG_SHEET_COLUMNS / LG_COLUMNS_MAX] = { NULL };
	for (size_t i = 0; i < n; i++) at[i] = parts[i].data;
	while (at[0] && at[0] < parts[0].data + parts[0].len) {
		bool bad = *at[0] == 'b';
		for (size_t i = 0; i < n; i++) {
			const char *end = memchr(at[i], RECORD, (size_t)(parts[i].data + parts[i].len - at[i]));
			const char *cells = i ? memchr(at[i], UNIT, (size_t)(end - at[i])) : at[i];
			if (i == 0 || !bad) lg_put(out, cells, (size_t)(end - cells));
			at[i] = end + 1;
		}
		lg_sheet_end(out);
	}
}

static enum lg_err read_csv(struct lg_ctx *cx, struct lg_buf *out, const char *bytes, size_t n)
{
	struct csv *c = lg_alloc(cx->mem, sizeof *c);
	struct lg_buf parts[LG_SHEET_COLUMNS / LG_COLUMNS_MAX] = { 0 };
	size_t n_parts = 0;
	enum lg_err err = LG_OK;
	c->cx = cx;
	LG_TRY(csv_names(c, bytes, n));
	if (!c->n_names) return lg_fail(cx, LG_INVALID, "upload", "The first line must name the columns.");
	lg_sheet_begin(out, "csv");
	for (size_t i = 0; i < c->n_names; i++) lg_sheet_cell(out, c->names[i], strlen(c->names[i]));
	lg_sheet_end(out);
	if (c->n_names <= LG_COLUMNS_MAX) return csv_rows(c, out, c->names, c->n_names, bytes, n);
	for (size_t from = 0; from < c->n_names && err == LG_OK; from += LG_COLUMNS_MAX) {
		size_t k = c->n_names - from < LG_COLUMNS_MAX ? c->n_names - from : LG_COLUMNS_MAX;
		err = csv_rows(c, &parts[n_parts++], c->names + from, k, bytes, n);
	}
	if (err == LG_OK) put_together(out, parts, n_parts);
	for (size_t i = 0; i < n_parts; i++) lg_buf_free(&parts[i]);
	return err;
}

/* --- any */

enum lg_err lg_sheet_read(struct lg_ctx *cx, struct lg_buf *out, const char *bytes, size_t n)
{
	struct lg_buf plain = { 0 };
	if (sheet_is_workbook(bytes, n)) return sheet_read_workbook(cx, out, bytes, n);
	if (sheet_is_cv(bytes, n)) return sheet_read_cv(cx, out, bytes, n);
	if (sheet_is_postings(bytes, n)) return sheet_read_postings(cx, out, bytes, n);
	if (n >= 2 && (!memcmp(bytes, "\xFF\xFE", 2) || !memcmp(bytes, "\xFE\xFF", 2))) {
		enum lg_err err = lg_plain_text(cx, &plain, bytes, n);
		if (err == LG_OK) err = lg_sheet_read(cx, out, plain.data ? plain.data : "", plain.len);
		lg_buf_free(&plain);
		return err;
	}
	size_t from = n >= 3 && !memcmp(bytes, "\xEF\xBB\xBF", 3) ? 3 : 0;
	while (from < n && strchr(" \t\r\n", bytes[from]) && bytes[from]) from++;
	if (from < n && (bytes[from] == '[' || bytes[from] == '{'))
		return sheet_read_json(cx, out, bytes + from, n - from, bytes);
	return read_csv(cx, out, bytes, n);
}

/* --- taking it apart */

static enum lg_err not_ours(struct lg_ctx *cx)
{
	return lg_fail(cx, LG_INVALID, "upload", "This file could not be read.");
}

static size_t count(const char *text, size_t n, char c)
{
	size_t k = 0;
	for (const char *s = text, *end = text + n; (s = memchr(s, c, (size_t)(end - s))); s++) k++;
	return k;
}

/* The cells of a line, which ends with a NUL: behind each UNIT one. The UNITs become NULs. */
static size_t cells_of(const char **out, char *line)
{
	size_t n = 0;
	for (char *s = line; *s; s++)
		if (*s == UNIT) *s = '\0', out[n++] = s + 1;
	return n;
}

static bool take_row(struct lg_sheet *sheet, char *line, const char **room, size_t *used)
{
	struct lg_sheet_row *row = &sheet->rows[sheet->n_rows];
	const char **cells = room + *used;
	char kind = *line, *end;
	row->n_cells = cells_of(cells, line);
	row->cells = cells;
	row->line = strtoull(kind ? line + 1 : line, &end, 10);
	*used += row->n_cells;
	if (*end || row->line == 0 || row->line > INT32_MAX) return false;
	if (kind == 'r' && row->n_cells <= sheet->n_columns) return sheet->n_rows++, true;
	if (kind != 'b' || row->n_cells != 2) return false;
	row->fault = cells[0];
	row->cells = cells + 1;
	row->n_cells = 1;
	return sheet->n_rows++, true;
}

enum lg_err lg_sheet_take(struct lg_ctx *cx, struct lg_sheet *out, char *text, size_t n)
{
	size_t lines = count(text, n, RECORD), used;
	const char **cells = lg_array(cx->mem, count(text, n, UNIT) + 1, sizeof *cells);
	*out = (struct lg_sheet){ .rows = lg_array(cx->mem, lines + 1, sizeof *out->rows), .columns = cells };
	if (!lines || text[n - 1] != RECORD || memchr(text, '\0', n)) return not_ours(cx);
	char *end = memchr(text, RECORD, n);
	*end = '\0';
	out->n_columns = used = cells_of(cells, text);
	out->format = text;
	if (!out->n_columns || out->n_columns > LG_SHEET_COLUMNS) return not_ours(cx);
	for (char *line = end + 1; line < text + n; line = end + 1) {
		end = memchr(line, RECORD, (size_t)(text + n - line));
		*end = '\0';
		if (!take_row(out, line, cells, &used)) return not_ours(cx);
	}
	return LG_OK;
}
