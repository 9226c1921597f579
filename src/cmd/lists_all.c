/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdlib.h>
#include <string.h>

#include "cmd/lists.h"
#include "cmd/threads.h"

enum { UNIT = 64 }; /* candidates a unit of work */

struct all {
	const struct lists_market *m;
	struct lists *l;
	struct lgm_hit **hits; /* [workers][n_openings] */
};

static size_t end_of(const struct all *a, size_t unit)
{
	size_t end = (unit + 1) * UNIT;
	return end < a->l->n_candidates ? end : a->l->n_candidates;
}

static void count(void *arg, size_t worker, size_t unit)
{
	struct all *a = arg;
	for (size_t c = unit * UNIT; c < end_of(a, unit); c++) {
		size_t feasible = 0;
		(void)lgm_best_openings(a->m->ix, &a->m->candidates[c], a->hits[worker], 1, &feasible);
		a->l->length[c] = (uint32_t)feasible;
	}
}

static void fill(void *arg, size_t worker, size_t unit)
{
	struct all *a = arg;
	struct lgm_hit *hits = a->hits[worker];
	for (size_t c = unit * UNIT; c < end_of(a, unit); c++) {
		size_t n = lgm_best_openings(a->m->ix, &a->m->candidates[c], hits, a->m->n_openings, NULL);
		lg_assert(n == a->l->length[c]);
		struct lists_pair *pairs = a->l->pairs + a->l->start[c];
		for (size_t i = 0; i < n; i++)
			pairs[i] = (struct lists_pair){ .opening = hits[i].id,
				                        .rank_candidate = (uint32_t)i + 1,
				                        .score = hits[i].score };
	}
}

static void add_up(struct lg_ctx *cx, struct lists *l)
{
	for (size_t c = 0; c < l->n_candidates; c++) {
		l->start[c] = l->n_pairs;
		l->n_pairs += l->length[c];
	}
	l->feasible = l->n_pairs;
	l->pairs = lg_array(cx->mem, l->n_pairs + 1, sizeof *l->pairs);
}

/* --- the other side's ranks */

struct seen {
	uint16_t score;
	uint32_t candidate;
	struct lists_pair *pair;
};

static int by_rank(const void *x, const void *y)
{
	const struct seen *a = x, *b = y;
	if (a->score != b->score) return a->score < b->score ? 1 : -1;
	return (a->candidate > b->candidate) - (a->candidate < b->candidate);
}

static uint64_t *starts_by_opening(struct lg_ctx *cx, const struct lists *l, size_t n_openings)
{
	uint64_t *start = lg_array(cx->mem, n_openings + 2, sizeof *start);
	for (uint64_t i = 0; i < l->n_pairs; i++) start[l->pairs[i].opening + 2]++;
	for (size_t o = 2; o < n_openings + 2; o++) start[o] += start[o - 1];
	return start; /* start[o + 1] is where opening o begins, and moves on as it is filled */
}

static void rank_for_openings(struct lg_ctx *cx, struct lists *l, size_t n_openings)
{
	uint64_t *start = starts_by_opening(cx, l, n_openings);
	struct seen *seen = lg_array(cx->mem, l->n_pairs + 1, sizeof *seen);
	for (size_t c = 0; c < l->n_candidates; c++)
		for (uint32_t i = 0; i < l->length[c]; i++) {
			struct lists_pair *p = &l->pairs[l->start[c] + i];
			seen[start[p->opening + 1]++] = (struct seen){ p->score, (uint32_t)c, p };
		}
	for (size_t o = 0; o < n_openings; o++) {
		size_t n = start[o + 1] - start[o];
		qsort(seen + start[o], n, sizeof *seen, by_rank);
		for (size_t i = 0; i < n; i++) seen[start[o] + i].pair->rank_opening = (uint32_t)i + 1;
	}
}

static struct lgm_hit **rooms(struct lg_ctx *cx, const struct lists_market *m)
{
	struct lgm_hit **hits = lg_array(cx->mem, m->workers, sizeof *hits);
	for (size_t w = 0; w < m->workers; w++) hits[w] = lg_array(cx->mem, m->n_openings + 1, sizeof **hits);
	return hits;
}

enum lg_err lists_of_all(struct lg_ctx *cx, struct lists *out, const struct lists_market *m, struct progress *p)
{
	struct all a = { m, out, rooms(cx, m) };
	size_t units = (m->n_candidates + UNIT - 1) / UNIT;
	*out = (struct lists){ .n_candidates = m->n_candidates };
	out->start = lg_array(cx->mem, m->n_candidates + 1, sizeof *out->start);
	out->length = lg_array(cx->mem, m->n_candidates + 1, sizeof *out->length);
	LG_TRY(threads_run(cx, m->workers, units, count, &a, p));
	add_up(cx, out);
	LG_TRY(threads_run(cx, m->workers, units, fill, &a, p));
	rank_for_openings(cx, out, m->n_openings);
	return LG_OK;
}
