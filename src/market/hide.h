/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_MARKET_HIDE_H
#define LG_MARKET_HIDE_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/ctx.h"

/**
 * @file
 * Statistical disclosure control: which counts of people may be shown. No I/O. Threads: any.
 *
 * A count of 1 to 4 is hidden. So that it cannot be had by subtraction, every line of cells whose sum is known hides
 * either none or at least two, and those it hides make at least 5 together: the smallest others are hidden with them,
 * until all lines are so. (Threshold 5 and the rule of sums: OECD, Statistical Disclosure Control; no linear programme
 * looks for what could still be bounded from several lines at once.)
 */
enum { LG_HIDE_BELOW = 5 };

/** Cells whose sum is known to the reader: because it is shown, or because the last is the sum of the others. */
struct lg_hide_line {
	const uint32_t *cells; /* [n] numbers of cells */
	size_t n;
};

/**
 * Say which cells to hide. hidden[i] may be true already, and stays so. `counts` and `hidden` have `n` entries.
 * O(lines' length, times the cells that come to be hidden); scratch none.
 */
void lg_hide(const uint64_t *counts, bool *hidden, size_t n, const struct lg_hide_line *lines, size_t n_lines);

/** The same of one line of `n` cells, all of them. Scratch in cx->mem. */
void lg_hide_row(struct lg_ctx *cx, const uint64_t *counts, bool *hidden, size_t n);

/**
 * A table: rows of `columns` cells, the last of which is the sum of the others, under column sums that are shown.
 * counts[row * columns + column], hidden likewise. Scratch in cx->mem.
 */
void lg_hide_table(struct lg_ctx *cx, const uint64_t *counts, bool *hidden, size_t rows, size_t columns);

/** A part of a known whole: is it, or the rest, 1 to 4? */
bool lg_hide_part(uint64_t part, uint64_t whole);
#endif
