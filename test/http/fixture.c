/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "fixture.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

bool is_slowed(void)
{
#ifdef __SANITIZE_THREAD__
	return true;
#else
	const char *preloaded = getenv("LD_PRELOAD");
	return preloaded && strstr(preloaded, "vgpreload");
#endif
}

void doze(long ms) { (void)nanosleep(&(struct timespec){ ms / 1000, ms % 1000 * 1000000 }, NULL); }

static void put_pairs(struct lg_buf *b, const char *what, struct http_pairs pairs)
{
	for (size_t i = 0; i < pairs.n; i++) lg_putf(b, "%s %s=%s\n", what, pairs.at[i].name, pairs.at[i].value);
}

/* Say what came. */
static void echo(const struct http_request *rq, struct lg_buf *b)
{
	lg_putf(b, "method %d %s\npath %s\npeer %s\nsecure %d\n", (int)rq->method, rq->method_name, rq->path, rq->peer,
	        rq->secure);
	put_pairs(b, "query", rq->query);
	put_pairs(b, "form", rq->form);
	put_pairs(b, "cookie", rq->cookies);
	put_pairs(b, "header", rq->headers);
	lg_putf(b, "body %zu %.200s\n", rq->n_body, rq->body);
}

void site_serve(struct lg_ctx *cx, void *with, struct http_request *rq, struct http_response *rs)
{
	static const char asset[] = "bytes that stay";
	struct site *site = with;
	site->served++;
	rs->status = 200;
	rs->type = "text/plain; charset=utf-8";
	if (strcmp(rq->path, "/smuggled") == 0) site->smuggled++;
	if (strcmp(rq->path, "/wait") == 0)
		while (!site->gate) doze(2);
	if (strcmp(rq->path, "/doze") == 0) doze(strtol(http_query(rq, "ms"), NULL, 10));
	if (strcmp(rq->path, "/memory") == 0)
		for (;;) lg_alloc(cx->mem, 4096);
	if (strcmp(rq->path, "/go") == 0) {
		http_redirect(rs, http_query(rq, "next"));
		http_put_cookie(cx, rs, "__Host-s", "1", -1);
	} else if (strcmp(rq->path, "/asset") == 0) {
		rs->fixed = asset;
		rs->n_fixed = sizeof asset - 1;
	} else if (strcmp(rq->path, "/big") == 0) {
		long n = strtol(http_query(rq, "n"), NULL, 10);
		for (long i = 0; i < n / 64; i++)
			lg_put(&rs->body, "0123456789012345678901234567890123456789012345678901234567890123", 64);
	} else if (strcmp(rq->path, "/header") == 0) {
		http_put_header(rs, http_query(rq, "name"), http_query(rq, "value"));
	} else if (strcmp(rq->path, "/forgets") == 0) {
		rs->status = 0;
	} else if (strcmp(rq->path, "/nothing") == 0) {
		rs->status = 204;
		rs->type = NULL;
	} else if (strcmp(rq->path, "/small") == 0) {
		lg_puts(&rs->body, "ok\n");
	} else if (strcmp(rq->path, "/page") == 0) {
		rs->type = "text/html; charset=utf-8";
		for (int i = 0; i < 1000; i++) lg_puts(&rs->body, "<p>page</p>\n");
	} else if (strcmp(rq->path, "/stream") == 0) {
		const char *name = http_header(rq, "X-Name"), *q = http_query(rq, "q");
		site->again += rq->again;
		lg_putf(&rs->body, "%s %s %u", name ? name : "-", q ? q : "-", site->news);
		if (!site->gate && site->asks)
			http_stream_if(rs, 30, site->asks, 7);
		else if (!site->gate)
			http_stream(rs, 30);
	} else if (strcmp(rq->path, "/hits") == 0) {
		lg_putf(&rs->body, "served %u smuggled %u\n", site->served - 1, site->smuggled);
		site->served = site->smuggled = 0;
	} else {
		echo(rq, &rs->body);
	}
}

void site_served(struct lg_ctx *cx, void *with, const struct http_request *rq, const struct http_response *rs,
                 uint64_t us)
{
	struct site *site = with;
	if (cx->id && rq->path && rs->status) site->told++;
	site->last_us = us;
}

void place_prepare(struct place *p)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t n = sizeof at;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0 || bind(fd, (struct sockaddr *)&at, n) != 0 || listen(fd, 2048) != 0 ||
	    getsockname(fd, (struct sockaddr *)&at, &n) != 0)
		abort();
	*p = (struct place){ .cx.mem = lg_arena_new(0, NULL), .port = ntohs(at.sin_port) };
	p->config = (struct http_server_config){
		.listen_fd = fd,
		.workers = 2,
		.queue = 8,
		.connections = 64,
		.streams = 4,
		.stream_s = 60,
		.head_ms = 600,
		.body_ms = 600,
		.idle_ms = 1500,
		.wait_ms = 5000,
		.most_head = 8192,
		.most_body = 100000,
		.arena = 1 << 22,
		.serve = site_serve,
		.served = site_served,
		.with = &p->site,
	};
}

void place_open(struct place *p)
{
	if (http_server_start(&p->cx, &p->server, &p->config) != LG_OK) abort();
}

void place_close(struct place *p)
{
	http_server_stop(p->server);
	close(p->config.listen_fd);
	lg_buf_free(&p->said);
	lg_arena_free(p->cx.mem);
}

struct http_server_figures figures(struct place *p)
{
	struct http_server_figures f;
	http_server_figures(p->server, &f);
	return f;
}

int dial(uint16_t port)
{
	struct sockaddr_in at = { .sin_family = AF_INET,
		                  .sin_port = htons(port),
		                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0 || connect(fd, (struct sockaddr *)&at, sizeof at) != 0) abort();
	return fd;
}

void send_bytes(int fd, const void *bytes, size_t n)
{
	const char *at = bytes;
	for (ssize_t sent; n && (sent = send(fd, at, n, MSG_NOSIGNAL)) > 0; n -= (size_t)sent) at += sent;
}
void send_text(int fd, const char *text) { send_bytes(fd, text, strlen(text)); }

int64_t now_ms(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* @return bytes; 0: the other side closed; -1: nothing came in time */
static ssize_t read_some(int fd, char *bytes, size_t n, int64_t until)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	int64_t left = until - now_ms();
	if (left < 0 || poll(&p, 1, (int)left) != 1) return -1;
	ssize_t got = recv(fd, bytes, n, 0);
	return got < 0 ? 0 : got;
}

bool read_to_end(int fd, struct lg_buf *b, int ms)
{
	char bytes[65536];
	int64_t until = now_ms() + ms;
	ssize_t n;
	lg_buf_clear(b);
	lg_puts(b, "");
	while ((n = read_some(fd, bytes, sizeof bytes, until)) > 0) lg_put(b, bytes, (size_t)n);
	return n == 0;
}

int read_answer(int fd, struct lg_buf *b, int ms)
{
	int64_t until = now_ms() + ms;
	size_t whole = SIZE_MAX;
	char byte;
	lg_buf_clear(b);
	lg_puts(b, "");
	while (b->len < whole) {
		if (read_some(fd, &byte, 1, until) != 1) return 0;
		lg_putc(b, byte);
		if (whole != SIZE_MAX || b->len < 4 || memcmp(b->data + b->len - 4, "\r\n\r\n", 4)) continue;
		const char *length = strcasestr(b->data, "\r\nContent-Length:");
		whole = b->len + (length ? strtoul(length + 17, NULL, 10) : 0);
	}
	return b->len > 12 && memcmp(b->data, "HTTP/1.1 ", 9) == 0 ? (int)strtol(b->data + 9, NULL, 10) : 0;
}

int ask(uint16_t port, struct lg_buf *b, const char *text)
{
	int fd = dial(port);
	send_text(fd, text);
	bool closed = read_to_end(fd, b, 5000);
	close(fd);
	if (!closed) return -1;
	return b->len > 12 && memcmp(b->data, "HTTP/1.1 ", 9) == 0 ? (int)strtol(b->data + 9, NULL, 10) : 0;
}

unsigned count(const char *text, const char *word)
{
	unsigned n = 0;
	for (const char *at = text; (at = strstr(at, word)); at += strlen(word)) n++;
	return n;
}
