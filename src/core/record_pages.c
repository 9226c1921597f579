/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/record_pages.h"

#include <stdlib.h>
#include <string.h>

#include "app/answer.h"
#include "app/audit.h"
#include "app/page.h"
#include "app/record.h"
#include "core/candidate.h"
#include "core/input.h"
#include "core/merge.h"
#include "core/record_view.h"
#include "view/conflict.html.h"
#include "view/form_page.html.h"
#include "view/sheet.html.h"
#include "view/speech.h"

enum lg_err record_arg_section(const struct call *c, const struct entity *e, const struct section **s)
{
	*s = entity_section(e, c->rq->args[1]);
	return *s ? LG_OK : LG_UNKNOWN;
}

const char *record_version(struct lg_ctx *cx, int64_t version)
{
	return lg_printf(cx->mem, "%lld", (long long)version);
}

/* --- pages */

static const char *form_path(struct lg_ctx *cx, const struct record_at *at, const struct section *s)
{
	return lg_printf(cx->mem, "%s/edit/%s", at->path, s->name);
}

static void answer_below(struct lg_ctx *cx, struct call *c, const struct record_at *at, const char *title,
                         struct html_any body)
{
	struct page_crumb crumbs[] = { { at->list, at->list_path }, { at->name, at->path } };
	page_answer(cx, c,
	            &(struct page){
	                .title = title, .crumbs = crumbs, .n_crumbs = 2, .here = at->here, .invented = at->invented },
	            body);
}

void record_show_form(struct lg_ctx *cx, struct call *c, const struct record_at *at, const struct section *s,
                      const json_t *part, bool anyway)
{
	struct html_form *form = form_of_section(cx, c, at->entity, s, part, at->with, form_path(cx, at, s));
	form->version = record_version(cx, at->version);
	if (anyway) {
		form->hidden = lg_alloc(cx->mem, sizeof *form->hidden);
		form->hidden[form->n_hidden++] = (struct html_form_hidden){ .name = "anyway", .value = "1" };
	}
	form->cancel = lg_printf(cx->mem, "%s#%s", at->path, s->name);
	struct html_form_page v = { .title = lg_say(s->label), .lead = at->name, .form = form };
	answer_below(cx, c, at, v.title, html_form_page_any(&v));
}

bool record_rows_asked(struct lg_ctx *cx, struct call *c, const struct section *s, json_t *typed, json_t **part)
{
	const char *add = http_form(c->rq, "add"), *take = http_form(c->rq, "take");
	if (c->api || s->kind != SECTION_MANY || (!add && !take)) return false;
	*part = typed;
	if (add)
		json_array_append_new(typed, json_object());
	else
		json_array_remove(typed, strtoul(take, NULL, 10));
	cx->notes = NULL; /* it is not time yet to complain */
	return true;
}

enum lg_err record_reopen(struct lg_ctx *cx, struct call *c)
{
	db_abandon(c->db);
	c->db = NULL;
	return db_open(cx, app_setup(c->app)->pool, &c->db,
	               &(struct db_who){ .as = DB_AS_SESSION, .token = c->actor.token });
}

/* Lists, and sections with sets, are shown anew with what was typed and told of the other version; plain ones line by
 * line. */
static bool is_plain(const struct entity *e, const struct section *s)
{
	size_t n;
	const struct field *fields = section_fields(e, s, &n);
	for (const struct field *f = fields; f < fields + n; f++)
		if (f->type == FIELD_SET) return false;
	return s->kind == SECTION_ONE;
}

static void show_both(struct lg_ctx *cx, struct call *c, const struct record_at *at, const struct section *s,
                      const json_t *mine, const json_t *theirs)
{
	size_t n;
	const struct field *fields = section_fields(at->entity, s, &n);
	struct html_conflict v = {
		.what = lg_say(s->label),
		.who = at->name,
		.when = lg_say("just now"),
		.action = form_path(cx, at, s),
		.csrf = page_csrf(cx, c),
		.version = record_version(cx, at->version),
		.cancel = at->path,
	};
	v.fields = lg_array(cx->mem, n + 1, sizeof *v.fields);
	for (const struct field *f = fields; f < fields + n; f++) {
		const json_t *a = json_object_get(mine, f->name), *b = json_object_get(theirs, f->name);
		v.fields[v.n_fields++] = (struct html_conflict_fields){
			.id = lg_printf(cx->mem, "f-%s", f->name),
			.name = f->name,
			.label = lg_say(f->label),
			.mine = form_raw(cx, a),
			.mine_shown = form_words(cx, c, f, a, at->with),
			.theirs = form_raw(cx, b),
			.theirs_shown = form_words(cx, c, f, b, at->with),
			.differs = !json_equal(a, b),
		};
	}
	page_answer(
	    cx, c,
	    &(struct page){ .title = lg_say("Somebody else has changed this too"), .here = at->here, .status = 409 },
	    html_conflict_any(&v));
}

void record_show_conflict(struct lg_ctx *cx, struct call *c, const struct record_at *at, const struct section *s,
                          const json_t *mine, const json_t *typed, const json_t *theirs)
{
	if (is_plain(at->entity, s)) {
		show_both(cx, c, at, s, mine, record_section(cx, at->entity, s, theirs));
		return;
	}
	enum lg_err told = lg_fail(cx, LG_CONFLICT, "",
	                           lg_say("Somebody changed this meanwhile. What you wrote stands here: compare it "
	                                  "with the page, and save again."));
	(void)told;
	record_show_form(cx, c, at, s, typed, false);
	c->rs->status = 409;
}

void record_show_beside(struct lg_ctx *cx, struct call *c, const struct record_at *at, const char *title,
                        const char *lead, const char *heading, struct html_any body)
{
	struct html_sheet v = { .title = title, .lead = lead };
	v.sections = lg_array(cx->mem, 1, sizeof *v.sections);
	v.sections[v.n_sections++] = (struct html_sheet_sections){ .title = heading, .body = body };
	answer_below(cx, c, at, title, html_sheet_any(&v));
}

/* --- handlers */

static enum lg_err begin(struct lg_ctx *cx, struct call *c, const struct record_doings *of, struct record_page *page)
{
	const char *id;
	*page = (struct record_page){ 0 };
	LG_TRY(app_uuid(c->rq->args[0], &id));
	LG_TRY(of->read(cx, c, id, page));
	page->at.with = &page->with;
	return LG_OK;
}

enum lg_err record_on_edit(struct lg_ctx *cx, struct call *c, const struct record_doings *of)
{
	struct record_page page;
	const struct section *s;
	LG_TRY(record_arg_section(c, of->entity, &s));
	LG_TRY(begin(cx, c, of, &page));
	LG_TRY(app_end(cx, c));
	record_show_form(cx, c, &page.at, s, record_section(cx, of->entity, s, page.record), false);
	return LG_OK;
}

static enum lg_err answer_conflict(struct lg_ctx *cx, struct call *c, const struct record_doings *of,
                                   const struct section *s, const json_t *mine, const json_t *typed)
{
	struct record_page page;
	LG_TRY(record_reopen(cx, c));
	LG_TRY(begin(cx, c, of, &page));
	LG_TRY(app_end(cx, c));
	record_show_conflict(cx, c, &page.at, s, mine, typed, page.record);
	return LG_OK;
}

enum lg_err record_on_save(struct lg_ctx *cx, struct call *c, const struct record_doings *of)
{
	struct record_page page;
	const struct section *s;
	json_t *part, *typed;
	int64_t seen;
	LG_TRY(record_arg_section(c, of->entity, &s));
	LG_TRY(begin(cx, c, of, &page));
	if (!input_version(cx, c, page.at.version, &seen)) return LG_OK;
	enum lg_err err = input_section(cx, c, of->entity, s, &part, &typed);
	if (record_rows_asked(cx, c, s, typed, &part)) return record_show_form(cx, c, &page.at, s, part, false), LG_OK;
	if (err == LG_OK) err = of->change(cx, c, &page, s, part, seen);
	if (err == LG_INVALID && !c->api) return record_show_form(cx, c, &page.at, s, typed, false), LG_OK;
	if (err == LG_CONFLICT && !c->api) return answer_conflict(cx, c, of, s, part, typed);
	LG_TRY(err);
	app_put_version(cx, c, page.at.version);
	answer_see(cx, c, lg_printf(cx->mem, "%s?said=saved#%s", page.at.path, s->name), NULL);
	return LG_OK;
}

enum lg_err record_on_history(struct lg_ctx *cx, struct call *c, const struct record_doings *of)
{
	struct record_page page;
	struct audit_row *rows;
	size_t n;
	LG_TRY(begin(cx, c, of, &page));
	LG_TRY(audit_history(cx, c, page.at.id, page.key, &rows, &n));
	if (of->entity == merge_employers.entity) LG_TRY(merge_history(cx, c, &merge_employers, page.at.id, &rows, &n));
	LG_TRY(app_end(cx, c));
	if (c->api)
		answer_json(cx, c, 200, record_history(cx, rows, n));
	else
		record_show_beside(cx, c, &page.at, lg_say("History"), lg_say("What was changed, by whom and why."),
		                   lg_say("Changes"),
		                   html_events_any(record_events(cx, c, of->entity, rows, n, &page.with)));
	return LG_OK;
}

/* --- the page */

void record_page_sections(struct lg_ctx *cx, struct call *c, const struct record_page *page, struct html_record *v,
                          const char *const *open, const char *but, enum right right)
{
	const struct entity *e = page->at.entity;
	v->sections = lg_array(cx->mem, e->n_sections + 1, sizeof *v->sections);
	for (size_t i = 0; i < e->n_sections; i++) {
		const struct section *s = &e->sections[i];
		if (!strcmp(s->name, but)) continue;
		struct html_facts *facts =
		    record_facts(cx, c, e, s, record_section(cx, e, s, page->record), &page->with);
		struct html_record_sections *one = &v->sections[v->n_sections++];
		*one = (struct html_record_sections){ .id = s->name,
			                              .title = lg_say(s->label),
			                              .summary = record_summary(cx, s, facts),
			                              .body = html_facts_any(facts) };
		for (const char *const *o = open; *o; o++) one->open = one->open || !strcmp(*o, s->name);
		if (may(&c->actor, right)) one->edit = form_path(cx, &page->at, s);
	}
}

void record_page_tabs(struct lg_ctx *cx, const struct record_page *page, const char *own, const char *name,
                      struct html_record *v)
{
	v->tabs = lg_array(cx->mem, 3, sizeof *v->tabs);
	v->tabs[v->n_tabs++] =
	    (struct html_record_tabs){ .url = page->at.path, .name = lg_say("Overview"), .current = true };
	if (own)
		v->tabs[v->n_tabs++] =
		    (struct html_record_tabs){ .url = lg_printf(cx->mem, "%s/%s", page->at.path, own), .name = name };
	v->tabs[v->n_tabs++] = (struct html_record_tabs){ .url = lg_printf(cx->mem, "%s/history", page->at.path),
		                                          .name = lg_say("History") };
}

void record_page_show(struct lg_ctx *cx, struct call *c, const struct record_page *page, const struct html_record *v)
{
	struct page_crumb crumbs[] = { { page->at.list, page->at.list_path } };
	page_answer(cx, c,
	            &(struct page){ .title = v->name,
	                            .crumbs = crumbs,
	                            .n_crumbs = 1,
	                            .here = page->at.here,
	                            .invented = page->at.invented },
	            html_record_any(v));
}

json_t *record_page_json(struct lg_ctx *cx, const struct record_page *page)
{
	json_t *o =
	    record_keep(cx, json_pack("{s:s, s:I}", "id", page->at.id, "version", (json_int_t)page->at.version));
	if (page->at.invented) json_object_set_new(o, "invented", json_true());
	record_put_sections(cx, o, page->at.entity, page->record);
	return o;
}

/* --- registering */

struct html_form *record_quick_form(struct lg_ctx *cx, struct call *c, const struct entity *e, const char *action,
                                    const char *submit, const json_t *record, const struct form_with *with)
{
	struct html_form *v = lg_alloc(cx->mem, sizeof *v);
	*v = (struct html_form){ .action = action, .csrf = page_csrf(cx, c), .submit = submit };
	v->parts = lg_array(cx->mem, e->n_sections, sizeof *v->parts);
	for (size_t i = 0; i < e->n_sections; i++) {
		const struct section *s = &e->sections[i];
		const json_t *row = json_array_get(json_object_get(record, s->name), 0);
		struct html_fields *fields = s->kind == SECTION_ONE
		                                 ? form_fields(cx, c, e, s, record, with, FIELD_QUICK)
		                                 : form_row_fields(cx, c, e, s, row, 0, with, FIELD_QUICK);
		if (!fields->n_fields) continue;
		for (size_t k = 0; s->kind == SECTION_MANY && k < fields->n_fields; k++) fields->fields[k].must = false;
		v->parts[v->n_parts++] = (struct html_form_parts){ .legend = lg_say(s->label), .fields = fields };
	}
	return v;
}

void record_put_anyway(struct lg_ctx *cx, struct html_form *form, const char *label)
{
	struct html_fields *fields = lg_alloc(cx->mem, sizeof *fields);
	fields->fields = lg_array(cx->mem, 1, sizeof *fields->fields);
	fields->fields[fields->n_fields++] =
	    (struct html_fields_fields){ .id = "f-anyway", .name = "anyway", .label = label, .check = true };
	struct html_form_parts *parts = lg_array(cx->mem, form->n_parts + 1, sizeof *parts);
	memcpy(parts, form->parts, form->n_parts * sizeof *parts);
	parts[form->n_parts] = (struct html_form_parts){ .fields = fields };
	form->parts = parts;
	form->n_parts++;
}

bool record_is_anyway(const struct call *c)
{
	const char *said = c->api ? http_query(c->rq, "anyway") : http_form(c->rq, "anyway");
	return said && *said && strcmp(said, "0") != 0;
}

/* Is a name of the form one of this section's quick fields? "given_name", "identifiers-0.number" */
static bool is_quick(const struct entity *e, const struct section *s, const char *name)
{
	size_t n = strlen(s->name);
	if (s->kind == SECTION_MANY) {
		if (strncmp(name, s->name, n) != 0 || strncmp(name + n, "-0.", 3) != 0) return false;
		name += n + 3;
	}
	if (!strncmp(name, "typed_", 6)) name += 6; /* the words that a concept was chosen by */
	const struct field *f = entity_field(e, s->name, name);
	return f && (f->flags & FIELD_QUICK);
}

static void put_part(json_t *record, const struct section *s, json_t *part)
{
	if (!part) return;
	if (s->kind == SECTION_MANY)
		json_object_set(record, s->name, part);
	else
		json_object_update(record, part);
}

/* The quick fields are spread over sections; each section takes its own and leaves the others to theirs. */
static enum lg_err read_quick(struct lg_ctx *cx, struct call *c, const struct entity *e, json_t *record, json_t *typed)
{
	enum lg_err err = LG_OK;
	struct http_pair *own = lg_array(cx->mem, c->rq->form.n + 1, sizeof *own);
	bool *taken = lg_array(cx->mem, c->rq->form.n + 1, sizeof *taken);
	for (size_t i = 0; i < e->n_sections; i++) {
		const struct section *s = &e->sections[i];
		json_t *part = NULL, *raw = NULL;
		size_t n = 0;
		for (size_t k = 0; k < c->rq->form.n; k++) {
			if (!is_quick(e, s, c->rq->form.at[k].name)) continue;
			own[n++] = c->rq->form.at[k];
			taken[k] = true;
		}
		struct http_pairs pairs = { own, n };
		enum lg_err one = record_from_form(cx, &part, &raw, e, s, &pairs, form_also, core_checks(cx, c->app));
		if (one != LG_OK) err = one;
		put_part(record, s, part);
		put_part(typed, s, raw);
	}
	for (size_t k = 0; k < c->rq->form.n; k++) {
		bool also = taken[k];
		for (size_t a = 0; form_also[a]; a++) also = also || !strcmp(form_also[a], c->rq->form.at[k].name);
		if (!also) err = lg_fail(cx, LG_INVALID, c->rq->form.at[k].name, lg_say("There is no such field."));
	}
	return err;
}

static enum lg_err read_whole(struct lg_ctx *cx, struct call *c, const struct entity *e, json_t *record)
{
	enum lg_err err = LG_OK;
	json_t *body, *value;
	const char *name;
	LG_TRY(input_json(cx, c, &body));
	if (!json_is_object(body)) return lg_fail(cx, LG_INVALID, "", lg_say("This must be an object."));
	json_object_foreach(body, name, value)
	{
		const struct section *s = entity_section(e, name);
		json_t *part = NULL;
		enum lg_err one =
		    s ? record_from_json(cx, &part, e, s, value, core_checks(cx, c->app))
		      : lg_fail(cx, LG_INVALID, lg_strdup(cx->mem, name), lg_say("There is no such field."));
		if (one != LG_OK) err = one;
		if (s) put_part(record, s, part);
	}
	return err;
}

enum lg_err record_read_new(struct lg_ctx *cx, struct call *c, const struct entity *e, json_t **record, json_t **typed)
{
	*record = record_keep(cx, json_object());
	*typed = record_keep(cx, json_object());
	return c->api ? read_whole(cx, c, e, *record) : read_quick(cx, c, e, *record, *typed);
}

void record_answer_alike(struct lg_ctx *cx, struct call *c, const char *title, json_t *alike)
{
	json_t *o = record_keep(cx, json_object());
	json_object_set_new(o, "type", json_string("about:blank"));
	json_object_set_new(o, "title", json_string(title));
	json_object_set_new(o, "status", json_integer(409));
	json_object_set_new(o, "detail",
	                    json_string(lg_say("Look at these first; to register anyway, send ?anyway=1.")));
	json_object_set(o, "alike", alike);
	answer_json(cx, c, 409, o);
	c->rs->type = "application/problem+json";
}

void record_answer_made(struct lg_ctx *cx, struct call *c, const char *path, const char *id, const char *said)
{
	if (!c->api) {
		answer_see(cx, c, lg_printf(cx->mem, "%s/%s", path, id), said);
		return;
	}
	http_put_header(c->rs, "Location", lg_printf(cx->mem, "/api/v1%s/%s", path, id));
	app_put_version(cx, c, 1);
	answer_json(cx, c, 201, record_keep(cx, json_pack("{s:s, s:i}", "id", id, "version", 1)));
}

json_t *record_all_changes(struct lg_ctx *cx, const struct entity *e, const json_t *record)
{
	json_t *nothing = record_keep(cx, json_object()), *all = record_keep(cx, json_array());
	for (size_t i = 0; i < e->n_sections; i++) {
		const struct section *s = &e->sections[i];
		json_t *before = record_section(cx, e, s, nothing), *after = record_section(cx, e, s, record);
		json_array_extend(all, record_changes(cx, e, s, before, after));
	}
	return all;
}

void record_put_sections(struct lg_ctx *cx, json_t *out, const struct entity *e, const json_t *record)
{
	for (size_t i = 0; i < e->n_sections; i++)
		json_object_set(out, e->sections[i].name, record_section(cx, e, &e->sections[i], record));
}
