/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_POINT_H
#define LG_CORE_POINT_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/** A place on the map: WGS 84, millionths of a degree. Latitude -90..90 degrees, longitude -180..180. */
struct point {
	int32_t latitude_e6, longitude_e6;
};

/**
 * Reads a point as map programs show it: latitude, then longitude, in degrees. "55.4038, 10.4024", and also
 * "55.4038 10.4024", "55.4038/10.4024", "55,4038, 10,4024". At most six decimals count, what is beyond is cut off.
 * @return false: none, or out of range; *out is then as it was. Cost O(n). Threads: any.
 */
bool point_read(struct point *out, const char *text, size_t n);
void point_print(struct lg_buf *out, struct point p); /* "55.403800, 10.402400" */
/** May they be in one municipality? Up to 1.5 degrees of latitude and 3 of longitude apart: no municipality is wider.
 */
bool point_near(struct point a, struct point b);
#endif
