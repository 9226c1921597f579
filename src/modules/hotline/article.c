/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* Answers for all agents: written by one, looked at by another, found by the next who is asked. */
#include "modules/hotline/article.h"

#include <string.h>

#include "app/answer.h"
#include "app/audit.h"
#include "app/page.h"
#include "app/record.h"
#include "core/colleague.h"
#include "core/input.h"
#include "core/list_page.h"
#include "core/record_pages.h"
#include "core/record_store.h"
#include "modules/hotline/article_rules.h"
#include "modules/hotline/enquiry.h"
#include "modules/hotline/entities.h"
#include "modules/hotline/hotline.h"
#include "view/number.h"
#include "view/record_new.html.h"
#include "view/speech.h"
#include "view/steps.html.h"
#include "view/when.h"

enum { LIST = 100, BEGINS = 160, ASKED_MOST = 400 };

static const char *word(const json_t *record, const char *name) { return record_word(record, name); }

struct article {
	struct db_article_get_row row;
	json_t *record;
};

/* --- finding */

void articles_like_send(struct lg_ctx *cx, struct call *c, const char *words, int64_t room,
                        struct db_article_list_rows *out)
{
	size_t n = strnlen(words, ASKED_MOST);
	struct list_keys keys = list_keys_of(cx, lg_strndup(cx->mem, words, n));
	db_article_found_send(
	    cx, c->db, out,
	    (struct db_article_found_in){ .keys = keys.keys, .state = "published", .subject = "", .room = room });
}

const char *article_begins(struct lg_ctx *cx, const char *words)
{
	size_t n = strcspn(words, "\r\n");
	if (n <= BEGINS) return lg_strndup(cx->mem, words, n);
	for (n = BEGINS; n && ((unsigned char)words[n] & 0xC0) == 0x80;) n--;
	return lg_printf(cx->mem, "%.*s…", (int)n, words);
}

/* --- reading and writing */

static enum lg_err read(struct lg_ctx *cx, struct call *c, const char *id, struct record_page *out)
{
	struct db_colleague_list_rows colleagues = { 0 };
	struct audit_key key;
	struct article *one = lg_alloc(cx->mem, sizeof *one);
	db_colleague_list_send(cx, c->db, &colleagues);
	db_article_get_send(cx, c->db, &one->row, (struct db_article_get_in){ .id = id });
	audit_key_send(cx, c, id, &key);
	LG_TRY(db_sync(cx, c->db));
	LG_TRY(record_parse(cx, &one->record, one->row.record, strlen(one->row.record)));
	LG_TRY(audit_key_open(cx, c, one->row.id, &key, &out->key));
	out->with = colleagues_of(cx, &colleagues);
	out->record = one->record;
	out->one = one;
	out->at = (struct record_at){ .entity = &article_entity,
		                      .id = one->row.id,
		                      .name = word(one->record, "title"),
		                      .path = lg_printf(cx->mem, "/articles/%s", one->row.id),
		                      .list = lg_say("Answers"),
		                      .list_path = "/articles",
		                      .here = "hotline",
		                      .version = one->row.version,
		                      .invented = one->row.invented };
	return LG_OK;
}

static void keys_send(struct lg_ctx *cx, struct call *c, const char *id, const json_t *record)
{
	const char *names[] = { word(record, "title") };
	db_article_keys_put_send(cx, c->db,
	                         (struct db_article_keys_put_in){ .id = id, .keys = record_keys(cx, names, 1) });
}

static enum lg_err change(struct lg_ctx *cx, struct call *c, struct record_page *page, const struct section *s,
                          json_t *part, int64_t version)
{
	struct article *one = page->one;
	if (one->row.version != version) return LG_CONFLICT;
	json_t *record = record_with(cx, s, page->record, part);
	json_t *changes = record_changes(cx, &article_entity, s, record_section(cx, &article_entity, s, page->record),
	                                 record_section(cx, &article_entity, s, record));
	if (!json_array_size(changes)) return LG_OK;
	db_article_put_send(cx, c->db,
	                    (struct db_article_put_in){ .id = one->row.id,
	                                                .version = version,
	                                                .doc = record_text(cx, record),
	                                                .by = c->actor.account,
	                                                .state = article_after_change(one->row.state) });
	keys_send(cx, c, one->row.id, record);
	LG_TRY(audit_change(cx, c, "changed", "article", one->row.id, version + 1, page->key, changes));
	LG_TRY(db_sync(cx, c->db));
	page->record = record;
	page->at.version = one->row.version = version + 1;
	return LG_OK;
}

static const struct record_doings doings = { &article_entity, read, change };

/* --- one article */

static struct article_who who_is(const struct call *c, const struct article *one)
{
	return (struct article_who){ .may_publish = may(&c->actor, MAY_ARTICLE_PUBLISH),
		                     .wrote_it_last = !strcmp(one->row.changed_by, c->actor.account) };
}

static struct html_steps *steps_of(struct lg_ctx *cx, struct call *c, const struct article *one)
{
	size_t n;
	const struct article_move *moves = article_moves(one->row.state, &n);
	struct article_who who = who_is(c, one);
	struct html_steps *v = lg_alloc(cx->mem, sizeof *v);
	*v = (struct html_steps){ .action = lg_printf(cx->mem, "/articles/%s/state", one->row.id),
		                  .csrf = page_csrf(cx, c),
		                  .version = record_version(cx, one->row.version) };
	v->steps = lg_array(cx->mem, n + 1, sizeof *v->steps);
	for (size_t i = 0; i < n; i++)
		if (!article_move_fault(one->row.state, moves[i].to, &who))
			v->steps[v->n_steps++] = (struct html_steps_steps){ .value = moves[i].to,
				                                            .label = lg_say(moves[i].text),
				                                            .first = v->n_steps == 0 };
	return v;
}

static void put_head(struct lg_ctx *cx, struct call *c, const struct record_page *page, struct html_record *v)
{
	const struct article *one = page->one;
	bool published = !strcmp(one->row.state, "published");
	char when[LG_WHEN];
	v->about_says = lg_say("About this answer");
	v->facts_says = lg_say("What can be done");
	v->initials = "§";
	v->name = page->at.name;
	v->about = lg_say(choice_text(CHOICE_enquiry_subject, word(page->record, "subject")));
	v->state = lg_say(choice_text(CHOICE_article_state, one->row.state));
	v->state_tone = published ? "good" : "info";
	v->next = published ? lg_say("All agents find it") : v->state;
	v->next_more =
	    lg_printf(cx->mem, lg_say("Written by %s, changed: %s"), form_member_name(&page->with, one->row.author),
	              lg_when_near_time(when, one->row.changed / 1000000, c->actor.zone, cx->now));
	record_page_tabs(cx, page, NULL, NULL, v);
}

enum lg_err on_article_show(struct lg_ctx *cx, struct call *c)
{
	static const char *const open[] = { "article", NULL };
	struct record_page page = { 0 };
	struct html_record v = { 0 };
	const char *id;
	LG_TRY(app_uuid(c->rq->args[0], &id));
	LG_TRY(read(cx, c, id, &page));
	LG_TRY(app_end(cx, c));
	app_put_version(cx, c, page.at.version);
	const struct article *one = page.one;
	if (c->api) {
		json_t *o = record_page_json(cx, &page);
		json_object_set_new(o, "state", json_string(one->row.state));
		return answer_json(cx, c, 200, o), LG_OK;
	}
	put_head(cx, c, &page, &v);
	record_page_sections(cx, c, &page, &v, open, "", MAY_ENQUIRY_WRITE);
	v.asides = lg_array(cx->mem, 1, sizeof *v.asides);
	struct html_steps *steps = steps_of(cx, c, one);
	if (steps->n_steps)
		v.asides[v.n_asides++] = (struct html_record_asides){ .id = "steps",
			                                              .title = lg_say("What is next?"),
			                                              .body = html_steps_any(steps) };
	record_page_show(cx, c, &page, &v);
	return LG_OK;
}

enum lg_err on_article_edit(struct lg_ctx *cx, struct call *c) { return record_on_edit(cx, c, &doings); }
enum lg_err on_article_save(struct lg_ctx *cx, struct call *c) { return record_on_save(cx, c, &doings); }
enum lg_err on_article_history(struct lg_ctx *cx, struct call *c) { return record_on_history(cx, c, &doings); }

static enum lg_err step(struct lg_ctx *cx, struct call *c, const struct article *one, const char *to, int64_t version)
{
	struct article_who who = who_is(c, one);
	if (one->row.version != version) return LG_CONFLICT;
	const char *fault = article_move_fault(one->row.state, to, &who);
	if (fault) return lg_fail(cx, LG_INVALID, "state", lg_say(fault));
	db_article_state_put_send(cx, c->db,
	                          (struct db_article_state_put_in){ .id = one->row.id,
	                                                            .version = version,
	                                                            .from_state = one->row.state,
	                                                            .state = to,
	                                                            .by = c->actor.account });
	LG_TRY(audit_change(cx, c, "moved", "article", one->row.id, version + 1, NULL, NULL));
	return db_sync(cx, c->db);
}

enum lg_err article_step(struct lg_ctx *cx, struct call *c, const char *id, const char *to)
{
	struct record_page page = { 0 };
	LG_TRY(read(cx, c, id, &page));
	return step(cx, c, page.one, to, page.at.version);
}

enum lg_err on_article_state(struct lg_ctx *cx, struct call *c)
{
	static const char *const names[] = { "state", NULL };
	struct record_page page = { 0 };
	json_t *body = NULL;
	int64_t seen;
	const char *id;
	LG_TRY(app_uuid(c->rq->args[0], &id));
	if (c->api) LG_TRY(input_json(cx, c, &body));
	LG_TRY(input_only(cx, c, body, names));
	LG_TRY(read(cx, c, id, &page));
	if (!input_version(cx, c, page.at.version, &seen)) return LG_OK;
	const char *to = c->api ? record_word(body, "state") : http_form(c->rq, "state");
	LG_TRY(step(cx, c, page.one, to ? to : "", seen));
	answer_see(cx, c, page.at.path, "saved");
	return LG_OK;
}

/* --- writing one */

static void show_new(struct lg_ctx *cx, struct call *c, const json_t *record, const char *enquiry)
{
	struct html_form *form = record_quick_form(
	    cx, c, &article_entity, *enquiry ? lg_printf(cx->mem, "/enquiries/%s/article", enquiry) : "/articles",
	    lg_say("Save as a draft"), record, NULL);
	struct html_record_new v = { .title = lg_say("New answer for all agents"),
		                     .lead = lg_say("A colleague looks at it before all find it."),
		                     .form = form };
	struct page_crumb crumbs[] = { { lg_say("Answers"), "/articles" } };
	page_answer(cx, c, &(struct page){ .title = v.title, .crumbs = crumbs, .n_crumbs = 1, .here = "hotline" },
	            html_record_new_any(&v));
}

enum lg_err on_article_new(struct lg_ctx *cx, struct call *c)
{
	LG_TRY(app_end(cx, c));
	show_new(cx, c, record_keep(cx, json_object()), "");
	return LG_OK;
}

/* Of an enquiry: what was asked and answered stands there already. */
enum lg_err on_article_of(struct lg_ctx *cx, struct call *c)
{
	struct enquiry one;
	const char *id;
	LG_TRY(app_uuid(c->rq->args[0], &id));
	LG_TRY(enquiry_read(cx, c, id, &one));
	LG_TRY(app_end(cx, c));
	show_new(
	    cx, c,
	    record_keep(cx, json_pack("{s:s, s:s, s:s}", "title", article_begins(cx, word(one.record, "words")),
	                              "subject", word(one.record, "subject"), "words", word(one.record, "answer"))),
	    one.id);
	return LG_OK;
}

enum lg_err article_register(struct lg_ctx *cx, struct call *c, const json_t *record, const char *enquiry,
                             bool invented, const char **id)
{
	const struct seal_key *key;
	struct db_article_add_row row = { 0 };
	*id = record_new_id(cx);
	db_article_add_send(cx, c->db, &row,
	                    (struct db_article_add_in){ .id = *id,
	                                                .doc = record_text(cx, record),
	                                                .by = c->actor.account,
	                                                .enquiry = enquiry,
	                                                .invented = invented });
	keys_send(cx, c, *id, record);
	LG_TRY(audit_key_new(cx, c, *id, &key));
	LG_TRY(
	    audit_change(cx, c, "registered", "article", *id, 1, key, record_all_changes(cx, &article_entity, record)));
	return db_sync(cx, c->db);
}

static enum lg_err add(struct lg_ctx *cx, struct call *c, const char *enquiry)
{
	json_t *record, *typed;
	const char *id;
	enum lg_err err = record_read_new(cx, c, &article_entity, &record, &typed);
	if (err == LG_INVALID && !c->api) return show_new(cx, c, typed, enquiry ? enquiry : ""), LG_OK;
	LG_TRY(err);
	LG_TRY(article_register(cx, c, record, enquiry, app_setup(c->app)->trial, &id));
	record_answer_made(cx, c, "/articles", id, "saved");
	return LG_OK;
}

enum lg_err on_article_add(struct lg_ctx *cx, struct call *c) { return add(cx, c, NULL); }

enum lg_err on_article_add_of(struct lg_ctx *cx, struct call *c)
{
	struct enquiry one;
	const char *id;
	LG_TRY(app_uuid(c->rq->args[0], &id));
	LG_TRY(enquiry_read(cx, c, id, &one));
	return add(cx, c, one.id);
}

/* --- all of them */

static const char *const parts[] = { "q", "state", "subject", NULL };

static json_t *as_json(struct lg_ctx *cx, const struct db_article_list_rows *rows)
{
	json_t *list = json_array();
	for (size_t i = 0; i < rows->n; i++) {
		const struct db_article_list_row *r = &rows->rows[i];
		json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:s, s:s}", "id", r->id, "title", r->title,
		                                      "subject", r->subject, "state", r->state, "words", r->words));
	}
	return record_keep(cx, json_pack("{s:o}", "items", list));
}

static struct html_records *table(struct lg_ctx *cx, struct call *c, const struct list_of *ask,
                                  const struct db_article_list_rows *rows)
{
	const char *const heads[] = { lg_say("The question, in short"), lg_say("Subject"), lg_say("State"),
		                      lg_say("Look at it again on") };
	struct html_records *v = list_table(cx, lg_say("Answers"), heads, 4, rows->n);
	for (size_t i = 0; i < rows->n; i++) {
		const struct db_article_list_row *r = &rows->rows[i];
		struct html_records_rows *row = &v->rows[v->n_rows++];
		*row = (struct html_records_rows){ .id = r->id,
			                           .says = r->title,
			                           .url = lg_printf(cx->mem, "/articles/%s", r->id) };
		LIST_PIECES(struct html_records_rows_name, row->name, row->n_name, cx, list_part(ask, "q"), r->title);
		row->cells = lg_array(cx->mem, 3, sizeof *row->cells);
		list_cell(row, lg_say("Subject"), lg_say(choice_text(CHOICE_enquiry_subject, r->subject)));
		list_cell(row, lg_say("State"), lg_say(choice_text(CHOICE_article_state, r->state)));
		struct html_records_rows_cells *again =
		    list_cell(row, lg_say("Look at it again on"), page_date(cx, r->look_again_on));
		if (r->look_again_on != DB_NO_DATE && r->look_again_on <= page_today(cx, c)) again->tone = "warn";
	}
	v->empty = lg_say("No answer fits these filters");
	v->empty_more = lg_say("An answer begins on the page of an enquiry that was answered.");
	return v;
}

enum lg_err on_article_list(struct lg_ctx *cx, struct call *c)
{
	struct db_article_list_rows rows = { 0 };
	struct list_of ask;
	char number[48];
	LG_TRY(list_of_read(cx, c, &ask, parts));
	const char *q = list_part(&ask, "q"), *state = list_part(&ask, "state"), *subject = list_part(&ask, "subject");
	if (*state && !choice_find(CHOICE_article_state, state)) return list_refuse(cx, "state");
	if (*subject && !choice_find(CHOICE_enquiry_subject, subject)) return list_refuse(cx, "subject");
	if (*q)
		db_article_found_send(
		    cx, c->db, &rows,
		    (struct db_article_found_in){
		        .keys = list_keys_of(cx, q).keys, .state = state, .subject = subject, .room = LIST });
	else
		db_article_list_send(cx, c->db, &rows,
		                     (struct db_article_list_in){ .state = state, .subject = subject, .room = LIST });
	LG_TRY(app_end(cx, c));
	if (c->api) return answer_json(cx, c, 200, as_json(cx, &rows)), LG_OK;
	struct html_found found = { .count = lg_printf(cx->mem, lg_says("%s answer", "%s answers", rows.n),
		                                       lg_number_count(number, rows.n)),
		                    .records = table(cx, c, &ask, &rows) };
	struct html_list v = { .title = lg_say("Answers"),
		               .lead = lg_say("What was answered before, for all agents."),
		               .action = "/articles",
		               .find = lg_say("Words of the question"),
		               .q = q,
		               .found = &found };
	v.filters = lg_array(cx->mem, 2, sizeof *v.filters);
	list_choice_filter(cx, &v, "state", lg_say("State"), CHOICE_article_state, state);
	list_choice_filter(cx, &v, "subject", lg_say("Subject"), CHOICE_enquiry_subject, subject);
	v.actions = lg_array(cx->mem, 2, sizeof *v.actions);
	v.actions[v.n_actions++] = (struct html_list_actions){ .url = "/hotline", .name = lg_say("The queue") };
	if (may(&c->actor, MAY_ENQUIRY_WRITE))
		v.actions[v.n_actions++] = (struct html_list_actions){ .url = "/articles/new",
			                                               .name = lg_say("New answer for all agents"),
			                                               .icon = "plus",
			                                               .first = true };
	list_show(cx, c, &v, "hotline", rows.n && rows.rows[0].invented);
	return LG_OK;
}
