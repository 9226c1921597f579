/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "taxonomy/link.h"

#include <stdlib.h>
#include <string.h>

#include "taxonomy/link_section.h"

/*
 * Base, of a label:      half by runs of letters (2 to 4), half by words, whole and parted.
 * Concept, in a language: the best base of its labels + 0.2 of all its labels as one text + 0.15 of its unit group's
 *                        best base.
 * Other languages:       + 0.3 of the best cosine by letters with its labels in another language. A text may also be
 *                        in another language than was thought, or the concept may have no label in that one: then
 *                        0.9 of the square of that cosine, if that is more.
 */
enum {
	OTHERS_PERCENT = 30,
	FOREIGN_PERCENT = 90,
	OTHER_SCRIPT_LEAST = LG_COVER_ONE / 100 * 60, /* below it, a label that had to be transliterated is chance */
	WHOLE_SCORE = LG_COVER_ONE / 100 * 130,       /* what is shown as 9999 */
	LANGUAGES_MAX = UINT8_MAX,
	LIKELY = 2, /* languages that are looked into, when it is not known which */
};

/* A label in the order of sections, and which one it was. */
struct given {
	struct lg_link_label label;
	size_t index;
};

/* A text that was confirmed. */
struct confirmed {
	uint32_t key, concept;
	struct lg_link_label label;
};

struct lg_linker {
	struct lg_section *sections;
	size_t n_sections;
	struct lg_link_label *labels; /* by language and concept */
	uint32_t *index;              /* [labels] as they were given */
	size_t n;
	uint32_t concepts;
	struct confirmed *confirmed;
	size_t n_confirmed;
};

/* -------------------------------------------------------------------------------------------------- making */

static int by_language_and_concept(const void *a, const void *b)
{
	const struct given *x = a, *y = b;
	int c = strncmp(x->label.language, y->label.language, sizeof x->label.language);
	if (c) return c;
	if (x->label.concept != y->label.concept) return x->label.concept < y->label.concept ? -1 : 1;
	return (x->index > y->index) - (x->index < y->index);
}

static void sort_labels(struct lg_ctx *cx, struct lg_linker *l, const struct lg_link_labels *in)
{
	struct lg_arena *temp = lg_arena_new(0, NULL);
	l->n = in->n + in->n_confirmed;
	struct given *all = lg_array(temp, l->n + 1, sizeof *all);
	for (size_t i = 0; i < in->n; i++) all[i] = (struct given){ in->labels[i], i };
	for (size_t i = 0; i < in->n_confirmed; i++) all[in->n + i] = (struct given){ in->confirmed[i], in->n + i };
	for (size_t i = 0; i < l->n; i++) all[i].label.language[sizeof all[i].label.language - 1] = '\0';
	qsort(all, l->n, sizeof *all, by_language_and_concept);
	l->labels = lg_array(cx->mem, l->n + 1, sizeof *l->labels);
	l->index = lg_array(cx->mem, l->n + 1, sizeof *l->index);
	for (size_t i = 0; i < l->n; i++) {
		l->labels[i] = all[i].label;
		l->index[i] = (uint32_t)all[i].index;
	}
	lg_arena_free(temp);
}

static bool same_language(const char *a, const char *b) { return !strncmp(a, b, 4); }

/* Where the language of labels[from] ends. */
static size_t section_end(const struct lg_linker *l, size_t from)
{
	size_t to = from;
	while (to < l->n && same_language(l->labels[to].language, l->labels[from].language)) to++;
	return to;
}

static enum lg_err make_sections(struct lg_ctx *cx, struct lg_linker *l, const uint32_t *contexts)
{
	const struct lg_link_labels sorted = { l->labels, l->n, l->concepts, contexts, NULL, 0 };
	size_t n = 0;
	for (size_t from = 0; from < l->n; from = section_end(l, from)) n++;
	if (n > LANGUAGES_MAX) return lg_fail(cx, LG_INVALID, "labels", "There are too many languages.");
	l->sections = lg_array(cx->mem, n + 1, sizeof *l->sections);
	for (size_t from = 0, to; from < l->n; from = to) {
		to = section_end(l, from);
		if (to - from > LG_INDEX_DOCUMENTS_MAX)
			return lg_failf(cx, LG_INVALID, "labels",
			                "There are %zu in \"%.3s\"; at most %d can be searched.", to - from,
			                l->labels[from].language, LG_INDEX_DOCUMENTS_MAX);
		lg_section_make(cx, &l->sections[l->n_sections++], &sorted, from, to);
	}
	return LG_OK;
}

static uint32_t key_of(const char *text, size_t n)
{
	struct lg_letters letters;
	lg_letters_fold(&letters, text, n);
	return letters.n ? lg_letters_key(letters.at, letters.n) : 0;
}

static void keep_confirmed(struct lg_ctx *cx, struct lg_linker *l, const struct lg_link_labels *in)
{
	l->confirmed = lg_array(cx->mem, in->n_confirmed + 1, sizeof *l->confirmed);
	for (size_t i = 0; i < in->n_confirmed; i++) {
		const struct lg_link_label *label = &in->confirmed[i];
		uint32_t key = key_of(label->text, strlen(label->text));
		if (key) l->confirmed[l->n_confirmed++] = (struct confirmed){ key, label->concept, *label };
	}
}

static enum lg_err check(struct lg_ctx *cx, const struct lg_link_label *labels, size_t n, uint32_t concepts)
{
	for (size_t i = 0; i < n; i++)
		if (labels[i].concept >= concepts)
			return lg_failf(cx, LG_INVALID, "labels", "\"%s\" is of no concept.", labels[i].text);
	return LG_OK;
}

enum lg_err lg_linker_of_labels(struct lg_ctx *cx, struct lg_linker **out, const struct lg_link_labels *in)
{
	LG_TRY(check(cx, in->labels, in->n, in->concepts));
	LG_TRY(check(cx, in->confirmed, in->n_confirmed, in->concepts));
	struct lg_linker *l = lg_alloc(cx->mem, sizeof *l);
	l->concepts = in->concepts;
	sort_labels(cx, l, in);
	LG_TRY(make_sections(cx, l, in->contexts));
	keep_confirmed(cx, l, in);
	*out = l;
	return LG_OK;
}

typedef const char *(*label_at)(const struct lg_taxonomy *t, uint16_t item, size_t index, struct lg_label *out);

/* All labels of a taxonomy into out, which may be NULL. @return how many */
static size_t all_labels(const struct lg_taxonomy *t, uint32_t items, label_at at, struct lg_link_label *out)
{
	struct lg_label l;
	size_t n = 0;
	for (uint32_t item = 0; item < items; item++) {
		for (size_t i = 0; at(t, (uint16_t)item, i, &l); i++, n++) {
			if (!out) continue;
			out[n] = (struct lg_link_label){ .text = l.text, .concept = item };
			memcpy(out[n].language, l.language, sizeof l.language);
		}
	}
	return n;
}

/* The context of an occupation is its unit group. */
static const uint32_t *contexts_of(struct lg_ctx *cx, const struct lg_taxonomy *t)
{
	uint32_t *out = lg_array(cx->mem, (size_t)lg_taxonomy_concepts(t) + 1, sizeof *out);
	for (uint16_t c = 0; c < lg_taxonomy_concepts(t); c++) {
		uint16_t group = lg_taxonomy_unit_group(t, c);
		out[c] = group == c ? LG_LINK_NONE : group;
	}
	return out;
}

enum lg_err lg_linker_new(struct lg_ctx *cx, struct lg_linker **out, const struct lg_taxonomy *t, enum lg_link_of of,
                          const struct lg_link_label *confirmed, size_t n_confirmed)
{
	bool skills = of == LG_LINK_SKILLS;
	label_at at = skills ? lg_taxonomy_skill_labels : lg_taxonomy_labels;
	struct lg_ctx temp = { .mem = lg_arena_new(0, NULL) };
	struct lg_link_labels in = { .concepts = skills ? lg_taxonomy_skills(t) : lg_taxonomy_concepts(t),
		                     .confirmed = confirmed,
		                     .n_confirmed = n_confirmed };
	in.n = all_labels(t, in.concepts, at, NULL);
	struct lg_link_label *labels = lg_array(temp.mem, in.n + 1, sizeof *labels);
	(void)all_labels(t, in.concepts, at, labels);
	in.labels = labels;
	in.contexts = skills ? NULL : contexts_of(&temp, t);
	enum lg_err err = lg_linker_of_labels(cx, out, &in);
	lg_arena_free(temp.mem);
	return err;
}

/* ------------------------------------------------------------------------------------------------- seeking */

/* The best of a concept: by all means in one language, by letters in that and in others. */
struct standing {
	uint32_t score, foreign, foreign2; /* foreign2: the best of another language than foreign's */
	uint32_t form, foreign_form, foreign2_form;
	uint8_t section, foreign_section, foreign2_section;
};

/* A section that may be the text's language: the best of its labels, and their cosines. */
struct likely {
	uint32_t best;
	size_t section;
	uint32_t *letters;
};

struct lg_link_scratch {
	struct lg_section_scratch section;
	struct likely likely[LIKELY];
	struct lg_query query;
	struct standing *standings; /* [concepts] */
	uint32_t *order;            /* [concepts] */
	uint32_t *final;            /* [concepts] */
};

struct lg_link_scratch *lg_link_scratch(struct lg_ctx *cx, const struct lg_linker *l)
{
	struct lg_link_scratch *s = lg_alloc(cx->mem, sizeof *s);
	s->section = lg_section_scratch(cx, l->sections, l->n_sections);
	for (size_t i = 0; i < LIKELY; i++)
		s->likely[i].letters = lg_array(cx->mem, s->section.n_forms + 1, sizeof *s->section.letters);
	s->standings = lg_array(cx->mem, (size_t)l->concepts + 1, sizeof *s->standings);
	s->order = lg_array(cx->mem, (size_t)l->concepts + 1, sizeof *s->order);
	s->final = lg_array(cx->mem, (size_t)l->concepts + 1, sizeof *s->final);
	return s;
}

static void note_foreign(struct standing *st, uint32_t score, uint8_t section, uint32_t form)
{
	if (score > st->foreign) {
		st->foreign2 = st->foreign;
		st->foreign2_section = st->foreign_section;
		st->foreign2_form = st->foreign_form;
		st->foreign = score;
		st->foreign_section = section;
		st->foreign_form = form;
	} else if (score > st->foreign2) {
		st->foreign2 = score;
		st->foreign2_section = section;
		st->foreign2_form = form;
	}
}

/* By letters, in one language. @return the best score of any concept */
static uint32_t seek_letters(const struct lg_linker *l, struct lg_link_scratch *s, size_t section)
{
	const struct lg_section *x = &l->sections[section];
	uint32_t best = 0, least = x->is_cyrillic != s->query.is_cyrillic ? OTHER_SCRIPT_LEAST : 1;
	lg_section_letters(x, &s->section, &s->query);
	for (uint32_t c = 0; c < x->n_concepts; c++) {
		uint32_t score = s->section.best[c];
		if (score >= least)
			note_foreign(&s->standings[x->concepts[c]], score, (uint8_t)section, s->section.best_form[c]);
		best = best > score ? best : score;
	}
	return best;
}

/* By all means. */
static void seek_all(const struct lg_linker *l, struct lg_link_scratch *s, size_t section)
{
	const struct lg_section *x = &l->sections[section];
	lg_section_score(x, &s->section, &s->query);
	for (uint32_t c = 0; c < x->n_concepts; c++) {
		if (!s->section.best[c]) continue;
		struct standing *st = &s->standings[x->concepts[c]];
		uint32_t score = s->section.best[c] + lg_section_context(x, &s->section, c);
		if (score <= st->score) continue;
		*st = (struct standing){ score,
			                 st->foreign,
			                 st->foreign2,
			                 s->section.best_form[c],
			                 st->foreign_form,
			                 st->foreign2_form,
			                 (uint8_t)section,
			                 st->foreign_section,
			                 st->foreign2_section };
	}
}

static bool is_any(const char *language) { return !strcmp(language, "any"); }

/* In the language itself; the others by letters. */
static void seek_in(const struct lg_linker *l, struct lg_link_scratch *s, const char *language)
{
	for (size_t i = 0; i < l->n_sections; i++) {
		bool own = same_language(l->sections[i].language, language);
		(void)seek_letters(l, s, i);
		if (own) seek_all(l, s, i);
	}
}

/* Keep the cosines of a section that was sought, if it is among the likely ones; the least likely makes room. */
static void keep_likely(struct lg_link_scratch *s, size_t section, uint32_t best)
{
	struct likely *least = &s->likely[0];
	for (size_t i = 1; i < LIKELY; i++)
		if (s->likely[i].best < least->best) least = &s->likely[i];
	if (best <= least->best) return;
	uint32_t *spare = least->letters;
	*least = (struct likely){ best, section, s->section.letters };
	s->section.letters = spare;
}

/* By letters in all languages, then by all means in those where a label is most like the text. */
static void seek_anywhere(const struct lg_linker *l, struct lg_link_scratch *s)
{
	for (size_t i = 0; i < LIKELY; i++) s->likely[i].best = 0;
	for (size_t i = 0; i < l->n_sections; i++) keep_likely(s, i, seek_letters(l, s, i));
	for (size_t i = 0; i < LIKELY; i++) {
		uint32_t *spare = s->section.letters;
		if (!s->likely[i].best) continue;
		s->section.letters = s->likely[i].letters;
		seek_all(l, s, s->likely[i].section);
		s->section.letters = spare;
	}
}

/* The score of a concept, all told; it also settles which form is shown. */
static uint32_t settle(struct standing *st)
{
	bool own = st->score && st->foreign_section == st->section;
	uint32_t others = own ? st->foreign2 : st->foreign;
	uint64_t square = ((uint64_t)others * others) >> LG_COVER_BITS;
	uint32_t foreign = (uint32_t)(square * FOREIGN_PERCENT / 100), sum = st->score + others / 100 * OTHERS_PERCENT;
	if (sum >= foreign && st->score) return sum;
	st->section = own ? st->foreign2_section : st->foreign_section;
	st->form = own ? st->foreign2_form : st->foreign_form;
	return sum > foreign ? sum : foreign;
}

/* ------------------------------------------------------------------------------------------------- the best */

static bool before(const uint32_t *score, uint32_t a, uint32_t b)
{
	return score[a] != score[b] ? score[a] > score[b] : a < b;
}

/* Put down a concept among the best, best first. @return how many there are */
static size_t put_best(const uint32_t *score, uint32_t *order, size_t n, size_t room, uint32_t concept)
{
	if (n == room) {
		if (!room || !before(score, concept, order[n - 1])) return n;
		n--;
	}
	size_t at = n;
	for (; at && before(score, concept, order[at - 1]); at--) order[at] = order[at - 1];
	order[at] = concept;
	return n + 1;
}

static size_t put_confirmed(const struct lg_linker *l, const char *language, const char *text, size_t n,
                            struct lg_link_hit *hits, size_t room)
{
	uint32_t key = l->n_confirmed ? key_of(text, n) : 0;
	size_t found = 0;
	for (size_t i = 0; key && i < l->n_confirmed && found < room; i++) {
		const struct confirmed *c = &l->confirmed[i];
		bool fits = is_any(language) || is_any(c->label.language) || same_language(c->label.language, language);
		if (c->key != key || !fits) continue;
		bool known = false;
		for (size_t k = 0; k < found; k++) known |= hits[k].concept == c->concept;
		if (known) continue;
		hits[found] = (struct lg_link_hit){ c->concept, 10000, true, "", c->label.text };
		memcpy(hits[found++].language, c->label.language, sizeof c->label.language);
	}
	return found;
}

static uint16_t shown(uint32_t score)
{
	uint64_t out = (uint64_t)score * 9999 / WHOLE_SCORE;
	return (uint16_t)(out < 9999 ? out : 9999);
}

static struct lg_link_hit hit_of(const struct lg_linker *l, const struct standing *st, uint32_t concept, uint32_t score)
{
	const struct lg_section *x = &l->sections[st->section];
	struct lg_link_hit hit = { concept, shown(score), false, "", l->labels[x->labels[st->form]].text };
	memcpy(hit.language, x->language, sizeof hit.language);
	return hit;
}

size_t lg_link_with(const struct lg_linker *l, struct lg_link_scratch *s, const char *language, const char *text,
                    size_t n, struct lg_link_hit *hits, size_t room)
{
	size_t found = put_confirmed(l, language, text, n, hits, room), certain = found, n_best = 0;
	lg_query_read(&s->query, text, n);
	if (!s->query.whole.n) return found;
	memset(s->standings, 0, l->concepts * sizeof *s->standings);
	if (is_any(language))
		seek_anywhere(l, s);
	else
		seek_in(l, s, language);
	for (uint32_t c = 0; c < l->concepts; c++) {
		s->final[c] = settle(&s->standings[c]);
		if (s->final[c])
			n_best = put_best(s->final, s->order, n_best, room < l->concepts ? room : l->concepts, c);
	}
	for (size_t i = 0; i < n_best && found < room; i++) {
		bool known = false;
		for (size_t k = 0; k < certain; k++) known |= hits[k].concept == s->order[i];
		if (!known) hits[found++] = hit_of(l, &s->standings[s->order[i]], s->order[i], s->final[s->order[i]]);
	}
	return found;
}

size_t lg_link(const struct lg_linker *l, const char *language, const char *text, size_t n, struct lg_link_hit *hits,
               size_t room)
{
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
	size_t found = lg_link_with(l, lg_link_scratch(&cx, l), language, text, n, hits, room);
	lg_arena_free(cx.mem);
	return found;
}

/* -------------------------------------------------------------------------------------------- measurements */

static void score_labels(const struct lg_linker *l, struct lg_link_scratch *s, const struct lg_section *x,
                         uint32_t *scores)
{
	(void)seek_letters(l, s, (size_t)(x - l->sections));
	lg_section_score(x, &s->section, &s->query);
	for (uint32_t c = 0; c < x->n_concepts; c++) {
		const struct standing *st = &s->standings[x->concepts[c]];
		uint32_t others = st->foreign_section == x - l->sections ? st->foreign2 : st->foreign;
		uint32_t more = lg_section_context(x, &s->section, c) + others / 100 * OTHERS_PERCENT;
		for (uint32_t i = x->first[c]; i < x->first[c + 1]; i++) {
			uint32_t *score = &scores[l->index[x->labels[i]]];
			if (*score < s->section.base[i] + more) *score = s->section.base[i] + more;
		}
	}
}

void lg_link_every_label(const struct lg_linker *l, struct lg_link_scratch *s, const char *language, const char *text,
                         size_t n, uint32_t *scores)
{
	memset(scores, 0, l->n * sizeof *scores);
	lg_query_read(&s->query, text, n);
	memset(s->standings, 0, l->concepts * sizeof *s->standings);
	for (size_t i = 0; i < l->n_sections; i++)
		if (!same_language(l->sections[i].language, language)) (void)seek_letters(l, s, i);
	for (size_t i = 0; i < l->n_sections; i++)
		if (same_language(l->sections[i].language, language)) score_labels(l, s, &l->sections[i], scores);
}
