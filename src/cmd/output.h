/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CMD_OUTPUT_H
#define LG_CMD_OUTPUT_H
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/ctx.h"

/**
 * A result folder, written as a whole: its files grow in a hidden folder beside it, on the same file system, and take
 * its place at the very end. Until then an old result stays as it was; a run that fails or is stopped leaves nothing.
 *
 * Errors: RUN_USE for a folder that is not ours to replace, RUN_IO when the disk says no, RUN_STOPPED.
 */

/** What a kind of result consists of. summary.json holds its name under "result", so that we know our own folders. */
struct output_kind {
	const char *name;
	const char *const *files; /* NULL at the end; one of them is summary.json */
};
extern const struct output_kind output_match, output_market;

struct output; /* a folder being written; ended with the context */

/**
 * Begin. `path` must be new, an empty folder, or an older result of the same kind with no file of anybody else in it.
 */
LG_MUST enum lg_err output_begin(struct lg_ctx *cx, struct output **out, const char *path,
                                 const struct output_kind *kind);

/** A file of it: put bytes into `buf`, call output_more() now and then (it writes from 1 MiB on), and close it. */
struct output_file {
	struct lg_buf buf;
	const char *name;
	uint64_t bytes;
	char sha256[65]; /* once closed */
	struct output_inner *inner;
};
LG_MUST enum lg_err output_open(struct output *o, struct output_file **out, const char *name);
LG_MUST enum lg_err output_more(struct output *o, struct output_file *f);
LG_MUST enum lg_err output_close(struct output *o, struct output_file *f);

/** All files are closed: put the folder into its place. */
LG_MUST enum lg_err output_end(struct output *o);
#endif
