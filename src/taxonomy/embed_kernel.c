/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "taxonomy/embed_kernel.h"

#include <string.h>

/* Compiled once for each kind of instructions; KIND is its name, ROWS how many rows of sums the registers hold. */

typedef float lanes __attribute__((vector_size(4 * LG_EMBED_LANES), aligned(4), may_alias));

static inline lanes *at(float *p) { return (lanes *)(void *)p; }
static inline const lanes *at_const(const float *p) { return (const lanes *)(const void *)p; }

static void multiply_block(const struct lg_embed_product *p, size_t i, size_t j)
{
	lanes sums[ROWS] = { 0 };
	const float *a = p->a + i * p->a_row, *b = p->b + j;
	for (size_t k = 0; k < p->k; k++, a += p->a_column, b += p->b_row) {
		const lanes column = *at_const(b);
		for (size_t r = 0; r < ROWS; r++) sums[r] += column * a[r * p->a_row];
	}
	for (size_t r = 0; r < ROWS; r++) *at(p->c + (i + r) * p->c_row + j) = sums[r];
}

static void multiply(const struct lg_embed_product *p)
{
	for (size_t i = 0; i < p->m; i += ROWS)
		for (size_t j = 0; j < p->n; j += LG_EMBED_LANES) multiply_block(p, i, j);
}

/* 2 to the power of x, for -126 < x <= 0, to 1 in 2^22: Taylor's series of what is behind the point. */
static inline float power_of_2(float x)
{
	int32_t whole = (int32_t)(x - 0.5f);
	float f = (x - (float)whole) * 0.69314718f;
	float y = 1 + f * (1 + f * (1 / 2.f + f * (1 / 6.f + f * (1 / 24.f + f * (1 / 120.f + f * (1 / 720.f))))));
	int32_t bits = (whole + 127) * (1 << 23);
	float scale;
	memcpy(&scale, &bits, sizeof scale);
	return y * scale;
}

static float sum_of(const float *x)
{
	float sum = 0;
	for (size_t i = 0; i < LG_EMBED_LANES; i++) sum += x[i];
	return sum;
}

/* LG_EMBED_LANES cosines of row i from column j on. */
static void soften(const struct lg_embed_softmax *s, size_t i, size_t j, float *sums)
{
	float *x = s->cosines + i * s->row + j, out[LG_EMBED_LANES];
	const uint32_t *concepts = s->concepts + j, own = s->concepts[i];
	const float factor = 1.44269504f / s->heat;
	for (size_t l = 0; l < LG_EMBED_LANES; l++) {
		float y = power_of_2((x[l] - 1) * factor);
		out[l] = concepts[l] == own ? 0 : y;
	}
	if (i >= j && i < j + LG_EMBED_LANES) out[i - j] = power_of_2((x[i - j] - 1) * factor);
	memcpy(x, out, sizeof out);
	for (size_t l = 0; l < LG_EMBED_LANES; l++) sums[l] += out[l];
	for (size_t l = 0; l < LG_EMBED_LANES; l++) s->of_column[j + l] += out[l];
}

static void softmax(const struct lg_embed_softmax *s)
{
	for (size_t i = 0; i < s->n; i++) {
		float sums[LG_EMBED_LANES] = { 0 };
		for (size_t j = 0; j < s->n; j += LG_EMBED_LANES) soften(s, i, j, sums);
		s->of_row[i] = sum_of(sums);
	}
}

static void add(float *y, float w, const float *x, size_t width)
{
	for (size_t d = 0; d < width; d += LG_EMBED_LANES) *at(y + d) += *at_const(x + d) * w;
}

static void spread(float *texts, const float *row, size_t width, const struct lg_embed_entry *entries, size_t n)
{
	for (size_t i = 0; i < n; i++) add(texts + entries[i].text * width, entries[i].weight, row, width);
}

static void collect(float *row, const float *texts, size_t width, const struct lg_embed_entry *entries, size_t n)
{
	for (size_t i = 0; i < n; i++) add(row, entries[i].weight, texts + entries[i].text * width, width);
}

static float dot(const float *a, const float *b, size_t width)
{
	lanes sums = { 0 };
	float out[LG_EMBED_LANES];
	for (size_t d = 0; d < width; d += LG_EMBED_LANES) sums += *at_const(a + d) * *at_const(b + d);
	memcpy(out, &sums, sizeof out);
	return sum_of(out);
}

static void add_row(int32_t *sums, int32_t w, const int8_t *row, size_t width)
{
	for (size_t d = 0; d < width; d++) sums[d] += w * row[d];
}

static void dots(int32_t *out, const int8_t *q, const int8_t *rows, size_t n, size_t width)
{
	for (size_t i = 0; i < n; i++, rows += width) {
		int32_t sum = 0;
		for (size_t d = 0; d < width; d++) sum += q[d] * rows[d];
		out[i] = sum;
	}
}

const struct lg_embed_kernel KIND = { multiply, softmax, spread, collect, dot, add, add_row, dots };
