/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/demo_load.h"

#include <string.h>

#include "app/actor.h"
#include "app/answer.h"
#include "app/page.h"
#include "app/record.h"
#include "app/seal.h"
#include "base/date.h"
#include "core/auth.sql.h"
#include "core/auth_password.h"
#include "core/auth_totp.h"
#include "core/candidate.h"
#include "core/demo_load.sql.h"
#include "core/demo_load_part.h"
#include "core/point.h"

enum { DAY_S = 24 * 3600, US = 1000000, MINUTE_S = 60, ARENA = 64 << 20 };

/* --- a record out of a person */

static void put_text(json_t *o, const char *name, const char *s)
{
	if (s && *s) json_object_set_new(o, name, json_string(s));
}

static void put_date(json_t *o, const char *name, int32_t day)
{
	char text[11];
	if (day == DEMO_NO_DATE) return;
	lg_date_print(text, day);
	json_object_set_new(o, name, json_string(text));
}

static void put_count(json_t *o, const char *name, int v)
{
	if (v > 0) json_object_set_new(o, name, json_integer(v));
}

static void put_set(json_t *o, const char *name, const char *const *codes)
{
	json_t *set = json_array();
	for (; *codes; codes++) json_array_append_new(set, json_string(*codes));
	json_object_set_new(o, name, set);
}

static json_t *put_list(json_t *o, const char *name)
{
	json_t *list = json_array();
	json_object_set_new(o, name, list);
	return list;
}

static void put_point(json_t *o, const char *name, struct point p)
{
	struct lg_buf text = { 0 };
	point_print(&text, p);
	put_text(o, name, text.data);
	lg_buf_free(&text);
}

static json_t *put_row(json_t *list)
{
	json_t *row = json_object();
	json_array_append_new(list, row);
	return row;
}

static void put_learned(json_t *o, const struct demo_person *p)
{
	json_t *list = put_list(o, "education");
	for (size_t i = 0; i < p->n_education; i++) {
		const struct demo_education *e = &p->education[i];
		json_t *row = put_row(list);
		put_text(row, "own_words", e->own_words), put_text(row, "tidied", e->tidied),
		    put_text(row, "level", e->level);
		put_text(row, "institution", e->institution), put_text(row, "country", e->country);
		put_count(row, "from_year", e->from_year), put_count(row, "to_year", e->to_year);
		json_object_set_new(row, "paper_seen", json_boolean(e->paper_seen));
	}
	list = put_list(o, "experience");
	for (size_t i = 0; i < p->n_experience; i++) {
		const struct demo_experience *e = &p->experience[i];
		json_t *row = put_row(list);
		put_text(row, "own_words", e->own_words), put_text(row, "tidied", e->tidied),
		    put_text(row, "occupation", e->occupation);
		put_text(row, "employer", e->employer), put_text(row, "country", e->country);
		put_date(row, "from_date", e->from_date), put_date(row, "to_date", e->to_date);
	}
	list = put_list(o, "licences");
	for (size_t i = 0; i < p->n_licences; i++) {
		const struct demo_licence *l = &p->licences[i];
		json_t *row = put_row(list);
		put_text(row, "occupation", l->occupation), put_text(row, "country", l->country),
		    put_text(row, "state", l->state);
		put_text(row, "remark", l->remark), put_date(row, "valid_until", l->valid_until);
	}
}

static void put_able(json_t *o, const struct demo_person *p)
{
	json_t *list = put_list(o, "languages");
	for (size_t i = 0; i < p->n_languages; i++) {
		const struct demo_language *l = &p->languages[i];
		json_t *row = put_row(list);
		put_text(row, "language", l->language), put_text(row, "listening", l->listening),
		    put_text(row, "reading", l->reading);
		put_text(row, "interaction", l->interaction), put_text(row, "production", l->production),
		    put_text(row, "writing", l->writing);
		put_text(row, "source", l->source), put_date(row, "seen_on", l->seen_on);
	}
	list = put_list(o, "occupations");
	for (size_t i = 0; i < p->n_occupations; i++) {
		json_t *row = put_row(list);
		put_text(row, "occupation", p->occupations[i].occupation),
		    put_text(row, "own_words", p->occupations[i].own_words);
		put_count(row, "years", p->occupations[i].years);
	}
	list = put_list(o, "wished");
	if (p->wished) put_text(put_row(list), "occupation", p->wished);
	list = put_list(o, "skills");
	for (size_t i = 0; i < p->n_skills; i++) put_text(put_row(list), "skill", p->skills[i]);
	list = put_list(o, "family");
	for (size_t i = 0; i < p->n_family; i++) {
		json_t *row = put_row(list);
		put_text(row, "relation", p->family[i].relation), put_text(row, "name", p->family[i].name);
		put_text(row, "remark", p->family[i].remark), put_date(row, "born", p->family[i].born);
	}
}

static json_t *record_of(struct lg_ctx *cx, const struct demo_person *p)
{
	json_t *o = record_keep(cx, json_object());
	put_text(o, "given_name", p->given_name), put_text(o, "family_name", p->family_name);
	put_text(o, "given_native", p->given_native), put_text(o, "family_native", p->family_native);
	put_text(o, "contact_language", p->contact_language), put_date(o, "born", p->born);
	json_object_set_new(o, "interpreter", json_boolean(p->interpreter));
	put_text(o, "phone", p->phone), put_text(o, "mail", p->mail), put_text(o, "channel", p->channel),
	    put_text(o, "address", p->address);
	put_text(o, "postal_code", p->postal_code), put_text(o, "town", p->town);
	put_text(o, "municipality", p->municipality), put_point(o, "point", p->home);
	json_object_set_new(o, "protected_address", json_boolean(p->protected_address));
	put_text(o, "ground", p->ground), put_date(o, "stay_until", p->stay_until), put_date(o, "arrived", p->arrived);
	put_text(o, "wants_work", p->wants_work), put_date(o, "wants_work_on", p->wants_work_on),
	    put_date(o, "can_start", p->can_start);
	put_set(o, "contracts", p->contracts), put_set(o, "driving", p->driving), put_set(o, "needs", p->needs);
	put_count(o, "hours_least", p->hours_least), put_count(o, "hours_most", p->hours_most),
	    put_count(o, "commute_km", p->commute_km);
	put_text(o, "wish_words", p->wish_words), put_text(o, "available", p->available),
	    put_text(o, "classes", p->classes);
	put_text(o, "needs_words", p->needs_words), put_text(o, "legal_basis", p->legal_basis),
	    put_date(o, "informed_on", p->informed_on);
	put_text(o, "next_step", p->next_step), put_date(o, "next_on", p->next_on);
	put_able(o, p);
	put_learned(o, p);
	return o;
}

static json_t *numbers_of(struct lg_ctx *cx, const struct demo_person *p)
{
	json_t *list = record_keep(cx, json_array());
	for (size_t i = 0; i < p->n_identifiers; i++) {
		json_t *row = put_row(list);
		put_text(row, "kind", p->identifiers[i].kind), put_text(row, "number", p->identifiers[i].number);
		put_text(row, "issuer", p->identifiers[i].issuer),
		    put_date(row, "valid_until", p->identifiers[i].valid_until);
	}
	return list;
}

/* --- the office */

static enum lg_err make_colleague(struct lg_ctx *cx, struct app *app, struct db_pool *pool, int64_t tenant,
                                  const char *hash, const struct demo_colleague *of, struct demo_member *out)
{
	struct db *db;
	struct db_auth_user_create_row user;
	struct db_auth_session_open_row session;
	uint8_t secret[TOTP_SECRET];
	struct db_bytes box;
	struct seal_ring ring = seal_ring_of(app_setup(app)->seal_key);
	const char *roles[] = { of->role };
	LG_TRY(db_open(cx, pool, &db, &(struct db_who){ .as = DB_AS_ROLE }));
	LG_TRY(db_auth_user_create(cx, db, &user,
	                           (struct db_auth_user_create_in){ .tenant = tenant,
	                                                            .mail = of->mail,
	                                                            .name = of->name,
	                                                            .language = of->language,
	                                                            .roles = { .texts = roles, .n = 1 },
	                                                            .hash = hash }));
	out->account = user.account;
	seal_random(secret, sizeof secret);
	LG_TRY(
	    seal_put(cx, seal_tenant(cx, &ring, 0), seal_of(0, out->account, "totp_box"), secret, sizeof secret, &box));
	db_demo_code_put_send(cx, db, (struct db_demo_code_put_in){ .account = out->account, .box = box });
	seal_random(out->token, sizeof out->token);
	db_auth_session_open_send(cx, db, &session,
	                          (struct db_auth_session_open_in){ .account = out->account,
	                                                            .tenant = tenant,
	                                                            .token = { out->token, SEAL_TOKEN },
	                                                            .strength = "totp",
	                                                            .address = "",
	                                                            .agent = "demonstration" });
	return db_end(cx, db);
}

static int64_t moment(int32_t day, int minute) { return ((int64_t)day * DAY_S + (int64_t)minute * MINUTE_S) * US; }

static void send_story(struct lg_ctx *cx, struct db *db, const struct demo_person *p, const char *id,
                       const struct demo_member *all)
{
	for (size_t i = 0; i < p->n_notes; i++)
		db_demo_note_add_send(cx, db,
		                      (struct db_demo_note_add_in){ .candidate = id,
		                                                    .account = all[p->notes[i].colleague].account,
		                                                    .at = moment(p->notes[i].day, p->notes[i].minute),
		                                                    .language = p->notes[i].language,
		                                                    .text = p->notes[i].text });
	for (size_t i = 0; i < p->n_contacts; i++) {
		const struct demo_contact *k = &p->contacts[i];
		db_demo_contact_add_send(cx, db,
		                         (struct db_demo_contact_add_in){ .candidate = id,
		                                                          .account = all[k->colleague].account,
		                                                          .at = moment(k->day, k->minute),
		                                                          .channel = k->channel,
		                                                          .direction = k->direction,
		                                                          .reached = k->reached,
		                                                          .words = k->words });
	}
	for (size_t i = 0; i < p->n_tasks; i++) {
		const struct demo_task *t = &p->tasks[i];
		db_demo_task_add_send(
		    cx, db,
		    (struct db_demo_task_add_in){ .candidate = id,
		                                  .what = t->what,
		                                  .due = t->due,
		                                  .owner = all[t->owner].account,
		                                  .created = moment(t->created, 600),
		                                  .done = t->done == DEMO_NO_DATE ? DB_NO_INT : moment(t->done, 840) });
	}
}

static enum lg_err load_person(struct lg_ctx *cx, struct app *app, const struct demo_person *p,
                               const struct demo_member *all)
{
	struct demo_act act;
	const char *id;
	LG_TRY(demo_act(cx, app, all[p->registered_by].token, &act));
	LG_TRY(candidate_register(cx, &act.c, record_of(cx, p), numbers_of(cx, p), true, &id));
	db_demo_person_put_send(cx, act.c.db,
	                        (struct db_demo_person_put_in){ .id = id,
	                                                        .state = p->state,
	                                                        .reason = p->closed_reason,
	                                                        .since = p->state_since,
	                                                        .registered = p->registered,
	                                                        .owner = p->owner < 0 ? NULL : all[p->owner].account });
	send_story(cx, act.c.db, p, id, all);
	return db_end(cx, act.c.db);
}

enum lg_err demo_load(struct lg_ctx *cx, struct app *app, struct db_pool *auth_pool, const struct demo_office *office,
                      demo_part *more)
{
	struct db *db;
	struct db_auth_tenants_row there;
	struct db_auth_tenant_create_row made;
	char hash[PASSWORD_HASH];
	struct demo_member *all = lg_array(cx->mem, office->n_colleagues, sizeof *all);
	LG_TRY(db_open(cx, auth_pool, &db, &(struct db_who){ .as = DB_AS_ROLE }));
	LG_TRY(db_auth_tenants(cx, db, &there));
	if (there.n) return LG_CONFLICT;
	LG_TRY(db_auth_tenant_create(cx, db, &made,
	                             (struct db_auth_tenant_create_in){
	                                 .template = "municipality_dk", .name = office->name, .language = "da" }));
	LG_TRY(db_end(cx, db));
	LG_TRY(password_hash(cx, hash, DEMO_PASSWORD));
	for (size_t i = 0; i < office->n_colleagues; i++)
		LG_TRY(make_colleague(cx, app, auth_pool, made.tenant, hash, &office->colleagues[i], &all[i]));
	for (size_t i = 0; i < office->n_people; i++) {
		struct lg_ctx one = { .mem = lg_arena_new(ARENA, NULL), .id = cx->id, .now = cx->now };
		enum lg_err err = load_person(&one, app, &office->people[i], all);
		if (err != LG_OK && one.notes)
			err = lg_failf(cx, err, one.notes->field ? lg_strdup(cx->mem, one.notes->field) : "", "%s",
			               one.notes->text);
		lg_arena_free(one.mem);
		LG_TRY(err);
	}
	size_t consultant = office->n_colleagues - 1;
	while (consultant && strcmp(office->colleagues[consultant].role, "consultant") != 0) consultant--;
	LG_TRY(demo_load_employers(cx, app, all[consultant].token, office, (int32_t)(cx->now / DAY_S)));
	if (more) LG_TRY(more(cx, &(struct demo_cast){ .app = app, .office = office, .members = all }));
	for (size_t i = 0; i < office->n_colleagues; i++) {
		LG_TRY(db_open(cx, auth_pool, &db, &(struct db_who){ .as = DB_AS_ROLE }));
		db_auth_session_close_send(cx, db,
		                           (struct db_auth_session_close_in){ .token = { all[i].token, SEAL_TOKEN } });
		LG_TRY(db_end(cx, db));
	}
	return LG_OK;
}
