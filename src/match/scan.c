/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "inner.h"

#if defined(__x86_64__)
enum lgm_simd lgm_simd_best(void)
{
	if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
	    __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl"))
		return LGM_AVX512;
	if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("popcnt"))
		return LGM_AVX2;
	return LGM_SCALAR;
}
#else
enum lgm_simd lgm_simd_best(void) { return LGM_SCALAR; }
#endif

struct lgm_scan *lgm_scan_new(const struct lgm_index *ix, const struct lgm_mem *mem)
{
	struct lgm_scan *s = lgm_get(mem, 1, sizeof *s);
	if (!s) return NULL;
	s->ix = ix;
	s->row = lgm_get(mem, ix->terms.setup.concepts, 1);
	if (s->row) return s;
	lgm_put(mem, s);
	return NULL;
}

void lgm_scan_free(struct lgm_scan *s, const struct lgm_mem *mem)
{
	if (!s) return;
	lgm_put(mem, s->row);
	lgm_put(mem, s);
}

void lgm_scan_page(struct lgm_scan *s, const struct lgm_page *page, const struct lgm_need *need)
{
#if defined(__x86_64__)
	if (s->ix->simd == LGM_AVX512) {
		lgm_scan_avx512(s, page, need);
		return;
	}
	if (s->ix->simd == LGM_AVX2) {
		lgm_scan_avx2(s, page, need);
		return;
	}
#endif
	lgm_scan_scalar(s, page, need);
}

bool lgm_page_in_reach(const struct lgm_page *page, const struct lgm_need *need)
{
	return need->remote || lgm_box_distance2(&page->box, &need->place) <= (int64_t)page->reach * page->reach;
}

bool lgm_block_in_reach(const struct lgm_page *page, const struct lgm_block *block)
{
	return block->remote || lgm_boxes_distance2(&page->box, &block->box) <= (int64_t)page->reach * page->reach;
}
