/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/opening.h"

#include <string.h>

#include "app/audit.h"
#include "app/page.h"
#include "app/record.h"
#include "base/date.h"
#include "core/colleague.h"
#include "core/entity.h"
#include "core/name.h"
#include "core/placed.h"
#include "core/record_pages.h"
#include "core/record_store.h"
#include "view/speech.h"

static const char *word(const json_t *record, const char *name) { return record_word(record, name); }

enum lg_err opening_read(struct lg_ctx *cx, struct call *c, const char *id, struct opening *out)
{
	struct db_opening_get_row row;
	struct audit_key key;
	db_opening_get_send(cx, c->db, &row, (struct db_opening_get_in){ .id = id });
	audit_key_send(cx, c, id, &key);
	LG_TRY(db_sync(cx, c->db));
	*out = (struct opening){ .id = row.id,
		                 .employer = row.employer,
		                 .employer_name = row.employer_name,
		                 .version = row.version,
		                 .invented = row.invented };
	LG_TRY(record_parse(cx, &out->record, row.record, strlen(row.record)));
	return audit_key_open(cx, c, row.id, &key, &out->key);
}

/* --- rules */

static int32_t date_of(const json_t *r, const char *name)
{
	int32_t day;
	const char *s = word(r, name);
	return lg_date_read(&day, s, strlen(s)) ? day : DB_NO_DATE;
}

static bool has_rows(const json_t *r, const char *name) { return json_array_size(json_object_get(r, name)) > 0; }

struct opening_facts opening_facts_of(const json_t *record, int32_t today)
{
	int32_t expires = date_of(record, "expires_on");
	return (struct opening_facts){
		.occupation = has_rows(record, "occupations") || has_rows(record, "skills"),
		.place = *word(record, "municipality") || record_flag(record, "remote"),
		.expires = expires != DB_NO_DATE,
		.expired = expires != DB_NO_DATE && expires < today,
	};
}

enum lg_err opening_check(struct lg_ctx *cx, const json_t *record)
{
	enum lg_err err = LG_OK;
	int32_t start = date_of(record, "start_on"), end = date_of(record, "ends_on");
	if (!*word(record, "title")) err = lg_fail(cx, LG_INVALID, "title", lg_say("Please fill this in."));
	if (!*word(record, "kind")) err = lg_fail(cx, LG_INVALID, "kind", lg_say("Please fill this in."));
	if (json_is_integer(json_object_get(record, "positions")) && record_number(record, "positions", 1) < 1)
		err = lg_fail(cx, LG_INVALID, "positions", lg_say("At least one person is sought."));
	if (start != DB_NO_DATE && end != DB_NO_DATE && end < start)
		err = lg_fail(cx, LG_INVALID, "ends_on", lg_say("This is before the first day."));
	if (placed_too_far(record))
		err = lg_fail(cx, LG_INVALID, "point",
		              lg_say("This is far from the municipality. Write the latitude first, then the "
		                     "longitude."));
	return err;
}

/* --- writing */

static const char *sort_name(struct lg_ctx *cx, const json_t *record)
{
	return name_search(cx->mem, word(record, "title"));
}

static struct db_list keys_of(struct lg_ctx *cx, const json_t *record)
{
	const char *names[] = { word(record, "title") };
	return record_keys(cx, names, 1);
}

static enum lg_err check_consultant(struct lg_ctx *cx, struct call *c, const json_t *record, const json_t *old)
{
	const char *who = word(record, "consultant");
	if (!*who || !strcmp(who, word(old, "consultant"))) return LG_OK;
	return colleague_check(cx, c, who, "consultant");
}

enum lg_err opening_register(struct lg_ctx *cx, struct call *c, const char *employer, json_t *record, const char *state,
                             bool invented, const char **id)
{
	const struct seal_key *key;
	struct db_opening_at_row there;
	int32_t today = page_today(cx, c);
	*id = record_new_id(cx);
	LG_TRY(opening_check(cx, record));
	LG_TRY(check_consultant(cx, c, record, NULL));
	struct opening_facts facts = opening_facts_of(record, today);
	if (!strcmp(state, "open") && opening_move_fault("draft", state, &facts)) state = "draft";
	struct placed at = placed_at(record);
	if (!db_gathers(c->db)) /* whoever brings many has looked for their employers */
		db_opening_at_send(cx, c->db, &there, (struct db_opening_at_in){ .employer = employer });
	db_opening_add_send(cx, c->db,
	                    (struct db_opening_add_in){ .id = *id,
	                                                .employer = employer,
	                                                .doc = record_text(cx, record),
	                                                .by = c->actor.account,
	                                                .sort_name = sort_name(cx, record),
	                                                .invented = invented,
	                                                .state = state,
	                                                .today = today,
	                                                .latitude_e6 = at.latitude_e6,
	                                                .longitude_e6 = at.longitude_e6 });
	db_opening_keys_add_send(cx, c->db, (struct db_opening_keys_add_in){ .id = *id, .keys = keys_of(cx, record) });
	LG_TRY(audit_key_new(cx, c, *id, &key));
	LG_TRY(
	    audit_change(cx, c, "registered", "opening", *id, 1, key, record_all_changes(cx, &opening_entity, record)));
	return db_gathers(c->db) ? LG_OK : db_sync(cx, c->db);
}

enum lg_err opening_change(struct lg_ctx *cx, struct call *c, struct opening *old, const struct section *s,
                           json_t *part, int64_t version)
{
	json_t *changes =
	    record_changes(cx, &opening_entity, s, record_section(cx, &opening_entity, s, old->record), part);
	if (old->version != version) return LG_CONFLICT;
	json_t *record = record_with(cx, s, old->record, part);
	LG_TRY(opening_check(cx, record));
	if (!json_array_size(changes)) return LG_OK;
	LG_TRY(check_consultant(cx, c, record, old->record));
	struct placed at = placed_at(record);
	db_opening_put_send(cx, c->db,
	                    (struct db_opening_put_in){ .id = old->id,
	                                                .version = version,
	                                                .doc = record_text(cx, record),
	                                                .sort_name = sort_name(cx, record),
	                                                .latitude_e6 = at.latitude_e6,
	                                                .longitude_e6 = at.longitude_e6 });
	if (strcmp(word(record, "title"), word(old->record, "title")) != 0)
		db_opening_keys_put_send(cx, c->db,
		                         (struct db_opening_keys_put_in){ .id = old->id, .keys = keys_of(cx, record) });
	LG_TRY(audit_change(cx, c, "changed", "opening", old->id, version + 1, old->key, changes));
	LG_TRY(db_sync(cx, c->db));
	old->record = record;
	old->version = version + 1;
	return LG_OK;
}

enum lg_err opening_enter_state(struct lg_ctx *cx, struct call *c, const struct opening *old, const char *state,
                                int64_t version)
{
	int32_t today = page_today(cx, c);
	const char *now = word(old->record, "state");
	struct opening_facts facts = opening_facts_of(old->record, today);
	const char *fault = opening_move_fault(now, state, &facts);
	if (fault) return lg_fail(cx, LG_INVALID, "state", lg_say(fault));
	if (old->version != version) return LG_CONFLICT;
	db_opening_state_put_send(
	    cx, c->db,
	    (struct db_opening_state_put_in){
	        .id = old->id, .version = version, .from_state = now, .state = state, .today = today });
	json_t *changes =
	    record_keep(cx, json_pack("[{s:s, s:s, s:s}]", "field", "state", "before", now, "after", state));
	LG_TRY(audit_change(cx, c, "moved", "opening", old->id, version + 1, old->key, changes));
	return db_sync(cx, c->db);
}
