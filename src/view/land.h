/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_VIEW_LAND_H
#define LG_VIEW_LAND_H
#include <stdbool.h>
#include <stdint.h>

/** The maps whose land web/build.mjs draws, and where a place stands on them. Threads: any. */
enum lg_land { LG_LAND_DK, LG_LAND_SE, LG_LAND_BOTH };

/** Width and height of the picture. */
void lg_land_size(enum lg_land map, int64_t *width, int64_t *height);
/** Latitude and longitude in millionths of a degree. @return false: the place is not on the map */
bool lg_land_place(enum lg_land map, int32_t latitude_e6, int32_t longitude_e6, int64_t *x, int64_t *y);
#endif
