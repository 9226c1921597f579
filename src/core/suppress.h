/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_SUPPRESS_H
#define LG_CORE_SUPPRESS_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

/**
 * @file
 * Tables of counts that tell of nobody (DOMAIN 6.5): a count of 1 to k - 1 is hidden, and so many others that it cannot
 * be computed again from what is shown. A zero is shown, unless it would tell.
 *
 * What can be computed is asked exactly. The lines of a table with its totals are the nodes of a network, each cell is
 * a flow from its row to its column, totals flow back; cells that are hidden may be any numbers from 0 on with which
 * all lines add up. How far a hidden count can go up and down is the largest flow around it (Ford and Fulkerson); while
 * that is less than k in all, the cheapest way around is hidden too: small counts before great ones, zeros and then
 * totals last. So a line never has one hidden cell alone, and what is hidden in it adds up to k at least.
 *
 * Pure; the same table gives the same cells. Memory: `mem`. Cost: for each small count some searches over all cells.
 */
struct suppress_table {
	size_t rows, columns;
	const int64_t *counts;          /* [rows * columns], none below 0 */
	bool row_totals, column_totals; /* are they shown? (what is not shown counts as hidden) */
	const bool *also;               /* as `hidden` below: what is hidden in any case, or NULL */
};
/**
 * @param hidden  [(rows + 1) * (columns + 1)]: which cells are not shown; the last of each row is its total, the last
 * row holds those of the columns
 */
void suppress(struct lg_arena *mem, const struct suppress_table *t, int64_t k, bool *hidden);
/** All counts with their totals, as `hidden` is laid out. Of mem. */
int64_t *suppress_totals(struct lg_arena *mem, const struct suppress_table *t);
#endif
