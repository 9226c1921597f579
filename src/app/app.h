/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_APP_APP_H
#define LG_APP_APP_H
#include <stdbool.h>
#include <stdint.h>

#include "http/http.h"
#include "store/db.h"

/**
 * @file
 * One request: from what came in to what goes out. app_serve() is the whole server without a socket; tests, fuzzers and
 * the command line call it as it is.
 */
enum right {
#define MAY(name, text) MAY_##name,
#include "app/right.def"
#undef MAY
	RIGHTS
};

enum actor_kind { ACTOR_NOBODY, ACTOR_STAFF, ACTOR_CANDIDATE, ACTOR_EMPLOYER, ACTOR_CLIENT };

/** Who acts. Filled from what `enter` says (schema/0001_wall.sql), never from the request. */
struct actor {
	enum actor_kind kind;
	int32_t tenant;                /* 0: nobody's */
	const char *account, *subject; /* uuids; subject: the candidate or employer that the account is of, or NULL */
	const char *name, *tenant_name, *tenant_kind;
	const char *language, *zone;             /* "da"; "Europe/Copenhagen" */
	uint64_t rights;                         /* bit MAY_x */
	int64_t session_ends, session_idle_ends; /* unix seconds; 0: no session */
	const uint8_t *token;                    /* 32 bytes, or NULL */
	char csrf[44];                           /* what forms must bring back; "" when there is no session */
};
static inline bool may(const struct actor *a, enum right r) { return (a->rights >> r) & 1; }

struct app;
struct call;
struct day_part;
struct json_t;
typedef enum lg_err app_handler(struct lg_ctx *cx, struct call *c);

/** A row of a component's routes.def: R(method, path, handler, right, doc). */
struct route {
	enum http_method method;
	const char *path;
	app_handler *handler;
	enum right right;
	const char *doc;
	const char *name; /* the handler's, for logs and the matrix */
};

/** An item of the main menu: those are shown that the actor may open; what has no room beside the others is scrolled
 * to. */
struct page_item {
	const char *name;               /* "candidates": what struct page calls `here` */
	const char *href, *icon, *text; /* text: English, for the catalogues */
	enum right right;
};
/** What a module knows of a record of core's: a page behind the record's own address. */
struct page_link {
	const char *entity, *rest, *icon, *text; /* "candidate", "/outcomes"; text: English, for the catalogues */
	enum right right;
};
/** A word that an address may carry to the next page (?said=saved), and what that page says. */
struct page_flash {
	const char *word, *text;
	bool bad;
};

/** Who answers for the service, for pages that everybody may read; NULL: not stated. */
struct app_contact {
	const char *name, *phone, *mail, *officer_mail;
	const char *statement; /* https:// of the official accessibility statement */
};

/** What a module puts into the frame of a page, beside what app knows; of cx. */
struct app_frame {
	const char *number, *number_says, *number_url; /* a number to ring, whose it is, and more about it; or NULL */
};

/** What the program is started with; constant while it serves. */
struct app_setup {
	struct db_pool *pool;
	const struct route *routes;
	size_t n_routes;
	const struct page_item *items;
	size_t n_items;
	const struct page_flash *flashes;
	size_t n_flashes;
	const struct page_link *links;
	size_t n_links;
	const struct day_part *day; /* what modules put on My day (core/day.h) */
	size_t n_day;
	/** Asked for each whole page, when its transaction is over; NULL: there is nothing. */
	void (*frame)(struct lg_ctx *cx, const struct call *c, struct app_frame *out);
	/** Queued before a candidate is erased, in its transaction: what modules know of the person; NULL: nothing. */
	void (*erase)(struct lg_ctx *cx, struct call *c, const char *candidate);
	void (*describe)(struct json_t *api); /* what modules add to the description of the API; NULL: nothing */
	bool trial;                           /* a private cluster: said on every page */
	const char *public_url;               /* "https://landgang.example", or "http://127.0.0.1:8080" */
	const char *security_mail;            /* where vulnerabilities are reported, or NULL */
	struct app_contact contact;
	const char *auth_socket;  /* path of the auth process's socket */
	const char *match_socket; /* and of the matcher's */
	const uint8_t *seal_key;  /* 32 bytes: master key (app/seal.h), or NULL in tests without */
	const uint8_t *form_key;  /* 32 bytes: for csrf of forms before sign-in */
	const struct lg_taxonomy *taxonomy;
	const struct match_terms *terms; /* records in the engine's terms (core/match_terms.h), of that taxonomy */
	const struct lg_linker *occupations, *skills; /* NULL: choosing by typing is not there */
	const struct lg_spotter *spotter;             /* finds occupations in sentences; NULL: nobody does */
	bool webhooks, webhooks_to_loopback;          /* are they sent; may they lead to this machine (settings.def) */
	int64_t (*now)(void);                         /* unix seconds */
	size_t most_document;                         /* bytes of one that is uploaded */
	/** Read what strangers uploaded, in a process that can do nothing else: of a kind of cmd/parser.def, to text.
	 * LG_INVALID says why not. NULL: nothing is read. */
	enum lg_err (*parse)(struct lg_ctx *cx, const char *kind, const void *input, size_t n, struct lg_buf *out);
};
struct app *app_new(struct lg_ctx *cx, const struct app_setup *setup);
const struct app_setup *app_setup(const struct app *app);
struct known;
struct known *app_known(const struct app *app); /* app/known.h */

/** One call of a handler. */
struct call {
	struct app *app;
	const struct http_request *rq;
	struct http_response *rs;
	const struct route *route;
	struct actor actor;
	struct db *db; /* the actor's transaction; NULL for MAY_ANYBODY without a session */
	/* Who acts was known from a moment ago, and the transaction, when it begins, says whether it is so still. */
	const struct db *assumed; /* that transaction, or NULL: it was entered, and has said it */
	bool anew;                /* nothing is assumed */
	bool api;                 /* /api/v1: JSON, bearer only */
	bool partial;             /* htmx wants the block only */
	bool unasked;             /* the page asks by itself, as it was told that a part of it is old: only reads */
	const char *language;
	const char *why; /* reason given for a change, or "" */
};

/**
 * Serve one request. Finds the route (longest literal wins; HEAD is GET without body), the actor, checks the right and,
 * for methods that change something, Sec-Fetch-Site and the csrf token of the session; calls the handler; commits what
 * it left open; turns an error into a page or into problem details. Never fails: whatever happens, rs holds an answer.
 */
void app_serve(struct lg_ctx *cx, struct app *app, struct http_request *rq, struct http_response *rs);
void app_served(struct lg_ctx *cx, struct app *app, const struct http_request *rq, const struct http_response *rs,
                uint64_t us);
#endif
