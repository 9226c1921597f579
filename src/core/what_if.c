/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/what_if.h"

#include <string.h>

#include "app/answer.h"
#include "app/audit.h"
#include "app/page.h"
#include "app/record.h"
#include "core/core.h"
#include "core/entity.h"
#include "core/record_pages.h"
#include "core/record_store.h"
#include "core/run.h"
#include "view/facts.html.h"
#include "view/number.h"
#include "view/record_new.html.h"
#include "view/speech.h"
#include "view/table.html.h"

enum { FILLED = 30 };

/* --- rules */

static bool says(const json_t *asked, const char *name)
{
	const json_t *v = json_object_get(asked, name);
	return v && !json_is_null(v) && !(json_is_string(v) && !*json_string_value(v));
}

json_t *what_if_order(const json_t *asked, const json_t *was)
{
	json_t *out = json_deep_copy(was);
	for (size_t i = 0; i < what_if_entity.n_fields; i++) {
		const char *name = what_if_entity.fields[i].name;
		if (says(asked, name)) json_object_set(out, name, json_object_get(asked, name));
	}
	return out;
}

static const char *course_fault(const json_t *asked, const char **field)
{
	bool language = says(asked, "course_language"), licence = says(asked, "course_licence"),
	     skill = says(asked, "course_skill");
	int to = choice_at(CHOICE_level, record_word(asked, "course_to")),
	    from = choice_at(CHOICE_level, record_word(asked, "course_from"));
	*field = "course_language";
	if (language + licence + skill > 1) return LG_TEXT("One course at a time: a language, a licence or a skill.");
	if (!language && (to >= 0 || from >= 0)) return LG_TEXT("In which language?");
	*field = "course_seats";
	int64_t seats = record_number(asked, "course_seats", 0);
	if (!seats && (language || licence || skill)) return LG_TEXT("How many seats has the course?");
	if (seats && !(language || licence || skill))
		return LG_TEXT("What is learnt there? Choose a language, a licence or a skill.");
	*field = "course_to";
	if (language && to < 0) return LG_TEXT("To which level?");
	*field = "course_from";
	if (language && from >= to) return LG_TEXT("The course must lead to a higher level than it begins at.");
	return NULL;
}

const char *what_if_fault(const json_t *asked, const json_t *was, const char **field)
{
	json_t *order = what_if_order(asked, was);
	const char *fault = course_fault(asked, field);
	bool differs = says(asked, "course_seats");
	if (!fault) fault = run_fault(order, field);
	for (size_t i = 0; !fault && i < what_if_entity.n_fields; i++) {
		const char *name = what_if_entity.fields[i].name;
		if (strcmp(name, "purpose") != 0 && says(asked, name) &&
		    record_number(asked, name, 0) != record_number(was, name, 0))
			differs = true;
	}
	json_decref(order);
	if (fault || differs) return fault;
	*field = "course_seats";
	return LG_TEXT("Say what is to be different: a course, another least score or other points.");
}

/* --- in words */

static const char *count(struct lg_ctx *cx, int64_t n)
{
	return lg_number_count(lg_alloc(cx->mem, 48), n < 0 ? 0 : (uint64_t)n);
}

static const char *level(const json_t *asked, const char *name)
{
	const struct choice *one = choice_find(CHOICE_level, record_word(asked, name));
	return one ? one->mark : "";
}

static const char *course_says(struct lg_ctx *cx, struct call *c, const json_t *asked)
{
	int64_t n = record_number(asked, "course_seats", 0);
	const char *seats = lg_printf(cx->mem, lg_says("%s seat", "%s seats", (uint64_t)n), count(cx, n));
	const char *language = record_word(asked, "course_language"), *licence = record_word(asked, "course_licence"),
	           *name = lg_say(choice_text(CHOICE_language, language));
	if (*language && *record_word(asked, "course_from"))
		return lg_printf(cx->mem, lg_say("%s: %s from %s to %s"), seats, name, level(asked, "course_from"),
		                 level(asked, "course_to"));
	if (*language) return lg_printf(cx->mem, lg_say("%s: %s to %s"), seats, name, level(asked, "course_to"));
	if (*licence) return lg_printf(cx->mem, lg_say("%s: licence recognised, %s"), seats, form_concept(c, licence));
	return lg_printf(cx->mem, lg_say("%s: learns %s"), seats, form_skill(c, record_word(asked, "course_skill")));
}

const char *what_if_says(struct lg_ctx *cx, struct call *c, const json_t *asked, const json_t *was)
{
	const char *all = says(asked, "course_seats") ? course_says(cx, c, asked) : "";
	for (size_t i = 0; i < what_if_entity.n_fields; i++) {
		const struct field *f = &what_if_entity.fields[i];
		int64_t now = record_number(asked, f->name, -1);
		bool counts = !strcmp(f->section, "how") || !strcmp(f->section, "weights");
		if (!counts || !says(asked, f->name) || now == record_number(was, f->name, 0)) continue;
		all = lg_printf(cx->mem, "%s%s%s: %s", all, *all ? "; " : "", lg_say(f->label), count(cx, now));
	}
	return all;
}

/* --- ordering */

static enum lg_err read_plan(struct lg_ctx *cx, struct call *c, struct db_run_get_row *run, json_t **was)
{
	const char *id;
	LG_TRY(app_uuid(c->rq->args[0], &id));
	LG_TRY(db_run_get(cx, c->db, run, (struct db_run_get_in){ .id = id }));
	return record_parse(cx, was, run->asked, strlen(run->asked));
}

static void show_new(struct lg_ctx *cx, struct call *c, const struct db_run_get_row *run, const json_t *record)
{
	const char *path = lg_printf(cx->mem, "/runs/%s", run->id);
	struct html_form *form = record_quick_form(cx, c, &what_if_entity, lg_printf(cx->mem, "%s/what-if", path),
	                                           lg_say("Compute it"), record, NULL);
	struct html_record_new v = {
		.title = lg_say("What if?"),
		.lead = lg_printf(cx->mem, lg_say("Computed again over the same people and openings as the plan “%s”."),
		                  run->purpose),
		.form = form
	};
	struct page_crumb crumbs[] = { { lg_say("Plans"), "/runs" }, { run->purpose, path } };
	v.tips = lg_array(cx->mem, 2, sizeof *v.tips);
	v.tips[v.n_tips++] = (struct html_record_new_tips){
		lg_say("Before you decide"),
		lg_say("It tells what would come of it: how many more would be placed, whom it would help, and which "
		       "openings would be filled. Nobody is proposed from it, and nothing is sent."),
		NULL, NULL
	};
	v.tips[v.n_tips++] =
	    (struct html_record_new_tips){ lg_say("Of a course"),
		                           lg_say("Its seats go to people who found nothing in the plan, in the order "
		                                  "of what they would gain. Whoever "
		                                  "would bring nothing gets no seat, so that some may stay free."),
		                           NULL, NULL };
	page_answer(cx, c, &(struct page){ .title = v.title, .crumbs = crumbs, .n_crumbs = 2, .here = "runs" },
	            html_record_new_any(&v));
}

static enum lg_err refuse_plan(struct lg_ctx *cx, const struct db_run_get_row *run)
{
	if (run->of_run)
		return lg_fail(cx, LG_INVALID, "",
		               lg_say("This is a what-if itself. Ask again of the plan that it is of."));
	if (strcmp(run->state, "done") != 0)
		return lg_fail(cx, LG_INVALID, "", lg_say("The plan is not computed yet."));
	return LG_OK;
}

enum lg_err on_what_if_new(struct lg_ctx *cx, struct call *c)
{
	struct db_run_get_row run = { 0 };
	json_t *was;
	LG_TRY(read_plan(cx, c, &run, &was));
	LG_TRY(refuse_plan(cx, &run));
	LG_TRY(app_end(cx, c));
	show_new(cx, c, &run, record_keep(cx, json_object()));
	return LG_OK;
}

/* A licence is of the country that the office is in: openings there ask for it. */
static void put_country(struct call *c, json_t *order)
{
	const char *kind = c->actor.tenant_kind;
	if (says(order, "course_licence"))
		json_object_set_new(order, "course_country", json_string(strstr(kind, "_se") ? "SE" : "DK"));
}

static enum lg_err order(struct lg_ctx *cx, struct call *c, const struct db_run_get_row *run, const json_t *was,
                         const json_t *asked, const char **id)
{
	const char *field, *fault;
	struct db_run_waiting_row waiting = { 0 };
	struct db_what_if_add_row row = { 0 };
	LG_TRY(refuse_plan(cx, run));
	fault = what_if_fault(asked, was, &field);
	if (fault) return lg_fail(cx, LG_INVALID, field, lg_say(fault));
	LG_TRY(db_run_waiting(cx, c->db, &waiting));
	if (waiting.n >= RUN_WAITING_MOST)
		return lg_fail(cx, LG_INVALID, "",
		               lg_say("Some plans of the office wait already. Wait until one is done."));
	json_t *all = record_keep(cx, what_if_order(asked, was));
	const char *purpose = record_word(asked, "purpose");
	if (!*purpose) purpose = what_if_says(cx, c, asked, was);
	json_object_set_new(all, "purpose", json_string(purpose));
	put_country(c, all);
	*id = record_new_id(cx);
	db_what_if_add_send(
	    cx, c->db, &row,
	    (struct db_what_if_add_in){ .id = *id, .of = run->id, .purpose = purpose, .asked = record_text(cx, all) });
	LG_TRY(audit_change(cx, c, "asked", "run", *id, 1, NULL, NULL));
	return db_sync(cx, c->db);
}

enum lg_err on_what_if_add(struct lg_ctx *cx, struct call *c)
{
	struct db_run_get_row run = { 0 };
	json_t *was, *asked, *typed;
	const char *id = NULL;
	LG_TRY(read_plan(cx, c, &run, &was));
	enum lg_err err = record_read_new(cx, c, &what_if_entity, &asked, &typed);
	if (err == LG_OK) err = order(cx, c, &run, was, asked, &id);
	if (err == LG_INVALID && !c->api) {
		db_abandon(c->db);
		c->db = NULL;
		return show_new(cx, c, &run, typed), LG_OK;
	}
	LG_TRY(err);
	record_answer_made(cx, c, "/runs", id, "what_if_ordered");
	return LG_OK;
}

/* --- what came of it */

void what_if_send(struct lg_ctx *cx, struct call *c, const char *run, const char *before, struct what_if_found *out)
{
	db_run_gained_send(cx, c->db, &out->gained, (struct db_run_gained_in){ .run = run, .before = before });
	db_run_filled_send(cx, c->db, &out->filled,
	                   (struct db_run_filled_in){ .run = run, .before = before, .room = FILLED });
}

static struct html_facts_facts *fact(struct html_facts *v, const char *name, const char *value)
{
	struct html_facts_facts *f = &v->facts[v->n_facts++];
	*f = (struct html_facts_facts){ .name = name, .value = value };
	return f;
}

/* "1,234 → 1,240 (+6)" */
static const char *then(struct lg_ctx *cx, int64_t before, int64_t now)
{
	const char *both = lg_printf(cx->mem, "%s → %s", count(cx, before), count(cx, now));
	if (now == before) return lg_printf(cx->mem, lg_say("%s (the same)"), both);
	return now > before ? lg_printf(cx->mem, "%s (+%s)", both, count(cx, now - before))
	                    : lg_printf(cx->mem, "%s (−%s)", both, count(cx, before - now));
}

static int64_t mean(int64_t score, int64_t placed) { return placed > 0 ? score / placed : 0; }

static int64_t score_of(const struct db_run_since_row *before)
{
	return before->score == DB_NO_INT ? 0 : before->score;
}

static void put_then(struct lg_ctx *cx, const json_t *outcome, const struct db_run_since_row *b, struct html_sheet *v)
{
	struct html_facts *f = lg_alloc(cx->mem, sizeof *f);
	int64_t placed = record_number(outcome, "placed", 0), score = record_number(outcome, "score", 0);
	const json_t *course = json_object_get(outcome, "course");
	f->wide = true;
	f->facts = lg_array(cx->mem, 9, sizeof *f->facts);
	struct html_facts_facts *of = fact(f, lg_say("Of the plan"), b->purpose);
	of->url = lg_printf(cx->mem, "/runs/%s", b->id);
	of->more = lg_say("The first number is the plan's, the second what it would be.");
	fact(f, lg_say("People placed"), then(cx, b->placed, placed));
	if (course)
		fact(f, lg_say("Seats taken"),
		     lg_printf(cx->mem, lg_say("%s of %s"), count(cx, record_number(course, "taken", 0)),
		               count(cx, record_number(course, "seats", 0))))
		    ->more = lg_say("Only who would bring something has a seat.");
	fact(f, lg_say("All scores together"), then(cx, score_of(b), score));
	fact(f, lg_say("Score of a pair, on average"), then(cx, mean(score_of(b), b->placed), mean(score, placed)));
	fact(f, lg_say("Placed as before"), count(cx, b->same));
	fact(f, lg_say("Placed elsewhere than before"), count(cx, b->elsewhere));
	fact(f, lg_say("Placed with the change, not in the plan"), count(cx, b->anew));
	fact(f, lg_say("Placed in the plan, not with the change"), count(cx, b->no_more));
	v->sections[v->n_sections++] =
	    (struct html_sheet_sections){ .title = lg_say("Before you decide"), .body = html_facts_any(f) };
}

static struct html_table *table(struct lg_ctx *cx, const char *caption, const char *const *heads, size_t n_heads,
                                size_t room)
{
	struct html_table *t = lg_alloc(cx->mem, sizeof *t);
	t->caption = caption;
	t->heads = lg_array(cx->mem, n_heads, sizeof *t->heads);
	for (size_t i = 0; i < n_heads; i++)
		t->heads[t->n_heads++] = (struct html_table_heads){ .name = heads[i], .number = i > 0 };
	t->rows = lg_array(cx->mem, room + 1, sizeof *t->rows);
	return t;
}

static void put_row(struct lg_ctx *cx, struct html_table *t, const char *name, const int64_t *numbers, size_t n)
{
	struct html_table_rows *row = &t->rows[t->n_rows++];
	*row = (struct html_table_rows){ .name = name };
	row->cells = lg_array(cx->mem, n, sizeof *row->cells);
	for (size_t i = 0; i < n; i++)
		row->cells[row->n_cells++] =
		    (struct html_table_rows_cells){ .label = t->heads[i + 1].name, .value = count(cx, numbers[i]) };
}

static void put_gained(struct lg_ctx *cx, const struct db_run_gained_rows *rows, struct html_sheet *v)
{
	const char *const heads[] = { lg_say("Why they found nothing in the plan"), lg_say("People") };
	if (!rows->n) return;
	struct html_table *t =
	    table(cx, lg_say("People who would be placed with the change, and are not in the plan"), heads, 2, rows->n);
	for (size_t i = 0; i < rows->n; i++)
		put_row(cx, t, lg_say(choice_text(CHOICE_run_why, rows->rows[i].why ? rows->rows[i].why : "")),
		        &rows->rows[i].n, 1);
	v->sections[v->n_sections++] =
	    (struct html_sheet_sections){ .title = lg_say("Whom it would help"), .body = html_table_any(t) };
}

static void put_filled(struct lg_ctx *cx, struct call *c, const struct db_run_filled_rows *rows, struct html_sheet *v)
{
	const char *const heads[] = { lg_say("Occupation"), lg_say("Filled in the plan"), lg_say("With the change") };
	struct html_table *t = table(cx, lg_say("Where it differs from the plan"), heads, 3, rows->n);
	for (size_t i = 0; i < rows->n; i++) {
		const struct db_run_filled_row *r = &rows->rows[i];
		put_row(cx, t, *r->occupation ? form_concept(c, r->occupation) : lg_say("No occupation is stated"),
		        (const int64_t[]){ r->before, r->now }, 2);
	}
	if (!rows->n) t->empty = lg_say("Of every occupation as many as in the plan.");
	v->sections[v->n_sections++] = (struct html_sheet_sections){ .title = lg_say("Which openings would be filled"),
		                                                     .body = html_table_any(t) };
}

void what_if_put(struct lg_ctx *cx, struct call *c, const json_t *outcome, const struct db_run_since_row *before,
                 const struct what_if_found *found, struct html_sheet *v)
{
	put_then(cx, outcome, before, v);
	put_gained(cx, &found->gained, v);
	put_filled(cx, c, &found->filled, v);
}

json_t *what_if_json(const struct db_run_get_row *run, const struct db_run_since_row *b,
                     const struct what_if_found *found)
{
	json_t *gained = json_object(), *filled = json_array();
	for (size_t i = 0; i < found->gained.n; i++)
		json_object_set_new(gained, found->gained.rows[i].why ? found->gained.rows[i].why : "",
		                    json_integer((json_int_t)found->gained.rows[i].n));
	for (size_t i = 0; i < found->filled.n; i++) {
		const struct db_run_filled_row *r = &found->filled.rows[i];
		json_array_append_new(filled, json_pack("{s:s, s:I, s:I}", "occupation", r->occupation, "before",
		                                        (json_int_t)r->before, "then", (json_int_t)r->now));
	}
	return json_pack("{s:s, s:I, s:I, s:I, s:I, s:I, s:I, s:o, s:o}", "of", run->of_run, "placed_before",
	                 (json_int_t)b->placed, "score_before", (json_int_t)score_of(b), "same", (json_int_t)b->same,
	                 "elsewhere", (json_int_t)b->elsewhere, "gained", (json_int_t)b->anew, "lost",
	                 (json_int_t)b->no_more, "gained_by_why", gained, "filled", filled);
}
