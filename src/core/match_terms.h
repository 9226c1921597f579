/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_MATCH_TERMS_H
#define LG_CORE_MATCH_TERMS_H
#include <jansson.h>

#include "base/ctx.h"
#include "core/explain.h"

/**
 * @file
 * Records of candidates and openings in the engine's terms. Only these fields are read; names, birth dates and the like
 * are not, so that nothing else can weigh in:
 *
 *   both        latitude_e6, longitude_e6, languages
 *   candidates  occupations (with years), wished (occupations: their unit groups), skills, licences, wants_work,
 * can_start, contracts, hours_least, hours_most, commute_km, available, classes openings    occupations, skills
 * (essential or not), licences, kind, positions, hours, schedule, start_on, remote, assistant_allowed, municipality
 * (for the country of a licence)
 *
 * What is empty means: no limit of hours; every kind of contract; 30 km; the whole week; at once. A level is that in
 * talks with others, else the least of those stated. A code that the taxonomy does not know is left out.
 *
 *     const struct match_terms *terms;
 *     LG_TRY(match_terms_new(cx, taxonomy, &terms));
 *     if (match_terms_candidate(terms, mem, record, &c)) ...     else it cannot be matched: where it is, is not known
 *
 * Threads: any, once made.
 */
struct match_terms {
	struct lgm_setup setup;
	struct explain_terms explain;
};

/** Lives as long as cx->mem; `taxonomy` outlives it. */
LG_MUST enum lg_err match_terms_new(struct lg_ctx *cx, const struct lg_taxonomy *taxonomy, struct match_terms **out);

/** Fills *out, with its lists in `mem`; the id is 0. @return false: it cannot be compared with anything */
bool match_terms_candidate(const struct match_terms *t, struct lg_arena *mem, const json_t *record,
                           struct lgm_candidate *out);
/** The licence of a code ("2221") in a country ("DK"); UINT16_MAX: there is none. */
uint16_t match_terms_licence(const struct match_terms *t, const char *code, const char *country);
/** Of the licences only those can come to somebody by a recognition: applied for, or of work close to their own. */
bool match_terms_may_hold(const struct match_terms *t, const struct lgm_candidate *c, uint16_t licence);
bool match_terms_opening(const struct match_terms *t, struct lg_arena *mem, const json_t *record,
                         struct lgm_opening *out);
#endif
