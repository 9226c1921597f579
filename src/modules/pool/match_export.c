/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* What plans of pools found for people of the office, as files: what waits, and what became of it. People whose name
 * and address are protected are never taken out, as of the list of candidates. */
#include <string.h>

#include "app/audit.h"
#include "app/record.h"
#include "base/date.h"
#include "core/export.h"
#include "modules/pool/entities.h"
#include "modules/pool/pool.h"
#include "view/when.h"

enum { US = 1000000 };

static const char *const columns[] = { "id",   "state", "candidate", "given_name", "family_name", "opening", "office",
	                               "pool", "score", "sent",      "reason",     "reason_name", NULL };

static const char *record_of(struct lg_ctx *cx, const struct call *c, const struct db_pool_match_list_row *r)
{
	char day[11];
	json_t *card;
	lg_date_print(day, lg_when_day(r->sent / US, c->actor.zone));
	if (record_parse(cx, &card, r->card, strlen(r->card)) != LG_OK) card = record_keep(cx, json_object());
	return record_text(
	    cx, record_keep(cx, json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:I, s:s, s:s?}", "candidate", r->candidate,
	                                  "given_name", r->given_name, "family_name", r->family_name, "opening",
	                                  record_word(card, "title"), "office", r->office_name, "pool", r->pool_name,
	                                  "score", (json_int_t)r->score, "sent", day, "reason", r->reason)));
}

static enum lg_err read_piece(struct lg_ctx *cx, struct call *c, const void *asked, struct export_piece *piece)
{
	struct pool_matches m = *(const struct pool_matches *)asked;
	struct db_pool_match_list_rows rows = { 0 };
	m.ask.room = EXPORT_PIECE;
	if (piece->after_id) m.ask.after_key = piece->after_key, m.ask.after_id = piece->after_id;
	pool_matches_send(cx, c, &m, &rows);
	LG_TRY(db_sync(cx, c->db));
	size_t n = rows.n > EXPORT_PIECE ? EXPORT_PIECE : rows.n;
	const char **ids = lg_array(cx->mem, n + 1, sizeof *ids);
	*piece = (struct export_piece){ .rows = lg_array(cx->mem, n + 1, sizeof *piece->rows), .more = rows.n > n };
	for (size_t i = 0; i < n; i++) {
		const struct db_pool_match_list_row *r = &rows.rows[i];
		if (r->is_protected) continue;
		ids[piece->n] = r->candidate;
		piece->rows[piece->n++] =
		    (struct export_row){ .id = r->id, .state = m.state, .record = record_of(cx, c, r) };
	}
	if (piece->n) audit_seen(cx, c, ids, piece->n);
	if (!piece->more) return LG_OK;
	piece->after_key = lg_printf(cx->mem, "%lld", (long long)rows.rows[n - 1].score);
	piece->after_id = rows.rows[n - 1].id;
	return LG_OK;
}

static const char *asked_by(struct lg_ctx *cx, const void *ask)
{
	const struct pool_matches *m = ask;
	return lg_printf(cx->mem, "?state=%s%s", m->state, m->mine ? "&whose=me" : "");
}

/* Who may take lists of candidates out, and may see what was found for them. */
static enum lg_err take_out(struct lg_ctx *cx, struct call *c, enum export_kind kind)
{
	static const struct export_of of = { .entity = &pool_match_entity,
		                             .file = "pool-matches",
		                             .columns = columns,
		                             .next = read_piece,
		                             .asked = asked_by };
	struct pool_matches m;
	if (!may(&c->actor, MAY_MATCH_READ)) return LG_DENIED;
	LG_TRY(pool_matches_read(cx, c, &m));
	return export_answer(cx, c, kind, &of, &m);
}

enum lg_err on_pool_matches_csv(struct lg_ctx *cx, struct call *c) { return take_out(cx, c, EXPORT_CSV); }
enum lg_err on_pool_matches_xlsx(struct lg_ctx *cx, struct call *c) { return take_out(cx, c, EXPORT_XLSX); }
enum lg_err on_pool_matches_ndjson(struct lg_ctx *cx, struct call *c) { return take_out(cx, c, EXPORT_NDJSON); }
