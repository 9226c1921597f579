/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_BENCH_PLAIN_H
#define LG_BENCH_PLAIN_H
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "market/market.h"

/**
 * @file
 * The brute force that anybody would write first, and write well: one candidate after another, the first demand that
 * fails ends it, and the score is looked up in tables. Arrays of each field, one thread, no index, no vector code of
 * its own. brute.h has the faster one. Answers are those of lgm_best_candidates().
 */
struct plain;

/** Prepare the candidates of a market, which outlives it; at most 64 licences. Everything is allocated in `mem`. */
struct plain *plain_new(struct lg_arena *mem, const struct lg_market *m);

/** The k best feasible candidates of an opening of the market. One call at a time. @return how many were written */
size_t plain_best_candidates(struct plain *p, uint32_t opening, struct lgm_hit *hits, size_t k);
#endif
