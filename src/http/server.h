/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_HTTP_SERVER_H
#define LG_HTTP_SERVER_H
#include "http/http.h"

/**
 * @file
 * A listening server (libmicrohttpd): sockets, limits, a bounded queue, worker threads.
 *
 * Network threads only parse; a whole request waits in a queue of bounded length for one of the workers, each with an
 * arena of its own, which calls `serve`. When the queue is full, or the request waited longer than `wait_ms`, it
 * is refused with 503 and Retry-After, at once. Refused before `serve` sees it (RFC 9112): Transfer-Encoding together
 * with Content-Length, either twice, other codings than chunked, a Content-Length that is not digits, no or two Host,
 * folded headers, control characters, methods longer than 16 bytes: 400, and the connection is closed; heads longer
 * than `most_head` 431, bodies longer than `most_body` 413; TRACE and CONNECT 405.
 * A connection whose next head is not whole `head_ms` after its first byte (or after the connection was made) is cut,
 * whatever trickles in; so is a body that stands still for `body_ms`.
 */
struct http_server;

struct http_server_config {
	int listen_fd;        /* bound and listening; stays the caller's */
	unsigned workers;     /* threads that serve */
	unsigned queue;       /* requests that may wait */
	unsigned connections; /* at once; the oldest idle is cut when there are more */
	unsigned head_ms, body_ms, idle_ms, wait_ms;
	size_t most_head, most_body, arena; /* bytes; arena: limit of a request's memory */
	const char *trusted_proxy;          /* address whose X-Forwarded-For and -Proto are believed, or NULL */
	/** Serve one request. Called by many threads at once. Must fill rs whatever happens. */
	void (*serve)(struct lg_ctx *cx, void *with, struct http_request *rq, struct http_response *rs);
	void *with;
	/** Called after the response was handed to the network, for the log. Or NULL. */
	void (*served)(struct lg_ctx *cx, void *with, const struct http_request *rq, const struct http_response *rs,
	               uint64_t microseconds);
};

struct http_server_figures {
	uint64_t requests, refused_busy, refused_bad, cut;
	unsigned connections, waiting, serving;
};

LG_MUST enum lg_err http_server_start(struct lg_ctx *cx, struct http_server **out,
                                      const struct http_server_config *config);
/** Take no more connections; serve what waits, for at most `ms`. */
void http_server_drain(struct http_server *s, unsigned ms);
void http_server_stop(struct http_server *s);
void http_server_figures(struct http_server *s, struct http_server_figures *out);
#endif
