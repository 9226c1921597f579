/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "taxonomy/embed.h"

#include <string.h>

#include "base/utf8.h"
#include "taxonomy/embed_file.h"
#include "taxonomy/embed_kernel.h"
#include "taxonomy/embed_text.h"
#include "taxonomy/link_index.h"

enum { WEIGHT_BITS = 14 }; /* 1,024 features of 14 bits times 7 bits stay within 31 */

struct lg_embedding {
	const struct lg_embed_head *head;
	const struct lg_embed_kernel *kernel;
	struct lg_numbers numbers; /* of the keys */
	const uint32_t *keys, *idf, *scales;
	const int8_t *rows;
};

const struct lg_embed_kernel *lg_embed_kernel(void)
{
#ifdef __x86_64__
	if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
	    __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl"))
		return &lg_embed_kernel_avx512;
	if (__builtin_cpu_supports("avx2")) return &lg_embed_kernel_avx2;
#endif
	return &lg_embed_kernel_plain;
}

/* ------------------------------------------------------------------------------------------------- opening */

static bool is_hash(const char *text, size_t room)
{
	size_t n = strnlen(text, room);
	return n == 0 || (n == 64 && strspn(text, "0123456789abcdef") == 64);
}

static const char *check_head(const struct lg_embed_head *h, size_t size)
{
	if (memcmp(h->magic, LG_EMBED_MAGIC, sizeof h->magic) != 0) return "This is no embedding made by this program.";
	if (h->order != LG_EMBED_ORDER) return "It was made on a machine with another byte order; train it again.";
	if (h->format != LG_EMBED_FORMAT) return "It was made by another version of the program; train it again.";
	if (h->size != size) return "It is cut short or has bytes too many; train it again.";
	size_t n = strnlen(h->taxonomy, sizeof h->taxonomy);
	if (n == sizeof h->taxonomy || lg_utf8_span(h->taxonomy, n) != n) return "The name of its taxonomy is damaged.";
	if (!is_hash(h->hash, sizeof h->hash) || !is_hash(h->taxonomy_hash, sizeof h->taxonomy_hash))
		return "Its hash is damaged.";
	if (!h->dimensions || h->dimensions % LG_EMBED_LANES || h->dimensions > LG_EMBED_DIMENSIONS_MAX ||
	    !h->features || h->features > LG_EMBED_FEATURES_MAX)
		return "Its counts are damaged.";
	return NULL;
}

/* Parts follow one another without gaps, so none can lie over another. */
static const char *check_parts(const struct lg_embed_head *h)
{
	const uint64_t each = lg_embed_round(4 * (uint64_t)h->features);
	const uint64_t wanted[] = { lg_embed_round(sizeof *h), each, each, each,
		                    lg_embed_round((uint64_t)h->features * h->dimensions) };
	const uint64_t is[] = { h->keys, h->idf, h->scales, h->rows, h->size };
	for (size_t i = 0, at = 0; i < sizeof is / sizeof *is; i++)
		if (is[i] != (at += wanted[i])) return "A part is not where it should be.";
	return NULL;
}

static const char *check_features(const struct lg_embedding *e)
{
	for (uint32_t f = 0; f < e->head->features; f++) {
		if (!e->keys[f] || (f && e->keys[f - 1] >= e->keys[f])) return "Its features are out of order.";
		if (e->idf[f] < 65536 || e->idf[f] > LG_EMBED_IDF_MAX || !e->scales[f] ||
		    e->scales[f] > LG_EMBED_SCALE_MAX)
			return "The weight of a feature is damaged.";
	}
	return NULL;
}

static void view(struct lg_embedding *e, const char *bytes)
{
	e->head = (const void *)bytes;
	e->keys = (const void *)(bytes + e->head->keys);
	e->idf = (const void *)(bytes + e->head->idf);
	e->scales = (const void *)(bytes + e->head->scales);
	e->rows = (const void *)(bytes + e->head->rows);
}

enum lg_err lg_embedding_open(struct lg_ctx *cx, const struct lg_embedding **out, const void *bytes, size_t size)
{
	if (size < sizeof(struct lg_embed_head))
		return lg_fail(cx, LG_INVALID, "embedding", "This is no embedding made by this program.");
	lg_assert((uintptr_t)bytes % 8 == 0);
	struct lg_embedding *e = lg_alloc(cx->mem, sizeof *e);
	const char *wrong = check_head(bytes, size);
	if (!wrong) wrong = check_parts(bytes);
	if (!wrong) {
		view(e, bytes);
		wrong = check_features(e);
	}
	if (wrong) return lg_fail(cx, LG_INVALID, "embedding", wrong);
	e->kernel = lg_embed_kernel();
	struct lg_ctx temp = { .mem = lg_arena_new(0, NULL) };
	struct lg_numbers numbers = { 0 };
	for (uint32_t f = 0; f < e->head->features; f++) (void)lg_number_add(&temp, &numbers, e->keys[f]);
	e->numbers = lg_numbers_copy(cx, &numbers);
	lg_arena_free(temp.mem);
	*out = e;
	return LG_OK;
}

const char *lg_embedding_taxonomy(const struct lg_embedding *e) { return e->head->taxonomy; }
const char *lg_embedding_taxonomy_hash(const struct lg_embedding *e) { return e->head->taxonomy_hash; }
const char *lg_embedding_hash(const struct lg_embedding *e) { return e->head->hash; }
uint32_t lg_embedding_dimensions(const struct lg_embedding *e) { return e->head->dimensions; }
uint32_t lg_embedding_features(const struct lg_embedding *e) { return e->head->features; }

size_t lg_embedding_unhashed(void) { return offsetof(struct lg_embed_head, taxonomy); }

void lg_embedding_seal(void *bytes, const char hash[65])
{
	struct lg_embed_head *h = bytes;
	memcpy(h->hash, hash, 65);
}

/* --------------------------------------------------------------------------------------------- directions */

uint32_t lg_embedding_of_sum(const struct lg_embedding *e, const int32_t *sums, int8_t *at)
{
	const uint32_t width = e->head->dimensions;
	int64_t most = 0, squares = 0;
	for (uint32_t d = 0; d < width; d++) {
		int64_t size = sums[d] < 0 ? -(int64_t)sums[d] : sums[d];
		most = size > most ? size : most;
	}
	for (uint32_t d = 0; d < width; d++) {
		int64_t near = (int64_t)sums[d] * 254;
		at[d] = most ? (int8_t)((near + (near < 0 ? -most : most)) / (2 * most)) : 0;
		squares += at[d] * at[d];
	}
	/* 256 times the length */
	uint32_t length = lg_root((uint64_t)squares << 16);
	return length ? (uint32_t)((UINT64_C(1) << 36) / length) : 0;
}

/* A feature's weight in a text before all are made to fit, of 24 to 60 bits. */
static uint64_t raw_weight(const struct lg_embedding *e, const struct lg_feature *f)
{
	uint64_t times = 65536 + (f->count > 1 ? lg_ln_16(f->count, 1) : 0);
	return ((times * e->idf[f->number]) >> 16) * e->scales[f->number];
}

uint32_t lg_embedding_of(const struct lg_embedding *e, const struct lg_letters *text, int8_t *at)
{
	uint32_t keys[LG_EMBED_KEYS_MAX];
	struct lg_feature f[LG_EMBED_KEYS_MAX];
	int32_t sums[LG_EMBED_DIMENSIONS_MAX] = { 0 };
	size_t all = lg_embed_keys(keys, text), n = 0;
	uint64_t most = 0;
	unsigned shift = 0;
	for (size_t i = 0; i < all; i++) {
		uint32_t number = lg_number_find(&e->numbers, keys[i]);
		if (number != LG_NO_NUMBER) f[n++] = (struct lg_feature){ number, 1 };
	}
	n = lg_features_sum(f, n);
	for (size_t i = 0; i < n; i++) most = raw_weight(e, &f[i]) > most ? raw_weight(e, &f[i]) : most;
	while (most >> shift >= 1 << WEIGHT_BITS) shift++;
	for (size_t i = 0; i < n; i++)
		e->kernel->add_row(sums, (int32_t)(raw_weight(e, &f[i]) >> shift),
		                   e->rows + (size_t)f[i].number * e->head->dimensions, e->head->dimensions);
	return lg_embedding_of_sum(e, sums, at);
}

void lg_embedding_dots(const struct lg_embedding *e, const int8_t *q, const int8_t *rows, size_t n, int32_t *out)
{
	e->kernel->dots(out, q, rows, n, e->head->dimensions);
}
