/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* The office's own entrance: made once, changed section by section. */
#include <string.h>

#include "app/answer.h"
#include "app/audit.h"
#include "app/page.h"
#include "app/record.h"
#include "core/colleague.h"
#include "core/office.h"
#include "core/record_pages.h"
#include "core/record_store.h"
#include "modules/hotline/entities.h"
#include "modules/hotline/entrance.sql.h"
#include "modules/hotline/frame.h"
#include "modules/hotline/hotline.h"
#include "view/record_new.html.h"

static const char *word(const json_t *record, const char *name) { return record_word(record, name); }

/* --- reading and writing */

struct entrance {
	const char *id;
	int64_t version;
};

static enum lg_err read(struct lg_ctx *cx, struct call *c, const char *id, struct record_page *out)
{
	struct db_colleague_list_rows colleagues = { 0 };
	struct db_entrance_get_row row;
	struct audit_key key;
	struct entrance *one = lg_alloc(cx->mem, sizeof *one);
	db_colleague_list_send(cx, c->db, &colleagues);
	db_entrance_get_send(cx, c->db, &row, (struct db_entrance_get_in){ .id = id });
	audit_key_send(cx, c, id, &key);
	LG_TRY(db_sync(cx, c->db));
	json_t *record;
	LG_TRY(record_parse(cx, &record, row.record, strlen(row.record)));
	LG_TRY(audit_key_open(cx, c, row.id, &key, &out->key));
	*one = (struct entrance){ row.id, row.version };
	out->with = colleagues_of(cx, &colleagues);
	out->record = record;
	out->one = one;
	out->at = (struct record_at){ .entity = &entrance_entity,
		                      .id = row.id,
		                      .name = word(record, "name"),
		                      .path = lg_printf(cx->mem, "/entrances/%s", row.id),
		                      .list = lg_say("Office"),
		                      .list_path = "/office",
		                      .here = "entrance",
		                      .version = row.version,
		                      .invented = row.invented };
	return LG_OK;
}

/* One target for a way in and how soon, and time to meet it. */
static enum lg_err check_targets(struct lg_ctx *cx, const json_t *rows)
{
	enum lg_err err = LG_OK;
	size_t i, k;
	const json_t *row;
	json_array_foreach(rows, i, row)
	{
		if (record_number(row, "minutes", 0) < 1)
			err = lg_fail(cx, LG_INVALID, lg_printf(cx->mem, "targets-%zu.minutes", i),
			              lg_say("At least one minute."));
		for (k = 0; k < i; k++)
			if (!strcmp(word(row, "channel"), word(json_array_get(rows, k), "channel")) &&
			    !strcmp(word(row, "priority"), word(json_array_get(rows, k), "priority")))
				err = lg_fail(cx, LG_INVALID, lg_printf(cx->mem, "targets-%zu.priority", i),
				              lg_say("This is said above already."));
	}
	return err;
}

static enum lg_err check_news(struct lg_ctx *cx, const json_t *rows)
{
	enum lg_err err = LG_OK;
	size_t i;
	const json_t *row;
	json_array_foreach(rows, i, row)
	{
		const char *until = word(row, "until_date");
		if (*until && strcmp(until, word(row, "from_date")) < 0) /* days as 2026-11-29 */
			err = lg_fail(cx, LG_INVALID, lg_printf(cx->mem, "news-%zu.until_date", i),
			              lg_say("The last day is not before the first."));
	}
	return err;
}

/* Nobody is sent to a door that is never open, or that is nobody's. */
static enum lg_err check(struct lg_ctx *cx, const json_t *record)
{
	LG_TRY(check_targets(cx, json_object_get(record, "targets")));
	LG_TRY(check_news(cx, json_object_get(record, "news")));
	if (!record_flag(record, "published")) return LG_OK;
	if (!*word(record, "hours")) return lg_fail(cx, LG_INVALID, "published", lg_say("Say first when it is open."));
	if (!json_array_size(json_object_get(record, "municipalities")))
		return lg_fail(cx, LG_INVALID, "published", lg_say("Say first which municipalities it is for."));
	return LG_OK;
}

static enum lg_err change(struct lg_ctx *cx, struct call *c, struct record_page *page, const struct section *s,
                          json_t *part, int64_t version)
{
	struct entrance *one = page->one;
	if (one->version != version) return LG_CONFLICT;
	json_t *record = record_with(cx, s, page->record, part);
	LG_TRY(check(cx, record));
	json_t *changes = record_changes(cx, &entrance_entity, s, record_section(cx, &entrance_entity, s, page->record),
	                                 record_section(cx, &entrance_entity, s, record));
	if (!json_array_size(changes)) return LG_OK;
	db_entrance_put_send(
	    cx, c->db,
	    (struct db_entrance_put_in){ .id = one->id, .version = version, .doc = record_text(cx, record) });
	LG_TRY(audit_change(cx, c, "changed", "entrance", one->id, version + 1, page->key, changes));
	LG_TRY(db_sync(cx, c->db));
	page->record = record;
	page->at.version = one->version = version + 1;
	hotline_frame_forget();
	return LG_OK;
}

static const struct record_doings doings = { &entrance_entity, read, change };

/* --- seeing */

static void put_head(struct lg_ctx *cx, const struct call *c, const struct record_page *page, struct html_record *v)
{
	bool shown = record_flag(page->record, "published");
	v->about_says = lg_say("About the hotline");
	v->facts_says = lg_say("Where it is shown");
	v->initials = "☏";
	v->name = page->at.name;
	v->about = word(page->record, "phone");
	v->state = shown ? lg_say("Shown to everybody") : lg_say("Not shown yet");
	v->state_tone = shown ? "good" : "info";
	v->next = shown ? lg_say("Everybody can find it") : lg_say("Look it over, and show it");
	v->next_more = shown ? lg_say("It stands in the header of every office whose municipality is covered.")
	                     : lg_say("Hours and municipalities first; then tick \"Show it\".");
	v->next_change = lg_printf(cx->mem, "%s/edit/entrance", page->at.path);
	if (shown) {
		v->actions = lg_array(cx->mem, 1, sizeof *v->actions);
		v->actions[v->n_actions++] =
		    (struct html_record_actions){ .url = lg_printf(cx->mem, "/entrance/%d", (int)c->actor.tenant),
			                          .name = lg_say("As everybody sees it"),
			                          .icon = "visibility" };
	}
	record_page_tabs(cx, page, NULL, NULL, v);
}

enum lg_err on_entrance_show(struct lg_ctx *cx, struct call *c)
{
	static const char *const open[] = { "entrance", "hours", "municipalities", "targets", "news", NULL };
	struct record_page page = { 0 };
	struct html_record v = { 0 };
	const char *id;
	LG_TRY(app_uuid(c->rq->args[0], &id));
	LG_TRY(read(cx, c, id, &page));
	LG_TRY(app_end(cx, c));
	app_put_version(cx, c, page.at.version);
	if (c->api) return answer_json(cx, c, 200, record_page_json(cx, &page)), LG_OK;
	put_head(cx, c, &page, &v);
	record_page_sections(cx, c, &page, &v, open, "", MAY_TENANT_ADMIN);
	record_page_show(cx, c, &page, &v);
	return LG_OK;
}

enum lg_err on_entrance_edit(struct lg_ctx *cx, struct call *c) { return record_on_edit(cx, c, &doings); }
enum lg_err on_entrance_save(struct lg_ctx *cx, struct call *c) { return record_on_save(cx, c, &doings); }
enum lg_err on_entrance_history(struct lg_ctx *cx, struct call *c) { return record_on_history(cx, c, &doings); }

/* --- making it */

static void show_new(struct lg_ctx *cx, struct call *c, const json_t *record)
{
	struct html_record_new v = {
		.title = lg_say("A hotline"),
		.lead = lg_say("One number for every municipality that it is for. Nothing is shown until you say so."),
		.form = record_quick_form(cx, c, &entrance_entity, "/entrances", lg_say("Register"), record, NULL),
	};
	struct page_crumb crumbs[] = { { lg_say("Office"), "/office" } };
	page_answer(cx, c, &(struct page){ .title = v.title, .crumbs = crumbs, .n_crumbs = 1, .here = "entrance" },
	            html_record_new_any(&v));
}

enum lg_err on_entrance(struct lg_ctx *cx, struct call *c)
{
	struct db_entrance_mine_row mine = { 0 };
	bool found;
	LG_TRY(db_entrance_mine(cx, c->db, &mine, &found));
	LG_TRY(app_end(cx, c));
	if (found)
		answer_see(cx, c, lg_printf(cx->mem, "/entrances/%s", mine.id), NULL);
	else
		show_new(cx, c, record_keep(cx, json_object()));
	return LG_OK;
}

enum lg_err entrance_register(struct lg_ctx *cx, struct call *c, const json_t *record, bool invented, const char **id)
{
	const struct seal_key *key;
	struct db_entrance_add_row row = { 0 };
	*id = record_new_id(cx);
	LG_TRY(check(cx, record));
	db_entrance_add_send(
	    cx, c->db, &row,
	    (struct db_entrance_add_in){ .id = *id, .doc = record_text(cx, record), .invented = invented });
	LG_TRY(audit_key_new(cx, c, *id, &key));
	LG_TRY(audit_change(cx, c, "registered", "entrance", *id, 1, key,
	                    record_all_changes(cx, &entrance_entity, record)));
	return db_sync(cx, c->db);
}

enum lg_err on_entrance_add(struct lg_ctx *cx, struct call *c)
{
	json_t *record, *typed;
	const char *id;
	enum lg_err err = record_read_new(cx, c, &entrance_entity, &record, &typed);
	if (err == LG_OK) err = entrance_register(cx, c, record, app_setup(c->app)->trial, &id);
	if (err == LG_INVALID && !c->api) return show_new(cx, c, typed), LG_OK;
	LG_TRY(err);
	hotline_frame_forget();
	record_answer_made(cx, c, "/entrances", id, "entrance_made");
	return LG_OK;
}
