/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_MESSAGE_H
#define LG_CORE_MESSAGE_H
#include "app/app.h"
#include "core/form.h"
#include "core/message.sql.h"
#include "core/proposal.sql.h"
#include "view/events.html.h"
#include "view/facts.html.h"

/**
 * @file
 * Messages to a candidate, or to an employer about one: a form filled in in the reader's language (message.def),
 * changed, looked at once more, and sent by a press through the outbox. What was sent is kept. No machine sends any.
 */

/** What may be written in the state where a proposal is, as links. */
struct html_facts *message_links(struct lg_ctx *cx, const struct db_proposal_get_row *p);
/** What was written about it, and whether it has gone out. */
struct html_events *message_events(struct lg_ctx *cx, struct call *c, const struct db_message_list_rows *rows,
                                   const struct form_with *with);
/** Of a proposal in that state: what is written to the person when an answer is due, or when it came to nothing; to the
 * employer where the employer's answer is waited for. The word of the address, or NULL. */
const char *message_reminder(const char *state);
#endif
