/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_IMPORT_UPLOAD_H
#define LG_CORE_IMPORT_UPLOAD_H
#include "core/import.h"

/** A file, as a form or the API brought it. */
struct import_upload {
	const struct import_kind *kind;
	const char *source, *file_name, *bytes;
	size_t n;
};
/**
 * Read it, keep its rows, suggest what its columns mean. `run`: nobody looks at it first; then each column must be
 * known. *id: of the new import. LG_INVALID with notes: it cannot be read.
 */
LG_MUST enum lg_err import_take(struct lg_ctx *cx, struct call *c, const struct import_upload *up, bool run,
                                const json_t *options, const char **id);
#endif
