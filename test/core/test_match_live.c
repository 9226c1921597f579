/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* Records in the engine's terms, and a segment that is asked while it changes: it answers as the plain comparison does.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/choice.h"
#include "core/match_carve.h"
#include "core/match_live.h"
#include "core/match_relax.h"
#include "core/match_serve.h"
#include "market/generate_dice.h"
#include "taxonomy/taxonomy.h"

static struct lg_ctx cx;
static struct match_terms *terms;

static json_t *json(const char *text)
{
	json_error_t why;
	json_t *value = json_loads(text, 0, &why);
	if (!value) fail_msg("%s: %s", why.text, text);
	return value;
}

#define PLACE "\"latitude_e6\": 55403800, \"longitude_e6\": 10402400"
#define NURSE                                                                                                              \
	"{" PLACE ", \"wants_work\": \"yes\", \"occupations\": [{\"occupation\": \"lg:nurse\", \"years\": 6}], "           \
	"\"languages\": [{\"language\": \"da\", \"interaction\": \"b1\"}, {\"language\": \"uk\", \"reading\": "            \
	"\"native\", \"writing\": \"c1\"}], \"licences\": [{\"occupation\": \"lg:nurse\", \"country\": \"Danmark\", "      \
	"\"state\": \"applied\"}, {\"occupation\": \"lg:nurse\", \"country\": \"Україна\", \"state\": \"held\"}], " \
	"\"contracts\": [\"job\", \"placement\"], \"hours_least\": 20, \"hours_most\": 37, \"available\": \"mon-fri "      \
	"08:00-16:00\", \"classes\": \"tue 08:00-12:00\", \"can_start\": \"2026-12-01\"}"

static void a_candidate_is_read_as_the_form_has_it(void **state)
{
	(void)state;
	struct lgm_candidate c;
	json_t *r = json(NURSE);
	assert_true(match_terms_candidate(terms, cx.mem, r, &c));
	assert_true(c.wants_work);
	assert_int_equal(c.commute, 3000);
	assert_int_equal(c.hours_min, 200);
	assert_int_equal(c.hours_max, 370);
	assert_int_equal(c.contracts, 1u << LGM_JOB | 1u << LGM_PLACEMENT);
	assert_int_equal(c.n_occupations, 1);
	assert_int_equal(c.occupations[0].years, 6);
	assert_int_equal(c.n_languages, 2);
	for (size_t i = 0; i < c.n_languages; i++) /* in talks, else the least that is stated */
		assert_int_equal(c.languages[i].level,
		                 c.languages[i].language == choice_at(CHOICE_language, "da") ? LGM_B1 : LGM_C1);
	assert_int_equal(c.n_licences, 1); /* the Ukrainian one counts neither here nor in Sweden */
	assert_false(c.licences[0].held);
	assert_string_equal(terms->explain.licences[c.licences[0].licence], "2221@DK");
	assert_int_equal(c.free.bits[0] & 1, 0);
	json_decref(r);
}

static void what_is_empty_is_no_limit(void **state)
{
	(void)state;
	struct lgm_candidate c;
	struct lgm_opening o;
	json_t *r = json("{" PLACE "}"), *nowhere = json("{\"kind\": \"job\"}"),
	       *anywhere = json("{\"kind\": \"igu\", \"remote\": true}");
	assert_true(match_terms_candidate(terms, cx.mem, r, &c));
	assert_false(c.wants_work); /* nobody is proposed who did not say so */
	assert_int_equal(c.contracts, (1u << LGM_CONTRACTS) - 1);
	assert_int_equal(c.hours_max, 1680);
	assert_int_equal(c.start, LGM_NO_DATE);
	assert_true(~c.free.bits[0] == 0);
	assert_false(match_terms_candidate(terms, cx.mem, nowhere, &c));
	assert_false(match_terms_opening(terms, cx.mem, nowhere, &o));
	assert_false(match_terms_opening(terms, cx.mem, r, &o)); /* of no kind */
	assert_true(match_terms_opening(terms, cx.mem, anywhere, &o));
	assert_int_equal(o.contract, LGM_IGU);
	assert_int_equal(o.hours, LGM_NO_HOURS);
	assert_int_equal(o.positions, 1);
	json_decref(r), json_decref(nowhere), json_decref(anywhere);
}

static void codes_that_are_none_are_left_out(void **state)
{
	(void)state;
	struct lgm_candidate c;
	json_t *r =
	    json("{" PLACE ", \"occupations\": [{\"occupation\": \"nothing\"}, {\"occupation\": null}], \"skills\": "
	         "[{\"skill\": \"nothing\"}, 7], \"languages\": [{\"language\": \"da\"}, {\"language\": \"xx\", "
	         "\"interaction\": \"b1\"}], \"licences\": 3, \"commute_km\": 99999, \"hours_least\": 500, "
	         "\"hours_most\": 3, \"can_start\": \"soon\", \"available\": \"whenever\"}");
	assert_true(match_terms_candidate(terms, cx.mem, r, &c));
	assert_int_equal(c.n_occupations + c.n_skills + c.n_languages + c.n_licences, 0);
	assert_int_equal(c.commute, LGM_COMMUTE_MAX);
	assert_true(c.hours_min <= c.hours_max);
	json_decref(r);
}

static void the_matcher_is_told_no_more_than_the_terms_read(void **state)
{
	(void)state;
	json_t *r =
	    json("{" PLACE ", \"given_name\": \"Olena\", \"born\": \"1990-05-24\", \"wish_words\": \"w\", \"needs\": "
	         "[\"quiet\"], \"occupations\": [{\"occupation\": \"lg:nurse\", \"own_words\": \"медсестра\"}], "
	         "\"licences\": [{\"occupation\": \"lg:nurse\", \"remark\": \"r\", \"state\": \"held\", \"country\": "
	         "\"DK\"}]}");
	char *text = json_dumps(match_facts(&cx, MATCH_CANDIDATE, r), JSON_COMPACT);
	static const char *const secrets[] = { "Olena", "1990", "wish_words", "quiet", "медсестра", "remark" };
	for (size_t i = 0; i < sizeof secrets / sizeof *secrets; i++) assert_null(strstr(text, secrets[i]));
	assert_non_null(strstr(text, "lg:nurse"));
	free(text);
	json_decref(r);
}

/* --- a segment against the plain comparison */

enum { PEOPLE = 120, POSTS = 60, ROUNDS = 600 };
static json_t *people[PEOPLE], *posts[POSTS];

static void handle_of(uint8_t out[MATCH_HANDLE], enum match_side side, size_t i)
{
	memset(out, 0, MATCH_HANDLE);
	/* every third begins as another does */
	uint32_t first = (uint32_t)((i % 3 ? i : i / 2) * 2654435761u);
	memcpy(out, &first, sizeof first);
	out[8] = (uint8_t)i, out[9] = (uint8_t)side;
}

static json_t *somebody(struct lg_dice *d, bool opening)
{
	static const char *const work[] = { "lg:nurse", "9112", "5120", "7512", "4321", "5322" };
	static const char *const levels[] = { "a1", "a2", "b1", "b2", "c1" };
	static const char *const kinds[] = { "job", "placement", "wage_subsidy" };
	char text[900];
	int x = 55400000 + (int)lg_dice_below(d, 300) * 1000, y = 10400000 + (int)lg_dice_below(d, 300) * 1000;
	const char *w = work[lg_dice_below(d, 6)], *l = levels[lg_dice_below(d, 5)], *k = kinds[lg_dice_below(d, 3)];
	if (opening)
		(void)snprintf(
		    text, sizeof text,
		    "{\"latitude_e6\": %d, \"longitude_e6\": %d, \"kind\": \"%s\", \"positions\": 1, \"hours\": %u, "
		    "\"occupations\": [{\"occupation\": \"%s\"}], \"languages\": [{\"language\": \"da\", "
		    "\"level\": \"%s\"}]}",
		    x, y, k, lg_dice_range(d, 10, 40), w, l);
	else
		(void)snprintf(
		    text, sizeof text,
		    "{\"latitude_e6\": %d, \"longitude_e6\": %d, \"wants_work\": \"%s\", \"contracts\": [\"%s\"], "
		    "\"hours_most\": %u, \"commute_km\": %u, \"occupations\": [{\"occupation\": \"%s\", \"years\": "
		    "%u}], \"languages\": [{\"language\": \"da\", \"interaction\": \"%s\"}]}",
		    x, y, lg_dice_below(d, 8) ? "yes" : "later", k, lg_dice_range(d, 15, 40), lg_dice_range(d, 5, 40),
		    w, lg_dice_below(d, 9), l);
	return json(text);
}

static uint16_t plain(const json_t *candidate, const json_t *opening, struct lgm_verdict *v)
{
	struct lgm_candidate c;
	struct lgm_opening o;
	assert_true(match_terms_candidate(terms, cx.mem, candidate, &c));
	assert_true(match_terms_opening(terms, cx.mem, opening, &o));
	lgm_compare(&terms->setup, &c, &o, v);
	return v->score;
}

/* What a list must be: scores falling, each the plain one, none better left out, and the counts. */
static void holds(const struct match_segment *s, enum match_side asks, const json_t *facts, json_t *const *others,
                  size_t n)
{
	struct match_found found;
	struct lgm_verdict v;
	uint64_t all = 0, feasible = 0, stopped[LGM_DEMANDS] = { 0 };
	unsigned better = 0, worst = UINT16_MAX;
	enum match_side other = asks == MATCH_CANDIDATE ? MATCH_OPENING : MATCH_CANDIDATE;
	assert_true(match_segment_best(s, asks, facts, 10, &found));
	for (size_t i = 0; i < found.n; i++) {
		size_t at = found.hits[i].handle[8];
		uint8_t handle[MATCH_HANDLE];
		handle_of(handle, other, at);
		assert_memory_equal(handle, found.hits[i].handle, MATCH_HANDLE);
		assert_non_null(others[at]);
		uint16_t score = asks == MATCH_CANDIDATE ? plain(facts, others[at], &v) : plain(others[at], facts, &v);
		assert_int_equal(v.failed, 0);
		assert_int_equal(score, found.hits[i].score);
		assert_true(score <= worst);
		worst = score;
	}
	for (size_t i = 0; i < n; i++) {
		if (!others[i]) continue;
		uint16_t score = asks == MATCH_CANDIDATE ? plain(facts, others[i], &v) : plain(others[i], facts, &v);
		all++;
		feasible += !v.failed;
		for (unsigned d = 0; d < LGM_DEMANDS; d++) stopped[d] += v.failed >> d & 1u;
		better += !v.failed && score > worst;
	}
	assert_int_equal(found.all, all);
	assert_int_equal(found.feasible, feasible);
	assert_memory_equal(found.stopped, stopped, sizeof stopped);
	assert_int_equal(found.n, feasible < 10 ? feasible : 10);
	assert_true(better < 10);
}

static void a_segment_answers_as_the_plain_comparison_while_it_changes(void **state)
{
	(void)state;
	struct match_segment *s = match_segment_new(terms);
	struct lg_dice d = lg_dice_at(7, 1, 0);
	uint8_t handle[MATCH_HANDLE];
	assert_non_null(s);
	match_segment_load(s); /* the first come all at once, some of them twice */
	for (size_t round = 0; round < ROUNDS; round++) {
		if (round == ROUNDS / 3) assert_true(match_segment_loaded(s));
		bool opening = lg_dice_below(&d, 3) == 0;
		size_t at = lg_dice_below(&d, opening ? POSTS : PEOPLE);
		json_t **one = opening ? &posts[at] : &people[at];
		json_decref(*one);
		*one = lg_dice_below(&d, 5) ? somebody(&d, opening) : NULL; /* some go */
		handle_of(handle, opening ? MATCH_OPENING : MATCH_CANDIDATE, at);
		assert_true(match_segment_put(s, opening ? MATCH_OPENING : MATCH_CANDIDATE, handle, *one));
		if (round % 5 || round < ROUNDS / 3) continue;
		json_t *asks = somebody(&d, round % 2);
		if (round % 2)
			holds(s, MATCH_OPENING, asks, people, PEOPLE);
		else
			holds(s, MATCH_CANDIDATE, asks, posts, POSTS);
		json_decref(asks);
	}
	struct match_found found;
	json_t *nowhere = json("{}");
	assert_false(match_segment_best(s, MATCH_CANDIDATE, nowhere, 10, &found));
	json_decref(nowhere);
	match_segment_free(s);
	for (size_t i = 0; i < PEOPLE; i++) json_decref(people[i]);
	for (size_t i = 0; i < POSTS; i++) json_decref(posts[i]);
}

/* --- what if ...: each count is that of asking for less, one after the other */

static uint64_t feasible_of(const struct match_segment *s, const json_t *opening)
{
	struct match_found found;
	assert_true(match_segment_best(s, MATCH_OPENING, opening, 0, &found));
	return found.feasible;
}

static void take_language(json_t *opening, const char *code)
{
	json_t *list = json_object_get(opening, "languages");
	for (size_t i = json_array_size(list); i-- > 0;)
		if (!strcmp(json_string_value(json_object_get(json_array_get(list, i), "language")), code))
			json_array_remove(list, i);
}

static void take_part(json_t *opening, struct carve_part p)
{
	switch (p.kind) {
	case CARVE_LICENCE: json_object_del(opening, "licences"); break;
	case CARVE_HOURS: json_object_del(opening, "hours"); break;
	case CARVE_SCHEDULE: json_object_del(opening, "schedule"); break;
	case CARVE_START: json_object_del(opening, "start_on"); break;
	case CARVE_LANGUAGE: take_language(opening, terms->explain.languages[p.what]); break;
	}
}

static json_t *demanding(struct lg_dice *d)
{
	static const char *const levels[] = { "a1", "a2", "b1", "b2" };
	char text[600];
	(void)snprintf(
	    text, sizeof text,
	    "{" PLACE ", \"kind\": \"job\", \"positions\": 1, \"hours\": %u, \"start_on\": \"2026-12-%02u\", "
	    "\"schedule\": \"mon-fri %02u:00-%02u:00\", \"occupations\": [{\"occupation\": \"lg:nurse\"}], "
	    "\"licences\": [%s], \"languages\": [{\"language\": \"da\", \"level\": \"%s\"}, {\"language\": "
	    "\"en\", \"level\": \"a2\"}]}",
	    lg_dice_range(d, 10, 40), lg_dice_range(d, 1, 28), lg_dice_range(d, 4, 10), lg_dice_range(d, 14, 22),
	    lg_dice_below(d, 2) ? "{\"occupation\": \"lg:nurse\"}" : "", levels[lg_dice_below(d, 4)]);
	return json(text);
}

static json_t *patient(struct lg_dice *d)
{
	static const char *const levels[] = { "a1", "a2", "b1", "b2" };
	char text[700];
	(void)snprintf(
	    text, sizeof text,
	    "{" PLACE
	    ", \"wants_work\": \"%s\", \"commute_km\": 20, \"hours_most\": %u, \"can_start\": \"2027-%02u-01\", "
	    "\"available\": \"mon-fri 07:00-%02u:00\", \"languages\": [{\"language\": \"da\", \"interaction\": "
	    "\"%s\"}%s], "
	    "\"licences\": [%s]}",
	    lg_dice_below(d, 8) ? "yes" : "no", lg_dice_range(d, 20, 40), lg_dice_range(d, 1, 3),
	    lg_dice_range(d, 12, 20), levels[lg_dice_below(d, 4)],
	    lg_dice_below(d, 2) ? ", {\"language\": \"en\", \"interaction\": \"b1\"}" : "",
	    lg_dice_below(d, 2) ? "{\"occupation\": \"lg:nurse\", \"country\": \"DK\", \"state\": \"held\"}" : "");
	return json(text);
}

static void holds_carved(const struct match_segment *s, const json_t *opening)
{
	struct carve_found found;
	struct lgm_opening o;
	struct carve_part parts[CARVE_PARTS];
	assert_true(match_segment_carve(s, opening, &found));
	assert_true(match_terms_opening(terms, cx.mem, opening, &o));
	assert_int_equal(carve_parts(&o, parts), found.n_parts);
	uint64_t now = feasible_of(s, opening);
	assert_int_equal(found.feasible, now);
	for (size_t i = 0; i < found.n_parts; i++) {
		json_t *one = json_deep_copy(opening);
		take_part(one, parts[i]);
		assert_int_equal(feasible_of(s, one) - now, found.without[i]);
		for (size_t j = i + 1; j < found.n_parts; j++) {
			json_t *two = json_deep_copy(one);
			take_part(two, parts[j]);
			uint64_t more = feasible_of(s, two) - now;
			/* said only where two open more than each alone */
			assert_int_equal(found.both[i][j], more > found.without[i] + found.without[j] ? more : 0);
			json_decref(two);
		}
		json_decref(one);
	}
}

static void carving_counts_as_asking_for_less_does(void **state)
{
	(void)state;
	struct match_segment *s = match_segment_new(terms);
	struct lg_dice d = lg_dice_at(9, 1, 0);
	uint8_t handle[MATCH_HANDLE];
	uint64_t near = 0;
	for (size_t i = 0; i < PEOPLE; i++) {
		json_t *one = patient(&d);
		handle_of(handle, MATCH_CANDIDATE, i);
		assert_true(match_segment_put(s, MATCH_CANDIDATE, handle, one));
		json_decref(one);
	}
	for (size_t i = 0; i < 40; i++) {
		json_t *o = demanding(&d);
		struct carve_found found, again;
		holds_carved(s, o);
		assert_true(match_segment_carve(s, o, &found));
		near += found.near;
		json_t *told = carve_told(&found);
		carve_understood(told, &again);
		assert_memory_equal(&found, &again, sizeof found);
		json_decref(told);
		json_decref(o);
	}
	assert_true(near > 1000);
	match_segment_free(s);
}

/* Relaxed lists are what the plain comparison of all pairs gives; a pair that fails on what is never relaxed is in
 * none.
 */
static void relaxed_lists_hold_what_may_be_relaxed_and_no_more(void **state)
{
	(void)state;
	struct match_segment *s = match_segment_new(terms);
	struct lg_dice d = lg_dice_at(11, 1, 0);
	uint8_t handle[MATCH_HANDLE];
	uint64_t relaxed_in_all = 0, by_demand[LGM_DEMANDS] = { 0 };
	for (size_t i = 0; i < POSTS; i++) {
		posts[i] = demanding(&d);
		handle_of(handle, MATCH_OPENING, i);
		assert_true(match_segment_put(s, MATCH_OPENING, handle, posts[i]));
	}
	for (size_t k = 0; k < 60; k++) {
		json_t *who = patient(&d);
		struct match_found found;
		struct lgm_candidate c;
		uint64_t feasible = 0, relaxed = 0;
		assert_true(match_segment_relaxed(s, who, MATCH_BEST, &found));
		assert_true(match_terms_candidate(terms, cx.mem, who, &c));
		for (size_t i = 0; i < POSTS; i++) {
			struct lgm_opening o;
			struct lgm_verdict v;
			assert_true(match_terms_opening(terms, cx.mem, posts[i], &o));
			lgm_compare(&terms->setup, &c, &o, &v);
			bool may = match_is_relaxable(&c, &o, &v), in = false;
			if (may) {
				assert_int_equal(__builtin_popcount(v.failed), 1);
				assert_int_equal(v.failed & (1u << LGM_NEEDS_LICENCE | 1u << LGM_WANTS_WORK |
				                             1u << LGM_NEEDS_CONTRACT | 1u << LGM_NEEDS_COMMUTE),
				                 0);
				assert_false(v.failed == 1u << LGM_NEEDS_LANGUAGE && o.n_licences);
				for (unsigned n = 0; n < LGM_DEMANDS; n++) by_demand[n] += v.failed >> n & 1u;
			}
			feasible += !v.failed;
			relaxed += may;
			for (size_t h = 0; h < found.n; h++)
				if (found.hits[h].handle[8] == i) in = found.hits[h].score == v.score;
			assert_int_equal(in, !v.failed || may);
		}
		assert_int_equal(found.feasible, feasible);
		assert_int_equal(found.relaxed, relaxed);
		assert_int_equal(found.n, feasible + relaxed);
		for (size_t h = 1; h < found.n; h++) assert_true(found.hits[h].score <= found.hits[h - 1].score);
		relaxed_in_all += relaxed;
		json_decref(who);
	}
	assert_true(relaxed_in_all > 100);
	assert_true(by_demand[LGM_NEEDS_LANGUAGE] && by_demand[LGM_NEEDS_HOURS] && by_demand[LGM_NEEDS_START] &&
	            by_demand[LGM_NEEDS_SCHEDULE]);
	match_segment_free(s);
	for (size_t i = 0; i < POSTS; i++) json_decref(posts[i]);
}

static void handles_are_written_and_read(void **state)
{
	(void)state;
	uint8_t handle[MATCH_HANDLE];
	char text[37];
	assert_true(match_handle_read(handle, "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d"));
	match_handle_print(text, handle);
	assert_string_equal(text, "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d");
	assert_false(match_handle_read(handle, "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4"));
	assert_false(match_handle_read(handle, "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d00"));
	assert_false(match_handle_read(handle, "0A1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d"));
	assert_false(match_handle_read(handle, ""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_candidate_is_read_as_the_form_has_it),
		cmocka_unit_test(what_is_empty_is_no_limit),
		cmocka_unit_test(codes_that_are_none_are_left_out),
		cmocka_unit_test(the_matcher_is_told_no_more_than_the_terms_read),
		cmocka_unit_test(a_segment_answers_as_the_plain_comparison_while_it_changes),
		cmocka_unit_test(carving_counts_as_asking_for_less_does),
		cmocka_unit_test(relaxed_lists_hold_what_may_be_relaxed_and_no_more),
		cmocka_unit_test(handles_are_written_and_read),
	};
	struct lg_taxonomy *taxonomy;
	cx.mem = lg_arena_new(0, NULL);
	if (lg_taxonomy_builtin(&cx, &taxonomy) != LG_OK || match_terms_new(&cx, taxonomy, &terms) != LG_OK) return 1;
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	lg_arena_free(cx.mem);
	return failed;
}
