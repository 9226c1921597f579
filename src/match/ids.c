/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "inner.h"

/* Open addressing with linear steps; a free place has slot LGM_NOWHERE; at most half full. */
static size_t home(const struct lgm_ids *ids, uint32_t id)
{
	return (size_t)((id * 0x9E3779B97F4A7C15ull) >> 32) & (ids->room - 1);
}

static size_t place_of(const struct lgm_ids *ids, uint32_t id)
{
	size_t i = home(ids, id);
	while (ids->slot[i] != LGM_NOWHERE && ids->id[i] != id) i = (i + 1) & (ids->room - 1);
	return i;
}

static enum lgm_err widen(struct lgm_ids *ids, const struct lgm_mem *mem)
{
	struct lgm_ids wide = { .room = ids->room ? ids->room * 2 : 64, .used = ids->used };
	wide.id = lgm_get(mem, wide.room, sizeof *wide.id);
	wide.slot = lgm_get(mem, wide.room, sizeof *wide.slot);
	if (!wide.id || !wide.slot) {
		lgm_ids_free(&wide, mem);
		return LGM_NO_MEMORY;
	}
	for (size_t i = 0; i < wide.room; i++) wide.slot[i] = LGM_NOWHERE;
	for (size_t i = 0; i < ids->room; i++) {
		if (ids->slot[i] == LGM_NOWHERE) continue;
		size_t at = place_of(&wide, ids->id[i]);
		wide.id[at] = ids->id[i];
		wide.slot[at] = ids->slot[i];
	}
	lgm_ids_free(ids, mem);
	*ids = wide;
	return LGM_OK;
}

enum lgm_err lgm_ids_add(struct lgm_ids *ids, const struct lgm_mem *mem, uint32_t id, uint32_t slot)
{
	if (2 * (ids->used + 1) > ids->room && widen(ids, mem) != LGM_OK) return LGM_NO_MEMORY;
	size_t at = place_of(ids, id);
	if (ids->slot[at] != LGM_NOWHERE) return LGM_TAKEN;
	ids->id[at] = id;
	ids->slot[at] = slot;
	ids->used++;
	return LGM_OK;
}

uint32_t lgm_ids_find(const struct lgm_ids *ids, uint32_t id)
{
	return ids->room ? ids->slot[place_of(ids, id)] : LGM_NOWHERE;
}

/* Close the gap: move back whoever stands after it and could stand in it. */
void lgm_ids_remove(struct lgm_ids *ids, uint32_t id)
{
	if (!ids->room) return;
	size_t gap = place_of(ids, id), mask = ids->room - 1;
	if (ids->slot[gap] == LGM_NOWHERE) return;
	ids->used--;
	ids->slot[gap] = LGM_NOWHERE;
	for (size_t i = (gap + 1) & mask; ids->slot[i] != LGM_NOWHERE; i = (i + 1) & mask) {
		size_t from_home = (i - home(ids, ids->id[i])) & mask, from_gap = (i - gap) & mask;
		if (from_home < from_gap) continue;
		ids->id[gap] = ids->id[i];
		ids->slot[gap] = ids->slot[i];
		ids->slot[i] = LGM_NOWHERE;
		gap = i;
	}
}

void lgm_ids_free(struct lgm_ids *ids, const struct lgm_mem *mem)
{
	lgm_put(mem, ids->id);
	lgm_put(mem, ids->slot);
	*ids = (struct lgm_ids){ 0 };
}
