/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "fixture.h"

#define GET "GET /small HTTP/1.1\r\nHost: x\r\n"

static struct place place;
enum {
	LATE_MS = 700
}; /* how much later than promised a loaded machine may be; the promise is looked at by its least */

static int begin(void **state)
{
	(void)state;
	place_prepare(&place);
	return 0;
}
static int end(void **state)
{
	(void)state;
	place_close(&place);
	return 0;
}

static char *filled(const char *before, size_t n, const char *after)
{
	char *text = lg_alloc(place.cx.mem, strlen(before) + n + strlen(after) + 1);
	strcpy(text, before);
	memset(text + strlen(before), 'x', n);
	strcpy(text + strlen(before) + n, after);
	return text;
}

/* Made by the server, not by the site: what it must and must not tell. */
static void is_a_refusal(void)
{
	const char *said = place.said.data;
	if (!strstr(said, "\r\nConnection: close\r\n") || !strstr(said, "\r\nX-Content-Type-Options: nosniff\r\n") ||
	    !strstr(said, "\r\nCache-Control: no-store\r\n") ||
	    !strstr(said, "\r\nContent-Type: text/plain; charset=utf-8\r\n") || !strstr(said, "\nrequest ") ||
	    strstr(said, "\r\nServer:") || strcasestr(said, "microhttpd") || count(said, "HTTP/1.") != 1)
		fail_msg("%s", said);
}

static void a_head_has_its_limit(void **state)
{
	(void)state;
	place_open(&place);
	assert_int_equal(ask(place.port, &place.said, filled(GET "Connection: close\r\nX: ", 8000, "\r\n\r\n")), 200);
	assert_int_equal(ask(place.port, &place.said, filled(GET "Connection: close\r\nX: ", 8200, "\r\n\r\n")), 431);
	is_a_refusal();
	assert_int_equal(ask(place.port, &place.said, filled("GET /", 9000, " HTTP/1.1\r\nHost: x\r\n\r\n")), 431);
	is_a_refusal();
	/* So long that the library has no room for it either, and says so in its own words. */
	assert_int_equal(ask(place.port, &place.said, filled(GET "X: ", 100000, "\r\n\r\n")), 431);
	assert_int_equal(ask(place.port, &place.said, filled("GET /", 100000, " HTTP/1.1\r\nHost: x\r\n\r\n")), 414);
	assert_int_equal(place.site.served, 1);
}

static void a_head_has_so_many_lines(void **state)
{
	(void)state;
	struct lg_buf b = { 0 };
	place_open(&place);
	lg_puts(&b, GET "Connection: close\r\n");
	for (int i = 2; i < 100; i++) lg_puts(&b, "X: y\r\n");
	size_t n = b.len;
	lg_puts(&b, "\r\n");
	assert_int_equal(ask(place.port, &place.said, b.data), 200);
	b.len = n;
	lg_puts(&b, "X: y\r\n\r\n");
	assert_int_equal(ask(place.port, &place.said, b.data), 431);
	is_a_refusal();
	lg_buf_free(&b);
}

static void a_body_has_its_limit(void **state)
{
	(void)state;
	place_open(&place);
#define POST(n) "POST /small HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: " n "\r\n"
	assert_int_equal(ask(place.port, &place.said, filled(POST("100000") "\r\n", 100000, "")), 200);
	assert_int_equal(ask(place.port, &place.said, POST("100001") "\r\n"), 413);
	is_a_refusal();
	assert_int_equal(ask(place.port, &place.said, POST("99999999999999999999999999999999") "\r\n"), 413);
	is_a_refusal();
	/* Not even asked for. */
	assert_int_equal(ask(place.port, &place.said, POST("100001") "Expect: 100-continue\r\n\r\n"), 413);
	assert_int_equal(count(place.said.data, "HTTP/1.1 100"), 0);
	/* In chunks nobody says beforehand how long it will be. */
	const char *chunked = "POST /small HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n186A1\r\n";
	assert_int_equal(ask(place.port, &place.said, filled(chunked, 100001, "\r\n0\r\n\r\n")), 413);
	is_a_refusal();
	assert_int_equal(
	    ask(place.port, &place.said,
	        filled("POST /small HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFF\r\n", 1 << 20, "")),
	    0);
	assert_int_equal(place.site.served, 1);
#undef POST
}

static void a_request_has_so_much_memory(void **state)
{
	(void)state;
	place_open(&place);
	for (int i = 0; i < 5; i++) {
		assert_int_equal(ask(place.port, &place.said, "GET /memory HTTP/1.1\r\nHost: x\r\n\r\n"), 500);
		is_a_refusal();
		assert_int_equal(ask(place.port, &place.said, GET "Connection: close\r\n\r\n"), 200);
	}
}

/* One byte every 50 ms until the other side closes; @return after how many ms it did */
static int64_t trickle(int fd, const char *text)
{
	int64_t begun = now_ms();
	for (const char *c = text; now_ms() - begun < 8000; c = c[1] ? c + 1 : text) {
		struct lg_buf got = { 0 };
		send_bytes(fd, c, 1);
		bool closed = read_to_end(fd, &got, 50);
		lg_buf_free(&got);
		if (closed) break;
	}
	return now_ms() - begun;
}

static void in_time(int64_t took, int64_t promised)
{
	if (took < promised - 100 || took > promised + LATE_MS)
		fail_msg("%ld ms instead of %ld", (long)took, (long)promised);
}

static void a_head_that_trickles_is_cut(void **state)
{
	(void)state;
	place_open(&place);
	int fd = dial(place.port);
	in_time(
	    trickle(
	        fd,
	        "GET /aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
	    place.config.head_ms);
	close(fd);
	fd = dial(place.port);
	send_text(fd, GET);
	in_time(trickle(fd, "X: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n"), place.config.head_ms);
	close(fd);
	assert_int_equal(figures(&place).cut, 2);
	assert_int_equal(place.site.served, 0);
}

static void a_later_head_that_trickles_is_cut(void **state)
{
	(void)state;
	place.config.idle_ms = 60000;
	place_open(&place);
	int fd = dial(place.port);
	send_text(fd, GET "\r\n");
	assert_int_equal(read_answer(fd, &place.said, 5000), 200);
	doze(1000);
	int64_t took =
	    trickle(fd, GET "X: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
	if (took > place.config.head_ms + 250 + LATE_MS) fail_msg("%ld ms", (long)took);
	close(fd);
	assert_int_equal(figures(&place).cut, 1);
	assert_int_equal(place.site.served, 1);
}

static void who_says_nothing_is_cut(void **state)
{
	(void)state;
	place_open(&place);
	int64_t begun = now_ms();
	int fd = dial(place.port);
	assert_true(read_to_end(fd, &place.said, 8000));
	in_time(now_ms() - begun, place.config.head_ms);
	close(fd);
	/* Between requests one may be silent for longer. */
	fd = dial(place.port);
	send_text(fd, GET "\r\n");
	assert_int_equal(read_answer(fd, &place.said, 5000), 200);
	begun = now_ms();
	assert_true(read_to_end(fd, &place.said, 8000));
	in_time(now_ms() - begun, place.config.idle_ms);
	assert_int_equal(place.said.len, 0);
	close(fd);
}

static void a_body_that_stands_still_is_cut(void **state)
{
	(void)state;
	place_open(&place);
	int fd = dial(place.port);
	send_text(fd, "POST /small HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc");
	int64_t begun = now_ms();
	assert_true(read_to_end(fd, &place.said, 8000));
	in_time(now_ms() - begun, place.config.body_ms);
	close(fd);
	fd = dial(place.port);
	send_text(fd, "POST /small HTTP/1.1\r\nHost: x\r\nContent-Length: 10000\r\n\r\n");
	in_time(trickle(fd, "x"), place.config.body_ms);
	close(fd);
	assert_int_equal(place.site.served, 0);
	assert_int_equal(figures(&place).cut, 2);
}

/* 20 kB a second are slow, and no trickle. */
static void a_slow_body_is_waited_for(void **state)
{
	(void)state;
	char part[1000];
	place_open(&place);
	memset(part, 'x', sizeof part);
	int fd = dial(place.port);
	send_text(fd, "POST /small HTTP/1.1\r\nHost: x\r\nContent-Length: 40000\r\nConnection: close\r\n\r\n");
	for (int i = 0; i < 40; i++) {
		send_bytes(fd, part, sizeof part);
		doze(50);
	}
	assert_int_equal(read_answer(fd, &place.said, 5000), 200);
	close(fd);
}

static void who_does_not_read_is_cut(void **state)
{
	(void)state;
	int small = 4096;
	place_open(&place);
	int fd = dial(place.port);
	(void)setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
	send_text(fd, "GET /big?n=30000000 HTTP/1.1\r\nHost: x\r\n\r\n");
	for (int i = 0; i < 100 && figures(&place).connections == 0; i++) doze(10);
	int64_t begun = now_ms();
	while (figures(&place).connections && now_ms() - begun < 9000) doze(20);
	assert_int_equal(figures(&place).connections, 0);
	close(fd);
}

/* The clocks are for clients: however long the work takes, its answer is sent. */
static void who_waits_for_us_is_not_cut(void **state)
{
	(void)state;
	place_open(&place);
	assert_int_equal(
	    ask(place.port, &place.said, "GET /doze?ms=4500 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"), 200);
}

/* 64 bodies of the most that is allowed, held back a byte before their ends: the next is told to come later. */
static void bodies_have_a_limit_together(void **state)
{
	(void)state;
	enum { MANY = 65 };
	int fds[MANY];
	place.config.connections = 100;
	place.config.queue = 100;
	place.config.most_body = 2000;
	place.config.body_ms = 10000;
	place_open(&place);
	const char *most =
	    filled("POST /small HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2000\r\n\r\n", 1999, "");
	for (int i = 0; i < MANY; i++) {
		fds[i] = dial(place.port);
		send_text(fds[i], most);
	}
	doze(200);
	unsigned refused = 0;
	for (int i = 0; i < MANY; i++) {
		send_text(fds[i], "x");
		int status = read_answer(fds[i], &place.said, 5000);
		if (status == 503) is_a_refusal();
		refused += status == 503;
		assert_true(status == 200 || status == 503);
		close(fds[i]);
	}
	assert_int_equal(refused, 1);
	/* And nothing of it stays behind. */
	while (figures(&place).connections) doze(2);
	for (int i = 0; i < 200; i++)
		assert_int_equal(ask(place.port, &place.said, lg_printf(place.cx.mem, "%sx", most)), 200);
}

static void the_oldest_idle_one_makes_room(void **state)
{
	(void)state;
	enum { MANY = 64 };
	int fds[MANY];
	place.config.head_ms = place.config.idle_ms = 60000;
	place_open(&place);
	for (int i = 0; i < MANY; i++) {
		fds[i] = dial(place.port);
		send_text(fds[i], GET "\r\n");
		assert_int_equal(read_answer(fds[i], &place.said, 5000), 200);
	}
	/* The first speaks again: it is the oldest no longer. */
	send_text(fds[0], GET "\r\n");
	assert_int_equal(read_answer(fds[0], &place.said, 5000), 200);
	assert_int_equal(ask(place.port, &place.said, GET "Connection: close\r\n\r\n"), 200);
	assert_true(read_to_end(fds[1], &place.said, 5000));
	send_text(fds[0], GET "\r\n");
	assert_int_equal(read_answer(fds[0], &place.said, 5000), 200);
	send_text(fds[2], GET "\r\n");
	assert_int_equal(read_answer(fds[2], &place.said, 5000), 200);
	assert_int_equal(figures(&place).cut, 1);
	for (int i = 0; i < MANY; i++) close(fds[i]);
}

static void when_all_are_busy_no_more_are_let_in(void **state)
{
	(void)state;
	int fds[4];
	place.config.connections = 4;
	place_open(&place);
	for (int i = 0; i < 4; i++) {
		fds[i] = dial(place.port);
		send_text(fds[i], "GET /wait HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
	}
	while (figures(&place).serving + figures(&place).waiting < 4) doze(2);
	assert_int_equal(ask(place.port, &place.said, GET "\r\n"), 0);
	place.site.gate = true;
	for (int i = 0; i < 4; i++) {
		assert_int_equal(read_answer(fds[i], &place.said, 5000), 200);
		close(fds[i]);
	}
	while (figures(&place).connections) doze(2);
	assert_int_equal(ask(place.port, &place.said, GET "Connection: close\r\n\r\n"), 200);
}

/* P42: those who hold connections keep nobody out. */
static void a_thousand_idle_ones_keep_nobody_out(void **state)
{
	(void)state;
	enum { MANY = 1000 };
	static int fds[MANY];
	struct rlimit files = { 0 };
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &files), 0);
	files.rlim_cur = files.rlim_max;
	if (files.rlim_max < 2 * MANY + 200) {
		print_message("only %lu files may be open\n", (unsigned long)files.rlim_max);
		skip();
	}
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &files), 0);
	place.config.head_ms = place.config.idle_ms = 60000;
	place.config.connections = 500;
	place.config.queue = 500;
	place_open(&place);
	for (int i = 0; i < MANY; i++) {
		fds[i] = dial(place.port);
		if (i % 3 == 1) send_text(fds[i], "GET /sm");
		if (i % 3 == 2) send_text(fds[i], GET "\r\n");
		if (i % 100 == 0) {
			int64_t begun = now_ms();
			assert_int_equal(ask(place.port, &place.said, GET "Connection: close\r\n\r\n"), 200);
			assert_true(now_ms() - begun < 1000);
		}
	}
	assert_int_equal(ask(place.port, &place.said, GET "Connection: close\r\n\r\n"), 200);
	assert_true(figures(&place).connections <= 500 + 64);
	for (int i = 0; i < MANY; i++) close(fds[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_head_has_its_limit, begin, end),
		cmocka_unit_test_setup_teardown(a_head_has_so_many_lines, begin, end),
		cmocka_unit_test_setup_teardown(a_body_has_its_limit, begin, end),
		cmocka_unit_test_setup_teardown(a_request_has_so_much_memory, begin, end),
		cmocka_unit_test_setup_teardown(a_head_that_trickles_is_cut, begin, end),
		cmocka_unit_test_setup_teardown(a_later_head_that_trickles_is_cut, begin, end),
		cmocka_unit_test_setup_teardown(who_says_nothing_is_cut, begin, end),
		cmocka_unit_test_setup_teardown(a_body_that_stands_still_is_cut, begin, end),
		cmocka_unit_test_setup_teardown(a_slow_body_is_waited_for, begin, end),
		cmocka_unit_test_setup_teardown(who_does_not_read_is_cut, begin, end),
		cmocka_unit_test_setup_teardown(who_waits_for_us_is_not_cut, begin, end),
		cmocka_unit_test_setup_teardown(bodies_have_a_limit_together, begin, end),
		cmocka_unit_test_setup_teardown(the_oldest_idle_one_makes_room, begin, end),
		cmocka_unit_test_setup_teardown(when_all_are_busy_no_more_are_let_in, begin, end),
		cmocka_unit_test_setup_teardown(a_thousand_idle_ones_keep_nobody_out, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
