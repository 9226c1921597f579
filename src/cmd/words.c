/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "cmd/words.h"

#include <string.h>

const char *words_count(char out[32], uint64_t n)
{
	char *p = out + 31;
	*p = '\0';
	for (int digits = 0; digits == 0 || n; digits++, n /= 10) {
		if (digits && digits % 3 == 0) *--p = ',';
		*--p = (char)('0' + n % 10);
	}
	return memmove(out, p, (size_t)(out + 32 - p));
}

const char *words_one(uint64_t n, const char *one, const char *many) { return n == 1 ? one : many; }
