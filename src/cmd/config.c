/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdio.h>

#include "cmd/commands.h"
#include "cmd/options.h"
#include "cmd/run.h"
#include "cmd/settings.h"

static enum lg_err show(struct lg_ctx *cx, struct lg_buf *out, int argc, char **argv)
{
	const char *path = NULL;
	bool example = false, manual = false, help;
	const struct option_row rows[] = {
		ROW_TEXT("config", &path, "FILE", "settings (else " SETTINGS_FILE ", if it is there)"),
		ROW_FLAG("example", &example, "print a file of all settings with their defaults, and stop"),
		ROW_FLAG("manual", &manual, "print landgang.conf(5), and stop"),
	};
	const struct options o = {
		"config",
		"[--config FILE] [--example]",
		"Show the settings of the service that are in force, and where each comes from: the file, the "
		"environment\n"
		"(LANDGANG_NAME, DATABASE_URL, PORT), or nobody who said otherwise. Passwords are not shown.",
		rows,
		sizeof rows / sizeof *rows,
		0
	};
	LG_TRY(options_read(cx, &o, argc, argv, &help));
	if (help) return LG_OK;
	if (example || manual) {
		(example ? settings_example : settings_manual)(out);
		return LG_OK;
	}
	struct settings s;
	LG_TRY(settings_read(cx, &s, path));
	settings_print(out, &s);
	return LG_OK;
}

int cmd_config(int argc, char **argv)
{
	struct lg_ctx cx;
	struct lg_buf out = { 0 };
	run_begin(&cx);
	enum lg_err err = show(&cx, &out, argc, argv);
	if (out.len) (void)fwrite(out.data, 1, out.len, stdout); /* run_end() tells when it fails */
	lg_buf_free(&out);
	return run_end(&cx, "config", err);
}
