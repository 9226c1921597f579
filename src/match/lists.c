/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* One ranked list, for a candidate or an opening who need not be in the index. */
#include "inner.h"

struct taker {
	struct lgm_list list;
	const struct lgm_index *ix;
	int64_t reserve;
};

static int64_t take(void *self, uint32_t opening, uint16_t score)
{
	struct taker *t = self;
	return lgm_list_add(&t->list, lgm_key(score, t->ix->needs[opening]->id), t->reserve);
}

static size_t give(struct lgm_list *list, struct lgm_hit *hits)
{
	for (uint32_t i = 0; i < list->len; i++) hits[i] = lgm_key_hit(list->keys[i]);
	return list->len;
}

static uint32_t room_for(size_t k, size_t most) { return (uint32_t)(k < most ? k : most); }

size_t lgm_best_openings(const struct lgm_index *ix, const struct lgm_candidate *c, struct lgm_hit *hits, size_t k,
                         size_t *feasible)
{
	struct taker t = { .list.room = room_for(k, ix->n_openings), .ix = ix, .reserve = ix->terms.setup.reserve };
	size_t written = LGM_FAILED;
	if (lgm_candidate_fault(&ix->terms.setup, c)) return LGM_FAILED;
	struct lgm_seek *seek = lgm_seek_new(ix, &ix->mem);
	t.list.keys = lgm_get(&ix->mem, t.list.room, sizeof *t.list.keys);
	if (seek && t.list.keys) {
		uint64_t n = lgm_seek_openings(seek, c, t.list.room ? t.reserve : INT64_MAX, take, &t);
		if (feasible) *feasible = n;
		written = give(&t.list, hits);
	}
	lgm_put(&ix->mem, t.list.keys);
	lgm_seek_free(seek, &ix->mem);
	return written;
}

static void scan_all(struct lgm_scan *s, const struct lgm_need *need, struct lgm_list *list)
{
	const struct lgm_index *ix = s->ix;
	int64_t reserve = ix->terms.setup.reserve;
	s->floor = list->room ? reserve : INT64_MAX;
	for (size_t p = 0; p < ix->n_pages; p++) {
		const struct lgm_page *page = ix->pages[p];
		if (!lgm_page_in_reach(page, need)) continue;
		lgm_scan_page(s, page, need);
		for (size_t i = 0; i < s->hits; i++)
			s->floor = lgm_list_add(list, lgm_key(s->score[i], page->id[s->lane[i]]), reserve);
	}
}

size_t lgm_best_candidates(const struct lgm_index *ix, const struct lgm_opening *o, struct lgm_hit *hits, size_t k,
                           size_t *feasible)
{
	struct lgm_list list = { .room = room_for(k, ix->n_candidates) };
	size_t written = LGM_FAILED;
	if (lgm_opening_fault(&ix->terms.setup, o)) return LGM_FAILED;
	struct lgm_need *need = lgm_need_new(&ix->terms, o, &ix->mem);
	struct lgm_scan *scan = lgm_scan_new(ix, &ix->mem);
	list.keys = lgm_get(&ix->mem, list.room, sizeof *list.keys);
	if (need && scan && list.keys) {
		scan_all(scan, need, &list);
		if (feasible) *feasible = scan->feasible;
		written = give(&list, hits);
	}
	lgm_put(&ix->mem, list.keys);
	lgm_scan_free(scan, &ix->mem);
	lgm_put(&ix->mem, need);
	return written;
}
