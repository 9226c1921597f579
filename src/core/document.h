/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_DOCUMENT_H
#define LG_CORE_DOCUMENT_H
#include "core/document.sql.h"
#include "core/form.h"
#include "view/events.html.h"

/**
 * @file
 * Documents of candidates: stored sealed with a key of their own, their text read by a parser process, found by words.
 */

/** Those of a candidate, for the page. */
struct html_events *document_events(struct lg_ctx *cx, struct call *c, const char *candidate,
                                    const struct db_document_list_rows *rows, const struct form_with *with);
/** The form to add one. */
struct html_form *document_form(struct lg_ctx *cx, struct call *c, const char *candidate, const struct form_with *with);
/** A page of its own for one, with its text; what ?q= asks for is marked in it. */
struct candidate_page;
void document_show(struct lg_ctx *cx, struct call *c, const struct candidate_page *page,
                   const struct db_document_get_row *r, const char *text);
const char *document_size_words(struct lg_ctx *cx, int64_t size); /* "12 kB" */

/** All keys of a candidate's documents, forgotten: before the candidate is erased. Queued. */
void document_forget_send(struct lg_ctx *cx, struct call *c, const char *candidate);

/** Where what was asked for stands in somebody's documents. */
struct document_hit {
	const char *candidate, *id, *kind, *name, *quote;
};
/** Found by a document alone somebody is worth so much, which is less than being like a name (NAME_LIKE). */
enum { DOCUMENT_FOUND = 400 };
/** One document each of those candidates in which all that was asked for stands, with a part of it. Reads. */
LG_MUST enum lg_err document_hits(struct lg_ctx *cx, struct call *c, const char *asked, struct db_list candidates,
                                  struct document_hit **out, size_t *n);
#endif
