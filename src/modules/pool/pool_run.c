/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* A plan over all that a pool is given: ordered, shown, and sent to the offices whose candidates they are. The jobs
 * process computes it as it does any plan (core/run_job.h). */
#include <stdlib.h>
#include <string.h>

#include "app/answer.h"
#include "app/audit.h"
#include "app/page.h"
#include "app/record.h"
#include "app/seal.h"
#include "core/choice.h"
#include "core/core.h"
#include "core/input.h"
#include "core/list_page.h"
#include "core/record_pages.h"
#include "core/record_store.h"
#include "core/run.h"
#include "core/share.h"
#include "modules/pool/entities.h"
#include "modules/pool/pool.h"
#include "modules/pool/pool_opening.sql.h"
#include "modules/pool/pool_run.sql.h"
#include "view/record_new.html.h"
#include "view/run_progress.html.h"
#include "view/speech.h"

enum { BEST = 10001 };

static int64_t figure(const json_t *o, const char *name) { return record_number(o, name, 0); }

/* Only a pool makes plans over what it is given: elsewhere there is nothing here. */
static enum lg_err of_pool(const struct call *c) { return pool_is(c) ? LG_OK : LG_UNKNOWN; }

/* --- ordering */

static void show_new(struct lg_ctx *cx, struct call *c, const json_t *record)
{
	struct html_record_new v = { .title = lg_say("A new plan"),
		                     .lead =
		                         lg_say("The best plan for all people and openings that the pool is given."),
		                     .form = record_quick_form(cx, c, &pool_run_entity, "/pools/runs",
		                                               lg_say("Order the plan"), record, NULL) };
	v.tips = lg_array(cx->mem, 2, sizeof *v.tips);
	v.tips[v.n_tips++] = (struct html_record_new_tips){
		lg_say("Nothing is sent to anybody"),
		lg_say(
		    "You look at what came of it first. Once you send it, each office sees what was found for its own "
		    "people, and decides."),
		NULL, NULL
	};
	v.tips[v.n_tips++] = (struct html_record_new_tips){
		lg_say("What it looks at"),
		lg_say("It compares what is written down, and nothing else: no names, no sex, no age, no nationality."),
		"/matching", lg_say("What the matching does, and what it does not")
	};
	struct page_crumb crumbs[] = { { lg_say("Pools"), "/pools" } };
	page_answer(cx, c, &(struct page){ .title = v.title, .crumbs = crumbs, .n_crumbs = 1, .here = "shares" },
	            html_record_new_any(&v));
}

enum lg_err on_pool_run_new(struct lg_ctx *cx, struct call *c)
{
	LG_TRY(of_pool(c));
	LG_TRY(app_end(cx, c));
	show_new(cx, c, record_keep(cx, json_pack("{s:s}", "objective", "people")));
	return LG_OK;
}

static enum lg_err order(struct lg_ctx *cx, struct call *c, json_t *asked, const char **id)
{
	struct db_run_waiting_row waiting = { 0 };
	struct db_pool_run_add_row row = { 0 };
	struct db_pool_run_whole_row whole;
	json_t *all = run_default(cx, c);
	const char *field, *name, *fault;
	json_t *value;
	json_object_foreach(asked, name, value) if (!json_is_null(value)) json_object_set(all, name, value);
	json_object_set_new(all, "pool", json_true());
	fault = run_fault(all, &field);
	if (fault) return lg_fail(cx, LG_INVALID, field, lg_say(fault));
	LG_TRY(db_run_waiting(cx, c->db, &waiting));
	if (waiting.n >= RUN_WAITING_MOST)
		return lg_fail(cx, LG_INVALID, "",
		               lg_say("Some plans of the office wait already. Wait until one is done."));
	*id = record_new_id(cx);
	LG_TRY(db_pool_run_whole(cx, c->db, &whole));
	LG_TRY(db_pool_run_add(
	    cx, c->db, &row,
	    (struct db_pool_run_add_in){ .id = *id,
	                                 .purpose = record_word(all, "purpose"),
	                                 .asked = record_text(cx, all),
	                                 .municipality = record_word(all, "municipality"),
	                                 .busy = record_flag(all, "busy"),
	                                 .opening_municipality = record_word(all, "opening_municipality"),
	                                 .opening_kind = record_word(all, "opening_kind"),
	                                 .today = page_today(cx, c) }));
	if (!row.n_candidates)
		return lg_fail(cx, LG_INVALID, "municipality",
		               lg_say("Nobody who is given to the pool fits these filters."));
	if (!row.n_openings)
		return lg_fail(cx, LG_INVALID, "opening_municipality",
		               lg_say("No open opening with a free position fits these filters."));
	return audit_change(cx, c, "ordered", "run", *id, 1, NULL, NULL);
}

enum lg_err on_pool_run_add(struct lg_ctx *cx, struct call *c)
{
	json_t *asked, *typed;
	const char *id = NULL;
	LG_TRY(of_pool(c));
	enum lg_err err = record_read_new(cx, c, &pool_run_entity, &asked, &typed);
	if (err == LG_OK) err = order(cx, c, asked, &id);
	if (err == LG_INVALID && !c->api) {
		db_abandon(c->db); /* what was too much of it */
		c->db = NULL;
		return show_new(cx, c, typed), LG_OK;
	}
	LG_TRY(err);
	record_answer_made(cx, c, "/pools/runs", id, "run_ordered");
	return LG_OK;
}

/* --- one */

struct shown {
	struct db_run_get_row run;
	struct db_pool_run_said_row said;
	struct db_pool_run_sending_row sending;
	struct db_pool_run_pairs_rows pairs;
	struct list_of ask;
	const json_t *outcome;
	const char *path;
	size_t n;
	bool invented;
};

static enum lg_err read(struct lg_ctx *cx, struct call *c, struct shown *s)
{
	static const char *const no_parts[] = { NULL };
	const char *id;
	json_t *outcome = record_keep(cx, json_object());
	*s = (struct shown){ 0 };
	LG_TRY(app_uuid(c->rq->args[0], &id));
	LG_TRY(list_of_read(cx, c, &s->ask, no_parts));
	db_run_get_send(cx, c->db, &s->run, (struct db_run_get_in){ .id = id });
	db_pool_run_said_send(cx, c->db, &s->said, (struct db_pool_run_said_in){ .run = id });
	db_pool_run_sending_send(cx, c->db, &s->sending, (struct db_pool_run_sending_in){ .run = id });
	db_pool_run_pairs_send(cx, c->db, &s->pairs,
	                       (struct db_pool_run_pairs_in){
	                           .run = id,
	                           .after_score = *s->ask.after_key ? strtoll(s->ask.after_key, NULL, 10) : BEST,
	                           .after_id = s->ask.after_id,
	                           .room = s->ask.room + 1 });
	LG_TRY(db_sync(cx, c->db));
	s->n = s->pairs.n > (size_t)s->ask.room ? (size_t)s->ask.room : s->pairs.n;
	s->path = lg_printf(cx->mem, "/pools/runs/%s", id);
	if (s->run.outcome) LG_TRY(record_parse(cx, &outcome, s->run.outcome, strlen(s->run.outcome)));
	s->outcome = outcome;
	return LG_OK;
}

/* Cards are shown: that is told to those who gave, and stands in the audit. */
static void note_seen(struct lg_ctx *cx, struct call *c, const struct shown *s)
{
	const char **ids = lg_array(cx->mem, s->n + 1, sizeof *ids);
	for (size_t i = 0; i < s->n; i++) ids[i] = s->pairs.rows[i].share;
	if (!s->n) return;
	db_pool_opening_cards_seen_send(cx, c->db,
	                                (struct db_pool_opening_cards_seen_in){ .ids = { .texts = ids, .n = s->n } });
	audit_seen(cx, c, ids, s->n);
}

static json_t *card_of(struct lg_ctx *cx, const char *text)
{
	json_t *card;
	return record_parse(cx, &card, text, strlen(text)) == LG_OK ? card : record_keep(cx, json_object());
}

static struct html_found *pairs_of(struct lg_ctx *cx, struct call *c, struct shown *s)
{
	const char *const heads[] = { lg_say("Person"),     lg_say("From"),  lg_say("Opening"),
		                      lg_say("Offered by"), lg_say("Score"), lg_say("State") };
	struct html_found *found = lg_alloc(cx->mem, sizeof *found);
	struct html_records *v = list_table(cx, lg_say("Pairs of this plan"), heads, 6, s->n);
	for (size_t i = 0; i < s->n; i++) {
		const struct db_pool_run_pairs_row *p = &s->pairs.rows[i];
		json_t *card = card_of(cx, p->card);
		struct html_records_rows *row = &v->rows[v->n_rows++];
		const char *name = share_name(cx, c, card);
		s->invented = s->invented || record_flag(card, "invented");
		*row = (struct html_records_rows){ .says = name, .url = lg_printf(cx->mem, "/shares/%s", p->share) };
		row->name = lg_array(cx->mem, 1, sizeof *row->name);
		row->name[row->n_name++].plain = name;
		row->cells = lg_array(cx->mem, 5, sizeof *row->cells);
		list_cell(row, heads[1], p->from_name);
		list_cell(row, heads[2], record_word(card_of(cx, p->opening_card), "title"));
		list_cell(row, heads[3], p->office_name);
		list_cell(row, heads[4], pool_count(cx, p->score))->number = true;
		list_cell(row, heads[5], p->sent ? lg_say("Sent") : lg_say("Not sent yet"))->tone =
		    p->sent ? "good" : "info";
	}
	v->empty = lg_say("Nobody was placed");
	found->count = lg_printf(cx->mem, lg_says("%s row", "%s rows", s->n), pool_count(cx, (int64_t)s->n));
	found->records = v;
	if (s->pairs.n > s->n) {
		const struct db_pool_run_pairs_row *last = &s->pairs.rows[s->n - 1];
		list_put_pages(cx, &s->ask, s->path, found, lg_printf(cx->mem, "%lld", (long long)last->score),
		               last->handle);
	}
	return found;
}

static const char *few(struct lg_ctx *cx, int64_t n)
{
	return n && n < POOL_TELLS_FROM ? lg_say("fewer than five") : pool_count(cx, n);
}

static bool is_being_sent(const struct shown *s) { return s->sending.left_over > 0; }

static struct html_facts *came_of(struct lg_ctx *cx, const struct shown *s)
{
	const json_t *o = s->outcome;
	struct html_facts *f = pool_facts(cx, 10);
	int64_t placed = figure(o, "placed");
	f->wide = true;
	pool_fact(f, lg_say("People placed"),
	          lg_printf(cx->mem, lg_say("%s of %s"), pool_count(cx, placed), pool_count(cx, s->run.n_candidates)));
	pool_fact(f, lg_say("Positions filled"),
	          lg_printf(cx->mem, lg_say("%s of %s"), pool_count(cx, placed), pool_count(cx, s->run.n_positions)));
	if (placed)
		pool_fact(f, lg_say("Score of a pair, on average"),
		          lg_printf(cx->mem, lg_say("%s of 10,000"), pool_count(cx, figure(o, "score") / placed)));
	if (figure(o, "decided"))
		pool_fact(f, lg_say("Left out because people decided before"), few(cx, figure(o, "decided")));
	pool_fact(f, lg_say("Proof"),
	          lg_printf(cx->mem,
	                    lg_say("Both sides of the proof come to the same: %s and %s. A check that does not "
	                           "know how the plan was found looked at all %s pairs again, and found %s faults."),
	                    pool_count(cx, figure(o, "primal")), pool_count(cx, figure(o, "dual")),
	                    pool_count(cx, figure(o, "looked_at")), pool_count(cx, figure(o, "faults"))));
	if (!is_being_sent(s)) pool_fact(f, lg_say("Sent to members"), pool_count(cx, s->said.sent));
	if (s->said.sent && !is_being_sent(s)) {
		pool_fact(f, lg_say("Waiting"), few(cx, s->said.waiting));
		pool_fact(f, lg_say("Approved"), few(cx, s->said.approved));
		pool_fact(f, lg_say("Rejected"), few(cx, s->said.rejected));
	}
	pool_fact(f, lg_say("To compute it anew"), lg_printf(cx->mem, "landgang runs replay %s", s->run.id));
	return f;
}

static struct html_run_progress *progress(struct lg_ctx *cx, const struct shown *s)
{
	struct html_run_progress *v = lg_alloc(cx->mem, sizeof *v);
	*v = (struct html_run_progress){ .url = s->path,
		                         .says = lg_say(choice_text(CHOICE_run_stage, s->run.stage)),
		                         .known = s->run.steps_all > 0,
		                         .done = (int)s->run.steps_done,
		                         .all = (int)s->run.steps_all };
	v->more = lg_printf(cx->mem, lg_say("%s people and %s positions. You can leave this page; the plan goes on."),
	                    pool_count(cx, s->run.n_candidates), pool_count(cx, s->run.n_positions));
	return v;
}

/* Members see theirs once all of it is there: until then it is no result. */
static struct html_run_progress *send_progress(struct lg_ctx *cx, const struct shown *s)
{
	struct html_run_progress *v = lg_alloc(cx->mem, sizeof *v);
	*v = (struct html_run_progress){ .url = s->path,
		                         .says = lg_printf(cx->mem, lg_say("Being sent: %s of %s pairs"),
		                                           pool_count(cx, s->sending.gone_over),
		                                           pool_count(cx, s->sending.pairs)),
		                         .known = true,
		                         .done = (int)s->sending.gone_over,
		                         .all = (int)s->sending.pairs,
		                         .more = lg_say("Each office sees its own once all of them are there. You can "
		                                        "leave this page; the sending goes on.") };
	return v;
}

static struct html_form *send_form(struct lg_ctx *cx, struct call *c, const struct shown *s)
{
	struct html_form *v = lg_alloc(cx->mem, sizeof *v);
	*v = (struct html_form){ .action = lg_printf(cx->mem, "%s/send", s->path),
		                 .csrf = page_csrf(cx, c),
		                 .submit = lg_say("Send it to the members") };
	v->intro =
	    lg_say("Each office sees what was found for its own people, and nothing else. The office of an opening "
	           "hears of a person once theirs has approved it.");
	return v;
}

static void show(struct lg_ctx *cx, struct call *c, struct shown *s)
{
	bool done = !strcmp(s->run.state, "done"), failed = !strcmp(s->run.state, "failed");
	struct html_sheet v = { .title = s->run.purpose, .lead = lg_say(choice_text(CHOICE_run_state, s->run.state)) };
	v.sections = lg_array(cx->mem, 4, sizeof *v.sections);
	struct html_facts *why = pool_facts(cx, 1);
	if (failed) {
		pool_fact(why, lg_say("It could not be computed"), record_word(s->outcome, "failed"));
		pool_section(&v, lg_say("What came of it"), NULL, html_facts_any(why));
	} else if (!done)
		pool_section(&v, lg_say("How far it is"), NULL, html_run_progress_any(progress(cx, s)));
	else {
		struct html_found *pairs = pairs_of(cx, c, s);
		if (!s->ask.goes_on) pool_section(&v, lg_say("What came of it"), NULL, html_facts_any(came_of(cx, s)));
		if (is_being_sent(s) && !s->ask.goes_on)
			pool_section(&v, lg_say("How far it is"), NULL, html_run_progress_any(send_progress(cx, s)));
		if (!s->sending.members && figure(s->outcome, "placed") && !s->ask.goes_on &&
		    may(&c->actor, MAY_MATCH_DECIDE))
			pool_section(&v, lg_say("What comes next"), NULL, html_form_any(send_form(cx, c, s)));
		pool_section(&v, lg_say("Pairs of this plan"), NULL, html_found_any(pairs));
	}
	struct page_crumb crumbs[] = { { lg_say("Pools"), "/pools" } };
	page_answer(cx, c,
	            &(struct page){
	                .title = v.title, .crumbs = crumbs, .n_crumbs = 1, .here = "shares", .invented = s->invented },
	            html_sheet_any(&v));
}

static json_t *as_json(struct lg_ctx *cx, const struct shown *s)
{
	json_t *items = json_array();
	json_t *o =
	    record_keep(cx, json_pack("{s:s, s:s, s:s, s:I, s:I, s:I, s:I}", "id", s->run.id, "state", s->run.state,
	                              "purpose", s->run.purpose, "candidates", (json_int_t)s->run.n_candidates,
	                              "openings", (json_int_t)s->run.n_openings, "positions",
	                              (json_int_t)s->run.n_positions, "sent", (json_int_t)s->said.sent));
	const char *const names[] = { "waiting", "approved", "rejected" };
	const int64_t counts[] = { s->said.waiting, s->said.approved, s->said.rejected };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (!counts[i] || counts[i] >= POOL_TELLS_FROM)
			json_object_set_new(o, names[i], json_integer(counts[i]));
	json_object_set(o, "outcome", (json_t *)(uintptr_t)s->outcome);
	json_object_set_new(o, "sending",
	                    json_pack("{s:I, s:I, s:b}", "pairs", (json_int_t)s->sending.pairs, "gone_over",
	                              (json_int_t)s->sending.gone_over, "whole",
	                              s->sending.members && !s->sending.left_over));
	if (!strcmp(s->run.state, "done")) {
		json_object_set_new(o, "input_hash",
		                    json_string(seal_hex(cx, s->run.input_hash.data, s->run.input_hash.n)));
		json_object_set_new(o, "result_hash",
		                    json_string(seal_hex(cx, s->run.result_hash.data, s->run.result_hash.n)));
	}
	for (size_t i = 0; i < s->n; i++) {
		const struct db_pool_run_pairs_row *p = &s->pairs.rows[i];
		json_array_append_new(items, json_pack("{s:s, s:s, s:s, s:I, s:b}", "share", p->share, "from",
		                                       p->from_name, "office", p->office_name, "score",
		                                       (json_int_t)p->score, "sent", (int)p->sent));
	}
	json_object_set_new(o, "items", items);
	if (s->pairs.n > s->n)
		list_put_next(cx, o, lg_printf(cx->mem, "%lld", (long long)s->pairs.rows[s->n - 1].score),
		              s->pairs.rows[s->n - 1].handle);
	return o;
}

enum lg_err on_pool_run(struct lg_ctx *cx, struct call *c)
{
	struct shown s;
	LG_TRY(of_pool(c));
	LG_TRY(read(cx, c, &s));
	note_seen(cx, c, &s);
	LG_TRY(app_end(cx, c));
	if (c->api) return answer_json(cx, c, 200, as_json(cx, &s)), LG_OK;
	bool ended = !strcmp(s.run.state, "done") || !strcmp(s.run.state, "failed"), sending = is_being_sent(&s);
	if (c->partial && ended && !sending)
		return http_put_header(c->rs, "HX-Refresh", "true"), c->rs->status = 200, LG_OK;
	if (c->partial) {
		page_answer(cx, c, &(struct page){ .title = s.run.purpose, .here = "shares" },
		            html_run_progress_any(sending ? send_progress(cx, &s) : progress(cx, &s)));
		return LG_OK;
	}
	show(cx, c, &s);
	return LG_OK;
}

/* --- sending: ordered here, done by the jobs process (schema/0055) */

enum lg_err on_pool_run_send(struct lg_ctx *cx, struct call *c)
{
	struct db_run_get_row run = { 0 };
	struct db_pool_run_send_row row = { 0 };
	const char *id;
	LG_TRY(of_pool(c));
	LG_TRY(app_uuid(c->rq->args[0], &id));
	LG_TRY(db_run_get(cx, c->db, &run, (struct db_run_get_in){ .id = id }));
	LG_TRY(db_pool_run_send(cx, c->db, &row, (struct db_pool_run_send_in){ .run = id }));
	if (row.n) LG_TRY(audit_change(cx, c, "sent", "run", id, 0, NULL, NULL));
	LG_TRY(app_end(cx, c));
	if (c->api)
		return answer_json(cx, c, 200, record_keep(cx, json_pack("{s:I}", "pairs", (json_int_t)row.n))), LG_OK;
	answer_see(cx, c, lg_printf(cx->mem, "/pools/runs/%s", id), row.n ? "pool_sent" : "pool_none");
	return LG_OK;
}
