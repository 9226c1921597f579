/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_OPENING_LIST_H
#define LG_CORE_OPENING_LIST_H
#include "app/app.h"
#include "core/opening.sql.h"

/** The first openings of an employer, by title. Queued. */
void openings_of_send(struct lg_ctx *cx, struct call *c, const char *employer, int64_t room,
                      struct db_opening_list_rows *out);
#endif
