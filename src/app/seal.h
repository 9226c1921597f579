/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_APP_SEAL_H
#define LG_APP_SEAL_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/ctx.h"
#include "store/db.h"

/**
 * @file
 * Secrets at rest and on the way: sealed fields, blind look-up, tokens (libsodium).
 *
 * Three steps of keys:
 *
 *     master key (32 bytes, a file of the operator's, never in the database)
 *       `- key of a tenant: derived, BLAKE2b
 *            `- key of a person: random, kept sealed in lg.person_key; whoever deletes that row has erased
 *               every field of the person, in backups and in the audit too
 *
 *     struct seal_key *own;
 *     LG_TRY(seal_person_new(cx, ring, tenant, candidate, &own, &box));            // box goes into lg.person_key
 *     LG_TRY(seal_put(cx, own, seal_of(tenant, candidate, "identifier"), text, strlen(text), &sealed));
 *     seal_blind(blind, ring, tenant, "identifier", text, strlen(text));           // for equality look-up
 *
 * A box: one byte 1 (this form), four of the id of its key, 24 of nonce, the text under XChaCha20-Poly1305 and its
 * 16 bytes of proof. What it belongs to - tenant, subject, column - is proved with it: a box moved to another
 * row, column or tenant does not open.
 *
 * Everything lives in cx->mem; keys are wiped when it is reset. Threads: any. Cost: about one microsecond.
 */
enum {
	SEAL_KEY = 32,
	SEAL_BLIND = 32,
	SEAL_TOKEN = 32,
	SEAL_TOKEN_TEXT = 44, /* base64url of a token, and NUL */
	SEAL_OVERHEAD = 1 + 4 + 24 + 16,
	SEAL_MOST = 1 << 20, /* bytes in one box */
};

/** The master keys: the first seals, all of them open. More than one only while keys are being changed. */
struct seal_ring {
	const uint8_t *keys[4];
	unsigned n;
};
static inline struct seal_ring seal_ring_of(const uint8_t *master)
{
	return (struct seal_ring){ .keys = { master }, .n = 1 };
}

struct seal_key {
	uint8_t id[4]; /* of the key's own hash: says which key a box needs, and nothing about the key */
	uint8_t bytes[SEAL_KEY];
};

/** What a box belongs to. subject: a uuid, or "" for what is the tenant's own; column: its name in the table. */
struct seal_place {
	int32_t tenant;
	const char *subject, *column;
};
static inline struct seal_place seal_of(int32_t tenant, const char *subject, const char *column)
{
	return (struct seal_place){ tenant, subject, column };
}

/** The key of a tenant (0: of what belongs to no tenant, as accounts do), for sealing. */
const struct seal_key *seal_tenant(struct lg_ctx *cx, const struct seal_ring *ring, int32_t tenant);
/** A new key for a person, and the box to keep it in. */
LG_MUST enum lg_err seal_person_new(struct lg_ctx *cx, const struct seal_ring *ring, int32_t tenant,
                                    const char *subject, const struct seal_key **out, struct db_bytes *box);
/** The key of a person, out of its box. LG_FAULT: not of this person, changed, or of a master key that is gone. */
LG_MUST enum lg_err seal_person(struct lg_ctx *cx, const struct seal_ring *ring, int32_t tenant, const char *subject,
                                struct db_bytes box, const struct seal_key **out);

LG_MUST enum lg_err seal_put(struct lg_ctx *cx, const struct seal_key *key, struct seal_place place, const void *data,
                             size_t n, struct db_bytes *out);
/** LG_FAULT: another key, another place, or changed. *out ends with a NUL that n does not count. */
LG_MUST enum lg_err seal_get(struct lg_ctx *cx, const struct seal_key *key, struct seal_place place,
                             struct db_bytes box, const char **out, size_t *n);
/** The same with the key of the tenant that the box names, of any master key of the ring. */
LG_MUST enum lg_err seal_get_tenant(struct lg_ctx *cx, const struct seal_ring *ring, struct seal_place place,
                                    struct db_bytes box, const char **out, size_t *n);

/** For looking up a sealed value by equality: same tenant, column and text, same bytes. Normalise the text before. */
void seal_blind(uint8_t out[SEAL_BLIND], const struct seal_ring *ring, int32_t tenant, const char *column,
                const void *data, size_t n);

/** Random bytes fit for keys and tokens. */
void seal_random(void *out, size_t n);
/** Equal? In a time that does not depend on where they differ. */
bool seal_same(const void *a, const void *b, size_t n);
/** SHA-256: how tokens are kept in the database. */
void seal_hash(uint8_t out[32], const void *data, size_t n);
/** A proof that whoever made `data` knew the key (keyed BLAKE2b); `purpose` keeps uses apart. */
void seal_mac(uint8_t out[32], const uint8_t key[SEAL_KEY], const char *purpose, const void *data, size_t n);
/** A key for a use of its own, out of another. */
void seal_derive(uint8_t out[SEAL_KEY], const uint8_t key[SEAL_KEY], const char *purpose);
/** What a form must bring back: proved with the session's token, tells nothing of it. */
void seal_csrf(char out[SEAL_TOKEN_TEXT], const uint8_t token[SEAL_TOKEN]);

void seal_token_print(char out[SEAL_TOKEN_TEXT], const uint8_t token[SEAL_TOKEN]);
/** @return false: it is none (NULL too) */
bool seal_token_read(uint8_t out[SEAL_TOKEN], const char *text);
/** Lower-case hexadecimal in cx's memory, and back: false when it is none, or not n bytes. */
char *seal_hex(struct lg_ctx *cx, const void *data, size_t n);
bool seal_hex_read(uint8_t *out, size_t n, const char *text);
/** base64url without padding in cx's memory. */
char *seal_base64(struct lg_ctx *cx, const void *data, size_t n);
/** And back, of n signs; NULL when it is none. A NUL follows that *bytes does not count. */
char *seal_base64_read(struct lg_ctx *cx, const char *text, size_t n, size_t *bytes);
#endif
