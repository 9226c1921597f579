/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_FAST_LANE_H
#define LG_CORE_FAST_LANE_H
#include <jansson.h>

#include "app/app.h"
#include "core/fast_lane.sql.h"
#include "core/match_card.h"
#include "view/my_day.html.h"
#include "view/record.html.h"

/**
 * @file
 * The fast lane: who can start now and has a strong match stands first on My day in the morning. Facts suffice, nobody
 * is put into it by hand:
 *
 *   available, wants to work, can start (no date stated is at once, as everywhere), a right to work in force that asks
 *   for nothing more; nothing under way; and an opening with a position free whose every demand is met, a match
 * that is called strong for it (core/match_strong.h), and about which nobody has decided.
 *
 * The night finds them (fast_lane_job.h); whatever is shown is read and weighed anew, so that a pair that does not hold
 * any more is not there. Who has most of what their opening can give stands first. It is a reason to ring somebody, and
 * decides nothing.
 */

/** May work today, without limits and without asking anybody? Ground and end date as core/work_right.h has them. Pure.
 */
bool fast_lane_may_work(const char *ground, int32_t stay_until, int32_t today);
/** Is this candidate one whom the night looks for: all but what is under way, and the opening? Pure. */
bool fast_lane_is_ready(const json_t *candidate, int32_t today);

/** Queue, sync, then use: those of whoever acts, for My day. Nothing without the right. */
void fast_lane_due_send(struct lg_ctx *cx, struct call *c, size_t room, struct db_fast_lane_list_rows *out);
/** One of them as a line of My day. False: as the rows are now, it holds no more. */
bool fast_lane_task(struct lg_ctx *cx, struct call *c, const struct db_fast_lane_list_row *r,
                    struct html_my_day_tasks *out);

/** That of one candidate, for its page: the same, as what stands above it. */
void fast_lane_of_send(struct lg_ctx *cx, struct call *c, const char *candidate, struct db_fast_lane_list_rows *out);
bool fast_lane_banner(struct lg_ctx *cx, struct call *c, const struct db_fast_lane_list_rows *rows,
                      struct html_record_banners *out);
#endif
