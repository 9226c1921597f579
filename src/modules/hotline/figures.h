/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_HOTLINE_FIGURES_H
#define LG_HOTLINE_FIGURES_H
#include "app/app.h"
#include "modules/hotline/clock.h"

/**
 * @file
 * Figures of the hotline for the last weeks. There is one way to them, for the page, the file and the API: counts of 1
 * to 4 are hidden, and what would give them away (core/suppress.h), also from one table to the other; medians and rates
 * of fewer than 5, or of a count that is hidden, are hidden. What is hidden is no number anywhere behind this header
 * but in `counts`, which only figures_value() reads. Who asked for them is a line of the audit of what was seen.
 */
enum {
	FIGURES_WEEKS = 8,
	FIGURES_K = 5,
	FIGURES_HIDDEN = -1,
	FIGURES_NONE = -2,
	/* tables */
	FIGURES_ENQUIRIES = 0,
	FIGURES_ANSWERS,
	FIGURES_OUTCOMES,
	FIGURES_CANDIDATES,
	FIGURES_REFERRALS,
	FIGURES_CALLS,
	FIGURES_TABLES,
	/* columns of answers, and of referrals */
	FIGURES_IN_TIME = 0,
	FIGURES_LATE,
	FIGURES_OPEN,
	FIGURES_STATES
};

struct figures_table {
	const char *id, *title;
	const char *all;                        /* what the sum of a row is; NULL: it is not shown */
	const char **rows, **columns;           /* names, for people */
	const char **row_codes, **column_codes; /* for programs: "DK-0730", "2026-11-30" */
	size_t n_rows, n_columns;
	const int64_t *counts; /* with totals, as hidden */
	bool *hidden;          /* [(n_rows + 1) * (n_columns + 1)] */
};
/** How simple it was: for a week, or for a municipality. */
struct figures_simple {
	const char *name, *code;
	int64_t median_s; /* to the first answer, in open time; FIGURES_HIDDEN, or FIGURES_NONE: there was no enquiry */
	int64_t handovers_100; /* for a hundred enquiries; the same */
	int64_t asked_twice;   /* callers who were known and were written down again; it should be 0; FIGURES_HIDDEN */
};
struct figures {
	struct figures_table tables[FIGURES_TABLES];
	struct figures_simple *weeks, *places;
	size_t n_weeks, n_places;
	int64_t openings, positions; /* open now */
};

/** Count them. Ends the transaction. */
LG_MUST enum lg_err figures_read(struct lg_ctx *cx, struct call *c, struct figures *out);
/** A cell, totals included; false: it is hidden. */
bool figures_value(const struct figures_table *t, size_t row, size_t column, int64_t *value);
/** How many columns are shown, with the sums. */
size_t figures_columns(const struct figures_table *t);
#endif
