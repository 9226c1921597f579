/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "app/actor.h"

#include <jansson.h>
#include <string.h>
#include <strings.h>

#include "app/known.h"
#include "app/policy.h"
#include "app/record.h"
#include "app/seal.h"

static enum actor_kind kind_named(const char *name)
{
	static const struct {
		const char *name;
		enum actor_kind kind;
	} kinds[] = { { "staff", ACTOR_STAFF },
		      { "candidate", ACTOR_CANDIDATE },
		      { "employer", ACTOR_EMPLOYER },
		      { "client", ACTOR_CLIENT } };
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (!strcmp(kinds[i].name, name)) return kinds[i].kind;
	return ACTOR_NOBODY;
}

/* A role that this program does not know gives no right. */
static uint64_t rights_of(const json_t *roles)
{
	uint64_t rights = 0;
	size_t i;
	json_t *name;
	json_array_foreach((json_t *)(uintptr_t)roles, i, name)
	{
		const struct role *role = json_is_string(name) ? role_named(json_string_value(name)) : NULL;
		if (role) rights |= role->rights;
	}
	return rights;
}

static const char *word(struct lg_ctx *cx, const json_t *o, const char *name)
{
	const char *s = record_word(o, name);
	return *s ? lg_strdup(cx->mem, s) : NULL;
}

enum lg_err actor_read(struct lg_ctx *cx, struct actor *out, const char *entered)
{
	json_t *o;
	if (!entered || record_parse(cx, &o, entered, strlen(entered)) != LG_OK || !json_is_object(o)) return LG_FAULT;
	*out = (struct actor){
		.kind = kind_named(record_word(o, "kind")),
		.tenant = (int32_t)record_number(o, "tenant", 0),
		.account = word(cx, o, "account"),
		.subject = word(cx, o, "subject"),
		.name = lg_strdup(cx->mem, record_word(o, "name")),
		.tenant_name = lg_strdup(cx->mem, record_word(o, "tenant_name")),
		.tenant_kind = lg_strdup(cx->mem, record_word(o, "tenant_kind")),
		.language = word(cx, o, "language"),
		.zone = word(cx, o, "zone"),
		.rights = rights_of(json_object_get(o, "roles")) | (UINT64_C(1) << MAY_ANYBODY),
		.session_ends = record_number(o, "ends", 0),
		.session_idle_ends = record_number(o, "idle_ends", 0),
	};
	if (out->kind != ACTOR_NOBODY) out->rights |= UINT64_C(1) << MAY_SIGNED_IN;
	if (!out->zone) out->zone = "Europe/Copenhagen";
	return out->tenant > 0 ? LG_OK : LG_FAULT;
}

/* "Bearer xyz": xyz, or NULL */
static const char *bearer(const struct http_request *rq)
{
	const char *header = http_header(rq, "Authorization");
	if (!header || strncasecmp(header, "Bearer ", 7) != 0) return NULL;
	return header + 7;
}

static bool only_looks(const struct call *c) { return c->rq->method == HTTP_GET || c->rq->method == HTTP_HEAD; }

/* What enter told, now or a moment ago. */
static enum lg_err take_told(struct lg_ctx *cx, struct call *c, const uint8_t *token, const char *told)
{
	LG_TRY(actor_read(cx, &c->actor, told));
	c->actor.token = token;
	if (!c->api) seal_csrf(c->actor.csrf, token);
	return LG_OK;
}

bool actor_is_doubtful(struct call *c)
{
	const struct db *db = c->assumed;
	if (!db || db_entered(db)) return false;
	known_forget(app_known(c->app),
	             &(struct db_who){ .as = c->api ? DB_AS_BEARER : DB_AS_SESSION, .token = c->actor.token });
	return true;
}

enum lg_err actor_enter(struct lg_ctx *cx, struct call *c, bool *ended)
{
	uint8_t *token = lg_alloc(cx->mem, SEAL_TOKEN);
	const char *text = c->api ? bearer(c->rq) : http_cookie(c->rq, APP_SESSION_COOKIE);
	c->actor = (struct actor){ .rights = UINT64_C(1) << MAY_ANYBODY };
	*ended = text != NULL;
	if (!text || !seal_token_read(token, text)) return LG_OK;
	struct db_who who = { .as = c->api ? DB_AS_BEARER : DB_AS_SESSION,
		              .token = token,
		              .only_reads = c->rq->again || c->unasked };
	if (only_looks(c) && !c->anew) who.expects = known_get(cx, app_known(c->app), &who);
	LG_TRY(db_open(cx, app_setup(c->app)->pool, &c->db, &who));
	if (who.expects) {
		c->assumed = c->db;
		*ended = false;
		return take_told(cx, c, token, who.expects);
	}
	enum lg_err err = db_sync(cx, c->db);
	if (err == LG_SIGN_IN || err == LG_DENIED) {
		db_abandon(c->db);
		c->db = NULL;
		return LG_OK;
	}
	LG_TRY(err);
	const struct db_entered *entered = db_entered(c->db);
	LG_TRY(take_told(cx, c, token, entered ? entered->json : NULL));
	known_put(cx, app_known(c->app), &who, entered->json);
	*ended = false;
	return LG_OK;
}
