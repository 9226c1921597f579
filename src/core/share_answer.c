/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* What is done with a card that was given: answered by the receiver; reminded of, escalated, prolonged, taken back by
 * the giver. */
#include <string.h>

#include "app/answer.h"
#include "app/audit.h"
#include "app/page.h"
#include "app/record.h"
#include "core/choice.h"
#include "core/core.h"
#include "core/input.h"
#include "core/record_pages.h"
#include "core/share.h"
#include "core/share_outcome.h"
#include "core/share_pages.h"
#include "core/share_take_over.h"
#include "view/speech.h"

enum { WORDS_MOST = 1000, WHY_MOST = 400 };

/* The share that the address names, for the side that may do this; *body: of the API. */
static enum lg_err begin(struct lg_ctx *cx, struct call *c, const char *side, const char *const *names, json_t **body,
                         struct db_share_received_row *out)
{
	struct db_share_received_rows rows = { 0 };
	const char *id;
	*body = NULL;
	LG_TRY(app_uuid(c->rq->args[0], &id));
	if (c->api && c->rq->n_body) LG_TRY(input_json(cx, c, body));
	if (!c->api || *body) LG_TRY(input_only(cx, c, *body, names));
	LG_TRY(db_share_get(cx, c->db, &rows, (struct db_share_get_in){ .id = id }));
	if (!rows.n || strcmp(rows.rows[0].side, side) != 0) return LG_UNKNOWN;
	*out = rows.rows[0];
	return LG_OK;
}

/* Was what is there now seen? @return false: the answer is made */
static bool is_seen(struct lg_ctx *cx, struct call *c, const struct db_share_received_row *r)
{
	int64_t seen;
	if (!input_version(cx, c, r->version, &seen)) return false;
	if (seen == r->version) return true;
	answer_see(cx, c, lg_printf(cx->mem, "/shares/%s", r->id), "share_late");
	return false;
}

/* Done, or somebody was first; a form that is wrong is shown again. */
static enum lg_err end(struct lg_ctx *cx, struct call *c, const struct db_share_received_row *r, enum lg_err err,
                       const char *said)
{
	const char *path = lg_printf(cx->mem, "/shares/%s", r->id);
	if (err == LG_INVALID) share_put_words(cx);
	if (err == LG_INVALID && !c->api) return share_show_again(cx, c, r->id);
	if (err == LG_CONFLICT && !c->api) {
		db_abandon(c->db);
		c->db = NULL;
		return answer_see(cx, c, path, "share_late"), LG_OK;
	}
	LG_TRY(err);
	answer_see(cx, c, path, said);
	return LG_OK;
}

/* What may be said where it stands: an answer to what waits; handed back, what was accepted; a note always. */
static const char *fault_of(const struct db_share_received_row *r, const char *what, const char *reason)
{
	bool waits = !strcmp(r->state, "sent") || !strcmp(r->state, "seen"), accepted = !strcmp(r->state, "accepted");
	if (!choice_find(CHOICE_share_answer, what)) return LG_TEXT("Choose one of the list.");
	if ((!strcmp(what, "accepted") || !strcmp(what, "declined")) && !waits)
		return LG_TEXT("This has been answered already.");
	if (!strcmp(what, "handed_back") && !accepted) return LG_TEXT("Only what was taken on can be handed back.");
	bool asks = !strcmp(what, "declined") || !strcmp(what, "handed_back");
	if (asks && !choice_find(CHOICE_share_reason, reason)) return LG_TEXT("Say why.");
	return !asks && *reason ? LG_TEXT("A reason belongs to a no, or to handing back.") : NULL;
}

enum lg_err on_share_answer(struct lg_ctx *cx, struct call *c)
{
	static const char *const names[] = { "what", "reason", "words", NULL };
	struct db_share_received_row r;
	json_t *body;
	int64_t n = 0;
	LG_TRY(begin(cx, c, "receiver", names, &body, &r));
	if (!is_seen(cx, c, &r)) return LG_OK;
	const char *what = share_said(c, body, "what"), *reason = share_said(c, body, "reason"),
	           *words = share_said(c, body, "words"), *fault = fault_of(&r, what, reason);
	enum lg_err err = LG_OK;
	if (fault) err = lg_fail(cx, LG_INVALID, !strcmp(fault, "Say why.") ? "reason" : "what", lg_say(fault));
	if (strlen(words) > WORDS_MOST) err = lg_fail(cx, LG_INVALID, "words", lg_say("This is too long."));
	if (!strcmp(what, "noted") && !*words) err = lg_fail(cx, LG_INVALID, "words", lg_say("This is missing."));
	if (err == LG_OK) err = audit_change(cx, c, "answered", "share", r.id, 0, NULL, NULL);
	if (err == LG_OK)
		err = db_share_answer_add(cx, c->db, &n,
		                          (struct db_share_answer_add_in){ .id = r.id,
		                                                           .n = r.answers + 1,
		                                                           .what = what,
		                                                           .reason = *reason ? reason : NULL,
		                                                           .words = *words ? words : NULL });
	if (err == LG_OK && n != 1) err = LG_CONFLICT;
	return end(cx, c, &r, err, "answered");
}

enum lg_err on_share_outcome_add(struct lg_ctx *cx, struct call *c)
{
	static const char *const names[] = { "kind", "on_day", "place", "reason", "words", NULL };
	struct db_share_received_row r;
	json_t *body;
	LG_TRY(begin(cx, c, "receiver", names, &body, &r));
	if (!is_seen(cx, c, &r)) return LG_OK;
	enum lg_err err = LG_OK;
	if (strcmp(r.state, "accepted") != 0)
		err = lg_fail(cx, LG_INVALID, "kind", lg_say("Take it on first: then write down what became of it."));
	if (err == LG_OK) err = audit_change(cx, c, "followed_up", "share", r.id, 0, NULL, NULL);
	if (err == LG_OK) err = share_outcome_add(cx, c, body, r.id, r.outcomes + 1);
	return end(cx, c, &r, err, "saved");
}

enum lg_err on_share_take_over(struct lg_ctx *cx, struct call *c)
{
	static const char *const names[] = { "anyway", NULL };
	struct db_share_received_row r;
	json_t *body;
	const char *id;
	if (!may(&c->actor, MAY_CANDIDATE_WRITE)) return LG_DENIED;
	LG_TRY(begin(cx, c, "receiver", names, &body, &r));
	if (!is_seen(cx, c, &r)) return LG_OK;
	enum lg_err err = share_take_over(cx, c, &r, share_flag(c, body, "anyway"), &id);
	if (err != LG_OK) return end(cx, c, &r, err, "");
	record_answer_made(cx, c, "/candidates", id, "registered");
	return LG_OK;
}

enum lg_err on_share_withdraw(struct lg_ctx *cx, struct call *c)
{
	static const char *const names[] = { "reason", NULL };
	struct db_share_received_row r;
	json_t *body;
	LG_TRY(begin(cx, c, "giver", names, &body, &r));
	if (!is_seen(cx, c, &r)) return LG_OK;
	const char *why = share_said(c, body, "reason");
	enum lg_err err = LG_OK;
	if (strlen(why) > WHY_MOST) err = lg_fail(cx, LG_INVALID, "reason", lg_say("This is too long."));
	if (err == LG_OK)
		err = audit_change(cx, c, "withdrawn", "share", r.is_ours ? r.candidate : r.id, 0, NULL, NULL);
	if (err == LG_OK) err = db_share_withdraw(cx, c->db, (struct db_share_withdraw_in){ .id = r.id, .why = why });
	return end(cx, c, &r, err, "withdrawn");
}

enum lg_err on_share_prolong(struct lg_ctx *cx, struct call *c)
{
	static const char *const names[] = { "until", "agreement", NULL };
	struct db_share_received_row r;
	json_t *body;
	LG_TRY(begin(cx, c, "giver", names, &body, &r));
	if (!is_seen(cx, c, &r)) return LG_OK;
	const char *agreement = share_said(c, body, "agreement");
	int32_t until = share_date(cx, c, body, "until");
	enum lg_err err = cx->notes ? LG_INVALID : LG_OK;
	if (!*agreement)
		agreement = r.agreement;
	else if (app_uuid(agreement, &agreement) != LG_OK)
		err = lg_fail(cx, LG_INVALID, "agreement", lg_say("Choose one of the list."));
	if (until == DB_NO_DATE || until < page_today(cx, c))
		err = lg_fail(cx, LG_INVALID, "until",
		              lg_say("From tomorrow on, and not beyond the last day of the agreement."));
	if (err == LG_OK)
		err = audit_change(cx, c, "prolonged", "share", r.is_ours ? r.candidate : r.id, 0, NULL, NULL);
	if (err == LG_OK)
		err = db_share_prolong(cx, c->db,
		                       (struct db_share_prolong_in){
		                           .id = r.id, .agreement = agreement, .until = until, .zone = c->actor.zone });
	return end(cx, c, &r, err, "saved");
}

static bool waits(const struct db_share_received_row *r)
{
	return r->question && r->alive && (!strcmp(r->state, "sent") || !strcmp(r->state, "seen"));
}

enum lg_err on_share_remind(struct lg_ctx *cx, struct call *c)
{
	static const char *const names[] = { NULL };
	struct db_share_received_row r;
	json_t *body;
	LG_TRY(begin(cx, c, "giver", names, &body, &r));
	if (!is_seen(cx, c, &r)) return LG_OK;
	enum lg_err err = waits(&r) ? LG_OK : lg_fail(cx, LG_INVALID, "", lg_say("Nothing is waited for any more."));
	if (err == LG_OK) err = audit_change(cx, c, "reminded", "share", r.is_ours ? r.candidate : r.id, 0, NULL, NULL);
	if (err == LG_OK) err = db_referral_remind(cx, c->db, (struct db_referral_remind_in){ .id = r.id });
	return end(cx, c, &r, err, "reminded");
}

enum lg_err on_share_escalate(struct lg_ctx *cx, struct call *c)
{
	static const char *const names[] = { "reason", NULL };
	struct db_share_received_row r;
	json_t *body;
	LG_TRY(begin(cx, c, "giver", names, &body, &r));
	if (!is_seen(cx, c, &r)) return LG_OK;
	const char *why = share_said(c, body, "reason");
	enum lg_err err = waits(&r) ? LG_OK : lg_fail(cx, LG_INVALID, "", lg_say("Nothing is waited for any more."));
	if (strlen(why) > WHY_MOST) err = lg_fail(cx, LG_INVALID, "reason", lg_say("This is too long."));
	if (err == LG_OK)
		err = audit_change(cx, c, "escalated", "share", r.is_ours ? r.candidate : r.id, 0, NULL, NULL);
	if (err == LG_OK)
		err = db_referral_escalate(cx, c->db, (struct db_referral_escalate_in){ .id = r.id, .why = why });
	return end(cx, c, &r, err, "escalated");
}
