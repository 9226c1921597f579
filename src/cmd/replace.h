/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CMD_REPLACE_H
#define LG_CMD_REPLACE_H
#include <stddef.h>

#include "base/ctx.h"

/**
 * Write a file at one stroke: it grows under another name beside its own and then takes its place, so that a failure,
 * or somebody who stops us, leaves the older one. Errors: RUN_IO, RUN_STOPPED.
 */
LG_MUST enum lg_err replace_file(struct lg_ctx *cx, const char *path, const void *bytes, size_t n);
#endif
