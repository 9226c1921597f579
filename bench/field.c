/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "field.h"

#include <stdio.h>
#include <stdlib.h>

#include "market/generate.h"
#include "tool.h"

static void must_read(const struct field *f, enum lg_err err)
{
	const struct lg_note *note = f->cx.notes;
	if (err != LG_OK) tool_die("market: %s", note ? note->text : lg_err_text(err));
}

static struct lg_taxonomy *open_taxonomy(struct field *f)
{
	struct lg_taxonomy *t;
	if (!f->wanted.taxonomy) {
		must_read(f, lg_taxonomy_builtin(&f->cx, &t));
		return t;
	}
	FILE *file = fopen(f->wanted.taxonomy, "re");
	if (!file || fseek(file, 0, SEEK_END)) tool_die("%s could not be read", f->wanted.taxonomy);
	long size = ftell(file);
	rewind(file);
	char *image = lg_alloc(f->cx.mem, (size_t)size + 1);
	if (fread(image, 1, (size_t)size, file) != (size_t)size) tool_die("%s could not be read", f->wanted.taxonomy);
	(void)fclose(file);
	must_read(f, lg_taxonomy_open(&f->cx, &t, image, (size_t)size));
	return t;
}

static void read_side(struct field *f, struct lg_intake *in, enum lg_side side, struct lg_generator *g)
{
	bool (*next)(struct lg_generator *, struct lg_buf *) =
	    side == LG_CANDIDATES ? lg_generate_candidates : lg_generate_openings;
	struct lg_buf lines = { 0 };
	lg_intake_file(in, side, side == LG_CANDIDATES ? "candidates" : "openings");
	for (;;) {
		double begun = tool_cpu();
		lg_buf_clear(&lines);
		bool more = next(g, &lines);
		double made = tool_cpu();
		f->cpu_generate += made - begun;
		if (!more) break;
		must_read(f, lg_intake_feed(in, lines.data, lines.len));
		f->cpu_read += tool_cpu() - made;
	}
	must_read(f, lg_intake_file_end(in));
	lg_buf_free(&lines);
}

struct field *field_new(const struct field_wanted *wanted)
{
	struct field *f = tool_get(1, sizeof *f);
	f->wanted = *wanted;
	f->cx.mem = lg_arena_new(0, NULL);
	const struct lg_taxonomy *t = open_taxonomy(f);
	struct lg_generator *g =
	    lg_generator_new(&f->cx, t, wanted->area, wanted->seed, wanted->candidates, wanted->openings);
	if (!g) tool_die("no market of %s can be made", wanted->area);
	struct lg_intake *in = lg_intake_new(&f->cx, t);
	read_side(f, in, LG_CANDIDATES, g);
	read_side(f, in, LG_OPENINGS, g);
	double begun = tool_cpu();
	must_read(f, lg_intake_end(in, &f->market));
	f->cpu_read += tool_cpu() - begun;
	f->setup = lg_market_setup(f->market);
	if (f->market->n_rejections) tool_die("%zu invented rows were rejected", f->market->n_rejections);
	return f;
}

void field_free(struct field *f)
{
	lg_arena_free(f->cx.mem);
	free(f);
}

void field_print(const struct field *f)
{
	const struct lg_market *m = f->market;
	(void)printf("\nMarket: %s, seed %s; %s candidates, %s openings with %s positions; %s pairs\n", f->wanted.area,
	             tool_count(f->wanted.seed), tool_count(m->n_candidates), tool_count(m->n_openings),
	             tool_count(m->positions), tool_count((uint64_t)m->n_candidates * m->n_openings));
	(void)printf("  taxonomy: %s, %s occupations and groups, %s skills\n", lg_taxonomy_version(m->taxonomy),
	             tool_count(f->setup.concepts), tool_count(f->setup.skills));
	(void)printf("  generate %8.2f CPU s\n  read     %8.2f CPU s\n", f->cpu_generate, f->cpu_read);
}
