/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_MARKET_MUNICIPALITY_H
#define LG_MARKET_MUNICIPALITY_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** A municipality of Denmark or Sweden: facts of the official registers, typed in; see municipality.def for sources. */
struct lg_municipality {
	const char *code;                  /* four digits */
	const char *country;               /* "DK" or "SE" */
	const char *name;                  /* in the country's own language */
	const char *region;                /* name of the region (DK) or county (SE) */
	int32_t latitude_e6, longitude_e6; /* of the centre, millionths of a degree */
	uint32_t weight; /* people of its towns in thousands, roughly: a weight for invented markets, no statistic */
};

/** All of them, by country (DK, SE) and code. */
const struct lg_municipality *lg_municipalities(size_t *n);
/**
 * By code: "0101", "101", "DK-0101", "SE-0180"; a bare code that both countries use is Danish only when `country`
 * is "DK" and Swedish only when it is "SE". @return NULL: unknown, or ambiguous with country NULL
 */
const struct lg_municipality *lg_municipality_find(const char *code, size_t n, const char *country);
#endif
