/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* What somebody can do for a family of the region's tasks; and whether they want to work, which they may change. */
#include <string.h>

#include "app/answer.h"
#include "app/audit.h"
#include "app/page.h"
#include "app/record.h"
#include "base/date.h"
#include "core/candidate.h"
#include "core/candidate_view.h"
#include "core/colleague.h"
#include "core/input.h"
#include "core/record_pages.h"
#include "core/record_store.h"
#include "core/small_form.h"
#include "modules/hotline/hotline.h"
#include "modules/hotline/screening.h"
#include "modules/hotline/screening.sql.h"
#include "view/events.html.h"
#include "view/sheet.html.h"
#include "view/speech.h"
#include "view/steps.html.h"

enum { LATEST = 60, WORDS_MOST = 500 };

static const char *const answers[][2] = { { "yes", LG_TEXT("Yes") },
	                                  { "not_yet", LG_TEXT("Not yet") },
	                                  { "no", LG_TEXT("No") } };

static const char *family_text(const char *code)
{
	size_t n;
	const struct screening_family *all = screening_families(&n);
	for (size_t i = 0; i < n; i++)
		if (!strcmp(all[i].code, code)) return lg_say(all[i].text);
	return code;
}

static const char *result_text(const char *code) { return lg_say(choice_text(CHOICE_screening_result, code)); }

/* --- reading */

struct shown {
	struct candidate one;
	struct db_screening_list_rows rows;
	struct db_colleague_list_rows colleagues;
};

static enum lg_err read(struct lg_ctx *cx, struct call *c, struct shown *out)
{
	const char *id;
	LG_TRY(app_uuid(c->rq->args[0], &id));
	struct candidate_asked *asked = candidate_ask(cx, c, id);
	db_screening_list_send(cx, c->db, &out->rows, (struct db_screening_list_in){ .candidate = id, .room = LATEST });
	db_colleague_list_send(cx, c->db, &out->colleagues);
	LG_TRY(db_sync(cx, c->db));
	return candidate_take(cx, c, asked, &out->one);
}

/* --- the page */

static struct html_events *latest(struct lg_ctx *cx, struct call *c, const struct shown *s)
{
	struct html_events *v = lg_alloc(cx->mem, sizeof *v);
	struct form_with with = colleagues_of(cx, &s->colleagues);
	v->events = lg_array(cx->mem, s->rows.n + 1, sizeof *v->events);
	v->empty = lg_say("Nobody has gone over a list with this person yet.");
	for (size_t i = 0; i < s->rows.n; i++) {
		const struct db_screening_list_row *r = &s->rows.rows[i];
		v->events[v->n_events++] = (struct html_events_events){
			.icon = "checklist",
			.title = lg_printf(cx->mem, "%s: %s", family_text(r->family), result_text(r->result)),
			.when = page_time(cx, c, r->at),
			.who = form_member_name(&with, r->account),
			.words = r->words,
		};
	}
	return v;
}

static const char *chosen_family(const struct call *c)
{
	size_t n;
	const char *asked = c->rq->method == HTTP_POST ? http_form(c->rq, "family") : http_query(c->rq, "family");
	(void)screening_asks(asked ? asked : "", &n);
	return n ? asked : NULL;
}

static struct html_form *list_form(struct lg_ctx *cx, struct call *c, const char *path, const char *family)
{
	size_t n;
	const struct screening_ask *asks = screening_asks(family, &n);
	struct small_form *f = small_form(cx, c, path, lg_say("Save"));
	small_hidden(f, "family", family);
	for (size_t i = 0; i < n; i++) {
		struct html_fields_fields *field = small_choice(cx, f, asks[i].code, lg_say(asks[i].text), false, 3);
		field->choice = false, field->radios = true, field->across = true;
		for (size_t k = 0; k < sizeof answers / sizeof *answers; k++)
			small_option(cx, field, answers[k][0], lg_say(answers[k][1]), NULL,
			             small_chosen(c, asks[i].code, answers[k][0]));
	}
	size_t results;
	const struct choice *all = choices(CHOICE_screening_result, &results);
	struct html_fields_fields *result =
	    small_choice(cx, f, "result", lg_say("What do you conclude?"), false, results);
	result->choice = false, result->radios = true, result->across = true;
	result->help = lg_say("You decide. It says how it is today, and can be done again.");
	for (size_t i = 0; i < results; i++)
		small_option(cx, result, all[i].code, lg_say(all[i].text), NULL,
		             small_chosen(c, "result", all[i].code));
	struct html_fields_fields *words = small_field(cx, f, "words", lg_say("To remember"), "text", "");
	words->longest = WORDS_MOST;
	words->help = lg_say("No illness, no diagnosis.");
	return &f->form;
}

/* Whether the person wants to: paused and taken back without a reason. */
static struct html_steps *wish_of(struct lg_ctx *cx, struct call *c, const struct candidate *one)
{
	static const struct {
		const char *code, *text;
	} all[] = { { "yes", LG_TEXT("Wants to work") },
		    { "later", LG_TEXT("A pause") },
		    { "no", LG_TEXT("Withdrawn") } };
	struct html_steps *v = lg_alloc(cx->mem, sizeof *v);
	*v = (struct html_steps){ .action = lg_printf(cx->mem, "/candidates/%s/wish", one->id),
		                  .csrf = page_csrf(cx, c),
		                  .version = record_version(cx, one->version) };
	v->steps = lg_array(cx->mem, sizeof all / sizeof *all, sizeof *v->steps);
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (strcmp(record_word(one->record, "wants_work"), all[i].code) != 0)
			v->steps[v->n_steps++] =
			    (struct html_steps_steps){ .value = all[i].code, .label = lg_say(all[i].text) };
	return v;
}

static const char *wish_words(struct lg_ctx *cx, const struct candidate *one)
{
	const char *now = record_word(one->record, "wants_work"), *on = record_word(one->record, "wants_work_on");
	if (!*now) return lg_say("Not said yet. No reason is needed, and it may change.");
	return lg_printf(cx->mem, lg_say("Now: %s (said on %s). No reason is needed, and it may change."),
	                 lg_say(choice_text(CHOICE_wants_work, now)), *on ? page_iso_date(cx, on) : "–");
}

static void show(struct lg_ctx *cx, struct call *c, const struct shown *s)
{
	const char *path = lg_printf(cx->mem, "/candidates/%s/screening", s->one.id), *family = chosen_family(c);
	bool is_protected = record_flag(s->one.record, "protected_address"),
	     writes = may(&c->actor, MAY_CANDIDATE_WRITE);
	const char *name = is_protected ? lg_say("Protected person") : candidate_name(cx, s->one.record);
	size_t n;
	const struct screening_family *all = screening_families(&n);
	struct html_sheet_actions followed = { .url = lg_printf(cx->mem, "/candidates/%s/outcomes", s->one.id),
		                               .name = lg_say("What became of it"),
		                               .icon = "flag" };
	struct html_sheet v = {
		.title = lg_say("What suits at the region"), .lead = name, .actions = &followed, .n_actions = 1
	};
	v.tabs = lg_array(cx->mem, n, sizeof *v.tabs);
	for (size_t i = 0; writes && i < n; i++)
		v.tabs[v.n_tabs++] =
		    (struct html_sheet_tabs){ .url = lg_printf(cx->mem, "%s?family=%s", path, all[i].code),
			                      .name = lg_say(all[i].text),
			                      .current = family && !strcmp(family, all[i].code) };
	v.sections = lg_array(cx->mem, 3, sizeof *v.sections);
	if (family && writes)
		v.sections[v.n_sections++] =
		    (struct html_sheet_sections){ .id = "list",
			                          .title = family_text(family),
			                          .help =
			                              lg_printf(cx->mem, lg_say("The list as it was gone over on %s."),
			                                        page_iso_date(cx, screening_list_day())),
			                          .body = html_form_any(list_form(cx, c, path, family)) };
	v.sections[v.n_sections++] = (struct html_sheet_sections){ .id = "latest",
		                                                   .title = lg_say("Gone over so far"),
		                                                   .body = html_events_any(latest(cx, c, s)) };
	if (writes)
		v.sections[v.n_sections++] =
		    (struct html_sheet_sections){ .id = "wish",
			                          .title = lg_say("The wish to work"),
			                          .help = wish_words(cx, &s->one),
			                          .body = html_steps_any(wish_of(cx, c, &s->one)) };
	struct page_crumb crumbs[] = { { lg_say("Candidates"), "/candidates" },
		                       { name, lg_printf(cx->mem, "/candidates/%s", s->one.id) } };
	page_answer(
	    cx, c,
	    &(struct page){
	        .title = v.title, .crumbs = crumbs, .n_crumbs = 2, .here = "candidates", .invented = s->one.invented },
	    html_sheet_any(&v));
}

static json_t *as_json(struct lg_ctx *cx, const struct shown *s)
{
	json_t *list = record_keep(cx, json_array());
	for (size_t i = 0; i < s->rows.n; i++) {
		const struct db_screening_list_row *r = &s->rows.rows[i];
		json_t *said = NULL;
		if (record_parse(cx, &said, r->answers, strlen(r->answers)) != LG_OK) continue;
		json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:s?, s:O}", "id", r->id, "family", r->family,
		                                      "result", r->result, "words", r->words, "answers", said));
	}
	return list;
}

enum lg_err on_screening(struct lg_ctx *cx, struct call *c)
{
	struct shown s = { 0 };
	LG_TRY(read(cx, c, &s));
	audit_seen(cx, c, &s.one.id, 1);
	LG_TRY(app_end(cx, c));
	if (c->api)
		answer_json(cx, c, 200, as_json(cx, &s));
	else
		show(cx, c, &s);
	return LG_OK;
}

/* --- saving */

/* The answers that were sent; *counts: of each kind. What is missing is noted. */
static json_t *answers_sent(struct lg_ctx *cx, struct call *c, const char *family, size_t counts[3])
{
	size_t n;
	const struct screening_ask *asks = screening_asks(family, &n);
	json_t *o = record_keep(cx, json_object());
	for (size_t i = 0; i < n; i++) {
		const char *said = small_sent(c, asks[i].code);
		size_t k = 0;
		while (k < 3 && strcmp(answers[k][0], said) != 0) k++;
		if (k == 3)
			(void)!lg_fail(cx, LG_INVALID, asks[i].code, lg_say("Choose one answer."));
		else
			counts[k]++, json_object_set_new(o, asks[i].code, json_string(said));
	}
	return o;
}

static enum lg_err only_own_names(struct lg_ctx *cx, struct call *c, const char *family)
{
	size_t n;
	const struct screening_ask *asks = screening_asks(family, &n);
	const char **names = lg_array(cx->mem, n + 4, sizeof *names);
	for (size_t i = 0; i < n; i++) names[i] = asks[i].code;
	names[n] = "family", names[n + 1] = "result", names[n + 2] = "words";
	return small_only(cx, c, names);
}

enum lg_err on_screening_add(struct lg_ctx *cx, struct call *c)
{
	struct shown s = { 0 };
	struct db_screening_add_row row = { 0 };
	size_t counts[3] = { 0 };
	int32_t day;
	const char *family = chosen_family(c), *result = small_sent(c, "result"), *list_day = screening_list_day();
	LG_TRY(read(cx, c, &s));
	if (!family) return lg_fail(cx, LG_INVALID, "family", lg_say("Choose one of the list."));
	LG_TRY(only_own_names(cx, c, family));
	json_t *said = answers_sent(cx, c, family, counts);
	const char *words = small_text(cx, c, "words", WORDS_MOST, false);
	if (!choice_find(CHOICE_screening_result, result))
		(void)!lg_fail(cx, LG_INVALID, "result",
		               cx->notes
		                   ? lg_say("Say what you conclude.")
		                   : lg_printf(cx->mem, lg_say("The answers speak for: %s. Choose it, or another."),
		                               result_text(screening_speaks_for(counts[0], counts[1], counts[2]))));
	if (cx->notes) return show(cx, c, &s), LG_OK;
	lg_assert(lg_date_read(&day, list_day, strlen(list_day)));
	LG_TRY(db_screening_add(cx, c->db, &row,
	                        (struct db_screening_add_in){ .id = record_new_id(cx),
	                                                      .candidate = s.one.id,
	                                                      .family = family,
	                                                      .list_of = day,
	                                                      .answers = record_text(cx, said),
	                                                      .result = result,
	                                                      .words = *words ? words : NULL,
	                                                      .by = c->actor.account }));
	LG_TRY(audit_change(cx, c, "screened", "candidate", s.one.id, s.one.version, s.one.key, NULL));
	answer_see(cx, c, lg_printf(cx->mem, "/candidates/%s/screening", s.one.id), "saved");
	return LG_OK;
}

enum lg_err on_wish(struct lg_ctx *cx, struct call *c)
{
	static const char *const names[] = { "state", NULL };
	struct shown s = { 0 };
	json_t *body = NULL;
	int64_t seen;
	char today[11];
	LG_TRY(read(cx, c, &s));
	if (c->api) LG_TRY(input_json(cx, c, &body));
	LG_TRY(input_only(cx, c, body, names));
	if (!input_version(cx, c, s.one.version, &seen)) return LG_OK;
	const char *state = c->api ? record_word(body, "state") : small_sent(c, "state");
	const struct section *wishes = entity_section(&candidate_entity, "wishes");
	if (!choice_find(CHOICE_wants_work, state))
		return lg_fail(cx, LG_INVALID, "state", lg_say("Choose one of the list."));
	json_t *part = record_keep(cx, json_deep_copy(record_section(cx, &candidate_entity, wishes, s.one.record)));
	lg_date_print(today, page_today(cx, c));
	json_object_set_new(part, "wants_work", json_string(state));
	json_object_set_new(part, "wants_work_on", json_string(today));
	LG_TRY(candidate_change(cx, c, &s.one, wishes, part, seen));
	answer_see(cx, c, lg_printf(cx->mem, "/candidates/%s/screening", s.one.id), "saved");
	return LG_OK;
}
