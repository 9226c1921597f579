/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* Three members and a pool: what they give, one plan over all of it, who hears of what, and how it ends. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/record.h"
#include "kept.h"
#include "service.h"

enum { VINTERBY = 1, SOMMERBY = 3, POOL, EFTERBY };
static int summer, summer_leader, coordinator, pool_leader, late, leader;
static char baker[40], other_baker[40], third_baker[40], nurse[40], twin[40], summer_nurse[40], late_baker[40];
static char bakery[40], ward[40], late_shop[40], agreement[6][40], order[40], summer_order[40], run[40], match[40],
    share[40];
static char until[11];

static void keep(char out[40], const char *id) { (void)snprintf(out, 40, "%.36s", id); }

static void person(char out[40], int office, const char *name, const char *likeness, const char *occupation)
{
	keep(out, service_sql("SELECT gen_random_uuid()"));
	(void)service_sql(
	    "SELECT lg_gate.enter_job(%d, 'test'); INSERT INTO lg.candidate (id, given_name, family_name, sort_name, "
	    "likeness, born, legal_basis, state, wants_work, phone, municipality, latitude_e6, longitude_e6, "
	    "languages, "
	    "occupations) VALUES ('%s', '%s', 'Person', 'x', '%s', '1990-05-24', 'public_task', 'available', 'yes', "
	    "'+4511223344', 'DK-0461', 55403800, 10402400, '[{\"language\": \"da\", \"interaction\": \"b1\"}]', "
	    "'[{\"occupation\": \"%s\", \"years\": 6}]')",
	    office, out, name, likeness, occupation);
}

static void opening(char out[40], int office, const char *title, int positions, const char *occupation)
{
	keep(out, service_sql("SELECT gen_random_uuid()"));
	(void)service_sql(
	    "SELECT lg_gate.enter_job(%d, 'test'); INSERT INTO lg.employer (id, name, sort_name) VALUES ('%s', 'Hidden "
	    "Company', 'x'); INSERT INTO lg.opening (id, employer_id, title, kind, state, positions, sort_name, "
	    "address, "
	    "municipality, latitude_e6, longitude_e6, occupations) VALUES ('%s', '%s', '%s', 'job', 'open', %d, 'x', "
	    "'Hidden street 5', 'DK-0461', 55403800, 10402400, '[{\"occupation\": \"%s\"}]')",
	    office, out, out, out, title, positions, occupation);
}

static void agree(int office)
{
	keep(agreement[office], service_sql("SELECT gen_random_uuid()"));
	(void)service_sql(
	    "SELECT lg_gate.enter_job(%d, 'test'); INSERT INTO lg.agreement (from_tenant, to_tenant, id, "
	    "purpose, direction, fields, may_forward, legal_basis, valid_from, valid_to) VALUES (%d, %d, "
	    "'%s', 'Work for all of Funen', 'both', '{name,place,languages,occupations,wishes,week}', true, "
	    "'public_task', current_date, current_date + 90); INSERT INTO lg.agreement_step (from_tenant, "
	    "to_tenant, agreement_id, what) VALUES (%d, %d, '%s', 'approved'); SELECT "
	    "lg_gate.enter_job(%d, 'test'); INSERT INTO lg.agreement_step (from_tenant, to_tenant, "
	    "agreement_id, what) VALUES (%d, %d, '%s', 'approved')",
	    office, office, POOL, agreement[office], office, POOL, agreement[office], POOL, office, POOL,
	    agreement[office]);
}

static void three_offices_and_a_pool(void **state)
{
	(void)state;
	assert_string_equal(service_sql("SELECT lg_gate.create_tenant('municipality_dk', 'Sommerby', 'da')"), "3");
	assert_string_equal(service_sql("SELECT lg_gate.create_tenant('pool', 'Fynpuljen', 'da')"), "4");
	assert_string_equal(service_sql("SELECT lg_gate.create_tenant('municipality_dk', 'Efterby', 'da')"), "5");
	summer = service_sign_in(SOMMERBY, "caseworker"), summer_leader = service_sign_in(SOMMERBY, "leader");
	coordinator = service_sign_in(POOL, "caseworker"), pool_leader = service_sign_in(POOL, "leader");
	late = service_sign_in(EFTERBY, "caseworker"), leader = service_sign_in(VINTERBY, "leader");
	(void)snprintf(until, sizeof until, "%s", service_sql("SELECT current_date + 60"));
	person(baker, VINTERBY, "Olena", "olena", "7512"), person(other_baker, VINTERBY, "Iryna", "iryna", "7512");
	person(third_baker, VINTERBY, "Oksana", "oksana", "7512"),
	    person(nurse, VINTERBY, "Nadiia", "nadiia", "lg:nurse");
	person(twin, SOMMERBY, "Olena", "olena", "7512");
	person(summer_nurse, SOMMERBY, "Sofiia", "sofiia", "lg:nurse");
	person(late_baker, EFTERBY, "Lesia", "lesia", "7512");
	opening(bakery, SOMMERBY, "Baker in Sommerby", 3, "7512"),
	    opening(ward, VINTERBY, "Nurse at ward 4", 2, "lg:nurse");
	opening(late_shop, EFTERBY, "Shop in Efterby", 2, "7512");
	agree(VINTERBY), agree(SOMMERBY);
}

/* --- giving */

#define GIVE(side)                                                                                                     \
	FORM("side", side, "occupation", "", "typed_occupation", "", "municipality", "", "unit", "", "kind", "",       \
	     "until", until, "purpose", "Work for all")

static void members_give_by_standing_orders(void **state)
{
	(void)state;
	struct service_answer a = service_get(CASEWORKER, "/pools");
	assert_says(a, "Fynpuljen");
	assert_says(a, "Your office gives nothing to a pool by itself");
	a = service_get(CASEWORKER, "/pools/givings/new");
	assert_says(a, "Fynpuljen: Work for all of Funen");
	assert_status(service_get(leader, "/pools/givings/new"), 403);
	a = service_post(CASEWORKER, at("/pools/givings?agreement=%s", agreement[VINTERBY]),
	                 FORM("side", "candidate", "until", "2199-01-01", "purpose", "x"));
	assert_status(a, 422);
	a = service_post(
	    CASEWORKER, path,
	    FORM("side", "opening", "until", until, "purpose", "x", "unit", "11111111-0000-4000-8000-000000000001"));
	assert_status(a, 422);
	keep_place(order, service_post(CASEWORKER, path, GIVE("candidate")));
	a = service_get(CASEWORKER, at("/pools/givings/%s", order));
	assert_says(a, "Olena Person");
	assert_says(a, "Leave these out");
	assert_status(service_get(summer, path), 404);
	assert_status(service_get(STRANGER, path), 404);
	/* Another's agreement is nobody's. */
	assert_status(service_post(summer, at("/pools/givings?agreement=%s", agreement[VINTERBY]), GIVE("candidate")),
	              404);
	keep_place(summer_order,
	           service_post(summer, at("/pools/givings?agreement=%s", agreement[SOMMERBY]), GIVE("candidate")));
	assert_string_equal(service_sql("SELECT count(*) FROM lg.share WHERE to_tenant = 4 AND until > now()"), "6");
	/* What the pool is told is what the agreement names. */
	a = service_get(coordinator, "/shares");
	assert_says(a, "Olena Person");
	assert_null(strstr(a.body, "11223344"));
}

static const char *given(const char *id)
{
	return service_sql(
	    "SELECT count(*) FROM lg.share WHERE to_tenant = 4 AND candidate_id = '%s' AND until > now()", id);
}

static void who_comes_is_given_and_who_goes_is_taken_back(void **state)
{
	(void)state;
	char id[40];
	person(id, VINTERBY, "Comes", "comes", "7512");
	assert_string_equal(given(id), "1");
	(void)service_sql(
	    "SELECT lg_gate.enter_job(1, 'test'); UPDATE lg.candidate SET wants_work = 'no' WHERE id = '%s'", id);
	assert_string_equal(given(id), "0");
	(void)service_sql(
	    "SELECT lg_gate.enter_job(1, 'test'); UPDATE lg.candidate SET wants_work = 'yes' WHERE id = '%s'", id);
	assert_string_equal(given(id), "1");
	/* One who is left out stays out. */
	assert_status(service_post(CASEWORKER, at("/pools/givings/%s/except", order), FORM("do", "except", "pick", id)),
	              303);
	assert_string_equal(given(id), "0");
	(void)service_sql(
	    "SELECT lg_gate.enter_job(1, 'test'); UPDATE lg.candidate SET municipality = 'DK-0101' WHERE id = '%s'",
	    id);
	assert_string_equal(given(id), "0");
	struct service_answer a = service_api(PROGRAM, HTTP_GET, at("/api/v1/pools/givings/%s", order), NULL, NULL);
	assert_status(a, 200);
	assert_int_equal(record_number(a.json, "left_out", 0), 1);
	assert_int_equal(record_number(a.json, "given", 0), 4);
}

static void openings_are_given_one_by_one_and_by_the_job(void **state)
{
	(void)state;
	struct service_answer a = service_get(summer, at("/openings/%s/pools", bakery));
	assert_says(a, "Give it to the pool");
	a = service_post(summer, path, FORM("agreement", agreement[VINTERBY], "until", until));
	assert_status(a, 404);
	a = service_post(summer, path, FORM("agreement", agreement[SOMMERBY], "until", "2199-01-01"));
	assert_status(a, 422);
	assert_status(service_post(summer, path, FORM("agreement", agreement[SOMMERBY], "until", until)), 303);
	assert_says(service_get(summer, path), "Given to Fynpuljen");
	assert_says(service_get(summer, at("/openings/%s", bakery)), "/pools\"");
	/* The other by an order of which the job does what it means. */
	(void)service_sql(
	    "SELECT lg_gate.enter_job(1, 'test'); INSERT INTO lg.pool_giving (from_tenant, to_tenant, id, side, "
	    "agreement_id, until, why) VALUES (1, 4, gen_random_uuid(), 'opening', '%s', now() + interval '9 "
	    "days', 'x')",
	    agreement[VINTERBY]);
	service_job("pools");
	assert_string_equal(
	    service_sql("SELECT string_agg(card ->> 'title', ', ' ORDER BY from_tenant) FROM lg.pool_opening"),
	    "Nurse at ward 4, Baker in Sommerby");
	assert_string_equal(service_sql("SELECT count(*) FROM lg.pool_opening o WHERE o::text ~ 'Hidden'"), "0");
}

static void without_an_agreement_nothing_is_given(void **state)
{
	(void)state;
	struct service_answer a = service_get(late, "/pools");
	assert_says(a, "No pool.");
	assert_status(service_post(late, at("/pools/givings?agreement=%s", agreement[VINTERBY]), GIVE("candidate")),
	              404);
	assert_status(service_post(late, "/pools/givings", GIVE("candidate")), 422);
	assert_status(service_post(late, at("/openings/%s/pools", late_shop),
	                           FORM("agreement", agreement[VINTERBY], "until", until)),
	              404);
	service_job("pools");
	assert_string_equal(
	    service_sql("SELECT (SELECT count(*) FROM lg.share WHERE from_tenant = 5) + (SELECT count(*) "
	                "FROM lg.pool_opening WHERE from_tenant = 5)"),
	    "0");
}

static void who_is_given_twice_is_told_to_both(void **state)
{
	(void)state;
	struct service_answer a = service_get(CASEWORKER, "/pools");
	assert_says(a, "Given by another office too");
	assert_null(strstr(a.body, "Sommerby"));
	assert_says(service_get(summer, "/pools"), "Given by another office too");
}

/* --- the plan */

static void order_plan(char out[40], const char *purpose)
{
	keep_place(out, service_post(coordinator, "/pools/runs",
	                             FORM("purpose", purpose, "municipality", "", "opening_municipality", "",
	                                  "opening_kind", "", "objective", "people", "reserve", "")));
}

static void the_pool_makes_one_plan_over_all_of_it(void **state)
{
	(void)state;
	assert_status(service_get(CASEWORKER, "/pools/runs/new"), 404);
	assert_status(service_get(pool_leader, "/pools/runs/new"), 403);
	assert_says(service_get(coordinator, "/pools"), "Sommerby");
	assert_says(service_get(coordinator, "/pools/runs/new"), "Order the plan");
	assert_status(service_post(coordinator, "/pools/runs", FORM("purpose", "", "objective", "people")), 422);
	order_plan(run, "November");
	assert_says(service_get(coordinator, at("/pools/runs/%s", run)), "How far it is");
	service_job("runs");
	struct service_answer a = service_get(coordinator, path);
	assert_says(a, "and found 0 faults");
	assert_says(a, "5 of 5"); /* the one who is given twice counts once */
	assert_says(a, "Not sent yet");
	assert_says(a, "Send it to the members");
	assert_status(service_get(CASEWORKER, path), 404);
	a = service_get(coordinator, at("/runs/%s", run));
	assert_status(a, 303);
	a = service_api(PROGRAM, HTTP_GET, at("/api/v1/pools/runs/%s", run), NULL, NULL);
	assert_status(a, 404);
	/* Nobody has heard of anything. */
	assert_says(service_get(CASEWORKER, "/pools/matches"), "Nothing waits here");
	assert_null(strstr(service_get(summer, at("/openings/%s/pools", bakery)).body, "Olena"));
}

static void what_it_found_goes_to_the_offices_of_the_people(void **state)
{
	(void)state;
	assert_status(service_post(CASEWORKER, at("/pools/runs/%s/send", run), FORM("x", "")), 404);
	assert_status(service_post(coordinator, path, FORM("why", "")), 303);
	assert_string_equal(service_sql("SELECT string_agg(to_tenant || '-' || opening_tenant, ' ' ORDER BY to_tenant, "
	                                "opening_tenant) FROM lg.pool_match"),
	                    "1-1 1-3 1-3 1-3 3-1");
	assert_says(service_get(coordinator, at("/pools/runs/%s", run)), "Sent to members");
	struct service_answer a = service_get(CASEWORKER, "/pools/matches");
	assert_says(a, "Olena Person");
	assert_says(a, "Baker in Sommerby");
	assert_null(strstr(a.body, "Sofiia"));
	assert_null(strstr(a.body, "Hidden"));
	a = service_get(summer, "/pools/matches");
	assert_says(a, "Sofiia Person");
	assert_null(strstr(a.body, "Olena"));
	assert_null(strstr(a.body, "Iryna"));
	assert_says(service_get(STRANGER, "/pools/matches"), "Nothing waits here");
	assert_says(service_get(CASEWORKER, "/"), "4 proposals of a pool wait");
	assert_says(service_get(summer, "/"), "1 proposal of a pool waits");
	/* The office of the opening hears nothing yet. */
	a = service_get(summer, "/shares");
	assert_null(strstr(a.body, "Person"));
	a = service_api(PROGRAM, HTTP_GET, "/api/v1/pools/matches?limit=3", NULL, NULL);
	assert_status(a, 200);
	assert_int_equal(json_array_size(json_object_get(a.json, "items")), 3);
	char next[120];
	(void)snprintf(next, sizeof next, "/api/v1/pools/matches?limit=3&after=%s", record_word(a.json, "next"));
	a = service_api(PROGRAM, HTTP_GET, next, NULL, NULL);
	assert_int_equal(json_array_size(json_object_get(a.json, "items")), 1);
}

static const char *match_of(const char *candidate)
{
	return service_sql("SELECT id FROM lg.pool_match WHERE candidate_id = '%s'", candidate);
}

static void an_approval_brings_the_card_to_the_opening(void **state)
{
	(void)state;
	keep(match, match_of(baker));
	struct service_answer a = service_get(CASEWORKER, at("/pools/matches/%s", match));
	assert_says(a, "What the comparison says today");
	assert_says(a, "Baker in Sommerby");
	assert_says(a, "Offered by");
	assert_status(service_get(summer, path), 404);
	assert_status(service_get(STRANGER, path), 404);
	assert_status(service_post(summer, path, FORM("state", "approved")), 404);
	assert_status(service_post(coordinator, path, FORM("state", "approved")), 404);
	assert_status(service_post(READER, path, FORM("state", "approved")), 403);
	a = service_post(CASEWORKER, path, FORM("state", "approved"));
	assert_status(a, 303);
	assert_non_null(strstr(a.location, "pool_approved"));
	assert_non_null(strstr(service_post(CASEWORKER, path, FORM("state", "approved")).location, "pool_late"));
	assert_says(service_get(CASEWORKER, path), "The card that was handed on");
	/* It is there: on the day, on the opening, among the cards; and says what it may. */
	assert_says(service_get(summer, "/"), "Fynpuljen asks about Olena Person");
	a = service_get(summer, at("/openings/%s/pools", bakery));
	assert_says(a, "Olena Person");
	assert_says(a, "Vinterby");
	keep(share, service_sql("SELECT id FROM lg.share WHERE to_tenant = 3"));
	a = service_get(summer, at("/shares/%s", share));
	assert_says(a, "Comes from");
	assert_null(strstr(a.body, "11223344"));
	assert_status(service_get(STRANGER, path), 404);
	assert_says(service_get(CASEWORKER, at("/candidates/%s/shares", baker)), "Sommerby");
	a = service_api(PROGRAM, HTTP_GET, at("/api/v1/pools/matches/%s", match), NULL, NULL);
	assert_string_equal(record_word(a.json, "state"), "approved");
	assert_string_equal(record_word(a.json, "share"), share);
}

static void one_is_rejected_one_is_passed_on_and_one_is_of_ones_own(void **state)
{
	(void)state;
	char id[40];
	keep(id, match_of(other_baker));
	assert_status(service_post(CASEWORKER, at("/pools/matches/%s", id), FORM("state", "rejected")), 422);
	assert_status(service_post(CASEWORKER, path, FORM("state", "rejected", "reason", "because")), 422);
	assert_status(service_post(CASEWORKER, path, FORM("state", "rejected", "reason", "wishes")), 303);
	assert_says(service_get(CASEWORKER, "/pools/matches?state=rejected"), "The person wishes for something else");
	/* To a colleague, on whose day it stands then. */
	int colleague = service_sign_in(VINTERBY, "consultant");
	keep(id, match_of(third_baker));
	assert_says(service_get(colleague, "/"), "2 proposals of a pool wait");
	assert_status(service_post(CASEWORKER, at("/pools/matches/%s", id),
	                           FORM("state", "passed", "colleague", service_account(STRANGER))),
	              422);
	assert_status(
	    service_post(CASEWORKER, path,
	                 FORM("state", "passed", "colleague", service_account(colleague), "words", "You know him")),
	    303);
	assert_says(service_get(CASEWORKER, "/"), "1 proposal of a pool waits");
	assert_says(service_get(colleague, "/"), "2 proposals of a pool wait");
	assert_says(service_get(colleague, path), "You know him");
	/* Person and opening of one office: an ordinary proposal, and no card to anybody. */
	struct service_answer a = service_api(PROGRAM, HTTP_POST, at("/api/v1/pools/matches/%s", match_of(nurse)),
	                                      "{\"what\": \"approved\"}", NULL);
	assert_status(a, 204);
	assert_string_equal(
	    service_sql("SELECT state FROM lg.proposal WHERE candidate_id = '%s' AND opening_id = '%s'", nurse, ward),
	    "shortlisted");
	assert_string_equal(
	    service_sql("SELECT count(*) FROM lg.share WHERE candidate_id = '%s' AND to_tenant <> 4", nurse), "0");
	/* Many at once, with the keyboard alone: a form. */
	assert_status(service_post(summer, "/pools/matches", FORM("do", "chosen")), 303);
	a = service_post(summer, "/pools/matches", FORM("do", "all"));
	assert_non_null(strstr(a.location, "pool_approved"));
	assert_string_equal(
	    service_sql("SELECT count(*) FROM lg.share WHERE candidate_id = '%s' AND to_tenant = 1", summer_nurse),
	    "1");
	a = service_api(PROGRAM, HTTP_POST, "/api/v1/pools/matches", "{\"matches\": [\"x\"]}", NULL);
	assert_status(a, 422);
	a = service_api(PROGRAM, HTTP_POST, "/api/v1/pools/matches", "{\"all\": true}", NULL);
	assert_status(a, 200);
	assert_int_equal(record_number(a.json, "approved", 9), 1);
	/* The pool is told counts, of so few none. */
	assert_says(service_get(coordinator, at("/pools/runs/%s", run)), "fewer than five");
	assert_says(service_get(pool_leader, "/pools"), "too few to tell");
}

static void what_was_answered_is_left_out_of_the_next_plan(void **state)
{
	(void)state;
	char next[40];
	/* Of three positions two are taken by approvals; the one who was rejected is not put there again. */
	order_plan(next, "December");
	service_job("runs");
	assert_string_equal(service_sql("SELECT n_candidates || ' ' || n_positions || ' ' || (outcome ->> 'placed') || "
	                                "' ' || (outcome ->> 'decided') FROM lg.run WHERE id = '%s'",
	                                next),
	                    "1 1 0 1");
}

/* --- how it ends */

static void taken_back_at_the_source_it_is_gone_everywhere(void **state)
{
	(void)state;
	const char *first =
	    service_sql("SELECT id FROM lg.share WHERE to_tenant = 4 AND candidate_id = '%s' AND until > now()", baker);
	char id[40], version[20];
	keep(id, first);
	const char *v =
	    service_between(service_get(CASEWORKER, at("/shares/%s", id)).body, "name=\"version\" value=\"", "\"");
	assert_non_null(v);
	(void)snprintf(version, sizeof version, "%s", v);
	assert_status(
	    service_post(CASEWORKER, at("/shares/%s/withdraw", id), FORM("version", version, "reason", "She moved")),
	    303);
	assert_status(service_get(summer, at("/shares/%s", share)), 404);
	assert_null(strstr(service_get(summer, at("/openings/%s/pools", bakery)).body, "Olena Person"));
	assert_null(strstr(service_get(summer, "/").body, "asks about Olena"));
	assert_status(service_get(CASEWORKER, at("/pools/matches/%s", match)), 404);
	assert_null(strstr(service_get(coordinator, at("/pools/runs/%s", run)).body, id));
	assert_string_equal(
	    service_sql("SELECT count(*) FROM lg.match_entry e JOIN lg.share s ON s.handle = e.handle WHERE "
	                "s.candidate_id = '%s' AND e.facts IS NOT NULL",
	                baker),
	    "0");
	/* Now the other office's card of her is the first. */
	assert_null(strstr(service_get(summer, "/pools").body, "Given by another office too"));
}

static void an_agreement_that_ends_between_order_and_plan_contributes_nothing(void **state)
{
	(void)state;
	char next[40];
	order_plan(next, "January");
	assert_string_equal(service_sql("SELECT n_candidates FROM lg.run WHERE id = '%s'", next), "2");
	(void)service_sql(
	    "SELECT lg_gate.enter_job(3, 'test'); INSERT INTO lg.agreement_step (from_tenant, to_tenant, agreement_id, "
	    "what) VALUES (3, 4, '%s', 'ended')",
	    agreement[SOMMERBY]);
	service_job("runs");
	struct service_answer a = service_get(coordinator, at("/pools/runs/%s", next));
	assert_says(a, "Nobody was placed");
	assert_string_equal(service_sql("SELECT outcome ->> 'candidates' FROM lg.run WHERE id = '%s'", next), "1");
	assert_null(strstr(service_get(coordinator, "/pools").body, "Sommerby"));
	/* What had been found for its openings is over too, answered or not; and what was handed on. */
	assert_string_equal(
	    service_sql("SELECT count(*) FROM lg.pool_match WHERE 3 IN (to_tenant, opening_tenant) AND until > now()"),
	    "0");
	assert_string_equal(
	    service_sql("SELECT count(*) FROM lg.share WHERE 3 IN (from_tenant, to_tenant) AND until > now()"), "0");
	assert_says(service_get(summer, at("/pools/givings/%s", summer_order)), "the agreement was ended");
}

static void one_whose_last_day_is_over_contributes_nothing(void **state)
{
	(void)state;
	agree(EFTERBY);
	assert_status(service_post(late, at("/pools/givings?agreement=%s", agreement[EFTERBY]), GIVE("candidate")),
	              303);
	assert_status(service_post(late, path, GIVE("opening")), 303);
	char next[40], found[40];
	order_plan(next, "February");
	service_job("runs");
	assert_status(service_post(coordinator, at("/pools/runs/%s/send", next), FORM("why", "")), 303);
	keep(found,
	     service_sql("SELECT id FROM lg.pool_match WHERE to_tenant = 1 AND opening_tenant = 5 AND until > now()"));
	assert_status(service_get(CASEWORKER, at("/pools/matches/%s", found)), 200);
	/* The last day passes, and nobody did anything. */
	(void)service_sql(
	    "ALTER TABLE lg.pool_opening DISABLE TRIGGER USER; UPDATE lg.pool_opening SET until = now() - interval '1 "
	    "second' WHERE from_tenant = 5; ALTER TABLE lg.pool_opening ENABLE TRIGGER USER");
	assert_status(service_get(CASEWORKER, at("/pools/matches/%s", found)), 404);
	assert_status(service_post(CASEWORKER, path, FORM("state", "approved")), 404);
	assert_string_equal(service_sql("SELECT count(*) FROM lg.pool_answer WHERE match_id = '%s'", found), "0");
}

static void a_standing_order_is_ended_any_day(void **state)
{
	(void)state;
	struct service_answer a = service_get(CASEWORKER, at("/pools/givings/%s", order));
	const char *v = service_between(a.body, "name=\"version\" value=\"", "\"");
	char version[20];
	assert_non_null(v);
	(void)snprintf(version, sizeof version, "%s", v);
	assert_status(
	    service_post(CASEWORKER, at("/pools/givings/%s/end", order), FORM("version", version, "why", "Enough")),
	    303);
	assert_string_equal(service_sql("SELECT count(*) FROM lg.share WHERE from_tenant = 1 AND until > now()"), "0");
	assert_says(service_get(CASEWORKER, at("/pools/givings/%s", order)), "Enough");
	assert_status(service_post(CASEWORKER, at("/pools/givings/%s/end", order), FORM("version", version, "why", "")),
	              409);
	/* All of it stands in the audit. */
	assert_string_equal(
	    service_sql(
	        "SELECT string_agg(DISTINCT verb || ' ' || entity, ', ') FROM lg.audit WHERE entity IN ('giving', "
	        "'pool_match') AND tenant_id = 1"),
	    "approved pool_match, began giving, ended giving, excepted giving, passed pool_match, rejected pool_match");
}

int main(int argc, char **argv)
{
	if (argc != 2) return 2;
	service_open(argv[1]);
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(three_offices_and_a_pool),
		cmocka_unit_test(members_give_by_standing_orders),
		cmocka_unit_test(who_comes_is_given_and_who_goes_is_taken_back),
		cmocka_unit_test(openings_are_given_one_by_one_and_by_the_job),
		cmocka_unit_test(without_an_agreement_nothing_is_given),
		cmocka_unit_test(who_is_given_twice_is_told_to_both),
		cmocka_unit_test(the_pool_makes_one_plan_over_all_of_it),
		cmocka_unit_test(what_it_found_goes_to_the_offices_of_the_people),
		cmocka_unit_test(an_approval_brings_the_card_to_the_opening),
		cmocka_unit_test(one_is_rejected_one_is_passed_on_and_one_is_of_ones_own),
		cmocka_unit_test(what_was_answered_is_left_out_of_the_next_plan),
		cmocka_unit_test(taken_back_at_the_source_it_is_gone_everywhere),
		cmocka_unit_test(an_agreement_that_ends_between_order_and_plan_contributes_nothing),
		cmocka_unit_test(one_whose_last_day_is_over_contributes_nothing),
		cmocka_unit_test(a_standing_order_is_ended_any_day),
	};
	int failed = cmocka_run_group_tests_name("pool", tests, NULL, NULL);
	service_close();
	return failed;
}
