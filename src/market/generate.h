/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_MARKET_GENERATE_H
#define LG_MARKET_GENERATE_H
#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/ctx.h"
#include "taxonomy/taxonomy.h"

/**
 * @file
 * Invented markets: candidates.csv and openings.csv of any size, for trying out, testing and measuring.
 *
 * Nobody in them exists. Occupations and what belongs to them come from the taxonomy, places from the registers of
 * municipalities; all else is drawn with proportions that resemble a labour market: see generate_candidate.c and
 * generate_opening.c for the tables.
 *
 *     denmark  the Danish municipalities; about 2 % of the pairs are feasible
 *     nordic   the Danish and the Swedish ones; languages and licences by country; about 0.5 %
 *     eu       as nordic, in shifted copies spread over Europe: as many as give Denmark's density at 50,000 candidates;
 *              every row has coordinates, none a municipality
 *
 * A remote opening suits people everywhere: in Denmark 1 in 100 is, in the larger areas 1 in 1,000.
 * Whole numbers only: the same bytes on every machine. A row depends on the taxonomy, the area, the seed, its side and
 * its number (in `eu` also on how many candidates there are, and an opening's employer on how many openings), and on
 * no other row.
 */
struct lg_generator;

/**
 * Prepare a market. Everything is allocated in cx->mem; `taxonomy` outlives it. Some milliseconds.
 * @return NULL: there is no such area, or the taxonomy has no unit group
 */
struct lg_generator *lg_generator_new(struct lg_ctx *cx, const struct lg_taxonomy *taxonomy, const char *area,
                                      uint64_t seed, uint64_t candidates, uint64_t openings);

/**
 * Append the next few thousand lines of the file, at the start its header line.
 * @return true: lines were appended; false: there was none left, and nothing was appended
 */
bool lg_generate_candidates(struct lg_generator *g, struct lg_buf *out);
bool lg_generate_openings(struct lg_generator *g, struct lg_buf *out);
#endif
