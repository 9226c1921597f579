/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* Changes under a solved plan: the placement is repaired, and every pair whose duals fell is priced again. */
#include "plan.h"

/* --- pricing one candidate against all openings, one opening against all candidates --- */

struct look {
	struct lgm_plan *p;
	struct lgm_pricer *w;
	uint32_t candidate;
	bool ok;
};

static int64_t found_opening(void *self, uint32_t opening, uint16_t score)
{
	struct look *l = self;
	struct lgm_plan *p = l->p;
	if (lgm_weight(p, score) > p->seekers[l->candidate].u + p->v[opening])
		l->ok = l->ok && lgm_found_add(l->w, &p->mem,
		                               (struct lgm_found){ (uint64_t)l->candidate << 32 | opening, score });
	return p->seekers[l->candidate].u - p->bonus + 1;
}

static bool price_candidate(struct lgm_plan *p, struct lgm_seek *seek, uint32_t slot)
{
	struct look look = { p, &p->pricers[0], slot, true };
	const struct lgm_page *page = p->ix->pages[slot / LGM_LANES];
	int64_t u = p->seekers[slot].u;
	if (u >= p->last_u[slot]) return true;
	struct lgm_candidate c = lgm_page_candidate(page, slot % LGM_LANES);
	(void)lgm_seek_openings(seek, &c, u - p->bonus + 1, found_opening, &look);
	return look.ok;
}

static bool price_opening(struct lgm_plan *p, uint32_t slot)
{
	const struct lgm_need *need = p->ix->needs[slot];
	struct lgm_pricer *w = &p->pricers[0];
	int64_t v = p->v[slot], floors[LGM_LANES];
	if (!need || v >= p->last_v[slot]) return true;
	w->scan->sum = true;
	w->scan->only = NULL;
	w->scan->lane_floor = floors;
	w->scan->floor = v;
	for (size_t pg = 0; pg < p->ix->n_pages; pg++) {
		if (!lgm_page_in_reach(p->ix->pages[pg], need)) continue;
		for (size_t l = 0; l < LGM_LANES; l++) floors[l] = p->seekers[pg * LGM_LANES + l].u - p->bonus + 1;
		lgm_scan_page(w->scan, p->ix->pages[pg], need);
		for (size_t i = 0; i < w->scan->hits; i++) {
			uint64_t pair = (uint64_t)(pg * LGM_LANES + w->scan->lane[i]) << 32 | slot;
			if (!lgm_found_add(w, &p->mem, (struct lgm_found){ pair, w->scan->score[i] })) return false;
		}
	}
	w->scan->lane_floor = NULL;
	return true;
}

/* Price the pairs of whoever's dual fell since it was last priced. Whoever's did not fall was covered then and still
   is, so afterwards all pairs are covered at the duals as they are now. */
static bool price_changed(struct lgm_plan *p, struct lgm_seek *seek)
{
	bool ok = true;
	for (size_t i = 0; ok && i < p->n_changed_c; i++) ok = price_candidate(p, seek, p->changed_c[i]);
	for (size_t i = 0; ok && i < p->n_changed_o; i++) ok = price_opening(p, p->changed_o[i]);
	for (size_t i = 0; i < p->n_changed_c; i++) p->last_u[p->changed_c[i]] = p->seekers[p->changed_c[i]].u;
	for (size_t i = 0; i < p->n_changed_o; i++) p->last_v[p->changed_o[i]] = p->v[p->changed_o[i]];
	p->n_changed_c = p->n_changed_o = 0;
	return ok;
}

/* Solve, price what fell, take what was found; until nothing is. */
static bool settle(struct lgm_plan *p)
{
	struct lgm_seek *seek = lgm_seek_new(p->ix, &p->mem);
	struct lgm_pricer *w = &p->pricers[0];
	bool ok = seek != NULL, found = true;
	p->tracking = true;
	while (ok && found) {
		ok = lgm_plan_solve(p) == LGM_OK && price_changed(p, seek);
		found = w->n_found > 0;
		ok = ok && lgm_plan_take(p, w->found, w->n_found);
		w->n_found = 0;
	}
	p->tracking = false;
	lgm_seek_free(seek, &p->mem);
	return ok;
}

static enum lgm_err settled(struct lgm_plan *p) { return settle(p) ? LGM_OK : LGM_NO_MEMORY; }

/* --- edges of what goes --- */

static void drop_edge(struct lgm_edges *e, uint32_t to)
{
	uint32_t kept = 0;
	for (uint32_t i = 0; i < e->n; i++)
		if (e->list[i].to != to) e->list[kept++] = e->list[i];
	e->n = kept;
}

void lgm_plan_drop_candidate_edges(struct lgm_plan *p, uint32_t slot)
{
	struct lgm_edges *mine = &p->seekers[slot].edges;
	for (size_t i = 0; i < mine->n; i++) drop_edge(&p->offers[mine->list[i].to].edges, slot);
	p->edges -= mine->n;
	mine->n = 0;
}

static void drop_opening_edges(struct lgm_plan *p, uint32_t slot)
{
	struct lgm_edges *mine = &p->offers[slot].edges;
	for (size_t i = 0; i < mine->n; i++) drop_edge(&p->seekers[mine->list[i].to].edges, slot);
	p->edges -= mine->n;
	mine->n = 0;
}

/* --- the four changes --- */

/* One more candidate or opening must not outgrow the bonus. */
static bool outgrown(const struct lgm_plan *p)
{
	return p->bonus && (uint64_t)p->ix->n_candidates + 1 > (uint64_t)p->bonus / 10001;
}

enum lgm_err lgm_plan_add_candidate(struct lgm_plan *p, const struct lgm_candidate *candidate)
{
	if (outgrown(p)) return LGM_INVALID;
	enum lgm_err err = lgm_index_add_candidate(p->ix, candidate);
	if (err) return err;
	if (!lgm_plan_fit(p)) return LGM_NO_MEMORY;
	uint32_t slot = lgm_ids_find(&p->ix->candidate_ids, candidate->id);
	p->seekers[slot].u = 0;
	p->last_u[slot] = INT64_MAX;
	if (!lgm_plan_note_added(p, candidate->id)) return LGM_NO_MEMORY;
	if (!candidate->wants_work) return LGM_OK;
	p->tracking = true;
	bool ok = lgm_plan_note(p, false, slot);
	return ok ? settled(p) : LGM_NO_MEMORY;
}

enum lgm_err lgm_plan_remove_candidate(struct lgm_plan *p, uint32_t id)
{
	uint32_t slot = lgm_ids_find(&p->ix->candidate_ids, id);
	if (p->marked) return LGM_INVALID;
	if (slot == LGM_NOWHERE) return LGM_UNKNOWN;
	if (!lgm_plan_reverse(p)) return LGM_NO_MEMORY;
	bool ok = lgm_plan_detach(p, slot);
	lgm_plan_drop_candidate_edges(p, slot);
	p->seekers[slot].u = 0;
	(void)lgm_index_remove_candidate(p->ix, id);
	return ok ? settled(p) : LGM_NO_MEMORY;
}

/* What a position is worth to each candidate beyond what they have: the best of it, and who bids the most. */
static int64_t worth(const struct lgm_plan *p, const struct lgm_found *f)
{
	return lgm_weight(p, f->score) - p->seekers[f->pair >> 32].u;
}

/* Begin at the price that nobody would pay, all positions held by ghosts: then the ghosts go, one by one, and the price
   comes down to where it belongs. */
static bool open_for_bids(struct lgm_plan *p, uint32_t slot)
{
	struct lgm_offer *o = &p->offers[slot];
	struct lgm_pricer *w = &p->pricers[0];
	p->v[slot] = 0;
	if (!price_opening(p, slot)) return false;
	for (size_t i = 0; i < w->n_found; i++) {
		struct lgm_found *f = &w->found[i];
		if (worth(p, f) > p->v[slot]) p->v[slot] = worth(p, f);
		if (!lgm_plan_add_pair(p, (uint32_t)(f->pair >> 32), slot, f->score)) return false;
	}
	p->last_v[slot] = 0; /* whoever would have it at any price is in the graph now */
	w->n_found = 0;
	return lgm_plan_note(p, true, slot) && (p->v[slot] == 0 || lgm_plan_haunt(p, slot, o->positions));
}

enum lgm_err lgm_plan_add_opening(struct lgm_plan *p, const struct lgm_opening *opening)
{
	if (p->marked || outgrown(p)) return LGM_INVALID;
	enum lgm_err err = lgm_index_add_opening(p->ix, opening);
	if (err) return err;
	if (!lgm_plan_fit(p)) return LGM_NO_MEMORY;
	p->tracking = true;
	return open_for_bids(p, lgm_ids_find(&p->ix->opening_ids, opening->id)) ? settled(p) : LGM_NO_MEMORY;
}

enum lgm_err lgm_plan_remove_opening(struct lgm_plan *p, uint32_t id)
{
	uint32_t slot = lgm_ids_find(&p->ix->opening_ids, id);
	if (p->marked) return LGM_INVALID;
	if (slot == LGM_NOWHERE) return LGM_UNKNOWN;
	struct lgm_offer *o = &p->offers[slot];
	bool ok = lgm_plan_reverse(p);
	while (ok && o->n_members) {
		uint32_t candidate = o->members[0];
		lgm_plan_unseat(p, candidate);
		ok = lgm_plan_queue(p, candidate);
	}
	if (!ok) return LGM_NO_MEMORY;
	drop_opening_edges(p, slot);
	p->v[slot] = 0;
	o->positions = 0;
	(void)lgm_index_remove_opening(p->ix, id);
	return ok ? settled(p) : LGM_NO_MEMORY;
}
