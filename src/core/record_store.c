/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/record_store.h"

#include "app/seal.h"
#include "core/name.h"

const char *record_new_id(struct lg_ctx *cx)
{
	uint8_t r[16];
	seal_random(r, sizeof r);
	r[6] = (uint8_t)((r[6] & 0x0F) | 0x40);
	r[8] = (uint8_t)((r[8] & 0x3F) | 0x80);
	const char *h = seal_hex(cx, r, sizeof r);
	return lg_printf(cx->mem, "%.8s-%.4s-%.4s-%.4s-%.12s", h, h + 8, h + 12, h + 16, h + 20);
}

json_t *record_with(struct lg_ctx *cx, const struct section *s, const json_t *record, json_t *part)
{
	json_t *copy = record_keep(cx, json_deep_copy(record));
	if (s->kind == SECTION_MANY)
		json_object_set(copy, s->name, part);
	else
		json_object_update(copy, part);
	return copy;
}

struct db_list record_keys(struct lg_ctx *cx, const char *const *names, size_t n)
{
	struct name_trigrams *t = lg_alloc(cx->mem, sizeof *t);
	name_trigrams(t, names, n);
	const char **texts = lg_array(cx->mem, t->n + 1, sizeof *texts);
	for (size_t i = 0; i < t->n; i++) texts[i] = t->key[i];
	return (struct db_list){ .texts = texts, .n = t->n };
}
