/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "cmd/report.h"
#include "market/hide.h"
#include "view/report.html.h"
#include "view/speech.h"

enum { SHOWN = 12 };

/* "+7": what a course would bring is about nobody in particular, so it is shown. */
static const char *more_placed(const struct report *r, const struct lg_lever *l)
{
	if (!l->solved) return lg_say("not computed");
	uint64_t n = (uint64_t)(l->more_placed < 0 ? -l->more_placed : l->more_placed);
	return lg_printf(r->cx->mem, "%s%s", l->more_placed < 0 ? "\u2212" : "+", report_count(r, n, false));
}

static void put_people(const struct report *r, struct html_table *t, uint64_t n)
{
	report_cell_count(r, t, n, r->hides_placed || lg_hide_part(n, r->without));
}

static void put(const struct report *r, struct html_table *t, const struct lg_lever *l)
{
	report_row(t, levers_label(r->cx->mem, &r->m->in, l), REPORT_NO_BAR);
	put_people(r, t, l->people);
	put_people(r, t, l->shut);
	report_cell_count(r, t, l->openings, false);
	if (match_objective(r->m) == LGM_PEOPLE) put_people(r, t, l->blocks);
	report_cell(t, more_placed(r, l));
}

static struct html_table *table(const struct report *r)
{
	const struct levers *all = r->levers;
	const char *const of_people[] = { lg_say("Kind of help"),
		                          lg_say("People who get more possible openings"),
		                          lg_say("of them with none possible now"),
		                          lg_say("Openings that become possible for more people"),
		                          lg_say("People who would each get a place with it"),
		                          lg_printf(
		                              r->cx->mem, lg_say("More with a place if %s people got it"),
		                              report_count(r, all->n ? all->levers[0].seats : LEVERS_SEATS, false)) };
	const char *const of_score[] = { of_people[0], of_people[1], of_people[2], of_people[3], of_people[5] };
	bool people = match_objective(r->m) == LGM_PEOPLE;
	struct html_table *t =
	    report_table(r, lg_say("Kinds of help, the most valuable first"), people ? of_people : of_score,
	                 people ? sizeof of_people / sizeof *of_people : sizeof of_score / sizeof *of_score, SHOWN);
	for (size_t i = 0; i < all->n && i < SHOWN; i++) put(r, t, &all->levers[i]);
	if (!all->n) t->empty = lg_say("No single kind of help opens anything.");
	return t;
}

void report_opens(struct report *r)
{
	if (r->levers) r->page->opens = table(r);
}
