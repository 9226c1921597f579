/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/*
 * A quick start for the assignment: candidates bid for positions. Who bids takes the cheapest position of the opening
 * that is worth most to them and pays for it so much that it is worth just what their second choice is; who is
 * displaced bids again. An opening's dual v is the price of its cheapest position while it is full, and 0 otherwise.
 * Prices only rise, so whoever has a place keeps preferring it: complementary slackness holds throughout, with no
 * epsilon. Bids that would raise nothing are not made, and there is a limit to their number; who is without a place
 * then is left to the shortest paths. (Bertsekas 1981; with several like positions, Bertsekas and Castanon 1989;
 * without epsilon it is the augmenting row reduction of Jonker and Volgenant 1987.)
 */
#include "plan.h"

enum { BIDS_EACH = 16, TOO_FEW = 32 };

struct bid {
	uint32_t opening;
	uint16_t score;
	int64_t best, second;
};

static struct bid best_bid(const struct lgm_plan *p, const struct lgm_seeker *c)
{
	struct bid b = { .opening = LGM_NOWHERE };
	for (size_t i = 0; i < c->edges.n; i++) {
		struct lgm_edge e = c->edges.list[i];
		if (lgm_weight(p, e.score) <= b.second) break; /* nor can those behind it */
		int64_t net = lgm_weight(p, e.score) - p->v[e.to];
		if (net <= b.second) continue;
		if (net <= b.best) {
			b.second = net;
			continue;
		}
		b.second = b.best;
		b.best = net;
		b.opening = e.to;
		b.score = e.score;
	}
	return b;
}

static uint32_t cheapest(const struct lgm_plan *p, const struct lgm_offer *o)
{
	uint32_t least = o->members[0];
	for (uint32_t i = 1; i < o->n_members; i++) {
		uint32_t x = o->members[i];
		if (p->paid[x] < p->paid[least] || (p->paid[x] == p->paid[least] && x < least)) least = x;
	}
	return least;
}

/* Take a position of the opening. @return who was displaced, or LGM_NOWHERE */
static uint32_t take_position(struct lgm_plan *p, uint32_t candidate, const struct bid *b)
{
	struct lgm_offer *o = &p->offers[b->opening];
	uint32_t displaced = LGM_NOWHERE;
	int64_t price = p->v[b->opening] + b->best - b->second;
	if (o->ghosts) {
		o->ghosts--;
	} else if (!lgm_offer_has_room(o)) {
		displaced = cheapest(p, o);
		lgm_plan_unseat(p, displaced);
	}
	p->paid[candidate] = price;
	lgm_plan_seat(p, candidate, b->opening, b->score);
	if (!o->ghosts && !lgm_offer_has_room(o)) p->v[b->opening] = p->paid[cheapest(p, o)];
	return displaced;
}

static bool requeue(struct lgm_plan *p, uint32_t candidate)
{
	if (!lgm_grow(&p->mem, &p->queue, &p->room_queue, p->n_queue + 1, sizeof *p->queue)) return false;
	p->queue[p->n_queue++] = candidate;
	return true;
}

/* The queue's bids in turn; those displaced stand at its end. Who must wait for the shortest paths is moved to its
 * front. */
static bool run_bids(struct lgm_plan *p)
{
	size_t left = p->n_queue * BIDS_EACH, waiting = 0;
	for (size_t i = 0; i < p->n_queue; i++) {
		uint32_t candidate = p->queue[i];
		struct lgm_seeker *c = &p->seekers[candidate];
		struct bid b = best_bid(p, c);
		c->queued = false;
		c->u = 0;
		if (b.opening == LGM_NOWHERE) continue; /* no place is worth its price, and prices only rise */
		struct lgm_offer *o = &p->offers[b.opening];
		if (!left || (b.best == b.second && !lgm_offer_has_room(o))) {
			c->queued = true;
			p->queue[waiting++] = candidate;
			continue;
		}
		left--;
		uint32_t displaced = take_position(p, candidate, &b);
		if (displaced != LGM_NOWHERE && !requeue(p, displaced)) return false;
	}
	p->n_queue = waiting;
	return true;
}

bool lgm_plan_auction(struct lgm_plan *p)
{
	if (p->n_queue < TOO_FEW || p->tracking) return true;
	for (size_t i = 0; i < p->n_seekers; i++)
		if (p->seekers[i].match != LGM_NOWHERE) p->paid[i] = p->v[p->seekers[i].match];
	/* Those who had to wait ask once more: the prices have moved since. */
	bool ok = run_bids(p) && run_bids(p);
	for (size_t i = 0; ok && i < p->n_seekers; i++) {
		struct lgm_seeker *c = &p->seekers[i];
		if (c->match != LGM_NOWHERE) c->u = lgm_weight(p, c->score) - p->v[c->match];
	}
	return ok;
}
