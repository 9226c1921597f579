/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/*
 * 20 times the database dies (SIGKILL to all of it) under writers: what was acknowledged is there, once; what was not
 * is there once or not at all; and they go on by themselves when it is back.
 */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/log.h"
#include "scratch.h"
#include "store/db.h"
#include "thing.sql.h"

enum { CRASHES = 20, WRITERS = 3, TRIES_MAX = 200000 };

static struct db_pool *pool;
static atomic_bool stop;
static atomic_int written;
static struct writer {
	pthread_t thread;
	int id, tries, others;
	bool said[TRIES_MAX]; /* that it is kept */
} writers[WRITERS];

/* Each third in one round trip, in two, and with a rule in between. */
static enum lg_err write_one(struct lg_ctx *cx, int id, int number)
{
	uint8_t token[32] = { 7 };
	struct db *db;
	struct db_thing_add_row row;
	const char *name = lg_printf(cx->mem, "%d/%d", id, number);
	LG_TRY(db_open(cx, pool, &db, &(struct db_who){ .as = DB_AS_SESSION, .token = token }));
	db_thing_add_send(cx, db, &row, (struct db_thing_add_in){ name, DB_NO_INT });
	if (number % 3) LG_TRY(db_sync(cx, db));
	if (number % 3 == 2) db_thing_touch_send(cx, db, (struct db_thing_touch_in){ row.id, row.version });
	return db_end(cx, db);
}

static void *keep_writing(void *arg)
{
	struct writer *w = arg;
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
	while (!stop && w->tries < TRIES_MAX) {
		enum lg_err err = write_one(&cx, w->id, w->tries);
		w->said[w->tries++] = err == LG_OK;
		if (err == LG_OK) written++;
		if (err && err != LG_BUSY) w->others++;
		if (err) (void)nanosleep(&(struct timespec){ .tv_nsec = 5000000 }, NULL);
		lg_arena_reset(cx.mem);
	}
	lg_arena_free(cx.mem);
	return NULL;
}

static void wait_for_writes(int more)
{
	int until = written + more;
	for (int i = 0; written < until; i++) {
		if (i == 3000) fail_msg("the writers did not go on");
		(void)nanosleep(&(struct timespec){ .tv_nsec = 10000000 }, NULL);
	}
}

static bool is_kept(int id, int number)
{
	char sql[100];
	(void)snprintf(sql, sizeof sql, "SELECT count(*) FROM lg.thing WHERE name = '%d/%d'", id, number);
	return !strcmp(scratch_sql(sql), "1");
}

static void nothing_that_was_acknowledged_is_lost(void **state)
{
	(void)state;
	int acknowledged = 0, not = 0;
	for (int i = 0; i < WRITERS; i++) {
		writers[i].id = i;
		assert_int_equal(pthread_create(&writers[i].thread, NULL, keep_writing, &writers[i]), 0);
	}
	for (int i = 0; i < CRASHES; i++) {
		wait_for_writes(20);
		scratch_do("crash");
		scratch_do("again");
	}
	wait_for_writes(20);
	stop = true;
	for (int i = 0; i < WRITERS; i++) (void)pthread_join(writers[i].thread, NULL);
	for (int i = 0; i < WRITERS; i++) {
		assert_int_equal(writers[i].others, 0); /* a conflict would be a name written twice */
		for (int k = 0; k < writers[i].tries; k++) {
			if (writers[i].said[k] && !is_kept(i, k)) fail_msg("%d/%d is lost", i, k);
			writers[i].said[k] ? acknowledged++ : not ++;
		}
	}
	assert_true(acknowledged >= 20 * CRASHES);
	assert_true(not >= CRASHES); /* the crashes were felt */
	print_message("# %d crashes: %d acknowledged, 0 lost; %d were told to try again\n", CRASHES, acknowledged,
	              not );
}

int main(int argc, char **argv)
{
	lg_assert(argc == 3);
	lg_log_start("test", LG_LOG_ERROR);
	scratch_start(argv[1], argv[2]);
	pool = db_pool_new(&(struct db_config){
	    .conninfo = scratch_conninfo(), .role = "lg_web", .most = WRITERS, .wait_ms = 1000, .answer_ms = 5000 });
	const struct CMUnitTest tests[] = { cmocka_unit_test(nothing_that_was_acknowledged_is_lost) };
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	db_pool_free(pool);
	scratch_stop();
	return failed;
}
