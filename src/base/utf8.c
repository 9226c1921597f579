/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "base/utf8.h"

#include <stdint.h>

/* Length of the well-formed sequence at s (RFC 3629, section 4), or 0. */
static size_t sequence(const unsigned char *s, size_t n)
{
	if (s[0] < 0x80) return 1;
	size_t len = s[0] >= 0xC2 && s[0] <= 0xDF   ? 2
	             : (s[0] & 0xF0) == 0xE0        ? 3
	             : s[0] >= 0xF0 && s[0] <= 0xF4 ? 4
	                                            : 0;
	if (!len || len > n) return 0;
	unsigned char least = s[0] == 0xE0 ? 0xA0 : s[0] == 0xF0 ? 0x90 : 0x80;
	unsigned char most = s[0] == 0xED ? 0x9F : s[0] == 0xF4 ? 0x8F : 0xBF;
	if (s[1] < least || s[1] > most) return 0;
	for (size_t i = 2; i < len; i++)
		if ((s[i] & 0xC0) != 0x80) return 0;
	return len;
}

size_t lg_utf8_span(const char *s, size_t n)
{
	const unsigned char *u = (const unsigned char *)s;
	size_t i = 0;
	while (i < n) {
		size_t len = sequence(u + i, n - i);
		if (!len) break;
		i += len;
	}
	return i;
}
