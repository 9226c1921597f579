/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "taxonomy/ssyk.h"

#include <string.h>

static const struct {
	char ssyk[5], isco[5];
} pairs[] = {
#define P(ssyk, isco) { ssyk, isco },
#include "taxonomy/ssyk.def"
#undef P
};

size_t lg_ssyk_to_isco(const char *ssyk, size_t n, const char *isco[], size_t room)
{
	size_t from = 0, to = sizeof pairs / sizeof *pairs, found = 0;
	if (n != 4) return 0;
	while (from < to) {
		size_t middle = (from + to) / 2;
		if (memcmp(pairs[middle].ssyk, ssyk, 4) < 0)
			from = middle + 1;
		else
			to = middle;
	}
	for (; from < sizeof pairs / sizeof *pairs && !memcmp(pairs[from].ssyk, ssyk, 4); from++, found++)
		if (found < room) isco[found] = pairs[from].isco;
	return found;
}
