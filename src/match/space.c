/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "inner.h"

void lgm_box_empty(struct lgm_box *box)
{
	for (int d = 0; d < 3; d++) {
		box->lo[d] = INT32_MAX;
		box->hi[d] = INT32_MIN;
	}
}

void lgm_box_add(struct lgm_box *box, const struct lgm_place *place)
{
	int32_t at[3] = { place->x, place->y, place->z };
	for (int d = 0; d < 3; d++) {
		if (at[d] < box->lo[d]) box->lo[d] = at[d];
		if (at[d] > box->hi[d]) box->hi[d] = at[d];
	}
}

int64_t lgm_boxes_distance2(const struct lgm_box *a, const struct lgm_box *b)
{
	int64_t sum = 0;
	if (a->lo[0] > a->hi[0] || b->lo[0] > b->hi[0]) return INT64_MAX; /* an empty one is nowhere */
	for (int d = 0; d < 3; d++) {
		int64_t gap = 0;
		if (a->hi[d] < b->lo[d])
			gap = (int64_t)b->lo[d] - a->hi[d];
		else if (b->hi[d] < a->lo[d])
			gap = (int64_t)a->lo[d] - b->hi[d];
		sum += gap * gap;
	}
	return sum;
}

int64_t lgm_box_distance2(const struct lgm_box *box, const struct lgm_place *p)
{
	struct lgm_box point = { { p->x, p->y, p->z }, { p->x, p->y, p->z } };
	return lgm_boxes_distance2(box, &point);
}

/* Spread the low 11 bits so that two free bits follow each. */
static uint64_t spread(uint32_t v)
{
	uint64_t out = 0;
	for (unsigned i = 0; i < 11; i++) out |= (uint64_t)(v >> i & 1u) << (3 * i);
	return out;
}

uint64_t lgm_morton(const struct lgm_place *p)
{
	enum { CELL = 800, ORIGIN = 700000 }; /* 8 km; the earth lies within +-700,000 */
	return spread((uint32_t)(p->x + ORIGIN) / CELL) | spread((uint32_t)(p->y + ORIGIN) / CELL) << 1 |
	       spread((uint32_t)(p->z + ORIGIN) / CELL) << 2;
}
