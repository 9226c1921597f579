/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "formats/csv.h"

#include <string.h>

/* A field must be quoted when it holds a separator, a quote or a line break, or begins or ends with a blank. */
static bool must_quote(const char *s, size_t n)
{
	if (!n) return false;
	if (s[0] == ' ' || s[0] == '\t' || s[n - 1] == ' ' || s[n - 1] == '\t') return true;
	return memchr(s, ',', n) || memchr(s, '"', n) || memchr(s, '\n', n) || memchr(s, '\r', n);
}

static void quoted(struct lg_buf *out, const char *s, size_t n)
{
	lg_putc(out, '"');
	for (const char *q; n && (q = memchr(s, '"', n)); n -= (size_t)(q + 1 - s), s = q + 1) {
		lg_put(out, s, (size_t)(q + 1 - s));
		lg_putc(out, '"');
	}
	lg_put(out, s, n);
	lg_putc(out, '"');
}

void lg_csv_field(struct lg_buf *out, bool first, const char *s, size_t n)
{
	lg_csv_empty(out, first);
	if (must_quote(s, n))
		quoted(out, s, n);
	else
		lg_put(out, s, n);
}

void lg_csv_str(struct lg_buf *out, bool first, const char *s) { lg_csv_field(out, first, s, strlen(s)); }

void lg_csv_int(struct lg_buf *out, bool first, int64_t v)
{
	lg_csv_empty(out, first);
	lg_put_int(out, v);
}

void lg_csv_empty(struct lg_buf *out, bool first)
{
	if (!first) lg_putc(out, ',');
}

void lg_csv_end(struct lg_buf *out) { lg_putc(out, '\n'); }
