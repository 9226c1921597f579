/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* Pages behind links in mails, and of the first start. */
#include <string.h>

#include "app/answer.h"
#include "app/language.h"
#include "app/page.h"
#include "core/core.h"
#include "core/door.h"
#include "core/small_form.h"
#include "view/forgotten.html.h"
#include "view/form_page.html.h"
#include "view/password_new.html.h"
#include "view/set_up.html.h"
#include "view/speech.h"

enum { REFUSED = 422, THROTTLED = 429 };

/* --- forgotten */

static void show_forgotten(struct lg_ctx *cx, struct call *c, bool sent, const char *error, int status)
{
	struct html_forgotten v = { .action = "/forgotten",
		                    .csrf = page_csrf(cx, c),
		                    .mail = small_sent(c, "mail"),
		                    .sent = sent,
		                    .error = error,
		                    .back = "/sign-in" };
	cx->notes = NULL;
	page_answer(cx, c, &(struct page){ .title = lg_say("Choose a new password"), .status = status },
	            html_forgotten_any(&v));
}

enum lg_err on_forgotten_page(struct lg_ctx *cx, struct call *c)
{
	show_forgotten(cx, c, false, NULL, 200);
	return LG_OK;
}

enum lg_err on_forgotten(struct lg_ctx *cx, struct call *c)
{
	struct auth_answer a;
	LG_TRY(door_ask(
	    cx, c, &a,
	    json_pack("{s:s,s:s,s:s}", "call", "reset_ask", "mail", small_sent(c, "mail"), "address", c->rq->peer)));
	if (a.state == AUTH_WAIT)
		show_forgotten(cx, c, false, door_wait(cx, c, &a), THROTTLED);
	else if (a.state == AUTH_INVALID)
		show_forgotten(cx, c, false, page_note(cx, "mail"), REFUSED);
	else
		show_forgotten(cx, c, true, NULL, 200);
	return LG_OK;
}

/* --- a new password */

static const char *dead_link(void)
{
	return lg_say("The link was used already, or it is too old. Ask for a new one, or ask whoever invited you.");
}

static void show_password(struct lg_ctx *cx, struct call *c, struct html_password_new *v, int status)
{
	v->action = c->rq->path;
	v->csrf = page_csrf(cx, c);
	v->error = page_note(cx, "password");
	v->code_error = page_note(cx, "code");
	if (!v->error) v->error = page_note(cx, "again");
	cx->notes = NULL;
	page_answer(cx, c, &(struct page){ .title = v->title, .status = status }, html_password_new_any(v));
}

static bool is_same_twice(struct lg_ctx *cx, const struct call *c)
{
	if (!strcmp(small_sent(c, "password"), small_sent(c, "again"))) return true;
	(void)!lg_fail(cx, LG_INVALID, "again", lg_say("The two are not the same."));
	return false;
}

enum lg_err on_reset_page(struct lg_ctx *cx, struct call *c)
{
	struct auth_answer a;
	LG_TRY(door_ask(cx, c, &a, json_pack("{s:s,s:s}", "call", "reset_look", "token", c->rq->args[0])));
	if (a.state != AUTH_DONE) return door_gone(cx, c, dead_link()), LG_OK;
	struct html_password_new v = { .title = lg_say("Choose a new password"),
		                       .mail = auth_word(&a, "mail"),
		                       .submit = lg_say("Keep it") };
	show_password(cx, c, &v, 200);
	return LG_OK;
}

enum lg_err on_reset(struct lg_ctx *cx, struct call *c)
{
	struct auth_answer a;
	const char *call = is_same_twice(cx, c) ? "reset_set" : "reset_look";
	LG_TRY(door_ask(
	    cx, c, &a,
	    json_pack("{s:s,s:s,s:s}", "call", call, "token", c->rq->args[0], "password", small_sent(c, "password"))));
	if (a.state == AUTH_GONE) return door_gone(cx, c, dead_link()), LG_OK;
	if (a.state == AUTH_DONE && !cx->notes) return http_redirect(c->rs, "/sign-in?said=password_new"), LG_OK;
	struct html_password_new v = { .title = lg_say("Choose a new password"), .submit = lg_say("Keep it") };
	show_password(cx, c, &v, REFUSED);
	return LG_OK;
}

/* --- an invitation */

/* Who has a password has nothing to choose; they say yes, and sign in as always. */
static void show_accept(struct lg_ctx *cx, struct call *c, const char *title, const char *lead)
{
	struct small_form *f = small_form(cx, c, c->rq->path, lg_say("Accept the invitation"));
	struct html_form_page v = { .title = title, .lead = lead, .form = &f->form };
	cx->notes = NULL;
	page_answer(cx, c, &(struct page){ .title = title, .status = 200 }, html_form_page_any(&v));
}

static enum lg_err show_invitation(struct lg_ctx *cx, struct call *c, int status)
{
	struct auth_answer a, second;
	struct lg_note *notes = cx->notes;
	LG_TRY(door_ask(cx, c, &a, json_pack("{s:s,s:s}", "call", "invitation_look", "token", c->rq->args[0])));
	if (a.state != AUTH_DONE) return door_gone(cx, c, dead_link()), LG_OK;
	cx->notes = notes;
	struct html_password_new v = { .title = lg_say("Welcome"), .mail = auth_word(&a, "mail"), .token = a.pending };
	v.lead = lg_printf(cx->mem, lg_say("You are invited to %s."), auth_word(&a, "office"));
	v.submit = lg_say("Begin");
	if (json_is_true(json_object_get(a.json, "has_password"))) return show_accept(cx, c, v.title, v.lead), LG_OK;
	v.totp = json_is_true(json_object_get(a.json, "second"));
	v.secret = auth_word(&a, "secret");
	const char *link = auth_word(&a, "link"), *before = small_sent(c, "token");
	/* After a mistake the key stays the one that the telephone has. */
	if (*before && v.totp) {
		LG_TRY(door_ask(cx, c, &second,
		                json_pack("{s:s,s:s,s:s}", "call", "look", "kind", "invitation", "pending", before)));
		cx->notes = notes;
		if (second.state == AUTH_DONE)
			v.token = before, v.secret = auth_word(&second, "secret"), link = auth_word(&second, "link");
	}
	v.otpauth = !strncmp(link, "otpauth://totp/", 15) ? link + 15 : NULL;
	show_password(cx, c, &v, status);
	return LG_OK;
}

enum lg_err on_invitation_page(struct lg_ctx *cx, struct call *c) { return show_invitation(cx, c, 200); }

enum lg_err on_invitation(struct lg_ctx *cx, struct call *c)
{
	struct auth_answer a;
	if (*small_sent(c, "again") && !is_same_twice(cx, c)) return show_invitation(cx, c, REFUSED);
	LG_TRY(door_ask(cx, c, &a,
	                json_pack("{s:s,s:s,s:s,s:s,s:s,s:s,s:s}", "call", "invitation_accept", "token", c->rq->args[0],
	                          "password", small_sent(c, "password"), "code", small_sent(c, "code"), "pending",
	                          small_sent(c, "token"), "address", c->rq->peer, "agent", door_agent(c))));
	if (a.state == AUTH_GONE) return door_gone(cx, c, dead_link()), LG_OK;
	if (a.state == AUTH_INVALID) return show_invitation(cx, c, REFUSED);
	if (a.state == AUTH_DONE) return http_redirect(c->rs, "/sign-in?said=accepted"), LG_OK;
	if (a.state != AUTH_IN) return LG_FAULT;
	door_go_on(cx, c, &a, "/");
	return LG_OK;
}

/* --- the first start */

static const char *kind_words(struct lg_ctx *cx, const char *kind, const char *country)
{
	static const struct {
		const char *kind, *words;
	} kinds[] = { { "municipality", LG_TEXT("Municipality") }, { "region", LG_TEXT("Region") },
		      { "hospital", LG_TEXT("Hospital") },         { "school", LG_TEXT("School") },
		      { "network", LG_TEXT("Network") },           { "pool", LG_TEXT("Pool of offices") },
		      { "employer", LG_TEXT("Employer") } };
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (!strcmp(kinds[i].kind, kind)) return lg_printf(cx->mem, "%s (%s)", lg_say(kinds[i].words), country);
	return kind;
}

static enum lg_err show_set_up(struct lg_ctx *cx, struct call *c, const char *error, int status)
{
	struct auth_answer a, second;
	struct lg_note *notes = cx->notes;
	LG_TRY(door_ask(cx, c, &a, json_pack("{s:s}", "call", "set_up_look")));
	if (a.state != AUTH_DONE) return LG_UNKNOWN;
	const char *pending = a.pending, *secret = auth_word(&a, "secret"), *before = small_sent(c, "pending");
	if (*before) {
		LG_TRY(door_ask(cx, c, &second,
		                json_pack("{s:s,s:s,s:s}", "call", "look", "kind", "set_up", "pending", before)));
		if (second.state == AUTH_DONE) pending = before, secret = auth_word(&second, "secret");
	}
	cx->notes = notes;
	struct small_form *f = small_form(cx, c, "/set-up", lg_say("Begin"));
	small_hidden(f, "pending", pending);
	small_field(cx, f, "setup_code", lg_say("One-time code"), "text", NULL)->fill = "off";
	small_field(cx, f, "office", lg_say("Name of the office"), "text", NULL);
	json_t *templates = json_object_get(a.json, "templates");
	struct html_fields_fields *kind =
	    small_choice(cx, f, "template", lg_say("Kind of office"), false, json_array_size(templates));
	for (size_t i = 0; i < json_array_size(templates); i++) {
		json_t *t = json_array_get(templates, i);
		const char *name = json_string_value(json_object_get(t, "name"));
		small_option(cx, kind, name,
		             kind_words(cx, json_string_value(json_object_get(t, "kind")),
		                        json_string_value(json_object_get(t, "country"))),
		             NULL, !strcmp(small_sent(c, "template"), name));
	}
	struct html_fields_fields *language =
	    small_choice(cx, f, "language", lg_say("Language of the office"), false, 4);
	for (size_t i = 0; i < 4; i++)
		small_option(cx, language, page_languages[i].code, page_languages[i].name, NULL,
		             !strcmp(*small_sent(c, "language") ? small_sent(c, "language") : c->language,
		                     page_languages[i].code));
	small_field(cx, f, "name", lg_say("Your name"), "text", NULL)->fill = "name";
	small_field(cx, f, "mail", lg_say("Your e-mail address"), "email", NULL)->fill = "username";
	struct html_fields_fields *password = small_field(cx, f, "password", lg_say("Password"), "password", NULL);
	password->fill = "new-password";
	password->help =
	    lg_say("At least 12 characters. Several words in a row are easy to remember and hard to guess.");
	struct html_fields_fields *code = small_field(cx, f, "code", lg_say("Code from your phone"), "text", NULL);
	code->mode = "numeric";
	code->fill = "one-time-code";
	code->brief = true;
	code->value = "";
	code->help = lg_printf(
	    cx->mem,
	    lg_say(
	        "Open an app for codes (authenticator) on your phone, add an account by hand and write this key: %s"),
	    secret);
	struct html_set_up v = { .form = &f->form, .error = error };
	page_answer(cx, c, &(struct page){ .title = lg_say("Welcome to Landgang"), .status = status },
	            html_set_up_any(&v));
	return LG_OK;
}

enum lg_err on_set_up_page(struct lg_ctx *cx, struct call *c) { return show_set_up(cx, c, NULL, 200); }

enum lg_err on_set_up(struct lg_ctx *cx, struct call *c)
{
	static const char *const names[] = { "setup_code", "template", "office", "language", "name",
		                             "mail",       "password", "code",   "pending",  NULL };
	struct auth_answer a;
	LG_TRY(small_only(cx, c, names));
	json_t *q = json_pack("{s:s,s:s,s:s}", "call", "set_up", "address", c->rq->peer, "agent", door_agent(c));
	for (size_t i = 0; names[i]; i++) (void)json_object_set_new(q, names[i], json_string(small_sent(c, names[i])));
	LG_TRY(door_ask(cx, c, &a, q));
	if (a.state == AUTH_WAIT) return show_set_up(cx, c, door_wait(cx, c, &a), THROTTLED);
	if (a.state == AUTH_INVALID) return show_set_up(cx, c, NULL, REFUSED);
	if (a.state == AUTH_GONE) return LG_UNKNOWN;
	if (a.state != AUTH_IN) return LG_FAULT;
	door_go_on(cx, c, &a, "/");
	return LG_OK;
}
