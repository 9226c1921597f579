/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdlib.h>

#include "market/market.h"

/* Any bytes as a file of either side, in pieces of any size: what is taken satisfies the engine. */

static const struct lg_taxonomy *taxonomy(void)
{
	static struct lg_ctx cx;
	static struct lg_taxonomy *t;
	if (t) return t;
	cx.mem = lg_arena_new(0, NULL);
	if (lg_taxonomy_builtin(&cx, &t) != LG_OK) abort();
	return t;
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
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (!size) return 0;
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
	struct lg_intake *in = lg_intake_new(&cx, taxonomy());
	struct lg_market *m;
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
