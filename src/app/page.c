/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "app/page.h"

#include <string.h>

#include "app/actor.h"
#include "app/language.h"
#include "app/seal.h"
#include "base/date.h"
#include "base/log.h"
#include "view/page.html.h"
#include "view/speech.h"
#include "view/trouble.html.h"
#include "view/when.h"

enum { US = 1000000 };

static void free_buffer(void *buffer) { lg_buf_free(buffer); }

struct lg_buf *page_buffer(struct lg_ctx *cx)
{
	struct lg_buf *b = lg_alloc(cx->mem, sizeof *b);
	lg_defer(cx->mem, free_buffer, b);
	return b;
}

/* --- forms */

const char *page_form_proof(struct lg_ctx *cx, const struct call *c, const char *cookie)
{
	uint8_t proof[32];
	const uint8_t *key = app_setup(c->app)->form_key;
	if (!cookie || !*cookie || !key) return "";
	seal_mac(proof, key, "form", cookie, strlen(cookie));
	return seal_base64(cx, proof, sizeof proof);
}

const char *page_csrf(struct lg_ctx *cx, struct call *c)
{
	if (*c->actor.csrf) return c->actor.csrf;
	const char *cookie = http_cookie(c->rq, APP_FORM_COOKIE);
	if (!cookie || !*cookie) {
		uint8_t random[SEAL_TOKEN];
		char *text = lg_alloc(cx->mem, SEAL_TOKEN_TEXT);
		seal_random(random, sizeof random);
		seal_token_print(text, random);
		http_put_cookie(cx, c->rs, APP_FORM_COOKIE, text, -1);
		cookie = text;
	}
	const char *proof = page_form_proof(cx, c, cookie);
	(void)strncat(c->actor.csrf, proof, sizeof c->actor.csrf - 1);
	return c->actor.csrf;
}

const char *page_note(const struct lg_ctx *cx, const char *field)
{
	for (const struct lg_note *n = cx->notes; n; n = n->next)
		if (n->field && !strcmp(n->field, field)) return lg_say(n->text);
	return NULL;
}

/* --- dates */

int32_t page_today(const struct lg_ctx *cx, const struct call *c)
{
	return lg_when_day(cx->now, c->actor.zone ? c->actor.zone : "Europe/Copenhagen");
}

const char *page_date(struct lg_ctx *cx, int32_t day)
{
	if (day == DB_NO_DATE) return "";
	return lg_when_date(lg_alloc(cx->mem, LG_WHEN), day);
}

const char *page_iso_date(struct lg_ctx *cx, const char *iso)
{
	int32_t day;
	return lg_date_read(&day, iso, strlen(iso)) ? page_date(cx, day) : "";
}

const char *page_time(struct lg_ctx *cx, const struct call *c, int64_t at_us)
{
	return lg_when_time(lg_alloc(cx->mem, LG_WHEN), at_us / US,
	                    c->actor.zone ? c->actor.zone : "Europe/Copenhagen");
}

const char *page_tel(struct lg_ctx *cx, const char *phone)
{
	if (!phone) return NULL;
	char *out = lg_alloc(cx->mem, strlen(phone) + sizeof "tel:"), *end = stpcpy(out, "tel:");
	for (; *phone; phone++)
		if ((*phone >= '0' && *phone <= '9') || *phone == '+') *end++ = *phone;
	return out;
}

/* --- the frame */

/* A module may have two ways in, for other rights each, under one name: one is enough. */
static bool is_there(const struct html_page *v, const char *name)
{
	for (size_t i = 0; i < v->n_navigation; i++)
		if (!strcmp(v->navigation[i].name, name)) return true;
	return false;
}

static void put_items(struct lg_ctx *cx, const struct call *c, const struct page *page, struct html_page *v)
{
	const struct app_setup *setup = app_setup(c->app);
	v->navigation = lg_array(cx->mem, setup->n_items + 1, sizeof *v->navigation);
	if (c->actor.kind == ACTOR_NOBODY) return;
	for (const struct page_item *i = setup->items; i < setup->items + setup->n_items; i++) {
		if (!may(&c->actor, i->right) || is_there(v, lg_say(i->text))) continue;
		v->navigation[v->n_navigation++] = (struct html_page_navigation){
			.url = i->href,
			.icon = i->icon,
			.name = lg_say(i->text),
			.current = page->here && !strcmp(page->here, i->name),
		};
	}
}

static void put_crumbs(struct lg_ctx *cx, const struct page *page, struct html_page *v)
{
	if (!page->n_crumbs) return;
	v->crumbs = lg_array(cx->mem, page->n_crumbs + 1, sizeof *v->crumbs);
	for (size_t i = 0; i < page->n_crumbs; i++)
		v->crumbs[v->n_crumbs++] =
		    (struct html_page_crumbs){ .url = page->crumbs[i].href, .name = page->crumbs[i].text };
	v->crumbs[v->n_crumbs++] = (struct html_page_crumbs){ .name = page->title };
}

static void put_alternates(struct lg_ctx *cx, const struct page *page, struct html_page *v)
{
	v->alternates = lg_array(cx->mem, page->n_alternates + 1, sizeof *v->alternates);
	for (size_t i = 0; i < page->n_alternates; i++)
		v->alternates[v->n_alternates++] = (struct html_page_alternates){ .url = page->alternates[i].url,
			                                                          .type = page->alternates[i].type,
			                                                          .title = page->alternates[i].title };
}

static void put_flash(const struct call *c, struct html_page *v)
{
	const struct app_setup *setup = app_setup(c->app);
	const char *word = http_query(c->rq, "said");
	for (size_t i = 0; word && i < setup->n_flashes; i++)
		if (!strcmp(setup->flashes[i].word, word))
			v->flash = lg_say(setup->flashes[i].text), v->flash_bad = setup->flashes[i].bad;
}

/* The field's place in the page: "languages-0.level" has the id "f-languages-0-level". */
static const char *place_of(struct lg_ctx *cx, const char *field)
{
	if (!field || !*field) return NULL;
	char *id = lg_printf(cx->mem, "f-%s", field);
	for (char *p = id; *p; p++)
		if (*p == '.') *p = '-';
	return id;
}

static void put_notes(struct lg_ctx *cx, const struct page *page, struct html_page *v)
{
	size_t n = 0;
	for (const struct lg_note *note = cx->notes; note; note = note->next) n++;
	v->wrong = page->wrong;
	v->errors = lg_array(cx->mem, n + 1, sizeof *v->errors);
	for (const struct lg_note *note = cx->notes; note; note = note->next)
		v->errors[--n] =
		    (struct html_page_errors){ .id = place_of(cx, note->field), .says = lg_say(note->text) },
		v->n_errors++;
}

static void put_languages(struct lg_ctx *cx, const struct call *c, struct html_page *v)
{
	v->n_languages = sizeof page_languages / sizeof *page_languages;
	v->languages = lg_array(cx->mem, v->n_languages, sizeof *v->languages);
	for (size_t i = 0; i < v->n_languages; i++)
		v->languages[i] = (struct html_page_languages){
			.code = page_languages[i].code,
			.name = page_languages[i].name,
			.current = !strcmp(page_languages[i].code, c->language),
		};
	v->language_above = c->actor.kind == ACTOR_NOBODY || c->actor.kind == ACTOR_CANDIDATE;
}

static const char *with_query(struct lg_ctx *cx, const struct call *c)
{
	struct lg_buf *b = page_buffer(cx);
	lg_puts(b, c->rq->path);
	char next = '?';
	for (size_t i = 0; i < c->rq->query.n; i++) {
		const struct http_pair *p = &c->rq->query.at[i];
		if (!strcmp(p->name, "said") || !strcmp(p->name, "lang")) continue;
		lg_putc(b, next);
		http_put_encoded(b, p->name);
		lg_putc(b, '=');
		http_put_encoded(b, p->value);
		next = '&';
	}
	return b->data;
}

static void put_account(struct lg_ctx *cx, const struct call *c, struct html_page *v)
{
	if (c->actor.kind == ACTOR_NOBODY) return;
	v->tenant = c->actor.tenant_name;
	v->account = c->actor.name;
	v->account_links = lg_array(cx->mem, 1, sizeof *v->account_links);
	v->account_links[v->n_account_links++] =
	    (struct html_page_account_links){ .url = "/account", .icon = "account", .name = lg_say("My account") };
	int64_t ends =
	    c->actor.session_ends < c->actor.session_idle_ends ? c->actor.session_ends : c->actor.session_idle_ends;
	v->session_left = ends > cx->now ? ends - cx->now : 0;
	v->session_whole = v->session_left;
	v->search = may(&c->actor, MAY_CANDIDATE_READ);
}

/* Not on pages that say that something went wrong: they work without the database. */
static void put_frame(struct lg_ctx *cx, const struct call *c, struct html_page *v)
{
	const struct app_setup *setup = app_setup(c->app);
	struct app_frame frame = { 0 };
	if (!setup->frame || c->rs->status >= 500) return;
	setup->frame(cx, c, &frame);
	v->number = frame.number, v->number_says = frame.number_says, v->number_url = frame.number_url;
}

void page_answer(struct lg_ctx *cx, struct call *c, const struct page *page, struct html_any body)
{
	const struct app_setup *setup = app_setup(c->app);
	c->rs->status = page->status ? page->status : cx->notes ? 422 : 200;
	c->rs->type = "text/html; charset=utf-8";
	lg_buf_clear(&c->rs->body);
	if (c->partial) {
		lg_html_any(&c->rs->body, body);
		return;
	}
	struct html_page v = {
		.language = c->language,
		.cyrillic = !strcmp(c->language, "uk"),
		.title = page->title,
		.home = "/",
		.q = page->q,
		.csrf = page_csrf(cx, c),
		.here = with_query(cx, c),
		.trial = setup->trial,
		.invented = page->invented,
		.body = body,
		.canonical = page->canonical,
		.description = page->canonical ? page->description : NULL,
		.address = page->canonical ? lg_printf(cx->mem, "%s%s", setup->public_url, page->canonical) : NULL,
	};
	put_account(cx, c, &v);
	put_frame(cx, c, &v);
	put_items(cx, c, page, &v);
	put_crumbs(cx, page, &v);
	put_alternates(cx, page, &v);
	put_flash(c, &v);
	put_notes(cx, page, &v);
	put_languages(cx, c, &v);
	html_page(&c->rs->body, &v);
}

void page_problem(struct lg_ctx *cx, struct call *c, int status, const char *title, const char *detail)
{
	char id[17];
	lg_id_print(id, cx->id);
	cx->notes = NULL;
	struct html_trouble v = { .title = title, .what = detail, .request = id, .home = "/" };
	if (status == 503 && !strcmp(c->rq->method_name, "GET")) v.again = with_query(cx, c);
	c->partial = false;
	page_answer(cx, c, &(struct page){ .title = title, .status = status }, html_trouble_any(&v));
}
