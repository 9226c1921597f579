/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_HTTP_TEXT_H
#define LG_HTTP_TEXT_H
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/** The classes of bytes that RFC 9110 and RFC 6265 know, and percent-encoding. ASCII, whatever the locale. */

static inline bool http_is_alnum(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}
static inline bool http_is_control(char c) { return (unsigned char)c < 0x20 || c == 0x7F; }

/** Of a token: a method, a header's name, a cookie's name. */
static inline bool http_is_tchar(char c) { return http_is_alnum(c) || (c && strchr("!#$%&'*+-.^_`|~", c)); }
static inline bool http_is_token(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!http_is_tchar(s[i])) return false;
	return n > 0;
}
static inline bool http_has_control(const char *s)
{
	for (; *s; s++)
		if (http_is_control(*s)) return true;
	return false;
}
/** Of a cookie's value. */
static inline bool http_is_cookie_octet(char c) { return c > 0x20 && c < 0x7F && !strchr("\",;\\", c); }

static inline int http_hex(char c)
{
	if (c >= '0' && c <= '9') return c - '0';
	if (c >= 'A' && c <= 'F') return c - 'A' + 10;
	if (c >= 'a' && c <= 'f') return c - 'a' + 10;
	return -1;
}

/**
 * Undo the percent-encoding of n bytes; `out` has room for as many, and may be `text`. With `plus`, a + is a space.
 * @return bytes written, or -1: an escape that is none, or one of NUL, or a bare NUL, or the result is not UTF-8
 */
long http_decode(char *out, const char *text, size_t n, bool plus);
#endif
