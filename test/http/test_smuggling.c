/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "fixture.h"

#define NEXT "GET /smuggled HTTP/1.1\r\nHost: x.example\r\n\r\n"

static struct place place;

static int begin(void **state)
{
	(void)state;
	place_prepare(&place);
	place_open(&place);
	return 0;
}
static int end(void **state)
{
	(void)state;
	place_close(&place);
	return 0;
}

/* One answer, and the connection closed: what stood behind it was not taken for a request. @return the status */
static int only_answer(const char *name, const char *bytes, size_t n)
{
	int fd = dial(place.port);
	send_bytes(fd, bytes, n);
	bool closed = read_to_end(fd, &place.said, 5000);
	close(fd);
	if (!closed) fail_msg("%s: stays open", name);
	if (count(place.said.data, "HTTP/1.") != 1) fail_msg("%s: %s", name, place.said.data);
	if (place.site.smuggled) fail_msg("%s: smuggled", name);
	if (!strstr(place.said.data, "\r\nConnection: close\r\n")) fail_msg("%s: %s", name, place.said.data);
	return (int)strtol(place.said.data + 9, NULL, 10);
}

static void refused(const char *name, const char *bytes, size_t n)
{
	int status = only_answer(name, bytes, n);
	if (status != (strcmp(name, "HTTP/2.0") ? 400 : 505)) fail_msg("%s: %d", name, status);
}

static void heads_that_two_may_read_differently_are_refused(void **state)
{
	(void)state;
#define X(name, bytes)                                                                                                 \
	{                                                                                                              \
		static const char all[] = bytes NEXT;                                                                  \
		refused(name, all, sizeof all - 1);                                                                    \
	}
#define BODY(name, bytes)
#define PROXY(name, bytes)
#include "smuggling.def"
#undef X
#undef BODY
#undef PROXY
	assert_int_equal(place.site.served, 0);
}

static void bodies_that_two_may_read_differently_are_refused(void **state)
{
	(void)state;
#define X(name, bytes)
#define BODY(name, bytes)                                                                                              \
	{                                                                                                              \
		static const char all[] = bytes NEXT;                                                                  \
		refused(name, all, sizeof all - 1);                                                                    \
	}
#define PROXY(name, bytes)
#include "smuggling.def"
#undef X
#undef BODY
#undef PROXY
	assert_int_equal(place.site.served, 0);
}

/* The same on a connection that was good so far, and cut into single bytes. */
static void later_heads_are_looked_at_as_closely(void **state)
{
	(void)state;
	static const char *const bad[] = {
		"POST /first HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nContent-Length: 0\r\n\r\n",
		"POST /first HTTP/1.1\r\nHost: x\r\nContent-Length: +0\r\n\r\n",
		"GET /first HTTP/1.1\r\nHost: x\r\nX: y\r\n z\r\n\r\n", "GET /first HTTP/1.1\nHost: x\r\n\r\n"
	};
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		int fd = dial(place.port);
		for (int k = 0; k < 3; k++) {
			send_text(fd, "GET /small?a=b HTTP/1.1\r\nHost: x\r\nX:  \t y \r\n\r\n");
			assert_int_equal(read_answer(fd, &place.said, 5000), 200);
		}
		for (const char *c = bad[i]; *c; c++) {
			send_bytes(fd, c, 1);
			if ((c - bad[i]) % 8 == 0) doze(1);
		}
		send_text(fd, NEXT);
		assert_true(read_to_end(fd, &place.said, 5000));
		close(fd);
		if (count(place.said.data, "HTTP/1.1 400 ") != 1 || count(place.said.data, "HTTP/1.") != 1)
			fail_msg("%s: %s", bad[i], place.said.data);
		assert_int_equal(place.site.smuggled, 0);
	}
}

/* The fault of one is not laid at the door of another who is just sending a head, or a body. */
static void others_are_not_blamed(void **state)
{
	(void)state;
	int head = dial(place.port), body = dial(place.port);
	send_text(head, "GET /small HTTP/1.1\r\nHost: x\r\nX: y\r\n");
	send_text(body, "POST /small HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na");
	doze(20);
	for (int i = 0; i < 10; i++)
		assert_int_equal(
		    ask(place.port, &place.said, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: +1\r\n\r\n"), 400);
	send_text(head, "\r\n");
	send_text(body, "\r\n0\r\n\r\n");
	assert_int_equal(read_answer(head, &place.said, 5000), 200);
	assert_int_equal(read_answer(body, &place.said, 5000), 200);
	close(head);
	close(body);
}

static void good_heads_are_not_refused(void **state)
{
	(void)state;
	static const char *const good[] = {
		"GET /?a=1&b=%2F HTTP/1.1\r\nhOST: [::1]:8080\r\nconnection: CLOSE\r\n\r\n",
		"GET / HTTP/1.1\r\nHost:x\r\nEmpty:\r\nBlank: \r\nTabs:\ta\tb\t\r\nConnection: close\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: x\r\nLatin: caf\xE9\r\nConnection: close\r\n\r\n",
		"GET / HTTP/1.0\r\n\r\n",
		"GET / HTTP/1.0\r\nHost: x\r\n\r\n",
		"\r\nGET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
		"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: Chunked\r\nConnection: "
		"close\r\n\r\n3;x=y\r\nabc\r\n00\r\n\r\n",
		"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 000003\r\nConnection: close\r\n\r\nabc",
		"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\nTrailer: "
		"x\r\n\r\n",
	};
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		int status = ask(place.port, &place.said, good[i]);
		if (status != 200) fail_msg("%d: %s", status, good[i]);
		if (strstr(place.said.data, "Latin")) fail_msg("%s", "what is not UTF-8 came through");
	}
}

static void methods_are_few(void **state)
{
	(void)state;
	static const char *const other[] = { "get", "OPTIONS", "PROPFIND", "ABCDEFGHIJKLMNOP" };
	assert_int_equal(ask(place.port, &place.said, "TRACE / HTTP/1.1\r\nHost: x\r\n\r\n"), 405);
	assert_non_null(strstr(place.said.data, "\r\nAllow: GET, HEAD, POST, PUT, PATCH, DELETE\r\n"));
	assert_int_equal(ask(place.port, &place.said, "CONNECT / HTTP/1.1\r\nHost: x\r\n\r\n"), 405);
	assert_int_equal(ask(place.port, &place.said, "CONNECT x.example:443 HTTP/1.1\r\nHost: x\r\n\r\n"), 405);
	for (size_t i = 0; i < sizeof other / sizeof other[0]; i++) {
		const char *text =
		    lg_printf(place.cx.mem, "%s / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", other[i]);
		assert_int_equal(ask(place.port, &place.said, text), 200);
		assert_non_null(
		    strstr(place.said.data, lg_printf(place.cx.mem, "method %d %s\n", HTTP_OTHER, other[i])));
	}
	char *long_one = lg_alloc(place.cx.mem, 65536 + 64);
	memset(long_one, 'A', 65536);
	strcpy(long_one + 65536, " / HTTP/1.1\r\nHost: x\r\n\r\n");
	int status = only_answer("64 kB of method", long_one, strlen(long_one));
	assert_true(status == 400 || status == 414 || status == 431);
}

static void an_endless_chunk_extension_is_refused(void **state)
{
	(void)state;
	enum { LONG = 1 << 20 };
	struct lg_buf b = { 0 };
	lg_puts(&b, "POST /first HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5;x=");
	for (int i = 0; i < LONG / 64; i++)
		lg_puts(&b, "0123456789012345678901234567890123456789012345678901234567890123");
	lg_puts(&b, "\r\nhello\r\n0\r\n\r\n" NEXT);
	refused("1 MB behind the size of a chunk", b.data, b.len);
	assert_int_equal(place.site.served, 0);
	lg_buf_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(heads_that_two_may_read_differently_are_refused, begin, end),
		cmocka_unit_test_setup_teardown(bodies_that_two_may_read_differently_are_refused, begin, end),
		cmocka_unit_test_setup_teardown(later_heads_are_looked_at_as_closely, begin, end),
		cmocka_unit_test_setup_teardown(others_are_not_blamed, begin, end),
		cmocka_unit_test_setup_teardown(good_heads_are_not_refused, begin, end),
		cmocka_unit_test_setup_teardown(methods_are_few, begin, end),
		cmocka_unit_test_setup_teardown(an_endless_chunk_extension_is_refused, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
