/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* Three members and a pool: what they give, one plan over all of it, who hears of what, and how it ends. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>
#include <libpq-fe.h>

#include "app/record.h"
#include "kept.h"
#include "scratch.h"
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
	     "fields", "name", "fields", "place", "fields", "languages", "fields", "occupations", "fields", "wishes",  \
	     "fields", "week", "until", until, "purpose", "Work for all")

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
	/* Nothing is told of nobody; and nothing that the agreement does not name, which is not offered either. */
	a = service_post(CASEWORKER, path, FORM("side", "candidate", "until", until, "purpose", "x"));
	assert_status(a, 422);
	assert_says(a, "Choose at least one.");
	a = service_post(
	    CASEWORKER, path,
	    FORM("side", "candidate", "fields", "name", "fields", "contact", "until", until, "purpose", "x"));
	assert_status(a, 422);
	assert_says(a, "The agreement does not name this.");
	assert_null(strstr(a.body, "value=\"contact\""));
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
	/* Another order tells less, and so does its card: where somebody lives is not in it. */
	char less[40], one[40];
	person(one, VINTERBY, "Zlata", "zlata", "lg:baker");
	(void)service_sql(
	    "SELECT lg_gate.enter_job(1, 'test'); UPDATE lg.pool_giving SET but = array_append(but, '%s'), "
	    "version = version + 1 WHERE id = '%s'",
	    one, order);
	service_job("pools");
	assert_status(service_post(CASEWORKER, at("/pools/givings?agreement=%s", agreement[VINTERBY]),
	                           FORM("side", "candidate", "fields", "languages", "fields", "occupations", "until",
	                                until, "purpose", "Less")),
	              303);
	keep(less, service_sql("SELECT id FROM lg.pool_giving WHERE why = 'Less'"));
	assert_string_equal(service_sql("SELECT (card ? 'languages') || ' ' || (card ? 'given_name') || ' ' || (card ? "
	                                "'municipality') FROM lg.share WHERE candidate_id = '%s' AND until > now()",
	                                one),
	                    "true false false");
	a = service_get(CASEWORKER, at("/pools/givings/%s", less));
	assert_says(a, "Languages, Occupations");
	a = service_api(PROGRAM, HTTP_GET, at("/api/v1/pools/givings/%s", less), NULL, NULL);
	assert_int_equal(json_array_size(json_object_get(a.json, "fields")), 2);
	(void)service_sql(
	    "SELECT lg_gate.enter_job(1, 'test'); DELETE FROM lg.candidate WHERE id = '%s'; UPDATE "
	    "lg.pool_giving SET ended = now() WHERE id = '%s'; UPDATE lg.pool_giving SET but = '{}', version = "
	    "version + 1 WHERE id = '%s'",
	    one, less, order);
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

/* Of two who are one, whoever was left out stays so under the name that is left; made two again, it is as it was. */
static void who_is_left_out_stays_so_when_two_become_one(void **state)
{
	(void)state;
	for (int out_of = 0; out_of < 2; out_of++) {
		char one[40], two[40], merged[40];
		person(one, VINTERBY, "Halyna", "halyna", "7512");
		person(two, VINTERBY, "Galina", "galina", "7512");
		const char *out = out_of ? one : two;
		assert_status(
		    service_post(CASEWORKER, at("/pools/givings/%s/except", order), FORM("do", "except", "pick", out)),
		    303);
		assert_string_equal(given(one), out_of ? "0" : "1");
		assert_string_equal(given(two), out_of ? "1" : "0");
		assert_status(service_post(CASEWORKER, at("/candidates/%s/merge/%s", one, two),
		                           FORM("version", "1", "other_version", "1")),
		              303);
		assert_string_equal(given(one), "0"); /* with the commit, not once the job has been round */
		assert_string_equal(
		    service_sql("SELECT '%s' = ANY (but) FROM lg.pool_giving WHERE id = '%s'", one, order), "t");
		service_job("pools");
		(void)service_sql(
		    "SELECT lg_gate.enter_job(1, 'test'); UPDATE lg.candidate SET municipality = 'DK-0101' "
		    "WHERE id = '%s'",
		    one);
		assert_string_equal(given(one), "0");
		(void)service_sql(
		    "SELECT lg_gate.enter_job(1, 'test'); UPDATE lg.candidate SET municipality = 'DK-0461' "
		    "WHERE id = '%s'",
		    one);
		keep(merged, service_sql("SELECT id FROM lg.merge WHERE kept = '%s'", one));
		assert_status(
		    service_post(CASEWORKER, at("/candidates/%s/merges/%s/undo", one, merged),
		                 FORM("version", service_sql("SELECT version FROM lg.candidate WHERE id = '%s'", one))),
		    303);
		service_job("pools");
		assert_string_equal(given(one), out_of ? "0" : "1");
		assert_string_equal(given(two), out_of ? "1" : "0");
		(void)service_sql(
		    "SELECT lg_gate.enter_job(1, 'test'); DELETE FROM lg.candidate WHERE id IN ('%s', '%s')", one, two);
		(void)service_sql("SELECT lg_gate.enter_job(1, 'test'); UPDATE lg.pool_giving SET but = "
		                  "array_remove(but, '%s'), version = version + 1 WHERE id = '%s'",
		                  out, order);
	}
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
	struct service_answer sent = service_post(coordinator, path, FORM("why", ""));
	assert_status(sent, 303);
	/* Ordered, and nothing is there before the job was: nobody sees a part of it, and once is once. */
	sent = service_get(coordinator, at("/pools/runs/%s", run));
	assert_says(sent, "Being sent: 0 of 5 pairs");
	assert_null(strstr(sent.body, "Send it to the members"));
	assert_says(service_get(CASEWORKER, "/pools/matches"), "Nothing waits here");
	assert_status(service_post(coordinator, at("/pools/runs/%s/send", run), FORM("why", "")), 303);
	assert_string_equal(service_sql("SELECT sum(pairs) || ' ' || count(*) FROM lg.pool_sending"), "5 2");
	assert_string_equal(
	    service_sql("SELECT count(*) FROM lg.audit WHERE entity = 'run' AND verb = 'sent' AND tenant_id = 4"), "1");
	service_job("pool_sends");
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
	/* The same as files, for whoever may take lists of people out and may see this one; one who is protected is not
	 * in it. */
	assert_says(service_get(CASEWORKER, "/pools/matches?state=approved"), "/pools/matches.csv?state=approved");
	(void)service_sql(
	    "SELECT lg_gate.enter_job(1, 'test'); UPDATE lg.candidate SET protected_address = true WHERE id = '%s'",
	    other_baker);
	a = service_get(CASEWORKER, "/pools/matches.csv");
	assert_status(a, 200);
	assert_says(a, "id,state,candidate,given_name,family_name,opening,office,pool,score,sent,reason,reason_name");
	assert_says(a, "Olena,Person,Baker in Sommerby,Sommerby,Fynpuljen,");
	assert_null(strstr(a.body, "Iryna"));
	assert_null(strstr(a.body, "Sofiia"));
	assert_null(strstr(service_get(CASEWORKER, "/pools/matches.csv?state=rejected").body, "Olena"));
	assert_says(service_get(CASEWORKER, "/pools/matches.ndjson"), "\"given_name\"");
	assert_status(service_get(CASEWORKER, "/pools/matches.xlsx"), 200);
	assert_null(strstr(service_get(summer, "/pools/matches.csv").body, "Olena"));
	assert_null(strstr(service_get(STRANGER, "/pools/matches.csv").body, "Person"));
	assert_status(service_get(leader, "/pools/matches.csv"), 403); /* takes people out, but does not match them */
	assert_status(service_get(service_sign_in(1, "consultant"), "/pools/matches.csv"), 403);
	assert_string_equal(
	    service_sql("SELECT why FROM lg.audit WHERE verb = 'exported' AND entity = 'pool_match' AND "
	                "tenant_id = 1 ORDER BY at LIMIT 1"),
	    "csv, 3 state=waiting");
	assert_string_equal(
	    service_sql("SELECT count(*) FROM lg.read_audit WHERE route LIKE '%%/pools/matches.csv' AND "
	                "'%s' = ANY (subjects)",
	                baker),
	    "1");
	(void)service_sql(
	    "SELECT lg_gate.enter_job(1, 'test'); UPDATE lg.candidate SET protected_address = false WHERE id = '%s'",
	    other_baker);
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
	service_job("pool_sends");
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

/* --- sending much: pieces, kills, two at once, and who goes meanwhile */

enum { MANY = 1300 };
static char big_run[40];

/* A plan that puts all of the pool's people into one opening: made by hand, as only its lines are read. */
static void a_plan_of_many(void)
{
	keep(big_run, service_sql("SELECT gen_random_uuid()"));
	(void)service_sql("DELETE FROM lg.pool_match"); /* those of the plan before: the same pairs */
	(void)service_sql(
	    "ALTER TABLE lg.pool_opening DISABLE TRIGGER USER; UPDATE lg.pool_opening SET until = now() + "
	    "interval '1 day' WHERE from_tenant = 5; ALTER TABLE lg.pool_opening ENABLE TRIGGER USER");
	(void)service_sql(
	    "SELECT lg_gate.enter_job(4, 'test'); INSERT INTO lg.run (tenant_id, id, created_by, purpose, asked, "
	    "state, "
	    "candidates, openings, free, decided_candidates, decided_openings, n_candidates, n_openings, n_positions, "
	    "outcome) "
	    "VALUES (4, '%s', '%s', 'Many', '{}', 'done', '{}', '{}', '{}', '{}', '{}', 1, 1, 1, '{\"placed\": "
	    "1300}'); "
	    "INSERT INTO lg.run_line (tenant_id, run_id, candidate, opening, score, dual) SELECT 4, '%s', s.handle, "
	    "(SELECT handle FROM lg.pool_opening WHERE to_tenant = 4 AND from_tenant = 5 ORDER BY id LIMIT 1), 7000, 0 "
	    "FROM "
	    "lg.share s WHERE s.to_tenant = 4 AND s.until > now()",
	    big_run, service_account(coordinator), big_run);
}

static const char *counted(const char *what)
{
	return service_sql("SELECT %s FROM lg.pool_match WHERE run_id = '%s'", what, big_run);
}

static void two_who_press_at_once_send_once(void **state)
{
	(void)state;
	char sql[400], us[120];
	assert_status(
	    service_post(CASEWORKER, at("/pools/givings?agreement=%s", agreement[VINTERBY]), GIVE("candidate")), 303);
	(void)snprintf(us, sizeof us, "%s user=postgres", scratch_conninfo());
	PGconn *one = PQconnectdb(us), *two = PQconnectdb(us);
	(void)service_sql(
	    "SELECT lg_gate.enter_job(1, 'test'); SET session_replication_role = replica; INSERT INTO lg.candidate "
	    "(tenant_id, id, given_name, family_name, sort_name, likeness, born, legal_basis, state, wants_work, "
	    "latitude_e6, longitude_e6) SELECT 1, gen_random_uuid(), 'P' || i, 'Many', 'x', 'p' || i, '1990-05-24', "
	    "'public_task', 'available', 'yes', 55403800, 10402400 FROM generate_series(1, %d) i; SET "
	    "session_replication_role = origin; SELECT lg_gate.pool_sweep(5000)", /* all at once, not one by one */
	    (int)MANY);
	a_plan_of_many();
	(void)snprintf(sql, sizeof sql,
	               "BEGIN; SELECT lg_gate.sign('4|staff|%s||caseworker||'); SELECT lg_gate.pool_send('%s')",
	               service_account(coordinator), big_run);
	PGresult *first = PQexec(one, sql);
	if (PQresultStatus(first) != PGRES_TUPLES_OK) fail_msg("%s", PQerrorMessage(one));
	assert_true(strtol(PQgetvalue(first, 0, 0), NULL, 10) >= MANY);
	assert_int_equal(PQsendQuery(two, sql), 1);
	(void)usleep(300000);
	assert_string_equal(service_sql("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"), "1");
	PQclear(PQexec(one, "COMMIT"));
	long again = -1;
	for (PGresult *r; (r = PQgetResult(two)); PQclear(r))
		if (PQresultStatus(r) == PGRES_TUPLES_OK) again = strtol(PQgetvalue(r, 0, 0), NULL, 10);
	assert_int_equal(again, 0);
	PQclear(PQexec(two, "COMMIT"));
	PQclear(first);
	PQfinish(one);
	PQfinish(two);
	assert_string_equal(service_sql("SELECT count(*) = count(DISTINCT to_tenant) AND sum(pairs) >= %d FROM "
	                                "lg.pool_sending WHERE run_id = '%s'",
	                                (int)MANY, big_run),
	                    "t");
}

/* In a process of its own, which is killed: what it did is whole pieces, and nobody sees any of it. */
static pid_t job_of_its_own(void)
{
	pid_t child = fork();
	if (child == 0) {
		service_job("pool_sends");
		_exit(0);
	}
	assert_true(child > 0);
	return child;
}

static void wait_for_the_server(void)
{
	for (int k = 0; k < 500; k++) {
		if (!strcmp(service_sql(
		                "SELECT count(*) FROM pg_stat_activity WHERE usename = 'lg_job' AND state <> 'idle'"),
		            "0"))
			return;
		(void)usleep(10000);
	}
}

/* Held where a piece is written but not committed yet: so each kill meets it in the middle. */
static PGconn *hold_the_piece(void)
{
	char us[120], sql[200];
	(void)snprintf(us, sizeof us, "%s user=postgres", scratch_conninfo());
	PGconn *by = PQconnectdb(us);
	(void)snprintf(sql, sizeof sql, "BEGIN; SELECT FROM lg.pool_sending WHERE run_id = '%s' FOR UPDATE", big_run);
	PQclear(PQexec(by, sql));
	return by;
}

static void wait_until_it_waits(void)
{
	for (int k = 0; k < 1000; k++) {
		if (!strcmp(service_sql(
		                "SELECT count(*) FROM pg_stat_activity WHERE usename = 'lg_job' AND wait_event_type "
		                "= 'Lock'"),
		            "1"))
			return;
		(void)usleep(10000);
	}
	fail_msg("no piece was written");
}

static void a_kill_in_the_middle_loses_and_doubles_nothing(void **state)
{
	(void)state;
	for (int i = 0; i < 4; i++) {
		int status;
		PGconn *by = hold_the_piece();
		pid_t child = job_of_its_own();
		wait_until_it_waits();
		(void)kill(child, SIGKILL);
		assert_int_equal(waitpid(child, &status, 0), child);
		assert_true(WIFSIGNALED(status));
		/* once PostgreSQL's process goes with it, once it does what it was told to the end */
		if (i % 2 == 0)
			(void)service_sql(
			    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'lg_job'");
		if (i % 2 == 0) wait_for_the_server();
		PQfinish(by);
		wait_for_the_server();
		assert_string_equal(
		    service_sql("SELECT bool_and(m.n = s.gone_over) AND sum(m.n) IN (0, 500, 1000) FROM "
		                "lg.pool_sending s, LATERAL (SELECT count(*) AS n FROM lg.pool_match m "
		                "WHERE m.run_id = s.run_id AND m.to_tenant = s.to_tenant) m WHERE s.run_id = "
		                "'%s'",
		                big_run),
		    "t");
		assert_null(strstr(service_get(CASEWORKER, "/pools/matches").body, "Many"));
		assert_says(service_get(coordinator, at("/pools/runs/%s", big_run)), "Being sent");
	}
	service_job("pool_sends");
	assert_string_equal(
	    service_sql("SELECT sum(pairs) - (SELECT count(*) FROM lg.pool_match WHERE run_id = '%s') || ' ' || "
	                "bool_and(whole IS NOT NULL) || ' ' || (SELECT count(*) FROM lg_gate.pool_send_due) FROM "
	                "lg.pool_sending WHERE run_id = '%s'",
	                big_run, big_run),
	    "0 true 0");
	assert_string_equal(counted("count(*) = count(DISTINCT share_id)"), "t");
	assert_says(service_get(CASEWORKER, "/pools/matches"), "Many");
	struct service_answer a = service_get(coordinator, at("/pools/runs/%s", big_run));
	assert_null(strstr(a.body, "Being sent"));
	assert_says(a, "Sent to members");
}

/* Many at one press, within what a page may take: what was approved is, once, and the rest can be approved by another.
 */
static void many_are_approved_within_bounds(void **state)
{
	(void)state;
	long before = 0;
	struct timespec a, b;
	for (int press = 0; press < 2; press++) {
		(void)clock_gettime(CLOCK_MONOTONIC, &a);
		struct service_answer answer = service_post(CASEWORKER, "/pools/matches", FORM("do", "all"));
		(void)clock_gettime(CLOCK_MONOTONIC, &b);
		assert_status(answer, 303);
		long n = strtol(
		    service_sql("SELECT count(*) FROM lg.pool_answer a JOIN lg.pool_match m ON m.id = a.match_id "
		                "WHERE m.run_id = '%s' AND a.what = 'approved'",
		                big_run),
		    NULL, 10);
		assert_true(n - before >= 50 && n - before <= 500);
		assert_true(n - before == 500 || (n - before) % 50 == 0);
		assert_true(b.tv_sec - a.tv_sec < 10);
		(void)printf("# %ld approved in %ld s\n", n - before, (long)(b.tv_sec - a.tv_sec));
		before = n;
	}
	/* each has its card, once, and its line in the audit */
	assert_string_equal(
	    service_sql("SELECT count(*) = count(DISTINCT a.share_id) AND count(*) = (SELECT count(*) FROM lg.share s "
	                "WHERE s.from_tenant = 4 AND s.to_tenant = 5 AND s.until > now() AND s.parent_id IN (SELECT "
	                "share_id FROM lg.pool_match WHERE run_id = '%s')) FROM "
	                "lg.pool_answer a JOIN lg.pool_match m ON m.id = a.match_id WHERE m.run_id = '%s'",
	                big_run, big_run),
	    "t");
	assert_string_equal(service_sql("SELECT count(*) >= %ld FROM lg.audit WHERE tenant_id = 1 AND verb = "
	                                "'approved' AND entity = 'pool_match'",
	                                before),
	                    "t");
}

/* An agreement that ends while it is sent: what is behind it comes to nobody, and the rest goes on. */
static void a_member_that_leaves_in_the_middle_is_left_out_of_the_rest(void **state)
{
	(void)state;
	a_plan_of_many();
	assert_status(service_post(coordinator, at("/pools/runs/%s/send", big_run), FORM("why", "")), 303);
	assert_string_equal(service_sql("SELECT lg_gate.enter_job(4, 'test'); SELECT lg_gate.pool_send_piece(400)"),
	                    "t");
	assert_string_equal(counted("count(*) || ' ' || min(to_tenant)"), "400 1");
	(void)service_sql(
	    "SELECT lg_gate.enter_job(1, 'test'); INSERT INTO lg.agreement_step (from_tenant, to_tenant, agreement_id, "
	    "what) VALUES (1, 4, '%s', 'ended')",
	    agreement[VINTERBY]);
	service_job("pool_sends");
	assert_string_equal(
	    counted("count(*) FILTER (WHERE to_tenant = 1) || ' ' || count(*) FILTER (WHERE to_tenant = 1 "
	            "AND until > now()) || ' ' || (count(*) FILTER (WHERE to_tenant <> 1) > 0)"),
	    "400 0 true");
	assert_string_equal(
	    service_sql("SELECT bool_and(whole IS NOT NULL) FROM lg.pool_sending WHERE run_id = '%s'", big_run), "t");
	assert_says(service_get(CASEWORKER, "/pools/matches"), "Nothing waits here");
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
	    "approved pool_match, began giving, ended giving, excepted giving, exported pool_match, passed pool_match, "
	    "rejected pool_match");
}

int main(int argc, char **argv)
{
	if (argc != 2) return 2;
	service_open(argv[1]);
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(three_offices_and_a_pool),
		cmocka_unit_test(members_give_by_standing_orders),
		cmocka_unit_test(who_comes_is_given_and_who_goes_is_taken_back),
		cmocka_unit_test(who_is_left_out_stays_so_when_two_become_one),
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
		cmocka_unit_test(two_who_press_at_once_send_once),
		cmocka_unit_test(a_kill_in_the_middle_loses_and_doubles_nothing),
		cmocka_unit_test(many_are_approved_within_bounds),
		cmocka_unit_test(a_member_that_leaves_in_the_middle_is_left_out_of_the_rest),
	};
	int failed = cmocka_run_group_tests_name("pool", tests, NULL, NULL);
	service_close();
	return failed;
}
