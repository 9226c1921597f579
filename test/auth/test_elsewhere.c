/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* Signing in elsewhere, from our page to our page, with a real provider between. test_elsewhere CLUSTER.SH
 * PROVIDER_RUN.MJS */
#include <arpa/inet.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>
#include <pthread.h>

#include "app/actor.h"
#include "core/door.h"
#include "visitor.h"

static FILE *to, *from;
static pid_t node;
static char issuer[128];

static void start_provider(const char *script)
{
	int in[2], out[2];
	/* Not for the database that starts later: the provider ends when we close. */
	if (pipe2(in, O_CLOEXEC) || pipe2(out, O_CLOEXEC)) exit(1);
	node = fork();
	if (node == 0) {
		(void)dup2(in[0], 0);
		(void)dup2(out[1], 1);
		(void)execlp("node", "node", script, NULL);
		_exit(127);
	}
	(void)close(in[0]);
	(void)close(out[1]);
	to = fdopen(in[1], "w");
	from = fdopen(out[0], "r");
	char line[256] = "";
	if (!to || !from || !fgets(line, sizeof line, from) || strncmp(line, "issuer ", 7) != 0) {
		(void)printf("Bail out! the provider does not start\n");
		exit(1);
	}
	(void)snprintf(issuer, sizeof issuer, "%.*s", (int)strcspn(line + 7, "\n"), line + 7);
}

/* There, as `who`; where that sends us. */
static const char *there(const char *url, const char *who)
{
	static char line[8192];
	(void)fprintf(to, "%s %s\n", url, who);
	(void)fflush(to);
	assert_non_null(fgets(line, sizeof line, from));
	line[strcspn(line, "\n")] = '\0';
	return lg_strdup(house.cx.mem, line);
}

static const char *go(struct visitor *v)
{
	visit(v, "/sign-in/oidc", NULL);
	assert_int_equal(v->status, 303);
	assert_true(!strncmp(v->location, issuer, strlen(issuer)));
	assert_non_null(visitor_cookie(v, DOOR_COOKIE));
	return v->location;
}

static void refused(const struct visitor *v)
{
	if (v->status != 422) fail_msg("%d %s", v->status, v->location);
	assert_null(visitor_cookie(v, APP_SESSION_COOKIE));
}

static void the_door_is_shown_with_its_name(void **state)
{
	(void)state;
	struct visitor v = { 0 };
	visit(&v, "/sign-in", NULL);
	assert_non_null(strstr(v.body, "href=\"/sign-in/oidc\""));
	assert_non_null(strstr(v.body, "Sign in with Vinterby ID"));
}

static void a_colleague_comes_in_and_is_known_from_then_on(void **state)
{
	(void)state;
	struct visitor v = { 0 }, again = { 0 };
	visit(&v, there(go(&v), "jens jens@vinterby.example"), NULL);
	assert_int_equal(v.status, 303);
	assert_string_equal(v.location, "/");
	visit(&v, "/account", NULL);
	assert_int_equal(v.status, 200);
	assert_string_equal(house_sql("SELECT strength FROM lg_gate.session"), "oidc");
	/* Known by the provider's name for them, whatever their address is by now. */
	visit(&again, there(go(&again), "jens other@vinterby.example"), NULL);
	assert_int_equal(again.status, 303);
	assert_string_equal(house_sql("SELECT count(DISTINCT account_id) FROM lg_gate.session"), "1");
	/* And somebody else who has that address now is not taken for them. */
	struct visitor thief = { 0 };
	visit(&thief, there(go(&thief), "thief jens@vinterby.example"), NULL);
	refused(&thief);
	assert_string_equal(house_sql("SELECT count(*) FROM lg_gate.identity"), "1");
}

static void whoever_has_no_account_stays_outside(void **state)
{
	(void)state;
	struct visitor v = { 0 };
	visit(&v, there(go(&v), "stranger stranger@elsewhere.example"), NULL);
	refused(&v);
}

static void an_address_that_is_not_verified_opens_nothing(void **state)
{
	(void)state;
	struct visitor v = { 0 };
	visit(&v, there(go(&v), "unverified maria@vinterby.example"), NULL);
	refused(&v);
}

static void a_way_back_that_another_browser_began_opens_nothing(void **state)
{
	(void)state;
	struct visitor mine = { 0 }, theirs = { 0 }, nobody = { 0 };
	const char *back = there(go(&theirs), "maria maria@vinterby.example");
	visit(&nobody, back, NULL);
	refused(&nobody);
	(void)go(&mine);
	visit(&mine, back, NULL);
	refused(&mine);
	/* Whose it is comes in, once. */
	struct visitor copy = theirs;
	visit(&theirs, back, NULL);
	assert_int_equal(theirs.status, 303);
	visit(&copy, back, NULL);
	refused(&copy);
}

static void a_disabled_account_stays_outside(void **state)
{
	(void)state;
	struct visitor v = { 0 };
	(void)house_sql(
	    "SELECT lg_gate.account_disable(id, true) FROM lg_gate.account WHERE mail = 'jens@vinterby.example'");
	visit(&v, there(go(&v), "jens"), NULL);
	refused(&v);
	(void)house_sql(
	    "SELECT lg_gate.account_disable(id, false) FROM lg_gate.account WHERE mail = 'jens@vinterby.example'");
}

static void nonsense_on_the_way_back_is_refused(void **state)
{
	(void)state;
	static const char *const bad[] = { "", "?state=x", "?code=x", "?error=access_denied", "?state=%00&code=%FF" };
	for (size_t i = 0; i < 4; i++) {
		struct visitor v = { 0 };
		(void)go(&v);
		visit(&v, lg_printf(house.cx.mem, "/sign-in/oidc/back%s", bad[i]), NULL);
		refused(&v);
	}
}

static void *ask_the_silent(void *config)
{
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
	struct oidc_trip trip;
	const char *url;
	enum lg_err err = oidc_begin(&cx, config, &trip, &url);
	lg_arena_free(cx.mem);
	return err == LG_BUSY ? NULL : config;
}

static void a_provider_that_never_answers_is_noticed(void **state)
{
	(void)state;
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t n = sizeof at;
	int silent = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_int_equal(bind(silent, (const struct sockaddr *)&at, sizeof at), 0);
	assert_int_equal(listen(silent, 4), 0);
	assert_int_equal(getsockname(silent, (struct sockaddr *)&at, &n), 0);
	struct oidc_config config = { lg_printf(house.cx.mem, "http://127.0.0.1:%d", ntohs(at.sin_port)), "a", "b",
		                      "http://127.0.0.1:9/", "Silent" };
	pthread_t thread;
	void *wrong;
	assert_false(oidc_is_stuck(0));
	assert_int_equal(pthread_create(&thread, NULL, ask_the_silent, &config), 0);
	for (int i = 0; i < 200 && !oidc_is_stuck(1); i++) (void)usleep(50000);
	assert_true(oidc_is_stuck(1));
	assert_false(oidc_is_stuck(60));
	(void)close(silent); /* now it is told */
	(void)pthread_join(thread, &wrong);
	assert_null(wrong);
	assert_false(oidc_is_stuck(0));
}

int main(int argc, char **argv)
{
	if (argc != 3) return 2;
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_door_is_shown_with_its_name),
		cmocka_unit_test(a_colleague_comes_in_and_is_known_from_then_on),
		cmocka_unit_test(whoever_has_no_account_stays_outside),
		cmocka_unit_test(an_address_that_is_not_verified_opens_nothing),
		cmocka_unit_test(a_way_back_that_another_browser_began_opens_nothing),
		cmocka_unit_test(a_disabled_account_stays_outside),
		cmocka_unit_test(nonsense_on_the_way_back_is_refused),
		cmocka_unit_test(a_provider_that_never_answers_is_noticed),
	};
	start_provider(argv[2]);
	house_open(argv[1], false,
	           &(struct oidc_config){ .issuer = issuer,
	                                  .client_id = "landgang",
	                                  .secret = "a-secret-of-the-tests-only",
	                                  .redirect = "http://127.0.0.1:9/sign-in/oidc/back",
	                                  .name = "Vinterby ID" });
	visitor_open();
	(void)house_person(1, "jens@vinterby.example", "caseworker");
	(void)house_person(1, "maria@vinterby.example", "caseworker");
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	(void)fclose(to);
	(void)waitpid(node, NULL, 0);
	visitor_close();
	house_close();
	return failed;
}
