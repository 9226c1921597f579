/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_MATCH_CARD_H
#define LG_CORE_MATCH_CARD_H
#include "core/explain.h"
#include "core/match_strong.h"
#include "view/match.html.h"

/**
 * A pair as people see it, in the language spoken: its score as a ring, a number and a word; what fits, what is
 * missing, how to close the gap; the parts that add up. `e` has been weighed (explain_weigh()). All lives in `mem`.
 */
struct html_match *match_card(struct lg_arena *mem, const struct explain *e, size_t number, const char *title,
                              const char *meta);
/** Mark it as possible only if the demand that fails is relaxed: which, and what that means. */
void match_card_relaxed(struct lg_arena *mem, const struct explain *e, struct html_match *card);
/** Of an opening: "job, 37 hours a week". */
const char *match_meta(struct lg_arena *mem, const struct explain *e);
/** A score as points of 100. */
unsigned match_points(const struct lgm_setup *setup, unsigned score);
/** "43 of the 47 points that this opening can give", as points of 100; of an opening that says nothing of its work: "".
 */
const char *match_of_most(struct lg_arena *mem, const struct explain *e);
#endif
