/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_FORMATS_PLAIN_H
#define LG_FORMATS_PLAIN_H
#include "base/buf.h"
#include "base/ctx.h"

/**
 * A plain text, as any editor saves it: UTF-8, with or without a mark at its beginning, or UTF-16 with one (RFC 2781).
 * Out comes UTF-8 with lines that end in "\n"; tabs stay, a form feed becomes an empty line, a NUL or another control
 * character is no text. Errors: LG_INVALID with words for whoever uploaded it; `out` is then of no account. Pure; O(n).
 */
LG_MUST enum lg_err lg_plain_text(struct lg_ctx *cx, struct lg_buf *out, const char *bytes, size_t n);
#endif
