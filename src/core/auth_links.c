/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* Links in mails: a new password, an invitation. And the first start, which is much the same. */
#include <string.h>

#include "core/auth.sql.h"
#include "core/auth_inner.h"
#include "core/auth_pending.h"
#include "core/mail.h"
#include "view/speech.h"

/* --- a new password */

static enum lg_err write_reset(struct lg_ctx *cx, struct auth_question *q)
{
	uint8_t token[SEAL_TOKEN];
	char text[SEAL_TOKEN_TEXT];
	seal_random(token, sizeof token);
	seal_token_print(text, token);
	struct db *db = NULL;
	LG_TRY(auth_db(cx, q, &db));
	db_auth_reset_ask_send(cx, db,
	                       (struct db_auth_reset_ask_in){
	                           .mail = auth_asked(q, "mail"),
	                           .token = { token, sizeof token },
	                           .data = lg_printf(cx->mem, "{\"path\":\"/reset/%s\",\"minutes\":30}", text) });
	return db_end(cx, db);
}

enum lg_err auth_on_reset_ask(struct lg_ctx *cx, struct auth_question *q)
{
	const char *mail = auth_asked(q, "mail");
	bool may = false;
	if (!mail_address_is_good(mail)) return lg_fail(cx, LG_INVALID, "mail", LG_TEXT("This is no mail address."));
	struct auth_try t = { .n = 0 };
	auth_try_add(&t, "reset", mail);
	auth_try_add(&t, "reset_address", auth_asked(q, "address"));
	LG_TRY(auth_attempt(cx, q, NULL, &t, &may));
	if (!may) return LG_OK;
	/* The same work before the answer, whether there is such an account or not. */
	q->after = write_reset;
	return auth_say(q, AUTH_DONE);
}

static enum lg_err look(struct lg_ctx *cx, struct auth_question *q, const char *purpose,
                        struct db_auth_token_look_row *out, bool *found)
{
	struct db_bytes token;
	struct db *db = NULL;
	LG_TRY(auth_token_asked(cx, q, &token, found));
	if (!*found) return LG_OK;
	LG_TRY(auth_db(cx, q, &db));
	db_auth_token_look_send(cx, db, out, found,
	                        (struct db_auth_token_look_in){ .purpose = purpose, .token = token });
	return db_end(cx, db);
}

enum lg_err auth_on_reset_look(struct lg_ctx *cx, struct auth_question *q)
{
	struct db_auth_token_look_row who = { 0 };
	bool found = false;
	LG_TRY(look(cx, q, "reset", &who, &found));
	if (!found) return auth_say(q, AUTH_GONE);
	auth_put(q, "mail", who.mail);
	return auth_say(q, AUTH_DONE);
}

enum lg_err auth_on_reset_set(struct lg_ctx *cx, struct auth_question *q)
{
	struct db_auth_token_look_row who = { 0 };
	struct db_auth_reset_use_row row = { 0 };
	struct db_bytes token;
	char hash[PASSWORD_HASH];
	bool found = false;
	LG_TRY(look(cx, q, "reset", &who, &found));
	if (!found) return auth_say(q, AUTH_GONE);
	LG_TRY(auth_password_new(cx, auth_asked(q, "password"), who.mail, NULL, NULL, hash));
	LG_TRY(auth_token_asked(cx, q, &token, &found));
	struct db *db = NULL;
	LG_TRY(auth_db(cx, q, &db));
	LG_TRY(db_auth_reset_use(cx, db, &row, (struct db_auth_reset_use_in){ .token = token, .hash = hash }));
	if (!row.account) {
		db_abandon(db);
		return auth_say(q, AUTH_GONE);
	}
	db_auth_account_mail_send(
	    cx, db,
	    (struct db_auth_account_mail_in){ .account = row.account, .kind = "password_changed", .data = "{}" });
	LG_TRY(db_end(cx, db));
	return auth_say(q, AUTH_DONE);
}

/* --- an invitation */

static bool wants_second(const struct db_auth_token_look_row *who)
{
	return !who->has_second && who->kind && !strcmp(who->kind, "staff");
}

enum lg_err auth_on_invitation_look(struct lg_ctx *cx, struct auth_question *q)
{
	struct db_auth_token_look_row who = { 0 };
	bool found = false;
	LG_TRY(look(cx, q, "invitation", &who, &found));
	if (!found) return auth_say(q, AUTH_GONE);
	auth_put(q, "mail", who.mail);
	auth_put(q, "name", who.name ? who.name : "");
	auth_put(q, "office", who.tenant_name ? who.tenant_name : "");
	auth_put(q, "kind", who.kind ? who.kind : "");
	auth_put(q, "language", who.language);
	auth_put_json(q, "has_password", json_boolean(who.has_password));
	bool second = wants_second(&who) && !who.has_password;
	auth_put_json(q, "second", json_boolean(second));
	if (second)
		LG_TRY(auth_second_put(cx, q, "invitation", who.mail,
		                       auth_keep(cx, json_pack("{s:s}", "account", who.account))));
	return auth_say(q, AUTH_DONE);
}

/* What was set up on the page of the invitation: *step 0 when the code is wrong. */
static enum lg_err invited_second(struct lg_ctx *cx, struct auth_question *q, const char *account, struct db_bytes *box,
                                  int64_t *step)
{
	json_t *what = NULL;
	uint8_t secret[TOTP_SECRET];
	if (!pending_open(cx, q->setup->seal_key, &what, "invitation", auth_asked(q, "pending")) ||
	    strcmp(json_string_value(json_object_get(what, "account")), account) != 0)
		return lg_fail(cx, LG_INVALID, "code",
		               LG_TEXT("The page was open for too long. Open the link in the mail again."));
	*step = auth_second_step(cx, q, what, secret);
	if (!*step)
		return lg_fail(cx, LG_INVALID, "code",
		               LG_TEXT("This is not the code of now. Is the clock of your telephone right?"));
	return auth_second_seal(cx, q, account, secret, box);
}

static enum lg_err accept_as_they_are(struct lg_ctx *cx, struct auth_question *q, struct db_bytes token)
{
	struct db *db = NULL;
	struct db_auth_invitation_accept_row row = { 0 };
	bool found = false;
	LG_TRY(auth_db(cx, q, &db));
	db_auth_invitation_accept_send(cx, db, &row, &found,
	                               (struct db_auth_invitation_accept_in){ .token = token, .hash = "" });
	LG_TRY(db_end(cx, db));
	return auth_say(q, found ? AUTH_DONE : AUTH_GONE);
}

enum lg_err auth_on_invitation_accept(struct lg_ctx *cx, struct auth_question *q)
{
	struct db_auth_token_look_row who = { 0 };
	struct db_bytes token, box = { 0 };
	char hash[PASSWORD_HASH];
	int64_t step = 0;
	bool found = false;
	LG_TRY(look(cx, q, "invitation", &who, &found));
	if (!found) return auth_say(q, AUTH_GONE);
	LG_TRY(auth_token_asked(cx, q, &token, &found));
	if (who.has_password) return accept_as_they_are(cx, q, token);
	enum lg_err code = wants_second(&who) ? invited_second(cx, q, who.account, &box, &step) : LG_OK;
	/* Both are looked at, so that both are told. */
	LG_TRY(auth_password_new(cx, auth_asked(q, "password"), who.mail, who.name, who.tenant_name, hash));
	if (code != LG_OK) return code;
	struct db *db = NULL;
	struct db_auth_invitation_accept_row row = { 0 };
	LG_TRY(auth_db(cx, q, &db));
	LG_TRY(db_auth_invitation_accept(
	    cx, db, &row, &found,
	    (struct db_auth_invitation_accept_in){ .token = token, .hash = hash, .box = box, .step = step }));
	if (!found) {
		db_abandon(db);
		return auth_say(q, AUTH_GONE);
	}
	if (step)
		db_auth_recovery_set_send(cx, db,
		                          (struct db_auth_recovery_set_in){
		                              .account = row.account, .hashes = auth_recovery(cx, q, row.account) });
	return auth_open(cx, q, db, row.account, row.tenant, step || who.has_second ? "totp" : "password");
}

/* --- the first start */

enum lg_err auth_is_first(struct lg_ctx *cx, struct auth_question *q, bool *first)
{
	struct db *db = NULL;
	struct db_auth_tenants_row row = { 0 };
	*first = false;
	if (!q->setup->setup_code || !*q->setup->setup_code) return LG_OK;
	LG_TRY(auth_db(cx, q, &db));
	db_auth_tenants_send(cx, db, &row);
	LG_TRY(db_end(cx, db));
	*first = row.n == 0;
	return LG_OK;
}

enum lg_err auth_on_door(struct lg_ctx *cx, struct auth_question *q)
{
	const struct oidc_config *oidc = &q->setup->oidc;
	bool first = false;
	LG_TRY(auth_is_first(cx, q, &first));
	auth_put(q, "oidc", oidc->issuer && *oidc->issuer ? oidc->name && *oidc->name ? oidc->name : oidc->issuer : "");
	auth_put_json(q, "first", json_boolean(first));
	return auth_say(q, AUTH_DONE);
}

enum lg_err auth_on_set_up_look(struct lg_ctx *cx, struct auth_question *q)
{
	bool first = false;
	LG_TRY(auth_is_first(cx, q, &first));
	if (!first) return auth_say(q, AUTH_GONE);
	struct db *db = NULL;
	struct db_auth_templates_rows templates = { 0 };
	LG_TRY(auth_db(cx, q, &db));
	db_auth_templates_send(cx, db, &templates);
	LG_TRY(db_end(cx, db));
	json_t *list = json_array();
	for (size_t i = 0; i < templates.n; i++)
		(void)json_array_append_new(list,
		                            json_pack("{s:s,s:s,s:s}", "name", templates.rows[i].name, "kind",
		                                      templates.rows[i].kind, "country", templates.rows[i].country));
	auth_put_json(q, "templates", list);
	LG_TRY(auth_second_put(cx, q, "set_up", "administrator", auth_keep(cx, json_object())));
	return auth_say(q, AUTH_DONE);
}

static void missing(struct lg_ctx *cx, const struct auth_question *q, const char *field)
{
	const char *text = auth_asked(q, field);
	if (!*text) (void)!lg_fail(cx, LG_INVALID, field, LG_TEXT("This is missing."));
	for (const char *s = text; *s; s++)
		if ((unsigned char)*s < ' ' || *s == 0x7F) {
			(void)!lg_fail(cx, LG_INVALID, field, LG_TEXT("This has to be one line."));
			break;
		}
	if (strlen(text) > 200) (void)!lg_fail(cx, LG_INVALID, field, LG_TEXT("This is too long."));
}

static enum lg_err set_up_fields(struct lg_ctx *cx, struct auth_question *q, char hash[PASSWORD_HASH])
{
	static const char *const needed[] = { "template", "office", "name" };
	for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) missing(cx, q, needed[i]);
	if (!mail_address_is_good(auth_asked(q, "mail")))
		(void)!lg_fail(cx, LG_INVALID, "mail", LG_TEXT("This is no mail address."));
	if (!lg_language_known(auth_asked(q, "language")))
		(void)!lg_fail(cx, LG_INVALID, "language", LG_TEXT("This language is not there."));
	LG_TRY(auth_password_new(cx, auth_asked(q, "password"), auth_asked(q, "mail"), auth_asked(q, "name"),
	                         auth_asked(q, "office"), hash));
	return cx->notes ? LG_INVALID : LG_OK;
}

static enum lg_err make_first(struct lg_ctx *cx, struct auth_question *q, const char *hash,
                              const uint8_t secret[TOTP_SECRET], int64_t step)
{
	/* What is sealed belongs to the account, whose id is known once it is there: first without, then with. */
	struct db *db = NULL;
	struct db_auth_first_start_row row = { 0 };
	struct db_auth_second_set_row second = { 0 };
	struct db_bytes box = { 0 };
	bool found = false;
	LG_TRY(auth_db(cx, q, &db));
	LG_TRY(db_auth_first_start(cx, db, &row, &found,
	                           (struct db_auth_first_start_in){ .template = auth_asked(q, "template"),
	                                                            .office = auth_asked(q, "office"),
	                                                            .language = auth_asked(q, "language"),
	                                                            .mail = auth_asked(q, "mail"),
	                                                            .name = auth_asked(q, "name"),
	                                                            .hash = hash }));
	if (!found) {
		db_abandon(db);
		return auth_say(q, AUTH_GONE);
	}
	LG_TRY(auth_second_seal(cx, q, row.account, secret, &box));
	db_auth_second_set_send(cx, db, &second,
	                        (struct db_auth_second_set_in){ .account = row.account,
	                                                        .box = box,
	                                                        .step = step,
	                                                        .first = true,
	                                                        .hashes = auth_recovery(cx, q, row.account) });
	return auth_open(cx, q, db, row.account, row.tenant, "totp");
}

enum lg_err auth_on_set_up(struct lg_ctx *cx, struct auth_question *q)
{
	bool first = false, may = false;
	LG_TRY(auth_is_first(cx, q, &first));
	if (!first) return auth_say(q, AUTH_GONE);
	struct auth_try t = { .n = 0 };
	auth_try_add(&t, "setup", auth_asked(q, "address"));
	LG_TRY(auth_attempt(cx, q, NULL, &t, &may));
	if (!may) return LG_OK;
	uint8_t given[RECOVERY_HASH], right[RECOVERY_HASH];
	recovery_hash(given, q->setup->seal_key, "", auth_asked(q, "setup_code"));
	recovery_hash(right, q->setup->seal_key, "", q->setup->setup_code);
	if (!seal_same(given, right, sizeof given))
		return lg_fail(cx, LG_INVALID, "setup_code", LG_TEXT("This is not the code that the console shows."));
	json_t *what = NULL;
	uint8_t secret[TOTP_SECRET];
	char hash[PASSWORD_HASH];
	int64_t step = 0;
	if (pending_open(cx, q->setup->seal_key, &what, "set_up", auth_asked(q, "pending")))
		step = auth_second_step(cx, q, what, secret);
	if (!step)
		(void)!lg_fail(cx, LG_INVALID, "code",
		               LG_TEXT("This is not the code of now. Is the clock of your telephone right?"));
	LG_TRY(set_up_fields(cx, q, hash));
	struct db *db = NULL;
	LG_TRY(auth_db(cx, q, &db));
	db_auth_attempt_passed_send(cx, db,
	                            (struct db_auth_attempt_passed_in){ .buckets = auth_texts(t.buckets, t.n),
	                                                                .keys = auth_texts(t.keys, t.n) });
	LG_TRY(db_end(cx, db));
	return make_first(cx, q, hash, secret, step);
}
