/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CMD_CERTIFICATE_H
#define LG_CMD_CERTIFICATE_H
#include "cmd/input.h"
#include "market/market.h"
#include "market/verify.h"

/** assignment.csv and duals.csv, read back. Lines that name nobody of the market, or repeat or lack somebody, are
 * counted. */
struct certificate {
	struct verify_pair *pairs;
	size_t n_pairs, cap;
	int64_t *u, *v;        /* 0 where no line was given */
	uint64_t bad;          /* lines, or people and openings without one */
	const char *first_bad; /* the first of them in words, or NULL */
	struct input_digest assignment;
};

/** LG_INVALID: a file is not what its name says. */
LG_MUST enum lg_err certificate_read(struct lg_ctx *cx, struct certificate *out, const struct lg_market *m,
                                     const char *assignment, const char *duals);
#endif
