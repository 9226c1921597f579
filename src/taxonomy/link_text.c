/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "taxonomy/link_text.h"

#include <string.h>

enum { BLANK = ' ', OTHER = 0xFFFD, DROP = 0 };

/* ------------------------------------------------------------------------------------------------- folding */

/* The next code point; a byte that is no UTF-8 is a blank. */
static uint32_t next_point(const unsigned char *s, size_t n, size_t *at)
{
	unsigned char c = s[(*at)++];
	size_t more = c >= 0xF0 ? 3 : c >= 0xE0 ? 2 : 1;
	if (c < 0x80) return c;
	if (c < 0xC2 || c > 0xF4 || n - *at < more) return BLANK;
	uint32_t point = c & (0x3Fu >> more);
	for (size_t i = 0; i < more; i++) {
		if ((s[*at + i] & 0xC0) != 0x80) return BLANK;
		point = point << 6 | (s[*at + i] & 0x3F);
	}
	*at += more;
	return point;
}

/* Extended-A and the later Cyrillic stand in pairs of a capital and its small letter; in some ranges the odd is first.
 */
static uint32_t lower_pair(uint32_t c)
{
	bool odd_first = (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E) || (c >= 0x4C1 && c <= 0x4CE);
	return (c & 1) == odd_first ? c + 1 : c;
}

static uint32_t lower(uint32_t c)
{
	if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 32 : c;
	if (c >= 0xC0 && c <= 0xDE) return c == 0xD7 ? c : c + 32;
	if (c == 0x130 || c == 0x131) return 'i';
	if (c == 0x178) return 0xFF;
	if (c >= 0x100 && c <= 0x17E && c != 0x138 && c != 0x149) return lower_pair(c);
	if (c >= 0x391 && c <= 0x3A9) return c + 32;
	if (c >= 0x400 && c <= 0x40F) return c + 80;
	if (c >= 0x410 && c <= 0x42F) return c + 32;
	if ((c >= 0x460 && c <= 0x481) || (c >= 0x48A && c <= 0x4FF))
		return c == 0x4C0 || c == 0x4CF ? 0x4CF : lower_pair(c);
	return c;
}

/* Letters that we take for one another, small ones. */
static uint32_t same_letter(uint32_t c)
{
	switch (c) {
	case 0xE4: return 0xE6;   /* ä: æ */
	case 0xF6: return 0xF8;   /* ö: ø */
	case 0x44B: return 0x438; /* ы: и */
	case 0x44D:               /* э: е */
	case 0x451: return 0x435; /* ё: е */
	case 0x44A:               /* ъ */
	case 0xAD:                /* soft hyphen */
	case 0xFEFF: return DROP;
	default: return c;
	}
}

static bool is_cyrillic(uint32_t c) { return c >= 0x400 && c <= 0x52F; }
static bool is_apostrophe(uint32_t c) { return c == '\'' || c == 0x2019 || c == 0x2BC || c == '`' || c == 0xB4; }

static bool is_letter(uint32_t c)
{
	if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
	if (c < 0xC0) return c == 0xAA || c == 0xB5 || c == 0xBA;
	if (c == 0xD7 || c == 0xF7) return false;
	if (c >= 0x2B0 && c <= 0x36F) return false;
	return c < 0x2000 || (c >= 0x2C00 && c < 0x2E00) || (c >= 0x3040 && c < 0xD800) ||
	       (c >= 0xF900 && c < 0xFE00) || c >= 0x10000;
}

/* A letter with its mark, of the letters of our languages; 0: no such one. */
static uint16_t composed(uint16_t letter, uint32_t mark)
{
	static const uint16_t rows[][3] = {
		{ 'a', 0x30A, 0xE5 },    { 'a', 0x308, 0xE6 },  { 'o', 0x308, 0xF8 },  { 'u', 0x308, 0xFC },
		{ 'e', 0x301, 0xE9 },    { 'e', 0x300, 0xE8 },  { 'a', 0x301, 0xE1 },  { 'o', 0x301, 0xF3 },
		{ 'a', 0x300, 0xE0 },    { 's', 0x30C, 0x161 }, { 'z', 0x30C, 0x17E }, { 'c', 0x30C, 0x10D },
		{ 'n', 0x301, 0x144 },   { 's', 0x301, 0x15B }, { 'c', 0x301, 0x107 }, { 'z', 0x301, 0x17A },
		{ 'z', 0x307, 0x17C },   { 'a', 0x328, 0x105 }, { 'e', 0x328, 0x119 }, { 0x438, 0x306, 0x439 },
		{ 0x456, 0x308, 0x457 },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (rows[i][0] == letter && rows[i][1] == mark) return rows[i][2];
	return 0;
}

static void put(struct lg_letters *out, uint32_t c)
{
	if (out->n == LG_LETTERS_MAX || c == DROP) return;
	if (c == BLANK && (out->n == 0 || out->at[out->n - 1] == BLANK)) return;
	out->at[out->n++] = (uint16_t)(c > 0xFFFF ? OTHER : c);
}

static void put_mark(struct lg_letters *out, uint32_t mark)
{
	uint16_t one = out->n ? composed(out->at[out->n - 1], mark) : 0;
	if (one) out->at[out->n - 1] = one;
}

static void trim(struct lg_letters *out)
{
	while (out->n && out->at[out->n - 1] == BLANK) out->n--;
}

static void fold_point(struct lg_letters *out, uint32_t c)
{
	if (c == 0xDF || c == 0x1E9E) {
		put(out, 's');
		put(out, 's');
	} else if (c >= 0x300 && c <= 0x36F) {
		put_mark(out, c);
	} else if (c >= 0x200B && c <= 0x200D) {
		return;
	} else if (is_apostrophe(c) && out->n && is_cyrillic(out->at[out->n - 1])) {
		return;
	} else {
		c = same_letter(lower(c));
		put(out, c == DROP || is_letter(c) ? c : BLANK);
	}
}

void lg_letters_fold(struct lg_letters *out, const char *text, size_t n)
{
	out->n = 0;
	for (size_t at = 0; at < n && out->n < LG_LETTERS_MAX;)
		fold_point(out, next_point((const unsigned char *)text, n, &at));
	trim(out);
}

bool lg_letters_same(const struct lg_letters *a, const struct lg_letters *b)
{
	return a->n == b->n && !memcmp(a->at, b->at, a->n * sizeof *a->at);
}

bool lg_letters_cyrillic(const struct lg_letters *in)
{
	for (size_t i = 0; i < in->n; i++)
		if (is_cyrillic(in->at[i])) return true;
	return false;
}

/* ------------------------------------------------------------------------------------------ transliteration */

static void put_ascii(struct lg_letters *out, const char *s)
{
	while (*s) put(out, (unsigned char)*s++);
}

static bool at_start(const struct lg_letters *in, size_t i) { return i == 0 || in->at[i - 1] == BLANK; }

/* Resolution 55: the letters from а to я, and those beyond. */
static const char *latin_of(uint16_t c)
{
	static const char *const rows[] = { "a",  "b",  "v",  "h",    "d", "e", "zh", "z", "y",  "i", "k",
		                            "l",  "m",  "n",  "o",    "p", "r", "s",  "t", "u",  "f", "kh",
		                            "ts", "ch", "sh", "shch", "",  "y", "",   "e", "iu", "ia" };
	if (c >= 0x430 && c <= 0x44F) return rows[c - 0x430];
	switch (c) {
	case 0x454: return "ie";
	case 0x456:
	case 0x457: return "i";
	case 0x491: return "g";
	case 0x45E: return "u";
	default: return NULL;
	}
}

/* At the beginning of a word four letters, and й, are written in another way. */
static const char *latin_at_start(uint16_t c)
{
	switch (c) {
	case 0x454: return "ye";
	case 0x457: return "yi";
	case 0x439: return "y";
	case 0x44E: return "yu";
	case 0x44F: return "ya";
	default: return latin_of(c);
	}
}

void lg_letters_to_latin(struct lg_letters *out, const struct lg_letters *in)
{
	out->n = 0;
	for (size_t i = 0; i < in->n; i++) {
		uint16_t c = in->at[i];
		const char *latin = at_start(in, i) ? latin_at_start(c) : latin_of(c);
		if (c == 0x433 && i && in->at[i - 1] == 0x437) latin = "gh"; /* зг */
		if (latin)
			put_ascii(out, latin);
		else
			put(out, c);
	}
	trim(out);
}

/* Longest first. At the start of a word "y" and "i" before a vowel are one sound with it. */
static const struct {
	const char *latin;
	uint16_t cyrillic[2];
} to_cyrillic[] = {
	{ "shch", { 0x449 } },      { "zgh", { 0x437, 0x433 } }, { "sch", { 0x449 } }, { "zh", { 0x436 } },
	{ "kh", { 0x445 } },        { "ts", { 0x446 } },         { "ch", { 0x447 } },  { "sh", { 0x448 } },
	{ "ya", { 0x44F } },        { "ja", { 0x44F } },         { "ia", { 0x44F } },  { "yu", { 0x44E } },
	{ "ju", { 0x44E } },        { "iu", { 0x44E } },         { "ye", { 0x454 } },  { "je", { 0x454 } },
	{ "ie", { 0x454 } },        { "yi", { 0x457 } },         { "ji", { 0x457 } },  { "yo", { 0x439, 0x43E } },
	{ "jo", { 0x439, 0x43E } }, { "a", { 0x430 } },          { "b", { 0x431 } },   { "c", { 0x446 } },
	{ "d", { 0x434 } },         { "e", { 0x435 } },          { "f", { 0x444 } },   { "g", { 0x433 } },
	{ "h", { 0x433 } },         { "i", { 0x456 } },          { "j", { 0x439 } },   { "k", { 0x43A } },
	{ "l", { 0x43B } },         { "m", { 0x43C } },          { "n", { 0x43D } },   { "o", { 0x43E } },
	{ "p", { 0x43F } },         { "q", { 0x43A } },          { "r", { 0x440 } },   { "s", { 0x441 } },
	{ "t", { 0x442 } },         { "u", { 0x443 } },          { "v", { 0x432 } },   { "w", { 0x432 } },
	{ "x", { 0x43A, 0x441 } },  { "y", { 0x438 } },          { "z", { 0x437 } },
};

static bool matches(const struct lg_letters *in, size_t i, const char *s)
{
	for (; *s; s++, i++)
		if (i == in->n || in->at[i] != (unsigned char)*s) return false;
	return true;
}

/* "-yi" and "-yj" end an adjective: -ий; "y" or "i" that ends a word behind a vowel is й. @return how many letters it
 * took */
static size_t cyrillic_ending(struct lg_letters *out, const struct lg_letters *in, size_t i)
{
	bool last = i + 2 == in->n || (i + 2 < in->n && in->at[i + 2] == BLANK);
	if (last && !at_start(in, i) && (matches(in, i, "yi") || matches(in, i, "yj") || matches(in, i, "yy"))) {
		put(out, 0x438);
		put(out, 0x439);
		return 2;
	}
	bool behind = i && strchr("aeoui", in->at[i - 1] < 0x80 ? in->at[i - 1] : 'x') != NULL;
	bool final = i + 1 == in->n || in->at[i + 1] == BLANK;
	if (behind && final && (in->at[i] == 'y' || in->at[i] == 'i')) {
		put(out, 0x439);
		return 1;
	}
	return 0;
}

static size_t cyrillic_letter(struct lg_letters *out, const struct lg_letters *in, size_t i)
{
	switch (in->at[i]) {
	case 0x161: put(out, 0x448); return 1; /* š */
	case 0x17E: put(out, 0x436); return 1; /* ž */
	case 0x10D: put(out, 0x447); return 1; /* č */
	default: break;
	}
	for (size_t r = 0; r < sizeof to_cyrillic / sizeof *to_cyrillic; r++) {
		if (!matches(in, i, to_cyrillic[r].latin)) continue;
		put(out, to_cyrillic[r].cyrillic[0]);
		put(out, to_cyrillic[r].cyrillic[1]);
		return strlen(to_cyrillic[r].latin);
	}
	put(out, in->at[i]);
	return 1;
}

void lg_letters_to_cyrillic(struct lg_letters *out, const struct lg_letters *in)
{
	out->n = 0;
	for (size_t i = 0; i < in->n;) {
		size_t took = cyrillic_ending(out, in, i);
		i += took ? took : cyrillic_letter(out, in, i);
	}
	trim(out);
}

bool lg_letters_from_ascii(struct lg_letters *out, const struct lg_letters *in)
{
	bool any = false;
	out->n = 0;
	for (size_t i = 0; i < in->n; i++) {
		uint16_t c = matches(in, i, "ae")   ? 0xE6
		             : matches(in, i, "oe") ? 0xF8
		             : matches(in, i, "aa") ? 0xE5
		                                    : 0;
		put(out, c ? c : in->at[i]);
		any |= c != 0;
		i += c != 0;
	}
	return any;
}

bool lg_letters_bare(struct lg_letters *out, const struct lg_letters *in)
{
	bool any = false;
	out->n = 0;
	for (size_t i = 0; i < in->n; i++) {
		uint16_t c = in->at[i];
		uint16_t bare = c == 0xE5 || c == 0xE6 ? 'a' : c == 0xF8 ? 'o' : c;
		any = any || bare != c;
		put(out, bare);
	}
	return any;
}

/* --------------------------------------------------------------------------------------------- words, grams */

const uint16_t *lg_letters_word(const struct lg_letters *in, size_t *at, size_t *n)
{
	size_t from = *at;
	if (from >= in->n) return NULL;
	while (*at < in->n && in->at[*at] != BLANK) ++*at;
	*n = *at - from;
	++*at;
	return in->at + from;
}

static uint32_t mix(uint64_t h)
{
	h ^= h >> 32;
	h *= 0xD6E8FEB86659FD93u;
	h ^= h >> 32;
	h *= 0xD6E8FEB86659FD93u;
	h ^= h >> 32;
	return (uint32_t)h ? (uint32_t)h : 1;
}

uint32_t lg_letters_key(const uint16_t *letters, size_t n)
{
	uint64_t h = 0xCBF29CE484222325u;
	for (size_t i = 0; i < n; i++) h = (h ^ letters[i]) * 0x100000001B3u;
	return mix(h);
}

size_t lg_letters_grams(uint32_t *out, const uint16_t *letters, size_t n)
{
	size_t found = 0;
	uint64_t run = BLANK; /* the last four letters */
	for (size_t i = 0; i <= n; i++) {
		run = run << 16 | (i < n ? letters[i] : BLANK);
		for (unsigned bits = 32; bits <= 64 && bits <= 16 * (i + 2); bits += 16)
			out[found++] = mix(bits == 64 ? run : run & ((UINT64_C(1) << bits) - 1));
	}
	return found;
}
