/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_SHARE_H
#define LG_CORE_SHARE_H
#include <jansson.h>

#include "app/app.h"
#include "core/agreement.sql.h"
#include "core/share.sql.h"
#include "view/events.html.h"
#include "view/facts.html.h"
#include "view/my_day.html.h"
#include "view/sheet.html.h"

/**
 * @file
 * Cards of candidates that one office gives another, and referrals: a card with a question and a deadline (schema/0026
 * to 0028 tell the rules, which PostgreSQL keeps). Also for modules: share_give() is all that is needed to refer
 * somebody. All works within c->db, the actor's transaction, and does not end it. All that is returned is of cx.
 */

/** A card to be given: of a candidate of the office (`candidate`), or a received one handed on (`parent`). */
struct share_order {
	const char *candidate, *parent; /* one of them; the other NULL */
	const char *agreement;          /* in force, and one under which the office gives: it says to whom */
	struct db_list fields;          /* some of the agreement's; none: all of them */
	int32_t until;                  /* last day */
	bool may_forward;
	bool may_take_over;   /* register the person as their own: of a candidate of the office only */
	const char *why;      /* what for, in words */
	const char *question; /* "": no referral */
	int32_t deadline;     /* of the answer; DB_NO_DATE without a question */
};
/**
 * Give it, with its line in the audit. LG_INVALID with notes under the names of the form (agreement, fields, until,
 * may_forward, why, question, deadline). LG_UNKNOWN: no such candidate, share or agreement for whoever acts.
 */
LG_MUST enum lg_err share_give(struct lg_ctx *cx, struct call *c, const struct share_order *order, const char **id);

/** What PostgreSQL refused, in words: notes of cx that name a rule of schema/0026 to 0028 are put so. */
void share_put_words(struct lg_ctx *cx);

/** What a card calls the person: its name, or the first occupation where no name was given. */
const char *share_name(struct lg_ctx *cx, struct call *c, const json_t *card);
/** A card as facts: what was given, and nothing that was not. */
struct html_facts *share_facts(struct lg_ctx *cx, struct call *c, const json_t *card);
/** "accepted" in words, in the language spoken. */
const char *share_state_words(const char *state);

/** For My day: what waits for the office. Queue, sync, put. */
void share_due_send(struct lg_ctx *cx, struct call *c, int32_t until, size_t room, struct db_share_received_rows *out);
/** What was shown of it is told to those who gave. Queued. */
void share_due_seen(struct lg_ctx *cx, struct call *c, const struct db_share_received_rows *rows);
struct html_my_day_tasks share_task(struct lg_ctx *cx, struct call *c, const struct db_share_received_row *r,
                                    int32_t today);

/** And for who may approve: agreements that wait for the office, or end soon. */
void agreement_due_send(struct lg_ctx *cx, struct call *c, struct db_agreement_list_rows *out);
struct html_my_day_tasks agreement_task(struct lg_ctx *cx, const struct db_agreement_list_row *a);

/** Tabs of the pages of sharing; `here`: the path of the one that is open. */
void share_tabs(struct lg_ctx *cx, const struct call *c, struct html_sheet *v, const char *here);
/** A value that was sent under a name: of a form, or of the object of the API. "" for none. */
const char *share_said(const struct call *c, const json_t *body, const char *name);
/** A date that was sent; DB_NO_DATE for none. What is none is noted. */
int32_t share_date(struct lg_ctx *cx, const struct call *c, const json_t *body, const char *name);
/** All that were sent. */
struct db_list share_all(struct lg_ctx *cx, const struct call *c, const json_t *body, const char *name);
bool share_flag(const struct call *c, const json_t *body, const char *name);
#endif
