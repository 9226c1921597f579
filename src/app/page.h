/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_APP_PAGE_H
#define LG_APP_PAGE_H
#include "app/app.h"
#include "view/html.h"

/**
 * @file
 * A page: the frame that all pages have (src/view/html/page.html: header, menu, messages, footer) around a body that a
 * template makes.
 */
struct page_crumb {
	const char *text, *href;
};
/** The same for programs: a feed, data. */
struct page_alternate {
	const char *url, *type, *title;
};
struct page {
	const char *title;               /* in the language spoken */
	const struct page_crumb *crumbs; /* the way here, without this page */
	size_t n_crumbs;
	const struct page_alternate *alternates;
	size_t n_alternates;
	const char *canonical;   /* "/entrance/1", of a page that is passed on: whatever it was asked with; or NULL */
	const char *description; /* of a page with a canonical address: what previews of its link say; or NULL */
	const char *here;        /* the item of the menu that is this page's: "candidates"; or NULL */
	const char *q;           /* what stands in the search field */
	bool invented;           /* what is shown is made up */
	const char *wrong;       /* above the notes of a form that was not accepted, or NULL */
	int status;              /* 0: 200, or 422 when cx has notes */
};

/** Answer with a page. A request for a part of it (htmx) gets the body only. */
void page_answer(struct lg_ctx *cx, struct call *c, const struct page *page, struct html_any body);
/** The error page: what happened, what to do, the request's id. Works without a session and without the database. */
void page_problem(struct lg_ctx *cx, struct call *c, int status, const char *title, const char *detail);
/** A buffer that dies with cx. */
struct lg_buf *page_buffer(struct lg_ctx *cx);
/** What a form must bring back: of the session, or before one of the form cookie, which is set when it is not there. */
const char *page_csrf(struct lg_ctx *cx, struct call *c);
/** What a form before sign-in must have brought, for its cookie; "" for none. */
const char *page_form_proof(struct lg_ctx *cx, const struct call *c, const char *cookie);
/** The note of a field of a form that was not accepted, or NULL. */
const char *page_note(const struct lg_ctx *cx, const char *field);
/** Today, in the zone of the actor's office. */
int32_t page_today(const struct lg_ctx *cx, const struct call *c);
/** "28 Nov 2026"; "" for DB_NO_DATE. In cx. */
const char *page_date(struct lg_ctx *cx, int32_t day);
/** A date of a record, "1990-05-24"; "" for what is none. */
const char *page_iso_date(struct lg_ctx *cx, const char *iso);
const char *page_time(struct lg_ctx *cx, const struct call *c, int64_t at_us);
/** "tel:+4511223344", for a link on a number as people write it; NULL of NULL. */
const char *page_tel(struct lg_ctx *cx, const char *phone);
#endif
