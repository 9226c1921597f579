/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* The reference itself: each demand on both sides of its border, each part by its formula. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "invented.h"

/* 0 all work; 1 care, 2 cleaning; 3 nurse and 4 helper in care, 5 cleaner. */
static const uint16_t parent[] = { 0, 0, 0, 1, 1, 2 };
static uint8_t closeness[6 * 6];

static struct lgm_experience nurse[] = { { 3, 4 } };
static uint16_t care[] = { 1 }, nursing[] = { 3 };
static struct lgm_language danish_b1[] = { { 0, LGM_B1 } };

struct pair {
	struct lgm_setup setup;
	struct lgm_candidate c;
	struct lgm_opening o;
	struct lgm_verdict v;
};

static void compare(struct pair *p)
{
	assert_null(lgm_setup_fault(&p->setup));
	assert_null(lgm_candidate_fault(&p->setup, &p->c));
	assert_null(lgm_opening_fault(&p->setup, &p->o));
	lgm_compare(&p->setup, &p->c, &p->o, &p->v);
	unsigned sum = 0;
	for (unsigned i = 0; i < LGM_PARTS; i++) {
		assert_true(p->v.part[i] <= p->setup.weight[i]);
		sum += p->v.part[i];
	}
	assert_int_equal(p->v.score, sum);
}

/* A pair that meets every demand and asks nothing. */
static struct pair plain(void)
{
	struct pair p = { .setup = lgm_setup_default() };
	memset(closeness, 0, sizeof closeness);
	for (unsigned i = 0; i < 6; i++) closeness[i * 6 + i] = 100;
	closeness[3 * 6 + 4] = 40;
	p.setup.concepts = 6;
	p.setup.skills = 50;
	p.setup.languages = 3;
	p.setup.licences = 3;
	p.setup.parent = parent;
	p.setup.closeness = closeness;
	p.c = (struct lgm_candidate){
		.commute = 3000, .start = LGM_NO_DATE, .contracts = 1u << LGM_JOB, .hours_max = 1680, .wants_work = true
	};
	memset(&p.c.free, 0xFF, sizeof p.c.free);
	p.c.free.bits[5] = 0xFFFF;
	assert_true(lgm_place_at(&p.c.place, 55676000, 12568000));
	p.o = (struct lgm_opening){
		.place = p.c.place, .start = LGM_NO_DATE, .contract = LGM_JOB, .hours = LGM_NO_HOURS, .positions = 1
	};
	return p;
}

static void assert_fails(struct pair *p, unsigned demands)
{
	compare(p);
	assert_int_equal(p->v.failed, demands);
}

static void silence_gives_half_of_every_part(void **state)
{
	(void)state;
	struct pair p = plain();
	assert_fails(&p, 0);
	assert_int_equal(p.v.part[LGM_OCCUPATION], 1500);
	assert_int_equal(p.v.part[LGM_ESSENTIAL], 1500);
	assert_int_equal(p.v.part[LGM_OPTIONAL], 500);
	assert_int_equal(p.v.part[LGM_SURPLUS], 250);
	assert_int_equal(p.v.part[LGM_DISTANCE], 1000); /* next door */
	assert_int_equal(p.v.part[LGM_WISH], 350);
	assert_int_equal(p.v.part[LGM_SCHEDULE], 400);
}

static void who_does_not_want_work_is_matched_with_nothing(void **state)
{
	(void)state;
	struct pair p = plain();
	p.c.wants_work = false;
	assert_fails(&p, 1u << LGM_WANTS_WORK);
}

static void a_licence_must_be_held_or_pending_for_an_assistant(void **state)
{
	(void)state;
	struct pair p = plain();
	uint16_t needed[] = { 1 };
	struct lgm_licence has[] = { { 1, false } };
	p.o.licences = needed;
	p.o.n_licences = 1;
	assert_fails(&p, 1u << LGM_NEEDS_LICENCE);
	p.c.licences = has;
	p.c.n_licences = 1;
	assert_fails(&p, 1u << LGM_NEEDS_LICENCE);
	assert_int_equal(p.v.licences_missing, 1);
	p.o.assistant_allowed = true;
	assert_fails(&p, 0);
	p.o.assistant_allowed = false;
	has[0].held = true;
	assert_fails(&p, 0);
	has[0].licence = 2;
	assert_fails(&p, 1u << LGM_NEEDS_LICENCE);
}

static void a_language_counts_from_its_least_level(void **state)
{
	(void)state;
	struct pair p = plain();
	struct lgm_language has[] = { { 0, LGM_A2_PLUS } };
	p.o.languages = danish_b1;
	p.o.n_languages = 1;
	assert_fails(&p, 1u << LGM_NEEDS_LANGUAGE);
	p.c.languages = has;
	p.c.n_languages = 1;
	assert_fails(&p, 1u << LGM_NEEDS_LANGUAGE);
	has[0].level = LGM_B1;
	assert_fails(&p, 0);
	assert_int_equal(p.v.part[LGM_SURPLUS], 0);
	has[0].level = LGM_B2; /* two half steps above: 500 * 2 / 8 */
	assert_fails(&p, 0);
	assert_int_equal(p.v.part[LGM_SURPLUS], 125);
	has[0].level = LGM_NATIVE; /* seven half steps, of which four count */
	assert_fails(&p, 0);
	assert_int_equal(p.v.part[LGM_SURPLUS], 250);
}

static void contract_hours_and_dates_have_borders(void **state)
{
	(void)state;
	struct pair p = plain();
	p.o.contract = LGM_IGU;
	assert_fails(&p, 1u << LGM_NEEDS_CONTRACT);
	p.o.contract = LGM_JOB;
	p.c.hours_min = 200;
	p.c.hours_max = 300;
	p.o.hours = 300;
	assert_fails(&p, 0);
	p.o.hours = 301;
	assert_fails(&p, 1u << LGM_NEEDS_HOURS);
	p.o.hours = 200;
	assert_fails(&p, 0);
	p.o.hours = 199;
	assert_fails(&p, 1u << LGM_NEEDS_HOURS);
	p.o.hours = LGM_NO_HOURS;
	p.o.start = 20000;
	p.c.start = 20030;
	assert_fails(&p, 0);
	p.c.start = 20031;
	assert_fails(&p, 1u << LGM_NEEDS_START);
	assert_int_equal(p.v.days_late, 1);
	p.c.start = LGM_NO_DATE;
	assert_fails(&p, 0);
}

static void the_commute_is_measured_to_the_step(void **state)
{
	(void)state;
	struct pair p = plain();
	p.c.place = (struct lgm_place){ 0, 0, 637101 };
	p.o.place = (struct lgm_place){ 3000, 0, 637101 };
	assert_fails(&p, 0);
	assert_int_equal(p.v.distance_m, 30000);
	p.o.place.x = 3001;
	assert_fails(&p, 1u << LGM_NEEDS_COMMUTE);
	p.o.remote = true;
	assert_fails(&p, 0);
	assert_int_equal(p.v.distance_m, 0);
	assert_int_equal(p.v.part[LGM_DISTANCE], 1000);
}

static void distance_falls_to_a_third_at_twenty_kilometres(void **state)
{
	(void)state;
	struct pair p = plain();
	unsigned last = 1001;
	p.c.commute = LGM_COMMUTE_MAX;
	p.c.place = (struct lgm_place){ 0, 0, 637101 };
	for (int32_t x = 0; x <= 25000; x += 25) {
		p.o.place = (struct lgm_place){ x, 0, 637101 };
		compare(&p);
		assert_true(p.v.part[LGM_DISTANCE] <= last);
		last = p.v.part[LGM_DISTANCE];
		if (x == 2000) assert_in_range(last, 360, 370);
	}
	assert_int_equal(last, 0);
}

static void three_quarters_of_the_schedule_will_do(void **state)
{
	(void)state;
	struct pair p = plain();
	memset(&p.c.free, 0, sizeof p.c.free);
	p.o.schedule.bits[0] = 0xFFFF; /* sixteen half hours */
	p.c.free.bits[0] = 0x0FFF;     /* twelve of them */
	assert_fails(&p, 0);
	assert_int_equal(p.v.part[LGM_SCHEDULE], 600);
	p.c.free.bits[0] = 0x07FF;
	assert_fails(&p, 1u << LGM_NEEDS_SCHEDULE);
	assert_int_equal(p.v.slots_free, 11);
	p.setup.min_schedule_percent = 0;
	p.c.free.bits[0] = 0;
	assert_fails(&p, 0);
}

static void closeness_and_years_make_the_occupation_part(void **state)
{
	(void)state;
	struct pair p = plain();
	struct lgm_experience helper[] = { { 4, 0 } };
	p.o.occupations = nursing;
	p.o.n_occupations = 1;
	compare(&p);
	assert_int_equal(p.v.part[LGM_OCCUPATION], 0); /* no occupation at all */
	p.c.occupations = nurse;
	p.c.n_occupations = 1;
	compare(&p);
	assert_int_equal(p.v.part[LGM_OCCUPATION], 3000);
	p.c.occupations = helper;
	compare(&p);
	assert_int_equal(p.v.part[LGM_OCCUPATION], 3000 * 40 * 4 / 800);
	helper[0].years = 2;
	compare(&p);
	assert_int_equal(p.v.part[LGM_OCCUPATION], 3000 * 40 * 6 / 800);
	helper[0].years = 30; /* four years count, more do not */
	compare(&p);
	assert_int_equal(p.v.part[LGM_OCCUPATION], 3000 * 40 * 8 / 800);
}

static void a_wish_covers_the_groups_below_it(void **state)
{
	(void)state;
	struct pair p = plain();
	uint16_t cleaning[] = { 2 };
	p.o.occupations = nursing;
	p.o.n_occupations = 1;
	p.c.n_wishes = 1;
	p.c.wishes = care;
	compare(&p);
	assert_int_equal(p.v.part[LGM_WISH], 700);
	p.c.wishes = cleaning;
	compare(&p);
	assert_int_equal(p.v.part[LGM_WISH], 0);
	p.c.n_wishes = 0;
	compare(&p);
	assert_int_equal(p.v.part[LGM_WISH], 350);
}

static void points_of_skills_add_up_exactly(void **state)
{
	(void)state;
	uint64_t r = 17;
	for (unsigned round = 0; round < 2000; round++) {
		struct lgm_skill skills[255];
		uint16_t points[255], total = (uint16_t)(invented_random(&r) % 10001);
		size_t n = 1 + invented_random(&r) % 255, sum = 0;
		for (size_t i = 0; i < n; i++)
			skills[i] = (struct lgm_skill){ (uint16_t)i, (uint16_t)(1 + invented_random(&r) % 65535) };
		lgm_skill_points(total, skills, n, points);
		for (size_t i = 0; i < n; i++) sum += points[i];
		assert_int_equal(sum, total);
	}
}

/* What the report will say: "with this skill, so many points more". */
static void a_missing_skill_is_worth_what_its_points_say(void **state)
{
	(void)state;
	unsigned tried = 0;
	struct invented *m = invented_new(12, 40, 40);
	for (size_t c = 0; c < m->n_candidates; c++)
		for (size_t o = 0; o < m->n_openings; o++) {
			const struct lgm_opening *opening = &m->openings[o];
			struct lgm_candidate more = m->candidates[c];
			uint16_t points[255], skills[64];
			struct lgm_verdict before, after;
			if (!opening->n_essential) continue;
			uint16_t skill = opening->essential[0].skill;
			size_t n = 0, at = 0;
			while (at < more.n_skills && more.skills[at] < skill) skills[n++] = more.skills[at++];
			if (at < more.n_skills && more.skills[at] == skill) continue;
			skills[n++] = skill;
			while (at < more.n_skills) skills[n++] = more.skills[at++];
			lgm_compare(&m->setup, &more, opening, &before);
			more.skills = skills;
			more.n_skills = (uint16_t)n;
			lgm_compare(&m->setup, &more, opening, &after);
			lgm_skill_points(m->setup.weight[LGM_ESSENTIAL], opening->essential, opening->n_essential,
			                 points);
			assert_int_equal(after.score, before.score + points[0]);
			tried++;
		}
	assert_true(tried > 100);
	invented_free(m);
}

static void places_on_the_earth_have_true_distances(void **state)
{
	(void)state;
	struct lgm_place copenhagen, aarhus, pole, again;
	assert_true(lgm_place_at(&copenhagen, 55676100, 12568300));
	assert_true(lgm_place_at(&aarhus, 56162900, 10203900));
	assert_in_range(lgm_distance_m(&copenhagen, &aarhus), 156000, 158500); /* great circle: about 157 km */
	assert_true(lgm_place_at(&pole, 90000000, 0) && lgm_place_at(&again, 90000000, 123456789));
	assert_int_equal(lgm_distance_m(&pole, &again), 0);
	assert_true(lgm_place_at(&pole, 0, 180000000) && lgm_place_at(&again, 0, -180000000));
	assert_int_equal(lgm_distance_m(&pole, &again), 0);
	assert_false(lgm_place_at(&pole, 90000001, 0));
	assert_false(lgm_place_at(&pole, 0, -180000001));
}

static void one_degree_is_one_degree_everywhere(void **state)
{
	(void)state;
	for (int32_t lat = -89; lat < 89; lat += 7)
		for (int32_t lon = -180; lon <= 180; lon += 45) {
			struct lgm_place a, b;
			assert_true(lgm_place_at(&a, lat * 1000000, lon * 1000000));
			assert_true(lgm_place_at(&b, (lat + 1) * 1000000, lon * 1000000));
			assert_in_range(lgm_distance_m(&a, &b), 111160, 111220);
		}
}

static void faults_are_named(void **state)
{
	(void)state;
	struct pair p = plain();
	uint16_t twice[] = { 3, 3 };
	p.c.wishes = twice;
	p.c.n_wishes = 2;
	assert_non_null(lgm_candidate_fault(&p.setup, &p.c));
	p.c.n_wishes = 0;
	struct lgm_skill same[] = { { 7, 1 } };
	p.o.essential = p.o.optional = same;
	p.o.n_essential = p.o.n_optional = 1;
	assert_string_equal(lgm_opening_fault(&p.setup, &p.o), "a skill that is both essential and optional");
	p.setup.weight[LGM_WISH] = 701;
	assert_non_null(lgm_setup_fault(&p.setup));
	static const uint16_t circle[] = { 1, 0, 2, 1, 1, 2 };
	p.setup.weight[LGM_WISH] = 700;
	p.setup.parent = circle;
	assert_non_null(lgm_setup_fault(&p.setup));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(silence_gives_half_of_every_part),
		cmocka_unit_test(who_does_not_want_work_is_matched_with_nothing),
		cmocka_unit_test(a_licence_must_be_held_or_pending_for_an_assistant),
		cmocka_unit_test(a_language_counts_from_its_least_level),
		cmocka_unit_test(contract_hours_and_dates_have_borders),
		cmocka_unit_test(the_commute_is_measured_to_the_step),
		cmocka_unit_test(distance_falls_to_a_third_at_twenty_kilometres),
		cmocka_unit_test(three_quarters_of_the_schedule_will_do),
		cmocka_unit_test(closeness_and_years_make_the_occupation_part),
		cmocka_unit_test(a_wish_covers_the_groups_below_it),
		cmocka_unit_test(points_of_skills_add_up_exactly),
		cmocka_unit_test(a_missing_skill_is_worth_what_its_points_say),
		cmocka_unit_test(places_on_the_earth_have_true_distances),
		cmocka_unit_test(one_degree_is_one_degree_everywhere),
		cmocka_unit_test(faults_are_named),
	};
	return cmocka_run_group_tests_name("compare", tests, NULL, NULL);
}
