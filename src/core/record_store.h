/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_RECORD_STORE_H
#define LG_CORE_RECORD_STORE_H
#include "app/app.h"
#include "app/record.h"

/** What is written of any record. All that is returned is of cx. */

/** A new id: random (version 4, RFC 9562), so that it tells nothing. */
const char *record_new_id(struct lg_ctx *cx);
/** A copy of `record` with one section put anew. */
json_t *record_with(struct lg_ctx *cx, const struct section *s, const json_t *record, json_t *part);
/** The runs of three letters by which these names are found (core/name.h). */
struct db_list record_keys(struct lg_ctx *cx, const char *const *names, size_t n);
#endif
