/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/entity.h"

#define AS_SECTION(section, label, kind, rows) { #section, label, SECTION_##kind, rows },
#define AS_FIELD(section, name, type, most, flags, label, help, choices)                                               \
	{ #section, #name, FIELD_##type, most, flags, label, help, choices },
#define NOTHING_S(section, label, kind, rows)
#define NOTHING_F(section, name, type, most, flags, label, help, choices)
#define ENTITY(entity_name)                                                                                            \
	const struct entity entity_name##_entity = {                                                                   \
		.name = #entity_name,                                                                                  \
		.sections = entity_name##_sections,                                                                    \
		.n_sections = sizeof entity_name##_sections / sizeof *entity_name##_sections,                          \
		.fields = entity_name##_fields,                                                                        \
		.n_fields = sizeof entity_name##_fields / sizeof *entity_name##_fields,                                \
	}

#define S AS_SECTION
#define F NOTHING_F
static const struct section note_sections[] = {
#include "core/note.def"
};
static const struct section task_sections[] = {
#include "core/task.def"
};
static const struct section contact_sections[] = {
#include "core/contact.def"
};
#undef S
#undef F

#define S NOTHING_S
#define F AS_FIELD
static const struct field note_fields[] = {
#include "core/note.def"
};
static const struct field task_fields[] = {
#include "core/task.def"
};
static const struct field contact_fields[] = {
#include "core/contact.def"
};

ENTITY(note);
ENTITY(task);
ENTITY(contact);
