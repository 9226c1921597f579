/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_JOBS_H
#define LG_CORE_JOBS_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "store/db.h"

/**
 * @file
 * What is done without anybody asking: a table of jobs, run in turn by the jobs process (role lg_job): those of core
 * and those that modules bring (modules/modules.h).
 *
 * A job does a bounded piece of work in transactions of its own, and returns; it is called again after every_s seconds,
 * or at once when it set *more. It may be killed at any moment: what it did must be done once or be the same when
 * done twice. Several jobs processes may run on one database: take rows with FOR UPDATE SKIP LOCKED.
 */

/** What the program was told, for those jobs that need it. Constant while they run. */
struct app;
struct core_job_with {
	const char *public_url;                                     /* for links in mail, without a slash at its end */
	const char *mail_url, *mail_user, *mail_secret, *mail_from; /* mail_url "": mail stays in the outbox */
	const uint8_t *seal_key;                                    /* 32 bytes: master key (app/seal.h) */
	bool webhooks;                                              /* events are sent to them */
	bool webhooks_to_loopback;                                  /* to this machine too, without TLS: for trials */
	const struct match_terms *terms; /* records in the engine's terms (core/match_terms.h); NULL: no runs */
	bool trial;
	struct app *app;       /* for what acts as people do; its pool is the job's. NULL: there is none */
	int64_t (*now)(void);  /* unix seconds */
	bool (*stopped)(void); /* somebody wants us to end: ask between any two pieces of work */
	bool *more;            /* set: there is more to do, call again at once */
	/** Mails that wait, and for how many seconds the oldest: for /metrics. */
	void (*tell)(void *with, int64_t outbox_waiting, int64_t outbox_oldest_s);
	void *tell_with;
};

struct core_job {
	const char *name; /* of logs and of /metrics: "mail" */
	unsigned every_s;
	enum lg_err (*run)(struct lg_ctx *cx, struct db_pool *pool, const struct core_job_with *with);
};

const struct core_job *core_jobs(size_t *n);

/** What is done in an office: queues its statements. */
typedef void job_of_office(struct lg_ctx *cx, struct db *db);
/** In each office in which somebody works, one after the other, each in a transaction of its own for that purpose. */
LG_MUST enum lg_err jobs_in_offices(struct lg_ctx *cx, struct db_pool *pool, const struct core_job_with *with,
                                    const char *purpose, job_of_office *queue);
#endif
