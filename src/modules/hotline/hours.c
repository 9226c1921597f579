/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "modules/hotline/hours.h"

#include <string.h>

#include "app/record.h"
#include "base/date.h"
#include "view/speech.h"
#include "view/when.h"

static int32_t offset_of(const void *zone, int64_t utc) { return lg_when_offset(utc, zone); }

struct hotline_hours *hotline_hours_of(struct lg_ctx *cx, const char *hours, const json_t *holidays, const char *zone)
{
	struct hotline_hours *h = lg_alloc(cx->mem, sizeof *h);
	struct week *week = lg_alloc(cx->mem, sizeof *week);
	int32_t *closed = lg_array(cx->mem, json_array_size(holidays) + 1, sizeof *closed);
	struct week_fault fault;
	size_t i;
	json_t *row;
	if (!week_read(week, hours, strlen(hours), &fault)) week->n = 0;
	*h = (struct hotline_hours){ .week = week, .closed = closed, .offset = offset_of, .with = zone };
	json_array_foreach((json_t *)(uintptr_t)holidays, i, row)
	{
		const char *day = record_word(row, "day");
		if (lg_date_read(&closed[h->n_closed], day, strlen(day))) h->n_closed++;
	}
	return h;
}

const char *hotline_hours_now(struct lg_ctx *cx, const struct hotline_hours *h, const char *zone)
{
	char when[LG_WHEN];
	int64_t opens = hotline_opens(h, cx->now);
	if (opens == HOTLINE_NEVER) return lg_say("Closed for now");
	if (opens == cx->now)
		return lg_printf(cx->mem, lg_say("Open now, until %s"),
		                 lg_when_clock(when, hotline_closes(h, cx->now), zone));
	return lg_printf(cx->mem, lg_say("Closed now; it opens: %s"), lg_when_near_time(when, opens, zone, cx->now));
}
