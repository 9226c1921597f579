/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_APP_ACTOR_H
#define LG_APP_ACTOR_H
#include "app/app.h"

/** The cookie that holds a session's token (base64url). */
#define APP_SESSION_COOKIE "__Host-landgang"
/** The cookie of forms that come before a session (sign-in): what their csrf token is proved with. */
#define APP_FORM_COOKIE "__Host-landgang-form"
/** The cookie of the language chosen on pages before sign-in. */
#define APP_LANGUAGE_COOKIE "__Host-landgang-language"

/**
 * Open the transaction of whoever sent the request, and fill c->actor and c->db. Without a token the actor is nobody
 * and c->db stays NULL. A token that opens nothing (ended, revoked, made up) makes nobody as well, with *ended set. One
 * round trip. LG_BUSY: the database does not answer.
 *
 * Whoever only looks (GET, HEAD) and was here less than a minute ago is taken to be as then, without asking:
 * c->assumed. The transaction then enters together with the first query of the page, and fails when anything is
 * different: the session, a role, a name. So nothing is told, and nothing done, that was not allowed at that moment.
 */
LG_MUST enum lg_err actor_enter(struct lg_ctx *cx, struct call *c, bool *ended);

/**
 * Was the actor assumed, and did the transaction not say that it is so? Then what the call did is void: it is to be
 * made once more, with c->anew. A transaction that never began has said nothing.
 */
bool actor_is_doubtful(struct call *c);

/** Fill an actor from what `enter` told. LG_FAULT: it is not what schema/0001_wall.sql says. Pure. */
LG_MUST enum lg_err actor_read(struct lg_ctx *cx, struct actor *out, const char *entered);
#endif
