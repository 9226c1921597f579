/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <string.h>

#include "cmd/report.h"
#include "core/explain_words.h"
#include "view/report.html.h"
#include "view/speech.h"

static void put_weights(struct report *r)
{
	const uint16_t *weight = r->m->in.setup.weight;
	const char *const heads[] = { lg_say("Part of the score"), lg_say("Points at most") };
	struct html_table *t = report_table(r, lg_say("What the score is made of"), heads, 2, LGM_PARTS);
	for (unsigned p = 0; p < LGM_PARTS; p++) {
		report_row(t, explain_part_name((enum lgm_part)p), REPORT_NO_BAR);
		report_cell(t, report_count(r, weight[p], false));
	}
	r->page->weights = t;
}

static void fact(struct report *r, const char *name, const char *value)
{
	r->page->facts[r->page->n_facts++] = (struct html_report_facts){ name, value };
}

/* The name of the file without its folder, and what tells it from any other. */
static void fact_file(struct report *r, const char *name, const struct input_digest *d)
{
	if (!d->path) return;
	const char *slash = strrchr(d->path, '/');
	fact(r, name, lg_printf(r->cx->mem, "%s, SHA-256 %s", slash ? slash + 1 : d->path, d->sha256));
}

static const char *vocabulary(const struct report *r)
{
	static const char built_in[] = "built-in ";
	const struct lg_taxonomy *t = r->m->in.taxonomy;
	const char *version = lg_taxonomy_version(t), *hash = lg_taxonomy_hash(t);
	if (!strncmp(version, built_in, sizeof built_in - 1))
		return lg_printf(r->cx->mem, lg_say("built in, version %s"), version + sizeof built_in - 1);
	return *hash ? lg_printf(r->cx->mem, "%s, SHA-256 %s", version, hash) : version;
}

static void put_facts(struct report *r)
{
	enum { FACTS = 8 };
	r->page->facts = lg_array(r->cx->mem, FACTS, sizeof *r->page->facts);
	fact(r, lg_say("Program"), "Landgang " LANDGANG_VERSION);
	fact(r, lg_say("Placed so that"),
	     match_objective(r->m) == LGM_PEOPLE ? lg_say("as many people as possible have a place and, among all such "
	                                                  "placements, the sum of scores is greatest")
	                                         : lg_say("the sum of scores is greatest"));
	fact(r, lg_say("Vocabulary of occupations and skills"), vocabulary(r));
	fact_file(r, lg_say("File of people"), &r->m->in.candidates);
	fact_file(r, lg_say("File of openings"), &r->m->in.openings);
	fact_file(r, lg_say("File of weights"), &r->m->in.weights);
	uint64_t rejected = r->market->n_rejections;
	if (rejected)
		fact(r, lg_say("Not used"),
		     lg_printf(r->cx->mem,
		               lg_says("%s row could not be used; rejected.csv says why",
		                       "%s rows could not be used; rejected.csv says why", rejected),
		               report_count(r, rejected, false)));
}

void report_method(struct report *r)
{
	r->page->proven = r->m->placement.proven;
	r->page->thanks = lg_taxonomy_attribution(r->m->in.taxonomy);
	put_weights(r);
	put_facts(r);
}
