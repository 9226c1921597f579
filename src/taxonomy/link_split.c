/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "taxonomy/link_words.h"

enum {
	WORD_LEAST = 8, /* letters of a word that is looked at */
	HEAD_LEAST = 3,
	TAIL_LEAST = 4,
	SEEN_LEAST = 2,  /* how often the tail must stand there as a word */
	STARTS_LEAST = 3 /* how many words must begin with a head that is no word itself */
};

/* -------------------------------------------------------------------------------------------------- making */

static void count(struct lg_ctx *temp, struct lg_numbers *t, uint32_t **counts, size_t *room, uint32_t key)
{
	uint32_t number = lg_number_add(temp, t, key);
	if (number >= *room) {
		size_t now = *room ? *room * 2 : 4096;
		uint32_t *more = lg_array(temp->mem, now, sizeof *more);
		for (size_t i = 0; i < *room; i++) more[i] = (*counts)[i];
		*counts = more;
		*room = now;
	}
	(*counts)[number]++;
}

struct learning {
	struct lg_ctx *temp;
	struct lg_numbers words, starts;
	uint32_t *n_words, *n_starts;
	size_t words_room, starts_room;
};

static void learn(struct learning *l, struct lg_span word)
{
	size_t before = l->words.n;
	count(l->temp, &l->words, &l->n_words, &l->words_room, lg_letters_key(word.at, word.n));
	for (size_t i = HEAD_LEAST; l->words.n > before && i + HEAD_LEAST <= word.n; i++)
		count(l->temp, &l->starts, &l->n_starts, &l->starts_room, lg_letters_key(word.at, i));
}

/* What is kept: words, and what many words begin with. */
static void keep(struct lg_ctx *cx, struct lg_splitter *s, const struct learning *l)
{
	struct lg_numbers numbers = { 0 };
	for (size_t i = 0; i < l->words.room; i++)
		if (l->words.keys[i]) (void)lg_number_add(l->temp, &numbers, l->words.keys[i]);
	for (size_t i = 0; i < l->starts.room; i++)
		if (l->starts.keys[i] && l->n_starts[l->starts.numbers[i]] >= STARTS_LEAST)
			(void)lg_number_add(l->temp, &numbers, l->starts.keys[i]);
	s->numbers = lg_numbers_copy(cx, &numbers);
	s->words = lg_array(cx->mem, numbers.n + 1, sizeof *s->words);
	s->starts = lg_array(cx->mem, numbers.n + 1, sizeof *s->starts);
	for (size_t i = 0; i < numbers.room; i++) {
		if (!numbers.keys[i]) continue;
		uint32_t word = lg_number_find(&l->words, numbers.keys[i]),
		         start = lg_number_find(&l->starts, numbers.keys[i]);
		s->words[numbers.numbers[i]] = word == LG_NO_NUMBER ? 0 : l->n_words[word];
		s->starts[numbers.numbers[i]] = start == LG_NO_NUMBER ? 0 : l->n_starts[start];
	}
}

void lg_splitter_make(struct lg_ctx *cx, struct lg_ctx *temp, struct lg_splitter *out, const struct lg_letters *texts,
                      size_t n)
{
	struct learning l = { .temp = temp };
	struct lg_span word;
	for (size_t i = 0; i < n; i++)
		for (size_t at = 0; (word.at = lg_letters_word(&texts[i], &at, &word.n));) learn(&l, word);
	keep(cx, out, &l);
}

/* -------------------------------------------------------------------------------------------------- parting */

/* How well a head and a tail make a compound: the square of it. */
static uint64_t fit(const struct lg_splitter *s, struct lg_span head, uint32_t tail_seen, size_t tail_n)
{
	if (head.n < HEAD_LEAST) return 0;
	uint32_t number = lg_number_find(&s->numbers, lg_letters_key(head.at, head.n));
	if (number == LG_NO_NUMBER) return 0;
	uint64_t words = s->words[number], starts = s->starts[number];
	if (!words && starts < STARTS_LEAST) return 0;
	return (words * 3 + starts) * tail_seen * tail_n * tail_n * (words ? 4 : 1);
}

/* The letters that join head and tail in German, Danish and Swedish. */
static size_t link_at(struct lg_span head, size_t i)
{
	static const char links[][3] = { "", "s", "e", "en", "n", "es", "er" };
	size_t n = links[i][0] == '\0' ? 0 : links[i][1] == '\0' ? 1 : 2;
	if (head.n < n) return SIZE_MAX;
	for (size_t k = 0; k < n; k++)
		if (head.at[head.n - n + k] != (unsigned char)links[i][k]) return SIZE_MAX;
	return n;
}

static uint64_t best_head(const struct lg_splitter *s, struct lg_span *head, uint32_t tail_seen, size_t tail_n)
{
	uint64_t best = 0;
	struct lg_span whole = *head;
	for (size_t i = 0; i < 7; i++) {
		size_t link = link_at(whole, i);
		struct lg_span one = { whole.at, link == SIZE_MAX ? 0 : whole.n - link };
		uint64_t score = fit(s, one, tail_seen, tail_n);
		if (score <= best) continue;
		best = score;
		*head = one;
	}
	return best;
}

size_t lg_splitter_part(const struct lg_splitter *s, struct lg_span word, struct lg_span out[2])
{
	uint64_t best = 0;
	out[0] = word;
	for (size_t i = HEAD_LEAST; word.n >= WORD_LEAST && i + TAIL_LEAST <= word.n; i++) {
		struct lg_span head = { word.at, i }, tail = { word.at + i, word.n - i };
		uint32_t number = lg_number_find(&s->numbers, lg_letters_key(tail.at, tail.n));
		if (number == LG_NO_NUMBER || s->words[number] < SEEN_LEAST) continue;
		uint64_t score = best_head(s, &head, s->words[number], tail.n);
		if (score <= best) continue;
		best = score;
		out[0] = head;
		out[1] = tail;
	}
	return best ? 2 : 1;
}
