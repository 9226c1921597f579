/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "cmd/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/run.h"

/* Those above get the usual rights: they are no secret. */
static enum lg_err make_all(struct lg_ctx *cx, const char *path, mode_t mode)
{
	char *part = lg_strdup(cx->mem, path);
	for (char *p = part + 1; *p; p++) {
		if (*p != '/') continue;
		*p = '\0';
		if (mkdir(part, 0755) != 0 && errno != EEXIST) return run_errno(cx, part, "cannot be made");
		*p = '/';
	}
	if (mkdir(path, mode) != 0 && errno != EEXIST) return run_errno(cx, path, "cannot be made");
	return LG_OK;
}

static enum lg_err check(struct lg_ctx *cx, const char *path, mode_t mode, int fd)
{
	struct stat st;
	if (fstat(fd, &st) != 0) return run_errno(cx, path, "cannot be looked at");
	if (st.st_uid != geteuid() && geteuid() != 0) return lg_fail(cx, LG_INVALID, path, "belongs to somebody else");
	if ((st.st_mode & 0777) & ~mode)
		return lg_failf(cx, LG_INVALID, path, "is open to others: chmod %o", (unsigned)mode);
	return LG_OK;
}

enum lg_err folder_open(struct lg_ctx *cx, const char *path, mode_t mode, int *fd)
{
	mode_t before = umask(022); /* the service's own would close the folders above it */
	enum lg_err made = make_all(cx, path, mode);
	(void)umask(before);
	LG_TRY(made);
	*fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (*fd < 0) return run_errno(cx, path, "cannot be opened");
	enum lg_err err = check(cx, path, mode, *fd);
	if (err != LG_OK) (void)close(*fd);
	return err;
}

enum lg_err folder_make(struct lg_ctx *cx, const char *path, mode_t mode)
{
	int fd;
	LG_TRY(folder_open(cx, path, mode, &fd));
	(void)close(fd);
	return LG_OK;
}
