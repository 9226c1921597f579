/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_APP_ANSWER_H
#define LG_APP_ANSWER_H
#include <jansson.h>

#include "app/app.h"

/**
 * @file
 * The ways a handler ends. Each fills c->rs; none sends anything. Threads: one call, one thread.
 */

/** Commit what c->db holds, in one round trip with what is still queued. Before the answer is made, so that nothing is
 * told that is not kept. */
LG_MUST enum lg_err app_end(struct lg_ctx *cx, struct call *c);

/** JSON with a status. `value` is borrowed. */
void answer_json(struct lg_ctx *cx, struct call *c, int status, const json_t *value);
/** See the page `path` next (303); of the API 204. `flash` is a word of flash.def that the next page says, or NULL. */
void answer_see(struct lg_ctx *cx, struct call *c, const char *path, const char *flash);
/** A file to keep. `name` is cleaned; `type` "text/csv; charset=utf-8". The body is c->rs->body. */
void answer_file(struct lg_ctx *cx, struct call *c, const char *type, const char *name);
/** An error: a page that helps, or problem details (RFC 9457) with the notes of cx as "errors". */
void answer_problem(struct lg_ctx *cx, struct call *c, int status, const char *title, const char *detail);
/** The same for an error of ours. */
void answer_error(struct lg_ctx *cx, struct call *c, enum lg_err err);

/** The version that a client says it has seen (If-Match: "7", or the form's field "version"). 0: none given. */
int64_t app_version_seen(const struct call *c);
/** ETag: "7" */
void app_put_version(struct lg_ctx *cx, struct call *c, int64_t version);
/** A uuid out of the address, lower case; LG_UNKNOWN for all else. */
LG_MUST enum lg_err app_uuid(const char *arg, const char **id);
#endif
