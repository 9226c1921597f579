/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_STORE_VALUE_H
#define LG_STORE_VALUE_H
#include "store/db.h"

/**
 * @file
 * Values of a struct to PostgreSQL's text form and back. Times are microseconds, dates days since 1970-01-01, UTC;
 * infinity is INT64_MAX and INT32_MAX, -infinity the least value but one (the least is NULL).
 */

/**
 * The parameter that `column` is of the struct `in`, in cx's memory; *out NULL is NULL.
 * @return LG_UNKNOWN a uuid that is none, LG_FAULT a NULL where none may be
 */
LG_MUST enum lg_err db_encode(struct lg_ctx *cx, const struct db_column *column, const void *in, const char **out);
/** A list of texts as a parameter; NULL among them is NULL. */
const char *db_encode_texts(struct lg_ctx *cx, struct db_list list);
/** Put a column of a result (text NULL: it is NULL) into `row`. @return LG_FAULT it is not of the column's type */
LG_MUST enum lg_err db_decode(struct lg_ctx *cx, const struct db_column *column, const char *text, size_t n, void *row);
#endif
