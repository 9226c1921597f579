/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/match_card.h"

#include <string.h>

#include "core/explain_words.h"
#include "view/number.h"
#include "view/speech.h"

enum { LINES_MOST = 16, CLOSES_MOST = 5, SKILLS_NAMED = 4 };

struct card {
	struct lg_arena *mem;
	const struct explain *e;
	struct html_match *page;
};

static const char *keep(const struct card *k, struct lg_buf *text)
{
	const char *kept = text->data ? lg_strndup(k->mem, text->data, text->len) : "";
	lg_buf_free(text);
	return kept;
}

static void fit(const struct card *k, const char *line)
{
	if (k->page->n_fits < LINES_MOST) k->page->fits[k->page->n_fits++].line = line;
}

static void lack(const struct card *k, const char *line)
{
	if (k->page->n_lacks < LINES_MOST) k->page->lacks[k->page->n_lacks++].line = line;
}

static void put_occupation(const struct card *k)
{
	const struct lgm_candidate *c = k->e->c;
	const char *language = lg_speech_language();
	for (size_t i = 0; i < c->n_occupations && i < 2; i++) {
		unsigned years = c->occupations[i].years;
		const char *work = lg_taxonomy_label(k->e->in->taxonomy, c->occupations[i].occupation, language);
		fit(k, lg_printf(k->mem, lg_says("%s, %u year", "%s, %u years", years), work, years));
	}
	if (!k->e->v.part[LGM_OCCUPATION]) lack(k, lg_say("No experience in this work or work like it"));
}

/* A wish that is met, and that there are others. */
static void put_wish(const struct card *k)
{
	if (!k->e->c->n_wishes) return;
	if (k->e->v.part[LGM_WISH])
		fit(k, lg_say("Wished for by the person"));
	else
		lack(k, lg_say("The person wishes for other work"));
}

/* The skills of one kind that are there, or those that are not: how many, and the first few by name. */
static void put_skills(const struct card *k, bool has)
{
	struct lg_buf names = { 0 };
	unsigned n = 0, all = k->e->o->n_essential;
	for (size_t i = 0; i < all; i++) {
		struct explain_skill s = explain_skill(k->e, true, i);
		if (s.has != has) continue;
		if (n < SKILLS_NAMED) lg_putf(&names, "%s%s", n ? ", " : "", s.label);
		n++;
	}
	if (n > SKILLS_NAMED) lg_puts(&names, " …");
	const char *list = keep(k, &names);
	if (!n) return;
	if (has)
		fit(k, lg_printf(k->mem, lg_say("%u of %u essential skills: %s"), n, all, list));
	else
		lack(k, lg_printf(k->mem, lg_says("%u essential skill: %s", "%u essential skills: %s", n), n, list));
}

/* Does the opening ask for it at all? What it does not ask for is no reason. */
static bool is_asked(const struct explain *e, unsigned demand)
{
	switch ((enum lgm_demand)demand) {
	case LGM_NEEDS_LICENCE: return e->o->n_licences > 0;
	case LGM_NEEDS_LANGUAGE: return e->o->n_languages > 0;
	case LGM_NEEDS_HOURS: return e->o->hours != LGM_NO_HOURS;
	case LGM_NEEDS_SCHEDULE: return e->v.slots_asked > 0;
	case LGM_NEEDS_START: return e->o->start != LGM_NO_DATE && e->c->start != LGM_NO_DATE;
	case LGM_NEEDS_COMMUTE: return true;
	case LGM_WANTS_WORK:
	case LGM_NEEDS_CONTRACT:
	case LGM_DEMANDS: break;
	}
	return false;
}

static void put_demands(const struct card *k)
{
	for (unsigned d = 0; d < LGM_DEMANDS; d++) {
		bool fails = k->e->v.failed >> d & 1u;
		if (!fails && !is_asked(k->e, d)) continue;
		struct lg_buf words = { 0 }, line = { 0 };
		explain_demand(&words, k->e, (enum lgm_demand)d);
		/* TRANSLATORS: a demand and what is to be said of it, as in "language: Danish: has B2, needs B1" */
		lg_putf(&line, lg_say("%s: %s"), explain_demand_name((enum lgm_demand)d), keep(k, &words));
		(fails ? lack : fit)(k, keep(k, &line));
	}
}

static void put_gap(const struct card *k)
{
	struct lg_buf lines = { 0 };
	explain_gap_lines(&lines, k->e);
	char *at = lines.len ? lg_strndup(k->mem, lines.data, lines.len) : NULL;
	lg_buf_free(&lines);
	for (char *next; at && *at && k->page->n_closes < CLOSES_MOST; at = next) {
		next = strchr(at, '\n');
		*next++ = '\0';
		k->page->closes[k->page->n_closes++].line = at;
	}
}

static const char *count(const struct card *k, uint64_t n)
{
	char out[48];
	return lg_strdup(k->mem, lg_number_count(out, n));
}

static void put_parts(const struct card *k)
{
	struct html_match *page = k->page;
	const uint16_t *weight = k->e->in->setup->weight;
	unsigned most = 0;
	page->parts = lg_array(k->mem, LGM_PARTS, sizeof *page->parts);
	for (unsigned p = 0; p < LGM_PARTS; p++) {
		page->parts[page->n_parts++] =
		    (struct html_match_parts){ explain_part_name((enum lgm_part)p), count(k, k->e->v.part[p]),
			                       count(k, weight[p]) };
		most += weight[p];
	}
	page->sum = count(k, k->e->v.score);
	page->sum_most = count(k, most);
	page->why = lg_printf(k->mem, lg_say("Why %s of %s points"), page->sum, page->sum_most);
}

const char *match_of_most(struct lg_arena *mem, const struct explain *e)
{
	struct match_asked asked = match_asked(e->in->setup, e->o);
	if (!asked.sum) return "";
	return lg_printf(mem, lg_say("%u of the %u points that this opening can give"),
	                 match_points(e->in->setup, match_got(&asked, &e->v)), match_points(e->in->setup, asked.sum));
}

/* The word on the card, where somebody asks why: what the opening asks about, and how much of that is there. */
static void put_asked(const struct card *k)
{
	struct match_asked asked = match_asked(k->e->in->setup, k->e->o);
	struct lg_buf names = { 0 };
	if (!asked.sum) {
		k->page->asked = lg_say("This opening names neither an occupation nor a skill that is needed: that is "
		                        "too little to call any match good or strong.");
		return;
	}
	for (unsigned p = 0; p < LGM_PARTS; p++)
		if (asked.most[p]) lg_putf(&names, "%s%s", names.len ? ", " : "", explain_part_name((enum lgm_part)p));
	k->page->asked = lg_printf(
	    k->mem,
	    lg_say("The word goes by what this opening asks about: %s. Here that is %s. From %u per cent of them on a "
	           "match is called strong, from %u per cent good. What it does not ask about does not count."),
	    keep(k, &names), match_of_most(k->mem, k->e), (unsigned)MATCH_STRONG, (unsigned)MATCH_GOOD);
}

static void put_heading(const struct card *k, size_t number, const char *title, const char *meta)
{
	struct html_match *page = k->page;
	unsigned points = match_points(k->e->in->setup, k->e->v.score);
	struct match_asked asked = match_asked(k->e->in->setup, k->e->o);
	bool possible = !k->e->v.failed, strong = match_is(&asked, &k->e->v, MATCH_STRONG),
	     good = match_is(&asked, &k->e->v, MATCH_GOOD);
	page->number = lg_printf(k->mem, "%zu.", number);
	page->title = title;
	page->meta = meta;
	page->possible = possible;
	page->ring = points;
	page->score = lg_printf(k->mem, "%u", points);
	page->score_label = lg_printf(k->mem, lg_say("Score %u of 100"), points);
	page->tone = !possible ? "no" : strong ? "strong" : good ? "good" : "weak";
	page->word = !possible ? lg_say("Not possible yet")
	             : strong  ? lg_say("Strong match")
	             : good    ? lg_say("Good match")
	                       : lg_say("Possible match");
}

/* What to ask for, if the demand that fails is to be relaxed. */
static const char *relaxed_means(enum lgm_demand demand)
{
	switch (demand) {
	case LGM_NEEDS_LANGUAGE:
		return lg_say("Ask the employer whether one level lower will do, with a course beside the work.");
	case LGM_NEEDS_HOURS: return lg_say("Ask the employer whether other hours a week are possible.");
	case LGM_NEEDS_START: return lg_say("Ask the employer whether they would wait so long.");
	case LGM_NEEDS_SCHEDULE: return lg_say("Ask the employer whether other times of the day are possible.");
	case LGM_WANTS_WORK:
	case LGM_NEEDS_LICENCE:
	case LGM_NEEDS_CONTRACT:
	case LGM_NEEDS_COMMUTE:
	case LGM_DEMANDS: break;
	}
	return "";
}

void match_card_relaxed(struct lg_arena *mem, const struct explain *e, struct html_match *card)
{
	unsigned d = 0;
	struct lg_buf words = { 0 };
	while (d + 1 < LGM_DEMANDS && !(e->v.failed >> d & 1u)) d++;
	explain_demand(&words, e, (enum lgm_demand)d);
	card->tone = "weak";
	card->word = lg_say("Possible if one demand is relaxed");
	/* TRANSLATORS: a demand and what is to be said of it, as in "Relaxed: language: Danish: has A2, needs B1." */
	card->relaxed = lg_printf(mem, lg_say("Relaxed: %s: %s."), explain_demand_name((enum lgm_demand)d),
	                          words.data ? words.data : "");
	card->relaxed_more = relaxed_means((enum lgm_demand)d);
	lg_buf_free(&words);
}

unsigned match_points(const struct lgm_setup *setup, unsigned score)
{
	unsigned most = 0;
	for (unsigned p = 0; p < LGM_PARTS; p++) most += setup->weight[p];
	return (score * 200 + most) / (2 * most);
}

const char *match_meta(struct lg_arena *mem, const struct explain *e)
{
	char hours[48];
	const char *contract = explain_contract_name(e, e->o->contract);
	if (e->o->hours == LGM_NO_HOURS) return contract;
	return lg_printf(mem, lg_say("%s, %s hours a week"), contract, lg_number_tenths(hours, e->o->hours));
}

struct html_match *match_card(struct lg_arena *mem, const struct explain *e, size_t number, const char *title,
                              const char *meta)
{
	struct card k = { mem, e, lg_alloc(mem, sizeof *k.page) };
	k.page->fits = lg_array(mem, LINES_MOST, sizeof *k.page->fits);
	k.page->lacks = lg_array(mem, LINES_MOST, sizeof *k.page->lacks);
	k.page->closes = lg_array(mem, CLOSES_MOST, sizeof *k.page->closes);
	put_heading(&k, number, title, meta);
	put_occupation(&k);
	put_wish(&k);
	put_skills(&k, true);
	put_skills(&k, false);
	put_demands(&k);
	put_gap(&k);
	put_parts(&k);
	put_asked(&k);
	return k.page;
}
