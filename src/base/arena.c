/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef LG_ARENA_PLAIN
enum { PAGE = 0, ALIGN = 1 };
#else
enum { PAGE = 64 * 1024, ALIGN = 16 };
#endif

struct page {
	struct page *next;
	size_t size, used;
	_Alignas(16) unsigned char bytes[];
};

struct closer {
	struct closer *next;
	void (*close)(void *);
	void *thing;
};

struct lg_arena {
	struct page *first, *now; /* pages before `now` are full, those after it are spare */
	struct closer *closers;
	size_t used, limit;
	void (*over)(void);
};

static _Noreturn void out_of_memory(void)
{
	(void)fputs("landgang: out of memory\n", stderr);
	abort();
}

static struct page *page_new(size_t size)
{
	struct page *p = malloc(sizeof *p + size);
	if (!p) out_of_memory();
	p->next = NULL;
	p->size = size;
	p->used = 0;
	return p;
}

struct lg_arena *lg_arena_new(size_t limit, void (*over)(void))
{
	struct lg_arena *a = calloc(1, sizeof *a);
	if (!a) out_of_memory();
	a->first = a->now = page_new(PAGE);
	a->limit = limit ? limit : SIZE_MAX;
	a->over = over ? over : out_of_memory;
	return a;
}

static _Noreturn void past_limit(struct lg_arena *a)
{
	a->over();
	out_of_memory();
}

/* Step to a page with room: the next spare one if it is large enough, else a new one before it. */
static void make_room(struct lg_arena *a, size_t size)
{
	if (!a->now->next || a->now->next->size < size) {
		struct page *p = page_new(size > PAGE ? size : PAGE);
		p->next = a->now->next;
		a->now->next = p;
	}
	a->now = a->now->next;
}

void *lg_alloc(struct lg_arena *a, size_t size)
{
	if (size > SIZE_MAX - ALIGN) past_limit(a);
	size = (size + ALIGN - 1) / ALIGN * ALIGN;
	if (size > a->limit - a->used) past_limit(a);
	if (PAGE == 0 || a->now->size - a->now->used < size) make_room(a, size);
	void *out = a->now->bytes + a->now->used;
	a->now->used += size;
	a->used += size;
	return memset(out, 0, size);
}

void *lg_array(struct lg_arena *a, size_t count, size_t size)
{
	if (size && count > SIZE_MAX / size) past_limit(a);
	return lg_alloc(a, count * size);
}

char *lg_strndup(struct lg_arena *a, const char *s, size_t n)
{
	char *out = lg_alloc(a, n + 1);
	if (n) memcpy(out, s, n);
	return out;
}

char *lg_strdup(struct lg_arena *a, const char *s) { return lg_strndup(a, s, strlen(s)); }

char *lg_printf(struct lg_arena *a, const char *fmt, ...)
{
	va_list ap, again;
	va_start(ap, fmt);
	va_copy(again, ap);
	char none[1];
	int n = vsnprintf(none, sizeof none, fmt, ap); /* how long it would be */
	va_end(ap);
	if (n < 0) abort();
	char *out = lg_alloc(a, (size_t)n + 1);
	(void)vsnprintf(out, (size_t)n + 1, fmt, again);
	va_end(again);
	return out;
}

void lg_defer(struct lg_arena *a, void (*close)(void *), void *thing)
{
	struct closer *c = lg_alloc(a, sizeof *c);
	*c = (struct closer){ a->closers, close, thing };
	a->closers = c;
}

static void free_spare_pages(struct lg_arena *a)
{
	for (struct page *p = a->first->next, *next; p; p = next) {
		next = p->next;
		free(p);
	}
	a->first->next = NULL;
}

void lg_arena_reset(struct lg_arena *a)
{
	for (struct closer *c = a->closers; c; c = c->next) c->close(c->thing);
	a->closers = NULL;
	a->first->used = 0;
	for (struct page *p = a->first->next; p; p = p->next) p->used = 0;
	a->now = a->first;
	a->used = 0;
	if (!PAGE) free_spare_pages(a);
}

void lg_arena_free(struct lg_arena *a)
{
	if (!a) return;
	lg_arena_reset(a);
	for (struct page *p = a->first, *next; p; p = next) {
		next = p->next;
		free(p);
	}
	free(a);
}

size_t lg_arena_used(const struct lg_arena *a) { return a->used; }
