/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_HTTP_HTTP_H
#define LG_HTTP_HTTP_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/ctx.h"

/**
 * @file
 * A request and a response, as the rest of the program knows them: parsed, bounded, in memory. No entity is known here.
 */
enum http_method { HTTP_GET, HTTP_HEAD, HTTP_POST, HTTP_PUT, HTTP_PATCH, HTTP_DELETE, HTTP_OTHER };

/** A name and its value: of a header, a cookie, a query or a form. Texts are UTF-8 without NUL. */
struct http_pair {
	const char *name, *value;
};
struct http_pairs {
	const struct http_pair *at;
	size_t n;
};

/** A file of a form. `filename` is what the client calls it, and nothing more; `bytes` lie in the body, without a NUL.
 */
struct http_file {
	const char *name, *filename, *bytes;
	size_t n;
};
struct http_files {
	const struct http_file *at;
	size_t n;
};

enum { HTTP_ARGS = 6 };

struct http_request {
	enum http_method method;
	const char *method_name; /* as sent */
	const char *path;        /* decoded, begins with /, no query, no "." or ".." part */
	struct http_pairs query; /* in the order sent */
	struct http_pairs form; /* of application/x-www-form-urlencoded and multipart/form-data bodies; a name may stand
	                           more than once */
	struct http_files files; /* of multipart/form-data bodies; files that were not chosen are not there */
	struct http_pairs headers, cookies;
	const char *body; /* the whole of it, for JSON and the like; NUL-terminated */
	size_t n_body;
	const char *peer; /* address of the client: of the connection, or the last hop told by a trusted proxy */
	bool secure;      /* it came over TLS, as the trusted proxy says */
	bool again;       /* nobody sent it: the server asks for a stream's next event (http_stream()) */
	const char *args[HTTP_ARGS]; /* {words} of the route's path, by place: set by http_fits() */
};

/** The first of that name, or NULL. Header names: any case. O(n). */
const char *http_header(const struct http_request *rq, const char *name);
const char *http_cookie(const struct http_request *rq, const char *name);
const char *http_query(const struct http_request *rq, const char *name);
const char *http_form(const struct http_request *rq, const char *name);
const struct http_file *http_file(const struct http_request *rq, const char *name);

/**
 * Read what a request asks for ("/candidates?name=Olena") into rq->path and rq->query.
 * LG_INVALID: it does not begin with /, has a part "." or "..", an encoded slash, a backslash, control characters or
 * NUL, is not UTF-8, or its query is one that http_read_pairs() refuses with `most`. Pure; O(length).
 */
LG_MUST enum lg_err http_read_target(struct lg_ctx *cx, struct http_request *rq, const char *target, size_t most);

/**
 * Does the path fit a route's pattern ("/candidates/{id}/notes")? A word in braces takes one part, not empty.
 * The parts are noted in rq->args, in order. Pure; O(length).
 */
bool http_fits(const char *pattern, struct http_request *rq, struct lg_ctx *cx);

/** Of a stream: is there anything to tell? */
enum http_news {
	HTTP_NO_NEWS,
	HTTP_NEWS,    /* this: told at once, and the request is not served for it */
	HTTP_NEWS_ASK /* it is to be served, and tells what it then says */
};
enum { HTTP_NEWS_TEXT = 128 };
/** with: what http_stream_if() was given; told: the last event; since_ms: how long ago the request was served; out:
 * room for a line that is to be told. */
typedef enum http_news http_asks(uint64_t with, const char *told, int64_t since_ms, char out[HTTP_NEWS_TEXT]);

struct http_response {
	int status;
	const char *type;   /* Content-Type; NULL when there is no body */
	struct lg_buf body; /* owned by the response; http_response_free() */
	struct http_pair headers[24];
	size_t n_headers;
	/* Instead of body: bytes that live as long as the program (assets). */
	const void *fixed;
	size_t n_fixed;
	unsigned stream_ms; /* of http_stream(); 0: an answer like any other */
	/* Of http_stream_if(), or NULL. */
	http_asks *stream_asks;
	uint64_t stream_with;
};
/**
 * Make it a stream of server-sent events (text/event-stream): the body, one line, is the first. The same request is
 * then served again every so many milliseconds, marked `again`, and each time the body is another, it is the next
 * event; what it was is not sent twice. The stream ends when the answer is no stream any more (nobody is signed in,
 * say), and after http_server_config.stream_s; browsers then ask anew. Only for GET.
 */
void http_stream(struct http_response *rs, unsigned every_ms);
/**
 * The same, but it is served again only if `asks` says so. For what can be known without the request: fifty streams
 * that wait for one thing cost a call each, and no request. Called by a thread of the server's, which waits for it: it
 * takes no time, and does not wait itself.
 */
void http_stream_if(struct http_response *rs, unsigned every_ms, http_asks *asks, uint64_t with);
/**
 * Add a header. Values with control characters (header injection) are a broken promise: check before. Name and value
 * are not copied: they live in cx->mem or as long as the program.
 */
void http_put_header(struct http_response *rs, const char *name, const char *value);
/**
 * Set-Cookie with __Host- rules: Secure, HttpOnly, SameSite=Lax, Path=/. value NULL: forget it. seconds < 0: session.
 * The name is sent as it is given ("__Host-..."); that both are of a cookie's characters is a promise.
 */
void http_put_cookie(struct lg_ctx *cx, struct http_response *rs, const char *name, const char *value, int64_t seconds);
/** 303 to a path of our own. `path` must pass http_is_own_path(); it is not copied. What is not ASCII is sent encoded.
 */
void http_redirect(struct http_response *rs, const char *path);
/** A path of this site and nothing else: "/x", never "//x", "/\x", a scheme, control characters. For ?next= too. */
bool http_is_own_path(const char *path);
void http_response_free(struct http_response *rs);

/** Percent-decode and parse a query or a form body. LG_INVALID: bad escape, NUL, not UTF-8, more than `most` pairs. */
LG_MUST enum lg_err http_read_pairs(struct lg_ctx *cx, struct http_pairs *out, const char *text, size_t n, size_t most);
bool http_is_multipart(const char *type); /* a Content-Type, or NULL */
/**
 * Fields and files of a multipart/form-data body (RFC 7578). LG_INVALID: it is none as browsers send it, a field is not
 * text, or there are more than `most` parts. What a part says of its own type is not read. Pure; O(n).
 */
LG_MUST enum lg_err http_read_multipart(struct lg_ctx *cx, struct http_pairs *form, struct http_files *files,
                                        const char *type, const char *body, size_t n, size_t most);
/** Parse a Cookie header; what does not parse is left out. */
void http_read_cookies(struct lg_ctx *cx, struct http_pairs *out, const char *header);
/** Put `s` percent-encoded for a query's value. */
void http_put_encoded(struct lg_buf *out, const char *s);
#endif
