/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* The entrance as everybody reads it, without sign-in. */
#include <stdlib.h>
#include <string.h>

#include "app/actor.h"
#include "app/answer.h"
#include "app/page.h"
#include "app/record.h"
#include "base/date.h"
#include "core/form.h"
#include "modules/hotline/article.h"
#include "modules/hotline/entities.h"
#include "modules/hotline/entrance_public.h"
#include "modules/hotline/hotline.h"
#include "modules/hotline/hours.h"
#include "modules/hotline/web_form.h"
#include "view/facts.html.h"
#include "view/notice.html.h"
#include "view/sheet.html.h"
#include "view/speech.h"
#include "view/when.h"

enum { FACTS = 10, DIGITS = 9, DATE = 11, SECTIONS = 4 };

/* "7"; anything else, and what no office has, is unknown. */
static int32_t office_named(const char *arg)
{
	size_t n = strspn(arg, "0123456789");
	return n && n <= DIGITS && !arg[n] && *arg != '0' ? (int32_t)strtol(arg, NULL, 10) : 0;
}

/* What is of the day, the newest first; of one day as the office wrote them. */
static json_t *news_of_today(struct lg_ctx *cx, const json_t *all, int32_t today)
{
	json_t *shown = record_keep(cx, json_array()), *row;
	char day[DATE];
	size_t i, at;
	lg_date_print(day, today);
	json_array_foreach(all, i, row)
	{
		const char *from = record_word(row, "from_date"), *until = record_word(row, "until_date");
		if (strcmp(from, day) > 0 || (*until && strcmp(until, day) < 0)) continue; /* days as 2026-11-29 */
		for (at = 0; at < json_array_size(shown); at++)
			if (strcmp(record_word(json_array_get(shown, at), "from_date"), from) < 0) break;
		json_array_insert(shown, at, row);
	}
	return shown;
}

/* In the name of the public, whoever is signed in. */
enum lg_err entrance_enter(struct lg_ctx *cx, struct call *c, const char *purpose, struct entrance_shown *out,
                           struct db **db)
{
	int32_t office = office_named(c->rq->args[0]);
	LG_TRY(app_end(cx, c));
	if (!office) return LG_UNKNOWN;
	LG_TRY(db_open(cx, app_setup(c->app)->pool, db,
	               &(struct db_who){ .as = DB_AS_PUBLIC, .tenant = office, .purpose = purpose }));
	db_entrance_public_send(cx, *db, &out->row);
	return LG_OK;
}

enum lg_err entrance_entered(struct lg_ctx *cx, struct db *db, enum lg_err err, struct entrance_shown *out)
{
	struct actor actor;
	if (err == LG_SIGN_IN || err == LG_DENIED) return LG_UNKNOWN;
	LG_TRY(err);
	LG_TRY(actor_read(cx, &actor, db_entered(db)->json));
	json_t *entered, *news;
	LG_TRY(record_parse(cx, &entered, db_entered(db)->json, strlen(db_entered(db)->json)));
	out->office = actor.tenant_name;
	out->zone = actor.zone;
	out->language = lg_strdup(cx->mem, record_word(entered, "language"));
	LG_TRY(record_parse(cx, &out->targets, out->row.targets, strlen(out->row.targets)));
	LG_TRY(record_parse(cx, &out->holidays, out->row.holidays, strlen(out->row.holidays)));
	LG_TRY(record_parse(cx, &news, out->row.news, strlen(out->row.news)));
	out->news = news_of_today(cx, news, lg_when_day(cx->now, out->zone));
	return LG_OK;
}

enum lg_err entrance_read(struct lg_ctx *cx, struct call *c, struct entrance_shown *out)
{
	struct db *db;
	LG_TRY(entrance_enter(cx, c, "hotline", out, &db));
	return entrance_entered(cx, db, db_end(cx, db), out);
}

static void put(struct html_facts *v, const char *name, const char *value, const char *url)
{
	if (value && *value)
		v->facts[v->n_facts++] = (struct html_facts_facts){ .name = name, .value = value, .url = url };
}

static const char *joined(struct lg_ctx *cx, const struct db_list *list, const char *(*words)(const char *code))
{
	const char *all = "";
	for (size_t i = 0; i < list->n; i++)
		all = lg_printf(cx->mem, "%s%s%s", all, i ? ", " : "", words(list->texts[i]));
	return all;
}

static const char *channel_words(const char *code) { return lg_say(choice_text(CHOICE_enquiry_channel, code)); }
static const char *language_words(const char *code) { return lg_say(choice_text(CHOICE_language, code)); }

const char *entrance_hours_words(struct lg_ctx *cx, struct call *c, const char *hours)
{
	const struct field *f = entity_field(&entrance_entity, "hours", "hours");
	return form_words(cx, c, f, record_keep(cx, json_string(hours)), NULL);
}

/* Those that are still to come. */
static const char *holiday_words(struct lg_ctx *cx, const struct entrance_shown *s, int32_t today)
{
	const char *all = "";
	size_t i;
	json_t *row;
	json_array_foreach(s->holidays, i, row)
	{
		int32_t day;
		const char *iso = record_word(row, "day");
		if (!lg_date_read(&day, iso, strlen(iso)) || day < today) continue;
		all = lg_printf(cx->mem, "%s%s%s (%s)", all, *all ? ", " : "", page_iso_date(cx, iso),
		                record_word(row, "name"));
	}
	return all;
}

/* What the office wrote is in its own language, whichever the page is in. */
static const char *written_in(const struct call *c, const struct entrance_shown *s)
{
	return *s->language && strcmp(s->language, c->language) != 0 ? s->language : NULL;
}

static struct html_facts *news_facts(struct lg_ctx *cx, const struct call *c, const struct entrance_shown *s)
{
	struct html_facts *v = lg_alloc(cx->mem, sizeof *v);
	const json_t *row;
	size_t i;
	*v = (struct html_facts){ 0 };
	v->facts = lg_array(cx->mem, json_array_size(s->news) + 1, sizeof *v->facts);
	json_array_foreach(s->news, i, row) v->facts[v->n_facts++] =
	    (struct html_facts_facts){ .name = record_word(row, "title"),
		                       .value = record_word(row, "words"),
		                       .lang = written_in(c, s),
		                       .more = page_iso_date(cx, record_word(row, "from_date")) };
	return v;
}

/* A mail without a receiver, with the address of the page in it. */
static const char *mail_of(struct lg_ctx *cx, const struct entrance_shown *s, const char *address)
{
	struct lg_buf *b = page_buffer(cx);
	lg_putf(b, "mailto:?subject=");
	http_put_encoded(b, s->row.name);
	lg_putf(b, "&body=");
	http_put_encoded(b, lg_printf(cx->mem, "%s\r\n%s\r\n%s", s->row.name, s->row.phone, address));
	return lg_strdup(cx->mem, b->data);
}

static void show(struct lg_ctx *cx, struct call *c, const struct entrance_shown *s)
{
	struct html_facts *v = lg_alloc(cx->mem, sizeof *v), *whom = lg_alloc(cx->mem, sizeof *whom);
	const struct hotline_hours *h = hotline_hours_of(cx, s->row.hours, s->holidays, s->zone);
	v->facts = lg_array(cx->mem, FACTS, sizeof *v->facts);
	whom->facts = lg_array(cx->mem, FACTS, sizeof *whom->facts);
	put(v, lg_say("Opening hours"), entrance_hours_words(cx, c, s->row.hours), NULL);
	put(v, lg_say("Closed on"), holiday_words(cx, s, lg_when_day(cx->now, s->zone)), NULL);
	put(v, lg_say("E-mail"), s->row.mail, s->row.mail ? lg_printf(cx->mem, "mailto:%s", s->row.mail) : NULL);
	put(v, lg_say("Ways in"), joined(cx, &s->row.channels, channel_words), NULL);
	put(v, lg_say("Languages spoken"), joined(cx, &s->row.languages, language_words), NULL);
	put(whom, lg_say("What it is for, and for whom"), s->row.words, NULL);
	if (whom->n_facts) whom->facts[0].lang = written_in(c, s);
	put(whom, lg_say("Municipalities covered"), joined(cx, &s->row.municipalities, form_municipality), NULL);
	const char *path = lg_printf(cx->mem, "/entrance/%d", (int)s->row.office);
	const char *address = lg_printf(cx->mem, "%s%s", app_setup(c->app)->public_url, path);
	put(whom, lg_say("Address of this page, to pass on"), address, path);
	struct html_notice notice = { .number = s->row.phone,
		                      .tel = page_tel(cx, s->row.phone),
		                      .now = hotline_hours_now(cx, h, s->zone),
		                      .facts = v,
		                      .send = mail_of(cx, s, address) };
	struct html_sheet_sections sections[SECTIONS];
	struct html_sheet sheet = { .title = s->row.name, .lead = s->office, .sections = sections };
	sections[sheet.n_sections++] =
	    (struct html_sheet_sections){ .title = lg_say("How to reach it"), .body = html_notice_any(&notice) };
	if (json_array_size(s->news))
		sections[sheet.n_sections++] =
		    (struct html_sheet_sections){ .title = lg_say("News"),
			                          .body = html_facts_any(news_facts(cx, c, s)) };
	sections[sheet.n_sections++] =
	    (struct html_sheet_sections){ .title = lg_say("For whom"), .body = html_facts_any(whom) };
	sheet.n_sections += web_form_section(cx, c, s, &sections[sheet.n_sections]);
	page_answer(cx, c,
	            &(struct page){ .title = s->row.name,
	                            .invented = s->row.invented,
	                            .canonical = path,
	                            .description = lg_printf(
	                                cx->mem, "%s · %s", s->row.phone,
	                                s->row.words && *s->row.words ? article_begins(cx, s->row.words) : s->office) },
	            html_sheet_any(&sheet));
}

static json_t *texts(const struct db_list *list)
{
	json_t *o = json_array();
	for (size_t i = 0; i < list->n; i++) json_array_append_new(o, json_string(list->texts[i]));
	return o;
}

static json_t *as_json(struct lg_ctx *cx, const struct entrance_shown *s)
{
	const struct hotline_hours *h = hotline_hours_of(cx, s->row.hours, s->holidays, s->zone);
	return record_keep(cx, json_pack("{s:s, s:s, s:s, s:s?, s:s?, s:s, s:s, s:O, s:O, s:o, s:o, s:o, s:b}",
	                                 "office", s->office, "name", s->row.name, "phone", s->row.phone, "mail",
	                                 s->row.mail, "words", s->row.words, "hours", s->row.hours, "zone", s->zone,
	                                 "holidays", s->holidays, "news", s->news, "channels", texts(&s->row.channels),
	                                 "municipalities", texts(&s->row.municipalities), "languages",
	                                 texts(&s->row.languages), "open", (int)hotline_is_open(h, cx->now)));
}

enum lg_err on_entrance_public(struct lg_ctx *cx, struct call *c)
{
	struct entrance_shown s = { 0 };
	LG_TRY(entrance_read(cx, c, &s));
	if (c->api)
		answer_json(cx, c, 200, as_json(cx, &s));
	else
		show(cx, c, &s);
	return LG_OK;
}
