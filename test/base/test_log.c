/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/log.h"
#include "base/utf8.h"

static struct {
	FILE *file; /* stands in for standard error */
	int kept;
	char text[1 << 20];
} caught;

static void catch_lines(void)
{
	caught.file = tmpfile();
	assert_non_null(caught.file);
	caught.kept = dup(STDERR_FILENO);
	assert_true(dup2(fileno(caught.file), STDERR_FILENO) >= 0);
}

/* @return what was written since catch_lines() */
static char *caught_lines(void)
{
	assert_true(dup2(caught.kept, STDERR_FILENO) >= 0);
	(void)close(caught.kept);
	rewind(caught.file);
	size_t n = fread(caught.text, 1, sizeof caught.text - 1, caught.file);
	caught.text[n] = '\0';
	(void)fclose(caught.file);
	return caught.text;
}

static int lines_in(const char *s)
{
	int n = 0;
	for (; *s; s++) n += *s == '\n';
	return n;
}

static void an_event_is_one_line_with_its_fields(void **state)
{
	(void)state;
	struct lg_ctx cx = { .id = 0x4f2a };
	lg_log_start("web", LG_LOG_INFO);
	catch_lines();
	lg_log(&cx, LG_LOG_WARN, "served", LOG_TEXT("route", "/candidates/{id}"), LOG_INT("status", -7));
	char *line = caught_lines(), want[300];
	(void)snprintf(want, sizeof want,
	               "Z\",\"level\":\"warn\",\"process\":\"web\",\"pid\":%d,\"request\":\"0000000000004f2a\","
	               "\"event\":\"served\",\"route\":\"/candidates/{id}\",\"status\":-7}\n",
	               (int)getpid());
	assert_memory_equal(line, "{\"at\":\"2", 8);
	assert_string_equal(line + strlen("{\"at\":\"2026-11-28T13:00:00.123"), want);
}

static void without_context_and_fields_it_is_still_a_line(void **state)
{
	(void)state;
	catch_lines();
	lg_log(NULL, LG_LOG_INFO, "began");
	char *line = caught_lines();
	assert_null(strstr(line, "request"));
	assert_non_null(strstr(line, "\"event\":\"began\"}\n"));
}

static void what_is_below_the_least_level_is_not_written(void **state)
{
	(void)state;
	catch_lines();
	lg_log(NULL, LG_LOG_DEBUG, "fine");
	assert_string_equal(caught_lines(), "");
}

static void hostile_texts_stay_one_line_of_json(void **state)
{
	(void)state;
	static const struct {
		const char *text, *want;
	} cases[] = {
		{ "a\nb\r\t\x1b[2J\x7f", "\"a\\u000ab\\u000d\\u0009\\u001b[2J\\u007f\"" },
		{ "\"}\\", "\"\\\"}\\\\\"" },
		{ "\xc2\x9b", "\"\\u009b\"" },
		{ "\xe2\x80\xa8\xe2\x80\xa9", "\"\\u2028\\u2029\"" },
		{ "\xff\xc3(\xed\xa0\x80", "\"\\ufffd\\ufffd(\\ufffd\\ufffd\\ufffd\"" },
		{ "Олена ø \xf0\x9f\x9a\xa2", "\"Олена ø \xf0\x9f\x9a\xa2\"" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		catch_lines();
		lg_log(NULL, LG_LOG_ERROR, "odd", LOG_TEXT("text", cases[i].text));
		char *line = caught_lines();
		assert_int_equal(lines_in(line), 1);
		assert_string_equal(strstr(line, "\"text\":") + 7, lg_printf(*state, "%s}\n", cases[i].want));
	}
}

static void a_long_text_is_cut_between_characters(void **state)
{
	(void)state;
	char text[1000];
	for (size_t i = 0; i + 2 < sizeof text; i += 2) memcpy(text + 1 + i, "\xc3\xb8", 3);
	text[0] = 'x'; /* so that byte 300 is the middle of a character */
	catch_lines();
	lg_log(NULL, LG_LOG_INFO, "long", LOG_TEXT("text", text));
	char *line = caught_lines(), *value = strstr(line, "\"text\":\"") + 8;
	assert_int_equal(strcspn(value, "\""), 299);
	assert_int_equal(lg_utf8_span(line, strlen(line)), strlen(line));
}

static void what_finds_no_room_is_left_out_and_that_is_said(void **state)
{
	(void)state;
	char text[301];
	memset(text, '\1', 300);
	text[300] = '\0';
	catch_lines();
	lg_log(NULL, LG_LOG_INFO, "full", LOG_TEXT("a", text), LOG_TEXT("b", text), LOG_TEXT("c", text),
	       LOG_TEXT("d", text));
	char *line = caught_lines();
	assert_true(strlen(line) <= 4096);
	assert_non_null(strstr(line, "\"b\":"));
	assert_null(strstr(line, "\"c\":"));
	assert_non_null(strstr(line, ",\"cut\":true}\n"));
}

static void *talk(void *word)
{
	for (int i = 0; i < 200; i++) lg_log(NULL, LG_LOG_INFO, "said", LOG_TEXT("word", word));
	return NULL;
}

static void lines_of_threads_do_not_mix(void **state)
{
	(void)state;
	char first[] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", second[] = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
	pthread_t a, b;
	catch_lines();
	/* A second file description would have an offset of its own; this is one, as a terminal or a pipe is. */
	assert_int_equal(pthread_create(&a, NULL, talk, first), 0);
	assert_int_equal(pthread_create(&b, NULL, talk, second), 0);
	(void)pthread_join(a, NULL);
	(void)pthread_join(b, NULL);
	char *text = caught_lines(), *save;
	assert_int_equal(lines_in(text), 400);
	for (char *line = strtok_r(text, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		assert_memory_equal(line, "{\"at\"", 5);
		assert_true((strstr(line, first) != NULL) != (strstr(line, second) != NULL));
	}
}

static void an_id_is_16_hex_digits(void **state)
{
	(void)state;
	char id[17];
	lg_id_print(id, 0);
	assert_string_equal(id, "0000000000000000");
	lg_id_print(id, UINT64_MAX);
	assert_string_equal(id, "ffffffffffffffff");
}

static int begin(void **state)
{
	*state = lg_arena_new(0, NULL);
	return 0;
}

static int end(void **state)
{
	lg_arena_free(*state);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_event_is_one_line_with_its_fields),
		cmocka_unit_test(without_context_and_fields_it_is_still_a_line),
		cmocka_unit_test(what_is_below_the_least_level_is_not_written),
		cmocka_unit_test(hostile_texts_stay_one_line_of_json),
		cmocka_unit_test(a_long_text_is_cut_between_characters),
		cmocka_unit_test(what_finds_no_room_is_left_out_and_that_is_said),
		cmocka_unit_test(lines_of_threads_do_not_mix),
		cmocka_unit_test(an_id_is_16_hex_digits),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
