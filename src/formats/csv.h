/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_FORMATS_CSV_H
#define LG_FORMATS_CSV_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/**
 * CSV output (RFC 4180, but lines end with LF). `first`: the field begins a line, so no comma goes before it.
 * A field is quoted only where it must be. Bytes are written as they are: these are files of data to be read again,
 * so a field that begins with = + - @ is not changed; a spreadsheet should import such a column as text.
 */
void lg_csv_field(struct lg_buf *out, bool first, const char *s, size_t n); /* quoted where needed */
void lg_csv_str(struct lg_buf *out, bool first, const char *s);
void lg_csv_int(struct lg_buf *out, bool first, int64_t v);
void lg_csv_empty(struct lg_buf *out, bool first);
void lg_csv_end(struct lg_buf *out);
#endif
