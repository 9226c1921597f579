/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_RUN_H
#define LG_CORE_RUN_H
#include <jansson.h>

#include "app/app.h"
#include "core/run.sql.h"

/**
 * @file
 * Runs, which people call plans: the best plan for many people and openings at once. Somebody orders one (run.c), the
 * jobs process computes it (run_job.h), people see what came of it (run_pages.c) and put pairs of it on the short list.
 */
enum { RUN_WAITING_MOST = 5, RUN_APPROVED_MOST = 500 };

/** NULL, or what is wrong with what was asked for (English, for lg_say()); *field: where. Pure. */
const char *run_fault(const json_t *asked, const char **field);
/** What a run is called: a what-if says so. */
const char *run_name(struct lg_ctx *cx, const char *purpose, const char *of_run);
/** How an order begins when nothing is said: the weights of the lists of matches. Of cx. */
json_t *run_default(struct lg_ctx *cx, const struct call *c);
#endif
