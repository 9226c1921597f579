/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* Who suits what, through the pages and a matcher that reads the database: what is changed is in the next list. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/record.h"
#include "core/match_serve.h"
#include "kept.h"
#include "service.h"

static char baker[40], nurse[40], bakery[40], bread[40];

static void make_available(const char *id)
{
	static const char *const states[] = { "profile_complete", "available" };
	for (size_t i = 0; i < 2; i++) {
		char version[16], body[60];
		(void)snprintf(version, sizeof version, "\"%s\"",
		               service_sql("SELECT version FROM lg.candidate WHERE id = '%s'", id));
		(void)snprintf(body, sizeof body, "{\"state\": \"%s\"}", states[i]);
		struct service_answer a = service_api(PROGRAM, HTTP_POST, at("/api/v1/candidates/%s/state", id), body,
		                                      FORM("If-Match", version));
		assert_status(a, 204);
	}
}

#define PERSON(given, family, work, level)                                                                             \
	"{\"person\": {\"given_name\": \"" given "\", \"family_name\": \"" family                                      \
	"\", \"born\": \"1990-01-01\"}, \"basis\": {\"legal_basis\": \"public_task\"}, \"contact\": {\"mail\": \"x@"   \
	"landgang.example\", \"municipality\": \"DK-0461\"}, \"stay\": {\"ground\": \"special_act\"}, \"languages\": " \
	"[{\"language\": \"da\", \"interaction\": \"" level "\"}], \"occupations\": [{\"occupation\": \"" work         \
	"\", \"years\": 6}], \"experience\": [{\"own_words\": \"work\"}], \"wishes\": {\"wants_work\": \"yes\"}, "     \
	"\"week\": {\"available\": \"mon-fri 06:00-18:00\"}}"

static void an_office_with_two_people_and_an_opening(void **state)
{
	(void)state;
	keep_made(baker, service_api(PROGRAM, HTTP_POST, "/api/v1/candidates",
	                             PERSON("Bohdan", "Bakerson", "7512", "a1"), NULL));
	keep_made(nurse, service_api(PROGRAM, HTTP_POST, "/api/v1/candidates",
	                             PERSON("Nadiia", "Nurseenko", "lg:nurse", "b1"), NULL));
	make_available(baker), make_available(nurse);
	keep_made(bakery, service_api(PROGRAM, HTTP_POST, "/api/v1/employers",
	                              "{\"company\": {\"name\": \"Nord Bageri\"}}", NULL));
	keep_made(
	    bread,
	    service_api(PROGRAM, HTTP_POST, at("/api/v1/employers/%s/openings", bakery),
	                "{\"post\": {\"title\": \"Bread baker\", \"kind\": \"job\"}, \"occupations\": "
	                "[{\"occupation\": \"7512\"}], \"languages\": [{\"language\": \"da\", \"level\": \"a1\"}], "
	                "\"place\": {\"municipality\": \"DK-0461\"}, \"time\": {\"hours\": 37}}",
	                NULL));
	assert_string_equal(service_sql("SELECT count(*) FROM lg.match_entry WHERE facts IS NOT NULL"), "2");
	assert_string_equal(
	    service_sql("SELECT count(*) FROM lg.match_entry WHERE facts::text ~* 'bohdan|bakerson|1990|@|experience'"),
	    "0");
}

static void what_has_no_answer_yet_is_said(void **state)
{
	(void)state;
	struct service_answer a = service_get(CASEWORKER, at("/candidates/%s/matches", baker));
	assert_status(a, 200);
	assert_says(a, "The lists are being made");
	assert_status(service_api(PROGRAM, HTTP_GET, at("/api/v1/candidates/%s/matches", baker), NULL, NULL), 503);
	service_match_begin();
}

static void a_draft_is_in_no_list_and_an_open_one_in_the_next(void **state)
{
	(void)state;
	struct service_answer a = service_get(CASEWORKER, at("/candidates/%s/matches", baker));
	assert_status(a, 200);
	assert_null(strstr(a.body, "Bread baker"));
	assert_says(a, "Nothing meets every demand today");
	a = service_api(PROGRAM, HTTP_POST, at("/api/v1/openings/%s/state", bread), "{\"state\": \"open\"}",
	                FORM("If-Match", "\"1\""));
	assert_status(a, 204);
	a = service_get(CASEWORKER, at("/candidates/%s/matches", baker));
	assert_says(a, "Bread baker");
	assert_says(a, "Nord Bageri");
	assert_says(a, "1 of 1 openings meet every demand.");
	assert_says(a, "What fits");
	assert_says(a, "How to close the gap");
}

static void both_sides_say_the_same(void **state)
{
	(void)state;
	struct service_answer a =
	    service_api(PROGRAM, HTTP_GET, at("/api/v1/candidates/%s/matches", baker), NULL, NULL);
	assert_status(a, 200);
	const json_t *one = json_array_get(json_object_get(a.json, "items"), 0);
	assert_string_equal(record_word(one, "opening"), bread);
	json_int_t score = json_integer_value(json_object_get(one, "score")), sum = 0;
	const char *name;
	json_t *part;
	json_object_foreach(json_object_get(one, "parts"), name, part) sum += json_integer_value(part);
	assert_int_equal(sum, score);
	a = service_api(PROGRAM, HTTP_GET, at("/api/v1/openings/%s/matches", bread), NULL, NULL);
	assert_status(a, 200);
	one = json_array_get(json_object_get(a.json, "items"), 0);
	assert_string_equal(record_word(one, "candidate"), baker); /* six years of it; the nurse has none */
	assert_int_equal(json_integer_value(json_object_get(one, "score")), score);
	assert_int_equal(json_integer_value(json_object_get(a.json, "all")), 2);
}

static json_int_t points_of(const char *candidate, const char *part)
{
	struct service_answer a =
	    service_api(PROGRAM, HTTP_GET, at("/api/v1/candidates/%s/matches", candidate), NULL, NULL);
	assert_status(a, 200);
	const json_t *one = json_array_get(json_object_get(a.json, "items"), 0);
	return json_integer_value(json_object_get(json_object_get(one, "parts"), part));
}

static void wish(const char *candidate, const char *occupation)
{
	const char *version = service_sql("SELECT version FROM lg.candidate WHERE id = '%s'", candidate);
	struct service_answer a = service_post(CASEWORKER, at("/candidates/%s/edit/wished", candidate),
	                                       FORM("version", version, "wished-0.occupation", occupation));
	assert_status(a, 303);
}

static void what_the_person_wishes_for_counts(void **state)
{
	(void)state;
	json_int_t unsaid = points_of(baker, "wish");
	assert_true(unsaid > 0);
	wish(baker, "lg:nurse");
	assert_int_equal(points_of(baker, "wish"), 0);
	assert_says(service_get(CASEWORKER, at("/candidates/%s/matches", baker)), "The person wishes for other work");
	wish(baker, "7512"); /* the whole group of bakers */
	assert_int_equal(points_of(baker, "wish"), 2 * unsaid);
	assert_says(service_get(CASEWORKER, at("/openings/%s/matches", bread)), "Wished for by the person");
	const char *version = service_sql("SELECT version FROM lg.candidate WHERE id = '%s'", baker);
	assert_status(service_post(CASEWORKER, at("/candidates/%s/edit/wished", baker), FORM("version", version)), 303);
	assert_int_equal(points_of(baker, "wish"), unsaid);
}

/* A page asks with the same facts that the index has: what is left out there does not count in the order of the list.
 */
static void a_question_has_the_facts_of_the_index(void **state)
{
	(void)state;
	static const char *const sides[] = { "candidate", "opening" };
	for (size_t i = 0; i < 2; i++) {
		json_t *record =
		           json_loads(service_sql("SELECT to_jsonb(x) FROM lg.%s x WHERE lg_gate.match_facts('%s', "
		                                  "to_jsonb(x)) IS NOT NULL ORDER BY x.id LIMIT 1",
		                                  sides[i], sides[i]),
		                      0, NULL),
		       *index = json_loads(
		           service_sql("SELECT lg_gate.match_facts('%s', to_jsonb(x)) FROM lg.%s x WHERE "
		                       "lg_gate.match_facts('%s', to_jsonb(x)) IS NOT NULL ORDER BY x.id LIMIT 1",
		                       sides[i], sides[i], sides[i]),
		           0, NULL);
		assert_non_null(record);
		assert_non_null(index);
		const json_t *asked = match_facts(service_cx(), i ? MATCH_OPENING : MATCH_CANDIDATE, record);
		const char *name;
		json_t *value;
		json_object_foreach(index, name, value)
		{
			const json_t *ours = json_object_get(asked, name);
			if (json_is_null(value) ? ours && !json_is_null(ours) : !ours)
				fail_msg("%s of a %s is in the index, and is not asked with", name, sides[i]);
		}
		json_decref(record);
		json_decref(index);
	}
}

static void who_is_shown_is_written_down(void **state)
{
	(void)state;
	struct service_answer a = service_get(CASEWORKER, at("/openings/%s/matches", bread));
	assert_status(a, 200);
	assert_says(a, "Bohdan Bakerson");
	assert_says(a, "2 of 2 available people meet every demand.");
	assert_string_equal(
	    service_sql("SELECT count(*) FROM lg.read_audit WHERE route = '/openings/{id}/matches' AND '%s' = "
	                "ANY (subjects) AND '%s' = ANY (subjects)",
	                baker, nurse),
	    "1");
}

static void the_list_may_be_asked_for_without_order_and_score(void **state)
{
	(void)state;
	struct service_answer a = service_get(CASEWORKER, at("/openings/%s/matches?order=mixed&scores=hidden", bread));
	assert_status(a, 200);
	assert_says(a, "Bohdan Bakerson");
	assert_null(strstr(a.body, "class=\"ring"));
	assert_null(strstr(a.body, "Score "));
	assert_status(service_get(CASEWORKER, at("/openings/%s/matches?order=best", bread)), 422);
	assert_status(service_get(CASEWORKER, at("/openings/%s/matches?scores=1", bread)), 422);
}

/* Each card keeps its own reasons in any order. */
static void in_no_order_reasons_stay_with_their_person(void **state)
{
	(void)state;
	static const char *const own[][2] = { { "Bohdan Bakerson", "baker" }, { "Nadiia Nurseenko", "nurse" } };
	struct service_answer a = service_get(CASEWORKER, at("/openings/%s/matches?order=mixed", bread));
	for (size_t i = 0; i < 2; i++) {
		const char *card = service_between(a.body, own[i][0], "</article>");
		assert_non_null(card);
		if (!strcasestr(card, own[i][1]) || strcasestr(card, own[1 - i][1]))
			fail_msg("%s: %s", own[i][0], card);
	}
}

static void a_change_is_in_the_next_list(void **state)
{
	(void)state;
	struct service_answer a =
	    service_post(CASEWORKER, at("/openings/%s/edit/languages", bread),
	                 FORM("version", "2", "languages-0.language", "da", "languages-0.level", "b1"));
	assert_status(a, 303);
	a = service_get(CASEWORKER, at("/candidates/%s/matches", baker));
	assert_null(strstr(a.body, "Bread baker"));
	assert_says(a, "What the others are left out for");
	a = service_get(CASEWORKER, at("/openings/%s/matches", bread));
	assert_says(a, "Nadiia Nurseenko");
	assert_null(strstr(a.body, "Bohdan"));
	a = service_post(CASEWORKER, at("/openings/%s/state", bread), FORM("version", "3", "state", "paused"));
	assert_status(a, 303);
	a = service_get(CASEWORKER, at("/candidates/%s/matches", nurse));
	assert_null(strstr(a.body, "Bread baker"));
	a = service_post(CASEWORKER, at("/openings/%s/state", bread), FORM("version", "4", "state", "open"));
	assert_status(a, 303);
}

static void who_does_not_want_to_is_nobodys_match(void **state)
{
	(void)state;
	const char *version = service_sql("SELECT version FROM lg.candidate WHERE id = '%s'", nurse);
	assert_status(service_post(CASEWORKER, at("/candidates/%s/edit/wishes", nurse),
	                           FORM("version", version, "wants_work", "no")),
	              303);
	struct service_answer a = service_get(CASEWORKER, at("/openings/%s/matches", bread));
	assert_null(strstr(a.body, "Nadiia"));
}

static void who_is_erased_is_gone_from_the_index(void **state)
{
	(void)state;
	char handle[40];
	(void)snprintf(handle, sizeof handle, "%s",
	               service_sql("SELECT handle FROM lg.candidate WHERE id = '%s'", baker));
	assert_status(service_post(CASEWORKER, at("/openings/%s/edit/languages", bread), FORM("version", "5")), 303);
	assert_says(service_get(CASEWORKER, at("/openings/%s/matches", bread)), "Bohdan");
	const char *version = service_sql("SELECT version FROM lg.candidate WHERE id = '%s'", baker);
	assert_status(service_post(OFFICER, at("/candidates/%s/erase", baker),
	                           FORM("version", version, "family_name", "Bakerson", "why", "asked for")),
	              303);
	struct service_answer a = service_get(CASEWORKER, at("/openings/%s/matches", bread));
	assert_null(strstr(a.body, "Bohdan"));
	assert_string_equal(service_sql("SELECT facts IS NULL FROM lg.match_entry WHERE handle = '%s'", handle), "t");
}

static void another_office_has_lists_of_its_own(void **state)
{
	(void)state;
	assert_status(service_get(STRANGER, at("/openings/%s/matches", bread)), 404);
	assert_status(service_get(STRANGER, at("/candidates/%s/matches", nurse)), 404);
	struct service_answer a = service_post(STRANGER, "/candidates",
	                                       FORM("given_name", "Sonia", "family_name", "Stranger", "legal_basis",
	                                            "public_task", "municipality", "DK-0461", "wants_work", "yes"));
	assert_status(a, 303);
	a = service_get(STRANGER, at("/candidates/%.36s/matches", a.location + strlen("/candidates/")));
	assert_status(a, 200);
	assert_says(a, "0 of 0 openings meet every demand.");
	assert_null(strstr(a.body, "Bread baker"));
}

static void where_nobody_knows_the_place_it_is_asked_for(void **state)
{
	(void)state;
	struct service_answer a = service_post(
	    CASEWORKER, "/candidates", FORM("given_name", "No", "family_name", "Place", "legal_basis", "public_task"));
	assert_status(a, 303);
	a = service_get(CASEWORKER, at("/candidates/%.36s/matches", a.location + strlen("/candidates/")));
	assert_status(a, 200);
	assert_says(a, "Not enough is known yet");
}

static void a_matcher_that_starts_anew_knows_the_same(void **state)
{
	(void)state;
	service_match_end();
	assert_says(service_get(CASEWORKER, at("/openings/%s/matches", bread)), "The lists are being made");
	const char *version = service_sql("SELECT version FROM lg.candidate WHERE id = '%s'", nurse);
	assert_status(service_post(CASEWORKER, at("/candidates/%s/edit/wishes", nurse),
	                           FORM("version", version, "wants_work", "yes")),
	              303);
	service_match_begin();
	assert_says(service_get(CASEWORKER, at("/openings/%s/matches", bread)), "Nadiia Nurseenko");
}

/* --- what if ... */

static char porter[40], ward[40], anton[40], bela[40];

static void open_up(const char *id)
{
	struct service_answer a = service_api(PROGRAM, HTTP_POST, at("/api/v1/openings/%s/state", id),
	                                      "{\"state\": \"open\"}", FORM("If-Match", "\"1\""));
	assert_status(a, 204);
}

static void two_more_people_and_openings_that_ask_for_more(void **state)
{
	(void)state;
	keep_made(anton, service_api(PROGRAM, HTTP_POST, "/api/v1/candidates", PERSON("Anton", "Antonov", "7512", "a1"),
	                             NULL));
	keep_made(bela,
	          service_api(PROGRAM, HTTP_POST, "/api/v1/candidates", PERSON("Bela", "Belov", "7512", "a2"), NULL));
	make_available(anton), make_available(bela);
	keep_made(
	    porter,
	    service_api(PROGRAM, HTTP_POST, at("/api/v1/employers/%s/openings", bakery),
	                "{\"post\": {\"title\": \"Night porter\", \"kind\": \"job\"}, \"occupations\": "
	                "[{\"occupation\": \"9112\"}], \"languages\": [{\"language\": \"da\", "
	                "\"level\": \"b1\"}], \"place\": {\"municipality\": \"DK-0461\"}, \"time\": {\"hours\": 37, "
	                "\"schedule\": \"mon 08:00-16:00\"}}",
	                NULL));
	keep_made(ward, service_api(PROGRAM, HTTP_POST, at("/api/v1/employers/%s/openings", bakery),
	                            "{\"post\": {\"title\": \"Ward nurse\", \"kind\": \"job\"}, \"occupations\": "
	                            "[{\"occupation\": \"lg:nurse\"}], \"licences\": [{\"occupation\": \"lg:nurse\"}], "
	                            "\"languages\": [{\"language\": \"da\", \"level\": \"b2\"}], \"place\": "
	                            "{\"municipality\": \"DK-0461\"}}",
	                            NULL));
	open_up(porter), open_up(ward);
}

static json_int_t more_of(const json_t *parts, const char *part, const char *what)
{
	size_t i;
	json_t *one;
	json_array_foreach(parts, i, one)
	{
		if (!strcmp(record_word(one, "part"), part)) return json_integer_value(json_object_get(one, what));
	}
	fail_msg("no %s", part);
	return -1;
}

static void carving_counts_who_would_do_without_a_demand(void **state)
{
	(void)state;
	struct service_answer a = service_api(PROGRAM, HTTP_GET, at("/api/v1/openings/%s/carve", porter), NULL, NULL);
	assert_status(a, 200);
	assert_int_equal(json_integer_value(json_object_get(a.json, "all")), 3);
	assert_int_equal(json_integer_value(json_object_get(a.json, "near")), 3);
	assert_int_equal(json_integer_value(json_object_get(a.json, "feasible")), 1);
	const json_t *parts = json_object_get(a.json, "parts");
	assert_int_equal(json_array_size(parts), 3); /* hours, schedule, Danish */
	assert_int_equal(more_of(parts, "language:da", "more"), 2);
	assert_int_equal(more_of(parts, "language:da", "more_one_level_lower"), 1); /* A2 will do for it, A1 will not */
	assert_int_equal(more_of(parts, "hours", "more"), 0);
	a = service_get(CASEWORKER, at("/openings/%s/carve", porter));
	assert_status(a, 200);
	assert_says(a, "Danish B1");
	assert_says(a, "/copy?without=language%3Ada\"");
}

/* A licence is never left out: tasks that need none may be an opening of their own. */
static void a_licence_is_split_off_and_not_dropped(void **state)
{
	(void)state;
	struct service_answer a = service_api(PROGRAM, HTTP_GET, at("/api/v1/openings/%s/carve", ward), NULL, NULL);
	assert_status(a, 200);
	const json_t *parts = json_object_get(a.json, "parts"), *pairs = json_object_get(a.json, "pairs");
	assert_int_equal(json_integer_value(json_object_get(a.json, "feasible")), 0);
	assert_int_equal(more_of(parts, "licence", "more"), 0);
	assert_int_equal(more_of(parts, "language:da", "more"), 0);
	assert_int_equal(json_array_size(pairs), 1);
	assert_int_equal(json_integer_value(json_object_get(json_array_get(pairs, 0), "more")), 3);
	a = service_get(CASEWORKER, at("/openings/%s/carve", ward));
	assert_says(a, "A: tasks that need no licence");
	assert_says(a, "/copy?without=licence&amp;without=language%3Ada\"");
	const char *dropped = service_between(a.body, "id=\"without\"", "</section>");
	assert_non_null(dropped);
	assert_null(strstr(dropped, "licence\""));
	a = service_get(service_sign_in(1, "adviser"),
	                at("/openings/%s/carve", ward)); /* who may not write has no buttons */
	assert_status(a, 200);
	assert_null(strstr(a.body, "/copy?"));
}

static void a_draft_is_made_without_what_was_chosen(void **state)
{
	(void)state;
	struct service_answer a =
	    service_post(CASEWORKER, at("/openings/%s/copy?without=licence&without=language:da", ward), FORM(NULL));
	assert_status(a, 303);
	char copy[40];
	(void)snprintf(copy, sizeof copy, "%.36s", a.location + strlen("/openings/"));
	assert_string_equal(
	    service_sql("SELECT state || jsonb_array_length(to_jsonb(licences)) || "
	                "jsonb_array_length(to_jsonb(languages)) || title FROM lg.opening WHERE id = '%s'",
	                copy),
	    "draft00Ward nurse");
	assert_status(service_post(CASEWORKER, at("/openings/%s/copy?without=language:sv", ward), FORM(NULL)), 422);
	assert_status(service_post(CASEWORKER, at("/openings/%s/copy?without=law", ward), FORM(NULL)), 422);
	assert_string_equal(service_sql("SELECT count(*) FROM lg.opening WHERE title = 'Ward nurse'"), "2");
}

static void doors_say_what_would_open_and_which(void **state)
{
	(void)state;
	struct service_answer a = service_api(PROGRAM, HTTP_GET, at("/api/v1/candidates/%s/doors", bela), NULL, NULL);
	assert_status(a, 200);
	const json_t *first = json_array_get(json_object_get(a.json, "items"), 0);
	assert_string_equal(record_word(first, "change"), "language");
	assert_string_equal(record_word(first, "words"), "dansk fra A2 til B1");
	assert_int_equal(json_integer_value(json_object_get(first, "more_openings")), 1);
	assert_string_equal(json_string_value(json_array_get(json_object_get(first, "openings"), 0)), porter);
	assert_null(strstr(a.body, "\"licence\"")); /* a baker is made no nurse */
	a = service_get(CASEWORKER, at("/candidates/%s/doors", bela));
	assert_status(a, 200);
	assert_says(a, "Danish from A2 to B1");
	assert_says(a, "Night porter (Nord Bageri)");
	a = service_api(PROGRAM, HTTP_GET, "/api/v1/doors", NULL, NULL);
	assert_status(a, 200);
	assert_int_equal(json_integer_value(json_object_get(a.json, "people")), 3);
	assert_int_equal(json_integer_value(json_object_get(a.json, "looked_at")), 3);
	assert_says(a, "dansk fra A1 til B1");
	assert_says(a, "dansk fra A2 til B1");
	/* It is kept while nothing changes, and no longer. */
	assert_status(service_api(PROGRAM, HTTP_POST, at("/api/v1/openings/%s/state", porter),
	                          "{\"state\": \"paused\"}", FORM("If-Match", "\"2\"")),
	              204);
	a = service_get(CASEWORKER, "/doors");
	assert_status(a, 200);
	assert_null(strstr(a.body, "to B1"));
	assert_status(service_api(PROGRAM, HTTP_POST, at("/api/v1/openings/%s/state", porter), "{\"state\": \"open\"}",
	                          FORM("If-Match", "\"3\"")),
	              204);
	assert_says(service_get(CASEWORKER, "/doors"), "Danish from A2 to B1");
}

static void one_demand_may_be_relaxed_by_a_little_and_is_marked(void **state)
{
	(void)state;
	struct service_answer a = service_get(CASEWORKER, at("/candidates/%s/matches", bela));
	assert_status(a, 200);
	assert_null(strstr(a.body, "Night porter"));
	a = service_get(CASEWORKER, at("/candidates/%s/matches?demands=relaxed", bela));
	assert_status(a, 200);
	assert_says(a, "1 more if one demand is relaxed.");
	const char *card = service_between(a.body, "Night porter", "</article>");
	assert_non_null(card);
	assert_non_null(strstr(card, "Relaxed: language: Danish: has A2, needs B1."));
	assert_non_null(strstr(card, "Possible if one demand is relaxed"));
	assert_null(strstr(a.body, "Ward nurse"));            /* a licence is asked for */
	assert_says(a, "?order=mixed&amp;demands=relaxed\""); /* and the choice stays with the others */
	a = service_get(CASEWORKER, at("/candidates/%s/matches?demands=relaxed", anton)); /* two levels short */
	assert_null(strstr(a.body, "Night porter"));
	a = service_get(CASEWORKER, at("/candidates/%s/matches?demands=relaxed", nurse));
	assert_says(a, "Night porter");
	assert_null(strstr(a.body, "Ward nurse"));
	assert_status(service_get(CASEWORKER, at("/candidates/%s/matches?demands=none", bela)), 422);
	a = service_api(PROGRAM, HTTP_GET, at("/api/v1/candidates/%s/matches?demands=relaxed", bela), NULL, NULL);
	size_t i, relaxed = 0;
	json_t *one;
	json_array_foreach(json_object_get(a.json, "items"), i, one)
	{
		if (!strcmp(record_word(one, "opening"), porter)) {
			assert_string_equal(record_word(one, "relaxed"), "language");
			relaxed++;
		}
	}
	assert_int_equal(relaxed, 1);
}

/* The match says which shifts collide, and so does the week of a person, once the work is agreed on. */
static void the_match_says_which_shifts_collide(void **state)
{
	(void)state;
	const char *version = service_sql("SELECT version FROM lg.candidate WHERE id = '%s'", nurse);
	assert_status(service_post(CASEWORKER, at("/candidates/%s/edit/week", nurse),
	                           FORM("version", version, "available", "mon-fri 06:00-18:00", "classes",
	                                "mon 14:30-17:00; tue 09:00-12:00")),
	              303);
	struct service_answer a = service_get(CASEWORKER, at("/candidates/%s/matches", nurse));
	const char *card = service_between(a.body, "Night porter", "</article>");
	assert_non_null(card); /* three quarters of the day are free: it is possible */
	assert_non_null(strstr(card, "This shift collides: Monday 08:00-16:00: class 14:30-16:00"));
	assert_non_null(strstr(card, "The week: 1 shift collides"));
	assert_non_null(strstr(card, "<b>class 14:30-16:00"));
	a = service_get(CASEWORKER, at("/candidates/%s", nurse));
	assert_says(a, "id=\"week-plan\"");
	const char *plan = service_between(a.body, "id=\"week-plan\"", "</details>");
	assert_non_null(strstr(plan, "09:00-12:00"));
	assert_null(strstr(plan, "08:00-16:00")); /* nothing is agreed on yet */
	(void)service_sql(
	    "INSERT INTO lg.proposal (tenant_id, id, candidate_id, opening_id, state, state_since) VALUES (1, "
	    "gen_random_uuid(), '%s', '%s', 'agreed', current_date)",
	    nurse, porter);
	a = service_get(CASEWORKER, at("/candidates/%s/week", nurse));
	assert_status(a, 200);
	assert_says(a, "<b>class 14:30-16:00");
	a = service_api(PROGRAM, HTTP_GET, at("/api/v1/candidates/%s/week", nurse), NULL, NULL);
	const json_t *monday = json_array_get(json_object_get(a.json, "days"), 0);
	assert_string_equal(record_word(monday, "work"), "08:00-16:00");
	assert_string_equal(record_word(monday, "classes"), "14:30-17:00");
	assert_non_null(strstr(record_word(monday, "collides"), "14:30-16:00"));
	(void)service_sql("DELETE FROM lg.proposal WHERE candidate_id = '%s'", nurse);
}

/* What was said, what it was read as, and what is asked for stand side by side. */
static void own_words_the_concept_and_the_demand_stand_side_by_side(void **state)
{
	(void)state;
	const char *version = service_sql("SELECT version FROM lg.candidate WHERE id = '%s'", bela);
	assert_status(service_post(CASEWORKER, at("/candidates/%s/edit/occupations", bela),
	                           FORM("version", version, "occupations-0.occupation", "7512", "occupations-0.years",
	                                "6", "occupations-0.own_words", "пекар у Харкові")),
	              303);
	struct service_answer a = service_get(CASEWORKER, at("/candidates/%s/matches", bela));
	const char *card = service_between(a.body, "Bread baker", "</article>");
	assert_non_null(card);
	assert_non_null(strstr(card, "lang=\"uk\">пекар у Харкові</th>"));
	const char *row = service_between(card, "пекар у Харкові", "</tr>");
	const char *read = strstr(row, "Read as");
	assert_non_null(read);
	assert_non_null(strcasestr(read, "baker"));
	assert_non_null(strstr(read, "(alike by 100%)"));
	(void)service_sql("UPDATE lg.candidate SET protected_address = true WHERE id = '%s'", bela);
	a = service_get(CASEWORKER, at("/openings/%s/matches", bread));
	assert_says(a, "Protected person");
	assert_null(strstr(a.body, "пекар у Харкові"));
	(void)service_sql("UPDATE lg.candidate SET protected_address = false WHERE id = '%s'", bela);
}

/* --- strings of another office are nowhere: not in lists, reasons, counts, files */

#define CANARY "Zqxkanarie"
static char canary[40], canary_post[40];
static const char canary_family[] = CANARY "sen", canary_title[] = CANARY " bread";

static void canaries_sit_in_another_office(void **state)
{
	(void)state;
	struct service_answer a = service_post(STRANGER, "/candidates",
	                                       FORM("given_name", CANARY, "family_name", canary_family, "legal_basis",
	                                            "public_task", "municipality", "DK-0461", "wants_work", "yes"));
	assert_status(a, 303);
	(void)snprintf(canary, sizeof canary, "%.36s", a.location + strlen("/candidates/"));
	(void)service_sql(
	    "SELECT lg_gate.enter_job(2, 'match'); UPDATE lg.candidate SET state = 'available', wish_words = '" CANARY
	    "', languages = "
	    "'[{\"language\": \"da\", \"interaction\": \"b2\"}]', occupations = '[{\"occupation\": \"7512\", "
	    "\"own_words\": \"" CANARY "\"}]' WHERE id = '%s'",
	    canary);
	a = service_post(STRANGER, "/employers", FORM("name", CANARY " Bageri"));
	assert_status(a, 303);
	char employer[40];
	(void)snprintf(employer, sizeof employer, "%.36s", a.location + strlen("/employers/"));
	a = service_post(STRANGER, at("/employers/%s/openings", employer),
	                 FORM("title", canary_title, "kind", "job", "municipality", "DK-0461",
	                      "occupations-0.occupation", "7512", "languages-0.language", "da", "languages-0.level",
	                      "c1", "hours", "37"));
	assert_status(a, 303);
	(void)snprintf(canary_post, sizeof canary_post, "%.36s", a.location + strlen("/openings/"));
	assert_status(
	    service_post(STRANGER, at("/openings/%s/state", canary_post), FORM("version", "1", "state", "open")), 303);
	/* They are there: their own office finds them. */
	a = service_get(STRANGER, at("/candidates/%s/doors", canary));
	assert_status(a, 200);
	assert_says(a, CANARY " bread");
	assert_says(service_get(STRANGER, at("/candidates/%s/matches?limit=9", canary)),
	            "0 of 1 openings meet every demand.");
}

static void none_of_them_is_heard_in_ours(void **state)
{
	(void)state;
	static const struct {
		const char *list, *id, *page;
	} pages[] = { { "/candidates/", bela, "/matches" },
		      { "/candidates/", bela, "/matches?demands=relaxed" },
		      { "/candidates/", bela, "/doors" },
		      { "/candidates/", bela, "/week" },
		      { "/openings/", bread, "/matches" },
		      { "/openings/", bread, "/carve" },
		      { "/doors", "", "" },
		      { "/candidates", "", "" },
		      { "/openings", "", "" },
		      { "/candidates", "", ".csv" } };
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		char page[200], api[300];
		(void)snprintf(page, sizeof page, "%s%s%s", pages[i].list, pages[i].id, pages[i].page);
		(void)snprintf(api, sizeof api, "/api/v1%s", page);
		struct service_answer a = service_get(CASEWORKER, page);
		if (strcasestr(a.body, CANARY) || strstr(a.body, canary) || strstr(a.body, canary_post))
			fail_msg("%s tells of another office: %.2000s", page, a.body);
		a = service_api(PROGRAM, HTTP_GET, api, NULL, NULL);
		if (strcasestr(a.body, CANARY) || strstr(a.body, canary) || strstr(a.body, canary_post))
			fail_msg("%s tells of another office: %.2000s", api, a.body);
	}
	/* Counts are of our own: three people and three openings, whatever the others have. */
	struct service_answer a = service_api(PROGRAM, HTTP_GET, "/api/v1/doors", NULL, NULL);
	assert_int_equal(json_integer_value(json_object_get(a.json, "people")), 3);
	assert_int_equal(json_integer_value(json_object_get(a.json, "openings")), 3);
	a = service_api(PROGRAM, HTTP_GET, at("/api/v1/openings/%s/carve", bread), NULL, NULL);
	assert_int_equal(json_integer_value(json_object_get(a.json, "all")), 3);
	/* And what of ours another office asks about, is not there. */
	assert_status(service_get(STRANGER, at("/openings/%s/carve", bread)), 404);
	assert_status(service_get(STRANGER, at("/candidates/%s/doors", bela)), 404);
	assert_status(service_get(STRANGER, at("/candidates/%s/week", bela)), 404);
	assert_status(service_post(STRANGER, at("/openings/%s/copy?without=hours", bread), FORM(NULL)), 404);
	a = service_get(STRANGER, "/doors");
	assert_status(a, 200);
	assert_null(strstr(a.body, "Bread"));
}

/* Who works for some units only sees no counts of others. */
static void whoever_is_narrowed_to_units_gets_no_counts(void **state)
{
	(void)state;
	(void)service_sql("INSERT INTO lg.unit (tenant_id, name) VALUES (1, 'N')");
	int who = service_sign_in(1, "caseworker");
	(void)service_sql(
	    "UPDATE lg.member_role SET unit_id = (SELECT id FROM lg.unit WHERE tenant_id = 1 AND name = 'N') "
	    "WHERE member_id = (SELECT id FROM lg.member WHERE tenant_id = 1 AND account_id = '%s')",
	    service_account(who));
	static const char *const pages[] = { "carve", "matches" };
	for (size_t i = 0; i < 2; i++) {
		struct service_answer a = service_get(who, at("/openings/%s/%s", porter, pages[i]));
		assert_status(a, 200);
		assert_null(strstr(a.body, "People available"));
		assert_null(strstr(a.body, "What the others are left out for"));
		assert_null(strstr(a.body, "counted beside this"));
	}
	struct service_answer a = service_get(who, "/doors");
	assert_status(a, 200);
	assert_says(a, "Whoever works for some of its units only sees no counts of others");
	assert_null(strstr(a.body, "from A2"));
}

static int close_all(void **state)
{
	(void)state;
	service_match_end();
	service_close();
	return 0;
}

int main(int argc, char **argv)
{
	(void)argc;
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_office_with_two_people_and_an_opening),
		cmocka_unit_test(what_has_no_answer_yet_is_said),
		cmocka_unit_test(a_draft_is_in_no_list_and_an_open_one_in_the_next),
		cmocka_unit_test(both_sides_say_the_same),
		cmocka_unit_test(a_question_has_the_facts_of_the_index),
		cmocka_unit_test(who_is_shown_is_written_down),
		cmocka_unit_test(what_the_person_wishes_for_counts),
		cmocka_unit_test(the_list_may_be_asked_for_without_order_and_score),
		cmocka_unit_test(in_no_order_reasons_stay_with_their_person),
		cmocka_unit_test(a_change_is_in_the_next_list),
		cmocka_unit_test(who_does_not_want_to_is_nobodys_match),
		cmocka_unit_test(who_is_erased_is_gone_from_the_index),
		cmocka_unit_test(another_office_has_lists_of_its_own),
		cmocka_unit_test(where_nobody_knows_the_place_it_is_asked_for),
		cmocka_unit_test(a_matcher_that_starts_anew_knows_the_same),
		cmocka_unit_test(two_more_people_and_openings_that_ask_for_more),
		cmocka_unit_test(carving_counts_who_would_do_without_a_demand),
		cmocka_unit_test(a_licence_is_split_off_and_not_dropped),
		cmocka_unit_test(a_draft_is_made_without_what_was_chosen),
		cmocka_unit_test(doors_say_what_would_open_and_which),
		cmocka_unit_test(one_demand_may_be_relaxed_by_a_little_and_is_marked),
		cmocka_unit_test(the_match_says_which_shifts_collide),
		cmocka_unit_test(own_words_the_concept_and_the_demand_stand_side_by_side),
		cmocka_unit_test(canaries_sit_in_another_office),
		cmocka_unit_test(none_of_them_is_heard_in_ours),
		cmocka_unit_test(whoever_is_narrowed_to_units_gets_no_counts),
	};
	service_open(argv[1]);
	return cmocka_run_group_tests_name("match", tests, NULL, close_all);
}
