/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* What several of the auth process's answers share. */
#include <string.h>

#include "core/auth.sql.h"
#include "core/auth_inner.h"
#include "core/auth_pending.h"

static void let_go(void *value) { json_decref(value); }

json_t *auth_keep(struct lg_ctx *cx, json_t *value)
{
	lg_assert(value);
	lg_defer(cx->mem, let_go, value);
	return value;
}

enum lg_err auth_db(struct lg_ctx *cx, const struct auth_question *q, struct db **out)
{
	return db_open(cx, q->setup->pool, out, &(struct db_who){ .as = DB_AS_ROLE });
}

struct db_list auth_texts(const char *const *texts, size_t n) { return (struct db_list){ .texts = texts, .n = n }; }

void auth_try_add(struct auth_try *t, const char *bucket, const char *key)
{
	t->buckets[t->n] = bucket;
	t->keys[t->n++] = key;
}

enum lg_err auth_attempt(struct lg_ctx *cx, struct auth_question *q, struct db *db, const struct auth_try *t, bool *may)
{
	struct db_auth_attempt_row row = { 0 };
	if (!db) LG_TRY(auth_db(cx, q, &db));
	db_auth_attempt_send(
	    cx, db, &row,
	    (struct db_auth_attempt_in){ .buckets = auth_texts(t->buckets, t->n), .keys = auth_texts(t->keys, t->n) });
	LG_TRY(db_end(cx, db));
	*may = row.wait_s == 0;
	if (*may) return LG_OK;
	auth_put_json(q, "wait_s", json_integer(row.wait_s));
	return auth_say(q, AUTH_WAIT);
}

const char *auth_mark(struct lg_ctx *cx, const char *hash)
{
	uint8_t mark[32];
	seal_hash(mark, hash, strlen(hash));
	return seal_hex(cx, mark, 8);
}

enum lg_err auth_open(struct lg_ctx *cx, struct auth_question *q, struct db *db, const char *account, int64_t tenant,
                      const char *strength)
{
	uint8_t *token = lg_alloc(cx->mem, SEAL_TOKEN);
	char text[SEAL_TOKEN_TEXT];
	seal_random(token, SEAL_TOKEN);
	struct db_auth_session_open_row row = { 0 };
	db_auth_session_open_send(cx, db, &row,
	                          (struct db_auth_session_open_in){ .account = account,
	                                                            .tenant = tenant,
	                                                            .token = { token, SEAL_TOKEN },
	                                                            .strength = strength,
	                                                            .address = auth_asked(q, "address"),
	                                                            .agent = auth_asked(q, "agent") });
	enum lg_err err = db_end(cx, db);
	if (err == LG_DENIED || err == LG_SIGN_IN) return auth_say(q, AUTH_NO);
	if (err != LG_OK) return err;
	seal_token_print(text, token);
	auth_put(q, "token", text);
	return auth_say(q, AUTH_IN);
}

enum lg_err auth_put_offices(struct lg_ctx *cx, struct auth_question *q, struct db *db, const char *account, size_t *n,
                             int64_t *only)
{
	struct db_auth_memberships_rows offices = { 0 };
	LG_TRY(db_auth_memberships(cx, db, &offices, (struct db_auth_memberships_in){ .account = account }));
	*n = offices.n;
	*only = offices.n == 1 ? offices.rows[0].tenant : 0;
	json_t *list = json_array();
	for (size_t i = 0; i < offices.n; i++)
		(void)json_array_append_new(
		    list, json_pack("{s:I,s:s,s:s}", "tenant", (json_int_t)offices.rows[i].tenant, "name",
		                    offices.rows[i].tenant_name, "kind", offices.rows[i].tenant_kind));
	auth_put_json(q, "offices", list);
	return LG_OK;
}

enum lg_err auth_proceed(struct lg_ctx *cx, struct auth_question *q, struct db *db, const char *account,
                         const char *strength)
{
	size_t n = 0;
	int64_t only = 0;
	LG_TRY(auth_put_offices(cx, q, db, account, &n, &only));
	if (n == 1) return auth_open(cx, q, db, account, only, strength);
	LG_TRY(db_end(cx, db));
	if (n == 0) return auth_say(q, AUTH_NO);
	json_t *what = auth_keep(cx, json_pack("{s:s,s:s}", "account", account, "strength", strength));
	const char *pending;
	LG_TRY(pending_seal(cx, q->setup->seal_key, &pending, "office", PENDING_S, what));
	auth_put(q, "pending", pending);
	return auth_say(q, AUTH_OFFICE);
}

/* --- the second step */

enum lg_err auth_second_put(struct lg_ctx *cx, struct auth_question *q, const char *kind, const char *mail,
                            json_t *what)
{
	uint8_t secret[TOTP_SECRET];
	seal_random(secret, sizeof secret);
	(void)json_object_set_new(what, "secret", json_string(seal_hex(cx, secret, sizeof secret)));
	(void)json_object_set_new(what, "mail", json_string(mail));
	const char *pending;
	LG_TRY(pending_seal(cx, q->setup->seal_key, &pending, kind, 3 * PENDING_S, what));
	auth_put(q, "pending", pending);
	auth_put(q, "secret", totp_words(cx, secret));
	auth_put(q, "link", totp_link(cx, secret, "Landgang", mail));
	return LG_OK;
}

int64_t auth_second_step(struct lg_ctx *cx, const struct auth_question *q, json_t *what, uint8_t secret[TOTP_SECRET])
{
	if (!seal_hex_read(secret, TOTP_SECRET, json_string_value(json_object_get(what, "secret")))) return 0;
	return totp_step(cx, secret, auth_asked(q, "code"), cx->now, 0);
}

enum lg_err auth_second_seal(struct lg_ctx *cx, const struct auth_question *q, const char *account,
                             const uint8_t secret[TOTP_SECRET], struct db_bytes *box)
{
	struct seal_ring ring = seal_ring_of(q->setup->seal_key);
	return seal_put(cx, seal_tenant(cx, &ring, 0), seal_of(0, account, "totp_box"), secret, TOTP_SECRET, box);
}

enum lg_err auth_second_secret(struct lg_ctx *cx, const struct auth_setup *setup, const char *account,
                               struct db_bytes box, const uint8_t **secret)
{
	struct seal_ring ring = seal_ring_of(setup->seal_key);
	const char *text = NULL;
	size_t n = 0;
	LG_TRY(seal_get_tenant(cx, &ring, seal_of(0, account, "totp_box"), box, &text, &n));
	if (n != TOTP_SECRET) return lg_fail(cx, LG_FAULT, NULL, "a secret of codes has a wrong length");
	*secret = (const uint8_t *)text;
	return LG_OK;
}

const uint8_t *auth_recovery_key(struct lg_ctx *cx, const struct auth_setup *setup)
{
	uint8_t *key = lg_alloc(cx->mem, SEAL_KEY);
	seal_derive(key, setup->seal_key, "landgang recovery");
	return key;
}

struct db_list auth_recovery(struct lg_ctx *cx, struct auth_question *q, const char *account)
{
	const char **hashes = lg_array(cx->mem, RECOVERY_CODES, sizeof *hashes);
	const uint8_t *key = auth_recovery_key(cx, q->setup);
	json_t *shown = json_array();
	for (size_t i = 0; i < RECOVERY_CODES; i++) {
		char code[RECOVERY_CODE];
		uint8_t hash[RECOVERY_HASH];
		recovery_code(code);
		recovery_hash(hash, key, account, code);
		hashes[i] = seal_hex(cx, hash, sizeof hash);
		(void)json_array_append_new(shown, json_string(code));
	}
	auth_put_json(q, "recovery", shown);
	return auth_texts(hashes, RECOVERY_CODES);
}

/* --- */

enum lg_err auth_token_asked(struct lg_ctx *cx, const struct auth_question *q, struct db_bytes *out, bool *is)
{
	uint8_t *token = lg_alloc(cx->mem, SEAL_TOKEN);
	*is = seal_token_read(token, auth_asked(q, "token"));
	*out = (struct db_bytes){ token, SEAL_TOKEN };
	return LG_OK;
}

enum lg_err auth_password_new(struct lg_ctx *cx, const char *password, const char *mail, const char *name,
                              const char *office, char hash[PASSWORD_HASH])
{
	const char *words[] = { mail, name ? name : "", office ? office : "", NULL };
	LG_TRY(password_check(cx, "password", password, &(struct password_about){ words }));
	return password_hash(cx, hash, password);
}

/* A page of a step that is under way is shown once more: after a reload, a wrong code, another language. */
enum lg_err auth_on_look(struct lg_ctx *cx, struct auth_question *q)
{
	static const char *const kinds[] = { "second", "second_change", "invitation", "set_up", "office" };
	const char *kind = auth_asked(q, "kind");
	json_t *what = NULL;
	size_t i = 0, n = 0;
	while (i < sizeof kinds / sizeof *kinds && strcmp(kinds[i], kind) != 0) i++;
	if (i == sizeof kinds / sizeof *kinds ||
	    !pending_open(cx, q->setup->seal_key, &what, kind, auth_asked(q, "pending")))
		return auth_say(q, AUTH_GONE);
	if (!strcmp(kind, "office")) {
		struct db *db = NULL;
		int64_t only = 0;
		LG_TRY(auth_db(cx, q, &db));
		LG_TRY(auth_put_offices(cx, q, db, json_string_value(json_object_get(what, "account")), &n, &only));
		LG_TRY(db_end(cx, db));
		return auth_say(q, AUTH_DONE);
	}
	uint8_t secret[TOTP_SECRET] = { 0 };
	const char *mail = json_string_value(json_object_get(what, "mail"));
	if (!mail || !seal_hex_read(secret, sizeof secret, json_string_value(json_object_get(what, "secret"))))
		return auth_say(q, AUTH_GONE);
	auth_put(q, "secret", totp_words(cx, secret));
	auth_put(q, "link", totp_link(cx, secret, "Landgang", mail));
	auth_put(q, "pending", auth_asked(q, "pending"));
	return auth_say(q, AUTH_DONE);
}
