/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* Which pairs, of all feasible ones, do the duals not cover? The pages are looked through with floors of u + v. */
#include "plan.h"

#include <stdlib.h>

bool lgm_found_add(struct lgm_pricer *w, const struct lgm_mem *mem, struct lgm_found found)
{
	if (!lgm_grow(mem, &w->found, &w->room_found, w->n_found + 1, sizeof *w->found)) return false;
	w->found[w->n_found++] = found;
	return true;
}

static int by_pair(const void *a, const void *b)
{
	const struct lgm_found *x = a, *y = b;
	return (x->pair > y->pair) - (x->pair < y->pair);
}

void lgm_found_sort(struct lgm_found *found, size_t n)
{
	if (n > 1) qsort(found, n, sizeof *found, by_pair);
}

/* One pair of a lane that the duals do not cover. Among equal ones a hash of the pair decides: if the smaller slot did,
   then many like candidates would all be given the same few of many like openings, round after round. */
struct better {
	int64_t excess;
	uint32_t luck, opening;
	uint16_t score;
};

/* The best of one lane so far. */
struct best {
	struct better at[LGM_BEST];
	uint32_t n, seen;
};

static bool is_better(const struct better *a, const struct better *b)
{
	if (a->excess != b->excess) return a->excess > b->excess;
	return a->luck != b->luck ? a->luck > b->luck : a->opening < b->opening;
}

/* The high half of a product with odd constants: the same pair has the same luck everywhere. */
static uint32_t luck_of(uint32_t candidate, uint32_t opening)
{
	uint64_t h = ((uint64_t)candidate << 32 | opening) * 0x9E3779B97F4A7C15ull;
	return (uint32_t)((h ^ h >> 29) * 0xBF58476D1CE4E5B9ull >> 32);
}

static void keep(struct best *b, struct better pair)
{
	uint32_t i = b->n < LGM_BEST ? b->n : LGM_BEST - 1;
	b->seen++;
	if (b->n == LGM_BEST && !is_better(&pair, &b->at[i])) return;
	if (b->n < LGM_BEST) b->n++;
	for (; i && is_better(&pair, &b->at[i - 1]); i--) b->at[i] = b->at[i - 1];
	b->at[i] = pair;
}

size_t lgm_plan_units(const struct lgm_plan *p) { return p->ix->n_pages; }

/* Lanes whose dual fell, or that had more pairs than were taken, since they were last priced. */
static bool lanes_to_price(const struct lgm_plan *p, size_t unit, uint64_t lanes[LGM_WORDS])
{
	uint64_t any = 0;
	for (size_t w = 0; w < LGM_WORDS; w++) {
		lanes[w] = p->more[unit * LGM_WORDS + w];
		for (size_t b = 0; b < 64; b++) {
			size_t slot = unit * LGM_LANES + w * 64 + b;
			if (p->seekers[slot].u < p->last_u[slot]) lanes[w] |= 1ull << b;
		}
		any |= lanes[w];
	}
	return any != 0;
}

static void price_one(struct lgm_plan *p, struct lgm_pricer *w, size_t unit, size_t opening, struct best *best)
{
	const struct lgm_page *page = p->ix->pages[unit];
	struct lgm_scan *s = w->scan;
	int64_t v = p->v[opening];
	s->floor = v;
	lgm_scan_page(s, page, p->ix->needs[opening]);
	w->violated += s->hits;
	for (size_t i = 0; i < s->hits; i++) {
		uint32_t slot = (uint32_t)(unit * LGM_LANES + s->lane[i]);
		int64_t excess = lgm_weight(p, s->score[i]) - p->seekers[slot].u - v;
		keep(&best[s->lane[i]],
		     (struct better){ excess, luck_of(slot, (uint32_t)opening), (uint32_t)opening, s->score[i] });
	}
}

static void price_page(struct lgm_plan *p, struct lgm_pricer *w, size_t unit, const uint64_t *changed,
                       struct best *best)
{
	const struct lgm_index *ix = p->ix;
	for (size_t o = 0; o < ix->n_needs; o++) {
		if (o % LGM_BLOCK == 0 && !lgm_block_in_reach(ix->pages[unit], &ix->blocks[o / LGM_BLOCK])) {
			o += LGM_BLOCK - 1;
			continue;
		}
		if (!ix->needs[o]) continue;
		bool all = p->v[o] < p->last_v[o];
		if (!all && !changed) continue;
		if (!lgm_page_in_reach(ix->pages[unit], ix->needs[o])) continue;
		w->scan->only = all ? NULL : changed;
		price_one(p, w, unit, o, best);
	}
}

void lgm_plan_price(struct lgm_plan *p, size_t worker, size_t unit)
{
	struct lgm_pricer *w = &p->pricers[worker];
	uint64_t changed[LGM_WORDS];
	int64_t floors[LGM_LANES];
	struct best *best = lgm_get(&p->mem, LGM_LANES, sizeof *best);
	if (!best) {
		w->no_memory = true;
		return;
	}
	bool any = lanes_to_price(p, unit, changed);
	for (size_t l = 0; l < LGM_LANES; l++) floors[l] = p->seekers[unit * LGM_LANES + l].u - p->bonus + 1;
	w->scan->sum = true;
	w->scan->lane_floor = floors;
	price_page(p, w, unit, any ? changed : NULL, best);
	w->scan->lane_floor = NULL;
	w->scan->only = NULL;
	for (size_t l = 0; l < LGM_LANES; l++) {
		uint32_t slot = (uint32_t)(unit * LGM_LANES + l);
		uint64_t *more = &p->more[slot / 64];
		*more &= ~(1ull << (slot % 64));
		if (best[l].seen > best[l].n) *more |= 1ull << (slot % 64);
		for (uint32_t i = 0; i < best[l].n; i++)
			if (!lgm_found_add(w, &p->mem,
			                   (struct lgm_found){ (uint64_t)slot << 32 | best[l].at[i].opening,
			                                       best[l].at[i].score }))
				w->no_memory = true;
	}
	lgm_put(&p->mem, best);
}

/* All pairs have been priced at these duals. */
static void remember(struct lgm_plan *p)
{
	for (size_t i = 0; i < p->n_seekers; i++) p->last_u[i] = p->seekers[i].u;
	for (size_t i = 0; i < p->n_offers; i++) p->last_v[i] = p->v[i];
}

enum lgm_err lgm_plan_price_end(struct lgm_plan *p, uint64_t *violated)
{
	bool ok = true;
	*violated = 0;
	remember(p);
	for (size_t i = 0; i < p->n_pricers; i++) ok = ok && !p->pricers[i].no_memory;
	for (size_t i = 0; i < p->n_pricers; i++) {
		struct lgm_pricer *w = &p->pricers[i];
		*violated += w->violated;
		w->violated = 0;
		for (size_t k = 0; ok && i && k < w->n_found; k++)
			ok = lgm_found_add(&p->pricers[0], &p->mem, w->found[k]);
		if (i) w->n_found = 0;
	}
	ok = ok && lgm_plan_take(p, p->pricers[0].found, p->pricers[0].n_found);
	p->pricers[0].n_found = 0;
	return ok ? LGM_OK : LGM_NO_MEMORY;
}
