/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* What is done to many candidates at once. */
#include <string.h>

#include "app/answer.h"
#include "app/audit.h"
#include "app/page.h"
#include "core/candidate.sql.h"
#include "core/core.h"
#include "view/speech.h"

enum lg_err on_candidate_batch(struct lg_ctx *cx, struct call *c)
{
	const char *what = http_form(c->rq, "do"), *owner;
	const char **ids = lg_array(cx->mem, c->rq->form.n + 1, sizeof *ids);
	size_t n = 0;
	for (size_t i = 0; i < c->rq->form.n; i++)
		if (!strcmp(c->rq->form.at[i].name, "pick") && app_uuid(c->rq->form.at[i].value, &ids[n]) == LG_OK) n++;
	if (!n) return answer_see(cx, c, "/candidates", "batch_none"), LG_OK;
	struct db_list all = { .texts = ids, .n = n };
	const char **done = ids; /* whom it was done to: the audit tells of nobody else */
	if (what && !strcmp(what, "ask")) {
		struct db_candidate_step_put_rows rows = { 0 };
		LG_TRY(db_candidate_step_put(cx, c->db, &rows,
		                             (struct db_candidate_step_put_in){ .ids = all,
		                                                                .step = lg_say("Ask again"),
		                                                                .day = page_today(cx, c) + 1 }));
		n = rows.n;
		for (size_t i = 0; i < n; i++) done[i] = rows.rows[i].id;
	} else if (what && !strncmp(what, "owner:", 6) && app_uuid(what + 6, &owner) == LG_OK) {
		struct db_candidate_owner_put_rows rows = { 0 };
		LG_TRY(db_candidate_owner_put(cx, c->db, &rows,
		                              (struct db_candidate_owner_put_in){ .ids = all, .owner = owner }));
		n = rows.n;
		for (size_t i = 0; i < n; i++) done[i] = rows.rows[i].id;
	} else
		return lg_fail(cx, LG_INVALID, "do", lg_say("Choose one of the list."));
	if (!n) return answer_see(cx, c, "/candidates", "batch_none"), LG_OK;
	for (size_t i = 0; i < n; i++) LG_TRY(audit_change(cx, c, "changed", "candidate", done[i], 0, NULL, NULL));
	answer_see(cx, c, "/candidates", "batch_done");
	return LG_OK;
}
