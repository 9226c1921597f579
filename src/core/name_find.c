/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdlib.h>
#include <string.h>

#include "core/letters.h"
#include "core/name.h"
#include "core/name_inner.h"

/* --- trigrams */

enum { PADDED = WORD_ROOM + 4, SOUND_LEAST = 3 };

/* Keys in the order they were met; those that do not fit are left out. */
static void add_key(struct name_trigrams *t, const uint32_t *signs, bool sound)
{
	char key[NAME_TRIGRAM_ROOM] = { 0 };
	size_t at = 0;
	if (sound) key[at++] = '~';
	for (int i = 0; i < 3; i++)
		if (signs[i]) at += letter_print(key + at, signs[i]);
	for (size_t i = 0; i < t->n; i++)
		if (!strcmp(t->key[i], key)) return;
	if (t->n == NAME_TRIGRAMS) return;
	memcpy(t->key[t->n++], key, sizeof key);
	t->n_sound += sound;
}

/* Of one word with `pad` blanks before it, and one behind it unless it is open. */
static void add_word(struct name_trigrams *t, const uint32_t *word, size_t n, size_t pad, bool open, bool sound)
{
	uint32_t padded[PADDED] = { '_', '_' };
	if (n > WORD_ROOM) n = WORD_ROOM;
	memcpy(padded + pad, word, n * sizeof *word);
	n += pad;
	if (!open) padded[n++] = '_';
	for (size_t i = 0; i + 3 <= n; i++) add_key(t, padded + i, sound);
}

static void add_spelling(struct name_trigrams *t, const char *text, enum fold_form form, bool asked)
{
	struct folded f;
	struct fold_word w;
	name_fold(&f, text, form);
	for (size_t i = 0; name_word(&w, &f, &i);) add_word(t, f.sign + w.at, w.n, 2, asked && i == f.n, false);
}

static void add_sound(struct name_trigrams *t, const char *text, bool asked)
{
	struct folded f;
	struct fold_word w;
	uint32_t sound[WORD_ROOM];
	name_fold(&f, text, FOLD_LONG);
	for (size_t i = 0; name_word(&w, &f, &i);) {
		size_t n = name_word_sound(sound, f.sign + w.at, w.n);
		/* What is still short sounds like too much. */
		if (!asked || n >= SOUND_LEAST) add_word(t, sound, n, 1, asked && i == f.n, true);
	}
}

static int by_key(const void *a, const void *b) { return strcmp(a, b); }

static void sort(struct name_trigrams *t)
{
	if (t->n) qsort(t->key, t->n, sizeof *t->key, by_key);
}

void name_trigrams(struct name_trigrams *out, const char *const *names, size_t n)
{
	out->n = out->n_sound = 0;
	/* What matters most comes first, should there be more than fits. */
	for (size_t i = 0; i < n; i++)
		if (names[i]) add_spelling(out, names[i], FOLD_SHORT, false);
	for (size_t i = 0; i < n; i++)
		if (names[i]) add_sound(out, names[i], false);
	for (size_t i = 0; i < n; i++)
		if (names[i]) add_spelling(out, names[i], FOLD_LONG, false);
	sort(out);
}

void name_trigrams_asked(struct name_trigrams *out, const char *asked)
{
	out->n = out->n_sound = 0;
	add_spelling(out, asked, FOLD_SHORT, true);
	add_sound(out, asked, true);
	sort(out);
}

/* --- score */

enum { WHOLE = 1000, BY_SOUND = 900 }; /* who only sounds alike comes behind who is written alike */

size_t name_trigrams_least(const struct name_trigrams *asked)
{
	size_t plain = asked->n - asked->n_sound, sound = asked->n_sound;
	size_t a = (plain * NAME_LIKE + WHOLE - 1) / WHOLE, b = (sound * NAME_LIKE + BY_SOUND - 1) / BY_SOUND;
	size_t least = sound && b < a ? b : a;
	return least ? least : 1;
}

static int compare(const struct name_trigrams *asked, const struct name_trigrams *of)
{
	size_t shared[2] = { 0, 0 }, k = 0;
	size_t sound = asked->n_sound, plain = asked->n - sound;
	for (size_t i = 0; i < asked->n; i++) {
		while (k < of->n && strcmp(of->key[k], asked->key[i]) < 0) k++;
		if (k < of->n && !strcmp(of->key[k], asked->key[i])) shared[asked->key[i][0] == '~']++;
	}
	size_t a = plain ? shared[0] * WHOLE / plain : 0, b = sound ? shared[1] * BY_SOUND / sound : 0;
	return (int)(a > b ? a : b);
}

int name_score(const char *asked, const char *const *names, size_t n)
{
	struct name_trigrams a, b;
	name_trigrams_asked(&a, asked);
	name_trigrams(&b, names, n);
	return compare(&a, &b);
}

/* --- the found part */

static bool same(const uint32_t *a, const uint32_t *b, size_t n) { return !memcmp(a, b, n * sizeof *a); }

/* Where `word` stands in one of f: first where it begins it, else within; and how far. */
static bool written(struct fold_word *out, const struct folded *f, const uint32_t *word, size_t n)
{
	struct fold_word w;
	for (size_t i = 0; name_word(&w, f, &i);) {
		if (w.n < n || !same(f->sign + w.at, word, n)) continue;
		*out = (struct fold_word){ w.at, n };
		return true;
	}
	for (size_t i = 0; n >= 3 && name_word(&w, f, &i);)
		for (size_t at = 1; at + n <= w.n; at++) {
			if (!same(f->sign + w.at + at, word, n)) continue;
			*out = (struct fold_word){ w.at + at, n };
			return true;
		}
	return false;
}

static void keys_of_word(struct name_trigrams *t, const uint32_t *word, size_t n, bool open)
{
	uint32_t sound[WORD_ROOM];
	t->n = t->n_sound = 0;
	add_word(t, word, n, 2, open, false);
	size_t heard = name_word_sound(sound, word, n);
	if (heard >= SOUND_LEAST) add_word(t, sound, heard, 1, open, true);
	sort(t);
}

/* The word of f that is most like `word`, whole. */
static bool resembles(struct fold_word *out, const struct folded *f, const uint32_t *word, size_t n, bool open)
{
	struct name_trigrams asked, of;
	struct fold_word w;
	int best = NAME_LIKE - 1;
	keys_of_word(&asked, word, n, open);
	for (size_t i = 0; name_word(&w, f, &i);) {
		keys_of_word(&of, f->sign + w.at, w.n, false);
		int score = compare(&asked, &of);
		if (score <= best) continue;
		best = score;
		*out = w;
	}
	return best >= NAME_LIKE;
}

/* Put in order and joined to what it touches. */
static size_t add_span(struct name_span *out, size_t n, size_t room, struct name_span s)
{
	for (size_t i = 0; i < n;) {
		if (out[i].to < s.from || out[i].from > s.to) {
			i++;
			continue;
		}
		if (out[i].from < s.from) s.from = out[i].from;
		if (out[i].to > s.to) s.to = out[i].to;
		memmove(out + i, out + i + 1, (--n - i) * sizeof *out);
	}
	if (n == room) return n;
	size_t at = n++;
	for (; at && out[at - 1].from > s.from; at--) out[at] = out[at - 1];
	out[at] = s;
	return n;
}

size_t name_match_spans(struct name_span *out, size_t room, const char *asked, const char *shown)
{
	struct folded a, brief, full;
	struct fold_word w, found;
	size_t n = 0;
	name_fold(&a, asked, FOLD_SHORT);
	name_fold(&brief, shown, FOLD_SHORT);
	name_fold(&full, shown, FOLD_LONG);
	for (size_t i = 0; room && name_word(&w, &a, &i);) {
		const uint32_t *word = a.sign + w.at;
		const struct folded *in = &brief;
		bool hit = written(&found, &brief, word, w.n);
		if (!hit) hit = written(&found, in = &full, word, w.n);
		if (!hit) hit = resembles(&found, in = &brief, word, w.n, i == a.n);
		if (hit)
			n = add_span(out, n, room,
			             (struct name_span){ in->from[found.at], in->to[found.at + found.n - 1] });
	}
	return n;
}
