/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "view/number.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "view/speech.h"

enum { GROUP = 3 };

static const char *thousands(void)
{
	const char *language = lg_speech_language();
	if (!strcmp(language, "en")) return ",";
	return !strcmp(language, "da") ? "." : "\u00A0";
}

char *lg_number_count(char out[48], uint64_t n)
{
	char digits[24];
	const char *between = thousands();
	size_t len = (size_t)snprintf(digits, sizeof digits, "%" PRIu64, n), at = 0;
	for (size_t i = 0; i < len; i++) {
		if (i && (len - i) % GROUP == 0)
			for (const char *p = between; *p; p++) out[at++] = *p;
		out[at++] = digits[i];
	}
	out[at] = '\0';
	return out;
}

char *lg_number_tenths(char out[48], uint64_t tenths)
{
	(void)lg_number_count(out, tenths / 10);
	size_t n = strlen(out);
	if (tenths % 10) {
		out[n++] = strcmp(lg_speech_language(), "en") ? ',' : '.';
		out[n++] = (char)('0' + tenths % 10);
	}
	out[n] = '\0';
	return out;
}
