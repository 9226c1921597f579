/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "taxonomy/embed.h"

/* An embedding of any bytes: refused, or every text has a direction of its own length. */

static volatile size_t seen;

static void look(const struct lg_embedding *e, const char *text, size_t n)
{
	int8_t at[LG_EMBED_DIMENSIONS_MAX];
	int32_t dot;
	struct lg_letters l;
	seen += strlen(lg_embedding_taxonomy(e)) + strlen(lg_embedding_taxonomy_hash(e)) + strlen(lg_embedding_hash(e));
	for (size_t i = 0; i + 8 < n && i < 400; i += 8) {
		lg_letters_fold(&l, text + i, n - i);
		uint32_t factor = lg_embedding_of(e, &l, at);
		lg_embedding_dots(e, at, at, 1, &dot);
		if (factor == 0 && dot != 0) abort();
		if (abs(lg_embedding_cosine(dot, factor, factor)) > (1 << LG_EMBED_COSINE_BITS) * 101 / 100) abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
	const struct lg_embedding *e;
	void *bytes = malloc(size ? size : 1); /* aligned, and with nothing behind it */
	if (size) memcpy(bytes, data, size);
	if (lg_embedding_open(&cx, &e, bytes, size) == LG_OK) look(e, bytes, size);
	lg_arena_free(cx.mem);
	free(bytes);
	return 0;
}
