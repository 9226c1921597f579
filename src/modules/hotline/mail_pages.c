/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/*
 * Mails of an enquiry, with the form that answers; mails that were set aside. What a mail says may name anybody: it is
 * shown here only, and that it was is written down.
 */
#include <string.h>

#include "app/answer.h"
#include "app/audit.h"
#include "app/page.h"
#include "app/record.h"
#include "core/colleague.h"
#include "core/document.h"
#include "core/input.h"
#include "core/mail.h"
#include "core/record_store.h"
#include "core/record_view.h"
#include "core/sheet_table.h"
#include "core/small_form.h"
#include "modules/hotline/hotline.h"
#include "modules/hotline/mail_store.h"
#include "view/events.html.h"
#include "view/facts.html.h"
#include "view/sheet.html.h"
#include "view/speech.h"

enum { LISTED = 100, BODY_MOST = 8000, BODY_ROWS = 12, SUBJECT_MOST = 200, FACTS = 8 };

static const char *word(const json_t *o, const char *name) { return record_word(o, name); }

static const char *subject_of(const json_t *said)
{
	return *word(said, "subject") ? word(said, "subject") : lg_say("(no subject)");
}

/* --- one mail in words */

static const char *files_of(struct lg_ctx *cx, const json_t *said)
{
	const char *all = "";
	size_t i;
	json_t *one;
	json_array_foreach(json_object_get(said, "attachments"), i, one)
	{
		const char *name = *word(one, "name") ? word(one, "name") : word(one, "type");
		all = lg_printf(cx->mem, "%s%s%s (%s)", all, i ? ", " : "", name,
		                document_size_words(cx, record_number(one, "size", 0)));
	}
	int64_t more = record_number(said, "more", 0);
	return more ? lg_printf(cx->mem, lg_say("%s and %lld more"), all, (long long)more) : all;
}

static const char *text_of(struct lg_ctx *cx, const json_t *said, bool in)
{
	const char *files = files_of(cx, said),
	           *text = lg_printf(cx->mem, "%s\n\n%s", subject_of(said), word(said, "text"));
	if (!in) return text;
	if (*files) text = lg_printf(cx->mem, "%s\n\n%s %s", text, lg_say("Attached, and not opened here:"), files);
	if (record_flag(said, "cut"))
		text = lg_printf(cx->mem, "%s\n\n%s", text, lg_say("This is not all of it: open the whole mail."));
	return text;
}

static const char *state_of(const struct db_enquiry_mail_list_row *r)
{
	return r->sent != DB_NO_INT ? lg_say("handed to the mail server")
	       : r->failed          ? lg_say("could not be sent")
	                            : lg_say("on its way");
}

static const char *who_of(struct lg_ctx *cx, const struct db_enquiry_mail_list_row *r, const json_t *said)
{
	const char *name = word(said, "from_name");
	if (!*r->mail) return *name ? name : lg_say("Unknown");
	return *name ? lg_printf(cx->mem, "%s, %s", name, r->mail) : r->mail;
}

static const char *title_of(struct lg_ctx *cx, const struct db_enquiry_mail_list_row *r, const json_t *said)
{
	if (!strcmp(r->way, "out"))
		return lg_printf(cx->mem, "%s · %s",
		                 !strcmp(r->sort, "answer")
		                     ? lg_printf(cx->mem, lg_say("We answered %s"), r->mail)
		                     : lg_printf(cx->mem, lg_say("We confirmed to %s that it came"), r->mail),
		                 state_of(r));
	enum mail_sort sort = mail_sort_named(r->sort);
	const char *who = who_of(cx, r, said);
	return sort == MAIL_person || sort == MAIL_quiet
	           ? who
	           : lg_printf(cx->mem, "%s · %s", who, lg_say(mail_sorts[sort].words));
}

static void put_mail(struct lg_ctx *cx, struct call *c, const struct db_enquiry_mail_list_row *r, const json_t *said,
                     const struct form_with *with, const char *language, struct html_events *v)
{
	bool in = !strcmp(r->way, "in");
	v->events[v->n_events++] =
	    (struct html_events_events){ .icon = r->failed ? "warning"
		                                 : in      ? "email"
		                                           : "send",
		                         .title = title_of(cx, r, said),
		                         .when = page_time(cx, c, r->at),
		                         .date = record_day(cx, c, r->at),
		                         .who = r->account ? form_member_name(with, r->account) : NULL,
		                         .words = text_of(cx, said, in),
		                         .words_lang = !in && strcmp(r->sort, "answer") != 0
		                                           ? language
		                                           : form_script_language(word(said, "text")),
		                         .url = in ? lg_printf(cx->mem, "/mails/%s/file", r->id) : NULL,
		                         .act = lg_say("The whole mail, as it came") };
}

static json_t *as_json(struct lg_ctx *cx, const struct db_enquiry_mail_list_row *r, const json_t *said)
{
	(void)cx;
	json_t *o = json_pack("{s:s, s:I, s:s, s:s, s:s, s:s, s:s, s:s, s:I, s:b, s:s?, s:s?}", "id", r->id, "at",
	                      (json_int_t)(r->at / 1000000), "way", r->way, "sort", r->sort, "mail", r->mail,
	                      "message_id", r->message_id, "subject", word(said, "subject"), "text", word(said, "text"),
	                      "size", (json_int_t)r->size, "sent", (int)(r->sent != DB_NO_INT), "enquiry", r->enquiry,
	                      "account", r->account);
	json_t *files = json_object_get(said, "attachments");
	json_object_set_new(o, "attachments", files ? json_incref(files) : json_array());
	return o;
}

/* --- of an enquiry */

struct mails {
	struct enquiry one;
	struct db_enquiry_mail_list_rows rows;
	struct db_colleague_list_rows colleagues;
	struct db_enquiry_thread_get_row thread;
	bool thread_found;
	json_t **said;
	const char *to; /* who is answered; "" when nobody can be */
	size_t last;    /* of rows: the mail that is answered; rows.n: none */
};

static bool is_answered(const struct db_enquiry_mail_list_row *r)
{
	enum mail_sort sort = mail_sort_named(r->sort);
	return !strcmp(r->way, "in") && (sort == MAIL_person || sort == MAIL_quiet || sort == MAIL_flood) &&
	       mail_address_is_good(r->mail);
}

static enum lg_err read(struct lg_ctx *cx, struct call *c, struct mails *out)
{
	const char *id;
	LG_TRY(app_uuid(c->rq->args[0], &id));
	db_enquiry_mail_list_send(cx, c->db, &out->rows,
	                          (struct db_enquiry_mail_list_in){ .enquiry = id, .room = LISTED });
	db_colleague_list_send(cx, c->db, &out->colleagues);
	db_enquiry_thread_get_send(cx, c->db, &out->thread, &out->thread_found,
	                           (struct db_enquiry_thread_get_in){ .enquiry = id });
	LG_TRY(enquiry_read(cx, c, id, &out->one));
	out->said = lg_array(cx->mem, out->rows.n + 1, sizeof *out->said);
	for (size_t i = 0; i < out->rows.n; i++) LG_TRY(mail_open(cx, c, &out->rows.rows[i], &out->said[i]));
	for (out->last = 0; out->last < out->rows.n && !is_answered(&out->rows.rows[out->last]);) out->last++;
	out->to = out->last < out->rows.n ? out->rows.rows[out->last].mail : word(out->one.record, "caller_mail");
	if (!mail_address_is_good(out->to)) out->to = "";
	return LG_OK;
}

/* Whom a page of mails told of: each mail, and the person that the enquiry is about. */
static void note_seen(struct lg_ctx *cx, struct call *c, const struct mails *m)
{
	const char **subjects = lg_array(cx->mem, m->rows.n + 1, sizeof *subjects);
	size_t n = 0;
	for (size_t i = 0; i < m->rows.n; i++) subjects[n++] = m->rows.rows[i].id;
	if (m->one.row.candidate) subjects[n++] = m->one.row.candidate;
	if (n) audit_seen(cx, c, subjects, n);
	if (c->actor.kind == ACTOR_STAFF &&
	    may(&c->actor, MAY_ENQUIRY_WRITE)) /* who only looks has not dealt with it */
		db_enquiry_mail_seen_send(
		    cx, c->db, (struct db_enquiry_mail_seen_in){ .enquiry = m->one.id, .by = c->actor.account });
}

static const char *answer_subject(struct lg_ctx *cx, const struct mails *m, const char *tag)
{
	size_t n = 0;
	const char *bare = m->last < m->rows.n ? mail_subject_bare(word(m->said[m->last], "subject"), &n) : "";
	if (n > SUBJECT_MOST) n = SUBJECT_MOST;
	while (n && ((unsigned char)bare[n] & 0xC0) == 0x80) n--;
	return n ? lg_printf(cx->mem, "Re: %.*s [LG-%s]", (int)n, bare, tag)
	         : lg_printf(cx->mem, lg_say("Your question [%s]"), lg_printf(cx->mem, "LG-%s", tag));
}

static void show(struct lg_ctx *cx, struct call *c, const struct mails *m, const char *id)
{
	struct html_events *v = lg_alloc(cx->mem, sizeof *v);
	struct form_with with = colleagues_of(cx, &m->colleagues);
	struct html_sheet_sections sections[2];
	struct html_sheet_actions answer = {
		.url = "#answer", .name = lg_say("Answer by mail"), .icon = "email", .first = true
	};
	struct html_sheet sheet = { .title = lg_say("Mails"), .sections = sections };
	size_t n = 0;
	v->events = lg_array(cx->mem, m->rows.n + 1, sizeof *v->events);
	v->empty = lg_say("No mail has come or gone yet.");
	for (size_t i = 0; i < m->rows.n; i++)
		put_mail(cx, c, &m->rows.rows[i], m->said[i], &with, m->thread_found ? m->thread.language : NULL, v);
	sections[n++] = (struct html_sheet_sections){
		.id = "mails",
		.title = lg_say("What was written"),
		.help = lg_say("What you read here may name people. Before you write a name into the enquiry, choose "
		               "there on what "
		               "legal basis the office may hold it. That you opened this page is logged."),
		.body = html_events_any(v)
	};
	if (may(&c->actor, MAY_ENQUIRY_WRITE) && *m->to) {
		sheet.actions = &answer, sheet.n_actions = 1;
		struct small_form *f = small_form(cx, c, c->rq->path, lg_say("Send the answer"));
		f->form.cancel = lg_printf(cx->mem, "/enquiries/%s", m->one.id);
		small_hidden(f, "id", id);
		struct html_fields_fields *body = small_field(cx, f, "body", lg_say("Text"), "", "");
		body->input = NULL, body->area = true, body->rows = BODY_ROWS, body->longest = BODY_MOST,
		body->must = true;
		sections[n++] = (struct html_sheet_sections){
			.id = "answer",
			.title = lg_printf(cx->mem, lg_say("Answer to %s"), m->to),
			.help = lg_say("No identity numbers and nothing about health: a mail can be read on its way."),
			.body = html_form_any(&f->form)
		};
	}
	struct page_crumb crumbs[] = {
		{ lg_say("Hotline"), "/hotline" },
		{ lg_say(choice_text(CHOICE_enquiry_subject, word(m->one.record, "subject"))),
		  lg_printf(cx->mem, "/enquiries/%s", m->one.id) },
	};
	sheet.n_sections = n;
	if (m->thread_found)
		sheet.lead = lg_printf(cx->mem, lg_say("Reference: %s"), lg_printf(cx->mem, "LG-%s", m->thread.tag));
	page_answer(cx, c,
	            &(struct page){ .title = sheet.title,
	                            .crumbs = crumbs,
	                            .n_crumbs = 2,
	                            .here = "hotline",
	                            .invented = m->one.row.invented },
	            html_sheet_any(&sheet));
}

enum lg_err on_enquiry_mails(struct lg_ctx *cx, struct call *c)
{
	struct mails m = { 0 };
	LG_TRY(read(cx, c, &m));
	note_seen(cx, c, &m);
	LG_TRY(app_end(cx, c));
	if (!c->api) return show(cx, c, &m, record_new_id(cx)), LG_OK;
	json_t *items = json_array();
	for (size_t i = 0; i < m.rows.n; i++) json_array_append_new(items, as_json(cx, &m.rows.rows[i], m.said[i]));
	answer_json(cx, c, 200,
	            record_keep(cx, json_pack("{s:s?, s:o}", "reference", m.thread_found ? m.thread.tag : NULL, "items",
	                                      items)));
	return LG_OK;
}

/* --- the answer */

static enum lg_err order(struct lg_ctx *cx, struct call *c, const struct mails *m, const char *id, const char *body)
{
	const json_t *said = m->last < m->rows.n ? m->said[m->last] : record_keep(cx, json_object());
	struct mail_thread thread;
	LG_TRY(mail_thread_of(cx, c, m->one.id, mail_usual_language(c), &thread));
	const char *before = lg_speech_language();
	lg_speak_here(thread.language);
	const char *subject = answer_subject(cx, m, thread.tag);
	lg_speak_here(before);
	LG_TRY(mail_write(cx, c, &thread,
	                  &(struct mail_written){ .id = id,
	                                          .sort = "answer",
	                                          .to = m->to,
	                                          .subject = subject,
	                                          .text = body,
	                                          .in_reply_to = word(said, "message_id"),
	                                          .references = mail_references(cx, said),
	                                          .account = c->actor.account }));
	LG_TRY(audit_change(cx, c, "answered", "mail", m->one.id, m->one.version, NULL, NULL));
	/* Whoever answers has it. A program answers in nobody's name: what is new stays for somebody to take. */
	if (c->actor.kind == ACTOR_STAFF && !strcmp(m->one.row.state, "new"))
		return enquiry_step(cx, c, &m->one, "assigned", NULL, m->one.version);
	return db_sync(cx, c->db);
}

enum lg_err on_enquiry_mail_answer(struct lg_ctx *cx, struct call *c)
{
	static const char *const names[] = { "id", "body", NULL };
	struct db_enquiry_mail_list_rows there = { 0 };
	struct mails m = { 0 };
	json_t *in = NULL;
	const char *id = record_new_id(cx);
	if (c->api) LG_TRY(input_json(cx, c, &in));
	LG_TRY(input_only(cx, c, in, c->api ? names + 1 : names));
	LG_TRY(read(cx, c, &m));
	if (!c->api && app_uuid(small_sent(c, "id"), &id) != LG_OK)
		return lg_fail(cx, LG_INVALID, "id", lg_say("Load the page again."));
	const char *body = input_letter(cx, c->api ? word(in, "body") : small_sent(c, "body"), BODY_MOST);
	if (!*m.to) (void)!lg_fail(cx, LG_INVALID, "body", lg_say("No mail address of whoever asked is known."));
	if (cx->notes && c->api) return LG_INVALID;
	if (cx->notes) return show(cx, c, &m, id), LG_OK;
	LG_TRY(db_enquiry_mail_get(cx, c->db, &there, (struct db_enquiry_mail_get_in){ .id = id }));
	const char *back = lg_printf(cx->mem, "/enquiries/%s/mails", m.one.id);
	if (there.n) return answer_see(cx, c, back, "message_before"), LG_OK;
	LG_TRY(order(cx, c, &m, id, body));
	if (!c->api) return answer_see(cx, c, back, "message_sent"), LG_OK;
	answer_json(cx, c, 201, record_keep(cx, json_pack("{s:s}", "id", id)));
	return LG_OK;
}

/* --- a mail as it came */

enum lg_err on_mail_file(struct lg_ctx *cx, struct call *c)
{
	const struct db_enquiry_mail_list_row *row = NULL;
	struct db_enquiry_mail_pieces_rows pieces = { 0 };
	const char *id;
	LG_TRY(app_uuid(c->rq->args[0], &id));
	db_enquiry_mail_pieces_send(cx, c->db, &pieces, (struct db_enquiry_mail_pieces_in){ .mail = id });
	LG_TRY(mail_get(cx, c, id, &row));
	if (strcmp(row->way, "in") != 0) return LG_UNKNOWN;
	audit_seen(cx, c, &id, 1);
	LG_TRY(app_end(cx, c)); /* written down before it is given */
	LG_TRY(mail_bytes(cx, c, row, &pieces, &c->rs->body));
	answer_file(cx, c, "message/rfc822", "mail.eml");
	http_put_header(c->rs, "Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'");
	return LG_OK;
}

/* --- what was set aside */

enum lg_err on_mails_aside(struct lg_ctx *cx, struct call *c)
{
	struct db_enquiry_mail_list_rows rows = { 0 };
	const char **subjects = NULL;
	LG_TRY(db_enquiry_mail_aside(cx, c->db, &rows, (struct db_enquiry_mail_aside_in){ .room = LISTED }));
	json_t **said = lg_array(cx->mem, rows.n + 1, sizeof *said);
	subjects = lg_array(cx->mem, rows.n + 1, sizeof *subjects);
	for (size_t i = 0; i < rows.n; i++) {
		LG_TRY(mail_open(cx, c, &rows.rows[i], &said[i]));
		subjects[i] = rows.rows[i].id;
	}
	if (rows.n) audit_seen(cx, c, subjects, rows.n);
	LG_TRY(app_end(cx, c));
	if (c->api) {
		json_t *items = json_array();
		for (size_t i = 0; i < rows.n; i++) json_array_append_new(items, as_json(cx, &rows.rows[i], said[i]));
		answer_json(cx, c, 200, record_keep(cx, json_pack("{s:o}", "items", items)));
		return LG_OK;
	}
	const char *heads[] = { lg_say("Subject"), lg_say("From"), lg_say("Why"), lg_say("Came") };
	struct html_records *v = sheet_table(cx, c, "aside", lg_say("Mails set aside"), heads, 4, rows.n, false);
	v->empty = lg_say("Nothing is set aside");
	for (size_t i = 0; i < rows.n; i++) {
		const struct db_enquiry_mail_list_row *r = &rows.rows[i];
		const char *cells[] = { *r->mail ? r->mail : lg_say("Unknown"),
			                lg_say(mail_sorts[mail_sort_named(r->sort)].words), page_time(cx, c, r->at) };
		(void)sheet_table_row(cx, v, subject_of(said[i]), lg_printf(cx->mem, "/mails/%s", r->id), heads, cells,
		                      3);
	}
	struct html_sheet_sections section = { .body = html_records_any(v) };
	struct html_sheet sheet = {
		.title = lg_say("Mails set aside"),
		.lead = lg_say("Machines, lists and what could not be read: nobody is answered, and nothing is "
		               "lost. Make an enquiry of what is one."),
		.sections = &section,
		.n_sections = 1
	};
	struct page_crumb crumbs[] = { { lg_say("Hotline"), "/hotline" } };
	page_answer(cx, c, &(struct page){ .title = sheet.title, .crumbs = crumbs, .n_crumbs = 1, .here = "hotline" },
	            html_sheet_any(&sheet));
	return LG_OK;
}

static struct html_form *deed(struct lg_ctx *cx, struct call *c, const char *id, const char *what, const char *says)
{
	return &small_form(cx, c, lg_printf(cx->mem, "/mails/%s/%s", id, what), says)->form;
}

enum lg_err on_mail_show(struct lg_ctx *cx, struct call *c)
{
	const struct db_enquiry_mail_list_row *row = NULL;
	struct html_sheet_asides asides[2];
	json_t *said;
	const char *id;
	LG_TRY(app_uuid(c->rq->args[0], &id));
	LG_TRY(mail_get(cx, c, id, &row));
	LG_TRY(mail_open(cx, c, row, &said));
	audit_seen(cx, c, &id, 1);
	LG_TRY(app_end(cx, c));
	if (row->enquiry)
		return answer_see(cx, c, lg_printf(cx->mem, "/enquiries/%s/mails", row->enquiry), NULL), LG_OK;
	struct html_events *v = lg_alloc(cx->mem, sizeof *v);
	struct form_with nobody = { 0 };
	v->events = lg_array(cx->mem, 1, sizeof *v->events);
	put_mail(cx, c, row, said, &nobody, NULL, v);
	v->events[0].title = who_of(cx, row, said); /* why it is here stands above */
	if (*word(said, "quoted"))
		v->events[0].words = lg_printf(cx->mem, "%s\n\n%s", v->events[0].words, word(said, "quoted"));
	struct html_sheet_sections section = { .title = lg_say(mail_sorts[mail_sort_named(row->sort)].words),
		                               .help = lg_say("That you opened this page is logged."),
		                               .body = html_events_any(v) };
	struct html_sheet sheet = { .title = lg_say("A mail set aside"), .sections = &section, .n_sections = 1 };
	if (may(&c->actor, MAY_ENQUIRY_WRITE) && row->done_at == DB_NO_INT) {
		asides[0] =
		    (struct html_sheet_asides){ lg_say("Is it an enquiry?"),
			                        html_form_any(deed(cx, c, id, "take", lg_say("Make it an enquiry"))) };
		asides[1] = (struct html_sheet_asides){ lg_say("Nothing to do?"),
			                                html_form_any(deed(cx, c, id, "done", lg_say("Put it away"))) };
		sheet.asides = asides, sheet.n_asides = 2;
	}
	struct page_crumb crumbs[] = { { lg_say("Hotline"), "/hotline" }, { lg_say("Mails set aside"), "/mails" } };
	page_answer(cx, c, &(struct page){ .title = sheet.title, .crumbs = crumbs, .n_crumbs = 2, .here = "hotline" },
	            html_sheet_any(&sheet));
	return LG_OK;
}

static enum lg_err aside_of(struct lg_ctx *cx, struct call *c, const struct db_enquiry_mail_list_row **row,
                            json_t **said)
{
	static const char *const names[] = { NULL };
	const char *id;
	LG_TRY(app_uuid(c->rq->args[0], &id));
	if (!c->api) LG_TRY(small_only(cx, c, names));
	LG_TRY(mail_get(cx, c, id, row));
	return mail_open(cx, c, *row, said);
}

enum lg_err on_mail_take(struct lg_ctx *cx, struct call *c)
{
	const struct db_enquiry_mail_list_row *row = NULL;
	struct mail_thread thread;
	json_t *said;
	const char *enquiry;
	LG_TRY(aside_of(cx, c, &row, &said));
	if (row->enquiry) return LG_CONFLICT;
	LG_TRY(mail_begin_enquiry(cx, c, row->mail, &enquiry));
	db_enquiry_mail_put_send(cx, c->db, (struct db_enquiry_mail_put_in){ .id = row->id, .enquiry = enquiry });
	LG_TRY(audit_change(cx, c, "taken", "mail", enquiry, 0, NULL, NULL));
	LG_TRY(mail_thread_of(cx, c, enquiry,
	                      mail_language(word(said, "language"), word(said, "text"), mail_usual_language(c)),
	                      &thread));
	if (!c->api) return answer_see(cx, c, lg_printf(cx->mem, "/enquiries/%s", enquiry), "enquiry_saved"), LG_OK;
	answer_json(cx, c, 201, record_keep(cx, json_pack("{s:s}", "enquiry", enquiry)));
	return LG_OK;
}

enum lg_err on_mail_done(struct lg_ctx *cx, struct call *c)
{
	const struct db_enquiry_mail_list_row *row = NULL;
	json_t *said;
	LG_TRY(aside_of(cx, c, &row, &said));
	db_enquiry_mail_done_send(cx, c->db, (struct db_enquiry_mail_done_in){ .id = row->id, .by = c->actor.account });
	LG_TRY(audit_change(cx, c, "put_away", "mail", row->id, 0, NULL, NULL));
	LG_TRY(db_sync(cx, c->db));
	answer_see(cx, c, "/mails", "saved");
	return LG_OK;
}
