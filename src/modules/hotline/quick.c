/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* Somebody with health training is registered while the caller is on the phone; the core makes the candidate. */
#include <string.h>

#include "app/answer.h"
#include "app/audit.h"
#include "app/page.h"
#include "app/record.h"
#include "base/date.h"
#include "core/candidate.h"
#include "core/input.h"
#include "core/record_pages.h"
#include "core/small_form.h"
#include "modules/hotline/enquiry.h"
#include "modules/hotline/entities.h"
#include "modules/hotline/hotline.h"
#include "modules/hotline/screening.sql.h"
#include "view/record_new.html.h"
#include "view/speech.h"

static const char *word(const json_t *record, const char *name) { return record_word(record, name); }

/* --- from the short form to the record */

static void put_language(json_t *list, const json_t *q, const char *language, const char *level)
{
	static const char *const skills[] = { "listening", "reading", "interaction", "production", "writing" };
	json_t *row = json_object();
	if (*word(q, language)) {
		json_object_set(row, "language", json_object_get(q, language));
		for (size_t i = 0; *word(q, level) && i < sizeof skills / sizeof *skills; i++)
			json_object_set(row, skills[i], json_object_get(q, level));
		json_array_append(list, row);
	}
	json_decref(row);
}

static json_t *candidate_of(struct lg_ctx *cx, struct call *c, const json_t *q)
{
	static const char *const same[] = { "given_name", "family_name", "given_native", "family_native",
		                            "born",       "phone",       "municipality", "legal_basis",
		                            "wants_work", "wish_words",  "can_start",    "hours_most" };
	json_t *o = record_keep(cx, json_object()), *languages = json_array();
	char today[11];
	lg_date_print(today, page_today(cx, c));
	for (size_t i = 0; i < sizeof same / sizeof *same; i++)
		if (json_object_get(q, same[i])) json_object_set(o, same[i], json_object_get(q, same[i]));
	if (*word(q, "wants_work")) json_object_set_new(o, "wants_work_on", json_string(today));
	json_object_set_new(o, "occupations",
	                    json_pack("[{s:O, s:O?}]", "occupation", json_object_get(q, "occupation"), "years",
	                              json_object_get(q, "years")));
	if (*word(q, "education"))
		json_object_set_new(o, "education",
		                    json_pack("[{s:s, s:s}]", "own_words", word(q, "education"), "country",
		                              word(q, "education_country")));
	if (*word(q, "licence_state"))
		json_object_set_new(o, "licences",
		                    json_pack("[{s:s, s:s, s:s}]", "occupation", word(q, "occupation"), "country",
		                              !strncmp(word(q, "municipality"), "SE-", 3) ? "SE" : "DK", "state",
		                              word(q, "licence_state")));
	put_language(languages, q, "language_1", "level_1");
	put_language(languages, q, "language_2", "level_2");
	json_object_set_new(o, "languages", languages);
	json_object_set_new(o, "owner", json_string(c->actor.account));
	return o;
}

/* --- the page */

static void show(struct lg_ctx *cx, struct call *c, const struct enquiry *one, const json_t *typed,
                 const struct alike *alike, size_t n)
{
	const char *path = lg_printf(cx->mem, "/enquiries/%s", one->id);
	struct html_form *form = record_quick_form(cx, c, &quick_entity, lg_printf(cx->mem, "%s/candidate", path),
	                                           lg_say("Register"), typed, NULL);
	form->version = record_version(cx, one->version);
	form->cancel = path;
	struct html_record_new v = { .title = lg_say("Register a person with health training"),
		                     .lead = lg_say(
		                         "No more than the call needs. What the enquiry says already stands here."),
		                     .form = form };
	if (n) {
		candidate_put_alike(cx, &v, alike, n);
		record_put_anyway(cx, form, lg_say("This is another person. Register anyway."));
	}
	struct page_crumb crumbs[] = { { lg_say("Hotline"), "/hotline" }, { lg_say("Enquiry"), path } };
	page_answer(cx, c,
	            &(struct page){
	                .title = v.title, .crumbs = crumbs, .n_crumbs = 2, .here = "hotline", .status = n ? 409 : 0 },
	            html_record_new_any(&v));
}

/* What the enquiry knows is not asked again. */
static json_t *known(struct lg_ctx *cx, const struct enquiry *one)
{
	static const char *const same[] = { "municipality", "legal_basis", "occupation" };
	json_t *o = record_keep(cx, json_object());
	const char *name = word(one->record, "person_name"), *blank = strrchr(name, ' ');
	bool native = form_script_language(name) != NULL;
	for (size_t i = 0; i < sizeof same / sizeof *same; i++)
		if (*word(one->record, same[i])) json_object_set(o, same[i], json_object_get(one->record, same[i]));
	if (*name)
		json_object_set_new(
		    o, native ? "given_native" : "given_name",
		    json_string(lg_strndup(cx->mem, name, blank ? (size_t)(blank - name) : strlen(name))));
	if (blank) json_object_set_new(o, native ? "family_native" : "family_name", json_string(blank + 1));
	return o;
}

static enum lg_err begin(struct lg_ctx *cx, struct call *c, struct enquiry *one)
{
	const char *id;
	LG_TRY(app_uuid(c->rq->args[0], &id));
	LG_TRY(enquiry_read(cx, c, id, one));
	return one->row.candidate || one->row.share
	           ? lg_fail(cx, LG_CONFLICT, "", lg_say("A person is linked to this enquiry already."))
	           : LG_OK;
}

enum lg_err on_quick(struct lg_ctx *cx, struct call *c)
{
	struct enquiry one;
	LG_TRY(begin(cx, c, &one));
	LG_TRY(app_end(cx, c));
	show(cx, c, &one, known(cx, &one), NULL, 0);
	return LG_OK;
}

static enum lg_err link_to(struct lg_ctx *cx, struct call *c, const struct enquiry *one, const char *candidate,
                           int64_t version)
{
	db_enquiry_link_send(cx, c->db,
	                     (struct db_enquiry_link_in){ .id = one->id, .version = version, .candidate = candidate });
	LG_TRY(audit_change(cx, c, "linked", "enquiry", one->id, version + 1, NULL, NULL));
	return db_sync(cx, c->db);
}

enum lg_err on_quick_add(struct lg_ctx *cx, struct call *c)
{
	struct enquiry one;
	struct alike *alike = NULL;
	json_t *q, *typed;
	size_t n = 0;
	const char *id;
	LG_TRY(begin(cx, c, &one));
	int64_t seen;
	if (!input_version(cx, c, one.version, &seen)) return LG_OK;
	enum lg_err err = record_read_new(cx, c, &quick_entity, &q, &typed);
	json_t *record = err == LG_OK ? candidate_of(cx, c, q) : NULL, *numbers = record_keep(cx, json_array());
	if (err == LG_OK) err = candidate_check(cx, record, page_today(cx, c));
	if (err == LG_OK && !record_is_anyway(c)) {
		LG_TRY(candidate_alike(cx, c, record, numbers, NULL, &alike, &n));
		json_t *ids = record_keep(cx, json_array());
		for (size_t i = 0; i < n; i++) json_array_append_new(ids, json_pack("{s:s}", "id", alike[i].id));
		if (n && c->api)
			return record_answer_alike(cx, c, lg_say("This person may be registered already"), ids), LG_OK;
		if (n) return show(cx, c, &one, typed, alike, n), LG_OK;
	}
	if (err == LG_OK) err = candidate_register(cx, c, record, numbers, app_setup(c->app)->trial, &id);
	if (err == LG_INVALID && !c->api) return show(cx, c, &one, typed, NULL, 0), LG_OK;
	LG_TRY(err);
	LG_TRY(link_to(cx, c, &one, id, seen));
	if (c->api) return record_answer_made(cx, c, "/candidates", id, NULL), LG_OK;
	answer_see(cx, c, lg_printf(cx->mem, "/candidates/%s/screening", id), "registered");
	return LG_OK;
}

/* "https://.../candidates/UUID", or the id alone. */
static const char *id_in(const char *text)
{
	const char *slash = strstr(text, "/candidates/");
	return slash ? slash + strlen("/candidates/") : text;
}

enum lg_err on_enquiry_link(struct lg_ctx *cx, struct call *c)
{
	static const char *const names[] = { "candidate", NULL };
	enum { ID = 36 };
	struct enquiry one;
	json_t *body = NULL;
	int64_t seen;
	const char *candidate;
	LG_TRY(begin(cx, c, &one));
	if (c->api) LG_TRY(input_json(cx, c, &body));
	LG_TRY(input_only(cx, c, body, names));
	if (!input_version(cx, c, one.version, &seen)) return LG_OK;
	const char *said = c->api ? record_word(body, "candidate") : small_sent(c, "candidate");
	struct candidate person;
	if (app_uuid(lg_strndup(cx->mem, id_in(said), strnlen(id_in(said), ID)), &candidate) != LG_OK)
		return lg_fail(cx, LG_INVALID, "candidate", lg_say("Paste the address of the person's page."));
	struct candidate_asked *asked = candidate_ask(cx, c, candidate);
	LG_TRY(db_sync(cx, c->db));
	LG_TRY(candidate_take(cx, c, asked, &person));
	LG_TRY(link_to(cx, c, &one, person.id, seen));
	answer_see(cx, c, lg_printf(cx->mem, "/enquiries/%s", one.id), "saved");
	return LG_OK;
}
