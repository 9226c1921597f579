/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* What is forgotten by itself; and of whom somebody wants that all is. */
#include "core/jobs.h"

#include "modules/hotline/enquiry.sql.h"
#include "modules/hotline/hotline.h"
#include "modules/hotline/phone.sql.h"

static void forget_of(struct lg_ctx *cx, struct db *db)
{
	db_phone_forget_send(cx, db);
	db_enquiry_forget_send(cx, db);
}

static enum lg_err forget(struct lg_ctx *cx, struct db_pool *pool, const struct core_job_with *with)
{
	return jobs_in_offices(cx, pool, with, "expire", forget_of);
}

static const struct core_job jobs[] = {
	{ "hotline_forget", 600, forget },
};

const struct core_job *hotline_jobs(size_t *n)
{
	*n = sizeof jobs / sizeof *jobs;
	return jobs;
}

void hotline_erase(struct lg_ctx *cx, struct call *c, const char *candidate)
{
	db_enquiry_forget_person_send(cx, c->db, (struct db_enquiry_forget_person_in){ .id = candidate });
}
