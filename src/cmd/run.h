/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CMD_RUN_H
#define LG_CMD_RUN_H
#include <stdbool.h>

#include "base/ctx.h"

/**
 * One run of a command: its context, the signals, the exit status and the one line on stderr when it fails.
 *
 * What the errors of base mean here, with the exit status of each:
 *   LG_OK 0 · LG_INVALID 3, an input is not usable · LG_FAULT 5, ours · and the three named below.
 */
#define RUN_USE LG_CONFLICT /* 2: options, operands or folders that do not fit */
#define RUN_IO LG_DENIED    /* 4: the system does not let us read or write     */
#define RUN_STOPPED LG_BUSY /* 130: Ctrl-C or a polite kill                    */

enum { RUN_DONE = 0, RUN_FINDINGS = 1 };

/** Take the signals and make the context. A second Ctrl-C does not wait for the end of a long step. */
void run_begin(struct lg_ctx *cx);
/** Say on stderr what went wrong, if anything, and end the context. @return the exit status */
int run_end(struct lg_ctx *cx, const char *command, enum lg_err err);

/** Has somebody asked us to stop? Cheap: ask between any two pieces of work. Threads: any. */
bool run_stopped(void);
/** The same as an error, with its note. */
LG_MUST enum lg_err run_go_on(struct lg_ctx *cx);
/** Wait until there is something to read, or somebody asks us to stop: no signal slips in between. */
LG_MUST enum lg_err run_wait_readable(struct lg_ctx *cx, int fd);
/** An error of the system: "FIELD: TEXT: No such file or directory". */
LG_MUST enum lg_err run_errno(struct lg_ctx *cx, const char *field, const char *text);

/** Called from a signal handler when there is no time for closers: must only do what handlers may. */
void run_on_abandon(void (*clean)(void));
#endif
