/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "invented.h"

#include <stdlib.h>
#include <string.h>

enum { CONCEPTS = 120, SKILLS = 90, LANGUAGES = 7, LICENCES = 5, LISTS = 24 };

struct piece {
	struct piece *next;
};
struct owned {
	struct invented m;
	struct piece *pieces;
};

/* splitmix64: Steele, Lea, Flood 2014 */
uint64_t invented_random(uint64_t *state)
{
	uint64_t z = (*state += 0x9E3779B97F4A7C15ull);
	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
	return z ^ (z >> 31);
}

static unsigned below(uint64_t *r, unsigned n) { return (unsigned)(invented_random(r) >> 33) % n; }

static void *take(struct invented *m, size_t size)
{
	struct piece *p = calloc(1, sizeof *p + 8 + size);
	if (!p) abort();
	p->next = ((struct owned *)m)->pieces;
	((struct owned *)m)->pieces = p;
	return p + 1;
}

/* n different numbers below `limit`, ascending, kept for as long as the market. */
static uint16_t *draw(struct invented *m, uint64_t *r, uint16_t *n, unsigned most, unsigned limit)
{
	bool in[256] = { false };
	uint16_t *list = take(m, LISTS * sizeof *list), len = 0;
	for (unsigned i = below(r, most + 1); i; i--) in[below(r, limit)] = true;
	for (unsigned v = 0; v < limit; v++)
		if (in[v]) list[len++] = (uint16_t)v;
	*n = len;
	return list;
}

static void vocabulary(struct invented *m, uint64_t *r)
{
	uint16_t *parent = take(m, CONCEPTS * sizeof *parent);
	uint8_t *closeness = take(m, (size_t)CONCEPTS * CONCEPTS);
	for (unsigned a = 0; a < CONCEPTS; a++) {
		parent[a] = (uint16_t)(a < 4 ? a : a < 16 ? a % 4 : a < 40 ? 4 + a % 12 : 16 + a % 24);
		for (unsigned b = 0; b < CONCEPTS; b++)
			closeness[a * CONCEPTS + b] = (uint8_t)(a == b        ? 100
			                                        : below(r, 3) ? below(r, 20)
			                                                      : below(r, 100));
	}
	m->setup = lgm_setup_default();
	m->setup.concepts = CONCEPTS;
	m->setup.skills = SKILLS;
	m->setup.languages = LANGUAGES;
	m->setup.licences = LICENCES;
	m->setup.parent = parent;
	m->setup.closeness = closeness;
}

static struct lgm_place somewhere(uint64_t *r)
{
	struct lgm_place p;
	bool far = below(r, 25) == 0; /* another continent now and then */
	int32_t lat = 55000000 + (int32_t)below(r, 700000), lon = 11000000 + (int32_t)below(r, 900000);
	if (!lgm_place_at(&p, far ? -lat / 2 : lat, far ? -lon * 9 : lon)) abort();
	return p;
}

static void fill_week(struct lgm_week *week, uint64_t *r, unsigned first, unsigned hours)
{
	for (unsigned day = 0; day < 7; day++) {
		if (below(r, 4) == 0) continue;
		for (unsigned h = first + below(r, 6); h < first + hours && h < 48; h++)
			week->bits[(day * 48 + h) / 64] |= 1ull << ((day * 48 + h) % 64);
	}
}

static struct lgm_language *languages(struct invented *m, uint64_t *r, uint16_t *n, unsigned most, unsigned top)
{
	uint16_t *which = draw(m, r, n, most, LANGUAGES);
	struct lgm_language *list = take(m, LISTS * sizeof *list);
	for (unsigned i = 0; i < *n; i++)
		list[i] = (struct lgm_language){ (uint8_t)which[i], (uint8_t)(1 + below(r, top)) };
	return list;
}

struct lgm_candidate invented_candidate(struct invented *m, uint64_t seed, uint32_t id)
{
	uint64_t r = seed;
	struct lgm_candidate c = { .id = id,
		                   .place = somewhere(&r),
		                   .commute = below(&r, 30) ? 500 + below(&r, 6000) : 0 };
	c.start = below(&r, 5) ? (int32_t)below(&r, 300) - 60 : LGM_NO_DATE;
	c.contracts = (uint16_t)(below(&r, 1u << LGM_CONTRACTS) | below(&r, 1u << LGM_CONTRACTS));
	c.hours_min = (uint16_t)(below(&r, 3) ? below(&r, 250) : 0);
	c.hours_max = (uint16_t)(below(&r, 3) ? c.hours_min + below(&r, 200) : 1680);
	c.wants_work = below(&r, 20) != 0;
	if (below(&r, 3))
		fill_week(&c.free, &r, 12, 30);
	else
		for (unsigned i = 0; i < LGM_WEEK_SLOTS; i++) c.free.bits[i / 64] |= 1ull << (i % 64);
	uint16_t *list = draw(m, &r, &c.n_occupations, 4, CONCEPTS);
	struct lgm_experience *jobs = take(m, LISTS * sizeof *jobs);
	for (unsigned i = 0; i < c.n_occupations; i++)
		jobs[i] = (struct lgm_experience){ list[i], (uint8_t)below(&r, 9) };
	c.occupations = jobs;
	c.skills = draw(m, &r, &c.n_skills, 20, SKILLS);
	c.languages = languages(m, &r, &c.n_languages, 4, LGM_NATIVE);
	uint16_t *papers = draw(m, &r, &c.n_licences, 3, LICENCES);
	struct lgm_licence *licences = take(m, LISTS * sizeof *licences);
	for (unsigned i = 0; i < c.n_licences; i++) licences[i] = (struct lgm_licence){ papers[i], below(&r, 2) != 0 };
	c.licences = licences;
	c.wishes = draw(m, &r, &c.n_wishes, 3, CONCEPTS);
	return c;
}

static struct lgm_skill *weighted(struct invented *m, uint64_t *r, const uint16_t *which, uint16_t *n, unsigned rest)
{
	struct lgm_skill *list = take(m, LISTS * sizeof *list);
	uint16_t len = 0;
	for (unsigned i = 0; i < *n; i++)
		if (which[i] % 2u == rest) list[len++] = (struct lgm_skill){ which[i], (uint16_t)(1 + below(r, 900)) };
	*n = len;
	return list;
}

struct lgm_opening invented_opening(struct invented *m, uint64_t seed, uint32_t id)
{
	uint64_t r = seed;
	struct lgm_opening o = { .id = id, .place = somewhere(&r) };
	o.start = below(&r, 5) ? (int32_t)below(&r, 300) - 30 : LGM_NO_DATE;
	o.contract = (uint8_t)below(&r, LGM_CONTRACTS);
	o.hours = (uint16_t)(below(&r, 3) ? 100 + below(&r, 300) : LGM_NO_HOURS);
	o.remote = below(&r, 15) == 0;
	o.assistant_allowed = below(&r, 2) != 0;
	o.positions = (uint16_t)(below(&r, 3) ? 1 : 1 + below(&r, 6));
	if (below(&r, 3)) fill_week(&o.schedule, &r, 14, 20);
	o.occupations = draw(m, &r, &o.n_occupations, 2, CONCEPTS);
	uint16_t *which = draw(m, &r, &o.n_essential, 14, SKILLS);
	o.n_optional = o.n_essential;
	o.essential = weighted(m, &r, which, &o.n_essential, 0);
	o.optional = weighted(m, &r, which, &o.n_optional, 1);
	o.languages = languages(m, &r, &o.n_languages, 2, LGM_A2);
	if (below(&r, 3) == 0) o.licences = draw(m, &r, &o.n_licences, 2, LICENCES);
	return o;
}

struct invented *invented_new(uint64_t seed, size_t candidates, size_t openings)
{
	struct owned *o = calloc(1, sizeof *o);
	if (!o) abort();
	struct invented *m = &o->m;
	vocabulary(m, &seed);
	m->n_candidates = candidates;
	m->n_openings = openings;
	m->candidates = take(m, candidates * sizeof *m->candidates);
	m->openings = take(m, openings * sizeof *m->openings);
	for (size_t i = 0; i < candidates; i++)
		m->candidates[i] = invented_candidate(m, invented_random(&seed), (uint32_t)i * 7 + 3);
	for (size_t i = 0; i < openings; i++)
		m->openings[i] = invented_opening(m, invented_random(&seed), (uint32_t)i * 3 + 1);
	return m;
}

void invented_free(struct invented *m)
{
	struct owned *o = (struct owned *)m;
	for (struct piece *p = o->pieces, *next; p; p = next) {
		next = p->next;
		free(p);
	}
	free(o);
}

void invented_ease(struct invented *m)
{
	for (size_t i = 0; i < m->n_openings; i++) {
		struct lgm_opening *o = &m->openings[i];
		o->place = m->openings[0].place;
		o->n_licences = 0;
		if (o->n_essential > i % 3) o->n_essential = (uint16_t)(i % 3);
		if (i % 2) o->n_optional = 0;
		if (i % 5) o->n_languages = 0;
	}
	for (size_t i = 0; i < m->n_candidates; i++) {
		struct lgm_candidate *c = &m->candidates[i];
		c->place = m->openings[0].place;
		c->commute = 3000;
		c->start = LGM_NO_DATE;
		c->contracts = (1u << LGM_CONTRACTS) - 1;
		c->hours_min = 0, c->hours_max = 1680;
		c->wants_work = true;
	}
}
