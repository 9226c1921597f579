/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_DEMO_ACT_H
#define LG_CORE_DEMO_ACT_H
#include "app/app.h"
#include "app/seal.h"
#include "core/demo.h"

/** What a colleague of the demonstration office does while it is made: a call that came by no door. */
struct demo_act {
	struct http_request rq;
	struct http_response rs;
	struct call c;
};
/** A transaction as the colleague whose session has this token; ended with db_end(out->c.db). */
LG_MUST enum lg_err demo_act(struct lg_ctx *cx, struct app *app, const uint8_t *token, struct demo_act *out);

/** The office and who is in it, while modules bring their part of the demonstration. */
struct demo_member {
	const char *account;
	uint8_t token[SEAL_TOKEN]; /* of a session that ends with the making */
};
struct demo_cast {
	struct app *app;
	const struct demo_office *office;
	const struct demo_member *members; /* one for each colleague of the office */
};
/** What one brings. Each opens and ends its own transactions. */
typedef enum lg_err demo_part(struct lg_ctx *cx, const struct demo_cast *cast);
/** The first colleague who has the role; there is one. */
const struct demo_member *demo_member_of(const struct demo_cast *cast, const char *role);
/** demo_act() as that colleague. */
LG_MUST enum lg_err demo_act_as(struct lg_ctx *cx, const struct demo_cast *cast, const char *role,
                                struct demo_act *out);
#endif
