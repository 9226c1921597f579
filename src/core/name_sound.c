/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <string.h>

#include "core/letters.h"
#include "core/name.h"
#include "core/name_inner.h"

/*
 * What a name sounds like to somebody who writes it down, for names of Ukraine and its neighbours in Latin letters as
 * Ukrainian, Russian, Polish, German, Danish, Swedish and English papers have them. From the search form with å as aa,
 * ä as ae, ö as oe, one word at a time:
 *
 *   1. letters become signs: the longest row of `rules` that fits
 *        x: the hushing sounds (ch, sh, shch, sch, cz, sz)    h: g, h, kh, gh (Oleh, Oleg)    v: v, w, f, ph (-ov,
 * -off) s: s, ts, tz, c before e, i, y                   z: z, zh                        k: k, c, ck, q; x is ks
 *        vowels: a: a, o    i: e, i, y, j    u: u;  aa, ae, oe, ue count as a, e, o, u
 *   2. of vowels side by side the last remains (Yuliia, Yulia, Julia: ula)
 *   3. those that begin a word become a, unless there is a u among them (Olena, Elena, Yelena: alina)
 *   4. doubled signs become one
 *   5. before a final v or va, any vowel is a (Kyselov, Kiselev, Kyseliov)
 *   6. a final o falls (Dmytro, Petro), and the i of a final -dir, -tir (Alexander, Oleksandr)
 *   7. what core/name_same.def says is the same becomes the first of the two
 *
 * It is coarse on purpose: it finds who may be the same, and a person with the birth date before them decides.
 */

static const struct {
	const char *from, *to, *before; /* before: one of these follows, NULL: anything */
} rules[] = {
	{ "szcz", "x", NULL }, { "schtsch", "x", NULL }, { "tsch", "x", NULL }, { "sz", "x", NULL },
	{ "shch", "x", NULL }, { "sch", "x", NULL },     { "tch", "x", NULL },  { "sh", "x", NULL },
	{ "ch", "x", NULL },   { "cz", "x", NULL },      { "ck", "k", NULL },   { "zh", "z", NULL },
	{ "kh", "h", NULL },   { "gh", "h", NULL },      { "ph", "v", NULL },   { "th", "t", NULL },
	{ "ts", "s", NULL },   { "tz", "s", NULL },      { "ks", "ks", NULL },  { "qu", "k", NULL },
	{ "aa", "a", NULL },   { "ae", "i", NULL },      { "oe", "O", NULL },   { "ue", "u", NULL },
	{ "x", "ks", NULL },   { "c", "s", "eiy" },      { "c", "k", NULL },    { "q", "k", NULL },
	{ "w", "v", NULL },    { "f", "v", NULL },       { "g", "h", NULL },    { "o", "O", NULL },
	{ "e", "i", NULL },    { "y", "i", NULL },       { "j", "i", NULL },
};

struct sound {
	uint32_t sign[WORD_ROOM];
	size_t n;
};

static bool fits(const char *from, const uint32_t *word, size_t n)
{
	size_t i = 0;
	for (; from[i] && i < n; i++)
		if (word[i] != (unsigned char)from[i]) return false;
	return !from[i];
}

static void put(struct sound *s, uint32_t sign)
{
	if (s->n < WORD_ROOM - 1) s->sign[s->n++] = sign;
}

/* Step 1. 'O' is an o that is not yet an a, since a final one falls. */
static void put_signs(struct sound *s, const uint32_t *word, size_t n)
{
	for (size_t i = 0; i < n;) {
		size_t r = 0, count = sizeof rules / sizeof *rules;
		for (; r < count; r++) {
			if (word[i] != (unsigned char)*rules[r].from || !fits(rules[r].from, word + i, n - i)) continue;
			if (!rules[r].before) break;
			size_t wide = strlen(rules[r].from);
			if (i + wide < n && word[i + wide] < 0x80 && strchr(rules[r].before, (int)word[i + wide]))
				break;
		}
		if (r == count) {
			put(s, word[i++]);
			continue;
		}
		for (const char *to = rules[r].to; *to; to++) put(s, (unsigned char)*to);
		i += strlen(rules[r].from);
	}
}

static bool is_vowel(uint32_t sign) { return sign == 'a' || sign == 'O' || sign == 'i' || sign == 'u'; }

/* Steps 2 to 4. */
static void join(struct sound *s)
{
	size_t at = 0;
	for (size_t i = 0; i < s->n;) {
		size_t from = i;
		bool u = false;
		uint32_t sign = s->sign[i];
		for (; i < s->n && is_vowel(sign) && is_vowel(s->sign[i]); i++) u = u || s->sign[i] == 'u';
		if (i > from)
			sign = from == 0 ? (u ? 'u' : 'a') : s->sign[i - 1];
		else
			i++;
		if (!at || s->sign[at - 1] != sign) s->sign[at++] = sign;
	}
	s->n = at;
}

/* Steps 5 and 6. */
static void end(struct sound *s)
{
	uint32_t *at = s->sign;
	size_t n = s->n, v = n && at[n - 1] == 'a' ? n - 1 : n; /* behind what may be the final v */
	if (v >= 3 && at[v - 1] == 'v' && is_vowel(at[v - 2])) at[v - 2] = 'a';
	if (n >= 3 && at[n - 1] == 'O') s->n = --n;
	if (n >= 4 && at[n - 1] == 'r' && at[n - 2] == 'i' && (at[n - 3] == 'd' || at[n - 3] == 't')) {
		at[n - 2] = 'r';
		s->n--;
	}
	for (size_t i = 0; i < s->n; i++)
		if (at[i] == 'O') at[i] = 'a';
}

static bool is(const struct sound *s, const char *text) { return s->n == strlen(text) && fits(text, s->sign, s->n); }

/* Step 7. */
static void rename_same(struct sound *s)
{
	static const char *const same[][2] = {
#define SAME(first, other, spelling, other_spelling) { first, other },
#include "core/name_same.def"
#undef SAME
	};
	for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
		if (!is(s, same[i][1])) continue;
		s->n = strlen(same[i][0]);
		for (size_t k = 0; k < s->n; k++) s->sign[k] = (unsigned char)same[i][0][k];
		return;
	}
}

size_t name_word_sound(uint32_t out[WORD_ROOM], const uint32_t *word, size_t n)
{
	struct sound s = { .n = 0 };
	put_signs(&s, word, n);
	join(&s);
	end(&s);
	rename_same(&s);
	memcpy(out, s.sign, s.n * sizeof *out);
	return s.n;
}

/* Words from the given one on, at most `most`, with `between` between them. */
static char *sounds(struct lg_arena *mem, const char *name, size_t most, char between)
{
	struct folded f;
	struct fold_word w;
	uint32_t sound[WORD_ROOM];
	name_fold(&f, name, FOLD_LONG);
	char *out = lg_alloc(mem, f.n * 8 + 1);
	size_t at = 0;
	for (size_t i = 0; most-- && name_word(&w, &f, &i);) {
		size_t n = name_word_sound(sound, f.sign + w.at, w.n);
		if (at && n) out[at++] = between;
		for (size_t k = 0; k < n; k++) at += letter_print(out + at, sound[k]);
	}
	out[at] = '\0';
	return out;
}

char *name_sound(struct lg_arena *mem, const char *name) { return sounds(mem, name, SIZE_MAX, ' '); }

char *name_key(struct lg_arena *mem, const char *given, const char *family)
{
	const char *a = sounds(mem, given ? given : "", 1, '-'), *b = sounds(mem, family ? family : "", SIZE_MAX, '-');
	if (!*a || !*b) return lg_strdup(mem, *a ? a : b);
	bool swap = strcmp(a, b) > 0;
	return lg_printf(mem, "%s %s", swap ? b : a, swap ? a : b);
}
