/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "taxonomy/closeness.h"
#include "taxonomy/image.h"
#include "taxonomy/ssyk.h"
#include "walk.h"

static int set_up(void **state)
{
	static struct lg_ctx cx;
	cx = (struct lg_ctx){ .mem = lg_arena_new(0, NULL) };
	*state = &cx;
	return 0;
}

static int tear_down(void **state)
{
	struct lg_ctx *cx = *state;
	lg_arena_free(cx->mem);
	return 0;
}

static struct lg_taxonomy *small(struct lg_ctx *cx)
{
	struct lg_image image;
	struct lg_taxonomy *t = NULL;
	small_image(cx, &image);
	assert_int_equal(lg_taxonomy_open(cx, &t, image.bytes, image.size), LG_OK);
	return t;
}

static uint16_t concept(const struct lg_taxonomy *t, const char *text)
{
	return lg_taxonomy_concept(t, text, strlen(text));
}
static uint16_t skill(const struct lg_taxonomy *t, const char *text)
{
	return lg_taxonomy_skill(t, text, strlen(text));
}

static unsigned close_to(const struct lg_taxonomy *t, const char *wanted, const char *offered)
{
	return lg_taxonomy_closeness(t)[(size_t) concept(t, wanted) * lg_taxonomy_concepts(t) + concept(t, offered)];
}

/* ------------------------------------------------------------------------------------------------- round trip */

static void concepts_are_found_by_every_name(void **state)
{
	struct lg_taxonomy *t = small(*state);
	assert_int_equal(lg_taxonomy_concepts(t), 7);
	assert_int_equal(concept(t, "2221"), 3);
	assert_int_equal(concept(t, "http://data.europa.eu/esco/isco/C2221"), 3);
	assert_int_equal(concept(t, "2221.1"), 4);
	assert_int_equal(concept(t, OCCUPATION UUID_C), 4);
	assert_int_equal(concept(t, "https://data.europa.eu/esco/occupation/" UUID_C), 4);
	assert_int_equal(concept(t, "CCCCCCCC-0000-4000-8000-000000000003"), 4);
	assert_int_equal(concept(t, "2221.1.1"), 5);
	assert_int_equal(concept(t, UUID_A), 5);
	assert_int_equal(concept(t, "lg:nurse"), 6);
}

static void what_is_not_there_is_not_found(void **state)
{
	static const char *const names[] = { "",
		                             "9",
		                             "22211",
		                             "2221.",
		                             "2221.2",
		                             "lg:",
		                             "lg:care",
		                             UUID_B,
		                             SKILL UUID_A,
		                             OCCUPATION UUID_B,
		                             OCCUPATION "2221.1",
		                             OCCUPATION,
		                             "http://data.europa.eu/esco/isco/C",
		                             "http://data.europa.eu/esco/" };
	struct lg_taxonomy *t = small(*state);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) assert_int_equal(concept(t, names[i]), LG_NO_CONCEPT);
	assert_int_equal(lg_taxonomy_concept(t, "2221\0x", 6), LG_NO_CONCEPT);
	assert_int_equal(skill(t, "lg:nurse"), LG_NO_SKILL);
	assert_int_equal(skill(t, UUID_C), LG_NO_SKILL);
	assert_int_equal(skill(t, OCCUPATION UUID_A), LG_NO_SKILL);
	assert_int_equal(lg_taxonomy_skill(t, "lg:care\0", 8), LG_NO_SKILL);
}

static void skills_are_found_by_every_name(void **state)
{
	struct lg_taxonomy *t = small(*state);
	assert_int_equal(lg_taxonomy_skills(t), 3);
	assert_int_equal(skill(t, SKILL UUID_A), 0);
	assert_int_equal(skill(t, UUID_A), 0);
	assert_int_equal(skill(t, UUID_B), 1);
	assert_int_equal(skill(t, "lg:care"), 2);
}

static void names_come_back(void **state)
{
	struct lg_taxonomy *t = small(*state);
	char uri[80];
	assert_string_equal(lg_taxonomy_concept_uri(t, 3, uri), "http://data.europa.eu/esco/isco/C2221");
	assert_string_equal(lg_taxonomy_concept_uri(t, 4, uri), OCCUPATION UUID_C);
	assert_string_equal(lg_taxonomy_concept_uri(t, 6, uri), "lg:nurse");
	assert_string_equal(lg_taxonomy_skill_uri(t, 1, uri), SKILL UUID_B);
	assert_string_equal(lg_taxonomy_skill_uri(t, 2, uri), "lg:care");
	assert_string_equal(lg_taxonomy_code(t, 5), "2221.1.1");
	assert_string_equal(lg_taxonomy_version(t), "small 1");
	assert_string_equal(lg_taxonomy_attribution(t), "From nowhere.");
	assert_string_equal(lg_taxonomy_hash(t), "");
}

static void labels_fall_back_on_english_and_then_the_code(void **state)
{
	struct lg_taxonomy *t = small(*state);
	assert_string_equal(lg_taxonomy_label(t, 4, "da"), "sygeplejerske");
	assert_string_equal(lg_taxonomy_label(t, 4, "uk"), "nurse");
	assert_string_equal(lg_taxonomy_label(t, 4, NULL), "nurse");
	assert_string_equal(lg_taxonomy_label(t, 5, "da"), "2221.1.1");
	assert_string_equal(lg_taxonomy_skill_label(t, 0, "da"), "give medicines");
	assert_string_equal(lg_taxonomy_skill_label(t, 2, "da"), "care");
	assert_string_equal(lg_taxonomy_skill_label(t, 1, "da"), "(no label)");
	assert_string_equal(lg_taxonomy_language(t, 0), "da");
	assert_string_equal(lg_taxonomy_language(t, 1), "en");
	assert_null(lg_taxonomy_language(t, 2));
}

static void every_label_comes_once_the_preferred_first(void **state)
{
	struct lg_ctx *cx = *state;
	struct lg_draft *d = small_draft(cx);
	struct lg_image image;
	struct lg_taxonomy *t;
	struct lg_label l;
	lg_draft_label(cx, d, LG_OCCUPATION, UUID_C, "en", true, "another");
	lg_draft_label(cx, d, LG_OCCUPATION, UUID_C, "en", false, "nurse");
	lg_draft_label(cx, d, LG_OCCUPATION, UUID_C, "en", false, "");
	lg_draft_label(cx, d, LG_OCCUPATION, UUID_B, "en", false, "of nobody");
	assert_int_equal(lg_draft_build(cx, d, "", "", &image), LG_OK);
	assert_int_equal(image.dangling_labels, 1);
	assert_int_equal(lg_taxonomy_open(cx, &t, image.bytes, image.size), LG_OK);
	assert_string_equal(lg_taxonomy_labels(t, 4, 0, &l), "sygeplejerske");
	assert_true(l.preferred);
	assert_string_equal(l.language, "da");
	assert_string_equal(lg_taxonomy_labels(t, 4, 1, &l), "nurse");
	assert_true(l.preferred);
	assert_string_equal(lg_taxonomy_labels(t, 4, 2, &l), "another");
	assert_false(l.preferred);
	assert_string_equal(lg_taxonomy_labels(t, 4, 3, &l), "registered nurse");
	assert_null(lg_taxonomy_labels(t, 4, 4, &l));
	assert_string_equal(lg_taxonomy_skill_labels(t, 0, 0, &l), "give medicines");
	assert_null(lg_taxonomy_skill_labels(t, 0, 1, &l));
}

static void relations_ascend_and_essential_holds(void **state)
{
	struct lg_ctx *cx = *state;
	struct lg_draft *d = small_draft(cx);
	struct lg_image image;
	struct lg_taxonomy *t;
	const struct lg_relation *r;
	lg_draft_relation(cx, d, UUID_C, UUID_B, true);
	lg_draft_relation(cx, d, UUID_C, UUID_C, true);
	lg_draft_relation(cx, d, UUID_B, UUID_A, true);
	assert_int_equal(lg_draft_build(cx, d, "", "", &image), LG_OK);
	assert_int_equal(image.dangling_relations, 2);
	assert_string_equal(image.first[0].to, UUID_C);
	assert_string_equal(image.first[1].from, UUID_B);
	assert_null(image.first[2].from);
	assert_int_equal(lg_taxonomy_open(cx, &t, image.bytes, image.size), LG_OK);
	assert_int_equal(lg_taxonomy_relations(t, 4, &r), 2);
	assert_int_equal(r[0].skill, 0);
	assert_true(r[0].essential && r[1].essential);
	assert_int_equal(lg_taxonomy_relations(t, 3, &r), 0);
}

static void the_tree_follows_codes_and_what_is_said(void **state)
{
	struct lg_ctx *cx = *state;
	struct lg_draft *d = small_draft(cx);
	struct lg_image image;
	struct lg_taxonomy *t = small(cx);
	static const uint16_t expected[] = { 0, 0, 1, 2, 3, 4, 3 };
	for (uint16_t c = 0; c < 7; c++) assert_int_equal(lg_taxonomy_parents(t)[c], expected[c]);
	assert_int_equal(lg_taxonomy_unit_group(t, 5), 3);
	assert_int_equal(lg_taxonomy_unit_group(t, 1), 1);
	assert_int_equal(lg_draft_occupation(cx, d, UUID_B, "2221.2", "2221"), LG_OK);
	lg_draft_broader(cx, d, UUID_B, UUID_C); /* said */
	lg_draft_broader(cx, d, UUID_C, UUID_B); /* a circle: not taken */
	lg_draft_broader(cx, d, UUID_B, SKILL UUID_A);
	assert_int_equal(lg_draft_build(cx, d, "", "", &image), LG_OK);
	assert_int_equal(image.dangling_broader, 1);
	assert_int_equal(lg_taxonomy_open(cx, &t, image.bytes, image.size), LG_OK);
	assert_int_equal(lg_taxonomy_parents(t)[concept(t, "2221.2")], concept(t, "2221.1"));
	assert_int_equal(lg_taxonomy_parents(t)[concept(t, "2221.1")], concept(t, "2221"));
}

static void names_of_wrong_forms_are_refused(void **state)
{
	struct lg_ctx *cx = *state;
	struct lg_draft *d = lg_draft_new(cx);
	static const char *const codes[] = { "", "2221", "2221.", "2221.x", "222.1", "2221..1", "lg:nurse", "22211.1" };
	for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
		assert_int_equal(lg_draft_occupation(cx, d, UUID_A, codes[i], "2221"), LG_INVALID);
	assert_int_equal(lg_draft_occupation(cx, d, UUID_A, "2221.1", "222"), LG_INVALID);
	assert_int_equal(lg_draft_occupation(cx, d, "lg:a", "lg:b", "2221"), LG_INVALID);
	assert_int_equal(lg_draft_occupation(cx, d, SKILL UUID_A, "2221.1", "2221"), LG_INVALID);
	assert_int_equal(lg_draft_group(cx, d, "22210"), LG_INVALID);
	assert_int_equal(lg_draft_group(cx, d, ""), LG_INVALID);
	assert_int_equal(lg_draft_skill(cx, d, "care"), LG_INVALID);
	assert_int_equal(lg_draft_skill(cx, d, "lg:Care"), LG_INVALID);
	assert_non_null(strstr(cx->notes->text, "no name of a skill"));
}

static void what_cannot_be_built_is_refused(void **state)
{
	struct lg_ctx *cx = *state;
	struct lg_draft *d = small_draft(cx);
	struct lg_image image;
	assert_int_equal(lg_draft_occupation(cx, d, UUID_B, "2221.1", "2221"), LG_OK);
	assert_int_equal(lg_draft_build(cx, d, "", "", &image), LG_INVALID);
	assert_non_null(strstr(cx->notes->text, "2221.1"));
	d = small_draft(cx);
	assert_int_equal(lg_draft_occupation(cx, d, UUID_B, "3333.1", "3333"), LG_OK);
	assert_int_equal(lg_draft_build(cx, d, "", "", &image), LG_INVALID);
	assert_non_null(strstr(cx->notes->text, "3333"));
}

static void a_tree_without_end_is_refused(void **state)
{
	struct lg_ctx *cx = *state;
	struct lg_draft *d = small_draft(cx);
	struct lg_image image;
	char code[64] = "2221.1.1", uuid[] = "dddddddd-0000-4000-8000-0000000000aa";
	for (int i = 0; i < 20; i++) {
		uuid[35] = (char)('a' + i % 6);
		uuid[34] = (char)('a' + i / 6);
		strcat(code, ".1");
		assert_int_equal(lg_draft_occupation(cx, d, lg_strdup(cx->mem, uuid), lg_strdup(cx->mem, code), "2221"),
		                 LG_OK);
	}
	assert_int_equal(lg_draft_build(cx, d, "", "", &image), LG_INVALID);
	assert_non_null(strstr(cx->notes->text, "too deep"));
}

static void an_empty_vocabulary_is_one(void **state)
{
	struct lg_ctx *cx = *state;
	struct lg_image image;
	struct lg_taxonomy *t;
	assert_int_equal(lg_draft_build(cx, lg_draft_new(cx), "", "", &image), LG_OK);
	assert_int_equal(lg_taxonomy_open(cx, &t, image.bytes, image.size), LG_OK);
	assert_int_equal(lg_taxonomy_concepts(t) + lg_taxonomy_skills(t), 0);
	assert_int_equal(concept(t, "2221"), LG_NO_CONCEPT);
	assert_int_equal(skill(t, UUID_A), LG_NO_SKILL);
}

/* --------------------------------------------------------------------------------------------------- damage */

static void a_truncated_image_is_refused(void **state)
{
	struct lg_ctx *cx = *state;
	struct lg_image image;
	struct lg_taxonomy *t;
	small_image(cx, &image);
	for (size_t n = 0; n < image.size; n++) {
		void *part = lg_alloc(cx->mem, n + 1);
		memcpy(part, image.bytes, n);
		assert_int_equal(lg_taxonomy_open(cx, &t, part, n), LG_INVALID);
	}
}

/* Whatever bit is wrong: either it is refused, or nothing that is read lies outside (which the sanitizers watch). */
static void no_flipped_bit_does_harm(void **state)
{
	struct lg_ctx *cx = *state;
	struct lg_image image;
	struct lg_taxonomy *t;
	size_t refused = 0, sum = 0;
	small_image(cx, &image);
	unsigned char *bytes = image.bytes;
	for (size_t i = 0; i < image.size * 8; i++) {
		bytes[i / 8] ^= (unsigned char)(1u << i % 8);
		if (lg_taxonomy_open(cx, &t, bytes, image.size) == LG_OK)
			sum += walk(t);
		else
			refused++;
		bytes[i / 8] ^= (unsigned char)(1u << i % 8);
	}
	assert_true(sum > 0);
	assert_true(refused > image.size * 4);
}

static void no_wild_number_does_harm(void **state)
{
	static const uint32_t wild[] = { 0, 1, 2, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF };
	struct lg_ctx *cx = *state;
	struct lg_image image;
	struct lg_taxonomy *t;
	size_t sum = 0;
	small_image(cx, &image);
	uint32_t *words = image.bytes;
	for (size_t i = 0; i < image.size / 4; i++) {
		uint32_t was = words[i];
		for (size_t w = 0; w < sizeof wild / sizeof *wild; w++) {
			words[i] = wild[w];
			if (lg_taxonomy_open(cx, &t, words, image.size) == LG_OK) sum += walk(t);
		}
		words[i] = was;
	}
	assert_true(sum > 0);
}

static void the_reason_is_told(void **state)
{
	struct lg_ctx *cx = *state;
	struct lg_image image;
	struct lg_taxonomy *t;
	small_image(cx, &image);
	struct lg_image_head *h = image.bytes;
	h->format++;
	assert_int_equal(lg_taxonomy_open(cx, &t, h, image.size), LG_INVALID);
	assert_non_null(strstr(cx->notes->text, "another version"));
	h->format--;
	h->order = 0x04030201;
	assert_int_equal(lg_taxonomy_open(cx, &t, h, image.size), LG_INVALID);
	assert_non_null(strstr(cx->notes->text, "byte order"));
}

static void a_sealed_image_keeps_its_hash(void **state)
{
	static const char hash[] = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
	struct lg_ctx *cx = *state;
	struct lg_image image;
	struct lg_taxonomy *t;
	small_image(cx, &image);
	lg_image_seal(&image, hash);
	assert_int_equal(lg_taxonomy_open(cx, &t, image.bytes, image.size), LG_OK);
	assert_string_equal(lg_taxonomy_hash(t), hash);
	assert_true(lg_image_unhashed() >= offsetof(struct lg_image_head, hash) + sizeof hash);
}

/* ------------------------------------------------------------------------------------------------- built-in */

static struct lg_taxonomy *builtin(struct lg_ctx *cx)
{
	struct lg_taxonomy *t = NULL;
	assert_int_equal(lg_taxonomy_builtin(cx, &t), LG_OK);
	return t;
}

static void the_builtin_has_all_groups_and_occupations_of_its_own(void **state)
{
	struct lg_taxonomy *t = builtin(*state);
	size_t groups = 0;
	for (uint16_t c = 0; c < lg_taxonomy_concepts(t); c++) groups += lg_taxonomy_is_group(t, c);
	assert_int_equal(groups, 619);
	assert_true(lg_taxonomy_concepts(t) - groups >= 100);
	assert_true(lg_taxonomy_skills(t) >= 150);
	assert_string_equal(lg_taxonomy_label(t, concept(t, "2221"), "en"), "Nursing professionals");
	assert_string_equal(lg_taxonomy_label(t, concept(t, "lg:nurse"), "da"), "sygeplejerske");
	assert_string_equal(lg_taxonomy_version(t), "built-in 2");
	assert_string_equal(lg_taxonomy_attribution(t), "");
	assert_true(walk(t) > 0);
}

static void builtin_concepts_have_labels_and_a_way_up(void **state)
{
	struct lg_taxonomy *t = builtin(*state);
	for (uint16_t c = 0; c < lg_taxonomy_concepts(t); c++) {
		uint16_t up = c;
		int steps = 0;
		while (lg_taxonomy_parents(t)[up] != up && steps++ < 10) up = lg_taxonomy_parents(t)[up];
		assert_int_equal(strlen(lg_taxonomy_code(t, up)), 1);
		assert_int_equal(strlen(lg_taxonomy_code(t, lg_taxonomy_unit_group(t, c))) == 4,
		                 strlen(lg_taxonomy_code(t, c)) >= 4);
		assert_string_not_equal(lg_taxonomy_label(t, c, "en"), lg_taxonomy_code(t, c));
	}
	for (uint16_t s = 0; s < lg_taxonomy_skills(t); s++)
		assert_int_not_equal(strncmp(lg_taxonomy_skill_label(t, s, "en"), "lg:", 3), 0);
}

static void builtin_occupations_have_skills_and_each_skill_is_used(void **state)
{
	struct lg_taxonomy *t = builtin(*state);
	struct lg_ctx *cx = *state;
	uint8_t *used = lg_alloc(cx->mem, lg_taxonomy_skills(t));
	for (uint16_t c = 0; c < lg_taxonomy_concepts(t); c++) {
		const struct lg_relation *r;
		size_t n = lg_taxonomy_relations(t, c, &r), essential = 0;
		for (size_t i = 0; i < n; i++) {
			used[r[i].skill] = 1;
			essential += r[i].essential;
		}
		if (lg_taxonomy_is_group(t, c))
			assert_int_equal(n, 0);
		else
			assert_true(n >= 10 && n <= 30 && essential >= 3);
	}
	for (uint16_t s = 0; s < lg_taxonomy_skills(t); s++) {
		assert_true(used[s]);
		assert_in_range(lg_taxonomy_skill_weights(t)[s], 50, 1300);
	}
}

static void builtin_closeness_is_sensible(void **state)
{
	struct lg_taxonomy *t = builtin(*state);
	size_t n = lg_taxonomy_concepts(t);
	for (size_t i = 0; i < n * n; i++) assert_in_range(lg_taxonomy_closeness(t)[i], 0, 100);
	for (size_t i = 0; i < n; i++) assert_int_equal(lg_taxonomy_closeness(t)[i * n + i], 100);
	assert_true(close_to(t, "lg:nurse", "lg:midwife") > close_to(t, "lg:nurse", "lg:cook"));
	assert_true(close_to(t, "lg:kitchen-helper", "lg:cook") > close_to(t, "lg:kitchen-helper", "lg:accountant"));
	assert_true(close_to(t, "lg:office-cleaner", "lg:hospital-cleaner") >= 70);
	assert_true(close_to(t, "lg:software-developer", "lg:butcher") < 15);
	assert_true(close_to(t, "lg:nurse", "2221") >= 80);
	assert_true(close_to(t, "2221", "lg:nurse") >= 80);
	assert_true(close_to(t, "22", "lg:nurse") >= 40);
	assert_true(close_to(t, "2221", "222") >= 60);
	assert_true(close_to(t, "2", "7") < 40);
}

/* ------------------------------------------------------------------------------------------------- numbers */

static void logarithms_are_right(void **state)
{
	(void)state;
	assert_int_equal(lg_log2_16(1), 0);
	assert_int_equal(lg_log2_16(2), 65536);
	assert_int_equal(lg_log2_16(1u << 31), 31 * 65536);
	assert_in_range(lg_log2_16(3), 103871, 103872);    /* 1.584962 * 65536 = 103872.09 */
	assert_in_range(lg_log2_16(3137), 761210, 761212); /* 11.61517 * 65536 = 761211.77 */
	for (uint32_t i = 2; i < 4096; i++) assert_true(lg_log2_16(i) > lg_log2_16(i - 1));
}

static void a_rare_skill_tells_more(void **state)
{
	struct lg_taxonomy *t = small(*state);
	const uint16_t *w = lg_taxonomy_skill_weights(t);
	assert_int_equal(w[0], 92);  /* 2 of 3: 50 + 100 * log2(4 / 3) = 91.5 */
	assert_int_equal(w[1], 150); /* 1 of 3: 50 + 100 * log2(4 / 2)        */
}

static void swedish_codes_lead_to_isco(void **state)
{
	(void)state;
	const char *isco[LG_SSYK_ROOM];
	assert_int_equal(lg_ssyk_to_isco("0110", 4, isco, LG_SSYK_ROOM), 1);
	assert_string_equal(isco[0], "0110");
	assert_int_equal(lg_ssyk_to_isco("9999", 4, isco, LG_SSYK_ROOM), 0);
	assert_int_equal(lg_ssyk_to_isco("011", 3, isco, LG_SSYK_ROOM), 0);
	size_t n = lg_ssyk_to_isco("2221", 4, isco, LG_SSYK_ROOM);
	assert_true(n >= 1);
	isco[0] = NULL;
	assert_int_equal(lg_ssyk_to_isco("2221", 4, isco, 0), n);
	assert_null(isco[0]);
}

static void every_isco_of_the_swedish_key_exists(void **state)
{
	struct lg_taxonomy *t = builtin(*state);
	const char *isco[LG_SSYK_ROOM];
	size_t codes = 0, pairs = 0;
	for (unsigned i = 0; i < 10000; i++) {
		char ssyk[16];
		(void)snprintf(ssyk, sizeof ssyk, "%04u", i);
		size_t n = lg_ssyk_to_isco(ssyk, 4, isco, LG_SSYK_ROOM);
		assert_true(n <= LG_SSYK_ROOM);
		codes += n > 0;
		pairs += n;
		for (size_t j = 0; j < n; j++) {
			assert_int_not_equal(concept(t, isco[j]), LG_NO_CONCEPT);
			if (j) assert_true(strcmp(isco[j - 1], isco[j]) < 0);
		}
	}
	assert_int_equal(codes, 400);
	assert_int_equal(pairs, 565);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(concepts_are_found_by_every_name),
		TEST(what_is_not_there_is_not_found),
		TEST(skills_are_found_by_every_name),
		TEST(names_come_back),
		TEST(labels_fall_back_on_english_and_then_the_code),
		TEST(every_label_comes_once_the_preferred_first),
		TEST(relations_ascend_and_essential_holds),
		TEST(the_tree_follows_codes_and_what_is_said),
		TEST(names_of_wrong_forms_are_refused),
		TEST(what_cannot_be_built_is_refused),
		TEST(a_tree_without_end_is_refused),
		TEST(an_empty_vocabulary_is_one),
		TEST(a_truncated_image_is_refused),
		TEST(no_flipped_bit_does_harm),
		TEST(no_wild_number_does_harm),
		TEST(the_reason_is_told),
		TEST(a_sealed_image_keeps_its_hash),
		TEST(the_builtin_has_all_groups_and_occupations_of_its_own),
		TEST(builtin_concepts_have_labels_and_a_way_up),
		TEST(builtin_occupations_have_skills_and_each_skill_is_used),
		TEST(builtin_closeness_is_sensible),
		TEST(logarithms_are_right),
		TEST(a_rare_skill_tells_more),
		TEST(swedish_codes_lead_to_isco),
		TEST(every_isco_of_the_swedish_key_exists),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
