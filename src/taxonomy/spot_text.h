/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_TAXONOMY_SPOT_TEXT_H
#define LG_TAXONOMY_SPOT_TEXT_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/ctx.h"

/**
 * @file
 * A text as words, each with its place, in the letters of taxonomy/link_text.h; and what a word is without its ending.
 *
 * Stems are those of Snowball's algorithms (libstemmer) for the languages it has. It has no Ukrainian: there we cut
 * off the commonest endings of nouns and adjectives, where four letters are left.
 */

/** What stands between a word and the one before it. The order matters: the stronger is the greater. */
enum lg_spot_gap { LG_GAP_BLANK, LG_GAP_COMMA, LG_GAP_STOP, LG_GAP_LINE };
/** Capitals of a word: none, or some within it; the first letter; all of at least two. */
enum lg_spot_shape { LG_SHAPE_SMALL, LG_SHAPE_CAPITAL, LG_SHAPE_ALL };

struct lg_spot_word {
	uint32_t from, to; /* bytes of the text, on borders of characters */
	uint32_t at, n;    /* letters */
	uint8_t gap, shape;
	bool bullet; /* first in its line, behind a mark of a list */
	bool cut;    /* the rest of the compound comes later: "køkken- og rengøringsarbejde" */
	bool linked; /* an address follows in the same line */
};
struct lg_spot_words {
	struct lg_spot_word *words;
	uint16_t *letters;
	size_t n;
};
/** Bytes that are not UTF-8 part words; addresses of the web and of mail are passed over. All in cx->mem, about 14
 * bytes for each of the text's. O(n). */
void lg_spot_words(struct lg_ctx *cx, struct lg_spot_words *out, const char *text, size_t n);
static inline const uint16_t *lg_spot_letters(const struct lg_spot_words *w, size_t i)
{
	return w->letters + w->words[i].at;
}

/** Stems of one language; one thread's. */
struct lg_stemmer;
struct lg_stemmer *lg_stemmer(struct lg_ctx *cx, const char *language);
/** A number for the stem of a word; two stems have one number as good as never. O(letters). */
uint64_t lg_stem(struct lg_stemmer *s, const uint16_t *letters, size_t n);
/**
 * May the text's word be a form of the label's, which has the same stem? `alone`: it is the label's only word, and may
 * change as nouns do, and no more: "lärarna" of "lärare", but not "lära".
 */
bool lg_stem_fits(const struct lg_stemmer *s, bool alone, const uint16_t *text, size_t n_text, const uint16_t *label,
                  size_t n_label);
#endif
