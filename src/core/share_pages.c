/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* Cards and referrals as pages: lists, one of them, and who was told of a candidate. */
#include "core/share_pages.h"

#include <string.h>

#include "app/answer.h"
#include "app/audit.h"
#include "app/page.h"
#include "app/record.h"
#include "base/date.h"
#include "core/candidate_view.h"
#include "core/choice.h"
#include "core/core.h"
#include "core/list_page.h"
#include "core/record_pages.h"
#include "core/share.h"
#include "core/share_outcome.h"
#include "core/share_take_over.h"
#include "core/sheet_table.h"
#include "core/small_form.h"
#include "view/speech.h"
#include "view/when.h"

enum { LISTED = 200, READS = 50, US = 1000000 };

/* --- for programs */

static json_t *time_json(int64_t at_us) { return at_us == DB_NO_INT ? json_null() : json_integer(at_us / US); }

static json_t *as_json(struct lg_ctx *cx, const struct db_share_received_row *r, bool card)
{
	json_t *o =
	    json_pack("{s:s, s:I, s:s, s:s, s:s, s:s, s:s, s:b, s:b, s:s, s:s, s:s}", "id", r->id, "version",
	              (json_int_t)r->version, "side", r->side, "from", r->from_name, "to", r->to_name, "source",
	              r->root_name, "state", r->state, "may_forward", (int)r->may_forward, "may_take_over",
	              (int)r->may_take_over, "legal_basis", r->legal_basis, "why", r->why, "agreement", r->agreement);
	json_object_set_new(o, "until", time_json(r->until));
	json_object_set_new(o, "given", time_json(r->created));
	json_object_set_new(o, "withdrawn", time_json(r->withdrawn));
	if (r->is_ours) json_object_set_new(o, "candidate", json_string(r->candidate));
	if (r->parent) json_object_set_new(o, "parent", json_string(r->parent));
	if (r->reason) json_object_set_new(o, "reason", json_string(r->reason));
	json_t *fields = json_array(), *value;
	for (size_t i = 0; i < r->fields.n; i++) json_array_append_new(fields, json_string(r->fields.texts[i]));
	json_object_set_new(o, "fields", fields);
	if (r->question) {
		char day[11];
		lg_date_print(day, r->deadline);
		json_object_set_new(o, "referral",
		                    json_pack("{s:s, s:s, s:I, s:o}", "question", r->question, "deadline", day,
		                              "reminders", (json_int_t)r->reminders, "escalated",
		                              time_json(r->escalated)));
	}
	if (card && record_parse(cx, &value, r->card, strlen(r->card)) == LG_OK) json_object_set(o, "card", value);
	return o;
}

static json_t *list_json(struct lg_ctx *cx, const struct db_share_received_rows *rows, bool card)
{
	json_t *items = json_array();
	for (size_t i = 0; i < rows->n; i++) json_array_append_new(items, as_json(cx, &rows->rows[i], card));
	return record_keep(cx, json_pack("{s:o}", "items", items));
}

/* The last day of what ends with it. */
static const char *last_day(struct lg_ctx *cx, const struct call *c, int64_t until)
{
	return page_date(cx, lg_when_day((until - 1) / US, c->actor.zone));
}

/* --- lists */

static struct db_list ids_of(struct lg_ctx *cx, const struct db_share_received_rows *rows)
{
	const char **ids = lg_array(cx->mem, rows->n + 1, sizeof *ids);
	for (size_t i = 0; i < rows->n; i++) ids[i] = rows->rows[i].id;
	return (struct db_list){ .texts = ids, .n = rows->n };
}

/* A list shows names: whoever looks is told to those who gave. */
static void note_seen(struct lg_ctx *cx, struct call *c, const struct db_share_received_rows *rows, const char *what)
{
	struct db_list ids = ids_of(cx, rows);
	if (ids.n) db_share_seen_send(cx, c->db, (struct db_share_seen_in){ .ids = ids, .what = what });
	audit_seen(cx, c, ids.texts, ids.n);
}

static const char *tone_of(const struct db_share_received_row *r, int32_t today)
{
	bool waits = !strcmp(r->state, "sent") || !strcmp(r->state, "seen");
	if (!strcmp(r->state, "accepted")) return "good";
	if (!waits || !r->question) return "";
	return r->deadline < today ? "bad" : r->deadline == today || r->reminders ? "warn" : "info";
}

static struct html_records *table_of(struct lg_ctx *cx, struct call *c, const struct db_share_received_rows *rows,
                                     bool received, bool referrals, bool *invented)
{
	const char *heads[] = { lg_say("Person"), received ? lg_say("From") : lg_say("To"),
		                referrals ? lg_say("Question") : lg_say("What for"),
		                referrals ? lg_say("Answer wanted by") : lg_say("Until when"), lg_say("State") };
	struct html_records *v =
	    sheet_table(cx, c, "shares", referrals ? lg_say("Referrals") : lg_say("Cards"), heads, 5, rows->n, false);
	int32_t today = page_today(cx, c);
	for (size_t i = 0; i < rows->n; i++) {
		const struct db_share_received_row *r = &rows->rows[i];
		json_t *card;
		if (record_parse(cx, &card, r->card, strlen(r->card)) != LG_OK) continue;
		*invented = *invented || record_flag(card, "invented");
		const char *cells[] = { received ? r->from_name : r->to_name, referrals ? r->question : r->why,
			                referrals ? page_date(cx, r->deadline) : last_day(cx, c, r->until),
			                share_state_words(r->state) };
		struct html_records_rows *row = sheet_table_row(
		    cx, v, share_name(cx, c, card), lg_printf(cx->mem, "/shares/%s", r->id), heads, cells, 4);
		((struct html_records_rows_cells *)(uintptr_t)row->cells)[3].tone = tone_of(r, today);
	}
	return v;
}

static enum lg_err show_list(struct lg_ctx *cx, struct call *c, const struct db_share_received_rows *rows,
                             bool received, bool referrals, const char *here, const char *title, const char *lead)
{
	bool invented = false;
	struct html_records *table = table_of(cx, c, rows, received, referrals, &invented);
	table->empty_more = lead;
	struct html_sheet_sections section = { .body = html_records_any(table) };
	struct html_sheet v = { .title = title, .lead = lead, .sections = &section, .n_sections = 1 };
	share_tabs(cx, c, &v, here);
	page_answer(cx, c, &(struct page){ .title = title, .here = "shares", .invented = invented },
	            html_sheet_any(&v));
	return LG_OK;
}

static enum lg_err box_of(struct lg_ctx *cx, const struct call *c, const char *other, bool *is_other)
{
	const char *box = http_query(c->rq, "box");
	*is_other = box && !strcmp(box, other);
	return !box || *is_other ? LG_OK : list_refuse(cx, "box");
}

enum lg_err on_share_list(struct lg_ctx *cx, struct call *c)
{
	struct db_share_received_rows rows = { 0 };
	bool given;
	LG_TRY(box_of(cx, c, "given", &given));
	if (given)
		LG_TRY(db_share_given(cx, c->db, &rows, (struct db_share_given_in){ .room = LISTED }));
	else
		LG_TRY(db_share_received(cx, c->db, &rows, (struct db_share_received_in){ .room = LISTED }));
	note_seen(cx, c, &rows, c->api ? "card" : "list"); /* a program gets the whole of them */
	LG_TRY(app_end(cx, c));
	if (c->api) return answer_json(cx, c, 200, list_json(cx, &rows, !given)), LG_OK;
	if (given)
		return show_list(cx, c, &rows, false, false, "/shares?box=given", lg_say("Cards given"),
		                 lg_say("What your office told others of people, and until when."));
	return show_list(cx, c, &rows, true, false, "/shares", lg_say("Cards received"),
	                 lg_say("What other offices told us of people, for as long as they do. They see who looks."));
}

enum lg_err on_referral_list(struct lg_ctx *cx, struct call *c)
{
	struct db_share_received_rows rows = { 0 };
	bool out;
	LG_TRY(box_of(cx, c, "out", &out));
	LG_TRY(db_share_referrals(cx, c->db, &rows, (struct db_share_referrals_in){ .out = out, .room = LISTED }));
	note_seen(cx, c, &rows, c->api ? "card" : "list");
	LG_TRY(app_end(cx, c));
	if (c->api) return answer_json(cx, c, 200, list_json(cx, &rows, !out)), LG_OK;
	return show_list(cx, c, &rows, !out, true, out ? "/referrals?box=out" : "/referrals",
	                 out ? lg_say("Referrals from us") : lg_say("Referrals to us"),
	                 out ? lg_say("What your office asked others, and how it stands.")
	                     : lg_say("What other offices ask us, and by when they want an answer."));
}

/* --- what happened */

static const char *doing_words(const char *what)
{
	static const struct {
		const char *what, *words;
	} all[] = { { "list", LG_TEXT("Saw it in a list") },
		    { "card", LG_TEXT("Opened the card") },
		    { "match", LG_TEXT("Saw it among matches") },
		    { "accepted", LG_TEXT("Accepted") },
		    { "declined", LG_TEXT("Declined") },
		    { "handed_back", LG_TEXT("Handed back") },
		    { "taken_over", LG_TEXT("Registered the person as their own") },
		    { "noted", LG_TEXT("Wrote") } };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (!strcmp(all[i].what, what)) return lg_say(all[i].words);
	return what;
}

static const char *doing_icon(const char *what)
{
	bool looked = !strcmp(what, "list") || !strcmp(what, "card") || !strcmp(what, "match");
	return looked                                                     ? "visibility"
	       : !strcmp(what, "accepted") || !strcmp(what, "taken_over") ? "success"
	       : !strcmp(what, "noted")                                   ? "edit"
	                                                                  : "info";
}

/* A reason of the list and words, one or both or none. */
static const char *said_words(struct lg_ctx *cx, const char *reason, const char *words)
{
	const char *why = reason ? lg_say(choice_text(CHOICE_share_reason, reason)) : "";
	if (!*why) return words;
	return words && *words ? lg_printf(cx->mem, "%s: %s", why, words) : why;
}

static void put_event(struct lg_ctx *cx, struct call *c, struct html_events *v, const char *what, const char *office,
                      const char *by, int64_t at, const char *reason, const char *words)
{
	v->events[v->n_events++] =
	    (struct html_events_events){ .icon = doing_icon(what),
		                         .title = doing_words(what),
		                         .when = page_time(cx, c, at),
		                         .who = *by ? lg_printf(cx->mem, "%s, %s", by, office) : office,
		                         .words = said_words(cx, reason, words) };
}

/* --- one share */

struct shown {
	struct db_share_received_row r;
	json_t *card;
	struct db_share_answers_rows answers;
	struct db_share_reads_rows reads;
	struct db_share_outcomes_rows outcomes;
	struct db_share_received_rows behind;
};

static enum lg_err read(struct lg_ctx *cx, struct call *c, const char *id, struct shown *out)
{
	struct db_share_received_rows rows = { 0 };
	*out = (struct shown){ 0 };
	db_share_seen_send(cx, c->db, (struct db_share_seen_in){ .ids = { .texts = &id, .n = 1 }, .what = "card" });
	LG_TRY(db_share_get(cx, c->db, &rows, (struct db_share_get_in){ .id = id }));
	if (!rows.n) return LG_UNKNOWN;
	db_share_answers_send(cx, c->db, &out->answers, (struct db_share_answers_in){ .id = id });
	db_share_reads_send(cx, c->db, &out->reads, (struct db_share_reads_in){ .id = id, .room = READS });
	db_share_outcomes_send(cx, c->db, &out->outcomes, (struct db_share_outcomes_in){ .id = id });
	db_share_behind_send(cx, c->db, &out->behind, (struct db_share_behind_in){ .id = id, .room = READS });
	audit_seen(cx, c, &id, 1);
	LG_TRY(app_end(cx, c));
	out->r = rows.rows[0];
	return record_parse(cx, &out->card, out->r.card, strlen(out->r.card));
}

static void put_fact(struct html_facts *v, const char *name, const char *value, const char *url)
{
	if (value && *value)
		v->facts[v->n_facts++] = (struct html_facts_facts){ .name = name, .value = value, .url = url };
}

static const char *withdrawn_words(struct lg_ctx *cx, struct call *c, const struct db_share_received_row *r)
{
	const char *why = r->withdrawn_why ? r->withdrawn_why : "";
	if (r->withdrawn == DB_NO_INT) return NULL;
	if (!strcmp(why, "agreement_ended")) why = lg_say("the agreement was ended");
	if (!strcmp(why, "pool_no_more")) why = lg_say("it is no longer among what is given to the pool");
	if (!strcmp(why, "fields_ended")) why = lg_say("what it told is given no more");
	return lg_printf(cx->mem, "%s%s%s", page_time(cx, c, r->withdrawn), *why ? " · " : "", why);
}

/* What both sides see of it. */
static struct html_facts *terms_of(struct lg_ctx *cx, struct call *c, const struct shown *s)
{
	const struct db_share_received_row *r = &s->r;
	struct html_facts *v = lg_alloc(cx->mem, sizeof *v);
	v->facts = lg_array(cx->mem, 18, sizeof *v->facts);
	put_fact(v, lg_say("State"), share_state_words(r->state), NULL);
	put_fact(v, lg_say("From"), *r->by_name ? lg_printf(cx->mem, "%s, %s", r->by_name, r->from_name) : r->from_name,
	         NULL);
	put_fact(v, lg_say("To"), r->to_name, NULL);
	if (strcmp(r->root_name, r->from_name) != 0) put_fact(v, lg_say("Comes from"), r->root_name, NULL);
	put_fact(v, lg_say("What for"), r->why, NULL);
	put_fact(v, lg_say("Legal basis"), lg_say(choice_text(CHOICE_legal_basis, r->legal_basis)), NULL);
	if (strcmp(r->side, "source") != 0)
		put_fact(v, lg_say("The agreement"), lg_printf(cx->mem, "%s – %s", r->from_name, r->to_name),
		         lg_printf(cx->mem, "/agreements/%s", r->agreement));
	put_fact(v, lg_say("Until when"), last_day(cx, c, r->until), NULL);
	put_fact(v, lg_say("Handing on"),
	         r->may_forward ? lg_say("They may hand it on") : lg_say("Not to be handed on"), NULL);
	if (r->may_take_over)
		put_fact(v, lg_say("If the person moves"), lg_say("They may register the person as their own"), NULL);
	put_fact(v, lg_say("Taken back"), withdrawn_words(cx, c, r), NULL);
	if (!r->question) return v;
	put_fact(v, lg_say("Question"), r->question, NULL);
	put_fact(v, lg_say("Answer wanted by"), page_date(cx, r->deadline), NULL);
	if (r->reminders)
		put_fact(v, lg_say("Reminded"),
		         lg_printf(cx->mem, lg_says("%s, %d time", "%s, %d times", (unsigned)r->reminders),
		                   page_time(cx, c, r->reminded), (int)r->reminders),
		         NULL);
	if (r->escalated != DB_NO_INT)
		put_fact(v, lg_say("Leader asked"),
		         lg_printf(cx->mem, "%s%s%s", page_time(cx, c, r->escalated),
		                   r->escalated_why && *r->escalated_why ? " · " : "",
		                   r->escalated_why ? r->escalated_why : ""),
		         NULL);
	return v;
}

static struct html_events *doings_of(struct lg_ctx *cx, struct call *c, const struct shown *s)
{
	struct html_events *v = lg_alloc(cx->mem, sizeof *v);
	v->events = lg_array(cx->mem, s->answers.n + s->reads.n + 1, sizeof *v->events);
	v->empty = lg_say("Nobody has looked yet.");
	for (size_t i = s->answers.n; i-- > 0;) {
		const struct db_share_answers_row *a = &s->answers.rows[i];
		put_event(cx, c, v, a->what, s->r.to_name, a->by_name, a->at, a->reason, a->words);
	}
	for (size_t i = 0; i < s->reads.n; i++) {
		const struct db_share_reads_row *d = &s->reads.rows[i];
		put_event(cx, c, v, d->what, s->r.to_name, d->by_name, d->at, NULL, NULL);
	}
	return v;
}

static struct html_events *chain_of(struct lg_ctx *cx, struct call *c, const struct db_share_received_rows *rows)
{
	struct html_events *v = lg_alloc(cx->mem, sizeof *v);
	v->events = lg_array(cx->mem, rows->n + 1, sizeof *v->events);
	v->empty = lg_say("To nobody yet.");
	for (size_t i = 0; i < rows->n; i++) {
		const struct db_share_received_row *r = &rows->rows[i];
		v->events[v->n_events++] = (struct html_events_events){
			.icon = "send",
			.title = lg_printf(cx->mem, "%s → %s", r->from_name, r->to_name),
			.when = lg_printf(cx->mem, lg_say("%s to %s"), page_time(cx, c, r->created),
			                  last_day(cx, c, r->until)),
			.who = r->by_name,
			.words = lg_printf(cx->mem, "%s · %s", share_state_words(r->state), r->why),
			.url = lg_printf(cx->mem, "/shares/%s", r->id),
			.act = lg_printf(cx->mem, lg_say("Open the card: %s"), r->to_name)
		};
	}
	return v;
}

static void put_choices(struct lg_ctx *cx, struct call *c, struct html_fields_fields *field, enum choice_list list,
                        const char *name, bool first_empty)
{
	size_t n;
	const struct choice *all = choices(list, &n);
	const char *sent = share_said(c, NULL, name);
	if (first_empty) small_option(cx, field, "", lg_say("Choose"), NULL, !*sent);
	for (size_t i = 0; i < n; i++)
		small_option(cx, field, all[i].code, lg_say(all[i].text), NULL, !strcmp(sent, all[i].code));
}

static struct small_form *form_to(struct lg_ctx *cx, struct call *c, const struct shown *s, const char *what,
                                  const char *submit)
{
	struct small_form *f = small_form(cx, c, lg_printf(cx->mem, "/shares/%s/%s", s->r.id, what), submit);
	f->form.id = what;
	f->form.version = record_version(cx, s->r.version);
	return f;
}

/* What the receiver may say where it stands. */
static struct html_form *answer_form(struct lg_ctx *cx, struct call *c, const struct shown *s)
{
	bool waits = !strcmp(s->r.state, "sent") || !strcmp(s->r.state, "seen"),
	     accepted = !strcmp(s->r.state, "accepted");
	struct small_form *f = form_to(cx, c, s, "answer", lg_say("Send the answer"));
	const char *sent = share_said(c, NULL, "what");
	struct html_fields_fields *what = small_choice(cx, f, "what", lg_say("Your answer"), false, 5);
	what->choice = false, what->radios = true, what->must = true;
	static const char *const codes[] = { "accepted", "declined", "handed_back", "noted" };
	for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
		if (i < 2 ? !waits : i == 2 && !accepted) continue;
		small_option(cx, what, codes[i], lg_say(choice_text(CHOICE_share_answer, codes[i])), NULL,
		             !strcmp(sent, codes[i]));
	}
	if (waits || accepted) {
		struct html_fields_fields *reason = small_choice(cx, f, "reason", lg_say("If not: why"), false, 8);
		put_choices(cx, c, reason, CHOICE_share_reason, "reason", true);
	}
	struct html_fields_fields *words = small_field(cx, f, "words", lg_say("In words"), "text", "");
	words->longest = 1000, words->area = true, words->rows = 3, words->input = NULL;
	return &f->form;
}

static const char *until_text(struct lg_ctx *cx, const struct call *c, int64_t until)
{
	char text[11];
	lg_date_print(text, lg_when_day((until - 1) / US, c->actor.zone));
	return lg_strdup(cx->mem, text);
}

static void put_aside(struct html_sheet *v, const char *title, struct html_any body)
{
	((struct html_sheet_asides *)(uintptr_t)v->asides)[v->n_asides++] = (struct html_sheet_asides){ title, body };
}

/* What the giver may do with it. */
static void put_giver(struct lg_ctx *cx, struct call *c, const struct shown *s, struct html_sheet *v)
{
	const struct db_share_received_row *r = &s->r;
	bool waits = r->question && r->alive && (!strcmp(r->state, "sent") || !strcmp(r->state, "seen"));
	if (waits)
		put_aside(v, lg_say("No answer yet?"),
		          html_form_any(&form_to(cx, c, s, "remind", lg_say("Remind them"))->form));
	if (waits && r->escalated == DB_NO_INT && r->reminders) {
		struct small_form *f = form_to(cx, c, s, "escalate", lg_say("Ask their leader"));
		small_field(cx, f, "reason", lg_say("Why"), "text", "");
		put_aside(v, lg_say("Still no answer?"), html_form_any(&f->form));
	}
	struct small_form *longer = form_to(cx, c, s, "prolong", lg_say("Change the day"));
	small_field(cx, longer, "until", lg_say("Until when"), "date", until_text(cx, c, r->until));
	put_aside(v, lg_say("Until when"), html_form_any(&longer->form));
	if (!r->alive) return;
	struct small_form *back = form_to(cx, c, s, "withdraw", lg_say("Take the card back"));
	small_field(cx, back, "reason", lg_say("Why (you need not say)"), "text", "");
	back->form.danger = true;
	back->form.intro = lg_say("Nobody outside sees it from then on, nor anybody it was handed on to.");
	put_aside(v, lg_say("Take it back"), html_form_any(&back->form));
}

static void put_acts(struct lg_ctx *cx, struct call *c, const struct shown *s, struct html_sheet *v)
{
	const struct db_share_received_row *r = &s->r;
	bool receiver = !strcmp(r->side, "receiver");
	v->asides = lg_array(cx->mem, 5, sizeof *v->asides);
	struct html_sheet_actions *acts = lg_array(cx->mem, 2, sizeof *acts);
	v->actions = acts;
	if (r->is_ours && may(&c->actor, MAY_SHARE_READ))
		acts[v->n_actions++] =
		    (struct html_sheet_actions){ .url = lg_printf(cx->mem, "/candidates/%s/shares", r->candidate),
			                         .name = lg_say("All who were told"),
			                         .icon = "persons" };
	if (!may(&c->actor, MAY_SHARE_WRITE)) return;
	if (receiver && r->may_forward)
		acts[v->n_actions++] =
		    (struct html_sheet_actions){ .url = lg_printf(cx->mem, "/shares/%s/forward", r->id),
			                         .name = lg_say("Hand it on"),
			                         .icon = "send" };
	if (receiver)
		put_aside(v, r->question ? lg_say("Answer") : lg_say("Say something to the sender"),
		          html_form_any(answer_form(cx, c, s)));
	if (receiver && !strcmp(r->state, "accepted"))
		put_aside(v, lg_say("What happened?"), html_form_any(share_outcome_form(cx, c, r->id, r->version)));
	if (receiver && !strcmp(r->state, "accepted") && r->may_take_over && may(&c->actor, MAY_CANDIDATE_WRITE))
		put_aside(v, lg_say("The person comes to us"),
		          html_form_any(share_take_over_form(cx, c, r->id, r->version)));
	if (!strcmp(r->side, "giver")) put_giver(cx, c, s, v);
}

static enum lg_err show(struct lg_ctx *cx, struct call *c, const struct shown *s)
{
	const struct db_share_received_row *r = &s->r;
	bool receiver = !strcmp(r->side, "receiver");
	const char *name = share_name(cx, c, s->card);
	struct html_sheet_sections sections[5] = { 0 };
	struct html_sheet v = { .title = name, .sections = sections };
	v.lead = receiver ? lg_printf(cx->mem, lg_say("A card from %s. This is all they told us."), r->from_name)
	                  : lg_printf(cx->mem, lg_say("The card that %s sees."), r->to_name);
	struct html_facts *facts = share_facts(cx, c, s->card);
	sections[v.n_sections++] =
	    (struct html_sheet_sections){ .id = "card", .title = lg_say("The card"), .body = html_facts_any(facts) };
	sections[v.n_sections++] =
	    (struct html_sheet_sections){ .id = "terms",
		                          .title = r->question ? lg_say("The referral") : lg_say("How it was given"),
		                          .body = html_facts_any(terms_of(cx, c, s)) };
	if (s->outcomes.n)
		sections[v.n_sections++] = (struct html_sheet_sections){ .id = "outcomes",
			                                                 .title = lg_say("What became of it"),
			                                                 .body = html_events_any(share_outcome_events(
			                                                     cx, c, s->outcomes.rows, s->outcomes.n)) };
	sections[v.n_sections++] = (struct html_sheet_sections){ .id = "doings",
		                                                 .title = lg_say("What they did with it"),
		                                                 .body = html_events_any(doings_of(cx, c, s)) };
	if (s->behind.n)
		sections[v.n_sections++] =
		    (struct html_sheet_sections){ .id = "behind",
			                          .title = lg_say("Handed on to"),
			                          .body = html_events_any(chain_of(cx, c, &s->behind)) };
	put_acts(cx, c, s, &v);
	struct page_crumb crumb = { lg_say("Other offices"), "/shares" };
	page_answer(cx, c,
	            &(struct page){ .title = name,
	                            .crumbs = &crumb,
	                            .n_crumbs = 1,
	                            .here = "shares",
	                            .invented = record_flag(s->card, "invented") },
	            html_sheet_any(&v));
	return LG_OK;
}

static json_t *answers_json(const struct shown *s)
{
	json_t *list = json_array();
	for (size_t i = 0; i < s->answers.n; i++) {
		const struct db_share_answers_row *a = &s->answers.rows[i];
		json_array_append_new(list,
		                      json_pack("{s:s, s:s?, s:s?, s:s, s:o}", "what", a->what, "reason", a->reason,
		                                "words", a->words, "by", a->by_name, "at", time_json(a->at)));
	}
	return list;
}

enum lg_err on_share_show(struct lg_ctx *cx, struct call *c)
{
	struct shown s;
	const char *id;
	LG_TRY(app_uuid(c->rq->args[0], &id));
	LG_TRY(read(cx, c, id, &s));
	app_put_version(cx, c, s.r.version);
	if (!c->api) return show(cx, c, &s);
	json_t *o = record_keep(cx, as_json(cx, &s.r, true));
	json_object_set_new(o, "answers", answers_json(&s));
	json_t *outcomes = json_array();
	share_outcome_json(outcomes, s.outcomes.rows, s.outcomes.n);
	json_object_set_new(o, "outcomes", outcomes);
	answer_json(cx, c, 200, o);
	return LG_OK;
}

enum lg_err share_show_again(struct lg_ctx *cx, struct call *c, const char *id)
{
	struct shown s;
	LG_TRY(record_reopen(cx, c));
	LG_TRY(read(cx, c, id, &s));
	return show(cx, c, &s);
}

/* --- of a candidate of the office: who sees it, since when, why, and what they did */

enum lg_err on_candidate_shares(struct lg_ctx *cx, struct call *c)
{
	struct candidate_page page;
	struct db_share_received_rows rows = { 0 };
	struct db_share_doings_rows doings = { 0 };
	const char *id;
	LG_TRY(app_uuid(c->rq->args[0], &id));
	db_share_of_candidate_send(cx, c->db, &rows,
	                           (struct db_share_of_candidate_in){ .candidate = id, .room = LISTED });
	db_share_doings_send(cx, c->db, &doings, (struct db_share_doings_in){ .candidate = id, .room = LISTED });
	LG_TRY(candidate_page_read(cx, c, id, &page));
	audit_seen(cx, c, &id, 1);
	LG_TRY(app_end(cx, c));
	if (c->api) return answer_json(cx, c, 200, list_json(cx, &rows, false)), LG_OK;
	struct html_events *v = lg_alloc(cx->mem, sizeof *v);
	v->events = lg_array(cx->mem, doings.n + 1, sizeof *v->events);
	v->empty = lg_say("Nobody outside has looked yet.");
	for (size_t i = 0; i < doings.n; i++) {
		const struct db_share_doings_row *d = &doings.rows[i];
		put_event(cx, c, v, d->what, d->office, d->by_name, d->at, d->reason, d->words);
	}
	struct html_sheet_sections sections[2] = {
		{ .id = "shares",
		  .title = lg_say("Who was told, and until when"),
		  .body = html_events_any(chain_of(cx, c, &rows)) },
		{ .id = "doings", .title = lg_say("What they did with it"), .body = html_events_any(v) },
	};
	const char *name = candidate_is_hidden(c, record_flag(page.one.record, "protected_address"))
	                       ? lg_say("Protected person")
	                       : candidate_name(cx, page.one.record);
	struct html_sheet sheet = {
		.title = lg_say("Who outside sees this person"), .lead = name, .sections = sections, .n_sections = 2
	};
	struct html_sheet_actions act = { .url = lg_printf(cx->mem, "/candidates/%s/shares/new", id),
		                          .name = lg_say("Give a card, or refer"),
		                          .icon = "send",
		                          .first = true };
	if (may(&c->actor, MAY_SHARE_WRITE)) sheet.actions = &act, sheet.n_actions = 1;
	struct page_crumb crumbs[] = { { lg_say("Candidates"), "/candidates" },
		                       { name, lg_printf(cx->mem, "/candidates/%s", id) } };
	page_answer(cx, c,
	            &(struct page){ .title = sheet.title,
	                            .crumbs = crumbs,
	                            .n_crumbs = 2,
	                            .here = "candidates",
	                            .invented = page.one.invented },
	            html_sheet_any(&sheet));
	return LG_OK;
}
