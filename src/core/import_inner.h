/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_IMPORT_INNER_H
#define LG_CORE_IMPORT_INNER_H
#include "core/import.h"

/** @file Between import_row.c (one row) and import_piece.c (many at once). All is of cx, and within c->db. */

enum { IMPORT_SEPARATOR = 0x1F };

/** What a row says. */
struct import_said {
	json_t *raw; /* {section: {field: value} or [{...}]} */
	const char *id, *employer;
	char content[2 * 32 + 1]; /* hash of it all */
};
void import_said_read(struct lg_ctx *cx, const struct import *imp, const struct import_row *row,
                      struct import_said *out);
/** Values that were chosen for all rows, where the row says none. */
void import_put_defaults(struct lg_ctx *cx, const struct import *imp, json_t *raw);
/** All sections that are said something of, checked as the API's are: LG_INVALID with notes that say what is wrong. */
LG_MUST enum lg_err import_sections(struct lg_ctx *cx, struct call *c, const struct import *imp, const json_t *raw,
                                    json_t **record);
/** Notes of cx become the row's faults. */
void import_bad(struct lg_ctx *cx, const struct import *imp, struct import_verdict *out);
/** What becomes of a row whose record is there and that says something else than the last time. */
LG_MUST enum lg_err import_judge_known(struct lg_ctx *cx, struct call *c, const struct import *imp,
                                       const struct import_said *said, const char *subject, bool write,
                                       struct import_verdict *out);
/** From now on the record is known by the id that the row says ("" : by none). Queued. */
void import_remember(struct lg_ctx *cx, struct call *c, const struct import *imp, const struct import_said *said,
                     const char *key, const char *subject);
#endif
