/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "tool.h"

#include <inttypes.h>
#include <malloc.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { WORKERS_MAX = 64 };

static double seconds(clockid_t which)
{
	struct timespec t;
	(void)clock_gettime(which, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

double tool_cpu(void) { return seconds(CLOCK_PROCESS_CPUTIME_ID); }
double tool_wall(void) { return seconds(CLOCK_MONOTONIC); }

/* A line of this process's status, in megabytes; 0 when there is none. */
static double status_mb(const char *name)
{
	char line[256];
	double kb = 0;
	FILE *f = fopen("/proc/self/status", "re");
	if (!f) return 0;
	while (fgets(line, sizeof line, f))
		if (!strncmp(line, name, strlen(name))) kb = strtod(line + strlen(name), NULL);
	(void)fclose(f);
	return kb * 1024 / 1e6;
}

double tool_memory_mark(void)
{
	(void)malloc_trim(0);
	FILE *f = fopen("/proc/self/clear_refs", "we");
	if (f) {
		(void)fputs("5", f); /* forget the peak */
		(void)fclose(f);
	}
	return status_mb("VmRSS:");
}

double tool_memory_peak(void) { return status_mb("VmHWM:"); }

static int by_value(const void *x, const void *y)
{
	double a = *(const double *)x, b = *(const double *)y;
	return (a > b) - (a < b);
}

struct spread tool_spread(double *values, size_t n)
{
	struct spread s = { 0 };
	if (!n) return s;
	qsort(values, n, sizeof *values, by_value);
	for (size_t i = 0; i < n; i++) s.mean += values[i] / (double)n;
	s.p50 = values[n / 2];
	s.p99 = values[n * 99 / 100];
	s.max = values[n - 1];
	return s;
}

uint32_t tool_pick(size_t i, size_t count, size_t n) { return (uint32_t)((2 * i + 1) * n / (2 * count)); }

static uint64_t hash_word(uint64_t hash, uint64_t word) { return (hash ^ word) * 0x100000001b3u; }

uint64_t tool_hash(uint64_t hash, const struct lgm_hit *hits, size_t n)
{
	hash = hash_word(hash, n);
	for (size_t i = 0; i < n; i++) hash = hash_word(hash_word(hash, hits[i].id), hits[i].score);
	return hash;
}

const char *tool_count(uint64_t n)
{
	static char texts[8][32];
	static unsigned turn;
	char digits[32], *to = texts[turn++ % 8], *begin = to;
	int len = snprintf(digits, sizeof digits, "%" PRIu64, n);
	for (int i = 0; i < len; i++) {
		if (i && (len - i) % 3 == 0) *to++ = ',';
		*to++ = digits[i];
	}
	*to = 0;
	return begin;
}

/* --- threads --- */

struct pool {
	tool_work work;
	void *arg;
	size_t units;
	atomic_size_t next;
};
struct worker {
	struct pool *pool;
	size_t number;
	pthread_t thread;
};

static void *take_units(void *self)
{
	const struct worker *w = self;
	size_t unit;
	while ((unit = atomic_fetch_add(&w->pool->next, 1)) < w->pool->units)
		w->pool->work(w->pool->arg, w->number, unit);
	return NULL;
}

void tool_run(size_t workers, size_t units, tool_work work, void *arg)
{
	struct pool pool = { .work = work, .arg = arg, .units = units };
	struct worker w[WORKERS_MAX];
	if (workers < 1 || workers > WORKERS_MAX) tool_die("%zu threads are not to be had", workers);
	for (size_t i = 0; i < workers; i++) w[i] = (struct worker){ .pool = &pool, .number = i };
	for (size_t i = 1; i < workers; i++)
		if (pthread_create(&w[i].thread, NULL, take_units, &w[i])) tool_die("a thread could not be started");
	(void)take_units(&w[0]);
	for (size_t i = 1; i < workers; i++) (void)pthread_join(w[i].thread, NULL);
}

/* --- faults --- */

void *tool_get(size_t count, size_t size)
{
	void *piece = calloc(count ? count : 1, size);
	if (!piece) tool_die("out of memory");
	return piece;
}

void tool_die(const char *format, ...)
{
	va_list args;
	(void)fflush(stdout);
	(void)fputs("landgang-bench: ", stderr);
	va_start(args, format);
	(void)vfprintf(stderr, format, args);
	va_end(args);
	(void)fputc('\n', stderr);
	exit(1);
}

void tool_must(enum lgm_err err)
{
	if (err != LGM_OK) tool_die("engine: %s", lgm_err_text(err));
}
