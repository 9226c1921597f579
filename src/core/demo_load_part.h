/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_DEMO_LOAD_PART_H
#define LG_CORE_DEMO_LOAD_PART_H
#include "app/app.h"
#include "core/demo.h"

/** Parts of core/demo_load.h. */
struct demo_act { /* what a colleague does: a call that came by no door */
	struct http_request rq;
	struct http_response rs;
	struct call c;
};
/** A transaction as the colleague whose session has this token; ended with db_end(out->c.db). */
LG_MUST enum lg_err demo_act(struct lg_ctx *cx, struct app *app, const uint8_t *token, struct demo_act *out);
LG_MUST enum lg_err demo_load_employers(struct lg_ctx *cx, struct app *app, const uint8_t *token,
                                        const struct demo_office *office, int32_t today);
#endif
