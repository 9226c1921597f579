/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "fixture.h"

#define HOST "Host: x\r\n"
#define CLOSE "Connection: close\r\n"

static struct place place;

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

/*
 * R5: five times as much is asked as can be done. The workers do 2 / 40 ms = 50 a second; 50 clients ask again and
 * again for 2 s. Those that are refused are told so at once, the others are served, and as many as without the rush.
 */
enum { CLIENTS = 50, RUSH_MS = 2000, DOZE_MS = 40 };
struct client {
	pthread_t thread;
	unsigned served, refused, slow, lost;
};

static void *rush(void *arg)
{
	struct client *me = arg;
	struct lg_buf said = { 0 };
	for (int64_t end_ms = now_ms() + RUSH_MS; now_ms() < end_ms;) {
		int64_t asked = now_ms();
		int status = ask(place.port, &said, "GET /doze?ms=40 HTTP/1.1\r\n" HOST CLOSE "\r\n");
		int64_t took = now_ms() - asked;
		me->served += status == 200;
		me->refused += status == 503;
		me->lost += status != 200 && status != 503;
		me->slow += status == 503 && took > 50;
		if (status == 503 && !strstr(said.data, "\r\nRetry-After: 1\r\n")) me->lost++;
		if (status == 503) doze(20); /* as a client would, if sooner */
	}
	lg_buf_free(&said);
	return NULL;
}

static void too_much_is_refused_at_once_and_the_rest_served(void **state)
{
	(void)state;
	static struct client clients[CLIENTS];
	unsigned served = 0, refused = 0, lost = 0, slow = 0;
	place.config.connections = 500;
	place_open(&place);
	for (int i = 0; i < CLIENTS; i++)
		assert_int_equal(pthread_create(&clients[i].thread, NULL, rush, &clients[i]), 0);
	for (int i = 0; i < CLIENTS; i++) {
		pthread_join(clients[i].thread, NULL);
		served += clients[i].served;
		refused += clients[i].refused;
		lost += clients[i].lost;
		slow += clients[i].slow;
	}
	unsigned could = 2 * RUSH_MS / DOZE_MS;
	print_message("served %u of %u possible, refused %u, %u of them later than 50 ms\n", served, could, refused,
	              slow);
	assert_int_equal(lost, 0);
	if (!is_slowed()) {
		assert_true(served >= could * 8 / 10);
		assert_true(refused > served);
		assert_true(slow <= refused / 20); /* all of them, but others share the machine */
	}
	assert_int_equal(figures(&place).refused_busy, refused);
	assert_int_equal(figures(&place).requests, served);
}

static int ask_later(const char *text)
{
	int fd = dial(place.port);
	send_text(fd, text);
	return fd;
}

static void who_waited_too_long_is_refused(void **state)
{
	(void)state;
	int held[2], late[3];
	place.config.wait_ms = 200;
	place_open(&place);
	for (int i = 0; i < 2; i++) held[i] = ask_later("GET /wait HTTP/1.1\r\n" HOST CLOSE "\r\n");
	while (figures(&place).serving < 2) doze(2);
	int64_t begun = now_ms();
	for (int i = 0; i < 3; i++) late[i] = ask_later("GET /small HTTP/1.1\r\n" HOST "\r\n");
	for (int i = 0; i < 3; i++) {
		assert_int_equal(read_answer(late[i], &place.said, 5000), 503);
		int64_t took = now_ms() - begun;
		if (took < 200 || took > 700) fail_msg("after %ld ms", (long)took);
		close(late[i]);
	}
	assert_int_equal(figures(&place).waiting, 0);
	place.site.gate = true;
	for (int i = 0; i < 2; i++) {
		assert_int_equal(read_answer(held[i], &place.said, 5000), 200);
		close(held[i]);
	}
	assert_int_equal(place.site.served, 2);
	assert_int_equal(figures(&place).refused_busy, 3);
}

static void while_some_wait_for_long_new_ones_are_refused_at_once(void **state)
{
	(void)state;
	int held[6];
	place.config.late_ms = 100;
	place_open(&place);
	for (int i = 0; i < 6; i++) held[i] = ask_later("GET /wait HTTP/1.1\r\n" HOST CLOSE "\r\n");
	while (figures(&place).serving < 2 || figures(&place).waiting < 4) doze(2);
	doze(150);
	int64_t begun = now_ms();
	int late = ask_later("GET /small HTTP/1.1\r\n" HOST "\r\n");
	assert_int_equal(read_answer(late, &place.said, 5000), 503);
	if (!is_slowed()) assert_true(now_ms() - begun < 100);
	close(late);
	place.site.gate = true;
	for (int i = 0; i < 6; i++) {
		assert_int_equal(read_answer(held[i], &place.said, 5000), 200);
		close(held[i]);
	}
	assert_int_equal(figures(&place).refused_busy, 1);
}

static void *drain(void *ms)
{
	http_server_drain(place.server, *(unsigned *)ms);
	return NULL;
}

static void draining_serves_what_is_there_and_takes_no_more(void **state)
{
	(void)state;
	int held[6];
	unsigned ms = 5000;
	pthread_t drainer;
	place_open(&place);
	int idle = dial(place.port);
	send_text(idle, "GET /small HTTP/1.1\r\n" HOST "\r\n");
	assert_int_equal(read_answer(idle, &place.said, 5000), 200);
	for (int i = 0; i < 6; i++) held[i] = ask_later("GET /wait HTTP/1.1\r\n" HOST "\r\n");
	while (figures(&place).serving + figures(&place).waiting < 6) doze(2);
	assert_int_equal(pthread_create(&drainer, NULL, drain, &ms), 0);
	assert_true(read_to_end(idle, &place.said, 2000));
	/* The socket is still open, for whoever takes it next; this server answers nobody new. */
	int late = ask_later("GET /small HTTP/1.1\r\n" HOST "\r\n");
	assert_int_equal(read_answer(late, &place.said, 300), 0);
	place.site.gate = true;
	for (int i = 0; i < 6; i++) {
		assert_int_equal(read_answer(held[i], &place.said, 5000), 200);
		assert_non_null(strstr(place.said.data, "\r\nConnection: close\r\n"));
		assert_true(read_to_end(held[i], &place.said, 2000));
		close(held[i]);
	}
	int64_t begun = now_ms();
	pthread_join(drainer, NULL);
	assert_true(now_ms() - begun < 2000);
	assert_int_equal(figures(&place).connections, 0);
	assert_int_equal(place.site.served, 7);
	close(idle);
	close(late);
}

static void draining_ends_in_time(void **state)
{
	(void)state;
	place_open(&place);
	int held = ask_later("GET /wait HTTP/1.1\r\n" HOST "\r\n");
	while (figures(&place).serving < 1) doze(2);
	int64_t begun = now_ms();
	http_server_drain(place.server, 300);
	int64_t took = now_ms() - begun;
	if (took < 290 || took > 1000) fail_msg("%ld ms", (long)took);
	place.site.gate = true;
	close(held);
}

static void stopping_tells_those_who_wait(void **state)
{
	(void)state;
	int held[2], waiting[4];
	place_open(&place);
	for (int i = 0; i < 2; i++) held[i] = ask_later("GET /doze?ms=300 HTTP/1.1\r\n" HOST "\r\n");
	while (figures(&place).serving < 2) doze(2);
	for (int i = 0; i < 4; i++) waiting[i] = ask_later("GET /small HTTP/1.1\r\n" HOST "\r\n");
	while (figures(&place).waiting < 4) doze(2);
	http_server_stop(place.server);
	place.server = NULL;
	for (int i = 0; i < 2; i++) assert_int_equal(read_answer(held[i], &place.said, 1000), 200);
	for (int i = 0; i < 4; i++) assert_int_equal(read_answer(waiting[i], &place.said, 1000), 503);
	for (int i = 0; i < 2; i++) close(held[i]);
	for (int i = 0; i < 4; i++) close(waiting[i]);
}

static void it_starts_and_stops_many_times(void **state)
{
	(void)state;
	for (int i = 0; i < 20; i++) {
		place_open(&place);
		int fd = dial(place.port);
		send_text(fd, "GET /small HTTP/1.1\r\n" HOST "\r\n");
		if (i % 2) assert_int_equal(read_answer(fd, &place.said, 5000), 200);
		http_server_stop(place.server);
		place.server = NULL;
		close(fd);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(too_much_is_refused_at_once_and_the_rest_served, begin, end),
		cmocka_unit_test_setup_teardown(who_waited_too_long_is_refused, begin, end),
		cmocka_unit_test_setup_teardown(while_some_wait_for_long_new_ones_are_refused_at_once, begin, end),
		cmocka_unit_test_setup_teardown(draining_serves_what_is_there_and_takes_no_more, begin, end),
		cmocka_unit_test_setup_teardown(draining_ends_in_time, begin, end),
		cmocka_unit_test_setup_teardown(stopping_tells_those_who_wait, begin, end),
		cmocka_unit_test_setup_teardown(it_starts_and_stops_many_times, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
