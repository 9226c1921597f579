/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "modules/hotline/figures_hide.h"

#include <string.h>

#include "core/suppress.h"

enum { WEEKS = FIGURES_WEEKS, STATES = FIGURES_STATES };

void figures_hide(struct lg_arena *mem, struct figures_table *t, const int64_t *counts)
{
	struct suppress_table table = { t->n_rows, t->n_columns, counts, t->all != NULL, true, NULL };
	t->hidden = lg_array(mem, (t->n_rows + 1) * (t->n_columns + 1), sizeof *t->hidden);
	suppress(mem, &table, FIGURES_K, t->hidden);
	t->counts = suppress_totals(mem, &table);
}

static struct suppress_cell cell_of(size_t from, size_t to, int64_t count, bool is_total)
{
	return (
	    struct suppress_cell){ .from = from, .to = to, .count = count, .most = SUPPRESS_ANY, .is_total = is_total };
}

/* A place gives to its weeks, a week to its answers, these to all, and all to the places. */
void figures_hide_both(struct lg_arena *mem, struct figures_table *by_place, const int64_t *enquiries,
                       struct figures_table *by_answer, const int64_t *answers, const int64_t *asked)
{
	size_t places = by_place->n_rows, week = places, told = week + WEEKS, state = told + WEEKS, in = state + STATES,
	       out = in + 1, n = 0;
	size_t wide = WEEKS + 1, narrow = STATES + 1;
	struct suppress_table a = { places, WEEKS, enquiries, true, true, NULL },
	                      b = { WEEKS, STATES, answers, true, true, NULL };
	const int64_t *x = by_place->counts = suppress_totals(mem, &a),
	              *y = by_answer->counts = suppress_totals(mem, &b);
	struct suppress_cell *cells = lg_array(mem, (places + 1) * wide + WEEKS * STATES + STATES, sizeof *cells);
	for (size_t p = 0; p < places; p++)
		for (size_t w = 0; w < WEEKS; w++) {
			cells[n] = cell_of(p, week + w, x[p * wide + w], false);
			cells[n++].least = asked[p * WEEKS + w];
		}
	for (size_t w = 0; w < WEEKS; w++)
		for (size_t s = 0; s < STATES; s++) cells[n++] = cell_of(told + w, state + s, y[w * narrow + s], false);
	for (size_t p = 0; p < places; p++) cells[n++] = cell_of(out, p, x[p * wide + WEEKS], true);
	for (size_t w = 0; w < WEEKS; w++) cells[n++] = cell_of(week + w, told + w, x[places * wide + w], true);
	for (size_t s = 0; s < STATES; s++) cells[n++] = cell_of(state + s, in, y[WEEKS * narrow + s], true);
	cells[n++] = cell_of(in, out, x[places * wide + WEEKS], true);
	(void)suppress_net(mem, cells, n, out + 1, FIGURES_K);
	bool *hx = by_place->hidden = lg_array(mem, (places + 1) * wide, sizeof *hx),
	     *hy = by_answer->hidden = lg_array(mem, (WEEKS + 1) * narrow, sizeof *hy);
	n = 0;
	for (size_t p = 0; p < places; p++)
		for (size_t w = 0; w < WEEKS; w++) hx[p * wide + w] = cells[n++].hidden;
	for (size_t w = 0; w < WEEKS; w++)
		for (size_t s = 0; s < STATES; s++) hy[w * narrow + s] = cells[n++].hidden;
	for (size_t p = 0; p < places; p++) hx[p * wide + WEEKS] = cells[n++].hidden;
	for (size_t w = 0; w < WEEKS; w++) hx[places * wide + w] = hy[w * narrow + STATES] = cells[n++].hidden;
	for (size_t s = 0; s < STATES; s++) hy[WEEKS * narrow + s] = cells[n++].hidden;
	hx[places * wide + WEEKS] = hy[WEEKS * narrow + STATES] = cells[n].hidden;
}

/* Is it shown that there was nothing to count? */
static bool is_nothing(const struct figures_table *t, size_t row, size_t column)
{
	size_t at = row * (WEEKS + 1) + column;
	return !t->hidden[at] && !t->counts[at];
}

/* At most how many: so many enquiries as are told of; where these are hidden, nobody knows that there are fewer than K.
 */
static int64_t most_of(const struct figures_sums *s, size_t p, size_t w)
{
	const struct figures_table *t = s->within;
	size_t wide = WEEKS + 1;
	int64_t n = t->counts[p * wide + w];
	if (is_nothing(t, p, WEEKS) || is_nothing(t, s->places, w) || is_nothing(t, p, w)) return 0;
	if (!s->is_within) return SUPPRESS_ANY;
	bool told = !t->hidden[p * wide + w] || (!t->hidden[p * wide + WEEKS] && !t->hidden[s->places * wide + w]);
	return told || n > FIGURES_K ? n : FIGURES_K;
}

static bool hide_sums(struct lg_arena *mem, struct figures_sums *s, const bool *places, const bool *weeks)
{
	size_t week = s->places, all = week + WEEKS, n = 0, inner = s->places * WEEKS;
	struct suppress_cell *cells = lg_array(mem, inner + s->places + WEEKS, sizeof *cells);
	int64_t *of_place = lg_array(mem, s->places + 1, sizeof *of_place), of_week[WEEKS] = { 0 };
	for (; n < inner; n++) {
		cells[n] = cell_of(n / WEEKS, week + n % WEEKS, s->counts[n], false);
		cells[n].is_off = true;
		cells[n].most = most_of(s, n / WEEKS, n % WEEKS);
		of_place[n / WEEKS] += s->counts[n];
		of_week[n % WEEKS] += s->counts[n];
	}
	for (size_t p = 0; p < s->places; p++, n++) {
		cells[n] = cell_of(all, p, of_place[p], false);
		cells[n].hidden = places[p] && !is_nothing(s->within, p, WEEKS);
	}
	for (size_t w = 0; w < WEEKS; w++, n++) {
		cells[n] = cell_of(week + w, all, of_week[w], false);
		cells[n].hidden = weeks[w] && !is_nothing(s->within, s->places, w);
	}
	bool well = suppress_net(mem, cells, n, all + 1, FIGURES_K);
	for (size_t p = 0; p < s->places; p++) s->of_places[p] = cells[inner + p].hidden;
	for (size_t w = 0; w < WEEKS; w++) s->of_weeks[w] = cells[inner + s->places + w].hidden;
	return well;
}

void figures_hide_sums(struct lg_arena *mem, struct figures_sums *s)
{
	bool *places = lg_array(mem, s->places + 1, sizeof *places), weeks[WEEKS];
	memcpy(places, s->of_places, s->places * sizeof *places);
	memcpy(weeks, s->of_weeks, sizeof weeks);
	if (hide_sums(mem, s, places, weeks)) return;
	for (size_t p = 0; p < s->places; p++) places[p] = true;
	if (hide_sums(mem, s, places, weeks)) return;
	for (size_t w = 0; w < WEEKS; w++) weeks[w] = true;
	(void)hide_sums(mem, s, places, weeks);
}

bool figures_week_is_told(const struct figures_table *by_answer, size_t week)
{
	const bool *hidden = &by_answer->hidden[week * (STATES + 1)];
	const int64_t *counts = &by_answer->counts[week * (STATES + 1)];
	if (!hidden[FIGURES_IN_TIME] && counts[FIGURES_IN_TIME] >= FIGURES_K) return true;
	for (size_t s = 0; s <= STATES; s++)
		if (hidden[s]) return false;
	return true;
}
