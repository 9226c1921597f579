/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "app/before.h"

#include <string.h>

#include "app/actor.h"
#include "app/answer.h"
#include "app/before.sql.h"
#include "app/page.h"
#include "app/seal.h"
#include "view/speech.h"
#include "view/trouble.html.h"

enum { SHUT = 503, GONE = 410 };

static const char *brought(const struct call *c)
{
	const char *header = c->api ? http_header(c->rq, "Authorization") : http_cookie(c->rq, APP_SESSION_COOKIE);
	if (!c->api || !header) return header;
	return strlen(header) > strlen("Bearer ") ? header + strlen("Bearer ") : NULL;
}

/* The way to sign in, and back to here. */
static const char *way_in(struct lg_ctx *cx, const struct call *c)
{
	if (strcmp(c->rq->method_name, "GET") != 0) return "/sign-in";
	struct lg_buf *to = page_buffer(cx);
	lg_puts(to, "/sign-in?next=");
	http_put_encoded(to, c->rq->path);
	return lg_strdup(cx->mem, to->data);
}

static void tell_merged(struct lg_ctx *cx, struct call *c, const struct db_token_before_row *row)
{
	const char *title = lg_printf(cx->mem, lg_say("%s is now part of %s"), row->office, row->now_office);
	if (c->api) {
		answer_problem(cx, c, GONE, title,
		               lg_say("Ask an administrator there to let your program in: ids have stayed the same."));
		return;
	}
	struct html_trouble v = {
		.title = title,
		.what = lg_say("Everything was moved there. Sign in as you always did, with the same address and "
		               "password; links that you have kept lead on."),
		.home = way_in(cx, c),
		.home_name = lg_say("Sign in"),
	};
	c->partial = false;
	page_answer(cx, c, &(struct page){ .title = title, .status = GONE }, html_trouble_any(&v));
}

enum lg_err before_tell(struct lg_ctx *cx, struct call *c, bool *told)
{
	uint8_t token[SEAL_TOKEN];
	struct db *db;
	struct db_token_before_row row = { 0 };
	*told = false;
	if (!seal_token_read(token, brought(c))) return LG_OK;
	LG_TRY(db_open(cx, app_setup(c->app)->pool, &db, &(struct db_who){ .as = DB_AS_ROLE }));
	db_token_before_send(cx, db, &row, told, (struct db_token_before_in){ .token = { token, sizeof token } });
	LG_TRY(db_end(cx, db));
	if (!*told) return LG_OK;
	if (!strcmp(row.state, "merged"))
		tell_merged(cx, c, &row);
	else
		answer_problem(
		    cx, c, SHUT, lg_printf(cx->mem, lg_say("%s is being merged with another office"), row.office),
		    lg_say("All that it has is being moved right now. Nothing is lost, and nothing can be done "
		           "meanwhile: please come back in a few minutes, and sign in again."));
	return LG_OK;
}
