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
	uint32_t *first, *of_form; /* [forms + 1]; word << LG_WEIGHT_BITS | share of the form */
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

/** Texts of one question, which are looked for at once: the text, how else it may be meant, the parts of it. */
enum { LG_TEXTS_MAX = 8, LG_TOKENS_MAX = 96 };

/** A word of the vocabulary that is like a word of the question. */
struct lg_word_match {
	uint32_t next; /* match of the same word of the vocabulary, from 1; 0: there is none */
	uint16_t token, sim;
};
/** What a search needs; one thread's. */
struct lg_words_scratch {
	uint32_t *likeness;            /* [words] */
	uint32_t *matches_of;          /* [words] the first match; 0: the word is like none */
	struct lg_word_match *matches; /* from 1 */
	size_t n_matches, room_matches;
	uint32_t *matched; /* [words] those with a match */
	size_t n_matched, n_tokens, n_texts;
	uint32_t keys[LG_TOKENS_MAX]; /* of the different words of all texts */
	uint8_t texts[LG_TOKENS_MAX]; /* a bit for each text that has the word */
	uint16_t shares[LG_TEXTS_MAX][LG_TOKENS_MAX];
};
struct lg_words_scratch lg_words_scratch(struct lg_ctx *cx, const struct lg_words *w);

/** A cover of 1. */
enum { LG_COVER_BITS = 20, LG_COVER_ONE = 1 << LG_COVER_BITS };
/** Read the texts of a question; those before are forgotten. */
void lg_words_seek(const struct lg_words *w, struct lg_words_scratch *s, const struct lg_letters *const *texts,
                   size_t n);
/** The best cover of a form by one of the texts. O(words of the form that are like one of the texts). */
uint32_t lg_words_cover(const struct lg_words *w, struct lg_words_scratch *s, uint32_t form);
#endif
