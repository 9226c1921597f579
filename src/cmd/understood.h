/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CMD_UNDERSTOOD_H
#define LG_CMD_UNDERSTOOD_H
#include "cmd/load.h"
#include "cmd/output.h"

/**
 * Answers of people are not to be lost: the result that `out` holds must not have the confirmed file in it, nor an
 * asked.csv with answers other than the confirmed file's. Errors: RUN_USE, RUN_IO.
 */
LG_MUST enum lg_err understood_guard(struct lg_ctx *cx, const char *out, const struct load *in);

/** understood.csv and asked.csv. */
LG_MUST enum lg_err understood_write(struct output *o, const struct lg_market *market);

/** How many there are of either, in plain words, on stdout; nothing if there are none. */
void understood_print(const struct lg_market *market);
#endif
