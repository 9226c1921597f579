/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "market/generate.h"

#include <stdio.h>

#include "cmd/commands.h"
#include "cmd/json.h"
#include "cmd/load.h"
#include "cmd/output.h"
#include "cmd/run.h"
#include "cmd/words.h"

struct generate {
	const char *area, *taxonomy, *out;
	uint64_t candidates, openings, seed;
	bool quiet;
	struct load in;
	struct lg_generator *generator;
	struct output *output;
	struct output_file *candidates_file, *openings_file;
};

static const char about[] =
    "Invent a market to try things on: denmark, nordic or eu. The same seed always gives the same files.\n"
    "Nobody in it exists.";

static enum lg_err read_options(struct lg_ctx *cx, struct generate *g, int argc, char **argv, bool *help)
{
	const uint64_t most = 100000000;
	const struct option_row rows[] = {
		ROW_NUMBER("candidates", &g->candidates, "N", "how many people (default 1000)", 0, most),
		ROW_NUMBER("openings", &g->openings, "M", "how many openings (default 600)", 0, most),
		ROW_NUMBER("seed", &g->seed, "S", "where chance begins (default 1)", 0, INT64_MAX),
		ROW_TEXT("taxonomy", &g->taxonomy, "FILE", "image of occupations and skills (else the built-in one)"),
		ROW_TEXT("out", &g->out, "DIR", "folder for candidates.csv and openings.csv"),
		ROW_FLAG("quiet", &g->quiet, "say nothing but errors"),
	};
	const struct options o = {
		"generate", "denmark|nordic|eu --out DIR [options]", about, rows, sizeof rows / sizeof *rows, 1
	};
	LG_TRY(options_read(cx, &o, argc, argv, help));
	if (*help) return LG_OK;
	g->area = argv[argc - 1];
	return g->out ? LG_OK : lg_fail(cx, RUN_USE, "--out", "is missing: name a folder for the market");
}

static enum lg_err make_generator(struct lg_ctx *cx, struct generate *g)
{
	LG_TRY(load_taxonomy(cx, g->taxonomy, &g->in));
	g->generator = lg_generator_new(cx, g->in.taxonomy, g->area, g->seed, g->candidates, g->openings);
	return g->generator ? LG_OK : lg_failf(cx, RUN_USE, g->area, "is none of denmark, nordic, eu");
}

static enum lg_err write_side(struct generate *g, struct output_file **f, const char *name,
                              bool (*next)(struct lg_generator *, struct lg_buf *))
{
	LG_TRY(output_open(g->output, f, name));
	while (next(g->generator, &(*f)->buf)) LG_TRY(output_more(g->output, *f));
	return output_close(g->output, *f);
}

static json_t *file_written(const struct output_file *f, uint64_t rows)
{
	json_t *o = json_new();
	json_add_text(o, "name", f->name);
	json_add_text(o, "sha256", f->sha256);
	json_add_int(o, "rows", (int64_t)rows);
	return o;
}

static json_t *summary(const struct generate *g)
{
	json_t *root = json_new(), *files = json_list();
	json_add_text(root, "program", "landgang");
	json_add_text(root, "version", LANDGANG_VERSION);
	json_add_text(root, "result", output_market.name);
	json_add_text(root, "area", g->area);
	json_add(root, "seed", json_integer((json_int_t)g->seed));
	json_add_text(root, "taxonomy", lg_taxonomy_version(g->in.taxonomy));
	json_push(files, file_written(g->candidates_file, g->candidates));
	json_push(files, file_written(g->openings_file, g->openings));
	json_add(root, "files", files);
	return root;
}

static enum lg_err write_summary(struct generate *g)
{
	struct output_file *f;
	LG_TRY(output_open(g->output, &f, "summary.json"));
	json_print(&f->buf, summary(g));
	return output_close(g->output, f);
}

static enum lg_err generate(struct lg_ctx *cx, struct generate *g, int argc, char **argv)
{
	bool help;
	LG_TRY(read_options(cx, g, argc, argv, &help));
	if (help) return LG_OK;
	LG_TRY(make_generator(cx, g));
	LG_TRY(output_begin(cx, &g->output, g->out, &output_market));
	LG_TRY(write_side(g, &g->candidates_file, "candidates.csv", lg_generate_candidates));
	LG_TRY(write_side(g, &g->openings_file, "openings.csv", lg_generate_openings));
	LG_TRY(write_summary(g));
	LG_TRY(output_end(g->output));
	char a[32], b[32];
	if (!g->quiet)
		(void)printf("%s candidates and %s openings, all invented, in %s\n", words_count(a, g->candidates),
		             words_count(b, g->openings), g->out);
	return LG_OK;
}

int cmd_generate(int argc, char **argv)
{
	struct lg_ctx cx;
	struct generate g = { .candidates = 1000, .openings = 600, .seed = 1 };
	run_begin(&cx);
	return run_end(&cx, "generate", generate(&cx, &g, argc, argv));
}
