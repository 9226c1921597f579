/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_HOTLINE_OUTCOME_RULES_H
#define LG_HOTLINE_OUTCOME_RULES_H
#include <stddef.h>
#include <stdint.h>

/**
 * @file
 * Following up to the end: which questions come of themselves after something happened. Days are counted from
 * 1970-01-01. Pure. Threads: any.
 */
struct outcome_ask {
	int32_t due;
	const char *text; /* what the task says: English, for lg_say() */
};
enum { OUTCOME_ASKS = 3 };
/** The tasks that come of it: the day after an interview or a trial day; 3, 6 and 12 months after a start. @return how
 * many */
size_t outcome_asks(struct outcome_ask out[OUTCOME_ASKS], const char *kind, int32_t day);
/** The same day so many months on; the last of a month that has no such day: 30 November and three months are 28 or 29
 * February. */
int32_t outcome_months_on(int32_t day, int months);
#endif
