/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/share_outcome.h"

#include <string.h>

#include "app/page.h"
#include "app/record.h"
#include "base/date.h"
#include "core/choice.h"
#include "core/outcome_rules.h"
#include "core/record_pages.h"
#include "core/share.h"
#include "core/small_form.h"
#include "view/speech.h"
#include "view/when.h"

enum { PLACE_MOST = 160, WORDS_MOST = 1000 };

struct html_events *share_outcome_events(struct lg_ctx *cx, struct call *c, const struct db_share_outcomes_row *rows,
                                         size_t n)
{
	struct html_events *v = lg_alloc(cx->mem, sizeof *v);
	(void)c;
	v->events = lg_array(cx->mem, n + 1, sizeof *v->events);
	v->empty = lg_say("Nothing is written down yet.");
	for (size_t i = 0; i < n; i++) {
		const struct db_share_outcomes_row *r = &rows[i];
		const char *kind = lg_say(choice_text(CHOICE_outcome, r->kind));
		v->events[v->n_events++] = (struct html_events_events){
			.icon = "flag",
			.title = r->place ? lg_printf(cx->mem, "%s · %s", kind, r->place) : kind,
			.when = page_date(cx, r->on_day),
			.who = *r->by_name ? lg_printf(cx->mem, "%s, %s", r->by_name, r->office) : r->office,
			.words = r->words,
			.why = r->reason ? lg_say(choice_text(CHOICE_outcome_stop, r->reason)) : NULL,
		};
	}
	return v;
}

void share_outcome_json(json_t *list, const struct db_share_outcomes_row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct db_share_outcomes_row *r = &rows[i];
		char day[11];
		lg_date_print(day, r->on_day);
		json_array_append_new(list,
		                      json_pack("{s:s, s:s, s:s, s:s, s:s, s:s?, s:s?, s:s?}", "kind", r->kind,
		                                "on_day", day, "share", r->share, "office", r->office, "by", r->by_name,
		                                "reason", r->reason, "place", r->place, "words", r->words));
	}
}

enum lg_err share_outcome_check(struct lg_ctx *cx, const char *kind, const char *reason, int32_t day, int32_t today)
{
	const char *field, *fault = outcome_fault(kind, reason, day, today, &field);
	return fault ? lg_fail(cx, LG_INVALID, field, lg_say(fault)) : LG_OK;
}

static void put_list(struct lg_ctx *cx, struct call *c, struct small_form *f, const char *name, const char *label,
                     enum choice_list list)
{
	size_t n;
	const struct choice *all = choices(list, &n);
	const char *sent = share_said(c, NULL, name);
	struct html_fields_fields *field = small_choice(cx, f, name, label, false, n + 1);
	small_option(cx, field, "", lg_say("Choose"), NULL, !*sent);
	for (size_t i = 0; i < n; i++)
		small_option(cx, field, all[i].code, lg_say(all[i].text), NULL, !strcmp(sent, all[i].code));
}

struct html_form *share_outcome_form(struct lg_ctx *cx, struct call *c, const char *share, int64_t version)
{
	struct small_form *f =
	    small_form(cx, c, lg_printf(cx->mem, "/shares/%s/outcomes", share), lg_say("Write it down"));
	char today[11];
	lg_date_print(today, page_today(cx, c));
	f->form.id = "outcome";
	f->form.version = record_version(cx, version);
	f->form.intro =
	    lg_say("The office that sent the card sees it at once. After a start, questions come by themselves "
	           "after 3, 6 and 12 months.");
	put_list(cx, c, f, "kind", lg_say("What happened"), CHOICE_outcome);
	small_field(cx, f, "on_day", lg_say("Date"), "date", lg_strdup(cx->mem, today));
	small_field(cx, f, "place", lg_say("Where"), "text", "");
	put_list(cx, c, f, "reason", lg_say("Why it stopped"), CHOICE_outcome_stop);
	struct html_fields_fields *words = small_field(cx, f, "words", lg_say("In words"), "text", "");
	words->help = lg_say("No illness, no diagnosis.");
	words->longest = WORDS_MOST, words->area = true, words->rows = 3, words->input = NULL;
	return &f->form;
}

enum lg_err share_outcome_add(struct lg_ctx *cx, struct call *c, const json_t *body, const char *share, int64_t n)
{
	const char *kind = share_said(c, body, "kind"), *reason = share_said(c, body, "reason"),
	           *place = share_said(c, body, "place"), *words = share_said(c, body, "words");
	int32_t day = share_date(cx, c, body, "on_day");
	int64_t added = 0;
	if (day == DB_NO_DATE && !cx->notes) (void)!lg_fail(cx, LG_INVALID, "on_day", lg_say("This is missing."));
	if (strlen(place) > PLACE_MOST) (void)!lg_fail(cx, LG_INVALID, "place", lg_say("This is too long."));
	if (strlen(words) > WORDS_MOST) (void)!lg_fail(cx, LG_INVALID, "words", lg_say("This is too long."));
	if (cx->notes) return LG_INVALID;
	LG_TRY(share_outcome_check(cx, kind, reason, day, page_today(cx, c)));
	LG_TRY(db_share_outcome_add(cx, c->db, &added,
	                            (struct db_share_outcome_add_in){ .id = share,
	                                                              .n = n,
	                                                              .kind = kind,
	                                                              .on_day = day,
	                                                              .reason = *reason ? reason : NULL,
	                                                              .place = *place ? place : NULL,
	                                                              .words = *words ? words : NULL }));
	return added == 1 ? LG_OK : LG_CONFLICT;
}

/* --- My day */

void share_outcome_due_send(struct lg_ctx *cx, struct call *c, int32_t until, size_t room,
                            struct db_share_outcome_due_rows *out)
{
	db_share_outcome_due_send(cx, c->db, out,
	                          (struct db_share_outcome_due_in){ .until = until, .room = (int64_t)room });
}

void share_outcome_due_seen(struct lg_ctx *cx, struct call *c, const struct db_share_outcome_due_rows *rows)
{
	const char **ids = lg_array(cx->mem, rows->n + 1, sizeof *ids);
	for (size_t i = 0; i < rows->n; i++) ids[i] = rows->rows[i].share;
	if (rows->n)
		db_share_seen_send(cx, c->db,
		                   (struct db_share_seen_in){ .ids = { .texts = ids, .n = rows->n }, .what = "list" });
}

struct html_my_day_tasks share_outcome_task(struct lg_ctx *cx, struct call *c, const struct db_share_outcome_due_row *r,
                                            int32_t today)
{
	json_t *card;
	if (record_parse(cx, &card, r->card, strlen(r->card)) != LG_OK) card = NULL;
	const char *whom = card ? share_name(cx, c, card) : "";
	char *when = lg_alloc(cx->mem, LG_WHEN);
	return (struct html_my_day_tasks){ .icon = "flag",
		                           .tone = r->due < today    ? "bad"
		                                   : r->due == today ? "warn"
		                                                     : "",
		                           .title = lg_say(outcome_ask_text(r->ask)),
		                           .more = lg_printf(cx->mem, "%s · %s · %s", lg_when_near(when, r->due, today),
		                                             whom, r->from_name),
		                           .url = lg_printf(cx->mem, "/shares/%s", r->share),
		                           .act = lg_say("Open"),
		                           .act_says = whom };
}
