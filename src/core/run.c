/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/run.h"

#include <string.h>

#include "app/answer.h"
#include "app/audit.h"
#include "app/page.h"
#include "app/record.h"
#include "core/colleague.h"
#include "core/core.h"
#include "core/entity.h"
#include "core/input.h"
#include "core/match_terms.h"
#include "core/record_pages.h"
#include "core/record_store.h"
#include "view/record_new.html.h"
#include "view/speech.h"

/* --- rules */

static const char *weight_field(enum lgm_part part, char out[60])
{
	(void)snprintf(out, 60, "weight_%s", lgm_part_name(part));
	return out;
}

json_t *run_default(struct lg_ctx *cx, const struct call *c)
{
	json_t *o = record_keep(cx, json_pack("{s:s}", "objective", "people"));
	const struct match_terms *terms = app_setup(c->app)->terms;
	char name[60];
	for (unsigned p = 0; terms && p < LGM_PARTS; p++)
		json_object_set_new(o, weight_field((enum lgm_part)p, name), json_integer(terms->setup.weight[p]));
	return o;
}

const char *run_fault(const json_t *asked, const char **field)
{
	int64_t sum = 0;
	bool any = false;
	char name[60];
	*field = "purpose";
	if (!*record_word(asked, "purpose")) return LG_TEXT("Please fill this in.");
	*field = "objective";
	if (!*record_word(asked, "objective")) return LG_TEXT("Please fill this in.");
	*field = "weight_occupation";
	for (unsigned p = 0; p < LGM_PARTS; p++) {
		int64_t w = record_number(asked, weight_field((enum lgm_part)p, name), -1);
		any = any || w >= 0;
		sum += w > 0 ? w : 0;
	}
	if (any && sum == 0) return LG_TEXT("At least one part must give points.");
	if (sum > 10000) return LG_TEXT("All parts together give at most 10,000 points.");
	return NULL;
}

/* Parts that nobody said anything about have the weights of the lists, so that the order says all that counts. */
static void fill_in(struct lg_ctx *cx, const struct call *c, json_t *asked)
{
	const char *name;
	json_t *value, *all = run_default(cx, c);
	json_object_foreach(all, name, value)
	{
		const json_t *said = json_object_get(asked, name);
		if (!said || json_is_null(said)) json_object_set(asked, name, value);
	}
}

const char *run_name(struct lg_ctx *cx, const char *purpose, const char *of_run)
{
	return of_run ? lg_printf(cx->mem, lg_say("What if: %s"), purpose) : purpose;
}

/* --- ordering */

static enum lg_err read_with(struct lg_ctx *cx, struct call *c, struct form_with *with)
{
	struct db_colleague_list_rows colleagues = { 0 };
	struct db_unit_choices_rows units = { 0 };
	db_colleague_list_send(cx, c->db, &colleagues);
	db_unit_choices_send(cx, c->db, &units);
	LG_TRY(db_sync(cx, c->db));
	*with = colleagues_of(cx, &colleagues);
	put_units_of(cx, with, &units);
	return LG_OK;
}

static void show_new(struct lg_ctx *cx, struct call *c, const json_t *record, const struct form_with *with)
{
	struct html_form *form = record_quick_form(cx, c, &run_entity, "/runs", lg_say("Order the plan"), record, with);
	struct html_record_new v = {
		.title = lg_say("A new plan"),
		.lead = lg_say("The best plan for many people and openings at once, instead of one person at a time."),
		.form = form
	};
	struct page_crumb crumbs[] = { { lg_say("Plans"), "/runs" } };
	v.tips = lg_array(cx->mem, 2, sizeof *v.tips);
	v.tips[v.n_tips++] = (struct html_record_new_tips){
		lg_say("Nothing is sent to anybody"),
		lg_say("A plan is a proposal to you. You look at each pair, and put on the short list what you agree "
		       "with. The person and the employer hear of it from you."),
		NULL, NULL
	};
	v.tips[v.n_tips++] = (struct html_record_new_tips){
		lg_say("What it looks at"),
		lg_say("It compares what is written down, and nothing else: no names, no sex, no age, no nationality."),
		"/matching", lg_say("What the matching does, and what it does not")
	};
	page_answer(cx, c, &(struct page){ .title = v.title, .crumbs = crumbs, .n_crumbs = 1, .here = "runs" },
	            html_record_new_any(&v));
}

enum lg_err on_run_new(struct lg_ctx *cx, struct call *c)
{
	struct form_with with;
	struct db_run_get_row like = { 0 };
	json_t *record = run_default(cx, c), *before;
	const char *id, *asks = http_query(c->rq, "like");
	LG_TRY(read_with(cx, c, &with));
	if (asks) {
		LG_TRY(app_uuid(asks, &id));
		LG_TRY(db_run_get(cx, c->db, &like, (struct db_run_get_in){ .id = id }));
		LG_TRY(record_parse(cx, &before, like.asked, strlen(like.asked)));
		json_object_update(record, before);
	}
	LG_TRY(app_end(cx, c));
	show_new(cx, c, record, &with);
	return LG_OK;
}

static enum lg_err order(struct lg_ctx *cx, struct call *c, json_t *asked, const char **id)
{
	const char *field, *fault = run_fault(asked, &field);
	struct db_run_waiting_row waiting = { 0 };
	struct db_run_add_row row = { 0 };
	if (fault) return lg_fail(cx, LG_INVALID, field, lg_say(fault));
	fill_in(cx, c, asked);
	fault = run_fault(asked, &field);
	if (fault) return lg_fail(cx, LG_INVALID, field, lg_say(fault));
	LG_TRY(db_run_waiting(cx, c->db, &waiting));
	if (waiting.n >= RUN_WAITING_MOST)
		return lg_fail(cx, LG_INVALID, "",
		               lg_say("Some plans of the office wait already. Wait until one is done."));
	*id = record_new_id(cx);
	LG_TRY(db_run_add(
	    cx, c->db, &row,
	    (struct db_run_add_in){ .id = *id,
	                            .purpose = record_word(asked, "purpose"),
	                            .asked = record_text(cx, asked),
	                            .municipality = record_word(asked, "municipality"),
	                            .owner = *record_word(asked, "owner") ? record_word(asked, "owner") : NULL,
	                            .unit = *record_word(asked, "unit") ? record_word(asked, "unit") : NULL,
	                            .busy = record_flag(asked, "busy"),
	                            .opening_municipality = record_word(asked, "opening_municipality"),
	                            .opening_kind = record_word(asked, "opening_kind"),
	                            .opening_consultant = *record_word(asked, "opening_consultant")
	                                                      ? record_word(asked, "opening_consultant")
	                                                      : NULL,
	                            .today = page_today(cx, c) }));
	if (!row.n_candidates)
		return lg_fail(cx, LG_INVALID, "municipality", lg_say("Nobody who is available fits these filters."));
	if (!row.n_openings)
		return lg_fail(cx, LG_INVALID, "opening_municipality",
		               lg_say("No open opening with a free position fits these filters."));
	LG_TRY(audit_change(cx, c, "ordered", "run", *id, 1, NULL, NULL));
	return db_sync(cx, c->db);
}

enum lg_err on_run_add(struct lg_ctx *cx, struct call *c)
{
	struct form_with with;
	json_t *asked, *typed;
	const char *id = NULL;
	LG_TRY(read_with(cx, c, &with));
	enum lg_err err = record_read_new(cx, c, &run_entity, &asked, &typed);
	if (err == LG_OK) err = order(cx, c, asked, &id);
	if (err == LG_INVALID && !c->api) {
		db_abandon(c->db); /* what was too much of it */
		c->db = NULL;
		return show_new(cx, c, typed, &with), LG_OK;
	}
	LG_TRY(err);
	record_answer_made(cx, c, "/runs", id, "run_ordered");
	return LG_OK;
}

/* --- approving */

struct picked {
	struct db_list candidates;
	bool everybody;
};

static enum lg_err read_picked_json(struct lg_ctx *cx, struct call *c, struct picked *out)
{
	static const char *const names[] = { "candidates", "all", NULL };
	json_t *body, *one;
	size_t i;
	LG_TRY(input_json(cx, c, &body));
	LG_TRY(input_only(cx, c, body, names));
	const json_t *list = json_object_get(body, "candidates");
	const char **ids = lg_array(cx->mem, json_array_size(list) + 1, sizeof *ids);
	json_array_foreach(list, i, one)
	{
		const char *text = json_string_value(one);
		if (!text || app_uuid(text, &ids[i]) != LG_OK)
			return lg_fail(cx, LG_INVALID, "candidates", lg_say("Choose one of the list."));
	}
	out->candidates = (struct db_list){ .texts = ids, .n = json_array_size(list) };
	out->everybody = record_flag(body, "all");
	return LG_OK;
}

static enum lg_err read_picked(struct lg_ctx *cx, struct call *c, struct picked *out)
{
	const char *what = http_form(c->rq, "do");
	if (c->api) return read_picked_json(cx, c, out);
	const char **ids = lg_array(cx->mem, c->rq->form.n + 1, sizeof *ids);
	*out = (struct picked){ .candidates.texts = ids };
	for (size_t i = 0; i < c->rq->form.n; i++)
		if (!strcmp(c->rq->form.at[i].name, "pick") &&
		    app_uuid(c->rq->form.at[i].value, &ids[out->candidates.n]) == LG_OK)
			out->candidates.n++;
	if (!what || (strcmp(what, "chosen") != 0 && strcmp(what, "all") != 0))
		return lg_fail(cx, LG_INVALID, "do", lg_say("Choose one of the list."));
	out->everybody = !strcmp(what, "all");
	return LG_OK;
}

enum lg_err on_run_approve(struct lg_ctx *cx, struct call *c)
{
	struct picked picked = { 0 };
	struct db_run_get_row run = { 0 };
	struct db_run_approve_rows rows = { 0 };
	const char *id, *path;
	LG_TRY(app_uuid(c->rq->args[0], &id));
	LG_TRY(read_picked(cx, c, &picked));
	db_run_get_send(cx, c->db, &run, (struct db_run_get_in){ .id = id });
	db_run_approve_send(cx, c->db, &rows,
	                    (struct db_run_approve_in){ .run = id,
	                                                .everybody = picked.everybody,
	                                                .candidates = picked.candidates,
	                                                .by = c->actor.account,
	                                                .today = page_today(cx, c),
	                                                .most = RUN_APPROVED_MOST });
	LG_TRY(db_sync(cx, c->db));
	if (run.of_run)
		return lg_fail(cx, LG_INVALID, "",
		               lg_say("Nobody is proposed from a what-if: make a plan of it first."));
	for (size_t i = 0; i < rows.n; i++) {
		LG_TRY(audit_change(cx, c, "proposed", "proposal", rows.rows[i].candidate, 0, NULL, NULL));
		LG_TRY(audit_change(cx, c, "proposed", "proposal", rows.rows[i].opening, 0, NULL, NULL));
	}
	if (rows.n) LG_TRY(audit_change(cx, c, "approved", "run", id, 0, NULL, NULL));
	LG_TRY(app_end(cx, c));
	path = lg_printf(cx->mem, "/runs/%s", id);
	if (!c->api) return answer_see(cx, c, path, rows.n ? "run_approved" : "run_none"), LG_OK;
	answer_json(cx, c, 200, record_keep(cx, json_pack("{s:I}", "approved", (json_int_t)rows.n)));
	return LG_OK;
}
