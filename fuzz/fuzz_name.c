/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "core/name.h"

/*
 * Two lines: what is asked, and a name. Tidying twice changes nothing; a tidied name finds itself whole; keys are
 * ordered; what is like shares the least keys; marks are inside the text, ordered, and on borders of letters.
 */

static void check_keys(const struct name_trigrams *t)
{
	if (t->n > NAME_TRIGRAMS || t->n_sound > t->n) abort();
	for (size_t i = 0; i < t->n; i++) {
		if (!*t->key[i] || (i && strcmp(t->key[i - 1], t->key[i]) >= 0)) abort();
		if (lg_utf8_span(t->key[i], strlen(t->key[i])) != strlen(t->key[i])) abort();
	}
}

static bool counts_as_like(const struct name_trigrams *a, const struct name_trigrams *b)
{
	int n[2] = { 0, 0 };
	struct name_least least = name_trigrams_least(a);
	for (size_t i = 0; i < a->n; i++)
		for (size_t k = 0; k < b->n; k++)
			if (!strcmp(a->key[i], b->key[k])) n[*a->key[i] == '~']++;
	return n[0] >= least.spelled || n[1] >= least.heard;
}

static void find(const char *asked, const char *name)
{
	struct name_trigrams a, b;
	name_trigrams_asked(&a, asked);
	name_trigrams(&b, &name, 1);
	check_keys(&a);
	check_keys(&b);
	int score = name_score(asked, &name, 1);
	if (score < 0 || score > 1000) abort();
	if (counts_as_like(&a, &b) != (score >= NAME_LIKE)) abort();
}

static void mark(const char *asked, const char *shown)
{
	enum { ROOM = 3 };
	struct name_span s[ROOM];
	size_t n = name_match_spans(s, ROOM, asked, shown), length = strlen(shown), at = 0;
	if (n > ROOM) abort();
	for (size_t i = 0; i < n; i++) {
		if (s[i].from < at || s[i].to <= s[i].from || s[i].to > length) abort();
		if (((unsigned char)shown[s[i].from] & 0xC0) == 0x80 || ((unsigned char)shown[s[i].to] & 0xC0) == 0x80)
			abort();
		at = s[i].to;
	}
}

static void check_name(struct lg_arena *mem, const char *name)
{
	const char *again = name_tidy(mem, name, strlen(name)), *search = name_search(mem, name);
	struct name_trigrams t;
	if (!again || strcmp(again, name) != 0) abort();
	(void)name_latin(mem, name);
	(void)name_sound(mem, name);
	(void)name_script(name);
	name_trigrams_asked(&t, name);
	if (t.n && *search && strlen(search) < 60 && name_score(name, &name, 1) != 1000) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct lg_arena *mem = lg_arena_new(0, NULL);
	const char *text = (const char *)data, *line = size ? memchr(text, '\n', size) : NULL;
	size_t n = line ? (size_t)(line - text) : size;
	char *asked = name_tidy(mem, text, n), *name = line ? name_tidy(mem, line + 1, size - n - 1) : asked;
	if (asked) check_name(mem, asked);
	if (name) check_name(mem, name);
	if (asked && name) {
		find(asked, name);
		mark(asked, name);
		const char *key = name_key(mem, asked, name);
		if (strcmp(key, name_key(mem, asked, name)) != 0) abort();
	}
	lg_arena_free(mem);
	return 0;
}
