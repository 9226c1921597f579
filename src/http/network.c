/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <arpa/inet.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "http/inner.h"

/* Bodies of so many times the limit of one may be here at once; what comes then is told to come later. */
enum { BODIES_MOST = 64 };
/* More than the limit, because one that was cut to make room is still there until its turn comes. */
enum { CONNECTIONS_SPARE = 64 };

/* ---- Connections come and go. ---- */

static void print_peer(char out[INET6_ADDRSTRLEN], const struct sockaddr *peer)
{
	const struct sockaddr_in *four = (const void *)peer;
	const struct sockaddr_in6 *six = (const void *)peer;
	strcpy(out, "unix");
	if (peer && peer->sa_family == AF_INET)
		(void)inet_ntop(AF_INET, &four->sin_addr, out, INET6_ADDRSTRLEN);
	else if (peer && peer->sa_family == AF_INET6 && IN6_IS_ADDR_V4MAPPED(&six->sin6_addr))
		(void)inet_ntop(AF_INET, &six->sin6_addr.s6_addr[12], out, INET6_ADDRSTRLEN);
	else if (peer && peer->sa_family == AF_INET6)
		(void)inet_ntop(AF_INET6, &six->sin6_addr, out, INET6_ADDRSTRLEN);
}

/* Is there room, or can some be made by cutting the oldest idle one? */
static enum MHD_Result may_connect(void *with, const struct sockaddr *peer, socklen_t n)
{
	struct http_server *s = with;
	enum MHD_Result may = MHD_YES;
	(void)peer;
	(void)n;
	pthread_mutex_lock(&s->lock);
	if (s->figures.connections >= s->config.connections) {
		struct http_connection *c = s->idle.first;
		while (c && c->is_cut) c = c->next;
		if (c) {
			http_cut(c);
		} else {
			s->figures.refused_busy++;
			may = MHD_NO;
		}
	}
	pthread_mutex_unlock(&s->lock);
	return may;
}

static void connected(struct http_server *s, struct MHD_Connection *mhd, void **socket_context)
{
	struct http_connection *c = calloc(1, sizeof *c);
	lg_assert(c);
	c->server = s;
	c->mhd = mhd;
	c->fd = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
	print_peer(c->peer, MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr);
	*socket_context = c;
	int64_t now = http_now_ms();
	pthread_mutex_lock(&s->lock);
	http_enter(c, STAGE_HEAD, now);
	c->head_at = now;
	s->figures.connections++;
	pthread_mutex_unlock(&s->lock);
}

/*
 * Closed with bytes unread, a connection is reset, and the client may never see why. So the bytes are read away; and
 * while more may come, because it does not know yet, the watchdog holds a copy of the socket and goes on with it.
 */
static void linger(struct http_connection *c)
{
	struct http_server *s = c->server;
	long came = http_read_away(c->fd);
	if (!came || (came < 0 && !c->is_refused) || s->n_lingering == HTTP_LINGERING_MAX || s->is_stopping) return;
	int fd = fcntl(c->fd, F_DUPFD_CLOEXEC, 0);
	if (fd < 0) return;
	(void)shutdown(fd, SHUT_WR);
	s->lingering[s->n_lingering++] = (struct http_lingering){ fd, http_now_ms() + HTTP_LINGER_MS };
}

static void disconnected(struct http_connection *c)
{
	struct http_server *s = c->server;
	pthread_mutex_lock(&s->lock);
	http_leave(c);
	if (!c->is_cut || c->is_refused) linger(c);
	s->figures.connections--;
	pthread_mutex_unlock(&s->lock);
	lg_buf_free(&c->target);
	lg_buf_free(&c->body);
	free(c);
}

static void on_connection(void *with, struct MHD_Connection *mhd, void **socket_context,
                          enum MHD_ConnectionNotificationCode what)
{
	if (what == MHD_CONNECTION_NOTIFY_STARTED)
		connected(with, mhd, socket_context);
	else if (*socket_context)
		disconnected(*socket_context);
}

/* ---- A request. ---- */

/* First sight of a request: its first line, before the library cuts it apart. */
static void *on_target(void *with, const char *target, struct MHD_Connection *mhd)
{
	struct http_connection *c = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
	(void)with;
	c->head = (struct http_head){ .n = 0 };
	c->head.target = (struct http_span){ target, target ? strlen(target) : 0 };
	lg_buf_clear(&c->target);
	lg_puts(&c->target, target ? target : "");
	c->head.asked = c->target.data;
	c->has_line = true;
	c->has_begun = c->is_answered = false;
	c->body_status = 0;
	return c;
}

static enum MHD_Result on_line(void *with, enum MHD_ValueKind kind, const char *name, size_t n_name, const char *value,
                               size_t n_value)
{
	struct http_head *h = with;
	(void)kind;
	if (h->n++ >= HTTP_LINES_MAX) return MHD_NO;
	h->lines[h->n - 1] = (struct http_line){ { name, n_name }, { value ? value : "", n_value } };
	return MHD_YES;
}

static enum MHD_Result queue_answer(struct http_connection *c, struct MHD_Response *answer, unsigned status)
{
	if (!answer) return MHD_NO;
	enum MHD_Result result = MHD_queue_response(c->mhd, status, answer);
	MHD_destroy_response(answer);
	return result;
}

static enum MHD_Result refuse(struct http_connection *c, int status, const char *why)
{
	http_note_refusal(c->server, c, (unsigned)status, why);
	c->is_refused = true;
	pthread_mutex_lock(&c->server->lock);
	http_enter(c, STAGE_ANSWER, http_now_ms());
	c->bytes = 0;
	pthread_mutex_unlock(&c->server->lock);
	return queue_answer(c, http_refusal((unsigned)status, c->id), (unsigned)status);
}

/* Ids need not be secret, only different: a counter, stirred (splitmix64). */
static uint64_t new_id(struct http_server *s)
{
	uint64_t z = s->seed + ++s->last_id * 0x9E3779B97F4A7C15u;
	z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
	z = (z ^ z >> 27) * 0x94D049BB133111EBu;
	return z ^ z >> 31;
}

/*
 * Is there no room for one more? Also when those that wait have to wait for long: who is told so at once can try again,
 * who waits for the end of a queue that never gets shorter finds an answer nobody looks at any more. The caller holds
 * the lock.
 */
static bool is_full(const struct http_server *s, int64_t now_ms)
{
	const struct http_server_config *config = &s->config;
	if (s->figures.waiting >= config->queue) return true;
	return config->late_ms && s->figures.waiting >= 2 * config->workers &&
	       now_ms - s->queue_first->since > config->late_ms;
}

static enum MHD_Result on_head(struct http_connection *c, const char *method, const char *version)
{
	struct http_server *s = c->server;
	const char *why;
	int64_t now = http_now_ms();
	c->has_begun = true;
	c->head.method = (struct http_span){ method, strlen(method) };
	c->head.version = (struct http_span){ version, strlen(version) };
	c->head.n = 0;
	c->head.size = MHD_get_connection_info(c->mhd, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE)->header_size;
	(void)MHD_get_connection_values_n(c->mhd, MHD_HEADER_KIND, on_line, &c->head);
	int status = http_head_check(&c->head, s->config.most_head, s->config.most_body, &why);
	pthread_mutex_lock(&s->lock);
	c->id = new_id(s);
	bool full = is_full(s, now);
	if (!status && (c->head.length || c->head.chunked)) {
		http_enter(c, STAGE_BODY, now);
		c->progress = now;
		c->bytes = 0;
	}
	pthread_mutex_unlock(&s->lock);
	if (status) return refuse(c, status, why);
	return full ? refuse(c, 503, "queue full") : MHD_YES;
}

static enum MHD_Result on_body(struct http_connection *c, const char *bytes, size_t n)
{
	struct http_server *s = c->server;
	size_t most = s->config.most_body;
	pthread_mutex_lock(&s->lock);
	c->progress = http_now_ms();
	c->bytes += n;
	if (!c->body_status && n > most - c->body.len) c->body_status = 413;
	if (!c->body_status && s->body_bytes + n > BODIES_MOST * (uint64_t)most) c->body_status = 503;
	if (!c->body_status) {
		s->body_bytes += n;
		c->n_body += n;
	}
	/* Read on a little, so that a client that first sends all finds the answer. */
	bool may_go_on = c->bytes <= most + most / 2 + 65536;
	pthread_mutex_unlock(&s->lock);
	if (!c->body_status) lg_put(&c->body, bytes, n);
	return may_go_on ? MHD_YES : MHD_NO;
}

/* All of it is there: into the queue. Only this thread puts, so a place that is free stays free. */
static enum MHD_Result on_whole(struct http_connection *c)
{
	struct http_server *s = c->server;
	if (c->body_status)
		return refuse(c, (int)c->body_status, c->body_status == 413 ? "body too large" : "too many bodies");
	pthread_mutex_lock(&s->lock);
	bool full = is_full(s, http_now_ms()) || s->is_stopping;
	pthread_mutex_unlock(&s->lock);
	if (full) return refuse(c, 503, "queue full");
	c->whole_us = http_now_us();
	MHD_suspend_connection(c->mhd);
	pthread_mutex_lock(&s->lock);
	http_enter(c, STAGE_WAITING, c->whole_us / 1000);
	http_queue_put(c);
	pthread_mutex_unlock(&s->lock);
	return MHD_YES;
}

/* Called for the head, for each piece of the body, at the body's end, and once more when the connection was resumed. */
static enum MHD_Result on_request(void *with, struct MHD_Connection *mhd, const char *url, const char *method,
                                  const char *version, const char *bytes, size_t *n, void **request)
{
	struct http_connection *c = *request;
	(void)with;
	(void)mhd;
	(void)url;
	if (!c->has_begun) return on_head(c, method, version);
	if (*n) {
		size_t came = *n;
		*n = 0;
		return on_body(c, bytes, came);
	}
	if (!c->is_answered) return on_whole(c);
	struct MHD_Response *answer = c->answer;
	c->answer = NULL;
	return queue_answer(c, answer, c->status);
}

/* The answer was sent, or the connection broke. */
static void on_end(void *with, struct MHD_Connection *mhd, void **request, enum MHD_RequestTerminationCode how)
{
	struct http_connection *c = *request;
	(void)with;
	(void)mhd;
	(void)how;
	if (!c) return;
	if (c->answer) MHD_destroy_response(c->answer);
	c->answer = NULL;
	lg_buf_free(&c->body);
	pthread_mutex_lock(&c->server->lock);
	/* The library found fault with it, and has said so itself. */
	if (!c->has_begun || c->stage == STAGE_BODY) c->server->figures.refused_bad += !c->is_cut;
	http_enter(c, STAGE_HEAD, http_now_ms());
	c->head_at = 0;
	c->seen = 0;
	c->server->body_bytes -= c->n_body;
	c->n_body = 0;
	pthread_mutex_unlock(&c->server->lock);
	http_stream_end(c); /* now that nobody finds it in the list of streams */
	c->has_line = c->has_begun = false;
}

/* Whose head is just whole and has a Content-Length that is no number? The caller holds the lock. */
static struct http_connection *with_bad_length(struct http_server *s, int *status)
{
	for (struct http_connection *c = s->idle.first; c; c = c->next) {
		if (!c->has_line || c->has_begun || c->is_cut) continue;
		c->head.n = 0;
		(void)MHD_get_connection_values_n(c->mhd, MHD_HEADER_KIND, on_line, &c->head);
		*status = http_head_length_fault(&c->head);
		if (*status) return c;
	}
	return NULL;
}

/* The one that is sending a body in chunks, if there is one only. The caller holds the lock. */
static struct http_connection *only_chunked(struct http_server *s)
{
	struct http_connection *one = NULL;
	for (struct http_connection *c = s->busy.first; c; c = c->next) {
		if (c->stage != STAGE_BODY || !c->head.chunked || c->is_cut) continue;
		if (one) return NULL;
		one = c;
	}
	return one;
}

/*
 * Two faults the library finds itself, and answers badly (0.9.75): a Content-Length that is no number it refuses twice
 * over, a size of a chunk with more behind it than it has room for, with 500. It says so in its log before that, though
 * not of whom. Where that can be told, our answer goes out, and the library has nobody left to talk to.
 */
static void on_log(void *with, const char *format, va_list ap)
{
	struct http_server *s = with;
	struct http_connection *c = NULL;
	int status = 400;
	bool is_length = strstr(format, "Content-Length"), is_answer = strstr(format, "HTTP response code");
	if (!is_length && (!is_answer || va_arg(ap, unsigned) != 500)) return;
	pthread_mutex_lock(&s->lock);
	c = is_length ? with_bad_length(s, &status) : only_chunked(s);
	if (c) c->is_cut = c->is_refused = true;
	if (c && is_length) c->id = new_id(s);
	pthread_mutex_unlock(&s->lock);
	if (!c) return;
	http_note_refusal(s, c, (unsigned)status, is_length ? "content-length" : "chunk");
	http_refuse_past_library(c, (unsigned)status);
}

/* Targets are decoded by http_read_target(), which is stricter. */
static size_t leave_encoded(void *with, struct MHD_Connection *mhd, char *text)
{
	(void)with;
	(void)mhd;
	return strlen(text);
}

bool http_network_start(struct http_server *s)
{
	const struct http_server_config *config = &s->config;
	unsigned most_ms = config->idle_ms > config->body_ms ? config->idle_ms : config->body_ms;
	/* The head twice, for the records the library makes of its lines; and room for the answer's head. */
	size_t memory = config->most_head * 2 + 16384;
	unsigned flags =
	    MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG; /* on_log() */
	struct MHD_OptionItem options[] = {
		{ MHD_OPTION_LISTEN_SOCKET, s->listen_fd, NULL },
		{ MHD_OPTION_CONNECTION_LIMIT, config->connections + CONNECTIONS_SPARE, NULL },
		{ MHD_OPTION_CONNECTION_MEMORY_LIMIT, (intptr_t)memory, NULL },
		{ MHD_OPTION_CONNECTION_MEMORY_INCREMENT, 4096, NULL },
		{ MHD_OPTION_CONNECTION_TIMEOUT, most_ms / 1000 + 2, NULL },
		{ MHD_OPTION_STRICT_FOR_CLIENT, 0, NULL }, /* http_head_check() is, and tells why */
		{ MHD_OPTION_END, 0, NULL },
	};
	s->daemon = MHD_start_daemon(flags, 0, may_connect, s, on_request, s, MHD_OPTION_EXTERNAL_LOGGER, on_log, s,
	                             MHD_OPTION_NOTIFY_CONNECTION, on_connection, s, MHD_OPTION_NOTIFY_COMPLETED,
	                             on_end, s, MHD_OPTION_URI_LOG_CALLBACK, on_target, s, MHD_OPTION_UNESCAPE_CALLBACK,
	                             leave_encoded, s, MHD_OPTION_ARRAY, options, MHD_OPTION_END);
	return s->daemon != NULL;
}
