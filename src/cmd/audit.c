/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "cmd/audit_chain.sql.h"

#include <stdio.h>
#include <string.h>

#include "app/seal.h"
#include "cmd/commands.h"
#include "cmd/console.h"
#include "cmd/options.h"
#include "cmd/run.h"

struct work {
	const char *config, *verb;
	struct console console;
	size_t faults, seals;
};

static enum lg_err read_options(struct lg_ctx *cx, struct work *w, int argc, char **argv, bool *help)
{
	const struct option_row rows[] = { ROW_TEXT("config", &w->config, "FILE",
		                                    "settings (else " SETTINGS_FILE ", if it is there)") };
	const struct options o = { "audit",
		                   "verify|head [--config FILE]",
		                   "verify: compute the chain of every office's audit anew, line by line, and say what "
		                   "does not hold (status 1).\n"
		                   "head: print the newest seals. Keep them where the operator of this machine cannot "
		                   "reach: only they show that\n"
		                   "nothing was cut off at the end.",
		                   rows,
		                   sizeof rows / sizeof *rows,
		                   1 };
	LG_TRY(options_read(cx, &o, argc, argv, help));
	if (*help) return LG_OK;
	w->verb = argv[argc - 1];
	if (strcmp(w->verb, "verify") != 0 && strcmp(w->verb, "head") != 0)
		return lg_fail(cx, RUN_USE, w->verb, "is neither verify nor head");
	return LG_OK;
}

static enum lg_err look_at(struct lg_ctx *cx, struct work *w, const struct db_console_offices_row *office)
{
	struct db *db;
	struct db_console_verify_rows faults = { 0 };
	struct db_console_head_rows heads = { 0 };
	LG_TRY(db_open(cx, w->console.pool, &db,
	               &(struct db_who){ .as = DB_AS_JOB, .tenant = (int32_t)office->id, .purpose = "audit" }));
	if (!strcmp(w->verb, "verify")) db_console_verify_send(cx, db, &faults);
	db_console_head_send(cx, db, &heads);
	LG_TRY(db_end(cx, db));
	for (size_t i = 0; i < faults.n; i++)
		(void)printf("%s: seal %s %lld: %s\n", office->name, faults.rows[i].stream, (long long)faults.rows[i].n,
		             faults.rows[i].why);
	for (size_t i = 0; i < heads.n && !strcmp(w->verb, "head"); i++)
		(void)printf("%lld %s %lld %s %s\n", (long long)office->id, heads.rows[i].stream,
		             (long long)heads.rows[i].n, seal_hex(cx, heads.rows[i].head.data, heads.rows[i].head.n),
		             office->name);
	w->faults += faults.n;
	for (size_t i = 0; i < heads.n; i++) w->seals += (size_t)heads.rows[i].n;
	return LG_OK;
}

static enum lg_err work(struct lg_ctx *cx, struct work *w)
{
	struct db *db;
	struct db_console_offices_rows offices = { 0 };
	LG_TRY(console_open_as(cx, w->config, "lg_job", KEY_LG_JOB, &w->console));
	LG_TRY(db_open(cx, w->console.pool, &db, &(struct db_who){ .as = DB_AS_ROLE }));
	db_console_offices_send(cx, db, &offices);
	LG_TRY(db_end(cx, db));
	for (size_t i = 0; i < offices.n; i++) LG_TRY(look_at(cx, w, &offices.rows[i]));
	if (!strcmp(w->verb, "verify") && !w->faults)
		(void)printf("%zu offices, %zu seals: the chain holds.\n", offices.n, w->seals);
	return LG_OK;
}

int cmd_audit(int argc, char **argv)
{
	struct lg_ctx cx;
	struct work w = { 0 };
	bool help = false;
	run_begin(&cx);
	enum lg_err err = read_options(&cx, &w, argc, argv, &help);
	if (err == LG_OK && !help) err = work(&cx, &w);
	size_t faults = w.faults;
	int status = run_end(&cx, "audit", err);
	return err == LG_OK && faults ? RUN_FINDINGS : status;
}
