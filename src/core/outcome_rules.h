/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_OUTCOME_RULES_H
#define LG_CORE_OUTCOME_RULES_H
#include <stddef.h>
#include <stdint.h>

/* Days later than due within which an answer counts as that of the question. */
enum { OUTCOME_LEEWAY_DAYS = 31 };

/**
 * @file
 * Following up to the end: which questions come of themselves after something happened. Days are counted from
 * 1970-01-01. Pure. Threads: any.
 */
struct outcome_ask {
	int32_t due;
	const char *what; /* a code: interview, trial_day, still_3, still_6, still_12 */
};
/** What a question says: English, for lg_say(). */
const char *outcome_ask_text(const char *what);
enum { OUTCOME_ASKS = 3 };
/** The tasks that come of it: the day after an interview or a trial day; 3, 6 and 12 months after a start. @return how
 * many */
size_t outcome_asks(struct outcome_ask out[OUTCOME_ASKS], const char *kind, int32_t day);
/** The same day so many months on; the last of a month that has no such day: 30 November and three months are 28 or 29
 * February. */
int32_t outcome_months_on(int32_t day, int months);

/** NULL, or what is wrong with what is to be written down (English, for lg_say()); *field: where. Codes as in the lists
 * outcome and outcome_stop; `reason` "": none is said. */
const char *outcome_fault(const char *kind, const char *reason, int32_t day, int32_t today, const char **field);
#endif
