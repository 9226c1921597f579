/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "cmd/explain.h"

struct explain_skill explain_skill(const struct explain *e, bool essential, size_t i)
{
	const struct lgm_skill *s = essential ? &e->o->essential[i] : &e->o->optional[i];
	struct explain_skill out = { .label = lg_taxonomy_skill_label(e->in->taxonomy, s->skill, "en"),
		                     .points = essential ? e->essential[i] : e->optional[i] };
	for (size_t k = 0; k < e->c->n_skills; k++) out.has = out.has || e->c->skills[k] == s->skill;
	return out;
}

struct explain_language explain_language(const struct explain *e, size_t i)
{
	const struct lgm_language *l = &e->o->languages[i];
	unsigned has = LGM_LEVEL_NONE;
	for (size_t k = 0; k < e->c->n_languages; k++)
		if (e->c->languages[k].language == l->language) has = e->c->languages[k].level;
	return (struct explain_language){ e->in->market->languages[l->language], has ? lg_level_name(has) : "none",
		                          lg_level_name(l->level), has >= l->level };
}

struct explain_licence explain_licence(const struct explain *e, size_t i)
{
	uint16_t licence = e->o->licences[i];
	const char *name = e->in->market->licences[licence];
	for (size_t k = 0; k < e->c->n_licences; k++) {
		if (e->c->licences[k].licence != licence) continue;
		bool held = e->c->licences[k].held;
		return (struct explain_licence){ name, held ? "held" : "pending", held || e->o->assistant_allowed };
	}
	return (struct explain_licence){ name, "missing", false };
}

/* --- the demands in words */

static void put_hours(struct lg_buf *out, unsigned tenths) { lg_putf(out, "%u.%u", tenths / 10, tenths % 10); }
static void put_km(struct lg_buf *out, uint32_t metres)
{
	lg_putf(out, "%u.%u km", metres / 1000, metres % 1000 / 100);
}

static void licence_words(struct lg_buf *out, const struct explain *e)
{
	if (!e->o->n_licences) lg_puts(out, "none is asked for");
	for (size_t i = 0; i < e->o->n_licences; i++) {
		struct explain_licence l = explain_licence(e, i);
		lg_putf(out, "%s%s is %s", i ? ", " : "", l.name, l.state);
		if (l.enough && l.state[0] == 'p') lg_puts(out, " (enough as an assistant)");
	}
}

static void language_words(struct lg_buf *out, const struct explain *e)
{
	if (!e->o->n_languages) lg_puts(out, "none is asked for");
	for (size_t i = 0; i < e->o->n_languages; i++) {
		struct explain_language l = explain_language(e, i);
		lg_putf(out, "%s%s: has %s, needs %s", i ? ", " : "", l.code, l.has, l.needs);
	}
}

static void contract_words(struct lg_buf *out, const struct explain *e)
{
	lg_putf(out, "offered is %s; accepted ", lg_contract_name(e->o->contract));
	bool any = false;
	for (unsigned k = 0; k < LGM_CONTRACTS; k++) {
		if (!(e->c->contracts >> k & 1u)) continue;
		lg_putf(out, "%s%s", any ? ", " : "is ", lg_contract_name(k));
		any = true;
	}
	if (!any) lg_puts(out, "is none");
}

enum { HOURS_OF_A_WEEK = 1680 }; /* in tenths: no limit was stated */

static void hours_words(struct lg_buf *out, const struct explain *e)
{
	unsigned hours = e->o->hours, least = e->c->hours_min, most = e->c->hours_max;
	if (hours == LGM_NO_HOURS) {
		lg_puts(out, "not stated");
		return;
	}
	put_hours(out, hours);
	if (least == 0 && most == HOURS_OF_A_WEEK) {
		lg_puts(out, " a week; any number is wanted");
		return;
	}
	lg_puts(out, " a week; wanted are ");
	put_hours(out, least);
	lg_puts(out, " to ");
	put_hours(out, most);
	if (hours >= least && hours <= most) return;
	lg_puts(out, ", so ");
	put_hours(out, hours < least ? least - hours : hours - most);
	lg_puts(out, hours < least ? " too few" : " too many");
}

static void start_words(struct lg_buf *out, const struct explain *e)
{
	unsigned grace = e->in->setup.start_grace_days;
	if (e->c->start == LGM_NO_DATE || e->o->start == LGM_NO_DATE) {
		lg_puts(out, "not stated by both");
		return;
	}
	int64_t after = (int64_t)e->c->start - e->o->start;
	if (after <= 0)
		lg_puts(out, "can start in time");
	else
		lg_putf(out, "can start %lld days after the opening begins, which waits %u", (long long)after, grace);
	if (e->v.days_late) lg_putf(out, ", so %d days late", e->v.days_late);
}

static void commute_words(struct lg_buf *out, const struct explain *e)
{
	uint32_t most = e->c->commute * 10;
	if (e->o->remote) {
		lg_puts(out, "remote work");
		return;
	}
	put_km(out, e->v.distance_m);
	lg_puts(out, " as the crow flies; the limit is ");
	put_km(out, most);
	if (!(e->v.failed >> LGM_NEEDS_COMMUTE & 1u)) return;
	lg_puts(out, ", so ");
	put_km(out, e->v.distance_m > most ? e->v.distance_m - most : 0);
	lg_puts(out, " too far");
}

static void schedule_words(struct lg_buf *out, const struct explain *e)
{
	unsigned asked = e->v.slots_asked, is_free = e->v.slots_free;
	if (!asked) {
		lg_puts(out, "no hours of the week are stated");
		return;
	}
	lg_putf(out, "free for %u.%u of %u.%u hours, %u%%; at least %u%% is needed", is_free / 2, is_free % 2 * 5,
	        asked / 2, asked % 2 * 5, is_free * 100 / asked, e->in->setup.min_schedule_percent);
}

void explain_demand(struct lg_buf *out, const struct explain *e, enum lgm_demand demand)
{
	switch (demand) {
	case LGM_WANTS_WORK: lg_puts(out, e->c->wants_work ? "seeks work" : "does not seek work now"); break;
	case LGM_NEEDS_LICENCE: licence_words(out, e); break;
	case LGM_NEEDS_LANGUAGE: language_words(out, e); break;
	case LGM_NEEDS_CONTRACT: contract_words(out, e); break;
	case LGM_NEEDS_HOURS: hours_words(out, e); break;
	case LGM_NEEDS_START: start_words(out, e); break;
	case LGM_NEEDS_COMMUTE: commute_words(out, e); break;
	case LGM_NEEDS_SCHEDULE: schedule_words(out, e); break;
	case LGM_DEMANDS: break;
	}
}
