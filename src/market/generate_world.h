/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_MARKET_GENERATE_WORLD_H
#define LG_MARKET_GENERATE_WORLD_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/ctx.h"
#include "landgang/match.h"
#include "market/generate_dice.h"
#include "market/municipality.h"
#include "taxonomy/taxonomy.h"

/**
 * @file
 * What all rows of an invented market have in common: where people live, what work there is and how much of it.
 * Inner header of the generator. Made once, then only read; rows may be drawn on any thread.
 */

/** The languages of invented markets. */
#define LG_TONGUES(T) T(da) T(sv) T(uk) T(ru) T(en) T(ar) T(fa) T(ti) T(so) T(ps) T(ku) T(tr) T(es) T(fr) T(de) T(pl)
enum lg_tongue {
#define T(code) TONGUE_##code,
	LG_TONGUES(T)
#undef T
	    TONGUES
};
extern const char *const lg_tongue_code[TONGUES];

enum { COUNTRIES = 2 };
/** A country of an area, the language its openings ask for, and how wide its municipalities are beside Danish ones. */
struct lg_country {
	char code[3];
	uint8_t tongue, width;
};
extern const struct lg_country lg_countries[COUNTRIES];

struct lg_area {
	const char *name;
	uint8_t countries;         /* the first so many of lg_countries */
	bool copied;               /* spread in shifted copies, and only coordinates given */
	uint16_t remote_per_mille; /* openings that can be done from anywhere */
};

/** Where somebody is. */
struct lg_spot {
	const struct lg_municipality *town;
	uint8_t country; /* of lg_countries */
	int32_t latitude_e6, longitude_e6;
};

/** A unit group in which there is work. */
struct lg_trade {
	uint16_t group; /* concept */
	bool regulated; /* nobody may do it without a licence */
	uint32_t n;
	const uint16_t *occupations; /* concepts; the group itself when it has none */
};

struct lg_world {
	const struct lg_taxonomy *taxonomy;
	const struct lg_area *area;
	uint64_t seed, candidates, openings;
	const struct lg_trade *trades;
	const uint16_t *trade_of;       /* [concepts]: index of its trade */
	const uint16_t *ranked[2];      /* trades, the most frequent first: supply (LG_CANDIDATES) and demand */
	const uint32_t *trade_sums;     /* running sums of the weights by rank */
	const char *const *skill_names; /* [skills], the shortest text that names it */
	const struct lg_municipality *const *towns;
	const uint32_t *town_sums; /* running sums of their weights */
	uint32_t n_trades, n_towns, copies;
};

/** NULL: no such area, or no unit group in the taxonomy. */
const struct lg_world *lg_world_new(struct lg_ctx *cx, const struct lg_taxonomy *taxonomy, const char *area,
                                    uint64_t seed, uint64_t candidates, uint64_t openings);

/** A place near a town, `spread` metres around it (standard deviation), more in wide municipalities. */
struct lg_spot lg_world_spot(const struct lg_world *w, struct lg_dice *d, uint32_t spread);
/** An occupation as frequent as it is on this side. */
uint16_t lg_world_occupation(const struct lg_world *w, struct lg_dice *d, unsigned side);
/** Another of the same unit group. */
uint16_t lg_world_sibling(const struct lg_world *w, struct lg_dice *d, uint16_t occupation);
/** Four digits of its unit group. */
const char *lg_world_group_code(const struct lg_world *w, uint16_t occupation);
const struct lg_trade *lg_world_trade(const struct lg_world *w, uint16_t occupation);

/** Half hours from `from` to `to` of a day, and a week as "mon 07:00-15:00;...". */
void lg_week_set(struct lgm_week *week, unsigned day, unsigned from, unsigned to);
unsigned lg_week_count(const struct lgm_week *week);
void lg_put_week(struct lg_buf *out, const struct lgm_week *week);

/** Pieces of a cell. */
void lg_put_separator(struct lg_buf *out, size_t index);             /* ";" before all but the first */
void lg_put_number(struct lg_buf *out, uint64_t n, unsigned digits); /* with leading zeros */
void lg_put_degrees(struct lg_buf *out, int32_t degrees_e6);         /* five decimals */
void lg_put_municipality(struct lg_buf *out, const struct lg_world *w, const struct lg_spot *spot);
void lg_put_skills(struct lg_buf *out, const struct lg_world *w, const uint16_t *skills, size_t n);
void lg_put_licence(struct lg_buf *out, const struct lg_world *w, uint16_t trade, uint8_t country);
void lg_put_levels(struct lg_buf *out, const uint8_t level[TONGUES]); /* "da=A2;uk=native" */
void lg_put_cell(struct lg_buf *out, bool first, const struct lg_buf *cell);
/** The first day of the invented market, 2027-01-01, and so many days later, as a date. */
enum { LG_BASE_DAY = 20819 };
void lg_put_day(struct lg_buf *out, uint32_t days_later);

/** One row: its columns are printed one by one into `cell` and then into `out`. */
void lg_candidate_header(struct lg_buf *out);
void lg_candidate_row(const struct lg_world *w, uint64_t number, struct lg_buf *out, struct lg_buf *cell);
void lg_opening_header(struct lg_buf *out);
void lg_opening_row(const struct lg_world *w, uint64_t number, struct lg_buf *out, struct lg_buf *cell);
#endif
