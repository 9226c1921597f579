/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/*
 * Server-sent events. A stream is a request whose answer does not end: it is asked for again now and then, and what is
 * new is one more event. Between two times nobody has it: its connection is suspended, without a thread and without a
 * transaction. So a stream costs a connection and a request every few seconds, and ends with the rights of who reads
 * it.
 *
 *   begun      by the worker that served the request first; from then on the connection is of STAGE_STREAM
 *   stream_read()   the network thread: sends what is pending, then suspends the connection, and it waits
 *   http_streams_look()   the watchdog: whose time has come is put into the queue again, unless it has said how to
 *                         know that there is nothing new
 *   http_stream_go_on()   the worker that took it from there: the next event, or none, or the end
 */
#include <stdlib.h>
#include <string.h>

#include "http/inner.h"

enum { PIECE = 4096, PING_MS = 15000, EVERY_LEAST_MS = 20, HTTP_1_1_STATUS = 200 };

/* --- what is sent */

static const char *text_of(const struct lg_buf *b) { return b->data ? b->data : ""; }

static void put_event(struct http_stream *t, const char *line)
{
	lg_putf(&t->pending, "id: %llu\ndata: %.*s\n\n", (unsigned long long)++t->number, (int)strcspn(line, "\r\n"),
	        line);
	lg_buf_clear(&t->last);
	lg_put(&t->last, line, strlen(line));
	t->pinged_ms = http_now_ms();
}

/* The caller holds the lock, or the stream is nobody else's yet. */
static void note_served(struct http_stream *t, const struct http_response *rs, int64_t now)
{
	t->asks = rs->stream_asks;
	t->with = rs->stream_with;
	t->served_ms = now;
}

static bool is_same(const struct http_stream *t, const struct lg_buf *body)
{
	return t->last.len == body->len && (!body->len || !memcmp(t->last.data, body->data, body->len));
}

/* For MHD: the network thread, whenever it could send more. */
static ssize_t stream_read(void *with, uint64_t at, char *out, size_t most)
{
	struct http_connection *c = with;
	struct http_server *s = c->server;
	struct http_stream *t = c->stream;
	size_t n = t->pending.len - t->sent;
	(void)at;
	if (n) {
		if (n > most) n = most;
		memcpy(out, t->pending.data + t->sent, n);
		t->sent += n;
		return (ssize_t)n;
	}
	pthread_mutex_lock(&s->lock);
	bool is_over = t->is_over || s->is_draining;
	pthread_mutex_unlock(&s->lock);
	if (is_over) return MHD_CONTENT_READER_END_OF_STREAM;
	lg_buf_clear(&t->pending);
	t->sent = 0;
	MHD_suspend_connection(c->mhd); /* from here to its resumption it is nobody's, and then the worker's */
	pthread_mutex_lock(&s->lock);
	t->due_ms = http_now_ms() + t->every_ms;
	t->is_idle = true;
	pthread_mutex_unlock(&s->lock);
	return 0;
}

/* --- beginning */

/* The library's texts of the head are read again each time: copies that live as long as the stream. */
static void keep_head(struct http_connection *c)
{
	struct http_head *h = &c->head;
	size_t size = h->method.n + h->version.n;
	for (size_t i = 0; i < h->n; i++) size += h->lines[i].name.n + h->lines[i].value.n;
	char *at = c->stream->head = malloc(size + 1);
	lg_assert(at);
	struct http_span *own[] = { &h->method, &h->version };
	for (size_t i = 0; i < 2 + 2 * h->n; i++) {
		struct http_span *span = i < 2   ? own[i]
		                         : i % 2 ? &h->lines[i / 2 - 1].value
		                                 : &h->lines[i / 2 - 1].name;
		memcpy(at, span->at, span->n);
		span->at = at;
		at += span->n;
	}
}

/* Is there room for one more? It is taken. */
static bool take_place(struct http_server *s)
{
	pthread_mutex_lock(&s->lock);
	bool is_room = s->figures.streams < s->config.streams && !s->is_draining;
	if (is_room) s->figures.streams++;
	pthread_mutex_unlock(&s->lock);
	return is_room;
}

static void give_place(struct http_server *s)
{
	pthread_mutex_lock(&s->lock);
	s->figures.streams--;
	pthread_mutex_unlock(&s->lock);
}

struct MHD_Response *http_stream_begin(struct http_connection *c, struct http_response *rs)
{
	struct http_server *s = c->server;
	if (!take_place(s)) return NULL;
	struct MHD_Response *r = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, PIECE, stream_read, c, NULL);
	if (!r || !http_answer_head(r, rs, false)) {
		if (r) MHD_destroy_response(r);
		give_place(s);
		return NULL;
	}
	struct http_stream *t = calloc(1, sizeof *t);
	lg_assert(t);
	t->every_ms = rs->stream_ms < EVERY_LEAST_MS ? EVERY_LEAST_MS : rs->stream_ms;
	t->ends_ms = http_now_ms() + (int64_t)s->config.stream_s * 1000;
	note_served(t, rs, http_now_ms());
	c->stream = t;
	keep_head(c);
	lg_putf(&t->pending, "retry: %u\n\n", t->every_ms);
	put_event(t, text_of(&rs->body));
	return r;
}

/* --- going on */

void http_stream_go_on(struct http_connection *c, const struct http_response *rs, bool is_served)
{
	struct http_server *s = c->server;
	struct http_stream *t = c->stream;
	int64_t now = http_now_ms();
	bool is_over = !is_served || rs->status != HTTP_1_1_STATUS || !rs->stream_ms || now >= t->ends_ms;
	if (!is_over && !is_same(t, &rs->body)) put_event(t, text_of(&rs->body));
	if (!is_over && !t->pending.len && now - t->pinged_ms >= PING_MS) {
		lg_puts(&t->pending, ":\n\n"); /* or nobody would notice that the client has gone */
		t->pinged_ms = now;
	}
	pthread_mutex_lock(&s->lock);
	s->figures.serving--;
	note_served(t, rs, now);
	t->is_over = is_over;
	t->is_idle = !is_over && !t->pending.len;
	t->due_ms = now + t->every_ms;
	http_enter(c, STAGE_STREAM, now);
	bool is_resumed = !t->is_idle;
	pthread_mutex_unlock(&s->lock);
	if (is_resumed) MHD_resume_connection(c->mhd);
}

/* It was not served: later. The caller holds the lock. */
void http_stream_put_off(struct http_connection *c, int64_t now)
{
	c->stream->is_idle = true;
	c->stream->due_ms = now + c->stream->every_ms;
	http_enter(c, STAGE_STREAM, now);
}

/* What is to be done with one that nobody has, and whose time has come. @return it goes on to be sent */
static bool look_at(struct http_server *s, struct http_connection *c, int64_t now)
{
	struct http_stream *t = c->stream;
	char text[HTTP_NEWS_TEXT];
	enum http_news news = t->asks ? t->asks(t->with, text_of(&t->last), now - t->served_ms, text) : HTTP_NEWS_ASK;
	if (news == HTTP_NEWS_ASK && s->figures.waiting < s->config.queue) {
		t->is_idle = false;
		http_enter(c, STAGE_WAITING, now);
		http_queue_put(c);
	} else if (news == HTTP_NO_NEWS) {
		t->due_ms = now + t->every_ms;
	} else if (news == HTTP_NEWS) {
		put_event(t, text);
		t->is_idle = false;
		http_enter(c, STAGE_STREAM, now);
		return true;
	}
	return false;
}

/* The caller holds the lock, which is let go meanwhile. */
void http_streams_look(struct http_server *s, int64_t now)
{
	struct http_connection *resumed = NULL, *next;
	for (struct http_connection *c = s->streams.first; c; c = next) {
		struct http_stream *t = c->stream;
		bool is_over = s->is_draining || s->is_stopping;
		next = c->next;
		if (!t->is_idle) {
			if (!c->is_cut && now - c->since > s->config.body_ms) http_cut(c); /* it takes nothing */
			continue;
		}
		if (is_over) {
			t->is_over = true;
			t->is_idle = false;
		}
		if (is_over || (now >= t->due_ms && look_at(s, c, now))) {
			c->later = resumed;
			resumed = c;
		}
	}
	if (!resumed) return;
	pthread_mutex_unlock(&s->lock);
	for (struct http_connection *c = resumed, *later; c; c = later) {
		later = c->later;
		c->later = NULL;
		MHD_resume_connection(c->mhd);
	}
	pthread_mutex_lock(&s->lock);
}

void http_stream_end(struct http_connection *c)
{
	struct http_stream *t = c->stream;
	if (!t) return;
	give_place(c->server);
	lg_buf_free(&t->pending);
	lg_buf_free(&t->last);
	free(t->head);
	free(t);
	c->stream = NULL;
}
