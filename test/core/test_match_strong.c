/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* What is called strong, by what an opening can give; held against the comparison itself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/match_strong.h"
#include "invented.h"

/* One kind of work, one skill, nothing else in the world. */
static const uint16_t parents[1] = { 0 }, work[1] = { 0 }, skills[1] = { 0 };
static const uint8_t closeness[1] = { 100 };
static const struct lgm_skill needed[1] = { { 0, 100 } };

static struct lgm_setup small_world(void)
{
	struct lgm_setup s = lgm_setup_default();
	s.concepts = s.skills = s.languages = 1;
	s.parent = parents;
	s.closeness = closeness;
	return s;
}

static struct lgm_verdict weigh(const struct lgm_setup *s, const struct lgm_candidate *c, const struct lgm_opening *o)
{
	struct lgm_verdict v;
	lgm_compare(s, c, o, &v);
	return v;
}

static void a_plain_opening_has_strong_matches(void **state)
{
	(void)state;
	const struct lgm_setup s = small_world();
	const struct lgm_opening cleaning = {
		.hours = LGM_NO_HOURS, .start = LGM_NO_DATE, .positions = 1, .n_occupations = 1, .occupations = work
	};
	struct lgm_experience years = { 0, 4 };
	struct lgm_candidate c = { .commute = 3000,
		                   .start = LGM_NO_DATE,
		                   .contracts = 1,
		                   .hours_max = 400,
		                   .wants_work = true,
		                   .n_occupations = 1,
		                   .occupations = &years,
		                   .n_wishes = 1,
		                   .wishes = work };
	struct match_asked a = match_asked(&s, &cleaning);
	assert_int_equal(a.sum, 3000 + 1000 + 700);
	assert_int_equal(a.least_else, 1500 + 500 + 250 + 400);
	struct lgm_verdict v = weigh(&s, &c, &cleaning);
	assert_int_equal(match_got(&a, &v), 4700);
	assert_int_equal(match_strength(&a, &v), 10000);
	assert_true(v.score < 8000); /* which is why a plain threshold finds nobody */
	assert_true(match_is(&a, &v, MATCH_STRONG));
	years.years = 1; /* 1875 + 1000 + 700 of 4700 */
	v = weigh(&s, &c, &cleaning);
	assert_false(match_is(&a, &v, MATCH_STRONG));
	assert_true(match_is(&a, &v, MATCH_GOOD));
	years.years = 4;
	c.wants_work = false; /* a demand that fails */
	v = weigh(&s, &c, &cleaning);
	assert_int_equal(match_strength(&a, &v), 10000);
	assert_false(match_is(&a, &v, MATCH_STRONG));
}

static void what_is_asked_for_counts_and_nothing_else(void **state)
{
	(void)state;
	const struct lgm_setup s = small_world();
	struct lgm_language b1 = { 0, LGM_B1 }, c2 = { 0, LGM_C2 };
	struct lgm_opening o = { .hours = LGM_NO_HOURS,
		                 .n_occupations = 1,
		                 .occupations = work,
		                 .n_essential = 1,
		                 .essential = needed,
		                 .n_languages = 1,
		                 .languages = &b1 };
	assert_int_equal(match_asked(&s, &o).most[LGM_SURPLUS], 250); /* one language: four half steps of eight */
	o.languages = &c2;
	assert_int_equal(match_asked(&s, &o).most[LGM_SURPLUS], 62); /* only a mother tongue is above */
	o.n_languages = 0;
	assert_int_equal(match_asked(&s, &o).most[LGM_SURPLUS], 0);
	assert_int_equal(match_asked(&s, &o).sum, 3000 + 3000 + 1000 + 700);
	o.remote = true;
	assert_int_equal(match_asked(&s, &o).sum, 3000 + 3000 + 700);
	o.schedule.bits[5] = 1;
	assert_int_equal(match_asked(&s, &o).sum, 3000 + 3000 + 700 + 800);
	o.n_optional = 1, o.optional = needed;
	assert_int_equal(match_asked(&s, &o).sum, 3000 + 3000 + 1000 + 700 + 800);
}

static void who_says_nothing_of_the_work_has_no_strong_match(void **state)
{
	(void)state;
	const struct lgm_setup s = small_world();
	struct lgm_opening o = { .hours = LGM_NO_HOURS, .start = LGM_NO_DATE };
	const struct lgm_candidate c = { .commute = 3000,
		                         .start = LGM_NO_DATE,
		                         .contracts = 1,
		                         .wants_work = true,
		                         .n_skills = 1,
		                         .skills = skills };
	struct match_asked a = match_asked(&s, &o);
	struct lgm_verdict v = weigh(&s, &c, &o); /* next door */
	assert_int_equal(v.failed, 0);
	assert_false(match_is(&a, &v, MATCH_STRONG));
	assert_int_equal(match_strong_least(&a), UINT16_MAX);
	o.n_essential = 1, o.essential = needed; /* it says what has to be done */
	a = match_asked(&s, &o);
	v = weigh(&s, &c, &o);
	assert_true(match_is(&a, &v, MATCH_STRONG));
}

/* Over markets in which every field and list varies: no pair has more than the opening can give, what is not asked for
 * is the same for everybody but a wish, and the least score never hides a strong pair. */
static void it_is_what_the_comparison_gives(void **state)
{
	(void)state;
	size_t strong = 0, at_most = 0;
	for (uint64_t seed = 1; seed <= 5; seed++) {
		struct invented *m = invented_new(seed, 300, 200);
		if (seed % 2) invented_ease(m);
		for (size_t i = 0; i < m->n_openings; i++) {
			const struct lgm_opening *o = &m->openings[i];
			struct match_asked a = match_asked(&m->setup, o);
			for (size_t k = 0; k < m->n_candidates; k++) {
				struct lgm_verdict v = weigh(&m->setup, &m->candidates[k], o);
				unsigned rest = 0;
				for (unsigned p = 0; p < LGM_PARTS; p++) {
					if (a.most[p]) assert_true(v.part[p] <= a.most[p]);
					if (!a.most[p]) rest += v.part[p];
				}
				assert_int_equal(match_got(&a, &v) + rest, v.score);
				assert_true(rest >= a.least_else && rest <= a.least_else + m->setup.weight[LGM_WISH]);
				if (!match_is(&a, &v, MATCH_STRONG)) continue;
				strong++;
				assert_true(match_is(&a, &v, MATCH_GOOD));
				assert_true(v.score >= match_strong_least(&a));
				at_most += match_strength(&a, &v) <= 10000;
			}
		}
		invented_free(m);
	}
	assert_int_equal(at_most, strong);
	assert_true(strong > 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_plain_opening_has_strong_matches),
		cmocka_unit_test(what_is_asked_for_counts_and_nothing_else),
		cmocka_unit_test(who_says_nothing_of_the_work_has_no_strong_match),
		cmocka_unit_test(it_is_what_the_comparison_gives),
	};
	return cmocka_run_group_tests_name("match strong", tests, NULL, NULL);
}
