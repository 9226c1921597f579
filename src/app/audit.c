/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "app/audit.h"

#include <string.h>

#include "app/audit.sql.h"
#include "app/record.h"
#include "base/log.h"

enum { HISTORY = 200 };

static const char *request_id(struct lg_ctx *cx)
{
	char *id = lg_alloc(cx->mem, 17);
	lg_id_print(id, cx->id);
	return id;
}

enum lg_err audit_change(struct lg_ctx *cx, struct call *c, const char *verb, const char *entity, const char *subject,
                         int64_t version, const struct seal_key *key, const json_t *changes)
{
	struct db_audit_add_in in = { .verb = verb,
		                      .entity = entity,
		                      .subject = subject,
		                      .version = version,
		                      .why = c->why,
		                      .request = request_id(cx) };
	if (changes && key) {
		const char *text = record_text(cx, changes);
		LG_TRY(seal_put(cx, key, seal_of(c->actor.tenant, subject ? subject : "", "audit"), text, strlen(text),
		                &in.payload));
	}
	db_audit_add_send(cx, c->db, in);
	return LG_OK;
}

void audit_seen(struct lg_ctx *cx, struct call *c, const char *const *subjects, size_t n)
{
	struct db_read_audit_add_in in = { .route = c->route->path,
		                           .subjects = { .texts = subjects, .n = n },
		                           .request = request_id(cx) };
	db_read_audit_add_send(cx, c->db, in);
}

/* --- keys */

static struct seal_ring ring_of(const struct call *c) { return seal_ring_of(app_setup(c->app)->seal_key); }

void audit_key_send(struct lg_ctx *cx, struct call *c, const char *subject, struct audit_key *out)
{
	struct db_person_key_get_row *row = lg_alloc(cx->mem, sizeof *row);
	out->row = row;
	db_person_key_get_send(cx, c->db, row, &out->found, (struct db_person_key_get_in){ .subject = subject });
}

enum lg_err audit_key_open(struct lg_ctx *cx, struct call *c, const char *subject, const struct audit_key *in,
                           const struct seal_key **out)
{
	const struct db_person_key_get_row *row = in->row;
	struct seal_ring ring = ring_of(c);
	*out = NULL;
	if (!in->found) return LG_OK; /* erased, or from before there were keys: its history cannot be read */
	return seal_person(cx, &ring, c->actor.tenant, subject, row->key_box, out);
}

enum lg_err audit_key_new(struct lg_ctx *cx, struct call *c, const char *subject, const struct seal_key **out)
{
	struct db_person_key_add_in in = { .subject = subject };
	struct seal_ring ring = ring_of(c);
	LG_TRY(seal_person_new(cx, &ring, c->actor.tenant, subject, out, &in.key_box));
	db_person_key_add_send(cx, c->db, in);
	return LG_OK;
}

void audit_key_forget(struct lg_ctx *cx, struct call *c, const char *subject)
{
	db_person_key_remove_send(cx, c->db, (struct db_person_key_remove_in){ .subject = subject });
}

/* --- looking back */

static json_t *opened(struct lg_ctx *cx, struct call *c, const char *subject, const struct seal_key *key,
                      struct db_bytes box)
{
	const char *text;
	size_t n;
	json_t *changes;
	if (!key || !box.data) return NULL;
	if (seal_get(cx, key, seal_of(c->actor.tenant, subject, "audit"), box, &text, &n) != LG_OK) return NULL;
	return record_parse(cx, &changes, text, n) == LG_OK ? changes : NULL;
}

enum lg_err audit_history(struct lg_ctx *cx, struct call *c, const char *subject, const struct seal_key *key,
                          struct audit_row **out, size_t *n)
{
	struct db_audit_of_rows rows = { 0 };
	LG_TRY(db_audit_of(cx, c->db, &rows, (struct db_audit_of_in){ .subject = subject, .room = HISTORY }));
	*out = lg_array(cx->mem, rows.n + 1, sizeof **out);
	*n = rows.n;
	for (size_t i = 0; i < rows.n; i++) {
		const struct db_audit_of_row *r = &rows.rows[i];
		(*out)[i] = (struct audit_row){ .at_us = r->at,
			                        .account = r->actor,
			                        .verb = r->verb,
			                        .entity = r->entity,
			                        .why = r->why,
			                        .version = r->version == DB_NO_INT ? 0 : r->version,
			                        .changes = opened(cx, c, subject, key, r->payload) };
	}
	return LG_OK;
}

enum lg_err audit_views(struct lg_ctx *cx, struct call *c, const char *subject, struct audit_view **out, size_t *n)
{
	struct db_read_audit_of_rows rows = { 0 };
	LG_TRY(db_read_audit_of(cx, c->db, &rows, (struct db_read_audit_of_in){ .subject = subject, .room = HISTORY }));
	*out = lg_array(cx->mem, rows.n + 1, sizeof **out);
	*n = rows.n;
	for (size_t i = 0; i < rows.n; i++)
		(*out)[i] = (struct audit_view){ rows.rows[i].at, rows.rows[i].actor ? rows.rows[i].actor : "",
			                         rows.rows[i].route };
	return LG_OK;
}
