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

enum lg_err jobs_in_offices(struct lg_ctx *cx, struct db_pool *pool, const struct core_job_with *with,
                            const char *purpose, job_of_office *queue)
{
	struct db *db;
	struct db_job_tenants_rows tenants;
	LG_TRY(db_open(cx, pool, &db, &ourselves));
	db_job_tenants_send(cx, db, &tenants);
	LG_TRY(db_end(cx, db));
	for (size_t i = 0; i < tenants.n && !with->stopped(); i++) {
		const struct db_who who = { .as = DB_AS_JOB,
			                    .tenant = (int32_t)tenants.rows[i].id,
			                    .purpose = purpose };
		LG_TRY(db_open(cx, pool, &db, &who));
		queue(cx, db);
		LG_TRY(db_end(cx, db));
	}
	return LG_OK;
}

static void expire_of(struct lg_ctx *cx, struct db *db)
{
	db_job_forget_keys_send(cx, db);
	db_job_forget_deliveries_send(cx, db);
	db_job_expire_openings_send(cx, db);
	db_import_forget_keys_send(cx, db);
}

static enum lg_err expire(struct lg_ctx *cx, struct db_pool *pool, const struct core_job_with *with)
{
	struct db *db;
	struct db_job_sweep_row row;
	LG_TRY(db_open(cx, pool, &db, &ourselves));
	db_job_sweep_send(cx, db, &row);
	LG_TRY(db_end(cx, db));
	return jobs_in_offices(cx, pool, with, "expire", expire_of);
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
};

const struct core_job *core_jobs(size_t *n)
{
	*n = sizeof jobs / sizeof *jobs;
	return jobs;
}
