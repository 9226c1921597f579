/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "base/date.h"

#include <string.h>
#include <time.h>

enum { DAY_S = 24 * 60 * 60 };

bool lg_date_read(int32_t *day, const char *s, size_t n)
{
	char text[11];
	if (n != 10) return false;
	for (size_t i = 0; i < n; i++)
		if (i == 4 || i == 7 ? s[i] != '-' : s[i] < '0' || s[i] > '9') return false;
	memcpy(text, s, n);
	text[n] = '\0';
	struct tm tm = { 0 };
	const char *end = strptime(text, "%Y-%m-%d", &tm);
	if (!end || *end || tm.tm_year < 0 || tm.tm_year >= 300) return false;
	int month_day = tm.tm_mday;
	time_t t = timegm(&tm); /* turns 31 February into March, and says so in tm_mday */
	if (tm.tm_mday != month_day) return false;
	*day = (int32_t)(t / DAY_S);
	return true;
}

void lg_date_print(char out[11], int32_t day)
{
	time_t t = (time_t)day * DAY_S;
	struct tm tm;
	if (!gmtime_r(&t, &tm) || !strftime(out, 11, "%Y-%m-%d", &tm)) memcpy(out, "0000-00-00", 11);
}
