/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CMD_OPTIONS_H
#define LG_CMD_OPTIONS_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/ctx.h"

/** The options of a command as a table: the parser and the help are made from it. */
enum option_kind { OPTION_FLAG, OPTION_TEXT, OPTION_NUMBER, OPTION_CHOICE };

struct option_row {
	const char *name; /* without the dashes */
	enum option_kind kind;
	void *to;         /* bool, const char *, uint64_t, or unsigned (place in choices) */
	const char *what; /* "FILE", "N"; unused by flags */
	const char *help;
	uint64_t least, most;       /* of a number */
	const char *const *choices; /* NULL at the end */
	bool *given;                /* told that the option stood there, or NULL */
};

#define ROW_TEXT(n, t, w, h)                                                                                           \
	{                                                                                                              \
		.name = n, .kind = OPTION_TEXT, .to = t, .what = w, .help = h                                          \
	}
#define ROW_FLAG(n, t, h)                                                                                              \
	{                                                                                                              \
		.name = n, .kind = OPTION_FLAG, .to = t, .help = h                                                     \
	}
#define ROW_NUMBER(n, t, w, h, low, high)                                                                              \
	{                                                                                                              \
		.name = n, .kind = OPTION_NUMBER, .to = t, .what = w, .help = h, .least = low, .most = high            \
	}
#define ROW_CHOICE(n, t, w, h, list)                                                                                   \
	{                                                                                                              \
		.name = n, .kind = OPTION_CHOICE, .to = t, .what = w, .help = h, .choices = list                       \
	}

struct options {
	const char *command, *usage; /* "match", "--candidates FILE --openings FILE --out DIR" */
	const char *about;           /* a few lines for the help */
	const struct option_row *rows;
	size_t n_rows;
	size_t operands; /* how many are needed */
};

/**
 * Read a command line (argv[0] is the command). The operands are put last: argv[argc - operands] and so on.
 * *help is set when --help stood there, which was answered on stdout. Errors: RUN_USE.
 */
LG_MUST enum lg_err options_read(struct lg_ctx *cx, const struct options *o, int argc, char **argv, bool *help);

/** A whole number in decimal, all of the text. @return false: it is not, or it lies outside least..most */
bool options_number(const char *text, uint64_t least, uint64_t most, uint64_t *out);
#endif
