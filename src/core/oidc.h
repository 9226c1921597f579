/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_OIDC_H
#define LG_CORE_OIDC_H
#include <stdbool.h>
#include <stdint.h>

#include "base/ctx.h"

/**
 * @file
 * Signing in elsewhere: OpenID Connect, the code flow with PKCE (S256), by iddawc. What came back is believed only when
 * its signature, issuer, audience, time and nonce are right.
 */
struct oidc_config {
	const char *issuer; /* "https://id.example"; http only for this very machine */
	const char *client_id, *secret;
	const char *redirect; /* where the provider sends people back: an address of ours */
	const char *name;     /* for the button */
};

/** What has to be kept (sealed) between going and coming back. Each is random, of base64url's letters. */
struct oidc_trip {
	char state[44], nonce[44], verifier[44];
};

/** Where to send somebody. Asks the provider for its description. LG_BUSY: it does not answer. */
LG_MUST enum lg_err oidc_begin(struct lg_ctx *cx, const struct oidc_config *config, struct oidc_trip *trip,
                               const char **url);

/** Who came back. */
struct oidc_person {
	const char *issuer, *subject; /* both together name a person there, for good */
	const char *mail;             /* "" unless the provider says that it is verified */
	const char *name;
};
/**
 * Exchange the code, check the id token. LG_SIGN_IN: what came back is not to be believed (the note says why, for the
 * log); LG_BUSY: the provider does not answer.
 */
LG_MUST enum lg_err oidc_finish(struct lg_ctx *cx, const struct oidc_config *config, const struct oidc_trip *trip,
                                const char *state, const char *code, struct oidc_person *out);

/**
 * Does a provider keep us waiting for longer than that? The library has no time limit; whoever has one ends the
 * process, which keeps nothing (core/auth_serve.c does).
 */
bool oidc_is_stuck(unsigned seconds);
#endif
