/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "cmd/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "cmd/run.h"

enum { BACKLOG = 1024, TRIES = 40, TRY_MS = 50 };

union address {
	struct sockaddr any;
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
};

/* @return its size; 0: it is no address */
static socklen_t read_address(const char *text, uint64_t port, union address *out)
{
	memset(out, 0, sizeof *out);
	if (inet_pton(AF_INET, text, &out->v4.sin_addr) == 1) {
		out->v4.sin_family = AF_INET;
		out->v4.sin_port = htons((uint16_t)port);
		return sizeof out->v4;
	}
	if (inet_pton(AF_INET6, text, &out->v6.sin6_addr) != 1) return 0;
	out->v6.sin6_family = AF_INET6;
	out->v6.sin6_port = htons((uint16_t)port);
	return sizeof out->v6;
}

static int bind_patiently(int fd, const union address *to, socklen_t n)
{
	const struct timespec pause = { 0, TRY_MS * 1000000L };
	for (int i = 0; bind(fd, &to->any, n) != 0; i++) {
		if (errno != EADDRINUSE || i == TRIES) return -1;
		(void)nanosleep(&pause, NULL);
		if (run_stopped()) return -1;
	}
	return 0;
}

static int open_tcp(const union address *to, socklen_t n)
{
	int on = 1, fd = socket(to->any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0) return -1;
	(void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (to->any.sa_family == AF_INET6) (void)setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
	if (bind_patiently(fd, to, n) == 0 && listen(fd, BACKLOG) == 0) return fd;
	int why = errno;
	(void)close(fd);
	errno = why;
	return -1;
}

static enum lg_err no_socket(struct lg_ctx *cx, const char *name, const char *address, uint64_t port)
{
	int why = errno;
	const char *hint = why == EADDRINUSE ? "; another program listens there. Choose another port, or stop it"
	                   : why == EACCES   ? "; ports below 1024 are for root and for those it lets"
	                                     : "";
	return lg_failf(cx, RUN_IO, name, "%s port %llu: %s%s", address, (unsigned long long)port, strerror(why), hint);
}

enum lg_err listen_tcp(struct lg_ctx *cx, const char *name, const char *address, uint64_t *port, int *out)
{
	union address to;
	socklen_t n = read_address(address, *port, &to);
	if (!n) return lg_failf(cx, LG_INVALID, name, "\"%s\" is no address; 127.0.0.1 and ::1 are", address);
	*out = open_tcp(&to, n);
	if (*out < 0 || getsockname(*out, &to.any, &n) != 0) return no_socket(cx, name, address, *port);
	*port = ntohs(to.any.sa_family == AF_INET ? to.v4.sin_port : to.v6.sin6_port);
	return LG_OK;
}

/* By way of /proc, so that the length of the folder's name, which a socket's path has no room for, is of no account. */
enum lg_err listen_unix(struct lg_ctx *cx, int folder, const char *name, uid_t uid, int *out)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	int n = snprintf(to.sun_path, sizeof to.sun_path, "/proc/self/fd/%d/%s", folder, name);
	lg_assert(n > 0 && (size_t)n < sizeof to.sun_path);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0) return run_errno(cx, name, "socket");
	(void)unlinkat(folder, name, 0);
	mode_t before = umask(0177);
	int wrong = bind(fd, (const struct sockaddr *)&to, sizeof to);
	(void)umask(before);
	if (!wrong && geteuid() == 0) wrong = fchownat(folder, name, uid, (gid_t)-1, AT_SYMLINK_NOFOLLOW);
	if (!wrong) wrong = listen(fd, BACKLOG);
	*out = fd;
	if (!wrong) return LG_OK;
	enum lg_err err = run_errno(cx, name, "socket");
	(void)close(fd);
	return err;
}
