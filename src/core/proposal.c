/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/proposal.h"

#include <string.h>

#include "app/answer.h"
#include "app/audit.h"
#include "app/page.h"
#include "app/record.h"
#include "base/date.h"
#include "core/choice.h"
#include "core/colleague.h"
#include "core/core.h"
#include "core/explain.h"
#include "core/follow.h"
#include "core/input.h"
#include "core/match_card.h"
#include "core/match_terms.h"
#include "core/message.h"
#include "core/record_pages.h"
#include "core/record_store.h"
#include "view/record.html.h"
#include "view/speech.h"
#include "view/when.h"

enum { WRITTEN = 50 };

static const char *state_words(const char *state) { return lg_say(choice_text(CHOICE_proposal_state, state)); }

static const char *tone_of(const char *state)
{
	return !strcmp(state, "agreed") || !strcmp(state, "accepted") || !strcmp(state, "offer")          ? "good"
	       : !strcmp(state, "rejected") || !strcmp(state, "declined") || !strcmp(state, "not_agreed") ? ""
	                                                                                                  : "info";
}

/* --- buttons */

static void put_whys(struct lg_ctx *cx, struct html_steps *v, const char *state, const char *says)
{
	size_t n;
	const struct choice *all = choices(CHOICE_turned_down, &n);
	v->why_state = state;
	v->why_says = says;
	v->whys = lg_array(cx->mem, n, sizeof *v->whys);
	for (size_t i = 0; i < n; i++)
		v->whys[v->n_whys++] = (struct html_steps_whys){ .value = all[i].code, .label = lg_say(all[i].text) };
}

struct html_steps *proposal_begin_steps(struct lg_ctx *cx, struct call *c, const char *candidate, const char *opening,
                                        const char *from, const char *about)
{
	struct html_steps *v = lg_alloc(cx->mem, sizeof *v);
	*v = (struct html_steps){ .action = "/proposals", .csrf = page_csrf(cx, c), .about = about };
	v->hidden = lg_array(cx->mem, 3, sizeof *v->hidden);
	v->hidden[v->n_hidden++] = (struct html_steps_hidden){ "candidate", candidate };
	v->hidden[v->n_hidden++] = (struct html_steps_hidden){ "opening", opening };
	v->hidden[v->n_hidden++] = (struct html_steps_hidden){ "from", from };
	v->steps = lg_array(cx->mem, 1, sizeof *v->steps);
	v->steps[v->n_steps++] =
	    (struct html_steps_steps){ .value = "shortlisted", .label = lg_say("Propose it"), .first = true };
	put_whys(cx, v, "rejected", lg_say("Not this one"));
	return v;
}

/* Each move is a button; those that ask why are one, with the reasons behind it. */
static struct html_steps *next_steps(struct lg_ctx *cx, struct call *c, const struct db_proposal_get_row *p)
{
	size_t n;
	const struct proposal_move *moves = proposal_moves(p->state, &n);
	struct html_steps *v = lg_alloc(cx->mem, sizeof *v);
	*v = (struct html_steps){ .action = lg_printf(cx->mem, "/proposals/%s/state", p->id),
		                  .csrf = page_csrf(cx, c),
		                  .version = record_version(cx, p->version) };
	v->steps = lg_array(cx->mem, n + 1, sizeof *v->steps);
	for (size_t i = 0; i < n; i++) {
		bool first = v->n_steps == 0;
		if (moves[i].asks_reason)
			put_whys(cx, v, moves[i].to, lg_say(moves[i].text));
		else
			v->steps[v->n_steps++] = (struct html_steps_steps){ .value = moves[i].to,
				                                            .label = lg_say(moves[i].text),
				                                            .first = first };
	}
	return v;
}

/* --- lists on the pages of both sides */

static const char *name_of(struct lg_ctx *cx, const char *given, const char *family, bool is_protected)
{
	return is_protected ? lg_say("Protected person") : lg_printf(cx->mem, "%s %s", given, family);
}

static const char *since(struct lg_ctx *cx, struct call *c, const char *state, int32_t day)
{
	char near[LG_WHEN];
	return lg_printf(cx->mem, "%s · %s", state_words(state), lg_when_near(near, day, page_today(cx, c)));
}

static void put_event(struct lg_ctx *cx, struct html_events *v, const char *id, const char *title, const char *when,
                      const char *words)
{
	v->events[v->n_events++] = (struct html_events_events){ .icon = "how-to-reg",
		                                                .title = title,
		                                                .when = when,
		                                                .words = words,
		                                                .url = lg_printf(cx->mem, "/proposals/%s", id),
		                                                .act = lg_say("Open the page") };
}

static struct html_events *list_of(struct lg_ctx *cx, size_t n)
{
	struct html_events *v = lg_alloc(cx->mem, sizeof *v);
	v->events = lg_array(cx->mem, n + 1, sizeof *v->events);
	v->empty = lg_say("Nothing has been proposed yet.");
	return v;
}

struct html_events *proposals_of_candidate(struct lg_ctx *cx, struct call *c,
                                           const struct db_proposal_of_candidate_rows *rows)
{
	struct html_events *v = list_of(cx, rows->n);
	for (size_t i = 0; i < rows->n; i++) {
		const struct db_proposal_of_candidate_row *r = &rows->rows[i];
		put_event(cx, v, r->id, r->title, since(cx, c, r->state, r->state_since), r->employer_name);
	}
	return v;
}

struct html_events *proposals_of_opening(struct lg_ctx *cx, struct call *c,
                                         const struct db_proposal_of_opening_rows *rows)
{
	struct html_events *v = list_of(cx, rows->n);
	for (size_t i = 0; i < rows->n; i++) {
		const struct db_proposal_of_opening_row *r = &rows->rows[i];
		put_event(cx, v, r->id, name_of(cx, r->given_name, r->family_name, r->is_protected),
		          since(cx, c, r->state, r->state_since),
		          r->reason ? lg_say(choice_text(CHOICE_turned_down, r->reason)) : NULL);
	}
	return v;
}

/* --- a pair, weighed */

static enum lg_err weigh(struct lg_ctx *cx, const struct call *c, const char *candidate, const char *opening,
                         struct explain *out, bool *can)
{
	const struct match_terms *terms = app_setup(c->app)->terms;
	json_t *a, *b;
	struct lgm_candidate *person = lg_alloc(cx->mem, sizeof *person);
	struct lgm_opening *post = lg_alloc(cx->mem, sizeof *post);
	LG_TRY(record_parse(cx, &a, candidate, strlen(candidate)));
	LG_TRY(record_parse(cx, &b, opening, strlen(opening)));
	*can = match_terms_candidate(terms, cx->mem, a, person) && match_terms_opening(terms, cx->mem, b, post);
	*out = (struct explain){ .in = &terms->explain, .c = person, .o = post };
	if (*can) explain_weigh(out);
	return LG_OK;
}

/* --- one proposal */

/* What was written about it, with who wrote. */
struct written {
	struct db_message_list_rows messages;
	struct db_colleague_list_rows colleagues;
};

static enum lg_err read(struct lg_ctx *cx, struct call *c, struct db_proposal_get_row *out)
{
	const char *id;
	LG_TRY(app_uuid(c->rq->args[0], &id));
	db_proposal_get_send(cx, c->db, out, (struct db_proposal_get_in){ .id = id, .today = page_today(cx, c) });
	return db_sync(cx, c->db);
}

static void put_sides(struct lg_ctx *cx, struct call *c, const struct db_proposal_get_row *p, struct html_record *v)
{
	const char *who = name_of(cx, p->given_name, p->family_name, p->is_protected);
	v->about_says = lg_say("About this proposal");
	v->facts_says = lg_say("What comes next");
	v->initials = "→";
	v->name = who;
	v->other = lg_printf(cx->mem, "→ %s", p->title);
	v->about = p->employer_name;
	v->state = state_words(p->state);
	v->state_tone = tone_of(p->state);
	v->next = state_words(p->state);
	v->next_more = since(cx, c, p->state, p->state_since);
	if (p->reason)
		v->next_more =
		    lg_printf(cx->mem, "%s · %s", v->next_more, lg_say(choice_text(CHOICE_turned_down, p->reason)));
	v->actions = lg_array(cx->mem, 2, sizeof *v->actions);
	v->actions[v->n_actions++] =
	    (struct html_record_actions){ .url = lg_printf(cx->mem, "/candidates/%s", p->candidate),
		                          .name = lg_say("The candidate"),
		                          .icon = "person" };
	v->actions[v->n_actions++] = (struct html_record_actions){
		.url = lg_printf(cx->mem, "/openings/%s", p->opening), .name = lg_say("The opening"), .icon = "bookmark"
	};
}

/* What it was about is no longer there: somebody tells the person, and closes it. */
static void put_banner(struct lg_ctx *cx, struct call *c, const struct db_proposal_get_row *p, struct html_record *v)
{
	v->banners = lg_array(cx->mem, 2, sizeof *v->banners);
	if (p->gone)
		v->banners[v->n_banners++] = (struct html_record_banners){
			.tone = "warning",
			.icon = "flag",
			.text = lg_say(
			    "There is nothing to wait for: the opening is full or no longer offered, or the person is "
			    "no longer worked with. Tell the person, and close the proposal.")
		};
	if (p->again_on != DB_NO_DATE) {
		char near[LG_WHEN];
		v->banners[v->n_banners++] =
		    (struct html_record_banners){ .tone = "info",
			                          .icon = "info",
			                          .text =
			                              lg_printf(cx->mem, lg_say("It was put off, and comes again: %s."),
			                                        lg_when_near(near, p->again_on, page_today(cx, c))) };
	}
}

static struct html_form *later_form(struct lg_ctx *cx, struct call *c, const struct db_proposal_get_row *p)
{
	struct html_form *v = lg_alloc(cx->mem, sizeof *v);
	*v = (struct html_form){ .action = lg_printf(cx->mem, "/proposals/%s/later", p->id),
		                 .csrf = page_csrf(cx, c),
		                 .version = record_version(cx, p->version),
		                 .submit = lg_say("Remind me in a week") };
	return v;
}

static void put_messages(struct lg_ctx *cx, struct call *c, const struct db_proposal_get_row *p,
                         const struct written *written, struct html_record *v)
{
	struct form_with with = colleagues_of(cx, &written->colleagues);
	v->sections[v->n_sections++] =
	    (struct html_record_sections){ .id = "messages",
		                           .title = lg_say("Messages"),
		                           .open = written->messages.n > 0,
		                           .body = html_events_any(message_events(cx, c, &written->messages, &with)) };
	struct html_facts *links = message_links(cx, p);
	if (may(&c->actor, MAY_MATCH_DECIDE) && links->n_facts)
		v->asides[v->n_asides++] = (struct html_record_asides){ .id = "write",
			                                                .title = lg_say("Write"),
			                                                .body = html_facts_any(links) };
}

static enum lg_err show(struct lg_ctx *cx, struct call *c, const struct db_proposal_get_row *p,
                        const struct written *written)
{
	struct html_record v = { 0 };
	struct explain e;
	bool can;
	LG_TRY(weigh(cx, c, p->candidate_record, p->opening_record, &e, &can));
	put_sides(cx, c, p, &v);
	v.sections = lg_array(cx->mem, 2, sizeof *v.sections);
	if (can)
		v.sections[v.n_sections++] = (struct html_record_sections){
			.id = "reasons",
			.title = lg_say("What the comparison says today"),
			.open = true,
			.body = html_match_any(match_card(cx->mem, &e, 1, p->title, match_meta(cx->mem, &e))),
		};
	put_banner(cx, c, p, &v);
	v.asides = lg_array(cx->mem, 3, sizeof *v.asides);
	if (may(&c->actor, MAY_MATCH_DECIDE)) {
		v.asides[v.n_asides++] = (struct html_record_asides){ .id = "steps",
			                                              .title = lg_say("What happened?"),
			                                              .body = html_steps_any(next_steps(cx, c, p)) };
		if (proposal_waits(p->state))
			v.asides[v.n_asides++] =
			    (struct html_record_asides){ .id = "later",
				                         .title = lg_say("Nothing yet?"),
				                         .body = html_form_any(later_form(cx, c, p)) };
	}
	put_messages(cx, c, p, written, &v);
	struct page_crumb crumbs[] = { { lg_say("Candidates"), "/candidates" },
		                       { v.name, lg_printf(cx->mem, "/candidates/%s", p->candidate) } };
	page_answer(
	    cx, c,
	    &(struct page){
	        .title = v.other, .crumbs = crumbs, .n_crumbs = 2, .here = "candidates", .invented = p->invented },
	    html_record_any(&v));
	return LG_OK;
}

static json_t *as_json(struct lg_ctx *cx, const struct db_proposal_get_row *p)
{
	char day[11];
	lg_date_print(day, p->state_since);
	return record_keep(cx, json_pack("{s:s, s:I, s:s, s:s, s:s?, s:s, s:s}", "id", p->id, "version",
	                                 (json_int_t)p->version, "state", p->state, "since", day, "reason", p->reason,
	                                 "candidate", p->candidate, "opening", p->opening));
}

enum lg_err on_proposal_show(struct lg_ctx *cx, struct call *c)
{
	struct db_proposal_get_row p;
	struct written written = { 0 };
	LG_TRY(read(cx, c, &p));
	if (!c->api) {
		db_message_list_send(cx, c->db, &written.messages,
		                     (struct db_message_list_in){ .proposal = p.id, .room = WRITTEN });
		db_colleague_list_send(cx, c->db, &written.colleagues);
	}
	audit_seen(cx, c, &p.candidate, 1);
	LG_TRY(app_end(cx, c));
	app_put_version(cx, c, p.version);
	if (!c->api) return show(cx, c, &p, &written);
	answer_json(cx, c, 200, as_json(cx, &p));
	return LG_OK;
}

/* --- deciding */

/* A line in the history of both. */
static enum lg_err write_down(struct lg_ctx *cx, struct call *c, const char *verb, const char *candidate,
                              const char *opening)
{
	LG_TRY(audit_change(cx, c, verb, "proposal", candidate, 0, NULL, NULL));
	return audit_change(cx, c, verb, "proposal", opening, 0, NULL, NULL);
}

struct asked {
	const char *candidate, *opening, *state, *reason, *from;
};

static enum lg_err read_asked(struct lg_ctx *cx, struct call *c, struct asked *out)
{
	static const char *const names[] = { "candidate", "opening", "state", "reason", "from", NULL };
	const char *texts[5];
	json_t *body = NULL;
	if (c->api) LG_TRY(input_json(cx, c, &body));
	LG_TRY(input_only(cx, c, body, names));
	for (size_t i = 0; names[i]; i++) {
		const char *s = c->api ? record_word(body, names[i]) : http_form(c->rq, names[i]);
		texts[i] = s ? s : "";
	}
	*out = (struct asked){ .state = texts[2], .reason = *texts[3] ? texts[3] : NULL, .from = texts[4] };
	if (app_uuid(texts[0], &out->candidate) != LG_OK)
		return lg_fail(cx, LG_INVALID, "candidate", lg_say("Choose one of the list."));
	if (app_uuid(texts[1], &out->opening) != LG_OK)
		return lg_fail(cx, LG_INVALID, "opening", lg_say("Choose one of the list."));
	const char *fault = proposal_begin_fault(out->state, out->reason);
	return fault ? lg_fail(cx, LG_INVALID, "state", lg_say(fault)) : LG_OK;
}

static void go_back(struct lg_ctx *cx, struct call *c, const struct asked *a, const char *said)
{
	const char *path = !strcmp(a->from, "opening") ? lg_printf(cx->mem, "/openings/%s/matches", a->opening)
	                                               : lg_printf(cx->mem, "/candidates/%s/matches", a->candidate);
	answer_see(cx, c, path, said);
}

enum lg_err on_proposal_add(struct lg_ctx *cx, struct call *c)
{
	struct asked a;
	struct db_proposal_pair_row pair = { 0 };
	struct db_proposal_add_row row = { 0 };
	struct explain e;
	bool can, added;
	LG_TRY(read_asked(cx, c, &a));
	db_proposal_pair_send(cx, c->db, &pair,
	                      (struct db_proposal_pair_in){ .candidate = a.candidate, .opening = a.opening });
	LG_TRY(db_sync(cx, c->db));
	LG_TRY(weigh(cx, c, pair.candidate_record, pair.opening_record, &e, &can));
	const char *id = record_new_id(cx);
	LG_TRY(db_proposal_add(cx, c->db, &row, &added,
	                       (struct db_proposal_add_in){ .id = id,
	                                                    .candidate = a.candidate,
	                                                    .opening = a.opening,
	                                                    .by = c->actor.account,
	                                                    .state = a.state,
	                                                    .reason = a.reason,
	                                                    .score = can ? e.v.score : DB_NO_INT,
	                                                    .today = page_today(cx, c) }));
	if (!added && c->api) return LG_CONFLICT;
	if (!added) return go_back(cx, c, &a, "proposed_before"), LG_OK;
	LG_TRY(write_down(cx, c, !strcmp(a.state, "rejected") ? "turned_down" : "proposed", a.candidate, a.opening));
	if (c->api) return record_answer_made(cx, c, "/proposals", id, NULL), LG_OK;
	go_back(cx, c, &a, !strcmp(a.state, "rejected") ? "turned_down" : "proposed");
	return LG_OK;
}

/* Where a step leads back to: whence it was taken. */
static const char *back_of(struct lg_ctx *cx, struct call *c, const struct db_proposal_get_row *p)
{
	const char *from = c->api ? NULL : http_form(c->rq, "from");
	return from && !strcmp(from, "day") ? "/" : lg_printf(cx->mem, "/proposals/%s", p->id);
}

/* Somebody else was first, or the same button was pressed twice. */
static enum lg_err was_late(struct lg_ctx *cx, struct call *c, const struct db_proposal_get_row *p)
{
	if (c->api) return LG_CONFLICT;
	db_abandon(c->db);
	c->db = NULL;
	answer_see(cx, c, back_of(cx, c, p), "step_late");
	return LG_OK;
}

static enum lg_err end_step(struct lg_ctx *cx, struct call *c, const struct db_proposal_get_row *p)
{
	enum lg_err err = db_sync(cx, c->db);
	if (err == LG_CONFLICT) return was_late(cx, c, p);
	LG_TRY(err);
	answer_see(cx, c, back_of(cx, c, p), "saved");
	return LG_OK;
}

enum lg_err on_proposal_state(struct lg_ctx *cx, struct call *c)
{
	static const char *const names[] = { "from", "state", "reason", NULL };
	struct db_proposal_get_row p;
	json_t *body = NULL;
	int64_t seen;
	if (c->api) LG_TRY(input_json(cx, c, &body));
	LG_TRY(input_only(cx, c, body, c->api ? names + 1 : names));
	LG_TRY(read(cx, c, &p));
	if (!input_version(cx, c, p.version, &seen)) return LG_OK;
	const char *state = c->api ? record_word(body, "state") : http_form(c->rq, "state"),
	           *reason = c->api ? record_word(body, "reason") : http_form(c->rq, "reason");
	if (!state) state = "";
	if (reason && !*reason) reason = NULL;
	if (seen != p.version) return was_late(cx, c, &p);
	const char *fault = proposal_move_fault(p.state, state, reason);
	if (fault) return lg_fail(cx, LG_INVALID, "state", lg_say(fault));
	db_proposal_state_put_send(cx, c->db,
	                           (struct db_proposal_state_put_in){ .id = p.id,
	                                                              .version = seen,
	                                                              .from_state = p.state,
	                                                              .state = state,
	                                                              .reason = reason,
	                                                              .by = c->actor.account,
	                                                              .today = page_today(cx, c) });
	if (!strcmp(state, "agreed")) db_opening_take_send(cx, c->db, (struct db_opening_take_in){ .id = p.opening });
	if (!strcmp(p.state, "agreed"))
		db_opening_give_back_send(cx, c->db, (struct db_opening_give_back_in){ .id = p.opening });
	LG_TRY(write_down(cx, c, "stepped", p.candidate, p.opening));
	return end_step(cx, c, &p);
}

enum lg_err on_proposal_later(struct lg_ctx *cx, struct call *c)
{
	static const char *const names[] = { "from", NULL };
	struct db_proposal_get_row p;
	int64_t seen;
	if (!c->api) LG_TRY(input_only(cx, c, NULL, names));
	LG_TRY(read(cx, c, &p));
	if (!input_version(cx, c, p.version, &seen)) return LG_OK;
	if (seen != p.version) return was_late(cx, c, &p);
	if (!proposal_waits(p.state))
		return lg_fail(cx, LG_INVALID, "state", lg_say("Nothing is waited for any more."));
	db_proposal_later_send(cx, c->db,
	                       (struct db_proposal_later_in){ .id = p.id,
	                                                      .version = seen,
	                                                      .by = c->actor.account,
	                                                      .again_on = page_today(cx, c) + FOLLOW_LATER_DAYS });
	LG_TRY(write_down(cx, c, "put_off", p.candidate, p.opening));
	return end_step(cx, c, &p);
}
