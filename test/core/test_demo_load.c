/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* The demonstration office goes in by the door that real people go in by, and every page can be read afterwards. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "core/demo_load.h"
#include "modules/modules.h"
#include "scratch.h"
#include "service.h"

enum { PEOPLE = 200, DAY_S = 86400 };

static void two_hundred_people_are_registered(void **state)
{
	(void)state;
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL), .id = 1, .now = time(NULL) };
	struct db_pool *pool = db_pool_new(&(struct db_config){
	    .conninfo = scratch_conninfo(), .role = "lg_auth", .password = "", .most = 2, .wait_ms = 5000 });
	struct demo_office *office = demo_office(cx.mem, 1, (int32_t)(cx.now / DAY_S), PEOPLE);
	enum lg_err err = demo_load(&cx, service_app(), pool, office, modules_demo);
	if (err != LG_OK)
		fail_msg("error %d: %s: %s", err, cx.notes ? cx.notes->field : "", cx.notes ? cx.notes->text : "");
	assert_string_equal(service_sql("SELECT count(*) FROM lg.candidate WHERE invented"), "200");
	assert_string_equal(service_sql("SELECT count(*) > 8 FROM lg.employer WHERE invented"), "t");
	assert_string_equal(
	    service_sql("SELECT string_agg(DISTINCT state, ' ' ORDER BY state) FROM lg.opening WHERE invented"),
	    "approved draft open paused");
	assert_int_equal(demo_load(&cx, service_app(), pool, office, modules_demo), LG_CONFLICT); /* once only */
	assert_string_equal(service_sql("SELECT count(*) FROM lg_gate.session WHERE agent = 'demonstration'"), "0");
	lg_arena_free(cx.mem); /* gives the connections back */
	db_pool_free(pool);
}

static void every_page_of_everybody_can_be_read(void **state)
{
	(void)state;
	int who = service_sign_in(1, "caseworker");
	const char *ids = service_sql("SELECT string_agg(id::text, ' ') FROM lg.candidate");
	size_t n = 0;
	for (const char *id = ids; *id; id += strspn(id + 36, " ") + 36, n++) {
		char path[120];
		(void)snprintf(path, sizeof path, "/candidates/%.36s?open=1", id);
		struct service_answer a = service_get(who, path);
		if (a.status != 200) fail_msg("%s: %d %.2000s", path, a.status, a.body);
	}
	assert_int_equal(n, PEOPLE);
	assert_int_equal(service_get(who, "/employers").status, 200);
	assert_int_equal(service_get(who, "/openings").status, 200);
	assert_int_equal(service_get(who, "/").status, 200);
	assert_int_equal(service_get(who, "/candidates").status, 200);
	assert_int_equal(service_get(who, "/candidates.csv").status, 200);
}

/* Plain openings, people as they are: some of them can be rung this morning. */
static void somebody_stands_in_the_fast_lane(void **state)
{
	(void)state;
	service_job("fast_lane");
	assert_string_equal(
	    service_sql("SELECT found >= 3 AND failed IS NULL FROM lg.fast_lane_night WHERE people > 0"), "t");
	assert_says(service_get(service_sign_in(1, "caseworker"), "/fast-lane"), "points that this opening can give");
}

static void the_hotline_is_there(void **state)
{
	(void)state;
	int agent = service_sign_in(1, "hotline");
	const char *const queries[][2] = {
		{ "SELECT string_agg(state || ' ' || n, ', ' ORDER BY state) FROM (SELECT state, count(*) AS n FROM "
		  "lg.enquiry "
		  "WHERE invented GROUP BY state) x",
		  "answered 1, assigned 2, closed 2, new 2, waiting 1" },
		{ "SELECT count(*) FROM lg.enquiry WHERE caller_name IS NOT NULL OR person_name IS NOT NULL OR due_at "
		  "IS NULL",
		  "0" },
		{ "SELECT count(*) FROM lg.enquiry WHERE created < now() - interval '59 minutes' AND handovers <= 1 "
		  "AND "
		  "(answered_at IS NULL OR answered_at BETWEEN created AND now())",
		  "8" },
		{ "SELECT string_agg(state, ' ' ORDER BY state) FROM lg.article WHERE invented",
		  "draft published published" },
		{ "SELECT count(*) FROM lg.article WHERE state = 'published' AND published_by = changed_by", "0" },
		{ "SELECT count(*) FROM lg_ref.entrance e WHERE invented AND municipalities @> ARRAY['DK-0217']", "1" },
		{ "SELECT name FROM lg.ambition WHERE invented", "Partnerskab om job til flygtninge" },
	};
	for (size_t i = 0; i < sizeof queries / sizeof *queries; i++)
		assert_string_equal(service_sql("%s", queries[i][0]), queries[i][1]);
	struct service_answer a = service_get(agent, "/entrance/1");
	assert_int_equal(a.status, 200);
	assert_non_null(strstr(a.body, "+45 00 55 00 10"));
	assert_int_equal(service_get(agent, "/hotline").status, 200);
	assert_int_equal(service_get(agent, "/enquiries").status, 200);
	assert_int_equal(service_get(agent, "/articles").status, 200);
}

static void identity_numbers_stand_nowhere_in_plain(void **state)
{
	(void)state;
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL), .now = time(NULL) };
	struct demo_office *office = demo_office(cx.mem, 1, (int32_t)(cx.now / DAY_S), PEOPLE);
	size_t looked = 0;
	for (size_t i = 0; i < office->n_people; i++)
		for (size_t k = 0; k < office->people[i].n_identifiers; k++, looked++) {
			const char *number = office->people[i].identifiers[k].number;
			assert_string_equal(
			    service_sql("SELECT count(*) FROM lg.candidate c WHERE c::text LIKE '%%%s%%'", number),
			    "0");
			assert_string_equal(
			    service_sql("SELECT count(*) FROM lg.candidate_identifier i WHERE i::text LIKE '%%%s%%'",
			                number),
			    "0");
		}
	assert_true(looked > PEOPLE / 2);
	lg_arena_free(cx.mem);
}

static int close_all(void **state)
{
	(void)state;
	service_close();
	return 0;
}

int main(int argc, char **argv)
{
	(void)argc;
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(two_hundred_people_are_registered),
		cmocka_unit_test(every_page_of_everybody_can_be_read),
		cmocka_unit_test(somebody_stands_in_the_fast_lane),
		cmocka_unit_test(the_hotline_is_there),
		cmocka_unit_test(identity_numbers_stand_nowhere_in_plain),
	};
	service_open_empty(argv[1]);
	return cmocka_run_group_tests_name("demo_load", tests, NULL, close_all);
}
