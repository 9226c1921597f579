/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/fast_lane.h"

#include <string.h>

#include "app/answer.h"
#include "app/audit.h"
#include "app/page.h"
#include "app/record.h"
#include "base/date.h"
#include "core/core.h"
#include "core/match_terms.h"
#include "core/match_week.h"
#include "core/match_words.h"
#include "core/proposal.h"
#include "core/work_right.h"
#include "view/matches.html.h"
#include "view/number.h"
#include "view/speech.h"

enum { SHOWN = 200, REASONS = 2 };

/* --- the rule */

bool fast_lane_may_work(const char *ground, int32_t stay_until, int32_t today)
{
	enum work_right_state s = work_right(ground, stay_until, today).state;
	return s == WORK_RIGHT_YES || s == WORK_RIGHT_UNTIL || s == WORK_RIGHT_SOON;
}

static int32_t day_of(const json_t *record, const char *name, int32_t otherwise)
{
	int32_t day;
	const char *s = record_word(record, name);
	return lg_date_read(&day, s, strlen(s)) ? day : otherwise;
}

bool fast_lane_is_ready(const json_t *r, int32_t today)
{
	return !strcmp(record_word(r, "state"), "available") && !strcmp(record_word(r, "wants_work"), "yes") &&
	       day_of(r, "can_start", today) <= today &&
	       fast_lane_may_work(record_word(r, "ground"), day_of(r, "stay_until", WORK_RIGHT_NO_DATE), today);
}

/* --- a pair as the rows are now */

struct pair {
	const struct db_fast_lane_list_row *row;
	json_t *candidate, *opening;
	struct lgm_candidate person;
	struct lgm_opening post;
	struct explain e;
	struct match_asked asked;
};

/* NULL: it holds no more. */
static struct pair *weigh(struct lg_ctx *cx, const struct call *c, const struct db_fast_lane_list_row *r)
{
	const struct match_terms *terms = app_setup(c->app)->terms;
	struct pair *p = lg_alloc(cx->mem, sizeof *p);
	p->row = r;
	if (!terms || record_parse(cx, &p->candidate, r->record, strlen(r->record)) != LG_OK ||
	    record_parse(cx, &p->opening, r->opening_record, strlen(r->opening_record)) != LG_OK ||
	    !fast_lane_is_ready(p->candidate, page_today(cx, c)) ||
	    !match_terms_candidate(terms, cx->mem, p->candidate, &p->person) ||
	    !match_terms_opening(terms, cx->mem, p->opening, &p->post))
		return NULL;
	p->e = (struct explain){ .in = &terms->explain, .c = &p->person, .o = &p->post };
	explain_weigh(&p->e);
	p->asked = match_asked(&terms->setup, &p->post);
	return match_is(&p->asked, &p->e.v, MATCH_STRONG) ? p : NULL;
}

static const char *name_of(struct lg_ctx *cx, const struct db_fast_lane_list_row *r)
{
	return r->is_protected ? lg_say("Protected person")
	                       : lg_printf(cx->mem, "%s %s", r->given_name, r->family_name);
}

static const char *page_of(struct lg_ctx *cx, const struct db_fast_lane_list_row *r)
{
	return lg_printf(cx->mem, "/fast-lane?candidate=%s", r->candidate);
}

/* "can start now, may work, strong match: 43 of the 47 points that this opening can give · Cooks, 10 years" */
static const char *reason(struct lg_ctx *cx, const struct pair *p)
{
	const struct html_match *card = match_card(cx->mem, &p->e, 1, "", "");
	const char *all =
	    lg_printf(cx->mem, lg_say("can start now, may work, strong match: %s"), match_of_most(cx->mem, &p->e));
	for (size_t i = 0; i < card->n_fits && i < REASONS; i++)
		all = lg_printf(cx->mem, "%s · %s", all, card->fits[i].line);
	return all;
}

/* --- My day and the page of a candidate */

void fast_lane_due_send(struct lg_ctx *cx, struct call *c, size_t room, struct db_fast_lane_list_rows *out)
{
	if (!may(&c->actor, MAY_CANDIDATE_READ) || !may(&c->actor, MAY_OPENING_READ)) return;
	db_fast_lane_mine_send(cx, c->db, out,
	                       (struct db_fast_lane_mine_in){ .today = page_today(cx, c),
	                                                      .owner = c->actor.account,
	                                                      .decides = may(&c->actor, MAY_MATCH_DECIDE),
	                                                      .room = (int64_t)room });
}

bool fast_lane_task(struct lg_ctx *cx, struct call *c, const struct db_fast_lane_list_row *r,
                    struct html_my_day_tasks *out)
{
	const struct pair *p = weigh(cx, c, r);
	if (!p) return false;
	const char *whom = name_of(cx, r), *person = lg_printf(cx->mem, "/candidates/%s", r->candidate);
	bool matches = may(&c->actor, MAY_MATCH_READ);
	*out = (struct html_my_day_tasks){ .icon = "star",
		                           .tone = "good",
		                           .title = lg_printf(cx->mem, lg_say("Fast lane: %s → %s"), whom, r->title),
		                           .more = lg_printf(cx->mem, "%s · %s", r->employer_name, reason(cx, p)),
		                           .about = person,
		                           .url = matches ? page_of(cx, r) : person,
		                           .act = matches ? lg_say("Look at the pair") : lg_say("Open"),
		                           .act_says = whom };
	return true;
}

void fast_lane_of_send(struct lg_ctx *cx, struct call *c, const char *candidate, struct db_fast_lane_list_rows *out)
{
	if (!may(&c->actor, MAY_MATCH_READ)) return;
	db_fast_lane_of_send(cx, c->db, out,
	                     (struct db_fast_lane_of_in){ .today = page_today(cx, c), .candidate = candidate });
}

bool fast_lane_banner(struct lg_ctx *cx, struct call *c, const struct db_fast_lane_list_rows *rows,
                      struct html_record_banners *out)
{
	const struct pair *p = rows->n ? weigh(cx, c, &rows->rows[0]) : NULL;
	if (!p) return false;
	*out = (struct html_record_banners){ .tone = "success",
		                             .icon = "star",
		                             .text = lg_printf(cx->mem, lg_say("Fast lane: %s at %s. %s."),
		                                               p->row->title, p->row->employer_name, reason(cx, p)),
		                             .url = page_of(cx, p->row),
		                             .act = lg_say("Look at the pair") };
	return true;
}

/* --- the page: all pairs with reasons, and what the rule is */

static void put_card(struct lg_ctx *cx, struct call *c, struct html_matches *v, struct pair *p)
{
	const struct db_fast_lane_list_row *r = p->row;
	const char *title = lg_printf(cx->mem, "%s → %s", name_of(cx, r), r->title);
	struct html_match *card =
	    match_card(cx->mem, &p->e, v->n_cards + 1, title,
	               lg_printf(cx->mem, "%s · %s", r->employer_name, match_meta(cx->mem, &p->e)));
	card->url = lg_printf(cx->mem, "/candidates/%s", r->candidate);
	match_week_put(cx->mem, p->candidate, p->opening, &p->e, card);
	if (!r->is_protected) match_words_put(cx->mem, p->candidate, &p->e, card);
	if (may(&c->actor, MAY_MATCH_DECIDE))
		card->acts = html_steps_any(proposal_begin_steps(cx, c, r->candidate, r->opening, "candidate", title));
	v->cards[v->n_cards++].one = card;
}

static const char *count(struct lg_ctx *cx, int64_t n) { return lg_number_count(lg_alloc(cx->mem, 48), (uint64_t)n); }

static void put_night(struct lg_ctx *cx, struct call *c, const struct db_fast_lane_night_row *night,
                      struct html_matches *v)
{
	v->note = lg_printf(
	    cx->mem, lg_say("Looked for at %s, among %s who can start and have nothing under way, and %s openings."),
	    page_time(cx, c, night->at), count(cx, night->people), count(cx, night->openings));
	if (night->failed)
		v->note = lg_say("It could not be computed last night; whoever runs the program finds in its log why.");
}

/* What the night looks for, in words: the threshold is said here. */
static const char *the_rule(struct lg_ctx *cx)
{
	return lg_printf(
	    cx->mem,
	    lg_say(
	        "Each night, after midnight, those are looked for who are available, want to work, can start, may work "
	        "without limits and have nothing under way; and for each an opening with a free position, whose every "
	        "demand is met and for which the match is strong: it has at least %d per cent of the points that this "
	        "opening can give for what it asks about. An opening that names no skills can give fewer points than "
	        "one that does, and is measured by its own. No position is held out to two people. A pair goes away "
	        "when somebody decides about it, or when it holds no more."),
	    (int)MATCH_STRONG);
}

static void show(struct lg_ctx *cx, struct call *c, struct pair **pairs, size_t n,
                 const struct db_fast_lane_night_row *night, bool was, bool one)
{
	struct html_matches v = {
		.title = lg_say("Fast lane"),
		.lead =
		    lg_say("Who can start now and has a strong match: ring them first. Nothing was sent to anybody."),
		.count = lg_printf(cx->mem, lg_says("%s pair", "%s pairs", n), count(cx, (int64_t)n)),
		.limits = the_rule(cx)
	};
	v.cards = lg_array(cx->mem, n + 1, sizeof *v.cards);
	for (size_t i = 0; i < n; i++) put_card(cx, c, &v, pairs[i]);
	if (was) put_night(cx, c, night, &v);
	if (!n) {
		v.empty = one ? lg_say("This pair holds no more") : lg_say("Nobody stands in the fast lane today");
		v.empty_more =
		    one ? lg_say("Somebody has decided about it, or what is known has changed since the night.")
		        : lg_say(
		              "It is looked for again tonight. What helps is that openings name their occupation, and "
		              "people all that they can and have done.");
	}
	if (one) v.other_url = "/fast-lane", v.other_name = lg_say("All of the fast lane");
	page_answer(cx, c, &(struct page){ .title = v.title, .here = "day", .invented = n && pairs[0]->row->invented },
	            html_matches_any(&v));
}

static json_t *as_json(struct lg_ctx *cx, struct pair **pairs, size_t n, const struct db_fast_lane_night_row *night,
                       bool was)
{
	char day[11];
	json_t *o = record_keep(cx, json_object()), *items = json_array();
	for (size_t i = 0; i < n; i++)
		json_array_append_new(items,
		                      json_pack("{s:s, s:s, s:s?, s:i, s:i}", "candidate", pairs[i]->row->candidate,
		                                "opening", pairs[i]->row->opening, "owner", pairs[i]->row->owner,
		                                "score", (int)pairs[i]->e.v.score, "strength",
		                                (int)match_strength(&pairs[i]->asked, &pairs[i]->e.v)));
	json_object_set_new(o, "items", items);
	json_object_set_new(o, "least_strength", json_integer(MATCH_STRONG * 100));
	if (was) {
		lg_date_print(day, night->day);
		json_object_set_new(o, "night",
		                    json_pack("{s:s, s:I, s:I, s:I, s:b}", "day", day, "people",
		                              (json_int_t)night->people, "openings", (json_int_t)night->openings,
		                              "found", (json_int_t)night->found, "failed", night->failed != NULL));
	}
	return o;
}

enum lg_err on_fast_lane(struct lg_ctx *cx, struct call *c)
{
	struct db_fast_lane_list_rows rows = { 0 };
	struct db_fast_lane_night_row night = { 0 };
	bool was = false;
	size_t n = 0;
	const char *id = NULL, *asked = http_query(c->rq, "candidate");
	int32_t today = page_today(cx, c);
	if (asked) LG_TRY(app_uuid(asked, &id));
	if (id)
		db_fast_lane_of_send(cx, c->db, &rows, (struct db_fast_lane_of_in){ .today = today, .candidate = id });
	else
		db_fast_lane_list_send(cx, c->db, &rows,
		                       (struct db_fast_lane_list_in){ .today = today, .room = SHOWN });
	db_fast_lane_night_send(cx, c->db, &night, &was);
	LG_TRY(db_sync(cx, c->db));
	struct pair **pairs = lg_array(cx->mem, rows.n + 1, sizeof *pairs);
	const char **ids = lg_array(cx->mem, rows.n + 1, sizeof *ids);
	for (size_t i = 0; i < rows.n; i++) {
		struct pair *p = weigh(cx, c, &rows.rows[i]);
		if (p) ids[n] = rows.rows[i].candidate, pairs[n++] = p;
	}
	audit_seen(cx, c, ids, n);
	LG_TRY(app_end(cx, c));
	if (c->api) return answer_json(cx, c, 200, as_json(cx, pairs, n, &night, was)), LG_OK;
	show(cx, c, pairs, n, &night, was, id != NULL);
	return LG_OK;
}
