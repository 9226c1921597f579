/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void reserve(struct lg_buf *b, size_t more)
{
	if (b->cap - b->len > more) return;
	size_t cap = b->cap ? b->cap : 256;
	while (cap - b->len <= more) cap *= 2;
	char *bigger = realloc(b->data, cap);
	if (!bigger) {
		(void)fputs("landgang: out of memory\n", stderr);
		abort();
	}
	b->data = bigger;
	b->cap = cap;
}

void lg_put(struct lg_buf *b, const void *bytes, size_t n)
{
	reserve(b, n);
	if (n) memcpy(b->data + b->len, bytes, n);
	b->len += n;
	b->data[b->len] = '\0';
}

void lg_puts(struct lg_buf *b, const char *s) { lg_put(b, s, strlen(s)); }
void lg_putc(struct lg_buf *b, char c) { lg_put(b, &c, 1); }

void lg_put_int(struct lg_buf *b, int64_t v)
{
	char digits[24], *p = digits + sizeof digits;
	uint64_t rest = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
	do *--p = (char)('0' + rest % 10);
	while (rest /= 10);
	if (v < 0) *--p = '-';
	lg_put(b, p, (size_t)(digits + sizeof digits - p));
}

void lg_putf(struct lg_buf *b, const char *fmt, ...)
{
	va_list ap, again;
	va_start(ap, fmt);
	va_copy(again, ap);
	char none[1];
	int n = vsnprintf(none, sizeof none, fmt, ap); /* how long it would be */
	va_end(ap);
	if (n < 0) abort();
	reserve(b, (size_t)n);
	(void)vsnprintf(b->data + b->len, (size_t)n + 1, fmt, again);
	va_end(again);
	b->len += (size_t)n;
}

void lg_buf_clear(struct lg_buf *b) { b->len = 0; }

void lg_buf_free(struct lg_buf *b)
{
	free(b->data);
	*b = (struct lg_buf){ 0 };
}
