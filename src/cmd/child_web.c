/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdlib.h>
#include <time.h>

#include "app/app.h"
#include "base/log.h"
#include "cmd/handover.h"
#include "cmd/health.h"
#include "cmd/load.h"
#include "cmd/parser.h"
#include "cmd/sandbox.h"
#include "cmd/warm.h"
#include "core/match_terms.h"
#include "modules/modules.h"
#include "taxonomy/link.h"
#include "taxonomy/spot.h"
#include "view/speech.h"

enum {
	HEAD_MS = 10000,
	BODY_MS = 30000,
	IDLE_MS = 60000,
	WAIT_MS = 1500, /* in the queue */
	LATE_MS = 400,
	STREAM_S = 900,
	STREAMS_SHARE = 4, /* of the connections, so many parts may be streams */
	HEAD_BYTES = 16 << 10,
	ANSWER_MS = 11000, /* of the database, whose statements end after ten seconds (schema/0001) */
	HEALTH_WORKERS = 2,
	HEALTH_QUEUE = 16,
	HEALTH_CONNECTIONS = 64,
	HEALTH_BODY = 1 << 10,
	HEALTH_ARENA = 4 << 20,
	HEALTH_DRAIN_MS = 100,
};

struct web {
	struct child *child;
	struct app *app;
	struct health health;
	struct http_server *pages, *figures;
};

static int64_t now(void) { return (int64_t)time(NULL); }

static void serve(struct lg_ctx *cx, void *with, struct http_request *rq, struct http_response *rs)
{
	const struct web *w = with;
	app_serve(cx, w->app, rq, rs);
}

static void served(struct lg_ctx *cx, void *with, const struct http_request *rq, const struct http_response *rs,
                   uint64_t us)
{
	const struct web *w = with;
	metrics_request(w->child->metrics, rs->status, us);
	app_served(cx, w->app, rq, rs, us);
}

static const char *stated(const char *setting) { return *setting ? setting : NULL; }

static enum lg_err open_app(struct lg_ctx *cx, struct web *w)
{
	struct child *c = w->child;
	const struct db_config config = {
		.conninfo = c->from.database,
		.role = "lg_web",
		.password = c->from.password,
		.most = (unsigned)c->settings.web_database_connections,
		.wait_ms = (unsigned)c->settings.database_wait_ms,
		.answer_ms = ANSWER_MS,
	};
	struct load words;
	struct lg_linker *occupations, *skills;
	struct match_terms *terms;
	const struct settings *s = &c->settings;
	LG_TRY(load_taxonomy(cx, *c->settings.taxonomy ? c->settings.taxonomy : NULL, &words));
	LG_TRY(lg_linker_new(cx, &occupations, words.taxonomy, LG_LINK_CONCEPTS, NULL, 0));
	LG_TRY(match_terms_new(cx, words.taxonomy, &terms));
	LG_TRY(lg_linker_new(cx, &skills, words.taxonomy, LG_LINK_SKILLS, NULL, 0));
	w->health.child = c;
	w->health.pool = db_pool_new(&config);
	struct app_setup setup = {
		.pool = w->health.pool,
		.trial = c->settings.trial,
		.public_url = c->from.public_url,
		.auth_socket = AUTH_SOCKET,
		.match_socket = MATCH_SOCKET,
		.seal_key = c->from.seal_key,
		.form_key = c->from.form_key,
		.webhooks = s->webhooks,
		.webhooks_to_loopback = s->webhooks_to_loopback,
		.security_mail = stated(s->security_mail),
		.contact = { .name = stated(s->operator_name),
		             .phone = stated(s->contact_phone),
		             .mail = stated(s->contact_mail),
		             .officer_mail = stated(s->officer_mail),
		             .statement = stated(s->statement_url) },
		.taxonomy = words.taxonomy,
		.terms = terms,
		.occupations = occupations,
		.skills = skills,
		.spotter = lg_spotter_new(cx, words.taxonomy),
		.now = now,
		.most_document = s->document_kib << 10,
		.parse = parser_run_named,
	};
	modules_put(&setup);
	w->app = app_new(cx, &setup);
	return LG_OK;
}

static enum lg_err open_servers(struct lg_ctx *cx, struct web *w)
{
	const struct settings *s = &w->child->settings;
	const struct http_server_config pages = {
		.listen_fd = HANDED_LISTEN,
		.workers = (unsigned)s->workers,
		.queue = (unsigned)s->queue,
		.connections = (unsigned)s->connections,
		.head_ms = HEAD_MS,
		.body_ms = BODY_MS,
		.idle_ms = IDLE_MS,
		.wait_ms = WAIT_MS,
		.late_ms = LATE_MS,
		.streams = (unsigned)s->connections / STREAMS_SHARE,
		.stream_s = STREAM_S,
		.most_head = HEAD_BYTES,
		.most_body = s->body_kib << 10,
		.arena = s->arena_mib << 20,
		.trusted_proxy = *s->trusted_proxy ? s->trusted_proxy : NULL,
		.serve = serve,
		.served = served,
		.with = w,
	};
	const struct http_server_config figures = {
		.listen_fd = HANDED_LISTEN_METRICS,
		.workers = HEALTH_WORKERS,
		.queue = HEALTH_QUEUE,
		.connections = HEALTH_CONNECTIONS,
		.head_ms = HEAD_MS,
		.body_ms = HEAD_MS,
		.idle_ms = HEAD_MS,
		.wait_ms = WAIT_MS,
		.most_head = HEAD_BYTES,
		.most_body = HEALTH_BODY,
		.arena = HEALTH_ARENA,
		.serve = health_serve,
		.with = &w->health,
	};
	LG_TRY(http_server_start(cx, &w->pages, &pages));
	w->health.pages = w->pages;
	LG_TRY(health_start(cx, &w->health));
	return http_server_start(cx, &w->figures, &figures);
}

/* Whoever asks for our health is told that we go until the last page was served. */
static void close_servers(struct web *w)
{
	if (w->pages) http_server_drain(w->pages, (unsigned)w->child->settings.drain_s * 1000);
	if (w->figures) http_server_drain(w->figures, HEALTH_DRAIN_MS);
	health_stop(&w->health);
	if (w->figures) http_server_stop(w->figures);
	if (w->pages) http_server_stop(w->pages);
	db_pool_free(w->health.pool);
}

int child_web(struct lg_ctx *cx, struct child *c)
{
	struct web w = { .child = c };
	parser_use_supervisor(HANDED_CONTROL);
	warm_up();
	(void)setenv("TMPDIR", SANDBOX_SCRATCH, 1); /* spreadsheets are put together there */
	if (open_app(cx, &w) != LG_OK || sandbox_enter(cx, SANDBOX_WEB, child_database_is_far(c)) != LG_OK ||
	    open_servers(cx, &w) != LG_OK)
		return child_failed(cx);
	while (!child_stopped()) child_sleep(60 * 1000);
	close_servers(&w);
	return 0;
}
