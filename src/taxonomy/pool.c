/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "taxonomy/pool.h"

#include <string.h>

static uint64_t hash(const char *s)
{
	uint64_t h = 14695981039346656037u; /* FNV-1a */
	for (; *s; s++) h = (h ^ (unsigned char)*s) * 1099511628211u;
	return h ^ h >> 29;
}

static uint32_t *slot_of(const struct lg_pool *p, const char *s)
{
	size_t i = hash(s) & (p->n_slots - 1);
	while (p->slots[i] && strcmp(p->texts + p->slots[i], s) != 0) i = (i + 1) & (p->n_slots - 1);
	return &p->slots[i];
}

static void more_slots(struct lg_ctx *cx, struct lg_pool *p)
{
	const uint32_t *was = p->slots;
	size_t n = p->n_slots;
	p->n_slots = n ? n * 2 : 1024;
	p->slots = lg_array(cx->mem, p->n_slots, sizeof *p->slots);
	for (size_t i = 0; i < n; i++)
		if (was[i]) *slot_of(p, p->texts + was[i]) = was[i];
}

static void append(struct lg_ctx *cx, struct lg_pool *p, const char *s, size_t n)
{
	if (p->n + n > p->room) {
		p->room = (p->n + n) * 2 + 65536;
		char *texts = lg_alloc(cx->mem, p->room);
		if (p->n) memcpy(texts, p->texts, p->n);
		p->texts = texts;
	}
	memcpy(p->texts + p->n, s, n);
	p->n += n;
}

uint32_t lg_pool_text(struct lg_ctx *cx, struct lg_pool *p, const char *s)
{
	if (p->n == 0) append(cx, p, "", 1);
	if (!*s) return 0;
	if (p->used * 2 >= p->n_slots) more_slots(cx, p);
	uint32_t *slot = slot_of(p, s);
	if (*slot) return *slot;
	*slot = (uint32_t)p->n;
	append(cx, p, s, strlen(s) + 1);
	p->used++;
	return *slot;
}
