/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/week_plan.h"

#include "base/buf.h"
#include "view/speech.h"

enum { ROUNDED_MIN = 5 };

unsigned week_travel_min(uint32_t distance_m)
{
	uint32_t minutes = (distance_m * 60 / 1000 + WEEK_KM_AN_HOUR - 1) / WEEK_KM_AN_HOUR;
	return (minutes + ROUNDED_MIN - 1) / ROUNDED_MIN * ROUNDED_MIN;
}

static const char *kept(struct lg_arena *mem, struct lg_buf *text)
{
	const char *out = lg_strndup(mem, text->data ? text->data : "", text->len);
	lg_buf_free(text);
	return out;
}

static const char *day_text(struct lg_arena *mem, const struct week *w, unsigned day)
{
	struct lg_buf out = { 0 };
	week_print_day(&out, w, day);
	return kept(mem, &out);
}

/* One day of a week, alone. */
static void day_of(struct week *out, const struct week *w, unsigned day)
{
	out->n = 0;
	for (size_t i = 0; i < w->n; i++)
		if (w->at[i].day == day) out->at[out->n++] = w->at[i];
}

/* There before the first shift of the day, and back after the last; what does not fit into the day is not shown. */
static void put_way(struct week *out, const struct week *shifts, unsigned day, unsigned minutes)
{
	struct week one;
	day_of(&one, shifts, day);
	if (!one.n || !minutes) return;
	unsigned from = one.at[0].from, to = one.at[one.n - 1].to;
	unsigned leave = from > minutes ? from - minutes : 0;
	unsigned home = to + minutes < WEEK_DAY_MINUTES ? to + minutes : WEEK_DAY_MINUTES;
	if (leave < from) (void)week_add(out, day, leave, from);
	if (to < home) (void)week_add(out, day, to, home);
}

/* All work together, and all ways. */
static void put_together(const struct week_plan_in *in, struct week *work, struct week *ways)
{
	work->n = ways->n = 0;
	for (size_t i = 0; i < in->n; i++) {
		struct week before = *work, own = { .n = 0 }, all = *ways;
		week_union(work, &before, &in->work[i].shifts);
		for (unsigned d = 0; d < WEEK_DAYS; d++) put_way(&own, &in->work[i].shifts, d, in->work[i].travel_min);
		week_union(ways, &all, &own);
	}
}

/* "class 08:00-12:00": what two weeks share on a day, if anything. */
static void put_clash(struct lg_buf *out, const struct week *where, unsigned day, const char *words)
{
	struct lg_buf when = { 0 };
	struct week one;
	day_of(&one, where, day);
	if (!one.n) return;
	week_print_day(&when, &one, day);
	lg_putf(out, "%s%s %s", out->len ? "; " : "", words, when.data);
	lg_buf_free(&when);
}

/* What stands in the way of some hours of work on a day. */
static void put_clashes(struct lg_buf *out, const struct week_plan_in *in, const struct week *work, unsigned day)
{
	struct week where;
	if (week_common(&where, work, &in->classes)) put_clash(out, &where, day, lg_say("class"));
	if (!in->available.n) return;
	week_minus(&where, work, &in->available);
	put_clash(out, &where, day, lg_say("outside the hours when the person can work"));
}

/* Shifts of two works at the same time. */
static void put_double(struct lg_buf *out, const struct week_plan_in *in, unsigned day)
{
	for (size_t i = 0; i < in->n; i++)
		for (size_t k = i + 1; k < in->n; k++) {
			struct week where;
			if (week_common(&where, &in->work[i].shifts, &in->work[k].shifts))
				put_clash(out, &where, day, lg_say("other work"));
		}
}

static const char *clashes_of_day(struct lg_arena *mem, const struct week_plan_in *in, const struct week *work,
                                  const struct week *ways, unsigned day)
{
	struct lg_buf out = { 0 };
	struct week where;
	put_clashes(&out, in, work, day);
	put_double(&out, in, day);
	if (week_common(&where, ways, &in->classes)) put_clash(&out, &where, day, lg_say("class, while on the way"));
	return kept(mem, &out);
}

struct html_week_plan *week_plan_table(struct lg_arena *mem, const struct week_plan_in *in)
{
	struct html_week_plan *v = lg_alloc(mem, sizeof *v);
	struct week *work = lg_alloc(mem, sizeof *work), *ways = lg_alloc(mem, sizeof *ways);
	put_together(in, work, ways);
	*v = (struct html_week_plan){ .caption = lg_say("Class, work and the way in one week") };
	v->days = lg_array(mem, WEEK_DAYS, sizeof *v->days);
	for (unsigned d = 0; d < WEEK_DAYS; d++) {
		struct html_week_plan_days day = { .name = lg_say(week_day_text(d)),
			                           .can = day_text(mem, &in->available, d),
			                           .busy = day_text(mem, &in->classes, d),
			                           .work = day_text(mem, work, d),
			                           .travel = day_text(mem, ways, d),
			                           .clash = clashes_of_day(mem, in, work, ways, d) };
		if (*day.work && !*day.clash) day.clear = lg_say("Nothing");
		if (*day.can || *day.busy || *day.work) v->days[v->n_days++] = day;
	}
	if (ways->n)
		v->note =
		    lg_printf(mem,
		              lg_say("The way is a rough guess: by car, at %u km an hour as the crow flies. By bus or "
		                     "bicycle it takes longer."),
		              (unsigned)WEEK_KM_AN_HOUR);
	return v;
}

size_t week_plan_clashes(struct lg_arena *mem, const struct week_plan_in *in, const char **lines, size_t most)
{
	size_t n = 0;
	for (size_t i = 0; i < in->n; i++)
		for (size_t k = 0; k < in->work[i].shifts.n && n < most; k++) {
			const struct week shift = { .n = 1, .at = { in->work[i].shifts.at[k] } };
			unsigned day = shift.at[0].day;
			struct lg_buf out = { 0 };
			put_clashes(&out, in, &shift, day);
			const char *what = kept(mem, &out);
			if (!*what) continue;
			lines[n++] =
			    lg_printf(mem, "%s %s: %s", lg_say(week_day_text(day)), day_text(mem, &shift, day), what);
		}
	return n;
}
