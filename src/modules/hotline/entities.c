/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "modules/hotline/entities.h"

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
static const struct section entrance_sections[] = {
#include "modules/hotline/entrance.def"
};
static const struct section enquiry_sections[] = {
#include "modules/hotline/enquiry.def"
};
static const struct section quick_sections[] = {
#include "modules/hotline/quick.def"
};
static const struct section article_sections[] = {
#include "modules/hotline/article.def"
};
static const struct section outcome_sections[] = {
#include "modules/hotline/outcome.def"
};
#undef S
#undef F

#define S NOTHING_S
#define F AS_FIELD
static const struct field entrance_fields[] = {
#include "modules/hotline/entrance.def"
};
static const struct field enquiry_fields[] = {
#include "modules/hotline/enquiry.def"
};
static const struct field quick_fields[] = {
#include "modules/hotline/quick.def"
};
static const struct field article_fields[] = {
#include "modules/hotline/article.def"
};
static const struct field outcome_fields[] = {
#include "modules/hotline/outcome.def"
};

ENTITY(entrance, -1);
ENTITY(outcome, -1);
ENTITY(article, CHOICE_article_state);
ENTITY(quick, -1);
ENTITY(enquiry, CHOICE_enquiry_state);
