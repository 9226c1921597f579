/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/auth_serve.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "app/seal.h"
#include "base/log.h"
#include "core/auth_inner.h"
#include "core/frame.h"

enum { MEMORY = 4 << 20, STUCK_S = 60 };

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

static void serve(struct lg_ctx *cx, int fd, void *with)
{
	const struct auth_setup *setup = with;
	struct auth_question q = { .setup = setup, .out = json_object() };
	lg_defer(cx->mem, let_go, q.out);
	if (frame_read(cx, fd, &q.in) != LG_OK) return;
	const char *name = "unknown";
	enum lg_err err = answer(cx, &q, &name);
	if (err != LG_OK) put_error(cx, &q, err, name);
	if (frame_write(cx, fd, q.out) != LG_OK) lg_log(cx, LG_LOG_WARN, "answer not taken", LOG_TEXT("call", name));
	if (err == LG_OK && q.after && q.after(cx, &q) != LG_OK)
		lg_log(cx, LG_LOG_ERROR, "not written down", LOG_TEXT("call", name));
}

static void look(void)
{
	if (!oidc_is_stuck(STUCK_S)) return;
	/* We keep nothing, and come back at once; those threads would not. */
	lg_log(NULL, LG_LOG_ERROR, "the provider keeps us waiting: begun anew");
	_exit(1);
}

enum lg_err auth_serve(struct lg_ctx *cx, int listen_fd, const struct auth_setup *setup)
{
	const struct frame_crew crew = { .listen_fd = listen_fd,
		                         .stop_fd = setup->stop_fd,
		                         .threads = setup->threads,
		                         .memory = MEMORY,
		                         .now = setup->now,
		                         .serve = serve,
		                         .look = look,
		                         .with = (void *)(uintptr_t)setup };
	return frame_serve(cx, &crew);
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
