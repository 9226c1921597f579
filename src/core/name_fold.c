/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <string.h>

#include "core/letters.h"
#include "core/name.h"
#include "core/name_inner.h"

/* Letters that Unicode does not take apart, and those that have a longer form. */
static const struct {
	uint32_t letter;
	const char *brief, *full;
} letters[] = {
	{ U'å', "a", "aa" },  { U'ä', "a", "ae" },  { U'æ', "ae", "ae" }, { U'ö', "o", "oe" }, { U'ø', "o", "oe" },
	{ U'ü', "u", "ue" },  { U'œ', "oe", "oe" }, { U'ß', "ss", "ss" }, { U'ð', "d", "d" },  { U'þ', "th", "th" },
	{ U'đ', "d", "d" },   { U'ł', "l", "l" },   { U'ı', "i", "i" },   { U'ħ', "h", "h" },  { U'ŧ', "t", "t" },
	{ U'ŋ', "ng", "ng" }, { U'ə', "a", "a" },
};

static const char *latin_letter(uint32_t small, enum fold_form form)
{
	for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
		if (letters[i].letter == small) return form == FOLD_LONG ? letters[i].full : letters[i].brief;
	return NULL;
}

/* Of a letter and a mark that stand apart (NFD), the one letter that has an entry of its own. */
static uint32_t joined(uint32_t small, uint32_t mark)
{
	static const uint32_t pairs[][3] = {
		{ U'и', 0x306, U'й' }, { U'і', 0x308, U'ї' }, { U'е', 0x308, U'ё' }, { U'у', 0x306, U'ў' },
		{ U'a', 0x30A, U'å' }, { U'a', 0x308, U'ä' }, { U'o', 0x308, U'ö' }, { U'u', 0x308, U'ü' },
	};
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
		if (pairs[i][0] == small && pairs[i][1] == mark) return pairs[i][2];
	return 0;
}

static void put_sign(struct folded *f, uint32_t sign, size_t from, size_t to)
{
	if (f->n == FOLD_ROOM) return;
	f->sign[f->n] = sign;
	f->from[f->n] = (uint16_t)from;
	f->to[f->n++] = (uint16_t)to;
}

static void put_signs(struct folded *f, const char *signs, size_t from, size_t to)
{
	for (; *signs; signs++) put_sign(f, (unsigned char)*signs, from, to);
}

static void put_blank(struct folded *f, size_t from, size_t to)
{
	if (f->n && f->sign[f->n - 1] != ' ') put_sign(f, ' ', from, to);
}

/* Any other letter without its accents. */
static void put_letter(struct folded *f, uint32_t small, size_t from, size_t to)
{
	uint32_t parts[4];
	size_t n = letter_parts(parts, small);
	if (!n) put_sign(f, small, from, to);
	for (size_t i = 0; i < n; i++)
		if (!letter_is_mark(parts[i])) put_sign(f, parts[i], from, to);
}

/* A sign that adds nothing belongs to the letter before it: a mark, a soft sign. */
static void widen(struct folded *f, size_t to)
{
	if (f->n && f->sign[f->n - 1] != ' ') f->to[f->n - 1] = (uint16_t)to;
}

struct reader {
	const char *s;
	size_t n;
	uint32_t before; /* the small letter before, 0: none */
};

static uint32_t next_small(const struct reader *r, size_t *i)
{
	uint32_t small = letter_lower(letter_next(r->s, r->n, i));
	size_t behind = *i;
	/* Marks are above ASCII and below Cyrillic: their first byte is CC or CD. */
	if (behind == r->n || ((unsigned char)r->s[behind] & 0xFE) != 0xCC) return small;
	uint32_t whole = joined(small, letter_next(r->s, r->n, &behind));
	if (!whole) return small;
	*i = behind;
	return whole;
}

/* Most letters, quickly. */
static bool is_plain(uint32_t small) { return (small >= 'a' && small <= 'z') || (small >= '0' && small <= '9'); }

static const char *in_latin(const struct reader *r, uint32_t small, enum fold_form form)
{
	if (small == U'г' && r->before == U'з') return "gh";
	const char *latin = name_cyrillic(small, r->before == 0);
	return latin ? latin : latin_letter(small, form);
}

/* Apostrophes, marks, joiners: within a word, and nothing to look for. */
static bool is_silent(uint32_t c) { return name_is_apostrophe(c) || letter_is_mark(c) || c == 0x200C || c == 0x200D; }

void name_fold(struct folded *out, const char *text, enum fold_form form)
{
	struct reader r = { text, strlen(text), 0 };
	if (r.n > UINT16_MAX) r.n = UINT16_MAX;
	out->n = 0;
	for (size_t i = 0; i < r.n;) {
		size_t from = i;
		uint32_t small = next_small(&r, &i);
		if (is_plain(small)) {
			put_sign(out, small, from, i);
			r.before = small;
			continue;
		}
		const char *latin = in_latin(&r, small, form);
		if (is_silent(small) || (latin && !*latin)) {
			widen(out, i);
			continue;
		}
		if (latin)
			put_signs(out, latin, from, i);
		else if (letter_is(small))
			put_letter(out, small, from, i);
		else
			put_blank(out, from, i);
		r.before = latin || letter_is(small) ? small : 0;
	}
	if (out->n && out->sign[out->n - 1] == ' ') out->n--;
}

bool name_word(struct fold_word *out, const struct folded *f, size_t *i)
{
	while (*i < f->n && f->sign[*i] == ' ') (*i)++;
	out->at = *i;
	while (*i < f->n && f->sign[*i] != ' ') (*i)++;
	out->n = *i - out->at;
	return out->n > 0;
}

char *name_search(struct lg_arena *mem, const char *name)
{
	struct folded f;
	name_fold(&f, name, FOLD_SHORT);
	char *out = lg_alloc(mem, f.n * 4 + 1);
	size_t at = 0;
	for (size_t i = 0; i < f.n; i++) at += letter_print(out + at, f.sign[i]);
	return out;
}
