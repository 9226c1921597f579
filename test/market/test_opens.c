/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "invented.h"
#include "market/opens.h"

enum { CANDIDATES = 60, OPENINGS = 500, TODAY = -100, WEEK = 1680 };

/** An invented market, an index of its openings, and memory for the answers. */
struct scene {
	struct lg_ctx cx;
	struct invented *m;
	struct lgm_index *index;
	struct lg_opens_market in;
};

static int begin(void **state)
{
	struct scene *s = calloc(1, sizeof *s);
	if (!s) return -1;
	s->cx.mem = lg_arena_new(0, NULL);
	s->m = invented_new(11, CANDIDATES, OPENINGS);
	*state = s;
	s->in = (struct lg_opens_market){
		.setup = &s->m->setup, .openings = s->m->openings, .n_openings = OPENINGS, .today = TODAY
	};
	if (lgm_index_new(&s->index, &s->m->setup, NULL, 0, s->m->openings, OPENINGS, NULL) != LGM_OK) return -1;
	s->in.index = s->index;
	return 0;
}

static int end(void **state)
{
	struct scene *s = *state;
	lgm_index_free(s->index);
	invented_free(s->m);
	lg_arena_free(s->cx.mem);
	free(s);
	return 0;
}

/* The plain way: compare with every opening. */
struct count {
	uint64_t feasible;
	uint16_t best;
};
static struct count count(const struct scene *s, const struct lgm_candidate *c)
{
	struct count out = { 0 };
	for (size_t i = 0; i < s->in.n_openings; i++) {
		struct lgm_verdict v;
		lgm_compare(s->in.setup, c, &s->in.openings[i], &v);
		if (v.failed) continue;
		out.feasible++;
		if (v.score > out.best) out.best = v.score;
	}
	return out;
}

static struct lg_opens opens(struct scene *s, const struct lgm_candidate *c)
{
	struct lg_opens out;
	assert_int_equal(lg_opens(&s->cx, &s->in, c, &out), LG_OK);
	return out;
}

/* A candidate with the change, made here in another way than there: all lists anew, sorted by filling a table. */
static struct lgm_candidate changed(struct scene *s, const struct lgm_candidate *c, const struct lg_change *change)
{
	struct lgm_candidate out = *c;
	uint8_t level[256] = { 0 }, held[256] = { 0 };
	bool skill[256] = { false };
	for (size_t i = 0; i < c->n_languages; i++) level[c->languages[i].language] = c->languages[i].level;
	for (size_t i = 0; i < c->n_licences; i++) held[c->licences[i].licence] = c->licences[i].held ? 2 : 1;
	for (size_t i = 0; i < c->n_skills; i++) skill[c->skills[i]] = true;
	if (change->kind == LG_LEARN_LANGUAGE) level[change->what] = (uint8_t)change->to;
	if (change->kind == LG_GET_LICENCE) held[change->what] = 2;
	if (change->kind == LG_LEARN_SKILL) skill[change->what] = true;
	if (change->kind == LG_TRAVEL) out.commute = change->to;
	if (change->kind == LG_ANY_HOURS) out.hours_min = 0, out.hours_max = WEEK;
	if (change->kind == LG_TAKE_CONTRACT) out.contracts = (uint16_t)(c->contracts | 1u << change->what);
	if (change->kind == LG_START) out.start = TODAY;
	struct lgm_language *languages = lg_array(s->cx.mem, 256, sizeof *languages);
	struct lgm_licence *licences = lg_array(s->cx.mem, 256, sizeof *licences);
	uint16_t *skills = lg_array(s->cx.mem, 256, sizeof *skills);
	out.n_languages = out.n_licences = out.n_skills = 0;
	for (unsigned i = 0; i < 256; i++) {
		if (level[i]) languages[out.n_languages++] = (struct lgm_language){ (uint8_t)i, level[i] };
		if (held[i]) licences[out.n_licences++] = (struct lgm_licence){ (uint16_t)i, held[i] == 2 };
		if (skill[i]) skills[out.n_skills++] = (uint16_t)i;
	}
	out.languages = languages;
	out.licences = licences;
	out.skills = skills;
	return out;
}

static const struct lg_change *find(const struct lg_opens *o, enum lg_change_kind kind, unsigned what, uint32_t to)
{
	for (size_t i = 0; i < o->n; i++)
		if (o->changes[i].kind == kind && o->changes[i].what == what && o->changes[i].to == to)
			return &o->changes[i];
	return NULL;
}

static void the_counts_are_those_of_plain_comparison(void **state)
{
	struct scene *s = *state;
	uint64_t opened[LG_CHANGES] = { 0 }, better[LG_CHANGES] = { 0 };
	for (size_t i = 0; i < CANDIDATES; i++) {
		const struct lgm_candidate *c = &s->m->candidates[i];
		struct lg_opens o = opens(s, c);
		struct count before = count(s, c);
		assert_int_equal(o.feasible, before.feasible);
		assert_int_equal(o.best, before.best);
		for (size_t k = 0; k < o.n; k++) {
			struct lgm_candidate after = changed(s, c, &o.changes[k]);
			struct count now = count(s, &after);
			assert_int_equal(o.changes[k].opens, now.feasible - before.feasible);
			assert_int_equal(o.changes[k].best, now.best);
			assert_true(now.feasible > before.feasible || now.best > before.best);
			opened[o.changes[k].kind] += o.changes[k].opens;
			better[o.changes[k].kind] += now.best - before.best;
		}
	}
	for (unsigned k = 0; k < LG_CHANGES; k++) {
		assert_true(better[k] > 0);
		if (k != LG_LEARN_SKILL) assert_true(opened[k] > 0);
	}
	assert_int_equal(opened[LG_LEARN_SKILL], 0); /* no skill is a hard demand */
}

static void same_lists(const struct lgm_candidate *a, const struct lgm_candidate *b)
{
	assert_int_equal(a->n_languages, b->n_languages);
	assert_int_equal(a->n_licences, b->n_licences);
	assert_int_equal(a->n_skills, b->n_skills);
	for (size_t i = 0; i < a->n_languages; i++) {
		assert_int_equal(a->languages[i].language, b->languages[i].language);
		assert_int_equal(a->languages[i].level, b->languages[i].level);
	}
	for (size_t i = 0; i < a->n_licences; i++) {
		assert_int_equal(a->licences[i].licence, b->licences[i].licence);
		assert_int_equal(a->licences[i].held, b->licences[i].held);
	}
	for (size_t i = 0; i < a->n_skills; i++) assert_int_equal(a->skills[i], b->skills[i]);
}

static void a_changed_candidate_keeps_its_contract_and_the_rest(void **state)
{
	struct scene *s = *state;
	for (size_t i = 0; i < CANDIDATES; i++) {
		const struct lgm_candidate *c = &s->m->candidates[i];
		struct lg_opens o = opens(s, c);
		for (size_t k = 0; k < o.n; k++) {
			struct lgm_candidate made = lg_change_made(s->cx.mem, c, &o.changes[k]);
			struct lgm_candidate wanted = changed(s, c, &o.changes[k]);
			assert_null(lgm_candidate_fault(s->in.setup, &made));
			same_lists(&made, &wanted);
			assert_int_equal(made.commute, wanted.commute);
			assert_int_equal(made.hours_min, wanted.hours_min);
			assert_int_equal(made.hours_max, wanted.hours_max);
			assert_int_equal(made.contracts, wanted.contracts);
			assert_int_equal(made.start, wanted.start);
			assert_ptr_equal(made.occupations, c->occupations);
			assert_ptr_equal(made.wishes, c->wishes);
		}
	}
}

/* What brute force finds to give something is on the list, and the rest is not. */
static void expect(struct scene *s, const struct lgm_candidate *c, const struct lg_opens *o, struct lg_change change)
{
	struct lgm_candidate after = changed(s, c, &change);
	struct count now = count(s, &after);
	bool gives = now.feasible > o->feasible || now.best > o->best;
	assert_int_equal(find(o, change.kind, change.what, change.to) != NULL, gives);
}

static void nothing_that_gives_something_is_forgotten(void **state)
{
	struct scene *s = *state;
	for (size_t i = 0; i < CANDIDATES; i++) {
		const struct lgm_candidate *c = &s->m->candidates[i];
		struct lg_opens o = opens(s, c);
		for (unsigned l = 0; l < s->in.setup->licences; l++)
			expect(s, c, &o, (struct lg_change){ .kind = LG_GET_LICENCE, .what = (uint16_t)l });
		for (unsigned k = 0; k < LGM_CONTRACTS; k++)
			expect(s, c, &o, (struct lg_change){ .kind = LG_TAKE_CONTRACT, .what = (uint16_t)k });
		expect(s, c, &o, (struct lg_change){ .kind = LG_ANY_HOURS });
		if (c->commute + 1000 <= LGM_COMMUTE_MAX)
			expect(s, c, &o, (struct lg_change){ .kind = LG_TRAVEL, .to = c->commute + 1000 });
		if (c->start != LGM_NO_DATE) expect(s, c, &o, (struct lg_change){ .kind = LG_START });
	}
}

/* The smallest level that opens as many as the highest is on the list. */
static void the_least_level_that_is_enough_is_named(void **state)
{
	struct scene *s = *state;
	size_t seen = 0;
	for (size_t i = 0; i < CANDIDATES; i++) {
		const struct lgm_candidate *c = &s->m->candidates[i];
		struct lg_opens o = opens(s, c);
		for (unsigned l = 0; l < s->in.setup->languages; l++) {
			struct lg_change top = { .kind = LG_LEARN_LANGUAGE, .what = (uint16_t)l, .to = LGM_NATIVE };
			struct lgm_candidate most = changed(s, c, &top);
			uint64_t wanted = count(s, &most).feasible;
			for (top.to = 1; wanted > o.feasible && top.to <= LGM_NATIVE; top.to++) {
				struct lgm_candidate after = changed(s, c, &top);
				if (count(s, &after).feasible < wanted) continue;
				assert_non_null(find(&o, top.kind, l, top.to));
				for (uint32_t more = top.to + 1; more <= LGM_NATIVE; more++)
					assert_null(find(&o, top.kind, l, more));
				seen++;
				break;
			}
		}
	}
	assert_true(seen > 10);
}

static void the_best_comes_first(void **state)
{
	struct scene *s = *state;
	for (size_t i = 0; i < CANDIDATES; i++) {
		struct lg_opens o = opens(s, &s->m->candidates[i]);
		for (size_t k = 1; k < o.n; k++) {
			const struct lg_change *a = &o.changes[k - 1], *b = &o.changes[k];
			assert_true(a->opens > b->opens || (a->opens == b->opens && a->best >= b->best));
		}
	}
}

static void who_seeks_no_work_finds_nothing_open(void **state)
{
	struct scene *s = *state;
	struct lgm_candidate c = s->m->candidates[0];
	c.wants_work = false;
	struct lg_opens o = opens(s, &c);
	assert_int_equal(o.feasible, 0);
	assert_int_equal(o.n, 0);
}

static void no_openings_no_changes(void **state)
{
	struct scene *s = *state;
	struct lgm_index *none;
	assert_int_equal(lgm_index_new(&none, &s->m->setup, NULL, 0, NULL, 0, NULL), LGM_OK);
	struct lg_opens_market in = s->in;
	in.index = none;
	in.n_openings = 0;
	struct lg_opens o;
	assert_int_equal(lg_opens(&s->cx, &in, &s->m->candidates[0], &o), LG_OK);
	assert_int_equal(o.feasible, 0);
	assert_int_equal(o.n, 0);
	lgm_index_free(none);
}

static void a_candidate_that_breaks_its_contract_is_a_fault(void **state)
{
	struct scene *s = *state;
	struct lgm_candidate c = s->m->candidates[0];
	struct lg_opens o;
	c.commute = LGM_COMMUTE_MAX + 1;
	assert_int_equal(lg_opens(&s->cx, &s->in, &c, &o), LG_FAULT);
	assert_non_null(s->cx.notes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_counts_are_those_of_plain_comparison, begin, end),
		cmocka_unit_test_setup_teardown(a_changed_candidate_keeps_its_contract_and_the_rest, begin, end),
		cmocka_unit_test_setup_teardown(nothing_that_gives_something_is_forgotten, begin, end),
		cmocka_unit_test_setup_teardown(the_least_level_that_is_enough_is_named, begin, end),
		cmocka_unit_test_setup_teardown(the_best_comes_first, begin, end),
		cmocka_unit_test_setup_teardown(who_seeks_no_work_finds_nothing_open, begin, end),
		cmocka_unit_test_setup_teardown(no_openings_no_changes, begin, end),
		cmocka_unit_test_setup_teardown(a_candidate_that_breaks_its_contract_is_a_fault, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
