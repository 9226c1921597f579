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
#endif
