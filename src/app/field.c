/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "app/field.h"

#include <string.h>

const struct section *entity_section(const struct entity *e, const char *name)
{
	for (size_t i = 0; i < e->n_sections; i++)
		if (!strcmp(e->sections[i].name, name)) return &e->sections[i];
	return NULL;
}

const struct field *section_fields(const struct entity *e, const struct section *s, size_t *n)
{
	const struct field *first = NULL;
	*n = 0;
	for (size_t i = 0; i < e->n_fields; i++) {
		if (strcmp(e->fields[i].section, s->name) != 0) continue;
		if (!first) first = &e->fields[i];
		(*n)++;
	}
	return first;
}

const struct field *entity_field(const struct entity *e, const char *section, const char *name)
{
	for (size_t i = 0; i < e->n_fields; i++)
		if (!strcmp(e->fields[i].section, section) && !strcmp(e->fields[i].name, name)) return &e->fields[i];
	return NULL;
}

const struct field *section_pick(const struct entity *e, const struct section *s)
{
	size_t n;
	const struct field *f = section_fields(e, s, &n);
	bool few = s->kind == SECTION_MANY && n == 1 && (f->type == FIELD_MUNICIPALITY || f->type == FIELD_CHOICE);
	return few ? f : NULL;
}
