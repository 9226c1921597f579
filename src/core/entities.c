/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/entity.h"

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
static const struct section document_sections[] = {
#include "core/document.def"
};
static const struct section employer_sections[] = {
#include "core/employer.def"
};
static const struct section opening_sections[] = {
#include "core/opening.def"
};
static const struct section run_sections[] = {
#include "core/run.def"
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
static const struct field document_fields[] = {
#include "core/document.def"
};
static const struct field employer_fields[] = {
#include "core/employer.def"
};
static const struct field opening_fields[] = {
#include "core/opening.def"
};
static const struct field run_fields[] = {
#include "core/run.def"
};

ENTITY(note, -1);
ENTITY(task, -1);
ENTITY(contact, -1);
ENTITY(document, -1);
ENTITY(employer, -1);
ENTITY(opening, CHOICE_opening_state);
ENTITY(run, CHOICE_run_state);
