/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_FRAME_H
#define LG_CORE_FRAME_H
#include <jansson.h>

#include "base/ctx.h"

/**
 * @file
 * How our processes ask each other: one connection of a unix socket, one question, one answer, each a JSON object
 * behind four bytes of length (big end first), at most FRAME_MOST bytes. Threads: any.
 */
enum { FRAME_MOST = 256 << 10 };

/** Read or write one. LG_BUSY: the other end is gone or too slow; LG_INVALID: no JSON object, or too long. */
LG_MUST enum lg_err frame_read(struct lg_ctx *cx, int fd, json_t **out);
LG_MUST enum lg_err frame_write(struct lg_ctx *cx, int fd, const json_t *object);

/**
 * Ask, and wait for the answer for at most wait_s seconds. `question` is taken over, also when the call fails; NULL is
 * LG_INVALID. *out lives as long as cx->mem. LG_BUSY: nobody answers at that socket (the process may be coming back).
 */
LG_MUST enum lg_err frame_ask(struct lg_ctx *cx, const char *socket, unsigned wait_s, json_t **out, json_t *question);

/** Those who answer. */
struct frame_crew {
	int listen_fd, stop_fd; /* ends when stop_fd can be read */
	unsigned threads;       /* 1..64 */
	size_t memory;          /* of the arena that each thread has, reset after each question */
	int64_t (*now)(void);
	/** One connection; the caller closes it. Questions and answers are given up after five seconds. */
	void (*serve)(struct lg_ctx *cx, int fd, void *with);
	void (*look)(void); /* NULL, or called now and then by each thread */
	void *with;
};
/** Serve until told to stop. LG_FAULT: no thread, or the socket is none. */
LG_MUST enum lg_err frame_serve(struct lg_ctx *cx, const struct frame_crew *crew);
#endif
