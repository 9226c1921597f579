/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_PLACED_H
#define LG_CORE_PLACED_H
#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

/**
 * Where a record is: at its field `point` (core/point.h), else in the middle of its `municipality`; millionths of a
 * degree, DB_NO_INT when neither is known. Pure. Threads: any.
 */
struct placed {
	int64_t latitude_e6, longitude_e6;
};
struct placed placed_at(const json_t *record);
/** Does its point lie where its municipality cannot be? */
bool placed_too_far(const json_t *record);
#endif
