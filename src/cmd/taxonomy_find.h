/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CMD_TAXONOMY_FIND_H
#define LG_CMD_TAXONOMY_FIND_H
#include "taxonomy/link.h"

/**
 * Choices that people have confirmed: rows of language (or "any"), label and code or URI, tab-separated; a line that
 * begins with "#" is none. All in cx->mem.
 */
struct confirmed_file {
	struct lg_link_label *labels;
	size_t n;
};
/** Errors: RUN_IO, and LG_INVALID with the number of the line. */
LG_MUST enum lg_err confirmed_read(struct lg_ctx *cx, struct confirmed_file *out, const char *path,
                                   const struct lg_taxonomy *t, enum lg_link_of of);

/** landgang taxonomy find [--lang L] TEXT; argv[0] is "find". Errors as cmd/run.h says. */
LG_MUST enum lg_err taxonomy_find(struct lg_ctx *cx, int argc, char **argv);
#endif
