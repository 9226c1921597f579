/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* An enquiry's own page, the form that writes one down, its steps. */
#include <string.h>

#include "app/answer.h"
#include "app/audit.h"
#include "app/page.h"
#include "app/record.h"
#include "core/colleague.h"
#include "core/input.h"
#include "core/record_pages.h"
#include "core/small_form.h"
#include "modules/hotline/enquiry.h"
#include "modules/hotline/enquiry_rules.h"
#include "modules/hotline/entities.h"
#include "modules/hotline/hotline.h"
#include "modules/hotline/known.h"
#include "modules/hotline/phone.h"
#include "modules/hotline/web_form.h"
#include "view/enquiry_beside.html.h"
#include "view/enquiry_new.html.h"
#include "view/form_page.html.h"
#include "view/record.html.h"
#include "view/speech.h"
#include "view/steps.html.h"
#include "view/when.h"

enum { US = 1000000 };

static const char *word(const json_t *record, const char *name) { return record_word(record, name); }

static const char *near_time(struct lg_ctx *cx, const struct call *c, int64_t at_us)
{
	char when[LG_WHEN];
	return lg_strdup(cx->mem, lg_when_near_time(when, at_us / US, c->actor.zone, cx->now));
}

/* --- reading */

static enum lg_err read(struct lg_ctx *cx, struct call *c, const char *id, struct record_page *out)
{
	struct db_colleague_list_rows colleagues = { 0 };
	struct enquiry *one = lg_alloc(cx->mem, sizeof *one);
	db_colleague_list_send(cx, c->db, &colleagues);
	LG_TRY(enquiry_read(cx, c, id, one));
	out->with = colleagues_of(cx, &colleagues);
	out->record = one->record;
	out->key = one->key;
	out->one = one;
	out->at = (struct record_at){ .entity = &enquiry_entity,
		                      .id = one->id,
		                      .name = lg_say(choice_text(CHOICE_enquiry_subject, word(one->record, "subject"))),
		                      .path = lg_printf(cx->mem, "/enquiries/%s", one->id),
		                      .list = lg_say("Hotline"),
		                      .list_path = "/hotline",
		                      .here = "hotline",
		                      .version = one->version,
		                      .invented = one->row.invented };
	return LG_OK;
}

static enum lg_err change(struct lg_ctx *cx, struct call *c, struct record_page *page, const struct section *s,
                          json_t *part, int64_t version)
{
	struct enquiry *one = page->one;
	LG_TRY(enquiry_change(cx, c, one, s, part, version));
	page->record = one->record;
	page->at.version = one->version;
	return LG_OK;
}

static const struct record_doings doings = { &enquiry_entity, read, change };

/* --- the page */

static void put_state(struct lg_ctx *cx, struct call *c, const struct record_page *page, struct html_record *v)
{
	const struct enquiry *one = page->one;
	const struct db_enquiry_get_row *r = &one->row;
	bool done = !strcmp(r->state, "answered") || !strcmp(r->state, "closed"),
	     late = !done && r->due_at != DB_NO_INT && r->due_at / US < cx->now;
	v->state = lg_say(choice_text(CHOICE_enquiry_state, r->state));
	v->state_tone = done ? "good" : late ? "bad" : "info";
	v->next = r->owner ? lg_printf(cx->mem, "%s: %s", v->state, form_member_name(&page->with, r->owner)) : v->state;
	v->next_more = done && r->outcome ? lg_say(choice_text(CHOICE_enquiry_outcome, r->outcome))
	               : r->due_at == DB_NO_INT
	                   ? ""
	                   : lg_printf(cx->mem, late ? lg_say("An answer was due: %s") : lg_say("An answer is due: %s"),
	                               near_time(cx, c, r->due_at));
}

/* Without a name on it, whose number it is may be known all the same. */
static void put_head(struct lg_ctx *cx, struct call *c, const struct record_page *page, const struct known *known,
                     struct html_record *v)
{
	const char *who = *word(page->record, "caller_name") ? NULL : known_who(cx, known);
	const struct enquiry *one = page->one;
	const json_t *r = page->record;
	const char *municipality = word(r, "municipality");
	v->about_says = lg_say("About this enquiry");
	v->facts_says = lg_say("What can be done");
	v->initials = "?";
	v->name = page->at.name;
	v->about = lg_printf(
	    cx->mem, "%s · %s",
	    enquiry_caller(cx, word(r, "caller_name"), word(r, "caller_place"), *municipality ? municipality : NULL,
	                   *word(r, "caller_phone") ? word(r, "caller_phone") : word(r, "caller_mail")),
	    near_time(cx, c, one->row.created));
	if (who) v->about = lg_printf(cx->mem, "%s · %s", who, v->about);
	if (!strcmp(word(r, "channel"), "web")) /* whoever sent the form may say it */
		v->about = lg_printf(cx->mem, "%s · %s", v->about, web_form_reference(cx, one->id));
	put_state(cx, c, page, v);
	record_page_tabs(cx, page, NULL, NULL, v);
}

static void put_whys(struct lg_ctx *cx, struct html_steps *v, const char *says)
{
	size_t n;
	const struct choice *all = choices(CHOICE_enquiry_outcome, &n);
	v->why_state = "answered";
	v->why_says = says;
	v->whys = lg_array(cx->mem, n, sizeof *v->whys);
	for (size_t i = 0; i < n; i++)
		v->whys[v->n_whys++] = (struct html_steps_whys){ .value = all[i].code, .label = lg_say(all[i].text) };
}

/* Each step is a button; what is answered asks what came of it. */
static struct html_steps *steps_of(struct lg_ctx *cx, struct call *c, const struct enquiry *one)
{
	size_t n;
	const struct enquiry_move *moves = enquiry_moves(one->row.state, &n);
	struct html_steps *v = lg_alloc(cx->mem, sizeof *v);
	*v = (struct html_steps){ .action = lg_printf(cx->mem, "/enquiries/%s/state", one->id),
		                  .csrf = page_csrf(cx, c),
		                  .version = record_version(cx, one->version),
		                  .why_more = lg_say("What came of it? One press is enough.") };
	v->steps = lg_array(cx->mem, n + 1, sizeof *v->steps);
	for (size_t i = 0; i < n; i++) {
		bool first = v->n_steps == 0;
		if (!strcmp(moves[i].to, "answered"))
			put_whys(cx, v, lg_say(moves[i].text));
		else
			v->steps[v->n_steps++] = (struct html_steps_steps){ .value = moves[i].to,
				                                            .label = lg_say(moves[i].text),
				                                            .first = first };
	}
	return v;
}

static struct html_form *pass_form(struct lg_ctx *cx, struct call *c, const struct record_page *page)
{
	const struct enquiry *one = page->one;
	struct small_form *f =
	    small_form(cx, c, lg_printf(cx->mem, "/enquiries/%s/pass", one->id), lg_say("Pass it on"));
	f->form.version = record_version(cx, one->version);
	struct html_fields_fields *whom =
	    small_choice(cx, f, "owner", lg_say("To whom"), false, page->with.n_members + 1);
	small_option(cx, whom, "", "–", NULL, true);
	for (size_t i = 0; i < page->with.n_members; i++)
		small_option(cx, whom, page->with.members[i].account, page->with.members[i].name, NULL, false);
	return &f->form;
}

static struct html_form *link_form(struct lg_ctx *cx, struct call *c, const struct enquiry *one)
{
	struct small_form *f = small_form(cx, c, lg_printf(cx->mem, "/enquiries/%s/link", one->id), lg_say("Link"));
	f->form.version = record_version(cx, one->version);
	small_field(cx, f, "candidate", lg_say("Address of the person's page"), "text", "")->help =
	    lg_say("If the person is registered already: the name is then kept there, and not twice.");
	return &f->form;
}

/* What was answered may help the next who is asked. */
static void put_article(struct lg_ctx *cx, const struct enquiry *one, struct html_record *v)
{
	if (!*word(one->record, "answer")) return;
	v->actions[v->n_actions++] =
	    (struct html_record_actions){ .url = lg_printf(cx->mem, "/enquiries/%s/article", one->id),
		                          .name = lg_say("Make it an answer for all agents"),
		                          .icon = "document" };
}

static void put_action(struct html_record *v, const char *url, const char *name, const char *icon)
{
	v->actions[v->n_actions++] = (struct html_record_actions){ .url = url, .name = name, .icon = icon };
}

/* The person it is about is the office's own candidate ... */
static void put_own(struct lg_ctx *cx, struct call *c, const char *candidate, struct html_record *v)
{
	const char *person = lg_printf(cx->mem, "/candidates/%s", candidate);
	put_action(v, person, lg_say("The person"), "person");
	put_action(v, lg_printf(cx->mem, "%s/screening", person), lg_say("What suits at the region"), "checklist");
	put_action(v, lg_printf(cx->mem, "%s/outcomes", person), lg_say("What became of it"), "flag");
	if (may(&c->actor, MAY_SHARE_WRITE))
		put_action(v, lg_printf(cx->mem, "%s/shares/new", person), lg_say("Refer to another office"), "send");
}

/* ... or known by a card of another office ... */
static void put_card(struct lg_ctx *cx, struct call *c, const struct db_enquiry_get_row *r, struct html_record *v)
{
	const char *card = lg_printf(cx->mem, "/shares/%s", r->share);
	if (!may(&c->actor, MAY_SHARE_READ)) return;
	put_action(v, card, lg_say("The card"), "person");
	if (r->is_passable && may(&c->actor, MAY_SHARE_WRITE))
		put_action(v, lg_printf(cx->mem, "%s/forward", card), lg_say("Refer to another office"), "send");
}

/* ... or not known yet. */
static void put_unknown(struct lg_ctx *cx, struct call *c, const struct enquiry *one, struct html_record *v)
{
	if (may(&c->actor, MAY_SHARE_READ))
		put_action(v, lg_printf(cx->mem, "/enquiries/%s/card", one->id), lg_say("A card from another office"),
		           "person");
	if (!may(&c->actor, MAY_CANDIDATE_WRITE)) return;
	put_action(v, lg_printf(cx->mem, "/enquiries/%s/candidate", one->id), lg_say("Register the person"),
	           "person-add");
	v->asides[v->n_asides++] = (struct html_record_asides){ .id = "link",
		                                                .title = lg_say("Registered already?"),
		                                                .fold = true,
		                                                .body = html_form_any(link_form(cx, c, one)) };
}

static void put_person(struct lg_ctx *cx, struct call *c, const struct enquiry *one, struct html_record *v)
{
	if (one->row.candidate)
		put_own(cx, c, one->row.candidate, v);
	else if (one->row.share)
		put_card(cx, c, &one->row, v);
	else
		put_unknown(cx, c, one, v);
}

/* What was written, and the form that answers. */
static void put_mails(struct lg_ctx *cx, const struct enquiry *one, struct html_record *v)
{
	if (strcmp(word(one->record, "channel"), "mail") != 0 && !*word(one->record, "caller_mail")) return;
	v->actions[v->n_actions++] = (struct html_record_actions){
		.url = lg_printf(cx->mem, "/enquiries/%s/mails", one->id), .name = lg_say("Mails"), .icon = "email"
	};
}

static void put_asides(struct lg_ctx *cx, struct call *c, const struct record_page *page, struct html_record *v)
{
	const struct enquiry *one = page->one;
	bool open = strcmp(one->row.state, "answered") != 0 && strcmp(one->row.state, "closed") != 0;
	v->actions = lg_array(cx->mem, 7, sizeof *v->actions);
	put_mails(cx, one, v);
	if (!may(&c->actor, MAY_ENQUIRY_WRITE)) return;
	v->asides = lg_array(cx->mem, 4, sizeof *v->asides);
	v->asides[v->n_asides++] = (struct html_record_asides){ .id = "steps",
		                                                .title = lg_say("What happened?"),
		                                                .body = html_steps_any(steps_of(cx, c, one)) };
	if (open)
		v->asides[v->n_asides++] = (struct html_record_asides){ .id = "pass",
			                                                .title = lg_say("Pass it on"),
			                                                .body = html_form_any(pass_form(cx, c, page)) };
	put_person(cx, c, one, v);
	put_article(cx, one, v);
}

static void put_json_state(json_t *o, const struct db_enquiry_get_row *r)
{
	json_object_set_new(o, "state", json_string(r->state));
	json_object_set_new(o, "owner", r->owner ? json_string(r->owner) : json_null());
	json_object_set_new(o, "outcome", r->outcome ? json_string(r->outcome) : json_null());
	json_object_set_new(o, "due_at", r->due_at == DB_NO_INT ? json_null() : json_integer(r->due_at / US));
	json_object_set_new(o, "candidate", r->candidate ? json_string(r->candidate) : json_null());
	json_object_set_new(o, "share", r->share ? json_string(r->share) : json_null());
	json_object_set_new(o, "handovers", json_integer(r->handovers));
}

/* What a candidate's page would write down is written down here too. */
static void note_seen(struct lg_ctx *cx, struct call *c, const struct record_page *page)
{
	const struct enquiry *one = page->one;
	if (one->row.candidate) audit_seen(cx, c, &one->row.candidate, 1);
}

enum lg_err on_enquiry_show(struct lg_ctx *cx, struct call *c)
{
	static const char *const open[] = { "question", "call", "answer", NULL };
	struct record_page page = { 0 };
	struct html_record v = { 0 };
	struct known known;
	const char *id;
	LG_TRY(app_uuid(c->rq->args[0], &id));
	LG_TRY(read(cx, c, id, &page));
	note_seen(cx, c, &page);
	known_send(cx, c, word(page.record, "caller_phone"), "", "", NULL, &known);
	LG_TRY(app_end(cx, c));
	known_sort(cx, &known);
	app_put_version(cx, c, page.at.version);
	if (c->api) {
		json_t *o = record_page_json(cx, &page);
		put_json_state(o, &((const struct enquiry *)page.one)->row);
		return answer_json(cx, c, 200, o), LG_OK;
	}
	put_head(cx, c, &page, &known, &v);
	record_page_sections(cx, c, &page, &v, open, "", MAY_ENQUIRY_WRITE);
	put_asides(cx, c, &page, &v);
	record_page_show(cx, c, &page, &v);
	return LG_OK;
}

enum lg_err on_enquiry_edit(struct lg_ctx *cx, struct call *c) { return record_on_edit(cx, c, &doings); }
enum lg_err on_enquiry_save(struct lg_ctx *cx, struct call *c) { return record_on_save(cx, c, &doings); }
enum lg_err on_enquiry_history(struct lg_ctx *cx, struct call *c) { return record_on_history(cx, c, &doings); }

/* --- writing one down */

/* What the page's own buttons send beside the fields. */
struct asked {
	const char *caller_from; /* whose facts were taken before, or "" */
	const char *call;        /* the telephone call it comes of, or "" */
	const char *caller;      /* whose facts shall be taken now, or NULL */
	const char *known;       /* the colleague of a covered office who it is, or "" */
	const char *known_now;   /* who shall be taken to be that now, or NULL */
	const char *known_who;   /* their name, to be said; or NULL */
	bool look;
};

static void put_hidden(struct html_form *form, const char *name, const char *value)
{
	if (*value) form->hidden[form->n_hidden++] = (struct html_form_hidden){ .name = name, .value = value };
}

static enum lg_err show_new(struct lg_ctx *cx, struct call *c, const json_t *record, const struct asked *a,
                            struct html_enquiry_beside *beside)
{
	struct html_phone_cards *cards;
	LG_TRY(phone_cards(cx, c, a->call, &cards));
	LG_TRY(app_end(cx, c));
	struct html_form *form =
	    record_quick_form(cx, c, &enquiry_entity, "/enquiries", lg_say("Save the enquiry"), record, NULL);
	form->id = "enquiry";
	form->second = lg_say("Look for callers and openings");
	form->second_name = "look", form->second_value = "1";
	form->hidden = lg_array(cx->mem, 3, sizeof *form->hidden);
	put_hidden(form, "caller_from", a->caller_from);
	put_hidden(form, "call", a->call);
	put_hidden(form, "known", a->known);
	struct html_enquiry_new v = {
		.title = lg_say("New enquiry"),
		.lead =
		    a->known_who
		        ? lg_printf(cx->mem,
		                    lg_say("The caller is %s. The name is written down once a legal basis is chosen."),
		                    a->known_who)
		        : lg_say("Four things are needed; the rest if it helps. What helps you appears beside."),
		.form = form,
		.beside_title = lg_say("While you write"),
		.beside = html_enquiry_beside_any(beside),
		.calls = html_phone_cards_any(cards),
		.calls_url = lg_printf(cx->mem, "/hotline/calls?form=%s", a->call)
	};
	struct page_crumb crumbs[] = { { lg_say("Hotline"), "/hotline" } };
	page_answer(cx, c, &(struct page){ .title = v.title, .crumbs = crumbs, .n_crumbs = 1, .here = "hotline" },
	            html_enquiry_new_any(&v));
	return LG_OK;
}

static struct html_enquiry_beside *nothing_beside(struct lg_ctx *cx)
{
	struct html_enquiry_beside *v = lg_alloc(cx->mem, sizeof *v);
	v->hint = lg_say("Who rang before, openings that suit and answers given before appear here.");
	return v;
}

/* A call brings its number, and whose it is if that is known; it is a colleague's once they took it. */
static enum lg_err new_of(struct lg_ctx *cx, struct call *c, json_t *record, const char *call)
{
	struct asked a = { .caller_from = "", .call = "", .known = "" };
	struct phone_call one;
	struct html_enquiry_beside *beside;
	if (!call) return show_new(cx, c, record, &a, nothing_beside(cx));
	LG_TRY(phone_read(cx, c, call, record, &one));
	if (one.enquiry || one.others) {
		LG_TRY(app_end(cx, c));
		return answer_see(cx, c, one.enquiry ? lg_printf(cx->mem, "/enquiries/%s", one.enquiry) : "/hotline",
		                  "call_late"),
		       LG_OK;
	}
	a.call = one.id;
	a.known = one.known ? one.known : "";
	a.known_who = one.known_who;
	if (one.caller_from) {
		LG_TRY(enquiry_fill(cx, c, one.caller_from, record));
		a.caller_from = one.caller_from;
	}
	LG_TRY(enquiry_beside(cx, c, record, true, &beside));
	return show_new(cx, c, record, &a, beside);
}

enum lg_err on_enquiry_new(struct lg_ctx *cx, struct call *c)
{
	json_t *record =
	    record_keep(cx, json_pack("{s:s, s:s, s:s}", "channel", "phone", "priority", "normal", "about", "nobody"));
	return new_of(cx, c, record, http_query(c->rq, "call"));
}

static void take_own(struct lg_ctx *cx, struct call *c, struct asked *out)
{
	struct http_request *rq = lg_alloc(cx->mem, sizeof *rq);
	struct http_pair *rest = lg_array(cx->mem, c->rq->form.n + 1, sizeof *rest);
	*out = (struct asked){ .caller_from = "", .call = "", .known = "" };
	*rq = *c->rq;
	rq->form = (struct http_pairs){ .at = rest };
	for (size_t i = 0; i < c->rq->form.n; i++) {
		const struct http_pair *p = &c->rq->form.at[i];
		if (!strcmp(p->name, "look"))
			out->look = true;
		else if (!strcmp(p->name, "caller") && !strncmp(p->value, KNOWN_TAKE, strlen(KNOWN_TAKE)))
			out->known_now = p->value + strlen(KNOWN_TAKE);
		else if (!strcmp(p->name, "caller"))
			out->caller = p->value;
		else if (!strcmp(p->name, "known"))
			out->known = p->value;
		else if (!strcmp(p->name, "caller_from"))
			out->caller_from = p->value;
		else if (!strcmp(p->name, "call"))
			out->call = p->value;
		else
			rest[rq->form.n++] = *p;
	}
	c->rq = rq;
}

/* Somebody whom the hotline may know: chosen now, or before. Who is not there any more is nobody. */
static enum lg_err take_known(struct lg_ctx *cx, struct call *c, struct asked *a, json_t *typed)
{
	const char *id = a->known_now ? a->known_now : a->known;
	struct known k;
	a->known = "";
	if (app_uuid(id, &id) != LG_OK) return LG_OK;
	known_send(cx, c, "", "", "", id, &k);
	LG_TRY(db_sync(cx, c->db));
	known_sort(cx, &k);
	const struct db_known_callers_row *r = known_only(&k);
	if (!r) return LG_OK;
	if (a->known_now) known_fill(r, true, typed);
	a->known = r->id;
	a->known_who = lg_printf(cx->mem, "%s, %s", r->name, r->office);
	return LG_OK;
}

static enum lg_err show_again(struct lg_ctx *cx, struct call *c, struct asked *a, json_t *typed)
{
	struct html_enquiry_beside *beside;
	if (a->caller) LG_TRY(enquiry_fill(cx, c, a->caller, typed));
	if (a->caller) a->caller_from = a->caller, a->known = "";
	if (a->known_now) a->caller_from = "";
	LG_TRY(take_known(cx, c, a, typed));
	LG_TRY(enquiry_beside(cx, c, typed, true, &beside));
	return show_new(cx, c, typed, a, beside);
}

/* The block alone, for a script that asks while one types. */
enum lg_err on_enquiry_beside(struct lg_ctx *cx, struct call *c)
{
	struct asked a;
	json_t *record, *typed;
	struct html_enquiry_beside *beside;
	take_own(cx, c, &a);
	enum lg_err err = record_read_new(cx, c, &enquiry_entity, &record, &typed);
	cx->notes = NULL; /* it is not time yet to complain */
	if (err != LG_OK && err != LG_INVALID) return err;
	if (!c->partial) return show_again(cx, c, &a, typed);
	LG_TRY(enquiry_beside(cx, c, typed, true, &beside));
	LG_TRY(app_end(cx, c));
	page_answer(cx, c, &(struct page){ .title = "" }, html_enquiry_beside_any(beside));
	return LG_OK;
}

enum lg_err on_enquiry_add(struct lg_ctx *cx, struct call *c)
{
	struct asked a = { .caller_from = "", .call = "", .known = "" };
	struct phone_call of = { 0 };
	json_t *record, *typed;
	const char *id, *from = NULL, *known = NULL;
	if (!c->api) take_own(cx, c, &a);
	enum lg_err err = record_read_new(cx, c, &enquiry_entity, &record, &typed);
	if (a.look || a.caller || a.known_now) {
		cx->notes = NULL;
		return err == LG_OK || err == LG_INVALID ? show_again(cx, c, &a, typed) : err;
	}
	if (*a.caller_from && app_uuid(a.caller_from, &from) != LG_OK) from = NULL;
	if (*a.known && app_uuid(a.known, &known) != LG_OK) known = NULL;
	if (err == LG_OK && known) err = known_name(cx, c, known, record);
	if (err == LG_OK) err = enquiry_check(cx, record);
	if (err == LG_INVALID && !c->api) return show_again(cx, c, &a, typed);
	LG_TRY(err);
	if (*a.call) LG_TRY(phone_read(cx, c, a.call, NULL, &of));
	if (of.enquiry) { /* pressed twice, or a colleague was first */
		LG_TRY(app_end(cx, c));
		return answer_see(cx, c, lg_printf(cx->mem, "/enquiries/%s", of.enquiry), "call_late"), LG_OK;
	}
	LG_TRY(enquiry_register(cx, c, record, from, app_setup(c->app)->trial, &id));
	if (of.id) LG_TRY(phone_bind(cx, c, of.id, id));
	record_answer_made(cx, c, "/enquiries", id, "enquiry_saved");
	return LG_OK;
}

/* --- steps */

/* Somebody else was first: nothing of this is kept, and the page says whose it is. */
static enum lg_err was_late(struct lg_ctx *cx, struct call *c, const char *id)
{
	if (c->api) return LG_CONFLICT;
	db_abandon(c->db);
	c->db = NULL;
	answer_see(cx, c, lg_printf(cx->mem, "/enquiries/%s", id), "enquiry_late");
	return LG_OK;
}

static enum lg_err end_step(struct lg_ctx *cx, struct call *c, const struct enquiry *one, enum lg_err err,
                            const char *said)
{
	if (err == LG_CONFLICT) return was_late(cx, c, one->id);
	LG_TRY(err);
	answer_see(cx, c, lg_printf(cx->mem, "/enquiries/%s", one->id), said);
	return LG_OK;
}

/* What a step brings, of a form or of the API's object; the version that was seen. *done: the answer is made. */
static enum lg_err begin_step(struct lg_ctx *cx, struct call *c, const char *const *names, struct enquiry *one,
                              json_t **body, int64_t *seen, bool *done)
{
	const char *id;
	*body = NULL;
	LG_TRY(app_uuid(c->rq->args[0], &id));
	if (c->api && c->rq->n_body) LG_TRY(input_json(cx, c, body));
	if (!c->api || *body) LG_TRY(input_only(cx, c, *body, names));
	LG_TRY(enquiry_read(cx, c, id, one));
	*seen = app_version_seen(c);
	*done = *seen == 0 && !input_version(cx, c, one->version, seen);
	return LG_OK;
}

static const char *said(const struct call *c, const json_t *body, const char *name)
{
	const char *text = c->api ? record_word(body, name) : http_form(c->rq, name);
	return text && *text ? text : NULL;
}

enum lg_err on_enquiry_state(struct lg_ctx *cx, struct call *c)
{
	static const char *const names[] = { "state", "reason", "outcome", NULL };
	struct enquiry one;
	json_t *body;
	int64_t seen;
	bool done;
	LG_TRY(begin_step(cx, c, names, &one, &body, &seen, &done));
	if (done) return LG_OK;
	const char *state = said(c, body, "state"), *outcome = said(c, body, c->api ? "outcome" : "reason");
	return end_step(cx, c, &one, enquiry_step(cx, c, &one, state ? state : "", outcome, seen), "saved");
}

/* A press in the queue names no version: what is new and nobody's is taken, or it is not. */
enum lg_err on_enquiry_take(struct lg_ctx *cx, struct call *c)
{
	static const char *const names[] = { NULL };
	struct enquiry one;
	const char *id;
	int64_t seen = app_version_seen(c);
	LG_TRY(app_uuid(c->rq->args[0], &id));
	if (!c->api) LG_TRY(input_only(cx, c, NULL, names));
	LG_TRY(enquiry_read(cx, c, id, &one));
	if (c->api && !seen && !input_version(cx, c, one.version, &seen)) return LG_OK;
	if (strcmp(one.row.state, "new") != 0) return was_late(cx, c, one.id);
	return end_step(cx, c, &one, enquiry_step(cx, c, &one, "assigned", NULL, seen ? seen : one.version),
	                "enquiry_taken");
}

enum lg_err on_enquiry_pass(struct lg_ctx *cx, struct call *c)
{
	static const char *const names[] = { "owner", NULL };
	struct enquiry one;
	json_t *body;
	int64_t seen;
	bool done;
	LG_TRY(begin_step(cx, c, names, &one, &body, &seen, &done));
	if (done) return LG_OK;
	const char *owner = said(c, body, "owner");
	return end_step(cx, c, &one, enquiry_pass(cx, c, &one, owner ? owner : "", seen), "enquiry_passed");
}
