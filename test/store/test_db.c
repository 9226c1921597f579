/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <libpq-fe.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/log.h"
#include "scratch.h"
#include "store/db.h"
#include "thing.sql.h"

/* One round trip ends with one of these; the linker puts us between the store and libpq. */
int __real_PQpipelineSync(PGconn *pq);
int __wrap_PQpipelineSync(PGconn *pq);
static unsigned trips;
int __wrap_PQpipelineSync(PGconn *pq)
{
	__atomic_add_fetch(&trips, 1, __ATOMIC_RELAXED);
	return __real_PQpipelineSync(pq);
}

static struct db_pool *pool;
static struct lg_ctx cx;

static struct db_pool *pool_of(unsigned most)
{
	return db_pool_new(&(struct db_config){
	    .conninfo = scratch_conninfo(), .role = "lg_web", .most = most, .wait_ms = 300, .answer_ms = 1000 });
}

static struct db *open_as(uint8_t tenant)
{
	static uint8_t token[32];
	struct db *db;
	token[0] = tenant;
	assert_int_equal(db_open(&cx, pool, &db, &(struct db_who){ .as = DB_AS_SESSION, .token = token }), LG_OK);
	trips = 0;
	return db;
}

static struct db *open_role(void)
{
	struct db *db;
	assert_int_equal(db_open(&cx, pool, &db, &(struct db_who){ .as = DB_AS_ROLE }), LG_OK);
	return db;
}

static long count(const char *begins)
{
	return strtol(
	    scratch_sql(lg_printf(cx.mem, "SELECT count(*) FROM lg.thing WHERE starts_with(name, '%s')", begins)), NULL,
	    10);
}

/* A thing of tenant 7, committed. */
static struct db_thing_add_row added(const char *name)
{
	struct db_thing_add_row row;
	struct db *db = open_as(7);
	db_thing_add_send(&cx, db, &row, (struct db_thing_add_in){ .name = name, .parent = DB_NO_INT });
	assert_int_equal(db_end(&cx, db), LG_OK);
	return row;
}

static int64_t ms(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * (int64_t)1000 + t.tv_nsec / 1000000;
}

/* --- forms of a transaction */

static void all_of_it_goes_in_one_round_trip(void **state)
{
	(void)state;
	struct db_thing_add_row row;
	struct db_thing_list_rows list;
	struct db_thing_find_row other;
	bool found = true;
	struct db *db = open_as(7);
	assert_null(db_entered(db));
	db_thing_add_send(&cx, db, &row, (struct db_thing_add_in){ .name = "one b", .parent = DB_NO_INT });
	db_thing_add_send(&cx, db, &row, (struct db_thing_add_in){ .name = "one a", .parent = DB_NO_INT });
	db_thing_list_send(&cx, db, &list, (struct db_thing_list_in){ .begins = "one" });
	db_thing_find_send(&cx, db, &other, &found, (struct db_thing_find_in){ .name = "one c" });
	assert_int_equal(db_end(&cx, db), LG_OK);
	assert_int_equal(trips, 1);
	assert_int_equal(row.version, 1);
	assert_int_equal(strlen(row.id), 36);
	assert_int_equal(list.n, 2);
	assert_string_equal(list.rows[0].name, "one a");
	assert_string_equal(list.rows[1].note, "it's $begins and $begins, $$ too '$begins");
	assert_false(found);
	assert_int_equal(db_entered(db)->tenant, 7);
	assert_string_equal(
	    db_entered(db)->json,
	    "{\"in\": [{\"tenant\": 4}], \"name\": \"Øst \\\"7\\\" \\\"tenant\\\": 3\", \"tenant\": 7}");
	assert_int_equal(count("one"), 2);
}

static void a_rule_may_read_before_it_writes(void **state)
{
	(void)state;
	struct db_thing_get_row thing;
	struct db_thing_rename_row renamed;
	const char *id = added("two").id;
	struct db *db = open_as(9);
	assert_int_equal(db_thing_get(&cx, db, &thing, (struct db_thing_get_in){ id }), LG_OK);
	assert_int_equal(thing.tenant, 7);
	db_thing_rename_send(&cx, db, &renamed, (struct db_thing_rename_in){ id, thing.version, "two again" });
	assert_int_equal(db_end(&cx, db), LG_OK);
	assert_int_equal(trips, 2);
	assert_int_equal(renamed.version, 2);
	assert_int_equal(count("two again"), 1);
}

static void what_is_not_ended_is_rolled_back(void **state)
{
	(void)state;
	struct db_thing_add_row row;
	struct db *db = open_as(7);
	assert_int_equal(db_thing_add(&cx, db, &row, (struct db_thing_add_in){ "gone", DB_NO_INT }), LG_OK);
	db_abandon(db);
	db_abandon(db);
	db = open_as(7);
	assert_int_equal(db_thing_add(&cx, db, &row, (struct db_thing_add_in){ "gone", DB_NO_INT }), LG_OK);
	lg_arena_reset(cx.mem);
	struct db_pool_figures figures;
	db_pool_figures(pool, &figures);
	assert_int_equal(figures.busy, 0);
	assert_int_equal(count("gone"), 0);
	db = open_as(7);
	db_thing_add_send(&cx, db, &row, (struct db_thing_add_in){ "gone", DB_NO_INT });
	db_abandon(db);
	assert_int_equal(trips, 0);
	assert_int_equal(count("gone"), 0);
}

static void the_identity_ends_with_the_transaction(void **state)
{
	(void)state;
	struct db_thing_add_row row;
	(void)added("identity");
	struct db *db = open_role();
	db_thing_add_send(&cx, db, &row, (struct db_thing_add_in){ "nobody's", DB_NO_INT });
	assert_int_not_equal(db_end(&cx, db), LG_OK);
	db = open_as(8);
	assert_int_equal(db_sync(&cx, db), LG_OK);
	assert_int_equal(db_entered(db)->tenant, 8);
	assert_int_equal(db_end(&cx, db), LG_OK);
	db = open_role();
	db_thing_add_send(&cx, db, &row, (struct db_thing_add_in){ "nobody's", DB_NO_INT });
	assert_int_not_equal(db_end(&cx, db), LG_OK);
}

static void four_ways_to_enter(void **state)
{
	(void)state;
	uint8_t token[32] = { 5 };
	const struct db_who who[] = {
		{ .as = DB_AS_SESSION, .token = token },
		{ .as = DB_AS_BEARER, .token = token },
		{ .as = DB_AS_PUBLIC, .tenant = 5, .purpose = "book's \\ a \"time\"" },
		{ .as = DB_AS_JOB, .tenant = 5, .purpose = "mail" },
	};
	for (size_t i = 0; i < sizeof who / sizeof *who; i++) {
		struct db *db;
		assert_int_equal(db_open(&cx, pool, &db, &who[i]), LG_OK);
		assert_int_equal(db_end(&cx, db), LG_OK);
		assert_int_equal(db_entered(db)->tenant, 5);
		if (i == 2) assert_non_null(strstr(db_entered(db)->json, "\"book's \\\\ a \\\"time\\\"\""));
	}
}

/* --- errors */

static void an_error_leaves_nothing_of_the_transaction(void **state)
{
	(void)state;
	struct db_thing_add_row row;
	struct db_secret_read_rows secret;
	struct db *db = open_as(7);
	db_thing_add_send(&cx, db, &row, (struct db_thing_add_in){ "before", DB_NO_INT });
	db_secret_read_send(&cx, db, &secret);
	db_thing_add_send(&cx, db, &row, (struct db_thing_add_in){ "behind", DB_NO_INT });
	assert_int_equal(db_end(&cx, db), LG_DENIED);
	assert_int_equal(count("be"), 0);
	db = open_as(7);
	assert_int_equal(db_thing_add(&cx, db, &row, (struct db_thing_add_in){ "before", DB_NO_INT }), LG_OK);
	assert_int_equal(db_secret_read(&cx, db, &secret), LG_DENIED);
	trips = 0;
	assert_int_equal(db_thing_add(&cx, db, &row, (struct db_thing_add_in){ "behind", DB_NO_INT }), LG_DENIED);
	assert_int_equal(trips, 0);
	assert_int_equal(db_end(&cx, db), LG_DENIED);
	assert_int_equal(count("be"), 0);
	(void)added("before"); /* and the connection is as good as new */
}

static void a_second_of_a_name_is_a_conflict_that_names_the_constraint(void **state)
{
	(void)state;
	struct db_thing_add_row row;
	(void)added("once");
	struct db *db = open_as(7);
	db_thing_add_send(&cx, db, &row, (struct db_thing_add_in){ "once", DB_NO_INT });
	assert_int_equal(db_end(&cx, db), LG_CONFLICT);
	assert_string_equal(cx.notes->field, "thing_name_once");
}

static void a_broken_constraint_is_invalid(void **state)
{
	(void)state;
	struct db_thing_add_row row;
	char *name = lg_alloc(cx.mem, 1001);
	memset(name, 'x', 1000);
	struct db *db = open_as(7);
	db_thing_add_send(&cx, db, &row, (struct db_thing_add_in){ name, DB_NO_INT });
	assert_int_equal(db_end(&cx, db), LG_INVALID);
	assert_string_equal(cx.notes->field, "thing_name_length");
}

static void what_the_commit_refuses_is_told(void **state)
{
	(void)state;
	struct db_thing_add_row row;
	struct db *db = open_as(7);
	db_thing_add_send(&cx, db, &row, (struct db_thing_add_in){ "child", 12345 });
	assert_int_equal(db_end(&cx, db), LG_INVALID);
	assert_int_equal(trips, 1);
	assert_string_equal(cx.notes->field, "thing_parent");
	db = open_as(7);
	assert_int_equal(db_thing_add(&cx, db, &row, (struct db_thing_add_in){ "child", 12345 }), LG_OK);
	assert_int_equal(db_end(&cx, db), LG_INVALID);
	assert_int_equal(count("child"), 0);
	(void)added("grown");
}

static void a_guarded_write_without_a_row_undoes_what_travelled_with_it(void **state)
{
	(void)state;
	struct db_thing_add_row row = added("guarded"), other;
	struct db *db = open_as(7);
	db_thing_add_send(&cx, db, &other, (struct db_thing_add_in){ "guard before", DB_NO_INT });
	db_thing_touch_send(&cx, db, (struct db_thing_touch_in){ row.id, 99 });
	db_thing_add_send(&cx, db, &other, (struct db_thing_add_in){ "guard behind", DB_NO_INT });
	assert_int_equal(db_end(&cx, db), LG_CONFLICT);
	assert_int_equal(trips, 1);
	assert_int_equal(count("guard "), 0);
	struct db_thing_rename_row renamed;
	db = open_as(7);
	db_thing_add_send(&cx, db, &other, (struct db_thing_add_in){ "guard before", DB_NO_INT });
	assert_int_equal(db_thing_rename(&cx, db, &renamed, (struct db_thing_rename_in){ row.id, 99, "x" }),
	                 LG_CONFLICT);
	assert_int_equal(db_end(&cx, db), LG_CONFLICT);
	assert_int_equal(count("guard "), 0);
	db = open_as(7);
	db_thing_touch_send(&cx, db, (struct db_thing_touch_in){ row.id, 1 });
	assert_int_equal(db_end(&cx, db), LG_OK);
}

static void a_count_tells_the_rows_touched(void **state)
{
	(void)state;
	int64_t n = -1;
	(void)added("many 1");
	(void)added("many 2");
	struct db *db = open_as(7);
	assert_int_equal(db_thing_forget(&cx, db, &n, (struct db_thing_forget_in){ "many" }), LG_OK);
	assert_int_equal(n, 2);
	assert_int_equal(db_thing_forget(&cx, db, &n, (struct db_thing_forget_in){ "many" }), LG_OK);
	assert_int_equal(n, 0);
	assert_int_equal(db_end(&cx, db), LG_OK);
}

static void a_row_that_is_not_there_is_unknown(void **state)
{
	(void)state;
	struct db_thing_get_row thing;
	struct db *db = open_as(7);
	assert_int_equal(
	    db_thing_get(&cx, db, &thing, (struct db_thing_get_in){ "00000000-0000-0000-0000-000000000000" }),
	    LG_UNKNOWN);
	db_abandon(db);
	static const char *const wrong[] = { "", "7", "00000000-0000-0000-0000-00000000000g", "' OR true --",
		                             "00000000-0000-0000-0000-0000000000000" };
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		db = open_as(7);
		db_thing_get_send(&cx, db, &thing, (struct db_thing_get_in){ wrong[i] });
		assert_int_equal(db_end(&cx, db), LG_UNKNOWN);
		assert_int_equal(trips, 0);
	}
}

static void a_token_that_opens_nothing_asks_to_sign_in(void **state)
{
	(void)state;
	struct db_thing_list_rows list;
	struct db *db = open_as(0);
	db_thing_list_send(&cx, db, &list, (struct db_thing_list_in){ "" });
	assert_int_equal(db_end(&cx, db), LG_SIGN_IN);
	assert_int_equal(list.n, 0);
	assert_null(db_entered(db));
}

/* --- what happens to connections */

static pid_t backend_of(struct db *db)
{
	struct db_backend_row row;
	assert_int_equal(db_backend(&cx, db, &row), LG_OK);
	return (pid_t)row.pid;
}

static void kill_backend(pid_t pid)
{
	(void)scratch_sql(lg_printf(cx.mem, "SELECT pg_terminate_backend(%d, 3000)", (int)pid));
}

static void a_server_killed_in_a_transaction_is_busy_and_then_forgotten(void **state)
{
	(void)state;
	struct db_thing_add_row row;
	struct db *db = open_as(7);
	pid_t pid = backend_of(db);
	assert_int_equal(db_thing_add(&cx, db, &row, (struct db_thing_add_in){ "killed", DB_NO_INT }), LG_OK);
	kill_backend(pid);
	assert_int_equal(db_thing_add(&cx, db, &row, (struct db_thing_add_in){ "killed 2", DB_NO_INT }), LG_BUSY);
	assert_int_equal(db_end(&cx, db), LG_BUSY);
	assert_int_equal(count("killed"), 0);
	(void)added("killed not");
}

static void a_server_killed_while_idle_is_not_noticed(void **state)
{
	(void)state;
	struct db *db = open_role();
	pid_t pid = backend_of(db);
	assert_int_equal(db_end(&cx, db), LG_OK);
	kill_backend(pid);
	db = open_role();
	assert_int_not_equal(backend_of(db), pid);
	assert_int_equal(db_end(&cx, db), LG_OK);
}

static void a_crash_of_all_of_it_is_busy_until_it_is_back(void **state)
{
	(void)state;
	struct db *db = open_as(7);
	(void)backend_of(db);
	assert_int_equal(db_end(&cx, db), LG_OK);
	scratch_do("crash");
	int64_t before = ms();
	for (int i = 0; i < 3; i++) {
		db = open_role();
		assert_int_equal(db_end(&cx, db), LG_OK); /* nothing was asked */
		db = open_as(7);
		assert_int_equal(db_end(&cx, db), LG_BUSY);
	}
	assert_in_range(ms() - before, 0, 1500);
	scratch_do("again");
	/* A server that recovers may not be quick: it is busy then, and no longer for ever. */
	before = ms();
	enum lg_err err;
	do {
		db = open_as(7);
		struct db_thing_add_row row;
		db_thing_add_send(&cx, db, &row,
		                  (struct db_thing_add_in){ .name = "crashed not", .parent = DB_NO_INT });
		err = db_end(&cx, db);
	} while (err == LG_BUSY && ms() - before < 20000);
	assert_int_equal(err, LG_OK);
}

static void a_silent_server_is_given_up(void **state)
{
	(void)state;
	struct db *db = open_as(7);
	pid_t pid = backend_of(db);
	assert_int_equal(kill(pid, SIGSTOP), 0);
	int64_t before = ms();
	struct db_backend_row row;
	assert_int_equal(db_backend(&cx, db, &row), LG_BUSY);
	assert_in_range(ms() - before, 900, 1900);
	assert_int_equal(db_end(&cx, db), LG_BUSY);
	assert_int_equal(kill(pid, SIGCONT), 0);
	(void)added("silent no more");
}

static void a_statement_that_takes_too_long_is_busy(void **state)
{
	(void)state;
	(void)scratch_sql("ALTER ROLE lg_web SET statement_timeout = '100ms'");
	struct db_pool *kept = pool;
	pool = pool_of(1);
	struct db *db = open_role();
	db_nap_send(&cx, db, (struct db_nap_in){ 800 });
	assert_int_equal(db_end(&cx, db), LG_BUSY);
	db = open_role();
	db_nap_send(&cx, db, (struct db_nap_in){ 1 });
	assert_int_equal(db_end(&cx, db), LG_OK);
	db_pool_free(pool);
	pool = kept;
	(void)scratch_sql("ALTER ROLE lg_web RESET statement_timeout");
}

static void when_all_are_taken_it_is_busy_in_time(void **state)
{
	(void)state;
	struct db *db[3], *one_more;
	for (int i = 0; i < 3; i++) db[i] = open_role();
	int64_t before = ms();
	assert_int_equal(db_open(&cx, pool, &one_more, &(struct db_who){ .as = DB_AS_ROLE }), LG_BUSY);
	assert_in_range(ms() - before, 250, 900);
	assert_int_equal(db_sync(&cx, one_more), LG_BUSY);
	assert_int_equal(db_end(&cx, one_more), LG_BUSY);
	db_abandon(db[1]);
	assert_int_equal(db_open(&cx, pool, &one_more, &(struct db_who){ .as = DB_AS_ROLE }), LG_OK);
}

static void without_a_server_it_is_busy(void **state)
{
	(void)state;
	struct db_pool *none =
	    db_pool_new(&(struct db_config){ .conninfo = "host=/nowhere dbname=x", .role = "lg_web", .most = 1 });
	struct db *db;
	assert_int_equal(db_open(&cx, none, &db, &(struct db_who){ .as = DB_AS_ROLE }), LG_OK);
	struct db_backend_row row;
	assert_int_equal(db_backend(&cx, db, &row), LG_BUSY);
	db_abandon(db);
	struct db_pool_figures figures;
	db_pool_figures(none, &figures);
	assert_int_equal(figures.open, 0);
	assert_true(figures.failures > 0);
	db_pool_free(none);
}

static void a_plan_that_grew_old_is_made_anew(void **state)
{
	(void)state;
	struct db_thing_get_row thing;
	const char *id = added("grew old").id;
	for (int round = 0; round < 2; round++) {
		struct db *db = open_as(7);
		db_thing_get_send(&cx, db, &thing, (struct db_thing_get_in){ id });
		assert_int_equal(db_end(&cx, db), LG_OK);
		assert_string_equal(thing.name, "grew old");
		(void)scratch_sql(round ? "ALTER TABLE lg.thing ALTER version TYPE int"
		                        : "ALTER TABLE lg.thing ALTER version TYPE bigint");
	}
	/* In the middle of a transaction there is no way back; it is told, and the next one is as new. */
	struct db *db = open_as(7);
	assert_int_equal(db_thing_get(&cx, db, &thing, (struct db_thing_get_in){ id }), LG_OK);
	assert_int_equal(db_end(&cx, db), LG_OK);
	db = open_as(7);
	assert_int_equal(db_sync(&cx, db), LG_OK);
	(void)scratch_sql("ALTER TABLE lg.thing ALTER version TYPE bigint");
	assert_int_equal(db_thing_get(&cx, db, &thing, (struct db_thing_get_in){ id }), LG_BUSY);
	assert_int_equal(db_end(&cx, db), LG_BUSY);
	db = open_as(7);
	assert_int_equal(db_thing_get(&cx, db, &thing, (struct db_thing_get_in){ id }), LG_OK);
	db_abandon(db);
	(void)scratch_sql("ALTER TABLE lg.thing ALTER version TYPE int");
}

static void *work(void *arg)
{
	struct lg_ctx own = { .mem = lg_arena_new(0, NULL) };
	uint8_t token[32] = { 7 };
	for (int i = 0; i < 40; i++) {
		struct db *db;
		struct db_thing_add_row row;
		while (db_open(&own, pool, &db, &(struct db_who){ .as = DB_AS_SESSION, .token = token })) {}
		db_thing_add_send(
		    &own, db, &row,
		    (struct db_thing_add_in){ lg_printf(own.mem, "thread %d %d", *(const int *)arg, i), DB_NO_INT });
		if (i % 3 == 0 && db_sync(&own, db)) break;
		if (i % 2)
			db_abandon(db);
		else if (db_end(&own, db))
			break;
		lg_arena_reset(own.mem);
	}
	lg_arena_free(own.mem);
	return NULL;
}

static jmp_buf past_the_limit;
static void leave(void) { longjmp(past_the_limit, 1); }

static void memory_that_ends_midway_gives_the_connection_back(void **state)
{
	(void)state;
	enum { N = 200000 };
	struct lg_ctx small = { .mem = lg_arena_new(N, leave) };
	char *words = lg_alloc(cx.mem, N);
	memset(words, 'w', N - 1);
	struct db *db = open_role();
	db_value_put_send(&cx, db, (struct db_value_put_in){ .id = 1, .words = words });
	assert_int_equal(db_end(&cx, db), LG_OK);
	if (setjmp(past_the_limit) == 0) {
		struct db_value_get_row row;
		struct db *large;
		uint8_t token[32] = { 7 };
		assert_int_equal(db_open(&small, pool, &large, &(struct db_who){ .as = DB_AS_SESSION, .token = token }),
		                 LG_OK);
		if (db_value_get(&small, large, &row, (struct db_value_get_in){ 1 }) == LG_OK)
			fail_msg("there was room for it");
	}
	lg_arena_reset(small.mem);
	struct db_pool_figures figures;
	db_pool_figures(pool, &figures);
	assert_int_equal(figures.busy, 0);
	(void)added("small");
	lg_arena_free(small.mem);
}

static void threads_share_a_pool(void **state)
{
	(void)state;
	pthread_t threads[8];
	int ids[8];
	for (int i = 0; i < 8; i++) {
		ids[i] = i;
		assert_int_equal(pthread_create(&threads[i], NULL, work, &ids[i]), 0);
	}
	for (int i = 0; i < 8; i++) (void)pthread_join(threads[i], NULL);
	assert_int_equal(count("thread"), 160);
	struct db_pool_figures figures;
	db_pool_figures(pool, &figures);
	assert_int_equal(figures.busy, 0);
	assert_in_range(figures.open, 1, 3);
}

/* --- values */

static struct db_value_get_row there_and_back(struct db_value_put_in in)
{
	struct db_value_get_row row;
	struct db *db = open_role();
	in.id = 1;
	db_value_put_send(&cx, db, in);
	db_value_get_send(&cx, db, &row, (struct db_value_get_in){ 1 });
	assert_int_equal(db_end(&cx, db), LG_OK);
	return row;
}

static const struct db_value_put_in nulls = { .number = DB_NO_INT, .day = DB_NO_DATE, .moment = DB_NO_INT };

static void null_of_every_type_comes_back(void **state)
{
	(void)state;
	struct db_value_get_row row = there_and_back(nulls);
	assert_string_equal(row.printed, "(1,,f,,,,,,,,,)");
	assert_true(row.number == DB_NO_INT && row.moment == DB_NO_INT && row.day == DB_NO_DATE);
	assert_false(row.truth);
	assert_true(!row.words && !row.ident && !row.data && !row.raw.data);
	assert_true(!row.many_words.texts && !row.idents.texts && !row.numbers.ints);
}

static void every_type_comes_back(void **state)
{
	(void)state;
	const char *const words[] = { "", "NULL", NULL, "a,b", "{}", "\"quoted\\\"", " Олена ", "null" };
	const char *const idents[] = { "0b6f7a52-6c5e-4d3c-9f0e-2a5d0f3c1b11", NULL };
	const int64_t numbers[] = { -2147483648, DB_NO_INT, 2147483647 };
	const uint8_t raw[] = { 0, 255, 10, '\\' };
	struct db_value_get_row row =
	    there_and_back((struct db_value_put_in){ .number = INT64_MAX,
	                                             .truth = true,
	                                             .words = "it's",
	                                             .ident = idents[0],
	                                             .day = 20785,
	                                             .moment = 1795870800123456,
	                                             .raw = { raw, 4 },
	                                             .data = "{\"a\": [1, \"ø\"]}",
	                                             .many_words = { .texts = words, .n = 8 },
	                                             .idents = { .texts = idents, .n = 2 },
	                                             .numbers = { .ints = numbers, .n = 3 } });
	assert_true(row.number == INT64_MAX && row.truth && row.day == 20785 && row.moment == 1795870800123456);
	assert_string_equal(row.words, "it's");
	assert_string_equal(row.ident, idents[0]);
	assert_string_equal(row.data, "{\"a\": [1, \"ø\"]}");
	assert_int_equal(row.raw.n, 4);
	assert_memory_equal(row.raw.data, raw, 4);
	assert_int_equal(row.many_words.n, 8);
	for (size_t i = 0; i < 8; i++) {
		assert_true(!row.many_words.texts[i] == !words[i]);
		if (words[i]) assert_string_equal(row.many_words.texts[i], words[i]);
	}
	assert_int_equal(row.idents.n, 2);
	assert_string_equal(row.idents.texts[0], idents[0]);
	assert_null(row.idents.texts[1]);
	assert_int_equal(row.numbers.n, 3);
	assert_memory_equal(row.numbers.ints, numbers, sizeof numbers);
	assert_non_null(strstr(row.printed, ",2026-11-28,\"2026-11-28 13:00:00.123456+00\",\"\\\\x00ff0a5c\","));
}

static void an_empty_list_and_empty_bytes_are_not_null(void **state)
{
	(void)state;
	const char *const none[1] = { 0 };
	const int64_t no_number[1] = { 0 };
	struct db_value_put_in in = nulls;
	in.words = "";
	in.raw.data = (const uint8_t *)"";
	in.many_words.texts = in.idents.texts = none;
	in.numbers.ints = no_number;
	struct db_value_get_row row = there_and_back(in);
	assert_string_equal(row.printed, "(1,,f,\"\",,,,\"\\\\x\",,{},{},{})");
	assert_string_equal(row.words, "");
	assert_true(row.raw.data && row.many_words.texts && row.idents.texts && row.numbers.ints);
	assert_true(!row.raw.n && !row.many_words.n && !row.idents.n && !row.numbers.n);
}

static struct db_value_all_rows all_values(void)
{
	struct db_value_all_rows rows;
	struct db *db = open_role();
	db_value_all_send(&cx, db, &rows);
	db_value_clear_send(&cx, db);
	assert_int_equal(db_end(&cx, db), LG_OK);
	return rows;
}

/* A row that has something of every type that is hard to quote. */
static struct db_value_set_in hard(int64_t id)
{
	static const char *const words[] = { "a,b", "\"q\"", "back\\slash", "", "NULL", NULL, "{}" };
	static const char *const idents[] = { "00000000-0000-4000-8000-000000000001", NULL };
	static const int64_t numbers[] = { -1, DB_NO_INT, 7 };
	static const uint8_t raw[] = { 0, 255, '\\', '"' };
	return (struct db_value_set_in){ .id = id,
		                         .number = INT64_MIN + 1,
		                         .truth = true,
		                         .words = "it's \"{,}\" \\ NULL",
		                         .ident = idents[0],
		                         .day = -1,
		                         .moment = 1795870800123456,
		                         .raw = { raw, 4 },
		                         .data = "{\"a\": [\"\\\"\", null]}",
		                         .many_words = { .texts = words, .n = 7 },
		                         .idents = { .texts = idents, .n = 2 },
		                         .numbers = { .ints = numbers, .n = 3 } };
}

static void rows_of_a_set_are_those_that_go_alone(void **state)
{
	(void)state;
	(void)all_values();
	const struct db_value_set_in none = { .id = 2, .number = DB_NO_INT, .day = DB_NO_DATE, .moment = DB_NO_INT };
	struct db_value_set_in one = hard(1);
	struct db *db = open_role();
	db_value_put_send(&cx, db,
	                  (struct db_value_put_in){ one.id, one.number, one.truth, one.words, one.ident, one.day,
	                                            one.moment, one.raw, one.data, one.many_words, one.idents,
	                                            one.numbers });
	db_value_set_send(&cx, db, none); /* alone, it is a set of one */
	assert_int_equal(db_end(&cx, db), LG_OK);
	struct db_value_all_rows alone = all_values();
	db = open_role();
	db_gather(db);
	db_value_set_send(&cx, db, hard(1));
	db_value_set_send(&cx, db, none);
	for (int64_t id = 3; id < 103; id++) db_value_set_send(&cx, db, hard(id));
	assert_int_equal(db_end(&cx, db), LG_OK);
	struct db_value_all_rows all = all_values();
	assert_int_equal(alone.n, 2);
	assert_int_equal(all.n, 102);
	for (size_t i = 0; i < 2; i++) assert_string_equal(all.rows[i].printed, alone.rows[i].printed);
	assert_string_equal(strchr(all.rows[101].printed, ','), strchr(alone.rows[0].printed, ','));
}

static void what_is_gathered_goes_when_it_is_let_go_in_its_order(void **state)
{
	(void)state;
	struct db_value_all_rows rows;
	struct db *db = open_as(7);
	(void)all_values();
	db_gather(db);
	assert_true(db_gathers(db));
	db_value_set_send(&cx, db, hard(1));
	db_thing_set_send(&cx, db, (struct db_thing_set_in){ "gathered 1", DB_NO_INT });
	assert_int_equal(db_value_all(&cx, db, &rows), LG_OK);
	assert_int_equal(rows.n, 0); /* nothing shows it yet */
	db_value_set_send(&cx, db, hard(2));
	db_gathered(db);
	assert_false(db_gathers(db));
	db_value_all_send(&cx, db, &rows);
	db_thing_set_send(&cx, db, (struct db_thing_set_in){ "gathered 2", DB_NO_INT });
	assert_int_equal(db_sync(&cx, db), LG_OK);
	assert_int_equal(rows.n, 2);
	db_gather(db);
	db_thing_set_send(&cx, db, (struct db_thing_set_in){ "gathered 3", DB_NO_INT });
	assert_int_equal(db_end(&cx, db), LG_OK); /* what is not let go goes at the end */
	assert_int_equal(count("gathered"), 3);
	(void)all_values();
}

static void one_row_that_is_refused_takes_the_set_with_it(void **state)
{
	(void)state;
	struct db *db = open_as(7);
	db_gather(db);
	db_thing_set_send(&cx, db, (struct db_thing_set_in){ "together 1", DB_NO_INT });
	db_thing_set_send(&cx, db, (struct db_thing_set_in){ "together 1", DB_NO_INT });
	assert_int_equal(db_end(&cx, db), LG_CONFLICT);
	assert_string_equal(cx.notes->field, "thing_name_once");
	assert_int_equal(count("together"), 0);
	db = open_role();
	db_gather(db);
	struct db_value_set_in bad = hard(1);
	bad.ident = "none";
	db_value_set_send(&cx, db, bad);
	assert_int_equal(db_end(&cx, db), LG_UNKNOWN);
	db = open_role();
	bad.ident = NULL;
	db_gather(db);
	db_thing_set_send(&cx, db, (struct db_thing_set_in){ NULL, DB_NO_INT });
	assert_int_equal(db_end(&cx, db), LG_FAULT); /* NULL where none may be */
}

static void days_and_moments_of_all_centuries_come_back(void **state)
{
	(void)state;
	static const struct {
		int32_t day;
		const char *printed;
	} days[] = {
		{ 0, "1970-01-01" },          { -1, "1969-12-31" },
		{ 11016, "2000-02-29" },      { -719162, "0001-01-01" },
		{ -719163, "0001-12-31 BC" }, { -719528, "0001-01-01 BC" },
		{ -740000, "0058-12-14 BC" }, { 2932897, "10000-01-01" },
		{ INT32_MAX, "infinity" },    { INT32_MIN + 1, "-infinity" },
	};
	for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
		struct db_value_put_in in = nulls;
		in.day = days[i].day;
		in.moment = days[i].day == INT32_MAX       ? INT64_MAX
		            : days[i].day == INT32_MIN + 1 ? INT64_MIN + 1
		                                           : days[i].day * INT64_C(86400000000) - 1;
		struct db_value_get_row row = there_and_back(in);
		assert_int_equal(row.day, in.day);
		assert_true(row.moment == in.moment);
		if (!strstr(row.printed, days[i].printed)) fail_msg("%s: %s", days[i].printed, row.printed);
	}
}

static void hostile_texts_are_only_texts(void **state)
{
	(void)state;
	static const char *const taken[] = { "'; DROP TABLE lg.thing; --", "$1 $$ \\x00 %s \\",
		                             "\x01\x02\x7f\xc2\x80",       "\xf4\x8f\xbf\xbf",
		                             "\xe2\x80\xae<script>",       "{\"NULL\"}" };
	for (size_t i = 0; i < sizeof taken / sizeof *taken; i++) {
		struct db_value_put_in in = nulls;
		in.words = taken[i];
		in.many_words = (struct db_list){ .texts = &taken[i], .n = 1 };
		struct db_value_get_row row = there_and_back(in);
		assert_string_equal(row.words, taken[i]);
		assert_string_equal(row.many_words.texts[0], taken[i]);
	}
	static const char *const refused[] = { "\xff", "\xc0\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "half \xc3" };
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		struct db_value_put_in in = nulls;
		struct db *db = open_role();
		in.id = 1;
		in.words = refused[i];
		db_value_put_send(&cx, db, in);
		assert_int_equal(db_end(&cx, db), LG_INVALID);
	}
	struct db_value_put_in in = nulls;
	struct db *db = open_role();
	in.data = "{\"a\": \"\\u0000\"}";
	db_value_put_send(&cx, db, in);
	assert_int_equal(db_end(&cx, db), LG_INVALID);
}

static void null_where_none_may_be_is_our_fault(void **state)
{
	(void)state;
	struct db_thing_find_row thing;
	struct db_value_wrong_row wrong;
	bool found;
	(void)there_and_back(nulls);
	struct db *db = open_role();
	db_thing_find_send(&cx, db, &thing, &found, (struct db_thing_find_in){ NULL });
	assert_int_equal(db_end(&cx, db), LG_FAULT);
	db = open_role();
	db_value_wrong_send(&cx, db, &wrong, (struct db_value_wrong_in){ 1 });
	assert_int_equal(db_end(&cx, db), LG_FAULT);
}

static void much_goes_both_ways_at_once(void **state)
{
	(void)state;
	enum { N = 3000000, TIMES = 4 };
	char *words = lg_alloc(cx.mem, N + 1);
	memset(words, 'w', N);
	struct db *db = open_role();
	struct db_value_get_row rows[TIMES];
	for (int i = 0; i < TIMES; i++) {
		struct db_value_put_in in = nulls;
		in.id = 1;
		in.words = words;
		db_value_put_send(&cx, db, in);
		db_value_get_send(&cx, db, &rows[i], (struct db_value_get_in){ 1 });
	}
	trips = 0;
	assert_int_equal(db_end(&cx, db), LG_OK);
	assert_int_equal(trips, 1);
	for (int i = 0; i < TIMES; i++) assert_int_equal(strlen(rows[i].words), N);
}

/* --- */

static int begin(void **state)
{
	(void)state;
	cx = (struct lg_ctx){ .mem = lg_arena_new(0, NULL) };
	pool = pool_of(3);
	return 0;
}

static int end(void **state)
{
	(void)state;
	lg_arena_free(cx.mem);
	db_pool_free(pool);
	return 0;
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(int argc, char **argv)
{
	lg_assert(argc == 3);
	lg_log_start("test", LG_LOG_ERROR);
	scratch_start(argv[1], argv[2]);
	const struct CMUnitTest tests[] = {
		CASE(all_of_it_goes_in_one_round_trip),
		CASE(a_rule_may_read_before_it_writes),
		CASE(what_is_not_ended_is_rolled_back),
		CASE(the_identity_ends_with_the_transaction),
		CASE(four_ways_to_enter),
		CASE(an_error_leaves_nothing_of_the_transaction),
		CASE(a_second_of_a_name_is_a_conflict_that_names_the_constraint),
		CASE(a_broken_constraint_is_invalid),
		CASE(what_the_commit_refuses_is_told),
		CASE(a_guarded_write_without_a_row_undoes_what_travelled_with_it),
		CASE(a_count_tells_the_rows_touched),
		CASE(a_row_that_is_not_there_is_unknown),
		CASE(a_token_that_opens_nothing_asks_to_sign_in),
		CASE(a_server_killed_in_a_transaction_is_busy_and_then_forgotten),
		CASE(a_server_killed_while_idle_is_not_noticed),
		CASE(a_crash_of_all_of_it_is_busy_until_it_is_back),
		CASE(a_silent_server_is_given_up),
		CASE(a_statement_that_takes_too_long_is_busy),
		CASE(when_all_are_taken_it_is_busy_in_time),
		CASE(without_a_server_it_is_busy),
		CASE(a_plan_that_grew_old_is_made_anew),
		CASE(memory_that_ends_midway_gives_the_connection_back),
		CASE(threads_share_a_pool),
		CASE(null_of_every_type_comes_back),
		CASE(every_type_comes_back),
		CASE(an_empty_list_and_empty_bytes_are_not_null),
		CASE(rows_of_a_set_are_those_that_go_alone),
		CASE(what_is_gathered_goes_when_it_is_let_go_in_its_order),
		CASE(one_row_that_is_refused_takes_the_set_with_it),
		CASE(days_and_moments_of_all_centuries_come_back),
		CASE(hostile_texts_are_only_texts),
		CASE(null_where_none_may_be_is_our_fault),
		CASE(much_goes_both_ways_at_once),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	scratch_stop();
	return failed;
}
