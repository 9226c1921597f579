/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* How a page is looked through for an opening. Compiled once for each set of instructions, with LGM_SCAN as the
   function's name; each of them gives the same hits in the same order. */
#include "inner.h"

#if defined(__AVX512BW__) || defined(__AVX2__)
#include <immintrin.h>
#endif

enum { FAR = 26000 }; /* beyond any commute; three squares of it still fit 31 bits */

/* --- distance of 16 lanes: which are within reach; their squared distances are kept --- */

#if defined(__AVX512BW__)
static inline __m512i axis(const int32_t *at, __m512i from)
{
	__m512i d = _mm512_sub_epi32(_mm512_load_si512(at), from);
	d = _mm512_max_epi32(_mm512_min_epi32(d, _mm512_set1_epi32(FAR)), _mm512_set1_epi32(-FAR));
	return _mm512_mullo_epi32(d, d);
}
static inline uint32_t reach16(struct lgm_scan *s, const struct lgm_page *p, unsigned l, const struct lgm_place *from)
{
	__m512i d2 = axis(p->x + l, _mm512_set1_epi32(from->x));
	d2 = _mm512_add_epi32(d2, axis(p->y + l, _mm512_set1_epi32(from->y)));
	d2 = _mm512_add_epi32(d2, axis(p->z + l, _mm512_set1_epi32(from->z)));
	_mm512_store_si512(s->distance2 + l, d2);
	return _mm512_cmple_epi32_mask(d2, _mm512_load_si512(p->reach2 + l));
}
#elif defined(__AVX2__)
static inline __m256i axis(const int32_t *at, __m256i from)
{
	__m256i d = _mm256_sub_epi32(_mm256_load_si256((const void *)at), from);
	d = _mm256_max_epi32(_mm256_min_epi32(d, _mm256_set1_epi32(FAR)), _mm256_set1_epi32(-FAR));
	return _mm256_mullo_epi32(d, d);
}
static inline uint32_t reach8(struct lgm_scan *s, const struct lgm_page *p, unsigned l, const struct lgm_place *from)
{
	__m256i d2 = axis(p->x + l, _mm256_set1_epi32(from->x));
	d2 = _mm256_add_epi32(d2, axis(p->y + l, _mm256_set1_epi32(from->y)));
	d2 = _mm256_add_epi32(d2, axis(p->z + l, _mm256_set1_epi32(from->z)));
	_mm256_store_si256((void *)(s->distance2 + l), d2);
	__m256i far = _mm256_cmpgt_epi32(d2, _mm256_load_si256((const void *)(p->reach2 + l)));
	return ~(uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(far)) & 0xFFu;
}
static inline uint32_t reach16(struct lgm_scan *s, const struct lgm_page *p, unsigned l, const struct lgm_place *from)
{
	return reach8(s, p, l, from) | reach8(s, p, l + 8, from) << 8;
}
#else
static inline int32_t axis(int32_t at, int32_t from)
{
	int32_t d = at - from;
	d = d > FAR ? FAR : d < -FAR ? -FAR : d;
	return d * d;
}
static inline uint32_t reach16(struct lgm_scan *s, const struct lgm_page *p, unsigned l, const struct lgm_place *from)
{
	uint32_t near = 0;
	for (unsigned i = 0; i < 16; i++) {
		int32_t d2 = axis(p->x[l + i], from->x) + axis(p->y[l + i], from->y) + axis(p->z[l + i], from->z);
		s->distance2[l + i] = d2;
		near |= (uint32_t)(d2 <= p->reach2[l + i]) << i;
	}
	return near;
}
#endif

/* --- which lanes meet the demands that planes and distance can tell --- */

static inline uint64_t filter(const struct lgm_scan *s, const struct lgm_page *p, const struct lgm_need *n,
                              uint64_t lanes[LGM_WORDS])
{
	uint64_t any = 0;
	for (unsigned w = 0; w < LGM_WORDS; w++) lanes[w] = p->alive[w] & (s->only ? s->only[w] : ~0ull);
	for (uint32_t f = 0; f < n->n_filters; f++) {
		const uint64_t *plane = p->planes[p->plane_of[n->filters[f]]];
		for (unsigned w = 0; w < LGM_WORDS; w++) lanes[w] &= plane[w];
	}
	for (unsigned w = 0; w < LGM_WORDS; w++) any |= lanes[w];
	return any;
}

static inline uint64_t reach(struct lgm_scan *s, const struct lgm_page *p, const struct lgm_need *n,
                             uint64_t lanes[LGM_WORDS])
{
	uint64_t any = 0;
	for (unsigned w = 0; w < LGM_WORDS; w++) {
		uint64_t near = 0;
		for (unsigned part = 0; part < 64; part += 16)
			if (lanes[w] >> part & 0xFFFFu)
				near |= (uint64_t)reach16(s, p, w * 64 + part, &n->place) << part;
		any |= lanes[w] &= near;
	}
	return any;
}

/* --- points of skills and wishes, from the postings --- */

/* Points for the lanes of a plane. */
#if defined(__AVX512BW__)
static inline void add_plane(struct lgm_scan *s, const uint64_t *plane, const uint64_t lanes[LGM_WORDS],
                             uint16_t points)
{
	const __m512i more = _mm512_set1_epi16((short)points);
	for (unsigned w = 0; w < LGM_WORDS; w++) {
		uint16_t *at = s->points + w * 64;
		__mmask32 low = (__mmask32)plane[w], high = (__mmask32)(plane[w] >> 32);
		if (!(plane[w] & lanes[w])) continue;
		__m512i a = _mm512_load_si512(at), b = _mm512_load_si512(at + 32);
		_mm512_store_si512(at, _mm512_mask_add_epi16(a, low, a, more));
		_mm512_store_si512(at + 32, _mm512_mask_add_epi16(b, high, b, more));
	}
}
#else
static inline void add_plane(struct lgm_scan *s, const uint64_t *plane, const uint64_t lanes[LGM_WORDS],
                             uint16_t points)
{
	for (unsigned w = 0; w < LGM_WORDS; w++)
		for (uint64_t m = plane[w] & lanes[w]; m; m &= m - 1) {
			unsigned l = w * 64 + (unsigned)__builtin_ctzll(m);
			s->points[l] = (uint16_t)(s->points[l] + points);
		}
}
#endif

static inline void add_points(struct lgm_scan *s, const struct lgm_page *p, const struct lgm_need *n,
                              const uint64_t lanes[LGM_WORDS])
{
	for (unsigned l = 0; l < LGM_LANES; l++) s->points[l] = n->base;
	for (uint32_t i = 0; i < n->n_skills; i++) {
		uint32_t at = p->by_skill.at[n->skills[i].skill];
		uint16_t points = n->skills[i].weight;
		if (!at) continue;
		if (!(at & LGM_IN_PLANE)) {
			const uint16_t *list = p->by_skill.pool + at;
			for (unsigned j = 1; j <= *list; j++)
				s->points[list[j]] = (uint16_t)(s->points[list[j]] + points);
			continue;
		}
		add_plane(s, p->by_skill.planes[at & ~LGM_IN_PLANE], lanes, points);
	}
}

static inline void wishes(const struct lgm_page *p, const struct lgm_need *n, uint64_t wished[LGM_WORDS])
{
	for (unsigned w = 0; w < LGM_WORDS; w++) wished[w] = 0;
	for (uint32_t i = 0; i < n->n_groups; i++) {
		uint32_t at = p->by_wish.at[n->groups[i]];
		if (!at) continue;
		if (at & LGM_IN_PLANE) {
			const uint64_t *plane = p->by_wish.planes[at & ~LGM_IN_PLANE];
			for (unsigned w = 0; w < LGM_WORDS; w++) wished[w] |= plane[w];
		} else {
			const uint16_t *list = p->by_wish.pool + at;
			for (unsigned j = 1; j <= *list; j++) wished[list[j] / 64] |= 1ull << (list[j] % 64);
		}
	}
}

/* How close each occupation is to those of the opening. */
static inline const uint8_t *closeness_row(struct lgm_scan *s, const struct lgm_need *n)
{
	const struct lgm_setup *setup = &s->ix->terms.setup;
	size_t concepts = setup->concepts;
	if (!n->n_occupations) return NULL;
	const uint8_t *first = setup->closeness + n->occupations[0] * concepts;
	if (n->n_occupations == 1) return first;
	for (size_t a = 0; a < concepts; a++) s->row[a] = first[a];
	for (uint32_t i = 1; i < n->n_occupations; i++) {
		const uint8_t *row = setup->closeness + n->occupations[i] * concepts;
		for (size_t a = 0; a < concepts; a++) s->row[a] = s->row[a] > row[a] ? s->row[a] : row[a];
	}
	return s->row;
}

/* --- one lane --- */

static inline unsigned slots_free(const struct lgm_week *a, const struct lgm_week *b)
{
	unsigned n = 0;
	for (unsigned i = 0; i < 6; i++) n += (unsigned)__builtin_popcountll(a->bits[i] & b->bits[i]);
	return n;
}

static inline unsigned occupation_points(const struct lgm_terms *t, const struct lgm_page *p, unsigned l,
                                         const uint8_t *row)
{
	unsigned best = 0;
	for (uint32_t i = p->at.occupations[l]; i < p->at.occupations[l + 1]; i++) {
		unsigned points = t->points_occupation[row[p->occupations[i].occupation]][p->occupations[i].years];
		best = points > best ? points : best;
	}
	return best;
}

static inline unsigned language_points(const struct lgm_terms *t, const struct lgm_page *p, unsigned l,
                                       const struct lgm_need *n)
{
	unsigned steps = 0;
	for (uint32_t k = 0; k < n->n_languages; k++)
		for (uint32_t i = p->at.languages[l]; i < p->at.languages[l + 1]; i++) {
			if (p->languages[i].language != n->languages[k].language) continue;
			unsigned above = (unsigned)p->languages[i].level - n->languages[k].level;
			steps += above < 4 ? above : 4;
		}
	return t->setup.weight[LGM_SURPLUS] * (steps < 8 ? steps : 8) / 8;
}

/* floor(sqrt(d2) / 25): the quotient is below 2^20, where a float's root is exact enough never to round up. */
static inline unsigned distance_step(int32_t d2)
{
	uint32_t steps2 = (uint32_t)d2 / (LGM_STEP * LGM_STEP);
	return (unsigned)__builtin_sqrtf((float)steps2);
}

struct view {
	const struct lgm_terms *t;
	const struct lgm_page *p;
	const struct lgm_need *n;
	const uint8_t *row;
	unsigned wish, no_wish;
	unsigned most_distance, most; /* greatest points of distance; of all that comes after the wish */
};

static inline void score_lane(struct lgm_scan *s, const struct view *v, unsigned l, bool wished, bool silent)
{
	const struct lgm_need *n = v->n;
	const struct lgm_page *p = v->p;
	if (p->start[l] > n->latest) return;
	if (n->hours != LGM_NO_HOURS && (n->hours < p->hours_min[l] || n->hours > p->hours_max[l])) return;
	unsigned free = n->slots_asked ? slots_free(&p->free[l], &n->schedule) : 0;
	if (free < n->slots_least) return;
	s->feasible++;
	int64_t floor = s->floor;
	if (s->lane_floor) {
		int64_t other = s->lane_floor[l];
		floor = s->sum ? floor + other : floor < other ? floor : other;
	}
	/* The cheap and telling parts first; the bounds only save work, they decide nothing. */
	unsigned score = s->points[l] + (wished ? v->wish : silent ? v->no_wish : 0);
	if ((int64_t)score + v->most < floor) return;
	if (v->row) score += occupation_points(v->t, p, l, v->row);
	if ((int64_t)score + v->most_distance + n->rest < floor) return;
	if (!n->remote) score += v->t->points_distance[distance_step(s->distance2[l])];
	if (n->slots_asked) score += v->t->setup.weight[LGM_SCHEDULE] * free / n->slots_asked;
	if (n->n_languages) score += language_points(v->t, p, l, n);
	if ((int64_t)score < floor || score < v->t->setup.reserve) return;
	s->lane[s->hits] = (uint16_t)l;
	s->score[s->hits++] = (uint16_t)score;
}

void LGM_SCAN(struct lgm_scan *s, const struct lgm_page *p, const struct lgm_need *n)
{
	uint64_t lanes[LGM_WORDS], wished[LGM_WORDS];
	const struct lgm_terms *t = &s->ix->terms;
	s->hits = 0;
	if (!filter(s, p, n, lanes)) return;
	if (!n->remote && !reach(s, p, n, lanes)) return;
	add_points(s, p, n, lanes);
	wishes(p, n, wished);
	const uint16_t *weight = t->setup.weight;
	struct view v = { t,
		          p,
		          n,
		          closeness_row(s, n),
		          weight[LGM_WISH],
		          weight[LGM_WISH] / 2u,
		          n->remote ? 0u : weight[LGM_DISTANCE],
		          0 };
	v.most = v.most_distance + n->rest + (v.row ? weight[LGM_OCCUPATION] : 0u);
	const uint64_t *silent = p->planes[p->plane_of[F_NO_WISH]];
	for (unsigned w = 0; w < LGM_WORDS; w++)
		for (uint64_t m = lanes[w]; m; m &= m - 1) {
			unsigned b = (unsigned)__builtin_ctzll(m);
			score_lane(s, &v, w * 64 + b, wished[w] >> b & 1, silent[w] >> b & 1);
		}
}
