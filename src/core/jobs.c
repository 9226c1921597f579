/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/jobs.h"

#include "base/log.h"
#include "core/fast_lane_job.h"
#include "core/import.h"
#include "core/jobs.sql.h"
#include "core/mail_job.h"
#include "core/run_job.h"
#include "core/tenant_merge.h"
#include "core/webhook_job.h"

static const struct db_who ourselves = { .as = DB_AS_ROLE };

static enum lg_err seal(struct lg_ctx *cx, struct db_pool *pool, const struct core_job_with *with)
{
	struct db *db;
	struct db_job_seal_row row;
	(void)with;
	LG_TRY(db_open(cx, pool, &db, &ourselves));
	db_job_seal_send(cx, db, &row);
	return db_end(cx, db);
}

static enum lg_err refresh(struct lg_ctx *cx, struct db_pool *pool, const struct core_job_with *with)
{
	struct db *db;
	struct db_job_refresh_row row;
	(void)with;
	LG_TRY(db_open(cx, pool, &db, &ourselves));
	db_job_refresh_send(cx, db, &row);
	LG_TRY(db_end(cx, db));
	if (row.sessions) lg_log(cx, LG_LOG_INFO, "sessions refreshed", LOG_INT("sessions", row.sessions));
	return LG_OK;
}

static enum lg_err expire_of(struct lg_ctx *cx, struct db_pool *pool, int32_t tenant)
{
	struct db *db;
	LG_TRY(db_open(cx, pool, &db, &(struct db_who){ .as = DB_AS_JOB, .tenant = tenant, .purpose = "expire" }));
	db_job_forget_keys_send(cx, db);
	db_job_forget_deliveries_send(cx, db);
	db_job_forget_calls_send(cx, db);
	db_job_forget_enquiries_send(cx, db);
	db_job_expire_openings_send(cx, db);
	db_import_forget_keys_send(cx, db);
	return db_end(cx, db);
}

static enum lg_err expire(struct lg_ctx *cx, struct db_pool *pool, const struct core_job_with *with)
{
	struct db *db;
	struct db_job_sweep_row row;
	struct db_job_tenants_rows tenants;
	LG_TRY(db_open(cx, pool, &db, &ourselves));
	db_job_sweep_send(cx, db, &row);
	db_job_tenants_send(cx, db, &tenants);
	LG_TRY(db_end(cx, db));
	for (size_t i = 0; i < tenants.n && !with->stopped(); i++)
		LG_TRY(expire_of(cx, pool, (int32_t)tenants.rows[i].id));
	return LG_OK;
}

/* Standing orders to pools, a piece a transaction; what comes and goes meanwhile follows by triggers (schema/0040). */
static enum lg_err sweep_of(struct lg_ctx *cx, struct db_pool *pool, const struct core_job_with *with, int32_t tenant)
{
	enum { PIECE = 500 };
	struct db_job_pool_sweep_row row = { .n = 1 };
	while (row.n && !with->stopped()) {
		struct db *db;
		LG_TRY(
		    db_open(cx, pool, &db, &(struct db_who){ .as = DB_AS_JOB, .tenant = tenant, .purpose = "pool" }));
		db_job_pool_sweep_send(cx, db, &row, (struct db_job_pool_sweep_in){ .most = PIECE });
		LG_TRY(db_end(cx, db));
	}
	return LG_OK;
}

static enum lg_err pools(struct lg_ctx *cx, struct db_pool *pool, const struct core_job_with *with)
{
	enum { OURS_S = 120 };
	struct db *db;
	struct db_job_pools_due_rows due = { 0 };
	LG_TRY(db_open(cx, pool, &db, &ourselves));
	db_job_pools_due_send(cx, db, &due, (struct db_job_pools_due_in){ .seconds = OURS_S });
	LG_TRY(db_end(cx, db));
	for (size_t i = 0; i < due.n && !with->stopped(); i++)
		LG_TRY(sweep_of(cx, pool, with, (int32_t)due.rows[i].tenant));
	return LG_OK;
}

/* What plans of pools found, a piece a transaction, for some seconds: then others have their turn. */
static enum lg_err send_of(struct lg_ctx *cx, struct db_pool *pool, const struct core_job_with *with, int32_t tenant)
{
	enum { PIECE = 500, TURN_S = 5 };
	struct db_job_pool_send_piece_row row = { .more = true };
	const int64_t until = with->now() + TURN_S;
	while (row.more && !with->stopped()) {
		struct db *db;
		if (with->now() >= until) {
			if (with->more) *with->more = true;
			return LG_OK;
		}
		LG_TRY(
		    db_open(cx, pool, &db, &(struct db_who){ .as = DB_AS_JOB, .tenant = tenant, .purpose = "pool" }));
		db_job_pool_send_piece_send(cx, db, &row, (struct db_job_pool_send_piece_in){ .most = PIECE });
		LG_TRY(db_end(cx, db));
	}
	return LG_OK;
}

static enum lg_err pool_sends(struct lg_ctx *cx, struct db_pool *pool, const struct core_job_with *with)
{
	struct db *db;
	struct db_job_pool_sends_due_rows due = { 0 };
	LG_TRY(db_open(cx, pool, &db, &ourselves));
	db_job_pool_sends_due_send(cx, db, &due);
	LG_TRY(db_end(cx, db));
	for (size_t i = 0; i < due.n && !with->stopped(); i++)
		LG_TRY(send_of(cx, pool, with, (int32_t)due.rows[i].pool));
	return LG_OK;
}

static enum lg_err figures(struct lg_ctx *cx, struct db_pool *pool, const struct core_job_with *with)
{
	struct db *db;
	struct db_job_figures_row row;
	LG_TRY(db_open(cx, pool, &db, &ourselves));
	db_job_figures_send(cx, db, &row);
	LG_TRY(db_end(cx, db));
	with->tell(with->tell_with, row.outbox_waiting, row.outbox_oldest_s);
	return LG_OK;
}

static const struct core_job jobs[] = {
	{ "seal", 60, seal },
	{ "refresh", 600, refresh },
	{ "expire", 600, expire },
	{ "figures", 15, figures },
	{ "mail", 5, mail_job },
	{ "webhook", 2, webhook_job },
	{ "runs", 2, run_job },
	{ "import", 2, import_job },
	{ "tenant_merge", 5, tenant_merge_job },
	{ "fast_lane", 300, fast_lane_job },
	{ "pools", 2, pools },
	{ "pool_sends", 2, pool_sends },
};

const struct core_job *core_jobs(size_t *n)
{
	*n = sizeof jobs / sizeof *jobs;
	return jobs;
}
