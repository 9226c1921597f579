/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* Rows of an import go out: to programs, and as a file to be corrected. */
#include <stdlib.h>
#include <string.h>

#include "app/answer.h"
#include "app/audit.h"
#include "core/core.h"
#include "core/import_view.h"
#include "core/list_page.h"
#include "formats/csv.h"

enum { ROWS = 500 };

static json_t *row_json(struct lg_ctx *cx, const struct db_import_rows_of_row *r)
{
	json_t *o = json_object(), *faults;
	json_object_set_new(o, "n", json_integer(r->n));
	json_object_set_new(o, "line", json_integer(r->line));
	json_object_set_new(o, "outcome", json_string(r->outcome));
	if (r->subject) json_object_set_new(o, "id", json_string(r->subject));
	if (record_parse(cx, &faults, r->faults, strlen(r->faults)) == LG_OK) json_object_set(o, "errors", faults);
	return o;
}

static const char *const outcomes[] = { "new",     "broken",  "create", "change", "same", "bad",
	                                "created", "changed", "left",   "undone", "kept" };

enum lg_err on_import_rows(struct lg_ctx *cx, struct call *c)
{
	struct import_page page;
	struct db_import_rows_of_rows rows = { 0 };
	const char *of = http_query(c->rq, "outcome"), *after = http_query(c->rq, "after");
	struct db_list wanted = { .texts = outcomes, .n = sizeof outcomes / sizeof *outcomes };
	if (of) {
		size_t i = 0;
		while (i < wanted.n && strcmp(outcomes[i], of) != 0) i++;
		if (i == wanted.n) return list_refuse(cx, "outcome");
		wanted = (struct db_list){ .texts = &outcomes[i], .n = 1 };
	}
	if (after && (!*after || strlen(after) > 8 || strspn(after, "0123456789") != strlen(after)))
		return list_refuse(cx, "after");
	LG_TRY(import_page_of_address(cx, c, &page));
	LG_TRY(db_import_rows_of(cx, c->db, &rows,
	                         (struct db_import_rows_of_in){ .import = page.row.id,
	                                                        .outcomes = wanted,
	                                                        .after = after ? strtoll(after, NULL, 10) : 0,
	                                                        .room = ROWS + 1 }));
	LG_TRY(app_end(cx, c));
	size_t n = rows.n > ROWS ? ROWS : rows.n;
	json_t *list = json_array(), *o = record_keep(cx, json_pack("{s:o}", "rows", list));
	for (size_t i = 0; i < n; i++) json_array_append_new(list, row_json(cx, &rows.rows[i]));
	if (rows.n > n) json_object_set_new(o, "after", json_integer(rows.rows[n - 1].n));
	answer_json(cx, c, 200, o);
	return LG_OK;
}

/* As export.c: what a spreadsheet would take for a formula gets an apostrophe, and import_plain() takes it away. */
static const char *guarded(struct lg_ctx *cx, const char *s)
{
	const char *with = lg_printf(cx->mem, "'%s", s);
	return *s == '\'' || import_plain(with) != with ? with : s;
}

static void put_bad_row(struct lg_ctx *cx, struct call *c, const struct import_page *page,
                        const struct db_import_rows_of_row *r)
{
	struct lg_buf *out = &c->rs->body;
	struct import_row row = { 0 };
	json_t *faults, *one;
	size_t k;
	const char *says = "";
	if (r->box.data && import_open(cx, c->actor.tenant, &page->imp, r->box, &row) != LG_OK) row.n_cells = 0;
	for (size_t i = 0; i < page->imp.n_columns; i++)
		lg_csv_str(out, i == 0, i < row.n_cells ? guarded(cx, row.cells[i]) : "");
	lg_csv_int(out, false, r->line);
	if (record_parse(cx, &faults, r->faults, strlen(r->faults)) == LG_OK) json_array_foreach(faults, k, one)
		{
			const char *column = record_word(one, "column");
			says = lg_printf(cx->mem, "%s%s%s%s%s", says, *says ? " " : "", column, *column ? ": " : "",
			                 record_word(one, "says"));
		}
	lg_csv_str(out, false, guarded(cx, says));
	lg_csv_end(out);
}

enum lg_err on_import_quarantine(struct lg_ctx *cx, struct call *c)
{
	static const char *const bad[] = { "bad", "broken" };
	struct import_page page;
	struct db_import_rows_of_rows rows = { 0 };
	int64_t after = 0;
	LG_TRY(import_page_of_address(cx, c, &page));
	lg_puts(&c->rs->body, "\xEF\xBB\xBF"); /* or a spreadsheet takes it for another code */
	for (size_t i = 0; i < page.imp.n_columns; i++)
		lg_csv_str(&c->rs->body, i == 0, guarded(cx, page.imp.columns[i]));
	lg_csv_str(&c->rs->body, false, "landgang_line");
	lg_csv_str(&c->rs->body, false, "landgang_problem");
	lg_csv_end(&c->rs->body);
	do {
		LG_TRY(db_import_rows_of(
		    cx, c->db, &rows,
		    (struct db_import_rows_of_in){
		        .import = page.row.id, .outcomes = { .texts = bad, .n = 2 }, .after = after, .room = ROWS }));
		for (size_t i = 0; i < rows.n; i++) put_bad_row(cx, c, &page, &rows.rows[i]);
		if (rows.n) after = rows.rows[rows.n - 1].n;
	} while (rows.n == ROWS);
	LG_TRY(audit_change(cx, c, "exported", "import", page.row.id, page.row.version, NULL, NULL));
	LG_TRY(app_end(cx, c));
	answer_file(cx, c, "text/csv; charset=utf-8", "quarantine.csv");
	return LG_OK;
}
