/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "receiver.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { REQUEST = 8192, LONG = 1 << 20 };

static pid_t process;

static void put_header(char *out, size_t room, const char *request, const char *name)
{
	const char *at = strcasestr(request, name);
	*out = '\0';
	if (!at) return;
	at += strlen(name) + 2; /* ": " */
	(void)snprintf(out, room, "%.*s", (int)strcspn(at, "\r\n"), at);
}

/* The whole request, or as much as came. */
static void hear(int fd, char request[REQUEST])
{
	size_t n = 0, whole = REQUEST - 1;
	ssize_t k;
	while (n < whole && (k = read(fd, request + n, REQUEST - 1 - n)) > 0) {
		n += (size_t)k;
		request[n] = '\0';
		const char *end = strstr(request, "\r\n\r\n"), *length = strcasestr(request, "Content-Length: ");
		if (end && length) whole = (size_t)(end + 4 - request) + strtoul(length + 16, NULL, 10);
	}
	request[n] = '\0';
}

static void answer(int fd, struct receiver *r)
{
	char head[300];
	static char body[LONG];
	int status = 200;
	size_t n = r->long_body ? sizeof body : 6;
	memset(body, 'x', sizeof body);
	memcpy(body, "thanks", 6);
	if (r->fail > 0) r->fail--, status = r->status;
	if (r->slow_ms) (void)usleep((useconds_t)r->slow_ms * 1000);
	int k = snprintf(
	    head, sizeof head,
	    "HTTP/1.1 %d Said\r\nContent-Length: %zu\r\nLocation: http://127.0.0.1:%d/elsewhere\r\nConnection: "
	    "close\r\n\r\n",
	    status, n, r->port);
	if (write(fd, head, (size_t)k) == k)
		for (size_t at = 0; at < n;) {
			ssize_t w = write(fd, body + at, n - at);
			if (w <= 0) break;
			at += (size_t)w;
		}
}

static void serve(int listener, struct receiver *r)
{
	static char request[REQUEST];
	for (;;) {
		int fd = accept(listener, NULL, NULL);
		if (fd < 0) continue;
		hear(fd, request);
		const char *body = strstr(request, "\r\n\r\n");
		if (body && r->n < RECEIVER_MOST) {
			struct receiver_told *t = &r->told[r->n];
			put_header(t->id, sizeof t->id, request, "webhook-id");
			put_header(t->at, sizeof t->at, request, "webhook-timestamp");
			put_header(t->signature, sizeof t->signature, request, "webhook-signature");
			put_header(t->type, sizeof t->type, request, "content-type");
			(void)snprintf(t->body, sizeof t->body, "%s", body + 4);
			r->n++;
		}
		answer(fd, r);
		(void)close(fd);
	}
}

struct receiver *receiver_start(void)
{
	struct receiver *r = mmap(NULL, sizeof *r, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t size = sizeof at;
	int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (r == MAP_FAILED || listener < 0 || bind(listener, (const struct sockaddr *)&at, size) != 0 ||
	    listen(listener, 64) != 0 || getsockname(listener, (struct sockaddr *)&at, &size) != 0)
		abort();
	r->port = ntohs(at.sin_port);
	process = fork();
	if (process < 0) abort();
	if (process == 0) {
		(void)signal(SIGPIPE, SIG_IGN);
		(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
		serve(listener, r);
	}
	(void)close(listener);
	return r;
}

void receiver_stop(void)
{
	(void)kill(process, SIGKILL);
	(void)waitpid(process, NULL, 0);
}
