/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/day.h"

#include "app/page.h"
#include "modules/pool/pool.h"
#include "modules/pool/pool_match.sql.h"
#include "view/speech.h"

enum { MANY = 100 }; /* as the query counts no further */

static void *queue(struct lg_ctx *cx, struct call *c)
{
	if (!may(&c->actor, MAY_MATCH_DECIDE)) return NULL;
	struct db_pool_match_waiting_row *row = lg_alloc(cx->mem, sizeof *row);
	db_pool_match_waiting_send(cx, c->db, row, (struct db_pool_match_waiting_in){ .account = c->actor.account });
	return row;
}

/* What plans of pools found: one line, however much it is. */
static size_t use(struct lg_ctx *cx, struct call *c, const void *came, struct day_line out[DAY_LINES_MOST])
{
	const struct db_pool_match_waiting_row *row = came;
	if (!row->n) return 0;
	const char *title = row->n < MANY ? lg_printf(cx->mem,
	                                              lg_says("%s proposal of a pool waits",
	                                                      "%s proposals of a pool wait", (unsigned long)row->n),
	                                              pool_count(cx, row->n))
	                                  : lg_say("More than a hundred proposals of a pool wait");
	out[0] = (struct day_line){
		.due = page_today(cx, c),
		.task = { .icon = "persons",
		          .tone = "warn",
		          .title = title,
		          .more = lg_say("found for your people; nobody else hears of it before you approve it"),
		          .url = "/pools/matches?whose=me",
		          .act = lg_say("Open"),
		          .act_says = lg_say("Found for your people") }
	};
	return 1;
}

const struct day_part pool_day = { queue, use };
