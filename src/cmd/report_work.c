/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdlib.h>

#include "cmd/report.h"
#include "market/hide.h"
#include "view/report.html.h"
#include "view/speech.h"

enum { SHOWN = 15, SKILLS_SHOWN = 12 };

/* --- a unit group: who has done its work, what is open in it, who got it */

struct work {
	uint16_t group; /* LG_NO_CONCEPT: openings that state no occupation */
	uint64_t experienced, positions, placed;
	bool hides_placed;
};

static int by_placed(const void *x, const void *y)
{
	const struct work *a = x, *b = y;
	if (a->placed != b->placed) return a->placed > b->placed ? -1 : 1;
	if (a->positions != b->positions) return a->positions > b->positions ? -1 : 1;
	return (a->group > b->group) - (a->group < b->group);
}

/* Where an opening is counted: with the first of its occupations. `none` is the place for openings without. */
static size_t group_of(const struct report *r, const struct lgm_opening *o, size_t none)
{
	return o->n_occupations ? lg_taxonomy_unit_group(r->m->in.taxonomy, o->occupations[0]) : none;
}

/* Each person once in a group, however many of its occupations were stated. */
static void count_experienced(const struct report *r, struct work *work)
{
	const struct lg_taxonomy *t = r->m->in.taxonomy;
	for (size_t c = 0; c < r->market->n_candidates; c++) {
		const struct lgm_candidate *who = &r->market->candidates[c];
		for (size_t i = 0; i < who->n_occupations; i++) {
			uint16_t group = lg_taxonomy_unit_group(t, who->occupations[i].occupation);
			bool seen = false;
			for (size_t k = 0; k < i && !seen; k++)
				seen = lg_taxonomy_unit_group(t, who->occupations[k].occupation) == group;
			work[group].experienced += !seen;
		}
	}
}

static struct work *find(const struct report *r, size_t *n)
{
	size_t none = lg_taxonomy_concepts(r->m->in.taxonomy);
	struct work *work = lg_array(r->cx->mem, none + 1, sizeof *work);
	for (size_t i = 0; i <= none; i++) work[i].group = i == none ? LG_NO_CONCEPT : (uint16_t)i;
	count_experienced(r, work);
	for (size_t o = 0; o < r->market->n_openings; o++)
		work[group_of(r, &r->market->openings[o], none)].positions += r->market->openings[o].positions;
	for (size_t c = 0; c < r->market->n_candidates; c++) {
		uint32_t o = r->m->placement.opening[c];
		if (o != PLACEMENT_NOWHERE) work[group_of(r, &r->market->openings[o], none)].placed++;
	}
	qsort(work, none + 1, sizeof *work, by_placed);
	for (*n = 0; *n <= none && work[*n].positions;) ++*n;
	return work;
}

/* How many were placed in all is known, or is not to be told by their sum. */
static void hide(const struct report *r, struct work *work, size_t n)
{
	uint64_t *counts = lg_array(r->cx->mem, n + 1, sizeof *counts);
	bool *hidden = lg_array(r->cx->mem, n + 1, sizeof *hidden);
	for (size_t i = 0; i < n; i++) {
		counts[i] = work[i].placed;
		hidden[i] = r->hides_placed;
	}
	lg_hide_row(r->cx, counts, hidden, n);
	for (size_t i = 0; i < n; i++) work[i].hides_placed = hidden[i];
}

void report_work(struct report *r)
{
	size_t n;
	struct work *work = find(r, &n);
	hide(r, work, n);
	const char *const heads[] = { lg_say("Occupation (ISCO-08 unit group)"), lg_say("People with experience"),
		                      lg_say("Positions"), lg_say("People with a place") };
	struct html_table *t = report_table(r, lg_say("The bar shows how many of the positions are filled"), heads,
	                                    sizeof heads / sizeof *heads, SHOWN);
	for (size_t i = 0; i < n && i < SHOWN; i++) {
		const struct work *w = &work[i];
		report_row(t, report_occupation(r, w->group),
		           w->hides_placed ? REPORT_NO_BAR : (int)(w->placed * 100 / w->positions));
		report_cell_count(r, t, w->experienced, lg_hide_part(w->experienced, r->people));
		report_cell_count(r, t, w->positions, false);
		report_cell_count(r, t, w->placed, w->hides_placed);
	}
	if (!n) t->empty = lg_say("There are no openings. Add some to the file of openings and match again.");
	r->page->occupations = t;
	r->page->figures_say = lg_printf(
	    r->cx->mem,
	    lg_says("There is work in %s occupation. Where there are more positions than people with experience, look "
	            "at what would open them to others.",
	            "There is work in %s occupations; these are the ones where most people find a place. Where there "
	            "are more positions than people with experience, look at what would open them to others.",
	            n),
	    report_count(r, n, false));
}

/* --- skills */

struct wanted {
	uint16_t skill;
	uint64_t positions, people;
};

static int by_positions(const void *x, const void *y)
{
	const struct wanted *a = x, *b = y;
	if (a->positions != b->positions) return a->positions > b->positions ? -1 : 1;
	return (a->skill > b->skill) - (a->skill < b->skill);
}

static struct wanted *count_skills(const struct report *r, size_t *n)
{
	*n = lg_taxonomy_skills(r->m->in.taxonomy);
	struct wanted *all = lg_array(r->cx->mem, *n + 1, sizeof *all);
	for (size_t i = 0; i < *n; i++) all[i].skill = (uint16_t)i;
	for (size_t o = 0; o < r->market->n_openings; o++) {
		const struct lgm_opening *it = &r->market->openings[o];
		for (size_t i = 0; i < it->n_essential; i++) all[it->essential[i].skill].positions += it->positions;
	}
	for (size_t c = 0; c < r->market->n_candidates; c++) {
		const struct lgm_candidate *who = &r->market->candidates[c];
		for (size_t i = 0; i < who->n_skills; i++) all[who->skills[i]].people++;
	}
	qsort(all, *n, sizeof *all, by_positions);
	return all;
}

static int share(const struct wanted *w, uint64_t people) { return people ? (int)(w->people * 100 / people) : 0; }

void report_skills(struct report *r)
{
	size_t n;
	const struct wanted *all = count_skills(r, &n);
	const char *const heads[] = { lg_say("Skill"), lg_say("Positions that need it"), lg_say("People who have it") };
	struct html_table *t = report_table(r, lg_say("The bar shows how many of the people have it"), heads,
	                                    sizeof heads / sizeof *heads, SKILLS_SHOWN);
	for (size_t i = 0; i < n && i < SKILLS_SHOWN && all[i].positions; i++) {
		bool hidden = lg_hide_part(all[i].people, r->people);
		report_row(t, lg_taxonomy_skill_label(r->m->in.taxonomy, all[i].skill, r->language),
		           hidden ? REPORT_NO_BAR : share(&all[i], r->people));
		report_cell_count(r, t, all[i].positions, false);
		report_cell_count(r, t, all[i].people, hidden);
	}
	if (!t->n_rows) t->empty = lg_say("No opening names a skill that it needs.");
	r->page->skills = t;
}
