/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_FAST_LANE_JOB_H
#define LG_CORE_FAST_LANE_JOB_H
#include "core/jobs.h"

/**
 * @file
 * The night's look for the fast lane (core/fast_lane.h), in each office once a day, as soon as it is another day there:
 * who can start now and has nothing under way is placed as a plan places (core/run_solve.h), over the pairs that are
 * strong (fast_lane_strong.h). So as many as can be have one, no position is promised twice, and the placement is
 * proven. It is written in one transaction, by the first who gets there. with->terms NULL: nothing is looked for here.
 */
LG_MUST enum lg_err fast_lane_job(struct lg_ctx *cx, struct db_pool *pool, const struct core_job_with *with);
#endif
