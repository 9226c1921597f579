/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "cmd/explain.h"

#include <stdio.h>
#include <string.h>

#include "cmd/commands.h"
#include "cmd/run.h"

struct asked {
	struct load_files files;
	const char *candidate, *opening;
	bool json;
};

static const char about[] =
    "Say why a candidate and an opening suit each other, or what stands between them: the parts of the score, the\n"
    "skills with the points each gives or would give, and every demand.";

static enum lg_err read_options(struct lg_ctx *cx, struct asked *a, int argc, char **argv, bool *help)
{
	const struct option_row rows[] = {
		LOAD_OPTIONS(a->files),
		ROW_FLAG("json", &a->json, "as JSON, for programs"),
	};
	const struct options o = { "explain",
		                   "--candidates FILE --openings FILE [options] CANDIDATE OPENING",
		                   about,
		                   rows,
		                   sizeof rows / sizeof *rows,
		                   2 };
	LG_TRY(options_read(cx, &o, argc, argv, help));
	a->candidate = argv[argc - 2];
	a->opening = argv[argc - 1];
	return LG_OK;
}

static enum lg_err find(struct lg_ctx *cx, const struct lg_row *rows, size_t n, const char *id, const char *file,
                        size_t *out)
{
	size_t len = strlen(id);
	for (*out = 0; *out < n; ++*out)
		if (rows[*out].id_len == len && !memcmp(rows[*out].id, id, len)) return LG_OK;
	return lg_failf(cx, LG_UNKNOWN, file, "has no usable row with the id \"%s\"", id);
}

static enum lg_err find_pair(struct lg_ctx *cx, struct explain *e, const struct asked *a)
{
	const struct lg_market *m = e->in->market;
	size_t c, o;
	LG_TRY(find(cx, m->candidate_rows, m->n_candidates, a->candidate, a->files.candidates, &c));
	LG_TRY(find(cx, m->opening_rows, m->n_openings, a->opening, a->files.openings, &o));
	e->c = &m->candidates[c];
	e->o = &m->openings[o];
	e->c_row = &m->candidate_rows[c];
	e->o_row = &m->opening_rows[o];
	return LG_OK;
}

static void weigh(struct explain *e)
{
	const struct lgm_setup *s = &e->in->setup;
	lgm_compare(s, e->c, e->o, &e->v);
	if (e->o->n_essential)
		lgm_skill_points(s->weight[LGM_ESSENTIAL], e->o->essential, e->o->n_essential, e->essential);
	if (e->o->n_optional) lgm_skill_points(s->weight[LGM_OPTIONAL], e->o->optional, e->o->n_optional, e->optional);
}

static void print(const struct explain *e, bool json)
{
	struct lg_buf out = { 0 };
	if (json)
		explain_json(&out, e);
	else
		explain_text(&out, e);
	(void)fwrite(out.data, 1, out.len, stdout);
	lg_buf_free(&out);
}

static enum lg_err explain(struct lg_ctx *cx, int argc, char **argv)
{
	struct asked a = { 0 };
	struct load in;
	struct explain e = { .in = &in };
	struct progress p = progress_new(true);
	bool help;
	LG_TRY(read_options(cx, &a, argc, argv, &help));
	if (help) return LG_OK;
	LG_TRY(load_market(cx, &a.files, &p, &in));
	LG_TRY(find_pair(cx, &e, &a));
	weigh(&e);
	print(&e, a.json);
	return LG_OK;
}

int cmd_explain(int argc, char **argv)
{
	struct lg_ctx cx;
	run_begin(&cx);
	return run_end(&cx, "explain", explain(&cx, argc, argv));
}
