/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* What agents see of calls: a card for each that is for them now, and who rang in vain. */
#include <string.h>

#include "app/answer.h"
#include "app/audit.h"
#include "app/page.h"
#include "core/choice.h"
#include "core/list_page.h"
#include "core/small_form.h"
#include "modules/hotline/enquiry.h"
#include "modules/hotline/hotline.h"
#include "modules/hotline/known.h"
#include "modules/hotline/live.h"
#include "modules/hotline/phone.h"
#include "modules/hotline/phone_rules.h"
#include "view/number.h"
#include "view/speech.h"
#include "view/when.h"

enum { US = 1000000, CARDS = 6, BEFORE = 3, PEOPLE = 5, MISSED = 50, LIVE_MS = 200 };

static const char *near_time(struct lg_ctx *cx, const struct call *c, int64_t at_us)
{
	char when[LG_WHEN];
	return lg_strdup(cx->mem, lg_when_near_time(when, at_us / US, c->actor.zone, cx->now));
}

/* --- who calls */

struct caller {
	struct db_phone_enquiries_rows before;
	struct db_phone_people_rows people;
	struct known known;
};

static void caller_send(struct lg_ctx *cx, struct call *c, const struct db_phone_list_row *r, struct caller *out)
{
	if (!r->caller_digits) return;
	db_phone_enquiries_send(cx, c->db, &out->before,
	                        (struct db_phone_enquiries_in){ .digits = r->caller_digits, .room = BEFORE });
	db_phone_people_send(cx, c->db, &out->people,
	                     (struct db_phone_people_in){ .digits = r->caller_digits,
	                                                  .employers = may(&c->actor, MAY_EMPLOYER_READ),
	                                                  .candidates = may(&c->actor, MAY_CANDIDATE_READ),
	                                                  .room = PEOPLE });
	known_send(cx, c, r->caller_number ? r->caller_number : "", "", "", NULL, &out->known);
}

static const struct person_kind {
	const char *kind, *path, *text;
} kinds[] = {
	{ "colleague", NULL, LG_TEXT("Colleague") },
	{ "employer", "/employers/", LG_TEXT("Contact person of an employer") },
	{ "candidate", "/candidates/", LG_TEXT("Candidate") },
	{ "office", "/entrance/", LG_TEXT("Hotline of another office") },
};
enum { KINDS = sizeof kinds / sizeof *kinds };

static const struct person_kind *kind_of(const char *name)
{
	const struct person_kind *k = kinds;
	while (k < kinds + KINDS - 1 && strcmp(k->kind, name) != 0) k++;
	return k;
}

static void put_people(struct lg_ctx *cx, struct call *c, const struct caller *from,
                       struct html_phone_cards_cards *card)
{
	for (size_t i = 0; i < from->people.n; i++) {
		const struct db_phone_people_row *p = &from->people.rows[i];
		const struct person_kind *k = kind_of(p->kind);
		card->lines[card->n_lines++] = (struct html_phone_cards_cards_lines){
			.url = k->path ? lg_printf(cx->mem, "%s%s", k->path, p->id) : NULL,
			.name = p->name,
			.more = p->more && *p->more ? lg_printf(cx->mem, "%s · %s", lg_say(k->text), p->more)
			                            : lg_say(k->text),
		};
		if (!strcmp(p->kind, "candidate")) audit_seen(cx, c, &p->id, 1);
	}
}

static void put_before(struct lg_ctx *cx, const struct call *c, const struct caller *from,
                       struct html_phone_cards_cards *card)
{
	for (size_t i = 0; i < from->before.n; i++) {
		const struct db_phone_enquiries_row *e = &from->before.rows[i];
		card->lines[card->n_lines++] = (struct html_phone_cards_cards_lines){
			.url = lg_printf(cx->mem, "/enquiries/%s", e->id),
			.name = lg_say(choice_text(CHOICE_enquiry_subject, e->subject)),
			.more = lg_printf(cx->mem, "%s · %s", near_time(cx, c, e->created),
			                  lg_say(choice_text(CHOICE_enquiry_state, e->state))),
		};
	}
}

/* Colleagues of the offices that the hotline is for. */
static void put_known(struct lg_ctx *cx, const struct caller *from, struct html_phone_cards_cards *card)
{
	for (size_t i = 0; i < from->known.rows.n && i < PEOPLE; i++) {
		const struct db_known_callers_row *r = &from->known.rows.rows[i];
		card->lines[card->n_lines++] = (struct html_phone_cards_cards_lines){
			.name = lg_printf(cx->mem, "%s, %s", r->name, r->office),
			.more = known_reach(cx, r),
		};
	}
}

static const char *who(struct lg_ctx *cx, const struct db_phone_list_row *r, const struct caller *from)
{
	const char *known = known_who(cx, &from->known);
	if (!r->caller_number) return lg_say("The number is withheld.");
	if (known) return known;
	if (from->before.n) {
		const struct db_phone_enquiries_row *e = &from->before.rows[0];
		return enquiry_caller(cx, e->caller_name, e->caller_place, e->municipality, e->caller_phone);
	}
	return from->people.n ? from->people.rows[0].name : lg_say("Nobody known has this number.");
}

/* --- cards */

static void put_state(struct lg_ctx *cx, const struct call *c, const struct db_phone_list_row *r, bool mine,
                      struct html_phone_cards_cards *card)
{
	bool rings = !strcmp(r->state, "ringing"), over = r->result;
	card->state = rings   ? lg_say("It rings")
	              : !over ? lg_say("You are speaking")
	              : mine  ? lg_say("You spoke")
	                      : lg_say("Answered at a telephone");
	card->tone = rings ? "warn" : over ? "info" : "good";
	card->since = near_time(cx, c, r->answered_at == DB_NO_INT ? r->began : r->answered_at);
}

static void put_card(struct lg_ctx *cx, struct call *c, const struct db_phone_list_row *r, struct caller *from,
                     bool aside, struct html_phone_cards_cards *card)
{
	bool mine = r->agent && !strcmp(r->agent, c->actor.account);
	known_sort(cx, &from->known);
	*card = (struct html_phone_cards_cards){
		.id = r->id,
		.number = r->caller_number ? r->caller_number : lg_say("without a number"),
		.who = who(cx, r, from),
		.aside = aside,
	};
	put_state(cx, c, r, mine, card);
	card->lines = lg_array(cx->mem, PEOPLE + PEOPLE + BEFORE, sizeof *card->lines);
	put_known(cx, from, card);
	put_people(cx, c, from, card);
	put_before(cx, c, from, card);
	if (!may(&c->actor, MAY_ENQUIRY_WRITE)) return;
	if (mine)
		card->write = lg_printf(cx->mem, "/enquiries/new?call=%s", r->id);
	else
		card->take = lg_printf(cx->mem, "/hotline/calls/%s/take", r->id);
}

enum lg_err phone_cards(struct lg_ctx *cx, struct call *c, const char *form, struct html_phone_cards **out)
{
	struct html_phone_cards *v = lg_alloc(cx->mem, sizeof *v);
	struct db_phone_list_rows rows = { 0 };
	struct caller *from = lg_array(cx->mem, CARDS, sizeof *from);
	*out = v;
	LG_TRY(db_phone_cards(cx, c->db, &rows, (struct db_phone_cards_in){ .me = c->actor.account, .room = CARDS }));
	if (!rows.n) return LG_OK;
	for (size_t i = 0; i < rows.n; i++) caller_send(cx, c, &rows.rows[i], &from[i]);
	LG_TRY(db_sync(cx, c->db));
	v->csrf = page_csrf(cx, c);
	v->cards = lg_array(cx->mem, rows.n, sizeof *v->cards);
	for (size_t i = 0; i < rows.n; i++)
		if (!form || strcmp(form, rows.rows[i].id) != 0)
			put_card(cx, c, &rows.rows[i], &from[i], form != NULL, &v->cards[v->n_cards++]);
	return LG_OK;
}

/* The block alone, for a script that was told that something changed. */
enum lg_err on_phone_cards(struct lg_ctx *cx, struct call *c)
{
	struct html_phone_cards *cards;
	if (!c->partial) return answer_see(cx, c, "/hotline", NULL), LG_OK;
	LG_TRY(phone_cards(cx, c, http_query(c->rq, "form"), &cards));
	LG_TRY(app_end(cx, c));
	page_answer(cx, c, &(struct page){ .title = "" }, html_phone_cards_any(cards));
	return LG_OK;
}

/* For a page that shows the cards and not the queue. */
enum lg_err on_phone_live(struct lg_ctx *cx, struct call *c) { return live_stream(cx, c, LIVE_CALLS, LIVE_MS); }

/* --- missed */

void phone_missed_send(struct lg_ctx *cx, struct call *c, struct phone_missed *out)
{
	db_phone_missed_send(cx, c->db, &out->rows, (struct db_phone_missed_in){ .room = MISSED });
	db_phone_withheld_send(cx, c->db, &out->withheld);
	db_extension_get_send(cx, c->db, &out->own, &out->has_own,
	                      (struct db_extension_get_in){ .account = c->actor.account });
}

static void put_missed(struct lg_ctx *cx, struct call *c, const struct db_phone_missed_row *r,
                       struct html_records_rows *row)
{
	struct html_records_rows_name *name = lg_alloc(cx->mem, sizeof *name);
	name->plain = r->caller_number;
	*row = (struct html_records_rows){ .id = r->id, .says = r->caller_number, .name = name, .n_name = 1 };
	row->cells = lg_array(cx->mem, 2, sizeof *row->cells);
	list_cell(row, lg_say("Rang first"), near_time(cx, c, r->began));
	list_cell(row, lg_say("How often"), lg_number_count(lg_alloc(cx->mem, 48), (uint64_t)r->times));
	if (!may(&c->actor, MAY_ENQUIRY_WRITE)) return;
	row->deeds = lg_array(cx->mem, 2, sizeof *row->deeds);
	row->deeds[row->n_deeds++] =
	    (struct html_records_rows_deeds){ .name = lg_say("Ring back"),
		                              .says = r->caller_number,
		                              .url = lg_printf(cx->mem, "/hotline/calls/%s/callback", r->id),
		                              .post = true };
	row->deeds[row->n_deeds++] =
	    (struct html_records_rows_deeds){ .name = lg_say("Not needed"),
		                              .says = r->caller_number,
		                              .url = lg_printf(cx->mem, "/hotline/calls/%s/leave", r->id),
		                              .post = true };
}

bool phone_missed_table(struct lg_ctx *cx, struct call *c, const struct phone_missed *missed, const char *csrf,
                        struct html_any *table, const char **remark)
{
	const char *const heads[] = { lg_say("Number"), lg_say("Rang first"), lg_say("How often") };
	char count[48];
	size_t n = missed->rows.n, withheld = (size_t)missed->withheld.n;
	*remark = NULL;
	if (!n && !withheld) return false;
	struct html_records *v = list_table(cx, lg_say("Missed calls"), heads, sizeof heads / sizeof *heads, n);
	v->id = "missed";
	v->action = "/hotline";
	v->csrf = csrf;
	v->acts = may(&c->actor, MAY_ENQUIRY_WRITE);
	v->empty = lg_say("Nobody is to be rung back");
	for (size_t i = 0; i < n; i++) put_missed(cx, c, &missed->rows.rows[i], &v->rows[v->n_rows++]);
	*table = html_records_any(v);
	if (withheld)
		*remark = lg_printf(cx->mem,
		                    lg_says("%s call without a number was missed in the last 24 hours.",
		                            "%s calls without a number were missed in the last 24 hours.", withheld),
		                    lg_number_count(count, withheld));
	return true;
}

struct html_form *phone_extension_form(struct lg_ctx *cx, struct call *c, const struct phone_missed *own)
{
	struct small_form *f = small_form(cx, c, "/hotline/extension", lg_say("Save"));
	struct html_fields_fields *field = small_field(cx, f, "extension", lg_say("My telephone's extension"), "text",
	                                               own->has_own ? own->own.extension : "");
	field->help =
	    lg_say("Like: 201. Calls to it then show you who calls. Empty: only calls to the whole hotline do.");
	field->brief = true, field->longest = PHONE_EXTENSION - 1;
	return &f->form;
}
