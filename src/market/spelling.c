/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "market/spelling.h"

#include <string.h>

enum { ROW = LG_LETTERS_MAX + 1 };

/* Letters without blanks: a word, or a whole text. */
struct run {
	uint16_t at[LG_LETTERS_MAX];
	size_t n;
};

static void close_up(struct run *out, const struct lg_letters *in)
{
	out->n = 0;
	for (size_t i = 0; i < in->n; i++)
		if (in->at[i] != ' ') out->at[out->n++] = in->at[i];
}

size_t spelling_letters(const struct lg_letters *text)
{
	struct run r;
	close_up(&r, text);
	return r.n;
}

size_t spelling_room(size_t letters)
{
	static const size_t from[] = { 7, 12, 18 }; /* letters from which one, two, three may differ */
	size_t room = 0;
	while (room < sizeof from / sizeof *from && letters >= from[room]) room++;
	return room;
}

/* ------------------------------------------------------------------------------------------------ distance */

static size_t least(size_t a, size_t b) { return a < b ? a : b; }

struct rows {
	uint16_t older[ROW], old[ROW], now[ROW]; /* of the table: two letters back, one back, this one */
};

static void next_row(struct rows *r, const struct run *a, const struct run *b, size_t i)
{
	memcpy(r->older, r->old, (b->n + 1) * sizeof *r->old);
	memcpy(r->old, r->now, (b->n + 1) * sizeof *r->old);
	r->now[0] = (uint16_t)i;
	for (size_t j = 1; j <= b->n; j++) {
		bool same = a->at[i - 1] == b->at[j - 1];
		size_t d = least(least(r->old[j], r->now[j - 1]) + 1u, r->old[j - 1] + (same ? 0u : 1u));
		if (i > 1 && j > 1 && a->at[i - 1] == b->at[j - 2] && a->at[i - 2] == b->at[j - 1])
			d = least(d, r->older[j - 2] + 1u);
		r->now[j] = (uint16_t)d;
	}
}

/* Of two runs; who misspells still gets the first letter right. */
static size_t run_distance(const struct run *a, const struct run *b, size_t room)
{
	struct rows r;
	if (a->n > b->n + room || b->n > a->n + room) return room + 1;
	if (a->n && b->n && a->at[0] != b->at[0]) return room + 1;
	for (size_t j = 0; j <= b->n; j++) r.now[j] = r.old[j] = (uint16_t)j;
	for (size_t i = 1; i <= a->n; i++) next_row(&r, a, b, i);
	return least(r.now[b->n], room + 1);
}

static bool next_word(struct run *out, const struct lg_letters *in, size_t *at)
{
	const uint16_t *word = lg_letters_word(in, at, &out->n);
	if (word) memcpy(out->at, word, out->n * sizeof *word);
	return word;
}

static size_t words_of(const struct lg_letters *in)
{
	size_t n = 0;
	for (size_t i = 0; i < in->n; i++) n += in->at[i] == ' ';
	return n + 1;
}

/* Word by word when there are as many of them; else the letters must be the same. */
static size_t distance(const struct lg_letters *x, const struct lg_letters *y, size_t room)
{
	struct run a, b;
	size_t at = 0, bt = 0, sum = 0;
	if (words_of(x) != words_of(y)) {
		close_up(&a, x);
		close_up(&b, y);
		return run_distance(&a, &b, 0) ? room + 1 : 0;
	}
	while (sum <= room && next_word(&a, x, &at) && next_word(&b, y, &bt)) {
		size_t own = spelling_room(a.n), d = run_distance(&a, &b, own);
		sum = d > own ? room + 1 : sum + d;
	}
	return least(sum, room + 1);
}

/* ------------------------------------------------------------------------------------------------ readings */

static bool is_digit(uint16_t c) { return c >= '0' && c <= '9'; }

static bool same_digits(const struct lg_letters *a, const struct lg_letters *b)
{
	for (size_t i = 0, j = 0;; i++, j++) {
		while (i < a->n && !is_digit(a->at[i])) i++;
		while (j < b->n && !is_digit(b->at[j])) j++;
		if (i == a->n || j == b->n) return i == a->n && j == b->n;
		if (a->at[i] != b->at[j]) return false;
	}
}

static size_t bare_distance(const struct lg_letters *text, const struct lg_letters *label, size_t room)
{
	struct lg_letters bare;
	return lg_letters_bare(&bare, label) ? distance(text, &bare, room) : room + 1;
}

size_t spelling_distance(const struct lg_letters *text, const struct lg_letters *label, size_t room)
{
	struct lg_letters a = *text, b = *label, other;
	if (!same_digits(text, label)) return room + 1;
	if (lg_letters_cyrillic(text) != lg_letters_cyrillic(label)) {
		lg_letters_to_latin(&a, text);
		lg_letters_to_latin(&b, label);
	}
	size_t d = distance(&a, &b, room);
	if (d && lg_letters_from_ascii(&other, &a)) d = least(d, distance(&other, &b, room));
	return d ? least(d, bare_distance(&a, &b, room)) : 0;
}

bool spelling_same_stem(const struct lg_letters *a, const struct lg_letters *b)
{
	enum { STEM = 4, ENDING = 3 };
	size_t n = 0;
	while (n < a->n && n < b->n && a->at[n] == b->at[n]) n++;
	return n >= STEM && a->n <= n + ENDING && b->n <= n + ENDING;
}
