/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* Coming in and going out. Who may is the auth process's to say; here are its pages. */
#include "core/door.h"

#include <string.h>

#include "app/actor.h"
#include "app/answer.h"
#include "app/language.h"
#include "app/page.h"
#include "core/account.sql.h"
#include "core/core.h"
#include "core/small_form.h"
#include "view/choose_tenant.html.h"
#include "view/recovery.html.h"
#include "view/sign_in.html.h"
#include "view/sign_in_code.html.h"
#include "view/speech.h"

enum { STEP_S = 1800, LANGUAGE_S = 365 * 24 * 3600, REFUSED = 422, THROTTLED = 429 };

enum lg_err door_ask(struct lg_ctx *cx, struct call *c, struct auth_answer *out, json_t *question)
{
	enum lg_err err = app_end(cx, c);
	if (err != LG_OK) {
		json_decref(question);
		return err;
	}
	LG_TRY(auth_call(cx, app_setup(c->app)->auth_socket, out, question));
	/* What the auth process found is English. */
	for (struct lg_note *n = cx->notes; n; n = n->next) n->text = lg_say(n->text);
	return LG_OK;
}

const char *door_agent(const struct call *c)
{
	const char *text = http_header(c->rq, "User-Agent");
	return text ? text : "";
}

static const char *step(const struct call *c)
{
	const char *text = http_cookie(c->rq, DOOR_COOKIE);
	return text ? text : "";
}

const char *door_next(const struct call *c)
{
	const char *next = http_form(c->rq, "next");
	if (!next) next = http_query(c->rq, "next");
	return next && http_is_own_path(next) ? next : "/";
}

const char *door_path(struct lg_ctx *cx, const char *path, const char *next)
{
	if (!strcmp(next, "/")) return path;
	struct lg_buf *b = page_buffer(cx);
	lg_putf(b, "%s?next=", path);
	http_put_encoded(b, next);
	return lg_strdup(cx->mem, b->data);
}

const char *door_wait(struct lg_ctx *cx, struct call *c, const struct auth_answer *a)
{
	http_put_header(c->rs, "Retry-After", lg_printf(cx->mem, "%lld", (long long)a->wait_s));
	uint64_t minutes = (uint64_t)(a->wait_s + 59) / 60;
	return lg_printf(
	    cx->mem,
	    lg_says("Too many tries. Please wait %d minute.", "Too many tries. Please wait %d minutes.", minutes),
	    (int)minutes);
}

void door_gone(struct lg_ctx *cx, struct call *c, const char *what)
{
	cx->notes = NULL;
	page_problem(cx, c, 410, lg_say("This does not work any more."), what);
}

void door_show_recovery(struct lg_ctx *cx, struct call *c, const struct auth_answer *a, const char *on)
{
	json_t *codes = json_object_get(a->json, "recovery");
	struct html_recovery v = { .on = on };
	struct html_recovery_codes *list = lg_array(cx->mem, json_array_size(codes) + 1, sizeof *list);
	for (size_t i = 0; i < json_array_size(codes); i++)
		list[v.n_codes++].code = json_string_value(json_array_get(codes, i));
	v.codes = list;
	page_answer(cx, c, &(struct page){ .title = lg_say("Keep these codes"), .status = 200 }, html_recovery_any(&v));
}

void door_go_on(struct lg_ctx *cx, struct call *c, const struct auth_answer *a, const char *next)
{
	const char *to = next;
	if (a->state == AUTH_IN) {
		http_put_cookie(cx, c->rs, APP_SESSION_COOKIE, a->token, -1);
		http_put_cookie(cx, c->rs, DOOR_COOKIE, NULL, 0);
	} else {
		const char *path = a->state == AUTH_CODE     ? "/sign-in/code"
		                   : a->state == AUTH_SECOND ? "/sign-in/second"
		                                             : "/sign-in/office";
		http_put_cookie(cx, c->rs, DOOR_COOKIE, a->pending, STEP_S);
		to = door_path(cx, path, next);
	}
	if (json_array_size(json_object_get(a->json, "recovery")))
		door_show_recovery(cx, c, a, to);
	else
		http_redirect(c->rs, to);
}

/* --- signing in */

static void show_sign_in(struct lg_ctx *cx, struct call *c, const struct auth_answer *door, const char *error,
                         int status)
{
	struct html_sign_in v = { .action = "/sign-in",
		                  .csrf = page_csrf(cx, c),
		                  .next = door_next(c),
		                  .mail = small_sent(c, "mail"),
		                  .error = error,
		                  .forgotten = true };
	const char *elsewhere = auth_word(door, "oidc");
	struct html_sign_in_doors *doors = lg_array(cx->mem, 1, sizeof *doors);
	if (*elsewhere)
		doors[v.n_doors++] =
		    (struct html_sign_in_doors){ .url = door_path(cx, "/sign-in/oidc", v.next),
			                         .name = lg_printf(cx->mem, lg_say("Sign in with %s"), elsewhere) };
	v.doors = doors;
	page_answer(cx, c, &(struct page){ .title = lg_say("Sign in"), .status = status }, html_sign_in_any(&v));
}

static enum lg_err sign_in_page(struct lg_ctx *cx, struct call *c, const char *error, int status)
{
	struct auth_answer door;
	LG_TRY(door_ask(cx, c, &door, json_pack("{s:s}", "call", "door")));
	if (json_is_true(json_object_get(door.json, "first")))
		http_redirect(c->rs, "/set-up");
	else
		show_sign_in(cx, c, &door, error, status);
	return LG_OK;
}

enum lg_err on_sign_in_page(struct lg_ctx *cx, struct call *c)
{
	if (c->actor.kind != ACTOR_NOBODY) return http_redirect(c->rs, door_next(c)), LG_OK;
	return sign_in_page(cx, c, NULL, 200);
}

enum lg_err on_sign_in(struct lg_ctx *cx, struct call *c)
{
	struct auth_answer a;
	LG_TRY(door_ask(cx, c, &a,
	                json_pack("{s:s,s:s,s:s,s:s,s:s}", "call", "sign_in", "mail", small_sent(c, "mail"), "password",
	                          small_sent(c, "password"), "address", c->rq->peer, "agent", door_agent(c))));
	if (a.state == AUTH_WAIT) return sign_in_page(cx, c, door_wait(cx, c, &a), THROTTLED);
	if (a.state == AUTH_NO)
		return sign_in_page(cx, c, lg_say("The e-mail address or the password is not right."), REFUSED);
	door_go_on(cx, c, &a, door_next(c));
	return LG_OK;
}

static void show_code(struct lg_ctx *cx, struct call *c, const char *error, int status)
{
	struct html_sign_in_code v = { .action = "/sign-in/code",
		                       .csrf = page_csrf(cx, c),
		                       .next = door_next(c),
		                       .error = error,
		                       .again = "/sign-in" };
	page_answer(cx, c, &(struct page){ .title = lg_say("Enter the code"), .status = status },
	            html_sign_in_code_any(&v));
}

enum lg_err on_code_page(struct lg_ctx *cx, struct call *c)
{
	if (!*step(c)) return http_redirect(c->rs, door_path(cx, "/sign-in", door_next(c))), LG_OK;
	show_code(cx, c, NULL, 200);
	return LG_OK;
}

enum lg_err on_code(struct lg_ctx *cx, struct call *c)
{
	struct auth_answer a;
	LG_TRY(door_ask(cx, c, &a,
	                json_pack("{s:s,s:s,s:s,s:s,s:s}", "call", "code", "pending", step(c), "code",
	                          small_sent(c, "code"), "address", c->rq->peer, "agent", door_agent(c))));
	if (a.state == AUTH_GONE)
		return sign_in_page(cx, c, lg_say("That took too long. Please begin again."), REFUSED);
	if (a.state == AUTH_WAIT) return show_code(cx, c, door_wait(cx, c, &a), THROTTLED), LG_OK;
	if (a.state == AUTH_NO)
		return show_code(cx, c, lg_say("This is not the code of now, or it was used already."), REFUSED), LG_OK;
	door_go_on(cx, c, &a, door_next(c));
	return LG_OK;
}

/* --- setting up the second step on the way in */

static enum lg_err show_second(struct lg_ctx *cx, struct call *c, const char *error, int status)
{
	struct auth_answer a;
	LG_TRY(door_ask(cx, c, &a, json_pack("{s:s,s:s,s:s}", "call", "look", "kind", "second", "pending", step(c))));
	if (a.state != AUTH_DONE)
		return sign_in_page(cx, c, lg_say("That took too long. Please begin again."), REFUSED);
	struct html_sign_in_code v = { .action = "/sign-in/second",
		                       .csrf = page_csrf(cx, c),
		                       .next = door_next(c),
		                       .error = error,
		                       .again = "/sign-in" };
	v.help = lg_printf(cx->mem,
	                   /* TRANSLATORS: %s is the key, in groups of four letters. */
	                   lg_say("Staff sign in with a password and a code. Open an app for codes (authenticator) on "
	                          "your phone, add an account by hand "
	                          "and write this key: %s. Then write the code that the app shows."),
	                   auth_word(&a, "secret"));
	page_answer(cx, c, &(struct page){ .title = lg_say("Codes from your phone"), .status = status },
	            html_sign_in_code_any(&v));
	return LG_OK;
}

enum lg_err on_second_page(struct lg_ctx *cx, struct call *c) { return show_second(cx, c, NULL, 200); }

enum lg_err on_second(struct lg_ctx *cx, struct call *c)
{
	struct auth_answer a;
	LG_TRY(door_ask(cx, c, &a,
	                json_pack("{s:s,s:s,s:s,s:s,s:s}", "call", "second", "pending", step(c), "code",
	                          small_sent(c, "code"), "address", c->rq->peer, "agent", door_agent(c))));
	if (a.state == AUTH_GONE)
		return sign_in_page(cx, c, lg_say("That took too long. Please begin again."), REFUSED);
	if (a.state == AUTH_WAIT) return show_second(cx, c, door_wait(cx, c, &a), THROTTLED);
	if (a.state == AUTH_NO)
		return show_second(cx, c, lg_say("This is not the code of now. Is the clock of your telephone right?"),
		                   REFUSED);
	door_go_on(cx, c, &a, door_next(c));
	return LG_OK;
}

/* --- the office */

static void show_offices(struct lg_ctx *cx, struct call *c, const struct auth_answer *a, const char *action)
{
	json_t *offices = json_object_get(a->json, "offices");
	struct html_choose_tenant v = { .action = action, .csrf = page_csrf(cx, c), .next = door_next(c) };
	struct html_choose_tenant_tenants *list = lg_array(cx->mem, json_array_size(offices) + 1, sizeof *list);
	for (size_t i = 0; i < json_array_size(offices); i++) {
		json_t *o = json_array_get(offices, i);
		list[v.n_tenants++] = (struct html_choose_tenant_tenants){
			.id = lg_printf(cx->mem, "%lld", (long long)json_integer_value(json_object_get(o, "tenant"))),
			.name = json_string_value(json_object_get(o, "name")),
		};
	}
	v.tenants = list;
	page_answer(cx, c, &(struct page){ .title = lg_say("Choose an office") }, html_choose_tenant_any(&v));
}

enum lg_err on_office_page(struct lg_ctx *cx, struct call *c)
{
	struct auth_answer a;
	LG_TRY(door_ask(cx, c, &a, json_pack("{s:s,s:s,s:s}", "call", "look", "kind", "office", "pending", step(c))));
	if (a.state != AUTH_DONE)
		return sign_in_page(cx, c, lg_say("That took too long. Please begin again."), REFUSED);
	show_offices(cx, c, &a, "/sign-in/office");
	return LG_OK;
}

static int64_t tenant_chosen(const struct call *c)
{
	const char *text = small_sent(c, "tenant");
	return strlen(text) < 10 && strspn(text, "0123456789") == strlen(text) && *text ? strtoll(text, NULL, 10) : 0;
}

enum lg_err on_office_chosen(struct lg_ctx *cx, struct call *c)
{
	struct auth_answer a;
	LG_TRY(door_ask(cx, c, &a,
	                json_pack("{s:s,s:s,s:I,s:s,s:s}", "call", "office", "pending", step(c), "tenant",
	                          (json_int_t)tenant_chosen(c), "address", c->rq->peer, "agent", door_agent(c))));
	if (a.state != AUTH_IN) return sign_in_page(cx, c, lg_say("That took too long. Please begin again."), REFUSED);
	door_go_on(cx, c, &a, door_next(c));
	return LG_OK;
}

/* --- elsewhere */

enum lg_err on_oidc_begin(struct lg_ctx *cx, struct call *c)
{
	struct auth_answer a;
	LG_TRY(door_ask(cx, c, &a, json_pack("{s:s}", "call", "oidc_begin")));
	if (a.state != AUTH_GO) return LG_UNKNOWN;
	http_put_cookie(cx, c->rs, DOOR_COOKIE, a.pending, STEP_S);
	/* The one address that is not ours: the operator's own provider. */
	const char *url = auth_word(&a, "url");
	for (const char *s = url; *s; s++)
		if ((unsigned char)*s <= ' ' || *s == 0x7F)
			return lg_fail(cx, LG_FAULT, NULL, "the provider's address has a blank");
	c->rs->status = 303;
	http_put_header(c->rs, "Location", url);
	return LG_OK;
}

enum lg_err on_oidc_back(struct lg_ctx *cx, struct call *c)
{
	const char *state = http_query(c->rq, "state"), *code = http_query(c->rq, "code");
	struct auth_answer a;
	LG_TRY(door_ask(cx, c, &a,
	                json_pack("{s:s,s:s,s:s,s:s,s:s,s:s}", "call", "oidc_finish", "pending", step(c), "state",
	                          state ? state : "", "code", code ? code : "", "address", c->rq->peer, "agent",
	                          door_agent(c))));
	if (a.state == AUTH_GONE)
		return sign_in_page(cx, c, lg_say("That took too long. Please begin again."), REFUSED);
	if (a.state == AUTH_NO)
		return sign_in_page(cx, c,
		                    lg_say("You are not known here under that name. Ask an administrator of your "
		                           "office for an invitation."),
		                    REFUSED);
	door_go_on(cx, c, &a, "/");
	return LG_OK;
}

/* --- while signed in */

enum lg_err on_sign_out(struct lg_ctx *cx, struct call *c)
{
	struct auth_answer a;
	const char *token = http_cookie(c->rq, APP_SESSION_COOKIE);
	LG_TRY(door_ask(cx, c, &a, json_pack("{s:s,s:s}", "call", "sign_out", "token", token ? token : "")));
	http_put_cookie(cx, c->rs, APP_SESSION_COOKIE, NULL, 0);
	http_put_header(c->rs, "Clear-Site-Data", "\"cache\"");
	http_redirect(c->rs, "/sign-in?said=signed_out");
	return LG_OK;
}

enum lg_err on_session_extend(struct lg_ctx *cx, struct call *c)
{
	struct auth_answer a;
	LG_TRY(door_ask(
	    cx, c, &a,
	    json_pack("{s:s,s:s}", "call", "session_extend", "token", http_cookie(c->rq, APP_SESSION_COOKIE))));
	if (a.state != AUTH_DONE) return LG_SIGN_IN;
	if (c->partial) {
		c->rs->status = 204;
		http_put_header(
		    c->rs, "X-Session-Until",
		    lg_printf(cx->mem, "%lld", (long long)json_integer_value(json_object_get(a.json, "until"))));
		return LG_OK;
	}
	http_redirect(c->rs, door_next(c));
	return LG_OK;
}

enum lg_err on_offices(struct lg_ctx *cx, struct call *c)
{
	struct db_account_memberships_rows rows = { 0 };
	LG_TRY(db_account_memberships(cx, c->db, &rows));
	struct auth_answer a = { .json = json_object() };
	json_t *list = json_array();
	for (size_t i = 0; i < rows.n; i++)
		(void)json_array_append_new(list, json_pack("{s:I,s:s}", "tenant", (json_int_t)rows.rows[i].tenant,
		                                            "name", rows.rows[i].tenant_name));
	(void)json_object_set_new(a.json, "offices", list);
	LG_TRY(app_end(cx, c));
	show_offices(cx, c, &a, "/offices");
	json_decref(a.json);
	return LG_OK;
}

enum lg_err on_office_switch(struct lg_ctx *cx, struct call *c)
{
	struct auth_answer a;
	LG_TRY(door_ask(cx, c, &a,
	                json_pack("{s:s,s:s,s:I}", "call", "session_switch", "token",
	                          http_cookie(c->rq, APP_SESSION_COOKIE), "tenant", (json_int_t)tenant_chosen(c))));
	if (a.state != AUTH_IN) return LG_UNKNOWN; /* of no office that there is, or of none that is theirs */
	door_go_on(cx, c, &a, "/");
	return LG_OK;
}

enum lg_err on_language(struct lg_ctx *cx, struct call *c)
{
	const char *language = language_known(http_form(c->rq, "language"));
	if (!language) return lg_fail(cx, LG_INVALID, "language", lg_say("This language is not there."));
	if (c->db) db_account_language_send(cx, c->db, (struct db_account_language_in){ .language = language });
	LG_TRY(app_end(cx, c));
	http_put_cookie(cx, c->rs, APP_LANGUAGE_COOKIE, language, LANGUAGE_S);
	http_redirect(c->rs, door_next(c));
	return LG_OK;
}
