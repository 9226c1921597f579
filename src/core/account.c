/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* One's own account: name, language, password, codes, sessions. */
#include <string.h>

#include "app/actor.h"
#include "app/answer.h"
#include "app/language.h"
#include "app/page.h"
#include "app/record.h"
#include "core/account.sql.h"
#include "core/core.h"
#include "core/door.h"
#include "core/small_form.h"
#include "view/facts.html.h"
#include "view/form_page.html.h"
#include "view/records.html.h"
#include "view/sheet.html.h"
#include "view/speech.h"
#include "view/totp.html.h"

enum { NAME_MOST = 200, PHONE_MOST = 50, REFUSED = 422, THROTTLED = 429 };

static const char *token(const struct call *c) { return http_cookie(c->rq, APP_SESSION_COOKIE); }

/* --- the page */

/* Three must say so: the office, oneself, and there is a number. */
static const char *recognised(const struct db_account_me_row *me)
{
	if (!me->shown_to_hotline) return lg_say("No: you took yourself out");
	if (!me->office_shows) return lg_say("No: the office does not show its colleagues");
	return *me->phone ? lg_say("Yes, when you ring from your telephone at work")
	                  : lg_say("No: your telephone at work is not known");
}

static struct html_any facts_of(struct lg_ctx *cx, const struct call *c, const struct db_account_me_row *me)
{
	struct html_facts *v = lg_alloc(cx->mem, sizeof *v);
	struct html_facts_facts *list = lg_array(cx->mem, 6, sizeof *list);
	const char *language = c->language;
	for (size_t i = 0; i < 4; i++)
		if (!strcmp(page_languages[i].code, c->language)) language = page_languages[i].name;
	list[v->n_facts++] = (struct html_facts_facts){ .name = lg_say("Name"), .value = me->name };
	if (*me->title) list[v->n_facts++] = (struct html_facts_facts){ .name = lg_say("Title"), .value = me->title };
	list[v->n_facts++] = (struct html_facts_facts){ .name = lg_say("E-mail address"), .value = me->mail };
	if (*me->phone)
		list[v->n_facts++] = (struct html_facts_facts){ .name = lg_say("Telephone"), .value = me->phone };
	list[v->n_facts++] = (struct html_facts_facts){ .name = lg_say("Language"), .value = language };
	if (c->actor.kind == ACTOR_STAFF)
		list[v->n_facts++] =
		    (struct html_facts_facts){ .name = lg_say("Recognised by the hotline"), .value = recognised(me) };
	v->facts = list;
	v->wide = true;
	return html_facts_any(v);
}

/* "Firefox on Linux" of what browsers call themselves; good enough to tell one's own from another's. */
static const char *browser(struct lg_ctx *cx, const char *agent)
{
	static const char *const browsers[][2] = {
		{ "Edg/", "Edge" }, { "Firefox/", "Firefox" }, { "Chrome/", "Chrome" }, { "Safari/", "Safari" }
	};
	static const char *const systems[][2] = { { "Windows", "Windows" }, { "Android", "Android" },
		                                  { "iPhone", "iPhone" },   { "iPad", "iPad" },
		                                  { "Mac OS", "macOS" },    { "Linux", "Linux" } };
	const char *what = NULL, *where = NULL;
	for (size_t i = 0; !what && i < sizeof browsers / sizeof *browsers; i++)
		if (strstr(agent, browsers[i][0])) what = browsers[i][1];
	for (size_t i = 0; !where && i < sizeof systems / sizeof *systems; i++)
		if (strstr(agent, systems[i][0])) where = systems[i][1];
	if (!what) return lg_say("A browser");
	/* TRANSLATORS: a browser on a system: "Firefox on Linux" */
	return where ? lg_printf(cx->mem, lg_say("%s on %s"), what, where) : what;
}

static struct html_any sessions_of(struct lg_ctx *cx, struct call *c, const struct db_account_sessions_rows *rows,
                                   const char *mine)
{
	struct html_records *v = lg_alloc(cx->mem, sizeof *v);
	*v = (struct html_records){ .id = "sessions",
		                    .caption = lg_say("Where I am signed in"),
		                    .action = "/account/sessions/end",
		                    .csrf = page_csrf(cx, c),
		                    .acts = true };
	const char *heads[] = { lg_say("Where"), lg_say("Office"), lg_say("Since"), lg_say("Address") };
	struct html_records_heads *h = lg_array(cx->mem, 4, sizeof *h);
	for (size_t i = 0; i < 4; i++) h[v->n_heads++].name = heads[i];
	v->heads = h;
	struct html_records_rows *list = lg_array(cx->mem, rows->n + 1, sizeof *list);
	for (size_t i = 0; i < rows->n; i++) {
		const struct db_account_sessions_row *r = &rows->rows[i];
		struct html_records_rows_name *name = lg_array(cx->mem, 1, sizeof *name);
		struct html_records_rows_cells *cells = lg_array(cx->mem, 3, sizeof *cells);
		struct html_records_rows_deeds *deed = lg_array(cx->mem, 1, sizeof *deed);
		bool here = mine && !strcmp(mine, r->id);
		name->plain =
		    here ? lg_printf(cx->mem, lg_say("%s (here)"), browser(cx, r->agent)) : browser(cx, r->agent);
		cells[0] = (struct html_records_rows_cells){ .label = heads[1], .value = r->tenant_name };
		cells[1] = (struct html_records_rows_cells){ .label = heads[2], .value = page_time(cx, c, r->opened) };
		cells[2] = (struct html_records_rows_cells){ .label = heads[3], .value = r->address };
		*deed = (struct html_records_rows_deeds){ lg_say("Sign out"), name->plain,
			                                  lg_printf(cx->mem, "/account/sessions/%s/end", r->id), true,
			                                  false };
		list[v->n_rows++] = (struct html_records_rows){
			.name = name, .n_name = 1, .cells = cells, .n_cells = 3, .deeds = deed, .n_deeds = here ? 0 : 1
		};
	}
	v->rows = list;
	return html_records_any(v);
}

static const char *own_session(struct lg_ctx *cx, const struct call *c)
{
	const struct db_entered *entered = db_entered(c->db);
	json_t *o;
	if (!entered || record_parse(cx, &o, entered->json, strlen(entered->json)) != LG_OK) return NULL;
	return lg_strdup(cx->mem, record_word(o, "session"));
}

enum lg_err on_account(struct lg_ctx *cx, struct call *c)
{
	struct db_account_me_row me = { 0 };
	struct db_account_sessions_rows sessions = { 0 };
	struct db_account_memberships_rows offices = { 0 };
	db_account_me_send(cx, c->db, &me);
	db_account_sessions_send(cx, c->db, &sessions);
	db_account_memberships_send(cx, c->db, &offices);
	LG_TRY(db_sync(cx, c->db));
	const char *mine = own_session(cx, c);
	LG_TRY(app_end(cx, c));
	struct html_sheet v = { .title = lg_say("My account") };
	struct html_sheet_actions *actions = lg_array(cx->mem, 3, sizeof *actions);
	if (offices.n > 1)
		actions[v.n_actions++] =
		    (struct html_sheet_actions){ "/offices", lg_say("Change office"), "business", false };
	actions[v.n_actions++] =
	    (struct html_sheet_actions){ "/account/password", lg_say("Change the password"), "lock", false };
	actions[v.n_actions++] =
	    (struct html_sheet_actions){ "/account/code", lg_say("Codes from another phone"), "smartphone", false };
	v.actions = actions;
	struct html_sheet_sections *sections = lg_array(cx->mem, 2, sizeof *sections);
	sections[0] = (struct html_sheet_sections){ .title = lg_say("Me"),
		                                    .more = "/account/edit",
		                                    .more_name = lg_say("Change"),
		                                    .body = facts_of(cx, c, &me) };
	sections[1] = (struct html_sheet_sections){ .title = lg_say("Where I am signed in"),
		                                    .body = sessions_of(cx, c, &sessions, mine) };
	v.sections = sections;
	v.n_sections = 2;
	page_answer(cx, c, &(struct page){ .title = v.title }, html_sheet_any(&v));
	return LG_OK;
}

static void show_form(struct lg_ctx *cx, struct call *c, const char *title, const char *lead, struct small_form *f,
                      int status)
{
	struct html_form_page v = { .title = title, .lead = lead, .form = &f->form };
	const struct page_crumb crumbs[] = { { lg_say("My account"), "/account" } };
	f->form.cancel = "/account";
	page_answer(cx, c, &(struct page){ .title = title, .crumbs = crumbs, .n_crumbs = 1, .status = status },
	            html_form_page_any(&v));
}

/* --- name and language */

static void put_recognised(struct lg_ctx *cx, struct small_form *f, const struct db_account_me_row *me)
{
	struct html_fields_fields *field =
	    small_choice(cx, f, "recognised", lg_say("May a hotline recognise you?"), false, 2);
	const char *sent = small_sent(f->c, "recognised");
	bool shown = *sent ? !strcmp(sent, "yes") : me->shown_to_hotline;
	field->help = lg_say("When you ring a hotline that is for your municipality, its agents see your name, your "
	                     "office, and your number and mail address at work. Only if the office allows it.");
	small_option(cx, field, "yes", lg_say("Yes, if the office allows it"), NULL, shown);
	small_option(cx, field, "no", lg_say("No"), NULL, !shown);
}

static enum lg_err show_edit(struct lg_ctx *cx, struct call *c)
{
	struct db_account_me_row me = { 0 };
	LG_TRY(db_account_me(cx, c->db, &me));
	LG_TRY(app_end(cx, c));
	struct small_form *f = small_form(cx, c, "/account/edit", lg_say("Save"));
	small_field(cx, f, "name", lg_say("Name"), "text", me.name)->must = true;
	small_field(cx, f, "title", lg_say("Title"), "text", me.title);
	bool staff = c->actor.kind == ACTOR_STAFF;
	struct html_fields_fields *phone = small_field(cx, f, "phone", lg_say("Telephone"), "tel", me.phone);
	if (staff) {
		phone->help = lg_say("Your number at work, never a private one.");
		put_recognised(cx, f, &me);
	}
	struct html_fields_fields *language = small_choice(cx, f, "language", lg_say("Language"), false, 4);
	for (size_t i = 0; i < 4; i++)
		small_option(cx, language, page_languages[i].code, page_languages[i].name, NULL,
		             !strcmp(c->language, page_languages[i].code));
	show_form(cx, c, lg_say("My name and language"), NULL, f, 0);
	return LG_OK;
}

enum lg_err on_account_edit(struct lg_ctx *cx, struct call *c) { return show_edit(cx, c); }

enum lg_err on_account_save(struct lg_ctx *cx, struct call *c)
{
	static const char *const names[] = { "name", "title", "phone", "language", "recognised", NULL };
	LG_TRY(small_only(cx, c, names));
	const char *name = small_text(cx, c, "name", NAME_MOST, true),
	           *title = small_text(cx, c, "title", NAME_MOST, false),
	           *phone = small_text(cx, c, "phone", PHONE_MOST, false),
	           *language = language_known(small_sent(c, "language"));
	const char *recognised = small_sent(c, "recognised");
	if (!language) (void)!lg_fail(cx, LG_INVALID, "language", lg_say("This language is not there."));
	if (*recognised &&
	    (c->actor.kind != ACTOR_STAFF || (strcmp(recognised, "yes") != 0 && strcmp(recognised, "no") != 0)))
		(void)!lg_fail(cx, LG_INVALID, "recognised", lg_say("Choose one of the list."));
	if (cx->notes) return show_edit(cx, c);
	if (*recognised)
		db_account_show_send(cx, c->db, (struct db_account_show_in){ .shown = !strcmp(recognised, "yes") });
	db_account_change_send(
	    cx, c->db,
	    (struct db_account_change_in){ .name = name, .title = title, .phone = phone, .language = language });
	LG_TRY(app_end(cx, c));
	http_redirect(c->rs, "/account?said=saved");
	return LG_OK;
}

/* --- the password */

static void show_password(struct lg_ctx *cx, struct call *c, int status)
{
	struct small_form *f = small_form(cx, c, "/account/password", lg_say("Change the password"));
	small_field(cx, f, "old", lg_say("The password until now"), "password", NULL)->fill = "current-password";
	struct html_fields_fields *fresh = small_field(cx, f, "password", lg_say("New password"), "password", NULL);
	fresh->fill = "new-password";
	fresh->help = lg_say("At least 12 characters. Several words in a row are easy to remember and hard to guess.");
	small_field(cx, f, "again", lg_say("The same once more"), "password", NULL)->fill = "new-password";
	show_form(cx, c, lg_say("Change the password"), lg_say("You stay signed in here; all other sessions end."), f,
	          status);
}

enum lg_err on_password_page(struct lg_ctx *cx, struct call *c)
{
	LG_TRY(app_end(cx, c));
	show_password(cx, c, 200);
	return LG_OK;
}

enum lg_err on_password(struct lg_ctx *cx, struct call *c)
{
	static const char *const names[] = { "old", "password", "again", NULL };
	struct auth_answer a;
	LG_TRY(small_only(cx, c, names));
	if (strcmp(small_sent(c, "password"), small_sent(c, "again")) != 0) {
		LG_TRY(app_end(cx, c));
		(void)!lg_fail(cx, LG_INVALID, "again", lg_say("The two are not the same."));
		return show_password(cx, c, REFUSED), LG_OK;
	}
	LG_TRY(
	    door_ask(cx, c, &a,
	             json_pack("{s:s,s:s,s:s,s:s,s:s}", "call", "password_change", "token", token(c), "old",
	                       small_sent(c, "old"), "password", small_sent(c, "password"), "address", c->rq->peer)));
	if (a.state == AUTH_GONE) return LG_SIGN_IN;
	if (a.state == AUTH_DONE) return http_redirect(c->rs, "/account?said=password_changed"), LG_OK;
	if (a.state == AUTH_NO) (void)!lg_fail(cx, LG_INVALID, "old", lg_say("This is not your password."));
	if (a.state == AUTH_WAIT) (void)!lg_fail(cx, LG_INVALID, "old", door_wait(cx, c, &a));
	show_password(cx, c, a.state == AUTH_WAIT ? THROTTLED : REFUSED);
	return LG_OK;
}

/* --- codes from another phone */

static void show_code_ask(struct lg_ctx *cx, struct call *c, int status)
{
	struct small_form *f = small_form(cx, c, "/account/code", lg_say("Go on"));
	small_field(cx, f, "password", lg_say("Password"), "password", NULL)->fill = "current-password";
	show_form(cx, c, lg_say("Codes from another phone"),
	          lg_say("The codes of the old one do not work any more afterwards, and all other sessions end."), f,
	          status);
}

static enum lg_err show_code_key(struct lg_ctx *cx, struct call *c, const char *pending, const char *error, int status)
{
	struct auth_answer a;
	LG_TRY(door_ask(cx, c, &a,
	                json_pack("{s:s,s:s,s:s}", "call", "look", "kind", "second_change", "pending", pending)));
	if (a.state != AUTH_DONE) return show_code_ask(cx, c, REFUSED), LG_OK;
	if (error) (void)!lg_fail(cx, LG_INVALID, "code", error);
	struct small_form *f = small_form(cx, c, "/account/code", lg_say("Take this phone"));
	small_hidden(f, "pending", pending);
	struct html_fields_fields *code = small_field(cx, f, "code", lg_say("Code"), "text", NULL);
	code->mode = "numeric";
	code->fill = "one-time-code";
	code->brief = true;
	code->value = "";
	f->form.cancel = "/account";
	const char *link = auth_word(&a, "link");
	struct html_totp v = { .secret = auth_word(&a, "secret"),
		               .otpauth = !strncmp(link, "otpauth://totp/", 15) ? link + 15 : NULL,
		               .form = &f->form };
	struct html_sheet_sections *section = lg_array(cx->mem, 1, sizeof *section);
	section[0] = (struct html_sheet_sections){ .body = html_totp_any(&v) };
	struct html_sheet sheet = { .title = lg_say("Codes from another phone"), .sections = section, .n_sections = 1 };
	page_answer(cx, c, &(struct page){ .title = sheet.title, .status = status }, html_sheet_any(&sheet));
	return LG_OK;
}

enum lg_err on_account_code_page(struct lg_ctx *cx, struct call *c)
{
	LG_TRY(app_end(cx, c));
	show_code_ask(cx, c, 200);
	return LG_OK;
}

static enum lg_err begin_code(struct lg_ctx *cx, struct call *c)
{
	struct auth_answer a;
	LG_TRY(door_ask(cx, c, &a,
	                json_pack("{s:s,s:s,s:s,s:s}", "call", "second_begin", "token", token(c), "password",
	                          small_sent(c, "password"), "address", c->rq->peer)));
	if (a.state == AUTH_GONE) return LG_SIGN_IN;
	if (a.state == AUTH_DONE) return show_code_key(cx, c, a.pending, NULL, 200);
	(void)!lg_fail(cx, LG_INVALID, "password",
	               a.state == AUTH_WAIT ? door_wait(cx, c, &a) : lg_say("This is not your password."));
	show_code_ask(cx, c, a.state == AUTH_WAIT ? THROTTLED : REFUSED);
	return LG_OK;
}

enum lg_err on_account_code(struct lg_ctx *cx, struct call *c)
{
	static const char *const names[] = { "password", "pending", "code", NULL };
	struct auth_answer a;
	LG_TRY(small_only(cx, c, names));
	const char *pending = small_sent(c, "pending");
	if (!*pending) return begin_code(cx, c);
	LG_TRY(door_ask(cx, c, &a,
	                json_pack("{s:s,s:s,s:s,s:s,s:s}", "call", "second_change", "token", token(c), "pending",
	                          pending, "code", small_sent(c, "code"), "address", c->rq->peer)));
	if (a.state == AUTH_GONE) return show_code_ask(cx, c, REFUSED), LG_OK;
	if (a.state == AUTH_WAIT) return show_code_key(cx, c, pending, door_wait(cx, c, &a), THROTTLED);
	if (a.state != AUTH_DONE)
		return show_code_key(cx, c, pending,
		                     lg_say("This is not the code of now. Is the clock of your telephone right?"),
		                     REFUSED);
	door_show_recovery(cx, c, &a, "/account");
	return LG_OK;
}

/* --- sessions */

enum lg_err on_session_end(struct lg_ctx *cx, struct call *c)
{
	struct db_account_session_end_row row = { 0 };
	const char *id;
	LG_TRY(app_uuid(c->rq->args[0], &id));
	LG_TRY(db_account_session_end(cx, c->db, &row, (struct db_account_session_end_in){ .id = id }));
	if (!row.ended) return LG_UNKNOWN;
	LG_TRY(app_end(cx, c));
	http_redirect(c->rs, "/account?said=session_gone");
	return LG_OK;
}

enum lg_err on_sessions_end(struct lg_ctx *cx, struct call *c)
{
	struct auth_answer a;
	LG_TRY(door_ask(cx, c, &a, json_pack("{s:s,s:s}", "call", "sessions_end", "token", token(c))));
	if (a.state != AUTH_DONE) return LG_SIGN_IN;
	http_redirect(c->rs, "/account?said=session_gone");
	return LG_OK;
}
