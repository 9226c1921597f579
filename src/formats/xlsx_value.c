/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "formats/xlsx_inner.h"

enum { DAY_S = 24 * 60 * 60, DAY_1900 = 25569, DAY_1904 = 24107, DAY_MAX = 2958465 }; /* of 1970-01-01; of 9999-12-31 */

/* ---------------------------------------------------------------------------------------------------- formats */

/* Those that every program knows by number (ECMA-376 part 1, 18.8.30), with those of East Asia. */
static struct xlsx_style built_in(int id)
{
	struct xlsx_style s = { XLSX_NUMBER, 0 };
	if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 58))
		s.shape = XLSX_DATE;
	else if (id == 22)
		s.shape = XLSX_DATE_TIME;
	else if (id == 46)
		s.shape = XLSX_ELAPSED;
	else if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || id == 45 || id == 47)
		s.shape = XLSX_TIME;
	return s;
}

struct marks {
	bool day, month, clock, elapsed, other;
	int zeros;
};

/* How much of the code the letter at `at` takes; what stands in quotes, behind \, _ and *, and in [ ], shows nothing.
 */
static size_t mark(struct marks *m, const char *code, size_t n, size_t at)
{
	const char *end;
	switch (code[at]) {
	case '"':
		end = memchr(code + at + 1, '"', n - at - 1);
		m->other = true;
		return end ? (size_t)(end - code) - at + 1 : n - at;
	case '[':
		end = memchr(code + at, ']', n - at);
		m->elapsed |=
		    at + 1 < n && strchr("hHmMsS", code[at + 1]) && (at + 2 >= n || strchr("]hHmMsS", code[at + 2]));
		m->other = true;
		return end ? (size_t)(end - code) - at + 1 : n - at;
	case '\\':
	case '_':
	case '*': m->other = true; return n - at < 2 ? 1 : 2;
	case '0': m->zeros++; return 1;
	case 'd':
	case 'D':
	case 'y':
	case 'Y': m->day = true; return 1;
	case 'm':
	case 'M': m->month = true; return 1;
	case 'h':
	case 'H':
	case 's':
	case 'S': m->clock = true; return 1;
	default: m->other = true; return 1;
	}
}

struct xlsx_style xlsx_style_of(int id, const char *code, size_t n)
{
	struct marks m = { 0 };
	if (!n) return built_in(id);
	for (size_t at = 0; at < n && code[at] != ';';) at += mark(&m, code, n, at); /* the part for positive numbers */
	if (m.elapsed) return (struct xlsx_style){ XLSX_ELAPSED, 0 };
	if (m.day || (m.month && !m.clock)) return (struct xlsx_style){ m.clock ? XLSX_DATE_TIME : XLSX_DATE, 0 };
	if (m.clock) return (struct xlsx_style){ XLSX_TIME, 0 };
	if (m.zeros > 1 && m.zeros <= 20 && !m.other) return (struct xlsx_style){ XLSX_ZEROS, m.zeros };
	return (struct xlsx_style){ XLSX_NUMBER, 0 };
}

/* ---------------------------------------------------------------------------------------------------- numbers */

/* As a spreadsheet keeps them: 15 digits. No exponent, no zeros behind the point. */
static void put_decimal(struct lg_buf *out, double v)
{
	char text[400];
	int digits = v == 0 ? 0 : 14 - (int)floor(log10(fabs(v)));
	int n = snprintf(text, sizeof text, "%.*f", digits < 0 ? 0 : digits > 30 ? 30 : digits, v);
	size_t len = n > 0 && (size_t)n < sizeof text ? (size_t)n : 0;
	if (memchr(text, '.', len)) {
		while (len && text[len - 1] == '0') len--;
		if (len && text[len - 1] == '.') len--;
	}
	lg_put(out, len == 2 && !memcmp(text, "-0", 2) ? "0" : text, len == 2 && !memcmp(text, "-0", 2) ? 1 : len);
}

/* Most stand as they are to be shown. */
static bool is_plain(const char *s, size_t n)
{
	size_t digits = 0, points = 0;
	if (n == 2 && s[0] == '-' && s[1] == '0') return false;
	for (size_t i = 0; i < n; i++) {
		bool digit = s[i] >= '0' && s[i] <= '9';
		digits += digit;
		points += s[i] == '.';
		if (!digit && s[i] != '.' && (i || s[i] != '-')) return false;
	}
	return digits && digits <= 15 && (!points || (points == 1 && s[n - 1] != '0' && s[n - 1] != '.'));
}

static void put_clock(struct lg_buf *out, int64_t seconds)
{
	lg_putf(out, "%02lld:%02lld", (long long)(seconds / 3600), (long long)(seconds / 60 % 60));
	if (seconds % 60) lg_putf(out, ":%02lld", (long long)(seconds % 60));
}

/* 1900 was no leap year, but the first spreadsheets took it for one: there is a number for its 29 February. */
static const char *put_date(struct lg_buf *out, double v, bool with_time, bool from_1904)
{
	int64_t seconds = llround(v * DAY_S), day = seconds / DAY_S;
	char text[11];
	if (v < 0 || day > DAY_MAX) return "is shown as a date that does not exist. Write the date again.";
	if (!from_1904 && day == 60) return "is 29 February 1900, which does not exist. Write the date again.";
	if (!from_1904 && day == 0) return "is shown as a date, but is 0. Empty the cell, or write a date.";
	lg_date_print(text, (int32_t)(day - (from_1904 ? DAY_1904 : day < 60 ? DAY_1900 - 1 : DAY_1900)));
	lg_puts(out, text);
	seconds %= DAY_S;
	if (with_time && seconds)
		lg_putf(out, "T%02lld:%02lld:%02lld", (long long)(seconds / 3600), (long long)(seconds / 60 % 60),
		        (long long)(seconds % 60));
	return NULL;
}

static const char *put_time(struct lg_buf *out, double v, bool elapsed)
{
	if (v < 0 || v > DAY_MAX) return "is shown as a time that does not exist. Write the time again.";
	int64_t seconds = llround((elapsed ? v : v - floor(v)) * DAY_S);
	put_clock(out, elapsed ? seconds : seconds % DAY_S);
	return NULL;
}

const char *xlsx_number(struct lg_buf *out, const char *raw, size_t n, struct xlsx_style style, bool from_1904)
{
	char text[64], *end;
	if (style.shape == XLSX_NUMBER && is_plain(raw, n)) {
		lg_put(out, raw, n);
		return NULL;
	}
	if (n >= sizeof text) return "is no number. Write it again.";
	memcpy(text, raw, n);
	text[n] = '\0';
	double v = strtod(text, &end);
	if (!n || *end || strspn(text, "0123456789+-.eE") != n || !isfinite(v) || fabs(v) > 1e300)
		return "is no number. Write it again.";
	if (style.shape == XLSX_DATE || style.shape == XLSX_DATE_TIME)
		return put_date(out, v, style.shape == XLSX_DATE_TIME, from_1904);
	if (style.shape == XLSX_TIME || style.shape == XLSX_ELAPSED)
		return put_time(out, v, style.shape == XLSX_ELAPSED);
	if (style.shape == XLSX_ZEROS && v >= 0 && v < 1e15)
		lg_putf(out, "%0*.0f", style.zeros, v);
	else
		put_decimal(out, v);
	return NULL;
}

const char *xlsx_column_name(char out[8], size_t column)
{
	char *at = out + 7;
	*at = '\0';
	for (size_t rest = column + 1; rest && at > out; rest = (rest - 1) / 26) *--at = (char)('A' + (rest - 1) % 26);
	return at;
}
