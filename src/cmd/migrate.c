/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "store/migrate.h"

#include <stdio.h>

#include "cmd/commands.h"
#include "cmd/database.h"
#include "cmd/options.h"
#include "cmd/run.h"

struct work {
	const char *config;
	bool only_look, help;
};

static enum lg_err read_options(struct lg_ctx *cx, struct work *w, int argc, char **argv)
{
	const struct option_row rows[] = {
		ROW_TEXT("config", &w->config, "FILE", "settings (else " SETTINGS_FILE ", if it is there)"),
		ROW_FLAG("look", &w->only_look, "say what would be done, and do nothing"),
	};
	const struct options o = {
		"migrate",
		"[--config FILE] [--look]",
		"Bring the database to the schema of this program, each file in a transaction of its own, and give the "
		"roles of the\n"
		"service the passwords in the keys folder. DATABASE_URL names a superuser, or the database's owner "
		"with CREATEROLE:\n"
		"  DATABASE_URL=postgresql://postgres@/landgang?host=/run/postgresql landgang migrate\n"
		"Make a copy of the database before. A schema that is newer than this program, and a PostgreSQL older "
		"than 15.20,\n"
		"are refused.",
		rows,
		sizeof rows / sizeof *rows,
		0
	};
	return options_read(cx, &o, argc, argv, &w->help);
}

static void tell(const struct migrate_report *r, bool only_look)
{
	(void)printf("PostgreSQL %d.%d. ", r->server / 10000, r->server % 10000);
	if (only_look)
		(void)printf("%zu files were run; %zu are to be run.\n", r->n_before, r->n_run);
	else
		(void)printf("%zu files were run before, %zu now; %zu roles have their passwords.\n", r->n_before,
		             r->n_run, r->n_passwords);
}

static enum lg_err work(struct lg_ctx *cx, struct work *w)
{
	struct settings s;
	struct keys k;
	struct migrate_report report;
	LG_TRY(settings_read(cx, &s, w->config));
	if (s.trial)
		return lg_fail(cx, RUN_USE, "database_url",
		               "names no database. In trial mode \"landgang serve\" migrates its own by itself");
	LG_TRY(keys_open(cx, s.keys_folder, &k));
	enum lg_err err = database_migrate(cx, s.database_url, &k, w->only_look, &report);
	keys_forget(&k);
	if (err == LG_OK) tell(&report, w->only_look);
	return err;
}

int cmd_migrate(int argc, char **argv)
{
	struct lg_ctx cx;
	struct work w = { 0 };
	run_begin(&cx);
	enum lg_err err = read_options(&cx, &w, argc, argv);
	if (err == LG_OK && !w.help) err = work(&cx, &w);
	return run_end(&cx, "migrate", err);
}
