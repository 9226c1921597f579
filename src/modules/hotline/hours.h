/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_HOTLINE_HOURS_H
#define LG_HOTLINE_HOURS_H
#include <jansson.h>

#include "base/ctx.h"
#include "modules/hotline/clock.h"

/**
 * The clock of an entrance: its hours as text, its holidays ([{"day": "2026-12-24", "name": ...}], or NULL), the
 * office's zone, which must outlive it. What cannot be read is taken for closed. Of cx.
 */
struct hotline_hours *hotline_hours_of(struct lg_ctx *cx, const char *hours, const json_t *holidays, const char *zone);
/** "Open until 15:30", "Opens tomorrow at 08:00", "Closed"; in the language spoken, of cx. */
const char *hotline_hours_now(struct lg_ctx *cx, const struct hotline_hours *h, const char *zone);
#endif
