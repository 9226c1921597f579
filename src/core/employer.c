/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/employer.h"

#include <string.h>

#include "app/audit.h"
#include "app/page.h"
#include "app/record.h"
#include "base/date.h"
#include "core/colleague.h"
#include "core/company_number.h"
#include "core/entity.h"
#include "core/name.h"
#include "core/record_pages.h"
#include "core/record_store.h"
#include "view/speech.h"

static const char *word(const json_t *record, const char *name) { return record_word(record, name); }

enum lg_err employer_read(struct lg_ctx *cx, struct call *c, const char *id, struct employer *out)
{
	struct db_employer_get_row row;
	struct audit_key key;
	db_employer_get_send(cx, c->db, &row, (struct db_employer_get_in){ .id = id });
	audit_key_send(cx, c, id, &key);
	LG_TRY(db_sync(cx, c->db));
	*out = (struct employer){ .id = row.id, .version = row.version, .invented = row.invented };
	LG_TRY(record_parse(cx, &out->record, row.record, strlen(row.record)));
	return audit_key_open(cx, c, row.id, &key, &out->key);
}

/* --- rules */

static void complain(struct lg_ctx *cx, enum lg_err *err, const char *field, const char *text)
{
	*err = lg_fail(cx, LG_INVALID, field, text);
}

static void check_workplaces(struct lg_ctx *cx, json_t *record, enum lg_err *err)
{
	size_t i;
	json_t *row;
	json_array_foreach(json_object_get(record, "workplaces"), i, row)
	{
		char digits[COMPANY_NUMBER];
		const char *number = word(row, "unit_number");
		if (!*number) continue;
		const char *fault = workplace_number_read(digits, number, strlen(number));
		if (fault)
			complain(cx, err, lg_printf(cx->mem, "workplaces-%zu.unit_number", i), lg_say(fault));
		else
			json_object_set_new(row, "unit_number", json_string(digits));
	}
}

enum lg_err employer_check(struct lg_ctx *cx, json_t *record, int32_t today)
{
	enum lg_err err = LG_OK;
	char digits[COMPANY_NUMBER];
	const char *number = word(record, "number"), *said = word(record, "will_on");
	int32_t day;
	if (!*word(record, "name")) complain(cx, &err, "name", lg_say("Please fill this in."));
	if (*number) {
		const char *fault = company_number_read(digits, number, strlen(number));
		if (fault)
			complain(cx, &err, "number", lg_say(fault));
		else
			json_object_set_new(record, "number", json_string(digits));
	}
	if (lg_date_read(&day, said, strlen(said)) && day > today)
		complain(cx, &err, "will_on", lg_say("This date is in the future."));
	check_workplaces(cx, record, &err);
	return err;
}

const char *employer_number(struct lg_ctx *cx, const char *digits)
{
	char shown[16];
	if (!digits || !*digits) return "";
	company_number_show(shown, digits);
	return lg_strdup(cx->mem, shown);
}

/* --- writing */

static const char *sort_name(struct lg_ctx *cx, const json_t *record)
{
	return name_search(cx->mem, word(record, "name"));
}

static struct db_list keys_of(struct lg_ctx *cx, const json_t *record)
{
	const char *names[] = { word(record, "name") };
	return record_keys(cx, names, 1);
}

enum lg_err employer_alike(struct lg_ctx *cx, struct call *c, const json_t *record, struct db_employer_alike_rows *out)
{
	return db_employer_alike(
	    cx, c->db, out,
	    (struct db_employer_alike_in){ .number = word(record, "number"), .sort_name = sort_name(cx, record) });
}

static enum lg_err check_colleagues(struct lg_ctx *cx, struct call *c, const json_t *record, const json_t *old)
{
	static const char *const names[] = { "consultant", "stand_in" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const char *who = word(record, names[i]);
		if (*who && strcmp(who, word(old, names[i])) != 0) LG_TRY(colleague_check(cx, c, who, names[i]));
	}
	return LG_OK;
}

enum lg_err employer_register(struct lg_ctx *cx, struct call *c, json_t *record, bool invented, const char **id)
{
	const struct seal_key *key;
	struct db_employer_add_row row = { 0 };
	*id = record_new_id(cx);
	LG_TRY(employer_check(cx, record, page_today(cx, c)));
	LG_TRY(check_colleagues(cx, c, record, NULL));
	db_employer_add_send(cx, c->db, &row,
	                     (struct db_employer_add_in){ .id = *id,
	                                                  .doc = record_text(cx, record),
	                                                  .by = c->actor.account,
	                                                  .sort_name = sort_name(cx, record),
	                                                  .invented = invented });
	db_employer_keys_put_send(cx, c->db,
	                          (struct db_employer_keys_put_in){ .id = *id, .keys = keys_of(cx, record) });
	LG_TRY(audit_key_new(cx, c, *id, &key));
	LG_TRY(audit_change(cx, c, "registered", "employer", *id, 1, key,
	                    record_all_changes(cx, &employer_entity, record)));
	return db_sync(cx, c->db);
}

enum lg_err employer_change(struct lg_ctx *cx, struct call *c, struct employer *old, const struct section *s,
                            json_t *part, int64_t version)
{
	if (old->version != version) return LG_CONFLICT;
	json_t *record = record_with(cx, s, old->record, part);
	LG_TRY(employer_check(cx, record, page_today(cx, c)));
	json_t *changes = record_changes(cx, &employer_entity, s, record_section(cx, &employer_entity, s, old->record),
	                                 record_section(cx, &employer_entity, s, record));
	if (!json_array_size(changes)) return LG_OK;
	LG_TRY(check_colleagues(cx, c, record, old->record));
	db_employer_put_send(cx, c->db,
	                     (struct db_employer_put_in){ .id = old->id,
	                                                  .version = version,
	                                                  .doc = record_text(cx, record),
	                                                  .sort_name = sort_name(cx, record) });
	if (strcmp(word(record, "name"), word(old->record, "name")) != 0)
		db_employer_keys_put_send(
		    cx, c->db, (struct db_employer_keys_put_in){ .id = old->id, .keys = keys_of(cx, record) });
	LG_TRY(audit_change(cx, c, "changed", "employer", old->id, version + 1, old->key, changes));
	LG_TRY(db_sync(cx, c->db));
	old->record = record;
	old->version = version + 1;
	return LG_OK;
}

void employer_keys_send(struct lg_ctx *cx, struct call *c, const char *id, const json_t *record)
{
	db_employer_keys_put_send(cx, c->db, (struct db_employer_keys_put_in){ .id = id, .keys = keys_of(cx, record) });
}

void employer_put_send(struct lg_ctx *cx, struct call *c, const char *id, int64_t version, const json_t *record)
{
	db_employer_put_send(
	    cx, c->db,
	    (struct db_employer_put_in){
	        .id = id, .version = version, .doc = record_text(cx, record), .sort_name = sort_name(cx, record) });
	employer_keys_send(cx, c, id, record);
}
