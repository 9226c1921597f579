/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_TAXONOMY_LINK_COVER_H
#define LG_TAXONOMY_LINK_COVER_H
#include "taxonomy/link_index.h"
#include "taxonomy/link_text.h"

/**
 * @file
 * Which concepts can a text be like at all? Of each concept it is known which runs of letters any of its labels has, in
 * any language. The cosine of a text and a label is at most the length of what the label has of the text (Cauchy and
 * Schwarz), so this is a bound, but for that each language has its own weights, and those here are of all together.
 *
 * It tells which concepts are worth a closer look, and when no other can come before those found. Threads: any, once
 * made.
 */
enum { LG_COVER_CONCEPTS_MAX = 1 << 16 };

struct lg_cover {
	struct lg_numbers grams;
	uint32_t concepts;
	uint32_t *first;         /* [grams + 1] into having */
	uint16_t *having;        /* concepts */
	struct lg_documents idf; /* no documents, only how rare each run is */
};

/** Start with zeroes. Forms come by concept, ascending; `temp` outlives the making. */
struct lg_cover_making {
	struct lg_ctx *temp;
	struct lg_numbers grams;
	struct lg_bags bags; /* of concepts */
	struct lg_feature *features;
	size_t n, room;
};
void lg_cover_put(struct lg_cover_making *m, const struct lg_letters *form);
/** The concept has no more forms. */
void lg_cover_end(struct lg_cover_making *m);
void lg_cover_make(struct lg_ctx *cx, struct lg_cover *out, struct lg_cover_making *m);

/**
 * best[concept] becomes the greater of itself and of the bound's square, with LG_COSINE_BITS binary digits. `scores`,
 * of [concepts], is scratch. Runs that a quarter of all concepts have are counted as had by all.
 */
void lg_cover_text(const struct lg_cover *x, const struct lg_letters *text, uint32_t *scores, uint32_t *best);
#endif
