/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/point.h"

#include <stdlib.h>

enum { DECIMALS = 6, DEGREE_E6 = 1000000, WHOLE_MOST = 180 };

struct left {
	const char *at, *end;
};

static bool is_digit(const struct left *t) { return t->at < t->end && *t->at >= '0' && *t->at <= '9'; }

static bool is_one(const struct left *t, char c) { return t->at < t->end && *t->at == c; }

static void skip_blanks(struct left *t)
{
	while (is_one(t, ' ') || is_one(t, '\t')) t->at++;
}

/* Degrees with `mark` before the decimals. */
static bool read_degrees(struct left *t, char mark, int32_t *out)
{
	int32_t whole = 0, parts = 0;
	bool minus = is_one(t, '-');
	if (minus) t->at++;
	if (!is_digit(t)) return false;
	for (; is_digit(t); t->at++)
		if ((whole = whole * 10 + (*t->at - '0')) > WHOLE_MOST) return false;
	if (is_one(t, mark)) {
		t->at++;
		if (!is_digit(t)) return false;
		int n = 0;
		for (; is_digit(t); t->at++)
			if (n < DECIMALS) parts = parts * 10 + (*t->at - '0'), n++;
		for (; n < DECIMALS; n++) parts *= 10;
	}
	int32_t all = whole * DEGREE_E6 + parts;
	*out = minus ? -all : all;
	return true;
}

static bool read_with(struct point *out, const char *text, size_t n, char mark)
{
	struct left t = { text, text + n };
	struct point p;
	skip_blanks(&t);
	if (!read_degrees(&t, mark, &p.latitude_e6)) return false;
	const char *after = t.at;
	skip_blanks(&t);
	if (is_one(&t, ';') || is_one(&t, '/') || is_one(&t, ',')) t.at++;
	skip_blanks(&t);
	if (t.at == after || !read_degrees(&t, mark, &p.longitude_e6)) return false;
	skip_blanks(&t);
	if (t.at != t.end || abs(p.latitude_e6) > 90 * DEGREE_E6 || abs(p.longitude_e6) > 180 * DEGREE_E6) return false;
	*out = p;
	return true;
}

bool point_read(struct point *out, const char *text, size_t n)
{
	return read_with(out, text, n, '.') || read_with(out, text, n, ',');
}

static void print_degrees(struct lg_buf *out, int32_t e6)
{
	lg_putf(out, "%s%d.%06d", e6 < 0 ? "-" : "", abs(e6) / DEGREE_E6, abs(e6) % DEGREE_E6);
}

void point_print(struct lg_buf *out, struct point p)
{
	print_degrees(out, p.latitude_e6);
	lg_puts(out, ", ");
	print_degrees(out, p.longitude_e6);
}

bool point_near(struct point a, struct point b)
{
	return labs((long)a.latitude_e6 - b.latitude_e6) <= 3 * DEGREE_E6 / 2 &&
	       labs((long)a.longitude_e6 - b.longitude_e6) <= 3 * DEGREE_E6;
}
