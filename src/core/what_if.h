/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_WHAT_IF_H
#define LG_CORE_WHAT_IF_H
#include <jansson.h>

#include "app/app.h"
#include "core/run.sql.h"
#include "view/sheet.html.h"

/**
 * @file
 * What if: a plan that is done, computed again from its sealed input with another least score, other weights, or a
 * course of so many seats for those who found nothing (schema/0035_what_if.sql). It shows what would come of it before
 * anybody decides. Nobody is proposed from it.
 */

/** NULL, or what is wrong with it (English, for lg_say()); *field: where. `was`: what the plan was ordered with. Pure.
 */
const char *what_if_fault(const json_t *asked, const json_t *was, const char **field);
/** What the order of the plan is with it: only what is said is another. A new value, to be let go. Pure. */
json_t *what_if_order(const json_t *asked, const json_t *was);
/** What is different, in the language spoken: "20 seats: Danish to B1; least score 6,000". Of cx. */
const char *what_if_says(struct lg_ctx *cx, struct call *c, const json_t *asked, const json_t *was);

/** What a what-if shows beside a plan's own figures, read with the page. */
struct what_if_found {
	struct db_run_gained_rows gained;
	struct db_run_filled_rows filled;
};
void what_if_send(struct lg_ctx *cx, struct call *c, const char *run, const char *before, struct what_if_found *out);
/** Sections of its page: then and now, whom it helps, which openings are filled more. `outcome`: of the what-if. */
void what_if_put(struct lg_ctx *cx, struct call *c, const json_t *outcome, const struct db_run_since_row *before,
                 const struct what_if_found *found, struct html_sheet *v);
json_t *what_if_json(const struct db_run_get_row *run, const struct db_run_since_row *before,
                     const struct what_if_found *found);
#endif
