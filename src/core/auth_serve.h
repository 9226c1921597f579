/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_AUTH_SERVE_H
#define LG_CORE_AUTH_SERVE_H
#include <stdbool.h>
#include <stdint.h>

#include "core/oidc.h"
#include "store/db.h"

/**
 * @file
 * The auth process: the only one with the role lg_auth, so the only one that opens sessions, sees hashes of passwords,
 * and sets them. Others ask it over a unix socket (core/auth_call.h); what they ask is told apart by
 * core/auth_calls.def.
 *
 * It keeps nothing between two questions: what waits for a code or for the choice of an office goes back to the caller
 * as a sealed box. So it may be killed and come back at any moment.
 */
struct auth_setup {
	struct db_pool *pool;    /* role lg_auth */
	const uint8_t *seal_key; /* 32 bytes: master key (app/seal.h) */
	const char *public_url;
	struct oidc_config oidc; /* issuer NULL or "": nobody signs in elsewhere */
	const char
	    *setup_code; /* while there is no office: the code that opens /set-up; NULL: only the command line does */
	bool trial;
	unsigned threads; /* questions answered at once; 16 is right: at most four of them hash a password */
	int stop_fd;      /* ends when it becomes readable, after the questions that are being answered; -1: never */
	int64_t (*now)(void); /* unix seconds */
};

/** Answer until told to end. listen_fd: a unix socket, bound and listening; stays the caller's. */
LG_MUST enum lg_err auth_serve(struct lg_ctx *cx, int listen_fd, const struct auth_setup *setup);

/**
 * The code of the first start: read from the file, or made and written there (0600). For the supervisor, which shows it
 * on the console. Lives in cx. Asked for only while there is no office; the file is to be removed once there is one.
 */
LG_MUST enum lg_err auth_setup_code(struct lg_ctx *cx, const char **out, const char *path);
#endif
