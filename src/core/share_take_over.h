/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_SHARE_TAKE_OVER_H
#define LG_CORE_SHARE_TAKE_OVER_H
#include "app/app.h"
#include "core/share.sql.h"
#include "view/form.html.h"

/** The button that registers the person of a card as one's own (schema/0049), for the page of the card. Of cx. */
struct html_form *share_take_over_form(struct lg_ctx *cx, struct call *c, const char *share, int64_t version);
/** Register the person of a card that was taken on. *id: the candidate's. LG_DENIED: it was not allowed; LG_INVALID
 * with notes under "anyway"; LG_CONFLICT: somebody was first. */
LG_MUST enum lg_err share_take_over(struct lg_ctx *cx, struct call *c, const struct db_share_received_row *r,
                                    bool anyway, const char **id);
#endif
