/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "cmd/threads.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>

#include "cmd/run.h"

struct pool {
	threads_work work;
	void *arg;
	size_t units;
	atomic_size_t next, done;
	struct progress *progress;
};

struct worker {
	struct pool *pool;
	size_t number;
	pthread_t thread;
};

size_t threads_default(void)
{
	cpu_set_t set;
	if (sched_getaffinity(0, sizeof set, &set)) return 1;
	int n = CPU_COUNT(&set);
	return n < 1 ? 1 : (size_t)n;
}

static void *take_units(void *self)
{
	struct worker *w = self;
	struct pool *p = w->pool;
	size_t unit;
	while (!run_stopped() && (unit = atomic_fetch_add(&p->next, 1)) < p->units) {
		p->work(p->arg, w->number, unit);
		size_t done = atomic_fetch_add(&p->done, 1) + 1;
		if (!w->number && p->progress) progress_at(p->progress, done, p->units);
	}
	return NULL;
}

/* Signals go to the first thread only, so that they end its waiting. @return how many were started, with worker 0 */
static size_t start(struct pool *p, struct worker *workers, size_t n)
{
	sigset_t all, before;
	(void)sigfillset(&all);
	(void)pthread_sigmask(SIG_BLOCK, &all, &before);
	size_t i = 1;
	for (; i < n; i++) {
		workers[i] = (struct worker){ .pool = p, .number = i };
		if (pthread_create(&workers[i].thread, NULL, take_units, &workers[i])) break;
	}
	(void)pthread_sigmask(SIG_SETMASK, &before, NULL);
	return i;
}

enum lg_err threads_run(struct lg_ctx *cx, size_t workers, size_t units, threads_work work, void *arg,
                        struct progress *progress)
{
	struct pool p = { .work = work, .arg = arg, .units = units, .progress = progress };
	size_t n = units < workers ? units : workers;
	struct worker *w = lg_array(cx->mem, n ? n : 1, sizeof *w);
	w[0] = (struct worker){ .pool = &p };
	size_t started = start(&p, w, n);
	(void)take_units(&w[0]);
	for (size_t i = 1; i < started; i++) (void)pthread_join(w[i].thread, NULL);
	return run_go_on(cx);
}
