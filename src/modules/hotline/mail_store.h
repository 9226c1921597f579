/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_HOTLINE_MAIL_STORE_H
#define LG_HOTLINE_MAIL_STORE_H
#include <jansson.h>

#include "app/app.h"
#include "modules/hotline/enquiry.h"
#include "modules/hotline/enquiry_mail.sql.h"
#include "modules/hotline/mail_rules.h"

/**
 * @file
 * Mails of enquiries in the database: sealed under a key of their own, and what is written in answer, which goes out by
 * lg.outbox. Each function works within c->db and does not end it.
 */

/** What a mail says, as JSON (formats/mail_read.h); of one whose key is gone, {}. */
LG_MUST enum lg_err mail_open(struct lg_ctx *cx, struct call *c, const struct db_enquiry_mail_list_row *row,
                              json_t **said);
/** One. LG_UNKNOWN: there is none that the actor may see. */
LG_MUST enum lg_err mail_get(struct lg_ctx *cx, struct call *c, const char *id,
                             const struct db_enquiry_mail_list_row **out);

/** A mail that came, to be kept: what it says, and its bytes. Queued. */
struct mail_kept {
	const char *enquiry; /* NULL: set aside */
	const char *from, *message_id, *hash;
	enum mail_sort sort;
	const json_t *said;
	const char *bytes;
	size_t n;
};
LG_MUST enum lg_err mail_keep(struct lg_ctx *cx, struct call *c, const struct mail_kept *m, const char **id);
/** Its bytes, appended. */
LG_MUST enum lg_err mail_bytes(struct lg_ctx *cx, struct call *c, const struct db_enquiry_mail_list_row *row,
                               const struct db_enquiry_mail_pieces_rows *pieces, struct lg_buf *out);

/** The thread of an enquiry; begun, in that language, when there is none. */
struct mail_thread {
	const char *enquiry, *tag, *language;
	struct db_enquiry_mail_entrance_row entrance;
	bool entrance_found;
};
LG_MUST enum lg_err mail_thread_of(struct lg_ctx *cx, struct call *c, const char *enquiry, const char *language,
                                   struct mail_thread *out);

/** A mail of ours, kept and ordered. Queued. */
struct mail_written {
	const char *id;   /* of lg.enquiry_mail */
	const char *sort; /* "confirmation", "answer" */
	const char *to, *subject, *text;
	const char *in_reply_to, *references; /* ids, with blanks between; "" for none */
	const char *account;                  /* who wrote it, or NULL */
	const char *hours;                    /* of a confirmation: in words, or NULL */
};
LG_MUST enum lg_err mail_write(struct lg_ctx *cx, struct call *c, const struct mail_thread *thread,
                               const struct mail_written *m);

/** The language of the office's country. */
const char *mail_usual_language(const struct call *c);
/** References of an answer to a mail: its own, and its id. */
const char *mail_references(struct lg_ctx *cx, const json_t *said);

/** Make an enquiry of what somebody wrote; nothing of its text goes into fields. *id: the new one's. */
LG_MUST enum lg_err mail_begin_enquiry(struct lg_ctx *cx, struct call *c, const char *from, const char **id);
/** Confirm it to whoever wrote, if there is an entrance and an address. */
LG_MUST enum lg_err mail_confirm(struct lg_ctx *cx, struct call *c, const struct mail_thread *thread, const char *from,
                                 const json_t *said);

/** What the routes of mails take and give, into the description of the API. */
void mail_describe(json_t *api);
#endif
