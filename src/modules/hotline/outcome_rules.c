/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "modules/hotline/outcome_rules.h"

#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "view/speech.h"

enum { MONTHS = 12 };

int32_t outcome_months_on(int32_t day, int months)
{
	char text[11];
	int32_t found;
	lg_date_print(text, day);
	int year = (text[0] - '0') * 1000 + (text[1] - '0') * 100 + (text[2] - '0') * 10 + (text[3] - '0'),
	    month = (text[5] - '0') * 10 + (text[6] - '0') - 1 + months,
	    of_month = (text[8] - '0') * 10 + (text[9] - '0');
	year += month / MONTHS, month = month % MONTHS + 1;
	for (;; of_month--) {
		char try[40];
		(void)snprintf(try, sizeof try, "%04d-%02d-%02d", year, month, of_month);
		if (lg_date_read(&found, try, strlen(try))) return found;
	}
}

size_t outcome_asks(struct outcome_ask out[OUTCOME_ASKS], const char *kind, int32_t day)
{
	if (!strcmp(kind, "interview")) {
		out[0] = (struct outcome_ask){ day + 1, LG_TEXT("How did the interview go?") };
		return 1;
	}
	if (!strcmp(kind, "trial_day")) {
		out[0] = (struct outcome_ask){ day + 1, LG_TEXT("How did the trial day go?") };
		return 1;
	}
	if (strcmp(kind, "start") != 0) return 0;
	out[0] = (struct outcome_ask){ outcome_months_on(day, 3), LG_TEXT("Still there after 3 months?") };
	out[1] = (struct outcome_ask){ outcome_months_on(day, 6), LG_TEXT("Still there after 6 months?") };
	out[2] = (struct outcome_ask){ outcome_months_on(day, 12), LG_TEXT("Still there after 12 months?") };
	return 3;
}
