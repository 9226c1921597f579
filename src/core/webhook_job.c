/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/webhook_job.h"

#include "app/seal.h"
#include "base/log.h"
#include "core/webhook_job.sql.h"
#include "core/webhook_send.h"

enum { WEBHOOKS = 20, AT_A_TIME = 50, TURN_S = 20, IN_VAIN = 2 };

/* A day, less some minutes, in all. */
static const int64_t pauses_s[] = { 10, 60, 300, 900, 1800, 3600, 7200, 14400, 28800, 28800 };
enum { PAUSES = sizeof pauses_s / sizeof *pauses_s };

struct errand {
	struct db_pool *pool;
	const struct core_job_with *with;
	const struct db_webhooks_due_row *to;
	unsigned in_vain; /* so many in a row were not taken */
	bool over;        /* there is nothing more to hand over just now */
};

static enum lg_err open_secret(struct lg_ctx *cx, const struct errand *e, struct db_bytes box, const uint8_t **out)
{
	struct seal_ring ring = seal_ring_of(e->with->seal_key);
	int32_t tenant = (int32_t)e->to->tenant;
	const char *text;
	size_t n;
	*out = NULL;
	if (!box.data) return LG_OK;
	LG_TRY(
	    seal_get(cx, seal_tenant(cx, &ring, tenant), seal_of(tenant, e->to->id, "webhook_secret"), box, &text, &n));
	if (n != WEBHOOK_SECRET) return LG_FAULT;
	*out = (const uint8_t *)text;
	return LG_OK;
}

/* Not taken. Without any answer there is nobody: it rests at once; answers that are none too good may be of this one.
 */
static void put_off(struct lg_ctx *cx, struct errand *e, struct db *db, const struct db_webhook_take_row *row,
                    const struct webhook_answer *answer)
{
	bool last = row->attempts >= PAUSES;
	int64_t wait_s = pauses_s[last ? PAUSES - 1 : row->attempts];
	e->in_vain++;
	e->over = last || !answer->status || e->in_vain >= IN_VAIN;
	db_webhook_later_send(cx, db,
	                      (struct db_webhook_later_in){ .id = row->id,
	                                                    .status = answer->status ? answer->status : DB_NO_INT,
	                                                    .answer = answer->text,
	                                                    .wait_s = last ? DB_NO_INT : wait_s });
	if (last)
		db_webhook_fail_send(cx, db, (struct db_webhook_fail_in){ .webhook = e->to->id });
	else if (e->over)
		db_webhook_rest_send(cx, db, (struct db_webhook_rest_in){ .webhook = e->to->id, .wait_s = wait_s });
}

static enum lg_err hand_over(struct lg_ctx *cx, struct errand *e, struct db *db, const struct db_webhook_take_row *row)
{
	struct webhook_message m = { .id = row->id,
		                     .url = row->url,
		                     .body = row->body,
		                     .at = e->with->now(),
		                     .loopback = e->with->webhooks_to_loopback };
	struct webhook_answer answer;
	LG_TRY(open_secret(cx, e, row->secret, &m.secrets[0]));
	LG_TRY(open_secret(cx, e, row->old_secret, &m.secrets[1]));
	enum lg_err err = webhook_send(cx, &m, &answer);
	if (err == LG_OK) {
		e->in_vain = 0;
		db_webhook_taken_send(
		    cx, db,
		    (struct db_webhook_taken_in){ .id = row->id, .status = answer.status, .answer = answer.text });
	} else {
		put_off(cx, e, db, row, &answer);
	}
	lg_log(cx, err == LG_OK ? LG_LOG_INFO : LG_LOG_WARN, err == LG_OK ? "webhook taken" : "webhook not taken",
	       LOG_TEXT("webhook", e->to->id), LOG_TEXT("delivery", row->id), LOG_INT("attempts", row->attempts + 1),
	       LOG_INT("status", answer.status));
	return db_end(cx, db);
}

static enum lg_err deliver(struct lg_ctx *cx, struct errand *e)
{
	struct db *db = NULL;
	struct db_webhook_take_row row = { 0 };
	bool found = false;
	LG_TRY(db_open(cx, e->pool, &db,
	               &(struct db_who){ .as = DB_AS_JOB, .tenant = (int32_t)e->to->tenant, .purpose = "webhook" }));
	LG_TRY(db_webhook_take(cx, db, &row, &found, (struct db_webhook_take_in){ .webhook = e->to->id }));
	if (found) return hand_over(cx, e, db, &row);
	db_abandon(db);
	e->over = true;
	return LG_OK;
}

enum lg_err webhook_job(struct lg_ctx *cx, struct db_pool *pool, const struct core_job_with *with)
{
	struct db *db = NULL;
	struct db_webhooks_due_rows due = { 0 };
	if (!with->webhooks) return LG_OK;
	LG_TRY(db_open(cx, pool, &db, &(struct db_who){ .as = DB_AS_ROLE }));
	db_webhooks_due_send(cx, db, &due, (struct db_webhooks_due_in){ .most = WEBHOOKS });
	LG_TRY(db_end(cx, db));
	for (size_t i = 0; i < due.n; i++) {
		struct errand e = { .pool = pool, .with = with, .to = &due.rows[i] };
		int64_t begun = with->now();
		/* One that takes its time does not take that of the others. */
		for (size_t k = 0; k < AT_A_TIME && with->now() - begun < TURN_S && !e.over && !with->stopped(); k++)
			LG_TRY(deliver(cx, &e));
		if (!e.over && with->more) *with->more = true;
	}
	return LG_OK;
}
