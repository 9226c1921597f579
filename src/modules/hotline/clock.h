/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_HOTLINE_CLOCK_H
#define LG_HOTLINE_CLOCK_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/week.h"

/**
 * @file
 * A clock that runs while the hotline is open: hours of the week on the wall clock of a zone, days on which it is
 * closed. The hours are those that people there read, so that in the night of the change to summer time an hour is
 * missing and in the autumn one is there twice; a wall time that is there twice means the first of the two, one that is
 * left out means the moment of the change. Moments are unix seconds, days are counted from 1970-01-01.
 *
 * Pure: how far the zone is from UTC is asked by offset(). Cost: a few operations a day that is passed. Threads: any.
 */
struct hotline_hours {
	const struct week *week;
	const int32_t *closed; /* days, in any order */
	size_t n_closed;
	/** Seconds east of UTC at a moment: 3600 in Copenhagen in winter. Changes are at least two days apart. */
	int32_t (*offset)(const void *with, int64_t utc);
	const void *with;
};
enum { HOTLINE_FAR_DAYS = 400 /* so far the clock looks ahead, no further */ };
/** No such moment: never open, or not within HOTLINE_FAR_DAYS. */
#define HOTLINE_NEVER INT64_MAX

/** The moment of a wall time: seconds since 1970 as the wall clock there counts them. */
int64_t hotline_moment(const struct hotline_hours *h, int64_t wall);
bool hotline_is_open(const struct hotline_hours *h, int64_t at);
/** When it is open next: `at` itself when it is open then. */
int64_t hotline_opens(const struct hotline_hours *h, int64_t at);
/** When it closes; of a moment when it is open. */
int64_t hotline_closes(const struct hotline_hours *h, int64_t at);
/** The moment at which it has been open for so many seconds since `from`: until then an answer is due. */
int64_t hotline_due(const struct hotline_hours *h, int64_t from, int64_t open_s);
/** For how many seconds it was open between the two. */
int64_t hotline_open_between(const struct hotline_hours *h, int64_t from, int64_t to);
#endif
