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
	MATCHES = 1024, /* room for matches of a question, in sixteenths */
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

static void keep_forms(struct lg_ctx *cx, struct lg_words *w, const struct lg_bags *forms)
{
	const uint64_t most = (1 << LG_WEIGHT_BITS) - 1;
	uint32_t at = 0;
	w->first = lg_array(cx->mem, (size_t)w->forms + 1, sizeof *w->first);
	w->of_form = lg_array(cx->mem, forms->n + 1, sizeof *w->of_form);
	lg_assert(forms->first || !w->forms);
	for (uint32_t form = 0; form < w->forms; form++) {
		uint64_t all = worth_of_form(w, forms, form);
		for (size_t i = forms->first[form]; i < forms->first[form + 1]; i++) {
			const struct lg_feature *f = &forms->features[i];
			uint64_t share = ((uint64_t)w->worth[f->number] * f->count << LG_WEIGHT_BITS) / all;
			if (f->number < LG_INDEX_DOCUMENTS_MAX)
				w->of_form[at++] =
				    f->number << LG_WEIGHT_BITS | (uint32_t)(share < most ? share : most);
		}
		w->first[form + 1] = at;
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
	keep_forms(cx, w, &g.forms);
}

/* ------------------------------------------------------------------------------------------------- seeking */

struct lg_words_scratch lg_words_scratch(struct lg_ctx *cx, const struct lg_words *w)
{
	struct lg_words_scratch s = { 0 };
	const size_t words = (size_t)w->n + 1;
	s.likeness = lg_array(cx->mem, words, sizeof *s.likeness);
	s.matches_of = lg_array(cx->mem, words, sizeof *s.matches_of);
	s.matched = lg_array(cx->mem, words, sizeof *s.matched);
	s.room_matches = 16 * MATCHES;
	s.matches = lg_array(cx->mem, s.room_matches, sizeof *s.matches);
	return s;
}

static uint32_t worth_of(const struct lg_words *w, uint32_t key)
{
	uint32_t number = lg_number_find(&w->numbers, key);
	if (number != LG_NO_NUMBER) return w->worth[number];
	return is_idle(w, key) ? w->unknown_worth * IDLE_PERCENT / 100 : w->unknown_worth;
}

static void put_match(struct lg_words_scratch *s, uint32_t word, size_t token, uint32_t sim)
{
	if (s->n_matches + 1 == s->room_matches) return;
	if (!s->matches_of[word]) s->matched[s->n_matched++] = word;
	s->matches[++s->n_matches] = (struct lg_word_match){ s->matches_of[word], (uint16_t)token, (uint16_t)sim };
	s->matches_of[word] = (uint32_t)s->n_matches;
}

/* The words of the vocabulary that are like a word of the question. */
static void seek_word(const struct lg_words *w, struct lg_words_scratch *s, struct lg_span word, size_t token)
{
	struct lg_feature f[LG_GRAMS_MAX];
	size_t n = lg_features_sum(f, features_of(NULL, NULL, &w->grams, word, f));
	uint32_t same = lg_number_find(&w->numbers, s->keys[token]);
	if (same != LG_NO_NUMBER && same < LG_INDEX_DOCUMENTS_MAX) put_match(s, same, token, SIM_ONE);
	lg_index_score(&w->likeness, f, n, s->likeness);
	for (uint32_t i = 0; i < w->n; i++) {
		if (s->likeness[i] < LEAST || i == same) continue;
		uint32_t sim = s->likeness[i] >> (LG_COSINE_BITS - SIM_BITS);
		put_match(s, i, token, sim < SIM_ONE ? sim : SIM_ONE);
	}
}

/* The number of a word among those of the question; LG_TOKENS_MAX: there are too many. */
static size_t token_of(const struct lg_words *w, struct lg_words_scratch *s, struct lg_span word)
{
	uint32_t key = lg_letters_key(word.at, word.n);
	for (size_t i = 0; i < s->n_tokens; i++)
		if (s->keys[i] == key) return i;
	if (s->n_tokens == LG_TOKENS_MAX) return LG_TOKENS_MAX;
	size_t token = s->n_tokens++;
	s->keys[token] = key;
	s->texts[token] = 0;
	for (size_t i = 0; i < LG_TEXTS_MAX; i++) s->shares[i][token] = 0;
	seek_word(w, s, word, token);
	return token;
}

static void ask_text(const struct lg_words *w, struct lg_words_scratch *s, const struct lg_letters *text, size_t number)
{
	struct lg_span parts[PARTS_MAX];
	size_t tokens[PARTS_MAX];
	uint64_t worth[PARTS_MAX], all = 0;
	size_t n = parts_of(w->splitter, text, parts);
	for (size_t i = 0; i < n; i++) {
		tokens[i] = token_of(w, s, parts[i]);
		worth[i] = tokens[i] < LG_TOKENS_MAX ? worth_of(w, s->keys[tokens[i]]) : w->unknown_worth;
		all += worth[i];
	}
	for (size_t i = 0; i < n && all; i++) {
		if (tokens[i] == LG_TOKENS_MAX) continue;
		s->texts[tokens[i]] |= (uint8_t)(1u << number);
		s->shares[number][tokens[i]] = (uint16_t)(s->shares[number][tokens[i]] + (worth[i] << SIM_BITS) / all);
	}
}

void lg_words_seek(const struct lg_words *w, struct lg_words_scratch *s, const struct lg_letters *const *texts,
                   size_t n)
{
	for (size_t i = 0; i < s->n_matched; i++) s->matches_of[s->matched[i]] = 0;
	s->n_matched = s->n_matches = s->n_tokens = 0;
	s->n_texts = n < LG_TEXTS_MAX ? n : LG_TEXTS_MAX;
	for (size_t i = 0; i < s->n_texts; i++) ask_text(w, s, texts[i], i);
}

/* What of a form is met by the texts: by word of the question, and by text. */
struct meeting {
	uint16_t best[LG_TOKENS_MAX]; /* of those in `tokens`: the likeness of the form's word that is most like it */
	uint8_t tokens[LG_TOKENS_MAX];
	size_t n;
	uint32_t covered[LG_TEXTS_MAX];
};

static void meet_word(const struct lg_words_scratch *s, struct meeting *m, uint32_t match, uint32_t share)
{
	uint16_t best[LG_TEXTS_MAX] = { 0 };
	for (; match; match = s->matches[match].next) {
		const struct lg_word_match *x = &s->matches[match];
		size_t i = 0;
		while (i < m->n && m->tokens[i] != x->token) i++;
		if (i == m->n) {
			m->tokens[m->n++] = (uint8_t)x->token;
			m->best[x->token] = 0;
		}
		if (m->best[x->token] < x->sim) m->best[x->token] = x->sim;
		for (size_t t = 0; t < s->n_texts; t++)
			if (s->texts[x->token] >> t & 1 && best[t] < x->sim) best[t] = x->sim;
	}
	for (size_t t = 0; t < s->n_texts; t++) m->covered[t] += best[t] * share;
}

uint32_t lg_words_cover(const struct lg_words *w, struct lg_words_scratch *s, uint32_t form)
{
	const uint32_t mask = (1 << LG_WEIGHT_BITS) - 1;
	const unsigned shift = LG_COSINE_BITS - LG_COVER_BITS;
	struct meeting m;
	uint64_t most = 0;
	m.n = 0;
	memset(m.covered, 0, sizeof m.covered);
	for (uint32_t i = w->first[form]; i < w->first[form + 1]; i++) {
		uint32_t match = s->matches_of[w->of_form[i] >> LG_WEIGHT_BITS];
		if (match) meet_word(s, &m, match, w->of_form[i] & mask);
	}
	for (size_t t = 0; t < s->n_texts && m.n; t++) {
		uint32_t covers = 0;
		for (size_t i = 0; i < m.n; i++) covers += s->shares[t][m.tokens[i]] * (uint32_t)m.best[m.tokens[i]];
		uint64_t product = (uint64_t)(covers >> shift) * (m.covered[t] >> shift);
		most = product > most ? product : most;
	}
	return lg_root(most);
}
