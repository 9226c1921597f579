/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_FORMATS_MAIL_WORD_H
#define LG_FORMATS_MAIL_WORD_H
#include <stdbool.h>

#include "base/buf.h"
#include "base/ctx.h"

/**
 * @file
 * The words of a mail: transfer encodings, character sets, encoded words (RFC 2047), parameters (RFC 2045, 2231),
 * addresses, ids. What comes in is any bytes; what comes out as text is clean UTF-8. Memory is cx's. O(n).
 */

/** Appends. Signs that belong to no encoding are passed over. */
void lg_mail_base64(struct lg_buf *out, const char *s, size_t n);
/** `word`: as in encoded words, where "_" is a blank. */
void lg_mail_quoted(struct lg_buf *out, const char *s, size_t n, bool word);
/** Append bytes of a character set as UTF-8, at most `room` of it; an unknown set is taken for UTF-8, or if it is none,
 * for Windows' Latin. Controls but line end and tab are left out. @return false: there was no room for all */
bool lg_mail_letters(struct lg_ctx *cx, struct lg_buf *out, const char *charset, const char *bytes, size_t n,
                     size_t room);

/** The value of a field as people read it: one line, encoded words decoded, blanks made one; at most `most` bytes. */
const char *lg_mail_words(struct lg_ctx *cx, const char *value, size_t most);
/** A parameter of a field's value: "" when it is not there. `words`: as a name that people read (RFC 2231, and 2047 as
 * many write it); else as it stands. */
const char *lg_mail_parameter(struct lg_ctx *cx, const char *value, const char *name, bool words);

/** The next address of a list: *at moves behind it. false: there is none any more. `name` may be NULL. */
bool lg_mail_address(struct lg_ctx *cx, const char **at, const char **address, const char **name);
/** The next id in angles: without them, at most 250 bytes, no blanks. NULL: none any more. */
const char *lg_mail_id(struct lg_ctx *cx, const char **at);
#endif
