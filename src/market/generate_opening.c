/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <string.h>

#include "formats/csv.h"
#include "market/generate_world.h"
#include "market/market.h"

enum {
	OCCUPATIONS_MAX = 2,
	SKILLS_MAX = 20,
	SPREAD_M = 5000,
	START_DAYS = 240,
	OPENINGS_AN_EMPLOYER = 4,
};

/** A post invented. */
struct post {
	const struct lg_world *world;
	uint64_t number;
	uint32_t employer;
	struct lg_spot place;
	bool no_address; /* only the municipality is known */
	uint16_t occupation[OCCUPATIONS_MAX], essential[SKILLS_MAX], optional[SKILLS_MAX];
	size_t n_occupations, n_essential, n_optional;
	uint8_t level[TONGUES]; /* enum lgm_level */
	bool licence, assistant_allowed, remote;
	uint16_t contract, positions, start;
	struct lgm_week schedule;
};

/* ---------------------------------------------------------------------------------------------- proportions */

/* What a post asks of the country's language, by how its ISCO code begins. */
static const struct lg_share level_plain[] = { { 40, LGM_LEVEL_NONE }, { 40, LGM_A1 }, { 15, LGM_A2 }, { 5, LGM_B1 } };
static const struct lg_share level_skilled[] = {
	{ 15, LGM_LEVEL_NONE }, { 15, LGM_A1 }, { 35, LGM_A2 }, { 25, LGM_B1 }, { 10, LGM_B2 }
};
static const struct lg_share level_learned[] = {
	{ 10, LGM_LEVEL_NONE }, { 15, LGM_A2 }, { 35, LGM_B1 }, { 35, LGM_B2 }, { 5, LGM_C1 }
};
static const struct demand {
	const char *first_digits;
	const struct lg_share *share;
	size_t n;
} demands[] = {
	{ "123", level_learned, LG_COUNT(level_learned) },
	{ "89", level_plain, LG_COUNT(level_plain) },
	{ "04567", level_skilled, LG_COUNT(level_skilled) },
};
/* A second language. */
static const struct lg_share second_tongue[] = {
	{ 70, TONGUE_en }, { 15, TONGUE_uk }, { 10, TONGUE_ru }, { 5, TONGUE_de }
};
static const struct lg_share second_level[] = { { 25, LGM_A1 }, { 30, LGM_A2 }, { 30, LGM_B1 }, { 15, LGM_B2 } };

static const struct lg_share contract_plain[] = {
	{ 350, LGM_JOB },          { 200, LGM_PLACEMENT }, { 170, LGM_INTEGRATION_PLACEMENT },
	{ 130, LGM_WAGE_SUBSIDY }, { 50, LGM_IGU },        { 60, LGM_LANGUAGE_PLACEMENT },
	{ 40, LGM_TRAINEE },
};
static const struct lg_share contract_regulated[] = {
	{ 350, LGM_JOB },
	{ 150, LGM_PLACEMENT },
	{ 100, LGM_INTEGRATION_PLACEMENT },
	{ 80, LGM_WAGE_SUBSIDY },
	{ 40, LGM_IGU },
	{ 160, LGM_EVALUATION },
	{ 70, LGM_CLINICAL_DAY },
	{ 30, LGM_LANGUAGE_PLACEMENT },
	{ 20, LGM_TRAINEE },
};

/* Positions: 1 to 50, each range evenly; the chance of n or more falls like n to the power of 4/3; mean 2.56. */
static const struct range {
	uint16_t from, to;
} positions[] = {
	{ 1, 1 }, { 2, 2 }, { 3, 3 }, { 4, 4 }, { 5, 6 }, { 7, 9 }, { 10, 14 }, { 15, 24 }, { 25, 49 }, { 50, 50 },
};
static const struct lg_share positions_range[] = {
	{ 6559, 0 }, { 1440, 1 }, { 639, 2 }, { 353, 3 }, { 367, 4 },
	{ 246, 5 },  { 168, 6 },  { 116, 7 }, { 72, 8 },  { 40, 9 },
};

enum pattern { DAYTIME, SHORT_DAY, EVENING, ROTATING, NIGHT };
static const struct lg_share patterns[] = {
	{ 50, DAYTIME }, { 10, SHORT_DAY }, { 15, EVENING }, { 17, ROTATING }, { 8, NIGHT }
};

enum { NO_ADDRESS = 500, SECOND_OCCUPATION = 250, SECOND_LANGUAGE = 160, ASSISTANT = 600, EVENING_DAY = 800 };

/* ------------------------------------------------------------------------------------------------- drawing */

/* So many of an occupation's essential or optional skills, each choice equally likely. */
static size_t draw_skills(const struct lg_world *w, struct lg_dice *d, uint16_t occupation, bool essential,
                          uint32_t wanted, uint16_t *skills)
{
	const struct lg_relation *relation;
	size_t n = lg_taxonomy_relations(w->taxonomy, occupation, &relation), chosen = 0;
	uint32_t left = 0;
	for (size_t i = 0; i < n; i++) left += (relation[i].essential != 0) == essential;
	for (size_t i = 0; i < n && chosen < wanted; i++) {
		if ((relation[i].essential != 0) != essential) continue;
		if (lg_dice_below(d, left--) < wanted - chosen) skills[chosen++] = relation[i].skill;
	}
	return chosen;
}

static void draw_work(struct post *p, const struct lg_world *w, struct lg_dice *d)
{
	uint16_t main = lg_world_occupation(w, d, LG_OPENINGS);
	p->occupation[p->n_occupations++] = main;
	bool second = lg_dice_chance(d, SECOND_OCCUPATION);
	uint16_t other = lg_world_sibling(w, d, main);
	if (second && other != main) p->occupation[p->n_occupations++] = other;
	uint32_t essential = lg_dice_range(d, 9, 18), optional = lg_dice_range(d, 4, 10);
	p->n_essential = draw_skills(w, d, main, true, essential, p->essential);
	p->n_optional = draw_skills(w, d, main, false, optional, p->optional);
}

static void draw_languages(struct post *p, const struct lg_world *w, struct lg_dice *d)
{
	const struct demand *demand = demands;
	while (!strchr(demand->first_digits, *lg_world_group_code(w, p->occupation[0]))) demand++;
	bool second = lg_dice_chance(d, SECOND_LANGUAGE);
	uint16_t tongue = LG_PICK(d, second_tongue), level = LG_PICK(d, second_level);
	if (second) p->level[tongue] = (uint8_t)level;
	p->level[lg_countries[p->place.country].tongue] = (uint8_t)lg_dice_pick(d, demand->share, demand->n);
}

static void draw_terms(struct post *p, const struct lg_world *w, struct lg_dice *d)
{
	p->licence = lg_world_trade(w, p->occupation[0])->regulated;
	p->assistant_allowed = lg_dice_chance(d, ASSISTANT) && p->licence;
	p->contract = p->licence ? LG_PICK(d, contract_regulated) : LG_PICK(d, contract_plain);
	p->remote = lg_dice_chance(d, w->area->remote_per_mille);
	const struct range *range = &positions[LG_PICK(d, positions_range)];
	p->positions = (uint16_t)lg_dice_range(d, range->from, range->to);
}

/* Monday to Friday about 7:30 to 15:30. */
static void draw_daytime(struct lgm_week *week, struct lg_dice *d)
{
	for (unsigned day = 0; day < 5; day++) {
		uint32_t from = lg_dice_range(d, 15, 17), to = lg_dice_range(d, 30, 32);
		lg_week_set(week, day, from, to);
	}
}

/* Four or five hours a day, in the morning or after noon. */
static void draw_short_day(struct lgm_week *week, struct lg_dice *d)
{
	uint32_t from = lg_dice_range(d, 16, 24), length = lg_dice_range(d, 8, 10);
	for (unsigned day = 0; day < 5; day++) lg_week_set(week, day, from, from + length);
}

/* 15 to 23 on most weekdays. */
static void draw_evening(struct lgm_week *week, struct lg_dice *d)
{
	for (unsigned day = 0; day < 5; day++)
		if (lg_dice_chance(d, EVENING_DAY)) lg_week_set(week, day, 30, 46);
}

/* Five days in a row, any: two early shifts for one late shift. */
static void draw_rotating(struct lgm_week *week, struct lg_dice *d)
{
	uint32_t first = lg_dice_below(d, 7);
	for (unsigned i = 0; i < 5; i++) {
		bool early = lg_dice_below(d, 3) > 0;
		lg_week_set(week, (first + i) % 7, early ? 14 : 30, early ? 30 : 46);
	}
}

/* Four nights in a row, midnight to 7. */
static void draw_night(struct lgm_week *week, struct lg_dice *d)
{
	uint32_t first = lg_dice_below(d, 7);
	for (unsigned i = 0; i < 4; i++) lg_week_set(week, (first + i) % 7, 0, 14);
}

static void (*const draw_pattern[])(struct lgm_week *week, struct lg_dice *d) = {
	[DAYTIME] = draw_daytime,   [SHORT_DAY] = draw_short_day, [EVENING] = draw_evening,
	[ROTATING] = draw_rotating, [NIGHT] = draw_night,
};

static void draw_schedule(struct post *p, struct lg_dice *d)
{
	draw_pattern[LG_PICK(d, patterns)](&p->schedule, d);
	if (lg_week_count(&p->schedule) == 0)
		lg_week_set(&p->schedule, 0, 16, 32); /* an evening post without an evening */
}

static void draw_post(struct post *p, const struct lg_world *w, uint64_t number)
{
	struct lg_dice dice = lg_dice_at(w->seed, LG_OPENINGS, number), *d = &dice;
	uint64_t employers = w->openings / OPENINGS_AN_EMPLOYER + 1;
	*p = (struct post){ .world = w, .number = number };
	p->employer = lg_dice_low(d, employers > UINT32_MAX ? UINT32_MAX : (uint32_t)employers) + 1;
	p->place = lg_world_spot(w, d, SPREAD_M);
	p->no_address = lg_dice_chance(d, NO_ADDRESS) && !w->area->copied;
	draw_work(p, w, d);
	draw_languages(p, w, d);
	draw_terms(p, w, d);
	draw_schedule(p, d);
	p->start = (uint16_t)lg_dice_below(d, START_DAYS);
}

/* ------------------------------------------------------------------------------------------------- columns */

static void put_id(struct lg_buf *out, const struct post *p)
{
	lg_putc(out, 'O');
	lg_put_number(out, p->number + 1, 7);
}

static void put_employer(struct lg_buf *out, const struct post *p)
{
	lg_puts(out, "Invented employer ");
	lg_put_int(out, p->employer);
}

static void put_municipality(struct lg_buf *out, const struct post *p)
{
	lg_put_municipality(out, p->world, &p->place);
}

static void put_lat(struct lg_buf *out, const struct post *p)
{
	if (!p->no_address) lg_put_degrees(out, p->place.latitude_e6);
}

static void put_lon(struct lg_buf *out, const struct post *p)
{
	if (!p->no_address) lg_put_degrees(out, p->place.longitude_e6);
}

static void put_occupations(struct lg_buf *out, const struct post *p)
{
	for (size_t i = 0; i < p->n_occupations; i++) {
		lg_put_separator(out, i);
		lg_puts(out, lg_taxonomy_code(p->world->taxonomy, p->occupation[i]));
	}
}

static void put_essential(struct lg_buf *out, const struct post *p)
{
	lg_put_skills(out, p->world, p->essential, p->n_essential);
}

static void put_optional(struct lg_buf *out, const struct post *p)
{
	lg_put_skills(out, p->world, p->optional, p->n_optional);
}

static void put_languages(struct lg_buf *out, const struct post *p) { lg_put_levels(out, p->level); }

static void put_licence(struct lg_buf *out, const struct post *p)
{
	if (p->licence) lg_put_licence(out, p->world, p->world->trade_of[p->occupation[0]], p->place.country);
}

static void put_assistant(struct lg_buf *out, const struct post *p)
{
	lg_puts(out, p->assistant_allowed ? "yes" : "no");
}

static void put_contract(struct lg_buf *out, const struct post *p) { lg_puts(out, lg_contract_name(p->contract)); }

static void put_hours(struct lg_buf *out, const struct post *p)
{
	unsigned half_hours = lg_week_count(&p->schedule);
	lg_put_int(out, half_hours / 2);
	if (half_hours % 2) lg_puts(out, ".5");
}

static void put_schedule(struct lg_buf *out, const struct post *p) { lg_put_week(out, &p->schedule); }

static void put_positions(struct lg_buf *out, const struct post *p) { lg_put_int(out, p->positions); }

static void put_start(struct lg_buf *out, const struct post *p) { lg_put_day(out, p->start); }

static void put_remote(struct lg_buf *out, const struct post *p) { lg_puts(out, p->remote ? "yes" : "no"); }

static const struct column {
	const char *name;
	void (*put)(struct lg_buf *out, const struct post *p);
} columns[] = {
	{ "id", put_id },
	{ "employer", put_employer },
	{ "municipality", put_municipality },
	{ "lat", put_lat },
	{ "lon", put_lon },
	{ "occupations", put_occupations },
	{ "essential_skills", put_essential },
	{ "optional_skills", put_optional },
	{ "languages", put_languages },
	{ "licence", put_licence },
	{ "assistant_allowed", put_assistant },
	{ "contract", put_contract },
	{ "hours", put_hours },
	{ "schedule", put_schedule },
	{ "positions", put_positions },
	{ "start", put_start },
	{ "remote", put_remote },
};

void lg_opening_header(struct lg_buf *out)
{
	for (size_t i = 0; i < LG_COUNT(columns); i++) lg_csv_str(out, i == 0, columns[i].name);
	lg_csv_end(out);
}

void lg_opening_row(const struct lg_world *w, uint64_t number, struct lg_buf *out, struct lg_buf *cell)
{
	struct post p;
	draw_post(&p, w, number);
	for (size_t i = 0; i < LG_COUNT(columns); i++) {
		lg_buf_clear(cell);
		columns[i].put(cell, &p);
		lg_put_cell(out, i == 0, cell);
	}
	lg_csv_end(out);
}
