/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "cmd/supervise.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "cmd/console.h"
#include "cmd/database.h"
#include "cmd/demonstrate.h"
#include "cmd/exchange.h"
#include "cmd/folder.h"
#include "cmd/handover.h"
#include "cmd/listen.h"
#include "cmd/notify.h"
#include "cmd/parser.h"
#include "cmd/probe.h"
#include "cmd/run.h"
#include "cmd/sandbox.h"
#include "cmd/spawn_child.h"
#include "core/auth_serve.h"
#include "store/cluster.h"

enum {
	LIVED_MS = 5000,      /* a process that lived so long may come back at once */
	PAUSE_MS = 100,       /* else it waits, */
	PAUSE_MOST_MS = 2000, /* ever longer */
	LOOK_MS = 500,        /* at a private database */
	PROBE_MS = 50,        /* between two questions whether all is there */
	END_MS =
	    10000, /* for jobs and sign-in to end by themselves; what was begun is taken up again at the next start */
	EARLY_ENDS = 20,                    /* so many before all was there once: it will not be */
	PARSERS_MOST = 2 * PARSERS_AT_ONCE, /* a web process that was killed leaves some behind */
	RUNNING = -1,
};

struct keeper {
	pid_t pid;   /* 0: not running */
	int control; /* our end of the web process's socket, or -1 */
	int64_t started_ms, again_ms;
	unsigned pause_ms;
};

struct supervisor {
	const struct settings *settings;
	struct handover hand; /* what is the same for all children */
	struct keys keys;
	struct database database;
	struct metrics *metrics;
	int metrics_fd, folder, web, metrics_listen, auth, match, signals;
	struct keeper keeper[PROCESSES];
	struct {
		pid_t pid;
		int64_t until_ms;
	} parser[PARSERS_MOST];
	struct probe probe;
	bool ready, hurry, failed;
	unsigned early_ends; /* of processes, before it was ever ready */
	int ending;          /* place in end_order, or RUNNING */
	int64_t ending_until_ms;
};

/* Telephone and pages first: whoever is being served still needs the others. */
static const enum process end_order[PROCESSES] = { PROCESS_sip, PROCESS_web, PROCESS_jobs, PROCESS_match,
	                                           PROCESS_auth };

static const enum key role_keys[PROCESSES] = {
#define P(name, key, what) key,
#include "cmd/process.def"
#undef P
};

static int64_t clock_ms(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* --- what is made once */

/* Processes of a private database's user: its socket lets in nobody else. */
static enum lg_err find_user(struct lg_ctx *cx, struct supervisor *s)
{
	s->hand.uid = geteuid();
	s->hand.gid = getegid();
	if (geteuid() != 0) return LG_OK;
	if (s->database.cluster) {
		s->hand.uid = s->database.cluster->uid;
		s->hand.gid = s->database.cluster->gid;
		return LG_OK;
	}
	const struct passwd *p = getpwnam(s->settings->user);
	if (!p) return lg_failf(cx, LG_INVALID, "user", "there is no user \"%s\" here", s->settings->user);
	if (p->pw_uid == 0) return lg_fail(cx, LG_INVALID, "user", "the service is not run as root");
	s->hand.uid = p->pw_uid;
	s->hand.gid = p->pw_gid;
	return LG_OK;
}

/* The first line of a file, for those that keep a password in one. */
static enum lg_err read_secret(struct lg_ctx *cx, const char *setting, const char *path, char out[HANDED_SECRET])
{
	if (!*path) return LG_OK;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, out, HANDED_SECRET - 1);
	int why = errno;
	if (fd >= 0) (void)close(fd);
	errno = why;
	if (n < 0) return run_errno(cx, setting, path);
	out[n] = '\0';
	out[strcspn(out, "\r\n")] = '\0';
	return *out ? LG_OK : lg_failf(cx, LG_INVALID, setting, "%s: its first line is empty", path);
}

/* A whole small file of secrets. */
static enum lg_err read_accounts(struct lg_ctx *cx, const struct settings *t, char out[HANDED_ACCOUNTS])
{
	if (!*t->sip_server) return LG_OK;
	return exchange_read_file(cx, "sip_accounts_file", t->sip_accounts_file, out, HANDED_ACCOUNTS);
}

static enum lg_err keep_text(struct lg_ctx *cx, const char *setting, char out[HANDED_TEXT], const char *text)
{
	if (strlen(text) >= HANDED_TEXT) return lg_fail(cx, LG_INVALID, setting, "is too long");
	memcpy(out, text, strlen(text) + 1);
	return LG_OK;
}

/* An IPv6 address stands in brackets there. */
static const char *own_url(struct lg_ctx *cx, const struct supervisor *s)
{
	const char *address = s->settings->listen_address;
	bool v6 = strchr(address, ':');
	return lg_printf(cx->mem, "http://%s%s%s:%llu", v6 ? "[" : "", address, v6 ? "]" : "",
	                 (unsigned long long)s->hand.port);
}

static enum lg_err open_listeners(struct lg_ctx *cx, struct supervisor *s)
{
	const struct settings *t = s->settings;
	s->hand.port = t->port;
	s->hand.metrics_port = t->metrics_port;
	LG_TRY(listen_tcp(cx, "listen_address", t->listen_address, &s->hand.port, &s->web));
	LG_TRY(listen_tcp(cx, "metrics_address", t->metrics_address, &s->hand.metrics_port, &s->metrics_listen));
	const char *url = *t->public_url ? t->public_url : own_url(cx, s);
	return keep_text(cx, "public_url", s->hand.public_url, url);
}

static enum lg_err take_signals(struct lg_ctx *cx, struct supervisor *s)
{
	sigset_t set;
	(void)sigemptyset(&set);
	(void)sigaddset(&set, SIGTERM);
	(void)sigaddset(&set, SIGINT);
	(void)sigaddset(&set, SIGHUP);
	(void)sigaddset(&set, SIGCHLD);
	(void)sigprocmask(SIG_BLOCK, &set, NULL);
	s->signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	return s->signals < 0 ? run_errno(cx, "serve", "signals") : LG_OK;
}

static enum lg_err prepare(struct lg_ctx *cx, struct supervisor *s)
{
	(void)umask(077);
	LG_TRY(read_secret(cx, "mail_secret_file", s->settings->mail_secret_file, s->hand.mail_secret));
	LG_TRY(read_secret(cx, "oidc_secret_file", s->settings->oidc_secret_file, s->hand.oidc_secret));
	LG_TRY(read_secret(cx, "sip_client_secret_file", s->settings->sip_client_secret_file, s->hand.sip_secret));
	LG_TRY(read_accounts(cx, s->settings, s->hand.sip_accounts));
	LG_TRY(folder_make(cx, s->settings->state_folder, 0755));
	LG_TRY(keys_open(cx, s->settings->keys_folder, &s->keys));
	s->metrics_fd = metrics_make(&s->metrics);
	if (s->metrics_fd < 0) return run_errno(cx, "serve", "shared counters");
	s->hand.supervisor = getpid();
	return open_listeners(cx, s);
}

/* Once it is known who the processes are. */
static enum lg_err open_folder(struct lg_ctx *cx, struct supervisor *s)
{
	LG_TRY(find_user(cx, s));
	LG_TRY(folder_open(cx, s->settings->run_folder, 0755, &s->folder));
	if ((mkdirat(s->folder, SANDBOX_SCRATCH, 0700) != 0 && errno != EEXIST) ||
	    (geteuid() == 0 &&
	     fchownat(s->folder, SANDBOX_SCRATCH, s->hand.uid, s->hand.gid, AT_SYMLINK_NOFOLLOW) != 0))
		return run_errno(cx, s->settings->run_folder, SANDBOX_SCRATCH);
	LG_TRY(listen_unix(cx, s->folder, MATCH_SOCKET, s->hand.uid, &s->match));
	return listen_unix(cx, s->folder, AUTH_SOCKET, s->hand.uid, &s->auth);
}

/* Until there is an office, whoever reads this console may make the first. */
static enum lg_err take_setup_code(struct lg_ctx *cx, struct supervisor *s)
{
	const char *path = lg_printf(cx->mem, "%s/setup-code", s->settings->state_folder), *code;
	int64_t offices = database_offices(cx, &s->database);
	if (offices > 0) (void)unlink(path);
	if (offices != 0) return LG_OK;
	LG_TRY(auth_setup_code(cx, &code, path));
	(void)snprintf(s->hand.setup_code, sizeof s->hand.setup_code, "%s", code);
	return LG_OK;
}

/* --- processes */

static void give_keys(const struct supervisor *s, enum process p, struct handover *h)
{
	h->process = p;
	if (role_keys[p] != KEYS) key_text(h->password, &s->keys, role_keys[p]);
	/* Sealed are identifiers (web), secrets of codes (auth), whom mail is addressed to (jobs). */
	h->has_seal_key = p != PROCESS_match && p != PROCESS_sip;
	if (h->has_seal_key) memcpy(h->seal_key, s->keys.bytes[KEY_SEAL], KEY_BYTES);
	h->has_form_key = p == PROCESS_web;
	if (h->has_form_key) memcpy(h->form_key, s->keys.bytes[KEY_FORM], KEY_BYTES);
	if (p != PROCESS_jobs) sodium_memzero(h->mail_secret, sizeof h->mail_secret);
	if (p == PROCESS_sip) sodium_memzero(h->database, sizeof h->database);
	if (p != PROCESS_sip) {
		sodium_memzero(h->sip_accounts, sizeof h->sip_accounts);
		sodium_memzero(h->sip_secret, sizeof h->sip_secret);
	}
	if (p == PROCESS_auth) return;
	sodium_memzero(h->oidc_secret, sizeof h->oidc_secret);
	sodium_memzero(h->setup_code, sizeof h->setup_code);
}

static pid_t start_with(struct lg_ctx *cx, struct supervisor *s, enum process p, int control)
{
	struct handover h = s->hand;
	int fds[HANDED_END - HANDED_PIPE];
	for (size_t i = 0; i < sizeof fds / sizeof *fds; i++) fds[i] = -1;
	give_keys(s, p, &h);
	int pipe_end = handover_write(cx, &h, s->settings);
	sodium_memzero(&h, sizeof h);
	if (pipe_end < 0) return -1;
	fds[HANDED_PIPE - HANDED_PIPE] = pipe_end;
	fds[HANDED_METRICS - HANDED_PIPE] = s->metrics_fd;
	fds[HANDED_FOLDER - HANDED_PIPE] = s->folder;
	if (p == PROCESS_web) {
		fds[HANDED_LISTEN - HANDED_PIPE] = s->web;
		fds[HANDED_LISTEN_METRICS - HANDED_PIPE] = s->metrics_listen;
		fds[HANDED_CONTROL - HANDED_PIPE] = control;
	} else if (p == PROCESS_auth) {
		fds[HANDED_LISTEN - HANDED_PIPE] = s->auth;
	} else if (p == PROCESS_match) {
		fds[HANDED_LISTEN - HANDED_PIPE] = s->match;
	}
	pid_t pid = spawn_child(process_name(p), fds, sizeof fds / sizeof *fds);
	(void)close(pipe_end);
	return pid;
}

static void start(struct lg_ctx *cx, struct supervisor *s, enum process p)
{
	struct keeper *k = &s->keeper[p];
	int ends[2] = { -1, -1 };
	if (p == PROCESS_web && socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
		ends[0] = ends[1] = -1;
	pid_t pid = start_with(cx, s, p, ends[1]);
	if (ends[1] >= 0) (void)close(ends[1]);
	k->control = ends[0];
	k->started_ms = clock_ms();
	k->pid = pid > 0 ? pid : 0;
	if (pid < 0) {
		lg_log(cx, LG_LOG_ERROR, "not started", LOG_TEXT("name", process_name(p)),
		       LOG_TEXT("why", strerror(errno)));
		k->again_ms = k->started_ms + PAUSE_MOST_MS;
		return;
	}
	struct metrics_process *m = &s->metrics->process[p];
	m->pid = (uint64_t)pid;
	m->since = (uint64_t)time(NULL);
	m->starts++;
	lg_log(cx, LG_LOG_INFO, "started", LOG_TEXT("name", process_name(p)), LOG_INT("child", pid));
}

static void ended(struct lg_ctx *cx, struct supervisor *s, enum process p, int status)
{
	struct keeper *k = &s->keeper[p];
	int64_t now = clock_ms();
	k->pid = 0;
	if (k->control >= 0) (void)close(k->control);
	k->control = -1;
	s->metrics->process[p].pid = 0;
	s->metrics->process[p].last_end = (uint64_t)status;
	k->pause_ms = now - k->started_ms >= LIVED_MS ? 0 : k->pause_ms ? 2 * k->pause_ms : PAUSE_MS;
	if (k->pause_ms > PAUSE_MOST_MS) k->pause_ms = PAUSE_MOST_MS;
	k->again_ms = now + k->pause_ms;
	s->early_ends += !s->ready && p != PROCESS_sip; /* pages can be without a telephone */
	lg_log(cx, s->ending == RUNNING ? LG_LOG_ERROR : LG_LOG_INFO, "ended", LOG_TEXT("name", process_name(p)),
	       LOG_INT("status", WIFEXITED(status) ? WEXITSTATUS(status) : -1),
	       LOG_INT("signal", WIFSIGNALED(status) ? WTERMSIG(status) : 0), LOG_INT("pause_ms", k->pause_ms));
}

/* Only those we know: others are the database's. */
static void reap(struct lg_ctx *cx, struct supervisor *s)
{
	int status;
	for (enum process p = 0; p < PROCESSES; p++)
		if (s->keeper[p].pid && waitpid(s->keeper[p].pid, &status, WNOHANG) > 0) ended(cx, s, p, status);
	for (size_t i = 0; i < PARSERS_MOST; i++) {
		if (!s->parser[i].pid || waitpid(s->parser[i].pid, &status, WNOHANG) <= 0) continue;
		s->parser[i].pid = 0;
		if (WIFSIGNALED(status)) s->metrics->parsers_cut++;
	}
}

/* There is not always an exchange. */
static bool is_wanted(const struct supervisor *s, enum process p)
{
	return p != PROCESS_sip || *s->settings->sip_server;
}

static void start_due(struct lg_ctx *cx, struct supervisor *s)
{
	for (enum process p = 0; p < PROCESSES && s->ending == RUNNING; p++)
		if (is_wanted(s, p) && !s->keeper[p].pid && s->keeper[p].again_ms <= clock_ms()) start(cx, s, p);
}

/* --- parsers */

static void take_parsers(struct supervisor *s)
{
	for (;;) {
		size_t i = 0;
		while (i < PARSERS_MOST && s->parser[i].pid) i++;
		pid_t pid = parser_take_request(s->keeper[PROCESS_web].control, i == PARSERS_MOST);
		if (pid < 0) return;
		if (pid == 0) continue;
		s->parser[i].pid = pid;
		s->parser[i].until_ms = clock_ms() + PARSER_WALL_MS;
		s->metrics->parsers++;
	}
}

static void cut_parsers(struct supervisor *s)
{
	for (size_t i = 0; i < PARSERS_MOST; i++)
		if (s->parser[i].pid && s->parser[i].until_ms < clock_ms()) (void)kill(s->parser[i].pid, SIGKILL);
}

/* --- the end */

static void end_next(struct lg_ctx *cx, struct supervisor *s)
{
	while (s->ending < PROCESSES && !s->keeper[end_order[s->ending]].pid) s->ending++;
	if (s->ending >= PROCESSES) return;
	enum process p = end_order[s->ending];
	int64_t ms = p == PROCESS_web ? (int64_t)s->settings->drain_s * 1000 + 1000 : END_MS;
	s->ending_until_ms = clock_ms() + ms;
	(void)kill(s->keeper[p].pid, s->hurry ? SIGKILL : SIGTERM);
	lg_log(cx, LG_LOG_INFO, "ending", LOG_TEXT("name", process_name(p)));
}

static void stop(struct lg_ctx *cx, struct supervisor *s, int signal)
{
	bool again = s->ending != RUNNING;
	lg_log(cx, LG_LOG_INFO, "stopping", LOG_INT("signal", signal), LOG_TEXT("how", again ? "at once" : "in order"));
	s->hurry = s->hurry || again;
	if (!again) {
		notify_system("STOPPING=1");
		s->metrics->draining = 1;
		probe_end(&s->probe);
		s->ending = 0;
		end_next(cx, s);
		return;
	}
	for (enum process p = 0; p < PROCESSES; p++)
		if (s->keeper[p].pid) (void)kill(s->keeper[p].pid, SIGKILL);
}

static void go_on_ending(struct lg_ctx *cx, struct supervisor *s)
{
	if (s->ending == RUNNING || s->ending >= PROCESSES) return;
	enum process p = end_order[s->ending];
	if (!s->keeper[p].pid) {
		end_next(cx, s);
	} else if (s->ending_until_ms < clock_ms()) {
		lg_log(cx, LG_LOG_WARN, "does not end", LOG_TEXT("name", process_name(p)));
		(void)kill(s->keeper[p].pid, SIGKILL);
		s->ending_until_ms = INT64_MAX;
	}
}

/* --- events */

static void take_signal(struct lg_ctx *cx, struct supervisor *s)
{
	struct signalfd_siginfo got;
	while (read(s->signals, &got, sizeof got) == (ssize_t)sizeof got)
		if (got.ssi_signo != SIGCHLD) stop(cx, s, (int)got.ssi_signo);
	reap(cx, s);
}

static void say_ready(struct lg_ctx *cx, struct supervisor *s)
{
	s->ready = true;
	(void)printf("ready: %s/\n", own_url(cx, s));
	if (*s->hand.setup_code)
		(void)printf("There is no office yet. Make the first at %s/set-up with the code %s\n",
		             s->hand.public_url, s->hand.setup_code);
	demonstrate_say(s->settings);
	(void)fflush(stdout);
	notify_system("READY=1");
	lg_log(cx, LG_LOG_INFO, "ready", LOG_INT("port", (int64_t)s->hand.port),
	       LOG_INT("metrics_port", (int64_t)s->hand.metrics_port));
}

static void look_ready(struct lg_ctx *cx, struct supervisor *s)
{
	if (s->ready || s->ending != RUNNING) return;
	if (probe_ask(&s->probe, clock_ms())) say_ready(cx, s);
}

/* What cannot start is not started for ever: whoever waits for it is told. */
static void give_up(struct lg_ctx *cx, struct supervisor *s)
{
	if (s->ready || s->ending != RUNNING || s->early_ends < EARLY_ENDS) return;
	s->failed = true;
	stop(cx, s, 0);
}

static int pause_until(const struct supervisor *s)
{
	int64_t now = clock_ms(), next = now + LOOK_MS;
	for (enum process p = 0; p < PROCESSES && s->ending == RUNNING; p++)
		if (is_wanted(s, p) && !s->keeper[p].pid && s->keeper[p].again_ms < next) next = s->keeper[p].again_ms;
	if (!s->ready && s->ending == RUNNING && next > now + PROBE_MS) next = now + PROBE_MS;
	return next < now ? 0 : (int)(next - now);
}

static void turn(struct lg_ctx *cx, struct supervisor *s)
{
	struct pollfd there[] = {
		{ .fd = s->signals, .events = POLLIN },
		{ .fd = s->keeper[PROCESS_web].control, .events = POLLIN },
		{ .fd = probe_fd(&s->probe), .events = POLLIN },
	};
	(void)poll(there, sizeof there / sizeof *there, pause_until(s));
	if (there[0].revents) take_signal(cx, s);
	if (there[1].revents && s->keeper[PROCESS_web].control >= 0) take_parsers(s);
	cut_parsers(s);
	database_watch(cx, &s->database, clock_ms());
	s->metrics->database_starts = s->database.starts;
	start_due(cx, s);
	look_ready(cx, s);
	give_up(cx, s);
	go_on_ending(cx, s);
}

/* Each turn has its memory to itself. */
static void keep_alive(struct supervisor *s)
{
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
	while (s->ending < PROCESSES) {
		cx.now = (int64_t)time(NULL);
		cx.notes = NULL;
		turn(&cx, s);
		lg_arena_reset(cx.mem);
	}
	lg_arena_free(cx.mem);
}

static enum lg_err get_ready(struct lg_ctx *cx, struct supervisor *s)
{
	LG_TRY(prepare(cx, s));
	LG_TRY(database_start(cx, &s->database, s->settings, &s->keys));
	if (run_stopped()) return lg_fail(cx, RUN_STOPPED, "", "stopped before it was ready");
	s->hand.schema = s->database.schema;
	LG_TRY(keep_text(cx, "database_url", s->hand.database, s->database.conninfo));
	LG_TRY(open_folder(cx, s));
	LG_TRY(demonstrate(cx, &s->database));
	LG_TRY(take_setup_code(cx, s));
	LG_TRY(console_note(cx, s->settings, s->hand.database, s->hand.public_url));
	return take_signals(cx, s);
}

enum lg_err supervise(struct lg_ctx *cx, const struct settings *settings)
{
	struct supervisor s = { .settings = settings,
		                .metrics_fd = -1,
		                .web = -1,
		                .metrics_listen = -1,
		                .auth = -1,
		                .match = -1,
		                .folder = -1,
		                .signals = -1,
		                .ending = RUNNING };
	for (enum process p = 0; p < PROCESSES; p++) s.keeper[p].control = -1;
	lg_log_start("supervisor", (enum lg_log_level)settings->log_level);
	enum lg_err err = get_ready(cx, &s);
	if (err == LG_OK) {
		probe_begin(&s.probe, s.metrics_listen);
		keep_alive(&s);
	}
	if (s.failed) err = lg_fail(cx, LG_FAULT, "", "its processes do not start; the log says why");
	database_stop(&s.database);
	keys_forget(&s.keys);
	sodium_memzero(&s.hand, sizeof s.hand);
	return err; /* what is open ends with the process */
}
