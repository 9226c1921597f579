/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/log.h"
#include "http/server.h"

/*
 * Any bytes to the server, over a socket, as the network has them. It is to serve a request only when a reader that
 * knows nothing but the grammar of RFC 9112, in its strictest reading, takes its head for one.
 */
static atomic_uint served;
static struct sockaddr_un address = { .sun_family = AF_UNIX };
static socklen_t n_address;

static void serve(struct lg_ctx *cx, void *with, struct http_request *rq, struct http_response *rs)
{
	(void)cx;
	(void)with;
	served++;
	if (rq->path[0] != '/' || strlen(rq->body) > rq->n_body) abort();
	rs->status = 204;
}

static void start(void)
{
	static struct lg_ctx cx; /* they live until the end */
	static struct http_server *server;
	cx.mem = lg_arena_new(0, NULL);
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	/* A name that the kernel makes, in no folder. */
	if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof(sa_family_t)) != 0 || listen(fd, 64) != 0) abort();
	n_address = sizeof address;
	if (getsockname(fd, (struct sockaddr *)&address, &n_address) != 0) abort();
	struct http_server_config config = { .listen_fd = fd,
		                             .workers = 1,
		                             .queue = 10,
		                             .connections = 10,
		                             .head_ms = 20,
		                             .body_ms = 20,
		                             .idle_ms = 20,
		                             .wait_ms = 5000,
		                             .most_head = 4096,
		                             .most_body = 4096,
		                             .arena = 1 << 20,
		                             .serve = serve };
	lg_log_start("fuzz", LG_LOG_ERROR);
	if (http_server_start(&cx, &server, &config) != LG_OK) abort();
}

/* ---- The other reader. ---- */

struct reader {
	const char *at, *end;
};

static bool takes(struct reader *r, const char *word)
{
	size_t n = strlen(word);
	if ((size_t)(r->end - r->at) < n || memcmp(r->at, word, n) != 0) return false;
	r->at += n;
	return true;
}

static bool is_tchar(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c && strchr("!#$%&'*+-.^_`|~", c));
}

static bool takes_token(struct reader *r)
{
	const char *begun = r->at;
	while (r->at < r->end && is_tchar(*r->at)) r->at++;
	return r->at > begun;
}

/* CR and LF become two NUL when the library cuts a head apart; so no trace is left of it, if CR was NUL before. */
static bool takes_end(struct reader *r)
{
	if (takes(r, "\r\n")) return true;
	if (r->end - r->at < 2 || memcmp(r->at, "\0\n", 2) != 0) return false;
	r->at += 2;
	return true;
}

static bool takes_line(struct reader *r, unsigned *hosts, unsigned *framings)
{
	const char *name = r->at;
	if (!takes_token(r)) return false;
	size_t n = (size_t)(r->at - name);
	*hosts += n == 4 && strncasecmp(name, "host", 4) == 0;
	*framings += (n == 14 && strncasecmp(name, "content-length", 14) == 0) ||
	             (n == 17 && strncasecmp(name, "transfer-encoding", 17) == 0);
	if (!takes(r, ":")) return false;
	while (r->at < r->end && ((unsigned char)*r->at >= ' ' || *r->at == '\t') && *r->at != 0x7F) r->at++;
	return takes_end(r);
}

static bool is_a_head(struct reader r)
{
	unsigned hosts = 0, framings = 0;
	while (takes(&r, "\r\n") || takes(&r, "\n")) {} /* empty lines before it harm nobody */
	if (!takes_token(&r) || !takes(&r, " /")) return false;
	while (r.at<r.end && * r.at> ' ' && *r.at < 0x7F) r.at++;
	bool is_old = takes(&r, " HTTP/1.0\r\n");
	if (!is_old && !takes(&r, " HTTP/1.1\r\n")) return false;
	/* Where a line begins with a colon, the library takes the head for ended, and of ":" and bare LF no trace is
	 * left. */
	for (bool is_first = true; !takes_end(&r) && (is_first || !takes(&r, ":\n")); is_first = false)
		if (!takes_line(&r, &hosts, &framings)) return false;
	return hosts <= 1 && (hosts || is_old) && framings <= 1;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char answer[4096];
	if (!n_address) start();
	unsigned before = served;
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	if (fd < 0 || connect(fd, (struct sockaddr *)&address, n_address) != 0) abort();
	(void)!send(fd, data, size, MSG_NOSIGNAL);
	(void)shutdown(fd, SHUT_WR);
	while (recv(fd, answer, sizeof answer, 0) > 0) {}
	close(fd);
	if (served != before && !is_a_head((struct reader){ (const char *)data, (const char *)data + size })) abort();
	return 0;
}
