/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* The first start, by its page: nothing is there but a code on the console. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <pthread.h>

#include "visitor.h"

static void has(const struct visitor *v, const char *text)
{
	if (!strstr(v->body, text)) fail_msg("no \"%s\" in (%d)\n%s", text, v->status, v->body);
}

static void what_is_wrong_is_told_and_nothing_is_made(void **state)
{
	(void)state;
	struct visitor v = { 0 };
	visit(&v, "/sign-in", NULL);
	assert_int_equal(v.status, 303);
	assert_string_equal(v.location, "/set-up");
	visit(&v, "/set-up", NULL);
	assert_int_equal(v.status, 200);
	const char *pending = between(&v, "name=\"pending\" value=\"", "\""),
	           *secret = between(&v, "write this key: ", "<");
	assert_non_null(secret);
	visit(&v, "/set-up",
	      POST("setup_code", "aaaaa-aaaaa", "template", "municipality_dk", "office", "Vinterby", "language", "da",
	           "name", "Olena", "mail", "olena@vinterby.example", "password", "zebra og elefant", "code",
	           house_code_of(secret), "pending", pending));
	assert_int_equal(v.status, 422);
	has(&v, "This is not the code that the console shows.");
	has(&v, secret);
	visit(&v, "/set-up",
	      POST("setup_code", "7KQ2M 9XW4F", "template", "municipality_dk", "office", "", "language", "da", "name",
	           "Ol\nena", "mail", "olena", "password", "kort", "code", "000000", "pending", pending));
	assert_int_equal(v.status, 422);
	has(&v, "This is missing.");
	has(&v, "This has to be one line.");
	has(&v, "This is no mail address.");
	has(&v, "at least 12 characters");
	has(&v, "This is not the code of now.");
	visit(&v, "/set-up", POST("setup_code", "7kq2m-9xw4f", "tenant_id", "7"));
	assert_int_equal(v.status, 422);
	assert_string_equal(
	    house_sql("SELECT (SELECT count(*) FROM lg_ref.tenant) + (SELECT count(*) FROM lg_gate.account)"), "0");
}

static void guesses_of_the_code_have_to_wait(void **state)
{
	(void)state;
	struct visitor v = { .address = "10.0.0.66" };
	visit(&v, "/set-up", NULL);
	for (int i = 0; i < 5; i++) {
		visit(&v, "/set-up", POST("setup_code", "aaaaa-aaaaa"));
		assert_int_equal(v.status, 422);
	}
	visit(&v, "/set-up", POST("setup_code", "7kq2m-9xw4f"));
	assert_int_equal(v.status, 429);
}

struct starter {
	const char *mail;
	enum auth_state state;
};

static void *start(void *with)
{
	struct starter *s = with;
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
	struct auth_answer look = { 0 }, a = { 0 };
	if (auth_call(&cx, house.socket, &look, json_pack("{s:s}", "call", "set_up_look")) == LG_OK) {
		json_t *q = json_pack("{s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s}", "call", "set_up", "setup_code",
		                      "7kq2m-9xw4f", "template", "municipality_dk", "office", "Vinterby", "language",
		                      "da", "name", "Olena", "mail", s->mail, "password", "zebra og elefant");
		(void)json_object_set_new(q, "pending", json_string(look.pending));
		(void)json_object_set_new(q, "address", json_string(s->mail));
		/* The words of the secret are read by one thread at a time: house_code_of() is of the test's memory. */
		static pthread_mutex_t one = PTHREAD_MUTEX_INITIALIZER;
		(void)pthread_mutex_lock(&one);
		(void)json_object_set_new(q, "code", json_string(house_code_of(auth_word(&look, "secret"))));
		(void)pthread_mutex_unlock(&one);
		s->state = auth_call(&cx, house.socket, &a, q) == LG_OK ? a.state : AUTH_INVALID;
	}
	lg_arena_free(cx.mem);
	return NULL;
}

static void of_many_at_once_one_makes_the_office(void **state)
{
	(void)state;
	struct starter s[6] = { { .mail = "a@vinterby.example" }, { .mail = "b@vinterby.example" },
		                { .mail = "c@vinterby.example" }, { .mail = "d@vinterby.example" },
		                { .mail = "e@vinterby.example" }, { .mail = "f@vinterby.example" } };
	pthread_t threads[6];
	int in = 0;
	house_forget_attempts();
	for (int i = 0; i < 6; i++) assert_int_equal(pthread_create(&threads[i], NULL, start, &s[i]), 0);
	for (int i = 0; i < 6; i++) {
		(void)pthread_join(threads[i], NULL);
		in += s[i].state == AUTH_IN;
	}
	assert_int_equal(in, 1);
	assert_string_equal(house_sql("SELECT (SELECT count(*) FROM lg_ref.tenant) || ' ' || (SELECT count(*) FROM "
	                              "lg_gate.account) || ' ' || "
	                              "(SELECT count(*) FROM lg_gate.recovery)"),
	                    "1 1 8");
	assert_string_equal(house_sql("SELECT name || ' ' || kind || ' ' || languages[1] FROM lg_ref.tenant"),
	                    "Vinterby municipality da");
}

static void afterwards_the_page_is_gone(void **state)
{
	(void)state;
	struct visitor v = { 0 };
	visit(&v, "/sign-in", NULL);
	assert_int_equal(v.status, 200);
	visit(&v, "/set-up", NULL);
	assert_int_equal(v.status, 404);
	visit(&v, "/sign-in", NULL);
	visit(&v, "/set-up", POST("setup_code", "7kq2m-9xw4f"));
	assert_int_equal(v.status, 404);
}

static void the_code_is_kept_in_a_file_for_the_owner(void **state)
{
	(void)state;
	char path[] = "/tmp/lgcodeXXXXXX";
	const char *first, *second;
	struct stat st;
	assert_true(mkdtemp(path) != NULL);
	const char *file = lg_printf(house.cx.mem, "%s/code", path);
	assert_int_equal(auth_setup_code(&house.cx, &first, file), LG_OK);
	assert_int_equal(auth_setup_code(&house.cx, &second, file), LG_OK);
	assert_string_equal(first, second);
	assert_int_equal(strlen(first), 11);
	assert_int_equal(stat(file, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(truncate(file, 3), 0);
	assert_int_equal(auth_setup_code(&house.cx, &second, file), LG_OK);
	assert_int_equal(strlen(second), 11);
	assert_int_equal(auth_setup_code(&house.cx, &second, lg_printf(house.cx.mem, "%s/no/such/folder", path)),
	                 LG_FAULT);
	(void)unlink(file);
	(void)rmdir(path);
}

int main(int argc, char **argv)
{
	if (argc != 2) return 2;
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_wrong_is_told_and_nothing_is_made),
		cmocka_unit_test(guesses_of_the_code_have_to_wait),
		cmocka_unit_test(of_many_at_once_one_makes_the_office),
		cmocka_unit_test(afterwards_the_page_is_gone),
		cmocka_unit_test(the_code_is_kept_in_a_file_for_the_owner),
	};
	house_open(argv[1], true, NULL);
	visitor_open();
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	visitor_close();
	house_close();
	return failed;
}
