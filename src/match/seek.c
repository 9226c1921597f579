/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* From one candidate to the openings: block by block, the cheap demands first, then the exact score. */
#include <string.h>

#include "inner.h"

struct lgm_seek {
	const struct lgm_index *ix;
	uint64_t *skills, *wishes; /* bit sets over the vocabularies */
	uint8_t level[256];        /* by language */
	const struct lgm_candidate *c;
};

/* Openings lie one by one in memory: fetch those that come soon, so that the way there is not waited for. */
static void fetch_ahead(const struct lgm_index *ix, size_t slot)
{
	enum { AHEAD = 6, LINE = 64, LINES = 4 };
	if (slot + AHEAD >= ix->n_needs || !ix->needs[slot + AHEAD]) return;
	const char *at = (const char *)ix->needs[slot + AHEAD];
	for (int i = 0; i < LINES; i++) __builtin_prefetch(at + (ptrdiff_t)i * LINE);
}

static bool bit(const uint64_t *set, uint32_t i) { return set[i / 64] >> (i % 64) & 1; }
static void flip(uint64_t *set, uint32_t i) { set[i / 64] ^= 1ull << (i % 64); }

struct lgm_seek *lgm_seek_new(const struct lgm_index *ix, const struct lgm_mem *mem)
{
	struct lgm_seek *k = lgm_get(mem, 1, sizeof *k);
	if (!k) return NULL;
	k->ix = ix;
	k->skills = lgm_get(mem, ix->terms.setup.skills / 64u + 1, sizeof *k->skills);
	k->wishes = lgm_get(mem, ix->terms.setup.concepts / 64u + 1, sizeof *k->wishes);
	if (k->skills && k->wishes) return k;
	lgm_seek_free(k, mem);
	return NULL;
}

void lgm_seek_free(struct lgm_seek *k, const struct lgm_mem *mem)
{
	if (!k) return;
	lgm_put(mem, k->skills);
	lgm_put(mem, k->wishes);
	lgm_put(mem, k);
}

/* Put the candidate's lists into the sets; done a second time, it takes them out again. */
static void toggle(struct lgm_seek *k, const struct lgm_candidate *c)
{
	k->c = c;
	for (size_t i = 0; i < c->n_skills; i++) flip(k->skills, c->skills[i]);
	for (size_t i = 0; i < c->n_wishes; i++) flip(k->wishes, c->wishes[i]);
	for (size_t i = 0; i < c->n_languages; i++) k->level[c->languages[i].language] ^= c->languages[i].level;
}

static bool has_licences(const struct lgm_candidate *c, const struct lgm_need *n)
{
	uint32_t found = 0;
	for (uint32_t k = 0; k < n->n_licences; k++)
		for (size_t i = 0; i < c->n_licences; i++)
			if (c->licences[i].licence == n->licences[k] && (c->licences[i].held || n->assistant_allowed))
				found++;
	return found == n->n_licences;
}

static bool speaks(const struct lgm_seek *k, const struct lgm_need *n)
{
	for (uint32_t i = 0; i < n->n_languages; i++)
		if (k->level[n->languages[i].language] < n->languages[i].level) return false;
	return true;
}

/* Bits of six words: folded to bytes of at most 8, six of which cannot overflow one, then summed by sixteens. */
static unsigned slots_free(const struct lgm_week *a, const struct lgm_week *b)
{
	const uint64_t twos = 0x3333333333333333ull, fours = 0x0F0F0F0F0F0F0F0Full;
	uint64_t sum = 0;
	for (unsigned i = 0; i < 6; i++) {
		uint64_t v = a->bits[i] & b->bits[i];
		v -= v >> 1 & 0x5555555555555555ull;
		v = (v & twos) + (v >> 2 & twos);
		sum += (v + (v >> 4)) & fours;
	}
	sum = (sum & 0x00FF00FF00FF00FFull) + (sum >> 8 & 0x00FF00FF00FF00FFull);
	return (unsigned)(sum * 0x0001000100010001ull >> 48);
}

/* Squared distance, in steps of 10 m. */
static int64_t distance2(const struct lgm_place *a, const struct lgm_place *b)
{
	int64_t dx = (int64_t)a->x - b->x, dy = (int64_t)a->y - b->y, dz = (int64_t)a->z - b->z;
	return dx * dx + dy * dy + dz * dz;
}

static unsigned occupation_points(const struct lgm_seek *k, const struct lgm_need *n)
{
	const struct lgm_terms *t = &k->ix->terms;
	unsigned best = 0;
	for (uint32_t b = 0; b < n->n_occupations; b++) {
		const uint8_t *row = t->setup.closeness + (size_t)n->occupations[b] * t->setup.concepts;
		for (size_t a = 0; a < k->c->n_occupations; a++) {
			const struct lgm_experience *e = &k->c->occupations[a];
			unsigned points = t->points_occupation[row[e->occupation]][e->years < 4 ? e->years : 4];
			best = points > best ? points : best;
		}
	}
	return best;
}

static unsigned wish_points(const struct lgm_seek *k, const struct lgm_need *n)
{
	unsigned weight = k->ix->terms.setup.weight[LGM_WISH];
	if (!k->c->n_wishes) return weight / 2;
	for (uint32_t i = 0; i < n->n_groups; i++)
		if (bit(k->wishes, n->groups[i])) return weight;
	return 0;
}

static unsigned language_points(const struct lgm_seek *k, const struct lgm_need *n)
{
	unsigned steps = 0;
	for (uint32_t i = 0; i < n->n_languages; i++) {
		unsigned has = k->level[n->languages[i].language], needs = n->languages[i].level;
		if (has > needs) steps += has - needs < 4 ? has - needs : 4;
	}
	return k->ix->terms.setup.weight[LGM_SURPLUS] * (steps < 8 ? steps : 8) / 8;
}

static unsigned skill_points(const struct lgm_seek *k, const struct lgm_need *n)
{
	unsigned points = 0;
	for (uint32_t i = 0; i < n->n_skills; i++)
		if (bit(k->skills, n->skills[i].skill)) points += n->skills[i].weight;
	return points;
}

/* Root of a square of distance steps, rounded down: below 2^20, where a float's root is exact enough. */
static unsigned step_of(int64_t q) { return (unsigned)__builtin_sqrtf((float)q); }

static unsigned score_of(const struct lgm_seek *k, const struct lgm_need *n, int64_t d2, unsigned free, int64_t floor)
{
	const struct lgm_terms *t = &k->ix->terms;
	unsigned score = n->base + wish_points(k, n) + occupation_points(k, n);
	if (!n->remote) score += t->points_distance[step_of(d2 / (LGM_STEP * LGM_STEP))];
	if (n->slots_asked) score += t->setup.weight[LGM_SCHEDULE] * free / n->slots_asked;
	if (n->n_languages) score += language_points(k, n);
	unsigned skills = t->setup.weight[LGM_ESSENTIAL] + t->setup.weight[LGM_OPTIONAL];
	return (int64_t)score + skills < floor ? score : score + skill_points(k, n);
}

static bool meets(const struct lgm_seek *k, const struct lgm_need *n, int64_t *d2, unsigned *free)
{
	const struct lgm_candidate *c = k->c;
	*d2 = 0;
	if (!(c->contracts >> n->contract & 1u)) return false;
	if (!n->remote && (*d2 = distance2(&c->place, &n->place)) > (int64_t)c->commute * c->commute) return false;
	if (c->start > n->latest) return false;
	if (n->hours != LGM_NO_HOURS && (n->hours < c->hours_min || n->hours > c->hours_max)) return false;
	if (!speaks(k, n) || (n->n_licences && !has_licences(c, n))) return false;
	*free = n->slots_asked ? slots_free(&c->free, &n->schedule) : 0;
	return *free >= n->slots_least;
}

uint64_t lgm_seek_openings(struct lgm_seek *k, const struct lgm_candidate *c, int64_t floor,
                           int64_t (*hit)(void *self, uint32_t opening, uint16_t score), void *self)
{
	const struct lgm_index *ix = k->ix;
	int64_t reserve = ix->terms.setup.reserve, d2, reach2 = (int64_t)c->commute * c->commute;
	uint64_t feasible = 0;
	unsigned free;
	if (!c->wants_work) return 0;
	toggle(k, c);
	for (size_t slot = 0; slot < ix->n_needs; slot++) {
		if (slot % LGM_BLOCK == 0) {
			const struct lgm_block *block = &ix->blocks[slot / LGM_BLOCK];
			if (!block->remote && lgm_box_distance2(&block->box, &c->place) > reach2) {
				slot += LGM_BLOCK - 1;
				continue;
			}
		}
		fetch_ahead(ix, slot);
		const struct lgm_need *n = ix->needs[slot];
		if (!n || !meets(k, n, &d2, &free)) continue;
		feasible++;
		int64_t score = score_of(k, n, d2, free, floor);
		if (score >= floor && score >= reserve) floor = hit(self, (uint32_t)slot, (uint16_t)score);
	}
	toggle(k, c);
	return feasible;
}

/* --- what stands in the way --- */

/* Every demand of the opening that the candidate does not meet: what lgm_compare calls failed. */
static unsigned failures(const struct lgm_seek *k, const struct lgm_need *n, int64_t d2, unsigned free)
{
	const struct lgm_candidate *c = k->c;
	unsigned out = 0;
	out |= (unsigned)!c->wants_work << LGM_WANTS_WORK;
	out |= (unsigned)(n->n_licences && !has_licences(c, n)) << LGM_NEEDS_LICENCE;
	out |= (unsigned)!speaks(k, n) << LGM_NEEDS_LANGUAGE;
	out |= (unsigned)!(c->contracts >> n->contract & 1u) << LGM_NEEDS_CONTRACT;
	out |= (unsigned)(n->hours != LGM_NO_HOURS && (n->hours < c->hours_min || n->hours > c->hours_max))
	       << LGM_NEEDS_HOURS;
	out |= (unsigned)(c->start > n->latest) << LGM_NEEDS_START;
	out |= (unsigned)(!n->remote && d2 > (int64_t)c->commute * c->commute) << LGM_NEEDS_COMMUTE;
	out |= (unsigned)(free < n->slots_least) << LGM_NEEDS_SCHEDULE;
	return out;
}

static unsigned points_despite_all(const struct lgm_seek *k, const struct lgm_need *n, int64_t d2, unsigned free)
{
	const struct lgm_terms *t = &k->ix->terms;
	unsigned score = n->base + wish_points(k, n) + occupation_points(k, n) + skill_points(k, n);
	int64_t q = d2 / (LGM_STEP * LGM_STEP);
	if (!n->remote && q < (int64_t)LGM_STEPS * LGM_STEPS) score += t->points_distance[step_of(q)];
	if (n->slots_asked) score += t->setup.weight[LGM_SCHEDULE] * free / n->slots_asked;
	if (n->n_languages) score += language_points(k, n);
	return score;
}

enum { SETS = 1 << LGM_DEMANDS };

struct tally {
	uint64_t openings[SETS]; /* by set of failed demands */
	uint8_t size[SETS];      /* how many demands a set holds */
};

static void begin_tally(struct tally *t)
{
	*t = (struct tally){ 0 };
	for (unsigned set = 1; set < SETS; set++) t->size[set] = (uint8_t)(t->size[set >> 1] + (set & 1u));
}

static void end_tally(const struct tally *t, struct lgm_misses *out)
{
	out->feasible = t->openings[0];
	for (unsigned set = 1; set < SETS; set++)
		for (unsigned d = 0; d < LGM_DEMANDS; d++)
			if (set >> d & 1u) out->stopped[d] += t->openings[set];
}

static void weigh_miss(const struct lgm_seek *k, const struct lgm_need *n, struct tally *t, struct lgm_misses *out)
{
	int64_t d2 = n->remote ? 0 : distance2(&k->c->place, &n->place);
	unsigned free = n->slots_asked ? slots_free(&k->c->free, &n->schedule) : 0;
	unsigned failed = failures(k, n, d2, free);
	t->openings[failed]++;
	if (out->any && t->size[failed] > t->size[out->nearest_failed]) return;
	unsigned score = points_despite_all(k, n, d2, free);
	if (out->any && t->size[failed] == t->size[out->nearest_failed] &&
	    (score < out->nearest_score || (score == out->nearest_score && n->id > out->nearest)))
		return;
	out->any = true;
	out->nearest = n->id;
	out->nearest_failed = (uint16_t)failed;
	out->nearest_score = (uint16_t)score;
}

enum lgm_err lgm_count_misses(const struct lgm_index *ix, const struct lgm_candidate *candidate, struct lgm_misses *out)
{
	struct tally t;
	*out = (struct lgm_misses){ 0 };
	if (lgm_candidate_fault(&ix->terms.setup, candidate)) return LGM_INVALID;
	struct lgm_seek *k = lgm_seek_new(ix, &ix->mem);
	if (!k) return LGM_NO_MEMORY;
	toggle(k, candidate);
	begin_tally(&t);
	for (size_t i = 0; i < ix->n_needs; i++) {
		fetch_ahead(ix, i);
		if (ix->needs[i]) weigh_miss(k, ix->needs[i], &t, out);
	}
	end_tally(&t, out);
	lgm_seek_free(k, &ix->mem);
	return LGM_OK;
}

/* --- what lies near --- */

/* The failed demands of the set; LGM_FAR if others fail. The dear ones are not looked at where a cheap one settles it.
 */
enum { FAR = 1 << LGM_DEMANDS };

static unsigned failed_near(const struct lgm_seek *k, const struct lgm_need *n, unsigned forgiven, int64_t *d2,
                            unsigned *free)
{
	const struct lgm_candidate *c = k->c;
	if (!(c->contracts >> n->contract & 1u) && !(forgiven >> LGM_NEEDS_CONTRACT & 1u)) return FAR;
	*d2 = n->remote ? 0 : distance2(&c->place, &n->place);
	if (!(forgiven >> LGM_NEEDS_COMMUTE & 1u) && *d2 > (int64_t)c->commute * c->commute) return FAR;
	*free = n->slots_asked ? slots_free(&c->free, &n->schedule) : 0;
	unsigned failed = failures(k, n, *d2, *free);
	return failed & ~forgiven || failed & (failed - 1) ? FAR : failed;
}

enum lgm_err lgm_each_near(const struct lgm_index *ix, const struct lgm_candidate *candidate, uint16_t forgiven,
                           void (*tell)(void *self, const struct lgm_near *near), void *self)
{
	int64_t d2, reach2 = (int64_t)candidate->commute * candidate->commute;
	unsigned free;
	if (lgm_candidate_fault(&ix->terms.setup, candidate)) return LGM_INVALID;
	struct lgm_seek *k = lgm_seek_new(ix, &ix->mem);
	if (!k) return LGM_NO_MEMORY;
	toggle(k, candidate);
	for (size_t i = 0; i < ix->n_needs; i++) {
		const struct lgm_block *block = &ix->blocks[i / LGM_BLOCK];
		if (i % LGM_BLOCK == 0 && !(forgiven >> LGM_NEEDS_COMMUTE & 1u) && !block->remote &&
		    lgm_box_distance2(&block->box, &candidate->place) > reach2) {
			i += LGM_BLOCK - 1;
			continue;
		}
		fetch_ahead(ix, i);
		const struct lgm_need *n = ix->needs[i];
		unsigned failed = n ? failed_near(k, n, forgiven, &d2, &free) : FAR;
		if (failed == FAR) continue;
		struct lgm_near near = { n->id, (uint16_t)failed, (uint16_t)points_despite_all(k, n, d2, free) };
		tell(self, &near);
	}
	lgm_seek_free(k, &ix->mem);
	return LGM_OK;
}
