/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <time.h>

#include "cmd/handover.h"
#include "cmd/sandbox.h"
#include "cmd/warm.h"
#include "core/auth_serve.h"
#include "store/db.h"

enum { THREADS = 16, ANSWER_MS = 11000 /* the database ends statements after ten seconds (schema/0001) */ };

static int64_t now(void) { return (int64_t)time(NULL); }

int child_auth(struct lg_ctx *cx, struct child *c)
{
	const struct db_config config = {
		.conninfo = c->from.database,
		.role = "lg_auth",
		.password = c->from.password,
		.most = (unsigned)c->settings.auth_database_connections,
		.wait_ms = (unsigned)c->settings.database_wait_ms,
		.answer_ms = ANSWER_MS,
	};
	const struct settings *s = &c->settings;
	struct auth_setup setup = {
		.seal_key = c->from.seal_key,
		.public_url = c->from.public_url,
		.oidc = { s->oidc_issuer, s->oidc_client_id, c->from.oidc_secret, s->oidc_redirect, s->oidc_name },
		.setup_code = *c->from.setup_code ? c->from.setup_code : NULL,
		.trial = s->trial,
		.threads = THREADS,
		.stop_fd = child_stop_fd(),
		.now = now,
	};
	warm_up();
	if (sandbox_enter(cx, SANDBOX_AUTH, child_database_is_far(c) || *s->oidc_issuer) != LG_OK)
		return child_failed(cx);
	setup.pool = db_pool_new(&config);
	if (auth_serve(cx, HANDED_LISTEN, &setup) != LG_OK) return child_failed(cx);
	db_pool_free(setup.pool);
	return 0;
}
