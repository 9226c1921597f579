/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* What helps while an agent types: who rang before, and which openings suit; those that need no licence by themselves.
 */
#include <string.h>

#include "app/page.h"
#include "app/record.h"
#include "core/form.h"
#include "core/list_page.h"
#include "core/match_page.sql.h"
#include "core/match_serve.h"
#include "market/municipality.h"
#include "modules/hotline/article.h"
#include "modules/hotline/enquiry.h"
#include "modules/hotline/enquiry_rules.h"
#include "modules/hotline/known.h"
#include "taxonomy/link.h"
#include "taxonomy/spot.h"
#include "taxonomy/taxonomy.h"
#include "view/enquiry_beside.html.h"
#include "view/speech.h"

enum {
	CALLERS = 5,
	ARTICLES = 4,
	SHOWN = 6,
	ASKED = 30,
	COMMUTE_KM = 60,
	GROUPS = 5,
	TYPED_MOST = 200,
	PLACE_LEAST = 4,
	NO_ID = 36
};

static const char *word(const json_t *record, const char *name) { return record_word(record, name); }

static struct html_enquiry_beside_groups *group(struct html_enquiry_beside *v, const char *title, const char *more)
{
	struct html_enquiry_beside_groups *g = &v->groups[v->n_groups++];
	*g = (struct html_enquiry_beside_groups){ .title = title, .more = more };
	return g;
}

/* --- who calls */

static void put_callers(struct lg_ctx *cx, const struct db_enquiry_callers_rows *rows, bool writes,
                        struct html_enquiry_beside *v)
{
	if (!rows->n) return;
	struct html_enquiry_beside_groups *g = group(v, lg_say("Who rang before"), NULL);
	g->lines = lg_array(cx->mem, rows->n, sizeof *g->lines);
	for (size_t i = 0; i < rows->n; i++) {
		const struct db_enquiry_callers_row *r = &rows->rows[i];
		const char *who = enquiry_caller(cx, r->caller_name, r->caller_place, r->municipality, r->caller_phone);
		g->lines[g->n_lines++] =
		    (struct html_enquiry_beside_groups_lines){ .url = lg_printf(cx->mem, "/enquiries/%s", r->id),
			                                       .name = who,
			                                       .more = r->by_number ? lg_say("The same number") : NULL,
			                                       .take = writes ? r->id : NULL,
			                                       .take_says = who };
	}
}

static void callers_send(struct lg_ctx *cx, struct call *c, const json_t *typed, struct db_enquiry_callers_rows *out)
{
	char *digits = lg_alloc(cx->mem, ENQUIRY_DIGITS);
	const char *place = word(typed, "caller_place");
	struct list_keys keys = list_keys_of(cx, word(typed, "caller_name"));
	enquiry_digits(digits, word(typed, "caller_phone"));
	db_enquiry_callers_send(cx, c->db, out,
	                        (struct db_enquiry_callers_in){ .digits = digits,
	                                                        .keys = keys.keys,
	                                                        .spelled = keys.least.spelled,
	                                                        .heard = keys.least.heard,
	                                                        .place = strlen(place) < PLACE_LEAST ? "" : place,
	                                                        .municipality = word(typed, "municipality"),
	                                                        .room = CALLERS });
}

/* Colleagues of covered offices; without script, pressing takes what is known of them. */
static void put_known(struct lg_ctx *cx, const struct known *k, bool writes, struct html_enquiry_beside *v)
{
	if (!k->rows.n) return;
	struct html_enquiry_beside_groups *g = group(v, lg_say("Colleagues of the offices this hotline is for"), NULL);
	g->lines = lg_array(cx->mem, k->rows.n, sizeof *g->lines);
	for (size_t i = 0; i < k->rows.n; i++) {
		const struct db_known_callers_row *r = &k->rows.rows[i];
		const char *reach = known_reach(cx, r);
		g->lines[g->n_lines++] = (struct html_enquiry_beside_groups_lines){
			.name = lg_printf(cx->mem, "%s, %s", r->name, r->office),
			.more = r->by_number ? lg_printf(cx->mem, "%s · %s", lg_say("The same number"), reach) : reach,
			.take = writes ? lg_printf(cx->mem, "%s%s", KNOWN_TAKE, r->id) : NULL,
			.take_says = r->name,
		};
	}
}

/* --- which openings suit */

/* The occupation that a question names most plainly, or NULL. */
static const char *spotted(struct lg_ctx *cx, const struct app_setup *setup, const char *question)
{
	struct lg_spots spots;
	if (!setup->spotter || lg_spot(cx, setup->spotter, "any", question, strlen(question), &spots) != LG_OK)
		return NULL;
	for (size_t i = 0; i < spots.n; i++)
		if (spots.at[i].kind == LG_SPOT_OCCUPATION) return lg_taxonomy_code(setup->taxonomy, spots.at[i].item);
	return NULL;
}

/* The concept that was chosen, or what is meant by what was typed as occupation, or else in the question; NULL:
 * nothing. */
static const char *occupation_of(struct lg_ctx *cx, const struct call *c, const json_t *typed)
{
	const struct app_setup *setup = app_setup(c->app);
	const char *chosen = word(typed, "occupation"), *words = word(typed, "typed_occupation");
	struct lg_link_hit hit;
	if (*chosen) return chosen;
	if (!*words) return spotted(cx, setup, word(typed, "words"));
	if (!setup->occupations || strlen(words) > TYPED_MOST) return NULL;
	return lg_link(setup->occupations, "any", words, strlen(words), &hit, 1)
	           ? lg_taxonomy_code(setup->taxonomy, (uint16_t)hit.concept)
	           : NULL;
}

/* Somebody of whom only that much is known: the languages are taken to be enough, every kind of contract and all hours
 * are possible. */
static json_t *somebody(struct lg_ctx *cx, const char *occupation, const struct lg_municipality *at, bool licensed)
{
	static const char *const languages[] = { "da", "sv", "en" }, *const skills[] = { "listening", "reading",
		                                                                         "interaction", "production",
		                                                                         "writing" };
	json_t *o = record_keep(cx,
	                        json_pack("{s:s, s:i, s:[{s:s, s:i}], s:i, s:i}", "wants_work", "yes", "commute_km",
	                                  COMMUTE_KM, "occupations", "occupation", occupation, "years", 2,
	                                  "latitude_e6", (int)at->latitude_e6, "longitude_e6", (int)at->longitude_e6)),
	       *list = json_array();
	for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
		json_t *row = json_pack("{s:s}", "language", languages[i]);
		for (size_t k = 0; k < sizeof skills / sizeof *skills; k++)
			json_object_set_new(row, skills[k], json_string("c2"));
		json_array_append_new(list, row);
	}
	json_object_set_new(o, "languages", list);
	if (licensed)
		json_object_set_new(
		    o, "licences",
		    json_pack("[{s:s, s:s, s:s}]", "occupation", occupation, "country", at->country, "state", "held"));
	return o;
}

struct suits {
	struct match_found found;
	struct db_match_openings_rows rows;
	enum lg_err err;
};

static struct db_list handles_of(struct lg_ctx *cx, const struct match_found *f)
{
	const char **texts = lg_array(cx->mem, f->n + 1, sizeof *texts);
	for (size_t i = 0; i < f->n; i++) {
		char text[NO_ID + 1];
		match_handle_print(text, f->hits[i].handle);
		texts[i] = lg_strdup(cx->mem, text);
	}
	return (struct db_list){ .texts = texts, .n = f->n };
}

static void ask(struct lg_ctx *cx, struct call *c, const json_t *person, struct suits *out)
{
	struct lg_note *notes = cx->notes;
	*out = (struct suits){ 0 };
	out->err = match_ask(cx, app_setup(c->app)->match_socket, c->actor.tenant, MATCH_CANDIDATE, person, ASKED,
	                     &out->found);
	cx->notes = notes;
	if (out->err != LG_OK) return;
	db_match_openings_send(cx, c->db, &out->rows,
	                       (struct db_match_openings_in){ .handles = handles_of(cx, &out->found),
	                                                      .today = page_today(cx, c),
	                                                      .candidate = "00000000-0000-0000-0000-000000000000" });
}

static const struct db_match_openings_row *row_of(const struct suits *s, size_t hit)
{
	char handle[NO_ID + 1];
	match_handle_print(handle, s->found.hits[hit].handle);
	for (size_t i = 0; i < s->rows.n; i++)
		if (!strcmp(s->rows.rows[i].handle, handle)) return &s->rows.rows[i];
	return NULL;
}

static bool is_among(const struct suits *s, const char *id)
{
	for (size_t i = 0; s && i < s->rows.n; i++)
		if (!strcmp(s->rows.rows[i].id, id)) return true;
	return false;
}

/* The best first; not those that stand in the other list. */
static void put_openings(struct lg_ctx *cx, const struct suits *s, const struct suits *but, const char *title,
                         const char *none, struct html_enquiry_beside *v)
{
	struct html_enquiry_beside_groups *g = group(v, title, NULL);
	g->lines = lg_array(cx->mem, SHOWN, sizeof *g->lines);
	for (size_t i = 0; i < s->found.n && g->n_lines < SHOWN; i++) {
		const struct db_match_openings_row *r = row_of(s, i);
		if (!r || is_among(but, r->id)) continue;
		g->lines[g->n_lines++] = (struct html_enquiry_beside_groups_lines){
			.url = lg_printf(cx->mem, "/openings/%s", r->id), .name = r->title, .more = r->employer_name
		};
	}
	if (!g->n_lines) g->more = none;
}

static const struct lg_municipality *place_of(const json_t *typed, const char *otherwise)
{
	const char *code = *word(typed, "municipality") ? word(typed, "municipality") : otherwise ? otherwise : "";
	return *code ? lg_municipality_find(code, strlen(code), NULL) : NULL;
}

static enum lg_err put_suits(struct lg_ctx *cx, struct call *c, const char *occupation,
                             const struct lg_municipality *at, struct html_enquiry_beside *v)
{
	struct suits with, without;
	if (!at)
		return group(v, lg_say("Openings"),
		             lg_say("Say for which municipality, then openings near it appear.")),
		       LG_OK;
	ask(cx, c, somebody(cx, occupation, at, true), &with);
	ask(cx, c, somebody(cx, occupation, at, false), &without);
	LG_TRY(db_sync(cx, c->db));
	if (with.err != LG_OK || without.err != LG_OK) {
		group(
		    v, lg_say("Openings"),
		    lg_say(
		        "The matcher does not answer just now. Look among the openings, or press again in a moment."));
		return LG_OK;
	}
	put_openings(cx, &without, NULL, lg_say("Openings that need no licence"),
	             lg_say("None that suits, within 60 kilometres."), v);
	put_openings(cx, &with, &without, lg_say("Openings with the licence"),
	             lg_say("None besides that suits, within 60 kilometres."), v);
	return LG_OK;
}

/* --- what was answered before */

static void put_articles(struct lg_ctx *cx, const struct db_article_list_rows *rows, struct html_enquiry_beside *v)
{
	if (!rows->n) return;
	struct html_enquiry_beside_groups *g = group(v, lg_say("Answered before"), NULL);
	g->lines = lg_array(cx->mem, rows->n, sizeof *g->lines);
	for (size_t i = 0; i < rows->n; i++)
		g->lines[g->n_lines++] =
		    (struct html_enquiry_beside_groups_lines){ .url =
			                                           lg_printf(cx->mem, "/articles/%s", rows->rows[i].id),
			                                       .name = rows->rows[i].title,
			                                       .more = article_begins(cx, rows->rows[i].words) };
}

enum lg_err enquiry_beside(struct lg_ctx *cx, struct call *c, const json_t *typed, bool writes,
                           struct html_enquiry_beside **out)
{
	struct html_enquiry_beside *v = lg_alloc(cx->mem, sizeof *v);
	struct db_enquiry_callers_rows callers = { 0 };
	struct known known;
	struct db_article_list_rows articles = { 0 };
	struct hotline_hours *hours;
	const char *occupation = occupation_of(cx, c, typed), *municipality;
	v->groups = lg_array(cx->mem, GROUPS + 1, sizeof *v->groups);
	*out = v;
	callers_send(cx, c, typed, &callers);
	known_send(cx, c, word(typed, "caller_phone"), word(typed, "caller_name"), word(typed, "caller_place"), NULL,
	           &known);
	articles_like_send(cx, c, word(typed, "words"), ARTICLES, &articles);
	LG_TRY(enquiry_clock(cx, c, &hours, &municipality));
	known_sort(cx, &known);
	put_known(cx, &known, writes, v);
	put_callers(cx, &callers, writes, v);
	put_articles(cx, &articles, v);
	if (occupation && may(&c->actor, MAY_MATCH_READ)) {
		v->hint = lg_printf(cx->mem, lg_say("Taken to be: %s. The languages are taken to be enough."),
		                    form_concept(c, occupation));
		LG_TRY(put_suits(cx, c, occupation, place_of(typed, municipality), v));
	}
	if (!v->n_groups && !v->hint)
		v->hint = lg_say("Who rang before, openings that suit and answers given before appear here.");
	return LG_OK;
}
