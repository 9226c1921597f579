/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdlib.h>
#include <string.h>

#include "inner.h"

static void *take(void *self, size_t size)
{
	(void)self;
	return malloc(size);
}

static void give(void *self, void *piece)
{
	(void)self;
	free(piece);
}

const struct lgm_mem lgm_malloc = { take, give, NULL };

enum { LINE = 64 };

void *lgm_get(const struct lgm_mem *mem, size_t count, size_t size)
{
	if (size && count > (SIZE_MAX - 2 * LINE) / size) return NULL;
	char *raw = mem->get(mem->self, count * size + LINE + sizeof(void *));
	if (!raw) return NULL;
	size_t past = (size_t)((uintptr_t)(raw + sizeof(void *)) % LINE);
	char *piece = raw + sizeof(void *) + (past ? LINE - past : 0);
	memcpy(piece - sizeof(void *), &raw, sizeof raw);
	return memset(piece, 0, count * size);
}

void lgm_put(const struct lgm_mem *mem, void *piece)
{
	if (!piece) return;
	void *raw;
	memcpy(&raw, (char *)piece - sizeof(void *), sizeof raw);
	mem->put(mem->self, raw);
}

bool lgm_grow(const struct lgm_mem *mem, void *array, size_t *room, size_t count, size_t size)
{
	if (count <= *room) return true;
	size_t more = *room ? *room * 2 : 16;
	if (more < count) more = count;
	void *bigger = lgm_get(mem, more, size), *old;
	if (!bigger) return false;
	memcpy(&old, array, sizeof old);
	if (old) memcpy(bigger, old, *room * size);
	lgm_put(mem, old);
	memcpy(array, &bigger, sizeof bigger);
	*room = more;
	return true;
}
