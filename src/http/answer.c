/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>

#include "base/log.h"
#include "http/inner.h"

/* The library takes what it may not write to by the same type; it promises not to (MHD_RESPMEM_PERSISTENT). */
static void *unconst(const void *bytes)
{
	union {
		const void *from;
		void *to;
	} u = { .from = bytes };
	return u.to;
}

/* The bytes go to the library as they are, and are freed when they were sent. */
static struct MHD_Response *owned(struct lg_buf *b)
{
	if (!b->data) return MHD_create_response_from_buffer(0, unconst(""), MHD_RESPMEM_PERSISTENT);
	struct MHD_Response *r = MHD_create_response_from_buffer_with_free_callback_cls(b->len, b->data, free, b->data);
	if (!r) free(b->data);
	b->data = NULL;
	b->cap = 0;
	return r;
}

/* An empty value says nothing, and the library takes none. */
static bool put(struct MHD_Response *r, const char *name, const char *value)
{
	return !*value || MHD_add_response_header(r, name, value) == MHD_YES;
}

static void put_refusal(struct lg_buf *b, unsigned status, uint64_t id)
{
	char shown[17];
	lg_id_print(shown, id);
	lg_putf(b, "%s\nrequest %s\n", MHD_get_reason_phrase_for(status), shown);
}

struct MHD_Response *http_refusal(unsigned status, uint64_t id)
{
	struct lg_buf text = { 0 };
	put_refusal(&text, status, id);
	struct MHD_Response *r = owned(&text);
	if (!r) return NULL;
	bool good = put(r, "Content-Type", "text/plain; charset=utf-8") &&
	            put(r, "X-Content-Type-Options", "nosniff") && put(r, "Cache-Control", "no-store") &&
	            put(r, "Connection", "close") && (status != 503 || put(r, "Retry-After", "1")) &&
	            (status != 405 || put(r, "Allow", "GET, HEAD, POST, PUT, PATCH, DELETE"));
	if (good) return r;
	MHD_destroy_response(r);
	return NULL;
}

void http_refuse_past_library(struct http_connection *c, unsigned status)
{
	struct lg_buf text = { 0 }, all = { 0 };
	char date[40];
	struct tm tm;
	time_t now = time(NULL);
	put_refusal(&text, status, c->id);
	(void)strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S GMT", gmtime_r(&now, &tm));
	lg_putf(&all,
	        "HTTP/1.1 %u %s\r\nDate: %s\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\n"
	        "X-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\nContent-Length: %zu\r\n\r\n%s",
	        status, MHD_get_reason_phrase_for(status), date, text.len, text.data);
	(void)!send(c->fd, all.data, all.len, MSG_NOSIGNAL | MSG_DONTWAIT);
	(void)shutdown(c->fd, SHUT_RDWR);
	lg_buf_free(&text);
	lg_buf_free(&all);
}

/* A header's value is ASCII on the wire: what is not, is percent-encoded in an address. */
static bool put_location(struct MHD_Response *r, const char *path)
{
	struct lg_buf b = { 0 };
	for (const char *c = path; *c; c++) {
		if ((unsigned char)*c < 0x80)
			lg_putc(&b, *c);
		else
			lg_putf(&b, "%%%02X", (unsigned char)*c);
	}
	bool good = put(r, "Location", b.data ? b.data : "/");
	lg_buf_free(&b);
	return good;
}

bool http_answer_head(struct MHD_Response *r, const struct http_response *rs, bool closes)
{
	bool good = (!rs->type || put(r, "Content-Type", rs->type)) && (!closes || put(r, "Connection", "close"));
	for (size_t i = 0; good && i < rs->n_headers; i++) {
		const struct http_pair *h = &rs->headers[i];
		good = strcasecmp(h->name, "Location") == 0 ? put_location(r, h->value) : put(r, h->name, h->value);
	}
	return good;
}

struct MHD_Response *http_answer(struct http_response *rs, bool closes)
{
	struct MHD_Response *r;
	if (rs->fixed)
		r = MHD_create_response_from_buffer(rs->n_fixed, unconst(rs->fixed), MHD_RESPMEM_PERSISTENT);
	else
		r = owned(&rs->body);
	if (!r) return NULL;
	if (http_answer_head(r, rs, closes)) return r;
	MHD_destroy_response(r);
	return NULL;
}

void http_note_refusal(struct http_server *s, const struct http_connection *c, unsigned status, const char *why)
{
	struct lg_ctx cx = { .id = c->id };
	pthread_mutex_lock(&s->lock);
	*(status == 503 ? &s->figures.refused_busy : &s->figures.refused_bad) += 1;
	pthread_mutex_unlock(&s->lock);
	lg_log(&cx, LG_LOG_WARN, "refused", LOG_INT("status", status), LOG_TEXT("why", why));
}

void http_hand_over(struct http_connection *c, struct MHD_Response *answer, unsigned status, uint64_t bytes)
{
	struct http_server *s = c->server;
	c->is_answered = true;
	c->answer = answer;
	c->status = status;
	pthread_mutex_lock(&s->lock);
	if (c->stage == STAGE_SERVING) s->figures.serving--;
	http_enter(c, c->stream ? STAGE_STREAM : STAGE_ANSWER, http_now_ms());
	c->bytes = bytes;
	pthread_mutex_unlock(&s->lock);
	MHD_resume_connection(c->mhd);
}
