/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/candidate_list.h"

#include <string.h>

#include "app/answer.h"
#include "app/audit.h"
#include "app/page.h"
#include "core/candidate.h"
#include "core/colleague.h"
#include "core/core.h"
#include "core/document.h"
#include "core/document_text.h"
#include "core/export.h"
#include "core/list_page.h"
#include "core/saved_view.sql.h"
#include "market/municipality.h"
#include "taxonomy/taxonomy.h"
#include "view/found.html.h"
#include "view/list.html.h"
#include "view/number.h"
#include "view/speech.h"
#include "view/when.h"

enum { PAGE = 50, MOST = 200 };

/* --- what is asked */

static const struct {
	const char *name;
	size_t at;
} parts[] = {
#define PART(name)                                                                                                     \
	{                                                                                                              \
#name, offsetof(struct list_ask, name)                                                                 \
	}
	PART(q),        PART(state), PART(municipality), PART(owner), PART(unit), PART(occupation),
	PART(language), PART(level), PART(wants),        PART(flag),  PART(sort),
#undef PART
};
_Static_assert(sizeof parts / sizeof *parts == LIST_PARTS, "all that an address may ask for");

static const char **part_of(struct list_ask *ask, size_t i)
{
	return (const char **)(void *)((char *)ask + parts[i].at);
}

static const char *part_value(const struct list_ask *ask, size_t i)
{
	return *(const char *const *)(const void *)((const char *)ask + parts[i].at);
}

static bool is_among(const char *s, const char *const *list)
{
	for (; *list; list++)
		if (!strcmp(*list, s)) return true;
	return false;
}

/* Could it be a code of somebody's list? It goes into the audit as it is. */
static bool is_code(const char *s)
{
	enum { CODE = 60 };
	size_t n = strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:/");
	return !s[n] && n <= CODE;
}

static enum lg_err check(struct lg_ctx *cx, const struct list_ask *ask)
{
	static const char *const flags[] = { "", "no_step", "late", "permit", "no_solution", "old", NULL };
	static const char *const sorts[] = { "name", "next", "changed", "found", NULL };
	const char *id;
	if (*ask->state && strcmp(ask->state, "open") != 0 && !choice_find(CHOICE_state, ask->state))
		return list_refuse(cx, "state");
	if (*ask->wants && !choice_find(CHOICE_wants_work, ask->wants)) return list_refuse(cx, "wants");
	if (*ask->language && !choice_find(CHOICE_language, ask->language)) return list_refuse(cx, "language");
	if (*ask->level && !choice_find(CHOICE_level, ask->level)) return list_refuse(cx, "level");
	if (!is_among(ask->flag, flags)) return list_refuse(cx, "flag");
	if (!is_among(ask->sort, sorts)) return list_refuse(cx, "sort");
	if (*ask->owner && app_uuid(ask->owner, &id) != LG_OK) return list_refuse(cx, "owner");
	if (*ask->unit && app_uuid(ask->unit, &id) != LG_OK) return list_refuse(cx, "unit");
	if (!is_code(ask->municipality)) return list_refuse(cx, "municipality");
	if (!is_code(ask->occupation)) return list_refuse(cx, "occupation");
	if (ask->after_id && app_uuid(ask->after_id, &id) != LG_OK) return list_refuse(cx, "after");
	return LG_OK;
}

/* "sort key|uuid" */
static void read_after(struct lg_ctx *cx, const char *after, struct list_ask *ask)
{
	const char *bar = after ? strrchr(after, '|') : NULL;
	if (!bar) return;
	ask->after_key = lg_strndup(cx->mem, after, (size_t)(bar - after));
	ask->after_id = bar + 1;
}

enum lg_err list_ask_read(struct lg_ctx *cx, struct call *c, struct list_ask *out, const struct http_pairs *query)
{
	*out = (struct list_ask){ .room = PAGE };
	for (size_t i = 0; i < LIST_PARTS; i++) *part_of(out, i) = "";
	for (size_t k = 0; k < query->n; k++) {
		const struct http_pair *p = &query->at[k];
		size_t i = 0;
		while (i < LIST_PARTS && strcmp(parts[i].name, p->name) != 0) i++;
		if (i < LIST_PARTS)
			*part_of(out, i) = p->value;
		else if (!strcmp(p->name, "after"))
			read_after(cx, p->value, out);
		else if (!strcmp(p->name, "limit"))
			out->room = (int64_t)strtol(p->value, NULL, 10);
		else if (strcmp(p->name, "said") != 0 && strcmp(p->name, "lang") != 0)
			return lg_failf(cx, LG_INVALID, "", lg_say("There is no filter of that name."));
	}
	if (out->room < 1 || out->room > MOST) out->room = MOST;
	if (!*out->sort) out->sort = *out->q ? "found" : "name";
	if (!strcmp(out->owner, "me")) out->owner = c->actor.account;
	return check(cx, out);
}

static struct db_list states_of(struct lg_ctx *cx, const char *state)
{
	size_t n, k = 0;
	const struct choice *all = choices(CHOICE_state, &n);
	const char **texts = lg_array(cx->mem, n + 1, sizeof *texts);
	for (size_t i = 0; i < n; i++)
		if (!strcmp(state, "open") ? strcmp(all[i].code, "closed") != 0 : !strcmp(all[i].code, state))
			texts[k++] = all[i].code;
	return (struct db_list){ .texts = texts, .n = *state ? k : 0 };
}

static struct db_list levels_from(struct lg_ctx *cx, const char *level)
{
	size_t n, k = 0;
	const struct choice *all = choices(CHOICE_level, &n);
	const char **texts = lg_array(cx->mem, n + 1, sizeof *texts);
	int from = choice_at(CHOICE_level, level);
	for (size_t i = 0; from >= 0 && i < n; i++)
		if ((int)i >= from) texts[k++] = all[i].code;
	return (struct db_list){ .texts = texts, .n = k };
}

/* What the statements of the list filter by. */
#define FILTERS(cx, c, ask)                                                                                            \
	.states = states_of(cx, (ask)->state), .municipality = (ask)->municipality,                                    \
	.owner = *(ask)->owner ? (ask)->owner : NULL, .unit = *(ask)->unit ? (ask)->unit : NULL,                       \
	.occupation = (ask)->occupation, .language = (ask)->language, .levels = levels_from(cx, (ask)->level),         \
	.wants = (ask)->wants, .flag = (ask)->flag, .today = page_today(cx, c), .room = (ask)->room + 1

static void send_found(struct lg_ctx *cx, struct call *c, const struct list_ask *ask,
                       struct db_candidate_list_rows *out)
{
	struct list_keys of = list_keys_of(cx, ask->q);
	struct db_list words = { 0 }; /* of documents, for those who may read them */
	if (may(&c->actor, MAY_DOCUMENT_READ)) words = document_keys(cx, c, ask->q);
	/* Nothing to look for: nobody is found, rather than everybody. */
	db_candidate_found_send(
	    cx, c->db, out,
	    (struct db_candidate_found_in){
	        FILTERS(cx, c, ask), .keys = of.keys, .spelled = of.least.spelled, .heard = of.least.heard,
	        .worth_spelled = of.least.worth_spelled, .worth_heard = of.least.worth_heard, .document_keys = words,
	        .document_words = (int64_t)words.n, .worth_document = DOCUMENT_FOUND, .sort = ask->sort,
	        .after_key = ask->after_key ? ask->after_key : "", .after_id = ask->after_id });
}

static void send_by_name(struct lg_ctx *cx, struct call *c, const struct list_ask *ask,
                         struct db_candidate_list_rows *out)
{
	bool goes_on = ask->after_id;
	db_candidate_by_name_send(cx, c->db, out,
	                          (struct db_candidate_by_name_in){
	                              FILTERS(cx, c, ask), .after_key = goes_on && ask->after_key ? ask->after_key : "",
	                              .after_id = goes_on ? ask->after_id : "00000000-0000-0000-0000-000000000000" });
}

void list_ask_send(struct lg_ctx *cx, struct call *c, const struct list_ask *ask, struct db_candidate_list_rows *out)
{
	if (*ask->q) {
		send_found(cx, c, ask, out);
		return;
	}
	if (strcmp(ask->sort, "next") != 0 && strcmp(ask->sort, "changed") != 0) {
		send_by_name(cx, c, ask, out);
		return;
	}
	db_candidate_list_send(cx, c->db, out,
	                       (struct db_candidate_list_in){ FILTERS(cx, c, ask), .sort = ask->sort,
	                                                      .after_key = ask->after_key ? ask->after_key : "",
	                                                      .after_id = ask->after_id });
}

void list_mine_send(struct lg_ctx *cx, struct call *c, int64_t room, struct db_candidate_list_rows *out)
{
	struct db_candidate_mine_in in = { .owner = c->actor.account, .room = room };
	db_candidate_mine_send(cx, c->db, out, in);
}

const char *list_address(struct lg_ctx *cx, const struct list_ask *ask, const char *path, const char *const *other)
{
	struct lg_buf *b = page_buffer(cx);
	char next = '?';
	lg_puts(b, path);
	for (size_t i = 0; i < LIST_PARTS; i++) {
		const char *value = part_value(ask, i);
		bool replaced = false;
		for (const char *const *o = other; *o; o += 2) replaced = replaced || !strcmp(o[0], parts[i].name);
		if (!strcmp(parts[i].name, "sort") && !strcmp(value, *ask->q ? "found" : "name")) continue;
		if (!replaced) list_put_pair(b, parts[i].name, value, &next);
	}
	for (const char *const *o = other; *o; o += 2) list_put_pair(b, o[0], o[1], &next);
	return b->data;
}

/* --- rows */

static const char *first_occupation(struct lg_ctx *cx, struct call *c, const char *json)
{
	json_t *list;
	if (record_parse(cx, &list, json, strlen(json)) != LG_OK) return "";
	const json_t *first = json_array_get(list, 0);
	return first ? form_concept(c, record_word(first, "occupation")) : "";
}

static const char *level_of(struct lg_ctx *cx, const char *json, const char *language)
{
	json_t *list, *one;
	size_t i;
	if (record_parse(cx, &list, json, strlen(json)) != LG_OK) return "";
	json_array_foreach(list, i, one)
	{
		const struct choice *level = choice_find(CHOICE_level, record_word(one, "interaction"));
		if (!strcmp(record_word(one, "language"), language) && level)
			return *level->mark ? level->mark : lg_say(level->text);
	}
	return "";
}

/* The language of the country that the office is in. */
static const char *country_language(const struct call *c)
{
	return c->actor.zone && strstr(c->actor.zone, "Stockholm") ? "sv" : "da";
}

static void put_due(struct lg_ctx *cx, struct call *c, struct html_records_rows *row, int32_t day)
{
	char near[LG_WHEN];
	int32_t today = page_today(cx, c);
	struct html_records_rows_cells *cell =
	    list_cell(row, lg_say("When"), lg_strdup(cx->mem, lg_when_near(near, day, today)));
	cell->tone = day < today ? "bad" : day <= today + 1 ? "warn" : "";
}

/* What everybody has who is not closed: a step, an owner and a date. What is missing is flagged. */
static void put_wanted(struct html_records_rows *row, const char *label, const char *value, const char *missing,
                       const struct db_candidate_list_row *r)
{
	bool flagged = !*value && strcmp(r->state, "closed") != 0;
	struct html_records_rows_cells *cell = list_cell(row, label, flagged ? missing : value);
	if (flagged) cell->tone = "warn";
}

static void put_row(struct lg_ctx *cx, struct call *c, const struct list_ask *ask,
                    const struct db_candidate_list_row *r, const struct form_with *with, struct html_records_rows *row)
{
	const char *name =
	    r->is_protected ? lg_say("Protected person") : lg_printf(cx->mem, "%s %s", r->given_name, r->family_name);
	*row =
	    (struct html_records_rows){ .id = r->id, .says = name, .url = lg_printf(cx->mem, "/candidates/%s", r->id) };
	LIST_PIECES(struct html_records_rows_name, row->name, row->n_name, cx, ask->q, name);
	if (!r->is_protected && (r->given_native || r->family_native)) {
		const char *native = lg_printf(cx->mem, "%s %s", r->given_native ? r->given_native : "",
		                               r->family_native ? r->family_native : "");
		LIST_PIECES(struct html_records_rows_other, row->other, row->n_other, cx, ask->q, native);
		row->other_lang = form_script_language(native);
	}
	row->cells = lg_array(cx->mem, 7, sizeof *row->cells);
	list_cell(row, lg_say("Occupation"), first_occupation(cx, c, r->occupations));
	list_cell(row, lg_say(choice_text(CHOICE_language, country_language(c))),
	          level_of(cx, r->languages, country_language(c)));
	list_cell(row, lg_say("State"), lg_say(choice_text(CHOICE_state, r->state)));
	put_wanted(row, lg_say("Next step"), r->next_step ? r->next_step : "", lg_say("No next step"), r);
	put_wanted(row, lg_say("Whose turn"), form_member_name(with, r->owner ? r->owner : ""), lg_say("Nobody"), r);
	if (r->next_on == DB_NO_DATE)
		put_wanted(row, lg_say("When"), "", lg_say("No date"), r);
	else
		put_due(cx, c, row, r->next_on);
}

static void put_head(struct lg_ctx *cx, const struct list_ask *ask, struct html_records *v, const char *name,
                     const char *sort)
{
	struct html_records_heads *head = &v->heads[v->n_heads++];
	*head = (struct html_records_heads){ .name = name };
	if (!sort || !ask) return;
	head->sort = list_address(cx, ask, "/candidates", (const char *const[]){ "sort", sort, NULL });
	if (!strcmp(ask->sort, sort)) head->sorted = !strcmp(sort, "changed") ? "descending" : "ascending";
}

struct html_records *list_records(struct lg_ctx *cx, struct call *c, const struct list_ask *ask,
                                  const struct db_candidate_list_row *rows, size_t n, const struct form_with *with)
{
	struct html_records *v = lg_alloc(cx->mem, sizeof *v);
	*v = (struct html_records){
		.id = "list", .caption = lg_say("Candidates"), .csrf = page_csrf(cx, c), .action = "/candidates/batch"
	};
	v->heads = lg_array(cx->mem, 7, sizeof *v->heads);
	put_head(cx, ask, v, lg_say("Name"), "name");
	put_head(cx, NULL, v, lg_say("Occupation"), NULL);
	put_head(cx, NULL, v, lg_say(choice_text(CHOICE_language, country_language(c))), NULL);
	put_head(cx, NULL, v, lg_say("State"), NULL);
	put_head(cx, NULL, v, lg_say("Next step"), NULL);
	put_head(cx, NULL, v, lg_say("Whose turn"), NULL);
	put_head(cx, ask, v, lg_say("When"), "next");
	v->rows = lg_array(cx->mem, n + 1, sizeof *v->rows);
	for (size_t i = 0; i < n; i++) put_row(cx, c, ask, &rows[i], with, &v->rows[v->n_rows++]);
	return v;
}

/* --- the page */

static void put_filters(struct lg_ctx *cx, struct call *c, const struct list_ask *ask, const struct form_with *with,
                        struct html_list *v)
{
	v->filters = lg_array(cx->mem, 6, sizeof *v->filters);
	list_choice_filter(cx, v, "state", lg_say("State"), CHOICE_state, ask->state);
	struct html_list_filters *owner = list_filter(cx, v, "owner", lg_say("Whose turn"), with->n_members);
	for (size_t i = 0; i < with->n_members; i++)
		list_option(owner, with->members[i].account, with->members[i].name, ask->owner);
	if (with->n_units) {
		struct html_list_filters *unit = list_filter(cx, v, "unit", lg_say("Unit"), with->n_units);
		for (size_t i = 0; i < with->n_units; i++)
			if (with->units[i].seen) list_option(unit, with->units[i].id, with->units[i].name, ask->unit);
	}
	list_choice_filter(cx, v, "wants", lg_say("Wants to work"), CHOICE_wants_work, ask->wants);
	struct html_list_filters *flag = list_filter(cx, v, "flag", lg_say("Needs a look"), 5);
	list_option(flag, "no_step", lg_say("No next step"), ask->flag);
	list_option(flag, "late", lg_say("Date has passed"), ask->flag);
	list_option(flag, "permit", lg_say("Permit ends within 90 days"), ask->flag);
	list_option(flag, "no_solution", lg_say("No solution yet"), ask->flag);
	list_option(flag, "old", lg_say("Not confirmed for 90 days"), ask->flag);
	v->hidden = lg_array(cx->mem, LIST_PARTS, sizeof *v->hidden);
	for (size_t i = 0; i < LIST_PARTS; i++) {
		static const char *const shown[] = { "q", "state", "owner", "unit", "wants", "flag", "sort", NULL };
		if (!is_among(parts[i].name, shown) && *part_value(ask, i))
			v->hidden[v->n_hidden++] =
			    (struct html_list_hidden){ .name = parts[i].name, .value = part_value(ask, i) };
	}
	(void)c;
}

static void put_views(struct lg_ctx *cx, struct call *c, const struct list_ask *ask,
                      const struct db_saved_view_list_rows *views, struct html_list *v)
{
	static const char *const none[] = { NULL };
	const char *here = list_address(cx, ask, "/candidates", none);
	v->views = lg_array(cx->mem, views->n + 4, sizeof *v->views);
	const struct {
		const char *url, *name;
	} own[] = { { "/candidates", lg_say("All") },
		    { lg_printf(cx->mem, "/candidates?owner=%s", c->actor.account ? c->actor.account : ""),
		      lg_say("Mine") },
		    { "/candidates?flag=no_step", lg_say("No next step") } };
	for (size_t i = 0; i < sizeof own / sizeof *own; i++)
		v->views[v->n_views++] = (struct html_list_views){ .url = own[i].url,
			                                           .name = own[i].name,
			                                           .current = !strcmp(own[i].url, here) };
	for (size_t i = 0; i < views->n; i++) {
		const char *url = lg_printf(cx->mem, "/candidates?%s", views->rows[i].query);
		v->views[v->n_views++] =
		    (struct html_list_views){ .url = url, .name = views->rows[i].name, .current = !strcmp(url, here) };
	}
}

static void put_batch(struct lg_ctx *cx, struct call *c, const struct form_with *with, struct html_records *v)
{
	if (!may(&c->actor, MAY_CANDIDATE_WRITE)) return;
	v->pick = true;
	v->batch_says = lg_say("With those chosen:");
	v->batch = lg_array(cx->mem, with->n_members + 1, sizeof *v->batch);
	for (size_t i = 0; i < with->n_members; i++)
		v->batch[v->n_batch++] =
		    (struct html_records_batch){ .value = lg_printf(cx->mem, "owner:%s", with->members[i].account),
			                         .label =
			                             lg_printf(cx->mem, lg_say("give to %s"), with->members[i].name) };
	v->batch[v->n_batch++] =
	    (struct html_records_batch){ .value = "ask", .label = lg_say("next step: ask again, tomorrow") };
}

static void put_found(struct lg_ctx *cx, struct call *c, const struct list_ask *ask,
                      const struct db_candidate_list_rows *rows, size_t n, const struct form_with *with,
                      struct html_found *v)
{
	char number[48];
	bool more = rows->n > n;
	v->count = lg_printf(cx->mem, more ? lg_say("The first %s people") : lg_says("%s person", "%s people", n),
	                     lg_number_count(number, n));
	v->records = list_records(cx, c, ask, rows->rows, n, with);
	struct html_records *records = (struct html_records *)(uintptr_t)v->records;
	records->empty = lg_say("Nobody fits these filters");
	records->empty_more =
	    lg_say("Try fewer filters, or another spelling. Names are found in Latin and in Cyrillic letters.");
	records->empty_url = "/candidates", records->empty_act = lg_say("Show all");
	put_batch(cx, c, with, records);
	static const char *const none[] = { NULL };
	if (may(&c->actor, MAY_CANDIDATE_EXPORT)) export_put_links(cx, list_address(cx, ask, "/candidates", none), v);
	if (!more && !ask->after_id) return;
	v->place = ask->after_id ? lg_say("Further on") : lg_say("The beginning");
	if (ask->after_id) v->before = list_address(cx, ask, "/candidates", (const char *const[]){ "after", "", NULL });
	if (more) {
		const struct db_candidate_list_row *last = &rows->rows[n - 1];
		v->after = list_address(
		    cx, ask, "/candidates",
		    (const char *const[]){ "after", lg_printf(cx->mem, "%s|%s", last->key, last->id), NULL });
	}
}

static json_t *parsed(struct lg_ctx *cx, const char *text)
{
	json_t *value;
	return record_parse(cx, &value, text, strlen(text)) == LG_OK ? value : record_keep(cx, json_null());
}

static json_t *rows_as_json(struct lg_ctx *cx, const struct db_candidate_list_rows *rows, size_t n)
{
	json_t *o = record_keep(cx, json_object()), *items = json_array();
	for (size_t i = 0; i < n; i++) {
		const struct db_candidate_list_row *r = &rows->rows[i];
		json_t *one = json_pack("{s:s, s:I, s:s, s:s?, s:s?, s:s?}", "id", r->id, "version",
		                        (json_int_t)r->version, "state", r->state, "municipality", r->municipality,
		                        "next_step", r->next_step, "owner", r->owner);
		if (!r->is_protected) {
			json_object_set_new(one, "given_name", json_string(r->given_name));
			json_object_set_new(one, "family_name", json_string(r->family_name));
		}
		json_object_set(one, "occupations", parsed(cx, r->occupations));
		json_object_set(one, "languages", parsed(cx, r->languages));
		json_array_append_new(items, one);
	}
	json_object_set_new(o, "items", items);
	if (rows->n > n) {
		const struct db_candidate_list_row *last = &rows->rows[n - 1];
		json_object_set_new(o, "next", json_string(lg_printf(cx->mem, "%s|%s", last->key, last->id)));
	}
	return o;
}

static const char *const *ids_of(struct lg_ctx *cx, const struct db_candidate_list_rows *rows, size_t n)
{
	const char **ids = lg_array(cx->mem, n + 1, sizeof *ids);
	for (size_t i = 0; i < n; i++) ids[i] = rows->rows[i].id;
	return ids;
}

enum lg_err on_candidate_list(struct lg_ctx *cx, struct call *c)
{
	static const char *const none[] = { NULL };
	struct db_candidate_list_rows rows = { 0 };
	struct db_colleague_list_rows colleagues = { 0 };
	struct db_unit_choices_rows units = { 0 };
	struct db_saved_view_list_rows views = { 0 };
	struct list_ask ask;
	LG_TRY(list_ask_read(cx, c, &ask, &c->rq->query));
	list_ask_send(cx, c, &ask, &rows);
	db_colleague_list_send(cx, c->db, &colleagues);
	db_unit_choices_send(cx, c->db, &units);
	if (c->actor.account)
		db_saved_view_list_send(cx, c->db, &views,
		                        (struct db_saved_view_list_in){ .account = c->actor.account });
	LG_TRY(db_sync(cx, c->db));
	size_t n = rows.n > (size_t)ask.room ? (size_t)ask.room : rows.n, n_hits;
	struct document_hit *hits = NULL;
	LG_TRY(list_read_hits(cx, c, &ask, &rows, n, &hits, &n_hits));
	audit_seen(cx, c, ids_of(cx, &rows, n), n);
	LG_TRY(app_end(cx, c));
	if (c->api) {
		json_t *found = rows_as_json(cx, &rows, n);
		list_put_hits_json(hits, n_hits, found);
		return answer_json(cx, c, 200, found), LG_OK;
	}
	struct form_with with = colleagues_of(cx, &colleagues);
	put_units_of(cx, &with, &units);
	struct html_found found = { 0 };
	struct html_list v = { .title = lg_say("Candidates"),
		               .action = "/candidates",
		               .find = lg_say("Name"),
		               .find_help = may(&c->actor, MAY_DOCUMENT_READ)
		                                ? lg_say("Part of a name, or words in documents, in either script")
		                                : lg_say("Part of a name, in either script"),
		               .q = ask.q,
		               .csrf = page_csrf(cx, c),
		               .save_action = "/candidates/views",
		               .found = &found };
	put_found(cx, c, &ask, &rows, n, &with, &found);
	list_put_hits(cx, &ask, hits, n_hits, found.records);
	if (c->partial) return page_answer(cx, c, &(struct page){ .title = v.title }, html_found_any(&found)), LG_OK;
	put_filters(cx, c, &ask, &with, &v);
	put_views(cx, c, &ask, &views, &v);
	const char *query = list_address(cx, &ask, "", none);
	v.save_query = *query ? query + 1 : "";
	if (*v.save_query) v.clear = "/candidates";
	v.actions = lg_array(cx->mem, 2, sizeof *v.actions);
	if (may(&c->actor, MAY_IMPORT))
		v.actions[v.n_actions++] =
		    (struct html_list_actions){ .url = "/imports?kind=candidate", .name = lg_say("Import") };
	if (may(&c->actor, MAY_CANDIDATE_WRITE))
		v.actions[v.n_actions++] = (struct html_list_actions){
			.url = "/candidates/new", .name = lg_say("New candidate"), .icon = "person-add", .first = true
		};
	page_answer(cx, c,
	            &(struct page){
	                .title = v.title, .here = "candidates", .q = ask.q, .invented = n && rows.rows[0].invented },
	            html_list_any(&v));
	return LG_OK;
}

enum lg_err on_candidate_search(struct lg_ctx *cx, struct call *c)
{
	const char *q = http_query(c->rq, "q");
	struct lg_buf *to = page_buffer(cx);
	lg_puts(to, "/candidates?q=");
	http_put_encoded(to, q ? q : "");
	answer_see(cx, c, to->data, NULL);
	return LG_OK;
}
