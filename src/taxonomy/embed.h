/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_TAXONOMY_EMBED_H
#define LG_TAXONOMY_EMBED_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/ctx.h"
#include "taxonomy/link_text.h"

/**
 * @file
 * An embedding: texts as directions, near one another where they mean alike, learned from which labels are of one
 * concept (embed_train.h). A text is the sum of what its words and their runs of 3 to 5 letters have learned, so that
 * words never seen have a direction, too.
 *
 * A view of a file, which is mapped or read by the caller, and must outlive it. Integers only: every machine gives the
 * same cosines. Threads: any, once opened.
 */
struct lg_embedding;

enum { LG_EMBED_DIMENSIONS_MAX = 512, LG_EMBED_COSINE_BITS = 20 };

/**
 * Every offset and count is checked: LG_INVALID with a reason, never a fault. `bytes` must be aligned to 8 bytes.
 * O(features), some milliseconds, and 2 MB for a hundred thousand.
 */
LG_MUST enum lg_err lg_embedding_open(struct lg_ctx *cx, const struct lg_embedding **out, const void *bytes,
                                      size_t size);
/** The taxonomy it was trained on: its version, "ESCO v1.1.1", and its hash. */
const char *lg_embedding_taxonomy(const struct lg_embedding *e);
const char *lg_embedding_taxonomy_hash(const struct lg_embedding *e);
/** SHA-256, in lower-case hex, of what is hashed, as it was sealed; "" if it was not. */
const char *lg_embedding_hash(const struct lg_embedding *e);
uint32_t lg_embedding_dimensions(const struct lg_embedding *e);
uint32_t lg_embedding_features(const struct lg_embedding *e);

/** How much of the head is not hashed: hash what lies behind, then seal. */
size_t lg_embedding_unhashed(void);
void lg_embedding_seal(void *bytes, const char hash[65]);

/**
 * The direction of a text into at[dimensions]. @return what a cosine needs besides (2^28 over its length); 0: none of
 * the text's features is known, and at[] is all 0. Some microseconds.
 */
uint32_t lg_embedding_of(const struct lg_embedding *e, const struct lg_letters *text, int8_t *at);
/** The direction of a sum of others, at[i] times its own factor, for centroids. */
uint32_t lg_embedding_of_sum(const struct lg_embedding *e, const int32_t *sums, int8_t *at);
/** Of directions, one behind the other: out[i] = q . rows[i]. */
void lg_embedding_dots(const struct lg_embedding *e, const int8_t *q, const int8_t *rows, size_t n, int32_t *out);
/** The cosine of two directions with this product and these factors, with 20 binary digits, from -1 to 1. */
static inline int32_t lg_embedding_cosine(int32_t dot, uint32_t a, uint32_t b)
{
	return (int32_t)(((int64_t)dot * a / 65536 * b) / (INT64_C(1) << 20));
}
#endif
