/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_BASE_ARENA_H
#define LG_BASE_ARENA_H
#include <stddef.h>

/**
 * Memory that dies together.
 *
 * One arena serves one request, one job, one test. Nothing taken from it is freed alone: lg_arena_reset() ends all
 * of it at once, after running the deferred closers, last first. Pages are kept and used again.
 *
 * Running out of memory, or past the arena's limit, is no error to handle but a fault to stop at: lg_alloc() never
 * returns NULL; past the limit `over` is called, which must not return (NULL: the program ends with a message).
 *
 * Built with -DLG_ARENA_PLAIN each piece is its own malloc, so that sanitizers see every overrun.
 * Threads: one arena belongs to one thread at a time.
 */
struct lg_arena;

struct lg_arena *lg_arena_new(size_t limit, void (*over)(void)); /* limit 0: none */
void lg_arena_free(struct lg_arena *a);                          /* NULL is allowed */

void *lg_alloc(struct lg_arena *a, size_t size);               /* zeroed, aligned to 16 bytes */
void *lg_array(struct lg_arena *a, size_t count, size_t size); /* the same, with the product checked */
char *lg_strdup(struct lg_arena *a, const char *s);
char *lg_strndup(struct lg_arena *a, const char *s, size_t n); /* n bytes and a NUL */
char *lg_printf(struct lg_arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/** Run close(thing) when the arena is reset: for a file, a lock, a library's handle. */
void lg_defer(struct lg_arena *a, void (*close)(void *), void *thing);

/** Give everything back, keep the pages. O(pages + deferred). */
void lg_arena_reset(struct lg_arena *a);
size_t lg_arena_used(const struct lg_arena *a);
#endif
