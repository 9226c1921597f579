/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "formats/xlsx.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "formats/xlsx_inner.h"

bool lg_xlsx_is(const void *bytes, size_t n) { return n >= 4 && !memcmp(bytes, "PK\3\4", 4); }

static struct xlsx_book *new_book(struct lg_ctx *cx) { return lg_alloc(cx->mem, sizeof(struct xlsx_book)); }

enum lg_err lg_xlsx_sheets(struct lg_ctx *cx, const char *name, const void *bytes, size_t n,
                           struct lg_xlsx_sheet **sheets, size_t *n_sheets)
{
	struct xlsx_book *b = new_book(cx);
	LG_TRY(xlsx_open(b, cx, name, bytes, n));
	*sheets = lg_array(cx->mem, b->n_sheets, sizeof **sheets);
	*n_sheets = b->n_sheets;
	for (size_t i = 0; i < b->n_sheets; i++)
		(*sheets)[i] = (struct lg_xlsx_sheet){ b->sheets[i].name, b->sheets[i].hidden };
	return LG_OK;
}

static enum lg_err no_such_sheet(const struct xlsx_book *b, const char *sheet)
{
	struct lg_buf names = { 0 };
	for (size_t i = 0; i < b->n_sheets && names.len < 400; i++)
		lg_putf(&names, "%s\"%s\"", i ? ", " : "", xlsx_brief(b->cx, b->sheets[i].name));
	enum lg_err err = lg_failf(b->cx, LG_INVALID, b->name, "There is no sheet \"%s\"; there is %s.",
	                           xlsx_brief(b->cx, sheet), names.data);
	lg_buf_free(&names);
	return err;
}

static enum lg_err find_sheet(const struct xlsx_book *b, const char *sheet, const struct xlsx_sheet **found)
{
	bool any = !sheet || !*sheet;
	for (size_t i = 0; i < b->n_sheets; i++)
		if (any ? !b->sheets[i].hidden : !strcasecmp(b->sheets[i].name, sheet)) {
			*found = &b->sheets[i];
			return LG_OK;
		}
	if (!any) return no_such_sheet(b, sheet);
	*found = &b->sheets[0]; /* all are hidden */
	return LG_OK;
}

static enum lg_err read_sheet(struct lg_ctx *cx, const char *name, const void *bytes, size_t n, const char *sheet,
                              const struct xlsx_table *table)
{
	struct xlsx_book *b = new_book(cx);
	const struct xlsx_sheet *found = NULL;
	LG_TRY(xlsx_open(b, cx, name, bytes, n));
	LG_TRY(find_sheet(b, sheet, &found));
	LG_TRY(xlsx_load(b));
	return xlsx_read_sheet(b, found, table);
}

static const char *nameless(char out[24], size_t column)
{
	char letters[8];
	(void)snprintf(out, 24, "column %s", xlsx_column_name(letters, column));
	return out;
}

/* --------------------------------------------------------------------------------------------------- for a sink */

struct to_sink {
	struct lg_ctx *cx;
	const char *name;
	const struct lg_sink *sink;
	int column[LG_XLSX_COLUMNS_MAX]; /* of the sink, or -1 */
	bool told[LG_XLSX_COLUMNS_MAX];  /* that it is unknown */
	struct lg_cell cells[LG_COLUMNS_MAX];
};

static int column_of(const struct lg_sink *sink, const struct lg_cell *name)
{
	for (size_t i = 0; i < sink->n_columns; i++)
		if (strlen(sink->columns[i]) == name->n && !strncasecmp(sink->columns[i], name->text, name->n))
			return (int)i;
	return -1;
}

static enum lg_err sink_names(void *self, const struct xlsx_row *row)
{
	struct to_sink *t = self;
	uint64_t known = 0;
	for (size_t i = 0; i < LG_XLSX_COLUMNS_MAX; i++) {
		t->column[i] = i < row->n && row->cells[i].n ? column_of(t->sink, &row->cells[i]) : -1;
		t->told[i] = i < row->n && row->cells[i].n;
		if (t->column[i] < 0) continue;
		if (known >> t->column[i] & 1)
			return lg_failf(t->cx, LG_INVALID, t->name,
			                "Column %s stands twice in row %llu. Keep one of them.",
			                t->sink->columns[t->column[i]], (unsigned long long)row->row);
		known |= UINT64_C(1) << t->column[i];
	}
	if (!known)
		return lg_failf(
		    t->cx, LG_INVALID, t->name,
		    "No header: row %llu names no column known here. The first row must name the columns, such as "
		    "id, municipality, occupations.",
		    (unsigned long long)row->row);
	LG_TRY(t->sink->header(t->sink->self, known));
	for (size_t i = 0; i < row->n; i++)
		if (row->cells[i].n && t->column[i] < 0) t->sink->unknown(t->sink->self, row->cells[i].text, row->row);
	return LG_OK;
}

static enum lg_err sink_row(void *self, const struct xlsx_row *row)
{
	struct to_sink *t = self;
	struct lg_record record = { .line = row->row, .cells = t->cells, .column = "", .value = { "", 0 } };
	for (size_t i = 0; i < t->sink->n_columns; i++) t->cells[i] = (struct lg_cell){ "", 0 };
	for (size_t i = 0; i < row->n; i++) {
		char text[24];
		if (!row->cells[i].n) continue;
		if (t->column[i] >= 0)
			t->cells[t->column[i]] = row->cells[i];
		else if (!t->told[i])
			t->sink->unknown(t->sink->self, nameless(text, i), row->row);
		t->told[i] = true;
	}
	if (row->fault) {
		int column = row->fault_column < LG_XLSX_COLUMNS_MAX ? t->column[row->fault_column] : -1;
		record = (struct lg_record){ .line = row->row,
			                     .fault = row->fault,
			                     .value = row->value,
			                     .column = column < 0 ? "" : t->sink->columns[column] };
	}
	t->sink->record(t->sink->self, &record);
	return LG_OK;
}

enum lg_err lg_xlsx_rows(struct lg_ctx *cx, const char *name, const void *bytes, size_t n, const char *sheet,
                         const struct lg_sink *sink)
{
	struct to_sink *t = lg_alloc(cx->mem, sizeof *t);
	const struct xlsx_table table = { t, sink_names, sink_row };
	lg_assert(sink->n_columns <= LG_COLUMNS_MAX);
	*t = (struct to_sink){ .cx = cx, .name = name, .sink = sink };
	return read_sheet(cx, name, bytes, n, sheet, &table);
}

/* ---------------------------------------------------------------------------------------------------- as NDJSON */

struct to_json {
	struct lg_ctx *cx;
	const char *name;
	struct lg_buf *out;
	uint64_t line; /* the next that is written */
	uint64_t rows;
	const char *names[LG_XLSX_COLUMNS_MAX], *keys[LG_XLSX_COLUMNS_MAX]; /* as they stand; as JSON, with a colon */
	bool named[LG_XLSX_COLUMNS_MAX];                                    /* in the first row: said in each line */
};

static int take(const char *bytes, size_t n, void *out)
{
	lg_put(out, bytes, n);
	return 0;
}

static void put_json(struct lg_buf *out, const char *s, size_t n)
{
	json_t *text = json_stringn(s, n);
	lg_assert(text && !json_dump_callback(text, take, out, JSON_ENCODE_ANY));
	json_decref(text);
}

static void set_key(struct to_json *t, size_t column, const char *name)
{
	struct lg_buf key = { 0 };
	put_json(&key, name, strlen(name));
	lg_putc(&key, ':');
	t->names[column] = name;
	t->keys[column] = lg_strdup(t->cx->mem, key.data);
	lg_buf_free(&key);
}

static bool is_taken(const struct to_json *t, size_t column, const char *name)
{
	for (size_t i = 0; i < LG_XLSX_COLUMNS_MAX; i++)
		if (i != column && t->names[i] && !strcasecmp(t->names[i], name)) return true;
	return false;
}

/* The second of a name has its letters besides. */
static void add_key(struct to_json *t, size_t column, const char *name)
{
	char letters[8];
	const char *said = xlsx_column_name(letters, column);
	if (is_taken(t, column, name)) name = lg_printf(t->cx->mem, "%s (%s)", name, said);
	while (is_taken(t, column, name)) name = lg_printf(t->cx->mem, "%s %s", name, said);
	set_key(t, column, lg_strdup(t->cx->mem, name));
}

static enum lg_err json_names(void *self, const struct xlsx_row *row)
{
	struct to_json *t = self;
	for (size_t i = 0; i < row->n; i++) {
		t->named[i] = row->cells[i].n;
		if (t->named[i]) add_key(t, i, row->cells[i].text);
	}
	return LG_OK;
}

static void put_fault(struct to_json *t, const struct xlsx_row *row)
{
	struct lg_buf text = { 0 };
	lg_puts(&text, row->fault);
	if (row->fault_column < LG_XLSX_COLUMNS_MAX && t->named[row->fault_column])
		lg_putf(&text, " (%s)", t->names[row->fault_column]);
	if (row->value.n) lg_putf(&text, ": %.*s", (int)lg_utf8_span(row->value.text, row->value.n), row->value.text);
	lg_puts(t->out, ",\"\":");
	put_json(t->out, text.data, text.len);
	lg_buf_free(&text);
}

static enum lg_err json_row(void *self, const struct xlsx_row *row)
{
	struct to_json *t = self;
	for (; t->line < row->row; t->line++) lg_putc(t->out, '\n');
	size_t from = t->out->len;
	for (size_t i = 0; i < LG_XLSX_COLUMNS_MAX; i++) {
		bool text = i < row->n && row->cells[i].n;
		char nobody[24];
		if (!text && !t->named[i]) continue;
		if (!t->keys[i]) add_key(t, i, nameless(nobody, i));
		lg_putc(t->out, t->out->len == from ? '{' : ',');
		lg_puts(t->out, t->keys[i]);
		put_json(t->out, text ? row->cells[i].text : "", text ? row->cells[i].n : 0);
	}
	if (row->fault) put_fault(t, row);
	lg_putc(t->out, '}');
	t->rows++;
	if (t->out->len - from < LG_RECORD_MAX) return LG_OK;
	return lg_failf(t->cx, LG_INVALID, t->name, "Row %llu holds more than 1 MiB of text.",
	                (unsigned long long)row->row);
}

enum lg_err lg_xlsx_ndjson(struct lg_ctx *cx, struct lg_buf *out, const char *name, const void *bytes, size_t n,
                           const char *sheet)
{
	struct to_json *t = lg_alloc(cx->mem, sizeof *t);
	const struct xlsx_table table = { t, json_names, json_row };
	*t = (struct to_json){ .cx = cx, .name = name, .out = out, .line = 1 };
	LG_TRY(read_sheet(cx, name, bytes, n, sheet, &table));
	lg_putc(out, '\n');
	if (t->rows) return LG_OK;
	return lg_fail(cx, LG_INVALID, name, "The sheet has a first row with names of columns, and no row below it.");
}
