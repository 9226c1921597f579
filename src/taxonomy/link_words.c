/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "taxonomy/link_words.h"

#include <string.h>

enum {
	PARTS_MAX = 32, /* words of a text that are looked at */
	SIM_BITS = LG_WEIGHT_BITS,
	SIM_ONE = 1 << SIM_BITS,
	LEAST = LG_COSINE_ONE / 100 * 35,
	IDLE_PERCENT = 15,
};

/* ---------------------------------------------------------------------------------------------- idle words */

static const struct {
	char language[4];
	const char *words;
} idle[] = {
	{ "da", "og i af på for til med den der det de en et som ved om fra eller inden samt under hos mv m v" },
	{ "de", "und oder der die das des dem den ein eine in im für von vom mit an am auf zu zur zum bei" },
	{ "en", "and or of the in for a an to with on at by from as all other except" },
	{ "nb", "og i av på for til med den det de en et som ved om fra eller innen samt under hos mv m v" },
	{ "no", "og i av på for til med den det de en et som ved om fra eller innen samt under hos mv m v" },
	{ "pl", "i oraz lub w we z ze na do od o u ds dla przy po pod spraw" },
	{ "sv", "och i av på för till med den det de en ett som vid om från eller inom samt under hos mfl m fl" },
	{ "uk", "і й та або у в з із зі на до від для о об при по під за що як" },
};

/* Their keys, in memory of the context. */
static const uint32_t *idle_keys(struct lg_ctx *cx, const char *language, size_t *n)
{
	struct lg_letters l;
	uint32_t *out = NULL;
	*n = 0;
	for (size_t i = 0; i < sizeof idle / sizeof *idle; i++) {
		if (strcmp(idle[i].language, language) != 0) continue;
		lg_letters_fold(&l, idle[i].words, strlen(idle[i].words));
		out = lg_array(cx->mem, l.n, sizeof *out);
		size_t length;
		const uint16_t *w;
		for (size_t at = 0; (w = lg_letters_word(&l, &at, &length));) out[(*n)++] = lg_letters_key(w, length);
	}
	return out;
}

static bool is_idle(const struct lg_words *w, uint32_t key)
{
	for (size_t i = 0; i < w->n_idle; i++)
		if (w->idle[i] == key) return true;
	return false;
}

/* -------------------------------------------------------------------------------------------------- making */

static size_t parts_of(const struct lg_splitter *s, const struct lg_letters *text, struct lg_span out[PARTS_MAX])
{
	size_t n = 0, length;
	const uint16_t *w;
	for (size_t at = 0; n + 2 <= PARTS_MAX && (w = lg_letters_word(text, &at, &length));) {
		struct lg_span word = { w, length };
		if (s)
			n += lg_splitter_part(s, word, out + n);
		else
			out[n++] = word;
	}
	return n;
}

/* A word's runs of letters; those that are not known are added when cx is given, and left out else. */
static size_t features_of(struct lg_ctx *cx, struct lg_numbers *adding, const struct lg_numbers *known,
                          struct lg_span word, struct lg_feature out[LG_GRAMS_MAX])
{
	uint32_t keys[LG_GRAMS_MAX];
	size_t all = lg_letters_grams(keys, word.at, word.n), n = 0;
	for (size_t i = 0; i < all; i++) {
		uint32_t number = adding ? lg_number_add(cx, adding, keys[i]) : lg_number_find(known, keys[i]);
		if (number != LG_NO_NUMBER) out[n++] = (struct lg_feature){ number, 1 };
	}
	return n;
}

/* What is known of the words while they are gathered. */
struct gathering {
	struct lg_ctx *temp;
	struct lg_numbers numbers, grams;
	struct lg_bags likeness, forms; /* words by letters; forms by words */
	uint32_t *concepts, *last;      /* [words] concepts that have it, and the last of them */
	size_t room;
};

static void make_room(struct gathering *g)
{
	if (g->numbers.n < g->room) return;
	size_t room = g->room ? g->room * 2 : 4096;
	uint32_t *concepts = lg_array(g->temp->mem, room, sizeof *concepts),
	         *last = lg_array(g->temp->mem, room, sizeof *last);
	if (g->room) {
		memcpy(concepts, g->concepts, g->room * sizeof *concepts);
		memcpy(last, g->last, g->room * sizeof *last);
	}
	g->concepts = concepts;
	g->last = last;
	g->room = room;
}

static uint32_t gather_word(struct gathering *g, struct lg_span word, uint32_t concept)
{
	struct lg_feature f[LG_GRAMS_MAX];
	size_t before = g->numbers.n;
	make_room(g);
	uint32_t number = lg_number_add(g->temp, &g->numbers, lg_letters_key(word.at, word.n));
	if (number == before) lg_bags_put(g->temp, &g->likeness, f, features_of(g->temp, &g->grams, NULL, word, f));
	if (number == before || g->last[number] != concept) g->concepts[number]++;
	g->last[number] = concept;
	return number;
}

static void gather(struct gathering *g, const struct lg_words_in *in)
{
	for (size_t i = 0; i < in->n; i++) {
		struct lg_span parts[PARTS_MAX];
		struct lg_feature f[PARTS_MAX];
		size_t n = parts_of(in->splitter, &in->texts[i], parts);
		for (size_t p = 0; p < n; p++)
			f[p] = (struct lg_feature){ gather_word(g, parts[p], in->concepts[i]), 1 };
		lg_bags_put(g->temp, &g->forms, f, n);
	}
}

static uint32_t count_concepts(const struct lg_words_in *in)
{
	uint32_t n = 0;
	for (size_t i = 0; i < in->n; i++) n += i == 0 || in->concepts[i] != in->concepts[i - 1];
	return n;
}

static void make_worth(struct lg_ctx *cx, struct lg_words *w, const struct gathering *g, uint32_t concepts)
{
	w->worth = lg_array(cx->mem, w->n + 1, sizeof *w->worth);
	w->unknown_worth = lg_ln_16(3 + 2 * concepts, 3);
	for (size_t i = 0; i < g->numbers.room; i++) {
		if (!g->numbers.keys[i]) continue;
		uint32_t number = g->numbers.numbers[i], n = 2 * g->concepts[number] + 1;
		uint32_t worth = lg_ln_16(n + 2 * concepts, n);
		w->worth[number] = is_idle(w, g->numbers.keys[i]) ? worth * IDLE_PERCENT / 100 : worth;
	}
}

static uint64_t worth_of_form(const struct lg_words *w, const struct lg_bags *forms, size_t form)
{
	uint64_t sum = 0;
	for (size_t i = forms->first[form]; i < forms->first[form + 1]; i++)
		sum += (uint64_t)w->worth[forms->features[i].number] * forms->features[i].count;
	return sum ? sum : 1;
}

/* From forms of words to words in forms. */
static void turn(struct lg_ctx *cx, struct lg_words *w, const struct lg_bags *forms, struct lg_ctx *temp)
{
	const uint64_t most = (1 << LG_WEIGHT_BITS) - 1;
	w->first = lg_array(cx->mem, w->n + 1, sizeof *w->first);
	w->in_form = lg_array(cx->mem, forms->n + 1, sizeof *w->in_form);
	lg_assert(forms->first || !w->forms);
	for (size_t i = 0; i < forms->n; i++) w->first[forms->features[i].number + 1]++;
	for (uint32_t i = 0; i < w->n; i++) w->first[i + 1] += w->first[i];
	uint32_t *at = lg_array(temp->mem, w->n + 1, sizeof *at);
	memcpy(at, w->first, w->n * sizeof *at);
	for (uint32_t form = 0; form < w->forms; form++) {
		uint64_t all = worth_of_form(w, forms, form);
		for (size_t i = forms->first[form]; i < forms->first[form + 1]; i++) {
			const struct lg_feature *f = &forms->features[i];
			uint64_t share = ((uint64_t)w->worth[f->number] * f->count << LG_WEIGHT_BITS) / all;
			w->in_form[at[f->number]++] = form << LG_WEIGHT_BITS | (uint32_t)(share < most ? share : most);
		}
	}
}

void lg_words_make(struct lg_ctx *cx, struct lg_ctx *temp, struct lg_words *w, const struct lg_words_in *in)
{
	struct gathering g = { .temp = temp };
	*w = (struct lg_words){ .splitter = in->splitter, .forms = (uint32_t)in->n };
	w->idle = idle_keys(cx, in->language, &w->n_idle);
	gather(&g, in);
	w->n = (uint32_t)g.numbers.n;
	w->numbers = lg_numbers_copy(cx, &g.numbers);
	w->grams = lg_numbers_copy(cx, &g.grams);
	lg_index_make(cx, temp, &w->likeness, &g.likeness, g.grams.n, (struct lg_index_kind){ .root = true });
	make_worth(cx, w, &g, count_concepts(in));
	turn(cx, w, &g.forms, temp);
}

/* ------------------------------------------------------------------------------------------------- seeking */

struct lg_words_scratch lg_words_scratch(struct lg_ctx *cx, size_t words, size_t forms)
{
	struct lg_words_scratch s;
	s.likeness = lg_array(cx->mem, words + 1, sizeof *s.likeness);
	s.seen_words = lg_array(cx->mem, words + 1, sizeof *s.seen_words);
	s.best_word = lg_array(cx->mem, words + 1, sizeof *s.best_word);
	s.best_form = lg_array(cx->mem, forms + 1, sizeof *s.best_form);
	s.covers = lg_array(cx->mem, forms + 1, sizeof *s.covers);
	s.covered = lg_array(cx->mem, forms + 1, sizeof *s.covered);
	s.seen = lg_array(cx->mem, forms + 1, sizeof *s.seen);
	s.seen_now = lg_array(cx->mem, forms + 1, sizeof *s.seen_now);
	return s;
}

/* A search under way: the words and forms it has met. */
struct search {
	const struct lg_words *w;
	struct lg_words_scratch *s;
	size_t words, forms, forms_now;
};

static void meet_forms(struct search *q, uint32_t word, uint16_t sim)
{
	const uint32_t *end = q->w->in_form + q->w->first[word + 1];
	for (const uint32_t *p = q->w->in_form + q->w->first[word]; p < end; p++) {
		uint32_t form = *p >> LG_WEIGHT_BITS;
		if (!q->s->best_form[form]) q->s->seen_now[q->forms_now++] = form;
		if (q->s->best_form[form] < sim) q->s->best_form[form] = sim;
	}
}

static void meet_word(struct search *q, uint32_t word, uint16_t sim)
{
	if (!q->s->best_word[word]) q->s->seen_words[q->words++] = word;
	if (q->s->best_word[word] < sim) q->s->best_word[word] = sim;
	meet_forms(q, word, sim);
}

/* One word of the text, which is `share` of it: what of each form is most like it? */
static void seek_word(struct search *q, struct lg_span word, uint32_t share)
{
	struct lg_feature f[LG_GRAMS_MAX];
	const struct lg_words *w = q->w;
	size_t n = lg_features_sum(f, features_of(NULL, NULL, &w->grams, word, f));
	lg_index_score(&w->likeness, f, n, q->s->likeness);
	uint32_t same = lg_number_find(&w->numbers, lg_letters_key(word.at, word.n));
	if (same != LG_NO_NUMBER) q->s->likeness[same] = LG_COSINE_ONE;
	for (uint32_t i = 0; i < w->n; i++) {
		uint32_t sim = q->s->likeness[i] >> (LG_COSINE_BITS - SIM_BITS);
		if (q->s->likeness[i] >= LEAST) meet_word(q, i, (uint16_t)(sim < SIM_ONE ? sim : SIM_ONE));
	}
	for (size_t i = 0; i < q->forms_now; i++) {
		uint32_t form = q->s->seen_now[i];
		if (!q->s->covers[form]) q->s->seen[q->forms++] = form;
		q->s->covers[form] += share * q->s->best_form[form] + 1;
		q->s->best_form[form] = 0;
	}
	q->forms_now = 0;
}

static void cover_forms(struct search *q)
{
	for (size_t i = 0; i < q->words; i++) {
		uint32_t word = q->s->seen_words[i], sim = q->s->best_word[word];
		const uint32_t *end = q->w->in_form + q->w->first[word + 1], mask = (1 << LG_WEIGHT_BITS) - 1;
		for (const uint32_t *p = q->w->in_form + q->w->first[word]; p < end; p++)
			q->s->covered[*p >> LG_WEIGHT_BITS] += sim * (*p & mask);
		q->s->best_word[word] = 0;
	}
}

static void take_scores(struct search *q, uint32_t *scores)
{
	const unsigned shift = LG_COSINE_BITS - LG_COVER_BITS;
	for (size_t i = 0; i < q->forms; i++) {
		uint32_t form = q->s->seen[i];
		uint64_t product = (uint64_t)(q->s->covers[form] >> shift) * (q->s->covered[form] >> shift);
		if (product > (uint64_t)scores[form] * scores[form]) scores[form] = lg_root(product);
		q->s->covers[form] = q->s->covered[form] = 0;
	}
}

static uint32_t worth_of(const struct lg_words *w, struct lg_span word)
{
	uint32_t key = lg_letters_key(word.at, word.n), number = lg_number_find(&w->numbers, key);
	if (number != LG_NO_NUMBER) return w->worth[number];
	return is_idle(w, key) ? w->unknown_worth * IDLE_PERCENT / 100 : w->unknown_worth;
}

void lg_words_score(const struct lg_words *w, struct lg_words_scratch *s, const struct lg_letters *text,
                    uint32_t *scores)
{
	struct search q = { .w = w, .s = s };
	struct lg_span parts[PARTS_MAX];
	uint64_t worth[PARTS_MAX], all = 0;
	size_t n = parts_of(w->splitter, text, parts);
	for (size_t i = 0; i < n; i++) all += worth[i] = worth_of(w, parts[i]);
	for (size_t i = 0; i < n && all; i++) seek_word(&q, parts[i], (uint32_t)((worth[i] << SIM_BITS) / all));
	cover_forms(&q);
	take_scores(&q, scores);
}
