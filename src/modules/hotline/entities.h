/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_HOTLINE_ENTITIES_H
#define LG_HOTLINE_ENTITIES_H
#include "core/entity.h"

/** The entities of the module, one .def each. */
extern const struct entity entrance_entity, enquiry_entity, quick_entity, article_entity, outcome_entity,
    web_form_entity;
#endif
