/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_TEST_INTAKE_FIXTURE_H
#define LG_TEST_INTAKE_FIXTURE_H
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "market/market.h"

/** One reading: a context, the built-in taxonomy and an intake. Use scene_begin and scene_end around each. */
struct scene {
	struct lg_ctx cx;
	struct lg_taxonomy *taxonomy;
	struct lg_intake *in;
	struct lg_market *m;
};

static inline void scene_begin(struct scene *s)
{
	*s = (struct scene){ .cx = { .mem = lg_arena_new(0, NULL) } };
	assert_int_equal(lg_taxonomy_builtin(&s->cx, &s->taxonomy), LG_OK);
	s->in = lg_intake_new(&s->cx, s->taxonomy);
}

static inline void scene_end(struct scene *s) { lg_arena_free(s->cx.mem); }

/** Read a file's text in pieces of `step` bytes. */
static inline enum lg_err scene_file(struct scene *s, enum lg_side side, const char *name, const char *text, size_t n,
                                     size_t step)
{
	enum lg_err err = LG_OK;
	lg_intake_file(s->in, side, name);
	for (size_t i = 0; i < n && err == LG_OK; i += step)
		err = lg_intake_feed(s->in, text + i, n - i < step ? n - i : step);
	enum lg_err end = lg_intake_file_end(s->in);
	if (err != LG_OK) assert_int_equal(end, err);
	return end;
}

static inline const struct lg_market *scene_market(struct scene *s)
{
	assert_int_equal(lg_intake_end(s->in, &s->m), LG_OK);
	struct lgm_setup setup = lg_market_setup(s->m);
	assert_null(lgm_setup_fault(&setup));
	for (size_t i = 0; i < s->m->n_candidates; i++) {
		assert_null(lgm_candidate_fault(&setup, &s->m->candidates[i]));
		assert_int_equal(s->m->candidates[i].id, i);
	}
	for (size_t i = 0; i < s->m->n_openings; i++) {
		assert_null(lgm_opening_fault(&setup, &s->m->openings[i]));
		assert_int_equal(s->m->openings[i].id, i);
	}
	return s->m;
}

static inline void dump_week(struct lg_buf *b, const struct lgm_week *w)
{
	for (size_t i = 0; i < 6; i++) lg_putf(b, " %llx", (unsigned long long)w->bits[i]);
}

static inline void dump_candidate(struct lg_buf *b, const struct lg_market *m, size_t at)
{
	const struct lgm_candidate *c = &m->candidates[at];
	const struct lg_row *r = &m->candidate_rows[at];
	lg_putf(b, "%s|%s|%s| %d %d %d c%u s%d k%x h%u-%u w%d\n", r->id, r->municipality, r->legal_basis, c->place.x,
	        c->place.y, c->place.z, c->commute, c->start, c->contracts, c->hours_min, c->hours_max, c->wants_work);
	for (size_t i = 0; i < c->n_occupations; i++)
		lg_putf(b, " o%s=%u", lg_taxonomy_code(m->taxonomy, c->occupations[i].occupation),
		        c->occupations[i].years);
	for (size_t i = 0; i < c->n_skills; i++) lg_putf(b, " s%u", c->skills[i]);
	for (size_t i = 0; i < c->n_languages; i++)
		lg_putf(b, " %s=%s", m->languages[c->languages[i].language], lg_level_name(c->languages[i].level));
	for (size_t i = 0; i < c->n_licences; i++)
		lg_putf(b, " %s=%d", m->licences[c->licences[i].licence], c->licences[i].held);
	for (size_t i = 0; i < c->n_wishes; i++) lg_putf(b, " w%s", lg_taxonomy_code(m->taxonomy, c->wishes[i]));
	dump_week(b, &c->free);
	lg_putc(b, '\n');
}

static inline void dump_opening(struct lg_buf *b, const struct lg_market *m, size_t at)
{
	const struct lgm_opening *o = &m->openings[at];
	const struct lg_row *r = &m->opening_rows[at];
	lg_putf(b, "%s|%s|%s| %d %d %d s%d k%u h%u r%d a%d p%u\n", r->id, r->municipality, r->employer, o->place.x,
	        o->place.y, o->place.z, o->start, o->contract, o->hours, o->remote, o->assistant_allowed, o->positions);
	for (size_t i = 0; i < o->n_occupations; i++)
		lg_putf(b, " o%s", lg_taxonomy_code(m->taxonomy, o->occupations[i]));
	for (size_t i = 0; i < o->n_essential; i++)
		lg_putf(b, " e%u*%u", o->essential[i].skill, o->essential[i].weight);
	for (size_t i = 0; i < o->n_optional; i++) lg_putf(b, " x%u*%u", o->optional[i].skill, o->optional[i].weight);
	for (size_t i = 0; i < o->n_languages; i++)
		lg_putf(b, " %s=%s", m->languages[o->languages[i].language], lg_level_name(o->languages[i].level));
	for (size_t i = 0; i < o->n_licences; i++) lg_putf(b, " %s", m->licences[o->licences[i]]);
	dump_week(b, &o->schedule);
	lg_putc(b, '\n');
}

/** All of a market but lines and files, as text. The caller frees it. */
static inline struct lg_buf dump(const struct lg_market *m)
{
	struct lg_buf b = { 0 };
	for (size_t i = 0; i < m->n_candidates; i++) dump_candidate(&b, m, i);
	for (size_t i = 0; i < m->n_openings; i++) dump_opening(&b, m, i);
	lg_putf(&b, "languages");
	for (size_t i = 0; i < m->n_languages; i++) lg_putf(&b, " %s", m->languages[i]);
	lg_putf(&b, "\nlicences");
	for (size_t i = 0; i < m->n_licences; i++) lg_putf(&b, " %s", m->licences[i]);
	lg_putf(&b, "\npositions %llu, rejected %zu\n", (unsigned long long)m->positions, m->n_rejections);
	return b;
}
#endif
