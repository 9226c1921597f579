/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CMD_TAXONOMY_IMPORT_H
#define LG_CMD_TAXONOMY_IMPORT_H
#include "formats/esco.h"
#include "taxonomy/draft.h"

/**
 * An ESCO release made into an image: from buffers to a buffer, no files. All in cx->mem.
 */

/** A file that was read: a zip of ESCO's, or with a language a list of labels. */
struct import_file {
	const char *name, *language, *bytes;
	size_t size;
};

struct import_result {
	struct lg_esco esco;   /* what was read, with counts of what was passed over */
	size_t unusable;       /* concepts with a URI or code of a form we do not know, left out */
	struct lg_image image; /* sealed */
	char hash[65];
};

/**
 * `version` is the release's name as people know it, "ESCO v1.1.1". LG_INVALID: as lg_esco_zip, lg_esco_labels,
 * lg_esco_complete and lg_draft_build say. About a second for a release.
 */
LG_MUST enum lg_err import_release(struct lg_ctx *cx, struct import_result *out, const struct import_file *files,
                                   size_t n, const char *version);
/** SHA-256, in hex, of what of an image is hashed. The image must have been opened. */
void import_hash(char out[65], const void *image, size_t size);
/** "ESCO v1.1.1" from "ESCO dataset - v1.1.1 - classification - en - csv.zip"; "ESCO" where a name does not tell. */
const char *import_version(struct lg_ctx *cx, const char *file_name);
#endif
