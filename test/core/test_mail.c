/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/mail.h"

static int begin(void **state)
{
	struct lg_ctx *cx = calloc(1, sizeof *cx);
	cx->mem = lg_arena_new(0, NULL);
	cx->now = 1796000000; /* 2026-11-30T00:53:20Z, a Monday */
	*state = cx;
	return 0;
}

static int finish(void **state)
{
	struct lg_ctx *cx = *state;
	lg_arena_free(cx->mem);
	free(cx);
	return 0;
}

static struct mail usual(void)
{
	return (struct mail){ .id = "6f9619ff-8b86-4011-b42d-00cf4fc964ff",
		              .from = "no-reply@odense.example",
		              .to = "olena@odense.example",
		              .subject = "A subject",
		              .body = "Hello\n" };
}

static const char *printed(struct lg_ctx *cx, const struct mail *mail)
{
	struct lg_buf b = { 0 };
	assert_int_equal(mail_print(cx, &b, mail), LG_OK);
	const char *out = lg_strdup(cx->mem, b.data);
	lg_buf_free(&b);
	return out;
}

static void has(const char *text, const char *part)
{
	if (!strstr(text, part)) fail_msg("no \"%s\" in\n%s", part, text);
}

static void a_mail_has_its_headers_and_the_rows_id(void **state)
{
	struct mail m = usual();
	const char *text = printed(*state, &m);
	has(text, "Date: Mon, 30 Nov 2026 00:53:20 +0000\r\n");
	has(text, "\r\nFrom: Landgang <no-reply@odense.example>\r\n");
	has(text, "\r\nTo: <olena@odense.example>\r\n");
	has(text, "\r\nMessage-ID: <6f9619ff-8b86-4011-b42d-00cf4fc964ff@odense.example>\r\n");
	has(text, "\r\nSubject: A subject\r\n");
	has(text, "\r\n\r\nHello\r\n");
	for (const char *s = text; (s = strchr(s, '\n')); s++) assert_int_equal(s[-1], '\r');
}

static void a_header_that_holds_a_line_end_is_refused(void **state)
{
	static const char *const bad[] = { "x\r\nBcc: spy@evil.example", "x\nBcc: spy@evil.example",
		                           "x\rBcc: spy@evil.example", "x\x01y" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct lg_buf b = { 0 };
		struct mail m = usual();
		m.subject = bad[i];
		assert_int_equal(mail_print(*state, &b, &m), LG_INVALID);
		m = usual();
		m.to = lg_printf(((struct lg_ctx *)*state)->mem, "olena@odense.example%s", bad[i] + 1);
		assert_int_equal(mail_print(*state, &b, &m), LG_INVALID);
		m = usual();
		m.id = bad[i];
		assert_int_equal(mail_print(*state, &b, &m), LG_INVALID);
		assert_int_equal(b.len, 0);
		lg_buf_free(&b);
	}
}

static void addresses_are_told_from_what_is_none(void **state)
{
	(void)state;
	static const char *const good[] = { "a@b", "olena.kovalenko+x@odense.example", "søren@odense.example",
		                            "o'neil@odense.example" };
	static const char *const bad[] = {
		"",        "@",    "a@",      "@b",   "a@b@c", "a b@c",  "a@b c", "a@b\nBcc: c@d", "<a@b>",
		"a@b,c@d", "a@b;", "\"a\"@b", "a@b.", "a@.b",  "a@b..c", "a@-b",  "a@\302\205b",   "a@\xff"
	};
	for (size_t i = 0; i < 3; i++)
		if (!mail_address_is_good(good[i])) fail_msg("%s", good[i]);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (mail_address_is_good(bad[i])) fail_msg("%s", bad[i]);
	char longer[300];
	memset(longer, 'a', sizeof longer);
	longer[1] = '@';
	longer[255] = '\0';
	assert_false(mail_address_is_good(longer));
	longer[254] = '\0';
	assert_true(mail_address_is_good(longer));
}

static void a_subject_of_other_letters_is_cut_between_characters(void **state)
{
	struct mail m = usual();
	m.subject = "Ваш доступ до Ландґанґу в комуні Оденсе, де багато людей";
	const char *text = printed(*state, &m);
	/* 41 bytes: a byte of the letter that comes next would have had room. */
	has(text, "Subject: =?UTF-8?B?0JLQsNGIINC00L7RgdGC0YPQvyDQtNC+INCb0LDQvdC00pHQsNC90pE=?=\r\n "
	          "=?UTF-8?B?0YMg0LIg0LrQvtC80YPQvdGWINCe0LTQtdC90YHQtSwg0LTQtSDQsdCw?=\r\n "
	          "=?UTF-8?B?0LPQsNGC0L4g0LvRjtC00LXQuQ==?=\r\n");
}

static void a_body_has_short_lines_and_reads_as_written(void **state)
{
	struct mail m = usual();
	char body[400];
	memset(body, 'x', sizeof body);
	memcpy(body + 200, "=\xd0\x96 \n.\n", 8);
	body[399] = '\0';
	m.body = body;
	const char *text = strstr(printed(*state, &m), "\r\n\r\n");
	has(text, "=3D=D0=96=20\r\n.\r\n");
	for (const char *s = text + 4, *e; (e = strstr(s, "\r\n")); s = e + 2) assert_true(e - s <= 76);
}

static json_t *values(const char *text)
{
	json_t *v = json_loads(text, 0, NULL);
	assert_non_null(v);
	return v;
}

static void each_kind_has_words_and_a_link(void **state)
{
	struct mail m = usual();
	json_t *v = values("{\"office\":\"Odense\",\"by\":\"Jens\",\"path\":\"/invitation/abc\",\"days\":7}");
	assert_int_equal(mail_words(*state, &m, "invitation", v, "https://landgang.example"), LG_OK);
	assert_string_equal(m.subject, "Your access to Landgang at Odense");
	has(m.body, "\nhttps://landgang.example/invitation/abc\n");
	has(m.body, "within 7 days");
	json_decref(v);
	v = values("{\"path\":\"/reset/abc\",\"minutes\":30}");
	assert_int_equal(mail_words(*state, &m, "reset", v, "https://landgang.example"), LG_OK);
	has(m.body, "\nhttps://landgang.example/reset/abc\n");
	assert_int_equal(mail_words(*state, &m, "password_changed", v, "https://landgang.example"), LG_OK);
	has(m.body, "https://landgang.example/forgotten");
	assert_int_equal(mail_words(*state, &m, "second_step_changed", v, "https://landgang.example"), LG_OK);
	assert_int_equal(mail_words(*state, &m, "unheard of", v, "https://landgang.example"), LG_UNKNOWN);
	assert_int_equal(mail_words(*state, &m, "invitation", v, "https://landgang.example"), LG_INVALID);
	json_decref(v);
}

static void what_a_colleague_wrote_goes_as_it_was_written_and_answers_come_to_them(void **state)
{
	struct mail m = usual();
	json_t *v = values(
	    "{\"subject\":\"A talk\",\"body\":\"Hello\\nhttps://kort.example\",\"reply_to\":\"karin@odense.example\"}");
	assert_int_equal(mail_words(*state, &m, "message", v, "https://landgang.example"), LG_OK);
	assert_string_equal(m.subject, "A talk");
	assert_string_equal(m.body, "Hello\nhttps://kort.example\n");
	has(printed(*state, &m), "Reply-To: <karin@odense.example>\r\n");
	assert_null(strstr(printed(*state, &m), "Auto-Submitted"));
	json_decref(v);
	has(printed(*state,
	            &(struct mail){
	                .id = usual().id, .from = usual().from, .to = usual().to, .subject = "A", .body = "B\n" }),
	    "Auto-Submitted: auto-generated");
	struct lg_buf b = { 0 };
	m.reply_to = "x@y.example>\r\nBcc: <z@y.example";
	assert_int_equal(mail_print(*state, &b, &m), LG_INVALID);
	m.reply_to = NULL, m.subject = "Two\nlines";
	assert_int_equal(mail_print(*state, &b, &m), LG_INVALID);
	lg_buf_free(&b);
	v = values("{\"subject\":\"A\"}");
	assert_int_equal(mail_words(*state, &m, "message", v, ""), LG_INVALID);
	json_decref(v);
}

static const char confirmed[] =
    "{\"tag\":\"K3J5X2A9BQ\",\"from_name\":\"Ønske, hotline\",\"phone\":\"+45 86 12 34 56\",\"hours\":\"mon 8-12\","
    "\"reply_to\":\"hotline@randers.example\",\"in_reply_to\":\"one@vinterby.example\","
    "\"references\":\"zero@vinterby.example one@vinterby.example\",\"subject\":\"\",\"body\":\"\"}";

static void a_confirmation_says_that_a_machine_sent_it_and_belongs_to_its_thread(void **state)
{
	struct mail m = usual();
	json_t *v = values(confirmed);
	assert_int_equal(mail_words(*state, &m, "enquiry_confirmed", v, ""), LG_OK);
	assert_string_equal(m.subject, "We have your question [LG-K3J5X2A9BQ]");
	has(m.body, "+45 86 12 34 56");
	has(m.body, "mon 8-12");
	const char *text = printed(*state, &m);
	has(text, "From: =?UTF-8?B?w5huc2tlLCBob3RsaW5l?=\r\n <no-reply@odense.example>\r\n");
	has(text, "\r\nReply-To: <hotline@randers.example>\r\nAuto-Submitted: auto-replied\r\n");
	has(text, "\r\nIn-Reply-To: <one@vinterby.example>\r\n");
	has(text, "\r\nReferences: <zero@vinterby.example>\r\n <one@vinterby.example>\r\n");
	json_object_del(v, "hours");
	assert_int_equal(mail_words(*state, &m, "enquiry_confirmed", v, ""), LG_OK);
	json_object_del(v, "tag");
	assert_int_equal(mail_words(*state, &m, "enquiry_confirmed", v, ""), LG_INVALID);
	json_decref(v);
}

static void an_answer_is_a_persons_and_ids_bring_no_headers(void **state)
{
	struct mail m = usual();
	json_t *v =
	    values("{\"subject\":\"Re: A nurse\",\"body\":\"Yes\",\"reply_to\":\"\",\"in_reply_to\":\"a@b>\\r\\nBcc: "
	           "<x@y\",\"references\":\"ok@b <bad> x\\u0001y c@d\"}");
	assert_int_equal(mail_words(*state, &m, "enquiry_answer", v, ""), LG_OK);
	const char *text = printed(*state, &m);
	assert_null(strstr(text, "\nBcc"));
	assert_null(strstr(text, "bad"));
	assert_null(strstr(text, "Auto-Submitted"));
	has(text, "\r\nReferences: <ok@b>\r\n <c@d>\r\n");
	json_decref(v);
}

static void a_name_cannot_bring_lines_or_links_of_its_own(void **state)
{
	struct mail m = usual();
	json_t *v = values("{\"office\":\"Odense\\r\\nBcc: spy@evil.example\",\"by\":\"Go to "
	                   "http://evil.example\\nnow\",\"path\":\"/x\",\"days\":7}");
	assert_int_equal(mail_words(*state, &m, "invitation", v, "https://landgang.example"), LG_OK);
	assert_null(strchr(m.subject, '\n'));
	assert_null(strstr(m.body, "http://"));
	assert_null(strstr(m.body, "\nnow"));
	assert_null(strstr(printed(*state, &m), "\nBcc:"));
	json_decref(v);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_mail_has_its_headers_and_the_rows_id),
		cmocka_unit_test(a_header_that_holds_a_line_end_is_refused),
		cmocka_unit_test(addresses_are_told_from_what_is_none),
		cmocka_unit_test(a_subject_of_other_letters_is_cut_between_characters),
		cmocka_unit_test(a_body_has_short_lines_and_reads_as_written),
		cmocka_unit_test(each_kind_has_words_and_a_link),
		cmocka_unit_test(what_a_colleague_wrote_goes_as_it_was_written_and_answers_come_to_them),
		cmocka_unit_test(a_confirmation_says_that_a_machine_sent_it_and_belongs_to_its_thread),
		cmocka_unit_test(an_answer_is_a_persons_and_ids_bring_no_headers),
		cmocka_unit_test(a_name_cannot_bring_lines_or_links_of_its_own),
	};
	return cmocka_run_group_tests(tests, begin, finish);
}
