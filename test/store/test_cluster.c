/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <libpq-fe.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/log.h"
#include "store/cluster.h"

static char home[] = "/tmp/lgcXXXXXX";
static struct lg_ctx cx;
static struct cluster c;

static void remove_tree(const char *path)
{
	pid_t pid = fork();
	if (pid == 0) {
		(void)execl("/bin/rm", "rm", "-rf", "--", path, (char *)NULL);
		_exit(127);
	}
	(void)waitpid(pid, NULL, 0);
}

static const char *below(const char *name) { return lg_printf(cx.mem, "%s/%s", home, name); }

static void start(const char *name)
{
	enum lg_err err = cluster_start(&cx, below(name), 10, &c);
	if (err) fail_msg("%s", cx.notes ? cx.notes->text : "?");
}

static mode_t mode_of(const char *path)
{
	struct stat st;
	assert_int_equal(lstat(path, &st), 0);
	return st.st_mode & 0777;
}

/* The first value of what the superuser asks; or what the server says against it. */
static const char *ask_as(const char *conninfo, const char *sql)
{
	PGconn *pq = PQconnectdb(conninfo);
	if (PQstatus(pq) != CONNECTION_OK) {
		const char *why = lg_strdup(cx.mem, PQerrorMessage(pq));
		PQfinish(pq);
		return why;
	}
	PGresult *res = PQexec(pq, sql);
	ExecStatusType status = PQresultStatus(res);
	bool good = status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK;
	const char *out = lg_strdup(cx.mem, !good ? PQerrorMessage(pq) : PQntuples(res) ? PQgetvalue(res, 0, 0) : "");
	PQclear(res);
	PQfinish(pq);
	return out;
}

static const char *ask(const char *sql) { return ask_as(c.super_conninfo, sql); }

static void a_new_cluster_lets_nobody_in_without_a_password(void **state)
{
	(void)state;
	struct timespec before, after;
	(void)clock_gettime(CLOCK_MONOTONIC, &before);
	start("first");
	(void)clock_gettime(CLOCK_MONOTONIC, &after);
	assert_in_range(after.tv_sec - before.tv_sec, 0, 30);
	assert_true(c.fresh);
	assert_string_equal(
	    ask("SELECT current_database() || ' ' || pg_encoding_to_char(encoding) FROM pg_database WHERE datname = "
	        "'landgang'"),
	    "landgang UTF8");
	const char *without = lg_printf(cx.mem, "%s user=postgres", c.conninfo);
	assert_non_null(strstr(ask_as(without, "SELECT 1"), "no password supplied"));
	const char *wrong = lg_printf(cx.mem, "%s user=postgres password=guess", c.conninfo);
	assert_non_null(strstr(ask_as(wrong, "SELECT 1"), "password authentication failed"));
	assert_string_equal(ask("SELECT string_agg(auth_method || ' ' || type, ',') FROM pg_hba_file_rules"),
	                    "scram-sha-256 local");
}

static void it_has_no_network_and_closed_folders(void **state)
{
	(void)state;
	assert_string_equal(ask("SHOW listen_addresses"), "");
	assert_int_equal(mode_of(c.socket), 0700);
	assert_int_equal(mode_of(lg_printf(cx.mem, "%s/.s.PGSQL.5432", c.socket)), 0700);
	assert_int_equal(mode_of(lg_printf(cx.mem, "%s/data", c.dir)), 0700);
	assert_int_equal(mode_of(lg_printf(cx.mem, "%s/superuser", c.dir)), 0600);
	struct stat st;
	assert_int_equal(stat(lg_printf(cx.mem, "%s/data", c.dir), &st), 0);
	assert_int_not_equal(st.st_uid, 0);
	assert_int_equal(st.st_uid, c.uid);
	assert_int_equal(stat(lg_printf(cx.mem, "/proc/%d", (int)c.pid), &st), 0);
	assert_int_equal(st.st_uid, c.uid);
	assert_int_equal(access(lg_printf(cx.mem, "%s/making", c.dir), F_OK), -1);
}

static void its_log_holds_no_values(void **state)
{
	(void)state;
	(void)ask("CREATE TABLE t (name text UNIQUE)");
	(void)ask("INSERT INTO t VALUES ('Olena Secret')");
	assert_non_null(strstr(ask("INSERT INTO t VALUES ('Olena Secret')"), "duplicate key"));
	assert_non_null(strstr(ask("SELECT 'Olena Secret'::int"), "invalid input syntax"));
	static char text[100000];
	FILE *f = fopen(lg_printf(cx.mem, "%s/log", c.dir), "r");
	assert_non_null(f);
	text[fread(text, 1, sizeof text - 1, f)] = '\0';
	(void)fclose(f);
	assert_null(strstr(text, "Olena"));
	assert_non_null(strstr(text, "ready to accept connections"));
}

static void a_second_program_is_refused(void **state)
{
	(void)state;
	struct cluster other;
	assert_int_equal(cluster_start(&cx, below("first"), 10, &other), LG_CONFLICT);
	assert_non_null(strstr(cx.notes->text, "Another landgang runs"));
	assert_string_equal(ask("SELECT 1"), "1");
}

static void after_a_stop_it_starts_with_its_data(void **state)
{
	(void)state;
	pid_t pid = c.pid;
	cluster_stop(&c);
	assert_int_equal(kill(pid, 0), -1);
	cluster_stop(&c);
	start("first");
	assert_false(c.fresh);
	assert_string_equal(ask("SELECT name FROM t"), "Olena Secret");
}

static void after_kill_9_it_recovers_what_was_committed(void **state)
{
	(void)state;
	for (int i = 0; i < 3; i++) {
		assert_string_equal(ask(lg_printf(cx.mem, "INSERT INTO t VALUES ('%d') RETURNING name", i)),
		                    lg_printf(cx.mem, "%d", i));
		assert_int_equal(kill(c.pid, SIGKILL), 0);
		assert_int_equal(waitpid(c.pid, NULL, 0), c.pid); /* as a supervisor does */
		if (cluster_again(&cx, &c)) fail_msg("%s", cx.notes->text);
		assert_string_equal(ask("SELECT count(*) FROM t"), lg_printf(cx.mem, "%d", i + 2));
	}
	cluster_stop(&c);
}

static void a_socket_with_a_long_path_gets_a_short_one(void **state)
{
	(void)state;
	char name[91];
	memset(name, 'n', sizeof name - 1);
	name[sizeof name - 1] = '\0';
	start(name);
	assert_memory_equal(c.socket, "/tmp/landgang-", 14);
	assert_int_equal(mode_of(c.socket), 0700);
	assert_string_equal(ask("SELECT 1"), "1");
	const char *socket = c.socket;
	cluster_stop(&c);
	assert_int_equal(access(socket, F_OK), -1);
}

static void odd_names_of_folders_are_only_names(void **state)
{
	(void)state;
	start("o'd\\d, name");
	assert_string_equal(ask("SELECT 1"), "1");
	cluster_stop(&c);
}

static void a_half_made_cluster_is_made_anew(void **state)
{
	(void)state;
	assert_int_equal(mkdir(below("half"), 0755), 0);
	assert_int_equal(mkdir(below("half/making"), 0700), 0);
	assert_int_equal(mkdir(below("half/making/data"), 0700), 0);
	FILE *f = fopen(below("half/making/data/PG_VERSION"), "w");
	assert_non_null(f);
	(void)fclose(f);
	f = fopen(below("half/superuser"), "w");
	assert_non_null(f);
	(void)fclose(f);
	if (geteuid() == 0) { /* as it would be */
		assert_int_equal(chown(below("half/making"), c.uid, c.gid), 0);
		assert_int_equal(chown(below("half/making/data"), c.uid, c.gid), 0);
	}
	start("half");
	assert_true(c.fresh);
	assert_string_equal(ask("SELECT 1"), "1");
	cluster_stop(&c);
}

static void a_program_that_is_killed_takes_it_along(void **state)
{
	(void)state;
	int ends[2];
	assert_int_equal(pipe(ends), 0);
	pid_t program = fork();
	if (program == 0) {
		struct cluster own;
		if (cluster_start(&cx, below("first"), 10, &own)) _exit(1);
		(void)!write(ends[1], &own.pid, sizeof own.pid);
		for (;;) (void)pause();
	}
	pid_t server = 0;
	assert_int_equal(read(ends[0], &server, sizeof server), sizeof server);
	assert_int_equal(kill(program, SIGKILL), 0);
	assert_int_equal(waitpid(program, NULL, 0), program);
	start("first"); /* at once: it waits until the other is gone */
	assert_string_equal(ask("SELECT count(*) FROM t"), "4");
	assert_int_not_equal(c.pid, server);
	cluster_stop(&c);
	(void)close(ends[0]);
	(void)close(ends[1]);
}

static void where_its_user_may_not_go_it_is_made_elsewhere(void **state)
{
	(void)state;
	if (geteuid() != 0) skip();
	assert_int_equal(mkdir(below("closed"), 0700), 0);
	start("closed/var/cluster");
	assert_memory_equal(c.dir, "/var/lib/landgang/trial/", 24);
	assert_string_equal(ask("SELECT 1"), "1");
	cluster_stop(&c);
	remove_tree(c.dir);
	(void)rmdir("/var/lib/landgang/trial");
	(void)rmdir("/var/lib/landgang");
}

static void folders_on_the_way_can_be_passed_whatever_the_umask(void **state)
{
	(void)state;
	mode_t before = umask(077);
	start("way/deeper/third");
	(void)umask(before);
	assert_string_equal(ask("SELECT 1"), "1");
	assert_int_equal(mode_of(below("way")) & 0111, 0111);
	cluster_stop(&c);
}

int main(void)
{
	lg_log_start("test", LG_LOG_ERROR);
	lg_assert(mkdtemp(home));
	(void)chmod(home, 0711);
	cx.mem = lg_arena_new(0, NULL);
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_new_cluster_lets_nobody_in_without_a_password),
		cmocka_unit_test(it_has_no_network_and_closed_folders),
		cmocka_unit_test(its_log_holds_no_values),
		cmocka_unit_test(a_second_program_is_refused),
		cmocka_unit_test(after_a_stop_it_starts_with_its_data),
		cmocka_unit_test(after_kill_9_it_recovers_what_was_committed),
		cmocka_unit_test(a_socket_with_a_long_path_gets_a_short_one),
		cmocka_unit_test(odd_names_of_folders_are_only_names),
		cmocka_unit_test(a_half_made_cluster_is_made_anew),
		cmocka_unit_test(a_program_that_is_killed_takes_it_along),
		cmocka_unit_test(where_its_user_may_not_go_it_is_made_elsewhere),
		cmocka_unit_test(folders_on_the_way_can_be_passed_whatever_the_umask),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	if (c.pid > 0) cluster_stop(&c);
	lg_arena_free(cx.mem);
	remove_tree(home);
	return failed;
}
