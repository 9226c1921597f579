/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/week.h"

#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "view/speech.h"

static const struct {
	const char *code, *text;
} days[WEEK_DAYS] = {
#define DAY(code, text, words) { code, text },
#include "core/week_day.def"
#undef DAY
};

const char *week_day_code(unsigned day) { return days[day % WEEK_DAYS].code; }
const char *week_day_text(unsigned day) { return days[day % WEEK_DAYS].text; }

/* --- spans */

static const char too_many[] = LG_TEXT("There are too many spans in this week.");

static bool is_before(const struct week_span *a, const struct week_span *b)
{
	return a->day != b->day ? a->day < b->day : a->from < b->from;
}

static bool overlap(const struct week_span *a, const struct week_span *b)
{
	return a->day == b->day && a->from < b->to && b->from < a->to;
}

const char *week_add(struct week *w, unsigned day, unsigned from, unsigned to)
{
	if (day >= WEEK_DAYS || from >= to || to > WEEK_DAY_MINUTES)
		return LG_TEXT("The end must be after the beginning, on the same day.");
	struct week_span s = { (uint8_t)day, (uint16_t)from, (uint16_t)to };
	for (size_t i = 0; i < w->n; i++)
		if (overlap(&s, w->at + i)) return LG_TEXT("These hours overlap others of the same day.");
	if (w->n >= WEEK_GIVEN) return too_many;
	size_t at = w->n++;
	for (; at && is_before(&s, w->at + at - 1); at--) w->at[at] = w->at[at - 1];
	w->at[at] = s;
	return NULL;
}

/* Behind the last; joined to it when they touch. Each span of a result begins or ends where one of its inputs does. */
static void append(struct week *w, unsigned day, unsigned from, unsigned to)
{
	struct week_span *last = w->n ? w->at + w->n - 1 : NULL;
	if (from >= to) return;
	if (last && last->day == day && last->to >= from) {
		if (to > last->to) last->to = (uint16_t)to;
		return;
	}
	lg_assert(w->n < WEEK_SPANS);
	w->at[w->n++] = (struct week_span){ (uint8_t)day, (uint16_t)from, (uint16_t)to };
}

unsigned week_sum(const struct week *w)
{
	unsigned sum = 0;
	for (size_t i = 0; i < w->n; i++) sum += (unsigned)(w->at[i].to - w->at[i].from);
	return sum;
}

bool week_common(struct week *out, const struct week *a, const struct week *b)
{
	out->n = 0;
	for (size_t i = 0; i < a->n; i++)
		for (size_t k = 0; k < b->n; k++) {
			const struct week_span *s = a->at + i, *t = b->at + k;
			if (overlap(s, t))
				append(out, s->day, s->from > t->from ? s->from : t->from,
				       s->to < t->to ? s->to : t->to);
		}
	return out->n > 0;
}

void week_union(struct week *out, const struct week *a, const struct week *b)
{
	out->n = 0;
	for (size_t i = 0, k = 0; i < a->n || k < b->n;) {
		bool first = k == b->n || (i < a->n && is_before(a->at + i, b->at + k));
		const struct week_span *s = first ? a->at + i++ : b->at + k++;
		append(out, s->day, s->from, s->to);
	}
}

void week_minus(struct week *out, const struct week *a, const struct week *b)
{
	out->n = 0;
	for (size_t i = 0; i < a->n; i++) {
		unsigned from = a->at[i].from;
		for (size_t k = 0; k < b->n; k++) {
			if (!overlap(a->at + i, b->at + k)) continue;
			append(out, a->at[i].day, from, b->at[k].from);
			if (b->at[k].to > from) from = b->at[k].to;
		}
		append(out, a->at[i].day, from, a->at[i].to);
	}
}

enum week_plan week_plan(struct week *where, const struct week *free, const struct week *classes,
                         const struct week *work)
{
	struct week both;
	if (week_common(where, classes, work)) return WEEK_PLAN_OVERLAP;
	if (!free->n) return WEEK_PLAN_GOOD;
	week_union(&both, classes, work);
	week_minus(where, &both, free);
	return where->n ? WEEK_PLAN_OUTSIDE : WEEK_PLAN_GOOD;
}

const char *week_plan_text(enum week_plan plan)
{
	switch (plan) {
	case WEEK_PLAN_GOOD: return "";
	case WEEK_PLAN_OVERLAP: return LG_TEXT("Class and work are at the same time.");
	case WEEK_PLAN_OUTSIDE: return LG_TEXT("Some hours are outside those when the person can come.");
	}
	return "";
}

/* --- printed */

void week_print_minutes(char out[6], unsigned minutes)
{
	if (minutes > WEEK_DAY_MINUTES) minutes = WEEK_DAY_MINUTES;
	(void)snprintf(out, 6, "%02u:%02u", minutes / 60 % 100, minutes % 60);
}

static void print_span(struct lg_buf *out, const struct week_span *s)
{
	char from[6], to[6];
	week_print_minutes(from, s->from);
	week_print_minutes(to, s->to);
	lg_putf(out, "%s-%s", from, to);
}

void week_print(struct lg_buf *out, const struct week *w)
{
	lg_puts(out, "");
	for (size_t i = 0; i < w->n; i++) {
		lg_putf(out, "%s%s ", i ? "; " : "", week_day_code(w->at[i].day));
		print_span(out, w->at + i);
	}
}

void week_print_day(struct lg_buf *out, const struct week *w, unsigned day)
{
	bool first = true;
	lg_puts(out, "");
	for (size_t i = 0; i < w->n; i++) {
		if (w->at[i].day != day) continue;
		if (!first) lg_puts(out, ", ");
		print_span(out, w->at + i);
		first = false;
	}
}

/* --- the engine's */

enum { SLOT = 30, DAY_SLOTS = WEEK_DAY_MINUTES / SLOT };

void week_engine(struct lgm_week *out, const struct week *w, bool inwards)
{
	struct week whole;
	static const struct week none = { .n = 0 };
	memset(out, 0, sizeof *out);
	week_union(&whole, w, &none); /* 08:00-08:15 and 08:15-08:30 are a half hour together */
	for (size_t i = 0; i < whole.n; i++) {
		const struct week_span *s = whole.at + i;
		int from = inwards ? (s->from + SLOT - 1) / SLOT : s->from / SLOT;
		int to = inwards ? s->to / SLOT : (s->to + SLOT - 1) / SLOT;
		for (int slot = s->day * DAY_SLOTS + from; slot < s->day * DAY_SLOTS + to; slot++)
			out->bits[slot / 64] |= UINT64_C(1) << slot % 64;
	}
}

void week_free(struct lgm_week *out, const struct week *available, const struct week *classes)
{
	struct lgm_week busy;
	struct week all = { .n = 0 };
	for (unsigned d = 0; d < WEEK_DAYS; d++) append(&all, d, 0, WEEK_DAY_MINUTES);
	week_engine(out, available->n ? available : &all, true);
	week_engine(&busy, classes, false);
	for (size_t i = 0; i < sizeof out->bits / sizeof *out->bits; i++) out->bits[i] &= ~busy.bits[i];
}
