/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_MATCH_RELAX_H
#define LG_CORE_MATCH_RELAX_H
#include "core/match_live.h"

/**
 * @file
 * Relaxed matching, for people without a special trade: openings count too that fail on one demand, by a little, of
 * those that an employer may give up if asked:
 *
 *   language   one level below the least one; never where a licence is asked for, since others' safety hangs on it
 *   hours      at most 10 hours a week too many or too few
 *   start      at most 60 days later than the opening waits
 *   schedule   free for at least half of the hours
 *
 * Never relaxed: a licence, which the law asks for; what the person has said of their own (whether they seek work,
 * which contract, how far they go); and nothing here touches the right to stay and work, which no matching weighs.
 */
enum { RELAX_LEVELS = 2, RELAX_HOURS_TENTHS = 100, RELAX_DAYS = 60, RELAX_SCHEDULE_PERCENT = 50 };

/** Does a pair that was compared fail on one demand only, and by so little? False for one that fails on none. */
bool match_is_relaxable(const struct lgm_candidate *c, const struct lgm_opening *o, const struct lgm_verdict *v);
/**
 * As match_segment_best() for a candidate, with such openings among them, by their scores as they are. The counts are
 * those of all demands; out->relaxed says how many more are possible. O(openings): some 50 ns each.
 */
bool match_segment_relaxed(const struct match_segment *s, const json_t *facts, size_t k, struct match_found *out);
#endif
