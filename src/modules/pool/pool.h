/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_POOL_POOL_H
#define LG_POOL_POOL_H
#include <jansson.h>

#include "app/app.h"
#include "core/day.h"
#include "core/jobs.h"
#include "core/list_page.h"
#include "modules/pool/pool_match.sql.h"
#include "view/facts.html.h"
#include "view/sheet.html.h"

/**
 * @file
 * Pools: offices give people and openings to an office of the kind "pool", which makes one plan over all of them; what
 * it finds goes to the office whose candidate it is, and with its approval to the office of the opening
 * (schema/0040_pool.sql tells the rules, which PostgreSQL keeps). What the service is given of the module
 * (src/modules/modules.c).
 */
const struct route *pool_routes(size_t *n);
const struct page_item *pool_items(size_t *n);
const struct page_link *pool_links(size_t *n);
const struct page_flash *pool_flashes(size_t *n);
void pool_describe(json_t *api);
/** What waits for one's answer, in a line. */
extern const struct day_part pool_day;
/** Standing orders, gone over every two minutes for each office, and at once when something was given. */
const struct core_job *pool_jobs(size_t *n);

/* --- what its pages share */
enum { POOL_TELLS_FROM = 5 }; /* counts of others' people: so many, or none */

bool pool_is(const struct call *c); /* does the actor work in a pool? */
const char *pool_count(struct lg_ctx *cx, int64_t n);
const char *pool_name(struct lg_ctx *cx, const char *given, const char *family, bool is_protected);
/** A fact, unless its value is empty. */
void pool_fact(struct html_facts *v, const char *name, const char *value);
struct html_facts *pool_facts(struct lg_ctx *cx, size_t room);
void pool_section(struct html_sheet *v, const char *title, const char *help, struct html_any body);
/** The card of an opening as facts. */
struct html_facts *pool_opening_facts(struct lg_ctx *cx, struct call *c, const json_t *card, const char *office);
/** Give and take back as the standing orders say, as far as a request may take; the jobs process does the rest. */
LG_MUST enum lg_err pool_sweep(struct lg_ctx *cx, struct call *c);
/** A uuid that was sent under a name; LG_INVALID with a note. */
LG_MUST enum lg_err pool_sent_id(struct lg_ctx *cx, const struct call *c, const json_t *body, const char *name,
                                 const char **id);

/** What was found for people of the office, as a list asks for it: "waiting", "approved" or "rejected"; of one's own.
 */
struct pool_matches {
	struct list_of ask;
	const char *state;
	bool mine;
};
LG_MUST enum lg_err pool_matches_read(struct lg_ctx *cx, struct call *c, struct pool_matches *out);
/** Queue, sync, then use: so many rows of it, and one more if there are more. */
void pool_matches_send(struct lg_ctx *cx, struct call *c, const struct pool_matches *m,
                       struct db_pool_match_list_rows *out);

#define R(method, path, handler, right, doc) app_handler handler;
#include "modules/pool/routes.def"
#undef R
#endif
