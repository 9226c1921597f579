/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/frame.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdbool.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/log.h"

enum { THREADS_MOST = 64, SLOW_S = 5, LOOK_MS = 10000 };

static void let_go(void *value) { json_decref(value); }

static enum lg_err gone(struct lg_ctx *cx)
{
	return lg_fail(cx, LG_BUSY, NULL, "the process at the other end does not answer");
}

static bool read_all(int fd, void *to, size_t n)
{
	for (size_t at = 0; at < n;) {
		ssize_t got = recv(fd, (char *)to + at, n - at, 0);
		if (got < 0 && errno == EINTR) continue;
		if (got <= 0) return false;
		at += (size_t)got;
	}
	return true;
}

static bool write_all(int fd, const void *from, size_t n)
{
	for (size_t at = 0; at < n;) {
		ssize_t put = send(fd, (const char *)from + at, n - at, MSG_NOSIGNAL);
		if (put < 0 && errno == EINTR) continue;
		if (put <= 0) return false;
		at += (size_t)put;
	}
	return true;
}

enum lg_err frame_read(struct lg_ctx *cx, int fd, json_t **out)
{
	uint32_t length;
	if (!read_all(fd, &length, sizeof length)) return gone(cx);
	size_t n = ntohl(length);
	if (n > FRAME_MOST) return lg_fail(cx, LG_INVALID, NULL, "the frame is too long");
	char *text = lg_alloc(cx->mem, n + 1);
	if (!read_all(fd, text, n)) return gone(cx);
	json_t *object = json_loadb(text, n, JSON_REJECT_DUPLICATES, NULL);
	if (object) lg_defer(cx->mem, let_go, object);
	if (!json_is_object(object)) return lg_fail(cx, LG_INVALID, NULL, "the frame holds no JSON object");
	*out = object;
	return LG_OK;
}

enum lg_err frame_write(struct lg_ctx *cx, int fd, const json_t *object)
{
	size_t n = json_dumpb(object, NULL, 0, JSON_COMPACT);
	if (n == 0 || n > FRAME_MOST) return lg_fail(cx, LG_INVALID, NULL, "the frame would be too long");
	char *frame = lg_alloc(cx->mem, n + sizeof(uint32_t));
	uint32_t length = htonl((uint32_t)n);
	memcpy(frame, &length, sizeof length);
	(void)json_dumpb(object, frame + sizeof length, n, JSON_COMPACT);
	return write_all(fd, frame, n + sizeof length) ? LG_OK : gone(cx);
}

/* --- asking */

static void close_fd(void *fd) { (void)close(*(int *)fd); }

static bool wait_at_most(int fd, unsigned seconds)
{
	struct timeval wait = { .tv_sec = seconds };
	return !setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait) &&
	       !setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof wait);
}

static enum lg_err reach(struct lg_ctx *cx, const char *path, unsigned wait_s, int *out)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	if (!path || strlen(path) >= sizeof to.sun_path) return gone(cx);
	(void)strcpy(to.sun_path, path);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0) return gone(cx);
	int *kept = lg_alloc(cx->mem, sizeof *kept);
	*kept = *out = fd;
	lg_defer(cx->mem, close_fd, kept);
	if (!wait_at_most(fd, wait_s) || connect(fd, (const struct sockaddr *)&to, sizeof to)) return gone(cx);
	return LG_OK;
}

enum lg_err frame_ask(struct lg_ctx *cx, const char *socket, unsigned wait_s, json_t **out, json_t *question)
{
	/* NULL: one of the texts was none that JSON knows; that is the caller's user's. */
	if (!question) return lg_fail(cx, LG_INVALID, NULL, "This is not text.");
	lg_defer(cx->mem, let_go, question);
	int fd = -1;
	LG_TRY(reach(cx, socket, wait_s, &fd));
	LG_TRY(frame_write(cx, fd, question));
	return frame_read(cx, fd, out);
}

/* --- answering */

static void *work(void *arg)
{
	const struct frame_crew *crew = arg;
	struct lg_ctx cx = { .mem = lg_arena_new(crew->memory, NULL) };
	struct pollfd wait[] = { { .fd = crew->listen_fd, .events = POLLIN },
		                 { .fd = crew->stop_fd, .events = POLLIN } };
	for (;;) {
		int ready = poll(wait, 2, LOOK_MS);
		if (crew->look) crew->look();
		if (ready == 0 || (ready < 0 && errno == EINTR)) continue;
		if (ready < 0 || wait[1].revents) break;
		/* All threads wake; those that come too late find nothing, as the socket does not block. */
		int fd = accept4(crew->listen_fd, NULL, NULL, SOCK_CLOEXEC);
		if (fd < 0) continue;
		(void)wait_at_most(fd, SLOW_S);
		if (getrandom(&cx.id, sizeof cx.id, 0) < 0) cx.id = 0;
		cx.now = crew->now();
		cx.notes = NULL;
		crew->serve(&cx, fd, crew->with);
		(void)close(fd);
		lg_arena_reset(cx.mem);
	}
	lg_arena_free(cx.mem);
	return NULL;
}

enum lg_err frame_serve(struct lg_ctx *cx, const struct frame_crew *crew)
{
	pthread_t threads[THREADS_MOST];
	unsigned n = 0, wanted = crew->threads < 1 ? 1 : crew->threads > THREADS_MOST ? THREADS_MOST : crew->threads;
	if (fcntl(crew->listen_fd, F_SETFL, O_NONBLOCK) < 0)
		return lg_fail(cx, LG_FAULT, NULL, "the socket cannot be made not to block");
	while (n < wanted && !pthread_create(&threads[n], NULL, work, (void *)(uintptr_t)crew)) n++;
	if (n == 0) return lg_fail(cx, LG_FAULT, NULL, "no thread can be started");
	for (unsigned i = 0; i < n; i++) (void)pthread_join(threads[i], NULL);
	return LG_OK;
}
