/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "cmd/replace.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/run.h"

static void drop_temp(void *path) { (void)unlink(path); }

static bool write_all(int fd, const char *bytes, size_t n)
{
	while (n) {
		ssize_t done = write(fd, bytes, n);
		if (done < 0 && errno == EINTR) continue;
		if (done <= 0) return false;
		bytes += done;
		n -= (size_t)done;
	}
	return fsync(fd) == 0;
}

enum lg_err replace_file(struct lg_ctx *cx, const char *path, const void *bytes, size_t n)
{
	char *temp = lg_printf(cx->mem, "%s.XXXXXX", path);
	int fd = mkostemp(temp, O_CLOEXEC);
	if (fd < 0) return run_errno(cx, path, "could not be written");
	lg_defer(cx->mem, drop_temp, temp);
	bool written = fchmod(fd, 0644) == 0 && write_all(fd, bytes, n);
	int why = errno;
	(void)close(fd);
	errno = why;
	if (!written) return run_errno(cx, path, "could not be written");
	LG_TRY(run_go_on(cx));
	return rename(temp, path) ? run_errno(cx, path, "could not be put in its place") : LG_OK;
}
