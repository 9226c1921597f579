/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "http/http.h"

/* A line for the header, then the body. What is taken lies within the body, and fields are text. */
enum { MOST = 50 };

static void check_text(const char *s)
{
	if (lg_utf8_span(s, strlen(s)) != strlen(s)) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
	struct http_pairs form;
	struct http_files files;
	const uint8_t *line = memchr(data, '\n', size);
	size_t n_type = line ? (size_t)(line - data) : size;
	const char *type = lg_strndup(cx.mem, (const char *)data, n_type);
	size_t from = line ? n_type + 1 : size, n = size - from;
	char *body = malloc(n + 1); /* of its own, so that a step beside it is seen */
	if (!body) abort();
	memcpy(body, data + from, n);
	enum lg_err err = http_read_multipart(&cx, &form, &files, type, body, n, MOST);
	if ((err == LG_OK) != !cx.notes || (err != LG_OK && err != LG_INVALID) || form.n + files.n > MOST) abort();
	for (size_t i = 0; err == LG_OK && i < form.n; i++) {
		check_text(form.at[i].name);
		check_text(form.at[i].value);
	}
	for (size_t i = 0; err == LG_OK && i < files.n; i++) {
		const struct http_file *f = &files.at[i];
		check_text(f->name);
		check_text(f->filename);
		if (f->bytes < body || f->bytes + f->n > body + n) abort();
	}
	free(body);
	lg_arena_free(cx.mem);
	return 0;
}
