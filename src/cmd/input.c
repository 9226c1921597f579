/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "cmd/input.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "cmd/run.h"

enum { CHUNK = 256 * 1024 };

void input_hex(char out[65], const unsigned char hash[32]) { (void)sodium_bin2hex(out, 65, hash, 32); }

static void close_fd(void *fd)
{
	if (*(int *)fd >= 0) (void)close(*(int *)fd);
	*(int *)fd = -1;
}

static enum lg_err refuse_strange(struct lg_ctx *cx, const char *path, int fd, struct stat *st)
{
	if (fstat(fd, st)) return run_errno(cx, path, "could not be looked at");
	if (S_ISDIR(st->st_mode)) return lg_fail(cx, RUN_IO, path, "this is a folder; name a file in it");
	if (S_ISBLK(st->st_mode) || (S_ISCHR(st->st_mode) && !isatty(fd)))
		return lg_fail(cx, RUN_IO, path, "this is a device; name a file, or - for standard input");
	return LG_OK;
}

/* The descriptor stands in the arena, so that it is closed however the run ends. */
static enum lg_err open_input(struct lg_ctx *cx, const char *path, int **out, struct stat *st)
{
	int *fd = lg_alloc(cx->mem, sizeof *fd);
	*out = fd;
	if (strcmp(path, "-") != 0) {
		*fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
		if (*fd < 0) return run_errno(cx, path, "could not be opened");
		lg_defer(cx->mem, close_fd, fd);
	}
	return refuse_strange(cx, path, *fd, st);
}

static enum lg_err read_chunk(struct lg_ctx *cx, const char *path, int fd, char *chunk, size_t *n)
{
	for (;;) {
		LG_TRY(run_wait_readable(cx, fd));
		ssize_t got = read(fd, chunk, CHUNK);
		*n = got > 0 ? (size_t)got : 0;
		if (got >= 0) return LG_OK;
		if (errno != EINTR) return run_errno(cx, path, "could not be read");
	}
}

static void finish(struct input_digest *d, const char *path, crypto_hash_sha256_state *hash)
{
	unsigned char sum[crypto_hash_sha256_BYTES];
	(void)crypto_hash_sha256_final(hash, sum);
	input_hex(d->sha256, sum);
	d->path = path;
}

static enum lg_err read_all(struct lg_ctx *cx, const char *path, int fd, input_take take, void *to,
                            struct input_digest *digest)
{
	char *chunk = lg_alloc(cx->mem, CHUNK);
	crypto_hash_sha256_state hash;
	(void)crypto_hash_sha256_init(&hash);
	*digest = (struct input_digest){ 0 };
	for (size_t n = 1; n;) {
		LG_TRY(read_chunk(cx, path, fd, chunk, &n));
		(void)crypto_hash_sha256_update(&hash, (const unsigned char *)chunk, n);
		digest->bytes += n;
		if (n) LG_TRY(take(to, chunk, n));
	}
	finish(digest, path, &hash);
	return LG_OK;
}

enum lg_err input_read(struct lg_ctx *cx, const char *path, input_take take, void *to, struct input_digest *digest)
{
	int *fd;
	struct stat st;
	LG_TRY(open_input(cx, path, &fd, &st));
	LG_TRY(read_all(cx, path, *fd, take, to, digest));
	if (strcmp(path, "-") != 0) close_fd(fd);
	return LG_OK;
}

struct mapping {
	void *at;
	size_t size;
};

static void unmap(void *m) { (void)munmap(((struct mapping *)m)->at, ((struct mapping *)m)->size); }

static enum lg_err map(struct lg_ctx *cx, const char *path, int fd, size_t size, struct input_file *out)
{
	void *at = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (at == MAP_FAILED) return run_errno(cx, path, "could not be mapped");
	struct mapping *m = lg_alloc(cx->mem, sizeof *m);
	*m = (struct mapping){ at, size };
	lg_defer(cx->mem, unmap, m);
	*out = (struct input_file){ .bytes = at, .size = size, .digest = { .bytes = size } };
	crypto_hash_sha256_state hash;
	(void)crypto_hash_sha256_init(&hash);
	(void)crypto_hash_sha256_update(&hash, at, size);
	finish(&out->digest, path, &hash);
	return LG_OK;
}

static enum lg_err take_in_buf(void *to, const char *bytes, size_t n)
{
	lg_put(to, bytes, n);
	return LG_OK;
}

static void free_buf(void *buf) { lg_buf_free(buf); }

static enum lg_err slurp(struct lg_ctx *cx, const char *path, int fd, struct input_file *out)
{
	struct lg_buf *all = lg_alloc(cx->mem, sizeof *all);
	lg_defer(cx->mem, free_buf, all);
	LG_TRY(read_all(cx, path, fd, take_in_buf, all, &out->digest));
	out->bytes = all->data ? all->data : "";
	out->size = all->len;
	return LG_OK;
}

enum lg_err input_whole(struct lg_ctx *cx, const char *path, struct input_file *out)
{
	int *fd;
	struct stat st = { 0 };
	LG_TRY(open_input(cx, path, &fd, &st));
	bool mappable = S_ISREG(st.st_mode) && st.st_size > 0 && (uint64_t)st.st_size < SIZE_MAX / 2;
	LG_TRY(mappable ? map(cx, path, *fd, (size_t)st.st_size, out) : slurp(cx, path, *fd, out));
	if (strcmp(path, "-") != 0) close_fd(fd);
	return LG_OK;
}
