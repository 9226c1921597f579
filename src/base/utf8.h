/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_BASE_UTF8_H
#define LG_BASE_UTF8_H
#include <stddef.h>

/**
 * Is it well-formed UTF-8 (RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF)?
 * @return n when all of it is, else the offset of the first byte that is not
 */
size_t lg_utf8_span(const char *s, size_t n);
#endif
