/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* Webhooks, from the form to a receiver that fails, is closed, is not who it says, or is not heard of again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <signal.h>
#include <sodium.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "app/record.h"
#include "core/webhook_address.h"
#include "core/webhook_send.h"
#include "kept.h"
#include "receiver.h"
#include "service.h"

static struct receiver *receiver;
static char hook[40], secret[80], opening[40], employer[40], elsewhere[120];

static const struct receiver_told *last(void) { return &receiver->told[receiver->n - 1]; }
static void nothing_more(void) { (void)service_sql("DELETE FROM lg.webhook_delivery WHERE done IS NULL"); }
static void wake(void)
{
	(void)service_sql("UPDATE lg.webhook SET rests_until = NULL");
	(void)service_sql("UPDATE lg.webhook_delivery SET next_at = now() WHERE done IS NULL");
}

static const char *waiting(void) { return service_sql("SELECT count(*) FROM lg.webhook_delivery WHERE done IS NULL"); }

/* --- where they may lead */

static bool is_public(const char *text)
{
	struct sockaddr_storage s = { 0 };
	struct sockaddr_in *four = (struct sockaddr_in *)(void *)&s;
	struct sockaddr_in6 *six = (struct sockaddr_in6 *)(void *)&s;
	s.ss_family = strchr(text, ':') ? AF_INET6 : AF_INET;
	assert_int_equal(
	    inet_pton(s.ss_family, text, s.ss_family == AF_INET ? (void *)&four->sin_addr : (void *)&six->sin6_addr),
	    1);
	return webhook_address_is_public((const struct sockaddr *)&s);
}

static void only_the_open_internet_is_open(void **state)
{
	(void)state;
	static const char *const closed[] = { "0.0.0.0",
		                              "0.1.2.3",
		                              "10.0.0.1",
		                              "10.255.255.255",
		                              "100.64.0.1",
		                              "100.127.255.255",
		                              "127.0.0.1",
		                              "127.255.255.254",
		                              "169.254.169.254",
		                              "172.16.0.1",
		                              "172.31.255.255",
		                              "192.0.0.170",
		                              "192.0.2.1",
		                              "192.88.99.1",
		                              "192.168.1.1",
		                              "198.18.0.1",
		                              "198.19.255.255",
		                              "198.51.100.7",
		                              "203.0.113.9",
		                              "224.0.0.1",
		                              "239.255.255.255",
		                              "240.0.0.1",
		                              "255.255.255.255",
		                              "::",
		                              "::1",
		                              "::ffff:127.0.0.1",
		                              "::ffff:8.8.8.8",
		                              "64:ff9b::7f00:1",
		                              "100::1",
		                              "2001::1",
		                              "2001:10::1",
		                              "2001:db8::1",
		                              "2002:7f00:1::1",
		                              "3fff::1",
		                              "fc00::1",
		                              "fd00:ec2::254",
		                              "fe80::1",
		                              "fec0::1",
		                              "ff02::1" };
	static const char *const open[] = { "1.1.1.1",        "9.255.255.255",   "11.0.0.0",     "100.63.255.255",
		                            "100.128.0.0",    "126.255.255.255", "128.0.0.0",    "169.253.255.255",
		                            "172.15.255.255", "172.32.0.0",      "192.0.1.0",    "192.167.255.255",
		                            "192.169.0.0",    "198.17.255.255",  "198.20.0.0",   "223.255.255.255",
		                            "2001:200::1",    "2606:4700::1111", "2a00:1450::1", "3ffe::1" };
	for (size_t i = 0; i < sizeof closed / sizeof *closed; i++)
		if (is_public(closed[i])) fail_msg("%s is taken to be public", closed[i]);
	for (size_t i = 0; i < sizeof open / sizeof *open; i++)
		if (!is_public(open[i])) fail_msg("%s is taken to be closed", open[i]);
}

static void an_address_is_judged_as_it_is_typed(void **state)
{
	(void)state;
	static const char *const refused[] = { "http://hooks.example.org/",
		                               "ftp://hooks.example.org/",
		                               "file:///etc/passwd",
		                               "gopher://hooks.example.org/",
		                               "javascript:alert(1)",
		                               "hooks",
		                               "https://",
		                               "https://localhost/",
		                               "https://127.0.0.1/",
		                               "https://127.1/",
		                               "https://2130706433/",
		                               "https://0x7f000001/",
		                               "https://0x7f.0.0.1/",
		                               "https://0177.0.0.1/",
		                               "https://017700000001/",
		                               "https://[::1]/",
		                               "https://[::ffff:10.0.0.1]/",
		                               "https://[fd00::1]/",
		                               "https://10.1.2.3/",
		                               "https://169.254.169.254/latest/meta-data/",
		                               "https://192.168.0.1:8443/",
		                               "https://user:password@hooks.example.org/",
		                               "https://hooks.example.org:22/",
		                               "https://hooks.example.org:0/",
		                               "https://hooks.example.org/a b",
		                               "https://hooks.example.org/\r\nX: y" };
	char url[400];
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		struct service_answer a = service_post(
		    ADMINISTRATOR, "/webhooks", FORM("name", "X", "url", refused[i], "events", "opening.created"));
		if (a.status != 422) fail_msg("%s: %d", refused[i], a.status);
	}
	assert_status(service_post(ADMINISTRATOR, "/webhooks", FORM("name", "X", "url", "https://h.example.org/")),
	              422);
	assert_status(service_post(ADMINISTRATOR, "/webhooks",
	                           FORM("name", "X", "url", "https://h.example.org/", "events", "member.created")),
	              422);
	(void)snprintf(url, sizeof url, "https://hooks.example.org/%0300d", 0);
	(void)strncat(url, "?x=1", sizeof url - strlen(url) - 1);
	assert_status(
	    service_post(ADMINISTRATOR, "/webhooks", FORM("name", "X", "url", url, "events", "opening.created")), 200);
	assert_string_equal(service_sql("SELECT count(*) FROM lg.webhook"), "1");
	(void)service_sql("DELETE FROM lg.webhook");
}

/* --- made, told, signed */

static void an_administrator_makes_one_and_sees_the_secret_once(void **state)
{
	(void)state;
	char url[80];
	(void)snprintf(url, sizeof url, "http://127.0.0.1:%d/hook", receiver->port);
	assert_status(service_get(CASEWORKER, "/webhooks"), 403);
	assert_status(service_post(CASEWORKER, "/webhooks", FORM("name", "X", "url", url, "events", "opening.created")),
	              403);
	service_loopback(true);
	struct service_answer a = service_post(
	    ADMINISTRATOR, "/webhooks",
	    FORM("name", "The town's job site", "url", url, "events", "opening.created", "events", "opening.changed",
	         "events", "opening.expired", "events", "proposal.state", "events", "candidate.state"));
	assert_status(a, 200);
	const char *shown = service_between(a.body, "whsec_", "<");
	assert_non_null(shown);
	(void)snprintf(secret, sizeof secret, "%s", shown);
	(void)snprintf(hook, sizeof hook, "%s", service_sql("SELECT id FROM lg.webhook"));
	a = service_get(ADMINISTRATOR, at("/webhooks/%s", hook));
	assert_status(a, 200);
	assert_says(a, "127.0.0.1");
	assert_null(strstr(a.body, "whsec_"));
	assert_says(service_get(ADMINISTRATOR, "/webhooks"), "The town&#39;s job site");
	assert_string_equal(service_sql("SELECT verb FROM lg.audit WHERE subject = '%s'", hook), "create");
}

/* Is the n-th signature that of the secret, over id, time and body? */
static bool is_signed(const struct receiver_told *t, const char *with, size_t n, const char *body)
{
	uint8_t mac[crypto_auth_hmacsha256_BYTES], key[WEBHOOK_SECRET];
	char text[1000], wanted[80];
	size_t length;
	const char *signature = t->signature;
	while (n-- && signature) signature = strchr(signature + 1, ' ');
	assert_int_equal(
	    sodium_base642bin(key, sizeof key, with, strlen(with), NULL, &length, NULL, sodium_base64_VARIANT_ORIGINAL),
	    0);
	assert_int_equal(length, sizeof key);
	(void)snprintf(text, sizeof text, "%s.%s.%s", t->id, t->at, body);
	(void)crypto_auth_hmacsha256(mac, (const uint8_t *)text, strlen(text), key);
	(void)sodium_bin2base64(text, sizeof text, mac, sizeof mac, sodium_base64_VARIANT_ORIGINAL);
	(void)snprintf(wanted, sizeof wanted, "v1,%s", text);
	return signature && !strncmp(signature + (*signature == ' '), wanted, strlen(wanted));
}

static void what_happens_is_told_and_signed(void **state)
{
	(void)state;
	struct service_answer a =
	    service_post(CASEWORKER, "/employers", FORM("name", "Nord Bageri", "people-0.name", "Karen Holm"));
	(void)strncat(employer, a.location + strlen("/employers/"), 36);
	a = service_post(CASEWORKER, at("/employers/%s/openings", employer),
	                 FORM("title", "Baker of rye bread", "kind", "job", "municipality", "DK-0730"));
	assert_status(a, 303);
	(void)strncat(opening, a.location + strlen("/openings/"), 36);
	assert_string_equal(service_sql("SELECT event FROM lg.webhook_delivery"), "opening.created");
	service_job("webhook");
	assert_int_equal(receiver->n, 1);
	assert_string_equal(waiting(), "0");
	assert_string_equal(last()->id, service_sql("SELECT id FROM lg.webhook_delivery"));
	assert_string_equal(last()->type, "application/json");
	assert_true(llabs(strtoll(last()->at, NULL, 10) - (long long)time(NULL)) < 60);
	assert_true(is_signed(last(), secret, 0, last()->body));
	assert_false(is_signed(last(), secret, 0, "{\"type\":\"opening.created\"}"));
	assert_false(is_signed(last(), "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", 0, last()->body));
	json_t *o, *data;
	assert_int_equal(record_parse(service_cx(), &o, last()->body, strlen(last()->body)), LG_OK);
	data = json_object_get(o, "data");
	assert_string_equal(record_word(o, "type"), "opening.created");
	assert_string_equal(record_word(data, "id"), opening);
	assert_string_equal(record_word(data, "state"), "draft");
	assert_int_equal(json_object_size(data), 3);
	assert_null(strstr(last()->body, "rye"));
	assert_null(strstr(last()->body, "Karen"));
}

static void each_kind_of_event_is_told_and_what_is_undone_is_not(void **state)
{
	(void)state;
	char person[40] = "";
	struct service_answer a = service_post(CASEWORKER, "/candidates",
	                                       FORM("given_name", "Olena", "family_name", "Tkachenko", "legal_basis",
	                                            "public_task", "phone", "+45 00 00 00 01"));
	assert_status(a, 303);
	(void)strncat(person, a.location + strlen("/candidates/"), 36);
	assert_string_equal(waiting(), "0"); /* that somebody was registered is nobody's business */
	a = service_post(CASEWORKER, at("/openings/%s/edit/time", opening),
	                 FORM("version", "1", "hours", "30", "expires_on", "2099-01-31"));
	assert_status(a, 303);
	a = service_post(CASEWORKER, path, FORM("version", "1", "hours", "31")); /* too late: undone */
	assert_status(a, 409);
	assert_string_equal(
	    service_sql("SELECT string_agg(event, ' ' ORDER BY created) FROM lg.webhook_delivery WHERE done IS NULL "
	                "AND event LIKE 'opening%%'"),
	    "opening.changed");
	(void)service_sql(
	    "SELECT lg_gate.enter_job(1, 'test'); UPDATE lg.opening SET state = 'open', expires_on = current_date - 1, "
	    "version = version + 1 WHERE id = '%s'",
	    opening);
	service_job("expire");
	assert_string_equal(service_sql("SELECT count(*) FROM lg.webhook_delivery WHERE event = 'opening.expired'"),
	                    "1");
	(void)service_sql(
	    "SELECT lg_gate.enter_job(1, 'test'); INSERT INTO lg.proposal (tenant_id, id, candidate_id, opening_id, "
	    "state, state_since) VALUES (1, gen_random_uuid(), '%s', '%s', 'shortlisted', current_date)",
	    person, opening);
	(void)service_sql(
	    "SELECT lg_gate.enter_job(1, 'test'); UPDATE lg.candidate SET state = 'available' WHERE id = '%s'", person);
	assert_string_equal(service_sql("SELECT string_agg(DISTINCT event, ' ') FROM lg.webhook_delivery"),
	                    "candidate.state opening.changed opening.created opening.expired proposal.state");
	assert_string_equal(service_sql("SELECT count(*) FROM lg.webhook_delivery WHERE body ~ 'Olena|Tkachenko|0001'"),
	                    "0");
	service_job("webhook");
	assert_string_equal(waiting(), "0");
}

/* --- receivers that fail */

static void what_is_not_taken_comes_again_under_the_same_id(void **state)
{
	(void)state;
	size_t before = receiver->n;
	char id[48];
	receiver->fail = 2, receiver->status = 500;
	assert_status(service_post(ADMINISTRATOR, at("/webhooks/%s/test", hook), FORM("why", "")), 303);
	service_job("webhook");
	assert_int_equal(receiver->n, before + 1);
	(void)snprintf(id, sizeof id, "%s", last()->id);
	assert_string_equal(
	    service_sql(
	        "SELECT status || ' ' || attempts || ' ' || (next_at > now() + interval '5 s') || ' ' || answer "
	        "FROM lg.webhook_delivery WHERE id = '%s'",
	        id),
	    "500 1 true thanks");
	service_job("webhook");
	assert_int_equal(receiver->n, before + 1); /* not before its time */
	struct service_answer a = service_get(ADMINISTRATOR, at("/webhooks/%s", hook));
	assert_says(a, "500 thanks");
	assert_says(a, "Not taken; again at");
	wake();
	service_job("webhook");
	assert_string_equal(
	    service_sql("SELECT extract(epoch FROM next_at - tried)::int FROM lg.webhook_delivery WHERE id = '%s'", id),
	    "60"); /* the pause grows */
	wake();
	service_job("webhook");
	assert_int_equal(receiver->n, before + 3);
	assert_string_equal(last()->id, id);
	assert_string_equal(
	    service_sql("SELECT status || ' ' || attempts || ' ' || (done IS NOT NULL) FROM lg.webhook_delivery "
	                "WHERE id = '%s'",
	                id),
	    "200 3 true");
}

static void a_receiver_that_is_not_there_is_left_alone(void **state)
{
	(void)state;
	size_t before = receiver->n;
	(void)service_sql("UPDATE lg.webhook SET url = 'http://127.0.0.1:1029/'"); /* nobody listens */
	for (int i = 0; i < 3; i++)
		assert_status(service_post(ADMINISTRATOR, at("/webhooks/%s/test", hook), FORM("why", "")), 303);
	service_job("webhook");
	assert_string_equal(
	    service_sql("SELECT sum(attempts) || ' ' || count(status) FROM lg.webhook_delivery WHERE done IS NULL"),
	    "1 0");
	assert_string_equal(service_sql("SELECT rests_until > now() FROM lg.webhook"), "t");
	(void)service_sql("UPDATE lg.webhook SET url = 'http://127.0.0.1:%d/hook'", receiver->port);
	wake();
	service_job("webhook");
	assert_int_equal(receiver->n, before + 3);
}

static void nothing_is_followed_and_little_is_read(void **state)
{
	(void)state;
	size_t before = receiver->n;
	receiver->fail = 1, receiver->status = 302;
	assert_status(service_post(ADMINISTRATOR, at("/webhooks/%s/test", hook), FORM("why", "")), 303);
	service_job("webhook");
	assert_int_equal(receiver->n, before + 1);
	assert_string_equal(waiting(), "1");
	receiver->long_body = 1;
	wake();
	service_job("webhook");
	receiver->long_body = 0;
	assert_string_equal(waiting(), "0");
	assert_string_equal(service_sql("SELECT max(length(answer)) < 300 FROM lg.webhook_delivery"), "t");
}

static void what_is_found_behind_a_name_is_judged_again(void **state)
{
	(void)state;
	static const char *const urls[] = {
		"https://localhost:%d/",  "https://127.0.0.1:%d/",  "https://[::1]:%d/",
		"https://2130706433:%d/", "https://0177.0.0.1:%d/", "http://127.0.0.1:%d/"
	};
	size_t before = receiver->n;
	service_loopback(false);
	for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
		char url[80];
		const char *rest = strstr(urls[i], "%d");
		(void)snprintf(url, sizeof url, "%.*s%d%s", (int)(rest - urls[i]), urls[i], receiver->port, rest + 2);
		(void)service_sql("UPDATE lg.webhook SET url = '%s', rests_until = NULL", url);
		assert_status(service_post(ADMINISTRATOR, at("/webhooks/%s/test", hook), FORM("why", "")), 303);
		service_job("webhook");
		const char *why = service_sql("SELECT answer FROM lg.webhook_delivery WHERE done IS NULL");
		if (i + 1 < sizeof urls / sizeof *urls && !strstr(why, "not on the open internet"))
			fail_msg("%s: %s", url, why);
		assert_string_equal(waiting(), "1");
		nothing_more();
	}
	assert_int_equal(receiver->n, before);
	(void)service_sql("UPDATE lg.webhook SET url = 'http://127.0.0.1:%d/hook', rests_until = NULL", receiver->port);
	service_loopback(true);
}

static void after_a_day_in_vain_it_is_off_and_somebody_is_told(void **state)
{
	(void)state;
	(void)service_sql("UPDATE lg.webhook_delivery SET done = done - interval '2 days'");
	assert_status(service_post(ADMINISTRATOR, at("/webhooks/%s/test", hook), FORM("why", "")), 303);
	(void)service_sql("UPDATE lg.webhook_delivery SET attempts = 10 WHERE done IS NULL");
	receiver->fail = 1, receiver->status = 503;
	service_job("webhook");
	assert_string_equal(service_sql("SELECT state FROM lg.webhook"), "failed");
	struct service_answer a = service_get(ADMINISTRATOR, "/");
	assert_status(a, 200);
	assert_says(a, "Webhook switched off: The town&#39;s job site");
	assert_null(strstr(service_get(CASEWORKER, "/").body, "Webhook"));
	assert_string_equal(service_sql("SELECT kind FROM lg.audit WHERE verb = 'switched_off'"), "job");
	size_t before = receiver->n;
	service_job("webhook");
	assert_int_equal(receiver->n, before);
	assert_status(service_post(ADMINISTRATOR, at("/webhooks/%s/on", hook), FORM("why", "")), 303);
	service_job("webhook");
	assert_int_equal(receiver->n, before + 1);
	assert_string_equal(waiting(), "0");
	assert_status(service_get(ADMINISTRATOR, "/"), 303);
	/* One that alone is never taken, among others that are, is given up alone. */
	assert_status(service_post(ADMINISTRATOR, at("/webhooks/%s/test", hook), FORM("why", "")), 303);
	(void)service_sql("UPDATE lg.webhook_delivery SET attempts = 10 WHERE done IS NULL");
	receiver->fail = 1;
	service_job("webhook");
	assert_string_equal(
	    service_sql(
	        "SELECT state || (SELECT next_at IS NULL FROM lg.webhook_delivery WHERE done IS NULL) FROM lg.webhook"),
	    "ontrue");
	nothing_more();
	(void)service_sql("UPDATE lg.webhook SET rests_until = NULL");
}

/* --- secrets, again, another office */

static void a_new_secret_signs_beside_the_old_one(void **state)
{
	(void)state;
	struct service_answer a = service_post(ADMINISTRATOR, at("/webhooks/%s/secret", hook), FORM("why", "leaked"));
	assert_status(a, 200);
	char new_one[80];
	(void)snprintf(new_one, sizeof new_one, "%s", service_between(a.body, "whsec_", "<"));
	assert_string_not_equal(new_one, secret);
	assert_status(service_post(ADMINISTRATOR, at("/webhooks/%s/test", hook), FORM("why", "")), 303);
	service_job("webhook");
	assert_true(is_signed(last(), new_one, 0, last()->body));
	assert_true(is_signed(last(), secret, 1, last()->body));
	(void)service_sql("UPDATE lg.webhook SET old_until = now()");
	char id[48];
	size_t before = receiver->n;
	(void)snprintf(id, sizeof id, "%s", last()->id);
	assert_status(service_post(ADMINISTRATOR, at("/webhooks/%s/deliveries/%s/replay", hook, id), FORM("why", "")),
	              303);
	service_job("webhook");
	assert_int_equal(receiver->n, before + 1);
	assert_string_equal(last()->id, id);
	assert_true(is_signed(last(), new_one, 0, last()->body));
	assert_false(is_signed(last(), secret, 1, last()->body));
}

static void another_office_neither_sees_nor_is_told(void **state)
{
	(void)state;
	int other = service_sign_in(2, "administrator");
	assert_status(service_get(other, at("/webhooks/%s", hook)), 404);
	assert_status(service_post(other, at("/webhooks/%s/remove", hook), FORM("why", "")), 404);
	assert_null(strstr(service_get(other, "/webhooks").body, hook));
	struct service_answer a = service_post(STRANGER, "/employers", FORM("name", "Syd Bageri"));
	(void)snprintf(elsewhere, sizeof elsewhere, "%.*s/openings", 47, a.location);
	assert_status(service_post(STRANGER, elsewhere, FORM("title", "Baker", "kind", "job")), 303);
	assert_string_equal(waiting(), "0");
}

/* --- kills */

enum { KILLS = 20, MESSAGES = 400 };

static bool was_told(const char *id)
{
	for (size_t i = 0; i < receiver->n; i++)
		if (!strcmp(receiver->told[i].id, id)) return true;
	return false;
}

static void a_killed_process_loses_nothing(void **state)
{
	(void)state;
	size_t before = receiver->n;
	(void)service_sql("INSERT INTO lg.webhook_delivery (tenant_id, webhook_id, event, body) SELECT 1, '%s', "
	                  "'test', '{\"n\": ' || n || '}' "
	                  "FROM generate_series(1, %d) n",
	                  hook, MESSAGES);
	receiver->slow_ms = 2;
	int amidst = 0;
	for (int i = 0; i < KILLS; i++) {
		pid_t child = fork();
		assert_true(child >= 0);
		if (child == 0)
			for (;;) service_job("webhook");
		size_t begun = receiver->n;
		for (int wait = 0; receiver->n < begun + 2 + (size_t)i % 5 && wait < 2000; wait++) (void)usleep(1000);
		(void)kill(child, SIGKILL);
		(void)waitpid(child, NULL, 0);
		if (receiver->n > begun && strcmp(waiting(), "0") != 0) amidst++;
	}
	assert_true(amidst >= KILLS / 2);
	receiver->slow_ms = 0;
	for (int i = 0; i < 100 && strcmp(waiting(), "0") != 0; i++) service_job("webhook");
	assert_string_equal(waiting(), "0");
	assert_true(receiver->n - before >= MESSAGES);
	for (int n = 0; n < MESSAGES; n++) {
		char id[48];
		(void)snprintf(
		    id, sizeof id, "%s",
		    service_sql("SELECT id FROM lg.webhook_delivery WHERE body = '{\"n\": %d}' AND done IS NOT NULL",
		                n + 1));
		if (!was_told(id)) fail_msg("message %d was written down as taken and never came", n + 1);
	}
	print_message("# %zu were told, of %d: %zu twice\n", receiver->n - before, MESSAGES,
	              receiver->n - before - MESSAGES);
}

static void what_is_deleted_is_gone(void **state)
{
	(void)state;
	assert_status(service_post(ADMINISTRATOR, at("/webhooks/%s/remove", hook), FORM("why", "")), 303);
	assert_string_equal(
	    service_sql("SELECT (SELECT count(*) FROM lg.webhook) + (SELECT count(*) FROM lg.webhook_delivery) + "
	                "(SELECT count(*) FROM lg_gate.webhook_due) + (SELECT count(*) FROM lg_gate.webhook_rest)"),
	    "0");
	assert_status(service_get(ADMINISTRATOR, at("/webhooks/%s", hook)), 404);
}

static int close_all(void **state)
{
	(void)state;
	service_close();
	receiver_stop();
	return 0;
}

int main(int argc, char **argv)
{
	(void)argc;
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_the_open_internet_is_open),
		cmocka_unit_test(an_address_is_judged_as_it_is_typed),
		cmocka_unit_test(an_administrator_makes_one_and_sees_the_secret_once),
		cmocka_unit_test(what_happens_is_told_and_signed),
		cmocka_unit_test(each_kind_of_event_is_told_and_what_is_undone_is_not),
		cmocka_unit_test(what_is_not_taken_comes_again_under_the_same_id),
		cmocka_unit_test(a_receiver_that_is_not_there_is_left_alone),
		cmocka_unit_test(nothing_is_followed_and_little_is_read),
		cmocka_unit_test(what_is_found_behind_a_name_is_judged_again),
		cmocka_unit_test(after_a_day_in_vain_it_is_off_and_somebody_is_told),
		cmocka_unit_test(a_new_secret_signs_beside_the_old_one),
		cmocka_unit_test(another_office_neither_sees_nor_is_told),
		cmocka_unit_test(a_killed_process_loses_nothing),
		cmocka_unit_test(what_is_deleted_is_gone),
	};
	receiver = receiver_start();
	service_open(argv[1]);
	return cmocka_run_group_tests_name("webhook", tests, NULL, close_all);
}
