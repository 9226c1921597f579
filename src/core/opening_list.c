/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/opening_list.h"

#include <string.h>

#include "app/answer.h"
#include "app/page.h"
#include "app/record.h"
#include "core/colleague.h"
#include "core/core.h"
#include "core/entity.h"
#include "core/export.h"
#include "core/list_page.h"
#include "view/number.h"
#include "view/speech.h"
#include "view/when.h"

static const char *const parts[] = { "q", "state", "kind", "municipality", "consultant", "employer", NULL };

static enum lg_err check(struct lg_ctx *cx, const struct list_of *ask)
{
	const char *id;
	if (*list_part(ask, "state") && !choice_find(CHOICE_opening_state, list_part(ask, "state")))
		return list_refuse(cx, "state");
	if (*list_part(ask, "kind") && !choice_find(CHOICE_contract, list_part(ask, "kind")))
		return list_refuse(cx, "kind");
	if (*list_part(ask, "municipality") && !*form_municipality(list_part(ask, "municipality")))
		return list_refuse(cx, "municipality");
	if (*list_part(ask, "consultant") && app_uuid(list_part(ask, "consultant"), &id) != LG_OK)
		return list_refuse(cx, "consultant");
	if (*list_part(ask, "employer") && app_uuid(list_part(ask, "employer"), &id) != LG_OK)
		return list_refuse(cx, "employer");
	return LG_OK;
}

#define FILTERS(ask)                                                                                                   \
	.state = list_part(ask, "state"), .kind = list_part(ask, "kind"),                                              \
	.municipality = list_part(ask, "municipality"), .consultant = list_id(ask, "consultant"),                      \
	.employer = list_id(ask, "employer"), .room = (ask)->room + 1

static void send(struct lg_ctx *cx, struct call *c, const struct list_of *ask, struct db_opening_list_rows *out)
{
	if (*list_part(ask, "q")) {
		struct list_keys k = list_keys_of(cx, list_part(ask, "q"));
		db_opening_found_send(cx, c->db, out,
		                      (struct db_opening_found_in){ FILTERS(ask), .keys = k.keys, LIST_KEYS(k) });
		return;
	}
	db_opening_list_send(
	    cx, c->db, out,
	    (struct db_opening_list_in){ FILTERS(ask), .after_key = ask->after_key, .after_id = ask->after_id });
}

void openings_of_send(struct lg_ctx *cx, struct call *c, const char *employer, int64_t room,
                      struct db_opening_list_rows *out)
{
	db_opening_list_send(cx, c->db, out,
	                     (struct db_opening_list_in){ .state = "",
	                                                  .kind = "",
	                                                  .municipality = "",
	                                                  .employer = employer,
	                                                  .after_key = "",
	                                                  .after_id = LIST_FIRST,
	                                                  .room = room });
}

static void put_row(struct lg_ctx *cx, const struct list_of *ask, const struct db_opening_list_row *r, int32_t today,
                    struct html_records_rows *row)
{
	char near[LG_WHEN], number[48];
	*row = (struct html_records_rows){ .id = r->id,
		                           .says = r->title,
		                           .url = lg_printf(cx->mem, "/openings/%s", r->id) };
	LIST_PIECES(struct html_records_rows_name, row->name, row->n_name, cx, list_part(ask, "q"), r->title);
	row->cells = lg_array(cx->mem, 6, sizeof *row->cells);
	list_cell(row, lg_say("Employer"), r->employer_name);
	list_cell(row, lg_say("Kind of contract"), lg_say(choice_text(CHOICE_contract, r->kind)));
	list_cell(row, lg_say("Place"),
	          r->municipality ? form_municipality(r->municipality)
	          : r->remote     ? lg_say("Anywhere")
	                          : "");
	list_cell(row, lg_say("People"), lg_strdup(cx->mem, lg_number_count(number, (uint64_t)r->positions)));
	list_cell(row, lg_say("State"), lg_say(choice_text(CHOICE_opening_state, r->state)));
	list_cell(row, lg_say("Offered until"),
	          r->expires_on == DB_NO_DATE ? "" : lg_strdup(cx->mem, lg_when_near(near, r->expires_on, today)));
}

static struct html_records *records(struct lg_ctx *cx, struct call *c, const struct list_of *ask,
                                    const struct db_opening_list_rows *rows, size_t n)
{
	const char *const heads[] = { lg_say("Title of the opening"),
		                      lg_say("Employer"),
		                      lg_say("Kind of contract"),
		                      lg_say("Place"),
		                      lg_say("People"),
		                      lg_say("State"),
		                      lg_say("Offered until") };
	struct html_records *v = list_table(cx, lg_say("Openings"), heads, sizeof heads / sizeof *heads, n);
	for (size_t i = 0; i < n; i++) put_row(cx, ask, &rows->rows[i], page_today(cx, c), &v->rows[v->n_rows++]);
	v->empty = lg_say("No opening fits these filters");
	v->empty_more = lg_say("Openings are made on the page of their employer.");
	v->empty_url = "/employers", v->empty_act = lg_say("Employers");
	return v;
}

static json_t *as_json(struct lg_ctx *cx, const struct db_opening_list_rows *rows, size_t n)
{
	json_t *o = record_keep(cx, json_object()), *items = json_array();
	for (size_t i = 0; i < n; i++) {
		const struct db_opening_list_row *r = &rows->rows[i];
		json_array_append_new(
		    items, json_pack("{s:s, s:I, s:s, s:s, s:s, s:I, s:s?, s:s, s:s, s:s?}", "id", r->id, "version",
		                     (json_int_t)r->version, "title", r->title, "kind", r->kind, "state", r->state,
		                     "positions", (json_int_t)r->positions, "municipality", r->municipality, "employer",
		                     r->employer, "employer_name", r->employer_name, "consultant", r->consultant));
	}
	json_object_set_new(o, "items", items);
	if (rows->n > n) list_put_next(cx, o, rows->rows[n - 1].sort_name, rows->rows[n - 1].id);
	return o;
}

static void put_filters(struct lg_ctx *cx, const struct list_of *ask, const struct form_with *with, struct html_list *v)
{
	v->filters = lg_array(cx->mem, 3, sizeof *v->filters);
	list_choice_filter(cx, v, "state", lg_say("State"), CHOICE_opening_state, list_part(ask, "state"));
	list_choice_filter(cx, v, "kind", lg_say("Kind of contract"), CHOICE_contract, list_part(ask, "kind"));
	list_member_filter(cx, v, "consultant", lg_say("Consultant"), with, list_part(ask, "consultant"));
	v->hidden = lg_array(cx->mem, 2, sizeof *v->hidden);
	for (size_t i = 0; i < 2; i++) {
		static const char *const kept[] = { "municipality", "employer" };
		if (*list_part(ask, kept[i]))
			v->hidden[v->n_hidden++] =
			    (struct html_list_hidden){ .name = kept[i], .value = list_part(ask, kept[i]) };
	}
}

enum lg_err on_opening_list(struct lg_ctx *cx, struct call *c)
{
	struct db_opening_list_rows rows = { 0 };
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
		.count = lg_printf(cx->mem, lg_says("%s opening", "%s openings", n), lg_number_count(number, n)),
		.records = records(cx, c, &ask, &rows, n),
	};
	struct html_list v = { .title = lg_say("Openings"),
		               .action = "/openings",
		               .find = lg_say("Title of the opening"),
		               .find_help = lg_say("Part of a title"),
		               .q = list_part(&ask, "q"),
		               .found = &found };
	if (rows.n > n) list_put_pages(cx, &ask, "/openings", &found, rows.rows[n - 1].sort_name, rows.rows[n - 1].id);
	if (may(&c->actor, MAY_REGISTRY_EXPORT)) export_put_links(cx, list_of_address(cx, &ask, "/openings"), &found);
	put_filters(cx, &ask, &with, &v);
	v.actions = lg_array(cx->mem, 1, sizeof *v.actions);
	if (may(&c->actor, MAY_IMPORT))
		v.actions[v.n_actions++] =
		    (struct html_list_actions){ .url = "/imports?kind=opening", .name = lg_say("Import") };
	list_show(cx, c, &v, "openings", n && rows.rows[0].invented);
	return LG_OK;
}

/* --- as files */

static enum lg_err read_widths(struct lg_ctx *cx, struct call *c, const char **json)
{
	struct db_opening_widths_row row = { 0 };
	LG_TRY(db_opening_widths(cx, c->db, &row));
	*json = row.widths;
	return LG_OK;
}

static enum lg_err read_piece(struct lg_ctx *cx, struct call *c, const void *asked, struct export_piece *piece)
{
	struct list_of ask = *(const struct list_of *)asked;
	struct db_opening_list_rows rows = { 0 };
	struct db_opening_records_rows records = { 0 };
	ask.room = EXPORT_PIECE;
	if (piece->after_id) ask.after_key = piece->after_key, ask.after_id = piece->after_id;
	send(cx, c, &ask, &rows);
	LG_TRY(db_sync(cx, c->db));
	size_t n = rows.n > EXPORT_PIECE ? EXPORT_PIECE : rows.n;
	const char **ids = lg_array(cx->mem, n + 1, sizeof *ids);
	for (size_t i = 0; i < n; i++) ids[i] = rows.rows[i].id;
	LG_TRY(
	    db_opening_records(cx, c->db, &records, (struct db_opening_records_in){ .ids = { .texts = ids, .n = n } }));
	*piece = (struct export_piece){ .rows = lg_array(cx->mem, records.n + 1, sizeof *piece->rows),
		                        .n = records.n,
		                        .more = rows.n > n && !*list_part(&ask, "q") };
	for (size_t i = 0; i < records.n; i++) {
		const struct db_opening_records_row *r = &records.rows[i];
		piece->rows[i] = (struct export_row){ .id = r->id,
			                              .version = r->version,
			                              .state = r->state,
			                              .employer = r->employer,
			                              .employer_name = r->employer_name,
			                              .record = r->record };
	}
	if (piece->more) piece->after_key = rows.rows[n - 1].sort_name, piece->after_id = rows.rows[n - 1].id;
	return LG_OK;
}

static const char *asked_by(struct lg_ctx *cx, const void *ask) { return list_of_asked(cx, ask); }

static enum lg_err take_out(struct lg_ctx *cx, struct call *c, enum export_kind kind)
{
	static const struct export_of of = { .entity = &opening_entity,
		                             .file = "openings",
		                             .widths = read_widths,
		                             .next = read_piece,
		                             .asked = asked_by };
	struct list_of ask;
	LG_TRY(list_of_read(cx, c, &ask, parts));
	LG_TRY(check(cx, &ask));
	return export_answer(cx, c, kind, &of, &ask);
}

enum lg_err on_opening_csv(struct lg_ctx *cx, struct call *c) { return take_out(cx, c, EXPORT_CSV); }
enum lg_err on_opening_xlsx(struct lg_ctx *cx, struct call *c) { return take_out(cx, c, EXPORT_XLSX); }
enum lg_err on_opening_ndjson(struct lg_ctx *cx, struct call *c) { return take_out(cx, c, EXPORT_NDJSON); }
