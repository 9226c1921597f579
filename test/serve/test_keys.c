/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "cmd/folder.h"
#include "cmd/keys.h"

static char scratch[] = "/tmp/landgang-keys-XXXXXX";
static struct lg_ctx cx;

static int begin(void **state)
{
	(void)state;
	cx.mem = lg_arena_new(0, NULL);
	return mkdtemp(scratch) ? 0 : -1;
}

static int end(void **state)
{
	(void)state;
	char command[200];
	(void)snprintf(command, sizeof command, "rm -rf %s", scratch);
	lg_arena_free(cx.mem);
	return system(command); /* NOLINT(cert-env33-c): a name of our own */
}

static const char *in(const char *name) { return lg_printf(cx.mem, "%s/%s", scratch, name); }

static void they_are_made_once_and_for_the_owner_alone(void **state)
{
	(void)state;
	struct keys a, b;
	struct stat st;
	char text[65];
	(void)umask(022);
	assert_int_equal(keys_open(&cx, in("x/y/keys"), &a), LG_OK);
	assert_int_equal(keys_open(&cx, in("x/y/keys"), &b), LG_OK);
	assert_memory_equal(&a, &b, sizeof a);
	assert_memory_not_equal(a.bytes[KEY_SEAL], a.bytes[KEY_FORM], KEY_BYTES);
	assert_int_equal(stat(in("x/y/keys"), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	assert_int_equal(stat(in("x/y/keys/seal.key"), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(stat(in("x"), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0755);
	key_text(text, &a, KEY_LG_WEB);
	assert_int_equal(strlen(text), 64);
	assert_string_equal(key_role(KEY_LG_WEB), "lg_web");
	assert_null(key_role(KEY_SEAL));
	keys_forget(&a);
	for (size_t i = 0; i < sizeof a; i++) assert_int_equal(((const char *)&a)[i], 0);
}

/* Folder of its own for each, with good keys in it. */
static const char *good(const char *name)
{
	struct keys k;
	const char *folder = in(name);
	assert_int_equal(keys_open(&cx, folder, &k), LG_OK);
	return folder;
}

static void refused(const char *folder, const char *words)
{
	struct keys k;
	assert_int_equal(keys_open(&cx, folder, &k), LG_INVALID);
	if (!strstr(cx.notes->text, words)) fail_msg("\"%s\" does not say \"%s\"", cx.notes->text, words);
}

static void what_others_can_read_is_refused(void **state)
{
	(void)state;
	const char *folder = good("open-file");
	assert_int_equal(chmod(lg_printf(cx.mem, "%s/form.key", folder), 0640), 0);
	refused(folder, "may be read by others");
	folder = good("open-folder");
	assert_int_equal(chmod(folder, 0750), 0);
	refused(folder, "open to others");
}

static void write_key(const char *folder, const char *text)
{
	FILE *f = fopen(lg_printf(cx.mem, "%s/seal.key", folder), "we");
	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

static void what_is_no_key_is_refused(void **state)
{
	(void)state;
	const char *folder = good("no-key");
	write_key(folder, "");
	refused(folder, "is no key");
	write_key(folder, "00\n");
	refused(folder, "is no key");
	write_key(folder, "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdeg\n");
	refused(folder, "is no key");
	write_key(folder, "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n\n");
	refused(folder, "is no key");
	write_key(folder, "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n");
	assert_string_equal(good("no-key"), folder);
}

/* Whoever comes second must not take another key than the first. */
static void those_who_start_at_once_end_with_the_same(void **state)
{
	(void)state;
	enum { MANY = 8 };
	struct keys k[MANY], last;
	int ends[2];
	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	for (int i = 0; i < MANY; i++) {
		if (fork() != 0) continue;
		bool wrong = keys_open(&cx, in("race"), &last) != LG_OK;
		wrong |= write(ends[1], &last, sizeof last) != (ssize_t)sizeof last;
		_exit(wrong);
	}
	for (int i = 0, status; i < MANY; i++) {
		assert_true(wait(&status) > 0);
		assert_int_equal(status, 0);
	}
	assert_int_equal(read(ends[0], k, sizeof k), sizeof k);
	for (int i = 1; i < MANY; i++) assert_memory_equal(&k[i], &k[0], sizeof *k);
	(void)close(ends[0]);
	(void)close(ends[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(they_are_made_once_and_for_the_owner_alone),
		cmocka_unit_test(what_others_can_read_is_refused),
		cmocka_unit_test(what_is_no_key_is_refused),
		cmocka_unit_test(those_who_start_at_once_end_with_the_same),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
