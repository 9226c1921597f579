/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CMD_TAXONOMY_FIND_H
#define LG_CMD_TAXONOMY_FIND_H
#include "cmd/confirmed.h"

/** landgang taxonomy find [--lang L] TEXT; argv[0] is "find". Errors as cmd/run.h says. */
LG_MUST enum lg_err taxonomy_find(struct lg_ctx *cx, int argc, char **argv);
#endif
