/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/jobs.h"

#include "modules/pool/giving.sql.h"
#include "modules/pool/pool.h"
#include "modules/pool/pool_run.sql.h"

/* Standing orders, a piece a transaction; what comes and goes meanwhile follows by triggers (schema/0040). */
static enum lg_err sweep_of(struct lg_ctx *cx, struct db_pool *pool, const struct core_job_with *with, int32_t tenant)
{
	enum { PIECE = 500 };
	struct db_giving_sweep_due_row row = { .n = 1 };
	while (row.n && !with->stopped()) {
		struct db *db;
		LG_TRY(
		    db_open(cx, pool, &db, &(struct db_who){ .as = DB_AS_JOB, .tenant = tenant, .purpose = "pool" }));
		db_giving_sweep_due_send(cx, db, &row, (struct db_giving_sweep_due_in){ .most = PIECE });
		LG_TRY(db_end(cx, db));
	}
	return LG_OK;
}

static enum lg_err sweep(struct lg_ctx *cx, struct db_pool *pool, const struct core_job_with *with)
{
	enum { OURS_S = 120 };
	struct db *db;
	struct db_giving_due_rows due = { 0 };
	LG_TRY(db_open(cx, pool, &db, &(struct db_who){ .as = DB_AS_ROLE }));
	db_giving_due_send(cx, db, &due, (struct db_giving_due_in){ .seconds = OURS_S });
	LG_TRY(db_end(cx, db));
	for (size_t i = 0; i < due.n && !with->stopped(); i++)
		LG_TRY(sweep_of(cx, pool, with, (int32_t)due.rows[i].tenant));
	return LG_OK;
}

/* What plans of pools found, a piece a transaction, for some seconds: then others have their turn. */
static enum lg_err send_of(struct lg_ctx *cx, struct db_pool *pool, const struct core_job_with *with, int32_t tenant)
{
	enum { PIECE = 500, TURN_S = 5 };
	struct db_pool_run_send_piece_row row = { .more = true };
	const int64_t until = with->now() + TURN_S;
	while (row.more && !with->stopped()) {
		struct db *db;
		if (with->now() >= until) {
			if (with->more) *with->more = true;
			return LG_OK;
		}
		LG_TRY(
		    db_open(cx, pool, &db, &(struct db_who){ .as = DB_AS_JOB, .tenant = tenant, .purpose = "pool" }));
		db_pool_run_send_piece_send(cx, db, &row, (struct db_pool_run_send_piece_in){ .most = PIECE });
		LG_TRY(db_end(cx, db));
	}
	return LG_OK;
}

static enum lg_err sends(struct lg_ctx *cx, struct db_pool *pool, const struct core_job_with *with)
{
	struct db *db;
	struct db_pool_run_sends_due_rows due = { 0 };
	LG_TRY(db_open(cx, pool, &db, &(struct db_who){ .as = DB_AS_ROLE }));
	db_pool_run_sends_due_send(cx, db, &due);
	LG_TRY(db_end(cx, db));
	for (size_t i = 0; i < due.n && !with->stopped(); i++)
		LG_TRY(send_of(cx, pool, with, (int32_t)due.rows[i].pool));
	return LG_OK;
}

static const struct core_job jobs[] = {
	{ "pools", 2, sweep },
	{ "pool_sends", 2, sends },
};

const struct core_job *pool_jobs(size_t *n)
{
	*n = sizeof jobs / sizeof *jobs;
	return jobs;
}
