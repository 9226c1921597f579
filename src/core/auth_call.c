/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/auth_call.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

enum { FRAME_MOST = 64 << 10, WAIT_S = 10 };

const char *const auth_state_names[] = {
	[AUTH_DONE] = "done",     [AUTH_IN] = "in",          [AUTH_CODE] = "code", [AUTH_SECOND] = "second",
	[AUTH_OFFICE] = "office", [AUTH_GO] = "go",          [AUTH_NO] = "no",     [AUTH_WAIT] = "wait",
	[AUTH_GONE] = "gone",     [AUTH_INVALID] = "invalid"
};
enum { STATES = sizeof auth_state_names / sizeof *auth_state_names };

static void let_go(void *value) { json_decref(value); }

static enum lg_err gone(struct lg_ctx *cx) { return lg_fail(cx, LG_BUSY, NULL, "the auth process does not answer"); }

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

enum lg_err auth_read(struct lg_ctx *cx, int fd, json_t **out)
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

enum lg_err auth_write(struct lg_ctx *cx, int fd, const json_t *object)
{
	size_t n = json_dumpb(object, NULL, 0, JSON_COMPACT);
	if (n == 0 || n > FRAME_MOST) return lg_fail(cx, LG_INVALID, NULL, "the frame would be too long");
	char *frame = lg_alloc(cx->mem, n + sizeof(uint32_t));
	uint32_t length = htonl((uint32_t)n);
	memcpy(frame, &length, sizeof length);
	(void)json_dumpb(object, frame + sizeof length, n, JSON_COMPACT);
	return write_all(fd, frame, n + sizeof length) ? LG_OK : gone(cx);
}

static void close_fd(void *fd) { (void)close(*(int *)fd); }

static enum lg_err reach(struct lg_ctx *cx, const char *path, int *out)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	if (!path || strlen(path) >= sizeof to.sun_path) return gone(cx);
	(void)strcpy(to.sun_path, path);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0) return gone(cx);
	int *kept = lg_alloc(cx->mem, sizeof *kept);
	*kept = *out = fd;
	lg_defer(cx->mem, close_fd, kept);
	struct timeval wait = { .tv_sec = WAIT_S };
	if (setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait) ||
	    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof wait) ||
	    connect(fd, (const struct sockaddr *)&to, sizeof to))
		return gone(cx);
	return LG_OK;
}

static enum lg_err understand(struct lg_ctx *cx, struct auth_answer *out)
{
	const char *state = auth_word(out, "state");
	unsigned s = 0;
	while (s < STATES && strcmp(auth_state_names[s], state) != 0) s++;
	if (s == STATES) {
		/* An error of theirs is ours: what it was stands in their log. */
		const char *error = auth_word(out, "error");
		return lg_fail(cx, !strcmp(error, "busy") ? LG_BUSY : LG_FAULT, NULL,
		               "the auth process could not do it");
	}
	out->state = (enum auth_state)s;
	out->token = auth_word(out, "token");
	out->pending = auth_word(out, "pending");
	out->wait_s = json_integer_value(json_object_get(out->json, "wait_s"));
	size_t i;
	json_t *note;
	json_array_foreach(json_object_get(out->json, "notes"), i, note)
	{
		const char *field = json_string_value(json_array_get(note, 0)),
		           *text = json_string_value(json_array_get(note, 1));
		if (field && text) (void)!lg_fail(cx, LG_INVALID, field, text);
	}
	return LG_OK;
}

enum lg_err auth_call(struct lg_ctx *cx, const char *socket, struct auth_answer *out, json_t *question)
{
	memset(out, 0, sizeof *out);
	/* NULL: one of the texts was none that JSON knows; that is the caller's user's. */
	if (!question) return lg_fail(cx, LG_INVALID, NULL, "This is not text.");
	lg_defer(cx->mem, let_go, question);
	int fd = -1;
	LG_TRY(reach(cx, socket, &fd));
	LG_TRY(auth_write(cx, fd, question));
	LG_TRY(auth_read(cx, fd, &out->json));
	return understand(cx, out);
}

const char *auth_word(const struct auth_answer *a, const char *name)
{
	const char *text = json_string_value(json_object_get(a->json, name));
	return text ? text : "";
}
