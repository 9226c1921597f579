/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "store/pool.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/log.h"

enum { ANSWER_MS = 30000 };

/*
 * How values are written is settled, whatever the server's configuration says: store/value.c reads nothing else. And
 * plans are made once: every statement leads with the tenant, so that a plan for these values now would be no other,
 * or worse (behind the wall PostgreSQL thinks that a hundredth of the rows are seen), and cost up to a millisecond.
 */
static const char options[] = "-c DateStyle=ISO,YMD -c TimeZone=UTC -c bytea_output=hex -c client_min_messages=warning "
                              "-c plan_cache_mode=force_generic_plan";

struct db_conn {
	struct db_pool *pool;
	struct db_conn *next; /* idle */
	PGconn *pq;
	const struct db_statement **known; /* open addressing; room is a power of two, at most half of it taken */
	size_t n_known, room;
};

struct db_pool {
	char *conninfo, *role, *password;
	unsigned most, wait_ms, answer_ms;
	pthread_mutex_t lock; /* idle, busy, waiting */
	pthread_cond_t came_free;
	struct db_conn *idle; /* the last one given back is the first to go: its caches are warm */
	struct db_conn *all;
	unsigned busy, waiting;
	atomic_uint open;
	atomic_ullong statements, failures;
	atomic_llong last_told; /* when a failure to connect was logged, in seconds */
};

static int64_t now_ms(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * (int64_t)1000 + t.tv_nsec / 1000000;
}

static char *copy(const char *s)
{
	char *out = s ? strdup(s) : NULL;
	lg_assert(!s || out);
	return out;
}

struct db_pool *db_pool_new(const struct db_config *config)
{
	lg_assert(config->most > 0);
	struct db_pool *pool = calloc(1, sizeof *pool);
	lg_assert(pool);
	pool->conninfo = copy(config->conninfo);
	pool->role = copy(config->role);
	pool->password = copy(config->password);
	pool->most = config->most;
	pool->wait_ms = config->wait_ms;
	pool->answer_ms = config->answer_ms ? config->answer_ms : ANSWER_MS;
	pool->all = calloc(config->most, sizeof *pool->all);
	lg_assert(pool->all);
	for (unsigned i = config->most; i--;) {
		pool->all[i] = (struct db_conn){ .pool = pool, .next = pool->idle };
		pool->idle = &pool->all[i];
	}
	pthread_condattr_t attr;
	(void)pthread_condattr_init(&attr);
	(void)pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	(void)pthread_cond_init(&pool->came_free, &attr);
	(void)pthread_condattr_destroy(&attr);
	(void)pthread_mutex_init(&pool->lock, NULL);
	return pool;
}

void db_pool_free(struct db_pool *pool)
{
	if (!pool) return;
	lg_assert(!pool->busy && !pool->waiting);
	for (unsigned i = 0; i < pool->most; i++) {
		db_conn_close(&pool->all[i]);
		free(pool->all[i].known);
	}
	if (pool->password) explicit_bzero(pool->password, strlen(pool->password));
	free(pool->all);
	free(pool->conninfo);
	free(pool->role);
	free(pool->password);
	(void)pthread_cond_destroy(&pool->came_free);
	(void)pthread_mutex_destroy(&pool->lock);
	free(pool);
}

void db_pool_figures(struct db_pool *pool, struct db_pool_figures *out)
{
	(void)pthread_mutex_lock(&pool->lock);
	*out = (struct db_pool_figures){ .busy = pool->busy, .waiting = pool->waiting };
	(void)pthread_mutex_unlock(&pool->lock);
	out->open = pool->open;
	out->statements = pool->statements;
	out->failures = pool->failures;
}

void db_pool_count(struct db_pool *pool, uint64_t statements, uint64_t failures)
{
	pool->statements += statements;
	pool->failures += failures;
}

static void wait_for_idle(struct db_pool *pool)
{
	struct timespec until;
	(void)clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += pool->wait_ms / 1000;
	until.tv_nsec += pool->wait_ms % 1000 * 1000000L;
	if (until.tv_nsec >= 1000000000L) {
		until.tv_sec++;
		until.tv_nsec -= 1000000000L;
	}
	pool->waiting++;
	while (!pool->idle && pthread_cond_timedwait(&pool->came_free, &pool->lock, &until) == 0) {}
	pool->waiting--;
}

enum lg_err db_pool_take(struct db_pool *pool, struct db_conn **out)
{
	(void)pthread_mutex_lock(&pool->lock);
	if (!pool->idle) wait_for_idle(pool);
	*out = pool->idle;
	if (*out) {
		pool->idle = (*out)->next;
		pool->busy++;
	}
	(void)pthread_mutex_unlock(&pool->lock);
	return *out ? LG_OK : LG_BUSY;
}

void db_pool_give(struct db_conn *conn)
{
	struct db_pool *pool = conn->pool;
	(void)pthread_mutex_lock(&pool->lock);
	conn->next = pool->idle;
	pool->idle = conn;
	pool->busy--;
	(void)pthread_cond_signal(&pool->came_free);
	(void)pthread_mutex_unlock(&pool->lock);
}

/* --- which statements are prepared */

static size_t slot_of(const struct db_conn *conn, const struct db_statement *s)
{
	size_t at = ((uintptr_t)s >> 4) * (size_t)0x9E3779B97F4A7C15 >> 20;
	for (at &= conn->room - 1; conn->known[at] && conn->known[at] != s;) at = (at + 1) & (conn->room - 1);
	return at;
}

bool db_conn_knows(const struct db_conn *conn, const struct db_statement *s)
{
	return conn->room && conn->known[slot_of(conn, s)];
}

static void grow(struct db_conn *conn)
{
	const struct db_statement **old = conn->known;
	size_t n = conn->room;
	conn->room = n ? 2 * n : 64;
	conn->known = calloc(conn->room, sizeof *conn->known);
	lg_assert(conn->known);
	for (size_t i = 0; i < n; i++)
		if (old[i]) conn->known[slot_of(conn, old[i])] = old[i];
	free(old);
}

void db_conn_learn(struct db_conn *conn, const struct db_statement *s)
{
	if (2 * (conn->n_known + 1) > conn->room) grow(conn);
	size_t at = slot_of(conn, s);
	conn->n_known += !conn->known[at];
	conn->known[at] = s;
}

void db_conn_forget(struct db_conn *conn, const struct db_statement *s)
{
	if (!db_conn_knows(conn, s)) return;
	size_t at = slot_of(conn, s);
	conn->known[at] = NULL;
	conn->n_known--;
	/* Those behind it may have stood there for want of its place. */
	while (conn->known[at = (at + 1) & (conn->room - 1)]) {
		const struct db_statement *moved = conn->known[at];
		conn->known[at] = NULL;
		conn->known[slot_of(conn, moved)] = moved;
	}
}

/* --- connecting */

PGconn *db_conn_pq(struct db_conn *conn) { return conn->pq; }

void db_conn_close(struct db_conn *conn)
{
	if (!conn->pq) return;
	PQfinish(conn->pq);
	conn->pq = NULL;
	conn->pool->open--;
	if (conn->known) memset(conn->known, 0, conn->room * sizeof *conn->known);
	conn->n_known = 0;
}

/* Wait until the socket can be read or written, as asked. @return false: not in time */
static bool wait_socket(PGconn *pq, short events, int64_t until)
{
	struct pollfd p = { .fd = PQsocket(pq), .events = events };
	for (;;) {
		int64_t left = until - now_ms();
		int n = poll(&p, 1, left > 0 ? (int)left : 0);
		if (n > 0) return true;
		if (n == 0 || errno != EINTR) return false;
	}
}

static bool finish_connecting(PGconn *pq, int64_t until)
{
	PostgresPollingStatusType next = PGRES_POLLING_WRITING;
	while (next != PGRES_POLLING_OK) {
		if (next == PGRES_POLLING_FAILED || PQsocket(pq) < 0) return false;
		if (!wait_socket(pq, next == PGRES_POLLING_READING ? POLLIN : POLLOUT, until)) return false;
		next = PQconnectPoll(pq);
	}
	return true;
}

/* What the server has to say beside the results is not for us; libpq would print it. */
static void ignore_notice(void *arg, const PGresult *res)
{
	(void)arg;
	(void)res;
}

/* At most one line a second, however many try. */
static void tell(const struct lg_ctx *cx, struct db_pool *pool, const char *why)
{
	long long now = now_ms() / 1000, last = pool->last_told;
	if (now == last || !atomic_compare_exchange_strong(&pool->last_told, &last, now)) return;
	lg_log(cx, LG_LOG_WARN, "no database", LOG_TEXT("role", pool->role), LOG_TEXT("why", why));
}

static enum lg_err connect_anew(const struct lg_ctx *cx, struct db_conn *conn)
{
	struct db_pool *pool = conn->pool;
	const char *const names[] = { "dbname",           "user", "password", "client_encoding", "options",
		                      "application_name", NULL };
	const char *const values[] = { pool->conninfo, pool->role, pool->password, "UTF8", options, "landgang", NULL };
	PGconn *pq = PQconnectStartParams(names, values, 1);
	lg_assert(pq);
	PQsetNoticeReceiver(pq, ignore_notice, NULL); /* before it connects: a server that ends then says so */
	if (PQstatus(pq) == CONNECTION_BAD || !finish_connecting(pq, now_ms() + pool->wait_ms) ||
	    PQsetnonblocking(pq, 1) || !PQenterPipelineMode(pq)) {
		const char *said = PQerrorMessage(pq);
		tell(cx, pool, *said ? said : "no answer in time");
		PQfinish(pq);
		db_pool_count(pool, 0, 1);
		return LG_BUSY;
	}
	conn->pq = pq;
	pool->open++;
	return LG_OK;
}

/* An idle connection has nothing to say but that it ends (or a notice, which is read). */
static bool was_cut_off(PGconn *pq)
{
	struct pollfd p = { .fd = PQsocket(pq), .events = POLLIN | POLLRDHUP };
	if (poll(&p, 1, 0) == 0) return false;
	return !PQconsumeInput(pq) || PQstatus(pq) != CONNECTION_OK || (p.revents & ~POLLIN);
}

enum lg_err db_conn_ready(const struct lg_ctx *cx, struct db_conn *conn)
{
	if (conn->pq && was_cut_off(conn->pq)) db_conn_close(conn);
	return conn->pq ? LG_OK : connect_anew(cx, conn);
}

/* Both ways at once: the server may want to be read before it reads on. */
enum lg_err db_conn_await(struct db_conn *conn)
{
	PGconn *pq = conn->pq;
	for (;;) {
		int unsent = PQflush(pq);
		if (unsent < 0) return LG_BUSY;
		if (!PQisBusy(pq)) return LG_OK;
		if (!wait_socket(pq, (short)(POLLIN | (unsent ? POLLOUT : 0)), now_ms() + conn->pool->answer_ms))
			return LG_BUSY;
		if (!PQconsumeInput(pq)) return LG_BUSY;
	}
}
