/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/auth_totp.h"

#include <liboath/oath.h>
#include <stdlib.h>
#include <string.h>

#include "app/seal.h"
#include "base/buf.h"

enum lg_err totp_code(struct lg_ctx *cx, char out[TOTP_DIGITS + 1], const uint8_t secret[TOTP_SECRET], int64_t now)
{
	/* The library takes the secret as char; it only reads it. */
	int failed =
	    oath_totp_generate((const char *)secret, TOTP_SECRET, (time_t)now, TOTP_STEP_S, 0, TOTP_DIGITS, out);
	return failed ? lg_fail(cx, LG_FAULT, NULL, "liboath makes no code") : LG_OK;
}

int64_t totp_step(struct lg_ctx *cx, const uint8_t secret[TOTP_SECRET], const char *code, int64_t now, int64_t after)
{
	char typed[TOTP_DIGITS + 1] = "", right[TOTP_DIGITS + 1];
	size_t n = 0;
	for (const char *s = code; *s; s++) {
		if (*s == ' ') continue;
		if (*s < '0' || *s > '9' || n == TOTP_DIGITS) return 0;
		typed[n++] = *s;
	}
	if (n != TOTP_DIGITS) return 0;
	int64_t found = 0;
	for (int64_t step = now / TOTP_STEP_S - 1; step <= now / TOTP_STEP_S + 1; step++) {
		if (totp_code(cx, right, secret, step * TOTP_STEP_S) != LG_OK) return 0;
		if (seal_same(typed, right, TOTP_DIGITS) && step > after && !found) found = step;
	}
	return found;
}

static const char *base32(struct lg_ctx *cx, const uint8_t secret[TOTP_SECRET])
{
	char *made = NULL;
	size_t n;
	lg_assert(oath_base32_encode((const char *)secret, TOTP_SECRET, &made, &n) == OATH_OK);
	const char *out = lg_strndup(cx->mem, made, n);
	free(made);
	return out;
}

const char *totp_words(struct lg_ctx *cx, const uint8_t secret[TOTP_SECRET])
{
	const char *s = base32(cx, secret);
	size_t n = strlen(s);
	char *out = lg_alloc(cx->mem, n + n / 4 + 1), *to = out;
	for (size_t i = 0; i < n; i++) {
		if (i && i % 4 == 0) *to++ = ' ';
		*to++ = s[i];
	}
	return out;
}

/* Percent-encoded but for letters, digits, and what a label keeps. */
static void put_part(struct lg_buf *b, const char *s)
{
	for (; *s; s++) {
		unsigned char c = (unsigned char)*s;
		bool plain =
		    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || strchr("-._~@", c);
		if (plain)
			lg_putc(b, (char)c);
		else
			lg_putf(b, "%%%02X", c);
	}
}

const char *totp_link(struct lg_ctx *cx, const uint8_t secret[TOTP_SECRET], const char *issuer, const char *mail)
{
	struct lg_buf b = { 0 };
	lg_puts(&b, "otpauth://totp/");
	put_part(&b, issuer);
	lg_putc(&b, ':');
	put_part(&b, mail);
	lg_putf(&b, "?secret=%s&issuer=", base32(cx, secret));
	put_part(&b, issuer);
	const char *out = lg_strdup(cx->mem, b.data);
	lg_buf_free(&b);
	return out;
}

/* 32 signs: no i, l, o, u that are taken for 1, 0, v. */
static const char signs[] = "0123456789abcdefghjkmnpqrstvwxyz";

void recovery_code(char out[RECOVERY_CODE])
{
	uint8_t random[10];
	seal_random(random, sizeof random);
	char *to = out;
	for (size_t i = 0; i < sizeof random; i++) {
		if (i == sizeof random / 2) *to++ = '-';
		*to++ = signs[random[i] % 32];
	}
	*to = '\0';
}

void recovery_hash(uint8_t out[RECOVERY_HASH], const uint8_t key[32], const char *account, const char *code)
{
	char clean[64];
	size_t n = 0;
	for (const char *s = account; *s && n < 40; s++) clean[n++] = *s;
	clean[n++] = '|';
	for (const char *s = code; *s && n < sizeof clean; s++) {
		if (*s == ' ' || *s == '-') continue;
		char c = *s >= 'A' && *s <= 'Z' ? (char)(*s + 32) : *s;
		clean[n++] = c == 'o' ? '0' : c == 'i' || c == 'l' ? '1' : c;
	}
	seal_mac(out, key, "landgang recovery code", clean, n);
}
