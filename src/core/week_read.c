/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <string.h>

#include "base/utf8.h"
#include "core/letters.h"
#include "core/week.h"
#include "view/speech.h"

/* A piece of the text. */
struct piece {
	const char *s;
	size_t n;
};

static bool is_space(char c) { return c == ' ' || c == '\t'; }

static struct piece trimmed(const char *s, size_t n)
{
	while (n && is_space(*s)) s++, n--;
	while (n && is_space(s[n - 1])) n--;
	return (struct piece){ s, n };
}

/* "–" and its kin count as "-". @return how many bytes, 0: it is none */
static size_t dash(struct piece p, size_t at)
{
	if (p.s[at] == '-') return 1;
	if (p.n - at < 3 || memcmp(p.s + at, "\xE2\x80", 2) != 0) return 0;
	unsigned char last = (unsigned char)p.s[at + 2];
	return last >= 0x90 && last <= 0x95 ? 3 : 0;
}

static bool split(struct piece p, struct piece *before, struct piece *behind)
{
	for (size_t i = 0; i < p.n; i++) {
		size_t wide = dash(p, i);
		if (!wide) continue;
		*before = trimmed(p.s, i);
		*behind = trimmed(p.s + i + wide, p.n - i - wide);
		return true;
	}
	return false;
}

/* --- days */

/* As small letters between two slashes, to be looked for among the words. */
static bool slashed(char out[64], struct piece p)
{
	size_t at = 0;
	if (!p.n || p.n > 24 || memchr(p.s, '/', p.n)) return false;
	out[at++] = '/';
	for (size_t i = 0; i < p.n;) at += letter_print(out + at, letter_lower(letter_next(p.s, p.n, &i)));
	if (out[at - 1] == '.' && at > 2) at--;
	out[at++] = '/';
	out[at] = '\0';
	return true;
}

static int day_of(struct piece p)
{
	static const char *const words[WEEK_DAYS] = {
#define DAY(code, text, words) words,
#include "core/week_day.def"
#undef DAY
	};
	char word[64];
	if (!slashed(word, p)) return -1;
	for (int d = 0; d < WEEK_DAYS; d++)
		if (strstr(words[d], word)) return d;
	return -1;
}

/* --- times */

int week_minutes_read(const char *text, size_t n)
{
	struct piece p = trimmed(text, n);
	int value[2] = { 0, 0 };
	size_t digits[2] = { 0, 0 }, part = 0;
	for (size_t i = 0; i < p.n; i++) {
		if ((p.s[i] == ':' || p.s[i] == '.') && part == 0) {
			part = 1;
			continue;
		}
		if (p.s[i] < '0' || p.s[i] > '9' || ++digits[part] > 2) return -1;
		value[part] = value[part] * 10 + p.s[i] - '0';
	}
	if (!digits[0] || (part == 1 && digits[1] != 2) || value[1] > 59) return -1;
	int minutes = value[0] * 60 + value[1];
	return minutes <= WEEK_DAY_MINUTES ? minutes : -1;
}

/* --- items: "mon-fri 08:00-15:30" */

struct item {
	struct piece whole;
	int first, last, from, to;
};

static const char *read_days(struct item *it, struct piece p)
{
	static const char unknown[] = LG_TEXT("This day is not known: write mon, tue, wed, thu, fri, sat or sun.");
	struct piece first = p, last = p;
	(void)split(p, &first, &last);
	it->first = day_of(first);
	it->last = day_of(last);
	return it->first < 0 || it->last < 0 ? unknown : NULL;
}

static const char *read_hours(struct item *it, struct piece p)
{
	struct piece from, to;
	if (!split(p, &from, &to)) return LG_TEXT("Write the hours as 08:00-15:30.");
	it->from = week_minutes_read(from.s, from.n);
	it->to = week_minutes_read(to.s, to.n);
	if (it->from < 0 || it->to < 0) return LG_TEXT("This is no time of day: write hours and minutes as 08:00.");
	if (it->from == it->to || it->from == WEEK_DAY_MINUTES) return LG_TEXT("The end must be after the beginning.");
	return NULL;
}

/* The hours begin at the first digit. */
static const char *read_item(struct item *it)
{
	size_t at = 0;
	while (at < it->whole.n && (it->whole.s[at] < '0' || it->whole.s[at] > '9')) at++;
	struct piece day = trimmed(it->whole.s, at), hours = trimmed(it->whole.s + at, it->whole.n - at);
	if (!day.n) return LG_TEXT("Write the day before the hours: mon 08:00-15:30.");
	const char *fault = read_days(it, day);
	return fault ? fault : read_hours(it, hours);
}

/* One day's hours, of which those over midnight are the next day's. */
static const char *add_day(struct week *w, const struct item *it, int day)
{
	const char *fault;
	if (it->to > it->from) return week_add(w, (unsigned)day, (unsigned)it->from, (unsigned)it->to);
	fault = week_add(w, (unsigned)day, (unsigned)it->from, WEEK_DAY_MINUTES);
	if (fault || !it->to) return fault;
	return week_add(w, (unsigned)(day + 1) % WEEK_DAYS, 0, (unsigned)it->to);
}

static const char *add_item(struct week *w, struct item *it)
{
	const char *fault = read_item(it);
	for (int day = it->first; !fault; day = (day + 1) % WEEK_DAYS) {
		fault = add_day(w, it, day);
		if (day == it->last) break;
	}
	return fault;
}

static bool is_between_items(char c) { return c == ';' || c == ',' || c == '\n' || c == '\r'; }

bool week_read(struct week *out, const char *text, size_t n, struct week_fault *fault)
{
	out->n = 0;
	*fault = (struct week_fault){ NULL, 0, n };
	if (lg_utf8_span(text, n) != n) fault->text = LG_TEXT("This text is not readable.");
	for (size_t i = 0; i < n && !fault->text; i++) {
		size_t from = i;
		while (i < n && !is_between_items(text[i])) i++;
		struct item it = { .whole = trimmed(text + from, i - from) };
		if (!it.whole.n) continue;
		fault->text = add_item(out, &it);
		fault->from = (size_t)(it.whole.s - text);
		fault->n = it.whole.n;
	}
	return !fault->text;
}
