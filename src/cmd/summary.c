/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <string.h>

#include "cmd/clock.h"
#include "cmd/json.h"
#include "cmd/match.h"

static json_t *settings(const struct match *m)
{
	const struct lgm_setup *s = &m->in.setup;
	json_t *all = json_new(), *weights = json_new();
	for (unsigned p = 0; p < LGM_PARTS; p++) json_add_int(weights, lgm_part_name((enum lgm_part)p), s->weight[p]);
	json_add(all, "weights", weights);
	json_add_int(all, "min_schedule_percent", s->min_schedule_percent);
	json_add_int(all, "start_grace_days", s->start_grace_days);
	json_add_int(all, "reserve", s->reserve);
	if (m->top)
		json_add_int(all, "top", (int64_t)m->top);
	else
		json_add_text(all, "top", "all");
	json_add_bool(all, "assign", m->assign);
	json_add_bool(all, "prove", m->prove);
	json_add_text(all, "objective", match_objective(m) == LGM_PEOPLE ? "people" : "score");
	return all;
}

static json_t *file_read(const struct input_digest *d)
{
	if (!d->path) return json_null();
	json_t *f = json_new();
	json_add_text(f, "path", d->path);
	json_add_text(f, "sha256", d->sha256);
	json_add_int(f, "bytes", (int64_t)d->bytes);
	return f;
}

static int64_t rejected_of(const struct lg_market *market, const char *path)
{
	const char *name = strcmp(path, "-") ? path : "standard input";
	int64_t n = 0;
	for (size_t i = 0; i < market->n_rejections; i++) n += !strcmp(market->rejections[i].file, name);
	return n;
}

static json_t *side_read(const struct match *m, const struct input_digest *d, size_t rows)
{
	json_t *f = file_read(d);
	json_add_int(f, "rows", (int64_t)rows);
	json_add_int(f, "rejected", rejected_of(m->in.market, d->path));
	return f;
}

static json_t *inputs(const struct match *m)
{
	json_t *all = json_new();
	json_add(all, "candidates", side_read(m, &m->in.candidates, m->in.market->n_candidates));
	json_add(all, "openings", side_read(m, &m->in.openings, m->in.market->n_openings));
	json_add(all, "taxonomy", file_read(&m->in.taxonomy_file));
	json_add(all, "weights", file_read(&m->in.weights));
	json_add(all, "confirmed", file_read(&m->in.confirmed));
	return all;
}

static json_t *taxonomy(const struct match *m)
{
	json_t *t = json_new();
	json_add_text(t, "version", lg_taxonomy_version(m->in.taxonomy));
	json_add_text(t, "hash", lg_taxonomy_hash(m->in.taxonomy));
	const char *thanks = lg_taxonomy_attribution(m->in.taxonomy);
	if (*thanks) json_add_text(t, "attribution", thanks);
	return t;
}

static json_t *rounds(const struct placement *pl)
{
	json_t *all = json_list();
	for (size_t i = 0; i < pl->n_rounds; i++) {
		const struct placement_round *r = &pl->rounds[i];
		json_t *one = json_new();
		json_add_int(one, "edges", (int64_t)r->edges);
		json_add_real(one, "seconds_solve", r->seconds_solve);
		json_add_real(one, "cpu_solve", r->cpu_solve);
		json_add_real(one, "seconds_price", r->seconds_price);
		json_add_real(one, "cpu_price", r->cpu_price);
		json_add(one, "violated", r->priced ? json_integer((json_int_t)r->violated) : json_null());
		json_push(all, one);
	}
	return all;
}

static void add_placement(json_t *to, const struct match *m)
{
	const struct placement *pl = &m->placement;
	if (!m->assign) return;
	json_add_int(to, "placed", (int64_t)pl->totals.placed);
	json_add_int(to, "score_sum", pl->totals.score);
	json_add_int(to, "bonus", pl->bonus);
	json_add_int(to, "objective", pl->totals.primal);
	json_add_int(to, "dual_objective", pl->totals.dual);
	json_add_int(to, "gap", pl->totals.dual - pl->totals.primal);
	json_add(to, "violated_pairs", m->prove ? json_integer((json_int_t)pl->violated) : json_null());
	json_add_bool(to, "proven", pl->proven);
	json_add(to, "rounds", rounds(pl));
}

static json_t *counts(const struct lg_market *market)
{
	json_t *c = json_new();
	json_add_int(c, "candidates", (int64_t)market->n_candidates);
	json_add_int(c, "openings", (int64_t)market->n_openings);
	json_add_int(c, "positions", (int64_t)market->positions);
	json_add_int(c, "understood", (int64_t)market->n_understood);
	json_add_int(c, "asked", (int64_t)market->n_asked);
	return c;
}

static void add_lists(json_t *to, const struct match *m)
{
	json_add_int(to, "pairs", (int64_t)(m->in.market->n_candidates * m->in.market->n_openings));
	json_add_int(to, "feasible_pairs", (int64_t)m->lists.feasible);
	json_add_int(to, "lists", (int64_t)m->lists.n_pairs);
	json_add_int(to, "without", (int64_t)m->n_without);
}

static json_t *phases(const struct progress *p)
{
	json_t *all = json_new();
	for (size_t i = 0; i < p->n; i++) {
		json_t *one = json_new();
		json_add_real(one, "seconds", p->phases[i].seconds);
		json_add_real(one, "cpu", p->phases[i].cpu);
		json_add(all, p->phases[i].name, one);
	}
	return all;
}

static json_t *warnings(const struct lg_market *market)
{
	json_t *all = json_list();
	for (size_t i = 0; i < market->n_warnings; i++) {
		json_t *one = json_new();
		json_add_text(one, "file", market->warnings[i].file);
		json_add_text(one, "text", market->warnings[i].text);
		json_add_int(one, "count", (int64_t)market->warnings[i].count);
		json_add_int(one, "first_line", (int64_t)market->warnings[i].first_line);
		json_push(all, one);
	}
	return all;
}

static json_t *hashes(const struct match *m)
{
	json_t *h = json_new();
	json_add_text(h, "proposals_sha256", m->proposals->sha256);
	json_add_text(h, "assignment_sha256", m->assignment ? m->assignment->sha256 : NULL);
	return h;
}

static void add_run(json_t *to, const struct match *m)
{
	json_add(to, "phases", phases(&m->progress));
	json_add_int(to, "threads", (int64_t)m->threads);
	json_add_text(to, "simd", lgm_simd_name(lgm_index_simd(m->ix)));
	json_add_int(to, "index_bytes", (int64_t)lgm_index_bytes(m->ix));
	json_add_int(to, "peak_memory_bytes", clock_peak_memory());
	json_add(to, "warnings", warnings(m->in.market));
}

enum lg_err match_write_summary(struct lg_ctx *cx, struct match *m)
{
	struct output_file *f;
	json_t *root = json_new();
	json_add_text(root, "program", "landgang");
	json_add_text(root, "version", LANDGANG_VERSION);
	json_add_text(root, "result", output_match.name);
	json_add(root, "taxonomy", taxonomy(m));
	json_add(root, "settings", settings(m));
	json_add(root, "inputs", inputs(m));
	json_add(root, "counts", counts(m->in.market));
	add_lists(root, m);
	add_placement(root, m);
	if (m->opens) json_add(root, "opens", levers_json(cx, &m->in, &m->levers, m->seats));
	json_add(root, "hashes", hashes(m));
	add_run(root, m);
	struct lg_buf text = { 0 };
	json_print(&text, root);
	enum lg_err err = output_open(m->output, &f, "summary.json");
	if (err == LG_OK) lg_put(&f->buf, text.data, text.len);
	lg_buf_free(&text);
	LG_TRY(err);
	return output_close(m->output, f);
}
