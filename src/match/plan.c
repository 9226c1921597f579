/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "plan.h"

#include <string.h>

/* --- making and ending --- */

static bool make_pricers(struct lgm_plan *p, size_t workers)
{
	p->pricers = lgm_get(&p->mem, workers, sizeof *p->pricers);
	if (!p->pricers) return false;
	for (p->n_pricers = 0; p->n_pricers < workers; p->n_pricers++) {
		struct lgm_pricer *w = &p->pricers[p->n_pricers];
		w->scan = lgm_scan_new(p->ix, &p->mem);
		if (!w->scan) return false;
	}
	return true;
}

/* A bonus no sum of scores can outweigh: at most min(candidates, positions) pairs of at most 10,000 points each, with
   room to grow to twice as many candidates and 1,000 more (plan_change.c holds it to that). */
static int64_t bonus_for(const struct lgm_index *ix, enum lgm_objective objective)
{
	return objective == LGM_SCORE ? 0 : (int64_t)(10001 * (2 * (uint64_t)ix->n_candidates + 1000));
}

enum lgm_err lgm_plan_new(struct lgm_plan **out, struct lgm_index *ix, enum lgm_objective objective, size_t workers,
                          const struct lgm_mem *mem)
{
	*out = NULL;
	if (workers < 1) return LGM_INVALID;
	if (!mem) mem = &lgm_malloc;
	struct lgm_plan *p = lgm_get(mem, 1, sizeof *p);
	if (!p) return LGM_NO_MEMORY;
	p->ix = ix;
	p->mem = *mem;
	p->bonus = bonus_for(ix, objective);
	bool ok = make_pricers(p, workers) && lgm_plan_fit(p);
	for (size_t c = 0; ok && c < p->n_seekers; c++)
		if (lgm_page_alive(ix->pages[c / LGM_LANES], c % LGM_LANES)) ok = lgm_plan_queue(p, (uint32_t)c);
	if (!ok) {
		lgm_plan_free(p);
		return LGM_NO_MEMORY;
	}
	*out = p;
	return LGM_OK;
}

void lgm_plan_free(struct lgm_plan *p)
{
	if (!p) return;
	struct lgm_mem mem = p->mem;
	lgm_marked_free(p);
	for (size_t i = 0; i < p->n_seekers; i++) lgm_edges_free(&p->seekers[i].edges, &mem);
	for (size_t i = 0; i < p->n_offers; i++) {
		lgm_edges_free(&p->offers[i].edges, &mem);
		lgm_put(&mem, p->offers[i].members);
	}
	for (size_t i = 0; i < p->n_pricers; i++) {
		lgm_scan_free(p->pricers[i].scan, &mem);
		lgm_put(&mem, p->pricers[i].found);
	}
	void *pieces[] = { p->slab,
		           p->back_slab,
		           p->seekers,
		           p->offers,
		           p->last_u,
		           p->last_v,
		           p->v,
		           p->paid,
		           p->more,
		           p->queue,
		           p->haunted,
		           p->changed_c,
		           p->changed_o,
		           p->pricers,
		           p->search.openings,
		           p->search.heap,
		           p->search.seen_candidates,
		           p->search.seen_openings };
	for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) lgm_put(&mem, pieces[i]);
	lgm_put(&mem, p);
}

/* Room for the members an opening can have: its positions, or everybody if that is less. */
static bool fit_members(struct lgm_plan *p, struct lgm_offer *o, size_t everybody)
{
	size_t most = o->positions < everybody ? o->positions : everybody;
	return lgm_grow(&p->mem, &o->members, &o->room_members, most, sizeof *o->members);
}

static bool fit_offers(struct lgm_plan *p, size_t everybody, bool grown)
{
	for (size_t slot = grown ? 0 : p->n_offers; slot < p->ix->n_needs; slot++) {
		struct lgm_offer *o = &p->offers[slot];
		if (slot >= p->n_offers) {
			p->last_v[slot] = INT64_MAX;
			if (p->ix->needs[slot]) o->positions = p->ix->needs[slot]->positions;
			p->n_offers = slot + 1;
		}
		if (!fit_members(p, o, everybody)) return false;
	}
	return true;
}

bool lgm_plan_fit(struct lgm_plan *p)
{
	const struct lgm_mem *mem = &p->mem;
	size_t nc = p->ix->n_pages * LGM_LANES, no = p->ix->n_needs;
	bool grown = nc > p->n_seekers;
	if (!lgm_grow(mem, &p->seekers, &p->room_seekers, nc, sizeof *p->seekers) ||
	    !lgm_grow(mem, &p->last_u, &p->room_last_u, nc, sizeof *p->last_u) ||
	    !lgm_grow(mem, &p->paid, &p->room_paid, nc, sizeof *p->paid) ||
	    !lgm_grow(mem, &p->more, &p->room_dirty, nc / 64, sizeof *p->more) ||
	    !lgm_grow(mem, &p->offers, &p->room_offers, no, sizeof *p->offers) ||
	    !lgm_grow(mem, &p->v, &p->room_v, no, sizeof *p->v) ||
	    !lgm_grow(mem, &p->last_v, &p->room_last_v, no, sizeof *p->last_v) ||
	    !lgm_grow(mem, &p->search.openings, &p->room_marks_o, no, sizeof *p->search.openings))
		return false;
	for (; p->n_seekers < nc; p->n_seekers++) {
		p->seekers[p->n_seekers].match = LGM_NOWHERE;
		p->seekers[p->n_seekers].second = INT64_MAX;
		p->last_u[p->n_seekers] = INT64_MAX;
	}
	return fit_offers(p, nc, grown);
}

/* --- who is where --- */

bool lgm_plan_queue(struct lgm_plan *p, uint32_t candidate)
{
	if (p->seekers[candidate].queued) return true;
	if (!lgm_grow(&p->mem, &p->queue, &p->room_queue, p->n_queue + 1, sizeof *p->queue)) return false;
	p->queue[p->n_queue++] = candidate;
	p->seekers[candidate].queued = true;
	return true;
}

void lgm_plan_seat(struct lgm_plan *p, uint32_t candidate, uint32_t opening, uint16_t score)
{
	struct lgm_seeker *c = &p->seekers[candidate];
	struct lgm_offer *o = &p->offers[opening];
	c->match = opening;
	c->score = score;
	c->second = INT64_MAX;
	c->seat = o->n_members;
	o->members[o->n_members++] = candidate;
}

void lgm_plan_unseat(struct lgm_plan *p, uint32_t candidate)
{
	struct lgm_seeker *c = &p->seekers[candidate];
	if (c->match == LGM_NOWHERE) return;
	struct lgm_offer *o = &p->offers[c->match];
	uint32_t last = o->members[--o->n_members];
	o->members[c->seat] = last;
	p->seekers[last].seat = c->seat;
	c->match = LGM_NOWHERE;
}

bool lgm_plan_haunt(struct lgm_plan *p, uint32_t opening, uint32_t ghosts)
{
	if (!lgm_grow(&p->mem, &p->haunted, &p->room_haunted, p->n_haunted + 1, sizeof *p->haunted)) return false;
	p->haunted[p->n_haunted++] = opening;
	p->offers[opening].ghosts += ghosts;
	return true;
}

bool lgm_plan_detach(struct lgm_plan *p, uint32_t candidate)
{
	uint32_t opening = p->seekers[candidate].match;
	if (opening == LGM_NOWHERE) return true;
	lgm_plan_unseat(p, candidate);
	return p->v[opening] == 0 || lgm_plan_haunt(p, opening, 1);
}

bool lgm_plan_note(struct lgm_plan *p, bool opening, uint32_t slot)
{
	uint32_t **list = opening ? &p->changed_o : &p->changed_c;
	size_t *n = opening ? &p->n_changed_o : &p->n_changed_c,
	       *room = opening ? &p->room_changed_o : &p->room_changed_c;
	if (!p->tracking) return true;
	if (!lgm_grow(&p->mem, list, room, *n + 1, sizeof **list)) return false;
	(*list)[(*n)++] = slot;
	return true;
}

bool lgm_plan_take(struct lgm_plan *p, struct lgm_found *found, size_t n)
{
	lgm_found_sort(found, n);
	for (size_t i = 0; i < n; i++) {
		if (i && found[i].pair == found[i - 1].pair) continue;
		uint32_t candidate = (uint32_t)(found[i].pair >> 32);
		if (!lgm_plan_add_pair(p, candidate, (uint32_t)found[i].pair, found[i].score)) return false;
		if (!lgm_plan_detach(p, candidate) || !lgm_plan_queue(p, candidate)) return false;
	}
	return true;
}

/* --- solving --- */

/* When much has changed, most prices are wrong, and to bring them down one ghost at a time takes longer than to begin
 * again. */
enum { MUCH = 3 }; /* one in so many */

static bool start_over(struct lgm_plan *p)
{
	p->n_queue = 0;
	for (uint32_t c = 0; c < p->n_seekers; c++) {
		p->seekers[c].match = LGM_NOWHERE;
		p->seekers[c].u = 0;
		p->seekers[c].queued = false;
		if (p->seekers[c].edges.n && !lgm_plan_queue(p, c)) return false;
	}
	for (size_t o = 0; o < p->n_offers; o++) {
		p->v[o] = 0;
		p->offers[o].n_members = p->offers[o].ghosts = 0;
	}
	p->n_haunted = 0;
	return true;
}

/* Prices may have fallen since the second choices were looked up. */
static void forget_seconds(struct lgm_plan *p)
{
	for (size_t c = 0; c < p->n_seekers; c++) p->seekers[c].second = INT64_MAX;
}

enum lgm_err lgm_plan_solve(struct lgm_plan *p)
{
	if (!p->tracking && p->n_queue > p->n_seekers / MUCH && !start_over(p)) return LGM_NO_MEMORY;
	if (!lgm_plan_auction(p)) return LGM_NO_MEMORY;
	if (!p->tracking) forget_seconds(p);
	for (size_t i = 0; i < p->n_queue; i++) {
		p->seekers[p->queue[i]].queued = false;
		if (!lgm_plan_place(p, p->queue[i])) return LGM_NO_MEMORY;
	}
	p->n_queue = 0;
	if (!p->tracking) forget_seconds(p);
	for (size_t i = 0; i < p->n_haunted; i++)
		while (p->offers[p->haunted[i]].ghosts)
			if (!lgm_plan_lay_ghost(p, p->haunted[i])) return LGM_NO_MEMORY;
	p->n_haunted = 0;
	return LGM_OK;
}

/* --- what came out --- */

int64_t lgm_plan_bonus(const struct lgm_plan *p) { return p->bonus; }

void lgm_plan_totals(const struct lgm_plan *p, struct lgm_totals *out)
{
	*out = (struct lgm_totals){ .edges = p->edges };
	for (size_t i = 0; i < p->n_seekers; i++) {
		const struct lgm_seeker *c = &p->seekers[i];
		out->dual += c->u;
		if (c->match == LGM_NOWHERE) continue;
		out->placed++;
		out->score += c->score;
		out->primal += lgm_weight(p, c->score);
	}
	for (size_t i = 0; i < p->n_offers; i++) out->dual += p->v[i] * p->offers[i].positions;
}

bool lgm_plan_placed(const struct lgm_plan *p, uint32_t candidate_id, struct lgm_hit *opening)
{
	uint32_t slot = lgm_ids_find(&p->ix->candidate_ids, candidate_id);
	if (slot == LGM_NOWHERE || p->seekers[slot].match == LGM_NOWHERE) return false;
	*opening = (struct lgm_hit){ p->ix->needs[p->seekers[slot].match]->id, p->seekers[slot].score };
	return true;
}

int64_t lgm_plan_candidate_dual(const struct lgm_plan *p, uint32_t candidate_id)
{
	uint32_t slot = lgm_ids_find(&p->ix->candidate_ids, candidate_id);
	return slot == LGM_NOWHERE ? 0 : p->seekers[slot].u;
}

int64_t lgm_plan_opening_dual(const struct lgm_plan *p, uint32_t opening_id)
{
	uint32_t slot = lgm_ids_find(&p->ix->opening_ids, opening_id);
	return slot == LGM_NOWHERE ? 0 : p->v[slot];
}
