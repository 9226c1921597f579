/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_MATCH_LIVE_H
#define LG_CORE_MATCH_LIVE_H
#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/match_terms.h"

/**
 * @file
 * The live index of one tenant, its segment: who may be proposed and what is offered, under handles (schema/0015). What
 * is asked is compared with all of them by the engine, exactly. A segment holds nothing but its own tenant's entries,
 * so a list needs no filtering afterwards.
 *
 * Equal scores go to the smaller handle, whatever the order in which entries came, but where two handles begin with the
 * same four bytes. Threads: one at a time. Memory: malloc's.
 */
enum match_side { MATCH_CANDIDATE, MATCH_OPENING, MATCH_SIDES };
enum { MATCH_HANDLE = 16, MATCH_BEST = 100 };

struct match_segment;
/** NULL: no memory. `terms` outlives it. */
struct match_segment *match_segment_new(const struct match_terms *terms);
void match_segment_free(struct match_segment *s);
size_t match_segment_size(const struct match_segment *s, enum match_side side);
/** Another number after each change. */
uint64_t match_segment_version(const struct match_segment *s);

/**
 * An entry as it is now; facts NULL, or such as cannot be compared: it is gone. @return false: no memory, and the entry
 * is gone from the index. O(512) for a candidate, O(1) for an opening.
 */
bool match_segment_put(struct match_segment *s, enum match_side side, const uint8_t handle[MATCH_HANDLE],
                       const json_t *facts);

/**
 * Of many at once the index is built much faster: between these two, for a segment that is empty, what is put only
 * waits, and nothing may be asked; one thread may put one side while another puts the other. @return false: no memory
 */
void match_segment_load(struct match_segment *s);
bool match_segment_loaded(struct match_segment *s);

struct match_hit {
	uint8_t handle[MATCH_HANDLE];
	uint16_t score;
};
struct match_found {
	size_t n;
	struct match_hit hits[MATCH_BEST];
	uint64_t all, feasible;        /* entries of the other side; those that meet every hard demand */
	uint64_t stopped[LGM_DEMANDS]; /* of the others: on which demand; one may fail on several */
	uint64_t relaxed;              /* if it was asked for: how many more are possible then (core/match_relax.h) */
};
/**
 * The k (at most MATCH_BEST) best of the other side for somebody with these facts, who need not be in the index.
 * @return false: the facts cannot be compared with anything, or no memory
 */
bool match_segment_best(const struct match_segment *s, enum match_side asks, const json_t *facts, size_t k,
                        struct match_found *out);
#endif
