/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "cmd/explain_print.h"
#include "core/explain_words.h"
#include "view/number.h"
#include "view/speech.h"

static bool fails(const struct explain *e, unsigned demand) { return e->v.failed >> demand & 1u; }

static unsigned most_points(const struct explain *e)
{
	unsigned sum = 0;
	for (unsigned p = 0; p < LGM_PARTS; p++) sum += e->in->setup->weight[p];
	return sum;
}

static void put_verdict(struct lg_buf *out, const struct explain *e)
{
	char a[48], b[48];
	unsigned failed = 0;
	for (unsigned d = 0; d < LGM_DEMANDS; d++) failed += fails(e, d);
	lg_putf(out, lg_say("Candidate %s and opening %s"), e->c_row->id, e->o_row->id);
	if (*e->o_row->employer) lg_putf(out, " (%s)", e->o_row->employer);
	lg_putc(out, '\n');
	if (failed)
		lg_putf(out,
		        lg_says("Not possible: %u demand is not met.", "Not possible: %u demands are not met.", failed),
		        failed);
	else
		lg_puts(out, lg_say("Possible: every demand is met."));
	lg_putc(out, '\n');
	lg_putf(out, lg_say("Score %s of %s."), lg_number_count(a, e->v.score), lg_number_count(b, most_points(e)));
	lg_putc(out, '\n');
	if (failed || e->v.score >= e->in->setup->reserve) return;
	lg_putf(out, lg_say("That is below the reserve of %u, so it is not proposed."), e->in->setup->reserve);
	lg_putc(out, '\n');
}

static void put_heading(struct lg_buf *out, const char *heading) { lg_putf(out, "\n%s\n", heading); }

static void put_demands(struct lg_buf *out, const struct explain *e)
{
	put_heading(out, lg_say("Demands"));
	for (unsigned d = 0; d < LGM_DEMANDS; d++) {
		lg_puts(out, "  ");
		explain_put_padded(out, fails(e, d) ? lg_say("NO") : lg_say("yes"), 5);
		explain_put_padded(out, explain_demand_name((enum lgm_demand)d), 17);
		explain_demand(out, e, (enum lgm_demand)d);
		lg_putc(out, '\n');
	}
}

static void put_points(struct lg_buf *out, unsigned points, unsigned most, const char *name)
{
	lg_puts(out, "  ");
	lg_putf(out, lg_say("%5u of %5u"), points, most);
	lg_putf(out, "  %s\n", name);
}

static void put_parts(struct lg_buf *out, const struct explain *e)
{
	put_heading(out, lg_say("Points"));
	for (unsigned p = 0; p < LGM_PARTS; p++)
		put_points(out, e->v.part[p], e->in->setup->weight[p], explain_part_name((enum lgm_part)p));
	put_points(out, e->v.score, most_points(e), lg_say("together: the score"));
}

static void put_skills(struct lg_buf *out, const struct explain *e, bool essential)
{
	size_t n = essential ? e->o->n_essential : e->o->n_optional;
	if (!n) return;
	put_heading(out, essential ? lg_say("Essential skills") : lg_say("Optional skills"));
	for (size_t i = 0; i < n; i++) {
		struct explain_skill s = explain_skill(e, essential, i);
		lg_puts(out, "  ");
		explain_put_padded(out, s.has ? lg_say("has") : lg_say("lacks"), 10);
		put_points(out, s.has ? s.points : 0, s.points, s.label);
	}
}

static void put_occupations(struct lg_buf *out, const struct explain *e)
{
	const struct lg_taxonomy *t = e->in->taxonomy;
	const char *language = lg_speech_language();
	put_heading(out, lg_say("Occupations"));
	for (size_t i = 0; i < e->o->n_occupations; i++) {
		lg_puts(out, "  ");
		explain_put_padded(out, lg_say("asked for"), 14);
		lg_putf(out, "%s\n", lg_taxonomy_label(t, e->o->occupations[i], language));
	}
	for (size_t i = 0; i < e->c->n_occupations; i++) {
		unsigned years = e->c->occupations[i].years;
		lg_puts(out, "  ");
		explain_put_padded(out, lg_say("has been"), 14);
		lg_putf(out, "%s, ", lg_taxonomy_label(t, e->c->occupations[i].occupation, language));
		lg_putf(out, lg_says("%u year", "%u years", years), years);
		lg_putc(out, '\n');
	}
}

void explain_text(struct lg_buf *out, const struct explain *e)
{
	put_verdict(out, e);
	put_demands(out, e);
	put_parts(out, e);
	put_occupations(out, e);
	put_skills(out, e, true);
	put_skills(out, e, false);
	explain_gap(out, e);
	explain_put_footer(out, e->in->taxonomy);
}
