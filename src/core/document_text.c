/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/document_text.h"

#include <stdlib.h>
#include <string.h>

#include "app/seal.h"

enum { PIECE = 100, SHORT = 2, LONG = 60, KEY = 12 };

/* --- words */

/* The next run without blanks, at most PIECE bytes of it: *from..@return. Equal to *from at the end. */
static size_t next_run(const char *text, size_t *from)
{
	while (text[*from] && (unsigned char)text[*from] <= ' ') (*from)++;
	size_t to = *from;
	while ((unsigned char)text[to] > ' ' && to - *from < PIECE) to++;
	while (to > *from && ((unsigned char)text[to] & 0xC0) == 0x80) to--; /* between letters */
	return to;
}

/* The folded words of a run, with a blank between. */
static char *folded(struct lg_ctx *cx, const char *text, size_t from, size_t to)
{
	return name_search(cx->mem, lg_strndup(cx->mem, text + from, to - from));
}

struct words {
	const char **at;
	size_t n;
};

static int by_text(const void *a, const void *b)
{
	const char *const *x = a, *const *y = b;
	return strcmp(*x, *y);
}

/* All that are worth looking for, ascending and once. */
static struct words words_of(struct lg_ctx *cx, const char *text)
{
	struct words w = { .at = lg_array(cx->mem, strlen(text) / 2 + 2, sizeof *w.at) };
	char *rest;
	for (size_t from = 0, to; (to = next_run(text, &from)) > from; from = to)
		for (char *s = strtok_r(folded(cx, text, from, to), " ", &rest); s; s = strtok_r(NULL, " ", &rest))
			if (strlen(s) >= SHORT && strlen(s) <= LONG) w.at[w.n++] = s;
	qsort(w.at, w.n, sizeof *w.at, by_text);
	size_t n = 0;
	for (size_t i = 0; i < w.n; i++)
		if (!n || strcmp(w.at[n - 1], w.at[i]) != 0) w.at[n++] = w.at[i];
	w.n = n;
	return w;
}

struct db_list document_keys_of(struct lg_ctx *cx, const struct seal_ring *ring, int32_t tenant, const char *text)
{
	struct words w = words_of(cx, text);
	uint8_t blind[SEAL_BLIND];
	if (w.n > DOCUMENT_WORDS) w.n = DOCUMENT_WORDS;
	const char **keys = lg_array(cx->mem, w.n + 1, sizeof *keys);
	for (size_t i = 0; i < w.n; i++) {
		seal_blind(blind, ring, tenant, "document_word", w.at[i], strlen(w.at[i]));
		keys[i] = seal_hex(cx, blind, KEY);
	}
	return (struct db_list){ .texts = keys, .n = w.n };
}

struct db_list document_keys(struct lg_ctx *cx, const struct call *c, const char *text)
{
	struct seal_ring ring = seal_ring_of(app_setup(c->app)->seal_key);
	return document_keys_of(cx, &ring, c->actor.tenant, text);
}

/* --- where they stand */

static bool is_asked(struct lg_ctx *cx, const struct words *asked, const char *text, size_t from, size_t to)
{
	char *rest;
	for (char *s = strtok_r(folded(cx, text, from, to), " ", &rest); s; s = strtok_r(NULL, " ", &rest)) {
		const char *key = s;
		if (bsearch(&key, asked->at, asked->n, sizeof *asked->at, by_text)) return true;
	}
	return false;
}

static bool is_edge(char c) { return strchr(".,;:!?()[]\"'", c) != NULL; }

size_t document_spans(struct lg_ctx *cx, struct name_span *out, size_t room, const char *text, const char *asked)
{
	struct words w = words_of(cx, asked);
	size_t n = 0;
	for (size_t from = 0, to; w.n && n < room && (to = next_run(text, &from)) > from; from = to) {
		if (!is_asked(cx, &w, text, from, to)) continue;
		size_t a = from, b = to;
		while (a < b && is_edge(text[a])) a++;
		while (b > a && is_edge(text[b - 1])) b--;
		if (b > a) out[n++] = (struct name_span){ a, b };
	}
	return n;
}

const char *document_quote(struct lg_ctx *cx, const char *text, const char *asked)
{
	enum { BEFORE = 60, ALL = 180 };
	struct name_span first;
	if (!document_spans(cx, &first, 1, text, asked)) return "";
	size_t from = first.from > BEFORE ? first.from - BEFORE : 0, to = strlen(text);
	while (from && from < first.from && (unsigned char)text[from - 1] > ' ') from++;
	if (to > from + ALL) to = from + ALL;
	while (text[to] && to > first.to && (unsigned char)text[to] > ' ') to--;
	char *quote = lg_strndup(cx->mem, text + from, to - from);
	for (char *p = quote; *p; p++)
		if (*p == '\n' || *p == '\t') *p = ' ';
	return lg_printf(cx->mem, "%s%s%s", from ? "… " : "", quote, text[to] ? " …" : "");
}
