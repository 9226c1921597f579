/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "cmd/handover.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sodium.h>
#include <string.h>
#include <strings.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/log.h"
#include "cmd/sandbox.h"
#include "view/speech.h"

#define MARK (UINT64_C(0x4c47000000000000) + sizeof(struct handover))
enum { MOST_TEXT = 48 * 1024 }; /* what a pipe holds without a reader is 64 KiB */

static bool put(int fd, const void *bytes, size_t n) { return write(fd, bytes, n) == (ssize_t)n; }

int handover_write(struct lg_ctx *cx, const struct handover *h, const struct settings *s)
{
	int ends[2];
	struct handover whole = *h;
	struct lg_buf text = { 0 };
	whole.mark = MARK;
	settings_hand_over(cx, &text, s);
	if (text.len > MOST_TEXT) {
		lg_buf_free(&text);
		errno = E2BIG;
		return -1;
	}
	if (pipe2(ends, O_CLOEXEC) == 0) {
		if (!put(ends[1], &whole, sizeof whole) || !put(ends[1], text.data, text.len)) {
			(void)close(ends[0]);
			ends[0] = -1;
		}
		(void)close(ends[1]);
	} else {
		ends[0] = -1;
	}
	int why = errno;
	sodium_memzero(&whole, sizeof whole);
	lg_buf_free(&text);
	errno = why;
	return ends[0];
}

/* --- the child's side */

/* SIGTERM is never taken: it stays pending, and so the descriptor stays readable for all threads. */
static int stop_fd = -1;

int child_stop_fd(void) { return stop_fd; }

void child_sleep(unsigned ms)
{
	struct pollfd stop = { .fd = stop_fd, .events = POLLIN };
	(void)poll(&stop, 1, (int)ms);
}

bool child_stopped(void)
{
	struct pollfd stop = { .fd = stop_fd, .events = POLLIN };
	return poll(&stop, 1, 0) == 1;
}

static void take_signals(void)
{
	sigset_t stop;
	(void)sigemptyset(&stop);
	(void)sigaddset(&stop, SIGTERM);
	(void)sigprocmask(SIG_SETMASK, &stop, NULL);
	stop_fd = signalfd(-1, &stop, SFD_CLOEXEC);
	(void)signal(SIGINT, SIG_IGN);
	(void)signal(SIGHUP, SIG_IGN);
	(void)signal(SIGPIPE, SIG_IGN);
}

static size_t read_whole(int fd, void *to, size_t n)
{
	size_t have = 0;
	for (ssize_t got; have < n; have += (size_t)got) {
		got = read(fd, (char *)to + have, n - have);
		if (got < 0 && errno == EINTR)
			got = 0;
		else if (got <= 0)
			break;
	}
	return have;
}

static enum lg_err read_pipe(struct lg_ctx *cx, struct child *out)
{
	char *text = lg_alloc(cx->mem, MOST_TEXT + 1);
	size_t n = read_whole(HANDED_PIPE, &out->from, sizeof out->from);
	if (n != sizeof out->from || out->from.mark != MARK || out->from.process >= PROCESSES)
		return lg_fail(cx, LG_FAULT, "serve", "a child is started by \"landgang serve\" and by nobody else");
	(void)read_whole(HANDED_PIPE, text, MOST_TEXT);
	(void)close(HANDED_PIPE);
	settings_default(&out->settings);
	return settings_parse(cx, &out->settings, "handed over", text);
}

/* As long as all files may be read: the program may lie where only root goes. Without catalogues the service still
 * serves, in English. */
static void open_catalogues(struct lg_ctx *cx)
{
	if (lg_speech_open(cx, NULL) != LG_OK)
		lg_log(cx, LG_LOG_ERROR, "no catalogues: English is spoken", LOG_TEXT("why", cx->notes->text));
}

enum lg_err handover_read(struct lg_ctx *cx, struct child *out)
{
	LG_TRY(read_pipe(cx, out));
	take_signals();
	lg_log_start(process_name(out->from.process), (enum lg_log_level)out->settings.log_level);
	open_catalogues(cx);
	out->settings.public_url = out->from.public_url;
	LG_TRY(settings_settle(cx, &out->settings));
	out->metrics = metrics_map(HANDED_METRICS);
	(void)close(HANDED_METRICS);
	if (!out->metrics) return lg_fail(cx, LG_FAULT, "serve", "the shared counters cannot be mapped");
	out->self = &out->metrics->process[out->from.process];
	if (fchdir(HANDED_FOLDER) != 0) return lg_fail(cx, LG_FAULT, "serve", "the run folder cannot be entered");
	(void)close(HANDED_FOLDER);
	LG_TRY(sandbox_drop(cx, out->from.uid, out->from.gid));
	/* After the change of user, which forgets it. A supervisor that died before is not waited for either. */
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != out->from.supervisor)
		return lg_fail(cx, LG_FAULT, "serve", "the supervisor is no more");
	return LG_OK;
}

int child_failed(struct lg_ctx *cx)
{
	const struct lg_note *n = cx->notes;
	lg_log(cx, LG_LOG_ERROR, "cannot go on", LOG_TEXT("field", n ? n->field : ""),
	       LOG_TEXT("why", n ? n->text : ""));
	return 1;
}

/* A private one has a folder; of a URL, host=/FOLDER says so. */
bool child_database_is_far(const struct child *c)
{
	const char *url = c->from.database, *host = strstr(url, "?host=");
	if (c->settings.trial) return false;
	if (!host) host = strstr(url, "&host=");
	return !host || (strncmp(host + 6, "/", 1) != 0 && strncasecmp(host + 6, "%2f", 3) != 0) || strchr(host, ',');
}
