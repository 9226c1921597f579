/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_MARKET_TEXTS_H
#define LG_MARKET_TEXTS_H
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

/** Texts kept once each, numbered 0.. as they come first. The texts live in `mem`, as does the table's closer. */
struct texts {
	struct lg_arena *mem;
	const char **at; /* [n] */
	uint32_t *slots; /* number + 1, or 0; open addressing, at most half full */
	size_t n, cap, n_slots;
};

void texts_init(struct texts *t, struct lg_arena *mem); /* `t` lives in `mem` too */
/** The number of a text, made if it is new. O(n). */
uint32_t texts_number(struct texts *t, const char *s, size_t n);
/** The kept text. */
const char *texts_keep(struct texts *t, const char *s, size_t n);
#endif
