/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_ENTITY_LIST_H
#define LG_CORE_ENTITY_LIST_H
#include "app/field.h"

/** @file How the *.def of entities become tables: for entities.c of core and of each module, and for nobody else. */

#define AS_SECTION(section, label, kind, rows) { #section, label, SECTION_##kind, rows },
#define AS_FIELD(section, name, type, most, flags, label, help, choices)                                               \
	{ #section, #name, FIELD_##type, most, flags, label, help, choices },
#define NOTHING_S(section, label, kind, rows)
#define NOTHING_F(section, name, type, most, flags, label, help, choices)
#define ENTITY(entity_name, state_list)                                                                                \
	const struct entity entity_name##_entity = {                                                                   \
		.name = #entity_name,                                                                                  \
		.sections = entity_name##_sections,                                                                    \
		.n_sections = sizeof entity_name##_sections / sizeof *entity_name##_sections,                          \
		.fields = entity_name##_fields,                                                                        \
		.n_fields = sizeof entity_name##_fields / sizeof *entity_name##_fields,                                \
		.states = state_list,                                                                                  \
	}
#endif
