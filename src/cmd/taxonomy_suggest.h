/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CMD_TAXONOMY_SUGGEST_H
#define LG_CMD_TAXONOMY_SUGGEST_H
#include "base/ctx.h"

/** landgang taxonomy suggest [FILE] [--lang L] [--json]; argv[0] is "suggest". Errors as cmd/run.h says. */
LG_MUST enum lg_err taxonomy_suggest(struct lg_ctx *cx, int argc, char **argv);
#endif
