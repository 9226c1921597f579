/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_STORE_CLUSTER_H
#define LG_STORE_CLUSTER_H
#include <stdbool.h>
#include <sys/types.h>

#include "base/ctx.h"

/**
 * @file
 * Trial mode: a PostgreSQL of the program's own, in a folder, reached by a unix socket and by nothing else.
 *
 *     DIR/data        the cluster, of an unprivileged user: the first of landgang, postgres that exists when root
 * starts it, else oneself DIR/superuser   the superuser's password (0600, of whoever starts it) DIR/log         what
 * the server says (no statements, no values) DIR/run         0700, with the socket; when that path would be too long
 * for one, a new folder in /tmp
 *
 * All sign in by SCRAM. When DIR lies where that user may not go (below /root), the cluster is made in
 * /var/lib/landgang/trial/HASH instead; `dir` tells. One program at a time has it: a second gets LG_CONFLICT.
 *
 * The server is a child of the caller, in a session of its own (a Ctrl-C at the terminal does not reach it), and is
 * told to shut down when the calling thread dies. First start about 3 s, later ones some tenths; after a crash it
 * recovers. LG_INVALID: PostgreSQL 15 is not installed, or there is no such user; LG_FAULT: it did not start. Notes say
 * what to do. Threads: one.
 */
struct cluster {
	const char *dir, *socket; /* folders, absolute */
	const char *conninfo; /* "host=SOCKET dbname=landgang requirepeer=USER": user and password are to be added */
	const char *super_conninfo; /* whole; holds the password: not for logs */
	const char *user;           /* whose process it is */
	uid_t uid;
	gid_t gid;
	pid_t pid;  /* 0: it does not run */
	bool fresh; /* it was made just now */
	unsigned max_connections;
	int lock; /* held while it runs */
	bool socket_is_own;
};

/** `max_connections` of the server. The strings of *out live in cx's memory, which must outlive it. */
LG_MUST enum lg_err cluster_start(struct lg_ctx *cx, const char *dir, unsigned max_connections, struct cluster *out);
/** Start it again, after the process pid was seen to have ended (reaped or not). */
LG_MUST enum lg_err cluster_again(struct lg_ctx *cx, struct cluster *c);
/** Shut it down, quickly and cleanly: transactions in work are rolled back, nothing committed is lost. At most 60 s. */
void cluster_stop(struct cluster *c);
#endif
