/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_RUN_JOB_H
#define LG_CORE_RUN_JOB_H
#include "core/jobs.h"
#include "core/run_solve.h"

/**
 * @file
 * Runs as the jobs process computes them, on a thread of their own. A run belongs for RUN_HELD_S seconds to whoever
 * took it, who says now and then that it goes on; after a kill another begins it anew. Its result is written in one
 * transaction, and only by the first who gets there.
 */
enum { RUN_HELD_S = 60 };

/** One run that waits, if there is one. with->terms NULL: none is computed here. */
LG_MUST enum lg_err run_job(struct lg_ctx *cx, struct db_pool *pool, const struct core_job_with *with);

/** A run that is done, computed anew from its sealed input. */
struct run_replay {
	int32_t tenant;
	int64_t ended_us;
	const char *versions, *versions_now; /* JSON */
	bool same_input, same_result;        /* the hashes are those that were kept */
	const char *hash;                    /* of the result now, in hexadecimal */
	size_t candidates, openings, placed;
};
/** LG_UNKNOWN: there is no such run, or it is not done. LG_FAULT: its input does not open. */
LG_MUST enum lg_err run_replay(struct lg_ctx *cx, struct db_pool *pool, const struct seal_ring *ring,
                               const struct match_terms *terms, const char *id, struct run_replay *out);
#endif
