/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdlib.h>

#include "inner.h"

static int before(const void *a, const void *b)
{
	const struct lgm_keyed *x = a, *y = b;
	if (x->key != y->key) return x->key < y->key ? -1 : 1;
	return (x->value > y->value) - (x->value < y->value);
}

void lgm_sort(struct lgm_keyed *list, size_t n)
{
	if (n > 1) qsort(list, n, sizeof *list, before);
}
