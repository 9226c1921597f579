/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <string.h>

#include "market/inner.h"

enum { COMMUTE_DEFAULT = 3000 /* 30 km */ };

static bool read_hours(struct lg_intake *in, struct lgm_candidate *c)
{
	int64_t least = 0, most = 1680;
	const char *advice = "Write weekly hours as a number from 0 to 168, or leave it empty for no limit.";
	if (!read_number(in, AT_hours_min, 1, 0, 1680, &least, advice)) return false;
	if (!read_number(in, AT_hours_max, 1, 0, 1680, &most, advice)) return false;
	if (least > most)
		return refuse(in, AT_hours_min, cell(in, AT_hours_min),
		              "hours_min is greater than hours_max. Correct one.");
	c->hours_min = (uint16_t)least;
	c->hours_max = (uint16_t)most;
	return true;
}

static bool read_free(struct lg_intake *in, struct lgm_candidate *c)
{
	struct lgm_week busy;
	if (!read_week(in, AT_availability, true, &c->free)) return false;
	if (!read_week(in, AT_busy, false, &busy)) return false;
	if (!cell(in, AT_availability).n)
		for (unsigned s = 0; s < LGM_WEEK_SLOTS; s++) c->free.bits[s / 64] |= UINT64_C(1) << s % 64;
	for (size_t i = 0; i < 6; i++) c->free.bits[i] &= ~busy.bits[i];
	return true;
}

static bool read_wants_work(struct lg_intake *in, struct lgm_candidate *c)
{
	struct lg_cell v = cell(in, AT_wants_work);
	c->wants_work = !v.n || is_word(v, "yes");
	if (!v.n) warn(in, in->record->line, "wants_work is empty and taken as yes.");
	if (c->wants_work || is_word(v, "later") || is_word(v, "no")) return true;
	return refuse(in, AT_wants_work, v, "Write yes, later or no.");
}

static bool read_commute(struct lg_intake *in, struct lgm_candidate *c)
{
	int64_t steps = COMMUTE_DEFAULT;
	if (!read_number(in, AT_max_commute_km, 2, 1, LGM_COMMUTE_MAX, &steps,
	                 "Write the longest way to work in kilometres, above 0 and at most 250; empty means 30."))
		return false;
	c->commute = (uint32_t)steps;
	return true;
}

static void read_basis(struct lg_intake *in, struct lg_row *row)
{
	struct lg_cell basis = cell(in, AT_legal_basis);
	if (!basis.n) warn(in, in->record->line, "legal_basis is empty: note why these people's data may be used.");
	row->legal_basis = texts_keep(&in->texts, basis.text, basis.n);
	row->employer = "";
}

static bool read_lists(struct lg_intake *in)
{
	return read_experience(in, AT_occupations, &in->occupations) && read_skills(in, AT_skills, &in->skills) &&
	       read_languages(in, AT_languages, &in->spoken) && read_held_licences(in, AT_licences, &in->permits) &&
	       read_concepts(in, AT_wishes, &in->wishes);
}

/* All lists of a row in one piece of memory. */
static void keep_lists(struct lg_intake *in, struct lgm_candidate *c)
{
	const struct list *o = &in->occupations, *s = &in->skills, *l = &in->spoken, *p = &in->permits,
	                  *w = &in->wishes;
	struct lgm_experience *experience;
	struct lgm_licence *licences;
	struct lgm_language *languages;
	uint16_t *skills, *wishes;
	size_t size = o->n * sizeof *experience + p->n * sizeof *licences + (size_t)(s->n + w->n) * sizeof *skills +
	              l->n * sizeof *languages;
	if (!size) return;
	experience = lg_alloc(in->cx->mem, size);
	licences = (void *)(experience + o->n);
	skills = (void *)(licences + p->n);
	wishes = skills + s->n;
	languages = (void *)(wishes + w->n);
	for (size_t i = 0; i < o->n; i++)
		experience[i] = (struct lgm_experience){ o->at[i].key, (uint8_t)o->at[i].value };
	for (size_t i = 0; i < p->n; i++) licences[i] = (struct lgm_licence){ p->at[i].key, p->at[i].value };
	for (size_t i = 0; i < s->n; i++) skills[i] = s->at[i].key;
	for (size_t i = 0; i < w->n; i++) wishes[i] = w->at[i].key;
	for (size_t i = 0; i < l->n; i++)
		languages[i] = (struct lgm_language){ (uint8_t)l->at[i].key, (uint8_t)l->at[i].value };
	c->occupations = experience, c->n_occupations = o->n;
	c->licences = licences, c->n_licences = p->n;
	c->skills = skills, c->n_skills = s->n;
	c->wishes = wishes, c->n_wishes = w->n;
	c->languages = languages, c->n_languages = l->n;
}

bool read_candidate(struct lg_intake *in, struct lgm_candidate *c, struct lg_row *row)
{
	memset(c, 0, sizeof *c);
	if (!read_id(in, row) || !read_place(in, &c->place, &row->municipality, false) || !read_commute(in, c))
		return false;
	if (!read_lists(in) || !read_contracts(in, AT_contracts, &c->contracts) || !read_hours(in, c)) return false;
	if (!read_free(in, c) || !read_start(in, &c->start) || !read_wants_work(in, c)) return false;
	read_basis(in, row);
	keep_lists(in, c);
	return true;
}
