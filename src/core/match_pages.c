/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* Who suits what: the matcher says which, by handle; the rows behind are read as whoever looks; the reasons are made
 * here. */
#include <stdlib.h>
#include <string.h>

#include "app/answer.h"
#include "app/audit.h"
#include "app/page.h"
#include "app/record.h"
#include "base/log.h"
#include "core/candidate_view.h"
#include "core/core.h"
#include "core/explain_words.h"
#include "core/match_card.h"
#include "core/match_page.sql.h"
#include "core/match_relax.h"
#include "core/match_serve.h"
#include "core/match_week.h"
#include "core/match_words.h"
#include "core/opening.h"
#include "core/proposal.h"
#include "core/share.h"
#include "view/matches.html.h"
#include "view/number.h"
#include "view/speech.h"

enum { SHOWN = 20, MOST = MATCH_BEST, SPARE = 15 };

/* How the list is asked for: two choices against leaning on the machine. */
struct how {
	bool mixed;   /* in no order */
	bool blind;   /* without scores */
	bool relaxed; /* for a candidate: with openings that fail on one demand by a little */
	size_t most;
};

static enum lg_err read_how(struct lg_ctx *cx, const struct call *c, struct how *out)
{
	const char *order = http_query(c->rq, "order"), *scores = http_query(c->rq, "scores"),
	           *most = http_query(c->rq, "limit"), *demands = http_query(c->rq, "demands");
	*out = (struct how){ .most = SHOWN };
	if (order && strcmp(order, "mixed") != 0)
		return lg_fail(cx, LG_INVALID, "order", lg_say("Choose one of the list."));
	if (scores && strcmp(scores, "hidden") != 0)
		return lg_fail(cx, LG_INVALID, "scores", lg_say("Choose one of the list."));
	if (demands && strcmp(demands, "relaxed") != 0)
		return lg_fail(cx, LG_INVALID, "demands", lg_say("Choose one of the list."));
	out->mixed = order;
	out->blind = scores;
	out->relaxed = demands;
	long n = most ? strtol(most, NULL, 10) : SHOWN;
	out->most = n < 1 || n > MOST ? MOST : (size_t)n;
	return LG_OK;
}

/* --- what was found */

/* One hit with the row behind it. */
struct hit {
	uint8_t handle[MATCH_HANDLE];
	const void *row; /* NULL: the viewer does not see it */
	bool shared;     /* the row is a card that another office gave */
	const json_t *candidate, *opening;
	struct explain e;
};
struct list {
	struct match_found found;
	const struct match_terms *terms;
	struct hit *hits;
	size_t n, decided;    /* to show; decided about already */
	size_t gone;          /* not possible any more, as the rows are now */
	size_t from, looked;  /* of what was found: rows were read up to here, the last time from there */
	bool waiting, unlike; /* the matcher does not answer yet; nothing can be compared with this */
	bool whole;           /* the viewer sees all that is counted */
	bool relaxed;         /* one demand may fail by a little */
};

/* Rows are read for the best first, a few more than are shown; and for others only as long as too few of them count. */
static struct db_list next_handles(struct lg_ctx *cx, struct list *l, const struct how *how)
{
	size_t left = l->found.n - l->looked, n = how->most + SPARE < left ? how->most + SPARE : left;
	const char **texts = lg_array(cx->mem, n + 1, sizeof *texts);
	for (size_t i = 0; i < n; i++) {
		char text[37];
		match_handle_print(text, l->found.hits[l->looked + i].handle);
		texts[i] = lg_strdup(cx->mem, text);
	}
	l->from = l->looked;
	l->looked += n;
	return (struct db_list){ .texts = texts, .n = n };
}

static bool has_enough(const struct list *l, const struct how *how)
{
	return l->n >= how->most || l->looked == l->found.n;
}

/*
 * Ask the matcher, for more than are shown: some were decided about, and whoever works for some units sees theirs only.
 * What it cannot answer is said on the page.
 */
static enum lg_err ask(struct lg_ctx *cx, const struct call *c, enum match_side asks, bool relaxed,
                       const json_t *record, struct list *out)
{
	const struct app_setup *setup = app_setup(c->app);
	int32_t tenant = c->actor.tenant;
	*out = (struct list){ .whole = true, .relaxed = relaxed, .terms = setup->terms };
	enum lg_err err = relaxed ? match_ask_relaxed(cx, setup->match_socket, tenant, record, MOST, &out->found)
	                          : match_ask(cx, setup->match_socket, tenant, asks, record, MOST, &out->found);
	out->waiting = err == LG_BUSY;
	out->unlike = err == LG_UNKNOWN;
	cx->notes = NULL;
	out->hits = lg_array(cx->mem, out->found.n + 1, sizeof *out->hits);
	return err == LG_BUSY || err == LG_UNKNOWN ? LG_OK : err;
}

static int by_handle(const void *a, const void *b)
{
	const struct hit *x = a, *y = b;
	return memcmp(x->handle, y->handle, MATCH_HANDLE);
}

/* A row behind a handle, as the viewer sees it. */
struct behind {
	const char *handle, *record;
	const void *row;
	bool decided; /* about this pair, already: it stands among the proposals */
	bool shared;
};

/* Weigh a pair anew from the rows, as they are now. False also when it is not possible any more. */
static bool weigh(struct lg_ctx *cx, struct list *l, struct hit *h, const json_t *candidate, const json_t *opening)
{
	struct lgm_candidate *person =
	    lg_alloc(cx->mem, sizeof *person); /* not in the hit: those are put in another order */
	struct lgm_opening *post = lg_alloc(cx->mem, sizeof *post);
	if (!match_terms_candidate(l->terms, cx->mem, candidate, person) ||
	    !match_terms_opening(l->terms, cx->mem, opening, post))
		return false;
	h->candidate = candidate, h->opening = opening;
	h->e = (struct explain){ .in = &l->terms->explain, .c = person, .o = post };
	explain_weigh(&h->e);
	return !h->e.v.failed || (l->relaxed && match_is_relaxable(person, post, &h->e.v));
}

/* The hits whose rows are there. */
static void put_hits(struct lg_ctx *cx, struct list *l, enum match_side asks, const json_t *own,
                     const struct behind *rows, size_t n)
{
	for (size_t i = l->from; i < l->looked; i++) {
		struct hit *h = &l->hits[l->n];
		char text[37];
		json_t *other;
		size_t k = 0;
		*h = (struct hit){ 0 };
		memcpy(h->handle, l->found.hits[i].handle, MATCH_HANDLE);
		match_handle_print(text, h->handle);
		while (k < n && strcmp(rows[k].handle, text) != 0) k++;
		if (k == n || record_parse(cx, &other, rows[k].record, strlen(rows[k].record)) != LG_OK) continue;
		l->decided += rows[k].decided;
		if (rows[k].decided) continue;
		h->row = rows[k].row;
		h->shared = rows[k].shared;
		bool good = asks == MATCH_CANDIDATE ? weigh(cx, l, h, own, other) : weigh(cx, l, h, other, own);
		l->n += good;
		l->gone += !good;
	}
}

/* The rows win: a pair is as it was weighed from them, and stands where that puts it; the matcher said which pairs to
 * look at. Equal scores go to the smaller handle, as with the matcher. */
static int by_score(const void *a, const void *b)
{
	const struct hit *x = a, *y = b;
	if (x->e.v.score != y->e.v.score) return x->e.v.score > y->e.v.score ? -1 : 1;
	return by_handle(a, b);
}

/* What was found but is not there: of whoever sees the whole office the matcher is behind, which somebody should hear
 * of. */
static void settle(struct lg_ctx *cx, struct list *l, const struct how *how)
{
	if (l->n + l->decided + l->gone < l->looked && l->whole)
		lg_log(cx, LG_LOG_WARN, "matches not shown", LOG_INT("found", (int64_t)l->looked),
		       LOG_INT("shown", (int64_t)l->n));
	if (l->n) qsort(l->hits, l->n, sizeof *l->hits, by_score);
	if (l->n > how->most) l->n = how->most;
	if (how->mixed && l->n) qsort(l->hits, l->n, sizeof *l->hits, by_handle);
}

/* --- the page */

static const char *count(struct lg_ctx *cx, uint64_t n)
{
	char out[48];
	return lg_strdup(cx->mem, lg_number_count(out, n));
}

/* The same list shown otherwise: what was chosen stays with every way to choose another thing. */
static const char *chosen(struct lg_ctx *cx, const char *path, bool mixed, bool blind, bool relaxed)
{
	const char *order = mixed ? "order=mixed" : "", *scores = blind ? "&scores=hidden" : "",
	           *demands = !relaxed ? ""
	                      : mixed  ? "&demands=relaxed"
	                               : "demands=relaxed";
	return lg_printf(cx->mem, "%s%s%s%s%s", path, mixed || relaxed ? "?" : "", order, scores, demands);
}

static void put_choices(struct lg_ctx *cx, const struct how *how, const char *path, struct html_matches *v)
{
	static const struct {
		bool mixed, blind;
		const char *name;
	} ways[] = { { false, false, LG_TEXT("The best first") },
		     { true, false, LG_TEXT("In no order") },
		     { true, true, LG_TEXT("In no order, without scores") } };
	v->choices = lg_array(cx->mem, sizeof ways / sizeof *ways, sizeof *v->choices);
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
		v->choices[v->n_choices++] =
		    (struct html_matches_choices){ chosen(cx, path, ways[i].mixed, ways[i].blind, how->relaxed),
			                           lg_say(ways[i].name),
			                           how->mixed == ways[i].mixed && how->blind == ways[i].blind };
}

/* For a candidate: must every demand be met, or may one be relaxed? */
static void put_modes(struct lg_ctx *cx, const struct how *how, const char *path, struct html_matches *v)
{
	v->modes = lg_array(cx->mem, 2, sizeof *v->modes);
	for (unsigned relaxed = 0; relaxed < 2; relaxed++)
		v->modes[v->n_modes++] = (struct html_matches_modes){ chosen(cx, path, how->mixed, how->blind, relaxed),
			                                              relaxed ? lg_say("One demand may be relaxed")
			                                                      : lg_say("Every demand is met"),
			                                              how->relaxed == (bool)relaxed };
	if (how->relaxed)
		v->relaxed = lg_say("For people without a special trade: openings are shown too that fail on one "
		                    "demand by a little, and say "
		                    "which. It may be a language, one level lower; the hours a week, by 10 at most; "
		                    "the first day, by 60 days at "
		                    "most; the hours of the day, if half of them are free. Ask the employer first. "
		                    "Never relaxed are licences "
		                    "and the language beside them, the right to stay and work, and what the person has "
		                    "said of their own: the "
		                    "kind of contract, how far they go to work.");
}

static void put_left(struct lg_ctx *cx, const struct list *l, struct html_matches *v)
{
	v->left = lg_array(cx->mem, LGM_DEMANDS, sizeof *v->left);
	for (unsigned d = 0; l->whole && d < LGM_DEMANDS; d++)
		if (l->found.stopped[d])
			v->left[v->n_left++] = (struct html_matches_left){ explain_demand_name((enum lgm_demand)d),
				                                           count(cx, l->found.stopped[d]) };
	v->left_more =
	    lg_say("Each counts under every demand that is not met, so that they add up to more than are left out.");
}

static void put_nothing(const struct list *l, const char *edit, struct html_matches *v)
{
	if (l->waiting) {
		v->empty = lg_say("The lists are being made");
		v->empty_more =
		    lg_say("The matcher has just started and reads the office. Load the page again in a moment.");
	} else if (l->unlike) {
		v->empty = lg_say("Not enough is known yet");
		v->empty_more = lg_say("Without a place nothing can be compared: say in which municipality it is.");
		v->empty_url = edit, v->empty_act = lg_say("Say where");
	} else if (!l->n) {
		v->empty = l->whole ? lg_say("Nothing meets every demand today")
		                    : lg_say("None of your units is among the best of the office");
		v->empty_more =
		    l->whole
		        ? lg_say("What stands in the way is counted beside this. A course, another level of the "
		                 "language or a longer way to work may change it.")
		        : lg_say(
		              "The others are not counted here, since you work for some units only. Open somebody of "
		              "yours to see which openings suit, and what would open more.");
	}
}

static void show(struct lg_ctx *cx, struct call *c, const struct how *how, const struct list *l, struct html_matches *v,
                 const struct page *page, const char *path)
{
	v->limits = lg_say(
	    "It compares what is written down, and nothing else: no names, no sex, no age, no nationality. It decides "
	    "nothing. What is not written down it does not know; ask the person.");
	if (!how->blind && !how->mixed)
		v->note = lg_say("A number is no judgement of a person: open it to see what it is made of.");
	put_choices(cx, how, path, v);
	put_left(cx, l, v);
	page_answer(cx, c, page, html_matches_any(v));
}

/* What a card says of the other side, and which pair it is of. */
struct shown {
	const char *title, *meta, *url, *candidate, *opening, *from;
	bool is_protected; /* the person: then not in their own words either */
};

static void put_card(struct lg_ctx *cx, struct call *c, const struct how *how, struct html_matches *v,
                     const struct hit *h, const struct shown *s)
{
	struct html_match *card = match_card(cx->mem, &h->e, v->n_cards + 1, s->title, s->meta);
	card->url = s->url;
	card->blind = how->blind;
	if (h->e.v.failed) match_card_relaxed(cx->mem, &h->e, card);
	match_week_put(cx->mem, h->candidate, h->opening, &h->e, card);
	if (!s->is_protected) match_words_put(cx->mem, h->candidate, &h->e, card);
	if (s->candidate && may(&c->actor, MAY_MATCH_DECIDE))
		card->acts = html_steps_any(proposal_begin_steps(cx, c, s->candidate, s->opening, s->from, s->title));
	v->cards[v->n_cards++].one = card;
}

static json_t *as_json(struct lg_ctx *cx, const struct list *l)
{
	json_t *o = record_keep(cx, json_object());
	if (!l->whole) return o;
	json_t *stopped = json_object();
	for (unsigned d = 0; d < LGM_DEMANDS; d++)
		json_object_set_new(stopped, lgm_demand_name((enum lgm_demand)d),
		                    json_integer((json_int_t)l->found.stopped[d]));
	json_object_set_new(o, "all", json_integer((json_int_t)l->found.all));
	json_object_set_new(o, "feasible", json_integer((json_int_t)l->found.feasible));
	json_object_set_new(o, "stopped", stopped);
	return o;
}

/* One pair for programs: its parts by name. */
static json_t *pair_as_json(struct lg_ctx *cx, const char *name, const char *id, const struct hit *h)
{
	json_t *parts = json_object();
	for (unsigned p = 0; p < LGM_PARTS; p++)
		json_object_set_new(parts, lgm_part_name((enum lgm_part)p), json_integer(h->e.v.part[p]));
	json_t *o = json_pack("{s:s, s:i, s:o}", name, id, "score", (int)h->e.v.score, "parts", parts);
	for (unsigned d = 0; d < LGM_DEMANDS; d++) /* at most one */
		if (h->e.v.failed >> d & 1u)
			json_object_set_new(o, "relaxed", json_string(lgm_demand_name((enum lgm_demand)d)));
	const char *lines[MATCH_SHIFTS];
	json_t *collides = json_array();
	size_t n = match_week_clashes(cx->mem, h->candidate, h->opening, &h->e, lines);
	for (size_t i = 0; i < n; i++) json_array_append_new(collides, json_string(lines[i]));
	json_object_set_new(o, "collides", collides);
	return o;
}

/* A program is told to come again, rather than that there is nothing. */
static enum lg_err still_waiting(struct lg_ctx *cx, const struct list *l)
{
	return l->waiting ? lg_fail(cx, LG_BUSY, "", lg_say("The lists are being made")) : LG_OK;
}

/* --- openings for a candidate */

static const struct db_match_openings_row *job(const struct hit *h) { return h->row; }

static void put_openings(struct lg_ctx *cx, struct list *l, const struct db_match_openings_rows *rows,
                         const json_t *own)
{
	struct behind *all = lg_array(cx->mem, rows->n + 1, sizeof *all);
	for (size_t i = 0; i < rows->n; i++)
		all[i] = (struct behind){ rows->rows[i].handle, rows->rows[i].record, &rows->rows[i],
			                  rows->rows[i].decided, false };
	put_hits(cx, l, MATCH_CANDIDATE, own, all, rows->n);
}

enum lg_err on_candidate_matches(struct lg_ctx *cx, struct call *c)
{
	struct candidate_page page;
	struct db_match_openings_rows rows = { 0 };
	struct list list;
	struct how how;
	const char *id;
	LG_TRY(app_uuid(c->rq->args[0], &id));
	LG_TRY(read_how(cx, c, &how));
	LG_TRY(candidate_page_read(cx, c, id, &page));
	LG_TRY(ask(cx, c, MATCH_CANDIDATE, how.relaxed, page.one.record, &list));
	while (!has_enough(&list, &how)) {
		LG_TRY(db_match_openings(cx, c->db, &rows,
		                         (struct db_match_openings_in){ .handles = next_handles(cx, &list, &how),
		                                                        .today = page_today(cx, c),
		                                                        .candidate = id }));
		put_openings(cx, &list, &rows, page.one.record);
	}
	audit_seen(cx, c, &id, 1);
	LG_TRY(app_end(cx, c));
	settle(cx, &list, &how);
	if (c->api) {
		LG_TRY(still_waiting(cx, &list));
		json_t *o = as_json(cx, &list), *items = json_array();
		for (size_t i = 0; i < list.n; i++)
			json_array_append_new(items,
			                      pair_as_json(cx, "opening", job(&list.hits[i])->id, &list.hits[i]));
		json_object_set_new(o, "items", items);
		return answer_json(cx, c, 200, o), LG_OK;
	}
	const char *name = candidate_name(cx, page.one.record), *path = lg_printf(cx->mem, "/candidates/%s", id);
	const char *on = page_iso_date(cx, record_word(page.one.record, "confirmed_on"));
	struct html_matches v = { .title = lg_say("Openings that suit"),
		                  .lead = lg_printf(cx->mem, lg_say("%s · confirmed by the person: %s"), name, on) };
	v.cards = lg_array(cx->mem, list.n + 1, sizeof *v.cards);
	for (size_t i = 0; i < list.n; i++) {
		const struct hit *h = &list.hits[i];
		const struct db_match_openings_row *r = job(h);
		put_card(cx, c, &how, &v, h,
		         &(struct shown){ r->title,
		                          lg_printf(cx->mem, "%s · %s", r->employer_name, match_meta(cx->mem, &h->e)),
		                          lg_printf(cx->mem, "/openings/%s", r->id), id, r->id, "candidate", false });
	}
	v.count = lg_printf(cx->mem, lg_say("%s of %s openings meet every demand."), count(cx, list.found.feasible),
	                    count(cx, list.found.all));
	if (how.relaxed)
		v.count = lg_printf(cx->mem,
		                    lg_says("%s %s more if one demand is relaxed.",
		                            "%s %s more if one demand is relaxed.", list.found.relaxed),
		                    v.count, count(cx, list.found.relaxed));
	put_modes(cx, &how, lg_printf(cx->mem, "%s/matches", path), &v);
	v.left_says = lg_say("What the others are left out for");
	v.other_url = lg_printf(cx->mem, "%s/doors", path), v.other_name = lg_say("What opens the most doors");
	put_nothing(&list, lg_printf(cx->mem, "%s/edit/contact", path), &v);
	struct page_crumb crumbs[] = { { lg_say("Candidates"), "/candidates" }, { name, path } };
	show(cx, c, &how, &list, &v,
	     &(struct page){ .title = v.title,
	                     .crumbs = crumbs,
	                     .n_crumbs = 2,
	                     .here = "candidates",
	                     .invented = page.one.invented },
	     lg_printf(cx->mem, "%s/matches", path));
	return LG_OK;
}

/* --- candidates for an opening */

static const struct db_match_candidates_row *person(const struct hit *h) { return h->row; }

static const struct db_share_received_row *card(const struct hit *h) { return h->row; }

static void put_candidates(struct lg_ctx *cx, struct list *l, const struct db_match_candidates_rows *rows,
                           const struct db_share_received_rows *shares, const json_t *own)
{
	struct behind *all = lg_array(cx->mem, rows->n + shares->n + 1, sizeof *all);
	for (size_t i = 0; i < rows->n; i++)
		all[i] = (struct behind){ rows->rows[i].handle, rows->rows[i].record, &rows->rows[i],
			                  rows->rows[i].decided, false };
	for (size_t i = 0; i < shares->n; i++)
		all[rows->n + i] =
		    (struct behind){ shares->rows[i].handle, shares->rows[i].card, &shares->rows[i], false, true };
	put_hits(cx, l, MATCH_OPENING, own, all, rows->n + shares->n);
}

/* How old what is compared is. */
static const char *confirmed(struct lg_ctx *cx, const char *before, int32_t day)
{
	const char *when = lg_printf(cx->mem, lg_say("confirmed by the person: %s"), page_date(cx, day));
	return *before ? lg_printf(cx->mem, "%s · %s", before, when) : when;
}

/* Of cards that other offices gave they are told. */
static void note_seen(struct lg_ctx *cx, struct call *c, const struct list *l)
{
	const char **ids = lg_array(cx->mem, l->n + 1, sizeof *ids),
	           **cards = lg_array(cx->mem, l->n + 1, sizeof *cards);
	size_t n = 0, n_cards = 0;
	for (size_t i = 0; i < l->n; i++)
		if (l->hits[i].shared)
			cards[n_cards++] = card(&l->hits[i])->id;
		else
			ids[n++] = person(&l->hits[i])->id;
	if (n_cards)
		db_share_seen_send(
		    cx, c->db, (struct db_share_seen_in){ .ids = { .texts = cards, .n = n_cards }, .what = "match" });
	audit_seen(cx, c, ids, n);
}

/* A card that another office gave: whose it is; what comes of it is said on its page. */
static void put_shared(struct lg_ctx *cx, struct call *c, const struct how *how, struct html_matches *v,
                       const struct hit *h)
{
	const struct db_share_received_row *r = card(h);
	put_card(cx, c, how, v, h,
	         &(struct shown){ share_name(cx, c, h->candidate),
	                          lg_printf(cx->mem, lg_say("A card from %s: answer them"), r->from_name),
	                          lg_printf(cx->mem, "/shares/%s", r->id), NULL, NULL, NULL, true });
}

enum lg_err on_opening_matches(struct lg_ctx *cx, struct call *c)
{
	struct opening one;
	struct db_match_candidates_rows rows = { 0 };
	struct db_share_received_rows shares = { 0 };
	struct db_match_sees_all_row sees = { 0 };
	struct list list;
	struct how how;
	const char *id;
	LG_TRY(app_uuid(c->rq->args[0], &id));
	LG_TRY(read_how(cx, c, &how));
	db_match_sees_all_send(cx, c->db, &sees);
	LG_TRY(opening_read(cx, c, id, &one));
	LG_TRY(ask(cx, c, MATCH_OPENING, false, one.record, &list));
	list.whole = sees.all; /* of others, counts would tell */
	while (!has_enough(&list, &how)) {
		struct db_list handles = next_handles(cx, &list, &how);
		if (may(&c->actor, MAY_SHARE_READ))
			db_share_matches_send(cx, c->db, &shares, (struct db_share_matches_in){ .handles = handles });
		LG_TRY(db_match_candidates(cx, c->db, &rows,
		                           (struct db_match_candidates_in){ .handles = handles, .opening = id }));
		put_candidates(cx, &list, &rows, &shares, one.record);
	}
	settle(cx, &list, &how);
	note_seen(cx, c, &list);
	LG_TRY(app_end(cx, c));
	if (c->api) {
		LG_TRY(still_waiting(cx, &list));
		json_t *o = as_json(cx, &list), *items = json_array();
		for (size_t i = 0; i < list.n; i++)
			json_array_append_new(
			    items, list.hits[i].shared
			               ? pair_as_json(cx, "share", card(&list.hits[i])->id, &list.hits[i])
			               : pair_as_json(cx, "candidate", person(&list.hits[i])->id, &list.hits[i]));
		json_object_set_new(o, "items", items);
		return answer_json(cx, c, 200, o), LG_OK;
	}
	const char *title = record_word(one.record, "title"), *path = lg_printf(cx->mem, "/openings/%s", id);
	struct html_matches v = { .title = lg_say("Candidates who suit"), .lead = title };
	v.cards = lg_array(cx->mem, list.n + 1, sizeof *v.cards);
	for (size_t i = 0; i < list.n; i++) {
		if (list.hits[i].shared) {
			put_shared(cx, c, &how, &v, &list.hits[i]);
			continue;
		}
		const struct db_match_candidates_row *r = person(&list.hits[i]);
		const char *name = r->is_protected ? lg_say("Protected person")
		                                   : lg_printf(cx->mem, "%s %s", r->given_name, r->family_name);
		put_card(cx, c, &how, &v, &list.hits[i],
		         &(struct shown){
		             name,
		             confirmed(cx, form_municipality(r->municipality ? r->municipality : ""), r->confirmed_on),
		             lg_printf(cx->mem, "/candidates/%s", r->id), r->id, id, "opening", r->is_protected });
	}
	v.count = list.whole ? lg_printf(cx->mem, lg_say("%s of %s available people meet every demand."),
	                                 count(cx, list.found.feasible), count(cx, list.found.all))
	                     : lg_say("Of your units, those among the best of the office.");
	v.left_says = lg_say("What the others are left out for");
	v.other_url = lg_printf(cx->mem, "%s/carve", path), v.other_name = lg_say("What could be left out or split");
	put_nothing(&list, lg_printf(cx->mem, "%s/edit/place", path), &v);
	struct page_crumb crumbs[] = { { lg_say("Openings"), "/openings" }, { title, path } };
	show(cx, c, &how, &list, &v,
	     &(struct page){
	         .title = v.title, .crumbs = crumbs, .n_crumbs = 2, .here = "openings", .invented = one.invented },
	     lg_printf(cx->mem, "%s/matches", path));
	return LG_OK;
}
