/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_FORMATS_XLSX_H
#define LG_FORMATS_XLSX_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/ctx.h"
#include "formats/rows.h"

/**
 * @file
 * Workbooks of spreadsheets (.xlsx, ECMA-376, transitional and strict) as records with named columns: the same sink,
 * and the same records, as a CSV file (formats/rows.h), so that whoever takes them does not care which it was.
 *
 *     LG_TRY(lg_xlsx_rows(cx, "openings.xlsx", bytes, n, NULL, &sink));
 *
 * Behind the sandbox, a parser cannot call a sink. lg_xlsx_ndjson() writes the sheet as NDJSON in which line N is row N
 * of the sheet (the header's and empty rows are empty lines): give it to lg_rows_feed() with the sink, and numbers of
 * lines in messages are the rows that a user sees.
 *
 * The first row that is not empty names the columns. A record's `line` is its row. A cell is text as people see it:
 *
 *   texts      shared and inline ones, without phonetic help; blanks around are cut off by the row reader
 *   numbers    plain decimals with at most 15 digits, no exponent, a point; a format of zeros alone ("0000") fills up
 *   dates      a number whose format has days, months or years: YYYY-MM-DD, with T and HH:MM:SS where it has a time of
 *              day as well; from 1900 or from 1904, whichever the workbook says; a time alone is HH:MM[:SS]
 *   booleans   true, false
 *   formulas   their last value; nothing is computed
 *   errors     (#N/A, #REF!, ...) and dates that do not exist are faults of the record, with the name of the cell
 *
 * Rows without any text are passed over. A column without a name in the first row is given to `unknown` once, as
 * "column H", when it has text below. Hidden rows and columns are read: what is hidden may be wanted, and is shown
 * before anything is kept. Merged cells have their text in the first cell only.
 *
 * Errors: LG_INVALID with one note (field: `name`) that says what this is instead (an old .xls, one with a password,
 * LibreOffice's .ods, .xlsb, a document), which part is missing or damaged, in which sheet and row, and what to do.
 *
 * Hostile input: only the parts that are needed are unpacked, each once, never to a file; parts are found by name in
 * the zip alone; names that lead out of it (.., a leading /, a backslash) are refused, and a name that stands twice; no
 * DTD, no entities but XML's five, nothing is fetched. Bounds, each with a message of its own: those below, elements
 * 64 deep and a megabyte of text in a row. Memory: the shared texts and one row, from malloc, besides cx->mem.
 * O(unpacked). Threads: any.
 */
#define LG_XLSX_PART_MAX (512u << 20)   /* bytes of one part, unpacked */
#define LG_XLSX_STRINGS_MAX (48u << 20) /* bytes of all shared texts */
enum {
	LG_XLSX_ENTRIES_MAX = 4000,   /* in the zip */
	LG_XLSX_RATIO_MAX = 200,      /* of a part that unpacks to more than 4 MiB, against the whole file */
	LG_XLSX_ROW_MAX = 1048576,    /* the last row there may be */
	LG_XLSX_COLUMNS_MAX = 256,    /* with text; as in CSV */
	LG_XLSX_CELLS_MAX = 10000000, /* <c> elements of a sheet, empty ones too */
	LG_XLSX_SHEETS_MAX = 255
};

/** Do the bytes begin as a zip does? Whoever gave CSV or NDJSON did not mean a workbook. */
bool lg_xlsx_is(const void *bytes, size_t n);

struct lg_xlsx_sheet {
	const char *name; /* as on its tab; in cx->mem */
	bool hidden;
};

/** The sheets (tables, not charts) in the order of their tabs. Reads no cell. Errors as above. */
LG_MUST enum lg_err lg_xlsx_sheets(struct lg_ctx *cx, const char *name, const void *bytes, size_t n,
                                   struct lg_xlsx_sheet **sheets, size_t *n_sheets);

/**
 * Give the rows of a sheet to the sink. `sheet`: its name, in any case of ASCII letters; NULL or "": the first that is
 * not hidden. `name` (of the file, for notes) and `sink` are borrowed during the call. Errors as above, and: no such
 * sheet (the note lists those there are), no known column, a known column twice, or what the sink's header said.
 */
LG_MUST enum lg_err lg_xlsx_rows(struct lg_ctx *cx, const char *name, const void *bytes, size_t n, const char *sheet,
                                 const struct lg_sink *sink);

/**
 * The same as NDJSON: every column that has a name in the first row, in their order, in each line; "column H" where one
 * without a name has text; "Name (D)" for the second of a name. A line with a fault has the key "" besides, with its
 * words; lg_rows makes of it the fault of that line. Errors as above, and: no row below the header. `out` is then of no
 * account.
 */
LG_MUST enum lg_err lg_xlsx_ndjson(struct lg_ctx *cx, struct lg_buf *out, const char *name, const void *bytes, size_t n,
                                   const char *sheet);
#endif
