/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_WEEK_H
#define LG_CORE_WEEK_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "landgang/match.h"

/**
 * @file
 * A week of hours: when somebody can work, when there is class, when they do work. Spans in minutes, each within one
 * day, ordered, never overlapping.
 *
 * Text form, stored and sent: "mon 08:00-15:30; tue 09:00-12:00". Read are, besides: days from-to ("mon-fri
 * 08:00-15:30"), hours over midnight ("fri 22:00-06:00", which becomes "fri 22:00-24:00; sat 00:00-06:00"), "8-15",
 * "8.30", commas and lines instead of semicolons, and the days' names and short names in English, Danish, Swedish and
 * Ukrainian.
 *
 *     struct week free, class;
 *     struct week_fault fault;
 *     if (!week_read(&free, text, n, &fault)) ...        fault.text, and the part of the text that it is about
 *     if (week_common(&both, &free, &class)) ...          show where availability and classes meet
 *
 * What is read or added has at most WEEK_GIVEN spans; what is made of up to four such weeks by the operations below,
 * has room. No memory but the buffer printed to. Threads: any.
 */
enum { WEEK_DAYS = 7, WEEK_DAY_MINUTES = 24 * 60, WEEK_GIVEN = 64, WEEK_SPANS = 256 };

struct week_span {
	uint8_t day;       /* 0: Monday */
	uint16_t from, to; /* minutes since 00:00, from < to <= 1440 */
};
struct week {
	size_t n;
	struct week_span at[WEEK_SPANS]; /* by day and time; spans that touch are one unless they were given as two */
};

struct week_fault {
	const char *text; /* English, for lg_say() */
	size_t from, n;   /* the part of the input that it is about, in bytes */
};

/** Empty text is an empty week. @return false: fault says why; out is then undefined */
bool week_read(struct week *out, const char *text, size_t n, struct week_fault *fault);
/** One span more, from a form with fields for each day. @return NULL, or what is wrong with it */
const char *week_add(struct week *w, unsigned day, unsigned from, unsigned to);
/** Minutes of "08:00", "8", "8.30", "24:00"; -1: no time. */
int week_minutes_read(const char *text, size_t n);

/** The text form; "" for an empty week. Reading it gives the same week. */
void week_print(struct lg_buf *out, const struct week *w);
/** One day of it: "08:00-12:00, 13:00-15:30". */
void week_print_day(struct lg_buf *out, const struct week *w, unsigned day);
void week_print_minutes(char out[6], unsigned minutes); /* "08:00" */

/** Minutes of all spans: hours a week are this / 60. */
unsigned week_sum(const struct week *w);
/** Where both are. `out` is neither. @return whether there is anything */
bool week_common(struct week *out, const struct week *a, const struct week *b);
/** Where either is; spans that touch become one. */
void week_union(struct week *out, const struct week *a, const struct week *b);
/** Where a is and b is not: availability without classes. */
void week_minus(struct week *out, const struct week *a, const struct week *b);

/**
 * What is wrong with a plan of classes and work for somebody with these hours, for the form: classes and work at the
 * same time are refused, outside the hours stated is only worth a warning. `where` is what they share, or what is
 * outside.
 */
enum week_plan { WEEK_PLAN_GOOD, WEEK_PLAN_OVERLAP, WEEK_PLAN_OUTSIDE };
enum week_plan week_plan(struct week *where, const struct week *free, const struct week *classes,
                         const struct week *work);
const char *week_plan_text(enum week_plan plan);

/** The code of a day, "mon", as in the text form; its name, English for lg_say(). */
const char *week_day_code(unsigned day);
const char *week_day_text(unsigned day);

/**
 * The engine's week of half hours. Inwards: only half hours that are wholly inside, for when somebody can work; else
 * all that are touched, for classes and for what an opening asks.
 */
void week_engine(struct lgm_week *out, const struct week *w, bool inwards);
/** What the engine is to know of a candidate: available and not in class. Without hours stated, all week but classes.
 */
void week_free(struct lgm_week *out, const struct week *available, const struct week *classes);
#endif
