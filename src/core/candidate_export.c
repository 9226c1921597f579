/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* The list of candidates as files. People whose name and address are protected are never taken out. */
#include "app/app.h"
#include "app/audit.h"
#include "core/candidate.h"
#include "core/candidate_list.h"
#include "core/core.h"
#include "core/export.h"

/* A sheet shows what the list shows; whole records are lines of JSON. */
static const char *const columns[] = { "id",
	                               "state",
	                               "given_name",
	                               "family_name",
	                               "given_native",
	                               "family_native",
	                               "municipality",
	                               "municipality_name",
	                               "occupations-0.occupation",
	                               "occupations-0.occupation_name",
	                               "wants_work",
	                               "next_step",
	                               "next_on",
	                               "owner",
	                               NULL };

static enum lg_err read_piece(struct lg_ctx *cx, struct call *c, const void *asked, struct export_piece *piece)
{
	struct list_ask ask = *(const struct list_ask *)asked;
	struct db_candidate_list_rows rows = { 0 };
	struct db_candidate_records_rows records = { 0 };
	ask.room = EXPORT_PIECE;
	if (piece->after_id) ask.after_key = piece->after_key, ask.after_id = piece->after_id;
	list_ask_send(cx, c, &ask, &rows);
	LG_TRY(db_sync(cx, c->db));
	size_t n = rows.n > EXPORT_PIECE ? EXPORT_PIECE : rows.n, out = 0;
	const char **ids = lg_array(cx->mem, n + 1, sizeof *ids);
	for (size_t i = 0; i < n; i++)
		if (!rows.rows[i].is_protected) ids[out++] = rows.rows[i].id;
	db_candidate_records_send(cx, c->db, &records,
	                          (struct db_candidate_records_in){ .ids = { .texts = ids, .n = out } });
	audit_seen(cx, c, ids, out);
	LG_TRY(db_sync(cx, c->db));
	*piece = (struct export_piece){ .rows = lg_array(cx->mem, records.n + 1, sizeof *piece->rows),
		                        .n = records.n,
		                        .more = rows.n > n };
	for (size_t i = 0; i < records.n; i++) {
		const struct db_candidate_records_row *r = &records.rows[i];
		piece->rows[i] =
		    (struct export_row){ .id = r->id, .version = r->version, .state = r->state, .record = r->record };
	}
	if (piece->more) piece->after_key = rows.rows[n - 1].key, piece->after_id = rows.rows[n - 1].id;
	return LG_OK;
}

/* Neither the name that was looked for nor where the list went on, which is one too. */
static const char *asked_by(struct lg_ctx *cx, const void *ask)
{
	return list_address(cx, ask, "", (const char *const[]){ "q", "", NULL });
}

static enum lg_err take_out(struct lg_ctx *cx, struct call *c, enum export_kind kind)
{
	static const struct export_of of = { .entity = &candidate_entity,
		                             .file = "candidates",
		                             .columns = columns,
		                             .next = read_piece,
		                             .asked = asked_by };
	struct list_ask ask;
	LG_TRY(list_ask_read(cx, c, &ask, &c->rq->query));
	return export_answer(cx, c, kind, &of, &ask);
}

enum lg_err on_candidate_csv(struct lg_ctx *cx, struct call *c) { return take_out(cx, c, EXPORT_CSV); }
enum lg_err on_candidate_xlsx(struct lg_ctx *cx, struct call *c) { return take_out(cx, c, EXPORT_XLSX); }
enum lg_err on_candidate_ndjson(struct lg_ctx *cx, struct call *c) { return take_out(cx, c, EXPORT_NDJSON); }
