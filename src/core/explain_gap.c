/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/explain.h"

#include <stdlib.h>
#include <string.h>

#include "core/explain_words.h"
#include "core/week_plan.h"
#include "view/number.h"
#include "view/speech.h"

/* A rough guess that the words name: roads are longer than the crow's way, and cars faster than this. */
enum { CAR_KM_AN_HOUR = WEEK_KM_AN_HOUR, METRES_A_STEP = 10 };

/* --- words of a change, whoever makes it */

static void language_step(struct lg_buf *out, const struct explain *e, const char *code, unsigned from, unsigned to)
{
	const char *name = explain_language_name(e, code);
	if (from == LGM_LEVEL_NONE)
		lg_putf(out, lg_say("%s to %s; none is stated now"), name, explain_level_name(to));
	else
		lg_putf(out, lg_say("%s from %s to %s"), name, explain_level_name(from), explain_level_name(to));
}

static void contract_step(struct lg_buf *out, const struct explain *e, unsigned contract)
{
	lg_putf(out, lg_say("accept this kind of contract: %s"), explain_contract_name(e, contract));
}

static void licence_step(struct lg_buf *out, const struct explain *e, const char *licence)
{
	struct lg_buf name = { 0 };
	explain_put_licence(&name, e, licence);
	lg_putf(out, lg_say("the licence %s"), name.data);
	lg_buf_free(&name);
}

static void skill_step(struct lg_buf *out, const char *label) { lg_putf(out, lg_say("the skill \"%s\""), label); }

static void travel_step(struct lg_buf *out, uint32_t from, uint32_t to)
{
	char a[48], b[48];
	lg_putf(out, lg_say("up to %s km of travel instead of %s km"), lg_number_tenths(a, to / 10),
	        lg_number_tenths(b, from / 10));
}

void explain_change(struct lg_buf *out, const struct explain *e, const struct lg_change *change)
{
	const struct explain_terms *m = e->in;
	switch (change->kind) {
	case LG_LEARN_LANGUAGE: language_step(out, e, m->languages[change->what], change->from, change->to); break;
	case LG_GET_LICENCE: licence_step(out, e, m->licences[change->what]); break;
	case LG_TRAVEL: travel_step(out, change->from, change->to); break;
	case LG_ANY_HOURS: lg_puts(out, lg_say("any number of hours a week")); break;
	case LG_TAKE_CONTRACT: contract_step(out, e, change->what); break;
	case LG_START: lg_puts(out, lg_say("start today")); break;
	case LG_LEARN_SKILL:
		skill_step(out, lg_taxonomy_skill_label(e->in->taxonomy, change->what, lg_speech_language()));
		break;
	case LG_CHANGES: break;
	}
}

void explain_lever(struct lg_buf *out, const struct explain *e, const struct lg_lever *lever)
{
	char km[48];
	enum { STEPS_A_TENTH_KM = 10 };
	const struct lg_change change = {
		.kind = lever->kind, .what = lever->what, .from = lever->from, .to = lever->to
	};
	if (lever->kind == LG_TRAVEL)
		lg_putf(out, lg_say("to be able to travel %s km farther to work"),
		        lg_number_tenths(km, lever->to / STEPS_A_TENTH_KM));
	else
		explain_change(out, e, &change);
}

/* --- what would meet a demand that fails */

static void end(struct lg_buf *out) { lg_putc(out, '\n'); }

static void close_licences(struct lg_buf *out, const struct explain *e)
{
	for (size_t i = 0; i < e->o->n_licences; i++) {
		struct explain_licence l = explain_licence(e, i);
		if (l.enough) continue;
		licence_step(out, e, l.name);
		if (e->o->assistant_allowed)
			lg_puts(out, lg_say(", or apply for it: this opening takes an assistant meanwhile"));
		else if (l.state[0] == 'p')
			lg_puts(out, lg_say(", which is pending, or an opening that takes an assistant"));
		else
			lg_puts(out, lg_say(", or apply for it and find an opening that takes an assistant meanwhile"));
		end(out);
	}
}

static void close_languages(struct lg_buf *out, const struct explain *e)
{
	for (size_t i = 0; i < e->o->n_languages; i++) {
		struct explain_language l = explain_language(e, i);
		if (l.enough) continue;
		language_step(out, e, l.code, l.level, e->o->languages[i].level);
		end(out);
	}
}

enum { HOURS_OF_A_WEEK = 1680 }; /* in tenths: no limit was stated */

static void close_hours(struct lg_buf *out, const struct explain *e)
{
	char least[48], most[48], offered[48];
	(void)lg_number_tenths(least, e->c->hours_min);
	(void)lg_number_tenths(offered, e->o->hours);
	if (e->c->hours_max == HOURS_OF_A_WEEK)
		lg_putf(out, lg_say("at least %s hours a week instead of %s, or the candidate accepts what is offered"),
		        least, offered);
	else
		lg_putf(out, lg_say("%s to %s hours a week instead of %s, or the candidate accepts what is offered"),
		        least, lg_number_tenths(most, e->c->hours_max), offered);
}

static void close_start(struct lg_buf *out, const struct explain *e)
{
	int days = e->v.days_late;
	lg_putf(out,
	        lg_says("start %d day earlier, or an opening that waits so much longer",
	                "start %d days earlier, or an opening that waits so much longer", (uint64_t)days),
	        days);
}

static void close_commute(struct lg_buf *out, const struct explain *e)
{
	uint32_t limit = e->c->commute * METRES_A_STEP, far = e->v.distance_m;
	if (far > LGM_COMMUTE_MAX * METRES_A_STEP) {
		lg_putf(out, lg_say("a home nearer to the work, or remote work: %u km is too far to travel every day"),
		        far / 1000);
		return;
	}
	uint32_t km = far > limit ? (far - limit + 999) / 1000 : 1;
	uint32_t minutes = (km * 60 + CAR_KM_AN_HOUR - 1) / CAR_KM_AN_HOUR;
	lg_putf(out,
	        lg_says("%u km more of travel (about %u minute by car, if it makes %u km an hour as the crow flies)",
	                "%u km more of travel (about %u minutes by car, if it makes %u km an hour as the crow flies)",
	                minutes),
	        km, minutes, (unsigned)CAR_KM_AN_HOUR);
}

static void close_schedule(struct lg_buf *out, const struct explain *e)
{
	char more[48], asked[48];
	unsigned needed = (e->v.slots_asked * e->in->setup->min_schedule_percent + 99u) / 100u;
	lg_putf(out, lg_say("more time free when the opening needs it: %s h more a week, of %s h"),
	        lg_number_tenths(more, (needed - e->v.slots_free) * 5u),
	        lg_number_tenths(asked, e->v.slots_asked * 5u));
}

static void close_demand(struct lg_buf *out, const struct explain *e, enum lgm_demand demand)
{
	if (demand == LGM_NEEDS_LICENCE || demand == LGM_NEEDS_LANGUAGE) {
		(demand == LGM_NEEDS_LICENCE ? close_licences : close_languages)(out, e);
		return;
	}
	switch (demand) {
	case LGM_WANTS_WORK: lg_puts(out, lg_say("say that the candidate seeks work")); break;
	case LGM_NEEDS_CONTRACT: contract_step(out, e, e->o->contract); break;
	case LGM_NEEDS_HOURS: close_hours(out, e); break;
	case LGM_NEEDS_START: close_start(out, e); break;
	case LGM_NEEDS_COMMUTE: close_commute(out, e); break;
	case LGM_NEEDS_SCHEDULE: close_schedule(out, e); break;
	case LGM_NEEDS_LICENCE:
	case LGM_NEEDS_LANGUAGE:
	case LGM_DEMANDS: break;
	}
	end(out);
}

/* Missing skills, those first that would give most; equal ones in the order they came in. */
struct missing {
	struct explain_skill skill;
	size_t place;
};

static int by_points(const void *x, const void *y)
{
	const struct missing *a = x, *b = y;
	if (a->skill.points != b->skill.points) return a->skill.points > b->skill.points ? -1 : 1;
	return (a->place > b->place) - (a->place < b->place);
}

static size_t collect(struct missing *list, size_t n, const struct explain *e, bool essential)
{
	size_t asked = essential ? e->o->n_essential : e->o->n_optional;
	for (size_t i = 0; i < asked; i++) {
		struct explain_skill s = explain_skill(e, essential, i);
		if (s.has || !s.points) continue;
		list[n] = (struct missing){ s, n };
		n++;
	}
	return n;
}

static void close_skills(struct lg_buf *out, const struct explain *e)
{
	struct missing list[sizeof e->essential / sizeof *e->essential + sizeof e->optional / sizeof *e->optional];
	size_t n = collect(list, collect(list, 0, e, true), e, false);
	if (n) qsort(list, n, sizeof *list, by_points);
	for (size_t i = 0; i < n; i++) {
		unsigned points = list[i].skill.points;
		skill_step(out, list[i].skill.label);
		lg_putf(out, lg_says(": %u point more", ": %u points more", points), points);
		end(out);
	}
}

void explain_gap_lines(struct lg_buf *out, const struct explain *e)
{
	for (unsigned d = 0; d < LGM_DEMANDS; d++)
		if (e->v.failed >> d & 1u) close_demand(out, e, (enum lgm_demand)d);
	close_skills(out, e);
}

void explain_gap(struct lg_buf *out, const struct explain *e)
{
	struct lg_buf lines = { 0 };
	lg_putf(out, "\n%s\n", lg_say("How to close the gap"));
	explain_gap_lines(&lines, e);
	if (!lines.len) lg_putf(out, "  %s\n", lg_say("There is none: every demand is met, and no skill is missing."));
	for (const char *at = lines.data; at && *at;) {
		const char *line_end = strchr(at, '\n');
		lg_puts(out, "  - ");
		lg_put(out, at, (size_t)(line_end - at) + 1);
		at = line_end + 1;
	}
	lg_buf_free(&lines);
}
