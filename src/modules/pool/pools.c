/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* The first page of pools: for a member what it gives and what waits, for a pool its members and plans. */
#include <string.h>

#include "app/answer.h"
#include "app/audit.h"
#include "app/page.h"
#include "app/record.h"
#include "core/choice.h"
#include "core/core.h"
#include "core/form.h"
#include "core/run.h"
#include "core/share.h"
#include "core/sheet_table.h"
#include "core/suppress.h"
#include "modules/pool/giving.sql.h"
#include "modules/pool/pool.h"
#include "modules/pool/pool_match.sql.h"
#include "modules/pool/pools.sql.h"
#include "view/events.html.h"
#include "view/speech.h"
#include "view/table.html.h"
#include "view/when.h"

enum { LISTED = 100, TWICE = 50, RUNS = 10, US = 1000000 };

static const char *last_day(struct lg_ctx *cx, const struct call *c, int64_t until)
{
	return page_date(cx, lg_when_day((until - 1) / US, c->actor.zone));
}

/* --- a member */

struct member {
	struct db_pools_ways_rows ways;
	struct db_giving_list_rows givings;
	struct db_pool_match_list_rows found;
	struct db_giving_twice_rows twice;
};

static enum lg_err read_member(struct lg_ctx *cx, struct call *c, struct member *m)
{
	*m = (struct member){ 0 };
	db_pools_ways_send(cx, c->db, &m->ways, (struct db_pools_ways_in){ .today = page_today(cx, c) });
	db_giving_list_send(cx, c->db, &m->givings, (struct db_giving_list_in){ .room = LISTED });
	if (may(&c->actor, MAY_MATCH_READ))
		db_pool_match_list_send(
		    cx, c->db, &m->found,
		    (struct db_pool_match_list_in){ .state = "waiting",
		                                    .account = c->actor.account,
		                                    .after_score = INT16_MAX,
		                                    .after_id = "00000000-0000-0000-0000-000000000000",
		                                    .room = 1 });
	if (may(&c->actor, MAY_CANDIDATE_READ))
		db_giving_twice_send(cx, c->db, &m->twice, (struct db_giving_twice_in){ .room = TWICE });
	LG_TRY(db_sync(cx, c->db));
	const char **ids = lg_array(cx->mem, m->twice.n + 1, sizeof *ids);
	for (size_t i = 0; i < m->twice.n; i++) ids[i] = m->twice.rows[i].id;
	if (m->twice.n) audit_seen(cx, c, ids, m->twice.n);
	return LG_OK;
}

/* "People · Nurses · Vinterby" */
static const char *kind_words(struct lg_ctx *cx, struct call *c, const struct db_giving_list_row *g)
{
	const char *all = !strcmp(g->side, "opening") ? lg_say("Openings") : lg_say("People");
	const char *parts[] = { g->occupation ? form_concept(c, g->occupation) : NULL,
		                g->municipality ? form_municipality(g->municipality) : NULL,
		                g->kind ? lg_say(choice_text(CHOICE_contract, g->kind)) : NULL,
		                g->unit ? lg_say("one unit") : NULL };
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (parts[i]) all = lg_printf(cx->mem, "%s · %s", all, parts[i]);
	return all;
}

static struct html_records *givings_of(struct lg_ctx *cx, struct call *c, const struct member *m)
{
	const char *heads[] = { lg_say("What is given"), lg_say("To"),         lg_say("Given now"),
		                lg_say("Left out"),      lg_say("Until when"), lg_say("State") };
	struct html_records *v =
	    sheet_table(cx, c, "givings", lg_say("What your office gives"), heads, 6, m->givings.n, false);
	for (size_t i = 0; i < m->givings.n; i++) {
		const struct db_giving_list_row *g = &m->givings.rows[i];
		const char *cells[] = { g->pool_name, pool_count(cx, g->given), pool_count(cx, g->but),
			                last_day(cx, c, g->until),
			                g->alive ? lg_say("It gives") : lg_say("It has ended") };
		struct html_records_rows *row = sheet_table_row(
		    cx, v, kind_words(cx, c, g), lg_printf(cx->mem, "/pools/givings/%s", g->id), heads, cells, 5);
		((struct html_records_rows_cells *)(uintptr_t)row->cells)[4].tone = g->alive ? "good" : "";
	}
	v->empty = lg_say("Your office gives nothing to a pool by itself");
	v->empty_more = lg_say("One person at a time is given on their page, under \"Other offices\".");
	return v;
}

static struct html_events *twice_of(struct lg_ctx *cx, const struct member *m)
{
	struct html_events *v = lg_alloc(cx->mem, sizeof *v);
	v->events = lg_array(cx->mem, m->twice.n + 1, sizeof *v->events);
	for (size_t i = 0; i < m->twice.n; i++) {
		const struct db_giving_twice_row *r = &m->twice.rows[i];
		const char *name = pool_name(cx, r->given_name, r->family_name, r->is_protected);
		v->events[v->n_events++] =
		    (struct html_events_events){ .icon = "persons",
			                         .title = name,
			                         .when = r->pool_name,
			                         .url = lg_printf(cx->mem, "/candidates/%s/shares", r->id),
			                         .act = lg_printf(cx->mem, lg_say("Who is told of %s"), name) };
	}
	return v;
}

static void show_member(struct lg_ctx *cx, struct call *c, const struct member *m)
{
	struct html_sheet v = { .title = lg_say("Pools"),
		                .lead = lg_say("Offices give people and openings to a pool, and one plan is made over "
		                               "all of them. What it finds for your people comes to you first.") };
	const char *in = "";
	for (size_t i = 0; i < m->ways.n; i++)
		if (!i || m->ways.rows[i].pool != m->ways.rows[i - 1].pool)
			in = lg_printf(cx->mem, "%s%s%s", in, *in ? ", " : "", m->ways.rows[i].pool_name);
	share_tabs(cx, c, &v, "/pools");
	v.actions = lg_array(cx->mem, 2, sizeof *v.actions);
	if (m->ways.n && may(&c->actor, MAY_SHARE_WRITE))
		v.actions[v.n_actions++] = (struct html_sheet_actions){
			.url = "/pools/givings/new", .name = lg_say("Give all of a kind"), .icon = "plus", .first = true
		};
	if (may(&c->actor, MAY_MATCH_READ))
		v.actions[v.n_actions++] = (struct html_sheet_actions){ .url = "/pools/matches",
			                                                .name = lg_say("Found for your people"),
			                                                .icon = "persons" };
	v.sections = lg_array(cx->mem, 3, sizeof *v.sections);
	struct html_facts *f = pool_facts(cx, 2);
	pool_fact(f, lg_say("Member of"),
	          *in ? in : lg_say("No pool. A leader or administrator can propose an agreement with one."));
	if (may(&c->actor, MAY_MATCH_READ))
		pool_fact(f, lg_say("Found for your people"),
		          m->found.n ? lg_say("Something waits for an answer") : lg_say("Nothing waits for an answer"));
	pool_section(&v, lg_say("How it stands"), NULL, html_facts_any(f));
	struct html_records *givings = givings_of(cx, c, m);
	pool_section(&v, lg_say("What your office gives"), NULL, html_records_any(givings));
	if (m->twice.n)
		pool_section(
		    &v, lg_say("Given by another office too"),
		    lg_say("The pool has these people from somebody else as well. Each counts once, for whoever "
		           "gave them first."),
		    html_events_any(twice_of(cx, m)));
	page_answer(cx, c, &(struct page){ .title = v.title, .here = "shares" }, html_sheet_any(&v));
}

static json_t *member_json(struct lg_ctx *cx, const struct member *m)
{
	json_t *pools = json_array(), *givings = json_array(), *twice = json_array();
	for (size_t i = 0; i < m->ways.n; i++)
		json_array_append_new(pools, json_pack("{s:s, s:s}", "pool", m->ways.rows[i].pool_name, "agreement",
		                                       m->ways.rows[i].agreement));
	for (size_t i = 0; i < m->givings.n; i++) {
		const struct db_giving_list_row *g = &m->givings.rows[i];
		json_array_append_new(givings, json_pack("{s:s, s:s, s:s, s:b, s:I, s:I}", "id", g->id, "pool",
		                                         g->pool_name, "side", g->side, "gives", (int)g->alive, "given",
		                                         (json_int_t)g->given, "left_out", (json_int_t)g->but));
	}
	for (size_t i = 0; i < m->twice.n; i++) json_array_append_new(twice, json_string(m->twice.rows[i].id));
	return record_keep(cx, json_pack("{s:o, s:o, s:b, s:o}", "pools", pools, "givings", givings, "waiting",
	                                 (int)(m->found.n > 0), "given_twice", twice));
}

/* --- a pool */

struct pool_page {
	struct db_pools_members_rows members;
	struct db_run_list_rows runs;
};

/* What offices do with what was found for their people: of so few that it would tell of somebody, nothing. */
static struct html_table *answers_of(struct lg_ctx *cx, const struct db_pools_members_rows *rows)
{
	enum { COLUMNS = 3 };
	struct html_table *t = lg_alloc(cx->mem, sizeof *t);
	const char *heads[] = { lg_say("Member"), lg_say("Waiting"), lg_say("Approved"), lg_say("Rejected") };
	int64_t *counts = lg_array(cx->mem, rows->n * COLUMNS + 1, sizeof *counts);
	bool *hidden = lg_array(cx->mem, (rows->n + 1) * (COLUMNS + 1), sizeof *hidden);
	for (size_t i = 0; i < rows->n; i++) {
		counts[i * COLUMNS] = rows->rows[i].waiting;
		counts[i * COLUMNS + 1] = rows->rows[i].approved;
		counts[i * COLUMNS + 2] = rows->rows[i].rejected;
	}
	if (rows->n)
		suppress(cx->mem, &(struct suppress_table){ .rows = rows->n, .columns = COLUMNS, .counts = counts },
		         POOL_TELLS_FROM, hidden);
	t->caption = lg_say("What members say of what was found");
	t->heads = lg_array(cx->mem, COLUMNS + 1, sizeof *t->heads);
	for (size_t i = 0; i <= COLUMNS; i++)
		t->heads[t->n_heads++] = (struct html_table_heads){ .name = heads[i], .number = i > 0 };
	t->rows = lg_array(cx->mem, rows->n + 1, sizeof *t->rows);
	for (size_t i = 0; i < rows->n; i++) {
		struct html_table_rows *row = &t->rows[t->n_rows++];
		*row = (struct html_table_rows){ .name = rows->rows[i].name };
		row->cells = lg_array(cx->mem, COLUMNS, sizeof *row->cells);
		for (size_t k = 0; k < COLUMNS; k++) {
			bool hide = hidden[i * (COLUMNS + 1) + k];
			row->cells[row->n_cells++] =
			    (struct html_table_rows_cells){ .label = heads[k + 1],
				                            .value = hide ? lg_say("too few to tell")
				                                          : pool_count(cx, counts[i * COLUMNS + k]),
				                            .hidden = hide };
		}
	}
	t->note = lg_say("Fewer than five are not shown, since they could tell of somebody.");
	if (!rows->n) t->empty = lg_say("No office is a member yet.");
	return t;
}

static const char *few(struct lg_ctx *cx, int64_t n)
{
	return n && n < POOL_TELLS_FROM ? lg_say("fewer than five") : pool_count(cx, n);
}

static struct html_records *members_of(struct lg_ctx *cx, struct call *c, const struct db_pools_members_rows *rows)
{
	const char *heads[] = { lg_say("Member"), lg_say("People"), lg_say("Openings"), lg_say("Handing on"),
		                lg_say("Until when") };
	struct html_records *v = sheet_table(cx, c, "members", lg_say("Members"), heads, 5, rows->n, false);
	for (size_t i = 0; i < rows->n; i++) {
		const struct db_pools_members_row *r = &rows->rows[i];
		const char *cells[] = { few(cx, r->people), few(cx, r->openings),
			                r->may_forward ? lg_say("Where the giver allows it")
			                               : lg_say("Not to be handed on"),
			                page_date(cx, r->valid_to) };
		(void)sheet_table_row(cx, v, r->name, lg_printf(cx->mem, "/agreements/%s", r->agreement), heads, cells,
		                      4);
	}
	v->empty = lg_say("No office is a member yet.");
	v->empty_more = lg_say("A member is who has an agreement with the pool under which it may give.");
	return v;
}

static struct html_records *runs_of(struct lg_ctx *cx, struct call *c, const struct db_run_list_rows *rows)
{
	const char *heads[] = { lg_say("What for"), lg_say("Ordered"), lg_say("People"), lg_say("Placed"),
		                lg_say("State") };
	struct html_records *v = sheet_table(cx, c, "runs", lg_say("Plans"), heads, 5, rows->n, false);
	for (size_t i = 0; i < rows->n; i++) {
		const struct db_run_list_row *r = &rows->rows[i];
		const char *cells[] = { page_time(cx, c, r->created), pool_count(cx, r->n_candidates),
			                r->placed == DB_NO_INT ? "" : pool_count(cx, r->placed),
			                lg_say(choice_text(CHOICE_run_state, r->state)) };
		(void)sheet_table_row(cx, v, r->purpose, lg_printf(cx->mem, "/pools/runs/%s", r->id), heads, cells, 4);
	}
	v->empty = lg_say("No plan has been made yet");
	return v;
}

static void show_pool(struct lg_ctx *cx, struct call *c, const struct pool_page *p)
{
	struct html_sheet v = { .title = lg_say("This pool"),
		                .lead = lg_say("What members give, and the plans that are made over all of it.") };
	share_tabs(cx, c, &v, "/pools");
	v.actions = lg_array(cx->mem, 1, sizeof *v.actions);
	if (may(&c->actor, MAY_MATCH_DECIDE))
		v.actions[v.n_actions++] = (struct html_sheet_actions){
			.url = "/pools/runs/new", .name = lg_say("New plan"), .icon = "plus", .first = true
		};
	v.sections = lg_array(cx->mem, 3, sizeof *v.sections);
	struct html_records *members = members_of(cx, c, &p->members);
	pool_section(&v, lg_say("Members"), NULL, html_records_any(members));
	if (may(&c->actor, MAY_MATCH_READ)) {
		struct html_records *runs = runs_of(cx, c, &p->runs);
		pool_section(&v, lg_say("Plans"), NULL, html_records_any(runs));
	}
	struct html_table *answers = answers_of(cx, &p->members);
	pool_section(&v, lg_say("What members say"), NULL, html_table_any(answers));
	page_answer(cx, c, &(struct page){ .title = v.title, .here = "shares" }, html_sheet_any(&v));
}

static json_t *pool_json(struct lg_ctx *cx, const struct pool_page *p)
{
	json_t *members = json_array();
	for (size_t i = 0; i < p->members.n; i++) {
		const struct db_pools_members_row *r = &p->members.rows[i];
		json_t *one = json_pack("{s:s, s:s, s:b}", "name", r->name, "agreement", r->agreement, "may_forward",
		                        (int)r->may_forward);
		if (!r->people || r->people >= POOL_TELLS_FROM)
			json_object_set_new(one, "people", json_integer(r->people));
		if (!r->openings || r->openings >= POOL_TELLS_FROM)
			json_object_set_new(one, "openings", json_integer(r->openings));
		json_array_append_new(members, one);
	}
	return record_keep(cx, json_pack("{s:o}", "members", members));
}

enum lg_err on_pools(struct lg_ctx *cx, struct call *c)
{
	struct member m;
	struct pool_page p = { 0 };
	if (!pool_is(c)) {
		LG_TRY(read_member(cx, c, &m));
		LG_TRY(app_end(cx, c));
		if (c->api) return answer_json(cx, c, 200, member_json(cx, &m)), LG_OK;
		show_member(cx, c, &m);
		return LG_OK;
	}
	db_pools_members_send(cx, c->db, &p.members, (struct db_pools_members_in){ .today = page_today(cx, c) });
	db_run_list_send(cx, c->db, &p.runs,
	                 (struct db_run_list_in){
	                     .before = DB_NO_INT, .after_id = "00000000-0000-0000-0000-000000000000", .room = RUNS });
	LG_TRY(app_end(cx, c));
	if (c->api) return answer_json(cx, c, 200, pool_json(cx, &p)), LG_OK;
	show_pool(cx, c, &p);
	return LG_OK;
}
