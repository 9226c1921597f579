/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_AUTH_CALL_H
#define LG_CORE_AUTH_CALL_H
#include <jansson.h>

#include "base/ctx.h"

/**
 * @file
 * Asking the auth process (core/frame.h).
 *
 *     struct auth_answer a;
 *     LG_TRY(auth_call(cx, socket, &a, json_pack("{s:s,s:s,s:s,s:s}", "call", "sign_in", "mail", mail, "password",
 * password, "address", rq->peer))); if (a.state == AUTH_CODE) ...
 *
 * The calls, what they take and answer: core/auth_calls.def.
 */
enum auth_state {
	AUTH_DONE,    /* what was asked for is done */
	AUTH_IN,      /* signed in: token */
	AUTH_CODE,    /* a code is wanted: pending */
	AUTH_SECOND,  /* a second step has to be set up first: pending, secret, link */
	AUTH_OFFICE,  /* an office has to be chosen: pending, offices */
	AUTH_GO,      /* go to url, keep pending until back */
	AUTH_NO,      /* wrong: which part is not told */
	AUTH_WAIT,    /* too often: seconds */
	AUTH_GONE,    /* the link, or what waited, is used up or too old */
	AUTH_INVALID, /* fields say what is wrong */
};

struct auth_answer {
	enum auth_state state;
	const char *token;   /* of the session, as the cookie has it */
	const char *pending; /* give it back with the next call */
	int64_t wait_s;      /* AUTH_WAIT: seconds until it is worth trying */
	json_t *json;        /* all of the answer; borrowed, dies with cx */
};

/**
 * `question` is taken over, also when it is NULL or the call fails. LG_BUSY: the process does not answer (it may be
 * coming back). AUTH_INVALID notes its fields in cx as lg_fail() does. Blocks for at most 10 seconds.
 */
LG_MUST enum lg_err auth_call(struct lg_ctx *cx, const char *socket, struct auth_answer *out, json_t *question);
/** A text of the answer, or "". */
const char *auth_word(const struct auth_answer *a, const char *name);

extern const char *const auth_state_names[];
#endif
