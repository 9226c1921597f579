/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "cmd/health.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cmd/health.sql.h"
#include "core/auth_call.h"
#include "core/frame.h"

enum { LOOK_MS = 500, SOON_MS = 100, GOOD_MS = 2000, TICK_S = 10, MATCH_WAIT_S = 1, MEMORY = 1 << 20 };

static int64_t clock_ms(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* --- looking */

static void look_at_database(struct lg_ctx *cx, struct health *h)
{
	struct db *db;
	struct db_health_row row;
	if (db_open(cx, h->pool, &db, &(struct db_who){ .as = DB_AS_ROLE }) != LG_OK) return;
	db_health_send(cx, db, &row);
	if (db_end(cx, db) != LG_OK) return;
	h->schema = row.schema;
	h->database_ms = clock_ms();
}

static void look_at_auth(struct lg_ctx *cx, struct health *h)
{
	struct auth_answer a;
	if (auth_call(cx, AUTH_SOCKET, &a, json_pack("{s:s}", "call", "health")) == LG_OK) h->auth_ms = clock_ms();
}

static void look_at_match(struct lg_ctx *cx, struct health *h)
{
	json_t *answer;
	if (frame_ask(cx, MATCH_SOCKET, MATCH_WAIT_S, &answer, json_pack("{s:s}", "call", "health")) == LG_OK)
		h->match_ms = clock_ms();
}

static void *look(void *arg)
{
	struct health *h = arg;
	struct lg_ctx cx = { .mem = lg_arena_new(MEMORY, NULL) };
	while (!child_stopped()) {
		int64_t begun = clock_ms();
		cx.notes = NULL;
		cx.now = (int64_t)time(NULL);
		look_at_database(&cx, h);
		look_at_auth(&cx, h);
		look_at_match(&cx, h);
		lg_arena_reset(cx.mem);
		child_sleep(h->database_ms >= begun && h->auth_ms >= begun ? LOOK_MS : SOON_MS);
	}
	lg_arena_free(cx.mem);
	return NULL;
}

enum lg_err health_start(struct lg_ctx *cx, struct health *h)
{
	h->watching = pthread_create(&h->thread, NULL, look, h) == 0;
	return h->watching ? LG_OK : lg_fail(cx, LG_FAULT, "health", "no thread");
}

void health_stop(struct health *h)
{
	if (h->watching) (void)pthread_join(h->thread, NULL);
	h->watching = false;
}

/* --- telling */

static bool is_good(int64_t at_ms) { return at_ms && clock_ms() - at_ms < GOOD_MS; }

static int64_t tick_age(const struct health *h)
{
	int64_t tick = (int64_t)h->child->metrics->tick;
	return tick ? (int64_t)time(NULL) - tick : -1;
}

static void put_text(struct http_response *rs, int status, const char *type)
{
	rs->status = status;
	rs->type = type;
	http_put_header(rs, "Cache-Control", "no-store");
}

static void tell_health(struct health *h, struct http_response *rs)
{
	int64_t age = tick_age(h), schema = h->schema;
	bool database = is_good(h->database_ms), auth = is_good(h->auth_ms), jobs = age >= 0 && age < TICK_S;
	bool draining = h->child->metrics->draining != 0, right = schema == (int64_t)h->child->from.schema;
	bool good = database && auth && jobs && right && !draining;
	put_text(rs, good ? 200 : 503, "application/json");
	lg_putf(&rs->body, "{\"status\":\"%s\",\"database\":%s,\"auth\":%s,\"match\":%s,\"jobs\":%s,",
	        good ? "good" : "bad", database ? "true" : "false", auth ? "true" : "false",
	        is_good(h->match_ms) ? "true" : "false", jobs ? "true" : "false");
	lg_putf(&rs->body, "\"job_tick_age_s\":%lld,\"schema\":%lld,\"draining\":%s,\"version\":\"%s\"}\n",
	        (long long)age, (long long)schema, draining ? "true" : "false", LANDGANG_VERSION);
}

static void put_server(struct lg_buf *out, struct http_server *pages)
{
	struct http_server_figures f;
	http_server_figures(pages, &f);
	metrics_put(out, "refused_busy_total", "counter", "Requests refused because too many waited.",
	            (double)f.refused_busy);
	metrics_put(out, "refused_bad_total", "counter", "Requests refused because they were no HTTP.",
	            (double)f.refused_bad);
	metrics_put(out, "connections_cut_total", "counter", "Connections cut: too slow, or too many.", (double)f.cut);
	metrics_put(out, "connections", "gauge", "Connections that are open.", f.connections);
	metrics_put(out, "requests_waiting", "gauge", "Requests that wait for a thread.", f.waiting);
	metrics_put(out, "requests_serving", "gauge", "Requests that are being served.", f.serving);
}

static void put_database(struct lg_buf *out, struct health *h)
{
	struct db_pool_figures f;
	db_pool_figures(h->pool, &f);
	metrics_put(out, "database_up", "gauge", "1: the database answers.", is_good(h->database_ms));
	metrics_put(out, "database_connections", "gauge", "Connections of the web process to the database.", f.open);
	metrics_put(out, "database_connections_busy", "gauge", "Those in use.", f.busy);
	metrics_put(out, "database_waiting", "gauge", "Requests that wait for one.", f.waiting);
	metrics_put(out, "database_statements_total", "counter", "Statements sent.", (double)f.statements);
	metrics_put(out, "database_failures_total", "counter", "Statements that failed.", (double)f.failures);
	metrics_put(out, "schema", "gauge", "Number of the database's schema.", (double)h->schema);
}

static void tell_metrics(struct health *h, struct http_response *rs)
{
	put_text(rs, 200, "text/plain; version=0.0.4; charset=utf-8");
	metrics_print(&rs->body, h->child->metrics, (int64_t)time(NULL));
	if (h->pages) put_server(&rs->body, h->pages);
	put_database(&rs->body, h);
	metrics_put(&rs->body, "auth_up", "gauge", "1: the sign-in process answers.", is_good(h->auth_ms));
	metrics_put(&rs->body, "match_up", "gauge", "1: the matcher answers.", is_good(h->match_ms));
	metrics_put(&rs->body, "job_tick_age_seconds", "gauge", "Since the jobs process last turned; -1: never.",
	            (double)tick_age(h));
}

void health_serve(struct lg_ctx *cx, void *with, struct http_request *rq, struct http_response *rs)
{
	(void)cx;
	bool read = rq->method == HTTP_GET || rq->method == HTTP_HEAD;
	if (!strcmp(rq->path, "/health") && read) {
		tell_health(with, rs);
	} else if (!strcmp(rq->path, "/metrics") && read) {
		tell_metrics(with, rs);
	} else {
		put_text(rs, read ? 404 : 405, "text/plain; charset=utf-8");
		lg_puts(&rs->body, "Here are GET /health and GET /metrics.\n");
	}
}
