/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/municipalities.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ucol.h>

#include "base/ctx.h"

/* Of each country; the second list begins with what stands second in the first. */
enum { DENMARK, SWEDEN, COUNTRIES };
static const struct lg_municipality **lists[COUNTRIES];
static size_t n_all, n_of[COUNTRIES];
static pthread_once_t once = PTHREAD_ONCE_INIT;
static UCollator *collator; /* while they are made */

static int by_name(const void *a, const void *b)
{
	const char *x = (*(const struct lg_municipality *const *)a)->name,
	           *y = (*(const struct lg_municipality *const *)b)->name;
	UErrorCode err = U_ZERO_ERROR;
	return (int)ucol_strcollUTF8(collator, x, -1, y, -1, &err);
}

static void make(void)
{
	static const char *const codes[COUNTRIES] = { "DK", "SE" }, *const alphabets[COUNTRIES] = { "da", "sv" };
	const struct lg_municipality *all = lg_municipalities(&n_all);
	for (int country = 0; country < COUNTRIES; country++) {
		UErrorCode err = U_ZERO_ERROR;
		lists[country] = calloc(n_all, sizeof **lists);
		collator = ucol_open(alphabets[country], &err);
		lg_assert(lists[country] && U_SUCCESS(err));
		for (size_t i = 0; i < n_all; i++)
			if (!strcmp(all[i].country, codes[country])) lists[country][n_of[country]++] = &all[i];
		qsort((void *)lists[country], n_of[country], sizeof **lists, by_name);
		ucol_close(collator);
	}
	memcpy((void *)(lists[DENMARK] + n_of[DENMARK]), (const void *)lists[SWEDEN], n_of[SWEDEN] * sizeof **lists);
	memcpy((void *)(lists[SWEDEN] + n_of[SWEDEN]), (const void *)lists[DENMARK], n_of[DENMARK] * sizeof **lists);
}

static int country_of(const char *zone)
{
	(void)pthread_once(&once, make);
	return zone && !strcmp(zone, "Europe/Stockholm") ? SWEDEN : DENMARK;
}

const struct lg_municipality *const *municipalities_by_name(const char *zone, size_t *n)
{
	int country = country_of(zone);
	*n = n_all;
	return lists[country];
}

size_t municipalities_near(const char *zone)
{
	int country = country_of(zone);
	return n_of[country];
}
