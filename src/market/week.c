/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <string.h>

#include "market/inner.h"

enum { DAY = 24 * 60, WEEK = 7 * DAY, SLOT = 30 };

static const char *const days[7] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };

static int day_of(struct lg_cell c)
{
	for (int d = 0; d < 7; d++)
		if (is_word(c, days[d])) return d;
	return -1;
}

/* "8:00", "08:00", "24:00" in minutes; -1: no time. */
static int minutes_of(struct lg_cell c)
{
	struct lg_cell hour, minute;
	int64_t h, m;
	if (!cut(c, ':', &hour, &minute) || !hour.n || hour.n > 2 || minute.n != 2) return -1;
	for (size_t i = 0; i < c.n; i++)
		if (c.text[i] != ':' && (c.text[i] < '0' || c.text[i] > '9')) return -1;
	if (!decimal(&h, hour, 0) || !decimal(&m, minute, 0) || m > 59 || h * 60 + m > DAY) return -1;
	return (int)(h * 60 + m);
}

/* Minutes from..to of one day (to may lie in the next). */
static void mark(struct lgm_week *week, int day, int from, int to, bool inwards)
{
	from = inwards ? (from + SLOT - 1) / SLOT : from / SLOT;
	to = inwards ? to / SLOT : (to + SLOT - 1) / SLOT;
	for (int s = from; s < to; s++) {
		unsigned slot = (unsigned)(day * (DAY / SLOT) + s) % LGM_WEEK_SLOTS;
		week->bits[slot / 64] |= UINT64_C(1) << slot % 64;
	}
}

/* "mon 08:00-16:00", "mon-fri 08:00-16:00", "fri 22:00-06:00". */
static bool mark_item(struct lgm_week *week, struct lg_cell item, bool inwards)
{
	struct lg_cell day, hours, first, last, from, to;
	if (!cut(item, ' ', &day, &hours) || !cut(hours, '-', &from, &to)) return false;
	bool range = cut(day, '-', &first, &last);
	int d = day_of(first), until = range ? day_of(last) : d;
	int begin = minutes_of(from), end = minutes_of(to);
	if (d < 0 || until < 0 || begin < 0 || end < 0 || begin == end || begin == DAY) return false;
	if (end < begin) end += DAY;
	for (;; d = (d + 1) % 7) {
		mark(week, d, begin, end, inwards);
		if (d == until) return true;
	}
}

bool read_week(struct lg_intake *in, enum column column, bool inwards, struct lgm_week *out)
{
	struct items it = items_of(cell(in, column));
	struct lg_cell item;
	memset(out, 0, sizeof *out);
	while (next_item(&it, &item))
		if (!mark_item(out, item, inwards))
			return refuse(
			    in, column, item,
			    "Write days and hours as mon 08:00-16:00;tue-thu 09:00-15:30 (mon tue wed thu fri sat "
			    "sun; 22:00-06:00 runs over midnight).");
	return true;
}
