/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "landgang/match.h"

#include "inner.h"

/* Sphere of IUGG's mean radius, in steps of 10 m. */
#define RADIUS 637100.9
#define RADIANS_PER_E6 (3.14159265358979323846 / 180e6)

/* Sine of millionths of a degree, -180..180 degrees. The angle is folded into 0..90 degrees in whole numbers; there the
   Taylor series to x^17 is off by less than 1e-13. */
static double sine(int32_t e6)
{
	double sign = e6 < 0 ? -1.0 : 1.0;
	int32_t a = e6 < 0 ? -e6 : e6;
	if (a > 90000000) a = 180000000 - a;
	double x = a * RADIANS_PER_E6, xx = x * x, sum = 1.0;
	for (int n = 16; n >= 2; n -= 2) sum = 1.0 - xx * sum / (n * (n + 1.0));
	return sign * x * sum;
}

static double cosine(int32_t e6) { return sine(90000000 - (e6 < 0 ? -e6 : e6)); }

static int32_t rounded(double v) { return (int32_t)(v < 0 ? v - 0.5 : v + 0.5); }

bool lgm_place_at(struct lgm_place *out, int32_t latitude_e6, int32_t longitude_e6)
{
	if (latitude_e6 < -90000000 || latitude_e6 > 90000000) return false;
	if (longitude_e6 < -180000000 || longitude_e6 > 180000000) return false;
	double across = RADIUS * cosine(latitude_e6);
	out->x = rounded(across * cosine(longitude_e6));
	out->y = rounded(across * sine(longitude_e6));
	out->z = rounded(RADIUS * sine(latitude_e6));
	return true;
}

/* Digit by digit in binary: no floating point, as this is the reference. */
static uint32_t root(uint64_t v)
{
	uint64_t r = 0;
	for (uint64_t bit = 1ull << 31; bit; bit >>= 1)
		if ((r + bit) * (r + bit) <= v) r += bit;
	return (uint32_t)r;
}

uint32_t lgm_distance(const struct lgm_place *a, const struct lgm_place *b)
{
	int64_t dx = (int64_t)a->x - b->x, dy = (int64_t)a->y - b->y, dz = (int64_t)a->z - b->z;
	return root((uint64_t)(dx * dx + dy * dy + dz * dz));
}

uint32_t lgm_distance_m(const struct lgm_place *a, const struct lgm_place *b) { return lgm_distance(a, b) * 10; }
