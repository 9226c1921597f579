/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* Everybody's list, both ways, in one pass. A unit of work is a page: its candidates' lists belong to it alone, and
   each worker has lists of its own for the openings, merged at the end. */
#include <string.h>

#include "inner.h"

struct worker {
	struct lgm_scan *scan;
	uint64_t *keys; /* [openings][k] */
	uint16_t *len;  /* [openings] */
};

struct lgm_join {
	const struct lgm_index *ix;
	struct lgm_mem mem;
	size_t k, n_workers;
	uint64_t *keys; /* [candidate slots][k] */
	uint16_t *len;  /* [candidate slots] */
	struct worker *workers;
	uint64_t feasible;
};

void lgm_join_free(struct lgm_join *j)
{
	if (!j) return;
	struct lgm_mem mem = j->mem;
	for (size_t w = 0; j->workers && w < j->n_workers; w++) {
		lgm_scan_free(j->workers[w].scan, &mem);
		lgm_put(&mem, j->workers[w].keys);
		lgm_put(&mem, j->workers[w].len);
	}
	lgm_put(&mem, j->workers);
	lgm_put(&mem, j->keys);
	lgm_put(&mem, j->len);
	lgm_put(&mem, j);
}

static bool make_worker(struct lgm_join *j, struct worker *w)
{
	size_t n = j->ix->n_needs;
	w->scan = lgm_scan_new(j->ix, &j->mem);
	w->keys = lgm_get(&j->mem, n * j->k, sizeof *w->keys);
	w->len = lgm_get(&j->mem, n, sizeof *w->len);
	return w->scan && w->keys && w->len;
}

enum lgm_err lgm_join_new(struct lgm_join **out, const struct lgm_index *ix, size_t k, size_t workers,
                          const struct lgm_mem *mem)
{
	*out = NULL;
	if (k < 1 || k > LGM_LIST_MAX || workers < 1) return LGM_INVALID;
	if (!mem) mem = &lgm_malloc;
	struct lgm_join *j = lgm_get(mem, 1, sizeof *j);
	if (!j) return LGM_NO_MEMORY;
	j->ix = ix;
	j->mem = *mem;
	j->k = k;
	j->n_workers = workers;
	j->keys = lgm_get(mem, ix->n_pages * LGM_LANES * k, sizeof *j->keys);
	j->len = lgm_get(mem, ix->n_pages * LGM_LANES, sizeof *j->len);
	j->workers = lgm_get(mem, workers, sizeof *j->workers);
	bool ok = j->keys && j->len && j->workers;
	for (size_t w = 0; ok && w < workers; w++) ok = make_worker(j, &j->workers[w]);
	if (!ok) {
		lgm_join_free(j);
		return LGM_NO_MEMORY;
	}
	*out = j;
	return LGM_OK;
}

size_t lgm_join_units(const struct lgm_join *j) { return j->ix->n_pages; }

static int64_t floor_of(const struct lgm_join *j, const uint64_t *keys, uint16_t len)
{
	return len < j->k ? (int64_t)j->ix->terms.setup.reserve : (int64_t)(keys[j->k - 1] >> 32);
}

static int64_t add(const struct lgm_join *j, uint64_t *keys, uint16_t *len, uint64_t key)
{
	struct lgm_list list = { keys, *len, (uint32_t)j->k };
	int64_t floor = lgm_list_add(&list, key, j->ix->terms.setup.reserve);
	*len = (uint16_t)list.len;
	return floor;
}

static void join_one(struct lgm_join *j, struct worker *w, size_t unit, size_t opening, int64_t *floors)
{
	const struct lgm_page *page = j->ix->pages[unit];
	const struct lgm_need *need = j->ix->needs[opening];
	uint64_t *keys = w->keys + opening * j->k;
	struct lgm_scan *s = w->scan;
	s->floor = floor_of(j, keys, w->len[opening]);
	lgm_scan_page(s, page, need);
	for (size_t i = 0; i < s->hits; i++) {
		size_t lane = s->lane[i], slot = unit * LGM_LANES + lane;
		(void)add(j, keys, &w->len[opening], lgm_key(s->score[i], page->id[lane]));
		if (s->score[i] >= floors[lane])
			floors[lane] = add(j, j->keys + slot * j->k, &j->len[slot], lgm_key(s->score[i], need->id));
	}
}

void lgm_join_work(struct lgm_join *j, size_t worker, size_t unit)
{
	const struct lgm_index *ix = j->ix;
	struct worker *w = &j->workers[worker];
	int64_t floors[LGM_LANES];
	for (size_t l = 0; l < LGM_LANES; l++) floors[l] = ix->terms.setup.reserve;
	w->scan->lane_floor = floors;
	for (size_t o = 0; o < ix->n_needs; o++) {
		if (o % LGM_BLOCK == 0 && !lgm_block_in_reach(ix->pages[unit], &ix->blocks[o / LGM_BLOCK])) {
			o += LGM_BLOCK - 1;
			continue;
		}
		if (ix->needs[o] && lgm_page_in_reach(ix->pages[unit], ix->needs[o])) join_one(j, w, unit, o, floors);
	}
	w->scan->lane_floor = NULL;
}

void lgm_join_end(struct lgm_join *j)
{
	struct worker *first = &j->workers[0];
	j->feasible = 0;
	for (size_t w = 0; w < j->n_workers; w++) {
		struct worker *other = &j->workers[w];
		j->feasible += other->scan->feasible;
		for (size_t o = 0; w && o < j->ix->n_needs; o++)
			for (uint16_t i = 0; i < other->len[o]; i++)
				(void)add(j, first->keys + o * j->k, &first->len[o], other->keys[o * j->k + i]);
	}
}

static size_t give(const uint64_t *keys, size_t len, struct lgm_hit *hits)
{
	for (size_t i = 0; i < len; i++) hits[i] = lgm_key_hit(keys[i]);
	return len;
}

size_t lgm_join_openings(const struct lgm_join *j, uint32_t candidate_id, struct lgm_hit *hits)
{
	uint32_t slot = lgm_ids_find(&j->ix->candidate_ids, candidate_id);
	return slot == LGM_NOWHERE ? 0 : give(j->keys + slot * j->k, j->len[slot], hits);
}

size_t lgm_join_candidates(const struct lgm_join *j, uint32_t opening_id, struct lgm_hit *hits)
{
	uint32_t slot = lgm_ids_find(&j->ix->opening_ids, opening_id);
	return slot == LGM_NOWHERE ? 0 : give(j->workers[0].keys + slot * j->k, j->workers[0].len[slot], hits);
}

uint64_t lgm_join_feasible(const struct lgm_join *j) { return j->feasible; }
size_t lgm_join_k(const struct lgm_join *j) { return j->k; }
