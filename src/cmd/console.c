/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "cmd/console.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#include "cmd/replace.h"
#include "cmd/run.h"

enum { WAIT_MS = 5000, MOST_NOTE = 2000 };
static const char file[] = "service"; /* two lines: conninfo of the private database, URL of the pages */

static const char *path_of(struct lg_ctx *cx, const struct settings *s)
{
	return lg_printf(cx->mem, "%s/%s", s->state_folder, file);
}

enum lg_err console_note(struct lg_ctx *cx, const struct settings *s, const char *conninfo, const char *url)
{
	const char *text = lg_printf(cx->mem, "%s\n%s\n", s->trial ? conninfo : "", url);
	return replace_file(cx, path_of(cx, s), text, strlen(text));
}

/* @return the line, 0 or 1, of what the service noted; "" when it did not */
static const char *noted(struct lg_ctx *cx, const struct settings *s, int line)
{
	char *text = lg_alloc(cx->mem, MOST_NOTE + 1), *next = text;
	int fd = open(path_of(cx, s), O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, text, MOST_NOTE);
	if (fd >= 0) (void)close(fd);
	if (n <= 0) return "";
	const char *found = "";
	for (int i = 0; i <= line && next; i++) found = strsep(&next, "\n");
	return next ? found : "";
}

const char *console_url(struct lg_ctx *cx, const struct console *c)
{
	const char *url = noted(cx, &c->settings, 1);
	if (*c->settings.public_url) return c->settings.public_url;
	if (*url) return url;
	return lg_printf(cx->mem, "http://%s:%llu", c->settings.listen_address, (unsigned long long)c->settings.port);
}

static void free_pool(void *pool) { db_pool_free(pool); }
static void forget(void *keys) { keys_forget(keys); }

enum lg_err console_open(struct lg_ctx *cx, const char *config, struct console *out)
{
	return console_open_as(cx, config, "lg_auth", KEY_LG_AUTH, out);
}

enum lg_err console_open_as(struct lg_ctx *cx, const char *config, const char *role, enum key key, struct console *out)
{
	char password[2 * KEY_BYTES + 1];
	LG_TRY(settings_read(cx, &out->settings, config));
	const struct settings *s = &out->settings;
	const char *conninfo = s->trial ? noted(cx, s, 0) : settings_url_bare(cx, s->database_url);
	if (!*conninfo)
		return lg_failf(cx, LG_UNKNOWN, s->state_folder,
		                "there is no database yet; \"landgang serve\" makes one");
	LG_TRY(keys_open(cx, s->keys_folder, &out->keys));
	lg_defer(cx->mem, forget, &out->keys);
	key_text(password, &out->keys, key);
	const struct db_config pool = {
		.conninfo = conninfo, .role = role, .password = password, .most = 1, .wait_ms = WAIT_MS
	};
	out->pool = db_pool_new(&pool);
	lg_defer(cx->mem, free_pool, out->pool);
	sodium_memzero(password, sizeof password);
	return LG_OK;
}

enum lg_err console_db(struct lg_ctx *cx, const struct console *c, struct db **out)
{
	LG_TRY(db_open(cx, c->pool, out, &(struct db_who){ .as = DB_AS_ROLE }));
	if (db_sync(cx, *out) == LG_OK) return LG_OK;
	return lg_fail(cx, LG_UNKNOWN, "database",
	               c->settings.trial ? "is not there: in trial mode \"landgang serve\" must run" : "is not there");
}
