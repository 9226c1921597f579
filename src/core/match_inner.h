/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_MATCH_INNER_H
#define LG_CORE_MATCH_INNER_H
#include "core/match_live.h"

/* A segment from inside: for those who ask it other questions than for the best. */

/* An entry lives where the probing for its handle ends. One that is gone keeps its place, so that those behind it are
 * found; its id is used again when it comes back. */
struct match_entry {
	uint8_t handle[MATCH_HANDLE];
	uint32_t id;
	bool used, there;
	/* While it is there, that of its side: its own copy, lists and all, in one piece. */
	struct lgm_candidate *candidate;
	struct lgm_opening *opening;
};
struct match_entries {
	struct match_entry *at;
	size_t room, used, there;
};
struct match_segment {
	const struct match_terms *terms;
	struct lgm_index *index;
	struct match_entries sides[MATCH_SIDES];
	struct lg_arena *mem[MATCH_SIDES]; /* of one entry while it is read */
	bool loads;                        /* the index waits until all are there */
	uint64_t version;                  /* another with each change */
};

/** NULL: there is none. */
const struct match_entry *match_entry_by_id(const struct match_segment *s, enum match_side side, uint32_t id);
#endif
