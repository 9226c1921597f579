/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* For each person without a place, one look at the openings that lie near: whichever lacks just one thing counts for
   the lever that gives this thing, at the score the pair would have then. */
#include "market/levers.h"

#include <stdlib.h>
#include <string.h>

#include "market/levers_inner.h"
#include "market/vec.h"

enum { CHUNK = 32, STEPS = LG_LEVER_STEPS, WHOLE_LEVEL = 2 };
static const uint32_t farther[LG_LEVER_FARTHER] = { 1000, 2500 }; /* steps of 10 m */
#define NO_LEVER UINT32_MAX

/* ------------------------------------------------------------------------------------------- what may be tried */

/* The step-th whole level of the CEFR above `from`: A1, A2, B1, B2, C1, C2; LGM_LEVELS when there is none. */
static unsigned target(unsigned from, unsigned step)
{
	unsigned to = from < LGM_A1 ? LGM_A1 : (from / WHOLE_LEVEL + 1) * WHOLE_LEVEL;
	to += step * WHOLE_LEVEL;
	return to <= LGM_C2 ? to : LGM_LEVELS;
}

static uint32_t add_lever(struct lg_levers *l, struct lg_lever lever)
{
	l->all[l->n] = lever;
	return (uint32_t)l->n++;
}

static void add_language(struct lg_levers *l, unsigned language)
{
	l->language[language] = (uint32_t)l->n;
	for (uint32_t from = LGM_LEVEL_NONE; from < LGM_LEVELS; from++)
		for (uint32_t step = 0; step < STEPS; step++)
			(void)add_lever(l, (struct lg_lever){ .kind = LG_LEARN_LANGUAGE,
			                                      .what = (uint16_t)language,
			                                      .from = from,
			                                      .to = target(from, step) });
}

/* Count what the openings ask for. */
static void count_asked(const struct lg_levers_market *m, uint32_t *languages, uint32_t *licences, uint32_t *skills)
{
	for (size_t i = 0; i < m->n_openings; i++) {
		const struct lgm_opening *o = &m->openings[i];
		for (size_t k = 0; k < o->n_languages; k++) languages[o->languages[k].language]++;
		for (size_t k = 0; k < o->n_licences; k++) licences[o->licences[k]]++;
		for (size_t k = 0; k < o->n_essential; k++) skills[o->essential[k].skill]++;
		for (size_t k = 0; k < o->n_optional; k++) skills[o->optional[k].skill]++;
	}
}

/* The occupations of the opening, and all that are close to them, for each licence it asks for. */
static void note_trained(struct lg_ctx *cx, struct lg_levers *l, const struct lgm_opening *o)
{
	const struct lgm_setup *s = l->m.setup;
	size_t words = (size_t)s->concepts / 64 + 1;
	for (size_t i = 0; i < o->n_licences; i++) {
		uint64_t **set = &l->trained[o->licences[i]];
		if (!*set) *set = lg_array(cx->mem, 2 * words, sizeof **set);
		uint64_t *noted = *set + words; /* behind it: the occupations whose close ones are in it already */
		for (size_t k = 0; k < o->n_occupations; k++) {
			uint16_t wanted = o->occupations[k];
			if (noted[wanted / 64] >> (wanted % 64) & 1u) continue;
			noted[wanted / 64] |= 1ull << (wanted % 64);
			for (size_t a = 0; a < s->concepts; a++)
				if (s->closeness[(size_t)wanted * s->concepts + a] >= LG_LEVERS_TRAINED)
					(*set)[a / 64] |= 1ull << (a % 64);
		}
	}
}

/* Those asked for most; of equal ones the smaller number. */
static void add_skills(struct lg_levers *l, uint32_t *asked)
{
	for (unsigned i = 0; i < LG_LEVERS_SKILLS; i++) {
		unsigned most = 0;
		for (unsigned k = 1; k < l->m.setup->skills; k++)
			if (asked[k] > asked[most]) most = k;
		if (!l->m.setup->skills || !asked[most]) return;
		asked[most] = 0;
		l->skill[most] = add_lever(l, (struct lg_lever){ .kind = LG_LEARN_SKILL, .what = (uint16_t)most });
	}
}

static void make_list(struct lg_ctx *cx, struct lg_levers *l)
{
	const struct lgm_setup *s = l->m.setup;
	size_t most = (size_t)256 * LGM_LEVELS * STEPS + s->licences + LG_LEVERS_SKILLS + LG_LEVER_FARTHER;
	uint32_t *languages = lg_array(cx->mem, 256, sizeof *languages);
	uint32_t *licences = lg_array(cx->mem, (size_t)s->licences + 1, sizeof *licences);
	uint32_t *skills = lg_array(cx->mem, (size_t)s->skills + 1, sizeof *skills);
	l->all = lg_array(cx->mem, most, sizeof *l->all);
	l->language = lg_array(cx->mem, 256, sizeof *l->language);
	l->licence = lg_array(cx->mem, (size_t)s->licences + 1, sizeof *l->licence);
	l->skill = lg_array(cx->mem, (size_t)s->skills + 1, sizeof *l->skill);
	memset(l->language, 0xFF, 256 * sizeof *l->language);
	memset(l->licence, 0xFF, s->licences * sizeof *l->licence);
	memset(l->skill, 0xFF, s->skills * sizeof *l->skill);
	count_asked(&l->m, languages, licences, skills);
	for (unsigned i = 0; i < 256; i++)
		if (languages[i]) add_language(l, i);
	for (unsigned i = 0; i < s->licences; i++)
		if (licences[i])
			l->licence[i] = add_lever(l, (struct lg_lever){ .kind = LG_GET_LICENCE, .what = (uint16_t)i });
	l->trained = lg_array(cx->mem, (size_t)s->licences + 1, sizeof *l->trained);
	for (size_t i = 0; i < l->m.n_openings; i++) note_trained(cx, l, &l->m.openings[i]);
	add_skills(l, skills);
	l->travel = (uint32_t)l->n;
	for (unsigned i = 0; i < LG_LEVER_FARTHER; i++)
		(void)add_lever(l, (struct lg_lever){ .kind = LG_TRAVEL, .to = farther[i] });
}

/* Points of each opening's skills, the essential ones first. */
static void make_points(struct lg_ctx *cx, struct lg_levers *l)
{
	const struct lg_levers_market *m = &l->m;
	size_t n = 0;
	l->points_at = lg_array(cx->mem, m->n_openings + 1, sizeof *l->points_at);
	for (size_t i = 0; i < m->n_openings; i++) {
		l->points_at[i] = n;
		n += (size_t)m->openings[i].n_essential + m->openings[i].n_optional;
	}
	l->points = lg_array(cx->mem, n + 1, sizeof *l->points);
	for (size_t i = 0; i < m->n_openings; i++) {
		const struct lgm_opening *o = &m->openings[i];
		uint16_t *at = l->points + l->points_at[i];
		lgm_skill_points(m->setup->weight[LGM_ESSENTIAL], o->essential, o->n_essential, at);
		lgm_skill_points(m->setup->weight[LGM_OPTIONAL], o->optional, o->n_optional, at + o->n_essential);
	}
}

static void free_gains(void *worker) { free(((struct lg_lever_worker *)worker)->gains); }

struct lg_levers *lg_levers_new(struct lg_ctx *cx, const struct lg_levers_market *m, size_t workers)
{
	struct lg_levers *l = lg_alloc(cx->mem, sizeof *l);
	l->m = *m;
	make_list(cx, l);
	make_points(cx, l);
	l->words = (m->n_openings + 63) / 64;
	l->n_workers = workers;
	l->workers = lg_array(cx->mem, workers, sizeof *l->workers);
	for (size_t i = 0; i < workers; i++) {
		struct lg_lever_worker *w = &l->workers[i];
		w->tally = lg_array(cx->mem, l->n + 1, sizeof *w->tally);
		w->person = lg_array(cx->mem, l->n + 1, sizeof *w->person);
		w->touched = lg_array(cx->mem, l->n + 1, sizeof *w->touched);
		w->opened = lg_array(cx->mem, l->n * l->words + 1, sizeof *w->opened);
		w->has = lg_array(cx->mem, (size_t)m->setup->skills + 1, sizeof *w->has);
		w->l = l;
		lg_defer(cx->mem, free_gains, w);
	}
	return l;
}

/* ------------------------------------------------------------------------------------------------- one person */

/* With the lever the pair would score so much. `open`: it could not be proposed without. */
static void count(struct lg_lever_worker *w, uint32_t lever, uint32_t opening, int64_t score, bool open)
{
	const struct lg_levers_market *m = &w->l->m;
	struct lg_lever_person *p = &w->person[lever];
	if (score < m->setup->reserve) return;
	if (!p->touched) {
		p->touched = true;
		w->touched[w->n_touched++] = lever;
	}
	int64_t gain = m->bonus + score - m->price[opening];
	if (gain > p->gain) p->gain = gain;
	if (!open) return;
	p->pairs++;
	w->opened[lever * w->l->words + opening / 64] |= 1ull << (opening % 64);
}

/* The part of a score that knowing more of the languages than is asked gives: see lgm_compare(). */
static int64_t surplus(const struct lg_lever_worker *w, const struct lgm_opening *o)
{
	enum { MOST_EACH = 4, MOST = 8 };
	int64_t steps = 0;
	for (size_t i = 0; i < o->n_languages; i++) {
		int64_t above = (int64_t)w->level[o->languages[i].language] - o->languages[i].level;
		if (above > 0) steps += above < MOST_EACH ? above : MOST_EACH;
	}
	return w->l->m.setup->weight[LGM_SURPLUS] * (steps < MOST ? steps : MOST) / MOST;
}

/* Raise a language that the opening asks for, to each level that is enough for it. */
static void try_language(struct lg_lever_worker *w, const struct lgm_opening *o, struct lgm_language asked,
                         int64_t score, bool open)
{
	unsigned from = w->level[asked.language];
	int64_t before = surplus(w, o);
	for (unsigned step = 0; step < STEPS; step++) {
		unsigned to = target(from, step);
		if (to < asked.level || to == LGM_LEVELS) continue;
		w->level[asked.language] = (uint8_t)to;
		int64_t with = score - before + surplus(w, o);
		if (with > score || open)
			count(w, w->l->language[asked.language] + from * STEPS + step, o->id, with, open);
	}
	w->level[asked.language] = (uint8_t)from;
}

static void lacks_language(struct lg_lever_worker *w, const struct lgm_opening *o, int64_t score)
{
	struct lgm_language lacking = { 0, 0 };
	unsigned n = 0;
	for (size_t i = 0; i < o->n_languages; i++) {
		if (w->level[o->languages[i].language] >= o->languages[i].level) continue;
		lacking = o->languages[i];
		n++;
	}
	if (n == 1) try_language(w, o, lacking, score, true);
}

static bool licence_will_do(const struct lgm_candidate *c, uint16_t licence, bool pending_will_do)
{
	for (size_t i = 0; i < c->n_licences; i++)
		if (c->licences[i].licence == licence) return c->licences[i].held || pending_will_do;
	return false;
}

/* Might it be recognised for this person? */
static bool may_hold(const struct lg_lever_worker *w, uint16_t licence)
{
	const struct lgm_candidate *c = w->c;
	const uint64_t *trained = w->l->trained[licence];
	for (size_t i = 0; i < c->n_licences; i++)
		if (c->licences[i].licence == licence) return true;
	for (size_t i = 0; i < c->n_occupations; i++) {
		uint16_t a = c->occupations[i].occupation;
		if (trained[a / 64] >> (a % 64) & 1u) return true;
	}
	return false;
}

static void lacks_licence(struct lg_lever_worker *w, const struct lgm_opening *o, int64_t score)
{
	uint16_t lacking = 0;
	unsigned n = 0;
	for (size_t i = 0; i < o->n_licences; i++) {
		if (licence_will_do(w->c, o->licences[i], o->assistant_allowed)) continue;
		lacking = o->licences[i];
		n++;
	}
	if (n == 1 && may_hold(w, lacking)) count(w, w->l->licence[lacking], o->id, score, true);
}

static void lies_beyond(struct lg_lever_worker *w, const struct lgm_opening *o, uint32_t distance, int64_t score)
{
	for (unsigned i = 0; i < LG_LEVER_FARTHER; i++) {
		uint32_t reach = w->c->commute + farther[i];
		if (reach <= LGM_COMMUTE_MAX && distance <= reach) count(w, w->l->travel + i, o->id, score, true);
	}
}

/* Nothing is lacking; but with more the score would be better, and perhaps reach the reserve. */
static void lacks_nothing(struct lg_lever_worker *w, const struct lgm_opening *o, int64_t score)
{
	const uint16_t *points = w->l->points + w->l->points_at[o->id];
	bool open = score < w->l->m.setup->reserve;
	w->open += !open;
	for (size_t i = 0; i < o->n_languages; i++) try_language(w, o, o->languages[i], score, open);
	for (size_t i = 0; i < (size_t)o->n_essential + o->n_optional; i++) {
		uint16_t skill = i < o->n_essential ? o->essential[i].skill : o->optional[i - o->n_essential].skill;
		uint32_t lever = w->l->skill[skill];
		if (lever != NO_LEVER && !w->has[skill] && points[i]) count(w, lever, o->id, score + points[i], open);
	}
}

/* The candidate was asked about with the longest commute of all levers: was it needed? */
static void look_at(void *self, const struct lgm_near *near)
{
	struct lg_lever_worker *w = self;
	const struct lgm_opening *o = &w->l->m.openings[near->opening];
	uint32_t distance = o->remote ? 0 : lgm_distance_m(&w->c->place, &o->place) / 10;
	if (distance > w->c->commute) {
		if (!near->failed) lies_beyond(w, o, distance, near->score);
	} else if (near->failed == 1u << LGM_NEEDS_LANGUAGE) {
		lacks_language(w, o, near->score);
	} else if (near->failed == 1u << LGM_NEEDS_LICENCE) {
		lacks_licence(w, o, near->score);
	} else {
		lacks_nothing(w, o, near->score);
	}
}

static void toggle_lists(struct lg_lever_worker *w, const struct lgm_candidate *c, bool in)
{
	for (size_t i = 0; i < c->n_languages; i++) w->level[c->languages[i].language] = in ? c->languages[i].level : 0;
	for (size_t i = 0; i < c->n_skills; i++) w->has[c->skills[i]] = in;
}

/* Add what one lever does for this person to the worker's sums. */
static void sum_up(struct lg_lever_worker *w, uint32_t lever)
{
	struct lg_lever_person *p = &w->person[lever];
	struct lg_lever *t = &w->tally[lever];
	int64_t bonus = w->l->m.bonus;
	bool places = bonus && p->gain >= bonus / 2;
	t->people += p->pairs > 0;
	t->pairs += p->pairs;
	t->shut += p->pairs && !w->open;
	t->gainers += p->gain > 0;
	t->blocks += places;
	t->value += p->gain - (places ? bonus : 0);
	if (p->gain > 0) {
		w->gains = vec_room(w->gains, w->n_gains, &w->cap_gains, sizeof *w->gains);
		w->gains[w->n_gains++] = (struct lg_lever_gain){ p->gain, lever, w->c->id };
	}
	*p = (struct lg_lever_person){ 0 };
}

static void look_for(struct lg_lever_worker *w, const struct lgm_candidate *c)
{
	const uint16_t forgiven = 1u << LGM_NEEDS_LANGUAGE | 1u << LGM_NEEDS_LICENCE;
	struct lgm_candidate far = *c;
	far.commute += farther[LG_LEVER_FARTHER - 1];
	if (far.commute > LGM_COMMUTE_MAX) far.commute = LGM_COMMUTE_MAX;
	if (!c->wants_work) return;
	w->c = c;
	w->open = 0;
	toggle_lists(w, c, true);
	if (lgm_each_near(w->l->m.index, &far, forgiven, look_at, w)) w->failed = true;
	for (size_t i = 0; i < w->n_touched; i++) sum_up(w, w->touched[i]);
	w->n_touched = 0;
	toggle_lists(w, c, false);
}

size_t lg_levers_units(const struct lg_levers *l) { return (l->m.n_without + CHUNK - 1) / CHUNK; }

void lg_levers_work(struct lg_levers *l, size_t worker, size_t unit)
{
	for (size_t i = unit * CHUNK; i < (unit + 1) * CHUNK && i < l->m.n_without; i++)
		look_for(&l->workers[worker], &l->m.candidates[l->m.without[i]]);
}

/* --------------------------------------------------------------------------------------------------- the end */

static int by_lever(const void *x, const void *y)
{
	const struct lg_lever_gain *a = x, *b = y;
	if (a->lever != b->lever) return a->lever < b->lever ? -1 : 1;
	if (a->gain != b->gain) return a->gain > b->gain ? -1 : 1;
	return (a->person > b->person) - (a->person < b->person);
}

static void merge_gains(struct lg_ctx *cx, struct lg_levers *l)
{
	for (size_t i = 0; i < l->n_workers; i++) l->n_gains += l->workers[i].n_gains;
	l->gains = lg_array(cx->mem, l->n_gains + 1, sizeof *l->gains);
	size_t n = 0;
	for (size_t i = 0; i < l->n_workers; i++) {
		const struct lg_lever_worker *w = &l->workers[i];
		if (w->n_gains) memcpy(l->gains + n, w->gains, w->n_gains * sizeof *l->gains);
		n += w->n_gains;
	}
	if (n) qsort(l->gains, n, sizeof *l->gains, by_lever);
}

static void merge_tallies(struct lg_levers *l, size_t lever)
{
	struct lg_lever *to = &l->all[lever];
	for (size_t i = 0; i < l->n_workers; i++) {
		const struct lg_lever *t = &l->workers[i].tally[lever];
		to->people += t->people;
		to->pairs += t->pairs;
		to->shut += t->shut;
		to->gainers += t->gainers;
		to->blocks += t->blocks;
		to->value += t->value;
	}
	for (size_t k = 0; to->pairs && k < l->words; k++) {
		uint64_t any = 0;
		for (size_t i = 0; i < l->n_workers; i++) any |= l->workers[i].opened[lever * l->words + k];
		to->openings += (uint64_t)__builtin_popcountll(any);
	}
}

static int more_first(uint64_t a, uint64_t b) { return (a < b) - (a > b); }
static int less_first(uint64_t a, uint64_t b) { return (a > b) - (a < b); }

/* The bonus outweighs any sum of scores, so the number of those who bring a placement goes before the rest. */
static int by_worth(const void *x, const void *y)
{
	const struct lg_lever *a = x, *b = y;
	const int order[] = { more_first(a->blocks, b->blocks), (a->value < b->value) - (a->value > b->value),
		              more_first(a->people, b->people), more_first(a->pairs, b->pairs),
		              less_first(a->kind, b->kind),     less_first(a->what, b->what),
		              less_first(a->from, b->from),     less_first(a->to, b->to) };
	for (size_t i = 0; i < sizeof order / sizeof *order; i++)
		if (order[i]) return order[i];
	return 0;
}

enum lg_err lg_levers_end(struct lg_ctx *cx, struct lg_levers *l, struct lg_lever **out, size_t *n)
{
	for (size_t i = 0; i < l->n_workers; i++)
		if (l->workers[i].failed) return lg_fail(cx, LG_FAULT, "", "the engine refused a candidate");
	merge_gains(cx, l);
	*out = lg_array(cx->mem, l->n + 1, sizeof **out);
	*n = 0;
	for (size_t i = 0; i < l->n; i++) {
		merge_tallies(l, i);
		if (l->all[i].people || l->all[i].gainers) (*out)[(*n)++] = l->all[i];
	}
	if (*n) qsort(*out, *n, sizeof **out, by_worth);
	return LG_OK;
}

static uint32_t number_of(const struct lg_levers *l, const struct lg_lever *lever)
{
	uint32_t i = 0;
	for (; i < l->n; i++) {
		const struct lg_lever *a = &l->all[i];
		if (a->kind == lever->kind && a->what == lever->what && a->from == lever->from && a->to == lever->to)
			break;
	}
	lg_assert(i < l->n); /* it is one of ours */
	return i;
}

size_t lg_levers_gains(const struct lg_levers *l, const struct lg_lever *lever, const struct lg_lever_gain **out)
{
	uint32_t number = number_of(l, lever);
	size_t first = 0, n = 0;
	while (first < l->n_gains && l->gains[first].lever != number) first++;
	while (first + n < l->n_gains && l->gains[first + n].lever == number) n++;
	*out = l->gains + first;
	return n;
}
