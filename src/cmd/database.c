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

/* Who may change the schema can look at it; the roles of the service tell its number when they are there
 * (cmd/health.c). */
static enum lg_err look_at(struct lg_ctx *cx, struct database *d)
{
	struct migrate_report report;
	d->conninfo = settings_url_bare(cx, d->settings->database_url);
	if (!strcmp(d->conninfo, d->settings->database_url)) return LG_OK; /* nobody's name in it */
	enum lg_err err = database_migrate(cx, d->settings->database_url, d->keys, true, &report);
	if (err == LG_BUSY) {
		lg_log(cx, LG_LOG_WARN, "database away", LOG_TEXT("why", cx->notes ? cx->notes->text : ""));
		return LG_OK; /* it may come; until then /health says so */
	}
	LG_TRY(err);
	if (!report.n_run) return LG_OK;
	return lg_failf(cx, LG_INVALID, "schema",
	                "the database lacks %zu files of this program's schema: run \"landgang migrate\"",
	                report.n_run);
}

enum lg_err database_start(struct lg_ctx *cx, struct database *d, const struct settings *s, const struct keys *k)
{
	*d = (struct database){ .settings = s, .keys = k };
	d->schema = (uint32_t)migrate_files[n_migrate_files - 1].number;
	return s->trial ? start_private(cx, d) : look_at(cx, d);
}

static enum lg_err count_offices(struct lg_ctx *cx, struct db_pool *pool, int64_t *n)
{
	struct db *db;
	struct db_offices_row row;
	LG_TRY(db_open(cx, pool, &db, &(struct db_who){ .as = DB_AS_ROLE }));
	db_offices_send(cx, db, &row);
	LG_TRY(db_end(cx, db));
	*n = row.n;
	return LG_OK;
}

int64_t database_offices(struct lg_ctx *cx, const struct database *d)
{
	char password[2 * KEY_BYTES + 1];
	int64_t n = -1;
	key_text(password, d->keys, KEY_LG_AUTH);
	const struct db_config config = {
		.conninfo = d->conninfo, .role = "lg_auth", .password = password, .most = 1, .wait_ms = LOOK_MS
	};
	struct db_pool *pool = db_pool_new(&config);
	if (count_offices(cx, pool, &n) != LG_OK) n = -1;
	db_pool_free(pool);
	sodium_memzero(password, sizeof password);
	return n;
}

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
