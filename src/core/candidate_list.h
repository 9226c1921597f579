/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_CANDIDATE_LIST_H
#define LG_CORE_CANDIDATE_LIST_H
#include "app/app.h"
#include "core/candidate.sql.h"
#include "core/document.h"
#include "core/form.h"
#include "view/records.html.h"

/**
 * @file
 * The list of candidates: what an address asks for, and the rows of it. All filters stand in the address, so that a
 * view can be kept, sent and opened again; LG_INVALID for what no filter knows.
 */
struct list_ask {
	const char *q, *state, *municipality, *owner, *unit, *occupation, *language, *level, *wants, *flag, *sort;
	const char *after_key, *after_id;
	int64_t room;
};
/** How many parts an address may have, besides where it goes on. */
enum { LIST_PARTS = 11 };
/** What an address asks for; `query` is the request's, or a kept one's. */
LG_MUST enum lg_err list_ask_read(struct lg_ctx *cx, struct call *c, struct list_ask *out,
                                  const struct http_pairs *query);
/** The query's input; `out->rows` come with the next sync. */
void list_ask_send(struct lg_ctx *cx, struct call *c, const struct list_ask *ask, struct db_candidate_list_rows *out);
/** Queue the first `room` of those that the actor takes care of, by the date of their next step. */
void list_mine_send(struct lg_ctx *cx, struct call *c, int64_t room, struct db_candidate_list_rows *out);
/** The address of the same view, with other parts: pairs of name and value, NULL at the end; value NULL leaves it out.
 */
const char *list_address(struct lg_ctx *cx, const struct list_ask *ask, const char *path, const char *const *other);

/** Rows as a table: name with what was found marked, work, state, next step, whose turn, when. */
struct html_records *list_records(struct lg_ctx *cx, struct call *c, const struct list_ask *ask,
                                  const struct db_candidate_list_row *rows, size_t n, const struct form_with *with);

/** Who of these rows was found by a document alone, and the words around what was asked for. Of those whose name and
 * address are protected, none. */
LG_MUST enum lg_err list_read_hits(struct lg_ctx *cx, struct call *c, const struct list_ask *ask,
                                   const struct db_candidate_list_rows *rows, size_t n, struct document_hit **hits,
                                   size_t *n_hits);
void list_put_hits(struct lg_ctx *cx, const struct list_ask *ask, const struct document_hit *hits, size_t n,
                   const struct html_records *records);
void list_put_hits_json(const struct document_hit *hits, size_t n, const json_t *found);
#endif
