/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* Giving a card, and handing one on: first under which agreement, then what of it, until when, what for. */
#include <string.h>

#include "app/answer.h"
#include "app/audit.h"
#include "app/page.h"
#include "app/record.h"
#include "base/date.h"
#include "core/candidate_view.h"
#include "core/choice.h"
#include "core/core.h"
#include "core/input.h"
#include "core/record_pages.h"
#include "core/share.h"
#include "core/small_form.h"
#include "view/speech.h"
#include "view/when.h"

enum { USUAL_DAYS = 90, USUAL_ANSWER_DAYS = 7, US = 1000000 };

/* Of whom the card is to be, and where its form stands. */
struct giving {
	const char *candidate, *parent; /* one of them */
	const char *name, *path, *back, *title;
	struct page_crumb crumbs[2];
	const char *here;
	struct db_list fields; /* of a card that is handed on: what there is; n 0: all of the agreement's */
	int32_t until;         /* and how long; DB_NO_DATE */
	bool invented;
};

static enum lg_err of_candidate(struct lg_ctx *cx, struct call *c, struct giving *g)
{
	struct candidate_page page;
	const char *id;
	LG_TRY(app_uuid(c->rq->args[0], &id));
	LG_TRY(candidate_page_read(cx, c, id, &page));
	audit_seen(cx, c, &id, 1);
	*g = (struct giving){
		.candidate = page.one.id, .until = DB_NO_DATE, .here = "candidates", .invented = page.one.invented
	};
	g->name = record_flag(page.one.record, "protected_address") ? lg_say("Protected person")
	                                                            : candidate_name(cx, page.one.record);
	g->back = lg_printf(cx->mem, "/candidates/%s/shares", page.one.id);
	g->path = lg_printf(cx->mem, "%s/new", g->back);
	g->title = lg_say("Give a card, or refer");
	g->crumbs[0] = (struct page_crumb){ lg_say("Candidates"), "/candidates" };
	g->crumbs[1] = (struct page_crumb){ g->name, lg_printf(cx->mem, "/candidates/%s", page.one.id) };
	return LG_OK;
}

static enum lg_err of_share(struct lg_ctx *cx, struct call *c, struct giving *g)
{
	struct db_share_received_rows rows = { 0 };
	const char *id;
	json_t *card;
	LG_TRY(app_uuid(c->rq->args[0], &id));
	db_share_seen_send(cx, c->db, (struct db_share_seen_in){ .ids = { .texts = &id, .n = 1 }, .what = "card" });
	LG_TRY(db_share_get(cx, c->db, &rows, (struct db_share_get_in){ .id = id }));
	if (!rows.n || strcmp(rows.rows[0].side, "receiver") != 0) return LG_UNKNOWN;
	const struct db_share_received_row *r = &rows.rows[0];
	if (!r->may_forward)
		return lg_fail(cx, LG_DENIED, "", lg_say("This card may not be handed on, or not so much of it."));
	LG_TRY(record_parse(cx, &card, r->card, strlen(r->card)));
	*g = (struct giving){ .parent = r->id,
		              .until = lg_when_day((r->until - 1) / US, c->actor.zone),
		              .here = "shares" };
	g->fields = r->fields;
	g->name = share_name(cx, c, card);
	g->invented = record_flag(card, "invented");
	g->back = lg_printf(cx->mem, "/shares/%s", r->id);
	g->path = lg_printf(cx->mem, "%s/forward", g->back);
	g->title = lg_say("Hand the card on");
	g->crumbs[0] = (struct page_crumb){ lg_say("Other offices"), "/shares" };
	g->crumbs[1] = (struct page_crumb){ g->name, g->back };
	return LG_OK;
}

static const char *day_text(struct lg_ctx *cx, int32_t day)
{
	char text[11];
	lg_date_print(text, day);
	return lg_strdup(cx->mem, text);
}

static bool holds(const struct db_list *list, const char *text)
{
	for (size_t i = 0; i < list->n; i++)
		if (!strcmp(list->texts[i], text)) return true;
	return false;
}

static const char *way_words(struct lg_ctx *cx, const struct db_agreement_list_row *a)
{
	return lg_printf(cx->mem, lg_say("%s: %s (until %s)"), a->other_name, a->purpose, page_date(cx, a->valid_to));
}

/* The form, once it is said under which agreement. */
static struct html_form *form_of(struct lg_ctx *cx, struct call *c, const struct giving *g,
                                 const struct db_agreement_list_row *a)
{
	bool posted = c->rq->method == HTTP_POST;
	struct small_form *f = small_form(cx, c, g->parent ? g->path : g->back, lg_say("Give the card"));
	small_hidden(f, "agreement", a->id);
	f->form.intro = lg_printf(cx->mem, lg_say("To: %s. Ground: %s."), a->other_name,
	                          lg_say(choice_text(CHOICE_legal_basis, a->legal_basis)));
	struct html_fields_fields *fields =
	    small_choice(cx, f, "fields", lg_say("What they are told"), true, a->fields.n);
	fields->help = lg_say("Only what they need for it. Whether the person is available is always told.");
	for (size_t i = 0; i < a->fields.n; i++) {
		const char *name = a->fields.texts[i];
		if (g->fields.n && !holds(&g->fields, name)) continue;
		small_option(cx, fields, name, lg_say(choice_text(CHOICE_shared_field, name)), NULL,
		             posted ? small_chosen(c, "fields", name) : true);
	}
	int32_t today = page_today(cx, c), until = today + USUAL_DAYS;
	if (until > a->valid_to) until = a->valid_to;
	if (g->until != DB_NO_DATE && until > g->until) until = g->until;
	small_field(cx, f, "until", lg_say("Until when"), "date", day_text(cx, until))->must = true;
	struct html_fields_fields *why = small_field(cx, f, "why", lg_say("What for"), "text", "");
	why->must = true, why->help = lg_say("Both offices see it, and the person may ask for it.");
	if (a->may_forward) {
		struct html_fields_fields *on = small_choice(cx, f, "may_forward", lg_say("Handing on"), true, 1);
		small_option(cx, on, "1", lg_say("They may hand it on to offices they have an agreement with"), NULL,
		             posted && small_chosen(c, "may_forward", "1"));
	}
	if (g->candidate) {
		struct html_fields_fields *over =
		    small_choice(cx, f, "may_take_over", lg_say("If the person moves"), true, 1);
		small_option(cx, over, "1", lg_say("They may register the person as their own"), NULL,
		             posted && small_chosen(c, "may_take_over", "1"));
	}
	struct html_fields_fields *question =
	    small_field(cx, f, "question", lg_say("What you ask of them"), "text", "");
	question->help =
	    lg_say("Then it is a referral: it stands on their day, and you are reminded if nobody answers.");
	question->longest = 1000;
	small_field(cx, f, "deadline", lg_say("Answer wanted by"), "date", "")->help =
	    lg_printf(cx->mem, lg_say("With a question: often %s"), page_date(cx, today + USUAL_ANSWER_DAYS));
	f->form.cancel = g->back;
	return &f->form;
}

static struct html_events *ways_of(struct lg_ctx *cx, const struct giving *g, const struct db_agreement_list_rows *ways)
{
	struct html_events *v = lg_alloc(cx->mem, sizeof *v);
	v->events = lg_array(cx->mem, ways->n + 1, sizeof *v->events);
	v->empty = lg_say("No agreement is in force under which your office may give cards. A leader or administrator "
	                  "can propose one.");
	for (size_t i = 0; i < ways->n; i++) {
		const struct db_agreement_list_row *a = &ways->rows[i];
		if (strcmp(a->state, "in_force") != 0) continue;
		v->events[v->n_events++] =
		    (struct html_events_events){ .icon = "send",
			                         .title = a->other_name,
			                         .when = a->purpose,
			                         .words = lg_say(choice_text(CHOICE_legal_basis, a->legal_basis)),
			                         .url = lg_printf(cx->mem, "%s?agreement=%s", g->path, a->id),
			                         .act = lg_printf(cx->mem, lg_say("Choose: %s"), way_words(cx, a)) };
	}
	return v;
}

static enum lg_err show(struct lg_ctx *cx, struct call *c, const struct giving *g, const char *chosen)
{
	struct db_agreement_list_rows ways = { 0 };
	const struct db_agreement_list_row *one = NULL, *only = NULL;
	size_t n = 0;
	LG_TRY(db_agreement_ways(cx, c->db, &ways, (struct db_agreement_ways_in){ .today = page_today(cx, c) }));
	LG_TRY(app_end(cx, c));
	for (size_t i = 0; i < ways.n; i++) {
		if (strcmp(ways.rows[i].state, "in_force") != 0) continue;
		if (chosen && !strcmp(ways.rows[i].id, chosen)) one = &ways.rows[i];
		only = &ways.rows[i], n++;
	}
	if (!one && n == 1) one = only;
	struct html_sheet_sections section = { 0 };
	if (one) {
		section.title = lg_say("The card");
		section.body = html_form_any(form_of(cx, c, g, one));
	} else {
		section.title = lg_say("To whom");
		section.body = html_events_any(ways_of(cx, g, &ways));
	}
	struct html_sheet v = { .title = g->title, .lead = g->name, .sections = &section, .n_sections = 1 };
	page_answer(
	    cx, c,
	    &(struct page){
	        .title = g->title, .crumbs = g->crumbs, .n_crumbs = 2, .here = g->here, .invented = g->invented },
	    html_sheet_any(&v));
	return LG_OK;
}

static enum lg_err show_new(struct lg_ctx *cx, struct call *c, const struct giving *g)
{
	const char *asked = http_query(c->rq, "agreement"), *id = NULL;
	if (asked) LG_TRY(app_uuid(asked, &id));
	return show(cx, c, g, id);
}

enum lg_err on_share_new(struct lg_ctx *cx, struct call *c)
{
	struct giving g = { 0 };
	LG_TRY(of_candidate(cx, c, &g));
	return show_new(cx, c, &g);
}

enum lg_err on_share_forward_new(struct lg_ctx *cx, struct call *c)
{
	struct giving g = { 0 };
	LG_TRY(of_share(cx, c, &g));
	return show_new(cx, c, &g);
}

static enum lg_err read_order(struct lg_ctx *cx, struct call *c, const struct giving *g, struct share_order *out)
{
	static const char *const names[] = { "agreement", "fields",   "until",    "may_forward", "may_take_over",
		                             "why",       "question", "deadline", NULL };
	json_t *body = NULL;
	if (c->api) LG_TRY(input_json(cx, c, &body));
	LG_TRY(input_only(cx, c, body, names));
	*out = (struct share_order){ .candidate = g->candidate, .parent = g->parent };
	if (app_uuid(share_said(c, body, "agreement"), &out->agreement) != LG_OK)
		return lg_fail(cx, LG_INVALID, "agreement", lg_say("Choose one of the list."));
	out->fields = share_all(cx, c, body, "fields");
	if (!out->fields.n && !c->api) (void)!lg_fail(cx, LG_INVALID, "fields", lg_say("Choose at least one."));
	out->until = share_date(cx, c, body, "until");
	out->may_forward = share_flag(c, body, "may_forward");
	out->may_take_over = share_flag(c, body, "may_take_over");
	out->why = share_said(c, body, "why");
	out->question = share_said(c, body, "question");
	out->deadline = share_date(cx, c, body, "deadline");
	return cx->notes ? LG_INVALID : LG_OK;
}

static enum lg_err add(struct lg_ctx *cx, struct call *c, struct giving *g)
{
	struct share_order order = { 0 };
	const char *id = NULL;
	enum lg_err err = read_order(cx, c, g, &order);
	if (err == LG_OK) err = share_give(cx, c, &order, &id);
	if (err == LG_INVALID && !c->api) {
		LG_TRY(record_reopen(cx, c)); /* PostgreSQL may have ended it */
		return show(cx, c, g, order.agreement);
	}
	LG_TRY(err);
	if (c->api) return record_answer_made(cx, c, "/shares", id, NULL), LG_OK;
	answer_see(cx, c, lg_printf(cx->mem, "/shares/%s", id), *order.question ? "referred" : "shared");
	return LG_OK;
}

enum lg_err on_share_add(struct lg_ctx *cx, struct call *c)
{
	struct giving g = { 0 };
	LG_TRY(of_candidate(cx, c, &g));
	return add(cx, c, &g);
}

enum lg_err on_share_forward(struct lg_ctx *cx, struct call *c)
{
	struct giving g = { 0 };
	LG_TRY(of_share(cx, c, &g));
	return add(cx, c, &g);
}
