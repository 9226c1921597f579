/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "app/seal.h"

#include <sodium.h>
#include <string.h>

enum { FORM = 1, ID = 4, NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES, HEAD = 1 + ID + NONCE };
_Static_assert(SEAL_OVERHEAD == HEAD + crypto_aead_xchacha20poly1305_ietf_ABYTES, "overhead of a box");
_Static_assert(SEAL_KEY == crypto_aead_xchacha20poly1305_ietf_KEYBYTES, "size of a key");

/* sodium_init() may be called as often as one likes, by any thread. */
static void ready(void) { lg_assert(sodium_init() >= 0); }

static void wipe_key(void *key) { sodium_memzero(key, sizeof(struct seal_key)); }

static struct seal_key *key_new(struct lg_ctx *cx)
{
	struct seal_key *key = lg_alloc(cx->mem, sizeof *key);
	lg_defer(cx->mem, wipe_key, key);
	return key;
}

/* Keyed BLAKE2b over what it is for, and the data; the NUL behind the purpose keeps the two apart. */
void seal_mac(uint8_t out[32], const uint8_t key[SEAL_KEY], const char *purpose, const void *data, size_t n)
{
	ready();
	crypto_generichash_state s;
	(void)crypto_generichash_init(&s, key, SEAL_KEY, 32);
	(void)crypto_generichash_update(&s, (const unsigned char *)purpose, strlen(purpose) + 1);
	if (n) (void)crypto_generichash_update(&s, data, n);
	(void)crypto_generichash_final(&s, out, 32);
	sodium_memzero(&s, sizeof s);
}

void seal_derive(uint8_t out[SEAL_KEY], const uint8_t key[SEAL_KEY], const char *purpose)
{
	seal_mac(out, key, purpose, NULL, 0);
}

static void name_key(struct seal_key *key)
{
	uint8_t name[32];
	seal_mac(name, key->bytes, "landgang key id", NULL, 0);
	memcpy(key->id, name, ID);
}

static void derive_tenant(struct seal_key *key, const uint8_t *master, int32_t tenant)
{
	seal_mac(key->bytes, master, "landgang tenant", &tenant, sizeof tenant);
	name_key(key);
}

const struct seal_key *seal_tenant(struct lg_ctx *cx, const struct seal_ring *ring, int32_t tenant)
{
	lg_assert(ring->n > 0);
	struct seal_key *key = key_new(cx);
	derive_tenant(key, ring->keys[0], tenant);
	return key;
}

/* Neither part of a place can hold the mark between them, so two places never read alike. */
static const char *place_text(struct lg_ctx *cx, struct seal_place place)
{
	lg_assert(!strchr(place.subject, '|') && !strchr(place.column, '|'));
	return lg_printf(cx->mem, "%d|%s|%s", place.tenant, place.subject, place.column);
}

enum lg_err seal_put(struct lg_ctx *cx, const struct seal_key *key, struct seal_place place, const void *data, size_t n,
                     struct db_bytes *out)
{
	ready();
	if (n > SEAL_MOST) return lg_fail(cx, LG_INVALID, place.column, "This is too long.");
	const char *belongs = place_text(cx, place);
	uint8_t *box = lg_alloc(cx->mem, n + SEAL_OVERHEAD);
	box[0] = FORM;
	memcpy(box + 1, key->id, ID);
	randombytes_buf(box + 1 + ID, NONCE);
	(void)crypto_aead_xchacha20poly1305_ietf_encrypt(box + HEAD, NULL, data, n, (const unsigned char *)belongs,
	                                                 strlen(belongs), NULL, box + 1 + ID, key->bytes);
	*out = (struct db_bytes){ box, n + SEAL_OVERHEAD };
	return LG_OK;
}

enum lg_err seal_get(struct lg_ctx *cx, const struct seal_key *key, struct seal_place place, struct db_bytes box,
                     const char **out, size_t *n)
{
	ready();
	if (!box.data || box.n < SEAL_OVERHEAD || box.n > SEAL_MOST + SEAL_OVERHEAD || box.data[0] != FORM ||
	    memcmp(box.data + 1, key->id, ID) != 0)
		return lg_fail(cx, LG_FAULT, place.column, "A sealed field is of another key.");
	const char *belongs = place_text(cx, place);
	size_t len = box.n - SEAL_OVERHEAD;
	char *text = lg_alloc(cx->mem, len + 1);
	if (crypto_aead_xchacha20poly1305_ietf_decrypt((unsigned char *)text, NULL, NULL, box.data + HEAD, box.n - HEAD,
	                                               (const unsigned char *)belongs, strlen(belongs),
	                                               box.data + 1 + ID, key->bytes) != 0)
		return lg_fail(cx, LG_FAULT, place.column, "A sealed field does not open.");
	*out = text;
	*n = len;
	return LG_OK;
}

enum lg_err seal_get_tenant(struct lg_ctx *cx, const struct seal_ring *ring, struct seal_place place,
                            struct db_bytes box, const char **out, size_t *n)
{
	struct seal_key *key = key_new(cx);
	for (unsigned i = 0; i < ring->n; i++) {
		derive_tenant(key, ring->keys[i], place.tenant);
		if (box.data && box.n >= SEAL_OVERHEAD && memcmp(box.data + 1, key->id, ID) == 0) break;
	}
	return seal_get(cx, key, place, box, out, n);
}

static const char person_column[] = "person_key";

enum lg_err seal_person_new(struct lg_ctx *cx, const struct seal_ring *ring, int32_t tenant, const char *subject,
                            const struct seal_key **out, struct db_bytes *box)
{
	struct seal_key *key = key_new(cx);
	seal_random(key->bytes, SEAL_KEY);
	name_key(key);
	*out = key;
	return seal_put(cx, seal_tenant(cx, ring, tenant), seal_of(tenant, subject, person_column), key->bytes,
	                SEAL_KEY, box);
}

enum lg_err seal_person(struct lg_ctx *cx, const struct seal_ring *ring, int32_t tenant, const char *subject,
                        struct db_bytes box, const struct seal_key **out)
{
	const char *bytes = NULL;
	size_t n = 0;
	LG_TRY(seal_get_tenant(cx, ring, seal_of(tenant, subject, person_column), box, &bytes, &n));
	if (n != SEAL_KEY) return lg_fail(cx, LG_FAULT, person_column, "A person's key has a wrong length.");
	struct seal_key *key = key_new(cx);
	memcpy(key->bytes, bytes, SEAL_KEY);
	name_key(key);
	*out = key;
	return LG_OK;
}

void seal_blind(uint8_t out[SEAL_BLIND], const struct seal_ring *ring, int32_t tenant, const char *column,
                const void *data, size_t n)
{
	lg_assert(ring->n > 0);
	uint8_t key[SEAL_KEY];
	seal_mac(key, ring->keys[0], "landgang blind", &tenant, sizeof tenant);
	seal_mac(out, key, column, data, n);
	sodium_memzero(key, sizeof key);
}

void seal_random(void *out, size_t n)
{
	ready();
	randombytes_buf(out, n);
}

bool seal_same(const void *a, const void *b, size_t n) { return sodium_memcmp(a, b, n) == 0; }

void seal_hash(uint8_t out[32], const void *data, size_t n)
{
	ready();
	(void)crypto_hash_sha256(out, data, n);
}

void seal_csrf(char out[SEAL_TOKEN_TEXT], const uint8_t token[SEAL_TOKEN])
{
	uint8_t proof[32];
	seal_mac(proof, token, "landgang form", NULL, 0);
	seal_token_print(out, proof);
}

void seal_token_print(char out[SEAL_TOKEN_TEXT], const uint8_t token[SEAL_TOKEN])
{
	(void)sodium_bin2base64(out, SEAL_TOKEN_TEXT, token, SEAL_TOKEN, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

bool seal_token_read(uint8_t out[SEAL_TOKEN], const char *text)
{
	if (!text || strlen(text) != SEAL_TOKEN_TEXT - 1) return false;
	size_t n;
	const char *end;
	if (sodium_base642bin(out, SEAL_TOKEN, text, SEAL_TOKEN_TEXT - 1, NULL, &n, &end,
	                      sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
		return false;
	return n == SEAL_TOKEN && *end == '\0';
}

char *seal_hex(struct lg_ctx *cx, const void *data, size_t n)
{
	char *out = lg_alloc(cx->mem, 2 * n + 1);
	return sodium_bin2hex(out, 2 * n + 1, data, n);
}

bool seal_hex_read(uint8_t *out, size_t n, const char *text)
{
	if (!text || strlen(text) != 2 * n) return false;
	size_t got;
	const char *end;
	return sodium_hex2bin(out, n, text, 2 * n, NULL, &got, &end) == 0 && got == n && *end == '\0';
}

char *seal_base64(struct lg_ctx *cx, const void *data, size_t n)
{
	size_t room = sodium_base64_ENCODED_LEN(n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	return sodium_bin2base64(lg_alloc(cx->mem, room), room, data, n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

char *seal_base64_read(struct lg_ctx *cx, const char *text, size_t n, size_t *bytes)
{
	char *out = lg_alloc(cx->mem, n + 1);
	const char *end;
	if (sodium_base642bin((unsigned char *)out, n, text, n, NULL, bytes, &end,
	                      sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
		return NULL;
	return end == text + n ? out : NULL;
}
