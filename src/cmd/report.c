/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "cmd/report.h"

#include <string.h>
#include <time.h>

#include "market/hide.h"
#include "view/report.html.h"
#include "view/speech.h"

static const char *date(const struct report *r)
{
	char text[64];
	struct tm day;
	time_t now = r->cx->now;
	/* TRANSLATORS: a date, as strftime prints it: year, month, day */
	if (!gmtime_r(&now, &day) || !strftime(text, sizeof text, lg_say("%Y-%m-%d"), &day)) return "";
	return lg_strdup(r->cx->mem, text);
}

static const char *proof(const struct report *r)
{
	if (!r->m->placement.proven)
		return lg_say("Only the best pairs of each were used, so there may be a better placement.");
	if (match_objective(r->m) == LGM_PEOPLE) return lg_say("No other placement has more people: that is proven.");
	return lg_say("No other placement has a higher sum of scores: that is proven.");
}

static void head(struct report *r)
{
	struct lg_arena *mem = r->cx->mem;
	const char *people = report_count(r, r->people, lg_hide_part(r->people, r->people));
	const char *positions = report_count(r, r->market->positions, false);
	const char *placed = report_count(r, r->placed, r->hides_placed);
	r->page->language = r->language;
	r->page->cyrillic = !strcmp(r->language, "uk");
	r->page->about = lg_say("Report of a placement");
	r->page->title = lg_printf(mem, lg_say("%s people and %s positions: who fits where"), people, positions);
	const char *lead = r->hides_placed
	                       ? lg_say("How many have a place is hidden, so that nobody can be recognised.")
	                       : lg_printf(mem, lg_say("There is a place for %s of them at once."), placed);
	r->page->lead = lg_printf(mem, "%s %s", lead, proof(r));
	r->page->when = lg_printf(mem, lg_say("Computed on %s"), date(r));
	if (r->page->cyrillic) r->page->unread = lg_say("No native reader has read the texts in this language yet.");
}

static void begin(struct report *r)
{
	r->market = r->m->in.market;
	r->language = lg_speech_language();
	r->people = r->market->n_candidates;
	r->placed = r->m->placement.totals.placed;
	r->without = r->people - r->placed;
	r->hides_placed = lg_hide_part(r->placed, r->people);
}

enum lg_err report_write(struct lg_ctx *cx, struct output *to, const struct match *m)
{
	struct output_file *f;
	struct html_report page = { 0 };
	struct report r = { .cx = cx, .m = m, .page = &page, .levers = m->opens ? &m->levers : NULL };
	begin(&r);
	head(&r);
	report_towns(&r);
	report_work(&r);
	report_skills(&r);
	report_scores(&r);
	report_blocks(&r);
	report_opens(&r);
	report_examples(&r);
	report_method(&r);
	LG_TRY(output_open(to, &f, "report.html"));
	html_report(&f->buf, &page);
	return output_close(to, f);
}
