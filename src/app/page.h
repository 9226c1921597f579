/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_APP_PAGE_H
#define LG_APP_PAGE_H
#include "app/app.h"

/**
 * @file
 * A page: the shell that all pages have (header, navigation, messages, footer) around a body made by a template.
 */
struct page_crumb {
	const char *text, *href;
};
struct page {
	const char *title;              /* in the language spoken */
	const struct page_crumb *crumbs; /* the way here, without this page; href "/..." */
	size_t n_crumbs;
	const char *here;               /* the item of the navigation that is this one's: "candidates"; or NULL */
	bool wide;                      /* tables that want the width */
	const char *refresh;            /* seconds, or NULL */
};

/** Answer with a page of status 200 (or 422 when cx has notes of a form). `body` is what a template printed; it is emptied. */
void page_answer(struct lg_ctx *cx, struct call *c, const struct page *page, struct lg_buf *body);
/** The error page: what happened, what to do, the request's id. Works without a session and without the database. */
void page_problem(struct lg_ctx *cx, struct call *c, int status, const char *title, const char *detail);
/** A buffer for a body that dies with cx. */
struct lg_buf *page_body(struct lg_ctx *cx);
/** What a form must bring back: of the session, or before one of the form cookie, which is set when it is not there. */
const char *page_csrf(struct lg_ctx *cx, struct call *c);
/** The note of a field of a form that was not accepted, or NULL. */
const char *page_note(const struct lg_ctx *cx, const char *field);
#endif
