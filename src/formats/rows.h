/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_FORMATS_ROWS_H
#define LG_FORMATS_ROWS_H
#include <stddef.h>
#include <stdint.h>

#include "base/ctx.h"

/**
 * @file
 * Records with named columns from bytes that come in any pieces: CSV (RFC 4180, comma or semicolon, CRLF or LF, with
 * or without a byte order mark) or NDJSON (one object a line; values strings, numbers, booleans, null, arrays of
 * those). The form is found from the first line that is not blank. What the columns mean is the caller's affair.
 *
 * An object with the key "" is a record that somebody before us could not read (formats/xlsx.h), and why.
 *
 * A record that cannot be read (wrong number of fields, a quotation mark out of place, bytes that are not UTF-8, broken
 * JSON) is given to the caller as a fault with its line, and reading goes on behind it. A file that is not what
 * it says (a spreadsheet, UTF-16, NUL bytes, no header, a record over LG_RECORD_MAX) ends with LG_INVALID and one note.
 */
enum { LG_RECORD_MAX = 1 << 20, LG_COLUMNS_MAX = 64 };

struct lg_cell {
	const char *text;
	size_t n;
}; /* UTF-8, NUL-terminated, blanks around it cut off; never NULL */

struct lg_record {
	uint64_t line;               /* physical line where it begins, 1-based */
	const struct lg_cell *cells; /* [n_columns] of the sink, "" where absent or null; not with a fault */
	const char *fault;           /* NULL, or what is wrong and what to do, in English */
	const char *column;          /* of the fault; "" when the whole record is meant */
	struct lg_cell value;        /* of the fault: what stood there, perhaps not UTF-8 */
};

/** What the reader gives its records to. Everything given is valid during the call only. */
struct lg_sink {
	void *self;
	const char *const *columns; /* names that mean something, lower case, at most LG_COLUMNS_MAX */
	size_t n_columns;           /* 0: none is known yet, and whoever asks wants to know what there is */
	/** Once, before the first record: the set of known columns there are, by bit. Not LG_OK ends the reading. */
	enum lg_err (*header)(void *self, uint64_t known);
	void (*unknown)(void *self, const char *name, uint64_t line); /* CSV: once a file; NDJSON: for each record */
	void (*record)(void *self, const struct lg_record *record);
};

struct lg_rows; /* a reader of one file */

/** Begin. `name` (of the file, for notes) and `sink` are borrowed. Buffers are closed with cx->mem. */
struct lg_rows *lg_rows_new(struct lg_ctx *cx, const char *name, const struct lg_sink *sink);
/** The next bytes. LG_INVALID: the file is of no use; a note (field: its name) says why, once. O(n). */
LG_MUST enum lg_err lg_rows_feed(struct lg_rows *r, const char *bytes, size_t n);
/** The file has ended. The reader is of no use afterwards; its buffers are given back. */
LG_MUST enum lg_err lg_rows_end(struct lg_rows *r);
#endif
