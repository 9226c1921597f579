/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "taxonomy/link_cover.h"

#include <string.h>

enum { COMMON = 4 };

void lg_cover_put(struct lg_cover_making *m, const struct lg_letters *form)
{
	uint32_t keys[LG_GRAMS_MAX];
	size_t n = lg_letters_grams(keys, form->at, form->n);
	if (m->n + n > m->room) {
		size_t room = 2 * (m->n + n);
		struct lg_feature *more = lg_array(m->temp->mem, room, sizeof *more);
		if (m->n) memcpy(more, m->features, m->n * sizeof *more);
		m->features = more;
		m->room = room;
	}
	for (size_t i = 0; i < n; i++)
		m->features[m->n++] = (struct lg_feature){ lg_number_add(m->temp, &m->grams, keys[i]), 1 };
}

void lg_cover_end(struct lg_cover_making *m)
{
	lg_bags_put(m->temp, &m->bags, m->features, m->n);
	m->n = 0;
}

void lg_cover_make(struct lg_ctx *cx, struct lg_cover *x, struct lg_cover_making *m)
{
	const size_t grams = m->grams.n;
	*x = (struct lg_cover){ .grams = lg_numbers_copy(cx, &m->grams), .concepts = (uint32_t)m->bags.documents };
	x->idf = (struct lg_documents){ .documents = x->concepts, .features = (uint32_t)grams };
	x->idf.idf = lg_array(cx->mem, grams + 1, sizeof *x->idf.idf);
	x->first = lg_array(cx->mem, grams + 1, sizeof *x->first);
	x->having = lg_array(cx->mem, m->bags.n + 1, sizeof *x->having);
	uint32_t *at = lg_array(m->temp->mem, grams + 1, sizeof *at);
	for (size_t i = 0; i < m->bags.n; i++) x->first[m->bags.features[i].number + 1]++;
	for (size_t g = 0; g < grams; g++) {
		uint32_t n = x->first[g + 1];
		x->idf.idf[g] = 65536 + lg_ln_16(1 + x->concepts, 1 + n);
		x->first[g + 1] += at[g] = x->first[g];
	}
	for (uint32_t c = 0; c < x->concepts; c++)
		for (size_t i = m->bags.first[c]; i < m->bags.first[c + 1]; i++)
			x->having[at[m->bags.features[i].number]++] = (uint16_t)c;
}

static size_t features_of(const struct lg_cover *x, const struct lg_letters *text, struct lg_feature f[LG_GRAMS_MAX])
{
	uint32_t keys[LG_GRAMS_MAX];
	size_t all = lg_letters_grams(keys, text->at, text->n), n = 0;
	for (size_t i = 0; i < all; i++) {
		uint32_t number = lg_number_find(&x->grams, keys[i]);
		if (number != LG_NO_NUMBER) f[n++] = (struct lg_feature){ number, 1 };
	}
	return lg_features_sum(f, n);
}

void lg_cover_text(const struct lg_cover *x, const struct lg_letters *text, uint32_t *scores, uint32_t *best)
{
	struct lg_feature f[LG_GRAMS_MAX];
	size_t n = text->n ? features_of(x, text, f) : 0;
	uint32_t weights[LG_GRAMS_MAX], of_all = 0;
	if (!n) return;
	memset(scores, 0, x->concepts * sizeof *scores);
	lg_documents_unit(&x->idf, f, n, weights);
	for (size_t i = 0; i < n; i++) {
		const uint16_t *p = x->having + x->first[f[i].number], *end = x->having + x->first[f[i].number + 1];
		const uint32_t square = weights[i] * weights[i];
		if ((size_t)(end - p) * COMMON > x->concepts && x->concepts > LG_GRAMS_MAX)
			of_all += square;
		else
			while (p < end) scores[*p++] += square;
	}
	for (uint32_t c = 0; c < x->concepts; c++) {
		uint32_t score = scores[c] ? scores[c] + of_all : 0;
		best[c] = best[c] > score ? best[c] : score;
	}
}
