/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* Shortest augmenting paths under the duals (Dijkstra on reduced weights), from either side. */
#include "plan.h"

/* --- the heap, four children to a node --- */

static bool closer(struct lgm_waiting a, struct lgm_waiting b)
{
	return a.distance < b.distance || (a.distance == b.distance && a.slot < b.slot);
}

bool lgm_plan_push(struct lgm_plan *p, struct lgm_waiting w)
{
	struct lgm_search *s = &p->search;
	if (s->n_heap == s->room_heap && !lgm_grow(&p->mem, &s->heap, &s->room_heap, s->n_heap + 1, sizeof *s->heap))
		return false;
	size_t i = s->n_heap++;
	for (; i && closer(w, s->heap[(i - 1) / 4]); i = (i - 1) / 4) s->heap[i] = s->heap[(i - 1) / 4];
	s->heap[i] = w;
	return true;
}

struct lgm_waiting lgm_plan_pop(struct lgm_plan *p)
{
	struct lgm_search *s = &p->search;
	struct lgm_waiting top = s->heap[0], last = s->heap[--s->n_heap];
	size_t i = 0;
	for (;;) {
		size_t first = 4 * i + 1, least = first;
		if (first >= s->n_heap) break;
		for (size_t k = first + 1; k < first + 4 && k < s->n_heap; k++)
			if (closer(s->heap[k], s->heap[least])) least = k;
		if (!closer(s->heap[least], last)) break;
		s->heap[i] = s->heap[least];
		i = least;
	}
	s->heap[i] = last;
	return top;
}

static bool see(struct lgm_plan *p, uint32_t **list, size_t *n, size_t *room, uint32_t slot)
{
	if (*n == *room && !lgm_grow(&p->mem, list, room, *n + 1, sizeof **list)) return false;
	(*list)[(*n)++] = slot;
	return true;
}

static bool see_candidate(struct lgm_plan *p, uint32_t slot, int64_t distance)
{
	struct lgm_search *s = &p->search;
	p->seekers[slot].mark.distance = distance;
	p->seekers[slot].mark.stamp = s->tick;
	return see(p, &s->seen_candidates, &s->n_candidates, &s->room_candidates, slot);
}

static bool see_opening(struct lgm_plan *p, uint32_t slot, int64_t distance)
{
	struct lgm_search *s = &p->search;
	s->openings[slot].distance = distance;
	s->openings[slot].stamp = s->tick;
	return see(p, &s->seen_openings, &s->n_openings, &s->room_openings, slot);
}

static void begin(struct lgm_search *s)
{
	s->tick++;
	s->n_heap = s->n_candidates = s->n_openings = 0;
}

/* Where the cheapest path ends so far. */
struct end {
	int64_t distance;
	uint32_t slot;
	bool opening;
};

/* --- from a candidate --- */

static bool relax_from_candidate(struct lgm_plan *p, uint32_t candidate, int64_t distance, struct end *end)
{
	struct lgm_seeker *c = &p->seekers[candidate];
	struct lgm_mark *marks = p->search.openings;
	const int64_t *v = p->v;
	uint32_t tick = p->search.tick;
	int64_t base = distance + c->u - p->bonus, nearest = INT64_MAX;
	if (c->second != INT64_MAX && distance + c->u - c->second >= end->distance) return true;
	for (uint32_t i = 0; i < c->edges.n; i++) {
		struct lgm_edge e = c->edges.list[i];
		if (base - e.score >= end->distance) { /* nor can those behind it */
			if (base - e.score < nearest) nearest = base - e.score;
			break;
		}
		int64_t there = base + v[e.to] - e.score;
		if (e.to == c->match) continue;
		if (there < nearest) nearest = there;
		if (there >= end->distance) continue;
		struct lgm_mark *m = &marks[e.to];
		if (m->stamp == tick && m->distance <= there) continue;
		*m = (struct lgm_mark){ there, tick, candidate };
		if (lgm_offer_has_room(&p->offers[e.to]))
			*end = (struct end){ there, e.to, true };
		else if (!lgm_plan_push(p, (struct lgm_waiting){ there, e.to }))
			return false;
	}
	if (!p->tracking) c->second = nearest == INT64_MAX ? INT64_MIN / 2 : distance + c->u - nearest;
	return true;
}

static bool visit_opening(struct lgm_plan *p, uint32_t opening, int64_t distance, struct end *end)
{
	const struct lgm_offer *o = &p->offers[opening];
	struct lgm_search *s = &p->search;
	if (!see(p, &s->seen_openings, &s->n_openings, &s->room_openings, opening)) return false;
	for (uint32_t i = 0; i < o->n_members; i++) __builtin_prefetch(&p->seekers[o->members[i]]);
	for (uint32_t i = 0; i < o->n_members; i++) {
		uint32_t x = o->members[i];
		__builtin_prefetch(p->seekers[x].edges.list);
		if (!see_candidate(p, x, distance)) return false;
		if (distance + p->seekers[x].u < end->distance)
			*end = (struct end){ distance + p->seekers[x].u, x, false };
	}
	for (uint32_t i = 0; i < o->n_members && distance < end->distance; i++)
		if (!relax_from_candidate(p, o->members[i], distance, end)) return false;
	return true;
}

/* u falls by what the end lies beyond, v rises by it. */
static bool settle_forward(struct lgm_plan *p, int64_t end)
{
	struct lgm_search *s = &p->search;
	for (size_t i = 0; i < s->n_candidates; i++) {
		uint32_t x = s->seen_candidates[i];
		struct lgm_seeker *c = &p->seekers[x];
		if (c->mark.distance >= end) continue;
		c->u -= end - c->mark.distance;
		if (!lgm_plan_note(p, false, x)) return false;
	}
	for (size_t i = 0; i < s->n_openings; i++) {
		uint32_t o = s->seen_openings[i];
		if (s->openings[o].distance >= end) continue;
		p->v[o] += end - s->openings[o].distance;
		if (!lgm_plan_note(p, true, o)) return false;
	}
	return true;
}

static uint16_t score_of(const struct lgm_plan *p, uint32_t candidate, uint32_t opening)
{
	const struct lgm_edge *e = p->seekers[candidate].edges.list;
	while (e->to != opening) e++; /* the path goes along pairs of the graph */
	return e->score;
}

/* Move everybody on the path one opening on. */
static void shift_forward(struct lgm_plan *p, uint32_t candidate, struct end end)
{
	uint32_t opening = end.slot;
	if (!end.opening) {
		if (end.slot == candidate) return;
		opening = p->seekers[end.slot].match;
		lgm_plan_unseat(p, end.slot);
	} else if (p->offers[opening].ghosts) {
		p->offers[opening].ghosts--;
	}
	for (;;) {
		const struct lgm_mark *m = &p->search.openings[opening];
		uint32_t mover = m->parent, left = p->seekers[mover].match;
		lgm_plan_unseat(p, mover);
		lgm_plan_seat(p, mover, opening, score_of(p, mover, opening));
		if (mover == candidate) return;
		opening = left;
	}
}

bool lgm_plan_place(struct lgm_plan *p, uint32_t candidate)
{
	struct lgm_seeker *c = &p->seekers[candidate];
	struct lgm_search *s = &p->search;
	c->u = 0;
	for (size_t i = 0; i < c->edges.n && lgm_weight(p, c->edges.list[i].score) > c->u; i++) {
		int64_t net = lgm_weight(p, c->edges.list[i].score) - p->v[c->edges.list[i].to];
		if (net > c->u) c->u = net;
	}
	if (!lgm_plan_note(p, false, candidate)) return false;
	if (!c->u) return true;
	struct end end = { c->u, candidate, false };
	begin(s);
	if (!see_candidate(p, candidate, 0) || !relax_from_candidate(p, candidate, 0, &end)) return false;
	while (s->n_heap) {
		struct lgm_waiting w = lgm_plan_pop(p);
		if (w.distance >= end.distance) break;
		if (w.distance != s->openings[w.slot].distance) continue; /* reached again, nearer */
		if (!visit_opening(p, w.slot, w.distance, &end)) return false;
	}
	if (!settle_forward(p, end.distance)) return false;
	shift_forward(p, candidate, end);
	return true;
}

/* --- from an opening with a ghost --- */

/* Through an opening whose position falls empty: its members keep pace with its price; others may come. */
static bool open_up(struct lgm_plan *p, uint32_t opening, int64_t distance, struct end *end)
{
	const struct lgm_offer *o = &p->offers[opening];
	struct lgm_search *s = &p->search;
	int64_t v = p->v[opening];
	if (!see_opening(p, opening, distance)) return false;
	if (distance + v < end->distance) *end = (struct end){ distance + v, opening, true };
	for (uint32_t i = 0; i < o->n_members; i++) {
		struct lgm_mark *m = &p->seekers[o->members[i]].mark;
		if (m->stamp == s->tick && m->distance <= distance) continue;
		if (!see_candidate(p, o->members[i], distance)) return false;
	}
	for (size_t i = 0; i < o->edges.n; i++) {
		struct lgm_edge e = o->edges.list[i];
		if (distance + v - lgm_weight(p, e.score) >= end->distance) break; /* nor can those behind it */
		const struct lgm_seeker *y = &p->seekers[e.to];
		if (y->match == opening) continue;
		int64_t there = distance + v + y->u - lgm_weight(p, e.score);
		struct lgm_mark *m = &p->seekers[e.to].mark;
		if (there >= end->distance || (m->stamp == s->tick && m->distance <= there)) continue;
		*m = (struct lgm_mark){ there, s->tick, opening };
		if (y->match == LGM_NOWHERE)
			*end = (struct end){ there, e.to, false };
		else if (!lgm_plan_push(p, (struct lgm_waiting){ there, e.to }))
			return false;
	}
	return true;
}

static bool settle_backward(struct lgm_plan *p, int64_t end)
{
	struct lgm_search *s = &p->search;
	for (size_t i = 0; i < s->n_candidates; i++) {
		struct lgm_mark *m = &p->seekers[s->seen_candidates[i]].mark;
		if (m->distance >= end) continue;
		p->seekers[s->seen_candidates[i]].u += end - m->distance;
		m->distance = end; /* once, though it may have been seen twice */
		if (!lgm_plan_note(p, false, s->seen_candidates[i])) return false;
	}
	for (size_t i = 0; i < s->n_openings; i++) {
		struct lgm_mark *m = &s->openings[s->seen_openings[i]];
		if (m->distance >= end) continue;
		p->v[s->seen_openings[i]] -= end - m->distance;
		if (!lgm_plan_note(p, true, s->seen_openings[i])) return false;
	}
	return true;
}

/* The empty position wanders along the path to its end, and each mover takes the one before it. */
static void shift_backward(struct lgm_plan *p, uint32_t opening, struct end end)
{
	struct lgm_search *s = &p->search;
	uint32_t mover = end.slot;
	if (end.opening) {
		if (end.slot == opening) return;
		mover = s->openings[end.slot].parent;
	}
	for (;;) {
		const struct lgm_mark *m = &p->seekers[mover].mark;
		uint32_t to = m->parent;
		lgm_plan_unseat(p, mover);
		lgm_plan_seat(p, mover, to, score_of(p, mover, to));
		if (to == opening) return;
		mover = s->openings[to].parent;
	}
}

bool lgm_plan_lay_ghost(struct lgm_plan *p, uint32_t opening)
{
	struct lgm_search *s = &p->search;
	struct end end = { INT64_MAX, opening, true };
	if (!lgm_plan_reverse(p)) return false;
	p->offers[opening].ghosts--;
	if (p->v[opening] == 0) return true;
	begin(s);
	if (!open_up(p, opening, 0, &end)) return false;
	while (s->n_heap) {
		struct lgm_waiting w = lgm_plan_pop(p);
		if (w.distance >= end.distance) break;
		struct lgm_mark *m = &p->seekers[w.slot].mark;
		if (w.distance != m->distance) continue;
		if (!see(p, &s->seen_candidates, &s->n_candidates, &s->room_candidates, w.slot)) return false;
		uint32_t from = p->seekers[w.slot].match;
		if (s->openings[from].stamp == s->tick) continue; /* its opening is open already, and no farther */
		s->openings[from].parent = w.slot;
		if (!open_up(p, from, w.distance, &end)) return false;
	}
	if (!settle_backward(p, end.distance)) return false;
	shift_backward(p, opening, end);
	return true;
}
