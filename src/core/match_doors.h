/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_MATCH_DOORS_H
#define LG_CORE_MATCH_DOORS_H
#include "base/ctx.h"
#include "core/match_live.h"
#include "market/levers.h"

/**
 * @file
 * What opens the most doors: for one candidate, the single changes that make more openings possible (market/opens.h);
 * for an office, the kinds of help that do so for most people (market/levers.h).
 */
enum { DOORS_MOST = 12, DOORS_NAMED = 3 };

/* --- for one */

struct door {
	struct lg_change change;
	size_t n; /* some of the openings that it opens, the best first */
	uint8_t handles[DOORS_NAMED][MATCH_HANDLE];
};
struct doors {
	uint64_t all, feasible;
	uint16_t best;
	size_t n;
	struct door at[DOORS_MOST];
};
/**
 * Of the licences only those are among them that the candidate may come to hold: applied for, or of work close to their
 * own. LG_UNKNOWN: the facts cannot be compared with anything. O(openings), and for each change one question for the
 * best: some ten milliseconds at 30,000 openings.
 */
LG_MUST enum lg_err match_segment_doors(struct lg_ctx *cx, const struct match_segment *s, const json_t *facts,
                                        int32_t today, struct doors *out);
json_t *doors_told(const struct doors *d);
void doors_understood(const json_t *told, struct doors *out);

/* --- for an office */

enum { OFFICE_DOORS = 30 };
struct office_doors {
	uint64_t people, looked_at; /* who wait; of these, by lot, those who were looked at in the time there was */
	uint64_t openings;
	size_t n;
	struct lg_lever at[OFFICE_DOORS]; /* counts of people, pairs and openings; nothing of a placement */
};
/** A copy of a segment's candidates and openings, with an index of its own: to be looked through while others ask the
 * segment. In cx->mem. LG_BUSY: no memory */
struct market_copy;
LG_MUST enum lg_err match_segment_copy(struct lg_ctx *cx, const struct match_segment *s, struct market_copy **out);
/**
 * Try every kind of help with everybody until `go_on` says no, which is asked some hundred times a second. A larger
 * step that opens no more than a smaller one is left out. Some 0.1 ms a person at 3,000 openings.
 */
LG_MUST enum lg_err market_copy_doors(struct lg_ctx *cx, const struct market_copy *m, bool (*go_on)(void *with),
                                      void *with, struct office_doors *out);
json_t *office_doors_told(const struct office_doors *d);
void office_doors_understood(const json_t *told, struct office_doors *out);
#endif
