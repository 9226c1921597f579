/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdlib.h>
#include <string.h>

#include "cmd/report.h"
#include "core/explain_words.h"
#include "market/hide.h"
#include "view/report.html.h"
#include "view/speech.h"

enum { SHOWN = 10 };

/* The people without a place whose work lies in one group of ISCO-08, and what shuts the opening nearest to each. */
struct blocked {
	uint16_t group;                         /* of two digits; LG_NO_CONCEPT: no occupation is stated */
	uint64_t people, by[LGM_DEMANDS], open; /* open: the nearest demands nothing more, but is taken */
	bool hidden;
};

static int by_people(const void *x, const void *y)
{
	const struct blocked *a = x, *b = y;
	if (a->people != b->people) return a->people > b->people ? -1 : 1;
	return (a->group > b->group) - (a->group < b->group);
}

/* The group of two digits that holds the occupation somebody has done for longest. */
static size_t group_of(const struct report *r, const struct lgm_candidate *c, size_t none)
{
	const struct lg_taxonomy *t = r->m->in.taxonomy;
	const uint16_t *parents = lg_taxonomy_parents(t);
	if (!c->n_occupations) return none;
	const struct lgm_experience *most = c->occupations;
	for (size_t i = 1; i < c->n_occupations; i++)
		if (c->occupations[i].years > most->years) most = &c->occupations[i];
	uint16_t group = lg_taxonomy_unit_group(t, most->occupation);
	while (strlen(lg_taxonomy_code(t, group)) > 2 && parents[group] != group) group = parents[group];
	return group;
}

static void add(struct blocked *b, const struct lgm_misses *misses)
{
	b->people++;
	for (unsigned d = 0; misses->any && d < LGM_DEMANDS; d++) b->by[d] += misses->nearest_failed >> d & 1u;
	b->open += misses->any && !misses->nearest_failed;
}

/* [0] is everybody, behind it the groups, most people first. */
static struct blocked *find(const struct report *r, size_t *n)
{
	size_t none = lg_taxonomy_concepts(r->m->in.taxonomy);
	struct blocked *all = lg_array(r->cx->mem, none + 2, sizeof *all), *groups = all + 1;
	for (size_t i = 0; i <= none; i++) groups[i].group = i == none ? LG_NO_CONCEPT : (uint16_t)i;
	for (size_t i = 0; i < r->m->n_without; i++) {
		const struct lgm_candidate *c = &r->market->candidates[r->m->without[i]];
		add(all, &r->m->misses[i]);
		add(&groups[group_of(r, c, none)], &r->m->misses[i]);
	}
	qsort(groups, none + 1, sizeof *groups, by_people);
	for (*n = 1; *n <= none + 1 && all[*n].people;) ++*n;
	return all;
}

/* How many there are in all is known, or is not to be told by the groups' sum. */
static void hide(const struct report *r, struct blocked *all, size_t n)
{
	uint64_t *counts = lg_array(r->cx->mem, n, sizeof *counts);
	bool *hidden = lg_array(r->cx->mem, n, sizeof *hidden);
	for (size_t i = 1; i < n; i++) {
		counts[i - 1] = all[i].people;
		hidden[i - 1] = r->hides_placed;
	}
	lg_hide_row(r->cx, counts, hidden, n - 1);
	for (size_t i = 1; i < n; i++) all[i].hidden = hidden[i - 1];
	all[0].hidden = r->hides_placed;
}

static void put_part(const struct report *r, struct html_table *t, const struct blocked *b, uint64_t part)
{
	report_cell_count(r, t, part, b->hidden || lg_hide_part(part, b->people));
}

static void put(const struct report *r, struct html_table *t, const struct blocked *b, const char *name,
                const bool *shown)
{
	report_row(t, name, REPORT_NO_BAR);
	report_cell_count(r, t, b->people, b->hidden);
	for (unsigned d = 0; d < LGM_DEMANDS; d++)
		if (shown[d]) put_part(r, t, b, b->by[d]);
	put_part(r, t, b, b->open);
}

static struct html_table *table(const struct report *r, const struct blocked *all, size_t n)
{
	const char *heads[LGM_DEMANDS + 3] = { lg_say("Group of occupations (ISCO-08)"), lg_say("People") };
	bool shown[LGM_DEMANDS];
	size_t n_heads = 2;
	for (unsigned d = 0; d < LGM_DEMANDS; d++) {
		shown[d] = all[0].by[d] >= LG_HIDE_BELOW; /* else there would be nothing to read */
		if (!shown[d]) continue;
		heads[n_heads++] =
		    d == LGM_WANTS_WORK ? lg_say("does not seek work now") : explain_demand_name((enum lgm_demand)d);
	}
	heads[n_heads++] = lg_say("no demand: the opening is taken, or fits too little");
	struct html_table *t =
	    report_table(r, lg_say("People without a place, by the unmet demands of the opening that has fewest"),
	                 heads, n_heads, SHOWN);
	put(r, t, &all[0], lg_say("All without a place"), shown);
	for (size_t i = 1; i < n && t->n_rows < SHOWN; i++)
		if (!all[i].hidden) put(r, t, &all[i], report_occupation(r, all[i].group), shown);
	if (!r->without) t->empty = lg_say("Everybody has a place.");
	return t;
}

void report_blocks(struct report *r)
{
	size_t n;
	struct blocked *all = find(r, &n);
	hide(r, all, n);
	r->page->blocks = table(r, all, n);
}
