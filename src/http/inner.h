/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_HTTP_INNER_H
#define LG_HTTP_INNER_H
#include <microhttpd.h>
#include <netinet/in.h>
#include <pthread.h>

#include "http/head.h"
#include "http/server.h"

/**
 * @file
 * The server from within. Three kinds of thread meet here:
 *
 *   network    libmicrohttpd's, one: reads, checks heads, gathers bodies, sends       network.c
 *   workers    take a whole request from the queue, serve it, make the answer         worker.c
 *   watchdog   cuts what stands still, refuses what waited too long                   watchdog.c
 *
 * A connection belongs to the network thread, but while it is suspended: from push() to MHD_resume_connection() to the
 * worker (or the watchdog) that took it from the queue. What all three look at, is under http_server.lock and marked
 * so.
 */
enum stage {
	STAGE_HEAD,    /* nothing asked yet, or a part of a head: idle */
	STAGE_BODY,    /* the head is good, the body is coming */
	STAGE_WAITING, /* in the queue */
	STAGE_SERVING, /* with a worker */
	STAGE_ANSWER,  /* the answer is there or on its way */
	STAGE_STREAM,  /* it is a stream of events, and waits or sends one */
};

/* Of a stream of events (stream.c). */
struct http_stream {
	/* Under the lock. */
	bool is_idle;   /* suspended, and nobody's: the watchdog may put it into the queue */
	bool is_over;   /* what is pending is the last */
	int64_t due_ms; /* when it is asked for again, or whether it is to be */
	int64_t served_ms;
	http_asks *asks; /* or NULL */
	uint64_t with;

	/* The network thread's, or the worker's while suspended. */
	struct lg_buf pending, last; /* to be sent; the body of the last event */
	size_t sent;                 /* of pending */
	uint64_t number;             /* of the last event */
	unsigned every_ms;
	int64_t ends_ms, pinged_ms;
	char *head; /* the texts of http_connection.head */
};

struct http_connection {
	/* Under the lock. */
	struct http_connection *prev,
	    *next; /* in http_server.idle (STAGE_HEAD), .streams (STAGE_STREAM) or .busy, oldest first */
	struct http_connection *later; /* in the queue */
	enum stage stage;
	bool is_cut;
	int64_t since;    /* milliseconds: when the stage began */
	int64_t head_at;  /* when the head's first byte was noticed, or 0 */
	int64_t progress; /* of the body: when the last bytes came */
	uint64_t bytes;   /* of the body: that came; of the answer: that it has */
	uint64_t n_body;  /* of http_server.body_bytes */
	uint64_t seen;    /* bytes that the kernel has received, when last asked */

	/* The network thread's, or the worker's while suspended. */
	struct http_server *server;
	struct MHD_Connection *mhd;
	int fd;
	char peer[INET6_ADDRSTRLEN];
	uint64_t id;
	bool has_line, has_begun; /* of a request: its first line is there; all of its head */
	bool is_refused;          /* the connection: its last answer is one that the client may not expect */
	unsigned body_status;     /* 0: its body is good so far; 413, 503: it is not kept */
	struct lg_buf target, body;
	struct http_head head;
	bool is_answered;
	struct MHD_Response *answer; /* NULL when there was no memory for one: then the connection just ends */
	unsigned status;
	int64_t whole_us;           /* when all of the request was there */
	struct http_stream *stream; /* or NULL */
};

/* A socket that the library has done with: what still comes is read away, or the client would lose our last answer to a
 * reset. */
struct http_lingering {
	int fd;
	int64_t until;
};
enum { HTTP_LINGERING_MAX = 256, HTTP_LINGER_MS = 1000 };

struct http_list {
	struct http_connection *first, *last;
};

struct http_server {
	struct http_server_config config;
	struct MHD_Daemon *daemon;
	int listen_fd; /* ours: a copy of the caller's */
	pthread_t *workers, watchdog;
	unsigned n_workers;
	bool has_watchdog, is_quiet;
	uint64_t seed;

	pthread_mutex_t lock;
	pthread_cond_t work, tick; /* something waits; the watchdog should look */
	/* All under the lock. */
	bool is_draining, is_stopping;
	struct http_list idle, busy, streams;
	struct http_connection *queue_first, *queue_last;
	uint64_t last_id, body_bytes; /* of all bodies that are here */
	struct http_server_figures figures;
	struct http_lingering lingering[HTTP_LINGERING_MAX];
	unsigned n_lingering;
};

int64_t http_now_us(void);
static inline int64_t http_now_ms(void) { return http_now_us() / 1000; }

/* network.c */
bool http_network_start(struct http_server *s);

/* connection.c: lists and stages; the caller holds the lock. */
void http_enter(struct http_connection *c, enum stage stage, int64_t now_ms);
void http_leave(struct http_connection *c);
/** Shut the socket down; libmicrohttpd notices and closes. */
void http_cut(struct http_connection *c);
/** Read away what came. @return 0: the other side has closed; -1: not yet; else that many bytes, and there may be more
 */
long http_read_away(int fd);
/** Take the first of the queue, or NULL. It is left in no stage but STAGE_WAITING. */
struct http_connection *http_queue_take(struct http_server *s);
/** Put it behind the others, and wake a worker. It is of STAGE_WAITING. */
void http_queue_put(struct http_connection *c);

/* stream.c */
/** Make a stream of a request that was served. NULL: there are too many, or no memory. */
struct MHD_Response *http_stream_begin(struct http_connection *c, struct http_response *rs);
/** It was served again, or could not be. */
void http_stream_go_on(struct http_connection *c, const struct http_response *rs, bool is_served);
void http_stream_put_off(struct http_connection *c, int64_t now);
void http_streams_look(struct http_server *s, int64_t now);
void http_stream_end(struct http_connection *c);

/* worker.c */
void *http_work(void *server);

/* watchdog.c */
void *http_watch(void *server);

/* request.c: what came, as the program knows it. @return 0, or the status to refuse it with */
int http_request_read(struct lg_ctx *cx, struct http_request *out, const struct http_connection *c);

/* answer.c */
/** A plain short answer that ends the connection. */
struct MHD_Response *http_refusal(unsigned status, uint64_t id);
/** The same, sent past the library, which then finds the connection shut. */
void http_refuse_past_library(struct http_connection *c, unsigned status);
/** The response as the library wants it; takes rs->body over, of which only len is left. NULL: no memory. */
struct MHD_Response *http_answer(struct http_response *rs, bool closes);
/** Its type and headers. @return false: one of them is the server's own to send */
bool http_answer_head(struct MHD_Response *r, const struct http_response *rs, bool closes);
/** Note a refusal in the log and in the figures. The caller does not hold the lock. */
void http_note_refusal(struct http_server *s, const struct http_connection *c, unsigned status, const char *why);
/** Give a suspended connection back to the network thread with its answer. It may be gone when this returns. */
void http_hand_over(struct http_connection *c, struct MHD_Response *answer, unsigned status, uint64_t bytes);
#endif
