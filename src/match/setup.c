/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "landgang/match.h"

#include "inner.h"

static const char *const err_texts[] = {
	[LGM_OK] = "done",
	[LGM_NO_MEMORY] = "out of memory",
	[LGM_INVALID] = "an input breaks its contract",
	[LGM_TAKEN] = "an id stands twice",
	[LGM_UNKNOWN] = "there is nobody and nothing with this id",
};
const char *lgm_err_text(enum lgm_err err) { return err_texts[err]; }

static const char *const part_names[LGM_PARTS] = {
	[LGM_OCCUPATION] = "occupation", [LGM_ESSENTIAL] = "essential_skills", [LGM_OPTIONAL] = "optional_skills",
	[LGM_SURPLUS] = "language",      [LGM_DISTANCE] = "distance",          [LGM_WISH] = "wish",
	[LGM_SCHEDULE] = "schedule",
};
const char *lgm_part_name(enum lgm_part part) { return part_names[part]; }

static const char *const demand_names[LGM_DEMANDS] = {
	[LGM_WANTS_WORK] = "wants_work",   [LGM_NEEDS_LICENCE] = "licence",   [LGM_NEEDS_LANGUAGE] = "language",
	[LGM_NEEDS_CONTRACT] = "contract", [LGM_NEEDS_HOURS] = "hours",       [LGM_NEEDS_START] = "start",
	[LGM_NEEDS_COMMUTE] = "commute",   [LGM_NEEDS_SCHEDULE] = "schedule",
};
const char *lgm_demand_name(enum lgm_demand demand) { return demand_names[demand]; }

static const char *const simd_names[LGM_SIMDS] = { "scalar", "avx2", "avx512" };
const char *lgm_simd_name(enum lgm_simd simd) { return simd_names[simd]; }

struct lgm_setup lgm_setup_default(void)
{
	return (struct lgm_setup){
		.weight = { [LGM_OCCUPATION] = 3000,
		            [LGM_ESSENTIAL] = 3000,
		            [LGM_OPTIONAL] = 1000,
		            [LGM_SURPLUS] = 500,
		            [LGM_DISTANCE] = 1000,
		            [LGM_WISH] = 700,
		            [LGM_SCHEDULE] = 800 },
		.min_schedule_percent = 75,
		.start_grace_days = 30,
	};
}

const char *lgm_setup_fault(const struct lgm_setup *s)
{
	uint32_t sum = 0;
	for (int p = 0; p < LGM_PARTS; p++) sum += s->weight[p];
	if (sum < 1 || sum > 10000) return "the weights must add up to 1..10,000";
	if (s->min_schedule_percent > 100) return "min_schedule_percent is above 100";
	if (s->start_grace_days > 3650) return "start_grace_days is above 3650";
	if (s->reserve > 10000) return "the reserve is above 10,000";
	if (s->languages > 256) return "there are more than 256 languages";
	if (s->concepts && (!s->parent || !s->closeness)) return "concepts without parent or closeness table";
	for (size_t a = 0; a < s->concepts; a++) {
		if (s->parent[a] >= s->concepts) return "a parent is no concept";
		if (s->closeness[a * s->concepts + a] != 100) return "a concept is not 100 per cent close to itself";
		for (size_t b = 0; b < s->concepts; b++)
			if (s->closeness[a * s->concepts + b] > 100) return "a closeness is above 100 per cent";
	}
	for (size_t a = 0; a < s->concepts; a++) {
		size_t up = a, steps = 0;
		while (s->parent[up] != up) {
			up = s->parent[up];
			if (++steps > LGM_DEPTH) return "parents go in a circle, or are nested too deeply";
		}
	}
	return NULL;
}

/* Are n numbers, read through `field`, ascending without repeats and all below `limit`? */
#define ASCENDING(list, n, field, limit)                                                                               \
	do {                                                                                                           \
		if ((n) && !(list)) return "a list is missing";                                                        \
		for (size_t i_ = 0; i_ < (n); i_++) {                                                                  \
			if ((list)[i_] field >= (limit)) return "a number outside its vocabulary: " #list;             \
			if (i_ && (list)[i_ - 1] field >= (list)[i_] field) return "not ascending: " #list;            \
		}                                                                                                      \
	} while (0)

static bool place_is_sane(const struct lgm_place *p)
{
	enum { MOST = 700000 }; /* a little above the radius */
	return p->x >= -MOST && p->x <= MOST && p->y >= -MOST && p->y <= MOST && p->z >= -MOST && p->z <= MOST;
}

static const char *languages_fault(const struct lgm_setup *s, const struct lgm_language *languages, size_t n)
{
	ASCENDING(languages, n, .language, s->languages);
	for (size_t i = 0; i < n; i++)
		if (languages[i].level < 1 || languages[i].level >= LGM_LEVELS) return "a language level out of range";
	return NULL;
}

const char *lgm_candidate_fault(const struct lgm_setup *s, const struct lgm_candidate *c)
{
	if (!place_is_sane(&c->place)) return "a place that is not on the earth";
	if (c->commute > LGM_COMMUTE_MAX) return "a commute above 250 km";
	if (c->contracts >> LGM_CONTRACTS) return "an unknown kind of contract";
	if (c->hours_min > c->hours_max || c->hours_max > 1680) return "weekly hours out of order or range";
	if (c->free.bits[5] >> (LGM_WEEK_SLOTS - 320)) return "a half hour after Sunday";
	ASCENDING(c->occupations, c->n_occupations, .occupation, s->concepts);
	ASCENDING(c->skills, c->n_skills, , s->skills);
	ASCENDING(c->licences, c->n_licences, .licence, s->licences);
	ASCENDING(c->wishes, c->n_wishes, , s->concepts);
	return languages_fault(s, c->languages, c->n_languages);
}

static const char *skills_fault(const struct lgm_setup *s, const struct lgm_skill *skills, size_t n)
{
	if (n > LGM_SKILLS_MAX) return "more than 255 skills";
	ASCENDING(skills, n, .skill, s->skills);
	for (size_t i = 0; i < n; i++)
		if (!skills[i].weight) return "a skill without weight";
	return NULL;
}

const char *lgm_opening_fault(const struct lgm_setup *s, const struct lgm_opening *o)
{
	if (!o->remote && !place_is_sane(&o->place)) return "a place that is not on the earth";
	if (o->contract >= LGM_CONTRACTS) return "an unknown kind of contract";
	if (o->hours != LGM_NO_HOURS && o->hours > 1680) return "weekly hours out of range";
	if (o->positions < 1) return "an opening without positions";
	if (o->schedule.bits[5] >> (LGM_WEEK_SLOTS - 320)) return "a half hour after Sunday";
	ASCENDING(o->occupations, o->n_occupations, , s->concepts);
	ASCENDING(o->licences, o->n_licences, , s->licences);
	const char *fault = skills_fault(s, o->essential, o->n_essential);
	if (!fault) fault = skills_fault(s, o->optional, o->n_optional);
	for (size_t i = 0, j = 0; !fault && i < o->n_essential; i++) {
		while (j < o->n_optional && o->optional[j].skill < o->essential[i].skill) j++;
		if (j < o->n_optional && o->optional[j].skill == o->essential[i].skill)
			fault = "a skill that is both essential and optional";
	}
	return fault ? fault : languages_fault(s, o->languages, o->n_languages);
}
