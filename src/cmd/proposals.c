/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "cmd/proposals.h"

#include "cmd/run.h"
#include "cmd/threads.h"
#include "formats/csv.h"

enum { UNIT = 512, WAVE = 64 }; /* candidates a unit; units computed before they are written in order */

struct wave {
	const struct load *in;
	const struct lists *lists;
	size_t first; /* unit */
	struct lg_buf bufs[WAVE];
};

static void put_header(struct lg_buf *out)
{
	lg_csv_str(out, true, "candidate");
	lg_csv_str(out, false, "opening");
	lg_csv_str(out, false, "score");
	lg_csv_str(out, false, "rank_for_candidate");
	lg_csv_str(out, false, "rank_for_opening");
	for (unsigned p = 0; p < LGM_PARTS; p++) lg_csv_str(out, false, lgm_part_name((enum lgm_part)p));
	lg_csv_end(out);
}

static void put_rank(struct lg_buf *out, uint32_t rank)
{
	if (rank)
		lg_csv_int(out, false, rank);
	else
		lg_csv_empty(out, false);
}

static void put_parts(struct lg_buf *out, const struct lgm_verdict *v)
{
	unsigned sum = 0;
	for (unsigned p = 0; p < LGM_PARTS; p++) {
		lg_csv_int(out, false, v->part[p]);
		sum += v->part[p];
	}
	lg_assert(sum == v->score);
}

static void put_pair(struct lg_buf *out, const struct load *in, size_t c, const struct lists_pair *p)
{
	const struct lg_market *m = in->market;
	struct lgm_verdict v;
	lgm_compare(&in->setup, &m->candidates[c], &m->openings[p->opening], &v);
	lg_assert(!v.failed && v.score == p->score);
	lg_csv_field(out, true, m->candidate_rows[c].id, m->candidate_rows[c].id_len);
	lg_csv_field(out, false, m->opening_rows[p->opening].id, m->opening_rows[p->opening].id_len);
	lg_csv_int(out, false, p->score);
	put_rank(out, p->rank_candidate);
	put_rank(out, p->rank_opening);
	put_parts(out, &v);
	lg_csv_end(out);
}

static void put_unit(void *arg, size_t worker, size_t unit)
{
	(void)worker;
	struct wave *w = arg;
	const struct lists *l = w->lists;
	size_t from = (w->first + unit) * UNIT, to = from + UNIT;
	if (to > l->n_candidates) to = l->n_candidates;
	for (size_t c = from; c < to; c++)
		for (uint32_t i = 0; i < l->length[c]; i++)
			put_pair(&w->bufs[unit], w->in, c, &l->pairs[l->start[c] + i]);
}

static enum lg_err write_wave(struct lg_ctx *cx, struct output *to, struct output_file *f, struct wave *w, size_t units,
                              size_t workers)
{
	LG_TRY(threads_run(cx, workers, units, put_unit, w, NULL));
	for (size_t i = 0; i < units; i++) {
		lg_put(&f->buf, w->bufs[i].data, w->bufs[i].len);
		lg_buf_clear(&w->bufs[i]);
		LG_TRY(output_more(to, f));
	}
	return LG_OK;
}

static void free_wave(void *wave)
{
	for (size_t i = 0; i < WAVE; i++) lg_buf_free(&((struct wave *)wave)->bufs[i]);
}

enum lg_err proposals_write(struct lg_ctx *cx, struct output *to, struct output_file **file, const struct load *in,
                            const struct lists *lists, size_t workers, struct progress *p)
{
	struct wave *w = lg_alloc(cx->mem, sizeof *w);
	*w = (struct wave){ .in = in, .lists = lists };
	lg_defer(cx->mem, free_wave, w);
	LG_TRY(output_open(to, file, "proposals.csv"));
	put_header(&(*file)->buf);
	size_t units = (lists->n_candidates + UNIT - 1) / UNIT;
	for (; w->first < units; w->first += WAVE) {
		size_t n = units - w->first < WAVE ? units - w->first : WAVE;
		LG_TRY(write_wave(cx, to, *file, w, n, workers));
		progress_at(p, w->first + n, units);
	}
	return output_close(to, *file);
}
