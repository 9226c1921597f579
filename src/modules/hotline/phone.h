/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_HOTLINE_PHONE_H
#define LG_HOTLINE_PHONE_H
#include <jansson.h>

#include "app/app.h"
#include "modules/hotline/phone.sql.h"
#include "view/html.h"
#include "view/phone_cards.html.h"

/**
 * @file
 * Telephone calls: what the exchange tells by the API, the cards of those that ring, the list of those that were
 * missed. Each function works within c->db, the actor's transaction, and does not end it. Nothing here writes anybody's
 * name.
 */

/** The cards of the calls that are for the actor now. `form`: NULL, or the page holds something that is being written,
 * of this call or of none (""): what is pressed opens beside it, and this call has no card. Syncs. */
LG_MUST enum lg_err phone_cards(struct lg_ctx *cx, struct call *c, const char *form, struct html_phone_cards **out);

/** Who rang in vain, and how many without a number. Queue, sync, show. */
struct phone_missed {
	struct db_phone_missed_rows rows;
	struct db_phone_withheld_row withheld;
	struct db_extension_get_row own;
	bool has_own;
};
void phone_missed_send(struct lg_ctx *cx, struct call *c, struct phone_missed *out);
/** One panel's: its table and a remark. `csrf`: what its forms send. false: there is nothing to show. */
bool phone_missed_table(struct lg_ctx *cx, struct call *c, const struct phone_missed *missed, const char *csrf,
                        struct html_any *table, const char **remark);
/** A form in which agents say which telephone is theirs. */
struct html_form *phone_extension_form(struct lg_ctx *cx, struct call *c, const struct phone_missed *own);

/** A call that is about to be written down. */
struct phone_call {
	const char *id;
	const char *enquiry; /* it led to this one already, or NULL */
	const char
	    *caller_from; /* whose facts these are: the latest enquiry of the only caller of this number, or NULL */
	bool others;      /* a colleague has it */
	/* Who it is among the colleagues of covered offices, and "name, office"; NULL: nobody known, or several. */
	const char *known, *known_who;
};
/** Read and lock one, and put what is known of its caller into `record`: number, and workplace of an employer's or
 * office's number, and all but the name of a colleague of a covered office. LG_UNKNOWN: there is none. */
LG_MUST enum lg_err phone_read(struct lg_ctx *cx, struct call *c, const char *id, json_t *record,
                               struct phone_call *out);
/** It led to this enquiry. Queued. */
LG_MUST enum lg_err phone_bind(struct lg_ctx *cx, struct call *c, const char *id, const char *enquiry);
#endif
