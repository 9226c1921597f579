/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_SHARE_TAKE_OVER_H
#define LG_CORE_SHARE_TAKE_OVER_H
#include "app/app.h"
#include "view/form.html.h"

/** The button that registers the person of a card as one's own (schema/0049), for the page of the card. Of cx. */
struct html_form *share_take_over_form(struct lg_ctx *cx, struct call *c, const char *share, int64_t version);
#endif
