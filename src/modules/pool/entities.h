/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_POOL_ENTITIES_H
#define LG_POOL_ENTITIES_H
#include "core/entity.h"

/** The entities of the module, one .def each. */
extern const struct entity giving_entity, pool_match_entity, pool_run_entity;
#endif
