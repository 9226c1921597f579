/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "modules/hotline/clock.h"

enum { DAY_S = 86400, MINUTE_S = 60, EPOCH_WEEKDAY = 3 /* 1970-01-01 was a Thursday, the fourth from Monday */ };

static int64_t day_of(int64_t local) { return local >= 0 ? local / DAY_S : -((-local + DAY_S - 1) / DAY_S); }

/* The change lies between the two: the first moment with the new offset. */
static int64_t change_between(const struct hotline_hours *h, int64_t before, int64_t after)
{
	int32_t new_offset = h->offset(h->with, after);
	while (after - before > 1) {
		int64_t middle = before + (after - before) / 2;
		if (h->offset(h->with, middle) == new_offset)
			after = middle;
		else
			before = middle;
	}
	return after;
}

int64_t hotline_moment(const struct hotline_hours *h, int64_t wall)
{
	int32_t before = h->offset(h->with, wall - DAY_S), after = h->offset(h->with, wall + DAY_S);
	if (before == after) return wall - before;
	if (h->offset(h->with, wall - before) == before) return wall - before;
	if (h->offset(h->with, wall - after) == after) return wall - after;
	return change_between(h, wall - DAY_S, wall + DAY_S);
}

static bool is_closed(const struct hotline_hours *h, int64_t day)
{
	for (size_t i = 0; i < h->n_closed; i++)
		if (h->closed[i] == day) return true;
	return false;
}

/* Walks over the stretches that end behind a moment, in order. */
struct walk {
	const struct hotline_hours *h;
	int64_t day, last; /* days on the wall */
	size_t next;       /* of the week's spans */
	int64_t from, to;  /* the stretch */
};

static struct walk walk_from(const struct hotline_hours *h, int64_t at)
{
	int64_t day = day_of(at + h->offset(h->with, at));
	return (struct walk){ .h = h, .day = day - 1, .last = day + HOTLINE_FAR_DAYS };
}

static bool walk_on(struct walk *w)
{
	for (; w->day <= w->last; w->day++, w->next = 0) {
		unsigned weekday = (unsigned)(((w->day + EPOCH_WEEKDAY) % WEEK_DAYS + WEEK_DAYS) % WEEK_DAYS);
		for (; !is_closed(w->h, w->day) && w->next < w->h->week->n; w->next++) {
			const struct week_span *s = &w->h->week->at[w->next];
			if (s->day != weekday) continue;
			w->from = hotline_moment(w->h, w->day * DAY_S + s->from * MINUTE_S);
			w->to = hotline_moment(w->h, w->day * DAY_S + s->to * MINUTE_S);
			w->next++;
			return true;
		}
	}
	return false;
}

int64_t hotline_opens(const struct hotline_hours *h, int64_t at)
{
	for (struct walk w = walk_from(h, at); walk_on(&w);)
		if (w.to > at && w.to > w.from) return w.from > at ? w.from : at;
	return HOTLINE_NEVER;
}

bool hotline_is_open(const struct hotline_hours *h, int64_t at) { return hotline_opens(h, at) == at; }

int64_t hotline_closes(const struct hotline_hours *h, int64_t at)
{
	int64_t end = at;
	for (struct walk w = walk_from(h, at); walk_on(&w);) {
		if (w.to <= end) continue;
		if (w.from > end) break; /* over midnight it goes on */
		end = w.to;
	}
	return end;
}

int64_t hotline_due(const struct hotline_hours *h, int64_t from, int64_t open_s)
{
	for (struct walk w = walk_from(h, from); walk_on(&w);) {
		int64_t begin = w.from > from ? w.from : from;
		if (w.to <= begin) continue;
		if (w.to - begin >= open_s) return begin + open_s;
		open_s -= w.to - begin;
	}
	return HOTLINE_NEVER;
}

int64_t hotline_open_between(const struct hotline_hours *h, int64_t from, int64_t to)
{
	int64_t sum = 0;
	for (struct walk w = walk_from(h, from); walk_on(&w) && w.from < to;) {
		int64_t begin = w.from > from ? w.from : from, end = w.to < to ? w.to : to;
		if (end > begin) sum += end - begin;
	}
	return sum;
}
