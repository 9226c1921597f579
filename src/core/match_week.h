/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_MATCH_WEEK_H
#define LG_CORE_MATCH_WEEK_H
#include <jansson.h>

#include "core/explain.h"
#include "core/match_page.sql.h"
#include "core/week_plan.h"
#include "view/match.html.h"

/**
 * @file
 * The week of a pair, and of a candidate: which shifts collide with class, or lie outside the hours when the person can
 * work. What is not stated collides with nothing. All that is returned lives in `mem`.
 */
enum { MATCH_SHIFTS = 8 };

/** The shifts of a pair that collide, in words. */
size_t match_week_clashes(struct lg_arena *mem, const json_t *candidate, const json_t *opening, const struct explain *e,
                          const char *lines[MATCH_SHIFTS]);
/** Put the week into a card, if the opening says when its hours are: as a table, and each shift that collides under
 * what is missing. */
void match_week_put(struct lg_arena *mem, const json_t *candidate, const json_t *opening, const struct explain *e,
                    struct html_match *card);
/** A candidate's class, with the work that was agreed on. NULL: nothing of it is known. */
struct html_week_plan *match_week_of(struct lg_arena *mem, const json_t *candidate,
                                     const struct db_match_agreed_rows *agreed);
#endif
