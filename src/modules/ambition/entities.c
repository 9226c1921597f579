/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "modules/ambition/entities.h"

#include "core/entity_list.h"

#define S AS_SECTION
#define F NOTHING_F
static const struct section ambition_sections[] = {
#include "modules/ambition/ambition.def"
};
#undef S
#undef F

#define S NOTHING_S
#define F AS_FIELD
static const struct field ambition_fields[] = {
#include "modules/ambition/ambition.def"
};

ENTITY(ambition, -1);
