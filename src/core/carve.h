/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_CARVE_H
#define LG_CORE_CARVE_H
#include <jansson.h>

#include "app/app.h"

/**
 * Take from a copy of an opening what the address says is to be left out: ?without=language:da&without=hours. Each is
 * "licence" (all of them), "hours", "schedule", "start", "language:CODE" or "skill:CODE", as the page of what could be
 * left out names them. LG_INVALID with a note: it is none of these, or the opening does not ask for it.
 */
LG_MUST enum lg_err carve_take(struct lg_ctx *cx, const struct call *c, json_t *record);
#endif
