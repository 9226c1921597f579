/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "taxonomy/link_index.h"

#include <stdlib.h>
#include <string.h>

#include "taxonomy/closeness.h"

enum { A_FEW = 64, SHORT = 1024, MASK = (1 << LG_WEIGHT_BITS) - 1 };

/* ------------------------------------------------------------------------------------------------- numbers */

static size_t slot_of(const struct lg_numbers *t, uint32_t key)
{
	size_t at = (key * 0x9E3779B1u) & (t->room - 1);
	while (t->keys[at] && t->keys[at] != key) at = (at + 1) & (t->room - 1);
	return at;
}

static struct lg_numbers with_room(struct lg_ctx *cx, const struct lg_numbers *t, size_t room)
{
	struct lg_numbers out = { .keys = lg_array(cx->mem, room, sizeof *out.keys),
		                  .numbers = lg_array(cx->mem, room, sizeof *out.numbers),
		                  .room = room,
		                  .n = t->n };
	for (size_t i = 0; i < t->room; i++) {
		if (!t->keys[i]) continue;
		size_t at = slot_of(&out, t->keys[i]);
		out.keys[at] = t->keys[i];
		out.numbers[at] = t->numbers[i];
	}
	return out;
}

uint32_t lg_number_add(struct lg_ctx *cx, struct lg_numbers *t, uint32_t key)
{
	if (4 * (t->n + 1) > 3 * t->room) *t = with_room(cx, t, t->room ? t->room * 2 : 256);
	size_t at = slot_of(t, key);
	if (!t->keys[at]) {
		t->keys[at] = key;
		t->numbers[at] = (uint32_t)t->n++;
	}
	return t->numbers[at];
}

uint32_t lg_number_find(const struct lg_numbers *t, uint32_t key)
{
	if (!t->room) return LG_NO_NUMBER;
	size_t at = slot_of(t, key);
	return t->keys[at] ? t->numbers[at] : LG_NO_NUMBER;
}

struct lg_numbers lg_numbers_copy(struct lg_ctx *cx, const struct lg_numbers *t)
{
	return with_room(cx, t, t->room ? t->room : 4);
}

/* ------------------------------------------------------------------------------------------------ documents */

static int by_number(const void *a, const void *b)
{
	const struct lg_feature *x = a, *y = b;
	return (x->number > y->number) - (x->number < y->number);
}

static void sort_by_gap(struct lg_feature *f, size_t n, size_t gap)
{
	for (size_t i = gap; i < n; i++) {
		struct lg_feature one = f[i];
		size_t at = i;
		for (; at >= gap && f[at - gap].number > one.number; at -= gap) f[at] = f[at - gap];
		f[at] = one;
	}
}

/* Short lists are the rule: Shell's sort, with Ciura's gaps. */
static void sort_features(struct lg_feature *f, size_t n)
{
	static const size_t gaps[] = { 132, 57, 23, 10, 4, 1 };
	if (n > SHORT) {
		qsort(f, n, sizeof *f, by_number);
		return;
	}
	for (size_t i = 0; i < sizeof gaps / sizeof *gaps; i++) sort_by_gap(f, n, gaps[i]);
}

size_t lg_features_sum(struct lg_feature *f, size_t n)
{
	size_t out = 0;
	sort_features(f, n);
	for (size_t i = 0; i < n; i++) {
		if (out && f[out - 1].number == f[i].number)
			f[out - 1].count += f[i].count;
		else
			f[out++] = f[i];
	}
	return out;
}

/* Room for `more` behind n of `room` things; what was there is kept. */
static void *grown(struct lg_ctx *cx, void *old, size_t n, size_t *room, size_t more, size_t size)
{
	if (n + more <= *room) return old;
	size_t now = *room ? *room * 2 : 4096;
	while (now < n + more) now *= 2;
	void *out = lg_array(cx->mem, now, size);
	if (*room) memcpy(out, old, n * size);
	*room = now;
	return out;
}

void lg_bags_put(struct lg_ctx *cx, struct lg_bags *b, struct lg_feature *f, size_t n)
{
	n = lg_features_sum(f, n);
	b->features = grown(cx, b->features, b->n, &b->n_room, n, sizeof *b->features);
	b->first = grown(cx, b->first, b->documents + 1, &b->d_room, 1, sizeof *b->first);
	if (n) memcpy(b->features + b->n, f, n * sizeof *f);
	b->n += n;
	b->first[++b->documents] = b->n;
}

/* -------------------------------------------------------------------------------------------------- numbers */

/* The root of a double is exact to the last digit on every machine, and those below have digits to spare. */
uint32_t lg_root(uint64_t x)
{
	if (x < UINT64_C(1) << 50) return (uint32_t)__builtin_sqrt((double)x);
	uint64_t out = 0, bit = UINT64_C(1) << 62;
	for (; bit; bit >>= 2) {
		bool fits = x >= out + bit;
		x -= fits ? out + bit : 0;
		out = (out >> 1) + (fits ? bit : 0);
	}
	return (uint32_t)out;
}

uint32_t lg_ln_16(uint32_t a, uint32_t b)
{
	return (uint32_t)(((uint64_t)(lg_log2_16(a) - lg_log2_16(b)) * 45426) >> 16);
}

/* A feature's weight before the length is made 1, with 16 binary digits. */
static uint64_t raw_weight(const struct lg_documents *x, const struct lg_feature *f)
{
	uint64_t tf = 65536 + (f->count > 1 ? lg_ln_16(f->count, 1) : 0);
	return (tf * x->idf[f->number]) >> 16;
}

/* @return the length of a document; 0: it has no weight */
static uint64_t length(const struct lg_documents *x, const struct lg_feature *f, size_t n)
{
	uint64_t sum = 0;
	for (size_t i = 0; i < n; i++) {
		uint64_t w = raw_weight(x, &f[i]) >> 4;
		sum += w * w;
	}
	return (uint64_t)lg_root(sum) << 4;
}

static uint32_t unit_weight(const struct lg_documents *x, const struct lg_feature *f, uint64_t length)
{
	const uint64_t most = (1 << LG_WEIGHT_BITS) - 1;
	uint64_t w = (raw_weight(x, f) * (most + 1) + length / 2) / length;
	return (uint32_t)(w < most ? w : most);
}

/* --------------------------------------------------------------------------------------------------- index */

static bool is_common(const struct lg_documents *x, uint32_t documents, uint32_t common)
{
	return common && documents > A_FEW && (uint64_t)documents * common > x->documents;
}

static void make_idf(struct lg_documents *x, const struct lg_bags *bags, struct lg_index_kind kind)
{
	for (size_t i = 0; i < bags->n; i++) x->idf[bags->features[i].number]++;
	for (uint32_t f = 0; f < x->features; f++) {
		uint32_t documents = x->idf[f];
		x->idf[f] = 65536 + lg_ln_16(1 + x->documents, 1 + documents);
		if (kind.root) x->idf[f] = lg_root((uint64_t)x->idf[f] << 16);
		if (is_common(x, documents, kind.common) || f >= LG_INDEX_DOCUMENTS_MAX) x->idf[f] = 0;
	}
}

void lg_documents_make(struct lg_ctx *cx, struct lg_documents *x, const struct lg_bags *bags, size_t features,
                       struct lg_index_kind kind)
{
	lg_assert(bags->documents <= LG_INDEX_DOCUMENTS_MAX && bags->n <= UINT32_MAX);
	*x = (struct lg_documents){ .documents = (uint32_t)bags->documents, .features = (uint32_t)features };
	x->first = lg_array(cx->mem, (size_t)x->documents + 1, sizeof *x->first);
	x->entries = lg_array(cx->mem, bags->n + 1, sizeof *x->entries);
	x->idf = lg_array(cx->mem, features + 1, sizeof *x->idf);
	make_idf(x, bags, kind);
	uint32_t at = 0;
	for (uint32_t d = 0; d < x->documents; d++) {
		const struct lg_feature *f = bags->features + bags->first[d];
		size_t n = bags->first[d + 1] - bags->first[d];
		uint64_t l = length(x, f, n);
		for (size_t i = 0; i < n; i++)
			if (x->idf[f[i].number])
				x->entries[at++] = f[i].number << LG_WEIGHT_BITS | unit_weight(x, &f[i], l);
		x->first[d + 1] = at;
	}
}

void lg_documents_unit(const struct lg_documents *x, const struct lg_feature *f, size_t n, uint32_t *weights)
{
	uint64_t l = length(x, f, n);
	for (size_t i = 0; i < n; i++) weights[i] = l ? unit_weight(x, &f[i], l) : 0;
}

void lg_documents_weigh(const struct lg_documents *x, const struct lg_feature *f, size_t n, uint16_t *weights)
{
	uint64_t l = length(x, f, n);
	for (size_t i = 0; i < n; i++) weights[f[i].number] = (uint16_t)(l ? unit_weight(x, &f[i], l) : 0);
}

void lg_documents_clear(const struct lg_feature *f, size_t n, uint16_t *weights)
{
	for (size_t i = 0; i < n; i++) weights[f[i].number] = 0;
}

void lg_index_make(struct lg_ctx *cx, struct lg_ctx *temp, struct lg_index *x, const struct lg_bags *bags,
                   size_t features, struct lg_index_kind kind)
{
	struct lg_documents *r = &x->by_document;
	lg_documents_make(kind.by_document ? cx : temp, r, bags, features, kind);
	size_t n = r->first[r->documents];
	x->first = lg_array(cx->mem, features + 1, sizeof *x->first);
	x->postings = lg_array(cx->mem, n + 1, sizeof *x->postings);
	for (size_t i = 0; i < n; i++) x->first[(r->entries[i] >> LG_WEIGHT_BITS) + 1]++;
	for (size_t f = 0; f < features; f++) x->first[f + 1] += x->first[f];
	uint32_t *at = lg_array(temp->mem, features + 1, sizeof *at);
	memcpy(at, x->first, features * sizeof *at);
	for (uint32_t d = 0; d < r->documents; d++)
		for (uint32_t i = r->first[d]; i < r->first[d + 1]; i++)
			x->postings[at[r->entries[i] >> LG_WEIGHT_BITS]++] =
			    d << LG_WEIGHT_BITS | (r->entries[i] & MASK);
	if (kind.by_document) return;
	uint32_t *idf = lg_array(cx->mem, features + 1, sizeof *idf);
	memcpy(idf, r->idf, features * sizeof *idf);
	*r = (struct lg_documents){ .documents = r->documents, .features = r->features, .idf = idf };
}

void lg_index_score(const struct lg_index *x, const struct lg_feature *f, size_t n, uint32_t *scores)
{
	uint64_t l = length(&x->by_document, f, n);
	memset(scores, 0, x->by_document.documents * sizeof *scores);
	for (size_t i = 0; i < n; i++) {
		const uint32_t *p = x->postings + x->first[f[i].number], *end = x->postings + x->first[f[i].number + 1];
		if (p == end) continue;
		for (const uint32_t w = unit_weight(&x->by_document, &f[i], l); p < end; p++)
			scores[*p >> LG_WEIGHT_BITS] += w * (*p & MASK);
	}
}
