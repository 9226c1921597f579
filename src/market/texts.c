/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "market/texts.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "market/vec.h"

static void close_texts(void *thing)
{
	struct texts *t = thing;
	free(t->slots);
	free(t->at);
	t->slots = NULL;
	t->at = NULL;
}

void texts_init(struct texts *t, struct lg_arena *mem)
{
	*t = (struct texts){ .mem = mem };
	lg_defer(mem, close_texts, t);
}

/* FNV-1a with a last stir. */
static uint64_t hash_of(const char *s, size_t n)
{
	uint64_t h = UINT64_C(0xCBF29CE484222325);
	for (size_t i = 0; i < n; i++) h = (h ^ (unsigned char)s[i]) * UINT64_C(0x100000001B3);
	return h ^ h >> 32;
}

static uint32_t *slot_of(const struct texts *t, const char *s, size_t n)
{
	size_t i = hash_of(s, n) & (t->n_slots - 1);
	for (; t->slots[i]; i = (i + 1) & (t->n_slots - 1)) {
		const char *kept = t->at[t->slots[i] - 1];
		if (!strncmp(kept, s, n) && !kept[n]) break;
	}
	return &t->slots[i];
}

static void grow(struct texts *t)
{
	t->n_slots = t->n_slots ? t->n_slots * 2 : 64;
	free(t->slots);
	t->slots = calloc(t->n_slots, sizeof *t->slots);
	lg_assert(t->slots);
	for (size_t i = 0; i < t->n; i++) *slot_of(t, t->at[i], strlen(t->at[i])) = (uint32_t)i + 1;
}

uint32_t texts_number(struct texts *t, const char *s, size_t n)
{
	n = strnlen(s, n);
	if (2 * (t->n + 1) > t->n_slots) grow(t);
	uint32_t *slot = slot_of(t, s, n);
	if (!*slot) {
		t->at = vec_room(t->at, t->n, &t->cap, sizeof *t->at);
		t->at[t->n++] = lg_strndup(t->mem, s, n);
		*slot = (uint32_t)t->n;
	}
	return *slot - 1;
}

const char *texts_keep(struct texts *t, const char *s, size_t n)
{
	uint32_t number = texts_number(t, s, n); /* may move t->at */
	return t->at[number];
}
