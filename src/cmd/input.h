/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CMD_INPUT_H
#define LG_CMD_INPUT_H
#include <stddef.h>
#include <stdint.h>

#include "base/ctx.h"

/**
 * Files that are read: regular ones, pipes, and "-" for standard input. A folder or a device is refused.
 * Notes name the path as given. Errors: RUN_IO, RUN_STOPPED, and what `take` answers.
 */

/** What was read, for the record: SHA-256 of the bytes in lower-case hex. */
struct input_digest {
	const char *path; /* as given; NULL: not read */
	char sha256[65];
	uint64_t bytes;
};

/** Called with the bytes as they come, at most 256 KiB at a time. */
typedef enum lg_err (*input_take)(void *to, const char *bytes, size_t n);

/** Read all of it, once, from front to end. */
LG_MUST enum lg_err input_read(struct lg_ctx *cx, const char *path, input_take take, void *to,
                               struct input_digest *digest);

/** A whole file in memory until the context ends: mapped when it can be, else read. */
struct input_file {
	const char *bytes;
	size_t size;
	struct input_digest digest;
};
LG_MUST enum lg_err input_whole(struct lg_ctx *cx, const char *path, struct input_file *out);

/** 32 bytes as 64 hex digits and a NUL. */
void input_hex(char out[65], const unsigned char hash[32]);
#endif
