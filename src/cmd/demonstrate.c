/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "cmd/demonstrate.h"

#include <sodium.h>
#include <stdio.h>
#include <time.h>

#include "base/log.h"
#include "core/demo_load.h"
#include "modules/modules.h"
#include "store/db.h"

enum { DAY_S = 24 * 3600, WAIT_MS = 5000, SEED = 1, NONE = 0 };

static int64_t now(void) { return (int64_t)time(NULL); }

static struct db_pool *pool_of(const struct database *d, const char *role, enum key key)
{
	char password[2 * KEY_BYTES + 1];
	key_text(password, d->keys, key);
	const struct db_config config = {
		.conninfo = d->conninfo, .role = role, .password = password, .most = 2, .wait_ms = WAIT_MS
	};
	struct db_pool *pool = db_pool_new(&config);
	sodium_memzero(password, sizeof password);
	return pool;
}

static enum lg_err load(struct lg_ctx *cx, const struct database *d, struct db_pool *web, struct db_pool *auth)
{
	struct lg_ctx own = { .mem = lg_arena_new(0, NULL), .id = cx->id, .now = now() };
	const struct app_setup setup = {
		.pool = web, .trial = true, .seal_key = d->keys->bytes[KEY_SEAL], .public_url = "", .now = now
	};
	struct demo_office *office =
	    demo_office(own.mem, SEED, (int32_t)(own.now / DAY_S), (size_t)d->settings->demonstration_people);
	enum lg_err err = demo_load(&own, app_new(&own, &setup), auth, office, modules_demo);
	if (err != LG_OK)
		err = lg_failf(cx, err, "demonstration_people", "the demonstration office could not be made: %s",
		               own.notes ? own.notes->text : "see the log");
	lg_arena_free(own.mem); /* gives the connections back */
	return err;
}

enum lg_err demonstrate(struct lg_ctx *cx, const struct database *d)
{
	if (!d->cluster || d->settings->demonstration_people == 0 || database_offices(cx, d) != NONE) return LG_OK;
	struct db_pool *web = pool_of(d, "lg_web", KEY_LG_WEB), *auth = pool_of(d, "lg_auth", KEY_LG_AUTH);
	enum lg_err err = load(cx, d, web, auth);
	db_pool_free(web);
	db_pool_free(auth);
	if (err == LG_OK)
		lg_log(cx, LG_LOG_INFO, "demonstration", LOG_INT("people", (int64_t)d->settings->demonstration_people));
	return err;
}

void demonstrate_say(const struct settings *s)
{
	if (!s->trial || s->demonstration_people == 0) return;
	struct lg_arena *mem = lg_arena_new(0, NULL);
	const struct demo_office *office = demo_office(mem, SEED, 0, DEMO_LEAST);
	(void)printf("\nThe demonstration office, %s. All have the password \"%s\";\n"
	             "the code that is asked for then: landgang demo code ADDRESS\n\n",
	             office->name, DEMO_PASSWORD);
	for (size_t i = 0; i < office->n_colleagues; i++)
		(void)printf("  %-40s %-20s %s\n", office->colleagues[i].mail, office->colleagues[i].role,
		             office->colleagues[i].language);
	(void)printf("\nNobody in it exists. Ctrl-C stops everything that was started here.\n");
	lg_arena_free(mem);
}
