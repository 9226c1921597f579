/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "http/http.h"

static struct lg_ctx cx;

static int begin(void **state)
{
	(void)state;
	cx = (struct lg_ctx){ .mem = lg_arena_new(0, NULL) };
	return 0;
}
static int end(void **state)
{
	(void)state;
	lg_arena_free(cx.mem);
	return 0;
}

/* The pairs as "name=value|name=value|", or "refused". */
static const char *read_n(const char *text, size_t n, size_t most)
{
	struct http_pairs pairs;
	const char *said = "";
	cx.notes = NULL;
	if (http_read_pairs(&cx, &pairs, text, n, most) != LG_OK) {
		assert_non_null(cx.notes);
		return "refused";
	}
	for (size_t i = 0; i < pairs.n; i++)
		said = lg_printf(cx.mem, "%s%s=%s|", said, pairs.at[i].name, pairs.at[i].value);
	return said;
}
static const char *read_text(const char *text) { return read_n(text, strlen(text), 10); }

static void pairs_come_decoded_and_in_order(void **state)
{
	(void)state;
	assert_string_equal(read_text("a=1&b=2&a=3"), "a=1|b=2|a=3|");
	assert_string_equal(read_text("name=S%C3%B8ren+B%2bK&%6e=%26%3D"), "name=Søren B+K|n=&=|");
	assert_string_equal(read_text("a&b=&=c&x=y=z"), "a=|b=|=c|x=y=z|");
	assert_string_equal(read_text("&&a=1&&"), "a=1|");
	assert_string_equal(read_text(""), "");
	assert_string_equal(read_text("text=two%0D%0Alines"), "text=two\r\nlines|");
	assert_string_equal(read_text("n=\xD0\x9E\xD0\xBB\xD0\xB5\xD0\xBD\xD0\xB0"), "n=Олена|");
}

static void what_is_not_text_is_refused(void **state)
{
	(void)state;
	static const char *bad[] = { "a=%",    "a=%4",         "a=%4&b=1", "a=%zz",       "a=%00",
		                     "%00=a",  "a=%C3",        "a=%C0%80", "a=%ED%A0%80", "a=%F5%80%80%80",
		                     "a=\xFF", "a=1&b=%u0041", "\x80=1" };
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		if (strcmp(read_text(bad[i]), "refused")) fail_msg("%s: %s", bad[i], read_text(bad[i]));
	assert_string_equal(read_n("a=\0b", 4, 10), "refused");
	assert_string_equal(read_n("\0", 1, 10), "refused");
}

static void more_pairs_than_allowed_are_refused(void **state)
{
	(void)state;
	assert_string_equal(read_n("a&b&c", 5, 3), "a=|b=|c=|");
	assert_string_equal(read_n("a&b&c", 5, 2), "refused");
	assert_string_equal(read_n("&&&&&a", 6, 1), "a=|");
	assert_string_equal(read_n("a", 1, 0), "refused");
}

static void bytes_after_the_end_are_not_read(void **state)
{
	(void)state;
	char *tight = malloc(5);
	memcpy(tight, "a=1%2", 5);
	assert_string_equal(read_n(tight, 3, 10), "a=1|");
	assert_string_equal(read_n(tight, 4, 10), "refused");
	assert_string_equal(read_n(tight, 5, 10), "refused");
	free(tight);
}

static void encoding_and_decoding_cancel_out(void **state)
{
	(void)state;
	char all[256] = "";
	for (int c = 1; c < 128; c++) all[c - 1] = (char)c;
	strcpy(all + 127, "æøåЖ😀");
	struct lg_buf b = { 0 };
	lg_puts(&b, "x=");
	http_put_encoded(&b, all);
	for (const char *c = b.data + 2; *c; c++)
		if (!strchr("-._~%0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", *c))
			fail_msg("%c", *c);
	struct http_pairs pairs;
	assert_int_equal(http_read_pairs(&cx, &pairs, b.data, b.len, 1), LG_OK);
	assert_string_equal(pairs.at[0].value, all);
	lg_buf_free(&b);
}

static void of_one_name_the_first_is_given(void **state)
{
	(void)state;
	struct http_pair at[] = { { "Host", "a" }, { "host", "b" } };
	struct http_request rq = { .headers = { at, 2 }, .query = { at, 2 }, .form = { at, 2 }, .cookies = { at, 2 } };
	assert_string_equal(http_header(&rq, "HOST"), "a");
	assert_null(http_header(&rq, "Hos"));
	assert_string_equal(http_query(&rq, "host"), "b");
	assert_null(http_query(&rq, "HOST"));
	assert_string_equal(http_form(&rq, "Host"), "a");
	assert_string_equal(http_cookie(&rq, "host"), "b");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pairs_come_decoded_and_in_order),
		cmocka_unit_test(what_is_not_text_is_refused),
		cmocka_unit_test(more_pairs_than_allowed_are_refused),
		cmocka_unit_test(bytes_after_the_end_are_not_read),
		cmocka_unit_test(encoding_and_decoding_cancel_out),
		cmocka_unit_test(of_one_name_the_first_is_given),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
