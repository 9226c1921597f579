/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* Signing in: password, code, office; or elsewhere. */
#include <string.h>

#include "base/log.h"
#include "core/auth.sql.h"
#include "core/auth_inner.h"
#include "core/auth_pending.h"

enum { MAIL_MOST = 254 };

static enum lg_err note_failure(struct lg_ctx *cx, struct auth_question *q)
{
	struct db *db = NULL;
	LG_TRY(auth_db(cx, q, &db));
	db_auth_sign_in_failed_send(
	    cx, db, (struct db_auth_sign_in_failed_in){ .account = q->after_account, .why = q->after_why });
	return db_end(cx, db);
}

static enum lg_err say_no(struct auth_question *q, const char *account, const char *why)
{
	if (account) {
		q->after = note_failure;
		q->after_account = account;
		q->after_why = why;
	}
	return auth_say(q, AUTH_NO);
}

/* Both kinds of members of an account need no more than a password but staff. */
static bool has_staff(const struct db_auth_memberships_rows *offices)
{
	for (size_t i = 0; i < offices->n; i++)
		if (!strcmp(offices->rows[i].kind, "staff")) return true;
	return false;
}

static enum lg_err password_was_right(struct lg_ctx *cx, struct auth_question *q, const struct auth_try *t,
                                      const struct db_auth_account_by_mail_row *who, const char *rehash)
{
	struct db *db = NULL;
	struct db_auth_memberships_rows offices = { 0 };
	LG_TRY(auth_db(cx, q, &db));
	db_auth_attempt_passed_send(cx, db,
	                            (struct db_auth_attempt_passed_in){ .buckets = auth_texts(t->buckets, t->n),
	                                                                .keys = auth_texts(t->keys, t->n) });
	if (rehash)
		db_auth_password_rehash_send(
		    cx, db,
		    (struct db_auth_password_rehash_in){ .account = who->account, .old = who->hash, .hash = rehash });
	LG_TRY(db_auth_memberships(cx, db, &offices, (struct db_auth_memberships_in){ .account = who->account }));
	if (!who->totp_box.data && !has_staff(&offices)) return auth_proceed(cx, q, db, who->account, "password");
	LG_TRY(db_end(cx, db));
	const char *pending, *mark = auth_mark(cx, rehash ? rehash : who->hash);
	json_t *what = auth_keep(cx, json_pack("{s:s,s:s}", "account", who->account, "mark", mark));
	if (!who->totp_box.data) {
		LG_TRY(auth_second_put(cx, q, "second", who->mail, what));
		return auth_say(q, AUTH_SECOND);
	}
	LG_TRY(pending_seal(cx, q->setup->seal_key, &pending, "code", PENDING_S, what));
	auth_put(q, "pending", pending);
	return auth_say(q, AUTH_CODE);
}

enum lg_err auth_on_sign_in(struct lg_ctx *cx, struct auth_question *q)
{
	const char *mail = auth_asked(q, "mail"), *address = auth_asked(q, "address");
	if (strlen(mail) > MAIL_MOST) mail = "";
	struct auth_try t = { .n = 0 };
	auth_try_add(&t, "password", lg_printf(cx->mem, "%s|%s", mail, address));
	auth_try_add(&t, "account", mail);
	auth_try_add(&t, "address", address);
	struct db *db = NULL;
	struct db_auth_account_by_mail_row who = { 0 };
	bool found = false, may = false, stale = false;
	LG_TRY(auth_db(cx, q, &db));
	db_auth_account_by_mail_send(cx, db, &who, &found, (struct db_auth_account_by_mail_in){ .mail = mail });
	LG_TRY(auth_attempt(cx, q, db, &t, &may));
	if (!may) return LG_OK;
	bool can = found && !who.disabled && *who.hash;
	bool right = password_is(can ? who.hash : NULL, auth_asked(q, "password"), &stale);
	if (!right) return say_no(q, found ? who.account : NULL, "password");
	char rehash[PASSWORD_HASH];
	if (stale) LG_TRY(password_hash(cx, rehash, auth_asked(q, "password")));
	return password_was_right(cx, q, &t, &who, stale ? rehash : NULL);
}

/* --- the code */

/* The account of what pended, if it is still as it was. */
static enum lg_err pending_account(struct lg_ctx *cx, struct auth_question *q, json_t *what, const char *bucket,
                                   struct db_auth_account_row *who, struct auth_try *t, bool *go_on)
{
	const char *account = json_string_value(json_object_get(what, "account")),
	           *mark = json_string_value(json_object_get(what, "mark"));
	struct db *db = NULL;
	bool found = false;
	*go_on = false;
	if (!account || !mark) return auth_say(q, AUTH_GONE);
	auth_try_add(t, bucket, account);
	LG_TRY(auth_db(cx, q, &db));
	db_auth_account_send(cx, db, who, &found, (struct db_auth_account_in){ .account = account });
	LG_TRY(auth_attempt(cx, q, db, t, go_on));
	if (!*go_on) return LG_OK;
	*go_on = found && !who->disabled && !strcmp(auth_mark(cx, who->hash), mark);
	return *go_on ? LG_OK : auth_say(q, AUTH_GONE);
}

static bool is_recovery(const char *code)
{
	size_t signs = 0;
	for (const char *s = code; *s; s++) signs += *s != ' ' && *s != '-';
	return signs > TOTP_DIGITS + 2;
}

/* In db: is it a code of theirs that was not used before? */
static enum lg_err check_code(struct lg_ctx *cx, struct auth_question *q, struct db *db,
                              const struct db_auth_account_row *who, bool *good)
{
	const char *code = auth_asked(q, "code");
	*good = false;
	if (is_recovery(code)) {
		uint8_t hash[RECOVERY_HASH];
		struct db_auth_recovery_use_row row = { .left = DB_NO_INT };
		recovery_hash(hash, auth_recovery_key(cx, q->setup), who->account, code);
		LG_TRY(db_auth_recovery_use(
		    cx, db, &row,
		    (struct db_auth_recovery_use_in){ .account = who->account, .hash = { hash, sizeof hash } }));
		*good = row.left != DB_NO_INT;
		if (*good) auth_put_json(q, "left", json_integer(row.left));
		return LG_OK;
	}
	const uint8_t *secret = NULL;
	LG_TRY(auth_second_secret(cx, q->setup, who->account, who->totp_box, &secret));
	int64_t step = totp_step(cx, secret, code, cx->now, who->totp_step);
	if (!step) return LG_OK;
	struct db_auth_totp_use_row row = { 0 };
	LG_TRY(db_auth_totp_use(cx, db, &row, (struct db_auth_totp_use_in){ .account = who->account, .step = step }));
	*good = row.fresh;
	return LG_OK;
}

enum lg_err auth_on_code(struct lg_ctx *cx, struct auth_question *q)
{
	json_t *what = NULL;
	struct auth_try t = { .n = 0 };
	struct db_auth_account_row who = { 0 };
	bool go_on = false, good = false;
	if (!pending_open(cx, q->setup->seal_key, &what, "code", auth_asked(q, "pending")))
		return auth_say(q, AUTH_GONE);
	LG_TRY(pending_account(cx, q, what, "totp", &who, &t, &go_on));
	if (!go_on) return LG_OK;
	if (!who.totp_box.data) return auth_say(q, AUTH_GONE);
	struct db *db = NULL;
	LG_TRY(auth_db(cx, q, &db));
	LG_TRY(check_code(cx, q, db, &who, &good));
	if (!good) {
		db_abandon(db);
		return say_no(q, who.account, "code");
	}
	db_auth_attempt_passed_send(cx, db,
	                            (struct db_auth_attempt_passed_in){ .buckets = auth_texts(t.buckets, t.n),
	                                                                .keys = auth_texts(t.keys, t.n) });
	return auth_proceed(cx, q, db, who.account, "totp");
}

enum lg_err auth_on_second(struct lg_ctx *cx, struct auth_question *q)
{
	json_t *what = NULL;
	struct auth_try t = { .n = 0 };
	struct db_auth_account_row who = { 0 };
	bool go_on = false;
	if (!pending_open(cx, q->setup->seal_key, &what, "second", auth_asked(q, "pending")))
		return auth_say(q, AUTH_GONE);
	LG_TRY(pending_account(cx, q, what, "totp", &who, &t, &go_on));
	if (!go_on) return LG_OK;
	uint8_t secret[TOTP_SECRET];
	int64_t step = auth_second_step(cx, q, what, secret);
	if (!step) return auth_say(q, AUTH_NO);
	struct db_bytes box = { 0 };
	LG_TRY(auth_second_seal(cx, q, who.account, secret, &box));
	struct db *db = NULL;
	struct db_auth_second_set_row row = { 0 };
	LG_TRY(auth_db(cx, q, &db));
	db_auth_attempt_passed_send(cx, db,
	                            (struct db_auth_attempt_passed_in){ .buckets = auth_texts(t.buckets, t.n),
	                                                                .keys = auth_texts(t.keys, t.n) });
	LG_TRY(db_auth_second_set(cx, db, &row,
	                          (struct db_auth_second_set_in){ .account = who.account,
	                                                          .box = box,
	                                                          .step = step,
	                                                          .first = true,
	                                                          .hashes = auth_recovery(cx, q, who.account) }));
	if (!row.taken) {
		db_abandon(db);
		(void)json_object_del(q->out, "recovery");
		return auth_say(q, AUTH_GONE);
	}
	return auth_proceed(cx, q, db, who.account, "totp");
}

enum lg_err auth_on_office(struct lg_ctx *cx, struct auth_question *q)
{
	json_t *what = NULL;
	if (!pending_open(cx, q->setup->seal_key, &what, "office", auth_asked(q, "pending")))
		return auth_say(q, AUTH_GONE);
	const char *account = json_string_value(json_object_get(what, "account")),
	           *strength = json_string_value(json_object_get(what, "strength"));
	int64_t tenant = json_integer_value(json_object_get(q->in, "tenant"));
	if (!account || !strength || tenant <= 0) return auth_say(q, AUTH_GONE);
	struct db *db = NULL;
	LG_TRY(auth_db(cx, q, &db));
	return auth_open(cx, q, db, account, tenant, strength);
}

/* --- elsewhere */

enum lg_err auth_on_oidc_begin(struct lg_ctx *cx, struct auth_question *q)
{
	if (!q->setup->oidc.issuer || !*q->setup->oidc.issuer) return auth_say(q, AUTH_GONE);
	struct oidc_trip trip;
	const char *url = "", *pending;
	LG_TRY(oidc_begin(cx, &q->setup->oidc, &trip, &url));
	json_t *what = auth_keep(
	    cx, json_pack("{s:s,s:s,s:s}", "state", trip.state, "nonce", trip.nonce, "verifier", trip.verifier));
	LG_TRY(pending_seal(cx, q->setup->seal_key, &pending, "oidc", PENDING_S, what));
	auth_put(q, "url", url);
	auth_put(q, "pending", pending);
	return auth_say(q, AUTH_GO);
}

static bool take_word(char out[44], json_t *what, const char *name)
{
	const char *text = json_string_value(json_object_get(what, name));
	if (!text || strlen(text) != 43) return false;
	memcpy(out, text, 44);
	return true;
}

/* Known by the provider's name for them; the first time by a mail address that the provider has verified. The provider
 * is the operator's choice: its word on an address counts as much as a mail that arrives there. */
static enum lg_err whose(struct lg_ctx *cx, struct db *db, const struct oidc_person *person, const char **account)
{
	struct db_auth_account_by_identity_row known = { 0 };
	struct db_auth_account_by_mail_row by_mail = { 0 };
	bool found = false, found_mail = false;
	*account = NULL;
	db_auth_account_by_mail_send(cx, db, &by_mail, &found_mail,
	                             (struct db_auth_account_by_mail_in){ .mail = person->mail });
	LG_TRY(db_auth_account_by_identity(
	    cx, db, &known, &found,
	    (struct db_auth_account_by_identity_in){ .issuer = person->issuer, .subject = person->subject }));
	if (found && !known.disabled) *account = known.account;
	if (found || !*person->mail || !found_mail || by_mail.disabled) return LG_OK;
	struct db_auth_identity_claim_row claim = { 0 };
	LG_TRY(db_auth_identity_claim(cx, db, &claim,
	                              (struct db_auth_identity_claim_in){ .account = by_mail.account,
	                                                                  .issuer = person->issuer,
	                                                                  .subject = person->subject }));
	if (claim.claimed) *account = by_mail.account;
	return LG_OK;
}

enum lg_err auth_on_oidc_finish(struct lg_ctx *cx, struct auth_question *q)
{
	json_t *what = NULL;
	struct oidc_trip trip;
	if (!pending_open(cx, q->setup->seal_key, &what, "oidc", auth_asked(q, "pending")) ||
	    !take_word(trip.state, what, "state") || !take_word(trip.nonce, what, "nonce") ||
	    !take_word(trip.verifier, what, "verifier"))
		return auth_say(q, AUTH_GONE);
	struct oidc_person person = { 0 };
	enum lg_err err =
	    oidc_finish(cx, &q->setup->oidc, &trip, auth_asked(q, "state"), auth_asked(q, "code"), &person);
	if (err == LG_SIGN_IN) {
		lg_log(cx, LG_LOG_WARN, "sign-in elsewhere refused", LOG_TEXT("why", cx->notes ? cx->notes->text : ""));
		return auth_say(q, AUTH_NO);
	}
	if (err != LG_OK) return err;
	struct db *db = NULL;
	const char *account = NULL;
	LG_TRY(auth_db(cx, q, &db));
	LG_TRY(whose(cx, db, &person, &account));
	if (account) return auth_proceed(cx, q, db, account, "oidc");
	db_abandon(db);
	return auth_say(q, AUTH_NO);
}
