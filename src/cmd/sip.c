/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* The same as the service's own process (child_sip.c), alone: on another machine, or a second exchange. */
#include <pwd.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/log.h"
#include "cmd/commands.h"
#include "cmd/exchange.h"
#include "cmd/handover.h"
#include "cmd/options.h"
#include "cmd/run.h"
#include "cmd/sandbox.h"

static enum lg_err read_options(struct lg_ctx *cx, const char **config, bool *help, int argc, char **argv)
{
	const struct option_row rows[] = {
		ROW_TEXT("config", config, "FILE", "settings (else " SETTINGS_FILE ", if it is there)"),
	};
	const struct options o = { "sip",
		                   "[--config FILE]",
		                   "Register at a telephone exchange as an extension that never answers, and tell the "
		                   "service who calls, until told to stop.\n"
		                   "\"landgang serve\" does so by itself where sip_server is set; this is for another "
		                   "machine, with sip_api_url.",
		                   rows,
		                   sizeof rows / sizeof *rows,
		                   0 };
	return options_read(cx, &o, argc, argv, help);
}

/* SIGTERM and SIGINT stay pending, so that the descriptor stays readable. */
static int stop_fd(void)
{
	sigset_t stop;
	(void)sigemptyset(&stop);
	(void)sigaddset(&stop, SIGTERM);
	(void)sigaddset(&stop, SIGINT);
	(void)sigprocmask(SIG_BLOCK, &stop, NULL);
	(void)signal(SIGPIPE, SIG_IGN);
	return signalfd(-1, &stop, SFD_CLOEXEC);
}

static enum lg_err leave_root(struct lg_ctx *cx, const struct settings *s)
{
	if (geteuid() != 0) return LG_OK;
	const struct passwd *p = getpwnam(s->user);
	if (!p || p->pw_uid == 0) return lg_failf(cx, LG_INVALID, "user", "there is no user \"%s\" here", s->user);
	return sandbox_drop(cx, p->pw_uid, p->pw_gid);
}

static enum lg_err listen_there(struct lg_ctx *cx, const struct settings *s)
{
	char accounts[HANDED_ACCOUNTS] = "", secret[HANDED_SECRET] = "";
	if (!*s->sip_api_url) return lg_fail(cx, LG_INVALID, "sip_api_url", "is not set: there is nobody to tell");
	LG_TRY(exchange_read_file(cx, "sip_accounts_file", s->sip_accounts_file, accounts, sizeof accounts));
	LG_TRY(exchange_read_file(cx, "sip_client_secret_file", s->sip_client_secret_file, secret, sizeof secret));
	secret[strcspn(secret, "\r\n")] = '\0';
	const struct exchange x = {
		.settings = s, .accounts = accounts, .secret = secret, .own_url = "", .stop_fd = stop_fd()
	};
	lg_log_start("sip", (enum lg_log_level)s->log_level);
	LG_TRY(leave_root(cx, s));
	return exchange_run(cx, &x);
}

int cmd_sip(int argc, char **argv)
{
	struct lg_ctx cx;
	struct settings settings;
	const char *config = NULL;
	bool help = false;
	run_begin(&cx);
	enum lg_err err = read_options(&cx, &config, &help, argc, argv);
	if (err == LG_OK && !help) err = settings_read(&cx, &settings, config);
	if (err == LG_OK && !help) err = listen_there(&cx, &settings);
	return run_end(&cx, "sip", err);
}
