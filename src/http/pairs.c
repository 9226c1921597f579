/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "base/utf8.h"
#include "http/http.h"
#include "http/text.h"

long http_decode(char *out, const char *text, size_t n, bool plus)
{
	size_t len = 0;
	for (size_t i = 0; i < n; i++) {
		char c = text[i];
		if (c == '%') {
			int high = i + 2 < n ? http_hex(text[i + 1]) : -1, low = high >= 0 ? http_hex(text[i + 2]) : -1;
			if (low < 0) return -1;
			c = (char)(high << 4 | low);
			i += 2;
		} else if (c == '+' && plus) {
			c = ' ';
		}
		if (!c) return -1;
		out[len++] = c;
	}
	return lg_utf8_span(out, len) == len ? (long)len : -1;
}

/* Where the piece that begins at `from` ends: at the next & or at the end. */
static size_t piece_end(const char *text, size_t from, size_t n)
{
	const char *end = memchr(text + from, '&', n - from);
	return end ? (size_t)(end - text) : n;
}

static size_t count(const char *text, size_t n)
{
	size_t pairs = 0;
	for (size_t at = 0, end; at < n; at = end + 1) {
		end = piece_end(text, at, n);
		pairs += end > at;
	}
	return pairs;
}

/* The decoded text takes the place of its piece in `room`, which has one byte more for a NUL. */
static const char *decoded(char *room, const char *text, size_t n)
{
	long len = http_decode(room, text, n, true);
	if (len < 0) return NULL;
	room[len] = '\0';
	return room;
}

enum lg_err http_read_pairs(struct lg_ctx *cx, struct http_pairs *out, const char *text, size_t n, size_t most)
{
	*out = (struct http_pairs){ 0 };
	size_t pairs = count(text, n);
	if (pairs > most) return lg_failf(cx, LG_INVALID, NULL, "More than %zu fields were sent.", most);
	if (!pairs) return LG_OK;
	struct http_pair *at = lg_array(cx->mem, pairs, sizeof *at);
	char *room = lg_alloc(cx->mem, n + 1);
	for (size_t from = 0, end; from < n; from = end + 1) {
		end = piece_end(text, from, n);
		if (end == from) continue;
		const char *is = memchr(text + from, '=', end - from);
		size_t name_end = is ? (size_t)(is - text) : end;
		at[out->n].name = decoded(room + from, text + from, name_end - from);
		at[out->n].value = is ? decoded(room + name_end + 1, is + 1, end - name_end - 1) : "";
		if (!at[out->n].name || !at[out->n].value)
			return lg_fail(cx, LG_INVALID, NULL, "Something was sent that is not text.");
		out->n++;
	}
	out->at = at;
	return LG_OK;
}

void http_put_encoded(struct lg_buf *out, const char *s)
{
	static const char hex[] = "0123456789ABCDEF";
	for (; *s; s++) {
		if (http_is_alnum(*s) || strchr("-._~", *s)) {
			lg_putc(out, *s);
			continue;
		}
		unsigned char c = (unsigned char)*s;
		lg_put(out, (char[]){ '%', hex[c >> 4], hex[c & 15] }, 3);
	}
}
