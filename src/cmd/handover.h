/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CMD_HANDOVER_H
#define LG_CMD_HANDOVER_H
#include <stdbool.h>
#include <sys/types.h>

#include "cmd/keys.h"
#include "cmd/metrics.h"
#include "cmd/settings.h"

/**
 * @file
 * What the supervisor hands to a child: settings and secrets through a pipe, open sockets as descriptors. Never in the
 * arguments or the environment, which others can read. A child gets only the keys that it needs.
 */

/** Descriptors of a child, by number. */
enum handed {
	HANDED_PIPE = 3,
	HANDED_METRICS,
	HANDED_FOLDER,
	HANDED_LISTEN,
	HANDED_LISTEN_METRICS,
	HANDED_CONTROL,
	HANDED_END
};

enum { HANDED_TEXT = 512, HANDED_SECRET = 256, HANDED_ACCOUNTS = 2048 };

/** Both ends are the same program: it goes over as it is. */
struct handover {
	uint64_t mark;
	enum process process;
	pid_t supervisor;
	uid_t uid;
	gid_t gid;
	uint64_t port, metrics_port;      /* those that it became */
	char database[HANDED_TEXT];       /* conninfo without user and password */
	char password[2 * KEY_BYTES + 1]; /* of the process's role */
	bool has_seal_key, has_form_key;
	uint8_t seal_key[KEY_BYTES], form_key[KEY_BYTES];
	char mail_secret[HANDED_SECRET], oidc_secret[HANDED_SECRET];
	char sip_accounts[HANDED_ACCOUNTS], sip_secret[HANDED_SECRET];
	char public_url[HANDED_TEXT];
	uint32_t schema;                /* number that this program needs */
	char setup_code[HANDED_SECRET]; /* for auth: opens the set-up page while there is no office; or "" */
};

/** Paths of the sockets of auth and match, seen from the folder in which all children stand. */
#define AUTH_SOCKET "auth.sock"
#define MATCH_SOCKET "match.sock"

/** What a child has of it. */
struct child {
	struct handover from;
	struct settings settings;
	struct metrics *metrics;
	struct metrics_process *self;
};

/** Supervisor: write both into a pipe. @return its reading end, or -1 with errno */
int handover_write(struct lg_ctx *cx, const struct handover *h, const struct settings *s);
/** Child: read them, map the counters, stand in the run folder, stop being root, die with the supervisor. Errors:
 * LG_FAULT. */
LG_MUST enum lg_err handover_read(struct lg_ctx *cx, struct child *out);

/** The processes' work. @return the exit status */
int child_auth(struct lg_ctx *cx, struct child *c);
int child_match(struct lg_ctx *cx, struct child *c);
int child_web(struct lg_ctx *cx, struct child *c);
int child_jobs(struct lg_ctx *cx, struct child *c);
int child_sip(struct lg_ctx *cx, struct child *c);

/** Is it reached by a network, not by a socket's path? */
bool child_database_is_far(const struct child *c);
/** Log why it did not go well. @return an exit status for it */
int child_failed(struct lg_ctx *cx);

/** Has the supervisor asked us to stop? Threads: any. */
bool child_stopped(void);
/** Wait until it does, at most `ms`. */
void child_sleep(unsigned ms);
/** Readable from then on; never read it. */
int child_stop_fd(void);
#endif
