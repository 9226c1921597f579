/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_TAXONOMY_SPOT_CONTEXT_H
#define LG_TAXONOMY_SPOT_CONTEXT_H
#include <stdbool.h>
#include <stdint.h>

#include "taxonomy/link_index.h"
#include "taxonomy/spot_text.h"

/**
 * @file
 * What the words around a find say of it: a headline, a title that is sought, "we offer", "not needed".
 *
 * The lists of words stand in spot_context.c, of Danish, Swedish, English and Ukrainian together. Threads: any, once
 * made.
 */
enum {
	LG_WORD_NOT = 1,      /* "not", "no", "without" */
	LG_WORD_ONLY = 2,     /* behind such a one it takes the sense back: "not only" */
	LG_WORD_ROLE = 4,     /* "as", "seek": a title follows */
	LG_WORD_WITH = 8,     /* "with": somebody else's title follows */
	LG_WORD_IDLE = 16,    /* articles, "our": passed over within a phrase */
	LG_WORD_GENERAL = 32, /* a label of this one word alone tells too little */
	LG_WORD_DANISH = 64,
	LG_WORD_SWEDISH = 128,
	LG_WORD_ENGLISH = 256,
	LG_WORD_UKRAINIAN = 512,
	LG_WORD_YOU = 1024,     /* "you", "I": the sentence is of the person who works */
	LG_WORD_US = 2048,      /* "we", "our": of the employer */
	LG_WORD_BLOCKED = 4096, /* part of a phrase that means something else: "in cooperation with" */
};

struct lg_spot_context {
	struct lg_numbers numbers;
	uint16_t *classes;
	struct lg_spot_words *offers, *others; /* phrases: of what is offered; that mean something else */
};
void lg_spot_context(struct lg_ctx *cx, struct lg_spot_context *out);
/** Classes of a word, of the above. O(letters). */
uint16_t lg_spot_class(const struct lg_spot_context *c, const uint16_t *letters, size_t n);

/** Whom a sentence is about, by its pronouns, whether it tells what is offered, or of another page. */
enum lg_spot_tone { LG_TONE_PLAIN, LG_TONE_YOU, LG_TONE_US, LG_TONE_OFFER };
/** Of each word of a text: its classes, and the tone of its sentence. */
struct lg_spot_marks {
	const uint16_t *classes; /* [words] */
	const uint8_t *tones;    /* [words] */
	size_t n_headline;       /* so many words stand in the first line */
};
void lg_spot_marks(struct lg_ctx *cx, const struct lg_spot_context *c, const struct lg_spot_words *w,
                   struct lg_spot_marks *out);

/** Is what words [from, to) say denied, or another thing? Three words on either side, within the phrase, are looked at.
 */
bool lg_spot_denied(const struct lg_spot_words *w, const struct lg_spot_marks *m, size_t from, size_t to);
/** Does it stand behind such as "as", "we seek", and not behind "with"; or first in its line, perhaps behind a date? */
bool lg_spot_in_role(const struct lg_spot_words *w, const struct lg_spot_marks *m, size_t from);
#endif
