/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CMD_THREADS_H
#define LG_CMD_THREADS_H
#include <stddef.h>

#include "base/ctx.h"
#include "cmd/progress.h"

#define THREADS_MAX 1024u

/** One unit of work, on one of the workers 0..workers-1. */
typedef void (*threads_work)(void *arg, size_t worker, size_t unit);

/** Processors this process may use, at least 1. */
size_t threads_default(void);

/**
 * Do units 0..units-1, each once, on `workers` threads (the caller is one of them), in any order; return when all are
 * done. RUN_STOPPED: somebody pressed Ctrl-C, and the rest was left out. `progress` may be NULL.
 * When the system gives fewer threads than asked for, fewer do the work.
 */
LG_MUST enum lg_err threads_run(struct lg_ctx *cx, size_t workers, size_t units, threads_work work, void *arg,
                                struct progress *progress);
#endif
