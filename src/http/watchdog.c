/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <linux/tcp.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "http/inner.h"

/*
 * The library closes what is silent. It does not see what trickles: a byte now and then keeps a head or a body open for
 * ever. So there is a clock of its own, which looks at every connection a few times in the shortest of the limits.
 */
enum { TICK_LEAST_MS = 10, TICK_MOST_MS = 250, TICK_STREAMS_MS = 100, BYTES_A_MS = 1 /* slower is a trickle */ };

static unsigned tick_ms(const struct http_server_config *config)
{
	unsigned least = config->wait_ms;
	if (config->head_ms < least) least = config->head_ms;
	if (config->body_ms < least) least = config->body_ms;
	least /= 4;
	return least < TICK_LEAST_MS ? TICK_LEAST_MS : least > TICK_MOST_MS ? TICK_MOST_MS : least;
}

/* What the kernel has received on it so far; 0 when it does not know (a unix socket). */
static uint64_t received(int fd)
{
	struct tcp_info info = { 0 };
	socklen_t n = sizeof info;
	return getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &n) == 0 ? info.tcpi_bytes_received : 0;
}

/*
 * Between two requests: has the next begun? More has come since the last look, and no head of it was whole. What came
 * before the first look is not seen; such a connection is cut after idle_ms.
 */
static void notice_head(struct http_connection *c, int64_t now)
{
	uint64_t bytes = received(c->fd);
	if (c->seen && bytes > c->seen) c->head_at = now;
	c->seen = bytes;
}

static bool is_idle_too_long(struct http_connection *c, int64_t now)
{
	const struct http_server *s = c->server;
	if (s->is_draining && (!c->head_at || now - c->since > TICK_MOST_MS)) return true;
	if (!c->head_at) notice_head(c, now);
	return c->head_at ? now - c->head_at > s->config.head_ms : now - c->since > s->config.idle_ms;
}

static bool is_busy_too_long(const struct http_connection *c, int64_t now)
{
	int64_t body_ms = c->server->config.body_ms, whole_ms = body_ms + (int64_t)c->bytes / BYTES_A_MS;
	if (c->stage == STAGE_BODY && now - c->progress > body_ms) return true;
	return (c->stage == STAGE_BODY || c->stage == STAGE_ANSWER) && now - c->since > whole_ms;
}

/* Bytes lie there unread: then it is we who are slow. */
static bool is_our_turn(const struct http_connection *c)
{
	int n = 0;
	return c->stage != STAGE_ANSWER && ioctl(c->fd, FIONREAD, &n) == 0 && n > 0;
}

static void cut_the_slow(struct http_server *s, int64_t now)
{
	for (struct http_connection *c = s->idle.first; c; c = c->next)
		if (!c->is_cut && is_idle_too_long(c, now) && !is_our_turn(c)) http_cut(c);
	for (struct http_connection *c = s->busy.first; c; c = c->next)
		if (!c->is_cut && is_busy_too_long(c, now) && !is_our_turn(c)) http_cut(c);
}

static void read_away(struct http_server *s, int64_t now)
{
	for (unsigned i = 0; i < s->n_lingering;) {
		struct http_lingering *l = &s->lingering[i];
		if (http_read_away(l->fd) && now < l->until) {
			i++;
			continue;
		}
		(void)close(l->fd);
		*l = s->lingering[--s->n_lingering];
	}
}

/* Take from the queue what waited too long, and refuse it. The caller holds the lock, which is let go meanwhile. */
static void refuse_the_late(struct http_server *s, int64_t now)
{
	struct http_connection *late = NULL;
	while (s->queue_first && now - s->queue_first->since > s->config.wait_ms) {
		struct http_connection *c = http_queue_take(s);
		c->later = late;
		late = c;
	}
	if (!late) return;
	pthread_mutex_unlock(&s->lock);
	for (struct http_connection *c = late, *next; c; c = next) {
		next = c->later;
		c->later = NULL;
		if (c->stream) {
			pthread_mutex_lock(&s->lock);
			http_stream_put_off(c, now);
			pthread_mutex_unlock(&s->lock);
			continue;
		}
		http_note_refusal(s, c, 503, "waited too long");
		c->is_refused = true;
		http_hand_over(c, http_refusal(503, c->id), 503, 0);
	}
	pthread_mutex_lock(&s->lock);
}

void *http_watch(void *server)
{
	struct http_server *s = server;
	unsigned tick = tick_ms(&s->config);
	int64_t due = 0;
	pthread_mutex_lock(&s->lock);
	while (!s->is_stopping) {
		struct timespec until;
		unsigned wait = s->streams.first && tick > TICK_STREAMS_MS ? TICK_STREAMS_MS : tick;
		int64_t next = http_now_us() + wait * INT64_C(1000), now;
		until = (struct timespec){ .tv_sec = next / 1000000, .tv_nsec = next % 1000000 * 1000 };
		bool is_called = pthread_cond_timedwait(&s->tick, &s->lock, &until) == 0;
		now = http_now_ms();
		if (is_called || now >= due) {
			due = now + tick;
			cut_the_slow(s, now);
			read_away(s, now);
			refuse_the_late(s, now);
		}
		http_streams_look(s, now);
	}
	read_away(s, INT64_MAX);
	pthread_mutex_unlock(&s->lock);
	return NULL;
}
