/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CMD_SANDBOX_H
#define LG_CMD_SANDBOX_H
#include <stdbool.h>
#include <sys/types.h>

#include "base/ctx.h"

/**
 * @file
 * What a process may no longer do, whoever has taken it over. Three layers, each of use without the others:
 *
 *   limits     memory, descriptors, processor time, no core file, not to be looked into by processes of the same user
 *   files      Landlock: read what the system has (/usr, /etc), nothing of ours: not the keys, not the database's
 * folder calls      seccomp: those of sandbox.def; to start a program, to trace, to load, to change who one is, ends
 * the process; all others fail. A parser that calls anything outside its few lines is ended.
 *
 * Nothing here can be undone. Call it once all libraries are loaded and before threads are started.
 */
#define SANDBOX_SCRATCH "tmp" /* where web may make files, seen from the run folder */
enum sandbox {
	SANDBOX_PARSER = 1,
	SANDBOX_WEB = 2,
	SANDBOX_AUTH = 4,
	SANDBOX_JOBS = 8,
	SANDBOX_MATCH = 64,
	SANDBOX_SIP = 128
};

/** asks_outside: it may open sockets to other machines. Errors: LG_FAULT with what the system refused. A kernel without
 * Landlock is noted in the log, and goes on without it. */
LG_MUST enum lg_err sandbox_enter(struct lg_ctx *cx, enum sandbox kind, bool asks_outside);
/** Before that: less processor time and memory than its kind would have. @return false: the system refused it */
LG_MUST bool sandbox_tighten(unsigned cpu_s, unsigned memory_mib);
/** Stop being root: another user, no groups, no capabilities. Nothing to do for others. Errors: LG_FAULT. */
LG_MUST enum lg_err sandbox_drop(struct lg_ctx *cx, uid_t uid, gid_t gid);
#endif
