/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_MARKET_LABELS_H
#define LG_MARKET_LABELS_H
#include <stddef.h>
#include <stdint.h>

#include "base/ctx.h"
#include "taxonomy/taxonomy.h"

/** Swedish labels, exact but for the case of letters. */
struct labels {
	struct label_of {
		const char *folded;
		uint16_t number;
	} * at; /* sorted by label, then number */
	size_t n, cap;
};

/** All Swedish labels of occupations (not of groups), or of skills (English where there is no Swedish). In cx->mem. */
struct labels *labels_of_occupations(struct lg_ctx *cx, const struct lg_taxonomy *t);
struct labels *labels_of_skills(struct lg_ctx *cx, const struct lg_taxonomy *t);
/** How many have this label; *first is the first of them. O(log n). */
size_t labels_find(const struct labels *l, const char *label, const struct label_of **first);
#endif
