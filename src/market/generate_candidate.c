/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <string.h>

#include "formats/csv.h"
#include "market/generate_world.h"
#include "market/market.h"

enum {
	OCCUPATIONS_MAX = 5,
	SKILLS_MAX = 40,
	LICENCES_MAX = 2 * OCCUPATIONS_MAX,
	WISHES_MAX = 3,
	WISH_DIGITS_MAX = 4,
	SPREAD_M = 7000,
	START_DAYS = 180,
};

struct occupation {
	uint16_t concept;
	uint8_t years;
};
struct licence {
	uint16_t trade;
	uint8_t country;
	bool held;
};
struct wish {
	const char *code;
	uint8_t digits;
};

/** Somebody invented. */
struct person {
	const struct lg_world *world;
	uint64_t number;
	struct lg_spot home;
	bool no_address; /* only the municipality is known */
	uint16_t commute_km;
	struct occupation occupation[OCCUPATIONS_MAX];
	uint16_t skill[SKILLS_MAX];
	struct licence licence[LICENCES_MAX];
	struct wish wish[WISHES_MAX];
	size_t n_occupations, n_skills, n_licences, n_wishes;
	uint8_t level[TONGUES]; /* enum lgm_level */
	uint16_t contracts;
	uint16_t hours_min, hours_max; /* 0: not stated */
	struct lgm_week available, in_class;
	uint16_t wants, basis, start;
};

/* ---------------------------------------------------------------------------------------------- proportions */

static const struct lg_share commute_km[] = { { 10, 10 }, { 15, 15 }, { 20, 20 }, { 32, 30 },
	                                      { 11, 40 }, { 7, 50 },  { 5, 75 } };

/* How well somebody knows the language of the country they live in, Danish and Swedish, and that of the other one. */
enum { LEVELS = 7 };
static const struct lg_share level_danish[LEVELS] = {
	{ 8, LGM_LEVEL_NONE }, { 7, LGM_A0 },  { 20, LGM_A1 }, { 25, LGM_A2 },
	{ 22, LGM_B1 },        { 12, LGM_B2 }, { 6, LGM_C1 },
};
static const struct lg_share level_swedish[LEVELS] = {
	{ 10, LGM_LEVEL_NONE }, { 10, LGM_A0 }, { 15, LGM_A1 }, { 15, LGM_A2 },
	{ 25, LGM_B1 },         { 17, LGM_B2 }, { 8, LGM_C1 },
};
static const struct lg_share *const level_home[COUNTRIES] = { level_danish, level_swedish };
static const struct lg_share level_neighbour[] = {
	{ 88, LGM_LEVEL_NONE }, { 6, LGM_A1 }, { 4, LGM_A2 }, { 2, LGM_B1 }
};
static const struct lg_share level_english[] = { { 36, LGM_LEVEL_NONE }, { 12, LGM_A1 }, { 16, LGM_A2 },
	                                         { 17, LGM_B1 },         { 13, LGM_B2 }, { 6, LGM_C1 } };
/* Of those whose first language is not Ukrainian. */
static const struct lg_share first_tongue[] = {
	{ 30, TONGUE_ar }, { 16, TONGUE_fa }, { 12, TONGUE_ti }, { 10, TONGUE_so }, { 6, TONGUE_ps },
	{ 8, TONGUE_ku },  { 6, TONGUE_tr },  { 4, TONGUE_es },  { 4, TONGUE_fr },  { 4, TONGUE_pl },
};
enum { UKRAINIAN = 750, RUSSIAN_NATIVE = 700, HALF_STEP = 200, GERMAN = 60 };

static const uint16_t contract_chance[LGM_CONTRACTS] = {
	[LGM_JOB] = 900,     [LGM_PLACEMENT] = 700,  [LGM_INTEGRATION_PLACEMENT] = 600, [LGM_WAGE_SUBSIDY] = 500,
	[LGM_IGU] = 250,     [LGM_EVALUATION] = 600, [LGM_CLINICAL_DAY] = 500,          [LGM_LANGUAGE_PLACEMENT] = 600,
	[LGM_TRAINEE] = 300,
};

/* One more occupation with these chances, each of them; years in the first and in the others. */
static const uint16_t more_occupations[OCCUPATIONS_MAX - 1] = { 650, 350, 150, 70 };
enum { YEARS_FIRST = 16, YEARS_OTHER = 8 };
enum kin { SAME_TRADE, SAME_FIELD, ANY_TRADE };
static const struct lg_share kinship[] = { { 40, SAME_TRADE }, { 20, SAME_FIELD }, { 40, ANY_TRADE } };

enum licence_state { LICENCE_NONE, LICENCE_PENDING, LICENCE_HELD };
static const struct lg_share licence_state[] = { { 35, LICENCE_HELD }, { 50, LICENCE_PENDING }, { 15, LICENCE_NONE } };
enum { LICENCE_ABROAD = 100 }; /* of those who hold one also hold the neighbour country's */

static const char *const wants_word[] = { "yes", "later", "no" };
static const struct lg_share wants[] = { { 94, 0 }, { 4, 1 }, { 2, 2 } };
static const char *const basis_word[] = { "public task", "legal obligation", "consent", "contract" };
static const struct lg_share basis[] = { { 60, 0 }, { 25, 1 }, { 10, 2 }, { 5, 3 } };

enum { NO_ADDRESS = 300, HOURS_STATED = 500, HOURS_FULL_TIME = 750, IN_CLASS = 500, OWN_SKILL = 900, MAIN_SKILL = 600 };

/* When people are free: hours of the day, and the chance on a weekday and at the weekend. */
static const struct free_time {
	uint8_t from, to;
	uint16_t weekday, weekend;
} free_times[] = {
	{ 14, 36, 970, 450 },
	{ 30, 46, 350, 350 },
	{ 0, 14, 120, 120 },
	{ 44, 48, 120, 120 },
};
/* Language class: morning or evening, four hours, two days a week. */
static const struct lg_share class_hour[] = { { 1, 16 }, { 1, 32 } };

/* ------------------------------------------------------------------------------------------------- drawing */

static bool has_occupation(const struct person *p, uint16_t concept)
{
	for (size_t i = 0; i < p->n_occupations; i++)
		if (p->occupation[i].concept == concept) return true;
	return false;
}

static void add_occupation(struct person *p, uint16_t concept, uint32_t years)
{
	if (!has_occupation(p, concept))
		p->occupation[p->n_occupations++] = (struct occupation){ concept, (uint8_t)years };
}

/* An occupation whose unit group begins with the same two digits; some other one if none comes up. */
static uint16_t draw_near(const struct lg_world *w, struct lg_dice *d, uint16_t occupation)
{
	const char *near = lg_world_group_code(w, occupation);
	uint16_t other = occupation;
	for (int i = 0; i < 40; i++) {
		other = lg_world_occupation(w, d, LG_CANDIDATES);
		const char *code = lg_world_group_code(w, other);
		if (code[0] == near[0] && code[1] == near[1]) break;
	}
	return other;
}

static uint16_t draw_kin(const struct lg_world *w, struct lg_dice *d, uint16_t occupation)
{
	switch ((enum kin)LG_PICK(d, kinship)) {
	case SAME_TRADE: return lg_world_sibling(w, d, occupation);
	case SAME_FIELD: return draw_near(w, d, occupation);
	case ANY_TRADE: break;
	}
	return lg_world_occupation(w, d, LG_CANDIDATES);
}

static void draw_occupations(struct person *p, const struct lg_world *w, struct lg_dice *d)
{
	uint16_t main = lg_world_occupation(w, d, LG_CANDIDATES);
	add_occupation(p, main, lg_dice_below(d, YEARS_FIRST));
	for (size_t i = 0; i < LG_COUNT(more_occupations); i++) {
		if (!lg_dice_chance(d, more_occupations[i])) continue;
		uint16_t other = draw_kin(w, d, main);
		add_occupation(p, other, lg_dice_below(d, YEARS_OTHER));
	}
}

/* Whose skill the next one is: mostly of the main occupation, sometimes of something they never worked as. */
static uint16_t draw_skill_owner(const struct person *p, const struct lg_world *w, struct lg_dice *d)
{
	if (!lg_dice_chance(d, OWN_SKILL)) return lg_world_occupation(w, d, LG_CANDIDATES);
	if (lg_dice_chance(d, MAIN_SKILL)) return p->occupation[0].concept;
	return p->occupation[lg_dice_below(d, (uint32_t)p->n_occupations)].concept;
}

static void add_skill(struct person *p, uint16_t skill)
{
	for (size_t i = 0; i < p->n_skills; i++)
		if (p->skill[i] == skill) return;
	p->skill[p->n_skills++] = skill;
}

/* 10 to 40 skills; fewer where the occupations have only a few. */
static void draw_skills(struct person *p, const struct lg_world *w, struct lg_dice *d)
{
	size_t wanted = lg_dice_range(d, 10, SKILLS_MAX);
	for (int tries = 0; tries < 120 && p->n_skills < wanted; tries++) {
		const struct lg_relation *relation;
		size_t n = lg_taxonomy_relations(w->taxonomy, draw_skill_owner(p, w, d), &relation);
		uint32_t at = lg_dice_below(d, (uint32_t)n);
		if (n > 0) add_skill(p, relation[at].skill);
	}
}

/* A level, sometimes half a step more. */
static uint8_t draw_level(struct lg_dice *d, const struct lg_share *share, size_t n)
{
	uint16_t level = lg_dice_pick(d, share, n);
	bool more = lg_dice_chance(d, HALF_STEP) && level >= LGM_A1 && level < LGM_C2;
	return (uint8_t)(level + more);
}

static void draw_first_tongues(struct person *p, struct lg_dice *d)
{
	if (!lg_dice_chance(d, UKRAINIAN)) {
		p->level[LG_PICK(d, first_tongue)] = LGM_NATIVE;
		return;
	}
	p->level[TONGUE_uk] = LGM_NATIVE;
	p->level[TONGUE_ru] = lg_dice_chance(d, RUSSIAN_NATIVE) ? LGM_NATIVE : LGM_B1;
}

static void draw_languages(struct person *p, struct lg_dice *d)
{
	draw_first_tongues(p, d);
	for (uint8_t i = 0; i < COUNTRIES; i++) {
		bool home = i == p->home.country;
		const struct lg_share *share = home ? level_home[i] : level_neighbour;
		p->level[lg_countries[i].tongue] = draw_level(d, share, home ? LEVELS : LG_COUNT(level_neighbour));
	}
	p->level[TONGUE_en] = draw_level(d, level_english, LG_COUNT(level_english));
	if (lg_dice_chance(d, GERMAN)) p->level[TONGUE_de] = (uint8_t)lg_dice_range(d, LGM_A1, LGM_B2);
}

static bool has_licence(const struct person *p, uint16_t trade)
{
	for (size_t i = 0; i < p->n_licences; i++)
		if (p->licence[i].trade == trade) return true;
	return false;
}

/* Licences for the regulated work they did: of the country they live in, now and then of the neighbour too. */
static void draw_licences(struct person *p, const struct lg_world *w, struct lg_dice *d)
{
	for (size_t i = 0; i < p->n_occupations; i++) {
		uint16_t trade = w->trade_of[p->occupation[i].concept];
		if (!w->trades[trade].regulated || has_licence(p, trade)) continue;
		uint16_t state = LG_PICK(d, licence_state);
		bool abroad = lg_dice_chance(d, LICENCE_ABROAD) && w->area->countries > 1;
		if (state == LICENCE_NONE) continue;
		p->licence[p->n_licences++] = (struct licence){ trade, p->home.country, state == LICENCE_HELD };
		if (state == LICENCE_HELD && abroad)
			p->licence[p->n_licences++] = (struct licence){ trade, !p->home.country, true };
	}
}

static void draw_contracts(struct person *p, struct lg_dice *d)
{
	for (unsigned i = 0; i < LGM_CONTRACTS; i++)
		if (lg_dice_chance(d, contract_chance[i])) p->contracts |= (uint16_t)(1u << i);
	if (p->contracts == 0) p->contracts = 1u << LGM_JOB;
}

/* Half state no hours; of the others a quarter have a narrow band and the rest take all up to full time and a bit. */
static void draw_hours(struct person *p, struct lg_dice *d)
{
	bool stated = lg_dice_chance(d, HOURS_STATED), full_time = lg_dice_chance(d, HOURS_FULL_TIME);
	uint32_t min = lg_dice_range(d, 10, 34), more = lg_dice_range(d, 3, 18);
	if (!stated) return;
	p->hours_min = (uint16_t)min;
	p->hours_max = (uint16_t)(full_time && min + more < 42 ? 42 : min + more);
}

static void draw_week(struct person *p, struct lg_dice *d)
{
	for (unsigned day = 0; day < 7; day++)
		for (size_t i = 0; i < LG_COUNT(free_times); i++) {
			const struct free_time *t = &free_times[i];
			if (lg_dice_chance(d, day < 5 ? t->weekday : t->weekend))
				lg_week_set(&p->available, day, t->from, t->to);
		}
	if (!lg_dice_chance(d, IN_CLASS)) return;
	uint32_t day = lg_dice_below(d, 5), from = LG_PICK(d, class_hour);
	lg_week_set(&p->in_class, day, from, from + 8);
	lg_week_set(&p->in_class, (day + 2) % 5, from, from + 8);
}

static void add_wish(struct person *p, const char *code, uint32_t digits)
{
	for (size_t i = 0; i < p->n_wishes; i++) {
		const struct wish *wish = &p->wish[i];
		if (wish->digits == digits && strncmp(wish->code, code, digits) == 0) return;
	}
	p->wish[p->n_wishes++] = (struct wish){ code, (uint8_t)digits };
}

/* Two from what they did, one from what is asked for. */
static void draw_wishes(struct person *p, const struct lg_world *w, struct lg_dice *d)
{
	add_wish(p, lg_world_group_code(w, p->occupation[0].concept), lg_dice_range(d, 2, WISH_DIGITS_MAX));
	uint32_t other = lg_dice_below(d, (uint32_t)p->n_occupations);
	add_wish(p, lg_world_group_code(w, p->occupation[other].concept), 2);
	uint16_t asked = lg_world_occupation(w, d, LG_OPENINGS);
	add_wish(p, lg_world_group_code(w, asked), lg_dice_range(d, 1, 3));
}

static void draw_person(struct person *p, const struct lg_world *w, uint64_t number)
{
	struct lg_dice dice = lg_dice_at(w->seed, LG_CANDIDATES, number), *d = &dice;
	*p = (struct person){ .world = w, .number = number };
	p->home = lg_world_spot(w, d, SPREAD_M);
	p->no_address = lg_dice_chance(d, NO_ADDRESS) && !w->area->copied;
	p->commute_km = LG_PICK(d, commute_km);
	draw_occupations(p, w, d);
	draw_skills(p, w, d);
	draw_languages(p, d);
	draw_licences(p, w, d);
	draw_contracts(p, d);
	draw_hours(p, d);
	draw_week(p, d);
	draw_wishes(p, w, d);
	p->wants = LG_PICK(d, wants);
	p->basis = LG_PICK(d, basis);
	p->start = (uint16_t)lg_dice_below(d, START_DAYS);
}

/* ------------------------------------------------------------------------------------------------- columns */

static void put_id(struct lg_buf *out, const struct person *p)
{
	lg_putc(out, 'C');
	lg_put_number(out, p->number + 1, 7);
}

static void put_municipality(struct lg_buf *out, const struct person *p)
{
	lg_put_municipality(out, p->world, &p->home);
}

static void put_lat(struct lg_buf *out, const struct person *p)
{
	if (!p->no_address) lg_put_degrees(out, p->home.latitude_e6);
}

static void put_lon(struct lg_buf *out, const struct person *p)
{
	if (!p->no_address) lg_put_degrees(out, p->home.longitude_e6);
}

static void put_commute(struct lg_buf *out, const struct person *p) { lg_put_int(out, p->commute_km); }

static void put_occupations(struct lg_buf *out, const struct person *p)
{
	for (size_t i = 0; i < p->n_occupations; i++) {
		lg_put_separator(out, i);
		lg_puts(out, lg_taxonomy_code(p->world->taxonomy, p->occupation[i].concept));
		lg_putc(out, '=');
		lg_put_int(out, p->occupation[i].years);
	}
}

static void put_skills(struct lg_buf *out, const struct person *p)
{
	lg_put_skills(out, p->world, p->skill, p->n_skills);
}

static void put_languages(struct lg_buf *out, const struct person *p) { lg_put_levels(out, p->level); }

static void put_licences(struct lg_buf *out, const struct person *p)
{
	for (size_t i = 0; i < p->n_licences; i++) {
		lg_put_separator(out, i);
		lg_put_licence(out, p->world, p->licence[i].trade, p->licence[i].country);
		lg_puts(out, p->licence[i].held ? "=held" : "=pending");
	}
}

static void put_contracts(struct lg_buf *out, const struct person *p)
{
	size_t n = 0;
	for (unsigned i = 0; i < LGM_CONTRACTS; i++) {
		if (!(p->contracts >> i & 1)) continue;
		lg_put_separator(out, n++);
		lg_puts(out, lg_contract_name(i));
	}
}

static void put_hours_min(struct lg_buf *out, const struct person *p)
{
	if (p->hours_max > 0) lg_put_int(out, p->hours_min);
}

static void put_hours_max(struct lg_buf *out, const struct person *p)
{
	if (p->hours_max > 0) lg_put_int(out, p->hours_max);
}

static void put_availability(struct lg_buf *out, const struct person *p) { lg_put_week(out, &p->available); }

static void put_busy(struct lg_buf *out, const struct person *p) { lg_put_week(out, &p->in_class); }

static void put_wishes(struct lg_buf *out, const struct person *p)
{
	for (size_t i = 0; i < p->n_wishes; i++) {
		lg_put_separator(out, i);
		lg_put(out, p->wish[i].code, p->wish[i].digits);
	}
}

static void put_wants(struct lg_buf *out, const struct person *p) { lg_puts(out, wants_word[p->wants]); }

static void put_basis(struct lg_buf *out, const struct person *p) { lg_puts(out, basis_word[p->basis]); }

static void put_start(struct lg_buf *out, const struct person *p) { lg_put_day(out, p->start); }

static const struct column {
	const char *name;
	void (*put)(struct lg_buf *out, const struct person *p);
} columns[] = {
	{ "id", put_id },
	{ "municipality", put_municipality },
	{ "lat", put_lat },
	{ "lon", put_lon },
	{ "max_commute_km", put_commute },
	{ "occupations", put_occupations },
	{ "skills", put_skills },
	{ "languages", put_languages },
	{ "licences", put_licences },
	{ "contracts", put_contracts },
	{ "hours_min", put_hours_min },
	{ "hours_max", put_hours_max },
	{ "availability", put_availability },
	{ "busy", put_busy },
	{ "wishes", put_wishes },
	{ "wants_work", put_wants },
	{ "legal_basis", put_basis },
	{ "start", put_start },
};

void lg_candidate_header(struct lg_buf *out)
{
	for (size_t i = 0; i < LG_COUNT(columns); i++) lg_csv_str(out, i == 0, columns[i].name);
	lg_csv_end(out);
}

void lg_candidate_row(const struct lg_world *w, uint64_t number, struct lg_buf *out, struct lg_buf *cell)
{
	struct person p;
	draw_person(&p, w, number);
	for (size_t i = 0; i < LG_COUNT(columns); i++) {
		lg_buf_clear(cell);
		columns[i].put(cell, &p);
		lg_put_cell(out, i == 0, cell);
	}
	lg_csv_end(out);
}
