/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CMD_EXCHANGE_H
#define LG_CMD_EXCHANGE_H
#include "cmd/settings.h"

/**
 * @file
 * Listening at a telephone exchange (src/sip) and telling the API of it, as any program does: with a token of its own,
 * by HTTP. What is not told yet waits in memory, EXCHANGE_WAITING events at most, so that a restart of the web process
 * loses none; when there are more, the oldest are dropped, which the log says.
 */
enum { EXCHANGE_WAITING = 1024 };

struct exchange {
	const struct settings *settings;
	const char *accounts; /* lines "EXTENSION PASSWORD" */
	const char *secret;   /* of the program */
	const char *own_url;  /* where the service serves on this machine, for an empty sip_api_url */
	int stop_fd;
};
/** Until stop_fd is readable. Enters the sandbox. Errors: LG_INVALID: settings, LG_FAULT. */
LG_MUST enum lg_err exchange_run(struct lg_ctx *cx, const struct exchange *x);
/** A small file, with an end. Errors: RUN_IO; LG_INVALID: it is not set, empty or has `room` bytes and more. */
LG_MUST enum lg_err exchange_read_file(struct lg_ctx *cx, const char *setting, const char *path, char *out,
                                       size_t room);
#endif
