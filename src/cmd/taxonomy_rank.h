/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CMD_TAXONOMY_RANK_H
#define LG_CMD_TAXONOMY_RANK_H
#include "taxonomy/link.h"

/**
 * The labels of a corpus as the linker takes them, to be ranked for queries: to measure it on judgements of others.
 *
 * A corpus is rows of an identifier and a label, tab-separated; the concept is what stands before the first "_" of the
 * identifier. Nothing but the corpus is ranked. With a taxonomy, concepts of the corpus are taken for those of the
 * taxonomy with which they share the most labels, letter by letter, in the language of the corpus; from there come
 * unit groups, as context, and labels in other languages.
 *
 * Strings point into the corpus and the taxonomy. All in cx->mem. Errors: LG_INVALID for a row without a tab.
 */
struct rank_row {
	const char *id, *text; /* NUL-terminated */
};
struct rank_rows {
	struct rank_row *rows;
	size_t n;
};
/** `name` is for the note of an error. O(size). */
LG_MUST enum lg_err rank_rows(struct lg_ctx *cx, struct rank_rows *out, const char *name, const char *bytes,
                              size_t size);
/** What the linker may know besides the corpus. */
struct rank_more {
	const struct lg_taxonomy *taxonomy;   /* or NULL */
	bool alone;                           /* only unit groups, no labels of other languages */
	const struct lg_embedding *embedding; /* or NULL */
};
/** The first labels of the linker are those of the corpus. */
LG_MUST enum lg_err rank_linker(struct lg_ctx *cx, struct lg_linker **out, size_t *n_labels,
                                const struct rank_rows *corpus, const struct rank_more *more, const char *language);

/** The best `room` labels, best first; of equal ones, that which comes first. @return how many */
size_t rank_best(const uint32_t *scores, size_t n, uint32_t *best, size_t room);

/** landgang taxonomy rank --corpus TSV --queries TSV ...; argv[0] is "rank". Errors as cmd/run.h says. */
LG_MUST enum lg_err taxonomy_rank(struct lg_ctx *cx, int argc, char **argv);
#endif
