/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <string.h>

#include "cmd/settings_table.h"

static const char *const from_words[] = {
	[FROM_DEFAULT] = "default", [FROM_FILE] = "file", [FROM_ENVIRONMENT] = "environment"
};

/* A URL is shown without what stands before its last @. */
static void put_shown(struct lg_buf *out, const char *value)
{
	const char *host = strstr(value, "://"), *at = strrchr(value, '@');
	if (!host || !at || at < host) {
		lg_puts(out, value);
		return;
	}
	lg_put(out, value, (size_t)(host + 3 - value));
	lg_puts(out, "(user and password)");
	lg_puts(out, at);
}

void settings_print(struct lg_buf *out, const struct settings *s)
{
	lg_putf(out, "# %s%s\n", s->path ? "file: " : "no file: ", s->path ? s->path : SETTINGS_FILE " is not there");
	for (size_t i = 0; i < SETTINGS; i++) {
		const struct setting_row *r = &setting_rows[i];
		char number[24];
		const char *value = setting_value(number, s, r);
		bool follows = s->from[i] == FROM_DEFAULT && *value && strcmp(value, r->otherwise) != 0;
		lg_putf(out, "# %s\n%s = ", follows ? "follows from others" : from_words[s->from[i]], r->name);
		put_shown(out, value);
		lg_putc(out, '\n');
	}
}

void settings_hand_over(struct lg_ctx *cx, struct lg_buf *out, const struct settings *s)
{
	for (size_t i = 0; i < SETTINGS; i++) {
		char number[24];
		const char *value = setting_value(number, s, &setting_rows[i]);
		if (i == SETTING_database_url) value = settings_url_bare(cx, value);
		lg_putf(out, "%s = %s\n", setting_rows[i].name, value);
	}
}

/* Words in lines of at most 100 columns, each beginning with a mark. */
static void put_lines(struct lg_buf *out, const char *mark, const char *words)
{
	size_t column = 0;
	while (*words) {
		size_t n = strcspn(words, " ");
		if (column && column + n > 100) {
			lg_putc(out, '\n');
			column = 0;
		}
		lg_puts(out, column ? " " : mark);
		lg_put(out, words, n);
		column += n + 1;
		words += n + strspn(words + n, " ");
	}
	lg_puts(out, ".\n");
}

static void put_bounds(struct lg_buf *out, const char *mark, const struct setting_row *r)
{
	if (r->kind != KIND_NUMBER) return;
	lg_putf(out, "%sFrom %llu to %llu%s%s.\n", mark, (unsigned long long)r->least, (unsigned long long)r->most,
	        *r->unit ? " " : "", r->unit);
}

void settings_example(struct lg_buf *out)
{
	lg_puts(out,
	        "# Settings of landgang: name = value, one a line. What stands here behind # is the default.\n"
	        "# \"landgang config\" shows what is in force, and landgang.conf(5) says the same as this file.\n");
	for (size_t i = 0; i < SETTINGS; i++) {
		const struct setting_row *r = &setting_rows[i];
		lg_putc(out, '\n');
		put_lines(out, "# ", r->what);
		put_bounds(out, "# ", r);
		lg_putf(out, "#%s = %s\n", r->name, r->otherwise);
	}
}

/* For roff: a hyphen that can be copied, and no line that begins with a point. */
static void put_roff(struct lg_buf *out, const char *words)
{
	for (const char *p = words; *p; p++) {
		if (*p == '-' || *p == '\\') lg_putc(out, '\\');
		lg_putc(out, *p);
	}
}

void settings_manual(struct lg_buf *out)
{
	lg_puts(out,
	        ".TH LANDGANG.CONF 5 2026-11-28 \"landgang " LANDGANG_VERSION "\" \"File formats\"\n"
	        ".SH NAME\nlandgang.conf \\- settings of the service landgang\n"
	        ".SH SYNOPSIS\n.I " SETTINGS_FILE "\n.SH DESCRIPTION\n"
	        "Lines of the form\n.IR name \" = \" value .\nLines that begin with # say nothing. A variable of the "
	        "environment\n.BI LANDGANG_ NAME\nwins over the file. What is in force is shown by\n"
	        ".BR \"landgang config\" ,\nand\n.B landgang config \\-\\-example\nprints a file of all defaults.\n"
	        ".SH SETTINGS\n");
	for (size_t i = 0; i < SETTINGS; i++) {
		const struct setting_row *r = &setting_rows[i];
		lg_putf(out, ".TP\n.B %s\n", r->name);
		put_roff(out, r->what);
		lg_puts(out, ".\n");
		put_bounds(out, "", r);
		if (*r->otherwise) {
			lg_puts(out, "Default: ");
			put_roff(out, r->otherwise);
			lg_puts(out, ".\n");
		}
	}
	lg_puts(out, ".SH SEE ALSO\n.BR landgang (1),\n.BR landgang\\-serve (1)\n");
}
