/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "market/verify.h"

#include "market/demands.h"

static void find(struct verify_report *r, struct verify_finding f)
{
	r->found[f.kind]++;
	if (r->n_examples < VERIFY_EXAMPLES) r->examples[r->n_examples++] = f;
}

/* --- the placement */

static void check_pair(const struct verify *v, const struct verify_pair *p, struct verify_report *r)
{
	struct lgm_verdict w;
	lgm_compare(v->setup, &v->candidates[p->candidate], &v->openings[p->opening], &w);
	if (w.failed) find(r, (struct verify_finding){ VERIFY_INFEASIBLE, p->candidate, p->opening, w.failed, 0 });
	if (w.score < v->setup->reserve)
		find(r,
		     (struct verify_finding){ VERIFY_RESERVE, p->candidate, p->opening, w.score, v->setup->reserve });
	if (w.score != p->score)
		find(r, (struct verify_finding){ VERIFY_SCORE, p->candidate, p->opening, p->score, w.score });
}

void verify_pairs(const struct verify *v, uint32_t *times_placed, uint32_t *taken, struct verify_report *r)
{
	for (size_t i = 0; i < v->n_pairs; i++) {
		const struct verify_pair *p = &v->pairs[i];
		check_pair(v, p, r);
		times_placed[p->candidate]++;
		taken[p->opening]++;
	}
	for (uint32_t c = 0; c < v->n_candidates; c++)
		if (times_placed[c] > 1)
			find(r, (struct verify_finding){ VERIFY_REPEATED, c, VERIFY_NOBODY, times_placed[c], 1 });
	for (uint32_t o = 0; o < v->n_openings; o++)
		if (taken[o] > v->openings[o].positions)
			find(r, (struct verify_finding){ VERIFY_OVERFULL, VERIFY_NOBODY, o, taken[o],
			                                 v->openings[o].positions });
}

/* --- the duals */

/* The bonus is not taken on trust: one person more must outweigh all scores of everybody else. */
static void check_bonus(const struct verify *v, struct verify_report *r)
{
	uint64_t places = 0, most;
	for (size_t o = 0; o < v->n_openings; o++) places += v->openings[o].positions;
	most = 10000 * (places < v->n_candidates ? places : v->n_candidates);
	bool right = v->people ? v->bonus > (int64_t)most : v->bonus == 0;
	int64_t should = v->people ? (int64_t)most + 1 : 0;
	if (!right) find(r, (struct verify_finding){ VERIFY_BONUS, VERIFY_NOBODY, VERIFY_NOBODY, v->bonus, should });
}

static void check_dual(struct verify_report *r, uint32_t candidate, uint32_t opening, int64_t dual, bool idle)
{
	if (dual < 0) find(r, (struct verify_finding){ VERIFY_NEGATIVE, candidate, opening, dual, 0 });
	if (idle && dual != 0) find(r, (struct verify_finding){ VERIFY_IDLE, candidate, opening, dual, 0 });
}

/* @return false: too large a sum for a certificate */
static bool add(int64_t *sum, int64_t times, int64_t each)
{
	int64_t product;
	return !__builtin_mul_overflow(times, each, &product) && !__builtin_add_overflow(*sum, product, sum);
}

static void check_sums(const struct verify *v, struct verify_report *r)
{
	int64_t weights = 0, duals = 0;
	bool fits = true;
	for (size_t i = 0; i < v->n_pairs; i++)
		fits = fits && add(&weights, 1, v->bonus) && add(&weights, 1, v->pairs[i].score);
	for (size_t c = 0; c < v->n_candidates; c++) fits = fits && add(&duals, 1, v->u[c]);
	for (size_t o = 0; o < v->n_openings; o++) fits = fits && add(&duals, v->openings[o].positions, v->v[o]);
	if (!fits || weights != duals)
		find(r, (struct verify_finding){ VERIFY_GAP, VERIFY_NOBODY, VERIFY_NOBODY, weights, duals });
}

void verify_duals(const struct verify *v, const uint32_t *times_placed, const uint32_t *taken, struct verify_report *r)
{
	check_bonus(v, r);
	for (uint32_t c = 0; c < v->n_candidates; c++) check_dual(r, c, VERIFY_NOBODY, v->u[c], !times_placed[c]);
	for (uint32_t o = 0; o < v->n_openings; o++)
		check_dual(r, VERIFY_NOBODY, o, v->v[o], taken[o] < v->openings[o].positions);
	check_sums(v, r);
}

/* --- every feasible pair is covered */

struct verify_near verify_near(const struct lgm_setup *s, const struct lgm_opening *o)
{
	return (struct verify_near){ o->place.x, o->place.y,          o->place.z,  o->start,
		                     o->hours,   demands_slots(s, o), o->contract, o->remote };
}

bool verify_far(const struct lgm_setup *s, const struct lgm_candidate *c, const struct verify_near *o)
{
	int64_t x = (int64_t)c->place.x - o->x, y = (int64_t)c->place.y - o->y, z = (int64_t)c->place.z - o->z;
	if (!o->remote && x * x + y * y + z * z > (int64_t)c->commute * c->commute) return true;
	if (!(c->contracts >> o->contract & 1u)) return true;
	if (o->hours != LGM_NO_HOURS && (o->hours < c->hours_min || o->hours > c->hours_max)) return true;
	return c->start != LGM_NO_DATE && o->start != LGM_NO_DATE &&
	       (int64_t)c->start > (int64_t)o->start + s->start_grace_days;
}

static void check_cover(const struct verify *v, const struct demands_person *p, uint32_t c, uint32_t o,
                        struct verify_report *r)
{
	struct lgm_verdict w;
	int64_t sum;
	if (verify_far(v->setup, p->c, &v->near[o])) return;
	if (demands_failed(v->setup, p, &v->openings[o], v->near[o].slots)) return;
	bool fits = !__builtin_add_overflow(v->u[c], v->v[o], &sum);
	if (fits && sum >= v->bonus + 10000) return; /* more than any weight */
	lgm_compare(v->setup, &v->candidates[c], &v->openings[o], &w);
	if (w.failed || w.score < v->setup->reserve || (fits && sum >= v->bonus + w.score)) return;
	find(r, (struct verify_finding){ VERIFY_UNCOVERED, c, o, fits ? sum : 0, v->bonus + w.score });
}

void verify_cover(const struct verify *v, size_t from, size_t to, struct verify_report *r)
{
	for (size_t c = from; c < to; c++) {
		r->looked_at += v->n_openings;
		if (!v->candidates[c].wants_work) continue;
		struct demands_person p;
		demands_person(&p, &v->candidates[c]);
		for (size_t o = 0; o < v->n_openings; o++) check_cover(v, &p, (uint32_t)c, (uint32_t)o, r);
	}
}

/* Steele, Lea, Flood 2014: splitmix64. */
static uint64_t draw(uint64_t *state)
{
	uint64_t z = *state += 0x9E3779B97F4A7C15u;
	z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
	z = (z ^ z >> 27) * 0x94D049BB133111EBu;
	return z ^ z >> 31;
}

void verify_sample(const struct verify *v, size_t from, size_t to, uint64_t n, uint64_t seed, struct verify_report *r)
{
	if (!v->n_candidates) return;
	for (size_t o = from; o < to; o++) {
		uint64_t state = seed ^ (o + 1) * 0xD6E8FEB86659FD93u;
		for (uint64_t i = 0; i < n; i++) {
			struct demands_person p;
			uint32_t c = (uint32_t)(draw(&state) % v->n_candidates);
			demands_person(&p, &v->candidates[c]);
			check_cover(v, &p, c, (uint32_t)o, r);
		}
		r->looked_at += n;
	}
}

void verify_merge(struct verify_report *into, const struct verify_report *from)
{
	for (int k = 0; k < VERIFY_KINDS; k++) into->found[k] += from->found[k];
	for (size_t i = 0; i < from->n_examples && into->n_examples < VERIFY_EXAMPLES; i++)
		into->examples[into->n_examples++] = from->examples[i];
	into->looked_at += from->looked_at;
}

uint64_t verify_found(const struct verify_report *r)
{
	uint64_t sum = 0;
	for (int k = 0; k < VERIFY_KINDS; k++) sum += r->found[k];
	return sum;
}
