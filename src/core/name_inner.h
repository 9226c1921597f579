/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_NAME_INNER_H
#define LG_CORE_NAME_INNER_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Shared by the files of core/name.h and by nobody else. */

enum { FOLD_ROOM = 512, WORD_ROOM = 64 };

/** A text in its search form, sign by sign, and where each came from. */
struct folded {
	size_t n;
	uint32_t sign[FOLD_ROOM];                /* small letters, digits; ' ' between words */
	uint16_t from[FOLD_ROOM], to[FOLD_ROOM]; /* bytes of the text */
};

/** FOLD_SHORT: å a, ø o; FOLD_LONG: å aa, ø oe, as they are written where they are not on the keyboard. */
enum fold_form { FOLD_SHORT, FOLD_LONG };
void name_fold(struct folded *out, const char *text, enum fold_form form);

/** A word of a folded text. */
struct fold_word {
	size_t at, n;
};
/** The word at or behind *i. @return false: there is none */
bool name_word(struct fold_word *out, const struct folded *f, size_t *i);

/** Signs of a Cyrillic small letter in Latin ones; NULL: it is not in the table. Initial: it begins a word. */
const char *name_cyrillic(uint32_t small, bool initial);
bool name_is_apostrophe(uint32_t c);

/** The sound of one folded word. @return its length, below WORD_ROOM */
size_t name_word_sound(uint32_t out[WORD_ROOM], const uint32_t *word, size_t n);
#endif
