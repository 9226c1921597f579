/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdlib.h>

#include "cmd/report.h"
#include "core/match_card.h"
#include "market/hide.h"
#include "view/report.html.h"
#include "view/speech.h"

enum { EXAMPLES = 12, OF_THE_UNPLACED = 3 };

/* --- which ones */

struct pair {
	uint32_t candidate, opening;
	uint16_t score;
};
struct pairs {
	struct pair *at;
	size_t n;
};

static int by_score(const void *x, const void *y)
{
	const struct pair *a = x, *b = y;
	if (a->score != b->score) return a->score > b->score ? -1 : 1;
	return (a->candidate > b->candidate) - (a->candidate < b->candidate);
}

static struct pairs all_placed(const struct report *r)
{
	struct pairs p = { lg_array(r->cx->mem, r->people + 1, sizeof *p.at), 0 };
	for (uint32_t c = 0; c < r->market->n_candidates; c++)
		if (r->m->placement.opening[c] != PLACEMENT_NOWHERE)
			p.at[p.n++] = (struct pair){ c, r->m->placement.opening[c], r->m->placement.score[c] };
	qsort(p.at, p.n, sizeof *p.at, by_score);
	return p;
}

/* Those who seek work, with the opening that comes nearest, but too far away only if `far`. */
static struct pairs all_nearest(const struct report *r, bool far)
{
	unsigned never = 1u << LGM_WANTS_WORK | (far ? 0 : 1u << LGM_NEEDS_COMMUTE);
	struct pairs p = { lg_array(r->cx->mem, r->m->n_without + 1, sizeof *p.at), 0 };
	for (size_t i = 0; i < r->m->n_without; i++) {
		const struct lgm_misses *m = &r->m->misses[i];
		if (m->any && m->nearest_failed && !(m->nearest_failed & never))
			p.at[p.n++] = (struct pair){ r->m->without[i], m->nearest, m->nearest_score };
	}
	qsort(p.at, p.n, sizeof *p.at, by_score);
	return p;
}

static uint16_t work_of(const struct report *r, const struct pair *p)
{
	const struct lgm_opening *o = &r->market->openings[p->opening];
	return o->n_occupations ? lg_taxonomy_unit_group(r->m->in.taxonomy, o->occupations[0]) : LG_NO_CONCEPT;
}

static bool is_new(const struct report *r, const struct pair *p, const struct pair *chosen, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (work_of(r, &chosen[i]) == work_of(r, p)) return false;
	return true;
}

/* `wanted` of them, evenly from the best score to the worst; within each stretch the first whose work is new, if any.
 */
static size_t choose(const struct report *r, const struct pairs *from, size_t wanted, struct pair *chosen, size_t n)
{
	if (wanted > from->n) wanted = from->n;
	for (size_t i = 0; i < wanted; i++) {
		size_t begin = from->n * i / wanted, end = from->n * (i + 1) / wanted, at = begin;
		while (at < end && !is_new(r, &from->at[at], chosen, n)) at++;
		chosen[n++] = from->at[at < end ? at : begin];
	}
	return n;
}

static const struct html_match *make_card(const struct report *r, const struct pair *p, size_t number)
{
	struct explain_terms terms = load_terms(&r->m->in);
	struct explain e = { .in = &terms,
		             .c = &r->market->candidates[p->candidate],
		             .o = &r->market->openings[p->opening],
		             .c_row = &r->market->candidate_rows[p->candidate],
		             .o_row = &r->market->opening_rows[p->opening] };
	explain_weigh(&e);
	return match_card(r->cx->mem, &e, number,
	                  report_occupation(r, e.o->n_occupations ? e.o->occupations[0] : LG_NO_CONCEPT),
	                  match_meta(r->cx->mem, &e));
}

void report_examples(struct report *r)
{
	struct pair chosen[EXAMPLES];
	struct pairs placed = all_placed(r), nearest = all_nearest(r, false);
	if (nearest.n < OF_THE_UNPLACED) nearest = all_nearest(r, true);
	/* So few that their cards would tell how many they are get none. */
	if (r->placed < LG_HIDE_BELOW) placed.n = 0;
	if (r->without < LG_HIDE_BELOW) nearest.n = 0;
	size_t unplaced = nearest.n < OF_THE_UNPLACED ? nearest.n : OF_THE_UNPLACED;
	size_t n = choose(r, &placed, EXAMPLES - unplaced, chosen, 0);
	n = choose(r, &nearest, EXAMPLES - n < nearest.n ? EXAMPLES - n : nearest.n, chosen, n);
	r->page->examples = lg_array(r->cx->mem, EXAMPLES, sizeof *r->page->examples);
	for (size_t i = 0; i < n; i++) r->page->examples[i].one = make_card(r, &chosen[i], i + 1);
	r->page->n_examples = n;
	r->page->examples_chosen = n > 0;
}
