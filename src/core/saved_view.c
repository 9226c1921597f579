/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* Views of the list that somebody keeps for themselves. */
#include <string.h>

#include "app/answer.h"
#include "core/candidate_list.h"
#include "core/core.h"
#include "core/saved_view.sql.h"
#include "view/speech.h"

enum { VIEW_NAME = 240, VIEW_QUERY = 1000 };

enum lg_err on_view_add(struct lg_ctx *cx, struct call *c)
{
	static const char *const none[] = { NULL };
	const char *name = http_form(c->rq, "name"), *query = http_form(c->rq, "query");
	struct http_pairs pairs;
	struct list_ask ask;
	if (!name || !*name || strlen(name) > VIEW_NAME)
		return lg_fail(cx, LG_INVALID, "view-name", lg_say("Please fill this in."));
	if (!query) query = "";
	if (strlen(query) > VIEW_QUERY) return lg_fail(cx, LG_INVALID, "query", lg_say("This is too long."));
	/* Whatever was sent: what is kept, and led to, is an address of the list that we have written. */
	LG_TRY(http_read_pairs(cx, &pairs, query, strlen(query), LIST_PARTS));
	LG_TRY(list_ask_read(cx, c, &ask, &pairs));
	const char *address = list_address(cx, &ask, "/candidates", none), *kept = strchr(address, '?');
	LG_TRY(db_saved_view_add(
	    cx, c->db,
	    (struct db_saved_view_add_in){ .account = c->actor.account, .name = name, .query = kept ? kept + 1 : "" }));
	answer_see(cx, c, address, "view_kept");
	return LG_OK;
}

enum lg_err on_view_remove(struct lg_ctx *cx, struct call *c)
{
	const char *id;
	LG_TRY(app_uuid(c->rq->args[0], &id));
	enum lg_err err =
	    db_saved_view_remove(cx, c->db, (struct db_saved_view_remove_in){ .account = c->actor.account, .id = id });
	if (err == LG_CONFLICT) return LG_UNKNOWN; /* there is none: nobody can have changed it */
	LG_TRY(err);
	answer_see(cx, c, "/candidates", "view_gone");
	return LG_OK;
}
