/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_BENCH_RIVALS_H
#define LG_BENCH_RIVALS_H
#include "brute.h"

/** brute.c is compiled once for each kind of instructions, under names of its own. */
#define RIVAL(kind)                                                                                                    \
	const struct brute *brute_new_##kind(struct lg_arena *mem, const struct lg_market *m);                         \
	size_t brute_best_candidates_##kind(const struct brute *b, uint32_t opening, struct lgm_hit *hits, size_t k,   \
	                                    uint64_t *feasible);
RIVAL(scalar)
RIVAL(avx2)
RIVAL(avx512)
#undef RIVAL

static const struct {
	const struct brute *(*make)(struct lg_arena *mem, const struct lg_market *m);
	size_t (*best_candidates)(const struct brute *b, uint32_t opening, struct lgm_hit *hits, size_t k,
	                          uint64_t *feasible);
} rivals[LGM_SIMDS] = {
	[LGM_SCALAR] = { brute_new_scalar, brute_best_candidates_scalar },
#ifdef __x86_64__
	[LGM_AVX2] = { brute_new_avx2, brute_best_candidates_avx2 },
	[LGM_AVX512] = { brute_new_avx512, brute_best_candidates_avx512 },
#endif
};
#endif
