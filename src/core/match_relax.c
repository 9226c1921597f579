/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/match_relax.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/err.h"
#include "core/match_inner.h"

enum { PIECE = 64 << 10 };

static unsigned level_of(const struct lgm_candidate *c, unsigned language)
{
	for (size_t i = 0; i < c->n_languages; i++)
		if (c->languages[i].language == language) return c->languages[i].level;
	return LGM_LEVEL_NONE;
}

static bool is_a_level_short(const struct lgm_candidate *c, const struct lgm_opening *o, const struct lgm_verdict *v)
{
	if (o->n_licences || v->languages_missing != 1) return false;
	for (size_t i = 0; i < o->n_languages; i++) {
		unsigned has = level_of(c, o->languages[i].language);
		if (has < o->languages[i].level)
			return has != LGM_LEVEL_NONE && has + RELAX_LEVELS >= o->languages[i].level;
	}
	return false;
}

bool match_is_relaxable(const struct lgm_candidate *c, const struct lgm_opening *o, const struct lgm_verdict *v)
{
	switch (v->failed) {
	case 1u << LGM_NEEDS_LANGUAGE: return is_a_level_short(c, o, v);
	case 1u << LGM_NEEDS_HOURS:
		return o->hours + RELAX_HOURS_TENTHS >= c->hours_min && o->hours <= c->hours_max + RELAX_HOURS_TENTHS;
	case 1u << LGM_NEEDS_START: return v->days_late <= RELAX_DAYS;
	case 1u << LGM_NEEDS_SCHEDULE: return v->slots_free * 100u >= v->slots_asked * (unsigned)RELAX_SCHEDULE_PERCENT;
	default: return false;
	}
}

/* All that are near enough, in a list that grows. */
struct nearby {
	const struct match_segment *s;
	const struct lgm_candidate *c;
	struct lgm_hit *hits;
	size_t n, room, relaxed;
	bool no_memory;
};

static void put(struct nearby *k, struct lgm_hit hit)
{
	if (k->n == k->room) {
		size_t room = k->room ? k->room * 2 : MATCH_BEST;
		struct lgm_hit *more = realloc(k->hits, room * sizeof *more);
		if (!more) {
			k->no_memory = true;
			return;
		}
		k->hits = more;
		k->room = room;
	}
	k->hits[k->n++] = hit;
}

static void look_at(void *self, const struct lgm_near *near)
{
	struct nearby *k = self;
	if (near->failed) {
		const struct match_entry *e = match_entry_by_id(k->s, MATCH_OPENING, near->opening);
		struct lgm_verdict v;
		lg_assert(e && e->opening);
		lgm_compare(&k->s->terms->setup, k->c, e->opening, &v);
		if (!match_is_relaxable(k->c, e->opening, &v)) return;
		k->relaxed++;
	}
	put(k, (struct lgm_hit){ near->opening, near->score });
}

static int best_first(const void *x, const void *y)
{
	const struct lgm_hit *a = x, *b = y;
	if (a->score != b->score) return a->score > b->score ? -1 : 1;
	return (a->id > b->id) - (a->id < b->id);
}

static void take_best(const struct nearby *all, size_t k, struct match_found *out)
{
	if (all->n) qsort(all->hits, all->n, sizeof *all->hits, best_first);
	out->n = all->n < k ? all->n : k;
	for (size_t i = 0; i < out->n; i++) {
		const struct match_entry *e = match_entry_by_id(all->s, MATCH_OPENING, all->hits[i].id);
		lg_assert(e);
		memcpy(out->hits[i].handle, e->handle, MATCH_HANDLE);
		out->hits[i].score = all->hits[i].score;
	}
	out->relaxed = all->relaxed;
}

bool match_segment_relaxed(const struct match_segment *s, const json_t *facts, size_t k, struct match_found *out)
{
	const uint16_t forgiven =
	    1u << LGM_NEEDS_LANGUAGE | 1u << LGM_NEEDS_HOURS | 1u << LGM_NEEDS_START | 1u << LGM_NEEDS_SCHEDULE;
	struct lg_arena *mem = lg_arena_new(PIECE, NULL);
	struct lgm_candidate c;
	struct nearby all = { .s = s, .c = &c };
	bool good = match_segment_best(s, MATCH_CANDIDATE, facts, 0, out) &&
	            match_terms_candidate(s->terms, mem, facts, &c) &&
	            lgm_each_near(s->index, &c, forgiven, look_at, &all) == LGM_OK && !all.no_memory;
	if (good) take_best(&all, k < MATCH_BEST ? k : MATCH_BEST, out);
	free(all.hits);
	lg_arena_free(mem);
	return good;
}
