/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CMD_TAXONOMY_TRAIN_H
#define LG_CMD_TAXONOMY_TRAIN_H
#include "taxonomy/embed.h"

/** An embedding from a file, which must be as it was made. All in cx->mem. Errors: RUN_IO, LG_INVALID. 0.1 s. */
LG_MUST enum lg_err train_load(struct lg_ctx *cx, const char *path, const struct lg_embedding **out);

/** landgang taxonomy train --taxonomy IMAGE --out FILE ...; argv[0] is "train". Errors as cmd/run.h says. */
LG_MUST enum lg_err taxonomy_train(struct lg_ctx *cx, int argc, char **argv);
#endif
