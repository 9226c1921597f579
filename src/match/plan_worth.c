/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/*
 * The highest prices, and what one more candidate is worth at them.
 *
 * A price may rise until something holds it: an empty position (there it stays 0), a member whose dual has come down to
 * 0, or a member to whom some other opening, whose price rises less, is then worth as much. With the slack
 * u(x) + v(o') - weight(x, o') of a pair, the rises are the least distances
 *
 *     rise(o) = least of: 0 if o has an empty position; u(x); slack(x, o') + rise(o')   over the members x of o
 *
 * which are found from the near to the far (Dijkstra 1959). When the rise of an opening o' is known, the pages are
 * looked through for o' once, with floors that let through just those pairs that hold somebody's opening lower than it
 * was held before. So all feasible pairs are looked at, not only those of the graph, and the raised duals cover them
 * all.
 */
#include "plan.h"

struct rise {
	struct lgm_plan *p;
	int64_t *by;             /* [openings] how far each price rises, as far as known yet */
	int64_t *floors;         /* [candidates] a score plus price from here on holds the own opening lower */
	uint64_t *rising;        /* bits: candidates whose opening's rise is not known for good */
	struct lgm_found *holds; /* [openings] the pair that holds it; score 0 and pair 0: none does */
};

static void rise_free(struct rise *r)
{
	lgm_put(&r->p->mem, r->by);
	lgm_put(&r->p->mem, r->floors);
	lgm_put(&r->p->mem, r->rising);
	lgm_put(&r->p->mem, r->holds);
}

static bool rise_new(struct rise *r, struct lgm_plan *p)
{
	*r = (struct rise){ p, lgm_get(&p->mem, p->n_offers, sizeof *r->by),
		            lgm_get(&p->mem, p->n_seekers, sizeof *r->floors),
		            lgm_get(&p->mem, p->n_seekers / 64, sizeof *r->rising),
		            lgm_get(&p->mem, p->n_offers, sizeof *r->holds) };
	return r->by && r->floors && r->rising && r->holds;
}

/* What holds a price by itself: an empty position, or the member who has least. */
static bool begin_at(struct rise *r, uint32_t opening)
{
	struct lgm_plan *p = r->p;
	const struct lgm_offer *o = &p->offers[opening];
	int64_t by = lgm_offer_has_room(o) || !o->n_members ? 0 : INT64_MAX;
	for (uint32_t i = 0; i < o->n_members; i++)
		if (p->seekers[o->members[i]].u < by) by = p->seekers[o->members[i]].u;
	r->by[opening] = by;
	for (uint32_t i = 0; i < o->n_members; i++) {
		uint32_t x = o->members[i];
		r->floors[x] = p->seekers[x].u - by - p->bonus + 1;
		r->rising[x / 64] |= 1ull << (x % 64);
	}
	return !p->ix->needs[opening] || lgm_plan_push(p, (struct lgm_waiting){ by, opening });
}

/* The pair of a member x holds x's opening to `by`, less than before. */
static bool hold(struct rise *r, struct lgm_found pair, int64_t by)
{
	struct lgm_plan *p = r->p;
	uint32_t opening = p->seekers[pair.pair >> 32].match;
	const struct lgm_offer *o = &p->offers[opening];
	if (by >= r->by[opening]) return true; /* another member has held it as low already */
	for (uint32_t i = 0; i < o->n_members; i++) r->floors[o->members[i]] += r->by[opening] - by;
	r->by[opening] = by;
	r->holds[opening] = pair;
	return lgm_plan_push(p, (struct lgm_waiting){ by, opening });
}

/* This opening's rise is known: whom does it hold? */
static bool spread_in_page(struct rise *r, uint32_t opening, size_t page)
{
	struct lgm_plan *p = r->p;
	struct lgm_scan *s = p->pricers[0].scan;
	uint64_t any = 0;
	s->only = r->rising + page * LGM_WORDS;
	for (size_t w = 0; w < LGM_WORDS; w++) any |= s->only[w];
	if (!any || !lgm_page_in_reach(p->ix->pages[page], p->ix->needs[opening])) return true;
	s->lane_floor = r->floors + page * LGM_LANES;
	lgm_scan_page(s, p->ix->pages[page], p->ix->needs[opening]);
	for (size_t i = 0; i < s->hits; i++) {
		uint32_t x = (uint32_t)(page * LGM_LANES + s->lane[i]);
		int64_t slack = p->seekers[x].u + p->v[opening] - lgm_weight(p, s->score[i]);
		if (!hold(r, (struct lgm_found){ (uint64_t)x << 32 | opening, s->score[i] }, slack + r->by[opening]))
			return false;
	}
	return true;
}

static bool spread(struct rise *r, uint32_t opening)
{
	struct lgm_plan *p = r->p;
	const struct lgm_offer *o = &p->offers[opening];
	bool ok = true;
	for (uint32_t i = 0; i < o->n_members; i++) r->rising[o->members[i] / 64] &= ~(1ull << (o->members[i] % 64));
	p->pricers[0].scan->sum = true;
	p->pricers[0].scan->floor = p->v[opening] + r->by[opening];
	for (size_t page = 0; ok && page < p->ix->n_pages; page++) ok = spread_in_page(r, opening, page);
	p->pricers[0].scan->only = NULL;
	p->pricers[0].scan->lane_floor = NULL;
	return ok;
}

static bool find_rises(struct rise *r)
{
	struct lgm_plan *p = r->p;
	bool ok = true;
	p->search.n_heap = 0;
	for (uint32_t o = 0; ok && o < p->n_offers; o++) ok = begin_at(r, o);
	while (ok && p->search.n_heap) {
		struct lgm_waiting w = lgm_plan_pop(p);
		if (w.distance == r->by[w.slot]) ok = spread(r, w.slot);
	}
	return ok;
}

static bool stands_in_graph(const struct lgm_plan *p, struct lgm_found f)
{
	const struct lgm_edges *e = &p->seekers[f.pair >> 32].edges;
	for (uint32_t i = 0; i < e->n; i++)
		if (e->list[i].to == (uint32_t)f.pair) return true;
	return false;
}

/* With the pairs that hold the prices in the graph, whoever comes finds the way to a place without lowering any dual.
 */
static bool add_holds(const struct rise *r)
{
	struct lgm_plan *p = r->p;
	bool ok = true;
	for (uint32_t o = 0; ok && o < p->n_offers; o++) {
		struct lgm_found f = r->holds[o];
		if ((f.pair || f.score) && !stands_in_graph(p, f))
			ok = lgm_plan_add_pair(p, (uint32_t)(f.pair >> 32), (uint32_t)f.pair, f.score);
	}
	return ok;
}

static void take_rises(const struct rise *r)
{
	struct lgm_plan *p = r->p;
	for (uint32_t o = 0; o < p->n_offers; o++) p->v[o] = p->last_v[o] = p->v[o] + r->by[o];
	for (uint32_t c = 0; c < p->n_seekers; c++) {
		struct lgm_seeker *x = &p->seekers[c];
		if (x->match != LGM_NOWHERE) x->u -= r->by[x->match];
		p->last_u[c] = x->u;
		x->second = INT64_MAX;
	}
}

enum lgm_err lgm_plan_raise(struct lgm_plan *p)
{
	struct rise r;
	if (p->n_queue) return LGM_INVALID;
	bool ok = rise_new(&r, p) && find_rises(&r) && add_holds(&r);
	if (ok) take_rises(&r);
	rise_free(&r);
	return ok ? LGM_OK : LGM_NO_MEMORY;
}

/* --- one more candidate --- */

struct best_worth {
	const struct lgm_plan *p;
	struct lgm_worth *out;
};

static int64_t weigh(void *self, uint32_t opening, uint16_t score)
{
	struct best_worth *b = self;
	int64_t gain = lgm_weight(b->p, score) - b->p->v[opening];
	uint32_t id = b->p->ix->needs[opening]->id;
	if (gain > b->out->gain || (gain && gain == b->out->gain && id < b->out->opening))
		*b->out = (struct lgm_worth){ gain, id };
	return b->out->gain - b->p->bonus; /* no price is below 0 */
}

enum lgm_err lgm_plan_worth(const struct lgm_plan *p, const struct lgm_candidate *candidate, struct lgm_worth *out)
{
	struct best_worth best = { p, out };
	*out = (struct lgm_worth){ 0, 0 };
	if (lgm_candidate_fault(&p->ix->terms.setup, candidate)) return LGM_INVALID;
	struct lgm_seek *seek = lgm_seek_new(p->ix, &p->mem);
	if (!seek) return LGM_NO_MEMORY;
	(void)lgm_seek_openings(seek, candidate, -p->bonus, weigh, &best);
	lgm_seek_free(seek, &p->mem);
	return LGM_OK;
}
