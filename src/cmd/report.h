/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CMD_REPORT_H
#define LG_CMD_REPORT_H
#include "cmd/levers.h"
#include "cmd/match.h"

struct html_report; /* the page: view/report.html.h */
struct html_table;  /* view/table.html.h */

/**
 * report.html: one self-contained page about a placement, for people who have to decide or answer for it, in the
 * language spoken (view/speech.h). Counts of 1 to 4 people, and those from which they could be had, are hidden
 * (market/hide.h); nobody's id stands in it.
 */
LG_MUST enum lg_err report_write(struct lg_ctx *cx, struct output *to, const struct match *m);

/* --- shared by its parts, each of which fills its fields of the page; all strings live in cx->mem */

struct report {
	struct lg_ctx *cx;
	const struct match *m;
	const struct lg_market *market;
	const char *language;
	const struct levers *levers; /* NULL: not asked for */
	uint64_t people, placed, without;
	bool hides_placed; /* how many have a place is not shown */
	struct html_report *page;
};

void report_towns(struct report *r);    /* the map and both tables of municipalities */
void report_work(struct report *r);     /* occupations */
void report_skills(struct report *r);   /* the skills most wanted */
void report_scores(struct report *r);   /* figures and the histogram */
void report_blocks(struct report *r);   /* what blocks whom */
void report_opens(struct report *r);    /* what opens the most */
void report_examples(struct report *r); /* twelve pairs with reasons */
void report_method(struct report *r);   /* how it was computed, whom to thank */

/** "4,210", or the word for hidden. */
const char *report_count(const struct report *r, uint64_t n, bool hidden);
/** "84 %" of a whole that is not 0. */
const char *report_percent(const struct report *r, uint64_t part, uint64_t whole);
/** A score as points of 100. */
unsigned report_points(const struct report *r, unsigned score);
/** What an opening without an occupation is called. */
const char *report_occupation(const struct report *r, uint16_t concept);

/** A table whose columns are told by their heads (the first is that of the rows' names); grows a row at a time. */
struct html_table *report_table(const struct report *r, const char *caption, const char *const *heads, size_t n_heads,
                                size_t most_rows);
/** Begin a row; then as many report_cell() as there are heads behind the first. width: of the bar, 0 to 100, or none.
 */
enum { REPORT_NO_BAR = -1 };
void report_row(struct html_table *t, const char *name, int width);
void report_cell(struct html_table *t, const char *value);
/** A count as a cell: the number, or that it is hidden. */
void report_cell_count(const struct report *r, struct html_table *t, uint64_t n, bool hidden);
#endif
