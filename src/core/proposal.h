/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_PROPOSAL_H
#define LG_CORE_PROPOSAL_H
#include "app/app.h"
#include "core/proposal.sql.h"
#include "core/proposal_state.h"
#include "view/events.html.h"
#include "view/steps.html.h"

/**
 * @file
 * Proposals as others show them: what was proposed to somebody, or for an opening; and the buttons that begin one.
 */

/** "Put on the short list", and "Not this one" with its reasons, for a pair on a page of matches. `from`: the side that
 * the page is of, where the way back leads: "candidate" or "opening". `about`: for those who do not see the card. */
struct html_steps *proposal_begin_steps(struct lg_ctx *cx, struct call *c, const char *candidate, const char *opening,
                                        const char *from, const char *about);
/** The proposals of a candidate, or of an opening, as a list with links. */
struct html_events *proposals_of_candidate(struct lg_ctx *cx, struct call *c,
                                           const struct db_proposal_of_candidate_rows *rows);
struct html_events *proposals_of_opening(struct lg_ctx *cx, struct call *c,
                                         const struct db_proposal_of_opening_rows *rows);
#endif
