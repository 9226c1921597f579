/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <string.h>

#include "inner.h"

static unsigned count_bits(uint64_t v)
{
	unsigned n = 0;
	for (; v; v &= v - 1) n++;
	return n;
}

/* Room for all the lists behind the struct, in one piece. */
static size_t size_of(const struct lgm_opening *o)
{
	return sizeof(struct lgm_need) + (size_t)(3 + o->n_languages + o->n_licences) * sizeof(uint32_t) +
	       (size_t)(o->n_essential + o->n_optional) * sizeof(struct lgm_skill) +
	       (size_t)o->n_languages * sizeof(struct lgm_language) + (size_t)o->n_licences * sizeof(uint16_t) +
	       (size_t)o->n_occupations * (LGM_DEPTH + 2) * sizeof(uint16_t);
}

static void place_lists(struct lgm_need *n, const struct lgm_opening *o)
{
	n->filters = (uint32_t *)(void *)(n + 1);
	n->skills = (struct lgm_skill *)(void *)(n->filters + 3 + o->n_languages + o->n_licences);
	n->groups = (uint16_t *)(void *)(n->skills + o->n_essential + o->n_optional);
	n->occupations = n->groups + (size_t)o->n_occupations * (LGM_DEPTH + 1);
	n->licences = n->occupations + o->n_occupations;
	n->languages = (struct lgm_language *)(void *)(n->licences + o->n_licences);
}

/* What a candidate must have for a plane to be asked; hours and dates are checked exactly afterwards. */
static void compile_filters(struct lgm_need *n, const struct lgm_terms *t, const struct lgm_opening *o)
{
	n->filters[n->n_filters++] = F_CONTRACT + o->contract;
	if (o->hours != LGM_NO_HOURS) n->filters[n->n_filters++] = F_HOURS + o->hours / 10u;
	if (n->latest != INT32_MAX) {
		int64_t fortnight = ((int64_t)n->latest - t->first_start) / 14;
		if (fortnight < 0) fortnight = 0;
		if (fortnight < LGM_FORTNIGHTS) n->filters[n->n_filters++] = F_START + (uint32_t)fortnight;
	}
	for (size_t i = 0; i < o->n_languages; i++)
		n->filters[n->n_filters++] = lgm_feature_language(o->languages[i].language, o->languages[i].level);
	for (size_t i = 0; i < o->n_licences; i++)
		n->filters[n->n_filters++] = lgm_feature_licence(t, o->licences[i], o->assistant_allowed);
}

static void compile_skills(struct lgm_need *n, const struct lgm_terms *t, const struct lgm_opening *o)
{
	uint16_t points[2][LGM_SKILLS_MAX];
	size_t i = 0, j = 0;
	lgm_skill_points(t->setup.weight[LGM_ESSENTIAL], o->essential, o->n_essential, points[0]);
	lgm_skill_points(t->setup.weight[LGM_OPTIONAL], o->optional, o->n_optional, points[1]);
	while (i < o->n_essential || j < o->n_optional) {
		bool first = j >= o->n_optional || (i < o->n_essential && o->essential[i].skill < o->optional[j].skill);
		struct lgm_skill *to = &n->skills[n->n_skills++];
		to->skill = first ? o->essential[i].skill : o->optional[j].skill;
		to->weight = first ? points[0][i] : points[1][j];
		if (first)
			i++;
		else
			j++;
	}
}

static void add_group(struct lgm_need *n, uint16_t group)
{
	for (uint32_t i = 0; i < n->n_groups; i++)
		if (n->groups[i] == group) return;
	n->groups[n->n_groups++] = group;
}

static void compile_occupations(struct lgm_need *n, const struct lgm_terms *t, const struct lgm_opening *o)
{
	n->n_occupations = o->n_occupations;
	for (size_t i = 0; i < o->n_occupations; i++) {
		uint16_t at = o->occupations[i];
		n->occupations[i] = at;
		add_group(n, at);
		while (t->setup.parent[at] != at) add_group(n, at = t->setup.parent[at]);
	}
}

static void compile_points(struct lgm_need *n, const struct lgm_terms *t, const struct lgm_opening *o)
{
	const uint16_t *weight = t->setup.weight;
	unsigned base = 0, rest = 0;
	if (!o->n_occupations) base += weight[LGM_OCCUPATION] / 2u;
	if (!o->n_essential) base += weight[LGM_ESSENTIAL] / 2u;
	if (!o->n_optional) base += weight[LGM_OPTIONAL] / 2u;
	if (o->remote) base += weight[LGM_DISTANCE];
	if (o->n_languages)
		rest += weight[LGM_SURPLUS];
	else
		base += weight[LGM_SURPLUS] / 2u;
	if (n->slots_asked)
		rest += weight[LGM_SCHEDULE];
	else
		base += weight[LGM_SCHEDULE] / 2u;
	n->base = (uint16_t)base;
	n->rest = (uint16_t)rest;
}

static void compile_week(struct lgm_need *n, const struct lgm_terms *t)
{
	unsigned asked = 0;
	for (size_t i = 0; i < 6; i++) asked += count_bits(n->schedule.bits[i]);
	n->slots_asked = (uint16_t)asked;
	n->slots_least = (uint16_t)((asked * t->setup.min_schedule_percent + 99) / 100);
}

struct lgm_need *lgm_need_new(const struct lgm_terms *t, const struct lgm_opening *o, const struct lgm_mem *mem)
{
	size_t bytes = size_of(o);
	struct lgm_need *n = lgm_get(mem, 1, bytes);
	if (!n) return NULL;
	n->id = o->id;
	n->alive = true;
	n->remote = o->remote;
	n->assistant_allowed = o->assistant_allowed;
	n->contract = o->contract;
	if (!o->remote) n->place = o->place;
	int64_t latest = o->start == LGM_NO_DATE ? INT32_MAX : (int64_t)o->start + t->setup.start_grace_days;
	n->latest = latest < INT32_MAX ? (int32_t)latest : INT32_MAX;
	n->hours = o->hours;
	n->positions = o->positions;
	n->schedule = o->schedule;
	n->n_languages = o->n_languages;
	n->n_licences = o->n_licences;
	n->bytes = bytes;
	place_lists(n, o);
	if (o->n_languages) memcpy(n->languages, o->languages, o->n_languages * sizeof *o->languages);
	if (o->n_licences) memcpy(n->licences, o->licences, o->n_licences * sizeof *o->licences);
	compile_week(n, t);
	compile_filters(n, t, o);
	compile_skills(n, t, o);
	compile_occupations(n, t, o);
	compile_points(n, t, o);
	return n;
}
