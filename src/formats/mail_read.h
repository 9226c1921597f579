/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_FORMATS_MAIL_READ_H
#define LG_FORMATS_MAIL_READ_H
#include <jansson.h>
#include <stdbool.h>

#include "base/buf.h"
#include "base/ctx.h"

/**
 * @file
 * A mail as it came over the wire (RFC 5322, MIME), read on a buffer. What strangers sent is read in the parser
 * process: out comes JSON that is clean UTF-8 without controls, whatever went in; what is asked of it later is asked of
 * that. Character sets are ICU's, whose tables are in its library: a library for mail that asks the C library for them
 * (GMime) opens files, and the parser may not.
 *
 *     {"message_id", "from", "from_name", "subject", "language"     texts; "" when not said
 *      "references": []           Message-IDs without <>: References, then In-Reply-To, then those that a report
 * encloses "to": []                   addresses: Delivered-To and its like first, then To, Cc "auto_submitted",
 * "precedence"    in small letters, "" when not said "suppress", "list", "empty_return", "report": bool "text",
 * "quoted"           plain text; what was quoted at its end stands in "quoted" "html": bool               the text was
 * made of HTML, since there was no other "attachments": [{"name", "type", "size"}], "more": int        more: so many
 * others that are not named "cut": bool}               a limit was met, or its end is missing: not all of it is here
 */
enum {
	LG_MAIL_DEPTH = 8,        /* multiparts in multiparts */
	LG_MAIL_PARTS = 200,      /* in all */
	LG_MAIL_FIELDS = 500,     /* in one head */
	LG_MAIL_FIELD = 16 << 10, /* bytes of one field */
	LG_MAIL_TEXT = 128 << 10, /* bytes of text that is shown */
	LG_MAIL_LINE = 500,       /* bytes of a subject, a name */
	LG_MAIL_IDS = 40,         /* references, and addresses */
	LG_MAIL_ATTACHMENTS = 50, /* that are named */
};

/** For the parser process: of any bytes. LG_INVALID: there is no head, this is no mail. O(n). */
LG_MUST enum lg_err lg_mail_read(struct lg_ctx *cx, struct lg_buf *out, const char *bytes, size_t n);

/** Where what a mail quotes of the one before begins, to its end; n: nowhere. Interleaved answers are left whole. Pure;
 * O(n). */
size_t lg_mail_quote(const char *text, size_t n);
#endif
