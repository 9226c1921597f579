/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_FAST_LANE_STRONG_H
#define LG_CORE_FAST_LANE_STRONG_H
#include "core/run_solve.h"

/**
 * Leave of a market what a plan over strong pairs needs (core/match_strong.h): a plan knows one least score for all of
 * it, and each opening has a least of its own. So the reserve becomes the smallest of those; who, and what, has no
 * strong pair at all goes out of the market; and pairs above the reserve that are not strong for their opening stand
 * among those that are decided about, which a plan leaves out. What run_solve() then finds is the best placement over
 * just the strong pairs, with its proof.
 *
 * If there are so many of the latter that they cannot be left out one by one (RUN_LEFT_OUT_MOST), the reserve is the
 * greatest of the openings' own instead: all that is found is strong then, and some that is strong is not found.
 *
 * All of cx; `m` is changed in place. LG_BUSY: no memory; what watch->tell says. As long as the best of each opening.
 */
LG_MUST enum lg_err fast_lane_strong(struct lg_ctx *cx, struct run_market *m, const struct run_watch *watch);
#endif
