/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CMD_PARSER_H
#define LG_CMD_PARSER_H
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/buf.h"
#include "base/ctx.h"

/**
 * @file
 * What strangers upload is read by a process that can do nothing: it has standard input, standard output, a few seconds
 * of processor time and a bounded memory; to open a file, to connect, to start a program ends it at once
 * (cmd/sandbox.h). It lives for one upload. Whoever asked gets clean bytes or an error in words, and lives on.
 */
enum parser_kind {
#define K(name, function, most_in, most_out, cpu_s, memory_mib) PARSER_##name,
#include "cmd/parser.def"
#undef K
	PARSERS
};

/**
 * Have `input` read by a parser of that kind. Errors: LG_INVALID with a note that says what is wrong with the upload
 * (or that it could not be read in time); LG_BUSY: too many at once; LG_FAULT: none could be started. Cost: a process,
 * some 20 ms. Threads: any.
 */
LG_MUST enum lg_err parser_run(struct lg_ctx *cx, enum parser_kind kind, const void *input, size_t n,
                               struct lg_buf *out);

/** The same of a kind by its name, for app_setup. LG_FAULT: there is no such kind. */
LG_MUST enum lg_err parser_run_named(struct lg_ctx *cx, const char *kind, const void *input, size_t n,
                                     struct lg_buf *out);

/** From now on parsers are started by the supervisor at the other end of this socket, not by ourselves. Before threads
 * start. */
void parser_use_supervisor(int control);

/* --- for the supervisor and for tests */

/** How one reads: `what` it says is a note for people when it is not LG_OK. */
typedef enum lg_err parser_function(struct lg_ctx *cx, struct lg_buf *out, const char *input, size_t n);
struct parser_row {
	const char *name;
	parser_function *read;
	size_t most_in, most_out;
	unsigned cpu_s, memory_mib; /* 0: PARSER_CPU_S, PARSER_MEMORY_MIB */
};
extern const struct parser_row parser_rows[PARSERS];

/** Be such a process: standard input to standard output, behind the sandbox. @return the exit status */
int parser_be(const struct parser_row *row);
/** The same by name, of parser_rows. */
int parser_be_named(const char *name);

enum {
	PARSER_CPU_S = 2,
	PARSER_CPU_MOST_S = 10,
	PARSER_WALL_MS = 5000,
	PARSER_MEMORY_MIB = 128,
	PARSER_MEMORY_MOST_MIB = 256,
	PARSERS_AT_ONCE = 8
};
/** Start a program as a parser with these ends; they stay the caller's. @return its pid, or -1 with errno */
pid_t parser_start(const char *const *argv, int in, int out);
/** Supervisor's side: take a request from the web process. @return the pid of the parser, 0: refused, -1: nothing more
 * there */
pid_t parser_take_request(int control, bool full);
/** The dialogue with a parser that was started: input in, frame out, in PARSER_WALL_MS, or twice its processor time if
 * that is more. Takes both descriptors. */
LG_MUST enum lg_err parser_talk(struct lg_ctx *cx, const struct parser_row *row, int to, int from, const void *input,
                                size_t n, struct lg_buf *out);
#endif
