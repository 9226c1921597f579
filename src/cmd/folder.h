/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CMD_FOLDER_H
#define LG_CMD_FOLDER_H
#include <sys/types.h>

#include "base/ctx.h"

/**
 * A folder of ours, made with those above it when it is missing, opened: the caller closes *fd. It must be ours (or
 * root's, when we are root) and no more open to others than `mode`. Errors: RUN_IO; LG_INVALID: it is somebody else's,
 * or open to others.
 */
LG_MUST enum lg_err folder_open(struct lg_ctx *cx, const char *path, mode_t mode, int *fd);
/** The same, when only its being there is wanted. */
LG_MUST enum lg_err folder_make(struct lg_ctx *cx, const char *path, mode_t mode);
#endif
