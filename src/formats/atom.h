/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_FORMATS_ATOM_H
#define LG_FORMATS_ATOM_H
#include <stddef.h>

#include "base/buf.h"

/**
 * @file
 * A feed as Atom (RFC 4287), in pages (RFC 5005). Texts are plain, UTF-8; those that are NULL or "" are left out. Times
 * are as RFC 3339 has them: "2026-11-28T09:00:00Z".
 */
struct lg_atom_entry {
	const char *id, *title, *url, *published, *updated, *summary;
};
struct lg_atom {
	const char *id, *title, *author, *language, *updated;
	const char *url, *self, *next; /* the page for people, this one, the one behind it */
	const struct lg_atom_entry *entries;
	size_t n_entries;
};
/** Characters that XML has no room for are left out. Threads: any. O(length). */
void lg_atom_print(struct lg_buf *out, const struct lg_atom *feed);
#endif
