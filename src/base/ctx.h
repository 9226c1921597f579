/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_BASE_CTX_H
#define LG_BASE_CTX_H
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

/** One unit of work: a request, a job, a command, a test. First parameter of all that can fail. */
struct lg_ctx {
	struct lg_arena *mem;  /* dies with the work */
	uint64_t id;           /* printed on every log line and on the error page */
	int64_t now;           /* the one clock reading of this work, unix seconds */
	struct lg_note *notes; /* what the user should know, last first */
	const char *route;     /* the pattern that was found, for the log; NULL: none */
};

/** A reason in words: where (a field, a file, an option) and what to do. */
struct lg_note {
	struct lg_note *next;
	const char *field, *text;
};

/**
 * Record a reason and return err: `return lg_fail(cx, LG_INVALID, "birth_year", "This year is in the future.")`.
 * The strings must live as long as the context: literals, or made in cx->mem.
 */
LG_MUST enum lg_err lg_fail(struct lg_ctx *cx, enum lg_err err, const char *field, const char *text);
/** The same with a format for the text. */
LG_MUST enum lg_err lg_failf(struct lg_ctx *cx, enum lg_err err, const char *field, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
#endif
