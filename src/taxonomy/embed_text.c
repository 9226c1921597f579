/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "taxonomy/embed_text.h"

#include <string.h>

enum { START = '^', END = '$', WORD = '=', RUN_LEAST = 3, RUN_MOST = 5 };

static size_t keys_of_word(uint32_t *out, const uint16_t *word, size_t n)
{
	uint16_t marked[LG_LETTERS_MAX + 2];
	size_t found = 0;
	memcpy(marked + 1, word, n * sizeof *word);
	marked[0] = WORD;
	out[found++] = lg_letters_key(marked, n + 1);
	marked[0] = START;
	marked[n + 1] = END;
	for (size_t run = RUN_LEAST; run <= RUN_MOST; run++)
		for (size_t i = 0; i + run <= n + 2; i++) out[found++] = lg_letters_key(marked + i, run);
	return found;
}

/* A word of n letters, and the blank before the next, give at most 3 n + 1 <= 4 n keys. */
size_t lg_embed_keys(uint32_t *out, const struct lg_letters *text)
{
	size_t found = 0, n;
	const uint16_t *word;
	for (size_t at = 0; (word = lg_letters_word(text, &at, &n));) found += keys_of_word(out + found, word, n);
	return found;
}
