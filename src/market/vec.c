/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "market/vec.h"

#include <stdlib.h>

#include "base/err.h"

void *vec_room(void *array, size_t n, size_t *cap, size_t size)
{
	if (n < *cap) return array;
	*cap = *cap ? *cap + *cap / 2 : 64;
	void *bigger = reallocarray(array, *cap, size);
	lg_assert(bigger);
	return bigger;
}
