/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "formats/xlsx_inner.h"

enum { SHEET_COLUMNS_MAX = 16384 };

/* A sheet on its way. Cells of the row lie in `text`, each with a NUL, and are made from places when the row ends. */
struct sheet {
	struct xlsx_book *b;
	const struct xlsx_sheet *sheet;
	const struct xlsx_table *table;
	struct lg_xml *xml;
	bool in_data, in_row, in_cell, in_value, phonetic, named;
	uint64_t row, cells;
	size_t column; /* of the cell at hand, or of the last */
	char type;     /* of the cell: first letters of t, see type_of() */
	size_t style;
	struct lg_buf value; /* raw, of the cell at hand */
	struct lg_buf text;
	size_t at[LG_XLSX_COLUMNS_MAX], len[LG_XLSX_COLUMNS_MAX];
	size_t n; /* columns so far */
	struct lg_cell line[LG_XLSX_COLUMNS_MAX];
	char fault[300];
	size_t fault_column;
	struct lg_buf fault_value;
};

static void stop(struct sheet *s, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static void stop(struct sheet *s, const char *fmt, ...)
{
	char text[300];
	va_list ap;
	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	lg_xml_stop(s->xml, lg_failf(s->b->cx, LG_INVALID, s->b->name, "Sheet \"%s\", row %llu: %s",
	                             xlsx_brief(s->b->cx, s->sheet->name), (unsigned long long)s->row, text));
}

/* -------------------------------------------------------------------------------------------------------- cells */

enum {
	TYPE_NUMBER = 'n',
	TYPE_SHARED = 's',
	TYPE_FORMULA = 'f',
	TYPE_INLINE = 'i',
	TYPE_BOOLEAN = 'b',
	TYPE_DATE = 'd',
	TYPE_ERROR = 'e'
};

static char type_of(const struct lg_xml_attrs *attrs)
{
	static const struct {
		const char *name;
		char type;
	} types[] = { { "n", TYPE_NUMBER },         { "s", TYPE_SHARED },  { "str", TYPE_FORMULA },
		      { "inlineStr", TYPE_INLINE }, { "b", TYPE_BOOLEAN }, { "d", TYPE_DATE },
		      { "e", TYPE_ERROR } };
	const char *t;
	size_t n;
	if (!lg_xml_attr(attrs, false, "t", &t, &n)) return TYPE_NUMBER;
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (strlen(types[i].name) == n && !memcmp(types[i].name, t, n)) return types[i].type;
	return '?';
}

/* @return false: it is no whole number, or over `most` */
static bool whole(const char *s, size_t n, size_t most, size_t *v)
{
	*v = 0;
	for (size_t i = 0; i < n; i++) {
		if (s[i] < '0' || s[i] > '9' || *v > most) return false;
		*v = *v * 10 + (size_t)(s[i] - '0');
	}
	return n && *v <= most;
}

/* "C7": the column, from 0. The row must be the one it stands in. */
static bool place_of(const struct sheet *s, const char *ref, size_t n, size_t *column)
{
	size_t letters = 0, v = 0, row;
	for (; letters < n && ref[letters] >= 'A' && ref[letters] <= 'Z' && v <= SHEET_COLUMNS_MAX; letters++)
		v = v * 26 + (size_t)(ref[letters] - 'A') + 1;
	*column = v - 1;
	return v && v <= SHEET_COLUMNS_MAX && whole(ref + letters, n - letters, LG_XLSX_ROW_MAX, &row) && row == s->row;
}

static void on_cell(struct sheet *s, const struct lg_xml_attrs *attrs)
{
	const char *v;
	size_t n, column = s->column + 1;
	if (++s->cells > LG_XLSX_CELLS_MAX) {
		stop(s, "the sheet has more than %d cells up to here. Give it in parts.", LG_XLSX_CELLS_MAX);
		return;
	}
	if (lg_xml_attr(attrs, false, "r", &v, &n) && !place_of(s, v, n, &column)) {
		stop(s, "a cell says that it stands at \"%.*s\". The file is damaged.",
		     (int)lg_utf8_span(v, n < 20 ? n : 20), v);
		return;
	}
	s->column = column;
	s->type = type_of(attrs);
	if (!lg_xml_attr(attrs, false, "s", &v, &n) || !whole(v, n, 1 << 20, &s->style)) s->style = 0;
	lg_buf_clear(&s->value);
	s->in_cell = true;
}

static void note_fault(struct sheet *s, const char *what)
{
	char letters[8];
	if (*s->fault) return;
	(void)snprintf(s->fault, sizeof s->fault, "Cell %s%llu %s", xlsx_column_name(letters, s->column),
	               (unsigned long long)s->row, what);
	s->fault_column = s->column;
	lg_buf_clear(&s->fault_value);
	lg_put(&s->fault_value, s->value.data, s->value.len < 400 ? s->value.len : 400);
}

static void put_shared(struct sheet *s)
{
	size_t i, at;
	const struct xlsx_book *b = s->b;
	if (!whole(s->value.data, s->value.len, (size_t)1 << 40, &i) || i >= xlsx_n_strings(b)) {
		stop(s, "a cell names a text that the workbook does not have. The file is damaged.");
		return;
	}
	memcpy(&at, b->string_at.data + i * sizeof at, sizeof at);
	lg_puts(&s->text, b->strings.data + at);
}

static void put_value(struct sheet *s)
{
	const struct xlsx_book *b = s->b;
	struct xlsx_style style = s->style < b->n_styles ? b->styles[s->style] : (struct xlsx_style){ XLSX_NUMBER, 0 };
	const char *wrong = NULL;
	switch (s->type) {
	case TYPE_SHARED: put_shared(s); return;
	case TYPE_BOOLEAN: lg_puts(&s->text, s->value.len == 1 && *s->value.data == '1' ? "true" : "false"); return;
	case TYPE_NUMBER:
		if (!(wrong = xlsx_number(&s->text, s->value.data, s->value.len, style, b->from_1904))) return;
		note_fault(s, wrong);
		return;
	case TYPE_ERROR: note_fault(s, "holds an error, not a value. Mend the formula, or empty the cell."); return;
	case TYPE_FORMULA:
	case TYPE_INLINE: xlsx_unescape(&s->value, 0); break;
	default: break;
	}
	lg_put(&s->text, s->value.data, s->value.len);
}

static void end_cell(struct sheet *s)
{
	size_t from = s->text.len;
	s->in_cell = false;
	if (!s->value.len) return;
	put_value(s);
	while (from < s->text.len && strchr(" \t\r\n", s->text.data[from])) from++;
	while (s->text.len > from && strchr(" \t\r\n", s->text.data[s->text.len - 1])) s->text.len--;
	if (s->text.len == from) return;
	if (s->column >= LG_XLSX_COLUMNS_MAX) {
		stop(s, "there is text behind column %d, the last that is read. Give a table with fewer columns.",
		     LG_XLSX_COLUMNS_MAX);
		return;
	}
	for (; s->n <= s->column; s->n++) s->len[s->n] = 0;
	s->at[s->column] = from;
	s->len[s->column] = s->text.len - from;
	lg_putc(&s->text, '\0');
	if (s->text.len > LG_RECORD_MAX) stop(s, "the row holds more than 1 MiB of text.");
}

/* --------------------------------------------------------------------------------------------------------- rows */

static void on_row(struct sheet *s, const struct lg_xml_attrs *attrs)
{
	const char *v;
	size_t n, row = (size_t)s->row + 1;
	if (lg_xml_attr(attrs, false, "r", &v, &n) && !whole(v, n, LG_XLSX_ROW_MAX, &row)) row = 0;
	if (row <= s->row || row > LG_XLSX_ROW_MAX) {
		stop(s, "the number of the next row is not one above this, or higher than %d. The file is damaged.",
		     LG_XLSX_ROW_MAX);
		return;
	}
	s->row = row;
	s->column = (size_t)0 - 1;
	s->n = 0;
	*s->fault = '\0';
	lg_buf_clear(&s->text);
	s->in_row = true;
}

static void end_row(struct sheet *s)
{
	s->in_row = false;
	if (!s->n && !*s->fault) return;
	for (size_t i = 0; i < s->n; i++)
		s->line[i] =
		    s->len[i] ? (struct lg_cell){ s->text.data + s->at[i], s->len[i] } : (struct lg_cell){ "", 0 };
	const struct xlsx_row row = { .row = s->row,
		                      .cells = s->line,
		                      .n = s->n,
		                      .fault = *s->fault ? s->fault : NULL,
		                      .fault_column = s->fault_column,
		                      .value = { s->fault_value.data ? s->fault_value.data : "", s->fault_value.len } };
	enum lg_err err = s->named ? s->table->row(s->table->self, &row) : s->table->names(s->table->self, &row);
	s->named = true;
	if (err != LG_OK) lg_xml_stop(s->xml, err);
}

/* ------------------------------------------------------------------------------------------------------- events */

static void on_begin(void *self, const char *name, const struct lg_xml_attrs *attrs)
{
	struct sheet *s = self;
	if (!strcmp(name, "sheetData")) s->in_data = true;
	if (!s->in_data) return;
	if (!strcmp(name, "row") && !s->in_row)
		on_row(s, attrs);
	else if (!strcmp(name, "c") && s->in_row && !s->in_cell)
		on_cell(s, attrs);
	else if (!strcmp(name, "rPh"))
		s->phonetic = true;
	s->in_value =
	    s->in_cell && !s->phonetic && (!strcmp(name, "v") || (!strcmp(name, "t") && s->type == TYPE_INLINE));
}

static void on_end(void *self, const char *name)
{
	struct sheet *s = self;
	s->in_value = false;
	if (!strcmp(name, "sheetData"))
		s->in_data = false;
	else if (!strcmp(name, "row") && s->in_row)
		end_row(s);
	else if (!strcmp(name, "c") && s->in_cell)
		end_cell(s);
	else if (!strcmp(name, "rPh"))
		s->phonetic = false;
}

static void on_text(void *self, const char *text, size_t n)
{
	struct sheet *s = self;
	if (!s->in_value) return;
	lg_put(&s->value, text, n);
	if (s->value.len > LG_RECORD_MAX) stop(s, "a cell holds more than 1 MiB of text.");
}

static void close_sheet(void *thing)
{
	struct sheet *s = thing;
	lg_buf_free(&s->value);
	lg_buf_free(&s->text);
	lg_buf_free(&s->fault_value);
}

enum lg_err xlsx_read_sheet(struct xlsx_book *b, const struct xlsx_sheet *sheet, const struct xlsx_table *table)
{
	struct sheet *s = lg_alloc(b->cx->mem, sizeof *s);
	const struct lg_xml_sink sink = { s, on_begin, on_end, on_text };
	*s = (struct sheet){ .b = b, .sheet = sheet, .table = table };
	lg_defer(b->cx->mem, close_sheet, s);
	LG_TRY(xlsx_part(b, sheet->part, &sink, &s->xml));
	close_sheet(s);
	if (s->named) return LG_OK;
	return lg_failf(b->cx, LG_INVALID, b->name, "The sheet \"%s\" is empty. Its first row must name the columns.",
	                xlsx_brief(b->cx, sheet->name));
}
