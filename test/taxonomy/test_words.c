/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "taxonomy/link.h"
#include "taxonomy/link_text.h"

/*
 * Words as people type them, with their mistakes, from test/taxonomy/words.tsv (run in the root of the source): how
 * often is what they mean the first that the linker finds, how often among the first five? Only occupations count: the
 * unit group of the right one is a miss.
 */

#define WORDS "test/taxonomy/words.tsv"

enum { WORDS_MIN = 300, OF_LANGUAGE_MIN = 70, WORDS_MAX = 1000, FIRST_MIN = 90, FIVE_MIN = 98, FIVE = 5 };

static const char *const languages[] = { "en", "da", "sv", "uk" };
enum { LANGUAGES = sizeof languages / sizeof *languages };

/* A line of the file. Codes have '|' between. */
struct word {
	char *language, *text, *codes;
};

static struct {
	struct lg_ctx cx;
	struct lg_taxonomy *taxonomy;
	struct lg_linker *linker;
	char bytes[1 << 16];
	struct word words[WORDS_MAX];
	size_t n;
} all;

static int read_words(void)
{
	FILE *f = fopen(WORDS, "rb");
	if (!f) return -1;
	size_t size = fread(all.bytes, 1, sizeof all.bytes - 1, f);
	(void)fclose(f);
	if (size == sizeof all.bytes - 1) return -1;
	char *line = all.bytes;
	for (char *end; (end = strchr(line, '\n')); line = end + 1) {
		*end = '\0';
		if (!*line || *line == '#') continue;
		char *text = strchr(line, '\t'), *codes = text ? strchr(text + 1, '\t') : NULL;
		if (!codes || all.n == WORDS_MAX) return -1;
		*text++ = *codes++ = '\0';
		all.words[all.n++] = (struct word){ .language = line, .text = text, .codes = codes };
	}
	return *line ? -1 : 0;
}

static int set_up(void **state)
{
	(void)state;
	all.cx = (struct lg_ctx){ .mem = lg_arena_new(0, NULL) };
	if (lg_taxonomy_builtin(&all.cx, &all.taxonomy) != LG_OK) return -1;
	if (lg_linker_new(&all.cx, &all.linker, all.taxonomy, LG_LINK_CONCEPTS, NULL, 0) != LG_OK) return -1;
	return read_words();
}

static int tear_down(void **state)
{
	(void)state;
	lg_arena_free(all.cx.mem);
	return 0;
}

/* The concepts that a word may mean, at most `room`; a code of none fails. */
static size_t meanings(const struct word *w, uint16_t *out, size_t room)
{
	size_t n = 0;
	for (const char *at = w->codes;; at++) {
		size_t length = strcspn(at, "|");
		uint16_t c = lg_taxonomy_concept(all.taxonomy, at, length);
		if (c == LG_NO_CONCEPT || lg_taxonomy_is_group(all.taxonomy, c) || n == room)
			fail_msg("%s: \"%s\" is no list of occupations", w->text, w->codes);
		out[n++] = c;
		at += length;
		if (!*at) return n;
	}
}

/* ------------------------------------------------------------------------------------------------- the list */

static void there_are_enough_words_of_each_language(void **state)
{
	size_t of[LANGUAGES] = { 0 }, n = 0;
	(void)state;
	for (size_t i = 0; i < all.n; i++) {
		uint16_t concepts[FIVE];
		assert_true(meanings(&all.words[i], concepts, FIVE) > 0);
		for (size_t k = 0; k < LANGUAGES; k++)
			if (!strcmp(all.words[i].language, languages[k])) of[k]++;
	}
	for (size_t k = 0; k < LANGUAGES; n += of[k++]) assert_true(of[k] >= OF_LANGUAGE_MIN);
	assert_int_equal(n, all.n); /* no other language */
	assert_true(n >= WORDS_MIN);
}

static void no_word_is_there_twice(void **state)
{
	(void)state;
	for (size_t i = 0; i < all.n; i++)
		for (size_t k = 0; k < i; k++)
			if (!strcmp(all.words[i].text, all.words[k].text) &&
			    !strcmp(all.words[i].language, all.words[k].language))
				fail_msg("\"%s\" is there twice", all.words[i].text);
}

/* Is this, but for capitals, a label of any concept in any language? */
static bool is_label(const char *text)
{
	struct lg_letters word, other;
	struct lg_label l;
	lg_letters_fold(&word, text, strlen(text));
	for (uint16_t c = 0; c < lg_taxonomy_concepts(all.taxonomy); c++)
		for (size_t i = 0; lg_taxonomy_labels(all.taxonomy, c, i, &l); i++) {
			lg_letters_fold(&other, l.text, strlen(l.text));
			if (lg_letters_same(&word, &other)) return true;
		}
	return false;
}

static void the_list_is_not_the_labels(void **state)
{
	size_t labels = 0;
	(void)state;
	for (size_t i = 0; i < all.n; i++) labels += is_label(all.words[i].text);
	(void)printf("# %zu of %zu words are labels\n", labels, all.n);
	assert_true(3 * labels <= all.n);
}

/* ----------------------------------------------------------------------------------------------- the answers */

/* At which place, from 0, is what the word means? FIVE: not among the first five. */
static size_t place(const struct word *w, struct lg_link_hit hits[FIVE], size_t *n)
{
	uint16_t concepts[FIVE];
	size_t wanted = meanings(w, concepts, FIVE);
	*n = lg_link(all.linker, w->language, w->text, strlen(w->text), hits, FIVE);
	for (size_t i = 0; i < *n; i++)
		for (size_t k = 0; k < wanted; k++)
			if (hits[i].concept == concepts[k]) return i;
	return FIVE;
}

static void say_miss(const struct word *w, size_t at, const struct lg_link_hit *hits, size_t n)
{
	char uri[80];
	(void)printf("# %s \"%s\", %s, is ", w->language, w->text, w->codes);
	if (at < FIVE)
		(void)printf("number %zu:", at + 1);
	else
		(void)printf("not there:");
	for (size_t i = 0; i < n && i <= at; i++)
		(void)printf(" %s", lg_taxonomy_concept_uri(all.taxonomy, (uint16_t)hits[i].concept, uri));
	(void)printf("\n");
}

static void what_people_type_is_found(void **state)
{
	size_t first = 0, five = 0;
	(void)state;
	for (size_t i = 0; i < all.n; i++) {
		struct lg_link_hit hits[FIVE];
		size_t n, at = place(&all.words[i], hits, &n);
		first += at == 0;
		five += at < FIVE;
		if (at) say_miss(&all.words[i], at, hits, n);
	}
	(void)printf("# %zu words: first %.1f %%, among the first five %.1f %%\n", all.n,
	             100.0 * (double)first / (double)all.n, 100.0 * (double)five / (double)all.n);
	assert_true(100 * first >= FIRST_MIN * all.n);
	assert_true(100 * five >= FIVE_MIN * all.n);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(there_are_enough_words_of_each_language),
		cmocka_unit_test(no_word_is_there_twice),
		cmocka_unit_test(the_list_is_not_the_labels),
		cmocka_unit_test(what_people_type_is_found),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
