/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "cmd/settings.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd/options.h"
#include "cmd/run.h"
#include "cmd/settings_table.h"

enum { MOST_FILE = 64 * 1024, MOST_VALUE = 1000 };

const struct setting_row setting_rows[SETTINGS] = {
#define S(kind, name, otherwise, least, most, unit, what)                                                              \
	{ #name, KIND_##kind, otherwise, least, most, unit, what, offsetof(struct settings, name) },
#include "cmd/settings.def"
#undef S
};

static const char *const levels[] = { "debug", "info", "warn", "error" };

const char *setting_value(char out[24], const struct settings *s, const struct setting_row *r)
{
	const void *at = (const char *)s + r->at;
	switch (r->kind) {
	case KIND_TEXT: return *(const char *const *)at;
	case KIND_FLAG: return *(const bool *)at ? "yes" : "no";
	case KIND_LEVEL: return levels[*(const unsigned *)at];
	case KIND_NUMBER: break;
	}
	(void)snprintf(out, 24, "%llu", (unsigned long long)*(const uint64_t *)at);
	return out;
}

static const struct setting_row *row_named(const char *name)
{
	for (size_t i = 0; i < SETTINGS; i++)
		if (!strcmp(setting_rows[i].name, name)) return &setting_rows[i];
	return NULL;
}

static bool is_plain(const char *text)
{
	for (const char *p = text; *p; p++)
		if ((unsigned char)*p < ' ' || *p == 127) return false;
	return strlen(text) <= MOST_VALUE;
}

/* @return what is wrong with it, or NULL */
static const char *take(struct lg_ctx *cx, struct settings *s, const struct setting_row *r, const char *text)
{
	void *at = (char *)s + r->at;
	switch (r->kind) {
	case KIND_TEXT:
		if (!is_plain(text)) return "has control characters, or more than 1000 bytes";
		*(const char **)at = text;
		return NULL;
	case KIND_FLAG:
		if (strcmp(text, "yes") != 0 && strcmp(text, "no") != 0) return "is neither yes nor no";
		*(bool *)at = *text == 'y';
		return NULL;
	case KIND_LEVEL:
		for (unsigned i = 0; i < sizeof levels / sizeof *levels; i++) {
			if (strcmp(levels[i], text) != 0) continue;
			*(unsigned *)at = i;
			return NULL;
		}
		return "is none of: debug, info, warn, error";
	case KIND_NUMBER: break;
	}
	if (options_number(text, r->least, r->most, at)) return NULL;
	return lg_printf(cx->mem, "is no whole number from %llu to %llu", (unsigned long long)r->least,
	                 (unsigned long long)r->most);
}

void settings_default(struct settings *out)
{
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
	*out = (struct settings){ 0 };
	for (size_t i = 0; i < SETTINGS; i++) lg_assert(!take(&cx, out, &setting_rows[i], setting_rows[i].otherwise));
	lg_arena_free(cx.mem);
}

static char *trimmed(char *s)
{
	while (isspace((unsigned char)*s)) s++;
	char *end = s + strlen(s);
	while (end > s && isspace((unsigned char)end[-1])) end--;
	*end = '\0';
	return s;
}

static enum lg_err read_line(struct lg_ctx *cx, struct settings *s, const char *where, char *line, bool *seen)
{
	char *name = trimmed(line), *is = strchr(name, '=');
	if (!*name || *name == '#') return LG_OK;
	if (!is) return lg_fail(cx, LG_INVALID, where, "is no line \"name = value\"");
	*is = '\0';
	name = trimmed(name);
	const struct setting_row *r = row_named(name);
	if (!r)
		return lg_failf(cx, LG_INVALID, where, "there is no setting \"%s\"; \"landgang config\" lists them",
		                name);
	size_t i = (size_t)(r - setting_rows);
	if (seen[i]) return lg_failf(cx, LG_INVALID, where, "\"%s\" stands here a second time", name);
	seen[i] = true;
	const char *wrong = take(cx, s, r, trimmed(is + 1));
	if (wrong) return lg_failf(cx, LG_INVALID, where, "%s %s", name, wrong);
	s->from[i] = FROM_FILE;
	return LG_OK;
}

enum lg_err settings_parse(struct lg_ctx *cx, struct settings *out, const char *path, const char *text)
{
	bool seen[SETTINGS] = { false };
	char *copy = lg_strdup(cx->mem, text), *next = copy;
	for (unsigned n = 1; next; n++) {
		char *line = strsep(&next, "\n");
		LG_TRY(read_line(cx, out, lg_printf(cx->mem, "%s, line %u", path, n), line, seen));
	}
	return LG_OK;
}

static enum lg_err whole_file(struct lg_ctx *cx, const char *path, char **out)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0) return run_errno(cx, path, "cannot be read");
	char *text = lg_alloc(cx->mem, MOST_FILE + 1);
	ssize_t n = read(fd, text, MOST_FILE);
	int why = errno;
	(void)close(fd);
	errno = why;
	if (n < 0) return run_errno(cx, path, "cannot be read");
	if (n == MOST_FILE) return lg_fail(cx, LG_INVALID, path, "is longer than 64 KiB");
	if (memchr(text, '\0', (size_t)n)) return lg_fail(cx, LG_INVALID, path, "holds NUL bytes: no text");
	*out = text;
	return LG_OK;
}

static enum lg_err take_variable(struct lg_ctx *cx, struct settings *s, const char *variable,
                                 const struct setting_row *r)
{
	const char *text = getenv(variable);
	if (!text) return LG_OK;
	const char *wrong = take(cx, s, r, text);
	if (wrong) return lg_failf(cx, LG_INVALID, variable, "%s", wrong);
	s->from[r - setting_rows] = FROM_ENVIRONMENT;
	return LG_OK;
}

static enum lg_err read_environment(struct lg_ctx *cx, struct settings *s)
{
	LG_TRY(take_variable(cx, s, "PORT", &setting_rows[SETTING_port]));
	LG_TRY(take_variable(cx, s, "DATABASE_URL", &setting_rows[SETTING_database_url]));
	for (size_t i = 0; i < SETTINGS; i++) {
		char *variable = lg_printf(cx->mem, "LANDGANG_%s", setting_rows[i].name);
		for (char *p = variable; *p; p++) *p = (char)toupper((unsigned char)*p);
		LG_TRY(take_variable(cx, s, variable, &setting_rows[i]));
	}
	return LG_OK;
}

static bool starts(const char *text, const char *with) { return !strncmp(text, with, strlen(with)); }

/* Where "user:password@" of a URL begins and ends; both at the host when there is none. */
static void credentials(const char *url, const char **begin, const char **end)
{
	const char *host = strstr(url, "://");
	host = host ? host + 3 : url;
	size_t n = strcspn(host, "/?#");
	*begin = *end = host;
	for (size_t i = 0; i < n; i++)
		if (host[i] == '@') *end = host + i + 1;
}

const char *settings_url_bare(struct lg_ctx *cx, const char *url)
{
	const char *begin, *end;
	credentials(url, &begin, &end);
	return lg_printf(cx->mem, "%.*s%s", (int)(begin - url), url, end);
}

static enum lg_err check_database(struct lg_ctx *cx, const char *url)
{
	if (!*url) return LG_OK;
	if (!starts(url, "postgresql://") && !starts(url, "postgres://"))
		return lg_fail(cx, LG_INVALID, "database_url", "must begin with postgresql://");
	if (strstr(url, "?user=") || strstr(url, "&user=") || strstr(url, "?password=") || strstr(url, "&password="))
		return lg_fail(cx, LG_INVALID, "database_url",
		               "a user and password stand before the host: postgresql://user:password@host/name");
	return LG_OK;
}

static enum lg_err check_public(struct lg_ctx *cx, const char *url)
{
	const char *begin, *end;
	credentials(url, &begin, &end);
	bool is_web = starts(url, "https://") || starts(url, "http://");
	if (is_web && begin == end && !begin[strcspn(begin, "/?#")]) return LG_OK;
	return lg_fail(cx, LG_INVALID, "public_url",
	               "must be https://HOST, or http://HOST:PORT, without a slash at its end");
}

enum lg_err settings_settle(struct lg_ctx *cx, struct settings *s)
{
	s->trial = !*s->database_url;
	if (!*s->state_folder) s->state_folder = s->trial ? "var" : "/var/lib/landgang";
	if (!*s->run_folder) s->run_folder = s->trial ? lg_printf(cx->mem, "%s/run", s->state_folder) : "/run/landgang";
	if (!*s->keys_folder) s->keys_folder = lg_printf(cx->mem, "%s/keys", s->state_folder);
	LG_TRY(check_database(cx, s->database_url));
	if (*s->statement_url && strncmp(s->statement_url, "https://", 8) != 0)
		return lg_fail(cx, LG_INVALID, "statement_url", "it is to begin with https://");
	if (!*s->public_url) return LG_OK; /* follows from the port, and that from the system when it is 0 */
	LG_TRY(check_public(cx, s->public_url));
	if (!*s->oidc_redirect) s->oidc_redirect = lg_printf(cx->mem, "%s/sign-in/oidc/back", s->public_url);
	return LG_OK;
}

enum lg_err settings_read(struct lg_ctx *cx, struct settings *out, const char *path)
{
	settings_default(out);
	const char *file = path ? path : SETTINGS_FILE;
	if (path || access(file, F_OK) == 0) {
		char *text = NULL;
		LG_TRY(whole_file(cx, file, &text));
		LG_TRY(settings_parse(cx, out, file, text));
		out->path = file;
	}
	LG_TRY(read_environment(cx, out));
	return settings_settle(cx, out);
}
