/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/fast_lane_strong.h"

#include <stdlib.h>
#include <string.h>

#include "core/match_strong.h"

enum { STEP = 64, ROOM = 1024, SCORE_MOST = 10000 };

struct sifting {
	struct lg_ctx *cx;
	struct run_market *m;
	const struct run_watch *watch;
	struct lgm_index *ix;
	struct lgm_hit *hits;           /* room for all candidates */
	bool *person, *opening;         /* have they a strong pair? */
	struct run_decided *not_strong; /* pairs above the reserve, opening by opening */
	size_t n_not_strong, room;
	unsigned greatest; /* a score from which on any pair of any opening is strong */
};

static void free_index(void *ix) { lgm_index_free(ix); }

static void note_not_strong(struct sifting *s, uint32_t opening, uint32_t candidate)
{
	if (s->n_not_strong == s->room) {
		struct run_decided *more = lg_array(s->cx->mem, s->room ? 2 * s->room : ROOM, sizeof *more);
		if (s->n_not_strong) memcpy(more, s->not_strong, s->n_not_strong * sizeof *more);
		s->not_strong = more;
		s->room = s->room ? 2 * s->room : ROOM;
	}
	s->not_strong[s->n_not_strong++] = (struct run_decided){ .opening = opening, .candidate = candidate };
}

/* The candidates of one opening, above the reserve. */
static enum lg_err sift_opening(struct sifting *s, uint32_t o)
{
	const struct run_market *m = s->m;
	struct match_asked asked = match_asked(&m->setup, &m->openings[o]);
	unsigned least = match_strong_least(&asked);
	if (least == UINT16_MAX) return LG_OK;
	/* to whoever has no wish a part of it is given, whatever the opening asks about */
	unsigned sure = least + (asked.most[LGM_WISH] ? 0 : m->setup.weight[LGM_WISH]);
	size_t n = lgm_best_candidates(s->ix, &m->openings[o], s->hits, m->n_candidates, NULL),
	       before = s->n_not_strong;
	if (n == LGM_FAILED) return lg_fail(s->cx, LG_BUSY, "", "no memory");
	for (size_t i = 0; i < n; i++) {
		struct lgm_verdict v;
		lgm_compare(&m->setup, &m->candidates[s->hits[i].id], &m->openings[o], &v);
		if (!match_is(&asked, &v, MATCH_STRONG)) {
			note_not_strong(s, o, s->hits[i].id);
			continue;
		}
		s->opening[o] = s->person[s->hits[i].id] = true;
	}
	if (!s->opening[o]) s->n_not_strong = before; /* it goes out as a whole */
	if (s->opening[o] && sure > s->greatest) s->greatest = sure;
	return LG_OK;
}

static enum lg_err sift(struct sifting *s)
{
	struct run_market *m = s->m;
	unsigned reserve = UINT16_MAX;
	for (size_t o = 0; o < m->n_openings; o++) {
		struct match_asked asked = match_asked(&m->setup, &m->openings[o]);
		unsigned least = match_strong_least(&asked);
		if (least < reserve) reserve = least;
	}
	if (reserve == UINT16_MAX) return LG_OK; /* none of them can have a strong pair */
	if (reserve > m->setup.reserve) m->setup.reserve = (uint16_t)reserve;
	enum lgm_err err =
	    lgm_index_new(&s->ix, &m->setup, m->candidates, m->n_candidates, m->openings, m->n_openings, NULL);
	if (err != LGM_OK) return lg_fail(s->cx, LG_BUSY, "", lgm_err_text(err));
	lg_defer(s->cx->mem, free_index, s->ix);
	for (uint32_t o = 0; o < m->n_openings; o++) {
		if (s->watch && o % STEP == 0)
			LG_TRY(s->watch->tell(s->cx, s->watch->with, RUN_LISTS, o, m->n_openings));
		LG_TRY(sift_opening(s, o));
	}
	return LG_OK;
}

/* Where each stands afterwards; UINT32_MAX: nowhere. */
static uint32_t *renumber(struct lg_ctx *cx, const bool *stays, size_t n, size_t *left)
{
	uint32_t *to = lg_array(cx->mem, n + 1, sizeof *to);
	*left = 0;
	for (size_t i = 0; i < n; i++) to[i] = stays[i] ? (uint32_t)(*left)++ : UINT32_MAX;
	return to;
}

static int by_opening(const void *a, const void *b)
{
	const struct run_decided *x = a, *y = b;
	if (x->opening != y->opening) return x->opening < y->opening ? -1 : 1;
	return x->candidate < y->candidate ? -1 : x->candidate > y->candidate;
}

/* Pairs of the old numbers that still are: into m->decided, in order, each once. */
static void put_decided(struct sifting *s, const uint32_t *people, const uint32_t *openings, bool both)
{
	struct run_market *m = s->m;
	size_t n = 0, kept = 0, more = both ? s->n_not_strong : 0;
	struct run_decided *all = lg_array(s->cx->mem, m->n_decided + more + 1, sizeof *all);
	for (size_t i = 0; i < m->n_decided + more; i++) {
		const struct run_decided *d = i < m->n_decided ? &m->decided[i] : &s->not_strong[i - m->n_decided];
		if (people[d->candidate] != UINT32_MAX && openings[d->opening] != UINT32_MAX)
			all[n++] =
			    (struct run_decided){ .opening = openings[d->opening], .candidate = people[d->candidate] };
	}
	qsort(all, n, sizeof *all, by_opening);
	for (size_t i = 0; i < n; i++)
		if (!kept || by_opening(&all[kept - 1], &all[i]) != 0) all[kept++] = all[i];
	m->decided = all;
	m->n_decided = kept;
}

static bool too_many(const struct run_market *m)
{
	size_t openings = 0;
	for (size_t i = 0; i < m->n_decided; i++) openings += !i || m->decided[i].opening != m->decided[i - 1].opening;
	return openings + m->setup.licences > UINT16_MAX || openings * m->n_candidates > RUN_LEFT_OUT_MOST;
}

static void shrink(struct sifting *s, const uint32_t *people, size_t n_people, const uint32_t *openings,
                   size_t n_openings)
{
	struct run_market *m = s->m;
	for (size_t c = 0; c < m->n_candidates; c++) {
		if (people[c] == UINT32_MAX) continue;
		m->candidates[people[c]] = m->candidates[c];
		m->candidates[people[c]].id = people[c];
		memmove(m->candidate_handles[people[c]], m->candidate_handles[c], MATCH_HANDLE);
	}
	for (size_t o = 0; o < m->n_openings; o++) {
		if (openings[o] == UINT32_MAX) continue;
		m->openings[openings[o]] = m->openings[o];
		m->openings[openings[o]].id = openings[o];
		memmove(m->opening_handles[openings[o]], m->opening_handles[o], MATCH_HANDLE);
	}
	m->n_candidates = n_people;
	m->n_openings = n_openings;
}

enum lg_err fast_lane_strong(struct lg_ctx *cx, struct run_market *m, const struct run_watch *watch)
{
	size_t n_people, n_openings;
	struct sifting s = { .cx = cx, .m = m, .watch = watch };
	const struct run_decided *was = m->decided;
	size_t n_was = m->n_decided;
	s.hits = lg_array(cx->mem, m->n_candidates + 1, sizeof *s.hits);
	s.person = lg_array(cx->mem, m->n_candidates + 1, sizeof *s.person);
	s.opening = lg_array(cx->mem, m->n_openings + 1, sizeof *s.opening);
	LG_TRY(sift(&s));
	const uint32_t *people = renumber(cx, s.person, m->n_candidates, &n_people),
	               *openings = renumber(cx, s.opening, m->n_openings, &n_openings);
	put_decided(&s, people, openings, true);
	shrink(&s, people, n_people, openings, n_openings);
	if (!too_many(m)) return LG_OK;
	m->decided = (struct run_decided *)(uintptr_t)was;
	m->n_decided = n_was;
	put_decided(&s, people, openings, false);
	m->setup.reserve = (uint16_t)(s.greatest < SCORE_MOST ? s.greatest : SCORE_MOST);
	return LG_OK;
}
