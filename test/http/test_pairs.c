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

/* Fields as "name=value|", files as "name(filename)=bytes|", or "refused". */
static const char *read_parts(const char *type, const char *body)
{
	struct http_pairs form;
	struct http_files files;
	const char *said = "";
	cx.notes = NULL;
	if (http_read_multipart(&cx, &form, &files, type, body, strlen(body), 4) != LG_OK) {
		assert_non_null(cx.notes);
		return "refused";
	}
	for (size_t i = 0; i < form.n; i++)
		said = lg_printf(cx.mem, "%s%s=%s|", said, form.at[i].name, form.at[i].value);
	for (size_t i = 0; i < files.n; i++)
		said = lg_printf(cx.mem, "%s%s(%s)=%.*s|", said, files.at[i].name, files.at[i].filename,
		                 (int)files.at[i].n, files.at[i].bytes);
	return said;
}

#define PART "Content-Disposition: form-data; name="
#define WITH_FILE "--x\r\n" PART "\"kind\"\r\n\r\ncv\r\n--x\r\n" PART "\"file\"; filename=\"Олена %22CV%22.txt\"\r\n"

static void forms_with_files_come_in_parts(void **state)
{
	(void)state;
	static const char type[] = "multipart/form-data; boundary=x";
	assert_string_equal(read_parts(type, WITH_FILE "Content-Type: text/html\r\n\r\none\r\n-x\r\n\r\n--x--\r\n"),
	                    "kind=cv|file(Олена \"CV\".txt)=one\r\n-x\r\n|");
	assert_string_equal(read_parts("multipart/form-data; boundary=\"a=?b\"; charset=utf-8",
	                               "--a=?b\r\ncontent-disposition: form-data; name=\"a\"\r\n\r\n\r\n--a=?b--"),
	                    "a=|");
	/* nothing was chosen */
	assert_string_equal(read_parts(type, "--x\r\n" PART "\"file\"; filename=\"\"\r\n\r\n\r\n--x--\r\n"), "");
	assert_string_equal(read_parts(type, "--x\r\n" PART "\"a; filename=\\\"\r\n\r\n1\r\n--x--\r\n"),
	                    "a; filename=\\=1|");
	assert_true(http_is_multipart("Multipart/Form-Data; boundary=x"));
	assert_false(http_is_multipart("multipart/form-datax; boundary=x"));
	assert_false(http_is_multipart(NULL));
}

static void parts_that_no_browser_sends_are_refused(void **state)
{
	(void)state;
	static const char *const bodies[] = {
		"",
		"--x",
		"--x\r\n",
		"--y--\r\n",
		" --x\r\n" PART "\"a\"\r\n\r\n1\r\n--x--",
		"--x\r\n" PART "\"a\"\r\n\r\n1\r\n--x",
		"--x\r\n" PART "\"a\"\r\n\r\n1\n--x--",
		"--x\r\n" PART "\"a\"\r\n\r\n1\r\n--x--more",
		"--x\r\n" PART "\"a\"\r\n\r\n1\r\n--xyz\r\n\r\n--x--",
		"--x\r\n" PART "\"a\r\n\r\n1\r\n--x--",
		"--x\r\n" PART "a\r\n\r\n1\r\n--x--",
		"--x\r\nContent-Type: text/plain\r\n\r\n1\r\n--x--",
		"--x\r\n" PART "\"a\"\r\n" PART "\"b\"\r\n\r\n1\r\n--x--",
		"--x\r\n" PART "\"a\xFF\"\r\n\r\n1\r\n--x--",
		"--x\r\n" PART "\"a\"\r\n\r\n\xFF\r\n--x--",
	};
	for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++)
		if (strcmp(read_parts("multipart/form-data; boundary=x", bodies[i]), "refused") != 0)
			fail_msg("taken: %s", bodies[i]);
	static const char *const types[] = { "multipart/form-data",
		                             "multipart/form-data; boundary=", "multipart/form-data; boundary=\"x",
		                             "multipart/form-data; xboundary=x", "multipart/form-data; boundary=x<" };
	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
		assert_string_equal(read_parts(types[i], "--x\r\n" PART "\"a\"\r\n\r\n1\r\n--x--"), "refused");
	const char *many = "--x";
	for (int i = 0; i < 5; i++) many = lg_printf(cx.mem, "%s\r\n" PART "\"a\"\r\n\r\n1\r\n--x", many);
	assert_string_equal(read_parts("multipart/form-data; boundary=x", lg_printf(cx.mem, "%s--", many)), "refused");
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
		cmocka_unit_test(forms_with_files_come_in_parts),
		cmocka_unit_test(parts_that_no_browser_sends_are_refused),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
