/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/mail_job.h"

#include <string.h>

#include "base/log.h"
#include "core/mail.h"
#include "core/mail.sql.h"
#include "view/speech.h"

enum { AT_A_TIME = 50, TRIES = 12, IN_VAIN = 3, LONGEST_WAIT_S = 4 * 3600 };

static int64_t wait_after(int64_t attempts)
{
	int64_t wait_s = 60;
	for (int64_t i = 0; i < attempts && wait_s < LONGEST_WAIT_S; i++) wait_s *= 4;
	return wait_s < LONGEST_WAIT_S ? wait_s : LONGEST_WAIT_S;
}

static void let_go(void *value) { json_decref(value); }

static enum lg_err send(struct lg_ctx *cx, const struct core_job_with *with, struct mail_line *line,
                        const struct db_mail_take_row *row)
{
	struct mail mail = { .id = row->message_id, .from = with->mail_from, .to = row->to_mail };
	json_t *values = json_loads(row->data, 0, NULL);
	if (values) lg_defer(cx->mem, let_go, values);
	lg_speak_here(row->language);
	enum lg_err err = mail_words(cx, &mail, row->kind, values, with->public_url);
	lg_speak_here(NULL);
	return err == LG_OK ? mail_send(cx, line, &mail) : err;
}

/* *in_vain: the server took none of the last so many. */
static enum lg_err deliver(struct lg_ctx *cx, struct db_pool *pool, const struct core_job_with *with,
                           struct mail_line *line, const struct db_mail_due_row *due, unsigned *in_vain)
{
	struct db *db = NULL;
	struct db_mail_take_row row = { 0 };
	bool found = false;
	LG_TRY(db_open(cx, pool, &db,
	               &(struct db_who){ .as = DB_AS_JOB, .tenant = (int32_t)due->tenant, .purpose = "mail" }));
	LG_TRY(db_mail_take(cx, db, &row, &found, (struct db_mail_take_in){ .id = due->id }));
	if (!found) {
		db_abandon(db);
		return LG_OK;
	}
	cx->notes = NULL;
	enum lg_err err = send(cx, with, line, &row);
	const char *failure = cx->notes ? cx->notes->text : "";
	bool never = err != LG_OK && (err != LG_BUSY || row.attempts + 1 >= TRIES);
	if (err == LG_OK)
		db_mail_sent_send(cx, db, (struct db_mail_sent_in){ .id = due->id });
	else if (never)
		db_mail_given_up_send(cx, db, (struct db_mail_given_up_in){ .id = due->id, .failure = failure });
	else
		db_mail_later_send(
		    cx, db,
		    (struct db_mail_later_in){ .id = due->id, .failure = failure, .wait_s = wait_after(row.attempts) });
	*in_vain = err == LG_BUSY ? *in_vain + 1 : 0;
	lg_log(cx, err == LG_OK ? LG_LOG_INFO : LG_LOG_WARN,
	       err == LG_OK ? "mail sent"
	       : never      ? "mail given up"
	                    : "mail not taken",
	       LOG_TEXT("mail", row.message_id), LOG_TEXT("kind", row.kind), LOG_INT("attempts", row.attempts + 1),
	       LOG_TEXT("why", failure));
	return db_end(cx, db);
}

enum lg_err mail_job(struct lg_ctx *cx, struct db_pool *pool, const struct core_job_with *with)
{
	if (!with->mail_url || !*with->mail_url) return LG_OK;
	struct db *db = NULL;
	struct db_mail_due_rows due = { 0 };
	LG_TRY(db_open(cx, pool, &db, &(struct db_who){ .as = DB_AS_ROLE }));
	db_mail_due_send(cx, db, &due, (struct db_mail_due_in){ .most = AT_A_TIME });
	LG_TRY(db_end(cx, db));
	if (!due.n) return LG_OK;
	const struct mail_server server = { with->mail_url, with->mail_user, with->mail_secret };
	struct mail_line *line = mail_line_open(cx, &server);
	enum lg_err err = LG_OK;
	unsigned in_vain = 0;
	/* A server that takes nothing is left alone for a while, rather than asked for each. */
	for (size_t i = 0; err == LG_OK && i < due.n && in_vain < IN_VAIN && !with->stopped(); i++)
		err = deliver(cx, pool, with, line, &due.rows[i], &in_vain);
	mail_line_close(line);
	LG_TRY(err);
	if (due.n == AT_A_TIME && in_vain == 0 && with->more) *with->more = true;
	return LG_OK;
}
