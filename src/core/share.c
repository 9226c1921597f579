/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/share.h"

#include <string.h>

#include "app/answer.h"
#include "app/audit.h"
#include "app/page.h"
#include "app/record.h"
#include "base/date.h"
#include "core/candidate.h"
#include "core/choice.h"
#include "core/entity.h"
#include "core/form.h"
#include "core/record_pages.h"
#include "core/record_store.h"
#include "core/tabs.h"
#include "view/speech.h"
#include "view/when.h"

enum { WHY_MOST = 400, QUESTION_MOST = 1000 };

/* --- what was sent */

const char *share_said(const struct call *c, const json_t *body, const char *name)
{
	const char *text = c->api ? record_word(body, name) : http_form(c->rq, name);
	return text ? text : "";
}

int32_t share_date(struct lg_ctx *cx, const struct call *c, const json_t *body, const char *name)
{
	const char *text = share_said(c, body, name);
	int32_t day = DB_NO_DATE;
	if (*text && !lg_date_read(&day, text, strlen(text))) {
		(void)!lg_fail(cx, LG_INVALID, name, lg_say("This is no date."));
		return DB_NO_DATE;
	}
	return day;
}

struct db_list share_all(struct lg_ctx *cx, const struct call *c, const json_t *body, const char *name)
{
	const json_t *list = c->api ? json_object_get(body, name) : NULL;
	size_t room = c->api ? json_array_size(list) : c->rq->form.n, n = 0;
	const char **texts = lg_array(cx->mem, room + 1, sizeof *texts);
	for (size_t i = 0; i < room; i++) {
		const char *text = c->api                                  ? json_string_value(json_array_get(list, i))
		                   : !strcmp(c->rq->form.at[i].name, name) ? c->rq->form.at[i].value
		                                                           : NULL;
		if (text) texts[n++] = text;
	}
	return (struct db_list){ .texts = texts, .n = n };
}

bool share_flag(const struct call *c, const json_t *body, const char *name)
{
	return c->api ? record_flag(body, name) : *share_said(c, NULL, name) != '\0';
}

/* --- the rules, before PostgreSQL says them */

static const struct {
	const char *rule, *field, *words;
} rules[] = {
	{ "agreement_fields", "fields", LG_TEXT("Choose one of the list.") },
	{ "agreement_office", "other", LG_TEXT("Choose one of the list.") },
	{ "agreement_valid_to_check", "valid_to",
	  LG_TEXT("The last day is not before the first, and at most three years after it.") },
	{ "agreement_check", "valid_to",
	  LG_TEXT("The last day is not before the first, and at most three years after it.") },
	{ "agreement_check1", "renews", LG_TEXT("This value is not allowed here.") },
	{ "agreement_is_over", "",
	  LG_TEXT("Nothing more can be said of this agreement: it is over, or was declined.") },
	{ "agreement_step_pkey", "", LG_TEXT("Your office has said this already.") },
	{ "share_not_to_forward", "", LG_TEXT("This card may not be handed on, or not so much of it.") },
	{ "share_without_agreement", "agreement", LG_TEXT("No agreement is in force that allows this.") },
	{ "share_beyond_fields", "fields", LG_TEXT("The agreement does not name this.") },
	{ "share_beyond_agreement", "until",
	  LG_TEXT("From tomorrow on, and not beyond the last day of the agreement.") },
};

void share_put_words(struct lg_ctx *cx)
{
	for (struct lg_note *n = cx->notes; n; n = n->next)
		for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
			if (n->field && !strcmp(n->field, rules[i].rule)) {
				n->field = rules[i].field;
				n->text = lg_say(rules[i].words);
				break;
			}
}

static bool holds(const struct db_list *list, const char *text)
{
	for (size_t i = 0; i < list->n; i++)
		if (!strcmp(list->texts[i], text)) return true;
	return false;
}

static void check_text(struct lg_ctx *cx, const char *name, const char *text, size_t most)
{
	if (strlen(text) > most) (void)!lg_fail(cx, LG_INVALID, name, lg_say("This is too long."));
}

static enum lg_err check(struct lg_ctx *cx, struct call *c, const struct share_order *o,
                         const struct db_agreement_get_row *a)
{
	int32_t today = page_today(cx, c);
	if (strcmp(a->state, "in_force") != 0 || !a->we_give)
		(void)!lg_fail(cx, LG_INVALID, "agreement", lg_say("No agreement is in force that allows this."));
	for (size_t i = 0; i < o->fields.n; i++)
		if (!holds(&a->fields, o->fields.texts[i]))
			(void)!lg_fail(cx, LG_INVALID, "fields", lg_say("The agreement does not name this."));
	if (o->until == DB_NO_DATE || o->until < today || o->until > a->valid_to)
		(void)!lg_fail(cx, LG_INVALID, "until",
		               lg_say("From tomorrow on, and not beyond the last day of the agreement."));
	if (o->may_forward && !a->may_forward)
		(void)!lg_fail(cx, LG_INVALID, "may_forward", lg_say("The agreement does not allow this."));
	if (o->may_take_over && o->parent)
		(void)!lg_fail(cx, LG_INVALID, "may_take_over",
		               lg_say("Only the office whose candidate it is can allow this."));
	if (!*o->why) (void)!lg_fail(cx, LG_INVALID, "why", lg_say("This is missing."));
	check_text(cx, "why", o->why, WHY_MOST);
	check_text(cx, "question", o->question, QUESTION_MOST);
	if (*o->question && (o->deadline == DB_NO_DATE || o->deadline < today || o->deadline > o->until))
		(void)!lg_fail(cx, LG_INVALID, "deadline", lg_say("A day from today on, while the card is given."));
	if (!*o->question && o->deadline != DB_NO_DATE)
		(void)!lg_fail(cx, LG_INVALID, "question", lg_say("Say what is asked."));
	return cx->notes ? LG_INVALID : LG_OK;
}

enum lg_err share_give(struct lg_ctx *cx, struct call *c, const struct share_order *order, const char **id)
{
	struct db_agreement_get_row a;
	struct db_share_add_row row = { 0 };
	*id = record_new_id(cx);
	LG_TRY(db_agreement_get(cx, c->db, &a,
	                        (struct db_agreement_get_in){ .id = order->agreement, .today = page_today(cx, c) }));
	LG_TRY(check(cx, c, order, &a));
	db_share_add_send(cx, c->db, &row,
	                  (struct db_share_add_in){ .id = *id,
	                                            .candidate = order->candidate,
	                                            .parent = order->parent,
	                                            .agreement = order->agreement,
	                                            .fields = order->fields.n ? order->fields : a.fields,
	                                            .until = order->until,
	                                            .zone = c->actor.zone,
	                                            .may_forward = order->may_forward,
	                                            .may_take_over = order->may_take_over,
	                                            .why = order->why });
	if (*order->question)
		db_referral_add_send(cx, c->db,
		                     (struct db_referral_add_in){ .id = *id,
		                                                  .question = order->question,
		                                                  .deadline = order->deadline,
		                                                  .owner = c->actor.account });
	enum lg_err err = db_sync(cx, c->db);
	if (err == LG_INVALID) share_put_words(cx);
	LG_TRY(err);
	return audit_change(cx, c, *order->question ? "referred" : "shared", "share",
	                    order->parent ? *id : row.candidate, 1, NULL, NULL);
}

/* --- words */

const char *share_state_words(const char *state) { return lg_say(choice_text(CHOICE_share_state, state)); }

const char *share_name(struct lg_ctx *cx, struct call *c, const json_t *card)
{
	const char *given = record_word(card, "given_name"), *family = record_word(card, "family_name");
	const json_t *first = json_array_get(json_object_get(card, "occupations"), 0);
	if (*given || *family) return lg_printf(cx->mem, "%s %s", given, family);
	if (first)
		return lg_printf(cx->mem, lg_say("Without a name: %s"),
		                 form_concept(c, record_word(first, "occupation")));
	return lg_say("A person without a name");
}

static void put_fact(struct html_facts *v, const char *name, const char *value)
{
	if (*value) v->facts[v->n_facts++] = (struct html_facts_facts){ .name = name, .value = value };
}

static bool is_level(const struct field *f) { return f->type == FIELD_CHOICE && f->choices == CHOICE_level; }

/* "Swedish · Listening B2 · Reading B1 · ...", or "Ukrainian · Mother tongue" where all levels are the same. */
static const char *language_words(struct lg_ctx *cx, struct call *c, const struct section *s, const json_t *row)
{
	size_t n;
	const struct field *fields = section_fields(&candidate_entity, s, &n), *level = NULL;
	const char *all = "";
	bool same = true;
	for (const struct field *f = fields; f < fields + n; f++) {
		if (!is_level(f) || !*record_word(row, f->name)) continue;
		same = same && (!level || !strcmp(record_word(row, f->name), record_word(row, level->name)));
		if (!level) level = f;
	}
	for (const struct field *f = fields; f < fields + n; f++) {
		const char *text = form_words(cx, c, f, json_object_get(row, f->name), NULL);
		if (!*text || (is_level(f) && same && f != level)) continue;
		if (is_level(f) && !same)
			text = form_short(f, text, row); /* what each means would make it a long line */
		all = lg_printf(cx->mem, "%s%s%s%s%s", all, *all ? " · " : "",
		                is_level(f) && !same ? lg_say(f->label) : "", is_level(f) && !same ? " " : "", text);
	}
	return all;
}

struct html_facts *share_facts(struct lg_ctx *cx, struct call *c, const json_t *card)
{
	struct html_facts *v = lg_alloc(cx->mem, sizeof *v);
	v->facts = lg_array(cx->mem, candidate_entity.n_fields + 1, sizeof *v->facts);
	for (size_t i = 0; i < candidate_entity.n_sections; i++) {
		const struct section *s = &candidate_entity.sections[i];
		size_t n, k;
		const struct field *fields = section_fields(&candidate_entity, s, &n);
		const json_t *row;
		const char *all = "";
		for (const struct field *f = fields; s->kind == SECTION_ONE && f < fields + n; f++)
			if (json_object_get(card, f->name))
				put_fact(v, lg_say(f->label),
				         form_words(cx, c, f, json_object_get(card, f->name), NULL));
		if (s->kind == SECTION_ONE) continue;
		bool levels = !strcmp(s->name, "languages");
		json_array_foreach(json_object_get(card, s->name), k, row) all = lg_printf(
		    cx->mem, "%s%s%s", all, k ? "\n" : "",
		    levels ? language_words(cx, c, s, row) : form_row_words(cx, c, &candidate_entity, s, row, NULL));
		put_fact(v, lg_say(s->label), all);
	}
	return v;
}

void share_tabs(struct lg_ctx *cx, const struct call *c, struct html_sheet *v, const char *here)
{
	const struct tab all[] = { { "/shares", lg_say("Cards received"), MAY_SHARE_READ },
		                   { "/referrals", lg_say("Referrals to us"), MAY_SHARE_READ },
		                   { "/referrals?box=out", lg_say("Referrals from us"), MAY_SHARE_READ },
		                   { "/shares?box=given", lg_say("Cards given"), MAY_SHARE_READ },
		                   { "/agreements", lg_say("Agreements"), MAY_AGREEMENT_READ },
		                   { "/pools", lg_say("Pools"), MAY_SHARE_READ } };
	tabs_put(cx, c, v, here, all, sizeof all / sizeof *all);
}

/* --- My day */

void share_due_send(struct lg_ctx *cx, struct call *c, int32_t until, size_t room, struct db_share_received_rows *out)
{
	db_share_due_send(cx, c->db, out, (struct db_share_due_in){ .until = until, .room = (int64_t)room });
}

void share_due_seen(struct lg_ctx *cx, struct call *c, const struct db_share_received_rows *rows)
{
	const char **ids = lg_array(cx->mem, rows->n + 1, sizeof *ids);
	for (size_t i = 0; i < rows->n; i++) ids[i] = rows->rows[i].id;
	if (rows->n)
		db_share_seen_send(cx, c->db,
		                   (struct db_share_seen_in){ .ids = { .texts = ids, .n = rows->n }, .what = "list" });
}

static const char *due_words(struct lg_ctx *cx, const struct db_share_received_row *r, bool to_us, int32_t today)
{
	char near[LG_WHEN];
	const char *state = share_state_words(r->state),
	           *when = lg_printf(cx->mem, lg_say("answer by: %s"), lg_when_near(near, r->deadline, today));
	if (!to_us && r->deadline < today && r->answered == DB_NO_INT)
		return lg_printf(cx->mem, "%s · %s · %s", state, when,
		                 r->reminders ? lg_say("no answer: ask their leader")
		                              : lg_say("no answer: remind them"));
	if (to_us && r->escalated != DB_NO_INT)
		return lg_printf(cx->mem, "%s · %s · %s", state, when, lg_say("they ask a leader to look at it"));
	if (to_us && r->reminders)
		return lg_printf(cx->mem, "%s · %s · %s", state, when, lg_say("they have reminded us"));
	return lg_printf(cx->mem, "%s · %s", state, when);
}

struct html_my_day_tasks share_task(struct lg_ctx *cx, struct call *c, const struct db_share_received_row *r,
                                    int32_t today)
{
	bool to_us = !strcmp(r->side, "receiver");
	json_t *card;
	const char *whom = record_parse(cx, &card, r->card, strlen(r->card)) == LG_OK ? share_name(cx, c, card) : "";
	const char *title = to_us ? lg_printf(cx->mem, lg_say("%s asks about %s"), r->from_name, whom)
	                          : lg_printf(cx->mem, lg_say("Referral of %s to %s"), whom, r->to_name);
	return (struct html_my_day_tasks){ .icon = "send",
		                           .tone = r->deadline < today || r->escalated != DB_NO_INT ? "bad"
		                                   : r->deadline == today || r->reminders           ? "warn"
		                                                                                    : "",
		                           .title = title,
		                           .more = due_words(cx, r, to_us, today),
		                           .url = lg_printf(cx->mem, "/shares/%s", r->id),
		                           .act = to_us ? lg_say("Answer") : lg_say("Open"),
		                           .act_says = whom };
}
