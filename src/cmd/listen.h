/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CMD_LISTEN_H
#define LG_CMD_LISTEN_H
#include <stdint.h>
#include <sys/types.h>

#include "base/ctx.h"

/**
 * A listening TCP socket, close-on-exec; *port is told which it became when it was 0. A port that is being given back
 * by a service that ends is waited for, two seconds. Errors: RUN_IO with words; LG_INVALID: `address` (of setting
 * `name`) is none.
 */
LG_MUST enum lg_err listen_tcp(struct lg_ctx *cx, const char *name, const char *address, uint64_t *port, int *out);
/** A listening unix socket that only `uid` may connect to; one that stands there already is replaced. Errors: RUN_IO.
 */
LG_MUST enum lg_err listen_unix(struct lg_ctx *cx, int folder, const char *name, uid_t uid, int *out);
#endif
