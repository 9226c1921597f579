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
 * Tables of counts that tell of nobody (DOMAIN 6.5): a count of 1 to k - 1 is hidden, and so many others that none that
 * is hidden can be computed again, closer than k, from what is shown. A zero is shown, unless it would tell.
 *
 * What can be computed is asked exactly. Tables are a network: their lines are its nodes, each cell is a flow from its
 * row to its column, totals flow back; into each node flows as much as out of it. Tables that share a total are one
 * network, in which that total is one cell: so the one does not tell what the other hides. Cells that are hidden may be
 * any numbers from `least` to `most` with which all lines add up. How far a hidden count can go up and down is the
 * largest flow around it (Ford and Fulkerson: in whole numbers, so no solver of equations knows more); while that is
 * less than k in all, the cheapest way around is hidden too: small counts before great ones, zeros and then totals
 * last. Hiding more never narrows what was wide enough, so each cell is looked at once.
 *
 * Pure; the same counts give the same cells. Memory: `mem`. Cost: for each hidden count some searches over all cells.
 * It is flows and not a solver of integer programmes because all that tables with shared totals can say are flows:
 * exact, bounded, and no library in the service; a solver checks it in the tests (GLPK).
 */
#define SUPPRESS_ANY INT64_MAX
struct suppress_cell {
	size_t from, to; /* nodes */
	int64_t count;
	int64_t least, most; /* what is known of it without being told: 0 and SUPPRESS_ANY, or closer */
	bool is_total;       /* hidden last */
	bool is_off;         /* shown nowhere: hides nothing, and need not be hidden */
	bool hidden;         /* in: hide it in any case; out: it is not shown */
};
/** Hide what must be. @return false: some count can be told closer than k even with all hidden (by `least`, `most`). */
bool suppress_net(struct lg_arena *mem, struct suppress_cell *cells, size_t n, size_t nodes, int64_t k);

/** One table. */
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
