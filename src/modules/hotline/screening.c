/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "modules/hotline/screening.h"

#include <string.h>

#include "view/speech.h"

static const struct screening_family families[] = {
#define LIST(day)
#define FAMILY(code, text) { #code, text },
#define ASK(family, code, text)
#include "modules/hotline/screening.def"
#undef ASK
#undef FAMILY
};

static const struct screening_ask asks[] = {
#define FAMILY(code, text)
#define ASK(family, code, text) { #family, #code, text },
#include "modules/hotline/screening.def"
#undef ASK
#undef FAMILY
#undef LIST
};
enum { ASKS = sizeof asks / sizeof *asks };

const struct screening_family *screening_families(size_t *n)
{
	*n = sizeof families / sizeof *families;
	return families;
}

const struct screening_ask *screening_asks(const char *family, size_t *n)
{
	size_t first = 0;
	while (first < ASKS && strcmp(asks[first].family, family) != 0) first++;
	for (*n = 0; first + *n < ASKS && !strcmp(asks[first + *n].family, family);) (*n)++;
	return asks + first;
}

const char *screening_list_day(void)
{
#define LIST(day) return day;
#define FAMILY(code, text)
#define ASK(family, code, text)
#include "modules/hotline/screening.def"
#undef ASK
#undef FAMILY
#undef LIST
}

const char *screening_speaks_for(size_t yes, size_t not_yet, size_t no)
{
	if (no) return "not_regional";
	return not_yet || !yes ? "later" : "suitable";
}
