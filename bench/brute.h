/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_BENCH_BRUTE_H
#define LG_BENCH_BRUTE_H
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "market/market.h"

/**
 * @file
 * The honest rival: every candidate is looked at for every opening, as fast as that goes without an index.
 *
 * Each demand is one pass over an array of its own, written so that the compiler makes vector code of it; only who is
 * left after the passes is measured exactly and scored, the cheap parts first, and not to the end when the skills
 * cannot lift it into the list. Answers are those of lgm_best_candidates().
 */
struct brute;

/** Prepare the candidates of a market, which outlives it. Everything is allocated in `mem`. */
const struct brute *brute_new(struct lg_arena *mem, const struct lg_market *m);

/**
 * The k best feasible candidates of an opening of the market, best first, equal scores by smaller id.
 * Threads: one at a time on one brute, which has its scratch tables inside.
 *
 * @param hits      room for k hits; k >= 1
 * @param feasible  how many feasible there are in all, also below the reserve; or NULL
 * @return how many were written
 */
size_t brute_best_candidates(const struct brute *b, uint32_t opening, struct lgm_hit *hits, size_t k,
                             uint64_t *feasible);
#endif
