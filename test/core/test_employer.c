/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* An employer and its openings, from the first call to the day an opening is filled: by pages, and by the API. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/record.h"
#include "core/opening_state.h"
#include "kept.h"
#include "service.h"

#define HEADERS FORM

static char hospital[40], opening[40];

static void the_name_is_enough_to_begin(void **state)
{
	(void)state;
	struct service_answer a = service_get(CASEWORKER, "/employers/new");
	assert_status(a, 200);
	assert_says(a, "name=\"people-0.name\"");
	a = service_post(CASEWORKER, "/employers",
	                 FORM("name", "Øst Sygehus", "number", "DK 13 74 81 36", "branch", "nace_q", "people-0.name",
	                      "Karen Holm", "people-0.phone", "+45 00 00 00 01"));
	assert_status(a, 303);
	assert_int_equal(strncmp(a.location, "/employers/", 11), 0);
	(void)strncat(hospital, a.location + 11, 36);
	a = service_get(CASEWORKER, at("/employers/%s", hospital));
	assert_status(a, 200);
	assert_says(a, "Øst Sygehus");
	assert_says(a, "CVR 13748136");
	assert_says(a, "Karen Holm");
	assert_says(a, "Not contacted yet");
	assert_string_equal(service_sql("SELECT number || relation FROM lg.employer WHERE id = '%s'", hospital),
	                    "13748136prospect");
	assert_string_equal(
	    service_sql("SELECT count(*) FROM lg.employer WHERE consultant = '%s'", service_account(CASEWORKER)), "1");
	assert_string_equal(service_sql("SELECT verb || entity FROM lg.audit WHERE subject = '%s'", hospital),
	                    "registeredemployer");
}

static void a_number_that_does_not_add_up_is_told_at_its_field(void **state)
{
	(void)state;
	struct service_answer a =
	    service_post(CASEWORKER, "/employers", FORM("name", "Somebody", "number", "24256791"));
	assert_status(a, 422);
	assert_says(a, "24256791");
	assert_says(a, "its digits do not add up");
	a = service_post(CASEWORKER, at("/employers/%s/edit/workplaces", hospital),
	                 FORM("version", "1", "workplaces-0.name", "Ward 3", "workplaces-0.unit_number", "123"));
	assert_status(a, 422);
	assert_says(a, "Write ten digits");
	assert_string_equal(service_sql("SELECT count(*) FROM lg.employer"), "1");
}

static void the_same_company_is_asked_about_once(void **state)
{
	(void)state;
	struct service_answer a =
	    service_post(CASEWORKER, "/employers", FORM("name", "East Hospital", "number", "13748136"));
	assert_status(a, 409);
	assert_says(a, "Øst Sygehus");
	assert_says(a, "The same company number");
	a = service_post(CASEWORKER, "/employers", FORM("name", "øst sygehus"));
	assert_status(a, 409);
	assert_says(a, "The same name");
	a = service_post(CASEWORKER, "/employers", FORM("name", "Øst Sygehus", "anyway", "1"));
	assert_status(a, 303);
	assert_string_equal(service_sql("SELECT count(*) FROM lg.employer"), "2");
}

static void two_who_save_at_once_see_both_versions(void **state)
{
	(void)state;
	struct service_answer a =
	    service_post(CASEWORKER, at("/employers/%s/edit/relation", hospital),
	                 FORM("version", "1", "relation", "visited", "will", "later", "why", "rang them"));
	assert_status(a, 303);
	a = service_post(CASEWORKER, path, FORM("version", "1", "relation", "willing", "will", "yes"));
	assert_status(a, 409);
	assert_says(a, "Visited");
	assert_says(a, "Willing to take somebody");
	a = service_get(CASEWORKER, at("/employers/%s/history", hospital));
	assert_status(a, 200);
	assert_says(a, "rang them");
	assert_says(a, "Visited");
	a = service_post(CASEWORKER, at("/employers/%s/edit/people", hospital),
	                 FORM("version", "2", "people-0.name", "Karen Holm", "add", "1"));
	assert_status(a, 200);
	assert_says(a, "people-1.name");
}

static void the_list_finds_it_misspelt(void **state)
{
	(void)state;
	struct service_answer a = service_get(CASEWORKER, "/employers?q=oest+sygehus");
	assert_status(a, 200);
	assert_says(a, hospital);
	a = service_get(CASEWORKER, "/employers?relation=visited&consultant=me");
	assert_says(a, hospital);
	a = service_get(CASEWORKER, "/employers?relation=declined");
	assert_null(strstr(a.body, hospital));
	assert_status(service_get(CASEWORKER, "/employers?relation=x"), 422);
	assert_status(service_get(CASEWORKER, "/employers?nothing=x"), 422);
	assert_status(service_get(CASEWORKER, "/employers?after=x"), 422);
}

static void an_opening_begins_as_a_draft_and_is_opened(void **state)
{
	(void)state;
	char form[200];
	assert_status(service_get(CASEWORKER, at("/employers/%s/openings/new", hospital)), 200);
	(void)snprintf(form, sizeof form, "/employers/%s/openings", hospital);
	struct service_answer a =
	    service_post(CASEWORKER, form, FORM("title", "Ward assistant", "positions", "0", "kind", "job"));
	assert_status(a, 422);
	assert_says(a, "At least one person is sought.");
	a = service_post(CASEWORKER, form,
	                 FORM("title", "Ward assistant", "kind", "job", "positions", "2", "municipality", "DK-0730",
	                      "occupations-0.typed_occupation", "", "occupations-0.occupation", "",
	                      "languages-0.language", "da", "languages-0.level", "a2", "hours", "30"));
	assert_status(a, 303);
	(void)strncat(opening, a.location + strlen("/openings/"), 36);
	a = service_get(CASEWORKER, at("/openings/%s", opening));
	assert_status(a, 200);
	assert_says(a, "Ward assistant");
	assert_says(a, "Øst Sygehus");
	assert_says(a, "Randers");
	assert_says(a, "Draft");
	a = service_post(CASEWORKER, at("/openings/%s/state", opening), FORM("version", "1", "state", "open"));
	assert_status(a, 422);
	assert_says(a, "Say first which occupation or skill is sought.");
	a = service_post(
	    CASEWORKER, at("/openings/%s/edit/occupations", opening),
	    FORM("version", "1", "occupations-0.occupation", "lg:nurse", "occupations-0.typed_occupation", "nurse"));
	assert_status(a, 303);
	a = service_post(CASEWORKER, at("/openings/%s/state", opening), FORM("version", "2", "state", "open"));
	assert_status(a, 303);
	assert_string_equal(service_sql("SELECT state || version FROM lg.opening WHERE id = '%s'", opening), "open3");
	a = service_post(CASEWORKER, path, FORM("version", "2", "state", "paused"));
	assert_status(a, 409);
	a = service_get(CASEWORKER, at("/employers/%s", hospital));
	assert_says(a, "Ward assistant");
	a = service_get(CASEWORKER, "/openings?state=open&q=ward");
	assert_says(a, opening);
	a = service_get(CASEWORKER, at("/openings/%s/history", opening));
	assert_says(a, "Mette caseworker");
	assert_says(a, "Draft");
}

static void a_state_that_cannot_be_entered_is_refused(void **state)
{
	(void)state;
	struct service_answer a =
	    service_post(CASEWORKER, at("/openings/%s/state", opening), FORM("version", "3", "state", "draft"));
	assert_status(a, 422);
	assert_says(a, "From where it is now, it cannot go there.");
	assert_status(service_post(CASEWORKER, path, FORM("version", "3", "state", "")), 422);
	assert_status(service_post(READER, path, FORM("version", "3", "state", "paused")), 403);
}

static void a_copy_is_a_draft_without_the_last_day(void **state)
{
	(void)state;
	struct service_answer a = service_post(CASEWORKER, at("/openings/%s/edit/time", opening),
	                                       FORM("version", "3", "hours", "30", "expires_on", "2099-01-31"));
	assert_status(a, 303);
	a = service_post(CASEWORKER, at("/openings/%s/copy", opening), FORM("x", ""));
	assert_status(a, 422); /* nothing else may be sent */
	a = service_post(CASEWORKER, path, (const char *const[]){ NULL });
	assert_status(a, 303);
	assert_string_equal(service_sql("SELECT title || state || positions || jsonb_array_length(occupations) || "
	                                "coalesce(expires_on::text, '-') FROM lg.opening WHERE id <> '%s'",
	                                opening),
	                    "Ward assistantdraft21-");
}

static void what_is_over_expires_by_itself_and_may_be_opened_again(void **state)
{
	(void)state;
	static const struct opening_facts over = { .occupation = true,
		                                   .place = true,
		                                   .expires = true,
		                                   .expired = true },
	                                  good = { .occupation = true, .place = true };
	assert_non_null(opening_move_fault("expired", "open", &over));
	assert_null(opening_move_fault("expired", "open", &good));
	(void)service_sql("UPDATE lg.opening SET expires_on = current_date - 1 WHERE id = '%s'", opening);
	service_job("expire");
	assert_string_equal(service_sql("SELECT state FROM lg.opening WHERE id = '%s'", opening), "expired");
	assert_string_equal(
	    service_sql("SELECT count(*) FROM lg.audit WHERE subject = '%s' AND verb = 'expired' AND kind = 'job'",
	                opening),
	    "1");
	service_job("expire");
	assert_string_equal(
	    service_sql("SELECT count(*) FROM lg.audit WHERE subject = '%s' AND verb = 'expired'", opening), "1");
	struct service_answer a =
	    service_post(CASEWORKER, at("/openings/%s/state", opening), FORM("version", "5", "state", "open"));
	assert_status(a, 422);
	assert_says(a, "is over");
	a = service_post(CASEWORKER, at("/openings/%s/edit/time", opening),
	                 FORM("version", "5", "hours", "30", "expires_on", "2099-01-31"));
	assert_status(a, 303);
	a = service_post(CASEWORKER, at("/openings/%s/state", opening), FORM("version", "6", "state", "open"));
	assert_status(a, 303);
}

#define WHOLE                                                                                                          \
	"{\"company\": {\"name\": \"Nord Bageri\", \"number\": \"556036-0793\"}, \"people\": [{\"name\": \"Ida\"}]}"

static void a_program_does_the_same(void **state)
{
	(void)state;
	char id[40], post[40];
	struct service_answer a =
	    service_api(PROGRAM, HTTP_POST, "/api/v1/employers", WHOLE, HEADERS("Idempotency-Key", "e-1"));
	assert_status(a, 201);
	(void)snprintf(id, sizeof id, "%s", record_word(a.json, "id"));
	a = service_api(PROGRAM, HTTP_POST, "/api/v1/employers", WHOLE, HEADERS("Idempotency-Key", "e-1"));
	assert_string_equal(record_word(a.json, "id"), id);
	assert_status(service_api(PROGRAM, HTTP_POST, "/api/v1/employers", WHOLE, NULL), 409);
	a = service_api(PROGRAM, HTTP_GET, at("/api/v1/employers/%s", id), NULL, NULL);
	assert_status(a, 200);
	assert_string_equal(a.etag, "\"1\"");
	assert_string_equal(record_word(json_object_get(a.json, "company"), "number"), "5560360793");
	a = service_api(
	    PROGRAM, HTTP_POST, at("/api/v1/employers/%s/openings", id),
	    "{\"post\": {\"title\": \"Baker\", \"kind\": \"placement\"}, \"occupations\": [{\"occupation\": "
	    "\"7512\"}], \"place\": {\"municipality\": \"DK-0461\", \"point\": \"55.4038 10.4024\"}}",
	    NULL);
	assert_status(a, 201);
	(void)snprintf(post, sizeof post, "%s", record_word(a.json, "id"));
	a = service_api(PROGRAM, HTTP_POST, at("/api/v1/openings/%s/state", post), "{\"state\": \"open\"}", NULL);
	assert_status(a, 428);
	a = service_api(PROGRAM, HTTP_POST, path, "{\"state\": \"open\"}", HEADERS("If-Match", "\"1\""));
	assert_status(a, 204);
	a = service_api(PROGRAM, HTTP_GET, at("/api/v1/openings/%s", post), NULL, NULL);
	assert_string_equal(record_word(a.json, "state"), "open");
	assert_string_equal(record_word(a.json, "employer"), id);
	assert_string_equal(service_sql("SELECT latitude_e6 FROM lg.opening WHERE id = '%s'", post), "55403800");
	a = service_api(PROGRAM, HTTP_GET, "/api/v1/openings?limit=1&kind=placement", NULL, NULL);
	assert_status(a, 200);
	assert_int_equal(json_array_size(json_object_get(a.json, "items")), 1);
	a = service_api(PROGRAM, HTTP_GET, "/api/v1/employers?limit=1", NULL, NULL);
	char next[400];
	(void)snprintf(next, sizeof next, "/api/v1/employers?limit=2&after=%s", record_word(a.json, "next"));
	for (char *s = next; *s; s++)
		if (*s == ' ') *s = '+';
	a = service_api(PROGRAM, HTTP_GET, next, NULL, NULL);
	assert_status(a, 200);
	assert_int_equal(json_array_size(json_object_get(a.json, "items")), 2);
	assert_status(service_api(PROGRAM, HTTP_POST, "/api/v1/employers/00000000-0000-4000-8000-000000000000/openings",
	                          "{\"post\": {\"title\": \"X\", \"kind\": \"job\"}}", NULL),
	              404);
}

/* The first line of a file of lines, as what a program sends to register the same. */
static const char *line_to_send(const char *lines)
{
	struct lg_ctx *cx = service_cx();
	json_t *one;
	assert_int_equal(record_parse(cx, &one, lines, strcspn(lines, "\n")), LG_OK);
	static const char *const ours[] = { "id", "version", "state", "employer", "employer_name" };
	for (size_t i = 0; i < sizeof ours / sizeof *ours; i++) json_object_del(one, ours[i]);
	static char line[4000];
	(void)snprintf(line, sizeof line, "%s", record_text(cx, one));
	return line;
}

static void a_list_is_taken_out_as_a_file(void **state)
{
	(void)state;
	assert_status(service_post(CASEWORKER, "/employers", FORM("name", "=SUM(A1)")), 303);
	struct service_answer a = service_get(CASEWORKER, "/employers.csv");
	assert_status(a, 200);
	assert_string_equal(service_header("Content-Disposition"), "attachment; filename=\"employers.csv\"");
	static const char heads[] = "\xEF\xBB\xBFid,version,name,number,branch,employees,web,relation,will,";
	assert_int_equal(strncmp(a.body, heads, sizeof heads - 1), 0);
	assert_says(a, "people-0.name,people-0.task,people-0.phone");
	assert_says(a, "'=SUM(A1)");
	assert_says(a, "'+45 00 00 00 01");
	assert_string_equal(service_sql("SELECT why FROM lg.audit WHERE verb = 'exported' AND entity = 'employer'"),
	                    service_sql("SELECT 'csv, ' || count(*) FROM lg.employer"));
	a = service_get(CASEWORKER, "/openings.csv?municipality=DK-0730&q=ward");
	assert_says(a, "languages-0.language,languages-0.level");
	assert_says(a, "DK-0730,Randers");
	assert_says(a, hospital);
	assert_null(strstr(a.body, "Baker"));
	assert_string_equal(service_sql("SELECT why FROM lg.audit WHERE verb = 'exported' AND entity = 'opening'"),
	                    "csv, 2 municipality=DK-0730"); /* and not what was looked for */
	a = service_get(CASEWORKER, "/openings.xlsx");
	assert_status(a, 200);
	assert_int_equal(strncmp(a.body, "PK", 2), 0);
	assert_status(service_get(READER, "/employers.csv"), 403);
	assert_status(service_get(READER, "/openings.ndjson"), 403);
	assert_status(service_get(CASEWORKER, "/openings.csv?state=x"), 422);
	a = service_get(CASEWORKER, "/employers?relation=visited");
	assert_says(a, "/employers.ndjson?relation=visited");
	assert_null(strstr(service_get(READER, "/employers").body, "/employers.csv"));
}

static void what_was_taken_out_can_be_taken_in(void **state)
{
	(void)state;
	char new_one[40];
	struct service_answer a =
	    service_api(PROGRAM, HTTP_GET, "/api/v1/employers.ndjson?relation=visited", NULL, NULL);
	assert_status(a, 200);
	assert_string_equal(a.type, "application/x-ndjson");
	assert_says(a, hospital);
	const char *line = line_to_send(a.body);
	a = service_api(PROGRAM, HTTP_POST, "/api/v1/employers?anyway=1", line, NULL);
	assert_status(a, 201);
	(void)snprintf(new_one, sizeof new_one, "%s", record_word(a.json, "id"));
#define DIFFERENT                                                                                                      \
	"SELECT count(DISTINCT to_jsonb(a) - 'id' - 'version' - 'created' - 'changed' - 'registered_by' - 'state' - "  \
	"'state_since' - 'employer_id' - 'handle') FROM lg.%s a WHERE id IN ('%s', '%s')"
	assert_string_equal(service_sql(DIFFERENT, "employer", hospital, new_one), "1");
	a = service_api(PROGRAM, HTTP_GET, at("/api/v1/openings.ndjson?employer=%s&state=open", hospital), NULL, NULL);
	assert_status(a, 200);
	assert_says(a, opening);
	line = line_to_send(a.body);
	a = service_api(PROGRAM, HTTP_POST, at("/api/v1/employers/%s/openings", new_one), line, NULL);
	assert_status(a, 201);
	assert_string_equal(service_sql(DIFFERENT, "opening", opening, record_word(a.json, "id")), "1");
}

static void another_office_sees_nothing(void **state)
{
	(void)state;
	assert_null(strstr(service_get(STRANGER, "/employers.ndjson").body, hospital));
	assert_null(strstr(service_get(STRANGER, "/openings.csv").body, opening));
	assert_status(service_get(STRANGER, at("/employers/%s", hospital)), 404);
	assert_status(service_get(STRANGER, at("/openings/%s", opening)), 404);
	assert_status(service_post(STRANGER, at("/employers/%s/openings", hospital), FORM("title", "X", "kind", "job")),
	              404);
	assert_status(service_post(STRANGER, at("/openings/%s/copy", opening), (const char *const[]){ NULL }), 404);
	assert_null(strstr(service_get(STRANGER, "/employers?q=sygehus").body, hospital));
	assert_null(strstr(service_get(STRANGER, at("/openings?employer=%s", hospital)).body, opening));
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
		cmocka_unit_test(the_name_is_enough_to_begin),
		cmocka_unit_test(a_number_that_does_not_add_up_is_told_at_its_field),
		cmocka_unit_test(the_same_company_is_asked_about_once),
		cmocka_unit_test(two_who_save_at_once_see_both_versions),
		cmocka_unit_test(the_list_finds_it_misspelt),
		cmocka_unit_test(an_opening_begins_as_a_draft_and_is_opened),
		cmocka_unit_test(a_state_that_cannot_be_entered_is_refused),
		cmocka_unit_test(a_copy_is_a_draft_without_the_last_day),
		cmocka_unit_test(what_is_over_expires_by_itself_and_may_be_opened_again),
		cmocka_unit_test(a_program_does_the_same),
		cmocka_unit_test(a_list_is_taken_out_as_a_file),
		cmocka_unit_test(what_was_taken_out_can_be_taken_in),
		cmocka_unit_test(another_office_sees_nothing),
	};
	service_open(argv[1]);
	return cmocka_run_group_tests_name("employer", tests, NULL, close_all);
}
