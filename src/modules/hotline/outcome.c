/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* What became of it, to the end; the questions that come by themselves. */
#include <string.h>

#include "app/answer.h"
#include "app/audit.h"
#include "app/page.h"
#include "app/record.h"
#include "base/date.h"
#include "core/candidate.h"
#include "core/candidate_view.h"
#include "core/colleague.h"
#include "core/input.h"
#include "core/outcome_rules.h"
#include "core/record_pages.h"
#include "core/record_store.h"
#include "core/share_outcome.h"
#include "modules/hotline/entities.h"
#include "modules/hotline/hotline.h"
#include "modules/hotline/outcome.sql.h"
#include "view/events.html.h"
#include "view/sheet.html.h"
#include "view/speech.h"

enum { LATEST = 60 };

static const char *word(const json_t *record, const char *name) { return record_word(record, name); }

struct shown {
	struct candidate one;
	struct db_outcome_list_rows rows;
	struct db_share_outcomes_rows elsewhere; /* written by offices that took a card on */
	struct db_colleague_list_rows colleagues;
};

static enum lg_err read(struct lg_ctx *cx, struct call *c, struct shown *out)
{
	const char *id;
	LG_TRY(app_uuid(c->rq->args[0], &id));
	struct candidate_asked *asked = candidate_ask(cx, c, id);
	db_outcome_list_send(cx, c->db, &out->rows, (struct db_outcome_list_in){ .candidate = id, .room = LATEST });
	db_share_outcomes_of_candidate_send(
	    cx, c->db, &out->elsewhere, (struct db_share_outcomes_of_candidate_in){ .candidate = id, .room = LATEST });
	db_colleague_list_send(cx, c->db, &out->colleagues);
	LG_TRY(db_sync(cx, c->db));
	return candidate_take(cx, c, asked, &out->one);
}

static struct html_events *latest(struct lg_ctx *cx, const struct shown *s)
{
	struct html_events *v = lg_alloc(cx->mem, sizeof *v);
	struct form_with with = colleagues_of(cx, &s->colleagues);
	v->events = lg_array(cx->mem, s->rows.n + 1, sizeof *v->events);
	v->empty = lg_say("Nothing is written down yet.");
	for (size_t i = 0; i < s->rows.n; i++) {
		const struct db_outcome_list_row *r = &s->rows.rows[i];
		const char *kind = lg_say(choice_text(CHOICE_outcome, r->kind));
		v->events[v->n_events++] = (struct html_events_events){
			.icon = "flag",
			.title = r->place ? lg_printf(cx->mem, "%s · %s", kind, r->place) : kind,
			.when = page_date(cx, r->on_day),
			.who = form_member_name(&with, r->account),
			.words = r->words,
			.why = r->reason ? lg_say(choice_text(CHOICE_outcome_stop, r->reason)) : NULL,
		};
	}
	return v;
}

static void show(struct lg_ctx *cx, struct call *c, const struct shown *s, const json_t *typed)
{
	const char *path = lg_printf(cx->mem, "/candidates/%s", s->one.id);
	const char *name = record_flag(s->one.record, "protected_address") ? lg_say("Protected person")
	                                                                   : candidate_name(cx, s->one.record);
	struct html_sheet v = { .title = lg_say("What became of it"), .lead = name };
	v.sections = lg_array(cx->mem, 3, sizeof *v.sections);
	if (may(&c->actor, MAY_CANDIDATE_WRITE)) {
		struct html_form *form = form_of_section(cx, c, &outcome_entity, &outcome_entity.sections[0], typed,
		                                         NULL, lg_printf(cx->mem, "%s/outcomes", path));
		v.sections[v.n_sections++] =
		    (struct html_sheet_sections){ .id = "new",
			                          .title = lg_say("Write down what happened"),
			                          .help = lg_say("A visit or a language café counts too. After a "
			                                         "start, questions come by themselves after 3, 6 and "
			                                         "12 months."),
			                          .body = html_form_any(form) };
	}
	v.sections[v.n_sections++] = (struct html_sheet_sections){ .id = "latest",
		                                                   .title = lg_say("So far"),
		                                                   .body = html_events_any(latest(cx, s)) };
	if (s->elsewhere.n)
		v.sections[v.n_sections++] = (struct html_sheet_sections){
			.id = "elsewhere",
			.title = lg_say("At other offices"),
			.body = html_events_any(share_outcome_events(cx, c, s->elsewhere.rows, s->elsewhere.n))
		};
	struct page_crumb crumbs[] = { { lg_say("Candidates"), "/candidates" }, { name, path } };
	page_answer(
	    cx, c,
	    &(struct page){
	        .title = v.title, .crumbs = crumbs, .n_crumbs = 2, .here = "candidates", .invented = s->one.invented },
	    html_sheet_any(&v));
}

static json_t *as_json(struct lg_ctx *cx, const struct shown *s)
{
	json_t *list = record_keep(cx, json_array());
	for (size_t i = 0; i < s->rows.n; i++) {
		const struct db_outcome_list_row *r = &s->rows.rows[i];
		char day[11];
		lg_date_print(day, r->on_day);
		json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:s?, s:s?, s:s?}", "id", r->id, "kind", r->kind,
		                                      "on_day", day, "reason", r->reason, "place", r->place, "words",
		                                      r->words));
	}
	share_outcome_json(list, s->elsewhere.rows, s->elsewhere.n);
	return list;
}

enum lg_err on_outcomes(struct lg_ctx *cx, struct call *c)
{
	struct shown s = { 0 };
	LG_TRY(read(cx, c, &s));
	audit_seen(cx, c, &s.one.id, 1);
	LG_TRY(app_end(cx, c));
	if (c->api)
		answer_json(cx, c, 200, as_json(cx, &s));
	else
		show(cx, c, &s, record_keep(cx, json_object()));
	return LG_OK;
}

/* --- writing */

/* What was asked for is known now: no need to ask. After a stop nothing is asked any more. */
static void settle(struct lg_ctx *cx, struct call *c, const char *candidate, const char *kind, int32_t day)
{
	struct db_outcome_tasks_done_in in = { .candidate = candidate,
		                               .by = c->actor.account,
		                               .until = day + OUTCOME_LEEWAY_DAYS };
	if (!strcmp(kind, "stopped")) in.until = DB_NO_DATE;
	if (!strcmp(kind, "stopped") || !strncmp(kind, "still_", 6)) db_outcome_tasks_done_send(cx, c->db, in);
}

static struct db_list set_asks(struct lg_ctx *cx, struct call *c, const struct candidate *one, const char *kind,
                               int32_t day)
{
	struct outcome_ask asks[OUTCOME_ASKS];
	size_t n = outcome_asks(asks, kind, day);
	const char **ids = lg_array(cx->mem, n + 1, sizeof *ids), *owner = word(one->record, "owner");
	for (size_t i = 0; i < n; i++) {
		ids[i] = record_new_id(cx);
		db_outcome_task_add_send(
		    cx, c->db,
		    (struct db_outcome_task_add_in){ .id = ids[i],
		                                     .candidate = one->id,
		                                     .what = lg_say(outcome_ask_text(asks[i].what)),
		                                     .due = asks[i].due,
		                                     .owner = *owner ? owner : c->actor.account });
	}
	return (struct db_list){ .texts = ids, .n = n };
}

enum lg_err on_outcome_add(struct lg_ctx *cx, struct call *c)
{
	struct shown s = { 0 };
	struct db_outcome_add_row row = { 0 };
	json_t *record, *typed;
	int32_t day = 0;
	LG_TRY(read(cx, c, &s));
	enum lg_err err = input_section(cx, c, &outcome_entity, &outcome_entity.sections[0], &record, &typed);
	const char *on = err == LG_OK ? word(record, "on_day") : "";
	if (err == LG_OK) lg_assert(lg_date_read(&day, on, strlen(on)));
	if (err == LG_OK)
		err = share_outcome_check(cx, word(record, "kind"), word(record, "reason"), day, page_today(cx, c));
	if (err == LG_INVALID && !c->api) return show(cx, c, &s, typed), LG_OK;
	LG_TRY(err);
	const char *id = record_new_id(cx), *kind = word(record, "kind"), *reason = word(record, "reason"),
	           *place = word(record, "place"), *words = word(record, "words");
	settle(cx, c, s.one.id, kind, day);
	struct db_list tasks = set_asks(cx, c, &s.one, kind, day);
	db_outcome_add_send(cx, c->db, &row,
	                    (struct db_outcome_add_in){ .id = id,
	                                                .candidate = s.one.id,
	                                                .kind = kind,
	                                                .on_day = day,
	                                                .reason = *reason ? reason : NULL,
	                                                .place = *place ? place : NULL,
	                                                .words = *words ? words : NULL,
	                                                .task_ids = tasks,
	                                                .by = c->actor.account });
	LG_TRY(audit_change(cx, c, "followed_up", "candidate", s.one.id, s.one.version, s.one.key, NULL));
	LG_TRY(db_sync(cx, c->db));
	if (c->api) return answer_json(cx, c, 201, record_keep(cx, json_pack("{s:s}", "id", id))), LG_OK;
	answer_see(cx, c, lg_printf(cx->mem, "/candidates/%s/outcomes", s.one.id), "saved");
	return LG_OK;
}
