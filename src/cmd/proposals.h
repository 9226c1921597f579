/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CMD_PROPOSALS_H
#define LG_CMD_PROPOSALS_H
#include "cmd/lists.h"
#include "cmd/load.h"
#include "cmd/output.h"

/** proposals.csv: every pair of the lists with the parts of its score, computed anew by the readable reference. */
LG_MUST enum lg_err proposals_write(struct lg_ctx *cx, struct output *to, struct output_file **file,
                                    const struct load *in, const struct lists *lists, size_t workers,
                                    struct progress *p);
#endif
