/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* The figures, three times the same: a page, a file, the API. */
#include <string.h>

#include "app/answer.h"
#include "app/page.h"
#include "app/record.h"
#include "core/sheet_table.h"
#include "formats/csv.h"
#include "modules/hotline/figures.h"
#include "modules/hotline/hotline.h"
#include "view/facts.html.h"
#include "view/number.h"
#include "view/sheet.html.h"
#include "view/speech.h"

enum { MINUTE_S = 60, SIMPLE = 3, SECTIONS = FIGURES_TABLES + 3 };
#define HIDDEN "c" /* confidential: the sign of official statistics */

static const char *row_name(const struct figures_table *t, size_t row)
{
	return row < t->n_rows ? t->rows[row] : lg_say("All");
}
static const char *column_name(const struct figures_table *t, size_t column)
{
	return column < t->n_columns ? t->columns[column] : t->all;
}

static const char *row_code(const struct figures_table *t, size_t row)
{
	return row < t->n_rows ? t->row_codes[row] : "all";
}
static const char *column_code(const struct figures_table *t, size_t column)
{
	return column < t->n_columns ? t->column_codes[column] : "all";
}

static const char *number(struct lg_ctx *cx, int64_t n)
{
	return n == FIGURES_NONE ? "–" : n < 0 ? HIDDEN : lg_number_count(lg_alloc(cx->mem, 48), (uint64_t)n);
}

/* --- the page */

static struct html_any table_of(struct lg_ctx *cx, struct call *c, const struct figures_table *t)
{
	size_t columns = figures_columns(t);
	const char **heads = lg_array(cx->mem, columns + 1, sizeof *heads);
	heads[0] = t->title;
	for (size_t k = 0; k < columns; k++) heads[k + 1] = column_name(t, k);
	struct html_records *v = sheet_table(cx, c, t->id, t->title, heads, columns + 1, t->n_rows + 1, false);
	for (size_t r = 0; t->n_rows && r <= t->n_rows; r++) {
		const char **cells = lg_array(cx->mem, columns, sizeof *cells);
		for (size_t k = 0; k < columns; k++) {
			int64_t value;
			(void)figures_value(t, r, k, &value);
			cells[k] = number(cx, value);
		}
		(void)sheet_table_row(cx, v, row_name(t, r), NULL, heads, cells, columns);
	}
	sheet_table_matrix(v);
	return html_records_any(v);
}

static struct html_any simple_table(struct lg_ctx *cx, struct call *c, const char *id, const char *title,
                                    const struct figures_simple *all, size_t n)
{
	const char *heads[] = { title, lg_say("Time to the first answer, minutes"), lg_say("Handed over, of 100"),
		                lg_say("Asked twice") };
	struct html_records *v = sheet_table(cx, c, id, title, heads, SIMPLE + 1, n, false);
	for (size_t i = 0; i < n; i++) {
		const char *cells[] = { number(cx, all[i].median_s < 0 ? all[i].median_s : all[i].median_s / MINUTE_S),
			                number(cx, all[i].handovers_100), number(cx, all[i].asked_twice) };
		(void)sheet_table_row(cx, v, all[i].name, NULL, heads, cells, SIMPLE);
	}
	sheet_table_matrix(v);
	return html_records_any(v);
}

static void show(struct lg_ctx *cx, struct call *c, const struct figures *f)
{
	struct html_sheet_sections *sections = lg_array(cx->mem, SECTIONS, sizeof *sections);
	struct html_sheet_actions actions[] = { { .url = "/hotline/figures.csv", .name = "CSV", .icon = "download" } };
	struct html_sheet v = {
		.title = lg_say("Figures of the hotline"),
		.lead = lg_printf(
		    cx->mem,
		    lg_say("Weeks by their Monday. %s: hidden, so that it tells of nobody: a count below five, or "
		           "one that would give such a count away."),
		    HIDDEN),
		.actions = actions,
		.n_actions = 1,
		.sections = sections
	};
	for (size_t i = 0; i < FIGURES_TABLES; i++)
		sections[v.n_sections++] =
		    (struct html_sheet_sections){ .title = f->tables[i].title, .body = table_of(cx, c, &f->tables[i]) };
	sections[v.n_sections++] =
	    (struct html_sheet_sections){ .title = lg_say("How simple it was, by week"),
		                          .help = lg_say("Time is counted while the hotline is open; half of the "
		                                         "answers came sooner. Asked twice should be 0."),
		                          .body =
		                              simple_table(cx, c, "by-week", lg_say("Week"), f->weeks, f->n_weeks) };
	sections[v.n_sections++] =
	    (struct html_sheet_sections){ .title = lg_say("How simple it was, by municipality"),
		                          .body = simple_table(cx, c, "by-place", lg_say("Municipality"), f->places,
		                                               f->n_places) };
	struct html_facts *now = lg_alloc(cx->mem, sizeof *now);
	now->facts = lg_array(cx->mem, 2, sizeof *now->facts);
	now->facts[now->n_facts++] =
	    (struct html_facts_facts){ .name = lg_say("Open openings"), .value = number(cx, f->openings) };
	now->facts[now->n_facts++] =
	    (struct html_facts_facts){ .name = lg_say("Free positions in them"), .value = number(cx, f->positions) };
	sections[v.n_sections++] =
	    (struct html_sheet_sections){ .title = lg_say("What is open now"), .body = html_facts_any(now) };
	page_answer(cx, c, &(struct page){ .title = v.title, .here = "hotline" }, html_sheet_any(&v));
}

/* --- the file and the API */

static json_t *cell_json(int64_t value)
{
	if (value == FIGURES_NONE) return json_pack("{s:n}", "value");
	return value < 0 ? json_pack("{s:n, s:s}", "value", "flag", HIDDEN)
	                 : json_pack("{s:I}", "value", (json_int_t)value);
}

static json_t *table_json(const struct figures_table *t)
{
	json_t *cells = json_array();
	for (size_t r = 0; t->n_rows && r <= t->n_rows; r++)
		for (size_t k = 0; k < figures_columns(t); k++) {
			int64_t value;
			(void)figures_value(t, r, k, &value);
			json_t *cell = cell_json(value);
			json_object_set_new(cell, "row", json_string(row_code(t, r)));
			json_object_set_new(cell, "column", json_string(column_code(t, k)));
			json_array_append_new(cells, cell);
		}
	return json_pack("{s:s, s:o}", "id", t->id, "cells", cells);
}

static json_t *simple_json(const struct figures_simple *all, size_t n)
{
	json_t *list = json_array();
	for (size_t i = 0; i < n; i++) {
		json_t *o = json_pack("{s:s, s:o, s:o, s:o}", "of", all[i].code, "median_s", cell_json(all[i].median_s),
		                      "handovers_100", cell_json(all[i].handovers_100), "asked_twice",
		                      cell_json(all[i].asked_twice));
		json_array_append_new(list, o);
	}
	return list;
}

static json_t *as_json(struct lg_ctx *cx, const struct figures *f)
{
	json_t *tables = json_array();
	for (size_t i = 0; i < FIGURES_TABLES; i++) json_array_append_new(tables, table_json(&f->tables[i]));
	return record_keep(cx, json_pack("{s:i, s:{s:I, s:I}, s:o, s:o, s:o}", "k", FIGURES_K, "openings", "open",
	                                 (json_int_t)f->openings, "positions", (json_int_t)f->positions, "tables",
	                                 tables, "weeks", simple_json(f->weeks, f->n_weeks), "places",
	                                 simple_json(f->places, f->n_places)));
}

static void csv_line(struct lg_buf *b, const char *table, const char *row, const char *column, const char *value)
{
	bool is_hidden = !strcmp(value, HIDDEN);
	lg_csv_str(b, true, table);
	lg_csv_str(b, false, row);
	lg_csv_str(b, false, column);
	lg_csv_str(b, false, is_hidden ? "" : value);
	lg_csv_str(b, false, is_hidden ? HIDDEN : "");
	lg_csv_end(b);
}

static const char *plain(struct lg_ctx *cx, int64_t n)
{
	return n == FIGURES_NONE ? "" : n < 0 ? HIDDEN : lg_printf(cx->mem, "%lld", (long long)n);
}

static void put_csv(struct lg_ctx *cx, const struct figures *f, struct lg_buf *b)
{
	static const char *const names[] = { "table", "row", "column", "value", "flag" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) lg_csv_str(b, i == 0, names[i]);
	lg_csv_end(b);
	for (size_t i = 0; i < FIGURES_TABLES; i++) {
		const struct figures_table *t = &f->tables[i];
		for (size_t r = 0; t->n_rows && r <= t->n_rows; r++)
			for (size_t k = 0; k < figures_columns(t); k++) {
				int64_t value;
				(void)figures_value(t, r, k, &value);
				csv_line(b, t->id, row_code(t, r), column_code(t, k), plain(cx, value));
			}
	}
	csv_line(b, "openings", "now", "open", plain(cx, f->openings));
	csv_line(b, "openings", "now", "positions", plain(cx, f->positions));
	const struct {
		const char *id;
		const struct figures_simple *all;
		size_t n;
	} simple[] = { { "by_week", f->weeks, f->n_weeks }, { "by_place", f->places, f->n_places } };
	for (size_t i = 0; i < 2; i++)
		for (size_t k = 0; k < simple[i].n; k++) {
			const struct figures_simple *one = &simple[i].all[k];
			csv_line(b, simple[i].id, one->code, "median_s", plain(cx, one->median_s));
			csv_line(b, simple[i].id, one->code, "handovers_100", plain(cx, one->handovers_100));
			csv_line(b, simple[i].id, one->code, "asked_twice", plain(cx, one->asked_twice));
		}
}

enum lg_err on_figures(struct lg_ctx *cx, struct call *c)
{
	struct figures f;
	LG_TRY(figures_read(cx, c, &f));
	if (c->api)
		answer_json(cx, c, 200, as_json(cx, &f));
	else
		show(cx, c, &f);
	return LG_OK;
}

enum lg_err on_figures_csv(struct lg_ctx *cx, struct call *c)
{
	struct figures f;
	LG_TRY(figures_read(cx, c, &f));
	lg_buf_clear(&c->rs->body);
	put_csv(cx, &f, &c->rs->body);
	answer_file(cx, c, "text/csv; charset=utf-8", "hotline.csv");
	return LG_OK;
}
