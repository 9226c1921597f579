/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* Plans as people see them: which there are. */
#include <stdlib.h>
#include <string.h>

#include "app/answer.h"
#include "app/page.h"
#include "app/record.h"
#include "core/colleague.h"
#include "core/core.h"
#include "core/list_page.h"
#include "core/run.h"
#include "view/number.h"
#include "view/sheet.html.h"
#include "view/speech.h"

enum { TEXT_ROOM = 48 };

static const char *count(struct lg_ctx *cx, int64_t n)
{
	char out[TEXT_ROOM];
	return lg_strdup(cx->mem, lg_number_count(out, n < 0 ? 0 : (uint64_t)n));
}

static const char *state_words(const char *state) { return lg_say(choice_text(CHOICE_run_state, state)); }

static const char *tone_of(const char *state)
{
	return !strcmp(state, "done") ? "good" : !strcmp(state, "failed") ? "bad" : "info";
}

/* --- all of them */

static const char *const no_parts[] = { NULL };

static struct html_records *runs(struct lg_ctx *cx, struct call *c, const struct db_run_list_rows *rows, size_t n,
                                 const struct form_with *with)
{
	const char *const heads[] = { lg_say("What for"), lg_say("Ordered"), lg_say("By"),
		                      lg_say("People"),   lg_say("Placed"),  lg_say("State") };
	struct html_records *v = list_table(cx, lg_say("Plans"), heads, sizeof heads / sizeof *heads, n);
	for (size_t i = 0; i < n; i++) {
		const struct db_run_list_row *r = &rows->rows[i];
		struct html_records_rows *row = &v->rows[v->n_rows++];
		row->id = r->id, row->says = run_name(cx, r->purpose, r->of_run),
		row->url = lg_printf(cx->mem, "/runs/%s", r->id);
		row->name = lg_array(cx->mem, 1, sizeof *row->name);
		row->name[row->n_name++].plain = row->says;
		row->cells = lg_array(cx->mem, 5, sizeof *row->cells);
		list_cell(row, lg_say("Ordered"), page_time(cx, c, r->created));
		list_cell(row, lg_say("By"), form_member_name(with, r->created_by));
		list_cell(row, lg_say("People"), count(cx, r->n_candidates))->number = true;
		list_cell(row, lg_say("Placed"), r->placed == DB_NO_INT ? "" : count(cx, r->placed))->number = true;
		list_cell(row, lg_say("State"), state_words(r->state))->tone = tone_of(r->state);
	}
	v->empty = lg_say("No plan has been made yet");
	v->empty_more =
	    lg_say("A plan looks at many people and openings at once, and finds work for as many as can be.");
	v->id = "runs-list", v->action = "/runs/compare", v->csrf = page_csrf(cx, c), v->pick = n > 1;
	v->batch_says = lg_say("With those chosen");
	v->batch = lg_array(cx->mem, 1, sizeof *v->batch);
	if (v->pick)
		v->batch[v->n_batch++] =
		    (struct html_records_batch){ "compare", lg_say("Put two to four side by side") };
	if (may(&c->actor, MAY_MATCH_DECIDE)) v->empty_url = "/runs/new", v->empty_act = lg_say("New plan");
	return v;
}

static json_t *runs_as_json(struct lg_ctx *cx, const struct db_run_list_rows *rows, size_t n)
{
	json_t *o = record_keep(cx, json_object()), *items = json_array();
	for (size_t i = 0; i < n; i++) {
		const struct db_run_list_row *r = &rows->rows[i];
		json_t *one =
		    json_pack("{s:s, s:s, s:s, s:s, s:I, s:I, s:I}", "id", r->id, "purpose", r->purpose, "state",
		              r->state, "created_by", r->created_by, "candidates", (json_int_t)r->n_candidates,
		              "openings", (json_int_t)r->n_openings, "positions", (json_int_t)r->n_positions);
		if (r->of_run) json_object_set_new(one, "what_if_of", json_string(r->of_run));
		if (r->placed != DB_NO_INT) json_object_set_new(one, "placed", json_integer(r->placed));
		json_array_append_new(items, one);
	}
	json_object_set_new(o, "items", items);
	if (rows->n > n)
		list_put_next(cx, o, lg_printf(cx->mem, "%lld", (long long)rows->rows[n - 1].created),
		              rows->rows[n - 1].id);
	return o;
}

static int64_t after_number(const struct list_of *ask, int64_t otherwise)
{
	return *ask->after_key ? strtoll(ask->after_key, NULL, 10) : otherwise;
}

enum lg_err on_run_list(struct lg_ctx *cx, struct call *c)
{
	struct db_run_list_rows rows = { 0 };
	struct db_colleague_list_rows colleagues = { 0 };
	struct list_of ask;
	LG_TRY(list_of_read(cx, c, &ask, no_parts));
	db_run_list_send(cx, c->db, &rows,
	                 (struct db_run_list_in){
	                     .before = after_number(&ask, DB_NO_INT), .after_id = ask.after_id, .room = ask.room + 1 });
	db_colleague_list_send(cx, c->db, &colleagues);
	LG_TRY(app_end(cx, c));
	size_t n = rows.n > (size_t)ask.room ? (size_t)ask.room : rows.n;
	if (c->api) return answer_json(cx, c, 200, runs_as_json(cx, &rows, n)), LG_OK;
	struct form_with with = colleagues_of(cx, &colleagues);
	struct html_found found = { .count =
		                        lg_printf(cx->mem, lg_says("%s plan", "%s plans", n), count(cx, (int64_t)n)),
		                    .records = runs(cx, c, &rows, n, &with) };
	if (rows.n > n)
		list_put_pages(cx, &ask, "/runs", &found,
		               lg_printf(cx->mem, "%lld", (long long)rows.rows[n - 1].created), rows.rows[n - 1].id);
	struct html_sheet v = { .title = lg_say("Plans"),
		                .lead = lg_say(
		                    "The best plan for many people and openings at once. Nothing is sent by it.") };
	v.actions = lg_array(cx->mem, 2, sizeof *v.actions);
	if (may(&c->actor, MAY_MATCH_DECIDE))
		v.actions[v.n_actions++] = (struct html_sheet_actions){
			.url = "/runs/new", .name = lg_say("New plan"), .icon = "plus", .first = true
		};
	v.actions[v.n_actions++] =
	    (struct html_sheet_actions){ .url = "/matching", .name = lg_say("What the matching does"), .icon = "help" };
	struct html_sheet_sections section = { .body = html_found_any(&found) };
	v.sections = &section, v.n_sections = 1;
	page_answer(cx, c, &(struct page){ .title = v.title, .here = "runs" }, html_sheet_any(&v));
	return LG_OK;
}
