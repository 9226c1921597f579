/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* A plan for an office: ordered by a person, computed by the job, proven, approved pair by pair or all at once, and the
 * same when it is computed anew, whoever was erased since. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/record.h"
#include "core/run_job.h"
#include "kept.h"
#include "scratch.h"
#include "service.h"

enum { PEOPLE = 5, KILLS = 20 };
enum { BAKER, BEGINNER, THIRD, LATER, NOWHERE };
static char people[PEOPLE][40], employer[40], open_to_all[40], with_danish[40], first[40], second[40];

static void register_person(int who, const char *name, const char *place, const char *level, int years,
                            const char *wants)
{
	char body[900];
	(void)snprintf(
	    body, sizeof body,
	    "{\"person\": {\"given_name\": \"%s\", \"family_name\": \"Person\"}, \"basis\": {\"legal_basis\": "
	    "\"public_task\"}, \"contact\": {%s}, \"languages\": [{\"language\": \"da\", \"interaction\": "
	    "\"%s\"}], \"occupations\": [{\"occupation\": \"7512\", \"years\": %d}], \"wishes\": "
	    "{\"wants_work\": \"%s\"}}",
	    name, place, level, years, wants);
	keep_made(people[who], service_api(PROGRAM, HTTP_POST, "/api/v1/candidates?anyway=1", body, NULL));
}

static void register_opening(char out[40], const char *title, const char *languages)
{
	char body[600];
	(void)snprintf(body, sizeof body,
	               "{\"post\": {\"title\": \"%s\", \"kind\": \"job\", \"positions\": 1}, \"occupations\": "
	               "[{\"occupation\": \"7512\"}], %s\"place\": {\"municipality\": \"DK-0461\"}}",
	               title, languages);
	keep_made(out, service_api(PROGRAM, HTTP_POST, at("/api/v1/employers/%s/openings", employer), body, NULL));
}

static void an_office_with_people_and_two_positions(void **state)
{
	(void)state;
#define ODENSE "\"municipality\": \"DK-0461\""
	register_person(BAKER, "Bohdan", ODENSE, "b1", 10, "yes");
	register_person(BEGINNER, "Bela", ODENSE, "a1", 1, "yes");
	register_person(THIRD, "Tamara", ODENSE, "a1", 0, "yes");
	register_person(LATER, "Lesia", ODENSE, "b1", 10, "later");
	register_person(NOWHERE, "Nazar", "", "b1", 10, "yes");
	keep_made(employer, service_api(PROGRAM, HTTP_POST, "/api/v1/employers",
	                                "{\"company\": {\"name\": \"Nord Bageri\"}}", NULL));
	register_opening(open_to_all, "Bread for all", "");
	register_opening(with_danish, "Bread with talk",
	                 "\"languages\": [{\"language\": \"da\", \"level\": \"b1\"}], ");
	(void)service_sql("SELECT lg_gate.enter_job(1, 'test'); UPDATE lg.candidate SET state = 'available'");
	(void)service_sql("SELECT lg_gate.enter_job(1, 'test'); UPDATE lg.opening SET state = 'open'");
}

/* --- ordering */

#define ORDER(...) FORM("purpose", "November", "objective", "people", __VA_ARGS__, NULL)

static void what_is_no_order_is_refused(void **state)
{
	(void)state;
	assert_status(service_get(CASEWORKER, "/runs/new"), 200);
	struct service_answer a = service_post(CASEWORKER, "/runs", FORM("purpose", "", "objective", "people"));
	assert_status(a, 422);
	assert_says(a, "Please fill this in.");
	assert_status(service_post(CASEWORKER, "/runs", ORDER("reserve", "10001")), 422);
	assert_status(service_post(CASEWORKER, "/runs", ORDER("reserve", "many")), 422);
	assert_status(service_post(CASEWORKER, "/runs", ORDER("tenant_id", "2")), 422);
	a = service_post(CASEWORKER, "/runs", ORDER("weight_occupation", "9000", "weight_wish", "9000"));
	assert_status(a, 422);
	assert_says(a, "All parts together give at most 10,000 points.");
	assert_status(service_post(CASEWORKER, "/runs",
	                           ORDER("weight_occupation", "0", "weight_essential_skills", "0",
	                                 "weight_optional_skills", "0", "weight_language", "0", "weight_distance", "0",
	                                 "weight_wish", "0", "weight_schedule", "0")),
	              422);
	a = service_post(CASEWORKER, "/runs", ORDER("municipality", "DK-0101"));
	assert_status(a, 422);
	assert_says(a, "Nobody who is available fits these filters.");
	assert_status(service_post(CASEWORKER, "/runs", ORDER("opening_kind", "trainee")), 422);
	assert_status(service_post(READER, "/runs", ORDER("reserve", "")), 403);
	/* what the matching looks at cannot be widened: there is no such field */
	static const char *const forbidden[] = {
		"sex", "age", "born", "nationality", "name", "weight_age", "weight_sex"
	};
	for (size_t i = 0; i < sizeof forbidden / sizeof *forbidden; i++)
		assert_status(service_post(CASEWORKER, "/runs", ORDER(forbidden[i], "1")), 422);
	assert_status(
	    service_api(PROGRAM, HTTP_POST, "/api/v1/runs",
	                "{\"about\": {\"purpose\": \"x\"}, \"how\": {\"objective\": \"people\"}, \"weights\": "
	                "{\"weight_age\": 500}}",
	                NULL),
	    422);
	assert_string_equal(service_sql("SELECT count(*) FROM lg.run"), "0");
}

static void order(char out[40], const char *const *form)
{
	struct service_answer a = service_post(CASEWORKER, "/runs", form);
	assert_status(a, 303);
	(void)snprintf(out, 40, "%.36s", a.location + strlen("/runs/"));
}

static void it_is_ordered_and_waits(void **state)
{
	(void)state;
	order(first, ORDER("reserve", ""));
	struct service_answer a = service_get(CASEWORKER, at("/runs/%s", first));
	assert_status(a, 200);
	assert_says(a, "Waits for its turn");
	assert_says(a, "5 people and 2 positions");
	assert_says(service_get(CASEWORKER, "/runs"), "November");
	assert_string_equal(service_sql("SELECT count(*) FROM lg.proposal"), "0");
	assert_says(service_get(ADMINISTRATOR, "/audit"), "Plan ordered");
	for (int i = 0; i < 4; i++) { /* an office does not fill the queue */
		a = service_post(CASEWORKER, "/runs", ORDER("reserve", ""));
		assert_status(a, 303);
	}
	assert_status(service_post(CASEWORKER, "/runs", ORDER("reserve", "")), 422);
	(void)service_sql("DELETE FROM lg.run WHERE id <> '%s'", first);
}

/* --- what comes of it */

static const char *opening_of(const char *run, int who)
{
	return service_sql(
	    "SELECT o.title FROM lg.run_line l JOIN lg.candidate c ON c.handle = l.candidate JOIN lg.opening o ON "
	    "o.handle = l.opening WHERE l.run_id = '%s' AND c.id = '%s'",
	    run, people[who]);
}

static const char *why_of(const char *run, int who)
{
	return service_sql(
	    "SELECT l.why FROM lg.run_line l JOIN lg.candidate c ON c.handle = l.candidate WHERE l.run_id = "
	    "'%s' AND c.id = '%s'",
	    run, people[who]);
}

static void it_places_as_many_as_can_be_with_a_proof(void **state)
{
	(void)state;
	service_job("runs");
	assert_string_equal(service_sql("SELECT state FROM lg.run WHERE id = '%s'", first), "done");
	/* who knows Danish leaves the position that needs none to who does not, though he fits it better */
	assert_string_equal(opening_of(first, BAKER), "Bread with talk");
	assert_string_equal(opening_of(first, BEGINNER), "Bread for all");
	assert_string_equal(why_of(first, THIRD), "taken");
	assert_string_equal(why_of(first, LATER), "demands");
	assert_string_equal(why_of(first, NOWHERE), "unlike");
	assert_string_equal(service_sql("SELECT (outcome ->> 'primal') = (outcome ->> 'dual') FROM lg.run"), "t");
	assert_string_equal(service_sql("SELECT outcome ->> 'looked_at' FROM lg.run"),
	                    "8"); /* four people, two openings */
	assert_string_equal(service_sql("SELECT outcome ->> 'faults' FROM lg.run"), "0");
	/* what is kept adds up by itself: the sum of duals is the sum of weights */
	assert_string_equal(
	    service_sql(
	        "SELECT (SELECT sum(dual) FROM lg.run_line) + (SELECT sum(dual * free) FROM lg.run_opening) = (SELECT "
	        "sum(score) FROM lg.run_line) + 2 * (SELECT (outcome ->> 'bonus')::bigint FROM lg.run)"),
	    "t");
	struct service_answer a = service_get(CASEWORKER, at("/runs/%s", first));
	assert_status(a, 200);
	assert_says(a, "Bohdan Person");
	assert_says(a, "2 of 5");
	assert_says(a, "No other plan finds work for more people");
	assert_says(a, "The positions that would fit went to others");
	assert_says(a, "landgang runs replay");
	assert_says(service_get(CASEWORKER, at("/runs/%s?list=nothing", first)), "Tamara");
	assert_says(service_get(CASEWORKER, at("/runs/%s?list=left", first)), "Every position is filled.");
	assert_status(service_get(CASEWORKER, at("/runs/%s?list=all", first)), 422);
	assert_string_equal(service_sql("SELECT count(*) FROM lg.proposal"), "0"); /* a run decides nothing */
	assert_string_equal(service_sql("SELECT count(*) FROM lg.outbox"), "0");   /* and sends nothing */
	a = service_api(PROGRAM, HTTP_GET, at("/api/v1/runs/%s", first), NULL, NULL);
	assert_status(a, 200);
	assert_int_equal(json_array_size(json_object_get(a.json, "items")), 2);
	assert_int_equal(strlen(record_word(a.json, "result_hash")), 64);
	service_job("runs"); /* nothing is left to do */
}

static void no_name_is_in_what_is_kept_of_it(void **state)
{
	(void)state;
	assert_string_equal(
	    service_sql("SELECT count(*) FROM lg.run_input WHERE position('handle'::bytea IN box) > 0 OR "
	                "position('facts'::bytea IN box) > 0"),
	    "0"); /* sealed */
	assert_string_equal(
	    service_sql("SELECT count(*) FROM lg.run WHERE to_jsonb(run)::text ~* 'bohdan|bela|tamara'"), "0");
	assert_string_equal(service_sql("SELECT cardinality(candidates) + cardinality(openings) FROM lg.run"), "0");
}

/* --- approving */

static void another_office_sees_and_approves_nothing_of_it(void **state)
{
	(void)state;
	assert_status(service_get(STRANGER, at("/runs/%s", first)), 404);
	assert_null(strstr(service_get(STRANGER, "/runs").body, "November"));
	assert_status(service_post(STRANGER, at("/runs/%s/approve", first), FORM("do", "all")), 404);
	assert_status(service_post(READER, at("/runs/%s/approve", first), FORM("do", "all")), 403);
	assert_status(service_post(CASEWORKER, at("/runs/%s/approve", first), FORM("do", "everything")), 422);
	assert_string_equal(service_sql("SELECT count(*) FROM lg.proposal"), "0");
}

static void whoever_works_for_a_unit_plans_for_its_people_and_sees_no_other_plan(void **state)
{
	(void)state;
	char unit[40], own[40];
	int who = service_sign_in(1, "caseworker");
	(void)snprintf(unit, sizeof unit, "%s",
	               service_sql("INSERT INTO lg.unit (tenant_id, name) VALUES (1, 'North') RETURNING id"));
	(void)service_sql("UPDATE lg_gate.session SET ctx = ctx || '%s' WHERE account_id = '%s'", unit,
	                  service_account(who));
	assert_status(service_get(who, at("/runs/%s", first)), 404);
	assert_status(service_post(who, at("/runs/%s/approve", first), FORM("do", "all")), 404);
	assert_null(strstr(service_get(who, "/runs").body, "November"));
	assert_status(service_post(who, "/runs", ORDER("reserve", "")), 422); /* nobody is in the unit */
	(void)service_sql("UPDATE lg.candidate SET unit = '%s' WHERE id = '%s'", unit, people[BEGINNER]);
	struct service_answer a = service_post(who, "/runs", ORDER("reserve", ""));
	assert_status(a, 303);
	(void)snprintf(own, sizeof own, "%.36s", a.location + strlen("/runs/"));
	service_job("runs");
	assert_says(service_get(who, at("/runs/%s", own)), "1 of 1");
	assert_string_equal(service_sql("SELECT count(*) FROM lg.run_line WHERE run_id = '%s'", own), "1");
	assert_status(service_get(CASEWORKER, at("/runs/%s", own)), 200);
	(void)service_sql("DELETE FROM lg.run WHERE id = '%s'", own);
}

static void pairs_are_approved_one_by_one_or_all_at_once(void **state)
{
	(void)state;
	struct service_answer a =
	    service_post(CASEWORKER, at("/runs/%s/approve", first), FORM("do", "chosen", "pick", people[THIRD]));
	assert_status(a, 303);
	assert_non_null(strstr(a.location, "said=run_none")); /* not a pair of the plan */
	a = service_post(CASEWORKER, at("/runs/%s/approve", first), FORM("do", "chosen", "pick", people[BAKER]));
	assert_non_null(strstr(a.location, "said=run_approved"));
	assert_string_equal(service_sql("SELECT string_agg(state || ' ' || (score > 0), ',') FROM lg.proposal"),
	                    "shortlisted true");
	assert_string_equal(service_sql("SELECT changed_by FROM lg.proposal"), service_account(CASEWORKER));
	assert_says(service_get(CASEWORKER, at("/candidates/%s/history", people[BAKER])), "Opening proposed");
	a = service_api(PROGRAM, HTTP_POST, at("/api/v1/runs/%s/approve", first), "{\"all\": true}", NULL);
	assert_status(a, 200);
	assert_int_equal(json_integer_value(json_object_get(a.json, "approved")), 1); /* the other was decided about */
	a = service_api(PROGRAM, HTTP_POST, at("/api/v1/runs/%s/approve", first), "{\"all\": true}", NULL);
	assert_int_equal(json_integer_value(json_object_get(a.json, "approved")), 0);
	assert_status(
	    service_api(PROGRAM, HTTP_POST, at("/api/v1/runs/%s/approve", first), "{\"candidates\": [\"x\"]}", NULL),
	    422);
	assert_string_equal(service_sql("SELECT count(*) FROM lg.proposal"), "2");
	assert_says(service_get(CASEWORKER, at("/runs/%s", first)), "On the short list");
}

/* --- the next one */

static void what_people_decided_about_is_left_out_of_the_next(void **state)
{
	(void)state;
	/* people and positions under way are not planned for again */
	struct service_answer a = service_post(CASEWORKER, "/runs", ORDER("reserve", ""));
	assert_status(a, 422);
	assert_says(a, "No open opening with a free position fits these filters.");
	(void)service_sql(
	    "SELECT lg_gate.enter_job(1, 'test'); UPDATE lg.proposal SET state = 'rejected', reason = 'way'; UPDATE "
	    "lg.opening SET assistant_allowed = true"); /* somebody whose licence is pending will do: not for this */
	order(second, ORDER("reserve", ""));
	service_job("runs");
	/* neither has again what was turned down: the baker has what the beginner had, who is left with what is not for
	 * her */
	assert_string_equal(opening_of(second, BAKER), "Bread for all");
	assert_string_equal(why_of(second, BEGINNER), "decided");
	assert_string_equal(why_of(second, THIRD), "taken");
	assert_string_equal(service_sql("SELECT outcome ->> 'decided' FROM lg.run WHERE id = '%s'", second), "2");
	a = service_get(CASEWORKER, at("/runs/%s", second));
	assert_says(a, "Compared with the plan before");
	assert_says(a, "What would fit was decided about before");
	assert_says(service_get(CASEWORKER, at("/runs/new?like=%s", first)), "value=\"November\"");
}

/* --- anew */

static const uint8_t key[33] = "the master key of these tests..";
static bool never(void) { return false; }
static int64_t now(void) { return (int64_t)time(NULL); }

static struct db_pool *job_pool(void)
{
	return db_pool_new(&(struct db_config){
	    .conninfo = scratch_conninfo(), .role = "lg_job", .password = "", .most = 1, .wait_ms = 5000 });
}

static enum lg_err replay(const char *id, struct run_replay *out)
{
	struct lg_ctx own = { .mem = lg_arena_new(0, NULL), .now = now() };
	const struct seal_ring ring = seal_ring_of(key);
	struct db_pool *pool = job_pool();
	enum lg_err err = run_replay(&own, pool, &ring, app_setup(service_app())->terms, id, out);
	lg_arena_free(own.mem);
	db_pool_free(pool);
	return err;
}

static void it_is_the_same_when_it_is_computed_anew_whoever_was_erased(void **state)
{
	(void)state;
	struct run_replay r;
	assert_int_equal(replay(first, &r), LG_OK);
	assert_true(r.same_input && r.same_result);
	assert_int_equal(r.placed, 2);
	(void)service_sql("SELECT lg_gate.enter_job(1, 'test'); DELETE FROM lg.candidate");
	(void)service_sql("SELECT lg_gate.enter_job(1, 'test'); UPDATE lg.opening SET hours = 20, state = 'cancelled'");
	assert_int_equal(replay(first, &r), LG_OK);
	assert_true(r.same_input && r.same_result);
	assert_int_equal(replay(second, &r), LG_OK);
	assert_true(r.same_input && r.same_result);
	struct service_answer a = service_get(CASEWORKER, at("/runs/%s", first));
	assert_null(strstr(a.body, "Bohdan")); /* the pairs of who is gone are nobody's */
	assert_says(a, "2 of 5");
	/* another result, another input, another office's key */
	(void)service_sql("UPDATE lg.run SET result_hash = sha256('x') WHERE id = '%s'", second);
	assert_int_equal(replay(second, &r), LG_OK);
	assert_true(r.same_input && !r.same_result);
	(void)service_sql("UPDATE lg.run_input SET box = set_byte(box, 60, get_byte(box, 60) # 1) WHERE run_id = '%s'",
	                  second);
	assert_int_equal(replay(second, &r), LG_FAULT);
	assert_int_equal(replay("11111111-0000-4000-8000-000000000007", &r), LG_UNKNOWN);
}

/* --- killed */

/* An office of codes and numbers alone, which is all that a run reads, and a run over it. */
static void order_a_large_one(char out[40], int n)
{
	(void)service_sql(
	    "INSERT INTO lg.match_entry (tenant_id, side, handle, facts, moment) SELECT 1, 'candidate', md5('c' || "
	    "i)::uuid, "
	    "jsonb_build_object('latitude_e6', 55400000 + i * 7919 %% 200000, 'longitude_e6', 10400000 + i::bigint * "
	    "104729 %% "
	    "300000, 'wants_work', 'yes', 'commute_km', 10 + i %% 40, 'occupations', "
	    "jsonb_build_array(jsonb_build_object('occupation', (ARRAY['7512', '9412', '5120', '5321', '8322'])[1 + i "
	    "%% 5], "
	    "'years', i %% 12)), 'languages', jsonb_build_array(jsonb_build_object('language', 'da', 'interaction', "
	    "(ARRAY['a1', 'a2', 'b1', 'b2'])[1 + i %% 4]))), 1 FROM generate_series(1, 600) i ON CONFLICT DO NOTHING");
	(void)service_sql("INSERT INTO lg.match_entry (tenant_id, side, handle, facts, moment) SELECT 1, 'opening', "
	                  "md5('o' || i)::uuid, "
	                  "jsonb_build_object('latitude_e6', 55400000 + i * 6007 %% 200000, 'longitude_e6', 10400000 + "
	                  "i::bigint * 99991 %% "
	                  "300000, 'kind', 'job', 'positions', 1 + i %% 3, 'occupations', "
	                  "jsonb_build_array(jsonb_build_object('occupation', (ARRAY['7512', '9412', '5120', '5321', "
	                  "'8322'])[1 + i %% 5])), "
	                  "'languages', jsonb_build_array(jsonb_build_object('language', 'da', 'level', (ARRAY['a1', "
	                  "'a2', 'b1'])[1 + i %% "
	                  "3]))), 1 FROM generate_series(1, 200) i ON CONFLICT DO NOTHING");
	(void)snprintf(out, 40, "11111111-0000-4000-8000-%012d", n);
	(void)service_sql(
	    "INSERT INTO lg.run (tenant_id, id, created_by, purpose, asked, candidates, openings, free, "
	    "decided_candidates, decided_openings, n_candidates, n_openings, n_positions) SELECT 1, '%s', '%s', "
	    "'kills', '{\"objective\": \"people\"}', (SELECT array_agg(md5('c' || i)::uuid) FROM "
	    "generate_series(1, 600) i), (SELECT array_agg(md5('o' || i)::uuid) FROM generate_series(1, 200) "
	    "i), (SELECT array_agg(1 + i %% 3) FROM generate_series(1, 200) i), (SELECT array_agg(md5('c' || "
	    "i)::uuid) FROM generate_series(1, 40) i), (SELECT array_agg(md5('o' || i)::uuid) FROM "
	    "generate_series(1, 40) i), 600, 200, 400",
	    out, service_account(CASEWORKER));
}

/* In a process of its own, with connections of its own. */
static void compute(void)
{
	bool more;
	struct lg_ctx own = { .mem = lg_arena_new(0, NULL), .now = now() };
	const struct core_job_with with = {
		.seal_key = key, .terms = app_setup(service_app())->terms, .now = now, .stopped = never, .more = &more
	};
	_exit(run_job(&own, job_pool(), &with) == LG_OK ? 0 : 1);
}

static int64_t clock_us(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* @return microseconds until it ended by itself; -1: it was killed before */
static int64_t compute_for(int64_t us)
{
	int status;
	int64_t begun = clock_us();
	pid_t child = fork();
	if (child == 0) compute();
	assert_true(child > 0);
	if (us > 0) {
		(void)nanosleep(&(struct timespec){ .tv_sec = us / 1000000, .tv_nsec = us % 1000000 * 1000 }, NULL);
		(void)kill(child, SIGKILL);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	if (WIFSIGNALED(status)) return -1;
	assert_int_equal(WEXITSTATUS(status), 0);
	return clock_us() - begun;
}

static const char *state_of(const char *run) { return service_sql("SELECT state FROM lg.run WHERE id = '%s'", run); }

static const char *differs(const char *a, const char *b)
{
	return service_sql(
	    "SELECT count(*) FROM ((SELECT candidate, opening, score, dual, why, failed FROM lg.run_line WHERE run_id "
	    "= '%s') EXCEPT "
	    "(SELECT candidate, opening, score, dual, why, failed FROM lg.run_line WHERE run_id = '%s')) x",
	    a, b);
}

/* A minute after somebody was killed: what the server still did for them is over. */
static void a_minute_later(void)
{
	for (int i = 0; i < 500; i++) {
		if (!strcmp(service_sql(
		                "SELECT count(*) FROM pg_stat_activity WHERE usename = 'lg_job' AND state <> 'idle'"),
		            "0"))
			break;
		(void)usleep(10000);
	}
	(void)usleep(20000); /* and what it had not read yet */
	(void)service_sql("UPDATE lg_gate.run_due SET held_until = now() - interval '1 s'");
}

/* Twenty kills at moments all over a run; what none of them may leave is half of a result, and in the end the tables
 * are as without. */
static void twenty_kills_leave_the_tables_as_without(void **state)
{
	(void)state;
	char calm[40], killed[40];
	int kills = 0;
	order_a_large_one(calm, 1);
	int64_t whole = compute_for(0);
	assert_string_equal(state_of(calm), "done");
	order_a_large_one(killed, 2);
	for (int i = 0; kills < KILLS && i < 3 * KILLS; i++) {
		if (compute_for(whole * (2 * i + 1) / (2 * KILLS) % whole + 1000) < 0) kills++;
		/* in one look, since the last kill may have come just before the end */
		assert_string_equal(service_sql("SELECT count(*) FROM lg.run r WHERE state <> 'done' AND (EXISTS "
		                                "(SELECT FROM lg.run_line WHERE run_id = "
		                                "r.id) OR EXISTS (SELECT FROM lg.run_input WHERE run_id = r.id) OR "
		                                "EXISTS (SELECT FROM lg.run_opening "
		                                "WHERE run_id = r.id))"),
		                    "0");
		if (!strcmp(state_of(killed), "done")) { /* killed just after, or not at all: another like it */
			assert_string_equal(differs(calm, killed), "0");
			(void)service_sql("DELETE FROM lg.run WHERE id = '%s'", killed);
			order_a_large_one(killed, 2);
		}
		a_minute_later();
	}
	assert_int_equal(kills, KILLS);
	assert_true(compute_for(0) > 0);
	assert_string_equal(state_of(killed), "done");
	assert_string_equal(differs(calm, killed), "0");
	assert_string_equal(differs(killed, calm), "0");
	assert_string_equal(
	    service_sql("SELECT count(DISTINCT result_hash) || ' ' || count(DISTINCT input_hash) || ' ' || "
	                "count(DISTINCT outcome) FROM lg.run WHERE purpose = 'kills'"),
	    "1 1 1");
	assert_string_equal(service_sql("SELECT count(*) FROM lg_gate.run_due"), "0");
	assert_string_equal(service_sql("SELECT count(*) FROM lg.run_line WHERE run_id = '%s'", killed), "600");
}

/* Two processes take one run each, and what is held by one is not taken by another. */
static void what_somebody_computes_is_nobody_elses(void **state)
{
	(void)state;
	char held[40];
	order_a_large_one(held, 3);
	(void)service_sql("UPDATE lg_gate.run_due SET held_until = now() + interval '1 min'");
	assert_true(compute_for(0) > 0); /* finds nothing to do */
	assert_string_equal(state_of(held), "waiting");
	(void)service_sql("UPDATE lg_gate.run_due SET held_until = now() - interval '1 s', tries = 1000");
	assert_true(compute_for(0) > 0); /* it has killed whoever tried: given up */
	assert_string_equal(state_of(held), "failed");
	assert_says(service_get(CASEWORKER, at("/runs/%s", held)), "It could not be computed");
}

/* --- who somebody is makes no difference */

enum { OFFICE = 24, POSTS = 6 };
static char office[OFFICE][40], posts[POSTS][40];

/* Names of men and women from several countries, ages from 18 to 75, grounds to stay as each nationality has them,
 * numbers that tell the sex and the birthday, families. */
static const char *section_of(const char *name, int i)
{
	static const char
	    *const given[] = { "Olena", "Mohammad", "Freja", "Taras", "Fatima", "Lars" },
	           *const family[] = { "Kovalenko", "al-Hassan", "Nielsen", "Shevchuk", "Yilmaz", "Berg" },
	           *const grounds[] = { "special_act", "refugee", "citizen", "special_act", "family", "nordic" };
	static char body[700];
	if (!strcmp(name, "person"))
		(void)snprintf(body, sizeof body,
		               "{\"given_name\": \"%s\", \"family_name\": \"%s%c\", \"born\": \"%d-0%d-1%d\", "
		               "\"contact_language\": \"%s\"}",
		               given[i % 6], family[i % 6], 'a' + i, 1951 + i * 7 % 57, 1 + i % 9, i % 10,
		               i % 2 ? "uk" : "ar");
	else if (!strcmp(name, "identifiers"))
		(void)snprintf(body, sizeof body,
		               "[{\"kind\": \"passport\", \"number\": \"FB%06d\", \"issuer\": \"%s\"}]",
		               100000 + i * 37, i % 3 ? "Ukraine" : "Syria");
	else if (!strcmp(name, "stay"))
		(void)snprintf(body, sizeof body, "{\"ground\": \"%s\", \"arrived\": \"20%02d-03-01\"}", grounds[i % 6],
		               10 + i % 14);
	else
		(void)snprintf(body, sizeof body,
		               i % 2 ? "[{\"relation\": \"child\", \"name\": \"Child\", \"born\": \"2020-01-01\"}]"
		                     : "[]");
	return body;
}

static void put_section(int who, const char *name, const char *body)
{
	char version[16];
	(void)snprintf(version, sizeof version, "\"%s\"",
	               service_sql("SELECT version FROM lg.candidate WHERE id = '%s'", office[who]));
	struct service_answer a = service_api(PROGRAM, HTTP_PUT, at("/api/v1/candidates/%s/%s", office[who], name),
	                                      body, FORM("If-Match", version));
	assert_status(a, 204);
}

/* Who somebody is, of another: whose is one, or `by` further on. */
static void be_somebody_else(int by)
{
	static const char *const names[] = { "person", "identifiers", "stay", "family" };
	for (size_t s = 0; s < 4; s++)
		for (int i = 0; i < OFFICE; i++) /* a number is one person's at a time */
			if (!strcmp(names[s], "identifiers")) put_section(i, names[s], "[]");
	for (size_t s = 0; s < 4; s++)
		for (int i = 0; i < OFFICE; i++) put_section(i, names[s], section_of(names[s], (i + by) % OFFICE));
}

/* Every ranked list of the office, and a plan for it, with scores. */
static const char *all_ranks(void)
{
	static char all[200000];
	size_t n = 0;
	for (int i = 0; i < OFFICE + POSTS; i++) {
		struct service_answer a =
		    service_api(PROGRAM, HTTP_GET,
		                i < OFFICE ? at("/api/v1/candidates/%s/matches?limit=100", office[i])
		                           : at("/api/v1/openings/%s/matches?limit=100", posts[i - OFFICE]),
		                NULL, NULL);
		assert_status(a, 200);
		assert_true(json_array_size(json_object_get(a.json, "items")) > 0 || i < OFFICE);
		n += (size_t)snprintf(all + n, sizeof all - n, "%s\n", a.body);
		assert_true(n < sizeof all);
	}
	char run[40];
	order(run, ORDER("reserve", ""));
	service_job("runs");
	(void)snprintf(
	    all + n, sizeof all - n, "%s",
	    service_sql(
	        "SELECT encode(result_hash, 'hex') || encode(input_hash, 'hex') FROM lg.run WHERE id = '%s' AND "
	        "state = 'done'",
	        run));
	assert_true(strlen(all) > n + 100);
	return all;
}

static void an_office_of_many_kinds_of_people(void **state)
{
	(void)state;
	(void)service_sql("DELETE FROM lg.match_entry");
	service_match_begin();
	for (int i = 0; i < OFFICE; i++) {
		char body[900];
		(void)snprintf(
		    body, sizeof body,
		    "{\"person\": {\"given_name\": \"Nobody\", \"family_name\": \"Number%c\"}, \"basis\": "
		    "{\"legal_basis\": \"public_task\"}, \"contact\": {\"municipality\": \"%s\"}, \"languages\": "
		    "[{\"language\": \"da\", \"interaction\": \"%s\"}], \"occupations\": [{\"occupation\": "
		    "\"%s\", \"years\": %d}], \"wishes\": {\"wants_work\": \"yes\", \"commute_km\": %d}}",
		    'A' + i, i % 3 ? "DK-0461" : "DK-0430", i % 4 ? "b1" : "a2", i % 2 ? "7512" : "9412", i % 7,
		    30 + i);
		keep_made(office[i], service_api(PROGRAM, HTTP_POST, "/api/v1/candidates?anyway=1", body, NULL));
	}
	for (int i = 0; i < POSTS; i++)
		register_opening(posts[i], i % 2 ? "Bread" : "More bread",
		                 i % 3 ? "" : "\"languages\": [{\"language\": \"da\", \"level\": \"b1\"}], ");
	(void)service_sql("SELECT lg_gate.enter_job(1, 'test'); UPDATE lg.candidate SET state = 'available'");
	(void)service_sql(
	    "SELECT lg_gate.enter_job(1, 'test'); UPDATE lg.opening SET state = 'open' WHERE state = 'draft'");
}

static void who_somebody_is_makes_no_difference_to_any_rank(void **state)
{
	(void)state;
	be_somebody_else(0);
	char *before = strdup(all_ranks());
	assert_non_null(before);
	be_somebody_else(7); /* names, birthdays, numbers, grounds to stay, families: all of them are another's now */
	assert_string_equal(
	    service_sql("SELECT given_name || to_char(born, ' YYYY') FROM lg.candidate WHERE id = '%s'", office[0]),
	    "Mohammad 2000");
	const char *after = all_ranks();
	if (strcmp(before, after) != 0) fail_msg("the ranks differ:\n%.2000s\n%.2000s", before, after);
	/* the same test sees what may make a difference: years of practice, the other way round */
	for (int i = 0; i < OFFICE; i++) {
		char body[120];
		(void)snprintf(body, sizeof body, "[{\"occupation\": \"%s\", \"years\": %d}]", i % 2 ? "7512" : "9412",
		               6 - i % 7);
		put_section(i, "occupations", body);
	}
	assert_string_not_equal(before, all_ranks());
	free(before);
	service_match_end();
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
		cmocka_unit_test(an_office_with_people_and_two_positions),
		cmocka_unit_test(what_is_no_order_is_refused),
		cmocka_unit_test(it_is_ordered_and_waits),
		cmocka_unit_test(it_places_as_many_as_can_be_with_a_proof),
		cmocka_unit_test(no_name_is_in_what_is_kept_of_it),
		cmocka_unit_test(another_office_sees_and_approves_nothing_of_it),
		cmocka_unit_test(whoever_works_for_a_unit_plans_for_its_people_and_sees_no_other_plan),
		cmocka_unit_test(pairs_are_approved_one_by_one_or_all_at_once),
		cmocka_unit_test(what_people_decided_about_is_left_out_of_the_next),
		cmocka_unit_test(it_is_the_same_when_it_is_computed_anew_whoever_was_erased),
		cmocka_unit_test(twenty_kills_leave_the_tables_as_without),
		cmocka_unit_test(what_somebody_computes_is_nobody_elses),
		cmocka_unit_test(an_office_of_many_kinds_of_people),
		cmocka_unit_test(who_somebody_is_makes_no_difference_to_any_rank),
	};
	service_open(argv[1]);
	return cmocka_run_group_tests_name("run", tests, NULL, close_all);
}
