/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_AUTH_PASSWORD_H
#define LG_CORE_AUTH_PASSWORD_H
#include <stdbool.h>

#include "base/ctx.h"

/**
 * @file
 * Passwords: which are good enough, and how they are kept (argon2id, 64 MiB, two passes, of libsodium).
 */
enum { PASSWORD_LEAST = 12, PASSWORD_MOST_BYTES = 1024, PASSWORD_HASH = 128 };

/** What a password must not be made of: NULL at the end. A mail address counts as its part before the @ too. */
struct password_about {
	const char *const *words;
};

/**
 * Good enough? At least 12 characters (of Unicode, not bytes), and six of them left when the words it must not be made
 * of (those of `about`, those that everybody takes) are struck out; no short piece repeated, no row of the keyboard
 * or the alphabet. No rule about kinds of characters: length is what helps. LG_INVALID notes what is wrong under
 * `field`. Pure.
 */
LG_MUST enum lg_err password_check(struct lg_ctx *cx, const char *field, const char *password,
                                   const struct password_about *about);

/**
 * For keeping. At most four hashes are computed at once in this process, others wait. About 0.15 s of CPU.
 * LG_BUSY: no memory for it. Threads: any, as all here.
 */
LG_MUST enum lg_err password_hash(struct lg_ctx *cx, char out[PASSWORD_HASH], const char *password);

/**
 * Is it the one? hash NULL: there is no such account; the same work is done for nothing, so that nobody learns that
 * from the time it takes, and the answer is no. *stale: the right one, but kept with other parameters than today's:
 * hash anew.
 */
bool password_is(const char *hash, const char *password, bool *stale);
#endif
