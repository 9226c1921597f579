/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <string.h>
#include <strings.h>

#include "app/actor.h"
#include "app/answer.h"
#include "app/app.h"
#include "app/before.h"
#include "app/idempotency.h"
#include "app/known.h"
#include "app/language.h"
#include "app/page.h"
#include "app/seal.h"
#include "base/log.h"
#include "view/assets.h"
#include "view/speech.h"

struct app {
	struct app_setup setup;
	struct known *known;
};

struct app *app_new(struct lg_ctx *cx, const struct app_setup *setup)
{
	struct app *app = lg_alloc(cx->mem, sizeof *app);
	app->setup = *setup;
	app->known = known_new(cx);
	return app;
}

const struct app_setup *app_setup(const struct app *app) { return &app->setup; }
struct known *app_known(const struct app *app) { return app->known; }

/* --- the route */

/* How many bytes of a pattern are no {word}: of two that fit, the one with more is meant. */
static size_t literal(const char *pattern)
{
	size_t n = 0;
	bool word = false;
	for (; *pattern; pattern++) {
		if (*pattern == '{') word = true;
		if (!word) n++;
		if (*pattern == '}') word = false;
	}
	return n;
}

/* The route, or NULL; *allowed tells the methods there are for the path. */
static const struct route *find_route(struct lg_ctx *cx, const struct app *app, struct http_request *rq,
                                      unsigned *allowed)
{
	const struct route *best = NULL;
	enum http_method method = rq->method == HTTP_HEAD ? HTTP_GET : rq->method;
	*allowed = 0;
	for (const struct route *r = app->setup.routes; r < app->setup.routes + app->setup.n_routes; r++) {
		if (!http_fits(r->path, rq, cx)) continue;
		*allowed |= 1u << r->method;
		if (r->method == method && (!best || literal(r->path) > literal(best->path))) best = r;
	}
	if (best) lg_assert(http_fits(best->path, rq, cx)); /* for its arguments */
	return best;
}

static void put_allow(struct lg_ctx *cx, struct http_response *rs, unsigned allowed)
{
	static const char *const names[] = { [HTTP_GET] = "GET, HEAD",
		                             [HTTP_POST] = "POST",
		                             [HTTP_PUT] = "PUT",
		                             [HTTP_PATCH] = "PATCH",
		                             [HTTP_DELETE] = "DELETE" };
	const char *list = "";
	for (unsigned m = 0; m < sizeof names / sizeof *names; m++)
		if (names[m] && allowed & 1u << m)
			list = lg_printf(cx->mem, "%s%s%s", list, *list ? ", " : "", names[m]);
	http_put_header(rs, "Allow", list);
}

/* --- who may change something from where */

static bool changes_something(enum http_method m) { return m != HTTP_GET && m != HTTP_HEAD; }

/* Browsers say where a request comes from; what another site sends is refused whatever it knows. */
static bool is_from_elsewhere(const struct http_request *rq)
{
	const char *site = http_header(rq, "Sec-Fetch-Site");
	return site && strcasecmp(site, "same-origin") != 0 && strcasecmp(site, "none") != 0;
}

static bool brings_csrf(struct lg_ctx *cx, const struct call *c)
{
	const char *brought = http_form(c->rq, "csrf");
	if (!brought) brought = http_header(c->rq, "X-Csrf");
	if (!brought || is_from_elsewhere(c->rq)) return false;
	const char *due = c->actor.csrf;
	if (!*due) due = page_form_proof(cx, c, http_cookie(c->rq, APP_FORM_COOKIE));
	return due && *due && strlen(due) == strlen(brought) && seal_same(due, brought, strlen(due));
}

/* --- one call */

static enum lg_err refuse_sign_in(struct lg_ctx *cx, struct call *c, bool ended)
{
	bool told = false;
	if (ended) LG_TRY(before_tell(cx, c, &told));
	if (told) return LG_OK;
	if (c->api) {
		http_put_header(c->rs, "WWW-Authenticate", "Bearer");
		return LG_SIGN_IN;
	}
	if (changes_something(c->rq->method) || c->partial) return LG_SIGN_IN;
	/* A link opened before signing in leads there afterwards. */
	struct lg_buf *to = page_buffer(cx);
	lg_puts(to, "/sign-in?");
	if (ended) lg_puts(to, "said=session_ended&");
	lg_puts(to, "next=");
	http_put_encoded(to, c->rq->path);
	http_redirect(c->rs, lg_strdup(cx->mem, to->data));
	return LG_OK;
}

/* A reason stays in the audit for ever: it is a line. */
static enum lg_err check_why(struct lg_ctx *cx, const struct call *c)
{
	enum { WHY = 800 };
	size_t n = 0;
	for (; c->why[n]; n++)
		if ((unsigned char)c->why[n] < ' ' || c->why[n] == 0x7F)
			return lg_fail(cx, LG_INVALID, "why",
			               lg_say("There is a character in this that cannot be used here."));
	return n > WHY ? lg_fail(cx, LG_INVALID, "why", lg_say("This is too long.")) : LG_OK;
}

/* What shows a number shows it again, and writes that down again: such an answer is not kept. */
static bool is_kept(const struct call *c)
{
	return c->api && c->db && c->rq->method == HTTP_POST && c->route->right != MAY_CANDIDATE_REVEAL;
}

static enum lg_err handle(struct lg_ctx *cx, struct call *c)
{
	enum idempotency_is is = IDEMPOTENCY_NEW;
	LG_TRY(check_why(cx, c));
	if (is_kept(c)) LG_TRY(idempotency_begin(cx, c, &is));
	if (is == IDEMPOTENCY_ANSWERED) return LG_OK;
	LG_TRY(c->route->handler(cx, c));
	if (is == IDEMPOTENCY_BEGUN) idempotency_answered(cx, c);
	return app_end(cx, c);
}

static enum lg_err serve(struct lg_ctx *cx, struct call *c, struct http_request *rq)
{
	unsigned allowed;
	bool ended;
	c->route = find_route(cx, c->app, rq, &allowed);
	LG_TRY(actor_enter(cx, c, &ended));
	if (c->actor.language) c->language = c->actor.language;
	lg_speak_here(c->language);
	if (!c->route && allowed) {
		put_allow(cx, c->rs, allowed);
		answer_problem(cx, c, 405, lg_say("This cannot be done here."), "");
		return LG_OK;
	}
	if (!c->route) return LG_UNKNOWN;
	if (!may(&c->actor, c->route->right))
		return c->actor.kind == ACTOR_NOBODY ? refuse_sign_in(cx, c, ended) : LG_DENIED;
	if (!c->api && changes_something(c->rq->method) && !brings_csrf(cx, c)) {
		answer_problem(cx, c, 403, lg_say("This form is not fresh any more."),
		               lg_say("Go back, load the page again, and send it once more. Nothing was saved."));
		return LG_OK;
	}
	return handle(cx, c);
}

static bool is_partial(const struct http_request *rq)
{
	const char *type = http_header(rq, "HX-Request-Type");
	return type && !strcmp(type, "partial");
}

/* The part that renews itself (id="live"): that nobody pressed anything must not keep a session alive. */
static bool is_unasked(const struct http_request *rq)
{
	const char *source = http_header(rq, "HX-Source");
	return source && !strcmp(source, "div#live") && is_partial(rq);
}

static bool has_header(const struct http_response *rs, const char *name)
{
	for (size_t i = 0; i < rs->n_headers; i++)
		if (!strcasecmp(rs->headers[i].name, name)) return true;
	return false;
}

static void put_safety(struct lg_ctx *cx, const struct http_request *rq, struct http_response *rs)
{
	char id[17];
	lg_id_print(id, cx->id);
	http_put_header(rs, "X-Request-Id", lg_strdup(cx->mem, id));
	if (!has_header(rs, "Content-Security-Policy")) /* a file has one of its own */
		http_put_header(
		    rs, "Content-Security-Policy",
		    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; "
		    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
	http_put_header(rs, "X-Content-Type-Options", "nosniff");
	http_put_header(rs, "Referrer-Policy", "no-referrer");
	http_put_header(rs, "Cross-Origin-Opener-Policy", "same-origin");
	http_put_header(rs, "Cross-Origin-Resource-Policy", "same-origin");
	http_put_header(rs, "Permissions-Policy", "camera=(), geolocation=(), microphone=()");
	if (rq->secure) http_put_header(rs, "Strict-Transport-Security", "max-age=31536000; includeSubDomains");
}

static bool serve_asset(const struct http_request *rq, struct http_response *rs)
{
	const struct asset *a = asset_at(rq->path);
	if (!a || (rq->method != HTTP_GET && rq->method != HTTP_HEAD)) return false;
	const char *encoding;
	struct asset_bytes bytes = asset_for(a, http_header(rq, "Accept-Encoding"), &encoding);
	rs->status = 200;
	rs->type = a->type;
	rs->fixed = bytes.at;
	rs->n_fixed = bytes.n;
	if (encoding) http_put_header(rs, "Content-Encoding", encoding);
	if (a->br.n || a->gz.n) http_put_header(rs, "Vary", "Accept-Encoding");
	http_put_header(rs, "ETag", a->etag);
	http_put_header(rs, "Cache-Control", "public, max-age=31536000, immutable");
	return true;
}

static struct call call_of(struct app *app, struct http_request *rq, struct http_response *rs, bool anew)
{
	struct call c = { .app = app, .rq = rq, .rs = rs, .why = "", .anew = anew };
	const char *why = http_form(rq, "why");
	c.api = !strncmp(rq->path, "/api/", 5);
	c.partial = !c.api && is_partial(rq);
	c.unasked = !c.api && is_unasked(rq) && !changes_something(rq->method);
	c.language = language_before_sign_in(rq);
	if (why) c.why = why;
	lg_speak_here(c.language);
	return c;
}

static void put_down(struct call *c)
{
	if (c->db) db_abandon(c->db);
	c->db = NULL;
}

/* Who it was taken to be is not who it is, or that could not be asked: all of it once more, or an answer to nobody. */
static enum lg_err serve_anew(struct lg_ctx *cx, struct call *c, struct http_request *rq, enum lg_err err)
{
	put_down(c);
	cx->notes = NULL;
	http_response_free(c->rs);
	*c->rs = (struct http_response){ 0 };
	*c = call_of(c->app, rq, c->rs, true);
	return err == LG_BUSY ? err : serve(cx, c, rq);
}

void app_serve(struct lg_ctx *cx, struct app *app, struct http_request *rq, struct http_response *rs)
{
	struct call c = { .app = app, .rq = rq, .rs = rs };
	if (!serve_asset(rq, rs)) {
		c = call_of(app, rq, rs, false);
		enum lg_err err = serve(cx, &c, rq);
		if (actor_is_doubtful(&c)) err = serve_anew(cx, &c, rq, err);
		if (err != LG_OK) {
			put_down(&c);
			answer_error(cx, &c, err);
		}
		if (!has_header(rs, "Cache-Control")) http_put_header(rs, "Cache-Control", "no-store");
		if (!c.api) http_put_header(rs, "Vary", "HX-Request");
	}
	put_safety(cx, rq, rs);
	cx->route = c.route ? c.route->path : NULL;
}

void app_served(struct lg_ctx *cx, struct app *app, const struct http_request *rq, const struct http_response *rs,
                uint64_t us)
{
	(void)app;
	if (!strncmp(rq->path, "/assets/", 8)) return;
	lg_log(cx, rs->status >= 500 ? LG_LOG_WARN : LG_LOG_INFO, "served", LOG_TEXT("method", rq->method_name),
	       LOG_TEXT("route", cx->route ? cx->route : ""), LOG_INT("status", rs->status),
	       LOG_INT("us", (int64_t)us));
}
