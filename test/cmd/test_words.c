/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* Small things the commands say and read: counts, numbers, options, JSON. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cmd/json.h"
#include "cmd/options.h"
#include "cmd/run.h"
#include "cmd/words.h"

static void counts_are_grouped(void **state)
{
	(void)state;
	char out[32];
	assert_string_equal(words_count(out, 0), "0");
	assert_string_equal(words_count(out, 999), "999");
	assert_string_equal(words_count(out, 48120), "48,120");
	assert_string_equal(words_count(out, 1500000000), "1,500,000,000");
	assert_string_equal(words_count(out, UINT64_MAX), "18,446,744,073,709,551,615");
}

static void numbers_are_whole_and_within(void **state)
{
	(void)state;
	uint64_t n = 7;
	assert_true(options_number("255", 1, 255, &n));
	assert_int_equal(n, 255);
	for (size_t i = 0; i < 7; i++) {
		const char *bad[] = { "", "-1", "256", "1e2", " 1", "99999999999999999999999", "0" };
		assert_false(options_number(bad[i], 1, 255, &n));
	}
	assert_true(options_number("18446744073709551599", 0, UINT64_MAX, &n));
}

/* --- options */

struct given {
	const char *file;
	bool loud, help;
	uint64_t n;
	unsigned colour;
};
static const char *const colours[] = { "red", "green", NULL };

static enum lg_err read(struct lg_ctx *cx, struct given *g, char **argv)
{
	const struct option_row rows[] = {
		ROW_TEXT("file", &g->file, "FILE", "a file"),
		ROW_FLAG("loud", &g->loud, "say more"),
		ROW_NUMBER("n", &g->n, "N", "a number", 1, 9),
		ROW_CHOICE("colour", &g->colour, "C", "a colour", colours),
	};
	const struct options o = { "try", "FOLDER", "Nothing.", rows, 4, 1 };
	int argc = 0;
	while (argv[argc]) argc++;
	return options_read(cx, &o, argc, argv, &g->help);
}

#define ARGV(...) ((char *[]){ (char[]){ "try" }, __VA_ARGS__, NULL })
#define S(word) ((char[]){ word })

static void options_are_read(void **state)
{
	(void)state;
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
	struct given g = { 0 };
	char **argv = ARGV(S("--file"), S("a"), S("folder"), S("--loud"), S("--n=4"), S("--colour"), S("green"));
	assert_int_equal(read(&cx, &g, argv), LG_OK);
	assert_string_equal(g.file, "a");
	assert_true(g.loud && !g.help && g.n == 4 && g.colour == 1);
	assert_string_equal(argv[7], "folder");
	lg_arena_free(cx.mem);
}

static void wrong_options_are_named(void **state)
{
	(void)state;
	const struct {
		char **argv;
		const char *field;
	} wrong[] = {
		{ ARGV(S("--what"), S("folder")), "--what" },
		{ ARGV(S("folder"), S("--file")), "--file" },
		{ ARGV(S("folder"), S("--n"), S("10")), "--n" },
		{ ARGV(S("folder"), S("--colour"), S("blue")), "--colour" },
		{ ARGV(S("folder"), S("more")), "more" },
		{ ARGV(S("--loud")), "" },
	};
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
		struct given g = { 0 };
		assert_int_equal(read(&cx, &g, wrong[i].argv), RUN_USE);
		assert_non_null(cx.notes);
		assert_string_equal(cx.notes->field, wrong[i].field);
		lg_arena_free(cx.mem);
	}
}

static void json_keeps_its_order(void **state)
{
	(void)state;
	struct lg_buf out = { 0 };
	json_t *o = json_new();
	json_add_text(o, "z", "caf\xC3\xA9");
	json_add_text(o, "a", "bad\xFF!");
	json_add_int(o, "m", -3);
	json_add_text(o, "b", NULL);
	json_print(&out, o);
	assert_string_equal(out.data,
	                    "{\n  \"z\": \"caf\xC3\xA9\",\n  \"a\": \"bad?!\",\n  \"m\": -3,\n  \"b\": null\n}\n");
	lg_buf_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_are_grouped),   cmocka_unit_test(numbers_are_whole_and_within),
		cmocka_unit_test(options_are_read),     cmocka_unit_test(wrong_options_are_named),
		cmocka_unit_test(json_keeps_its_order),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
