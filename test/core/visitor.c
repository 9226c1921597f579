/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "visitor.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include <cmocka.h>

#include "modules/modules.h"
#include "scratch.h"
#include "view/speech.h"

static struct app *app;
static struct db_pool *pool;
static struct lg_ctx base;
static const uint8_t form_key[32] = "the key of forms of these tests";

static int64_t now(void) { return time(NULL); }

struct app *visitor_app(void) { return app; }

void visitor_open(void)
{
	base.mem = lg_arena_new(0, NULL);
	assert_int_equal(lg_speech_open(&base, NULL), LG_OK);
	pool = db_pool_new(&(struct db_config){
	    .conninfo = scratch_conninfo(), .role = "lg_web", .password = "", .most = 8, .wait_ms = 5000 });
	struct app_setup setup = { .pool = pool,
		                   .public_url = "https://landgang.example",
		                   .auth_socket = house.socket,
		                   .seal_key = house_key,
		                   .form_key = form_key,
		                   .now = now };
	modules_put(&setup);
	app = app_new(&base, &setup);
}

void visitor_close(void)
{
	db_pool_free(pool);
	lg_arena_free(base.mem);
}

const char *visitor_cookie(const struct visitor *v, const char *name)
{
	for (size_t i = 0; i < VISITOR_COOKIES; i++)
		if (v->cookies[i].name && !strcmp(v->cookies[i].name, name)) return v->cookies[i].value;
	return NULL;
}

void visitor_cookie_set(struct visitor *v, const char *name, const char *value)
{
	size_t i = 0;
	while (i < VISITOR_COOKIES && v->cookies[i].name && strcmp(v->cookies[i].name, name) != 0) i++;
	assert_true(i < VISITOR_COOKIES);
	v->cookies[i].name = lg_strdup(house.cx.mem, name);
	v->cookies[i].value = value ? lg_strdup(house.cx.mem, value) : NULL;
}

/* "__Host-" asks for Secure, Path=/ and no Domain; ours are for no script, and not for other sites' forms. */
static void take_cookie(struct visitor *v, const char *line)
{
	const char *equal = strchr(line, '='), *end = line + strcspn(line, ";");
	assert_non_null(equal);
	char *name = lg_strndup(house.cx.mem, line, (size_t)(equal - line)),
	     *value = lg_strndup(house.cx.mem, equal + 1, (size_t)(end - equal - 1));
	if (strncmp(name, "__Host-", 7) || !strcasestr(line, "; Secure") || !strcasestr(line, "; HttpOnly") ||
	    !strcasestr(line, "; Path=/") || strcasestr(line, "Domain") ||
	    !(strcasestr(line, "SameSite=Lax") || strcasestr(line, "SameSite=Strict")))
		fail_msg("Set-Cookie: %s", line);
	visitor_cookie_set(v, name, *value && !strcasestr(line, "Max-Age=0") ? value : NULL);
}

static void read_path(struct lg_ctx *cx, struct http_request *rq, const char *path)
{
	const char *q = strchr(path, '?');
	rq->path = lg_strndup(cx->mem, path, q ? (size_t)(q - path) : strlen(path));
	if (q) assert_int_equal(http_read_pairs(cx, &rq->query, q + 1, strlen(q + 1), 100), LG_OK);
}

static void take_answer(struct visitor *v, struct http_response *rs)
{
	v->status = rs->status;
	v->location = v->retry_after = "";
	v->body = lg_strndup(house.cx.mem, rs->body.data ? rs->body.data : "", rs->body.len);
	for (size_t i = 0; i < rs->n_headers; i++) {
		const struct http_pair *h = &rs->headers[i];
		if (strpbrk(h->value, "\r\n")) fail_msg("%s has a line end", h->name);
		if (!strcasecmp(h->name, "Set-Cookie")) take_cookie(v, h->value);
		if (!strcasecmp(h->name, "Location")) v->location = lg_strdup(house.cx.mem, h->value);
		if (!strcasecmp(h->name, "Retry-After")) v->retry_after = lg_strdup(house.cx.mem, h->value);
	}
	const char *csrf = between(v, "name=\"csrf\" value=\"", "\"");
	if (csrf) v->csrf = csrf;
}

void visit_any(struct visitor *v, enum http_method method, const char *path, const char *const *form,
               const char *bearer, const char *body)
{
	static const char *const names[] = { "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OTHER" };
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL), .id = (uint64_t)random(), .now = time(NULL) };
	struct http_response rs = { 0 };
	struct http_pair cookies[VISITOR_COOKIES], headers[3], *pairs = lg_array(cx.mem, 100, sizeof *pairs);
	struct http_request rq = { .method = method,
		                   .method_name = names[method],
		                   .peer = v->address ? v->address : "10.0.0.1",
		                   .secure = true };
	read_path(&cx, &rq, path);
	for (size_t i = 0; i < VISITOR_COOKIES; i++)
		if (v->cookies[i].value)
			cookies[rq.cookies.n++] = (struct http_pair){ v->cookies[i].name, v->cookies[i].value };
	rq.cookies.at = cookies;
	headers[rq.headers.n++] = (struct http_pair){ "User-Agent", "Mozilla/5.0 (X11; Linux x86_64) Firefox/150.0" };
	if (v->site) headers[rq.headers.n++] = (struct http_pair){ "Sec-Fetch-Site", v->site };
	if (bearer)
		headers[rq.headers.n++] = (struct http_pair){ "Authorization", lg_printf(cx.mem, "Bearer %s", bearer) };
	rq.headers.at = headers;
	if (form && v->csrf) pairs[rq.form.n++] = (struct http_pair){ "csrf", v->csrf };
	for (; form && *form; form += 2) pairs[rq.form.n++] = (struct http_pair){ form[0], form[1] };
	rq.form.at = pairs;
	rq.body = body ? body : "";
	rq.n_body = strlen(rq.body);
	app_serve(&cx, app, &rq, &rs);
	take_answer(v, &rs);
	http_response_free(&rs);
	lg_arena_free(cx.mem);
}

void visit(struct visitor *v, const char *path, const char *const *form)
{
	visit_any(v, form ? HTTP_POST : HTTP_GET, path, form, NULL, NULL);
}

const char *between(const struct visitor *v, const char *before, const char *after)
{
	const char *from = strstr(v->body, before), *to = from ? strstr(from + strlen(before), after) : NULL;
	if (!to) return NULL;
	from += strlen(before);
	return lg_strndup(house.cx.mem, from, (size_t)(to - from));
}

void visitor_sign_in(struct visitor *v, const char *mail)
{
	(void)house_sql("UPDATE lg_gate.account SET totp_step = 0 WHERE mail = '%s'", mail);
	visit(v, "/sign-in", NULL);
	assert_int_equal(v->status, 200);
	visit(v, "/sign-in", POST("mail", mail, "password", HOUSE_PASSWORD));
	assert_int_equal(v->status, 303);
	assert_string_equal(v->location, "/sign-in/code");
	visit(v, v->location, NULL);
	assert_int_equal(v->status, 200);
	visit(v, "/sign-in/code", POST("code", house_code(0)));
	if (v->status != 303) fail_msg("%d %s", v->status, v->body);
}
