/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "taxonomy/link.h"

#include <stdlib.h>
#include <string.h>

#include "taxonomy/link_inner.h"

/*
 * Base, of a label:      half by runs of letters (2 to 4), half by words, whole and parted.
 * Concept, in a language: the best base of its labels + 0.2 of all its labels as one text + 0.15 of its unit group's
 *                        best base.
 * Other languages:       + 0.3 of the best cosine by letters with its labels in another language. A text may also be
 *                        in another language than was thought, or the concept may have no label in that one: then
 *                        0.9 of the square of that cosine (1.6 with an embedding), if that is more.
 * Embedding, if any:     + half the cosine with the label + half that with all labels of the concept, in all languages,
 *                        together + 0.2 of the best one with its unit group's titles.
 *
 * The weights were chosen by hand on English, German and Polish titles; they stand here and in link_section.c.
 */
enum {
	OTHERS_PERCENT = 30,
	FOREIGN_PERCENT = 90,
	FOREIGN_NEAR_PERCENT = 160,                   /* the same with an embedding */
	OTHER_SCRIPT_LEAST = LG_COVER_ONE / 100 * 60, /* below it, a label that had to be transliterated is chance */
	WHOLE_SCORE = LG_COVER_ONE / 100 * 130,       /* what is shown as 9999 */
	WHOLE_NEAR_SCORE = LG_COVER_ONE / 100 * 230,  /* the same with an embedding */
	LIKELY = 2,                                   /* languages that are looked into, when it is not known which: */
	LIKELY_PERCENT = 60,        /* those whose best label is so much like the text as the best one's */
	SAMPLE = 32,                /* of so many concepts, which is told by the letters that they have of the text */
	CANDIDATES = 200,           /* about so many concepts are worth a closer look */
	CANDIDATES_MEASURED = 1000, /* and so many, when labels are scored one by one */
	STEPS = 1024,               /* of promises */
	PROMISE_STEP = 2 * LG_COVER_ONE / STEPS,
	BOUND_SLACK = 10, /* a bound is raised by one part in so many */
};

/* ------------------------------------------------------------------------------------------------- seeking */

/* A concept that is worth a look. */
struct candidate {
	uint32_t concept, bound; /* bound: no cosine by letters is above it (nearly: link_cover.h) */
	int32_t score;           /* by all means in one language */
	uint32_t section, form;  /* which; LG_LINK_NONE: there is no label in it */
	uint32_t most;           /* what it may reach at most */
};

struct lg_link_scratch {
	struct lg_search *searches; /* [sections] */
	struct lg_query query;
	uint32_t *cover, *temp; /* [concepts] */
	int32_t *centres;       /* [concepts] the cosine with each one's labels together */
	struct candidate *candidates;
	size_t n_candidates;
	struct best {
		struct candidate *candidate;
		uint32_t score;
	} * best;
};

struct lg_link_scratch *lg_link_scratch(struct lg_ctx *cx, const struct lg_linker *l)
{
	struct lg_link_scratch *s = lg_alloc(cx->mem, sizeof *s);
	const size_t concepts = (size_t)l->concepts + 1;
	s->searches = lg_array(cx->mem, l->n_sections + 1, sizeof *s->searches);
	for (size_t i = 0; i < l->n_sections; i++) lg_search_make(cx, &s->searches[i], &l->sections[i]);
	s->cover = lg_array(cx->mem, concepts, sizeof *s->cover);
	s->temp = lg_array(cx->mem, concepts, sizeof *s->temp);
	s->centres = lg_array(cx->mem, concepts, sizeof *s->centres);
	s->candidates = lg_array(cx->mem, concepts, sizeof *s->candidates);
	s->best = lg_array(cx->mem, concepts, sizeof *s->best);
	return s;
}

/* How near the text is to each concept by direction: all at once, as they stand side by side. */
static void seek_centres(const struct lg_linker *l, struct lg_link_scratch *s)
{
	if (!l->embedding || !s->query.factor) {
		memset(s->centres, 0, l->concepts * sizeof *s->centres);
		return;
	}
	lg_embedding_dots(l->embedding, s->query.direction, l->centres, l->concepts, s->centres);
	for (uint32_t c = 0; c < l->concepts; c++)
		s->centres[c] = lg_embedding_cosine(s->centres[c], s->query.factor, l->centre_factors[c]);
}

/* How much of the text the labels of each concept have, in whatever letters it may be meant. */
static void seek_cover(const struct lg_linker *l, struct lg_link_scratch *s)
{
	const struct lg_query *q = &s->query;
	memset(s->cover, 0, l->concepts * sizeof *s->cover);
	lg_cover_text(&l->cover, &q->whole, s->temp, s->cover);
	if (q->is_ascii_nordic) lg_cover_text(&l->cover, &q->nordic, s->temp, s->cover);
	if (q->is_cyrillic)
		lg_cover_text(&l->cover, &q->latin, s->temp, s->cover);
	else
		lg_cover_text(&l->cover, &q->cyrillic, s->temp, s->cover);
}

/* By which concepts are chosen for a look. */
static uint32_t promise(const struct lg_link_scratch *s, uint32_t concept)
{
	uint32_t near = s->centres[concept] > 0 ? (uint32_t)s->centres[concept] : 0;
	return s->cover[concept] + near;
}

/* The least promise of about the best `wanted` concepts. */
static uint32_t least_promise(const struct lg_linker *l, const struct lg_link_scratch *s, uint32_t wanted)
{
	uint32_t counts[STEPS] = { 0 }, n = 0, step = STEPS - 1;
	for (uint32_t c = 0; c < l->concepts; c++) {
		uint32_t at = promise(s, c) / PROMISE_STEP;
		counts[at < STEPS ? at : STEPS - 1]++;
	}
	for (; step && n + counts[step] < wanted; step--) n += counts[step];
	return step ? step * PROMISE_STEP : 1;
}

static void choose(const struct lg_linker *l, struct lg_link_scratch *s, uint32_t wanted)
{
	seek_centres(l, s);
	seek_cover(l, s);
	for (uint32_t c = 0; c < l->concepts; c++)
		s->cover[c] = lg_root(s->cover[c]) << (LG_COVER_BITS - LG_COSINE_BITS / 2);
	uint32_t least = least_promise(l, s, wanted);
	s->n_candidates = 0;
	for (uint32_t c = 0; c < l->concepts; c++)
		if (promise(s, c) >= least)
			s->candidates[s->n_candidates++] =
			    (struct candidate){ .concept = c, .bound = s->cover[c], .section = LG_LINK_NONE };
}

/* Below it, a label in another script than the text's is chance. */
static uint32_t least_of(const struct lg_section *x, const struct lg_query *q)
{
	return x->is_cyrillic != q->is_cyrillic ? OTHER_SCRIPT_LEAST : 1;
}

static bool is_any(const char *language) { return !strcmp(language, "any"); }

/* By all means in one language: what fits better than before. */
static void seek_all(const struct lg_linker *l, struct lg_link_scratch *s, uint32_t section)
{
	struct lg_search *search = &s->searches[section];
	lg_search_all(search);
	for (size_t i = 0; i < s->n_candidates; i++) {
		struct candidate *k = &s->candidates[i];
		uint32_t c = l->sections[section].numbers[k->concept];
		if (c == LG_LINK_NONE) continue;
		lg_search_concept(search, c);
		int32_t score = search->best[c];
		if (!l->embedding && score <= 0) continue;
		score += lg_search_context(search, c) + s->centres[k->concept] / 2;
		if (score <= k->score) continue;
		k->score = score;
		k->section = section;
		k->form = search->form[c];
	}
}

/* The concepts whose labels have most of the text's letters. @return how many */
static size_t most_covered(const struct lg_link_scratch *s, const struct candidate *out[SAMPLE])
{
	size_t n = 0;
	for (size_t i = 0; i < s->n_candidates; i++) {
		const struct candidate *k = &s->candidates[i];
		if (n == SAMPLE && k->bound <= out[n - 1]->bound) continue;
		size_t at = n < SAMPLE ? n++ : n - 1;
		for (; at && out[at - 1]->bound < k->bound; at--) out[at] = out[at - 1];
		out[at] = k;
	}
	return n;
}

/* The best cosine of some concepts in one language. */
static uint32_t likeness(const struct lg_linker *l, const struct lg_link_scratch *s, uint32_t section,
                         const struct candidate *const *sample, size_t n)
{
	uint32_t best = 0, form;
	for (size_t i = 0; i < n && sample[i]->bound > best; i++) {
		uint32_t c = l->sections[section].numbers[sample[i]->concept];
		if (c == LG_LINK_NONE) continue;
		uint32_t score = lg_search_cosine(&s->searches[section], c, &form);
		best = score > best ? score : best;
	}
	return best;
}

/* By all means in the languages that have a label most like the text. */
static void seek_likely(const struct lg_linker *l, struct lg_link_scratch *s)
{
	uint32_t best[LIKELY] = { 0 }, section[LIKELY] = { 0 };
	const struct candidate *sample[SAMPLE];
	size_t n = most_covered(s, sample);
	for (uint32_t i = 0; i < l->n_sections; i++) {
		uint32_t score = likeness(l, s, i, sample, n);
		size_t at = LIKELY;
		while (at && score > best[at - 1]) at--;
		for (size_t k = LIKELY - 1; k > at; k--) {
			best[k] = best[k - 1];
			section[k] = section[k - 1];
		}
		if (at == LIKELY) continue;
		best[at] = score;
		section[at] = i;
	}
	for (size_t i = 0; i < LIKELY; i++)
		if (best[i] > best[0] / 100 * LIKELY_PERCENT) seek_all(l, s, section[i]);
}

static uint32_t foreign_score(const struct lg_linker *l, uint32_t others)
{
	uint64_t square = ((uint64_t)others * others) >> LG_COVER_BITS;
	return (uint32_t)(square * (l->embedding ? FOREIGN_NEAR_PERCENT : FOREIGN_PERCENT) / 100);
}

/* The score of a concept, all told, from the best cosine by letters in other languages. */
static uint32_t sum_of(const struct lg_linker *l, const struct candidate *k, uint32_t others, bool *is_foreign)
{
	uint32_t foreign = foreign_score(l, others), own = k->score > 0 ? (uint32_t)k->score : 0;
	uint32_t sum = own + others / 100 * OTHERS_PERCENT;
	*is_foreign = sum < foreign || !own;
	return sum > foreign ? sum : foreign;
}

/* The best cosine by letters in languages other than that of k->section, and whose it is. */
static uint32_t seek_others(const struct lg_linker *l, const struct lg_link_scratch *s, const struct candidate *k,
                            uint32_t *section, uint32_t *form)
{
	uint32_t best = 0, at;
	for (uint32_t i = 0; i < l->n_sections; i++) {
		uint32_t c = l->sections[i].numbers[k->concept];
		if (i == k->section || c == LG_LINK_NONE) continue;
		uint32_t score = lg_search_cosine(&s->searches[i], c, &at);
		if (score <= best || score < least_of(&l->sections[i], &s->query)) continue;
		best = score;
		*section = i;
		*form = at;
	}
	return best;
}

/* ------------------------------------------------------------------------------------------------- the best */

/* The candidate that may reach most, of those from `from` on, is put there; of equal ones, that of the least number.
 * Few are asked for, so this is quicker than to sort. */
static struct candidate *next_candidate(struct lg_link_scratch *s, size_t from)
{
	size_t best = from;
	for (size_t i = from + 1; i < s->n_candidates; i++) {
		const struct candidate *k = &s->candidates[i], *b = &s->candidates[best];
		if (k->most > b->most || (k->most == b->most && k->concept < b->concept)) best = i;
	}
	struct candidate out = s->candidates[best];
	s->candidates[best] = s->candidates[from];
	s->candidates[from] = out;
	return &s->candidates[from];
}

static bool before(const struct best *a, const struct best *b)
{
	return a->score != b->score ? a->score > b->score : a->candidate->concept < b->candidate->concept;
}

/* Put down a concept among the best, best first. @return how many there are */
static size_t put_best(struct best *best, size_t n, size_t room, struct best one)
{
	if (n == room) {
		if (!room || !before(&one, &best[n - 1])) return n;
		n--;
	}
	size_t at = n;
	for (; at && before(&one, &best[at - 1]); at--) best[at] = best[at - 1];
	best[at] = one;
	return n + 1;
}

/* The other languages, for as long as they may change who is among the best. @return how many those are */
static size_t settle(const struct lg_linker *l, struct lg_link_scratch *s, size_t room)
{
	size_t n = 0;
	bool is_foreign;
	for (size_t i = 0; i < s->n_candidates; i++) {
		struct candidate *k = &s->candidates[i];
		k->most = sum_of(l, k, k->bound + k->bound / BOUND_SLACK, &is_foreign);
	}
	for (size_t i = 0; i < s->n_candidates; i++) {
		struct candidate *k = next_candidate(s, i);
		uint32_t section = 0, form = 0;
		if (!room || (n == room && k->most < s->best[n - 1].score)) break;
		uint32_t others = seek_others(l, s, k, &section, &form), sum = sum_of(l, k, others, &is_foreign);
		if (!sum) continue;
		if (is_foreign && others) {
			k->section = section;
			k->form = form;
		}
		if (k->section != LG_LINK_NONE) n = put_best(s->best, n, room, (struct best){ k, sum });
	}
	return n;
}

static size_t put_confirmed(const struct lg_linker *l, const char *language, const char *text, size_t n,
                            struct lg_link_hit *hits, size_t room)
{
	uint32_t key = l->n_confirmed ? lg_link_key(text, n) : 0;
	size_t found = 0;
	for (size_t i = 0; key && i < l->n_confirmed && found < room; i++) {
		const struct confirmed *c = &l->confirmed[i];
		bool fits =
		    is_any(language) || is_any(c->label.language) || lg_link_same_language(c->label.language, language);
		if (c->key != key || !fits) continue;
		bool known = false;
		for (size_t k = 0; k < found; k++) known |= hits[k].concept == c->concept;
		if (known) continue;
		hits[found] = (struct lg_link_hit){ c->concept, 10000, true, "", c->label.text };
		memcpy(hits[found++].language, c->label.language, sizeof c->label.language);
	}
	return found;
}

static struct lg_link_hit hit_of(const struct lg_linker *l, const struct best *best)
{
	const struct lg_section *x = &l->sections[best->candidate->section];
	uint64_t shown = (uint64_t)best->score * 9999 / (l->embedding ? WHOLE_NEAR_SCORE : WHOLE_SCORE);
	struct lg_link_hit hit = { best->candidate->concept, (uint16_t)(shown < 9999 ? shown : 9999), false, "",
		                   l->labels[x->labels[best->candidate->form]].text };
	memcpy(hit.language, x->language, sizeof hit.language);
	return hit;
}

static size_t seek(const struct lg_linker *l, struct lg_link_scratch *s, const char *language, size_t room)
{
	choose(l, s, (uint32_t)(room < CANDIDATES / 4 ? CANDIDATES : 4 * room));
	for (size_t i = 0; i < l->n_sections; i++) lg_search_letters(&s->searches[i], &s->query);
	if (is_any(language)) seek_likely(l, s);
	for (uint32_t i = 0; i < l->n_sections; i++)
		if (lg_link_same_language(l->sections[i].language, language)) seek_all(l, s, i);
	return settle(l, s, room < l->concepts ? room : l->concepts);
}

size_t lg_link_with(const struct lg_linker *l, struct lg_link_scratch *s, const char *language, const char *text,
                    size_t n, struct lg_link_hit *hits, size_t room)
{
	size_t found = put_confirmed(l, language, text, n, hits, room), certain = found;
	lg_query_read(&s->query, l->embedding, text, n);
	if (!s->query.whole.n) return found;
	size_t n_best = seek(l, s, language, room);
	for (size_t i = 0; i < n_best && found < room; i++) {
		bool known = false;
		for (size_t k = 0; k < certain; k++) known |= hits[k].concept == s->best[i].candidate->concept;
		if (!known) hits[found++] = hit_of(l, &s->best[i]);
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

/* Every form of a candidate in one language. */
static void score_forms(const struct lg_linker *l, struct lg_link_scratch *s, struct candidate *k, uint32_t *scores)
{
	const struct lg_section *x = &l->sections[k->section];
	struct lg_search *search = &s->searches[k->section];
	uint32_t c = x->numbers[k->concept], other, form;
	if (c == LG_LINK_NONE) return;
	uint32_t others = seek_others(l, s, k, &other, &form);
	int32_t more =
	    lg_search_context(search, c) + (int32_t)(others / 100 * OTHERS_PERCENT) + s->centres[k->concept] / 2;
	for (uint32_t i = x->first[c]; i < x->first[c + 1]; i++) {
		uint32_t *score = &scores[l->index[x->labels[i]]];
		int32_t sum = (int32_t)lg_search_base(search, i) + lg_search_near(search, i) / 2 + more;
		if (sum > 0 && *score < (uint32_t)sum) *score = (uint32_t)sum;
	}
}

void lg_link_every_label(const struct lg_linker *l, struct lg_link_scratch *s, const char *language, const char *text,
                         size_t n, uint32_t *scores)
{
	memset(scores, 0, l->n * sizeof *scores);
	lg_query_read(&s->query, l->embedding, text, n);
	choose(l, s, CANDIDATES_MEASURED);
	for (size_t i = 0; i < l->n_sections; i++) lg_search_letters(&s->searches[i], &s->query);
	for (uint32_t i = 0; i < l->n_sections; i++) {
		if (!lg_link_same_language(l->sections[i].language, language)) continue;
		lg_search_all(&s->searches[i]);
		for (size_t k = 0; k < s->n_candidates; k++) {
			s->candidates[k].section = i;
			score_forms(l, s, &s->candidates[k], scores);
		}
	}
}
