/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdlib.h>

#include "market/market.h"
#include "market/words.h"

/*
 * Any bytes as a file of either side, in pieces of any size: what is taken satisfies the engine. Words are answered by
 * one that lives on, so that the linker is made once; its answers are kept, so a new one begins now and then.
 */
enum { ANSWERS_MAX = 20000 };

static const struct lg_taxonomy *taxonomy(void)
{
	static struct lg_ctx cx;
	static struct lg_taxonomy *t;
	if (t) return t;
	cx.mem = lg_arena_new(0, NULL);
	if (lg_taxonomy_builtin(&cx, &t) != LG_OK) abort();
	return t;
}

static struct lg_words *words(void)
{
	static struct lg_ctx cx;
	static struct lg_words *w;
	static unsigned asked;
	if (w && ++asked < ANSWERS_MAX) return w;
	if (cx.mem) lg_arena_free(cx.mem);
	cx.mem = lg_arena_new(0, NULL);
	w = lg_words_new(&cx, taxonomy(), NULL);
	asked = 0;
	return w;
}

static void check_words(const struct lg_market *m)
{
	struct lg_buf csv = { 0 };
	for (size_t i = 0; i < m->n_understood; i++) {
		const struct lg_understood *u = &m->understood[i];
		if (!u->times || !u->line || u->confidence < 50 || u->confidence > 100 || !*u->code) abort();
		lg_understood_csv(&csv, u);
	}
	for (size_t i = 0; i < m->n_asked; i++) {
		if (!m->asked[i].times || !m->asked[i].line) abort();
		lg_asked_csv(&csv, &m->asked[i]);
	}
	lg_buf_free(&csv);
}

static void check(const struct lg_market *m)
{
	struct lgm_setup setup = lg_market_setup(m);
	struct lg_buf csv = { 0 };
	for (size_t i = 0; i < m->n_candidates; i++)
		if (lgm_candidate_fault(&setup, &m->candidates[i]) || m->candidates[i].id != i) abort();
	for (size_t i = 0; i < m->n_openings; i++)
		if (lgm_opening_fault(&setup, &m->openings[i]) || m->openings[i].id != i) abort();
	for (size_t i = 0; i < m->n_rejections; i++) lg_rejection_csv(&csv, &m->rejections[i]);
	lg_buf_free(&csv);
	check_words(m);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (!size) return 0;
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
	struct lg_intake *in = lg_intake_new(&cx, taxonomy());
	struct lg_market *m;
	lg_intake_words(in, words());
	const char *bytes = (const char *)data + 1;
	size_t n = size - 1, step = data[0] / 2 + 1u;
	enum lg_err err = LG_OK;
	lg_intake_file(in, data[0] & 1 ? LG_CANDIDATES : LG_OPENINGS, "f");
	for (size_t i = 0; i < n && err == LG_OK; i += step)
		err = lg_intake_feed(in, bytes + i, n - i < step ? n - i : step);
	err = lg_intake_file_end(in);
	if ((err == LG_OK) != !cx.notes) abort();
	if (lg_intake_end(in, &m) != LG_OK) abort();
	check(m);
	lg_arena_free(cx.mem);
	return 0;
}
