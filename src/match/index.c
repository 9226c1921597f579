/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <string.h>

#include "inner.h"

/* --- terms --- */

static void work_out_terms(struct lgm_terms *t, const struct lgm_setup *s, const struct lgm_candidate *c, size_t n)
{
	t->setup = *s;
	for (unsigned percent = 0; percent <= 100; percent++)
		for (unsigned years = 0; years <= 4; years++)
			t->points_occupation[percent][years] =
			    (uint16_t)(s->weight[LGM_OCCUPATION] * percent * (4 + years) / 800);
	for (unsigned i = 0; i < LGM_STEPS; i++)
		t->points_distance[i] = (uint16_t)(s->weight[LGM_DISTANCE] * lgm_decay[i] >> 16);
	t->first_start = INT32_MAX;
	for (size_t i = 0; i < n; i++)
		if (c[i].start != LGM_NO_DATE && c[i].start < t->first_start) t->first_start = c[i].start;
	if (t->first_start == INT32_MAX) t->first_start = 0;
	t->features = lgm_feature_licence(t, s->licences, false);
}

/* --- candidates into pages: those who travel alike together, then by place, then by occupation --- */

static uint64_t candidate_key(const struct lgm_candidate *c)
{
	uint64_t class = c->commute <= 2000 ? 0 : c->commute <= 4000 ? 1 : 2;
	uint64_t occupation = c->n_occupations ? c->occupations[0].occupation : 0;
	return class << 62 | lgm_morton(&c->place) << 16 | occupation;
}

static enum lgm_err add_page(struct lgm_index *ix, const struct lgm_candidate *const lanes[LGM_LANES])
{
	if (!lgm_grow(&ix->mem, &ix->pages, &ix->room_pages, ix->n_pages + 1, sizeof *ix->pages)) return LGM_NO_MEMORY;
	struct lgm_page *page = lgm_page_new(&ix->terms, lanes, &ix->mem);
	if (!page) return LGM_NO_MEMORY;
	ix->pages[ix->n_pages++] = page;
	return LGM_OK;
}

static enum lgm_err build_pages(struct lgm_index *ix, const struct lgm_candidate *c, const struct lgm_keyed *order,
                                size_t n)
{
	for (size_t first = 0; first < n; first += LGM_LANES) {
		const struct lgm_candidate *lanes[LGM_LANES] = { 0 };
		for (size_t l = 0; l < LGM_LANES && first + l < n; l++) {
			lanes[l] = &c[order[first + l].value & UINT32_MAX];
			enum lgm_err err =
			    lgm_ids_add(&ix->candidate_ids, &ix->mem, lanes[l]->id, (uint32_t)(first + l));
			if (err) return err;
		}
		enum lgm_err err = add_page(ix, lanes);
		if (err) return err;
	}
	ix->n_candidates = n;
	return LGM_OK;
}

static enum lgm_err take_candidates(struct lgm_index *ix, const struct lgm_candidate *c, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (lgm_candidate_fault(&ix->terms.setup, &c[i])) return LGM_INVALID;
	struct lgm_keyed *order = lgm_get(&ix->mem, n, sizeof *order);
	if (!order) return LGM_NO_MEMORY;
	for (size_t i = 0; i < n; i++)
		order[i] = (struct lgm_keyed){ candidate_key(&c[i]), (uint64_t)c[i].id << 32 | i };
	lgm_sort(order, n);
	enum lgm_err err = build_pages(ix, c, order, n);
	lgm_put(&ix->mem, order);
	return err;
}

/* --- openings in blocks: the remote last, else by place --- */

static enum lgm_err add_need(struct lgm_index *ix, const struct lgm_opening *o)
{
	size_t slot = ix->n_needs, block = slot / LGM_BLOCK;
	if (!lgm_grow(&ix->mem, &ix->needs, &ix->room_needs, slot + 1, sizeof *ix->needs)) return LGM_NO_MEMORY;
	if (!lgm_grow(&ix->mem, &ix->blocks, &ix->room_blocks, block + 1, sizeof *ix->blocks)) return LGM_NO_MEMORY;
	struct lgm_need *need = lgm_need_new(&ix->terms, o, &ix->mem);
	if (!need) return LGM_NO_MEMORY;
	enum lgm_err err = lgm_ids_add(&ix->opening_ids, &ix->mem, o->id, (uint32_t)slot);
	if (err) {
		lgm_put(&ix->mem, need);
		return err;
	}
	if (slot % LGM_BLOCK == 0) {
		lgm_box_empty(&ix->blocks[block].box);
		ix->blocks[block].remote = false;
	}
	if (o->remote)
		ix->blocks[block].remote = true;
	else
		lgm_box_add(&ix->blocks[block].box, &o->place);
	ix->needs[ix->n_needs++] = need;
	ix->n_openings++;
	return LGM_OK;
}

static enum lgm_err take_openings(struct lgm_index *ix, const struct lgm_opening *o, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (lgm_opening_fault(&ix->terms.setup, &o[i])) return LGM_INVALID;
	struct lgm_keyed *order = lgm_get(&ix->mem, n, sizeof *order);
	if (!order) return LGM_NO_MEMORY;
	for (size_t i = 0; i < n; i++)
		order[i] = (struct lgm_keyed){ o[i].remote ? UINT64_MAX : lgm_morton(&o[i].place),
			                       (uint64_t)o[i].id << 32 | i };
	lgm_sort(order, n);
	enum lgm_err err = LGM_OK;
	for (size_t i = 0; !err && i < n; i++) err = add_need(ix, &o[order[i].value & UINT32_MAX]);
	lgm_put(&ix->mem, order);
	return err;
}

/* --- the index --- */

enum lgm_err lgm_index_new(struct lgm_index **out, const struct lgm_setup *setup,
                           const struct lgm_candidate *candidates, size_t n_candidates,
                           const struct lgm_opening *openings, size_t n_openings, const struct lgm_mem *mem)
{
	*out = NULL;
	if (lgm_setup_fault(setup)) return LGM_INVALID;
	if (n_candidates >= LGM_NOWHERE / 2 || n_openings >= LGM_NOWHERE / 2) return LGM_INVALID;
	if (!mem) mem = &lgm_malloc;
	struct lgm_index *ix = lgm_get(mem, 1, sizeof *ix);
	if (!ix) return LGM_NO_MEMORY;
	ix->mem = *mem;
	ix->simd = lgm_simd_best();
	work_out_terms(&ix->terms, setup, candidates, n_candidates);
	enum lgm_err err = take_candidates(ix, candidates, n_candidates);
	if (!err) err = take_openings(ix, openings, n_openings);
	if (err)
		lgm_index_free(ix);
	else
		*out = ix;
	return err;
}

void lgm_index_free(struct lgm_index *ix)
{
	if (!ix) return;
	struct lgm_mem mem = ix->mem;
	for (size_t i = 0; i < ix->n_pages; i++) lgm_page_free(ix->pages[i], &mem);
	for (size_t i = 0; i < ix->n_needs; i++) lgm_put(&mem, ix->needs[i]);
	lgm_put(&mem, ix->pages);
	lgm_put(&mem, ix->needs);
	lgm_put(&mem, ix->blocks);
	lgm_ids_free(&ix->candidate_ids, &mem);
	lgm_ids_free(&ix->opening_ids, &mem);
	lgm_put(&mem, ix);
}

enum lgm_simd lgm_index_simd(const struct lgm_index *ix) { return ix->simd; }
size_t lgm_index_candidates(const struct lgm_index *ix) { return ix->n_candidates; }
size_t lgm_index_openings(const struct lgm_index *ix) { return ix->n_openings; }

bool lgm_index_use(struct lgm_index *ix, enum lgm_simd simd)
{
	if (simd > lgm_simd_best()) return false;
	ix->simd = simd;
	return true;
}

size_t lgm_index_bytes(const struct lgm_index *ix)
{
	size_t sum = sizeof *ix + ix->room_pages * sizeof *ix->pages + ix->room_needs * sizeof *ix->needs +
	             ix->room_blocks * sizeof *ix->blocks + (ix->candidate_ids.room + ix->opening_ids.room) * 8;
	for (size_t i = 0; i < ix->n_pages; i++) sum += ix->pages[i]->bytes;
	for (size_t i = 0; i < ix->n_needs; i++)
		if (ix->needs[i]) sum += ix->needs[i]->bytes;
	return sum;
}

/* --- changes --- */

/* Who lives in a lane of a page: the id map knows, also of those who do not want work. */
static bool lane_taken(const struct lgm_index *ix, size_t page, unsigned lane)
{
	const struct lgm_page *p = ix->pages[page];
	return lane < p->used && lgm_ids_find(&ix->candidate_ids, p->id[lane]) == (uint32_t)(page * LGM_LANES + lane);
}

/* Build the last page anew with one more candidate in an empty lane. */
static enum lgm_err add_to_last(struct lgm_index *ix, const struct lgm_candidate *c, unsigned lane)
{
	size_t last = ix->n_pages - 1;
	struct lgm_page *old = ix->pages[last];
	struct lgm_candidate *all = lgm_get(&ix->mem, LGM_LANES, sizeof *all);
	if (!all) return LGM_NO_MEMORY;
	const struct lgm_candidate *lanes[LGM_LANES] = { 0 };
	for (unsigned l = 0; l < old->used; l++) {
		if (!lane_taken(ix, last, l)) continue;
		all[l] = lgm_page_candidate(old, l);
		lanes[l] = &all[l];
	}
	lanes[lane] = c;
	struct lgm_page *page = lgm_page_new(&ix->terms, lanes, &ix->mem);
	lgm_put(&ix->mem, all);
	if (!page) return LGM_NO_MEMORY;
	ix->pages[last] = page;
	lgm_page_free(old, &ix->mem);
	return LGM_OK;
}

static int empty_lane(const struct lgm_index *ix)
{
	if (!ix->n_pages) return LGM_NONE;
	for (unsigned l = 0; l < LGM_LANES; l++)
		if (!lane_taken(ix, ix->n_pages - 1, l)) return (int)l;
	return LGM_NONE;
}

enum lgm_err lgm_index_add_candidate(struct lgm_index *ix, const struct lgm_candidate *c)
{
	if (lgm_candidate_fault(&ix->terms.setup, c)) return LGM_INVALID;
	if (lgm_ids_find(&ix->candidate_ids, c->id) != LGM_NOWHERE) return LGM_TAKEN;
	int lane = empty_lane(ix);
	enum lgm_err err;
	if (lane != LGM_NONE) {
		err = add_to_last(ix, c, (unsigned)lane);
	} else {
		const struct lgm_candidate *lanes[LGM_LANES] = { c };
		err = add_page(ix, lanes);
		lane = 0;
	}
	if (err) return err;
	err = lgm_ids_add(&ix->candidate_ids, &ix->mem, c->id,
	                  (uint32_t)((ix->n_pages - 1) * LGM_LANES + (unsigned)lane));
	if (err) { /* no memory for the id: the lane is as good as empty */
		ix->pages[ix->n_pages - 1]->alive[lane / 64] &= ~(1ull << (lane % 64));
		return err;
	}
	ix->n_candidates++;
	return LGM_OK;
}

enum lgm_err lgm_index_remove_candidate(struct lgm_index *ix, uint32_t id)
{
	uint32_t slot = lgm_ids_find(&ix->candidate_ids, id);
	if (slot == LGM_NOWHERE) return LGM_UNKNOWN;
	struct lgm_page *page = ix->pages[slot / LGM_LANES];
	page->alive[slot % LGM_LANES / 64] &= ~(1ull << (slot % 64));
	lgm_ids_remove(&ix->candidate_ids, id);
	ix->n_candidates--;
	return LGM_OK;
}

enum lgm_err lgm_index_add_opening(struct lgm_index *ix, const struct lgm_opening *o)
{
	if (lgm_opening_fault(&ix->terms.setup, o)) return LGM_INVALID;
	return add_need(ix, o);
}

enum lgm_err lgm_index_remove_opening(struct lgm_index *ix, uint32_t id)
{
	uint32_t slot = lgm_ids_find(&ix->opening_ids, id);
	if (slot == LGM_NOWHERE) return LGM_UNKNOWN;
	lgm_ids_remove(&ix->opening_ids, id);
	lgm_put(&ix->mem, ix->needs[slot]);
	ix->needs[slot] = NULL;
	ix->n_openings--;
	return LGM_OK;
}

/* --- proof of soundness --- */

static const char *candidates_check(const struct lgm_index *ix)
{
	size_t living = 0;
	for (size_t p = 0; p < ix->n_pages; p++) {
		const char *fault = lgm_page_check(ix->pages[p], &ix->terms);
		if (fault) return fault;
		for (unsigned l = 0; l < LGM_LANES; l++) {
			bool taken = lane_taken(ix, p, l);
			living += taken;
			if (!taken && lgm_page_alive(ix->pages[p], l)) return "a candidate lives who has no id";
		}
	}
	if (living != ix->n_candidates || ix->candidate_ids.used != living) return "the candidates do not add up";
	return NULL;
}

const char *lgm_index_check(const struct lgm_index *ix)
{
	size_t living = 0;
	const char *fault = lgm_setup_fault(&ix->terms.setup);
	if (fault) return fault;
	for (size_t i = 0; i < ix->n_needs; i++) {
		const struct lgm_need *n = ix->needs[i];
		if (!n) continue;
		living++;
		const struct lgm_block *block = &ix->blocks[i / LGM_BLOCK];
		if (lgm_ids_find(&ix->opening_ids, n->id) != i) return "an opening is not found by its id";
		if (n->remote ? !block->remote : lgm_box_distance2(&block->box, &n->place) != 0)
			return "an opening outside its block";
		if (n->positions < 1) return "an opening without positions";
	}
	if (living != ix->n_openings || ix->opening_ids.used != living) return "the openings do not add up";
	return candidates_check(ix);
}
