/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* A job centre's caseworker gives a card and rings the region; the agent's enquiry is about that card, and is referred
 * to a ward; the ward takes it on, and writes down what becomes of it: interview, start, still there after three
 * months. All see it on their own pages. By pages, and again by programs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/record.h"
#include "kept.h"
#include "service.h"

#define TODAY "(now() AT TIME ZONE 'Europe/Copenhagen')::date"

enum { JOBCENTRE = 1, REGION = 3, HOSPITAL };
static int agent, ward, programs[HOSPITAL + 1];
static char nurse[40], to_region[40], to_hospital[40], card[40], onward[40], enquiry[40];
static char today[11], soon[11], last[11], start[11], later[11];

static void keep(char out[40], const char *id) { (void)snprintf(out, 40, "%s", id); }

static void keep_day(char out[11], const char *day) { (void)snprintf(out, 11, "%s", service_sql("SELECT %s", day)); }

/* The version that a page's forms send; a text of its own, for whoever asks has one in hand. */
static const char *version_of(int who, const char *kind, const char *id)
{
	static char out[24];
	char asked[100];
	(void)snprintf(asked, sizeof asked, "/%s/%s", kind, id);
	const char *v = service_between(service_get(who, asked).body, "name=\"version\" value=\"", "\"");
	(void)snprintf(out, sizeof out, "%s", v ? v : "0");
	return out;
}

static void agree(char out[40], int leader, const char *other, int other_leader, const char *forward)
{
	keep_place(out, service_post(leader, "/agreements",
	                             FORM("other", other, "purpose", "Posts in the hospitals", "direction", "give",
	                                  "fields", "name", "fields", "languages", "fields", "occupations",
	                                  "legal_basis", "public_task", "basis_words", "LAB", "valid_from", today,
	                                  "valid_to", last, *forward ? "may_forward" : "why", forward)));
	assert_status(service_post(leader, at("/agreements/%s/approve", out), FORM("reason", "")), 303);
	assert_status(service_post(other_leader, path, FORM("reason", "")), 303);
}

static void three_offices_and_a_nurse(void **state)
{
	(void)state;
	assert_string_equal(service_sql("SELECT lg_gate.create_tenant('region_dk', 'Region Midt', 'da')"), "3");
	assert_string_equal(service_sql("SELECT lg_gate.create_tenant('hospital', 'Hospital Vest', 'da')"), "4");
	keep_day(today, TODAY), keep_day(soon, TODAY " + 5"), keep_day(last, TODAY " + 600");
	keep_day(start, TODAY " - 70"), keep_day(later, "(" TODAY " - 70 + interval '3 months')::date");
	int leader = service_sign_in(JOBCENTRE, "leader"), region_leader = service_sign_in(REGION, "leader"),
	    hospital_leader = service_sign_in(HOSPITAL, "leader");
	agent = service_sign_in(REGION, "hotline"), ward = service_sign_in(HOSPITAL, "caseworker");
	programs[JOBCENTRE] = PROGRAM;
	programs[REGION] = service_new_program_of(REGION, "hotline");
	programs[HOSPITAL] = service_new_program_of(HOSPITAL, "caseworker");
	agree(to_region, leader, "3", region_leader, "1");
	agree(to_hospital, region_leader, "4", hospital_leader, "");
	struct service_answer a = service_api(
	    PROGRAM, HTTP_POST, "/api/v1/candidates",
	    "{\"person\": {\"given_name\": \"Olena\", \"family_name\": \"Tkachenko\"}, \"basis\": {\"legal_basis\": "
	    "\"public_task\"}, \"occupations\": [{\"occupation\": \"lg:nurse\"}], \"wishes\": {\"wants_work\": "
	    "\"yes\"}}",
	    NULL);
	assert_status(a, 201);
	keep(nurse, record_word(a.json, "id"));
}

static void the_agent_finds_the_card_and_registers_nobody(void **state)
{
	(void)state;
	keep_place(card, service_post(CASEWORKER, at("/candidates/%s/shares", nurse),
	                              FORM("agreement", to_region, "fields", "name", "fields", "languages", "fields",
	                                   "occupations", "until", last, "why", "A post as a nurse", "may_forward", "1",
	                                   "question", "Which ward has a place?", "deadline", soon)));
	struct service_answer a = service_post(agent, "/enquiries",
	                                       FORM("channel", "phone", "caller_phone", "86 12 34 56", "subject",
	                                            "person", "words", "Where could she begin?", "about", "anonymous"));
	assert_status(a, 303);
	(void)snprintf(enquiry, sizeof enquiry, "%.36s", strrchr(a.location, '/') + 1);
	a = service_get(agent, at("/enquiries/%s", enquiry));
	assert_says(a, at("/enquiries/%s/card", enquiry));
	a = service_get(agent, at("/enquiries/%s/card", enquiry));
	assert_says(a, "Olena Tkachenko");
	assert_says(a, "Vinterby");
	assert_says(a, "Which ward has a place?");
	/* Nothing chosen, a card that there is not, one's own page seen before a change. */
	assert_status(service_post(agent, at("/enquiries/%s/card", enquiry), FORM("version", "1")), 422);
	assert_status(service_post(agent, path, FORM("version", "1", "share", nurse)), 422);
	a = service_post(agent, path, FORM("version", "1", "share", card));
	assert_status(a, 303);
	assert_status(service_post(CASEWORKER, at("/enquiries/%s/card", enquiry), FORM("version", "2", "share", card)),
	              403);
	a = service_get(agent, at("/enquiries/%s", enquiry));
	assert_says(a, at("/shares/%s/forward", card));
	/* On the ground of the agreement; no name is written here. */
	assert_string_equal(
	    service_sql("SELECT concat_ws('|', legal_basis, about, person_name IS NULL, candidate_id IS NULL) "
	                "FROM lg.enquiry WHERE id = '%s'",
	                enquiry),
	    "public_task|named|t|t");
	assert_status(service_get(agent, at("/enquiries/%s/candidate", enquiry)), 409);
	assert_says(service_get(CASEWORKER, at("/candidates/%s/shares", nurse)), "Opened the card");
}

static void the_ward_takes_it_on_and_says_how_it_goes(void **state)
{
	(void)state;
	keep_place(onward,
	           service_post(agent, at("/shares/%s/forward", card),
	                        FORM("agreement", to_hospital, "fields", "name", "fields", "occupations", "until", last,
	                             "why", "A post as a nurse", "question", "Have you a place?", "deadline", soon)));
	assert_says(service_get(ward, "/"), "Region Midt asks about Olena Tkachenko");
	/* What became of it is written down once it is taken on. */
	assert_status(
	    service_post(ward, at("/shares/%s/outcomes", onward),
	                 FORM("kind", "interview", "on_day", today, "version", version_of(ward, "shares", onward))),
	    422);
	assert_status(
	    service_post(ward, at("/shares/%s/answer", onward),
	                 FORM("what", "accepted", "words", "Ward B6", "version", version_of(ward, "shares", onward))),
	    303);
	assert_says(service_get(CASEWORKER, at("/candidates/%s/shares", nurse)), "Ward B6");
	struct service_answer a = service_post(ward, at("/shares/%s/outcomes", onward),
	                                       FORM("kind", "interview", "on_day", start, "place", "Ward B6", "version",
	                                            version_of(ward, "shares", onward)));
	assert_status(a, 303);
	assert_says(service_get(ward, "/"), "How did the interview go?");
	/* A stop wants its reason; only a stop has one; nobody was there for three months tomorrow. */
	static const char *const wrong[][3] = { { "stopped", "", "" },
		                                { "visit", "moved", "" },
		                                { "still_3", "", "+" } };
	for (size_t i = 0; i < 3; i++) {
		a = service_post(ward, at("/shares/%s/outcomes", onward),
		                 FORM("kind", wrong[i][0], "reason", wrong[i][1], "on_day", *wrong[i][2] ? last : today,
		                      "version", version_of(ward, "shares", onward)));
		assert_status(a, 422);
	}
	assert_status(service_post(ward, at("/shares/%s/outcomes", onward),
	                           FORM("kind", "start", "on_day", start, "place", "Ward B6", "words", "30 hours",
	                                "version", version_of(ward, "shares", onward))),
	              303);
	assert_null(strstr(service_get(ward, "/").body, "How did the interview go?"));
	assert_null(strstr(service_get(ward, "/").body, "Still there after 3 months?")); /* not due within a week */
	/* Who seeks posts for her sees it, and where it comes from; without ringing. */
	a = service_get(CASEWORKER, at("/candidates/%s/outcomes", nurse));
	assert_says(a, "At other offices");
	assert_says(a, "Started · Ward B6");
	assert_says(a, "Hospital Vest");
	assert_says(service_get(agent, at("/shares/%s", onward)), "30 hours");
	/* Written by a colleague at the same moment: one. */
	char old[24];
	(void)snprintf(old, sizeof old, "%s", version_of(ward, "shares", onward));
	assert_status(service_post(ward, at("/shares/%s/outcomes", onward),
	                           FORM("kind", "visit", "on_day", today, "version", old)),
	              303);
	a = service_post(ward, path, FORM("kind", "visit", "on_day", today, "version", old));
	assert_status(a, 303);
	assert_non_null(strstr(a.location, "said=share_late"));
	/* Nobody writes for the ward. */
	assert_status(service_post(agent, at("/shares/%s/outcomes", onward),
	                           FORM("kind", "stopped", "reason", "moved", "on_day", today, "version", "9")),
	              404);
	assert_status(service_get(STRANGER, at("/shares/%s", onward)), 404);
}

static void asks(int days, bool three)
{
	(void)service_sql("SELECT lg_gate.enter_job(4, 'test'); UPDATE lg.share_outcome SET on_day = " TODAY
	                  " - %d WHERE kind = 'start'",
	                  days);
	const char *day = service_get(ward, "/").body;
	assert_true(!strstr(day, "Still there after 3 months?") == !three);
}

static void after_three_months_the_question_comes_by_itself(void **state)
{
	(void)state;
	asks(70, false);
	asks(95, true);
	struct service_answer a =
	    service_post(ward, at("/shares/%s/outcomes", onward),
	                 FORM("kind", "still_3", "on_day", today, "version", version_of(ward, "shares", onward)));
	assert_status(a, 303);
	asks(95, false);
	assert_says(service_get(CASEWORKER, at("/candidates/%s/outcomes", nurse)), "Still there after 3 months");
	/* Half a year on it asks for the next; after a stop for nothing. */
	(void)service_sql("SELECT lg_gate.enter_job(4, 'test'); UPDATE lg.share_outcome SET on_day = on_day - 100");
	assert_says(service_get(ward, "/"), "Still there after 6 months?");
	assert_status(service_post(ward, at("/shares/%s/outcomes", onward),
	                           FORM("kind", "stopped", "reason", "education", "on_day", today, "version",
	                                version_of(ward, "shares", onward))),
	              303);
	assert_null(strstr(service_get(ward, "/").body, "Still there after"));
	assert_says(service_get(CASEWORKER, at("/candidates/%s/outcomes", nurse)), "A course or education");
	assert_says(service_get(CASEWORKER, at("/candidates/%s/shares", nurse)), "Accepted");
}

static void what_was_handed_back_asks_nothing(void **state)
{
	(void)state;
	assert_status(
	    service_post(ward, at("/shares/%s/outcomes", onward),
	                 FORM("kind", "trial_day", "on_day", start, "version", version_of(ward, "shares", onward))),
	    303);
	assert_says(service_get(ward, "/"), "How did the trial day go?");
	assert_status(service_post(ward, at("/shares/%s/answer", onward),
	                           FORM("what", "handed_back", "reason", "finished", "version",
	                                version_of(ward, "shares", onward))),
	              303);
	assert_null(strstr(service_get(ward, "/").body, "How did the trial day go?"));
}

static void taken_back_the_enquiry_shows_nothing_of_it(void **state)
{
	(void)state;
	assert_status(service_post(CASEWORKER, at("/shares/%s/withdraw", card),
	                           FORM("version", version_of(CASEWORKER, "shares", card))),
	              303);
	struct service_answer a = service_get(agent, at("/enquiries/%s", enquiry));
	assert_status(a, 200);
	assert_null(strstr(a.body, card));
	assert_null(strstr(a.body, "Olena"));
	assert_null(strstr(service_get(agent, at("/enquiries/%s/card", enquiry)).body, "Olena"));
	assert_null(strstr(service_get(agent, at("/enquiries/%s/history", enquiry)).body, "Olena"));
	assert_status(service_post(ward, at("/shares/%s/outcomes", onward),
	                           FORM("kind", "visit", "on_day", today, "version", "9")),
	              404);
	assert_says(service_get(CASEWORKER, at("/candidates/%s/outcomes", nurse)), "A course or education");
}

/* She moves to the region's town: nobody types her facts again. */
static void who_moves_is_registered_of_the_card(void **state)
{
	(void)state;
	char moves[40], stays[40];
	keep_place(stays, service_post(CASEWORKER, at("/candidates/%s/shares", nurse),
	                               FORM("agreement", to_region, "fields", "name", "until", soon, "why", "A post")));
	keep_place(moves, service_post(CASEWORKER, at("/candidates/%s/shares", nurse),
	                               FORM("agreement", to_region, "fields", "name", "fields", "languages", "fields",
	                                    "occupations", "until", soon, "why", "She moves", "may_take_over", "1")));
	for (size_t i = 0; i < 2; i++)
		assert_status(
		    service_post(agent, at("/shares/%s/answer", i ? moves : stays),
		                 FORM("what", "accepted", "version", version_of(agent, "shares", i ? moves : stays))),
		    303);
	assert_null(strstr(service_get(agent, at("/shares/%s", stays)).body, "Register as our own"));
	assert_status(
	    service_post(agent, at("/shares/%s/take-over", stays), FORM("version", version_of(agent, "shares", stays))),
	    403);
	assert_status(service_post(ward, at("/shares/%s/take-over", moves), FORM("version", "3")), 404);
	assert_says(service_get(agent, at("/shares/%s", moves)), "Register as our own");
	assert_non_null(strstr(service_post(agent, at("/shares/%s/take-over", moves), FORM("version", "1")).location,
	                       "said=share_late"));
	struct service_answer a =
	    service_post(agent, at("/shares/%s/take-over", moves), FORM("version", version_of(agent, "shares", moves)));
	assert_status(a, 303);
	assert_string_equal(
	    service_sql("SELECT concat_ws('|', tenant_id, given_name, family_name, legal_basis, occupations -> 0 ->> "
	                "'occupation') FROM lg.candidate WHERE tenant_id = 3"),
	    "3|Olena|Tkachenko|public_task|lg:nurse");
	/* Once; and where she comes from it is seen. */
	assert_status(service_post(agent, at("/shares/%s/take-over", moves),
	                           FORM("version", version_of(agent, "shares", moves), "anyway", "1")),
	              422);
	assert_says(service_get(CASEWORKER, at("/shares/%s", moves)), "Registered the person as their own");
	assert_says(service_get(CASEWORKER, at("/candidates/%s/shares", nurse)), "Registered there");
	for (size_t i = 0; i < 2; i++)
		assert_status(service_post(CASEWORKER, at("/shares/%s/withdraw", i ? moves : stays),
		                           FORM("version", version_of(CASEWORKER, "shares", i ? moves : stays))),
		              303);
	assert_string_equal(service_sql("SELECT count(*) FROM lg.candidate WHERE tenant_id = 3"), "1");
}

/* --- the same by programs */

static struct service_answer send(int who, const char *where, const char *etag, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
static struct service_answer send(int who, const char *where, const char *etag, const char *fmt, ...)
{
	char body[900], to[200];
	va_list args;
	va_start(args, fmt);
	(void)vsnprintf(body, sizeof body, fmt, args);
	va_end(args);
	(void)snprintf(to, sizeof to, "%s", where);
	return service_api(who, HTTP_POST, to, body, *etag ? FORM("If-Match", etag) : NULL);
}

static const char *etag_of(int who, const char *where)
{
	static char out[40];
	(void)snprintf(out, sizeof out, "%s", service_get(who, where).etag);
	return out;
}

static void programs_do_the_same(void **state)
{
	(void)state;
	char id[40], mine[40], next[40];
	struct service_answer a =
	    send(programs[JOBCENTRE], at("/api/v1/candidates/%s/shares", nurse), "",
	         "{\"agreement\": \"%s\", \"fields\": [\"occupations\", \"name\"], \"until\": \"%s\", "
	         "\"why\": \"A post\", \"may_forward\": true, \"question\": \"Which ward?\", "
	         "\"deadline\": \"%s\"}",
	         to_region, last, soon);
	assert_status(a, 201);
	keep(mine, record_word(a.json, "id"));
	a = send(
	    programs[REGION], "/api/v1/enquiries", "",
	    "{\"call\": {\"channel\": \"phone\", \"caller_phone\": \"+45 86 12 34 56\"}, \"question\": {\"subject\": "
	    "\"person\", \"words\": \"Where could she begin?\"}, \"whom\": {\"about\": \"anonymous\"}}");
	assert_status(a, 201);
	keep(id, record_word(a.json, "id"));
	a = service_get(programs[REGION], "/api/v1/shares");
	assert_status(a, 200);
	assert_string_equal(record_word(json_array_get(json_object_get(a.json, "items"), 0), "id"), mine);
	a = send(programs[REGION], at("/api/v1/enquiries/%s/card", id), "\"1\"", "{\"share\": \"%s\"}", mine);
	assert_status(a, 204);
	a = service_get(programs[REGION], at("/api/v1/enquiries/%s", id));
	assert_string_equal(record_word(a.json, "share"), mine);
	a = send(programs[REGION], at("/api/v1/shares/%s/forward", mine), "",
	         "{\"agreement\": \"%s\", \"fields\": [\"occupations\"], \"until\": \"%s\", \"why\": \"A post\", "
	         "\"question\": \"A place?\", \"deadline\": \"%s\"}",
	         to_hospital, last, soon);
	assert_status(a, 201);
	keep(next, record_word(a.json, "id"));
	(void)at("/api/v1/shares/%s", next);
	char where[100], whence[100];
	(void)snprintf(where, sizeof where, "/api/v1/shares/%s/outcomes", next);
	(void)snprintf(whence, sizeof whence, "/api/v1/shares/%s", next);
	a = send(programs[HOSPITAL], at("/api/v1/shares/%s/answer", next), etag_of(programs[HOSPITAL], whence),
	         "{\"what\": \"accepted\"}");
	assert_status(a, 204);
	a = send(programs[HOSPITAL], where, etag_of(programs[HOSPITAL], whence), "{\"kind\": \"start\"}");
	assert_status(a, 422);
	a = send(programs[HOSPITAL], where, etag_of(programs[HOSPITAL], whence),
	         "{\"kind\": \"start\", \"on_day\": \"%s\"}", start);
	assert_status(a, 204);
	a = send(programs[HOSPITAL], where, "\"1\"", "{\"kind\": \"still_3\", \"on_day\": \"%s\"}", today);
	assert_status(a, 412);
	a = send(programs[HOSPITAL], where, etag_of(programs[HOSPITAL], whence),
	         "{\"kind\": \"still_3\", \"on_day\": \"%s\"}", today);
	assert_status(a, 204);
	a = service_get(programs[HOSPITAL], whence);
	assert_int_equal(json_array_size(json_object_get(a.json, "outcomes")), 2);
	/* The region, which gave the card, has it in its figures: one is too few to be told. */
	a = service_get(agent, "/hotline/figures.csv");
	assert_status(a, 200);
	char line[60];
	(void)snprintf(line, sizeof line, "outcomes,still_3,%s,,c",
	               service_sql("SELECT date_trunc('week', " TODAY ")::date"));
	assert_says(a, line);
	assert_says(a, "openings,now,open,0,");
	a = service_get(programs[JOBCENTRE], at("/api/v1/candidates/%s/outcomes", nurse));
	const json_t *first = json_array_get(a.json, 0);
	assert_string_equal(record_word(first, "kind"), "still_3");
	assert_string_equal(record_word(first, "office"), "Hospital Vest");
	assert_string_equal(record_word(first, "share"), next);
	a = service_get(programs[JOBCENTRE], whence);
	assert_string_equal(record_word(a.json, "state"), "accepted");
}

int main(int argc, char **argv)
{
	if (argc != 2) return 2;
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(three_offices_and_a_nurse),
		cmocka_unit_test(the_agent_finds_the_card_and_registers_nobody),
		cmocka_unit_test(the_ward_takes_it_on_and_says_how_it_goes),
		cmocka_unit_test(after_three_months_the_question_comes_by_itself),
		cmocka_unit_test(what_was_handed_back_asks_nothing),
		cmocka_unit_test(taken_back_the_enquiry_shows_nothing_of_it),
		cmocka_unit_test(who_moves_is_registered_of_the_card),
		cmocka_unit_test(programs_do_the_same),
	};
	service_open(argv[1]);
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	service_close();
	return failed;
}
