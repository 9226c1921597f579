/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "cmd/run.h"
#include "cmd/settings_table.h"

static struct lg_ctx cx;

static struct lg_ctx *fresh(void)
{
	lg_arena_free(cx.mem);
	cx = (struct lg_ctx){ .mem = lg_arena_new(0, NULL) };
	return &cx;
}

static int end(void **state)
{
	(void)state;
	lg_arena_free(cx.mem);
	return 0;
}

static void refused(const char *text, const char *field, const char *words)
{
	struct lg_ctx *c = fresh();
	struct settings s;
	settings_default(&s);
	assert_int_equal(settings_parse(c, &s, "x.conf", text), LG_INVALID);
	assert_string_equal(c->notes->field, field);
	if (!strstr(c->notes->text, words)) fail_msg("\"%s\" does not say \"%s\"", c->notes->text, words);
}

static void a_file_is_read(void **state)
{
	(void)state;
	struct lg_ctx *c = fresh();
	struct settings s;
	settings_default(&s);
	assert_int_equal(settings_parse(c, &s, "x.conf",
	                                "# first\n\n port=81\nlog_level = warn\r\n  public_url =  https://x.example  \n"
	                                "mail_from = a = b"),
	                 LG_OK);
	assert_int_equal(s.port, 81);
	assert_int_equal(s.log_level, 2);
	assert_string_equal(s.public_url, "https://x.example");
	assert_string_equal(s.mail_from, "a = b");
	assert_int_equal(s.from[SETTING_port], FROM_FILE);
	assert_int_equal(s.from[SETTING_queue], FROM_DEFAULT);
}

static void a_wrong_line_is_named(void **state)
{
	(void)state;
	refused("port = 80\n\nprot = 80\n", "x.conf, line 3", "there is no setting \"prot\"");
	refused("port\n", "x.conf, line 1", "name = value");
	refused("port = 80\nport = 81\n", "x.conf, line 2", "a second time");
	refused("port = 65536\n", "x.conf, line 1", "from 0 to 65535");
	refused("port = -1\n", "x.conf, line 1", "no whole number");
	refused("port = \n", "x.conf, line 1", "no whole number");
	refused("drain_s = 301\n", "x.conf, line 1", "from 0 to 300");
	refused("log_level = loud\n", "x.conf, line 1", "none of");
	refused("mail_from = a\tb\n", "x.conf, line 1", "control characters");
}

static void the_environment_wins(void **state)
{
	(void)state;
	struct lg_ctx *c = fresh();
	struct settings s;
	assert_int_equal(setenv("PORT", "4321", 1), 0);
	assert_int_equal(setenv("LANDGANG_LOG_LEVEL", "error", 1), 0);
	assert_int_equal(settings_read(c, &s, "/dev/null"), LG_OK);
	assert_int_equal(s.port, 4321);
	assert_int_equal(s.log_level, 3);
	assert_int_equal(s.from[SETTING_port], FROM_ENVIRONMENT);
	assert_int_equal(setenv("PORT", "x", 1), 0);
	assert_int_equal(settings_read(c, &s, "/dev/null"), LG_INVALID);
	assert_string_equal(c->notes->field, "PORT");
	(void)unsetenv("PORT");
	(void)unsetenv("LANDGANG_LOG_LEVEL");
}

static void a_file_that_is_missing_is_said(void **state)
{
	(void)state;
	struct lg_ctx *c = fresh();
	struct settings s;
	assert_int_equal(settings_read(c, &s, "/nowhere/landgang.conf"), RUN_IO);
	assert_string_equal(c->notes->field, "/nowhere/landgang.conf");
}

static void without_a_database_it_is_a_trial(void **state)
{
	(void)state;
	struct lg_ctx *c = fresh();
	struct settings s;
	settings_default(&s);
	assert_int_equal(settings_settle(c, &s), LG_OK);
	assert_true(s.trial);
	assert_string_equal(s.keys_folder, "var/keys");
	settings_default(&s);
	s.database_url = "postgresql://db.example/landgang";
	assert_int_equal(settings_settle(c, &s), LG_OK);
	assert_false(s.trial);
	assert_string_equal(s.state_folder, "/var/lib/landgang");
	assert_string_equal(s.keys_folder, "/var/lib/landgang/keys");
	assert_string_equal(s.run_folder, "/run/landgang");
}

static enum lg_err settled(const char *database, const char *public)
{
	struct settings s;
	settings_default(&s);
	s.database_url = database;
	s.public_url = public;
	return settings_settle(fresh(), &s);
}

static void urls_that_are_none_are_refused(void **state)
{
	(void)state;
	assert_int_equal(settled("postgres://h/x", "https://x.example"), LG_OK);
	assert_int_equal(settled("postgresql:///x?host=/run/postgresql", "http://127.0.0.1:8080"), LG_OK);
	assert_int_equal(settled("host=h dbname=x", ""), LG_INVALID);
	assert_int_equal(settled("mysql://h/x", ""), LG_INVALID);
	assert_int_equal(settled("postgresql://h/x?sslmode=require&user=me", ""), LG_INVALID);
	assert_int_equal(settled("postgresql://h/x?password=p", ""), LG_INVALID);
	assert_int_equal(settled("", "https://x.example/"), LG_INVALID);
	assert_int_equal(settled("", "https://me@x.example"), LG_INVALID);
	assert_int_equal(settled("", "x.example"), LG_INVALID);
	assert_int_equal(settled("", "https://x.example?a"), LG_INVALID);
	struct settings s;
	settings_default(&s);
	s.statement_url = "http://was.example/x";
	assert_int_equal(settings_settle(fresh(), &s), LG_INVALID);
	settings_default(&s); /* what was settled lived in the arena before */
	s.statement_url = "https://was.example/x";
	assert_int_equal(settings_settle(fresh(), &s), LG_OK);
}

/* Neither a listing nor a child may show the password of whoever may change the schema. */
static void passwords_are_not_shown(void **state)
{
	(void)state;
	struct lg_ctx *c = fresh();
	struct lg_buf shown = { 0 }, handed = { 0 };
	struct settings s;
	settings_default(&s);
	s.database_url = "postgresql://owner:s3c@ret@h.example/x?sslmode=require";
	settings_print(&shown, &s);
	settings_hand_over(c, &handed, &s);
	assert_null(strstr(shown.data, "s3c"));
	assert_null(strstr(handed.data, "s3c"));
	assert_null(strstr(handed.data, "owner:"));
	assert_non_null(strstr(shown.data, "@h.example/x?sslmode=require"));
	assert_non_null(strstr(handed.data, "postgresql://h.example/x?sslmode=require\n"));
	assert_string_equal(settings_url_bare(c, "postgresql:///x?host=/a@b"), "postgresql:///x?host=/a@b");
	lg_buf_free(&shown);
	lg_buf_free(&handed);
}

/* What is handed over, what is listed, and the example with its lines made real: all are read back to the same. */
static void what_is_printed_can_be_read(void **state)
{
	(void)state;
	struct lg_ctx *c = fresh();
	struct lg_buf text = { 0 }, again = { 0 };
	struct settings s, t;
	settings_default(&s);
	s.port = 7;
	s.log_level = 0;
	s.public_url = "https://x.example";
	settings_hand_over(c, &text, &s);
	settings_default(&t);
	assert_int_equal(settings_parse(c, &t, "handed", text.data), LG_OK);
	settings_hand_over(c, &again, &t);
	assert_string_equal(again.data, text.data);
	lg_buf_clear(&text);
	settings_print(&text, &s);
	settings_default(&t);
	assert_int_equal(settings_parse(c, &t, "printed", text.data), LG_OK);
	assert_int_equal(t.port, 7);
	lg_buf_free(&text);
	lg_buf_free(&again);
}

static void the_example_says_every_default(void **state)
{
	(void)state;
	struct lg_ctx *c = fresh();
	struct lg_buf text = { 0 };
	struct settings s;
	size_t lines = 0;
	settings_example(&text);
	for (char *p = text.data; (p = strstr(p, "\n#")) != NULL; p++)
		if (p[2] != ' ') p[1] = ' ', lines++;
	assert_int_equal(lines, SETTINGS);
	settings_default(&s);
	assert_int_equal(settings_parse(c, &s, "example", text.data), LG_OK);
	for (size_t i = 0; i < SETTINGS; i++) {
		char number[24];
		assert_int_equal(s.from[i], FROM_FILE);
		assert_string_equal(setting_value(number, &s, &setting_rows[i]), setting_rows[i].otherwise);
	}
	lg_buf_free(&text);
}

static void the_manual_names_every_setting(void **state)
{
	(void)state;
	struct lg_buf text = { 0 };
	settings_manual(&text);
	for (size_t i = 0; i < SETTINGS; i++) {
		char line[80] = ".B ";
		strncat(line, setting_rows[i].name, 60);
		assert_non_null(strstr(text.data, line));
	}
	lg_buf_free(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_is_read),
		cmocka_unit_test(a_wrong_line_is_named),
		cmocka_unit_test(the_environment_wins),
		cmocka_unit_test(a_file_that_is_missing_is_said),
		cmocka_unit_test(without_a_database_it_is_a_trial),
		cmocka_unit_test(urls_that_are_none_are_refused),
		cmocka_unit_test(passwords_are_not_shown),
		cmocka_unit_test(what_is_printed_can_be_read),
		cmocka_unit_test(the_example_says_every_default),
		cmocka_unit_test(the_manual_names_every_setting),
	};
	return cmocka_run_group_tests(tests, NULL, end);
}
