/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_FORMATS_ZIP_H
#define LG_FORMATS_ZIP_H
#include <stdbool.h>
#include <stddef.h>

#include "base/ctx.h"

/**
 * @file
 * A zip from a stranger, in memory: its parts by name, unpacked in pieces, never to a file (libarchive, by the zip's
 * own list of contents). Refused with a note: what is no zip, more than `entries_max` entries, a name that leads out of
 * it (.., a leading /, a backslash, a drive) or stands twice, an entry that is encrypted, a part that unpacks to more
 * than `part_max` bytes, or to more than `ratio_max` times the whole zip and more than 4 MiB.
 */
struct lg_zip {
	struct lg_ctx *cx;
	const char *name; /* of the file, for notes */
	const void *bytes;
	size_t n;
	size_t entries_max, part_max, ratio_max;
	const char **parts; /* names of all entries, sorted */
	size_t n_parts;
};

/** Read the list of contents. The struct's first seven members are set; names live in cx->mem. */
LG_MUST enum lg_err lg_zip_open(struct lg_zip *z);
/** Is there such a part (in any case of ASCII letters, as packages of documents have it)? */
bool lg_zip_has(const struct lg_zip *z, const char *part);
/** Unpack it: `take` gets it in pieces, and may end it with an error. LG_INVALID: it is missing, or as above. */
LG_MUST enum lg_err lg_zip_part(const struct lg_zip *z, const char *part, void *self,
                                enum lg_err (*take)(void *self, const char *bytes, size_t n));
#endif
