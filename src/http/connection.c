/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <errno.h>
#include <sys/socket.h>
#include <time.h>

#include "http/inner.h"

int64_t http_now_us(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static struct http_list *list_of(struct http_connection *c)
{
	return c->stage == STAGE_HEAD     ? &c->server->idle
	       : c->stage == STAGE_STREAM ? &c->server->streams
	                                  : &c->server->busy;
}

void http_leave(struct http_connection *c)
{
	struct http_list *list = list_of(c);
	*(c->prev ? &c->prev->next : &list->first) = c->next;
	*(c->next ? &c->next->prev : &list->last) = c->prev;
	c->prev = c->next = NULL;
}

static void append(struct http_connection *c)
{
	struct http_list *list = list_of(c);
	c->prev = list->last;
	*(list->last ? &list->last->next : &list->first) = c;
	list->last = c;
}

void http_enter(struct http_connection *c, enum stage stage, int64_t now_ms)
{
	if (c->since) http_leave(c);
	c->stage = stage;
	c->since = now_ms;
	append(c);
}

void http_cut(struct http_connection *c)
{
	if (c->is_cut) return;
	c->is_cut = true;
	c->server->figures.cut++;
	(void)shutdown(c->fd, SHUT_RDWR);
}

long http_read_away(int fd)
{
	enum { MOST = 1 << 20 }; /* at a time: others want a turn */
	char bytes[16384];
	long all = 0;
	ssize_t n;
	while ((n = recv(fd, bytes, sizeof bytes, MSG_DONTWAIT)) > 0 && (all += n) < MOST) {}
	return all ? all : n == 0 || (errno != EAGAIN && errno != EINTR) ? 0 : -1;
}

struct http_connection *http_queue_take(struct http_server *s)
{
	struct http_connection *c = s->queue_first;
	if (!c) return NULL;
	s->queue_first = c->later;
	if (!s->queue_first) s->queue_last = NULL;
	c->later = NULL;
	s->figures.waiting--;
	return c;
}

void http_queue_put(struct http_connection *c)
{
	struct http_server *s = c->server;
	*(s->queue_last ? &s->queue_last->later : &s->queue_first) = c;
	s->queue_last = c;
	s->figures.waiting++;
	s->figures.requests++;
	pthread_cond_signal(&s->work);
}
