/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_TEST_CORE_VISITOR_H
#define LG_TEST_CORE_VISITOR_H
#include "app/app.h"
#include "auth_house.h"

/**
 * @file
 * A browser of a few lines over app_serve(): it keeps cookies, and sends back the csrf token of the last page. For a
 * house (auth_house.h) that is open. Every Set-Cookie it sees is held against what cookies of ours must be.
 */
enum { VISITOR_COOKIES = 8 };
struct visitor {
	struct {
		const char *name, *value;
	} cookies[VISITOR_COOKIES];
	const char *csrf;    /* of the last page that had one */
	const char *site;    /* Sec-Fetch-Site; NULL: none */
	const char *address; /* NULL: 10.0.0.1 */
	int status;
	const char *location, *body, *retry_after; /* of the last answer; "" where there is none */
};

void visitor_open(void); /* the app; after house_open() */
void visitor_close(void);
struct app *visitor_app(void);
/** One request. form: names and values, NULL at the end; NULL: GET. The csrf token is added, unless v->csrf is NULL. */
void visit(struct visitor *v, const char *path, const char *const *form);
#define POST(...) ((const char *const[]){ __VA_ARGS__, NULL })
void visit_any(struct visitor *v, enum http_method method, const char *path, const char *const *form,
               const char *bearer, const char *body);
const char *visitor_cookie(const struct visitor *v, const char *name);
void visitor_cookie_set(struct visitor *v, const char *name, const char *value);
/** What stands between two texts of the last page, or NULL. */
const char *between(const struct visitor *v, const char *before, const char *after);
/** Come in by the pages, as somebody of auth_house.h with codes. */
void visitor_sign_in(struct visitor *v, const char *mail);
#endif
