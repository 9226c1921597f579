/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/message.h"

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
#include "core/mail.h"
#include "core/record_store.h"
#include "core/record_view.h"
#include "core/small_form.h"
#include "view/sheet.html.h"
#include "view/speech.h"

enum { SUBJECT_MOST = 160, BODY_MOST = 4000, BODY_ROWS = 14, LISTED = 50 };

/* --- what there is to write */

static const struct kind {
	const char *name, *side, *states, *title, *subject, *body;
} kinds[] = {
#define MESSAGE(name, side, states, title, subject, body) { #name, #side, states, title, subject, body },
#include "core/message.def"
#undef MESSAGE
};
enum { KINDS = sizeof kinds / sizeof *kinds };

static const struct kind *kind_named(const char *name)
{
	for (size_t i = 0; i < KINDS; i++)
		if (!strcmp(kinds[i].name, name)) return &kinds[i];
	return NULL;
}

/* Lists of states are words between blanks. */
static bool fits(const struct kind *k, const char *state)
{
	const char *at = k->states;
	size_t n = strlen(state);
	while ((at = strstr(at, state)) && !(at > k->states && at[-1] == ' ' && at[n] == ' ')) at += n;
	return at;
}

const char *message_reminder(const char *state)
{
	if (!strcmp(state, "presented")) return "ask_again";
	return !strcmp(state, "sent") || !strcmp(state, "interview") ? "employer_again" : NULL;
}

static bool to_employer(const struct kind *k) { return !strcmp(k->side, "employer"); }

/* --- about whom, to whom, in which language */

struct letter {
	const struct kind *kind;
	const char *candidate, *proposal, *opening, *back; /* proposal, opening: NULL when it is about none */
	const char *to, *language, *hindered;              /* hindered: why nothing can be sent, or NULL */
	const char *whom, *given, *title, *employer;
	struct db_message_from_row from;
	bool from_found, invented, misfit; /* misfit: it is not the moment for it */
};

/* The language of the office's country: for who has not said, or reads one that the texts are not there in. */
static const char *usual_language(const struct call *c)
{
	return c->actor.zone && strstr(c->actor.zone, "Stockholm") ? "sv" : "da";
}

static const char *language_of(const struct call *c, const char *wanted)
{
	const char *known = *wanted ? lg_language_known(wanted) : NULL;
	return known ? known : usual_language(c);
}

static bool is_cyrillic(const char *s)
{
	return (unsigned char)*s == 0xD0 || (unsigned char)*s == 0xD1 || (unsigned char)*s == 0xD2;
}

static void put_candidate(struct lg_ctx *cx, const struct call *c, const json_t *r, struct letter *l)
{
	const char *channel = record_word(r, "channel"), *native = record_word(r, "given_native");
	l->language = language_of(c, record_word(r, "contact_language"));
	l->given = !strcmp(l->language, "uk") && is_cyrillic(native) ? native : record_word(r, "given_name");
	l->whom = record_flag(r, "protected_address") ? lg_say("Protected person") : candidate_name(cx, r);
	l->to = record_word(r, "mail");
	if (to_employer(l->kind)) return;
	if (!mail_address_is_good(l->to))
		l->hindered =
		    lg_say("No mail address of this person is known: call, or write another way, and log the contact.");
	else if (*channel && strcmp(channel, "mail") != 0)
		l->hindered = lg_printf(
		    cx->mem,
		    lg_say("This person would rather be contacted in this way: %s. Log the contact afterwards."),
		    lg_say(choice_text(CHOICE_channel, channel)));
}

/* The first of its people who has an address. */
static enum lg_err put_employer(struct lg_ctx *cx, const struct call *c, const struct db_message_employer_row *e,
                                struct letter *l)
{
	size_t i;
	json_t *people, *one;
	l->employer = e->name;
	if (!to_employer(l->kind)) return LG_OK;
	l->to = "";
	l->language = usual_language(c);
	LG_TRY(record_parse(cx, &people, e->people, strlen(e->people)));
	json_array_foreach(people, i, one)
	{
		if (!mail_address_is_good(record_word(one, "mail"))) continue;
		l->to = record_word(one, "mail");
		l->language = language_of(c, record_word(one, "language"));
		break;
	}
	l->whom = e->name;
	if (!*l->to) l->hindered = lg_say("No contact person of this employer has a mail address.");
	return LG_OK;
}

static enum lg_err kind_asked(const struct call *c, bool of_proposal, const struct kind **out)
{
	*out = kind_named(c->rq->args[1]);
	return *out && !!*(*out)->states == of_proposal ? LG_OK : LG_UNKNOWN;
}

static enum lg_err read_proposal(struct lg_ctx *cx, struct call *c, struct letter *out)
{
	struct db_proposal_get_row p;
	struct db_message_employer_row e;
	json_t *record;
	const char *id;
	*out = (struct letter){ 0 };
	LG_TRY(app_uuid(c->rq->args[0], &id));
	LG_TRY(kind_asked(c, true, &out->kind));
	db_message_from_send(cx, c->db, &out->from, &out->from_found,
	                     (struct db_message_from_in){ .account = c->actor.account });
	LG_TRY(db_proposal_get(cx, c->db, &p, (struct db_proposal_get_in){ .id = id, .today = page_today(cx, c) }));
	LG_TRY(db_message_employer(cx, c->db, &e, (struct db_message_employer_in){ .id = p.employer }));
	LG_TRY(record_parse(cx, &record, p.candidate_record, strlen(p.candidate_record)));
	out->candidate = p.candidate, out->proposal = p.id, out->opening = p.opening, out->title = p.title;
	out->back = lg_printf(cx->mem, "/proposals/%s", p.id);
	out->invented = p.invented;
	put_candidate(cx, c, record, out);
	LG_TRY(put_employer(cx, c, &e, out));
	out->misfit = !fits(out->kind, p.state);
	if (out->misfit) out->hindered = lg_say("This message does not fit where the proposal is now.");
	return LG_OK;
}

static enum lg_err read_candidate(struct lg_ctx *cx, struct call *c, struct letter *out)
{
	struct candidate_page page;
	const char *id;
	*out = (struct letter){ .title = "", .employer = "" };
	LG_TRY(app_uuid(c->rq->args[0], &id));
	LG_TRY(kind_asked(c, false, &out->kind));
	db_message_from_send(cx, c->db, &out->from, &out->from_found,
	                     (struct db_message_from_in){ .account = c->actor.account });
	LG_TRY(candidate_page_read(cx, c, id, &page));
	out->candidate = page.one.id;
	out->back = lg_printf(cx->mem, "/candidates/%s", page.one.id);
	out->invented = page.one.invented;
	put_candidate(cx, c, page.one.record, out);
	return LG_OK;
}

/* --- words */

static const char *value_of(struct lg_ctx *cx, const struct call *c, const struct letter *l, const char *name, size_t n)
{
	const char *me = l->from_found && *l->from.name ? l->from.name : c->actor.name;
	if (l->from_found && *l->from.phone) me = lg_printf(cx->mem, "%s, %s", me, l->from.phone);
	const struct {
		const char *name, *value;
	} all[] = { { "name", l->given },
		    { "opening", l->title },
		    { "employer", l->employer },
		    { "me", me },
		    { "office", c->actor.tenant_name } };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (strlen(all[i].name) == n && !memcmp(all[i].name, name, n)) return all[i].value;
	return NULL;
}

/* The text in the reader's language, with {words} filled in; what stands in a value is left as it is. */
static const char *filled(struct lg_ctx *cx, const struct call *c, const struct letter *l, const char *english)
{
	struct lg_buf *b = page_buffer(cx);
	const char *before = lg_speech_language();
	lg_speak_here(l->language);
	const char *text = lg_say(english);
	lg_speak_here(before);
	while (*text) {
		const char *end = *text == '{' ? strchr(text, '}') : NULL;
		const char *value = end ? value_of(cx, c, l, text + 1, (size_t)(end - text - 1)) : NULL;
		if (value)
			lg_puts(b, value), text = end + 1;
		else
			lg_putc(b, *text++);
	}
	return lg_strdup(cx->mem, b->data);
}

/* --- what was sent to us */

/* Lines that the form leaves to be filled in end with a colon. */
static bool has_blanks(const char *body) { return strstr(body, ":\n"); }

/* --- pages */

static const char *language_name(const char *code) { return lg_say(choice_text(CHOICE_language, code)); }

static void show(struct lg_ctx *cx, struct call *c, const struct letter *l, struct html_sheet_sections *sections,
                 size_t n)
{
	const char *title = lg_say(l->kind->title);
	struct html_sheet v = { .title = title,
		                .lead = l->hindered ? l->whom
		                                    : lg_printf(cx->mem, lg_say("To %s, %s, in this language: %s."),
		                                                l->whom, l->to, language_name(l->language)),
		                .sections = sections,
		                .n_sections = n };
	struct page_crumb crumbs[] = { { lg_say("Candidates"), "/candidates" }, { l->whom, l->back } };
	page_answer(
	    cx, c,
	    &(struct page){
	        .title = title, .crumbs = crumbs, .n_crumbs = 2, .here = "candidates", .invented = l->invented },
	    html_sheet_any(&v));
}

static void show_hindered(struct lg_ctx *cx, struct call *c, const struct letter *l)
{
	struct html_facts *facts = lg_alloc(cx->mem, sizeof *facts);
	*facts = (struct html_facts){ .wide = true };
	facts->facts = lg_array(cx->mem, 2, sizeof *facts->facts);
	if (!l->misfit) /* for the telephone, or whatever way there is */
		facts->facts[facts->n_facts++] =
		    (struct html_facts_facts){ .name = lg_say("What may be said or written instead"),
			                       .value = filled(cx, c, l, l->kind->body),
			                       .lang = l->language };
	facts->facts[facts->n_facts++] =
	    (struct html_facts_facts){ .name = lg_say("Back to"), .value = l->whom, .url = l->back };
	struct html_sheet_sections section = { .title = lg_say("Nothing can be sent"),
		                               .help = l->hindered,
		                               .body = html_facts_any(facts) };
	show(cx, c, l, &section, 1);
}

static void show_form(struct lg_ctx *cx, struct call *c, const struct letter *l, const char *id)
{
	struct small_form *f = small_form(cx, c, c->rq->path, lg_say("Look at it before it is sent"));
	f->form.cancel = l->back;
	f->form.intro =
	    lg_say("Change it as you like. Leave out what the reader need not know: no reasons, nothing about health.");
	small_hidden(f, "id", id);
	struct html_fields_fields *subject =
	    small_field(cx, f, "subject", lg_say("Subject"), "text", filled(cx, c, l, l->kind->subject));
	subject->must = true, subject->longest = SUBJECT_MOST, subject->lang = l->language;
	struct html_fields_fields *body =
	    small_field(cx, f, "body", lg_say("Text"), "", filled(cx, c, l, l->kind->body));
	body->input = NULL, body->area = true, body->rows = BODY_ROWS, body->longest = BODY_MOST, body->must = true,
	body->lang = l->language;
	struct html_sheet_sections section = { .body = html_form_any(&f->form) };
	show(cx, c, l, &section, 1);
}

static void show_preview(struct lg_ctx *cx, struct call *c, const struct letter *l, const char *subject,
                         const char *body)
{
	struct html_events *as_sent = lg_alloc(cx->mem, sizeof *as_sent);
	as_sent->events = lg_array(cx->mem, 1, sizeof *as_sent->events);
	as_sent->events[as_sent->n_events++] = (struct html_events_events){
		.icon = "email", .title = subject, .when = l->to, .words = body, .words_lang = l->language
	};
	struct small_form *f = small_form(cx, c, c->rq->path, lg_say("Send it"));
	small_hidden(f, "id", small_sent(c, "id"));
	small_hidden(f, "subject", subject);
	small_hidden(f, "body", body);
	small_hidden(f, "send", "1");
	f->form.second = lg_say("Change it"), f->form.second_name = "change", f->form.second_value = "1";
	f->form.cancel = l->back;
	struct html_sheet_sections sections[] = {
		{ .title = lg_say("This is what will be sent"),
		  .help =
		      has_blanks(body) ? lg_say("A line ends with a colon: is something still to be filled in?") : NULL,
		  .body = html_events_any(as_sent) },
		{ .body = html_form_any(&f->form) },
	};
	show(cx, c, l, sections, 2);
}

/* --- sending */

static enum lg_err write_down(struct lg_ctx *cx, struct call *c, const struct letter *l, const char *subject,
                              const char *body)
{
	LG_TRY(audit_change(cx, c, "wrote", "message", l->candidate, 0, NULL, NULL));
	if (l->opening) LG_TRY(audit_change(cx, c, "wrote", "message", l->opening, 0, NULL, NULL));
	if (to_employer(l->kind)) return LG_OK;
	struct db_contact_add_row row;
	return db_contact_add(cx, c->db, &row,
	                      (struct db_contact_add_in){ .candidate = l->candidate,
	                                                  .account = c->actor.account,
	                                                  .channel = "mail",
	                                                  .direction = "out",
	                                                  .reached = "message_left",
	                                                  .words = lg_printf(cx->mem, "%s\n\n%s", subject, body) });
}

static enum lg_err order(struct lg_ctx *cx, struct call *c, const struct letter *l, const char *id, const char *subject,
                         const char *body)
{
	struct db_message_add_row row;
	bool added;
	bool answers = l->from_found && mail_address_is_good(l->from.mail);
	LG_TRY(db_message_add(cx, c->db, &row, &added,
	                      (struct db_message_add_in){ .id = id,
	                                                  .candidate = l->candidate,
	                                                  .proposal = l->proposal,
	                                                  .side = l->kind->side,
	                                                  .kind = l->kind->name,
	                                                  .language = l->language,
	                                                  .to_mail = l->to,
	                                                  .subject = subject,
	                                                  .body = body,
	                                                  .account = c->actor.account,
	                                                  .reply_to = answers ? l->from.mail : "" }));
	if (!added) return answer_see(cx, c, l->back, "message_before"), LG_OK;
	LG_TRY(write_down(cx, c, l, subject, body));
	answer_see(cx, c, l->back, "message_sent");
	return LG_OK;
}

static enum lg_err begin(struct lg_ctx *cx, struct call *c, const struct letter *l)
{
	audit_seen(cx, c, &l->candidate, 1);
	LG_TRY(app_end(cx, c));
	if (l->hindered)
		show_hindered(cx, c, l);
	else
		show_form(cx, c, l, record_new_id(cx));
	return LG_OK;
}

static enum lg_err go_on(struct lg_ctx *cx, struct call *c, const struct letter *l)
{
	static const char *const names[] = { "id", "subject", "body", "send", "change", NULL };
	const char *id;
	LG_TRY(small_only(cx, c, names));
	if (app_uuid(small_sent(c, "id"), &id) != LG_OK)
		return lg_fail(cx, LG_INVALID, "id", lg_say("Load the page again."));
	if (l->hindered) return show_hindered(cx, c, l), LG_OK;
	const char *subject = small_text(cx, c, "subject", SUBJECT_MOST, true),
	           *body = input_letter(cx, small_sent(c, "body"), BODY_MOST);
	if (cx->notes || http_form(c->rq, "change")) return show_form(cx, c, l, id), LG_OK;
	if (!http_form(c->rq, "send")) return show_preview(cx, c, l, subject, body), LG_OK;
	return order(cx, c, l, id, subject, body);
}

enum lg_err on_message_new(struct lg_ctx *cx, struct call *c)
{
	struct letter l;
	LG_TRY(read_proposal(cx, c, &l));
	return begin(cx, c, &l);
}

enum lg_err on_message_send(struct lg_ctx *cx, struct call *c)
{
	struct letter l;
	LG_TRY(read_proposal(cx, c, &l));
	return go_on(cx, c, &l);
}

enum lg_err on_candidate_message_new(struct lg_ctx *cx, struct call *c)
{
	struct letter l;
	LG_TRY(read_candidate(cx, c, &l));
	return begin(cx, c, &l);
}

enum lg_err on_candidate_message_send(struct lg_ctx *cx, struct call *c)
{
	struct letter l;
	LG_TRY(read_candidate(cx, c, &l));
	return go_on(cx, c, &l);
}

/* --- what was written */

struct html_facts *message_links(struct lg_ctx *cx, const struct db_proposal_get_row *p)
{
	struct html_facts *v = lg_alloc(cx->mem, sizeof *v);
	*v = (struct html_facts){ .wide = true };
	v->facts = lg_array(cx->mem, KINDS, sizeof *v->facts);
	for (size_t i = 0; i < KINDS; i++)
		if (fits(&kinds[i], p->state))
			v->facts[v->n_facts++] = (struct html_facts_facts){
				.name = lg_say(kinds[i].title), /* names of a list are each of its own */
				.value = to_employer(&kinds[i]) ? lg_say("To the employer") : lg_say("To the person"),
				.url = lg_printf(cx->mem, "/proposals/%s/messages/%s", p->id, kinds[i].name)
			};
	return v;
}

struct html_events *message_events(struct lg_ctx *cx, struct call *c, const struct db_message_list_rows *rows,
                                   const struct form_with *with)
{
	struct html_events *v = lg_alloc(cx->mem, sizeof *v);
	v->events = lg_array(cx->mem, rows->n + 1, sizeof *v->events);
	v->empty = lg_say("Nothing has been written about this yet.");
	for (size_t i = 0; i < rows->n; i++) {
		const struct db_message_list_row *r = &rows->rows[i];
		const char *state = r->sent != DB_NO_INT ? lg_say("handed to the mail server")
		                    : r->failed          ? lg_say("could not be sent")
		                                         : lg_say("on its way");
		v->events[v->n_events++] =
		    (struct html_events_events){ .icon = r->failed ? "warning" : "email",
			                         .title = lg_printf(cx->mem, "%s · %s", r->to_mail, state),
			                         .when = page_time(cx, c, r->at),
			                         .date = record_day(cx, c, r->at),
			                         .who = form_member_name(with, r->account),
			                         .words = lg_printf(cx->mem, "%s\n\n%s", r->subject, r->body),
			                         .words_lang = r->language };
	}
	return v;
}

enum lg_err on_message_list(struct lg_ctx *cx, struct call *c)
{
	struct db_message_list_rows rows;
	struct db_proposal_get_row p;
	const char *id;
	LG_TRY(app_uuid(c->rq->args[0], &id));
	db_message_list_send(cx, c->db, &rows, (struct db_message_list_in){ .proposal = id, .room = LISTED });
	LG_TRY(db_proposal_get(cx, c->db, &p, (struct db_proposal_get_in){ .id = id, .today = page_today(cx, c) }));
	audit_seen(cx, c, &p.candidate, 1);
	LG_TRY(app_end(cx, c));
	json_t *o = record_keep(cx, json_object()), *items = json_array();
	for (size_t i = 0; i < rows.n; i++) {
		const struct db_message_list_row *r = &rows.rows[i];
		json_array_append_new(items,
		                      json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:b}", "id", r->id, "side", r->side,
		                                "kind", r->kind, "language", r->language, "subject", r->subject, "body",
		                                r->body, "sent", (int)(r->sent != DB_NO_INT)));
	}
	json_object_set_new(o, "items", items);
	answer_json(cx, c, 200, o);
	return LG_OK;
}
