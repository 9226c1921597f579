/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "http/http.h"

/* Any bytes as a query or a form. What is taken is text, and written and read again it is the same. */
enum { MOST = 50 };

static void check_text(const char *s)
{
	if (lg_utf8_span(s, strlen(s)) != strlen(s)) abort();
}

static void check_again(struct lg_ctx *cx, const struct http_pairs *pairs)
{
	struct lg_buf b = { 0 };
	struct http_pairs again;
	for (size_t i = 0; i < pairs->n; i++) {
		lg_puts(&b, i ? "&" : "");
		http_put_encoded(&b, pairs->at[i].name);
		lg_putc(&b, '=');
		http_put_encoded(&b, pairs->at[i].value);
	}
	if (http_read_pairs(cx, &again, b.data ? b.data : "", b.len, MOST) != LG_OK || again.n != pairs->n) abort();
	for (size_t i = 0; i < pairs->n; i++)
		if (strcmp(again.at[i].name, pairs->at[i].name) || strcmp(again.at[i].value, pairs->at[i].value))
			abort();
	lg_buf_free(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
	struct http_pairs pairs;
	enum lg_err err = http_read_pairs(&cx, &pairs, (const char *)data, size, MOST);
	if ((err == LG_OK) != !cx.notes || (err != LG_OK && err != LG_INVALID) || pairs.n > MOST) abort();
	for (size_t i = 0; err == LG_OK && i < pairs.n; i++) {
		check_text(pairs.at[i].name);
		check_text(pairs.at[i].value);
	}
	if (err == LG_OK) check_again(&cx, &pairs);
	lg_arena_free(cx.mem);
	return 0;
}
