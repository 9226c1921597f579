/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdlib.h>
#include <string.h>

#include "market/inner.h"

/**
 * What is done when all rows are read: the vocabulary of languages and licences in the order of their codes, so that
 * numbers do not depend on the order of lines; repeated ids rejected; both sides in the order of their ids.
 */

/* --------------------------------------------------------------------------------------------- ids and order */

struct place_of {
	const struct lg_row *row;
	size_t at;
};

static int by_id(const void *a, const void *b)
{
	const struct place_of *x = a, *y = b;
	size_t n = x->row->id_len < y->row->id_len ? x->row->id_len : y->row->id_len;
	int order = memcmp(x->row->id, y->row->id, n);
	if (order) return order;
	if (x->row->id_len != y->row->id_len) return x->row->id_len < y->row->id_len ? -1 : 1;
	return x->at < y->at ? -1 : x->at > y->at;
}

static bool same_id(const struct lg_row *a, const struct lg_row *b)
{
	return a->id_len == b->id_len && !memcmp(a->id, b->id, a->id_len);
}

static const char *file_name(const struct lg_intake *in, uint32_t file_no) { return in->file_names[file_no - 1]; }

static void refuse_twin(struct lg_intake *in, const uint32_t *files, const struct lg_row *rows, size_t first,
                        size_t twin)
{
	struct lg_cell id = { rows[twin].id, rows[twin].id_len };
	const char *where = files[first] == files[twin] ? "" : file_name(in, files[first]);
	const char *advice =
	    lg_printf(in->cx->mem, "Line %u%s%s has the same id already. Give each row an id of its own.",
	              rows[first].line, *where ? " of " : "", where);
	refuse_at(in, files[twin], file_name(in, files[twin]), rows[twin].line, AT_id, id, advice);
}

/* Places of the rows in the order of their ids, without twins. @return how many; *out is malloc'ed */
static size_t order(struct lg_intake *in, const struct lg_row *rows, const uint32_t *files, size_t n,
                    struct place_of **out)
{
	struct place_of *places = *out = calloc(n + 1, sizeof *places);
	size_t kept = 0;
	lg_assert(places);
	for (size_t i = 0; i < n; i++) places[i] = (struct place_of){ &rows[i], i };
	qsort(places, n, sizeof *places, by_id);
	for (size_t i = 0; i < n; i++)
		if (kept && same_id(places[kept - 1].row, places[i].row))
			refuse_twin(in, files, rows, places[kept - 1].at, places[i].at);
		else
			places[kept++] = places[i];
	return kept;
}

/* The array in the new order; the old one is given back. */
static void *rearranged(void *array, size_t size, const struct place_of *places, size_t n)
{
	char *out = calloc(n + 1, size);
	const char *from = array;
	lg_assert(out);
	for (size_t i = 0; i < n; i++) memcpy(out + i * size, from + places[i].at * size, size);
	free(array);
	return out;
}

static void order_candidates(struct lg_intake *in)
{
	struct lg_market *m = in->market;
	struct place_of *places;
	size_t n = order(in, m->candidate_rows, in->candidate_files, m->n_candidates, &places);
	m->candidates = rearranged(m->candidates, sizeof *m->candidates, places, n);
	m->candidate_rows = rearranged(m->candidate_rows, sizeof *m->candidate_rows, places, n);
	m->n_candidates = n;
	free(places);
	for (size_t i = 0; i < n; i++) m->candidates[i].id = (uint32_t)i;
}

static void order_openings(struct lg_intake *in)
{
	struct lg_market *m = in->market;
	struct place_of *places;
	size_t n = order(in, m->opening_rows, in->opening_files, m->n_openings, &places);
	m->openings = rearranged(m->openings, sizeof *m->openings, places, n);
	m->opening_rows = rearranged(m->opening_rows, sizeof *m->opening_rows, places, n);
	m->n_openings = n;
	free(places);
	for (size_t i = 0; i < n; i++) {
		m->openings[i].id = (uint32_t)i;
		m->positions += m->openings[i].positions;
	}
}

/* -------------------------------------------------------------------------------------------- vocabulary */

/* Ours to write while the market is made: read_candidate() and read_opening() allocated them. */
static void *writable(const void *list) { return (void *)(uintptr_t)list; }

static int by_text(const void *a, const void *b)
{
	const char *const *x = a, *const *y = b;
	return strcmp(*x, *y);
}

/* New numbers, by code, of the texts in use: to[old] = new. @return the codes in order; *n how many */
static const char *const *number(struct lg_intake *in, const struct texts *t, const bool *used, uint16_t *to,
                                 uint16_t *n)
{
	const char **codes = lg_array(in->cx->mem, t->n + 1, sizeof *codes);
	size_t kept = 0;
	for (size_t i = 0; i < t->n; i++)
		if (used[i]) codes[kept++] = t->at[i];
	if (kept) qsort(codes, kept, sizeof *codes, by_text);
	for (size_t i = 0; i < t->n; i++)
		if (used[i])
			to[i] =
			    (uint16_t)((const char *const *)bsearch(&t->at[i], codes, kept, sizeof *codes, by_text) -
			               (const char *const *)codes);
	*n = (uint16_t)kept;
	return codes;
}

static int by_first_byte(const void *a, const void *b)
{
	return ((const struct lgm_language *)a)->language - ((const struct lgm_language *)b)->language;
}

static int by_first_word(const void *a, const void *b)
{
	uint16_t x, y;
	memcpy(&x, a, sizeof x);
	memcpy(&y, b, sizeof y);
	return x - y;
}

static void renumber_languages(const struct lgm_language *list, size_t n, const uint16_t *to)
{
	struct lgm_language *own = writable(list);
	for (size_t i = 0; i < n; i++) own[i].language = (uint8_t)to[own[i].language];
	if (n > 1) qsort(own, n, sizeof *own, by_first_byte);
}

static void number_languages(struct lg_intake *in)
{
	struct lg_market *m = in->market;
	bool used[LANGUAGES_MAX + 1] = { false };
	uint16_t to[LANGUAGES_MAX + 1] = { 0 };
	if (in->languages.n > LANGUAGES_MAX) in->languages.n = LANGUAGES_MAX; /* the others were refused */
	for (size_t i = 0; i < m->n_candidates; i++)
		for (size_t k = 0; k < m->candidates[i].n_languages; k++)
			used[m->candidates[i].languages[k].language] = true;
	for (size_t i = 0; i < m->n_openings; i++)
		for (size_t k = 0; k < m->openings[i].n_languages; k++)
			used[m->openings[i].languages[k].language] = true;
	m->languages = number(in, &in->languages, used, to, &m->n_languages);
	for (size_t i = 0; i < m->n_candidates; i++)
		renumber_languages(m->candidates[i].languages, m->candidates[i].n_languages, to);
	for (size_t i = 0; i < m->n_openings; i++)
		renumber_languages(m->openings[i].languages, m->openings[i].n_languages, to);
}

static void mark_licences(const struct lg_market *m, bool *used)
{
	for (size_t i = 0; i < m->n_candidates; i++)
		for (size_t k = 0; k < m->candidates[i].n_licences; k++)
			used[m->candidates[i].licences[k].licence] = true;
	for (size_t i = 0; i < m->n_openings; i++)
		for (size_t k = 0; k < m->openings[i].n_licences; k++) used[m->openings[i].licences[k]] = true;
}

static void number_licences(struct lg_intake *in)
{
	struct lg_market *m = in->market;
	bool *used = lg_array(in->cx->mem, LICENCES_MAX + 1, sizeof *used);
	uint16_t *to = lg_array(in->cx->mem, LICENCES_MAX + 1, sizeof *to);
	if (in->licences.n > LICENCES_MAX) in->licences.n = LICENCES_MAX;
	mark_licences(m, used);
	m->licences = number(in, &in->licences, used, to, &m->n_licences);
	for (size_t i = 0; i < m->n_candidates; i++) {
		struct lgm_licence *list = writable(m->candidates[i].licences);
		size_t n = m->candidates[i].n_licences;
		for (size_t k = 0; k < n; k++) list[k].licence = to[list[k].licence];
		if (n > 1) qsort(list, n, sizeof *list, by_first_word);
	}
	for (size_t i = 0; i < m->n_openings; i++) {
		uint16_t *list = writable(m->openings[i].licences);
		size_t n = m->openings[i].n_licences;
		for (size_t k = 0; k < n; k++) list[k] = to[list[k]];
		if (n > 1) qsort(list, n, sizeof *list, by_first_word);
	}
}

/* -------------------------------------------------------------------------------------------- rejections */

struct rejected {
	struct lg_rejection rejection;
	uint32_t file_no;
	size_t at;
};

static int by_line(const void *a, const void *b)
{
	const struct rejected *x = a, *y = b;
	if (x->file_no != y->file_no) return x->file_no < y->file_no ? -1 : 1;
	if (x->rejection.line != y->rejection.line) return x->rejection.line < y->rejection.line ? -1 : 1;
	return x->at < y->at ? -1 : x->at > y->at;
}

static void order_rejections(struct lg_intake *in)
{
	struct lg_market *m = in->market;
	struct rejected *all = calloc(m->n_rejections + 1, sizeof *all);
	lg_assert(all);
	for (size_t i = 0; i < m->n_rejections; i++)
		all[i] = (struct rejected){ m->rejections[i], in->rejection_files[i], i };
	qsort(all, m->n_rejections, sizeof *all, by_line);
	for (size_t i = 0; i < m->n_rejections; i++) m->rejections[i] = all[i].rejection;
	free(all);
}

void finish(struct lg_intake *in)
{
	order_candidates(in);
	order_openings(in);
	number_languages(in);
	number_licences(in);
	order_rejections(in);
	list_words(in);
}
