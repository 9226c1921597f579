/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "store/cluster.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"

enum {
	SOCKET_PATH_MAX = 107,
	SOCKET_NAME_LEN = 14, /* "/.s.PGSQL.5432" */
	START_MS = 60000,     /* recovery after a crash may take its time */
	STOP_MS = 30000,
	LOG_MAX = 10000000,
	PASSWORD_BYTES = 24,
};
static const char bin[] = "/usr/lib/postgresql/15/bin";
static const char far_dir[] = "/var/lib/landgang/trial";

/* --- small things */

static int64_t now_ms(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * (int64_t)1000 + t.tv_nsec / 1000000;
}

static void pause_ms(int ms) { (void)nanosleep(&(struct timespec){ .tv_nsec = ms * 1000000L }, NULL); }

static const char *in_dir(struct lg_ctx *cx, const char *dir, const char *name)
{
	return lg_printf(cx->mem, "%s/%s", dir, name);
}

/* A value of a connection string. */
static const char *quoted(struct lg_ctx *cx, const char *s)
{
	char *out = lg_alloc(cx->mem, 2 * strlen(s) + 3), *p = out;
	*p++ = '\'';
	for (; *s; s++) {
		if (*s == '\'' || *s == '\\') *p++ = '\\';
		*p++ = *s;
	}
	*p = '\'';
	return out;
}

static enum lg_err no_folder(struct lg_ctx *cx, const char *path)
{
	return lg_failf(cx, LG_FAULT, "database", "%s cannot be made: %s", path, strerror(errno));
}

/* A folder, and those above it; the last of this mode and owner. */
static enum lg_err make_folder(struct lg_ctx *cx, const char *path, mode_t mode, uid_t uid, gid_t gid)
{
	char *copy = lg_strdup(cx->mem, path);
	for (char *p = copy + 1; *p; p++) {
		if (*p != '/') continue;
		*p = '\0';
		bool made = mkdir(copy, 0755) == 0;
		if (!made && errno != EEXIST) return no_folder(cx, copy);
		if (made && chmod(copy, 0755))
			return no_folder(cx, copy); /* whatever the umask: another user passes here */
		*p = '/';
	}
	if (mkdir(path, mode) && errno != EEXIST) return no_folder(cx, path);
	struct stat st;
	if (lstat(path, &st) || !S_ISDIR(st.st_mode)) return no_folder(cx, path);
	if (geteuid() == 0 && st.st_uid != uid && chown(path, uid, gid)) return no_folder(cx, path);
	if (chmod(path, mode)) return no_folder(cx, path);
	return LG_OK;
}

/* --- who it runs as, and where */

static enum lg_err find_user(struct lg_ctx *cx, struct cluster *c)
{
	static const char *const names[] = { "landgang", "postgres" };
	struct passwd *found = NULL;
	if (geteuid() != 0) found = getpwuid(geteuid());
	for (size_t i = 0; geteuid() == 0 && !found && i < sizeof names / sizeof *names; i++)
		found = getpwnam(names[i]);
	if (found && found->pw_uid == 0) found = NULL;
	if (!found)
		return lg_fail(cx, LG_INVALID, "database",
		               "PostgreSQL does not run as root, and there is no user landgang or postgres; make one: "
		               "useradd --system "
		               "landgang");
	c->user = lg_strdup(cx->mem, found->pw_name);
	c->uid = found->pw_uid;
	c->gid = found->pw_gid;
	return LG_OK;
}

static enum lg_err find_programs(struct lg_ctx *cx)
{
	static const char *const needed[] = { "initdb", "postgres" };
	for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
		if (access(in_dir(cx, bin, needed[i]), X_OK))
			return lg_failf(cx, LG_INVALID, "database",
			                "PostgreSQL 15 is not installed (%s/%s is missing): apt-get install "
			                "postgresql-15; or set DATABASE_URL",
			                bin, needed[i]);
	return LG_OK;
}

/* Only what the child may do counts; for good, or not at all. */
static void become(const struct cluster *c)
{
	if (geteuid() != 0) return;
	if (setgroups(0, NULL) || setgid(c->gid) || setuid(c->uid) || geteuid() == 0 || !setuid(0)) _exit(126);
}

static int wait_for(pid_t pid)
{
	int status;
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR) return -1;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* May that user go there? The folders above decide. */
static bool may_reach(const struct cluster *c, const char *dir)
{
	if (geteuid() != 0) return true;
	pid_t pid = fork();
	if (pid == 0) {
		become(c);
		_exit(chdir(dir) ? 1 : 0);
	}
	return pid > 0 && wait_for(pid) == 0;
}

static uint64_t hash_of(const char *s)
{
	uint64_t hash = 0xcbf29ce484222325; /* FNV-1a */
	for (; *s; s++) hash = (hash ^ (unsigned char)*s) * 0x100000001b3;
	return hash;
}

static enum lg_err find_dir(struct lg_ctx *cx, struct cluster *c, const char *dir)
{
	LG_TRY(make_folder(cx, dir, 0711, geteuid(), getegid()));
	char *real = realpath(dir, NULL);
	if (!real) return no_folder(cx, dir);
	c->dir = lg_strdup(cx->mem, real);
	free(real);
	if (may_reach(c, c->dir)) return LG_OK;
	c->dir = lg_printf(cx->mem, "%s/%016llx", far_dir, (unsigned long long)hash_of(c->dir));
	LG_TRY(make_folder(cx, c->dir, 0711, 0, 0));
	if (!may_reach(c, c->dir))
		return lg_failf(cx, LG_INVALID, "database", "The user %s cannot enter %s, nor %s", c->user, dir,
		                c->dir);
	return LG_OK;
}

static enum lg_err lock_dir(struct lg_ctx *cx, struct cluster *c)
{
	c->lock = open(in_dir(cx, c->dir, "lock"), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (c->lock < 0) return no_folder(cx, in_dir(cx, c->dir, "lock"));
	if (flock(c->lock, LOCK_EX | LOCK_NB) == 0) return LG_OK;
	(void)close(c->lock);
	c->lock = -1;
	return lg_failf(cx, LG_CONFLICT, "database",
	                "Another landgang runs on %s. Stop it first, or use another folder.", c->dir);
}

static enum lg_err make_socket_folder(struct lg_ctx *cx, struct cluster *c)
{
	c->socket = in_dir(cx, c->dir, "run");
	bool fits = strlen(c->socket) + SOCKET_NAME_LEN <= SOCKET_PATH_MAX;
	if (fits && !strchr(c->socket, ',')) /* for libpq a comma begins another host */
		return make_folder(cx, c->socket, 0700, c->uid, c->gid);
	char *path = lg_strdup(cx->mem, "/tmp/landgang-XXXXXX");
	if (!mkdtemp(path)) return no_folder(cx, path);
	c->socket = path;
	c->socket_is_own = true;
	if (geteuid() == 0 && chown(path, c->uid, c->gid)) return no_folder(cx, path);
	return LG_OK;
}

/* --- the superuser's password */

static enum lg_err write_secret(struct lg_ctx *cx, const char *path, const char *word)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	size_t n = strlen(word);
	if (fd < 0) return no_folder(cx, path);
	bool good = write(fd, word, n) == (ssize_t)n && fsync(fd) == 0;
	return (close(fd) || !good) ? no_folder(cx, path) : LG_OK;
}

static const char *new_password(struct lg_ctx *cx)
{
	uint8_t raw[PASSWORD_BYTES];
	char *out = lg_alloc(cx->mem, 2 * sizeof raw + 1);
	lg_assert(getrandom(raw, sizeof raw, 0) == (ssize_t)sizeof raw);
	for (size_t i = 0; i < sizeof raw; i++) (void)snprintf(out + 2 * i, 3, "%02x", raw[i]);
	return out;
}

static enum lg_err read_password(struct lg_ctx *cx, struct cluster *c)
{
	const char *path = in_dir(cx, c->dir, "superuser");
	char word[2 * PASSWORD_BYTES + 1] = "";
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	ssize_t n = fd < 0 ? -1 : read(fd, word, sizeof word - 1);
	if (fd >= 0) (void)close(fd);
	if (n != 2 * PASSWORD_BYTES || strspn(word, "0123456789abcdef") != (size_t)n)
		return lg_failf(cx, LG_FAULT, "database",
		                "%s is lost or damaged: without it nobody gets into this cluster", path);
	c->conninfo =
	    lg_printf(cx->mem, "host=%s dbname=landgang requirepeer=%s", quoted(cx, c->socket), quoted(cx, c->user));
	c->super_conninfo = lg_printf(cx->mem, "%s user=postgres password=%s", c->conninfo, word);
	return LG_OK;
}

/* --- running its programs */

/* In the child: nothing of ours goes with it, neither files nor environment. */
static _Noreturn void run_program(const struct cluster *c, const char *const *args, int out)
{
	static const char *const environment[] = { "PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "TZ=UTC", NULL };
	int none = open("/dev/null", O_RDONLY);
	(void)setsid();
	(void)umask(077);
	sigset_t all;
	(void)sigemptyset(&all);
	(void)sigprocmask(SIG_SETMASK, &all, NULL);
	if (none < 0 || dup2(none, 0) < 0 || dup2(out, 1) < 0 || dup2(out, 2) < 0) _exit(126);
	(void)close_range(3, ~0U, 0);
	become(c);
	(void)execve(args[0], (char *const *)(const void *)args, (char *const *)(const void *)environment);
	_exit(127);
}

/* What it says goes to DIR/log; one that has become large is put aside. */
static int open_log(struct lg_ctx *cx, const struct cluster *c)
{
	const char *path = in_dir(cx, c->dir, "log");
	struct stat st;
	if (stat(path, &st) == 0 && st.st_size > LOG_MAX) (void)rename(path, in_dir(cx, c->dir, "log.1"));
	return open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
}

/* The last of what it said, for the note. */
static const char *log_tail(struct lg_ctx *cx, const struct cluster *c)
{
	char text[600] = "";
	int fd = open(in_dir(cx, c->dir, "log"), O_RDONLY | O_CLOEXEC);
	if (fd < 0) return "";
	off_t size = lseek(fd, 0, SEEK_END);
	ssize_t n = pread(fd, text, sizeof text - 1, size > 500 ? size - 500 : 0);
	(void)close(fd);
	return lg_strndup(cx->mem, text, n > 0 ? (size_t)n : 0);
}

static enum lg_err init_failed(struct lg_ctx *cx, const struct cluster *c)
{
	return lg_failf(cx, LG_FAULT, "database", "PostgreSQL could not make its cluster in %s; it says: %s", c->dir,
	                log_tail(cx, c));
}

static int run_initdb(struct lg_ctx *cx, const struct cluster *c, const char *data, const char *pwfile)
{
	int out = open_log(cx, c);
	if (out < 0) return -1;
	const char *const args[] = { in_dir(cx, bin, "initdb"),
		                     "-D",
		                     data,
		                     "-U",
		                     "postgres",
		                     "-E",
		                     "UTF8",
		                     "--locale=C.UTF-8",
		                     "-A",
		                     "scram-sha-256",
		                     lg_printf(cx->mem, "--pwfile=%s", pwfile),
		                     NULL };
	pid_t pid = fork();
	if (pid == 0) run_program(c, args, out);
	(void)close(out);
	return pid < 0 ? -1 : wait_for(pid);
}

/* Remove a folder and what is in it: the half of a cluster that a crash left behind. */
static void remove_tree(struct lg_ctx *cx, const struct cluster *c, const char *path)
{
	const char *const args[] = { "/bin/rm", "-rf", "--", path, NULL };
	int out = open_log(cx, c);
	pid_t pid = out < 0 ? -1 : fork();
	if (pid == 0) run_program(c, args, out);
	if (out >= 0) (void)close(out);
	if (pid > 0) (void)wait_for(pid);
}

static enum lg_err write_hba(struct lg_ctx *cx, const char *data)
{
	const char *path = in_dir(cx, data, "pg_hba.conf");
	FILE *f = fopen(path, "we");
	if (!f) return no_folder(cx, path);
	bool good = fputs("local all all scram-sha-256\n", f) >= 0;
	return (fclose(f) || !good) ? no_folder(cx, path) : LG_OK;
}

/*
 * A new cluster, made beside its place and then moved there, so that one which is there is whole. It is made in a
 * folder of the user's own (`making`), because DIR is not his to write.
 */
static enum lg_err make_cluster(struct lg_ctx *cx, struct cluster *c)
{
	const char *making = in_dir(cx, c->dir, "making"), *data = in_dir(cx, making, "data"),
	           *pwfile = in_dir(cx, making, "word");
	const char *secret = in_dir(cx, c->dir, "superuser"), *word = new_password(cx);
	remove_tree(cx, c, data);
	(void)unlink(pwfile);
	(void)unlink(secret);
	LG_TRY(make_folder(cx, making, 0700, c->uid, c->gid));
	LG_TRY(write_secret(cx, secret, word));
	LG_TRY(write_secret(cx, pwfile, word));
	if (geteuid() == 0 && chown(pwfile, c->uid, c->gid)) return no_folder(cx, pwfile);
	int status = run_initdb(cx, c, data, pwfile);
	(void)unlink(pwfile);
	if (status != 0) return init_failed(cx, c);
	LG_TRY(write_hba(cx, data));
	if (rename(data, in_dir(cx, c->dir, "data"))) return no_folder(cx, data);
	(void)rmdir(making);
	c->fresh = true;
	return LG_OK;
}

/* --- the server */

static enum lg_err launch(struct lg_ctx *cx, struct cluster *c, unsigned max_connections)
{
	/* No statement and no value goes to its log: both may be a person's. What failed, our own log tells by
	 * SQLSTATE. */
	const char *const args[] = { in_dir(cx, bin, "postgres"),
		                     "-D",
		                     in_dir(cx, c->dir, "data"),
		                     "-k",
		                     c->socket,
		                     "-c",
		                     "listen_addresses=",
		                     "-c",
		                     "unix_socket_permissions=0700",
		                     "-c",
		                     lg_printf(cx->mem, "max_connections=%u", max_connections),
		                     "-c",
		                     "log_min_messages=log",
		                     "-c",
		                     "log_min_error_statement=panic",
		                     "-c",
		                     "log_error_verbosity=terse",
		                     "-c",
		                     "log_statement=none",
		                     "-c",
		                     "log_min_duration_statement=-1",
		                     "-c",
		                     "logging_collector=off",
		                     "-c",
		                     "log_timezone=UTC",
		                     "-c",
		                     "jit=off",
		                     "-c",
		                     "password_encryption=scram-sha-256",
		                     NULL };
	int out = open_log(cx, c);
	if (out < 0) return no_folder(cx, in_dir(cx, c->dir, "log"));
	pid_t parent = getpid();
	c->pid = fork();
	if (c->pid == 0) {
		/* A parent that is killed takes it along. Not before become(), which would undo it. */
		become(c);
		(void)prctl(PR_SET_PDEATHSIG, SIGINT);
		if (getppid() != parent) _exit(0);
		run_program(c, args, out);
	}
	(void)close(out);
	return c->pid < 0 ? lg_fail(cx, LG_FAULT, "database", "There is no room for another process.") : LG_OK;
}

/* Reaped by us, or by the caller who waits for all his children. */
static bool has_ended(pid_t pid)
{
	pid_t got = waitpid(pid, NULL, WNOHANG);
	return got == pid || (got < 0 && errno == ECHILD && kill(pid, 0) && errno == ESRCH);
}

/* Is it ours, not one that is about to end? */
static bool is_ours(struct lg_ctx *cx, const struct cluster *c)
{
	char text[16] = "";
	int fd = open(in_dir(cx, c->dir, "data/postmaster.pid"), O_RDONLY | O_CLOEXEC);
	if (fd < 0) return false;
	(void)!read(fd, text, sizeof text - 1);
	(void)close(fd);
	return strtol(text, NULL, 10) == c->pid;
}

static bool answers(struct lg_ctx *cx, const struct cluster *c)
{
	const char *where = lg_printf(cx->mem, "host=%s dbname=postgres connect_timeout=2", quoted(cx, c->socket));
	return is_ours(cx, c) && PQping(where) == PQPING_OK;
}

/* After a kill -9 its children live on for a moment, and no other server starts before they are gone: try again. */
static enum lg_err wait_ready(struct lg_ctx *cx, struct cluster *c, unsigned max_connections)
{
	int64_t until = now_ms() + START_MS, tries_until = now_ms() + 15000;
	for (;;) {
		if (has_ended(c->pid)) {
			c->pid = 0;
			if (now_ms() > tries_until)
				return lg_failf(cx, LG_FAULT, "database",
				                "PostgreSQL does not start in %s; it says: %s", c->dir,
				                log_tail(cx, c));
			pause_ms(200);
			LG_TRY(launch(cx, c, max_connections));
		}
		if (answers(cx, c)) return LG_OK;
		if (now_ms() > until)
			return lg_failf(cx, LG_FAULT, "database", "PostgreSQL does not answer in %s", c->dir);
		pause_ms(20);
	}
}

/* The database itself, in a new cluster or in one whose maker was interrupted before. */
static enum lg_err make_database(struct lg_ctx *cx, const struct cluster *c)
{
	PGconn *pq = PQconnectdb(lg_printf(cx->mem, "%s dbname=postgres connect_timeout=10", c->super_conninfo));
	PGresult *res = PQexec(pq, "SELECT 1 FROM pg_database WHERE datname = 'landgang'");
	bool good = PQresultStatus(res) == PGRES_TUPLES_OK;
	if (good && PQntuples(res) == 0) {
		PQclear(res);
		res = PQexec(pq, "CREATE DATABASE landgang");
		good = PQresultStatus(res) == PGRES_COMMAND_OK;
	}
	enum lg_err err = good ? LG_OK : lg_failf(cx, LG_FAULT, "database", "%s", PQerrorMessage(pq));
	PQclear(res);
	PQfinish(pq);
	return err;
}

static enum lg_err bring_up(struct lg_ctx *cx, struct cluster *c)
{
	LG_TRY(launch(cx, c, c->max_connections));
	LG_TRY(wait_ready(cx, c, c->max_connections));
	return make_database(cx, c);
}

static enum lg_err start(struct lg_ctx *cx, const char *dir, struct cluster *c)
{
	LG_TRY(find_programs(cx));
	LG_TRY(find_user(cx, c));
	LG_TRY(find_dir(cx, c, dir));
	LG_TRY(lock_dir(cx, c));
	LG_TRY(make_socket_folder(cx, c));
	if (access(in_dir(cx, c->dir, "data/PG_VERSION"), F_OK)) LG_TRY(make_cluster(cx, c));
	LG_TRY(read_password(cx, c));
	return bring_up(cx, c);
}

enum lg_err cluster_start(struct lg_ctx *cx, const char *dir, unsigned max_connections, struct cluster *out)
{
	int64_t begun = now_ms();
	*out = (struct cluster){ .lock = -1, .max_connections = max_connections };
	enum lg_err err = start(cx, dir, out);
	if (err)
		cluster_stop(out);
	else
		lg_log(cx, LG_LOG_INFO, "trial cluster started", LOG_TEXT("dir", out->dir),
		       LOG_INT("fresh", out->fresh), LOG_INT("ms", now_ms() - begun));
	return err;
}

enum lg_err cluster_again(struct lg_ctx *cx, struct cluster *c)
{
	if (c->pid > 0) (void)waitpid(c->pid, NULL, WNOHANG);
	c->pid = 0;
	return bring_up(cx, c);
}

static bool ended_within(pid_t pid, int ms)
{
	int64_t until = now_ms() + ms;
	while (!has_ended(pid)) {
		if (now_ms() > until) return false;
		pause_ms(10);
	}
	return true;
}

void cluster_stop(struct cluster *c)
{
	static const int signals[] = { SIGINT, SIGQUIT, SIGKILL }; /* fast, immediate, and what is left */
	for (size_t i = 0; c->pid > 0 && i < sizeof signals / sizeof *signals; i++) {
		(void)kill(c->pid, signals[i]);
		if (ended_within(c->pid, i ? STOP_MS / 2 : STOP_MS)) c->pid = 0;
	}
	if (c->socket_is_own) (void)rmdir(c->socket);
	if (c->lock >= 0) (void)close(c->lock);
	c->socket_is_own = false;
	c->lock = -1;
}
