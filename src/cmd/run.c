/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "cmd/run.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { EXIT_FAULT = 5, EXIT_STOPPED = 130 };

static const unsigned char exit_of[LG_ERRS] = {
	[LG_OK] = RUN_DONE, [LG_INVALID] = 3, [RUN_USE] = 2,           [RUN_IO] = 4,
	[LG_UNKNOWN] = 3,   [LG_SIGN_IN] = 5, [LG_FAULT] = EXIT_FAULT, [RUN_STOPPED] = EXIT_STOPPED,
};

static volatile sig_atomic_t stopped;
static void (*abandon)(void);

static _Noreturn void leave(int status)
{
	if (abandon) abandon();
	_exit(status);
}

static void on_stop(int signal)
{
	(void)signal;
	if (stopped) leave(EXIT_STOPPED);
	stopped = 1;
}

/* A broken promise or no memory: base has said so on stderr. */
static void on_abort(int signal)
{
	(void)signal;
	leave(EXIT_FAULT);
}

/* Without SA_RESTART: a read that waits for a pipe must end. */
static void take_signals(void)
{
	struct sigaction stop = { .sa_handler = on_stop }, abrt = { .sa_handler = on_abort };
	struct sigaction none = { .sa_handler = SIG_IGN };
	(void)sigemptyset(&stop.sa_mask);
	(void)sigaction(SIGINT, &stop, NULL);
	(void)sigaction(SIGTERM, &stop, NULL);
	(void)sigaction(SIGHUP, &stop, NULL);
	(void)sigaction(SIGABRT, &abrt, NULL);
	(void)sigaction(SIGPIPE, &none, NULL);
	(void)sigaction(SIGXFSZ, &none, NULL);
}

static _Noreturn void no_memory(void)
{
	(void)fputs("landgang: out of memory; give it more, or split the market\n", stderr);
	leave(EXIT_FAULT);
}

void run_begin(struct lg_ctx *cx)
{
	take_signals();
	*cx = (struct lg_ctx){ .mem = lg_arena_new(0, no_memory), .now = (int64_t)time(NULL) };
}

static void say(const char *command, const struct lg_note *note, enum lg_err err)
{
	const char *field = note && note->field ? note->field : "";
	const char *text = note ? note->text : lg_err_text(err);
	(void)fprintf(stderr, "landgang %s: %s%s%s\n", command, field, *field ? ": " : "", text);
}

/* Buffered words may still fail to reach a full disk. A reader who left early has had enough. */
static bool stdout_ends_well(const char *command)
{
	errno = 0;
	bool well = !ferror(stdout) && !fflush(stdout);
	if (!well && errno != EPIPE)
		(void)fprintf(stderr, "landgang %s: standard output: %s\n", command, strerror(errno ? errno : EIO));
	return well;
}

int run_end(struct lg_ctx *cx, const char *command, enum lg_err err)
{
	if (err != LG_OK) say(command, cx->notes, err);
	lg_arena_free(cx->mem);
	bool well = stdout_ends_well(command);
	return err == LG_OK && !well ? exit_of[RUN_IO] : exit_of[err];
}

bool run_stopped(void) { return stopped != 0; }

enum lg_err run_go_on(struct lg_ctx *cx)
{
	return stopped ? lg_fail(cx, RUN_STOPPED, "", "stopped; no file was changed") : LG_OK;
}

enum lg_err run_wait_readable(struct lg_ctx *cx, int fd)
{
	struct pollfd there = { .fd = fd, .events = POLLIN };
	sigset_t all, before;
	(void)sigfillset(&all);
	(void)sigprocmask(SIG_BLOCK, &all, &before);
	if (!stopped) (void)ppoll(&there, 1, NULL, &before); /* what it finds, read() will tell */
	(void)sigprocmask(SIG_SETMASK, &before, NULL);
	return run_go_on(cx);
}

enum lg_err run_errno(struct lg_ctx *cx, const char *field, const char *text)
{
	int why = errno;
	if (why == EINTR) LG_TRY(run_go_on(cx));
	return lg_failf(cx, RUN_IO, field, "%s: %s", text, strerror(why));
}

void run_on_abandon(void (*clean)(void)) { abandon = clean; }
