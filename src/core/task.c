/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/task.sql.h"

#include <string.h>

#include "app/answer.h"
#include "app/audit.h"
#include "base/date.h"
#include "core/candidate_view.h"
#include "core/colleague.h"
#include "core/core.h"
#include "core/entity.h"
#include "core/input.h"

/* What tasks and contacts begin with: the candidate, and what was sent. *shown: the answer is made. */
static enum lg_err begin(struct lg_ctx *cx, struct call *c, const struct entity *e, struct candidate_page *page,
                         json_t **record, bool *shown)
{
	json_t *typed;
	const char *id;
	LG_TRY(app_uuid(c->rq->args[0], &id));
	LG_TRY(candidate_page_read(cx, c, id, page));
	enum lg_err err = input_section(cx, c, e, &e->sections[0], record, &typed);
	*shown = err == LG_INVALID && !c->api;
	if (*shown) candidate_show(cx, c, page);
	return *shown ? LG_OK : err;
}

static void answer_made(struct lg_ctx *cx, struct call *c, const char *candidate, const char *id, const char *said,
                        const char *place)
{
	if (c->api)
		answer_json(cx, c, 201, record_keep(cx, json_pack("{s:s}", "id", id)));
	else
		answer_see(cx, c, lg_printf(cx->mem, "/candidates/%s?said=%s#%s", candidate, said, place), NULL);
}

enum lg_err on_task_add(struct lg_ctx *cx, struct call *c)
{
	struct candidate_page page;
	struct db_task_add_row row;
	json_t *task;
	bool shown;
	int32_t due;
	LG_TRY(begin(cx, c, &task_entity, &page, &task, &shown));
	if (shown) return LG_OK;
	const char *owner = record_word(task, "owner"), *day = record_word(task, "due");
	lg_assert(lg_date_read(&due, day, strlen(day)));
	if (*owner) LG_TRY(colleague_check(cx, c, owner, "owner"));
	LG_TRY(db_task_add(cx, c->db, &row,
	                   (struct db_task_add_in){ .candidate = page.one.id,
	                                            .what = record_word(task, "what"),
	                                            .due = due,
	                                            .owner = *owner ? owner : c->actor.account,
	                                            .by = c->actor.account }));
	LG_TRY(audit_change(cx, c, "tasked", "task", page.one.id, page.one.version, NULL, NULL));
	answer_made(cx, c, page.one.id, row.id, "task_set", "tasks");
	return LG_OK;
}

enum lg_err on_task_done(struct lg_ctx *cx, struct call *c)
{
	struct db_task_done_row row = { 0 };
	const char *id;
	bool found;
	LG_TRY(app_uuid(c->rq->args[0], &id));
	LG_TRY(db_task_done(cx, c->db, &row, &found, (struct db_task_done_in){ .id = id, .by = c->actor.account }));
	if (!found && c->api) return LG_UNKNOWN;
	if (!found) return answer_see(cx, c, "/", "task_gone"), LG_OK;
	LG_TRY(audit_change(cx, c, "done", "task", row.candidate, 0, NULL, NULL));
	answer_see(cx, c, "/", "task_done");
	return LG_OK;
}

enum lg_err on_contact_add(struct lg_ctx *cx, struct call *c)
{
	struct candidate_page page;
	struct db_contact_add_row row;
	json_t *contact;
	bool shown;
	LG_TRY(begin(cx, c, &contact_entity, &page, &contact, &shown));
	if (shown) return LG_OK;
	const char *words = record_word(contact, "words");
	LG_TRY(db_contact_add(cx, c->db, &row,
	                      (struct db_contact_add_in){ .candidate = page.one.id,
	                                                  .account = c->actor.account,
	                                                  .channel = record_word(contact, "channel"),
	                                                  .direction = record_word(contact, "direction"),
	                                                  .reached = record_word(contact, "reached"),
	                                                  .words = *words ? words : NULL }));
	LG_TRY(audit_change(cx, c, "contacted", "contact", page.one.id, page.one.version, NULL, NULL));
	answer_made(cx, c, page.one.id, row.id, "logged", "timeline");
	return LG_OK;
}
