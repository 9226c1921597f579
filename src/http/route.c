/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "http/http.h"
#include "http/text.h"

struct span {
	const char *at;
	size_t n;
};

static bool ends(char c) { return !c || c == '/'; }

/* Compare part by part; the parts that stand for {words} go to `words`. All routes are tried: most differ soon. */
static bool fits(const char *pattern, const char *path, struct span words[HTTP_ARGS], size_t *n)
{
	*n = 0;
	while (*pattern == '/' && *path == '/') {
		pattern++, path++;
		if (*pattern == '{') {
			size_t want = strcspn(pattern, "/"), have = strcspn(path, "/");
			lg_assert(pattern[want - 1] == '}' && *n < HTTP_ARGS);
			if (!have) return false;
			words[(*n)++] = (struct span){ path, have };
			pattern += want;
			path += have;
		}
		while (!ends(*pattern) && *pattern == *path) pattern++, path++;
		if (!ends(*pattern) || !ends(*path)) return false;
	}
	return !*pattern && !*path;
}

bool http_fits(const char *pattern, struct http_request *rq, struct lg_ctx *cx)
{
	struct span words[HTTP_ARGS];
	size_t n;
	if (!fits(pattern, rq->path, words, &n)) return false;
	for (size_t i = 0; i < HTTP_ARGS; i++)
		rq->args[i] = i < n ? lg_strndup(cx->mem, words[i].at, words[i].n) : NULL;
	return true;
}

/* A part that means another place than it says: "." and "..", and what some take for a slash. */
static bool leads_astray(const char *path)
{
	for (const char *part = path; *part == '/'; part += strcspn(part, "/")) {
		size_t n = strcspn(++part, "/");
		if ((n == 1 && part[0] == '.') || (n == 2 && part[0] == '.' && part[1] == '.')) return true;
	}
	return strchr(path, '\\') || http_has_control(path);
}

/* An encoded slash is a slash to some and none to others: neither is right. */
static bool encodes_a_slash(const char *s, size_t n)
{
	for (size_t i = 0; i + 2 < n; i++)
		if (s[i] == '%' && s[i + 1] == '2' && (s[i + 2] | 0x20) == 'f') return true;
	return false;
}

enum lg_err http_read_target(struct lg_ctx *cx, struct http_request *rq, const char *target, size_t most)
{
	size_t n = strcspn(target, "?");
	char *path = lg_alloc(cx->mem, n + 1);
	rq->path = "/";
	rq->query = (struct http_pairs){ 0 };
	if (*target != '/' || strchr(target, '#') || encodes_a_slash(target, n) ||
	    http_decode(path, target, n, false) < 0 || leads_astray(path))
		return lg_fail(cx, LG_INVALID, NULL, "This is not an address of ours.");
	rq->path = path;
	if (!target[n]) return LG_OK;
	return http_read_pairs(cx, &rq->query, target + n + 1, strlen(target + n + 1), most);
}

bool http_is_own_path(const char *path)
{
	return path[0] == '/' && path[1] != '/' && !strchr(path, '\\') && !http_has_control(path);
}
