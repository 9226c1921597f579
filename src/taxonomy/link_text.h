/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_TAXONOMY_LINK_TEXT_H
#define LG_TAXONOMY_LINK_TEXT_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * @file
 * Texts as the linker sees them: small letters and digits, one blank between words, none at the ends.
 *
 * Small letters are made of Latin (Latin-1, Extended-A), Greek and Cyrillic capitals; other scripts stay as they are.
 * Letters keep their marks, because they tell words apart, with these exceptions: the Swedish and German ä and ö
 * become æ and ø, which are the same letters to a Dane; ß becomes ss; the Russian ы ё э ъ become и е е and nothing. A
 * letter and its combining mark become one where that letter is of our languages. Apostrophes within a Cyrillic word
 * go, as they are often left out (п'ять, пять); all else that is neither letter nor digit parts words.
 *
 * No memory, no failure: bytes that are not UTF-8 part words, and what is longer than LG_LETTERS_MAX is cut.
 */
enum { LG_LETTERS_MAX = 256 };

struct lg_letters {
	uint16_t at[LG_LETTERS_MAX]; /* code points; those beyond 16 bits are all 0xFFFD */
	size_t n;
};

void lg_letters_fold(struct lg_letters *out, const char *text, size_t n);
bool lg_letters_same(const struct lg_letters *a, const struct lg_letters *b);
/** Are there Cyrillic letters? */
bool lg_letters_cyrillic(const struct lg_letters *in);

/** Cyrillic into Latin, as Ukraine's passports have it (Resolution 55 of 2010), with the Russian letters added. */
void lg_letters_to_latin(struct lg_letters *out, const struct lg_letters *in);
/** Latin into Cyrillic, whatever habit it was written by: zh or ž, ya or ja or ia. Soft signs cannot be told. */
void lg_letters_to_cyrillic(struct lg_letters *out, const struct lg_letters *in);
/** Letters as written without a Nordic keyboard: ae oe aa become æ ø å. @return were there any? */
bool lg_letters_from_ascii(struct lg_letters *out, const struct lg_letters *in);
/** Nordic letters without what stands above or through them: å and æ become a, ø becomes o. @return were there any? */
bool lg_letters_bare(struct lg_letters *out, const struct lg_letters *in);

/** The next word from *at on, which is moved behind it. @return NULL when there is none */
const uint16_t *lg_letters_word(const struct lg_letters *in, size_t *at, size_t *n);

/** A number for some letters; equal ones have equal numbers, and others, as good as always, different ones. Never 0. */
uint32_t lg_letters_key(const uint16_t *letters, size_t n);
/**
 * Keys of every run of 2 to 4 letters of " TEXT ", blanks included. `out` has room for LG_GRAMS_MAX. @return how many
 */
enum { LG_GRAMS_MAX = 3 * (LG_LETTERS_MAX + 2) };
size_t lg_letters_grams(uint32_t *out, const uint16_t *letters, size_t n);
#endif
