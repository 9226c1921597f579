/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* Ambitions: written down, changed section by section, and how far they have come. */
#include "modules/ambition/ambition.h"

#include <string.h>

#include "app/answer.h"
#include "app/audit.h"
#include "app/page.h"
#include "app/record.h"
#include "base/date.h"
#include "core/choice.h"
#include "core/colleague.h"
#include "core/record_pages.h"
#include "core/record_store.h"
#include "core/sheet_table.h"
#include "modules/ambition/ambition.sql.h"
#include "modules/ambition/ambition_rules.h"
#include "modules/ambition/entities.h"
#include "view/facts.html.h"
#include "view/number.h"
#include "view/record_new.html.h"
#include "view/sheet.html.h"
#include "view/speech.h"

enum { LISTED = 100 };

static const char *word(const json_t *record, const char *name) { return record_word(record, name); }

struct ambition {
	struct db_ambition_get_row row;
	struct db_ambition_counts_rows counts;
};

/* --- reading and writing */

static enum lg_err read(struct lg_ctx *cx, struct call *c, const char *id, struct record_page *out)
{
	struct db_colleague_list_rows colleagues = { 0 };
	struct audit_key key;
	struct ambition *one = lg_alloc(cx->mem, sizeof *one);
	json_t *record;
	*one = (struct ambition){ 0 };
	db_colleague_list_send(cx, c->db, &colleagues);
	db_ambition_get_send(cx, c->db, &one->row, (struct db_ambition_get_in){ .id = id });
	audit_key_send(cx, c, id, &key);
	LG_TRY(db_sync(cx, c->db));
	LG_TRY(record_parse(cx, &record, one->row.record, strlen(one->row.record)));
	LG_TRY(audit_key_open(cx, c, one->row.id, &key, &out->key));
	out->with = colleagues_of(cx, &colleagues);
	out->record = record;
	out->one = one;
	out->at = (struct record_at){ .entity = &ambition_entity,
		                      .id = one->row.id,
		                      .name = word(record, "name"),
		                      .path = lg_printf(cx->mem, "/ambitions/%s", one->row.id),
		                      .list = lg_say("Ambitions"),
		                      .list_path = "/ambitions",
		                      .here = "ambitions",
		                      .version = one->row.version,
		                      .invented = one->row.invented };
	return LG_OK;
}

static enum lg_err check(struct lg_ctx *cx, const json_t *record)
{
	if (strcmp(word(record, "ends"), word(record, "begins")) < 0) /* days as 2026-11-29 */
		return lg_fail(cx, LG_INVALID, "ends", lg_say("The last day is not before the first."));
	return LG_OK;
}

static enum lg_err change(struct lg_ctx *cx, struct call *c, struct record_page *page, const struct section *s,
                          json_t *part, int64_t version)
{
	struct ambition *one = page->one;
	if (one->row.version != version) return LG_CONFLICT;
	json_t *record = record_with(cx, s, page->record, part);
	LG_TRY(check(cx, record));
	json_t *changes = record_changes(cx, &ambition_entity, s, record_section(cx, &ambition_entity, s, page->record),
	                                 record_section(cx, &ambition_entity, s, record));
	if (!json_array_size(changes)) return LG_OK;
	db_ambition_put_send(
	    cx, c->db,
	    (struct db_ambition_put_in){ .id = one->row.id, .version = version, .doc = record_text(cx, record) });
	LG_TRY(audit_change(cx, c, "changed", "ambition", one->row.id, version + 1, page->key, changes));
	LG_TRY(db_sync(cx, c->db));
	page->record = record;
	page->at.version = one->row.version = version + 1;
	return LG_OK;
}

static const struct record_doings doings = { &ambition_entity, read, change };

/* --- how far it has come */

static struct ambition_count count_of(struct lg_ctx *cx, const struct ambition *one, const char *measure)
{
	struct ambition_count n = { 0 };
	for (size_t i = 0; i < one->counts.n; i++)
		if (!strcmp(one->counts.rows[i].measure, measure))
			n = (struct ambition_count){ .all = one->counts.rows[i].n, .ours = one->counts.rows[i].ours };
	ambition_hide(cx->mem, &n);
	return n;
}

static bool is_of_all(const json_t *aim) { return !strcmp(word(aim, "whose"), "office"); }

static const char *number(struct lg_ctx *cx, int64_t n) { return lg_number_count(lg_alloc(cx->mem, 48), (uint64_t)n); }

static struct html_facts *progress(struct lg_ctx *cx, const struct record_page *page)
{
	const json_t *aim, *aims = json_object_get(page->record, "aims");
	struct html_facts *v = lg_alloc(cx->mem, sizeof *v);
	size_t i;
	*v = (struct html_facts){ .facts = lg_array(cx->mem, json_array_size(aims) + 1, sizeof *v->facts) };
	json_array_foreach(aims, i, aim)
	{
		struct ambition_count n = count_of(cx, page->one, word(aim, "measure"));
		bool hidden = is_of_all(aim) ? n.all_hidden : n.ours_hidden;
		const char *wanted = number(cx, record_number(aim, "number", 0));
		v->facts[v->n_facts++] = (struct html_facts_facts){
			.name = word(aim, "words"),
			.value = hidden
			             ? lg_printf(cx->mem, lg_say("fewer than five, or not to be told, of %s"), wanted)
			             : lg_printf(cx->mem, lg_say("%s of %s"),
			                         number(cx, is_of_all(aim) ? n.all : n.ours), wanted)
		};
	}
	return v;
}

static json_t *progress_json(struct lg_ctx *cx, const struct record_page *page)
{
	json_t *list = json_array();
	const json_t *aim;
	size_t i;
	json_array_foreach(json_object_get(page->record, "aims"), i, aim)
	{
		struct ambition_count n = count_of(cx, page->one, word(aim, "measure"));
		bool hidden = is_of_all(aim) ? n.all_hidden : n.ours_hidden;
		json_t *o = json_pack("{s:s, s:I, s:o}", "measure", word(aim, "measure"), "number",
		                      (json_int_t)record_number(aim, "number", 0), "reached",
		                      hidden ? json_null() : json_integer(is_of_all(aim) ? n.all : n.ours));
		if (hidden) json_object_set_new(o, "flag", json_string("c"));
		json_array_append_new(list, o);
	}
	return list;
}

static void put_head(struct lg_ctx *cx, const struct record_page *page, int32_t today, struct html_record *v)
{
	const struct ambition *one = page->one;
	bool over = one->row.ends < today;
	v->about_says = lg_say("About this ambition");
	v->facts_says = lg_say("How far it has come");
	v->initials = "→";
	v->name = page->at.name;
	v->about = word(page->record, "partners");
	v->state = over ? lg_say("Over") : one->row.begins > today ? lg_say("Begins later") : lg_say("Under way");
	v->state_tone = over ? "info" : "good";
	v->next = lg_printf(cx->mem, lg_say("%s to %s"), page_date(cx, one->row.begins), page_date(cx, one->row.ends));
	v->next_more = lg_say("It is counted from what is written down anyway.");
	record_page_tabs(cx, page, NULL, NULL, v);
}

enum lg_err on_ambition_show(struct lg_ctx *cx, struct call *c)
{
	static const char *const open[] = { "ambition", "aims", "commitments", NULL };
	struct record_page page = { 0 };
	struct html_record v = { 0 };
	const char *id;
	int32_t today = page_today(cx, c);
	LG_TRY(app_uuid(c->rq->args[0], &id));
	LG_TRY(read(cx, c, id, &page));
	struct ambition *one = page.one;
	db_ambition_counts_send(
	    cx, c->db, &one->counts,
	    (struct db_ambition_counts_in){
	        .id = id, .since = one->row.begins, .until = one->row.ends < today ? one->row.ends : today });
	LG_TRY(app_end(cx, c));
	app_put_version(cx, c, page.at.version);
	if (c->api) {
		json_t *o = record_page_json(cx, &page);
		json_object_set_new(o, "progress", progress_json(cx, &page));
		return answer_json(cx, c, 200, o), LG_OK;
	}
	put_head(cx, &page, today, &v);
	record_page_sections(cx, c, &page, &v, open, "", MAY_AGREEMENT_WRITE);
	struct html_facts *facts = progress(cx, &page);
	v.asides = lg_array(cx->mem, 1, sizeof *v.asides);
	if (facts->n_facts)
		v.asides[v.n_asides++] = (struct html_record_asides){ .id = "progress",
			                                              .title = lg_say("How far it has come"),
			                                              .body = html_facts_any(facts) };
	record_page_show(cx, c, &page, &v);
	return LG_OK;
}

enum lg_err on_ambition_edit(struct lg_ctx *cx, struct call *c) { return record_on_edit(cx, c, &doings); }
enum lg_err on_ambition_save(struct lg_ctx *cx, struct call *c) { return record_on_save(cx, c, &doings); }
enum lg_err on_ambition_history(struct lg_ctx *cx, struct call *c) { return record_on_history(cx, c, &doings); }

/* --- writing one down */

static void show_new(struct lg_ctx *cx, struct call *c, const json_t *record)
{
	struct html_record_new v = {
		.title = lg_say("A new ambition"),
		.lead = lg_say(
		    "What was agreed on with others. What shall be reached, and what you do for it, comes next."),
		.form = record_quick_form(cx, c, &ambition_entity, "/ambitions", lg_say("Register"), record, NULL),
	};
	struct page_crumb crumbs[] = { { lg_say("Ambitions"), "/ambitions" } };
	page_answer(cx, c, &(struct page){ .title = v.title, .crumbs = crumbs, .n_crumbs = 1, .here = "ambitions" },
	            html_record_new_any(&v));
}

enum lg_err on_ambition_new(struct lg_ctx *cx, struct call *c)
{
	LG_TRY(app_end(cx, c));
	show_new(cx, c, record_keep(cx, json_object()));
	return LG_OK;
}

enum lg_err ambition_register(struct lg_ctx *cx, struct call *c, const json_t *record, bool invented, const char **id)
{
	const struct seal_key *key;
	struct db_ambition_add_row row = { 0 };
	*id = record_new_id(cx);
	LG_TRY(check(cx, record));
	db_ambition_add_send(
	    cx, c->db, &row,
	    (struct db_ambition_add_in){ .id = *id, .doc = record_text(cx, record), .invented = invented });
	LG_TRY(audit_key_new(cx, c, *id, &key));
	LG_TRY(audit_change(cx, c, "registered", "ambition", *id, 1, key,
	                    record_all_changes(cx, &ambition_entity, record)));
	return db_sync(cx, c->db);
}

enum lg_err on_ambition_add(struct lg_ctx *cx, struct call *c)
{
	json_t *record, *typed;
	const char *id;
	enum lg_err err = record_read_new(cx, c, &ambition_entity, &record, &typed);
	if (err == LG_OK) err = ambition_register(cx, c, record, app_setup(c->app)->trial, &id);
	if (err == LG_INVALID && !c->api) return show_new(cx, c, typed), LG_OK;
	LG_TRY(err);
	record_answer_made(cx, c, "/ambitions", id, "saved");
	return LG_OK;
}

/* --- all of them */

static json_t *as_json(struct lg_ctx *cx, const struct db_ambition_list_rows *rows)
{
	json_t *list = json_array();
	for (size_t i = 0; i < rows->n; i++) {
		const struct db_ambition_list_row *r = &rows->rows[i];
		char begins[11], ends[11];
		lg_date_print(begins, r->begins);
		lg_date_print(ends, r->ends);
		json_array_append_new(list, json_pack("{s:s, s:s, s:s?, s:s, s:s}", "id", r->id, "name", r->name,
		                                      "partners", r->partners, "begins", begins, "ends", ends));
	}
	return record_keep(cx, json_pack("{s:o}", "items", list));
}

enum lg_err on_ambition_list(struct lg_ctx *cx, struct call *c)
{
	struct db_ambition_list_rows rows = { 0 };
	LG_TRY(db_ambition_list(cx, c->db, &rows, (struct db_ambition_list_in){ .room = LISTED }));
	LG_TRY(app_end(cx, c));
	if (c->api) return answer_json(cx, c, 200, as_json(cx, &rows)), LG_OK;
	const char *heads[] = { lg_say("Ambition"), lg_say("With whom"), lg_say("Last day"),
		                lg_say("What we still do") };
	struct html_records *table = sheet_table(cx, c, "ambitions", lg_say("Ambitions"), heads, 4, rows.n, false);
	for (size_t i = 0; i < rows.n; i++) {
		const struct db_ambition_list_row *r = &rows.rows[i];
		const char *cells[] = { r->partners ? r->partners : "", page_date(cx, r->ends), number(cx, r->open) };
		struct html_records_rows *row =
		    sheet_table_row(cx, table, r->name, lg_printf(cx->mem, "/ambitions/%s", r->id), heads, cells, 3);
		if (r->late) ((struct html_records_rows_cells *)(uintptr_t)row->cells)[2].tone = "warn";
	}
	table->empty_more = lg_say("A partnership, a plan of the region: what you want to reach together with others.");
	struct html_sheet_sections section = { .body = html_records_any(table) };
	struct html_sheet v = { .title = lg_say("Ambitions"),
		                .lead = lg_say("What your office has agreed on with others, and how far it has come."),
		                .sections = &section,
		                .n_sections = 1 };
	struct html_sheet_actions act = {
		.url = "/ambitions/new", .name = lg_say("A new ambition"), .icon = "plus", .first = true
	};
	if (may(&c->actor, MAY_AGREEMENT_WRITE)) v.actions = &act, v.n_actions = 1;
	page_answer(
	    cx, c, &(struct page){ .title = v.title, .here = "ambitions", .invented = rows.n && rows.rows[0].invented },
	    html_sheet_any(&v));
	return LG_OK;
}
