/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* A program registers somebody and goes on with it, by the API alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/record.h"
#include "service.h"

#define HEADERS FORM

static char id[40], path[400];

static const char *at(const char *rest)
{
	(void)snprintf(path, sizeof path, "/api/v1/candidates/%s%s", id, rest);
	return path;
}

static const char *word(const struct service_answer *a, const char *name) { return record_word(a->json, name); }

#define WHOLE                                                                                                          \
	"{\"person\": {\"given_name\": \"Dmytro\", \"family_name\": \"Bondar\", \"born\": \"1985-02-11\"},"            \
	" \"basis\": {\"legal_basis\": \"public_task\"}, \"contact\": {\"mail\": \"dmytro@landgang.example\", "        \
	"\"municipality\": \"DK-0217\"},"                                                                              \
	" \"identifiers\": [{\"kind\": \"cpr\", \"number\": \"311257-8004\"}],"                                        \
	" \"languages\": [{\"language\": \"uk\", \"interaction\": \"native\"}, {\"language\": \"en\", "                \
	"\"interaction\": \"b1\", \"source\": \"self\"}]}"

static void a_program_registers_somebody(void **state)
{
	(void)state;
	struct service_answer a =
	    service_api(PROGRAM, HTTP_POST, "/api/v1/candidates", WHOLE, HEADERS("Idempotency-Key", "k-1"));
	assert_status(a, 201);
	(void)snprintf(id, sizeof id, "%s", word(&a, "id"));
	assert_string_equal(a.etag, "\"1\"");
	assert_non_null(strstr(a.location, id));
	a = service_api(PROGRAM, HTTP_GET, at(""), NULL, NULL);
	assert_status(a, 200);
	assert_string_equal(record_word(json_object_get(a.json, "person"), "given_name"), "Dmytro");
	assert_string_equal(word(&a, "state"), "registered");
	assert_null(strstr(a.body, "8004"));
	assert_int_equal(json_array_size(json_object_get(a.json, "languages")), 2);
}

static void the_same_request_twice_has_one_effect(void **state)
{
	(void)state;
	struct service_answer a =
	    service_api(PROGRAM, HTTP_POST, "/api/v1/candidates", WHOLE, HEADERS("Idempotency-Key", "k-1"));
	assert_status(a, 201);
	assert_string_equal(word(&a, "id"), id);
	assert_string_equal(service_sql("SELECT count(*) FROM lg.candidate"), "1");
	a = service_api(PROGRAM, HTTP_POST, "/api/v1/candidates", "{\"person\": {}}",
	                HEADERS("Idempotency-Key", "k-1"));
	assert_status(a, 422);
}

static void somebody_alike_is_a_conflict_that_says_who(void **state)
{
	(void)state;
	struct service_answer a = service_api(PROGRAM, HTTP_POST, "/api/v1/candidates", WHOLE, NULL);
	assert_status(a, 409);
	assert_string_equal(record_word(json_array_get(json_object_get(a.json, "alike"), 0), "id"), id);
	assert_string_equal(a.type, "application/problem+json");
}

static void what_is_wrong_is_told_field_by_field(void **state)
{
	(void)state;
	struct service_answer a =
	    service_api(PROGRAM, HTTP_POST, "/api/v1/candidates",
	                "{\"person\": {\"given_name\": \"X\", \"tenant_id\": 2}, \"languages\": [{\"language\": "
	                "\"xx\"}], \"identifiers\": [{\"kind\": \"cpr\", \"number\": \"99\"}], \"nothing\": {}}",
	                NULL);
	assert_status(a, 422);
	assert_string_equal(a.type, "application/problem+json");
	static const char *const fields[] = { "\"tenant_id\"", "\"languages-0.language\"", "\"nothing\"" };
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		if (!strstr(a.body, fields[i])) fail_msg("%s is not named: %s", fields[i], a.body);
	assert_int_equal(json_integer_value(json_object_get(a.json, "status")), 422);
	static const char *const broken[] = {
		"", "{", "[1,2", "{\"a\":1,\"a\":2}", "{\"person\":\"\xff\"}", "{\"x\":1e999}", "nul", "{} {}"
	};
	for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
		a = service_api(PROGRAM, HTTP_POST, "/api/v1/candidates", broken[i], NULL);
		if (a.status != 422 && a.status != 400) fail_msg("%s: %d", broken[i], a.status);
	}
	char deep[20001];
	memset(deep, '[', 10000), memset(deep + 10000, ']', 10000), deep[20000] = '\0';
	assert_status(service_api(PROGRAM, HTTP_POST, "/api/v1/candidates", deep, NULL), 422);
}

static void a_change_names_the_version_it_has_seen(void **state)
{
	(void)state;
	const char *body = "{\"phone\": \"+45 00 00 00 07\", \"municipality\": \"DK-0217\"}";
	assert_status(service_api(PROGRAM, HTTP_PUT, at("/contact"), body, NULL), 428);
	assert_status(service_api(PROGRAM, HTTP_PUT, at("/contact"), body, HEADERS("If-Match", "\"9\"")), 412);
	assert_status(service_api(PROGRAM, HTTP_PUT, at("/contact"), body, HEADERS("If-Match", "nonsense")), 412);
	struct service_answer a = service_api(PROGRAM, HTTP_PUT, at("/contact"), body, HEADERS("If-Match", "\"1\""));
	assert_status(a, 204);
	assert_string_equal(a.etag, "\"2\"");
	assert_string_equal(service_sql("SELECT phone FROM lg.candidate WHERE id = '%s'", id), "+45 00 00 00 07");
}

static void the_list_goes_on_by_a_cursor(void **state)
{
	(void)state;
	for (int i = 0; i < 5; i++) {
		char body[300];
		(void)snprintf(body, sizeof body,
		               "{\"person\": {\"given_name\": \"Person\", \"family_name\": \"Number%c\"}, \"basis\": "
		               "{\"legal_basis\": \"public_task\"}}",
		               'A' + i);
		assert_status(service_api(PROGRAM, HTTP_POST, "/api/v1/candidates?anyway=1", body, NULL), 201);
	}
	size_t seen = 0, pages = 0;
	char next[200] = "/api/v1/candidates?limit=2";
	while (*next && pages < 10) {
		struct service_answer a = service_api(PROGRAM, HTTP_GET, next, NULL, NULL);
		assert_status(a, 200);
		seen += json_array_size(json_object_get(a.json, "items"));
		const char *after = word(&a, "next");
		pages++;
		if (*after)
			(void)snprintf(next, sizeof next, "/api/v1/candidates?limit=2&after=%s", after);
		else
			*next = '\0';
		for (char *p = next; *p; p++)
			if (*p == ' ') *p = '+';
	}
	assert_int_equal(seen, 6);
	assert_int_equal(pages, 3);
}

static void notes_tasks_contacts_states(void **state)
{
	(void)state;
	assert_status(service_api(PROGRAM, HTTP_POST, at("/notes"),
	                          "{\"text\": \"Хоче вчити данську\", \"language\": \"uk\"}", NULL),
	              201);
	assert_status(service_api(PROGRAM, HTTP_POST, at("/contacts"),
	                          "{\"channel\": \"phone\", \"direction\": \"in\", \"reached\": \"yes\"}", NULL),
	              201);
	struct service_answer a =
	    service_api(PROGRAM, HTTP_POST, at("/tasks"), "{\"what\": \"Call\", \"due\": \"2026-12-01\"}", NULL);
	assert_status(a, 201);
	char done[100];
	(void)snprintf(done, sizeof done, "/api/v1/tasks/%s/done", word(&a, "id"));
	assert_status(service_api(PROGRAM, HTTP_POST, done, "{}", NULL), 204);
	a = service_api(PROGRAM, HTTP_GET, at("/notes"), NULL, NULL);
	assert_int_equal(json_array_size(a.json), 1);
	assert_status(service_api(PROGRAM, HTTP_POST, at("/state"), "{\"state\": \"closed\", \"reason\": \"job\"}",
	                          HEADERS("If-Match", "\"2\"")),
	              204);
	a = service_api(PROGRAM, HTTP_GET, at("/history"), NULL, NULL);
	assert_status(a, 200);
	assert_true(json_array_size(a.json) >= 5);
}

static void a_number_is_revealed_with_a_reason_in_the_audit(void **state)
{
	(void)state;
	struct service_answer a = service_api(PROGRAM, HTTP_GET, at(""), NULL, NULL);
	char number[200];
	(void)snprintf(number, sizeof number, "/numbers/%s",
	               record_word(json_array_get(json_object_get(a.json, "identifiers"), 0), "id"));
	a = service_api(PROGRAM, HTTP_POST, at(number), "{}", NULL);
	assert_status(a, 200);
	assert_string_equal(word(&a, "number"), "311257-8004");
	assert_string_equal(service_sql("SELECT count(*) FROM lg.audit WHERE verb = 'revealed' AND kind = 'client'"),
	                    "1");
}

static void the_cookie_opens_no_api_and_the_token_no_page(void **state)
{
	(void)state;
	struct service_answer a =
	    service_api(CASEWORKER, HTTP_GET, "/api/v1/candidates", NULL, NULL); /* a session's token as a bearer */
	assert_status(a, 401);
	assert_status(service_get(PROGRAM, "/candidates"), 303); /* a bearer token as a cookie */
}

static void methods_and_paths_that_are_none(void **state)
{
	(void)state;
	assert_status(service_api(PROGRAM, HTTP_PUT, "/api/v1/candidates", "{}", NULL), 405);
	assert_status(service_api(PROGRAM, HTTP_GET, "/api/v1/nothing", NULL, NULL), 404);
	assert_status(service_api(PROGRAM, HTTP_GET, "/api/v1/candidates/1", NULL, NULL), 404);
	assert_status(service_api(PROGRAM, HTTP_GET, "/api/v1/candidates?sort=nothing", NULL, NULL), 422);
	assert_status(service_api(PROGRAM, HTTP_GET, "/api/v1/candidates?limit=1000000000", NULL, NULL), 200);
}

static void it_describes_itself(void **state)
{
	(void)state;
	struct service_answer a = service_api(NOBODY, HTTP_GET, "/api/v1/openapi.json", NULL, NULL);
	assert_status(a, 200);
	assert_string_equal(word(&a, "openapi"), "3.1.0");
	assert_non_null(json_object_get(json_object_get(a.json, "paths"), "/api/v1/candidates/{id}"));
}

static void it_erases(void **state)
{
	(void)state;
	assert_status(service_api(PROGRAM, HTTP_DELETE, at(""), NULL, HEADERS("If-Match", "\"3\"")), 204);
	assert_status(service_api(PROGRAM, HTTP_GET, at(""), NULL, NULL), 404);
}

/* --- many at once */

enum { THREADS = 16, TRIES = 3 };

static void sixteen_with_one_key_have_one_effect(void **state)
{
	(void)state;
	for (int t = 0; t < TRIES; t++) {
		struct service_racer all[THREADS];
		char key[20], body[300];
		(void)snprintf(key, sizeof key, "race-%d", t);
		(void)snprintf(body, sizeof body,
		               "{\"person\": {\"given_name\": \"Race\", \"family_name\": \"Number%d\"}, \"basis\": "
		               "{\"legal_basis\": \"public_task\"}}",
		               t);
		for (int i = 0; i < THREADS; i++)
			all[i] = (struct service_racer){
				.target = "/api/v1/candidates", .body = body, .key = key, .method = HTTP_POST
			};
		service_race(all, THREADS);
		int made = 0;
		for (int i = 0; i < THREADS; i++) {
			if (all[i].status != 201 && all[i].status != 503 && all[i].status != 409)
				fail_msg("%d %s", all[i].status, all[i].answer);
			made += all[i].status == 201;
		}
		assert_true(made > 0);
		assert_string_equal(service_sql("SELECT count(*) FROM lg.candidate WHERE family_name = 'Number%d'", t),
		                    "1");
	}
}

static void sixteen_saves_of_one_version_have_one_winner(void **state)
{
	(void)state;
	const char *one = service_sql("SELECT id FROM lg.candidate WHERE family_name = 'Number0'");
	for (int t = 0; t < TRIES; t++) {
		struct service_racer all[THREADS];
		char target[120], match[20], bodies[THREADS][80];
		(void)snprintf(target, sizeof target, "/api/v1/candidates/%s/contact", one);
		(void)snprintf(match, sizeof match, "\"%d\"", t + 1);
		for (int i = 0; i < THREADS; i++) {
			(void)snprintf(bodies[i], sizeof bodies[i], "{\"phone\": \"+45 00 00 %02d %02d\"}", t, i);
			all[i] = (struct service_racer){
				.target = target, .body = bodies[i], .if_match = match, .method = HTTP_PUT
			};
		}
		service_race(all, THREADS);
		int won = 0;
		for (int i = 0; i < THREADS; i++) {
			if (all[i].status != 204 && all[i].status != 412 && all[i].status != 409 &&
			    all[i].status != 503)
				fail_msg("%d %s", all[i].status, all[i].answer);
			won += all[i].status == 204;
		}
		assert_int_equal(won, 1);
	}
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
		cmocka_unit_test(a_program_registers_somebody),
		cmocka_unit_test(the_same_request_twice_has_one_effect),
		cmocka_unit_test(somebody_alike_is_a_conflict_that_says_who),
		cmocka_unit_test(what_is_wrong_is_told_field_by_field),
		cmocka_unit_test(a_change_names_the_version_it_has_seen),
		cmocka_unit_test(the_list_goes_on_by_a_cursor),
		cmocka_unit_test(notes_tasks_contacts_states),
		cmocka_unit_test(a_number_is_revealed_with_a_reason_in_the_audit),
		cmocka_unit_test(the_cookie_opens_no_api_and_the_token_no_page),
		cmocka_unit_test(methods_and_paths_that_are_none),
		cmocka_unit_test(it_describes_itself),
		cmocka_unit_test(it_erases),
		cmocka_unit_test(sixteen_with_one_key_have_one_effect),
		cmocka_unit_test(sixteen_saves_of_one_version_have_one_winner),
	};
	service_open(argv[1]);
	return cmocka_run_group_tests_name("api", tests, NULL, close_all);
}
