/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "taxonomy/link_section.h"

#include <string.h>

enum {
	WHOLE_PERCENT = 20,   /* what the concept's labels as one text add */
	CONTEXT_PERCENT = 15, /* what its unit group's title adds */
	NEAR_PERCENT = 20,    /* what the direction of that title adds */
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

size_t lg_label_forms(const struct lg_link_label *label, struct lg_letters out[2])
{
	lg_letters_fold(&out[0], label->text, strlen(label->text));
	if (!out[0].n) return 0;
	if (lg_letters_cyrillic(&out[0])) {
		lg_letters_to_latin(&out[1], &out[0]);
		return out[1].n ? 2 : 1;
	}
	return is_nordic(label->language) && lg_letters_bare(&out[1], &out[0]) ? 2 : 1;
}

static void add_label(struct making *m, const struct lg_link_labels *in, uint32_t label)
{
	struct lg_letters forms[2];
	struct lg_section *x = m->x;
	size_t n = lg_label_forms(&in->labels[label], forms);
	if (!n) return;
	if (!x->n_concepts || x->concepts[x->n_concepts - 1] != in->labels[label].concept)
	x->concepts[x->n_concepts++] = in->labels[label].concept;
	x->is_cyrillic |= lg_letters_cyrillic(&forms[0]);
	for (size_t i = 0; i < n && (i == 0 || m->has_room); i++) add_form(m, label, x->n_concepts - 1, &forms[i]);
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

static void make_numbers(struct making *m, uint32_t concepts)
{
	struct lg_section *x = m->x;
	x->numbers = lg_array(m->cx->mem, (size_t)concepts + 1, sizeof *x->numbers);
	for (uint32_t c = 0; c < concepts; c++) x->numbers[c] = LG_LINK_NONE;
	for (uint32_t c = 0; c < x->n_concepts; c++) x->numbers[x->concepts[c]] = c;
}

static void make_contexts(struct making *m, const struct lg_link_labels *in)
{
	struct lg_section *x = m->x;
	x->contexts = lg_array(m->cx->mem, x->n_concepts + 1, sizeof *x->contexts);
	for (uint32_t c = 0; c < x->n_concepts; c++) {
		uint32_t of = in->contexts ? in->contexts[x->concepts[c]] : LG_LINK_NONE;
		x->contexts[c] = of == LG_LINK_NONE ? LG_LINK_NONE : x->numbers[of];
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

static void make_directions(struct making *m, const struct lg_embedding *e)
{
	struct lg_section *x = m->x;
	const size_t width = lg_embedding_dimensions(e);
	x->embedding = e;
	x->directions = lg_array(m->cx->mem, (size_t)x->n_forms + 1, width);
	x->factors = lg_array(m->cx->mem, (size_t)x->n_forms + 1, sizeof *x->factors);
	for (uint32_t i = 0; i < x->n_forms; i++)
		x->factors[i] = lg_embedding_of(e, &m->texts[i], x->directions + i * width);
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
	              (struct lg_index_kind){ .common = LETTERS_COMMON, .by_document = true });
	lg_index_make(cx, &m.temp, &out->whole, &m.whole, m.grams.n, (struct lg_index_kind){ .common = WHOLE_COMMON });
	make_numbers(&m, in->concepts);
	make_contexts(&m, in);
	make_words(&m);
	if (in->embedding) make_directions(&m, in->embedding);
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

void lg_query_read(struct lg_query *q, const struct lg_embedding *embedding, const char *text, size_t n)
{
	lg_letters_fold(&q->whole, text, n);
	q->is_cyrillic = lg_letters_cyrillic(&q->whole);
	q->n_cuts = 0;
	q->is_ascii_nordic = lg_letters_from_ascii(&q->nordic, &q->whole);
	lg_letters_to_latin(&q->latin, &q->whole);
	lg_letters_to_cyrillic(&q->cyrillic, &q->whole);
	make_cuts(q, text, n);
	q->factor = embedding ? lg_embedding_of(embedding, &q->whole, q->direction) : 0;
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

/* ----------------------------------------------------------------------------------------------- searching */

void lg_search_make(struct lg_ctx *cx, struct lg_search *s, const struct lg_section *x)
{
	const size_t grams = x->grams.n + 1, concepts = (size_t)x->n_concepts + 1;
	*s = (struct lg_search){ .x = x };
	for (size_t i = 0; i < 2; i++) s->weights[i] = lg_array(cx->mem, grams, sizeof *s->weights[i]);
	s->letters = lg_array(cx->mem, (size_t)x->n_forms + 1, sizeof *s->letters);
	s->whole = lg_array(cx->mem, concepts, sizeof *s->whole);
	s->more = lg_array(cx->mem, (size_t)x->n_forms + concepts, sizeof *s->more);
	s->base = lg_array(cx->mem, concepts, sizeof *s->base);
	s->near = lg_array(cx->mem, concepts, sizeof *s->near);
	s->best = lg_array(cx->mem, concepts, sizeof *s->best);
	s->form = lg_array(cx->mem, concepts, sizeof *s->form);
	s->asked = lg_array(cx->mem, concepts, sizeof *s->asked);
	s->words = lg_words_scratch(cx, &x->words);
	s->parts = lg_words_scratch(cx, &x->parts);
}

/* `seen` is 0 before, and has afterwards which place, from 1, each feature has: so they need not be sorted. */
static size_t features_of(const struct lg_section *x, const struct lg_letters *text, struct lg_feature f[LG_GRAMS_MAX],
                          uint16_t *seen)
{
	uint32_t keys[LG_GRAMS_MAX];
	size_t all = text->n ? lg_letters_grams(keys, text->at, text->n) : 0, n = 0;
	for (size_t i = 0; i < all; i++) {
		uint32_t number = lg_number_find(&x->grams, keys[i]);
		if (number == LG_NO_NUMBER) continue;
		if (!seen[number]) {
			f[n] = (struct lg_feature){ number, 0 };
			seen[number] = (uint16_t)++n;
		}
		f[seen[number] - 1].count++;
	}
	return n;
}

static void forget(struct lg_search *s)
{
	for (size_t i = 0; i < s->n_texts; i++) lg_documents_clear(s->features[i], s->n_features[i], s->weights[i]);
	s->by_all = false;
	if (++s->now) return;
	memset(s->asked, 0, ((size_t)s->x->n_concepts + 1) * sizeof *s->asked);
	s->now = 1;
}

void lg_search_letters(struct lg_search *s, const struct lg_query *q)
{
	const struct lg_letters *texts[2];
	forget(s);
	s->q = q;
	texts[0] = text_for(s->x, q, &texts[1]);
	for (s->n_texts = 0; s->n_texts < 2 && texts[s->n_texts]; s->n_texts++) {
		struct lg_feature *f = s->features[s->n_texts];
		s->n_features[s->n_texts] = features_of(s->x, texts[s->n_texts], f, s->weights[s->n_texts]);
		lg_documents_weigh(&s->x->letters.by_document, f, s->n_features[s->n_texts], s->weights[s->n_texts]);
	}
}

/* The cosines with all documents of an index; with two texts, the greater of the two. */
static void cosines(struct lg_search *s, const struct lg_index *index, uint32_t *out)
{
	lg_index_score(index, s->features[0], s->n_features[0], out);
	if (s->n_texts < 2) return;
	lg_index_score(index, s->features[1], s->n_features[1], s->more);
	for (uint32_t i = 0; i < index->by_document.documents; i++) out[i] = out[i] > s->more[i] ? out[i] : s->more[i];
}

void lg_search_all(struct lg_search *s)
{
	const struct lg_letters *texts[LG_TEXTS_MAX];
	size_t n = 0;
	texts[n++] = text_for(s->x, s->q, &texts[1]);
	n += texts[1] != NULL;
	for (size_t i = 0; s->x->may_cut && i < s->q->n_cuts; i++) texts[n++] = &s->q->cuts[i];
	lg_words_seek(&s->x->words, &s->words, texts, n);
	lg_words_seek(&s->x->parts, &s->parts, texts, n);
	cosines(s, &s->x->letters, s->letters);
	cosines(s, &s->x->whole, s->whole);
	s->by_all = true;
}

uint32_t lg_search_cosine(const struct lg_search *s, uint32_t concept, uint32_t *form)
{
	const struct lg_documents *d = &s->x->letters.by_document;
	uint32_t best = 0;
	*form = s->x->first[concept];
	for (uint32_t i = s->x->first[concept]; i < s->x->first[concept + 1]; i++) {
		uint32_t a = s->by_all ? s->letters[i] : lg_documents_cosine(d, i, s->weights[0]);
		uint32_t b = s->n_texts > 1 && !s->by_all ? lg_documents_cosine(d, i, s->weights[1]) : 0;
		a = (a > b ? a : b) >> (LG_COSINE_BITS - LG_COVER_BITS);
		if (a <= best) continue;
		best = a;
		*form = i;
	}
	return best;
}

uint32_t lg_search_base(struct lg_search *s, uint32_t form)
{
	return (2 * (s->letters[form] >> (LG_COSINE_BITS - LG_COVER_BITS)) +
	        lg_words_cover(&s->x->words, &s->words, form) + lg_words_cover(&s->x->parts, &s->parts, form)) /
	       4;
}

int32_t lg_search_near(const struct lg_search *s, uint32_t form)
{
	int32_t dot;
	if (!s->x->embedding || !s->q->factor || !s->x->factors[form]) return 0;
	const int8_t *at = s->x->directions + (size_t)form * lg_embedding_dimensions(s->x->embedding);
	lg_embedding_dots(s->x->embedding, s->q->direction, at, 1, &dot);
	return lg_embedding_cosine(dot, s->q->factor, s->x->factors[form]);
}

void lg_search_concept(struct lg_search *s, uint32_t concept)
{
	if (s->asked[concept] == s->now) return;
	s->asked[concept] = s->now;
	s->base[concept] = 0;
	s->near[concept] = s->best[concept] = INT32_MIN;
	for (uint32_t i = s->x->first[concept]; i < s->x->first[concept + 1]; i++) {
		int32_t base = (int32_t)lg_search_base(s, i), near = lg_search_near(s, i), sum = base + near / 2;
		if (s->base[concept] < base) s->base[concept] = base;
		if (s->near[concept] < near) s->near[concept] = near;
		if (s->best[concept] >= sum) continue;
		s->best[concept] = sum;
		s->form[concept] = i;
	}
}

int32_t lg_search_context(struct lg_search *s, uint32_t concept)
{
	uint32_t of = s->x->contexts[concept];
	int32_t sum = (int32_t)(s->whole[concept] >> (LG_COSINE_BITS - LG_COVER_BITS)) * WHOLE_PERCENT;
	if (of != LG_LINK_NONE) {
		lg_search_concept(s, of);
		sum += s->base[of] * CONTEXT_PERCENT + s->near[of] * NEAR_PERCENT;
	}
	return sum / 100;
}
