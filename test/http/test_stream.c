/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* Server-sent events over sockets. */
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "fixture.h"

#define ASK "GET /stream?q=a%20b HTTP/1.1\r\nHost: x\r\nX-Name: somebody\r\n\r\n"

static struct place place;
static struct lg_buf got;

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
	lg_buf_free(&got);
	return 0;
}

/* Read until the text is there; false: not within `ms`, or the other side closed before. */
static bool comes(int fd, const char *text, int ms)
{
	for (int64_t until = now_ms() + ms; !got.data || !strstr(got.data, text);) {
		struct pollfd p = { .fd = fd, .events = POLLIN };
		char bytes[4096];
		int64_t left = until - now_ms();
		if (left <= 0 || poll(&p, 1, (int)left) <= 0) return false;
		ssize_t n = recv(fd, bytes, sizeof bytes, 0);
		if (n <= 0) return false;
		lg_put(&got, bytes, (size_t)n);
	}
	return true;
}

static int listener(void)
{
	int fd = dial(place.port);
	lg_buf_free(&got);
	send_text(fd, ASK);
	return fd;
}

static unsigned streams(void) { return figures(&place).streams; }

static void an_event_comes_when_something_is_new_and_only_then(void **state)
{
	(void)state;
	place_open(&place);
	int fd = listener();
	assert_true(comes(fd, "data: somebody a b 0\n\n", 5000));
	assert_non_null(strstr(got.data, "200 OK"));
	assert_non_null(strstr(got.data, "Content-Type: text/event-stream\r\n"));
	assert_non_null(strstr(got.data, "retry: 30\n\n"));
	assert_non_null(strstr(got.data, "id: 1\n"));
	assert_int_equal(streams(), 1);
	/* It is asked for again, with all that it was asked with; what it was is not told twice. */
	for (int i = 0; i < 500 && place.site.again < 5; i++) doze(10);
	assert_true(place.site.again >= 5);
	place.site.news++;
	assert_true(comes(fd, "id: 2\ndata: somebody a b 1\n\n", 5000));
	assert_int_equal(count(got.data, "data: "), 2);
	/* And is one line in the log. */
	assert_int_equal(place.site.told, 1);
	close(fd);
}

static enum http_news news_of(uint64_t with, const char *told, int64_t since_ms, char out[HTTP_NEWS_TEXT])
{
	char news[20];
	(void)snprintf(news, sizeof news, "b %u", place.site.news);
	place.site.asked++;
	if (with != 7 || since_ms < 0 || strstr(told, news)) return HTTP_NO_NEWS;
	if (place.site.news % 2 == 0) return HTTP_NEWS_ASK;
	(void)snprintf(out, HTTP_NEWS_TEXT, "said b %u", place.site.news);
	return HTTP_NEWS;
}

static void asked_thrice(void)
{
	unsigned asked = place.site.asked;
	for (int i = 0; i < 500 && place.site.asked < asked + 3; i++) doze(10);
	assert_true(place.site.asked >= asked + 3);
}

static void one_that_knows_itself_whether_there_is_news_is_not_served_without(void **state)
{
	(void)state;
	place.site.asks = news_of;
	place_open(&place);
	int fd = listener();
	assert_true(comes(fd, "data: somebody a b 0\n\n", 5000));
	asked_thrice();
	assert_int_equal(place.site.again, 0);
	/* What it says itself is told at once, and once. */
	place.site.news = 1;
	assert_true(comes(fd, "id: 2\ndata: said b 1\n\n", 5000));
	asked_thrice();
	assert_int_equal(place.site.again, 0);
	/* Or it is served. */
	place.site.news = 2;
	assert_true(comes(fd, "id: 3\ndata: somebody a b 2\n\n", 5000));
	asked_thrice();
	assert_int_equal(place.site.again, 1);
	assert_int_equal(count(got.data, "data: "), 3);
	assert_int_equal(streams(), 1);
	close(fd);
}

static void it_ends_when_the_answer_is_no_stream_any_more(void **state)
{
	(void)state;
	place_open(&place);
	int fd = listener();
	assert_true(comes(fd, "data: ", 5000));
	place.site.gate = true;
	assert_true(comes(fd, "\r\n0\r\n\r\n", 5000));
	for (int i = 0; i < 500 && streams(); i++) doze(10);
	assert_int_equal(streams(), 0);
	close(fd);
}

static void it_lasts_as_long_as_it_may(void **state)
{
	(void)state;
	place.config.stream_s = 1;
	place_open(&place);
	int64_t begun = now_ms();
	int fd = listener();
	assert_true(comes(fd, "\r\n0\r\n\r\n", 6000));
	assert_true(now_ms() - begun >= 900);
	/* The connection is as good as before. */
	lg_buf_free(&got);
	send_text(fd, "GET /small HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
	assert_true(comes(fd, "ok\n", 5000));
	close(fd);
}

static void there_are_only_so_many_and_a_place_becomes_free(void **state)
{
	(void)state;
	int all[4];
	place_open(&place);
	for (size_t i = 0; i < 4; i++) {
		all[i] = listener();
		assert_true(comes(all[i], "data: ", 5000));
	}
	assert_int_equal(streams(), 4);
	assert_int_equal(ask(place.port, &place.said, ASK), 503);
	/* Pages go on. */
	assert_int_equal(ask(place.port, &place.said, "GET /small HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
	                 200);
	close(all[0]);
	for (int i = 0; i < 1000 && streams() == 4; i++) {
		place.site.news++; /* that it is gone is noticed when there is something to send */
		doze(10);
	}
	assert_int_equal(streams(), 3);
	all[0] = listener();
	assert_true(comes(all[0], "data: ", 5000));
	for (size_t i = 0; i < 4; i++) close(all[i]);
}

static void many_streams_hold_no_thread(void **state)
{
	(void)state;
	enum { MANY = 40 };
	int all[MANY];
	place.config.streams = MANY;
	place_open(&place);
	for (size_t i = 0; i < MANY; i++) {
		all[i] = listener();
		assert_true(comes(all[i], "data: somebody a b 0", 5000));
	}
	assert_int_equal(streams(), MANY);
	for (int i = 0; i < 20; i++)
		assert_int_equal(
		    ask(place.port, &place.said, "GET /small HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"), 200);
	place.site.news++;
	for (size_t i = 0; i < MANY; i++) {
		lg_buf_free(&got);
		assert_true(comes(all[i], "data: somebody a b 1", 10000));
		close(all[i]);
	}
}

static void stopping_waits_for_none(void **state)
{
	(void)state;
	place_open(&place);
	int fd = listener();
	assert_true(comes(fd, "data: ", 5000));
	int64_t begun = now_ms();
	http_server_drain(place.server, 5000);
	if (!is_slowed()) assert_true(now_ms() - begun < 3000);
	assert_int_equal(streams(), 0);
	close(fd);
}

static void one_that_is_still_there_ends_with_the_server(void **state)
{
	(void)state;
	place_open(&place);
	int fd = listener();
	assert_true(comes(fd, "data: ", 5000));
	http_server_stop(place.server);
	place.server = NULL;
	char byte[64];
	while (recv(fd, byte, sizeof byte, 0) > 0) {}
	close(fd);
}

static void head_is_no_stream(void **state)
{
	(void)state;
	place_open(&place);
	assert_int_equal(ask(place.port, &place.said, "HEAD /stream HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
	                 200);
	assert_int_equal(streams(), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(an_event_comes_when_something_is_new_and_only_then, begin, end),
		cmocka_unit_test_setup_teardown(one_that_knows_itself_whether_there_is_news_is_not_served_without,
		                                begin, end),
		cmocka_unit_test_setup_teardown(it_ends_when_the_answer_is_no_stream_any_more, begin, end),
		cmocka_unit_test_setup_teardown(it_lasts_as_long_as_it_may, begin, end),
		cmocka_unit_test_setup_teardown(there_are_only_so_many_and_a_place_becomes_free, begin, end),
		cmocka_unit_test_setup_teardown(many_streams_hold_no_thread, begin, end),
		cmocka_unit_test_setup_teardown(stopping_waits_for_none, begin, end),
		cmocka_unit_test_setup_teardown(one_that_is_still_there_ends_with_the_server, begin, end),
		cmocka_unit_test_setup_teardown(head_is_no_stream, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
