/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "formats/sheet.h"

static struct lg_ctx cx;

/* A file as the text of a table: "csv: a, b / 2: 1, x / 3! why". */
static const char *read(const char *bytes, size_t n)
{
	struct lg_buf out = { 0 };
	struct lg_sheet sheet;
	cx.notes = NULL;
	if (lg_sheet_read(&cx, &out, bytes, n) != LG_OK) {
		assert_non_null(cx.notes);
		lg_buf_free(&out);
		return lg_printf(cx.mem, "refused: %s", cx.notes->text);
	}
	assert_int_equal(lg_sheet_take(&cx, &sheet, out.data, out.len), LG_OK);
	const char *said = lg_printf(cx.mem, "%s:", sheet.format);
	for (size_t i = 0; i < sheet.n_columns; i++)
		said = lg_printf(cx.mem, "%s%s %s", said, i ? "," : "", sheet.columns[i]);
	for (size_t i = 0; i < sheet.n_rows; i++) {
		const struct lg_sheet_row *r = &sheet.rows[i];
		said = lg_printf(cx.mem, "%s / %d%s", said, (int)r->line, r->fault ? "!" : ":");
		for (size_t k = 0; !r->fault && k < r->n_cells; k++)
			said = lg_printf(cx.mem, "%s%s %s", said, k ? "," : "", r->cells[k]);
	}
	lg_buf_free(&out);
	return said;
}
#define READ(text) read(text, sizeof(text) - 1)

static void any_columns_of_csv_are_read_and_bad_rows_keep_their_lines(void **state)
{
	(void)state;
	assert_string_equal(READ("a,b\n1,x\n2\n3,\"y\nz\"\n4,w\n"), "csv: a, b / 2: 1, x / 3! / 4: 3, y\nz / 6: 4, w");
	assert_string_equal(READ("\xEF\xBB\xBFNavn;By\r\nÅse;Øster\r\n"), "csv: Navn, By / 2: Åse, Øster");
	assert_string_equal(READ("a,,b\n1,2,3\n"), "csv: a, b / 2: 1, 3");
	assert_string_equal(READ("\xFF\xFE"
	                         "a\0,\0b\0\n\0"
	                         "1\0,\0\xE6\0\n\0"),
	                    "csv: a, b / 2: 1, æ");
	assert_string_equal(READ("a,b\n1,\xFF\n"), "csv: a, b / 2!");
	assert_string_equal(READ("a,b\n1,x\x1F\x1Ey\n"), "csv: a, b / 2: 1, x\x01\x01y");
	assert_int_equal(strncmp(READ("a,a\n1,2\n"), "refused: Column a stands twice", 30), 0);
	assert_int_equal(strncmp(READ(""), "refused: The file is empty", 26), 0);
}

static void more_columns_than_the_reader_takes_at_once(void **state)
{
	(void)state;
	char text[8000];
	size_t n = 0;
	for (int row = 0; row < 3; row++)
		for (int i = 0; i < 200; i++)
			n += (size_t)snprintf(text + n, sizeof text - n, "%s%d%s", row ? "" : "c", i + row * 1000,
			                      i == 199 ? "\n" : ",");
	n += (size_t)snprintf(text + n, sizeof text - n, "too,short\n");
	const char *said = read(text, n);
	assert_non_null(strstr(said, "c0, c1, "));
	assert_non_null(strstr(said, ", c199 / 2: 1000, 1001, "));
	assert_non_null(strstr(said, ", 1199 / 3: 2000, "));
	assert_non_null(strstr(said, ", 2063, 2064, "));
	assert_non_null(strstr(said, ", 2199 / 4!"));
}

static void objects_are_flattened_to_the_names_of_forms(void **state)
{
	(void)state;
	assert_string_equal(
	    READ("\n{\"post\": {\"title\": \"x\", \"positions\": 2}, \"remote\": true, \"driving\": [\"b\", \"c\"]}\n"
	         "{\"languages\": [{\"level\": \"a1\"}, {\"level\": \"b2\"}], \"remote\": null}\n"
	         "{\"a\": [[1]]}\n"
	         "[1]\n"
	         "{\"a\": 1, \"a\": 2}\n"
	         "{\"\": \"cell C7 is no date\"}\n"),
	    "ndjson: post.title, post.positions, remote, driving, languages-0.level, languages-1.level, a"
	    " / 2: x, 2, true, b; c / 3: , , , , a1, b2 / 4! / 5! / 6! / 7!");
	assert_int_equal(strncmp(READ("{\"a\": \n"), "refused: ", 9), 0);
}

static void advertisements_are_known_by_their_words(void **state)
{
	(void)state;
	const char *said =
	    READ("{\"hits\": [{\"id\": \"7\", \"headline\": \"Kock\", \"employer\": {\"name\": \"Krog AB\"}, "
	         "\"number_of_vacancies\": 2}, {\"id\": \"8\", \"headline\": \"Borta\", \"removed\": true}]}");
	assert_int_equal(strncmp(said, "jobtech: id, title, employer, words,", 36), 0);
	assert_non_null(strstr(said, " / 1: 7, Kock, Krog AB, , 2, job,"));
	assert_null(strstr(said, "Borta"));
}

static void postings_and_cvs_are_known_by_their_words(void **state)
{
	(void)state;
	const char *said =
	    READ("{\"@context\": \"https://schema.org\", \"@type\": \"JobPosting\", \"title\": \"Kok\", "
	         "\"identifier\": \"J7\", "
	         "\"hiringOrganization\": {\"name\": \"Kroen\"}, \"validThrough\": \"2030-01-31T12:00\"}\n");
	assert_int_equal(strncmp(said, "jobposting: id, title, employer, words,", 39), 0);
	assert_non_null(strstr(said, " / 1: J7, Kok, Kroen, "));
	assert_non_null(strstr(said, " 2030-01-31,"));
	said = READ(
	    "{\"SkillsPassport\": {\"LearnerInfo\": {\"Identification\": {\"PersonName\": {\"FirstName\": \"Olena\", "
	    "\"Surname\": \"Tkachenko\"}}}}}");
	assert_string_equal(said, "europass: given_name, family_name / 1: Olena, Tkachenko");
}

static void what_no_reader_wrote_is_not_taken(void **state)
{
	(void)state;
	static const char *const texts[] = { "",
		                             "csv",
		                             "csv\x1E",
		                             "csv\x1F"
		                             "a",
		                             "csv\x1F"
		                             "a\x1Er0\x1F"
		                             "1\x1E",
		                             "csv\x1F"
		                             "a\x1Er1\x1F"
		                             "1\x1F"
		                             "2\x1E",
		                             "csv\x1F"
		                             "a\x1Eq1\x1F"
		                             "1\x1E",
		                             "csv\x1F"
		                             "a\x1E"
		                             "b1\x1F"
		                             "1\x1E",
		                             "csv\x1F"
		                             "a\x1E\x1E" };
	struct lg_sheet sheet;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (lg_sheet_take(&cx, &sheet, lg_strdup(cx.mem, texts[i]), strlen(texts[i])) != LG_INVALID)
			fail_msg("taken: %zu", i);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_columns_of_csv_are_read_and_bad_rows_keep_their_lines),
		cmocka_unit_test(more_columns_than_the_reader_takes_at_once),
		cmocka_unit_test(objects_are_flattened_to_the_names_of_forms),
		cmocka_unit_test(advertisements_are_known_by_their_words),
		cmocka_unit_test(postings_and_cvs_are_known_by_their_words),
		cmocka_unit_test(what_no_reader_wrote_is_not_taken),
	};
	cx.mem = lg_arena_new(0, NULL);
	int failed = cmocka_run_group_tests_name("sheet", tests, NULL, NULL);
	lg_arena_free(cx.mem);
	return failed;
}
