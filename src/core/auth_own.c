/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* What somebody who is signed in does with their own account; and programs, which have no page. */
#include <string.h>

#include "core/auth.sql.h"
#include "core/auth_inner.h"
#include "core/auth_pending.h"

enum lg_err auth_on_sign_out(struct lg_ctx *cx, struct auth_question *q)
{
	struct db_bytes token;
	bool is = false;
	LG_TRY(auth_token_asked(cx, q, &token, &is));
	if (!is) return auth_say(q, AUTH_DONE);
	struct db *db = NULL;
	LG_TRY(auth_db(cx, q, &db));
	db_auth_session_close_send(cx, db, (struct db_auth_session_close_in){ .token = token });
	LG_TRY(db_end(cx, db));
	return auth_say(q, AUTH_DONE);
}

enum lg_err auth_on_session_extend(struct lg_ctx *cx, struct auth_question *q)
{
	struct db_bytes token;
	bool is = false;
	LG_TRY(auth_token_asked(cx, q, &token, &is));
	if (!is) return auth_say(q, AUTH_GONE);
	struct db *db = NULL;
	struct db_auth_session_extend_row row = { 0 };
	LG_TRY(auth_db(cx, q, &db));
	db_auth_session_extend_send(cx, db, &row, (struct db_auth_session_extend_in){ .token = token });
	LG_TRY(db_end(cx, db));
	auth_put_json(q, "until", json_integer(row.until));
	return auth_say(q, row.until ? AUTH_DONE : AUTH_GONE);
}

enum lg_err auth_on_session_switch(struct lg_ctx *cx, struct auth_question *q)
{
	struct db_bytes token;
	bool is = false;
	LG_TRY(auth_token_asked(cx, q, &token, &is));
	int64_t tenant = json_integer_value(json_object_get(q->in, "tenant"));
	if (!is || tenant <= 0) return auth_say(q, AUTH_NO);
	uint8_t fresh[SEAL_TOKEN];
	char text[SEAL_TOKEN_TEXT];
	seal_random(fresh, sizeof fresh);
	struct db *db = NULL;
	struct db_auth_session_switch_row row = { 0 };
	LG_TRY(auth_db(cx, q, &db));
	db_auth_session_switch_send(cx, db, &row,
	                            (struct db_auth_session_switch_in){
	                                .token = token, .new_token = { fresh, sizeof fresh }, .tenant = tenant });
	enum lg_err err = db_end(cx, db);
	if (err == LG_DENIED || err == LG_SIGN_IN) return auth_say(q, AUTH_NO);
	if (err != LG_OK) return err;
	seal_token_print(text, fresh);
	auth_put(q, "token", text);
	return auth_say(q, AUTH_IN);
}

/* Whose session it is, and that account; *is false: "gone" has been said. */
static enum lg_err own_account(struct lg_ctx *cx, struct auth_question *q, struct db_bytes *token,
                               struct db_auth_account_row *who, bool *is)
{
	struct db_auth_session_account_row row = { 0 };
	struct db *db = NULL;
	LG_TRY(auth_token_asked(cx, q, token, is));
	if (!*is) return auth_say(q, AUTH_GONE);
	LG_TRY(auth_db(cx, q, &db));
	LG_TRY(db_auth_session_account(cx, db, &row, (struct db_auth_session_account_in){ .token = *token }));
	*is = row.account != NULL;
	if (*is) db_auth_account_send(cx, db, who, is, (struct db_auth_account_in){ .account = row.account });
	LG_TRY(db_end(cx, db));
	*is = *is && !who->disabled;
	return *is ? LG_OK : auth_say(q, AUTH_GONE);
}

enum lg_err auth_on_sessions_end(struct lg_ctx *cx, struct auth_question *q)
{
	struct db_bytes token;
	struct db_auth_account_row who = { 0 };
	bool is = false;
	LG_TRY(own_account(cx, q, &token, &who, &is));
	if (!is) return LG_OK;
	struct db *db = NULL;
	LG_TRY(auth_db(cx, q, &db));
	db_auth_session_close_all_send(cx, db,
	                               (struct db_auth_session_close_all_in){ .account = who.account, .but = token });
	LG_TRY(db_end(cx, db));
	return auth_say(q, AUTH_DONE);
}

/* Is it their password? Throttled as at the door, so that a session left open is no way to guess. *right false: it has
 * been said. */
static enum lg_err own_password(struct lg_ctx *cx, struct auth_question *q, const struct db_auth_account_row *who,
                                const char *field, bool *right)
{
	struct auth_try t = { .n = 0 };
	bool stale = false;
	auth_try_add(&t, "password", lg_printf(cx->mem, "%s|%s", who->mail, auth_asked(q, "address")));
	auth_try_add(&t, "account", who->mail);
	LG_TRY(auth_attempt(cx, q, NULL, &t, right));
	if (!*right) return LG_OK;
	*right = password_is(*who->hash ? who->hash : NULL, auth_asked(q, field), &stale);
	if (!*right) return auth_say(q, AUTH_NO);
	struct db *db = NULL;
	LG_TRY(auth_db(cx, q, &db));
	db_auth_attempt_passed_send(cx, db,
	                            (struct db_auth_attempt_passed_in){ .buckets = auth_texts(t.buckets, t.n),
	                                                                .keys = auth_texts(t.keys, t.n) });
	return db_end(cx, db);
}

enum lg_err auth_on_password_change(struct lg_ctx *cx, struct auth_question *q)
{
	struct db_bytes token;
	struct db_auth_account_row who = { 0 };
	bool go_on = false;
	char hash[PASSWORD_HASH];
	LG_TRY(own_account(cx, q, &token, &who, &go_on));
	if (!go_on) return LG_OK;
	LG_TRY(own_password(cx, q, &who, "old", &go_on));
	if (!go_on) return LG_OK;
	LG_TRY(auth_password_new(cx, auth_asked(q, "password"), who.mail, NULL, NULL, hash));
	struct db *db = NULL;
	LG_TRY(auth_db(cx, q, &db));
	db_auth_password_set_send(
	    cx, db, (struct db_auth_password_set_in){ .account = who.account, .hash = hash, .but = token });
	db_auth_account_mail_send(
	    cx, db,
	    (struct db_auth_account_mail_in){ .account = who.account, .kind = "password_changed", .data = "{}" });
	LG_TRY(db_end(cx, db));
	return auth_say(q, AUTH_DONE);
}

enum lg_err auth_on_second_begin(struct lg_ctx *cx, struct auth_question *q)
{
	struct db_bytes token;
	struct db_auth_account_row who = { 0 };
	bool go_on = false;
	LG_TRY(own_account(cx, q, &token, &who, &go_on));
	if (!go_on) return LG_OK;
	LG_TRY(own_password(cx, q, &who, "password", &go_on));
	if (!go_on) return LG_OK;
	json_t *what = auth_keep(cx, json_pack("{s:s,s:s}", "account", who.account, "mark", auth_mark(cx, who.hash)));
	LG_TRY(auth_second_put(cx, q, "second_change", who.mail, what));
	return auth_say(q, AUTH_DONE);
}

enum lg_err auth_on_second_change(struct lg_ctx *cx, struct auth_question *q)
{
	struct db_bytes token, box = { 0 };
	struct db_auth_account_row who = { 0 };
	json_t *what = NULL;
	bool go_on = false;
	LG_TRY(own_account(cx, q, &token, &who, &go_on));
	if (!go_on) return LG_OK;
	if (!pending_open(cx, q->setup->seal_key, &what, "second_change", auth_asked(q, "pending")) ||
	    strcmp(json_string_value(json_object_get(what, "account")), who.account) != 0 ||
	    strcmp(json_string_value(json_object_get(what, "mark")), auth_mark(cx, who.hash)) != 0)
		return auth_say(q, AUTH_GONE);
	struct auth_try t = { .n = 0 };
	auth_try_add(&t, "totp", who.account);
	LG_TRY(auth_attempt(cx, q, NULL, &t, &go_on));
	if (!go_on) return LG_OK;
	uint8_t secret[TOTP_SECRET];
	int64_t step = auth_second_step(cx, q, what, secret);
	if (!step) return auth_say(q, AUTH_NO);
	LG_TRY(auth_second_seal(cx, q, who.account, secret, &box));
	struct db *db = NULL;
	struct db_auth_second_set_row row = { 0 };
	LG_TRY(auth_db(cx, q, &db));
	db_auth_attempt_passed_send(cx, db,
	                            (struct db_auth_attempt_passed_in){ .buckets = auth_texts(t.buckets, t.n),
	                                                                .keys = auth_texts(t.keys, t.n) });
	db_auth_second_set_send(
	    cx, db, &row,
	    (struct db_auth_second_set_in){
	        .account = who.account, .box = box, .step = step, .hashes = auth_recovery(cx, q, who.account) });
	db_auth_session_close_all_send(cx, db,
	                               (struct db_auth_session_close_all_in){ .account = who.account, .but = token });
	db_auth_account_mail_send(
	    cx, db,
	    (struct db_auth_account_mail_in){ .account = who.account, .kind = "second_step_changed", .data = "{}" });
	LG_TRY(db_end(cx, db));
	return auth_say(q, AUTH_DONE);
}

/* --- programs */

static bool is_uuid(const char *s)
{
	static const char form[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
	if (strlen(s) != sizeof form - 1) return false;
	for (size_t i = 0; form[i]; i++)
		if (form[i] == '-' ? s[i] != '-' : !((s[i] >= '0' && s[i] <= '9') || (s[i] >= 'a' && s[i] <= 'f')))
			return false;
	return true;
}

enum lg_err auth_on_client_token(struct lg_ctx *cx, struct auth_question *q)
{
	const char *client = auth_asked(q, "client");
	uint8_t secret[SEAL_TOKEN] = { 0 }, token[SEAL_TOKEN];
	char text[SEAL_TOKEN_TEXT];
	bool may = false, is = is_uuid(client) && seal_token_read(secret, auth_asked(q, "secret"));
	struct auth_try t = { .n = 0 };
	auth_try_add(&t, "client", lg_printf(cx->mem, "%.36s|%s", client, auth_asked(q, "address")));
	LG_TRY(auth_attempt(cx, q, NULL, &t, &may));
	if (!may) return LG_OK;
	if (!is) return auth_say(q, AUTH_NO);
	seal_random(token, sizeof token);
	struct db *db = NULL;
	struct db_auth_bearer_open_row row = { .until = DB_NO_INT };
	struct db_auth_client_before_row before = { 0 };
	bool gone = false;
	LG_TRY(auth_db(cx, q, &db));
	LG_TRY(db_auth_bearer_open(cx, db, &row,
	                           (struct db_auth_bearer_open_in){ .client = client,
	                                                            .secret = { secret, sizeof secret },
	                                                            .token = { token, sizeof token } }));
	if (row.until != DB_NO_INT)
		db_auth_attempt_passed_send(cx, db,
		                            (struct db_auth_attempt_passed_in){ .buckets = auth_texts(t.buckets, t.n),
		                                                                .keys = auth_texts(t.keys, t.n) });
	else
		db_auth_client_before_send(
		    cx, db, &before, &gone,
		    (struct db_auth_client_before_in){ .client = client, .secret = { secret, sizeof secret } });
	LG_TRY(db_end(cx, db));
	if (gone) auth_put(q, "office", before.office); /* the secret was right: it may know */
	if (row.until == DB_NO_INT) return auth_say(q, gone ? AUTH_GONE : AUTH_NO);
	seal_token_print(text, token);
	auth_put(q, "token", text);
	auth_put_json(q, "until", json_integer(row.until));
	return auth_say(q, AUTH_IN);
}
