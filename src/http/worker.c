/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <setjmp.h>
#include <time.h>

#include "base/log.h"
#include "http/inner.h"

/* What one worker works on. In memory, not in registers: after a jump out of `serve` it is read again. */
struct work {
	struct http_server *server;
	struct lg_ctx cx;
	struct http_request rq;
	struct http_response rs;
	struct lg_buf body; /* of the request: outlives the connection */
	bool may_jump;
	jmp_buf over;
};

static _Thread_local struct work *working;

/* The request wanted more memory than one may have: it ends, not the program. What it held is closed with the arena. */
static void past_limit(void)
{
	if (working && working->may_jump) longjmp(working->over, 1);
}

static struct http_connection *take(struct http_server *s)
{
	struct http_connection *c;
	pthread_mutex_lock(&s->lock);
	while (!s->queue_first && !s->is_stopping) pthread_cond_wait(&s->work, &s->lock);
	c = s->is_stopping ? NULL : http_queue_take(s);
	if (c) {
		http_enter(c, STAGE_SERVING, http_now_ms());
		s->figures.serving++;
	}
	pthread_mutex_unlock(&s->lock);
	return c;
}

/* @return 0: rs holds the answer; else the status to refuse it with */
static int serve(struct work *w, const struct http_connection *c)
{
	w->may_jump = true;
	if (setjmp(w->over)) {
		w->may_jump = false;
		http_response_free(&w->rs);
		lg_log(&w->cx, LG_LOG_ERROR, "past the memory of a request", LOG_TEXT("method", w->rq.method_name));
		return 500;
	}
	int status = http_request_read(&w->cx, &w->rq, c);
	w->rq.again = c->stream != NULL;
	if (!status) w->server->config.serve(&w->cx, w->server->config.with, &w->rq, &w->rs);
	w->may_jump = false;
	if (!status && (w->rs.status < 200 || w->rs.status > 599)) status = 500;
	return status;
}

static void tell(struct work *w, int64_t begun_us)
{
	const struct http_server_config *config = &w->server->config;
	if (!config->served) return;
	w->may_jump = true;
	if (setjmp(w->over) == 0)
		config->served(&w->cx, config->with, &w->rq, &w->rs, (uint64_t)(http_now_us() - begun_us));
	w->may_jump = false;
}

/* A stream's next event: no answer of its own, and no line in the log. */
static void go_on(struct work *w, struct http_connection *c)
{
	w->cx.id = c->id;
	w->cx.now = time(NULL);
	w->cx.notes = NULL;
	w->rs = (struct http_response){ 0 };
	bool is_served = serve(w, c) == 0;
	http_stream_go_on(c, &w->rs, is_served);
	http_response_free(&w->rs);
	lg_arena_reset(w->cx.mem);
}

static void work_on(struct work *w, struct http_connection *c)
{
	struct http_server *s = w->server;
	int64_t begun_us = c->whole_us;
	w->cx.id = c->id;
	w->cx.now = time(NULL);
	w->cx.notes = NULL;
	w->rs = (struct http_response){ 0 };
	w->body = c->body;
	int refused = serve(w, c);
	c->body = (struct lg_buf){ 0 };
	struct MHD_Response *answer = NULL;
	if (!refused) {
		pthread_mutex_lock(&s->lock);
		bool closes = s->is_draining;
		pthread_mutex_unlock(&s->lock);
		bool streams = w->rs.stream_ms && w->rq.method == HTTP_GET;
		answer = streams ? http_stream_begin(c, &w->rs) : http_answer(&w->rs, closes);
		if (!answer) refused = streams ? 503 : 500; /* with a header that is the server's own to send */
	}
	if (!refused) {
		http_hand_over(c, answer, (unsigned)w->rs.status, w->rs.fixed ? w->rs.n_fixed : w->rs.body.len);
		tell(w, begun_us);
	} else {
		http_note_refusal(s, c, (unsigned)refused,
		                  refused == 500   ? "no answer"
		                  : refused == 503 ? "too many streams"
		                                   : "not text, or no address of ours");
		c->is_refused = true;
		http_hand_over(c, http_refusal((unsigned)refused, w->cx.id), (unsigned)refused, 0);
	}
	http_response_free(&w->rs);
	lg_buf_free(&w->body);
	lg_arena_reset(w->cx.mem);
}

void *http_work(void *server)
{
	struct http_server *s = server;
	struct work w = { .server = s, .cx = { .mem = lg_arena_new(s->config.arena, past_limit) } };
	working = &w;
	for (struct http_connection *c; (c = take(s));) (c->stream ? go_on : work_on)(&w, c);
	lg_arena_free(w.cx.mem);
	return NULL;
}
