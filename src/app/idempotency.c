/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "app/idempotency.h"

#include <string.h>

#include "app/answer.h"
#include "app/idempotency.sql.h"
#include "app/page.h"
#include "app/record.h"
#include "app/seal.h"
#include "view/speech.h"

enum { KEY_MOST = 200, HASH = 32 };

static const char *key_of(const struct call *c) { return http_header(c->rq, "Idempotency-Key"); }

/* Of path, query and body: the same key for something else is a mistake. */
static void hash_of(struct lg_ctx *cx, const struct call *c, uint8_t out[HASH])
{
	struct lg_buf *all = page_buffer(cx);
	lg_put(all, c->rq->path, strlen(c->rq->path) + 1);
	for (size_t i = 0; i < c->rq->query.n; i++) {
		const struct http_pair *p = &c->rq->query.at[i];
		lg_put(all, p->name, strlen(p->name) + 1);
		lg_put(all, p->value, strlen(p->value) + 1);
	}
	if (c->rq->n_body) lg_put(all, c->rq->body, c->rq->n_body);
	seal_hash(out, all->data, all->len);
}

/* An answer is kept as JSON: what it was, and the headers that matter. */
static const char *packed(struct lg_ctx *cx, const struct http_response *rs)
{
	json_t *o = record_keep(cx, json_object());
	for (size_t i = 0; i < rs->n_headers; i++)
		if (!strcmp(rs->headers[i].name, "Location") || !strcmp(rs->headers[i].name, "ETag"))
			json_object_set_new(o, rs->headers[i].name, json_string(rs->headers[i].value));
	if (rs->type) json_object_set_new(o, "type", json_string(rs->type));
	json_object_set_new(o, "body", json_stringn(rs->body.data ? rs->body.data : "", rs->body.len));
	return record_text(cx, o);
}

static enum lg_err unpack(struct lg_ctx *cx, struct call *c, int64_t status, struct db_bytes answer)
{
	json_t *o;
	LG_TRY(record_parse(cx, &o, (const char *)answer.data, answer.n));
	static const char *const kept[] = { "Location", "ETag" };
	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
		if (*record_word(o, kept[i])) http_put_header(c->rs, kept[i], record_word(o, kept[i]));
	c->rs->status = (int)status;
	if (*record_word(o, "type")) c->rs->type = lg_strdup(cx->mem, record_word(o, "type"));
	lg_buf_clear(&c->rs->body);
	lg_puts(&c->rs->body, record_word(o, "body"));
	http_put_header(c->rs, "Idempotent-Replayed", "true");
	return LG_OK;
}

enum lg_err idempotency_begin(struct lg_ctx *cx, struct call *c, enum idempotency_is *is)
{
	uint8_t hash[HASH];
	bool taken, found;
	struct db_idempotency_add_row mine = { 0 };
	struct db_idempotency_get_row row = { 0 };
	const char *key = key_of(c);
	*is = IDEMPOTENCY_NEW;
	if (!key) return LG_OK;
	if (!*key || strlen(key) > KEY_MOST)
		return lg_fail(cx, LG_INVALID, "Idempotency-Key", lg_say("This is too long."));
	hash_of(cx, c, hash);
	LG_TRY(db_idempotency_add(cx, c->db, &mine, &taken,
	                          (struct db_idempotency_add_in){ .key = key, .request_hash = { hash, HASH } }));
	*is = taken ? IDEMPOTENCY_BEGUN : IDEMPOTENCY_ANSWERED;
	if (taken) return LG_OK;
	LG_TRY(db_idempotency_get(cx, c->db, &row, &found, (struct db_idempotency_get_in){ .key = key }));
	if (!found || row.status == DB_NO_INT) return LG_BUSY;
	if (row.request_hash.n != HASH || memcmp(row.request_hash.data, hash, HASH) != 0)
		return lg_fail(cx, LG_INVALID, "Idempotency-Key", lg_say("This key was used for another request."));
	return unpack(cx, c, row.status, row.answer);
}

void idempotency_answered(struct lg_ctx *cx, struct call *c)
{
	const char *text = packed(cx, c->rs);
	if (!c->db) return;
	db_idempotency_put_send(cx, c->db,
	                        (struct db_idempotency_put_in){ .key = key_of(c),
	                                                        .status = c->rs->status,
	                                                        .answer = { (const uint8_t *)text, strlen(text) } });
}
