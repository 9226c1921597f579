/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "core/date_parts.h"
#include "core/demo_inner.h"
#include "core/name.h"
#include "market/municipality.h"

/* Who somebody is, where, and by what numbers: all of it nobody's. */

static const char *const she[] = {
#define SHE(given) given,
#include "core/demo_name.def"
};
static const char *const he[] = {
#define HE(given) given,
#include "core/demo_name.def"
};
static const char *const families[][2] = {
#define FAMILY(his, hers) { his, hers },
#include "core/demo_name.def"
};
static const struct other {
	const char *given, *family, *given_native, *family_native, *country, *first, *second;
	bool woman;
} others[] = {
#define OTHER(given, family, given_native, family_native, country, first, second, woman)                               \
	{ given, family, given_native, family_native, country, first, second, woman },
#include "core/demo_other.def"
#undef OTHER
};

static const char *stated(const char *s) { return *s ? s : NULL; }

static void name_other(struct maker *m, const struct other *o)
{
	struct demo_person *p = m->p;
	m->woman = o->woman;
	m->home = o->country;
	m->first = o->first;
	m->second = o->second;
	p->given_name = o->given;
	p->family_name = o->family;
	p->given_native = stated(o->given_native);
	p->family_native = stated(o->family_native);
	p->contact_language = o->first;
}

static void name_ukrainian(struct maker *m, const char *given, const char *family)
{
	struct demo_person *p = m->p;
	m->home = "Ukraine";
	m->first = "uk";
	m->second = "ru";
	p->given_native = given;
	p->family_native = family;
	p->given_name = name_latin(m->mem, given);
	p->family_name = name_latin(m->mem, family);
	p->contact_language = "uk";
}

static void name_by_chance(struct maker *m, struct lg_dice *d)
{
	m->woman = lg_dice_chance(d, 680);
	const char *given = m->woman ? she[lg_dice_below(d, LG_COUNT(she))] : he[lg_dice_below(d, LG_COUNT(he))];
	name_ukrainian(m, given, families[lg_dice_below(d, LG_COUNT(families))][m->woman]);
}

void demo_who(struct maker *m)
{
	struct lg_dice d = demo_dice(m, PART_WHO);
	if (m->number == DEMO_SPELLED) {
		m->woman = true;
		name_ukrainian(m, "Юлія", "Кисельова");
	} else if (m->number == DEMO_SWAPPED)
		name_ukrainian(m, "Сергій", "Щербина");
	else if (m->number % 8 == 5)
		name_other(m, others + m->number / 8 % LG_COUNT(others));
	else
		name_by_chance(m, &d);
	int32_t years = (int32_t)lg_dice_range(&d, 19, 62);
	m->p->born = m->today - years * 365 - years / 4 - (int32_t)lg_dice_below(&d, 365);
	m->p->interpreter = lg_dice_chance(&d, 550);
}

/* --- where */

static const struct town {
	const char *country, *municipality, *postal_code, *town;
	uint16_t weight;
} towns[] = {
#define TOWN(country, municipality, postal_code, town, weight) { country, municipality, postal_code, town, weight },
#include "core/demo_town.def"
#undef TOWN
};

static const struct town *pick_town(struct lg_dice *d)
{
	uint32_t sum = 0, i = 0;
	for (size_t k = 0; k < LG_COUNT(towns); k++) sum += towns[k].weight;
	uint32_t at = lg_dice_below(d, sum);
	for (; at >= towns[i].weight; i++) at -= towns[i].weight;
	return towns + i;
}

static const char *phone(struct maker *m, struct lg_dice *d)
{
	unsigned number = (unsigned)m->number;
	if (m->swedish) return lg_printf(m->mem, "+46 70 174 06 %02u", 5 + number % 95);
	if (lg_dice_chance(d, 80))
		return lg_printf(m->mem, "+380 00 %03u %02u %02u", number / 10000 % 1000, number / 100 % 100,
		                 number % 100);
	return lg_printf(m->mem, "+45 00 %02u %02u %02u", number / 10000 % 100, number / 100 % 100, number % 100);
}

static const char *mail(struct maker *m)
{
	char *name = name_search(m->mem, m->p->given_name);
	for (char *c = name; *c; c++)
		if (*c == ' ') *c = '.';
	return lg_printf(m->mem, "%s%zu@landgang.example", name, m->number + 1);
}

static void put_address(struct maker *m, struct lg_dice *d, const struct town *t)
{
	static const char *const danish[] = { "Eksempelvej", "Prøvestræde", "Mønstervej", "Tænktevej",
		                              "Opdigtet Allé" };
	static const char *const swedish[] = { "Exempelgatan", "Provgatan", "Mönstergatan", "Påhittade vägen" };
	const struct lg_municipality *at = lg_municipality_find(t->municipality, 4, t->country);
	const char *street =
	    m->swedish ? swedish[lg_dice_below(d, LG_COUNT(swedish))] : danish[lg_dice_below(d, LG_COUNT(danish))];
	lg_assert(at);
	m->p->address = lg_printf(m->mem, "%s %u", street, lg_dice_range(d, 1, 98));
	m->p->postal_code = t->postal_code;
	m->p->town = t->town;
	m->p->municipality = lg_printf(m->mem, "%s-%s", t->country, t->municipality);
	m->p->home.latitude_e6 = at->latitude_e6 + (int32_t)lg_dice_range(d, 0, 16000) - 8000;
	m->p->home.longitude_e6 = at->longitude_e6 + (int32_t)lg_dice_range(d, 0, 24000) - 12000;
}

void demo_place(struct maker *m)
{
	static const struct lg_share channels[] = { { 50, 0 }, { 25, 1 }, { 15, 2 }, { 10, 3 } };
	static const char *const channel[] = { "phone", "sms", "mail", "chat" };
	struct lg_dice d = demo_dice(m, PART_PLACE);
	const struct town *t = pick_town(&d);
	m->swedish = !strcmp(t->country, "SE");
	m->p->phone = phone(m, &d);
	m->p->mail = lg_dice_chance(&d, 850) ? mail(m) : NULL;
	m->p->channel = channel[LG_PICK(&d, channels)];
	put_address(m, &d, t);
	m->p->protected_address = m->number % 67 == 29;
}

/* --- numbers */

static void put_number(struct demo_person *p, const char *kind, const char *number, const char *issuer, int32_t until)
{
	p->identifiers[p->n_identifiers++] = (struct demo_identifier){ kind, number, issuer, until };
}

/* A day of the years 2038 to 2056: still to come for a long time. */
static struct date_parts coming_day(struct lg_dice *d)
{
	struct date_parts p = { (int)lg_dice_range(d, 2038, 2056), (int)lg_dice_range(d, 1, 12), 0 };
	p.day = (int)lg_dice_range(d, 1, (uint32_t)date_month_days(p.year, p.month));
	return p;
}

/* Seventh digit 5 to 8: with these years, of this century. The last fits modulus 11, but for one in twelve. */
static const char *cpr(struct maker *m, struct lg_dice *d)
{
	static const int weights[9] = { 4, 3, 2, 7, 6, 5, 4, 3, 2 };
	for (;;) {
		char s[16];
		int sum = 0;
		struct date_parts p = coming_day(d);
		(void)snprintf(s, sizeof s, "%02d%02d%02d%u%02u", p.day % 100, p.month % 100, p.year % 100,
		               lg_dice_range(d, 5, 8), (unsigned)(m->number % 100));
		for (int i = 0; i < 9; i++) sum += (s[i] - '0') * weights[i];
		int last = (11 - sum % 11) % 11;
		if (last == 10) continue;
		if (m->number % 12 == 7) last = (last + 1) % 10;
		return lg_printf(m->mem, "%s%d", s, last);
	}
}

static const char *swedish_number(struct maker *m, struct lg_dice *d, int add)
{
	char s[20];
	int sum = 0;
	struct date_parts p = coming_day(d);
	(void)snprintf(s, sizeof s, "%04d%02d%02d%03u", p.year % 10000, p.month % 100, (p.day + add) % 100,
	               (unsigned)(m->number % 1000));
	for (int i = 0; i < 9; i++) {
		int v = (s[i + 2] - '0') * (i % 2 ? 1 : 2);
		sum += v > 9 ? v - 9 : v;
	}
	return lg_printf(m->mem, "%s%d", s, (10 - sum % 10) % 10);
}

static void put_swedish(struct maker *m, struct lg_dice *d)
{
	if (lg_dice_chance(d, 250))
		put_number(m->p, "personnummer", swedish_number(m, d, 0), NULL, DEMO_NO_DATE);
	else if (lg_dice_chance(d, 850))
		put_number(m->p, "samordningsnummer", swedish_number(m, d, 60), NULL, DEMO_NO_DATE);
	else
		put_number(m->p, "lma", lg_printf(m->mem, "00-%06zu", m->number), NULL, m->today + 200);
}

void demo_numbers(struct maker *m)
{
	struct lg_dice d = demo_dice(m, PART_NUMBERS);
	if (m->swedish)
		put_swedish(m, &d);
	else if (m->known > DEMO_DRAFT)
		put_number(m->p, "cpr", cpr(m, &d), NULL, DEMO_NO_DATE);
	else
		put_number(m->p, "alien", lg_printf(m->mem, "00%06zu", m->number), NULL, DEMO_NO_DATE);
	if (lg_dice_chance(&d, 800))
		put_number(m->p, "passport", lg_printf(m->mem, "DEMO%05zu", m->number), m->home,
		           m->today + (int32_t)lg_dice_range(&d, 30, 3000));
}
