/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "cmd/taxonomy_find.h"
#include "cmd/taxonomy_import.h"
#include "cmd/taxonomy_rank.h"
#include "outside.h"
#include "taxonomy/link.h"
#include "taxonomy/link_text.h"

/*
 * The linker on the built-in vocabulary, and on the judgements of the MELO benchmark, under $LG_DATA. Where those are
 * not, the test says so and is skipped.
 */

enum { ROOM = 20, TOP = 100 };

static struct lg_ctx cx;
static struct lg_taxonomy *builtin;
static struct lg_linker *linker;

static int set_up(void **state)
{
	(void)state;
	cx = (struct lg_ctx){ .mem = lg_arena_new(0, NULL) };
	if (lg_taxonomy_builtin(&cx, &builtin) != LG_OK) return -1;
	return lg_linker_new(&cx, &linker, builtin, LG_LINK_CONCEPTS, NULL, 0) == LG_OK ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	lg_arena_free(cx.mem);
	return 0;
}

/* --------------------------------------------------------------------------------------------------- letters */

static void assert_letters(const struct lg_letters *l, const char *wanted)
{
	struct lg_letters w;
	lg_letters_fold(&w, wanted, strlen(wanted));
	if (!lg_letters_same(l, &w)) fail_msg("these are not the letters of \"%s\"", wanted);
}

static void folds_to(const char *text, const char *wanted)
{
	struct lg_letters l;
	lg_letters_fold(&l, text, strlen(text));
	assert_letters(&l, wanted);
}

static void letters_are_folded(void **state)
{
	(void)state;
	folds_to("  SYGE-plejerske / (m.)  ", "syge plejerske m");
	folds_to("ÅØÆ ÄÖÜ ÉŁŻ", "åøæ æøü éłż");
	folds_to("sjuksko\xCC\x88terska", "sjukskøterska");
	folds_to("ІЇЄҐ ЩЮЯ", "іїєґ щюя");
	folds_to("\xD0\xB8\xCC\x86 п'ять п’ять", "й пять пять");
	folds_to("Straße", "strasse");
	folds_to("объявление ёж эра", "обявление еж ера");
	folds_to("\xFF\xC3 a\xF0\x9F", "a");
	folds_to("\xF0\x9F\x98\x80", "\xF0\x9F\x98\x81"); /* all letters beyond 16 bits are one */
}

static void long_texts_are_cut(void **state)
{
	char text[3000];
	struct lg_letters l;
	uint32_t keys[LG_GRAMS_MAX];
	(void)state;
	memset(text, 'x', sizeof text);
	lg_letters_fold(&l, text, sizeof text);
	assert_int_equal(l.n, LG_LETTERS_MAX);
	assert_true(lg_letters_grams(keys, l.at, l.n) <= LG_GRAMS_MAX);
	lg_letters_fold(&l, "", 0);
	assert_int_equal(l.n, 0);
}

static void latin(const char *cyrillic, const char *wanted)
{
	struct lg_letters in, out;
	lg_letters_fold(&in, cyrillic, strlen(cyrillic));
	lg_letters_to_latin(&out, &in);
	assert_letters(&out, wanted);
}

/* The examples of the resolution itself. */
static void cyrillic_is_written_as_in_passports(void **state)
{
	(void)state;
	latin("Алушта Борщагівка Вишгород", "alushta borshchahivka vyshhorod");
	latin("Гадяч Згорани Ґалаґан Донецьк", "hadiach zghorany galagan donetsk");
	latin("Єнакієве Гаєвич Житомир Закарпаття", "yenakiieve haievych zhytomyr zakarpattia");
	latin("Їжакевич Кадиївка Йосипівка Стрий", "yizhakevych kadyivka yosypivka stryi");
	latin("Харків Біла Церква Чернівці Шостка", "kharkiv bila tserkva chernivtsi shostka");
	latin("Щербухи Юрій Корюківка Яготин Знам'янка", "shcherbukhy yurii koriukivka yahotyn znamianka");
}

static void cyrillic(const char *text, const char *wanted)
{
	struct lg_letters in, out;
	lg_letters_fold(&in, text, strlen(text));
	lg_letters_to_cyrillic(&out, &in);
	assert_letters(&out, wanted);
}

static void latin_is_read_as_cyrillic(void **state)
{
	(void)state;
	cyrillic("medsestra", "медсестра");
	cyrillic("zvarjuvalnyk", "зварювалник");
	cyrillic("zvariuvalnyk", "зварювалник");
	cyrillic("kukhar", "кухар");
	cyrillic("švačka", "швачка");
	cyrillic("budivelnyi", "будівелний");
	cyrillic("vodii", "водій");
}

/* ------------------------------------------------------------------------------------------------ the linker */

static const char *first(const struct lg_linker *l, const char *language, const char *text)
{
	struct lg_link_hit hit;
	return lg_link(l, language, text, strlen(text), &hit, 1) ? lg_taxonomy_code(builtin, (uint16_t)hit.concept)
	                                                         : "none";
}

static const struct {
	const char *language, *text, *code;
} words[] = {
	/* as they are written */
	{ "da", "sygeplejerske", "lg:nurse" },
	{ "sv", "sjuksköterska", "lg:nurse" },
	{ "uk", "медсестра", "lg:nurse" },
	{ "en", "nurse", "lg:nurse" },
	{ "any", "SYGEPLEJERSKE", "lg:nurse" },
	{ "any", "МЕДСЕСТРА", "lg:nurse" },
	/* misspelt, without the letters of the language */
	{ "da", "sygeplejeske", "lg:nurse" },
	{ "sv", "sjukskoterska", "lg:nurse" },
	{ "sv", "lakare", "lg:doctor" }, /* without the letters that a foreign keyboard has not got */
	{ "da", "padagog", "lg:preschool-teacher" },
	{ "sv", "lastbilschauffor", "lg:lorry-driver" },
	{ "en", "nurze", "lg:nurse" },
	{ "en", "weldder", "lg:welder" },
	{ "uk", "медсистра", "lg:nurse" },
	{ "da", "laege", "lg:doctor" },
	{ "da", "lastvognschauffoer", "lg:lorry-driver" },
	/* compounds, parted and joined */
	{ "da", "tømrersvend", "lg:carpenter" },
	{ "sv", "industrisvetsare", "lg:welder" },
	{ "en", "softwaredeveloper", "lg:software-developer" },
	/* with other words */
	{ "en", "truck driver - night shift", "lg:lorry-driver" },
	{ "da", "elektriker/installatør", "lg:electrician" },
	/* Cyrillic in Latin letters, by different habits */
	{ "any", "medsestra", "lg:nurse" },
	{ "uk", "likar", "lg:doctor" },
	{ "any", "zvarjuvalnyk", "lg:welder" },
	{ "any", "zvariuvalnyk", "lg:welder" },
	{ "any", "prohramist", "lg:software-developer" },
	{ "any", "elektryk", "lg:electrician" },
	/* in another language than was thought */
	{ "da", "nurse", "lg:nurse" },
	{ "sv", "sygeplejerske", "lg:nurse" },
	{ "da", "медсестра", "lg:nurse" },
};

static void words_are_understood(void **state)
{
	size_t wrong = 0;
	(void)state;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		const char *code = first(linker, words[i].language, words[i].text);
		if (!strcmp(code, words[i].code)) continue;
		(void)printf("# %s \"%s\" is %s, not %s\n", words[i].language, words[i].text, code, words[i].code);
		wrong++;
	}
	assert_int_equal(wrong, 0);
}

static void nothing_is_found_in_nothing(void **state)
{
	struct lg_link_hit hits[ROOM];
	(void)state;
	assert_int_equal(lg_link(linker, "any", "", 0, hits, ROOM), 0);
	assert_int_equal(lg_link(linker, "any", " -- / ()", 8, hits, ROOM), 0);
	assert_int_equal(lg_link(linker, "da", "sygeplejerske", 13, hits, 0), 0);
	assert_true(lg_link(linker, "zz", "sygeplejerske", 13, hits, ROOM) > 0);
}

static void hits_come_best_first_each_once(void **state)
{
	struct lg_link_hit hits[ROOM];
	(void)state;
	size_t n = lg_link(linker, "any", "sygeplejerske", 13, hits, ROOM);
	assert_int_equal(n, ROOM);
	for (size_t i = 0; i < n; i++) {
		assert_true(hits[i].score <= 9999 && !hits[i].confirmed && *hits[i].label && *hits[i].language);
		if (i) assert_true(hits[i].score <= hits[i - 1].score);
		for (size_t k = 0; k < i; k++) assert_true(hits[k].concept != hits[i].concept);
	}
}

static void skills_are_found(void **state)
{
	struct lg_linker *skills;
	struct lg_link_hit hit;
	char uri[80];
	(void)state;
	assert_int_equal(lg_linker_new(&cx, &skills, builtin, LG_LINK_SKILLS, NULL, 0), LG_OK);
	assert_int_equal(lg_link(skills, "da", "madlavning", 10, &hit, 1), 1);
	assert_string_equal(lg_taxonomy_skill_uri(builtin, (uint16_t)hit.concept, uri), "lg:cooking");
	assert_int_equal(lg_link(skills, "en", "cooking", 7, &hit, 1), 1);
	assert_string_equal(lg_taxonomy_skill_uri(builtin, (uint16_t)hit.concept, uri), "lg:cooking");
}

/* ------------------------------------------------------------------------------------------------ confirmed */

static struct lg_link_label choice(const char *language, const char *text, const char *code)
{
	struct lg_link_label l = { .text = text, .concept = lg_taxonomy_concept(builtin, code, strlen(code)) };
	memcpy(l.language, language, strlen(language) + 1);
	return l;
}

static void confirmed_choices_come_first(void **state)
{
	const struct lg_link_label choices[] = {
		choice("da", "hvid kittel", "lg:nurse"),       choice("da", "kok", "lg:welder"),
		choice("any", "трудяга", "lg:office-cleaner"), choice("da", "hvid kittel", "lg:doctor"),
		choice("da", "hvid kittel", "lg:nurse"),
	};
	struct lg_linker *l;
	struct lg_link_hit hits[ROOM];
	(void)state;
	assert_int_equal(lg_linker_new(&cx, &l, builtin, LG_LINK_CONCEPTS, choices, 5), LG_OK);
	assert_string_not_equal(first(linker, "da", "hvid kittel"), "lg:nurse");
	size_t n = lg_link(l, "da", "Hvid KITTEL", 11, hits, ROOM);
	assert_true(n > 2);
	assert_string_equal(lg_taxonomy_code(builtin, (uint16_t)hits[0].concept), "lg:nurse");
	assert_string_equal(lg_taxonomy_code(builtin, (uint16_t)hits[1].concept), "lg:doctor");
	assert_true(hits[0].confirmed && hits[0].score == 10000 && hits[1].confirmed && !hits[2].confirmed);
	for (size_t i = 2; i < n; i++)
		assert_true(hits[i].concept != hits[0].concept && hits[i].concept != hits[1].concept);
	assert_string_equal(first(l, "da", "kok"), "lg:welder");
	assert_string_equal(first(l, "any", "kok"), "lg:welder");
	assert_string_not_equal(first(l, "sv", "kock"), "lg:welder");
	assert_string_equal(first(l, "sv", "трудяга"), "lg:office-cleaner");
	assert_string_equal(first(l, "da", "hvid kitel"), "lg:nurse"); /* nearly the same words: one more label */
}

static enum lg_err read_choices(struct confirmed_file *out, const char *text)
{
	char path[] = "/tmp/landgang-test-XXXXXX";
	int fd = mkstemp(path);
	assert_true(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text));
	(void)close(fd);
	enum lg_err err = confirmed_read(&cx, out, path, builtin, LG_LINK_CONCEPTS);
	(void)unlink(path);
	return err;
}

static void a_file_of_choices_is_read(void **state)
{
	struct confirmed_file f;
	(void)state;
	assert_int_equal(read_choices(&f, "# ours\nda\thvid kittel\tlg:nurse\r\n\nany\tx\t2221\textra"), LG_OK);
	assert_int_equal(f.n, 2);
	assert_string_equal(f.labels[0].text, "hvid kittel");
	assert_string_equal(f.labels[1].language, "any");
	assert_string_equal(lg_taxonomy_code(builtin, (uint16_t)f.labels[1].concept), "2221");
	assert_int_equal(read_choices(&f, ""), LG_OK);
	assert_int_equal(f.n, 0);
	assert_int_equal(read_choices(&f, "da\thvid kittel\n"), LG_INVALID);
	assert_int_equal(read_choices(&f, "dansk\thvid kittel\tlg:nurse\n"), LG_INVALID);
	assert_int_equal(read_choices(&f, "da\t\tlg:nurse\n"), LG_INVALID);
	assert_int_equal(read_choices(&f, "da\thvid kittel\tlg:no-such\n"), LG_INVALID);
	assert_int_equal(read_choices(&f, "da\t\xFF\tlg:nurse\n"), LG_INVALID);
}

static void a_corpus_is_ranked(void **state)
{
	static const char text[] = "C1_da_0\tkok\nC1_da_1\tkøkkenassistent\r\n\nC2_da_0\tmurer\tmore\n";
	struct rank_rows rows;
	struct lg_linker *l;
	size_t n;
	uint32_t scores[3], best[3];
	(void)state;
	assert_int_equal(rank_rows(&cx, &rows, "corpus", text, sizeof text - 1), LG_OK);
	assert_int_equal(rows.n, 3);
	assert_string_equal(rows.rows[2].text, "murer");
	assert_int_equal(rank_linker(&cx, &l, &n, &rows, &(struct rank_more){ 0 }, "da"), LG_OK);
	assert_int_equal(n, 3);
	lg_link_every_label(l, lg_link_scratch(&cx, l), "da", "køkken", strlen("køkken"), scores);
	assert_int_equal(rank_best(scores, 3, best, 3), 2); /* a mason has no letters in common */
	assert_int_equal(best[0], 1);
	assert_int_equal(best[1], 0);
	assert_int_equal(rank_best(scores, 3, best, 1), 1);
	assert_int_equal(rank_rows(&cx, &rows, "corpus", "no tab", 6), LG_INVALID);
}

static void labels_of_no_concept_are_refused(void **state)
{
	const struct lg_link_label wrong = { "nothing", "da", 60000 };
	struct lg_linker *l;
	(void)state;
	assert_int_equal(lg_linker_new(&cx, &l, builtin, LG_LINK_CONCEPTS, &wrong, 1), LG_INVALID);
}

/* ---------------------------------------------------------------------------------------------- sameness, speed */

static void the_same_words_give_the_same_answer(void **state)
{
	struct lg_linker *again;
	struct lg_link_hit a[ROOM], b[ROOM];
	(void)state;
	assert_int_equal(lg_linker_new(&cx, &again, builtin, LG_LINK_CONCEPTS, NULL, 0), LG_OK);
	struct lg_link_scratch *scratch = lg_link_scratch(&cx, again);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		const char *text = words[i].text, *language = words[i].language;
		size_t n = lg_link(linker, language, text, strlen(text), a, ROOM);
		assert_int_equal(lg_link_with(again, scratch, language, text, strlen(text), b, ROOM), n);
		for (size_t k = 0; k < n; k++) {
			assert_int_equal(a[k].concept, b[k].concept);
			assert_int_equal(a[k].score, b[k].score);
			assert_string_equal(a[k].label, b[k].label);
		}
	}
}

/* --------------------------------------------------------------------------------------------------- MELO */

/* Row 4 of what was measured when the method was chosen: mean reciprocal rank. */
static const struct {
	const char *folder, *language;
	double rank;
} sets[] = { { "usa_q_en_c_en", "en", .636 }, { "deu_q_de_c_de", "de", .572 }, { "pol_q_pl_c_pl", "pl", .598 } };

/* ESCO in six languages; NULL: it is not there. */
static const struct lg_taxonomy *release(void)
{
	static const char *const labels[][2] = {
		{ "esco/labels/occupations_da.tsv", "da" }, { "esco/labels/isco08_da.tsv", "da" },
		{ "esco/labels/occupations_de.tsv", "de" }, { "esco/labels/isco08_de.tsv", "de" },
		{ "esco/labels/occupations_no.tsv", "no" }, { "esco/labels/isco08_no.tsv", "no" },
		{ "esco/labels/occupations_pl.tsv", "pl" }, { "esco/labels/isco08_pl.tsv", "pl" },
		{ "esco/labels/occupations_sv.tsv", "sv" }, { "esco/labels/isco08_sv.tsv", "sv" },
	};
	struct import_file files[12];
	struct import_result r;
	struct lg_taxonomy *t;
	size_t n = 0;
	bool there =
	    outside_add(&cx, files, &n, "esco/ESCO dataset - v1.1.1 - classification - en - csv.zip", NULL) &&
	    outside_add(&cx, files, &n, "esco/ESCO dataset - v1.1.1 - classification - relations - csv.zip", NULL);
	for (size_t i = 0; there && i < sizeof labels / sizeof *labels; i++)
		there = outside_add(&cx, files, &n, labels[i][0], labels[i][1]);
	if (!there) return NULL;
	assert_int_equal(import_release(&cx, &r, files, n, "ESCO v1.1.1"), LG_OK);
	assert_int_equal(lg_taxonomy_open(&cx, &t, r.image.bytes, r.image.size), LG_OK);
	return t;
}

static bool read_set(struct rank_rows *out, const char *folder, const char *file)
{
	const char *bytes;
	size_t size;
	if (!outside_read(&cx, lg_printf(cx.mem, "melo/%s/%s", folder, file), &bytes, &size)) return false;
	assert_int_equal(rank_rows(&cx, out, file, bytes, size), LG_OK);
	return true;
}

/* "Q000001\t0\tC002220_de_000\t1" as "Q000001 C002220_de_000", sorted. */
struct judgements {
	char **pairs;
	size_t n;
};

static int by_text(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static bool read_judgements(struct judgements *out, const char *folder)
{
	const char *bytes;
	size_t size, lines = 0;
	if (!outside_read(&cx, lg_printf(cx.mem, "melo/%s/annotations.tsv", folder), &bytes, &size)) return false;
	for (size_t i = 0; i < size; i++) lines += bytes[i] == '\n';
	*out = (struct judgements){ .pairs = lg_array(cx.mem, lines + 1, sizeof *out->pairs) };
	/* Not strchr(), which may look at all that follows when a sanitizer watches it. */
	const char *stop = bytes + size;
	for (const char *line = bytes, *end; (end = memchr(line, '\n', (size_t)(stop - line))); line = end + 1) {
		const char *a = memchr(line, '\t', (size_t)(end - line));
		const char *b = a ? memchr(a + 1, '\t', (size_t)(end - a - 1)) : NULL;
		const char *c = b ? memchr(b + 1, '\t', (size_t)(end - b - 1)) : NULL;
		if (!c || c[1] == '0') continue;
		out->pairs[out->n++] = lg_printf(cx.mem, "%.*s %.*s", (int)(a - line), line, (int)(c - b - 1), b + 1);
	}
	qsort(out->pairs, out->n, sizeof *out->pairs, by_text);
	return true;
}

static bool is_right(const struct judgements *j, const char *query, const char *element)
{
	char text[100], *key = text;
	(void)snprintf(text, sizeof text, "%s %s", query, element);
	return bsearch(&key, j->pairs, j->n, sizeof *j->pairs, by_text) != NULL;
}

/* Five decimals count; of equal ones, the last identifier is first. */
static long rounded(uint32_t score) { return (long)(((uint64_t)score * 100000 + 524288) / 1048576); }

static double reciprocal_rank(const struct judgements *j, const struct rank_rows *corpus, const char *query,
                              const uint32_t *scores, const uint32_t *best, size_t n)
{
	size_t rank = 0;
	for (size_t i = 0; i < n; i++) {
		const char *id = corpus->rows[best[i]].id;
		long score = rounded(scores[best[i]]);
		size_t before = 0;
		if (!is_right(j, query, id)) continue;
		for (size_t k = 0; k < n; k++) {
			long other = rounded(scores[best[k]]);
			before += other > score || (other == score && strcmp(corpus->rows[best[k]].id, id) > 0);
		}
		if (!rank || before + 1 < rank) rank = before + 1;
	}
	return rank ? 1.0 / (double)rank : 0;
}

static double mean_rank(const struct lg_taxonomy *t, const char *folder, const char *language)
{
	struct rank_rows corpus, queries;
	struct judgements j;
	struct lg_linker *l;
	size_t n_labels;
	uint32_t best[TOP];
	double sum = 0;
	if (!read_set(&corpus, folder, "corpus_elements.tsv") || !read_set(&queries, folder, "queries.tsv") ||
	    !read_judgements(&j, folder))
		return -1;
	assert_int_equal(rank_linker(&cx, &l, &n_labels, &corpus, &(struct rank_more){ .taxonomy = t }, language),
	                 LG_OK);
	struct lg_link_scratch *scratch = lg_link_scratch(&cx, l);
	uint32_t *scores = lg_array(cx.mem, n_labels + 1, sizeof *scores);
	for (size_t q = 0; q < queries.n; q++) {
		const struct rank_row *row = &queries.rows[q];
		lg_link_every_label(l, scratch, language, row->text, strlen(row->text), scores);
		size_t n = rank_best(scores, corpus.n, best, TOP);
		sum += reciprocal_rank(&j, &corpus, row->id, scores, best, n);
	}
	return sum / (double)queries.n;
}

static void it_ranks_as_well_as_when_it_was_designed(void **state)
{
	(void)state;
	const struct lg_taxonomy *t = release();
	if (!t) {
		(void)printf("# the ESCO release and its labels are not under $LG_DATA\n");
		skip();
	}
	for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
		double rank = mean_rank(t, sets[i].folder, sets[i].language);
		if (rank < 0) {
			(void)printf("# melo/%s is not under $LG_DATA\n", sets[i].folder);
			skip();
		}
		(void)printf("# %s: mean reciprocal rank %.4f, wanted %.3f\n", sets[i].folder, rank,
		             sets[i].rank - .005);
		assert_true(rank >= sets[i].rank - .005);
	}
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(letters_are_folded),
		cmocka_unit_test(long_texts_are_cut),
		cmocka_unit_test(cyrillic_is_written_as_in_passports),
		cmocka_unit_test(latin_is_read_as_cyrillic),
		cmocka_unit_test(words_are_understood),
		cmocka_unit_test(nothing_is_found_in_nothing),
		cmocka_unit_test(hits_come_best_first_each_once),
		cmocka_unit_test(skills_are_found),
		cmocka_unit_test(confirmed_choices_come_first),
		cmocka_unit_test(a_file_of_choices_is_read),
		cmocka_unit_test(a_corpus_is_ranked),
		cmocka_unit_test(labels_of_no_concept_are_refused),
		cmocka_unit_test(the_same_words_give_the_same_answer),
	};
	/* Thousands of titles against thousands of labels: many minutes with sanitizers, and the same code as above. */
	const struct CMUnitTest ranks[] = { cmocka_unit_test(it_ranks_as_well_as_when_it_was_designed) };
	if (argc > 1 && !strcmp(argv[1], "ranks")) return cmocka_run_group_tests(ranks, set_up, tear_down);
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
