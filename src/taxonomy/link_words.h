/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_TAXONOMY_LINK_WORDS_H
#define LG_TAXONOMY_LINK_WORDS_H
#include "taxonomy/link_index.h"
#include "taxonomy/link_text.h"

/**
 * @file
 * How well the words of two texts cover one another. Two words are as like as the cosine of their runs of letters, if
 * that is at least 0.35. A word counts by how few concepts have it. Of the share of the text that the form's words
 * cover, and the share of the form that the text's words cover, the geometric mean is taken.
 *
 * Threads: any, once made; the scratch is one thread's.
 */

/** Where a compound is parted, learned from a vocabulary: "sygehusportør" into "sygehus" and "portør". */
struct lg_splitter {
	struct lg_numbers numbers;
	uint32_t *words;  /* how often it stands there as a word */
	uint32_t *starts; /* how many longer words begin with it */
};
struct lg_span {
	const uint16_t *at;
	size_t n;
};
/** Learn from the words of these texts. O(letters). */
void lg_splitter_make(struct lg_ctx *cx, struct lg_ctx *temp, struct lg_splitter *out, const struct lg_letters *texts,
                      size_t n);
/** @return 1 or 2 */
size_t lg_splitter_part(const struct lg_splitter *s, struct lg_span word, struct lg_span out[2]);

struct lg_words {
	const struct lg_splitter *splitter; /* NULL: words are taken whole */
	struct lg_numbers numbers, grams;
	struct lg_index likeness; /* words by their runs of letters */
	uint32_t forms, n;
	uint32_t *worth;           /* [n] how much a word tells, 16 binary digits */
	uint32_t *first, *in_form; /* [n + 1]; form << LG_WEIGHT_BITS | share of the form */
	uint32_t unknown_worth;
	const uint32_t *idle; /* keys of words that tell next to nothing, such as "and" */
	size_t n_idle;
};
/** Texts of forms, and the concept of each, ascending. `language` tells which words are idle. */
struct lg_words_in {
	const struct lg_letters *texts;
	const uint32_t *concepts;
	size_t n;
	const char *language;
	const struct lg_splitter *splitter;
};
void lg_words_make(struct lg_ctx *cx, struct lg_ctx *temp, struct lg_words *out, const struct lg_words_in *in);

/** What a search needs, for indexes of at most so many words and forms; all zero between two searches. */
struct lg_words_scratch {
	uint32_t *likeness, *seen_words; /* [words] */
	uint16_t *best_word;             /* [words] */
	uint16_t *best_form;             /* [forms] */
	uint32_t *covers, *covered;      /* [forms] */
	uint32_t *seen, *seen_now;       /* [forms] */
};
struct lg_words_scratch lg_words_scratch(struct lg_ctx *cx, size_t words, size_t forms);

/** scores[form] becomes the greater of itself and the cover, of which LG_COVER_ONE is the most. */
enum { LG_COVER_BITS = 20, LG_COVER_ONE = 1 << LG_COVER_BITS };
void lg_words_score(const struct lg_words *w, struct lg_words_scratch *s, const struct lg_letters *text,
                    uint32_t *scores);
#endif
