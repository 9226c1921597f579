/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_DEMO_LOAD_PART_H
#define LG_CORE_DEMO_LOAD_PART_H
#include "core/demo_act.h"

/** Parts of core/demo_load.h. */
LG_MUST enum lg_err demo_load_employers(struct lg_ctx *cx, struct app *app, const uint8_t *token,
                                        const struct demo_office *office, int32_t today);
#endif
