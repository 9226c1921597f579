/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdlib.h>
#include <string.h>

#include "cmd/explain_words.h"
#include "cmd/report.h"
#include "market/hide.h"
#include "view/match.html.h"
#include "view/number.h"
#include "view/report.html.h"
#include "view/speech.h"

enum { EXAMPLES = 12, OF_THE_UNPLACED = 3, LINES_MOST = 16, CLOSES_MOST = 5, SKILLS_NAMED = 4, STRONG = 80, GOOD = 60 };

/* --- which ones */

struct pair {
	uint32_t candidate, opening;
	uint16_t score;
};
struct pairs {
	struct pair *at;
	size_t n;
};

static int by_score(const void *x, const void *y)
{
	const struct pair *a = x, *b = y;
	if (a->score != b->score) return a->score > b->score ? -1 : 1;
	return (a->candidate > b->candidate) - (a->candidate < b->candidate);
}

static struct pairs all_placed(const struct report *r)
{
	struct pairs p = { lg_array(r->cx->mem, r->people + 1, sizeof *p.at), 0 };
	for (uint32_t c = 0; c < r->market->n_candidates; c++)
		if (r->m->placement.opening[c] != PLACEMENT_NOWHERE)
			p.at[p.n++] = (struct pair){ c, r->m->placement.opening[c], r->m->placement.score[c] };
	qsort(p.at, p.n, sizeof *p.at, by_score);
	return p;
}

/* Those who seek work, with the opening that comes nearest, but too far away only if `far`. */
static struct pairs all_nearest(const struct report *r, bool far)
{
	unsigned never = 1u << LGM_WANTS_WORK | (far ? 0 : 1u << LGM_NEEDS_COMMUTE);
	struct pairs p = { lg_array(r->cx->mem, r->m->n_without + 1, sizeof *p.at), 0 };
	for (size_t i = 0; i < r->m->n_without; i++) {
		const struct lgm_misses *m = &r->m->misses[i];
		if (m->any && m->nearest_failed && !(m->nearest_failed & never))
			p.at[p.n++] = (struct pair){ r->m->without[i], m->nearest, m->nearest_score };
	}
	qsort(p.at, p.n, sizeof *p.at, by_score);
	return p;
}

static uint16_t work_of(const struct report *r, const struct pair *p)
{
	const struct lgm_opening *o = &r->market->openings[p->opening];
	return o->n_occupations ? lg_taxonomy_unit_group(r->m->in.taxonomy, o->occupations[0]) : LG_NO_CONCEPT;
}

static bool is_new(const struct report *r, const struct pair *p, const struct pair *chosen, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (work_of(r, &chosen[i]) == work_of(r, p)) return false;
	return true;
}

/* `wanted` of them, evenly from the best score to the worst; within each stretch the first whose work is new, if any.
 */
static size_t choose(const struct report *r, const struct pairs *from, size_t wanted, struct pair *chosen, size_t n)
{
	if (wanted > from->n) wanted = from->n;
	for (size_t i = 0; i < wanted; i++) {
		size_t begin = from->n * i / wanted, end = from->n * (i + 1) / wanted, at = begin;
		while (at < end && !is_new(r, &from->at[at], chosen, n)) at++;
		chosen[n++] = from->at[at < end ? at : begin];
	}
	return n;
}

/* --- the reasons */

struct card {
	const struct report *r;
	struct explain e;
	struct html_match *page;
};

static const char *keep(const struct card *k, struct lg_buf *text)
{
	const char *kept = text->data ? lg_strndup(k->r->cx->mem, text->data, text->len) : "";
	lg_buf_free(text);
	return kept;
}

static void fit(const struct card *k, const char *line)
{
	if (k->page->n_fits < LINES_MOST) k->page->fits[k->page->n_fits++].line = line;
}

static void lack(const struct card *k, const char *line)
{
	if (k->page->n_lacks < LINES_MOST) k->page->lacks[k->page->n_lacks++].line = line;
}

static void put_occupation(const struct card *k)
{
	const struct lgm_candidate *c = k->e.c;
	const char *language = k->r->language;
	for (size_t i = 0; i < c->n_occupations && i < 2; i++) {
		unsigned years = c->occupations[i].years;
		const char *work = lg_taxonomy_label(k->r->m->in.taxonomy, c->occupations[i].occupation, language);
		fit(k, lg_printf(k->r->cx->mem, lg_says("%s, %u year", "%s, %u years", years), work, years));
	}
	if (!k->e.v.part[LGM_OCCUPATION]) lack(k, lg_say("No experience in this work or work like it"));
}

/* The skills of one kind that are there, or those that are not: how many, and the first few by name. */
static void put_skills(const struct card *k, bool has)
{
	struct lg_buf names = { 0 };
	unsigned n = 0, all = k->e.o->n_essential;
	for (size_t i = 0; i < all; i++) {
		struct explain_skill s = explain_skill(&k->e, true, i);
		if (s.has != has) continue;
		if (n < SKILLS_NAMED) lg_putf(&names, "%s%s", n ? ", " : "", s.label);
		n++;
	}
	if (n > SKILLS_NAMED) lg_puts(&names, " …");
	const char *list = keep(k, &names);
	if (!n) return;
	if (has)
		fit(k, lg_printf(k->r->cx->mem, lg_say("%u of %u essential skills: %s"), n, all, list));
	else
		lack(k, lg_printf(k->r->cx->mem, lg_says("%u essential skill: %s", "%u essential skills: %s", n), n,
		                  list));
}

/* Does the opening ask for it at all? What it does not ask for is no reason. */
static bool is_asked(const struct explain *e, unsigned demand)
{
	switch ((enum lgm_demand)demand) {
	case LGM_NEEDS_LICENCE: return e->o->n_licences > 0;
	case LGM_NEEDS_LANGUAGE: return e->o->n_languages > 0;
	case LGM_NEEDS_HOURS: return e->o->hours != LGM_NO_HOURS;
	case LGM_NEEDS_SCHEDULE: return e->v.slots_asked > 0;
	case LGM_NEEDS_START: return e->o->start != LGM_NO_DATE && e->c->start != LGM_NO_DATE;
	case LGM_NEEDS_COMMUTE: return true;
	case LGM_WANTS_WORK:
	case LGM_NEEDS_CONTRACT:
	case LGM_DEMANDS: break;
	}
	return false;
}

static void put_demands(const struct card *k)
{
	for (unsigned d = 0; d < LGM_DEMANDS; d++) {
		bool fails = k->e.v.failed >> d & 1u;
		if (!fails && !is_asked(&k->e, d)) continue;
		struct lg_buf words = { 0 }, line = { 0 };
		explain_demand(&words, &k->e, (enum lgm_demand)d);
		/* TRANSLATORS: a demand and what is to be said of it, as in "language: Danish: has B2, needs B1" */
		lg_putf(&line, lg_say("%s: %s"), explain_demand_name((enum lgm_demand)d), keep(k, &words));
		(fails ? lack : fit)(k, keep(k, &line));
	}
}

static void put_gap(const struct card *k)
{
	struct lg_buf lines = { 0 };
	explain_gap_lines(&lines, &k->e);
	char *at = lines.len ? lg_strndup(k->r->cx->mem, lines.data, lines.len) : NULL;
	lg_buf_free(&lines);
	for (char *next; at && *at && k->page->n_closes < CLOSES_MOST; at = next) {
		next = strchr(at, '\n');
		*next++ = '\0';
		k->page->closes[k->page->n_closes++].line = at;
	}
}

static void put_parts(const struct card *k)
{
	struct html_match *page = k->page;
	const uint16_t *weight = k->r->m->in.setup.weight;
	unsigned most = 0;
	page->parts = lg_array(k->r->cx->mem, LGM_PARTS, sizeof *page->parts);
	for (unsigned p = 0; p < LGM_PARTS; p++) {
		page->parts[page->n_parts++] = (struct html_match_parts){ explain_part_name((enum lgm_part)p),
			                                                  report_count(k->r, k->e.v.part[p], false),
			                                                  report_count(k->r, weight[p], false) };
		most += weight[p];
	}
	page->sum = report_count(k->r, k->e.v.score, false);
	page->sum_most = report_count(k->r, most, false);
	page->why = lg_printf(k->r->cx->mem, lg_say("Why %s of %s points"), page->sum, page->sum_most);
}

static void put_heading(const struct card *k, size_t number)
{
	char hours[48];
	struct html_match *page = k->page;
	unsigned points = report_points(k->r, k->e.v.score);
	bool possible = !k->e.v.failed;
	page->number = lg_printf(k->r->cx->mem, "%zu.", number);
	page->title = report_occupation(k->r, k->e.o->n_occupations ? k->e.o->occupations[0] : LG_NO_CONCEPT);
	const char *contract = explain_contract_name(&k->e, k->e.o->contract);
	page->meta = k->e.o->hours == LGM_NO_HOURS ? contract
	                                           : lg_printf(k->r->cx->mem, lg_say("%s, %s hours a week"), contract,
	                                                       lg_number_tenths(hours, k->e.o->hours));
	page->possible = possible;
	page->ring = points;
	page->score = lg_printf(k->r->cx->mem, "%u", points);
	page->score_label = lg_printf(k->r->cx->mem, lg_say("Score %u of 100"), points);
	page->tone = !possible ? "no" : points >= STRONG ? "strong" : points >= GOOD ? "good" : "weak";
	page->word = !possible          ? lg_say("Not possible yet")
	             : points >= STRONG ? lg_say("Strong match")
	             : points >= GOOD   ? lg_say("Good match")
	                                : lg_say("Possible match");
}

static const struct html_match *make_card(const struct report *r, const struct pair *p, size_t number)
{
	struct card k = { .r = r, .page = lg_alloc(r->cx->mem, sizeof *k.page) };
	k.e = (struct explain){ .in = &r->m->in,
		                .c = &r->market->candidates[p->candidate],
		                .o = &r->market->openings[p->opening],
		                .c_row = &r->market->candidate_rows[p->candidate],
		                .o_row = &r->market->opening_rows[p->opening] };
	explain_weigh(&k.e);
	k.page->fits = lg_array(r->cx->mem, LINES_MOST, sizeof *k.page->fits);
	k.page->lacks = lg_array(r->cx->mem, LINES_MOST, sizeof *k.page->lacks);
	k.page->closes = lg_array(r->cx->mem, CLOSES_MOST, sizeof *k.page->closes);
	put_heading(&k, number);
	put_occupation(&k);
	put_skills(&k, true);
	put_skills(&k, false);
	put_demands(&k);
	put_gap(&k);
	put_parts(&k);
	return k.page;
}

void report_examples(struct report *r)
{
	struct pair chosen[EXAMPLES];
	struct pairs placed = all_placed(r), nearest = all_nearest(r, false);
	if (nearest.n < OF_THE_UNPLACED) nearest = all_nearest(r, true);
	/* So few that their cards would tell how many they are get none. */
	if (r->placed < LG_HIDE_BELOW) placed.n = 0;
	if (r->without < LG_HIDE_BELOW) nearest.n = 0;
	size_t unplaced = nearest.n < OF_THE_UNPLACED ? nearest.n : OF_THE_UNPLACED;
	size_t n = choose(r, &placed, EXAMPLES - unplaced, chosen, 0);
	n = choose(r, &nearest, EXAMPLES - n < nearest.n ? EXAMPLES - n : nearest.n, chosen, n);
	r->page->examples = lg_array(r->cx->mem, EXAMPLES, sizeof *r->page->examples);
	for (size_t i = 0; i < n; i++) r->page->examples[i].one = make_card(r, &chosen[i], i + 1);
	r->page->n_examples = n;
	r->page->examples_chosen = n > 0;
}
