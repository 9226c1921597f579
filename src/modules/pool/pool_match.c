/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* What plans of pools found for people of the office: nobody else hears of it before the office approves. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/answer.h"
#include "app/audit.h"
#include "app/page.h"
#include "app/record.h"
#include "core/choice.h"
#include "core/colleague.h"
#include "core/core.h"
#include "core/export.h"
#include "core/input.h"
#include "core/list_page.h"
#include "core/match_card.h"
#include "core/match_terms.h"
#include "core/record_pages.h"
#include "core/share.h"
#include "core/small_form.h"
#include "modules/pool/pool.h"
#include "modules/pool/pool_match.sql.h"
#include "view/events.html.h"
#include "view/speech.h"
#include "view/steps.html.h"

enum { APPROVED_MOST = 500, APPROVED_PIECE = 50, APPROVING_MS = 4000, BEST = 10001, WORDS_MOST = 400 };

static const char *const states[] = { "waiting", "approved", "rejected" };

static const char *state_words(const char *state)
{
	return !strcmp(state, "approved")   ? lg_say("Approved")
	       : !strcmp(state, "rejected") ? lg_say("Rejected")
	                                    : lg_say("Waits for an answer");
}

static json_t *card_of(struct lg_ctx *cx, const char *text)
{
	json_t *card;
	return record_parse(cx, &card, text, strlen(text)) == LG_OK ? card : record_keep(cx, json_object());
}

/* --- all of them */

struct list {
	struct pool_matches of;
	struct db_pool_match_list_rows rows;
	struct db_colleague_list_rows colleagues;
	size_t n;
};

enum lg_err pool_matches_read(struct lg_ctx *cx, struct call *c, struct pool_matches *out)
{
	static const char *const parts[] = { "state", "whose", NULL };
	*out = (struct pool_matches){ .state = states[0] };
	LG_TRY(list_of_read(cx, c, &out->ask, parts));
	const char *state = list_part(&out->ask, "state"), *whose = list_part(&out->ask, "whose");
	for (size_t i = 0; i < sizeof states / sizeof *states; i++)
		if (!strcmp(state, states[i])) out->state = states[i];
	if (*state && strcmp(state, out->state) != 0) return list_refuse(cx, "state");
	out->mine = *whose != '\0';
	return out->mine && (!c->actor.account || strcmp(whose, c->actor.account) != 0) ? list_refuse(cx, "whose")
	                                                                                : LG_OK;
}

void pool_matches_send(struct lg_ctx *cx, struct call *c, const struct pool_matches *m,
                       struct db_pool_match_list_rows *out)
{
	db_pool_match_list_send(cx, c->db, out,
	                        (struct db_pool_match_list_in){
	                            .state = m->state,
	                            .mine = m->mine,
	                            .account = c->actor.account,
	                            .after_score = *m->ask.after_key ? strtoll(m->ask.after_key, NULL, 10) : BEST,
	                            .after_id = m->ask.after_id,
	                            .room = m->ask.room + 1 });
}

static enum lg_err read_list(struct lg_ctx *cx, struct call *c, struct list *l)
{
	*l = (struct list){ 0 };
	LG_TRY(pool_matches_read(cx, c, &l->of));
	pool_matches_send(cx, c, &l->of, &l->rows);
	db_colleague_list_send(cx, c->db, &l->colleagues);
	LG_TRY(db_sync(cx, c->db));
	l->n = l->rows.n > (size_t)l->of.ask.room ? (size_t)l->of.ask.room : l->rows.n;
	const char **ids = lg_array(cx->mem, l->n + 1, sizeof *ids);
	for (size_t i = 0; i < l->n; i++) ids[i] = l->rows.rows[i].candidate;
	if (l->n) audit_seen(cx, c, ids, l->n);
	return LG_OK;
}

static const char *answer_words(struct lg_ctx *cx, const struct db_pool_match_list_row *r, const struct form_with *with)
{
	if (!r->what) return lg_say("Waits for an answer");
	if (!strcmp(r->what, "passed"))
		return lg_printf(cx->mem, lg_say("Waits for %s"), form_member_name(with, r->colleague));
	return !strcmp(r->what, "rejected") && r->reason ? lg_printf(cx->mem, "%s: %s", state_words(r->what),
	                                                             lg_say(choice_text(CHOICE_turned_down, r->reason)))
	                                                 : state_words(r->what);
}

static const char *key_of(struct lg_ctx *cx, const struct list *l)
{
	return lg_printf(cx->mem, "%lld", (long long)l->rows.rows[l->n - 1].score);
}

static struct html_records *table_of(struct lg_ctx *cx, struct call *c, const struct list *l)
{
	const char *const heads[] = { lg_say("Person"), lg_say("Opening"), lg_say("Offered by"),
		                      lg_say("Pool"),   lg_say("Score"),   lg_say("State") };
	struct html_records *v = list_table(cx, lg_say("Found for your people"), heads, 6, l->n);
	struct form_with with = colleagues_of(cx, &l->colleagues);
	for (size_t i = 0; i < l->n; i++) {
		const struct db_pool_match_list_row *r = &l->rows.rows[i];
		struct html_records_rows *row = &v->rows[v->n_rows++];
		const char *name = pool_name(cx, r->given_name, r->family_name, r->is_protected);
		*row = (struct html_records_rows){ .id = r->id,
			                           .says = name,
			                           .url = lg_printf(cx->mem, "/pools/matches/%s", r->id) };
		row->name = lg_array(cx->mem, 1, sizeof *row->name);
		row->name[row->n_name++].plain = name;
		row->cells = lg_array(cx->mem, 5, sizeof *row->cells);
		list_cell(row, heads[1], record_word(card_of(cx, r->card), "title"));
		list_cell(row, heads[2], r->office_name);
		list_cell(row, heads[3], r->pool_name);
		list_cell(row, heads[4], pool_count(cx, r->score))->number = true;
		list_cell(row, heads[5], answer_words(cx, r, &with))->tone = !r->what || !strcmp(r->what, "passed")
		                                                                 ? "info"
		                                                             : !strcmp(r->what, "approved") ? "good"
		                                                                                            : "";
	}
	v->action = list_of_address(cx, &l->of.ask, "/pools/matches");
	v->csrf = page_csrf(cx, c);
	v->pick = !strcmp(l->of.state, "waiting") && may(&c->actor, MAY_MATCH_DECIDE);
	v->batch_says = lg_say("With those chosen");
	v->batch = lg_array(cx->mem, 2, sizeof *v->batch);
	if (v->pick) {
		v->batch[v->n_batch++] = (struct html_records_batch){ "chosen", lg_say("Approve these") };
		v->batch[v->n_batch++] =
		    (struct html_records_batch){ "all", lg_say("Approve all that wait, the best 500") };
	}
	v->empty = lg_say("Nothing waits here");
	v->empty_more = lg_say("What a pool finds for one of your people comes here first.");
	return v;
}

static void show_list(struct lg_ctx *cx, struct call *c, const struct list *l)
{
	struct html_found found = { .records = table_of(cx, c, l) };
	found.count = lg_printf(cx->mem, lg_says("%s row", "%s rows", l->n), pool_count(cx, (int64_t)l->n));
	if (l->rows.n > l->n)
		list_put_pages(cx, &l->of.ask, "/pools/matches", &found, key_of(cx, l), l->rows.rows[l->n - 1].id);
	if (may(&c->actor, MAY_CANDIDATE_EXPORT))
		export_put_links(cx, list_of_address(cx, &l->of.ask, "/pools/matches"), &found);
	struct html_sheet_sections section = { .body = html_found_any(&found) };
	struct html_sheet v = { .title = lg_say("Found for your people"),
		                .lead = lg_say("What plans of pools found. The office of the opening hears of a person "
		                               "once you have approved it, and not before."),
		                .sections = &section,
		                .n_sections = 1 };
	v.tabs = lg_array(cx->mem, 4, sizeof *v.tabs);
	v.tabs[v.n_tabs++] = (struct html_sheet_tabs){ "/pools/matches?whose=me", lg_say("Mine"), l->of.mine };
	for (size_t i = 0; i < sizeof states / sizeof *states; i++)
		v.tabs[v.n_tabs++] =
		    (struct html_sheet_tabs){ i ? lg_printf(cx->mem, "/pools/matches?state=%s", states[i])
			                        : "/pools/matches",
			                      state_words(states[i]), !l->of.mine && !strcmp(l->of.state, states[i]) };
	struct page_crumb crumbs[] = { { lg_say("Pools"), "/pools" } };
	page_answer(cx, c,
	            &(struct page){ .title = v.title,
	                            .crumbs = crumbs,
	                            .n_crumbs = 1,
	                            .here = "shares",
	                            .invented = l->n && l->rows.rows[0].invented },
	            html_sheet_any(&v));
}

static json_t *list_json(struct lg_ctx *cx, const struct list *l)
{
	json_t *items = json_array(), *o = record_keep(cx, json_pack("{s:o}", "items", items));
	for (size_t i = 0; i < l->n; i++) {
		const struct db_pool_match_list_row *r = &l->rows.rows[i];
		json_t *one =
		    json_pack("{s:s, s:s, s:I, s:s, s:s, s:s, s:s?}", "id", r->id, "candidate", r->candidate, "score",
		              (json_int_t)r->score, "pool", r->pool_name, "office", r->office_name, "state",
		              !r->what || !strcmp(r->what, "passed") ? "waiting" : r->what, "reason", r->reason);
		json_object_set(one, "opening", card_of(cx, r->card));
		json_array_append_new(items, one);
	}
	if (l->rows.n > l->n) list_put_next(cx, o, key_of(cx, l), l->rows.rows[l->n - 1].id);
	return o;
}

enum lg_err on_pool_matches(struct lg_ctx *cx, struct call *c)
{
	struct list l;
	LG_TRY(read_list(cx, c, &l));
	LG_TRY(app_end(cx, c));
	if (c->api) return answer_json(cx, c, 200, list_json(cx, &l)), LG_OK;
	show_list(cx, c, &l);
	return LG_OK;
}

/* --- approving many */

struct picked {
	struct db_list ids;
	bool everybody;
};

static enum lg_err read_picked(struct lg_ctx *cx, struct call *c, struct picked *out)
{
	static const char *const names[] = { "matches", "all", NULL };
	json_t *body = NULL, *one;
	size_t i;
	const char *what = http_form(c->rq, "do");
	if (c->api) LG_TRY(input_json(cx, c, &body));
	if (c->api) LG_TRY(input_only(cx, c, body, names));
	const json_t *list = json_object_get(body, "matches");
	const char **ids = lg_array(cx->mem, json_array_size(list) + c->rq->form.n + 1, sizeof *ids);
	*out = (struct picked){ .ids.texts = ids };
	json_array_foreach(list, i, one)
	{
		const char *text = json_string_value(one);
		if (!text || app_uuid(text, &ids[out->ids.n++]) != LG_OK)
			return lg_fail(cx, LG_INVALID, "matches", lg_say("Choose one of the list."));
	}
	for (i = 0; !c->api && i < c->rq->form.n; i++)
		if (!strcmp(c->rq->form.at[i].name, "pick") &&
		    app_uuid(c->rq->form.at[i].value, &ids[out->ids.n]) == LG_OK)
			out->ids.n++;
	if (!c->api && (!what || (strcmp(what, "chosen") != 0 && strcmp(what, "all") != 0)))
		return lg_fail(cx, LG_INVALID, "do", lg_say("Choose one of the list."));
	out->everybody = c->api ? record_flag(body, "all") : !strcmp(what, "all");
	return LG_OK;
}

/* What was approved for an opening of one's own is an ordinary proposal; all of it stands in the audit. */
static enum lg_err follow(struct lg_ctx *cx, struct call *c, struct db_list ids, size_t *proposed)
{
	struct db_pool_match_propose_rows rows = { 0 };
	LG_TRY(db_pool_match_propose(
	    cx, c->db, &rows,
	    (struct db_pool_match_propose_in){ .ids = ids, .by = c->actor.account, .today = page_today(cx, c) }));
	for (size_t i = 0; i < rows.n; i++) {
		LG_TRY(audit_change(cx, c, "proposed", "proposal", rows.rows[i].candidate, 0, NULL, NULL));
		LG_TRY(audit_change(cx, c, "proposed", "proposal", rows.rows[i].opening, 0, NULL, NULL));
	}
	*proposed = rows.n;
	return LG_OK;
}

static int64_t now_ms(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* The next of those that were picked, the best first; all that follows from them. */
static enum lg_err approve_piece(struct lg_ctx *cx, struct call *c, const struct picked *picked, size_t *n)
{
	struct db_pool_match_approve_rows rows = { 0 };
	size_t proposed;
	LG_TRY(db_pool_match_approve(cx, c->db, &rows,
	                             (struct db_pool_match_approve_in){ .everybody = picked->everybody,
	                                                                .ids = picked->ids,
	                                                                .mine = http_query(c->rq, "whose") != NULL,
	                                                                .account = c->actor.account,
	                                                                .most = APPROVED_PIECE }));
	const char **ids = lg_array(cx->mem, rows.n + 1, sizeof *ids);
	for (size_t i = 0; i < rows.n; i++) {
		ids[i] = rows.rows[i].id;
		LG_TRY(audit_change(cx, c, "approved", "pool_match", rows.rows[i].candidate, 0, NULL, NULL));
	}
	*n = rows.n;
	return follow(cx, c, (struct db_list){ .texts = ids, .n = rows.n }, &proposed);
}

/* Many, but no longer than a page may take: what was not come to waits on, and is said to. All of it is one
 * transaction: what is told as approved is, and each of them once, whoever presses at the same time (schema/0040). */
enum lg_err on_pool_approve(struct lg_ctx *cx, struct call *c)
{
	struct picked picked;
	const char *whose = http_query(c->rq, "whose");
	const int64_t begun = now_ms();
	size_t n = APPROVED_PIECE, all = 0;
	bool in_time = true;
	LG_TRY(read_picked(cx, c, &picked));
	while (n == APPROVED_PIECE && all < APPROVED_MOST && in_time) {
		LG_TRY(approve_piece(cx, c, &picked, &n));
		all += n;
		in_time = now_ms() - begun < APPROVING_MS;
	}
	bool more = !in_time && n == APPROVED_PIECE && all < APPROVED_MOST;
	LG_TRY(app_end(cx, c));
	if (!c->api)
		answer_see(cx, c, whose ? "/pools/matches?whose=me" : "/pools/matches",
		           more  ? "pool_approved_part"
		           : all ? "pool_approved"
		                 : "pool_late");
	else
		answer_json(cx, c, 200,
		            record_keep(cx, json_pack("{s:I, s:b}", "approved", (json_int_t)all, "more", (int)more)));
	return LG_OK;
}

/* --- one of them */

struct shown {
	struct db_pool_match_get_row r;
	struct db_pool_match_said_rows said;
	struct db_colleague_list_rows colleagues;
	json_t *card, *record;
};

static enum lg_err read(struct lg_ctx *cx, struct call *c, struct shown *s)
{
	const char *id;
	LG_TRY(app_uuid(c->rq->args[0], &id));
	*s = (struct shown){ 0 };
	db_pool_match_get_send(cx, c->db, &s->r, (struct db_pool_match_get_in){ .id = id });
	db_pool_match_said_send(cx, c->db, &s->said, (struct db_pool_match_said_in){ .id = id });
	db_colleague_list_send(cx, c->db, &s->colleagues);
	LG_TRY(db_sync(cx, c->db));
	LG_TRY(record_parse(cx, &s->record, s->r.record, strlen(s->r.record)));
	s->card = card_of(cx, s->r.card);
	return LG_OK;
}

static bool waits(const struct shown *s) { return !s->r.what || !strcmp(s->r.what, "passed"); }

/* Weighed anew, from the person as it is known here and the opening as the pool has it. */
static struct html_any reasons(struct lg_ctx *cx, struct call *c, const struct shown *s)
{
	const struct match_terms *terms = app_setup(c->app)->terms;
	struct lgm_candidate *person = lg_alloc(cx->mem, sizeof *person);
	struct lgm_opening *post = lg_alloc(cx->mem, sizeof *post);
	struct explain *e = lg_alloc(cx->mem, sizeof *e);
	struct html_facts *none = pool_facts(cx, 1);
	pool_fact(none, lg_say("Score"), lg_printf(cx->mem, lg_say("%s of 10,000"), pool_count(cx, s->r.score)));
	if (!match_terms_candidate(terms, cx->mem, s->record, person) ||
	    !match_terms_opening(terms, cx->mem, s->card, post))
		return html_facts_any(none);
	*e = (struct explain){ .in = &terms->explain, .c = person, .o = post };
	explain_weigh(e);
	return html_match_any(match_card(cx->mem, e, 1, record_word(s->card, "title"), match_meta(cx->mem, e)));
}

static struct html_events *said_of(struct lg_ctx *cx, struct call *c, const struct shown *s)
{
	struct html_events *v = lg_alloc(cx->mem, sizeof *v);
	struct form_with with = colleagues_of(cx, &s->colleagues);
	v->events = lg_array(cx->mem, s->said.n + 1, sizeof *v->events);
	for (size_t i = s->said.n; i-- > 0;) {
		const struct db_pool_match_said_row *a = &s->said.rows[i];
		bool passed = !strcmp(a->what, "passed");
		struct html_events_events *e = &v->events[v->n_events++];
		*e = (struct html_events_events){ .icon = passed                         ? "send"
			                                  : !strcmp(a->what, "approved") ? "success"
			                                                                 : "info",
			                          .title = passed ? lg_printf(cx->mem, lg_say("Passed on to %s"),
			                                                      form_member_name(&with, a->colleague))
			                                          : state_words(a->what),
			                          .when = page_time(cx, c, a->at),
			                          .who = a->by_name,
			                          .words = a->words,
			                          .why = a->reason ? lg_say(choice_text(CHOICE_turned_down, a->reason))
			                                           : NULL };
		if (a->share) {
			e->url = lg_printf(cx->mem, "/shares/%s", a->share);
			e->act = lg_say("The card that was handed on");
		}
	}
	return v;
}

static struct html_steps *steps_of(struct lg_ctx *cx, struct call *c, const struct shown *s)
{
	struct html_steps *v = lg_alloc(cx->mem, sizeof *v);
	size_t n;
	const struct choice *all = choices(CHOICE_turned_down, &n);
	*v =
	    (struct html_steps){ .action = lg_printf(cx->mem, "/pools/matches/%s", s->r.id), .csrf = page_csrf(cx, c) };
	v->steps = lg_array(cx->mem, 1, sizeof *v->steps);
	v->steps[v->n_steps++] =
	    (struct html_steps_steps){ .value = "approved",
		                       .label = s->r.is_ours ? lg_say("Approve: put it on the short list")
		                                             : lg_say("Approve: hand the card on"),
		                       .first = true };
	v->why_state = "rejected", v->why_says = lg_say("Not this one");
	v->whys = lg_array(cx->mem, n, sizeof *v->whys);
	for (size_t i = 0; i < n; i++)
		v->whys[v->n_whys++] = (struct html_steps_whys){ .value = all[i].code, .label = lg_say(all[i].text) };
	return v;
}

static struct html_form *pass_form(struct lg_ctx *cx, struct call *c, const struct shown *s)
{
	struct small_form *f =
	    small_form(cx, c, lg_printf(cx->mem, "/pools/matches/%s", s->r.id), lg_say("Pass it on"));
	small_hidden(f, "state", "passed");
	struct html_fields_fields *to =
	    small_choice(cx, f, "colleague", lg_say("To which colleague"), false, s->colleagues.n + 1);
	to->must = true;
	for (size_t i = 0; i < s->colleagues.n; i++)
		small_option(cx, to, s->colleagues.rows[i].account, s->colleagues.rows[i].name, NULL, false);
	small_field(cx, f, "words", lg_say("To remember"), "text", "")->longest = WORDS_MOST;
	return &f->form;
}

static void show(struct lg_ctx *cx, struct call *c, const struct shown *s)
{
	const char *name = pool_name(cx, s->r.given_name, s->r.family_name, s->r.is_protected),
	           *title = lg_printf(cx->mem, "%s → %s", name, record_word(s->card, "title"));
	struct html_sheet v = { .title = title,
		                .lead = lg_printf(cx->mem, lg_say("Found by a plan of %s. %s"), s->r.pool_name,
		                                  state_words(waits(s) ? "waiting" : s->r.what)) };
	bool decides = waits(s) && may(&c->actor, MAY_MATCH_DECIDE);
	v.actions = lg_array(cx->mem, 1, sizeof *v.actions);
	v.actions[v.n_actions++] =
	    (struct html_sheet_actions){ .url = lg_printf(cx->mem, "/candidates/%s", s->r.candidate),
		                         .name = lg_say("The candidate"),
		                         .icon = "person" };
	v.sections = lg_array(cx->mem, 3, sizeof *v.sections);
	v.asides = lg_array(cx->mem, 3, sizeof *v.asides);
	v.sections[v.n_sections++] = (struct html_sheet_sections){
		.title = lg_say("What the comparison says today"),
		.help = lg_say("With all that your office knows of the person; the plan knew what the card tells."),

		.body = reasons(cx, c, s)
	};
	pool_section(&v, lg_say("The opening"), NULL,
	             html_facts_any(pool_opening_facts(cx, c, s->card, s->r.office_name)));
	if (s->said.n) pool_section(&v, lg_say("What was said"), NULL, html_events_any(said_of(cx, c, s)));
	if (decides) {
		v.asides[v.n_asides++] = (struct html_sheet_asides){ .title = lg_say("What do you say?"),
			                                             .body = html_steps_any(steps_of(cx, c, s)) };
		v.asides[v.n_asides++] = (struct html_sheet_asides){ .title = lg_say("Somebody else knows better?"),
			                                             .body = html_form_any(pass_form(cx, c, s)) };
	}
	struct page_crumb crumbs[] = { { lg_say("Pools"), "/pools" },
		                       { lg_say("Found for your people"), "/pools/matches" } };
	page_answer(cx, c,
	            &(struct page){
	                .title = title, .crumbs = crumbs, .n_crumbs = 2, .here = "shares", .invented = s->r.invented },
	            html_sheet_any(&v));
}

static json_t *as_json(struct lg_ctx *cx, const struct shown *s)
{
	json_t *o = record_keep(cx, json_pack("{s:s, s:s, s:I, s:s, s:s, s:s, s:s?}", "id", s->r.id, "candidate",
	                                      s->r.candidate, "score", (json_int_t)s->r.score, "pool", s->r.pool_name,
	                                      "office", s->r.office_name, "state", waits(s) ? "waiting" : s->r.what,
	                                      "reason", s->r.reason));
	json_object_set(o, "opening", s->card);
	for (size_t i = 0; i < s->said.n; i++)
		if (s->said.rows[i].share) json_object_set_new(o, "share", json_string(s->said.rows[i].share));
	return o;
}

enum lg_err on_pool_match(struct lg_ctx *cx, struct call *c)
{
	struct shown s;
	LG_TRY(read(cx, c, &s));
	audit_seen(cx, c, &s.r.candidate, 1);
	LG_TRY(app_end(cx, c));
	if (c->api) return answer_json(cx, c, 200, as_json(cx, &s)), LG_OK;
	show(cx, c, &s);
	return LG_OK;
}

/* --- answering one */

static enum lg_err read_answer(struct lg_ctx *cx, struct call *c, struct db_pool_match_answer_in *out)
{
	static const char *const of_form[] = { "state", "reason", "words", "colleague", NULL }, *const of_json[] = {
		"what", "reason", "words", "colleague", NULL
	};
	json_t *body = NULL;
	if (c->api) LG_TRY(input_json(cx, c, &body));
	LG_TRY(input_only(cx, c, body, c->api ? of_json : of_form));
	const char *what = share_said(c, body, c->api ? "what" : "state"), *reason = share_said(c, body, "reason"),
	           *words = share_said(c, body, "words");
	bool rejects = !strcmp(what, "rejected"), passes = !strcmp(what, "passed");
	if (!rejects && !passes && strcmp(what, "approved") != 0)
		return lg_fail(cx, LG_INVALID, c->api ? "what" : "state", lg_say("Choose one of the list."));
	if (rejects != (*reason != '\0') || (rejects && !choice_find(CHOICE_turned_down, reason)))
		return lg_fail(cx, LG_INVALID, "reason", lg_say("Choose one of the list."));
	if (strlen(words) > WORDS_MOST) return lg_fail(cx, LG_INVALID, "words", lg_say("This is too long."));
	out->what = what;
	out->reason = rejects ? reason : NULL;
	out->words = *words ? words : NULL;
	if (!passes) return LG_OK;
	LG_TRY(pool_sent_id(cx, c, body, "colleague", &out->colleague));
	return colleague_check(cx, c, out->colleague, "colleague");
}

static const char *flash_of(const char *what, size_t proposed)
{
	return !strcmp(what, "passed")     ? "pool_passed"
	       : !strcmp(what, "rejected") ? "pool_rejected"
	       : proposed                  ? "pool_proposed"
	                                   : "pool_approved";
}

enum lg_err on_pool_answer(struct lg_ctx *cx, struct call *c)
{
	struct shown s;
	struct db_pool_match_answer_in in = { .what = "" };
	struct db_pool_match_answer_rows rows = { 0 };
	size_t proposed = 0;
	LG_TRY(read(cx, c, &s));
	enum lg_err err = read_answer(cx, c, &in);
	if (err == LG_INVALID && !c->api) return show(cx, c, &s), LG_OK;
	LG_TRY(err);
	in.id = s.r.id;
	LG_TRY(db_pool_match_answer(cx, c->db, &rows, in));
	if (!rows.n && c->api) return LG_CONFLICT;
	if (rows.n) LG_TRY(audit_change(cx, c, in.what, "pool_match", s.r.candidate, 0, NULL, NULL));
	if (rows.n && !strcmp(in.what, "approved"))
		LG_TRY(follow(cx, c, (struct db_list){ .texts = &s.r.id, .n = 1 }, &proposed));
	LG_TRY(app_end(cx, c));
	answer_see(cx, c, rows.n ? "/pools/matches" : lg_printf(cx->mem, "/pools/matches/%s", s.r.id),
	           rows.n ? flash_of(in.what, proposed) : "pool_late");
	return LG_OK;
}
