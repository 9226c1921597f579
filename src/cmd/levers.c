/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "cmd/levers.h"

#include "cmd/run.h"
#include "cmd/threads.h"
#include "core/explain.h"
#include "formats/csv.h"
#include "view/number.h"
#include "view/speech.h"

static void look(void *levers, size_t worker, size_t unit) { lg_levers_work(levers, worker, unit); }

static enum lg_err find(struct lg_ctx *cx, struct levers *out, struct lg_levers **search, const struct levers_of *of,
                        struct progress *p)
{
	const struct lg_market *market = of->in->market;
	int64_t *price = lg_array(cx->mem, market->n_openings + 1, sizeof *price);
	LG_TRY(load_engine_error(cx, lgm_plan_raise(of->placement->plan)));
	LG_TRY(run_go_on(cx));
	for (size_t o = 0; o < market->n_openings; o++)
		price[o] = lgm_plan_opening_dual(of->placement->plan, (uint32_t)o);
	const struct lg_levers_market m = { &of->in->setup,
		                            of->ix,
		                            market->candidates,
		                            market->openings,
		                            market->n_candidates,
		                            market->n_openings,
		                            of->without,
		                            of->n_without,
		                            price,
		                            of->placement->bonus };
	*search = lg_levers_new(cx, &m, of->workers);
	LG_TRY(threads_run(cx, of->workers, lg_levers_units(*search), look, *search, p));
	return lg_levers_end(cx, *search, &out->levers, &out->n);
}

enum lg_err levers_find(struct lg_ctx *cx, struct levers *out, const struct levers_of *of, struct progress *p)
{
	struct lg_levers *search;
	*out = (struct levers){ 0 };
	lg_assert(of->placement->proven);
	progress_begin(p, "opens");
	LG_TRY(find(cx, out, &search, of, p));
	(void)progress_end(p);
	progress_begin(p, "courses");
	size_t courses = out->n < of->courses ? out->n : (size_t)of->courses;
	for (; out->solved < courses; out->solved++) {
		LG_TRY(run_go_on(cx));
		progress_at(p, out->solved, courses);
		struct lg_lever *lever = &out->levers[out->solved];
		LG_TRY(lg_levers_course(cx, search, of->placement->plan, of->seats, lever));
	}
	(void)progress_end(p);
	return run_go_on(cx);
}

/* --- names */

const char *levers_code(struct lg_arena *mem, const struct load *in, const struct lg_lever *lever)
{
	char uri[80];
	switch (lever->kind) {
	case LG_LEARN_LANGUAGE: return in->market->languages[lever->what];
	case LG_GET_LICENCE: return in->market->licences[lever->what];
	case LG_LEARN_SKILL: return lg_strdup(mem, lg_taxonomy_skill_uri(in->taxonomy, lever->what, uri));
	case LG_TRAVEL:
	case LG_ANY_HOURS:
	case LG_TAKE_CONTRACT:
	case LG_START:
	case LG_CHANGES: break;
	}
	return "";
}

const char *levers_label(struct lg_arena *mem, const struct load *in, const struct lg_lever *lever)
{
	struct lg_buf out = { 0 };
	const struct explain_terms terms = load_terms(in);
	const struct explain e = { .in = &terms };
	explain_lever(&out, &e, lever);
	const char *label = lg_strndup(mem, out.data, out.len);
	lg_buf_free(&out);
	return label;
}

/* --- opens.csv */

/* Levels and kilometres; empty where the kind has none. */
static void put_step(struct lg_buf *out, const struct lg_lever *lever)
{
	if (lever->kind == LG_LEARN_LANGUAGE) {
		lg_csv_str(out, false, lg_level_name(lever->from));
		lg_csv_str(out, false, lg_level_name(lever->to));
		return;
	}
	lg_csv_empty(out, false);
	if (lever->kind == LG_TRAVEL)
		lg_csv_int(out, false, lever->to / 100);
	else
		lg_csv_empty(out, false);
}

static void put_who(struct lg_buf *out, const struct lg_market *m, const struct lg_lever *lever)
{
	struct lg_buf list = { 0 };
	for (uint64_t i = 0; i < lever->taken; i++) {
		const struct lg_row *row = &m->candidate_rows[lever->who[i]];
		if (i) lg_putc(&list, ';');
		lg_put(&list, row->id, row->id_len);
	}
	lg_csv_field(out, false, list.data, list.len);
	lg_buf_free(&list);
}

static void put_course(struct lg_buf *out, const struct lg_market *m, const struct lg_lever *lever)
{
	if (!lever->solved) {
		for (int i = 0; i < 5; i++) lg_csv_empty(out, false);
		return;
	}
	lg_csv_int(out, false, (int64_t)lever->seats);
	lg_csv_int(out, false, (int64_t)lever->taken);
	lg_csv_int(out, false, lever->more_placed);
	lg_csv_int(out, false, lever->more_score);
	put_who(out, m, lever);
}

static void put_lever(struct lg_buf *out, struct lg_arena *mem, const struct load *in, const struct lg_lever *lever)
{
	const uint64_t counts[] = { lever->people, lever->pairs,   lever->openings,
		                    lever->shut,   lever->gainers, lever->blocks };
	lg_csv_str(out, false, lg_change_name(lever->kind));
	lg_csv_str(out, false, levers_code(mem, in, lever));
	lg_csv_str(out, false, levers_label(mem, in, lever));
	put_step(out, lever);
	for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) lg_csv_int(out, false, (int64_t)counts[i]);
	lg_csv_int(out, false, lever->value);
	put_course(out, in->market, lever);
	lg_csv_end(out);
}

enum lg_err levers_write(struct lg_ctx *cx, struct output *to, struct output_file **file, const struct load *in,
                         const struct levers *levers)
{
	LG_TRY(output_open(to, file, "opens.csv"));
	lg_puts(&(*file)->buf, "rank,kind,code,label,from,to,people,pairs,openings,shut,gainers,blocks,value,seats,"
	                       "taken,more_placed,more_score,who\n");
	for (size_t i = 0; i < levers->n; i++) {
		lg_csv_int(&(*file)->buf, true, (int64_t)i + 1);
		put_lever(&(*file)->buf, cx->mem, in, &levers->levers[i]);
		LG_TRY(output_more(to, *file));
	}
	return output_close(to, *file);
}
