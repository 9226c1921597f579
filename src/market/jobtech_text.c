/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "market/jobtech_text.h"

#include <string.h>

#include "market/language.h"

enum { WORD_MAX = 40 };

/* What a sentence says that asks for a language; and what a part of it says that does not. */
static const char *const asks[] = { "tal och skrift", "tal som skrift", "skrift och tal",
	                            "flytande",       "kunskaper i ",   "behärskar " };
static const char *const spares[] = { "merit", "gärna", "önskvärd", "fördel", "plus", "grundläggande" };

struct part {
	const char *at;
	size_t n;
};

static char small(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }

static bool has(struct part p, const char *words)
{
	size_t n = strlen(words);
	for (size_t i = 0; i + n <= p.n; i++) {
		size_t same = 0;
		while (same < n && small(p.at[i + same]) == words[same]) same++;
		if (same == n) return true;
	}
	return false;
}

static bool has_one(struct part p, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (has(p, words[i])) return true;
	return false;
}

/* The next part that ends at one of these. */
static struct part next(const char **text, const char *end, const char *marks)
{
	struct part p = { *text, 0 };
	while (p.at + p.n < end && !strchr(marks, p.at[p.n])) p.n++;
	*text = p.at + p.n + (p.at + p.n < end);
	return p;
}

static void read_level(struct lg_ad_language *l, struct part sentence)
{
	static const char *const levels[] = { "A1", "A2", "B1", "B2", "C1", "C2" };
	memcpy(l->level, "B1", 3);
	for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
		char words[] = "nivå a1";
		words[sizeof words - 3] = small(levels[i][0]);
		words[sizeof words - 2] = levels[i][1];
		if (!has(sentence, words)) continue;
		memcpy(l->level, levels[i], 3);
		l->stated = true;
	}
}

static size_t put(struct lg_ad_language out[LG_AD_LANGUAGES_MAX], size_t n, struct part word, struct part sentence)
{
	char name[WORD_MAX] = "";
	if (word.n == 0 || word.n >= sizeof name) return n;
	memcpy(name, word.at, word.n);
	const char *code = lg_language_in_swedish(name);
	for (size_t i = 0; i < n; i++)
		if (code && !strcmp(out[i].code, code)) return n;
	if (!code || n == LG_AD_LANGUAGES_MAX) return n;
	out[n] = (struct lg_ad_language){ .code = code };
	read_level(&out[n], sentence);
	return n + 1;
}

static size_t read_sentence(struct lg_ad_language out[LG_AD_LANGUAGES_MAX], size_t n, struct part sentence)
{
	const char *at = sentence.at, *end = at + sentence.n;
	if (!has_one(sentence, asks, sizeof asks / sizeof *asks)) return n;
	while (at < end) {
		struct part phrase = next(&at, end, ",;()");
		const char *word = phrase.at;
		if (has_one(phrase, spares, sizeof spares / sizeof *spares)) continue;
		while (word < phrase.at + phrase.n)
			n = put(out, n, next(&word, phrase.at + phrase.n, " \t/-"), sentence);
	}
	return n;
}

size_t lg_ad_languages(struct lg_ad_language out[LG_AD_LANGUAGES_MAX], const char *text)
{
	const char *end = text + strlen(text);
	size_t n = 0;
	while (text < end) n = read_sentence(out, n, next(&text, end, ".!?\r\n"));
	return n;
}
