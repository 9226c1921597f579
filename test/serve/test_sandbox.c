/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "cmd/sandbox.h"

/* What somebody tries who has taken over a service. @return 0: it worked */
typedef int attempt(void);

static const enum sandbox services[] = { SANDBOX_WEB, SANDBOX_AUTH, SANDBOX_JOBS, SANDBOX_MATCH, SANDBOX_SIP };
static char scratch[] = "/tmp/landgang-sandbox-XXXXXX", secret[100];

/* In a child, behind the sandbox: its wait status. Sandboxes cannot be left. */
static bool asks_outside = true;
static int behind(enum sandbox kind, attempt *what)
{
	int status;
	pid_t pid = fork();
	if (pid == 0) {
		struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
		if (sandbox_enter(&cx, kind, asks_outside) != LG_OK) _exit(99);
		_exit(what());
	}
	assert_true(pid > 0);
	assert_true(waitpid(pid, &status, 0) == pid);
	return status;
}

static void ends(attempt *what)
{
	for (size_t i = 0; i < sizeof services / sizeof *services; i++) {
		int status = behind(services[i], what);
		if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGSYS)
			fail_msg("service %zu: status %x", i, (unsigned)status);
	}
}

/* It goes wrong, but the process lives. */
static void fails(attempt *what)
{
	for (size_t i = 0; i < sizeof services / sizeof *services; i++) {
		int status = behind(services[i], what);
		if (!WIFEXITED(status) || WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == 99)
			fail_msg("service %zu: status %x", i, (unsigned)status);
	}
}

static void works(attempt *what)
{
	for (size_t i = 0; i < sizeof services / sizeof *services; i++)
		if (behind(services[i], what) != 0) fail_msg("service %zu", i);
}

static int starts_a_program(void) { return execl("/bin/true", "true", (char *)NULL); }
static int traces(void) { return (int)ptrace(PTRACE_ATTACH, getppid(), NULL, NULL); }
static int becomes_root(void) { return setresuid(0, 0, 0); }
static int forks(void) { return syscall(SYS_fork) < 0; }
static int listens(void) { return listen(0, 1); }
static int leaves_the_namespace(void) { return (int)syscall(SYS_unshare, 0); }

static void programs_and_other_identities_end_it(void **state)
{
	(void)state;
	ends(starts_a_program);
	ends(forks);
	ends(traces);
	ends(becomes_root);
	ends(listens);
	ends(leaves_the_namespace);
}

static int copies_itself(void) { return syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0) < 0; }
static int writes_a_file(void) { return open("/tmp/landgang-sandbox-x", O_WRONLY | O_CREAT | O_CLOEXEC, 0600) < 0; }
static int cuts_a_file(void) { return truncate(secret, 0); }
static int removes_a_file(void) { return unlink(secret); }
static int opens_a_raw_socket(void) { return socket(AF_PACKET, SOCK_RAW, 0) < 0; }
static int kills_another(void) { return kill(getppid(), SIGWINCH); }
static int makes_code(void)
{
	return mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED;
}
static int turns_data_into_code(void)
{
	void *at = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	return at == MAP_FAILED || mprotect(at, 4096, PROT_READ | PROT_EXEC);
}
static int raises_a_limit(void)
{
	struct rlimit more = { 100000, 100000 };
	return setrlimit(RLIMIT_NOFILE, &more);
}

static void files_sockets_and_code_are_refused(void **state)
{
	(void)state;
	fails(copies_itself);
	fails(writes_a_file);
	fails(cuts_a_file);
	fails(removes_a_file);
	fails(opens_a_raw_socket);
	fails(kills_another);
	fails(makes_code);
	fails(turns_data_into_code);
	fails(raises_a_limit);
}

static int asks_another_machine(void) { return socket(AF_INET, SOCK_STREAM, 0) < 0; }

static void who_has_nobody_to_ask_asks_nobody(void **state)
{
	(void)state;
	asks_outside = false;
	fails(asks_another_machine);
	asks_outside = true;
	works(asks_another_machine);
}

static int reads_the_key(void) { return open(secret, O_RDONLY | O_CLOEXEC) < 0; }

/* Its own user may read it: only Landlock stands between. */
static void keys_cannot_be_read(void **state)
{
	(void)state;
	if (syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION) < 0) skip();
	assert_int_equal(reads_the_key(), 0);
	fails(reads_the_key);
}

static int makes_a_spreadsheet(void)
{
	int fd = open("tmp/x", O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	return fd < 0 || write(fd, "x", 1) != 1 || unlink("tmp/x") || memfd_create("x", MFD_CLOEXEC) < 0;
}

/* Only web, and only there. */
static void web_has_a_folder_for_what_it_sends(void **state)
{
	(void)state;
	assert_int_equal(chdir(scratch), 0);
	assert_int_equal(mkdir("tmp", 0700), 0);
	if (syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION) < 0) skip();
	assert_int_equal(behind(SANDBOX_WEB, makes_a_spreadsheet), 0);
	assert_int_not_equal(behind(SANDBOX_JOBS, makes_a_spreadsheet), 0);
	assert_int_not_equal(behind(SANDBOX_AUTH, makes_a_spreadsheet), 0);
	assert_int_equal(chdir("/"), 0);
}

static void *in_a_thread(void *arg) { return arg; }
static int works_as_it_should(void)
{
	pthread_t t;
	int ends_of[2], file = open("/etc/passwd", O_RDONLY | O_CLOEXEC);
	char *much = malloc(20 << 20);
	if (!much || file < 0 || socketpair(AF_UNIX, SOCK_STREAM, 0, ends_of) != 0) return 1;
	memset(much, 1, 20 << 20);
	if (pthread_create(&t, NULL, in_a_thread, much) != 0 || pthread_join(t, NULL) != 0) return 2;
	if (socket(AF_INET, SOCK_STREAM, 0) < 0) return 3;
	struct rlimit core;
	return getrlimit(RLIMIT_CORE, &core) != 0 || core.rlim_max != 0;
}

static void what_a_service_needs_works(void **state)
{
	(void)state;
	works(works_as_it_should);
}

static void who_left_root_does_not_come_back(void **state)
{
	(void)state;
	if (geteuid() != 0) skip();
	int status;
	pid_t pid = fork();
	if (pid == 0) {
		struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
		bool wrong = sandbox_drop(&cx, 65534, 65534) != LG_OK;
		uid_t r, e, s;
		wrong |= getresuid(&r, &e, &s) != 0 || r != 65534 || e != 65534 || s != 65534;
		wrong |= setuid(0) == 0 || open("/etc/shadow", O_RDONLY | O_CLOEXEC) >= 0;
		_exit(wrong);
	}
	assert_true(waitpid(pid, &status, 0) == pid);
	assert_int_equal(status, 0);
}

/* Whose own work the filters would refuse. */
static bool is_emulated(void)
{
	const char *preloaded = getenv("LD_PRELOAD");
	return preloaded && strstr(preloaded, "vgpreload");
}

static int begin(void **state)
{
	(void)state;
	if (!mkdtemp(scratch)) return -1;
	(void)snprintf(secret, sizeof secret, "%s/seal.key", scratch);
	FILE *f = fopen(secret, "we");
	return !f || fputs("key\n", f) < 0 || fclose(f) != 0;
}

static int end(void **state)
{
	(void)state;
	char folder[120];
	(void)snprintf(folder, sizeof folder, "%s/tmp", scratch);
	return unlink(secret) != 0 || rmdir(folder) != 0 || rmdir(scratch) != 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(programs_and_other_identities_end_it),
		cmocka_unit_test(files_sockets_and_code_are_refused),
		cmocka_unit_test(who_has_nobody_to_ask_asks_nobody),
		cmocka_unit_test(keys_cannot_be_read),
		cmocka_unit_test(web_has_a_folder_for_what_it_sends),
		cmocka_unit_test(what_a_service_needs_works),
		cmocka_unit_test(who_left_root_does_not_come_back),
	};
	if (is_emulated()) {
		(void)puts("1..0 # SKIP valgrind cannot work behind a filter of calls");
		return 0;
	}
	return cmocka_run_group_tests(tests, begin, end);
}
