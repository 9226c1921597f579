/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "store/value.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DAY_S = 86400, SECOND_US = 1000000, UUID_LEN = 36 };

/* --- calendar: proleptic Gregorian, years before 1 as PostgreSQL writes them (BC) */

struct civil {
	int64_t year; /* astronomical: 0 is 1 BC */
	int month, day;
};

static int64_t floor_div(int64_t a, int64_t b) { return a / b - (a % b < 0); }

/* Years begin in March, so that the day of February is the last (as in base/date.c, without its bounds). */
static int64_t day_of(struct civil c)
{
	int64_t year = c.year - (c.month <= 2), era = floor_div(year, 400), in_era = year - era * 400;
	int64_t in_year = (153 * (c.month + (c.month > 2 ? -3 : 9)) + 2) / 5 + c.day - 1;
	return era * 146097 + in_era * 365 + in_era / 4 - in_era / 100 + in_year - 719468;
}

static struct civil civil_of(int64_t day)
{
	day += 719468;
	int64_t era = floor_div(day, 146097), in_era = day - era * 146097;
	int64_t year = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
	int64_t in_year = in_era - (365 * year + year / 4 - year / 100), month = (5 * in_year + 2) / 153;
	struct civil c = { .month = (int)(month < 10 ? month + 3 : month - 9),
		           .day = (int)(in_year - (153 * month + 2) / 5 + 1) };
	c.year = year + era * 400 + (c.month <= 2);
	return c;
}

static const char *print_day(struct lg_ctx *cx, int64_t day, const char *clock)
{
	struct civil c = civil_of(day);
	bool before = c.year <= 0;
	return lg_printf(cx->mem, "%04lld-%02d-%02d%s%s", (long long)(before ? 1 - c.year : c.year), c.month, c.day,
	                 clock, before ? " BC" : "");
}

static const char *encode_date(struct lg_ctx *cx, int32_t day)
{
	if (day == INT32_MAX) return "infinity";
	if (day == INT32_MIN + 1) return "-infinity";
	return print_day(cx, day, "");
}

static const char *encode_time(struct lg_ctx *cx, int64_t us)
{
	if (us == INT64_MAX) return "infinity";
	if (us == INT64_MIN + 1) return "-infinity";
	int64_t s = floor_div(us, SECOND_US), day = floor_div(s, DAY_S);
	int in_day = (int)(s - day * DAY_S);
	char clock[40];
	(void)snprintf(clock, sizeof clock, " %02d:%02d:%02d.%06d+00", in_day / 3600, in_day / 60 % 60, in_day % 60,
	               (int)(us - s * SECOND_US));
	return print_day(cx, day, clock);
}

/* A number of `least` to `most` digits at *s, which moves behind it. */
static bool read_digits(int64_t *out, const char **s, int least, int most)
{
	int n = 0;
	for (*out = 0; n < most && isdigit((unsigned char)**s); n++) *out = *out * 10 + *(*s)++ - '0';
	return n >= least && !isdigit((unsigned char)**s);
}

static bool read_char(const char **s, char c)
{
	if (**s != c) return false;
	++*s;
	return true;
}

/* YYYY-MM-DD at *s, with as many digits of the year as there are. */
static bool read_civil(struct civil *c, const char **s)
{
	int64_t month, day;
	if (!read_digits(&c->year, s, 4, 7) || !read_char(s, '-')) return false;
	if (!read_digits(&month, s, 2, 2) || !read_char(s, '-') || !read_digits(&day, s, 2, 2)) return false;
	c->month = (int)month;
	c->day = (int)day;
	return true;
}

/* The end of a date or a time: nothing, or " BC". */
static bool read_era(struct civil *c, const char *s)
{
	if (!strcmp(s, " BC")) c->year = 1 - c->year;
	return !*s || !strcmp(s, " BC");
}

static bool decode_date(int32_t *out, const char *s)
{
	struct civil c;
	if (!strcmp(s, "infinity")) return *out = INT32_MAX, true;
	if (!strcmp(s, "-infinity")) return *out = INT32_MIN + 1, true;
	if (!read_civil(&c, &s) || !read_era(&c, s)) return false;
	*out = (int32_t)day_of(c);
	return true;
}

/* HH:MM:SS with or without a fraction, in microseconds. */
static bool read_clock(int64_t *out, const char **s)
{
	int64_t hour, minute, second, us = 0, unit = SECOND_US;
	if (!read_digits(&hour, s, 2, 2) || !read_char(s, ':') || !read_digits(&minute, s, 2, 2) || !read_char(s, ':'))
		return false;
	if (!read_digits(&second, s, 2, 2)) return false;
	if (**s == '.')
		while (isdigit((unsigned char)*++*s)) us += (**s - '0') * (unit /= 10);
	*out = ((hour * 60 + minute) * 60 + second) * SECOND_US + us;
	return true;
}

/* "2026-11-28 13:00:00.123+00", maybe with BC behind: the connection's zone is UTC. */
static bool decode_time(int64_t *out, const char *s)
{
	struct civil c;
	int64_t clock;
	if (!strcmp(s, "infinity")) return *out = INT64_MAX, true;
	if (!strcmp(s, "-infinity")) return *out = INT64_MIN + 1, true;
	if (!read_civil(&c, &s) || !read_char(&s, ' ') || !read_clock(&clock, &s)) return false;
	if (strncmp(s, "+00", 3) != 0 || !read_era(&c, s + 3)) return false;
	*out = day_of(c) * DAY_S * SECOND_US + clock;
	return true;
}

/* --- bytes and uuids */

static bool is_uuid(const char *s)
{
	for (int i = 0; i < UUID_LEN; i++) {
		bool dash = i == 8 || i == 13 || i == 18 || i == 23;
		if (dash ? s[i] != '-' : !isxdigit((unsigned char)s[i])) return false;
	}
	return s[UUID_LEN] == '\0';
}

static const char *encode_bytes(struct lg_ctx *cx, struct db_bytes b)
{
	static const char digits[] = "0123456789abcdef";
	char *out = lg_array(cx->mem, b.n + 2, 2), *p = out;
	*p++ = '\\';
	*p++ = 'x';
	for (size_t i = 0; i < b.n; i++) {
		*p++ = digits[b.data[i] >> 4];
		*p++ = digits[b.data[i] & 15];
	}
	return out;
}

static int hex_value(char c)
{
	if (c >= '0' && c <= '9') return c - '0';
	if (c >= 'a' && c <= 'f') return c - 'a' + 10;
	return -1;
}

static bool decode_bytes(struct lg_ctx *cx, struct db_bytes *out, const char *s, size_t n)
{
	if (n < 2 || n % 2 || s[0] != '\\' || s[1] != 'x') return false;
	uint8_t *data = lg_alloc(cx->mem, n / 2);
	for (size_t i = 0; i < n / 2 - 1; i++) {
		int high = hex_value(s[2 + 2 * i]), low = hex_value(s[3 + 2 * i]);
		if (high < 0 || low < 0) return false;
		data[i] = (uint8_t)(high << 4 | low);
	}
	*out = (struct db_bytes){ data, n / 2 - 1 };
	return true;
}

/* --- lists */

static char *put_quoted(char *p, const char *s)
{
	*p++ = '"';
	for (; *s; s++) {
		if (*s == '"' || *s == '\\') *p++ = '\\';
		*p++ = *s;
	}
	*p++ = '"';
	return p;
}

const char *db_encode_texts(struct lg_ctx *cx, struct db_list list)
{
	size_t room = 3;
	lg_assert(!list.n || list.texts);
	for (size_t i = 0; i < list.n; i++) room += list.texts[i] ? 2 * strlen(list.texts[i]) + 3 : 5;
	char *out = lg_alloc(cx->mem, room), *p = out;
	*p++ = '{';
	for (size_t i = 0; i < list.n; i++) {
		if (i) *p++ = ',';
		p = list.texts[i] ? put_quoted(p, list.texts[i]) : (char *)memcpy(p, "NULL", 4) + 4;
	}
	*p = '}';
	return out;
}

static const char *encode_ints(struct lg_ctx *cx, struct db_list list)
{
	lg_assert(!list.n || list.ints);
	char *out = lg_array(cx->mem, list.n + 1, 24), *p = out;
	*p++ = '{';
	for (size_t i = 0; i < list.n; i++) {
		if (i) *p++ = ',';
		if (list.ints[i] == DB_NO_INT)
			p = (char *)memcpy(p, "NULL", 4) + 4;
		else
			p += snprintf(p, 22, "%lld", (long long)list.ints[i]);
	}
	*p = '}';
	return out;
}

static bool decode_int(int64_t *out, const char *s)
{
	char *end;
	errno = 0;
	*out = strtoll(s, &end, 10);
	return end != s && !*end && !errno;
}

/* One element at *s, quoted or not, its backslashes resolved into `to`; *s moves behind it. @return false: malformed */
static bool read_element(char *to, bool *is_null, const char **s)
{
	const char *p = *s;
	bool quoted = *p == '"';
	char *begin = to;
	for (p += quoted; quoted ? *p != '"' : *p != ',' && *p != '}'; p++) {
		if (*p == '\\') p++;
		if (!*p) return false;
		*to++ = *p;
	}
	*to = '\0';
	*is_null = !quoted && !strcmp(begin, "NULL");
	*s = p + quoted;
	return true;
}

/* {a,"b c",NULL}: elements are never longer than they are written, so all of them find room in one copy. */
static bool decode_texts(struct lg_ctx *cx, struct db_list *out, const char *s, size_t n)
{
	size_t most = 1;
	for (const char *p = s; *p; p++) most += *p == ',';
	const char **texts = lg_array(cx->mem, most, sizeof *texts);
	char *room = lg_alloc(cx->mem, n + 1);
	*out = (struct db_list){ .texts = texts };
	if (*s++ != '{') return false;
	if (*s == '}') return !s[1];
	for (;; s++) {
		bool is_null;
		if (*s == '{' || !read_element(room, &is_null, &s)) return false;
		texts[out->n++] = is_null ? NULL : room;
		room += strlen(room) + 1;
		if (*s != ',') return *s == '}' && !s[1];
	}
}

static bool decode_ints(struct lg_ctx *cx, struct db_list *out, const char *s, size_t n)
{
	struct db_list texts;
	if (!decode_texts(cx, &texts, s, n)) return false;
	int64_t *ints = lg_array(cx->mem, texts.n + 1, sizeof *ints);
	for (size_t i = 0; i < texts.n; i++) {
		if (!texts.texts[i])
			ints[i] = DB_NO_INT;
		else if (!decode_int(&ints[i], texts.texts[i]))
			return false;
	}
	*out = (struct db_list){ .ints = ints, .n = texts.n };
	return true;
}

/* --- by column */

#define TAKE(type, from) (*(type *)memcpy(&(type){ 0 }, (from), sizeof(type)))

static enum lg_err encode_text(const struct db_column *column, const char *s, const char **out)
{
	*out = s;
	return s && column->type == DB_UUID && !is_uuid(s) ? LG_UNKNOWN : LG_OK;
}

/* An empty list without elements is NULL only where it may be. */
static enum lg_err encode_list(struct lg_ctx *cx, const struct db_column *column, struct db_list list, const char **out)
{
	bool ints = column->type == DB_INTS;
	bool none = ints ? !list.ints : !list.texts;
	if (none && column->nullable) return LG_OK;
	for (size_t i = 0; column->type == DB_UUIDS && list.texts && i < list.n; i++)
		if (list.texts[i] && !is_uuid(list.texts[i])) return LG_UNKNOWN;
	*out = ints ? encode_ints(cx, list) : db_encode_texts(cx, list);
	return LG_OK;
}

static enum lg_err encode(struct lg_ctx *cx, const struct db_column *column, const char *at, const char **out)
{
	switch (column->type) {
	case DB_INT: {
		int64_t v = TAKE(int64_t, at);
		if (v != DB_NO_INT) *out = lg_printf(cx->mem, "%lld", (long long)v);
		return LG_OK;
	}
	case DB_BOOL: *out = TAKE(bool, at) ? "t" : "f"; return LG_OK;
	case DB_DATE: {
		int32_t day = TAKE(int32_t, at);
		if (day != DB_NO_DATE) *out = encode_date(cx, day);
		return LG_OK;
	}
	case DB_TIME: {
		int64_t us = TAKE(int64_t, at);
		if (us != DB_NO_INT) *out = encode_time(cx, us);
		return LG_OK;
	}
	case DB_BYTES: {
		struct db_bytes b = TAKE(struct db_bytes, at);
		if (b.data) *out = encode_bytes(cx, b);
		return LG_OK;
	}
	case DB_TEXTS:
	case DB_UUIDS:
	case DB_INTS: return encode_list(cx, column, TAKE(struct db_list, at), out);
	case DB_TEXT:
	case DB_UUID:
	case DB_JSON: break;
	}
	return encode_text(column, TAKE(const char *, at), out);
}

enum lg_err db_encode(struct lg_ctx *cx, const struct db_column *column, const void *in, const char **out)
{
	*out = NULL;
	LG_TRY(encode(cx, column, (const char *)in + column->at, out));
	return *out || column->nullable ? LG_OK : LG_FAULT;
}

/* What stands for NULL; all other types have it in being zero. */
static void put_null(const struct db_column *column, char *at)
{
	if (column->type == DB_INT || column->type == DB_TIME) memcpy(at, &(int64_t){ DB_NO_INT }, sizeof(int64_t));
	if (column->type == DB_DATE) memcpy(at, &(int32_t){ DB_NO_DATE }, sizeof(int32_t));
}

static bool decode(struct lg_ctx *cx, const struct db_column *column, const char *s, size_t n, char *at)
{
	int64_t number;
	int32_t day;
	struct db_bytes bytes;
	struct db_list list;
	const char *text;
	switch (column->type) {
	case DB_INT:
	case DB_TIME:
		if (column->type == DB_INT ? !decode_int(&number, s) : !decode_time(&number, s)) return false;
		memcpy(at, &number, sizeof number);
		return true;
	case DB_BOOL: memcpy(at, &(bool){ *s == 't' }, sizeof(bool)); return n == 1 && (*s == 't' || *s == 'f');
	case DB_DATE:
		if (!decode_date(&day, s)) return false;
		memcpy(at, &day, sizeof day);
		return true;
	case DB_BYTES:
		if (!decode_bytes(cx, &bytes, s, n)) return false;
		memcpy(at, &bytes, sizeof bytes);
		return true;
	case DB_TEXTS:
	case DB_UUIDS:
	case DB_INTS:
		if (column->type == DB_INTS ? !decode_ints(cx, &list, s, n) : !decode_texts(cx, &list, s, n))
			return false;
		memcpy(at, &list, sizeof list);
		return true;
	case DB_TEXT:
	case DB_UUID:
	case DB_JSON: break;
	}
	text = lg_strndup(cx->mem, s, n);
	memcpy(at, &text, sizeof text);
	return true;
}

enum lg_err db_decode(struct lg_ctx *cx, const struct db_column *column, const char *text, size_t n, void *row)
{
	char *at = (char *)row + column->at;
	if (text) return decode(cx, column, text, n, at) ? LG_OK : LG_FAULT;
	if (!column->nullable) return LG_FAULT;
	put_null(column, at);
	return LG_OK;
}
