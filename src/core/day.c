/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/day.h"

#include <stdlib.h>
#include <string.h>

#include "app/answer.h"
#include "app/audit.h"
#include "app/page.h"
#include "core/candidate_list.h"
#include "core/colleague.h"
#include "core/core.h"
#include "core/day.sql.h"
#include "core/fast_lane.h"
#include "core/follow.h"
#include "core/message.h"
#include "core/proposal.h"
#include "core/record_pages.h"
#include "core/share.h"
#include "core/share_outcome.h"
#include "core/sheet_table.h"
#include "core/task.sql.h"
#include "core/webhook.h"
#include "view/number.h"
#include "view/sheet.html.h"
#include "view/speech.h"
#include "view/when.h"

enum { SHOWN = 12, WAITING = 6, ALL = 200, MINE = 8, FAR = 7, OLD = 3, FAST = 5 };

struct day {
	struct db_task_mine_rows tasks;
	struct db_day_steps_rows steps;
	struct db_day_without_step_rows without;
	struct db_day_without_solution_rows unsolved;
	struct db_day_old_rows old;
	struct db_candidate_list_rows mine;
	struct db_proposal_waiting_rows proposals;
	struct db_webhook_failed_rows webhooks;
	struct db_share_received_rows shares;
	struct db_share_outcome_due_rows asks;
	struct db_agreement_list_rows agreements;
	void **came; /* of each module: what was queued, or NULL */
	struct day_line *lines;
	size_t n_lines; /* what modules put here */
	struct db_fast_lane_list_rows fast;
	struct db_candidate_count_row count;
	struct db_colleague_list_rows colleagues;
	struct list_ask ask;
	bool whole; /* all that is to be done, not the first of it */
};

static const char *name_of(struct lg_ctx *cx, const char *given, const char *family, bool is_protected)
{
	if (is_protected) return lg_say("Protected person");
	return given ? lg_printf(cx->mem, "%s %s", given, family) : "";
}

static const char *near(struct lg_ctx *cx, int32_t day, int32_t today)
{
	return lg_when_near(lg_alloc(cx->mem, LG_WHEN), day, today);
}

static const char *tone(int32_t day, int32_t today) { return day < today ? "bad" : day == today ? "warn" : ""; }

static struct html_my_day_tasks of_task(struct lg_ctx *cx, const struct db_task_mine_row *r, int32_t today)
{
	const char *whom = name_of(cx, r->given_name, r->family_name, r->is_protected), *when = near(cx, r->due, today);
	return (struct html_my_day_tasks){ .icon = "list-check",
		                           .tone = tone(r->due, today),
		                           .title = r->what,
		                           .more = *whom ? lg_printf(cx->mem, "%s · %s", when, whom) : when,
		                           .url = lg_printf(cx->mem, "/tasks/%s/done", r->id),
		                           .act = lg_say("Done"),
		                           .act_says = r->what,
		                           .post = true };
}

static struct html_my_day_tasks of_step(struct lg_ctx *cx, const struct db_day_steps_row *r, int32_t today)
{
	const char *whom = name_of(cx, r->given_name, r->family_name, r->is_protected);
	return (struct html_my_day_tasks){ .icon = "person",
		                           .tone = tone(r->next_on, today),
		                           .title = r->next_step,
		                           .more = lg_printf(cx->mem, "%s · %s", near(cx, r->next_on, today), whom),
		                           .url = lg_printf(cx->mem, "/candidates/%s", r->id),
		                           .act = lg_say("Open"),
		                           .act_says = whom };
}

static struct html_my_day_tasks of_old(struct lg_ctx *cx, const struct call *c, const struct db_day_old_row *r)
{
	const char *whom = name_of(cx, r->given_name, r->family_name, r->is_protected);
	struct html_my_day_tasks t = { .icon = "person",
		                       .tone = "warn",
		                       .title = lg_printf(cx->mem, lg_say("Ask %s whether all is still true"), whom),
		                       .more = lg_printf(cx->mem, lg_say("confirmed by the person: %s"),
		                                         page_date(cx, r->confirmed_on)),
		                       .url = lg_printf(cx->mem, "/candidates/%s", r->id),
		                       .act = lg_say("Open"),
		                       .act_says = whom };
	if (!may(&c->actor, MAY_CANDIDATE_WRITE)) return t;
	struct html_my_day_tasks_others *others = lg_array(cx->mem, 2, sizeof *others);
	others[t.n_others++] =
	    (struct html_my_day_tasks_others){ .url = lg_printf(cx->mem, "/candidates/%s/confirm", r->id),
		                               .act = lg_say("All is still true"),
		                               .act_says = whom,
		                               .post = true,
		                               .version = record_version(cx, r->version) };
	if (may(&c->actor, MAY_NOTE_WRITE))
		others[t.n_others++] =
		    (struct html_my_day_tasks_others){ .url = lg_printf(cx->mem, "/candidates/%s/messages/still_true",
			                                                r->id),
			                               .act = lg_say("Ask by mail"),
			                               .act_says = whom };
	t.others = others;
	return t;
}

static const char *number(struct lg_ctx *cx, int64_t n) { return lg_number_count(lg_alloc(cx->mem, 48), (uint64_t)n); }

/* --- proposals: one press for what comes next, for closing, for waiting */

struct follow_up {
	const struct db_proposal_waiting_row *r;
	const char *step, *later, *whom;
	struct html_my_day_tasks t;
	struct html_my_day_tasks_others others[3];
};

static void put_other(struct lg_ctx *cx, struct follow_up *f, const char *url, const char *act, const char *state,
                      const char *reason)
{
	f->others[f->t.n_others++] = (struct html_my_day_tasks_others){ .url = url,
		                                                        .act = act,
		                                                        .act_says = f->whom,
		                                                        .post = true,
		                                                        .version = record_version(cx, f->r->version),
		                                                        .state = state,
		                                                        .reason = reason };
}

/* A link to what may be written; kind NULL: nothing. */
static void put_letter(struct lg_ctx *cx, struct follow_up *f, const char *kind, const char *act)
{
	if (!kind) return;
	f->others[f->t.n_others++] = (struct html_my_day_tasks_others){
		.url = lg_printf(cx->mem, "/proposals/%s/messages/%s", f->r->id, kind), .act = act, .act_says = f->whom
	};
}

static void put_first(struct lg_ctx *cx, struct follow_up *f, const char *act, const char *state, const char *reason)
{
	f->t.url = f->step, f->t.act = act, f->t.post = true;
	f->t.version = record_version(cx, f->r->version), f->t.state = state, f->t.reason = reason;
}

/* What comes next as a rule, and a no where a yes is waited for. */
static void put_answers(struct lg_ctx *cx, struct follow_up *f)
{
	size_t n;
	const struct proposal_move *m = proposal_moves(f->r->state, &n);
	put_first(cx, f, lg_say(m[0].text), m[0].to, NULL);
	if (n > 1 && !strcmp(m[1].to, "declined")) put_other(cx, f, f->step, lg_say(m[1].text), m[1].to, NULL);
}

static void put_acts(struct lg_ctx *cx, struct follow_up *f, enum follow_stage stage)
{
	const char *closed = proposal_closed(f->r->state);
	switch (stage) {
	case FOLLOW_WAITS: put_answers(cx, f); break;
	case FOLLOW_REMINDS:
		put_answers(cx, f);
		put_letter(cx, f, message_reminder(f->r->state), lg_say("Write and ask"));
		put_other(cx, f, f->later, lg_say("Remind me in a week"), NULL, NULL);
		break;
	case FOLLOW_ASKS_TO_CLOSE:
		put_first(cx, f, lg_say("Close it"), closed, "no_answer");
		put_other(cx, f, f->later, lg_say("Remind me in a week"), NULL, NULL);
		break;
	case FOLLOW_IS_GONE:
		put_first(cx, f, lg_say("Close it"), closed, "gone");
		put_letter(cx, f, "not_this_time", lg_say("Tell the person"));
		put_other(cx, f, f->later, lg_say("Remind me in a week"), NULL, NULL);
		break;
	}
}

static const char *stage_words(enum follow_stage stage)
{
	switch (stage) {
	case FOLLOW_REMINDS: return lg_say("no answer yet: ask again");
	case FOLLOW_ASKS_TO_CLOSE: return lg_say("no answer for long: close it?");
	case FOLLOW_IS_GONE: return lg_say("no longer possible: tell the person, and close it");
	case FOLLOW_WAITS: break;
	}
	return NULL;
}

static struct html_my_day_tasks of_proposal(struct lg_ctx *cx, const struct call *c,
                                            const struct db_proposal_waiting_row *r, int32_t today)
{
	enum follow_stage stage = follow_stage(r->due, r->close_on, r->gone, today);
	const char *page = lg_printf(cx->mem, "/proposals/%s", r->id), *says = stage_words(stage);
	struct follow_up *f = lg_alloc(cx->mem, sizeof *f);
	*f = (struct follow_up){ .r = r,
		                 .whom = name_of(cx, r->given_name, r->family_name, r->is_protected),
		                 .step = lg_printf(cx->mem, "%s/state", page),
		                 .later = lg_printf(cx->mem, "%s/later", page) };
	f->t = (struct html_my_day_tasks){ .icon = "how-to-reg",
		                           .tone = stage == FOLLOW_WAITS     ? ""
		                                   : stage == FOLLOW_REMINDS ? "warn"
		                                                             : "bad",
		                           .title = lg_printf(cx->mem, "%s → %s", f->whom, r->title),
		                           .more = lg_printf(cx->mem, "%s · %s",
		                                             lg_say(choice_text(CHOICE_proposal_state, r->state)),
		                                             near(cx, r->state_since, today)),
		                           .url = page,
		                           .act = lg_say("Open"),
		                           .act_says = f->whom,
		                           .about = page,
		                           .others = f->others };
	if (says) f->t.more = lg_printf(cx->mem, "%s · %s", f->t.more, says);
	if (may(&c->actor, MAY_MATCH_DECIDE)) put_acts(cx, f, stage);
	return f->t;
}

/* --- all of them in one line by date */

struct line {
	int32_t due;
	size_t at; /* its place before sorting */
	struct html_my_day_tasks task;
};

static int by_date(const void *a, const void *b)
{
	const struct line *x = a, *y = b;
	return x->due != y->due ? (x->due < y->due ? -1 : 1) : x->at < y->at ? -1 : 1;
}

/* What somebody else waits for is not crowded out by what does not: it has its share of the lines. */
static size_t cut(struct line *all, size_t n, size_t waiting, bool whole)
{
	size_t room = whole ? ALL : SHOWN - (waiting < WAITING ? waiting : WAITING);
	qsort(all, n, sizeof *all, by_date);
	return n < room ? n : room;
}

/* Who can start now stands before all that has a date; a few at a time, so that it does not hide what is late. */
static bool put_fast(struct lg_ctx *cx, struct call *c, const struct day *d, struct html_my_day *v)
{
	size_t most = d->whole ? ALL : FAST, i = 0;
	for (; i < d->fast.n && v->n_tasks < most; i++)
		v->n_tasks += fast_lane_task(cx, c, &d->fast.rows[i], &v->tasks[v->n_tasks]);
	return i < d->fast.n;
}

static void put_tasks(struct lg_ctx *cx, struct call *c, const struct day *d, int32_t today, struct html_my_day *v)
{
	size_t n = 0, waiting = d->proposals.n;
	struct line *all = lg_array(cx->mem,
	                            d->webhooks.n + d->agreements.n + d->n_lines + d->shares.n + d->asks.n +
	                                d->tasks.n + d->steps.n + waiting + d->old.n + 1,
	                            sizeof *all);
	if (!d->whole && waiting > WAITING) waiting = WAITING;
	for (size_t i = 0; i < d->webhooks.n; i++, n++)
		all[n] = (struct line){ 0, n, webhook_task(cx, c, &d->webhooks.rows[i]) };
	for (size_t i = 0; i < d->agreements.n; i++, n++)
		all[n] = (struct line){ today, n, agreement_task(cx, &d->agreements.rows[i]) };
	for (size_t i = 0; i < d->n_lines; i++, n++) all[n] = (struct line){ d->lines[i].due, n, d->lines[i].task };
	for (size_t i = 0; i < d->shares.n; i++, n++)
		all[n] = (struct line){ d->shares.rows[i].deadline, n, share_task(cx, c, &d->shares.rows[i], today) };
	for (size_t i = 0; i < d->asks.n; i++, n++)
		all[n] = (struct line){ d->asks.rows[i].due, n, share_outcome_task(cx, c, &d->asks.rows[i], today) };
	for (size_t i = 0; i < d->tasks.n; i++, n++)
		all[n] = (struct line){ d->tasks.rows[i].due, n, of_task(cx, &d->tasks.rows[i], today) };
	for (size_t i = 0; i < d->steps.n; i++, n++)
		all[n] = (struct line){ d->steps.rows[i].next_on, n, of_step(cx, &d->steps.rows[i], today) };
	for (size_t i = 0; i < d->old.n; i++, n++) all[n] = (struct line){ today, n, of_old(cx, c, &d->old.rows[i]) };
	size_t shown = cut(all, n, waiting, d->whole);
	bool more = shown < n || waiting < d->proposals.n;
	for (size_t i = 0; i < waiting; i++, shown++)
		all[shown] =
		    (struct line){ d->proposals.rows[i].due, n + i, of_proposal(cx, c, &d->proposals.rows[i], today) };
	qsort(all, shown, sizeof *all, by_date);
	v->tasks = lg_array(cx->mem, d->fast.n + shown + 1, sizeof *v->tasks);
	more = put_fast(cx, c, d, v) || more;
	for (size_t i = 0; i < shown; i++) v->tasks[v->n_tasks++] = all[i].task;
	if (v->n_tasks) v->tasks[0].first = true;
	if (more) v->all_tasks = "/?all=1", v->all_tasks_name = lg_say("See all");
}

static void put_figure(struct html_my_day *v, const char *name, const char *value, const char *more, const char *url)
{
	v->figures[v->n_figures++] =
	    (struct html_my_day_figures){ .name = name, .value = value, .more = more, .url = url };
}

static void put_figures(struct lg_ctx *cx, const struct day *d, struct html_my_day *v)
{
	v->figures = lg_array(cx->mem, 6, sizeof *v->figures);
	put_figure(v, lg_say("No solution yet"), number(cx, d->count.no_solution),
	           lg_say("could begin, and nothing is under way"), "/candidates?flag=no_solution");
	put_figure(v, lg_say("Without a next step"), number(cx, d->count.no_step), lg_say("in the whole office"),
	           "/candidates?flag=no_step");
	put_figure(v, lg_say("Date has passed"), number(cx, d->count.late), lg_say("next steps that are late"),
	           "/candidates?flag=late");
	put_figure(v, lg_say("Not confirmed for 90 days"), number(cx, d->count.old), lg_say("to be asked again"),
	           "/candidates?flag=old");
	put_figure(v, lg_say("In placement or work"), number(cx, d->count.placed),
	           lg_printf(cx->mem, lg_say("of %s people"), number(cx, d->count.open)), "/candidates?state=placed");
	put_figure(v, lg_say("Permit ends soon"), number(cx, d->count.permit), lg_say("within 90 days"),
	           "/candidates?flag=permit");
}

static void put_without(struct lg_ctx *cx, const struct call *c, const struct day *d, struct html_my_day *v)
{
	v->without = lg_array(cx->mem, d->without.n + 1, sizeof *v->without);
	for (size_t i = 0; i < d->without.n && i < MINE; i++) {
		const struct db_day_without_step_row *r = &d->without.rows[i];
		v->without[v->n_without++] = (struct html_my_day_without){
			.url = lg_printf(cx->mem, "/candidates/%s", r->id),
			.name = name_of(cx, r->given_name, r->family_name, r->is_protected),
			.more = lg_say(choice_text(CHOICE_state, r->state)),
			.act_url = lg_printf(
			    cx->mem,
			    may(&c->actor, MAY_CANDIDATE_WRITE) ? "/candidates/%s/edit/next" : "/candidates/%s", r->id)
		};
	}
	if (d->without.n > MINE) v->all_without = "/candidates?flag=no_step", v->all_without_name = lg_say("See all");
}

/* One press from here to what may suit, and one more to propose it. */
static void put_unsolved(struct lg_ctx *cx, const struct call *c, const struct day *d, int32_t today,
                         struct html_my_day *v)
{
	if (!may(&c->actor, MAY_MATCH_READ)) return;
	struct html_events *list = lg_alloc(cx->mem, sizeof *list);
	list->events = lg_array(cx->mem, d->unsolved.n + 1, sizeof *list->events);
	list->empty = lg_say("Something is under way for each of your candidates who could begin.");
	for (size_t i = 0; i < d->unsolved.n; i++) {
		const struct db_day_without_solution_row *r = &d->unsolved.rows[i];
		const char *whom = name_of(cx, r->given_name, r->family_name, r->is_protected);
		list->events[list->n_events++] =
		    (struct html_events_events){ .icon = "person",
			                         .title = whom,
			                         .when = lg_printf(cx->mem, lg_say("waits since: %s"),
			                                           near(cx, r->state_since, today)),
			                         .url = lg_printf(cx->mem, "/candidates/%s/matches", r->id),
			                         .act = lg_printf(cx->mem, lg_say("What suits %s"), whom) };
	}
	v->panels = lg_array(cx->mem, 1, sizeof *v->panels);
	v->panels[v->n_panels++] =
	    (struct html_my_day_panels){ .title = lg_say("No solution yet"), .body = html_events_any(list) };
}

static const char *greeting(struct lg_ctx *cx, const struct call *c)
{
	char clock[LG_WHEN];
	int hour = (int)strtol(lg_when_clock(clock, cx->now, c->actor.zone), NULL, 10);
	const char *first = lg_strndup(cx->mem, c->actor.name, strcspn(c->actor.name, " "));
	if (hour < 10) return lg_printf(cx->mem, lg_say("Good morning, %s"), first);
	return hour < 18 ? lg_printf(cx->mem, lg_say("Good day, %s"), first)
	                 : lg_printf(cx->mem, lg_say("Good evening, %s"), first);
}

/* --- what modules put here */

static void queue_modules(struct lg_ctx *cx, struct call *c, struct day *d)
{
	const struct app_setup *setup = app_setup(c->app);
	d->came = lg_array(cx->mem, setup->n_day + 1, sizeof *d->came);
	for (size_t i = 0; i < setup->n_day; i++) d->came[i] = setup->day[i].queue(cx, c);
}

static void use_modules(struct lg_ctx *cx, struct call *c, struct day *d)
{
	const struct app_setup *setup = app_setup(c->app);
	d->lines = lg_array(cx->mem, setup->n_day * DAY_LINES_MOST + 1, sizeof *d->lines);
	for (size_t i = 0; i < setup->n_day; i++)
		if (d->came[i]) d->n_lines += setup->day[i].use(cx, c, d->came[i], d->lines + d->n_lines);
}

static enum lg_err read_day(struct lg_ctx *cx, struct call *c, struct day *d)
{
	const char *me = c->actor.account;
	int32_t today = page_today(cx, c);
	const char *all = http_query(c->rq, "all");
	int64_t room = all && !strcmp(all, "1") ? ALL : SHOWN;
	*d = (struct day){ .whole = room == ALL,
		           .ask = { .q = "",
		                    .state = "open",
		                    .municipality = "",
		                    .owner = me,
		                    .occupation = "",
		                    .language = "",
		                    .level = "",
		                    .wants = "",
		                    .flag = "",
		                    .sort = "next",
		                    .room = MINE } };
	db_task_mine_send(cx, c->db, &d->tasks, (struct db_task_mine_in){ .owner = me, .room = room });
	db_day_steps_send(cx, c->db, &d->steps,
	                  (struct db_day_steps_in){ .owner = me, .until = today + FAR, .room = room });
	db_day_without_step_send(cx, c->db, &d->without,
	                         (struct db_day_without_step_in){ .owner = me, .room = MINE + 1 });
	list_mine_send(cx, c, MINE + 1, &d->mine);
	db_day_old_send(
	    cx, c->db, &d->old,
	    (struct db_day_old_in){ .owner = me, .since = today - FOLLOW_FACTS_DAYS, .room = room == ALL ? ALL : OLD });
	fast_lane_due_send(cx, c, d->whole ? ALL : FAST + 1, &d->fast);
	if (may(&c->actor, MAY_MATCH_READ)) {
		db_proposal_waiting_send(
		    cx, c->db, &d->proposals,
		    (struct db_proposal_waiting_in){
		        .account = me, .usual = follow_usual(), .today = today, .until = today + FAR, .room = room });
		db_day_without_solution_send(cx, c->db, &d->unsolved,
		                             (struct db_day_without_solution_in){ .owner = me, .room = MINE });
	}
	webhooks_failed_send(cx, c, &d->webhooks);
	if (may(&c->actor, MAY_AGREEMENT_WRITE)) agreement_due_send(cx, c, &d->agreements);
	queue_modules(cx, c, d);
	if (may(&c->actor, MAY_SHARE_READ)) {
		share_due_send(cx, c, today + FAR, (size_t)room, &d->shares);
		share_outcome_due_send(cx, c, today + FAR, (size_t)room, &d->asks);
	}
	db_candidate_count_send(cx, c->db, &d->count, (struct db_candidate_count_in){ .account = me, .today = today });
	db_colleague_list_send(cx, c->db, &d->colleagues);
	return db_sync(cx, c->db);
}

static void note_seen(struct lg_ctx *cx, struct call *c, const struct day *d)
{
	size_t n = 0;
	const char **ids = lg_array(cx->mem,
	                            d->steps.n + d->without.n + d->mine.n + d->tasks.n + d->proposals.n +
	                                d->unsolved.n + d->old.n + d->fast.n + 1,
	                            sizeof *ids);
	for (size_t i = 0; i < d->steps.n; i++) ids[n++] = d->steps.rows[i].id;
	for (size_t i = 0; i < d->without.n; i++) ids[n++] = d->without.rows[i].id;
	for (size_t i = 0; i < d->mine.n; i++) ids[n++] = d->mine.rows[i].id;
	for (size_t i = 0; i < d->proposals.n; i++) ids[n++] = d->proposals.rows[i].candidate;
	for (size_t i = 0; i < d->unsolved.n; i++) ids[n++] = d->unsolved.rows[i].id;
	for (size_t i = 0; i < d->old.n; i++) ids[n++] = d->old.rows[i].id;
	for (size_t i = 0; i < d->fast.n; i++) ids[n++] = d->fast.rows[i].candidate;
	for (size_t i = 0; i < d->tasks.n; i++)
		if (d->tasks.rows[i].candidate) ids[n++] = d->tasks.rows[i].candidate;
	share_due_seen(cx, c, &d->shares);
	share_outcome_due_seen(cx, c, &d->asks);
	audit_seen(cx, c, ids, n);
}

/* Those who see no candidates begin where their work is. */
static const char *first_page(const struct call *c)
{
	if (may(&c->actor, MAY_ACCOUNT_ADMIN)) return "/members";
	return may(&c->actor, MAY_AUDIT_READ) ? "/audit" : "/account";
}

/* Who only administers has a day when something is broken, or waits for the office's word. */
static enum lg_err show_broken(struct lg_ctx *cx, struct call *c)
{
	struct db_webhook_failed_rows rows = { 0 };
	struct db_agreement_list_rows agreements = { 0 };
	webhooks_failed_send(cx, c, &rows);
	if (may(&c->actor, MAY_AGREEMENT_WRITE)) agreement_due_send(cx, c, &agreements);
	LG_TRY(app_end(cx, c));
	if (!rows.n && !agreements.n) return answer_see(cx, c, first_page(c), NULL), LG_OK;
	const char *heads[] = { lg_say("Do this first"), lg_say("More about this") };
	struct html_records *v =
	    sheet_table(cx, c, "first", lg_say("Do this first"), heads, 2, rows.n + agreements.n, false);
	for (size_t i = 0; i < rows.n + agreements.n; i++) {
		struct html_my_day_tasks task =
		    i < rows.n ? webhook_task(cx, c, &rows.rows[i]) : agreement_task(cx, &agreements.rows[i - rows.n]);
		(void)sheet_table_row(cx, v, task.title, task.url, heads, &task.more, 1);
	}
	struct html_sheet_sections section = { .body = html_records_any(v) };
	struct html_sheet sheet = { .title = greeting(cx, c), .sections = &section, .n_sections = 1 };
	page_answer(cx, c, &(struct page){ .title = lg_say("My day"), .here = "day" }, html_sheet_any(&sheet));
	return LG_OK;
}

enum lg_err on_day(struct lg_ctx *cx, struct call *c)
{
	struct day d;
	char date[LG_WHEN], weekday[LG_WHEN];
	if (!may(&c->actor, MAY_CANDIDATE_READ)) return show_broken(cx, c);
	LG_TRY(read_day(cx, c, &d));
	note_seen(cx, c, &d);
	use_modules(cx, c, &d);
	LG_TRY(app_end(cx, c));
	int32_t today = page_today(cx, c);
	struct form_with with = colleagues_of(cx, &d.colleagues);
	struct html_my_day v = { .greeting = greeting(cx, c),
		                 .csrf = page_csrf(cx, c),
		                 .all = lg_printf(cx->mem, "/candidates?owner=%s", c->actor.account),
		                 .all_name = lg_printf(cx->mem, lg_say("See all %s"), number(cx, d.count.mine)) };
	v.lead = lg_printf(cx->mem, "%s, %s", lg_when_weekday(weekday, today), lg_when_date(date, today));
	v.actions = lg_array(cx->mem, 2, sizeof *v.actions);
	if (may(&c->actor, MAY_MATCH_READ))
		v.actions[v.n_actions++] = (struct html_my_day_actions){ .url = "/doors",
			                                                 .name = lg_say("What opens the most doors"),
			                                                 .icon = "search" };
	if (may(&c->actor, MAY_CANDIDATE_WRITE))
		v.actions[v.n_actions++] = (struct html_my_day_actions){
			.url = "/candidates/new", .name = lg_say("New candidate"), .icon = "person-add", .first = true
		};
	put_tasks(cx, c, &d, today, &v);
	put_figures(cx, &d, &v);
	put_without(cx, c, &d, &v);
	put_unsolved(cx, c, &d, today, &v);
	struct html_records *mine = list_records(cx, c, &d.ask, d.mine.rows, d.mine.n > MINE ? MINE : d.mine.n, &with);
	for (size_t i = 0; i < mine->n_heads; i++) mine->heads[i].sort = mine->heads[i].sorted = NULL;
	mine->id = "mine-list", mine->caption = lg_say("Table of my candidates");
	mine->empty = lg_say("No candidates yet"), mine->empty_more = lg_say("Those that you take care of stand here.");
	v.mine = mine;
	page_answer(
	    cx, c,
	    &(struct page){ .title = lg_say("My day"), .here = "day", .invented = d.mine.n && d.mine.rows[0].invented },
	    html_my_day_any(&v));
	return LG_OK;
}
