/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <string.h>

#include "cmd/commands.h"
#include "cmd/handover.h"
#include "cmd/options.h"
#include "cmd/parser.h"
#include "cmd/run.h"
#include "cmd/settings.h"
#include "cmd/supervise.h"

struct serve {
	const char *config, *child, *kind;
	bool help;
};

static enum lg_err read_options(struct lg_ctx *cx, struct serve *s, int argc, char **argv)
{
	const struct option_row rows[] = {
		ROW_TEXT("config", &s->config, "FILE", "settings (else " SETTINGS_FILE ", if it is there)"),
		ROW_TEXT("child", &s->child, "NAME", "for the service itself: be one of its processes"),
		ROW_TEXT("kind", &s->kind, "NAME", "for the service itself: what a parser reads"),
	};
	const struct options o = { "serve",
		                   "[--config FILE]",
		                   "Run the service until it is told to stop (Ctrl-C, SIGTERM; a second time: at "
		                   "once). Prints \"ready: URL\" when\n"
		                   "pages are served and the database is there. Without a database_url this is trial "
		                   "mode: a private database in var/.\n"
		                   "What can be set is shown by \"landgang config\"; landgang.conf(5).",
		                   rows,
		                   sizeof rows / sizeof *rows,
		                   0 };
	return options_read(cx, &o, argc, argv, &s->help);
}

static int be_child(struct lg_ctx *cx)
{
	static int (*const work[PROCESSES])(struct lg_ctx *, struct child *) = {
#define P(name, key, what) child_##name,
#include "cmd/process.def"
#undef P
	};
	struct child *c = lg_alloc(cx->mem, sizeof *c);
	if (handover_read(cx, c) != LG_OK) return child_failed(cx);
	return work[c->from.process](cx, c);
}

int cmd_serve(int argc, char **argv)
{
	struct lg_ctx cx;
	struct serve s = { 0 };
	struct settings settings;
	run_begin(&cx);
	enum lg_err err = read_options(&cx, &s, argc, argv);
	if (err == LG_OK && s.child && !strcmp(s.child, "parser")) return parser_be_named(s.kind ? s.kind : "");
	if (err == LG_OK && s.child) return be_child(&cx);
	if (err == LG_OK && !s.help) err = settings_read(&cx, &settings, s.config);
	if (err == LG_OK && !s.help) err = supervise(&cx, &settings);
	return run_end(&cx, "serve", err);
}
