/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_TAXONOMY_LINK_INDEX_H
#define LG_TAXONOMY_LINK_INDEX_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/ctx.h"

/**
 * @file
 * Cosines between bags of features: which of many documents is a text most like? A feature weighs
 * (1 + ln of its count) * (1 + ln((1 + documents) / (1 + documents that have it))).
 *
 * Integers only, so that every machine gets the same. A cosine of 1 is LG_COSINE_ONE. Threads: any, once made.
 */
enum { LG_WEIGHT_BITS = 14, LG_COSINE_BITS = 2 * LG_WEIGHT_BITS, LG_COSINE_ONE = 1 << LG_COSINE_BITS };
/** Documents of one index at most: a document and a weight share 32 bits. */
enum { LG_INDEX_DOCUMENTS_MAX = 1 << (32 - LG_WEIGHT_BITS) };
#define LG_NO_NUMBER UINT32_MAX

/** Keys, which are not 0, numbered 0..n-1 as they came. Start with zeroes. Memory: that of the context last given. */
struct lg_numbers {
	uint32_t *keys, *numbers; /* by hash, open addressing; key 0: free */
	size_t room, n;
};
uint32_t lg_number_add(struct lg_ctx *cx, struct lg_numbers *t, uint32_t key);
/** LG_NO_NUMBER: it is not there. O(1) on the average. */
uint32_t lg_number_find(const struct lg_numbers *t, uint32_t key);
/** The same numbers, in memory of another context. */
struct lg_numbers lg_numbers_copy(struct lg_ctx *cx, const struct lg_numbers *t);

/** A feature of a document and how often it is there. */
struct lg_feature {
	uint32_t number, count;
};
/** Sort features by number and make those of one number one, with the sum of counts. @return how many are left */
size_t lg_features_sum(struct lg_feature *f, size_t n);

/** The documents of an index to be: document d has features[first[d]..first[d + 1]). Start with zeroes. */
struct lg_bags {
	struct lg_feature *features;
	size_t *first, n, n_room, documents, d_room;
};
/** Put one more document; its features are summed in place. */
void lg_bags_put(struct lg_ctx *cx, struct lg_bags *b, struct lg_feature *f, size_t n);

/**
 * `root`: the square root of the second factor is taken. `common`: a feature of more than one in so many documents, and
 * of more than a few, weighs nothing, as such ones tell little; 0: all weigh.
 */
struct lg_index_kind {
	bool root;
	uint32_t common;
	bool by_document; /* cosines with one document are asked for, too */
};

/** By document: the cosine with one of them is asked for. */
struct lg_documents {
	uint32_t documents, features;
	uint32_t *first;   /* [documents + 1] into entries */
	uint32_t *entries; /* feature << LG_WEIGHT_BITS | weight */
	uint32_t *idf;     /* [features], 16 binary digits */
};
/** Features beyond LG_INDEX_DOCUMENTS_MAX are left out. O(features). */
void lg_documents_make(struct lg_ctx *cx, struct lg_documents *out, const struct lg_bags *bags, size_t features,
                       struct lg_index_kind kind);
/**
 * The weights of a text, whose features are summed, into weights[features]. Those of other features are 0 and stay so;
 * lg_documents_clear() makes all 0 again.
 */
void lg_documents_weigh(const struct lg_documents *x, const struct lg_feature *f, size_t n, uint16_t *weights);
/** The same one by one: weights[n], of each feature. */
void lg_documents_unit(const struct lg_documents *x, const struct lg_feature *f, size_t n, uint32_t *weights);
void lg_documents_clear(const struct lg_feature *f, size_t n, uint16_t *weights);
/** O(features of the document). */
static inline uint32_t lg_documents_cosine(const struct lg_documents *x, uint32_t document, const uint16_t *weights)
{
	uint32_t sum = 0;
	const uint32_t *end = x->entries + x->first[document + 1];
	for (const uint32_t *p = x->entries + x->first[document]; p < end; p++)
		sum += weights[*p >> LG_WEIGHT_BITS] * (*p & ((1 << LG_WEIGHT_BITS) - 1));
	return sum;
}

/** By feature: the cosines with all documents are asked for. */
struct lg_index {
	struct lg_documents by_document; /* without first and entries, unless the kind says so */
	uint32_t *first;                 /* [features + 1] into postings */
	uint32_t *postings;              /* document << LG_WEIGHT_BITS | weight; documents ascend */
};
/** `temp` is for what is only needed meanwhile. O(features). */
void lg_index_make(struct lg_ctx *cx, struct lg_ctx *temp, struct lg_index *out, const struct lg_bags *bags,
                   size_t features, struct lg_index_kind kind);
/** Cosine of a text, whose features are summed, with each document. `scores` has room for all; it is overwritten. */
void lg_index_score(const struct lg_index *x, const struct lg_feature *f, size_t n, uint32_t *scores);

/** The whole part of a square root. */
uint32_t lg_root(uint64_t x);
/** 65536 * ln(a / b), where a >= b >= 1. */
uint32_t lg_ln_16(uint32_t a, uint32_t b);
#endif
