/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* The outbox emptied into a real mail server. test_mail_job CLUSTER.SH SMTP.MJS */
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>
#include <poll.h>
#include <pthread.h>

#include "core/mail_job.h"
#include "scratch.h"
#include "view/speech.h"

static struct lg_ctx cx;
static struct db_pool *pool;
static FILE *mails; /* what the server tells */
static int server_in;
static pid_t server;
static char url[64];

static int64_t now(void) { return time(NULL); }
static bool stopped(void) { return false; }

static void start_server(const char *smtp)
{
	int to[2], from[2];
	if (pipe2(to, O_CLOEXEC) || pipe2(from, O_CLOEXEC)) exit(1);
	server = fork();
	if (server == 0) {
		(void)dup2(to[0], 0);
		(void)dup2(from[1], 1);
		(void)execlp("node", "node", smtp, NULL);
		_exit(127);
	}
	(void)close(to[0]);
	(void)close(from[1]);
	server_in = to[1];
	mails = fdopen(from[0], "r");
	if (mails) (void)setvbuf(mails, NULL, _IONBF, 0); /* poll() sees what stdio has not taken */
	char line[64] = "";
	if (!mails || !fgets(line, sizeof line, mails) || strncmp(line, "port ", 5) != 0) {
		(void)printf("Bail out! the mail server does not start\n");
		exit(1);
	}
	(void)snprintf(url, sizeof url, "smtp://127.0.0.1:%ld", strtol(line + 5, NULL, 10));
}

static enum lg_err run_job(struct db_pool *with_pool, const char *where)
{
	struct lg_ctx mine = { .mem = lg_arena_new(0, NULL), .now = now() };
	bool more = false;
	enum lg_err err;
	do {
		more = false;
		err = mail_job(&mine, with_pool,
		               &(struct core_job_with){ .public_url = "https://landgang.example",
		                                        .mail_url = where,
		                                        .mail_from = "no-reply@landgang.example",
		                                        .now = now,
		                                        .stopped = stopped,
		                                        .more = &more });
		lg_arena_reset(mine.mem);
	} while (err == LG_OK && more);
	lg_arena_free(mine.mem);
	return err;
}

static void order(const char *to, const char *kind, const char *language, const char *data)
{
	char sql[1024];
	(void)snprintf(
	    sql, sizeof sql,
	    "INSERT INTO lg.outbox (tenant_id, kind, to_mail, language, data) VALUES (1, '%s', '%s', '%s', '%s')", kind,
	    to, language, data);
	(void)scratch_sql(sql);
}

/* The next mail that the server took, or NULL when none comes within the time. */
static const char *taken(int wait_ms)
{
	static char line[65536];
	struct pollfd p = { .fd = fileno(mails), .events = POLLIN };
	if (poll(&p, 1, wait_ms) <= 0 || !fgets(line, sizeof line, mails)) return NULL;
	return line;
}

static void has(const char *text, const char *part)
{
	assert_non_null(text);
	if (!strstr(text, part)) fail_msg("no \"%s\" in\n%s", part, text);
}

static int empty(void **state)
{
	(void)state;
	(void)scratch_sql("DELETE FROM lg.outbox");
	while (taken(50)) {}
	return 0;
}

static const char reset[] = "{\"path\":\"/reset/abcdef\",\"minutes\":30}";

static void what_is_ordered_is_delivered_once(void **state)
{
	(void)state;
	order("jens@vinterby.example", "reset", "en", reset);
	assert_int_equal(run_job(pool, url), LG_OK);
	const char *mail = taken(5000);
	has(mail, "\"to\":[\"jens@vinterby.example\"]");
	has(mail, "https://landgang.example/reset/abcdef");
	has(mail, "Subject: A new password for Landgang");
	has(mail, scratch_sql("SELECT 'Message-ID: <' || message_id || '@landgang.example>' FROM lg.outbox"));
	assert_string_equal(scratch_sql("SELECT (sent IS NOT NULL)::text || data::text || attempts FROM lg.outbox"),
	                    "true{}1");
	assert_int_equal(run_job(pool, url), LG_OK);
	assert_null(taken(300));
}

static void a_mail_speaks_the_readers_language(void **state)
{
	(void)state;
	order("jens@vinterby.example", "password_changed", "da", "{}");
	order("olena@vinterby.example", "password_changed", "uk", "{}");
	assert_int_equal(run_job(pool, url), LG_OK);
	char *first = lg_strdup(cx.mem, taken(5000)), *second = lg_strdup(cx.mem, taken(5000));
	/* That a catalogue has the text is the catalogues' test; here, that the thread spoke it and forgets it. */
	assert_string_equal(lg_speech_language(), "en");
	assert_string_not_equal(strstr(first, "Subject:"), strstr(second, "Subject:"));
}

static void what_is_refused_for_now_is_tried_again(void **state)
{
	(void)state;
	order("later@vinterby.example", "reset", "en", reset);
	assert_int_equal(run_job(pool, url), LG_OK);
	assert_null(taken(300));
	assert_string_equal(scratch_sql("SELECT attempts || ' ' || (sent IS NULL) || ' ' || (data <> '{}') || ' ' || "
	                                "round(extract(epoch FROM next_at - now()) / 10) FROM lg.outbox"),
	                    "1 true true 6");
	has(scratch_sql("SELECT failure FROM lg.outbox"), "451");
	assert_int_equal(run_job(pool, url), LG_OK); /* not yet */
	assert_null(taken(300));
	(void)scratch_sql("UPDATE lg.outbox SET next_at = now()");
	assert_int_equal(run_job(pool, url), LG_OK);
	has(taken(5000), "later@vinterby.example");
	assert_string_equal(scratch_sql("SELECT attempts || failure || data::text FROM lg.outbox"), "2{}");
}

static void what_is_refused_for_good_is_given_up(void **state)
{
	(void)state;
	order("never@vinterby.example", "reset", "en", reset);
	order("jens@vinterby.example", "reset", "en", reset);
	assert_int_equal(run_job(pool, url), LG_OK);
	has(taken(5000), "jens@vinterby.example");
	assert_string_equal(
	    scratch_sql("SELECT (next_at IS NULL) || ' ' || data::text FROM lg.outbox WHERE to_mail LIKE 'never%'"),
	    "true {}");
	has(scratch_sql("SELECT failure FROM lg.outbox WHERE to_mail LIKE 'never%'"), "550");
	assert_null(strstr(scratch_sql("SELECT failure FROM lg.outbox WHERE to_mail LIKE 'never%'"), "vinterby"));
}

static void a_mail_that_cannot_be_written_is_given_up_and_the_others_go(void **state)
{
	(void)state;
	order("jens@vinterby.example", "unheard_of", "en", "{}");
	order("jens@vinterby.example", "invitation", "en", "{}");
	order("maria@vinterby.example", "invitation", "en",
	      "{\"office\":\"Vinterby\\r\\nBcc: spy@evil.example\",\"path\":\"/invitation/x\",\"days\":7}");
	assert_int_equal(run_job(pool, url), LG_OK);
	const char *mail = taken(5000);
	has(mail, "maria@vinterby.example");
	assert_null(strstr(mail, "\\nBcc:"));
	assert_null(taken(300));
	assert_string_equal(scratch_sql("SELECT count(*) FROM lg.outbox WHERE next_at IS NULL"), "2");
}

static void a_line_that_breaks_in_the_middle_is_tried_again(void **state)
{
	(void)state;
	order("drop@vinterby.example", "reset", "en", reset);
	assert_int_equal(run_job(pool, url), LG_OK);
	assert_null(taken(300));
	(void)scratch_sql("UPDATE lg.outbox SET next_at = now()");
	assert_int_equal(run_job(pool, url), LG_OK);
	has(taken(5000), "drop@vinterby.example");
}

static void without_a_server_mail_waits_and_the_others_are_not_asked_for(void **state)
{
	(void)state;
	for (int i = 0; i < 20; i++) order("jens@vinterby.example", "reset", "en", reset);
	assert_int_equal(run_job(pool, ""), LG_OK);
	assert_string_equal(scratch_sql("SELECT sum(attempts) FROM lg.outbox"), "0");
	assert_int_equal(run_job(pool, "smtp://127.0.0.1:9"), LG_OK);
	assert_string_equal(scratch_sql("SELECT sum(attempts) FROM lg.outbox"), "3");
	(void)scratch_sql("UPDATE lg.outbox SET attempts = 11, next_at = now()");
	assert_int_equal(run_job(pool, "smtp://127.0.0.1:9"), LG_OK);
	assert_string_equal(scratch_sql("SELECT count(*) FROM lg.outbox WHERE next_at IS NULL"), "3");
}

static void *job_thread(void *unused) { return run_job(pool, url) == LG_OK ? unused : pool; }

static void jobs_side_by_side_send_each_mail_once(void **state)
{
	(void)state;
	(void)scratch_sql("INSERT INTO lg.outbox (tenant_id, kind, to_mail, language, data) SELECT 1 + n % 2, 'reset', "
	                  "'p' || n || '@vinterby.example', 'en', "
	                  "'{\"path\":\"/reset/x\",\"minutes\":30}' FROM generate_series(1, 200) n");
	pthread_t threads[4];
	for (int i = 0; i < 4; i++) assert_int_equal(pthread_create(&threads[i], NULL, job_thread, NULL), 0);
	bool seen[201] = { false };
	int n = 0, twice = 0;
	for (const char *mail; n < 200 && (mail = taken(10000)); n++) {
		long who = strtol(strstr(mail, "[\"p") + 3, NULL, 10);
		twice += seen[who];
		seen[who] = true;
	}
	for (int i = 0; i < 4; i++) {
		void *failed;
		(void)pthread_join(threads[i], &failed);
		assert_null(failed);
	}
	assert_int_equal(run_job(pool, url), LG_OK);
	assert_int_equal(n, 200);
	assert_int_equal(twice, 0);
	assert_null(taken(300));
	assert_string_equal(scratch_sql("SELECT count(*) FROM lg.outbox WHERE sent IS NOT NULL"), "200");
}

/* Killed after the server took it and before that was written down: it comes twice, and can be told by its Message-ID.
 */
/* How many of the database's processes serve a jobs process. */
static int jobs_there(void)
{
	(void)scratch_sql("SELECT pg_stat_clear_snapshot(), pg_sleep(0.1)");
	return (int)strtol(scratch_sql("SELECT count(*) FROM pg_stat_activity WHERE usename = 'lg_job'"), NULL, 10);
}

static void killed_in_the_known_window_it_comes_again_under_the_same_id(void **state)
{
	(void)state;
	order("jens@vinterby.example", "reset", "en", reset);
	/* Whoever writes it down waits for this lock. */
	(void)scratch_sql("BEGIN; SELECT FROM lg_gate.due FOR UPDATE");
	int others = jobs_there();
	pid_t child = fork();
	if (child == 0) {
		struct db_pool *own = db_pool_new(&(struct db_config){
		    .conninfo = scratch_conninfo(), .role = "lg_job", .password = "", .most = 1, .wait_ms = 5000 });
		(void)!run_job(own, url);
		_exit(0);
	}
	char *first = lg_strdup(cx.mem, taken(10000));
	(void)kill(child, SIGKILL);
	(void)waitpid(child, NULL, 0);
	/* What the child has already sent to its backend would be done all the same: it ends with the child. */
	for (int i = 0; i < 100 && jobs_there() > others; i++)
		(void)scratch_sql(
		    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = 'lg_job' AND "
		    "wait_event_type = 'Lock'");
	(void)scratch_sql("ROLLBACK");
	assert_string_equal(scratch_sql("SELECT count(*) FROM lg.outbox WHERE sent IS NULL"), "1");
	const char *second = NULL;
	for (int i = 0; i < 150 && !second; i++) { /* until the server sees that the child is gone, the mail is its */
		assert_int_equal(run_job(pool, url), LG_OK);
		second = taken(200);
	}
	has(first, "Message-ID: <");
	const char *id = strstr(first, "Message-ID: <");
	has(second, lg_strndup(cx.mem, id, 60));
	assert_string_equal(scratch_sql("SELECT count(*) FROM lg.outbox WHERE sent IS NOT NULL"), "1");
}

int main(int argc, char **argv)
{
	if (argc != 3) return 2;
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup(name, empty)
		T(what_is_ordered_is_delivered_once),
		T(a_mail_speaks_the_readers_language),
		T(what_is_refused_for_now_is_tried_again),
		T(what_is_refused_for_good_is_given_up),
		T(a_mail_that_cannot_be_written_is_given_up_and_the_others_go),
		T(a_line_that_breaks_in_the_middle_is_tried_again),
		T(without_a_server_mail_waits_and_the_others_are_not_asked_for),
		T(jobs_side_by_side_send_each_mail_once),
		T(killed_in_the_known_window_it_comes_again_under_the_same_id),
	};
	cx.mem = lg_arena_new(0, NULL);
	scratch_start(argv[1], NULL);
	scratch_do("schema");
	(void)scratch_sql("SELECT lg_gate.create_tenant('municipality_dk', 'Vinterby', 'da'), "
	                  "lg_gate.create_tenant('hospital', 'Sommersund', 'da')");
	start_server(argv[2]);
	pool = db_pool_new(&(struct db_config){
	    .conninfo = scratch_conninfo(), .role = "lg_job", .password = "", .most = 6, .wait_ms = 5000 });
	int failed = lg_speech_open(&cx, NULL) != LG_OK;
	if (failed) print_message("Bail out! there are no catalogues\n");
	failed += cmocka_run_group_tests(tests, NULL, NULL);
	db_pool_free(pool);
	(void)close(server_in);
	(void)waitpid(server, NULL, 0);
	scratch_stop();
	lg_arena_free(cx.mem);
	return failed;
}
