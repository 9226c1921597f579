/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_BENCH_TOOL_H
#define LG_BENCH_TOOL_H
#include <stddef.h>
#include <stdint.h>

#include "landgang/match.h"

/**
 * @file
 * What every measurement needs: clocks, peaks of memory, spreads, threads, and an end when something is not right.
 */

/** Seconds all threads of this process computed, and seconds that passed. Use differences. */
double tool_cpu(void);
double tool_wall(void);

/** Megabytes held now; from here on the peak is counted anew. */
double tool_memory_mark(void);
/** Megabytes of the peak since the mark. 0: this system does not tell. */
double tool_memory_peak(void);

/** The middle, the 99th of a hundred, the last and the average. Sorts the values. */
struct spread {
	double p50, p99, max, mean;
};
struct spread tool_spread(double *values, size_t n);

/** i-th of `count` picks spread evenly over 0..n-1. */
uint32_t tool_pick(size_t i, size_t count, size_t n);
/** A list into a running checksum, which begins as TOOL_HASH. (FNV-1a, a word at a time) */
#define TOOL_HASH 0xcbf29ce484222325u
uint64_t tool_hash(uint64_t hash, const struct lgm_hit *hits, size_t n);

/** A number with commas; valid until the eighth one after it. */
const char *tool_count(uint64_t n);

/** Do units 0..units-1, each once, on so many threads. */
typedef void (*tool_work)(void *arg, size_t worker, size_t unit);
void tool_run(size_t workers, size_t units, tool_work work, void *arg);

/** malloc() that does not fail. */
void *tool_get(size_t count, size_t size);
/** Print why and end the program: the figures would mean nothing. */
_Noreturn void tool_die(const char *format, ...) __attribute__((format(printf, 1, 2)));
/** End unless the engine did what it was asked. */
void tool_must(enum lgm_err err);
#endif
