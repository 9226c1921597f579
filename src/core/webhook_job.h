/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_WEBHOOK_JOB_H
#define LG_CORE_WEBHOOK_JOB_H
#include "core/jobs.h"

/**
 * Hand over what is due (schema/0019_webhook.sql), each in a transaction of its own: killed at any moment, what was not
 * written down as taken is sent again, under the same id. What is not taken is tried again after pauses that grow, for
 * a day; then the webhook is switched off. A receiver that does not answer is left alone meanwhile.
 */
LG_MUST enum lg_err webhook_job(struct lg_ctx *cx, struct db_pool *pool, const struct core_job_with *with);
#endif
