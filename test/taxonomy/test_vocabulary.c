/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "taxonomy/licence.h"
#include "taxonomy/taxonomy.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const char *const languages[] = { "da", "en", "sv", "uk" };
static const char *const countries[] = { "DK", "SE" };
enum { LANGUAGES = 4, OTHERS_MIN = 3, OTHERS_MAX = 10 };

static int set_up(void **state)
{
	static struct lg_ctx cx;
	struct lg_taxonomy *t;
	cx = (struct lg_ctx){ .mem = lg_arena_new(0, NULL) };
	if (lg_taxonomy_builtin(&cx, &t) != LG_OK) return 1;
	*state = t;
	return 0;
}

static uint16_t concept(const struct lg_taxonomy *t, const char *text)
{
	return lg_taxonomy_concept(t, text, strlen(text));
}

static bool is_occupation(const struct lg_taxonomy *t, uint16_t c) { return !lg_taxonomy_is_group(t, c); }

/* Labels of a concept in a language, preferred ones and others. */
static void count_labels(const struct lg_taxonomy *t, uint16_t c, const char *language, size_t *preferred,
                         size_t *others)
{
	struct lg_label l;
	*preferred = *others = 0;
	for (size_t i = 0; lg_taxonomy_labels(t, c, i, &l); i++)
		if (!strcmp(l.language, language)) *(l.preferred ? preferred : others) += 1;
}

/* ------------------------------------------------------------------------------------------------- there is */

static void every_group_and_occupation_has_a_label_in_each_language(void **state)
{
	const struct lg_taxonomy *t = *state;
	for (uint16_t c = 0; c < lg_taxonomy_concepts(t); c++)
		for (size_t k = 0; k < LANGUAGES; k++) {
			size_t preferred, others;
			count_labels(t, c, languages[k], &preferred, &others);
			if (preferred != 1) print_message("# %s %s\n", lg_taxonomy_code(t, c), languages[k]);
			assert_int_equal(preferred, 1);
		}
	for (size_t k = 0; k < LANGUAGES; k++) assert_string_equal(lg_taxonomy_language(t, k), languages[k]);
	assert_null(lg_taxonomy_language(t, LANGUAGES));
}

static void every_skill_has_a_label_in_each_language(void **state)
{
	const struct lg_taxonomy *t = *state;
	assert_true(lg_taxonomy_skills(t) >= 250);
	for (uint16_t s = 0; s < lg_taxonomy_skills(t); s++) {
		struct lg_label l;
		size_t preferred = 0;
		for (size_t i = 0; lg_taxonomy_skill_labels(t, s, i, &l); i++)
			if (l.preferred) assert_string_equal(l.language, languages[preferred++]);
		assert_int_equal(preferred, LANGUAGES);
	}
}

static void there_are_about_two_hundred_occupations_with_the_words_people_write(void **state)
{
	const struct lg_taxonomy *t = *state;
	size_t occupations = 0;
	for (uint16_t c = 0; c < lg_taxonomy_concepts(t); c++) {
		if (!is_occupation(t, c)) continue;
		occupations++;
		for (size_t k = 0; k < LANGUAGES; k++) {
			size_t preferred, others;
			count_labels(t, c, languages[k], &preferred, &others);
			if (others < OTHERS_MIN || others > OTHERS_MAX)
				print_message("# %s %s: %zu\n", lg_taxonomy_code(t, c), languages[k], others);
			assert_in_range(others, OTHERS_MIN, OTHERS_MAX);
		}
	}
	assert_true(occupations >= 195);
}

static void words_lead_to_what_they_mean(void **state)
{
	static const struct {
		const char *code, *language, *text;
	} words[] = {
		{ "lg:nurse", "da", "sygeplejerske" },
		{ "lg:nurse", "sv", "SSK" },
		{ "lg:nurse", "uk", "медбрат" },
		{ "lg:nurse", "en", "RN" },
		{ "lg:social-health-assistant", "da", "SOSU-assistent" },
		{ "lg:social-health-assistant", "sv", "undersköterska" },
		{ "lg:social-health-helper", "da", "SOSU-hjælper" },
		{ "lg:social-health-helper", "sv", "vårdbiträde" },
		{ "lg:office-cleaner", "uk", "уборщица" },
		{ "lg:laboratory-technician", "sv", "BMA" },
		{ "2221", "da", "Sygeplejerskearbejde" },
		{ "2221", "sv", "Sjuksköterskor med särskild kompetens" },
		{ "2221", "uk", "Медичні сестри та медичні брати" },
	};
	const struct lg_taxonomy *t = *state;
	for (size_t i = 0; i < COUNT(words); i++) {
		struct lg_label l;
		size_t k = 0;
		uint16_t c = concept(t, words[i].code);
		assert_int_not_equal(c, LG_NO_CONCEPT);
		while (lg_taxonomy_labels(t, c, k, &l) &&
		       (strcmp(l.language, words[i].language) != 0 || strcmp(l.text, words[i].text) != 0))
			k++;
		if (!lg_taxonomy_labels(t, c, k, &l)) fail_msg("%s: %s", words[i].code, words[i].text);
	}
}

/* -------------------------------------------------------------------------------------------------- letters */

enum script { NEITHER, LATIN, CYRILLIC, FOREIGN };

/* The script of the character at `s`, and its length. U+0400..U+04FF is Cyrillic, U+0080..U+024F Latin. */
static enum script script_of(const unsigned char *s, size_t *n)
{
	*n = 1;
	if (*s < 0x80) return (*s | 32) >= 'a' && (*s | 32) <= 'z' ? LATIN : NEITHER;
	if ((*s & 0xE0) != 0xC0 || (s[1] & 0xC0) != 0x80) return FOREIGN;
	*n = 2;
	unsigned c = (*s & 0x1Fu) << 6 | (s[1] & 0x3Fu);
	return c >= 0x400 && c <= 0x4FF ? CYRILLIC : c >= 0xC0 && c < 0x250 ? LATIN : FOREIGN;
}

/* How many letters of each script; whether a Latin small letter stands anywhere; the longest run of mixed ones. */
struct letters {
	size_t of[FOREIGN + 1];
	bool latin_small, is_mixed;
};

static struct letters letters_of(const char *text)
{
	struct letters l = { { 0 }, false, false };
	enum script last = NEITHER;
	size_t n;
	for (const unsigned char *s = (const unsigned char *)text; *s; s += n) {
		enum script now = script_of(s, &n);
		l.of[now]++;
		if (now == LATIN && (*s >= 0x80 || (*s >= 'a' && *s <= 'z'))) l.latin_small = true;
		if ((now == LATIN && last == CYRILLIC) || (now == CYRILLIC && last == LATIN)) l.is_mixed = true;
		last = now;
	}
	return l;
}

/* Neither empty nor with a blank or separator too many, and in the letters of its language. */
static void check_text(const char *where, const struct lg_label *l)
{
	struct letters a = letters_of(l->text);
	size_t n = strlen(l->text);
	bool cyrillic = !strcmp(l->language, "uk");
	bool good = n > 0 && n < 200 && l->text[0] != ' ' && l->text[n - 1] != ' ' && !strstr(l->text, "  ") &&
	            !strpbrk(l->text, ";|\t\n\"") && a.of[FOREIGN] == 0 && !a.is_mixed;
	if (!cyrillic) good = good && a.of[CYRILLIC] == 0 && a.of[LATIN] > 0;
	/* Abbreviations (ADR, UX) and, among the other words, names of products are in Latin letters. */
	if (cyrillic && l->preferred) good = good && a.of[CYRILLIC] > 0 && !a.latin_small;
	if (!good) print_message("# %s %s \"%s\"\n", where, l->language, l->text);
	assert_true(good);
}

static void every_text_is_in_the_letters_of_its_language(void **state)
{
	const struct lg_taxonomy *t = *state;
	struct lg_label l;
	char uri[80];
	for (uint16_t c = 0; c < lg_taxonomy_concepts(t); c++)
		for (size_t i = 0; lg_taxonomy_labels(t, c, i, &l); i++) check_text(lg_taxonomy_code(t, c), &l);
	for (uint16_t s = 0; s < lg_taxonomy_skills(t); s++)
		for (size_t i = 0; lg_taxonomy_skill_labels(t, s, i, &l); i++)
			check_text(lg_taxonomy_skill_uri(t, s, uri), &l);
}

static int by_text(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

static void no_two_have_one_name(const char **texts, size_t n)
{
	qsort(texts, n, sizeof *texts, by_text);
	for (size_t i = 1; i < n; i++) {
		if (!strcmp(texts[i - 1], texts[i])) print_message("# twice: %s\n", texts[i]);
		assert_string_not_equal(texts[i - 1], texts[i]);
	}
}

static void no_two_occupations_or_skills_have_one_name(void **state)
{
	const struct lg_taxonomy *t = *state;
	const char *texts[1024];
	for (size_t k = 0; k < LANGUAGES; k++) {
		size_t n = 0;
		for (uint16_t c = 0; c < lg_taxonomy_concepts(t); c++)
			if (is_occupation(t, c) && n < COUNT(texts)) texts[n++] = lg_taxonomy_label(t, c, languages[k]);
		assert_true(n < COUNT(texts));
		no_two_have_one_name(texts, n);
		assert_true(lg_taxonomy_skills(t) < COUNT(texts));
		for (n = 0; n < lg_taxonomy_skills(t); n++)
			texts[n] = lg_taxonomy_skill_label(t, (uint16_t)n, languages[k]);
		no_two_have_one_name(texts, n);
	}
}

/* --------------------------------------------------------------------------------------------------- skills */

static void every_occupation_has_ten_to_thirty_skills(void **state)
{
	const struct lg_taxonomy *t = *state;
	bool used[1024] = { false };
	assert_true(lg_taxonomy_skills(t) < COUNT(used));
	for (uint16_t c = 0; c < lg_taxonomy_concepts(t); c++) {
		const struct lg_relation *r;
		size_t n = lg_taxonomy_relations(t, c, &r), essential = 0;
		if (!is_occupation(t, c)) continue;
		for (size_t i = 0; i < n; i++) {
			used[r[i].skill] = true;
			essential += r[i].essential;
		}
		if (n < 10 || n > 30) print_message("# %s: %zu\n", lg_taxonomy_code(t, c), n);
		assert_in_range(n, 10, 30);
		assert_in_range(essential, 3, n - 1);
		assert_int_equal(strlen(lg_taxonomy_code(t, lg_taxonomy_unit_group(t, c))), 4);
	}
	for (uint16_t s = 0; s < lg_taxonomy_skills(t); s++) assert_true(used[s]);
}

/* ------------------------------------------------------------------------------------------------- licences */

static void licences_are_of_the_occupations_unit_group(void **state)
{
	const struct lg_taxonomy *t = *state;
	size_t known[COUNT(countries)] = { 0 };
	for (uint16_t c = 0; c < lg_taxonomy_concepts(t); c++)
		for (size_t k = 0; k < COUNT(countries); k++) {
			char licence[LG_LICENCE_ROOM], unit[5];
			enum lg_licence_need need = lg_taxonomy_licence(t, c, countries[k], licence);
			assert_int_equal(strlen(licence), need == LG_LICENCE_NONE ? 0 : 7);
			if (need == LG_LICENCE_NONE) continue;
			known[k]++;
			memcpy(unit, licence, 4);
			unit[4] = 0;
			assert_true(is_occupation(t, c));
			assert_int_equal(licence[4], '@');
			assert_string_equal(licence + 5, countries[k]);
			assert_int_equal(concept(t, unit), lg_taxonomy_unit_group(t, c));
		}
	assert_true(known[0] >= 25);
	assert_true(known[1] >= 35);
}

static void licences_are_the_known_ones(void **state)
{
	static const struct {
		const char *code, *country, *licence;
		enum lg_licence_need need;
	} cases[] = {
		{ "lg:nurse", "DK", "2221@DK", LG_LICENCE_WORK },
		{ "lg:nurse", "SE", "2221@SE", LG_LICENCE_WORK },
		{ "lg:nurse", "NO", "", LG_LICENCE_NONE },
		{ "lg:nurse", "D", "", LG_LICENCE_NONE },
		{ "lg:nurse", "", "", LG_LICENCE_NONE },
		{ "lg:social-health-assistant", "DK", "5321@DK", LG_LICENCE_WORK },
		{ "lg:social-health-assistant", "SE", "5321@SE", LG_LICENCE_TITLE },
		{ "lg:social-health-helper", "DK", "", LG_LICENCE_NONE },
		{ "lg:nursing-aide", "SE", "", LG_LICENCE_NONE },
		{ "lg:primary-teacher", "SE", "2341@SE", LG_LICENCE_WORK },
		{ "lg:primary-teacher", "DK", "", LG_LICENCE_NONE },
		{ "lg:preschool-teacher", "SE", "2342@SE", LG_LICENCE_WORK },
		{ "lg:office-cleaner", "DK", "", LG_LICENCE_NONE },
		{ "2221", "DK", "", LG_LICENCE_NONE },
	};
	const struct lg_taxonomy *t = *state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char licence[LG_LICENCE_ROOM];
		uint16_t c = concept(t, cases[i].code);
		assert_int_not_equal(c, LG_NO_CONCEPT);
		assert_int_equal(lg_taxonomy_licence(t, c, cases[i].country, licence), cases[i].need);
		assert_string_equal(licence, cases[i].licence);
	}
}

/* Sweden licenses 22 health professions; each has its occupation here. */
static void all_swedish_health_licences_are_there(void **state)
{
	static const char *const slugs[] = {
		"pharmacist",
		"occupational-therapist",
		"audiologist",
		"midwife",
		"laboratory-technician",
		"dietitian",
		"physiotherapist",
		"chiropractor",
		"speech-therapist",
		"health-social-worker",
		"doctor",
		"naprapath",
		"optometrist",
		"prosthetist",
		"psychologist",
		"psychotherapist",
		"pharmacy-technician",
		"radiographer",
		"hospital-physicist",
		"nurse",
		"dental-hygienist",
		"dentist",
	};
	const struct lg_taxonomy *t = *state;
	assert_int_equal(COUNT(slugs), 22);
	for (size_t i = 0; i < COUNT(slugs); i++) {
		char code[40] = "lg:", licence[LG_LICENCE_ROOM];
		strcat(code, slugs[i]);
		uint16_t c = concept(t, code);
		assert_int_not_equal(c, LG_NO_CONCEPT);
		assert_int_not_equal(lg_taxonomy_licence(t, c, "SE", licence), LG_LICENCE_NONE);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_group_and_occupation_has_a_label_in_each_language),
		cmocka_unit_test(every_skill_has_a_label_in_each_language),
		cmocka_unit_test(there_are_about_two_hundred_occupations_with_the_words_people_write),
		cmocka_unit_test(words_lead_to_what_they_mean),
		cmocka_unit_test(every_text_is_in_the_letters_of_its_language),
		cmocka_unit_test(no_two_occupations_or_skills_have_one_name),
		cmocka_unit_test(every_occupation_has_ten_to_thirty_skills),
		cmocka_unit_test(licences_are_of_the_occupations_unit_group),
		cmocka_unit_test(licences_are_the_known_ones),
		cmocka_unit_test(all_swedish_health_licences_are_there),
	};
	return cmocka_run_group_tests(tests, set_up, NULL);
}
