/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_VIEW_WHEN_H
#define LG_VIEW_WHEN_H
#include <stdbool.h>
#include <stdint.h>

/**
 * @file
 * Days and times as people read them, in the language spoken (view/speech.h). The words are those of CLDR, by ICU, and
 * so are the zones: times are kept in UTC and shown in the office's zone, summer time and all. A zone that is not known
 * is taken for UTC. Days are counted from 1970-01-01 (base/date.h); INT32_MIN is no day, and empty.
 *
 * All that print return `out`. Threads: any.
 */
enum { LG_WHEN = 64 /* bytes are enough for each of them */ };

/** "28. nov. 2026", "28 nov 2026" in Swedish and English, "28 лист. 2026". */
char *lg_when_date(char out[LG_WHEN], int32_t day);
/** A day seen from today: "today", "tomorrow", "yesterday"; "Monday 30 Nov" within the next six days; "28 Nov" within
 * the year; else with the year. */
char *lg_when_near(char out[LG_WHEN], int32_t day, int32_t today);
/** "lørdag". */
char *lg_when_weekday(char out[LG_WHEN], int32_t day);
/** "28. nov. 2026 kl. 14.05". */
char *lg_when_time(char out[LG_WHEN], int64_t unix_s, const char *zone);
/** "i går kl. 14.05"; the day as lg_when_near, seen from `now`. */
char *lg_when_near_time(char out[LG_WHEN], int64_t unix_s, const char *zone, int64_t now);
/** "14.05" in Danish, "14:05" in the others. */
char *lg_when_clock(char out[LG_WHEN], int64_t unix_s, const char *zone);

/** The day that it is in the zone. */
int32_t lg_when_day(int64_t unix_s, const char *zone);
/** Seconds that the zone is east of UTC at that moment: 3600 in Copenhagen in winter. */
int32_t lg_when_offset(int64_t unix_s, const char *zone);
/** Is it a name such as "Europe/Copenhagen"? */
bool lg_when_zone_is_known(const char *zone);
#endif
