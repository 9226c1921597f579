/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* Agreements with other offices: proposed by one, approved by an authorised person of each, ended by either. */
#include "core/agreement.sql.h"

#include <string.h>

#include "app/answer.h"
#include "app/audit.h"
#include "app/page.h"
#include "app/record.h"
#include "base/date.h"
#include "core/choice.h"
#include "core/core.h"
#include "core/input.h"
#include "core/office.h"
#include "core/record_pages.h"
#include "core/record_store.h"
#include "core/share.h"
#include "core/sheet_table.h"
#include "core/small_form.h"
#include "view/speech.h"

enum { LISTED = 200, USUAL_DAYS = 365, PURPOSE_MOST = 400, OFFICES_MOST = 500, SOON_DAYS = 30, DUE = 20 };

static const char *state_words(const char *state) { return lg_say(choice_text(CHOICE_agreement_state, state)); }

static const char *day_json(char out[11], int32_t day)
{
	lg_date_print(out, day);
	return out;
}

/* Administrators have it under their office, others under "Other offices". */
static void put_tabs(struct lg_ctx *cx, const struct call *c, struct html_sheet *v)
{
	if (may(&c->actor, MAY_TENANT_ADMIN) && !may(&c->actor, MAY_SHARE_READ))
		office_tabs(cx, c, v, "/agreements");
	else
		share_tabs(cx, c, v, "/agreements");
}

static const char *item_of(const struct call *c) { return may(&c->actor, MAY_SHARE_READ) ? "shares" : "office"; }

static const char *fields_words(struct lg_ctx *cx, const struct db_list *fields)
{
	const char *all = "";
	for (size_t i = 0; i < fields->n; i++)
		all = lg_printf(cx->mem, "%s%s%s", all, i ? "; " : "",
		                lg_say(choice_text(CHOICE_shared_field, fields->texts[i])));
	return all;
}

/* Who gives, as this office sees it. */
static const char *direction_words(const char *direction, bool is_ours)
{
	if (!is_ours && strcmp(direction, "both") != 0) direction = !strcmp(direction, "give") ? "receive" : "give";
	return lg_say(choice_text(CHOICE_share_direction, direction));
}

/* --- list */

static json_t *as_json(const struct db_agreement_list_row *a)
{
	char from[11], to[11];
	json_t *fields = json_array();
	for (size_t i = 0; i < a->fields.n; i++) json_array_append_new(fields, json_string(a->fields.texts[i]));
	return json_pack("{s:s, s:s, s:I, s:s, s:b, s:s, s:s, s:o, s:b, s:s, s:s?, s:s, s:s, s:s?, s:b}", "id", a->id,
	                 "state", a->state, "other", (json_int_t)a->other, "other_name", a->other_name, "is_ours",
	                 (int)a->is_ours, "purpose", a->purpose, "direction", a->direction, "fields", fields,
	                 "may_forward", (int)a->may_forward, "legal_basis", a->legal_basis, "basis_words",
	                 a->basis_words, "valid_from", day_json(from, a->valid_from), "valid_to",
	                 day_json(to, a->valid_to), "renews", a->renews, "we_give", (int)a->we_give);
}

enum lg_err on_agreement_list(struct lg_ctx *cx, struct call *c)
{
	struct db_agreement_list_rows rows = { 0 };
	LG_TRY(db_agreement_list(cx, c->db, &rows,
	                         (struct db_agreement_list_in){ .today = page_today(cx, c), .room = LISTED }));
	LG_TRY(app_end(cx, c));
	if (c->api) {
		json_t *items = json_array();
		for (size_t i = 0; i < rows.n; i++) json_array_append_new(items, as_json(&rows.rows[i]));
		return answer_json(cx, c, 200, record_keep(cx, json_pack("{s:o}", "items", items))), LG_OK;
	}
	const char *heads[] = { lg_say("What for"), lg_say("With"), lg_say("Who gives"), lg_say("Until when"),
		                lg_say("State") };
	struct html_records *table = sheet_table(cx, c, "agreements", lg_say("Agreements"), heads, 5, rows.n, false);
	for (size_t i = 0; i < rows.n; i++) {
		const struct db_agreement_list_row *a = &rows.rows[i];
		bool waits = !strcmp(a->state, "proposed") && !a->approved_by_us;
		const char *cells[] = { a->other_name, direction_words(a->direction, a->is_ours),
			                page_date(cx, a->valid_to),
			                waits ? lg_say("Waits for your office") : state_words(a->state) };
		struct html_records_rows *row = sheet_table_row(
		    cx, table, a->purpose, lg_printf(cx->mem, "/agreements/%s", a->id), heads, cells, 4);
		((struct html_records_rows_cells *)(uintptr_t)row->cells)[3].tone = waits ? "warn"
		                                                                    : !strcmp(a->state, "in_force")
		                                                                        ? "good"
		                                                                        : "";
	}
	struct html_sheet_sections section = { .body = html_records_any(table) };
	struct html_sheet v = { .title = lg_say("Agreements"),
		                .lead = lg_say("What your office and another may tell each other of people, for what, "
		                               "on what ground. Nothing is shared without one."),
		                .sections = &section,
		                .n_sections = 1 };
	struct html_sheet_actions act = {
		.url = "/agreements/new", .name = lg_say("Propose an agreement"), .icon = "plus", .first = true
	};
	if (may(&c->actor, MAY_AGREEMENT_WRITE)) v.actions = &act, v.n_actions = 1;
	put_tabs(cx, c, &v);
	page_answer(cx, c, &(struct page){ .title = v.title, .here = item_of(c) }, html_sheet_any(&v));
	return LG_OK;
}

/* --- My day */

void agreement_due_send(struct lg_ctx *cx, struct call *c, struct db_agreement_list_rows *out)
{
	int32_t today = page_today(cx, c);
	db_agreement_due_send(cx, c->db, out,
	                      (struct db_agreement_due_in){ .today = today, .soon = today + SOON_DAYS, .room = DUE });
}

struct html_my_day_tasks agreement_task(struct lg_ctx *cx, const struct db_agreement_list_row *a)
{
	bool waits = !strcmp(a->state, "proposed");
	return (struct html_my_day_tasks){
		.icon = "send",
		.tone = "warn",
		.title = waits ? lg_printf(cx->mem, lg_say("Agreement with %s: approve or decline"), a->other_name)
		               : lg_printf(cx->mem, lg_say("Agreement with %s: renew it?"), a->other_name),
		.more = waits ? a->purpose
		              : lg_printf(cx->mem, lg_say("%s · ends: %s"), a->purpose, page_date(cx, a->valid_to)),
		.url = lg_printf(cx->mem, "/agreements/%s", a->id),
		.act = lg_say("Open"),
		.act_says = a->other_name
	};
}

/* --- proposing */

static const char *day_text(struct lg_ctx *cx, int32_t day)
{
	char text[11];
	return lg_strdup(cx->mem, day_json(text, day));
}

static void put_list(struct lg_ctx *cx, struct call *c, struct html_fields_fields *field, enum choice_list list,
                     const char *name, const char *but, const char *now)
{
	size_t n;
	const struct choice *all = choices(list, &n);
	for (size_t i = 0; i < n; i++)
		if (!but || strcmp(all[i].code, but) != 0)
			small_option(cx, field, all[i].code, lg_say(all[i].text), *all[i].mark ? all[i].mark : NULL,
			             c->rq->method == HTTP_POST ? small_chosen(c, name, all[i].code)
			                                        : !strcmp(now, all[i].code));
}

static bool holds(const struct db_list *list, const char *text)
{
	for (size_t i = 0; i < list->n; i++)
		if (!strcmp(list->texts[i], text)) return true;
	return false;
}

/* `old`: the one whose place it is to take, or NULL. */
static struct html_form *new_form(struct lg_ctx *cx, struct call *c, const struct db_agreement_offices_rows *offices,
                                  const struct db_agreement_get_row *old)
{
	bool posted = c->rq->method == HTTP_POST;
	struct small_form *f = small_form(cx, c, "/agreements", lg_say("Propose it"));
	char number[24];
	if (old) small_hidden(f, "renews", old->id);
	struct html_fields_fields *other =
	    small_choice(cx, f, "other", lg_say("With which office"), false, offices->n + 1);
	other->must = true;
	small_option(cx, other, "", lg_say("Choose"), NULL, false);
	for (size_t i = 0; i < offices->n && i < OFFICES_MOST; i++) {
		(void)snprintf(number, sizeof number, "%lld", (long long)offices->rows[i].id);
		const char *id = lg_strdup(cx->mem, number);
		small_option(cx, other, id, offices->rows[i].name, NULL,
		             posted ? small_chosen(c, "other", id) : old && old->other == offices->rows[i].id);
	}
	struct html_fields_fields *purpose =
	    small_field(cx, f, "purpose", lg_say("What for"), "text", old ? old->purpose : "");
	purpose->must = true, purpose->help = lg_say("In words that a person whose data it is understands."),
	purpose->longest = PURPOSE_MOST;
	struct html_fields_fields *direction = small_choice(cx, f, "direction", lg_say("Who gives"), false, 4);
	direction->must = true;
	const char *way = !old ? "give" : !strcmp(old->direction, "both") ? "both" : old->we_give ? "give" : "receive";
	put_list(cx, c, direction, CHOICE_share_direction, "direction", NULL, way);
	size_t n;
	const struct choice *all = choices(CHOICE_shared_field, &n);
	struct html_fields_fields *fields = small_choice(cx, f, "fields", lg_say("What may be told"), true, n);
	fields->help = lg_say(
	    "No more than is needed for it. Identity numbers, addresses, notes, family and documents are never told.");
	for (size_t i = 0; i < n; i++)
		small_option(cx, fields, all[i].code, lg_say(all[i].text), NULL,
		             posted ? small_chosen(c, "fields", all[i].code) : old && holds(&old->fields, all[i].code));
	struct html_fields_fields *on = small_choice(cx, f, "may_forward", lg_say("Handing on"), true, 1);
	small_option(cx, on, "1", lg_say("Who receives a card may hand it on, where the giver allows it"), NULL,
	             posted ? small_chosen(c, "may_forward", "1") : old && old->may_forward);
	struct html_fields_fields *basis = small_choice(cx, f, "legal_basis", lg_say("Legal basis"), false, 8);
	basis->must = true,
	basis->help = lg_say("Consent carries no casework: a person who needs the office is not free to refuse.");
	put_list(cx, c, basis, CHOICE_legal_basis, "legal_basis", NULL, old ? old->legal_basis : "public_task");
	struct html_fields_fields *words = small_field(cx, f, "basis_words", lg_say("The law and the paragraph"),
	                                               "text", old && old->basis_words ? old->basis_words : "");
	words->longest = PURPOSE_MOST;
	int32_t today = page_today(cx, c);
	small_field(cx, f, "valid_from", lg_say("First day"), "date", day_text(cx, today))->must = true;
	small_field(cx, f, "valid_to", lg_say("Last day"), "date", day_text(cx, today + USUAL_DAYS))->must = true;
	f->form.cancel = "/agreements";
	return &f->form;
}

static enum lg_err show_new(struct lg_ctx *cx, struct call *c, const char *renews)
{
	struct db_agreement_offices_rows offices = { 0 };
	struct db_agreement_get_row old = { 0 };
	if (renews)
		LG_TRY(db_agreement_get(cx, c->db, &old,
		                        (struct db_agreement_get_in){ .id = renews, .today = page_today(cx, c) }));
	LG_TRY(db_agreement_offices(cx, c->db, &offices));
	LG_TRY(app_end(cx, c));
	struct html_sheet_sections section = { .body = html_form_any(new_form(cx, c, &offices, renews ? &old : NULL)) };
	struct html_sheet v = { .title = renews ? lg_say("Renew an agreement") : lg_say("Propose an agreement"),
		                .lead = lg_say("It is in force when an authorised person of each office has approved "
		                               "it. It is never changed: what is to be otherwise is another."),
		                .sections = &section,
		                .n_sections = 1 };
	struct page_crumb crumb = { lg_say("Agreements"), "/agreements" };
	page_answer(cx, c, &(struct page){ .title = v.title, .crumbs = &crumb, .n_crumbs = 1, .here = item_of(c) },
	            html_sheet_any(&v));
	return LG_OK;
}

enum lg_err on_agreement_new(struct lg_ctx *cx, struct call *c)
{
	const char *asked = http_query(c->rq, "renews"), *id = NULL;
	if (asked) LG_TRY(app_uuid(asked, &id));
	return show_new(cx, c, id);
}

static enum lg_err read_new(struct lg_ctx *cx, struct call *c, struct db_agreement_add_in *out)
{
	static const char *const names[] = { "other",       "purpose",     "direction",   "fields",
		                             "may_forward", "legal_basis", "basis_words", "valid_from",
		                             "valid_to",    "renews",      NULL };
	json_t *body = NULL;
	if (c->api) LG_TRY(input_json(cx, c, &body));
	LG_TRY(input_only(cx, c, body, names));
	const char *renews = share_said(c, body, "renews"), *words = share_said(c, body, "basis_words"),
	           *other = share_said(c, body, "other");
	char *end = NULL;
	*out =
	    (struct db_agreement_add_in){ .id = record_new_id(cx),
		                          .other = c->api ? record_number(body, "other", 0) : strtoll(other, &end, 10),
		                          .purpose = share_said(c, body, "purpose"),
		                          .direction = share_said(c, body, "direction"),
		                          .fields = share_all(cx, c, body, "fields"),
		                          .may_forward = share_flag(c, body, "may_forward"),
		                          .legal_basis = share_said(c, body, "legal_basis"),
		                          .basis_words = *words ? words : NULL,
		                          .valid_from = share_date(cx, c, body, "valid_from"),
		                          .valid_to = share_date(cx, c, body, "valid_to") };
	if (*renews && app_uuid(renews, &out->renews) != LG_OK)
		(void)!lg_fail(cx, LG_INVALID, "renews", lg_say("Choose one of the list."));
	if (out->other <= 0 || out->other > INT32_MAX || out->other == c->actor.tenant)
		(void)!lg_fail(cx, LG_INVALID, "other", lg_say("Choose one of the list."));
	if (!*out->purpose) (void)!lg_fail(cx, LG_INVALID, "purpose", lg_say("This is missing."));
	if (strlen(out->purpose) > PURPOSE_MOST) (void)!lg_fail(cx, LG_INVALID, "purpose", lg_say("This is too long."));
	if (strlen(words) > PURPOSE_MOST) (void)!lg_fail(cx, LG_INVALID, "basis_words", lg_say("This is too long."));
	if (!choice_find(CHOICE_share_direction, out->direction))
		(void)!lg_fail(cx, LG_INVALID, "direction", lg_say("Choose one of the list."));
	if (!choice_find(CHOICE_legal_basis, out->legal_basis))
		(void)!lg_fail(cx, LG_INVALID, "legal_basis", lg_say("Choose one of the list."));
	if (!out->fields.n) (void)!lg_fail(cx, LG_INVALID, "fields", lg_say("Choose at least one."));
	if (out->valid_from == DB_NO_DATE) (void)!lg_fail(cx, LG_INVALID, "valid_from", lg_say("This is missing."));
	if (out->valid_to == DB_NO_DATE) (void)!lg_fail(cx, LG_INVALID, "valid_to", lg_say("This is missing."));
	return cx->notes ? LG_INVALID : LG_OK;
}

enum lg_err on_agreement_add(struct lg_ctx *cx, struct call *c)
{
	struct db_agreement_add_in in = { 0 };
	enum lg_err err = read_new(cx, c, &in);
	if (err == LG_OK) err = audit_change(cx, c, "proposed", "agreement", in.id, 1, NULL, NULL);
	if (err == LG_OK) {
		db_agreement_add_send(cx, c->db, in);
		err = db_sync(cx, c->db);
		if (err == LG_INVALID) share_put_words(cx);
	}
	if (err == LG_INVALID && !c->api) {
		LG_TRY(record_reopen(cx, c));
		return show_new(cx, c, in.renews);
	}
	LG_TRY(err);
	if (c->api) return record_answer_made(cx, c, "/agreements", in.id, NULL), LG_OK;
	answer_see(cx, c, lg_printf(cx->mem, "/agreements/%s", in.id), "agreement_proposed");
	return LG_OK;
}

/* --- one of them */

static void put_fact(struct html_facts *v, const char *name, const char *value, const char *url)
{
	if (value && *value)
		v->facts[v->n_facts++] = (struct html_facts_facts){ .name = name, .value = value, .url = url };
}

static struct html_facts *facts_of(struct lg_ctx *cx, struct call *c, const struct db_agreement_get_row *a)
{
	struct html_facts *v = lg_alloc(cx->mem, sizeof *v);
	v->facts = lg_array(cx->mem, 14, sizeof *v->facts);
	put_fact(v, lg_say("State"), state_words(a->state), NULL);
	put_fact(v, lg_say("With"), a->other_name, NULL);
	put_fact(v, lg_say("What for"), a->purpose, NULL);
	put_fact(v, lg_say("Who gives"), direction_words(a->direction, a->is_ours), NULL);
	put_fact(v, lg_say("What may be told"), fields_words(cx, &a->fields), NULL);
	put_fact(v, lg_say("Handing on"),
	         a->may_forward ? lg_say("Where the giver allows it") : lg_say("Not to be handed on"), NULL);
	put_fact(v, lg_say("Legal basis"), lg_say(choice_text(CHOICE_legal_basis, a->legal_basis)), NULL);
	put_fact(v, lg_say("The law and the paragraph"), a->basis_words, NULL);
	put_fact(v, lg_say("First day"), page_date(cx, a->valid_from), NULL);
	put_fact(v, lg_say("Last day"), page_date(cx, a->valid_to), NULL);
	if (a->renews)
		put_fact(v, lg_say("Takes the place of"), lg_say("An earlier agreement"),
		         lg_printf(cx->mem, "/agreements/%s", a->renews));
	put_fact(v, lg_say("Proposed"),
	         lg_printf(cx->mem, "%s · %s, %s", page_time(cx, c, a->created), a->by_name,
	                   a->is_ours ? c->actor.tenant_name : a->other_name),
	         NULL);
	return v;
}

static const char *step_words(const char *what)
{
	return !strcmp(what, "approved")   ? lg_say("Approved")
	       : !strcmp(what, "declined") ? lg_say("Declined")
	                                   : lg_say("Ended");
}

static struct html_events *steps_of(struct lg_ctx *cx, struct call *c, const struct db_agreement_steps_rows *rows)
{
	struct html_events *v = lg_alloc(cx->mem, sizeof *v);
	v->events = lg_array(cx->mem, rows->n + 1, sizeof *v->events);
	v->empty = lg_say("Nobody has approved it yet.");
	for (size_t i = 0; i < rows->n; i++) {
		const struct db_agreement_steps_row *s = &rows->rows[i];
		v->events[v->n_events++] =
		    (struct html_events_events){ .icon = !strcmp(s->what, "approved") ? "success" : "info",
			                         .title = step_words(s->what),
			                         .when = page_time(cx, c, s->at),
			                         .who = lg_printf(cx->mem, "%s, %s", s->by_name, s->office),
			                         .words = *s->why ? s->why : NULL };
	}
	return v;
}

static struct html_form *act_form(struct lg_ctx *cx, struct call *c, const struct db_agreement_get_row *a,
                                  const char *act, const char *submit, const char *intro, bool asks)
{
	struct small_form *f = small_form(cx, c, lg_printf(cx->mem, "/agreements/%s/%s", a->id, act), submit);
	f->form.id = act;
	f->form.intro = intro;
	if (asks) {
		struct html_fields_fields *why = small_field(cx, f, "reason", lg_say("Why"), "text", "");
		why->id = lg_printf(cx->mem, "f-%s-reason", act);
	}
	f->form.danger = !strcmp(act, "end");
	return &f->form;
}

static void put_acts(struct lg_ctx *cx, struct call *c, const struct db_agreement_get_row *a, struct html_sheet *v)
{
	bool waits = !strcmp(a->state, "proposed"),
	     lives = waits || !strcmp(a->state, "in_force") || !strcmp(a->state, "agreed");
	struct html_sheet_asides *asides = lg_array(cx->mem, 4, sizeof *asides);
	struct html_sheet_actions *acts = lg_array(cx->mem, 1, sizeof *acts);
	v->asides = asides, v->actions = acts;
	if (!may(&c->actor, MAY_AGREEMENT_WRITE)) return;
	if (waits && !a->approved_by_us)
		asides[v->n_asides++] = (struct html_sheet_asides){
			lg_say("Approve"),
			html_form_any(act_form(
			    cx, c, a, "approve", lg_say("Approve for our office"),
			    lg_say("Your name and the time are kept with it, and both offices see them."), false))
		};
	if (waits && !a->is_ours)
		asides[v->n_asides++] = (struct html_sheet_asides){
			lg_say("Decline"), html_form_any(act_form(cx, c, a, "decline", lg_say("Decline"), NULL, true))
		};
	if (lives)
		asides[v->n_asides++] = (struct html_sheet_asides){
			lg_say("End it"),
			html_form_any(act_form(cx, c, a, "end", lg_say("End the agreement"),
			                       lg_say("With it ends all that was given under it, both ways, at once."),
			                       true))
		};
	if (!waits)
		acts[v->n_actions++] =
		    (struct html_sheet_actions){ .url = lg_printf(cx->mem, "/agreements/new?renews=%s", a->id),
			                         .name = lg_say("Renew"),
			                         .icon = "sync" };
}

static enum lg_err show(struct lg_ctx *cx, struct call *c, const char *id)
{
	struct db_agreement_get_row a = { 0 };
	struct db_agreement_steps_rows steps = { 0 };
	db_agreement_get_send(cx, c->db, &a, (struct db_agreement_get_in){ .id = id, .today = page_today(cx, c) });
	db_agreement_steps_send(cx, c->db, &steps, (struct db_agreement_steps_in){ .id = id });
	LG_TRY(app_end(cx, c));
	if (c->api) {
		struct db_agreement_list_row row;
		_Static_assert(sizeof row == sizeof a, "the same columns");
		memcpy(&row, &a, sizeof row);
		json_t *o = record_keep(cx, as_json(&row)), *list = json_array();
		for (size_t i = 0; i < steps.n; i++)
			json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:s}", "office", steps.rows[i].office,
			                                      "what", steps.rows[i].what, "by", steps.rows[i].by_name,
			                                      "why", steps.rows[i].why));
		json_object_set_new(o, "steps", list);
		return answer_json(cx, c, 200, o), LG_OK;
	}
	struct html_sheet_sections sections[2] = {
		{ .title = lg_say("The agreement"), .body = html_facts_any(facts_of(cx, c, &a)) },
		{ .title = lg_say("Who said what"), .body = html_events_any(steps_of(cx, c, &steps)) },
	};
	struct html_sheet v = { .title = a.purpose,
		                .lead = lg_printf(cx->mem, "%s · %s", a.other_name, state_words(a.state)),
		                .sections = sections,
		                .n_sections = 2 };
	put_acts(cx, c, &a, &v);
	struct page_crumb crumb = { lg_say("Agreements"), "/agreements" };
	page_answer(cx, c, &(struct page){ .title = v.title, .crumbs = &crumb, .n_crumbs = 1, .here = item_of(c) },
	            html_sheet_any(&v));
	return LG_OK;
}

enum lg_err on_agreement_show(struct lg_ctx *cx, struct call *c)
{
	const char *id;
	LG_TRY(app_uuid(c->rq->args[0], &id));
	return show(cx, c, id);
}

/* Said once, for the office, by whoever acts; PostgreSQL knows whether it may be. */
static enum lg_err say(struct lg_ctx *cx, struct call *c, const char *what)
{
	static const char *const names[] = { "reason", NULL };
	const char *id, *why = share_said(c, NULL, "reason");
	int64_t n = 0;
	LG_TRY(app_uuid(c->rq->args[0], &id));
	LG_TRY(input_only(cx, c, NULL, names));
	LG_TRY(audit_change(cx, c, what, "agreement", id, 0, NULL, NULL));
	if (strlen(why) > PURPOSE_MOST) (void)!lg_fail(cx, LG_INVALID, "reason", lg_say("This is too long."));
	enum lg_err err =
	    cx->notes ? LG_INVALID
	              : db_agreement_step_add(cx, c->db, &n,
	                                      (struct db_agreement_step_add_in){ .id = id, .what = what, .why = why });
	if (err == LG_INVALID || err == LG_CONFLICT) {
		share_put_words(cx);
		LG_TRY(record_reopen(cx, c));
		return show(cx, c, id);
	}
	LG_TRY(err);
	if (!n) return LG_UNKNOWN;
	answer_see(cx, c, lg_printf(cx->mem, "/agreements/%s", id), "agreement_said");
	return LG_OK;
}

enum lg_err on_agreement_approve(struct lg_ctx *cx, struct call *c) { return say(cx, c, "approved"); }
enum lg_err on_agreement_decline(struct lg_ctx *cx, struct call *c) { return say(cx, c, "declined"); }
enum lg_err on_agreement_end(struct lg_ctx *cx, struct call *c) { return say(cx, c, "ended"); }
