/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_MAIL_H
#define LG_CORE_MAIL_H
#include <jansson.h>
#include <stdbool.h>

#include "base/buf.h"
#include "base/ctx.h"

/**
 * @file
 * A mail: its words in the reader's language, its form on the wire (RFC 5322, plain text), and its way to a server.
 *
 * A mail is ordered by a row of lg.outbox, in the transaction of what it tells of; the job `mail` (core/mail_job.c)
 * sends it. Nobody else sends mail.
 */
struct mail {
	const char *id;   /* the outbox row's uuid: Message-ID, so that a mail sent twice is known for the same */
	const char *from; /* an address of ours */
	const char *to;
	const char *reply_to;       /* of a person who wrote it, or NULL: it was written by the program */
	const char *from_name;      /* whose mail it is; NULL: Landgang's */
	const char *in_reply_to;    /* Message-ID of the mail that it answers, without <>; or NULL */
	const char *references;     /* of those before it, with blanks between; or NULL */
	bool replies_by_itself;     /* a machine's answer to somebody's mail (RFC 3834) */
	const char *subject, *body; /* UTF-8; lines of the body end with \n */
};

/** An address we write to: one @, no blanks, quotes, brackets, commas or control characters, at most 254 bytes. Pure.
 */
bool mail_address_is_good(const char *address);

/**
 * Subject and body of a kind of mail ("invitation", "reset", "password_changed", "second_step_changed", "message",
 * "enquiry_confirmed", "enquiry_answer"), in the language this thread speaks; values by name, links made from
 * public_url. LG_UNKNOWN: no such kind. LG_INVALID: a value is missing.
 */
LG_MUST enum lg_err mail_words(struct lg_ctx *cx, struct mail *out, const char *kind, json_t *values,
                               const char *public_url);

/** As it goes over the wire. LG_INVALID: a header would hold a line end or another control character, or a bad address.
 */
LG_MUST enum lg_err mail_print(struct lg_ctx *cx, struct lg_buf *out, const struct mail *mail);

struct mail_server {
	const char *url; /* "smtp://host:25", "smtps://host:465" */
	const char *user,
	    *secret; /* NULL or "": none. With them, nothing is said before TLS, but to this very machine. */
};

/**
 * A line to that server, for one mail after the other: opened with the first, kept while the server keeps it. `server`
 * must outlive it; close it before cx's memory goes. One thread at a time.
 */
struct mail_line;
struct mail_line *mail_line_open(struct lg_ctx *cx, const struct mail_server *server);
void mail_line_close(struct mail_line *line);

/**
 * Hand it over. LG_OK: the server has taken it. LG_INVALID: it never will (its answer begins with 5; or LG_INVALID of
 * mail_print()). LG_BUSY: it did not now. Blocks for at most 40 seconds.
 */
LG_MUST enum lg_err mail_send(struct lg_ctx *cx, struct mail_line *line, const struct mail *mail);
#endif
