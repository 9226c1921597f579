/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/buf.h"
#include "cmd/taxonomy_import.h"
#include "outside.h"
#include "walk.h"

/*
 * The official ESCO v1.1.1 and the judgements of the Swedish Employment Service, under $LG_DATA. Where they are not,
 * the tests say so and are skipped.
 */

static struct lg_ctx cx;
static struct import_result release;
static struct lg_taxonomy *t;
static double import_s, open_s;

static double now_s(void)
{
	struct timespec at;
	(void)clock_gettime(CLOCK_MONOTONIC, &at);
	return (double)at.tv_sec + (double)at.tv_nsec * 1e-9;
}

static int set_up(void **state)
{
	struct import_file files[6];
	size_t n = 0;
	(void)state;
	cx = (struct lg_ctx){ .mem = lg_arena_new(0, NULL) };
	bool there =
	    outside_add(&cx, files, &n, "esco/ESCO dataset - v1.1.1 - classification - en - csv.zip", NULL) &&
	    outside_add(&cx, files, &n, "esco/ESCO dataset - v1.1.1 - classification - relations - csv.zip", NULL) &&
	    outside_add(&cx, files, &n, "esco/labels/occupations_da.tsv", "da") &&
	    outside_add(&cx, files, &n, "esco/labels/isco08_da.tsv", "da") &&
	    outside_add(&cx, files, &n, "esco/labels/skills_sv.tsv", "sv");
	if (!there) return 0;
	double from = now_s();
	if (import_release(&cx, &release, files, n, import_version(&cx, files[0].name)) != LG_OK) return -1;
	import_s = now_s() - from;
	from = now_s();
	if (lg_taxonomy_open(&cx, &t, release.image.bytes, release.image.size) != LG_OK) return -1;
	open_s = now_s() - from;
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	lg_arena_free(cx.mem);
	return 0;
}

static bool absent(void)
{
	if (!t)
		(void)printf("# the ESCO release is not under %s\n",
		             getenv("LG_DATA") ? getenv("LG_DATA") : "../shared/data");
	return !t;
}

static void the_counts_are_those_of_the_release(void **state)
{
	size_t esco = 0, groups = 0, relations = 0;
	const struct lg_relation *r;
	(void)state;
	if (absent()) skip();
	for (uint16_t c = 0; c < lg_taxonomy_concepts(t); c++) {
		bool own = lg_taxonomy_code(t, c)[0] == 'l';
		groups += lg_taxonomy_is_group(t, c);
		esco += !own && !lg_taxonomy_is_group(t, c);
		relations += own ? 0 : lg_taxonomy_relations(t, c, &r);
	}
	assert_int_equal(groups, 619);
	assert_int_equal(esco, 3007);
	assert_int_equal(relations, 123788);
	assert_int_equal(release.image.dangling_relations, 67);
	assert_int_equal(lg_taxonomy_skill(t, "lg:cooking", 10) >= 13896, true);
	assert_int_equal(release.unusable + release.esco.not_released, 0);
	assert_string_equal(lg_taxonomy_version(t), "ESCO v1.1.1");
	assert_non_null(strstr(lg_taxonomy_attribution(t), "European Commission"));
	(void)printf("# import %.2f s, open %.3f s, image %zu bytes\n", import_s, open_s, release.image.size);
	assert_true(walk(t) > 0);
}

static void the_first_skills_are_escos(void **state)
{
	char uri[80];
	(void)state;
	if (absent()) skip();
	assert_string_equal(lg_taxonomy_skill_uri(t, 0, uri), SKILL "0005c151-5b5a-4a66-8aac-60e734beb1ab");
	assert_int_equal(strncmp(lg_taxonomy_skill_uri(t, 13895, uri), SKILL, strlen(SKILL)), 0);
	assert_int_equal(strncmp(lg_taxonomy_skill_uri(t, 13896, uri), "lg:", 3), 0);
	assert_string_equal(lg_taxonomy_skill_label(t, 0, "sv"), "ansvara för musikpersonal");
	assert_string_equal(lg_taxonomy_skill_label(t, 0, "da"), "manage musical staff");
}

static void the_tree_is_the_releases(void **state)
{
	size_t wrong = 0;
	(void)state;
	if (absent()) skip();
	for (uint16_t c = 0; c < lg_taxonomy_concepts(t); c++) {
		const char *code = lg_taxonomy_code(t, c), *up = lg_taxonomy_code(t, lg_taxonomy_parents(t)[c]);
		wrong += *code != 'l' && strncmp(code, up, strlen(up)) != 0;
	}
	assert_int_equal(wrong, 0);
	assert_string_equal(lg_taxonomy_label(t, lg_taxonomy_concept(t, "2654.1.7", 8), "en"), "technical director");
	assert_string_equal(lg_taxonomy_label(t, lg_taxonomy_concept(t, "2654.1.7", 8), "da"), "teknisk leder");
	assert_string_equal(lg_taxonomy_label(t, lg_taxonomy_concept(t, "011", 3), "da"),
	                    "Militært arbejde på officersniveau");
}

static void the_same_input_gives_the_same_image(void **state)
{
	struct import_result again;
	struct import_file files[2];
	char hash[65];
	size_t n = 0;
	(void)state;
	if (absent()) skip();
	assert_true(outside_add(&cx, files, &n, "esco/ESCO dataset - v1.1.1 - classification - en - csv.zip", NULL));
	assert_true(
	    outside_add(&cx, files, &n, "esco/ESCO dataset - v1.1.1 - classification - relations - csv.zip", NULL));
	assert_int_equal(import_release(&cx, &again, files, n, "ESCO v1.1.1"), LG_OK);
	memcpy(hash, again.hash, sizeof hash);
	assert_int_equal(import_release(&cx, &again, files, n, "ESCO v1.1.1"), LG_OK);
	assert_string_equal(hash, again.hash);
	assert_string_not_equal(hash, release.hash);
}

/* ------------------------------------------------------------------------------------------------ judgements */

enum { PAIRS_MAX = 6000, RANDOM = 5000 };

struct pairs {
	uint16_t wanted[PAIRS_MAX], offered[PAIRS_MAX];
	size_t n;
};
static struct pairs high, low, random_pairs;

static void put_pair(struct pairs *p, uint16_t wanted, uint16_t offered)
{
	if (p->n < PAIRS_MAX) p->wanted[p->n] = wanted, p->offered[p->n++] = offered;
}

static bool has(const struct pairs *p, uint16_t wanted, uint16_t offered)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->wanted[i] == wanted && p->offered[i] == offered) return true;
	return false;
}

/* wanted_esco wanted_sv substitute_esco substitute_sv percent; pairs of one with itself, and repeats, say nothing. */
static void read_judgement(const char *line)
{
	const char *field[5] = { line };
	for (int i = 1; i < 5; i++) {
		field[i] = field[i - 1] ? strchr(field[i - 1], '\t') : NULL;
		if (field[i]) field[i]++;
	}
	if (!field[4]) return;
	uint16_t wanted = lg_taxonomy_concept(t, field[0], strcspn(field[0], "\t"));
	uint16_t offered = lg_taxonomy_concept(t, field[2], strcspn(field[2], "\t"));
	struct pairs *p = field[4][0] == '7' ? &high : &low;
	if (wanted != offered && wanted != LG_NO_CONCEPT && offered != LG_NO_CONCEPT && !has(p, wanted, offered))
		put_pair(p, wanted, offered);
}

/* What was judged both ways is left out. */
static void drop_contradictions(void)
{
	struct pairs was = high;
	high.n = 0;
	for (size_t i = 0; i < was.n; i++)
		if (!has(&low, was.wanted[i], was.offered[i])) put_pair(&high, was.wanted[i], was.offered[i]);
	struct pairs low_was = low;
	low.n = 0;
	for (size_t i = 0; i < low_was.n; i++)
		if (!has(&was, low_was.wanted[i], low_was.offered[i]))
			put_pair(&low, low_was.wanted[i], low_was.offered[i]);
}

/* Wanted ones as in the judgements, against any occupation of ESCO. */
static void draw_random(void)
{
	uint64_t seed = 1;
	uint32_t esco = 0;
	size_t judged = high.n + low.n;
	while (619 + esco < lg_taxonomy_concepts(t) && lg_taxonomy_code(t, (uint16_t)(619 + esco))[0] != 'l') esco++;
	while (judged && esco && random_pairs.n < RANDOM) {
		seed = seed * 6364136223846793005u + 1442695040888963407u;
		size_t i = (seed >> 33) % judged;
		uint16_t wanted = i < high.n ? high.wanted[i] : low.wanted[i - high.n];
		seed = seed * 6364136223846793005u + 1442695040888963407u;
		uint16_t offered = (uint16_t)(619 + (seed >> 33) % esco);
		if (wanted != offered && !has(&high, wanted, offered) && !has(&low, wanted, offered))
			put_pair(&random_pairs, wanted, offered);
	}
}

static int closeness(uint16_t wanted, uint16_t offered)
{
	return lg_taxonomy_closeness(t)[(size_t)wanted * lg_taxonomy_concepts(t) + offered];
}

/* The bare tree: how many digits of ISCO-08 two occupations share. */
static int digits(uint16_t wanted, uint16_t offered)
{
	const char *a = lg_taxonomy_code(t, wanted), *b = lg_taxonomy_code(t, offered);
	int n = 0;
	while (n < 4 && a[n] == b[n]) n++;
	return n;
}

/* The chance that a pair of the one scores above a pair of the other, a tie being half. */
static double auc(const struct pairs *a, const struct pairs *b, int (*score)(uint16_t, uint16_t))
{
	size_t count_a[101] = { 0 }, count_b[101] = { 0 };
	double sum = 0, below = 0;
	for (size_t i = 0; i < a->n; i++) count_a[score(a->wanted[i], a->offered[i])]++;
	for (size_t i = 0; i < b->n; i++) count_b[score(b->wanted[i], b->offered[i])]++;
	for (int s = 0; s <= 100; s++) {
		sum += (double)count_a[s] * (below + (double)count_b[s] / 2);
		below += (double)count_b[s];
	}
	return a->n && b->n ? sum / (double)a->n / (double)b->n : 0;
}

static double mean(const struct pairs *p)
{
	double sum = 0;
	for (size_t i = 0; i < p->n; i++) sum += closeness(p->wanted[i], p->offered[i]);
	return p->n ? sum / (double)p->n : 0;
}

static void compare(const char *what, const struct pairs *a, const struct pairs *b, double at_least)
{
	double ours = auc(a, b, closeness), tree = auc(a, b, digits);
	(void)printf("# %-20s closeness %.3f, tree %.3f\n", what, ours, tree);
	assert_true(ours > tree);
	assert_true(ours > at_least);
}

static void closeness_agrees_with_experts_better_than_the_tree(void **state)
{
	const char *text = "";
	size_t size;
	(void)state;
	if (absent()) skip();
	if (!outside_read(&cx, "jobtech/substitutability_esco.tsv", &text, &size)) {
		(void)printf("# jobtech/substitutability_esco.tsv is not there\n");
		skip();
	}
	for (const char *line = strchr(text, '\n'); line && line[1]; line = strchr(line + 1, '\n'))
		read_judgement(line + 1);
	drop_contradictions();
	draw_random();
	(void)printf("# %zu pairs at 75, %zu at 25, %zu at random; mean closeness %.1f, %.1f, %.1f\n", high.n, low.n,
	             random_pairs.n, mean(&high), mean(&low), mean(&random_pairs));
	compare("75 over 25", &high, &low, 0.52);
	compare("25 over random", &low, &random_pairs, 0.9);
	compare("75 over random", &high, &random_pairs, 0.9);
}

static void groups_are_close_to_what_is_in_them(void **state)
{
	uint16_t nurse, unit, cook;
	(void)state;
	if (absent()) skip();
	nurse = lg_taxonomy_concept(t, "2221.2", 6);
	unit = lg_taxonomy_concept(t, "2221", 4);
	cook = lg_taxonomy_concept(t, "5120", 4);
	assert_true(closeness(nurse, unit) >= 80 && closeness(unit, nurse) >= 80);
	assert_true(closeness(unit, lg_taxonomy_concept(t, "22", 2)) >= 40);
	assert_true(closeness(nurse, cook) < 20 && closeness(cook, nurse) < 20);
	assert_true(closeness(lg_taxonomy_concept(t, "lg:nurse", 8), nurse) >= 60);
	assert_true(closeness(lg_taxonomy_concept(t, "lg:nurse", 8), cook) < 20);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_counts_are_those_of_the_release),
		cmocka_unit_test(the_first_skills_are_escos),
		cmocka_unit_test(the_tree_is_the_releases),
		cmocka_unit_test(the_same_input_gives_the_same_image),
		cmocka_unit_test(closeness_agrees_with_experts_better_than_the_tree),
		cmocka_unit_test(groups_are_close_to_what_is_in_them),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
