/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* Pages begin with who somebody was a moment ago (app/known.h): what is taken away is gone with the next page all the
 * same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/record.h"
#include "service.h"

enum { OFFICE = 1 };

/* Twice: so that who it is is known. */
static void look(int who, const char *path, int status)
{
	for (int i = 0; i < 2; i++) {
		struct service_answer a = service_get(who, path);
		assert_status(a, status);
	}
}

static uint64_t statements(void)
{
	struct db_pool_figures f;
	db_pool_figures(app_setup(service_app())->pool, &f);
	return f.statements;
}

static long seen(void) { return strtol(service_sql("SELECT count(*) FROM lg.read_audit"), NULL, 10); }

static void roles_become(int who, const char *roles)
{
	(void)service_sql("DELETE FROM lg.member_role r USING lg.member m WHERE m.tenant_id = r.tenant_id "
	                  "AND m.id = r.member_id AND m.account_id = '%s'",
	                  service_account(who));
	(void)service_sql("INSERT INTO lg.member_role (tenant_id, member_id, role) SELECT m.tenant_id, m.id, x "
	                  "FROM lg.member m, unnest('{%s}'::text[]) x WHERE m.account_id = '%s'",
	                  roles, service_account(who));
}

static void whoever_was_here_just_now_is_not_asked_for_first(void **state)
{
	(void)state;
	int who = service_sign_in(OFFICE, "caseworker");
	uint64_t before = statements();
	assert_status(service_get(who, "/was"), 200);
	uint64_t first = statements() - before;
	assert_status(service_get(who, "/was"), 200);
	assert_true(statements() - before - first < first);
	/* And each page leaves one trace. */
	long traces = seen();
	look(who, "/candidates", 200);
	assert_int_equal(seen(), traces + 2);
}

static void a_role_that_was_taken_away_is_gone_with_the_next_page(void **state)
{
	(void)state;
	int who = service_sign_in(OFFICE, "caseworker");
	look(who, "/candidates", 200);
	look(who, "/candidates/new", 200);
	long traces = seen();
	roles_become(who, "");
	assert_status(service_get(who, "/candidates"), 403);
	assert_status(service_get(who, "/candidates/new"), 403);
	assert_status(service_get(who, "/candidates.csv"), 403);
	const char *form[] = { "given_name", "Nobody", NULL };
	assert_status(service_post(who, "/candidates", form), 403);
	assert_int_equal(seen(), traces);
}

static void the_first_request_after_it_may_be_a_change(void **state)
{
	(void)state;
	int who = service_sign_in(OFFICE, "caseworker");
	look(who, "/candidates", 200);
	roles_become(who, "read_only");
	const char *form[] = { "given_name", "Nobody", NULL };
	assert_status(service_post(who, "/candidates", form), 403);
	assert_status(service_get(who, "/candidates"), 200);
	assert_status(service_get(who, "/candidates/new"), 403);
}

static void a_role_that_was_given_is_there_with_the_next_page(void **state)
{
	(void)state;
	int who = service_sign_in(OFFICE, "read_only");
	look(who, "/candidates/new", 403);
	look(who, "/candidates", 200);
	roles_become(who, "caseworker");
	assert_status(service_get(who, "/candidates/new"), 200);
}

static void a_session_that_was_ended_ends_with_the_next_page(void **state)
{
	(void)state;
	int who = service_sign_in(OFFICE, "caseworker");
	look(who, "/candidates", 200);
	long traces = seen();
	(void)service_sql("DELETE FROM lg_gate.session WHERE account_id = '%s'", service_account(who));
	struct service_answer a = service_get(who, "/candidates");
	assert_status(a, 303);
	assert_non_null(strstr(a.location, "session_ended"));
	a = service_get(who, "/was");
	assert_status(a, 200);
	assert_null(strstr(a.body, "Vinterby"));
	assert_int_equal(seen(), traces);
}

static void a_session_that_has_idled_away_ends_with_the_next_page(void **state)
{
	(void)state;
	int who = service_sign_in(OFFICE, "caseworker");
	look(who, "/candidates", 200);
	(void)service_sql("UPDATE lg_gate.session SET idle_ends = now() - interval '1 s' WHERE account_id = '%s'",
	                  service_account(who));
	assert_status(service_get(who, "/candidates"), 303);
}

static void who_is_no_member_any_more_is_out_with_the_next_page(void **state)
{
	(void)state;
	int who = service_sign_in(OFFICE, "caseworker");
	look(who, "/candidates", 200);
	(void)service_sql(
	    "DELETE FROM lg.member_role r USING lg.member m WHERE m.id = r.member_id AND m.account_id = '%s'",
	    service_account(who));
	(void)service_sql("DELETE FROM lg.member WHERE account_id = '%s'", service_account(who));
	assert_status(service_get(who, "/candidates"), 303);
}

static void a_program_that_was_shut_out_is_out_with_the_next_request(void **state)
{
	(void)state;
	look(PROGRAM, "/api/v1/candidates", 200);
	(void)service_sql("DELETE FROM lg_gate.bearer WHERE client_id = '%s'", service_account(PROGRAM));
	struct service_answer a = service_get(PROGRAM, "/api/v1/candidates");
	assert_status(a, 401);
	assert_null(strstr(a.body, "items"));
}

static void another_name_is_on_the_next_page(void **state)
{
	(void)state;
	int who = service_sign_in(OFFICE, "caseworker");
	look(who, "/was", 200); /* where no list of colleagues shows it too */
	(void)service_sql("UPDATE lg.member SET name = 'Signe Andersen-Test' WHERE account_id = '%s'",
	                  service_account(who));
	struct service_answer a = service_get(who, "/was");
	assert_status(a, 200);
	assert_non_null(strstr(a.body, "Signe Andersen-Test"));
}

/* Once a minute a session idles from anew: that is a change too, and no page is lost by it. */
static void a_session_goes_on(void **state)
{
	(void)state;
	int who = service_sign_in(OFFICE, "caseworker");
	look(who, "/candidates", 200);
	long traces = seen();
	(void)service_sql("UPDATE lg_gate.session SET idle_ends = now() + interval '9 minutes' WHERE account_id = '%s'",
	                  service_account(who));
	look(who, "/candidates", 200);
	assert_int_equal(seen(), traces + 2);
	assert_string_equal(service_sql("SELECT idle_ends > now() + interval '20 minutes' FROM lg_gate.session "
	                                "WHERE account_id = '%s'",
	                                service_account(who)),
	                    "t");
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
		cmocka_unit_test(whoever_was_here_just_now_is_not_asked_for_first),
		cmocka_unit_test(a_role_that_was_taken_away_is_gone_with_the_next_page),
		cmocka_unit_test(the_first_request_after_it_may_be_a_change),
		cmocka_unit_test(a_role_that_was_given_is_there_with_the_next_page),
		cmocka_unit_test(a_session_that_was_ended_ends_with_the_next_page),
		cmocka_unit_test(a_session_that_has_idled_away_ends_with_the_next_page),
		cmocka_unit_test(who_is_no_member_any_more_is_out_with_the_next_page),
		cmocka_unit_test(a_program_that_was_shut_out_is_out_with_the_next_request),
		cmocka_unit_test(another_name_is_on_the_next_page),
		cmocka_unit_test(a_session_goes_on),
	};
	service_open(argv[1]);
	return cmocka_run_group_tests_name("known", tests, NULL, close_all);
}
