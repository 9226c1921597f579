/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_TEST_HTTP_FIXTURE_H
#define LG_TEST_HTTP_FIXTURE_H
#include <stdatomic.h>

#include "http/server.h"

/** A server on a port of the kernel's choice, with a few paths to try things with, and a client that sends any bytes.
 */

/** What the handler knows. /smuggled counts in `smuggled`, everything in `served`; /wait waits for `gate`; /stream is
 * one of `news` until `gate`, and counts in `again` when it is asked for again; only if `asks`, where there is one,
 * says so of 7, and counts in `asked`. */
struct site {
	atomic_uint served, told, smuggled, news, again, asked;
	http_asks *asks;
	atomic_bool gate;
	atomic_uint_least64_t last_us;
};
void site_serve(struct lg_ctx *cx, void *site, struct http_request *rq, struct http_response *rs);
void site_served(struct lg_ctx *cx, void *site, const struct http_request *rq, const struct http_response *rs,
                 uint64_t us);

/** A server that runs. */
struct place {
	struct site site;
	struct lg_ctx cx;
	struct http_server *server;
	struct http_server_config config;
	struct lg_buf said; /* of the last answer */
	uint16_t port;
};
/** Listening, with limits of a test: a second is long. Change place->config, then open it. */
void place_prepare(struct place *p);
void place_open(struct place *p);
void place_close(struct place *p);
struct http_server_figures figures(struct place *p);

int dial(uint16_t port);
void send_bytes(int fd, const void *bytes, size_t n); /* as far as the other side takes them */
void send_text(int fd, const char *text);
/** All until the other side closes, into b. @return false: it did not close within `ms` */
bool read_to_end(int fd, struct lg_buf *b, int ms);
/** One answer with Content-Length, and no byte of the next. @return its status, or 0 when there was none within `ms` */
int read_answer(int fd, struct lg_buf *b, int ms);
/** One request on a connection of its own. @return its status; 0: no answer; -1: the connection stays open */
int ask(uint16_t port, struct lg_buf *b, const char *text);
/** Under valgrind or ThreadSanitizer: what is promised in milliseconds does not hold. */
bool is_slowed(void);
void doze(long ms);
int64_t now_ms(void);
unsigned count(const char *text, const char *word);
#endif
