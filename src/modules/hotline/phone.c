/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* Calls as the exchange tells of them, and what agents do with one. */
#include "modules/hotline/phone.h"

#include <string.h>

#include "app/answer.h"
#include "app/audit.h"
#include "app/record.h"
#include "core/input.h"
#include "modules/hotline/enquiry.h"
#include "modules/hotline/enquiry_rules.h"
#include "modules/hotline/hotline.h"
#include "modules/hotline/known.h"
#include "modules/hotline/phone_rules.h"
#include "view/speech.h"

enum { US = 1000000, CALL_MOST = 255, LIST = 100, CALLERS = 20, PEOPLE = 5, OLDEST_S = 7 * 86400, AHEAD_S = 3600 };

/* --- events */

struct event {
	struct phone_told told;
	const char *call, *from;
};

/* Texts of the object; what is not text is noted. */
static const char *text_of(struct lg_ctx *cx, const json_t *body, const char *name)
{
	const json_t *value = json_object_get(body, name);
	if (!value || json_is_null(value)) return NULL;
	if (!json_is_string(value)) (void)!lg_fail(cx, LG_INVALID, name, lg_say("This must be text."));
	return json_is_string(value) && *json_string_value(value) ? json_string_value(value) : NULL;
}

static int64_t moment_of(struct lg_ctx *cx, const json_t *body)
{
	const json_t *value = json_object_get(body, "at");
	if (!value || json_is_null(value)) return cx->now * US;
	int64_t at = json_integer_value(value);
	if (!json_is_integer(value) || at < cx->now - OLDEST_S || at > cx->now + AHEAD_S) {
		(void)!lg_fail(cx, LG_INVALID, "at", lg_say("Write seconds since 1970, of the last seven days."));
		return 0;
	}
	return at * US;
}

static enum lg_err read_event(struct lg_ctx *cx, struct call *c, struct event *out)
{
	static const char *const names[] = { "call", "event", "from", "extension", "at", "reason", NULL };
	json_t *body;
	LG_TRY(input_json(cx, c, &body));
	LG_TRY(input_only(cx, c, body, names));
	const char *event = text_of(cx, body, "event");
	*out = (struct event){ .call = text_of(cx, body, "call"),
		               .from = text_of(cx, body, "from"),
		               .told = { .at = moment_of(cx, body),
		                         .extension = text_of(cx, body, "extension"),
		                         .reason = text_of(cx, body, "reason") } };
	if (!out->call || strlen(out->call) > CALL_MOST)
		(void)!lg_fail(cx, LG_INVALID, "call",
		               lg_say("Say what the exchange calls this call, in at most 255 bytes."));
	if (!phone_event_named(event, &out->told.event))
		(void)!lg_fail(cx, LG_INVALID, "event",
		               lg_printf(cx->mem, lg_say("It is one of these: %s"), "ringing, answered, ended"));
	if (out->told.extension && !phone_is_extension(out->told.extension))
		(void)!lg_fail(cx, LG_INVALID, "extension",
		               lg_say("An extension has letters, digits and _ . + - only, at most 32."));
	if (out->told.reason && !phone_is_reason(out->told.reason))
		(void)!lg_fail(
		    cx, LG_INVALID, "reason",
		    lg_printf(cx->mem, lg_say("It is one of these: %s"), "completed, missed, elsewhere, busy"));
	return cx->notes ? LG_INVALID : LG_OK;
}

static int64_t known(int64_t at) { return at == DB_NO_INT ? PHONE_NONE : at; }
static int64_t kept(int64_t at) { return at == PHONE_NONE ? DB_NO_INT : at; }

static void facts_of(const struct db_phone_open_row *r, struct phone_facts *f)
{
	*f = (struct phone_facts){ .began = r->fresh ? PHONE_NONE : r->began,
		                   .answered = known(r->answered_at),
		                   .ended = known(r->ended_at),
		                   .reason = r->reason,
		                   .answered_extension = r->answered_extension };
	for (size_t i = 0; i < r->extensions.n && i < PHONE_EXTENSIONS; i++)
		f->extensions[f->n_extensions++] = r->extensions.texts[i];
}

static void put_send(struct lg_ctx *cx, struct call *c, const struct event *e, const struct db_phone_open_row *r,
                     const struct phone_facts *f)
{
	char *digits = lg_alloc(cx->mem, ENQUIRY_DIGITS), *number = lg_alloc(cx->mem, PHONE_NUMBER);
	const char *said = r->caller_number;
	/* The first number that was told stays. */
	if (!said && e->from && phone_number(number, e->from, r->country)) said = number;
	if (said) enquiry_digits(digits, said);
	db_phone_put_send(cx, c->db,
	                  (struct db_phone_put_in){
	                      .id = r->id,
	                      .caller_number = said,
	                      .digits = *digits ? digits : NULL,
	                      .extensions = { .texts = (const char **)(uintptr_t)f->extensions, .n = f->n_extensions },
	                      .began = f->began,
	                      .answered_at = kept(f->answered),
	                      .answered_extension = f->answered_extension,
	                      .ended_at = kept(f->ended),
	                      .reason = f->reason,
	                      .state = phone_state(f),
	                      .result = phone_result(f) });
}

enum lg_err on_phone_event(struct lg_ctx *cx, struct call *c)
{
	struct event e;
	struct db_phone_open_row row = { 0 };
	struct phone_facts facts;
	LG_TRY(read_event(cx, c, &e));
	LG_TRY(db_phone_open(cx, c->db, &row,
	                     (struct db_phone_open_in){ .source = c->actor.account, .call = e.call, .at = e.told.at }));
	facts_of(&row, &facts);
	phone_add(&facts, &e.told);
	put_send(cx, c, &e, &row, &facts);
	if (row.fresh) LG_TRY(audit_change(cx, c, "registered", "call", row.id, 1, NULL, NULL));
	LG_TRY(app_end(cx, c));
	answer_json(cx, c, row.fresh ? 201 : 200,
	            record_keep(cx, json_pack("{s:s, s:s, s:s, s:s?}", "id", row.id, "call", e.call, "state",
	                                      phone_state(&facts), "result", phone_result(&facts))));
	return LG_OK;
}

/* --- what agents read */

static json_t *row_as_json(const struct db_phone_list_row *r)
{
	json_t *o = json_pack("{s:s, s:I, s:s?, s:s, s:s?, s:s?, s:s?}", "id", r->id, "began",
	                      (json_int_t)(r->began / US), "from", r->caller_number, "state", r->state, "result",
	                      r->result, "agent", r->agent, "enquiry", r->enquiry);
	json_object_set_new(o, "answered_at",
	                    r->answered_at == DB_NO_INT ? json_null() : json_integer(r->answered_at / US));
	json_object_set_new(o, "ended_at", r->ended_at == DB_NO_INT ? json_null() : json_integer(r->ended_at / US));
	return o;
}

enum lg_err on_phone_list(struct lg_ctx *cx, struct call *c)
{
	struct db_phone_list_rows rows = { 0 };
	db_phone_list_send(cx, c->db, &rows, (struct db_phone_list_in){ .room = LIST });
	LG_TRY(app_end(cx, c));
	json_t *items = json_array();
	for (size_t i = 0; i < rows.n; i++) json_array_append_new(items, row_as_json(&rows.rows[i]));
	answer_json(cx, c, 200, record_keep(cx, json_pack("{s:o}", "items", items)));
	return LG_OK;
}

/* --- what agents do with one */

/* All known callers of a number are one and the same: then nobody asks who it is. */
static const char *only_caller(const struct db_phone_enquiries_rows *rows)
{
	for (size_t i = 1; i < rows->n; i++) {
		const char *a = rows->rows[0].caller_name, *b = rows->rows[i].caller_name;
		if (a && b && strcmp(a, b) != 0) return NULL;
	}
	/* The one that says most: with a name, if any has one. */
	for (size_t i = 0; i < rows->n; i++)
		if (rows->rows[i].caller_name) return rows->rows[i].id;
	return rows->n ? rows->rows[0].id : NULL;
}

static enum lg_err put_caller(struct lg_ctx *cx, struct call *c, const struct db_phone_lock_row *r, json_t *record,
                              struct phone_call *out)
{
	struct db_phone_enquiries_rows before = { 0 };
	struct db_phone_people_rows people = { 0 };
	struct known known;
	if (r->caller_number) json_object_set_new(record, "caller_phone", json_string(r->caller_number));
	if (!r->caller_digits) return LG_OK;
	db_phone_enquiries_send(cx, c->db, &before,
	                        (struct db_phone_enquiries_in){ .digits = r->caller_digits, .room = CALLERS });
	db_phone_people_send(cx, c->db, &people,
	                     (struct db_phone_people_in){ .digits = r->caller_digits,
	                                                  .employers = may(&c->actor, MAY_EMPLOYER_READ),
	                                                  .candidates = false,
	                                                  .room = PEOPLE });
	known_send(cx, c, r->caller_number ? r->caller_number : "", "", "", NULL, &known);
	LG_TRY(db_sync(cx, c->db));
	known_sort(cx, &known);
	out->caller_from = only_caller(&before);
	for (size_t i = 0; i < people.n; i++)
		if (strcmp(people.rows[i].kind, "colleague") != 0 && people.rows[i].more)
			json_object_set_new(record, "caller_place", json_string(people.rows[i].more));
	const struct db_known_callers_row *who = known_only(&known);
	if (!who) return LG_OK;
	known_fill(who, false, record);
	out->known = who->id;
	out->known_who = lg_printf(cx->mem, "%s, %s", who->name, who->office);
	return LG_OK;
}

enum lg_err phone_read(struct lg_ctx *cx, struct call *c, const char *id, json_t *record, struct phone_call *out)
{
	struct db_phone_lock_row row = { 0 };
	const char *call;
	LG_TRY(app_uuid(id, &call));
	LG_TRY(db_phone_lock(cx, c->db, &row, (struct db_phone_lock_in){ .id = call }));
	*out = (struct phone_call){ .id = row.id,
		                    .enquiry = row.enquiry,
		                    .others = row.agent && strcmp(row.agent, c->actor.account) != 0 };
	return record ? put_caller(cx, c, &row, record, out) : LG_OK;
}

enum lg_err phone_bind(struct lg_ctx *cx, struct call *c, const char *id, const char *enquiry)
{
	db_phone_bind_send(cx, c->db, (struct db_phone_bind_in){ .id = id, .enquiry = enquiry });
	return audit_change(cx, c, "done", "call", id, 1, NULL, NULL);
}

static enum lg_err too_late(struct lg_ctx *cx, struct call *c)
{
	db_abandon(c->db);
	c->db = NULL;
	answer_see(cx, c, "/hotline", "call_late");
	return LG_OK;
}

/* Of two who press, the first has it; then its form. */
enum lg_err on_phone_take(struct lg_ctx *cx, struct call *c)
{
	static const char *const names[] = { NULL };
	struct phone_call one;
	int64_t taken;
	LG_TRY(input_only(cx, c, NULL, names));
	LG_TRY(phone_read(cx, c, c->rq->args[0], NULL, &one));
	if (one.enquiry) return too_late(cx, c);
	LG_TRY(db_phone_take(cx, c->db, &taken, (struct db_phone_take_in){ .id = one.id, .me = c->actor.account }));
	if (!taken) return too_late(cx, c);
	LG_TRY(audit_change(cx, c, "taken", "call", one.id, 1, NULL, NULL));
	LG_TRY(app_end(cx, c));
	answer_see(cx, c, lg_printf(cx->mem, "/enquiries/new?call=%s", one.id), NULL);
	return LG_OK;
}

/* A missed call becomes an enquiry that waits for somebody, with all that is known of the caller. */
enum lg_err on_phone_callback(struct lg_ctx *cx, struct call *c)
{
	static const char *const names[] = { NULL };
	struct phone_call one;
	const char *id;
	LG_TRY(input_only(cx, c, NULL, names));
	json_t *record = record_keep(cx, json_pack("{s:s, s:s, s:s, s:s, s:s}", "channel", "callback", "subject",
	                                           "other", "priority", "normal", "about", "nobody", "words",
	                                           lg_say("Rang and was not answered.")));
	LG_TRY(phone_read(cx, c, c->rq->args[0], record, &one));
	if (one.enquiry) return too_late(cx, c);
	if (one.caller_from) LG_TRY(enquiry_fill(cx, c, one.caller_from, record));
	LG_TRY(enquiry_register(cx, c, record, one.caller_from, app_setup(c->app)->trial, &id));
	LG_TRY(phone_bind(cx, c, one.id, id));
	LG_TRY(app_end(cx, c));
	answer_see(cx, c, "/hotline", "callback_made");
	return LG_OK;
}

enum lg_err on_phone_leave(struct lg_ctx *cx, struct call *c)
{
	static const char *const names[] = { NULL };
	struct db_phone_digits_row row = { 0 };
	const char *id;
	LG_TRY(input_only(cx, c, NULL, names));
	LG_TRY(app_uuid(c->rq->args[0], &id));
	LG_TRY(db_phone_digits(cx, c->db, &row, (struct db_phone_digits_in){ .id = id }));
	if (!row.digits) return LG_UNKNOWN;
	db_phone_leave_send(cx, c->db, (struct db_phone_leave_in){ .digits = row.digits });
	LG_TRY(audit_change(cx, c, "removed", "call", row.id, 1, NULL, NULL));
	LG_TRY(app_end(cx, c));
	answer_see(cx, c, "/hotline", "saved");
	return LG_OK;
}

/* Telephones are shared: whoever says last that one is theirs has it. */
enum lg_err on_phone_extension(struct lg_ctx *cx, struct call *c)
{
	static const char *const names[] = { "extension", NULL };
	const char *sent = http_form(c->rq, "extension");
	LG_TRY(input_only(cx, c, NULL, names));
	if (!sent) sent = "";
	if (*sent && !phone_is_extension(sent))
		return lg_fail(cx, LG_INVALID, "extension",
		               lg_say("An extension has letters, digits and _ . + - only, at most 32."));
	db_extension_free_send(cx, c->db,
	                       (struct db_extension_free_in){ .account = c->actor.account, .extension = sent });
	if (*sent)
		db_extension_put_send(cx, c->db,
		                      (struct db_extension_put_in){ .account = c->actor.account, .extension = sent });
	LG_TRY(app_end(cx, c));
	answer_see(cx, c, "/hotline", "saved");
	return LG_OK;
}
