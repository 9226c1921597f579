/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "modules/hotline/enquiry.h"

#include <string.h>

#include "app/answer.h"
#include "app/audit.h"
#include "app/page.h"
#include "app/record.h"
#include "base/date.h"
#include "core/choice.h"
#include "core/colleague.h"
#include "core/form.h"
#include "core/record_pages.h"
#include "core/record_store.h"
#include "modules/hotline/enquiry_rules.h"
#include "modules/hotline/entities.h"
#include "view/speech.h"

enum { US = 1000000, MINUTE_S = 60, DAY_S = 86400, TIME_LENGTH = 5 };

static const char *word(const json_t *record, const char *name) { return record_word(record, name); }

enum lg_err enquiry_read(struct lg_ctx *cx, struct call *c, const char *id, struct enquiry *out)
{
	struct audit_key key;
	db_enquiry_get_send(cx, c->db, &out->row, (struct db_enquiry_get_in){ .id = id });
	audit_key_send(cx, c, id, &key);
	LG_TRY(db_sync(cx, c->db));
	out->id = out->row.id;
	out->version = out->row.version;
	LG_TRY(record_parse(cx, &out->record, out->row.record, strlen(out->row.record)));
	return audit_key_open(cx, c, out->id, &key, &out->key);
}

/* --- rules */

/* "9:30" is "09:30"; what is none is noted. */
static enum lg_err check_time(struct lg_ctx *cx, json_t *record)
{
	const char *time = word(record, "callback_time");
	char clean[TIME_LENGTH + 1];
	int minutes;
	if (!*time) return LG_OK;
	minutes = week_minutes_read(time, strlen(time));
	if (minutes < 0 || minutes >= WEEK_DAY_MINUTES)
		return lg_fail(cx, LG_INVALID, "callback_time", lg_say("This is no time: write it like 14:30."));
	week_print_minutes(clean, (unsigned)minutes);
	json_object_set_new(record, "callback_time", json_string(clean));
	return LG_OK;
}

enum lg_err enquiry_check(struct lg_ctx *cx, json_t *record)
{
	const char *field,
	    *fault = enquiry_names_fault(&(struct enquiry_names){ .legal_basis = word(record, "legal_basis"),
	                                                          .caller_name = word(record, "caller_name"),
	                                                          .person_name = word(record, "person_name"),
	                                                          .about = word(record, "about") },
	                                 &field);
	enum lg_err err = check_time(cx, record);
	if (fault) err = lg_fail(cx, LG_INVALID, field, lg_say(fault));
	return err;
}

/* --- until when */

static enum lg_err clock_of(struct lg_ctx *cx, struct call *c, struct hotline_hours **out, const char **municipality,
                            json_t **targets)
{
	struct db_entrance_clock_row row = { 0 };
	json_t *holidays = NULL;
	bool found;
	const char *zone = c->actor.zone ? c->actor.zone : "UTC";
	LG_TRY(db_entrance_clock(cx, c->db, &row, &found));
	if (found) LG_TRY(record_parse(cx, &holidays, row.holidays, strlen(row.holidays)));
	*targets = NULL;
	if (found) LG_TRY(record_parse(cx, targets, row.targets, strlen(row.targets)));
	*municipality = found ? row.first_municipality : NULL;
	*out = hotline_hours_of(cx, found && *row.hours ? row.hours : "mon-sun 00:00-24:00", holidays, zone);
	return LG_OK;
}

enum lg_err enquiry_clock(struct lg_ctx *cx, struct call *c, struct hotline_hours **out, const char **municipality)
{
	json_t *targets;
	return clock_of(cx, c, out, municipality, &targets);
}

/* Seconds of open time: as the office says, or as it came. */
static int64_t target_of(const json_t *targets, const json_t *record)
{
	const char *channel = word(record, "channel"), *priority = word(record, "priority");
	const json_t *row;
	size_t i;
	if (!*priority) priority = "normal";
	json_array_foreach(targets, i, row)
	{
		if (!strcmp(word(row, "channel"), channel) && !strcmp(word(row, "priority"), priority))
			return record_number(row, "minutes", 0) * MINUTE_S;
	}
	return (int64_t)enquiry_target_minutes(channel, priority) * MINUTE_S;
}

int64_t enquiry_due(struct lg_ctx *cx, const struct hotline_hours *h, const json_t *targets, int32_t today,
                    const json_t *record)
{
	const char *day = word(record, "callback_day"), *time = word(record, "callback_time");
	int32_t on = today;
	int64_t due;
	if (*day) lg_assert(lg_date_read(&on, day, strlen(day)));
	if (*time)
		due =
		    hotline_moment(h, (int64_t)on * DAY_S + (int64_t)week_minutes_read(time, strlen(time)) * MINUTE_S);
	else if (*day && on > today)
		due = hotline_opens(h, hotline_moment(h, (int64_t)on * DAY_S));
	else
		due = hotline_due(h, cx->now, target_of(targets, record));
	return due == HOTLINE_NEVER ? DB_NO_INT : due * US;
}

/* --- writing */

struct db_list enquiry_keys(struct lg_ctx *cx, const json_t *record)
{
	const char *names[] = { word(record, "caller_name"), word(record, "caller_place") };
	return record_keys(cx, names, 2);
}

const char *enquiry_digits_of(struct lg_ctx *cx, const json_t *record)
{
	char *digits = lg_alloc(cx->mem, ENQUIRY_DIGITS);
	enquiry_digits(digits, word(record, "caller_phone"));
	return *digits ? digits : NULL;
}

enum lg_err enquiry_register(struct lg_ctx *cx, struct call *c, json_t *record, const char *caller_from, bool invented,
                             const char **id)
{
	const struct seal_key *key;
	struct db_enquiry_add_row row = { 0 };
	struct hotline_hours *hours;
	json_t *targets = NULL;
	const char *municipality, *state = enquiry_begins(word(record, "channel"));
	bool staff = c->actor.kind == ACTOR_STAFF, mine = staff && !strcmp(state, "assigned");
	*id = record_new_id(cx);
	LG_TRY(enquiry_check(cx, record));
	LG_TRY(clock_of(cx, c, &hours, &municipality, &targets));
	db_enquiry_add_send(
	    cx, c->db, &row,
	    (struct db_enquiry_add_in){ .id = *id,
	                                .doc = record_text(cx, record),
	                                .by = c->actor.account,
	                                .digits = enquiry_digits_of(cx, record),
	                                .state = mine ? "assigned" : "new", /* a program answers nobody */
	                                .owner = mine ? c->actor.account : NULL,
	                                .due_at = enquiry_due(cx, hours, targets, page_today(cx, c), record),
	                                .caller_from = caller_from,
	                                .invented = invented });
	db_enquiry_keys_put_send(cx, c->db,
	                         (struct db_enquiry_keys_put_in){ .id = *id, .keys = enquiry_keys(cx, record) });
	LG_TRY(audit_key_new(cx, c, *id, &key));
	LG_TRY(
	    audit_change(cx, c, "registered", "enquiry", *id, 1, key, record_all_changes(cx, &enquiry_entity, record)));
	return db_sync(cx, c->db);
}

enum lg_err enquiry_fill(struct lg_ctx *cx, struct call *c, const char *before, json_t *record)
{
	static const char *const facts[] = { "caller_phone", "caller_mail", "municipality",
		                             "caller_place", "legal_basis", "caller_name" };
	struct enquiry one;
	const char *id;
	LG_TRY(app_uuid(before, &id));
	LG_TRY(enquiry_read(cx, c, id, &one));
	for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
		if (*word(one.record, facts[i]))
			json_object_set(record, facts[i], json_object_get(one.record, facts[i]));
	return LG_OK;
}

enum lg_err enquiry_change(struct lg_ctx *cx, struct call *c, struct enquiry *old, const struct section *s,
                           json_t *part, int64_t version)
{
	struct hotline_hours *hours;
	json_t *targets = NULL;
	const char *municipality;
	if (old->version != version) return LG_CONFLICT;
	json_t *record = record_with(cx, s, old->record, part);
	LG_TRY(enquiry_check(cx, record));
	json_t *before = record_section(cx, &enquiry_entity, s, old->record),
	       *after = record_section(cx, &enquiry_entity, s, record),
	       *changes = record_changes(cx, &enquiry_entity, s, before, after);
	if (!json_array_size(changes)) return LG_OK;
	bool agreed =
	    !json_equal(json_object_get(old->record, "callback_day"), json_object_get(record, "callback_day")) ||
	    !json_equal(json_object_get(old->record, "callback_time"), json_object_get(record, "callback_time")) ||
	    !json_equal(json_object_get(old->record, "priority"), json_object_get(record, "priority"));
	if (agreed) LG_TRY(clock_of(cx, c, &hours, &municipality, &targets));
	db_enquiry_put_send(
	    cx, c->db,
	    (struct db_enquiry_put_in){ .id = old->id,
	                                .version = version,
	                                .doc = record_text(cx, record),
	                                .digits = enquiry_digits_of(cx, record),
	                                .due_at = agreed ? enquiry_due(cx, hours, targets, page_today(cx, c), record)
	                                                 : old->row.due_at });
	db_enquiry_keys_put_send(cx, c->db,
	                         (struct db_enquiry_keys_put_in){ .id = old->id, .keys = enquiry_keys(cx, record) });
	LG_TRY(audit_change(cx, c, "changed", "enquiry", old->id, version + 1, old->key, changes));
	LG_TRY(db_sync(cx, c->db));
	old->record = record;
	old->version = version + 1;
	return LG_OK;
}

/* --- steps */

static json_t *moved(struct lg_ctx *cx, const char *field, const char *before, const char *after)
{
	return record_keep(cx, json_pack("[{s:s, s:s?, s:s?}]", "field", field, "before", before, "after", after));
}

enum lg_err enquiry_step(struct lg_ctx *cx, struct call *c, const struct enquiry *one, const char *to,
                         const char *outcome, int64_t version)
{
	struct hotline_hours *hours;
	json_t *targets = NULL;
	const char *municipality, *from = one->row.state;
	const char *fault = enquiry_move_fault(from, to, outcome ? outcome : one->row.outcome);
	bool again = enquiry_is_reopened(from, to);
	int64_t due = DB_NO_INT;
	if (one->version != version) return LG_CONFLICT;
	if (fault) return lg_fail(cx, LG_INVALID, "state", lg_say(fault));
	if (outcome && !choice_find(CHOICE_enquiry_outcome, outcome))
		return lg_fail(cx, LG_INVALID, "outcome", lg_say("Choose one of the list."));
	if (again) {
		LG_TRY(clock_of(cx, c, &hours, &municipality, &targets));
		due = hotline_due(hours, cx->now, target_of(targets, one->record));
		due = due == HOTLINE_NEVER ? DB_NO_INT : due * US;
	}
	if (!strcmp(from, "new"))
		db_enquiry_take_send(
		    cx, c->db,
		    (struct db_enquiry_take_in){ .id = one->id, .version = version, .by = c->actor.account });
	else
		db_enquiry_state_put_send(cx, c->db,
		                          (struct db_enquiry_state_put_in){ .id = one->id,
		                                                            .version = version,
		                                                            .from_state = from,
		                                                            .state = to,
		                                                            .outcome = outcome,
		                                                            .by = c->actor.account,
		                                                            .due_at = due,
		                                                            .again = again });
	LG_TRY(audit_change(cx, c, "moved", "enquiry", one->id, version + 1, one->key, moved(cx, "state", from, to)));
	return db_sync(cx, c->db);
}

enum lg_err enquiry_pass(struct lg_ctx *cx, struct call *c, const struct enquiry *one, const char *owner,
                         int64_t version)
{
	const char *id;
	if (one->version != version) return LG_CONFLICT;
	if (app_uuid(owner, &id) != LG_OK)
		return lg_fail(cx, LG_INVALID, "owner", lg_say("Choose a colleague of the list."));
	LG_TRY(colleague_check(cx, c, id, "owner"));
	if (!strcmp(one->row.state, "answered") || !strcmp(one->row.state, "closed"))
		return lg_fail(cx, LG_INVALID, "owner", lg_say("It is answered. Open it again before you pass it on."));
	if (one->row.owner && !strcmp(one->row.owner, id))
		return lg_fail(cx, LG_INVALID, "owner", lg_say("This colleague has it already."));
	db_enquiry_pass_send(cx, c->db, (struct db_enquiry_pass_in){ .id = one->id, .version = version, .owner = id });
	LG_TRY(audit_change(cx, c, "passed", "enquiry", one->id, version + 1, one->key,
	                    moved(cx, "owner", one->row.owner, id)));
	return db_sync(cx, c->db);
}

/* --- words */

const char *enquiry_caller(struct lg_ctx *cx, const char *name, const char *place, const char *municipality,
                           const char *phone)
{
	const char *parts[] = { name, place, municipality ? form_municipality(municipality) : NULL, phone }, *all = "";
	for (size_t i = 0; i < 3 + !*all; i++)
		if (parts[i] && *parts[i] && (i < 3 || !*all))
			all = lg_printf(cx->mem, "%s%s%s", all, *all ? " · " : "", parts[i]);
	return *all ? all : lg_say("A caller who is not named");
}
