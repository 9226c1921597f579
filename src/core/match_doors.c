/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/match_doors.h"

#include <stdlib.h>
#include <string.h>

#include "core/match_inner.h"
#include "core/match_serve.h"
#include "taxonomy/taxonomy.h"

/* --- for one */

static struct lgm_opening *openings_of(struct lg_ctx *cx, const struct match_segment *s)
{
	const struct match_entries *all = &s->sides[MATCH_OPENING];
	struct lgm_opening *out = lg_array(cx->mem, all->there + 1, sizeof *out);
	size_t n = 0;
	for (size_t i = 0; i < all->room; i++)
		if (all->at[i].there) out[n++] = *all->at[i].opening;
	return out;
}

/* Some openings that are possible after the change and are not now. */
static enum lg_err name_some(struct lg_ctx *cx, const struct match_segment *s, const struct lgm_candidate *c,
                             struct door *d)
{
	struct lgm_hit hits[MATCH_BEST];
	struct lgm_candidate changed = lg_change_made(cx->mem, c, &d->change);
	size_t n = lgm_best_openings(s->index, &changed, hits, MATCH_BEST, NULL);
	if (n == LGM_FAILED) return lg_fail(cx, LG_FAULT, NULL, "the engine refused a changed candidate");
	for (size_t i = 0; i < n && d->n < DOORS_NAMED; i++) {
		const struct match_entry *e = match_entry_by_id(s, MATCH_OPENING, hits[i].id);
		struct lgm_verdict v;
		lg_assert(e && e->opening);
		lgm_compare(&s->terms->setup, c, e->opening, &v);
		if (v.failed) memcpy(d->handles[d->n++], e->handle, MATCH_HANDLE);
	}
	return LG_OK;
}

enum lg_err match_segment_doors(struct lg_ctx *cx, const struct match_segment *s, const json_t *facts, int32_t today,
                                struct doors *out)
{
	struct lgm_candidate c;
	struct lg_opens opens;
	*out = (struct doors){ .all = s->sides[MATCH_OPENING].there };
	if (!match_terms_candidate(s->terms, cx->mem, facts, &c)) return LG_UNKNOWN;
	const struct lg_opens_market m = { &s->terms->setup, s->index, openings_of(cx, s), out->all, today };
	LG_TRY(lg_opens(cx, &m, &c, &opens));
	out->feasible = opens.feasible;
	out->best = opens.best;
	for (size_t i = 0; i < opens.n && out->n < DOORS_MOST; i++) {
		const struct lg_change *change = &opens.changes[i];
		if (change->kind == LG_GET_LICENCE && !match_terms_may_hold(s->terms, &c, change->what)) continue;
		out->at[out->n] = (struct door){ .change = *change };
		if (change->opens) LG_TRY(name_some(cx, s, &c, &out->at[out->n]));
		out->n++;
	}
	return LG_OK;
}

json_t *doors_told(const struct doors *d)
{
	json_t *list = json_array();
	for (size_t i = 0; i < d->n; i++) {
		const struct lg_change *c = &d->at[i].change;
		json_t *handles = json_array();
		for (size_t k = 0; k < d->at[i].n; k++) {
			char text[37];
			match_handle_print(text, d->at[i].handles[k]);
			json_array_append_new(handles, json_string(text));
		}
		json_array_append_new(list, json_pack("{s:[i,i,I,I,I,I,i], s:o}", "change", (int)c->kind, (int)c->what,
		                                      (json_int_t)c->from, (json_int_t)c->to, (json_int_t)c->day,
		                                      (json_int_t)c->opens, (int)c->best, "openings", handles));
	}
	return json_pack("{s:I, s:I, s:i, s:o}", "all", (json_int_t)d->all, "feasible", (json_int_t)d->feasible, "best",
	                 (int)d->best, "doors", list);
}

static json_int_t at(const json_t *list, size_t i) { return json_integer_value(json_array_get(list, i)); }

void doors_understood(const json_t *told, struct doors *out)
{
	size_t i, k;
	json_t *one, *handle;
	*out = (struct doors){ .all = (uint64_t)json_integer_value(json_object_get(told, "all")),
		               .feasible = (uint64_t)json_integer_value(json_object_get(told, "feasible")),
		               .best = (uint16_t)json_integer_value(json_object_get(told, "best")) };
	json_array_foreach(json_object_get(told, "doors"), i, one)
	{
		const json_t *c = json_object_get(one, "change");
		struct door *d = &out->at[out->n];
		if (out->n == DOORS_MOST || at(c, 0) < 0 || at(c, 0) >= LG_CHANGES) return;
		*d = (struct door){ .change = { (enum lg_change_kind)at(c, 0), (uint16_t)at(c, 1), (uint32_t)at(c, 2),
			                        (uint32_t)at(c, 3), (int32_t)at(c, 4), (uint64_t)at(c, 5),
			                        (uint16_t)at(c, 6) } };
		json_array_foreach(json_object_get(one, "openings"), k, handle)
		{
			const char *text = json_string_value(handle);
			if (d->n < DOORS_NAMED && text && match_handle_read(d->handles[d->n], text)) d->n++;
		}
		out->n++;
	}
}

/* --- for an office */

struct market_copy {
	const struct lgm_setup *setup;
	struct lgm_candidate *candidates;
	struct lgm_opening *openings;
	size_t n_candidates, n_openings;
};

static const void *kept(struct lg_ctx *cx, const void *list, size_t size)
{
	void *copy = lg_alloc(cx->mem, size + 1);
	if (size) memcpy(copy, list, size);
	return copy;
}

#define KEEP(cx, list, n) ((list) = kept((cx), (list), (n) * sizeof *(list)))

static void copy_candidates(struct lg_ctx *cx, const struct match_segment *s, struct market_copy *m)
{
	const struct match_entries *all = &s->sides[MATCH_CANDIDATE];
	m->candidates = lg_array(cx->mem, all->there + 1, sizeof *m->candidates);
	for (size_t i = 0; i < all->room; i++) {
		if (!all->at[i].there || !all->at[i].candidate->wants_work) continue;
		struct lgm_candidate *c = &m->candidates[m->n_candidates];
		*c = *all->at[i].candidate;
		c->id = (uint32_t)m->n_candidates++;
		KEEP(cx, c->occupations, c->n_occupations);
		KEEP(cx, c->skills, c->n_skills);
		KEEP(cx, c->languages, c->n_languages);
		KEEP(cx, c->licences, c->n_licences);
		KEEP(cx, c->wishes, c->n_wishes);
	}
}

static void copy_openings(struct lg_ctx *cx, const struct match_segment *s, struct market_copy *m)
{
	const struct match_entries *all = &s->sides[MATCH_OPENING];
	m->openings = lg_array(cx->mem, all->there + 1, sizeof *m->openings);
	for (size_t i = 0; i < all->room; i++) {
		if (!all->at[i].there) continue;
		struct lgm_opening *o = &m->openings[m->n_openings];
		*o = *all->at[i].opening;
		o->id = (uint32_t)m->n_openings++;
		KEEP(cx, o->occupations, o->n_occupations);
		KEEP(cx, o->essential, o->n_essential);
		KEEP(cx, o->optional, o->n_optional);
		KEEP(cx, o->languages, o->n_languages);
		KEEP(cx, o->licences, o->n_licences);
	}
}

enum lg_err match_segment_copy(struct lg_ctx *cx, const struct match_segment *s, struct market_copy **out)
{
	struct market_copy *m = *out = lg_alloc(cx->mem, sizeof *m);
	m->setup = &s->terms->setup;
	copy_candidates(cx, s, m);
	copy_openings(cx, s, m);
	return LG_OK;
}

/* No opening is worth so much: nobody gains anything, so that the search keeps counts only, and no list of gains. */
enum { TOO_DEAR = 1 << 20, CHUNK_OF_LEVERS = 32 };

static void free_index(void *index) { lgm_index_free(index); }

static struct lg_levers *search(struct lg_ctx *cx, const struct market_copy *m, const struct lgm_index *index)
{
	uint32_t *who = lg_array(cx->mem, m->n_candidates + 1, sizeof *who);
	int64_t *price = lg_array(cx->mem, m->n_openings + 1, sizeof *price);
	for (size_t i = 0; i < m->n_candidates; i++) who[i] = (uint32_t)i;
	for (size_t i = 0; i < m->n_openings; i++) price[i] = TOO_DEAR;
	const struct lg_levers_market market = { m->setup,      index, m->candidates,   m->openings, m->n_candidates,
		                                 m->n_openings, who,   m->n_candidates, price,       0 };
	return lg_levers_new(cx, &market, 1);
}

/* Opens `a` no more than `b`, a smaller step of the same thing? */
static bool is_in_vain(const struct lg_lever *a, const struct lg_lever *b)
{
	return a->kind == b->kind && a->what == b->what && a->from == b->from && a->to > b->to &&
	       a->people == b->people && a->pairs == b->pairs;
}

static void put_levers(const struct lg_lever *list, size_t n, struct office_doors *out)
{
	for (size_t i = 0; i < n && out->n < OFFICE_DOORS; i++) {
		bool in_vain = !list[i].people;
		for (size_t k = 0; k < n; k++) in_vain = in_vain || is_in_vain(&list[i], &list[k]);
		if (!in_vain) out->at[out->n++] = list[i];
	}
}

enum lg_err market_copy_doors(struct lg_ctx *cx, const struct market_copy *m, bool (*go_on)(void *with), void *with,
                              struct office_doors *out)
{
	struct lgm_index *index;
	struct lg_lever *list;
	size_t n, unit = 0;
	*out = (struct office_doors){ .people = m->n_candidates, .openings = m->n_openings };
	if (lgm_index_new(&index, m->setup, m->candidates, m->n_candidates, m->openings, m->n_openings, NULL) != LGM_OK)
		return lg_fail(cx, LG_BUSY, NULL, "no memory for an index");
	lg_defer(cx->mem, free_index, index);
	struct lg_levers *levers = search(cx, m, index);
	size_t units = lg_levers_units(levers);
	for (; unit < units && (!unit || go_on(with)); unit++) lg_levers_work(levers, 0, unit);
	LG_TRY(lg_levers_end(cx, levers, &list, &n));
	out->looked_at = unit < units ? unit * CHUNK_OF_LEVERS : m->n_candidates;
	put_levers(list, n, out);
	return LG_OK;
}

json_t *office_doors_told(const struct office_doors *d)
{
	json_t *list = json_array();
	for (size_t i = 0; i < d->n; i++) {
		const struct lg_lever *l = &d->at[i];
		json_array_append_new(list,
		                      json_pack("[i,i,I,I,I,I,I,I]", (int)l->kind, (int)l->what, (json_int_t)l->from,
		                                (json_int_t)l->to, (json_int_t)l->people, (json_int_t)l->pairs,
		                                (json_int_t)l->openings, (json_int_t)l->shut));
	}
	return json_pack("{s:I, s:I, s:I, s:o}", "people", (json_int_t)d->people, "looked_at", (json_int_t)d->looked_at,
	                 "openings", (json_int_t)d->openings, "doors", list);
}

void office_doors_understood(const json_t *told, struct office_doors *out)
{
	size_t i;
	json_t *one;
	*out = (struct office_doors){ .people = (uint64_t)json_integer_value(json_object_get(told, "people")),
		                      .looked_at = (uint64_t)json_integer_value(json_object_get(told, "looked_at")),
		                      .openings = (uint64_t)json_integer_value(json_object_get(told, "openings")) };
	json_array_foreach(json_object_get(told, "doors"), i, one)
	{
		if (out->n == OFFICE_DOORS || at(one, 0) < 0 || at(one, 0) >= LG_CHANGES) return;
		out->at[out->n++] = (struct lg_lever){ .kind = (enum lg_change_kind)at(one, 0),
			                               .what = (uint16_t)at(one, 1),
			                               .from = (uint32_t)at(one, 2),
			                               .to = (uint32_t)at(one, 3),
			                               .people = (uint64_t)at(one, 4),
			                               .pairs = (uint64_t)at(one, 5),
			                               .openings = (uint64_t)at(one, 6),
			                               .shut = (uint64_t)at(one, 7) };
	}
}
