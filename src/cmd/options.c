/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "cmd/options.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "cmd/run.h"

enum { HELP = 1, ROW = 2, ROWS_MAX = 24 };

bool options_number(const char *text, uint64_t least, uint64_t most, uint64_t *out)
{
	uint64_t n = 0;
	if (!*text) return false;
	for (const char *p = text; *p; p++) {
		if (*p < '0' || *p > '9' || n > (UINT64_MAX - 9) / 10) return false;
		n = n * 10 + (uint64_t)(*p - '0');
	}
	if (n < least || n > most) return false;
	*out = n;
	return true;
}

static enum lg_err take_choice(struct lg_ctx *cx, const struct option_row *r, const char *field, const char *text)
{
	struct {
		char text[200];
		size_t n;
	} all = { "", 0 };
	for (unsigned i = 0; r->choices[i]; i++) {
		if (!strcmp(r->choices[i], text)) {
			*(unsigned *)r->to = i;
			return LG_OK;
		}
		all.n +=
		    (size_t)snprintf(all.text + all.n, sizeof all.text - all.n, "%s%s", i ? ", " : "", r->choices[i]);
		lg_assert(all.n < sizeof all.text);
	}
	return lg_failf(cx, RUN_USE, field, "\"%s\" is none of: %s", text, all.text);
}

static enum lg_err take(struct lg_ctx *cx, const struct option_row *r, const char *text)
{
	const char *field = lg_printf(cx->mem, "--%s", r->name);
	if (r->given) *r->given = true;
	switch (r->kind) {
	case OPTION_FLAG: *(bool *)r->to = true; return LG_OK;
	case OPTION_TEXT: *(const char **)r->to = text; return LG_OK;
	case OPTION_CHOICE: return take_choice(cx, r, field, text);
	case OPTION_NUMBER: break;
	}
	if (options_number(text, r->least, r->most, r->to)) return LG_OK;
	return lg_failf(cx, RUN_USE, field, "\"%s\" is no whole number from %llu to %llu", text,
	                (unsigned long long)r->least, (unsigned long long)r->most);
}

static void print_row(const struct option_row *r)
{
	char left[64];
	(void)snprintf(left, sizeof left, "--%s%s%s", r->name, r->what ? " " : "", r->what ? r->what : "");
	(void)printf("  %-24s %s\n", left, r->help);
}

static void print_help(const struct options *o)
{
	(void)printf("Usage: landgang %s %s\n\n%s\n\nOptions:\n", o->command, o->usage, o->about);
	for (size_t i = 0; i < o->n_rows; i++) print_row(&o->rows[i]);
	(void)printf("  %-24s %s\n", "--help", "this text");
}

static void table_for_getopt(const struct options *o, struct option *table)
{
	lg_assert(o->n_rows < ROWS_MAX);
	for (size_t i = 0; i < o->n_rows; i++) {
		int has_value = o->rows[i].kind == OPTION_FLAG ? no_argument : required_argument;
		table[i] = (struct option){ o->rows[i].name, has_value, NULL, ROW + (int)i };
	}
	table[o->n_rows] = (struct option){ "help", no_argument, NULL, HELP };
	table[o->n_rows + 1] = (struct option){ NULL, 0, NULL, 0 };
}

static enum lg_err refuse(struct lg_ctx *cx, const struct options *o, int c, const char *word)
{
	const char *what = c == ':' ? "needs a value" : "no such option, or not a whole one";
	return lg_failf(cx, RUN_USE, word, "%s; \"landgang help %s\" names them all", what, o->command);
}

static enum lg_err check_operands(struct lg_ctx *cx, const struct options *o, int argc, char **argv)
{
	size_t n = (size_t)(argc - optind);
	if (n < o->operands)
		return lg_failf(cx, RUN_USE, "", "something is missing; usage: landgang %s %s", o->command, o->usage);
	if (n > o->operands)
		return lg_failf(cx, RUN_USE, argv[(size_t)optind + o->operands],
		                "one word too many; usage: landgang %s %s", o->command, o->usage);
	return LG_OK;
}

enum lg_err options_read(struct lg_ctx *cx, const struct options *o, int argc, char **argv, bool *help)
{
	struct option table[ROWS_MAX + 2];
	table_for_getopt(o, table);
	*help = false;
	optind = 0;
	opterr = 0;
	for (int c; (c = getopt_long(argc, argv, ":", table, NULL)) != -1;) {
		if (c == HELP) {
			print_help(o);
			*help = true;
			return LG_OK;
		}
		if (c < ROW || c >= ROW + (int)o->n_rows) return refuse(cx, o, c, argv[optind - 1]);
		LG_TRY(take(cx, &o->rows[c - ROW], optarg));
	}
	return check_operands(cx, o, argc, argv);
}
