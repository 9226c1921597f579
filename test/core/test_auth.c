/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* The auth process, asked over its socket, with a database of its own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>
#include <pthread.h>
#include <sodium.h>

#include "app/seal.h"
#include "auth_house.h"

static const char *jens, *olena; /* a caseworker of one office; an administrator of both */

static int reset(void **state)
{
	(void)state;
	house_forget_attempts();
	(void)house_sql("DELETE FROM lg_gate.session");
	(void)house_sql("UPDATE lg_gate.account SET totp_step = 0");
	return 0;
}

static struct auth_answer try_password(const char *mail, const char *password, const char *address)
{
	return house_ask(
	    json_pack("{s:s,s:s,s:s,s:s}", "call", "sign_in", "mail", mail, "password", password, "address", address));
}

static struct auth_answer try_code(const char *pending, const char *code)
{
	return house_ask(
	    json_pack("{s:s,s:s,s:s,s:s}", "call", "code", "pending", pending, "code", code, "address", "10.0.0.1"));
}

static int64_t number(const char *sql) { return strtoll(house_sql("%s", sql), NULL, 10); }

static bool is_session(const char *token)
{
	uint8_t bytes[SEAL_TOKEN], kept[32];
	if (!seal_token_read(bytes, token)) return false;
	seal_hash(kept, bytes, sizeof bytes);
	return *house_sql("SELECT 1 FROM lg_gate.session WHERE token_hash = '\\x%s'", seal_hex(&house.cx, kept, 32)) !=
	       '\0';
}

/* --- the password */

static void the_sixth_wrong_password_in_a_minute_has_to_wait(void **state)
{
	(void)state;
	for (int i = 0; i < 5; i++)
		assert_int_equal(try_password("jens@vinterby.example", "wrong", "10.0.0.1").state, AUTH_NO);
	for (int i = 5; i < 20; i++) {
		struct auth_answer a = try_password("jens@vinterby.example", "wrong", "10.0.0.1");
		assert_int_equal(a.state, AUTH_WAIT);
		assert_in_range(a.wait_s, 1, 60);
	}
	assert_int_equal(try_password("JENS@vinterby.example", HOUSE_PASSWORD, "10.0.0.1").state, AUTH_WAIT);
	/* Not at the owner's expense, who sits elsewhere; and the window passes. */
	assert_int_equal(try_password("jens@vinterby.example", HOUSE_PASSWORD, "10.0.0.2").state, AUTH_CODE);
	(void)house_sql("UPDATE lg_gate.throttle SET hits = ARRAY(SELECT h - interval '61 s' FROM unnest(hits) h)");
	assert_int_equal(try_password("jens@vinterby.example", HOUSE_PASSWORD, "10.0.0.1").state, AUTH_CODE);
}

static void good_ones_do_not_count(void **state)
{
	(void)state;
	for (int i = 0; i < 12; i++)
		assert_int_equal(try_password("jens@vinterby.example", HOUSE_PASSWORD, "10.0.0.1").state, AUTH_CODE);
}

static void one_address_that_tries_many_accounts_has_to_wait(void **state)
{
	(void)state;
	int waits = 0;
	for (int i = 0; i < 20; i++) {
		const char *mail = lg_printf(house.cx.mem, "nobody%d@vinterby.example", i);
		waits += try_password(mail, "Sommer2026!!", "10.0.0.9").state == AUTH_WAIT;
	}
	assert_int_equal(waits, 5);
	assert_int_equal(try_password("jens@vinterby.example", HOUSE_PASSWORD, "10.0.0.9").state, AUTH_WAIT);
	assert_int_equal(try_password("jens@vinterby.example", HOUSE_PASSWORD, "10.0.0.1").state, AUTH_CODE);
}

struct guess {
	const char *mail;
	int waits;
};
static void *guess(void *with)
{
	struct guess *g = with;
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
	struct auth_answer a = { 0 };
	json_t *q = json_pack("{s:s,s:s,s:s,s:s}", "call", "sign_in", "mail", g->mail, "password", "wrong", "address",
	                      "10.0.0.1");
	if (auth_call(&cx, house.socket, &a, q) == LG_OK) g->waits = a.state == AUTH_WAIT;
	lg_arena_free(cx.mem);
	return NULL;
}

static void many_at_once_do_not_slip_through_together(void **state)
{
	(void)state;
	struct guess g[24];
	pthread_t threads[24];
	int waits = 0;
	for (int i = 0; i < 24; i++) {
		g[i] = (struct guess){ "jens@vinterby.example", 0 };
		assert_int_equal(pthread_create(&threads[i], NULL, guess, &g[i]), 0);
	}
	for (int i = 0; i < 24; i++) {
		(void)pthread_join(threads[i], NULL);
		waits += g[i].waits;
	}
	assert_int_equal(waits, 19);
}

static double ms(clockid_t clock)
{
	struct timespec t;
	(void)clock_gettime(clock, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int by_size(const void *a, const void *b)
{
	return (*(const double *)a > *(const double *)b) - (*(const double *)a < *(const double *)b);
}

/* The whole measure, less than 5 % over 200 tries by the clock on the wall, needs a quiet machine: LANDGANG_TRIES=200.
 * What is looked for, a hash that is not computed, shows in the work of a few. */
static void an_unknown_account_answers_as_a_wrong_password_and_takes_as_long(void **state)
{
	(void)state;
	const char *wish = getenv("LANDGANG_TRIES");
	size_t tries = wish ? strtoul(wish, NULL, 10) : 9;
	clockid_t clock = wish ? CLOCK_MONOTONIC : CLOCK_PROCESS_CPUTIME_ID;
	double *known = lg_array(house.cx.mem, tries, sizeof *known),
	       *unknown = lg_array(house.cx.mem, tries, sizeof *unknown);
	for (size_t i = 0; i < tries; i++) {
		double begin = ms(clock);
		struct auth_answer a = try_password("jens@vinterby.example", "wrong", "10.0.0.1");
		double middle = ms(clock);
		struct auth_answer b = try_password("nobody@vinterby.example", "wrong", "10.0.0.1");
		known[i] = middle - begin;
		unknown[i] = ms(clock) - middle;
		assert_int_equal(a.state, AUTH_NO);
		assert_true(json_equal(a.json, b.json));
		house_forget_attempts();
	}
	qsort(known, tries, sizeof *known, by_size);
	qsort(unknown, tries, sizeof *unknown, by_size);
	double ratio = known[tries / 2] / unknown[tries / 2], most = wish ? 0.05 : 0.30;
	print_message("# median of %zu: known %.1f ms, unknown %.1f ms\n", tries, known[tries / 2], unknown[tries / 2]);
	if (ratio < 1 - most || ratio > 1 + most) fail_msg("known : unknown is %.3f", ratio);
}

static void a_disabled_account_answers_as_a_wrong_password(void **state)
{
	(void)state;
	(void)house_sql("SELECT lg_gate.account_disable('%s', true)", jens);
	assert_int_equal(try_password("jens@vinterby.example", HOUSE_PASSWORD, "10.0.0.1").state, AUTH_NO);
	(void)house_sql("SELECT lg_gate.account_disable('%s', false)", jens);
}

static void a_failure_is_written_down_for_the_office(void **state)
{
	(void)state;
	(void)usleep(200000); /* those of tests before are written after their answers */
	int64_t before = number("SELECT count(*) FROM lg.audit WHERE verb = 'sign_in_failed'");
	assert_int_equal(try_password("jens@vinterby.example", "wrong", "10.0.0.1").state, AUTH_NO);
	int64_t after = before;
	for (int i = 0; i < 100 && after == before; i++) {
		(void)usleep(20000);
		after = number("SELECT count(*) FROM lg.audit WHERE verb = 'sign_in_failed'");
	}
	assert_int_equal(after, before + 1);
}

static void a_hash_of_yesterdays_parameters_becomes_one_of_todays(void **state)
{
	(void)state;
	char old[crypto_pwhash_STRBYTES];
	assert_int_equal(crypto_pwhash_argon2id_str(old, HOUSE_PASSWORD, strlen(HOUSE_PASSWORD), 1, 8 << 20), 0);
	const char *before = house_sql("SELECT hash FROM lg_gate.account WHERE id = '%s'", jens);
	(void)house_sql("UPDATE lg_gate.account SET hash = '%s' WHERE id = '%s'", old, jens);
	struct auth_answer a = try_password("jens@vinterby.example", HOUSE_PASSWORD, "10.0.0.1");
	assert_int_equal(a.state, AUTH_CODE);
	assert_non_null(strstr(house_sql("SELECT hash FROM lg_gate.account WHERE id = '%s'", jens), "m=65536,t=2"));
	assert_int_equal(try_code(a.pending, house_code(0)).state, AUTH_IN);
	(void)house_sql("UPDATE lg_gate.account SET hash = '%s' WHERE id = '%s'", before, jens);
}

/* --- the code */

static void a_code_counts_once(void **state)
{
	(void)state;
	struct auth_answer a = try_password("jens@vinterby.example", HOUSE_PASSWORD, "10.0.0.1");
	const char *code = house_code(0);
	assert_int_equal(try_code(a.pending, code).state, AUTH_IN);
	assert_int_equal(try_code(a.pending, code).state, AUTH_NO);
	struct auth_answer again = try_password("jens@vinterby.example", HOUSE_PASSWORD, "10.0.0.1");
	assert_int_equal(try_code(again.pending, code).state, AUTH_NO);
	assert_int_equal(try_code(again.pending, house_code(1)).state, AUTH_IN);
}

static void five_wrong_codes_have_to_wait_whichever_sign_in_they_are_of(void **state)
{
	(void)state;
	for (int i = 0; i < 5; i++) {
		struct auth_answer a = try_password("jens@vinterby.example", HOUSE_PASSWORD, "10.0.0.1");
		assert_int_equal(try_code(a.pending, "000000").state, AUTH_NO);
	}
	struct auth_answer a = try_password("jens@vinterby.example", HOUSE_PASSWORD, "10.0.0.7"),
	                   b = try_code(a.pending, house_code(0));
	assert_int_equal(b.state, AUTH_WAIT);
	assert_in_range(b.wait_s, 1, 300);
	/* Another person is not meant. */
	a = try_password("maria@vinterby.example", HOUSE_PASSWORD, "10.0.0.1");
	assert_int_equal(try_code(a.pending, house_code(0)).state, AUTH_IN);
}

static void what_waits_cannot_be_made_up_or_kept_or_used_for_another_step(void **state)
{
	(void)state;
	struct auth_answer a = try_password("jens@vinterby.example", HOUSE_PASSWORD, "10.0.0.1");
	char *forged = lg_strdup(house.cx.mem, a.pending);
	forged[40] = forged[40] == 'A' ? 'B' : 'A';
	assert_int_equal(try_code(forged, house_code(0)).state, AUTH_GONE);
	assert_int_equal(try_code("", house_code(0)).state, AUTH_GONE);
	assert_int_equal(
	    house_ask(json_pack("{s:s,s:s,s:i}", "call", "office", "pending", a.pending, "tenant", 1)).state,
	    AUTH_GONE);
	assert_int_equal(
	    house_ask(json_pack("{s:s,s:s,s:s}", "call", "second", "pending", a.pending, "code", house_code(0))).state,
	    AUTH_GONE);
	house.later_s = 601;
	assert_int_equal(try_code(a.pending, house_code(0)).state, AUTH_GONE);
	house.later_s = 0;
	/* A password that was changed meanwhile voids it. */
	const char *hash = house_sql("SELECT hash FROM lg_gate.account WHERE id = '%s'", jens);
	(void)house_sql("UPDATE lg_gate.account SET hash = hash || 'x' WHERE id = '%s'", jens);
	assert_int_equal(try_code(a.pending, house_code(0)).state, AUTH_GONE);
	(void)house_sql("UPDATE lg_gate.account SET hash = '%s' WHERE id = '%s'", hash, jens);
	assert_int_equal(try_code(a.pending, house_code(0)).state, AUTH_IN);
}

static void staff_without_a_second_step_set_it_up_before_they_come_in(void **state)
{
	(void)state;
	const char *account = house_person(1, "nina@vinterby.example", "caseworker");
	(void)house_sql("UPDATE lg_gate.account SET totp_box = NULL WHERE id = '%s'", account);
	struct auth_answer a = try_password("nina@vinterby.example", HOUSE_PASSWORD, "10.0.0.1"),
	                   other = try_password("nina@vinterby.example", HOUSE_PASSWORD, "10.0.0.1");
	assert_int_equal(a.state, AUTH_SECOND);
	assert_non_null(strstr(auth_word(&a, "link"), "otpauth://totp/Landgang:nina@vinterby.example?secret="));
	assert_int_equal(number("SELECT count(*) FROM lg_gate.session"), 0);
	const char *code = house_code_of(auth_word(&a, "secret"));
	assert_int_equal(
	    house_ask(json_pack("{s:s,s:s,s:s}", "call", "second", "pending", a.pending, "code", "000000")).state,
	    AUTH_NO);
	struct auth_answer in =
	    house_ask(json_pack("{s:s,s:s,s:s}", "call", "second", "pending", a.pending, "code", code));
	assert_int_equal(in.state, AUTH_IN);
	assert_int_equal(json_array_size(json_object_get(in.json, "recovery")), RECOVERY_CODES);
	/* Once it is there, another that was begun meanwhile comes too late. */
	assert_int_equal(
	    house_ask(json_pack("{s:s,s:s,s:s}", "call", "second", "pending", other.pending, "code", code)).state,
	    AUTH_NO);
	assert_int_equal(
	    house_ask(json_pack("{s:s,s:s,s:s}", "call", "second", "pending", a.pending, "code", code)).state,
	    AUTH_GONE);

	/* A recovery code instead of the telephone: once. */
	const char *recovery = json_string_value(json_array_get(json_object_get(in.json, "recovery"), 3));
	a = try_password("nina@vinterby.example", HOUSE_PASSWORD, "10.0.0.1");
	assert_int_equal(a.state, AUTH_CODE);
	assert_int_equal(try_code(a.pending, "aaaaa-aaaaa").state, AUTH_NO);
	in = try_code(a.pending, recovery);
	assert_int_equal(in.state, AUTH_IN);
	assert_int_equal(json_integer_value(json_object_get(in.json, "left")), RECOVERY_CODES - 1);
	assert_int_equal(try_code(a.pending, recovery).state, AUTH_NO);
}

/* --- offices */

static void who_works_in_two_offices_chooses_one(void **state)
{
	(void)state;
	struct auth_answer a = try_password("olena@vinterby.example", HOUSE_PASSWORD, "10.0.0.1");
	a = try_code(a.pending, house_code(0));
	assert_int_equal(a.state, AUTH_OFFICE);
	assert_int_equal(json_array_size(json_object_get(a.json, "offices")), 2);
	assert_int_equal(number("SELECT count(*) FROM lg_gate.session"), 0);
	struct auth_answer in =
	    house_ask(json_pack("{s:s,s:s,s:i}", "call", "office", "pending", a.pending, "tenant", 2));
	assert_int_equal(in.state, AUTH_IN);
	assert_int_equal(number("SELECT tenant_id FROM lg_gate.session"), 2);
	assert_int_equal(
	    house_ask(json_pack("{s:s,s:s,s:i}", "call", "office", "pending", a.pending, "tenant", 3)).state, AUTH_NO);

	/* From one to the other under a new token; the old one is worthless. */
	struct auth_answer other =
	    house_ask(json_pack("{s:s,s:s,s:i}", "call", "session_switch", "token", in.token, "tenant", 1));
	assert_int_equal(other.state, AUTH_IN);
	assert_false(is_session(in.token));
	assert_true(is_session(other.token));
	assert_int_equal(
	    house_ask(json_pack("{s:s,s:s,s:i}", "call", "session_switch", "token", in.token, "tenant", 2)).state,
	    AUTH_NO);
}

static void an_administrator_ends_a_membership_and_not_the_account(void **state)
{
	(void)state;
	const char *both = house_person(1, "both@vinterby.example", "caseworker");
	(void)house_sql("SELECT lg_gate.create_member(2, '%s', 'staff', 'Both', NULL, '{caseworker}')", both);
	(void)house_sql("DO $$ BEGIN PERFORM lg_gate.sign('1|staff|%s||administrator|'); PERFORM lg_gate.remove_member("
	                "(SELECT id FROM lg.member WHERE tenant_id = 1 AND account_id = '%s')); END $$",
	                olena, both);
	struct auth_answer a = try_password("both@vinterby.example", HOUSE_PASSWORD, "10.0.0.1");
	a = try_code(a.pending, house_code(0));
	assert_int_equal(a.state, AUTH_IN);
	assert_int_equal(number("SELECT tenant_id FROM lg_gate.session"), 2);
}

/* --- sessions */

static void signing_out_leaves_nothing_behind(void **state)
{
	(void)state;
	const char *token = house_sign_in("jens@vinterby.example");
	assert_true(is_session(token));
	assert_int_equal(house_ask(json_pack("{s:s,s:s}", "call", "sign_out", "token", token)).state, AUTH_DONE);
	assert_false(is_session(token));
	assert_int_equal(number("SELECT count(*) FROM lg_gate.session"), 0);
	assert_int_equal(house_ask(json_pack("{s:s,s:s}", "call", "sign_out", "token", token)).state, AUTH_DONE);
	assert_int_equal(house_ask(json_pack("{s:s,s:s}", "call", "session_extend", "token", token)).state, AUTH_GONE);
}

static void a_session_idles_half_an_hour_and_can_be_extended_up_to_twelve(void **state)
{
	(void)state;
	const char *token = house_sign_in("jens@vinterby.example");
	assert_in_range(number("SELECT extract(epoch FROM idle_ends - now())::int FROM lg_gate.session"), 1790, 1800);
	assert_in_range(number("SELECT extract(epoch FROM ends - now())::int FROM lg_gate.session"), 43190, 43200);
	(void)house_sql("UPDATE lg_gate.session SET idle_ends = now() + interval '60 s'");
	struct auth_answer a = house_ask(json_pack("{s:s,s:s}", "call", "session_extend", "token", token));
	assert_int_equal(a.state, AUTH_DONE);
	assert_in_range(json_integer_value(json_object_get(a.json, "until")), time(NULL) + 1790, time(NULL) + 1801);
	(void)house_sql("UPDATE lg_gate.session SET ends = now() + interval '60 s'");
	a = house_ask(json_pack("{s:s,s:s}", "call", "session_extend", "token", token));
	assert_in_range(json_integer_value(json_object_get(a.json, "until")), time(NULL) + 50, time(NULL) + 61);
	(void)house_sql("UPDATE lg_gate.session SET ends = now() - interval '1 s'");
	assert_int_equal(house_ask(json_pack("{s:s,s:s}", "call", "session_extend", "token", token)).state, AUTH_GONE);
}

static void a_new_password_ends_the_other_sessions_and_is_told_by_mail(void **state)
{
	(void)state;
	const char *account = house_person(1, "piet@vinterby.example", "caseworker");
	const char *here = house_sign_in("piet@vinterby.example"), *there = house_sign_in("piet@vinterby.example");
	json_t *q = json_pack("{s:s,s:s,s:s,s:s,s:s}", "call", "password_change", "token", here, "old", "wrong",
	                      "password", "zebra og elefant", "address", "10.0.0.1");
	assert_int_equal(house_ask(q).state, AUTH_NO);
	q = json_pack("{s:s,s:s,s:s,s:s,s:s}", "call", "password_change", "token", here, "old", HOUSE_PASSWORD,
	              "password", "kort", "address", "10.0.0.1");
	assert_int_equal(house_ask(q).state, AUTH_INVALID);
	assert_non_null(house.cx.notes);
	assert_string_equal(house.cx.notes->field, "password");
	assert_true(is_session(there));
	q = json_pack("{s:s,s:s,s:s,s:s,s:s}", "call", "password_change", "token", here, "old", HOUSE_PASSWORD,
	              "password", "zebra og elefant", "address", "10.0.0.1");
	assert_int_equal(house_ask(q).state, AUTH_DONE);
	assert_true(is_session(here));
	assert_false(is_session(there));
	assert_string_equal(
	    house_sql(
	        "SELECT count(*) FROM lg.outbox WHERE to_mail = 'piet@vinterby.example' AND kind = 'password_changed'"),
	    "1");
	assert_int_equal(try_password("piet@vinterby.example", HOUSE_PASSWORD, "10.0.0.1").state, AUTH_NO);
	assert_int_equal(try_password("piet@vinterby.example", "zebra og elefant", "10.0.0.1").state, AUTH_CODE);
	(void)account;
}

static void another_telephone_needs_the_password_and_is_told_by_mail(void **state)
{
	(void)state;
	(void)house_person(1, "line@vinterby.example", "caseworker");
	const char *here = house_sign_in("line@vinterby.example"), *there = house_sign_in("line@vinterby.example");
	assert_int_equal(house_ask(json_pack("{s:s,s:s,s:s,s:s}", "call", "second_begin", "token", here, "password",
	                                     "wrong", "address", "10.0.0.1"))
	                     .state,
	                 AUTH_NO);
	struct auth_answer a = house_ask(json_pack("{s:s,s:s,s:s,s:s}", "call", "second_begin", "token", here,
	                                           "password", HOUSE_PASSWORD, "address", "10.0.0.1"));
	assert_int_equal(a.state, AUTH_DONE);
	/* A code of the old one does not do. */
	assert_int_equal(house_ask(json_pack("{s:s,s:s,s:s,s:s}", "call", "second_change", "token", here, "pending",
	                                     a.pending, "code", house_code(0)))
	                     .state,
	                 AUTH_NO);
	assert_true(is_session(there));
	assert_string_equal(house_sql("SELECT count(*) FROM lg.outbox WHERE kind = 'second_step_changed'"), "0");
}

/* --- links */

static const char *link_of(const char *kind, const char *mail)
{
	const char *path = "";
	for (int i = 0; i < 100 && !*path; i++) {
		path = house_sql("SELECT data->>'path' FROM lg.outbox WHERE kind = '%s' AND to_mail = '%s' ORDER BY "
		                 "created DESC LIMIT 1",
		                 kind, mail);
		if (!*path) (void)usleep(20000);
	}
	const char *slash = strrchr(path, '/');
	return slash ? slash + 1 : "";
}

static void a_forgotten_password_is_answered_the_same_for_all(void **state)
{
	(void)state;
	(void)house_sql("DELETE FROM lg.outbox");
	struct auth_answer a = house_ask(json_pack("{s:s,s:s,s:s}", "call", "reset_ask", "mail",
	                                           "jens@vinterby.example", "address", "10.0.0.1")),
	                   b = house_ask(json_pack("{s:s,s:s,s:s}", "call", "reset_ask", "mail",
	                                           "nobody@vinterby.example", "address", "10.0.0.1"));
	assert_int_equal(a.state, AUTH_DONE);
	assert_true(json_equal(a.json, b.json));
	assert_int_equal(strlen(link_of("reset", "jens@vinterby.example")), 43);
	assert_string_equal(house_sql("SELECT count(*) FROM lg.outbox"), "1");
	for (int i = 0; i < 3; i++)
		b = house_ask(json_pack("{s:s,s:s,s:s}", "call", "reset_ask", "mail", "nobody@vinterby.example",
		                        "address", "10.0.0.1"));
	assert_int_equal(b.state, AUTH_WAIT);
	assert_int_equal(house_ask(json_pack("{s:s,s:s,s:s}", "call", "reset_ask", "mail", "x@y\r\nBcc: z@evil",
	                                     "address", "10.0.0.1"))
	                     .state,
	                 AUTH_INVALID);
}

static void a_reset_works_once_for_half_an_hour_and_ends_all_sessions(void **state)
{
	(void)state;
	(void)house_person(1, "ida@vinterby.example", "caseworker");
	const char *session = house_sign_in("ida@vinterby.example");
	assert_int_equal(house_ask(json_pack("{s:s,s:s,s:s}", "call", "reset_ask", "mail", "ida@vinterby.example",
	                                     "address", "10.0.0.1"))
	                     .state,
	                 AUTH_DONE);
	const char *token = link_of("reset", "ida@vinterby.example");
	assert_in_range(
	    number("SELECT extract(epoch FROM max(ends) - now())::int FROM lg_gate.mail_token WHERE purpose = 'reset'"),
	    1700, 1800);
	assert_int_equal(house_ask(json_pack("{s:s,s:s}", "call", "reset_look", "token", token)).state, AUTH_DONE);
	assert_int_equal(house_ask(json_pack("{s:s,s:s,s:s}", "call", "reset_set", "token", token, "password",
	                                     "ida@vinterby.example"))
	                     .state,
	                 AUTH_INVALID);
	assert_int_equal(house_ask(json_pack("{s:s,s:s,s:s}", "call", "invitation_accept", "token", token, "password",
	                                     "zebra og elefant"))
	                     .state,
	                 AUTH_GONE);
	assert_int_equal(
	    house_ask(json_pack("{s:s,s:s,s:s}", "call", "reset_set", "token", token, "password", "zebra og elefant"))
	        .state,
	    AUTH_DONE);
	assert_false(is_session(session));
	assert_int_equal(
	    house_ask(json_pack("{s:s,s:s,s:s}", "call", "reset_set", "token", token, "password", "en anden zebra"))
	        .state,
	    AUTH_GONE);
	assert_int_equal(house_ask(json_pack("{s:s,s:s}", "call", "reset_look", "token", token)).state, AUTH_GONE);
	assert_int_equal(try_password("ida@vinterby.example", "zebra og elefant", "10.0.0.1").state, AUTH_CODE);
	/* Too late. */
	assert_int_equal(house_ask(json_pack("{s:s,s:s,s:s}", "call", "reset_ask", "mail", "ida@vinterby.example",
	                                     "address", "10.0.0.1"))
	                     .state,
	                 AUTH_DONE);
	for (int i = 0; i < 100 && number("SELECT count(*) FROM lg_gate.mail_token WHERE purpose = 'reset'") == 0; i++)
		(void)usleep(20000);
	token = link_of("reset", "ida@vinterby.example");
	(void)house_sql("UPDATE lg_gate.mail_token SET ends = now() - interval '1 s'");
	assert_int_equal(
	    house_ask(json_pack("{s:s,s:s,s:s}", "call", "reset_set", "token", token, "password", "en anden zebra"))
	        .state,
	    AUTH_GONE);
}

static const char *invite(const char *mail)
{
	uint8_t token[SEAL_TOKEN];
	char text[SEAL_TOKEN_TEXT];
	seal_random(token, sizeof token);
	seal_token_print(text, token);
	(void)house_sql("DO $$ BEGIN PERFORM lg_gate.sign('1|staff|%s||administrator|'); PERFORM "
	                "lg_gate.invite_member('%s', 'staff', 'Sofie', '', '', 'da', "
	                "NULL, '{caseworker}', '{}', '\\x%s', '{\"path\":\"/invitation/%s\"}'); END $$",
	                olena, mail, seal_hex(&house.cx, token, sizeof token), text);
	return lg_strdup(house.cx.mem, text);
}

static void who_is_invited_chooses_a_password_and_sets_up_codes(void **state)
{
	(void)state;
	const char *token = invite("sofie@vinterby.example");
	struct auth_answer a = house_ask(json_pack("{s:s,s:s}", "call", "invitation_look", "token", token));
	assert_int_equal(a.state, AUTH_DONE);
	assert_string_equal(auth_word(&a, "mail"), "sofie@vinterby.example");
	assert_string_equal(auth_word(&a, "office"), "Vinterby");
	assert_true(json_is_true(json_object_get(a.json, "second")));
	const char *code = house_code_of(auth_word(&a, "secret"));
	json_t *q = json_pack("{s:s,s:s,s:s,s:s,s:s}", "call", "invitation_accept", "token", token, "password",
	                      "Sofie Vinterby 1", "code", "000000", "pending", a.pending);
	assert_int_equal(house_ask(q).state, AUTH_INVALID);
	assert_non_null(house.cx.notes);
	assert_non_null(house.cx.notes->next); /* both are told */
	q = json_pack("{s:s,s:s,s:s,s:s,s:s}", "call", "invitation_accept", "token", token, "password",
	              "zebra og elefant", "code", code, "pending", a.pending);
	struct auth_answer in = house_ask(q);
	assert_int_equal(in.state, AUTH_IN);
	assert_true(is_session(in.token));
	assert_int_equal(json_array_size(json_object_get(in.json, "recovery")), RECOVERY_CODES);
	assert_int_equal(house_ask(json_pack("{s:s,s:s}", "call", "invitation_look", "token", token)).state, AUTH_GONE);
	q = json_pack("{s:s,s:s,s:s}", "call", "invitation_accept", "token", token, "password", "en anden zebra");
	assert_int_equal(house_ask(q).state, AUTH_GONE);
	/* The code that set it up counts as used. */
	a = try_password("sofie@vinterby.example", "zebra og elefant", "10.0.0.1");
	assert_int_equal(try_code(a.pending, code).state, AUTH_NO);
}

static void an_invitation_does_not_come_into_an_account_that_is_there(void **state)
{
	(void)state;
	(void)house_person(2, "carl@sommersund.example", "caseworker");
	const char *token = invite("carl@sommersund.example");
	struct auth_answer a = house_ask(json_pack("{s:s,s:s}", "call", "invitation_look", "token", token));
	assert_true(json_is_true(json_object_get(a.json, "has_password")));
	a = house_ask(
	    json_pack("{s:s,s:s,s:s}", "call", "invitation_accept", "token", token, "password", "den der inviterer"));
	assert_int_equal(a.state, AUTH_DONE); /* no session: they sign in with what they have */
	assert_int_equal(try_password("carl@sommersund.example", "den der inviterer", "10.0.0.1").state, AUTH_NO);
	a = try_password("carl@sommersund.example", HOUSE_PASSWORD, "10.0.0.1");
	assert_int_equal(try_code(a.pending, house_code(0)).state, AUTH_OFFICE);
}

/* --- programs, and nonsense */

static void a_program_gets_a_token_for_its_secret(void **state)
{
	(void)state;
	uint8_t secret[SEAL_TOKEN];
	char text[SEAL_TOKEN_TEXT];
	seal_random(secret, sizeof secret);
	seal_token_print(text, secret);
	(void)house_sql("CREATE TABLE IF NOT EXISTS public.made (id uuid)");
	(void)house_sql(
	    "DO $$ BEGIN PERFORM lg_gate.sign('1|staff|%s||administrator|'); INSERT INTO public.made SELECT "
	    "lg_gate.client_create('Payroll', '{caseworker}', '\\x%s'); END $$",
	    olena, seal_hex(&house.cx, secret, sizeof secret));
	const char *client = house_sql("SELECT id FROM public.made");
	struct auth_answer a = house_ask(json_pack("{s:s,s:s,s:s,s:s}", "call", "client_token", "client", client,
	                                           "secret", text, "address", "10.0.0.1"));
	assert_int_equal(a.state, AUTH_IN);
	assert_in_range(json_integer_value(json_object_get(a.json, "until")), time(NULL) + 3590, time(NULL) + 3601);
	text[3] = text[3] == 'A' ? 'B' : 'A';
	for (int i = 0; i < 10; i++)
		a = house_ask(json_pack("{s:s,s:s,s:s,s:s}", "call", "client_token", "client", client, "secret", text,
		                        "address", "10.0.0.1"));
	assert_int_equal(a.state, AUTH_NO);
	a = house_ask(json_pack("{s:s,s:s,s:s,s:s}", "call", "client_token", "client", client, "secret", text,
	                        "address", "10.0.0.1"));
	assert_int_equal(a.state, AUTH_WAIT);
	a = house_ask(json_pack("{s:s,s:s,s:s,s:s}", "call", "client_token", "client", "' OR 1=1", "secret", "x",
	                        "address", "10.0.0.2"));
	assert_int_equal(a.state, AUTH_NO);
	(void)house_sql("DROP TABLE public.made");
}

static int raw(const void *bytes, size_t n)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	(void)strcpy(to.sun_path, house.socket);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_int_equal(connect(fd, (const struct sockaddr *)&to, sizeof to), 0);
	(void)!write(fd, bytes, n);
	(void)shutdown(fd, SHUT_WR);
	char answer[4096];
	ssize_t got = 0, more;
	while ((more = read(fd, answer + got, sizeof answer - (size_t)got)) > 0) got += more;
	(void)close(fd);
	return (int)got;
}

static void nonsense_is_not_answered_and_harms_nobody(void **state)
{
	(void)state;
	assert_int_equal(raw("", 0), 0);
	assert_int_equal(raw("\0\0", 2), 0);
	assert_int_equal(raw("\xff\xff\xff\xff{}", 6), 0);
	assert_int_equal(raw("\0\0\0\5{\"a\":", 9), 0);
	assert_int_equal(raw("\0\0\0\2[]", 6), 0);
	assert_int_equal(raw("\0\0\0\x11{\"a\":1,\"a\":2}    ", 21), 0);
	assert_true(raw("\0\0\0\2{}", 6) > 4);
	assert_true(raw("\0\0\0\x0f{\"call\":\"nope\"}", 19) > 4);
	struct auth_answer a;
	house.cx.notes = NULL;
	assert_int_equal(auth_call(&house.cx, house.socket, &a, json_pack("{s:s}", "call", "unheard_of")), LG_FAULT);
	assert_int_equal(auth_call(&house.cx, "/nowhere", &a, json_object()), LG_BUSY);
	assert_int_equal(auth_call(&house.cx, house.socket, &a, NULL), LG_INVALID);
	/* A call without anything in it ends, whatever it is. */
	static const char *const calls[] = {
#define C(name, doc) #name,
#include "core/auth_calls.def"
#undef C
	};
	for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
		house_forget_attempts();
		a = house_ask(json_pack("{s:s}", "call", calls[i]));
		if (a.state == AUTH_IN) fail_msg("%s", calls[i]);
	}
}

static void there_is_no_first_start_where_there_is_an_office(void **state)
{
	(void)state;
	assert_int_equal(house_ask(json_pack("{s:s}", "call", "set_up_look")).state, AUTH_GONE);
	assert_int_equal(house_ask(json_pack("{s:s,s:s}", "call", "set_up", "setup_code", "7kq2m-9xw4f")).state,
	                 AUTH_GONE);
}

int main(int argc, char **argv)
{
	if (argc != 2) return 2;
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup(name, reset)
		T(the_sixth_wrong_password_in_a_minute_has_to_wait),
		T(good_ones_do_not_count),
		T(one_address_that_tries_many_accounts_has_to_wait),
		T(many_at_once_do_not_slip_through_together),
		T(an_unknown_account_answers_as_a_wrong_password_and_takes_as_long),
		T(a_disabled_account_answers_as_a_wrong_password),
		T(a_failure_is_written_down_for_the_office),
		T(a_hash_of_yesterdays_parameters_becomes_one_of_todays),
		T(a_code_counts_once),
		T(five_wrong_codes_have_to_wait_whichever_sign_in_they_are_of),
		T(what_waits_cannot_be_made_up_or_kept_or_used_for_another_step),
		T(staff_without_a_second_step_set_it_up_before_they_come_in),
		T(who_works_in_two_offices_chooses_one),
		T(an_administrator_ends_a_membership_and_not_the_account),
		T(signing_out_leaves_nothing_behind),
		T(a_session_idles_half_an_hour_and_can_be_extended_up_to_twelve),
		T(a_new_password_ends_the_other_sessions_and_is_told_by_mail),
		T(another_telephone_needs_the_password_and_is_told_by_mail),
		T(a_forgotten_password_is_answered_the_same_for_all),
		T(a_reset_works_once_for_half_an_hour_and_ends_all_sessions),
		T(who_is_invited_chooses_a_password_and_sets_up_codes),
		T(an_invitation_does_not_come_into_an_account_that_is_there),
		T(a_program_gets_a_token_for_its_secret),
		T(nonsense_is_not_answered_and_harms_nobody),
		T(there_is_no_first_start_where_there_is_an_office),
	};
	house_open(argv[1], false, NULL);
	jens = house_person(1, "jens@vinterby.example", "caseworker");
	(void)house_person(1, "maria@vinterby.example", "caseworker");
	olena = house_person(1, "olena@vinterby.example", "administrator");
	(void)house_sql("SELECT lg_gate.create_member(2, '%s', 'staff', 'Olena', NULL, '{administrator}')", olena);
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	house_close();
	return failed;
}
