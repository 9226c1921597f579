/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_MARKET_CONFIRMED_H
#define LG_MARKET_CONFIRMED_H
#include "base/ctx.h"
#include "taxonomy/link.h"

/**
 * Choices that people have confirmed. Two forms, told apart by the first line that is neither empty nor begins with #:
 *
 *   with a tab   rows of language (or "any"), words and code or URI, tab-separated; what follows is passed over
 *   without      CSV or NDJSON (formats/rows.h) with the columns words, concept, and, if wanted, language (empty: any)
 *                and kind (occupation or skill; empty: what the code is of). The asked.csv of a match is such a file:
 *                rows without a concept are passed over, as are headers further down, so that files can be joined.
 *                A suggestion may be copied whole: what counts is its code, the first word.
 *
 * All in cx->mem.
 */
struct lg_confirmed {
	struct lg_link_label *choices[2]; /* by enum lg_link_of */
	size_t n[2];
};
/** Errors: LG_INVALID with a note that names the line. */
LG_MUST enum lg_err lg_confirmed_read(struct lg_ctx *cx, struct lg_confirmed *out, const char *name, const char *bytes,
                                      size_t n, const struct lg_taxonomy *taxonomy);
#endif
