/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "cmd/report.h"
#include "core/match_card.h"
#include "view/number.h"
#include "view/speech.h"
#include "view/table.html.h"

const char *report_count(const struct report *r, uint64_t n, bool hidden)
{
	char out[48];
	return hidden ? lg_say("hidden") : lg_strdup(r->cx->mem, lg_number_count(out, n));
}

const char *report_percent(const struct report *r, uint64_t part, uint64_t whole)
{
	/* TRANSLATORS: per cent */
	return lg_printf(r->cx->mem, lg_say("%u%%"), (unsigned)((part * 200 + whole) / (2 * whole)));
}

unsigned report_points(const struct report *r, unsigned score) { return match_points(&r->m->in.setup, score); }

const char *report_occupation(const struct report *r, uint16_t concept)
{
	if (concept == LG_NO_CONCEPT) return lg_say("Not stated");
	return lg_taxonomy_label(r->m->in.taxonomy, concept, r->language);
}

struct html_table *report_table(const struct report *r, const char *caption, const char *const *heads, size_t n_heads,
                                size_t most_rows)
{
	struct lg_arena *mem = r->cx->mem;
	struct html_table *t = lg_alloc(mem, sizeof *t);
	t->caption = caption;
	t->heads = lg_array(mem, n_heads, sizeof *t->heads);
	t->n_heads = n_heads;
	for (size_t i = 0; i < n_heads; i++) t->heads[i] = (struct html_table_heads){ heads[i], i > 0 };
	t->rows = lg_array(mem, most_rows + 1, sizeof *t->rows);
	struct html_table_rows_cells *cells = lg_array(mem, (most_rows + 1) * n_heads, sizeof *cells);
	for (size_t i = 0; i <= most_rows; i++) t->rows[i].cells = cells + i * n_heads;
	return t;
}

void report_row(struct html_table *t, const char *name, int width)
{
	struct html_table_rows *row = &t->rows[t->n_rows++];
	row->name = name;
	row->bar = width != REPORT_NO_BAR;
	row->width = row->bar ? width : 0;
}

void report_cell(struct html_table *t, const char *value)
{
	struct html_table_rows *row = &t->rows[t->n_rows - 1];
	lg_assert(row->n_cells + 1 < t->n_heads);
	row->cells[row->n_cells] =
	    (struct html_table_rows_cells){ .label = t->heads[row->n_cells + 1].name, .value = value };
	row->n_cells++;
}

void report_cell_count(const struct report *r, struct html_table *t, uint64_t n, bool hidden)
{
	struct html_table_rows *row = &t->rows[t->n_rows - 1];
	report_cell(t, report_count(r, n, hidden));
	row->cells[row->n_cells - 1].hidden = hidden;
}
