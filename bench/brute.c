/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "brute.h"

#include <math.h>
#include <string.h>

enum {
	BLOCK = 4096, /* candidates a round: the marks of one stay in the nearest cache */
	AHEAD = 8,    /* candidates fetched before they are looked at */
	CACHE_LINE = 64,
	STEP = 25, /* 250 m in steps of 10 m, as the engine's table of distances */
	STEPS = 1001,
	SLOT_WORDS = 6,
	WORST_YEARS = 4, /* more years count no more */
};

/** What scoring reads of one candidate, side by side. */
struct person {
	uint32_t id, skills, occupations, wishes; /* begin of its lists */
	uint32_t commute;
	struct lgm_place place;
	struct lgm_week free;
};

struct brute {
	const struct lg_market *market;
	struct lgm_setup setup;
	size_t n; /* candidates who want work; the others are not kept */

	/* one array for each demand */
	int32_t *x, *y, *z;
	float *reach; /* square of the commute, a little more */
	int32_t *start;
	uint16_t *contracts, *hours_min, *hours_max;
	uint8_t **level;                    /* [language][candidate] */
	uint64_t **held, **held_or_pending; /* [licence / 64][candidate] */

	struct person *person; /* [n + 1]; the last one ends the lists */
	uint16_t *skills;
	struct lgm_experience *occupations;
	uint16_t *wishes;

	uint32_t decay[STEPS]; /* points of the distance */
	/* scratch of the opening being served */
	uint8_t *mark;    /* [BLOCK] */
	uint32_t *left;   /* [BLOCK]: candidates who have a mark */
	uint16_t *points; /* [skills]: zero between calls */
	uint8_t *close;   /* [concepts]: per cent of the best of its occupations */
	uint8_t *wished;  /* [concepts]: an occupation of it lies in this group; zero between calls */
};

/* ----------------------------------------------------------------------------------------------- preparing */

/* The engine's decay, made anew: a fall to 79/80 each 250 m. */
static void fill_decay(struct brute *b)
{
	uint64_t decay = 1ull << 36;
	for (size_t i = 0; i < STEPS; i++, decay -= decay / 80)
		b->decay[i] = (uint32_t)(b->setup.weight[LGM_DISTANCE] * (decay >> 20) >> 16);
}

static void **planes(struct lg_arena *mem, size_t count, size_t n, size_t size)
{
	void **plane = lg_array(mem, count + 1, sizeof *plane);
	for (size_t i = 0; i < count; i++) plane[i] = lg_array(mem, n + 1, size);
	return plane;
}

static void allocate(struct brute *b, struct lg_arena *mem, const size_t lists[3])
{
	size_t n = b->n + 1, words = ((size_t)b->setup.licences + 63) / 64;
	b->x = lg_array(mem, n, sizeof *b->x);
	b->y = lg_array(mem, n, sizeof *b->y);
	b->z = lg_array(mem, n, sizeof *b->z);
	b->reach = lg_array(mem, n, sizeof *b->reach);
	b->start = lg_array(mem, n, sizeof *b->start);
	b->contracts = lg_array(mem, n, sizeof *b->contracts);
	b->hours_min = lg_array(mem, n, sizeof *b->hours_min);
	b->hours_max = lg_array(mem, n, sizeof *b->hours_max);
	b->level = (uint8_t **)planes(mem, b->setup.languages, n, sizeof **b->level);
	b->held = (uint64_t **)planes(mem, words, n, sizeof **b->held);
	b->held_or_pending = (uint64_t **)planes(mem, words, n, sizeof **b->held);
	b->person = lg_array(mem, n, sizeof *b->person);
	b->skills = lg_array(mem, lists[0] + 1, sizeof *b->skills);
	b->occupations = lg_array(mem, lists[1] + 1, sizeof *b->occupations);
	b->wishes = lg_array(mem, lists[2] + 1, sizeof *b->wishes);
	b->mark = lg_array(mem, BLOCK + sizeof(uint64_t), sizeof *b->mark);
	b->left = lg_array(mem, BLOCK, sizeof *b->left);
	b->points = lg_array(mem, (size_t)b->setup.skills + 1, sizeof *b->points);
	b->close = lg_array(mem, (size_t)b->setup.concepts + 1, sizeof *b->close);
	b->wished = lg_array(mem, (size_t)b->setup.concepts + 1, sizeof *b->wished);
}

static void add_demands(struct brute *b, size_t i, const struct lgm_candidate *c)
{
	b->x[i] = c->place.x;
	b->y[i] = c->place.y;
	b->z[i] = c->place.z;
	b->reach[i] = (float)((double)c->commute * c->commute * 1.00001 + 1); /* more than single precision errs */
	b->start[i] = c->start;
	b->contracts[i] = c->contracts;
	b->hours_min[i] = c->hours_min;
	b->hours_max[i] = c->hours_max;
	for (size_t k = 0; k < c->n_languages; k++) b->level[c->languages[k].language][i] = c->languages[k].level;
	for (size_t k = 0; k < c->n_licences; k++) {
		uint16_t licence = c->licences[k].licence;
		uint64_t bit = 1ull << (licence % 64);
		if (c->licences[k].held) b->held[licence / 64][i] |= bit;
		b->held_or_pending[licence / 64][i] |= bit;
	}
}

/* Append a candidate's lists at the places where the lists of the one before end. */
static void add_person(struct brute *b, size_t i, const struct lgm_candidate *c)
{
	struct person *p = &b->person[i];
	p->id = c->id;
	p->commute = c->commute;
	p->place = c->place;
	p->free = c->free;
	if (c->n_skills) memcpy(b->skills + p->skills, c->skills, c->n_skills * sizeof *c->skills);
	if (c->n_wishes) memcpy(b->wishes + p->wishes, c->wishes, c->n_wishes * sizeof *c->wishes);
	for (size_t k = 0; k < c->n_occupations; k++) {
		struct lgm_experience e = c->occupations[k];
		if (e.years > WORST_YEARS) e.years = WORST_YEARS;
		b->occupations[p->occupations + k] = e;
	}
	p[1].skills = p->skills + c->n_skills;
	p[1].occupations = p->occupations + c->n_occupations;
	p[1].wishes = p->wishes + c->n_wishes;
}

const struct brute *brute_new(struct lg_arena *mem, const struct lg_market *m)
{
	struct brute *b = lg_alloc(mem, sizeof *b);
	b->market = m;
	b->setup = lg_market_setup(m);
	size_t lists[3] = { 0 }, n = 0;
	for (size_t i = 0; i < m->n_candidates; i++) {
		b->n += m->candidates[i].wants_work;
		lists[0] += m->candidates[i].n_skills;
		lists[1] += m->candidates[i].n_occupations;
		lists[2] += m->candidates[i].n_wishes;
	}
	allocate(b, mem, lists);
	fill_decay(b);
	for (size_t i = 0; i < m->n_candidates; i++) {
		if (!m->candidates[i].wants_work) continue;
		add_demands(b, n, &m->candidates[i]);
		add_person(b, n++, &m->candidates[i]);
	}
	return b;
}

/* ------------------------------------------------------------------------------------- passes over a block */

/* Every pass takes the marks away from those who do not meet one demand. */

static void pass_reach(const struct brute *b, size_t from, size_t n, const struct lgm_opening *o)
{
	const int32_t *restrict x = b->x + from, *restrict y = b->y + from, *restrict z = b->z + from;
	const float *restrict reach = b->reach + from;
	uint8_t *restrict mark = b->mark;
	int32_t ox = o->place.x, oy = o->place.y, oz = o->place.z;
	if (o->remote) {
		memset(mark, 1, n);
		return;
	}
	for (size_t i = 0; i < n; i++) {
		float dx = (float)(x[i] - ox), dy = (float)(y[i] - oy), dz = (float)(z[i] - oz);
		mark[i] = dx * dx + dy * dy + dz * dz <= reach[i];
	}
}

static void pass_contract(const struct brute *b, size_t from, size_t n, const struct lgm_opening *o)
{
	const uint16_t *restrict contracts = b->contracts + from;
	uint8_t *restrict mark = b->mark;
	uint16_t bit = (uint16_t)(1u << o->contract);
	for (size_t i = 0; i < n; i++) mark[i] &= (contracts[i] & bit) != 0;
}

static void pass_hours(const struct brute *b, size_t from, size_t n, const struct lgm_opening *o)
{
	const uint16_t *restrict min = b->hours_min + from, *restrict max = b->hours_max + from;
	uint8_t *restrict mark = b->mark;
	uint16_t hours = o->hours;
	if (hours == LGM_NO_HOURS) return;
	for (size_t i = 0; i < n; i++) mark[i] &= (min[i] <= hours) & (hours <= max[i]);
}

static void pass_start(const struct brute *b, size_t from, size_t n, const struct lgm_opening *o)
{
	const int32_t *restrict start = b->start + from;
	uint8_t *restrict mark = b->mark;
	if (o->start == LGM_NO_DATE) return;
	int64_t latest = (int64_t)o->start + b->setup.start_grace_days;
	int32_t last = latest < INT32_MAX ? (int32_t)latest : INT32_MAX; /* no date stated is less than all */
	for (size_t i = 0; i < n; i++) mark[i] &= start[i] <= last;
}

static void pass_languages(const struct brute *b, size_t from, size_t n, const struct lgm_opening *o)
{
	uint8_t *restrict mark = b->mark;
	for (size_t k = 0; k < o->n_languages; k++) {
		const uint8_t *restrict level = b->level[o->languages[k].language] + from;
		uint8_t least = o->languages[k].level;
		for (size_t i = 0; i < n; i++) mark[i] &= level[i] >= least;
	}
}

static void pass_licences(const struct brute *b, size_t from, size_t n, const struct lgm_opening *o)
{
	uint8_t *restrict mark = b->mark;
	for (size_t k = 0; k < o->n_licences; k++) {
		uint16_t licence = o->licences[k];
		uint64_t *const *words = o->assistant_allowed ? b->held_or_pending : b->held;
		const uint64_t *restrict word = words[licence / 64] + from;
		uint64_t bit = 1ull << (licence % 64);
		for (size_t i = 0; i < n; i++) mark[i] &= (word[i] & bit) != 0;
	}
}

/* -------------------------------------------------------------------------------------------------- scoring */

/** An opening made ready, and the list so far. */
struct query {
	const struct brute *b;
	const struct lgm_opening *o;
	unsigned slots_asked, rest_most; /* rest_most: what the skills can give at most */
	unsigned rest_always;            /* half the weight of the lists about which nothing is asked */
	struct lgm_hit *hits;
	size_t k, n;
	uint64_t feasible;
};

static void set_points(struct query *q, unsigned weight, const struct lgm_skill *skills, size_t n)
{
	uint16_t points[UINT8_MAX];
	lgm_skill_points((uint16_t)weight, skills, n, points);
	for (size_t i = 0; i < n; i++) q->b->points[skills[i].skill] = points[i];
	q->rest_most += n ? weight : 0;
	q->rest_always += n ? 0 : weight / 2;
}

/* The best closeness of any occupation to those of the opening, and the groups these lie in. */
static void set_occupations(const struct query *q)
{
	const struct lgm_setup *s = &q->b->setup;
	uint8_t *restrict close = q->b->close;
	memset(close, 0, s->concepts);
	for (size_t k = 0; k < q->o->n_occupations; k++) {
		const uint8_t *restrict row = s->closeness + (size_t)q->o->occupations[k] * s->concepts;
		for (size_t i = 0; i < s->concepts; i++) close[i] = row[i] > close[i] ? row[i] : close[i];
	}
}

static void set_wished(const struct query *q, uint8_t value)
{
	const struct lgm_setup *s = &q->b->setup;
	for (size_t k = 0; k < q->o->n_occupations; k++) {
		uint16_t concept = q->o->occupations[k];
		q->b->wished[concept] = value;
		while (s->parent[concept] != concept) q->b->wished[concept = s->parent[concept]] = value;
	}
}

static void prepare(struct query *q)
{
	const struct lgm_setup *s = &q->b->setup;
	set_points(q, s->weight[LGM_ESSENTIAL], q->o->essential, q->o->n_essential);
	set_points(q, s->weight[LGM_OPTIONAL], q->o->optional, q->o->n_optional);
	set_occupations(q);
	set_wished(q, 1);
	for (size_t i = 0; i < SLOT_WORDS; i++)
		q->slots_asked += (unsigned)__builtin_popcountll(q->o->schedule.bits[i]);
}

static void clean(const struct query *q)
{
	for (size_t i = 0; i < q->o->n_essential; i++) q->b->points[q->o->essential[i].skill] = 0;
	for (size_t i = 0; i < q->o->n_optional; i++) q->b->points[q->o->optional[i].skill] = 0;
	set_wished(q, 0);
}

static unsigned occupation_part(const struct query *q, const struct person *p)
{
	unsigned weight = q->b->setup.weight[LGM_OCCUPATION], best = 0;
	if (!q->o->n_occupations) return weight / 2;
	for (uint32_t i = p->occupations; i < p[1].occupations; i++) {
		const struct lgm_experience *e = &q->b->occupations[i];
		unsigned product = (unsigned)q->b->close[e->occupation] * (4u + e->years);
		best = product > best ? product : best;
	}
	return weight * best / 800;
}

static unsigned language_part(const struct query *q, size_t i)
{
	unsigned weight = q->b->setup.weight[LGM_SURPLUS], steps = 0;
	if (!q->o->n_languages) return weight / 2;
	for (size_t k = 0; k < q->o->n_languages; k++) {
		unsigned more = (unsigned)(q->b->level[q->o->languages[k].language][i] - q->o->languages[k].level);
		steps += more < 4 ? more : 4;
	}
	return weight * (steps < 8 ? steps : 8) / 8;
}

static unsigned wish_part(const struct query *q, const struct person *p)
{
	unsigned weight = q->b->setup.weight[LGM_WISH];
	if (p[1].wishes == p->wishes) return weight / 2;
	for (uint32_t i = p->wishes; i < p[1].wishes; i++)
		if (q->b->wished[q->b->wishes[i]]) return weight;
	return 0;
}

static unsigned distance_part(const struct query *q, uint64_t square)
{
	if (q->o->remote) return q->b->setup.weight[LGM_DISTANCE];
	uint32_t step = (uint32_t)sqrt((double)square) / STEP; /* square < 2^53: the root is exact where it matters */
	return step < STEPS ? q->b->decay[step] : 0;
}

static unsigned skill_points(const struct query *q, const struct person *p)
{
	unsigned sum = q->rest_always;
	for (uint32_t i = p->skills; i < p[1].skills; i++) sum += q->b->points[q->b->skills[i]];
	return sum;
}

/* Put a hit into its place in the list; candidates come by ascending id, so an equal score goes behind. */
static void insert(struct query *q, uint32_t id, unsigned score)
{
	size_t at = q->n < q->k ? q->n++ : q->k - 1;
	for (; at > 0 && q->hits[at - 1].score < score; at--) q->hits[at] = q->hits[at - 1];
	q->hits[at] = (struct lgm_hit){ id, (uint16_t)score };
}

/* One who is left after the passes: distance to the metre, schedule, score. */
static void consider(struct query *q, size_t i)
{
	const struct brute *b = q->b;
	const struct person *p = &b->person[i];
	int64_t dx = (int64_t)p->place.x - q->o->place.x, dy = (int64_t)p->place.y - q->o->place.y;
	int64_t dz = (int64_t)p->place.z - q->o->place.z;
	uint64_t square = (uint64_t)(dx * dx + dy * dy + dz * dz);
	if (!q->o->remote && square > (uint64_t)p->commute * p->commute) return;
	unsigned slots = 0, weight = b->setup.weight[LGM_SCHEDULE];
	for (size_t k = 0; k < SLOT_WORDS; k++)
		slots += (unsigned)__builtin_popcountll(p->free.bits[k] & q->o->schedule.bits[k]);
	if (slots * 100 < q->slots_asked * b->setup.min_schedule_percent) return;
	q->feasible++;
	unsigned score = q->slots_asked ? weight * slots / q->slots_asked : weight / 2;
	score += occupation_part(q, p) + language_part(q, i) + wish_part(q, p) + distance_part(q, square);
	unsigned least = q->n < q->k ? b->setup.reserve : q->hits[q->k - 1].score + 1u;
	if (score + q->rest_always + q->rest_most < least) return; /* the skills cannot lift it that far */
	score += skill_points(q, p);
	if (score >= least) insert(q, p->id, score);
}

/* Who of the block still has a mark, eight marks at a glance. @return how many */
static size_t collect(const struct brute *b, size_t from, size_t n)
{
	size_t left = 0;
	memset(b->mark + n, 0, sizeof(uint64_t));
	for (size_t i = 0; i < n; i += sizeof(uint64_t)) {
		uint64_t marks;
		memcpy(&marks, b->mark + i, sizeof marks);
		for (; marks; marks &= marks - 1)
			b->left[left++] = (uint32_t)(from + i + (size_t)__builtin_ctzll(marks) / 8);
	}
	return left;
}

/* All that are left, with an eye on those to come, who lie far apart in memory. */
static void consider_left(struct query *q, size_t left)
{
	const struct brute *b = q->b;
	for (size_t i = 0; i < left; i++) {
		const char *ahead = (const char *)&b->person[b->left[i + AHEAD < left ? i + AHEAD : i]];
		__builtin_prefetch(ahead);
		__builtin_prefetch(ahead + CACHE_LINE);
		__builtin_prefetch(b->skills + b->person[b->left[i + AHEAD / 2 < left ? i + AHEAD / 2 : i]].skills);
		consider(q, b->left[i]);
	}
}

size_t brute_best_candidates(const struct brute *b, uint32_t opening, struct lgm_hit *hits, size_t k,
                             uint64_t *feasible)
{
	const struct lgm_opening *o = &b->market->openings[opening];
	struct query q = { .b = b, .o = o, .hits = hits, .k = k };
	prepare(&q);
	for (size_t from = 0; from < b->n; from += BLOCK) {
		size_t n = b->n - from < BLOCK ? b->n - from : BLOCK;
		pass_reach(b, from, n, o);
		pass_contract(b, from, n, o);
		pass_hours(b, from, n, o);
		pass_start(b, from, n, o);
		pass_languages(b, from, n, o);
		pass_licences(b, from, n, o);
		consider_left(&q, collect(b, from, n));
	}
	clean(&q);
	if (feasible) *feasible = q.feasible;
	return q.n;
}
