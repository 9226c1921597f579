/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "cmd/taxonomy_rank.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/load.h"
#include "cmd/run.h"
#include "cmd/taxonomy_train.h"
#include "taxonomy/link_text.h"

/* ---------------------------------------------------------------------------------------------------- rows */

enum lg_err rank_rows(struct lg_ctx *cx, struct rank_rows *out, const char *name, const char *bytes, size_t size)
{
	size_t lines = 1;
	char *s = lg_strndup(cx->mem, bytes, size);
	for (size_t i = 0; i < size; i++) lines += s[i] == '\n';
	*out = (struct rank_rows){ .rows = lg_array(cx->mem, lines, sizeof *out->rows) };
	for (char *line = s, *next; line < s + size; line = next) {
		char *end = memchr(line, '\n', (size_t)(s + size - line)), *tab;
		next = end ? end + 1 : s + size;
		if (end) *end = '\0';
		line[strcspn(line, "\r")] = '\0';
		if (!*line) continue;
		if (!(tab = strchr(line, '\t')))
			return lg_failf(cx, LG_INVALID, name, "row %zu has no tab", out->n + 1);
		*tab = '\0';
		tab[1 + strcspn(tab + 1, "\t")] = '\0';
		out->rows[out->n++] = (struct rank_row){ line, tab + 1 };
	}
	return LG_OK;
}

/* ------------------------------------------------------------------------------------------------ concepts */

/* A concept of the corpus, by its name; sorted. */
struct name {
	const char *id;
	size_t n;
};

static int by_name(const void *a, const void *b)
{
	const struct name *x = a, *y = b;
	int c = memcmp(x->id, y->id, x->n < y->n ? x->n : y->n);
	return c ? c : (x->n > y->n) - (x->n < y->n);
}

static struct name name_of(const struct rank_row *row) { return (struct name){ row->id, strcspn(row->id, "_") }; }

static struct name *names_of(struct lg_ctx *cx, const struct rank_rows *corpus, uint32_t *n)
{
	struct name *names = lg_array(cx->mem, corpus->n + 1, sizeof *names);
	for (size_t i = 0; i < corpus->n; i++) names[i] = name_of(&corpus->rows[i]);
	qsort(names, corpus->n, sizeof *names, by_name);
	*n = 0;
	for (size_t i = 0; i < corpus->n; i++)
		if (i == 0 || by_name(&names[i], &names[*n - 1]) != 0) names[(*n)++] = names[i];
	return names;
}

/* The corpus as labels, with room for more. */
struct making {
	struct lg_ctx *cx;
	const struct lg_taxonomy *t;
	const char *language;
	struct lg_link_labels in;
	struct lg_link_label *labels;
	size_t room;
	uint32_t *contexts;
	bool alone;
};

static void add(struct making *m, const char *text, const char *language, uint32_t concept)
{
	if (m->in.n == m->room) {
		struct lg_link_label *more = lg_array(m->cx->mem, m->room *= 2, sizeof *more);
		memcpy(more, m->labels, m->in.n * sizeof *more);
		m->labels = more;
	}
	struct lg_link_label *l = &m->labels[m->in.n++];
	*l = (struct lg_link_label){ .text = text, .concept = concept };
	memcpy(l->language, language, strnlen(language, sizeof l->language - 1));
}

/* -------------------------------------------------------------------------------------------------- context */

/* A folded label, of the corpus or of the taxonomy. */
struct spelling {
	uint32_t key, concept;
};

static int by_key(const void *a, const void *b)
{
	const struct spelling *x = a, *y = b;
	if (x->key != y->key) return x->key < y->key ? -1 : 1;
	return (x->concept > y->concept) - (x->concept < y->concept);
}

static uint32_t key_of(const char *text)
{
	struct lg_letters l;
	lg_letters_fold(&l, text, strlen(text));
	return lg_letters_key(l.at, l.n);
}

static struct spelling *spellings(struct making *m, size_t *n)
{
	struct spelling *out = lg_array(m->cx->mem, m->in.n + 1, sizeof *out);
	*n = m->in.n;
	for (size_t i = 0; i < *n; i++) out[i] = (struct spelling){ key_of(m->labels[i].text), m->labels[i].concept };
	qsort(out, *n, sizeof *out, by_key);
	return out;
}

static size_t first_of(const struct spelling *s, size_t n, uint32_t key)
{
	size_t from = 0, to = n;
	while (from < to) {
		size_t middle = (from + to) / 2;
		if (s[middle].key < key)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

/* How many labels each concept of the corpus shares with the best one of the taxonomy. */
struct match {
	uint32_t shared, last, last_shared;
	uint16_t concept, spare;
};

/* The concepts of the corpus that share a label with one of the taxonomy get a vote for it. */
static void vote(const struct making *m, const struct spelling *s, size_t n, struct match *matches, uint16_t concept)
{
	struct lg_label l;
	for (size_t i = 0; lg_taxonomy_labels(m->t, concept, i, &l); i++) {
		if (strcmp(l.language, m->language) != 0) continue;
		uint32_t key = key_of(l.text);
		for (size_t at = first_of(s, n, key); at < n && s[at].key == key; at++) {
			struct match *match = &matches[s[at].concept];
			if (match->last != concept) match->last_shared = 0;
			match->last = concept;
			if (++match->last_shared <= match->shared) continue;
			match->shared = match->last_shared;
			match->concept = concept;
		}
	}
}

static struct match *match_all(struct making *m, const struct spelling *s, size_t n)
{
	struct match *matches = lg_array(m->cx->mem, (size_t)m->in.concepts + 1, sizeof *matches);
	for (uint32_t c = 0; c < m->in.concepts; c++) matches[c].concept = LG_NO_CONCEPT;
	for (uint16_t c = 0; c < lg_taxonomy_concepts(m->t); c++)
		if (lg_taxonomy_code(m->t, c)[0] != 'l') vote(m, s, n, matches, c);
	return matches;
}

/* The concept of the corpus that has a group's title; else a new one that only serves as context. */
static uint32_t context_for(struct making *m, const struct spelling *s, size_t n, uint16_t group)
{
	struct lg_label l;
	uint32_t made = LG_LINK_NONE;
	for (size_t i = 0; lg_taxonomy_labels(m->t, group, i, &l); i++) {
		if (strcmp(l.language, m->language) != 0) continue;
		uint32_t key = key_of(l.text);
		size_t at = first_of(s, n, key);
		if (at < n && s[at].key == key) return s[at].concept;
		if (made == LG_LINK_NONE) made = m->in.concepts++;
		add(m, l.text, l.language, made);
	}
	return made;
}

static void add_other_languages(struct making *m, uint16_t concept, uint32_t as)
{
	struct lg_label l;
	for (size_t i = 0; lg_taxonomy_labels(m->t, concept, i, &l); i++)
		if (strcmp(l.language, m->language) != 0) add(m, l.text, l.language, as);
}

static void add_context(struct making *m)
{
	size_t n;
	const struct spelling *s = spellings(m, &n);
	const struct match *matches = match_all(m, s, n);
	uint32_t own = m->in.concepts, *of_group = lg_array(m->cx->mem, LG_NO_CONCEPT, sizeof *of_group);
	m->contexts = lg_array(m->cx->mem, (size_t)own + LG_NO_CONCEPT, sizeof *m->contexts);
	for (size_t i = 0; i < (size_t)own + LG_NO_CONCEPT; i++) m->contexts[i] = LG_LINK_NONE;
	for (uint32_t c = 0; c < own; c++) {
		uint16_t concept = matches[c].concept, group;
		if (concept == LG_NO_CONCEPT) continue;
		if (!m->alone) add_other_languages(m, concept, c);
		if ((group = lg_taxonomy_unit_group(m->t, concept)) == concept) continue;
		if (!of_group[group]) of_group[group] = 1 + context_for(m, s, n, group);
		m->contexts[c] = of_group[group] - 1;
	}
	m->in.contexts = m->contexts;
}

enum lg_err rank_linker(struct lg_ctx *cx, struct lg_linker **out, size_t *n_labels, const struct rank_rows *corpus,
                        const struct rank_more *more, const char *language)
{
	struct making m = {
		.cx = cx, .t = more->taxonomy, .alone = more->alone, .language = language, .room = corpus->n + 1
	};
	const struct name *names = names_of(cx, corpus, &m.in.concepts);
	m.labels = lg_array(cx->mem, m.room, sizeof *m.labels);
	for (size_t i = 0; i < corpus->n; i++) {
		struct name name = name_of(&corpus->rows[i]);
		const struct name *at = bsearch(&name, names, m.in.concepts, sizeof *names, by_name);
		add(&m, corpus->rows[i].text, language, (uint32_t)(at - names));
	}
	if (more->taxonomy) add_context(&m);
	m.in.labels = m.labels;
	m.in.embedding = more->embedding;
	*n_labels = m.in.n;
	return lg_linker_of_labels(cx, out, &m.in);
}

/* --------------------------------------------------------------------------------------------------- output */

size_t rank_best(const uint32_t *scores, size_t n, uint32_t *best, size_t room)
{
	size_t found = 0;
	for (uint32_t i = 0; i < n; i++) {
		if (!scores[i] || (found == room && (!room || scores[best[found - 1]] >= scores[i]))) continue;
		size_t at = found < room ? found++ : found - 1;
		for (; at && scores[best[at - 1]] < scores[i]; at--) best[at] = best[at - 1];
		best[at] = i;
	}
	return found;
}

struct ranking {
	struct rank_rows corpus, queries;
	struct lg_linker *linker;
	size_t n_labels;
	const char *language;
	size_t top;
};

static enum lg_err print_all(struct lg_ctx *cx, const struct ranking *r)
{
	struct lg_link_scratch *scratch = lg_link_scratch(cx, r->linker);
	uint32_t *scores = lg_array(cx->mem, r->n_labels + 1, sizeof *scores);
	uint32_t *best = lg_array(cx->mem, r->top + 1, sizeof *best);
	for (size_t q = 0; q < r->queries.n; q++) {
		const struct rank_row *query = &r->queries.rows[q];
		LG_TRY(run_go_on(cx));
		lg_link_every_label(r->linker, scratch, r->language, query->text, strlen(query->text), scores);
		size_t n = rank_best(scores, r->corpus.n, best, r->top);
		for (size_t i = 0; i < n; i++)
			(void)printf("%s\t%zu\t%s\t%.6f\n", query->id, i + 1, r->corpus.rows[best[i]].id,
			             scores[best[i]] / 1048576.0);
	}
	return ferror(stdout) ? run_errno(cx, "standard output", "could not be written") : LG_OK;
}

static enum lg_err read_rows(struct lg_ctx *cx, struct rank_rows *out, const char *option, const char *path)
{
	struct input_file in;
	if (!path) return lg_fail(cx, RUN_USE, option, "is missing");
	LG_TRY(input_whole(cx, path, &in));
	return rank_rows(cx, out, path, in.bytes, in.size);
}

enum lg_err taxonomy_rank(struct lg_ctx *cx, int argc, char **argv)
{
	const char *corpus = NULL, *queries = NULL, *language = "any", *taxonomy = NULL, *embedding = NULL;
	struct rank_more more = { 0 };
	uint64_t top = 100;
	struct load load = { 0 };
	struct ranking r = { 0 };
	bool helped;
	const struct option_row rows[] = {
		{ "corpus", OPTION_TEXT, &corpus, "TSV",
		  "identifiers and labels; a concept is what stands before \"_\"", 0, 0, NULL, NULL },
		{ "queries", OPTION_TEXT, &queries, "TSV", "identifiers and texts", 0, 0, NULL, NULL },
		{ "top", OPTION_NUMBER, &top, "N", "lines for each query", 1, 100000, NULL, NULL },
		{ "lang", OPTION_TEXT, &language, "LANG", "the language of the corpus, such as de", 0, 0, NULL, NULL },
		{ "taxonomy", OPTION_TEXT, &taxonomy, "FILE", "where unit groups and other languages are looked up", 0,
		  0, NULL, NULL },
		ROW_TEXT("embedding", &embedding, "FILE", "what landgang taxonomy train has learned"),
		ROW_FLAG("alone", &more.alone, "do not look at labels of other languages"),
	};
	const struct options o = {
		"taxonomy rank",
		"--corpus TSV --queries TSV",
		"Rank the labels of a corpus for queries, to measure the linker. Lines of four fields:\n"
		"query, rank, label, score.",
		rows,
		sizeof rows / sizeof *rows,
		0
	};
	LG_TRY(options_read(cx, &o, argc, argv, &helped));
	if (helped) return LG_OK;
	LG_TRY(read_rows(cx, &r.corpus, "--corpus", corpus));
	LG_TRY(read_rows(cx, &r.queries, "--queries", queries));
	if (strlen(language) > 3) return lg_fail(cx, RUN_USE, "--lang", "is two or three letters, such as de");
	if (taxonomy) LG_TRY(load_taxonomy(cx, taxonomy, &load));
	if (embedding) LG_TRY(train_load(cx, embedding, &more.embedding));
	more.taxonomy = load.taxonomy;
	LG_TRY(rank_linker(cx, &r.linker, &r.n_labels, &r.corpus, &more, language));
	r.language = language;
	r.top = top;
	return print_all(cx, &r);
}
