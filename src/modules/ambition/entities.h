/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_AMBITION_ENTITIES_H
#define LG_AMBITION_ENTITIES_H
#include "core/entity.h"

/** The entity of the module. */
extern const struct entity ambition_entity;
#endif
