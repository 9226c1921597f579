/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_WEBHOOK_H
#define LG_CORE_WEBHOOK_H
#include "app/app.h"
#include "core/webhook.sql.h"
#include "view/my_day.html.h"

/**
 * @file
 * Webhooks on other pages: those that were switched off are something to do, for who may switch them on.
 */
/** Queue it, for administrators; for others nothing. */
void webhooks_failed_send(struct lg_ctx *cx, struct call *c, struct db_webhook_failed_rows *out);
/** As a line of My day. */
struct html_my_day_tasks webhook_task(struct lg_ctx *cx, struct call *c, const struct db_webhook_failed_row *r);
#endif
