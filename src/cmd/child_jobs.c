/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "app/app.h"
#include "base/log.h"
#include "cmd/handover.h"
#include "cmd/load.h"
#include "cmd/sandbox.h"
#include "cmd/warm.h"
#include "core/jobs.h"
#include "core/match_terms.h"
#include "modules/modules.h"
#include "store/db.h"

enum { TICK_MS = 1000, AGAIN_MS = 50, MOST_MEMORY = 256 << 20 };

/* A job has a thread of its own: a mail server that hangs stops no other. */
struct work {
	struct lg_ctx cx;
	const struct core_job *job;
	struct db_pool *pool;
	struct core_job_with with;
	struct metrics_job *metrics;
	pthread_t thread;
	bool more;
};

static int64_t now(void) { return (int64_t)time(NULL); }

static uint64_t clock_us(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000 + (uint64_t)t.tv_nsec / 1000;
}

static void run_once(struct work *w)
{
	uint64_t begun = clock_us();
	w->cx.now = now();
	w->cx.id = begun;
	w->cx.notes = NULL;
	w->more = false;
	enum lg_err err = w->job->run(&w->cx, w->pool, &w->with);
	w->metrics->runs++;
	w->metrics->microseconds += clock_us() - begun;
	if (err == LG_OK) {
		w->metrics->last_good = (uint64_t)now();
	} else {
		w->metrics->failures++;
		const struct lg_note *n = w->cx.notes;
		lg_log(&w->cx, LG_LOG_WARN, "job failed", LOG_TEXT("job", w->job->name), LOG_INT("error", (int64_t)err),
		       LOG_TEXT("field", n ? n->field : ""), LOG_TEXT("why", n ? n->text : ""));
	}
	lg_arena_reset(w->cx.mem);
}

static void *work(void *arg)
{
	struct work *w = arg;
	while (!child_stopped()) {
		run_once(w);
		child_sleep(w->more ? AGAIN_MS : w->job->every_s * 1000);
	}
	return NULL;
}

static struct db_pool *open_pool(const struct child *c)
{
	const struct db_config config = {
		.conninfo = c->from.database,
		.role = "lg_job",
		.password = c->from.password,
		.most = (unsigned)c->settings.jobs_database_connections,
		.wait_ms = 30000,
	};
	return db_pool_new(&config);
}

static void tell(void *with, int64_t outbox_waiting, int64_t outbox_oldest_s)
{
	struct metrics *m = with;
	m->outbox_waiting = (uint64_t)outbox_waiting;
	m->outbox_oldest_s = (uint64_t)outbox_oldest_s;
}

/* What acts as people do needs what pages need: the taxonomy, keys, the clock, and what modules know of a person. */
static enum lg_err open_app(struct lg_ctx *cx, const struct child *c, struct db_pool *pool, struct app **out)
{
	struct load words;
	LG_TRY(load_taxonomy(cx, *c->settings.taxonomy ? c->settings.taxonomy : NULL, &words));
	struct app_setup setup = { .pool = pool,
		                   .trial = c->settings.trial,
		                   .public_url = c->from.public_url,
		                   .seal_key = c->from.seal_key,
		                   .taxonomy = words.taxonomy,
		                   .now = now };
	modules_put(&setup);
	*out = app_new(cx, &setup);
	return LG_OK;
}

static void give(struct work *w, const struct child *c, struct db_pool *pool, struct app *app,
                 const struct match_terms *terms, const struct core_job *job, struct metrics_job *m)
{
	*w = (struct work){ .job = job, .pool = pool, .metrics = m };
	w->cx.mem = lg_arena_new(MOST_MEMORY, NULL);
	w->with = (struct core_job_with){
		.public_url = c->from.public_url,
		.mail_url = c->settings.mail_url,
		.mail_user = c->settings.mail_user,
		.mail_secret = c->from.mail_secret,
		.mail_from = c->settings.mail_from,
		.seal_key = c->from.seal_key,
		.webhooks = c->settings.webhooks,
		.webhooks_to_loopback = c->settings.webhooks_to_loopback,
		.terms = terms,
		.trial = c->settings.trial,
		.app = app,
		.now = now,
		.stopped = child_stopped,
		.more = &w->more,
		.tell = tell,
		.tell_with = c->metrics,
	};
	(void)snprintf(m->name, sizeof m->name, "%s", job->name);
}

static int serve(struct lg_ctx *cx, struct child *c, struct work *all, size_t n)
{
	size_t running = 0;
	while (running < n && pthread_create(&all[running].thread, NULL, work, &all[running]) == 0) running++;
	if (running < n) lg_log(cx, LG_LOG_ERROR, "no thread for a job", LOG_TEXT("job", all[running].job->name));
	while (running == n && !child_stopped()) {
		c->metrics->tick = (uint64_t)now();
		child_sleep(TICK_MS);
	}
	for (size_t i = 0; i < running; i++) (void)pthread_join(all[i].thread, NULL);
	return running == n ? 0 : 1;
}

int child_jobs(struct lg_ctx *cx, struct child *c)
{
	size_t n;
	const struct core_job *jobs = modules_jobs(&n);
	lg_assert(n <= JOBS_MOST);
	struct db_pool *pool = open_pool(c);
	struct app *app;
	struct match_terms *terms;
	if (open_app(cx, c, pool, &app) != LG_OK || match_terms_new(cx, app_setup(app)->taxonomy, &terms) != LG_OK)
		return child_failed(cx);
	struct work *all = lg_array(cx->mem, n ? n : 1, sizeof *all);
	for (size_t i = 0; i < n; i++) give(&all[i], c, pool, app, terms, &jobs[i], &c->metrics->job[i]);
	c->metrics->jobs = n;
	warm_up();
	bool asks_outside = child_database_is_far(c) || *c->settings.mail_url || c->settings.webhooks;
	if (sandbox_enter(cx, SANDBOX_JOBS, asks_outside) != LG_OK) return child_failed(cx);
	int status = serve(cx, c, all, n);
	db_pool_free(pool);
	return status;
}
