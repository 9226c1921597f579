/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <string.h>

#include "market/inner.h"

enum { SKILLS_MAX = 255 };

static bool not_too_many(struct lg_intake *in, enum column column, size_t n)
{
	if (n <= SKILLS_MAX) return true;
	return refuse(in, column, cell(in, column),
	              "An opening may ask for at most %d skills of each kind; these are %zu. "
	              "Name the ones that matter.",
	              SKILLS_MAX, n);
}

/* Optional skills that are essential too are dropped from the optional ones. */
static bool read_both_skills(struct lg_intake *in)
{
	struct list *optional = &in->more_skills;
	size_t kept = 0;
	if (!read_skills(in, AT_essential_skills, &in->skills)) return false;
	if (!read_skills(in, AT_optional_skills, optional)) return false;
	for (size_t i = 0; i < optional->n; i++)
		if (!list_has(&in->skills, optional->at[i].key)) optional->at[kept++] = optional->at[i];
	optional->n = (uint16_t)kept;
	return not_too_many(in, AT_essential_skills, in->skills.n) && not_too_many(in, AT_optional_skills, optional->n);
}

static bool read_contract(struct lg_intake *in, struct lgm_opening *o)
{
	struct lg_cell v = cell(in, AT_contract);
	int kind = v.n ? contract_of(v) : LGM_JOB;
	if (kind < 0)
		return refuse(
		    in, AT_contract, v,
		    "Give one kind of contract: job, placement, integration-placement, wage-subsidy, igu, evaluation, "
		    "clinical-day, language-placement or trainee.");
	o->contract = (uint8_t)kind;
	return true;
}

static bool read_numbers(struct lg_intake *in, struct lgm_opening *o)
{
	int64_t hours = LGM_NO_HOURS, positions = 1;
	const char *advice = "Write the number of positions as a whole number, 1 to 65535.";
	struct lg_cell v = cell(in, AT_positions);
	if (!read_number(in, AT_hours, 1, 0, 1680, &hours,
	                 "Write weekly hours as a number from 0 to 168, or leave it empty."))
		return false;
	if (memchr(v.text, '.', v.n) || memchr(v.text, ',', v.n)) return refuse(in, AT_positions, v, "%s", advice);
	if (!read_number(in, AT_positions, 0, 1, UINT16_MAX, &positions, advice)) return false;
	o->hours = (uint16_t)hours;
	o->positions = (uint16_t)positions;
	return true;
}

static bool read_lists(struct lg_intake *in)
{
	return read_concepts(in, AT_occupations, &in->occupations) && read_both_skills(in) &&
	       read_languages(in, AT_languages, &in->spoken) && read_needed_licences(in, AT_licence, &in->permits);
}

static void keep_skills(const struct lg_intake *in, struct lgm_skill *out, const struct list *list)
{
	const uint16_t *weights = lg_taxonomy_skill_weights(in->taxonomy);
	for (size_t i = 0; i < list->n; i++) {
		uint16_t weight = weights[list->at[i].key];
		out[i] = (struct lgm_skill){ list->at[i].key, weight ? weight : 1 };
	}
}

/* All lists of a row in one piece of memory. */
static void keep_lists(struct lg_intake *in, struct lgm_opening *o)
{
	const struct list *c = &in->occupations, *e = &in->skills, *x = &in->more_skills, *l = &in->spoken,
	                  *p = &in->permits;
	struct lgm_skill *essential, *optional;
	struct lgm_language *languages;
	uint16_t *occupations, *licences;
	size_t size = (size_t)(e->n + x->n) * sizeof *essential + (size_t)(c->n + p->n) * sizeof *licences +
	              l->n * sizeof *languages;
	if (!size) return;
	essential = lg_alloc(in->cx->mem, size);
	optional = essential + e->n;
	occupations = (void *)(optional + x->n);
	licences = occupations + c->n;
	languages = (void *)(licences + p->n);
	keep_skills(in, essential, e);
	keep_skills(in, optional, x);
	for (size_t i = 0; i < c->n; i++) occupations[i] = c->at[i].key;
	for (size_t i = 0; i < p->n; i++) licences[i] = p->at[i].key;
	for (size_t i = 0; i < l->n; i++)
		languages[i] = (struct lgm_language){ (uint8_t)l->at[i].key, (uint8_t)l->at[i].value };
	o->essential = essential, o->n_essential = e->n;
	o->optional = optional, o->n_optional = x->n;
	o->occupations = occupations, o->n_occupations = c->n;
	o->licences = licences, o->n_licences = p->n;
	o->languages = languages, o->n_languages = l->n;
}

bool read_opening(struct lg_intake *in, struct lgm_opening *o, struct lg_row *row)
{
	memset(o, 0, sizeof *o);
	if (!read_id(in, row) || !read_yes(in, AT_remote, &o->remote)) return false;
	if (!read_place(in, &o->place, &row->municipality, o->remote) || !read_lists(in)) return false;
	if (!read_yes(in, AT_assistant_allowed, &o->assistant_allowed) || !read_contract(in, o)) return false;
	if (!read_numbers(in, o) || !read_week(in, AT_schedule, false, &o->schedule) || !read_start(in, &o->start))
		return false;
	row->employer = texts_keep(&in->texts, cell(in, AT_employer).text, cell(in, AT_employer).n);
	row->legal_basis = "";
	keep_lists(in, o);
	return true;
}
