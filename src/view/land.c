/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "view/land.h"

/* The rows of land.def, which says what they mean. */
static const struct land {
	int64_t width, height, west, north, x_scale, y_scale;
	int64_t inset_west, inset_south, inset_east, inset_north, inset_dx, inset_dy;
} lands[] = {
#define LAND(name, ...) { __VA_ARGS__ },
#include "land.def"
#undef LAND
};

/* The order of the enumeration is the file's. */
enum {
#define LAND(name, ...) AT_##name,
#include "land.def"
#undef LAND
};
_Static_assert(AT_dk == (int)LG_LAND_DK && AT_se == (int)LG_LAND_SE && AT_both == (int)LG_LAND_BOTH, "order of maps");

void lg_land_size(enum lg_land map, int64_t *width, int64_t *height)
{
	*width = lands[map].width;
	*height = lands[map].height;
}

static int64_t scaled(int64_t degrees_e6, int64_t scale)
{
	enum { UNIT = 1000000000 };
	return (degrees_e6 * scale + UNIT / 2) / UNIT;
}

bool lg_land_place(enum lg_land map, int32_t latitude_e6, int32_t longitude_e6, int64_t *x, int64_t *y)
{
	const struct land *l = &lands[map];
	if (longitude_e6 < l->west || latitude_e6 > l->north) return false;
	*x = scaled(longitude_e6 - l->west, l->x_scale);
	*y = scaled(l->north - latitude_e6, l->y_scale);
	bool inset = longitude_e6 >= l->inset_west && longitude_e6 <= l->inset_east && latitude_e6 >= l->inset_south &&
	             latitude_e6 <= l->inset_north;
	*x += inset ? l->inset_dx : 0;
	*y += inset ? l->inset_dy : 0;
	return *x >= 0 && *y >= 0 && *x <= l->width && *y <= l->height;
}
