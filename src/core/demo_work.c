/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <string.h>

#include "core/choice.h"
#include "core/date_parts.h"
#include "core/demo_inner.h"

/* What somebody can: work, education, languages. */

static const struct work {
	const char *slug;
	uint16_t weight, women;
	const char *her, *his, *level, *education, *education_tidied, *work, *work_tidied, *place, *skills;
} works[] = {
#define WORK(slug, weight, women, her, his, level, education, education_tidied, work, work_tidied, place, skills)      \
	{ slug, weight, women, her, his, level, education, education_tidied, work, work_tidied, place, skills },
#include "core/demo_work.def"
#undef WORK
};

static const struct work *pick_work(const struct maker *m, struct lg_dice *d)
{
	for (;;) {
		uint32_t sum = 0, i = 0;
		for (size_t k = 0; k < LG_COUNT(works); k++) sum += works[k].weight;
		uint32_t at = lg_dice_below(d, sum);
		for (; at >= works[i].weight; i++) at -= works[i].weight;
		if (lg_dice_chance(d, m->woman ? works[i].women : 1000u - works[i].women)) return works + i;
	}
}

static const char *concept(const struct maker *m, const char *slug, size_t n)
{
	return lg_printf(m->mem, "lg:%.*s", (int)n, slug);
}

/* Own words are Ukrainian; of others the interpreter's words are kept. */
static const char *own(const struct maker *m, const char *ukrainian, const char *danish)
{
	return !strcmp(m->first, "uk") ? ukrainian : danish;
}

static void put_skills(struct maker *m, const char *slugs)
{
	struct demo_person *p = m->p;
	while (*slugs && p->n_skills < LG_COUNT(p->skills)) {
		size_t n = strcspn(slugs, " ");
		const char *skill = concept(m, slugs, n);
		bool there = false;
		for (size_t i = 0; i < p->n_skills; i++) there = there || !strcmp(p->skills[i], skill);
		if (!there) p->skills[p->n_skills++] = skill;
		slugs += n + (slugs[n] == ' ');
	}
}

/* How long an education of a level of CHOICE_education_level takes; from 18 on, but for school. */
static int years_of(const char *level)
{
	static const struct {
		const char *level;
		int years;
	} table[] = { { "lower_secondary", 0 },
		      { "upper_secondary", 0 },
		      { "vocational", 2 },
		      { "short_higher", 3 },
		      { "bachelor", 4 } };
	for (size_t i = 0; i < LG_COUNT(table); i++)
		if (!strcmp(table[i].level, level)) return table[i].years;
	return 6;
}

static void put_education(struct maker *m, struct lg_dice *d, const struct work *w)
{
	static const char *const schools[] = { "Київ",      "Харків",   "Одеса",   "Дніпро",
		                               "Запоріжжя", "Миколаїв", "Полтава", "Чернігів" };
	struct demo_person *p = m->p;
	int school = date_parts_of(p->born).year + 18, last = date_parts_of(m->today).year, years = years_of(w->level);
	int to = school + years < last ? school + years : last;
	p->education[p->n_education++] = (struct demo_education){
		.own_words = own(m, w->education, w->education_tidied),
		.tidied = w->education_tidied,
		.level = w->level,
		.institution = own(m, schools[lg_dice_below(d, LG_COUNT(schools))], NULL),
		.country = m->home,
		.from_year = years ? school : school - 3,
		.to_year = to,
		.paper_seen = lg_dice_chance(d, 450),
	};
}

/* From grown up, or what is left of it, to the arrival. */
static void put_experience(struct maker *m, struct lg_dice *d, const struct work *w, int years, int32_t until)
{
	struct demo_person *p = m->p;
	p->occupations[p->n_occupations++] = (struct demo_occupation){
		.occupation = concept(m, w->slug, strlen(w->slug)),
		.own_words = own(m, m->woman ? w->her : w->his, NULL),
		.years = years,
	};
	p->experience[p->n_experience++] = (struct demo_experience){
		.own_words = own(m, w->work, w->work_tidied),
		.tidied = lg_dice_chance(d, 800) ? w->work_tidied : NULL,
		.occupation = p->occupations[p->n_occupations - 1].occupation,
		.employer = own(m, w->place, NULL),
		.country = m->home,
		.from_date = until - years * 365,
		.to_date = until,
	};
	put_skills(m, w->skills);
}

static bool needs_licence(const char *slug)
{
	static const char *const licensed[] = { "nurse", "doctor", "dental-assistant", "pharmacist",
		                                "physiotherapist" };
	for (size_t i = 0; i < LG_COUNT(licensed); i++)
		if (!strcmp(licensed[i], slug)) return true;
	return false;
}

static void put_licence(struct maker *m, struct lg_dice *d, const struct work *w)
{
	static const struct lg_share share[] = { { 30, 0 }, { 25, 1 }, { 20, 2 }, { 12, 3 }, { 8, 4 }, { 5, 5 } };
	static const char *const states[] = { "not_begun", "preparing", "applied", "steps", "held", "limited" };
	const char *state = states[LG_PICK(d, share)];
	struct demo_person *p = m->p;
	if (!needs_licence(w->slug)) return;
	p->licences[p->n_licences++] = (struct demo_licence){
		.occupation = concept(m, w->slug, strlen(w->slug)),
		.country = m->swedish ? "Sverige" : "Danmark",
		.state = state,
		.remark = !strcmp(state, "applied") ? "Kvittering modtaget" : NULL,
		.valid_until = !strcmp(state, "limited") ? m->today + 300 : DEMO_NO_DATE,
	};
}

void demo_work(struct maker *m)
{
	struct lg_dice d = demo_dice(m, PART_WORK);
	const struct work *w = pick_work(m, &d), *second = pick_work(m, &d);
	int32_t grown = m->p->born + (18 + years_of(w->level)) * 366;
	int32_t until = m->p->arrived - (int32_t)lg_dice_range(&d, 10, 200);
	int most = until > grown ? (int)((until - grown) / 365) : 0, years = (int)lg_dice_range(&d, 1, 14);
	if (years > most) years = most;
	if (m->known == DEMO_DRAFT) return;
	if (years > 0)
		put_experience(m, &d, w, years, until);
	else
		put_skills(m, w->skills); /* learned, not yet practised */
	put_education(m, &d, w);
	put_licence(m, &d, w);
	int before = (int)lg_dice_range(&d, 1, 4);
	int32_t earlier = until - years * 365 - 30;
	if (second != w && years > 0 && earlier - before * 365 > grown && lg_dice_chance(&d, 450))
		put_experience(m, &d, second, before, earlier);
}

/* --- languages */

static const char *level_at(int at)
{
	size_t n;
	const struct choice *levels = choices(CHOICE_level, &n);
	if (at < 0) at = 0;
	return levels[at < (int)n - 2 ? at : (int)n - 2].code; /* the last is the first language */
}

static void put_language(struct maker *m, struct lg_dice *d, const char *language, int level, const char *source,
                         int32_t seen)
{
	struct demo_person *p = m->p;
	struct demo_language *l = p->languages + p->n_languages++;
	*l = (struct demo_language){ .language = language, .source = source, .seen_on = seen };
	l->listening = level_at(level + (int)lg_dice_below(d, 2));
	l->reading = level_at(level + (int)lg_dice_below(d, 2));
	l->interaction = level_at(level);
	l->production = level_at(level - (int)lg_dice_below(d, 2));
	l->writing = level_at(level - (int)lg_dice_below(d, 3));
}

static void put_first(struct maker *m, const char *language)
{
	static const char native[] = "native";
	m->p->languages[m->p->n_languages++] =
	    (struct demo_language){ language, native, native, native, native, native, "self", m->p->registered };
}

/* A half step of the level for each four months or so. */
static void put_local(struct maker *m, struct lg_dice *d)
{
	static const char *const sources[] = { "teacher", "teacher", "exam", "self", "employer" };
	int level = (int)(m->today - m->p->arrived) / 140 + (int)lg_dice_below(d, 4) - 2;
	int32_t seen = m->today - (int32_t)lg_dice_range(d, 5, 150);
	if (seen < m->p->arrived) seen = m->p->arrived;
	put_language(m, d, m->swedish ? "sv" : "da", level > 9 ? 9 : level,
	             sources[lg_dice_below(d, LG_COUNT(sources))], seen);
}

void demo_language(struct maker *m)
{
	static const char *const weeks[] = { "mon 09:00-12:00; wed 09:00-12:00; fri 09:00-12:00",
		                             "tue 08:30-11:45; thu 08:30-11:45", "mon 17:00-19:30; wed 17:00-19:30",
		                             "mon 09:00-14:00; tue 09:00-14:00; wed 09:00-14:00" };
	struct lg_dice d = demo_dice(m, PART_LANGUAGE);
	bool class = lg_dice_chance(&d, 700);
	const char *week = weeks[lg_dice_below(&d, LG_COUNT(weeks))];
	put_first(m, m->first);
	if (m->known == DEMO_DRAFT) return;
	put_local(m, &d);
	if (lg_dice_chance(&d, 750) && strcmp(m->second, "en") != 0)
		put_language(m, &d, m->second, (int)lg_dice_range(&d, 7, 11), "self", m->p->registered);
	if (lg_dice_chance(&d, 550)) put_language(m, &d, "en", (int)lg_dice_range(&d, 1, 9), "self", m->p->registered);
	if (class && strcmp(m->p->state, "closed") != 0) m->p->classes = week;
}
