/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/sheet_table.h"

#include "app/page.h"
#include "view/speech.h"

struct html_records *sheet_table(struct lg_ctx *cx, struct call *c, const char *id, const char *caption,
                                 const char *const *heads, size_t n_heads, size_t rows, bool acts)
{
	struct html_records *v = lg_alloc(cx->mem, sizeof *v);
	*v = (struct html_records){ .id = id,
		                    .caption = caption,
		                    .action = c->rq->path,
		                    .csrf = page_csrf(cx, c),
		                    .acts = acts,
		                    .empty = lg_say("Nothing yet") };
	struct html_records_heads *h = lg_array(cx->mem, n_heads, sizeof *h);
	for (size_t i = 0; i < n_heads; i++) h[v->n_heads++].name = heads[i];
	v->heads = h;
	v->rows = lg_array(cx->mem, rows + 1, sizeof *v->rows);
	return v;
}

struct html_records_rows *sheet_table_row(struct lg_ctx *cx, struct html_records *v, const char *name, const char *url,
                                          const char *const *heads, const char *const *cells, size_t n)
{
	struct html_records_rows *row = (struct html_records_rows *)(uintptr_t)&v->rows[v->n_rows++];
	struct html_records_rows_name *words = lg_array(cx->mem, 1, sizeof *words);
	struct html_records_rows_cells *list = lg_array(cx->mem, n + 1, sizeof *list);
	words->plain = name;
	for (size_t i = 0; i < n; i++)
		list[i] = (struct html_records_rows_cells){ .label = heads[i + 1], .value = cells[i] };
	*row = (struct html_records_rows){ .url = url, .name = words, .n_name = 1, .cells = list, .n_cells = n };
	return row;
}

void sheet_table_deed(struct lg_ctx *cx, struct html_records_rows *row, const char *name, const char *says,
                      const char *url, bool post)
{
	struct html_records_rows_deeds *deed = lg_array(cx->mem, 1, sizeof *deed);
	*deed = (struct html_records_rows_deeds){ name, says, url, post, false };
	row->deeds = deed;
	row->n_deeds = 1;
}

void sheet_table_matrix(struct html_records *v)
{
	struct html_records_heads *heads = (struct html_records_heads *)(uintptr_t)v->heads;
	v->matrix = true;
	for (size_t i = 1; i < v->n_heads; i++) heads[i].number = true;
	for (size_t r = 0; r < v->n_rows; r++) {
		struct html_records_rows_cells *cells = (struct html_records_rows_cells *)(uintptr_t)v->rows[r].cells;
		for (size_t k = 0; k < v->rows[r].n_cells; k++) cells[k].number = true;
	}
}
