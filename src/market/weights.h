/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_MARKET_WEIGHTS_H
#define LG_MARKET_WEIGHTS_H
#include <stddef.h>

#include "base/ctx.h"
#include "landgang/match.h"

/**
 * Read a file of weights into a setup: one JSON object with any of the keys
 *
 *     { "occupation": 3000, "essential_skills": 3000, "optional_skills": 1000, "language": 500, "distance": 1000,
 *       "wish": 700, "schedule": 800, "min_schedule_percent": 75, "start_grace_days": 30 }
 *
 * All whole numbers. A key that is missing keeps what the setup has. The seven weights add up to 1..10,000. Any other
 * key is refused; for a person's sex, age, origin and the like with the reason that the engine has no such field.
 *
 * @param name  of the file, for notes
 * @return LG_OK, or LG_INVALID with a note; then *setup is unchanged. Threads: any. O(n).
 */
LG_MUST enum lg_err lg_weights_read(struct lg_ctx *cx, struct lgm_setup *setup, const char *name, const char *json,
                                    size_t n);
#endif
