/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_BASE_BUF_H
#define LG_BASE_BUF_H
#include <stddef.h>
#include <stdint.h>

/**
 * Bytes that grow: output of any length. Owns its memory (realloc), because it may become large and is often
 * emptied and used again; lg_buf_free() ends it. `data` is NUL-terminated once anything was put.
 * Start with `struct lg_buf b = {0}`. Running out of memory ends the program, as with arenas.
 */
struct lg_buf {
	char *data;
	size_t len, cap;
};

void lg_put(struct lg_buf *b, const void *bytes, size_t n);
void lg_puts(struct lg_buf *b, const char *s);
void lg_putc(struct lg_buf *b, char c);
void lg_put_int(struct lg_buf *b, int64_t v); /* decimal */
void lg_putf(struct lg_buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void lg_buf_clear(struct lg_buf *b); /* keeps the memory */
void lg_buf_free(struct lg_buf *b);
#endif
