/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "cmd/probe.h"

#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { ANSWER_MS = 3000, PAUSE_MS = 50 };
static const char question[] = "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
static const char answer[] = "HTTP/1.1 200";

void probe_begin(struct probe *p, int listen) { *p = (struct probe){ .listen = listen, .fd = -1 }; }

int probe_fd(const struct probe *p) { return p->fd; }

void probe_end(struct probe *p)
{
	if (p->fd >= 0) (void)close(p->fd);
	p->fd = -1;
}

/* All addresses are listened to? Then ourselves by the loopback one. */
static void by_loopback(struct sockaddr_storage *to)
{
	struct sockaddr_in *v4 = (struct sockaddr_in *)(void *)to;
	struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)(void *)to;
	if (to->ss_family == AF_INET && v4->sin_addr.s_addr == htonl(INADDR_ANY))
		v4->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (to->ss_family == AF_INET6 && !memcmp(&v6->sin6_addr, &in6addr_any, sizeof in6addr_any))
		v6->sin6_addr = in6addr_loopback;
}

static void open_question(struct probe *p, int64_t now_ms)
{
	struct sockaddr_storage to = { 0 };
	socklen_t n = sizeof to;
	p->next_ms = now_ms + PAUSE_MS;
	if (getsockname(p->listen, (struct sockaddr *)&to, &n) != 0) return;
	by_loopback(&to);
	p->fd = socket(to.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (p->fd < 0) return;
	p->n = 0;
	p->until_ms = now_ms + ANSWER_MS;
	/* The kernel takes the question itself while nobody serves: it is our own listening socket. */
	if ((connect(p->fd, (struct sockaddr *)&to, n) != 0 && errno != EINPROGRESS) ||
	    send(p->fd, question, sizeof question - 1, MSG_NOSIGNAL) != (ssize_t)sizeof question - 1)
		probe_end(p);
}

bool probe_ask(struct probe *p, int64_t now_ms)
{
	if (p->fd < 0) {
		if (now_ms >= p->next_ms) open_question(p, now_ms);
		return false;
	}
	ssize_t n = recv(p->fd, p->said + p->n, sizeof answer - 1 - p->n, 0);
	if (n > 0) p->n += (size_t)n;
	bool whole = p->n == sizeof answer - 1, good = whole && !memcmp(p->said, answer, p->n);
	bool over = n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR) || now_ms > p->until_ms;
	if (whole || over) probe_end(p);
	return good;
}
