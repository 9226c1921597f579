/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_TAXONOMY_SSYK_H
#define LG_TAXONOMY_SSYK_H
#include <stddef.h>

/**
 * The ISCO-08 unit groups of a Swedish occupation code (SSYK 2012, 4 digits), ascending, by the key of Statistics
 * Sweden (ssyk.def).
 *
 * @param isco  receives at most `room` codes of 4 digits; the strings are constant
 * @return how many groups there are, which may be more than `room`; 0 for an unknown code
 *
 * O(log n). Any thread.
 */
size_t lg_ssyk_to_isco(const char *ssyk, size_t n, const char *isco[], size_t room);

/** Room that always suffices. */
enum { LG_SSYK_ROOM = 16 };
#endif
