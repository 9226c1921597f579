/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "cmd/explain.h"
#include "cmd/words.h"

static bool fails(const struct explain *e, unsigned demand) { return e->v.failed >> demand & 1u; }

static unsigned most_points(const struct explain *e)
{
	unsigned sum = 0;
	for (unsigned p = 0; p < LGM_PARTS; p++) sum += e->in->setup.weight[p];
	return sum;
}

static void put_verdict(struct lg_buf *out, const struct explain *e)
{
	char a[32], b[32];
	unsigned failed = 0;
	for (unsigned d = 0; d < LGM_DEMANDS; d++) failed += fails(e, d);
	lg_putf(out, "Candidate %s and opening %s", e->c_row->id, e->o_row->id);
	if (*e->o_row->employer) lg_putf(out, " (%s)", e->o_row->employer);
	lg_puts(out, failed ? "\nNot possible: " : "\nPossible: every demand is met.\n");
	if (failed) lg_putf(out, "%u %s not met.\n", failed, words_one(failed, "demand is", "demands are"));
	lg_putf(out, "Score %s of %s.\n", words_count(a, e->v.score), words_count(b, most_points(e)));
	if (!failed && e->v.score < e->in->setup.reserve)
		lg_putf(out, "That is below the reserve of %u, so it is not proposed.\n", e->in->setup.reserve);
}

static void put_demands(struct lg_buf *out, const struct explain *e)
{
	lg_puts(out, "\nDemands\n");
	for (unsigned d = 0; d < LGM_DEMANDS; d++) {
		lg_putf(out, "  %-4s %-16s ", fails(e, d) ? "NO" : "yes", lgm_demand_name((enum lgm_demand)d));
		explain_demand(out, e, (enum lgm_demand)d);
		lg_putc(out, '\n');
	}
}

static void put_parts(struct lg_buf *out, const struct explain *e)
{
	lg_puts(out, "\nPoints\n");
	for (unsigned p = 0; p < LGM_PARTS; p++)
		lg_putf(out, "  %5u of %5u  %s\n", e->v.part[p], e->in->setup.weight[p],
		        lgm_part_name((enum lgm_part)p));
}

static void put_skills(struct lg_buf *out, const struct explain *e, bool essential)
{
	size_t n = essential ? e->o->n_essential : e->o->n_optional;
	if (!n) return;
	lg_puts(out, essential ? "\nEssential skills\n" : "\nOptional skills\n");
	for (size_t i = 0; i < n; i++) {
		struct explain_skill s = explain_skill(e, essential, i);
		if (s.has)
			lg_putf(out, "  has    %5u        %s\n", s.points, s.label);
		else
			lg_putf(out, "  lacks      0 of %-4u %s\n", s.points, s.label);
	}
}

static void put_occupations(struct lg_buf *out, const struct explain *e)
{
	const struct lg_taxonomy *t = e->in->taxonomy;
	lg_puts(out, "\nOccupations\n");
	for (size_t i = 0; i < e->o->n_occupations; i++)
		lg_putf(out, "  asked for  %s\n", lg_taxonomy_label(t, e->o->occupations[i], "en"));
	for (size_t i = 0; i < e->c->n_occupations; i++)
		lg_putf(out, "  has been   %s, %u %s\n", lg_taxonomy_label(t, e->c->occupations[i].occupation, "en"),
		        e->c->occupations[i].years, words_one(e->c->occupations[i].years, "year", "years"));
}

void explain_text(struct lg_buf *out, const struct explain *e)
{
	put_verdict(out, e);
	put_demands(out, e);
	put_parts(out, e);
	put_occupations(out, e);
	put_skills(out, e, true);
	put_skills(out, e, false);
	const char *thanks = lg_taxonomy_attribution(e->in->taxonomy);
	if (*thanks) lg_putf(out, "\n%s\n", thanks);
}
