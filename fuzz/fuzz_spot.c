/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "taxonomy/spot.h"

/*
 * Any bytes as a text: places must lie in it, not overlap, stand on borders of characters where it is UTF-8, come best
 * first, and be the same each time. The first byte chooses the language.
 */
static const char *const languages[] = { "da", "sv", "uk", "en", "any", "xx" };

static const struct lg_spotter *spotter(void)
{
	static struct lg_spotter *s;
	static struct lg_ctx cx;
	struct lg_taxonomy *t;
	if (s) return s;
	cx.mem = lg_arena_new(0, NULL);
	if (lg_taxonomy_builtin(&cx, &t) != LG_OK) abort();
	s = lg_spotter_new(&cx, t);
	return s;
}

static void check(const struct lg_spots *found, const char *text, size_t n, bool is_utf8)
{
	for (size_t i = 0; i < found->n; i++) {
		const struct lg_spot *a = &found->at[i];
		if (a->from >= a->to || a->to > n || !a->score || a->score > 10000 || !a->count) abort();
		if (is_utf8 && lg_utf8_span(text + a->from, a->to - a->from) != a->to - a->from) abort();
		for (size_t k = 0; k < i; k++) {
			const struct lg_spot *b = &found->at[k];
			if (b->score < a->score || (a->from < b->to && b->from < a->to)) abort();
			if (a->kind == b->kind && a->item == b->item) abort();
		}
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
	struct lg_spots a, b;
	const char *text = (const char *)data + (size > 0);
	size_t n = size - (size > 0);
	const char *language = languages[size ? data[0] % 6 : 0];
	if (lg_spot(&cx, spotter(), language, text, n, &a) != LG_OK) abort();
	if (lg_spot(&cx, spotter(), language, text, n, &b) != LG_OK || a.n != b.n || a.steps != b.steps) abort();
	if (a.n && memcmp(a.at, b.at, a.n * sizeof *a.at) != 0) abort();
	check(&a, text, n, lg_utf8_span(text, n) == n);
	lg_arena_free(cx.mem);
	return 0;
}
