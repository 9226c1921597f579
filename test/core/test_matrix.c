/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* Every route, as everybody. test_matrix CLUSTER.SH MATRIX.TSV */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/actor.h"
#include "app/policy.h"
#include "app/seal.h"
#include "modules/modules.h"
#include "visitor.h"

enum { COLUMNS = 11, ROWS = 600, LINE = 1000 };
static const char *columns[COLUMNS]; /* nobody, candidate, ... */
static struct {
	const char *method, *path, *cells[COLUMNS];
	bool used;
} rows[ROWS];
static size_t n_rows;
static const char *accounts[COLUMNS], *bearers[COLUMNS], *mailbox;

static void read_matrix(const char *path)
{
	FILE *f = fopen(path, "r");
	char line[LINE];
	size_t n_columns = 0;
	if (!f) exit(1);
	while (fgets(line, sizeof line, f)) {
		char *rest = lg_strndup(house.cx.mem, line, strcspn(line, "\n")), *method, *where;
		if (*line == '#') continue;
		method = strsep(&rest, "\t");
		where = strsep(&rest, "\t");
		const char **cells = n_columns ? rows[n_rows].cells : columns;
		size_t n = 0;
		while (rest && n < COLUMNS) cells[n++] = strsep(&rest, "\t");
		if (n != COLUMNS || rest || n_rows == ROWS) {
			(void)printf("Bail out! a line of the matrix has not %d cells: %s %s\n", COLUMNS, method,
			             where);
			exit(1);
		}
		if (n_columns) rows[n_rows].method = method, rows[n_rows++].path = where;
		n_columns = COLUMNS;
	}
	(void)fclose(f);
}

static const char *const methods[] = { "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OTHER" };

static void the_matrix_names_every_route_and_no_other(void **state)
{
	(void)state;
	size_t n, missing = 0;
	const struct route *routes = modules_routes(&n);
	for (size_t i = 0; i < n; i++) {
		size_t r = 0;
		while (r < n_rows && (strcmp(rows[r].path, routes[i].path) != 0 ||
		                      strcmp(rows[r].method, methods[routes[i].method]) != 0))
			r++;
		if (r == n_rows)
			print_message("# not in the matrix: %s %s\n", methods[routes[i].method], routes[i].path),
			    missing++;
		else
			rows[r].used = true;
	}
	for (size_t r = 0; r < n_rows; r++)
		if (!rows[r].used) print_message("# no such route: %s %s\n", rows[r].method, rows[r].path), missing++;
	assert_int_equal(missing, 0);
}

static void the_matrix_names_every_role(void **state)
{
	(void)state;
	size_t n;
	const struct role *all = roles(&n);
	assert_string_equal(columns[0], "nobody");
	assert_int_equal(n, COLUMNS + 1); /* with the mailbox and the exchange, which are no persons', below */
	for (size_t i = 0; i < n; i++) {
		size_t c = 1;
		if (!strcmp(all[i].name, "mailbox") || !strcmp(all[i].name, "exchange")) continue;
		while (c < COLUMNS && strcmp(columns[c], all[i].name) != 0) c++;
		if (c == COLUMNS) fail_msg("no column for %s", all[i].name);
	}
}

/* A session of its own for each request: some of them end it. */
static void fresh_session(struct visitor *v, size_t column)
{
	uint8_t token[SEAL_TOKEN];
	char text[SEAL_TOKEN_TEXT];
	*v = (struct visitor){ .address = "10.0.0.2" };
	if (!column) return;
	seal_random(token, sizeof token);
	seal_token_print(text, token);
	(void)house_sql("SELECT lg_gate.session_open('%s', 1, '\\x%s', 'totp', '', '')", accounts[column],
	                seal_hex(&house.cx, token, sizeof token));
	visitor_cookie_set(v, APP_SESSION_COOKIE, text);
	char csrf[SEAL_TOKEN_TEXT];
	seal_csrf(csrf, token);
	v->csrf = lg_strdup(house.cx.mem, csrf);
}

/* "in": sign in first; "no": not allowed; "yes": the handler was called, whatever it made of a request with nothing in
 * it. */
static const char *answered(const struct visitor *v)
{
	if (v->status == 401 || (v->status == 303 && !strncmp(v->location, "/sign-in?next=", 14))) return "in";
	if (v->status == 403) return "no";
	if (v->status == 503 && *v->retry_after) return "yes"; /* it asked the matcher, and there is none here */
	return v->status >= 500 ? "failed" : "yes";
}

static const char *filled(const char *pattern)
{
	struct lg_buf b = { 0 };
	for (const char *s = pattern; *s;) {
		const char *brace = *s == '{' ? strchr(s, '}') : NULL;
		if (brace)
			lg_puts(&b, "6f9619ff-8b86-4011-b42d-00cf4fc964ff");
		else
			lg_putc(&b, *s);
		s = brace ? brace + 1 : s + 1;
	}
	const char *out = lg_strdup(house.cx.mem, b.data);
	lg_buf_free(&b);
	return out;
}

static void every_route_is_open_to_whom_the_matrix_says_and_to_nobody_else(void **state)
{
	(void)state;
	size_t n, wrong = 0, asked = 0;
	const struct route *routes = modules_routes(&n);
	for (size_t i = 0; i < n; i++) {
		const char *path = filled(routes[i].path), *const *cells = NULL;
		bool api = !strncmp(path, "/api/", 5);
		house_forget_attempts();
		for (size_t r = 0; r < n_rows; r++)
			if (!strcmp(rows[r].path, routes[i].path) && !strcmp(rows[r].method, methods[routes[i].method]))
				cells = rows[r].cells;
		for (size_t c = 0; cells && c < COLUMNS; c++) {
			struct visitor v = { 0 };
			fresh_session(&v, api ? 0 : c);
			/* Nobody has a form's token only from a page. */
			if (!api && !c && routes[i].method != HTTP_GET) visit(&v, "/sign-in", NULL);
			visit_any(&v, routes[i].method, path,
			          routes[i].method == HTTP_GET || api ? NULL : (const char *const[]){ NULL },
			          api && c ? bearers[c] : NULL, "{}");
			asked++;
			if (!strcmp(answered(&v), cells[c])) continue;
			print_message("# %s %s as %s: %s (%d), not %s\n", methods[routes[i].method], path, columns[c],
			              answered(&v), v.status, cells[c]);
			wrong++;
		}
	}
	print_message("# %zu requests\n", asked);
	assert_true(asked >= n * COLUMNS);
	assert_int_equal(wrong, 0);
}

/* The program that a mail server calls: whoever reads its secret there can bring mails, and read nothing. */
static void a_mailbox_gives_mails_and_may_nothing_else(void **state)
{
	(void)state;
	size_t n, given = 0;
	const struct route *routes = modules_routes(&n);
	for (size_t i = 0; i < n; i++) {
		struct visitor v = { .address = "10.0.0.2" };
		const char *path = filled(routes[i].path);
		if (strncmp(path, "/api/", 5) != 0 || routes[i].right == MAY_ANYBODY ||
		    routes[i].right == MAY_SIGNED_IN)
			continue;
		house_forget_attempts();
		visit_any(&v, routes[i].method, path, NULL, mailbox, "{}");
		bool is_it = routes[i].right == MAY_MAIL_GIVE;
		if (strcmp(answered(&v), is_it ? "yes" : "no") != 0)
			fail_msg("%s: %s (%d)", path, answered(&v), v.status);
		given += is_it;
	}
	assert_int_equal(given, 1);
}

/* A program with the rights of a role. */
static const char *bearer_of(const char *administrator, const char *role)
{
	uint8_t secret[SEAL_TOKEN], token[SEAL_TOKEN];
	char text[SEAL_TOKEN_TEXT];
	seal_random(secret, sizeof secret);
	seal_random(token, sizeof token);
	seal_token_print(text, token);
	const char *client =
	    house_sql("SELECT lg_gate.sign('1|staff|%s||administrator|'); SELECT lg_gate.client_create('%s', "
	              "'{%s}', '\\x%s')",
	              administrator, role, role, seal_hex(&house.cx, secret, sizeof secret));
	(void)house_sql("SELECT lg_gate.bearer_open('%s', '\\x%s', '\\x%s')", client,
	                seal_hex(&house.cx, secret, sizeof secret), seal_hex(&house.cx, token, sizeof token));
	return lg_strdup(house.cx.mem, text);
}

/* The program that tells of calls tells of calls: of all routes with a right of their own it may call one. */
static void the_exchange_may_tell_of_calls_and_nothing_else(void **state)
{
	(void)state;
	size_t n, own = 0;
	const struct route *routes = modules_routes(&n);
	const char *bearer = bearer_of(house_person(1, "lars@vinterby.example", "administrator"), "exchange");
	for (size_t i = 0; i < n; i++) {
		struct visitor v = { .address = "10.0.0.2" };
		bool is_own = !strcmp(routes[i].path, "/api/v1/calls") && routes[i].method == HTTP_POST;
		if (strncmp(routes[i].path, "/api/", 5) != 0 || routes[i].right == MAY_ANYBODY ||
		    routes[i].right == MAY_SIGNED_IN)
			continue;
		visit_any(&v, routes[i].method, filled(routes[i].path), NULL, bearer, "{}");
		if (strcmp(answered(&v), is_own ? "yes" : "no") != 0)
			fail_msg("%s %s: %d", methods[routes[i].method], routes[i].path, v.status);
		own += is_own;
	}
	assert_int_equal(own, 1);
}

static void make_everybody(void)
{
	const char *administrator = house_person(1, "olena@vinterby.example", "administrator");
	for (size_t c = 1; c < COLUMNS; c++) {
		const char *mail = lg_printf(house.cx.mem, "%s@vinterby.example", columns[c]);
		bool staff = strcmp(columns[c], "candidate") != 0 && strcmp(columns[c], "employer") != 0;
		if (staff)
			accounts[c] = house_person(1, mail, columns[c]);
		else {
			accounts[c] = house_person(2, mail, "read_only");
			(void)house_sql("SELECT lg_gate.create_member(1, '%s', '%s', 'Name', gen_random_uuid(), '{}')",
			                accounts[c], columns[c]);
		}
		bearers[c] = bearer_of(administrator, columns[c]);
	}
	mailbox = bearer_of(administrator, "mailbox");
}

int main(int argc, char **argv)
{
	if (argc != 3) return 2;
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_matrix_names_every_route_and_no_other),
		cmocka_unit_test(the_matrix_names_every_role),
		cmocka_unit_test(every_route_is_open_to_whom_the_matrix_says_and_to_nobody_else),
		cmocka_unit_test(a_mailbox_gives_mails_and_may_nothing_else),
		cmocka_unit_test(the_exchange_may_tell_of_calls_and_nothing_else),
	};
	house_open(argv[1], false, NULL);
	visitor_open();
	read_matrix(argv[2]);
	make_everybody();
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	visitor_close();
	house_close();
	return failed;
}
