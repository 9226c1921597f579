/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_SHARE_OUTCOME_H
#define LG_CORE_SHARE_OUTCOME_H
#include <jansson.h>

#include "app/app.h"
#include "core/share_outcome.sql.h"
#include "view/events.html.h"
#include "view/form.html.h"
#include "view/my_day.html.h"

/**
 * @file
 * What became of those whose cards an office took on: it writes it down (on_share_outcome_add), the giver and the
 * office whose candidate it is read it. All that is returned is of cx.
 */

/** As events of a page, the first row first. */
struct html_events *share_outcome_events(struct lg_ctx *cx, struct call *c, const struct db_share_outcomes_row *rows,
                                         size_t n);
/** The same for programs, appended to `list`. */
void share_outcome_json(json_t *list, const struct db_share_outcomes_row *rows, size_t n);
/** The form for one more. */
struct html_form *share_outcome_form(struct lg_ctx *cx, struct call *c, const char *share, int64_t version);
/** LG_INVALID with its note, if this cannot be written down (core/outcome_rules.h). */
LG_MUST enum lg_err share_outcome_check(struct lg_ctx *cx, const char *kind, const char *reason, int32_t day,
                                        int32_t today);

/** One more line of a card that was taken on, as a form or a program sent it; `n` of them there are with it. LG_INVALID
 * with notes under the names of the form; LG_CONFLICT: somebody was first. */
LG_MUST enum lg_err share_outcome_add(struct lg_ctx *cx, struct call *c, const json_t *body, const char *share,
                                      int64_t n);

/** For My day: what is to be asked by a day. Queued. */
void share_outcome_due_send(struct lg_ctx *cx, struct call *c, int32_t until, size_t room,
                            struct db_share_outcome_due_rows *out);
/** What was shown of it is told to those who gave. Queued. */
void share_outcome_due_seen(struct lg_ctx *cx, struct call *c, const struct db_share_outcome_due_rows *rows);
struct html_my_day_tasks share_outcome_task(struct lg_ctx *cx, struct call *c, const struct db_share_outcome_due_row *r,
                                            int32_t today);
#endif
