/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_MAIL_JOB_H
#define LG_CORE_MAIL_JOB_H
#include "core/jobs.h"

/**
 * The job that empties lg.outbox: what is due is handed to the mail server, on one line for some of them, one
 * transaction each. It is written down as sent after the server took it. Killed between the two, it is sent again,
 * under the same Message-ID; so it is when the line broke after the mail and before the server's answer. That is the
 * known window, and there is never more than one mail in it (test/serve/mail_kill.py counts). What the server refuses
 * for good (5xx) is given up; what it does not take now is tried again after 1, 4, 16, 64 minutes, then every four
 * hours, twelve times in all. Several such jobs may run at once.
 */
LG_MUST enum lg_err mail_job(struct lg_ctx *cx, struct db_pool *pool, const struct core_job_with *with);
#endif
