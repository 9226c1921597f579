/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/match_carve.h"

#include <string.h>

#include "base/arena.h"
#include "core/match_inner.h"

enum { WHOLE_LEVEL = 2 };

size_t carve_parts(const struct lgm_opening *o, struct carve_part out[CARVE_PARTS])
{
	size_t n = 0;
	bool any = false;
	for (size_t i = 0; i < sizeof o->schedule.bits / sizeof *o->schedule.bits; i++)
		any = any || o->schedule.bits[i];
	if (o->n_licences) out[n++] = (struct carve_part){ CARVE_LICENCE, 0 };
	if (o->hours != LGM_NO_HOURS) out[n++] = (struct carve_part){ CARVE_HOURS, 0 };
	if (any) out[n++] = (struct carve_part){ CARVE_SCHEDULE, 0 };
	if (o->start != LGM_NO_DATE) out[n++] = (struct carve_part){ CARVE_START, 0 };
	for (size_t i = 0; i < o->n_languages && n < CARVE_PARTS; i++)
		out[n++] = (struct carve_part){ CARVE_LANGUAGE, o->languages[i].language };
	return n;
}

bool carve_is_first(const struct carve_found *f, size_t skill) { return 2 * f->has[skill] >= f->feasible; }

static unsigned level_of(const struct lgm_candidate *c, unsigned language)
{
	for (size_t i = 0; i < c->n_languages; i++)
		if (c->languages[i].language == language) return c->languages[i].level;
	return LGM_LEVEL_NONE;
}

static bool has_skill(const struct lgm_candidate *c, uint16_t skill)
{
	for (size_t i = 0; i < c->n_skills; i++)
		if (c->skills[i] == skill) return true;
	return false;
}

static unsigned asked_level(const struct lgm_opening *o, unsigned language)
{
	for (size_t i = 0; i < o->n_languages; i++)
		if (o->languages[i].language == language) return o->languages[i].level;
	return LGM_LEVEL_NONE;
}

/* One question: the opening in parts, and the languages among them that are asked for beyond the parts. */
struct carving {
	const struct lgm_setup *setup;
	const struct lgm_opening *o;
	struct carve_part parts[CARVE_PARTS];
	struct carve_found *out;
	const struct lgm_candidate **fit; /* [out->feasible] who meet every demand */
};

static bool fails_part(const struct carving *k, const struct carve_part *p, const struct lgm_candidate *c,
                       unsigned failed)
{
	switch (p->kind) {
	case CARVE_LICENCE: return failed >> LGM_NEEDS_LICENCE & 1u;
	case CARVE_HOURS: return failed >> LGM_NEEDS_HOURS & 1u;
	case CARVE_SCHEDULE: return failed >> LGM_NEEDS_SCHEDULE & 1u;
	case CARVE_START: return failed >> LGM_NEEDS_START & 1u;
	case CARVE_LANGUAGE: return level_of(c, p->what) < asked_level(k->o, p->what);
	}
	return false;
}

/* The part that alone stops somebody is a language: would one level less do? */
static bool is_one_level_short(const struct carving *k, const struct carve_part *p, const struct lgm_candidate *c)
{
	return p->kind == CARVE_LANGUAGE && level_of(c, p->what) + WHOLE_LEVEL >= asked_level(k->o, p->what) &&
	       level_of(c, p->what) != LGM_LEVEL_NONE;
}

static void count_skills(const struct carving *k, const struct lgm_candidate *c)
{
	for (size_t i = 0; i < k->out->n_skills; i++) k->out->has[i] += has_skill(c, k->o->essential[i].skill);
}

static void look_at(const struct carving *k, const struct lgm_candidate *c)
{
	const unsigned parts = 1u << LGM_NEEDS_LICENCE | 1u << LGM_NEEDS_LANGUAGE | 1u << LGM_NEEDS_HOURS |
	                       1u << LGM_NEEDS_SCHEDULE | 1u << LGM_NEEDS_START;
	struct lgm_verdict v;
	size_t which[2] = { 0 }, n = 0;
	lgm_compare(k->setup, c, k->o, &v);
	if (v.failed & ~parts) return;
	k->out->near++;
	for (size_t i = 0; i < k->out->n_parts; i++) {
		if (!fails_part(k, &k->parts[i], c, v.failed)) continue;
		if (n < 2) which[n] = i;
		n++;
	}
	if (!v.failed) {
		k->fit[k->out->feasible++] = c;
		count_skills(k, c);
	} else if (n == 1) {
		k->out->without[which[0]]++;
		k->out->lower[which[0]] += is_one_level_short(k, &k->parts[which[0]], c);
	} else if (n == 2) {
		k->out->both[which[0]][which[1]]++;
	}
}

/* Who of those that meet every demand has all of the one half of the skills, of the other, of both? */
static void split_skills(const struct carving *k)
{
	struct carve_found *f = k->out;
	for (size_t n = 0; n < f->feasible; n++) {
		bool first = true, second = true;
		for (size_t i = 0; i < f->n_skills; i++) {
			bool has = has_skill(k->fit[n], k->o->essential[i].skill);
			if (carve_is_first(f, i))
				first = first && has;
			else
				second = second && has;
		}
		f->first += first;
		f->second += second;
		f->whole += first && second;
	}
}

static void count_all(const struct match_segment *s, struct lg_arena *mem, struct carving *k)
{
	const struct match_entries *all = &s->sides[MATCH_CANDIDATE];
	struct carve_found *f = k->out;
	f->n_parts = carve_parts(k->o, k->parts);
	f->n_skills = k->o->n_essential < CARVE_SKILLS ? k->o->n_essential : CARVE_SKILLS;
	k->fit = lg_array(mem, all->there + 1, sizeof *k->fit);
	for (size_t i = 0; i < all->room; i++)
		if (all->at[i].there) look_at(k, all->at[i].candidate);
	if (f->n_skills) split_skills(k);
	/* Without two, those too who lack just one of them. */
	for (size_t i = 0; i < f->n_parts; i++)
		for (size_t j = i + 1; j < f->n_parts; j++)
			if (f->both[i][j]) f->both[i][j] += f->without[i] + f->without[j];
}

bool match_segment_carve(const struct match_segment *s, const json_t *facts, struct carve_found *out)
{
	struct lg_arena *mem = lg_arena_new(0, NULL);
	struct lgm_opening o;
	struct carving k = { .setup = &s->terms->setup, .o = &o, .out = out };
	bool good = match_terms_opening(s->terms, mem, facts, &o);
	*out = (struct carve_found){ .all = s->sides[MATCH_CANDIDATE].there };
	if (good) count_all(s, mem, &k);
	lg_arena_free(mem);
	return good;
}

/* --- as it goes from the matcher to who asked */

static json_t *list_of(const uint64_t *at, size_t n)
{
	json_t *out = json_array();
	for (size_t i = 0; i < n; i++) json_array_append_new(out, json_integer((json_int_t)at[i]));
	return out;
}

static size_t read_list(uint64_t *to, size_t most, const json_t *list)
{
	size_t n = json_array_size(list);
	if (n > most) n = most;
	for (size_t i = 0; i < n; i++) to[i] = (uint64_t)json_integer_value(json_array_get(list, i));
	return n;
}

json_t *carve_told(const struct carve_found *f)
{
	const uint64_t sums[] = { f->all, f->near, f->feasible, f->first, f->second, f->whole };
	json_t *both = json_array();
	for (size_t i = 0; i < f->n_parts; i++) json_array_append_new(both, list_of(f->both[i], f->n_parts));
	return json_pack("{s:o, s:o, s:o, s:o, s:o}", "sums", list_of(sums, sizeof sums / sizeof *sums), "without",
	                 list_of(f->without, f->n_parts), "lower", list_of(f->lower, f->n_parts), "both", both, "has",
	                 list_of(f->has, f->n_skills));
}

void carve_understood(const json_t *told, struct carve_found *out)
{
	uint64_t sums[6] = { 0 };
	*out = (struct carve_found){ 0 };
	(void)read_list(sums, 6, json_object_get(told, "sums"));
	out->all = sums[0], out->near = sums[1], out->feasible = sums[2];
	out->first = sums[3], out->second = sums[4], out->whole = sums[5];
	out->n_parts = read_list(out->without, CARVE_PARTS, json_object_get(told, "without"));
	(void)read_list(out->lower, CARVE_PARTS, json_object_get(told, "lower"));
	for (size_t i = 0; i < out->n_parts; i++)
		(void)read_list(out->both[i], CARVE_PARTS, json_array_get(json_object_get(told, "both"), i));
	out->n_skills = read_list(out->has, CARVE_SKILLS, json_object_get(told, "has"));
}
