/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_FORMATS_SHEET_INNER_H
#define LG_FORMATS_SHEET_INNER_H
#include "formats/sheet.h"

/** Objects one a line, or advertisements. `file`: where the file begins, for counting lines. */
LG_MUST enum lg_err sheet_read_json(struct lg_ctx *cx, struct lg_buf *out, const char *s, size_t n, const char *file);
/**
 * Objects one a line, the first of which is `line`. An object with the key "" is a row that its reader could not read,
 * and that is why.
 */
LG_MUST enum lg_err sheet_read_objects(struct lg_ctx *cx, struct lg_buf *out, const char *format, const char *s,
                                       size_t n, uint64_t line);

/** Workbooks (formats/xlsx.h): their first sheet that is not hidden. */
bool sheet_is_workbook(const char *bytes, size_t n);
LG_MUST enum lg_err sheet_read_workbook(struct lg_ctx *cx, struct lg_buf *out, const char *bytes, size_t n);
/** Job postings (formats/jobposting.h), JSON-LD or a page with them. */
bool sheet_is_postings(const char *bytes, size_t n);
LG_MUST enum lg_err sheet_read_postings(struct lg_ctx *cx, struct lg_buf *out, const char *bytes, size_t n);
/** A CV of Europass (formats/europass.h): one row. */
bool sheet_is_cv(const char *bytes, size_t n);
LG_MUST enum lg_err sheet_read_cv(struct lg_ctx *cx, struct lg_buf *out, const char *bytes, size_t n);
#endif
