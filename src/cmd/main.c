/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/commands.h"
#include "cmd/formats.h"
#include "cmd/taxonomy.h"

enum { WRONG_USE = 2, NOT_WRITTEN = 4 };

static const struct command {
	const char *name;
	int (*run)(int argc, char **argv);
	const char *help;
} commands[] = {
#define C(name, function, help) { #name, function, help },
#include "cmd/commands.def"
#undef C
};
enum { COMMANDS = sizeof commands / sizeof *commands };

static const struct command *command_named(const char *name)
{
	for (size_t i = 0; i < COMMANDS; i++)
		if (!strcmp(commands[i].name, name)) return &commands[i];
	return NULL;
}

/* What we say ourselves may not reach a full disk either. */
static int say_all(void)
{
	errno = 0;
	if (!fflush(stdout) && !ferror(stdout)) return 0;
	(void)fprintf(stderr, "landgang: standard output: %s\n", strerror(errno ? errno : EIO));
	return NOT_WRITTEN;
}

static int print_help(void)
{
	(void)printf(
	    "Usage: landgang COMMAND [options]\n\nLandgang matches people who seek work with openings.\n\nCommands:\n");
	for (size_t i = 0; i < COMMANDS; i++) (void)printf("  %-10s %s\n", commands[i].name, commands[i].help);
	(void)printf("  %-10s %s\n\n", "help", "this list, or \"landgang help COMMAND\"");
	(void)printf(
	    "Exit status: 0 done, 1 done and something is wrong with what was checked, 2 wrong use, 3 input not\n"
	    "usable, 4 could not read or write, 5 out of memory or a fault of ours, 130 interrupted.\n");
	return say_all();
}

static int print_version(void)
{
	(void)printf("landgang %s\n", LANDGANG_VERSION);
	return say_all();
}

/* How many letters to add, drop or change to make one word the other (Levenshtein 1966). */
static size_t distance(const char *a, const char *b)
{
	enum { MOST = 32 };
	size_t row[MOST + 1], n = strlen(b);
	if (n > MOST || strlen(a) > MOST) return MOST;
	for (size_t j = 0; j <= n; j++) row[j] = j;
	for (size_t i = 1; *a; a++, i++) {
		size_t diagonal = row[0];
		row[0] = i;
		for (size_t j = 1; j <= n; j++) {
			size_t best = diagonal + (*a != b[j - 1]);
			if (row[j] + 1 < best) best = row[j] + 1;
			if (row[j - 1] + 1 < best) best = row[j - 1] + 1;
			diagonal = row[j];
			row[j] = best;
		}
	}
	return row[n];
}

static int refuse(const char *name)
{
	const struct command *near = NULL;
	size_t least = 3;
	for (size_t i = 0; i < COMMANDS; i++) {
		size_t d = distance(name, commands[i].name);
		if (d < least) least = d, near = &commands[i];
	}
	if (near)
		(void)fprintf(stderr, "landgang: there is no command \"%s\"; did you mean \"%s\"?\n", name, near->name);
	else
		(void)fprintf(stderr, "landgang: there is no command \"%s\"; \"landgang help\" lists them\n", name);
	return WRONG_USE;
}

static int help_on(char *name)
{
	char help[] = "--help";
	char *words[] = { name, help, NULL };
	const struct command *c = command_named(name);
	return c ? c->run(2, words) : refuse(name);
}

int main(int argc, char **argv)
{
	if (argc < 2) {
		(void)fprintf(stderr, "landgang: name a command; \"landgang help\" lists them\n");
		return WRONG_USE;
	}
	if (!strcmp(argv[1], "--version")) return print_version();
	if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h")) return print_help();
	if (!strcmp(argv[1], "help")) return argc > 2 ? help_on(argv[2]) : print_help();
	const struct command *c = command_named(argv[1]);
	return c ? c->run(argc - 1, argv + 1) : refuse(argv[1]);
}
