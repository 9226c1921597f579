/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <string.h>

#include "app/answer.h"
#include "app/audit.h"
#include "app/page.h"
#include "core/audit_words.h"
#include "core/candidate.sql.h"
#include "core/candidate_view.h"
#include "core/core.h"
#include "core/identifier.h"
#include "core/input.h"
#include "core/match_week.h"
#include "core/merge.h"
#include "core/record_pages.h"
#include "core/record_view.h"
#include "view/form_page.html.h"
#include "view/record_new.html.h"
#include "view/sheet.html.h"
#include "view/speech.h"

static enum lg_err arg_id(const struct call *c, const char **id) { return app_uuid(c->rq->args[0], id); }

static const char *path_of(struct lg_ctx *cx, const char *id) { return lg_printf(cx->mem, "/candidates/%s", id); }

static struct record_at at_of(struct lg_ctx *cx, const struct candidate_page *page)
{
	return (struct record_at){ .entity = &candidate_entity,
		                   .id = page->one.id,
		                   .name = candidate_name(cx, page->one.record),
		                   .path = path_of(cx, page->one.id),
		                   .list = lg_say("Candidates"),
		                   .list_path = "/candidates",
		                   .here = "candidates",
		                   .version = page->one.version,
		                   .invented = page->one.invented,
		                   .with = &page->with };
}

/* --- seeing */

/* A protected person: the page says that it is so, and one more click is asked for. */
static void show_closed_door(struct lg_ctx *cx, struct call *c, const char *id)
{
	struct html_sheet v = { .title = lg_say("Protected person"),
		                .lead = lg_say("Name and address of this person are protected. Look only if you need "
		                               "it for your work: that you did is recorded.") };
	v.actions = lg_array(cx->mem, 1, sizeof *v.actions);
	v.actions[v.n_actions++] = (struct html_sheet_actions){ .url = lg_printf(cx->mem, "/candidates/%s?open=1", id),
		                                                .name = lg_say("Open the page"),
		                                                .first = true };
	page_answer(cx, c, &(struct page){ .title = v.title, .here = "candidates" }, html_sheet_any(&v));
}

enum lg_err on_candidate_show(struct lg_ctx *cx, struct call *c)
{
	struct candidate_page page;
	const char *id;
	LG_TRY(arg_id(c, &id));
	/* It is written down in the same transaction, before it is told; of a door that stays closed there is nothing
	 * to. */
	bool seen;
	candidate_seen_send(cx, c, id, c->api || !candidate_is_hidden(c, true), &seen);
	struct merge_asked *old = merge_ask(cx, c, &merge_candidates, id);
	enum lg_err err = candidate_page_end(cx, c, id, &page);
	if (merge_leads(cx, c, &merge_candidates, err, old)) return LG_OK;
	LG_TRY(err);
	app_put_version(cx, c, page.one.version);
	if (!c->api && candidate_is_hidden(c, record_flag(page.one.record, "protected_address"))) {
		show_closed_door(cx, c, id);
		return LG_OK;
	}
	if (c->api)
		answer_json(cx, c, 200, candidate_as_json(cx, &page.one));
	else
		candidate_show(cx, c, &page);
	return LG_OK;
}

enum lg_err on_candidate_print(struct lg_ctx *cx, struct call *c)
{
	struct candidate_page page;
	const char *id;
	LG_TRY(arg_id(c, &id));
	LG_TRY(candidate_page_read(cx, c, id, &page));
	audit_seen(cx, c, &id, 1);
	LG_TRY(app_end(cx, c));
	candidate_show_paper(cx, c, &page);
	return LG_OK;
}

static json_t *week_as_json(struct lg_ctx *cx, const struct html_week_plan *plan)
{
	json_t *days = json_array();
	for (size_t i = 0; plan && i < plan->n_days; i++)
		json_array_append_new(days, json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "day", plan->days[i].name,
		                                      "available", plan->days[i].can, "classes", plan->days[i].busy,
		                                      "work", plan->days[i].work, "on_the_way", plan->days[i].travel,
		                                      "collides", plan->days[i].clash));
	return record_keep(cx, json_pack("{s:o}", "days", days));
}

enum lg_err on_candidate_week(struct lg_ctx *cx, struct call *c)
{
	struct candidate_page page;
	const char *id;
	LG_TRY(arg_id(c, &id));
	LG_TRY(candidate_page_read(cx, c, id, &page));
	audit_seen(cx, c, &id, 1);
	LG_TRY(app_end(cx, c));
	struct html_week_plan *plan = match_week_of(cx->mem, page.one.record, &page.agreed);
	if (c->api) return answer_json(cx, c, 200, week_as_json(cx, plan)), LG_OK;
	struct html_facts none = { 0 };
	struct record_at at = at_of(cx, &page);
	record_show_beside(cx, c, &at, lg_say("Week plan"), candidate_name(cx, page.one.record),
	                   plan ? lg_say("Class, work and the way in one week") : lg_say("No hours are known yet"),
	                   plan ? html_week_plan_any(plan) : html_facts_any(&none));
	return LG_OK;
}

enum lg_err on_candidate_history(struct lg_ctx *cx, struct call *c)
{
	struct candidate_page page;
	struct audit_row *rows;
	const char *id;
	size_t n;
	LG_TRY(arg_id(c, &id));
	LG_TRY(candidate_page_read(cx, c, id, &page));
	LG_TRY(audit_history(cx, c, id, page.one.key, &rows, &n));
	LG_TRY(merge_history(cx, c, &merge_candidates, id, &rows, &n));
	audit_seen(cx, c, &id, 1);
	LG_TRY(app_end(cx, c));
	struct record_at at = at_of(cx, &page);
	if (c->api)
		answer_json(cx, c, 200, record_history(cx, rows, n));
	else
		record_show_beside(cx, c, &at, lg_say("History"), lg_say("What was changed, by whom and why."),
		                   lg_say("Changes"),
		                   html_events_any(record_events(cx, c, &candidate_entity, rows, n, &page.with)));
	return LG_OK;
}

enum lg_err on_candidate_seen(struct lg_ctx *cx, struct call *c)
{
	struct candidate_page page;
	struct audit_view *views;
	const char *id;
	size_t n;
	LG_TRY(arg_id(c, &id));
	LG_TRY(candidate_page_read(cx, c, id, &page));
	LG_TRY(audit_views(cx, c, id, &views, &n));
	audit_seen(cx, c, &id, 1);
	LG_TRY(app_end(cx, c));
	struct html_events *v = lg_alloc(cx->mem, sizeof *v);
	v->events = lg_array(cx->mem, n + 1, sizeof *v->events);
	for (size_t i = 0; i < n; i++)
		v->events[v->n_events++] =
		    (struct html_events_events){ .icon = "visibility",
			                         .title = form_member_name(&page.with, views[i].account),
			                         .when = page_time(cx, c, views[i].at_us),
			                         .words = audit_page(c, views[i].route) };
	struct record_at at = at_of(cx, &page);
	record_show_beside(cx, c, &at, lg_say("Who has seen it"),
	                   lg_say("Each page that showed this person, the latest first."), lg_say("Pages seen"),
	                   html_events_any(v));
	return LG_OK;
}

/* --- registering */

void candidate_put_alike(struct lg_ctx *cx, struct html_record_new *v, const struct alike *alike, size_t n)
{
	v->alike_says = lg_say("This person may be registered already");
	v->alike_more =
	    lg_say("Look at these first. If it is the same person, go on there. If not, say so at the end of the "
	           "form, and the new one is made.");
	v->alike = lg_array(cx->mem, n + 1, sizeof *v->alike);
	for (size_t i = 0; i < n; i++) {
		const struct alike *a = &alike[i];
		bool hidden = a->is_protected;
		v->alike[v->n_alike++] = (struct html_record_new_alike){
			.url = path_of(cx, a->id),
			.name = hidden ? lg_say("Protected person")
			               : lg_printf(cx->mem, "%s %s", a->given_name, a->family_name),
			.other = !hidden && a->given_native ? lg_printf(cx->mem, "%s %s", a->given_native,
			                                                a->family_native ? a->family_native : "")
			                                    : NULL,
			.other_lang = form_script_language(!hidden && a->given_native ? a->given_native : ""),
			.born = hidden ? "" : page_date(cx, a->born),
			.why = a->by_number ? lg_say("The same identity number")
			                    : lg_say("A name that sounds alike, and the same date of birth or none"),
		};
	}
}

static void put_tips(struct lg_ctx *cx, struct html_record_new *v)
{
	v->tips = lg_array(cx->mem, 2, sizeof *v->tips);
	v->tips[v->n_tips++] = (struct html_record_new_tips){
		lg_say("Tell the person"),
		lg_say(
		    "What you write here is kept so that the office can help the person into work. The person may see "
		    "it, and have it put right. Each look at it is recorded."),
		"/privacy", lg_say("Read it in the person's language")
	};
	v->tips[v->n_tips++] = (struct html_record_new_tips){
		lg_say("Leave out"),
		lg_say(
		    "Do not write about illness, faith or politics. If the person needs something at work, write the "
		    "need: \"no lifting\", \"a quiet room\"."),
		NULL, NULL
	};
}

static void show_new(struct lg_ctx *cx, struct call *c, const json_t *record, const struct form_with *with,
                     const struct alike *alike, size_t n)
{
	struct html_form *form =
	    record_quick_form(cx, c, &candidate_entity, "/candidates", lg_say("Register"), record, with);
	struct html_record_new v = {
		.title = lg_say("New candidate"),
		.lead = lg_say("Three minutes are enough. The rest can be filled in later, together with the person."),
		.form = form
	};
	put_tips(cx, &v);
	struct page_crumb crumbs[] = { { lg_say("Candidates"), "/candidates" } };
	if (n) {
		candidate_put_alike(cx, &v, alike, n);
		record_put_anyway(cx, form, lg_say("This is another person. Register anyway."));
	}
	page_answer(cx, c,
	            &(struct page){ .title = lg_say("New candidate"),
	                            .crumbs = crumbs,
	                            .n_crumbs = 1,
	                            .here = "candidates",
	                            .status = n ? 409 : 0 },
	            html_record_new_any(&v));
}

enum lg_err on_candidate_new(struct lg_ctx *cx, struct call *c)
{
	show_new(cx, c, record_keep(cx, json_object()), NULL, NULL, 0);
	return LG_OK;
}

/* What was sent, identity numbers apart: they go their own way. */
static enum lg_err read_new(struct lg_ctx *cx, struct call *c, json_t **record, json_t **typed, json_t **identifiers)
{
	enum lg_err err = record_read_new(cx, c, &candidate_entity, record, typed);
	json_t *numbers = json_object_get(*record, "identifiers");
	*identifiers = numbers ? record_keep(cx, json_incref(numbers)) : record_keep(cx, json_array());
	json_object_del(*record, "identifiers");
	return err;
}

static json_t *alike_as_json(struct lg_ctx *cx, const struct alike *alike, size_t n)
{
	json_t *list = record_keep(cx, json_array());
	for (size_t i = 0; i < n; i++)
		json_array_append_new(list,
		                      json_pack("{s:s, s:b}", "id", alike[i].id, "by_number", (int)alike[i].by_number));
	return list;
}

enum lg_err on_candidate_add(struct lg_ctx *cx, struct call *c)
{
	json_t *record, *typed, *identifiers;
	struct alike *alike = NULL;
	size_t n = 0;
	const char *id;
	enum lg_err err = read_new(cx, c, &record, &typed, &identifiers);
	if (err == LG_OK && !record_is_anyway(c)) {
		LG_TRY(candidate_alike(cx, c, record, identifiers, NULL, &alike, &n));
		if (n && c->api)
			return record_answer_alike(cx, c, lg_say("This person may be registered already"),
			                           alike_as_json(cx, alike, n)),
			       LG_OK;
		if (n) return show_new(cx, c, typed, NULL, alike, n), LG_OK;
	}
	if (err == LG_OK) err = candidate_register(cx, c, record, identifiers, app_setup(c->app)->trial, &id);
	if (err == LG_INVALID && !c->api) return show_new(cx, c, typed, NULL, NULL, 0), LG_OK;
	LG_TRY(err);
	const char *said = candidate_number_is_odd(cx, c, identifiers) ? "registered_odd" : "registered";
	record_answer_made(cx, c, "/candidates", id, said);
	return LG_OK;
}

/* --- changing */

static const json_t *part_of(struct lg_ctx *cx, const struct section *s, const struct candidate *one)
{
	return candidate_section_is_sealed(s) ? one->identifiers
	                                      : record_section(cx, &candidate_entity, s, one->record);
}

static void show_edit(struct lg_ctx *cx, struct call *c, const struct candidate_page *page, const struct section *s,
                      const json_t *part)
{
	struct record_at at = at_of(cx, page);
	/* a number that was asked about: the answer is to save it */
	record_show_form(cx, c, &at, s, part, cx->notes && candidate_section_is_sealed(s));
}

enum lg_err on_candidate_edit(struct lg_ctx *cx, struct call *c)
{
	struct candidate_page page;
	const struct section *s;
	const char *id;
	LG_TRY(arg_id(c, &id));
	LG_TRY(record_arg_section(c, &candidate_entity, &s));
	LG_TRY(candidate_page_read(cx, c, id, &page));
	audit_seen(cx, c, &id, 1);
	LG_TRY(app_end(cx, c));
	show_edit(cx, c, &page, s, part_of(cx, s, &page.one));
	return LG_OK;
}

static enum lg_err answer_conflict(struct lg_ctx *cx, struct call *c, const char *id, const struct section *s,
                                   const json_t *mine, const json_t *typed)
{
	struct candidate_page page;
	LG_TRY(record_reopen(cx, c));
	LG_TRY(candidate_page_read(cx, c, id, &page));
	LG_TRY(app_end(cx, c));
	struct record_at at = at_of(cx, &page);
	record_show_conflict(cx, c, &at, s, mine, typed, page.one.record);
	return LG_OK;
}

/* A number that somebody else here has as well is asked about once. */
static enum lg_err ask_of_others(struct lg_ctx *cx, struct call *c, const struct candidate_page *page,
                                 const json_t *numbers)
{
	struct alike *alike;
	size_t n;
	if (record_is_anyway(c)) return LG_OK;
	LG_TRY(candidate_alike(cx, c, page->one.record, numbers, page->one.id, &alike, &n));
	for (size_t i = 0; i < n; i++) {
		if (!alike[i].by_number) continue;
		const char *who = alike[i].is_protected
		                      ? lg_say("Protected person")
		                      : lg_printf(cx->mem, "%s %s", alike[i].given_name, alike[i].family_name);
		return lg_failf(cx, LG_INVALID, "identifiers-0.number",
		                lg_say("%s is registered here with this number too. Look there first; to keep it all "
		                       "the same, save once more."),
		                who);
	}
	return LG_OK;
}

static enum lg_err change(struct lg_ctx *cx, struct call *c, struct candidate_page *page, const struct section *s,
                          json_t *part, int64_t seen)
{
	if (candidate_section_is_sealed(s)) {
		LG_TRY(ask_of_others(cx, c, page, part));
		return candidate_change_numbers(cx, c, &page->one, part, seen);
	}
	return candidate_change(cx, c, &page->one, s, part, seen);
}

enum lg_err on_candidate_save(struct lg_ctx *cx, struct call *c)
{
	struct candidate_page page;
	const struct section *s;
	json_t *part, *typed;
	const char *id;
	int64_t seen;
	LG_TRY(arg_id(c, &id));
	LG_TRY(record_arg_section(c, &candidate_entity, &s));
	LG_TRY(candidate_page_read(cx, c, id, &page));
	if (!input_version(cx, c, page.one.version, &seen)) return LG_OK;
	enum lg_err err = input_section(cx, c, &candidate_entity, s, &part, &typed);
	if (record_rows_asked(cx, c, s, typed, &part)) return show_edit(cx, c, &page, s, part), LG_OK;
	if (err == LG_OK) err = change(cx, c, &page, s, part, seen);
	if (err == LG_INVALID && !c->api) return show_edit(cx, c, &page, s, typed), LG_OK;
	if (err == LG_CONFLICT && !c->api) return answer_conflict(cx, c, id, s, part, typed);
	LG_TRY(err);
	app_put_version(cx, c, page.one.version);
	answer_see(cx, c, lg_printf(cx->mem, "/candidates/%s?said=saved#%s", id, s->name), NULL);
	return LG_OK;
}

enum lg_err on_candidate_state(struct lg_ctx *cx, struct call *c)
{
	struct candidate_page page;
	const char *id, *state = http_form(c->rq, "state"), *reason = http_form(c->rq, "reason");
	static const char *const fields[] = { "state", "reason", NULL };
	int64_t seen;
	json_t *body = NULL;
	LG_TRY(arg_id(c, &id));
	if (c->api) {
		LG_TRY(input_json(cx, c, &body));
		state = record_word(body, "state"), reason = record_word(body, "reason");
	}
	LG_TRY(candidate_page_read(cx, c, id, &page));
	if (!input_version(cx, c, page.one.version, &seen)) return LG_OK;
	enum lg_err err = input_only(cx, c, body, fields);
	if (err == LG_OK)
		err = candidate_enter_state(cx, c, &page.one, state ? state : "", reason && *reason ? reason : NULL,
		                            seen);
	if (err == LG_INVALID && !c->api) {
		candidate_show(cx, c, &page);
		return LG_OK;
	}
	LG_TRY(err);
	answer_see(cx, c, path_of(cx, id), "saved");
	return LG_OK;
}

enum lg_err on_candidate_confirm(struct lg_ctx *cx, struct call *c)
{
	static const char *const fields[] = { "from", NULL };
	struct candidate_page page;
	const char *id, *from = http_form(c->rq, "from");
	int64_t seen;
	LG_TRY(arg_id(c, &id));
	if (!c->api) LG_TRY(input_only(cx, c, NULL, fields));
	LG_TRY(candidate_page_read(cx, c, id, &page));
	if (!input_version(cx, c, page.one.version, &seen)) return LG_OK;
	LG_TRY(candidate_confirm(cx, c, &page.one, seen));
	answer_see(cx, c, from && !strcmp(from, "day") ? "/" : path_of(cx, id), "confirmed");
	return LG_OK;
}

/* --- numbers, and the end */

enum lg_err on_candidate_reveal(struct lg_ctx *cx, struct call *c)
{
	struct candidate_page page;
	struct db_candidate_number_get_row row;
	const char *id, *number, *text;
	size_t n;
	LG_TRY(arg_id(c, &id));
	LG_TRY(app_uuid(c->rq->args[1], &number));
	LG_TRY(candidate_page_read(cx, c, id, &page));
	LG_TRY(db_candidate_number_get(cx, c->db, &row,
	                               (struct db_candidate_number_get_in){ .id = number, .candidate = id }));
	LG_TRY(seal_get(cx, page.one.key, seal_of(c->actor.tenant, id, "identifier"), row.box, &text, &n));
	LG_TRY(audit_change(cx, c, "revealed", "candidate", id, page.one.version, page.one.key, NULL));
	LG_TRY(app_end(cx, c)); /* written down before it is shown */
	struct identifier one;
	enum identifier_kind kind;
	char shown[IDENTIFIER_ROOM + 2];
	if (identifier_kind_named(&kind, row.kind) && !identifier_read(&one, kind, text, n, page_today(cx, c))) {
		identifier_show(&one, shown);
		text = lg_strdup(cx->mem, shown);
	}
	if (c->api)
		return answer_json(cx, c, 200,
		                   record_keep(cx, json_pack("{s:s, s:s}", "kind", row.kind, "number", text))),
		       LG_OK;
	size_t i;
	json_t *each;
	json_array_foreach(page.one.identifiers, i, each)
	{
		if (!strcmp(record_word(each, "id"), number)) json_object_set_new(each, "number", json_string(text));
	}
	candidate_show(cx, c, &page);
	return LG_OK;
}

static void show_erase(struct lg_ctx *cx, struct call *c, const struct candidate_page *page)
{
	struct html_fields *fields = lg_alloc(cx->mem, sizeof *fields);
	struct html_form *form = lg_alloc(cx->mem, sizeof *form);
	fields->fields = lg_array(cx->mem, 2, sizeof *fields->fields);
	fields->fields[fields->n_fields++] =
	    (struct html_fields_fields){ .id = "f-family_name",
		                         .name = "family_name",
		                         .label = lg_say("Family name of the person, to be sure"),
		                         .input = "text",
		                         .must = true,
		                         .error = page_note(cx, "family_name") };
	fields->fields[fields->n_fields++] = (struct html_fields_fields){ .id = "f-why",
		                                                          .name = "why",
		                                                          .label = lg_say("Why"),
		                                                          .input = "text",
		                                                          .longest = 200,
		                                                          .must = true,
		                                                          .error = page_note(cx, "why") };
	*form = (struct html_form){ .action = lg_printf(cx->mem, "/candidates/%s/erase", page->one.id),
		                    .csrf = page_csrf(cx, c),
		                    .submit = lg_say("Erase for good"),
		                    .danger = true,
		                    .version = record_version(cx, page->one.version),
		                    .cancel = path_of(cx, page->one.id) };
	form->parts = lg_array(cx->mem, 1, sizeof *form->parts);
	form->parts[form->n_parts++].fields = fields;
	struct html_form_page v = {
		.title = lg_say("Erase this candidate"),
		.form = form,
		.lead =
		    lg_say("The record, its numbers, notes, tasks and contacts are deleted, and the key to what the "
		           "history kept. It cannot be undone. Records that must be archived are archived first.")
	};
	page_answer(cx, c, &(struct page){ .title = v.title, .here = "candidates" }, html_form_page_any(&v));
}

enum lg_err on_candidate_erase_ask(struct lg_ctx *cx, struct call *c)
{
	struct candidate_page page;
	const char *id;
	LG_TRY(arg_id(c, &id));
	LG_TRY(candidate_page_read(cx, c, id, &page));
	audit_seen(cx, c, &id, 1);
	LG_TRY(app_end(cx, c));
	show_erase(cx, c, &page);
	return LG_OK;
}

enum lg_err on_candidate_erase(struct lg_ctx *cx, struct call *c)
{
	struct candidate_page page;
	const char *id, *name = http_form(c->rq, "family_name");
	int64_t seen;
	LG_TRY(arg_id(c, &id));
	LG_TRY(candidate_page_read(cx, c, id, &page));
	if (!input_version(cx, c, page.one.version, &seen)) return LG_OK;
	enum lg_err err = LG_OK;
	if (!c->api && (!name || strcmp(name, record_word(page.one.record, "family_name")) != 0))
		err = lg_fail(cx, LG_INVALID, "family_name", lg_say("This is not the family name of the person."));
	if (!c->api && !*c->why) err = lg_fail(cx, LG_INVALID, "why", lg_say("Please fill this in."));
	if (err != LG_OK) return show_erase(cx, c, &page), LG_OK;
	LG_TRY(candidate_erase(cx, c, &page.one));
	answer_see(cx, c, "/candidates", "erased");
	return LG_OK;
}
