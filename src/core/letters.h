/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_LETTERS_H
#define LG_CORE_LETTERS_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Letters as Unicode knows them (by ICU), for the rules of core. Threads: any. */

/** The code point at *i of well-formed UTF-8 (see lg_utf8_span), moving *i behind it. *i < n. */
static inline uint32_t letter_next(const char *s, size_t n, size_t *i)
{
	unsigned char lead = (unsigned char)s[(*i)++];
	if (lead < 0x80) return lead;
	size_t more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
	uint32_t c = lead & (0x3Fu >> more);
	for (; more && *i < n; more--) c = c << 6 | ((unsigned char)s[(*i)++] & 0x3Fu);
	return c;
}

/** Write a code point as UTF-8. @return bytes written */
static inline size_t letter_print(char out[4], uint32_t c)
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	size_t n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	for (size_t i = n - 1; i; i--, c >>= 6) out[i] = (char)(0x80u | (c & 0x3Fu));
	out[0] = (char)(n == 2 ? 0xC0u | c : n == 3 ? 0xE0u | c : 0xF0u | c);
	return n;
}

bool letter_is(uint32_t c);      /* a letter or a digit of any script */
bool letter_is_mark(uint32_t c); /* joins the letter before it, like a combining accent */
bool letter_is_upper(uint32_t c);
bool letter_is_blank(uint32_t c);   /* space of any width */
bool letter_is_control(uint32_t c); /* control, direction override, unassigned or private: not in names */
bool letter_is_latin(uint32_t c);
bool letter_is_cyrillic(uint32_t c);
uint32_t letter_upper(uint32_t c);
uint32_t letter_lower(uint32_t c);
/** Its parts: 'å' is 'a' and a ring. @return how many, 0: it has none. At most 4 are written. */
size_t letter_parts(uint32_t out[4], uint32_t c);
#endif
