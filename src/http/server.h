/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_HTTP_SERVER_H
#define LG_HTTP_SERVER_H
#include "http/http.h"

/**
 * @file
 * A listening server (libmicrohttpd): sockets, limits, a bounded queue, worker threads.
 *
 * One network thread only parses; a whole request waits in a queue of bounded length for one of the workers, each with
 * an arena of its own, which calls `serve`. When the queue is full, or the request waited longer than `wait_ms`, it is
 * refused with 503 and Retry-After, at once; and so is a new one while two for each worker wait, the first of them for
 * longer than `late_ms`: under more work than can be done, a queue that is always full would make everybody late.
 * Refused before `serve` sees it (RFC 9112): Transfer-Encoding together with Content-Length, either twice, other
 * codings than chunked, a Content-Length that is not digits, no or two Host (HTTP/1.0 may have none), folded lines,
 * lines that do not end with CRLF, control characters, targets that are not visible ASCII, methods longer than 16
 * bytes: 400, and the connection is closed; heads longer than `most_head` or of more than 100 lines 431, bodies longer
 * than `most_body` 413; TRACE and CONNECT 405; targets that http_read_target() refuses 400, forms that are not text
 * 422; more bodies at once than 64 of `most_body` 503.
 *
 * A connection whose next head is not whole `head_ms` after its first byte (or after the connection was made) is cut,
 * whatever trickles in; so is a body that stands still for `body_ms`, or comes more slowly than 1 kB a second after
 * that, and a client that takes its answer as slowly. (Between requests, a head's first bytes are noticed within 250 ms
 * and by TCP only: a head that stops there, or one on a unix socket, is cut after `idle_ms`.)
 *
 * A refusal ends the connection, but not before the client could read it: what it still sends is read away for a
 * second.
 *
 * A request that wants more memory than `arena` ends with 500: `serve` is left where it stands, and what it deferred to
 * the arena's end is closed. Of a client that a proxy stands for, `peer` and `secure` are all there is: X-Forwarded-*
 * and Forwarded are not among the headers. Values that are not UTF-8 are left out.
 *
 * What the library says itself, in its own plain words and with Connection: close, without the request's id: 400 for a
 * line without a colon and for malformed chunks, 414 and 431 for heads that go far beyond `most_head`, 505 for other
 * versions. Left to the proxy in front, because the library leaves no trace of it: bare LF between chunks,
 * and NUL with LF in a head, are taken for CRLF, and a line of a colon and bare LF for the empty line.
 */
struct http_server;

struct http_server_config {
	int listen_fd;        /* bound and listening; stays the caller's */
	unsigned workers;     /* threads that serve */
	unsigned queue;       /* requests that may wait */
	unsigned connections; /* at once; the oldest idle is cut when there are more */
	unsigned head_ms, body_ms, idle_ms, wait_ms;
	unsigned late_ms; /* new ones are refused while the first in the queue waits longer than that; 0: none is */
	unsigned streams,
	    stream_s; /* of events (http_stream()): so many at once, more are refused with 503; each so long */
	size_t most_head, most_body, arena; /* bytes; arena: limit of a request's memory */
	const char *trusted_proxy;          /* address whose X-Forwarded-For and -Proto are believed, or NULL */
	/** Serve one request. Called by many threads at once. Must fill rs whatever happens; HEAD like GET, with a
	 * body. */
	void (*serve)(struct lg_ctx *cx, void *with, struct http_request *rq, struct http_response *rs);
	void *with;
	/**
	 * Called after the response was handed to the network, for the log; of rs->body only len is left. Not for what
	 * was refused before `serve`: that has a line of its own. Or NULL.
	 */
	void (*served)(struct lg_ctx *cx, void *with, const struct http_request *rq, const struct http_response *rs,
	               uint64_t microseconds);
};

struct http_server_figures {
	uint64_t requests, refused_busy, refused_bad, cut;
	unsigned connections, waiting, serving, streams;
};

LG_MUST enum lg_err http_server_start(struct lg_ctx *cx, struct http_server **out,
                                      const struct http_server_config *config);
/** Take no more connections; serve what waits, for at most `ms`. */
void http_server_drain(struct http_server *s, unsigned ms);
void http_server_stop(struct http_server *s);
void http_server_figures(struct http_server *s, struct http_server_figures *out);
#endif
