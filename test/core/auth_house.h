/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_TEST_CORE_AUTH_HOUSE_H
#define LG_TEST_CORE_AUTH_HOUSE_H
#include "core/auth_call.h"
#include "core/auth_serve.h"
#include "core/auth_totp.h"

/**
 * @file
 * A database and an auth process for one test program: two offices, and people in them.
 */
struct house {
	struct lg_ctx cx;
	const char *socket;
	int64_t later_s; /* the auth process's clock is so much ahead of ours (the database's is not) */
};
extern struct house house;
extern const uint8_t house_secret[TOTP_SECRET]; /* of everybody's codes */
extern const uint8_t house_key[32];
#define HOUSE_PASSWORD "hat og bjerg og tog"

/** cluster.sh; the first office is made unless `empty`. oidc may be NULL. */
void house_open(const char *cluster, bool empty, const struct oidc_config *oidc);
void house_close(void);
/** Run SQL as the superuser; the first value. */
const char *house_sql(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/** Somebody of an office: kind "staff" gets `role` and codes. @return the account's id */
const char *house_person(int tenant, const char *mail, const char *role);
/** Ask; fails the test when the process does not answer. `question` is taken over. */
struct auth_answer house_ask(json_t *question);
/** The code of now; each call another step is not promised. */
const char *house_code(int steps_ahead);
/** The code that an app makes of a secret's words (base32 in groups). */
const char *house_code_of(const char *words);
/** Sign in with password and code. @return the token */
const char *house_sign_in(const char *mail);
void house_forget_attempts(void);
#endif
