/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_APP_KNOWN_H
#define LG_APP_KNOWN_H
#include "app/app.h"

/**
 * @file
 * What the database told of a token a moment ago, so that a page need not ask before it may begin. Nothing follows from
 * it: the transaction of the page says that it is so still, or the page is made anew (app/actor.h).
 *
 * Kept under the token's hash, for a minute, in a table that never grows; what is not in it is asked for. Threads: any.
 */
struct known;
struct known *known_new(struct lg_ctx *cx);
void known_put(struct lg_ctx *cx, struct known *known, const struct db_who *who, const char *json);
/** In cx's memory; NULL: not known. */
const char *known_get(struct lg_ctx *cx, struct known *known, const struct db_who *who);
void known_forget(struct known *known, const struct db_who *who);
#endif
