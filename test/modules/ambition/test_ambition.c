/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* A partnership is written down with its aims and what the office does for it; who counts for it is said on the
 * person's page; how far it has come is counted, and tells of nobody. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/record.h"
#include "kept.h"
#include "modules/ambition/ambition_rules.h"
#include "service.h"

#define TODAY "(now() AT TIME ZONE 'Europe/Copenhagen')::date"

static int leader;
static char ambition[40], people[9][40], today[11], last[11], yesterday[11];

static void keep_day(char out[11], const char *day) { (void)snprintf(out, 11, "%s", service_sql("SELECT %s", day)); }

static void a_leader_writes_it_down(void **state)
{
	(void)state;
	keep_day(today, TODAY), keep_day(last, TODAY " + 300"), keep_day(yesterday, TODAY " - 1");
	assert_status(service_get(CASEWORKER, "/ambitions/new"), 403);
	assert_says(service_get(leader, "/ambitions"), "A new ambition");
	assert_status(service_post(leader, "/ambitions", FORM("name", "x", "begins", today, "ends", yesterday)), 422);
	struct service_answer a = service_post(leader, "/ambitions",
	                                       FORM("name", "Partnership of regions and municipalities", "partners",
	                                            "Danske Regioner, KL", "begins", today, "ends", last));
	assert_status(a, 303);
	(void)snprintf(ambition, sizeof ambition, "%.36s", strrchr(a.location, '/') + 1);
	a = service_post(leader, at("/ambitions/%s/edit/aims", ambition),
	                 FORM("version", "1", "aims-0.words", "Nurses who started", "aims-0.measure", "start",
	                      "aims-0.whose", "counted", "aims-0.number", "40", "aims-1.words", "Registered in all",
	                      "aims-1.measure", "registered", "aims-1.whose", "office", "aims-1.number", "100"));
	assert_status(a, 303);
	a = service_post(leader, at("/ambitions/%s/edit/commitments", ambition),
	                 FORM("version", "2", "commitments-0.words", "Open one hotline", "commitments-0.who",
	                      "Regional HR", "commitments-0.until", yesterday));
	assert_status(a, 303);
	a = service_get(leader, "/ambitions");
	assert_says(a, "Danske Regioner, KL");
	assert_says(a, "warn"); /* something was to be done by yesterday */
	a = service_get(CASEWORKER, at("/ambitions/%s", ambition));
	assert_says(a, "Nurses who started");
	assert_says(a, "0 of 40");
	assert_status(service_post(CASEWORKER, at("/ambitions/%s/edit/aims", ambition), FORM("version", "3")), 403);
	assert_status(service_get(STRANGER, at("/ambitions/%s", ambition)), 404);
	assert_says(service_get(leader, at("/ambitions/%s/history", ambition)), "What we do for it");
}

static void registered(size_t i)
{
	char body[400];
	(void)snprintf(
	    body, sizeof body,
	    "{\"person\": {\"given_name\": \"Anna%zu\", \"family_name\": \"Person%zu\", \"born\": "
	    "\"19%zu0-01-01\"}, \"basis\": {\"legal_basis\": \"public_task\"}, \"wishes\": {\"wants_work\": \"yes\"}}",
	    i, i, i + 1);
	struct service_answer a = service_api(PROGRAM, HTTP_POST, "/api/v1/candidates?anyway=1", body, NULL);
	assert_status(a, 201);
	(void)snprintf(people[i], sizeof people[i], "%s", record_word(a.json, "id"));
}

static void starts(size_t i)
{
	struct service_answer a =
	    service_post(CASEWORKER, at("/candidates/%s/outcomes", people[i]), FORM("kind", "start", "on_day", today));
	assert_status(a, 303);
}

static void who_counts_for_it_is_said_on_their_page(void **state)
{
	(void)state;
	for (size_t i = 0; i < 9; i++) registered(i);
	assert_says(service_get(CASEWORKER, at("/candidates/%s", people[0])),
	            at("/candidates/%s/ambitions", people[0]));
	assert_says(service_get(CASEWORKER, at("/candidates/%s/ambitions", people[0])), "Partnership of regions");
	assert_status(service_post(READER, at("/candidates/%s/ambitions", people[0]), FORM("ambitions", ambition)),
	              403);
	assert_status(service_post(CASEWORKER, at("/candidates/%s/ambitions", people[0]), FORM("ambitions", people[1])),
	              422);
	for (size_t i = 0; i < 6; i++) {
		assert_status(
		    service_post(CASEWORKER, at("/candidates/%s/ambitions", people[i]), FORM("ambitions", ambition)),
		    303);
		starts(i);
	}
	/* Twice is once; taken out and in again. */
	assert_status(service_post(CASEWORKER, at("/candidates/%s/ambitions", people[0]), FORM("ambitions", ambition)),
	              303);
	assert_string_equal(service_sql("SELECT count(*) FROM lg.ambition_case"), "6");
	assert_status(service_post(CASEWORKER, path, FORM("x", "")), 422);
	assert_status(service_api(PROGRAM, HTTP_POST, at("/api/v1/candidates/%s/ambitions", people[0]),
	                          "{\"ambitions\": []}", NULL),
	              204);
	assert_string_equal(service_sql("SELECT count(*) FROM lg.ambition_case"), "5");
	assert_status(service_post(CASEWORKER, at("/candidates/%s/ambitions", people[0]), FORM("ambitions", ambition)),
	              303);
}

static void how_far_it_has_come_tells_of_nobody(void **state)
{
	(void)state;
	struct service_answer a = service_get(leader, at("/ambitions/%s", ambition));
	assert_says(a, "6 of 40");
	/* Of nine who registered three do not count for it; that is not to be computed. */
	assert_says(a, "9 of 100");
	starts(7);
	a = service_get(leader, at("/ambitions/%s", ambition));
	assert_null(strstr(a.body, "6 of 40")); /* one more started, who does not count for it */
	assert_says(a, "fewer than five, or not to be told");
	a = service_get(PROGRAM, at("/api/v1/ambitions/%s", ambition));
	const json_t *first = json_array_get(json_object_get(a.json, "progress"), 0);
	assert_true(json_is_null(json_object_get(first, "reached")));
	assert_string_equal(record_word(first, "flag"), "c");
	assert_int_equal(record_number(first, "number", 0), 40);
}

static void a_small_count_is_never_told(void **state)
{
	(void)state;
	struct lg_arena *mem = lg_arena_new(0, NULL);
	for (int64_t all = 0; all < 30; all++)
		for (int64_t ours = 0; ours <= all; ours++) {
			struct ambition_count n = { .all = all, .ours = ours };
			ambition_hide(mem, &n);
			int64_t rest = all - ours;
			if (ours > 0 && ours < 5) assert_true(n.ours_hidden);
			if (all > 0 && all < 5) assert_true(n.all_hidden);
			/* Both told, the rest is told too. */
			if (rest > 0 && rest < 5) assert_true(n.ours_hidden || n.all_hidden);
			if (all == 0 || (ours == 0 && all >= 5) || (ours >= 5 && rest >= 5)) assert_false(n.all_hidden);
		}
	lg_arena_free(mem);
}

static void who_is_erased_counts_no_more(void **state)
{
	(void)state;
	char version[24];
	(void)snprintf(version, sizeof version, "%s",
	               service_sql("SELECT version FROM lg.candidate WHERE id = '%s'", people[1]));
	assert_status(service_post(OFFICER, at("/candidates/%s/erase", people[1]),
	                           FORM("version", version, "why", "asked for it", "family_name", "Person1")),
	              303);
	assert_string_equal(service_sql("SELECT count(*) FROM lg.ambition_case"), "5");
}

int main(int argc, char **argv)
{
	if (argc != 2) return 2;
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_leader_writes_it_down),
		cmocka_unit_test(who_counts_for_it_is_said_on_their_page),
		cmocka_unit_test(how_far_it_has_come_tells_of_nobody),
		cmocka_unit_test(a_small_count_is_never_told),
		cmocka_unit_test(who_is_erased_counts_no_more),
	};
	service_open(argv[1]);
	leader = service_sign_in(1, "leader");
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	service_close();
	return failed;
}
