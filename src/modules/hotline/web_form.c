/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/*
 * The form on the entrance's page: whoever has no account sends an enquiry. It is written by one function of the gate
 * (schema/0050), which counts the tries; what it may write is what the form has, and no name.
 */
#include "modules/hotline/web_form.h"

#include <ctype.h>
#include <string.h>

#include "app/answer.h"
#include "app/audit.h"
#include "app/page.h"
#include "app/seal.h"
#include "base/date.h"
#include "core/candidate.h"
#include "core/form.h"
#include "core/record_pages.h"
#include "core/record_store.h"
#include "modules/hotline/enquiry.h"
#include "modules/hotline/entities.h"
#include "modules/hotline/hotline.h"
#include "modules/hotline/web_form.sql.h"
#include "view/facts.html.h"
#include "view/speech.h"
#include "view/web_form.html.h"
#include "view/when.h"

enum { US = 1000000, MINUTE_S = 60, THROTTLED = 429, HALF = 4, REFERENCE = 2 * HALF + 1, FAR_DAYS = 62 };
/* People never see this field; programs that fill in every form do. */
#define TRAP "homepage"

static const char *word(const json_t *record, const char *name) { return record_word(record, name); }

static bool is_among(const struct db_list *list, const char *code)
{
	for (size_t i = 0; i < list->n; i++)
		if (!strcmp(list->texts[i], code)) return true;
	return false;
}

static bool takes_enquiries(const struct entrance_shown *s) { return is_among(&s->row.channels, "web"); }

const char *web_form_reference(struct lg_ctx *cx, const char *id)
{
	char *out = lg_alloc(cx->mem, REFERENCE + 1);
	for (size_t i = 0; i < HALF; i++) {
		out[i] = (char)toupper((unsigned char)id[i]);
		out[HALF + 1 + i] = (char)toupper((unsigned char)id[HALF + i]);
	}
	out[HALF] = '-';
	return out;
}

/* --- the form */

/* What was sent, as it came, to be shown again. */
static json_t *typed(struct lg_ctx *cx, const struct call *c)
{
	json_t *o = record_keep(cx, json_object());
	for (size_t i = 0; i < web_form_entity.n_fields; i++) {
		const char *name = web_form_entity.fields[i].name,
		           *sent = c->rq->method == HTTP_POST ? http_form(c->rq, name) : NULL;
		if (sent) json_object_set_new(o, name, json_string(sent));
	}
	return o;
}

/* Those that the hotline is for, and no others. */
static void put_municipalities(struct lg_ctx *cx, struct html_fields_fields *v, const struct db_list *covered,
                               const char *chosen)
{
	struct html_fields_fields_options *options = lg_array(cx->mem, covered->n + 1, sizeof *options);
	options[0] = (struct html_fields_fields_options){ .value = "", .label = "–" };
	for (size_t i = 0; i < covered->n; i++)
		options[i + 1] = (struct html_fields_fields_options){ .value = covered->texts[i],
			                                              .label = form_municipality(covered->texts[i]),
			                                              .chosen = !strcmp(covered->texts[i], chosen) };
	v->options = options;
	v->n_options = covered->n + 1;
}

/* Art. 13 GDPR, where it is asked. */
static struct html_facts *rights(struct lg_ctx *cx, const struct entrance_shown *s)
{
	struct html_facts *v = lg_alloc(cx->mem, sizeof *v);
	struct html_facts_facts facts[] = {
		{ .name = lg_say("Who is responsible"), .value = s->office },
		{ .name = lg_say("What for"),
		  .value = lg_say("To answer you. It is part of the office's public task (GDPR 6(1)(e)).") },
		{ .name = lg_say("How long it is kept"),
		  .value = lg_say("As long as we need it to answer you, and after that as long as the law on archives "
		                  "says. Then it is deleted.") },
		{ .name = lg_say("What you can ask for"),
		  .value = lg_say("To see it, to have it put right or deleted, to object, and to complain to the "
		                  "authority for data protection.") },
		{ .name = lg_say("More about it"),
		  .value = lg_say("How data about you are protected"),
		  .url = "/privacy" },
	};
	v->wide = true;
	v->n_facts = sizeof facts / sizeof *facts;
	v->facts = lg_array(cx->mem, v->n_facts, sizeof *v->facts);
	memcpy((void *)(uintptr_t)v->facts, facts, sizeof facts);
	return v;
}

size_t web_form_section(struct lg_ctx *cx, struct call *c, const struct entrance_shown *s,
                        struct html_sheet_sections *out)
{
	if (!takes_enquiries(s)) return 0;
	struct html_web_form *v = lg_alloc(cx->mem, sizeof *v);
	const json_t *record = typed(cx, c);
	struct html_fields *fields =
	    form_fields(cx, c, &web_form_entity, &web_form_entity.sections[0], record, NULL, 0);
	for (size_t i = 0; i < fields->n_fields; i++)
		if (!strcmp(fields->fields[i].name, "municipality"))
			put_municipalities(cx, (struct html_fields_fields *)(uintptr_t)&fields->fields[i],
			                   &s->row.municipalities, word(record, "municipality"));
	*v = (struct html_web_form){ .action = lg_printf(cx->mem, "/entrance/%lld/enquiry", (long long)s->row.office),
		                     .csrf = page_csrf(cx, c),
		                     .fields = fields,
		                     .rights = rights(cx, s) };
	*out = (struct html_sheet_sections){ .id = "write",
		                             .title = lg_say(web_form_entity.sections[0].label),
		                             .body = html_web_form_any(v) };
	return 1;
}

/* --- taking it */

/* What a field by itself cannot tell. */
static enum lg_err check(struct lg_ctx *cx, const struct entrance_shown *s, json_t *record)
{
	const char *place = word(record, "municipality"), *day = word(record, "callback_day");
	int32_t on, today = lg_when_day(cx->now, s->zone);
	enum lg_err err = LG_OK;
	if (!*word(record, "caller_phone") && !*word(record, "caller_mail"))
		err = lg_fail(cx, LG_INVALID, "caller_phone",
		              lg_say("Write a phone number or an e-mail address: else we cannot answer you."));
	if (*place && !is_among(&s->row.municipalities, place))
		err = lg_fail(cx, LG_INVALID, "municipality", lg_say("Choose a municipality of the list."));
	if (*day && (!lg_date_read(&on, day, strlen(day)) || on < today || on > today + FAR_DAYS))
		err = lg_fail(cx, LG_INVALID, "callback_day", lg_say("Choose a day from today on, within two months."));
	json_object_set_new(record, "channel", json_string("web"));
	json_object_set_new(record, "about", json_string("nobody"));
	json_object_set_new(record, "priority", json_string("normal"));
	enum lg_err rules = enquiry_check(cx, record);
	return err != LG_OK ? err : rules;
}

static enum lg_err read_form(struct lg_ctx *cx, struct call *c, const struct entrance_shown *s, json_t **record)
{
	static const char *const also[] = { "csrf", TRAP, NULL };
	json_t *sent;
	LG_TRY(record_from_form(cx, record, &sent, &web_form_entity, &web_form_entity.sections[0], &c->rq->form, also,
	                        core_checks(cx, c->app)));
	return check(cx, s, *record);
}

/* A time that is over today was meant for another day: then the clock of the ways in counts. */
static int64_t due_of(struct lg_ctx *cx, const struct entrance_shown *s, const json_t *record)
{
	const struct hotline_hours *h =
	    hotline_hours_of(cx, *s->row.hours ? s->row.hours : "mon-sun 00:00-24:00", s->holidays, s->zone);
	int32_t today = lg_when_day(cx->now, s->zone);
	int64_t due = enquiry_due(cx, h, s->targets, today, record);
	if (due == DB_NO_INT || due > cx->now * US) return due;
	json_t *without = record_keep(cx, json_pack("{s:s, s:s}", "channel", "web", "priority", "normal"));
	return enquiry_due(cx, h, s->targets, today, without);
}

/* LG_BUSY with a note: too many came. c->db is the form's own transaction, and so is who acts. */
static enum lg_err keep(struct lg_ctx *cx, struct call *c, const struct entrance_shown *s, json_t *record,
                        const char *id)
{
	const struct seal_key *key;
	struct db_web_form_add_row row = { 0 };
	struct db_web_form_add_in in = { .id = id,
		                         .address = c->rq->peer,
		                         .doc = record_text(cx, record),
		                         .digits = enquiry_digits_of(cx, record),
		                         .due_at = due_of(cx, s, record),
		                         .keys = enquiry_keys(cx, record) };
	struct seal_ring ring = seal_ring_of(app_setup(c->app)->seal_key);
	LG_TRY(seal_person_new(cx, &ring, c->actor.tenant, id, &key, &in.key_box));
	LG_TRY(db_web_form_add(cx, c->db, &row, in));
	if (row.wait_s) {
		uint64_t minutes = (uint64_t)(row.wait_s + MINUTE_S - 1) / MINUTE_S;
		http_put_header(c->rs, "Retry-After", lg_printf(cx->mem, "%lld", (long long)row.wait_s));
		return lg_failf(cx, LG_BUSY, "words",
		                lg_says("Too many questions came in a short time. Please ring us, or send it again in "
		                        "%d minute.",
		                        "Too many questions came in a short time. Please ring us, or send it again in "
		                        "%d minutes.",
		                        minutes),
		                (int)minutes);
	}
	LG_TRY(
	    audit_change(cx, c, "registered", "enquiry", id, 1, key, record_all_changes(cx, &enquiry_entity, record)));
	return app_end(cx, c);
}

static void see_receipt(struct lg_ctx *cx, struct call *c, const struct entrance_shown *s, const char *id)
{
	answer_see(
	    cx, c,
	    lg_printf(cx->mem, "/entrance/%lld/enquiry/%s", (long long)s->row.office, web_form_reference(cx, id)),
	    NULL);
}

static enum lg_err take(struct lg_ctx *cx, struct call *c, const struct entrance_shown *s, const char *id)
{
	json_t *record;
	const char *trap = http_form(c->rq, TRAP);
	if (!takes_enquiries(s)) return LG_UNKNOWN;
	if (trap && *trap) return LG_OK; /* as if it were sent */
	LG_TRY(read_form(cx, c, s, &record));
	return keep(cx, c, s, record, id);
}

enum lg_err on_web_form(struct lg_ctx *cx, struct call *c)
{
	struct entrance_shown s = { 0 };
	struct db *db;
	LG_TRY(entrance_enter(cx, c, "enquiry", &s, &db));
	LG_TRY(entrance_entered(cx, db, db_sync(cx, db), &s));
	/* Whoever is signed in asks as everybody does: nothing of them is written down. */
	struct actor asks = c->actor;
	const char *id = record_new_id(cx);
	c->actor = (struct actor){ .tenant = (int32_t)s.row.office, .zone = s.zone };
	c->db = db;
	enum lg_err err = take(cx, c, &s, id);
	c->actor = asks;
	if (c->db) db_abandon(c->db);
	c->db = NULL;
	if (err == LG_OK) return see_receipt(cx, c, &s, id), LG_OK;
	if (!cx->notes || (err != LG_INVALID && err != LG_BUSY)) return err;
	LG_TRY(on_entrance_public(cx, c));
	if (err == LG_BUSY) c->rs->status = THROTTLED;
	return LG_OK;
}

/* --- it is there */

static bool is_reference(const char *arg)
{
	for (size_t i = 0; i < REFERENCE; i++)
		if (i == HALF ? arg[i] != '-' : !arg[i] || !strchr("0123456789ABCDEF", arg[i])) return false;
	return !arg[REFERENCE];
}

enum lg_err on_web_form_receipt(struct lg_ctx *cx, struct call *c)
{
	struct entrance_shown s = { 0 };
	const char *reference = c->rq->args[1];
	if (!is_reference(reference)) return LG_UNKNOWN;
	LG_TRY(entrance_read(cx, c, &s));
	const struct hotline_hours *h = hotline_hours_of(cx, s.row.hours, s.holidays, s.zone);
	struct html_facts_facts facts[] = {
		{ .name = lg_say("Your reference"), .value = reference },
		{ .name = lg_say("Number"), .value = s.row.phone, .url = page_tel(cx, s.row.phone) },
		{ .name = lg_say("Now"), .value = hotline_hours_now(cx, h, s.zone) },
		{ .name = lg_say("Opening hours"), .value = entrance_hours_words(cx, c, s.row.hours) },
	};
	struct html_facts list = { .facts = facts, .n_facts = sizeof facts / sizeof *facts };
	struct html_sheet_sections section = {
		.title = lg_say("If it cannot wait, or you want to add something"),
		.help = lg_say("Ring us and say the reference. You need not send it again."),
		.body = html_facts_any(&list),
	};
	struct html_sheet sheet = { .title = lg_say("We have got your question"),
		                    .lead = lg_say("Somebody at the hotline answers you by phone or e-mail."),
		                    .sections = &section,
		                    .n_sections = 1 };
	struct page_crumb crumbs[] = { { s.row.name, lg_printf(cx->mem, "/entrance/%lld", (long long)s.row.office) } };
	page_answer(cx, c,
	            &(struct page){ .title = sheet.title, .crumbs = crumbs, .n_crumbs = 1, .invented = s.row.invented },
	            html_sheet_any(&sheet));
	return LG_OK;
}
