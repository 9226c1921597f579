/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "intake_fixture.h"

/* A file that is of no use: one note that says why, in whatever pieces it comes. */
static void refused(enum lg_side side, const char *text, size_t n, const char *why)
{
	static const size_t steps[] = { 1, 13, 1 << 20 };
	for (size_t i = 0; i < 3; i++) {
		struct scene s;
		scene_begin(&s);
		assert_int_equal(scene_file(&s, side, "f", text, n, n > 100000 && i < 2 ? 70000 + i : steps[i]),
		                 LG_INVALID);
		assert_non_null(s.cx.notes);
		assert_null(s.cx.notes->next);
		assert_string_equal(s.cx.notes->field, "f");
		if (!strstr(s.cx.notes->text, why)) fail_msg("\"%s\" is not in \"%s\"", why, s.cx.notes->text);
		(void)scene_market(&s); /* the intake stays whole */
		scene_end(&s);
	}
}
#define REFUSED(side, text, why) refused(side, text, sizeof(text) - 1, why)

static void files_of_another_kind(void **state)
{
	(void)state;
	REFUSED(LG_CANDIDATES, "", "empty");
	REFUSED(LG_CANDIDATES, "PK\3\4\x14\0\6\0\x08\0", "Excel");
	REFUSED(LG_OPENINGS, "%PDF-1.4\n", "PDF");
	REFUSED(LG_OPENINGS, "\xFF\xFEi\0d\0,\0", "UTF-16");
	REFUSED(LG_OPENINGS, "i\0d\0,\0e\0", "UTF-16");
	REFUSED(LG_OPENINGS, "id,employer\na,\0\n", "NUL");
	REFUSED(LG_CANDIDATES, "municipality,skills\n0101,\n", "no column id");
	REFUSED(LG_CANDIDATES, "{\"skills\": \"\"}\n", "no column id");
	REFUSED(LG_CANDIDATES, "7,0101,yes\n8,0147,no\n", "No header");
	REFUSED(LG_CANDIDATES, "id,muni\xE9\n", "UTF-8");
}

static void the_two_files_swapped(void **state)
{
	(void)state;
	REFUSED(LG_CANDIDATES, "id,employer,positions,essential_skills\n1,x,1,\n", "file of openings");
	REFUSED(LG_OPENINGS, "id,municipality,max_commute_km,wants_work\n1,0101,30,yes\n", "file of candidates");
	REFUSED(LG_OPENINGS, "{\"id\":1,\"wants_work\":\"yes\"}\n", "file of candidates");
}

static void columns_of_the_other_side_among_ones_own(void **state)
{
	(void)state;
	struct scene s;
	const char *text = "id,municipality,wants_work,legal_basis,positions\na,0101,yes,x,5\nb,0101,yes,x,\n";
	scene_begin(&s);
	assert_int_equal(scene_file(&s, LG_CANDIDATES, "f", text, strlen(text), 9), LG_OK);
	assert_int_equal(scene_market(&s)->n_candidates, 2);
	assert_int_equal(s.m->n_warnings, 1);
	assert_string_equal(s.m->warnings[0].text, "Column \"positions\" is not used.");
	scene_end(&s);
}

static void a_line_of_ten_megabytes(void **state)
{
	(void)state;
	size_t n = 10u << 20;
	char *text = malloc(n);
	assert_non_null(text);
	memset(text, 'a', n);
	memcpy(text, "id,municipality\n1,", 18);
	refused(LG_CANDIDATES, text, n, "longer than 1 MiB");
	free(text);
}

static void an_open_quotation_mark(void **state)
{
	(void)state;
	struct scene s;
	const char *text = "id,employer,remote\na,x,yes\nb,\"y,yes\nc,z,yes\n";
	scene_begin(&s);
	assert_int_equal(scene_file(&s, LG_OPENINGS, "f", text, strlen(text), 4), LG_OK);
	const struct lg_market *m = scene_market(&s);
	assert_int_equal(m->n_openings, 1);
	assert_int_equal(m->n_rejections, 1);
	assert_int_equal(m->rejections[0].line, 3);
	assert_string_equal(m->rejections[0].column, "");
	scene_end(&s);
}

static void many_columns_and_many_unknown_ones(void **state)
{
	(void)state;
	struct scene s;
	struct lg_buf b = { 0 };
	for (int i = 0; i < 300; i++) lg_putf(&b, "x%d,", i);
	lg_puts(&b, "id\n");
	refused(LG_OPENINGS, b.data, b.len, "at most 256");
	lg_buf_clear(&b);
	lg_puts(&b, "id,remote");
	for (int i = 0; i < 240; i++) lg_putf(&b, ",x%d", i);
	lg_puts(&b, "\n");
	scene_begin(&s);
	assert_int_equal(scene_file(&s, LG_OPENINGS, "f", b.data, b.len, 50), LG_OK);
	assert_int_equal(scene_market(&s)->n_warnings, 101);
	assert_int_equal(s.m->warnings[100].count, 140);
	lg_buf_free(&b);
	scene_end(&s);
}

static void more_languages_than_numbers(void **state)
{
	(void)state;
	struct scene s;
	struct lg_buf b = { 0 };
	lg_puts(&b, "id,remote,languages\n");
	for (int i = 0; i < 300; i++) lg_putf(&b, "%d,yes,q%c%c=B1\n", i, 'a' + i / 26, 'a' + i % 26);
	scene_begin(&s);
	assert_int_equal(scene_file(&s, LG_OPENINGS, "f", b.data, b.len, 500), LG_OK);
	const struct lg_market *m = scene_market(&s);
	assert_int_equal(m->n_openings, 256);
	assert_int_equal(m->n_languages, 256);
	assert_int_equal(m->n_rejections, 44);
	lg_buf_free(&b);
	scene_end(&s);
}

/* Every byte value in every place of a small file: no crash, and every line is an opening, a rejection or a warning. */
static void one_wrong_byte_anywhere(void **state)
{
	(void)state;
	static const char text[] = "id;remote;hours\na;yes;\"37\"\nb;no;\nc;yes;20,5\n";
	for (size_t at = 0; at < sizeof text - 1; at++)
		for (int byte = 0; byte < 256; byte++) {
			struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
			struct lg_taxonomy *none = NULL;
			char copy[sizeof text];
			memcpy(copy, text, sizeof text);
			copy[at] = (char)byte;
			struct scene s = { .cx = cx, .taxonomy = none };
			s.in = lg_intake_new(&s.cx, none);
			enum lg_err err = scene_file(&s, LG_OPENINGS, "f", copy, sizeof text - 1, 5);
			assert_int_equal(lg_intake_end(s.in, &s.m), LG_OK);
			if (err == LG_OK) assert_in_range(s.m->n_openings + s.m->n_rejections + s.m->n_warnings, 1, 6);
			lg_arena_free(cx.mem);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_of_another_kind),
		cmocka_unit_test(the_two_files_swapped),
		cmocka_unit_test(columns_of_the_other_side_among_ones_own),
		cmocka_unit_test(a_line_of_ten_megabytes),
		cmocka_unit_test(an_open_quotation_mark),
		cmocka_unit_test(many_columns_and_many_unknown_ones),
		cmocka_unit_test(more_languages_than_numbers),
		cmocka_unit_test(one_wrong_byte_anywhere),
	};
	return cmocka_run_group_tests_name("hostile", tests, NULL, NULL);
}
