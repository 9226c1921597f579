/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/outcome_rules.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "core/choice.h"
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

static const struct {
	const char *what, *text;
} texts[] = {
	{ "interview", LG_TEXT("How did the interview go?") },   { "trial_day", LG_TEXT("How did the trial day go?") },
	{ "still_3", LG_TEXT("Still there after 3 months?") },   { "still_6", LG_TEXT("Still there after 6 months?") },
	{ "still_12", LG_TEXT("Still there after 12 months?") },
};

const char *outcome_ask_text(const char *what)
{
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (!strcmp(texts[i].what, what)) return texts[i].text;
	return "";
}

size_t outcome_asks(struct outcome_ask out[OUTCOME_ASKS], const char *kind, int32_t day)
{
	if (!strcmp(kind, "interview") || !strcmp(kind, "trial_day")) {
		out[0] = (struct outcome_ask){ day + 1, kind };
		return 1;
	}
	if (strcmp(kind, "start") != 0) return 0;
	out[0] = (struct outcome_ask){ outcome_months_on(day, 3), "still_3" };
	out[1] = (struct outcome_ask){ outcome_months_on(day, 6), "still_6" };
	out[2] = (struct outcome_ask){ outcome_months_on(day, 12), "still_12" };
	return 3;
}

const char *outcome_fault(const char *kind, const char *reason, int32_t day, int32_t today, const char **field)
{
	bool stopped = !strcmp(kind, "stopped"),
	     planned = !strcmp(kind, "interview") || !strcmp(kind, "trial_day") || !strcmp(kind, "start");
	*field = "kind";
	if (!choice_find(CHOICE_outcome, kind)) return LG_TEXT("Choose one of the list.");
	*field = "reason";
	if (stopped && !choice_find(CHOICE_outcome_stop, reason)) return LG_TEXT("Say why it stopped.");
	if (!stopped && *reason) return LG_TEXT("A reason belongs to a stop: leave it empty.");
	*field = "on_day";
	return day > today && !planned ? LG_TEXT("This date is in the future.") : NULL;
}
