/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <libpq-fe.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/log.h"
#include "scratch.h"
#include "store/migrate.h"

/* The linker puts us between the store and libpq, to be an older server. */
int __real_PQserverVersion(const PGconn *pq);
int __wrap_PQserverVersion(const PGconn *pq);
static int pretended;
int __wrap_PQserverVersion(const PGconn *pq) { return pretended ? pretended : __real_PQserverVersion(pq); }

static struct lg_ctx cx;
static struct migrate_report report;

static const struct migrate_file three[] = {
	{ 1, "0001_one", "CREATE TABLE one (id int);\nCREATE ROLE migrated LOGIN;\n" },
	{ 2, "0002_two", "CREATE ROLE other; SET ROLE other; SET lock_timeout = '1ms'; SET search_path = pg_catalog;" },
	{ 10, "0010_ten", "CREATE TABLE ten (id int)" },
};

static const char *where(void) { return lg_printf(cx.mem, "%s user=postgres", scratch_conninfo()); }

static enum lg_err run(const struct migrate_file *files, size_t n)
{
	return migrate(&cx, &(struct migrate_config){ .conninfo = where(), .files = files, .n_files = n }, &report);
}

static void refused(enum lg_err err, const char *words)
{
	assert_int_equal(err, LG_INVALID);
	if (!strstr(cx.notes->text, words)) fail_msg("it says: %s", cx.notes->text);
}

static void files_are_run_once_and_in_order(void **state)
{
	(void)state;
	assert_int_equal(run(three, 2), LG_OK);
	assert_int_equal(report.n_before, 0);
	assert_int_equal(report.n_run, 2);
	assert_in_range(report.server, 150020, 159999);
	assert_int_equal(run(three, 3), LG_OK);
	assert_int_equal(report.n_before, 2);
	assert_int_equal(report.n_run, 1);
	assert_int_equal(run(three, 3), LG_OK);
	assert_int_equal(report.n_run, 0);
	assert_string_equal(
	    scratch_sql("SELECT string_agg(number || ' ' || name, ',' ORDER BY number) FROM landgang_migration"),
	    "1 0001_one,2 0002_two,10 0010_ten");
}

static void a_look_changes_nothing(void **state)
{
	(void)state;
	const struct migrate_file more[] = {
		three[0], three[1], three[2], { 11, "0011_more", "CREATE TABLE more ()" }
	};
	struct migrate_config config = { .conninfo = where(), .files = more, .n_files = 4, .only_look = true };
	assert_int_equal(migrate(&cx, &config, &report), LG_OK);
	assert_int_equal(report.n_run, 1);
	assert_string_equal(scratch_sql("SELECT to_regclass('more')"), "");
}

static void a_newer_schema_is_refused(void **state)
{
	(void)state;
	refused(run(three, 2), "newer than this program: it has 0010_ten");
}

static void an_edited_file_is_refused(void **state)
{
	(void)state;
	const struct migrate_file edited[] = { three[0], { 2, "0002_two", "SELECT 2" }, three[2] };
	refused(run(edited, 3), "0002_two was run in another wording");
}

static void a_file_put_in_between_is_refused(void **state)
{
	(void)state;
	const struct migrate_file between[] = { three[0], three[1], { 3, "0003_three", "SELECT 3" }, three[2] };
	refused(run(between, 4), "0003_three was not run before 0010_ten");
}

static void an_older_server_is_refused(void **state)
{
	(void)state;
	pretended = 150019;
	enum lg_err err = run(three, 3);
	pretended = 0;
	refused(err, "This PostgreSQL is 15.19; Landgang needs 15.20");
}

static void another_encoding_is_refused(void **state)
{
	(void)state;
	(void)scratch_sql("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0");
	const char *latin = lg_printf(cx.mem, "%s dbname=latin", where());
	refused(migrate(&cx, &(struct migrate_config){ .conninfo = latin, .files = three, .n_files = 3 }, &report),
	        "encoded in LATIN1");
}

static void a_file_that_fails_leaves_nothing_and_is_named_with_its_line(void **state)
{
	(void)state;
	const struct migrate_file more[] = { three[0],
		                             three[1],
		                             three[2],
		                             { 11, "0011_more",
		                               "CREATE TABLE more (); -- Олена\n\nSELECT nothing FROM one;" } };
	assert_int_equal(run(more, 4), LG_FAULT);
	assert_string_equal(cx.notes->text, "schema/0011_more.sql:3: column \"nothing\" does not exist");
	assert_string_equal(scratch_sql("SELECT to_regclass('more')"), "");
	assert_int_equal(run(three, 3), LG_OK);
}

static void a_file_that_commits_itself_is_refused(void **state)
{
	(void)state;
	const struct migrate_file more[] = { three[0], three[1], three[2], { 11, "0011_more", "COMMIT;" } };
	assert_int_equal(run(more, 4), LG_FAULT);
	assert_non_null(strstr(cx.notes->text, "ends its transaction itself"));
}

static void passwords_are_set_as_verifiers(void **state)
{
	(void)state;
	const struct migrate_password words[] = { { "migrated", "it's a \"word\" \\ Олена" } };
	struct migrate_config config = {
		.conninfo = where(), .files = three, .n_files = 3, .passwords = words, .n_passwords = 1
	};
	assert_int_equal(migrate(&cx, &config, &report), LG_OK);
	assert_int_equal(report.n_passwords, 1);
	assert_string_equal(scratch_sql("SELECT left(rolpassword, 14) FROM pg_authid WHERE rolname = 'migrated'"),
	                    "SCRAM-SHA-256$");
	const struct migrate_password nobody[] = { { "nobody's", "word" } };
	config.passwords = nobody;
	assert_int_equal(migrate(&cx, &config, &report), LG_FAULT);
}

static void *migrate_again(void *arg)
{
	struct lg_ctx own = { .mem = lg_arena_new(0, NULL) };
	struct migrate_report got;
	const char *conninfo = lg_printf(own.mem, "%s user=postgres dbname=twice", scratch_conninfo());
	const struct migrate_file slow = { 1, "0001_slow", "CREATE TABLE slow (); SELECT pg_sleep(0.3)" };
	enum lg_err err =
	    migrate(&own, &(struct migrate_config){ .conninfo = conninfo, .files = &slow, .n_files = 1 }, &got);
	*(int *)arg = err ? -1 : (int)got.n_run;
	lg_arena_free(own.mem);
	return NULL;
}

static void two_at_once_run_each_file_once(void **state)
{
	(void)state;
	int ran[4];
	pthread_t threads[4];
	(void)scratch_sql("CREATE DATABASE twice");
	for (int i = 0; i < 4; i++) assert_int_equal(pthread_create(&threads[i], NULL, migrate_again, &ran[i]), 0);
	for (int i = 0; i < 4; i++) (void)pthread_join(threads[i], NULL);
	assert_int_equal(ran[0] + ran[1] + ran[2] + ran[3], 1);
	for (int i = 0; i < 4; i++) assert_true(ran[i] == 0 || ran[i] == 1);
}

static void without_a_server_it_is_busy(void **state)
{
	(void)state;
	struct migrate_config config = { .conninfo = "host=/nowhere user=x", .files = three, .n_files = 3 };
	assert_int_equal(migrate(&cx, &config, &report), LG_BUSY);
}

static void the_schema_of_the_program_is_run(void **state)
{
	(void)state;
	(void)scratch_sql("CREATE DATABASE whole");
	struct migrate_config config = { .conninfo = lg_printf(cx.mem, "%s dbname=whole", where()) };
	if (migrate(&cx, &config, &report)) fail_msg("%s", cx.notes->text);
	assert_int_equal(report.n_run, n_migrate_files);
	assert_true(n_migrate_files > 0);
	assert_int_equal(migrate(&cx, &config, &report), LG_OK);
	assert_int_equal(report.n_before, n_migrate_files);
}

int main(int argc, char **argv)
{
	lg_assert(argc == 2);
	lg_log_start("test", LG_LOG_ERROR);
	scratch_start(argv[1], NULL);
	cx.mem = lg_arena_new(0, NULL);
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_are_run_once_and_in_order),
		cmocka_unit_test(a_look_changes_nothing),
		cmocka_unit_test(a_newer_schema_is_refused),
		cmocka_unit_test(an_edited_file_is_refused),
		cmocka_unit_test(a_file_put_in_between_is_refused),
		cmocka_unit_test(an_older_server_is_refused),
		cmocka_unit_test(another_encoding_is_refused),
		cmocka_unit_test(a_file_that_fails_leaves_nothing_and_is_named_with_its_line),
		cmocka_unit_test(a_file_that_commits_itself_is_refused),
		cmocka_unit_test(passwords_are_set_as_verifiers),
		cmocka_unit_test(two_at_once_run_each_file_once),
		cmocka_unit_test(without_a_server_it_is_busy),
		cmocka_unit_test(the_schema_of_the_program_is_run),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	lg_arena_free(cx.mem);
	scratch_stop();
	return failed;
}
