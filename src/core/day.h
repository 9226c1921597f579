/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_DAY_H
#define LG_CORE_DAY_H
#include <stddef.h>
#include <stdint.h>

#include "app/app.h"
#include "view/my_day.html.h"

/**
 * @file
 * What a module puts on My day, among what core puts there: lines that stand by their date with all the others; those
 * of today stand behind the agreements that wait, and before cards, tasks and next steps.
 *
 * Queue, sync, use, as all of My day: the queries of everybody travel together.
 */

/** A line, and since when, or until when, it waits. */
struct day_line {
	int32_t due;
	struct html_my_day_tasks task;
};
enum { DAY_LINES_MOST = 12 }; /* of a module: what is more stands on a page of its own */

struct day_part {
	/** Queues what is to be read for whoever looks, and gives back where it will stand (of cx); NULL: nothing, as
	 * without the right. */
	void *(*queue)(struct lg_ctx *cx, struct call *c);
	/** Lines of what came, within the transaction: whom they show is told to audit_seen(). How many. */
	size_t (*use)(struct lg_ctx *cx, struct call *c, const void *came, struct day_line out[DAY_LINES_MOST]);
};
#endif
