/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* The form on the hotline's public page: asked without an account, waiting in the queue, and not to be misused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/record.h"
#include "kept.h"
#include "service.h"

#define FORM_PATH "/entrance/1/enquiry"
static char entrance[40];
static int agent, stranger, program;

static const char *enquiries(void) { return service_sql("SELECT count(*) FROM lg.enquiry"); }

/* Attempts of an hour ago. */
static void an_hour_later(void)
{
	(void)service_sql("UPDATE lg_gate.throttle SET hits = '{}' WHERE bucket LIKE 'enquiry%%' RETURNING 1");
}

static void show(const char *version, const char *channel, const char *published)
{
	assert_status(
	    service_post(ADMINISTRATOR, at("/entrances/%s/edit/entrance", entrance),
	                 FORM("version", version, "name", "Job hotline Midt", "phone", "+45 70 00 00 01", "channels",
	                      "phone", "channels", channel, "words", "For job centres.", "published", published)),
	    303);
}

static void without_the_web_among_the_ways_in_there_is_no_form(void **state)
{
	(void)state;
	struct service_answer a =
	    service_post(ADMINISTRATOR, "/entrances",
	                 FORM("name", "Job hotline Midt", "phone", "+45 70 00 00 01", "channels", "phone"));
	assert_status(a, 303);
	(void)strncat(entrance, a.location + strlen("/entrances/"), 36);
	assert_status(service_post(ADMINISTRATOR, at("/entrances/%s/edit/hours", entrance),
	                           FORM("version", "1", "hours.mon.from", "08:00", "hours.mon.to", "16:00",
	                                "hours.tue.from", "08:00", "hours.tue.to", "16:00")),
	              303);
	assert_status(service_post(ADMINISTRATOR, at("/entrances/%s/edit/municipalities", entrance),
	                           FORM("version", "2", "municipalities-0.municipality", "DK-0730",
	                                "municipalities-1.municipality", "DK-0740")),
	              303);
	const char *const *good = FORM("subject", "openings", "words", "Are there jobs in the kitchen?", "caller_mail",
	                               "jobcentre@randers.example");
	/* Not shown: neither page nor form. */
	assert_status(service_form("en", FORM_PATH, good), 404);
	assert_status(service_get(NOBODY, FORM_PATH "/3F9A-21C4"), 404);
	show("3", "phone", "1");
	a = service_get(NOBODY, "/entrance/1");
	assert_status(a, 200);
	assert_null(strstr(a.body, "name=\"words\""));
	assert_status(service_form("en", FORM_PATH, good), 404);
	/* Another office has none, and what is none is none. */
	assert_status(service_form("en", "/entrance/2/enquiry", good), 404);
	assert_status(service_form("en", "/entrance/999/enquiry", good), 404);
	assert_status(service_form("en", "/entrance/1x/enquiry", good), 404);
	assert_string_equal(enquiries(), "0");
	show("4", "web", "1");
}

static void everybody_sees_the_form_and_what_becomes_of_it(void **state)
{
	(void)state;
	struct service_answer a = service_get(NOBODY, "/entrance/1");
	assert_status(a, 200);
	assert_says(a, "action=\"" FORM_PATH "\"");
	assert_says(a, "name=\"words\"");
	assert_says(a, "maxlength=\"2000\"");
	assert_says(a, "value=\"DK-0740\"");
	assert_null(strstr(a.body, "value=\"DK-0101\"")); /* those that are covered, and no others */
	assert_says(a, "No names here, and no illness.");
	assert_says(a, "Who is responsible");
	assert_says(a, "href=\"/privacy\"");
	assert_null(strstr(a.body, "caller_name"));
	assert_null(strstr(a.body, "person_name"));
	/* Whoever is signed in elsewhere asks as everybody does. */
	assert_says(service_get(STRANGER, "/entrance/1"), "name=\"words\"");
}

static void an_enquiry_is_sent_and_waits_in_the_queue(void **state)
{
	(void)state;
	char reference[16], id[40];
	struct service_answer a = service_form(
	    "en", FORM_PATH,
	    FORM("caller_place", "Job centre, integration team", "municipality", "DK-0740", "subject", "openings",
	         "words", "Are there jobs in the kitchen?", "caller_phone", "+45 86 12 34 56", "homepage", ""));
	assert_status(a, 303);
	assert_non_null(strstr(a.location, FORM_PATH "/"));
	(void)snprintf(reference, sizeof reference, "%s", a.location + strlen(FORM_PATH "/"));
	a = service_get(NOBODY, at(FORM_PATH "/%s", reference));
	assert_status(a, 200);
	assert_says(a, "We have got your question");
	assert_says(a, reference);
	assert_says(a, "tel:+4570000001");
	assert_says(a, "Monday 08:00-16:00");
	assert_null(strstr(a.body, "kitchen")); /* the reference opens nothing */
	assert_string_equal(
	    service_sql("SELECT concat_ws('|', tenant_id, channel, state, owner, created_by, about, "
	                "legal_basis, municipality, caller_place, caller_digits, priority, due_at > now(), "
	                "invented) FROM lg.enquiry"),
	    "1|web|new|nobody|DK-0740|Job centre, integration team|86123456|normal|t|f");
	assert_string_equal(
	    service_sql("SELECT upper(left(id::text, 4) || '-' || substr(id::text, 5, 4)) FROM lg.enquiry"), reference);
	a = service_get(agent, "/hotline");
	assert_says(a, "Job centre, integration team");
	(void)snprintf(id, sizeof id, "%s", service_sql("SELECT id FROM lg.enquiry"));
	a = service_get(agent, at("/enquiries/%s", id));
	assert_status(a, 200);
	assert_says(a, reference);
	assert_says(a, "kitchen");
	/* Somebody rings who has nothing but the reference. */
	a = service_get(agent, at("/enquiries?q=%s", reference));
	assert_status(a, 200);
	assert_says(a, id);
	assert_says(a, "1 enquiry");
	a = service_get(agent, at("/enquiries?q=%.4s+%s", reference, reference + 5));
	assert_says(a, id);
	a = service_get(agent, at("/enquiries?q=%.4s-%s&state=closed", reference, reference + 5));
	assert_null(strstr(a.body, id));
	a = service_get(agent, "/enquiries?q=0000-0000");
	assert_says(a, "0 enquiries");
	assert_null(strstr(service_get(stranger, at("/enquiries?q=%s", reference)).body, id));
	a = service_api(program, HTTP_GET, at("/api/v1/enquiries?q=%s", reference), NULL, NULL);
	assert_status(a, 200);
	assert_int_equal(json_array_size(json_object_get(a.json, "items")), 1);
	/* Whoever asked is found by workplace, and its history can be read and goes on. */
	assert_says(service_get(agent, "/enquiries?q=integration"), id);
	assert_string_equal(
	    service_sql("SELECT concat_ws('|', verb, entity, kind, actor, payload IS NOT NULL) FROM lg.audit "
	                "WHERE entity = 'enquiry'"),
	    "registered|enquiry|public|t");
	a = service_get(agent, at("/enquiries/%s/history", id));
	assert_status(a, 200);
	assert_says(a, "86 12 34 56");
	assert_status(service_get(service_sign_in(2, "hotline"), at("/enquiries/%s", id)), 404);
}

static void nothing_is_written_down_of_who_is_signed_in(void **state)
{
	(void)state;
	assert_status(service_post(STRANGER, FORM_PATH,
	                           FORM("subject", "rules", "words", "From the neighbours.", "caller_mail",
	                                "neighbour@sommersund.example")),
	              303);
	assert_string_equal(
	    service_sql("SELECT concat_ws('|', e.tenant_id, e.created_by, e.caller_mail, a.tenant_id, a.actor, "
	                "a.kind, a.why = '') FROM lg.enquiry e JOIN lg.audit a ON a.subject = e.id WHERE e.words "
	                "= 'From the neighbours.'"),
	    "1|neighbour@sommersund.example|1|public|t");
}

static void what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(void **state)
{
	(void)state;
	struct service_answer a = service_form(
	    "en", FORM_PATH, FORM("municipality", "DK-0740", "subject", "licence", "words", "What of <my> licence?"));
	assert_status(a, 422);
	assert_says(a, "id=\"f-caller_phone-error\"");
	assert_says(a, "What of &lt;my&gt; licence?");
	assert_says(a, "value=\"DK-0740\" selected");
	assert_says(a, "value=\"licence\" selected");
	a = service_form("en", FORM_PATH,
	                 FORM("municipality", "DK-0101", "subject", "gossip", "words", "", "caller_mail", "no address",
	                      "callback_day", "2001-01-01", "callback_time", "25:00"));
	assert_status(a, 422);
	assert_says(a, "id=\"f-subject-error\"");
	assert_says(a, "id=\"f-words-error\"");
	assert_says(a, "id=\"f-caller_mail-error\"");
	a = service_form("en", FORM_PATH,
	                 FORM("municipality", "DK-0101", "subject", "other", "words", "x", "caller_mail", "a@b.example",
	                      "callback_day", "2001-01-01", "callback_time", "25:00"));
	assert_status(a, 422);
	assert_says(a, "id=\"f-municipality-error\"");
	assert_says(a, "id=\"f-callback_day-error\"");
	assert_says(a, "id=\"f-callback_time-error\"");
	/* No column that the form has not: a name, a person, an owner. */
	assert_status(service_form("en", FORM_PATH,
	                           FORM("subject", "other", "words", "x", "caller_mail", "a@b.example", "caller_name",
	                                "Karen Holm", "legal_basis", "public_task")),
	              422);
	char big[2100];
	memset(big, 'x', sizeof big - 1);
	big[sizeof big - 1] = '\0';
	assert_status(
	    service_form("en", FORM_PATH, FORM("subject", "other", "words", big, "caller_mail", "a@b.example")), 422);
	assert_string_equal(enquiries(), "2");
}

static void a_program_that_fills_in_everything_is_told_nothing(void **state)
{
	(void)state;
	struct service_answer a = service_form("en", FORM_PATH,
	                                       FORM("subject", "other", "words", "Cheap watches", "caller_mail",
	                                            "a@b.example", "homepage", "https://watches.example"));
	assert_status(a, 303);
	assert_non_null(strstr(a.location, FORM_PATH "/"));
	assert_status(service_get(NOBODY, at("%s", a.location)), 200);
	assert_string_equal(enquiries(), "2");
}

static void it_comes_of_our_own_page(void **state)
{
	(void)state;
	/* Without the cookie of the page before. */
	assert_status(
	    service_post(NOBODY, FORM_PATH, FORM("subject", "other", "words", "x", "caller_mail", "a@b.example")), 403);
	assert_string_equal(enquiries(), "2");
}

static void whoever_wants_a_day_is_rung_on_that_day(void **state)
{
	(void)state;
	const char *day = service_sql("SELECT (now() AT TIME ZONE 'Europe/Copenhagen')::date + 7");
	char on[16];
	(void)snprintf(on, sizeof on, "%s", day);
	assert_status(service_form("en", FORM_PATH,
	                           FORM("subject", "language", "words", "On a day.", "caller_phone", "86 99 88 77",
	                                "callback_day", on, "callback_time", "9:30")),
	              303);
	assert_string_equal(
	    service_sql(
	        "SELECT callback_day || '|' || callback_time || '|' || ((due_at AT TIME ZONE 'Europe/Copenhagen') = "
	        "callback_day + callback_time::time) FROM lg.enquiry WHERE words = 'On a day.'"),
	    at("%s|09:30|true", on));
}

static void too_many_from_one_address_wait_and_lose_nothing(void **state)
{
	(void)state;
	const char *const *one = FORM("subject", "other", "words", "Once more.", "caller_mail", "a@b.example");
	int most =
	    (int)strtol(service_sql("SELECT most FROM lg_gate.throttle_limit WHERE bucket = 'enquiry_web'"), NULL, 10);
	an_hour_later();
	for (int i = 0; i < most; i++) assert_status(service_form("en", FORM_PATH, one), 303);
	struct service_answer a = service_form("en", FORM_PATH, one);
	assert_status(a, 429);
	assert_says(a, "Once more.");
	assert_says(a, "Please ring us");
	assert_non_null(service_header("Retry-After"));
	assert_int_equal(strtol(service_sql("SELECT count(*) FROM lg.enquiry WHERE words = 'Once more.'"), NULL, 10),
	                 most);
	an_hour_later();
	assert_status(service_form("en", FORM_PATH, one), 303);
	/* And so many in all of one office, from wherever they come. */
	(void)service_sql("UPDATE lg_gate.throttle_limit SET most = 2 WHERE bucket = 'enquiry_web_office' RETURNING 1");
	an_hour_later();
	assert_status(service_form("en", FORM_PATH, one), 303);
	assert_status(service_form("en", FORM_PATH, one), 303);
	assert_status(service_form("en", FORM_PATH, one), 429);
	(void)service_sql(
	    "UPDATE lg_gate.throttle_limit SET most = 200 WHERE bucket = 'enquiry_web_office' RETURNING 1");
	an_hour_later();
}

static void it_is_there_in_the_languages_of_those_who_ask(void **state)
{
	(void)state;
	static const char *const words[][2] = { { "da", "Vi har fået dit spørgsmål" },
		                                { "sv", "Vi har fått din fråga" },
		                                { "uk", "Ми отримали ваше запитання" } };
	for (size_t i = 0; i < 3; i++) {
		struct service_answer a = service_form(words[i][0], FORM_PATH "/3F9A-21C4", NULL);
		assert_status(a, 200);
		assert_says(a, words[i][1]);
	}
	assert_status(service_get(NOBODY, FORM_PATH "/3F9A-21C4x"), 404);
	assert_status(service_get(NOBODY, FORM_PATH "/<b>A-21C4"), 404);
	assert_status(service_get(NOBODY, FORM_PATH "/3F9A"), 404);
}

int main(int argc, char **argv)
{
	if (argc != 2) return 2;
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_the_web_among_the_ways_in_there_is_no_form),
		cmocka_unit_test(everybody_sees_the_form_and_what_becomes_of_it),
		cmocka_unit_test(an_enquiry_is_sent_and_waits_in_the_queue),
		cmocka_unit_test(nothing_is_written_down_of_who_is_signed_in),
		cmocka_unit_test(what_is_wrong_stands_beside_its_field_and_what_was_typed_stays),
		cmocka_unit_test(a_program_that_fills_in_everything_is_told_nothing),
		cmocka_unit_test(it_comes_of_our_own_page),
		cmocka_unit_test(whoever_wants_a_day_is_rung_on_that_day),
		cmocka_unit_test(too_many_from_one_address_wait_and_lose_nothing),
		cmocka_unit_test(it_is_there_in_the_languages_of_those_who_ask),
	};
	service_open(argv[1]);
	agent = service_sign_in(1, "hotline");
	stranger = service_sign_in(2, "hotline");
	program = service_new_program("hotline");
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	service_close();
	return failed;
}
