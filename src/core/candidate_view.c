/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/candidate_view.h"
#include "app/answer.h"
#include "core/entity.h"
#include "core/match_week.h"

#include <string.h>

#include "app/page.h"
#include "base/date.h"
#include "core/follow.h"
#include "core/record_pages.h"
#include "core/record_view.h"
#include "core/work_right.h"
#include "view/fields.html.h"
#include "view/form.html.h"
#include "view/number.h"
#include "view/paper.html.h"
#include "view/record.html.h"
#include "view/rows.html.h"
#include "view/speech.h"
#include "view/when.h"

enum { LATEST = 30 };

static struct candidate_asked *page_ask(struct lg_ctx *cx, struct call *c, const char *id, struct candidate_page *out)
{
	*out = (struct candidate_page){ 0 };
	if (may(&c->actor, MAY_NOTE_READ)) {
		db_note_list_send(cx, c->db, &out->notes, (struct db_note_list_in){ .candidate = id, .room = LATEST });
		db_contact_list_send(cx, c->db, &out->contacts,
		                     (struct db_contact_list_in){ .candidate = id, .room = LATEST });
	}
	if (may(&c->actor, MAY_MATCH_READ)) {
		db_proposal_of_candidate_send(cx, c->db, &out->proposals,
		                              (struct db_proposal_of_candidate_in){ .candidate = id, .room = LATEST });
		db_match_agreed_send(cx, c->db, &out->agreed,
		                     (struct db_match_agreed_in){ .candidate = id, .today = page_today(cx, c) });
	}
	fast_lane_of_send(cx, c, id, &out->fast);
	if (may(&c->actor, MAY_DOCUMENT_READ))
		db_document_list_send(cx, c->db, &out->documents,
		                      (struct db_document_list_in){ .candidate = id, .room = LATEST });
	db_task_list_send(cx, c->db, &out->tasks, (struct db_task_list_in){ .candidate = id, .room = LATEST });
	db_colleague_list_send(cx, c->db, &out->colleagues);
	db_unit_choices_send(cx, c->db, &out->units);
	return candidate_ask(cx, c, id);
}

static enum lg_err page_take(struct lg_ctx *cx, struct call *c, const struct candidate_asked *asked,
                             struct candidate_page *out)
{
	out->with = colleagues_of(cx, &out->colleagues);
	put_units_of(cx, &out->with, &out->units);
	return candidate_take(cx, c, asked, &out->one);
}

enum lg_err candidate_page_read(struct lg_ctx *cx, struct call *c, const char *id, struct candidate_page *out)
{
	struct candidate_asked *asked = page_ask(cx, c, id, out);
	LG_TRY(db_sync(cx, c->db));
	return page_take(cx, c, asked, out);
}

enum lg_err candidate_page_end(struct lg_ctx *cx, struct call *c, const char *id, struct candidate_page *out)
{
	struct candidate_asked *asked = page_ask(cx, c, id, out);
	LG_TRY(app_end(cx, c));
	return page_take(cx, c, asked, out);
}

static const char *word(const json_t *record, const char *name) { return record_word(record, name); }

const char *candidate_name(struct lg_ctx *cx, const json_t *record)
{
	return lg_printf(cx->mem, "%s %s", word(record, "given_name"), word(record, "family_name"));
}

const char *candidate_native_name(struct lg_ctx *cx, const json_t *record)
{
	const char *given = word(record, "given_native"), *family = word(record, "family_native");
	return *given || *family ? lg_printf(cx->mem, "%s %s", given, family) : "";
}

bool candidate_is_hidden(const struct call *c, bool is_protected)
{
	const char *open = http_query(c->rq, "open");
	return is_protected && !(open && !strcmp(open, "1"));
}

static size_t letter(const char *s)
{
	size_t n = *s ? 1 : 0;
	while (((unsigned char)s[n] & 0xC0) == 0x80) n++;
	return n;
}

static const char *initials(struct lg_ctx *cx, const json_t *record)
{
	const char *given = word(record, "given_name"), *family = word(record, "family_name");
	return lg_printf(cx->mem, "%.*s%.*s", (int)letter(given), given, (int)letter(family), family);
}

/* --- facts */

static void put_number(struct lg_ctx *cx, struct call *c, struct html_facts *v, const struct candidate *one,
                       const json_t *row)
{
	const char *kind = choice_text(CHOICE_identifier, word(row, "kind")),
	           *until = page_iso_date(cx, word(row, "valid_until"));
	struct html_facts_facts *fact = &v->facts[v->n_facts++];
	*fact = (struct html_facts_facts){ .name = lg_say(kind),
		                           .value = word(row, "number"),
		                           .more = word(row, "issuer") };
	if (*until) fact->more = lg_printf(cx->mem, lg_say("valid until %s"), until);
	if (!may(&c->actor, MAY_CANDIDATE_REVEAL)) return;
	fact->reveal = lg_printf(cx->mem, "/candidates/%s/numbers/%s", one->id, word(row, "id"));
	fact->reveal_says = lg_say(kind);
}

struct html_facts *candidate_facts_shown(struct lg_ctx *cx, struct call *c, const struct section *s,
                                         const struct candidate *one, const struct form_with *with)
{
	size_t i;
	json_t *row;
	if (!candidate_section_is_sealed(s))
		return record_facts(cx, c, &candidate_entity, s, record_section(cx, &candidate_entity, s, one->record),
		                    with);
	struct html_facts *v = lg_alloc(cx->mem, sizeof *v);
	*v = (struct html_facts){ .csrf = page_csrf(cx, c), .wide = true };
	v->facts = lg_array(cx->mem, json_array_size(one->identifiers) + 1, sizeof *v->facts);
	json_array_foreach(one->identifiers, i, row) put_number(cx, c, v, one, row);
	return v;
}

/* Notes and contacts in one line of time, the latest first. */
static struct html_events *timeline(struct lg_ctx *cx, struct call *c, const struct candidate_page *page)
{
	struct html_events *v = lg_alloc(cx->mem, sizeof *v);
	size_t a = 0, b = 0;
	v->events = lg_array(cx->mem, page->notes.n + page->contacts.n + 1, sizeof *v->events);
	while (a < page->notes.n || b < page->contacts.n) {
		struct html_events_events *e = &v->events[v->n_events++];
		bool note =
		    b == page->contacts.n || (a < page->notes.n && page->notes.rows[a].at >= page->contacts.rows[b].at);
		if (note) {
			const struct db_note_list_row *r = &page->notes.rows[a++];
			*e = (struct html_events_events){ .icon = "edit",
				                          .title = lg_say("Note"),
				                          .when = page_time(cx, c, r->at),
				                          .date = record_day(cx, c, r->at),
				                          .who = form_member_name(&page->with, r->account),
				                          .words = r->text,
				                          .words_lang = r->language };
		} else {
			const struct db_contact_list_row *r = &page->contacts.rows[b++];
			const char *how = lg_say(choice_text(CHOICE_channel, r->channel)),
			           *reached = lg_say(choice_text(CHOICE_reached, r->reached));
			*e = (struct html_events_events){ .icon = "smartphone",
				                          .title = lg_printf(cx->mem, "%s · %s", how, reached),
				                          .when = page_time(cx, c, r->at),
				                          .date = record_day(cx, c, r->at),
				                          .who = form_member_name(&page->with, r->account),
				                          .words = r->words };
		}
	}
	v->empty = lg_say("No notes and no contacts yet.");
	return v;
}

/* --- the page */

/* Class and the work agreed on, in one table; nothing while none of it is known. */
static void put_week(struct lg_ctx *cx, const struct candidate_page *page, struct html_record *v)
{
	struct html_week_plan *plan = match_week_of(cx->mem, page->one.record, &page->agreed);
	if (!plan) return;
	plan->print_url = lg_printf(cx->mem, "/candidates/%s/week", page->one.id);
	v->sections[v->n_sections++] = (struct html_record_sections){ .id = "week-plan",
		                                                      .title = lg_say("Week plan"),
		                                                      .summary = plan->caption,
		                                                      .body = html_week_plan_any(plan) };
}

static void put_sections(struct lg_ctx *cx, struct call *c, const struct candidate_page *page, struct html_record *v)
{
	v->sections = lg_array(cx->mem, candidate_entity.n_sections + 3, sizeof *v->sections);
	if (may(&c->actor, MAY_NOTE_READ))
		v->sections[v->n_sections++] =
		    (struct html_record_sections){ .id = "timeline",
			                           .title = lg_say("Notes and contacts"),
			                           .open = page->notes.n + page->contacts.n > 0,
			                           .body = html_events_any(timeline(cx, c, page)) };
	for (size_t i = 0; i < candidate_entity.n_sections; i++) {
		const struct section *s = &candidate_entity.sections[i];
		if (!strcmp(s->name, "next")) continue; /* it stands on top */
		struct html_facts *facts = candidate_facts_shown(cx, c, s, &page->one, &page->with);
		v->sections[v->n_sections++] = (struct html_record_sections){
			.id = s->name,
			.title = lg_say(s->label),
			.summary = record_summary(cx, s, facts),
			.open = !strcmp(s->name, "occupations") || !strcmp(s->name, "languages"),
			.body = html_facts_any(facts),
			.edit = may(&c->actor, MAY_CANDIDATE_WRITE)
			            ? lg_printf(cx->mem, "/candidates/%s/edit/%s", page->one.id, s->name)
			            : NULL,
		};
		if (!strcmp(s->name, "week")) put_week(cx, page, v);
	}
}

static int32_t date_of(const json_t *record, const char *name)
{
	int32_t day;
	const char *s = word(record, name);
	return lg_date_read(&day, s, strlen(s)) ? day : WORK_RIGHT_NO_DATE;
}

/* The tones of rules in the words of the style sheet. */
static const char *tone_of(const char *tone)
{
	return !strcmp(tone, "good")   ? "success"
	       : !strcmp(tone, "bad")  ? "error"
	       : !strcmp(tone, "warn") ? "warning"
	                               : "info";
}

static void put_right(struct lg_ctx *cx, struct call *c, const struct candidate_page *page, struct html_record *v)
{
	struct work_right r =
	    work_right(word(page->one.record, "ground"), date_of(page->one.record, "stay_until"), page_today(cx, c));
	const char *until = r.until == WORK_RIGHT_NO_DATE ? "" : page_date(cx, r.until);
	v->right = lg_say(work_right_text(r.state));
	v->right_tone = v->right_icon = tone_of(work_right_tone(r.state));
	v->right_more = *r.ground ? lg_say(r.ground) : "";
	if (*until) v->right_more = lg_printf(cx->mem, lg_say("%s, until %s."), v->right_more, until);
	if (r.prolonged)
		v->right_more = lg_printf(cx->mem, "%s %s", v->right_more, lg_say("The law has moved the date."));
}

static void put_next(struct lg_ctx *cx, struct call *c, const struct candidate_page *page, struct html_record *v)
{
	const json_t *r = page->one.record;
	const char *step = word(r, "next_step"), *on = page_iso_date(cx, word(r, "next_on")),
	           *edit = lg_printf(cx->mem, "/candidates/%s/edit/next", page->one.id);
	const char *owner = form_member_name(&page->with, word(r, "owner"));
	bool writes = may(&c->actor, MAY_CANDIDATE_WRITE);
	if (*step && *on && *word(r, "owner")) {
		char near[LG_WHEN];
		int32_t day = date_of(r, "next_on");
		v->next = step;
		v->next_more = lg_printf(cx->mem, "%s · %s", lg_when_near(near, day, page_today(cx, c)), owner);
		if (writes) v->next_change = edit;
		return;
	}
	v->no_next = lg_say("Agree on one, with a date and who takes it, so that this person is not forgotten.");
	if (writes) v->next_url = edit, v->next_act = lg_say("Plan the next step");
}

/* What was true a season ago may not be today. */
static void put_old(struct lg_ctx *cx, struct call *c, const struct candidate_page *page, struct html_record *v)
{
	const json_t *r = page->one.record;
	int32_t day = date_of(r, "confirmed_on"), today = page_today(cx, c);
	if (day == WORK_RIGHT_NO_DATE || day >= today - FOLLOW_FACTS_DAYS || !strcmp(word(r, "state"), "closed"))
		return;
	v->banners[v->n_banners++] = (struct html_record_banners){
		.tone = "warning",
		.icon = "flag",
		.text = lg_printf(cx->mem,
		                  lg_says("Nobody has asked for %u day whether this is still true.",
		                          "Nobody has asked for %u days whether this is still true.",
		                          (unsigned)(today - day)),
		                  (unsigned)(today - day)),
		.url = "#confirm",
		.act = lg_say("Ask the person again")
	};
}

static void put_banners(struct lg_ctx *cx, struct call *c, const struct candidate_page *page, struct html_record *v)
{
	struct candidate_facts facts = candidate_facts_of(page->one.record);
	struct candidate_missing missing[CANDIDATE_MISSING_MOST];
	size_t n = candidate_missing_profile(missing, &facts);
	v->banners = lg_array(cx->mem, n + 3, sizeof *v->banners);
	v->n_banners += fast_lane_banner(cx, c, &page->fast, &v->banners[v->n_banners]);
	put_old(cx, c, page, v);
	if (!n || !strcmp(word(page->one.record, "state"), "closed") || !may(&c->actor, MAY_CANDIDATE_WRITE)) return;
	const char *all = "";
	for (size_t i = 0; i < n; i++)
		all = lg_printf(cx->mem, "%s%s%s", all, *all ? "; " : "", lg_say(missing[i].text));
	v->banners[v->n_banners++] = (struct html_record_banners){
		.tone = "info",
		.icon = "info",
		.text = lg_printf(cx->mem, lg_say("Still missing for a match: %s."), all),
		.url = lg_printf(cx->mem, "/candidates/%s/edit/%s", page->one.id, missing[0].section),
		.act = lg_say("Fill in the first"),
	};
}

static const char *path_of(struct lg_ctx *cx, const struct candidate_page *page, const char *rest)
{
	return lg_printf(cx->mem, "/candidates/%s%s", page->one.id, rest);
}

static void put_head(struct lg_ctx *cx, struct call *c, const struct candidate_page *page, struct html_record *v)
{
	const json_t *r = page->one.record, *first = json_array_get(json_object_get(r, "occupations"), 0);
	const char *state = word(r, "state"), *place = form_municipality(word(r, "municipality"));
	const char *work = first ? form_concept(c, word(first, "occupation")) : "";
	enum candidate_state s;
	v->about_says = lg_say("About this person");
	v->facts_says = lg_say("Facts about this person");
	v->initials = initials(cx, r);
	v->name = candidate_name(cx, r);
	v->other = candidate_native_name(cx, r);
	v->other_lang = form_script_language(v->other);
	v->about = *work && *place ? lg_printf(cx->mem, "%s · %s", work, place) : *work ? work : place;
	v->state = candidate_state_named(&s, state) ? lg_say(candidate_state_text(s)) : state;
	v->state_tone = !strcmp(state, "available") || !strcmp(state, "placed") ? "good"
	                : !strcmp(state, "closed")                              ? ""
	                                                                        : "info";
	const char *unit = form_unit_name(&page->with, word(r, "unit"));
	v->signs = lg_array(cx->mem, 4, sizeof *v->signs);
	if (fast_lane_is_ready(r, page_today(cx, c)))
		v->signs[v->n_signs++] =
		    (struct html_record_signs){ .name = lg_say("Fast lane"), .tone = "good", .icon = "star" };
	if (*unit) v->signs[v->n_signs++] = (struct html_record_signs){ .name = unit };
	if (record_flag(r, "protected_address"))
		v->signs[v->n_signs++] = (struct html_record_signs){ .name = lg_say("Name and address protected"),
			                                             .tone = "warn",
			                                             .icon = "lock" };
	if (record_flag(r, "interpreter"))
		v->signs[v->n_signs++] =
		    (struct html_record_signs){ .name = lg_say("Interpreter needed"), .tone = "info" };
	const struct app_setup *setup = app_setup(c->app);
	v->actions = lg_array(cx->mem, 3 + setup->n_links, sizeof *v->actions);
	if (may(&c->actor, MAY_NOTE_WRITE))
		v->actions[v->n_actions++] = (struct html_record_actions){
			.url = "#contact-new", .name = lg_say("Log a contact"), .icon = "smartphone", .first = true
		};
	v->actions[v->n_actions++] = (struct html_record_actions){ .url = path_of(cx, page, "/print"),
		                                                   .name = lg_say("Print"),
		                                                   .icon = "print" };
	if (may(&c->actor, MAY_CANDIDATE_WRITE))
		v->actions[v->n_actions++] = (struct html_record_actions){ .url = path_of(cx, page, "/merge"),
			                                                   .name = lg_say("Here twice?"),
			                                                   .icon = "persons" };
	for (const struct page_link *l = setup->links; l < setup->links + setup->n_links; l++)
		if (!strcmp(l->entity, "candidate") && may(&c->actor, l->right))
			v->actions[v->n_actions++] = (struct html_record_actions){ .url = path_of(cx, page, l->rest),
				                                                   .name = lg_say(l->text),
				                                                   .icon = l->icon };
	v->tabs = lg_array(cx->mem, 5, sizeof *v->tabs);
	v->tabs[v->n_tabs++] =
	    (struct html_record_tabs){ .url = path_of(cx, page, ""), .name = lg_say("Overview"), .current = true };
	if (may(&c->actor, MAY_MATCH_READ))
		v->tabs[v->n_tabs++] = (struct html_record_tabs){ .url = path_of(cx, page, "/matches"),
			                                          .name = lg_say("Openings that suit") };
	v->tabs[v->n_tabs++] =
	    (struct html_record_tabs){ .url = path_of(cx, page, "/history"), .name = lg_say("History") };
	v->tabs[v->n_tabs++] =
	    (struct html_record_tabs){ .url = path_of(cx, page, "/seen"), .name = lg_say("Who has seen it") };
	if (may(&c->actor, MAY_SHARE_READ))
		v->tabs[v->n_tabs++] =
		    (struct html_record_tabs){ .url = path_of(cx, page, "/shares"), .name = lg_say("Other offices") };
}

/* --- what stands beside: tasks, a note, a contact, the state */

static struct html_form *small_form(struct lg_ctx *cx, struct call *c, const struct entity *e,
                                    const struct candidate_page *page, const char *rest, const char *submit)
{
	struct html_form *v = form_of_section(cx, c, e, &e->sections[0], record_keep(cx, json_object()), &page->with,
	                                      path_of(cx, page, rest));
	v->submit = submit;
	return v;
}

static void put_aside(struct html_record *v, const char *id, const char *title, struct html_any body, bool fold)
{
	v->asides[v->n_asides++] = (struct html_record_asides){ .id = id, .title = title, .body = body, .fold = fold };
}

static struct html_events *tasks(struct lg_ctx *cx, struct call *c, const struct candidate_page *page)
{
	struct html_events *v = lg_alloc(cx->mem, sizeof *v);
	v->events = lg_array(cx->mem, page->tasks.n + 1, sizeof *v->events);
	v->empty = lg_say("No tasks.");
	for (size_t i = 0; i < page->tasks.n; i++) {
		const struct db_task_list_row *r = &page->tasks.rows[i];
		char day[11], near[LG_WHEN];
		lg_date_print(day, r->due);
		v->events[v->n_events++] = (struct html_events_events){
			.icon = r->done == DB_NO_INT ? "list-check" : "success",
			.title = r->what,
			.when = r->done == DB_NO_INT ? lg_strdup(cx->mem, lg_when_near(near, r->due, page_today(cx, c)))
			                             : lg_say("done"),
			.date = lg_strdup(cx->mem, day),
			.who = form_member_name(&page->with, r->owner),
		};
	}
	return v;
}

/* The states that may be entered from here, with their buttons' words; a reason where one is asked. */
static struct html_form *state_form(struct lg_ctx *cx, struct call *c, const struct candidate_page *page)
{
	enum candidate_state now;
	size_t n = 0;
	const struct candidate_move *moves =
	    candidate_state_named(&now, word(page->one.record, "state")) ? candidate_moves(now, &n) : NULL;
	if (!n) return NULL;
	struct html_fields *fields = lg_alloc(cx->mem, sizeof *fields);
	fields->fields = lg_array(cx->mem, 3, sizeof *fields->fields);
	struct html_fields_fields *to = &fields->fields[fields->n_fields++];
	*to = (struct html_fields_fields){
		.id = "f-state", .name = "state", .label = lg_say("What is true now"), .choice = true, .wide = true
	};
	to->options = lg_array(cx->mem, n, sizeof *to->options);
	bool asks = false;
	for (size_t i = 0; i < n; i++) {
		asks = asks || moves[i].asks == ASKS_REASON;
		to->options[to->n_options++] =
		    (struct html_fields_fields_options){ .value = candidate_state_code(moves[i].to),
			                                 .label = lg_say(moves[i].text) };
	}
	if (asks && now != CANDIDATE_closed) {
		size_t k;
		const struct choice *reasons = choices(CHOICE_closed, &k);
		struct html_fields_fields *why = &fields->fields[fields->n_fields++];
		*why = (struct html_fields_fields){ .id = "f-reason",
			                            .name = "reason",
			                            .label = lg_say("If it is closed: why"),
			                            .choice = true,
			                            .wide = true };
		why->options = lg_array(cx->mem, k + 1, sizeof *why->options);
		why->options[why->n_options++] = (struct html_fields_fields_options){ .value = "", .label = "–" };
		for (size_t i = 0; i < k; i++)
			why->options[why->n_options++] =
			    (struct html_fields_fields_options){ .value = reasons[i].code,
				                                 .label = lg_say(reasons[i].text) };
	} else if (asks) {
		fields->fields[fields->n_fields++] =
		    (struct html_fields_fields){ .id = "f-reason",
			                         .name = "reason",
			                         .label = lg_say("Why it is opened again"),
			                         .input = "text",
			                         .longest = 200,
			                         .wide = true };
	}
	struct html_form *v = lg_alloc(cx->mem, sizeof *v);
	*v = (struct html_form){ .action = path_of(cx, page, "/state"),
		                 .csrf = page_csrf(cx, c),
		                 .submit = lg_say("Change the state"),
		                 .version = lg_printf(cx->mem, "%lld", (long long)page->one.version) };
	v->parts = lg_array(cx->mem, 1, sizeof *v->parts);
	v->parts[v->n_parts++].fields = fields;
	return v;
}

/* When the person last said that it is all true, and the button for saying it again. */
static struct html_form *confirm_form(struct lg_ctx *cx, struct call *c, const struct candidate_page *page)
{
	struct html_form *v = lg_alloc(cx->mem, sizeof *v);
	*v = (struct html_form){ .action = path_of(cx, page, "/confirm"),
		                 .csrf = page_csrf(cx, c),
		                 .version = record_version(cx, page->one.version),
		                 .intro = lg_printf(cx->mem, lg_say("Confirmed by the person: %s."),
		                                    page_iso_date(cx, word(page->one.record, "confirmed_on"))),
		                 .submit = lg_say("All is still true") };
	return v;
}

static void put_confirm(struct lg_ctx *cx, struct call *c, const struct candidate_page *page, struct html_record *v)
{
	struct html_record_asides *aside = &v->asides[v->n_asides++];
	*aside = (struct html_record_asides){ .id = "confirm",
		                              .title = lg_say("Is it all still true?"),
		                              .body = html_form_any(confirm_form(cx, c, page)) };
	if (!may(&c->actor, MAY_NOTE_WRITE)) return;
	aside->more = path_of(cx, page, "/messages/still_true");
	aside->more_name = lg_say("Ask by mail");
}

static void put_asides(struct lg_ctx *cx, struct call *c, const struct candidate_page *page, struct html_record *v)
{
	struct html_form *state = may(&c->actor, MAY_CANDIDATE_WRITE) ? state_form(cx, c, page) : NULL;
	v->asides = lg_array(cx->mem, 9, sizeof *v->asides);
	if (may(&c->actor, MAY_CANDIDATE_WRITE) && strcmp(word(page->one.record, "state"), "closed") != 0)
		put_confirm(cx, c, page, v);
	if (may(&c->actor, MAY_MATCH_READ))
		put_aside(v, "proposals", lg_say("Proposals"),
		          html_events_any(proposals_of_candidate(cx, c, &page->proposals)), false);
	if (may(&c->actor, MAY_DOCUMENT_READ))
		put_aside(v, "documents", lg_say("Documents"),
		          html_events_any(document_events(cx, c, page->one.id, &page->documents, &page->with)), false);
	if (may(&c->actor, MAY_DOCUMENT_WRITE))
		put_aside(v, "document-new", lg_say("Add a document"),
		          html_form_any(document_form(cx, c, page->one.id, &page->with)), true);
	put_aside(v, "tasks", lg_say("Tasks"), html_events_any(tasks(cx, c, page)), false);
	if (may(&c->actor, MAY_TASK_WRITE))
		put_aside(v, "task-new", lg_say("Set a task"),
		          html_form_any(small_form(cx, c, &task_entity, page, "/tasks", lg_say("Set it"))), true);
	if (may(&c->actor, MAY_NOTE_WRITE)) {
		put_aside(v, "note-new", lg_say("Write a note"),
		          html_form_any(small_form(cx, c, &note_entity, page, "/notes", lg_say("Save the note"))),
		          true);
		put_aside(v, "contact-new", lg_say("Log a contact"),
		          html_form_any(small_form(cx, c, &contact_entity, page, "/contacts", lg_say("Log it"))), true);
	}
	if (state) put_aside(v, "state", lg_say("State"), html_form_any(state), true);
}

void candidate_show(struct lg_ctx *cx, struct call *c, const struct candidate_page *page)
{
	struct html_record v = { 0 };
	struct page_crumb crumbs[] = { { lg_say("Candidates"), "/candidates" } };
	put_head(cx, c, page, &v);
	put_right(cx, c, page, &v);
	put_next(cx, c, page, &v);
	put_banners(cx, c, page, &v);
	put_sections(cx, c, page, &v);
	put_asides(cx, c, page, &v);
	page_answer(cx, c,
	            &(struct page){ .title = v.name,
	                            .crumbs = crumbs,
	                            .n_crumbs = 1,
	                            .here = "candidates",
	                            .invented = page->one.invented },
	            html_record_any(&v));
}

void candidate_show_paper(struct lg_ctx *cx, struct call *c, const struct candidate_page *page)
{
	const json_t *r = page->one.record;
	struct html_paper v = { .title = candidate_name(cx, r),
		                .other = candidate_native_name(cx, r),
		                .other_lang = form_script_language(candidate_native_name(cx, r)),
		                .about = form_municipality(word(r, "municipality")),
		                .office = c->actor.tenant_name,
		                .back = path_of(cx, page, "") };
	char when[LG_WHEN];
	v.printed = lg_strdup(cx->mem, lg_when_date(when, page_today(cx, c)));
	v.groups = lg_array(cx->mem, candidate_entity.n_sections + 1, sizeof *v.groups);
	for (size_t i = 0; i < candidate_entity.n_sections; i++) {
		const struct section *s = &candidate_entity.sections[i];
		if (candidate_section_is_sealed(s)) continue; /* numbers stay on the screen */
		struct html_facts *facts = candidate_facts_shown(cx, c, s, &page->one, &page->with);
		if (!facts->n_facts) continue;
		v.groups[v.n_groups++] = (struct html_paper_groups){ .title = lg_say(s->label), .facts = facts };
	}
	page_answer(cx, c, &(struct page){ .title = v.title, .here = "candidates", .invented = page->one.invented },
	            html_paper_any(&v));
}
