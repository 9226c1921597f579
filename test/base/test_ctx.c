/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/ctx.h"

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

static void a_failure_is_noted_and_passed_on(void **state)
{
	struct lg_ctx *cx = *state;
	assert_int_equal(lg_fail(cx, LG_INVALID, "hours_min", "Write a number."), LG_INVALID);
	assert_string_equal(cx->notes->field, "hours_min");
	assert_string_equal(cx->notes->text, "Write a number.");
	assert_null(cx->notes->next);
}

static void the_last_note_comes_first(void **state)
{
	struct lg_ctx *cx = *state;
	assert_int_equal(lg_fail(cx, LG_INVALID, "a", "first"), LG_INVALID);
	assert_int_equal(lg_failf(cx, LG_UNKNOWN, "b", "%s %d", "second", 2), LG_UNKNOWN);
	assert_string_equal(cx->notes->text, "second 2");
	assert_string_equal(cx->notes->next->text, "first");
	assert_null(cx->notes->next->next);
}

static void a_very_long_reason_is_cut(void **state)
{
	struct lg_ctx *cx = *state;
	assert_int_equal(lg_failf(cx, LG_FAULT, "", "%5000d", 1), LG_FAULT);
	assert_int_equal(strlen(cx->notes->text), 1023);
}

static LG_MUST enum lg_err passes_up(enum lg_err err, int *reached)
{
	LG_TRY(err);
	*reached = 1;
	return LG_OK;
}

static void try_passes_failures_up_and_goes_on_when_ok(void **state)
{
	(void)state;
	int reached = 0;
	assert_int_equal(passes_up(LG_BUSY, &reached), LG_BUSY);
	assert_int_equal(reached, 0);
	assert_int_equal(passes_up(LG_OK, &reached), LG_OK);
	assert_int_equal(reached, 1);
}

static void every_error_has_a_status_and_words(void **state)
{
	(void)state;
	assert_int_equal(lg_err_http(LG_OK), 200);
	assert_string_equal(lg_err_text(LG_OK), "");
	for (enum lg_err e = LG_OK + 1; e < LG_ERRS; e++) {
		assert_in_range(lg_err_http(e), 400, 599);
		assert_true(strlen(lg_err_text(e)) > 0);
	}
}

static void a_broken_promise_ends_the_program(void **state)
{
	(void)state;
	lg_assert(1 + 1 == 2);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		(void)close(STDERR_FILENO);
		lg_assert(1 + 1 == 3);
		_exit(0);
	}
	int status = 0;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGABRT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_failure_is_noted_and_passed_on, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_last_note_comes_first, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_very_long_reason_is_cut, set_up, tear_down),
		cmocka_unit_test(try_passes_failures_up_and_goes_on_when_ok),
		cmocka_unit_test(every_error_has_a_status_and_words),
		cmocka_unit_test(a_broken_promise_ends_the_program),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
