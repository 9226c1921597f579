/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_APP_IDEMPOTENCY_H
#define LG_APP_IDEMPOTENCY_H
#include "app/app.h"

/**
 * @file
 * Idempotency-Key of the API: a POST that is sent again with the same key and body gets the answer it got, and has one
 * effect. Another body under the same key is 422. Keys are of a tenant and a client, and kept for 24 hours.
 *
 * The key's row is inserted first, in the transaction of the change: a second one, at the same time, waits for the
 * first to end, and then finds its answer. So 50 at once have one effect.
 */
enum idempotency_is {
	IDEMPOTENCY_NEW,      /* no key was sent */
	IDEMPOTENCY_BEGUN,    /* the handler is to be called, and then idempotency_answered() */
	IDEMPOTENCY_ANSWERED, /* c->rs holds the answer of then */
};
LG_MUST enum lg_err idempotency_begin(struct lg_ctx *cx, struct call *c, enum idempotency_is *is);
/** Note the answer; goes out with the next sync. */
void idempotency_answered(struct lg_ctx *cx, struct call *c);
#endif
