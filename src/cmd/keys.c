/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "cmd/keys.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/folder.h"
#include "cmd/run.h"

enum { TEXT_BYTES = 2 * KEY_BYTES + 1 };

static const struct {
	const char *file, *role;
} names[KEYS] = {
	[KEY_SEAL] = { "seal.key", NULL },
	[KEY_FORM] = { "form.key", NULL },
	[KEY_LG_AUTH] = { "database-lg_auth.key", "lg_auth" },
	[KEY_LG_WEB] = { "database-lg_web.key", "lg_web" },
	[KEY_LG_JOB] = { "database-lg_job.key", "lg_job" },
	[KEY_LG_MATCH] = { "database-lg_match.key", "lg_match" },
};

const char *key_role(enum key key) { return names[key].role; }

void key_text(char out[TEXT_BYTES], const struct keys *k, enum key key)
{
	(void)sodium_bin2hex(out, TEXT_BYTES, k->bytes[key], KEY_BYTES);
}

void keys_forget(struct keys *k) { sodium_memzero(k, sizeof *k); }

static enum lg_err no_key(struct lg_ctx *cx, const char *folder, enum key key, const char *why)
{
	return lg_fail(cx, LG_INVALID, lg_printf(cx->mem, "%s/%s", folder, names[key].file), why);
}

static enum lg_err write_all(struct lg_ctx *cx, int fd, const char *path, const char *text, size_t n)
{
	if (write(fd, text, n) == (ssize_t)n && fsync(fd) == 0) return LG_OK;
	return run_errno(cx, path, "cannot be written");
}

/* It grows under another name and is then linked: whoever comes second finds the first one's key. */
static enum lg_err make(struct lg_ctx *cx, int dir, const char *folder, enum key key)
{
	uint8_t bytes[KEY_BYTES];
	char text[TEXT_BYTES + 1];
	const char *path = lg_printf(cx->mem, "%s/%s", folder, names[key].file);
	const char *draft = lg_printf(cx->mem, ".%s.%d", names[key].file, (int)getpid());
	int fd = openat(dir, draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0) return run_errno(cx, path, "cannot be made");
	randombytes_buf(bytes, sizeof bytes);
	(void)sodium_bin2hex(text, TEXT_BYTES, bytes, sizeof bytes);
	text[TEXT_BYTES - 1] = '\n';
	enum lg_err err = write_all(cx, fd, path, text, TEXT_BYTES);
	sodium_memzero(bytes, sizeof bytes);
	sodium_memzero(text, sizeof text);
	(void)close(fd);
	if (err == LG_OK && linkat(dir, draft, dir, names[key].file, 0) != 0 && errno != EEXIST)
		err = run_errno(cx, path, "cannot be made");
	(void)unlinkat(dir, draft, 0);
	if (err == LG_OK && fsync(dir) != 0) err = run_errno(cx, folder, "cannot be written");
	return err;
}

static enum lg_err take(struct lg_ctx *cx, int fd, const char *folder, enum key key, struct keys *out)
{
	char text[TEXT_BYTES + 1];
	struct stat st;
	size_t n = 0;
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) return no_key(cx, folder, key, "is no file");
	if (st.st_mode & 077)
		return no_key(cx, folder, key, "may be read by others; chmod 600, and think of a new one");
	ssize_t got = read(fd, text, sizeof text);
	bool whole = got == TEXT_BYTES && text[TEXT_BYTES - 1] == '\n' &&
	             sodium_hex2bin(out->bytes[key], KEY_BYTES, text, TEXT_BYTES - 1, NULL, &n, NULL) == 0;
	sodium_memzero(text, sizeof text);
	if (whole && n == KEY_BYTES) return LG_OK;
	return no_key(cx, folder, key, "is no key: 64 hexadecimal digits and a newline");
}

static enum lg_err open_one(struct lg_ctx *cx, int dir, const char *folder, enum key key, struct keys *out)
{
	int flags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, fd = openat(dir, names[key].file, flags);
	if (fd < 0 && errno == ENOENT) {
		LG_TRY(make(cx, dir, folder, key));
		fd = openat(dir, names[key].file, flags);
	}
	if (fd < 0) return run_errno(cx, lg_printf(cx->mem, "%s/%s", folder, names[key].file), "cannot be read");
	enum lg_err err = take(cx, fd, folder, key, out);
	(void)close(fd);
	return err;
}

enum lg_err keys_open(struct lg_ctx *cx, const char *folder, struct keys *out)
{
	int dir;
	if (sodium_init() < 0) return lg_fail(cx, LG_FAULT, "libsodium", "does not start");
	LG_TRY(folder_open(cx, folder, 0700, &dir));
	enum lg_err err = LG_OK;
	for (enum key k = 0; k < KEYS && err == LG_OK; k++) err = open_one(cx, dir, folder, k, out);
	(void)close(dir);
	if (err != LG_OK) keys_forget(out);
	return err;
}
