/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CMD_HEALTH_H
#define LG_CMD_HEALTH_H
#include <pthread.h>
#include <stdatomic.h>

#include "cmd/handover.h"
#include "http/server.h"
#include "store/db.h"

/**
 * @file
 * The second listener: GET /health for whoever sends us requests (200, or 503 with what is missing, as JSON), and
 * GET /metrics for Prometheus.
 *
 * It lives in the web process and not in the supervisor, which holds all keys and therefore parses nothing that comes
 * over a network; and what it tells of, whether pages can be served, is then told by the process that serves them. When
 * that one is away, the question waits in the socket until it is back.
 *
 * A thread looks at database and sign-in every half second; an answer only says what it saw last. So questions cost
 * nothing, however many come, and are answered at once when the database hangs.
 */
struct health {
	struct child *child;
	struct db_pool *pool;
	struct http_server *pages;
	pthread_t thread;
	bool watching;
	_Atomic int64_t database_ms, auth_ms, match_ms; /* when it was last good; 0: never */
	_Atomic int64_t schema;
};

/** Begin to look. `pages` may be set later, before anybody asks. Errors: LG_FAULT. */
LG_MUST enum lg_err health_start(struct lg_ctx *cx, struct health *h);
void health_stop(struct health *h);
/** For http_server_config: with is the struct health. */
void health_serve(struct lg_ctx *cx, void *with, struct http_request *rq, struct http_response *rs);
#endif
