/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "taxonomy/spot.h"

static struct {
	struct lg_ctx cx;
	struct lg_taxonomy *t;
	struct lg_spotter *s;
} all;

static int begin(void **state)
{
	(void)state;
	all.cx.mem = lg_arena_new(0, NULL);
	if (lg_taxonomy_builtin(&all.cx, &all.t) != LG_OK) return -1;
	all.s = lg_spotter_new(&all.cx, all.t);
	return 0;
}

static int end(void **state)
{
	(void)state;
	lg_arena_free(all.cx.mem);
	return 0;
}

static struct lg_spots look(const char *language, const char *text)
{
	struct lg_spots out;
	assert_int_equal(lg_spot(&all.cx, all.s, language, text, strlen(text), &out), LG_OK);
	return out;
}

static const char *code_of(const struct lg_spot *s, char room[80])
{
	return s->kind == LG_SPOT_SKILL ? lg_taxonomy_skill_uri(all.t, s->item, room)
	                                : lg_taxonomy_code(all.t, s->item);
}

/* The find of a code, or NULL. */
static const struct lg_spot *find(const struct lg_spots *found, const char *code)
{
	char room[80];
	for (size_t i = 0; i < found->n; i++)
		if (!strcmp(code_of(&found->at[i], room), code)) return &found->at[i];
	return NULL;
}

/* The text names it, surely, with these words. */
static void names(const char *language, const char *text, const char *code, const char *words)
{
	struct lg_spots found = look(language, text);
	const struct lg_spot *s = find(&found, code);
	if (!s) {
		fail_msg("\"%s\" does not name %s", text, code);
		return;
	}
	assert_true(s->score >= LG_SPOT_SURE && s->score <= 10000);
	assert_int_equal(s->to - s->from, strlen(words));
	assert_memory_equal(text + s->from, words, strlen(words));
}

static void names_not(const char *language, const char *text, const char *code)
{
	struct lg_spots found = look(language, text);
	const struct lg_spot *s = find(&found, code);
	if (s) fail_msg("\"%s\" names %s by %.*s", text, code, (int)(s->to - s->from), text + s->from);
}

static void skills_are_found_in_four_languages(void **state)
{
	(void)state;
	names("da", "Du kan køre patienter på hospitalet.", "lg:patient-transport", "køre patienter på hospitalet");
	names("sv", "Du kan ge första hjälpen.", "lg:first-aid", "ge första hjälpen");
	names("en", "You follow safety rules at work.", "lg:work-safety", "follow safety rules at work");
	names("uk", "Ви вмієте надавати першу допомогу.", "lg:first-aid", "надавати першу допомогу");
}

static void without_a_language_it_is_told_from_the_text(void **state)
{
	(void)state;
	names("any", "Vi søger en, der kan gøre rent og lave mad til mange.", "lg:mass-catering", "lave mad til mange");
	names("any", "Du ska kunna laga mat till många och städa.", "lg:mass-catering", "laga mat till många");
	names("any", "Я працювала медсестрою у лікарні.", "lg:nurse", "медсестрою");
	names("any", "sygeplejerske", "lg:nurse", "sygeplejerske");
}

static void words_may_be_inflected(void **state)
{
	(void)state;
	names("da", "Sygeplejersker søges", "lg:nurse", "Sygeplejersker");
	names("da", "Erfaring med svejsningen", "lg:welding", "svejsningen");
	names("da", "Du betjener kunder", "lg:customer-service", "betjener kunder");
	names("sv", "Sjuksköterskor till Umeå", "lg:nurse", "Sjuksköterskor");
	names("sv", "Läkarna", "lg:doctor", "Läkarna");
	names("en", "Nurses wanted", "lg:nurse", "Nurses");
	names("uk", "Шукаємо медсестру", "lg:nurse", "медсестру");
}

static void other_words_with_the_same_stem_are_none(void **state)
{
	(void)state;
	names_not("sv", "Du vill lära dig mer", "lg:primary-teacher");
	names_not("sv", "Du handlar snabbt", "lg:shopkeeper");
	names_not("sv", "Det är inte bara ett jobb", "lg:bar-service");
	names_not("en", "You get tailored training", "lg:tailor");
}

static void nothing_is_found_inside_another_word(void **state)
{
	(void)state;
	names_not("da", "En kokosnød", "lg:cook");
	names_not("en", "Your nursery", "lg:nurse");
	names_not("sv", "En beskrivning", "lg:demolition");
	names_not("da", "køkken- og vaskeriarbejde", "lg:cook");
}

static void the_end_of_a_compound_is_found(void **state)
{
	(void)state;
	names("da", "Du har erfaring med danskundervisning", "lg:classroom-teaching", "danskundervisning");
}

static void names_need_their_capitals(void **state)
{
	(void)state;
	names("sv", "Du kan CNC", "lg:cnc-operation", "CNC");
	names("sv", "Du har kunskaper i Excel", "lg:office-software", "Excel");
	names_not("sv", "du kan cnc", "lg:cnc-operation");
	names_not("en", "Give me your word", "lg:office-software");
}

static void general_words_are_none(void **state)
{
	(void)state;
	struct lg_spots found = look("da", "Her er service, sikkerhed, drift og et godt arbejdsmiljø for dig");
	assert_int_equal(found.n, 0);
}

static void the_longer_of_two_is_taken(void **state)
{
	(void)state;
	struct lg_spots found = look("da", "Du har kørekort B og kan køre truck");
	for (size_t i = 0; i < found.n; i++)
		for (size_t k = 0; k < i; k++)
			assert_true(found.at[i].to <= found.at[k].from || found.at[k].to <= found.at[i].from);
	names("da", "Du har kørekort B", "lg:driving-licence-b", "kørekort B");
}

static void a_row_ends_where_the_sentence_does(void **state)
{
	(void)state;
	names_not("da", "Du kan lave. Mad til mange er dejlig", "lg:mass-catering");
	names_not("sv", "Du kan laga\nmat till många", "lg:mass-catering");
	names("sv", "Du vill arbeta i ett team", "lg:teamwork", "arbeta i ett team");
}

static void what_is_denied_is_none(void **state)
{
	(void)state;
	names("da", "Du har kørekort", "lg:driving-licence-b", "kørekort");
	names_not("da", "Kørekort er ikke et krav", "lg:driving-licence-b");
	names_not("sv", "Du behöver inget körkort", "lg:driving-licence-b");
	names_not("en", "I have no driving licence", "lg:driving-licence-b");
	names_not("uk", "Працюю без посвідчення. Досвід без водійські права", "lg:driving-licence-b");
	names("da", "Du har ikke kun kørekort", "lg:driving-licence-b", "kørekort");
	names_not("da", "Vi gør det i samarbejde med andre", "lg:teamwork");
}

static void what_is_offered_is_none(void **state)
{
	(void)state;
	names_not("da", "Vi tilbyder førstehjælp og madlavning", "lg:cooking");
	names_not("sv", "Säljare\nVi erbjuder\n- matlagning varje dag\n- städning\n", "lg:cooking");
	names("sv", "Säljare\nVi erbjuder\n- frukt\nDin profil\n- Du är van vid matlagning", "lg:cooking",
	      "matlagning");
	names_not("sv", "Privatlärare i matematik: https://example.org/", "lg:mathematics");
	names_not("en", "You are found at nurse@example.org or www.nurse.example", "lg:nurse");
}

static void an_occupation_counts_by_where_it_stands(void **state)
{
	(void)state;
	static const char ad[] = "Portør til sygehuset\n"
	                         "Du får et godt samarbejde med sygeplejersker. Du har arbejdet som chauffør.\n";
	struct lg_spots found = look("da", ad);
	const struct lg_spot *headline = find(&found, "lg:porter"), *other = find(&found, "lg:nurse");
	assert_non_null(headline);
	assert_non_null(other);
	assert_int_equal(found.at[0].score, headline->score);
	assert_true(headline->score >= LG_SPOT_SURE);
	assert_true(other->score < LG_SPOT_SURE && other->score * 2 <= headline->score);
	names("da", "CV\n2015-2020 Sygeplejerske, Odense\n", "lg:nurse", "Sygeplejerske");
	names("da", "CV\nJeg har arbejdet som sygeplejerske i Odense", "lg:nurse", "sygeplejerske");
}

static void each_concept_comes_once(void **state)
{
	(void)state;
	static const char text[] = "Du kan svejsning. Du kan svejsning, også svejsning.";
	struct lg_spots found = look("da", text);
	assert_int_equal(found.n, 1);
	assert_int_equal(found.at[0].count, 3);
	assert_int_equal(found.at[0].from, strstr(text, "svejsning") - text);
	assert_string_equal(found.at[0].label, "svejsning");
	assert_string_equal(found.at[0].language, "da");
}

/* Places are on borders of characters, in order of scores, and do not overlap. */
static void assert_sound(const struct lg_spots *found, const char *text, size_t n)
{
	for (size_t i = 0; i < found->n; i++) {
		const struct lg_spot *s = &found->at[i];
		assert_true(s->from < s->to && s->to <= n && s->score > 0 && s->score <= 10000 && s->count > 0);
		assert_true(((unsigned char)text[s->from] & 0xC0) != 0x80);
		assert_true(s->to == n || ((unsigned char)text[s->to] & 0xC0) != 0x80);
		assert_int_equal(lg_utf8_span(text + s->from, s->to - s->from), s->to - s->from);
		assert_true(i == 0 || s->score <= found->at[i - 1].score);
	}
}

static void hostile_bytes_part_words(void **state)
{
	(void)state;
	static const char text[] =
	    "\xFFsjuksko\xCC\x88terska\xC3 \xF0\x9F\x98\x80sygeplejerske\xE2\x80\x8B\xED\xA0\x80 \xC3";
	struct lg_spots found;
	assert_int_equal(lg_spot(&all.cx, all.s, "any", text, sizeof text - 1, &found), LG_OK);
	assert_non_null(find(&found, "lg:nurse"));
	for (size_t i = 0; i < found.n; i++) assert_true(found.at[i].to <= sizeof text - 1);
	assert_int_equal(lg_spot(&all.cx, all.s, "any", "", 0, &found), LG_OK);
	assert_int_equal(found.n, 0);
	assert_int_equal(lg_spot(&all.cx, all.s, "xx", "sygeplejerske", 13, &found), LG_OK);
	assert_int_equal(found.n, 0);
}

/* Words of the labels in an order of chance, with odd characters among them. */
static void places_are_on_borders_of_characters(void **state)
{
	(void)state;
	static const char *const words[] = { "sygeplejerske",
		                             "køre",
		                             "patienter",
		                             "på",
		                             "hospitalet",
		                             "första",
		                             "hjälpen",
		                             "лікар",
		                             "медсестра",
		                             "n\xC2\xADurse",
		                             "CNC",
		                             "første-hjælp",
		                             "Å",
		                             "o\xCC\x88",
		                             "\xF0\x9F\x98\x80",
		                             "i",
		                             "team",
		                             "\n",
		                             ".",
		                             "förs" };
	char text[4096];
	uint32_t dice = 1;
	for (int round = 0; round < 300; round++) {
		size_t n = 0;
		while (n < sizeof text - 64) {
			dice = dice * 1664525 + 1013904223;
			n += (size_t)snprintf(text + n, sizeof text - n, "%s%s",
			                      words[dice >> 16 & 15 ? dice >> 8 & 15 : 17], dice >> 30 ? " " : "");
		}
		struct lg_spots found = look("any", text);
		assert_sound(&found, text, n);
	}
}

static size_t steps_of(const char *unit, size_t times)
{
	size_t n = strlen(unit);
	char *text = malloc(n * times + 1);
	assert_non_null(text);
	for (size_t i = 0; i < times; i++) memcpy(text + i * n, unit, n + 1);
	size_t steps = look("any", text).steps;
	free(text);
	return steps;
}

/* Ten times the text is ten times the work, also where labels begin again and again. */
static void work_grows_with_the_text(void **state)
{
	(void)state;
	static const char *const units[] = { "Du kan køre patienter på hospitalet og lave mad. ", "arbeta i ", "a ",
		                             "sygeplejerskesygeplejerske ", "den det en " };
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		assert_true(steps_of(units[i], 10000) <= 11 * steps_of(units[i], 1000) + 1000);
}

static void texts_that_are_too_long_are_refused(void **state)
{
	(void)state;
	struct lg_spots found;
	char *text = malloc(LG_SPOT_TEXT_MAX + 1);
	assert_non_null(text);
	memset(text, 'x', LG_SPOT_TEXT_MAX + 1);
	assert_int_equal(lg_spot(&all.cx, all.s, "da", text, LG_SPOT_TEXT_MAX, &found), LG_OK);
	assert_int_equal(found.n, 0);
	assert_int_equal(lg_spot(&all.cx, all.s, "da", text, LG_SPOT_TEXT_MAX + 1, &found), LG_INVALID);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(skills_are_found_in_four_languages),
		cmocka_unit_test(without_a_language_it_is_told_from_the_text),
		cmocka_unit_test(words_may_be_inflected),
		cmocka_unit_test(other_words_with_the_same_stem_are_none),
		cmocka_unit_test(nothing_is_found_inside_another_word),
		cmocka_unit_test(the_end_of_a_compound_is_found),
		cmocka_unit_test(names_need_their_capitals),
		cmocka_unit_test(general_words_are_none),
		cmocka_unit_test(the_longer_of_two_is_taken),
		cmocka_unit_test(a_row_ends_where_the_sentence_does),
		cmocka_unit_test(what_is_denied_is_none),
		cmocka_unit_test(what_is_offered_is_none),
		cmocka_unit_test(an_occupation_counts_by_where_it_stands),
		cmocka_unit_test(each_concept_comes_once),
		cmocka_unit_test(hostile_bytes_part_words),
		cmocka_unit_test(places_are_on_borders_of_characters),
		cmocka_unit_test(work_grows_with_the_text),
		cmocka_unit_test(texts_that_are_too_long_are_refused),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
