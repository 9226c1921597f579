/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/auth_serve.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "app/seal.h"
#include "base/log.h"
#include "core/auth_inner.h"

enum { THREADS_MOST = 64, MEMORY = 4 << 20, SLOW_S = 5, LOOK_MS = 10000, STUCK_S = 60 };

/* --- for the handlers */

const char *auth_asked(const struct auth_question *q, const char *name)
{
	const char *text = json_string_value(json_object_get(q->in, name));
	return text ? text : "";
}

void auth_put_json(struct auth_question *q, const char *name, json_t *value)
{
	lg_assert(json_object_set_new(q->out, name, value) == 0);
}

void auth_put(struct auth_question *q, const char *name, const char *text)
{
	auth_put_json(q, name, json_string(text));
}

enum lg_err auth_say(struct auth_question *q, enum auth_state state)
{
	auth_put(q, "state", auth_state_names[state]);
	return LG_OK;
}

enum lg_err auth_on_health(struct lg_ctx *cx, struct auth_question *q)
{
	(void)cx;
	return auth_say(q, AUTH_DONE);
}

/* --- one question */

static const struct {
	const char *name;
	auth_handler *handler;
} calls[] = {
#define C(name, doc) { #name, auth_on_##name },
#include "core/auth_calls.def"
#undef C
};

static enum lg_err answer(struct lg_ctx *cx, struct auth_question *q, const char **name)
{
	const char *call = auth_asked(q, "call");
	for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
		if (!strcmp(calls[i].name, call)) {
			*name = calls[i].name;
			return calls[i].handler(cx, q);
		}
	return lg_fail(cx, LG_FAULT, NULL, "there is no such call");
}

/* What is wrong with the input goes back in words; what is wrong with us, to the log. */
static void put_error(struct lg_ctx *cx, struct auth_question *q, enum lg_err err, const char *name)
{
	(void)json_object_clear(q->out);
	if (err == LG_INVALID) {
		json_t *notes = json_array();
		for (const struct lg_note *n = cx->notes; n; n = n->next)
			(void)json_array_insert_new(notes, 0, json_pack("[s,s]", n->field ? n->field : "", n->text));
		auth_put_json(q, "notes", notes);
		(void)auth_say(q, AUTH_INVALID);
		return;
	}
	lg_log(cx, err == LG_BUSY ? LG_LOG_WARN : LG_LOG_ERROR, "call failed", LOG_TEXT("call", name),
	       LOG_TEXT("why", cx->notes ? cx->notes->text : lg_err_text(err)));
	auth_put(q, "error", err == LG_BUSY ? "busy" : "fault");
}

static void let_go(void *value) { json_decref(value); }

static void serve(struct lg_ctx *cx, const struct auth_setup *setup, int fd)
{
	struct timeval slow = { .tv_sec = SLOW_S };
	(void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &slow, sizeof slow);
	(void)setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &slow, sizeof slow);
	struct auth_question q = { .setup = setup, .out = json_object() };
	lg_defer(cx->mem, let_go, q.out);
	if (auth_read(cx, fd, &q.in) != LG_OK) return;
	const char *name = "unknown";
	enum lg_err err = answer(cx, &q, &name);
	if (err != LG_OK) put_error(cx, &q, err, name);
	if (auth_write(cx, fd, q.out) != LG_OK) lg_log(cx, LG_LOG_WARN, "answer not taken", LOG_TEXT("call", name));
	if (err == LG_OK && q.after && q.after(cx, &q) != LG_OK)
		lg_log(cx, LG_LOG_ERROR, "not written down", LOG_TEXT("call", name));
}

/* --- the threads */

struct crew {
	const struct auth_setup *setup;
	int listen_fd;
};

static void *work(void *with)
{
	const struct crew *crew = with;
	struct lg_ctx cx = { .mem = lg_arena_new(MEMORY, NULL) };
	struct pollfd wait[] = { { .fd = crew->listen_fd, .events = POLLIN },
		                 { .fd = crew->setup->stop_fd, .events = POLLIN } };
	for (;;) {
		int ready = poll(wait, 2, LOOK_MS);
		if (oidc_is_stuck(STUCK_S)) {
			/* We keep nothing, and come back at once; those threads would not. */
			lg_log(NULL, LG_LOG_ERROR, "the provider keeps us waiting: begun anew");
			_exit(1);
		}
		if (ready == 0 || (ready < 0 && errno == EINTR)) continue;
		if (ready < 0 || wait[1].revents) break;
		/* All threads wake; those that come too late find nothing, as the socket does not block. */
		int fd = accept4(crew->listen_fd, NULL, NULL, SOCK_CLOEXEC);
		if (fd < 0) continue;
		seal_random(&cx.id, sizeof cx.id);
		cx.now = crew->setup->now();
		cx.notes = NULL;
		serve(&cx, crew->setup, fd);
		(void)close(fd);
		lg_arena_reset(cx.mem);
	}
	lg_arena_free(cx.mem);
	return NULL;
}

enum lg_err auth_serve(struct lg_ctx *cx, int listen_fd, const struct auth_setup *setup)
{
	struct crew crew = { setup, listen_fd };
	pthread_t threads[THREADS_MOST];
	unsigned n = 0, wanted = setup->threads < 1 ? 1 : setup->threads > THREADS_MOST ? THREADS_MOST : setup->threads;
	if (fcntl(listen_fd, F_SETFL, O_NONBLOCK) < 0)
		return lg_fail(cx, LG_FAULT, NULL, "the socket cannot be made not to block");
	while (n < wanted && !pthread_create(&threads[n], NULL, work, &crew)) n++;
	if (n == 0) return lg_fail(cx, LG_FAULT, NULL, "no thread can be started");
	for (unsigned i = 0; i < n; i++) (void)pthread_join(threads[i], NULL);
	return LG_OK;
}

/* --- the first start */

enum lg_err auth_setup_code(struct lg_ctx *cx, const char **out, const char *path)
{
	char code[RECOVERY_CODE] = "";
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	ssize_t got = fd < 0 ? 0 : read(fd, code, sizeof code - 1);
	if (fd >= 0) (void)close(fd);
	if (got == sizeof code - 1 && !strchr(code, '\n')) {
		*out = lg_strdup(cx->mem, code);
		return LG_OK;
	}
	recovery_code(code);
	(void)unlink(path);
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	bool kept = fd >= 0 && write(fd, code, sizeof code - 1) == sizeof code - 1;
	if (fd >= 0 && close(fd)) kept = false;
	if (!kept) return lg_failf(cx, LG_FAULT, NULL, "%s: the code of the first start cannot be kept there", path);
	*out = lg_strdup(cx->mem, code);
	return LG_OK;
}
