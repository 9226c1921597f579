/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "formats/plain.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/utf8.h"

static enum lg_err no_text(struct lg_ctx *cx)
{
	return lg_fail(cx, LG_INVALID, "upload", "This is no plain text. Save it as text (UTF-8) and try again.");
}

static void put_point(struct lg_buf *out, uint32_t c)
{
	if (c < 0x80) {
		lg_putc(out, (char)c);
		return;
	}
	if (c < 0x800) {
		lg_putc(out, (char)(0xC0 | c >> 6));
	} else {
		if (c < 0x10000) {
			lg_putc(out, (char)(0xE0 | c >> 12));
		} else {
			lg_putc(out, (char)(0xF0 | c >> 18));
			lg_putc(out, (char)(0x80 | (c >> 12 & 0x3F)));
		}
		lg_putc(out, (char)(0x80 | (c >> 6 & 0x3F)));
	}
	lg_putc(out, (char)(0x80 | (c & 0x3F)));
}

/* C0 but what writers of text use, DEL, C1: none of them is text. */
static bool is_control(uint32_t c) { return (c < 0x20 && c != '\t' && c != '\n') || (c >= 0x7F && c < 0xA0); }

/* `before` was a carriage return: its line has ended already. @return false: this is no text */
static bool put_text(struct lg_buf *out, uint32_t c, bool before)
{
	if (c == '\n' && before) return true;
	if (c == '\r') c = '\n';
	if (c == '\f') {
		lg_puts(out, "\n\n");
		return true;
	}
	if (is_control(c)) return false;
	put_point(out, c);
	return true;
}

static uint32_t unit(const char *at, bool little)
{
	uint32_t a = (unsigned char)at[0], b = (unsigned char)at[1];
	return little ? b << 8 | a : a << 8 | b;
}

static enum lg_err read_utf16(struct lg_ctx *cx, struct lg_buf *out, const char *p, size_t n, bool little)
{
	uint32_t c = 0;
	if (n % 2) return no_text(cx);
	for (size_t i = 0; i < n; i += 2) {
		bool before = c == '\r';
		c = unit(p + i, little);
		if (c >= 0xDC00 && c < 0xE000) return no_text(cx);
		if (c >= 0xD800 && c < 0xDC00) {
			i += 2;
			uint32_t low = i < n ? unit(p + i, little) : 0;
			if (low < 0xDC00 || low >= 0xE000) return no_text(cx);
			c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
		}
		if (!put_text(out, c, before)) return no_text(cx);
	}
	return LG_OK;
}

/* Of two to four bytes that lg_utf8_span() has found good. */
static uint32_t point(const unsigned char *p, size_t *n)
{
	*n = *p < 0x80 ? 1 : *p < 0xE0 ? 2 : *p < 0xF0 ? 3 : 4;
	static const unsigned char mask[] = { 0, 0x7F, 0x1F, 0x0F, 0x07 };
	uint32_t c = *p & mask[*n];
	for (size_t i = 1; i < *n; i++) c = c << 6 | (p[i] & 0x3F);
	return c;
}

static enum lg_err read_utf8(struct lg_ctx *cx, struct lg_buf *out, const char *p, size_t n)
{
	uint32_t c = 0;
	if (lg_utf8_span(p, n) != n) return no_text(cx);
	for (size_t i = 0, bytes; i < n; i += bytes) {
		bool before = c == '\r';
		c = point((const unsigned char *)p + i, &bytes);
		if (!put_text(out, c, before)) return no_text(cx);
	}
	return LG_OK;
}

enum lg_err lg_plain_text(struct lg_ctx *cx, struct lg_buf *out, const char *bytes, size_t n)
{
	if (n >= 2 && !memcmp(bytes, "\xFF\xFE", 2)) return read_utf16(cx, out, bytes + 2, n - 2, true);
	if (n >= 2 && !memcmp(bytes, "\xFE\xFF", 2)) return read_utf16(cx, out, bytes + 2, n - 2, false);
	size_t mark = n >= 3 && !memcmp(bytes, "\xEF\xBB\xBF", 3) ? 3 : 0;
	return read_utf8(cx, out, bytes + mark, n - mark);
}
