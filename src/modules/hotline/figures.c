/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "modules/hotline/figures.h"

#include <stdlib.h>
#include <string.h>

#include "app/answer.h"
#include "app/audit.h"
#include "app/page.h"
#include "base/date.h"
#include "core/choice.h"
#include "core/form.h"
#include "modules/hotline/enquiry.h"
#include "modules/hotline/figures.sql.h"
#include "modules/hotline/figures_hide.h"
#include "view/speech.h"
#include "view/when.h"

enum {
	US = 1000000,
	ROOM = 100000,
	DAY_S = 86400,
	EPOCH_WEEKDAY = 3, /* 1970-01-01 was a Thursday */
	HUNDRED = 100,
};

/* --- weeks and places */

static int32_t monday_of(int32_t day) { return day - (day + EPOCH_WEEKDAY) % WEEK_DAYS; }

struct source {
	struct db_figures_enquiries_rows enquiries;
	struct db_figures_outcomes_rows outcomes;
	struct db_figures_calls_rows calls;
	struct db_figures_candidates_rows candidates;
	struct db_figures_referrals_rows referrals;
	struct db_figures_openings_row openings;
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
	if (r->answered_at == DB_NO_INT)
		return r->due_at != DB_NO_INT && r->due_at / US < s->now ? FIGURES_LATE : FIGURES_OPEN;
	return r->due_at == DB_NO_INT || r->answered_at <= r->due_at ? FIGURES_IN_TIME : FIGURES_LATE;
}

static int32_t day_of(const struct source *s, int64_t at_us) { return lg_when_day(at_us / US, s->zone); }

static void count_enquiries(const struct source *s, int64_t *by_place, int64_t *by_answer)
{
	for (size_t i = 0; i < s->enquiries.n; i++) {
		const struct db_figures_enquiries_row *r = &s->enquiries.rows[i];
		size_t week = week_of(s, day_of(s, r->created));
		if (week >= FIGURES_WEEKS) continue;
		by_place[place_of(s, r->municipality) * FIGURES_WEEKS + week]++;
		by_answer[week * FIGURES_STATES + (size_t)answer_of(s, r)]++;
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

/* --- how simple it was */

static int by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return x < y ? -1 : x > y;
}

/* What sums are made of: enquiries, those handed over, how often, callers asked twice; each by place and week. */
struct parts {
	int64_t *all, *handed, *hands, *asked;
};

static size_t part_of(const struct source *s, const struct db_figures_enquiries_row *r)
{
	size_t week = week_of(s, day_of(s, r->created));
	return week < FIGURES_WEEKS ? place_of(s, r->municipality) * FIGURES_WEEKS + week : SIZE_MAX;
}

static struct parts parts_of(struct lg_ctx *cx, const struct source *s)
{
	size_t n = s->n_places * FIGURES_WEEKS + 1;
	struct parts q = { lg_array(cx->mem, n, sizeof *q.all), lg_array(cx->mem, n, sizeof *q.handed),
		           lg_array(cx->mem, n, sizeof *q.hands), lg_array(cx->mem, n, sizeof *q.asked) };
	for (size_t i = 0; i < s->enquiries.n; i++) {
		const struct db_figures_enquiries_row *r = &s->enquiries.rows[i];
		size_t at = part_of(s, r);
		if (at == SIZE_MAX) continue;
		q.all[at]++;
		q.handed[at] += r->handovers > 0;
		q.hands[at] += r->handovers;
		q.asked[at] += r->asked_twice;
	}
	return q;
}

/* The cells of a place (its weeks), or of a week. */
struct pick {
	size_t first, step, n;
};

static int64_t sum(const int64_t *of, struct pick p)
{
	int64_t all = 0;
	for (size_t i = 0; i < p.n; i++) all += of[p.first + i * p.step];
	return all;
}

static bool is_small(int64_t n) { return n > 0 && n < FIGURES_K; }

static bool takes(const struct pick *p, size_t at)
{
	if (at == SIZE_MAX || at < p->first || (at - p->first) % p->step) return false;
	return (at - p->first) / p->step < p->n;
}

/* Half of the answers came sooner. Of fewer than K: FIGURES_HIDDEN. */
static int64_t median_of(struct lg_ctx *cx, const struct source *s, struct pick p)
{
	int64_t *waits = lg_array(cx->mem, s->enquiries.n + 1, sizeof *waits);
	size_t n = 0;
	for (size_t i = 0; i < s->enquiries.n; i++) {
		const struct db_figures_enquiries_row *r = &s->enquiries.rows[i];
		if (r->answered_at != DB_NO_INT && takes(&p, part_of(s, r)))
			waits[n++] = hotline_open_between(s->hours, r->created / US, r->answered_at / US);
	}
	if (n < FIGURES_K) return FIGURES_HIDDEN;
	qsort(waits, n, sizeof *waits, by_number);
	return waits[n / 2];
}

/* `few`: how many enquiries there were is hidden, and so is all that would tell; `told`: how many were answered may be
 * guessed. */
struct shown {
	bool few, told, hands, asked;
};

static struct figures_simple simple_of(struct lg_ctx *cx, const struct source *s, const struct parts *q,
                                       const char *name, const char *code, struct pick p, struct shown shown)
{
	struct figures_simple out = { name, code, FIGURES_HIDDEN, FIGURES_HIDDEN, FIGURES_HIDDEN };
	int64_t n = sum(q->all, p);
	if (shown.asked) out.asked_twice = sum(q->asked, p);
	if (shown.few) return out;
	if (!n) out.median_s = out.handovers_100 = FIGURES_NONE;
	if (n && shown.told) out.median_s = median_of(cx, s, p);
	if (n && shown.hands) out.handovers_100 = sum(q->hands, p) * HUNDRED / n;
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
	db_figures_candidates_send(cx, c->db, &s->candidates,
	                           (struct db_figures_candidates_in){ .since = since * US, .room = ROOM });
	db_figures_referrals_send(cx, c->db, &s->referrals,
	                          (struct db_figures_referrals_in){ .since = since * US, .room = ROOM });
	db_figures_openings_send(cx, c->db, &s->openings);
	audit_seen(cx, c, NULL, 0);
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

static struct pick of_week(const struct source *s, size_t w) { return (struct pick){ w, FIGURES_WEEKS, s->n_places }; }
static struct pick of_place(size_t p) { return (struct pick){ p * FIGURES_WEEKS, 1, FIGURES_WEEKS }; }

static void put_simple(struct lg_ctx *cx, const struct source *s, const struct parts *q, struct figures *out)
{
	const struct figures_table *by_place = &out->tables[FIGURES_ENQUIRIES],
	                           *by_answer = &out->tables[FIGURES_ANSWERS];
	const char **weeks = week_names(cx, s), **places = place_names(cx, s), **codes = week_codes(cx, s),
	           **place = place_codes(cx, s);
	size_t wide = FIGURES_WEEKS + 1;
	struct figures_sums hands = { .places = s->n_places, .counts = q->hands, .within = by_place }, asked = {
		.places = s->n_places, .counts = q->asked, .within = by_place, .is_within = true
	};
	hands.of_places = lg_array(cx->mem, s->n_places + 1, sizeof(bool));
	asked.of_places = lg_array(cx->mem, s->n_places + 1, sizeof(bool));
	hands.of_weeks = lg_array(cx->mem, FIGURES_WEEKS, sizeof(bool));
	asked.of_weeks = lg_array(cx->mem, FIGURES_WEEKS, sizeof(bool));
	for (size_t p = 0; p < s->n_places; p++) {
		bool few = by_place->hidden[p * wide + FIGURES_WEEKS];
		asked.of_places[p] = few;
		hands.of_places[p] = few || is_small(sum(q->handed, of_place(p)));
	}
	for (size_t w = 0; w < FIGURES_WEEKS; w++) {
		bool few = by_place->hidden[s->n_places * wide + w];
		asked.of_weeks[w] = few;
		hands.of_weeks[w] = few || is_small(sum(q->handed, of_week(s, w)));
	}
	figures_hide_sums(cx->mem, &hands);
	figures_hide_sums(cx->mem, &asked);
	out->weeks = lg_array(cx->mem, FIGURES_WEEKS, sizeof *out->weeks);
	out->places = lg_array(cx->mem, s->n_places + 1, sizeof *out->places);
	for (size_t w = 0; w < FIGURES_WEEKS; w++)
		out->weeks[out->n_weeks++] = simple_of(cx, s, q, weeks[w], codes[w], of_week(s, w),
		                                       (struct shown){ by_place->hidden[s->n_places * wide + w],
		                                                       figures_week_is_told(by_answer, w),
		                                                       !hands.of_weeks[w], !asked.of_weeks[w] });
	for (size_t p = 0; p < s->n_places; p++)
		out->places[out->n_places++] =
		    simple_of(cx, s, q, places[p], place[p], of_place(p),
		              (struct shown){ by_place->hidden[p * wide + FIGURES_WEEKS], true, !hands.of_places[p],
		                              !asked.of_places[p] });
}

/* --- whom it brought, and whom it referred */

static int by_occupation(const void *a, const void *b)
{
	const struct db_figures_candidates_row *x = a, *y = b;
	return strcmp(x->occupation, y->occupation);
}

static void put_candidates(struct lg_ctx *cx, struct call *c, struct source *s, struct figures_table *t)
{
	struct db_figures_candidates_row *rows = s->candidates.rows;
	size_t n = s->candidates.n;
	if (n) qsort(rows, n, sizeof *rows, by_occupation);
	const char **names = lg_array(cx->mem, n + 1, sizeof *names), **codes = lg_array(cx->mem, n + 1, sizeof *codes),
	           **column = lg_array(cx->mem, 2, sizeof *column);
	int64_t *counts = lg_array(cx->mem, n + 1, sizeof *counts);
	column[0] = lg_say("Registered"), column[1] = "registered";
	*t = (struct figures_table){ .id = "candidates",
		                     .title = lg_say("Registered through the hotline, by profession"),
		                     .rows = names,
		                     .row_codes = codes,
		                     .columns = column,
		                     .column_codes = column + 1,
		                     .n_columns = 1 };
	for (size_t i = 0; i < n; i++) {
		bool said = *rows[i].occupation;
		if (!i || strcmp(rows[i].occupation, rows[i - 1].occupation) != 0) {
			names[t->n_rows] = said ? form_concept(c, rows[i].occupation) : lg_say("Not said");
			codes[t->n_rows++] = said ? rows[i].occupation : "not_said";
		}
		counts[t->n_rows - 1]++;
	}
	figures_hide(cx->mem, t, counts);
}

/* A table with a row a week. */
static struct figures_table by_week(struct lg_ctx *cx, const struct source *s, struct figures_table t)
{
	t.rows = week_names(cx, s), t.row_codes = week_codes(cx, s), t.n_rows = FIGURES_WEEKS;
	return t;
}

static void put_referrals(struct lg_ctx *cx, const struct source *s, struct figures_table *t)
{
	static const char *codes[] = { "accepted", "declined", "no_answer" };
	enum { ACCEPTED, DECLINED, NO_ANSWER, ANSWERS };
	const char **names = lg_array(cx->mem, ANSWERS, sizeof *names);
	int64_t *counts = lg_array(cx->mem, FIGURES_WEEKS * ANSWERS, sizeof *counts);
	names[ACCEPTED] = lg_say("Accepted"), names[DECLINED] = lg_say("Declined or handed back"),
	names[NO_ANSWER] = lg_say("No answer yet");
	*t = by_week(
	    cx, s,
	    (struct figures_table){ .id = "referrals", .title = lg_say("Referrals by week"), .all = lg_say("Sent") });
	t->columns = names, t->column_codes = codes, t->n_columns = ANSWERS;
	for (size_t i = 0; i < s->referrals.n; i++) {
		const struct db_figures_referrals_row *r = &s->referrals.rows[i];
		size_t week = week_of(s, day_of(s, r->created));
		if (week >= FIGURES_WEEKS) continue;
		int what = !r->answer ? NO_ANSWER : !strcmp(r->answer, "accepted") ? ACCEPTED : DECLINED;
		counts[week * ANSWERS + (size_t)what]++;
	}
	figures_hide(cx->mem, t, counts);
}

static void put_calls(struct lg_ctx *cx, const struct source *s, struct figures_table *t)
{
	static const char *codes[] = { "answered", "missed" };
	enum { ANSWERED, MISSED, CALLS };
	const char **names = lg_array(cx->mem, CALLS, sizeof *names);
	int64_t *counts = lg_array(cx->mem, FIGURES_WEEKS * CALLS, sizeof *counts);
	names[ANSWERED] = lg_say("Answered"), names[MISSED] = lg_say("Missed");
	*t = by_week(cx, s,
	             (struct figures_table){ .id = "calls", .title = lg_say("Calls by week"), .all = lg_say("All") });
	t->columns = names, t->column_codes = codes, t->n_columns = CALLS;
	for (size_t i = 0; i < s->calls.n; i++) {
		const struct db_figures_calls_row *r = &s->calls.rows[i];
		size_t week = week_of(s, day_of(s, r->at));
		if (week < FIGURES_WEEKS) counts[week * CALLS + (r->answered ? ANSWERED : MISSED)] += r->n;
	}
	figures_hide(cx->mem, t, counts);
}

static void put_enquiries(struct lg_ctx *cx, const struct source *s, const struct parts *q, struct figures *out)
{
	static const char *codes[FIGURES_STATES] = {
		[FIGURES_IN_TIME] = "in_time", [FIGURES_LATE] = "late", [FIGURES_OPEN] = "not_due"
	};
	const char **names = lg_array(cx->mem, FIGURES_STATES, sizeof *names);
	struct figures_table *by_place = &out->tables[FIGURES_ENQUIRIES], *by_answer = &out->tables[FIGURES_ANSWERS];
	names[FIGURES_IN_TIME] = lg_say("Answered in time"), names[FIGURES_LATE] = lg_say("Late"),
	names[FIGURES_OPEN] = lg_say("Not due yet");
	*by_place = (struct figures_table){ .id = "enquiries",
		                            .title = lg_say("Enquiries by municipality and week"),
		                            .all = lg_say("All"),
		                            .rows = place_names(cx, s),
		                            .n_rows = s->n_places,
		                            .row_codes = place_codes(cx, s),
		                            .columns = week_names(cx, s),
		                            .column_codes = week_codes(cx, s),
		                            .n_columns = FIGURES_WEEKS };
	*by_answer = (struct figures_table){ .id = "answers",
		                             .title = lg_say("Answers by week"),
		                             .all = lg_say("All"),
		                             .rows = week_names(cx, s),
		                             .row_codes = week_codes(cx, s),
		                             .n_rows = FIGURES_WEEKS,
		                             .columns = names,
		                             .column_codes = codes,
		                             .n_columns = FIGURES_STATES };
	int64_t *enquiries = counts_of(cx, by_place), *answers = counts_of(cx, by_answer);
	count_enquiries(s, enquiries, answers);
	figures_hide_both(cx->mem, by_place, enquiries, by_answer, answers, q->asked);
}

static void put_outcomes(struct lg_ctx *cx, const struct source *s, struct figures_table *t)
{
	*t = (struct figures_table){ .id = "outcomes",
		                     .title = lg_say("What became of it, by week"),
		                     .all = lg_say("All"),
		                     .columns = week_names(cx, s),
		                     .column_codes = week_codes(cx, s),
		                     .n_columns = FIGURES_WEEKS };
	t->rows = outcome_names(cx, &t->n_rows, &t->row_codes);
	int64_t *counts = counts_of(cx, t);
	count_outcomes(s, counts);
	figures_hide(cx->mem, t, counts);
}

enum lg_err figures_read(struct lg_ctx *cx, struct call *c, struct figures *out)
{
	struct source s;
	LG_TRY(read_source(cx, c, &s));
	struct parts q = parts_of(cx, &s);
	*out = (struct figures){ 0 };
	put_enquiries(cx, &s, &q, out);
	put_outcomes(cx, &s, &out->tables[FIGURES_OUTCOMES]);
	put_candidates(cx, c, &s, &out->tables[FIGURES_CANDIDATES]);
	put_referrals(cx, &s, &out->tables[FIGURES_REFERRALS]);
	put_calls(cx, &s, &out->tables[FIGURES_CALLS]);
	put_simple(cx, &s, &q, out);
	out->openings = s.openings.n, out->positions = s.openings.positions;
	return LG_OK;
}

size_t figures_columns(const struct figures_table *t) { return t->n_columns + (t->all != NULL); }

bool figures_value(const struct figures_table *t, size_t row, size_t column, int64_t *value)
{
	size_t at = row * (t->n_columns + 1) + column;
	*value = t->hidden[at] ? FIGURES_HIDDEN : t->counts[at];
	return !t->hidden[at];
}
