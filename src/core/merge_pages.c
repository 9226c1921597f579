/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <string.h>

#include "app/answer.h"
#include "app/page.h"
#include "app/record.h"
#include "core/candidate_view.h"
#include "core/colleague.h"
#include "core/core.h"
#include "core/employer.h"
#include "core/input.h"
#include "core/merge.h"
#include "core/merge.sql.h"
#include "core/record_pages.h"
#include "core/small_form.h"
#include "view/conflict.html.h"
#include "view/sheet.html.h"
#include "view/speech.h"

/* --- what is asked for */

static enum lg_err two(struct lg_ctx *cx, struct call *c, const struct merge_kind *kind, struct merge_side *kept,
                       struct merge_side *gone, bool lock)
{
	const char *ids[2];
	LG_TRY(app_uuid(c->rq->args[0], &ids[0]));
	LG_TRY(app_uuid(c->rq->args[1], &ids[1]));
	if (lock) LG_TRY(kind->lock(cx, c, (struct db_list){ .texts = ids, .n = 2 }));
	LG_TRY(kind->read(cx, c, ids[0], kept));
	LG_TRY(kind->read(cx, c, ids[1], gone));
	if (!strcmp(ids[0], ids[1])) return lg_fail(cx, LG_INVALID, "other", lg_say("These are one and the same."));
	return LG_OK;
}

static const char *path_of(struct lg_ctx *cx, const struct merge_kind *kind, const char *id, const char *rest)
{
	return lg_printf(cx->mem, "%s/%s%s", kind->path, id, rest);
}

static struct form_with with_of(struct lg_ctx *cx, const struct db_colleague_list_rows *colleagues,
                                const struct db_unit_choices_rows *units)
{
	struct form_with with = colleagues_of(cx, colleagues);
	put_units_of(cx, &with, units);
	return with;
}

/* --- side by side */

static const char *words_of(struct lg_ctx *cx, struct call *c, const struct merge_kind *kind, const struct section *s,
                            const struct field *f, const json_t *record, const struct form_with *with)
{
	const char *all = "";
	size_t i;
	json_t *row;
	if (s->kind == SECTION_ONE) return form_words(cx, c, f, json_object_get(record, f->name), with);
	json_array_foreach(json_object_get(record, s->name), i, row) all =
	    lg_printf(cx->mem, "%s%s%s", all, *all ? "; " : "", form_row_words(cx, c, kind->entity, s, row, with));
	return all;
}

static void put_line(struct lg_ctx *cx, struct html_conflict *v, const struct section *s, const char *name,
                     const char *label, const char *mine, const char *other)
{
	bool takes = !*mine && *other, together = merge_may_both(s) && *mine && *other;
	v->fields[v->n_fields++] = (struct html_conflict_fields){
		.id = lg_printf(cx->mem, "f-%s", name),
		.name = name,
		.label = label,
		.mine = "kept",
		.mine_shown = mine,
		.theirs = "gone",
		.theirs_shown = other,
		.differs = strcmp(mine, other) != 0,
		.second = takes,
		.both = together ? "both" : NULL,
	};
}

static void show_two(struct lg_ctx *cx, struct call *c, const struct merge_kind *kind, const struct merge_side *kept,
                     const struct merge_side *gone, const struct form_with *with)
{
	const struct entity *e = kind->entity;
	const char *mine = kind->name(cx, kept->record), *other = kind->name(cx, gone->record);
	struct html_conflict v = {
		.title = lg_say("Two that are one"),
		.what = mine,
		.who = other,
		.lead = lg_say("Choose line by line what is to hold. What hangs on the second goes to the first, the "
		               "second is gone, and its address leads to the first. For 30 days it can be undone."),
		.mine_head = lg_say("This one, which stays"),
		.theirs_head = lg_say("The other, which goes"),
		.mine_says = lg_say("this one"),
		.theirs_says = lg_say("the other"),
		.submit = lg_say("Make one of the two"),
		.cancel_says = lg_say("Leave both as they are"),
		.action = lg_printf(cx->mem, "%s/%s/merge/%s", kind->path, kept->id, gone->id),
		.csrf = page_csrf(cx, c),
		.version = record_version(cx, kept->version),
		.cancel = path_of(cx, kind, kept->id, "/merge"),
	};
	v.hidden = lg_array(cx->mem, 1, sizeof *v.hidden);
	v.hidden[v.n_hidden++] =
	    (struct html_conflict_hidden){ .name = "other_version", .value = record_version(cx, gone->version) };
	v.fields = lg_array(cx->mem, e->n_fields + e->n_sections, sizeof *v.fields);
	for (size_t i = 0; i < e->n_sections; i++) {
		const struct section *s = &e->sections[i];
		size_t n;
		const struct field *f = section_fields(e, s, &n);
		if (!strcmp(s->name, "identifiers")) continue; /* all numbers of both stay */
		if (s->kind == SECTION_MANY)
			put_line(cx, &v, s, s->name, lg_say(s->label), words_of(cx, c, kind, s, f, kept->record, with),
			         words_of(cx, c, kind, s, f, gone->record, with));
		for (size_t k = 0; s->kind == SECTION_ONE && k < n; k++)
			put_line(cx, &v, s, f[k].name, lg_say(f[k].label),
			         words_of(cx, c, kind, s, &f[k], kept->record, with),
			         words_of(cx, c, kind, s, &f[k], gone->record, with));
	}
	struct page_crumb crumbs[] = { { lg_say(kind->list), kind->path }, { mine, path_of(cx, kind, kept->id, "") } };
	page_answer(cx, c, &(struct page){ .title = v.title, .crumbs = crumbs, .n_crumbs = 2, .here = kind->here },
	            html_conflict_any(&v));
}

static enum lg_err ask(struct lg_ctx *cx, struct call *c, const struct merge_kind *kind)
{
	struct merge_side kept, gone;
	struct db_colleague_list_rows colleagues = { 0 };
	struct db_unit_choices_rows units = { 0 };
	LG_TRY(two(cx, c, kind, &kept, &gone, false));
	db_colleague_list_send(cx, c->db, &colleagues);
	db_unit_choices_send(cx, c->db, &units);
	LG_TRY(app_end(cx, c));
	struct form_with with = with_of(cx, &colleagues, &units);
	show_two(cx, c, kind, &kept, &gone, &with);
	return LG_OK;
}

/* What was chosen, of a form or of {"other_version": 3, "take": {"phone": "gone"}}. */
static enum lg_err read_choice(struct lg_ctx *cx, struct call *c, json_t **take, int64_t *other_version)
{
	static const char *const names[] = { "other_version", "take", NULL };
	json_t *body;
	*take = record_keep(cx, json_object());
	if (c->api) {
		LG_TRY(input_json(cx, c, &body));
		LG_TRY(input_only(cx, c, body, names));
		json_t *said = json_object_get(body, "take");
		if (json_is_object(said)) *take = said;
		*other_version = record_number(body, "other_version", 0);
		return LG_OK;
	}
	for (size_t i = 0; i < c->rq->form.n; i++) {
		const struct http_pair *p = &c->rq->form.at[i];
		bool also = !strcmp(p->name, "other_version");
		for (size_t a = 0; form_also[a]; a++) also = also || !strcmp(form_also[a], p->name);
		if (!also) json_object_set_new(*take, p->name, json_string(p->value));
	}
	const char *version = small_sent(c, "other_version");
	*other_version = strlen(version) < 18 ? strtoll(version, NULL, 10) : 0;
	return LG_OK;
}

static enum lg_err merge(struct lg_ctx *cx, struct call *c, const struct merge_kind *kind)
{
	struct merge_side kept = { 0 }, gone = { 0 };
	json_t *take;
	int64_t seen, other;
	const char *id = NULL;
	LG_TRY(two(cx, c, kind, &kept, &gone, true));
	LG_TRY(read_choice(cx, c, &take, &other));
	if (!input_version(cx, c, kept.version, &seen)) return LG_OK;
	if (seen != kept.version || other != gone.version) return LG_CONFLICT;
	LG_TRY(merge_apply(cx, c, kind, &kept, &gone, take, &id));
	if (!c->api) return answer_see(cx, c, path_of(cx, kind, kept.id, ""), "merged"), LG_OK;
	answer_json(cx, c, 201,
	            record_keep(cx, json_pack("{s:s, s:s, s:I}", "id", kept.id, "merge", id, "version",
	                                      (json_int_t)kept.version)));
	return LG_OK;
}

static enum lg_err unmerge(struct lg_ctx *cx, struct call *c, const struct merge_kind *kind)
{
	struct merge_side kept;
	const char *id, *merge, *gone;
	int64_t seen;
	LG_TRY(app_uuid(c->rq->args[0], &id));
	LG_TRY(app_uuid(c->rq->args[1], &merge));
	LG_TRY(kind->lock(cx, c, (struct db_list){ .texts = &id, .n = 1 }));
	LG_TRY(kind->read(cx, c, id, &kept));
	if (!input_version(cx, c, kept.version, &seen)) return LG_OK;
	if (seen != kept.version) return LG_CONFLICT;
	LG_TRY(merge_undo(cx, c, kind, &kept, merge, &gone));
	answer_see(cx, c, path_of(cx, kind, gone, ""), "unmerged");
	return LG_OK;
}

/* --- who is here twice */

struct likely {
	const char *id, *name, *why;
};

static enum lg_err likely_candidates(struct lg_ctx *cx, struct call *c, const struct merge_side *of,
                                     struct likely **out, size_t *n)
{
	struct alike *alike;
	size_t k;
	/* Numbers are compared by the warning of a second registration; here by name and date of birth. */
	LG_TRY(candidate_alike(cx, c, of->record, record_keep(cx, json_array()), of->id, &alike, &k));
	*out = lg_array(cx->mem, k + 1, sizeof **out);
	for (size_t i = 0; i < k; i++)
		(*out)[(*n)++] =
		    (struct likely){ alike[i].id,
			             alike[i].is_protected
			                 ? lg_say("Protected person")
			                 : lg_printf(cx->mem, "%s %s", alike[i].given_name, alike[i].family_name),
			             lg_say("A name that sounds alike, and the same date of birth or none") };
	return LG_OK;
}

static enum lg_err likely_employers(struct lg_ctx *cx, struct call *c, const struct merge_side *of, struct likely **out,
                                    size_t *n)
{
	struct db_employer_alike_rows rows = { 0 };
	LG_TRY(employer_alike(cx, c, of->record, &rows));
	*out = lg_array(cx->mem, rows.n + 1, sizeof **out);
	for (size_t i = 0; i < rows.n; i++)
		if (strcmp(rows.rows[i].id, of->id) != 0)
			(*out)[(*n)++] = (struct likely){ rows.rows[i].id, rows.rows[i].name,
				                          rows.rows[i].by_number ? lg_say("The same number")
				                                                 : lg_say("The same name") };
	return LG_OK;
}

static struct html_events *likely_events(struct lg_ctx *cx, const struct merge_kind *kind, const char *id,
                                         const struct likely *likely, size_t n)
{
	struct html_events *v = lg_alloc(cx->mem, sizeof *v);
	v->events = lg_array(cx->mem, n + 1, sizeof *v->events);
	v->empty = lg_say("None that looks like it. If you know better, give the address of the other's page.");
	for (size_t i = 0; i < n; i++)
		v->events[v->n_events++] = (struct html_events_events){
			.icon = "persons",
			.title = likely[i].name,
			.words = likely[i].why,
			.url = lg_printf(cx->mem, "%s/%s/merge/%s", kind->path, id, likely[i].id),
			.act = lg_printf(cx->mem, lg_say("Compare with %s"), likely[i].name),
		};
	return v;
}

/* Merges that can still be undone, each with its button. */
static void put_merges(struct lg_ctx *cx, struct call *c, const struct merge_kind *kind, const struct merge_side *of,
                       const struct db_merge_list_rows *merges, const struct form_with *with, struct html_sheet *v)
{
	for (size_t i = 0; i < merges->n; i++) {
		const struct db_merge_list_row *m = &merges->rows[i];
		struct html_form *form = lg_alloc(cx->mem, sizeof *form);
		if (!m->undoable) continue;
		*form =
		    (struct html_form){ .action = lg_printf(cx->mem, "%s/%s/merges/%s/undo", kind->path, of->id, m->id),
			                .csrf = page_csrf(cx, c),
			                .version = record_version(cx, of->version),
			                .intro = lg_say("Both are there again. What was changed since stays as it is."),
			                .submit = lg_say("Undo it"),
			                .danger = true };
		const char *when = page_time(cx, c, m->at), *by = form_member_name(with, m->by ? m->by : "");
		v->sections[v->n_sections++] = (struct html_sheet_sections){
			.title = *by ? lg_printf(cx->mem, lg_say("Merged %s by %s"), when, by)
			             : lg_printf(cx->mem, lg_say("Merged %s"), when),
			.body = html_form_any(form),
		};
	}
}

static enum lg_err show_twice(struct lg_ctx *cx, struct call *c, const struct merge_kind *kind, const char *id)
{
	struct merge_side of;
	struct likely *likely = NULL;
	struct db_merge_list_rows merges = { 0 };
	struct db_colleague_list_rows colleagues = { 0 };
	size_t n = 0;
	LG_TRY(kind->read(cx, c, id, &of));
	LG_TRY(kind == &merge_candidates ? likely_candidates(cx, c, &of, &likely, &n)
	                                 : likely_employers(cx, c, &of, &likely, &n));
	db_merge_list_send(cx, c->db, &merges,
	                   (struct db_merge_list_in){ .kept = id, .entity = kind->entity->name, .days = MERGE_DAYS });
	db_colleague_list_send(cx, c->db, &colleagues);
	LG_TRY(app_end(cx, c));
	struct form_with with = colleagues_of(cx, &colleagues);
	struct small_form *f = small_form(cx, c, path_of(cx, kind, id, "/merge"), lg_say("Compare"));
	small_field(cx, f, "other", lg_say("Address of the other's page"), "text", "")->wide = true;
	struct html_sheet v = { .title = lg_say("Is it here twice?"), .lead = kind->name(cx, of.record) };
	v.sections = lg_array(cx->mem, merges.n + 2, sizeof *v.sections);
	v.sections[v.n_sections++] =
	    (struct html_sheet_sections){ .title = lg_say("May be the same"),
		                          .body = html_events_any(likely_events(cx, kind, id, likely, n)) };
	v.sections[v.n_sections++] =
	    (struct html_sheet_sections){ .title = lg_say("Another one"), .body = html_form_any(&f->form) };
	put_merges(cx, c, kind, &of, &merges, &with, &v);
	struct page_crumb crumbs[] = { { lg_say(kind->list), kind->path }, { v.lead, path_of(cx, kind, id, "") } };
	page_answer(cx, c, &(struct page){ .title = v.title, .crumbs = crumbs, .n_crumbs = 2, .here = kind->here },
	            html_sheet_any(&v));
	return LG_OK;
}

static enum lg_err twice(struct lg_ctx *cx, struct call *c, const struct merge_kind *kind)
{
	const char *id;
	LG_TRY(app_uuid(c->rq->args[0], &id));
	return show_twice(cx, c, kind, id);
}

/* The address of a page, or the end of one: of it the record's id is taken. */
static enum lg_err choose(struct lg_ctx *cx, struct call *c, const struct merge_kind *kind)
{
	enum { UUID = 36 };
	const char *id, *other = NULL, *sent = small_sent(c, "other");
	LG_TRY(app_uuid(c->rq->args[0], &id));
	for (size_t at = 0; strlen(sent + at) >= UUID && !other; at++)
		if (app_uuid(lg_strndup(cx->mem, sent + at, UUID), &other) != LG_OK) other = NULL;
	if (other && strcmp(other, id) != 0)
		return answer_see(cx, c, lg_printf(cx->mem, "%s/%s/merge/%s", kind->path, id, other), NULL), LG_OK;
	enum lg_err told = lg_fail(cx, LG_INVALID, "other", lg_say("Copy the address of the other's page in here."));
	(void)told;
	return show_twice(cx, c, kind, id);
}

enum lg_err on_candidate_twice(struct lg_ctx *cx, struct call *c) { return twice(cx, c, &merge_candidates); }
enum lg_err on_candidate_twice_choose(struct lg_ctx *cx, struct call *c) { return choose(cx, c, &merge_candidates); }
enum lg_err on_candidate_merge_ask(struct lg_ctx *cx, struct call *c) { return ask(cx, c, &merge_candidates); }
enum lg_err on_candidate_merge(struct lg_ctx *cx, struct call *c) { return merge(cx, c, &merge_candidates); }
enum lg_err on_candidate_unmerge(struct lg_ctx *cx, struct call *c) { return unmerge(cx, c, &merge_candidates); }
enum lg_err on_employer_twice(struct lg_ctx *cx, struct call *c) { return twice(cx, c, &merge_employers); }
enum lg_err on_employer_twice_choose(struct lg_ctx *cx, struct call *c) { return choose(cx, c, &merge_employers); }
enum lg_err on_employer_merge_ask(struct lg_ctx *cx, struct call *c) { return ask(cx, c, &merge_employers); }
enum lg_err on_employer_merge(struct lg_ctx *cx, struct call *c) { return merge(cx, c, &merge_employers); }
enum lg_err on_employer_unmerge(struct lg_ctx *cx, struct call *c) { return unmerge(cx, c, &merge_employers); }
