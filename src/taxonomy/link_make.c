/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdlib.h>

#include "taxonomy/link_inner.h"

enum { LANGUAGES_MAX = UINT8_MAX };

/* A label in the order of sections, and which one it was. */
struct given {
	struct lg_link_label label;
	size_t index;
};

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

/* Where the language of labels[from] ends. */
static size_t section_end(const struct lg_linker *l, size_t from)
{
	size_t to = from;
	while (to < l->n && lg_link_same_language(l->labels[to].language, l->labels[from].language)) to++;
	return to;
}

static enum lg_err make_sections(struct lg_ctx *cx, struct lg_linker *l, const uint32_t *contexts)
{
	const struct lg_link_labels sorted = { l->labels, l->n, l->concepts, contexts, NULL, 0, l->embedding };
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

/* The labels by concept: of[first[c]..first[c + 1]), from `temp`. */
static uint32_t *labels_by_concept(struct lg_ctx *temp, const struct lg_linker *l, uint32_t **first)
{
	uint32_t *of = lg_array(temp->mem, l->n + 1, sizeof *of), *at;
	*first = lg_array(temp->mem, (size_t)l->concepts + 1, sizeof **first);
	at = lg_array(temp->mem, (size_t)l->concepts + 1, sizeof *at);
	for (size_t i = 0; i < l->n; i++) (*first)[l->labels[i].concept + 1]++;
	for (uint32_t c = 0; c < l->concepts; c++) (*first)[c + 1] += at[c] = (*first)[c];
	for (size_t i = 0; i < l->n; i++) of[at[l->labels[i].concept]++] = (uint32_t)i;
	return of;
}

static void make_cover(struct lg_ctx *cx, struct lg_linker *l)
{
	struct lg_ctx temp = { .mem = lg_arena_new(0, NULL) };
	struct lg_cover_making making = { .temp = &temp };
	uint32_t *first, *of = labels_by_concept(&temp, l, &first);
	for (uint32_t c = 0; c < l->concepts; c++) {
		for (uint32_t i = first[c]; i < first[c + 1]; i++) {
			struct lg_letters forms[2];
			size_t n = lg_label_forms(&l->labels[of[i]], forms);
			for (size_t k = 0; k < n; k++) lg_cover_put(&making, &forms[k]);
		}
		lg_cover_end(&making);
	}
	lg_cover_make(cx, &l->cover, &making);
	lg_arena_free(temp.mem);
}

/* Add the directions of a concept's forms in one language. */
static void add_directions(const struct lg_section *x, uint32_t concept, int32_t *sums, size_t width)
{
	for (uint32_t i = x->first[concept]; i < x->first[concept + 1]; i++)
		for (size_t d = 0; d < width; d++)
			sums[d] += (int32_t)(((int64_t)x->directions[i * width + d] * x->factors[i]) / 65536);
}

static void make_centres(struct lg_ctx *cx, struct lg_linker *l)
{
	const size_t width = lg_embedding_dimensions(l->embedding);
	int32_t sums[LG_EMBED_DIMENSIONS_MAX];
	l->centres = lg_array(cx->mem, (size_t)l->concepts + 1, width);
	l->centre_factors = lg_array(cx->mem, (size_t)l->concepts + 1, sizeof *l->centre_factors);
	for (uint32_t c = 0; c < l->concepts; c++) {
		memset(sums, 0, sizeof sums);
		for (size_t i = 0; i < l->n_sections; i++)
			if (l->sections[i].numbers[c] != LG_LINK_NONE)
				add_directions(&l->sections[i], l->sections[i].numbers[c], sums, width);
		l->centre_factors[c] = lg_embedding_of_sum(l->embedding, sums, l->centres + c * width);
	}
}

uint32_t lg_link_key(const char *text, size_t n)
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
		uint32_t key = lg_link_key(label->text, strlen(label->text));
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
	if (in->concepts > LG_COVER_CONCEPTS_MAX)
		return lg_failf(cx, LG_INVALID, "labels", "There are more than %d concepts.", LG_COVER_CONCEPTS_MAX);
	struct lg_linker *l = lg_alloc(cx->mem, sizeof *l);
	l->concepts = in->concepts;
	l->embedding = in->embedding;
	sort_labels(cx, l, in);
	LG_TRY(make_sections(cx, l, in->contexts));
	make_cover(cx, l);
	if (l->embedding) make_centres(cx, l);
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

enum lg_err lg_linker_with(struct lg_ctx *cx, struct lg_linker **out, const struct lg_taxonomy *t, enum lg_link_of of,
                           const struct lg_link_more *more)
{
	bool skills = of == LG_LINK_SKILLS;
	label_at at = skills ? lg_taxonomy_skill_labels : lg_taxonomy_labels;
	struct lg_ctx temp = { .mem = lg_arena_new(0, NULL) };
	struct lg_link_labels in = { .concepts = skills ? lg_taxonomy_skills(t) : lg_taxonomy_concepts(t),
		                     .confirmed = more->confirmed,
		                     .n_confirmed = more->n_confirmed,
		                     .embedding = more->embedding };
	in.n = all_labels(t, in.concepts, at, NULL);
	struct lg_link_label *labels = lg_array(temp.mem, in.n + 1, sizeof *labels);
	(void)all_labels(t, in.concepts, at, labels);
	in.labels = labels;
	in.contexts = skills ? NULL : contexts_of(&temp, t);
	enum lg_err err = lg_linker_of_labels(cx, out, &in);
	lg_arena_free(temp.mem);
	return err;
}

enum lg_err lg_linker_new(struct lg_ctx *cx, struct lg_linker **out, const struct lg_taxonomy *t, enum lg_link_of of,
                          const struct lg_link_label *confirmed, size_t n_confirmed)
{
	const struct lg_link_more more = { .confirmed = confirmed, .n_confirmed = n_confirmed };
	return lg_linker_with(cx, out, t, of, &more);
}
