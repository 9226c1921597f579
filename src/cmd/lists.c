/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "cmd/lists.h"

#include <stdlib.h>

static void make_room(struct lg_ctx *cx, struct lists *l, const uint32_t *room)
{
	l->start = lg_array(cx->mem, l->n_candidates + 1, sizeof *l->start);
	l->length = lg_array(cx->mem, l->n_candidates + 1, sizeof *l->length);
	uint64_t sum = 0;
	for (size_t c = 0; c < l->n_candidates; c++) {
		l->start[c] = sum;
		sum += room[c];
	}
	l->pairs = lg_array(cx->mem, sum + 1, sizeof *l->pairs);
}

/* How much room each candidate needs at most: the own list, and every list the candidate stands on. */
static uint32_t *count_room(struct lg_ctx *cx, const struct lists *l, size_t n_openings, const struct lgm_join *join,
                            struct lgm_hit *hits)
{
	uint32_t *room = lg_array(cx->mem, l->n_candidates + 1, sizeof *room);
	for (size_t c = 0; c < l->n_candidates; c++) room[c] = (uint32_t)lgm_join_openings(join, (uint32_t)c, hits);
	for (size_t o = 0; o < n_openings; o++)
		for (size_t i = lgm_join_candidates(join, (uint32_t)o, hits); i-- > 0;) room[hits[i].id]++;
	return room;
}

static struct lists_pair *pair_of(struct lists *l, uint32_t candidate, uint32_t opening, uint16_t score)
{
	struct lists_pair *pairs = l->pairs + l->start[candidate];
	for (uint32_t i = 0; i < l->length[candidate]; i++)
		if (pairs[i].opening == opening) return &pairs[i];
	struct lists_pair *p = &pairs[l->length[candidate]++];
	*p = (struct lists_pair){ .opening = opening, .score = score };
	return p;
}

static int by_rank(const void *x, const void *y)
{
	const struct lists_pair *a = x, *b = y;
	if (a->score != b->score) return a->score < b->score ? 1 : -1;
	return (a->opening > b->opening) - (a->opening < b->opening);
}

static void sort(struct lists *l)
{
	for (size_t c = 0; c < l->n_candidates; c++) {
		qsort(l->pairs + l->start[c], l->length[c], sizeof *l->pairs, by_rank);
		l->n_pairs += l->length[c];
	}
}

static void take_own(struct lists *l, const struct lgm_join *join, struct lgm_hit *hits)
{
	for (size_t c = 0; c < l->n_candidates; c++) {
		size_t n = lgm_join_openings(join, (uint32_t)c, hits);
		struct lists_pair *pairs = l->pairs + l->start[c];
		for (size_t i = 0; i < n; i++)
			pairs[i] = (struct lists_pair){ .opening = hits[i].id,
				                        .rank_candidate = (uint32_t)i + 1,
				                        .score = hits[i].score };
		l->length[c] = (uint32_t)n;
	}
}

static void take_others(struct lists *l, size_t n_openings, const struct lgm_join *join, struct lgm_hit *hits)
{
	for (size_t o = 0; o < n_openings; o++) {
		size_t n = lgm_join_candidates(join, (uint32_t)o, hits);
		for (size_t i = 0; i < n; i++) {
			struct lists_pair *p = pair_of(l, hits[i].id, (uint32_t)o, hits[i].score);
			lg_assert(p->score == hits[i].score);
			p->rank_opening = (uint32_t)i + 1;
		}
	}
}

enum lg_err lists_of_join(struct lg_ctx *cx, struct lists *out, const struct lgm_index *ix, const struct lgm_join *join,
                          size_t k)
{
	size_t n_openings = lgm_index_openings(ix);
	struct lgm_hit *hits = lg_array(cx->mem, k, sizeof *hits);
	*out = (struct lists){ .n_candidates = lgm_index_candidates(ix), .feasible = lgm_join_feasible(join) };
	make_room(cx, out, count_room(cx, out, n_openings, join, hits));
	take_own(out, join, hits);
	take_others(out, n_openings, join, hits);
	sort(out);
	return LG_OK;
}
