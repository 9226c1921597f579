/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_WORK_RIGHT_H
#define LG_CORE_WORK_RIGHT_H
#include <stdbool.h>
#include <stdint.h>

/**
 * @file
 * Can she work tomorrow? What the ground to stay and its end date say, for the banner of a candidate's page. The
 * grounds, and the dates that a law has moved for everybody, are rows of core/ground.def with their sources. A banner
 * informs; it decides nothing, hides nobody and keeps nobody from a match.
 *
 *     struct work_right r = work_right("special_act", end, today);
 *     lg_say(work_right_text(r.state))     and r.until, r.prolonged, r.source
 *
 * Threads: any. No memory, no clock.
 */
#define WORK_RIGHT_NO_DATE INT32_MIN

enum work_right_state {
	WORK_RIGHT_UNKNOWN, /* no ground is stated, or one without an end date that needs it */
	WORK_RIGHT_YES,     /* without an end date */
	WORK_RIGHT_UNTIL,   /* until r.until, that day included */
	WORK_RIGHT_SOON,    /* the same, and it ends within 90 days */
	WORK_RIGHT_LIMITED, /* within what the permit says; r.until may be set */
	WORK_RIGHT_ASK,     /* only when an authority has said so */
	WORK_RIGHT_EXPIRED, /* the date has passed: ask whether it was prolonged */
};

struct work_right {
	enum work_right_state state;
	int32_t until;      /* or WORK_RIGHT_NO_DATE */
	bool prolonged;     /* a law has moved the date stated to `until` */
	const char *ground; /* English text of the ground, "" when unknown */
	const char *source; /* where the rule is from; of the prolongation, when there is one */
};

/** Code of CHOICE_ground or NULL; the end date as the permit states it, or WORK_RIGHT_NO_DATE. */
struct work_right work_right(const char *ground, int32_t end, int32_t today);
/** A sentence, English for lg_say(). */
const char *work_right_text(enum work_right_state state);
/** "good", "warn", "bad", "unknown": for colour and sign, always beside the sentence. */
const char *work_right_tone(enum work_right_state state);
#endif
