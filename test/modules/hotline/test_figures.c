/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* Figures that tell of nobody: the same on the page, in the file and by the API. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/record.h"
#include "service.h"

static int agent, program;

/* So many enquiries of a municipality, some weeks ago; answered after a quarter of an hour. */
static void enquiries(int n, const char *municipality, int weeks)
{
	(void)service_sql("SELECT lg_gate.sign('1|staff|%s||hotline|'); INSERT INTO lg.enquiry (id, channel, about, "
	                  "subject, words, state, owner, outcome, "
	                  "municipality, created, due_at, answered_at, handovers) SELECT gen_random_uuid(), 'phone', "
	                  "'nobody', 'other', 'x', 'answered', '%s', "
	                  "'answered', '%s', t.at, t.at + interval '30 minutes', t.at + interval '15 minutes', 0 FROM "
	                  "(SELECT now() - interval '%d weeks' AS at) t, generate_series(1, %d)",
	                  service_account(agent), service_account(agent), municipality, weeks, n);
}

/* A cell of the API: "12", "c", "" for none. */
static const char *cell(const json_t *all, const char *table, const char *row, const char *column)
{
	static char text[40];
	size_t i, k;
	json_t *t, *c;
	*text = '\0';
	json_array_foreach(json_object_get(all, "tables"), i, t) json_array_foreach(json_object_get(t, "cells"), k, c)
	{
		if (strcmp(record_word(t, "id"), table) != 0 || strcmp(record_word(c, "row"), row) != 0 ||
		    strcmp(record_word(c, "column"), column) != 0)
			continue;
		if (json_is_null(json_object_get(c, "value")))
			(void)snprintf(text, sizeof text, "%s", record_word(c, "flag"));
		else
			(void)snprintf(text, sizeof text, "%lld", (long long)record_number(c, "value", -1));
	}
	return text;
}

static void a_small_count_is_hidden_and_cannot_be_computed(void **state)
{
	(void)state;
	/* The story's row: 12, 3 and 9 of one municipality in three weeks, and enough of others. */
	enquiries(12, "DK-0730", 3), enquiries(3, "DK-0730", 2), enquiries(9, "DK-0730", 1);
	enquiries(20, "DK-0740", 3), enquiries(17, "DK-0740", 2), enquiries(15, "DK-0740", 1);
	struct service_answer a = service_api(program, HTTP_GET, "/api/v1/hotline/figures", NULL, NULL);
	assert_status(a, 200);
	size_t hidden = 0, i;
	json_t *c;
	json_array_foreach(json_object_get(json_array_get(json_object_get(a.json, "tables"), 0), "cells"), i, c)
	{
		int64_t n = record_number(c, "value", 0);
		if (!strcmp(record_word(c, "row"), "DK-0730") && json_is_null(json_object_get(c, "value"))) hidden++;
		if (n > 0 && n < 5)
			fail_msg("%s %s: %lld", record_word(c, "row"), record_word(c, "column"), (long long)n);
	}
	/* 3, and 9 beside it; the sum and the 12 stand. */
	assert_int_equal(hidden, 2);
	assert_string_equal(cell(a.json, "enquiries", "DK-0730", "all"), "24");
	assert_string_equal(cell(a.json, "enquiries", "all", "all"), "76");
}

/* Page and file have what the API has, cell by cell. */
static void page_file_and_api_say_the_same(void **state)
{
	(void)state;
	struct service_answer a = service_api(program, HTTP_GET, "/api/v1/hotline/figures", NULL, NULL);
	size_t api = 0, file = 0, page = 0, i, k;
	json_t *t, *c;
	json_array_foreach(json_object_get(a.json, "tables"), i, t)
	    json_array_foreach(json_object_get(t, "cells"), k, c)
	{
		bool is_hidden = json_is_null(json_object_get(c, "value"));
		assert_int_equal(is_hidden, !strcmp(record_word(c, "flag"), "c"));
		api += is_hidden;
	}
	json_array_foreach(json_object_get(a.json, "weeks"), i, t)
	{
		api += json_object_get(json_object_get(t, "median_s"), "flag") != NULL;
		api += json_object_get(json_object_get(t, "handovers_100"), "flag") != NULL;
		api += json_object_get(json_object_get(t, "asked_twice"), "flag") != NULL;
	}
	json_array_foreach(json_object_get(a.json, "places"), i, t)
	{
		api += json_object_get(json_object_get(t, "median_s"), "flag") != NULL;
		api += json_object_get(json_object_get(t, "handovers_100"), "flag") != NULL;
		api += json_object_get(json_object_get(t, "asked_twice"), "flag") != NULL;
	}
	a = service_get(agent, "/hotline/figures.csv");
	assert_status(a, 200);
	assert_says(a, "table,row,column,value,flag");
	for (const char *s = a.body; (s = strstr(s, ",,c\n")); s++) file++;
	a = service_get(agent, "/hotline/figures");
	assert_status(a, 200);
	for (const char *s = a.body; (s = strstr(s, "</span>c</")); s++) page++;
	assert_true(api > 0);
	assert_int_equal(file, api);
	assert_int_equal(page, api);
}

static void what_another_table_would_tell_is_hidden_there_too(void **state)
{
	(void)state;
	/* A week with three in all: its total is a small count, in both tables. */
	enquiries(3, "DK-0740", 5);
	struct service_answer a = service_api(program, HTTP_GET, "/api/v1/hotline/figures", NULL, NULL);
	size_t i;
	json_t *c;
	const json_t *tables = json_object_get(a.json, "tables"), *first = json_array_get(tables, 0),
	             *second = json_array_get(tables, 1);
	size_t weeks = 0, hidden = 0;
	json_array_foreach(json_object_get(first, "cells"), i, c)
	{
		if (strcmp(record_word(c, "row"), "all") != 0 || !strcmp(record_word(c, "column"), "all")) continue;
		size_t k;
		json_t *other;
		weeks++;
		json_array_foreach(json_object_get(second, "cells"), k, other)
		{
			if (strcmp(record_word(other, "column"), "all") != 0 ||
			    strcmp(record_word(other, "row"), record_word(c, "column")) != 0)
				continue;
			assert_true(json_equal(json_object_get(c, "value"), json_object_get(other, "value")));
			hidden += json_is_null(json_object_get(c, "value"));
		}
	}
	assert_int_equal(weeks, 8);
	assert_true(hidden > 0);
}

static void simplicity_is_measured(void **state)
{
	(void)state;
	struct service_answer a = service_api(program, HTTP_GET, "/api/v1/hotline/figures", NULL, NULL);
	size_t i, seen = 0;
	json_t *o;
	json_array_foreach(json_object_get(a.json, "places"), i, o)
	{
		if (strcmp(record_word(o, "of"), "DK-0730") != 0) continue;
		assert_int_equal(record_number(json_object_get(o, "median_s"), "value", -1), 900);
		assert_int_equal(record_number(json_object_get(o, "handovers_100"), "value", -1), 0);
		assert_int_equal(record_number(json_object_get(o, "asked_twice"), "value", -1), 0);
		seen++;
	}
	assert_int_equal(seen, 1);
	/* A known caller is written down again without taking the facts over: that is counted. */
	static const char *const form[] = { "channel",     "phone",       "subject",     "other",        "words",
		                            "x",           "about",       "nobody",      "caller_phone", "86123456",
		                            "legal_basis", "public_task", "caller_name", "Karen Holm",   "municipality",
		                            "DK-0751",     NULL };
	assert_status(service_post(agent, "/enquiries", form), 303);
	assert_status(service_post(agent, "/enquiries", form), 303);
	a = service_api(program, HTTP_GET, "/api/v1/hotline/figures", NULL, NULL);
	json_array_foreach(json_object_get(a.json, "places"), i, o)
	{
		if (strcmp(record_word(o, "of"), "DK-0751") != 0) continue;
		/* Two are too few for a median or a rate, and one asked twice is somebody. */
		assert_string_equal(record_word(json_object_get(o, "asked_twice"), "flag"), "c");
		assert_true(json_is_null(json_object_get(json_object_get(o, "handovers_100"), "value")));
		seen++;
	}
	assert_int_equal(seen, 2);
	assert_status(service_get(ADMINISTRATOR, "/hotline/figures"), 200);
	assert_status(service_get(NOBODY, "/hotline/figures"), 303);
}

/* Whom it brought and whom it referred, under the same control; tests of all numbers are in test_figures_solver.c. */
static void candidates_and_referrals_are_counted(void **state)
{
	(void)state;
	(void)service_sql(
	    "SELECT lg_gate.sign('1|staff|%s||hotline|'); SET session_replication_role = replica; WITH c AS "
	    "(INSERT INTO lg.candidate (tenant_id, given_name, family_name, sort_name, legal_basis, "
	    "occupations) SELECT 1, 'x', 'x', 'x', 'public_task', jsonb_build_array(jsonb_build_object("
	    "'occupation', CASE WHEN n <= 7 THEN 'lg:nurse' ELSE 'lg:midwife' END)) FROM generate_series(1, 13) n "
	    "RETURNING id) INSERT INTO lg.enquiry (tenant_id, id, channel, about, subject, words, state, "
	    "legal_basis, candidate_id, created) SELECT 1, gen_random_uuid(), 'phone', 'named', 'other', 'x', "
	    "'new', 'public_task', id, now() - interval '1 minute' FROM c; INSERT INTO lg.enquiry (tenant_id, "
	    "id, channel, about, subject, words, state, legal_basis, candidate_id, created) SELECT 1, "
	    "gen_random_uuid(), 'phone', 'named', 'other', 'x', 'new', 'public_task', id, now() + interval '1 "
	    "minute' FROM lg.candidate WHERE tenant_id = 1 LIMIT 1; RESET session_replication_role",
	    service_account(agent));
	struct service_answer a = service_api(program, HTTP_GET, "/api/v1/hotline/figures", NULL, NULL);
	assert_string_equal(cell(a.json, "candidates", "lg:nurse", "registered"), "7");
	assert_string_equal(cell(a.json, "candidates", "lg:midwife", "registered"), "6");
	assert_string_equal(cell(a.json, "candidates", "all", "registered"), "13");
	assert_string_equal(cell(a.json, "candidates", "all", "all"), "");
	(void)service_sql(
	    "SELECT lg_gate.sign('1|staff|%s||hotline|'); SET session_replication_role = replica; WITH s AS "
	    "(INSERT INTO lg.share (root_tenant, from_tenant, to_tenant, candidate_id, agreement_id, fields, "
	    "given_until, legal_basis, why) SELECT 1, 1, 2, gen_random_uuid(), gen_random_uuid(), '{name}', "
	    "now() + interval '1 day', 'public_task', 'x' FROM generate_series(1, 20) RETURNING id), r AS "
	    "(INSERT INTO lg.referral (root_tenant, from_tenant, to_tenant, share_id, question, deadline, "
	    "account_name) SELECT 1, 1, 2, id, 'x', current_date, 'x' FROM s) INSERT INTO lg.share_answer "
	    "(root_tenant, from_tenant, to_tenant, share_id, n, what, account_name) SELECT 1, 1, 2, id, 1, CASE "
	    "WHEN row_number() OVER () <= 9 THEN 'accepted' ELSE 'handed_back' END, 'x' FROM s LIMIT 15; RESET "
	    "session_replication_role",
	    service_account(agent));
	a = service_api(program, HTTP_GET, "/api/v1/hotline/figures", NULL, NULL);
	assert_string_equal(cell(a.json, "referrals", "all", "accepted"), "9");
	assert_string_equal(cell(a.json, "referrals", "all", "declined"), "6");
	assert_string_equal(cell(a.json, "referrals", "all", "no_answer"), "5");
	assert_string_equal(cell(a.json, "referrals", "all", "all"), "20");
	a = service_get(agent, "/hotline/figures");
	assert_says(a, "Registered through the hotline, by profession");
	assert_says(a, "Referrals by week");
	/* Of the office that sent them, not of the one that has them. */
	a = service_get(STRANGER, "/hotline/figures.csv");
	assert_status(a, 200);
	assert_says(a, "referrals,all,all,0,");
}

static long asked_for(const char *route)
{
	return strtol(
	    service_sql("SELECT count(*) FROM lg.read_audit WHERE tenant_id = 1 AND actor IS NOT NULL AND route = "
	                "'%s' AND subjects = '{}' AND at > now() - interval '1 minute'",
	                route),
	    NULL, 10);
}

static void who_asked_for_figures_is_written_down(void **state)
{
	(void)state;
	static const char *const routes[] = { "/hotline/figures", "/hotline/figures.csv", "/api/v1/hotline/figures" };
	for (size_t i = 0; i < sizeof routes / sizeof *routes; i++) {
		long before = asked_for(routes[i]);
		assert_status(
		    i < 2 ? service_get(agent, routes[i]) : service_api(program, HTTP_GET, routes[i], NULL, NULL), 200);
		assert_int_equal(asked_for(routes[i]), before + 1);
	}
}

static void other_offices_count_their_own(void **state)
{
	(void)state;
	struct service_answer a = service_get(STRANGER, "/hotline/figures");
	assert_status(a, 200);
	assert_null(strstr(a.body, "Randers"));
}

int main(int argc, char **argv)
{
	if (argc != 2) return 2;
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_small_count_is_hidden_and_cannot_be_computed),
		cmocka_unit_test(page_file_and_api_say_the_same),
		cmocka_unit_test(what_another_table_would_tell_is_hidden_there_too),
		cmocka_unit_test(simplicity_is_measured),
		cmocka_unit_test(candidates_and_referrals_are_counted),
		cmocka_unit_test(who_asked_for_figures_is_written_down),
		cmocka_unit_test(other_offices_count_their_own),
	};
	service_open(argv[1]);
	agent = service_sign_in(1, "hotline");
	program = service_new_program("hotline");
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	service_close();
	return failed;
}
