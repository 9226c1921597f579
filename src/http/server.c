/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include "http/inner.h"

static void make_locks(struct http_server *s)
{
	pthread_condattr_t monotonic;
	pthread_mutex_init(&s->lock, NULL);
	pthread_cond_init(&s->work, NULL);
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&s->tick, &monotonic);
	pthread_condattr_destroy(&monotonic);
}

static bool start_threads(struct http_server *s)
{
	if (!http_network_start(s)) return false;
	for (; s->n_workers < s->config.workers; s->n_workers++)
		if (pthread_create(&s->workers[s->n_workers], NULL, http_work, s) != 0) return false;
	s->has_watchdog = pthread_create(&s->watchdog, NULL, http_watch, s) == 0;
	return s->has_watchdog;
}

enum lg_err http_server_start(struct lg_ctx *cx, struct http_server **out, const struct http_server_config *config)
{
	lg_assert(config->serve && config->workers && config->queue && config->connections && config->head_ms &&
	          config->body_ms && config->idle_ms && config->wait_ms && config->most_head && config->most_body);
	struct http_server *s = calloc(1, sizeof *s);
	lg_assert(s);
	*out = NULL;
	s->config = *config;
	s->workers = calloc(config->workers, sizeof *s->workers);
	lg_assert(s->workers);
	if (getrandom(&s->seed, sizeof s->seed, 0) != sizeof s->seed) s->seed = (uint64_t)http_now_us();
	s->listen_fd = fcntl(config->listen_fd, F_DUPFD_CLOEXEC, 0);
	make_locks(s);
	/* Signals are for the threads that want them, and these do not. */
	sigset_t all, before;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	bool good = s->listen_fd >= 0 && start_threads(s);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (!good) {
		http_server_stop(s);
		return lg_fail(cx, LG_FAULT, NULL, "The HTTP server could not be started.");
	}
	*out = s;
	return LG_OK;
}

/* Wait until no connection has a request under way. @return false: it took longer than `ms` */
static bool wait_until_done(struct http_server *s, int64_t ms)
{
	const struct timespec pause = { .tv_nsec = 5000000 };
	for (int64_t end = http_now_ms() + ms;;) {
		pthread_mutex_lock(&s->lock);
		bool is_done = !s->busy.first && !(s->is_draining && s->streams.first);
		pthread_mutex_unlock(&s->lock);
		if (is_done || http_now_ms() >= end) return is_done;
		(void)nanosleep(&pause, NULL);
	}
}

static void take_no_more(struct http_server *s)
{
	if (!s->is_quiet && s->daemon) (void)MHD_quiesce_daemon(s->daemon);
	s->is_quiet = true;
}

void http_server_drain(struct http_server *s, unsigned ms)
{
	int64_t end = http_now_ms() + ms;
	take_no_more(s);
	pthread_mutex_lock(&s->lock);
	s->is_draining = true;
	pthread_cond_signal(&s->tick);
	pthread_mutex_unlock(&s->lock);
	/* Until all are gone; those that were just accepted get a moment to say what they want. */
	for (bool is_empty = false; !is_empty && http_now_ms() < end;) {
		(void)wait_until_done(s, end - http_now_ms());
		pthread_mutex_lock(&s->lock);
		is_empty = !s->busy.first && !s->idle.first && !s->streams.first;
		pthread_cond_signal(&s->tick);
		pthread_mutex_unlock(&s->lock);
		if (!is_empty) (void)nanosleep(&(struct timespec){ .tv_nsec = 5000000 }, NULL);
	}
}

/* What still waits is told so; then nothing is suspended, as the library wants it at its end. */
static void refuse_the_rest(struct http_server *s)
{
	for (struct http_connection *c;;) {
		pthread_mutex_lock(&s->lock);
		c = http_queue_take(s);
		pthread_mutex_unlock(&s->lock);
		if (!c) return;
		if (c->stream) {
			pthread_mutex_lock(&s->lock);
			http_stream_put_off(c, http_now_ms());
			pthread_mutex_unlock(&s->lock);
			continue;
		}
		http_note_refusal(s, c, 503, "stopping");
		http_hand_over(c, http_refusal(503, c->id), 503, 0);
	}
}

void http_server_stop(struct http_server *s)
{
	enum { LAST_ANSWERS_MS = 200 };
	if (!s) return;
	take_no_more(s);
	pthread_mutex_lock(&s->lock);
	s->is_stopping = s->is_draining = true;
	pthread_cond_broadcast(&s->work);
	pthread_cond_signal(&s->tick);
	pthread_mutex_unlock(&s->lock);
	for (unsigned i = 0; i < s->n_workers; i++) pthread_join(s->workers[i], NULL);
	if (s->has_watchdog) pthread_join(s->watchdog, NULL);
	refuse_the_rest(s);
	pthread_mutex_lock(&s->lock);
	http_streams_look(s, http_now_ms()); /* they end */
	pthread_mutex_unlock(&s->lock);
	(void)wait_until_done(s, LAST_ANSWERS_MS);
	if (s->daemon) MHD_stop_daemon(s->daemon);
	if (s->listen_fd >= 0) close(s->listen_fd);
	pthread_mutex_destroy(&s->lock);
	pthread_cond_destroy(&s->work);
	pthread_cond_destroy(&s->tick);
	free(s->workers);
	free(s);
}

void http_server_figures(struct http_server *s, struct http_server_figures *out)
{
	pthread_mutex_lock(&s->lock);
	*out = s->figures;
	pthread_mutex_unlock(&s->lock);
}
