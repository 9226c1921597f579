/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_TAXONOMY_EMBED_TEXT_H
#define LG_TAXONOMY_EMBED_TEXT_H
#include "taxonomy/link_text.h"

/** Keys of the features of a text: the runs of 3 to 5 letters of ^WORD$ of each word, and the words. Never 0. */
enum { LG_EMBED_KEYS_MAX = 4 * LG_LETTERS_MAX };
/** `out` has room for LG_EMBED_KEYS_MAX. @return how many; a key may come again */
size_t lg_embed_keys(uint32_t *out, const struct lg_letters *text);
#endif
