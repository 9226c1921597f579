/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "taxonomy/link_section.h"

#include <string.h>

enum {
	WHOLE_PERCENT = 20,   /* what the concept's labels as one text add */
	CONTEXT_PERCENT = 15, /* what its unit group's title adds */
	LETTERS_COMMON = 8,   /* which runs of letters are too common to tell labels apart: those of one in eight */
	WHOLE_COMMON = 4,     /* or one in four concepts */
};

/* -------------------------------------------------------------------------------------------------- making */

static bool one_of(const char *languages, const char *language)
{
	size_t n = strlen(language);
	for (const char *p = languages; n && (p = strstr(p, language)); p += n)
		if ((p == languages || p[-1] == ' ') && (p[n] == ' ' || p[n] == '\0')) return true;
	return false;
}

/* A section that is being made: the letters of each form, besides. */
struct making {
	struct lg_ctx *cx, temp;
	struct lg_section *x;
	struct lg_letters *texts; /* [forms] */
	uint32_t *concepts;       /* [forms] */
	struct lg_bags letters, whole;
	struct lg_numbers grams;
	bool has_room; /* for labels in other letters, too */
};

static void add_form(struct making *m, uint32_t label, uint32_t concept, const struct lg_letters *text)
{
	m->texts[m->x->n_forms] = *text;
	m->concepts[m->x->n_forms] = concept;
	m->x->labels[m->x->n_forms++] = label;
}

/* Whose letters are often left out by those who have no key for them. */
static bool is_nordic(const char *language)
{
	return !strcmp(language, "da") || !strcmp(language, "sv") || !strcmp(language, "no");
}

/* A label in its own letters, and as somebody types it who has not got them. */
static void add_label(struct making *m, const struct lg_link_labels *in, uint32_t label)
{
	struct lg_letters text, other;
	struct lg_section *x = m->x;
	lg_letters_fold(&text, in->labels[label].text, strlen(in->labels[label].text));
	if (!text.n) return;
	if (!x->n_concepts || x->concepts[x->n_concepts - 1] != in->labels[label].concept)
	x->concepts[x->n_concepts++] = in->labels[label].concept;
	add_form(m, label, x->n_concepts - 1, &text);
	bool again = false;
	if (lg_letters_cyrillic(&text)) {
		x->is_cyrillic = true;
		lg_letters_to_latin(&other, &text);
		again = other.n > 0;
	} else if (is_nordic(in->labels[label].language)) {
		again = lg_letters_bare(&other, &text);
	}
	if (again && m->has_room) add_form(m, label, x->n_concepts - 1, &other);
}

static void add_labels(struct making *m, const struct lg_link_labels *in, size_t from, size_t to)
{
	size_t room = 2 * (to - from);
	m->has_room = room <= LG_INDEX_DOCUMENTS_MAX;
	m->texts = lg_array(m->temp.mem, room, sizeof *m->texts);
	m->concepts = lg_array(m->temp.mem, room, sizeof *m->concepts);
	uint32_t *labels = m->x->labels = lg_array(m->temp.mem, room, sizeof *labels);
	uint32_t *concepts = m->x->concepts = lg_array(m->temp.mem, to - from, sizeof *concepts);
	for (size_t i = from; i < to; i++) add_label(m, in, (uint32_t)i);
	m->x->labels = lg_array(m->cx->mem, m->x->n_forms + 1, sizeof *labels);
	memcpy(m->x->labels, labels, m->x->n_forms * sizeof *labels);
	m->x->concepts = lg_array(m->cx->mem, m->x->n_concepts + 1, sizeof *concepts);
	memcpy(m->x->concepts, concepts, m->x->n_concepts * sizeof *concepts);
}

static void put_form(struct making *m, uint32_t form)
{
	uint32_t keys[LG_GRAMS_MAX];
	struct lg_feature f[LG_GRAMS_MAX];
	size_t n = lg_letters_grams(keys, m->texts[form].at, m->texts[form].n);
	for (size_t i = 0; i < n; i++) f[i] = (struct lg_feature){ lg_number_add(&m->temp, &m->grams, keys[i]), 1 };
	lg_bags_put(&m->temp, &m->letters, f, n);
}

static void find_firsts(struct making *m)
{
	struct lg_section *x = m->x;
	x->first = lg_array(m->cx->mem, x->n_concepts + 1, sizeof *x->first);
	for (uint32_t i = 0; i < x->n_forms; i++) x->first[m->concepts[i] + 1] = i + 1;
}

/* All forms of a concept as one document. They stand together, so their features do. */
static void put_whole(struct making *m)
{
	for (uint32_t c = 0; c < m->x->n_concepts; c++) {
		size_t from = m->letters.first[m->x->first[c]], n = m->letters.first[m->x->first[c + 1]] - from;
		struct lg_feature *f = lg_array(m->temp.mem, n, sizeof *f);
		memcpy(f, m->letters.features + from, n * sizeof *f);
		lg_bags_put(&m->temp, &m->whole, f, n);
	}
}

/* The section's number of a concept of the linker. */
static uint32_t number_of(const struct lg_section *x, uint32_t concept)
{
	uint32_t from = 0, to = x->n_concepts;
	while (from < to) {
		uint32_t middle = from + (to - from) / 2;
		if (x->concepts[middle] < concept)
			from = middle + 1;
		else
			to = middle;
	}
	return from < x->n_concepts && x->concepts[from] == concept ? from : LG_LINK_NONE;
}

static void make_contexts(struct making *m, const struct lg_link_labels *in)
{
	struct lg_section *x = m->x;
	x->contexts = lg_array(m->cx->mem, x->n_concepts + 1, sizeof *x->contexts);
	for (uint32_t c = 0; c < x->n_concepts; c++) {
		uint32_t of = in->contexts ? in->contexts[x->concepts[c]] : LG_LINK_NONE;
		x->contexts[c] = of == LG_LINK_NONE ? LG_LINK_NONE : number_of(x, of);
	}
}

static void make_words(struct making *m)
{
	struct lg_section *x = m->x;
	struct lg_words_in in = { m->texts, m->concepts, x->n_forms, x->language, NULL };
	lg_words_make(m->cx, &m->temp, &x->words, &in);
	lg_splitter_make(m->cx, &m->temp, &x->splitter, m->texts, x->n_forms);
	in.splitter = &x->splitter;
	lg_words_make(m->cx, &m->temp, &x->parts, &in);
}

void lg_section_make(struct lg_ctx *cx, struct lg_section *out, const struct lg_link_labels *in, size_t from, size_t to)
{
	struct making m = { .cx = cx, .temp = { .mem = lg_arena_new(0, NULL) }, .x = out };
	*out = (struct lg_section){ 0 };
	memcpy(out->language, in->labels[from].language, sizeof out->language);
	out->language[3] = '\0';
	out->is_nordic = one_of("da sv no nb nn", out->language);
	out->may_cut = strcmp(out->language, "de") != 0; /* a German slash joins endings */
	add_labels(&m, in, from, to);
	for (uint32_t form = 0; form < out->n_forms; form++) put_form(&m, form);
	find_firsts(&m);
	put_whole(&m);
	out->grams = lg_numbers_copy(cx, &m.grams);
	lg_index_make(cx, &m.temp, &out->letters, &m.letters, m.grams.n,
	              (struct lg_index_kind){ .common = LETTERS_COMMON });
	lg_index_make(cx, &m.temp, &out->whole, &m.whole, m.grams.n, (struct lg_index_kind){ .common = WHOLE_COMMON });
	make_contexts(&m, in);
	make_words(&m);
	lg_arena_free(m.temp.mem);
}

/* ------------------------------------------------------------------------------------------------ the query */

static void add_cut(struct lg_query *q, const char *text, size_t n)
{
	struct lg_letters *l = &q->cuts[q->n_cuts];
	if (q->n_cuts == LG_CUTS_MAX) return;
	lg_letters_fold(l, text, n);
	bool known = !l->n || lg_letters_same(l, &q->whole);
	for (size_t i = 0; i < q->n_cuts; i++) known |= lg_letters_same(l, &q->cuts[i]);
	q->n_cuts += !known;
}

/* Without what stands in parentheses. @return the length */
static size_t without_asides(char *out, size_t room, const char *text, size_t n)
{
	size_t m = 0;
	for (size_t i = 0; i < n && m < room; i++) {
		const char *end = text[i] == '(' ? memchr(text + i, ')', n - i) : NULL;
		if (end) i = (size_t)(end - text);
		out[m++] = end ? ' ' : text[i];
	}
	return m;
}

static void cut_at(struct lg_query *q, const char *text, size_t n, const char *mark)
{
	const char *at = memmem(text, n, mark, strlen(mark));
	if (at) add_cut(q, text, (size_t)(at - text));
}

static void make_cuts(struct lg_query *q, const char *text, size_t n)
{
	char s[4 * LG_LETTERS_MAX] = "";
	n = without_asides(s, sizeof s, text, n);
	add_cut(q, s, n);
	const char *slash = memchr(s, '/', n);
	for (size_t from = 0; slash && from <= n;) {
		const char *next = memchr(s + from, '/', n - from);
		size_t to = next ? (size_t)(next - s) : n;
		add_cut(q, s + from, to - from);
		from = to + 1;
	}
	cut_at(q, s, n, " - ");
	cut_at(q, s, n, ",");
}

void lg_query_read(struct lg_query *q, const char *text, size_t n)
{
	lg_letters_fold(&q->whole, text, n);
	q->is_cyrillic = lg_letters_cyrillic(&q->whole);
	q->n_cuts = 0;
	q->is_ascii_nordic = lg_letters_from_ascii(&q->nordic, &q->whole);
	lg_letters_to_latin(&q->latin, &q->whole);
	lg_letters_to_cyrillic(&q->cyrillic, &q->whole);
	make_cuts(q, text, n);
}

/* The text in the letters of a section; and in *second how it may have been meant, or NULL. */
static const struct lg_letters *text_for(const struct lg_section *x, const struct lg_query *q,
                                         const struct lg_letters **second)
{
	*second = x->is_cyrillic && !q->is_cyrillic    ? &q->cyrillic
	          : x->is_nordic && q->is_ascii_nordic ? &q->nordic
	                                               : NULL;
	return !x->is_cyrillic && q->is_cyrillic ? &q->latin : &q->whole;
}

/* -------------------------------------------------------------------------------------------------- scoring */

struct lg_section_scratch lg_section_scratch(struct lg_ctx *cx, const struct lg_section *sections, size_t n)
{
	struct lg_section_scratch s;
	size_t forms = 0, concepts = 0, words = 0;
	for (size_t i = 0; i < n; i++) {
		const struct lg_section *x = &sections[i];
		forms = forms > x->n_forms ? forms : x->n_forms;
		concepts = concepts > x->n_concepts ? concepts : x->n_concepts;
		words = words > x->words.n ? words : x->words.n;
		words = words > x->parts.n ? words : x->parts.n;
	}
	s.n_forms = forms;
	s.letters = lg_array(cx->mem, forms + 1, sizeof *s.letters);
	s.more = lg_array(cx->mem, forms + concepts + 1, sizeof *s.more);
	s.words = lg_array(cx->mem, forms + 1, sizeof *s.words);
	s.parts = lg_array(cx->mem, forms + 1, sizeof *s.parts);
	s.whole = lg_array(cx->mem, concepts + 1, sizeof *s.whole);
	s.base = lg_array(cx->mem, forms + 1, sizeof *s.base);
	s.best = lg_array(cx->mem, concepts + 1, sizeof *s.best);
	s.best_form = lg_array(cx->mem, concepts + 1, sizeof *s.best_form);
	s.search = lg_words_scratch(cx, words, forms);
	return s;
}

static size_t features_of(const struct lg_section *x, const struct lg_letters *text, struct lg_feature f[LG_GRAMS_MAX])
{
	uint32_t keys[LG_GRAMS_MAX];
	size_t all = text->n ? lg_letters_grams(keys, text->at, text->n) : 0, n = 0;
	for (size_t i = 0; i < all; i++) {
		uint32_t number = lg_number_find(&x->grams, keys[i]);
		if (number != LG_NO_NUMBER) f[n++] = (struct lg_feature){ number, 1 };
	}
	return lg_features_sum(f, n);
}

/* The cosines with an index; with two texts, the greater of the two. */
static void cosines(const struct lg_section *x, const struct lg_index *index, const struct lg_query *q, uint32_t *out,
                    uint32_t *more)
{
	struct lg_feature f[LG_GRAMS_MAX];
	const struct lg_letters *second, *first = text_for(x, q, &second);
	lg_index_score(index, f, features_of(x, first, f), out);
	if (!second) return;
	lg_index_score(index, f, features_of(x, second, f), more);
	for (uint32_t i = 0; i < index->documents; i++) out[i] = out[i] > more[i] ? out[i] : more[i];
}

/* The greatest score of the forms of each concept, and whose it is; of equal ones, the first. */
static void best_forms(const struct lg_section *x, struct lg_section_scratch *s, const uint32_t *scores, unsigned shift)
{
	for (uint32_t c = 0; c < x->n_concepts; c++) {
		uint32_t at = x->first[c], best = scores[at];
		for (uint32_t i = at + 1; i < x->first[c + 1]; i++) {
			at = scores[i] > best ? i : at;
			best = scores[i] > best ? scores[i] : best;
		}
		s->best[c] = best >> shift;
		s->best_form[c] = at;
	}
}

void lg_section_letters(const struct lg_section *x, struct lg_section_scratch *s, const struct lg_query *q)
{
	cosines(x, &x->letters, q, s->letters, s->more);
	best_forms(x, s, s->letters, LG_COSINE_BITS - LG_COVER_BITS);
}

static void cover(const struct lg_section *x, struct lg_section_scratch *s, const struct lg_words *w,
                  const struct lg_query *q, uint32_t *scores)
{
	const struct lg_letters *second, *first = text_for(x, q, &second);
	memset(scores, 0, x->n_forms * sizeof *scores);
	lg_words_score(w, &s->search, first, scores);
	if (second) lg_words_score(w, &s->search, second, scores);
	for (size_t i = 0; x->may_cut && i < q->n_cuts; i++) lg_words_score(w, &s->search, &q->cuts[i], scores);
}

void lg_section_score(const struct lg_section *x, struct lg_section_scratch *s, const struct lg_query *q)
{
	cosines(x, &x->whole, q, s->whole, s->more);
	cover(x, s, &x->words, q, s->words);
	cover(x, s, &x->parts, q, s->parts);
	for (uint32_t i = 0; i < x->n_forms; i++)
		s->base[i] = (2 * (s->letters[i] >> (LG_COSINE_BITS - LG_COVER_BITS)) + s->words[i] + s->parts[i]) / 4;
	best_forms(x, s, s->base, 0);
}

uint32_t lg_section_context(const struct lg_section *x, const struct lg_section_scratch *s, uint32_t concept)
{
	uint32_t of = x->contexts[concept];
	return ((s->whole[concept] >> (LG_COSINE_BITS - LG_COVER_BITS)) * WHOLE_PERCENT +
	        (of == LG_LINK_NONE ? 0 : s->best[of]) * CONTEXT_PERCENT) /
	       100;
}
