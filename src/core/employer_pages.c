/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <string.h>

#include "app/answer.h"
#include "app/audit.h"
#include "app/page.h"
#include "app/record.h"
#include "base/date.h"
#include "core/colleague.h"
#include "core/core.h"
#include "core/employer.h"
#include "core/entity.h"
#include "core/input.h"
#include "core/merge.h"
#include "core/opening_list.h"
#include "core/record_pages.h"
#include "core/record_view.h"
#include "view/record.html.h"
#include "view/record_new.html.h"
#include "view/speech.h"
#include "view/when.h"

enum { OPENINGS = 30 };

static const char *word(const json_t *record, const char *name) { return record_word(record, name); }

static enum lg_err read(struct lg_ctx *cx, struct call *c, const char *id, struct record_page *out)
{
	struct db_colleague_list_rows colleagues = { 0 };
	struct employer *one = lg_alloc(cx->mem, sizeof *one);
	db_colleague_list_send(cx, c->db, &colleagues);
	LG_TRY(employer_read(cx, c, id, one));
	out->with = colleagues_of(cx, &colleagues);
	out->record = one->record;
	out->key = one->key;
	out->one = one;
	out->at = (struct record_at){ .entity = &employer_entity,
		                      .id = one->id,
		                      .name = word(one->record, "name"),
		                      .path = lg_printf(cx->mem, "/employers/%s", one->id),
		                      .list = lg_say("Employers"),
		                      .list_path = "/employers",
		                      .here = "employers",
		                      .version = one->version,
		                      .invented = one->invented };
	return LG_OK;
}

static enum lg_err change(struct lg_ctx *cx, struct call *c, struct record_page *page, const struct section *s,
                          json_t *part, int64_t version)
{
	struct employer *one = page->one;
	LG_TRY(employer_change(cx, c, one, s, part, version));
	page->at.version = one->version;
	return LG_OK;
}

static const struct record_doings doings = { &employer_entity, read, change };

/* --- seeing */

static void put_next(struct lg_ctx *cx, struct call *c, const struct record_page *page, struct html_record *v)
{
	const json_t *r = page->record;
	const char *step = word(r, "next_step"), *on = word(r, "next_on"),
	           *edit = lg_printf(cx->mem, "%s/edit/next", page->at.path);
	int32_t day;
	bool writes = may(&c->actor, MAY_EMPLOYER_WRITE);
	v->no_next = lg_say("Agree on one, with a date, so that the company is not forgotten.");
	if (*step && lg_date_read(&day, on, strlen(on))) {
		char near[LG_WHEN];
		v->next = step;
		v->next_more = lg_printf(cx->mem, "%s · %s", lg_when_near(near, day, page_today(cx, c)),
		                         form_member_name(&page->with, word(r, "consultant")));
		if (writes) v->next_change = edit;
	} else if (writes) {
		v->next_url = edit, v->next_act = lg_say("Plan the next step");
	}
}

static const char *initials(struct lg_ctx *cx, const char *name)
{
	size_t n = *name ? 1 : 0;
	while (((unsigned char)name[n] & 0xC0) == 0x80) n++;
	return lg_strndup(cx->mem, name, n);
}

static void put_head(struct lg_ctx *cx, struct call *c, const struct record_page *page, struct html_record *v)
{
	const json_t *r = page->record;
	const char *number = employer_number(cx, word(r, "number")), *branch = word(r, "branch"),
	           *relation = word(r, "relation");
	v->about_says = lg_say("About this company");
	v->facts_says = lg_say("Facts about this company");
	v->initials = initials(cx, page->at.name);
	v->name = page->at.name;
	branch = *branch ? lg_say(choice_text(CHOICE_branch, branch)) : "";
	v->about = *number && *branch ? lg_printf(cx->mem, "%s · %s", branch, number) : *number ? number : branch;
	v->state = lg_say(choice_text(CHOICE_relation_state, relation));
	v->state_tone = !strcmp(relation, "active") || !strcmp(relation, "willing") ? "good"
	                : !strcmp(relation, "declined")                             ? ""
	                                                                            : "info";
	v->actions = lg_array(cx->mem, 2, sizeof *v->actions);
	if (may(&c->actor, MAY_OPENING_WRITE))
		v->actions[v->n_actions++] =
		    (struct html_record_actions){ .url = lg_printf(cx->mem, "%s/openings/new", page->at.path),
			                          .name = lg_say("New opening"),
			                          .icon = "bookmark",
			                          .first = true };
	if (may(&c->actor, MAY_EMPLOYER_WRITE))
		v->actions[v->n_actions++] =
		    (struct html_record_actions){ .url = lg_printf(cx->mem, "%s/merge", page->at.path),
			                          .name = lg_say("Here twice?"),
			                          .icon = "persons" };
	record_page_tabs(cx, page, NULL, NULL, v);
}

static void put_openings(struct lg_ctx *cx, struct call *c, const struct record_page *page,
                         const struct db_opening_list_rows *openings, struct html_record *v)
{
	struct html_events *list = lg_alloc(cx->mem, sizeof *list);
	size_t n = openings->n > OPENINGS ? OPENINGS : openings->n;
	if (!may(&c->actor, MAY_OPENING_READ)) return;
	list->events = lg_array(cx->mem, n + 1, sizeof *list->events);
	list->empty = lg_say("No openings yet.");
	for (size_t i = 0; i < n; i++) {
		const struct db_opening_list_row *o = &openings->rows[i];
		list->events[list->n_events++] =
		    (struct html_events_events){ .icon = "bookmark",
			                         .title = o->title,
			                         .url = lg_printf(cx->mem, "/openings/%s", o->id),
			                         .act = lg_say("Open the page"),
			                         .when = lg_say(choice_text(CHOICE_opening_state, o->state)),
			                         .words = lg_say(choice_text(CHOICE_contract, o->kind)) };
	}
	v->asides = lg_array(cx->mem, 1, sizeof *v->asides);
	v->asides[v->n_asides++] = (struct html_record_asides){
		.id = "openings",
		.title = lg_say("Openings"),
		.more = openings->n > n ? lg_printf(cx->mem, "/openings?employer=%s", page->at.id) : NULL,
		.more_name = lg_say("See all"),
		.body = html_events_any(list),
	};
}

enum lg_err on_employer_show(struct lg_ctx *cx, struct call *c)
{
	static const char *const open[] = { "relation", "people", NULL };
	struct record_page page = { 0 };
	struct db_opening_list_rows openings = { 0 };
	struct html_record v = { 0 };
	const char *id;
	LG_TRY(app_uuid(c->rq->args[0], &id));
	if (may(&c->actor, MAY_OPENING_READ)) openings_of_send(cx, c, id, OPENINGS + 1, &openings);
	struct merge_asked *old = merge_ask(cx, c, &merge_employers, id);
	enum lg_err err = read(cx, c, id, &page);
	if (merge_leads(cx, c, &merge_employers, err, old)) return LG_OK;
	LG_TRY(err);
	LG_TRY(app_end(cx, c));
	app_put_version(cx, c, page.at.version);
	if (c->api) return answer_json(cx, c, 200, record_page_json(cx, &page)), LG_OK;
	put_head(cx, c, &page, &v);
	put_next(cx, c, &page, &v);
	record_page_sections(cx, c, &page, &v, open, "next", MAY_EMPLOYER_WRITE);
	put_openings(cx, c, &page, &openings, &v);
	record_page_show(cx, c, &page, &v);
	return LG_OK;
}

enum lg_err on_employer_edit(struct lg_ctx *cx, struct call *c) { return record_on_edit(cx, c, &doings); }
enum lg_err on_employer_save(struct lg_ctx *cx, struct call *c) { return record_on_save(cx, c, &doings); }
enum lg_err on_employer_history(struct lg_ctx *cx, struct call *c) { return record_on_history(cx, c, &doings); }

/* --- registering */

static void show_new(struct lg_ctx *cx, struct call *c, const json_t *record,
                     const struct db_employer_alike_rows *alike)
{
	struct html_form *form =
	    record_quick_form(cx, c, &employer_entity, "/employers", lg_say("Register"), record, NULL);
	struct html_record_new v = {
		.title = lg_say("New employer"),
		.lead = lg_say("The name is enough. The rest can be filled in when you know more."),
		.form = form,
		.alike_more =
		    lg_say("Look at these first. If it is the same company, go on there. If not, say so at the "
		           "end of the form, and the new one is made."),
	};
	struct page_crumb crumbs[] = { { lg_say("Employers"), "/employers" } };
	size_t n = alike ? alike->n : 0;
	v.alike = lg_array(cx->mem, n + 1, sizeof *v.alike);
	for (size_t i = 0; i < n; i++)
		v.alike[v.n_alike++] = (struct html_record_new_alike){
			.url = lg_printf(cx->mem, "/employers/%s", alike->rows[i].id),
			.name = alike->rows[i].name,
			.born = employer_number(cx, alike->rows[i].number),
			.why = alike->rows[i].by_number ? lg_say("The same company number") : lg_say("The same name"),
		};
	if (n) {
		v.alike_says = lg_say("This company may be registered already");
		record_put_anyway(cx, form, lg_say("This is another company. Register anyway."));
	}
	page_answer(cx, c,
	            &(struct page){ .title = lg_say("New employer"),
	                            .crumbs = crumbs,
	                            .n_crumbs = 1,
	                            .here = "employers",
	                            .status = n ? 409 : 0 },
	            html_record_new_any(&v));
}

enum lg_err on_employer_new(struct lg_ctx *cx, struct call *c)
{
	show_new(cx, c, record_keep(cx, json_object()), NULL);
	return LG_OK;
}

static void answer_alike(struct lg_ctx *cx, struct call *c, const struct db_employer_alike_rows *alike)
{
	json_t *list = record_keep(cx, json_array());
	for (size_t i = 0; i < alike->n; i++)
		json_array_append_new(
		    list, json_pack("{s:s, s:b}", "id", alike->rows[i].id, "by_number", (int)alike->rows[i].by_number));
	record_answer_alike(cx, c, lg_say("This company may be registered already"), list);
}

enum lg_err on_employer_add(struct lg_ctx *cx, struct call *c)
{
	struct db_employer_alike_rows alike = { 0 };
	json_t *record, *typed;
	const char *id;
	enum lg_err err = record_read_new(cx, c, &employer_entity, &record, &typed);
	if (err == LG_OK) err = employer_check(cx, record, page_today(cx, c));
	if (err == LG_OK && !record_is_anyway(c)) {
		LG_TRY(employer_alike(cx, c, record, &alike));
		if (alike.n && c->api) return answer_alike(cx, c, &alike), LG_OK;
		if (alike.n) return show_new(cx, c, typed, &alike), LG_OK;
	}
	if (err == LG_OK) err = employer_register(cx, c, record, app_setup(c->app)->trial, &id);
	if (err == LG_INVALID && !c->api) return show_new(cx, c, typed, NULL), LG_OK;
	LG_TRY(err);
	record_answer_made(cx, c, "/employers", id, "registered");
	return LG_OK;
}
