/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "cmd/output_place.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/run.h"

/* What a second Ctrl-C has to clear away; set while the signals cannot come between. */
static struct place *volatile growing;

static void remove_files(int fd, const struct output_kind *kind)
{
	for (const char *const *name = kind->files; *name; name++) (void)unlinkat(fd, *name, 0);
}

static void abandon(void)
{
	struct place *p = growing;
	if (!p) return;
	remove_files(p->fd, p->kind);
	(void)rmdir(p->temp);
}

void place_drop(struct place *p)
{
	growing = NULL;
	if (p->fd >= 0 && p->temp) remove_files(p->fd, p->kind);
	if (p->fd >= 0) (void)close(p->fd);
	if (p->temp) (void)rmdir(p->temp);
	p->fd = -1;
	p->temp = NULL;
}

/* --- may we? */

static bool is_of(const struct output_kind *kind, const char *name)
{
	for (const char *const *f = kind->files; *f; f++)
		if (!strcmp(*f, name)) return true;
	return false;
}

static bool summary_is_ours(const char *folder, const struct output_kind *kind)
{
	char path[4096];
	int n = snprintf(path, sizeof path, "%s/summary.json", folder);
	json_t *root = n > 0 && (size_t)n < sizeof path ? json_load_file(path, 0, NULL) : NULL;
	const char *program = json_string_value(json_object_get(root, "program"));
	const char *result = json_string_value(json_object_get(root, "result"));
	bool ours = program && result && !strcmp(program, "landgang") && !strcmp(result, kind->name);
	json_decref(root);
	return ours;
}

/* @return how many entries; *stranger: one that we did not write, or NULL */
static size_t look_through(struct lg_ctx *cx, DIR *d, const struct output_kind *kind, const char **stranger)
{
	size_t n = 0;
	*stranger = NULL;
	for (struct dirent *e; (e = readdir(d));) {
		if (!strcmp(e->d_name, ".") || !strcmp(e->d_name, "..")) continue;
		n++;
		if (!is_of(kind, e->d_name)) *stranger = lg_strdup(cx->mem, e->d_name);
	}
	return n;
}

static enum lg_err may_replace(struct lg_ctx *cx, const struct place *p)
{
	DIR *d = opendir(p->target);
	if (!d && errno == ENOENT) return LG_OK;
	if (!d && errno == ENOTDIR)
		return lg_fail(cx, RUN_USE, p->path, "this is a file; name a folder for the result");
	if (!d) return run_errno(cx, p->path, "could not be looked into");
	const char *stranger;
	size_t n = look_through(cx, d, p->kind, &stranger);
	(void)closedir(d);
	if (!n) return LG_OK;
	if (stranger)
		return lg_failf(cx, RUN_USE, p->path,
		                "holds \"%s\", which is no part of a result; name a new or empty folder", stranger);
	if (!summary_is_ours(p->target, p->kind))
		return lg_failf(cx, RUN_USE, p->path,
		                "is not empty and no older result (%s); name a new or empty folder", p->kind->name);
	return LG_OK;
}

static void split(struct lg_ctx *cx, struct place *p)
{
	char *slash = strrchr(p->target, '/');
	if (!slash)
		p->parent = lg_strdup(cx->mem, ".");
	else if (slash == p->target)
		p->parent = lg_strdup(cx->mem, "/");
	else
		p->parent = lg_strndup(cx->mem, p->target, (size_t)(slash - p->target));
}

static void follow_links(struct lg_ctx *cx, struct place *p)
{
	char *real = realpath(p->target, NULL);
	if (real) p->target = lg_strdup(cx->mem, real);
	free(real);
}

enum lg_err place_find(struct lg_ctx *cx, struct place *p, const char *path, const struct output_kind *kind)
{
	size_t n = strlen(path);
	while (n > 1 && path[n - 1] == '/') n--;
	if (!n) return lg_fail(cx, RUN_USE, "--out", "the name of the folder is empty");
	*p = (struct place){ .kind = kind, .path = path, .target = lg_strndup(cx->mem, path, n), .fd = -1 };
	follow_links(cx, p);
	split(cx, p);
	return may_replace(cx, p);
}

/* --- the hidden folder */

enum lg_err place_take(struct lg_ctx *cx, struct place *p)
{
	char *temp = lg_printf(cx->mem, "%s/.landgang-XXXXXX", p->parent);
	mode_t mask = umask(0);
	(void)umask(mask);
	if (!mkdtemp(temp)) return run_errno(cx, p->path, "no folder can be made beside it");
	p->temp = temp;
	p->fd = open(temp, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (p->fd < 0 || fchmod(p->fd, 0777 & ~mask)) {
		enum lg_err err = run_errno(cx, p->path, "could not be prepared");
		place_drop(p);
		return err;
	}
	growing = p;
	run_on_abandon(abandon);
	return LG_OK;
}

static void sync_folder(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0) (void)fsync(fd), (void)close(fd);
}

/* After this p->temp names the older result, or nothing. */
static bool trade_places(struct lg_ctx *cx, struct place *p, bool *old)
{
	*old = false;
	if (!rename(p->temp, p->target)) return true; /* nothing stood there, or an empty folder */
	if (errno != ENOTEMPTY && errno != EEXIST) return false;
	*old = true;
	if (!renameat2(AT_FDCWD, p->temp, AT_FDCWD, p->target, RENAME_EXCHANGE)) return true;
	if (errno != EINVAL && errno != ENOSYS) return false;
	char *aside = lg_printf(cx->mem, "%s-old", p->temp);
	if (rename(p->target, aside) || rename(p->temp, p->target)) return false;
	p->temp = aside;
	return true;
}

static void remove_old(const struct place *p)
{
	int fd = open(p->temp, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0) return;
	remove_files(fd, p->kind);
	(void)close(fd);
	(void)rmdir(p->temp);
}

enum lg_err place_swap(struct lg_ctx *cx, struct place *p)
{
	bool old;
	LG_TRY(may_replace(cx, p));
	if (fsync(p->fd)) return run_errno(cx, p->path, "could not be brought to the disk");
	growing = NULL;
	if (!trade_places(cx, p, &old)) return run_errno(cx, p->path, "could not be put into its place");
	sync_folder(p->parent);
	if (old) remove_old(p);
	p->temp = NULL;
	return LG_OK;
}
