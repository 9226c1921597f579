/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/auth_pending.h"

#include <string.h>

#include "app/seal.h"

enum { PENDING_TEXT_MOST = 8192 };

static void let_go(void *value) { json_decref(value); }

static const struct seal_key *key_of(struct lg_ctx *cx, const uint8_t *seal_key)
{
	struct seal_ring ring = seal_ring_of(seal_key);
	return seal_tenant(cx, &ring, 0);
}

enum lg_err pending_seal(struct lg_ctx *cx, const uint8_t *seal_key, const char **out, const char *kind,
                         int64_t seconds, json_t *what)
{
	json_t *whole = json_pack("{s:I,s:O}", "until", (json_int_t)cx->now + seconds, "what", what);
	if (!whole) return lg_fail(cx, LG_FAULT, NULL, "what waits is no JSON");
	lg_defer(cx->mem, let_go, whole);
	size_t n = json_dumpb(whole, NULL, 0, JSON_COMPACT);
	char *text = lg_alloc(cx->mem, n + 1);
	(void)json_dumpb(whole, text, n, JSON_COMPACT);
	struct db_bytes box;
	LG_TRY(seal_put(cx, key_of(cx, seal_key), seal_of(0, "pending", kind), text, n, &box));
	*out = seal_base64(cx, box.data, box.n);
	return LG_OK;
}

bool pending_open(struct lg_ctx *cx, const uint8_t *seal_key, json_t **out, const char *kind, const char *text)
{
	struct lg_note *notes = cx->notes;
	size_t n = strnlen(text, PENDING_TEXT_MOST + 1);
	if (n > PENDING_TEXT_MOST) return false;
	struct db_bytes box = { 0 };
	char *bytes = seal_base64_read(cx, text, n, &box.n);
	box.data = (const uint8_t *)bytes;
	const char *inside = NULL;
	size_t inside_n = 0;
	if (!bytes ||
	    seal_get(cx, key_of(cx, seal_key), seal_of(0, "pending", kind), box, &inside, &inside_n) != LG_OK) {
		cx->notes = notes; /* that it does not open is no fault of ours */
		return false;
	}
	json_t *whole = json_loadb(inside, inside_n, 0, NULL);
	if (!whole) return false;
	lg_defer(cx->mem, let_go, whole);
	*out = json_object_get(whole, "what");
	return json_integer_value(json_object_get(whole, "until")) > cx->now && json_is_object(*out);
}
