/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "market/municipality.h"

#include <stdlib.h>
#include <string.h>

static const struct lg_municipality all[] = {
#define M(code, country, name, region, latitude, longitude, weight)                                                    \
	{ code, country, name, region, latitude, longitude, weight },
#include "market/municipality.def"
#undef M
};

const struct lg_municipality *lg_municipalities(size_t *n)
{
	*n = sizeof all / sizeof *all;
	return all;
}

static int compare(const void *key, const void *entry)
{
	const struct lg_municipality *a = key, *b = entry;
	int country = strcmp(a->country, b->country);
	return country ? country : strcmp(a->code, b->code);
}

static const struct lg_municipality *in_country(const char *code, const char *country)
{
	struct lg_municipality key = { .code = code, .country = country };
	return bsearch(&key, all, sizeof all / sizeof *all, sizeof *all, compare);
}

/* "101" -> "0101". @return false: it is no number of three or four digits */
static bool four_digits(char out[5], const char *code, size_t n)
{
	if (n < 3 || n > 4) return false;
	memcpy(out, "0000", 5);
	for (size_t i = 0; i < n; i++) {
		if (code[i] < '0' || code[i] > '9') return false;
		out[4 - n + i] = code[i];
	}
	return true;
}

const struct lg_municipality *lg_municipality_find(const char *code, size_t n, const char *country)
{
	char digits[5];
	if (n > 3 && (!memcmp(code, "DK-", 3) || !memcmp(code, "SE-", 3))) {
		country = code[0] == 'D' ? "DK" : "SE";
		code += 3;
		n -= 3;
	}
	if (!four_digits(digits, code, n)) return NULL;
	if (country) return in_country(digits, country);
	const struct lg_municipality *dk = in_country(digits, "DK"), *se = in_country(digits, "SE");
	return dk && se ? NULL : dk ? dk : se;
}
