/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* Accept-Language of any client: one of ours or none, and what stands alone is understood the same among others. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "view/speech.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *accept = malloc(size + 32);
	if (!accept) return 0;
	memcpy(accept, data, size);
	accept[size] = '\0';
	const char *wanted = lg_language_wanted(accept);
	if (wanted && lg_language_known(wanted) != wanted) abort();
	/* What weighs as much and comes later changes nothing; without it, it is what is wanted. */
	strcat(accept, ",uk;q=0.001");
	const char *with = lg_language_wanted(accept);
	if (with != (wanted ? wanted : lg_language_known("uk"))) abort();
	free(accept);
	return 0;
}
