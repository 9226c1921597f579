/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/day.sql.h"

#include <string.h>

#include "app/answer.h"
#include "app/audit.h"
#include "app/page.h"
#include "core/candidate_list.h"
#include "core/colleague.h"
#include "core/core.h"
#include "core/proposal.sql.h"
#include "core/task.sql.h"
#include "view/my_day.html.h"
#include "view/number.h"
#include "view/speech.h"
#include "view/when.h"

enum { SHOWN = 12, MINE = 8, FAR = 7, ANSWER_DAYS = 7 };

struct day {
	struct db_task_mine_rows tasks;
	struct db_day_steps_rows steps;
	struct db_day_without_step_rows without;
	struct db_candidate_list_rows mine;
	struct db_proposal_waiting_rows proposals;
	struct db_candidate_count_row count;
	struct db_colleague_list_rows colleagues;
	struct list_ask ask;
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

/* An answer is asked for again when it has been waited for a week. */
static int32_t answer_due(const struct db_proposal_waiting_row *r) { return r->state_since + ANSWER_DAYS; }

static struct html_my_day_tasks of_proposal(struct lg_ctx *cx, const struct db_proposal_waiting_row *r, int32_t today)
{
	const char *whom = name_of(cx, r->given_name, r->family_name, r->is_protected);
	return (struct html_my_day_tasks){ .icon = "how-to-reg",
		                           .tone = tone(answer_due(r), today),
		                           .title = lg_printf(cx->mem, "%s → %s", whom, r->title),
		                           .more = lg_printf(cx->mem, "%s · %s",
		                                             lg_say(choice_text(CHOICE_proposal_state, r->state)),
		                                             near(cx, r->state_since, today)),
		                           .url = lg_printf(cx->mem, "/proposals/%s", r->id),
		                           .act = lg_say("Open"),
		                           .act_says = whom };
}

/* Tasks, next steps and proposals that wait for an answer, in one line by date. */
static void put_tasks(struct lg_ctx *cx, const struct day *d, int32_t today, struct html_my_day *v)
{
	size_t a = 0, b = 0, p = 0;
	v->tasks = lg_array(cx->mem, SHOWN, sizeof *v->tasks);
	while (v->n_tasks < SHOWN) {
		int32_t task = a < d->tasks.n ? d->tasks.rows[a].due : INT32_MAX,
		        step = b < d->steps.n ? d->steps.rows[b].next_on : INT32_MAX,
		        waits = p < d->proposals.n ? answer_due(&d->proposals.rows[p]) : INT32_MAX;
		if (task == INT32_MAX && step == INT32_MAX && waits == INT32_MAX) break;
		v->tasks[v->n_tasks++] = task <= step && task <= waits ? of_task(cx, &d->tasks.rows[a++], today)
		                         : step <= waits               ? of_step(cx, &d->steps.rows[b++], today)
		                                         : of_proposal(cx, &d->proposals.rows[p++], today);
	}
	if (v->n_tasks) v->tasks[0].first = true;
}

static void put_figure(struct html_my_day *v, const char *name, const char *value, const char *more, const char *url)
{
	v->figures[v->n_figures++] =
	    (struct html_my_day_figures){ .name = name, .value = value, .more = more, .url = url };
}

static const char *number(struct lg_ctx *cx, int64_t n) { return lg_number_count(lg_alloc(cx->mem, 48), (uint64_t)n); }

static void put_figures(struct lg_ctx *cx, const struct day *d, struct html_my_day *v)
{
	v->figures = lg_array(cx->mem, 4, sizeof *v->figures);
	put_figure(v, lg_say("Without a next step"), number(cx, d->count.no_step), lg_say("in the whole office"),
	           "/candidates?flag=no_step");
	put_figure(v, lg_say("Date has passed"), number(cx, d->count.late), lg_say("next steps that are late"),
	           "/candidates?flag=late");
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

static const char *greeting(struct lg_ctx *cx, const struct call *c)
{
	char clock[LG_WHEN];
	int hour = (int)strtol(lg_when_clock(clock, cx->now, c->actor.zone), NULL, 10);
	const char *first = lg_strndup(cx->mem, c->actor.name, strcspn(c->actor.name, " "));
	if (hour < 10) return lg_printf(cx->mem, lg_say("Good morning, %s"), first);
	return hour < 18 ? lg_printf(cx->mem, lg_say("Good day, %s"), first)
	                 : lg_printf(cx->mem, lg_say("Good evening, %s"), first);
}

static enum lg_err read_day(struct lg_ctx *cx, struct call *c, struct day *d)
{
	const char *me = c->actor.account;
	int32_t today = page_today(cx, c);
	*d = (struct day){ .ask = { .q = "",
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
	db_task_mine_send(cx, c->db, &d->tasks, (struct db_task_mine_in){ .owner = me, .room = SHOWN });
	db_day_steps_send(cx, c->db, &d->steps,
	                  (struct db_day_steps_in){ .owner = me, .until = today + FAR, .room = SHOWN });
	db_day_without_step_send(cx, c->db, &d->without,
	                         (struct db_day_without_step_in){ .owner = me, .room = MINE + 1 });
	list_mine_send(cx, c, MINE + 1, &d->mine);
	if (may(&c->actor, MAY_MATCH_READ))
		db_proposal_waiting_send(cx, c->db, &d->proposals,
		                         (struct db_proposal_waiting_in){ .account = me, .room = SHOWN });
	db_candidate_count_send(cx, c->db, &d->count, (struct db_candidate_count_in){ .account = me, .today = today });
	db_colleague_list_send(cx, c->db, &d->colleagues);
	return db_sync(cx, c->db);
}

static void note_seen(struct lg_ctx *cx, struct call *c, const struct day *d)
{
	size_t n = 0;
	const char **ids =
	    lg_array(cx->mem, d->steps.n + d->without.n + d->mine.n + d->tasks.n + d->proposals.n + 1, sizeof *ids);
	for (size_t i = 0; i < d->steps.n; i++) ids[n++] = d->steps.rows[i].id;
	for (size_t i = 0; i < d->without.n; i++) ids[n++] = d->without.rows[i].id;
	for (size_t i = 0; i < d->mine.n; i++) ids[n++] = d->mine.rows[i].id;
	for (size_t i = 0; i < d->proposals.n; i++) ids[n++] = d->proposals.rows[i].candidate;
	for (size_t i = 0; i < d->tasks.n; i++)
		if (d->tasks.rows[i].candidate) ids[n++] = d->tasks.rows[i].candidate;
	audit_seen(cx, c, ids, n);
}

/* Those who see no candidates begin where their work is. */
static const char *first_page(const struct call *c)
{
	if (may(&c->actor, MAY_ACCOUNT_ADMIN)) return "/members";
	return may(&c->actor, MAY_AUDIT_READ) ? "/audit" : "/account";
}

enum lg_err on_day(struct lg_ctx *cx, struct call *c)
{
	struct day d;
	char date[LG_WHEN], weekday[LG_WHEN];
	if (!may(&c->actor, MAY_CANDIDATE_READ)) return answer_see(cx, c, first_page(c), NULL), LG_OK;
	LG_TRY(read_day(cx, c, &d));
	note_seen(cx, c, &d);
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
	put_tasks(cx, &d, today, &v);
	put_figures(cx, &d, &v);
	put_without(cx, c, &d, &v);
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
