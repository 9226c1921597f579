/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_TAXONOMY_EMBED_KERNEL_H
#define LG_TAXONOMY_EMBED_KERNEL_H
#include <stddef.h>
#include <stdint.h>

/**
 * @file
 * The inner loops of the embedding, compiled once for each kind of instructions (src/taxonomy/meson.build) and chosen
 * as the program runs. Every sum is in a fixed order, of 16 sums side by side at most, and a*b+c is rounded twice: all
 * kinds give the same bits.
 *
 * Widths and lengths of vectors are multiples of LG_EMBED_LANES; pointers need no alignment. No failure. Threads: any.
 */
enum { LG_EMBED_LANES = 16 };

/** A feature in a text: which text, and how much it weighs there. */
struct lg_embed_entry {
	uint32_t text;
	float weight;
};

/** c[m][n] = a[m][k] * b[k][n]; steps are counted in numbers. Rows of c stand `c_row` apart, and so on. */
struct lg_embed_product {
	float *c;
	const float *a, *b;
	size_t c_row, a_row, a_column, b_row, m, n, k;
};

/** Of cosines to what they tell: each becomes exp((x - 1) / heat), 0 where two texts are of one concept. */
struct lg_embed_softmax {
	float *cosines; /* [n][row] */
	size_t n, row;
	const uint32_t *concepts; /* [n] */
	float heat;
	float *of_row, *of_column; /* [n] sums; must be 0 before */
};

struct lg_embed_kernel {
	/** m is a multiple of 8. O(m n k). */
	void (*multiply)(const struct lg_embed_product *p);
	/** What the diagonal has stays. O(n^2). */
	void (*softmax)(const struct lg_embed_softmax *s);
	/** texts[entry.text] += entry.weight * row */
	void (*spread)(float *texts, const float *row, size_t width, const struct lg_embed_entry *entries, size_t n);
	/** row += entry.weight * texts[entry.text] */
	void (*collect)(float *row, const float *texts, size_t width, const struct lg_embed_entry *entries, size_t n);
	float (*dot)(const float *a, const float *b, size_t width);
	/** y += w * x */
	void (*add)(float *y, float w, const float *x, size_t width);
	/** sums += w * row, in whole numbers; no sum may pass 31 bits. */
	void (*add_row)(int32_t *sums, int32_t w, const int8_t *row, size_t width);
	/** out[i] = q . rows[i] for n rows. */
	void (*dots)(int32_t *out, const int8_t *q, const int8_t *rows, size_t n, size_t width);
};
/** The best kind that this processor has. */
const struct lg_embed_kernel *lg_embed_kernel(void);

extern const struct lg_embed_kernel lg_embed_kernel_plain, lg_embed_kernel_avx2, lg_embed_kernel_avx512;
#endif
