/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "market/opens.h"

#include <stdlib.h>
#include <string.h>

enum { WEEK = 1680 }; /* in tenths of an hour */

const char *lg_change_name(enum lg_change_kind kind)
{
	static const char *const names[LG_CHANGES] = { "language", "licence", "commute", "hours",
		                                       "contract", "start",   "skill" };
	return names[kind];
}

/* ------------------------------------------------------------------------------------ a candidate, changed */

static void raise_language(struct lg_arena *mem, struct lgm_candidate *c, const struct lg_change *change)
{
	struct lgm_language *list = lg_array(mem, (size_t)c->n_languages + 1, sizeof *list);
	uint16_t n = 0, i = 0;
	while (i < c->n_languages && c->languages[i].language < change->what) list[n++] = c->languages[i++];
	list[n++] = (struct lgm_language){ (uint8_t)change->what, (uint8_t)change->to };
	if (i < c->n_languages && c->languages[i].language == change->what) i++;
	while (i < c->n_languages) list[n++] = c->languages[i++];
	c->languages = list;
	c->n_languages = n;
}

static void hold_licence(struct lg_arena *mem, struct lgm_candidate *c, const struct lg_change *change)
{
	struct lgm_licence *list = lg_array(mem, (size_t)c->n_licences + 1, sizeof *list);
	uint16_t n = 0, i = 0;
	while (i < c->n_licences && c->licences[i].licence < change->what) list[n++] = c->licences[i++];
	list[n++] = (struct lgm_licence){ change->what, true };
	if (i < c->n_licences && c->licences[i].licence == change->what) i++;
	while (i < c->n_licences) list[n++] = c->licences[i++];
	c->licences = list;
	c->n_licences = n;
}

static void add_skill(struct lg_arena *mem, struct lgm_candidate *c, const struct lg_change *change)
{
	uint16_t *list = lg_array(mem, (size_t)c->n_skills + 1, sizeof *list);
	uint16_t n = 0, i = 0;
	while (i < c->n_skills && c->skills[i] < change->what) list[n++] = c->skills[i++];
	list[n++] = change->what;
	if (i < c->n_skills && c->skills[i] == change->what) i++;
	while (i < c->n_skills) list[n++] = c->skills[i++];
	c->skills = list;
	c->n_skills = n;
}

struct lgm_candidate lg_change_made(struct lg_arena *mem, const struct lgm_candidate *c, const struct lg_change *change)
{
	struct lgm_candidate out = *c;
	switch (change->kind) {
	case LG_LEARN_LANGUAGE: raise_language(mem, &out, change); break;
	case LG_GET_LICENCE: hold_licence(mem, &out, change); break;
	case LG_TRAVEL: out.commute = change->to; break;
	case LG_ANY_HOURS:
		out.hours_min = 0;
		out.hours_max = WEEK;
		break;
	case LG_TAKE_CONTRACT: out.contracts = (uint16_t)(out.contracts | 1u << change->what); break;
	case LG_START: out.start = change->day; break;
	case LG_LEARN_SKILL: add_skill(mem, &out, change); break;
	case LG_CHANGES: break;
	}
	return out;
}

/* ----------------------------------------------------------------------------------- what may be changed */

/* One search: its changes grow in `list`, which has room for `cap`. */
struct search {
	struct lg_ctx *cx;
	const struct lg_opens_market *m;
	const struct lgm_candidate *c;
	struct lg_change *list;
	size_t n, cap;
};

static void add(struct search *s, struct lg_change change)
{
	if (s->n == s->cap) {
		size_t cap = s->cap ? s->cap * 2 : 64;
		struct lg_change *list = lg_array(s->cx->mem, cap, sizeof *list);
		if (s->n) memcpy(list, s->list, s->n * sizeof *list);
		s->list = list;
		s->cap = cap;
	}
	s->list[s->n++] = change;
}

static unsigned level_of_language(const struct lgm_candidate *c, unsigned language)
{
	for (size_t i = 0; i < c->n_languages; i++)
		if (c->languages[i].language == language) return c->languages[i].level;
	return LGM_LEVEL_NONE;
}

static void try_languages(struct search *s)
{
	uint8_t highest[256] = { 0 };
	for (size_t i = 0; i < s->m->n_openings; i++) {
		const struct lgm_opening *o = &s->m->openings[i];
		for (size_t k = 0; k < o->n_languages; k++)
			if (o->languages[k].level > highest[o->languages[k].language])
				highest[o->languages[k].language] = o->languages[k].level;
	}
	for (unsigned l = 0; l < 256; l++) {
		unsigned has = level_of_language(s->c, l);
		for (unsigned to = has + 1; to <= highest[l]; to++)
			add(s, (struct lg_change){
			           .kind = LG_LEARN_LANGUAGE, .what = (uint16_t)l, .from = has, .to = to });
	}
}

static bool holds(const struct lgm_candidate *c, unsigned licence)
{
	for (size_t i = 0; i < c->n_licences; i++)
		if (c->licences[i].licence == licence) return c->licences[i].held;
	return false;
}

static void try_licences(struct search *s)
{
	bool *asked = lg_array(s->cx->mem, (size_t)s->m->setup->licences + 1, sizeof *asked);
	for (size_t i = 0; i < s->m->n_openings; i++) {
		const struct lgm_opening *o = &s->m->openings[i];
		for (size_t k = 0; k < o->n_licences; k++) asked[o->licences[k]] = true;
	}
	for (unsigned l = 0; l < s->m->setup->licences; l++)
		if (asked[l] && !holds(s->c, l))
			add(s, (struct lg_change){ .kind = LG_GET_LICENCE, .what = (uint16_t)l });
}

static void try_terms(struct search *s)
{
	static const uint32_t more[] = { 1000, 2500, 5000 }; /* steps of 10 m */
	const struct lgm_candidate *c = s->c;
	for (size_t i = 0; i < sizeof more / sizeof *more; i++) {
		uint32_t to = c->commute + more[i];
		if (to <= LGM_COMMUTE_MAX)
			add(s, (struct lg_change){ .kind = LG_TRAVEL, .from = c->commute, .to = to });
	}
	if (c->hours_min > 0 || c->hours_max < WEEK) add(s, (struct lg_change){ .kind = LG_ANY_HOURS });
	for (unsigned k = 0; k < LGM_CONTRACTS; k++)
		if (!(c->contracts >> k & 1u))
			add(s, (struct lg_change){ .kind = LG_TAKE_CONTRACT, .what = (uint16_t)k });
	if (c->start != LGM_NO_DATE && c->start > s->m->today)
		add(s, (struct lg_change){ .kind = LG_START, .day = s->m->today });
}

/* How many openings ask for each skill; 0 for those that the candidate has. */
static uint32_t *count_skills(struct search *s)
{
	uint32_t *asked = lg_array(s->cx->mem, (size_t)s->m->setup->skills + 1, sizeof *asked);
	for (size_t i = 0; i < s->m->n_openings; i++) {
		const struct lgm_opening *o = &s->m->openings[i];
		for (size_t k = 0; k < o->n_essential; k++) asked[o->essential[k].skill]++;
		for (size_t k = 0; k < o->n_optional; k++) asked[o->optional[k].skill]++;
	}
	for (size_t k = 0; k < s->c->n_skills; k++) asked[s->c->skills[k]] = 0;
	return asked;
}

static void try_skills(struct search *s)
{
	uint32_t *asked = count_skills(s);
	for (unsigned i = 0; i < LG_OPENS_SKILLS; i++) {
		unsigned most = 0;
		for (unsigned k = 1; k < s->m->setup->skills; k++)
			if (asked[k] > asked[most]) most = k;
		if (!asked[most]) return;
		add(s, (struct lg_change){ .kind = LG_LEARN_SKILL, .what = (uint16_t)most });
		asked[most] = 0;
	}
}

/* ------------------------------------------------------------------------------------------- weighing them */

/* How many openings are feasible and the best score. */
static enum lg_err weigh(struct search *s, const struct lgm_candidate *c, uint64_t *feasible, uint16_t *best)
{
	struct lgm_hit hit = { 0 };
	size_t count = 0, n = lgm_best_openings(s->m->index, c, &hit, 1, &count);
	if (n == LGM_FAILED) return lg_fail(s->cx, LG_FAULT, "", "the engine refused a changed candidate");
	*feasible = count;
	*best = n ? hit.score : 0;
	return LG_OK;
}

static enum lg_err weigh_all(struct search *s, const struct lg_opens *as_is)
{
	for (size_t i = 0; i < s->n; i++) {
		struct lg_change *change = &s->list[i];
		struct lgm_candidate c = lg_change_made(s->cx->mem, s->c, change);
		uint64_t feasible = 0;
		LG_TRY(weigh(s, &c, &feasible, &change->best));
		lg_assert(feasible >= as_is->feasible &&
		          change->best >= as_is->best); /* no change takes anything away */
		change->opens = feasible - as_is->feasible;
	}
	return LG_OK;
}

/* Opens `a` only what `b` opens, a smaller step of the same thing? (What a small step opens, a larger one opens too, so
 * that equal counts are the same openings.) Where neither opens any, the better score tells. */
static bool in_vain(const struct lg_change *a, const struct lg_change *b)
{
	if (a->kind != b->kind || a->what != b->what || a->to <= b->to) return false;
	return a->opens == b->opens && (a->opens || a->best == b->best);
}

static void drop_useless(struct search *s, const struct lg_opens *as_is)
{
	size_t kept = 0;
	for (size_t i = 0; i < s->n; i++) {
		const struct lg_change *change = &s->list[i];
		bool useless = !change->opens && change->best <= as_is->best;
		for (size_t k = 0; k < kept; k++) useless = useless || in_vain(change, &s->list[k]);
		if (!useless) s->list[kept++] = s->list[i];
	}
	s->n = kept;
}

static int by_worth(const void *x, const void *y)
{
	const struct lg_change *a = x, *b = y;
	if (a->opens != b->opens) return a->opens > b->opens ? -1 : 1;
	if (a->best != b->best) return a->best > b->best ? -1 : 1;
	if (a->kind != b->kind) return a->kind < b->kind ? -1 : 1;
	if (a->what != b->what) return a->what < b->what ? -1 : 1;
	return (a->to > b->to) - (a->to < b->to);
}

enum lg_err lg_opens(struct lg_ctx *cx, const struct lg_opens_market *m, const struct lgm_candidate *c,
                     struct lg_opens *out)
{
	struct search s = { .cx = cx, .m = m, .c = c };
	*out = (struct lg_opens){ 0 };
	LG_TRY(weigh(&s, c, &out->feasible, &out->best));
	try_languages(&s);
	try_licences(&s);
	try_terms(&s);
	try_skills(&s);
	LG_TRY(weigh_all(&s, out));
	drop_useless(&s, out);
	if (s.n) qsort(s.list, s.n, sizeof *s.list, by_worth);
	out->changes = s.list;
	out->n = s.n;
	return LG_OK;
}
