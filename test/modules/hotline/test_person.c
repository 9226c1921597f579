/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* From a call to a person who is registered, gone over with, and followed up to the end; and answers for all agents. */
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

#define HEADERS FORM

static char enquiry[40], person[40], article[40];
static int agent, adviser, leader;

static void keep_id(char out[40], const char *location, const char *before)
{
	*out = '\0';
	(void)strncat(out, strstr(location, before) + strlen(before), 36);
}

static const char *of_person(const char *column)
{
	return service_sql("SELECT coalesce((%s)::text, '-') FROM lg.candidate WHERE id = '%s'", column, person);
}

static void a_person_is_registered_while_the_caller_is_on_the_phone(void **state)
{
	(void)state;
	struct service_answer a =
	    service_post(agent, "/enquiries",
	                 FORM("channel", "phone", "subject", "person", "words", "What could she do?", "about", "named",
	                      "person_name", "Olena Tkachenko", "legal_basis", "public_task", "municipality", "DK-0730",
	                      "typed_occupation", "nurse", "occupation", "lg:nurse"));
	assert_status(a, 303);
	keep_id(enquiry, a.location, "/enquiries/");
	/* What the enquiry knows stands in the form. */
	a = service_get(agent, at("/enquiries/%s/candidate", enquiry));
	assert_status(a, 200);
	assert_says(a, "value=\"Olena\"");
	assert_says(a, "value=\"Tkachenko\"");
	assert_says(a, "value=\"lg:nurse\"");
	a = service_post(agent, path, FORM("version", "1", "given_name", "Olena", "family_name", "Tkachenko"));
	assert_status(a, 422);
	a = service_post(agent, path,
	                 FORM("version", "1", "given_name", "Olena", "family_name", "Tkachenko", "born", "1990-05-24",
	                      "legal_basis", "public_task", "municipality", "DK-0730", "typed_occupation", "nurse",
	                      "occupation", "lg:nurse", "years", "7", "education", "Медична сестра",
	                      "education_country", "Ukraine", "licence_state", "not_begun", "language_1", "uk",
	                      "level_1", "native", "language_2", "en", "level_2", "b1", "wants_work", "yes",
	                      "can_start", "2099-01-01", "hours_most", "30"));
	assert_status(a, 303);
	keep_id(person, a.location, "/candidates/");
	assert_non_null(strstr(a.location, "/screening"));
	assert_string_equal(of_person("occupations -> 0 ->> 'occupation'"), "lg:nurse");
	assert_string_equal(of_person("occupations -> 0 ->> 'years'"), "7");
	assert_string_equal(of_person("education -> 0 ->> 'own_words'"), "Медична сестра");
	assert_string_equal(of_person("licences -> 0 ->> 'state'"), "not_begun");
	assert_string_equal(of_person("languages -> 1 ->> 'listening'"), "b1");
	assert_string_equal(of_person("wants_work"), "yes");
	assert_string_not_equal(of_person("wants_work_on"), "-");
	assert_string_equal(of_person("owner"), service_account(agent));
	/* The name is kept there, and not twice. */
	assert_string_equal(service_sql("SELECT candidate_id = '%s' AND person_name IS NULL AND about = 'named' FROM "
	                                "lg.enquiry WHERE id = '%s'",
	                                person, enquiry),
	                    "t");
	assert_status(service_get(agent, at("/enquiries/%s/candidate", enquiry)), 409);
}

static void the_same_person_is_warned_of(void **state)
{
	(void)state;
	struct service_answer a = service_post(
	    agent, "/enquiries", FORM("channel", "phone", "subject", "person", "words", "Once more", "about", "named"));
	char second[40];
	keep_id(second, a.location, "/enquiries/");
	a = service_post(agent, at("/enquiries/%s/candidate", second),
	                 FORM("version", "1", "given_name", "Olena", "family_name", "Tkatschenko", "born", "1990-05-24",
	                      "legal_basis", "public_task", "typed_occupation", "nurse", "occupation", "lg:nurse"));
	assert_status(a, 409);
	assert_says(a, "This person may be registered already");
	assert_says(a, person);
	assert_string_equal(service_sql("SELECT count(*) FROM lg.candidate WHERE tenant_id = 1"), "1");
	/* It is the same: linked by the address of the page. */
	assert_status(
	    service_post(agent, at("/enquiries/%s/link", second), FORM("version", "1", "candidate", "nonsense")), 422);
	assert_status(
	    service_post(agent, path,
	                 FORM("version", "1", "candidate",
	                      service_sql("SELECT 'https://landgang.example/candidates/%s?said=saved'", person))),
	    303);
	a = service_get(agent, at("/enquiries/%s", second));
	assert_says(a, at("/candidates/%s/outcomes", person));
}

static void a_screening_ends_in_what_a_person_concludes(void **state)
{
	(void)state;
	struct service_answer a = service_get(agent, at("/candidates/%s/screening", person));
	assert_status(a, 200);
	assert_says(a, "Psychiatry");
	assert_says(a, "Nobody has gone over a list with this person yet.");
	a = service_get(agent, at("/candidates/%s/screening?family=laboratory", person));
	assert_says(a, "Has training in a laboratory");
	assert_says(a, "29 Nov 2026");
	at("/candidates/%s/screening", person);
	a = service_post(agent, path,
	                 FORM("family", "laboratory", "training", "yes", "read", "not_yet", "exact", "yes"));
	assert_status(a, 422);
	assert_says(a, "The answers speak for: Suitable later.");
	a = service_post(agent, path, FORM("family", "laboratory", "training", "yes", "result", "later"));
	assert_status(a, 422);
	assert_status(service_post(agent, path, FORM("family", "magic", "result", "later")), 422);
	assert_status(service_post(agent, path,
	                           FORM("family", "laboratory", "training", "yes", "read", "not_yet", "exact", "yes",
	                                "result", "suitable", "words", "Reads English")),
	              303);
	a = service_get(agent, path);
	assert_says(a, "Laboratory: Suitable");
	assert_says(a, "Reads English");
	a = service_api(PROGRAM, HTTP_GET, at("/api/v1/candidates/%s/screening", person), NULL, NULL);
	assert_status(a, 200);
	assert_string_equal(record_word(json_object_get(json_array_get(a.json, 0), "answers"), "read"), "not_yet");
	assert_status(service_get(STRANGER, at("/candidates/%s/screening", person)), 404);
	assert_status(service_post(READER, path, FORM("family", "laboratory")), 403);
}

static void the_wish_to_work_is_paused_and_taken_back_without_a_reason(void **state)
{
	(void)state;
	static const char *const states[] = { "later", "no", "yes" };
	for (size_t i = 0; i < 3; i++) {
		const char *version = of_person("version");
		assert_status(service_post(agent, at("/candidates/%s/wish", person),
		                           FORM("version", version, "state", states[i])),
		              303);
		assert_string_equal(of_person("wants_work"), states[i]);
	}
	assert_status(service_post(agent, path, FORM("version", of_person("version"), "state", "maybe")), 422);
	assert_string_equal(of_person("wants_work_on = (now() AT TIME ZONE 'Europe/Copenhagen')::date"), "true");
	/* Nothing marks the person for it: what has changed is the wish and its day. */
	assert_string_equal(service_sql("SELECT count(*) FROM lg.note WHERE candidate_id = '%s'", person), "0");
}

static void questions_come_by_themselves_and_go_when_it_stops(void **state)
{
	(void)state;
	at("/candidates/%s/outcomes", person);
	struct service_answer a =
	    service_post(agent, path, FORM("kind", "visit", "on_day", "2026-01-10", "place", "Ward 3"));
	assert_status(a, 303);
	assert_status(service_post(agent, path, FORM("kind", "interview", "on_day", "2026-01-12")), 303);
	assert_status(service_post(agent, path, FORM("kind", "start", "on_day", "2026-02-01")), 303);
	assert_string_equal(service_sql("SELECT string_agg(due::text, ' ' ORDER BY due) FROM lg.task WHERE "
	                                "candidate_id = '%s' AND done IS NULL",
	                                person),
	                    "2026-01-13 2026-05-01 2026-08-01 2027-02-01");
	/* Somebody's day shows them. */
	a = service_get(agent, "/");
	assert_says(a, "Still there after 3 months?");
	at("/candidates/%s/outcomes", person);
	assert_status(service_post(agent, path, FORM("kind", "still_3", "on_day", "2026-05-02")), 303);
	assert_string_equal(service_sql("SELECT string_agg(due::text, ' ' ORDER BY due) FROM lg.task WHERE "
	                                "candidate_id = '%s' AND done IS NULL",
	                                person),
	                    "2026-08-01 2027-02-01");
	assert_status(service_post(agent, path, FORM("kind", "stopped", "on_day", "2026-06-01")), 422);
	assert_status(service_post(agent, path, FORM("kind", "visit", "on_day", "2026-06-01", "reason", "moved")), 422);
	assert_status(service_post(agent, path, FORM("kind", "visit", "on_day", "2099-06-01")), 422);
	assert_status(service_post(agent, path, FORM("kind", "stopped", "on_day", "2026-06-01", "reason", "education")),
	              303);
	assert_string_equal(
	    service_sql("SELECT count(*) FROM lg.task WHERE candidate_id = '%s' AND done IS NULL", person), "0");
	a = service_get(agent, path);
	assert_says(a, "A course or education");
	assert_says(a, "A visit · Ward 3");
	a = service_api(PROGRAM, HTTP_POST, at("/api/v1/candidates/%s/outcomes", person),
	                "{\"kind\":\"language_cafe\",\"on_day\":\"2026-06-10\"}", NULL);
	assert_status(a, 201);
	a = service_api(PROGRAM, HTTP_GET, path, NULL, NULL);
	assert_int_equal(json_array_size(a.json), 6);
	assert_status(service_get(STRANGER, at("/candidates/%s/outcomes", person)), 404);
}

static void an_answer_becomes_an_article_that_the_next_agent_finds(void **state)
{
	(void)state;
	assert_status(
	    service_post(agent, at("/enquiries/%s/edit/answer", enquiry),
	                 FORM("version", "2", "answer", "She may begin as an assistant on a ward while she waits.")),
	    303);
	struct service_answer a = service_get(agent, at("/enquiries/%s/article", enquiry));
	assert_status(a, 200);
	assert_says(a, "She may begin as an assistant");
	a = service_post(agent, path,
	                 FORM("title", "Can a nurse begin before the licence?", "subject", "licence", "words",
	                      "She may begin as an assistant on a ward while she waits."));
	assert_status(a, 303);
	keep_id(article, a.location, "/articles/");
	/* A draft is nobody's answer yet. */
	const char *const asked[] = { "channel", "phone", "words", "May a nurse begin before she has her licence?",
		                      NULL };
	a = service_post(agent, "/enquiries/beside", asked);
	assert_null(strstr(a.body, "Answered before"));
	at("/articles/%s/state", article);
	assert_status(service_post(agent, path, FORM("version", "1", "state", "published")), 422);
	assert_status(service_post(agent, path, FORM("version", "1", "state", "review")), 303);
	a = service_post(agent, path, FORM("version", "2", "state", "published"));
	assert_status(a, 422);
	/* A colleague who may publish changes a word: then that one may not publish it either. */
	assert_status(service_post(adviser, at("/articles/%s/edit/article", article),
	                           FORM("version", "2", "title", "Can a nurse begin before the licence?", "subject",
	                                "licence", "words", "Yes, as an assistant on a ward while she waits.")),
	              303);
	at("/articles/%s/state", article);
	assert_status(service_post(adviser, path, FORM("version", "3", "state", "published")), 422);
	assert_status(service_post(leader, path, FORM("version", "3", "state", "published")), 303);
	a = service_post(agent, "/enquiries/beside", asked);
	assert_says(a, "Answered before");
	assert_says(a, "Yes, as an assistant on a ward");
	const char *const other[] = { "channel", "phone", "words", "Where is the canteen?", NULL };
	a = service_post(agent, "/enquiries/beside", other);
	assert_null(strstr(a.body, "Answered before"));
	/* Changed again, it is to be looked at again. */
	assert_status(service_post(agent, at("/articles/%s/edit/article", article),
	                           FORM("version", "4", "title", "Can a nurse begin before the licence?", "subject",
	                                "licence", "words", "Yes.")),
	              303);
	assert_string_equal(service_sql("SELECT state FROM lg.article WHERE id = '%s'", article), "review");
	a = service_post(agent, "/enquiries/beside", asked);
	assert_null(strstr(a.body, "Answered before"));
	/* Past the program: the rows refuse it. */
	assert_string_equal(service_sql("CREATE TEMP TABLE said (t text); DO $$ BEGIN UPDATE lg.article SET state = "
	                                "'published', published_by = changed_by, published_at = now(); "
	                                "INSERT INTO said VALUES ('let pass'); EXCEPTION WHEN check_violation THEN "
	                                "INSERT INTO said VALUES ('refused'); END $$; SELECT t FROM said"),
	                    "refused");
}

static void the_list_of_answers_is_searched(void **state)
{
	(void)state;
	struct service_answer a = service_get(agent, "/articles?q=nurse+licence");
	assert_status(a, 200);
	assert_says(a, article);
	a = service_get(agent, "/articles?state=retired");
	assert_null(strstr(a.body, article));
	assert_status(service_get(agent, "/articles?state=x"), 422);
	assert_status(service_get(leader, at("/articles/%s/history", article)), 200);
	assert_status(service_get(CASEWORKER, "/articles"), 403);
	int other = service_sign_in(2, "hotline");
	a = service_get(other, "/articles?q=nurse");
	assert_null(strstr(a.body, article));
	assert_status(service_get(other, at("/articles/%s", article)), 404);
	assert_status(service_post(other, at("/articles/%s/state", article), FORM("version", "5", "state", "draft")),
	              404);
}

/* Last, for nothing is left of the person. */
static void who_is_erased_is_gone_from_the_enquiry_too(void **state)
{
	(void)state;
	int officer = OFFICER;
	const char *const about =
	    "SELECT count(*) FROM lg.enquiry WHERE tenant_id = 1 AND words = '–' AND answer IS NULL";
	assert_string_equal(
	    service_sql("SELECT count(*) FROM lg.enquiry WHERE candidate_id = '%s' AND words <> '–'", person), "2");
	assert_string_equal(service_sql("%s", about), "0");
	assert_status(
	    service_post(officer, at("/candidates/%s/erase", person),
	                 FORM("version", of_person("version"), "why", "asked for it", "family_name", "Tkachenko")),
	    303);
	assert_string_equal(
	    service_sql("SELECT count(*) FROM lg.enquiry WHERE candidate_id IS NULL AND person_name IS NULL"), "2");
	/* Nor is what was asked and answered about them to be read, here or in the history; that there was a question
	 * is. */
	assert_string_equal(service_sql("%s", about), "2");
	assert_string_equal(service_sql("SELECT count(*) FROM lg.person_key WHERE subject = '%s'", enquiry), "0");
	struct service_answer a = service_get(agent, at("/enquiries/%s/history", enquiry));
	assert_status(a, 200);
	assert_null(strstr(a.body, "What could she do?"));
	assert_null(strstr(a.body, "Tkachenko"));
	a = service_get(agent, at("/enquiries/%s", enquiry));
	assert_status(a, 200);
	assert_null(strstr(a.body, "What could she do?"));
	assert_string_equal(service_sql("SELECT (SELECT count(*) FROM lg.screening) + (SELECT count(*) FROM "
	                                "lg.outcome) + (SELECT count(*) FROM lg.task)"),
	                    "0");
}

int main(int argc, char **argv)
{
	if (argc != 2) return 2;
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_person_is_registered_while_the_caller_is_on_the_phone),
		cmocka_unit_test(the_same_person_is_warned_of),
		cmocka_unit_test(a_screening_ends_in_what_a_person_concludes),
		cmocka_unit_test(the_wish_to_work_is_paused_and_taken_back_without_a_reason),
		cmocka_unit_test(questions_come_by_themselves_and_go_when_it_stops),
		cmocka_unit_test(an_answer_becomes_an_article_that_the_next_agent_finds),
		cmocka_unit_test(the_list_of_answers_is_searched),
		cmocka_unit_test(who_is_erased_is_gone_from_the_enquiry_too),
	};
	service_open(argv[1]);
	agent = service_sign_in(1, "hotline");
	adviser = service_sign_in(1, "adviser");
	leader = service_sign_in(1, "leader");
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	service_close();
	return failed;
}
