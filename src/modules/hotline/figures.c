/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "modules/hotline/figures.h"

#include <stdlib.h>
#include <string.h>

#include "app/answer.h"
#include "app/page.h"
#include "base/date.h"
#include "core/choice.h"
#include "core/form.h"
#include "core/suppress.h"
#include "modules/hotline/enquiry.h"
#include "modules/hotline/figures.sql.h"
#include "view/speech.h"
#include "view/when.h"

enum {
	US = 1000000,
	ROOM = 100000,
	DAY_S = 86400,
	EPOCH_WEEKDAY = 3, /* 1970-01-01 was a Thursday */
	ANSWERS = 3,
	IN_TIME = 0,
	LATE = 1,
	OPEN = 2,
	CALLS = 2,
	CALL_ANSWERED = 0,
	CALL_MISSED = 1,
	ROUNDS = 4,
	HUNDRED = 100,
};

/* --- weeks and places */

static int32_t monday_of(int32_t day) { return day - (day + EPOCH_WEEKDAY) % WEEK_DAYS; }

struct source {
	struct db_figures_enquiries_rows enquiries;
	struct db_figures_outcomes_rows outcomes;
	struct db_figures_calls_rows calls;
	struct hotline_hours *hours;
	int32_t first; /* Monday of the first week */
	const char *zone;
	const char **places; /* codes, by name; NULL: not said */
	size_t n_places;
	int64_t now;
};

static size_t week_of(const struct source *s, int32_t day) { return (size_t)(day - s->first) / WEEK_DAYS; }

static int by_name(const void *a, const void *b)
{
	const char *x = *(const char *const *)a, *y = *(const char *const *)b;
	if (!x || !y) return x ? -1 : y ? 1 : 0;
	int way = strcmp(form_municipality(x), form_municipality(y));
	return way ? way : strcmp(x, y);
}

static size_t place_of(const struct source *s, const char *code)
{
	size_t i = 0;
	while (i < s->n_places && (code ? !s->places[i] || strcmp(s->places[i], code) != 0 : s->places[i] != NULL)) i++;
	return i;
}

static void find_places(struct lg_ctx *cx, struct source *s)
{
	s->places = lg_array(cx->mem, s->enquiries.n + 1, sizeof *s->places);
	for (size_t i = 0; i < s->enquiries.n; i++)
		if (place_of(s, s->enquiries.rows[i].municipality) == s->n_places)
			s->places[s->n_places++] = s->enquiries.rows[i].municipality;
	if (s->n_places) qsort(s->places, s->n_places, sizeof *s->places, by_name);
}

static const char **week_names(struct lg_ctx *cx, const struct source *s)
{
	const char **names = lg_array(cx->mem, FIGURES_WEEKS, sizeof *names);
	for (int w = 0; w < FIGURES_WEEKS; w++) names[w] = page_date(cx, s->first + w * WEEK_DAYS);
	return names;
}

static const char **place_names(struct lg_ctx *cx, const struct source *s)
{
	const char **names = lg_array(cx->mem, s->n_places + 1, sizeof *names);
	for (size_t i = 0; i < s->n_places; i++)
		names[i] = s->places[i] ? form_municipality(s->places[i]) : lg_say("Not said");
	return names;
}

static const char **week_codes(struct lg_ctx *cx, const struct source *s)
{
	const char **codes = lg_array(cx->mem, FIGURES_WEEKS, sizeof *codes);
	for (int w = 0; w < FIGURES_WEEKS; w++) {
		char *day = lg_alloc(cx->mem, 11);
		lg_date_print(day, s->first + w * WEEK_DAYS);
		codes[w] = day;
	}
	return codes;
}

static const char **place_codes(struct lg_ctx *cx, const struct source *s)
{
	const char **codes = lg_array(cx->mem, s->n_places + 1, sizeof *codes);
	for (size_t i = 0; i < s->n_places; i++) codes[i] = s->places[i] ? s->places[i] : "not_said";
	return codes;
}

/* --- counting */

static int64_t *counts_of(struct lg_ctx *cx, const struct figures_table *t)
{
	return lg_array(cx->mem, t->n_rows * t->n_columns + 1, sizeof(int64_t));
}

static int answer_of(const struct source *s, const struct db_figures_enquiries_row *r)
{
	if (r->answered_at == DB_NO_INT) return r->due_at != DB_NO_INT && r->due_at / US < s->now ? LATE : OPEN;
	return r->due_at == DB_NO_INT || r->answered_at <= r->due_at ? IN_TIME : LATE;
}

static int32_t day_of(const struct source *s, int64_t at_us) { return lg_when_day(at_us / US, s->zone); }

static void count_enquiries(const struct source *s, int64_t *by_place, int64_t *by_answer)
{
	for (size_t i = 0; i < s->enquiries.n; i++) {
		const struct db_figures_enquiries_row *r = &s->enquiries.rows[i];
		size_t week = week_of(s, day_of(s, r->created));
		if (week >= FIGURES_WEEKS) continue;
		by_place[place_of(s, r->municipality) * FIGURES_WEEKS + week]++;
		by_answer[week * ANSWERS + (size_t)answer_of(s, r)]++;
	}
}

static void count_outcomes(const struct source *s, int64_t *counts)
{
	for (size_t i = 0; i < s->outcomes.n; i++) {
		int kind = choice_at(CHOICE_outcome, s->outcomes.rows[i].kind);
		size_t week = week_of(s, s->outcomes.rows[i].on_day);
		if (kind >= 0 && week < FIGURES_WEEKS)
			counts[(size_t)kind * FIGURES_WEEKS + week] += s->outcomes.rows[i].n;
	}
}

static void count_calls(const struct source *s, int64_t *counts)
{
	for (size_t i = 0; i < s->calls.n; i++) {
		const struct db_figures_calls_row *r = &s->calls.rows[i];
		size_t week = week_of(s, day_of(s, r->at));
		if (week < FIGURES_WEEKS) counts[week * CALLS + (r->answered ? CALL_ANSWERED : CALL_MISSED)] += r->n;
	}
}

/* --- hiding */

static void hide(struct lg_ctx *cx, struct figures_table *t, const int64_t *counts)
{
	struct suppress_table table = { t->n_rows, t->n_columns, counts, true, true, t->hidden };
	bool *hidden = lg_array(cx->mem, (t->n_rows + 1) * (t->n_columns + 1), sizeof *hidden);
	suppress(cx->mem, &table, FIGURES_K, hidden);
	t->hidden = hidden;
	t->counts = suppress_totals(cx->mem, &table);
}

/* The total of a week stands in both: what the one hides, the other does not tell. */
static bool agree(struct figures_table *a, struct figures_table *b)
{
	bool same = true;
	for (size_t w = 0; w <= FIGURES_WEEKS; w++) {
		bool *x = &a->hidden[a->n_rows * (a->n_columns + 1) + w],
		     *y = &b->hidden[w * (b->n_columns + 1) + b->n_columns];
		same = same && *x == *y;
		*x = *y = *x || *y;
	}
	return same;
}

/* --- how simple it was */

static int by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return x < y ? -1 : x > y;
}

/* Of those enquiries that `is` takes: median, handovers, what was asked twice. */
struct pick {
	int week;     /* -1: all */
	size_t place; /* SIZE_MAX: all */
};

static bool takes(const struct source *s, const struct pick *p, const struct db_figures_enquiries_row *r)
{
	size_t week = week_of(s, day_of(s, r->created));
	return week < FIGURES_WEEKS && (p->week < 0 || week == (size_t)p->week) &&
	       (p->place == SIZE_MAX || place_of(s, r->municipality) == p->place);
}

static struct figures_simple simple_of(struct lg_ctx *cx, const struct source *s, const char *name, const char *code,
                                       struct pick p)
{
	struct figures_simple out = {
		.name = name, .code = code, .median_s = FIGURES_HIDDEN, .handovers_100 = FIGURES_HIDDEN
	};
	int64_t *waits = lg_array(cx->mem, s->enquiries.n + 1, sizeof *waits), n = 0, handed = 0, hands = 0;
	size_t answered = 0;
	for (size_t i = 0; i < s->enquiries.n; i++) {
		const struct db_figures_enquiries_row *r = &s->enquiries.rows[i];
		if (!takes(s, &p, r)) continue;
		n++;
		hands += r->handovers;
		handed += r->handovers > 0;
		out.asked_twice += r->asked_twice;
		if (r->answered_at != DB_NO_INT)
			waits[answered++] = hotline_open_between(s->hours, r->created / US, r->answered_at / US);
	}
	if (!n) out.median_s = out.handovers_100 = FIGURES_NONE;
	if (answered >= FIGURES_K) {
		qsort(waits, answered, sizeof *waits, by_number);
		out.median_s = waits[answered / 2];
	}
	if (n >= FIGURES_K && (!handed || handed >= FIGURES_K)) out.handovers_100 = hands * HUNDRED / n;
	return out;
}

/* --- all of it */

static enum lg_err read_source(struct lg_ctx *cx, struct call *c, struct source *s)
{
	const char *municipality;
	*s = (struct source){ .zone = c->actor.zone, .now = cx->now };
	s->first = monday_of(page_today(cx, c)) - (FIGURES_WEEKS - 1) * WEEK_DAYS;
	LG_TRY(enquiry_clock(cx, c, &s->hours, &municipality));
	int64_t since = hotline_moment(s->hours, (int64_t)s->first * DAY_S);
	db_figures_enquiries_send(cx, c->db, &s->enquiries,
	                          (struct db_figures_enquiries_in){ .since = since * US, .room = ROOM });
	db_figures_calls_send(cx, c->db, &s->calls, (struct db_figures_calls_in){ .since = since * US, .room = ROOM });
	db_figures_outcomes_send(
	    cx, c->db, &s->outcomes,
	    (struct db_figures_outcomes_in){ .since = s->first, .until = s->first + FIGURES_WEEKS * WEEK_DAYS - 1 });
	LG_TRY(app_end(cx, c));
	find_places(cx, s);
	return LG_OK;
}

static const char **outcome_names(struct lg_ctx *cx, size_t *n, const char ***codes)
{
	const struct choice *all = choices(CHOICE_outcome, n);
	const char **names = lg_array(cx->mem, *n, sizeof *names);
	*codes = lg_array(cx->mem, *n, sizeof **codes);
	for (size_t i = 0; i < *n; i++) names[i] = lg_say(all[i].text), (*codes)[i] = all[i].code;
	return names;
}

static void put_simple(struct lg_ctx *cx, const struct source *s, struct figures *out)
{
	const char **weeks = week_names(cx, s), **places = place_names(cx, s), **codes = week_codes(cx, s),
	           **place = place_codes(cx, s);
	out->weeks = lg_array(cx->mem, FIGURES_WEEKS, sizeof *out->weeks);
	out->places = lg_array(cx->mem, s->n_places + 1, sizeof *out->places);
	for (int w = 0; w < FIGURES_WEEKS; w++)
		out->weeks[out->n_weeks++] = simple_of(cx, s, weeks[w], codes[w], (struct pick){ w, SIZE_MAX });
	for (size_t p = 0; p < s->n_places; p++)
		out->places[out->n_places++] = simple_of(cx, s, places[p], place[p], (struct pick){ -1, p });
}

enum lg_err figures_read(struct lg_ctx *cx, struct call *c, struct figures *out)
{
	struct source s;
	LG_TRY(read_source(cx, c, &s));
	const char **answers = lg_array(cx->mem, ANSWERS, sizeof *answers), **weeks = week_names(cx, &s);
	size_t n_outcomes;
	static const char *answer_codes[ANSWERS] = { [IN_TIME] = "in_time", [LATE] = "late", [OPEN] = "not_due" };
	static const char *call_codes[CALLS] = { [CALL_ANSWERED] = "answered", [CALL_MISSED] = "missed" };
	const char **calls = lg_array(cx->mem, CALLS, sizeof *calls);
	calls[CALL_ANSWERED] = lg_say("Answered"), calls[CALL_MISSED] = lg_say("Missed");
	const char **outcome_codes, **outcomes = outcome_names(cx, &n_outcomes, &outcome_codes),
	                            **codes = week_codes(cx, &s);
	answers[IN_TIME] = lg_say("Answered in time"), answers[LATE] = lg_say("Late"),
	answers[OPEN] = lg_say("Not due yet");
	*out = (struct figures){
		.tables = { { .id = "enquiries",
		              .title = lg_say("Enquiries by municipality and week"),
		              .rows = place_names(cx, &s),
		              .n_rows = s.n_places,
		              .row_codes = place_codes(cx, &s),
		              .column_codes = codes,
		              .columns = weeks,
		              .n_columns = FIGURES_WEEKS },
		            { .id = "answers",
		              .title = lg_say("Answers by week"),
		              .rows = weeks,
		              .n_rows = FIGURES_WEEKS,
		              .columns = answers,
		              .n_columns = ANSWERS,
		              .row_codes = codes,
		              .column_codes = answer_codes },
		            { .id = "outcomes",
		              .title = lg_say("What became of it, by week"),
		              .rows = outcomes,
		              .n_rows = n_outcomes,
		              .row_codes = outcome_codes,
		              .column_codes = codes,
		              .columns = weeks,
		              .n_columns = FIGURES_WEEKS },
		            { .id = "calls",
		              .title = lg_say("Calls by week"),
		              .rows = weeks,
		              .n_rows = FIGURES_WEEKS,
		              .columns = calls,
		              .n_columns = CALLS,
		              .row_codes = codes,
		              .column_codes = call_codes } },
	};
	struct figures_table *t = out->tables;
	int64_t *by_place = counts_of(cx, &t[0]), *by_answer = counts_of(cx, &t[1]), *by_kind = counts_of(cx, &t[2]),
	        *by_call = counts_of(cx, &t[3]);
	count_enquiries(&s, by_place, by_answer);
	count_outcomes(&s, by_kind);
	count_calls(&s, by_call);
	for (int round = 0; round < ROUNDS; round++) {
		hide(cx, &t[0], by_place);
		hide(cx, &t[1], by_answer);
		if (agree(&t[0], &t[1])) break;
	}
	hide(cx, &t[2], by_kind);
	hide(cx, &t[3], by_call);
	put_simple(cx, &s, out);
	return LG_OK;
}

bool figures_value(const struct figures_table *t, size_t row, size_t column, int64_t *value)
{
	size_t at = row * (t->n_columns + 1) + column;
	*value = t->hidden[at] ? FIGURES_HIDDEN : t->counts[at];
	return !t->hidden[at];
}
