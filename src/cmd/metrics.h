/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CMD_METRICS_H
#define LG_CMD_METRICS_H
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/ctx.h"

/**
 * @file
 * Counters that all processes of one service share: memory without a name, made by the supervisor, mapped by each
 * child. They are for people and their monitors. Nothing acts on them, so a process that lies in them gains nothing.
 */
enum process {
#define P(name, key, what) PROCESS_##name,
#include "cmd/process.def"
#undef P
	PROCESSES
};
const char *process_name(enum process p);

enum { LATENCY_STEPS = 12, STATUS_CLASSES = 6, JOBS_MOST = 16, METRICS_JOB_NAME = 16 };

struct metrics_process {
	_Atomic uint64_t pid, starts, since; /* since: unix seconds of the last start */
	_Atomic uint64_t last_end;           /* wait status of the last one that ended */
};

struct metrics_job {
	char name[METRICS_JOB_NAME];
	_Atomic uint64_t runs, failures, last_good; /* last_good: unix seconds */
	_Atomic uint64_t microseconds;              /* all runs together */
};

struct metrics {
	struct metrics_process process[PROCESSES];
	_Atomic uint64_t database_starts; /* of the private cluster */

	/* web */
	_Atomic uint64_t status[STATUS_CLASSES]; /* by hundreds; 0: others */
	_Atomic uint64_t latency[LATENCY_STEPS + 1], latency_us;
	_Atomic uint64_t parsers, parsers_cut; /* started; ended by a signal */

	/* jobs */
	_Atomic uint64_t tick; /* unix seconds: it turned its round */
	struct metrics_job job[JOBS_MOST];
	_Atomic uint64_t jobs;
	_Atomic uint64_t outbox_waiting, outbox_oldest_s;

	_Atomic uint64_t draining; /* the service is being stopped */
};

/** Make it. @return a descriptor for the children (close-on-exec), or -1 with errno */
int metrics_make(struct metrics **out);
/** Map a descriptor that was handed over. NULL: it is none. */
struct metrics *metrics_map(int fd);

/** One request was answered. Threads: any. */
void metrics_request(struct metrics *m, int status, uint64_t us);

/** Prometheus' text form (version 0.0.4) of all that is in it; the caller adds what it knows itself. */
void metrics_print(struct lg_buf *out, struct metrics *m, int64_t now);
/** "# HELP", "# TYPE" and one value. kind: "counter" or "gauge". */
void metrics_put(struct lg_buf *out, const char *name, const char *kind, const char *help, double value);
#endif
