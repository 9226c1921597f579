/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_DEMO_LOAD_H
#define LG_CORE_DEMO_LOAD_H
#include "app/app.h"
#include "core/demo.h"
#include "core/demo_act.h"

/**
 * Put a demonstration office (core/demo.h) into the database: the office, accounts for its colleagues, and its people,
 * each registered by the colleague who did, through the same door as real ones. For trial mode alone: all have one
 * password, and the people are marked as invented.
 *
 * `auth_pool` is of the role lg_auth; `app` is used for what pages use (its pool, the seal key, the taxonomy). Some ten
 * milliseconds a person. `more` brings what others add to the office, or is NULL. LG_CONFLICT: there are offices
 * already.
 */
#define DEMO_PASSWORD "landgang til alle"
LG_MUST enum lg_err demo_load(struct lg_ctx *cx, struct app *app, struct db_pool *auth_pool,
                              const struct demo_office *office, demo_part *more);
#endif
