/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "formats/rows.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "formats/rows_inner.h"

static void close_rows(void *thing)
{
	struct lg_rows *r = thing;
	csv_free(&r->csv);
	lg_buf_free(&r->head);
	lg_buf_free(&r->text);
	lg_buf_free(&r->json);
}

static void csv_begin(struct lg_rows *r, unsigned char separator)
{
	if (csv_init(&r->csv, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL)) abort(); /* only on wrong options */
	csv_set_delim(&r->csv, separator);
	csv_set_blk_size(&r->csv, 4096);
}

struct lg_rows *lg_rows_new(struct lg_ctx *cx, const char *name, const struct lg_sink *sink)
{
	struct lg_rows *r = lg_alloc(cx->mem, sizeof *r);
	lg_assert(sink->n_columns <= LG_COLUMNS_MAX);
	*r = (struct lg_rows){ .cx = cx, .name = name, .sink = sink, .line = 1, .begin = 1 };
	csv_begin(r, CSV_COMMA);
	lg_defer(cx->mem, close_rows, r);
	return r;
}

enum lg_err rows_fail(struct lg_rows *r, const char *fmt, ...)
{
	char text[600];
	va_list ap;
	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	r->form = FORM_FAILED;
	return lg_failf(r->cx, LG_INVALID, r->name, "%s", text);
}

void rows_fault(struct lg_rows *r, const char *column, const char *value, size_t n, const char *fault)
{
	const struct lg_record record = {
		.line = r->begin, .fault = fault, .column = column, .value = { value, n < 400 ? n : 400 }
	};
	r->sink->record(r->sink->self, &record);
}

int rows_column(const struct lg_rows *r, const char *name, size_t n)
{
	for (size_t i = 0; i < r->sink->n_columns; i++) {
		const char *column = r->sink->columns[i];
		if (n && (column[0] | 0x20) == (name[0] | 0x20) && !strncasecmp(column, name, n) && !column[n])
			return (int)i;
	}
	return -1;
}

enum lg_err rows_header(struct lg_rows *r, uint64_t known)
{
	r->headed = true;
	enum lg_err err = r->sink->header(r->sink->self, known);
	if (err != LG_OK) r->form = FORM_FAILED;
	return err;
}

/* ---------------------------------------------------------------------------------------------- CSV records */

static struct lg_cell trimmed(const char *s, size_t n)
{
	while (n && rows_blank(s, 1)) s++, n--;
	while (n && rows_blank(s + n - 1, 1)) n--;
	return (struct lg_cell){ s, n };
}

static struct lg_cell cell_of(const struct lg_rows *r, size_t i)
{
	return trimmed(r->text.data + r->at[i], r->at[i + 1] - r->at[i] - 1);
}

static void clear_record(struct lg_rows *r)
{
	lg_buf_clear(&r->text);
	r->n_cells = 0;
	r->at[0] = 0;
	r->record_bytes = 0;
}

static void on_field(void *field, size_t n, void *self)
{
	struct lg_rows *r = self;
	lg_put(&r->text, field ? field : "", n);
	lg_putc(&r->text, '\0');
	if (r->n_cells < CSV_FIELDS_MAX) r->at[r->n_cells + 1] = r->text.len;
	r->n_cells++;
}

/* The record as it roughly stood, for a message. */
static void fault_of_record(struct lg_rows *r, const char *fault)
{
	for (size_t i = 0; i + 1 < r->text.len; i++)
		if (!r->text.data[i]) r->text.data[i] = (char)r->csv.delim_char;
	rows_fault(r, "", r->text.len ? r->text.data : "", r->text.len ? r->text.len - 1 : 0, fault);
}

static enum lg_err take_names(struct lg_rows *r)
{
	uint64_t known = 0;
	if (lg_utf8_span(r->text.data, r->text.len) != r->text.len)
		return rows_fail(r, "The first line is not UTF-8. Save the file as \"CSV UTF-8\".");
	for (size_t i = 0; i < r->n_cells; i++) {
		struct lg_cell name = cell_of(r, i);
		int column = rows_column(r, name.text, name.n);
		if (column >= 0 && known >> column & 1)
			return rows_fail(r, "Column %s stands twice in the first line. Keep one of them.",
			                 r->sink->columns[column]);
		r->column[i] = column;
		if (column >= 0) known |= UINT64_C(1) << column;
	}
	if (!known && r->sink->n_columns)
		return rows_fail(r,
		                 "No header: the first line begins with \"%.*s\" and names no column known here. "
		                 "The first line must name the columns, such as id,municipality,occupations.",
		                 (int)lg_utf8_span(r->text.data, strnlen(r->text.data, 60)), r->text.data);
	return rows_header(r, known);
}

static enum lg_err header_row(struct lg_rows *r)
{
	if (r->n_cells > CSV_FIELDS_MAX)
		return rows_fail(r, "The first line has %zu columns; at most %d are read.", r->n_cells, CSV_FIELDS_MAX);
	r->n_header = r->n_cells;
	LG_TRY(take_names(r));
	for (size_t i = 0; i < r->n_cells; i++)
		if (r->column[i] < 0) {
			struct lg_cell name = cell_of(r, i);
			r->text.data[(size_t)(name.text - r->text.data) + name.n] = '\0';
			r->sink->unknown(r->sink->self, name.text, r->begin);
		}
	return LG_OK;
}

static bool is_ascii(const char *s, size_t n)
{
	for (; n >= 8; s += 8, n -= 8) {
		uint64_t eight;
		memcpy(&eight, s, 8);
		if (eight & UINT64_C(0x8080808080808080)) return false;
	}
	for (; n; s++, n--)
		if (*s & 0x80) return false;
	return true;
}

static bool utf8_fault(struct lg_rows *r)
{
	if (is_ascii(r->text.data, r->text.len) || lg_utf8_span(r->text.data, r->text.len) == r->text.len) return false;
	size_t bad = lg_utf8_span(r->text.data, r->text.len), i = 0;
	while (i + 1 < r->n_cells && r->at[i + 1] <= bad) i++;
	struct lg_cell value = cell_of(r, i);
	rows_fault(r, r->column[i] < 0 ? "" : r->sink->columns[r->column[i]], value.text, value.n,
	           "This text is not UTF-8. Save the file as \"CSV UTF-8\" and give the row again.");
	return true;
}

static void data_row(struct lg_rows *r)
{
	if (r->n_cells != r->n_header) {
		(void)snprintf(
		    r->reason, sizeof r->reason,
		    "The row has %zu fields, the first line has %zu. Quote fields that hold a \"%c\" or a line "
		    "break.",
		    r->n_cells, r->n_header, r->csv.delim_char);
		fault_of_record(r, r->reason);
		return;
	}
	if (utf8_fault(r)) return;
	for (size_t i = 0; i < r->sink->n_columns; i++) r->cells[i] = (struct lg_cell){ "", 0 };
	for (size_t i = 0; i < r->n_cells; i++) {
		if (r->column[i] < 0) continue;
		struct lg_cell *cell = &r->cells[r->column[i]];
		*cell = cell_of(r, i);
		r->text.data[(size_t)(cell->text - r->text.data) + cell->n] = '\0';
	}
	const struct lg_record record = { .line = r->begin, .cells = r->cells, .column = "", .value = { "", 0 } };
	r->sink->record(r->sink->self, &record);
}

static void on_row(int end, void *self)
{
	(void)end;
	struct lg_rows *r = self;
	r->open = false;
	if (r->form == FORM_CSV) {
		if (!r->headed)
			r->err = header_row(r);
		else
			data_row(r);
	}
	clear_record(r);
}

/* A quotation mark where none may stand: drop the record, go on behind its line. */
static enum lg_err csv_broken(struct lg_rows *r, const char *fault)
{
	if (!r->headed) return rows_fail(r, "Line %llu, the header: %s", (unsigned long long)r->begin, fault);
	fault_of_record(r, fault);
	unsigned char separator = r->csv.delim_char;
	csv_free(&r->csv);
	csv_begin(r, separator);
	clear_record(r);
	r->open = false;
	return LG_OK;
}

static enum lg_err csv_piece(struct lg_rows *r, const char *s, size_t n)
{
	bool begins = !r->open;
	r->open = r->open || !rows_blank(s, n);
	if (begins) r->begin = r->line;
	size_t used = csv_parse(&r->csv, s, n, on_field, on_row, r);
	LG_TRY(r->err);
	if (used == n) return LG_OK;
	if (csv_error(&r->csv) != CSV_EPARSE) return rows_fail(r, "Out of memory.");
	r->skip = !r->line_ended;
	return csv_broken(r, "A quotation mark stands inside or behind a field. Write the field in quotation marks and "
	                     "each one inside it twice (\"\").");
}

static enum lg_err csv_end(struct lg_rows *r)
{
	if (csv_fini(&r->csv, on_field, on_row, r))
		return csv_broken(r, "A quotation mark that opens here is never closed, so all the rest of the file "
		                     "belongs to this row. Close it.");
	return r->err;
}

/* ---------------------------------------------------------------------------------------------------- lines */

/* Length of the next piece: up to and with its line end, or all there is. A CR without LF ends a line too. */
static size_t piece_length(const char *s, size_t n, bool *ended)
{
	const char *lf = memchr(s, '\n', n);
	size_t len = lf ? (size_t)(lf - s) + 1 : n;
	const char *cr = memchr(s, '\r', len);
	if (cr && cr + 1 != lf) len = (size_t)(cr - s) + 1;
	*ended = lf || cr;
	return len;
}

static enum lg_err json_piece(struct lg_rows *r, const char *s, size_t n)
{
	r->begin = r->line;
	if (!r->line_ended || r->text.len) lg_put(&r->text, s, n);
	if (!r->line_ended) return LG_OK;
	enum lg_err err = r->text.len ? rows_json_line(r, r->text.data, r->text.len) : rows_json_line(r, s, n);
	lg_buf_clear(&r->text);
	r->record_bytes = 0;
	return err;
}

static enum lg_err too_long(struct lg_rows *r)
{
	return rows_fail(
	    r, "The record that begins in line %llu is longer than 1 MiB. %s", (unsigned long long)r->begin,
	    r->form == FORM_CSV ? "Most likely a quotation mark there is never closed, or this is no table."
	                        : "Most likely this is no table, or all of it stands in one line.");
}

static enum lg_err one_piece(struct lg_rows *r, const char *s, size_t n)
{
	if (r->form == FORM_CSV && !r->open) r->record_bytes = 0;
	r->record_bytes += n;
	if (r->record_bytes > LG_RECORD_MAX) return too_long(r);
	if (r->skip) {
		r->skip = !r->line_ended;
		r->record_bytes = 0;
		return LG_OK;
	}
	return r->form == FORM_CSV ? csv_piece(r, s, n) : json_piece(r, s, n);
}

static enum lg_err body(struct lg_rows *r, const char *s, size_t n)
{
	while (n) {
		size_t len = piece_length(s, n, &r->line_ended);
		bool second_half = r->after_cr && *s == '\n'; /* the LF of a CR LF that was cut in two */
		r->after_cr = s[len - 1] == '\r';
		if (second_half) r->line--;
		LG_TRY(one_piece(r, s, len));
		if (r->line_ended) r->line++;
		s += len;
		n -= len;
	}
	return LG_OK;
}

/* ----------------------------------------------------------------------------------------------------- form */

static size_t count_outside_quotes(const char *s, size_t n, char c)
{
	size_t count = 0;
	bool quoted = false;
	for (size_t i = 0; i < n; i++) {
		if (s[i] == '"') quoted = !quoted;
		if (s[i] == c && !quoted) count++;
	}
	return count;
}

/* The head holds the first line that is not blank: what is this file? */
static enum lg_err decide(struct lg_rows *r)
{
	if (!r->head.len) return rows_fail(r, "The file is empty. Its first line must name the columns.");
	const char *s = r->head.data;
	size_t n = r->head.len;
	if (n >= 3 && !memcmp(s, "\xEF\xBB\xBF", 3)) s += 3, n -= 3;
	const char *not_ours = rows_not_ours(s, n);
	if (not_ours) return rows_fail(r, "%s", not_ours);
	struct lg_cell line = trimmed(s, n);
	if (!line.n) return rows_fail(r, "The file is empty. Its first line must name the columns.");
	if (line.text[0] == '{') {
		r->form = FORM_NDJSON;
		return body(r, s, n);
	}
	size_t commas = count_outside_quotes(s, n, ','), semicolons = count_outside_quotes(s, n, ';');
	if (!commas && !semicolons && memchr(line.text, '\t', line.n))
		return rows_fail(r, "The columns are separated by tabs. Save the file with commas or semicolons.");
	r->form = FORM_CSV;
	csv_set_delim(&r->csv, semicolons > commas ? ';' : ',');
	return body(r, s, n);
}

/* Take bytes into the head until it has a line that is not blank; those before it are counted and forgotten. */
static enum lg_err take_head(struct lg_rows *r, const char *s, size_t n, size_t *taken)
{
	*taken = 0;
	while (*taken < n && r->form == FORM_UNKNOWN) {
		bool ended;
		size_t len = piece_length(s + *taken, n - *taken, &ended);
		if (r->after_cr && s[*taken] == '\n') r->line--; /* as in body() */
		lg_put(&r->head, s + *taken, len);
		*taken += len;
		r->after_cr = s[*taken - 1] == '\r';
		size_t bom = r->head.len >= 3 && !memcmp(r->head.data, "\xEF\xBB\xBF", 3) ? 3 : 0;
		if (r->head.len > LG_RECORD_MAX) return too_long(r);
		if (!ended) continue;
		if (rows_blank(r->head.data + bom, r->head.len - bom)) {
			lg_buf_clear(&r->head);
			r->line++;
			continue;
		}
		r->after_cr = false;
		LG_TRY(decide(r));
	}
	return LG_OK;
}

static enum lg_err nul_byte(struct lg_rows *r, const char *bytes, size_t n)
{
	if (r->form != FORM_UNKNOWN)
		return rows_fail(r,
		                 "A NUL byte stands in or behind line %llu: this is not text, or it is damaged. "
		                 "Give CSV or NDJSON in UTF-8.",
		                 (unsigned long long)r->line);
	lg_put(&r->head, bytes, n < 64 ? n : 64);
	const char *not_ours = rows_not_ours(r->head.data, r->head.len);
	return rows_fail(r, "%s",
	                 not_ours ? not_ours : "This is not text: it holds NUL bytes. Give CSV or NDJSON in UTF-8.");
}

enum lg_err lg_rows_feed(struct lg_rows *r, const char *bytes, size_t n)
{
	size_t taken = 0;
	if (r->form == FORM_FAILED) return LG_INVALID;
	if (!n) return LG_OK;
	if (memchr(bytes, '\0', n)) return nul_byte(r, bytes, n);
	if (r->form == FORM_UNKNOWN) LG_TRY(take_head(r, bytes, n, &taken));
	return body(r, bytes + taken, n - taken);
}

static enum lg_err end_of(struct lg_rows *r)
{
	if (r->form == FORM_FAILED) return LG_INVALID;
	if (r->form == FORM_UNKNOWN) LG_TRY(decide(r));
	if (r->form == FORM_CSV) return csv_end(r);
	r->line_ended = true;
	return r->text.len ? json_piece(r, "", 0) : LG_OK;
}

enum lg_err lg_rows_end(struct lg_rows *r)
{
	enum lg_err err = end_of(r);
	if (err == LG_OK && !r->headed) err = rows_fail(r, "The file holds no record that can be read.");
	close_rows(r);
	csv_begin(r, CSV_COMMA); /* so that closing again is harmless */
	r->form = FORM_FAILED;
	return err;
}
