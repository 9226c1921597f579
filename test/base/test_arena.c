/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"

static int set_up(void **state)
{
	*state = lg_arena_new(0, NULL);
	return 0;
}

static int tear_down(void **state)
{
	lg_arena_free(*state);
	return 0;
}

static void pieces_are_zeroed_and_apart(void **state)
{
	enum { PIECES = 5000, MOST = 97 };
	static unsigned char *piece[PIECES];
	static const unsigned char zeros[MOST];
	for (size_t i = 0; i < PIECES; i++) {
		size_t size = i % MOST;
		piece[i] = lg_alloc(*state, size);
		assert_memory_equal(piece[i], zeros, size);
		memset(piece[i], (int)(i % 251), size);
	}
	for (size_t i = 0; i < PIECES; i++)
		for (size_t k = 0; k < i % MOST; k++) assert_int_equal(piece[i][k], i % 251);
}

static void pieces_are_aligned_to_16(void **state)
{
	for (size_t size = 0; size < 100; size++) assert_int_equal((uintptr_t)lg_alloc(*state, size) % 16, 0);
}

static void a_piece_may_be_larger_than_a_page(void **state)
{
	size_t size = 3 * 1024 * 1024 + 1;
	char *large = lg_alloc(*state, size);
	large[size - 1] = 'z';
	char *small = lg_alloc(*state, 1);
	*small = 'a';
	assert_int_equal(large[size - 1], 'z');
	assert_int_equal(large[0], 0);
}

static void memory_used_again_is_zeroed_again(void **state)
{
	for (int round = 0; round < 3; round++) {
		for (int i = 0; i < 100; i++) {
			char *p = lg_alloc(*state, 5000);
			for (int k = 0; k < 5000; k++) assert_int_equal(p[k], 0);
			memset(p, 0xEE, 5000);
		}
		lg_arena_reset(*state);
		assert_int_equal(lg_arena_used(*state), 0);
	}
}

static void strings_are_copied(void **state)
{
	char text[] = "Gångbro";
	char *copy = lg_strdup(*state, text);
	char *part = lg_strndup(*state, text, 3);
	char *none = lg_strndup(*state, NULL, 0);
	text[0] = 'x';
	assert_string_equal(copy, "Gångbro");
	assert_string_equal(part, "G\xC3\xA5");
	assert_string_equal(none, "");
}

static void printf_takes_any_length(void **state)
{
	assert_string_equal(lg_printf(*state, "%s %d", "opening", 7), "opening 7");
	assert_int_equal(strlen(lg_printf(*state, "%100000d", 1)), 100000);
}

static char order[8];
static void note(void *letter) { strncat(order, letter, 1); }

static void closers_run_last_first_and_once(void **state)
{
	char a[] = "a", b[] = "b", c[] = "c";
	order[0] = '\0';
	lg_defer(*state, note, a);
	lg_defer(*state, note, b);
	lg_defer(*state, note, c);
	lg_arena_reset(*state);
	lg_arena_reset(*state);
	assert_string_equal(order, "cba");
}

static void freeing_runs_closers_and_null_is_allowed(void **state)
{
	(void)state;
	char a[] = "a";
	order[0] = '\0';
	struct lg_arena *arena = lg_arena_new(0, NULL);
	lg_defer(arena, note, a);
	lg_arena_free(arena);
	lg_arena_free(NULL);
	assert_string_equal(order, "a");
}

static jmp_buf past;
static void jump(void) { longjmp(past, 1); }

/* Past the limit `over` is called; it must not return, so it jumps. */
#define ASSERT_PAST(call)                                                                                              \
	do {                                                                                                           \
		if (setjmp(past) == 0) {                                                                               \
			(void)(call);                                                                                  \
			fail_msg("%s stays within the limit", #call);                                                  \
		}                                                                                                      \
	} while (0)

static void the_limit_holds_and_is_given_back(void **state)
{
	(void)state;
	struct lg_arena *volatile arena = lg_arena_new(1000, jump);
	(void)lg_alloc(arena, 900);
	ASSERT_PAST(lg_alloc(arena, 200));
	ASSERT_PAST(lg_alloc(arena, SIZE_MAX));
	ASSERT_PAST(lg_alloc(arena, SIZE_MAX - 8));
	lg_arena_reset(arena);
	assert_non_null(lg_alloc(arena, 900));
	lg_arena_free(arena);
}

static void a_product_too_large_is_past_the_limit(void **state)
{
	(void)state;
	struct lg_arena *volatile arena = lg_arena_new(0, jump);
	ASSERT_PAST(lg_array(arena, SIZE_MAX / 2, 3));
	ASSERT_PAST(lg_array(arena, (size_t)1 << 33, (size_t)1 << 33));
	assert_non_null(lg_array(arena, 0, SIZE_MAX));
	assert_non_null(lg_array(arena, 10, 10));
	lg_arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(pieces_are_zeroed_and_apart, set_up, tear_down),
		cmocka_unit_test_setup_teardown(pieces_are_aligned_to_16, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_piece_may_be_larger_than_a_page, set_up, tear_down),
		cmocka_unit_test_setup_teardown(memory_used_again_is_zeroed_again, set_up, tear_down),
		cmocka_unit_test_setup_teardown(strings_are_copied, set_up, tear_down),
		cmocka_unit_test_setup_teardown(printf_takes_any_length, set_up, tear_down),
		cmocka_unit_test_setup_teardown(closers_run_last_first_and_once, set_up, tear_down),
		cmocka_unit_test(freeing_runs_closers_and_null_is_allowed),
		cmocka_unit_test(the_limit_holds_and_is_given_back),
		cmocka_unit_test(a_product_too_large_is_past_the_limit),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
