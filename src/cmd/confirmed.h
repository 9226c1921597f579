/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CMD_CONFIRMED_H
#define LG_CMD_CONFIRMED_H
#include "cmd/input.h"
#include "market/confirmed.h"

/** Read a file of choices that people have confirmed (market/confirmed.h). Errors: RUN_IO, LG_INVALID. */
LG_MUST enum lg_err confirmed_load(struct lg_ctx *cx, struct lg_confirmed *out, struct input_digest *digest,
                                   const char *path, const struct lg_taxonomy *t);

/** The choices of one kind. */
struct confirmed_file {
	struct lg_link_label *labels;
	size_t n;
};
LG_MUST enum lg_err confirmed_read(struct lg_ctx *cx, struct confirmed_file *out, const char *path,
                                   const struct lg_taxonomy *t, enum lg_link_of of);
#endif
