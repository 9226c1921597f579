/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* An opening and pools: to which it is given, one by one or by a standing order, and which cards came for it. */
#include <string.h>

#include "app/answer.h"
#include "app/audit.h"
#include "app/page.h"
#include "app/record.h"
#include "base/date.h"
#include "core/choice.h"
#include "core/core.h"
#include "core/input.h"
#include "core/record_pages.h"
#include "core/share.h"
#include "core/sheet_table.h"
#include "core/small_form.h"
#include "modules/pool/pool.h"
#include "modules/pool/pool_opening.sql.h"
#include "modules/pool/pools.sql.h"
#include "view/events.html.h"
#include "view/speech.h"
#include "view/when.h"

enum { CARDS = 100, USUAL_DAYS = 90, WHY_MOST = 400, US = 1000000 };

struct shown {
	struct db_pool_opening_get_row o;
	struct db_pool_opening_list_rows pools;
	struct db_pool_opening_cards_rows cards;
	struct db_pools_ways_rows ways;
};

static enum lg_err read(struct lg_ctx *cx, struct call *c, struct shown *out)
{
	const char *id;
	LG_TRY(app_uuid(c->rq->args[0], &id));
	*out = (struct shown){ 0 };
	db_pool_opening_get_send(cx, c->db, &out->o, (struct db_pool_opening_get_in){ .id = id });
	db_pool_opening_list_send(cx, c->db, &out->pools, (struct db_pool_opening_list_in){ .id = id });
	db_pool_opening_cards_send(cx, c->db, &out->cards,
	                           (struct db_pool_opening_cards_in){ .opening = id, .room = CARDS });
	db_pools_ways_send(cx, c->db, &out->ways, (struct db_pools_ways_in){ .today = page_today(cx, c) });
	return db_sync(cx, c->db);
}

/* Whoever sees a card is told to the office whose it is. */
static void note_seen(struct lg_ctx *cx, struct call *c, const struct shown *s)
{
	const char **ids = lg_array(cx->mem, s->cards.n + 1, sizeof *ids);
	for (size_t i = 0; i < s->cards.n; i++) ids[i] = s->cards.rows[i].id;
	if (!s->cards.n) return;
	db_pool_opening_cards_seen_send(
	    cx, c->db, (struct db_pool_opening_cards_seen_in){ .ids = { .texts = ids, .n = s->cards.n } });
	audit_seen(cx, c, ids, s->cards.n);
}

static struct html_events *cards_of(struct lg_ctx *cx, struct call *c, const struct shown *s)
{
	struct html_events *v = lg_alloc(cx->mem, sizeof *v);
	v->events = lg_array(cx->mem, s->cards.n + 1, sizeof *v->events);
	v->empty = lg_say("None yet. A card comes once the office of the person has approved it.");
	for (size_t i = 0; i < s->cards.n; i++) {
		const struct db_pool_opening_cards_row *r = &s->cards.rows[i];
		json_t *card;
		if (record_parse(cx, &card, r->card, strlen(r->card)) != LG_OK) continue;
		const char *name = share_name(cx, c, card);
		v->events[v->n_events++] =
		    (struct html_events_events){ .icon = "person",
			                         .title = name,
			                         .when = page_time(cx, c, r->since),
			                         .who = lg_printf(cx->mem, "%s · %s", r->root_name, r->from_name),
			                         .url = lg_printf(cx->mem, "/shares/%s", r->id),
			                         .act = lg_printf(cx->mem, lg_say("Open the card: %s"), name) };
	}
	return v;
}

static const char *last_day(struct lg_ctx *cx, const struct call *c, int64_t until)
{
	return page_date(cx, lg_when_day((until - 1) / US, c->actor.zone));
}

static struct html_form *end_form(struct lg_ctx *cx, struct call *c, const struct shown *s,
                                  const struct db_pool_opening_list_row *r)
{
	struct small_form *f = small_form(cx, c, lg_printf(cx->mem, "/openings/%s/pools/end", s->o.id),
	                                  lg_printf(cx->mem, lg_say("Take it back from %s"), r->pool_name));
	small_hidden(f, "id", r->id);
	f->form.intro =
	    lg_printf(cx->mem,
	              r->giving ? lg_say("By a standing order, until %s. It stays out once it is taken back.")
	                        : lg_say("Given until %s."),
	              last_day(cx, c, r->until));
	return &f->form;
}

static struct html_form *add_form(struct lg_ctx *cx, struct call *c, const struct shown *s)
{
	struct small_form *f =
	    small_form(cx, c, lg_printf(cx->mem, "/openings/%s/pools", s->o.id), lg_say("Give it to the pool"));
	struct html_fields_fields *to = small_choice(cx, f, "agreement", lg_say("To whom"), false, s->ways.n + 1);
	char day[11];
	to->must = true;
	for (size_t i = 0; i < s->ways.n; i++) {
		const struct db_pools_ways_row *w = &s->ways.rows[i];
		small_option(cx, to, w->agreement,
		             lg_printf(cx->mem, lg_say("%s: %s (until %s)"), w->pool_name, w->purpose,
		                       page_date(cx, w->valid_to)),
		             NULL, i == 0);
	}
	int32_t until = page_today(cx, c) + USUAL_DAYS;
	lg_date_print(day, until < s->ways.rows[0].valid_to ? until : s->ways.rows[0].valid_to);
	small_field(cx, f, "until", lg_say("Until when"), "date", lg_strdup(cx->mem, day))->must = true;
	f->form.intro = lg_say("The pool is told what is asked for and offered: no address and no contact, and the "
	                       "employer only if the opening is published.");
	return &f->form;
}

static void show(struct lg_ctx *cx, struct call *c, const struct shown *s)
{
	bool writes = may(&c->actor, MAY_SHARE_WRITE);
	struct html_sheet v = { .title = lg_say("Pools"), .lead = s->o.title };
	v.sections = lg_array(cx->mem, s->pools.n + 2, sizeof *v.sections);
	pool_section(&v, lg_say("Cards that came for it"), NULL, html_events_any(cards_of(cx, c, s)));
	for (size_t i = 0; i < s->pools.n; i++) {
		const struct db_pool_opening_list_row *r = &s->pools.rows[i];
		struct html_facts *f = pool_facts(cx, 4);
		pool_fact(f, lg_say("Until when"), last_day(cx, c, r->until));
		pool_fact(f, lg_say("Since when"), page_time(cx, c, r->since));
		pool_fact(f, lg_say("Made by"), r->by_name);
		pool_section(&v, lg_printf(cx->mem, lg_say("Given to %s"), r->pool_name), NULL,
		             writes ? html_form_any(end_form(cx, c, s, r)) : html_facts_any(f));
	}
	if (writes && s->ways.n > s->pools.n && !strcmp(s->o.state, "open"))
		pool_section(&v, lg_say("Give it to a pool"), NULL, html_form_any(add_form(cx, c, s)));
	struct page_crumb crumbs[] = { { lg_say("Openings"), "/openings" },
		                       { s->o.title, lg_printf(cx->mem, "/openings/%s", s->o.id) } };
	page_answer(
	    cx, c,
	    &(struct page){
	        .title = v.title, .crumbs = crumbs, .n_crumbs = 2, .here = "openings", .invented = s->o.invented },
	    html_sheet_any(&v));
}

static json_t *as_json(struct lg_ctx *cx, const struct shown *s)
{
	json_t *pools = json_array(), *cards = json_array();
	for (size_t i = 0; i < s->pools.n; i++) {
		const struct db_pool_opening_list_row *r = &s->pools.rows[i];
		json_array_append_new(pools, json_pack("{s:s, s:s, s:I, s:s?}", "id", r->id, "pool", r->pool_name,
		                                       "until", (json_int_t)(r->until / US), "giving", r->giving));
	}
	for (size_t i = 0; i < s->cards.n; i++)
		json_array_append_new(cards, json_pack("{s:s, s:s, s:s}", "share", s->cards.rows[i].id, "source",
		                                       s->cards.rows[i].root_name, "from", s->cards.rows[i].from_name));
	return record_keep(cx, json_pack("{s:s, s:o, s:o}", "id", s->o.id, "pools", pools, "cards", cards));
}

enum lg_err on_opening_pools(struct lg_ctx *cx, struct call *c)
{
	struct shown s;
	LG_TRY(read(cx, c, &s));
	note_seen(cx, c, &s);
	LG_TRY(app_end(cx, c));
	if (c->api) return answer_json(cx, c, 200, as_json(cx, &s)), LG_OK;
	show(cx, c, &s);
	return LG_OK;
}

static enum lg_err give(struct lg_ctx *cx, struct call *c, const struct shown *s)
{
	static const char *const names[] = { "agreement", "until", NULL };
	struct db_pool_opening_add_row row = { 0 };
	json_t *body = NULL;
	const char *agreement;
	if (c->api) LG_TRY(input_json(cx, c, &body));
	LG_TRY(input_only(cx, c, body, names));
	LG_TRY(pool_sent_id(cx, c, body, "agreement", &agreement));
	int32_t until = share_date(cx, c, body, "until");
	if (until == DB_NO_DATE || until < page_today(cx, c))
		return lg_fail(cx, LG_INVALID, "until",
		               lg_say("From tomorrow on, and not beyond the last day of the agreement."));
	db_pool_opening_add_send(
	    cx, c->db, &row,
	    (struct db_pool_opening_add_in){
	        .opening = s->o.id, .agreement = agreement, .until = until, .zone = c->actor.zone });
	enum lg_err err = db_sync(cx, c->db);
	if (err == LG_INVALID) share_put_words(cx);
	LG_TRY(err);
	return audit_change(cx, c, "pooled", "opening", s->o.id, 0, NULL, NULL);
}

enum lg_err on_opening_pool_add(struct lg_ctx *cx, struct call *c)
{
	struct shown s;
	LG_TRY(read(cx, c, &s));
	enum lg_err err = give(cx, c, &s);
	if (err == LG_INVALID && !c->api && s.ways.n) {
		db_abandon(c->db);
		c->db = NULL;
		return show(cx, c, &s), LG_OK;
	}
	LG_TRY(err);
	answer_see(cx, c, lg_printf(cx->mem, "/openings/%s/pools", s.o.id), "pool_given");
	return LG_OK;
}

enum lg_err on_opening_pool_end(struct lg_ctx *cx, struct call *c)
{
	static const char *const names[] = { "id", "why", NULL };
	json_t *body = NULL;
	const char *opening, *id;
	LG_TRY(app_uuid(c->rq->args[0], &opening));
	if (c->api) LG_TRY(input_json(cx, c, &body));
	LG_TRY(input_only(cx, c, body, names));
	LG_TRY(pool_sent_id(cx, c, body, "id", &id));
	const char *why = share_said(c, body, "why");
	if (strlen(why) > WHY_MOST) return lg_fail(cx, LG_INVALID, "why", lg_say("This is too long."));
	db_pool_opening_end_send(cx, c->db,
	                         (struct db_pool_opening_end_in){ .opening = opening, .id = id, .why = why });
	LG_TRY(audit_change(cx, c, "unpooled", "opening", opening, 0, NULL, NULL));
	LG_TRY(db_sync(cx, c->db));
	answer_see(cx, c, lg_printf(cx->mem, "/openings/%s/pools", opening), "pool_taken");
	return LG_OK;
}
