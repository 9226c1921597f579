/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "cmd/database.h"

#include <errno.h>
#include <sodium.h>
#include <string.h>
#include <sys/wait.h>

#include "base/log.h"
#include "cmd/health.sql.h"
#include "store/cluster.h"
#include "store/migrate.h"

enum {
	OTHERS = 12, /* connections beside those of the pools: for whoever looks, and the server's own */
	AGAIN_MS = 250,
	LOOK_MS = 2000,
	PASSWORDS = KEYS - KEY_LG_AUTH,
};

static void fill_passwords(const struct keys *k, struct migrate_password *list, char (*texts)[2 * KEY_BYTES + 1])
{
	for (size_t i = 0; i < PASSWORDS; i++) {
		enum key key = (enum key)(KEY_LG_AUTH + i);
		key_text(texts[i], k, key);
		list[i] = (struct migrate_password){ .role = key_role(key), .password = texts[i] };
	}
}

enum lg_err database_migrate(struct lg_ctx *cx, const char *conninfo, const struct keys *k, bool only_look,
                             struct migrate_report *out)
{
	struct migrate_password list[PASSWORDS];
	char texts[PASSWORDS][2 * KEY_BYTES + 1];
	fill_passwords(k, list, texts);
	const struct migrate_config config = {
		.conninfo = conninfo, .passwords = list, .n_passwords = PASSWORDS, .only_look = only_look
	};
	enum lg_err err = migrate(cx, &config, out);
	sodium_memzero(texts, sizeof texts);
	return err;
}

static enum lg_err start_private(struct lg_ctx *cx, struct database *d)
{
	const struct settings *s = d->settings;
	unsigned most = (unsigned)(s->web_database_connections + s->auth_database_connections +
	                           s->jobs_database_connections + OTHERS);
	struct cluster *c = lg_alloc(cx->mem, sizeof *c);
	struct migrate_report report;
	LG_TRY(cluster_start(cx, lg_printf(cx->mem, "%s/postgresql", s->state_folder), most, c));
	d->cluster = c;
	d->starts = 1;
	d->conninfo = c->conninfo;
	LG_TRY(database_migrate(cx, c->super_conninfo, d->keys, false, &report));
	if (report.n_run) lg_log(cx, LG_LOG_INFO, "migrated", LOG_INT("files", (int64_t)report.n_run));
	return LG_OK;
}

/* --- the operator's */

/* Under the role of sign-in, in a transaction of its own. */
static enum lg_err ask(struct lg_ctx *cx, const struct database *d, struct db_health_row *health,
                       struct db_offices_row *offices)
{
	char password[2 * KEY_BYTES + 1];
	struct db *db;
	key_text(password, d->keys, KEY_LG_AUTH);
	const struct db_config config = {
		.conninfo = d->conninfo, .role = "lg_auth", .password = password, .most = 1, .wait_ms = LOOK_MS
	};
	struct db_pool *pool = db_pool_new(&config);
	enum lg_err err = db_open(cx, pool, &db, &(struct db_who){ .as = DB_AS_ROLE });
	if (err == LG_OK) {
		if (health) db_health_send(cx, db, health);
		if (offices) db_offices_send(cx, db, offices);
		err = db_end(cx, db);
	}
	db_pool_free(pool);
	sodium_memzero(password, sizeof password);
	return err;
}

int64_t database_offices(struct lg_ctx *cx, const struct database *d)
{
	struct db_offices_row row;
	return ask(cx, d, NULL, &row) == LG_OK ? row.n : -1;
}

static enum lg_err old_schema(struct lg_ctx *cx)
{
	return lg_fail(cx, LG_INVALID, "schema", "the database is older than this program: run \"landgang migrate\"");
}

/* A server that is away may come; until then /health says so. */
static enum lg_err look_as_role(struct lg_ctx *cx, const struct database *d)
{
	struct db_health_row row;
	enum lg_err err = ask(cx, d, &row, NULL);
	if (err == LG_BUSY) {
		lg_log(cx, LG_LOG_WARN, "database away",
		       LOG_TEXT("next", "landgang migrate, if it was never prepared"));
		return LG_OK;
	}
	if (err != LG_OK || row.schema < d->schema) return old_schema(cx);
	if (row.schema == d->schema) return LG_OK;
	return lg_fail(cx, LG_INVALID, "schema",
	               "the database is newer than this program: install the program that it is of");
}

/* When the URL names somebody who may change the schema, all that migrating would refuse is refused here. */
static enum lg_err look_as_owner(struct lg_ctx *cx, const struct database *d)
{
	struct migrate_report report;
	enum lg_err err = database_migrate(cx, d->settings->database_url, d->keys, true, &report);
	if (err == LG_OK && report.n_run) return old_schema(cx);
	return err == LG_BUSY ? LG_OK : err;
}

static enum lg_err look_at(struct lg_ctx *cx, struct database *d)
{
	d->conninfo = settings_url_bare(cx, d->settings->database_url);
	if (strcmp(d->conninfo, d->settings->database_url) != 0) LG_TRY(look_as_owner(cx, d));
	return look_as_role(cx, d);
}

enum lg_err database_start(struct lg_ctx *cx, struct database *d, const struct settings *s, const struct keys *k)
{
	*d = (struct database){ .settings = s, .keys = k };
	d->schema = (uint32_t)migrate_files[n_migrate_files - 1].number;
	return s->trial ? start_private(cx, d) : look_at(cx, d);
}

/* --- a private one, while the service runs */

static bool is_running(const struct database *d)
{
	return d->cluster->pid && (waitpid(d->cluster->pid, NULL, WNOHANG) == 0);
}

void database_watch(struct lg_ctx *cx, struct database *d, int64_t now_ms)
{
	if (!d->cluster || now_ms < d->next_try_ms || is_running(d)) return;
	lg_log(cx, LG_LOG_ERROR, "database ended", LOG_INT("child", d->cluster->pid));
	if (cluster_again(cx, d->cluster) == LG_OK) {
		d->starts++;
		lg_log(cx, LG_LOG_INFO, "database started", LOG_INT("child", d->cluster->pid));
		return;
	}
	lg_log(cx, LG_LOG_ERROR, "database not started", LOG_TEXT("why", cx->notes ? cx->notes->text : ""));
	d->next_try_ms = now_ms + AGAIN_MS;
}

void database_stop(struct database *d)
{
	if (d->cluster) cluster_stop(d->cluster);
	d->cluster = NULL;
}
