/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "cmd/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/landlock.h>
#include <sched.h>
#include <seccomp.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/log.h"
#include "cmd/parser.h"

/* A sanitizer keeps its shadow in terabytes of address space that is never touched. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

#if SANITIZED
/* Its search for leaks looks into the process as a debugger does, which is what we forbid. */
static int shut_in;
int __lsan_is_turned_off(void);
int __lsan_is_turned_off(void) { return shut_in; }
#endif

#define MIB ((rlim_t)1 << 20)
enum {
	SERVICES = SANDBOX_WEB | SANDBOX_AUTH | SANDBOX_JOBS | SANDBOX_MATCH | SANDBOX_SIP,
	ALL = SANDBOX_PARSER | SERVICES,
	SCRATCH = 16, /* may make files, where Landlock lets it */
	OUTSIDE = 32, /* may ask other machines */
};

static enum lg_err refused(struct lg_ctx *cx, const char *what, int why)
{
	return lg_failf(cx, LG_FAULT, "sandbox", "%s: %s", what, strerror(why));
}

/* --- limits */

struct bounds {
	rlim_t memory, files, cpu_s;
};

static struct bounds bounds_of(enum sandbox kind)
{
	switch (kind) {
	case SANDBOX_PARSER: return (struct bounds){ PARSER_MEMORY_MOST_MIB * MIB, 3, PARSER_CPU_MOST_S };
	case SANDBOX_AUTH: return (struct bounds){ 1024 * MIB, 1024, RLIM_INFINITY };
	case SANDBOX_JOBS: return (struct bounds){ 2048 * MIB, 256, RLIM_INFINITY };
	case SANDBOX_MATCH: return (struct bounds){ 16384 * MIB, 1024, RLIM_INFINITY };
	case SANDBOX_SIP: return (struct bounds){ 256 * MIB, 128, RLIM_INFINITY };
	case SANDBOX_WEB: break;
	}
	return (struct bounds){ 8192 * MIB, 65536 + 1024, RLIM_INFINITY };
}

static bool set_limit(__rlimit_resource_t what, rlim_t most)
{
	struct rlimit now;
	if (getrlimit(what, &now) != 0) return false;
	if (most > now.rlim_max) most = now.rlim_max;
	now = (struct rlimit){ most, most };
	return setrlimit(what, &now) == 0;
}

bool sandbox_tighten(unsigned cpu_s, unsigned memory_mib)
{
	return set_limit(RLIMIT_CPU, cpu_s) && (SANITIZED || set_limit(RLIMIT_DATA, memory_mib * MIB));
}

static enum lg_err limit(struct lg_ctx *cx, enum sandbox kind)
{
	struct bounds b = bounds_of(kind);
	(void)umask(077);
	if (prctl(PR_SET_DUMPABLE, 0) != 0 || !set_limit(RLIMIT_CORE, 0)) return refused(cx, "no core file", errno);
	if (!SANITIZED && !set_limit(RLIMIT_DATA, b.memory)) return refused(cx, "bound of memory", errno);
	if (!set_limit(RLIMIT_CPU, b.cpu_s)) return refused(cx, "bound of processor time", errno);
	if (!set_limit(RLIMIT_FSIZE, kind == SANDBOX_WEB ? 256 * MIB : 0)) return refused(cx, "bound of files", errno);
	return LG_OK;
}

/* --- files */

static const char *const readable[] = { "/usr",
	                                "/lib",
	                                "/lib64",
	                                "/bin",
	                                "/etc",
	                                "/proc",
	                                "/sys/devices/system/cpu",
	                                "/run/systemd/resolve",
	                                "/dev/null",
	                                "/dev/urandom",
	                                "/dev/random" };

static int add_rule(int rules, const char *path, uint64_t rights)
{
	struct landlock_path_beneath_attr under = { .allowed_access = rights };
	struct stat st;
	under.parent_fd = open(path, O_PATH | O_CLOEXEC);
	if (under.parent_fd < 0) return errno == ENOENT || errno == EACCES ? 0 : -1;
	if (fstat(under.parent_fd, &st) == 0 && !S_ISDIR(st.st_mode))
		under.allowed_access &= ~(uint64_t)LANDLOCK_ACCESS_FS_READ_DIR;
	int wrong = (int)syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &under, 0);
	int why = errno;
	(void)close(under.parent_fd);
	errno = why;
	return wrong;
}

static int add_paths(int rules, enum sandbox kind)
{
	const uint64_t look = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR | LANDLOCK_ACCESS_FS_EXECUTE;
	const uint64_t make = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE |
	                      LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_REMOVE_FILE;
	for (size_t i = 0; i < sizeof readable / sizeof *readable; i++)
		if (add_rule(rules, readable[i], look)) return -1;
	return kind == SANDBOX_WEB ? add_rule(rules, SANDBOX_SCRATCH, make) : 0;
}

/* All that ABI 1 can forbid, is forbidden; a parser gets no path at all. */
static enum lg_err restrict_files(struct lg_ctx *cx, enum sandbox kind, bool *done)
{
	struct landlock_ruleset_attr all = { .handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1 };
	int rules = (int)syscall(SYS_landlock_create_ruleset, &all, sizeof all, 0);
	*done = rules >= 0;
	if (rules < 0) {
		lg_log(cx, LG_LOG_WARN, "no landlock", LOG_TEXT("why", strerror(errno)));
		return LG_OK;
	}
	int wrong = kind == SANDBOX_PARSER ? 0 : add_paths(rules, kind);
	if (!wrong) wrong = (int)syscall(SYS_landlock_restrict_self, rules, 0);
	int why = errno;
	(void)close(rules);
	return wrong ? refused(cx, "Landlock", why) : LG_OK;
}

/* --- calls */

struct rule {
	int call;
	unsigned who;
	struct scmp_arg_cmp when;
	unsigned n_when;
};

static const struct rule allowed[] = {
#define A(call, who) { SCMP_SYS(call), who, { 0, SCMP_CMP_EQ, 0, 0 }, 0 },
#define EQUAL(call, who, arg, value) { SCMP_SYS(call), who, { arg, SCMP_CMP_EQ, value, 0 }, 1 },
#define MASK(call, who, arg, mask, value) { SCMP_SYS(call), who, { arg, SCMP_CMP_MASKED_EQ, mask, value }, 1 },
#define DEAD(call)
#include "cmd/sandbox.def"
#undef A
#undef EQUAL
#undef MASK
#undef DEAD
};

static const int deadly[] = {
#define A(call, who)
#define EQUAL(call, who, arg, value)
#define MASK(call, who, arg, mask, value)
#define DEAD(call) SCMP_SYS(call),
#include "cmd/sandbox.def"
#undef A
#undef EQUAL
#undef MASK
#undef DEAD
};

static int add_rules(scmp_filter_ctx filter, enum sandbox kind, unsigned who)
{
	for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++) {
		const struct rule *r = &allowed[i];
		if (!(r->who & who)) continue;
		int wrong = seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, r->call, r->n_when, &r->when);
		if (wrong) return wrong;
	}
	for (size_t i = 0; kind != SANDBOX_PARSER && i < sizeof deadly / sizeof *deadly; i++) {
		int wrong = seccomp_rule_add(filter, SCMP_ACT_KILL_PROCESS, deadly[i], 0);
		if (wrong) return wrong;
	}
	return 0;
}

/* ENOSYS and not EPERM: the C library then takes the older call that we can judge (clone for clone3). */
static enum lg_err restrict_calls(struct lg_ctx *cx, enum sandbox kind, unsigned who)
{
	scmp_filter_ctx filter = seccomp_init(kind == SANDBOX_PARSER ? SCMP_ACT_KILL_PROCESS : SCMP_ACT_ERRNO(ENOSYS));
	if (!filter) return refused(cx, "seccomp", ENOMEM);
	int wrong = seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2);
	if (!wrong) wrong = add_rules(filter, kind, who);
	if (!wrong) wrong = seccomp_load(filter);
	seccomp_release(filter);
	return wrong ? refused(cx, "seccomp", -wrong) : LG_OK;
}

enum lg_err sandbox_enter(struct lg_ctx *cx, enum sandbox kind, bool asks_outside)
{
#if SANITIZED
	shut_in = 1;
#endif
	bool landlocked;
	LG_TRY(limit(cx, kind));
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return refused(cx, "no new privileges", errno);
	LG_TRY(restrict_files(cx, kind, &landlocked)); /* takes a descriptor, of which a parser has none to spare */
	if (!set_limit(RLIMIT_NOFILE, bounds_of(kind).files)) return refused(cx, "bound of descriptors", errno);
	bool may_make = landlocked && kind == SANDBOX_WEB;
	return restrict_calls(cx, kind, (unsigned)kind | (may_make ? SCRATCH : 0) | (asks_outside ? OUTSIDE : 0));
}

enum lg_err sandbox_drop(struct lg_ctx *cx, uid_t uid, gid_t gid)
{
	if (geteuid() != 0) return LG_OK;
	if (setgroups(0, NULL) != 0 || setresgid(gid, gid, gid) != 0 || setresuid(uid, uid, uid) != 0)
		return refused(cx, "another user", errno);
	if (setuid(0) == 0) return lg_fail(cx, LG_FAULT, "sandbox", "root cannot be left");
	return LG_OK;
}
