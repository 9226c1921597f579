/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* A telephone call, from the ring to the enquiry; missed ones; what the exchange may get wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "app/record.h"
#include "kept.h"
#include "service.h"

static char body[800];
static int agent, second, exchange, others, stranger, plain;

/* One event, `more` being the rest of the object. */
static struct service_answer tell_as(int who, const char *call, const char *event, const char *more)
{
	(void)snprintf(body, sizeof body, "{\"call\":\"%s\",\"event\":\"%s\"%s}", call, event, more);
	return service_api(who, HTTP_POST, "/api/v1/calls", body, NULL);
}
static struct service_answer tell(const char *call, const char *event, const char *more)
{
	return tell_as(exchange, call, event, more);
}
#define RING(call, from, extension) tell(call, "ringing", ",\"from\":\"" from "\",\"extension\":\"" extension "\"")

static const char *column(const char *call, const char *name)
{
	return service_sql("SELECT coalesce(%s::text, '-') FROM lg.call WHERE call = '%s'", name, call);
}

/* The page as it is after it was loaded again. */
static struct service_answer cards(int who) { return service_get(who, "/hotline"); }

static void a_call_rings_and_the_agent_whose_telephone_it_is_sees_who(void **state)
{
	(void)state;
	assert_status(service_post(agent, "/hotline/extension", FORM("extension", "201")), 303);
	assert_status(service_post(second, "/hotline/extension", FORM("extension", "202")), 303);
	assert_status(service_post(agent, "/hotline/extension", FORM("extension", "2 01")), 422);
	struct service_answer a = RING("a-1", "86 12 34 56", "201");
	assert_status(a, 201);
	assert_string_equal(record_word(a.json, "state"), "ringing");
	assert_string_equal(column("a-1", "caller_number"), "+4586123456");
	a = cards(agent);
	assert_status(a, 200);
	assert_says(a, "It rings: +4586123456");
	assert_says(a, "Nobody known has this number.");
	assert_says(a, "Take it and write it down");
	/* It is for one telephone: not for a colleague, though on; and for no other office. */
	assert_status(service_post(second, "/hotline/presence", FORM("state", "on")), 303);
	assert_null(strstr(cards(second).body, "86123456"));
	assert_null(strstr(cards(stranger).body, "86123456"));
	/* On the page of a new enquiry too, where pressing must not cost what is being written. */
	a = service_get(agent, "/enquiries/new");
	assert_says(a, "It rings: +4586123456");
	assert_says(a, "target=\"_blank\"");
}

static void it_is_written_down_with_what_is_known_and_bound_to_the_call(void **state)
{
	(void)state;
	char id[40] = "", enquiry[40] = "";
	(void)strncat(id, column("a-1", "id"), 36);
	struct service_answer a = service_post(agent, at("/hotline/calls/%s/take", id), FORM(NULL));
	assert_status(a, 303);
	assert_string_equal(a.location, service_sql("SELECT '/enquiries/new?call=%s'", id));
	assert_string_equal(column("a-1", "agent"), service_account(agent));
	a = service_get(agent, at("/enquiries/new?call=%s", id));
	assert_status(a, 200);
	assert_says(a, "value=\"+4586123456\"");
	assert_says(a, "name=\"call\"");
	/* A colleague who looks is told. */
	a = service_get(second, path);
	assert_status(a, 303);
	assert_string_equal(a.location, "/hotline?said=call_late");
	assert_status(tell("a-1", "answered", ",\"extension\":\"201\""), 200);
	assert_says(cards(agent), "You are speaking: +4586123456");
	const char *const form[] = { "call",
		                     id,
		                     "channel",
		                     "phone",
		                     "caller_phone",
		                     "+4586123456",
		                     "subject",
		                     "rules",
		                     "words",
		                     "May she work?",
		                     "about",
		                     "nobody",
		                     "caller_place",
		                     "Jobcenter Randers",
		                     "legal_basis",
		                     "public_task",
		                     "caller_name",
		                     "Karen Holm",
		                     NULL };
	a = service_post(agent, "/enquiries", form);
	assert_status(a, 303);
	(void)strncat(enquiry, a.location + strlen("/enquiries/"), 36);
	assert_string_equal(column("a-1", "enquiry_id"), enquiry);
	assert_string_equal(service_sql("SELECT caller_digits FROM lg.enquiry WHERE id = '%s'", enquiry), "86123456");
	/* Pressed twice it is still one. */
	a = service_post(agent, "/enquiries", form);
	assert_status(a, 303);
	assert_non_null(strstr(a.location, enquiry));
	assert_string_equal(service_sql("SELECT count(*) FROM lg.enquiry"), "1");
	assert_null(strstr(cards(agent).body, "You are speaking"));
	a = tell("a-1", "ended", ",\"reason\":\"completed\"");
	assert_string_equal(record_word(a.json, "result"), "answered");
	/* The call holds no name. */
	assert_string_equal(service_sql("SELECT count(*) FROM lg.call c WHERE c::text ~ 'Karen|Holm'"), "0");
	assert_string_equal(
	    service_sql("SELECT string_agg(verb, ' ' ORDER BY at, verb) FROM lg.audit WHERE entity = 'call'"),
	    "registered taken done");
}

static void who_rang_before_is_known_and_typed_by_nobody(void **state)
{
	(void)state;
	assert_status(RING("a-2", "+4586123456", "201"), 201);
	struct service_answer a = cards(agent);
	assert_says(a, "Karen Holm · Jobcenter Randers");
	assert_says(a, "Rules of stay, pay or support");
	char id[40] = "";
	(void)strncat(id, column("a-2", "id"), 36);
	assert_status(service_post(agent, at("/hotline/calls/%s/take", id), FORM(NULL)), 303);
	a = service_get(agent, at("/enquiries/new?call=%s", id));
	assert_says(a, "value=\"Karen Holm\"");
	assert_says(a, "value=\"Jobcenter Randers\"");
	assert_says(a, "name=\"caller_from\"");
	/* Two callers of one number: the agent chooses. */
	assert_status(
	    service_post(agent, "/enquiries",
	                 FORM("channel", "phone", "caller_phone", "86123456", "subject", "rules", "words", "x", "about",
	                      "nobody", "legal_basis", "public_task", "caller_name", "Bo Lund")),
	    303);
	a = service_get(agent, at("/enquiries/new?call=%s", id));
	assert_null(strstr(a.body, "value=\"Karen Holm\""));
	assert_says(a, "Use these facts");
	assert_status(tell("a-2", "ended", ",\"reason\":\"completed\""), 200);
}

static void people_of_the_office_are_known_as_far_as_rights_allow(void **state)
{
	(void)state;
	struct service_answer a = service_api(
	    PROGRAM, HTTP_POST, "/api/v1/employers",
	    "{\"company\":{\"name\":\"Nord Bageri\"},\"people\":[{\"name\":\"Ida Nord\",\"phone\":\"87 00 00 01\"}]}",
	    NULL);
	assert_status(a, 201);
	a = service_api(PROGRAM, HTTP_POST, "/api/v1/candidates",
	                "{\"person\":{\"given_name\":\"Olena\",\"family_name\":\"Koval\"},\"basis\":{\"legal_basis\":"
	                "\"public_task\"},\"contact\":{\"phone\":\"+45 "
	                "87 00 00 02\"}}",
	                NULL);
	assert_status(a, 201);
	char candidate[40] = "";
	(void)strncat(candidate, record_word(a.json, "id"), 36);
	(void)service_sql("UPDATE lg.member SET phone = '87000003' WHERE account_id = '%s'", service_account(second));
	assert_status(RING("p-1", "87000001", "201"), 201);
	assert_status(RING("p-2", "87000002", "201"), 201);
	assert_status(RING("p-3", "87000003", "201"), 201);
	a = cards(agent);
	assert_says(a, "Ida Nord");
	assert_says(a, "Contact person of an employer · Nord Bageri");
	assert_says(a, "Olena Koval");
	assert_says(a, at("/candidates/%s", candidate));
	assert_says(a, "Colleague");
	/* That the candidate was shown is written down, once a page. */
	assert_string_equal(
	    service_sql("SELECT count(*) > 0 FROM lg.read_audit WHERE '%s' = ANY (subjects)", candidate), "t");
	/* The form takes the workplace, and no name: there is no basis yet. */
	char id[40] = "";
	(void)strncat(id, column("p-1", "id"), 36);
	a = service_get(agent, at("/enquiries/new?call=%s", id));
	assert_says(a, "value=\"Nord Bageri\"");
	assert_null(strstr(a.body, "value=\"Ida Nord\""));
	(void)strcpy(id, "");
	(void)strncat(id, column("p-2", "id"), 36);
	a = service_get(agent, at("/enquiries/new?call=%s", id));
	assert_null(strstr(a.body, "Koval"));
	/* Telephones are shared: whoever says it last has it. A leader answers none. */
	assert_status(service_post(plain, "/hotline/extension", FORM("extension", "201")), 403);
	assert_status(service_post(second, "/hotline/extension", FORM("extension", "201")), 303);
	assert_says(cards(second), "Ida Nord");
	assert_null(strstr(cards(agent).body, "Ida Nord"));
	assert_status(service_post(agent, "/hotline/extension", FORM("extension", "201")), 303);
	assert_string_equal(service_sql("SELECT account_id FROM lg.call_extension"), service_account(agent));
	assert_status(service_post(second, "/hotline/extension", FORM("extension", "202")), 303);
	for (int i = 1; i <= 3; i++) {
		char call[8];
		(void)snprintf(call, sizeof call, "p-%d", i);
		assert_status(tell(call, "ended", ",\"reason\":\"completed\""), 200);
	}
}

static void a_call_to_all_is_for_those_who_are_on_and_one_gets_it(void **state)
{
	(void)state;
	assert_status(service_post(agent, "/hotline/presence", FORM("state", "off")), 303);
	assert_status(RING("q-1", "88000001", "299"), 201);
	assert_null(strstr(cards(agent).body, "88000001")); /* not on */
	assert_says(cards(second), "It rings: +4588000001");
	assert_status(service_post(agent, "/hotline/presence", FORM("state", "on")), 303);
	assert_says(cards(agent), "It rings: +4588000001");
	char id[40] = "";
	(void)strncat(id, column("q-1", "id"), 36);
	struct service_answer a = service_post(second, at("/hotline/calls/%s/take", id), FORM(NULL));
	assert_string_equal(a.location, service_sql("SELECT '/enquiries/new?call=%s'", id));
	a = service_post(agent, path, FORM(NULL));
	assert_status(a, 303);
	assert_string_equal(a.location, "/hotline?said=call_late");
	assert_string_equal(column("q-1", "agent"), service_account(second));
	assert_null(strstr(cards(agent).body, "88000001"));
	/* Answered at a telephone that is somebody's: it is theirs, whoever pressed. */
	assert_status(tell("q-1", "answered", ",\"extension\":\"201\""), 200);
	assert_string_equal(column("q-1", "agent"), service_account(agent));
	assert_status(tell("q-1", "ended", ",\"reason\":\"completed\""), 200);
	/* Picked up where nobody tells of it: who spoke says so. */
	assert_status(RING("q-2", "88000002", "299"), 201);
	assert_status(tell("q-2", "ended", ",\"reason\":\"elsewhere\""), 200);
	assert_says(cards(second), "Answered at a telephone: +4588000002");
	(void)strcpy(id, "");
	(void)strncat(id, column("q-2", "id"), 36);
	assert_status(service_post(second, at("/hotline/calls/%s/take", id), FORM(NULL)), 303);
	assert_says(cards(second), "You spoke: +4588000002");
	assert_null(strstr(cards(agent).body, "88000002"));
}

static void missed_calls_wait_until_they_are_rung_back(void **state)
{
	(void)state;
	assert_null(strstr(service_get(agent, "/hotline").body, "Missed calls"));
	(void)service_sql("UPDATE lg.enquiry SET created = created - interval '1 day'");
	(void)service_sql("UPDATE lg.call SET began = began - interval '1 day'");
	(void)at(",\"from\":\"86123456\",\"at\":%lld", (long long)time(NULL) - 600);
	assert_status(tell("m-1", "ringing", path), 201);
	assert_status(tell("m-1", "ended", ",\"reason\":\"missed\""), 200);
	assert_status(RING("m-2", "86123456", "299"), 201);
	assert_status(tell("m-2", "ended", ""), 200);
	assert_status(RING("m-3", "88000003", "299"), 201);
	assert_status(tell("m-3", "ended", ",\"reason\":\"busy\""), 200);
	assert_status(tell("m-4", "ringing", ",\"from\":\"anonymous\""), 201);
	assert_status(tell("m-4", "ended", ""), 200);
	/* One whose end was never told, and one who got through later. */
	(void)at(",\"from\":\"88000004\",\"at\":%lld", (long long)time(NULL) - 1200);
	assert_status(tell("m-5", "ringing", path), 201);
	assert_status(RING("m-6", "88000005", "299"), 201);
	assert_status(tell("m-6", "ended", ""), 200);
	assert_status(RING("m-7", "88000005", "299"), 201);
	assert_status(tell("m-7", "ended", ",\"reason\":\"elsewhere\""), 200);
	struct service_answer a = service_get(agent, "/hotline");
	assert_says(a, "Missed calls");
	assert_says(a, "1 call without a number was missed in the last 24 hours.");
	/* The longest wait first, a number once. */
	const char *first = strstr(a.body, "id=\"missed\"");
	assert_non_null(first);
	const char *four = strstr(first, "+4588000004"), *six = strstr(first, "+4586123456"),
	           *three = strstr(first, "+4588000003");
	assert_true(four && six && three && four < six && six < three);
	assert_null(strstr(first, "+4588000005"));
	/* Rung back with one press: all that is known stands in it. */
	char id[40] = "";
	(void)strncat(id, column("m-1", "id"), 36);
	(void)service_sql("DELETE FROM lg.enquiry WHERE caller_name = 'Bo Lund'");
	assert_status(service_post(agent, at("/hotline/calls/%s/callback", id), FORM(NULL)), 303);
	assert_string_equal(
	    service_sql(
	        "SELECT concat_ws('|', channel, caller_phone, caller_name, caller_place, legal_basis, state) FROM "
	        "lg.enquiry WHERE channel = 'callback'"),
	    "callback|+4586123456|Karen Holm|Jobcenter Randers|public_task|new");
	a = service_post(second, path, FORM(NULL));
	assert_string_equal(a.location, "/hotline?said=call_late");
	assert_string_equal(service_sql("SELECT count(*) FROM lg.enquiry WHERE channel = 'callback'"), "1");
	(void)strcpy(id, "");
	(void)strncat(id, column("m-3", "id"), 36);
	assert_status(service_post(agent, at("/hotline/calls/%s/leave", id), FORM(NULL)), 303);
	a = service_get(agent, "/hotline");
	first = strstr(a.body, "id=\"missed\"");
	assert_non_null(strstr(first, "+4588000004"));
	assert_null(strstr(first, "+4586123456 "));
	assert_null(strstr(first, "+4588000003"));
}

static void events_come_twice_late_and_out_of_order(void **state)
{
	(void)state;
	assert_status(tell("o-1", "ended", ",\"reason\":\"completed\""), 201);
	assert_string_equal(column("o-1", "state"), "ended");
	for (int i = 0; i < 2; i++) {
		(void)at(",\"extension\":\"201\",\"at\":%lld", (long long)time(NULL) - 50);
		assert_status(tell("o-1", "answered", path), 200);
		(void)at(",\"from\":\"88000006\",\"extension\":\"299\",\"at\":%lld", (long long)time(NULL) - 60);
		assert_status(tell("o-1", "ringing", path), 200);
	}
	assert_string_equal(
	    service_sql("SELECT concat_ws('|', state, result, caller_number, array_to_string(extensions, ','), "
	                "answered_extension, "
	                "began < answered_at AND answered_at < ended_at, agent = '%s') FROM lg.call WHERE call = 'o-1'",
	                service_account(agent)),
	    "ended|answered|+4588000006|299|201|t|t");
	assert_string_equal(service_sql("SELECT count(*) FROM lg.call WHERE call = 'o-1'"), "1");
	/* Very many at once are one call. */
	struct service_racer all[24];
	for (size_t i = 0; i < 24; i++)
		all[i] = (struct service_racer){
			.target = "/api/v1/calls",
			.method = HTTP_POST,
			.body = i % 3 == 0   ? "{\"call\":\"o-2\",\"event\":\"ringing\",\"from\":\"88000007\"}"
			        : i % 3 == 1 ? "{\"call\":\"o-2\",\"event\":\"answered\",\"extension\":\"202\"}"
			                     : "{\"call\":\"o-2\",\"event\":\"ended\",\"reason\":\"completed\"}"
		};
	service_race_as(exchange, all, 24);
	size_t made = 0;
	for (size_t i = 0; i < 24; i++) {
		if (all[i].status != 200 && all[i].status != 201) fail_msg("%d: %s", all[i].status, all[i].answer);
		made += all[i].status == 201;
	}
	assert_int_equal(made, 1);
	assert_string_equal(column("o-2", "result"), "answered");
	assert_string_equal(column("o-2", "answered_extension"), "202");
}

static void what_is_wrong_is_said_where(void **state)
{
	(void)state;
	static const char *const wrong[][2] = {
		{ "{\"event\":\"ringing\"}", "\"call\"" },
		{ "{\"call\":\"\",\"event\":\"ringing\"}", "\"call\"" },
		{ "{\"call\":\"w\"}", "\"event\"" },
		{ "{\"call\":\"w\",\"event\":\"rang\"}", "\"event\"" },
		{ "{\"call\":\"w\",\"event\":\"ringing\",\"extension\":\"2 01\"}", "\"extension\"" },
		{ "{\"call\":\"w\",\"event\":\"ringing\",\"extension\":201}", "\"extension\"" },
		{ "{\"call\":\"w\",\"event\":\"ringing\",\"from\":86123456}", "\"from\"" },
		{ "{\"call\":\"w\",\"event\":\"ended\",\"reason\":\"bored\"}", "\"reason\"" },
		{ "{\"call\":\"w\",\"event\":\"ended\",\"at\":\"now\"}", "\"at\"" },
		{ "{\"call\":\"w\",\"event\":\"ended\",\"at\":1}", "\"at\"" },
		{ "{\"call\":\"w\",\"event\":\"ended\",\"at\":99999999999}", "\"at\"" },
		{ "{\"call\":\"w\",\"event\":\"ringing\",\"name\":\"Karen\"}", "\"name\"" },
		{ "[]", "\"field\":\"\"" },
	};
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct service_answer a = service_api(exchange, HTTP_POST, "/api/v1/calls", wrong[i][0], NULL);
		if (a.status != 422 || !strstr(a.body, wrong[i][1]))
			fail_msg("%s: %d %s", wrong[i][0], a.status, a.body);
	}
	struct service_answer a = service_api(exchange, HTTP_POST, "/api/v1/calls", "{", NULL);
	assert_in_range(a.status, 400, 422);
	assert_string_equal(service_sql("SELECT count(*) FROM lg.call WHERE call = 'w'"), "0");
	assert_status(service_api(PROGRAM, HTTP_POST, "/api/v1/calls", "{\"call\":\"w\",\"event\":\"ringing\"}", NULL),
	              403);
	assert_status(service_api(exchange, HTTP_GET, "/api/v1/calls", NULL, NULL), 403);
	/* The role is a program's: no colleague is offered it. */
	assert_says(service_get(ADMINISTRATOR, "/clients"), "value=\"exchange\"");
	assert_null(strstr(service_get(ADMINISTRATOR, "/members/new").body, "value=\"exchange\""));
	assert_status(service_post(plain, at("/hotline/calls/%s/take", column("o-1", "id")), FORM(NULL)), 403);
}

static void another_office_s_program_tells_of_its_own_calls_only(void **state)
{
	(void)state;
	struct service_answer a = tell_as(others, "a-1", "ringing", ",\"from\":\"86123456\",\"extension\":\"201\"");
	assert_status(a, 201); /* another call, of another office */
	assert_string_equal(service_sql("SELECT count(*) FROM lg.call WHERE call = 'a-1'"), "2");
	assert_string_equal(service_sql("SELECT state FROM lg.call WHERE call = 'a-1' AND tenant_id = 1"), "ended");
	assert_null(strstr(cards(agent).body, "It rings: +4586123456"));
	char id[40] = "";
	(void)strncat(id, service_sql("SELECT id FROM lg.call WHERE call = 'a-1' AND tenant_id = 2"), 36);
	assert_status(service_post(agent, at("/hotline/calls/%s/take", id), FORM(NULL)), 404);
	assert_status(service_get(agent, at("/enquiries/new?call=%s", id)), 404);
	/* Nobody there is known by this number: what this office holds is not theirs. */
	assert_status(service_post(stranger, "/hotline/presence", FORM("state", "on")), 303);
	a = cards(stranger);
	assert_says(a, "It rings: +4586123456");
	assert_says(a, "Nobody known has this number.");
	assert_null(strstr(a.body, "Karen Holm"));
}

static void the_page_is_told_at_once(void **state)
{
	(void)state;
	struct service_answer a = service_get(agent, "/hotline/calls/live");
	assert_status(a, 200);
	char before[80] = "";
	(void)strncat(before, a.body, 32);
	assert_string_equal(service_get(agent, "/hotline/calls/live").body, before);
	assert_status(RING("l-1", "88000009", "201"), 201);
	a = service_get(agent, "/hotline/calls/live");
	assert_string_not_equal(a.body, before);
	assert_null(strstr(a.body, "88000009"));
	a = service_get(agent, "/hotline/calls");
	assert_status(a, 303);
	assert_status(tell("l-1", "ended", ""), 200);
}

static void numbers_are_forgotten_after_thirty_days(void **state)
{
	(void)state;
	(void)service_sql("UPDATE lg.call SET began = now() - interval '29 days' WHERE call = 'm-3'");
	(void)service_sql("UPDATE lg.call SET began = now() - interval '31 days' WHERE call = 'q-1'");
	(void)service_sql("UPDATE lg.call SET began = now() - interval '401 days' WHERE call = 'q-2'");
	const char *id = column("q-1", "id");
	service_job("hotline_forget");
	assert_string_equal(column("m-3", "caller_number"), "+4588000003");
	assert_string_equal(service_sql("SELECT concat_ws('|', call = id::text, caller_number, caller_digits, agent, "
	                                "answered_extension, result) FROM "
	                                "lg.call WHERE id = '%s'",
	                                id),
	                    "t|answered");
	assert_string_equal(service_sql("SELECT count(*) FROM lg.call WHERE call = 'q-2'"), "0");
}

/* A list that was made for one colleague is given to the next: with forms of missed calls, and with nobody's token but
 * their own. */
static void a_kept_queue_with_missed_calls_holds_nobody_elses_token(void **state)
{
	(void)state;
	static struct http_pair header = { "HX-Request-Type", "partial" };
	const struct http_request rq = { .method = HTTP_GET, .path = "/hotline", .headers = { &header, 1 } };
	const int who[] = { agent, second, agent, second };
	char tokens[2][80];
	assert_status(RING("k-1", "88000077", "299"), 201);
	assert_status(tell("k-1", "ended", ",\"reason\":\"missed\""), 200);
	for (int i = 0; i < 2; i++) {
		const char *csrf =
		    service_between(service_get(who[i], "/hotline").body, "name=\"csrf\" value=\"", "\"");
		assert_non_null(csrf);
		(void)snprintf(tokens[i], sizeof tokens[i], "%s", csrf);
		(void)service_get(who[i], "/hotline/live"); /* with an open page: what is kept is for these */
	}
	assert_string_not_equal(tokens[0], tokens[1]);
	for (size_t i = 0; i < sizeof who / sizeof *who; i++) {
		struct http_request ask = rq;
		(void)service_get(NOBODY, "/assets/none"); /* what the last answer held is put away */
		struct service_answer a = service_ask(who[i], &ask);
		assert_status(a, 200);
		const char *missed = strstr(a.body, "id=\"missed\"");
		assert_non_null(missed);
		assert_non_null(strstr(missed, "88000077"));
		assert_non_null(strstr(missed, tokens[i % 2]));
		assert_null(strstr(a.body, tokens[(i + 1) % 2]));
		/* Each form has one, and it is theirs. */
		size_t forms = 0, own = 0;
		for (const char *s = a.body; (s = strstr(s, "name=\"csrf\" value=\"")); forms++) {
			s += strlen("name=\"csrf\" value=\"");
			own += !strncmp(s, tokens[i % 2], strlen(tokens[i % 2]));
		}
		assert_true(forms > 0);
		assert_int_equal(forms, own);
	}
}

static void agents_read_the_latest_by_the_api(void **state)
{
	(void)state;
	int reader = service_new_program("hotline");
	struct service_answer a = service_api(reader, HTTP_GET, "/api/v1/calls", NULL, NULL);
	assert_status(a, 200);
	const json_t *items = json_object_get(a.json, "items");
	assert_true(json_array_size(items) > 5);
	size_t i, found = 0;
	json_t *one;
	json_array_foreach(items, i, one)
	{
		if (strcmp(record_word(one, "from"), "+4588000009") != 0) continue;
		assert_string_equal(record_word(one, "result"), "missed");
		found++;
	}
	assert_int_equal(found, 1);
}

int main(int argc, char **argv)
{
	if (argc != 2) return 2;
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_call_rings_and_the_agent_whose_telephone_it_is_sees_who),
		cmocka_unit_test(it_is_written_down_with_what_is_known_and_bound_to_the_call),
		cmocka_unit_test(who_rang_before_is_known_and_typed_by_nobody),
		cmocka_unit_test(people_of_the_office_are_known_as_far_as_rights_allow),
		cmocka_unit_test(a_call_to_all_is_for_those_who_are_on_and_one_gets_it),
		cmocka_unit_test(missed_calls_wait_until_they_are_rung_back),
		cmocka_unit_test(events_come_twice_late_and_out_of_order),
		cmocka_unit_test(what_is_wrong_is_said_where),
		cmocka_unit_test(another_office_s_program_tells_of_its_own_calls_only),
		cmocka_unit_test(the_page_is_told_at_once),
		cmocka_unit_test(a_kept_queue_with_missed_calls_holds_nobody_elses_token),
		cmocka_unit_test(agents_read_the_latest_by_the_api),
		cmocka_unit_test(numbers_are_forgotten_after_thirty_days),
	};
	service_open(argv[1]);
	agent = service_sign_in(1, "hotline");
	second = service_sign_in(1, "hotline");
	plain = service_sign_in(1, "leader");
	stranger = service_sign_in(2, "hotline");
	exchange = service_new_program("exchange");
	others = service_new_program_of(2, "exchange");
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	service_close();
	return failed;
}
