/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/explain.h"
#include "core/explain_words.h"
#include "view/speech.h"

void explain_weigh(struct explain *e)
{
	const struct lgm_setup *s = e->in->setup;
	lgm_compare(s, e->c, e->o, &e->v);
	if (e->o->n_essential)
		lgm_skill_points(s->weight[LGM_ESSENTIAL], e->o->essential, e->o->n_essential, e->essential);
	if (e->o->n_optional) lgm_skill_points(s->weight[LGM_OPTIONAL], e->o->optional, e->o->n_optional, e->optional);
}

struct explain_skill explain_skill(const struct explain *e, bool essential, size_t i)
{
	const struct lgm_skill *s = essential ? &e->o->essential[i] : &e->o->optional[i];
	struct explain_skill out = { .label = lg_taxonomy_skill_label(e->in->taxonomy, s->skill, lg_speech_language()),
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
	return (struct explain_language){ e->in->languages[l->language], explain_level_name(has),
		                          explain_level_name(l->level), has, has >= l->level };
}

struct explain_licence explain_licence(const struct explain *e, size_t i)
{
	uint16_t licence = e->o->licences[i];
	const char *name = e->in->licences[licence];
	for (size_t k = 0; k < e->c->n_licences; k++) {
		if (e->c->licences[k].licence != licence) continue;
		bool held = e->c->licences[k].held;
		return (struct explain_licence){ name, held ? "held" : "pending", held || e->o->assistant_allowed };
	}
	return (struct explain_licence){ name, "missing", false };
}

/* --- the demands in words */

static void licence_words(struct lg_buf *out, const struct explain *e)
{
	if (!e->o->n_licences) lg_puts(out, lg_say("none is asked for"));
	for (size_t i = 0; i < e->o->n_licences; i++) {
		struct explain_licence l = explain_licence(e, i);
		struct lg_buf name = { 0 };
		explain_put_licence(&name, e, l.name);
		if (i) lg_puts(out, ", ");
		if (l.state[0] == 'h')
			lg_putf(out, lg_say("%s is held"), name.data);
		else
			lg_putf(out, l.state[0] == 'p' ? lg_say("%s is pending") : lg_say("%s is missing"), name.data);
		if (l.enough && l.state[0] == 'p') lg_puts(out, lg_say(" (enough as an assistant)"));
		lg_buf_free(&name);
	}
}

static void language_words(struct lg_buf *out, const struct explain *e)
{
	if (!e->o->n_languages) lg_puts(out, lg_say("none is asked for"));
	for (size_t i = 0; i < e->o->n_languages; i++) {
		struct explain_language l = explain_language(e, i);
		if (i) lg_puts(out, ", ");
		lg_putf(out, lg_say("%s: has %s, needs %s"), explain_language_name(e, l.code), l.has, l.needs);
	}
}

static void contract_words(struct lg_buf *out, const struct explain *e)
{
	struct lg_buf accepted = { 0 };
	for (unsigned k = 0; k < LGM_CONTRACTS; k++) {
		if (!(e->c->contracts >> k & 1u)) continue;
		if (accepted.len) lg_puts(&accepted, ", ");
		lg_puts(&accepted, explain_contract_name(e, k));
	}
	const char *offered = explain_contract_name(e, e->o->contract);
	if (accepted.len)
		lg_putf(out, lg_say("offered is %s; accepted is %s"), offered, accepted.data);
	else
		lg_putf(out, lg_say("offered is %s; accepted is none"), offered);
	lg_buf_free(&accepted);
}

enum { HOURS_OF_A_WEEK = 1680 }; /* in tenths: no limit was stated */

static void hours_words(struct lg_buf *out, const struct explain *e)
{
	unsigned hours = e->o->hours, least = e->c->hours_min, most = e->c->hours_max;
	if (hours == LGM_NO_HOURS) {
		lg_puts(out, lg_say("not stated"));
		return;
	}
	if (least == 0 && most == HOURS_OF_A_WEEK) {
		lg_putf(out, lg_say("%u.%u a week; any number is wanted"), hours / 10, hours % 10);
		return;
	}
	lg_putf(out, lg_say("%u.%u a week; wanted are %u.%u to %u.%u"), hours / 10, hours % 10, least / 10, least % 10,
	        most / 10, most % 10);
	if (hours >= least && hours <= most) return;
	unsigned off = hours < least ? least - hours : hours - most;
	lg_putf(out, hours < least ? lg_say(", so %u.%u too few") : lg_say(", so %u.%u too many"), off / 10, off % 10);
}

static void start_words(struct lg_buf *out, const struct explain *e)
{
	int grace = e->in->setup->start_grace_days;
	if (e->c->start == LGM_NO_DATE || e->o->start == LGM_NO_DATE) {
		lg_puts(out, lg_say("not stated by both"));
		return;
	}
	int64_t after = (int64_t)e->c->start - e->o->start;
	if (after <= 0)
		lg_puts(out, lg_say("can start in time"));
	else
		lg_putf(out,
		        lg_says("can start %lld day after the opening begins, which waits %d",
		                "can start %lld days after the opening begins, which waits %d", (uint64_t)after),
		        (long long)after, grace);
	if (e->v.days_late)
		lg_putf(out, lg_says(", so %d day late", ", so %d days late", (uint64_t)e->v.days_late),
		        e->v.days_late);
}

static void commute_words(struct lg_buf *out, const struct explain *e)
{
	uint32_t most = e->c->commute * 10, far = e->v.distance_m;
	if (e->o->remote) {
		lg_puts(out, lg_say("remote work"));
		return;
	}
	lg_putf(out, lg_say("%u.%u km as the crow flies; the limit is %u.%u km"), far / 1000, far % 1000 / 100,
	        most / 1000, most % 1000 / 100);
	if (!(e->v.failed >> LGM_NEEDS_COMMUTE & 1u)) return;
	uint32_t over = far > most ? far - most : 0;
	lg_putf(out, lg_say(", so %u.%u km too far"), over / 1000, over % 1000 / 100);
}

static void schedule_words(struct lg_buf *out, const struct explain *e)
{
	unsigned asked = e->v.slots_asked, is_free = e->v.slots_free;
	if (!asked) {
		lg_puts(out, lg_say("no hours of the week are stated"));
		return;
	}
	lg_putf(out, lg_say("free for %u.%u of %u.%u hours, %u%%; at least %u%% is needed"), is_free / 2,
	        is_free % 2 * 5, asked / 2, asked % 2 * 5, is_free * 100 / asked, e->in->setup->min_schedule_percent);
}

void explain_demand(struct lg_buf *out, const struct explain *e, enum lgm_demand demand)
{
	switch (demand) {
	case LGM_WANTS_WORK:
		lg_puts(out, e->c->wants_work ? lg_say("seeks work") : lg_say("does not seek work now"));
		break;
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
