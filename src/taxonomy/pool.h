/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_TAXONOMY_POOL_H
#define LG_TAXONOMY_POOL_H
#include <stddef.h>
#include <stdint.h>

#include "base/ctx.h"

/** Texts put one behind the other, each once and ended by NUL; the first is "". Start with zeroes. Memory: cx->mem. */
struct lg_pool {
	char *texts;
	size_t n, room;
	uint32_t *slots; /* offsets of texts by hash, open addressing; 0: free */
	size_t n_slots, used;
};

/** The offset of a text, which is put there if it is new. O(length), on the average. */
uint32_t lg_pool_text(struct lg_ctx *cx, struct lg_pool *p, const char *s);
#endif
