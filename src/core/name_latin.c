/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <string.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/utf8.h"
#include "core/letters.h"
#include "core/name.h"
#include "core/name_inner.h"

/* --- composed form */

static UChar *widened(struct lg_arena *mem, const char *text, size_t n, int32_t *length)
{
	UErrorCode err = U_ZERO_ERROR;
	UChar *wide = lg_array(mem, n + 1, sizeof *wide);
	(void)u_strFromUTF8(wide, (int32_t)n + 1, length, text, (int32_t)n, &err);
	return U_SUCCESS(err) ? wide : NULL;
}

char *text_composed(struct lg_arena *mem, const char *text, size_t n)
{
	UErrorCode err = U_ZERO_ERROR;
	int32_t length, composed, bytes;
	if (n > INT32_MAX / 8 || lg_utf8_span(text, n) != n) return NULL;
	const UNormalizer2 *nfc = unorm2_getNFCInstance(&err);
	UChar *wide = widened(mem, text, n, &length);
	if (U_FAILURE(err) || !wide) return NULL;
	/* No character becomes more than three in NFC (UAX 15). */
	UChar *to = lg_array(mem, (size_t)length * 3 + 1, sizeof *to);
	composed = unorm2_normalize(nfc, wide, length, to, length * 3 + 1, &err);
	if (U_FAILURE(err)) return NULL;
	char *out = lg_alloc(mem, (size_t)composed * 3 + 1);
	(void)u_strToUTF8(out, composed * 3 + 1, &bytes, to, composed, &err);
	return U_SUCCESS(err) ? out : NULL;
}

/* Joiners are part of how Persian and some others are spelled: between two letters of such a script they stay. */
static bool is_joiner(uint32_t c) { return c == 0x200C || c == 0x200D; }

static bool joins(uint32_t before, uint32_t after)
{
	return letter_is(before) && letter_is(after) && !letter_is_latin(before) && !letter_is_cyrillic(before);
}

static uint32_t next_of(const char *s, size_t n, size_t i) { return i < n ? letter_next(s, n, &i) : 0; }

char *name_tidy(struct lg_arena *mem, const char *text, size_t n)
{
	char *name = text_composed(mem, text, n);
	if (!name) return NULL;
	size_t length = strlen(name), at = 0;
	bool blank = false;
	uint32_t before = 0;
	for (size_t i = 0; i < length;) {
		size_t from = i;
		uint32_t c = letter_next(name, length, &i);
		if (letter_is_blank(c)) {
			blank = at > 0;
			before = 0;
			continue;
		}
		bool joined = is_joiner(c) && joins(before, next_of(name, length, i));
		if (letter_is_control(c) && !joined) continue;
		before = c;
		if (blank) name[at++] = ' ';
		blank = false;
		memmove(name + at, name + from, i - from);
		at += i - from;
	}
	/* What stood between a letter and its mark is gone: they may be one now. */
	name = text_composed(mem, name, at);
	return name && strlen(name) < NAME_ROOM ? name : NULL;
}

/* --- scripts */

enum name_script name_script(const char *name)
{
	bool latin = false, cyrillic = false, other = false;
	for (size_t i = 0, n = strlen(name); i < n;) {
		uint32_t c = letter_next(name, n, &i);
		if (!letter_is(c) || name_is_apostrophe(c) || (c >= '0' && c <= '9')) continue;
		if (letter_is_latin(c))
			latin = true;
		else if (letter_is_cyrillic(c))
			cyrillic = true;
		else
			other = true;
	}
	if (other) return NAME_OTHER;
	if (latin && cyrillic) return NAME_MIXED;
	if (latin) return NAME_LATIN;
	return cyrillic ? NAME_CYRILLIC : NAME_NO_LETTERS;
}

/* --- the table */

const char *name_cyrillic(uint32_t small, bool initial)
{
	switch (small) {
#define T(letter, first, later)                                                                                        \
	case letter:                                                                                                   \
		return initial ? (first) : (later);
#include "core/cyrillic.def"
#undef T
	default: return NULL;
	}
}

bool name_is_apostrophe(uint32_t c)
{
	return c == '\'' || c == '`' || c == 0xB4 || c == 0x2018 || c == 0x2019 || c == 0x2BC || c == 0x2B9 ||
	       c == 0x2BB || c == 0x2032 || c == 0x201B || c == 0xFF07;
}

/* What stands around a letter, as far as its Latin form depends on it. */
struct around {
	uint32_t before, after; /* the letters beside it in its word, apostrophes left out; 0: none */
};

static uint32_t letter_after(const char *s, size_t n, size_t i)
{
	while (i < n) {
		uint32_t c = letter_next(s, n, &i);
		if (name_is_apostrophe(c)) continue;
		return letter_is(c) ? c : 0;
	}
	return 0;
}

/* All capitals: KYIV, of which Щ is SHCH; but Shcherbak, with one. */
static bool is_all_capital(uint32_t c, struct around a)
{
	if (!letter_is_upper(c)) return false;
	return a.after ? letter_is_upper(a.after) : a.before && letter_is_upper(a.before);
}

static void put_latin(struct lg_buf *out, const char *latin, bool capital, bool all)
{
	for (size_t i = 0; latin[i]; i++) {
		bool up = latin[i] >= 'a' && latin[i] <= 'z' && (all || (capital && i == 0));
		lg_putc(out, (char)(up ? latin[i] - 'a' + 'A' : latin[i]));
	}
}

char *name_latin(struct lg_arena *mem, const char *name)
{
	const char *s = text_composed(mem, name, strlen(name));
	struct lg_buf out = { 0 };
	struct around a = { 0 };
	lg_assert(s);
	for (size_t i = 0, n = strlen(s); i < n;) {
		size_t from = i;
		uint32_t c = letter_next(s, n, &i), small = letter_lower(c);
		a.after = letter_after(s, n, i);
		const char *latin = name_cyrillic(small, a.before == 0);
		if (small == U'г' && a.before && letter_lower(a.before) == U'з') latin = "gh";
		/* An apostrophe is dropped inside Ukrainian words only: O'Brien keeps his. */
		bool drop = name_is_apostrophe(c) && a.before && letter_is_cyrillic(a.before);
		if (latin)
			put_latin(&out, latin, letter_is_upper(c), is_all_capital(c, a));
		else if (!drop)
			lg_put(&out, s + from, i - from);
		if (!name_is_apostrophe(c)) a.before = letter_is(c) || letter_is_mark(c) ? c : 0;
	}
	char *result = lg_strndup(mem, out.data, out.len);
	lg_buf_free(&out);
	return result;
}
