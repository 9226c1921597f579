/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* What opens the most doors: for somebody, and for all who wait in an office. */
#include <string.h>

#include "app/answer.h"
#include "app/audit.h"
#include "app/page.h"
#include "app/record.h"
#include "core/candidate_view.h"
#include "core/core.h"
#include "core/match_card.h"
#include "core/match_page.sql.h"
#include "core/match_serve.h"
#include "core/sheet_table.h"
#include "view/facts.html.h"
#include "view/number.h"
#include "view/sheet.html.h"
#include "view/speech.h"

static const char *count(struct lg_ctx *cx, uint64_t n)
{
	char out[48];
	return lg_strdup(cx->mem, lg_number_count(out, n));
}

static const char *kept(struct lg_ctx *cx, const struct lg_buf *text)
{
	return lg_strndup(cx->mem, text->data ? text->data : "", text->len);
}

/* What the matcher could not answer, or has not yet. */
struct silence {
	bool waiting, unlike;
};

static enum lg_err heard(struct lg_ctx *cx, enum lg_err err, struct silence *out)
{
	*out = (struct silence){ err == LG_BUSY, err == LG_UNKNOWN };
	if (err != LG_OK && err != LG_BUSY && err != LG_UNKNOWN) return err;
	cx->notes = NULL;
	return LG_OK;
}

static const char *silence_words(struct silence s)
{
	if (s.unlike) return lg_say("Without a place nothing can be compared: say in which municipality it is.");
	return s.waiting
	           ? lg_say("It is being counted, or the matcher has just started. Load the page again in a moment.")
	           : NULL;
}

static void put_fact(struct html_facts *v, const char *name, const char *value)
{
	v->facts[v->n_facts++] = (struct html_facts_facts){ .name = name, .value = value };
}

/* --- for somebody */

/* Where to begin with it. */
static const char *first_step(enum lg_change_kind kind)
{
	switch (kind) {
	case LG_LEARN_LANGUAGE: return lg_say("Ask for a course that leads to this level.");
	case LG_GET_LICENCE: return lg_say("Begin the application for it, or ask how far it is.");
	case LG_TRAVEL: return lg_say("Ask what would help with the way: a bicycle, a ticket, a driving licence.");
	case LG_ANY_HOURS: return lg_say("Ask what stands in the way of other hours.");
	case LG_TAKE_CONTRACT: return lg_say("Tell what this kind of contract means, and ask again.");
	case LG_START: return lg_say("Ask whether the first day may be earlier.");
	case LG_LEARN_SKILL: return lg_say("Look for a short course, or let it be learned in a placement.");
	case LG_CHANGES: break;
	}
	return "";
}

static const char *change_words(struct lg_ctx *cx, const struct match_terms *t, const struct lg_change *change)
{
	const struct explain e = { .in = &t->explain };
	struct lg_buf *out = page_buffer(cx);
	explain_change(out, &e, change);
	return kept(cx, out);
}

static struct db_list all_handles(struct lg_ctx *cx, const struct doors *d)
{
	const char **texts = lg_array(cx->mem, (size_t)DOORS_MOST * DOORS_NAMED + 1, sizeof *texts);
	size_t n = 0;
	for (size_t i = 0; i < d->n; i++)
		for (size_t k = 0; k < d->at[i].n; k++) {
			char text[37];
			match_handle_print(text, d->at[i].handles[k]);
			texts[n++] = lg_strdup(cx->mem, text);
		}
	return (struct db_list){ .texts = texts, .n = n };
}

static const struct db_match_openings_row *behind(const struct db_match_openings_rows *rows,
                                                  const uint8_t handle[MATCH_HANDLE])
{
	char text[37];
	match_handle_print(text, handle);
	for (size_t i = 0; i < rows->n; i++)
		if (!strcmp(rows->rows[i].handle, text)) return &rows->rows[i];
	return NULL;
}

/* "Bread baker (Nord Bageri); ...": some of those that it opens. */
static const char *examples(struct lg_ctx *cx, const struct door *d, const struct db_match_openings_rows *rows)
{
	struct lg_buf *out = page_buffer(cx);
	for (size_t i = 0; i < d->n; i++) {
		const struct db_match_openings_row *r = behind(rows, d->handles[i]);
		if (r) lg_putf(out, "%s%s (%s)", out->len ? "; " : "", r->title, r->employer_name);
	}
	return kept(cx, out);
}

static const char *points(struct lg_ctx *cx, const struct match_terms *t, unsigned score)
{
	return score ? lg_printf(cx->mem, "%u", match_points(&t->setup, score)) : "–";
}

static struct html_records *table_of_one(struct lg_ctx *cx, struct call *c, const struct doors *d,
                                         const struct db_match_openings_rows *rows)
{
	const struct match_terms *t = app_setup(c->app)->terms;
	const char *const heads[] = { lg_say("What would change"), lg_say("More openings possible"),
		                      lg_say("Among them"), lg_say("Best score then, of 100"),
		                      lg_say("Where to begin") };
	struct html_records *v =
	    sheet_table(cx, c, "doors", lg_say("What opens the most"), heads, 5, DOORS_MOST, false);
	for (size_t i = 0; i < d->n; i++) {
		const struct door *one = &d->at[i];
		const char *cells[] = { count(cx, one->change.opens), examples(cx, one, rows),
			                points(cx, t, one->change.best), first_step(one->change.kind) };
		(void)sheet_table_row(cx, v, change_words(cx, t, &one->change), NULL, heads, cells, 4);
	}
	v->empty = lg_say("No single change opens anything.");
	return v;
}

static json_t *one_as_json(struct lg_ctx *cx, const struct call *c, const struct doors *d,
                           const struct db_match_openings_rows *rows)
{
	json_t *list = json_array();
	for (size_t i = 0; i < d->n; i++) {
		const struct lg_change *change = &d->at[i].change;
		json_t *some = json_array();
		for (size_t k = 0; k < d->at[i].n; k++) {
			const struct db_match_openings_row *r = behind(rows, d->at[i].handles[k]);
			if (r) json_array_append_new(some, json_string(r->id));
		}
		json_array_append_new(
		    list, json_pack("{s:s, s:s, s:I, s:i, s:o}", "change", lg_change_name(change->kind), "words",
		                    change_words(cx, app_setup(c->app)->terms, change), "more_openings",
		                    (json_int_t)change->opens, "best_score", (int)change->best, "openings", some));
	}
	return record_keep(cx, json_pack("{s:I, s:I, s:i, s:o}", "all", (json_int_t)d->all, "feasible",
	                                 (json_int_t)d->feasible, "best_score", (int)d->best, "items", list));
}

static void show_one(struct lg_ctx *cx, struct call *c, const struct candidate_page *page, const struct doors *d,
                     const struct db_match_openings_rows *rows, struct silence s)
{
	const char *name = candidate_name(cx, page->one.record),
	           *path = lg_printf(cx->mem, "/candidates/%s", page->one.id);
	struct html_sheet v = { .title = lg_say("What opens the most doors"), .lead = name };
	struct page_crumb crumbs[] = { { lg_say("Candidates"), "/candidates" },
		                       { name, path },
		                       { lg_say("Openings that suit"), lg_printf(cx->mem, "%s/matches", path) } };
	struct html_facts *facts = lg_alloc(cx->mem, sizeof *facts);
	v.sections = lg_array(cx->mem, 2, sizeof *v.sections);
	v.sections[v.n_sections++] = (struct html_sheet_sections){ .help = silence_words(s) };
	if (!v.sections[0].help) {
		facts->facts = lg_array(cx->mem, 2, sizeof *facts->facts);
		put_fact(facts, lg_say("Openings offered"), count(cx, d->all));
		put_fact(facts, lg_say("Possible today"), count(cx, d->feasible));
		v.sections[0].body = html_facts_any(facts);
		v.sections[v.n_sections++] = (struct html_sheet_sections){
			.id = "what-opens",
			.title = lg_say("One change at a time"),
			.help =
			    lg_say("Each line is counted alone, with all else as it is. What somebody does not want is "
			           "theirs to say: these are questions to talk about, nothing is decided."),
			.body = html_records_any(table_of_one(cx, c, d, rows)),
		};
	}
	page_answer(cx, c,
	            &(struct page){ .title = v.title,
	                            .crumbs = crumbs,
	                            .n_crumbs = 3,
	                            .here = "candidates",
	                            .invented = page->one.invented },
	            html_sheet_any(&v));
}

enum lg_err on_candidate_doors(struct lg_ctx *cx, struct call *c)
{
	struct candidate_page page;
	struct db_match_openings_rows rows = { 0 };
	struct doors *d = lg_alloc(cx->mem, sizeof *d);
	struct silence s;
	const char *id;
	LG_TRY(app_uuid(c->rq->args[0], &id));
	LG_TRY(candidate_page_read(cx, c, id, &page));
	LG_TRY(heard(cx,
	             match_ask_doors(cx, app_setup(c->app)->match_socket, c->actor.tenant, page.one.record,
	                             page_today(cx, c), d),
	             &s));
	db_match_openings_send(cx, c->db, &rows,
	                       (struct db_match_openings_in){
	                           .handles = all_handles(cx, d), .today = page_today(cx, c), .candidate = id });
	audit_seen(cx, c, &id, 1);
	LG_TRY(app_end(cx, c));
	if (!c->api) return show_one(cx, c, &page, d, &rows, s), LG_OK;
	if (s.waiting) return lg_fail(cx, LG_BUSY, "", lg_say("The lists are being made"));
	return answer_json(cx, c, 200, one_as_json(cx, c, d, &rows)), LG_OK;
}

/* --- for an office */

static const char *lever_words(struct lg_ctx *cx, const struct match_terms *t, const struct lg_lever *lever)
{
	const struct explain e = { .in = &t->explain };
	struct lg_buf *out = page_buffer(cx);
	explain_lever(out, &e, lever);
	return kept(cx, out);
}

static struct html_records *table_of_all(struct lg_ctx *cx, struct call *c, const struct office_doors *d)
{
	const char *const heads[] = { lg_say("Kind of help"), lg_say("People who get more possible openings"),
		                      lg_say("of them with none possible now"),
		                      lg_say("Openings that become possible for more people") };
	struct html_records *v = sheet_table(cx, c, "doors", lg_say("Kinds of help, the most valuable first"), heads, 4,
	                                     OFFICE_DOORS, false);
	for (size_t i = 0; i < d->n; i++) {
		const struct lg_lever *l = &d->at[i];
		const char *cells[] = { count(cx, l->people), count(cx, l->shut), count(cx, l->openings) };
		(void)sheet_table_row(cx, v, lever_words(cx, app_setup(c->app)->terms, l), NULL, heads, cells, 3);
	}
	v->empty = lg_say("No single kind of help opens anything.");
	return v;
}

static json_t *all_as_json(struct lg_ctx *cx, const struct call *c, const struct office_doors *d)
{
	json_t *list = json_array();
	for (size_t i = 0; i < d->n; i++) {
		const struct lg_lever *l = &d->at[i];
		json_array_append_new(list, json_pack("{s:s, s:s, s:I, s:I, s:I}", "change", lg_change_name(l->kind),
		                                      "words", lever_words(cx, app_setup(c->app)->terms, l), "people",
		                                      (json_int_t)l->people, "with_none_now", (json_int_t)l->shut,
		                                      "openings", (json_int_t)l->openings));
	}
	return record_keep(cx, json_pack("{s:I, s:I, s:I, s:o}", "people", (json_int_t)d->people, "looked_at",
	                                 (json_int_t)d->looked_at, "openings", (json_int_t)d->openings, "items", list));
}

static struct html_facts *facts_of_all(struct lg_ctx *cx, const struct office_doors *d)
{
	struct html_facts *facts = lg_alloc(cx->mem, sizeof *facts);
	facts->facts = lg_array(cx->mem, 3, sizeof *facts->facts);
	put_fact(facts, lg_say("People who wait and seek work"), count(cx, d->people));
	put_fact(facts, lg_say("Openings offered"), count(cx, d->openings));
	if (d->looked_at < d->people)
		put_fact(facts, lg_say("People looked at in the time there was, drawn by lot"),
		         count(cx, d->looked_at));
	return facts;
}

static void show_all(struct lg_ctx *cx, struct call *c, const struct office_doors *d, const char *instead)
{
	struct html_sheet v = { .title = lg_say("What opens the most doors"),
		                .lead = lg_say("For all who wait in this office") };
	v.sections = lg_array(cx->mem, 2, sizeof *v.sections);
	v.sections[v.n_sections++] = (struct html_sheet_sections){ .help = instead };
	if (!instead) {
		v.sections[0].body = html_facts_any(facts_of_all(cx, d));
		v.sections[v.n_sections++] = (struct html_sheet_sections){
			.id = "what-opens",
			.title = lg_say("Courses, licences, help with the way"),
			.help = lg_say(
			    "Each kind of help is counted alone, over everybody whom it might help. A licence is tried "
			    "with those only who have applied for it or have done such work. People compete for the "
			    "same openings, so not all of them would get one."),
			.body = html_records_any(table_of_all(cx, c, d)),
		};
	}
	page_answer(cx, c, &(struct page){ .title = v.title, .here = "day", .invented = app_setup(c->app)->trial },
	            html_sheet_any(&v));
}

enum lg_err on_office_doors(struct lg_ctx *cx, struct call *c)
{
	struct db_match_sees_all_row sees = { 0 };
	struct office_doors *d = lg_alloc(cx->mem, sizeof *d);
	struct silence s = { false, false };
	db_match_sees_all_send(cx, c->db, &sees);
	LG_TRY(app_end(cx, c));
	if (sees.all) LG_TRY(heard(cx, match_ask_office(cx, app_setup(c->app)->match_socket, c->actor.tenant, d), &s));
	const char *instead = sees.all
	                          ? silence_words(s)
	                          : lg_say("Here people of the whole office are counted. Whoever works for some of its "
	                                   "units only sees no counts of others: ask somebody who sees the whole "
	                                   "office.");
	if (!c->api) return show_all(cx, c, d, instead), LG_OK;
	if (s.waiting) return lg_fail(cx, LG_BUSY, "", lg_say("The lists are being made"));
	return answer_json(cx, c, 200, sees.all ? all_as_json(cx, c, d) : record_keep(cx, json_object())), LG_OK;
}
