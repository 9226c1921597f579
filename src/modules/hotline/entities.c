/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "modules/hotline/entities.h"

#include "core/entity_list.h"

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
static const struct section web_form_sections[] = {
#include "modules/hotline/web_form.def"
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
static const struct field web_form_fields[] = {
#include "modules/hotline/web_form.def"
};

ENTITY(entrance, -1);
ENTITY(outcome, -1);
ENTITY(article, CHOICE_article_state);
ENTITY(quick, -1);
ENTITY(web_form, -1);
ENTITY(enquiry, CHOICE_enquiry_state);
