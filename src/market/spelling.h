/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_MARKET_SPELLING_H
#define LG_MARKET_SPELLING_H
#include <stddef.h>

#include "taxonomy/link_text.h"

/**
 * @file
 * How differently are two texts spelled? Not what they mean: that is the linker's (taxonomy/link.h).
 *
 * The distance is the number of letters to put in, leave out, change, or swap with the next one (optimal string
 * alignment), word by word. Of a word of 7 letters one may differ, of 12 two, of 18 three, of a shorter one none, and
 * never the first: what differs more is another word. Texts with more or fewer words than each other must have the same
 * letters. What counts is the nearest of these readings: as they stand; both in Latin letters, if one is in Cyrillic;
 * the text with its ae, oe, aa as æ, ø, å; the label without what stands above or through its Nordic letters.
 *
 * No memory, no failure.
 */

/** The letters of a text, blanks left out. */
size_t spelling_letters(const struct lg_letters *text);

/** How many letters of a word (or of a whole text) may differ. */
size_t spelling_room(size_t letters);

/**
 * The distance, or `room` + 1 if it is more than that, if a word differs too much, or if the two do not have the same
 * digits in the same order. O(letters of one * letters of the other) at worst.
 */
size_t spelling_distance(const struct lg_letters *text, const struct lg_letters *label, size_t room);

/** Are they alike but for an ending of at most three letters, as the plural of a word is? Four letters at least agree.
 */
bool spelling_same_stem(const struct lg_letters *a, const struct lg_letters *b);
#endif
