/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/note.sql.h"

#include <string.h>

#include "app/answer.h"
#include "app/audit.h"
#include "app/field.h"
#include "core/candidate_view.h"
#include "core/core.h"
#include "core/entity.h"
#include "core/input.h"
#include "view/speech.h"

enum lg_err on_note_add(struct lg_ctx *cx, struct call *c)
{
	struct candidate_page page;
	struct db_note_add_row row;
	json_t *note, *typed;
	const char *id;
	LG_TRY(app_uuid(c->rq->args[0], &id));
	LG_TRY(candidate_page_read(cx, c, id, &page));
	enum lg_err err = input_section(cx, c, &note_entity, &note_entity.sections[0], &note, &typed);
	if (err == LG_INVALID && !c->api) return candidate_show(cx, c, &page), LG_OK;
	LG_TRY(err);
	const char *language = record_word(note, "language");
	LG_TRY(db_note_add(cx, c->db, &row,
	                   (struct db_note_add_in){ .candidate = id,
	                                            .account = c->actor.account,
	                                            .language = *language ? language : NULL,
	                                            .text = record_word(note, "text") }));
	LG_TRY(audit_change(cx, c, "noted", "note", id, page.one.version, NULL, NULL));
	if (!c->api)
		return answer_see(cx, c, lg_printf(cx->mem, "/candidates/%s?said=noted#timeline", id), NULL), LG_OK;
	answer_json(cx, c, 201, record_keep(cx, json_pack("{s:s}", "id", row.id)));
	return LG_OK;
}

enum lg_err on_note_list(struct lg_ctx *cx, struct call *c)
{
	enum { LATEST = 200 };
	struct db_note_list_rows rows = { 0 };
	json_t *list = record_keep(cx, json_array());
	const char *id;
	bool there;
	LG_TRY(app_uuid(c->rq->args[0], &id));
	db_note_list_send(cx, c->db, &rows, (struct db_note_list_in){ .candidate = id, .room = LATEST });
	candidate_seen_send(cx, c, id, true, &there);
	LG_TRY(app_end(cx, c));
	if (!there) return LG_UNKNOWN; /* of nobody there is no list, rather than an empty one */
	for (size_t i = 0; i < rows.n; i++)
		json_array_append_new(list, json_pack("{s:s, s:I, s:s, s:s?, s:s}", "id", rows.rows[i].id, "at",
		                                      (json_int_t)(rows.rows[i].at / 1000000), "account",
		                                      rows.rows[i].account, "language", rows.rows[i].language, "text",
		                                      rows.rows[i].text));
	answer_json(cx, c, 200, list);
	return LG_OK;
}
