/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "cmd/parser.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/utf8.h"
#include "cmd/parser_frame.h"

static int supervisor = -1;
static _Atomic unsigned running;

void parser_use_supervisor(int control) { supervisor = control; }

/* --- the dialogue */

struct talk {
	const char *input;
	size_t n, sent;
	int to, from;
	struct lg_buf got;
	size_t most;
	int64_t until_ms;
};

static int64_t clock_ms(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void shut(int *fd)
{
	if (*fd >= 0) (void)close(*fd);
	*fd = -1;
}

/* A parser that does not read on has answered already, or is no more. */
static void send_some(struct talk *t)
{
	ssize_t n = write(t->to, t->input + t->sent, t->n - t->sent);
	if (n > 0) t->sent += (size_t)n;
	if (t->sent == t->n || (n < 0 && errno != EAGAIN && errno != EINTR)) shut(&t->to);
}

/* @return false: it said more than it may */
static bool receive_some(struct talk *t)
{
	char some[16384];
	ssize_t n = read(t->from, some, sizeof some);
	if (n > 0) lg_put(&t->got, some, (size_t)n);
	if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR)) shut(&t->from);
	return t->got.len <= t->most;
}

/* @return false: not in time, or too much */
static bool exchange(struct talk *t)
{
	while (t->from >= 0) {
		int64_t left = t->until_ms - clock_ms();
		struct pollfd ends[] = { { .fd = t->from, .events = POLLIN }, { .fd = t->to, .events = POLLOUT } };
		if (left <= 0 || (poll(ends, 2, (int)left) < 0 && errno != EINTR)) return false;
		if (ends[1].revents) send_some(t);
		if (ends[0].revents && !receive_some(t)) return false;
	}
	return true;
}

static enum lg_err no_answer(struct lg_ctx *cx)
{
	return lg_fail(
	    cx, LG_INVALID, "upload",
	    "This file could not be read: it is damaged, or too much work. Try to save it anew, or as plain text.");
}

/* What a parser says is believed no more than what it was given. */
static enum lg_err take_frame(struct lg_ctx *cx, const struct parser_row *row, const struct lg_buf *got,
                              struct lg_buf *out)
{
	struct parser_frame head;
	if (got->len < sizeof head) return no_answer(cx);
	memcpy(&head, got->data, sizeof head);
	const char *text = got->data + sizeof head;
	size_t n = got->len - sizeof head;
	if (head.mark != PARSER_MARK || head.n != n || n > row->most_out || lg_utf8_span(text, n) != n)
		return no_answer(cx);
	if (head.err == LG_OK) {
		lg_put(out, text, n);
		return LG_OK;
	}
	if (n > PARSER_MOST_NOTE || memchr(text, '\0', n)) return no_answer(cx);
	return lg_fail(cx, LG_INVALID, "upload", lg_strndup(cx->mem, text, n));
}

enum lg_err parser_talk(struct lg_ctx *cx, const struct parser_row *row, int to, int from, const void *input, size_t n,
                        struct lg_buf *out)
{
	struct talk t = { .input = input, .n = n, .to = to, .from = from };
	t.most = row->most_out + sizeof(struct parser_frame);
	int64_t twice_ms = (int64_t)row->cpu_s * 2000;
	t.until_ms = clock_ms() + (twice_ms > PARSER_WALL_MS ? twice_ms : PARSER_WALL_MS);
	(void)fcntl(to, F_SETFL, O_NONBLOCK);
	(void)fcntl(from, F_SETFL, O_NONBLOCK);
	if (!n) shut(&t.to);
	enum lg_err err = exchange(&t) ? take_frame(cx, row, &t.got, out) : no_answer(cx);
	shut(&t.to);
	shut(&t.from);
	lg_buf_free(&t.got);
	return err;
}

/* --- starting one */

pid_t parser_start(const char *const *argv, int in, int out)
{
	int exe = open("/proc/self/exe", O_RDONLY | O_CLOEXEC), none = open("/dev/null", O_WRONLY | O_CLOEXEC);
	char *const nothing[] = { NULL };
	pid_t pid = exe < 0 || none < 0 ? -1 : fork();
	if (pid == 0) {
		/* Between fork and exec only calls that signal handlers may make. */
		sigset_t empty;
		(void)sigemptyset(&empty);
		(void)sigprocmask(SIG_SETMASK, &empty, NULL);
		(void)signal(SIGPIPE, SIG_DFL);
		int high = fcntl(exe, F_DUPFD_CLOEXEC, 10), from = fcntl(in, F_DUPFD_CLOEXEC, 10),
		    to = fcntl(out, F_DUPFD_CLOEXEC, 10), no = fcntl(none, F_DUPFD_CLOEXEC, 10);
		if (dup2(from, 0) == 0 && dup2(to, 1) == 1 && dup2(no, 2) == 2)
			(void)execveat(high, "", (char *const *)(uintptr_t)argv, nothing, AT_EMPTY_PATH);
		_exit(127);
	}
	int why = errno;
	if (exe >= 0) (void)close(exe);
	if (none >= 0) (void)close(none);
	errno = why;
	return pid;
}

static enum lg_err not_started(struct lg_ctx *cx, const char *what)
{
	return lg_failf(cx, LG_FAULT, "parser", "%s: %s", what, strerror(errno));
}

/* Without a supervisor: our own child, waited for. */
static enum lg_err run_alone(struct lg_ctx *cx, const struct parser_row *row, const int in[2], const int out[2],
                             const void *input, size_t n, struct lg_buf *to)
{
	const char *const argv[] = { "landgang", "serve", "--child", "parser", "--kind", row->name, NULL };
	pid_t pid = parser_start(argv, in[0], out[1]);
	(void)close(in[0]);
	(void)close(out[1]);
	if (pid < 0) {
		(void)close(in[1]);
		(void)close(out[0]);
		return not_started(cx, "cannot be started");
	}
	enum lg_err err = parser_talk(cx, row, in[1], out[0], input, n, to);
	(void)kill(pid, SIGKILL);
	while (waitpid(pid, NULL, 0) < 0 && errno == EINTR) {}
	return err;
}

static bool send_request(int control, uint8_t kind, int in, int out)
{
	union {
		char bytes[CMSG_SPACE(2 * sizeof(int))];
		struct cmsghdr align;
	} room = { 0 };
	struct iovec one = { &kind, 1 };
	struct msghdr m = {
		.msg_iov = &one, .msg_iovlen = 1, .msg_control = room.bytes, .msg_controllen = sizeof room.bytes
	};
	struct cmsghdr *c = CMSG_FIRSTHDR(&m);
	const int ends[2] = { in, out };
	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(sizeof ends);
	memcpy(CMSG_DATA(c), ends, sizeof ends);
	return sendmsg(control, &m, MSG_NOSIGNAL | MSG_DONTWAIT) == 1;
}

static enum lg_err run_by_supervisor(struct lg_ctx *cx, enum parser_kind kind, const int in[2], const int out[2],
                                     const void *input, size_t n, struct lg_buf *to)
{
	bool asked = send_request(supervisor, (uint8_t)kind, in[0], out[1]);
	(void)close(in[0]);
	(void)close(out[1]);
	if (asked) return parser_talk(cx, &parser_rows[kind], in[1], out[0], input, n, to);
	(void)close(in[1]);
	(void)close(out[0]);
	return not_started(cx, "the supervisor does not answer");
}

static enum lg_err run_bounded(struct lg_ctx *cx, enum parser_kind kind, const void *input, size_t n, struct lg_buf *to)
{
	int in[2], out[2];
	if (pipe2(in, O_CLOEXEC) != 0) return not_started(cx, "pipe");
	if (pipe2(out, O_CLOEXEC) != 0) {
		(void)close(in[0]);
		(void)close(in[1]);
		return not_started(cx, "pipe");
	}
	if (supervisor >= 0) return run_by_supervisor(cx, kind, in, out, input, n, to);
	return run_alone(cx, &parser_rows[kind], in, out, input, n, to);
}

enum lg_err parser_run(struct lg_ctx *cx, enum parser_kind kind, const void *input, size_t n, struct lg_buf *out)
{
	const struct parser_row *row = &parser_rows[kind];
	if (n > row->most_in)
		return lg_failf(cx, LG_INVALID, "upload", "This file is larger than %zu KiB.", row->most_in >> 10);
	if (atomic_fetch_add(&running, 1) >= PARSERS_AT_ONCE) {
		(void)atomic_fetch_sub(&running, 1);
		return lg_fail(cx, LG_BUSY, "upload",
		               "Many files are being read just now; please try again in a moment.");
	}
	enum lg_err err = run_bounded(cx, kind, input, n, out);
	(void)atomic_fetch_sub(&running, 1);
	return err;
}

enum lg_err parser_run_named(struct lg_ctx *cx, const char *kind, const void *input, size_t n, struct lg_buf *out)
{
	for (unsigned i = 0; i < PARSERS; i++)
		if (!strcmp(parser_rows[i].name, kind)) return parser_run(cx, (enum parser_kind)i, input, n, out);
	return lg_failf(cx, LG_FAULT, "parser", "%s: there is no such parser", kind);
}

/* --- the supervisor's side */

/* @return how many descriptors came with it; all but the first two are closed */
static size_t received(struct msghdr *m, int ends[2])
{
	size_t n = 0;
	for (struct cmsghdr *c = CMSG_FIRSTHDR(m); c; c = CMSG_NXTHDR(m, c)) {
		if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS) continue;
		for (size_t at = CMSG_LEN(0); at + sizeof(int) <= c->cmsg_len; at += sizeof(int), n++) {
			int fd;
			memcpy(&fd, (char *)c + at, sizeof fd);
			if (n < 2)
				ends[n] = fd;
			else
				(void)close(fd);
		}
	}
	return n;
}

pid_t parser_take_request(int control, bool full)
{
	union {
		char bytes[CMSG_SPACE(2 * sizeof(int))];
		struct cmsghdr align;
	} room;
	uint8_t kind = PARSERS;
	struct iovec one = { &kind, 1 };
	struct msghdr m = {
		.msg_iov = &one, .msg_iovlen = 1, .msg_control = room.bytes, .msg_controllen = sizeof room.bytes
	};
	int ends[2] = { -1, -1 };
	ssize_t got = recvmsg(control, &m, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
	if (got < 0) return -1;
	size_t n = received(&m, ends);
	pid_t pid = 0;
	if (got == 1 && n == 2 && kind < PARSERS && !full) {
		const char *const argv[] = { "landgang", "serve", "--child", "parser", "--kind", parser_rows[kind].name,
			                     NULL };
		pid = parser_start(argv, ends[0], ends[1]);
		if (pid < 0) pid = 0;
	}
	shut(&ends[0]);
	shut(&ends[1]);
	return got == 0 && n == 0 ? -1 : pid;
}
