/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_MUNICIPALITIES_H
#define LG_CORE_MUNICIPALITIES_H
#include "market/municipality.h"

/**
 * Municipalities as people look for them in a list: those of the country first in which clocks go as in `zone`
 * ("Europe/Stockholm": Sweden; any other, or NULL: Denmark), each country by name in the order of its own alphabet
 * (CLDR: Danish has "Aa" with "Å" at the end, Swedish "Å Ä Ö"). Made once, kept for ever; O(1) after that. Any thread.
 */
const struct lg_municipality *const *municipalities_by_name(const char *zone, size_t *n);
/** How many of the list are of the first country. */
size_t municipalities_near(const char *zone);
#endif
