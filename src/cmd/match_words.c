/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdio.h>

#include "cmd/match.h"
#include "cmd/understood.h"
#include "cmd/words.h"

static void say_lists(const struct match *m)
{
	char a[32], b[32], c[32];
	const struct lg_market *market = m->in.market;
	(void)printf("%s candidates, %s openings with %s positions.\n", words_count(a, market->n_candidates),
	             words_count(b, market->n_openings), words_count(c, market->positions));
	(void)printf("%s pairs meet every demand; %s of them are proposed.\n", words_count(a, m->lists.feasible),
	             words_count(b, m->lists.n_pairs));
}

static void say_proof(const struct match *m)
{
	char a[32];
	const struct lg_market *market = m->in.market;
	if (!m->placement.proven) {
		(void)printf("; not proven: only pairs on the lists were used (--prove looks at all).\n");
		return;
	}
	(void)printf("; proven: no placement %s (all %s pairs were looked at).\n",
	             match_objective(m) == LGM_PEOPLE ? "has more people, or as many with a higher sum of scores"
	                                              : "has a higher sum of scores",
	             words_count(a, (uint64_t)market->n_candidates * market->n_openings));
}

static void say_placement(const struct match *m)
{
	char a[32], b[32];
	if (!m->assign) return;
	uint64_t placed = m->placement.totals.placed, people = m->in.market->n_candidates;
	(void)printf("%s of %s %s a place", words_count(a, placed), words_count(b, people),
	             words_one(people, "person has", "people have"));
	say_proof(m);
}

static void say_rest(const struct match *m)
{
	char a[32];
	uint64_t out = m->n_without, rejected = m->in.market->n_rejections;
	if (out)
		(void)printf("%s %s; unplaced.csv says what stands in the way.\n", words_count(a, out),
		             m->assign ? words_one(out, "person has none", "people have none")
		                       : words_one(out, "person has no proposal", "people have no proposal"));
	if (rejected)
		(void)printf("%s %s could not be used; rejected.csv says why.\n", words_count(a, rejected),
		             words_one(rejected, "record", "records"));
	for (size_t i = 0; i < m->in.market->n_warnings; i++) {
		const struct lg_warning *w = &m->in.market->warnings[i];
		(void)printf("Note: %s: %s (%s, first in line %llu)\n", w->file, w->text, words_count(a, w->count),
		             (unsigned long long)w->first_line);
	}
}

void match_print_words(const struct match *m)
{
	const char *thanks = lg_taxonomy_attribution(m->in.taxonomy);
	say_lists(m);
	say_placement(m);
	understood_print(m->in.market);
	say_rest(m);
	if (m->opens) levers_say(&m->in, &m->levers, match_objective(m) == LGM_PEOPLE);
	if (*thanks) (void)printf("%s\n", thanks);
	(void)printf("Written to %s\n", m->out);
}
