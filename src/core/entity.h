/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_ENTITY_H
#define LG_CORE_ENTITY_H
#include "app/field.h"
#include "core/choice.h"
#include "view/speech.h"

/** The entities of core beside the candidate, one .def each. */
extern const struct entity note_entity, task_entity, contact_entity, document_entity, employer_entity, opening_entity,
    run_entity, what_if_entity;

/** Short names of flags, as .def files have them. */
enum {
	REQUIRED = FIELD_REQUIRED,
	PERSONAL = FIELD_PERSONAL,
	SENSITIVE = FIELD_SENSITIVE,
	QUICK = FIELD_QUICK,
	NATIVE = FIELD_NATIVE,
};
#endif
