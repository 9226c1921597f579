/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* What if: a course, another least score, other points. What it promises is what solving the changed input from nothing
 * gives; it is kept and computed anew as every plan; nobody is proposed from it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "app/record.h"
#include "core/run_job.h"
#include "core/what_if.h"
#include "kept.h"
#include "scratch.h"
#include "service.h"

/* --- rules */

static json_t *plan_order(void)
{
	return json_pack("{s:s, s:s, s:i, s:i, s:i}", "purpose", "November", "objective", "people", "reserve", 2000,
	                 "weight_occupation", 3000, "weight_distance", 1000);
}

static void assert_fault(const char *asked, const char *field, const char *says)
{
	const char *where = "";
	json_t *o = json_loads(asked, 0, NULL), *was = plan_order();
	const char *fault = what_if_fault(o, was, &where);
	if (!fault || strcmp(where, field) != 0 || !strstr(fault, says))
		fail_msg("%s: %s %s", asked, where, fault ? fault : "-");
	json_decref(o);
	json_decref(was);
}

static void what_is_asked_must_make_sense(void **state)
{
	(void)state;
	const char *where;
	json_t *was = plan_order();
	assert_fault("{}", "course_seats", "Say what is to be different");
	assert_fault("{\"reserve\": 2000, \"weight_distance\": 1000}", "course_seats", "Say what is to be different");
	assert_fault("{\"course_seats\": 5}", "course_seats", "What is learnt there?");
	assert_fault("{\"course_language\": \"da\", \"course_to\": \"b1\"}", "course_seats", "How many seats");
	assert_fault("{\"course_language\": \"da\", \"course_seats\": 5}", "course_to", "To which level?");
	assert_fault("{\"course_to\": \"b1\", \"course_seats\": 5}", "course_language", "In which language?");
	assert_fault("{\"course_language\": \"da\", \"course_skill\": \"lg:teamwork\", \"course_seats\": 5}",
	             "course_language", "One course at a time");
	assert_fault(
	    "{\"course_language\": \"da\", \"course_from\": \"b1\", \"course_to\": \"b1\", \"course_seats\": 5}",
	    "course_from", "a higher level");
	assert_fault("{\"weight_occupation\": 9999}", "weight_occupation", "at most 10,000 points");
	static const char *const good[] = { "{\"reserve\": 0}", "{\"weight_wish\": 700}",
		                            "{\"course_language\": \"da\", \"course_to\": \"b1\", \"course_seats\": 5}",
		                            "{\"course_skill\": \"lg:teamwork\", \"course_seats\": 1}",
		                            "{\"course_licence\": \"2221\", \"course_seats\": 1}" };
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		json_t *o = json_loads(good[i], 0, NULL);
		assert_null(what_if_fault(o, was, &where));
		json_decref(o);
	}
	json_t *asked = json_loads("{\"reserve\": 5000, \"weight_wish\": null, \"purpose\": \"\"}", 0, NULL),
	       *all = what_if_order(asked, was);
	assert_int_equal(record_number(all, "reserve", 0), 5000); /* what is not said stays */
	assert_int_equal(record_number(all, "weight_occupation", 0), 3000);
	assert_string_equal(record_word(all, "purpose"), "November");
	json_decref(all);
	json_decref(asked);
	json_decref(was);
}

/* --- against solving the changed input from nothing */

enum { MANY = 60, POSTS = 25 };
struct person {
	const char *level, *work;
	int place, years;
};
static struct person town[MANY];

static unsigned dice(unsigned *seed, unsigned sides)
{
	*seed = *seed * 1103515245u + 12345u;
	return *seed >> 16 & 0x7FFF ? (*seed >> 16 & 0x7FFF) % sides : 0;
}

static void a_town(unsigned seed)
{
	static const char *const levels[] = { "", "a1", "a2", "b1" }, *const works[] = { "7512", "9412", "5120" };
	for (int i = 0; i < MANY; i++)
		town[i] = (struct person){ levels[dice(&seed, 4)], works[dice(&seed, 3)], (int)dice(&seed, 40000),
			                   (int)dice(&seed, 12) };
}

static const char *handle(char out[37], char first, int i)
{
	(void)snprintf(out, 37, "%c0000000-0000-4000-8000-%012d", first, i);
	return out;
}

/* The town as the lines of a run, with an order of a what-if, and with some people changed by hand (`to`: their level).
 */
static void input_of(struct lg_ctx *cx, struct run_input *in, const char *order, const bool *changed, const char *to)
{
	char name[37], other[37], facts[500];
	unsigned seed = 99;
	json_t *asked = json_loads(order, 0, NULL);
	run_input_begin(cx, in);
	assert_int_equal(run_input_head(cx, in, asked, &app_setup(service_app())->terms->setup), LG_OK);
	assert_int_equal(run_input_course(cx, in, asked), LG_OK);
	json_decref(asked);
	for (int i = 0; i < MANY; i++) {
		const char *level = changed && changed[i] ? to : town[i].level;
		(void)snprintf(
		    facts, sizeof facts,
		    "{\"latitude_e6\": %d, \"longitude_e6\": 10400000, \"wants_work\": \"yes\", \"occupations\": "
		    "[{\"occupation\": \"%s\", \"years\": %d}], \"languages\": [%s%s%s]}",
		    55400000 + town[i].place, town[i].work, town[i].years,
		    *level ? "{\"language\": \"da\", \"interaction\": \"" : "", level, *level ? "\"}" : "");
		assert_int_equal(run_input_candidate(cx, in, handle(name, 'a', i), facts), LG_OK);
	}
	for (int i = 0; i < POSTS; i++) {
		(void)snprintf(
		    facts, sizeof facts,
		    "{\"latitude_e6\": %d, \"longitude_e6\": 10400000, \"kind\": \"job\", \"positions\": 1, "
		    "\"occupations\": [{\"occupation\": \"%s\"}], \"languages\": [{\"language\": \"da\", \"level\": "
		    "\"%s\"}]}",
		    55400000 + (int)dice(&seed, 40000), (const char *[]){ "7512", "9412", "5120" }[i % 3],
		    i % 3 ? "b1" : "a1");
		assert_int_equal(run_input_opening(cx, in, handle(name, 'b', i), 1 + i % 2, facts), LG_OK);
	}
	for (int i = 0; i < 8; i++) /* decided pairs, as in a plan that is not the first */
		assert_int_equal(run_input_decided(cx, in, handle(name, 'a', i * 5), handle(other, 'b', i)), LG_OK);
	run_input_end(cx, in);
}

static void solve(struct lg_ctx *cx, const char *order, const bool *changed, const char *to, struct run_market *m,
                  struct run_result *r)
{
	struct run_input in;
	input_of(cx, &in, order, changed, to);
	assert_int_equal(run_input_read(cx, m, &in, app_setup(service_app())->terms), LG_OK);
	assert_int_equal(run_solve(cx, r, m, NULL), LG_OK);
}

static void assert_alike(const struct run_result *a, const struct run_result *b)
{
	assert_int_equal(a->totals.placed, b->totals.placed);
	assert_int_equal(a->totals.score, b->totals.score);
	assert_int_equal(a->faults, 0);
	for (int i = 0; i < MANY; i++) {
		assert_int_equal(a->opening[i], b->opening[i]);
		assert_int_equal(a->why[i], b->why[i]);
	}
}

static void a_course_is_what_the_input_changed_by_hand_gives(void **state)
{
	(void)state;
	size_t helped = 0, bound = 0, free_seats = 0;
	static const char *const objectives[] = { "people", "score" };
	for (unsigned seed = 1; seed <= 8; seed++)
		for (int seats = 1; seats <= 27; seats += 13) {
			struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
			struct run_market m;
			struct run_result plain, course, by_hand, all;
			char order[300], without[100];
			bool everybody[MANY];
			const char *objective = objectives[seed % 2];
			a_town(seed);
			(void)snprintf(without, sizeof without, "{\"objective\": \"%s\"}", objective);
			(void)snprintf(order, sizeof order,
			               "{\"objective\": \"%s\", \"course_language\": \"da\", \"course_to\": \"b1\", "
			               "\"course_seats\": %d%s}",
			               objective, seats, seed > 4 ? ", \"course_from\": \"a2\"" : "");
			solve(&cx, without, NULL, NULL, &m, &plain);
			assert_null(plain.seat);
			solve(&cx, order, NULL, NULL, &m, &course);
			assert_int_equal(course.before.placed, plain.totals.placed);
			assert_int_equal(course.before.score, plain.totals.score);
			assert_true(course.seats_taken <= (uint64_t)seats);
			uint64_t taken = 0;
			for (int i = 0; i < MANY; i++) {
				taken += course.seat[i];
				everybody[i] = plain.opening[i] == RUN_NOWHERE && strcmp(town[i].level, "b1") != 0 &&
				               (seed <= 4 || !strcmp(town[i].level, "a2"));
				if (course.seat[i])
					assert_true(everybody[i]); /* only who found nothing, and lacks it */
			}
			assert_int_equal(taken, course.seats_taken);
			solve(&cx, without, course.seat, "b1", &m, &by_hand);
			assert_alike(&course, &by_hand);
			/* with a seat for everybody no more could be reached, and with as many as were taken as much */
			solve(&cx, without, everybody, "b1", &m, &all);
			if (!(seed % 2)) {
				uint64_t most = all.totals.placed - plain.totals.placed;
				assert_int_equal(course.totals.placed - plain.totals.placed,
				                 most < (uint64_t)seats ? most : (uint64_t)seats);
			}
			helped += course.totals.placed > plain.totals.placed;
			bound += course.seats_taken == (uint64_t)seats;
			free_seats += course.seats_taken < (uint64_t)seats;
			lg_arena_free(cx.mem);
		}
	assert_true(helped > 8 && bound > 4 && free_seats > 4);
}

/* The same input twice is the same text; with a course it says who has a seat. */
static void the_text_of_a_course_names_its_seats(void **state)
{
	(void)state;
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
	struct run_market m;
	struct run_result a, b;
	const char *order =
	    "{\"objective\": \"people\", \"course_language\": \"da\", \"course_to\": \"b1\", \"course_seats\": 5}";
	a_town(2);
	solve(&cx, order, NULL, NULL, &m, &a);
	solve(&cx, order, NULL, NULL, &m, &b);
	assert_memory_equal(a.hash, b.hash, RUN_HASH);
	char line[60];
	(void)snprintf(line, sizeof line, "\ncourse seats 5 taken %u\n", (unsigned)a.seats_taken);
	assert_non_null(strstr(a.text->data, line));
	size_t seats = 0;
	for (const char *p = a.text->data; (p = strstr(p, " seat\n")); p++) seats++;
	assert_true(seats > 0);
	assert_int_equal(seats, a.seats_taken);
	lg_arena_free(cx.mem);
}

static void a_spoilt_course_is_refused(void **state)
{
	(void)state;
	static const char *const lines[] = {
		"{\"course\": {\"language\": \"da\", \"to\": \"b1\"}}",
		"{\"course\": {\"language\": \"xx\", \"to\": \"b1\", \"seats\": 1}}",
		"{\"course\": {\"language\": \"da\", \"to\": \"z9\", \"seats\": 1}}",
		"{\"course\": {\"language\": \"da\", \"from\": \"z9\", \"to\": \"b1\", \"seats\": 1}}",
		"{\"course\": {\"skill\": \"lg:nothing-at-all\", \"seats\": 1}}",
		"{\"course\": {\"licence\": \"2221\", \"country\": \"XX\", \"seats\": 1}}",
		"{\"course\": {\"language\": \"da\", \"to\": \"b1\", \"seats\": 10001}}",
		"{\"course\": 7}",
	};
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
		struct run_input in;
		struct run_market m;
		json_t *o = json_pack("{s:s}", "objective", "people");
		run_input_begin(&cx, &in);
		assert_int_equal(run_input_head(&cx, &in, o, &app_setup(service_app())->terms->setup), LG_OK);
		json_decref(o);
		assert_int_equal(run_input_line(&cx, &in, lines[i]), LG_OK);
		run_input_end(&cx, &in);
		assert_int_equal(run_input_read(&cx, &m, &in, app_setup(service_app())->terms), LG_INVALID);
		lg_arena_free(cx.mem);
	}
}

/* --- an office: one speaks Danish well, three do not; three of four positions ask for it */

enum { PEOPLE = 4 };
static char people[PEOPLE][40], employer[40], opening[2][40], plan[40], course[40], reserve[40];

static void an_office(void **state)
{
	(void)state;
	static const char *const names[] = { "Anna", "Bela", "Clara", "Daria" };
	char body[900];
	for (int i = 0; i < PEOPLE; i++) {
		(void)snprintf(
		    body, sizeof body,
		    "{\"person\": {\"given_name\": \"%s\", \"family_name\": \"Person\"}, \"basis\": {\"legal_basis\": "
		    "\"public_task\"}, \"contact\": {\"municipality\": \"DK-0461\"}, \"languages\": [{\"language\": "
		    "\"da\", \"interaction\": \"%s\"}], \"occupations\": [{\"occupation\": \"7512\", \"years\": "
		    "%d}], \"wishes\": {\"wants_work\": \"yes\"}}",
		    names[i], i ? "a1" : "b1", 9 - i);
		keep_made(people[i], service_api(PROGRAM, HTTP_POST, "/api/v1/candidates?anyway=1", body, NULL));
	}
	keep_made(employer, service_api(PROGRAM, HTTP_POST, "/api/v1/employers",
	                                "{\"company\": {\"name\": \"Nord Bageri\"}}", NULL));
	for (int i = 0; i < 2; i++) {
		(void)snprintf(body, sizeof body,
		               "{\"post\": {\"title\": \"%s\", \"kind\": \"job\", \"positions\": %d}, \"occupations\": "
		               "[{\"occupation\": \"7512\"}], %s\"place\": {\"municipality\": \"DK-0461\"}}",
		               i ? "Talk" : "Bread", i ? 3 : 1,
		               i ? "\"languages\": [{\"language\": \"da\", \"level\": \"b1\"}], " : "");
		keep_made(opening[i],
		          service_api(PROGRAM, HTTP_POST, at("/api/v1/employers/%s/openings", employer), body, NULL));
	}
	(void)service_sql("SELECT lg_gate.enter_job(1, 'test'); UPDATE lg.candidate SET state = 'available'");
	(void)service_sql("SELECT lg_gate.enter_job(1, 'test'); UPDATE lg.opening SET state = 'open'");
}

static void ordered(char out[40], struct service_answer a)
{
	assert_status(a, 303);
	(void)snprintf(out, 40, "%.36s", strstr(a.location, "/runs/") + strlen("/runs/"));
}

static void it_is_asked_of_a_plan_that_is_done(void **state)
{
	(void)state;
	ordered(plan, service_post(CASEWORKER, "/runs", FORM("purpose", "November", "objective", "people")));
	struct service_answer a =
	    service_post(CASEWORKER, at("/runs/%s/what-if", plan), FORM("reserve", "9000", "purpose", ""));
	assert_status(a, 422);
	assert_says(a, "The plan is not computed yet.");
	service_job("runs");
	assert_string_equal(service_sql("SELECT outcome ->> 'placed' FROM lg.run"), "2");
	a = service_get(CASEWORKER, at("/runs/%s", plan));
	assert_says(a, at("/runs/%s/what-if", plan));
	a = service_get(CASEWORKER, at("/runs/%s/what-if", plan));
	assert_status(a, 200);
	assert_says(a, "Nobody is proposed from it");
	assert_status(service_post(CASEWORKER, at("/runs/%s/what-if", plan), FORM("course_seats", "3")), 422);
	assert_status(service_post(CASEWORKER, at("/runs/%s/what-if", plan), FORM("weight_age", "3")), 422);
	assert_status(service_get(READER, at("/runs/%s/what-if", plan)), 403);
	assert_status(service_post(STRANGER, at("/runs/%s/what-if", plan), FORM("reserve", "9000")), 404);
	assert_string_equal(service_sql("SELECT count(*) FROM lg.run"), "1");
}

static void a_course_shows_what_it_would_bring(void **state)
{
	(void)state;
	ordered(course, service_post(CASEWORKER, at("/runs/%s/what-if", plan),
	                             FORM("course_seats", "10", "course_language", "da", "course_to", "b1")));
	assert_says(service_get(CASEWORKER, at("/runs/%s", course)), "What if: 10 seats: Danish to B1");
	/* the office changes meanwhile: the what-if is of the plan's own input */
	(void)service_sql("SELECT lg_gate.enter_job(1, 'test'); UPDATE lg.opening SET state = 'paused'");
	service_job("runs");
	(void)service_sql("SELECT lg_gate.enter_job(1, 'test'); UPDATE lg.opening SET state = 'open'");
	assert_string_equal(service_sql("SELECT state FROM lg.run WHERE id = '%s'", course), "done");
	assert_string_equal(service_sql("SELECT outcome ->> 'placed' FROM lg.run WHERE id = '%s'", course), "4");
	assert_string_equal(
	    service_sql("SELECT outcome -> 'course' FROM lg.run WHERE id = '%s'", course),
	    service_sql("SELECT jsonb_build_object('seats', 10, 'taken', 2, 'placed_before', 2, 'score_before', "
	                "(outcome ->> 'score')::int) FROM lg.run WHERE id = '%s'",
	                plan));
	assert_string_equal(service_sql("SELECT count(*) FROM lg.run_line WHERE run_id = '%s' AND seat", course), "2");
	struct service_answer a = service_get(CASEWORKER, at("/runs/%s", course));
	assert_says(a, "What if: 10 seats: Danish to B1");
	assert_says(a, "A what-if: it tells what would come of it.");
	assert_says(a, "2 → 4 (+2)");
	assert_says(a, "2 of 10");
	assert_says(a, "Of the plan");
	assert_says(a, "The positions that would fit went to others"); /* why they found nothing now */
	assert_says(a, "with a seat in the course");
	assert_says(a, "No other plan finds work for more people"); /* with the same proof */
	assert_null(strstr(a.body, "Put all pairs of the plan on the short list"));
	assert_says(service_get(CASEWORKER, "/runs"), "What if: 10 seats: Danish to B1");
	a = service_api(PROGRAM, HTTP_GET, at("/api/v1/runs/%s", course), NULL, NULL);
	assert_status(a, 200);
	const json_t *w = json_object_get(a.json, "what_if");
	assert_string_equal(record_word(w, "of"), plan);
	assert_int_equal(record_number(w, "placed_before", 0), 2);
	assert_int_equal(record_number(w, "gained", 0), 2);
	assert_int_equal(record_number(json_object_get(w, "course"), "course_seats", 0), 10);
	assert_int_equal(json_array_size(json_object_get(w, "filled")), 1);
	assert_says(service_get(ADMINISTRATOR, "/audit"), "What-if ordered");
	/* a course of one seat; a what-if of a what-if is none */
	assert_status(
	    service_api(PROGRAM, HTTP_POST, at("/api/v1/runs/%s/what-if", plan),
	                "{\"course\": {\"course_seats\": 1, \"course_language\": \"da\", \"course_from\": \"a1\", "
	                "\"course_to\": \"b1\"}}",
	                NULL),
	    201);
	assert_status(service_post(CASEWORKER, at("/runs/%s/what-if", course), FORM("reserve", "9000")), 422);
	service_job("runs");
	assert_string_equal(
	    service_sql("SELECT string_agg(outcome ->> 'placed', ' ' ORDER BY outcome ->> 'placed') FROM "
	                "lg.run WHERE of_run IS NOT NULL"),
	    "3 4");
}

static void another_least_score_is_the_plan_with_that_score(void **state)
{
	(void)state;
	char anew[40];
	ordered(reserve, service_post(CASEWORKER, at("/runs/%s/what-if", plan),
	                              FORM("reserve", "9999", "purpose", "Only the very best")));
	ordered(anew, service_post(CASEWORKER, "/runs",
	                           FORM("purpose", "By hand", "objective", "people", "reserve", "9999")));
	service_job("runs");
	assert_string_equal(
	    service_sql("SELECT count(DISTINCT result_hash) || ' ' || count(DISTINCT input_hash) FROM lg.run "
	                "WHERE id IN ('%s', '%s')",
	                reserve, anew),
	    "1 1"); /* the office is as it was: the same input, the same result */
	struct service_answer a = service_get(CASEWORKER, at("/runs/%s", reserve));
	assert_says(a, "What if: Only the very best");
	assert_says(a, "2 → 0 (−2)");
	/* the plan by hand is compared with the plan before, not with a what-if */
	a = service_get(CASEWORKER, at("/runs/%s", anew));
	assert_says(a, at("href=\"/runs/%s\"", plan));
	(void)service_sql("DELETE FROM lg.run WHERE id = '%s'", anew);
}

static void nobody_is_proposed_from_it(void **state)
{
	(void)state;
	struct service_answer a = service_post(CASEWORKER, at("/runs/%s/approve", course), FORM("do", "all"));
	assert_status(a, 422);
	assert_status(service_api(PROGRAM, HTTP_POST, at("/api/v1/runs/%s/approve", course), "{\"all\": true}", NULL),
	              422);
	assert_string_equal(service_sql("SELECT count(*) FROM lg.proposal"), "0");
}

static int64_t now(void) { return (int64_t)time(NULL); }

static void it_is_computed_anew_and_is_the_same(void **state)
{
	(void)state;
	const char *const runs[] = { plan, course, reserve };
	for (size_t i = 0; i < 3; i++) {
		struct run_replay r;
		struct lg_ctx own = { .mem = lg_arena_new(0, NULL), .now = now() };
		const struct seal_ring ring = seal_ring_of(service_key());
		struct db_pool *pool = db_pool_new(&(struct db_config){
		    .conninfo = scratch_conninfo(), .role = "lg_job", .password = "", .most = 1, .wait_ms = 5000 });
		assert_int_equal(run_replay(&own, pool, &ring, app_setup(service_app())->terms, runs[i], &r), LG_OK);
		assert_true(r.same_input && r.same_result);
		lg_arena_free(own.mem);
		db_pool_free(pool);
	}
}

/* --- side by side */

static void plans_stand_side_by_side(void **state)
{
	(void)state;
	char both[100], three[200];
	(void)snprintf(both, sizeof both, "%s,%s", plan, course);
	(void)snprintf(three, sizeof three, "%s,%s", both, reserve);
	struct service_answer a =
	    service_post(CASEWORKER, "/runs/compare", FORM("do", "compare", "pick", plan, "pick", course));
	assert_status(a, 303);
	assert_string_equal(a.location, at("/runs/compare?runs=%s", both));
	a = service_post(CASEWORKER, "/runs/compare", FORM("do", "compare", "pick", plan));
	assert_non_null(strstr(a.location, "/runs?said=run_choose"));
	a = service_get(CASEWORKER, at("/runs/compare?runs=%s", three));
	assert_status(a, 200);
	assert_says(a, "Plans side by side");
	assert_says(a, "What if: 10 seats: Danish to B1");
	assert_says(a, "Ordered differently");
	assert_says(a, "Least score");
	assert_says(a, "Ordered alike");
	assert_says(a, "Placed in all of them");
	assert_status(service_get(CASEWORKER, at("/runs/compare?runs=%s", plan)), 422);
	assert_status(service_get(CASEWORKER, at("/runs/compare?runs=%s,%s", plan, plan)), 422);
	assert_status(service_get(CASEWORKER, at("/runs/compare?runs=%s,x", plan)), 404);
	assert_status(service_get(CASEWORKER, "/runs/compare"), 422);
	assert_status(service_get(STRANGER, at("/runs/compare?runs=%s", both)), 404);
	/* sums, against the rows */
	a = service_api(PROGRAM, HTTP_GET, at("/api/v1/runs/compare?runs=%s", three), NULL, NULL);
	assert_status(a, 200);
	assert_int_equal(record_number(a.json, "placed_in_all", -1), 0); /* the third places nobody */
	assert_int_equal(record_number(a.json, "placed_in_any", -1), 4);
	const int64_t placed[] = { 2, 4, 0 }, only[] = { 0, 2, 0 };
	for (size_t r = 0; r < 3; r++) {
		const json_t *run = json_array_get(json_object_get(a.json, "runs"), r),
		             *f = json_object_get(run, "figures"), *groups = json_object_get(run, "placed_by_group");
		assert_int_equal(record_number(f, "people", -1), PEOPLE);
		assert_int_equal(record_number(f, "positions", -1), 4);
		assert_int_equal(record_number(f, "placed", -1), placed[r]);
		assert_int_equal(record_number(f, "only_here", -1), only[r]);
		assert_int_equal(record_number(groups, "75", -1), placed[r]); /* bakers are of group 75 */
		int64_t all = record_number(f, "placed", 0);
		const char *code;
		json_t *n;
		json_object_foreach((json_t *)(uintptr_t)json_object_get(run, "why"), code, n) all +=
		    json_integer_value(n);
		assert_int_equal(all, PEOPLE); /* everybody is placed, or has a reason */
		assert_int_equal(
		    record_number(f, "score", -1),
		    strtoll(service_sql("SELECT coalesce(sum(score), 0) FROM lg.run_line WHERE run_id = '%s'",
		                        record_word(run, "id")),
		            NULL, 10));
	}
	char *differs = json_dumps(json_object_get(a.json, "differs"), JSON_COMPACT);
	assert_string_equal(differs, "[\"reserve\",\"course_seats\",\"course_language\",\"course_to\"]");
	free(differs);
	a = service_get(CASEWORKER, at("/runs/compare.csv?runs=%s", both));
	assert_status(a, 200);
	assert_true(!strncmp(a.body, "table,row,run,value\n", 20));
	assert_says(a, at("figures,placed,%s,4\n", course));
	assert_says(a, "people,placed_in_all,,2\n");
	assert_status(service_get(READER, at("/runs/compare?runs=%s", both)), 403);
}

static void without_its_plan_it_is_still_there(void **state)
{
	(void)state;
	char late[40];
	ordered(late, service_post(CASEWORKER, at("/runs/%s/what-if", plan), FORM("reserve", "1000")));
	(void)service_sql("DELETE FROM lg.run WHERE id = '%s'", plan);
	service_job("runs");
	assert_string_equal(service_sql("SELECT state FROM lg.run WHERE id = '%s'", late), "failed");
	struct service_answer a = service_get(CASEWORKER, at("/runs/%s", course));
	assert_status(a, 200);
	assert_says(a, "What if: 10 seats");
	assert_null(strstr(a.body, "Before you decide"));
	assert_status(service_api(PROGRAM, HTTP_GET, at("/api/v1/runs/%s", course), NULL, NULL), 200);
}

static int close_all(void **state)
{
	(void)state;
	service_close();
	return 0;
}

int main(int argc, char **argv)
{
	(void)argc;
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_asked_must_make_sense),
		cmocka_unit_test(a_course_is_what_the_input_changed_by_hand_gives),
		cmocka_unit_test(the_text_of_a_course_names_its_seats),
		cmocka_unit_test(a_spoilt_course_is_refused),
		cmocka_unit_test(an_office),
		cmocka_unit_test(it_is_asked_of_a_plan_that_is_done),
		cmocka_unit_test(a_course_shows_what_it_would_bring),
		cmocka_unit_test(another_least_score_is_the_plan_with_that_score),
		cmocka_unit_test(nobody_is_proposed_from_it),
		cmocka_unit_test(it_is_computed_anew_and_is_the_same),
		cmocka_unit_test(plans_stand_side_by_side),
		cmocka_unit_test(without_its_plan_it_is_still_there),
	};
	service_open(argv[1]);
	return cmocka_run_group_tests_name("what if", tests, NULL, close_all);
}
