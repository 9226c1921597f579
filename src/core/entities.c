/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/entity.h"
#include "core/entity_list.h"

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
static const struct section what_if_sections[] = {
#include "core/what_if.def"
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
static const struct field what_if_fields[] = {
#include "core/what_if.def"
};

ENTITY(note, -1);
ENTITY(task, -1);
ENTITY(contact, -1);
ENTITY(document, -1);
ENTITY(employer, -1);
ENTITY(opening, CHOICE_opening_state);
ENTITY(run, CHOICE_run_state);
ENTITY(what_if, -1);
