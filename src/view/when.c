/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "view/when.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unicode/ucal.h>
#include <unicode/udat.h>
#include <unicode/ureldatefmt.h>
#include <unicode/ustring.h>

#include "base/date.h"
#include "view/speech.h"

enum {
	MONTHS = 12,
	WEEKDAYS = 7,
	NEAR = 3,
	WORD = 32,
	MINUTE_S = 60,
	HOUR_S = 60 * MINUTE_S,
	DAY_S = 24 * HOUR_S,
	MS = 1000
};

/* What stands between the words, and where CLDR has them. British English: the day first. */
static const struct style {
	const char *language, *locale, *after_day, *after_weekday, *before_clock;
	char in_clock;
	bool points_after_months;
} styles[] = {
	{ "en", "en_GB", "", " ", ", ", ':', true },
	{ "da", "da", ".", " ", " kl. ", '.', true },
	{ "sv", "sv", "", " ", " ", ':', false },
	{ "uk", "uk", "", ", ", ", ", ':', true },
};
enum { STYLES = sizeof styles / sizeof *styles };

/* --- words: taken from ICU once, for all languages */

static struct words {
	char month[MONTHS][WORD], weekday[WEEKDAYS][WORD], near[NEAR][WORD];
} all_words[STYLES];
static bool has_words;
static pthread_once_t words_once = PTHREAD_ONCE_INIT;

/* The letters of pages have no U+02BC, which is Ukrainian's apostrophe in CLDR; they have the other one that is used.
 */
static void keep(char out[WORD], UChar *word, UErrorCode *err)
{
	for (UChar *c = word; *c; c++)
		if (*c == 0x02BC) *c = 0x2019;
	(void)u_strToUTF8(out, WORD, NULL, word, -1, err);
	if (*err == U_STRING_NOT_TERMINATED_WARNING) *err = U_BUFFER_OVERFLOW_ERROR;
}

static void symbols(const UDateFormat *format, UDateFormatSymbolType type, int32_t first, size_t n, char out[][WORD],
                    UErrorCode *err)
{
	for (size_t i = 0; i < n; i++) {
		UChar word[WORD] = { 0 };
		(void)udat_getSymbols(format, type, first + (int32_t)i, word, WORD, err);
		keep(out[i], word, err);
	}
}

static void near_words(const char *locale, char out[NEAR][WORD], UErrorCode *err)
{
	URelativeDateTimeFormatter *format =
	    ureldatefmt_open(locale, NULL, UDAT_STYLE_LONG, UDISPCTX_CAPITALIZATION_NONE, err);
	for (int i = 0; i < NEAR; i++) {
		UChar word[WORD] = { 0 };
		(void)ureldatefmt_format(format, i - 1, UDAT_REL_UNIT_DAY, word, WORD, err);
		keep(out[i], word, err);
	}
	ureldatefmt_close(format);
}

static bool take_words(const struct style *s, struct words *w)
{
	UErrorCode err = U_ZERO_ERROR;
	UDateFormat *format = udat_open(UDAT_MEDIUM, UDAT_MEDIUM, s->locale, u"UTC", -1, NULL, 0, &err);
	symbols(format, UDAT_SHORT_MONTHS, 0, MONTHS, w->month, &err);
	symbols(format, UDAT_WEEKDAYS, UCAL_SUNDAY, WEEKDAYS, w->weekday, &err);
	udat_close(format);
	near_words(s->locale, w->near, &err);
	for (size_t i = 0; !s->points_after_months && i < MONTHS; i++) {
		char *point = strchr(w->month[i], '.');
		if (point) *point = '\0';
	}
	return U_SUCCESS(err);
}

static void take_all_words(void)
{
	has_words = true;
	for (size_t i = 0; i < STYLES; i++) has_words = take_words(&styles[i], &all_words[i]) && has_words;
}

/* NULL: this machine's ICU has no data; days are then printed as digits. */
static const struct words *words_of(const struct style *s)
{
	(void)pthread_once(&words_once, take_all_words);
	return has_words ? &all_words[s - styles] : NULL;
}

static const struct style *style(void)
{
	for (size_t i = 0; i < STYLES; i++)
		if (!strcmp(styles[i].language, lg_speech_language())) return &styles[i];
	return styles;
}

/* --- zones: an office has one, so a few are kept open. ICU's calendars are not for several threads at once. */

enum { ZONES = 16, ZONE_NAME = 48 };
static struct zone {
	char name[ZONE_NAME];
	UCalendar *calendar;
} zones[ZONES];
static size_t n_zones;
static pthread_mutex_t zones_lock = PTHREAD_MUTEX_INITIALIZER;

/* ICU takes what it does not know for GMT; only canonical names tell. */
static bool read_zone(const char *zone, UChar out[ZONE_NAME])
{
	UErrorCode err = U_ZERO_ERROR;
	UChar canonical[ZONE_NAME];
	if (!zone || !*zone || strlen(zone) >= ZONE_NAME) return false;
	(void)u_strFromUTF8(out, ZONE_NAME, NULL, zone, -1, &err);
	if (U_FAILURE(err)) return false;
	(void)ucal_getCanonicalTimeZoneID(out, -1, canonical, ZONE_NAME, NULL, &err);
	return U_SUCCESS(err);
}

bool lg_when_zone_is_known(const char *zone)
{
	UChar name[ZONE_NAME];
	return read_zone(zone, name);
}

static UCalendar *open_zone(const char *zone)
{
	UErrorCode err = U_ZERO_ERROR;
	UChar name[ZONE_NAME];
	return ucal_open(read_zone(zone, name) ? name : u"UTC", -1, "en", UCAL_GREGORIAN, &err);
}

/* Under the lock. NULL: no room, or ICU has none. */
static UCalendar *kept_zone(const char *zone)
{
	for (size_t i = 0; i < n_zones; i++)
		if (!strcmp(zones[i].name, zone)) return zones[i].calendar;
	if (n_zones == ZONES || !lg_when_zone_is_known(zone)) return NULL;
	UCalendar *calendar = open_zone(zone);
	if (!calendar) return NULL;
	memcpy(zones[n_zones].name, zone, strlen(zone) + 1);
	zones[n_zones].calendar = calendar;
	return zones[n_zones++].calendar;
}

static int32_t offset_at(UCalendar *calendar, int64_t unix_s)
{
	UErrorCode err = U_ZERO_ERROR;
	ucal_setMillis(calendar, (double)unix_s * MS, &err);
	int32_t ms = ucal_get(calendar, UCAL_ZONE_OFFSET, &err) + ucal_get(calendar, UCAL_DST_OFFSET, &err);
	return U_SUCCESS(err) ? ms / MS : 0;
}

static int64_t local(int64_t unix_s, const char *zone)
{
	int32_t offset = 0;
	if (!zone || !*zone) return unix_s;
	(void)pthread_mutex_lock(&zones_lock);
	UCalendar *kept = kept_zone(zone);
	if (kept) offset = offset_at(kept, unix_s);
	(void)pthread_mutex_unlock(&zones_lock);
	if (kept) return unix_s + offset;
	UCalendar *calendar = open_zone(zone);
	if (calendar) offset = offset_at(calendar, unix_s);
	ucal_close(calendar);
	return unix_s + offset;
}

/* --- printing */

/* "28. nov.", with the year or without. */
static char *print_day(char out[LG_WHEN], int32_t day, bool with_year)
{
	const struct style *s = style();
	const struct words *w = words_of(s);
	time_t t = (time_t)day * DAY_S;
	struct tm tm;
	*out = '\0';
	if (day == INT32_MIN || !gmtime_r(&t, &tm)) return out;
	if (!w) {
		lg_date_print(out, day);
		return out;
	}
	int n = snprintf(out, LG_WHEN, "%d%s %s", tm.tm_mday, s->after_day, w->month[tm.tm_mon]);
	if (with_year) (void)snprintf(out + n, LG_WHEN - (size_t)n, " %d", tm.tm_year + 1900);
	return out;
}

char *lg_when_date(char out[LG_WHEN], int32_t day) { return print_day(out, day, true); }

static size_t weekday_of(int32_t day)
{
	enum { FIRST = 4 /* 1970-01-01 was a Thursday, of days from Sunday */ };
	return (size_t)(((day % WEEKDAYS) + WEEKDAYS + FIRST) % WEEKDAYS);
}

char *lg_when_weekday(char out[LG_WHEN], int32_t day)
{
	const struct words *w = words_of(style());
	(void)snprintf(out, LG_WHEN, "%s", w && day != INT32_MIN ? w->weekday[weekday_of(day)] : "");
	return out;
}

static int year_of(int32_t day)
{
	time_t t = (time_t)day * DAY_S;
	struct tm tm;
	return gmtime_r(&t, &tm) ? tm.tm_year : 0;
}

char *lg_when_near(char out[LG_WHEN], int32_t day, int32_t today)
{
	const struct style *s = style();
	const struct words *w = words_of(s);
	int64_t away = (int64_t)day - today;
	char date[LG_WHEN];
	if (day == INT32_MIN || today == INT32_MIN || !w) return print_day(out, day, true);
	if (away >= -1 && away <= 1)
		(void)snprintf(out, LG_WHEN, "%s", w->near[away + 1]);
	else if (away > 0 && away < WEEKDAYS)
		(void)snprintf(out, LG_WHEN, "%s%s%s", w->weekday[weekday_of(day)], s->after_weekday,
		               print_day(date, day, false));
	else
		(void)print_day(out, day, year_of(day) != year_of(today));
	return out;
}

static int64_t floor_of(int64_t n, int64_t unit) { return n / unit - (n % unit < 0); }

static char *print_clock(char out[LG_WHEN], int64_t local_s)
{
	int64_t in_day = local_s - floor_of(local_s, DAY_S) * DAY_S;
	(void)snprintf(out, LG_WHEN, "%02d%c%02d", (int)(in_day / HOUR_S), style()->in_clock,
	               (int)(in_day % HOUR_S / MINUTE_S));
	return out;
}

char *lg_when_clock(char out[LG_WHEN], int64_t unix_s, const char *zone)
{
	return print_clock(out, local(unix_s, zone));
}

static char *add_clock(char out[LG_WHEN], int64_t local_s)
{
	char clock[LG_WHEN];
	size_t n = strlen(out);
	(void)snprintf(out + n, LG_WHEN - n, "%s%s", style()->before_clock, print_clock(clock, local_s));
	return out;
}

char *lg_when_time(char out[LG_WHEN], int64_t unix_s, const char *zone)
{
	int64_t here = local(unix_s, zone);
	return add_clock(print_day(out, (int32_t)floor_of(here, DAY_S), true), here);
}

char *lg_when_near_time(char out[LG_WHEN], int64_t unix_s, const char *zone, int64_t now)
{
	int64_t here = local(unix_s, zone);
	return add_clock(lg_when_near(out, (int32_t)floor_of(here, DAY_S), lg_when_day(now, zone)), here);
}

int32_t lg_when_day(int64_t unix_s, const char *zone) { return (int32_t)floor_of(local(unix_s, zone), DAY_S); }

int32_t lg_when_offset(int64_t unix_s, const char *zone) { return (int32_t)(local(unix_s, zone) - unix_s); }
