/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* What an office shows to everybody: pages for people, JobPostings and feeds for programs. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/answer.h"
#include "app/page.h"
#include "app/record.h"
#include "app/seal.h"
#include "core/core.h"
#include "core/entity.h"
#include "core/form.h"
#include "core/list_page.h"
#include "core/publication.h"
#include "core/sheet_table.h"
#include "formats/atom.h"
#include "view/facts.html.h"
#include "view/number.h"
#include "view/sheet.html.h"
#include "view/speech.h"

enum { PAGE = 50, PAGE_OF_FEED = 100, US = 1000000 };
#define JSON_LD "application/ld+json"
#define ATOM "application/atom+xml"

static const char *word(const json_t *record, const char *name) { return record_word(record, name); }

/* --- where a page of the list goes on: "MICROSECONDS|UUID" */

static enum lg_err read_after(struct lg_ctx *cx, const struct call *c, int64_t *before, const char **id)
{
	const char *after = http_query(c->rq, "after"), *bar = after ? strchr(after, '|') : NULL;
	char *end;
	*before = DB_NO_INT, *id = NULL;
	if (!after || !*after) return LG_OK;
	*before = strtoll(after, &end, 10);
	if (!bar || end != bar || app_uuid(bar + 1, id) != LG_OK) return list_refuse(cx, "after");
	return LG_OK;
}

static const char *after(struct lg_ctx *cx, const struct publisher *of, const char *path, size_t room)
{
	if (of->rows.n <= room) return NULL;
	const struct db_publication_list_row *last = &of->rows.rows[room - 1];
	return lg_printf(cx->mem, "%s?after=%lld%%7C%s", path, (long long)last->posted, last->id);
}

static enum lg_err read_page(struct lg_ctx *cx, struct call *c, size_t room, struct publisher *out, size_t *n)
{
	int64_t before;
	const char *id;
	LG_TRY(read_after(cx, c, &before, &id));
	LG_TRY(publisher_read(cx, c, before, id, (int64_t)room + 1, out));
	*n = out->rows.n > room ? room : out->rows.n;
	return LG_OK;
}

static const char *list_path(struct lg_ctx *cx, const struct publisher *of, const char *end)
{
	return lg_printf(cx->mem, "/jobs/%s%s", of->tenant, end);
}

static const char *whole(struct lg_ctx *cx, const struct call *c, const char *path)
{
	return path ? lg_printf(cx->mem, "%s%s", app_setup(c->app)->public_url, path) : NULL;
}

/* --- answers that may be kept */

static const char *time_in(struct lg_ctx *cx, int64_t at_us, bool of_header)
{
	enum { TIME = 40 };
	struct tm tm;
	time_t at = (time_t)(at_us / US);
	char *text = lg_alloc(cx->mem, TIME);
	lg_assert(gmtime_r(&at, &tm));
	if (of_header)
		lg_assert(strftime(text, TIME, "%a, %d %b %Y %H:%M:%S GMT", &tm));
	else
		lg_assert(strftime(text, TIME, "%Y-%m-%dT%H:%M:%SZ", &tm));
	return text;
}

static bool is_known(const struct call *c, const char *etag)
{
	const char *known = http_header(c->rq, "If-None-Match");
	return known && (!strcmp(known, "*") || strstr(known, etag));
}

/* Search engines look at no trial, and at nothing invented. */
static void put_robots(struct call *c, bool invented)
{
	if (app_setup(c->app)->trial || invented) http_put_header(c->rs, "X-Robots-Tag", "noindex");
}

/* The body is there: say until when it may be kept, and that it is the same as before if it is. */
static void answer_kept(struct lg_ctx *cx, struct call *c, const char *type, int64_t changed)
{
	uint8_t hash[32];
	struct http_response *rs = c->rs;
	seal_hash(hash, rs->body.data, rs->body.len);
	const char *etag = lg_printf(cx->mem, "\"%s\"", seal_hex(cx, hash, sizeof hash / 2));
	rs->status = 200;
	rs->type = type;
	http_put_header(rs, "ETag", etag);
	http_put_header(rs, "Last-Modified", time_in(cx, changed, true));
	http_put_header(rs, "Cache-Control", "public, max-age=300");
	http_put_header(rs, "Access-Control-Allow-Origin", "*");
	if (!is_known(c, etag)) return;
	rs->status = 304;
	rs->type = NULL;
	lg_buf_clear(&rs->body);
}

static void put_next(struct lg_ctx *cx, struct call *c, const char *next)
{
	if (next) http_put_header(c->rs, "Link", lg_printf(cx->mem, "<%s>; rel=\"next\"", next));
}

/* --- for programs */

static void speak(struct call *c, const char *language)
{
	c->language = language;
	lg_speak_here(language);
}

static json_t *posting_json(struct lg_ctx *cx, struct call *c, const struct publisher *of, const struct publication *p)
{
	struct lg_posting posting = publication_posting(cx, c, of, p);
	struct lg_buf *text = page_buffer(cx);
	json_t *o;
	lg_posting_print(text, &posting);
	lg_assert(record_parse(cx, &o, text->data, text->len) == LG_OK);
	return o;
}

enum lg_err on_job_posting(struct lg_ctx *cx, struct call *c)
{
	struct publisher of;
	struct publication p;
	const char *id;
	LG_TRY(app_uuid(c->rq->args[1], &id));
	enum lg_err err = publication_read(cx, c, id, &of, &p);
	if (publication_leads(cx, c, err)) return LG_OK;
	LG_TRY(err);
	speak(c, of.language);
	struct lg_posting posting = publication_posting(cx, c, &of, &p);
	lg_posting_print(&c->rs->body, &posting);
	lg_putc(&c->rs->body, '\n');
	put_robots(c, record_flag(p.facts, "invented"));
	answer_kept(cx, c, JSON_LD, p.changed);
	return LG_OK;
}

enum lg_err on_jobs_list(struct lg_ctx *cx, struct call *c)
{
	struct publisher of;
	size_t n;
	bool invented = false;
	enum lg_err err = read_page(cx, c, PAGE_OF_FEED, &of, &n);
	if (publication_leads(cx, c, err)) return LG_OK;
	LG_TRY(err);
	speak(c, of.language);
	json_t *o = record_keep(cx, json_object()), *items = json_array();
	json_object_set_new(o, "@context", json_string("https://schema.org"));
	json_object_set_new(o, "@type", json_string("ItemList"));
	json_object_set_new(o, "name", json_string(of.name));
	json_object_set_new(o, "url", json_string(whole(cx, c, list_path(cx, &of, ""))));
	json_object_set_new(o, "numberOfItems", json_integer((json_int_t)n));
	for (size_t i = 0; i < n; i++) {
		struct publication p;
		LG_TRY(publication_of(cx, &of.rows.rows[i], &p));
		json_t *item = json_pack("{s:s, s:I, s:O}", "@type", "ListItem", "position", (json_int_t)i + 1, "item",
		                         posting_json(cx, c, &of, &p));
		json_array_append_new(items, item);
		invented = invented || record_flag(p.facts, "invented");
	}
	json_object_set_new(o, "itemListElement", items);
	lg_puts(&c->rs->body, record_text(cx, o));
	lg_putc(&c->rs->body, '\n');
	put_next(cx, c, after(cx, &of, list_path(cx, &of, "/feed.jsonld"), PAGE_OF_FEED));
	put_robots(c, invented);
	answer_kept(cx, c, JSON_LD, of.changed);
	return LG_OK;
}

static const char *summary(struct lg_ctx *cx, const json_t *facts)
{
	const char *place = publication_place(facts), *words = word(facts, "words");
	return lg_printf(cx->mem, "%s%s%s%s%s", word(facts, "employer_name"), *place ? ", " : "", place,
	                 *words ? "\n\n" : "", words);
}

enum lg_err on_jobs_feed(struct lg_ctx *cx, struct call *c)
{
	struct publisher of;
	size_t n;
	enum lg_err err = read_page(cx, c, PAGE_OF_FEED, &of, &n);
	if (publication_leads(cx, c, err)) return LG_OK;
	LG_TRY(err);
	speak(c, of.language);
	struct lg_atom_entry *entries = lg_array(cx->mem, n + 1, sizeof *entries);
	for (size_t i = 0; i < n; i++) {
		struct publication p;
		LG_TRY(publication_of(cx, &of.rows.rows[i], &p));
		entries[i] = (struct lg_atom_entry){ .id = lg_printf(cx->mem, "urn:uuid:%s", p.id),
			                             .title = word(p.facts, "title"),
			                             .url = whole(cx, c, publication_path(cx, &of, p.id)),
			                             .published = time_in(cx, p.posted, false),
			                             .updated = time_in(cx, p.changed, false),
			                             .summary = summary(cx, p.facts) };
	}
	const char *path = list_path(cx, &of, "/feed.atom"), *next = after(cx, &of, path, PAGE_OF_FEED);
	struct lg_atom feed = { .id = whole(cx, c, path),
		                .title = lg_printf(cx->mem, lg_say("Openings: %s"), of.name),
		                .author = of.name,
		                .language = of.language,
		                .updated = time_in(cx, of.changed, false),
		                .url = whole(cx, c, list_path(cx, &of, "")),
		                .self = whole(cx, c, path),
		                .next = whole(cx, c, next),
		                .entries = entries,
		                .n_entries = n };
	lg_atom_print(&c->rs->body, &feed);
	put_next(cx, c, next);
	put_robots(c, false);
	answer_kept(cx, c, ATOM, of.changed);
	return LG_OK;
}

enum lg_err on_robots(struct lg_ctx *cx, struct call *c)
{
	(void)cx;
	lg_puts(&c->rs->body, "User-agent: *\nDisallow: /\n");
	if (!app_setup(c->app)->trial) lg_puts(&c->rs->body, "Allow: /jobs/\nAllow: /assets/\n");
	c->rs->status = 200;
	c->rs->type = "text/plain; charset=utf-8";
	http_put_header(c->rs, "Cache-Control", "public, max-age=3600");
	return LG_OK;
}

/* --- for people */

static void put_fact(struct html_facts *v, const char *name, const char *value, const char *url)
{
	if (*value) v->facts[v->n_facts++] = (struct html_facts_facts){ .name = name, .value = value, .url = url };
}

/* What is said of it: of single sections each field, of a list all rows. */
static void put_section(struct lg_ctx *cx, struct call *c, const json_t *facts, const struct section *s,
                        struct html_facts *v)
{
	size_t n, i;
	const struct field *fields = section_fields(&opening_entity, s, &n);
	const char *all = "";
	const json_t *row;
	for (const struct field *f = fields; s->kind == SECTION_ONE && f < fields + n; f++)
		put_fact(v, lg_say(f->label), form_words(cx, c, f, json_object_get(facts, f->name), NULL), NULL);
	if (s->kind == SECTION_ONE) return;
	json_array_foreach(json_object_get(facts, s->name), i, row) all =
	    lg_printf(cx->mem, "%s%s%s", all, i ? "\n" : "", form_row_words(cx, c, &opening_entity, s, row, NULL));
	put_fact(v, lg_say(s->label), all, NULL);
}

static struct html_facts *facts_of(struct lg_ctx *cx, struct call *c, const struct publisher *of, const json_t *facts)
{
	struct html_facts *v = lg_alloc(cx->mem, sizeof *v);
	json_t *told = record_keep(cx, json_copy((json_t *)(uintptr_t)facts));
	static const char *const apart[] = { "title", "public_contact", "public_phone", "public_mail", "point" };
	for (size_t i = 0; i < sizeof apart / sizeof *apart; i++) json_object_del(told, apart[i]);
	v->facts = lg_array(cx->mem, opening_entity.n_fields + 1, sizeof *v->facts);
	put_fact(v, lg_say("Employer"), word(facts, "employer_name"), NULL);
	for (size_t i = 0; i < opening_entity.n_sections; i++) put_section(cx, c, told, &opening_entity.sections[i], v);
	for (size_t k = 0; k < v->n_facts; k++) /* what somebody wrote is in the office's language, as far as we know */
		if (!strcmp(v->facts[k].value, word(facts, "words"))) v->facts[k].lang = of->language;
	return v;
}

static struct html_facts *contact_of(struct lg_ctx *cx, const json_t *facts)
{
	struct html_facts *v = lg_alloc(cx->mem, sizeof *v);
	const char *phone = word(facts, "public_phone"), *mail = word(facts, "public_mail");
	v->facts = lg_array(cx->mem, 3, sizeof *v->facts);
	put_fact(v, lg_say("Name"), word(facts, "public_contact"), NULL);
	put_fact(v, lg_say("Phone"), phone, page_tel(cx, phone));
	put_fact(v, lg_say("E-mail"), mail, lg_printf(cx->mem, "mailto:%s", mail));
	return v;
}

/* The same as a JobPosting, in the office's language. */
static const char *posting_text(struct lg_ctx *cx, struct call *c, const struct publisher *of,
                                const struct publication *p)
{
	const char *reader = c->language;
	struct lg_buf *text = page_buffer(cx);
	speak(c, of->language);
	struct lg_posting posting = publication_posting(cx, c, of, p);
	lg_posting_print(text, &posting);
	speak(c, reader);
	return text->data;
}

enum lg_err on_job(struct lg_ctx *cx, struct call *c)
{
	struct publisher of;
	struct publication p;
	const char *id;
	LG_TRY(app_uuid(c->rq->args[1], &id));
	enum lg_err err = publication_read(cx, c, id, &of, &p);
	if (publication_leads(cx, c, err)) return LG_OK;
	LG_TRY(err);
	const char *title = word(p.facts, "title"), *place = publication_place(p.facts);
	struct html_facts *contact = contact_of(cx, p.facts);
	struct html_sheet_sections sections[2] = {
		{ .title = lg_say("About this opening"), .body = html_facts_any(facts_of(cx, c, &of, p.facts)) },
		{ .title = lg_say("Ask or apply"), .body = html_facts_any(contact) },
	};
	struct html_sheet v = { .title = title,
		                .lead = lg_printf(cx->mem, "%s%s%s", word(p.facts, "employer_name"),
		                                  *place ? " · " : "", place),
		                .sections = sections,
		                .n_sections = contact->n_facts ? 2 : 1 };
	struct page_crumb crumb = { of.name, list_path(cx, &of, "") };
	struct page_alternate alternate = { lg_printf(cx->mem, "%s/posting.jsonld", publication_path(cx, &of, p.id)),
		                            JSON_LD, title };
	bool invented = record_flag(p.facts, "invented");
	struct html_data data = { html_sheet_any(&v), JSON_LD, posting_text(cx, c, &of, &p) };
	put_robots(c, invented);
	page_answer(cx, c,
	            &(struct page){ .title = title,
	                            .crumbs = &crumb,
	                            .n_crumbs = 1,
	                            .alternates = &alternate,
	                            .n_alternates = 1,
	                            .invented = invented },
	            html_data_any(&data));
	return LG_OK;
}

static struct html_records *table(struct lg_ctx *cx, struct call *c, const struct publisher *of, size_t n,
                                  bool *invented)
{
	const char *heads[] = { lg_say("Title of the opening"), lg_say("Employer"), lg_say("Kind of contract"),
		                lg_say("Place"), lg_say("Offered until") };
	struct html_records *v = sheet_table(cx, c, "openings", lg_say("Openings"), heads, 5, n, false);
	for (size_t i = 0; i < n; i++) {
		struct publication p;
		if (publication_of(cx, &of->rows.rows[i], &p) != LG_OK) continue;
		const char *cells[] = { word(p.facts, "employer_name"),
			                lg_say(choice_text(CHOICE_contract, word(p.facts, "kind"))),
			                publication_place(p.facts), page_iso_date(cx, word(p.facts, "expires_on")) };
		(void)sheet_table_row(cx, v, word(p.facts, "title"), publication_path(cx, of, p.id), heads, cells, 4);
		*invented = *invented || record_flag(p.facts, "invented");
	}
	v->empty = lg_say("Nothing is offered just now");
	return v;
}

enum lg_err on_jobs(struct lg_ctx *cx, struct call *c)
{
	struct publisher of;
	size_t n;
	bool invented = false;
	enum lg_err err = read_page(cx, c, PAGE, &of, &n);
	if (publication_leads(cx, c, err)) return LG_OK;
	LG_TRY(err);
	char number[48];
	struct html_found found = {
		.count = lg_printf(cx->mem, lg_says("%s opening", "%s openings", n), lg_number_count(number, n)),
		.records = table(cx, c, &of, n, &invented),
	};
	found.after = after(cx, &of, list_path(cx, &of, ""), PAGE);
	if (http_query(c->rq, "after")) found.before = list_path(cx, &of, "");
	if (found.after || found.before) found.place = found.before ? lg_say("Further on") : lg_say("The beginning");
	struct html_sheet_sections section = { .body = html_found_any(&found) };
	struct html_sheet v = { .title = lg_say("Openings"), .lead = of.name, .sections = &section, .n_sections = 1 };
	struct page_alternate alternates[] = { { list_path(cx, &of, "/feed.atom"), ATOM, of.name },
		                               { list_path(cx, &of, "/feed.jsonld"), JSON_LD, of.name } };
	put_robots(c, invented);
	page_answer(cx, c,
	            &(struct page){ .title = lg_printf(cx->mem, lg_say("Openings: %s"), of.name),
	                            .alternates = alternates,
	                            .n_alternates = 2,
	                            .invented = invented },
	            html_sheet_any(&v));
	return LG_OK;
}
