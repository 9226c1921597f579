/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_APP_AUDIT_H
#define LG_APP_AUDIT_H
#include <jansson.h>

#include "app/app.h"
#include "app/seal.h"

/**
 * @file
 * What is written down of each act, in the transaction of the act: no row, no act. Rows are chained and sealed by a job
 * (schema/0004_audit.sql); `landgang audit verify` reads them anew.
 */

/**
 * Something was changed. `changes` (NULL: nothing to keep) is sealed with the key of the person it is about, so that
 * who erases the key erases the content, and the chain still verifies. Queued: goes out with the next sync. subject: a
 * uuid, or NULL when it is about nobody.
 */
LG_MUST enum lg_err audit_change(struct lg_ctx *cx, struct call *c, const char *verb, const char *entity,
                                 const char *subject, int64_t version, const struct seal_key *key,
                                 const json_t *changes);
/** A page showed these people: one row a page, whatever their number. Queued. */
void audit_seen(struct lg_ctx *cx, struct call *c, const char *const *subjects, size_t n);

/** The key of a person who is already here, to be opened once the row came: queue, sync, open. */
struct audit_key {
	const void *row; /* what came */
	bool found;
};
void audit_key_send(struct lg_ctx *cx, struct call *c, const char *subject, struct audit_key *out);
LG_MUST enum lg_err audit_key_open(struct lg_ctx *cx, struct call *c, const char *subject, const struct audit_key *in,
                                   const struct seal_key **out);
/** A new one, for somebody who is registered. Queued. */
LG_MUST enum lg_err audit_key_new(struct lg_ctx *cx, struct call *c, const char *subject, const struct seal_key **out);

/** Forget somebody's key: all that was sealed with it cannot be read any more, wherever it is. Queued. */
void audit_key_forget(struct lg_ctx *cx, struct call *c, const char *subject);

/** One row of a history, opened. */
struct audit_row {
	int64_t at_us;
	const char *account, *verb, *entity, *why;
	int64_t version;
	json_t *changes; /* NULL: none kept, or erased */
};
LG_MUST enum lg_err audit_history(struct lg_ctx *cx, struct call *c, const char *subject, const struct seal_key *key,
                                  struct audit_row **out, size_t *n);

/** One page that showed somebody. */
struct audit_view {
	int64_t at_us;
	const char *account, *route;
};
LG_MUST enum lg_err audit_views(struct lg_ctx *cx, struct call *c, const char *subject, struct audit_view **out,
                                size_t *n);
#endif
