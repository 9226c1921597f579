/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* Mails that come by a program: they begin enquiries, join threads or are set aside; each is taken once, whole, and
 * answered by the outbox. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/record.h"
#include "kept.h"
#include "service.h"

static int agent, leader, mailbox, program;
static char enquiry[40], tag[20], sent_id[60];

static struct service_answer give(const char *query, const char *mail)
{
	return service_api(mailbox, HTTP_POST, at("/api/v1/mails%s", query), mail,
	                   FORM("Content-Type", "message/rfc822"));
}

static void keep(char *out, size_t room, const char *text)
{
	assert_true(strlen(text) < room);
	memcpy(out, text, strlen(text) + 1);
}

static const char *word(const struct service_answer *a, const char *name)
{
	return a->json ? record_word(a->json, name) : "";
}

static const char *column(const char *name)
{
	return service_sql("SELECT coalesce(%s::text, '-') FROM lg.enquiry WHERE id = '%s'", name, enquiry);
}

static const char first[] = "Received: from mx.vinterby.example\r\nFrom: Maria Holm <Maria@vinterby.example>\r\n"
                            "To: hotline@randers.example\r\nSubject: About Olena Koval\r\n"
                            "Message-ID: <one@vinterby.example>\r\nContent-Language: sv\r\n\r\n"
                            "Could Olena Koval work at the hospital?\r\n";

static void a_mail_becomes_an_enquiry_that_holds_no_name(void **state)
{
	(void)state;
	struct service_answer a = give("?to=hotline@randers.example&from=maria@vinterby.example", first);
	assert_status(a, 201);
	assert_string_equal(word(&a, "sort"), "person");
	keep(enquiry, sizeof enquiry, word(&a, "enquiry"));
	assert_string_equal(column("channel"), "mail");
	assert_string_equal(column("state"), "new");
	assert_string_equal(column("caller_mail"), "maria@vinterby.example");
	assert_string_equal(
	    service_sql("SELECT count(*) FROM lg.enquiry e WHERE e::text LIKE '%%Olena%%' OR e::text LIKE "
	                "'%%Holm%%'"),
	    "0");
	/* Neither do the tables of mails, but in boxes. */
	assert_string_equal(service_sql("SELECT count(*) FROM lg.enquiry_mail m WHERE m::text LIKE '%%Olena%%' OR "
	                                "position('Olena'::bytea IN box) > 0"),
	                    "0");
	assert_string_equal(
	    service_sql("SELECT count(*) FROM lg.enquiry_mail_piece WHERE position('Olena'::bytea IN box) > 0"), "0");
	a = service_get(agent, "/hotline");
	assert_says(a, "E-mail");
	assert_says(a, "A mail that nobody has opened");
	assert_says(a, "maria@vinterby.example"); /* who is not named is known by the address */
	(void)service_get(leader, at("/enquiries/%s/mails", enquiry));
	a = service_get(agent, "/hotline");
	assert_says(a, "A mail that nobody has opened");
}

static void it_is_read_on_a_page_of_its_own_and_that_is_written_down(void **state)
{
	(void)state;
	struct service_answer a = service_get(agent, at("/enquiries/%s", enquiry));
	assert_status(a, 200);
	assert_says(a, at("/enquiries/%s/mails", enquiry));
	assert_null(strstr(a.body, "Olena"));
	a = service_get(agent, at("/enquiries/%s/mails", enquiry));
	assert_status(a, 200);
	assert_says(a, "Could Olena Koval work at the hospital?");
	assert_says(a, "Maria Holm");
	assert_says(a, "choose there on what legal basis");
	assert_string_equal(
	    service_sql("SELECT count(*) FROM lg.read_audit r JOIN lg.enquiry_mail m ON m.id = ANY (r.subjects) "
	                "WHERE m.enquiry_id = '%s' AND m.way = 'in'",
	                enquiry),
	    "2");
	a = service_get(agent, "/hotline");
	assert_null(strstr(a.body, "A mail that nobody has opened"));
	assert_status(service_get(CASEWORKER, at("/enquiries/%s/mails", enquiry)), 403);
	assert_status(service_get(STRANGER, at("/enquiries/%s/mails", enquiry)), 403);
	/* As it came, byte by byte. */
	char id[40];
	keep(id, sizeof id, service_sql("SELECT id FROM lg.enquiry_mail WHERE way = 'in'"));
	a = service_get(leader, at("/mails/%s/file", id));
	assert_status(a, 200);
	assert_string_equal(a.type, "message/rfc822");
	assert_string_equal(a.body, first);
	a = service_get(leader, at("/enquiries/%s/mails", enquiry));
	assert_null(strstr(a.body, "Send the answer")); /* who reads only has no form */
}

static void it_is_confirmed_once_in_its_language_and_says_nothing_of_it(void **state)
{
	(void)state;
	assert_string_equal(
	    service_sql("SELECT count(*) || kind || to_mail || language FROM lg.outbox GROUP BY kind, to_mail, "
	                "language"),
	    "1enquiry_confirmedmaria@vinterby.examplesv");
	keep(tag, sizeof tag, service_sql("SELECT tag FROM lg.enquiry_thread"));
	json_t *data = json_loads(service_sql("SELECT data FROM lg.outbox"), 0, NULL);
	assert_string_equal(record_word(data, "tag"), tag);
	assert_string_equal(record_word(data, "in_reply_to"), "one@vinterby.example");
	assert_string_equal(record_word(data, "reply_to"), "hotline@randers.example");
	assert_string_equal(record_word(data, "from_name"), "Randers hotline");
	assert_string_equal(record_word(data, "phone"), "+45 86 12 34 56");
	assert_non_null(strstr(record_word(data, "hours"), "08"));
	json_decref(data);
	assert_string_equal(service_sql("SELECT count(*) FROM lg.outbox WHERE data::text LIKE '%%Olena%%'"), "0");
	/* The Message-ID is that of the row, and known before it goes. */
	assert_string_equal(
	    service_sql("SELECT count(*) FROM lg.outbox o JOIN lg.enquiry_mail m ON m.outbox_id = o.id AND "
	                "m.message_id = o.message_id AND m.sort = 'confirmation'"),
	    "1");
}

static void the_same_mail_is_taken_once_whatever_servers_add_on_the_way(void **state)
{
	(void)state;
	struct service_answer a = give("", first);
	assert_status(a, 200);
	assert_string_equal(word(&a, "enquiry"), enquiry);
	a = give("", lg_printf(service_cx()->mem, "Delivery-date: now\r\nReceived: by mx2\r\n%s", first));
	assert_status(a, 200);
	assert_string_equal(word(&a, "enquiry"), enquiry);
	assert_string_equal(
	    service_sql("SELECT (SELECT count(*) FROM lg.enquiry) || ' ' || (SELECT count(*) FROM lg.outbox)"), "1 1");
}

static void an_answer_goes_out_in_the_thread(void **state)
{
	(void)state;
	char id[40];
	struct service_answer a = service_get(agent, at("/enquiries/%s/mails", enquiry));
	const char *form = service_between(a.body, "name=\"id\" value=\"", "\"");
	assert_non_null(form);
	keep(id, sizeof id, form);
	assert_status(service_post(agent, at("/enquiries/%s/mails", enquiry), FORM("id", id, "body", "")), 422);
	a = service_post(agent, at("/enquiries/%s/mails", enquiry),
	                 FORM("id", id, "body", "Yes, ring ward 4.\r\n\r\nKim"));
	assert_status(a, 303);
	/* Pressed twice, sent once. */
	assert_status(
	    service_post(agent, at("/enquiries/%s/mails", enquiry), FORM("id", id, "body", "Yes, ring ward 4.")), 303);
	assert_string_equal(service_sql("SELECT count(*) FROM lg.outbox WHERE kind = 'enquiry_answer'"), "1");
	json_t *data = json_loads(service_sql("SELECT data FROM lg.outbox WHERE kind = 'enquiry_answer'"), 0, NULL);
	assert_string_equal(record_word(data, "subject"),
	                    lg_printf(service_cx()->mem, "Re: About Olena Koval [LG-%s]", tag));
	assert_string_equal(record_word(data, "body"), "Yes, ring ward 4.\n\nKim");
	assert_string_equal(record_word(data, "in_reply_to"), "one@vinterby.example");
	json_decref(data);
	/* Who answers has it. */
	assert_string_equal(column("state"), "assigned");
	assert_string_equal(column("owner"), service_account(agent));
	keep(sent_id, sizeof sent_id, service_sql("SELECT message_id FROM lg.outbox WHERE kind = 'enquiry_answer'"));
	a = service_get(agent, at("/enquiries/%s/mails", enquiry));
	assert_says(a, "Yes, ring ward 4.");
	assert_says(a, "on its way");
	a = service_api(program, HTTP_GET, at("/api/v1/enquiries/%s/mails", enquiry), NULL, NULL);
	assert_int_equal(json_array_size(json_object_get(a.json, "items")), 3);
	assert_string_equal(word(&a, "reference"), tag);
	a = service_api(program, HTTP_POST, at("/api/v1/enquiries/%s/mails", enquiry),
	                "{\"body\": \"One more thing.\"}", NULL);
	assert_status(a, 201);
}

static void replies_join_their_enquiry_and_open_it_again(void **state)
{
	static const char *const how[] = {
		"In-Reply-To: <%s@landgang.example>\n", /* by what it answers */
		"Subject: Re: thanks [LG-%s]\n",        /* by the subject */
		"To: hotline+%s@randers.example\n",     /* by the address */
		"References: <none@x.example> <%s>\n",  /* by a mail of the same sender */
	};
	(void)state;
	const char *what[] = { sent_id, tag, tag, "one@vinterby.example" };
	for (size_t i = 0; i < 4; i++) {
		(void)service_sql("UPDATE lg.enquiry SET state = 'closed', outcome = 'answered', version = version + 1 "
		                  "WHERE id = '%s'",
		                  enquiry);
		char head[200], mail[400];
		(void)snprintf(head, sizeof head,
		               i == 0   ? "In-Reply-To: <%s@landgang.example>\n"
		               : i == 1 ? "Subject: Re: thanks [LG-%s]\n"
		               : i == 2 ? "To: hotline+%s@randers.example\n"
		                        : "References: <none@x.example> <%s>\n",
		               what[i]);
		(void)snprintf(
		    mail, sizeof mail,
		    "From: maria@vinterby.example\nMessage-ID: <reply%zu@vinterby.example>\n%s\nThanks, %zu\n", i, head,
		    i);
		struct service_answer a = give("", mail);
		assert_status(a, 201);
		if (strcmp(word(&a, "enquiry"), enquiry) != 0) fail_msg("%s: %s", how[i], a.body);
		assert_string_equal(column("state"), "assigned");
		assert_string_equal(column("reopened"), i == 0 ? "1" : i == 1 ? "2" : i == 2 ? "3" : "4");
	}
	/* No second confirmation. */
	assert_string_equal(service_sql("SELECT count(*) FROM lg.outbox WHERE kind = 'enquiry_confirmed'"), "1");
}

static void machines_are_never_answered_and_nothing_of_them_is_lost(void **state)
{
	static const struct {
		const char *mail, *query, *sort;
	} all[] = {
		{ "From: a@x.example\nAuto-Submitted: auto-replied\nSubject: Away\n\nAway\n", "", "machine" },
		{ "From: b@x.example\nSubject: News\nList-Id: <n.x.example>\n\nBuy\n", "", "bulk" },
		{ "From: c@x.example\nPrecedence: bulk\n\nBuy more\n", "", "bulk" },
		{ "From: d@x.example\n\nIt did not arrive\n", "?from=", "machine" },
		{ "From: Hotline@randers.example\n\nA circle\n", "", "own" },
	};
	(void)state;
	const char *before =
	    service_sql("SELECT (SELECT count(*) FROM lg.enquiry) || ' ' || (SELECT count(*) FROM lg.outbox)");
	char counts[40];
	keep(counts, sizeof counts, before);
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct service_answer a = give(all[i].query, all[i].mail);
		assert_status(a, 201);
		if (strcmp(word(&a, "sort"), all[i].sort) != 0) fail_msg("%s: %s", all[i].mail, a.body);
		assert_string_equal(word(&a, "enquiry"), "");
	}
	/* Into its thread it goes, and opens nothing. */
	(void)service_sql("UPDATE lg.enquiry SET state = 'closed', version = version + 1 WHERE id = '%s'", enquiry);
	char mail[300];
	(void)snprintf(mail, sizeof mail,
	               "From: maria@vinterby.example\nAuto-Submitted: auto-replied\nIn-Reply-To: "
	               "<%s@landgang.example>\n\nI am away\n",
	               sent_id);
	struct service_answer a = give("", mail);
	assert_string_equal(word(&a, "enquiry"), enquiry);
	assert_string_equal(column("state"), "closed");
	/* Ours, as it went out. */
	(void)snprintf(mail, sizeof mail,
	               "From: no-reply@landgang.example\nMessage-ID: <%s@landgang.example>\n\nYes, ring ward 4.\n",
	               sent_id);
	a = give("", mail);
	assert_string_equal(word(&a, "sort"), "own");
	assert_string_equal(
	    service_sql("SELECT (SELECT count(*) FROM lg.enquiry) || ' ' || (SELECT count(*) FROM lg.outbox)"), counts);
	a = service_get(agent, "/hotline");
	assert_says(a, "Mails set aside (5)");
	a = service_get(agent, "/mails");
	assert_status(a, 200);
	assert_says(a, "Away");
	assert_says(a, "Our own mail, which came back");
	assert_string_equal(service_sql("SELECT count(*) FROM lg.enquiry_mail WHERE enquiry_id IS NULL"), "5");
}

static void what_was_set_aside_is_taken_or_put_away_by_a_person(void **state)
{
	(void)state;
	char id[40];
	keep(id, sizeof id,
	     service_sql("SELECT id FROM lg.enquiry_mail WHERE enquiry_id IS NULL AND mail = 'b@x.example'"));
	struct service_answer a = service_get(agent, at("/mails/%s", id));
	assert_status(a, 200);
	assert_says(a, "Make it an enquiry");
	a = service_get(leader, at("/mails/%s", id));
	assert_null(strstr(a.body, "Make it an enquiry"));
	assert_status(service_post(leader, at("/mails/%s/take", id), FORM("x", "y")), 403);
	a = service_post(agent, at("/mails/%s/take", id), FORM("csrf", ""));
	assert_status(a, 303);
	assert_string_equal(service_sql("SELECT count(*) FROM lg.enquiry_mail WHERE enquiry_id IS NULL"), "4");
	assert_status(service_get(agent, at("/mails/%s", id)), 303);
	/* Once. */
	assert_status(service_post(agent, at("/mails/%s/take", id), FORM("csrf", "")), 409);
	keep(id, sizeof id,
	     service_sql("SELECT id FROM lg.enquiry_mail WHERE enquiry_id IS NULL AND mail = 'c@x.example'"));
	assert_status(service_post(agent, at("/mails/%s/done", id), FORM("csrf", "")), 303);
	a = service_get(agent, "/mails");
	assert_null(strstr(a.body, "c@x.example"));
	/* It is there still. */
	assert_status(service_get(agent, at("/mails/%s/file", id)), 200);
}

static void one_who_writes_very_much_is_not_answered_by_a_machine(void **state)
{
	(void)state;
	char counts[40];
	for (int i = 0; i < 12; i++) {
		char mail[120];
		(void)snprintf(mail, sizeof mail, "From: flood@x.example\nMessage-ID: <f%d@x.example>\n\n%d\n", i, i);
		struct service_answer a = give("", mail);
		assert_string_equal(word(&a, "sort"), i < 10 ? "person" : "flood");
	}
	keep(counts, sizeof counts, service_sql("SELECT count(*) FROM lg.outbox WHERE to_mail = 'flood@x.example'"));
	assert_string_equal(counts, "10");
}

static void what_cannot_be_read_is_kept_and_what_is_no_mail_is_refused(void **state)
{
	(void)state;
	struct service_answer a = give("", "\n\nno head at all");
	assert_status(a, 201);
	assert_string_equal(word(&a, "sort"), "unread");
	a = give("", "\n\nno head at all");
	assert_status(a, 200);
	assert_status(give("", ""), 422);
	assert_status(service_api(mailbox, HTTP_POST, "/api/v1/mails", "{}", FORM("Content-Type", "application/json")),
	              422);
	assert_status(service_api(program, HTTP_POST, "/api/v1/mails", first, FORM("Content-Type", "message/rfc822")),
	              403);
	assert_status(service_api(mailbox, HTTP_GET, "/api/v1/mails", NULL, NULL), 403);
}

static void what_a_mail_says_does_nothing_where_it_is_read(void **state)
{
	(void)state;
	struct service_answer a =
	    give("", "From: \"<script>alert(1)</script>\" <evil@x.example>\nSubject: <img src=x onerror=alert(2)>\n"
	             "Content-Type: text/html\n\n<script>alert(3)</script><p>&lt;svg/onload=alert(4)&gt; "
	             "<a href=\"javascript:alert(5)\">here</a></p>\n");
	char id[40];
	assert_status(a, 201);
	keep(id, sizeof id, word(&a, "enquiry"));
	a = service_get(agent, at("/enquiries/%s/mails", id));
	assert_status(a, 200);
	assert_says(a, "&lt;img src=x onerror=alert(2)&gt;");
	assert_says(a, "&lt;svg/onload=alert(4)&gt; here");
	assert_null(strstr(a.body, "<script>alert"));
	assert_null(strstr(a.body, "javascript:"));
	assert_null(strstr(a.body, "alert(3)"));
	/* As it came it is a file, and whoever opens it all the same opens it as somebody without rights. */
	a = service_get(agent,
	                at("/mails/%s/file",
	                   service_sql("SELECT id FROM lg.enquiry_mail WHERE mail = 'evil@x.example' AND way = 'in'")));
	assert_status(a, 200);
	assert_non_null(strstr(service_header("Content-Disposition"), "attachment"));
	assert_non_null(strstr(service_header("Content-Security-Policy"), "sandbox"));
	/* An answer carries the subject, in one line. */
	a = service_get(agent, at("/enquiries/%s/mails", id));
	const char *form = service_between(a.body, "name=\"id\" value=\"", "\"");
	assert_non_null(form);
	assert_status(service_post(agent, at("/enquiries/%s/mails", id), FORM("id", form, "body", "No.")), 303);
	assert_string_equal(
	    service_sql("SELECT data ->> 'subject' ~ '^Re: <img src=x onerror=alert.2.> .LG-[A-Z2-9]{10}.$' FROM "
	                "lg.outbox WHERE to_mail = 'evil@x.example' AND kind = 'enquiry_answer'"),
	    "t");
}

static void whoever_is_erased_is_erased_from_mails(void **state)
{
	(void)state;
	char who[40];
	struct service_answer a = service_api(program, HTTP_POST, "/api/v1/candidates",
	                                      "{\"person\": {\"given_name\": \"Olena\", \"family_name\": \"Koval\"}, "
	                                      "\"basis\": {\"legal_basis\": \"public_task\"}}",
	                                      NULL);
	assert_status(a, 201);
	keep(who, sizeof who, word(&a, "id"));
	(void)service_sql(
	    "UPDATE lg.enquiry SET legal_basis = 'public_task', about = 'named', candidate_id = '%s' WHERE id = '%s'",
	    who, enquiry);
	assert_string_not_equal(service_sql("SELECT count(*) FROM lg.enquiry_mail WHERE enquiry_id = '%s'", enquiry),
	                        "0");
	(void)service_sql("SELECT lg_gate.sign('1|staff|%s||protection_officer|'); SET LOCAL ROLE lg_web; DELETE FROM "
	                  "lg.candidate WHERE id = '%s'",
	                  service_account(OFFICER), who);
	assert_string_equal(service_sql("SELECT count(*) FROM lg.candidate WHERE id = '%s'", who), "0");
	assert_string_equal(
	    service_sql("SELECT (SELECT count(*) FROM lg.enquiry_mail WHERE enquiry_id = '%s') || ' ' || (SELECT "
	                "count(*) FROM lg.enquiry_mail_piece p WHERE NOT EXISTS (SELECT FROM lg.enquiry_mail m "
	                "WHERE m.id = p.mail_id)) || ' ' || (SELECT count(*) FROM lg.outbox WHERE kind = "
	                "'enquiry_answer' AND to_mail LIKE 'maria%%')",
	                enquiry),
	    "0 0 0");
}

/* The office says after how long; what is newer, or not answered, or about a candidate, is left. */
static void what_is_old_is_forgotten_once_the_office_says_so(void **state)
{
	(void)state;
	char old[40], entrance[40], count[200];
	keep(old, sizeof old,
	     service_sql(
	         "SELECT e.id FROM lg.enquiry e WHERE e.candidate_id IS NULL AND EXISTS (SELECT FROM lg.enquiry_mail m "
	         "WHERE m.enquiry_id = e.id) ORDER BY e.id LIMIT 1"));
	keep(entrance, sizeof entrance, service_sql("SELECT id FROM lg.entrance WHERE tenant_id = 1"));
	(void)service_sql(
	    "SELECT lg_gate.enter_job(1, 'test'); UPDATE lg.enquiry SET state = 'answered', outcome = 'answered', "
	    "owner = '%s', caller_name = 'Maria Holm', legal_basis = 'public_task', answer = 'Yes', changed = now() - "
	    "interval '25 months' WHERE id = '%s'",
	    service_account(agent), old);
	service_job("hotline_forget");
	assert_string_equal(service_sql("SELECT caller_name FROM lg.enquiry WHERE id = '%s'", old), "Maria Holm");
	struct service_answer a = service_post(ADMINISTRATOR, at("/entrances/%s/edit/forgetting", entrance),
	                                       FORM("version", "1", "forget_after", "0"));
	assert_status(a, 422);
	a = service_post(ADMINISTRATOR, path, FORM("version", "1", "forget_after", "24"));
	assert_status(a, 303);
	keep(count, sizeof count,
	     service_sql(
	         "SELECT count(*) || ' ' || count(*) FILTER (WHERE words <> '–') FROM lg.enquiry WHERE id <> '%s'",
	         old));
	service_job("hotline_forget");
	assert_string_equal(service_sql("SELECT concat_ws('|', words, answer, caller_name, caller_mail, state, "
	                                "outcome, forgotten IS NOT NULL) FROM "
	                                "lg.enquiry WHERE id = '%s'",
	                                old),
	                    "–|answered|answered|t");
	assert_string_equal(
	    service_sql("SELECT (SELECT count(*) FROM lg.enquiry_mail WHERE enquiry_id = '%s') + (SELECT count(*) "
	                "FROM lg.person_key WHERE subject = '%s')",
	                old, old),
	    "0");
	assert_string_equal(
	    service_sql(
	        "SELECT count(*) || ' ' || count(*) FILTER (WHERE words <> '–') FROM lg.enquiry WHERE id <> '%s'", old),
	    count);
	assert_status(service_get(agent, at("/enquiries/%s", old)), 200);
	const char *version = service_sql("SELECT version FROM lg.enquiry WHERE id = '%s'", old);
	keep(count, sizeof count, version);
	service_job("hotline_forget"); /* once */
	assert_string_equal(service_sql("SELECT version FROM lg.enquiry WHERE id = '%s'", old), count);
}

int main(int argc, char **argv)
{
	if (argc != 2) return 2;
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_mail_becomes_an_enquiry_that_holds_no_name),
		cmocka_unit_test(it_is_read_on_a_page_of_its_own_and_that_is_written_down),
		cmocka_unit_test(it_is_confirmed_once_in_its_language_and_says_nothing_of_it),
		cmocka_unit_test(the_same_mail_is_taken_once_whatever_servers_add_on_the_way),
		cmocka_unit_test(an_answer_goes_out_in_the_thread),
		cmocka_unit_test(replies_join_their_enquiry_and_open_it_again),
		cmocka_unit_test(machines_are_never_answered_and_nothing_of_them_is_lost),
		cmocka_unit_test(what_was_set_aside_is_taken_or_put_away_by_a_person),
		cmocka_unit_test(one_who_writes_very_much_is_not_answered_by_a_machine),
		cmocka_unit_test(what_cannot_be_read_is_kept_and_what_is_no_mail_is_refused),
		cmocka_unit_test(what_a_mail_says_does_nothing_where_it_is_read),
		cmocka_unit_test(whoever_is_erased_is_erased_from_mails),
		cmocka_unit_test(what_is_old_is_forgotten_once_the_office_says_so),
	};
	service_open(argv[1]);
	agent = service_sign_in(1, "hotline");
	leader = service_sign_in(1, "leader");
	mailbox = service_new_program("mailbox");
	program = service_new_program("hotline");
	(void)service_sql(
	    "INSERT INTO lg.entrance (tenant_id, id, name, phone, mail, hours) VALUES (1, gen_random_uuid(), 'Randers "
	    "hotline', '+45 86 12 34 56', 'hotline@randers.example', 'mon-fri 08:00-15:30')");
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	service_close();
	return failed;
}
