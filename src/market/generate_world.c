/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "market/generate_world.h"

#include <string.h>

#include "base/date.h"
#include "formats/csv.h"
#include "market/market.h"

const char *const lg_tongue_code[TONGUES] = {
#define T(code) #code,
	LG_TONGUES(T)
#undef T
};

const struct lg_country lg_countries[COUNTRIES] = { { "DK", TONGUE_da, 1 }, { "SE", TONGUE_sv, 4 } };

static const struct lg_area areas[] = {
	{ "denmark", 1, false, 10 },
	{ "nordic", 2, false, 1 },
	{ "eu", 2, true, 1 },
};

/* The trades with most people and openings, in order: cleaning, care, health, kitchens, shops, teaching, stores,
 * building. */
static const char *const top_trades[] = {
	"9112", "5321", "2221", "5322", "9412", "5223", "5311", "9333", "5120", "3221",
	"2341", "7231", "2512", "9622", "2212", "7111", "9211", "5329", "2330", "8332",
	"5131", "2222", "4110", "3256", "9334", "8160", "7512", "3412", "2635", "7411",
};

/* Work that needs a licence, by the first digits: health, teaching, health care assistance, driving. */
static const char *const regulated[] = { "22", "32", "23", "5321", "83" };

enum {
	WORLD_SEED = 2027, /* one labour market for all seeds: who is in it differs */
	ZIPF_SCALE = 1 << 28,
	DEMAND_SHIFT = 12,          /* demand is supply with ranks moved by up to so many places */
	DENMARK_CANDIDATES = 50000, /* with so many Denmark has its density */
	MEAN_LATITUDE_E6 = 57800000,
	MEAN_LONGITUDE_E6 = 14200000, /* middle of the Danish and Swedish towns */
	EUROPE_SOUTH_E6 = 37000000,
	EUROPE_NORTH_E6 = 58000000, /* where the middles of copies may lie */
	EUROPE_WEST_E6 = -8000000,
	EUROPE_EAST_E6 = 36000000,
};

/* ------------------------------------------------------------------------------------------------- trades */

static bool is_regulated(const char *code)
{
	for (size_t i = 0; i < LG_COUNT(regulated); i++)
		if (strncmp(code, regulated[i], strlen(regulated[i])) == 0) return true;
	return false;
}

static bool is_unit_group(const struct lg_taxonomy *t, uint16_t concept)
{
	return lg_taxonomy_is_group(t, concept) && strlen(lg_taxonomy_code(t, concept)) == 4;
}

/* The unit group of an occupation; LG_NO_CONCEPT for a group. */
static uint16_t group_of(const struct lg_taxonomy *t, uint16_t concept)
{
	if (lg_taxonomy_is_group(t, concept)) return LG_NO_CONCEPT;
	uint16_t group = lg_taxonomy_unit_group(t, concept);
	return group < lg_taxonomy_concepts(t) && is_unit_group(t, group) ? group : LG_NO_CONCEPT;
}

/* How many occupations each unit group has; one each, itself, when there are no occupations at all. */
static void count_occupations(const struct lg_taxonomy *t, uint32_t *count)
{
	uint16_t concepts = lg_taxonomy_concepts(t);
	bool any = false;
	for (uint16_t i = 0; i < concepts; i++) {
		uint16_t group = group_of(t, i);
		if (group == LG_NO_CONCEPT) continue;
		count[group]++;
		any = true;
	}
	for (uint16_t i = 0; !any && i < concepts; i++) count[i] = is_unit_group(t, i);
}

/* One trade for each unit group in which there is work. */
static void add_trades(struct lg_ctx *cx, struct lg_world *w)
{
	const struct lg_taxonomy *t = w->taxonomy;
	uint16_t concepts = lg_taxonomy_concepts(t);
	uint32_t *count = lg_array(cx->mem, (size_t)concepts + 1, sizeof *count), used = 0;
	uint16_t *pool = lg_array(cx->mem, (size_t)concepts + 1, sizeof *pool);
	uint16_t *trade_of = lg_array(cx->mem, (size_t)concepts + 1, sizeof *trade_of);
	struct lg_trade *trades = lg_array(cx->mem, (size_t)concepts + 1, sizeof *trades);
	count_occupations(t, count);
	for (uint16_t i = 0; i < concepts; i++) {
		if (count[i] == 0) continue;
		pool[used] = i;
		trade_of[i] = (uint16_t)w->n_trades;
		trades[w->n_trades++] =
		    (struct lg_trade){ i, is_regulated(lg_taxonomy_code(t, i)), count[i], &pool[used] };
		used += count[i];
		count[i] = used - count[i];
	}
	for (uint16_t i = 0; i < concepts; i++) {
		uint16_t group = group_of(t, i);
		if (group == LG_NO_CONCEPT) continue;
		pool[count[group]++] = i;
		trade_of[i] = trade_of[group];
	}
	w->trades = trades;
	w->trade_of = trade_of;
}

static void swap(uint16_t *a, uint16_t *b)
{
	uint16_t c = *a;
	*a = *b;
	*b = c;
}

/* The top trades in their order, then the others shuffled. */
static void rank_supply(const struct lg_world *w, uint16_t *rank)
{
	uint32_t n = 0;
	for (uint32_t i = 0; i < w->n_trades; i++) rank[i] = (uint16_t)i;
	for (size_t k = 0; k < LG_COUNT(top_trades); k++)
		for (uint32_t i = n; i < w->n_trades; i++)
			if (strcmp(lg_taxonomy_code(w->taxonomy, w->trades[rank[i]].group), top_trades[k]) == 0) {
				swap(&rank[i], &rank[n++]);
				break;
			}
	struct lg_dice d = lg_dice_at(WORLD_SEED, 0, 0);
	for (uint32_t i = w->n_trades; i > n + 1; i--) swap(&rank[i - 1], &rank[n + lg_dice_below(&d, i - n)]);
}

/* Supply, with each rank moved down by a few places. */
static void rank_demand(const struct lg_world *w, const uint16_t *supply, uint16_t *rank)
{
	struct lg_dice d = lg_dice_at(WORLD_SEED, 1, 0);
	memcpy(rank, supply, w->n_trades * sizeof *rank);
	for (uint32_t i = 0; i < w->n_trades; i++) {
		uint32_t to = i + lg_dice_below(&d, DEMAND_SHIFT);
		if (to < w->n_trades) swap(&rank[i], &rank[to]);
	}
}

/* Zipf's law: the weight of a trade is one over its rank. */
static void rank_trades(struct lg_ctx *cx, struct lg_world *w)
{
	uint16_t *supply = lg_array(cx->mem, w->n_trades, sizeof *supply);
	uint16_t *demand = lg_array(cx->mem, w->n_trades, sizeof *demand);
	uint32_t *sums = lg_array(cx->mem, w->n_trades, sizeof *sums), sum = 0;
	rank_supply(w, supply);
	rank_demand(w, supply, demand);
	for (uint32_t i = 0; i < w->n_trades; i++) sums[i] = sum += ZIPF_SCALE / (i + 2);
	w->ranked[LG_CANDIDATES] = supply;
	w->ranked[LG_OPENINGS] = demand;
	w->trade_sums = sums;
}

/* ----------------------------------------------------------------------------------------- towns and skills */

static uint8_t country_of(const struct lg_area *area, const struct lg_municipality *town)
{
	uint8_t i = 0;
	while (i < area->countries && strcmp(lg_countries[i].code, town->country) != 0) i++;
	return i;
}

/* The area's towns, and how many copies of them the candidates fill. */
static void add_towns(struct lg_ctx *cx, struct lg_world *w)
{
	size_t n;
	const struct lg_municipality *all = lg_municipalities(&n);
	const struct lg_municipality **towns = lg_array(cx->mem, n, sizeof *towns);
	uint32_t *sums = lg_array(cx->mem, n, sizeof *sums), sum = 0;
	uint64_t danish = 0;
	for (size_t i = 0; i < n; i++) {
		uint8_t country = country_of(w->area, &all[i]);
		if (country == w->area->countries) continue;
		if (country == 0) danish += all[i].weight;
		towns[w->n_towns] = &all[i];
		sums[w->n_towns++] = sum += all[i].weight;
	}
	lg_assert(danish > 0);
	w->towns = towns;
	w->town_sums = sums;
	uint64_t copy = (uint64_t)DENMARK_CANDIDATES * sum / danish, copies = w->candidates / copy;
	w->copies = !w->area->copied || copies < 1 ? 1 : copies > 10000 ? 10000 : (uint32_t)copies;
}

/* What stands after the last slash of the URI: the UUID, or the whole of a built-in slug. */
static void name_skills(struct lg_ctx *cx, struct lg_world *w)
{
	uint16_t n = lg_taxonomy_skills(w->taxonomy);
	const char **names = lg_array(cx->mem, (size_t)n + 1, sizeof *names);
	for (uint16_t i = 0; i < n; i++) {
		char uri[80];
		const char *slash = strrchr(lg_taxonomy_skill_uri(w->taxonomy, i, uri), '/');
		names[i] = lg_strdup(cx->mem, slash ? slash + 1 : uri);
	}
	w->skill_names = names;
}

const struct lg_world *lg_world_new(struct lg_ctx *cx, const struct lg_taxonomy *taxonomy, const char *area,
                                    uint64_t seed, uint64_t candidates, uint64_t openings)
{
	struct lg_world *w = lg_alloc(cx->mem, sizeof *w);
	*w = (struct lg_world){ .taxonomy = taxonomy, .seed = seed, .candidates = candidates, .openings = openings };
	for (size_t i = 0; i < LG_COUNT(areas); i++)
		if (strcmp(areas[i].name, area) == 0) w->area = &areas[i];
	if (!w->area) return NULL;
	add_trades(cx, w);
	if (w->n_trades == 0) return NULL;
	rank_trades(cx, w);
	add_towns(cx, w);
	name_skills(cx, w);
	return w;
}

/* ------------------------------------------------------------------------------------------------- drawing */

/* The place in running sums where a number drawn below the last of them falls. */
static uint32_t pick_sum(struct lg_dice *d, const uint32_t *sums, uint32_t n)
{
	uint32_t at = lg_dice_below(d, sums[n - 1]), low = 0, high = n - 1;
	while (low < high) {
		uint32_t middle = (low + high) / 2;
		if (sums[middle] > at)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

const struct lg_trade *lg_world_trade(const struct lg_world *w, uint16_t occupation)
{
	return &w->trades[w->trade_of[occupation]];
}

const char *lg_world_group_code(const struct lg_world *w, uint16_t occupation)
{
	return lg_taxonomy_code(w->taxonomy, lg_world_trade(w, occupation)->group);
}

uint16_t lg_world_occupation(const struct lg_world *w, struct lg_dice *d, unsigned side)
{
	const struct lg_trade *trade = &w->trades[w->ranked[side][pick_sum(d, w->trade_sums, w->n_trades)]];
	return trade->occupations[lg_dice_low(d, trade->n)];
}

uint16_t lg_world_sibling(const struct lg_world *w, struct lg_dice *d, uint16_t occupation)
{
	const struct lg_trade *trade = lg_world_trade(w, occupation);
	return trade->occupations[lg_dice_below(d, trade->n)];
}

/* Cosine of a latitude in ten-thousandths, by Bhaskara I's fraction: right to 0.2 %. */
static int64_t cosine_e4(int64_t latitude_e6)
{
	int64_t x = latitude_e6 / 10000, square = x * x, whole = 324000000;
	return 10000 * (whole - 4 * square) / (whole + square);
}

/* Metres, nearly normal: the sum of four even ones of half width spread * sqrt(3) / 2. */
static int32_t scatter(struct lg_dice *d, uint32_t spread)
{
	uint32_t half = spread * 866 / 1000, sum = 0;
	for (int i = 0; i < 4; i++) sum += lg_dice_below(d, 2 * half + 1);
	return (int32_t)sum - (int32_t)(4 * half);
}

/* Move a place so many metres, or so many metres' worth of degrees. */
static void move(struct lg_spot *spot, int64_t north_m, int64_t east_m)
{
	spot->longitude_e6 += (int32_t)(east_m * 89932 / cosine_e4(spot->latitude_e6));
	spot->latitude_e6 += (int32_t)(north_m * 8993 / 1000);
}

/* Put a place into one of the copies, which lie in a grid over Europe; distances within a copy stay. */
static void move_to_copy(struct lg_spot *spot, uint32_t copy, uint32_t copies)
{
	uint32_t columns = 1, rows;
	while (columns * columns * 10 < copies * 13) columns++;
	rows = (copies + columns - 1) / columns;
	int64_t north = EUROPE_NORTH_E6 - EUROPE_SOUTH_E6, east = EUROPE_EAST_E6 - EUROPE_WEST_E6;
	int64_t latitude =
	    EUROPE_SOUTH_E6 + north * (2 * (copy / columns) + 1) / (2 * rows) - MEAN_LATITUDE_E6 + spot->latitude_e6;
	int64_t longitude = EUROPE_WEST_E6 + east * (2 * (copy % columns) + 1) / (2 * columns);
	longitude += (spot->longitude_e6 - MEAN_LONGITUDE_E6) * cosine_e4(spot->latitude_e6) / cosine_e4(latitude);
	spot->latitude_e6 = (int32_t)latitude;
	spot->longitude_e6 = (int32_t)longitude;
}

struct lg_spot lg_world_spot(const struct lg_world *w, struct lg_dice *d, uint32_t spread)
{
	const struct lg_municipality *town = w->towns[pick_sum(d, w->town_sums, w->n_towns)];
	struct lg_spot spot = { town, country_of(w->area, town), town->latitude_e6, town->longitude_e6 };
	uint32_t copy = lg_dice_below(d, w->copies);
	if (w->area->copied) move_to_copy(&spot, copy, w->copies);
	spread *= lg_countries[spot.country].width;
	int32_t north = scatter(d, spread), east = scatter(d, spread);
	move(&spot, north, east);
	return spot;
}

/* ---------------------------------------------------------------------------------------------------- week */

void lg_week_set(struct lgm_week *week, unsigned day, unsigned from, unsigned to)
{
	for (unsigned slot = day * 48 + from; slot < day * 48 + to; slot++)
		week->bits[slot / 64] |= 1ull << (slot % 64);
}

unsigned lg_week_count(const struct lgm_week *week)
{
	unsigned n = 0;
	for (size_t i = 0; i < LG_COUNT(week->bits); i++) n += (unsigned)__builtin_popcountll(week->bits[i]);
	return n;
}

static bool is_set(const struct lgm_week *week, unsigned slot) { return week->bits[slot / 64] >> (slot % 64) & 1; }

static void put_clock(struct lg_buf *out, unsigned half_hour)
{
	lg_put_number(out, half_hour / 2, 2);
	lg_puts(out, half_hour % 2 ? ":30" : ":00");
}

void lg_put_week(struct lg_buf *out, const struct lgm_week *week)
{
	static const char days[7][5] = { "mon ", "tue ", "wed ", "thu ", "fri ", "sat ", "sun " };
	size_t n = 0;
	for (unsigned day = 0; day < 7; day++)
		for (unsigned from = 0, to; from < 48; from = to + 1) {
			for (to = from; to < 48 && is_set(week, day * 48 + to); to++)
				;
			if (from == to) continue;
			lg_put_separator(out, n++);
			lg_puts(out, days[day]);
			put_clock(out, from);
			lg_putc(out, '-');
			put_clock(out, to);
		}
}

/* --------------------------------------------------------------------------------------------------- cells */

void lg_put_separator(struct lg_buf *out, size_t index)
{
	if (index > 0) lg_putc(out, ';');
}

void lg_put_number(struct lg_buf *out, uint64_t n, unsigned digits)
{
	for (uint64_t limit = 10; digits > 1; digits--, limit *= 10)
		if (n < limit) {
			lg_put(out, "0000000000", digits - 1);
			break;
		}
	lg_put_int(out, (int64_t)n);
}

void lg_put_degrees(struct lg_buf *out, int32_t degrees_e6)
{
	int64_t e5 = degrees_e6 / 10;
	if (e5 < 0) lg_putc(out, '-');
	uint64_t size = (uint64_t)(e5 < 0 ? -e5 : e5);
	lg_put_int(out, (int64_t)(size / 100000));
	lg_putc(out, '.');
	lg_put_number(out, size % 100000, 5);
}

void lg_put_municipality(struct lg_buf *out, const struct lg_world *w, const struct lg_spot *spot)
{
	if (w->area->copied) return;
	lg_puts(out, spot->town->country);
	lg_putc(out, '-');
	lg_puts(out, spot->town->code);
}

void lg_put_skills(struct lg_buf *out, const struct lg_world *w, const uint16_t *skills, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		lg_put_separator(out, i);
		lg_puts(out, w->skill_names[skills[i]]);
	}
}

void lg_put_licence(struct lg_buf *out, const struct lg_world *w, uint16_t trade, uint8_t country)
{
	lg_puts(out, lg_taxonomy_code(w->taxonomy, w->trades[trade].group));
	lg_putc(out, '@');
	lg_puts(out, lg_countries[country].code);
}

void lg_put_day(struct lg_buf *out, uint32_t days_later)
{
	char text[11];
	lg_date_print(text, LG_BASE_DAY + (int32_t)days_later);
	lg_puts(out, text);
}

void lg_put_levels(struct lg_buf *out, const uint8_t level[TONGUES])
{
	size_t n = 0;
	for (size_t i = 0; i < TONGUES; i++) {
		if (level[i] == LGM_LEVEL_NONE) continue;
		lg_put_separator(out, n++);
		lg_puts(out, lg_tongue_code[i]);
		lg_putc(out, '=');
		lg_puts(out, lg_level_name(level[i]));
	}
}

void lg_put_cell(struct lg_buf *out, bool first, const struct lg_buf *cell)
{
	if (cell->len == 0)
		lg_csv_empty(out, first);
	else
		lg_csv_field(out, first, cell->data, cell->len);
}
