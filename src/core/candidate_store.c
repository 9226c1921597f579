/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <string.h>

#include "app/answer.h"
#include "app/audit.h"
#include "app/page.h"
#include "app/seal.h"
#include "base/date.h"
#include "base/log.h"
#include "core/candidate.h"
#include "core/candidate.sql.h"
#include "core/candidate_state.h"
#include "core/colleague.h"
#include "core/document.h"
#include "core/identifier.h"
#include "core/merge.h"
#include "core/name.h"
#include "core/placed.h"
#include "core/record_pages.h"
#include "core/record_store.h"
#include "view/speech.h"

static const struct seal_ring *ring_of(struct lg_ctx *cx, const struct call *c)
{
	struct seal_ring *ring = lg_alloc(cx->mem, sizeof *ring);
	*ring = seal_ring_of(app_setup(c->app)->seal_key);
	return ring;
}

/* --- what follows from a record */

static const char *word(const json_t *record, const char *name) { return record_word(record, name); }

/* Missing Latin names follow from Cyrillic ones, by the passport's table. */
static void fill_latin(struct lg_ctx *cx, json_t *record, const char *latin, const char *native)
{
	const char *cyrillic = word(record, native);
	if (!*word(record, latin) && *cyrillic)
		json_object_set_new(record, latin, json_string(name_latin(cx->mem, cyrillic)));
}

static const char *sort_name(struct lg_ctx *cx, const json_t *r)
{
	const char *whole = lg_printf(cx->mem, "%s, %s", word(r, "family_name"), word(r, "given_name"));
	return name_search(cx->mem, whole);
}

static const char *likeness(struct lg_ctx *cx, const json_t *r)
{
	return name_key(cx->mem, word(r, "given_name"), word(r, "family_name"));
}

static struct db_list keys_of(struct lg_ctx *cx, const json_t *r)
{
	const char *names[] = { word(r, "given_name"), word(r, "family_name"), word(r, "given_native"),
		                word(r, "family_native") };
	return record_keys(cx, names, sizeof names / sizeof *names);
}

static int32_t date_of(const json_t *r, const char *name)
{
	int32_t day;
	const char *s = word(r, name);
	return lg_date_read(&day, s, strlen(s)) ? day : DB_NO_DATE;
}

static bool has_rows(const json_t *r, const char *name) { return json_array_size(json_object_get(r, name)) > 0; }

static bool has_level(const json_t *r)
{
	size_t i;
	json_t *one;
	json_array_foreach(json_object_get(r, "languages"), i, one)
	{
		static const char *const skills[] = { "listening", "reading", "interaction", "production", "writing" };
		for (size_t k = 0; k < sizeof skills / sizeof *skills; k++)
			if (*word(one, skills[k])) return true;
	}
	return false;
}

struct candidate_facts candidate_facts_of(const json_t *r)
{
	return (struct candidate_facts){
		.name = *word(r, "given_name") && *word(r, "family_name"),
		.born = *word(r, "born"),
		.reachable = *word(r, "phone") || *word(r, "mail") || *word(r, "address"),
		.municipality = *word(r, "municipality"),
		.legal_basis = *word(r, "legal_basis"),
		.residence = *word(r, "ground"),
		.language = has_level(r),
		.occupation = has_rows(r, "occupations") || has_rows(r, "skills"),
		.education_or_experience = has_rows(r, "education") || has_rows(r, "experience"),
		.availability = *word(r, "available"),
		.wants_work = *word(r, "wants_work"),
	};
}

/* --- rules across fields */

static enum lg_err note(struct lg_ctx *cx, enum lg_err *err, const char *field, const char *text)
{
	*err = lg_fail(cx, LG_INVALID, field, text);
	return *err;
}

enum lg_err candidate_check(struct lg_ctx *cx, const json_t *r, int32_t today)
{
	enum lg_err err = LG_OK;
	int32_t born = date_of(r, "born"), arrived = date_of(r, "arrived");
	int64_t least = record_number(r, "hours_least", -1), most = record_number(r, "hours_most", -1);
	if (!*word(r, "given_name")) (void)note(cx, &err, "given_name", lg_say("Please fill this in."));
	if (!*word(r, "family_name")) (void)note(cx, &err, "family_name", lg_say("Please fill this in."));
	if (!*word(r, "legal_basis"))
		(void)note(cx, &err, "legal_basis",
		           lg_say("Choose the legal basis before the name of a person is saved."));
	if (born != DB_NO_DATE && born > today && !record_flag(r, "invented"))
		(void)note(cx, &err, "born", lg_say("This date is in the future."));
	if (arrived != DB_NO_DATE && arrived > today)
		(void)note(cx, &err, "arrived", lg_say("This date is in the future."));
	if (placed_too_far(r))
		(void)note(cx, &err, "point",
		           lg_say("This is far from the municipality. Write the latitude first, then the longitude."));
	if (least >= 0 && most >= 0 && least > most)
		(void)note(cx, &err, "hours_most", lg_say("This is less than the fewest hours."));
	return err;
}

/* --- reading */

struct candidate_asked {
	struct db_candidate_get_row row;
	struct audit_key key;
};

struct candidate_asked *candidate_ask(struct lg_ctx *cx, struct call *c, const char *id)
{
	struct candidate_asked *asked = lg_alloc(cx->mem, sizeof *asked);
	db_candidate_get_send(cx, c->db, &asked->row, (struct db_candidate_get_in){ .id = id });
	audit_key_send(cx, c, id, &asked->key);
	return asked;
}

enum lg_err candidate_take(struct lg_ctx *cx, struct call *c, const struct candidate_asked *asked,
                           struct candidate *out)
{
	const struct db_candidate_get_row *row = &asked->row;
	*out = (struct candidate){ .id = row->id, .version = row->version, .invented = row->invented };
	LG_TRY(record_parse(cx, &out->record, row->record, strlen(row->record)));
	LG_TRY(record_parse(cx, &out->identifiers, row->identifiers, strlen(row->identifiers)));
	return audit_key_open(cx, c, row->id, &asked->key, &out->key);
}

void candidate_seen_send(struct lg_ctx *cx, struct call *c, const char *id, bool open, bool *seen)
{
	struct db_candidate_seen_row *row = lg_alloc(cx->mem, sizeof *row);
	char *request = lg_alloc(cx->mem, 17);
	lg_id_print(request, cx->id);
	db_candidate_seen_send(
	    cx, c->db, row, seen,
	    (struct db_candidate_seen_in){ .id = id, .open = open, .route = c->route->path, .request = request });
}

/* --- numbers */

/* What stands in a row, or what is wrong with it, told at its field. */
static enum lg_err read_number(struct lg_ctx *cx, struct identifier *out, const json_t *row, size_t at, int32_t born,
                               int32_t today)
{
	enum identifier_kind kind;
	const char *number = word(row, "number"), *field = lg_printf(cx->mem, "identifiers-%zu.number", at);
	if (!identifier_kind_named(&kind, word(row, "kind")))
		return lg_fail(cx, LG_INVALID, lg_printf(cx->mem, "identifiers-%zu.kind", at),
		               lg_say("Choose one of the list."));
	const char *fault = identifier_read(out, kind, number, strlen(number), today);
	if (fault) return lg_fail(cx, LG_INVALID, field, lg_say(fault));
	if (identifier_warnings(out, born == DB_NO_DATE ? IDENTIFIER_NO_DATE : born) & IDENTIFIER_OTHER_DATE)
		return lg_fail(cx, LG_INVALID, field, lg_say(identifier_warning_text(IDENTIFIER_OTHER_DATE)));
	return LG_OK;
}

static enum lg_err check_numbers(struct lg_ctx *cx, const json_t *rows, int32_t born, int32_t today)
{
	enum lg_err err = LG_OK;
	size_t i;
	json_t *row;
	json_array_foreach((json_t *)(uintptr_t)rows, i, row)
	{
		struct identifier id;
		enum lg_err one = read_number(cx, &id, row, i, born, today);
		if (one != LG_OK) err = one;
	}
	return err;
}

/* One row {kind, number, issuer, valid_until} as it is kept: sealed, with its blind key and its mask. */
static enum lg_err seal_number(struct lg_ctx *cx, struct call *c, const char *candidate, const struct seal_key *key,
                               const json_t *row, size_t at, int32_t born, int32_t today, json_t **out)
{
	struct identifier id = { 0 };
	char text[IDENTIFIER_KEY_ROOM], mask[IDENTIFIER_MASK_ROOM];
	uint8_t blind[SEAL_BLIND];
	struct db_bytes box;
	LG_TRY(read_number(cx, &id, row, at, born, today));
	identifier_key(&id, text);
	identifier_mask(&id, mask);
	const struct seal_ring *ring = ring_of(cx, c);
	seal_blind(blind, ring, c->actor.tenant, "identifier", text, strlen(text));
	LG_TRY(
	    seal_put(cx, key, seal_of(c->actor.tenant, candidate, "identifier"), id.number, strlen(id.number), &box));
	*out = json_object();
	json_object_set_new(*out, "kind", json_string(identifier_code(id.kind)));
	json_object_set_new(*out, "blind", json_string(seal_hex(cx, blind, sizeof blind)));
	json_object_set_new(*out, "box", json_string(seal_hex(cx, box.data, box.n)));
	json_object_set_new(*out, "masked", json_string(mask));
	json_object_set(*out, "issuer", json_object_get(row, "issuer"));
	json_object_set(*out, "valid_until", json_object_get(row, "valid_until"));
	return LG_OK;
}

bool candidate_number_is_odd(struct lg_ctx *cx, struct call *c, const json_t *identifiers)
{
	size_t i;
	json_t *row;
	json_array_foreach((json_t *)(uintptr_t)identifiers, i, row)
	{
		struct identifier id;
		enum identifier_kind kind;
		const char *number = word(row, "number");
		if (!identifier_kind_named(&kind, word(row, "kind"))) continue;
		if (identifier_read(&id, kind, number, strlen(number), page_today(cx, c))) continue;
		if (id.warnings & IDENTIFIER_UNCHECKED) return true;
	}
	return false;
}

/* A number that was shown masked and came back unchanged stays as it is. */
static const json_t *kept_number(const json_t *old, const json_t *row)
{
	size_t i;
	json_t *one;
	json_array_foreach((json_t *)(uintptr_t)old, i, one)
	{
		if (!strcmp(word(one, "kind"), word(row, "kind")) && !strcmp(word(one, "number"), word(row, "number")))
			return one;
	}
	return NULL;
}

static enum lg_err seal_numbers(struct lg_ctx *cx, struct call *c, const char *candidate, const struct seal_key *key,
                                const json_t *old, const json_t *rows, int32_t born, json_t **out)
{
	enum lg_err err = LG_OK;
	size_t i;
	json_t *row, *list = record_keep(cx, json_array());
	json_array_foreach((json_t *)(uintptr_t)rows, i, row)
	{
		json_t *sealed = NULL;
		const json_t *same = kept_number(old, row);
		if (same) {
			sealed = json_object();
			json_object_set(sealed, "id", json_object_get(same, "id"));
			json_object_set(sealed, "issuer", json_object_get(row, "issuer"));
			json_object_set(sealed, "valid_until", json_object_get(row, "valid_until"));
		} else {
			enum lg_err one = seal_number(cx, c, candidate, key, row, i, born, page_today(cx, c), &sealed);
			if (one != LG_OK) err = one;
		}
		if (sealed) json_array_append_new(list, sealed);
	}
	*out = list;
	return err;
}

static enum lg_err blinds_of(struct lg_ctx *cx, struct call *c, const json_t *rows, struct db_list *out)
{
	size_t i, n = 0;
	json_t *row;
	const char **texts = lg_array(cx->mem, json_array_size(rows) + 1, sizeof *texts);
	const struct seal_ring *ring = ring_of(cx, c);
	json_array_foreach((json_t *)(uintptr_t)rows, i, row)
	{
		struct identifier id;
		enum identifier_kind kind;
		char text[IDENTIFIER_KEY_ROOM];
		uint8_t blind[SEAL_BLIND];
		const char *number = word(row, "number");
		if (!identifier_kind_named(&kind, word(row, "kind"))) continue;
		if (identifier_read(&id, kind, number, strlen(number), page_today(cx, c)))
			continue; /* told elsewhere */
		identifier_key(&id, text);
		seal_blind(blind, ring, c->actor.tenant, "identifier", text, strlen(text));
		texts[n++] = seal_hex(cx, blind, sizeof blind);
	}
	*out = (struct db_list){ .texts = texts, .n = n };
	return LG_OK;
}

enum lg_err candidate_alike(struct lg_ctx *cx, struct call *c, const json_t *record, const json_t *identifiers,
                            const char *but, struct alike **out, size_t *n)
{
	struct db_candidate_alike_rows rows = { 0 };
	struct db_candidate_alike_in in = { .likeness = likeness(cx, record),
		                            .born = date_of(record, "born"),
		                            .but = but };
	LG_TRY(blinds_of(cx, c, identifiers, &in.blinds));
	LG_TRY(db_candidate_alike(cx, c->db, &rows, in));
	*out = lg_array(cx->mem, rows.n + 1, sizeof **out);
	*n = rows.n;
	for (size_t i = 0; i < rows.n; i++) {
		const struct db_candidate_alike_row *r = &rows.rows[i];
		(*out)[i] = (struct alike){
			.id = r->id,
			.given_name = r->given_name,
			.family_name = r->family_name,
			.given_native = r->given_native,
			.family_native = r->family_native,
			.state = r->state,
			.born = r->born,
			.by_number = r->by_number,
			.is_protected = r->is_protected,
		};
	}
	return LG_OK;
}

/* --- writing */

/* The database would refuse it too, without a word at the field. */
static enum lg_err check_unit(struct lg_ctx *cx, struct call *c, const char *unit)
{
	struct db_candidate_unit_fits_row row = { 0 };
	LG_TRY(
	    db_candidate_unit_fits(cx, c->db, &row, (struct db_candidate_unit_fits_in){ .unit = *unit ? unit : NULL }));
	return row.fits ? LG_OK : lg_fail(cx, LG_INVALID, "unit", lg_say("Choose one of the list."));
}

enum lg_err candidate_register(struct lg_ctx *cx, struct call *c, json_t *record, const json_t *identifiers,
                               bool invented, const char **id)
{
	const struct seal_key *key;
	json_t *sealed;
	struct placed place = placed_at(record);
	*id = record_new_id(cx);
	fill_latin(cx, record, "given_name", "given_native");
	fill_latin(cx, record, "family_name", "family_native");
	if (invented) json_object_set_new(record, "invented", json_true());
	LG_TRY(candidate_check(cx, record, page_today(cx, c)));
	if (*word(record, "unit")) LG_TRY(check_unit(cx, c, word(record, "unit")));
	if (*word(record, "owner")) LG_TRY(colleague_check(cx, c, word(record, "owner"), "owner"));
	/* Before the first word to the database: a page that tells of a fault keeps what was asked for until then. */
	LG_TRY(check_numbers(cx, identifiers, date_of(record, "born"), page_today(cx, c)));
	struct candidate_facts facts = candidate_facts_of(record);
	struct candidate_missing missing[CANDIDATE_MISSING_MOST];
	bool whole = candidate_missing_registration(missing, &facts) == 0;
	struct db_candidate_add_row row = { 0 };
	db_candidate_add_send(cx, c->db, &row,
	                      (struct db_candidate_add_in){ .id = *id,
	                                                    .doc = record_text(cx, record),
	                                                    .by = c->actor.account,
	                                                    .state = whole ? "registered" : "draft",
	                                                    .sort_name = sort_name(cx, record),
	                                                    .likeness = likeness(cx, record),
	                                                    .invented = invented,
	                                                    .latitude_e6 = place.latitude_e6,
	                                                    .longitude_e6 = place.longitude_e6 });
	db_candidate_keys_put_send(cx, c->db,
	                           (struct db_candidate_keys_put_in){ .id = *id, .keys = keys_of(cx, record) });
	LG_TRY(audit_key_new(cx, c, *id, &key));
	LG_TRY(seal_numbers(cx, c, *id, key, NULL, identifiers, date_of(record, "born"), &sealed));
	if (json_array_size(sealed))
		db_candidate_numbers_put_send(
		    cx, c->db, (struct db_candidate_numbers_put_in){ .id = *id, .rows = record_text(cx, sealed) });
	LG_TRY(audit_change(cx, c, "registered", "candidate", *id, 1, key,
	                    record_all_changes(cx, &candidate_entity, record)));
	return db_sync(cx, c->db);
}

static void put_row_send(struct lg_ctx *cx, struct call *c, const char *id, int64_t version, const json_t *record)
{
	struct placed place = placed_at(record);
	db_candidate_put_send(cx, c->db,
	                      (struct db_candidate_put_in){ .id = id,
	                                                    .version = version,
	                                                    .doc = record_text(cx, record),
	                                                    .sort_name = sort_name(cx, record),
	                                                    .likeness = likeness(cx, record),
	                                                    .latitude_e6 = place.latitude_e6,
	                                                    .longitude_e6 = place.longitude_e6 });
}

void candidate_keys_send(struct lg_ctx *cx, struct call *c, const char *id, const json_t *record)
{
	db_candidate_keys_put_send(cx, c->db,
	                           (struct db_candidate_keys_put_in){ .id = id, .keys = keys_of(cx, record) });
}

void candidate_put_send(struct lg_ctx *cx, struct call *c, const char *id, int64_t version, const json_t *record)
{
	put_row_send(cx, c, id, version, record);
	candidate_keys_send(cx, c, id, record);
}

static bool names_changed(const struct section *s) { return !strcmp(s->name, "person"); }

enum lg_err candidate_change(struct lg_ctx *cx, struct call *c, struct candidate *old, const struct section *s,
                             json_t *part, int64_t version)
{
	json_t *before = record_section(cx, &candidate_entity, s, old->record);
	json_t *changes = record_changes(cx, &candidate_entity, s, before, part);
	if (old->version != version) return LG_CONFLICT;
	json_t *record = record_with(cx, s, old->record, part);
	fill_latin(cx, record, "given_name", "given_native");
	fill_latin(cx, record, "family_name", "family_native");
	LG_TRY(candidate_check(cx, record, page_today(cx, c)));
	if (!json_array_size(changes)) return LG_OK;
	if (strcmp(word(record, "unit"), word(old->record, "unit")) != 0)
		LG_TRY(check_unit(cx, c, word(record, "unit")));
	if (*word(record, "owner") && strcmp(word(record, "owner"), word(old->record, "owner")) != 0)
		LG_TRY(colleague_check(cx, c, word(record, "owner"), "owner"));
	put_row_send(cx, c, old->id, version, record);
	if (names_changed(s)) candidate_keys_send(cx, c, old->id, record);
	LG_TRY(audit_change(cx, c, "changed", "candidate", old->id, version + 1, old->key, changes));
	LG_TRY(db_sync(cx, c->db));
	old->record = record;
	old->version = version + 1;
	return LG_OK;
}

/* What the history keeps of numbers: kinds and masks, never the number. */
static json_t *number_change(struct lg_ctx *cx, const json_t *before, const json_t *after)
{
	json_t *list = record_keep(cx, json_array()), *one = json_object();
	json_object_set_new(one, "field", json_string("identifiers"));
	json_object_set_new(one, "before", json_integer((json_int_t)json_array_size(before)));
	json_object_set_new(one, "after", json_integer((json_int_t)json_array_size(after)));
	json_array_append_new(list, one);
	return list;
}

enum lg_err candidate_change_numbers(struct lg_ctx *cx, struct call *c, struct candidate *old, const json_t *rows,
                                     int64_t version)
{
	json_t *sealed;
	if (old->version != version) return LG_CONFLICT;
	LG_TRY(seal_numbers(cx, c, old->id, old->key, old->identifiers, rows, date_of(old->record, "born"), &sealed));
	db_candidate_touch_send(cx, c->db, (struct db_candidate_touch_in){ .id = old->id, .version = version });
	db_candidate_numbers_put_send(
	    cx, c->db, (struct db_candidate_numbers_put_in){ .id = old->id, .rows = record_text(cx, sealed) });
	LG_TRY(audit_change(cx, c, "changed", "candidate", old->id, version + 1, old->key,
	                    number_change(cx, old->identifiers, rows)));
	old->version = version + 1;
	return db_sync(cx, c->db);
}

enum lg_err candidate_enter_state(struct lg_ctx *cx, struct call *c, const struct candidate *old, const char *state,
                                  const char *reason, int64_t version)
{
	enum candidate_state from, to;
	struct candidate_facts facts = candidate_facts_of(old->record);
	const char *now = word(old->record, "state");
	if (!candidate_state_named(&from, now)) return LG_FAULT;
	if (!candidate_state_named(&to, state))
		return lg_fail(cx, LG_INVALID, "state", lg_say("Choose one of the list."));
	const char *fault = candidate_move_fault(from, to, c->actor.rights, &facts, reason);
	if (fault) return lg_fail(cx, LG_INVALID, "state", lg_say(fault));
	if (old->version != version) return LG_CONFLICT;
	db_candidate_state_put_send(
	    cx, c->db,
	    (struct db_candidate_state_put_in){ .id = old->id,
	                                        .version = version,
	                                        .from_state = now,
	                                        .state = state,
	                                        .today = page_today(cx, c),
	                                        .reason = to == CANDIDATE_closed ? reason : NULL });
	json_t *changes =
	    record_keep(cx, json_pack("[{s:s, s:s, s:s}]", "field", "state", "before", now, "after", state));
	LG_TRY(audit_change(cx, c, "moved", "candidate", old->id, version + 1, old->key, changes));
	return db_sync(cx, c->db);
}

enum lg_err candidate_confirm(struct lg_ctx *cx, struct call *c, const struct candidate *old, int64_t version)
{
	if (old->version != version) return LG_CONFLICT;
	db_candidate_confirm_send(
	    cx, c->db,
	    (struct db_candidate_confirm_in){ .id = old->id, .version = version, .today = page_today(cx, c) });
	LG_TRY(audit_change(cx, c, "confirmed", "candidate", old->id, version + 1, old->key, NULL));
	return db_sync(cx, c->db);
}

enum lg_err candidate_erase(struct lg_ctx *cx, struct call *c, const struct candidate *old)
{
	document_forget_send(cx, c, old->id);
	merge_forget_send(cx, c, old->id);
	if (app_setup(c->app)->erase) app_setup(c->app)->erase(cx, c, old->id);
	db_candidate_erase_send(cx, c->db, (struct db_candidate_erase_in){ .id = old->id });
	audit_key_forget(cx, c, old->id);
	LG_TRY(audit_change(cx, c, "erased", "candidate", old->id, old->version, NULL, NULL));
	return db_sync(cx, c->db);
}

json_t *candidate_as_json(struct lg_ctx *cx, const struct candidate *one)
{
	json_t *o = record_keep(cx, json_object());
	json_object_set_new(o, "id", json_string(one->id));
	json_object_set_new(o, "version", json_integer(one->version));
	json_object_set(o, "state", json_object_get(one->record, "state"));
	json_object_set(o, "confirmed_on", json_object_get(one->record, "confirmed_on"));
	if (one->invented) json_object_set_new(o, "invented", json_true());
	record_put_sections(cx, o, &candidate_entity, one->record);
	json_object_set(o, "identifiers", one->identifiers);
	return o;
}
