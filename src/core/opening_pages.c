/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <string.h>

#include "app/answer.h"
#include "app/audit.h"
#include "app/page.h"
#include "app/record.h"
#include "base/date.h"
#include "core/carve.h"
#include "core/colleague.h"
#include "core/core.h"
#include "core/employer.h"
#include "core/entity.h"
#include "core/input.h"
#include "core/opening.h"
#include "core/proposal.h"
#include "core/record_pages.h"
#include "core/record_view.h"
#include "view/record.html.h"
#include "view/record_new.html.h"
#include "view/speech.h"
#include "view/when.h"

enum { PROPOSALS = 30 };

static const char *word(const json_t *record, const char *name) { return record_word(record, name); }

static enum lg_err read(struct lg_ctx *cx, struct call *c, const char *id, struct record_page *out)
{
	struct db_colleague_list_rows colleagues = { 0 };
	struct opening *one = lg_alloc(cx->mem, sizeof *one);
	db_colleague_list_send(cx, c->db, &colleagues);
	LG_TRY(opening_read(cx, c, id, one));
	out->with = colleagues_of(cx, &colleagues);
	out->record = one->record;
	out->key = one->key;
	out->one = one;
	out->at = (struct record_at){ .entity = &opening_entity,
		                      .id = one->id,
		                      .name = word(one->record, "title"),
		                      .path = lg_printf(cx->mem, "/openings/%s", one->id),
		                      .list = lg_say("Openings"),
		                      .list_path = "/openings",
		                      .here = "openings",
		                      .version = one->version,
		                      .invented = one->invented };
	return LG_OK;
}

static enum lg_err change(struct lg_ctx *cx, struct call *c, struct record_page *page, const struct section *s,
                          json_t *part, int64_t version)
{
	struct opening *one = page->one;
	LG_TRY(opening_change(cx, c, one, s, part, version));
	page->at.version = one->version;
	return LG_OK;
}

static const struct record_doings doings = { &opening_entity, read, change };

/* --- seeing */

static const struct opening *opening_of(const struct record_page *page) { return page->one; }

static const char *tone_of(const char *state)
{
	return !strcmp(state, "open") || !strcmp(state, "filled")      ? "good"
	       : !strcmp(state, "paused") || !strcmp(state, "expired") ? "warn"
	       : !strcmp(state, "cancelled")                           ? ""
	                                                               : "info";
}

static void put_head(struct lg_ctx *cx, struct call *c, const struct record_page *page, struct html_record *v)
{
	const json_t *r = page->record;
	const char *state = word(r, "state"), *kind = lg_say(choice_text(CHOICE_contract, word(r, "kind"))),
	           *where = form_municipality(word(r, "municipality"));
	v->about_says = lg_say("About this opening");
	v->facts_says = lg_say("Facts about this opening");
	v->initials = lg_printf(cx->mem, "%lld", (long long)record_number(r, "positions", 1));
	v->name = page->at.name;
	v->about = lg_printf(cx->mem, "%s · %s", opening_of(page)->employer_name, kind);
	if (*where) v->about = lg_printf(cx->mem, "%s · %s", v->about, where);
	int64_t agreed = record_number(r, "agreed", 0);
	v->signs = lg_array(cx->mem, 1, sizeof *v->signs);
	if (agreed)
		v->signs[v->n_signs++] =
		    (struct html_record_signs){ .name = lg_printf(cx->mem, lg_say("%lld of %lld positions taken"),
			                                          (long long)agreed,
			                                          (long long)record_number(r, "positions", 1)),
			                        .tone = "good" };
	v->state = lg_say(choice_text(CHOICE_opening_state, state));
	v->state_tone = tone_of(state);
	const struct app_setup *setup = app_setup(c->app);
	v->actions = lg_array(cx->mem, 2 + setup->n_links, sizeof *v->actions);
	if (record_flag(r, "published") && !strcmp(state, "open"))
		v->actions[v->n_actions++] =
		    (struct html_record_actions){ .url = lg_printf(cx->mem, "/jobs/%d/%s", (int)c->actor.tenant,
			                                           page->at.id),
			                          .name = lg_say("As everybody sees it"),
			                          .icon = "visibility" };
	v->actions[v->n_actions++] =
	    (struct html_record_actions){ .url = lg_printf(cx->mem, "/employers/%s", opening_of(page)->employer),
		                          .name = lg_say("The employer"),
		                          .icon = "business" };
	for (const struct page_link *l = setup->links; l < setup->links + setup->n_links; l++)
		if (!strcmp(l->entity, "opening") && may(&c->actor, l->right))
			v->actions[v->n_actions++] =
			    (struct html_record_actions){ .url = lg_printf(cx->mem, "%s%s", page->at.path, l->rest),
				                          .name = lg_say(l->text),
				                          .icon = l->icon };
	record_page_tabs(cx, page, may(&c->actor, MAY_MATCH_READ) ? "matches" : NULL, lg_say("Candidates who suit"), v);
}

/* What comes next of an opening is its last day, or that it waits to be opened. */
static void put_next(struct lg_ctx *cx, struct call *c, const struct record_page *page, struct html_record *v)
{
	const json_t *r = page->record;
	const char *state = word(r, "state"), *until = word(r, "expires_on");
	int32_t day;
	char near[LG_WHEN];
	bool writes = may(&c->actor, MAY_OPENING_WRITE);
	v->no_next = "";
	v->next = lg_say(choice_text(CHOICE_opening_state, state));
	v->next_more = lg_say("Nothing says until when it is offered.");
	if (lg_date_read(&day, until, strlen(until)))
		v->next_more =
		    lg_printf(cx->mem, lg_say("Offered until: %s"), lg_when_near(near, day, page_today(cx, c)));
	else if (writes)
		v->next_url = lg_printf(cx->mem, "%s/edit/time", page->at.path), v->next_act = lg_say("Say until when");
}

static struct html_form *state_form(struct lg_ctx *cx, struct call *c, const struct record_page *page)
{
	size_t n;
	const struct opening_move *moves = opening_moves(word(page->record, "state"), &n);
	struct html_fields *fields = lg_alloc(cx->mem, sizeof *fields);
	struct html_form *v = lg_alloc(cx->mem, sizeof *v);
	if (!n) return NULL;
	fields->fields = lg_array(cx->mem, 1, sizeof *fields->fields);
	struct html_fields_fields *to = &fields->fields[fields->n_fields++];
	*to = (struct html_fields_fields){ .id = "f-state",
		                           .name = "state",
		                           .label = lg_say("What is true now"),
		                           .choice = true,
		                           .wide = true,
		                           .error = page_note(cx, "state") };
	to->options = lg_array(cx->mem, n, sizeof *to->options);
	for (size_t i = 0; i < n; i++)
		to->options[to->n_options++] =
		    (struct html_fields_fields_options){ .value = moves[i].to, .label = lg_say(moves[i].text) };
	*v = (struct html_form){ .action = lg_printf(cx->mem, "%s/state", page->at.path),
		                 .csrf = page_csrf(cx, c),
		                 .submit = lg_say("Change the state"),
		                 .version = record_version(cx, page->at.version) };
	v->parts = lg_array(cx->mem, 1, sizeof *v->parts);
	v->parts[v->n_parts++].fields = fields;
	return v;
}

static struct html_form *copy_form(struct lg_ctx *cx, struct call *c, const struct record_page *page)
{
	struct html_form *v = lg_alloc(cx->mem, sizeof *v);
	*v = (struct html_form){ .action = lg_printf(cx->mem, "%s/copy", page->at.path),
		                 .csrf = page_csrf(cx, c),
		                 .submit = lg_say("Make a copy") };
	return v;
}

static void put_asides(struct lg_ctx *cx, struct call *c, const struct record_page *page,
                       const struct db_proposal_of_opening_rows *proposals, struct html_record *v)
{
	v->asides = lg_array(cx->mem, 3, sizeof *v->asides);
	if (may(&c->actor, MAY_MATCH_READ))
		v->asides[v->n_asides++] =
		    (struct html_record_asides){ .id = "proposals",
			                         .title = lg_say("Proposals"),
			                         .body = html_events_any(proposals_of_opening(cx, c, proposals)) };
	if (!may(&c->actor, MAY_OPENING_WRITE)) return;
	struct html_form *state = state_form(cx, c, page);
	if (state)
		v->asides[v->n_asides++] = (struct html_record_asides){ .id = "state",
			                                                .title = lg_say("State"),
			                                                .body = html_form_any(state) };
	v->asides[v->n_asides++] = (struct html_record_asides){ .id = "copy",
		                                                .title = lg_say("One more like this"),
		                                                .body = html_form_any(copy_form(cx, c, page)),
		                                                .fold = true };
}

static void show(struct lg_ctx *cx, struct call *c, const struct record_page *page,
                 const struct db_proposal_of_opening_rows *proposals)
{
	static const char *const open[] = { "post", "occupations", "languages", NULL };
	struct html_record v = { 0 };
	put_head(cx, c, page, &v);
	put_next(cx, c, page, &v);
	record_page_sections(cx, c, page, &v, open, "", MAY_OPENING_WRITE);
	put_asides(cx, c, page, proposals, &v);
	record_page_show(cx, c, page, &v);
}

static void send_proposals(struct lg_ctx *cx, struct call *c, const char *id, struct db_proposal_of_opening_rows *out)
{
	if (!may(&c->actor, MAY_MATCH_READ)) return;
	db_proposal_of_opening_send(cx, c->db, out,
	                            (struct db_proposal_of_opening_in){ .opening = id, .room = PROPOSALS });
}

/* The page names these people. */
static void note_people(struct lg_ctx *cx, struct call *c, const struct db_proposal_of_opening_rows *rows)
{
	const char **ids = lg_array(cx->mem, rows->n + 1, sizeof *ids);
	for (size_t i = 0; i < rows->n; i++) ids[i] = rows->rows[i].candidate;
	if (rows->n) audit_seen(cx, c, ids, rows->n);
}

enum lg_err on_opening_show(struct lg_ctx *cx, struct call *c)
{
	struct record_page page = { 0 };
	struct db_proposal_of_opening_rows proposals = { 0 };
	const char *id;
	LG_TRY(app_uuid(c->rq->args[0], &id));
	send_proposals(cx, c, id, &proposals);
	LG_TRY(read(cx, c, id, &page));
	note_people(cx, c, &proposals);
	LG_TRY(app_end(cx, c));
	app_put_version(cx, c, page.at.version);
	if (!c->api) return show(cx, c, &page, &proposals), LG_OK;
	json_t *o = record_page_json(cx, &page);
	json_object_set_new(o, "employer", json_string(opening_of(&page)->employer));
	json_object_set(o, "state", json_object_get(page.record, "state"));
	answer_json(cx, c, 200, o);
	return LG_OK;
}

enum lg_err on_opening_edit(struct lg_ctx *cx, struct call *c) { return record_on_edit(cx, c, &doings); }
enum lg_err on_opening_save(struct lg_ctx *cx, struct call *c) { return record_on_save(cx, c, &doings); }
enum lg_err on_opening_history(struct lg_ctx *cx, struct call *c) { return record_on_history(cx, c, &doings); }

/* --- registering */

static void show_new(struct lg_ctx *cx, struct call *c, const struct employer *employer, const json_t *record)
{
	const char *name = word(employer->record, "name"), *path = lg_printf(cx->mem, "/employers/%s", employer->id);
	struct html_form *form = record_quick_form(cx, c, &opening_entity, lg_printf(cx->mem, "%s/openings", path),
	                                           lg_say("Register"), record, NULL);
	struct html_record_new v = { .title = lg_say("New opening"), .lead = name, .form = form };
	struct page_crumb crumbs[] = { { lg_say("Employers"), "/employers" }, { name, path } };
	v.tips = lg_array(cx->mem, 1, sizeof *v.tips);
	v.tips[v.n_tips++] =
	    (struct html_record_new_tips){ lg_say("Ask for what the work needs"),
		                           lg_say("Each demand leaves people out. Ask for the language and the skills "
		                                  "that the work cannot do without; "
		                                  "what is good to have goes under skills, later."),
		                           NULL, NULL };
	page_answer(cx, c, &(struct page){ .title = v.title, .crumbs = crumbs, .n_crumbs = 2, .here = "openings" },
	            html_record_new_any(&v));
}

enum lg_err on_opening_new(struct lg_ctx *cx, struct call *c)
{
	struct employer employer;
	const char *id;
	LG_TRY(app_uuid(c->rq->args[0], &id));
	LG_TRY(employer_read(cx, c, id, &employer));
	LG_TRY(app_end(cx, c));
	show_new(cx, c, &employer, record_keep(cx, json_object()));
	return LG_OK;
}

enum lg_err on_opening_add(struct lg_ctx *cx, struct call *c)
{
	struct employer employer;
	json_t *record, *typed;
	const char *employer_id, *id;
	LG_TRY(app_uuid(c->rq->args[0], &employer_id));
	LG_TRY(employer_read(cx, c, employer_id, &employer));
	enum lg_err err = record_read_new(cx, c, &opening_entity, &record, &typed);
	if (err == LG_OK) err = opening_register(cx, c, employer_id, record, "draft", app_setup(c->app)->trial, &id);
	if (err == LG_INVALID && !c->api) return show_new(cx, c, &employer, typed), LG_OK;
	LG_TRY(err);
	record_answer_made(cx, c, "/openings", id, "registered");
	return LG_OK;
}

/* Whoever took care of it may have gone, or be a program: then the copy is for the employer's consultant. */
static enum lg_err keep_consultant(struct lg_ctx *cx, struct call *c, json_t *record)
{
	const char *who = word(record, "consultant");
	enum lg_err err = *who ? colleague_check(cx, c, who, "consultant") : LG_OK;
	if (err != LG_INVALID) return err;
	cx->notes = NULL;
	json_object_del(record, "consultant");
	return LG_OK;
}

enum lg_err on_opening_copy(struct lg_ctx *cx, struct call *c)
{
	static const char *const nothing[] = { NULL };
	struct record_page page = { 0 };
	const char *id, *copy;
	LG_TRY(app_uuid(c->rq->args[0], &id));
	if (!c->api) LG_TRY(input_only(cx, c, NULL, nothing));
	LG_TRY(read(cx, c, id, &page));
	json_t *record = record_keep(cx, json_object()), *part;
	for (size_t i = 0; i < opening_entity.n_sections; i++) {
		const struct section *s = &opening_entity.sections[i];
		part = record_section(cx, &opening_entity, s, page.record);
		if (s->kind == SECTION_MANY)
			json_object_set(record, s->name, part);
		else
			json_object_update(record, part);
	}
	json_object_del(record, "expires_on"); /* of the copy somebody says anew */
	json_object_del(record, "published");
	LG_TRY(carve_take(cx, c, record));
	LG_TRY(keep_consultant(cx, c, record));
	LG_TRY(opening_register(cx, c, opening_of(&page)->employer, record, "draft", page.at.invented, &copy));
	record_answer_made(cx, c, "/openings", copy, "copied");
	return LG_OK;
}

/* --- states */

enum lg_err on_opening_state(struct lg_ctx *cx, struct call *c)
{
	struct record_page page = { 0 };
	const char *id, *state = http_form(c->rq, "state");
	static const char *const fields[] = { "state", NULL };
	int64_t seen;
	json_t *body = NULL;
	struct db_proposal_of_opening_rows proposals = { 0 };
	LG_TRY(app_uuid(c->rq->args[0], &id));
	if (c->api) {
		LG_TRY(input_json(cx, c, &body));
		state = record_word(body, "state");
	}
	send_proposals(cx, c, id, &proposals);
	LG_TRY(read(cx, c, id, &page));
	if (!input_version(cx, c, page.at.version, &seen)) return LG_OK;
	enum lg_err err = input_only(cx, c, body, fields);
	if (err == LG_OK) err = opening_enter_state(cx, c, page.one, state ? state : "", seen);
	if (err == LG_INVALID && !c->api) return show(cx, c, &page, &proposals), LG_OK;
	LG_TRY(err);
	answer_see(cx, c, page.at.path, "saved");
	return LG_OK;
}
