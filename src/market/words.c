/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "market/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "market/bearers.h"
#include "market/spelling.h"
#include "market/texts.h"
#include "market/vec.h"

enum { BYTES_MAX = 500, HITS = 10, CLOSE_LEAST = 4000, SUGGESTED_LEAST = 2500, KEY_MAX = 8 + 4 * LG_LETTERS_MAX };

/* What words of one kind are looked up in; each is made when it is first needed. */
struct kind {
	struct bearers *bearers;
	struct lg_linker *linker;
	struct lg_link_scratch *scratch;
};

struct lg_words {
	struct lg_ctx *cx;
	const struct lg_taxonomy *taxonomy;
	const struct lg_confirmed *confirmed;
	struct kind kinds[2]; /* by enum lg_link_of */
	struct texts asked;   /* kind, language and folded words; its numbers are those of the answers */
	struct lg_meaning *answers;
	size_t n, cap;
};

static void close_words(void *words) { free(((struct lg_words *)words)->answers); }

struct lg_words *lg_words_new(struct lg_ctx *cx, const struct lg_taxonomy *taxonomy,
                              const struct lg_confirmed *confirmed)
{
	struct lg_words *w = lg_alloc(cx->mem, sizeof *w);
	w->cx = cx;
	w->taxonomy = taxonomy;
	w->confirmed = confirmed;
	texts_init(&w->asked, cx->mem);
	lg_defer(cx->mem, close_words, w);
	return w;
}

/* ---------------------------------------------------------------------------------------------- words or not */

static bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

static bool is_uuid(const char *text, size_t n)
{
	if (n != 36) return false;
	for (size_t i = 0; i < n; i++) {
		bool dash = i == 8 || i == 13 || i == 18 || i == 23;
		if (dash ? text[i] != '-' : !is_hex(text[i])) return false;
	}
	return true;
}

static bool is_letter(unsigned char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c >= 0xC0; }

static bool has_sign(const char *text, size_t n)
{
	bool plain_start = is_letter((unsigned char)*text) || (*text >= '0' && *text <= '9');
	for (size_t i = 0; i < n; i++)
		if (strchr("=@", text[i]) || (unsigned char)text[i] < ' ') return true;
	return !plain_start || memmem(text, n, "://", 3) || (n > 2 && !strncasecmp(text, "lg:", 3));
}

bool lg_are_words(const char *text, size_t n)
{
	size_t letters = 0, digits = 0;
	if (!n || n > BYTES_MAX || has_sign(text, n) || is_uuid(text, n)) return false;
	for (size_t i = 0; i < n; i++) {
		letters += is_letter((unsigned char)text[i]);
		digits += text[i] >= '0' && text[i] <= '9';
	}
	return letters && letters >= digits;
}

/* -------------------------------------------------------------------------------------------------- homonyms */

static bool is_homonym(const char *language, const struct lg_letters *words)
{
	static const struct {
		const char *language, *word;
	} all[] = {
#define H(language, word) { language, word },
#include "market/homonym.def"
#undef H
	};
	struct lg_letters own;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		if (strcmp(all[i].language, language) != 0) continue;
		lg_letters_fold(&own, all[i].word, strlen(all[i].word));
		if (!spelling_distance(words, &own, 0)) return true;
	}
	return false;
}

/* --------------------------------------------------------------------------------------------------- answers */

/* One question on its way to an answer. */
struct question {
	struct lg_words *w;
	struct kind *kind;
	enum lg_link_of of;
	const char *language, *text;
	size_t n;
	struct lg_letters letters;
	struct lg_link_hit hits[HITS];
	struct lg_letters labels[HITS]; /* of the hits */
	size_t distances[HITS], n_hits, room;
};

static void take(struct lg_meaning *m, const struct question *q, enum lg_words_how how, unsigned confidence,
                 const struct sense *s)
{
	m->how = how;
	m->confidence = (uint8_t)confidence;
	m->item = s->item;
	const char *language = strcmp(q->language, "any") != 0 ? q->language : s->language;
	memcpy(m->language, language, strnlen(language, sizeof m->language - 1));
}

static void take_label(struct lg_meaning *m, const struct question *q, const struct sense *s)
{
	take(m, q, LG_WORDS_LABEL, s->alone ? 99 : 95, s);
}

static void take_close(struct lg_meaning *m, const struct question *q, const struct sense *s, size_t distance)
{
	size_t letters = spelling_letters(&q->letters), alike = letters > distance ? letters - distance : 0;
	unsigned per_cent = letters ? (unsigned)(alike * 100 / letters) : 0;
	take(m, q, LG_WORDS_CLOSE, per_cent < 98 ? per_cent : 98, s);
}

/* The language to ask the linker in: one that it has labels in. */
static const char *linked_language(const struct question *q)
{
	const char *known;
	for (size_t i = 0; (known = lg_taxonomy_language(q->w->taxonomy, i)); i++)
		if (!strcmp(known, q->language)) return known;
	return "any";
}

static enum lg_err seek(struct question *q)
{
	struct lg_words *w = q->w;
	const struct lg_confirmed *c = w->confirmed;
	if (!q->kind->linker) {
		LG_TRY(lg_linker_new(w->cx, &q->kind->linker, w->taxonomy, q->of, c ? c->choices[q->of] : NULL,
		                     c ? c->n[q->of] : 0));
		q->kind->scratch = lg_link_scratch(w->cx, q->kind->linker);
	}
	q->n_hits = lg_link_with(q->kind->linker, q->kind->scratch, linked_language(q), q->text, q->n, q->hits, HITS);
	for (size_t i = 0; i < q->n_hits; i++) {
		const char *label = q->hits[i].label;
		lg_letters_fold(&q->labels[i], label, strlen(label));
		q->distances[i] = spelling_distance(&q->letters, &q->labels[i], q->room);
	}
	return LG_OK;
}

static bool is_group(const struct question *q, uint16_t item)
{
	return q->of == LG_LINK_CONCEPTS && lg_taxonomy_is_group(q->w->taxonomy, item);
}

static uint16_t group_of(const struct question *q, uint16_t item)
{
	return q->of == LG_LINK_CONCEPTS ? lg_taxonomy_unit_group(q->w->taxonomy, item) : item;
}

/* Is a label in the language that the words are said to be in? */
static bool is_own(const struct question *q, const char *language)
{
	const char *own = linked_language(q);
	return !strcmp(own, "any") || !strcmp(language, "any") || !strcmp(language, own);
}

/* What the label of a hit means, if it is one thing. */
static bool sense_of_hit(const struct question *q, size_t hit, struct sense *out)
{
	if (!is_own(q, q->hits[hit].language) || is_homonym(q->language, &q->labels[hit])) return false;
	*out = bearers_sense(q->kind->bearers, q->hits[hit].language, &q->labels[hit]);
	return out->kind == SENSE_ONE;
}

/* The hit spelled most like the words; HITS: none is near enough. */
static size_t nearest(const struct question *q)
{
	size_t best = HITS;
	for (size_t i = 0; i < q->n_hits; i++) {
		if (q->distances[i] > q->room) continue;
		if (best == HITS || q->distances[i] < q->distances[best]) best = i;
	}
	return best;
}

/* Is a hit so far ahead of the others that it must be meant? `item`: what its label means. */
static bool is_ahead(const struct question *q, size_t hit, uint16_t item)
{
	for (size_t i = 0; i < q->n_hits; i++) {
		if (i == hit || lg_letters_same(&q->labels[i], &q->labels[hit])) continue;
		if (q->distances[i] <= q->distances[hit]) return false;
		if (!q->distances[hit]) continue;
		if (group_of(q, (uint16_t)q->hits[i].concept) == group_of(q, item)) continue;
		if (q->hits[hit].score * 10u < q->hits[i].score * 11u) return false;
	}
	return !q->distances[hit] || q->hits[hit].score >= CLOSE_LEAST;
}

/* A group's title was found: is it an occupation's label in the plural? @return is it settled what is meant? */
static bool settle_group(const struct question *q, struct sense *s)
{
	struct sense one;
	for (size_t i = 0; i < q->n_hits; i++) {
		if (is_group(q, (uint16_t)q->hits[i].concept) || !spelling_same_stem(&q->letters, &q->labels[i]))
			continue;
		if (!sense_of_hit(q, i, &one) || !lies_in(q->w->taxonomy, one.item, s->item)) return false;
		*s = one;
		return true;
	}
	return true;
}

static void find_close(const struct question *q, struct lg_meaning *m)
{
	struct sense s;
	size_t hit = nearest(q);
	if (hit == HITS || !sense_of_hit(q, hit, &s) || !is_ahead(q, hit, s.item)) return;
	if (!is_group(q, s.item) || settle_group(q, &s)) take_close(m, q, &s, q->distances[hit]);
}

/* The words are the title of a group. */
static void find_group(const struct question *q, struct lg_meaning *m, struct sense s)
{
	if (settle_group(q, &s)) take_label(m, q, &s);
}

static void suggest(const struct question *q, struct lg_meaning *m)
{
	const char *language = strcmp(q->language, "any") != 0 ? q->language : q->n_hits ? q->hits[0].language : "en";
	memcpy(m->language, language, strnlen(language, sizeof m->language - 1));
	for (size_t i = 0; i < q->n_hits && i < LG_SUGGESTIONS && q->hits[i].score >= SUGGESTED_LEAST; i++)
	m->suggestions[m->n_suggestions++] = (uint16_t)q->hits[i].concept;
}

static enum lg_err answer(struct question *q, struct lg_meaning *m)
{
	struct sense s = bearers_sense(q->kind->bearers, linked_language(q), &q->letters);
	bool homonym = is_homonym(q->language, &q->letters);
	*m = (struct lg_meaning){ .of = q->of, .how = LG_WORDS_ASKED };
	if (s.kind == SENSE_ONE && s.confirmed)
		take(m, q, LG_WORDS_CONFIRMED, 100, &s);
	else if (s.kind == SENSE_ONE && !homonym && !is_group(q, s.item))
		take_label(m, q, &s);
	if (m->how != LG_WORDS_ASKED) return LG_OK;
	LG_TRY(seek(q));
	if (s.kind == SENSE_ONE && !homonym) find_group(q, m, s);
	if (s.kind == SENSE_NONE && !homonym) find_close(q, m);
	if (m->how == LG_WORDS_ASKED) suggest(q, m);
	return LG_OK;
}

/* ------------------------------------------------------------------------------------------------- questions */

/* Words that the linker takes for the same are one question: kind, language, letters as figures. */
static size_t key_of(char out[KEY_MAX], const struct question *q)
{
	int n = snprintf(out, KEY_MAX, "%c%.4s:", q->of == LG_LINK_SKILLS ? 's' : 'o', q->language);
	for (size_t i = 0; i < q->letters.n; i++) n += snprintf(out + n, KEY_MAX - (size_t)n, "%04x", q->letters.at[i]);
	return (size_t)n;
}

enum lg_err lg_words_find(struct lg_words *w, uint32_t *number, enum lg_link_of of, const char *language,
                          const char *text, size_t n)
{
	struct question q = { .w = w, .kind = &w->kinds[of], .of = of, .language = language, .text = text, .n = n };
	char key[KEY_MAX];
	lg_letters_fold(&q.letters, text, n);
	*number = texts_number(&w->asked, key, key_of(key, &q));
	if (*number < w->n) return LG_OK;
	q.room = spelling_room(spelling_letters(&q.letters));
	if (!q.kind->bearers) q.kind->bearers = bearers_new(w->cx, w->taxonomy, of, w->confirmed);
	w->answers = vec_room(w->answers, w->n, &w->cap, sizeof *w->answers);
	struct lg_meaning *m = &w->answers[w->n];
	w->n++;
	return answer(&q, m);
}

const struct lg_meaning *lg_words_meaning(const struct lg_words *w, uint32_t number)
{
	lg_assert(number < w->n);
	return &w->answers[number];
}
