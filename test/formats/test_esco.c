/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <archive.h>
#include <archive_entry.h>
#include <cmocka.h>

#include "base/buf.h"
#include "formats/esco.h"

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

/* ------------------------------------------------------------------------------------------------ hand-made zips */

struct file {
	const char *name, *text;
};
struct zip {
	char *bytes;
	size_t size;
};

static void free_bytes(void *bytes) { free(bytes); }

static void put_file(struct archive *a, const char *name, const void *text, size_t n)
{
	struct archive_entry *e = archive_entry_new();
	archive_entry_set_pathname(e, name);
	archive_entry_set_size(e, (la_int64_t)n);
	archive_entry_set_filetype(e, AE_IFREG);
	archive_entry_set_perm(e, 0644);
	assert_int_equal(archive_write_header(a, e), ARCHIVE_OK);
	assert_int_equal(archive_write_data(a, text, n), (la_ssize_t)n);
	archive_entry_free(e);
}

static struct archive *begin_zip(struct lg_ctx *cx, struct zip *z, size_t room, size_t *used)
{
	struct archive *a = archive_write_new();
	z->bytes = malloc(room);
	assert_non_null(z->bytes);
	lg_defer(cx->mem, free_bytes, z->bytes);
	assert_int_equal(archive_write_set_format_zip(a), ARCHIVE_OK);
	assert_int_equal(archive_write_open_memory(a, z->bytes, room, used), ARCHIVE_OK);
	return a;
}

static struct zip make_zip(struct lg_ctx *cx, const struct file *files, size_t n)
{
	struct zip z = { NULL, 0 };
	struct archive *a = begin_zip(cx, &z, 1 << 20, &z.size);
	for (size_t i = 0; i < n; i++) put_file(a, files[i].name, files[i].text, strlen(files[i].text));
	assert_int_equal(archive_write_close(a), ARCHIVE_OK);
	archive_write_free(a);
	return z;
}

#define O "http://data.europa.eu/esco/occupation/"
#define S "http://data.europa.eu/esco/skill/"
#define A "aaaaaaaa-0000-4000-8000-000000000001"
#define B "bbbbbbbb-0000-4000-8000-000000000002"

#define GROUPS                                                                                                         \
	"conceptType,conceptUri,code,preferredLabel,status,altLabels,inScheme,description\n"                           \
	"ISCOGroup,http://data.europa.eu/esco/isco/C2221,2221,Nursing professionals,released,,\"a,\nb\",\"so "         \
	"\"\"it\"\" is\"\n"
#define SKILLS                                                                                                         \
	"conceptType,conceptUri,skillType,reuseLevel,preferredLabel,altLabels,hiddenLabels,status,modifiedDate\n"      \
	"KnowledgeSkillCompetence," S A ",skill/competence,sector-specific,give medicines,,,released,2020\n"           \
	"KnowledgeSkillCompetence," S B ",knowledge,sector-specific,old knowledge,,,obsolete,2020\n"                   \
	"SkillGroup," S "S1,"                                                                                          \
	",,a group,,,released,2020\n"
#define OCCUPATIONS                                                                                                    \
	"conceptType,conceptUri,iscoGroup,preferredLabel,altLabels,hiddenLabels,status,modifiedDate,code\r\n"          \
	"Occupation," O A ",2221, nurse ,\"registered nurse\nRN\n\",,released,2020,2221.1\r\n"
#define RELATIONS                                                                                                      \
	"occupationUri,relationType,skillType,skillUri\n" O A ",essential,knowledge," S A "\n" O A ",optional,x," S B  \
	"\n" O A ",odd,x," S B "\n"
#define BROADER                                                                                                        \
	"conceptType,conceptUri,broaderType,broaderUri\n"                                                              \
	"Occupation," O B ",Occupation," O A "\nOccupation," O A ",ISCOGroup,http://data.europa.eu/esco/isco/C2221\n"

static const struct file release_11[] = {
	{ "ISCOGroups_en.csv", GROUPS },
	{ "skills_en.csv", SKILLS },
	{ "occupations_en.csv", OCCUPATIONS },
	{ "occupationSkillRelations.csv", RELATIONS },
	{ "broaderRelationsOccPillar.csv", BROADER },
	{ "conceptSchemes_en.csv", "not, \"read" },
};

/* The layout of v1.2: in a folder, with a mark at the begin, other columns, a language behind the relations' names. */
static const struct file release_12[] = {
	{ "ESCO dataset - v1.2.0/ISCOGroups_da.csv", "\xEF\xBB\xBF" GROUPS },
	{ "ESCO dataset - v1.2.0/skills_da.csv", SKILLS },
	{ "ESCO dataset - v1.2.0/occupations_da.csv",
	  "\xEF\xBB\xBF"
	  "conceptType,conceptUri,iscoGroup,preferredLabel,altLabels,hiddenLabels,status,modifiedDate,"
	  "regulatedProfessionNote,scopeNote,definition,inScheme,description,code,naceCode\n"
	  "Occupation," O A ",2221,sygeplejerske,,,released,2024,,,,,,2221.1,86.90\n" },
	{ "ESCO dataset - v1.2.0/occupationSkillRelations_en.csv",
	  "occupationUri,occupationLabel,relationType,skillType,skillUri,skillLabel\n" O A ",nurse,essential,x," S A
	  ",give medicines\n" },
	{ "ESCO dataset - v1.2.0/broaderRelationsOccPillar_en.csv",
	  "conceptType,conceptUri,conceptLabel,broaderType,broaderUri,broaderLabel\n"
	  "Occupation," O B ",b,Occupation," O A ",a\n" },
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static enum lg_err read_files(struct lg_ctx *cx, struct lg_esco *e, const struct file *files, size_t n)
{
	struct zip z = make_zip(cx, files, n);
	return lg_esco_zip(cx, e, "release.zip", z.bytes, z.size);
}

/* ----------------------------------------------------------------------------------------------------- reading */

static void a_release_is_read(void **state)
{
	struct lg_ctx *cx = *state;
	struct lg_esco e = { 0 };
	assert_int_equal(read_files(cx, &e, release_11, COUNT(release_11)), LG_OK);
	assert_int_equal(lg_esco_complete(cx, &e), LG_OK);
	assert_int_equal(e.n_concepts, 3);
	assert_int_equal(e.concepts[0].kind, LG_ESCO_GROUP);
	assert_string_equal(e.concepts[0].code, "2221");
	assert_string_equal(e.concepts[1].uri, S A);
	assert_string_equal(e.concepts[2].code, "2221.1");
	assert_string_equal(e.concepts[2].group, "2221");
	assert_int_equal(e.not_released, 1);
	assert_int_equal(e.other_type, 2); /* a group of skills, an odd relation */
	assert_int_equal(e.n_relations, 2);
	assert_true(e.relations[0].essential && !e.relations[1].essential);
	assert_string_equal(e.relations[1].skill, S B);
	assert_int_equal(e.n_broader, 1);
	assert_string_equal(e.broader[0].broader, O A);
}

static void labels_are_trimmed_and_told_apart(void **state)
{
	struct lg_ctx *cx = *state;
	struct lg_esco e = { 0 };
	assert_int_equal(read_files(cx, &e, release_11, COUNT(release_11)), LG_OK);
	assert_int_equal(e.n_labels, 5);
	assert_string_equal(e.labels[2].text, "nurse");
	assert_true(e.labels[2].preferred);
	assert_string_equal(e.labels[3].text, "registered nurse");
	assert_false(e.labels[3].preferred);
	assert_string_equal(e.labels[4].text, "RN");
	assert_string_equal(e.labels[4].language, "en");
	assert_string_equal(e.labels[4].uri, O A);
}

static void the_layout_of_version_1_2_is_read(void **state)
{
	struct lg_ctx *cx = *state;
	struct lg_esco e = { 0 };
	assert_int_equal(read_files(cx, &e, release_12, COUNT(release_12)), LG_OK);
	assert_int_equal(lg_esco_complete(cx, &e), LG_OK);
	assert_int_equal(e.n_concepts, 3);
	assert_string_equal(e.labels[2].text, "sygeplejerske");
	assert_string_equal(e.labels[2].language, "da");
	assert_int_equal(e.n_relations, 1);
	assert_string_equal(e.relations[0].skill, S A);
	assert_int_equal(e.n_broader, 1);
}

static void languages_add_up(void **state)
{
	struct lg_ctx *cx = *state;
	struct lg_esco e = { 0 };
	assert_int_equal(read_files(cx, &e, release_11, COUNT(release_11)), LG_OK);
	assert_int_equal(read_files(cx, &e, release_12, COUNT(release_12)), LG_OK);
	assert_int_equal(e.n_concepts, 6);
	assert_int_equal(e.seen[LG_ESCO_OCCUPATIONS], 2);
}

/* ----------------------------------------------------------------------------------------------------- refusing */

static void said(struct lg_ctx *cx, const char *field, const char *text)
{
	assert_non_null(cx->notes);
	if (!strstr(cx->notes->field, field) || !strstr(cx->notes->text, text))
		fail_msg("it said: %s: %s", cx->notes->field, cx->notes->text);
}

static void a_missing_file_is_named(void **state)
{
	struct lg_ctx *cx = *state;
	for (size_t left_out = 0; left_out < 5; left_out++) {
		struct lg_esco e = { 0 };
		for (size_t i = 0; i < 5; i++)
			if (i != left_out) assert_int_equal(read_files(cx, &e, &release_11[i], 1), LG_OK);
		assert_int_equal(lg_esco_complete(cx, &e), LG_INVALID);
		char stem[64];
		(void)snprintf(stem, sizeof stem, "%.*s", (int)strcspn(release_11[left_out].name, "_."),
		               release_11[left_out].name);
		said(cx, stem, "is missing");
	}
}

static void a_missing_column_is_named(void **state)
{
	static const struct {
		struct file file;
		const char *column;
	} cases[] = {
		{ { "occupations_en.csv", "conceptType,conceptUri,preferredLabel,status,altLabels\n" }, "code" },
		{ { "skills_en.csv", "conceptType,preferredLabel,status,altLabels\n" }, "conceptUri" },
		{ { "ISCOGroups_en.csv", "conceptType,conceptUri,code,preferredLabel,altLabels\n" }, "status" },
		{ { "occupationSkillRelations.csv", "occupationUri,relationtype,skillUri\n" }, "relationType" },
		{ { "broaderRelationsOccPillar.csv", "conceptType,conceptUri,broaderType\n" }, "broaderUri" },
	};
	struct lg_ctx *cx = *state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct lg_esco e = { 0 };
		assert_int_equal(read_files(cx, &e, &cases[i].file, 1), LG_INVALID);
		said(cx, cases[i].file.name, cases[i].column);
	}
}

static void bad_tables_are_refused(void **state)
{
	static const struct {
		const char *text, *why;
	} cases[] = {
		{ "", "empty" },
		{ "occupationUri,relationType,skillUri\na,essential\n", "Row 2" },
		{ "occupationUri,relationType,skillUri\na,essential,b\na,essential,b,c\n", "Row 3" },
		{ "occupationUri,relationType,skillUri\na,essential,\"b\n", "quoted" },
		{ "occupationUri,relationType,skillUri\na,essential,\"b\"c\n", "CSV" },
		{ "occupationUri,relationType,skillUri\na,essential,\xFF\n", "UTF-8" },
	};
	struct lg_ctx *cx = *state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct lg_esco e = { 0 };
		assert_int_equal(read_files(cx, &e, &(struct file){ "occupationSkillRelations.csv", cases[i].text }, 1),
		                 LG_INVALID);
		said(cx, "occupationSkillRelations.csv", cases[i].why);
	}
}

static void what_is_no_zip_is_refused(void **state)
{
	static const char *const texts[] = { "", "P", "PK\3\4", "occupationUri,relationType,skillUri\n" };
	struct lg_ctx *cx = *state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		struct lg_esco e = { 0 };
		assert_int_equal(lg_esco_zip(cx, &e, "x.zip", texts[i], strlen(texts[i])), LG_INVALID);
		said(cx, "x.zip", "zip");
	}
}

static void a_cut_zip_is_refused(void **state)
{
	struct lg_ctx *cx = *state;
	struct zip z = make_zip(cx, release_11, COUNT(release_11));
	for (size_t n = 0; n < z.size; n += 7) {
		struct lg_esco e = { 0 };
		char *part = lg_strndup(cx->mem, z.bytes, n);
		assert_int_equal(lg_esco_zip(cx, &e, "cut.zip", part, n), LG_INVALID);
	}
}

static void archives_inside_are_refused(void **state)
{
	static const struct file files[] = { { "a/inner.ZIP", "PK" } };
	struct lg_ctx *cx = *state;
	struct lg_esco e = { 0 };
	assert_int_equal(read_files(cx, &e, files, 1), LG_INVALID);
	said(cx, "inner.ZIP", "archive in an archive");
}

static void too_many_entries_are_refused(void **state)
{
	struct lg_ctx *cx = *state;
	struct lg_esco e = { 0 };
	struct zip z = { NULL, 0 };
	struct archive *a = begin_zip(cx, &z, 1 << 20, &z.size);
	for (int i = 0; i <= LG_ESCO_ENTRIES_MAX; i++) {
		char name[32];
		(void)snprintf(name, sizeof name, "other%d.csv", i);
		put_file(a, name, "x", 1);
	}
	assert_int_equal(archive_write_close(a), ARCHIVE_OK);
	archive_write_free(a);
	assert_int_equal(lg_esco_zip(cx, &e, "many.zip", z.bytes, z.size), LG_INVALID);
	said(cx, "many.zip", "too many");
}

/* A table of blank lines, 300 MB of them, which pack into a few hundred kilobytes. */
static struct zip make_bomb(struct lg_ctx *cx, size_t declared)
{
	struct zip z = { NULL, 0 };
	struct archive *a = begin_zip(cx, &z, 4 << 20, &z.size);
	struct archive_entry *e = archive_entry_new();
	char *chunk = lg_alloc(cx->mem, 1 << 20);
	memset(chunk, '\n', 1 << 20);
	archive_entry_set_pathname(e, "occupationSkillRelations.csv");
	if (declared) archive_entry_set_size(e, (la_int64_t)declared);
	archive_entry_set_filetype(e, AE_IFREG);
	assert_int_equal(archive_write_header(a, e), ARCHIVE_OK);
	for (int i = 0; i < 300; i++) assert_true(archive_write_data(a, chunk, 1 << 20) > 0);
	archive_entry_free(e);
	assert_int_equal(archive_write_close(a), ARCHIVE_OK);
	archive_write_free(a);
	return z;
}

/* Set the length of the unpacked entry, in the directory at the end (offset 24) and before the entry (offset 22). */
static void forge_length(struct zip *z, uint32_t length)
{
	for (size_t i = 0; i + 46 < z->size; i++) {
		if (!memcmp(z->bytes + i, "PK\1\2", 4)) memcpy(z->bytes + i + 24, &length, 4);
		if (!memcmp(z->bytes + i, "PK\3\4", 4)) memcpy(z->bytes + i + 22, &length, 4);
	}
}

static void a_bomb_is_refused(void **state)
{
	struct lg_ctx *cx = *state;
	struct lg_esco e = { 0 };
	struct zip z = make_bomb(cx, (size_t)300 << 20);
	assert_true(z.size < 4 << 20);
	assert_int_equal(lg_esco_zip(cx, &e, "bomb.zip", z.bytes, z.size), LG_INVALID);
	said(cx, "occupationSkillRelations.csv", "too large");
	forge_length(&z, 100); /* a lie: what comes out is counted too */
	assert_int_equal(lg_esco_zip(cx, &e, "bomb.zip", z.bytes, z.size), LG_INVALID);
}

static void an_endless_field_is_refused(void **state)
{
	struct lg_ctx *cx = *state;
	struct lg_esco e = { 0 };
	struct zip z = { NULL, 0 };
	struct archive *a = begin_zip(cx, &z, 1 << 20, &z.size);
	size_t n = 8 << 20;
	char *text = lg_alloc(cx->mem, n);
	memset(text, 'a', n);
	text[0] = '"';
	put_file(a, "occupationSkillRelations.csv", text, n);
	assert_int_equal(archive_write_close(a), ARCHIVE_OK);
	archive_write_free(a);
	assert_int_equal(lg_esco_zip(cx, &e, "long.zip", z.bytes, z.size), LG_INVALID);
	said(cx, "occupationSkillRelations.csv", "too long");
}

/* ------------------------------------------------------------------------------------------------------- labels */

static enum lg_err read_labels(struct lg_ctx *cx, struct lg_esco *e, const char *language, const char *text)
{
	return lg_esco_labels(cx, e, "labels.tsv", language, text, strlen(text));
}

static void lists_of_labels_are_read(void **state)
{
	struct lg_ctx *cx = *state;
	struct lg_esco e = { 0 };
	assert_int_equal(read_labels(cx, &e, "da",
	                             "uri\tkind\tlabel\n" O A "\tpref\tsygeplejerske\n" O A "\talt\t\"syge\" plejer\n"),
	                 LG_OK);
	assert_int_equal(read_labels(cx, &e, "no", "isco\tkind\tlabel\n2221\tpref\tSpesialsykepleiere\n"), LG_OK);
	assert_int_equal(read_labels(cx, &e, "swe", "uri\tlabel\r\n" S A "\tge medicin\r\n"), LG_OK);
	assert_int_equal(e.n_labels, 4);
	assert_int_equal(e.labels[0].kind, LG_ESCO_OCCUPATION);
	assert_string_equal(e.labels[1].text, "\"syge\" plejer");
	assert_false(e.labels[1].preferred);
	assert_int_equal(e.labels[2].kind, LG_ESCO_GROUP);
	assert_string_equal(e.labels[2].uri, "http://data.europa.eu/esco/isco/C2221");
	assert_int_equal(e.labels[3].kind, LG_ESCO_SKILL);
	assert_true(e.labels[3].preferred);
	assert_string_equal(e.labels[3].language, "swe");
}

static void bad_lists_are_refused(void **state)
{
	struct lg_ctx *cx = *state;
	struct lg_esco e = { 0 };
	assert_int_equal(read_labels(cx, &e, "da", ""), LG_INVALID);
	assert_int_equal(read_labels(cx, &e, "da", "uri\tkind\n"), LG_INVALID);
	said(cx, "labels.tsv", "label");
	assert_int_equal(read_labels(cx, &e, "da", "kind\tlabel\n"), LG_INVALID);
	said(cx, "labels.tsv", "uri");
	assert_int_equal(read_labels(cx, &e, "da", "uri\tkind\tlabel\na\tother\tb\n"), LG_INVALID);
	said(cx, "labels.tsv", "pref");
	assert_int_equal(read_labels(cx, &e, "d", "uri\tlabel\n"), LG_INVALID);
	assert_int_equal(read_labels(cx, &e, "DA", "uri\tlabel\n"), LG_INVALID);
	assert_int_equal(read_labels(cx, &e, "dansk", "uri\tlabel\n"), LG_INVALID);
	assert_int_equal(lg_esco_labels(cx, &e, "labels.tsv", "da", "uri\tlabel\na\t\0\n", 14), LG_INVALID);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_release_is_read),
		TEST(labels_are_trimmed_and_told_apart),
		TEST(the_layout_of_version_1_2_is_read),
		TEST(languages_add_up),
		TEST(a_missing_file_is_named),
		TEST(a_missing_column_is_named),
		TEST(bad_tables_are_refused),
		TEST(what_is_no_zip_is_refused),
		TEST(a_cut_zip_is_refused),
		TEST(archives_inside_are_refused),
		TEST(too_many_entries_are_refused),
		TEST(a_bomb_is_refused),
		TEST(an_endless_field_is_refused),
		TEST(lists_of_labels_are_read),
		TEST(bad_lists_are_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
