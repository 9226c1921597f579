/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_AMBITION_AMBITION_RULES_H
#define LG_AMBITION_AMBITION_RULES_H
#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

/**
 * @file
 * How far an aim has come, without telling of anybody (DOMAIN 6.5): of all, and of those who count for it; who is in
 * the first and not in the second is a number too. Pure. Threads: any.
 */
struct ambition_count {
	int64_t all, ours; /* ours <= all */
	bool all_hidden, ours_hidden;
};
/** Says which of the two may be shown: a count of 1 to 4 never is, and none of which such a one could be computed. */
void ambition_hide(struct lg_arena *mem, struct ambition_count *count);
#endif
