/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "modules/pool/entities.h"

#include "core/entity_list.h"

#define S AS_SECTION
#define F NOTHING_F
static const struct section giving_sections[] = {
#include "modules/pool/giving.def"
};
static const struct section pool_match_sections[] = {
#include "modules/pool/pool_match.def"
};
static const struct section pool_run_sections[] = {
#include "modules/pool/pool_run.def"
};
#undef S
#undef F

#define S NOTHING_S
#define F AS_FIELD
static const struct field giving_fields[] = {
#include "modules/pool/giving.def"
};
static const struct field pool_match_fields[] = {
#include "modules/pool/pool_match.def"
};
static const struct field pool_run_fields[] = {
#include "modules/pool/pool_run.def"
};

ENTITY(giving, -1);
ENTITY(pool_match, -1);
ENTITY(pool_run, -1);
