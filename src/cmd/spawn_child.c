/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "cmd/spawn_child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FDS_MOST = 16, FIRST = 3, HIGH = 64, KEPT_MOST = 16 };

/* What a child may know of our environment: no secret, nothing that libpq listens to. */
static const char *const kept[] = { "TZ",           "TZDIR",         "LANG",         "LOCPATH",     "LANDGANG_LANG_DIR",
	                            "ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS", "LSAN_OPTIONS" };

static size_t make_environment(char **out)
{
	static char path[] = "PATH=/usr/bin:/bin";
	size_t n = 0;
	out[n++] = path;
	for (char **e = environ; e && *e; e++)
		for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
			size_t length = strlen(kept[i]);
			if (n < KEPT_MOST && !strncmp(*e, kept[i], length) && (*e)[length] == '=') out[n++] = *e;
		}
	out[n] = NULL;
	return n;
}

/* Between fork and exec: only calls that signal handlers may make. */
static _Noreturn void become(int exe, const char *const *argv, char **env, const int *fds, size_t n)
{
	sigset_t none;
	int high[FDS_MOST];
	(void)sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
	(void)signal(SIGPIPE, SIG_DFL);
	(void)setsid();
	exe = fcntl(exe, F_DUPFD_CLOEXEC, HIGH);
	for (size_t i = 0; i < n; i++) high[i] = fds[i] < 0 ? -1 : fcntl(fds[i], F_DUPFD_CLOEXEC, HIGH);
	(void)close_range(FIRST, HIGH - 1, 0);
	for (size_t i = 0; i < n; i++)
		if (high[i] >= 0 && dup2(high[i], FIRST + (int)i) < 0) _exit(127);
	(void)execveat(exe, "", (char *const *)(uintptr_t)argv, env, AT_EMPTY_PATH);
	_exit(127);
}

pid_t spawn_child(const char *name, const int *fds, size_t n)
{
	const char *const argv[] = { "landgang", "serve", "--child", name, NULL };
	char *env[KEPT_MOST + 1];
	if (n > FDS_MOST) return -1;
	(void)make_environment(env);
	int exe = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
	if (exe < 0) return -1;
	pid_t pid = fork();
	if (pid == 0) become(exe, argv, env, fds, n);
	int why = errno;
	(void)close(exe);
	errno = why;
	return pid;
}
