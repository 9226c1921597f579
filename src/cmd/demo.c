/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "app/seal.h"
#include "cmd/commands.h"
#include "cmd/console.h"
#include "cmd/options.h"
#include "cmd/run.h"
#include "core/auth.sql.h"
#include "core/auth_totp.h"

static const char about[] = "Print the code that sign-in asks for after the password, as somebody's telephone would. "
                            "In trial mode only: elsewhere the\n"
                            "second step would be worth nothing.";

static enum lg_err print_code(struct lg_ctx *cx, const struct console *c, const struct db_auth_account_by_mail_row *row)
{
	struct seal_ring ring = seal_ring_of(c->keys.bytes[KEY_SEAL]);
	const char *secret;
	size_t n;
	char code[TOTP_DIGITS + 1];
	if (!row->totp_box.data) return lg_fail(cx, LG_UNKNOWN, row->mail, "has no second step yet");
	LG_TRY(seal_get_tenant(cx, &ring, seal_of(0, row->account, "totp_box"), row->totp_box, &secret, &n));
	if (n != TOTP_SECRET) return lg_fail(cx, LG_FAULT, row->mail, "the secret of codes has a wrong length");
	/* A code works once: of two that are good just now, one that was not used. */
	int64_t now = (int64_t)time(NULL), step = now / TOTP_STEP_S;
	LG_TRY(totp_code(cx, code, (const uint8_t *)secret, step > row->totp_step ? now : now + TOTP_STEP_S));
	(void)printf("%s\n", code);
	return LG_OK;
}

static enum lg_err tell(struct lg_ctx *cx, const char *config, const char *mail)
{
	struct console *c = lg_alloc(cx->mem, sizeof *c);
	struct db *db;
	struct db_auth_account_by_mail_row row;
	bool found;
	LG_TRY(console_open(cx, config, c));
	if (!c->settings.trial) return lg_fail(cx, RUN_USE, "demo", "is for trial mode; here is a real database");
	LG_TRY(console_db(cx, c, &db));
	LG_TRY(db_auth_account_by_mail(cx, db, &row, &found, (struct db_auth_account_by_mail_in){ .mail = mail }));
	LG_TRY(db_end(cx, db));
	return found ? print_code(cx, c, &row) : lg_fail(cx, LG_UNKNOWN, mail, "nobody signs in with this address");
}

static enum lg_err work(struct lg_ctx *cx, int argc, char **argv)
{
	const char *config = NULL;
	bool help;
	const struct option_row rows[] = {
		ROW_TEXT("config", &config, "FILE", "settings (else " SETTINGS_FILE ", if it is there)"),
	};
	const struct options o = { "demo", "code ADDRESS", about, rows, sizeof rows / sizeof *rows, 2 };
	LG_TRY(options_read(cx, &o, argc, argv, &help));
	if (help) return LG_OK;
	if (strcmp(argv[argc - 2], "code") != 0)
		return lg_fail(cx, RUN_USE, argv[argc - 2], "is nothing that can be done; code is");
	return tell(cx, config, argv[argc - 1]);
}

int cmd_demo(int argc, char **argv)
{
	struct lg_ctx cx;
	run_begin(&cx);
	return run_end(&cx, "demo", work(&cx, argc, argv));
}
