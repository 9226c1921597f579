/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_WEEK_PLAN_H
#define LG_CORE_WEEK_PLAN_H
#include "base/arena.h"
#include "core/week.h"
#include "view/week_plan.html.h"

/**
 * @file
 * The week of one person in one table: when they can work, class, work, the way there and back; and which shifts
 * collide, in words. In the language spoken; all that is returned lives in `mem`.
 */
enum { WEEK_KM_AN_HOUR = 50 }; /* a rough guess that its words name: by car, as the crow flies */

/** One work with its shifts. */
struct week_work {
	struct week shifts;
	unsigned travel_min; /* each way; 0: none, or not known */
};
/** Minutes of the way, rounded up to five. */
unsigned week_travel_min(uint32_t distance_m);

struct week_plan_in {
	struct week available; /* empty: nothing is stated, then no shift lies outside */
	struct week classes;
	const struct week_work *work;
	size_t n;
};
/** The table; days about which nothing is known are left out. */
struct html_week_plan *week_plan_table(struct lg_arena *mem, const struct week_plan_in *in);
/** A line for each shift that collides: "Monday 08:00-16:00: class 08:00-12:00". @return how many, at most `most` */
size_t week_plan_clashes(struct lg_arena *mem, const struct week_plan_in *in, const char **lines, size_t most);
#endif
