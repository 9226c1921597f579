/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_DATE_PARTS_H
#define LG_CORE_DATE_PARTS_H
#include <stdbool.h>
#include <stdint.h>

/**
 * Dates taken apart, in the Gregorian calendar without a clock or a zone (algorithms: Howard Hinnant,
 * "chrono-compatible low-level date algorithms", days_from_civil and civil_from_days). Years 1600 to 2399.
 */
struct date_parts {
	int year, month, day; /* 1..12, 1..31 */
};

static inline bool date_leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

static inline int date_month_days(int year, int month)
{
	static const int days[12] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	return month == 2 && date_leap(year) ? 29 : days[month - 1];
}

/** Days since 1970-01-01. @return false: there is no such day */
static inline bool date_of_parts(int32_t *out, struct date_parts p)
{
	if (p.year < 1600 || p.year > 2399 || p.month < 1 || p.month > 12) return false;
	if (p.day < 1 || p.day > date_month_days(p.year, p.month)) return false;
	int year = p.month <= 2 ? p.year - 1 : p.year;
	int era = year / 400, of_era = year % 400;
	int of_year = (153 * (p.month + (p.month > 2 ? -3 : 9)) + 2) / 5 + p.day - 1;
	*out = era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
	return true;
}

static inline struct date_parts date_parts_of(int32_t day)
{
	int64_t z = (int64_t)day + 719468;
	int64_t era = (z >= 0 ? z : z - 146096) / 146097, of_era = z - era * 146097;
	int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int64_t of_year = of_era - (365 * year + year / 4 - year / 100), m = (5 * of_year + 2) / 153;
	int month = (int)(m < 10 ? m + 3 : m - 9);
	return (struct date_parts){ (int)(year + era * 400) + (month <= 2), month,
		                    (int)(of_year - (153 * m + 2) / 5) + 1 };
}
#endif
