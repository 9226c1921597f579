/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <arpa/inet.h>
#include <strings.h>

#include "base/utf8.h"
#include "http/inner.h"
#include "http/text.h"

enum { PAIRS_MAX = 1000 };

static enum http_method method_of(const char *name)
{
	static const char *const names[HTTP_OTHER] = { "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE" };
	for (int m = HTTP_GET; m < HTTP_OTHER; m++)
		if (strcmp(names[m], name) == 0) return (enum http_method)m;
	return HTTP_OTHER;
}

static struct http_span trimmed(struct http_span s)
{
	while (s.n && (s.at[s.n - 1] == ' ' || s.at[s.n - 1] == '\t')) s.n--;
	return s;
}

/* What a proxy says of the client is asked once, here; nobody else should believe it. */
static bool is_of_a_proxy(const char *name)
{
	return strncasecmp(name, "X-Forwarded-", 12) == 0 || strcasecmp(name, "Forwarded") == 0;
}

/* All fields whose value is UTF-8, but those of proxies; these go to `forwarded`. */
static void read_headers(struct lg_ctx *cx, struct http_pairs *out, struct http_pairs *forwarded,
                         const struct http_head *h)
{
	struct http_pair *at = lg_array(cx->mem, h->n, sizeof *at), *told = lg_array(cx->mem, h->n, sizeof *told);
	for (size_t i = 0; i < h->n; i++) {
		struct http_span name = h->lines[i].name, value = trimmed(h->lines[i].value);
		if (lg_utf8_span(value.at, value.n) != value.n) continue;
		struct http_pair pair = { lg_strndup(cx->mem, name.at, name.n),
			                  lg_strndup(cx->mem, value.at, value.n) };
		if (is_of_a_proxy(pair.name))
			told[forwarded->n++] = pair;
		else
			at[out->n++] = pair;
	}
	out->at = at;
	forwarded->at = told;
}

static const char *last_of(const struct http_pairs *pairs, const char *name)
{
	for (size_t i = pairs->n; i--;)
		if (strcasecmp(pairs->at[i].name, name) == 0) return pairs->at[i].value;
	return NULL;
}

/* Of "a, b, c": c, for each proxy writes its peer behind what it was told. Not an address: NULL. */
static const char *last_hop(const char *list)
{
	unsigned char address[sizeof(struct in6_addr)];
	const char *comma = strrchr(list, ',');
	const char *hop = comma ? comma + 1 : list;
	hop += strspn(hop, " \t");
	return inet_pton(AF_INET, hop, address) == 1 || inet_pton(AF_INET6, hop, address) == 1 ? hop : NULL;
}

static void read_peer(struct lg_ctx *cx, struct http_request *rq, const struct http_pairs *forwarded,
                      const struct http_connection *c)
{
	const char *trusted = c->server->config.trusted_proxy;
	rq->peer = lg_strdup(cx->mem, c->peer);
	rq->secure = false;
	if (!trusted || strcmp(trusted, c->peer) != 0) return;
	const char *list = last_of(forwarded, "X-Forwarded-For"), *proto = last_of(forwarded, "X-Forwarded-Proto");
	const char *hop = list ? last_hop(list) : NULL;
	if (hop) rq->peer = hop;
	rq->secure = proto && strcmp(proto, "https") == 0;
}

/* A browser sends one; one that HTTP/2 split may come as several. */
static void read_cookies(struct lg_ctx *cx, struct http_request *rq)
{
	size_t n = 0;
	for (size_t i = 0; i < rq->headers.n; i++)
		if (strcasecmp(rq->headers.at[i].name, "Cookie") == 0) n += strlen(rq->headers.at[i].value) + 1;
	if (!n) return;
	char *all = lg_alloc(cx->mem, n + 1), *end = all;
	for (size_t i = 0; i < rq->headers.n; i++) {
		if (strcasecmp(rq->headers.at[i].name, "Cookie") != 0) continue;
		end = stpcpy(end, rq->headers.at[i].value);
		*end++ = ';';
	}
	http_read_cookies(cx, &rq->cookies, all);
}

static bool is_form(const char *type)
{
	static const char form[] = "application/x-www-form-urlencoded";
	size_t n = type ? strcspn(type, "; \t") : 0;
	return n == sizeof form - 1 && strncasecmp(type, form, n) == 0;
}

int http_request_read(struct lg_ctx *cx, struct http_request *out, const struct http_connection *c)
{
	struct http_pairs forwarded = { 0 };
	*out = (struct http_request){ .method_name = lg_strndup(cx->mem, c->head.method.at, c->head.method.n) };
	out->method = method_of(out->method_name);
	read_headers(cx, &out->headers, &forwarded, &c->head);
	read_peer(cx, out, &forwarded, c);
	read_cookies(cx, out);
	out->body = c->body.data ? c->body.data : "";
	out->n_body = c->body.len;
	if (http_read_target(cx, out, c->target.data, PAIRS_MAX) != LG_OK) return 400;
	const char *type = http_header(out, "Content-Type");
	enum lg_err err = LG_OK;
	if (is_form(type))
		err = http_read_pairs(cx, &out->form, out->body, out->n_body, PAIRS_MAX);
	else if (http_is_multipart(type))
		err = http_read_multipart(cx, &out->form, &out->files, type, out->body, out->n_body, PAIRS_MAX);
	return err == LG_OK ? 0 : lg_err_http(err);
}
