/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/export.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "app/answer.h"
#include "app/audit.h"
#include "app/page.h"
#include "app/record.h"
#include "core/form.h"
#include "core/record_pages.h"
#include "formats/csv.h"

enum { MOST = 100000 };

/* A cell that a spreadsheet would take for a formula gets an apostrophe before it, which spreadsheets take for "this is
 * text" and our own import takes away (OWASP, CSV injection; the full-width signs count as well). */
static const char *export_cell(struct lg_ctx *cx, const char *s)
{
	static const char *const wide[] = { "＝", "＋", "－", "＠" };
	bool risky = *s && strchr("=+-@\t\r'", *s);
	for (size_t i = 0; i < sizeof wide / sizeof *wide; i++) risky = risky || !strncmp(s, wide[i], strlen(wide[i]));
	return risky ? lg_printf(cx->mem, "'%s", s) : s;
}

/* --- columns */

/* What a column holds: a field, of a row of a list, in words; or, without a field, what stands beside the record. */
struct column {
	const char *name;
	const struct section *section;
	const struct field *field;
	size_t row;
	bool in_words;
};

static const struct field *single_field(const struct entity *e, const char *name)
{
	for (size_t i = 0; i < e->n_sections; i++) {
		const struct field *f =
		    e->sections[i].kind == SECTION_ONE ? entity_field(e, e->sections[i].name, name) : NULL;
		if (f) return f;
	}
	return NULL;
}

static const struct field *field_called(struct lg_ctx *cx, const struct entity *e, const char *name, struct column *out)
{
	const char *dash = strchr(name, '-'), *dot = strchr(name, '.');
	if (!dash || !dot) return single_field(e, name);
	out->section = entity_section(e, lg_strndup(cx->mem, name, (size_t)(dash - name)));
	out->row = strtoul(dash + 1, NULL, 10);
	return entity_field(e, out->section->name, dot + 1);
}

static struct column column_of(struct lg_ctx *cx, const struct entity *e, const char *name)
{
	static const char words[] = "_name";
	struct column c = { .name = name };
	size_t n = strlen(name), k = sizeof words - 1;
	c.field = field_called(cx, e, name, &c);
	if (c.field || n < k || strcmp(name + n - k, words) != 0) return c;
	c.field = field_called(cx, e, lg_strndup(cx->mem, name, n - k), &c);
	c.in_words = c.field != NULL;
	return c;
}

struct columns {
	struct column *at;
	size_t n, room;
};

static void put_column(struct lg_ctx *cx, const struct entity *e, struct columns *to, const char *name)
{
	if (to->n == to->room) {
		struct column *more = lg_array(cx->mem, to->room * 2 + 32, sizeof *more);
		if (to->n) memcpy(more, to->at, to->n * sizeof *more);
		to->at = more, to->room = to->room * 2 + 32;
	}
	to->at[to->n++] = column_of(cx, e, name);
}

static void put_section(struct lg_ctx *cx, const struct entity *e, const struct section *s, size_t rows,
                        struct columns *to)
{
	size_t n;
	const struct field *fields = section_fields(e, s, &n);
	for (size_t i = 0; i < rows; i++)
		for (const struct field *f = fields; f < fields + n; f++) {
			if (s->kind == SECTION_MANY) {
				put_column(cx, e, to, lg_printf(cx->mem, "%s-%zu.%s", s->name, i, f->name));
				continue;
			}
			put_column(cx, e, to, f->name);
			if (f->type == FIELD_MUNICIPALITY)
				put_column(cx, e, to, lg_printf(cx->mem, "%s_name", f->name));
		}
}

/* All fields; of lists as many rows as any record of the office has. */
static enum lg_err all_columns(struct lg_ctx *cx, struct call *c, const struct export_of *of, struct columns *to)
{
	const char *text;
	json_t *widths;
	LG_TRY(of->widths(cx, c, &text));
	LG_TRY(record_parse(cx, &widths, text, strlen(text)));
	put_column(cx, of->entity, to, "id");
	put_column(cx, of->entity, to, "version");
	if (of->entity->states >= 0) {
		put_column(cx, of->entity, to, "state");
		put_column(cx, of->entity, to, "employer");
		put_column(cx, of->entity, to, "employer_name");
	}
	for (size_t i = 0; i < of->entity->n_sections; i++) {
		const struct section *s = &of->entity->sections[i];
		int64_t rows = s->kind == SECTION_ONE ? 1 : record_number(widths, s->name, 0);
		put_section(cx, of->entity, s, (size_t)rows, to);
	}
	return LG_OK;
}

static enum lg_err columns_of(struct lg_ctx *cx, struct call *c, const struct export_of *of, struct columns *to)
{
	if (!of->columns) return all_columns(cx, c, of, to);
	for (const char *const *name = of->columns; *name; name++) put_column(cx, of->entity, to, *name);
	return LG_OK;
}

/* --- the rows, a piece at a time */

struct sheet {
	const struct export_of *of;
	struct columns columns;
	void (*row)(struct lg_ctx *cx, struct call *c, struct sheet *to, const char *const *cells);
	lxw_worksheet *worksheet;
	lxw_row_t line;
	size_t records;
};

static json_t *beside(struct lg_ctx *cx, const struct export_row *r)
{
	json_t *o = record_keep(cx, json_pack("{s:s, s:I}", "id", r->id, "version", (json_int_t)r->version));
	if (r->state) json_object_set_new(o, "state", json_string(r->state));
	if (r->employer) json_object_set_new(o, "employer", json_string(r->employer));
	if (r->employer_name) json_object_set_new(o, "employer_name", json_string(r->employer_name));
	return o;
}

static const char *cell(struct lg_ctx *cx, struct call *c, const struct column *column, const json_t *beside,
                        const json_t *record)
{
	const struct field *f = column->field;
	if (!f) return form_raw(cx, json_object_get(beside, column->name));
	if (column->section) record = json_array_get(json_object_get(record, column->section->name), column->row);
	const json_t *value = json_object_get(record, f->name), *one;
	if (column->in_words) return form_words(cx, c, f, value, NULL);
	if (!json_is_array(value)) return form_raw(cx, value);
	const char *all = "";
	size_t i;
	json_array_foreach(value, i, one) all = lg_printf(cx->mem, "%s%s%s", all, i ? ";" : "", form_raw(cx, one));
	return all;
}

static void put_cells(struct lg_ctx *cx, struct call *c, struct sheet *to, const struct export_row *r,
                      const json_t *record)
{
	const char **cells = lg_array(cx->mem, to->columns.n, sizeof *cells);
	const json_t *o = beside(cx, r);
	for (size_t i = 0; i < to->columns.n; i++) cells[i] = cell(cx, c, &to->columns.at[i], o, record);
	to->row(cx, c, to, cells);
}

/* Words that may tell of somebody's health stay here; so do identity numbers, which are shown one at a time. */
static void keep_back(const struct entity *e, json_t *whole)
{
	json_object_del(whole, "identifiers");
	for (const struct field *f = e->fields; f < e->fields + e->n_fields; f++) {
		json_t *part = json_object_get(whole, f->section), *row;
		size_t i;
		if (!(f->flags & FIELD_SENSITIVE)) continue;
		if (json_is_object(part)) json_object_del(part, f->name);
		json_array_foreach(part, i, row) json_object_del(row, f->name);
	}
}

static void put_line(struct lg_ctx *cx, struct call *c, struct sheet *to, const struct export_row *r,
                     const json_t *record)
{
	json_t *o = beside(cx, r);
	record_put_sections(cx, o, to->of->entity, record);
	keep_back(to->of->entity, o);
	lg_puts(&c->rs->body, record_text(cx, o));
	lg_putc(&c->rs->body, '\n');
}

static enum lg_err put_piece(struct lg_ctx *cx, struct call *c, struct sheet *to, const void *ask,
                             struct export_piece *piece)
{
	LG_TRY(to->of->next(cx, c, ask, piece));
	for (size_t i = 0; i < piece->n; i++) {
		const struct export_row *r = &piece->rows[i];
		json_t *record;
		LG_TRY(record_parse(cx, &record, r->record, strlen(r->record)));
		if (to->row)
			put_cells(cx, c, to, r, record);
		else
			put_line(cx, c, to, r, record);
		to->records++;
	}
	return db_sync(cx, c->db);
}

static void end_arena(void *mem) { lg_arena_free(mem); }

/* What a piece takes is given back before the next one: only the file grows. */
static enum lg_err put_all(struct lg_ctx *cx, struct call *c, struct sheet *to, const void *ask)
{
	struct export_piece piece = { 0 };
	struct lg_arena *whole = cx->mem, *part = lg_arena_new(0, NULL);
	enum lg_err err;
	lg_defer(whole, end_arena, part);
	LG_TRY(db_sync(cx, c->db)); /* who acts is told now, and stays known */
	do {
		cx->mem = part;
		err = put_piece(cx, c, to, ask, &piece);
		cx->mem = whole;
		if (err != LG_OK) return err; /* its notes live in the piece */
		if (piece.more) {
			piece.after_key = lg_strdup(whole, piece.after_key);
			piece.after_id = lg_strdup(whole, piece.after_id);
		}
		lg_arena_reset(part);
	} while (piece.more && to->records < MOST);
	return LG_OK;
}

static enum lg_err log_export(struct lg_ctx *cx, struct call *c, const struct sheet *of, const void *ask,
                              const char *kind)
{
	const char *why = c->why, *by = of->of->asked(cx, ask);
	c->why = lg_printf(cx->mem, "%s, %zu%s%s", kind, of->records, *by ? " " : "", *by ? by + 1 : "");
	LG_TRY(audit_change(cx, c, "exported", of->of->entity->name, NULL, 0, NULL, NULL));
	c->why = why;
	return app_end(cx, c);
}

static void put_heads(struct lg_ctx *cx, struct call *c, struct sheet *to)
{
	const char **names = lg_array(cx->mem, to->columns.n, sizeof *names);
	for (size_t i = 0; i < to->columns.n; i++) names[i] = to->columns.at[i].name;
	to->row(cx, c, to, names);
}

/* --- CSV and lines of JSON */

static void csv_row(struct lg_ctx *cx, struct call *c, struct sheet *to, const char *const *cells)
{
	for (size_t i = 0; i < to->columns.n; i++) lg_csv_str(&c->rs->body, i == 0, export_cell(cx, cells[i]));
	lg_csv_end(&c->rs->body);
}

static enum lg_err answer_csv(struct lg_ctx *cx, struct call *c, struct sheet *to, const void *ask)
{
	to->row = csv_row;
	LG_TRY(columns_of(cx, c, to->of, &to->columns));
	lg_puts(&c->rs->body, "\xEF\xBB\xBF"); /* or a spreadsheet takes it for another code */
	put_heads(cx, c, to);
	LG_TRY(put_all(cx, c, to, ask));
	LG_TRY(log_export(cx, c, to, ask, "csv"));
	answer_file(cx, c, "text/csv; charset=utf-8", lg_printf(cx->mem, "%s.csv", to->of->file));
	return LG_OK;
}

static enum lg_err answer_ndjson(struct lg_ctx *cx, struct call *c, struct sheet *to, const void *ask)
{
	LG_TRY(put_all(cx, c, to, ask));
	LG_TRY(log_export(cx, c, to, ask, "ndjson"));
	answer_file(cx, c, "application/x-ndjson", lg_printf(cx->mem, "%s.ndjson", to->of->file));
	return LG_OK;
}

/* --- a spreadsheet */

static void xlsx_row(struct lg_ctx *cx, struct call *c, struct sheet *to, const char *const *cells)
{
	(void)cx, (void)c;
	for (size_t i = 0; i < to->columns.n; i++)
		if (*cells[i])
			(void)worksheet_write_string(to->worksheet, to->line, (lxw_col_t)i, cells[i],
			                             NULL); /* text, never a formula */
	to->line++;
}

static void close_fd(void *fd) { (void)close((int)(intptr_t)fd); }

static enum lg_err read_back(struct lg_buf *out, int fd)
{
	char piece[65536];
	ssize_t n;
	off_t at = 0;
	while ((n = pread(fd, piece, sizeof piece, at)) > 0) {
		lg_put(out, piece, (size_t)n);
		at += n;
	}
	return n < 0 ? LG_FAULT : LG_OK;
}

/* libxlsxwriter writes a file of a name; this one is in memory only. What it puts aside meanwhile goes to $TMPDIR,
 * where only the web process may read and write (cmd/sandbox.h). */
static enum lg_err answer_xlsx(struct lg_ctx *cx, struct call *c, struct sheet *to, const void *ask)
{
	LG_TRY(columns_of(cx, c, to->of, &to->columns));
	int fd = memfd_create(to->of->file, MFD_CLOEXEC);
	if (fd < 0) return LG_FAULT;
	lg_defer(cx->mem, close_fd, (void *)(intptr_t)fd);
	lxw_workbook_options options = { .constant_memory = true }; /* a row that is written is put aside */
	lxw_workbook *book = workbook_new_opt(lg_printf(cx->mem, "/proc/self/fd/%d", fd), &options);
	if (!book) return LG_FAULT;
	to->row = xlsx_row;
	to->worksheet = workbook_add_worksheet(book, "Landgang");
	put_heads(cx, c, to);
	enum lg_err err = put_all(cx, c, to, ask);
	lxw_error closed = workbook_close(book);
	LG_TRY(err);
	if (closed != LXW_NO_ERROR) return LG_FAULT;
	lg_buf_clear(&c->rs->body);
	LG_TRY(read_back(&c->rs->body, fd));
	LG_TRY(log_export(cx, c, to, ask, "xlsx"));
	answer_file(cx, c, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	            lg_printf(cx->mem, "%s.xlsx", to->of->file));
	return LG_OK;
}

enum lg_err export_answer(struct lg_ctx *cx, struct call *c, enum export_kind kind, const struct export_of *of,
                          const void *ask)
{
	struct sheet to = { .of = of };
	switch (kind) {
	case EXPORT_CSV: return answer_csv(cx, c, &to, ask);
	case EXPORT_XLSX: return answer_xlsx(cx, c, &to, ask);
	case EXPORT_NDJSON: break;
	}
	return answer_ndjson(cx, c, &to, ask);
}

void export_put_links(struct lg_ctx *cx, const char *address, struct html_found *v)
{
	static const struct {
		const char *ending, *name;
	} kinds[] = { { ".csv", "CSV" }, { ".xlsx", "Excel" }, { ".ndjson", "NDJSON" } };
	size_t n = sizeof kinds / sizeof *kinds, path = strcspn(address, "?");
	v->exports = lg_array(cx->mem, n, sizeof *v->exports);
	for (size_t i = 0; i < n; i++)
		v->exports[v->n_exports++] =
		    (struct html_found_exports){ .url = lg_printf(cx->mem, "%.*s%s%s", (int)path, address,
			                                          kinds[i].ending, address + path),
			                         .name = kinds[i].name };
}
