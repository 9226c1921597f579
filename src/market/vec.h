/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_MARKET_VEC_H
#define LG_MARKET_VEC_H
#include <stddef.h>

/**
 * Room for one more in a growing array that is malloc'ed, so that growing leaves no copies in an arena. Whoever
 * owns it frees it (a deferred closer). @return the array, perhaps moved; never NULL
 */
void *vec_room(void *array, size_t n, size_t *cap, size_t size);
#endif
