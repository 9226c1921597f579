/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <string.h>

#include "base/err.h"
#include "core/date_parts.h"
#include "core/demo_inner.h"
#include "core/week.h"

/* How far somebody has come, what she wishes, and what was said and done. Dates are counted from today. */

enum { HORIZON = 30 };

static const struct {
	const char *language, *text;
} notes[] = {
#define NOTE(language, text) { language, text },
#include "core/demo_text.def"
};
static const struct {
	const char *state, *text;
} steps[] = {
#define STEP(state, text) { state, text },
#include "core/demo_text.def"
};
static const char *const tasks[] = {
#define TASK(text) text,
#include "core/demo_text.def"
};
static const struct talk {
	const char *channel, *direction, *reached, *text;
} talks[] = {
#define TALK(channel, direction, reached, text) { channel, direction, reached, text },
#include "core/demo_text.def"
};
static const char *const wishes[] = {
#define WISH(text) text,
#include "core/demo_text.def"
};
static const char *const remarks[] = {
#define REMARK(text) text,
#include "core/demo_text.def"
};

/* --- states */

static const char *const states[] = { "draft",  "registered", "profile_complete", "available", "in_process",
	                              "placed", "closed" };

void demo_state(struct maker *m)
{
	static const struct lg_share share[] = { { 6, 0 },  { 17, 1 }, { 13, 2 }, { 28, 3 },
		                                 { 14, 4 }, { 14, 5 }, { 8, 6 } };
	static const char *const reasons[] = {
		"job", "job", "education", "moved", "left_country", "withdrawn", "other"
	};
	struct lg_dice d = demo_dice(m, PART_STATE);
	struct demo_person *p = m->p;
	uint16_t at = LG_PICK(&d, share);
	/* Each state is there, however small the office. */
	if (m->number < 2 * LG_COUNT(states)) at = (uint16_t)(m->number % LG_COUNT(states));
	p->state = states[at];
	p->closed_reason = at == 6 ? reasons[lg_dice_below(&d, LG_COUNT(reasons))] : NULL;
	p->registered = m->today - (int32_t)lg_dice_range(&d, at ? 10 * at : 0, at ? 300 : 6);
	p->state_since = p->registered + (int32_t)lg_dice_below(&d, (uint32_t)(m->today - p->registered) + 1);
	p->registered_by = demo_owner(&d);
	m->known = at == 0 ? DEMO_DRAFT : at == 1 ? DEMO_REGISTERED : DEMO_COMPLETE;
}

/* --- right to stay */

/* The next day of that kind at least `least` days ahead. */
static int32_t next_date(int32_t today, int month, int day, int least)
{
	int32_t date = 0;
	struct date_parts p = { date_parts_of(today).year, month, day };
	while (date_of_parts(&date, p) && date < today + least) p.year++;
	return date;
}

static void put_family(struct maker *m, struct lg_dice *d)
{
	static const char *const girls[] = { "Злата", "Мілана", "Вероніка", "Єва" }, *const boys[] = { "Матвій",
		                                                                                       "Назар", "Давид",
		                                                                                       "Лев" };
	struct demo_person *p = m->p;
	uint32_t children = lg_dice_below(d, 4), first = lg_dice_below(d, 4);
	int32_t most = m->today - p->born - 19 * 366;
	for (uint32_t i = 0; i + 1 < children && most > 400; i++) {
		bool girl = lg_dice_chance(d, 500);
		int32_t age = (int32_t)lg_dice_range(d, 200, most < 6500 ? (uint32_t)most : 6500);
		/* Invented Ukrainian names would not fit families from elsewhere. */
		const char *name = girl ? girls[(first + i) % 4] : boys[(first + i) % 4];
		p->family[p->n_family++] = (struct demo_relative){
			.relation = "child",
			.name = strcmp(m->first, "uk") != 0 ? NULL : name,
			.remark = remarks[age < 6 * 365    ? 0
			                  : age < 14 * 365 ? 1
			                                   : LG_COUNT(remarks) - 1],
			.born = m->today - age,
		};
	}
	if (m->woman && lg_dice_chance(d, 180))
		p->family[p->n_family++] = (struct demo_relative){ "parent", NULL, NULL, DEMO_NO_DATE };
}

static const char *ground_of(const struct maker *m, struct lg_dice *d)
{
	if (m->known == DEMO_DRAFT && m->number % 2) return "unknown";
	if (!strcmp(m->first, "uk")) return m->swedish ? "temporary_protection" : "special_act";
	if (lg_dice_chance(d, 120)) return "asylum";
	return lg_dice_chance(d, 650) ? "refugee" : "family";
}

void demo_stay(struct maker *m)
{
	struct lg_dice d = demo_dice(m, PART_STAY);
	struct demo_person *p = m->p;
	p->arrived = p->registered - (int32_t)lg_dice_range(&d, 20, 1100);
	p->ground = ground_of(m, &d);
	p->stay_until = DEMO_NO_DATE;
	if (!strcmp(p->ground, "special_act"))
		p->stay_until = next_date(m->today, 3, 17, 0);
	else if (!strcmp(p->ground, "temporary_protection"))
		p->stay_until = next_date(m->today, 3, 4, 0);
	else if (!strcmp(p->ground, "refugee") || !strcmp(p->ground, "family"))
		p->stay_until = m->today + (int32_t)lg_dice_range(&d, 100, 900);
	/* Some papers are old, some end soon, some were not looked at. */
	if (m->number % 23 == 9 && p->stay_until != DEMO_NO_DATE)
		p->stay_until = m->today - (int32_t)lg_dice_range(&d, 3, 200);
	if (m->number % 19 == 6 && p->stay_until != DEMO_NO_DATE)
		p->stay_until = m->today + (int32_t)lg_dice_range(&d, 8, 80);
	if (m->number % 31 == 18 && m->known == DEMO_REGISTERED) p->stay_until = DEMO_NO_DATE;
	if (m->known > DEMO_DRAFT) put_family(m, &d);
	p->legal_basis = "public_task";
	p->informed_on = m->known > DEMO_DRAFT ? p->registered : DEMO_NO_DATE;
}

/* --- wishes */

static void put_code(const char **set, const char *code)
{
	size_t n = 0;
	for (; set[n]; n++)
		if (!strcmp(set[n], code)) return;
	if (n < DEMO_SET) set[n] = code;
}

static void put_wishes(struct maker *m, struct lg_dice *d)
{
	static const char *const contracts[] = { "job", "placement",          "wage_subsidy",
		                                 "igu", "language_placement", "trainee" };
	static const int hours[][2] = { { 30, 37 }, { 20, 30 }, { 37, 37 }, { 15, 25 }, { 25, 40 } };
	struct demo_person *p = m->p;
	uint32_t at = lg_dice_below(d, LG_COUNT(hours));
	put_code(p->contracts, "job");
	for (uint32_t i = lg_dice_below(d, 3); i; i--)
		put_code(p->contracts, contracts[lg_dice_below(d, LG_COUNT(contracts))]);
	p->hours_least = hours[at][0];
	p->hours_most = hours[at][1];
	p->commute_km = (int)lg_dice_range(d, 1, 12) * 5;
	p->can_start = m->today + (int32_t)lg_dice_below(d, 60);
	/* Two of three who are available could have begun the day they were. */
	if (!strcmp(p->state, "available") && m->number % 3) p->can_start = p->state_since;
	if (lg_dice_chance(d, 450)) put_code(p->driving, "b");
	if (p->n_occupations && m->number % 5 < 2) p->wished = p->occupations[0].occupation;
	if (m->number % 11 == 7) p->wished = "lg:social-health-helper";
	for (size_t i = 0; i < p->n_occupations; i++)
		if (!strcmp(p->occupations[i].occupation, "lg:lorry-driver")) put_code(p->driving, "ce");
	if (strcmp(m->first, "uk") != 0 || !lg_dice_chance(d, 600)) return;
	p->wish_words = wishes[lg_dice_below(d, LG_COUNT(wishes))];
	p->wish_language = "uk";
}

static void put_needs(struct maker *m, struct lg_dice *d)
{
	static const char *const needs[] = { "school_hours", "fixed_hours", "public_transport", "no_heavy_lifting",
		                             "quiet_place",  "interpreter", "named_guide",      "written_instructions",
		                             "step_free",    "no_night" };
	struct demo_person *p = m->p;
	if (!lg_dice_chance(d, 450)) return;
	for (uint32_t i = lg_dice_range(d, 1, 2); i; i--) put_code(p->needs, needs[lg_dice_below(d, LG_COUNT(needs))]);
	if (p->n_family && lg_dice_chance(d, 300)) p->needs_words = "Skal kunne hente barn kl. 15.30";
}

/* In the form that is kept. */
static const char *written_out(const struct maker *m, const char *text)
{
	struct week w;
	struct week_fault fault;
	struct lg_buf out = { 0 };
	lg_assert(week_read(&w, text, strlen(text), &fault));
	week_print(&out, &w);
	const char *s = lg_strndup(m->mem, out.data, out.len);
	lg_buf_free(&out);
	return s;
}

void demo_wish(struct maker *m)
{
	static const char *const weeks[] = { "mon-fri 08:00-16:00", "mon-fri 07:00-15:00; sat 08:00-14:00",
		                             "mon-fri 12:30-20:00", "mon-fri 08:30-14:30",
		                             "mon-sun 06:00-22:00", "mon-thu 22:00-06:00; fri 08:00-16:00" };
	struct lg_dice d = demo_dice(m, PART_WISH);
	struct demo_person *p = m->p;
	p->hours_least = p->hours_most = p->commute_km = -1;
	p->wants_work_on = p->can_start = DEMO_NO_DATE;
	if (m->known == DEMO_DRAFT) return;
	bool settled = m->known == DEMO_COMPLETE && strcmp(p->state, "profile_complete") != 0;
	p->wants_work = settled || lg_dice_chance(&d, 650) ? "yes" : lg_dice_chance(&d, 750) ? "later" : "no";
	p->wants_work_on = p->registered;
	if (m->known == DEMO_REGISTERED && lg_dice_chance(&d, 500)) return;
	put_wishes(m, &d);
	put_needs(m, &d);
	p->available = written_out(m, weeks[lg_dice_below(&d, LG_COUNT(weeks))]);
}

/* --- what happens */

static const char *step_of(const char *state, struct lg_dice *d)
{
	uint32_t n = 0;
	const char *fit[LG_COUNT(steps)];
	for (size_t i = 0; i < LG_COUNT(steps); i++)
		if (!strcmp(steps[i].state, state)) fit[n++] = steps[i].text;
	return n ? fit[lg_dice_below(d, n)] : NULL;
}

static void put_next(struct maker *m, struct lg_dice *d)
{
	struct demo_person *p = m->p;
	p->next_step = step_of(p->state, d);
	p->owner = demo_owner(d);
	p->next_on = m->today + (int32_t)lg_dice_below(d, HORIZON);
	if (m->number % 7 == 3) p->next_on = m->today; /* there is something to do on the first day */
	if (m->number % 13 == 4) p->next_on = m->today - (int32_t)lg_dice_range(d, 1, 12);
	if (!p->next_step || m->number % 11 == 8) p->next_on = DEMO_NO_DATE;
	if (m->number % 11 == 8) p->next_step = NULL;
	if (m->number % 17 == 12) p->owner = -1;
}

/* A day since the registration, and a minute of office hours. */
static int32_t day_before(const struct maker *m, struct lg_dice *d, int *minute)
{
	*minute = (int)lg_dice_range(d, 8 * 12, 15 * 12) * 5;
	return m->today - (int32_t)lg_dice_below(d, (uint32_t)(m->today - m->p->registered) + 1);
}

static void put_notes(struct maker *m, struct lg_dice *d)
{
	struct demo_person *p = m->p;
	for (uint32_t i = lg_dice_below(d, m->known == DEMO_DRAFT ? 2 : 4); i; i--) {
		struct demo_note *n = p->notes + p->n_notes++;
		uint32_t at = lg_dice_below(d, LG_COUNT(notes));
		n->colleague = demo_owner(d);
		n->day = day_before(m, d, &n->minute);
		n->language = notes[at].language;
		n->text = notes[at].text;
	}
}

static void put_tasks(struct maker *m, struct lg_dice *d)
{
	struct demo_person *p = m->p;
	if (!strcmp(p->state, "closed")) return;
	for (uint32_t i = lg_dice_below(d, 4); i; i--) {
		int minute;
		struct demo_task *t = p->tasks + p->n_tasks++;
		t->owner = demo_owner(d);
		t->what = tasks[lg_dice_below(d, LG_COUNT(tasks))];
		t->created = day_before(m, d, &minute);
		t->due = t->created + (int32_t)lg_dice_range(d, 1, 40);
		bool done = t->due < m->today && lg_dice_chance(d, 850);
		t->done =
		    done ? t->created + (int32_t)lg_dice_below(d, (uint32_t)(t->due - t->created) + 1) : DEMO_NO_DATE;
	}
}

static void put_contacts(struct maker *m, struct lg_dice *d)
{
	struct demo_person *p = m->p;
	for (uint32_t i = lg_dice_below(d, m->known == DEMO_DRAFT ? 2 : 5); i; i--) {
		struct demo_contact *c = p->contacts + p->n_contacts++;
		const struct talk *t = talks + lg_dice_below(d, LG_COUNT(talks));
		c->colleague = demo_owner(d);
		c->day = day_before(m, d, &c->minute);
		c->channel = t->channel;
		c->direction = t->direction;
		c->reached = t->reached;
		c->words = t->text;
	}
}

void demo_story(struct maker *m)
{
	struct lg_dice d = demo_dice(m, PART_STORY);
	m->p->owner = -1;
	m->p->next_on = DEMO_NO_DATE;
	if (strcmp(m->p->state, "closed") != 0) put_next(m, &d);
	put_notes(m, &d);
	put_tasks(m, &d);
	put_contacts(m, &d);
}
