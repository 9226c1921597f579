/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/*
 * Pages asked of a service on this machine, at a constant rate:
 *   landgang-bench-load PORT RATE SECONDS CONNECTIONS < PLAN
 *   landgang-bench-load PORT 0 REQUESTS CONNECTIONS < PLAN      as fast as the answers come
 *   landgang-bench-load names N, landgang-bench-load keys FILE   data for the tables (load.h)
 *
 * A line of PLAN is CLASS, METHOD, PATH, TENANT and, for a POST, its form, between tabs; lines are taken in turn, from
 * the first again when there are no more. The session is the one whose token is SHA-256 of "bench TENANT".
 *
 * A request is due when its turn in the rate comes, whether others are answered or not, and its time counts from there:
 * one that had to wait because the service was slow is slow (no "coordinated omission").
 * Prints, for each class and for all: asked, answered well, refused (503), wrong, the rest of it in milliseconds.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#include "app/seal.h"
#include "load.h"

enum { CLASSES = 16, ROOM = 1 << 18, EVENTS = 64, LAST_MS = 5000 };

struct request {
	int class;
	const char *text; /* as it goes over the wire */
	size_t n;
	bool changes;
};

struct connection {
	struct connection *next; /* idle */
	int fd;
	const struct request *rq; /* NULL: idle */
	int64_t due_us;
	size_t sent, n;
	long wanted; /* bytes of the whole answer; 0: not known yet */
	int status;
	bool closes;
	char in[ROOM];
};

/* What came of a class. */
struct tally {
	char name[32];
	int64_t *good_us, *refused_us;
	size_t n_good, n_refused, n_wrong, n_asked, room;
};

static struct {
	struct lg_ctx cx;
	struct request *plan;
	size_t n_plan, at;
	struct connection *all, *idle;
	size_t n_all, n_open;
	size_t busy;
	int epoll, timer;
	struct sockaddr_in to;
	struct tally class[CLASSES];
	int n_class;
} g;

static int64_t now_us(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static void die(const char *what)
{
	(void)fprintf(stderr, "landgang-bench-load: %s: %s\n", what, strerror(errno));
	exit(1);
}

/* --- the plan */

static int class_named(const char *name)
{
	int i = 0;
	while (i < g.n_class && strcmp(g.class[i].name, name) != 0) i++;
	lg_assert(i < CLASSES);
	if (i == g.n_class) (void)snprintf(g.class[g.n_class++].name, sizeof g.class[i].name, "%s", name);
	return i;
}

static void read_line(char *line, struct request *rq)
{
	const char *field[5] = { "", "", "", "", "" };
	char *rest = line, token_text[SEAL_TOKEN_TEXT], csrf[SEAL_TOKEN_TEXT];
	uint8_t token[SEAL_TOKEN];
	line[strcspn(line, "\n")] = 0;
	for (int i = 0; i < 5 && rest; i++) field[i] = strsep(&rest, "\t");
	const char *of = lg_printf(g.cx.mem, "bench %s", field[3]);
	seal_hash(token, of, strlen(of));
	seal_token_print(token_text, token);
	seal_csrf(csrf, token);
	rq->class = class_named(field[0]);
	rq->changes = !strcmp(field[1], "POST");
	const char *form = rq->changes ? lg_printf(g.cx.mem, "%s&csrf=%s", field[4], csrf) : "";
	bool api = !strncmp(field[2], "/api/", 5);
	rq->text =
	    lg_printf(g.cx.mem,
	              "%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\n%s%s\r\nUser-Agent: landgang-bench\r\n"
	              "Accept: text/html\r\nAccept-Language: da\r\nSec-Fetch-Site: same-origin\r\n",
	              field[1], field[2], api ? "Authorization: Bearer " : "Cookie: __Host-landgang=", token_text);
	if (rq->changes)
		rq->text = lg_printf(
		    g.cx.mem, "%sContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n\r\n%s",
		    rq->text, strlen(form), form);
	else
		rq->text = lg_printf(g.cx.mem, "%s\r\n", rq->text);
	rq->n = strlen(rq->text);
}

static void read_plan(void)
{
	char *line = NULL;
	size_t n = 0, room = 0;
	while (getline(&line, &n, stdin) > 0) {
		if (g.n_plan == room) {
			room = room ? 2 * room : 1024;
			g.plan = realloc(g.plan, room * sizeof *g.plan);
			lg_assert(g.plan);
		}
		read_line(line, &g.plan[g.n_plan++]);
	}
	free(line);
	if (!g.n_plan) die("no plan");
}

/* --- what came */

static void note(const struct connection *c, bool answered)
{
	struct tally *t = &g.class[c->rq->class];
	int64_t took = now_us() - c->due_us;
	if (t->n_good == t->room || t->n_refused == t->room) {
		t->room = t->room ? 2 * t->room : 1024;
		t->good_us = realloc(t->good_us, t->room * sizeof *t->good_us);
		t->refused_us = realloc(t->refused_us, t->room * sizeof *t->refused_us);
		lg_assert(t->good_us && t->refused_us);
	}
	if (answered && c->status == 503)
		t->refused_us[t->n_refused++] = took;
	else if (answered && c->status == (c->rq->changes ? 303 : 200))
		t->good_us[t->n_good++] = took;
	else {
		if (!t->n_wrong++)
			(void)fprintf(stderr, "wrong (%d, %s): %.*s\n", c->status, answered ? "answered" : "cut off",
			              (int)strcspn(c->rq->text, "\r"), c->rq->text);
	}
}

static int by_size(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

static double part_ms(int64_t *us, size_t n, double part)
{
	if (!n) return 0;
	qsort(us, n, sizeof *us, by_size);
	size_t at = (size_t)((double)n * part);
	return (double)us[at < n ? at : n - 1] / 1000;
}

static void print_tally(struct tally *t)
{
	(void)printf("%-10s %7zu %7zu %7zu %6zu %9.1f %9.1f %9.1f %9.1f %9.1f\n", t->name, t->n_asked, t->n_good,
	             t->n_refused, t->n_wrong, part_ms(t->good_us, t->n_good, .5), part_ms(t->good_us, t->n_good, .99),
	             part_ms(t->good_us, t->n_good, 1), part_ms(t->refused_us, t->n_refused, .5),
	             part_ms(t->refused_us, t->n_refused, .99));
}

static void print_all(double seconds)
{
	struct tally all = { .name = "all" };
	(void)printf("%-10s %7s %7s %7s %6s %9s %9s %9s %9s %9s\n", "class", "asked", "good", "refused", "wrong",
	             "p50_ms", "p99_ms", "max_ms", "refused50", "refused99");
	for (int i = 0; i < g.n_class; i++) {
		struct tally *t = &g.class[i];
		all.good_us = realloc(all.good_us, (all.n_good + t->n_good + 1) * sizeof *all.good_us);
		all.refused_us = realloc(all.refused_us, (all.n_refused + t->n_refused + 1) * sizeof *all.refused_us);
		lg_assert(all.good_us && all.refused_us);
		if (t->n_good) memcpy(all.good_us + all.n_good, t->good_us, t->n_good * sizeof *t->good_us);
		if (t->n_refused)
			memcpy(all.refused_us + all.n_refused, t->refused_us, t->n_refused * sizeof *t->refused_us);
		all.n_good += t->n_good, all.n_refused += t->n_refused, all.n_wrong += t->n_wrong;
		all.n_asked += t->n_asked;
		print_tally(t);
	}
	print_tally(&all);
	(void)printf("good a second: %.1f\n", (double)all.n_good / seconds);
}

/* --- connections */

static void drop(struct connection *c)
{
	if (c->fd >= 0) {
		(void)close(c->fd);
		g.n_open--;
	}
	c->fd = -1;
}

static bool dial(struct connection *c)
{
	const int on = 1;
	c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (c->fd < 0) die("socket");
	g.n_open++;
	(void)setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	if (connect(c->fd, (const struct sockaddr *)&g.to, sizeof g.to) && errno != EINPROGRESS) return false;
	struct epoll_event e = { .events = EPOLLIN | EPOLLOUT | EPOLLET, .data.ptr = c };
	return epoll_ctl(g.epoll, EPOLL_CTL_ADD, c->fd, &e) == 0;
}

static void done(struct connection *c, bool answered)
{
	note(c, answered);
	if (!answered || c->closes) drop(c);
	c->rq = NULL;
	c->next = g.idle;
	g.idle = c;
	g.busy--;
}

static void push(struct connection *c)
{
	while (c->rq && c->sent < c->rq->n) {
		ssize_t n = send(c->fd, c->rq->text + c->sent, c->rq->n - c->sent, MSG_NOSIGNAL);
		if (n < 0 && (errno == EAGAIN || errno == ENOTCONN)) return;
		if (n < 0) return; /* an answer may be there all the same: it is read */
		c->sent += (size_t)n;
	}
}

static void read_head(struct connection *c)
{
	c->in[c->n] = 0;
	const char *end = strstr(c->in, "\r\n\r\n");
	if (!end) return;
	const char *length = strcasestr(c->in, "\r\nContent-Length:");
	c->status = (int)strtol(c->in + 9, NULL, 10);
	c->wanted = end + 4 - c->in + (length && length < end ? strtol(length + 17, NULL, 10) : 0);
	const char *closes = strcasestr(c->in, "\r\nConnection: close");
	c->closes = closes && closes < end;
}

static void pull(struct connection *c)
{
	for (;;) {
		char spare[4096];
		bool full = c->n + 1 >= ROOM;
		ssize_t n = full ? recv(c->fd, spare, sizeof spare, 0) : recv(c->fd, c->in + c->n, ROOM - 1 - c->n, 0);
		if (n < 0 && errno == EAGAIN) return;
		if (n <= 0) {
			if (c->rq)
				done(c, false);
			else
				drop(c);
			return;
		}
		if (!c->rq) continue;
		c->n += (size_t)n;
		if (!c->wanted) read_head(c);
		if (c->wanted && c->n >= (size_t)c->wanted) {
			done(c, true);
			if (c->fd < 0) return;
		}
	}
}

/* @return false: no connection is free */
static bool ask(int64_t due_us)
{
	struct connection *c = g.idle;
	if (!c) return false;
	g.idle = c->next;
	const struct request *rq = &g.plan[g.at++ % g.n_plan];
	*(&g.class[rq->class].n_asked) += 1;
	c->rq = rq;
	c->due_us = due_us;
	c->sent = c->n = 0;
	c->wanted = 0;
	c->status = 0;
	c->closes = false;
	g.busy++;
	if (c->fd < 0 && !dial(c)) {
		done(c, false);
		return true;
	}
	push(c);
	return true;
}

static void wait_for(int64_t until_us)
{
	struct epoll_event events[EVENTS];
	int64_t left = until_us - now_us();
	if (left < 1) left = 1;
	const struct itimerspec alarm = { .it_value = { left / 1000000, left % 1000000 * 1000 } };
	(void)timerfd_settime(g.timer, 0, &alarm, NULL);
	int n = epoll_wait(g.epoll, events, EVENTS, -1);
	for (int i = 0; i < n; i++) {
		struct connection *c = events[i].data.ptr;
		if (!c) {
			uint64_t rang;
			(void)!read(g.timer, &rang, sizeof rang);
			continue;
		}
		if (events[i].events & EPOLLOUT) push(c);
		if (c->fd >= 0) pull(c);
	}
}

static double at_rate(double rate, double seconds)
{
	int64_t begun = now_us(), end = begun + (int64_t)(seconds * 1e6);
	for (uint64_t i = 0;;) {
		int64_t due = begun + (int64_t)((double)i * 1e6 / rate), now = now_us();
		if (due >= end) break;
		if (due <= now && ask(due)) {
			i++;
			continue;
		}
		/* None is free: until one is; what is due then counts from when it was due. */
		wait_for(due <= now ? now + 1000000 : due);
	}
	for (int64_t last = now_us() + LAST_MS * 1000; g.busy && now_us() < last;) wait_for(last);
	return seconds;
}

static double at_will(size_t requests)
{
	int64_t begun = now_us();
	for (size_t i = 0; i < requests || g.busy;) {
		if (i < requests && ask(now_us()))
			i++;
		else
			wait_for(now_us() + 1000000);
	}
	return (double)(now_us() - begun) / 1e6;
}

int main(int argc, char **argv)
{
	g.cx.mem = lg_arena_new(0, NULL);
	if (argc == 3 && !strcmp(argv[1], "names")) return load_names(&g.cx, strtoul(argv[2], NULL, 10));
	if (argc == 3 && !strcmp(argv[1], "keys")) return load_keys(&g.cx, argv[2]);
	if (argc != 5) {
		(void)fprintf(stderr, "landgang-bench-load PORT RATE SECONDS CONNECTIONS < PLAN\n");
		return 2;
	}
	double rate = strtod(argv[2], NULL), seconds = strtod(argv[3], NULL);
	g.to = (struct sockaddr_in){ .sin_family = AF_INET,
		                     .sin_port = htons((uint16_t)strtoul(argv[1], NULL, 10)),
		                     .sin_addr = { htonl(INADDR_LOOPBACK) } };
	g.n_all = strtoul(argv[4], NULL, 10);
	g.all = calloc(g.n_all, sizeof *g.all);
	g.epoll = epoll_create1(EPOLL_CLOEXEC);
	g.timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
	if (!g.all || g.epoll < 0 || g.timer < 0) die("set-up");
	struct epoll_event e = { .events = EPOLLIN };
	if (epoll_ctl(g.epoll, EPOLL_CTL_ADD, g.timer, &e)) die("epoll");
	for (size_t i = g.n_all; i--;) {
		g.all[i].fd = -1;
		g.all[i].next = g.idle;
		g.idle = &g.all[i];
	}
	read_plan();
	print_all(rate > 0 ? at_rate(rate, seconds) : at_will((size_t)seconds));
	return 0;
}
