/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_AUTH_PENDING_H
#define LG_CORE_AUTH_PENDING_H
#include <jansson.h>
#include <stdbool.h>

#include "base/ctx.h"

/**
 * @file
 * What waits between two steps of signing in: who it is as far as is proved, and what is missing. It goes to the
 * browser and comes back, sealed with a key of the auth process's, so that this keeps nothing and may come and go.
 * Whoever holds one can go on only with what is missing (the code, the choice of an office), and only for some minutes.
 */
enum { PENDING_S = 600 };

/** Seal `what` (borrowed; an object), good for `seconds`, for the step `kind`. The text is of base64url's letters. */
LG_MUST enum lg_err pending_seal(struct lg_ctx *cx, const uint8_t *seal_key, const char **out, const char *kind,
                                 int64_t seconds, json_t *what);
/** Open it. false: none of ours, of another step, or too old. *out dies with cx. */
bool pending_open(struct lg_ctx *cx, const uint8_t *seal_key, json_t **out, const char *kind, const char *text);
#endif
