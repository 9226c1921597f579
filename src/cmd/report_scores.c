/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdlib.h>
#include <string.h>

#include "cmd/report.h"
#include "market/hide.h"
#include "view/histogram.html.h"
#include "view/report.html.h"
#include "view/speech.h"

enum { CLASSES = 10, CLASS_POINTS = 10, WIDE = 48, BAR = 40, HIGH = 180, BASE = 210, ABOVE = 6 };

/* --- the histogram */

struct scores {
	uint64_t count[CLASSES];
	bool hidden[CLASSES];
	uint64_t most;
	unsigned median; /* points of the one in the middle, the lower of two */
};

static void find_median(const struct report *r, struct scores *s)
{
	uint64_t of_points[101] = { 0 }, below = 0;
	for (size_t c = 0; c < r->market->n_candidates; c++)
		if (r->m->placement.opening[c] != PLACEMENT_NOWHERE)
			of_points[report_points(r, r->m->placement.score[c])]++;
	for (s->median = 0; s->median < 100; s->median++) {
		below += of_points[s->median];
		if (2 * below >= r->placed) return;
	}
}

static struct scores find(const struct report *r)
{
	struct scores s = { 0 };
	for (size_t c = 0; c < r->market->n_candidates; c++) {
		if (r->m->placement.opening[c] == PLACEMENT_NOWHERE) continue;
		unsigned class = report_points(r, r->m->placement.score[c]) / CLASS_POINTS;
		s.count[class < CLASSES ? class : CLASSES - 1]++;
	}
	for (size_t i = 0; i < CLASSES; i++) s.hidden[i] = r->hides_placed; /* not to be told by their sum */
	lg_hide_row(r->cx, s.count, s.hidden, CLASSES);
	for (size_t i = 0; i < CLASSES; i++)
		if (!s.hidden[i] && s.count[i] > s.most) s.most = s.count[i];
	find_median(r, &s);
	return s;
}

static struct html_histogram_bars bar(const struct report *r, const struct scores *s, unsigned class)
{
	bool hidden = s->hidden[class];
	int64_t height = hidden || !s->most ? 0 : (int64_t)(s->count[class] * HIGH / s->most);
	return (struct html_histogram_bars){
		.x = (int64_t) class * WIDE + (WIDE - BAR) / 2,
		.y = BASE - height,
		.width = BAR,
		.height = height,
		.middle = (int64_t) class * WIDE + WIDE / 2,
		.above = BASE - height - ABOVE,
		.hidden = hidden || !height,
		.value = hidden ? "*" : report_count(r, s->count[class], false),
		.name = lg_printf(r->cx->mem, "%u", class * CLASS_POINTS),
	};
}

static const char *label(const struct report *r, const struct scores *s)
{
	struct lg_buf out = { 0 };
	lg_puts(&out, lg_say("People with a place, by score:"));
	for (unsigned i = 0; i < CLASSES; i++)
		lg_putf(&out, "%s %u: %s", i ? "," : "", i * CLASS_POINTS, report_count(r, s->count[i], s->hidden[i]));
	const char *text = lg_strndup(r->cx->mem, out.data, out.len);
	lg_buf_free(&out);
	return text;
}

static void draw(struct report *r, const struct scores *s)
{
	struct html_histogram *h = lg_alloc(r->cx->mem, sizeof *h);
	h->bars = lg_array(r->cx->mem, CLASSES, sizeof *h->bars);
	h->n_bars = CLASSES;
	bool any_hidden = false;
	for (unsigned i = 0; i < CLASSES; i++) {
		h->bars[i] = bar(r, s, i);
		any_hidden = any_hidden || s->hidden[i];
	}
	h->label = label(r, s);
	h->axis = any_hidden ? lg_say("Score from … up; * hidden") : lg_say("Score from … up");
	r->page->scores = h;
}

/* --- the headline */

static void figure(struct report *r, const char *what, const char *value, const char *more)
{
	r->page->figures[r->page->n_figures++] = (struct html_report_figures){ what, value, more };
}

static void figure_placed(struct report *r)
{
	bool share = r->people && !r->hides_placed;
	figure(r, lg_say("With a place"), report_count(r, r->placed, r->hides_placed),
	       share ? lg_printf(r->cx->mem, lg_say("%s of the people"), report_percent(r, r->placed, r->people)) : "");
	figure(r, lg_say("Without a place"), report_count(r, r->without, r->hides_placed),
	       lg_say("below is what blocks them"));
}

static void figure_pairs(struct report *r)
{
	bool few = lg_hide_part(r->people, r->people);
	uint64_t pairs = (uint64_t)r->people * r->market->n_openings; /* tells how many people there are */
	figure(r, lg_say("Pairs that meet every demand"), report_count(r, r->m->lists.feasible, few),
	       few ? "" : lg_printf(r->cx->mem, lg_say("of %s pairs, all looked at"), report_count(r, pairs, false)));
}

static void figures(struct report *r, const struct scores *s)
{
	bool few = r->placed < LG_HIDE_BELOW;
	enum { FIGURES = 6 };
	r->page->figures = lg_array(r->cx->mem, FIGURES, sizeof *r->page->figures);
	figure(r, lg_say("People"), report_count(r, r->people, lg_hide_part(r->people, r->people)),
	       lg_say("in the file"));
	figure(r, lg_say("Positions"), report_count(r, r->market->positions, false),
	       lg_printf(r->cx->mem, lg_says("in %s opening", "in %s openings", r->market->n_openings),
	                 report_count(r, r->market->n_openings, false)));
	figure_placed(r);
	figure(r, lg_say("Middle score (median)"), few ? lg_say("hidden") : lg_printf(r->cx->mem, "%u", s->median),
	       lg_say("of 100; half of the placements have more, half less"));
	figure_pairs(r);
}

void report_scores(struct report *r)
{
	struct scores s = find(r);
	figures(r, &s);
	draw(r, &s);
}
