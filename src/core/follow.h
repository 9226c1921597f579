/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_FOLLOW_H
#define LG_CORE_FOLLOW_H
#include <stdbool.h>
#include <stdint.h>

/**
 * @file
 * How long things may wait before somebody hears of it. Nothing moves by itself: a date makes a line on somebody's
 * page.
 */

/** Facts of a person are asked for again after so many days. */
enum { FOLLOW_FACTS_DAYS = 90, FOLLOW_LATER_DAYS = 7 /* "remind me in a week" */ };

/** What follow.def says, for queries: {"presented": [7, 21], ...}. */
const char *follow_usual(void);

enum follow_stage { FOLLOW_WAITS, FOLLOW_REMINDS, FOLLOW_ASKS_TO_CLOSE, FOLLOW_IS_GONE };
/**
 * How it stands with a proposal today: it waits; an answer should be asked for again; it is time to ask whether to
 * close it; what it was about is no longer there. `due`: when somebody wants to hear of it next. Days since 1970. Pure.
 */
enum follow_stage follow_stage(int32_t due, int32_t close_on, bool is_gone, int32_t today);
#endif
