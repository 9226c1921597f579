/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdlib.h>
#include <string.h>

#include "core/letters.h"
#include "core/name.h"
#include "core/name_inner.h"

/* --- trigrams */

static bool same(const uint32_t *a, const uint32_t *b, size_t n) { return !memcmp(a, b, n * sizeof *a); }

enum { PADDED = WORD_ROOM + 4, SOUND_LEAST = 3 };

/* Keys are filled up with NULs, so that bytes in a row compare like texts. */
static int by_key(const void *a, const void *b) { return memcmp(a, b, NAME_TRIGRAM_ROOM); }

/* Ascending, each once. */
static void sort(struct name_trigrams *t)
{
	size_t n = 0;
	if (t->n) qsort(t->key, t->n, sizeof *t->key, by_key);
	t->n_sound = 0;
	for (size_t i = 0; i < t->n; i++) {
		if (n && !by_key(t->key[n - 1], t->key[i])) continue;
		if (n != i) memcpy(t->key[n], t->key[i], sizeof *t->key);
		t->n_sound += t->key[n++][0] == '~';
	}
	t->n = n;
}

/* What does not fit even without repeats is left out. */
static void add_key(struct name_trigrams *t, const uint32_t *signs, bool sound)
{
	if (t->n == NAME_TRIGRAMS) sort(t);
	if (t->n == NAME_TRIGRAMS) return;
	char *key = t->key[t->n++];
	size_t at = 0;
	memset(key, 0, NAME_TRIGRAM_ROOM);
	if (sound) key[at++] = '~';
	for (int i = 0; i < 3; i++)
		if (signs[i]) at += letter_print(key + at, signs[i]);
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

static void add_words(struct name_trigrams *t, const struct folded *f, bool asked)
{
	struct fold_word w;
	for (size_t i = 0; name_word(&w, f, &i);) add_word(t, f->sign + w.at, w.n, 2, asked && i == f->n, false);
}

static void add_sounds(struct name_trigrams *t, const struct folded *f, bool asked)
{
	struct fold_word w;
	uint32_t sound[WORD_ROOM];
	for (size_t i = 0; name_word(&w, f, &i);) {
		size_t n = name_word_sound(sound, f->sign + w.at, w.n);
		/* What is still short sounds like too much. */
		if (!asked || n >= SOUND_LEAST) add_word(t, sound, n, 1, asked && i == f->n, true);
	}
}

/* A name in both its forms. */
struct spelled {
	struct folded brief, full;
};

static void spell(struct spelled *s, const char *text)
{
	name_fold(&s->brief, text, FOLD_SHORT);
	name_fold(&s->full, text, FOLD_LONG);
}

static bool is_equal(const struct folded *a, const struct folded *b)
{
	return a->n == b->n && same(a->sign, b->sign, a->n);
}

void name_trigrams(struct name_trigrams *out, const char *const *names, size_t n)
{
	enum { REMEMBERED = 4 }; /* most are the same in both scripts */
	struct spelled s[REMEMBERED];
	size_t k = 0;
	out->n = 0;
	for (size_t i = 0; i < n; i++) {
		size_t seen = 0;
		if (!names[i]) continue;
		spell(s + k, names[i]);
		while (seen < k && !(is_equal(&s[seen].brief, &s[k].brief) && is_equal(&s[seen].full, &s[k].full)))
			seen++;
		if (seen < k) continue;
		add_words(out, &s[k].brief, false);
		add_sounds(out, &s[k].full, false);
		if (!is_equal(&s[k].full, &s[k].brief)) add_words(out, &s[k].full, false);
		if (k + 1 < REMEMBERED) k++;
	}
	sort(out);
}

void name_trigrams_asked(struct name_trigrams *out, const char *asked)
{
	struct spelled s;
	out->n = 0;
	spell(&s, asked);
	add_words(out, &s.brief, true);
	add_sounds(out, &s.full, true);
	sort(out);
}

/* --- score */

/* Who only sounds alike comes behind who is written alike. Of fewer letters than SURE, none may be wrong. */
enum { WHOLE = 1000, BY_SOUND = 900, SURE = 3 };

/* So many of `keys` that each worth `whole / keys` make a name like. */
static int least_of(size_t keys, size_t whole, int *worth)
{
	*worth = keys ? (int)(whole / keys) : 0;
	return keys ? (int)((keys * NAME_LIKE + whole - 1) / whole) : NAME_TRIGRAMS + 1;
}

struct name_least name_trigrams_least(const struct name_trigrams *asked)
{
	struct name_least l;
	size_t plain = asked->n - asked->n_sound;
	l.spelled = least_of(plain, WHOLE, &l.worth_spelled);
	l.heard = least_of(asked->n_sound, BY_SOUND, &l.worth_heard);
	if (plain && plain < SURE) l.spelled = (int)plain;
	return l;
}

static int compare(const struct name_trigrams *asked, const struct name_trigrams *of)
{
	size_t shared[2] = { 0, 0 };
	size_t sound = asked->n_sound, plain = asked->n - sound;
	for (size_t i = 0, k = 0; i < asked->n && k < of->n;) {
		int order = by_key(asked->key[i], of->key[k]);
		if (!order) shared[asked->key[i][0] == '~']++;
		i += order <= 0;
		k += order >= 0;
	}
	if (plain < SURE && shared[0] < plain) shared[0] = 0;
	size_t a = plain ? shared[0] * WHOLE / plain : 0, b = sound ? shared[1] * BY_SOUND / sound : 0;
	return (int)(a > b ? a : b);
}

int name_score_of(const struct name_trigrams *asked, const char *const *names, size_t n)
{
	struct name_trigrams of;
	name_trigrams(&of, names, n);
	return compare(asked, &of);
}

int name_score(const char *asked, const char *const *names, size_t n)
{
	struct name_trigrams a;
	name_trigrams_asked(&a, asked);
	return name_score_of(&a, names, n);
}

/* --- the found part */

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
	t->n = 0;
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
