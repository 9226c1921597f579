/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* Where a plan stood, and the way back there. The graph keeps the pairs it has got meanwhile: they are true pairs, and
   the duals of the mark cover them as they cover all. */
#include "plan.h"

void lgm_marked_free(struct lgm_plan *p)
{
	struct lgm_marked *m = p->marked;
	if (!m) return;
	lgm_put(&p->mem, m->seekers);
	lgm_put(&p->mem, m->v);
	lgm_put(&p->mem, m->added);
	lgm_put(&p->mem, m);
	p->marked = NULL;
}

enum lgm_err lgm_plan_mark(struct lgm_plan *p)
{
	if (p->marked || p->n_queue) return LGM_INVALID;
	struct lgm_marked *m = lgm_get(&p->mem, 1, sizeof *m);
	if (!m) return LGM_NO_MEMORY;
	*m = (struct lgm_marked){ .n_seekers = p->n_seekers, .n_offers = p->n_offers };
	m->seekers = lgm_get(&p->mem, p->n_seekers, sizeof *m->seekers);
	m->v = lgm_get(&p->mem, p->n_offers, sizeof *m->v);
	p->marked = m;
	if (!m->seekers || !m->v) {
		lgm_marked_free(p);
		return LGM_NO_MEMORY;
	}
	for (size_t i = 0; i < p->n_seekers; i++) {
		const struct lgm_seeker *c = &p->seekers[i];
		m->seekers[i] = (struct lgm_stood){ c->u, c->match, c->seat, c->score };
	}
	for (size_t i = 0; i < p->n_offers; i++) m->v[i] = p->v[i];
	return LGM_OK;
}

bool lgm_plan_note_added(struct lgm_plan *p, uint32_t id)
{
	struct lgm_marked *m = p->marked;
	if (!m) return true;
	if (!lgm_grow(&p->mem, &m->added, &m->room_added, m->n_added + 1, sizeof *m->added)) return false;
	m->added[m->n_added++] = id;
	return true;
}

/* Everybody who was there gets his seat again, and nobody else one. */
static void seat_again(struct lgm_plan *p, const struct lgm_marked *m)
{
	for (size_t o = 0; o < p->n_offers; o++) p->offers[o].n_members = 0;
	for (size_t c = 0; c < p->n_seekers; c++) {
		struct lgm_seeker *now = &p->seekers[c];
		struct lgm_stood then = { .match = LGM_NOWHERE };
		if (c < m->n_seekers) then = m->seekers[c];
		now->u = p->last_u[c] = then.u;
		now->match = then.match;
		now->seat = then.seat;
		now->score = then.score;
		now->second = INT64_MAX;
		if (then.match == LGM_NOWHERE) continue;
		p->offers[then.match].members[then.seat] = (uint32_t)c;
		p->offers[then.match].n_members++;
	}
}

enum lgm_err lgm_plan_back(struct lgm_plan *p)
{
	struct lgm_marked *m = p->marked;
	if (!m) return LGM_INVALID;
	for (size_t i = 0; i < m->n_added; i++) {
		lgm_plan_drop_candidate_edges(p, lgm_ids_find(&p->ix->candidate_ids, m->added[i]));
		(void)lgm_index_remove_candidate(p->ix, m->added[i]);
	}
	seat_again(p, m);
	for (size_t o = 0; o < m->n_offers; o++) p->v[o] = p->last_v[o] = m->v[o];
	lgm_marked_free(p);
	return LGM_OK;
}
