/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* The readable reference: one candidate, one opening, everything there is to say. */
#include "landgang/match.h"

#include "inner.h"

static bool has_skill(const struct lgm_candidate *c, uint16_t skill)
{
	size_t lo = 0, hi = c->n_skills;
	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		if (c->skills[mid] == skill) return true;
		if (c->skills[mid] < skill)
			lo = mid + 1;
		else
			hi = mid;
	}
	return false;
}

static unsigned level_of(const struct lgm_candidate *c, uint8_t language)
{
	for (size_t i = 0; i < c->n_languages; i++)
		if (c->languages[i].language == language) return c->languages[i].level;
	return LGM_LEVEL_NONE;
}

static bool has_licence(const struct lgm_candidate *c, uint16_t licence, bool pending_will_do)
{
	for (size_t i = 0; i < c->n_licences; i++)
		if (c->licences[i].licence == licence) return c->licences[i].held || pending_will_do;
	return false;
}

void lgm_skill_points(uint16_t total, const struct lgm_skill *skills, size_t n, uint16_t *points)
{
	uint64_t sum = 0, given = 0, rest[LGM_SKILLS_MAX];
	for (size_t i = 0; i < n; i++) sum += skills[i].weight;
	for (size_t i = 0; i < n; i++) {
		uint64_t share = (uint64_t)total * skills[i].weight;
		points[i] = (uint16_t)(share / sum);
		rest[i] = share % sum;
		given += points[i];
	}
	for (; n && given < total; given++) {
		size_t most = 0;
		for (size_t i = 1; i < n; i++)
			if (rest[i] > rest[most]) most = i;
		points[most]++;
		rest[most] = 0;
	}
}

static unsigned skills_part(unsigned weight, const struct lgm_candidate *c, const struct lgm_skill *skills, size_t n)
{
	uint16_t points[LGM_SKILLS_MAX];
	unsigned sum = 0;
	if (!n) return weight / 2;
	lgm_skill_points((uint16_t)weight, skills, n, points);
	for (size_t i = 0; i < n; i++)
		if (has_skill(c, skills[i].skill)) sum += points[i];
	return sum;
}

static unsigned occupation_part(const struct lgm_setup *s, const struct lgm_candidate *c, const struct lgm_opening *o)
{
	unsigned weight = s->weight[LGM_OCCUPATION], best = 0;
	if (!o->n_occupations) return weight / 2;
	for (size_t b = 0; b < o->n_occupations; b++)
		for (size_t a = 0; a < c->n_occupations; a++) {
			const struct lgm_experience *e = &c->occupations[a];
			unsigned percent = s->closeness[(size_t)o->occupations[b] * s->concepts + e->occupation];
			unsigned years = e->years < 4 ? e->years : 4;
			unsigned points = weight * percent * (4 + years) / 800;
			if (points > best) best = points;
		}
	return best;
}

static unsigned language_part(unsigned weight, const struct lgm_candidate *c, const struct lgm_opening *o)
{
	unsigned steps = 0;
	if (!o->n_languages) return weight / 2;
	for (size_t i = 0; i < o->n_languages; i++) {
		unsigned has = level_of(c, o->languages[i].language), needs = o->languages[i].level;
		if (has > needs) steps += has - needs < 4 ? has - needs : 4;
	}
	return weight * (steps < 8 ? steps : 8) / 8;
}

static bool lies_in(const struct lgm_setup *s, uint16_t concept, uint16_t group)
{
	while (concept != group && s->parent[concept] != concept) concept = s->parent[concept];
	return concept == group;
}

static unsigned wish_part(const struct lgm_setup *s, const struct lgm_candidate *c, const struct lgm_opening *o)
{
	if (!c->n_wishes) return s->weight[LGM_WISH] / 2;
	for (size_t w = 0; w < c->n_wishes; w++)
		for (size_t b = 0; b < o->n_occupations; b++)
			if (lies_in(s, o->occupations[b], c->wishes[w])) return s->weight[LGM_WISH];
	return 0;
}

static unsigned count_bits(uint64_t v)
{
	unsigned n = 0;
	for (; v; v &= v - 1) n++;
	return n;
}

static void compare_weeks(const struct lgm_candidate *c, const struct lgm_opening *o, struct lgm_verdict *out)
{
	for (size_t i = 0; i < 6; i++) {
		out->slots_asked = (uint16_t)(out->slots_asked + count_bits(o->schedule.bits[i]));
		out->slots_free = (uint16_t)(out->slots_free + count_bits(o->schedule.bits[i] & c->free.bits[i]));
	}
}

/* The measures that demands and parts both rest on. */
static void measure(const struct lgm_setup *s, const struct lgm_candidate *c, const struct lgm_opening *o,
                    struct lgm_verdict *out)
{
	compare_weeks(c, o, out);
	if (!o->remote) out->distance_m = lgm_distance_m(&c->place, &o->place);
	if (c->start != LGM_NO_DATE && o->start != LGM_NO_DATE) {
		int64_t late = (int64_t)c->start - o->start - s->start_grace_days;
		if (late > 0) out->days_late = late < INT32_MAX ? (int32_t)late : INT32_MAX;
	}
	for (size_t i = 0; i < o->n_licences; i++)
		if (!has_licence(c, o->licences[i], o->assistant_allowed)) out->licences_missing++;
	for (size_t i = 0; i < o->n_languages; i++)
		if (level_of(c, o->languages[i].language) < o->languages[i].level) out->languages_missing++;
}

static bool out_of_reach(const struct lgm_candidate *c, const struct lgm_opening *o)
{
	int64_t dx = (int64_t)c->place.x - o->place.x, dy = (int64_t)c->place.y - o->place.y;
	int64_t dz = (int64_t)c->place.z - o->place.z;
	return !o->remote && dx * dx + dy * dy + dz * dz > (int64_t)c->commute * c->commute;
}

static uint16_t failures(const struct lgm_setup *s, const struct lgm_candidate *c, const struct lgm_opening *o,
                         const struct lgm_verdict *v)
{
	bool failed[LGM_DEMANDS] = {
		[LGM_WANTS_WORK] = !c->wants_work,
		[LGM_NEEDS_LICENCE] = v->licences_missing > 0,
		[LGM_NEEDS_LANGUAGE] = v->languages_missing > 0,
		[LGM_NEEDS_CONTRACT] = !(c->contracts >> o->contract & 1u),
		[LGM_NEEDS_HOURS] = o->hours != LGM_NO_HOURS && (o->hours < c->hours_min || o->hours > c->hours_max),
		[LGM_NEEDS_START] = v->days_late > 0,
		[LGM_NEEDS_COMMUTE] = out_of_reach(c, o),
		[LGM_NEEDS_SCHEDULE] = v->slots_free * 100u < v->slots_asked * (unsigned)s->min_schedule_percent,
	};
	unsigned set = 0;
	for (unsigned d = 0; d < LGM_DEMANDS; d++)
		if (failed[d]) set |= 1u << d;
	return (uint16_t)set;
}

static unsigned distance_part(unsigned weight, const struct lgm_candidate *c, const struct lgm_opening *o)
{
	if (o->remote) return weight;
	uint32_t step = lgm_distance(&c->place, &o->place) / LGM_STEP;
	return step < LGM_STEPS ? weight * lgm_decay[step] >> 16 : 0;
}

void lgm_compare(const struct lgm_setup *s, const struct lgm_candidate *c, const struct lgm_opening *o,
                 struct lgm_verdict *out)
{
	*out = (struct lgm_verdict){ 0 };
	measure(s, c, o, out);
	out->failed = failures(s, c, o, out);
	unsigned schedule = s->weight[LGM_SCHEDULE];
	unsigned part[LGM_PARTS] = {
		[LGM_OCCUPATION] = occupation_part(s, c, o),
		[LGM_ESSENTIAL] = skills_part(s->weight[LGM_ESSENTIAL], c, o->essential, o->n_essential),
		[LGM_OPTIONAL] = skills_part(s->weight[LGM_OPTIONAL], c, o->optional, o->n_optional),
		[LGM_SURPLUS] = language_part(s->weight[LGM_SURPLUS], c, o),
		[LGM_DISTANCE] = distance_part(s->weight[LGM_DISTANCE], c, o),
		[LGM_WISH] = wish_part(s, c, o),
		[LGM_SCHEDULE] = out->slots_asked ? schedule * out->slots_free / out->slots_asked : schedule / 2,
	};
	for (int p = 0; p < LGM_PARTS; p++) {
		out->part[p] = (uint16_t)part[p];
		out->score = (uint16_t)(out->score + part[p]);
	}
}
