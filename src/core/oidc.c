/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/oidc.h"

#include <iddawc.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>

#include "app/seal.h"

/* The library waits for a provider as long as that likes; so few threads at once may wait for one that hangs. */
enum { AT_ONCE = 4, CLOCKS_DIFFER_S = 120, OLD_S = 600 };
static pthread_once_t once = PTHREAD_ONCE_INIT;
static _Atomic int64_t waits_since[AT_ONCE]; /* 0: free */
static void start(void) { lg_assert(i_global_init() == I_OK); }

static int64_t clock_s(void)
{
	struct timespec t;
	lg_assert(clock_gettime(CLOCK_MONOTONIC, &t) == 0);
	return t.tv_sec + 1; /* never 0 */
}

static void give_turn(void *turn) { *(_Atomic int64_t *)turn = 0; }

static enum lg_err take_turn(struct lg_ctx *cx)
{
	(void)pthread_once(&once, start);
	for (size_t i = 0; i < AT_ONCE; i++) {
		int64_t nobody = 0;
		if (!atomic_compare_exchange_strong(&waits_since[i], &nobody, clock_s())) continue;
		lg_defer(cx->mem, give_turn, &waits_since[i]);
		return LG_OK;
	}
	return lg_fail(cx, LG_BUSY, "oidc", "too many wait for the provider");
}

bool oidc_is_stuck(unsigned seconds)
{
	for (size_t i = 0; i < AT_ONCE; i++) {
		int64_t since = waits_since[i];
		if (since && clock_s() - since > (int64_t)seconds) return true;
	}
	return false;
}

static void clean(void *session) { i_clean_session(session); }

static bool is_safe(const char *issuer)
{
	return !strncmp(issuer, "https://", 8) || !strncmp(issuer, "http://127.0.0.1:", 17) ||
	       !strncmp(issuer, "http://localhost:", 17);
}

static enum lg_err refused(struct lg_ctx *cx, const char *why) { return lg_fail(cx, LG_SIGN_IN, "oidc", why); }

/* A session of the library that knows the provider and the trip. */
static enum lg_err session(struct lg_ctx *cx, const struct oidc_config *config, const struct oidc_trip *trip,
                           struct _i_session **out)
{
	if (!config->issuer || !is_safe(config->issuer))
		return lg_fail(cx, LG_FAULT, "oidc", "the issuer is no https address");
	LG_TRY(take_turn(cx));
	struct _i_session *s = lg_alloc(cx->mem, sizeof *s);
	if (i_init_session(s) != I_OK) return lg_fail(cx, LG_FAULT, "oidc", "no session of iddawc");
	lg_defer(cx->mem, clean, s);
	size_t n = strlen(config->issuer);
	const char *slash = n && config->issuer[n - 1] == '/' ? "" : "/";
	const char *where = lg_printf(cx->mem, "%s%s.well-known/openid-configuration", config->issuer, slash);
	if (i_set_parameter_list(s, I_OPT_RESPONSE_TYPE, I_RESPONSE_TYPE_CODE, I_OPT_OPENID_CONFIG_ENDPOINT, where,
	                         I_OPT_CLIENT_ID, config->client_id, I_OPT_CLIENT_SECRET, config->secret,
	                         I_OPT_REDIRECT_URI, config->redirect, I_OPT_SCOPE, "openid email profile", I_OPT_STATE,
	                         trip->state, I_OPT_NONCE, trip->nonce, I_OPT_PKCE_CODE_VERIFIER, trip->verifier,
	                         I_OPT_PKCE_METHOD, I_PKCE_METHOD_S256, I_OPT_TOKEN_METHOD,
	                         I_TOKEN_AUTH_METHOD_SECRET_BASIC, I_OPT_NONE) != I_OK)
		return lg_fail(cx, LG_FAULT, "oidc", "iddawc refuses the settings");
	if (i_get_openid_config(s) != I_OK)
		return lg_fail(cx, LG_BUSY, "oidc", "the provider does not describe itself");
	const char *says = i_get_str_parameter(s, I_OPT_ISSUER);
	if (!says || strcmp(says, config->issuer) != 0)
		return lg_fail(cx, LG_FAULT, "oidc", "the provider says it is another");
	*out = s;
	return LG_OK;
}

static void random_word(char out[44])
{
	uint8_t bytes[32];
	seal_random(bytes, sizeof bytes);
	seal_token_print(out, bytes);
}

enum lg_err oidc_begin(struct lg_ctx *cx, const struct oidc_config *config, struct oidc_trip *trip, const char **url)
{
	random_word(trip->state);
	random_word(trip->nonce);
	random_word(trip->verifier);
	struct _i_session *s = NULL;
	LG_TRY(session(cx, config, trip, &s));
	if (i_build_auth_url_get(s) != I_OK) return lg_fail(cx, LG_FAULT, "oidc", "iddawc builds no address");
	*url = lg_strdup(cx->mem, i_get_str_parameter(s, I_OPT_REDIRECT_TO));
	return LG_OK;
}

/* Of public keys only: with a secret's (HS256), or none, whoever knows our client's settings could make a token. */
static bool is_of_public_key(struct lg_ctx *cx, const char *token)
{
	static const char *const good[] = { "RS256", "RS384", "RS512", "PS256", "PS384",
		                            "PS512", "ES256", "ES384", "ES512", "EdDSA" };
	const char *dot = strchr(token, '.');
	if (!dot) return false;
	size_t n;
	char *head = seal_base64_read(cx, token, (size_t)(dot - token), &n);
	json_t *json = head ? json_loadb(head, n, JSON_REJECT_DUPLICATES, NULL) : NULL;
	const char *alg = json_string_value(json_object_get(json, "alg"));
	bool found = false;
	for (size_t i = 0; alg && i < sizeof good / sizeof *good; i++) found = found || !strcmp(alg, good[i]);
	json_decref(json);
	return found;
}

static bool is_for(json_t *claims, const char *client_id)
{
	json_t *aud = json_object_get(claims, "aud");
	const char *one = json_string_value(aud), *party = json_string_value(json_object_get(claims, "azp"));
	if (party && strcmp(party, client_id) != 0) return false;
	if (one) return !strcmp(one, client_id);
	/* More than one: another's token as well; then it must say that it was made for us. */
	if (json_array_size(aud) > 1 && !party) return false;
	size_t i;
	json_t *each;
	json_array_foreach(aud, i,
	                   each) if (json_is_string(each) && !strcmp(json_string_value(each), client_id)) return true;
	return false;
}

/* The library has checked most of this; what opens a door is checked by us as well. */
static enum lg_err check_claims(struct lg_ctx *cx, const struct oidc_config *config, const struct oidc_trip *trip,
                                json_t *claims)
{
	const char *issuer = json_string_value(json_object_get(claims, "iss")),
	           *nonce = json_string_value(json_object_get(claims, "nonce"));
	json_t *expires = json_object_get(claims, "exp"), *issued = json_object_get(claims, "iat");
	if (!issuer || strcmp(issuer, config->issuer) != 0) return refused(cx, "the token is of another issuer");
	if (!is_for(claims, config->client_id)) return refused(cx, "the token is for another audience");
	if (!nonce || strlen(nonce) != strlen(trip->nonce) || !seal_same(nonce, trip->nonce, strlen(nonce)))
		return refused(cx, "the token has another nonce");
	if (!json_is_integer(expires) || json_integer_value(expires) <= cx->now)
		return refused(cx, "the token has expired");
	if (!json_is_integer(issued) || json_integer_value(issued) > cx->now + CLOCKS_DIFFER_S ||
	    json_integer_value(issued) < cx->now - OLD_S)
		return refused(cx, "the token is not of now");
	const char *subject = json_string_value(json_object_get(claims, "sub"));
	if (!subject || !*subject || strlen(subject) > 255) return refused(cx, "the token names nobody");
	return LG_OK;
}

static const char *text_of(struct lg_ctx *cx, json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));
	return lg_strdup(cx->mem, text ? text : "");
}

enum lg_err oidc_finish(struct lg_ctx *cx, const struct oidc_config *config, const struct oidc_trip *trip,
                        const char *state, const char *code, struct oidc_person *out)
{
	if (strlen(state) != strlen(trip->state) || !seal_same(state, trip->state, strlen(state)))
		return refused(cx, "another came back than went");
	if (!*code || strlen(code) > 4096) return refused(cx, "there is no code");
	struct _i_session *s = NULL;
	LG_TRY(session(cx, config, trip, &s));
	lg_assert(s);
	if (i_set_str_parameter(s, I_OPT_CODE, code) != I_OK)
		return lg_fail(cx, LG_FAULT, "oidc", "iddawc refuses the code");
	if (i_run_token_request(s) != I_OK)
		return refused(cx, "the provider gives no token for the code, or one that does not verify");
	const char *token = i_get_str_parameter(s, I_OPT_ID_TOKEN);
	if (!token || !is_of_public_key(cx, token)) return refused(cx, "the token is not signed with a public key");
	if (i_verify_id_token(s) != I_OK) return refused(cx, "the token does not verify");
	json_t *claims = s->id_token_payload;
	LG_TRY(check_claims(cx, config, trip, claims));
	*out = (struct oidc_person){ text_of(cx, claims, "iss"), text_of(cx, claims, "sub"),
		                     text_of(cx, claims, "email"), text_of(cx, claims, "name") };
	/* Many providers tell these on request only. */
	if (!*out->mail && i_get_userinfo(s, 0) == I_OK && s->j_userinfo) {
		if (strcmp(text_of(cx, s->j_userinfo, "sub"), out->subject) != 0)
			return refused(cx, "the provider speaks of another person");
		claims = s->j_userinfo;
		out->mail = text_of(cx, claims, "email");
		out->name = text_of(cx, claims, "name");
	}
	if (!json_is_true(json_object_get(claims, "email_verified"))) out->mail = "";
	return LG_OK;
}
