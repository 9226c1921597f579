/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/*
 * The market as tables for PostgreSQL's COPY, in terms that spare it all work that the engine does once: places are
 * whole numbers, weights are points, groups are spelled out. With them the engine's own answers and times.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "bench.h"
#include "tool.h"

enum { STEP = 25, STEPS = 1001 };

static FILE *open_table(const char *folder, const char *name)
{
	char path[4096];
	(void)snprintf(path, sizeof path, "%s/%s.tsv", folder, name);
	FILE *f = fopen(path, "we");
	if (!f) tool_die("%s could not be written", path);
	return f;
}

static void close_table(FILE *f)
{
	if (ferror(f) || fclose(f)) tool_die("a table could not be written");
}

/* --- columns; each writes the tab before it --- */

static void put_int(FILE *f, int64_t v) { (void)fprintf(f, "\t%" PRId64, v); }

/* A list {1,2,3}, member by member. */
struct list {
	FILE *f;
	bool begun;
};

static struct list list_begin(FILE *f)
{
	(void)fputs("\t{", f);
	return (struct list){ f, false };
}

static void list_add(struct list *l, unsigned v)
{
	(void)fprintf(l->f, l->begun ? ",%u" : "%u", v);
	l->begun = true;
}

static void list_end(const struct list *l) { (void)fputc('}', l->f); }

static void put_list(FILE *f, const uint16_t *v, size_t n)
{
	struct list l = list_begin(f);
	for (size_t i = 0; i < n; i++) list_add(&l, v[i]);
	list_end(&l);
}

static void put_week(FILE *f, const struct lgm_week *w)
{
	(void)fputc('\t', f);
	for (unsigned i = 0; i < LGM_WEEK_SLOTS; i++) (void)fputc('0' + (int)(w->bits[i / 64] >> (i % 64) & 1), f);
}

static void put_place(FILE *f, const struct lgm_place *p) { (void)fprintf(f, "\t%d\t%d\t%d", p->x, p->y, p->z); }

/* --- candidates --- */

static void put_experience(FILE *f, const struct lgm_candidate *c)
{
	struct list l = list_begin(f);
	for (size_t i = 0; i < c->n_occupations; i++) list_add(&l, c->occupations[i].occupation);
	list_end(&l);
	l = list_begin(f);
	for (size_t i = 0; i < c->n_occupations; i++)
		list_add(&l, c->occupations[i].years < 4 ? c->occupations[i].years : 4);
	list_end(&l);
}

/* One level for each language of the market; 0 is none. */
static void put_levels(FILE *f, const struct lgm_candidate *c, size_t languages)
{
	uint16_t level[256] = { 0 };
	for (size_t i = 0; i < c->n_languages; i++) level[c->languages[i].language] = c->languages[i].level;
	put_list(f, level, languages);
}

static void put_licences(FILE *f, const struct lgm_candidate *c, bool pending_too)
{
	struct list l = list_begin(f);
	for (size_t i = 0; i < c->n_licences; i++)
		if (c->licences[i].held || pending_too) list_add(&l, c->licences[i].licence);
	list_end(&l);
}

static void put_candidate(FILE *f, const struct lgm_candidate *c, const struct lgm_setup *s)
{
	(void)fprintf(f, "%" PRIu32, c->id);
	put_place(f, &c->place);
	put_int(f, c->commute);
	put_int(f, c->start);
	put_int(f, c->contracts);
	put_int(f, c->hours_min);
	put_int(f, c->hours_max);
	put_week(f, &c->free);
	put_experience(f, c);
	put_list(f, c->skills, c->n_skills);
	put_list(f, c->wishes, c->n_wishes);
	put_levels(f, c, s->languages);
	put_licences(f, c, false);
	put_licences(f, c, true);
	(void)fputc('\n', f);
}

static void dump_candidates(const struct field *f, const char *folder)
{
	FILE *out = open_table(folder, "candidate");
	for (size_t i = 0; i < f->market->n_candidates; i++)
		if (f->market->candidates[i].wants_work) put_candidate(out, &f->market->candidates[i], &f->setup);
	close_table(out);
}

/* --- openings --- */

static size_t add_points(uint16_t *skills, uint16_t *points, unsigned weight, const struct lgm_skill *skill, size_t n)
{
	lgm_skill_points((uint16_t)weight, skill, n, points);
	for (size_t i = 0; i < n; i++) skills[i] = skill[i].skill;
	return n;
}

/* Essential and optional together: their skills differ, and their points add up. */
static void put_skills(FILE *f, const struct lgm_opening *o, const struct lgm_setup *s)
{
	uint16_t skills[2 * UINT8_MAX], points[2 * UINT8_MAX];
	size_t n = add_points(skills, points, s->weight[LGM_ESSENTIAL], o->essential, o->n_essential);
	n += add_points(skills + n, points + n, s->weight[LGM_OPTIONAL], o->optional, o->n_optional);
	put_list(f, skills, n);
	put_list(f, points, n);
}

/* Every concept in which one of its occupations lies. */
static void put_groups(FILE *f, const struct lgm_opening *o, const struct lgm_setup *s)
{
	bool *inside = tool_get((size_t)s->concepts + 1, sizeof *inside);
	struct list l = list_begin(f);
	for (size_t i = 0; i < o->n_occupations; i++) {
		uint16_t concept = o->occupations[i];
		inside[concept] = true;
		while (s->parent[concept] != concept) inside[concept = s->parent[concept]] = true;
	}
	for (unsigned c = 0; c < s->concepts; c++)
		if (inside[c]) list_add(&l, c);
	list_end(&l);
	free(inside);
}

static void put_needs(FILE *f, const struct lgm_opening *o)
{
	struct list l = list_begin(f);
	for (size_t i = 0; i < o->n_languages; i++) list_add(&l, o->languages[i].language);
	list_end(&l);
	l = list_begin(f);
	for (size_t i = 0; i < o->n_languages; i++) list_add(&l, o->languages[i].level);
	list_end(&l);
	put_list(f, o->licences, o->n_licences);
}

static unsigned count_slots(const struct lgm_week *w)
{
	unsigned n = 0;
	for (size_t i = 0; i < 6; i++) n += (unsigned)__builtin_popcountll(w->bits[i]);
	return n;
}

/* What an opening gives everybody because it asks nothing: half of that part. */
static unsigned half_points(const struct lgm_opening *o, const struct lgm_setup *s)
{
	unsigned sum = o->n_occupations ? 0 : s->weight[LGM_OCCUPATION] / 2u;
	sum += o->n_essential ? 0 : s->weight[LGM_ESSENTIAL] / 2u;
	sum += o->n_optional ? 0 : s->weight[LGM_OPTIONAL] / 2u;
	sum += o->n_languages ? 0 : s->weight[LGM_SURPLUS] / 2u;
	sum += count_slots(&o->schedule) ? 0 : s->weight[LGM_SCHEDULE] / 2u;
	return sum;
}

static int64_t latest_start(const struct lgm_opening *o, const struct lgm_setup *s)
{
	int64_t latest = o->start == LGM_NO_DATE ? INT32_MAX : (int64_t)o->start + s->start_grace_days;
	return latest < INT32_MAX ? latest : INT32_MAX;
}

static void put_opening(FILE *f, const struct lgm_opening *o, const struct lgm_setup *s)
{
	(void)fprintf(f, "%" PRIu32, o->id);
	put_place(f, &o->place);
	put_int(f, o->remote);
	put_int(f, latest_start(o, s));
	put_int(f, o->contract);
	put_int(f, o->hours == LGM_NO_HOURS ? -1 : o->hours);
	put_int(f, o->assistant_allowed);
	put_int(f, count_slots(&o->schedule));
	put_int(f, half_points(o, s));
	put_week(f, &o->schedule);
	put_list(f, o->occupations, o->n_occupations);
	put_groups(f, o, s);
	put_skills(f, o, s);
	put_needs(f, o);
	(void)fputc('\n', f);
}

static void dump_openings(const struct field *f, const char *folder)
{
	FILE *out = open_table(folder, "opening");
	for (size_t i = 0; i < f->market->n_openings; i++) put_opening(out, &f->market->openings[i], &f->setup);
	close_table(out);
}

/* --- the tables that both sides share --- */

/* One row for each concept that is an occupation of an opening: how much of it each other one can do. */
static void dump_closeness(const struct field *f, const char *folder)
{
	size_t n = f->setup.concepts;
	bool *used = tool_get(n + 1, sizeof *used);
	for (size_t i = 0; i < f->market->n_openings; i++)
		for (size_t k = 0; k < f->market->openings[i].n_occupations; k++)
			used[f->market->openings[i].occupations[k]] = true;
	FILE *out = open_table(folder, "closeness");
	for (size_t b = 0; b < n; b++) {
		if (!used[b]) continue;
		(void)fprintf(out, "%zu", b);
		struct list l = list_begin(out);
		for (size_t a = 0; a < n; a++) list_add(&l, f->setup.closeness[b * n + a]);
		list_end(&l);
		(void)fputc('\n', out);
	}
	close_table(out);
	free(used);
}

/* Points by steps of 250 m, as the engine's reference gives them. */
static void put_decay(FILE *out, const struct lgm_setup *s)
{
	struct list l = list_begin(out);
	for (int32_t step = 0; step < STEPS; step++) {
		struct lgm_candidate c = { .hours_max = 1 };
		struct lgm_opening o = { .positions = 1, .place = { step * STEP, 0, 0 } };
		struct lgm_verdict v;
		lgm_compare(s, &c, &o, &v);
		list_add(&l, v.part[LGM_DISTANCE]);
	}
	list_end(&l);
}

static void dump_setup(const struct field *f, const char *folder)
{
	const struct lgm_setup *s = &f->setup;
	FILE *out = open_table(folder, "setup");
	(void)fprintf(out, "%u", s->weight[LGM_OCCUPATION]);
	put_int(out, s->weight[LGM_SURPLUS]);
	put_int(out, s->weight[LGM_DISTANCE]);
	put_int(out, s->weight[LGM_WISH]);
	put_int(out, s->weight[LGM_SCHEDULE]);
	put_int(out, s->min_schedule_percent);
	put_int(out, s->skills);
	put_decay(out, s);
	(void)fputc('\n', out);
	close_table(out);
}

/* --- the engine's answers; each question twice, the second is timed, as with PostgreSQL --- */

static void answer(FILE *out, const struct field *f, const struct lgm_index *ix, uint32_t opening)
{
	const struct lgm_opening *o = &f->market->openings[opening];
	struct lgm_hit hits[TOP];
	(void)lgm_best_candidates(ix, o, hits, TOP, NULL);
	double begun = tool_cpu();
	size_t n = lgm_best_candidates(ix, o, hits, TOP, NULL);
	(void)fprintf(out, "%" PRIu32 "\t%.3f\t", opening, (tool_cpu() - begun) * 1e6);
	for (size_t i = 0; i < n; i++)
		(void)fprintf(out, i ? " %" PRIu32 ":%u" : "%" PRIu32 ":%u", hits[i].id, hits[i].score);
	(void)fputc('\n', out);
}

static void dump_answers(const struct field *f, const char *folder, size_t sample)
{
	struct lgm_index *ix = bench_index(f);
	FILE *out = open_table(folder, "answer");
	for (size_t i = 0; i < sample; i++) answer(out, f, ix, tool_pick(i, sample, f->market->n_openings));
	close_table(out);
	lgm_index_free(ix);
}

void dump(const struct field *f, const char *folder, size_t sample)
{
	dump_candidates(f, folder);
	dump_openings(f, folder);
	dump_closeness(f, folder);
	dump_setup(f, folder);
	dump_answers(f, folder, sample);
}
