/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "cmd/unplaced.h"

#include <string.h>

#include "cmd/threads.h"
#include "formats/csv.h"

struct survey {
	const struct lgm_index *ix;
	const struct lg_market *market;
	struct unplaced *who;
	enum lgm_err *errors; /* [workers] */
};

static void survey_one(void *arg, size_t worker, size_t unit)
{
	struct survey *s = arg;
	const struct lgm_candidate *c = &s->market->candidates[s->who->candidates[unit]];
	enum lgm_err err = lgm_count_misses(s->ix, c, &s->who->misses[unit]);
	if (err) s->errors[worker] = err;
}

static void put_header(struct lg_buf *out)
{
	lg_csv_str(out, true, "candidate");
	for (unsigned d = 0; d < LGM_DEMANDS; d++) lg_csv_str(out, false, lgm_demand_name((enum lgm_demand)d));
	lg_csv_str(out, false, "feasible");
	lg_csv_str(out, false, "nearest_opening");
	lg_csv_str(out, false, "nearest_failed");
	lg_csv_str(out, false, "nearest_score");
	lg_csv_end(out);
}

static void put_names(struct lg_buf *out, unsigned failed)
{
	char names[128] = "";
	for (unsigned d = 0; d < LGM_DEMANDS; d++) {
		if (!(failed >> d & 1u)) continue;
		if (*names) (void)strcat(names, ";");
		lg_assert(strlen(names) + strlen(lgm_demand_name((enum lgm_demand)d)) + 2 < sizeof names);
		(void)strcat(names, lgm_demand_name((enum lgm_demand)d));
	}
	lg_csv_str(out, false, names);
}

static void put_nearest(struct lg_buf *out, const struct lg_market *m, const struct lgm_misses *r)
{
	if (!r->any) {
		for (int i = 0; i < 3; i++) lg_csv_empty(out, false);
		return;
	}
	lg_csv_field(out, false, m->opening_rows[r->nearest].id, m->opening_rows[r->nearest].id_len);
	put_names(out, r->nearest_failed);
	lg_csv_int(out, false, r->nearest_score);
}

static void put_misses(struct lg_buf *out, const struct lg_market *m, uint32_t c, const struct lgm_misses *r)
{
	lg_csv_field(out, true, m->candidate_rows[c].id, m->candidate_rows[c].id_len);
	for (unsigned d = 0; d < LGM_DEMANDS; d++) lg_csv_int(out, false, (int64_t)r->stopped[d]);
	lg_csv_int(out, false, (int64_t)r->feasible);
	put_nearest(out, m, r);
	lg_csv_end(out);
}

enum lg_err unplaced_find(struct lg_ctx *cx, struct unplaced *who, const struct lgm_index *ix,
                          const struct lg_market *market, size_t workers, struct progress *p)
{
	struct survey s = { ix, market, who, lg_array(cx->mem, workers, sizeof *s.errors) };
	who->misses = lg_array(cx->mem, who->n + 1, sizeof *who->misses);
	LG_TRY(threads_run(cx, workers, who->n, survey_one, &s, p));
	for (size_t w = 0; w < workers; w++)
		if (s.errors[w]) return load_engine_error(cx, s.errors[w]);
	return LG_OK;
}

enum lg_err unplaced_write(struct output *to, struct output_file **file, const struct lg_market *market,
                           const struct unplaced *who)
{
	LG_TRY(output_open(to, file, "unplaced.csv"));
	put_header(&(*file)->buf);
	for (size_t i = 0; i < who->n; i++) {
		put_misses(&(*file)->buf, market, who->candidates[i], &who->misses[i]);
		LG_TRY(output_more(to, *file));
	}
	return output_close(to, *file);
}
