/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "plain.h"

#include <math.h>
#include <string.h>

#include "tool.h"

enum { STEP = 25, STEPS = 1001, LANGUAGES = 256 };

struct plain {
	const struct lg_market *m;
	struct lgm_setup setup;
	int32_t *x, *y, *z, *start;
	int64_t *reach2;
	uint16_t *contracts, *hours_min, *hours_max;
	uint64_t *held, *pending; /* licences as bits */
	uint8_t *wants;
	struct lgm_week *free;
	uint16_t points_distance[STEPS];
	uint16_t *points_skill; /* [skills] of the opening at hand */
	uint8_t *closeness;     /* [concepts] likewise */
};

#define MAKE(array) p->array = lg_array(mem, n + 1, sizeof *p->array)

static void fill(struct plain *p, size_t i, const struct lgm_candidate *c)
{
	p->x[i] = c->place.x;
	p->y[i] = c->place.y;
	p->z[i] = c->place.z;
	p->start[i] = c->start;
	p->reach2[i] = (int64_t)c->commute * c->commute;
	p->contracts[i] = c->contracts;
	p->hours_min[i] = c->hours_min;
	p->hours_max[i] = c->hours_max;
	p->wants[i] = c->wants_work;
	p->free[i] = c->free;
	for (size_t l = 0; l < c->n_licences; l++) {
		p->pending[i] |= 1ull << c->licences[l].licence;
		if (c->licences[l].held) p->held[i] |= 1ull << c->licences[l].licence;
	}
}

/* The engine's table of distances, read off its own comparison: a candidate and an opening so far apart. */
static void learn_distances(struct plain *p)
{
	struct lgm_candidate c = { .commute = LGM_COMMUTE_MAX };
	struct lgm_opening o = { .positions = 1, .hours = LGM_NO_HOURS };
	for (int32_t s = 0; s < STEPS; s++) {
		struct lgm_verdict v;
		o.place.x = s * STEP;
		lgm_compare(&p->setup, &c, &o, &v);
		p->points_distance[s] = v.part[LGM_DISTANCE];
	}
}

struct plain *plain_new(struct lg_arena *mem, const struct lg_market *m)
{
	struct plain *p = lg_alloc(mem, sizeof *p);
	size_t n = m->n_candidates;
	if (m->n_licences > 64) tool_die("the plain brute force has room for 64 licences, not for %u", m->n_licences);
	p->m = m;
	p->setup = lg_market_setup(m);
	MAKE(x), MAKE(y), MAKE(z), MAKE(start), MAKE(reach2), MAKE(contracts), MAKE(hours_min), MAKE(hours_max);
	MAKE(held), MAKE(pending), MAKE(wants), MAKE(free);
	p->points_skill = lg_array(mem, p->setup.skills + 1u, sizeof *p->points_skill);
	p->closeness = lg_array(mem, p->setup.concepts + 1u, 1);
	for (size_t i = 0; i < n; i++) fill(p, i, &m->candidates[i]);
	learn_distances(p);
	return p;
}

static void note_skills(struct plain *p, const struct lgm_skill *skills, size_t n, enum lgm_part part)
{
	uint16_t points[255];
	lgm_skill_points(p->setup.weight[part], skills, n, points);
	for (size_t i = 0; i < n; i++) p->points_skill[skills[i].skill] = points[i];
}

static void prepare(struct plain *p, const struct lgm_opening *o)
{
	memset(p->points_skill, 0, p->setup.skills * sizeof *p->points_skill);
	memset(p->closeness, 0, p->setup.concepts);
	note_skills(p, o->essential, o->n_essential, LGM_ESSENTIAL);
	note_skills(p, o->optional, o->n_optional, LGM_OPTIONAL);
	for (size_t b = 0; b < o->n_occupations; b++) {
		const uint8_t *row = p->setup.closeness + (size_t)o->occupations[b] * p->setup.concepts;
		for (size_t a = 0; a < p->setup.concepts; a++)
			if (row[a] > p->closeness[a]) p->closeness[a] = row[a];
	}
}

static unsigned level(const struct lgm_candidate *c, uint8_t language)
{
	for (size_t i = 0; i < c->n_languages; i++)
		if (c->languages[i].language == language) return c->languages[i].level;
	return 0;
}

static bool wished(const struct plain *p, const struct lgm_candidate *c, const struct lgm_opening *o)
{
	for (size_t b = 0; b < o->n_occupations; b++)
		for (uint16_t at = o->occupations[b];; at = p->setup.parent[at]) {
			for (size_t i = 0; i < c->n_wishes; i++)
				if (c->wishes[i] == at) return true;
			if (p->setup.parent[at] == at) break;
		}
	return false;
}

static unsigned half_if(bool silent, unsigned weight) { return silent ? weight / 2 : 0; }

static unsigned score(const struct plain *p, size_t i, const struct lgm_opening *o, int64_t d2, unsigned asked,
                      unsigned free)
{
	const struct lgm_candidate *c = &p->m->candidates[i];
	const uint16_t *weight = p->setup.weight;
	unsigned best = half_if(!o->n_occupations, weight[LGM_OCCUPATION]), steps = 0;
	for (size_t a = 0; a < c->n_occupations; a++) {
		unsigned years = c->occupations[a].years < 4 ? c->occupations[a].years : 4;
		unsigned points =
		    weight[LGM_OCCUPATION] * p->closeness[c->occupations[a].occupation] * (4 + years) / 800;
		if (points > best) best = points;
	}
	unsigned sum = best + half_if(!o->n_essential, weight[LGM_ESSENTIAL]) +
	               half_if(!o->n_optional, weight[LGM_OPTIONAL]) + half_if(!o->n_languages, weight[LGM_SURPLUS]);
	for (size_t s = 0; s < c->n_skills; s++) sum += p->points_skill[c->skills[s]];
	for (size_t l = 0; l < o->n_languages; l++) {
		unsigned above = level(c, o->languages[l].language) - o->languages[l].level;
		steps += above < 4 ? above : 4;
	}
	if (o->n_languages) sum += weight[LGM_SURPLUS] * (steps < 8 ? steps : 8) / 8;
	sum += o->remote ? weight[LGM_DISTANCE] : p->points_distance[(int64_t)sqrt((double)d2) / STEP];
	sum += !c->n_wishes ? weight[LGM_WISH] / 2u : wished(p, c, o) ? weight[LGM_WISH] : 0u;
	return sum + (asked ? weight[LGM_SCHEDULE] * free / asked : weight[LGM_SCHEDULE] / 2u);
}

static bool speaks(const struct lgm_candidate *c, const struct lgm_opening *o)
{
	for (size_t l = 0; l < o->n_languages; l++)
		if (level(c, o->languages[l].language) < o->languages[l].level) return false;
	return true;
}

static unsigned slots(const struct lgm_week *a, const struct lgm_week *b)
{
	unsigned n = 0;
	for (int i = 0; i < 6; i++) n += (unsigned)__builtin_popcountll(a->bits[i] & b->bits[i]);
	return n;
}

static size_t put(struct lgm_hit *hits, size_t n, size_t k, struct lgm_hit hit)
{
	if (n == k && hit.score <= hits[k - 1].score) return n; /* ids ascend: an equal score comes too late */
	size_t i = n < k ? n++ : k - 1;
	for (; i && hits[i - 1].score < hit.score; i--) hits[i] = hits[i - 1];
	hits[i] = hit;
	return n;
}

size_t plain_best_candidates(struct plain *p, uint32_t opening, struct lgm_hit *hits, size_t k)
{
	const struct lgm_opening *o = &p->m->openings[opening];
	int64_t latest = o->start == LGM_NO_DATE ? INT64_MAX : (int64_t)o->start + p->setup.start_grace_days;
	uint64_t needed = 0;
	unsigned asked = slots(&o->schedule, &o->schedule);
	size_t found = 0;
	prepare(p, o);
	for (size_t l = 0; l < o->n_licences; l++) needed |= 1ull << o->licences[l];
	const uint64_t *licences = o->assistant_allowed ? p->pending : p->held;
	for (size_t i = 0; i < p->m->n_candidates; i++) {
		int64_t dx = p->x[i] - o->place.x, dy = p->y[i] - o->place.y, dz = p->z[i] - o->place.z;
		int64_t d2 = dx * dx + dy * dy + dz * dz;
		if (!o->remote && d2 > p->reach2[i]) continue;
		if (needed & ~licences[i] || !(p->contracts[i] >> o->contract & 1u) || !p->wants[i]) continue;
		if (p->start[i] > latest) continue;
		if (o->hours != LGM_NO_HOURS && (o->hours < p->hours_min[i] || o->hours > p->hours_max[i])) continue;
		if (!speaks(&p->m->candidates[i], o)) continue;
		unsigned free = slots(&p->free[i], &o->schedule);
		if (free * 100 < asked * p->setup.min_schedule_percent) continue;
		uint16_t points = (uint16_t)score(p, i, o, d2, asked, free);
		if (points >= p->setup.reserve) found = put(hits, found, k, (struct lgm_hit){ (uint32_t)i, points });
	}
	return found;
}
