/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "taxonomy/spot.h"

#include <stdlib.h>
#include <string.h>

#include "taxonomy/spot_index.h"

/*
 * What a score is made of, in per cent of one another. Chosen by hand while reading what was found in advertisements;
 * bench/spot.c tells what they give.
 */
enum {
	WHOLE = 10000,
	ONE_WORD = 90,       /* a label of one word may be meant in another sense */
	ALTERNATIVE = 95,    /* so may one that is not the preferred one */
	ASIDE = 85,          /* a remark in parentheses told what it means */
	WEAK = 70,           /* the word stands in many labels */
	INFLECTED = 97,      /* another form of the word */
	SHARED = 80,         /* two or more have this label */
	COMPOUND = 80,       /* only the last part of a compound is known */
	OTHER_COMPOUND = 65, /* ... of an occupation, which is then a wider one */
	PLAIN = 95,          /* of a skill's: the sentence speaks of nobody */
	OF_US = 65,          /* ... or of the employer alone */
	IN_ROLE = 80,        /* of an occupation's: behind "as", "we seek" */
	BY_THE_WAY = 45,     /* ... and anywhere else but in the headline */
	WORD_MAX = 64,       /* letters of a word that is parted */
	SPAN_WORDS_MAX = 12, /* of a text, idle ones included */
};

/* A label found: words [from, to). */
struct found {
	uint32_t from, to, form;
	uint32_t weight; /* letters: which of two that overlap is taken */
	uint16_t score;
};

/* One search. What is made meanwhile dies with `temp`. */
struct search {
	const struct lg_spotter *s;
	struct lg_ctx temp;
	struct lg_spot_words w;
	struct lg_spot_marks marks;
	struct lg_stemmer *stemmer;
	uint64_t *stems; /* [words], in the language at hand */
	size_t language, n, room, steps;
	bool only_names; /* of this language only labels that are names: CAD, Python */
	struct found *found;
};

/* ----------------------------------------------------------------------------------------------- one label */

struct fit {
	bool fits, inflected;
};

/* Do the words from..to, idle ones passed over, fit the form's? They have its stems. */
static struct fit fit_of(const struct search *q, const struct lg_spot_form *f, size_t from, size_t to)
{
	const uint16_t *letters = q->s->letters + f->at, *end = letters + f->n;
	struct fit out = { true, false };
	for (size_t i = from; i < to; i++) {
		const uint16_t *word = lg_spot_letters(&q->w, i), *stop = letters;
		size_t n = q->w.words[i].n;
		if (q->marks.classes[i] & LG_WORD_IDLE) continue;
		while (stop < end && *stop != ' ') stop++;
		size_t n_label = (size_t)(stop - letters);
		if (!lg_stem_fits(q->stemmer, f->words == 1, word, n, letters, n_label))
			return (struct fit){ false, false };
		out.inflected = out.inflected || n != n_label || memcmp(word, letters, n * sizeof *word) != 0;
		letters = stop < end ? stop + 1 : end;
	}
	return out;
}

/* A name is written as one: "CAD" is not "cad", "Word" is not "word". */
static bool shape_fits(const struct search *q, const struct lg_spot_form *f, size_t from)
{
	return f->words > 1 || q->w.words[from].shape >= f->shape;
}

static unsigned place_of(const struct search *q, const struct lg_spot_form *f, size_t from)
{
	if (f->kind == LG_SPOT_SKILL) {
		uint8_t tone = q->marks.tones[from];
		return tone == LG_TONE_YOU ? 100 : tone == LG_TONE_US ? OF_US : PLAIN;
	}
	if (from < q->marks.n_headline) return 100;
	if (q->marks.tones[from] == LG_TONE_OFFER) return BY_THE_WAY;
	return lg_spot_in_role(&q->w, &q->marks, from) ? IN_ROLE : BY_THE_WAY;
}

static uint16_t score_of(const struct search *q, const struct lg_spot_form *f, struct fit fit, size_t from)
{
	uint32_t score = WHOLE;
	if (f->words == 1) score = score * ONE_WORD / 100;
	if (!f->preferred) score = score * ALTERNATIVE / 100;
	if (f->words == 1 && f->aside) score = score * ASIDE / 100;
	if (f->weak) score = score * WEAK / 100;
	if (fit.inflected) score = score * INFLECTED / 100;
	return (uint16_t)(score * place_of(q, f, from) / 100);
}

static bool may_be(const struct search *q, const struct lg_spot_form *f, size_t from)
{
	if (q->only_names && f->shape == LG_SHAPE_SMALL) return false;
	if (f->kind == LG_SPOT_SKILL && q->marks.tones[from] == LG_TONE_OFFER) return false;
	return shape_fits(q, f, from);
}

/* The best of the forms with one key; other concepts of the same kind that share it take from its score. */
static struct found best_form(struct search *q, uint32_t first, size_t from, size_t to)
{
	struct found best = { .from = (uint32_t)from, .to = (uint32_t)to, .form = LG_SPOT_NO_FORM };
	size_t others = 0;
	const struct lg_spot_form *forms = q->s->forms;
	for (uint32_t i = first; i < q->s->n_forms && forms[i].key == forms[first].key; i++) {
		struct fit fit = fit_of(q, &forms[i], from, to);
		q->steps++;
		if (!fit.fits || !may_be(q, &forms[i], from)) continue;
		bool again = best.form != LG_SPOT_NO_FORM && forms[best.form].kind == forms[i].kind &&
		             forms[best.form].item == forms[i].item;
		uint16_t score = score_of(q, &forms[i], fit, from);
		others += !again && !forms[i].own;
		if (score <= best.score) continue;
		best.score = score;
		best.form = i;
	}
	if (others > 1) best.score = (uint16_t)(best.score * SHARED / 100);
	return best;
}

static void put_found(struct search *q, struct found f)
{
	if (f.form == LG_SPOT_NO_FORM || lg_spot_denied(&q->w, &q->marks, f.from, f.to)) return;
	if (q->n == q->room) {
		struct found *more = lg_array(q->temp.mem, q->room ? 2 * q->room : 256, sizeof *more);
		if (q->n) memcpy(more, q->found, q->n * sizeof *more);
		q->found = more;
		q->room = q->room ? 2 * q->room : 256;
	}
	for (size_t i = f.from; i < f.to; i++) f.weight += q->w.words[i].n + 1;
	q->found[q->n++] = f;
}

/* --------------------------------------------------------------------------------------------- at one word */

static bool is_word(const struct lg_splitter *s, struct lg_span word)
{
	uint32_t number = lg_number_find(&s->numbers, lg_letters_key(word.at, word.n));
	return number != LG_NO_NUMBER && s->words[number] > 0;
}

/* Only the end of a compound is known: "hospitalsportør" is a "portør". */
static void look_within(struct search *q, size_t i)
{
	const struct lg_splitter *splitter = &q->s->languages[q->language].splitter;
	struct lg_span parts[2], word = { lg_spot_letters(&q->w, i), q->w.words[i].n };
	uint32_t first;
	q->steps++;
	if (word.n > WORD_MAX || !splitter->words) return;
	if (lg_splitter_part(splitter, word, parts) < 2 || !is_word(splitter, parts[0])) return;
	uint64_t key = lg_spot_key_with(lg_spot_key(q->language), lg_stem(q->stemmer, parts[1].at, parts[1].n));
	if (!lg_spot_look(q->s, key, &first) || first == LG_SPOT_NO_FORM) return;
	struct lg_spot_word *w = &q->w.words[i], whole = *w;
	w->at += (uint32_t)(parts[1].at - word.at); /* the tail, for a moment */
	w->n = (uint32_t)parts[1].n;
	struct found f = best_form(q, first, i, i + 1);
	*w = whole;
	if (f.form == LG_SPOT_NO_FORM || q->s->forms[f.form].aside || q->s->forms[f.form].shape != LG_SHAPE_SMALL)
		return;
	f.score = (uint16_t)(f.score * (q->s->forms[f.form].kind ? OTHER_COMPOUND : COMPOUND) / 100);
	put_found(q, f);
}

static void look_at(struct search *q, size_t i)
{
	size_t found = q->n;
	uint64_t key = lg_spot_key(q->language);
	for (size_t k = i; k < q->w.n && k < i + SPAN_WORDS_MAX; k++) {
		uint32_t first;
		if (k > i && q->w.words[k].gap > LG_GAP_BLANK) break;
		if (q->marks.classes[k] & LG_WORD_IDLE) {
			if (k == i) return;
			continue;
		}
		key = lg_spot_key_with(key, q->stems[k]);
		q->steps++;
		if (!lg_spot_look(q->s, key, &first)) break;
		if (first != LG_SPOT_NO_FORM && !q->w.words[k].cut) put_found(q, best_form(q, first, i, k + 1));
	}
	if (q->n == found && !q->only_names && !q->w.words[i].cut && q->s->languages[q->language].parts_words)
		look_within(q, i);
}

static void look_in(struct search *q, size_t language, bool only_names)
{
	q->language = language;
	q->only_names = only_names;
	q->stemmer = lg_stemmer(&q->temp, q->s->languages[language].code);
	for (size_t i = 0; i < q->w.n; i++)
		q->stems[i] = lg_stem(q->stemmer, lg_spot_letters(&q->w, i), q->w.words[i].n);
	for (size_t i = 0; i < q->w.n; i++) look_at(q, i);
}

/* ---------------------------------------------------------------------------------------------- languages */

static const struct {
	char code[4];
	uint16_t class;
} known[] = {
	{ "da", LG_WORD_DANISH }, { "sv", LG_WORD_SWEDISH }, { "en", LG_WORD_ENGLISH }, { "uk", LG_WORD_UKRAINIAN }
};
enum { KNOWN = sizeof known / sizeof *known, LEAST_SHARE = 4 };

/* Which languages is it in, by its commonest words? All, when it has none of them. */
static uint16_t languages_of(const struct search *q)
{
	size_t n[KNOWN] = { 0 }, most = 0;
	uint16_t out = 0;
	for (size_t i = 0; i < q->w.n; i++)
		for (size_t k = 0; k < KNOWN; k++) n[k] += (q->marks.classes[i] & known[k].class) != 0;
	for (size_t k = 0; k < KNOWN; k++) most = n[k] > most ? n[k] : most;
	for (size_t k = 0; k < KNOWN; k++)
		if (n[k] * LEAST_SHARE >= most) out |= known[k].class;
	return out;
}

static uint16_t class_of(const char *code)
{
	for (size_t k = 0; k < KNOWN; k++)
		if (!strcmp(known[k].code, code)) return known[k].class;
	return 0;
}

/* English names are names in every language. */
static void look_everywhere(struct search *q, const char *language)
{
	bool any = !strcmp(language, "any");
	uint16_t classes = any ? languages_of(q) : 0;
	for (size_t i = 0; i < q->s->n_languages; i++) {
		const char *code = q->s->languages[i].code;
		if (any ? class_of(code) & classes : !strcmp(code, language))
			look_in(q, i, false);
		else if (!strcmp(code, "en"))
			look_in(q, i, true);
	}
}

/* ------------------------------------------------------------------------------------------------- choosing */

/* The longest first; of equal ones that with the better score, then as they stand in the text. */
static int compare_found(const void *a, const void *b)
{
	const struct found *x = a, *y = b;
	if (x->weight != y->weight) return x->weight > y->weight ? -1 : 1;
	if (x->score != y->score) return x->score > y->score ? -1 : 1;
	if (x->from != y->from) return x->from < y->from ? -1 : 1;
	return x->form < y->form ? -1 : x->form > y->form;
}

static bool is_free(const bool *taken, const struct found *f)
{
	for (size_t i = f->from; i < f->to; i++)
		if (taken[i]) return false;
	return true;
}

/* Those that do not overlap, to the front. */
static void choose(struct search *q)
{
	bool *taken = lg_array(q->temp.mem, q->w.n + 1, sizeof *taken);
	size_t n = 0;
	if (q->n) qsort(q->found, q->n, sizeof *q->found, compare_found);
	for (size_t i = 0; i < q->n; i++) {
		struct found f = q->found[i];
		if (!is_free(taken, &f)) continue;
		memset(taken + f.from, true, f.to - f.from);
		q->found[n++] = f;
	}
	q->n = n;
}

static struct lg_spot spot_of(const struct search *q, const struct found *f)
{
	const struct lg_spot_form *form = &q->s->forms[f->form];
	struct lg_spot out = { .kind = form->kind,
		               .item = form->item,
		               .score = f->score,
		               .from = q->w.words[f->from].from,
		               .to = q->w.words[f->to - 1].to,
		               .count = 1,
		               .label = form->label };
	memcpy(out.language, q->s->languages[form->language].code, sizeof out.language);
	return out;
}

static int compare_items(const void *a, const void *b)
{
	const struct lg_spot *x = a, *y = b;
	if (x->kind != y->kind) return x->kind < y->kind ? -1 : 1;
	if (x->item != y->item) return x->item < y->item ? -1 : 1;
	return x->from < y->from ? -1 : x->from > y->from;
}

static int compare_scores(const void *a, const void *b)
{
	const struct lg_spot *x = a, *y = b;
	if (x->score != y->score) return x->score > y->score ? -1 : 1;
	return x->from < y->from ? -1 : x->from > y->from;
}

/* Each concept once: its first place, its best score. */
static size_t merge(struct lg_spot *spots, size_t n)
{
	size_t left = 0;
	if (n) qsort(spots, n, sizeof *spots, compare_items);
	for (size_t i = 0; i < n; i++) {
		struct lg_spot *last = left ? &spots[left - 1] : NULL;
		if (!last || last->kind != spots[i].kind || last->item != spots[i].item) {
			spots[left++] = spots[i];
			continue;
		}
		last->count++;
		if (spots[i].score > last->score) last->score = spots[i].score;
	}
	if (left) qsort(spots, left, sizeof *spots, compare_scores);
	return left;
}

enum lg_err lg_spot(struct lg_ctx *cx, const struct lg_spotter *s, const char *language, const char *text, size_t n,
                    struct lg_spots *out)
{
	struct search q = { .s = s };
	if (n > LG_SPOT_TEXT_MAX) return lg_fail(cx, LG_INVALID, "text", "is longer than 1 MiB");
	q.temp.mem = lg_arena_new(0, NULL);
	lg_spot_words(&q.temp, &q.w, text, n);
	lg_spot_marks(&q.temp, &s->context, &q.w, &q.marks);
	q.stems = lg_array(q.temp.mem, q.w.n + 1, sizeof *q.stems);
	look_everywhere(&q, language);
	choose(&q);
	struct lg_spot *spots = lg_array(cx->mem, q.n + 1, sizeof *spots);
	for (size_t i = 0; i < q.n; i++) spots[i] = spot_of(&q, &q.found[i]);
	*out = (struct lg_spots){ spots, merge(spots, q.n), q.steps };
	lg_arena_free(q.temp.mem);
	return LG_OK;
}
