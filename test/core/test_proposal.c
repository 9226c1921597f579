/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* A proposal, from the list of matches to an agreed start: each step by a person, and the last position goes to one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/record.h"
#include "core/proposal_state.h"
#include "kept.h"
#include "service.h"

/* Where the offices are: around midnight not the day of the server. */
#define TODAY "(now() AT TIME ZONE 'Europe/Copenhagen')::date"

enum { PEOPLE = 4 };
static char people[PEOPLE][40], employer[40], opening[40], proposal[40];

static void an_office_with_people_and_one_position(void **state)
{
	(void)state;
	for (int i = 0; i < PEOPLE; i++) {
		char body[400];
		(void)snprintf(
		    body, sizeof body,
		    "{\"person\": {\"given_name\": \"Person\", \"family_name\": \"Number%c\"}, \"basis\": "
		    "{\"legal_basis\": \"public_task\"}, \"contact\": {\"municipality\": \"DK-0461\"}, \"wishes\": "
		    "{\"wants_work\": \"yes\"}}",
		    'A' + i);
		keep_made(people[i], service_api(PROGRAM, HTTP_POST, "/api/v1/candidates?anyway=1", body, NULL));
	}
	keep_made(employer, service_api(PROGRAM, HTTP_POST, "/api/v1/employers",
	                                "{\"company\": {\"name\": \"Nord Bageri\"}}", NULL));
	keep_made(
	    opening,
	    service_api(PROGRAM, HTTP_POST, at("/api/v1/employers/%s/openings", employer),
	                "{\"post\": {\"title\": \"Baker\", \"kind\": \"job\", \"positions\": 1}, \"occupations\": "
	                "[{\"occupation\": \"7512\"}], \"place\": {\"municipality\": \"DK-0461\"}}",
	                NULL));
	(void)service_sql("SELECT lg_gate.enter_job(1, 'test'); UPDATE lg.candidate SET state = 'available'");
	(void)service_sql("SELECT lg_gate.enter_job(1, 'test'); UPDATE lg.opening SET state = 'open'");
	service_match_begin();
}

static void a_pair_is_proposed_by_one_press(void **state)
{
	(void)state;
	struct service_answer a = service_get(CASEWORKER, at("/candidates/%s/matches", people[0]));
	assert_status(a, 200);
	assert_says(a, "Propose it");
	assert_says(a, "name=\"reason\" value=\"language\"");
	a = service_post(CASEWORKER, "/proposals",
	                 FORM("candidate", people[0], "opening", opening, "from", "candidate", "state", "shortlisted"));
	assert_status(a, 303);
	assert_non_null(strstr(a.location, "said=proposed"));
	(void)snprintf(proposal, sizeof proposal, "%s", service_sql("SELECT id FROM lg.proposal"));
	a = service_get(CASEWORKER, at("/candidates/%s/matches", people[0]));
	assert_null(strstr(a.body, "Propose it")); /* it was decided about */
	assert_says(service_get(CASEWORKER, at("/candidates/%s", people[0])), "On the short list");
	assert_says(service_get(CASEWORKER, at("/openings/%s", opening)), "Person NumberA");
	assert_says(service_get(CASEWORKER, at("/candidates/%s/history", people[0])), "Opening proposed");
	assert_string_equal(service_sql("SELECT score > 0 FROM lg.proposal WHERE id = '%s'", proposal), "t");
}

static void a_pair_is_decided_about_once(void **state)
{
	(void)state;
	struct service_answer a =
	    service_post(CASEWORKER, "/proposals",
	                 FORM("candidate", people[0], "opening", opening, "state", "rejected", "reason", "way"));
	assert_status(a, 303);
	assert_non_null(strstr(a.location, "said=proposed_before"));
	assert_string_equal(service_sql("SELECT state FROM lg.proposal"), "shortlisted");
}

static void who_is_turned_down_with_a_reason_is_left_out_later(void **state)
{
	(void)state;
	struct service_answer a = service_post(CASEWORKER, "/proposals",
	                                       FORM("candidate", people[1], "opening", opening, "state", "rejected"));
	assert_status(a, 422);
	a = service_post(
	    CASEWORKER, "/proposals",
	    FORM("candidate", people[1], "opening", opening, "from", "opening", "state", "rejected", "reason", "way"));
	assert_status(a, 303);
	assert_non_null(strstr(a.location, "/openings/"));
	a = service_get(CASEWORKER, at("/openings/%s/matches", opening));
	assert_null(strstr(a.body, "NumberB"));
	assert_says(a, "NumberC");
}

static void what_is_no_step_is_refused(void **state)
{
	(void)state;
	static const char *const bad[] = { "agreed", "presented", "", "nothing" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_status(service_post(CASEWORKER, "/proposals",
		                           FORM("candidate", people[2], "opening", opening, "state", bad[i])),
		              422);
	assert_status(
	    service_post(CASEWORKER, "/proposals", FORM("candidate", "x", "opening", opening, "state", "shortlisted")),
	    422);
	assert_status(
	    service_post(CASEWORKER, "/proposals",
	                 FORM("candidate", people[2], "opening", opening, "state", "shortlisted", "tenant_id", "2")),
	    422);
	assert_status(service_post(READER, "/proposals",
	                           FORM("candidate", people[2], "opening", opening, "state", "shortlisted")),
	              403);
	assert_status(
	    service_post(CASEWORKER, at("/proposals/%s/state", proposal), FORM("version", "1", "state", "agreed")),
	    422);
	assert_status(service_post(CASEWORKER, path, FORM("version", "1", "state", "rejected")), 422);
	assert_status(service_post(CASEWORKER, path, FORM("version", "1", "state", "declined", "reason", "way")), 422);
	assert_string_equal(service_sql("SELECT state || version FROM lg.proposal WHERE id = '%s'", proposal),
	                    "shortlisted1");
}

static void step(const char *id, const char *version, const char *to)
{
	struct service_answer a =
	    service_post(CASEWORKER, at("/proposals/%s/state", id), FORM("version", version, "state", to));
	assert_status(a, 303);
	assert_non_null(strstr(a.location, "said=saved"));
}

static void it_goes_step_by_step_to_an_agreed_start(void **state)
{
	(void)state;
	step(proposal, "1", "presented");
	struct service_answer a = service_get(CASEWORKER, at("/proposals/%s", proposal));
	assert_status(a, 200);
	assert_says(a, "The person is thinking about it");
	assert_says(a, "The person says yes");
	assert_says(a, "What the comparison says today");
	assert_says(service_get(CASEWORKER, "/"), "Person NumberA → Baker"); /* an answer is waited for */
	step(proposal, "2", "accepted"), step(proposal, "3", "sent"), step(proposal, "4", "interview");
	a = service_post(CASEWORKER, at("/proposals/%s/state", proposal), FORM("version", "4", "state", "offer"));
	assert_status(a, 303); /* seen before the last step */
	assert_non_null(strstr(a.location, "said=step_late"));
	step(proposal, "5", "offer"), step(proposal, "6", "agreed");
	assert_string_equal(service_sql("SELECT agreed FROM lg.opening WHERE id = '%s'", opening), "1");
	assert_says(service_get(CASEWORKER, at("/openings/%s", opening)), "1 of 1 positions taken");
	assert_null(strstr(service_get(CASEWORKER, at("/candidates/%s/matches", people[2])).body, "Baker")); /* full */
	assert_string_equal(
	    service_sql("SELECT count(*) FROM lg.audit WHERE entity = 'proposal' AND subject = '%s'", people[0]), "7");
}

/* --- what waits */

static void asked(const char *id, int days, const char *state)
{
	(void)service_sql("UPDATE lg.proposal SET state = '%s', state_since = " TODAY
	                  " - %d, again_on = NULL WHERE id = '%s'",
	                  state, days, id);
}

static const char *version_of(const char *id)
{
	static char out[20];
	(void)snprintf(out, sizeof out, "%s", service_sql("SELECT version FROM lg.proposal WHERE id = '%s'", id));
	return out;
}

static void what_waits_is_reminded_of_and_then_asked_about(void **state)
{
	(void)state;
	(void)service_sql("SELECT lg_gate.enter_job(1, 'test'); UPDATE lg.opening SET positions = 2 WHERE id = '%s'",
	                  opening);
	assert_status(service_post(CASEWORKER, "/proposals",
	                           FORM("candidate", people[2], "opening", opening, "state", "shortlisted")),
	              303);
	char id[40];
	(void)snprintf(id, sizeof id, "%s",
	               service_sql("SELECT id FROM lg.proposal WHERE candidate_id = '%s'", people[2]));
	asked(id, 2, "presented");
	struct service_answer a = service_get(CASEWORKER, "/");
	assert_says(a, "Person NumberC → Baker");
	assert_null(strstr(a.body, "no answer yet"));
	asked(id, 8, "presented");
	a = service_get(CASEWORKER, "/");
	assert_says(a, "no answer yet: ask again");
	assert_says(a, "Remind me in a week");
	asked(id, 22, "presented");
	assert_says(service_get(CASEWORKER, "/"), "no answer for long: close it?");
	assert_string_equal(service_sql("SELECT state FROM lg.proposal WHERE id = '%s'", id), "presented");
	/* Put off: a line a week ahead, and no question until then. */
	a = service_post(CASEWORKER, at("/proposals/%s/later", id), FORM("version", version_of(id), "from", "day"));
	assert_status(a, 303);
	assert_non_null(strstr(a.location, "/?said=saved"));
	a = service_get(CASEWORKER, "/");
	assert_null(strstr(a.body, "close it?"));
	assert_says(service_get(CASEWORKER, at("/proposals/%s", id)), "It was put off, and comes again");
	assert_status(service_post(CASEWORKER, at("/proposals/%s/later", id), FORM("version", "1")), 303);
	assert_string_equal(service_sql("SELECT version FROM lg.proposal WHERE id = '%s'", id),
	                    "2"); /* seen too early */
	/* One press closes it. */
	asked(id, 22, "presented");
	a = service_post(CASEWORKER, at("/proposals/%s/state", id),
	                 FORM("version", version_of(id), "from", "day", "state", "rejected", "reason", "no_answer"));
	assert_status(a, 303);
	assert_non_null(strstr(a.location, "/?said=saved"));
	assert_null(strstr(service_get(CASEWORKER, "/").body, "Person NumberC → Baker"));
	assert_says(service_get(CASEWORKER, at("/candidates/%s/history", people[2])), "Proposal put off for a week");
	assert_status(service_post(CASEWORKER, at("/proposals/%s/later", id), FORM("version", version_of(id))), 422);
}

static void what_is_no_longer_offered_leaves_a_task(void **state)
{
	(void)state;
	static const char over[] = "expires_on = " TODAY " - 1";
	static const char *const gone[] = { "state = 'cancelled'", "state = 'filled'", "state = 'expired'", over,
		                            "agreed = positions" };
	char id[40];
	(void)snprintf(id, sizeof id, "%s",
	               service_sql("SELECT id FROM lg.proposal WHERE candidate_id = '%s'", people[2]));
	asked(id, 0, "sent");
	for (size_t i = 0; i < sizeof gone / sizeof *gone; i++) {
		(void)service_sql("SELECT lg_gate.enter_job(1, 'test'); UPDATE lg.opening SET %s WHERE id = '%s'",
		                  gone[i], opening);
		assert_says(service_get(CASEWORKER, "/"), "no longer possible: tell the person, and close it");
		assert_says(service_get(CASEWORKER, at("/proposals/%s", id)), "There is nothing to wait for");
		assert_string_equal(service_sql("SELECT state FROM lg.proposal WHERE id = '%s'", id), "sent");
		(void)service_sql("SELECT lg_gate.enter_job(1, 'test'); UPDATE lg.opening SET state = 'open', "
		                  "expires_on = NULL, agreed = 0 WHERE id = '%s'",
		                  opening);
		assert_null(strstr(service_get(CASEWORKER, "/").body, "no longer possible"));
	}
	(void)service_sql("DELETE FROM lg.proposal WHERE id = '%s'", id);
}

static void what_a_program_proposes_is_followed_up_by_whom_the_candidate_is_of(void **state)
{
	(void)state;
	char body[300], id[40];
	(void)service_sql("UPDATE lg.candidate SET owner = '%s' WHERE id = '%s'", service_account(CASEWORKER),
	                  people[3]);
	(void)snprintf(body, sizeof body, "{\"candidate\": \"%s\", \"opening\": \"%s\", \"state\": \"shortlisted\"}",
	               people[3], opening);
	keep_made(id, service_api(PROGRAM, HTTP_POST, "/api/v1/proposals", body, NULL));
	assert_says(service_get(CASEWORKER, "/"), "Person NumberD → Baker");
	assert_status(
	    service_api(PROGRAM, HTTP_POST, at("/api/v1/proposals/%s/later", id), NULL, FORM("If-Match", "\"1\"")),
	    204);
	assert_status(service_api(PROGRAM, HTTP_POST, path, NULL, FORM("If-Match", "\"1\"")), 412);
	assert_status(service_api(PROGRAM, HTTP_POST, path, NULL, NULL), 428);
	assert_status(service_post(STRANGER, at("/proposals/%s/later", id), FORM("version", "2")), 404);
	assert_status(service_post(READER, at("/proposals/%s/later", id), FORM("version", "2")), 403);
	(void)service_sql("DELETE FROM lg.proposal WHERE id = '%s'", id);
}

static void an_office_says_itself_how_long_it_waits(void **state)
{
	(void)state;
	struct service_answer a = service_get(ADMINISTRATOR, "/office/follow");
	assert_status(a, 200);
	assert_says(a, "name=\"remind_sent\"");
	assert_status(service_get(CASEWORKER, "/office/follow"), 403);
#define ALL(sent, closed)                                                                                              \
	FORM("remind_shortlisted", "3", "close_shortlisted", "21", "remind_presented", "7", "close_presented", "21",   \
	     "remind_accepted", "3", "close_accepted", "14", "remind_sent", sent, "close_sent", closed,                \
	     "remind_interview", "7", "close_interview", "30", "remind_offer", "3", "close_offer", "14")
	assert_status(service_post(ADMINISTRATOR, "/office/follow", ALL("0", "30")), 422);
	assert_status(service_post(ADMINISTRATOR, "/office/follow", ALL("x", "30")), 422);
	assert_status(service_post(ADMINISTRATOR, "/office/follow", ALL("9", "8")), 422);
	assert_status(service_post(ADMINISTRATOR, "/office/follow", FORM("remind_sent", "4")), 422);
	assert_string_equal(service_sql("SELECT count(*) FROM lg.follow"), "0");
	assert_status(service_post(ADMINISTRATOR, "/office/follow", ALL("2", "5")), 303);
	char id[40], body[300];
	(void)snprintf(body, sizeof body, "{\"candidate\": \"%s\", \"opening\": \"%s\", \"state\": \"shortlisted\"}",
	               people[3], opening);
	keep_made(id, service_api(PROGRAM, HTTP_POST, "/api/v1/proposals", body, NULL));
	asked(id, 6, "sent");
	assert_says(service_get(CASEWORKER, "/"), "no answer for long: close it?");
	(void)service_sql("DELETE FROM lg.proposal WHERE id = '%s'; DELETE FROM lg.follow", id);
}

/* --- nobody is forgotten */

static void whoever_has_no_solution_yet_is_counted_and_listed(void **state)
{
	(void)state;
	(void)service_sql("DELETE FROM lg.proposal");
	(void)service_sql("UPDATE lg.candidate SET owner = '%s'", service_account(CASEWORKER));
	struct service_answer a = service_get(CASEWORKER, "/");
	assert_says(a, "<a href=\"/candidates?flag=no_solution\">4<");
	assert_says(a, "What suits Person NumberB"); /* from here it is one press to propose something */
	assert_says(service_get(CASEWORKER, "/candidates?flag=no_solution"), "NumberB");
	assert_status(service_post(CASEWORKER, "/proposals",
	                           FORM("candidate", people[1], "opening", opening, "state", "shortlisted")),
	              303);
	assert_says(service_get(CASEWORKER, "/"), "<a href=\"/candidates?flag=no_solution\">3<");
	assert_null(strstr(service_get(CASEWORKER, "/candidates?flag=no_solution").body, "NumberB"));
	(void)service_sql("UPDATE lg.proposal SET state = 'declined'");
	assert_says(service_get(CASEWORKER, "/"), "<a href=\"/candidates?flag=no_solution\">4<");
	(void)service_sql("DELETE FROM lg.proposal");
}

static void facts_that_nobody_confirmed_for_long_are_asked_for_again(void **state)
{
	(void)state;
	(void)service_sql("UPDATE lg.candidate SET confirmed_on = " TODAY " - 90 WHERE id = '%s'", people[0]);
	assert_null(strstr(service_get(CASEWORKER, at("/candidates/%s", people[0])).body, "Ask the person again"));
	assert_says(service_get(CASEWORKER, "/"), "<a href=\"/candidates?flag=old\">0<");
	(void)service_sql("UPDATE lg.candidate SET confirmed_on = " TODAY " - 91 WHERE id = '%s'", people[0]);
	struct service_answer a = service_get(CASEWORKER, "/");
	assert_says(a, "<a href=\"/candidates?flag=old\">1<");
	assert_says(a, "Ask Person NumberA whether all is still true");
	assert_says(service_get(CASEWORKER, "/candidates?flag=old"), "NumberA");
	a = service_get(CASEWORKER, at("/candidates/%s", people[0]));
	assert_says(a, "Nobody has asked for 91 days");
	assert_says(service_get(CASEWORKER, at("/openings/%s/matches", opening)), "confirmed by the person: ");
	assert_status(service_post(CASEWORKER, at("/candidates/%s/confirm", people[0]), FORM("version", "99")), 409);
	assert_status(service_post(STRANGER, path, FORM("version", "1")), 404);
	assert_status(service_post(READER, path, FORM("version", "1")), 403);
	char version[20];
	(void)snprintf(version, sizeof version, "%s",
	               service_sql("SELECT version FROM lg.candidate WHERE id = '%s'", people[0]));
	a = service_post(CASEWORKER, at("/candidates/%s/confirm", people[0]), FORM("version", version, "from", "day"));
	assert_status(a, 303);
	assert_non_null(strstr(a.location, "/?said=confirmed"));
	assert_string_equal(service_sql("SELECT confirmed_on = " TODAY " FROM lg.candidate WHERE id = '%s'", people[0]),
	                    "t");
	assert_says(service_get(CASEWORKER, at("/candidates/%s/history", people[0])), "Facts confirmed by the person");
	a = service_get(PROGRAM, at("/api/v1/candidates/%s", people[0]));
	assert_non_null(json_object_get(a.json, "confirmed_on"));
	assert_status(service_api(PROGRAM, HTTP_POST, at("/api/v1/candidates/%s/confirm", people[0]), NULL,
	                          FORM("If-Match", a.etag)),
	              204);
}

/* --- messages */

static char letter_id[40];

static struct service_answer press(const char *to, const char *subject, const char *body, const char *more)
{
	return service_post(CASEWORKER, to, FORM("id", letter_id, "subject", subject, "body", body, more, "1"));
}

/* A proposal of the first person in that state, who has an address. */
static const char *with_address(const char *state)
{
	static char id[40];
	(void)service_sql("SELECT lg_gate.enter_job(1, 'test'); DELETE FROM lg.message; DELETE FROM lg.proposal; "
	                  "DELETE FROM lg.contact");
	(void)service_sql("UPDATE lg.candidate SET mail = 'olena@post.example', channel = NULL, contact_language = "
	                  "'en' WHERE id = '%s'",
	                  people[0]);
	assert_status(service_post(CASEWORKER, "/proposals",
	                           FORM("candidate", people[0], "opening", opening, "state", "shortlisted")),
	              303);
	(void)snprintf(id, sizeof id, "%s", service_sql("SELECT id FROM lg.proposal"));
	asked(id, 0, state);
	return id;
}

static void a_message_is_looked_at_and_sent_once_by_a_press(void **state)
{
	(void)state;
	char to[120];
	(void)snprintf(to, sizeof to, "/proposals/%s/messages/proposed", with_address("presented"));
	struct service_answer a = service_get(CASEWORKER, to);
	assert_status(a, 200);
	assert_says(a, "Hello Person,");
	assert_says(a, "Baker, at Nord Bageri");
	assert_says(a, "olena@post.example");
	assert_says(a, "in this language: English");
	(void)snprintf(letter_id, sizeof letter_id, "%s", service_between(a.body, "name=\"id\" value=\"", "\""));
	a = press(to, "A question", "Hello\r\n<b>you</b>", "x");
	assert_status(a, 422); /* no such field */
	a = service_post(CASEWORKER, to, FORM("id", letter_id, "subject", "A question", "body", "Hello\r\n<b>you</b>"));
	assert_status(a, 200);
	assert_says(a, "This is what will be sent");
	assert_says(a, "&lt;b&gt;you");
	a = press(to, "A question", "Hello\n<b>you</b>", "change");
	assert_status(a, 200);
	assert_says(a, "Look at it before it is sent");
	assert_string_equal(service_sql("SELECT count(*) FROM lg.outbox"), "0");
	a = press(to, "A question", "Hello\r\n<b>you</b>\r\n", "send");
	assert_status(a, 303);
	assert_non_null(strstr(a.location, "said=message_sent"));
	assert_non_null(strstr(press(to, "A question", "Hello again", "send").location, "said=message_before"));
	assert_string_equal(service_sql("SELECT string_agg(concat_ws('|', kind, to_mail, language, data ->> 'subject', "
	                                "data ->> 'body'), ';') FROM lg.outbox"),
	                    "message|olena@post.example|en|A question|Hello\n<b>you</b>");
	a = service_get(CASEWORKER, at("/proposals/%.36s", to + strlen("/proposals/")));
	assert_says(a, "olena@post.example · on its way");
	assert_says(service_get(CASEWORKER, at("/candidates/%s", people[0])),
	            "A question"); /* in the log of contacts */
	assert_says(service_get(CASEWORKER, at("/candidates/%s/history", people[0])), "Message written and sent");
	a = service_get(PROGRAM, at("/api/v1/proposals/%.36s/messages", to + strlen("/proposals/")));
	assert_status(a, 200);
	assert_int_equal(json_array_size(json_object_get(a.json, "items")), 1);
	/* Who is erased takes along what was written, and what is still to be sent. */
	char guard[40];
	(void)snprintf(
	    guard, sizeof guard, "%s",
	    service_sql("INSERT INTO lg.candidate (tenant_id, given_name, family_name, legal_basis, sort_name) "
	                "SELECT 1, 'Gone', 'Soon', 'public_task', 'x' RETURNING id"));
	(void)service_sql("UPDATE lg.message SET candidate_id = '%s'", guard);
	(void)service_sql("SELECT lg_gate.enter_job(1, 'test'); DELETE FROM lg.candidate WHERE id = '%s'", guard);
	assert_string_equal(service_sql("SELECT (SELECT count(*) FROM lg.message) + (SELECT count(*) FROM lg.outbox) + "
	                                "(SELECT count(*) FROM lg_gate.due)"),
	                    "0");
}

static void what_is_no_message_is_not_sent(void **state)
{
	(void)state;
	char to[120], longer[4200];
	memset(longer, 'x', sizeof longer - 1);
	longer[sizeof longer - 1] = '\0';
	(void)snprintf(to, sizeof to, "/proposals/%s/messages/proposed", with_address("presented"));
	(void)snprintf(letter_id, sizeof letter_id, "%s",
	               service_between(service_get(CASEWORKER, to).body, "name=\"id\" value=\"", "\""));
	const struct {
		const char *subject, *body;
	} bad[] = { { "", "Hello" },       { "Hi", "  \n" },    { "Hi\r\nBcc: x@y.example", "Hello" },
		    { "Hi", "Hel\x01lo" }, { longer, "Hello" }, { "Hi", longer } };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_status(press(to, bad[i].subject, bad[i].body, "send"), 422);
	assert_status(service_post(CASEWORKER, to, FORM("id", "1", "subject", "Hi", "body", "Hello", "send", "1")),
	              422);
	assert_status(service_get(READER, to), 403);
	assert_status(service_get(STRANGER, to), 404);
	assert_status(service_post(STRANGER, to, FORM("id", letter_id, "subject", "Hi", "body", "Hello", "send", "1")),
	              404);
	/* It does not fit, or is unknown. */
	(void)service_sql("UPDATE lg.proposal SET state = 'agreed'");
	assert_says(service_get(CASEWORKER, to), "does not fit where the proposal is now");
	assert_null(strstr(service_get(CASEWORKER, to).body, "What may be said or written instead"));
	assert_status(press(to, "Hi", "Hello", "send"), 200);
	(void)service_sql("UPDATE lg.proposal SET state = 'presented'");
	assert_status(service_get(CASEWORKER, at("/proposals/%.36s/messages/nothing", to + 11)), 404);
	assert_status(service_get(CASEWORKER, at("/proposals/%.36s/messages/still_true", to + 11)), 404);
	assert_status(service_get(CASEWORKER, at("/candidates/%s/messages/proposed", people[0])), 404);
	/* No address, or no wish for mail: it is said, and nothing goes out. */
	(void)service_sql("UPDATE lg.candidate SET channel = 'phone' WHERE id = '%s'", people[0]);
	assert_says(service_get(CASEWORKER, to), "would rather be contacted in this way: Phone");
	assert_says(service_get(CASEWORKER, to), "What may be said or written instead");
	assert_status(press(to, "Hi", "Hello", "send"), 200);
	(void)service_sql("UPDATE lg.candidate SET channel = 'mail', mail = NULL WHERE id = '%s'", people[0]);
	assert_says(service_get(CASEWORKER, to), "No mail address of this person");
	assert_status(press(to, "Hi", "Hello", "send"), 200);
	assert_string_equal(service_sql("SELECT (SELECT count(*) FROM lg.outbox) + (SELECT count(*) FROM lg.message)"),
	                    "0");
}

static void an_employer_is_told_no_name_and_no_reason(void **state)
{
	(void)state;
	char to[120];
	(void)snprintf(to, sizeof to, "/proposals/%s/messages/introduce", with_address("accepted"));
	assert_says(service_get(CASEWORKER, to), "No contact person of this employer has a mail address");
	(void)service_sql("UPDATE lg.employer SET people = '[{\"name\": \"Bo\", \"mail\": \"bo@bageri.example\", "
	                  "\"language\": \"sv\"}]' WHERE id = '%s'",
	                  employer);
	struct service_answer a = service_get(CASEWORKER, to);
	assert_says(a, "bo@bageri.example, in this language: Swedish");
	const char *form = strstr(a.body, "<textarea");
	assert_non_null(form);
	assert_null(strstr(form, "Number"));
	(void)snprintf(letter_id, sizeof letter_id, "%s", service_between(a.body, "name=\"id\" value=\"", "\""));
	assert_status(press(to, "Somebody", "May I call?", "send"), 303);
	assert_string_equal(service_sql("SELECT to_mail || language FROM lg.outbox"), "bo@bageri.example"
	                                                                              "sv");
	assert_string_equal(service_sql("SELECT count(*) FROM lg.contact"), "0"); /* that was not the person */
}

static void whoever_has_not_confirmed_is_asked_by_mail(void **state)
{
	(void)state;
	(void)with_address("presented");
	struct service_answer a = service_get(CASEWORKER, at("/candidates/%s/messages/still_true", people[0]));
	assert_status(a, 200);
	assert_says(a, "Has anything changed");
	(void)snprintf(letter_id, sizeof letter_id, "%s", service_between(a.body, "name=\"id\" value=\"", "\""));
	a = press(path, "A question", "Has anything changed?", "send");
	assert_status(a, 303);
	assert_non_null(strstr(a.location, "/candidates/"));
	assert_string_equal(service_sql("SELECT kind FROM lg.message WHERE proposal_id IS NULL"), "still_true");
	(void)service_sql("SELECT lg_gate.enter_job(1, 'test'); DELETE FROM lg.proposal; DELETE FROM lg.message");
}

/* Sixteen at the same moment for two positions: two have them, and the others hear of it. */
static void the_last_position_goes_to_one(void **state)
{
	enum { MANY = 16, ROOM = 2 };
	char ids[MANY][40];
	(void)state;
	(void)service_sql(
	    "SELECT lg_gate.enter_job(1, 'test'); UPDATE lg.opening SET positions = %d, agreed = 0 WHERE id = '%s'",
	    ROOM, opening);
	(void)service_sql("DELETE FROM lg.proposal");
	int taken = 0;
	for (int i = 0; i < MANY; i++) {
		char body[400], who[40];
		(void)snprintf(body, sizeof body,
		               "{\"person\": {\"given_name\": \"Taker\", \"family_name\": \"Number%c\"}, \"basis\": "
		               "{\"legal_basis\": \"public_task\"}}",
		               'A' + i);
		keep_made(who, service_api(PROGRAM, HTTP_POST, "/api/v1/candidates?anyway=1", body, NULL));
		(void)snprintf(body, sizeof body,
		               "{\"candidate\": \"%s\", \"opening\": \"%s\", \"state\": \"shortlisted\"}", who,
		               opening);
		keep_made(ids[i], service_api(PROGRAM, HTTP_POST, "/api/v1/proposals", body, NULL));
		(void)service_sql("UPDATE lg.proposal SET state = 'sent' WHERE id = '%s'", ids[i]);
	}
	struct service_racer all[MANY];
	char targets[MANY][80];
	for (int i = 0; i < MANY; i++) {
		(void)snprintf(targets[i], sizeof targets[i], "/api/v1/proposals/%.36s/state", ids[i]);
		all[i] = (struct service_racer){ .target = targets[i],
			                         .body = "{\"state\": \"agreed\"}",
			                         .if_match = "\"1\"",
			                         .method = HTTP_POST };
	}
	service_race(all, MANY);
	for (int i = 0; i < MANY; i++) {
		if (all[i].status != 204 && all[i].status != 409 && all[i].status != 503)
			fail_msg("%d %s", all[i].status, all[i].answer);
		taken += all[i].status == 204;
	}
	assert_int_equal(taken, ROOM);
	assert_string_equal(
	    service_sql("SELECT agreed || '/' || (SELECT count(*) FROM lg.proposal WHERE state = 'agreed') FROM "
	                "lg.opening WHERE id = '%s'",
	                opening),
	    "2/2");
	const char *one = service_sql("SELECT id FROM lg.proposal WHERE state = 'agreed' LIMIT 1");
	struct service_answer a =
	    service_api(PROGRAM, HTTP_POST, at("/api/v1/proposals/%s/state", one),
	                "{\"state\": \"not_agreed\", \"reason\": \"other\"}", FORM("If-Match", "\"2\""));
	assert_status(a, 204);
	assert_string_equal(service_sql("SELECT agreed FROM lg.opening WHERE id = '%s'", opening), "1");
}

static void another_office_decides_nothing_here(void **state)
{
	(void)state;
	const char *one = service_sql("SELECT id FROM lg.proposal LIMIT 1");
	assert_status(service_get(STRANGER, at("/proposals/%s", one)), 404);
	assert_status(
	    service_post(STRANGER, at("/proposals/%s/state", one), FORM("version", "1", "state", "presented")), 404);
	assert_status(service_post(STRANGER, "/proposals",
	                           FORM("candidate", people[2], "opening", opening, "state", "shortlisted")),
	              404);
}

static void who_is_erased_takes_the_proposals_along(void **state)
{
	(void)state;
	const char *who = service_sql("SELECT candidate_id FROM lg.proposal LIMIT 1");
	(void)service_sql("DELETE FROM lg.candidate WHERE id = '%s'", who);
	assert_string_equal(service_sql("SELECT count(*) FROM lg.proposal WHERE candidate_id = '%s'", who), "0");
}

static void every_state_is_reached_and_no_step_is_a_machines(void **state)
{
	(void)state;
	static const char *const all[] = { "rejected",  "presented", "accepted", "declined",  "sent",
		                           "interview", "offer",     "agreed",   "not_agreed" };
	for (size_t k = 0; k < sizeof all / sizeof *all; k++) {
		bool reached = false;
		for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
			size_t n;
			const struct proposal_move *m = proposal_moves(all[i], &n);
			for (size_t x = 0; x < n; x++) reached = reached || !strcmp(m[x].to, all[k]);
		}
		size_t n;
		const struct proposal_move *m = proposal_moves("shortlisted", &n);
		for (size_t x = 0; x < n; x++) reached = reached || !strcmp(m[x].to, all[k]);
		if (!reached) fail_msg("%s is never reached", all[k]);
	}
	assert_string_equal(service_sql("SELECT count(*) FROM lg.audit WHERE entity = 'proposal' AND actor IS NULL"),
	                    "0");
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
		cmocka_unit_test(an_office_with_people_and_one_position),
		cmocka_unit_test(a_pair_is_proposed_by_one_press),
		cmocka_unit_test(a_pair_is_decided_about_once),
		cmocka_unit_test(who_is_turned_down_with_a_reason_is_left_out_later),
		cmocka_unit_test(what_is_no_step_is_refused),
		cmocka_unit_test(it_goes_step_by_step_to_an_agreed_start),
		cmocka_unit_test(what_waits_is_reminded_of_and_then_asked_about),
		cmocka_unit_test(what_is_no_longer_offered_leaves_a_task),
		cmocka_unit_test(what_a_program_proposes_is_followed_up_by_whom_the_candidate_is_of),
		cmocka_unit_test(an_office_says_itself_how_long_it_waits),
		cmocka_unit_test(whoever_has_no_solution_yet_is_counted_and_listed),
		cmocka_unit_test(facts_that_nobody_confirmed_for_long_are_asked_for_again),
		cmocka_unit_test(a_message_is_looked_at_and_sent_once_by_a_press),
		cmocka_unit_test(what_is_no_message_is_not_sent),
		cmocka_unit_test(an_employer_is_told_no_name_and_no_reason),
		cmocka_unit_test(whoever_has_not_confirmed_is_asked_by_mail),
		cmocka_unit_test(the_last_position_goes_to_one),
		cmocka_unit_test(another_office_decides_nothing_here),
		cmocka_unit_test(who_is_erased_takes_the_proposals_along),
		cmocka_unit_test(every_state_is_reached_and_no_step_is_a_machines),
	};
	service_open(argv[1]);
	return cmocka_run_group_tests_name("proposal", tests, NULL, close_all);
}
