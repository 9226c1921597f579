/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_HOTLINE_FIGURES_HIDE_H
#define LG_HOTLINE_FIGURES_HIDE_H
#include "base/arena.h"
#include "modules/hotline/figures.h"

/**
 * @file
 * What of the figures is hidden, where one says something of another. Pure.
 *
 * Enquiries by place and week, and answers by week, share the sum of each week: they are one network. Of handovers, and
 * of callers who were asked twice, only sums are shown, of each week and of each place: both are sums of one table that
 * is shown nowhere. A caller who was asked twice is an enquiry; so there are not more of them than enquiries.
 */

/** A table by itself: counts [n_rows * n_columns] give `counts` and `hidden`. */
void figures_hide(struct lg_arena *mem, struct figures_table *t, const int64_t *counts);
/** Both tables at once. @param asked [places * weeks]: so many enquiries there are at least */
void figures_hide_both(struct lg_arena *mem, struct figures_table *by_place, const int64_t *enquiries,
                       struct figures_table *by_answer, const int64_t *answers, const int64_t *asked);

struct figures_sums {
	size_t places;
	const int64_t *counts; /* [places * FIGURES_WEEKS] */
	const struct figures_table
	    *within;                /* enquiries: no more than these, and hidden where their sum is; as hidden */
	bool is_within;             /* each count is of one enquiry; else it may be of several */
	bool *of_places, *of_weeks; /* in: which are hidden in any case; out: which are */
};
/** A sum of nothing (no enquiry at all) is shown, as it is known; where little is shown, no place is, or nothing. */
void figures_hide_sums(struct lg_arena *mem, struct figures_sums *s);
/**
 * May a week's median be shown, which says that K were answered? Yes, if that is to be seen in the table of answers
 * anyway.
 */
bool figures_week_is_told(const struct figures_table *by_answer, size_t week);
#endif
