/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "outside.h"

#include <stdio.h>
#include <stdlib.h>

bool outside_read(struct lg_ctx *cx, const char *name, const char **bytes, size_t *size)
{
	char path[1024];
	const char *data = getenv("LG_DATA");
	(void)snprintf(path, sizeof path, "%s/%s", data ? data : "../shared/data", name);
	FILE *f = fopen(path, "rb");
	if (!f) return false;
	(void)fseek(f, 0, SEEK_END);
	long end = ftell(f);
	*size = end > 0 ? (size_t)end : 0;
	rewind(f);
	char *all = lg_alloc(cx->mem, *size + 1);
	bool whole = fread(all, 1, *size, f) == *size;
	(void)fclose(f);
	*bytes = all;
	return whole;
}

bool outside_add(struct lg_ctx *cx, struct import_file *files, size_t *n, const char *name, const char *language)
{
	struct import_file *f = &files[*n];
	*f = (struct import_file){ .name = name, .language = language };
	if (!outside_read(cx, name, &f->bytes, &f->size)) return false;
	++*n;
	return true;
}
