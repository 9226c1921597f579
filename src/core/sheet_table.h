/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_SHEET_TABLE_H
#define LG_CORE_SHEET_TABLE_H
#include "app/app.h"
#include "view/records.html.h"

/**
 * @file
 * Tables on the pages of administration: a name in front, some cells, at most one deed in a row. Everything lives as
 * long as the request; texts are not copied.
 */

/** A table without rows yet, with room for `rows`. `heads`: those of the columns, the name's first. `acts`: its rows
 * may have deeds. */
struct html_records *sheet_table(struct lg_ctx *cx, struct call *c, const char *id, const char *caption,
                                 const char *const *heads, size_t n_heads, size_t rows, bool acts);
/** Its cells are numbers that are read across and down: it stays a table on a phone, where it is moved sideways. After
 * the last row. */
void sheet_table_matrix(struct html_records *v);
/** One more row; `url` may be NULL. `cells`: n of them, under heads[1] and on. */
struct html_records_rows *sheet_table_row(struct lg_ctx *cx, struct html_records *v, const char *name, const char *url,
                                          const char *const *heads, const char *const *cells, size_t n);
/** What may be done with a row. `says`: of what, for who does not see the row; `post`: a button, else a link. */
void sheet_table_deed(struct lg_ctx *cx, struct html_records_rows *row, const char *name, const char *says,
                      const char *url, bool post);
#endif
