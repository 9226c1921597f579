/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_AUTH_INNER_H
#define LG_CORE_AUTH_INNER_H
#include "app/seal.h"
#include "core/auth_call.h"
#include "core/auth_password.h"
#include "core/auth_serve.h"
#include "core/auth_totp.h"
#include "store/db.h"

/* Inside of the auth process: one question that is being answered. */
struct auth_question {
	const struct auth_setup *setup;
	json_t *in;  /* the question */
	json_t *out; /* the answer: "state" and what goes with it */
	/* Done when the answer is out, so that its time tells nothing of whether there is such an account. */
	enum lg_err (*after)(struct lg_ctx *cx, struct auth_question *q);
	const char *after_account, *after_why;
};
typedef enum lg_err auth_handler(struct lg_ctx *cx, struct auth_question *q);

#define C(name, doc) auth_handler auth_on_##name;
#include "core/auth_calls.def"
#undef C

/* A text of the question; "" when it is none. */
const char *auth_asked(const struct auth_question *q, const char *name);
/* Say how it ended. @return LG_OK */
enum lg_err auth_say(struct auth_question *q, enum auth_state state);
void auth_put(struct auth_question *q, const char *name, const char *text);
void auth_put_json(struct auth_question *q, const char *name, json_t *value); /* taken over */

/* A transaction of lg_auth. */
LG_MUST enum lg_err auth_db(struct lg_ctx *cx, const struct auth_question *q, struct db **out);
/* May it be tried? In a transaction of its own, together with what the caller queues before. *wait_s 0: yes, and it is
 * counted. Otherwise "wait" has been said. */
struct auth_try {
	const char *buckets[3], *keys[3];
	size_t n;
};
void auth_try_add(struct auth_try *t, const char *bucket, const char *key);
struct db_list auth_texts(const char *const *texts, size_t n);
/* db: an open transaction, ended here; NULL: one of its own. */
LG_MUST enum lg_err auth_attempt(struct lg_ctx *cx, struct auth_question *q, struct db *db, const struct auth_try *t,
                                 bool *may);

/* Which password of an account a step relies on: when that is changed meanwhile, the step is void. */
const char *auth_mark(struct lg_ctx *cx, const char *hash);
/* Somebody is who they say they are: a session in their office, or the question which ("in", "office", "no"). db is
 * ended. */
LG_MUST enum lg_err auth_proceed(struct lg_ctx *cx, struct auth_question *q, struct db *db, const char *account,
                                 const char *strength);
LG_MUST enum lg_err auth_open(struct lg_ctx *cx, struct auth_question *q, struct db *db, const char *account,
                              int64_t tenant, const char *strength);

/* There is no office yet, and a code that makes the first. */
LG_MUST enum lg_err auth_is_first(struct lg_ctx *cx, struct auth_question *q, bool *first);
/* The offices of an account, into the answer; db stays open. */
LG_MUST enum lg_err auth_put_offices(struct lg_ctx *cx, struct auth_question *q, struct db *db, const char *account,
                                     size_t *n, int64_t *only);
/* A second step that is being set up: secret and link are put into the answer; pending holds the secret, and `what`. */
LG_MUST enum lg_err auth_second_put(struct lg_ctx *cx, struct auth_question *q, const char *kind, const char *mail,
                                    json_t *what);
/* The secret out of what pended, and the step of the code that was typed; 0: it is none. */
int64_t auth_second_step(struct lg_ctx *cx, const struct auth_question *q, json_t *what, uint8_t secret[TOTP_SECRET]);
LG_MUST enum lg_err auth_second_seal(struct lg_ctx *cx, const struct auth_question *q, const char *account,
                                     const uint8_t secret[TOTP_SECRET], struct db_bytes *box);
LG_MUST enum lg_err auth_second_secret(struct lg_ctx *cx, const struct auth_setup *setup, const char *account,
                                       struct db_bytes box, const uint8_t **secret);
/* New recovery codes: shown in the answer ("recovery"), kept as hashes. */
struct db_list auth_recovery(struct lg_ctx *cx, struct auth_question *q, const char *account);
const uint8_t *auth_recovery_key(struct lg_ctx *cx, const struct auth_setup *setup);

LG_MUST enum lg_err auth_token_asked(struct lg_ctx *cx, const struct auth_question *q, struct db_bytes *out, bool *is);
/* Good enough, and as it is kept. */
LG_MUST enum lg_err auth_password_new(struct lg_ctx *cx, const char *password, const char *mail, const char *name,
                                      const char *office, char hash[PASSWORD_HASH]);
json_t *auth_keep(struct lg_ctx *cx, json_t *value);
#endif
