/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* The graph of pairs: from the candidates' side always, from the openings' side once it is needed. */
#include <stdlib.h>
#include <string.h>

#include "plan.h"

/* --- one node's list --- */

void lgm_edges_free(struct lgm_edges *e, const struct lgm_mem *mem)
{
	if (e->own) lgm_put(mem, e->list);
	*e = (struct lgm_edges){ 0 };
}

static bool stands_before(struct lgm_edge a, struct lgm_edge b)
{
	return a.score > b.score || (a.score == b.score && a.to < b.to);
}

/* @return false: it stands there already */
static bool put_in_order(struct lgm_edges *e, struct lgm_edge edge)
{
	uint32_t i = e->n;
	while (i && stands_before(edge, e->list[i - 1])) i--;
	if (i && e->list[i - 1].to == edge.to) return false;
	for (uint32_t k = e->n++; k > i; k--) e->list[k] = e->list[k - 1];
	e->list[i] = edge;
	return true;
}

static bool add_edge(const struct lgm_mem *mem, struct lgm_edges *e, uint32_t to, uint16_t score)
{
	if (e->n == e->room) {
		uint32_t room = e->n < 8 ? 16 : e->n * 2;
		struct lgm_edge *bigger = lgm_get(mem, room, sizeof *bigger);
		if (!bigger) return false;
		if (e->n) memcpy(bigger, e->list, e->n * sizeof *bigger);
		if (e->own) lgm_put(mem, e->list);
		*e = (struct lgm_edges){ .list = bigger, .n = e->n, .room = room & INT32_MAX, .own = 1 };
	}
	put_in_order(e, (struct lgm_edge){ to, score });
	return true;
}

bool lgm_plan_add_pair(struct lgm_plan *p, uint32_t candidate, uint32_t opening, uint16_t score)
{
	p->edges++;
	return add_edge(&p->mem, &p->seekers[candidate].edges, opening, score) &&
	       (!p->reversed || add_edge(&p->mem, &p->offers[opening].edges, candidate, score));
}

/* --- the openings' side --- */

static int in_order(const void *a, const void *b)
{
	const struct lgm_edge *x = a, *y = b;
	return stands_before(*x, *y) ? -1 : stands_before(*y, *x);
}

bool lgm_plan_reverse(struct lgm_plan *p)
{
	if (p->reversed) return true;
	struct lgm_edge *at = p->back_slab = lgm_get(&p->mem, p->edges, sizeof *at);
	if (!at) return false;
	for (size_t c = 0; c < p->n_seekers; c++)
		for (uint32_t i = 0; i < p->seekers[c].edges.n; i++)
			p->offers[p->seekers[c].edges.list[i].to].edges.room++;
	for (size_t o = 0; o < p->n_offers; o++) {
		p->offers[o].edges.list = at;
		at += p->offers[o].edges.room;
	}
	for (uint32_t c = 0; c < p->n_seekers; c++)
		for (uint32_t i = 0; i < p->seekers[c].edges.n; i++) {
			struct lgm_edge e = p->seekers[c].edges.list[i];
			struct lgm_edges *back = &p->offers[e.to].edges;
			back->list[back->n++] = (struct lgm_edge){ c, e.score };
		}
	for (size_t o = 0; o < p->n_offers; o++)
		if (p->offers[o].edges.n > 1)
			qsort(p->offers[o].edges.list, p->offers[o].edges.n, sizeof *at, in_order);
	p->reversed = true;
	return true;
}

/* --- the seed: both sides' lists, each pair once --- */

struct seed {
	const struct lgm_join *join;
	struct lgm_hit *hits;
	uint32_t *at; /* [seekers + 1] where each candidate's pairs begin in the slab */
};

static const struct lgm_page *page_of(const struct lgm_plan *p, uint32_t candidate)
{
	const struct lgm_page *page = p->ix->pages[candidate / LGM_LANES];
	return lgm_page_alive(page, candidate % LGM_LANES) ? page : NULL;
}

/* Every pair of the lists, once for each list it stands in. */
static void each_pair(struct lgm_plan *p, const struct seed *s,
                      void (*take)(struct lgm_plan *p, const struct seed *s, uint32_t c, uint32_t o, uint16_t score))
{
	for (uint32_t c = 0; c < p->n_seekers; c++) {
		const struct lgm_page *page = page_of(p, c);
		size_t n = page ? lgm_join_openings(s->join, page->id[c % LGM_LANES], s->hits) : 0;
		for (size_t i = 0; i < n; i++)
			take(p, s, c, lgm_ids_find(&p->ix->opening_ids, s->hits[i].id), s->hits[i].score);
	}
	for (uint32_t o = 0; o < p->n_offers; o++) {
		size_t n = p->ix->needs[o] ? lgm_join_candidates(s->join, p->ix->needs[o]->id, s->hits) : 0;
		for (size_t i = 0; i < n; i++)
			take(p, s, lgm_ids_find(&p->ix->candidate_ids, s->hits[i].id), o, s->hits[i].score);
	}
}

static void count_pair(struct lgm_plan *p, const struct seed *s, uint32_t c, uint32_t o, uint16_t score)
{
	(void)p, (void)o, (void)score;
	s->at[c + 1]++;
}

static void put_pair(struct lgm_plan *p, const struct seed *s, uint32_t c, uint32_t o, uint16_t score)
{
	(void)s;
	if (put_in_order(&p->seekers[c].edges, (struct lgm_edge){ o, score })) p->edges++;
}

static bool make_slab(struct lgm_plan *p, const struct seed *s)
{
	for (size_t c = 0; c < p->n_seekers; c++) s->at[c + 1] += s->at[c];
	p->slab = lgm_get(&p->mem, s->at[p->n_seekers], sizeof *p->slab);
	for (size_t c = 0; p->slab && c < p->n_seekers; c++)
		p->seekers[c].edges =
		    (struct lgm_edges){ .list = p->slab + s->at[c], .room = (s->at[c + 1] - s->at[c]) & INT32_MAX };
	return p->slab != NULL;
}

enum lgm_err lgm_plan_seed(struct lgm_plan *p, const struct lgm_join *join)
{
	struct lgm_hit hits[LGM_LIST_MAX];
	if (p->edges || p->slab) return LGM_INVALID;
	struct seed s = { join, hits, lgm_get(&p->mem, p->n_seekers + 1, sizeof *s.at) };
	if (!s.at) return LGM_NO_MEMORY;
	each_pair(p, &s, count_pair);
	bool ok = make_slab(p, &s);
	if (ok) each_pair(p, &s, put_pair);
	for (uint32_t c = 0; ok && c < p->n_seekers; c++)
		if (p->seekers[c].edges.n) ok = lgm_plan_queue(p, c);
	lgm_put(&p->mem, s.at);
	return ok ? LGM_OK : LGM_NO_MEMORY;
}
