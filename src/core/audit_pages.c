/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <string.h>

#include "app/answer.h"
#include "app/audit.sql.h"
#include "app/page.h"
#include "app/seal.h"
#include "core/audit_words.h"
#include "core/colleague.h"
#include "core/core.h"
#include "view/events.html.h"
#include "view/records.html.h"
#include "view/sheet.html.h"
#include "view/speech.h"

enum { PAGE = 100 };

static void put_tabs(struct lg_ctx *cx, struct html_sheet *v, const char *here)
{
	const struct {
		const char *url, *name;
	} tabs[] = { { "/audit", lg_say("Changes") },
		     { "/audit/seen", lg_say("Pages seen") },
		     { "/audit/check", lg_say("Check the chain") } };
	v->tabs = lg_array(cx->mem, 3, sizeof *v->tabs);
	for (size_t i = 0; i < 3; i++)
		v->tabs[v->n_tabs++] = (struct html_sheet_tabs){ .url = tabs[i].url,
			                                         .name = tabs[i].name,
			                                         .current = !strcmp(here, tabs[i].url) };
}

static int64_t before(const struct call *c)
{
	const char *s = http_query(c->rq, "before");
	return s && strlen(s) < 18 && strspn(s, "0123456789") == strlen(s) && *s ? strtoll(s, NULL, 10) : DB_NO_INT;
}

static void put_cell(struct html_records_rows *row, const char *label, const char *value, const char *url)
{
	row->cells[row->n_cells++] = (struct html_records_rows_cells){ .label = label, .value = value, .url = url };
}

static struct html_records *table(struct lg_ctx *cx, const char *const *heads, size_t n_heads, size_t rows,
                                  const char *caption)
{
	struct html_records *v = lg_alloc(cx->mem, sizeof *v);
	*v = (struct html_records){
		.id = "audit", .caption = caption, .action = "/audit", .empty = lg_say("Nothing yet")
	};
	v->heads = lg_array(cx->mem, n_heads, sizeof *v->heads);
	for (size_t i = 0; i < n_heads; i++) v->heads[v->n_heads++] = (struct html_records_heads){ .name = heads[i] };
	v->rows = lg_array(cx->mem, rows + 1, sizeof *v->rows);
	return v;
}

static struct html_records_rows *put_row(struct lg_ctx *cx, struct html_records *v, const char *name, size_t cells)
{
	struct html_records_rows *row = &v->rows[v->n_rows++];
	row->name = lg_array(cx->mem, 1, sizeof *row->name);
	row->name[row->n_name++] = (struct html_records_rows_name){ .plain = name };
	row->cells = lg_array(cx->mem, cells, sizeof *row->cells);
	return row;
}

static void show(struct lg_ctx *cx, struct call *c, const char *here, const char *lead, const char *heading,
                 struct html_any body, const char *older)
{
	struct html_sheet v = { .title = lg_say("Audit"), .lead = lead };
	put_tabs(cx, &v, here);
	v.sections = lg_array(cx->mem, 1, sizeof *v.sections);
	v.sections[v.n_sections++] = (struct html_sheet_sections){
		.body = body, .title = heading, .more = older, .more_name = lg_say("Older ones")
	};
	page_answer(cx, c, &(struct page){ .title = v.title, .here = "audit" }, html_sheet_any(&v));
}

static const char *actor_name(const struct form_with *with, const char *actor, const char *kind)
{
	for (size_t i = 0; actor && i < with->n_members; i++)
		if (!strcmp(with->members[i].account, actor)) return with->members[i].name;
	return !strcmp(kind, "client") ? lg_say("A program")
	       : !strcmp(kind, "job")  ? lg_say("The service itself")
	       : actor                 ? lg_say("A former colleague")
	                               : lg_say("Nobody signed in");
}

enum lg_err on_audit(struct lg_ctx *cx, struct call *c)
{
	struct db_audit_list_rows rows = { 0 };
	struct db_colleague_list_rows colleagues = { 0 };
	db_audit_list_send(cx, c->db, &rows,
	                   (struct db_audit_list_in){ .before = before(c), .room = PAGE, .verb = "" });
	db_colleague_list_send(cx, c->db, &colleagues);
	LG_TRY(db_sync(cx, c->db));
	LG_TRY(app_end(cx, c));
	struct form_with with = colleagues_of(cx, &colleagues);
	const char *heads[] = { lg_say("When"),  lg_say("Who"), lg_say("What"),
		                lg_say("About"), lg_say("Why"), lg_say("Request") };
	struct html_records *v = table(cx, heads, 6, rows.n, lg_say("Changes"));
	for (size_t i = 0; i < rows.n; i++) {
		const struct db_audit_list_row *r = &rows.rows[i];
		struct html_records_rows *row = put_row(cx, v, page_time(cx, c, r->at), 5);
		bool candidate = r->subject && (!strcmp(r->entity, "candidate") || !strcmp(r->entity, "note") ||
		                                !strcmp(r->entity, "task") || !strcmp(r->entity, "contact"));
		put_cell(row, heads[1], actor_name(&with, r->actor, r->kind), NULL);
		put_cell(row, heads[2], audit_deed(cx, r->verb, r->entity), NULL);
		put_cell(row, heads[3], r->subject ? lg_strndup(cx->mem, r->subject, 8) : "",
		         candidate ? lg_printf(cx->mem, "/candidates/%s", r->subject) : NULL);
		put_cell(row, heads[4], audit_why(cx, r->why), NULL);
		put_cell(row, heads[5], r->request, NULL);
	}
	const char *older =
	    rows.n == PAGE ? lg_printf(cx->mem, "/audit?before=%lld", (long long)rows.rows[rows.n - 1].at) : NULL;
	show(cx, c, "/audit",
	     lg_say("Every change, written down with it. Nothing here can be changed afterwards without being found."),
	     lg_say("The latest"), html_records_any(v), older);
	return LG_OK;
}

enum lg_err on_audit_seen(struct lg_ctx *cx, struct call *c)
{
	struct db_read_audit_list_rows rows = { 0 };
	struct db_colleague_list_rows colleagues = { 0 };
	db_read_audit_list_send(cx, c->db, &rows, (struct db_read_audit_list_in){ .before = before(c), .room = PAGE });
	db_colleague_list_send(cx, c->db, &colleagues);
	LG_TRY(db_sync(cx, c->db));
	LG_TRY(app_end(cx, c));
	struct form_with with = colleagues_of(cx, &colleagues);
	const char *heads[] = { lg_say("When"), lg_say("Who"), lg_say("Page"), lg_say("People"), lg_say("Request") };
	struct html_records *v = table(cx, heads, 5, rows.n, lg_say("Pages seen"));
	for (size_t i = 0; i < rows.n; i++) {
		const struct db_read_audit_list_row *r = &rows.rows[i];
		struct html_records_rows *row = put_row(cx, v, page_time(cx, c, r->at), 4);
		put_cell(row, heads[1], actor_name(&with, r->actor, r->kind), NULL);
		put_cell(row, heads[2], audit_page(c, r->route), NULL);
		put_cell(row, heads[3], lg_printf(cx->mem, "%zu", r->subjects.n), NULL);
		put_cell(row, heads[4], r->request, NULL);
	}
	const char *older =
	    rows.n == PAGE ? lg_printf(cx->mem, "/audit/seen?before=%lld", (long long)rows.rows[rows.n - 1].at) : NULL;
	show(cx, c, "/audit/seen", lg_say("Each page that showed people, and how many."), lg_say("The latest"),
	     html_records_any(v), older);
	return LG_OK;
}

enum lg_err on_audit_check(struct lg_ctx *cx, struct call *c)
{
	struct db_audit_verify_rows faults = { 0 };
	struct db_audit_head_rows heads = { 0 };
	db_audit_verify_send(cx, c->db, &faults);
	db_audit_head_send(cx, c->db, &heads);
	LG_TRY(db_sync(cx, c->db));
	LG_TRY(app_end(cx, c));
	struct html_events *v = lg_alloc(cx->mem, sizeof *v);
	v->events = lg_array(cx->mem, faults.n + heads.n + 1, sizeof *v->events);
	if (!faults.n)
		v->events[v->n_events++] = (struct html_events_events){
			.icon = "success",
			.title = lg_say("The chain holds: no line was changed, added or taken away."),
			.when = page_time(cx, c, cx->now * 1000000)
		};
	for (size_t i = 0; i < faults.n; i++)
		v->events[v->n_events++] =
		    (struct html_events_events){ .icon = "error",
			                         .title = lg_say("The chain is broken"),
			                         .words = faults.rows[i].why,
			                         .when = lg_printf(cx->mem, "%s %lld", faults.rows[i].stream,
			                                           (long long)faults.rows[i].n) };
	for (size_t i = 0; i < heads.n; i++)
		v->events[v->n_events++] = (struct html_events_events){
			.icon = "lock",
			.title = lg_say("The newest seal: keep this where the operator cannot reach it"),
			.when = page_time(cx, c, heads.rows[i].at),
			.words = lg_printf(cx->mem, "%s %lld %s", heads.rows[i].stream, (long long)heads.rows[i].n,
			                   seal_hex(cx, heads.rows[i].head.data, heads.rows[i].head.n))
		};
	show(cx, c, "/audit/check", lg_say("The chain is computed anew, line by line."), lg_say("Result"),
	     html_events_any(v), NULL);
	return LG_OK;
}
