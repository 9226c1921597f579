/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdlib.h>
#include <string.h>

#include "cmd/report.h"
#include "market/hide.h"
#include "market/municipality.h"
#include "view/land.h"
#include "view/map.html.h"
#include "view/report.html.h"
#include "view/speech.h"

enum { SHOWN = 9, COLUMNS = 3, RADIUS_MOST = 46, RADIUS_LEAST = 3 };

/* The people of one municipality; `at` is NULL for those whose municipality is not stated. */
struct town {
	const struct lg_municipality *at;
	uint64_t placed, without, people;
	bool hides_placed, hides_without, hides_people;
};

struct towns {
	struct town *all; /* most people first */
	size_t n;
	bool danish, swedish;
};

static int by_people(const void *x, const void *y)
{
	const struct town *a = x, *b = y;
	if (a->people != b->people) return a->people > b->people ? -1 : 1;
	if (!a->at || !b->at) return (a->at == NULL) - (b->at == NULL);
	return a->at < b->at ? -1 : a->at > b->at;
}

static void count(const struct report *r, struct town *town, size_t n)
{
	const struct lg_municipality *first = lg_municipalities(&(size_t){ 0 });
	for (size_t c = 0; c < r->market->n_candidates; c++) {
		const char *code = r->market->candidate_rows[c].municipality;
		const struct lg_municipality *m = lg_municipality_find(code, strlen(code), NULL);
		struct town *t = &town[m ? (size_t)(m - first) : n - 1];
		bool placed = r->m->placement.opening[c] != PLACEMENT_NOWHERE;
		t->at = m;
		t->people++;
		t->placed += placed;
		t->without += !placed;
	}
}

static void hide(const struct report *r, struct towns *towns)
{
	uint64_t *counts = lg_array(r->cx->mem, towns->n * COLUMNS + 1, sizeof *counts);
	bool *hidden = lg_array(r->cx->mem, towns->n * COLUMNS + 1, sizeof *hidden);
	for (size_t i = 0; i < towns->n; i++) {
		const struct town *t = &towns->all[i];
		memcpy(counts + i * COLUMNS, (uint64_t[]){ t->placed, t->without, t->people },
		       COLUMNS * sizeof *counts);
	}
	lg_hide_table(r->cx, counts, hidden, towns->n, COLUMNS);
	for (size_t i = 0; i < towns->n; i++) {
		towns->all[i].hides_placed = hidden[i * COLUMNS];
		towns->all[i].hides_without = hidden[i * COLUMNS + 1];
		towns->all[i].hides_people = hidden[i * COLUMNS + 2];
	}
}

static struct towns find(const struct report *r)
{
	size_t n;
	struct towns towns = { 0 };
	(void)lg_municipalities(&n);
	towns.all = lg_array(r->cx->mem, ++n, sizeof *towns.all);
	count(r, towns.all, n);
	qsort(towns.all, n, sizeof *towns.all, by_people);
	while (towns.n < n && towns.all[towns.n].people) {
		const struct lg_municipality *at = towns.all[towns.n++].at;
		towns.danish = towns.danish || (at && !strcmp(at->country, "DK"));
		towns.swedish = towns.swedish || (at && !strcmp(at->country, "SE"));
	}
	hide(r, &towns);
	return towns;
}

/* --- the map */

static int64_t root(uint64_t square)
{
	int64_t low = 0;
	while ((uint64_t)((low + 1) * (low + 1)) <= square) low++;
	return low;
}

/* Areas are in proportion to people. */
static struct html_map_bubbles bubble(const struct report *r, const struct town *t, uint64_t most)
{
	int64_t radius = root(t->people * RADIUS_MOST * RADIUS_MOST / most);
	if (radius < RADIUS_LEAST) radius = RADIUS_LEAST;
	int64_t square = radius * radius;
	if (t->hides_placed)
		return (struct html_map_bubbles){ .r = radius,
			                          .hidden = true,
			                          /* TRANSLATORS: a municipality, and how many people live there */
			                          .name = lg_printf(r->cx->mem, lg_say("%s: %s people"), t->at->name,
			                                            report_count(r, t->people, false)) };
	/* TRANSLATORS: a municipality: how many people there have a place, and how many live there */
	const char *name = lg_printf(r->cx->mem, lg_say("%s: %s of %s people have a place"), t->at->name,
	                             report_count(r, t->placed, false), report_count(r, t->people, false));
	return (struct html_map_bubbles){ .r = radius,
		                          .inner = root((uint64_t)square * t->placed / t->people),
		                          .name = name };
}

static void draw(const struct report *r, struct html_map *map, const struct towns *towns, enum lg_land land)
{
	map->bubbles = lg_array(r->cx->mem, towns->n + 1, sizeof *map->bubbles);
	for (size_t i = 0; i < towns->n; i++) {
		const struct town *t = &towns->all[i];
		if (t->hides_people)
			map->note = lg_say("Municipalities with fewer than five of the people are not shown.");
		if (!t->at || t->hides_people) continue;
		struct html_map_bubbles b = bubble(r, t, towns->all[0].people);
		if (!lg_land_place(land, t->at->latitude_e6, t->at->longitude_e6, &b.x, &b.y)) continue;
		map->bubbles[map->n_bubbles++] = b;
	}
}

static void make_map(struct report *r, const struct towns *towns)
{
	struct html_map *map = lg_alloc(r->cx->mem, sizeof *map);
	enum lg_land land = !towns->swedish ? LG_LAND_DK : towns->danish ? LG_LAND_BOTH : LG_LAND_SE;
	lg_land_size(land, &map->width, &map->height);
	map->dk = land == LG_LAND_DK;
	map->se = land == LG_LAND_SE;
	map->both = land == LG_LAND_BOTH;
	draw(r, map, towns, land);
	map->any = map->n_bubbles > 0;
	map->label = lg_printf(r->cx->mem,
	                       lg_says("A map with a circle for %s municipality, as large as its number of people.",
	                               "A map with circles for %s municipalities, as large as their numbers of people.",
	                               map->n_bubbles),
	                       report_count(r, map->n_bubbles, false));
	map->outer_means = lg_say("people who live there");
	map->inner_means = lg_say("of them with a place");
	for (size_t i = 0; i < map->n_bubbles; i++)
		if (map->bubbles[i].hidden) map->hidden_means = lg_say("how many have a place is hidden");
	r->page->map = map;
}

/* --- the tables and the words */

static const char *name_of(const struct town *t) { return t->at ? t->at->name : lg_say("Not stated"); }

static void put(const struct report *r, struct html_table *t, const struct town *town)
{
	bool bar = !town->hides_placed && !town->hides_people;
	report_row(t, name_of(town), bar ? (int)(town->placed * 100 / town->people) : REPORT_NO_BAR);
	report_cell_count(r, t, town->people, town->hides_people);
	report_cell_count(r, t, town->placed, town->hides_placed);
	report_cell_count(r, t, town->without, town->hides_without);
}

/* Those of too few people in one row: its sum is known anyway, being what the others leave of all. How many they are is
 * not said, as one might tell from it how many live in each. */
static void put_others(const struct report *r, struct html_table *t, uint64_t people)
{
	report_row(t, lg_say("Others, each with few people"), REPORT_NO_BAR);
	report_cell_count(r, t, people, lg_hide_part(people, r->people));
	report_cell_count(r, t, 0, true);
	report_cell_count(r, t, 0, true);
}

/* The first `most`, or with all of them those in one row that are hidden. */
static struct html_table *table(const struct report *r, const struct towns *towns, size_t most, const char *caption)
{
	const char *const heads[] = { lg_say("Municipality"), lg_say("People"), lg_say("With a place"),
		                      lg_say("Without") };
	struct html_table *t = report_table(r, caption, heads, sizeof heads / sizeof *heads, towns->n + 1);
	uint64_t others = 0;
	for (size_t i = 0; i < towns->n; i++) {
		const struct town *one = &towns->all[i];
		others += one->hides_people ? one->people : 0;
		if (!one->hides_people && t->n_rows < most) put(r, t, one);
	}
	if (others && t->n_rows < most) put_others(r, t, others);
	return t;
}

void report_towns(struct report *r)
{
	struct towns towns = find(r);
	make_map(r, &towns);
	r->page->towns = table(r, &towns, SHOWN, lg_say("The bar shows how many of the people have a place"));
	r->page->all_towns = table(r, &towns, towns.n + 1, lg_say("All municipalities where people live"));
}
