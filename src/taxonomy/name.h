/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_TAXONOMY_NAME_H
#define LG_TAXONOMY_NAME_H
#include <stdbool.h>
#include <stddef.h>

#include "taxonomy/image.h"

/**
 * @file
 * The forms in which a text names something, taken apart without asking whether it is there. O(n), no memory.
 */

/** What a vocabulary is made of. */
enum lg_kind { LG_GROUP, LG_OCCUPATION, LG_SKILL };

/** A name taken apart: an UUID, or else a code or slug that points into the text. */
struct lg_name {
	bool is_uuid;
	struct lg_uuid uuid;
	const char *code;
	size_t n;
};

/**
 * Read "http://data.europa.eu/esco/occupation/UUID", ".../skill/UUID", ".../isco/C2221", a bare UUID, or else a code.
 * `kind` says what is looked for: a URI of another kind is no name of it. https is taken for http.
 * @return false: not a name of this kind; `out` is then undefined
 */
bool lg_name_read(struct lg_name *out, enum lg_kind kind, const char *text, size_t n);
/** Print an UUID's URI. */
void lg_name_uri(char out[80], enum lg_kind kind, const struct lg_uuid *uuid);

bool lg_name_is_group(const char *code, size_t n); /* 1 to 4 digits */
bool lg_name_is_own(const char *code, size_t n);   /* "lg:" and small letters, digits, hyphens */
#endif
