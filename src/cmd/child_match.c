/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <time.h>

#include "cmd/handover.h"
#include "cmd/load.h"
#include "cmd/sandbox.h"
#include "cmd/warm.h"
#include "core/match_serve.h"

enum { THREADS = 8, ANSWER_MS = 60000 };

static int64_t now(void) { return (int64_t)time(NULL); }

int child_match(struct lg_ctx *cx, struct child *c)
{
	const struct db_config config = {
		.conninfo = c->from.database,
		.role = "lg_match",
		.password = c->from.password,
		.most = (unsigned)c->settings.match_database_connections,
		.wait_ms = (unsigned)c->settings.database_wait_ms,
		.answer_ms = ANSWER_MS,
	};
	struct match_setup setup = { .threads = THREADS, .stop_fd = child_stop_fd(), .now = now };
	struct load words;
	if (load_taxonomy(cx, *c->settings.taxonomy ? c->settings.taxonomy : NULL, &words) != LG_OK)
		return child_failed(cx);
	setup.taxonomy = words.taxonomy;
	warm_up();
	if (sandbox_enter(cx, SANDBOX_MATCH, child_database_is_far(c)) != LG_OK) return child_failed(cx);
	setup.pool = db_pool_new(&config);
	if (match_serve(cx, HANDED_LISTEN, &setup) != LG_OK) return child_failed(cx);
	db_pool_free(setup.pool);
	return 0;
}
