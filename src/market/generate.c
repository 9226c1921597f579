/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "market/generate.h"

#include "market/generate_world.h"

enum { ROWS_A_CALL = 4096 };

/** One of the two files: how far it is, and how its lines are made. */
struct side {
	uint64_t next, end;
	bool begun;
	void (*header)(struct lg_buf *out);
	void (*row)(const struct lg_world *w, uint64_t number, struct lg_buf *out, struct lg_buf *cell);
};

struct lg_generator {
	const struct lg_world *world;
	struct lg_buf cell;
	struct side candidates, openings;
};

static void free_cell(void *cell) { lg_buf_free(cell); }

struct lg_generator *lg_generator_new(struct lg_ctx *cx, const struct lg_taxonomy *taxonomy, const char *area,
                                      uint64_t seed, uint64_t candidates, uint64_t openings)
{
	const struct lg_world *world = lg_world_new(cx, taxonomy, area, seed, candidates, openings);
	if (!world) return NULL;
	struct lg_generator *g = lg_alloc(cx->mem, sizeof *g);
	g->world = world;
	g->candidates = (struct side){ 0, candidates, false, lg_candidate_header, lg_candidate_row };
	g->openings = (struct side){ 0, openings, false, lg_opening_header, lg_opening_row };
	lg_defer(cx->mem, free_cell, &g->cell);
	return g;
}

/* The header or rows, whatever comes next. */
static bool next_lines(struct lg_generator *g, struct side *s, struct lg_buf *out)
{
	if (s->begun && s->next == s->end) return false;
	if (!s->begun) s->header(out);
	s->begun = true;
	uint64_t left = s->end - s->next, end = s->next + (left < ROWS_A_CALL ? left : ROWS_A_CALL);
	for (; s->next < end; s->next++) s->row(g->world, s->next, out, &g->cell);
	return true;
}

bool lg_generate_candidates(struct lg_generator *g, struct lg_buf *out) { return next_lines(g, &g->candidates, out); }
bool lg_generate_openings(struct lg_generator *g, struct lg_buf *out) { return next_lines(g, &g->openings, out); }
