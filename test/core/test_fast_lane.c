/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* The fast lane: who can start now and has a strong match stands first in the morning, each position is held out once,
 * and what holds no more is not there. */
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
#include "core/fast_lane.h"
#include "core/fast_lane_job.h"
#include "core/fast_lane_strong.h"
#include "core/match_strong.h"
#include "core/match_terms.h"
#include "core/work_right.h"
#include "invented.h"
#include "kept.h"
#include "scratch.h"
#include "service.h"

enum { READY, SECOND, LATER, NO_RIGHT, FAR_AWAY, PEOPLE };
static char people[PEOPLE][40], employer[40], bread[40];

/* --- rules */

static void who_needs_nobodys_word_may_work(void **state)
{
	(void)state;
	assert_true(fast_lane_may_work("citizen", WORK_RIGHT_NO_DATE, 20000));
	assert_true(fast_lane_may_work("refugee", 20000, 20000)); /* the last day counts */
	assert_false(fast_lane_may_work("refugee", 19999, 20000));
	assert_false(fast_lane_may_work("unknown", WORK_RIGHT_NO_DATE, 20000));
	assert_false(fast_lane_may_work(NULL, WORK_RIGHT_NO_DATE, 20000));
	assert_false(fast_lane_may_work("asylum", 30000, 20000));
}

static json_t *somebody(const char *name, const char *value)
{
	json_t *o = json_pack("{s:s, s:s, s:s}", "state", "available", "wants_work", "yes", "ground", "citizen");
	if (name) json_object_set_new(o, name, json_string(value));
	return o;
}

static void facts_alone_make_somebody_ready(void **state)
{
	(void)state;
	static const struct {
		const char *name, *value;
		bool ready;
	} cases[] = { { NULL, NULL, true },
		      { "can_start", "2026-11-29", true },
		      { "can_start", "2026-11-30", false },
		      { "wants_work", "later", false },
		      { "state", "placed", false },
		      { "ground", "unknown", false } };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		json_t *o = somebody(cases[i].name, cases[i].value);
		assert_int_equal(fast_lane_is_ready(o, 20786), cases[i].ready); /* 2026-11-29 */
		json_decref(o);
	}
}

/* --- over strong pairs alone, each opening by its own measure */

static bool is_strong(const struct invented *m, size_t c, size_t o)
{
	struct lgm_verdict v;
	struct match_asked asked = match_asked(&m->setup, &m->openings[o]);
	lgm_compare(&m->setup, &m->candidates[c], &m->openings[o], &v);
	return match_is(&asked, &v, MATCH_STRONG);
}

/* The plain way: somebody takes a position, and whoever had it looks for another (Kuhn 1955). */
struct plain {
	const struct invented *m;
	uint32_t holder[40][64], taken[40];
	bool seen[40];
};

static bool takes(struct plain *p, uint32_t c)
{
	for (size_t o = 0; o < p->m->n_openings; o++) {
		if (p->seen[o] || !is_strong(p->m, c, o)) continue;
		p->seen[o] = true;
		unsigned room = p->m->openings[o].positions < 64 ? p->m->openings[o].positions : 64;
		if (p->taken[o] < room) return p->holder[o][p->taken[o]++] = c, true;
		for (size_t k = 0; k < room; k++)
			if (takes(p, p->holder[o][k])) return p->holder[o][k] = c, true;
	}
	return false;
}

static size_t most_that_can_be(const struct invented *m)
{
	struct plain p = { .m = m };
	size_t n = 0;
	for (uint32_t c = 0; c < m->n_candidates; c++) {
		memset(p.seen, 0, sizeof p.seen);
		n += takes(&p, c);
	}
	return n;
}

static struct run_market market_of(struct lg_ctx *cx, struct invented *m)
{
	struct run_market r = { .setup = m->setup,
		                .objective = LGM_PEOPLE,
		                .n_candidates = m->n_candidates,
		                .n_openings = m->n_openings,
		                .candidates = m->candidates,
		                .openings = m->openings };
	r.candidate_handles = lg_array(cx->mem, m->n_candidates, sizeof *r.candidate_handles);
	r.opening_handles = lg_array(cx->mem, m->n_openings, sizeof *r.opening_handles);
	for (size_t c = 0; c < m->n_candidates; c++)
		r.candidates[c].id = (uint32_t)c, r.candidate_handles[c][0] = (uint8_t)c;
	for (size_t o = 0; o < m->n_openings; o++) r.openings[o].id = (uint32_t)o, r.opening_handles[o][0] = (uint8_t)o;
	return r;
}

static void as_many_as_can_be_have_a_strong_pair_and_nobody_a_weak_one(void **state)
{
	(void)state;
	size_t placed = 0, of_weak = 0;
	for (uint64_t seed = 1; seed <= 30; seed++) {
		struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
		struct invented *m = invented_new(seed, 60, 40), *again = invented_new(seed, 60, 40);
		invented_ease(m), invented_ease(again);
		struct run_market r = market_of(&cx, m);
		struct run_result result = { 0 };
		assert_int_equal(fast_lane_strong(&cx, &r, NULL), LG_OK);
		if (r.n_candidates) assert_int_equal(run_solve(&cx, &result, &r, NULL), LG_OK);
		for (size_t c = 0; c < r.n_candidates; c++)
			if (result.opening[c] != RUN_NOWHERE)
				assert_true(is_strong(again, r.candidate_handles[c][0],
				                      r.opening_handles[result.opening[c]][0]));
		assert_int_equal(result.totals.placed, most_that_can_be(again));
		placed += result.totals.placed;
		of_weak += r.n_decided;
		invented_free(m);
		invented_free(again);
		lg_arena_free(cx.mem);
	}
	assert_true(placed > 50);
	assert_true(of_weak > 50); /* pairs that only the opening's own measure tells from strong ones */
}

/* --- an office */

static void register_person(int who, const char *name, const char *ground, const char *wishes, const char *place)
{
	char body[1000];
	(void)snprintf(
	    body, sizeof body,
	    "{\"person\": {\"given_name\": \"%s\", \"family_name\": \"Person\"}, \"basis\": "
	    "{\"legal_basis\": \"public_task\"}, \"stay\": {\"ground\": \"%s\"}, \"contact\": "
	    "{\"municipality\": \"%s\"}, \"languages\": [{\"language\": \"da\", \"interaction\": \"b2\"}], "
	    "\"occupations\": [{\"occupation\": \"7512\", \"years\": 10}], \"wished\": [{\"occupation\": "
	    "\"7512\"}], \"skills\": [{\"skill\": \"lg:teamwork\"}], \"wishes\": {\"wants_work\": \"yes\"%s}}",
	    name, ground, place, wishes);
	keep_made(people[who], service_api(PROGRAM, HTTP_POST, "/api/v1/candidates?anyway=1", body, NULL));
	(void)service_sql("SELECT lg_gate.enter_job(1, 'test'); UPDATE lg.candidate SET owner = '%s' WHERE id = '%s'",
	                  service_account(CASEWORKER), people[who]);
}

static void an_office_with_one_position_and_two_who_could_start(void **state)
{
	(void)state;
	register_person(READY, "Rita", "citizen", "", "DK-0461");
	register_person(SECOND, "Sofia", "citizen", ", \"can_start\": \"2020-01-01\"", "DK-0461");
	register_person(LATER, "Lesia", "citizen", ", \"can_start\": \"2099-01-01\"", "DK-0461");
	register_person(NO_RIGHT, "Nazar", "unknown", "", "DK-0461");
	register_person(FAR_AWAY, "Fedir", "citizen", "", "DK-0101");
	keep_made(employer, service_api(PROGRAM, HTTP_POST, "/api/v1/employers",
	                                "{\"company\": {\"name\": \"Nord Bageri\"}}", NULL));
	keep_made(bread, service_api(PROGRAM, HTTP_POST, at("/api/v1/employers/%s/openings", employer),
	                             "{\"post\": {\"title\": \"Bread\", \"kind\": \"job\", \"positions\": 1}, "
	                             "\"occupations\": [{\"occupation\": \"7512\"}], \"skills\": [{\"skill\": "
	                             "\"lg:teamwork\", \"essential\": true}], \"languages\": [{\"language\": \"da\", "
	                             "\"level\": \"a2\"}], \"place\": {\"municipality\": \"DK-0461\"}}",
	                             NULL));
	(void)service_sql("SELECT lg_gate.enter_job(1, 'test'); UPDATE lg.candidate SET state = 'available'");
	(void)service_sql("SELECT lg_gate.enter_job(1, 'test'); UPDATE lg.opening SET state = 'open'");
}

static const char *found(void)
{
	return service_sql(
	    "SELECT coalesce(string_agg(c.given_name || ' ' || (f.strength >= %d), ', ' ORDER BY c.given_name), '') "
	    "FROM lg.fast_lane f JOIN lg.candidate c ON c.id = f.candidate_id",
	    MATCH_STRONG * 100);
}

static void another_night(void)
{
	(void)service_sql("DELETE FROM lg.fast_lane_night");
	service_job("fast_lane");
}

static void the_night_holds_a_position_out_once(void **state)
{
	(void)state;
	service_job("fast_lane");
	assert_string_equal(
	    service_sql("SELECT people || ' ' || openings || ' ' || found FROM lg.fast_lane_night WHERE "
	                "tenant_id = 1"),
	    "3 1 1"); /* Rita, Sofia, and Fedir, who is far away */
	assert_string_equal(service_sql("SELECT count(*) FROM lg.fast_lane"), "1");
	/* another position: the second has one too; neither who cannot start, nor who may not work */
	(void)service_sql("SELECT lg_gate.enter_job(1, 'test'); UPDATE lg.opening SET positions = 5");
	service_job("fast_lane"); /* it was done already: nothing changes by day */
	assert_string_equal(service_sql("SELECT count(*) FROM lg.fast_lane"), "1");
	another_night();
	assert_string_equal(found(), "Rita true, Sofia true");
	assert_string_equal(service_sql("SELECT count(*) FROM lg.fast_lane_night"),
	                    "1");                                                  /* the other office is empty */
	assert_string_equal(service_sql("SELECT count(*) FROM lg.proposal"), "0"); /* it decides nothing */
}

static void they_stand_first_on_my_day_with_the_reason(void **state)
{
	(void)state;
	assert_status(
	    service_post(CASEWORKER, at("/candidates/%s/tasks", people[LATER]),
	                 FORM("what", "Long overdue", "due", "2026-01-01", "owner", service_account(CASEWORKER))),
	    303);
	struct service_answer a = service_get(CASEWORKER, "/");
	assert_says(a, "Fast lane: Rita Person → Bread");
	assert_says(a, "Fast lane: Sofia Person → Bread");
	assert_says(a, "Nord Bageri · can start now, may work, strong match: ");
	assert_says(a, at("/fast-lane?candidate=%s", people[READY]));
	assert_true(strstr(a.body, "Fast lane: Rita") < strstr(a.body, "Long overdue"));
	/* on the page of the person, and as a sign before the night has found anything */
	assert_says(service_get(CASEWORKER, at("/candidates/%s", people[READY])), "Fast lane: Bread at Nord Bageri.");
	a = service_get(CASEWORKER, at("/candidates/%s", people[FAR_AWAY]));
	assert_says(a, "Fast lane");
	assert_null(strstr(a.body, "Fast lane: "));
	assert_null(strstr(service_get(CASEWORKER, at("/candidates/%s", people[NO_RIGHT])).body, "Fast lane"));
	/* the page, with the rule in words and the way to propose */
	a = service_get(CASEWORKER, "/fast-lane");
	assert_says(a, "2 pairs");
	assert_says(a, "at least 80 per cent of the points that this opening can give");
	assert_says(a, "Propose it");
	a = service_get(CASEWORKER, at("/fast-lane?candidate=%s", people[SECOND]));
	assert_says(a, "Sofia Person → Bread");
	assert_null(strstr(a.body, "Rita"));
	assert_status(service_get(CASEWORKER, "/fast-lane?candidate=x"), 404);
	a = service_api(PROGRAM, HTTP_GET, "/api/v1/fast-lane", NULL, NULL);
	assert_status(a, 200);
	assert_int_equal(json_array_size(json_object_get(a.json, "items")), 2);
	assert_int_equal(record_number(json_object_get(a.json, "night"), "found", 0), 2);
	/* neither another office's, nor a reader's */
	assert_null(strstr(service_get(STRANGER, "/fast-lane").body, "Rita"));
	assert_status(service_get(READER, "/fast-lane"), 403);
	assert_null(strstr(service_get(READER, "/").body, "Fast lane"));
}

/* An opening that names no skills: what it asks about is there, and that is strong; the more of it, the further up. */
static void a_plain_opening_has_a_fast_lane_too(void **state)
{
	(void)state;
	char plain[40];
	keep_made(plain, service_api(PROGRAM, HTTP_POST, at("/api/v1/employers/%s/openings", employer),
	                             "{\"post\": {\"title\": \"Rolls\", \"kind\": \"job\", \"positions\": 1}, "
	                             "\"occupations\": [{\"occupation\": \"7512\"}], "
	                             "\"place\": {\"municipality\": \"DK-0461\"}}",
	                             NULL));
	(void)service_sql(
	    "SELECT lg_gate.enter_job(1, 'test'); UPDATE lg.opening SET state = 'paused' WHERE id = '%s'; UPDATE "
	    "lg.opening SET state = 'open' WHERE id = '%s'",
	    bread, plain);
	another_night();
	assert_string_equal(service_sql("SELECT (score < 8000) || ' ' || (strength > 9000) FROM lg.fast_lane"),
	                    "true true");
	struct service_answer a = service_get(CASEWORKER, "/fast-lane");
	assert_says(a, "1 pair");
	assert_says(a, "Strong match");
	assert_says(a, "of the 47 points that this opening can give");
	(void)service_sql(
	    "SELECT lg_gate.enter_job(1, 'test'); UPDATE lg.opening SET state = 'open'; UPDATE lg.candidate SET "
	    "occupations = jsonb_set(occupations, '{0,years}', '3') WHERE id = '%s'; UPDATE lg.opening SET positions = "
	    "1",
	    people[SECOND]); /* Sofia has less of either; both are somebody's */
	another_night();
	assert_string_equal(service_sql("SELECT count(DISTINCT opening_id) FROM lg.fast_lane"), "2");
	a = service_get(CASEWORKER, "/fast-lane");
	assert_true(strstr(a.body, "Rita Person →") < strstr(a.body, "Sofia Person →"));
	a = service_api(PROGRAM, HTTP_GET, "/api/v1/fast-lane", NULL, NULL);
	assert_int_equal(record_number(a.json, "least_strength", 0), 8000);
	assert_true(record_number(json_array_get(json_object_get(a.json, "items"), 0), "strength", 0) >
	            record_number(json_array_get(json_object_get(a.json, "items"), 1), "strength", 0));
	(void)service_sql(
	    "SELECT lg_gate.enter_job(1, 'test'); DELETE FROM lg.opening WHERE id = '%s'; UPDATE lg.candidate SET "
	    "occupations = jsonb_set(occupations, '{0,years}', '10') WHERE id = '%s'; UPDATE lg.opening SET positions "
	    "= 5",
	    plain, people[SECOND]);
	another_night();
}

static int colleague, leader;
static void whom_nobody_takes_care_of_is_the_leaders_and_the_units(void **state)
{
	(void)state;
	char unit[40];
	colleague = service_sign_in(1, "caseworker");
	leader = service_sign_in(1, "leader");
	assert_null(strstr(service_get(colleague, "/").body, "Fast lane: Rita")); /* she is somebody else's */
	assert_null(strstr(service_get(leader, "/").body, "Fast lane: Rita"));
	(void)service_sql("SELECT lg_gate.enter_job(1, 'test'); UPDATE lg.candidate SET owner = NULL WHERE id = '%s'",
	                  people[READY]);
	assert_says(service_get(leader, "/"), "Fast lane: Rita");
	assert_says(service_get(colleague, "/"), "Fast lane: Rita"); /* of no unit: whoever comes first */
	(void)snprintf(unit, sizeof unit, "%s",
	               service_sql("INSERT INTO lg.unit (tenant_id, name) VALUES (1, 'North') RETURNING id"));
	(void)service_sql("SELECT lg_gate.enter_job(1, 'test'); UPDATE lg.candidate SET unit = '%s' WHERE id = '%s'",
	                  unit, people[READY]);
	assert_says(service_get(leader, "/"), "Fast lane: Rita");
	assert_null(strstr(service_get(colleague, "/").body, "Fast lane: Rita")); /* of a unit: theirs */
	(void)service_sql("UPDATE lg_gate.session SET ctx = ctx || '%s' WHERE account_id = '%s'", unit,
	                  service_account(colleague));
	assert_says(service_get(colleague, "/"), "Fast lane: Rita");
	struct service_answer a = service_get(colleague, "/fast-lane"); /* and of others they see nothing */
	assert_says(a, "Rita");
	assert_null(strstr(a.body, "Sofia"));
	(void)service_sql(
	    "SELECT lg_gate.enter_job(1, 'test'); UPDATE lg.candidate SET owner = '%s', unit = NULL WHERE id = '%s'",
	    service_account(CASEWORKER), people[READY]);
}

/* What holds no more: one change at a time, in the row, and back. */
static void what_holds_no_more_is_not_there(void **state)
{
	(void)state;
	static const struct {
		const char *table, *to, *back;
	} changes[] = {
		{ "lg.candidate", "state = 'in_process'", "state = 'available'" },
		{ "lg.candidate", "can_start = '2099-01-01'", "can_start = NULL" },
		{ "lg.candidate", "wants_work = 'later'", "wants_work = 'yes'" },
		{ "lg.candidate", "ground = 'unknown'", "ground = 'citizen'" },
		{ "lg.candidate", "languages = '[]'",
		  "languages = '[{\"language\": \"da\", \"interaction\": \"b2\"}]'" }, /* a demand */
		{ "lg.candidate", "occupations = '[]'", "occupations = '[{\"occupation\": \"7512\", \"years\": 10}]'" },
		{ "lg.opening", "state = 'paused'", "state = 'open'" },
		{ "lg.opening", "agreed = positions", "agreed = 0" },
		{ "lg.opening", "expires_on = '2026-01-01'", "expires_on = NULL" },
		{ "lg.fast_lane", "day = day - 1", "day = day + 1" }, /* of another day */
	};
	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
		assert_says(service_get(CASEWORKER, "/"), "Fast lane: Rita");
		(void)service_sql("SELECT lg_gate.enter_job(1, 'test'); UPDATE %s SET %s", changes[i].table,
		                  changes[i].to);
		if (strstr(service_get(CASEWORKER, "/").body, "Fast lane: Rita")) fail_msg("%s", changes[i].to);
		assert_null(strstr(service_get(CASEWORKER, at("/candidates/%s", people[READY])).body, "Fast lane: "));
		assert_says(service_get(CASEWORKER, at("/fast-lane?candidate=%s", people[READY])),
		            "This pair holds no more");
		(void)service_sql("SELECT lg_gate.enter_job(1, 'test'); UPDATE %s SET %s", changes[i].table,
		                  changes[i].back);
	}
	(void)service_sql(
	    "SELECT lg_gate.enter_job(1, 'test'); UPDATE lg.candidate SET can_start = '2099-01-01' WHERE id "
	    "= '%s'; UPDATE lg.candidate SET ground = 'unknown' WHERE id = '%s'",
	    people[LATER], people[NO_RIGHT]);
}

static void a_decision_takes_the_pair_away(void **state)
{
	(void)state;
	(void)service_sql("SELECT lg_gate.enter_job(1, 'test'); UPDATE lg.opening SET positions = 1");
	assert_status(service_post(CASEWORKER, "/proposals",
	                           FORM("candidate", people[READY], "opening", bread, "from", "candidate", "state",
	                                "shortlisted")),
	              303);
	struct service_answer a = service_get(CASEWORKER, "/");
	assert_null(strstr(a.body, "Fast lane: Rita"));
	assert_null(strstr(a.body, "Fast lane: Sofia")); /* the position is under way with somebody else */
	another_night();
	assert_string_equal(found(), "");
	(void)service_sql(
	    "SELECT lg_gate.enter_job(1, 'test'); UPDATE lg.proposal SET state = 'rejected', reason = 'way'");
	another_night();
	assert_string_equal(found(), "Sofia true"); /* with Rita it was turned down */
}

/* --- nights */

static int64_t clock_s;
static int64_t told_now(void) { return clock_s; }
static bool never(void) { return false; }

static struct db_pool *job_pool(void)
{
	return db_pool_new(&(struct db_config){
	    .conninfo = scratch_conninfo(), .role = "lg_job", .password = "", .most = 1, .wait_ms = 5000 });
}

static enum lg_err run_at(int64_t unix_s, bool (*stopped)(void))
{
	bool more = false;
	struct lg_ctx own = { .mem = lg_arena_new(0, NULL), .now = clock_s = unix_s };
	struct db_pool *pool = job_pool();
	const struct core_job_with with = {
		.terms = app_setup(service_app())->terms, .now = told_now, .stopped = stopped, .more = &more
	};
	enum lg_err err = fast_lane_job(&own, pool, &with);
	lg_arena_free(own.mem);
	db_pool_free(pool);
	return err;
}

static const char *days(int tenant)
{
	return service_sql(
	    "SELECT coalesce(string_agg(day::text, ' ' ORDER BY day), '') FROM lg.fast_lane_night WHERE tenant_id = %d",
	    tenant);
}

static int64_t utc(const char *text)
{
	return strtoll(service_sql("SELECT extract(epoch FROM '%s+00'::timestamptz)::bigint", text), NULL, 10);
}

/* Each office by its own clock: Kyiv is an hour before Copenhagen, and Stockholm goes with Copenhagen. */
static void each_office_has_its_own_midnight(void **state)
{
	(void)state;
	(void)service_sql("DELETE FROM lg.fast_lane_night");
	(void)service_sql("UPDATE lg_ref.tenant SET zone = 'Europe/Kyiv' WHERE id = 2");
	assert_int_equal(run_at(utc("2026-12-09 12:00:00"), never), LG_OK);
	assert_string_equal(days(2), ""); /* an empty office: its day is not used up */
	(void)service_sql("DELETE FROM lg.fast_lane_night");
	(void)service_sql(
	    "SELECT lg_gate.enter_job(2, 'test'); INSERT INTO lg.employer (tenant_id, id, name, sort_name) VALUES (2, "
	    "md5('e')::uuid, 'Syd', 'syd'); INSERT INTO lg.opening (tenant_id, id, employer_id, title, sort_name, "
	    "state, "
	    "kind, latitude_e6, longitude_e6) VALUES (2, md5('o')::uuid, md5('e')::uuid, 'Bread', 'bread', 'open', "
	    "'job', "
	    "55400000, 10400000); INSERT INTO lg.candidate (tenant_id, id, given_name, family_name, legal_basis, "
	    "sort_name, "
	    "state, wants_work, ground, latitude_e6, longitude_e6) VALUES (2, md5('c')::uuid, 'Sven', 'Person', "
	    "'public_task', 'p', 'available', 'yes', 'citizen', 55400000, 10400000)");
	assert_int_equal(run_at(utc("2026-12-10 21:59:59"), never), LG_OK); /* 22:59:59, and 23:59:59 */
	assert_string_equal(days(1), "2026-12-10");
	assert_string_equal(days(2), "2026-12-10");
	assert_int_equal(run_at(utc("2026-12-10 22:00:00"), never), LG_OK);
	assert_string_equal(days(1), "2026-12-10");
	assert_string_equal(days(2), "2026-12-10 2026-12-11");
	(void)service_sql("UPDATE lg_ref.tenant SET zone = 'Europe/Stockholm' WHERE id = 2");
	assert_int_equal(run_at(utc("2026-12-10 23:00:00"), never), LG_OK);
	assert_string_equal(days(1), "2026-12-10 2026-12-11");
	assert_string_equal(days(2), "2026-12-10 2026-12-11"); /* that day was done already */
}

/* The night of 25 October has an hour twice, that of 29 March lacks one: each is one night. */
static void a_night_with_an_hour_more_or_less_is_one_night(void **state)
{
	(void)state;
	(void)service_sql("DELETE FROM lg.fast_lane_night");
	assert_int_equal(run_at(utc("2026-10-24 21:59:59"), never), LG_OK); /* 23:59:59, summer time */
	assert_string_equal(days(1), "2026-10-24");
	for (int h = 0; h < 26; h++) /* 00:00 to 00:00, 25 hours later, once each half of an hour */
		for (int half = 0; half < 2; half++)
			if (h < 25)
				assert_int_equal(run_at(utc("2026-10-24 22:00:00") + h * 3600 + half * 1800, never),
				                 LG_OK);
	assert_string_equal(days(1), "2026-10-24 2026-10-25");
	assert_int_equal(run_at(utc("2026-10-25 23:00:00"), never), LG_OK);
	assert_string_equal(days(1), "2026-10-24 2026-10-25 2026-10-26");
	(void)service_sql("DELETE FROM lg.fast_lane_night");
	assert_int_equal(run_at(utc("2026-03-28 23:00:00"), never), LG_OK); /* 00:00, winter time */
	for (int h = 1; h < 23; h++) assert_int_equal(run_at(utc("2026-03-28 23:00:00") + h * 3600, never), LG_OK);
	assert_string_equal(days(1), "2026-03-29");
	assert_int_equal(run_at(utc("2026-03-29 22:00:00"), never), LG_OK);
	assert_string_equal(days(1), "2026-03-29 2026-03-30");
	/* a clock that goes back finds it done */
	assert_int_equal(run_at(utc("2026-03-29 10:00:00"), never), LG_OK);
	assert_string_equal(days(1), "2026-03-29 2026-03-30");
}

/* An office of many, so that a kill meets it in the middle. */
static void an_office_of_many(void)
{
	(void)service_sql(
	    "SELECT lg_gate.enter_job(1, 'test'); DELETE FROM lg.proposal; INSERT INTO lg.candidate (tenant_id, id, "
	    "given_name, family_name, legal_basis, sort_name, state, wants_work, ground, latitude_e6, longitude_e6, "
	    "occupations, wished, skills, languages) SELECT 1, md5('p' || i)::uuid, 'P' || i, 'Many', 'public_task', "
	    "'many', "
	    "'available', 'yes', 'citizen', 55400000 + i * 7919 %% 20000, 10400000 + i %% 20000, '[{\"occupation\": "
	    "\"7512\", \"years\": 10}]', '[{\"occupation\": \"7512\"}]', '[{\"skill\": \"lg:teamwork\"}]', "
	    "'[{\"language\": \"da\", \"interaction\": \"b2\"}]' FROM generate_series(1, 600) i");
	(void)service_sql(
	    "SELECT lg_gate.enter_job(1, 'test'); INSERT INTO lg.opening (tenant_id, id, employer_id, title, "
	    "sort_name, "
	    "state, kind, positions, latitude_e6, longitude_e6, occupations, skills) SELECT 1, md5('o' || i)::uuid, "
	    "'%s', "
	    "'O' || i, 'o', 'open', 'job', 1 + i %% 3, 55400000 + i * 6007 %% 20000, 10400000 + i %% 20000, "
	    "'[{\"occupation\": \"7512\"}]', '[{\"skill\": \"lg:teamwork\", \"essential\": true}]' FROM "
	    "generate_series(1, "
	    "150) i",
	    employer);
}

static const char *night_hash(void)
{
	return service_sql(
	    "SELECT (SELECT count(*) FROM lg.fast_lane_night WHERE tenant_id = 1) || ' ' || (SELECT count(*) "
	    "FROM lg.fast_lane) || ' ' || (SELECT md5(coalesce(string_agg(candidate_id || ' ' || opening_id "
	    "|| ' ' || score, ',' ORDER BY candidate_id), '')) FROM lg.fast_lane)");
}

static void a_kill_leaves_the_whole_night_or_nothing(void **state)
{
	(void)state;
	enum { KILLS = 8 };
	char whole[100];
	int killed = 0;
	struct timespec a, b;
	an_office_of_many();
	(void)service_sql("DELETE FROM lg.fast_lane_night; DELETE FROM lg.fast_lane");
	(void)clock_gettime(CLOCK_MONOTONIC, &a);
	assert_int_equal(run_at(utc("2026-12-11 10:00:00"), never), LG_OK);
	(void)clock_gettime(CLOCK_MONOTONIC, &b);
	long us = (long)(b.tv_sec - a.tv_sec) * 1000000 + (b.tv_nsec - a.tv_nsec) / 1000;
	(void)snprintf(whole, sizeof whole, "%s", night_hash());
	assert_string_equal(service_sql("SELECT count(*) > 100 FROM lg.fast_lane"), "t");
	assert_string_equal(/* no opening has more people than positions */
	                    service_sql(
	                        "SELECT count(*) FROM (SELECT f.opening_id FROM lg.fast_lane f JOIN lg.opening o ON "
	                        "o.id = "
	                        "f.opening_id GROUP BY f.opening_id, o.positions HAVING count(*) > o.positions) x"),
	                    "0");
	for (int i = 0; i < KILLS; i++) {
		int status;
		(void)service_sql("DELETE FROM lg.fast_lane_night; DELETE FROM lg.fast_lane");
		pid_t child = fork();
		if (child == 0) _exit(run_at(utc("2026-12-11 10:00:00"), never) == LG_OK ? 0 : 1);
		assert_true(child > 0);
		long wait_us = us * (2 * i + 1) / (2 * KILLS);
		(void)nanosleep(&(struct timespec){ .tv_sec = wait_us / 1000000, .tv_nsec = wait_us % 1000000 * 1000 },
		                NULL);
		(void)kill(child, SIGKILL);
		assert_int_equal(waitpid(child, &status, 0), child);
		killed += WIFSIGNALED(status);
		for (int k = 0; k < 500; k++) { /* what the server still does for who was killed */
			if (!strcmp(service_sql("SELECT count(*) FROM pg_stat_activity WHERE usename = 'lg_job' AND "
			                        "state <> 'idle'"),
			            "0"))
				break;
			(void)usleep(10000);
		}
		if (!strcmp(service_sql("SELECT count(*) FROM lg.fast_lane_night WHERE tenant_id = 1"), "0"))
			assert_string_equal(service_sql("SELECT count(*) FROM lg.fast_lane"), "0");
		assert_int_equal(run_at(utc("2026-12-11 10:00:00"), never), LG_OK);
		assert_string_equal(night_hash(), whole);
	}
	assert_true(killed >= KILLS / 2);
}

static void who_is_erased_is_not_in_it(void **state)
{
	(void)state;
	(void)service_sql("SELECT lg_gate.enter_job(1, 'test'); DELETE FROM lg.candidate WHERE family_name = 'Many'");
	assert_string_equal(
	    service_sql("SELECT count(*) FROM lg.fast_lane f JOIN lg.candidate c ON c.id = f.candidate_id "
	                "WHERE c.family_name = 'Many'"),
	    "0");
	(void)service_sql("SELECT lg_gate.enter_job(1, 'test'); DELETE FROM lg.opening");
	assert_string_equal(service_sql("SELECT count(*) FROM lg.fast_lane"), "0");
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
		cmocka_unit_test(who_needs_nobodys_word_may_work),
		cmocka_unit_test(facts_alone_make_somebody_ready),
		cmocka_unit_test(as_many_as_can_be_have_a_strong_pair_and_nobody_a_weak_one),
		cmocka_unit_test(an_office_with_one_position_and_two_who_could_start),
		cmocka_unit_test(the_night_holds_a_position_out_once),
		cmocka_unit_test(they_stand_first_on_my_day_with_the_reason),
		cmocka_unit_test(a_plain_opening_has_a_fast_lane_too),
		cmocka_unit_test(whom_nobody_takes_care_of_is_the_leaders_and_the_units),
		cmocka_unit_test(what_holds_no_more_is_not_there),
		cmocka_unit_test(a_decision_takes_the_pair_away),
		cmocka_unit_test(each_office_has_its_own_midnight),
		cmocka_unit_test(a_night_with_an_hour_more_or_less_is_one_night),
		cmocka_unit_test(a_kill_leaves_the_whole_night_or_nothing),
		cmocka_unit_test(who_is_erased_is_not_in_it),
	};
	service_open(argv[1]);
	return cmocka_run_group_tests_name("fast lane", tests, NULL, close_all);
}
