/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <string.h>

#include "app/answer.h"
#include "app/page.h"
#include "app/record.h"
#include "core/colleague.h"
#include "core/core.h"
#include "core/employer.h"
#include "core/entity.h"
#include "core/export.h"
#include "core/list_page.h"
#include "view/number.h"
#include "view/speech.h"
#include "view/when.h"

static const char *const parts[] = { "q", "relation", "consultant", "branch", "will", NULL };

static enum lg_err check(struct lg_ctx *cx, const struct list_of *ask)
{
	const char *id;
	if (*list_part(ask, "relation") && !choice_find(CHOICE_relation_state, list_part(ask, "relation")))
		return list_refuse(cx, "relation");
	if (*list_part(ask, "branch") && !choice_find(CHOICE_branch, list_part(ask, "branch")))
		return list_refuse(cx, "branch");
	if (*list_part(ask, "will") && !choice_find(CHOICE_will, list_part(ask, "will")))
		return list_refuse(cx, "will");
	if (*list_part(ask, "consultant") && app_uuid(list_part(ask, "consultant"), &id) != LG_OK)
		return list_refuse(cx, "consultant");
	return LG_OK;
}

#define FILTERS(ask)                                                                                                   \
	.relation = list_part(ask, "relation"), .consultant = list_id(ask, "consultant"),                              \
	.branch = list_part(ask, "branch"), .will = list_part(ask, "will"), .room = (ask)->room + 1

static void send(struct lg_ctx *cx, struct call *c, const struct list_of *ask, struct db_employer_list_rows *out)
{
	if (*list_part(ask, "q")) {
		struct list_keys k = list_keys_of(cx, list_part(ask, "q"));
		db_employer_found_send(cx, c->db, out,
		                       (struct db_employer_found_in){ FILTERS(ask), .keys = k.keys, LIST_KEYS(k) });
		return;
	}
	db_employer_list_send(
	    cx, c->db, out,
	    (struct db_employer_list_in){ FILTERS(ask), .after_key = ask->after_key, .after_id = ask->after_id });
}

static void put_row(struct lg_ctx *cx, const struct list_of *ask, const struct db_employer_list_row *r,
                    const struct form_with *with, int32_t today, struct html_records_rows *row)
{
	char near[LG_WHEN], number[48];
	*row = (struct html_records_rows){ .id = r->id,
		                           .says = r->name,
		                           .url = lg_printf(cx->mem, "/employers/%s", r->id) };
	LIST_PIECES(struct html_records_rows_name, row->name, row->n_name, cx, list_part(ask, "q"), r->name);
	row->cells = lg_array(cx->mem, 6, sizeof *row->cells);
	list_cell(row, lg_say("Branch"), r->branch ? lg_say(choice_text(CHOICE_branch, r->branch)) : "");
	list_cell(row, lg_say("Where we stand"), lg_say(choice_text(CHOICE_relation_state, r->relation)));
	list_cell(row, lg_say("Open openings"),
	          r->openings ? lg_strdup(cx->mem, lg_number_count(number, (uint64_t)r->openings)) : "");
	list_cell(row, lg_say("Next step"), r->next_step ? r->next_step : "");
	list_cell(row, lg_say("Whose turn"), form_member_name(with, r->consultant ? r->consultant : ""));
	list_cell(row, lg_say("When"),
	          r->next_on == DB_NO_DATE ? "" : lg_strdup(cx->mem, lg_when_near(near, r->next_on, today)))
	    ->tone = r->next_on != DB_NO_DATE && r->next_on < today ? "bad" : "";
}

static struct html_records *records(struct lg_ctx *cx, struct call *c, const struct list_of *ask,
                                    const struct db_employer_list_rows *rows, size_t n, const struct form_with *with)
{
	const char *const heads[] = { lg_say("Company"),       lg_say("Branch"),    lg_say("Where we stand"),
		                      lg_say("Open openings"), lg_say("Next step"), lg_say("Whose turn"),
		                      lg_say("When") };
	struct html_records *v = list_table(cx, lg_say("Employers"), heads, sizeof heads / sizeof *heads, n);
	for (size_t i = 0; i < n; i++) put_row(cx, ask, &rows->rows[i], with, page_today(cx, c), &v->rows[v->n_rows++]);
	v->empty = lg_say("No employer fits these filters");
	v->empty_more = lg_say("Try fewer filters, or another spelling.");
	v->empty_url = "/employers", v->empty_act = lg_say("Show all");
	return v;
}

static json_t *as_json(struct lg_ctx *cx, const struct db_employer_list_rows *rows, size_t n)
{
	json_t *o = record_keep(cx, json_object()), *items = json_array();
	for (size_t i = 0; i < n; i++) {
		const struct db_employer_list_row *r = &rows->rows[i];
		json_array_append_new(items,
		                      json_pack("{s:s, s:I, s:s, s:s?, s:s?, s:s, s:s?, s:s?, s:I}", "id", r->id,
		                                "version", (json_int_t)r->version, "name", r->name, "number", r->number,
		                                "branch", r->branch, "relation", r->relation, "will", r->will,
		                                "consultant", r->consultant, "openings", (json_int_t)r->openings));
	}
	json_object_set_new(o, "items", items);
	if (rows->n > n) list_put_next(cx, o, rows->rows[n - 1].sort_name, rows->rows[n - 1].id);
	return o;
}

static void put_filters(struct lg_ctx *cx, const struct list_of *ask, const struct form_with *with, struct html_list *v)
{
	v->filters = lg_array(cx->mem, 4, sizeof *v->filters);
	list_choice_filter(cx, v, "relation", lg_say("Where we stand"), CHOICE_relation_state,
	                   list_part(ask, "relation"));
	list_member_filter(cx, v, "consultant", lg_say("Consultant"), with, list_part(ask, "consultant"));
	list_choice_filter(cx, v, "branch", lg_say("Branch"), CHOICE_branch, list_part(ask, "branch"));
	list_choice_filter(cx, v, "will", lg_say("Will take somebody"), CHOICE_will, list_part(ask, "will"));
}

enum lg_err on_employer_list(struct lg_ctx *cx, struct call *c)
{
	struct db_employer_list_rows rows = { 0 };
	struct db_colleague_list_rows colleagues = { 0 };
	struct list_of ask;
	LG_TRY(list_of_read(cx, c, &ask, parts));
	LG_TRY(check(cx, &ask));
	send(cx, c, &ask, &rows);
	db_colleague_list_send(cx, c->db, &colleagues);
	LG_TRY(app_end(cx, c));
	size_t n = rows.n > (size_t)ask.room ? (size_t)ask.room : rows.n;
	if (c->api) return answer_json(cx, c, 200, as_json(cx, &rows, n)), LG_OK;
	struct form_with with = colleagues_of(cx, &colleagues);
	char number[48];
	struct html_found found = {
		.count = lg_printf(cx->mem, lg_says("%s company", "%s companies", n), lg_number_count(number, n)),
		.records = records(cx, c, &ask, &rows, n, &with),
	};
	struct html_list v = { .title = lg_say("Employers"),
		               .action = "/employers",
		               .find = lg_say("Name of the company"),
		               .find_help = lg_say("Part of a name"),
		               .q = list_part(&ask, "q"),
		               .found = &found };
	if (rows.n > n) list_put_pages(cx, &ask, "/employers", &found, rows.rows[n - 1].sort_name, rows.rows[n - 1].id);
	if (may(&c->actor, MAY_REGISTRY_EXPORT)) export_put_links(cx, list_of_address(cx, &ask, "/employers"), &found);
	put_filters(cx, &ask, &with, &v);
	if (may(&c->actor, MAY_EMPLOYER_WRITE)) {
		v.actions = lg_array(cx->mem, 2, sizeof *v.actions);
		if (may(&c->actor, MAY_IMPORT))
			v.actions[v.n_actions++] =
			    (struct html_list_actions){ .url = "/imports?kind=employer", .name = lg_say("Import") };
		v.actions[v.n_actions++] = (struct html_list_actions){
			.url = "/employers/new", .name = lg_say("New employer"), .icon = "plus", .first = true
		};
	}
	list_show(cx, c, &v, "employers", n && rows.rows[0].invented);
	return LG_OK;
}

/* --- as files */

static enum lg_err read_widths(struct lg_ctx *cx, struct call *c, const char **json)
{
	struct db_employer_widths_row row = { 0 };
	LG_TRY(db_employer_widths(cx, c->db, &row));
	*json = row.widths;
	return LG_OK;
}

static enum lg_err read_piece(struct lg_ctx *cx, struct call *c, const void *asked, struct export_piece *piece)
{
	struct list_of ask = *(const struct list_of *)asked;
	struct db_employer_list_rows rows = { 0 };
	struct db_employer_records_rows records = { 0 };
	ask.room = EXPORT_PIECE;
	if (piece->after_id) ask.after_key = piece->after_key, ask.after_id = piece->after_id;
	send(cx, c, &ask, &rows);
	LG_TRY(db_sync(cx, c->db));
	size_t n = rows.n > EXPORT_PIECE ? EXPORT_PIECE : rows.n;
	const char **ids = lg_array(cx->mem, n + 1, sizeof *ids);
	for (size_t i = 0; i < n; i++) ids[i] = rows.rows[i].id;
	LG_TRY(db_employer_records(cx, c->db, &records,
	                           (struct db_employer_records_in){ .ids = { .texts = ids, .n = n } }));
	*piece = (struct export_piece){ .rows = lg_array(cx->mem, records.n + 1, sizeof *piece->rows),
		                        .n = records.n,
		                        .more = rows.n > n && !*list_part(&ask, "q") };
	for (size_t i = 0; i < records.n; i++) {
		const struct db_employer_records_row *r = &records.rows[i];
		piece->rows[i] = (struct export_row){ .id = r->id, .version = r->version, .record = r->record };
	}
	if (piece->more) piece->after_key = rows.rows[n - 1].sort_name, piece->after_id = rows.rows[n - 1].id;
	return LG_OK;
}

static const char *asked_by(struct lg_ctx *cx, const void *ask) { return list_of_asked(cx, ask); }

static enum lg_err take_out(struct lg_ctx *cx, struct call *c, enum export_kind kind)
{
	static const struct export_of of = { .entity = &employer_entity,
		                             .file = "employers",
		                             .widths = read_widths,
		                             .next = read_piece,
		                             .asked = asked_by };
	struct list_of ask;
	LG_TRY(list_of_read(cx, c, &ask, parts));
	LG_TRY(check(cx, &ask));
	return export_answer(cx, c, kind, &of, &ask);
}

enum lg_err on_employer_csv(struct lg_ctx *cx, struct call *c) { return take_out(cx, c, EXPORT_CSV); }
enum lg_err on_employer_xlsx(struct lg_ctx *cx, struct call *c) { return take_out(cx, c, EXPORT_XLSX); }
enum lg_err on_employer_ndjson(struct lg_ctx *cx, struct call *c) { return take_out(cx, c, EXPORT_NDJSON); }
