/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "taxonomy/embed_corpus.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "taxonomy/embed_text.h"
#include "taxonomy/link_index.h"

enum { SEEN_LEAST = 3 }; /* texts that must have a feature, for it to learn anything */

/* A corpus in the making. */
struct making {
	struct lg_ctx *cx, temp;
	struct lg_embed_corpus *out;
	const struct lg_taxonomy *t;
	struct lg_numbers numbers; /* of all features that are met */
	struct lg_bags bags;
	uint32_t *seen; /* [numbers] texts that have it */
	uint32_t *kept; /* [numbers] which one of those that are kept, or LG_NO_NUMBER */
};

/* -------------------------------------------------------------------------------------------------- labels */

struct given {
	struct lg_link_label label;
	size_t index;
};

static int by_concept_and_language(const void *a, const void *b)
{
	const struct given *x = a, *y = b;
	if (x->label.concept != y->label.concept) return x->label.concept < y->label.concept ? -1 : 1;
	int c = strncmp(x->label.language, y->label.language, sizeof x->label.language);
	if (c) return c;
	return (x->index > y->index) - (x->index < y->index);
}

/* All labels of concepts into out, which may be NULL. @return how many */
static size_t take_labels(const struct lg_embed_training *in, struct given *out)
{
	struct lg_label l;
	size_t n = 0;
	for (uint16_t c = 0; c < lg_taxonomy_concepts(in->taxonomy); c++) {
		for (size_t i = 0; lg_taxonomy_labels(in->taxonomy, c, i, &l); i++, n++) {
			if (!out) continue;
			out[n] = (struct given){ { .text = l.text, .concept = c }, n };
			memcpy(out[n].label.language, l.language, sizeof l.language);
		}
	}
	for (size_t i = 0; i < in->n_more; i++, n++)
		if (out) out[n] = (struct given){ in->more[i], n };
	return n;
}

static void put_text(struct making *m, const char *text)
{
	struct lg_letters letters;
	uint32_t keys[LG_EMBED_KEYS_MAX];
	struct lg_feature f[LG_EMBED_KEYS_MAX];
	lg_letters_fold(&letters, text, strlen(text));
	size_t n = lg_embed_keys(keys, &letters);
	for (size_t i = 0; i < n; i++) f[i] = (struct lg_feature){ lg_number_add(&m->temp, &m->numbers, keys[i]), 1 };
	lg_bags_put(&m->temp, &m->bags, f, n);
}

static bool same_place(const struct given *a, const struct given *b)
{
	return a->label.concept == b->label.concept && !strncmp(a->label.language, b->label.language, 4);
}

static void put_labels(struct making *m, const struct given *all, uint32_t n)
{
	struct lg_embed_corpus *out = m->out;
	out->labels = n;
	out->concept_of = lg_array(m->cx->mem, n, sizeof *out->concept_of);
	out->language_from = lg_array(m->cx->mem, n, sizeof *out->language_from);
	out->language_to = lg_array(m->cx->mem, n, sizeof *out->language_to);
	out->of_concept = lg_array(m->cx->mem, (size_t)out->concepts + 1, sizeof *out->of_concept);
	for (uint32_t from = 0, to; from < n; from = to) {
		for (to = from; to < n && same_place(&all[from], &all[to]); to++) {}
		for (uint32_t i = from; i < to; i++) {
			out->concept_of[i] = all[i].label.concept;
			out->of_concept[all[i].label.concept + 1] = i + 1;
			out->language_from[i] = from;
			out->language_to[i] = to;
			put_text(m, all[i].label.text);
		}
	}
	for (uint32_t c = 0; c < out->concepts; c++)
		if (out->of_concept[c + 1] < out->of_concept[c]) out->of_concept[c + 1] = out->of_concept[c];
}

static void put_skills(struct making *m)
{
	struct lg_label l;
	struct lg_embed_corpus *out = m->out;
	uint16_t n = lg_taxonomy_skills(m->t);
	out->of_skill = lg_array(m->cx->mem, (size_t)n + 1, sizeof *out->of_skill);
	for (uint16_t s = 0; s < n; s++) {
		out->of_skill[s] = (uint32_t)m->bags.documents;
		for (size_t i = 0; lg_taxonomy_skill_labels(m->t, s, i, &l); i++)
			if (l.preferred) put_text(m, l.text);
	}
	out->of_skill[n] = out->texts = (uint32_t)m->bags.documents;
}

static void take_relations(struct making *m)
{
	const struct lg_relation *r;
	struct lg_embed_corpus *out = m->out;
	size_t all = 0;
	for (uint16_t c = 0; c < out->concepts; c++) all += lg_taxonomy_relations(m->t, c, &r);
	out->skill_first = lg_array(m->cx->mem, (size_t)out->concepts + 1, sizeof *out->skill_first);
	out->skills = lg_array(m->cx->mem, all + 1, sizeof *out->skills);
	uint32_t n = 0;
	for (uint16_t c = 0; c < out->concepts; c++) {
		size_t of = lg_taxonomy_relations(m->t, c, &r);
		for (size_t i = 0; i < of; i++) {
			bool named = out->of_skill[r[i].skill] < out->of_skill[r[i].skill + 1];
			if (r[i].essential && named) out->skills[n++] = r[i].skill;
		}
		out->skill_first[c + 1] = n;
	}
}

/* ------------------------------------------------------------------------------------------------ features */

static int by_value(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;
	return (*x > *y) - (*x < *y);
}

/* Which features are kept, and how rare they are. */
static void keep_features(struct making *m)
{
	struct lg_embed_corpus *out = m->out;
	m->seen = lg_array(m->temp.mem, m->numbers.n + 1, sizeof *m->seen);
	m->kept = lg_array(m->temp.mem, m->numbers.n + 1, sizeof *m->kept);
	for (size_t i = 0; i < m->bags.n; i++) m->seen[m->bags.features[i].number]++;
	uint32_t *keys = lg_array(m->temp.mem, m->numbers.n + 1, sizeof *keys);
	for (size_t i = 0; i < m->numbers.room; i++)
		if (m->numbers.keys[i] && m->seen[m->numbers.numbers[i]] >= SEEN_LEAST)
			keys[out->n_features++] = m->numbers.keys[i];
	qsort(keys, out->n_features, sizeof *keys, by_value);
	for (size_t i = 0; i < m->numbers.n; i++) m->kept[i] = LG_NO_NUMBER;
	out->keys = lg_array(m->cx->mem, (size_t)out->n_features + 1, sizeof *out->keys);
	out->idf = lg_array(m->cx->mem, (size_t)out->n_features + 1, sizeof *out->idf);
	for (uint32_t f = 0; f < out->n_features; f++) {
		uint32_t number = lg_number_find(&m->numbers, keys[f]);
		out->keys[f] = keys[f];
		out->idf[f] = 65536 + lg_ln_16(out->texts, m->seen[number]);
		m->kept[number] = f;
	}
}

/* A text's features that are kept, ascending, into `out`. @return how many */
static size_t kept_of(const struct making *m, uint32_t text, struct lg_feature *out)
{
	size_t n = 0;
	for (size_t i = m->bags.first[text]; i < m->bags.first[text + 1]; i++) {
		uint32_t kept = m->kept[m->bags.features[i].number];
		if (kept != LG_NO_NUMBER) out[n++] = (struct lg_feature){ kept, m->bags.features[i].count };
	}
	return lg_features_sum(out, n);
}

static void weigh_text(struct lg_embed_corpus *out, const struct lg_feature *f, size_t n, uint32_t at)
{
	float sum = 0;
	for (size_t i = 0; i < n; i++) {
		float times = 1 + (float)lg_ln_16(f[i].count, 1) / 65536, rare = (float)out->idf[f[i].number] / 65536;
		out->features[at + i] = f[i].number;
		out->weights[at + i] = times * rare;
		sum += times * rare * times * rare;
	}
	for (size_t i = 0; i < n; i++) out->weights[at + i] /= sqrtf(sum);
}

static void weigh_texts(struct making *m)
{
	struct lg_embed_corpus *out = m->out;
	struct lg_feature f[LG_EMBED_KEYS_MAX];
	size_t all = 0;
	for (size_t i = 0; i < m->bags.n; i++) all += m->kept[m->bags.features[i].number] != LG_NO_NUMBER;
	out->first = lg_array(m->cx->mem, (size_t)out->texts + 1, sizeof *out->first);
	out->features = lg_array(m->cx->mem, all + 1, sizeof *out->features);
	out->weights = lg_array(m->cx->mem, all + 1, sizeof *out->weights);
	for (uint32_t text = 0; text < out->texts; text++) {
		size_t n = kept_of(m, text, f);
		weigh_text(out, f, n, out->first[text]);
		out->first[text + 1] = out->first[text] + (uint32_t)n;
	}
}

/* --------------------------------------------------------------------------------------------------- all */

static enum lg_err check(struct lg_ctx *cx, const struct lg_embed_training *in)
{
	for (size_t i = 0; i < in->n_more; i++)
		if (in->more[i].concept >= lg_taxonomy_concepts(in->taxonomy))
			return lg_failf(cx, LG_INVALID, "labels", "\"%s\" is of no concept.", in->more[i].text);
	return LG_OK;
}

static void make(struct making *m, const struct lg_embed_training *in)
{
	size_t n = take_labels(in, NULL);
	struct given *all = lg_array(m->temp.mem, n + 1, sizeof *all);
	(void)take_labels(in, all);
	qsort(all, n, sizeof *all, by_concept_and_language);
	put_labels(m, all, (uint32_t)n);
	put_skills(m);
	take_relations(m);
	if (m->out->texts == 0) return;
	keep_features(m);
	weigh_texts(m);
}

enum lg_err lg_embed_corpus(struct lg_ctx *cx, struct lg_embed_corpus *out, const struct lg_embed_training *in)
{
	LG_TRY(check(cx, in));
	struct making m = { .cx = cx, .temp = { .mem = lg_arena_new(0, NULL) }, .out = out, .t = in->taxonomy };
	*out = (struct lg_embed_corpus){ .concepts = lg_taxonomy_concepts(in->taxonomy) };
	make(&m, in);
	lg_arena_free(m.temp.mem);
	return LG_OK;
}
