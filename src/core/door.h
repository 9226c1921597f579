/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_DOOR_H
#define LG_CORE_DOOR_H
#include "app/app.h"
#include "core/auth_call.h"

/** The cookie of what waits between two steps of a sign-in (core/auth_pending.h). */
#define DOOR_COOKIE "__Host-landgang-step"

/** Ask the auth process. What the session's transaction holds is committed before: the two may touch the same rows. */
LG_MUST enum lg_err door_ask(struct lg_ctx *cx, struct call *c, struct auth_answer *out, json_t *question);
/** The browser as it names itself; "" if it does not. */
const char *door_agent(const struct call *c);
/** An address of ours that the request wants to see next; "/" for all else. */
const char *door_next(const struct call *c);
/** `path` with ?next= behind it, unless that is "/". */
const char *door_path(struct lg_ctx *cx, const char *path, const char *next);
/** Go on as the auth process says: in, to the next step, or see recovery codes first. Only for AUTH_IN, _CODE, _SECOND,
 * _OFFICE. */
void door_go_on(struct lg_ctx *cx, struct call *c, const struct auth_answer *a, const char *next);
/** Codes that are shown once, and where to go on. */
void door_show_recovery(struct lg_ctx *cx, struct call *c, const struct auth_answer *a, const char *on);
/** "Too many tries": status 429, Retry-After; the words for the page. */
const char *door_wait(struct lg_ctx *cx, struct call *c, const struct auth_answer *a);
/** A link that does not work any more. */
void door_gone(struct lg_ctx *cx, struct call *c, const char *what);
#endif
