/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* A colleague of a covered office rings: who sees who it is, from when, and until when. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/record.h"
#include "service.h"

/* The hotline is of the first office; its agents, a leader there. Of the second: its administrator, Karen Holm. */
static int agent, leader, exchange, other_administrator, karen;
static char member[40], path[400];

__attribute__((format(printf, 1, 2))) static const char *at(const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	(void)vsnprintf(path, sizeof path, fmt, args);
	va_end(args);
	return path;
}

/* What an agent sees beside what is typed. */
static struct service_answer beside_as(int who, const char *phone, const char *name, const char *place)
{
	return service_post(who, "/enquiries/beside",
	                    FORM("channel", "phone", "about", "nobody", "caller_phone", phone, "caller_name", name,
	                         "caller_place", place));
}
static bool is_found(const char *phone, const char *name, const char *place)
{
	struct service_answer a = beside_as(agent, phone, name, place);
	assert_status(a, 200);
	return strstr(a.body, "Karen Holm, Sommersund");
}
#define NUMBER "86 12 34 56"

static void say(int who, const char *yes)
{
	assert_status(service_post(who, "/account/edit",
	                           FORM("name", "Karen Holm", "title", "Job consultant", "phone", NUMBER, "language",
	                                "en", "recognised", yes)),
	              303);
}
static void office_says(const char *yes)
{
	assert_status(service_post(other_administrator, "/office/callers", FORM("callers", yes)), 303);
}
static void entrance_is_for(const char *municipality)
{
	(void)service_sql("UPDATE lg.entrance SET municipalities = '[{\"municipality\": \"%s\"}]'", municipality);
}

static void nobody_is_known_before_all_three_say_so(void **state)
{
	(void)state;
	assert_status(
	    service_post(ADMINISTRATOR, "/entrances", FORM("name", "Job hotline Midt", "phone", "+45 70 00 00 01")),
	    303);
	(void)service_sql("UPDATE lg.entrance SET published = true, hours = 'mon-sun 00:00-24:00'");
	(void)service_sql("UPDATE lg_ref.tenant SET official_code = '0730' WHERE id = 2");
	entrance_is_for("DK-0730");
	say(karen, "yes");
	assert_string_equal(service_sql("SELECT count(*) FROM lg.known_caller"), "0"); /* the office has not said so */
	assert_false(is_found(NUMBER, "", ""));
	struct service_answer a = service_get(karen, "/account");
	assert_says(a, "No: the office does not show its colleagues");
	a = service_get(other_administrator, "/office");
	assert_says(a, "Job hotline Midt, Vinterby");
	assert_says(a, "1 colleague has written a telephone number");
	assert_status(service_post(karen, "/office/callers", FORM("callers", "yes")), 403);
	assert_status(service_post(other_administrator, "/office/callers", FORM("callers", "maybe")), 422);
	office_says("yes");
	assert_string_equal(service_sql("SELECT concat_ws('|', from_tenant, to_tenant, name, phone, digits, mail LIKE "
	                                "'%%.example', until = 'infinity') FROM lg.known_caller"),
	                    "2|1|Karen Holm|" NUMBER "|86123456|t|t");
	assert_true(is_found(NUMBER, "", ""));
	assert_says(service_get(karen, "/account"), "Yes, when you ring from your telephone at work");
	/* Said twice it is one; who said it is written down. */
	office_says("yes");
	assert_string_equal(service_sql("SELECT string_agg(verb, ' ' ORDER BY at) FROM lg.audit WHERE entity = "
	                                "'office' AND tenant_id = 2 AND verb <> 'create'"),
	                    "shown");
}

static void they_are_found_by_number_name_or_office(void **state)
{
	(void)state;
	static const char *const same[] = { "86123456", "+45 86 12 34 56", "004586123456", "+45 8612-3456",
		                            "tel:+4586123456" };
	for (size_t i = 0; i < sizeof same / sizeof *same; i++)
		if (!is_found(same[i], "", "")) fail_msg("%s", same[i]);
	static const char *const none[] = {
		"+46 86 12 34 56", "86123457", "123456", "6123456", "86 12 34", "1186123456"
	};
	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		if (is_found(none[i], "", "")) fail_msg("%s", none[i]);
	assert_true(is_found("", "Karen", ""));
	assert_true(is_found("", "hol kar", ""));
	assert_true(is_found("", "Kårèn", ""));
	assert_true(is_found("", "", "sommers"));
	assert_true(is_found("", "Holm", "integration team"));
	static const char *const not_her[][2] = { { "aren", "" },     { "Ka", "" }, { "Karen Lund", "" },
		                                  { "", "Vinterby" }, { "%", "" },  { "", "ommersund" },
		                                  { ".*", ".*" } };
	for (size_t i = 0; i < sizeof not_her / sizeof *not_her; i++)
		if (is_found("", not_her[i][0], not_her[i][1])) fail_msg("%s %s", not_her[i][0], not_her[i][1]);
	/* Number and mail at work stand there, and nothing else of that office. */
	struct service_answer a = beside_as(agent, NUMBER, "", "");
	assert_says(a, "The same number · " NUMBER " · ");
	assert_null(strstr(a.body, "Job consultant"));
}

static void who_does_not_answer_the_hotline_finds_nobody(void **state)
{
	(void)state;
	assert_status(beside_as(leader, NUMBER, "", ""), 403);
	assert_status(beside_as(CASEWORKER, NUMBER, "", ""), 403);
	assert_status(beside_as(ADMINISTRATOR, NUMBER, "", ""), 403);
	/* An agent of the covered office itself has no entrance: it finds none, of its own office neither. */
	int stranger = service_sign_in(2, "hotline");
	struct service_answer a = beside_as(stranger, NUMBER, "Karen", "");
	assert_status(a, 200);
	assert_null(strstr(a.body, "Karen Holm, "));
	/* A program may write enquiries, and is no agent. */
	int program = service_new_program("hotline");
	a = service_api(program, HTTP_POST, "/api/v1/enquiries",
	                "{\"call\":{\"channel\":\"phone\",\"caller_phone\":\"86123456\"},\"question\":{\"subject\":"
	                "\"rules\",\"words\":\"x\"},\"whom\":{\"about\":\"nobody\",\"legal_basis\":\"public_task\"}}",
	                NULL);
	assert_status(a, 201);
	assert_null(strstr(a.body, "Karen"));
	assert_string_equal(service_sql("SELECT count(*) FROM lg.enquiry WHERE caller_name IS NOT NULL"), "0");
	(void)service_sql("DELETE FROM lg.enquiry");
}

static void the_name_goes_onto_the_enquiry_with_a_legal_basis_only(void **state)
{
	(void)state;
	(void)snprintf(member, sizeof member, "%s", service_sql("SELECT member_id FROM lg.known_caller"));
	char take[60];
	(void)snprintf(take, sizeof take, "known:%s", member);
	struct service_answer a =
	    service_post(agent, "/enquiries", FORM("channel", "phone", "about", "nobody", "caller", take));
	assert_status(a, 200);
	assert_says(a, "value=\"" NUMBER "\"");
	assert_says(a, "value=\"Sommersund\"");
	assert_says(a, "The caller is Karen Holm, Sommersund.");
	assert_null(strstr(a.body, "value=\"Karen Holm\""));
	assert_says(a, at("name=\"known\" value=\"%s\"", member));
#define ENQUIRY(...)                                                                                                   \
	FORM("channel", "phone", "subject", "rules", "words", "x", "about", "nobody", "caller_place", "Sommersund",    \
	     "known", member, __VA_ARGS__)
	/* No basis: no name. It is saved all the same. */
	assert_status(service_post(agent, "/enquiries", ENQUIRY("caller_phone", NUMBER)), 303);
	assert_string_equal(service_sql("SELECT concat_ws('|', caller_place, caller_name) FROM lg.enquiry"),
	                    "Sommersund");
	assert_string_equal(service_sql("SELECT count(*) FROM lg.enquiry_trigram WHERE key LIKE '%%kar%%'"), "0");
	/* Its page says who that is, as long as that may be known; a leader who only reads is not told. */
	(void)snprintf(take, sizeof take, "/enquiries/%s", service_sql("SELECT id FROM lg.enquiry"));
	assert_says(service_get(agent, take), "Karen Holm, Sommersund · Sommersund");
	assert_null(strstr(service_get(leader, take).body, "Karen Holm"));
	(void)snprintf(take, sizeof take, "known:%s", member);
	(void)service_sql("DELETE FROM lg.enquiry");
	/* With one it stands there; the card, and the next who asks, know the name. */
	assert_status(
	    service_post(agent, "/enquiries", ENQUIRY("caller_phone", "+4586123456", "legal_basis", "public_task")),
	    303);
	assert_string_equal(service_sql("SELECT concat_ws('|', caller_name, legal_basis) FROM lg.enquiry"),
	                    "Karen Holm|public_task");
	(void)service_sql("DELETE FROM lg.enquiry");
	/* It became another number: then it is another caller. A name that was typed stays. */
	assert_status(
	    service_post(agent, "/enquiries", ENQUIRY("caller_phone", "86123499", "legal_basis", "public_task")), 303);
	assert_string_equal(service_sql("SELECT count(*) FROM lg.enquiry WHERE caller_name IS NULL"), "1");
	assert_status(
	    service_post(agent, "/enquiries",
	                 ENQUIRY("caller_phone", NUMBER, "legal_basis", "public_task", "caller_name", "Bo Lund")),
	    303);
	assert_string_equal(service_sql("SELECT caller_name FROM lg.enquiry WHERE caller_name IS NOT NULL"), "Bo Lund");
	(void)service_sql("DELETE FROM lg.enquiry");
	/* With a basis chosen before, the press fills the name in. */
	a = service_post(agent, "/enquiries",
	                 FORM("channel", "phone", "about", "nobody", "legal_basis", "public_task", "caller", take));
	assert_says(a, "value=\"Karen Holm\"");
	/* No id, or another's: as if nothing had been pressed. */
	a = service_post(agent, "/enquiries", FORM("channel", "phone", "about", "nobody", "caller", "known:x"));
	assert_status(a, 200);
	a = service_post(
	    agent, "/enquiries",
	    FORM("channel", "phone", "about", "nobody", "caller", "known:00000000-0000-4000-8000-000000000001"));
	assert_status(a, 200);
	assert_null(strstr(a.body, "name=\"known\""));
}

static void the_card_of_the_call_says_who(void **state)
{
	(void)state;
	assert_status(service_post(agent, "/hotline/extension", FORM("extension", "201")), 303);
	assert_status(
	    service_api(exchange, HTTP_POST, "/api/v1/calls",
	                "{\"call\":\"k-1\",\"event\":\"ringing\",\"from\":\"86 12 34 56\",\"extension\":\"201\"}",
	                NULL),
	    201);
	struct service_answer a = service_get(agent, "/hotline");
	assert_says(a, "It rings: +4586123456");
	assert_says(a, "Karen Holm, Sommersund");
	char id[40];
	(void)snprintf(id, sizeof id, "%s", service_sql("SELECT id FROM lg.call WHERE call = 'k-1'"));
	assert_status(service_post(agent, at("/hotline/calls/%s/take", id), FORM(NULL)), 303);
	a = service_get(agent, at("/enquiries/new?call=%s", id));
	assert_says(a, "The caller is Karen Holm, Sommersund.");
	assert_says(a, "value=\"Sommersund\"");
	assert_null(strstr(a.body, "value=\"Karen Holm\""));
	assert_string_equal(service_sql("SELECT count(*) FROM lg.call c WHERE c::text ~ 'Karen|Holm'"), "0");
	/* A number that two of one office have is the office's. */
	int bo = service_sign_in(2, "caseworker");
	say(bo, "yes");
	(void)service_sql("UPDATE lg.member SET name = 'Bo Lund' WHERE account_id = '%s'", service_account(bo));
	a = service_get(agent, "/hotline");
	assert_says(a, "Bo Lund, Sommersund");
	assert_null(service_between(a.body, "You are speaking: +4586123456", "Bo Lund, Sommersund</"));
	a = service_get(agent, at("/enquiries/new?call=%s", id));
	assert_null(strstr(a.body, "name=\"known\""));
	(void)service_sql("DELETE FROM lg.member WHERE account_id = '%s'", service_account(bo));
	assert_string_equal(service_sql("SELECT count(*) FROM lg.known_caller"), "1");
}

static void each_of_the_three_takes_it_back_at_once(void **state)
{
	(void)state;
	say(karen, "no");
	assert_false(is_found(NUMBER, "Karen", ""));
	assert_says(service_get(karen, "/account"), "No: you took yourself out");
	say(karen, "yes");
	assert_true(is_found(NUMBER, "", ""));
	assert_string_equal(service_sql("SELECT string_agg(verb, ' ' ORDER BY at) FROM lg.audit WHERE entity = "
	                                "'member' AND verb IN ('shown', 'hidden')"),
	                    "hidden shown");
	office_says("no");
	assert_false(is_found(NUMBER, "Karen", ""));
	office_says("yes");
	assert_true(is_found(NUMBER, "", ""));
	entrance_is_for("DK-0740");
	assert_false(is_found(NUMBER, "Karen", ""));
	entrance_is_for("DK-0730");
	assert_true(is_found(NUMBER, "", ""));
	(void)service_sql("UPDATE lg.entrance SET published = false");
	assert_false(is_found(NUMBER, "Karen", ""));
	(void)service_sql("UPDATE lg.entrance SET published = true");
	(void)service_sql("UPDATE lg_ref.tenant SET official_code = '0740' WHERE id = 2");
	assert_false(is_found(NUMBER, "Karen", ""));
	(void)service_sql("UPDATE lg_ref.tenant SET official_code = '0730' WHERE id = 2");
	assert_true(is_found(NUMBER, "", ""));
	/* Her last day was yesterday: nothing is written, and the row is over. */
	(void)service_sql("UPDATE lg.member SET valid_to = current_date + 1 WHERE id = '%s'", member);
	assert_true(is_found(NUMBER, "", ""));
	(void)service_sql("UPDATE lg.known_caller SET until = now() - interval '1 second'");
	assert_false(is_found(NUMBER, "Karen", ""));
	(void)service_sql("UPDATE lg.member SET valid_to = NULL WHERE id = '%s'", member);
	(void)service_sql("SELECT lg_gate.account_disable('%s', true)", service_account(karen));
	assert_false(is_found(NUMBER, "Karen", ""));
	(void)service_sql("SELECT lg_gate.account_disable('%s', false)", service_account(karen));
	assert_true(is_found(NUMBER, "", ""));
	/* Another name, another number: at once as well. */
	(void)service_sql("UPDATE lg.member SET phone = '86123499' WHERE id = '%s'", member);
	assert_false(is_found(NUMBER, "", ""));
	assert_true(is_found("86123499", "", ""));
	(void)service_sql("UPDATE lg.member SET phone = 'none' WHERE id = '%s'", member);
	assert_false(is_found("", "Karen", ""));
	(void)service_sql("UPDATE lg.member SET phone = '" NUMBER "' WHERE id = '%s'", member);
	assert_status(service_post(other_administrator, at("/members/%s/remove", member), FORM(NULL)), 303);
	assert_false(is_found(NUMBER, "Karen", ""));
	assert_string_equal(service_sql("SELECT count(*) FROM lg.known_caller"), "0");
}

int main(int argc, char **argv)
{
	if (argc != 2) return 2;
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nobody_is_known_before_all_three_say_so),
		cmocka_unit_test(they_are_found_by_number_name_or_office),
		cmocka_unit_test(who_does_not_answer_the_hotline_finds_nobody),
		cmocka_unit_test(the_name_goes_onto_the_enquiry_with_a_legal_basis_only),
		cmocka_unit_test(the_card_of_the_call_says_who),
		cmocka_unit_test(each_of_the_three_takes_it_back_at_once),
	};
	service_open(argv[1]);
	agent = service_sign_in(1, "hotline");
	leader = service_sign_in(1, "leader");
	exchange = service_new_program("exchange");
	other_administrator = service_sign_in(2, "administrator");
	karen = service_sign_in(2, "caseworker");
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	service_close();
	return failed;
}
