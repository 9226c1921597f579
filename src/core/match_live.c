/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/match_live.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/err.h"
#include "core/match_inner.h"

enum { ROOM = 64, PIECE = 64 << 10, FULL_OF_4 = 3 };

struct match_segment *match_segment_new(const struct match_terms *terms)
{
	struct match_segment *s = calloc(1, sizeof *s);
	if (!s) return NULL;
	s->terms = terms;
	for (size_t k = 0; k < MATCH_SIDES; k++) s->mem[k] = lg_arena_new(PIECE, NULL);
	if (lgm_index_new(&s->index, &terms->setup, NULL, 0, NULL, 0, NULL) == LGM_OK) return s;
	match_segment_free(s);
	return NULL;
}

void match_segment_free(struct match_segment *s)
{
	if (!s) return;
	for (size_t k = 0; k < MATCH_SIDES; k++) {
		for (size_t i = 0; i < s->sides[k].room; i++) {
			free(s->sides[k].at[i].candidate);
			free(s->sides[k].at[i].opening);
		}
		free(s->sides[k].at);
		lg_arena_free(s->mem[k]);
	}
	lgm_index_free(s->index);
	free(s);
}

size_t match_segment_size(const struct match_segment *s, enum match_side side) { return s->sides[side].there; }

uint64_t match_segment_version(const struct match_segment *s) { return s->version; }

/* --- handles and ids */

/* Handles are random: their first bytes are as good as a hash, and as ids they keep the order of handles. */
static uint32_t first_bytes(const uint8_t *h)
{
	return (uint32_t)h[0] << 24 | (uint32_t)h[1] << 16 | (uint32_t)h[2] << 8 | h[3];
}

static struct match_entry *probe(const struct match_entries *side, const uint8_t *handle)
{
	size_t i = first_bytes(handle) & (side->room - 1);
	while (side->at[i].used && memcmp(side->at[i].handle, handle, MATCH_HANDLE) != 0)
		i = (i + 1) & (side->room - 1);
	return &side->at[i];
}

static bool grow(struct match_entries *side)
{
	struct match_entries bigger = *side;
	if (side->room && side->used * 4 < side->room * FULL_OF_4) return true;
	bigger.room = side->room ? side->room * 2 : ROOM;
	bigger.at = calloc(bigger.room, sizeof *bigger.at);
	if (!bigger.at) return false;
	for (size_t i = 0; i < side->room; i++)
		if (side->at[i].used) *probe(&bigger, side->at[i].handle) = side->at[i];
	free(side->at);
	*side = bigger;
	return true;
}

const struct match_entry *match_entry_by_id(const struct match_segment *s, enum match_side of, uint32_t id)
{
	const struct match_entries *side = &s->sides[of];
	if (!side->room) return NULL;
	/* The id is the handle's first bytes, or a few more where two had the same. */
	size_t i = id & (side->room - 1);
	for (size_t k = 0; k < side->room; k++, i = (i + 1) & (side->room - 1))
		if (side->at[i].used && side->at[i].id == id) return &side->at[i];
	for (size_t k = 0; k < side->room; k++)
		if (side->at[k].used && side->at[k].id == id) return &side->at[k];
	return NULL;
}

static bool is_taken(const struct match_entries *side, uint32_t id)
{
	size_t i = id & (side->room - 1);
	for (; side->at[i].used; i = (i + 1) & (side->room - 1))
		if (side->at[i].id == id) return true;
	return false;
}

/* The entry with this handle, made if there is none. NULL: no memory */
static struct match_entry *entry_of(struct match_entries *side, const uint8_t *handle)
{
	if (!grow(side)) return NULL;
	struct match_entry *e = probe(side, handle);
	if (e->used) return e;
	uint32_t id = first_bytes(handle);
	while (is_taken(side, id)) id++;
	*e = (struct match_entry){ .id = id, .used = true };
	memcpy(e->handle, handle, MATCH_HANDLE);
	side->used++;
	return e;
}

/* --- both sides are kept beside the index: to count what stops them, to ask what if ... */

static void *put_list(char **at, const void *list, size_t size)
{
	void *here = *at;
	if (size) memcpy(here, list, size);
	*at += (size + 7) / 8 * 8;
	return here;
}

enum { LISTS = 5 };

/* Room for the thing itself and its lists behind it. NULL: no memory */
static void *room_for(size_t size, const size_t lists[LISTS])
{
	for (size_t i = 0; i < LISTS; i++) size += (lists[i] + 7) / 8 * 8;
	return malloc(size);
}

static struct lgm_candidate *candidate_copy(const struct lgm_candidate *c)
{
	size_t lists[LISTS] = { c->n_occupations * sizeof *c->occupations, c->n_skills * sizeof *c->skills,
		                c->n_languages * sizeof *c->languages, c->n_licences * sizeof *c->licences,
		                c->n_wishes * sizeof *c->wishes };
	struct lgm_candidate *copy = room_for(sizeof *copy, lists);
	if (!copy) return NULL;
	char *at = (char *)(copy + 1);
	*copy = *c;
	copy->occupations = put_list(&at, c->occupations, lists[0]);
	copy->skills = put_list(&at, c->skills, lists[1]);
	copy->languages = put_list(&at, c->languages, lists[2]);
	copy->licences = put_list(&at, c->licences, lists[3]);
	copy->wishes = put_list(&at, c->wishes, lists[4]);
	return copy;
}

static struct lgm_opening *opening_copy(const struct lgm_opening *o)
{
	size_t lists[LISTS] = { o->n_occupations * sizeof *o->occupations, o->n_essential * sizeof *o->essential,
		                o->n_optional * sizeof *o->optional, o->n_languages * sizeof *o->languages,
		                o->n_licences * sizeof *o->licences };
	struct lgm_opening *copy = room_for(sizeof *copy, lists);
	if (!copy) return NULL;
	char *at = (char *)(copy + 1);
	*copy = *o;
	copy->occupations = put_list(&at, o->occupations, lists[0]);
	copy->essential = put_list(&at, o->essential, lists[1]);
	copy->optional = put_list(&at, o->optional, lists[2]);
	copy->languages = put_list(&at, o->languages, lists[3]);
	copy->licences = put_list(&at, o->licences, lists[4]);
	return copy;
}

/* --- changes */

static void let_copy_go(struct match_entry *e)
{
	free(e->candidate);
	free(e->opening);
	e->candidate = NULL;
	e->opening = NULL;
}

static void take_out(struct match_segment *s, enum match_side side, struct match_entry *e)
{
	if (!e->there) return;
	if (!s->loads)
		lg_assert((side == MATCH_CANDIDATE ? lgm_index_remove_candidate(s->index, e->id)
		                                   : lgm_index_remove_opening(s->index, e->id)) == LGM_OK);
	let_copy_go(e);
	e->there = false;
	s->sides[side].there--;
}

static enum lgm_err put_in(struct match_segment *s, enum match_side side, struct match_entry *e, struct lg_arena *mem,
                           const json_t *facts)
{
	struct lgm_candidate c;
	struct lgm_opening o;
	if (side == MATCH_OPENING) {
		if (!match_terms_opening(s->terms, mem, facts, &o)) return LGM_OK;
		o.id = e->id;
		e->opening = opening_copy(&o);
		e->there = e->opening && (s->loads || lgm_index_add_opening(s->index, &o) == LGM_OK);
		if (!e->there) let_copy_go(e);
		return e->there ? LGM_OK : LGM_NO_MEMORY;
	}
	if (!match_terms_candidate(s->terms, mem, facts, &c)) return LGM_OK;
	c.id = e->id;
	e->candidate = candidate_copy(&c);
	e->there = e->candidate && (s->loads || lgm_index_add_candidate(s->index, &c) == LGM_OK);
	if (!e->there) let_copy_go(e);
	return e->there ? LGM_OK : LGM_NO_MEMORY;
}

bool match_segment_put(struct match_segment *s, enum match_side side, const uint8_t handle[MATCH_HANDLE],
                       const json_t *facts)
{
	struct match_entry *e = entry_of(&s->sides[side], handle);
	if (!e) return false;
	s->version += !s->loads;
	take_out(s, side, e);
	if (!json_is_object(facts)) return true;
	lg_arena_reset(s->mem[side]);
	enum lgm_err err = put_in(s, side, e, s->mem[side], facts);
	if (e->there) s->sides[side].there++;
	return err == LGM_OK;
}

/* --- many at once */

void match_segment_load(struct match_segment *s)
{
	lg_assert(!s->sides[MATCH_CANDIDATE].there && !s->sides[MATCH_OPENING].there);
	s->loads = true;
}

bool match_segment_loaded(struct match_segment *s)
{
	const struct match_entries *who = &s->sides[MATCH_CANDIDATE], *what = &s->sides[MATCH_OPENING];
	struct lgm_candidate *candidates = calloc(who->there + 1, sizeof *candidates);
	struct lgm_opening *openings = calloc(what->there + 1, sizeof *openings);
	struct lgm_index *index = NULL;
	size_t nc = 0, no = 0;
	if (candidates && openings) {
		for (size_t i = 0; i < who->room; i++)
			if (who->at[i].there) candidates[nc++] = *who->at[i].candidate;
		for (size_t i = 0; i < what->room; i++)
			if (what->at[i].there) openings[no++] = *what->at[i].opening;
		if (lgm_index_new(&index, &s->terms->setup, candidates, nc, openings, no, NULL) != LGM_OK) index = NULL;
	}
	free(candidates);
	free(openings);
	if (!index) return false;
	lgm_index_free(s->index);
	s->index = index;
	s->loads = false;
	s->version++;
	return true;
}

/* --- questions */

static bool best_openings(const struct match_segment *s, struct lg_arena *mem, const json_t *facts,
                          struct lgm_hit *hits, size_t k, struct match_found *out)
{
	struct lgm_candidate c;
	struct lgm_misses misses;
	if (!match_terms_candidate(s->terms, mem, facts, &c)) return false;
	out->n = lgm_best_openings(s->index, &c, hits, k, NULL);
	if (out->n == LGM_FAILED || lgm_count_misses(s->index, &c, &misses) != LGM_OK) return false;
	if (!misses.any) return true;
	out->feasible = misses.feasible;
	memcpy(out->stopped, misses.stopped, sizeof out->stopped);
	return true;
}

static bool best_candidates(const struct match_segment *s, struct lg_arena *mem, const json_t *facts,
                            struct lgm_hit *hits, size_t k, struct match_found *out)
{
	const struct match_entries *all = &s->sides[MATCH_CANDIDATE];
	struct lgm_opening o;
	struct lgm_verdict v;
	if (!match_terms_opening(s->terms, mem, facts, &o)) return false;
	out->n = lgm_best_candidates(s->index, &o, hits, k, NULL);
	if (out->n == LGM_FAILED) return false;
	for (size_t i = 0; i < all->room; i++) {
		if (!all->at[i].there) continue;
		lgm_compare(&s->terms->setup, all->at[i].candidate, &o, &v);
		out->feasible += !v.failed;
		for (unsigned d = 0; d < LGM_DEMANDS; d++) out->stopped[d] += v.failed >> d & 1u;
	}
	return true;
}

bool match_segment_best(const struct match_segment *s, enum match_side asks, const json_t *facts, size_t k,
                        struct match_found *out)
{
	struct lgm_hit hits[MATCH_BEST];
	enum match_side other = asks == MATCH_CANDIDATE ? MATCH_OPENING : MATCH_CANDIDATE;
	struct lg_arena *mem = lg_arena_new(PIECE, NULL);
	memset(out, 0, sizeof *out);
	if (k > MATCH_BEST) k = MATCH_BEST;
	bool good = (asks == MATCH_CANDIDATE ? best_openings : best_candidates)(s, mem, facts, hits, k, out);
	lg_arena_free(mem);
	if (!good) return false;
	out->all = s->sides[other].there;
	for (size_t i = 0; i < out->n; i++) {
		const struct match_entry *e = match_entry_by_id(s, other, hits[i].id);
		lg_assert(e);
		memcpy(out->hits[i].handle, e->handle, MATCH_HANDLE);
		out->hits[i].score = hits[i].score;
	}
	return true;
}
