/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_WEBHOOK_SEND_H
#define LG_CORE_WEBHOOK_SEND_H
#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/ctx.h"

/**
 * @file
 * Hand a message to a webhook: POST with a signature as Standard Webhooks has it (https://www.standardwebhooks.com):
 * HMAC-SHA256, with the secret's bytes, of "ID.UNIXSECONDS.BODY", in base64; one for each secret, blanks between.
 */
enum { WEBHOOK_SECRET = 32, WEBHOOK_SECRETS = 2, WEBHOOK_ANSWER = 300 };

struct webhook_message {
	const char *id, *url, *body;
	const uint8_t *secrets[WEBHOOK_SECRETS]; /* NULL: no such one */
	int64_t at;                              /* unix seconds */
	bool loopback;                           /* this machine may be told, and without TLS: for trials */
};
struct webhook_answer {
	long status;               /* 0: none came */
	char text[WEBHOOK_ANSWER]; /* how it began, or why there was none */
};

/** "v1,BASE64", or two. */
void webhook_sign(struct lg_buf *out, const struct webhook_message *m);
/**
 * LG_OK: it was taken (2xx). LG_BUSY: it was not, out->text says why. Connects to nothing but what
 * webhook_address_is_public() lets pass, follows nothing, asks no proxy, and reads no more than it keeps. At most 10
 * seconds. Threads: any.
 */
LG_MUST enum lg_err webhook_send(struct lg_ctx *cx, const struct webhook_message *m, struct webhook_answer *out);
#endif
