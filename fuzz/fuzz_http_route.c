/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "http/http.h"

/* Any text as what a request asks for. What is taken leads nowhere else, and its parts are those of the path. */
static const char *const patterns[] = { "/", "/candidates", "/candidates/{id}", "/candidates/{id}/notes/{note}",
	                                "/{a}/{b}/{c}/{d}/{e}/{f}" };

static void check_path(const char *path)
{
	if (path[0] != '/' || strstr(path, "/../") || strstr(path, "/./") || strchr(path, '\\')) abort();
	if (lg_utf8_span(path, strlen(path)) != strlen(path)) abort();
	size_t n = strlen(path);
	if ((n >= 2 && !strcmp(path + n - 2, "/.")) || (n >= 3 && !strcmp(path + n - 3, "/.."))) abort();
	for (const char *c = path; *c; c++)
		if ((unsigned char)*c < 0x20 || *c == 0x7F) abort();
	if (http_is_own_path(path) != (path[1] != '/')) abort();
}

/* Put the parts back into the pattern: it is the path. */
static void check_args(struct lg_ctx *cx, const char *pattern, const struct http_request *rq)
{
	struct lg_buf b = { 0 };
	size_t n = 0;
	for (const char *c = pattern; *c; c++) {
		if (*c != '{') {
			lg_putc(&b, *c);
			continue;
		}
		if (n == HTTP_ARGS || !rq->args[n] || !*rq->args[n]) abort();
		lg_puts(&b, rq->args[n++]);
		c = strchr(c, '}');
	}
	if (strcmp(b.data, rq->path) != 0 || (n < HTTP_ARGS && rq->args[n])) abort();
	lg_buf_free(&b);
	(void)cx;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
	struct http_request rq = { 0 };
	char *target = lg_strndup(cx.mem, (const char *)data, size);
	if (http_is_own_path(target) && (target[0] != '/' || target[1] == '/' || target[1] == '\\')) abort();
	enum lg_err err = http_read_target(&cx, &rq, target, 10);
	if (err != LG_OK && err != LG_INVALID) abort();
	if (err == LG_OK) check_path(rq.path);
	for (size_t i = 0; err == LG_OK && i < sizeof patterns / sizeof patterns[0]; i++)
		if (http_fits(patterns[i], &rq, &cx)) check_args(&cx, patterns[i], &rq);
	lg_arena_free(cx.mem);
	return 0;
}
