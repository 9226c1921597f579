/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_AUTH_TOTP_H
#define LG_CORE_AUTH_TOTP_H
#include <stdbool.h>
#include <stdint.h>

#include "base/ctx.h"

/**
 * @file
 * The second step of signing in: codes by time (RFC 6238: SHA-1, 30 seconds, six digits, as every app knows it), and
 * recovery codes for the day the telephone is gone. Threads: any.
 */
enum {
	TOTP_SECRET = 20,
	TOTP_STEP_S = 30,
	TOTP_DIGITS = 6,
	RECOVERY_CODES = 8,
	RECOVERY_CODE = 12,
	RECOVERY_HASH = 32
};

/** The code of a moment. */
LG_MUST enum lg_err totp_code(struct lg_ctx *cx, char out[TOTP_DIGITS + 1], const uint8_t secret[TOTP_SECRET],
                              int64_t now);

/**
 * Is it a code of now, or of the step before or after (clocks differ)? Blanks in it are of no account.
 * @return the step it is of, or 0. A step counts once: the caller keeps the last one, and `after` refuses it and those
 * before it.
 */
int64_t totp_step(struct lg_ctx *cx, const uint8_t secret[TOTP_SECRET], const char *code, int64_t now, int64_t after);

/** The secret as people type it into an app: base32 in groups of four. */
const char *totp_words(struct lg_ctx *cx, const uint8_t secret[TOTP_SECRET]);
/** "otpauth://totp/..." for the same by a link or a picture. */
const char *totp_link(struct lg_ctx *cx, const uint8_t secret[TOTP_SECRET], const char *issuer, const char *mail);

/** A recovery code ("7kq2m-9xw4f"), 50 bits, from letters and digits that are not mistaken for each other. */
void recovery_code(char out[RECOVERY_CODE]);
/**
 * How it is kept: proved with a key that is not in the database, so that 50 bits are enough there. Read as people
 * write: capitals, blanks and dashes are of no account.
 */
void recovery_hash(uint8_t out[RECOVERY_HASH], const uint8_t key[32], const char *account, const char *code);
#endif
